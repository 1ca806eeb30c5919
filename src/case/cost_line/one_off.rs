//! Costs that arise once, in a year of their own: a migration later on, the exit.

use super::CostError;
use super::part::{Part, Sum, only_in};
use crate::amount::{Amount, Lowering};
use crate::model::Expression;

/// When a cost arises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InYear {
    /// In that year, from 0 for the purchase.
    Year(u32),
    /// In the last year of the horizon: what leaving costs.
    End,
}

/// A cost that arises once.
///
/// ```
/// use appraise::case::{Category, CostLine, InYear, OneOff, Plan};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let once = OneOff { amount: 30_000.into(), when: InYear::End };
/// let line = CostLine { once: Some(once), ..CostLine::new(Category::ServiceProviders, "exit") };
/// let appraisal =
///     Appraisal::new(Draft { plan: Plan { costs: Some(vec![line]), ..Plan::default() }, ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("costs.service_providers.exit.4"), Some(Ok(dec!(0))));
/// assert_eq!(appraisal.base().figure("costs.service_providers.exit.5"), Some(Ok(dec!(30_000))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OneOff {
    /// What it costs.
    pub amount: Amount,
    /// When.
    pub when: InYear,
}

pub(super) fn define(lowering: &mut Lowering, part: &Part, one_off: &OneOff, sum: &mut Sum) {
    let amount = part.single(lowering, part.money("once", "once"), &one_off.amount);
    let years = lowering.years;
    let year = match one_off.when {
        InYear::Year(year) => year,
        InYear::End => part.last_year,
    };
    if year > part.last_year {
        let at = part.id("in_year").to_string();
        lowering.problem(at, CostError::year_outside(year, (part.last_year, years), 0));
    }
    match one_off.when {
        InYear::Year(0) => sum.initial.push(Expression::cell(amount)),
        InYear::Year(year) => sum.purchases.push(only_in(lowering, year, Expression::cell(amount))),
        // what leaving costs is kept by nobody
        InYear::End => sum.at_end.push(only_in(lowering, year, Expression::cell(amount))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CostLine;
    use crate::case::cost_line::testing::{line, mistakes, years};
    use rust_decimal::Decimal;

    #[test]
    fn a_cost_arises_in_its_year() {
        let once = |when| CostLine { once: Some(OneOff { amount: 5.into(), when }), ..line("x") };
        assert_eq!(years(once(InYear::Year(0))), [5, 0, 0, 0].map(Decimal::from));
        assert_eq!(years(once(InYear::Year(2))), [0, 0, 5, 0].map(Decimal::from));
        assert_eq!(years(once(InYear::End)), [0, 0, 0, 5].map(Decimal::from));
        assert_eq!(
            mistakes(vec![once(InYear::Year(4))]),
            ["costs.other.x.in_year: year 4 lies outside the horizon of 3 years"]
        );
    }
}
