//! Services that are paid by use: messages, storage, calls of an interface.

use super::part::{Part, Sum, not_negative};
use super::price::{Price, Pricing, When};
use crate::amount::{Amount, Lowering};
use crate::model::{Expression, Unit};

/// A service that is paid by use, above what is included.
///
/// **Formula**: `price of max(0, volume - included)` in each year 1..n; tiers count what is billed.
///
/// ```
/// use appraise::case::{Category, CostLine, Plan, Usage};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let usage = Usage { included: Some(100_000.into()), ..Usage::new(250_000, dec!(0.04)) };
/// let line = CostLine { usage: Some(usage), ..CostLine::new(Category::Telecom, "messages") };
/// let appraisal =
///     Appraisal::new(Draft { plan: Plan { costs: Some(vec![line]), ..Plan::default() }, ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("costs.telecom.messages.1"), Some(Ok(dec!(6_000))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Usage {
    /// What is used in each year.
    pub volume: Amount,
    /// How much of it is included and costs nothing more.
    pub included: Option<Amount>,
    /// The price of one unit.
    pub price: Price,
}

impl Usage {
    /// A service without anything included.
    pub fn new(volume: impl Into<Amount>, price: impl Into<Price>) -> Self {
        Self { volume: volume.into(), included: None, price: price.into() }
    }
}

pub(super) fn define(lowering: &mut Lowering, line: &Part, usage: &Usage, sum: &mut Sum) {
    let part = &line.under("usage");
    let volume = part.amount(lowering, Part::number("volume", "volume", "a volume"), &usage.volume);
    let included = usage.included.as_ref();
    let included = included
        .map(|included| part.amount(lowering, Part::number("included", "volume included", "a volume"), included));
    let pricing = Pricing::define(lowering, part, &usage.price);
    let billed = match included {
        Some(included) => {
            let above = not_negative(Expression::cell(volume) - Expression::cell(included));
            part.formula(lowering, ("billed", "volume billed", Unit::Number), above)
        }
        None => volume,
    };
    let charge = pricing.charge(None, billed, When::Later);
    let charge = part.formula(lowering, ("charge", "charge for use", part.money.clone()), charge);
    sum.annual.push(Expression::cell(charge));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CostLine;
    use crate::case::cost_line::testing::{line, per_year, years};
    use rust_decimal::{Decimal, dec};

    #[test]
    fn only_what_is_above_the_allowance_is_billed() {
        let usage = Usage { included: Some(100.into()), ..Usage::new(per_year([80, 100, 150]), dec!(0.5)) };
        assert_eq!(years(CostLine { usage: Some(usage), ..line("x") }), [0, 0, 0, 25].map(Decimal::from));
    }
}
