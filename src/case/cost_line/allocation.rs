//! Shared infrastructure: the part of a cost that an allocation key charges to the programme.

use super::CostError;
use super::part::{Part, Stated};
use crate::amount::{Amount, AmountError, Lowering};
use crate::bound::Bound;
use crate::model::{CellId, Expression, Unit};
use crate::problem::Fault;
use rust_decimal::Decimal;

/// The part of a shared cost that a key charges to the programme: its users of all users, its terabytes of all.
///
/// **Formula**: `share = own / all` in each year; year 0 has the share of year 1.
///
/// ```
/// use appraise::case::{Allocation, Category, CostLine, Plan};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let line = CostLine {
///     initial: Some(60_000.into()),
///     annual: Some(20_000.into()),
///     allocation: Some(Allocation::new("users", 150, 600)),
///     ..CostLine::new(Category::Hardware, "storage")
/// };
/// let appraisal =
///     Appraisal::new(Draft { plan: Plan { costs: Some(vec![line]), ..Plan::default() }, ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("costs.hardware.storage.0"), Some(Ok(dec!(15_000))));
/// assert_eq!(appraisal.base().figure("costs.hardware.storage.1"), Some(Ok(dec!(5_000))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Allocation {
    /// What it is allocated by: users, terabytes, hours.
    pub key: Option<String>,
    /// How much of the key is the programme's.
    pub own: Amount,
    /// How much of it there is in all, the programme's included.
    pub all: Amount,
}

impl Allocation {
    /// So much of a key out of so much.
    pub fn new(key: impl Into<String>, own: impl Into<Amount>, all: impl Into<Amount>) -> Self {
        Self { key: Some(key.into()), own: own.into(), all: all.into() }
    }
}

pub(super) fn define(lowering: &mut Lowering, line: &Part, allocation: &Allocation) -> CellId {
    const WHAT: &str = "an allocation key";
    let part = &line.under("allocation");
    let Allocation { key, own, all } = allocation;
    let unit = key.as_deref().map_or(Unit::Number, Unit::of);
    let stated = |figure, aspect| Stated { figure, aspect, unit: unit.clone(), what: WHAT };
    if let Some((own, all)) = beyond_whole(own, all) {
        lowering.problem(part.id("own").to_string(), CostError::AllocationBeyondWhole { own, all });
    }
    let own = part.amount(lowering, stated("own", "allocation key, own"), own);
    let whole = part.written(lowering, ("all", "allocation key, in all", unit.clone()), all);
    lowering.keep_within(whole, all, Bound::AboveZero, |value| match value.is_zero() {
        true => Fault::from(CostError::AllocationOfNothing),
        false => AmountError::Negative { value, what: WHAT }.into(),
    });
    let share = Expression::cell(own) / Expression::cell(whole);
    let share = part.formula(lowering, ("share", "share charged", Unit::Share), share);
    lowering.watch(share, Bound::Share);
    share
}

/// The first pair of numbers that is more than the whole, where both are written as numbers.
fn beyond_whole(own: &Amount, all: &Amount) -> Option<(Decimal, Decimal)> {
    let pair_by_pair = |own: &[Decimal], all: &[Decimal]| {
        own.iter().copied().zip(all.iter().copied()).find(|(own, all)| own > all && !all.is_zero())
    };
    match (own, all) {
        (Amount::Constant(own), Amount::Constant(all)) => pair_by_pair(&[*own], &[*all]),
        (Amount::PerYear(own), Amount::PerYear(all)) => pair_by_pair(own, all),
        (Amount::Constant(own), Amount::PerYear(all)) => pair_by_pair(&vec![*own; all.len()], all),
        (Amount::PerYear(own), Amount::Constant(all)) => pair_by_pair(own, &vec![*all; own.len()]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CostLine;
    use crate::case::cost_line::testing::{line, mistakes, per_year, years};
    use rust_decimal::{Decimal, dec};

    #[test]
    fn year_0_has_the_share_of_year_1() {
        let shared = |allocation| CostLine {
            initial: Some(80.into()),
            annual: Some(40.into()),
            allocation: Some(allocation),
            ..line("x")
        };
        assert_eq!(
            years(shared(Allocation::new("users", per_year([1, 2, 3]), 4))),
            [20, 10, 20, 30].map(Decimal::from)
        );
        assert_eq!(years(shared(Allocation::new("users", 1, 8))), [10, 5, 5, 5].map(Decimal::from));
        let twice =
            CostLine { share: Some(dec!(0.5).into()), ..shared(Allocation::new("users", per_year([1, 2, 5]), 4)) };
        assert_eq!(
            mistakes(vec![twice]),
            [
                "costs.other.x.allocation: `x` says twice which part of it is charged",
                "costs.other.x.allocation.own: 5 of 4 is more than the whole",
            ]
        );
    }
}
