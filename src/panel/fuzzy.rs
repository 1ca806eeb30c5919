//! Fuzzy comprehensive evaluation: votes become memberships, memberships are composed level by level up the tree.

use crate::amount::Lowering;
use crate::model::{Axis, AxisId, Binary, Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use crate::scorecard::{Node, Tree, WeightCells};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What can be wrong with an assessment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FuzzyError {
    /// Fewer than two grades.
    #[error("an assessment needs at least two grades")]
    TooFewGrades,
    /// Two grades of one score or one name.
    #[error("`{grade}` has the name or the score of another grade")]
    DuplicateGrade {
        /// The grade.
        grade: String,
    },
    /// Votes without a scorecard to vote on.
    #[error("there is no scorecard whose indicators the votes could be about")]
    NoScorecard,
    /// No votes at all.
    #[error("the assessment has no votes")]
    NoVotes,
    /// Votes on something nobody knows.
    #[error("`{item}` is no criterion of the scorecard")]
    UnknownItem {
        /// The id as written.
        item: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// Votes on a group.
    #[error("`{item}` has criteria under it, so its grade follows from theirs")]
    VotesOnGroup {
        /// The group.
        item: String,
    },
    /// Two rows of votes for one indicator.
    #[error("`{item}` has two rows of votes")]
    DuplicateItem {
        /// The indicator.
        item: String,
    },
    /// Too few or too many votes in a row.
    #[error("`{item}` has {found} numbers for {grades} grades")]
    Grades {
        /// The indicator.
        item: String,
        /// How many numbers it has.
        found: usize,
        /// How many grades there are.
        grades: usize,
    },
    /// A number of votes that cannot be one.
    #[error("{votes} is not a number of votes")]
    NotACount {
        /// The number as written.
        votes: Decimal,
    },
    /// A row that does not add up to the panel.
    #[error("`{item}` has {found} votes, but the panel has {panel}")]
    PanelSum {
        /// The indicator.
        item: String,
        /// What its votes add up to.
        found: Decimal,
        /// How many people vote.
        panel: u32,
    },
    /// A row in which nobody voted.
    #[error("nobody voted on `{item}`")]
    NobodyVoted {
        /// The indicator.
        item: String,
    },
    /// A panel of nobody.
    #[error("a panel has at least one member")]
    EmptyPanel,
}

impl FuzzyError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::TooFewGrades => "write `grades: {excellent: 95, good: 80, fair: 65, poor: 40}`".to_owned(),
            Self::DuplicateGrade { .. } => "give each grade a name and a score of its own".to_owned(),
            Self::NoScorecard => "add `scorecard:` with the criteria to vote on".to_owned(),
            Self::NoVotes => "add `votes:` with one row for each indicator".to_owned(),
            Self::UnknownItem { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownItem { .. } => "vote on indicators by their id".to_owned(),
            Self::VotesOnGroup { .. } => "vote on the indicators under it".to_owned(),
            Self::DuplicateItem { .. } => "keep one of the two rows".to_owned(),
            Self::Grades { grades, .. } => format!("write {grades} numbers, one for each grade from the best down"),
            Self::NotACount { .. } => "write whole numbers of votes, 0 or more".to_owned(),
            Self::PanelSum { panel, .. } => format!("the votes of a row add up to `panel`: {panel}"),
            Self::NobodyVoted { .. } => "remove the row; an indicator without votes is left out".to_owned(),
            Self::EmptyPanel => "write `panel: 20`, the number of people who vote".to_owned(),
        })
    }
}

/// A grade and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// What readers see.
    pub name: String,
    /// Its score, on any scale.
    pub score: Decimal,
}

/// How the weights of siblings and their memberships are composed into the membership of their parent.
///
/// **Formula**: with the weights `a_i` of the siblings and the membership `r_ij` of sibling i in grade j, each operator
/// gives `b_j`. They are named by their formula, because the literature swaps the names.
///
/// Only [`WeightedAverage`](Self::WeightedAverage) gives rows that sum to 1, and only with it one step with global
/// weights gives what composing level by level gives. The others let single criteria decide, and may give another
/// verdict on the same votes.
///
/// ```
/// use appraise::panel::{Assessment, Grade, Operator, Votes};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::{Decimal, dec};
///
/// let good = |operator| {
///     let votes = |item: &str, counts: [i64; 2]| Votes { item: item.into(), counts: counts.map(Decimal::from).into() };
///     let assessment = Assessment {
///         grades: vec![Grade { name: "good".into(), score: dec!(1) }, Grade { name: "bad".into(), score: dec!(0) }],
///         operator,
///         votes: vec![votes("speed", [9, 1]), votes("price", [2, 8])],
///         ..Assessment::default()
///     };
///     let weighing = |id, weight| Criterion::judged(id).weighing(weight);
///     let card = Scorecard::new([weighing("speed", dec!(0.6)), weighing("price", dec!(0.4))]);
///     let draft = Draft { scorecard: Some(card), assessment: Some(assessment), ..Draft::default() };
///     Appraisal::new(draft).unwrap().base().figure("assessment.membership.good").unwrap().unwrap()
/// };
/// assert_eq!(good(Operator::WeightedAverage), dec!(0.62)); // 0.6 x 0.9 + 0.4 x 0.2
/// assert_eq!(good(Operator::MinMax), dec!(0.6)); // max(min(0.6, 0.9), min(0.4, 0.2))
/// assert_eq!(good(Operator::ProductMax), dec!(0.54)); // max(0.6 x 0.9, 0.4 x 0.2)
/// assert_eq!(good(Operator::BoundedSum), dec!(0.8)); // min(1, 0.6 + 0.2)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Operator {
    /// M(·,+): `b_j = sum_i a_i r_ij`.
    #[default]
    WeightedAverage,
    /// M(∧,∨): `b_j = max_i min(a_i, r_ij)`.
    MinMax,
    /// M(·,∨): `b_j = max_i a_i r_ij`.
    ProductMax,
    /// M(∧,⊕): `b_j = min(1, sum_i min(a_i, r_ij))`.
    BoundedSum,
    /// `b_j = sum_i min(a_i, r_ij / sum_k r_kj)`, 0 for a grade that no child has.
    Balanced,
}

impl Operator {
    /// Every operator and its name in a document.
    pub const ALL: [(&'static str, Operator); 5] = [
        ("weighted_average", Operator::WeightedAverage),
        ("min_max", Operator::MinMax),
        ("product_max", Operator::ProductMax),
        ("bounded_sum", Operator::BoundedSum),
        ("balanced", Operator::Balanced),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, operator)| *operator == self).map_or("", |(name, _)| name)
    }

    /// The formula as the literature writes it.
    pub fn formula(self) -> &'static str {
        match self {
            Self::WeightedAverage => "M(·,+): b_j = Σ a_i r_ij",
            Self::MinMax => "M(∧,∨): b_j = max_i min(a_i, r_ij)",
            Self::ProductMax => "M(·,∨): b_j = max_i a_i r_ij",
            Self::BoundedSum => "M(∧,⊕): b_j = min(1, Σ min(a_i, r_ij))",
            Self::Balanced => "b_j = Σ min(a_i, r_ij / Σ_k r_kj)",
        }
    }

    /// One row `b` from the weights and rows of the children.
    fn compose(self, children: &[(Expression, Expression)]) -> Expression {
        let each = |part: &dyn Fn(Expression, Expression) -> Expression| -> Vec<Expression> {
            children.iter().map(|(a, r)| part(a.clone(), r.clone())).collect()
        };
        let lesser = |a, r| Expression::call(Function::Min, [a, r]);
        match self {
            Self::WeightedAverage => Expression::sum_of(each(&|a, r| a * r)),
            Self::MinMax => Expression::fold_of(Function::Max, each(&lesser)),
            Self::ProductMax => Expression::fold_of(Function::Max, each(&|a, r| a * r)),
            Self::BoundedSum => {
                Expression::call(Function::Min, [Expression::number(1), Expression::sum_of(each(&lesser))])
            }
            Self::Balanced => {
                let column = Expression::sum_of(each(&|_, r| r));
                let nobody = column.clone().binary(Binary::Equal, Expression::number(0));
                let share = |r| Expression::choose(nobody.clone(), Expression::number(0), r / column.clone());
                Expression::sum_of(each(&|a, r| lesser(a, share(r))))
            }
        }
    }
}

/// How many people chose each grade for an indicator, best grade first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Votes {
    /// The id of the indicator.
    pub item: String,
    /// One number for each grade.
    pub counts: Vec<Decimal>,
}

/// A panel's grades for the indicators of the scorecard: the fuzzy comprehensive evaluation.
///
/// **Formula**: votes divided by the size of the panel are memberships; the [`Operator`] composes them level by level
/// with the weights of the scorecard; the score is `sum_j b_j s_j / sum_j b_j` over the grades' scores, the verdict the
/// grade of largest membership (several where they tie).
///
/// **Units**: memberships are fractions, the score is on the scale of the grades.
///
/// Indicators without votes are left out, and the weights of their siblings divided by their sum.
///
/// ```
/// use appraise::panel::{Assessment, Grade, Votes};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::{Decimal, dec};
///
/// let grade = |name: &str, score: i64| Grade { name: name.into(), score: score.into() };
/// let assessment = Assessment {
///     grades: vec![grade("excellent", 95), grade("good", 80), grade("fair", 65), grade("poor", 40)],
///     panel: Some(20),
///     votes: vec![Votes { item: "retention".into(), counts: [6, 9, 4, 1].map(Decimal::from).into() }],
///     ..Assessment::default()
/// };
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::judged("retention")])),
///     assessment: Some(assessment),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("assessment.membership.good"), Some(Ok(dec!(0.45))));
/// assert_eq!(outcome.figure("assessment.score"), Some(Ok(dec!(79.5))));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assessment {
    /// The grades; they are ordered by score, best first, and votes follow that order.
    pub grades: Vec<Grade>,
    /// How memberships are composed.
    pub operator: Operator,
    /// Whether each composed row is divided by its sum before it goes up a level.
    pub normalise: bool,
    /// How many people vote; where it is not given, each row is divided by its own sum.
    pub panel: Option<u32>,
    /// The votes, indicator by indicator.
    pub votes: Vec<Votes>,
}

impl Assessment {
    /// The grades, best first.
    pub fn grades_best_first(&self) -> Vec<&Grade> {
        let mut grades: Vec<&Grade> = self.grades.iter().collect();
        grades.sort_by_key(|grade| std::cmp::Reverse(grade.score));
        grades
    }
}

/// The cells of one judged criterion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JudgedCells {
    pub(crate) membership: CellId,
    pub(crate) normalised: CellId,
    pub(crate) score: CellId,
    pub(crate) grade: CellId,
    pub(crate) score_grade: CellId,
}

/// The cells of an assessment, in the order of the tree; `None` for what nobody judged.
#[derive(Debug, Clone)]
pub(crate) struct AssessmentCells {
    pub(crate) nodes: Vec<Option<JudgedCells>>,
    pub(crate) coverage: CellId,
}

/// Defines memberships, scores and grades, children first.
pub(crate) fn define(
    lowering: &mut Lowering,
    tree: &Tree,
    weights: &[Option<WeightCells>],
    assessment: &Assessment,
) -> AssessmentCells {
    let votes = check(lowering, tree, assessment);
    let grades = assessment.grades_best_first();
    let axis = lowering.cells.axis(Axis::named("grades", grades.iter().map(|grade| grade.name.clone())));
    let naming = Naming::new("assessment.grades").label("Grades", "score").source("assessment.grades");
    let scores = lowering.cells.input(naming, Shape::Row(axis), grades.iter().map(|grade| Some(grade.score)));
    let panel = assessment.panel.map(|panel| {
        let naming = Naming::new("assessment.panel").label("Panel", "members").source("assessment.panel");
        lowering.cells.input(naming, Shape::Scalar, [Some(Decimal::from(panel))])
    });
    let grading = Grading { axis, scores, panel };
    let mut nodes: Vec<Option<JudgedCells>> = vec![None; tree.nodes.len()];
    let mut covered: Vec<Expression> = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate().rev() {
        let membership = if node.children.is_empty() {
            let Some(counts) = votes.get(&index) else { continue };
            if let Some(weights) = weights.get(index).copied().flatten() {
                covered.push(Expression::cell(weights.global));
            }
            grading.of_votes(lowering, node, counts)
        } else {
            let Some(children) = weighted_children(lowering, node, tree, &nodes, weights, assessment.normalise) else {
                continue;
            };
            assessment.operator.compose(&children)
        };
        let cells = grading.define(lowering, node, membership);
        if let Some(place) = nodes.get_mut(index) {
            *place = Some(cells);
        }
    }
    covered.reverse();
    let naming = Naming::new("assessment.coverage").label("Assessment", "weight judged").unit(Unit::Share);
    let coverage = lowering.cells.formula(naming, Expression::sum_of(covered));
    AssessmentCells { nodes, coverage }
}

/// The votes by node, without those that are at fault.
fn check<'a>(lowering: &mut Lowering, tree: &Tree, assessment: &'a Assessment) -> HashMap<usize, &'a [Decimal]> {
    let grades = assessment.grades.len();
    if grades < 2 {
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
    if assessment.panel == Some(0) {
        lowering.problem("assessment.panel", FuzzyError::EmptyPanel);
    }
    if assessment.votes.is_empty() {
        lowering.problem("assessment", FuzzyError::NoVotes);
    }
    let mut rows = HashMap::new();
    for Votes { item, counts } in &assessment.votes {
        let at = format!("assessment.votes.{item}");
        let item_name = || item.clone();
        let Some(index) = tree.find(item) else {
            let nearest = lowering.nearest(item, tree.ids());
            lowering.problem(at, FuzzyError::UnknownItem { item: item_name(), nearest });
            continue;
        };
        if tree.node(index).is_some_and(|node| !node.children.is_empty()) {
            lowering.problem(at, FuzzyError::VotesOnGroup { item: item_name() });
            continue;
        }
        let not_a_count = |votes: &&Decimal| **votes < Decimal::ZERO || !votes.is_integer();
        let odd = counts.iter().enumerate().find(|(_, votes)| not_a_count(votes));
        let sum = counts.iter().try_fold(Decimal::ZERO, |sum, votes| sum.checked_add(*votes)).unwrap_or(Decimal::MAX);
        if let Some((position, votes)) = odd {
            lowering.problem(format!("{at}.{position}"), FuzzyError::NotACount { votes: *votes });
        } else if counts.len() != grades {
            lowering.problem(at, FuzzyError::Grades { item: item_name(), found: counts.len(), grades });
        } else if let Some(panel) = assessment.panel.filter(|panel| *panel > 0 && sum != Decimal::from(*panel)) {
            lowering.problem(at, FuzzyError::PanelSum { item: item_name(), found: sum, panel });
        } else if sum.is_zero() {
            lowering.problem(at, FuzzyError::NobodyVoted { item: item_name() });
        } else if rows.insert(index, counts.as_slice()).is_some() {
            lowering.problem(at, FuzzyError::DuplicateItem { item: item_name() });
        }
    }
    rows
}

/// The judged children with their weights; where some are not judged, the weights of the others are divided by their sum.
fn weighted_children(
    lowering: &mut Lowering,
    node: &Node,
    tree: &Tree,
    nodes: &[Option<JudgedCells>],
    weights: &[Option<WeightCells>],
    normalise: bool,
) -> Option<Vec<(Expression, Expression)>> {
    let judged: Vec<(&Node, CellId, JudgedCells)> = node
        .children
        .iter()
        .filter_map(|child| {
            let weight = weights.get(*child).copied().flatten()?.local;
            Some((tree.node(*child)?, weight, nodes.get(*child).copied().flatten()?))
        })
        .collect();
    let whole = judged.len() == node.children.len();
    let sum = Expression::sum_of(judged.iter().map(|(_, weight, _)| Expression::cell(*weight)));
    let total = (!whole && !judged.is_empty()).then(|| {
        lowering
            .cells
            .formula(naming(node, &owner(node), "weight_judged", "weight judged under it").unit(Unit::Share), sum)
    });
    let pairs = judged.iter().map(|(child, weight, cells)| {
        let weight = match total {
            None => Expression::cell(*weight),
            Some(total) => {
                let naming = naming(child, &owner(child), "weight", "weight among the judged").unit(Unit::Share);
                let share = Expression::cell(*weight) / Expression::cell(total);
                Expression::cell(lowering.cells.formula(naming, share))
            }
        };
        let is_group = !child.children.is_empty();
        let row = if normalise && is_group { cells.normalised } else { cells.membership };
        (weight, Expression::cell(row))
    });
    let pairs: Vec<_> = pairs.collect();
    (!pairs.is_empty()).then_some(pairs)
}

fn naming(node: &Node, owner: &Arc<str>, figure: &'static str, aspect: &'static str) -> Naming {
    Naming::new(Id::of(Arc::clone(owner), figure)).label(node.name.clone(), aspect)
}

/// What the figures of a judged criterion are called: `assessment.retention_rate`, of the whole `assessment`.
fn owner(node: &Node) -> Arc<str> {
    match node.parent {
        None => Arc::from("assessment"),
        Some(_) => ["assessment.", &node.id].concat().into(),
    }
}

struct Grading {
    axis: AxisId,
    scores: CellId,
    panel: Option<CellId>,
}

impl Grading {
    fn of_votes(&self, lowering: &mut Lowering, node: &Node, counts: &[Decimal]) -> Expression {
        let naming = naming(node, &owner(node), "votes", "votes").source(format!("assessment.votes.{}", node.id));
        let votes = lowering.cells.input(naming, Shape::Row(self.axis), counts.iter().map(|votes| Some(*votes)));
        let voters = match self.panel {
            Some(panel) => Expression::cell(panel),
            None => Expression::call(Function::Sum, [Expression::cell(votes)]),
        };
        Expression::cell(votes) / voters
    }

    fn define(&self, lowering: &mut Lowering, node: &Node, membership: Expression) -> JudgedCells {
        let over_row = |function, row| Expression::call(function, [row]);
        let owner = owner(node);
        let membership = lowering.cells.formula(naming(node, &owner, "membership", "membership"), membership);
        let b = || Expression::cell(membership);
        let s = || Expression::cell(self.scores);
        let sum = || over_row(Function::Sum, b());
        let normalised =
            lowering.cells.formula(naming(node, &owner, "normalised", "membership, normalised"), b() / sum());
        let score = over_row(Function::Sum, b() * s()) / sum();
        let score = lowering.cells.formula(naming(node, &owner, "score", "panel score"), score);
        let set = |figure: &'static str, aspect| naming(node, &owner, figure, aspect).unit(Unit::Set);
        // maximum membership: every grade that has the largest membership, so that a tie is seen
        let largest = b().binary(Binary::Equal, over_row(Function::Max, b()));
        let grade = lowering.cells.formula(set("grade", "grade of maximum membership"), largest);
        let distance = || over_entries(Expression::cell(score), s());
        let nearest = distance().binary(Binary::Equal, over_row(Function::Min, distance()));
        let score_grade = lowering.cells.formula(set("score_grade", "grade nearest to the score"), nearest);
        JudgedCells { membership, normalised, score, grade, score_grade }
    }
}

fn over_entries(score: Expression, grades: Expression) -> Expression {
    Expression::call(Function::Abs, [grades - score])
}

impl AssessmentCells {
    /// A whole that nobody judged has no figures of its own, only a reason.
    pub(crate) fn define_unjudged(&self, lowering: &mut Lowering) {
        if self.nodes.first().copied().flatten().is_none() {
            let naming = Naming::new("assessment.score").label("Assessment", "panel score").source("assessment");
            lowering.cells.absent(naming, Shape::Scalar, Cause::NotJudged);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::dec;

    /// Weights 0.6 and 0.4 over memberships (0.5, 0.3, 0.2) and (0.1, 0.2, 0.7).
    fn draft(operator: Operator) -> Draft {
        let children = [Criterion::judged("a").weighing(dec!(0.6)), Criterion::judged("b").weighing(dec!(0.4))];
        let grade = |name: &str, score: i64| Grade { name: name.to_owned(), score: score.into() };
        let votes =
            |item: &str, counts: [i64; 3]| Votes { item: item.to_owned(), counts: counts.map(Decimal::from).into() };
        let assessment = Assessment {
            // written worst first: grades are ordered by their scores
            grades: vec![grade("poor", 40), grade("fair", 60), grade("good", 90)],
            operator,
            panel: Some(10),
            votes: vec![votes("a", [5, 3, 2]), votes("b", [1, 2, 7])],
            ..Assessment::default()
        };
        Draft { scorecard: Some(Scorecard::new(children)), assessment: Some(assessment), ..Draft::default() }
    }

    #[test]
    fn the_five_operators_by_hand() {
        for (operator, expected) in [
            // 0.6 x 0.5 + 0.4 x 0.1, …
            (Operator::WeightedAverage, [dec!(0.34), dec!(0.26), dec!(0.40)]),
            // max(min(0.6, 0.5), min(0.4, 0.1)), …
            (Operator::MinMax, [dec!(0.5), dec!(0.3), dec!(0.4)]),
            // max(0.30, 0.04), max(0.18, 0.08), max(0.12, 0.28)
            (Operator::ProductMax, [dec!(0.30), dec!(0.18), dec!(0.28)]),
            // min(1, 0.5 + 0.1), min(1, 0.3 + 0.2), min(1, 0.2 + 0.4)
            (Operator::BoundedSum, [dec!(0.6), dec!(0.5), dec!(0.6)]),
            // min(0.6, 5/6) + min(0.4, 1/6), min(0.6, 3/5) + min(0.4, 2/5), min(0.6, 2/9) + min(0.4, 7/9)
            (Operator::Balanced, [dec!(0.7666666667), dec!(1), dec!(0.6222222222)]),
        ] {
            let figures = Figures::of(draft(operator));
            for (grade, expected) in ["good", "fair", "poor"].iter().zip(expected) {
                let b = figures.get(&format!("assessment.membership.{grade}"));
                assert_eq!(b.round_dp(10), expected, "{operator:?} {grade}");
                let normalised = figures.get(&format!("assessment.normalised.{grade}"));
                let sum: Decimal =
                    ["good", "fair", "poor"].iter().map(|g| figures.get(&format!("assessment.membership.{g}"))).sum();
                assert_eq!((normalised * sum).round_dp(20), b.round_dp(20));
            }
        }
    }

    #[test]
    fn verdicts() {
        let average = Figures::of(draft(Operator::WeightedAverage));
        assert_eq!(average.names("assessment.grade"), ["poor"]);
        // 0.34 x 90 + 0.26 x 60 + 0.40 x 40
        assert_eq!(average.get("assessment.score"), dec!(62.2));
        assert_eq!(average.names("assessment.score_grade"), ["fair"]);
        let tied = Figures::of(draft(Operator::BoundedSum));
        assert_eq!(tied.names("assessment.grade"), ["good", "poor"]);
    }

    #[test]
    fn rows_may_be_normalised_between_levels() {
        let mut draft = draft(Operator::MinMax);
        let card = draft.scorecard.as_mut().unwrap();
        let children = std::mem::take(&mut card.perspectives);
        card.perspectives = vec![Criterion::group("inner", children)];
        let plain = Figures::of(draft.clone());
        assert_eq!(plain.get("assessment.membership.good"), dec!(0.5));
        draft.assessment.as_mut().unwrap().normalise = true;
        let normalised = Figures::of(draft);
        assert_eq!(normalised.get("assessment.membership.good").round_dp(10), dec!(0.4166666667));
    }

    #[test]
    fn what_nobody_judged_is_left_out_and_the_rest_re_weighted() {
        let mut draft = draft(Operator::WeightedAverage);
        draft.assessment.as_mut().unwrap().votes.pop();
        let figures = Figures::of(draft);
        assert_eq!(figures.get("assessment.membership.good"), dec!(0.5));
        assert_eq!(figures.get("assessment.coverage"), dec!(0.6));
    }

    #[test]
    fn without_a_panel_each_row_is_divided_by_its_sum() {
        let mut draft = draft(Operator::WeightedAverage);
        let assessment = draft.assessment.as_mut().unwrap();
        assessment.panel = None;
        assessment.votes[0].counts = [10, 6, 4].map(Decimal::from).into();
        assert_eq!(Figures::of(draft).get("assessment.a.membership.good"), dec!(0.5));
    }

    #[test]
    fn mistakes_in_votes_are_placed() {
        let mut draft = draft(Operator::WeightedAverage);
        let assessment = draft.assessment.as_mut().unwrap();
        let row = |item: &str, counts: Vec<Decimal>| Votes { item: item.to_owned(), counts };
        assessment.votes[0].counts[0] = dec!(4);
        assessment.votes[1].counts = vec![dec!(5), dec!(5)];
        assessment.votes.push(row("c", vec![dec!(5), dec!(5), dec!(0)]));
        assessment.votes.push(row("b", vec![dec!(5), dec!(5.5), dec!(-0.5)]));
        assessment.grades[0].score = dec!(60);
        assert_eq!(
            problems(draft),
            [
                "assessment.grades.fair: `fair` has the name or the score of another grade",
                "assessment.votes.a: `a` has 9 votes, but the panel has 10",
                "assessment.votes.b: `b` has 2 numbers for 3 grades",
                "assessment.votes.c: `c` is no criterion of the scorecard",
                "assessment.votes.b.1: 5.5 is not a number of votes",
            ]
        );
    }
}
