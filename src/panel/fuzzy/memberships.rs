//! Rows that are written as memberships.

use super::origins::{Origin, Origins, indicator};
use super::{Assessment, FuzzyError, Judging};
use crate::amount::Lowering;
use crate::model::{Expression, Function, Shape};
use crate::scorecard::{Node, Tree};
use rust_decimal::Decimal;

/// The membership of an indicator in each grade, best grade first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memberships {
    /// The id of the indicator.
    pub item: String,
    /// One fraction for each grade.
    pub values: Vec<Decimal>,
}

/// What written memberships must sum to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Sums {
    /// Exactly 1.
    #[default]
    One,
    /// 1 within half a unit of the last digit written for each grade: the row is then divided by its sum. For printed
    /// tables, in which `[0.33, 0.33, 0.33]` are three thirds.
    Rounded,
    /// Anything above 0: rows are used as they are written.
    Any,
}

impl Sums {
    /// Every rule and its name in a document.
    pub const ALL: [(&'static str, Sums); 3] = [("one", Sums::One), ("rounded", Sums::Rounded), ("any", Sums::Any)];
}

pub(super) fn check<'a>(lowering: &mut Lowering, tree: &Tree, assessment: &'a Assessment, origins: &mut Origins<'a>) {
    let grades = assessment.grades.len();
    for Memberships { item, values } in &assessment.memberships {
        let at = format!("assessment.memberships.{item}");
        let Some(index) = indicator(lowering, tree, item, &at) else { continue };
        let item_name = || item.clone();
        let beyond = values.iter().enumerate().find(|(_, value)| **value < Decimal::ZERO || **value > Decimal::ONE);
        if let Some((position, value)) = beyond {
            lowering.problem(format!("{at}.{position}"), FuzzyError::NotAMembership { value: *value });
            continue;
        }
        if values.len() != grades {
            lowering.problem(at, FuzzyError::Grades { item: item_name(), found: values.len(), grades });
            continue;
        }
        // values within 0 to 1, of which there are not 10^28
        let sum: Decimal =
            values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value)).unwrap_or_default();
        let is_rounding = is_rounding(values, sum);
        let holds = match assessment.sums {
            Sums::One => sum == Decimal::ONE,
            Sums::Rounded => is_rounding,
            Sums::Any => true,
        };
        if sum.is_zero() {
            lowering.problem(at, FuzzyError::NoMembership { item: item_name() });
        } else if !holds {
            let sum = sum.normalize();
            lowering.problem(at, FuzzyError::MembershipSum { item: item_name(), sum, is_rounding });
        } else {
            origins.insert(lowering, index, item, at, Origin::Memberships(values));
        }
    }
}

/// Whether a sum misses 1 by no more than half a unit of the last digit of each value.
fn is_rounding(values: &[Decimal], sum: Decimal) -> bool {
    let digits = values.iter().map(Decimal::scale).max().unwrap_or(0);
    let half = Decimal::try_new(5, digits.saturating_add(1)).unwrap_or_default();
    let most = half.checked_mul(Decimal::from(values.len())).unwrap_or_default();
    sum.checked_sub(Decimal::ONE).is_some_and(|off| off.abs() <= most)
}

/// The memberships that follow from written ones.
pub(super) fn row(
    lowering: &mut Lowering,
    judging: &Judging,
    node: &Node,
    values: &[Decimal],
    sums: Sums,
) -> Expression {
    let naming = super::naming(node, "memberships", "membership as written");
    let naming = naming.source(format!("assessment.memberships.{}", node.id));
    let values = values.iter().map(|value| Some(*value));
    let written = Expression::cell(lowering.cells.input(naming, Shape::Row(judging.axis), values));
    match sums {
        Sums::Rounded => Expression::call(Function::Shares, [written]),
        Sums::One | Sums::Any => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::panel::Grade;
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::dec;

    fn draft(values: &[Decimal], sums: Sums) -> Draft {
        let assessment = Assessment {
            grades: vec![Grade::new("good", 90), Grade::new("fair", 60), Grade::new("poor", 30)],
            memberships: vec![Memberships { item: "x".into(), values: values.into() }],
            sums,
            ..Assessment::default()
        };
        Draft {
            scorecard: Some(Scorecard::new([Criterion::judged("x")])),
            assessment: Some(assessment),
            ..Draft::default()
        }
    }

    #[test]
    fn rounded_rows_are_divided_by_their_sum_and_others_are_not() {
        let thirds = [dec!(0.33); 3];
        let fair = |sums| Figures::of(draft(&thirds, sums)).get("assessment.membership.fair");
        assert_eq!(fair(Sums::Any), dec!(0.33));
        assert_eq!(fair(Sums::Rounded).round_dp(10), dec!(0.3333333333));
        assert_eq!(
            problems(draft(&thirds, Sums::One)),
            ["assessment.memberships.x: the memberships of `x` sum to 0.99, not 1"]
        );
        // two digits in three numbers may miss 1 by 0.015
        assert_eq!(problems(draft(&[dec!(0.33), dec!(0.33), dec!(0.32)], Sums::Rounded)).len(), 1);
        assert_eq!(problems(draft(&[dec!(0.335), dec!(0.33), dec!(0.33)], Sums::Rounded)).len(), 1);
    }

    #[test]
    fn rows_of_the_wrong_length_or_range_are_placed() {
        assert_eq!(
            problems(draft(&[dec!(0.5), dec!(0.5)], Sums::One)),
            ["assessment.memberships.x: `x` has 2 numbers for 3 grades"]
        );
        assert_eq!(
            problems(draft(&[dec!(0.5), dec!(1.5), dec!(-1)], Sums::Any)),
            ["assessment.memberships.x.1: 1.5 is no membership between 0 and 1"]
        );
        assert_eq!(
            problems(draft(&[dec!(0); 3], Sums::Any)),
            ["assessment.memberships.x: the memberships of `x` are all 0"]
        );
    }
}
