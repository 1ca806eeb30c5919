//! The grades, what they are worth, and the bands of scores that earn them.

use super::{Assessment, FuzzyError};
use crate::amount::Lowering;
use rust_decimal::Decimal;
use std::collections::HashSet;

/// A grade and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// What readers see.
    pub name: String,
    /// Its score, on any scale.
    pub score: Decimal,
}

impl Grade {
    /// A grade of that score.
    pub fn new(name: impl Into<String>, score: impl Into<Decimal>) -> Self {
        Self { name: name.into(), score: score.into() }
    }
}

/// The lowest score that earns a grade. Bands are half-open: a score at the border belongs to the better grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeBand {
    /// The grade.
    pub grade: String,
    /// Its lowest score.
    pub from: Decimal,
}

impl Assessment {
    /// The grades, best first.
    pub fn grades_best_first(&self) -> Vec<&Grade> {
        let mut grades: Vec<&Grade> = self.grades.iter().collect();
        grades.sort_by_key(|grade| std::cmp::Reverse(grade.score));
        grades
    }
}

/// Every criterion and every ballot has a row over the grades, so their number is bounded.
const MOST_GRADES: usize = 100;

/// `false` where there are so many grades that nothing else is looked at.
pub(super) fn check(lowering: &mut Lowering, assessment: &Assessment) -> bool {
    let found = assessment.grades.len();
    if found > MOST_GRADES {
        lowering.problem("assessment.grades", FuzzyError::TooManyGrades { found, most: MOST_GRADES });
        return false;
    }
    if assessment.grades.len() < 2 {
        lowering.problem("assessment.grades", FuzzyError::TooFewGrades);
    }
    let mut names = HashSet::new();
    let mut scores = HashSet::new();
    for grade in &assessment.grades {
        if !names.insert(&grade.name) | !scores.insert(grade.score) {
            let at = format!("assessment.grades.{}", grade.name);
            lowering.problem(at, FuzzyError::DuplicateGrade { grade: grade.name.clone() });
        }
    }
    true
}

/// The lowest score of each grade, best first; `None` without bands, or where they are at fault.
pub(super) fn check_bands(lowering: &mut Lowering, assessment: &Assessment) -> Option<Vec<Decimal>> {
    const AT: &str = "assessment.grade_bands";
    if assessment.grade_bands.is_empty() {
        return None;
    }
    let before = lowering.problems.len();
    let grades = assessment.grades_best_first();
    for GradeBand { grade, .. } in &assessment.grade_bands {
        if grades.iter().all(|known| known.name != *grade) {
            let nearest = lowering.nearest(grade, grades.iter().map(|grade| grade.name.as_str()));
            lowering.problem(format!("{AT}.{grade}"), FuzzyError::BandOfNoGrade { grade: grade.clone(), nearest });
        }
    }
    if lowering.problems.len() > before {
        return None;
    }
    let mut bands: Vec<(&Grade, Decimal)> = Vec::with_capacity(grades.len());
    for grade in grades {
        match assessment.grade_bands.iter().find(|band| band.grade == grade.name) {
            Some(band) => bands.push((grade, band.from)),
            None => lowering.problem(AT, FuzzyError::BandMissing { grade: grade.name.clone() }),
        }
    }
    let pairs = bands.iter().zip(bands.iter().skip(1));
    for ((better, above), (worse, below)) in pairs {
        if below >= above {
            let error = FuzzyError::BandOrder { grade: worse.name.clone(), better: better.name.clone() };
            lowering.problem(format!("{AT}.{}", worse.name), error);
        }
    }
    if let Some((worst, from)) = bands.last().filter(|(worst, from)| *from > worst.score) {
        let error = FuzzyError::BandTooHigh { grade: worst.name.clone(), from: *from, score: worst.score };
        lowering.problem(format!("{AT}.{}", worst.name), error);
    }
    (lowering.problems.len() == before).then(|| bands.into_iter().map(|(_, from)| from).collect())
}
