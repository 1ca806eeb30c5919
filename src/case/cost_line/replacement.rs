//! Hardware that is replaced, and what it is still worth as the horizon ends.

use super::CostError;
use super::part::{Part, Sum};
use crate::amount::{Amount, Lowering, year};
use crate::bound::Bound;
use crate::idle::Idle;
use crate::model::{Binary, CellId, Expression, Unit};

/// What is still worth something as the horizon ends.
#[derive(Debug, Clone, PartialEq)]
pub enum Residual {
    /// The part of the last price that belongs to the years of life that are left.
    StraightLine,
    /// A share of the last price.
    Share(Amount),
}

/// The replacement of what is bought in year 0, and its residual value.
///
/// **Formula**: with a life of k years, the line's `initial` is spent again in the years k, 2k, … before the last one,
/// each time at `initial x (1 + price change)^year`. As the horizon of n years ends, the residual value is a stated
/// share of the last price paid, or, with a straight line, `price x (k - age) / k`, the age being the years from that
/// purchase to year n. It is a negative cost in a row of its own, `recovered`, which `risk` does not raise.
///
/// ```
/// use appraise::case::{Category, CostLine, Plan, Replacement, Residual};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let cycle = Replacement {
///     every: Some(4),
///     price_change: Some(dec!(-0.10).into()),
///     residual: Some(Residual::StraightLine),
/// };
/// let servers = CostLine {
///     initial: Some(10_000.into()),
///     replacement: Some(cycle),
///     ..CostLine::new(Category::Hardware, "servers")
/// };
/// let appraisal =
///     Appraisal::new(Draft { plan: Plan { costs: Some(vec![servers]), ..Plan::default() }, ..Draft::default() }).unwrap();
/// let figure = |id: &str| appraisal.base().figure(id).unwrap().unwrap();
/// assert_eq!(figure("costs.hardware.servers.4"), dec!(6_561)); // 10,000 x 0.9^4
/// assert_eq!(figure("costs.hardware.servers.recovered.5"), dec!(-4_920.75)); // three of four years are left
/// assert_eq!(figure("costs.nominal"), dec!(11_640.25));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Replacement {
    /// The years it lasts; `None` where it outlasts the horizon.
    pub every: Option<u32>,
    /// The change of its price a year.
    pub price_change: Option<Amount>,
    /// What it is still worth as the horizon ends.
    pub residual: Option<Residual>,
}

/// The residual value in the last year, in the currency of the line.
pub(super) fn define(
    lowering: &mut Lowering,
    part: &Part,
    (id, initial): (&str, Option<CellId>),
    replacement: &Replacement,
    sum: &mut Sum,
) -> Option<CellId> {
    let years = part.last_year;
    let Replacement { every, price_change, residual } = replacement;
    if let Some(0) = every {
        lowering.problem(part.id("replace_every").to_string(), CostError::Life { years: 0 });
    }
    let life = every.filter(|life| *life > 0);
    let change = price_change.as_ref().map(|change| {
        let at = part.id("price_change");
        if every.is_none() {
            lowering.problem(at.to_string(), CostError::PriceChangeOfNothing);
        }
        let cell = part.written(lowering, ("price_change", "change of price a year", Unit::Share), change);
        lowering.keep_within(cell, change, Bound::GrowthOfPrice, |change| CostError::PriceChange { change });
        lowering.cells.require_single(cell);
        cell
    });
    let Some(initial) = initial else {
        let key = if every.is_some() { "replace_every" } else { "residual" };
        lowering.problem(part.id(key).to_string(), CostError::NothingToReplace { id: id.to_owned() });
        return None;
    };
    let price = |years: Expression| match change {
        Some(change) => Expression::cell(initial) * (Expression::number(1) + Expression::cell(change)).power(years),
        None => Expression::cell(initial),
    };
    let replaced: Vec<u32> = life.map_or_else(Vec::new, |life| {
        std::iter::successors(Some(life), |year| year.checked_add(life)).take_while(|year| *year < years).collect()
    });
    if replaced.is_empty() && life.is_some() {
        tell_never_replaced(lowering, part, replacement);
    }
    let now = || year(lowering.names);
    let is_replaced = replaced.iter().map(|year| now().binary(Binary::Equal, Expression::number(*year)));
    if let Some(condition) = is_replaced.reduce(|one, other| one.binary(Binary::Or, other)) {
        let replacement = Expression::choose(condition, price(now()), Expression::number(0));
        let cell = part.formula(lowering, ("replacement", "replacement", part.money.clone()), replacement);
        sum.purchases.push(Expression::cell(cell));
    }
    let last = replaced.last().copied().unwrap_or(0);
    let last_price = if last == 0 { Expression::cell(initial) } else { price(Expression::number(last)) };
    let value = match residual.as_ref()? {
        Residual::Share(share) => {
            let stated = ("residual", "residual value, share of the price", Unit::Share);
            let share = part.share_of(lowering, stated, share);
            lowering.cells.require_single(share);
            last_price * Expression::cell(share)
        }
        Residual::StraightLine => {
            let Some(life) = life else {
                if every.is_none() {
                    let error = CostError::StraightLineWithoutLife { id: id.to_owned() };
                    lowering.problem(part.id("residual").to_string(), error);
                }
                return None;
            };
            let left = life.saturating_sub(years.saturating_sub(last));
            last_price * Expression::number(left) / Expression::number(life)
        }
    };
    Some(part.formula(
        lowering,
        ("value_at_end", "value of the last purchase as the horizon ends", part.money.clone()),
        value,
    ))
}

/// What outlasts the years that are looked at is not replaced, and only a straight-line residual value reads its life.
fn tell_never_replaced(lowering: &mut Lowering, part: &Part, replacement: &Replacement) {
    let why = Idle::NotReplaced { years: part.last_year };
    if replacement.residual != Some(Residual::StraightLine) {
        lowering.idle(part.id("replace_every").to_string(), why);
    }
    if replacement.price_change.is_some() {
        lowering.idle(part.id("price_change").to_string(), why);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::Figures;
    use crate::case::CostLine;
    use crate::case::cost_line::testing::{draft, line, mistakes, row};
    use rust_decimal::{Decimal, dec};

    fn of(replacement: Replacement) -> CostLine {
        CostLine {
            initial: Some(1_000.into()),
            replacement: Some(replacement),
            risk: Some(dec!(0.5).into()),
            share: Some(dec!(0.5).into()),
            ..line("x")
        }
    }

    #[test]
    fn a_life_is_spent_again_and_what_is_left_comes_back() {
        let cycle = Replacement {
            every: Some(2),
            price_change: Some(dec!(-0.1).into()),
            residual: Some(Residual::StraightLine),
        };
        let figures = Figures::of(draft(vec![of(cycle.clone())]));
        // half of 1,000 and of 810, with a risk of half; half of 810 is left, and half of that is charged
        assert_eq!(row(&figures, "costs.other.x"), [dec!(750), dec!(0), dec!(607.5), dec!(0)]);
        assert_eq!(figures.get("costs.other.x.recovered.3"), dec!(-202.5));
        assert_eq!(figures.get("costs.other.x.recovered.nominal"), dec!(-202.5));
        assert_eq!(figures.get("costs.nominal"), dec!(1_155));
        assert_eq!(figures.get("costs.unadjusted.nominal"), dec!(702.5));
        // what is worn out as the horizon ends is not bought again, and worth nothing
        let figures = Figures::of(draft(vec![of(Replacement { every: Some(3), ..cycle.clone() })]));
        assert_eq!(figures.get("costs.nominal"), dec!(750));
        let share = Replacement { every: None, price_change: None, residual: Some(Residual::Share(dec!(0.2).into())) };
        assert_eq!(Figures::of(draft(vec![of(share)])).get("costs.other.x.recovered.3"), dec!(-100));
        // it lasts longer than anybody looks: 7 of 10 years are left
        let long = Replacement { every: Some(10), price_change: None, ..cycle };
        assert_eq!(Figures::of(draft(vec![of(long)])).get("costs.other.x.recovered.3"), dec!(-350));
    }

    #[test]
    fn the_life_of_an_alternative_ends_the_horizon() {
        let plan = crate::case::Plan {
            costs: Some(vec![of(Replacement {
                residual: Some(Residual::Share(dec!(0.2).into())),
                ..Replacement::default()
            })]),
            ..crate::case::Plan::default()
        };
        let short = crate::case::Alternative { life: Some(2), plan, ..crate::case::Alternative::new("short") };
        let plan = crate::case::Plan::default();
        let figures = Figures::of(crate::Draft { plan, alternatives: vec![short], ..draft(Vec::new()) });
        assert_eq!(row(&figures, "alternatives.short.costs.other.x.recovered"), [0, 0, -100, 0].map(Decimal::from));
    }

    #[test]
    fn mistakes_are_placed() {
        let nothing = Replacement { every: Some(2), ..Replacement::default() };
        let nothing = CostLine { annual: Some(1.into()), replacement: Some(nothing), ..line("nothing") };
        let forever = Replacement { residual: Some(Residual::StraightLine), ..Replacement::default() };
        let falling = Replacement { every: Some(0), price_change: Some(Decimal::NEGATIVE_ONE.into()), residual: None };
        assert_eq!(
            mistakes(vec![nothing, of(forever), CostLine { id: "y".to_owned(), ..of(falling) }]),
            [
                "costs.other.nothing.replace_every: `nothing` has no `initial` that could be replaced or have a residual \
                 value",
                "costs.other.x.residual: a straight-line residual value needs the years that `x` lasts",
                "costs.other.y.replace_every: what is replaced every 0 years has no life",
                "costs.other.y.price_change: a price that changes by -100 % a year is no price for long",
            ]
        );
    }
}
