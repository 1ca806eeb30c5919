//! Licences: seats year by year, bought once or rented, with tiers, a minimum and discounts one after the other.

use super::CostError;
use super::part::{Part, Sum, year_before};
use super::price::{Price, Pricing, When};
use crate::amount::{Amount, Lowering};
use crate::case::timing::later;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use std::sync::Arc;

/// Whether licences are bought or rented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LicenceKind {
    /// Paid each year for the seats of that year.
    Subscription,
    /// Bought once for each seat: a year pays for what it has beyond the most seats so far.
    Perpetual,
}

impl LicenceKind {
    /// Every kind and its name in a document.
    pub const ALL: [(&'static str, LicenceKind); 2] =
        [("subscription", LicenceKind::Subscription), ("perpetual", LicenceKind::Perpetual)];
}

/// Licences by the seat, phased over the years as the roll-out needs them.
///
/// **Formula**: `billed = max(seats, minimum seats)`. A subscription costs `list = price of billed` in each year; of
/// perpetual licences, owned is the most that was billed so far, and `list = price of owned - price of owned a year
/// before`, at the prices of the year. `discount = 1 - (1 - d1) x (1 - d2) x …` and `net = list x (1 - discount)`, a
/// subscription's not below its minimum in money. Seats taken in year 0 have the prices of year 1.
///
/// **Units**: seats are numbers, prices money, discounts fractions from 0 to 1.
///
/// ```
/// use appraise::case::{Category, CostLine, Licence, LicenceKind, Plan};
/// use appraise::{Amount, Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let seats = Amount::PerYear(vec![dec!(100), dec!(160), dec!(150)]);
/// let crm = Licence {
///     discounts: vec![dec!(0.08).into(), dec!(0.04).into()],
///     ..Licence::new(LicenceKind::Perpetual, seats, 1_000)
/// };
/// let line = CostLine { licence: Some(crm), ..CostLine::new(Category::Licences, "crm") };
/// let draft = Draft {
///     horizon: Horizon { years: 3, ..Horizon::default() },
///     plan: Plan { costs: Some(vec![line]), ..Plan::default() },
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let figure = |id: &str| appraisal.base().figure(id).unwrap().unwrap();
/// assert_eq!(figure("costs.licences.crm.licence.discount"), dec!(0.1168)); // and not 12 %
/// assert_eq!(figure("costs.licences.crm.1"), dec!(88_320));
/// assert_eq!(figure("costs.licences.crm.2"), dec!(52_992)); // 60 seats more
/// assert_eq!(figure("costs.licences.crm.3"), dec!(0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Licence {
    /// Bought or rented.
    pub kind: LicenceKind,
    /// The seats taken in year 0.
    pub initial: Option<Amount>,
    /// The seats of each year 1..n.
    pub seats: Amount,
    /// The list price of a seat: a year of it, or of a perpetual one once.
    pub price: Price,
    /// The fewest seats that are billed in the years 1..n.
    pub minimum_seats: Option<Amount>,
    /// The least that a subscription costs a year after discounts.
    pub minimum_amount: Option<Amount>,
    /// Discounts on the list price, each on what the one before leaves.
    pub discounts: Vec<Amount>,
}

impl Licence {
    /// Licences at list price.
    pub fn new(kind: LicenceKind, seats: impl Into<Amount>, price: impl Into<Price>) -> Self {
        Self {
            kind,
            initial: None,
            seats: seats.into(),
            price: price.into(),
            minimum_seats: None,
            minimum_amount: None,
            discounts: Vec::new(),
        }
    }
}

/// What licences cost at list price, or at the net price that is paid.
#[derive(Clone, Copy)]
pub(super) struct AtPrice {
    /// In year 0, where seats are taken in it.
    pub(super) initial: Option<CellId>,
    /// In the years 1..n.
    pub(super) annual: CellId,
}

/// The figures of licences that maintenance may be charged on.
#[derive(Clone, Copy)]
pub(super) struct LicenceCells {
    pub(super) list: AtPrice,
    pub(super) net: AtPrice,
}

pub(super) fn define(lowering: &mut Lowering, line: &Part, licence: &Licence, sum: &mut Sum) -> LicenceCells {
    let part = &line.under("licence");
    let seats = |lowering: &mut Lowering, part: &Part, figure, aspect, amount: &Amount| {
        part.amount(lowering, Part::number(figure, aspect, "a number of seats"), amount)
    };
    let initial = licence.initial.as_ref().map(|initial| {
        let cell = seats(lowering, part, "initial", "seats in year 0", initial);
        lowering.cells.require_single(cell);
        cell
    });
    let needed = seats(lowering, part, "seats", "seats", &licence.seats);
    let pricing = Pricing::define(lowering, part, &licence.price);
    let minimum = part.under("minimum");
    let least = licence.minimum_seats.as_ref();
    let billed = match least.map(|least| seats(lowering, &minimum, "seats", "fewest seats that are billed", least)) {
        Some(least) => {
            let most = Expression::call(Function::Max, [Expression::cell(needed), Expression::cell(least)]);
            part.formula(lowering, ("billed", "seats billed", Unit::Number), most)
        }
        None => needed,
    };
    let (from, to) = match licence.kind {
        LicenceKind::Subscription => (None, billed),
        LicenceKind::Perpetual => {
            let first = initial.map_or_else(|| Expression::number(0), Expression::cell);
            let taken = Expression::call(Function::Flow, [first, Expression::cell(billed)]);
            let owned = Expression::call(Function::RunningMaximum, [taken]);
            let owned = part.formula(lowering, ("owned", "seats owned", Unit::Number), owned);
            let before = year_before(lowering, owned);
            let before = ("owned_before", "seats owned as the year begins", Unit::Number, before);
            let after = later(lowering, owned);
            let after = ("owned_after", "seats owned as the year ends", Unit::Number, after);
            let [before, after] = [before, after]
                .map(|(figure, aspect, unit, expression)| part.formula(lowering, (figure, aspect, unit), expression));
            (Some(before), after)
        }
    };
    let money = || part.money.clone();
    let list = pricing.charge(from, to, When::Later);
    let list = AtPrice {
        annual: part.formula(lowering, ("list", "at list price", money()), list),
        initial: initial.map(|seats| {
            let list = pricing.charge(None, seats, When::Start);
            part.formula(lowering, ("initial_list", "at list price in year 0", money()), list)
        }),
    };
    let discount = define_discount(lowering, part, &licence.discounts);
    let discounted = |list: CellId| match discount {
        Some(discount) => Expression::cell(list) * (Expression::number(1) - Expression::cell(discount)),
        None => Expression::cell(list),
    };
    let least = licence.minimum_amount.as_ref().map(|least| {
        if licence.kind == LicenceKind::Perpetual {
            lowering.problem(minimum.id("amount").to_string(), CostError::MinimumOfPerpetual);
        }
        minimum.amount(lowering, minimum.money("amount", "least that is billed"), least)
    });
    let net = match least {
        Some(least) => Expression::call(Function::Max, [discounted(list.annual), Expression::cell(least)]),
        None => discounted(list.annual),
    };
    let net = AtPrice {
        annual: part.formula(lowering, ("net", "at net price", money()), net),
        initial: list
            .initial
            .map(|list| part.formula(lowering, ("initial_net", "at net price in year 0", money()), discounted(list))),
    };
    sum.initial.extend(net.initial.map(Expression::cell));
    match licence.kind {
        LicenceKind::Subscription => sum.annual.push(Expression::cell(net.annual)),
        LicenceKind::Perpetual => sum.purchases.push(Expression::cell(net.annual)),
    }
    LicenceCells { list, net }
}

/// Several discounts as one: `1 - (1 - d1) x (1 - d2) x …`.
fn define_discount(lowering: &mut Lowering, part: &Part, discounts: &[Amount]) -> Option<CellId> {
    let kept = discounts.iter().enumerate().map(|(position, discount)| {
        let id = Id::from(format!("{}.discounts.{position}", part.at));
        let subject = if discounts.len() > 1 { part.numbered(position).subject } else { Arc::clone(&part.subject) };
        let naming = Naming::new(id.clone()).label(subject, "discount").unit(Unit::Share).source(id);
        let cell = lowering.amount(naming, discount);
        lowering.cells.require_single(cell);
        lowering.keep_share(cell, discount);
        Expression::number(1) - Expression::cell(cell)
    });
    let kept: Vec<Expression> = kept.collect();
    let kept = kept.into_iter().reduce(|kept, next| kept * next)?;
    let discount = ("discount", "discounts together", Unit::Share);
    Some(part.formula(lowering, discount, Expression::number(1) - kept))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::Figures;
    use crate::case::cost_line::testing::{draft, line, mistakes, per_year, row, years};
    use crate::case::{Base, Basis, Category, ChargedOn, CostLine, ExchangeRate, Rate, RateTable, Tier, Tiering};
    use rust_decimal::{Decimal, dec};

    fn of(licence: Licence) -> CostLine {
        CostLine { licence: Some(licence), ..line("x") }
    }

    #[test]
    fn perpetual_licences_are_bought_once_and_subscriptions_each_year() {
        let seats = || per_year([100, 160, 150]);
        let perpetual = Licence::new(LicenceKind::Perpetual, seats(), 10);
        assert_eq!(years(of(perpetual.clone())), [0, 1_000, 600, 0].map(Decimal::from));
        let at_once = Licence { initial: Some(120.into()), ..perpetual };
        assert_eq!(years(of(at_once)), [1_200, 0, 400, 0].map(Decimal::from));
        let rented = Licence::new(LicenceKind::Subscription, seats(), 10);
        assert_eq!(years(of(rented.clone())), [0, 1_000, 1_600, 1_500].map(Decimal::from));
        let rented = Licence { initial: Some(20.into()), ..rented };
        assert_eq!(years(of(rented)), [200, 1_000, 1_600, 1_500].map(Decimal::from));
    }

    #[test]
    fn prices_rise_and_minimums_hold() {
        let growing = Amount::Growing { first: dec!(10), growth: dec!(0.1) };
        let perpetual = Licence::new(LicenceKind::Perpetual, per_year([100, 160, 170]), growing.clone());
        // 100 x 10, 60 x 11, 10 x 12.1
        assert_eq!(years(of(perpetual)), [0, 1_000, 660, 121].map(Decimal::from));
        let rented = Licence::new(LicenceKind::Subscription, per_year([50, 160, 100]), growing);
        let by_seats = Licence { minimum_seats: Some(120.into()), ..rented.clone() };
        assert_eq!(years(of(by_seats)), [0, 1_200, 1_760, 1_452].map(Decimal::from));
        let by_money = Licence { minimum_amount: Some(1_000.into()), discounts: vec![dec!(0.5).into()], ..rented };
        assert_eq!(years(of(by_money)), [0, 1_000, 1_000, 1_000].map(Decimal::from));
    }

    #[test]
    fn tiers_of_perpetual_licences_count_all_that_are_owned() {
        let tiers = || vec![Tier { up_to: Some(dec!(100)), price: 10.into() }, Tier { up_to: None, price: 8.into() }];
        let buy = |tiering| {
            let price = Price::Tiers { tiering, tiers: tiers() };
            years(of(Licence {
                initial: Some(50.into()),
                ..Licence::new(LicenceKind::Perpetual, per_year([90, 150, 200]), price)
            }))
        };
        // 50, 40, then 10 at 10 and 50 at 8, then 50 at 8
        assert_eq!(buy(Tiering::Graduated), [500, 400, 500, 400].map(Decimal::from));
        // 60 at 8, as 150 are owned then
        assert_eq!(buy(Tiering::Volume), [500, 400, 480, 400].map(Decimal::from));
    }

    fn upkeep(id: &str, on: Basis) -> CostLine {
        let of = ChargedOn::Bases { of: vec![Base::Line(Category::Other, "x".to_owned())], on };
        CostLine { rate: Some(Rate { rate: dec!(0.2).into(), of }), ..CostLine::new(Category::Maintenance, id) }
    }

    #[test]
    fn maintenance_follows_what_is_owned_by_then() {
        let discounts = vec![dec!(0.08).into(), dec!(0.04).into()];
        let perpetual = Licence {
            initial: Some(100.into()),
            discounts,
            ..Licence::new(LicenceKind::Perpetual, per_year([100, 200, 150]), 1_000)
        };
        let lines = |licence| {
            let sold = CostLine { share: Some(dec!(0.5).into()), risk: Some(dec!(1).into()), ..of(licence) };
            vec![upkeep("list", Basis::List), upkeep("net", Basis::Net), sold]
        };
        let figures = Figures::of(draft(lines(perpetual.clone())));
        assert_eq!(figures.get("costs.other.x.licence.discount"), dec!(0.1168));
        assert_eq!(row(&figures, "costs.maintenance.list"), [0, 20_000, 40_000, 40_000].map(Decimal::from));
        assert_eq!(row(&figures, "costs.maintenance.net"), [0, 17_664, 35_328, 35_328].map(Decimal::from));
        // half of it is charged, and without risk that is half of this
        assert_eq!(row(&figures, "costs.maintenance.list.unadjusted"), [0, 10_000, 20_000, 20_000].map(Decimal::from));
        let rented = Licence { kind: LicenceKind::Subscription, ..perpetual };
        let figures = Figures::of(draft(lines(rented)));
        assert_eq!(row(&figures, "costs.maintenance.list"), [0, 20_000, 40_000, 30_000].map(Decimal::from));
    }

    #[test]
    fn what_is_owned_was_paid_at_the_rates_of_its_time() {
        let dollars = RateTable::Amount(Amount::PerYear(vec![dec!(2), dec!(3), dec!(4)]));
        let licence = Licence::new(LicenceKind::Perpetual, per_year([10, 20, 20]), 1);
        let sold = CostLine { currency: Some("USD".to_owned()), ..of(licence) };
        let draft = crate::Draft {
            exchange_rates: vec![ExchangeRate { currency: "USD".to_owned(), rates: dollars }],
            ..draft(vec![sold, upkeep("list", Basis::List)])
        };
        let figures = Figures::of(draft);
        assert_eq!(row(&figures, "costs.other.x"), [0, 20, 30, 0].map(Decimal::from));
        assert_eq!(row(&figures, "costs.maintenance.list"), [0, 4, 10, 10].map(Decimal::from));
    }

    #[test]
    fn mistakes_are_placed() {
        let tiers = vec![Tier { up_to: None, price: 10.into() }, Tier { up_to: Some(dec!(5)), price: (-8).into() }];
        let licence = Licence {
            minimum_amount: Some(5.into()),
            discounts: vec![dec!(1.5).into()],
            ..Licence::new(LicenceKind::Perpetual, per_year([1, 2]), Price::Tiers { tiering: Tiering::Volume, tiers })
        };
        assert_eq!(
            mistakes(vec![of(licence)]),
            [
                "costs.other.x.licence.seats: the list has 2 entries for 3 years",
                "costs.other.x.licence.tiers.0: a tier without an end leaves nothing to the ones after it",
                "costs.other.x.licence.tiers.1.up_to: the last tier ends at 5, and what is above has no price",
                "costs.other.x.licence.tiers.1.price: -8 is negative, but a cost is written positive",
                "costs.other.x.licence.discounts.0: 150 % is not a share between 0 and 100 %",
                "costs.other.x.licence.minimum.amount: a minimum in money holds a year, and perpetual licences are bought \
                 once",
            ]
        );
    }
}
