//! The old system that runs on beside the new one for a while.

use super::CostError;
use super::part::{Part, Sum, not_negative};
use crate::amount::{Amount, Lowering, year};
use crate::idle::Idle;
use crate::model::{Expression, Function, Unit};

/// How long the old system runs on.
#[derive(Debug, Clone, PartialEq)]
pub enum Length {
    /// Months, twelve a year.
    Months(Amount),
    /// Years.
    Years(Amount),
}

/// The old system that runs on beside the new one.
///
/// **Formula**: `annual x part` in each year t, with `part = min(1, max(0, length - (t - from)))` of the year and the
/// length in years.
///
/// ```
/// use appraise::case::{Category, CostLine, DualRunning, Length, Plan};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let old = DualRunning::new(80_000, Length::Months(15.into()));
/// let line = CostLine { dual_running: Some(old), ..CostLine::new(Category::Maintenance, "old_system") };
/// let appraisal =
///     Appraisal::new(Draft { plan: Plan { costs: Some(vec![line]), ..Plan::default() }, ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("costs.maintenance.old_system.1"), Some(Ok(dec!(80_000))));
/// assert_eq!(appraisal.base().figure("costs.maintenance.old_system.2"), Some(Ok(dec!(20_000)))); // a quarter of it
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DualRunning {
    /// What the old system costs in a whole year.
    pub annual: Amount,
    /// How long it runs on.
    pub length: Length,
    /// The first year in which both run, from 1.
    pub from: u32,
}

impl DualRunning {
    /// An old system that runs on from the beginning of year 1.
    pub fn new(annual: impl Into<Amount>, length: Length) -> Self {
        Self { annual: annual.into(), length, from: 1 }
    }
}

pub(super) fn define(lowering: &mut Lowering, line: &Part, dual: &DualRunning, sum: &mut Sum) {
    let part = &line.under("dual_running");
    let annual = part.amount(lowering, part.money("annual", "the old system a year"), &dual.annual);
    let length = match &dual.length {
        Length::Months(months) => {
            let months =
                part.single(lowering, Part::number("months", "months side by side", "a length of time"), months);
            Expression::cell(months) / Expression::number(12)
        }
        Length::Years(years) => {
            let stated = super::part::Stated {
                unit: Unit::Years,
                ..Part::number("years", "years side by side", "a length of time")
            };
            Expression::cell(part.single(lowering, stated, years))
        }
    };
    let years = lowering.years;
    if dual.from == 0 || dual.from > part.last_year {
        let at = part.id("from").to_string();
        lowering.problem(at, CostError::year_outside(dual.from, (part.last_year, years), 1));
    } else {
        tell_too_long(lowering, part, dual);
    }
    let since = match dual.from {
        0 | 1 => year(lowering.names) - Expression::number(1),
        from => year(lowering.names) - Expression::number(from),
    };
    let rest = Expression::call(Function::Min, [not_negative(length - since.clone()), Expression::number(1)]);
    let rest = match dual.from {
        0 | 1 => rest,
        // before it begins, nothing runs twice
        _ => Expression::choose(
            since.binary(crate::model::Binary::Less, Expression::number(0)),
            Expression::number(0),
            rest,
        ),
    };
    let rest = part.formula(lowering, ("part", "part of the year side by side", Unit::Share), rest);
    sum.annual.push(Expression::cell(annual) * Expression::cell(rest));
}

/// More months than are left change nothing.
fn tell_too_long(lowering: &mut Lowering, part: &Part, dual: &DualRunning) {
    let (key, stated, a_year) = match &dual.length {
        Length::Months(months) => ("months", months, 12),
        Length::Years(years) => ("years", years, 1),
    };
    let years = part.last_year.saturating_sub(dual.from).saturating_add(1);
    let most = u64::from(years).saturating_mul(a_year);
    if stated.as_constant().is_some_and(|stated| stated > most.into()) {
        lowering.idle(part.id(key).to_string(), Idle::PartBeyondEnd { years: part.last_year });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CostLine;
    use crate::case::cost_line::testing::{line, mistakes, years};
    use rust_decimal::{Decimal, dec};

    #[test]
    fn a_part_of_a_year_costs_that_part() {
        let old = |length, from| CostLine {
            dual_running: Some(DualRunning { from, ..DualRunning::new(120, length) }),
            ..line("x")
        };
        assert_eq!(years(old(Length::Months(9.into()), 1)), [0, 90, 0, 0].map(Decimal::from));
        assert_eq!(years(old(Length::Years(dec!(1.5).into()), 2)), [0, 0, 120, 60].map(Decimal::from));
        assert_eq!(years(old(Length::Months(600.into()), 1)), [0, 120, 120, 120].map(Decimal::from));
        assert_eq!(
            mistakes(vec![old(Length::Months(9.into()), 4)]),
            ["costs.other.x.dual_running.from: year 4 lies outside the horizon of 3 years"]
        );
    }
}
