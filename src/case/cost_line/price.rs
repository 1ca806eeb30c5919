//! The price of a quantity: one price each, or tiers of volume.

use super::CostError;
use super::part::{Part, first};
use crate::amount::{Amount, AmountError, LARGEST, Lowering};
use crate::model::{Binary, CellId, Expression, Function};
use rust_decimal::Decimal;

/// How the tiers of a price list are charged, in the words of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tiering {
    /// Each part of the quantity at the price of its own tier.
    Graduated,
    /// The whole quantity at the price of the tier that it reaches; all-units pricing.
    Volume,
}

impl Tiering {
    /// Every way and its name in a document.
    pub const ALL: [(&'static str, Tiering); 2] = [("graduated", Tiering::Graduated), ("volume", Tiering::Volume)];
}

/// A tier of a price list.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// The last unit that belongs to it; `None` for the last tier.
    pub up_to: Option<Decimal>,
    /// The price of one unit, which may change from year to year.
    pub price: Amount,
}

/// What a quantity costs.
///
/// **Formula**: a quantity q at a price p each costs `q x p`. With tiers that end at u1 < u2 < …, *graduated* charges
/// the first u1 units at p1, those from u1 to u2 at p2 and so on; *volume* charges all q at the price of the first
/// tier whose end is not below q.
///
/// ```
/// use appraise::case::{Category, CostLine, Plan, Price, Tier, Tiering, Usage};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let cost_of = |tiering| {
///     let tiers = vec![Tier { up_to: Some(dec!(100)), price: 10.into() }, Tier { up_to: None, price: 8.into() }];
///     let usage = Usage::new(150, Price::Tiers { tiering, tiers });
///     let line = CostLine { usage: Some(usage), ..CostLine::new(Category::Telecom, "messages") };
///     let draft = Draft { plan: Plan { costs: Some(vec![line]), ..Plan::default() }, ..Draft::default() };
///     Appraisal::new(draft).unwrap().base().figure("costs.telecom.messages.1").unwrap().unwrap()
/// };
/// assert_eq!(cost_of(Tiering::Graduated), dec!(1_400)); // 100 x 10 + 50 x 8
/// assert_eq!(cost_of(Tiering::Volume), dec!(1_200)); // 150 x 8
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Price {
    /// The same for every unit.
    Each(Amount),
    /// Tiers of volume.
    Tiers {
        /// How they are charged.
        tiering: Tiering,
        /// The tiers, the smallest first.
        tiers: Vec<Tier>,
    },
}

impl<T: Into<Amount>> From<T> for Price {
    fn from(price: T) -> Self {
        Self::Each(price.into())
    }
}

/// The prices as cells.
pub(super) struct Pricing {
    /// `None` for one price each.
    tiering: Option<Tiering>,
    tiers: Vec<(Option<Decimal>, CellId)>,
}

/// Whether a quantity is charged in year 0, at the prices of year 1, or in the years 1..n.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Start,
    Later,
}

impl Pricing {
    pub(super) fn define(lowering: &mut Lowering, part: &Part, price: &Price) -> Self {
        match price {
            Price::Each(price) => {
                let price = part.amount(lowering, part.money("price", "price of one"), price);
                Self { tiering: None, tiers: vec![(None, price)] }
            }
            Price::Tiers { tiering, tiers } => {
                check(lowering, part, tiers);
                let defined = tiers.iter().enumerate().map(|(position, tier)| {
                    let part = part.under(&format!("tiers.{position}")).numbered(position);
                    let price = part.amount(lowering, part.money("price", "price of one in this tier"), &tier.price);
                    (tier.up_to, price)
                });
                Self { tiering: Some(*tiering), tiers: defined.collect() }
            }
        }
    }

    /// What the units from one total up to another cost: of licences the ones that are new.
    pub(super) fn charge(&self, from: Option<CellId>, to: CellId, when: When) -> Expression {
        let price = |cell: CellId| if when == When::Start { first(cell) } else { Expression::cell(cell) };
        let (to, from) = (Expression::cell(to), from.map(Expression::cell));
        let quantity = match &from {
            Some(from) => to.clone() - from.clone(),
            None => to.clone(),
        };
        match self.tiering {
            Some(Tiering::Graduated) => {
                let mut below = Decimal::ZERO;
                let charges = self.tiers.iter().map(|(up_to, cell)| {
                    let start = below;
                    below = up_to.unwrap_or(below);
                    let inside = |total: &Expression| within(total.clone(), start, *up_to);
                    let units = match &from {
                        Some(from) => inside(&to) - inside(from),
                        None => inside(&to),
                    };
                    units * price(*cell)
                });
                Expression::sum_of(charges)
            }
            Some(Tiering::Volume) | None => {
                let mut tiers = self.tiers.iter().rev();
                let last = tiers.next().map_or_else(|| Expression::number(0), |(_, cell)| price(*cell));
                let reached = tiers.fold(last, |above, (up_to, cell)| {
                    let end = Expression::number(up_to.unwrap_or_default());
                    let condition = to.clone().binary(Binary::LessOrEqual, end);
                    Expression::choose(condition, price(*cell), above)
                });
                quantity * reached
            }
        }
    }
}

/// How much of a total lies in a tier.
fn within(total: Expression, start: Decimal, up_to: Option<Decimal>) -> Expression {
    let above = match start.is_zero() {
        true => total,
        false => Expression::call(Function::Max, [total - Expression::number(start), Expression::number(0)]),
    };
    match up_to.and_then(|up_to| up_to.checked_sub(start)) {
        Some(width) => Expression::call(Function::Min, [above, Expression::number(width)]),
        None => above,
    }
}

fn check(lowering: &mut Lowering, part: &Part, tiers: &[Tier]) {
    if tiers.is_empty() {
        lowering.problem(format!("{}.tiers", part.at), CostError::NoTiers);
    }
    let mut before = Decimal::ZERO;
    for (position, tier) in tiers.iter().enumerate() {
        let at = format!("{}.tiers.{position}", part.at);
        let is_last = tiers.len() == position + 1;
        match tier.up_to {
            None if !is_last => lowering.problem(at, CostError::OpenTier),
            None => {}
            Some(up_to) => {
                let at = format!("{at}.up_to");
                if up_to <= before {
                    lowering.problem(&*at, CostError::TierOrder { up_to, before });
                } else if up_to > LARGEST {
                    lowering.problem(&*at, AmountError::TooLarge { value: up_to });
                }
                if is_last {
                    lowering.problem(at, CostError::LastTierEnds { up_to });
                }
                before = up_to;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::cost_line::testing::{line, years};
    use crate::case::{CostLine, Usage};
    use rust_decimal::dec;

    #[test]
    fn a_quantity_at_the_end_of_a_tier_still_belongs_to_it() {
        let tier = |up_to: Option<i64>, price: i64| Tier { up_to: up_to.map(Decimal::from), price: price.into() };
        let cost_of = |tiering, volume: Decimal| {
            let tiers = vec![tier(Some(100), 10), tier(Some(300), 8), tier(None, 5)];
            let usage = Usage::new(volume, Price::Tiers { tiering, tiers });
            years(CostLine { usage: Some(usage), ..line("x") })[1]
        };
        for (volume, graduated, volume_priced) in [
            (dec!(0), dec!(0), dec!(0)),
            (dec!(100), dec!(1_000), dec!(1_000)),
            (dec!(100.5), dec!(1_004), dec!(804)),
            (dec!(300), dec!(2_600), dec!(2_400)),
            (dec!(400), dec!(3_100), dec!(2_000)),
        ] {
            assert_eq!(cost_of(Tiering::Graduated, volume), graduated);
            assert_eq!(cost_of(Tiering::Volume, volume), volume_priced);
        }
    }
}
