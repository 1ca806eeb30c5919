//! Customer lifetime value: what a customer brings as long as they stay, in today's money.

use super::{CustomerError, check_ids};
use crate::amount::{Amount, Lowering, growth_factor, year};
use crate::model::{AxisId, Binary, CellId, Expression, Function, Naming, Unit};
use std::sync::Arc;

/// What customers of each segment are worth.
///
/// **Formula**: with margin m, retention r and discount rate d, for the years k = 1..n,
/// `CLV = sum of m_k x S_k / (1 + d)^k - acquisition cost`, where `S_k` is the product of the retention of the years up
/// to k: the share of customers who are left. Where the first margin comes at once, the margin of year k is discounted
/// by `(1 + d)^(k - 1)` and comes from `S_(k - 1)`. A perpetual lifetime adds what follows after year n, when margins go
/// on growing and retention stays as it was in that year; for a margin and a retention that never change it is
/// `m x r / (1 + d - r)`.
///
/// Customer equity is `customers x CLV`: of those who are customers already before the acquisition cost, which is
/// spent; of those to be won after it.
///
/// **Units**: money for each customer; retention, growth and the discount rate are fractions a year.
///
/// **Source**: Gupta, Hanssens, Hardie and others (2006), *Modeling Customer Lifetime Value*, Journal of Service Research
/// 9(2); Gupta, Lehmann (2003) for the margin multiple `r / (1 + d - r)`. Some count n + 1 margins, the first at once:
/// that is a horizon of one year more.
///
/// ```
/// use appraise::customers::{Customers, Lifetime, LifetimeValue, Segment};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let private = Segment { acquisition_cost: Some(500.into()), ..Segment::new("private", 1_000, dec!(0.8)) };
/// let value = LifetimeValue { lifetime: Lifetime::Perpetual, ..LifetimeValue::new([private]) };
/// let draft = Draft {
///     discount_rate: Some(dec!(0.10).into()),
///     customers: Some(Customers { lifetime_value: Some(value), ..Customers::default() }),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let worth = appraisal.base().figure("customers.lifetime_value.value.private").unwrap().unwrap();
/// assert_eq!(worth.round_dp(6), dec!(2166.666667)); // 1000 x 0.8 / (1 + 0.1 - 0.8) - 500
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LifetimeValue {
    /// The segments.
    pub segments: Vec<Segment>,
    /// The discount rate a year; that of the whole model where there is none.
    pub discount_rate: Option<Amount>,
    /// How long customers are looked at.
    pub lifetime: Lifetime,
    /// When the first margin comes.
    pub first_margin: FirstMargin,
}

impl LifetimeValue {
    /// Segments over the horizon, with the first margin after a year.
    pub fn new(segments: impl IntoIterator<Item = Segment>) -> Self {
        Self {
            segments: segments.into_iter().collect(),
            discount_rate: None,
            lifetime: Lifetime::default(),
            first_margin: FirstMargin::default(),
        }
    }
}

/// How long customers are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lifetime {
    /// As long as everything else.
    #[default]
    Horizon,
    /// So many years of the horizon.
    Years(u32),
    /// For ever: what comes after the horizon is added.
    Perpetual,
}

/// When the first margin of a customer comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FirstMargin {
    /// At the end of the first year, from those who stayed, discounted by a year.
    #[default]
    AfterAYear,
    /// Now, from everybody, undiscounted.
    AtOnce,
}

impl FirstMargin {
    /// Every choice and its name in a document.
    pub const ALL: [(&'static str, FirstMargin); 2] =
        [("after_a_year", FirstMargin::AfterAYear), ("at_once", FirstMargin::AtOnce)];
}

/// Customers who are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Its id among segments.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// What a customer brings a year, after the cost to serve.
    pub margin: Amount,
    /// How that grows a year, within the horizon and after it.
    pub growth: Option<Amount>,
    /// The share of customers who stay from one year to the next.
    pub retention: Amount,
    /// What it takes to win a customer.
    pub acquisition_cost: Option<Amount>,
    /// How many are customers already.
    pub customers: Option<Amount>,
    /// How many are to be won.
    pub new_customers: Option<Amount>,
}

impl Segment {
    /// A segment with the margin a year and the retention rate.
    pub fn new(id: impl Into<String>, margin: impl Into<Amount>, retention: impl Into<Amount>) -> Self {
        Self {
            id: id.into(),
            name: None,
            margin: margin.into(),
            growth: None,
            retention: retention.into(),
            acquisition_cost: None,
            customers: None,
            new_customers: None,
        }
    }
}

/// The cells of one segment.
#[derive(Debug, Clone)]
pub(crate) struct SegmentCells {
    pub(crate) name: Arc<str>,
    pub(crate) at: Arc<str>,
    pub(crate) retention: CellId,
    pub(crate) by_year: CellId,
    pub(crate) after: Option<CellId>,
    pub(crate) gross: CellId,
    pub(crate) acquisition_cost: Option<CellId>,
    pub(crate) value: CellId,
    pub(crate) multiple: CellId,
    pub(crate) ratio: Option<CellId>,
    pub(crate) customers: Option<CellId>,
    pub(crate) new_customers: Option<CellId>,
    pub(crate) equity: Option<CellId>,
    pub(crate) equity_share: Option<CellId>,
}

/// The cells of all segments.
#[derive(Debug, Clone)]
pub(crate) struct LifetimeValueCells {
    pub(crate) segments: Vec<SegmentCells>,
    pub(crate) rate: CellId,
    pub(crate) equity: Option<CellId>,
}

const AT: &str = "customers.lifetime_value";

/// Each takes a row of years for every step of its value.
const MOST_SEGMENTS: usize = 1_000;

/// Defines the value of each segment and of all customers.
pub(crate) fn define(lowering: &mut Lowering, rate: CellId, stated: &LifetimeValue) -> Option<LifetimeValueCells> {
    if stated.segments.is_empty() {
        lowering.problem(AT, CustomerError::Empty { what: "about segments" });
    }
    let found = stated.segments.len();
    if found > MOST_SEGMENTS {
        let error = CustomerError::TooMany { what: "segments", found, most: MOST_SEGMENTS };
        lowering.problem(format!("{AT}.segments"), error);
        return None;
    }
    check_ids(
        lowering,
        &format!("{AT}.segments"),
        "a segment",
        stated.segments.iter().map(|segment| segment.id.as_str()),
    );
    let most = lowering.years;
    if let Lifetime::Years(years) = stated.lifetime
        && (years == 0 || years > most)
    {
        lowering.problem(format!("{AT}.lifetime"), CustomerError::Lifetime { years, most });
    }
    let naming = |figure: &str| Naming::new(format!("{AT}.{figure}"));
    let rate = stated.discount_rate.as_ref().map_or(rate, |amount| {
        let at = format!("{AT}.discount_rate");
        let named = naming("discount_rate").label("Lifetime value", "discount rate").unit(Unit::Share).source(at);
        let cell = lowering.amount(named, amount);
        lowering.keep_share(cell, amount);
        lowering.cells.require_single(cell);
        cell
    });
    let one = || Expression::number(1);
    let elapsed = match stated.first_margin {
        FirstMargin::AfterAYear => year(lowering.names),
        FirstMargin::AtOnce => year(lowering.names) - one(),
    };
    let factor = one() / (one() + Expression::cell(rate)).power(elapsed);
    let named = naming("discount_factor").label("Lifetime value", "discount factor");
    let factor = lowering.cells.formula(named, factor);
    let mut segments: Vec<SegmentCells> =
        stated.segments.iter().map(|segment| define_segment(lowering, stated, segment, rate, factor)).collect();
    let parts: Vec<CellId> = segments.iter().filter_map(|segment| segment.equity).collect();
    let equity = (!parts.is_empty()).then(|| {
        let sum = Expression::sum_of(parts.iter().map(|part| Expression::cell(*part)));
        let named = naming("customer_equity").label("Lifetime value", "customer equity").unit(Unit::Money);
        lowering.cells.formula(named, sum)
    });
    for (segment, stated) in segments.iter_mut().zip(&stated.segments) {
        segment.equity_share = segment.equity.zip(equity).map(|(part, whole)| {
            let named = naming(&format!("equity_share.{}", stated.id))
                .label(Arc::clone(&segment.name), "share of customer equity");
            lowering.cells.formula(named.unit(Unit::Share), Expression::cell(part) / Expression::cell(whole))
        });
    }
    Some(LifetimeValueCells { segments, rate, equity })
}

fn define_segment(
    lowering: &mut Lowering,
    whole: &LifetimeValue,
    stated: &Segment,
    rate: CellId,
    factor: CellId,
) -> SegmentCells {
    let cell = Expression::cell;
    let one = || Expression::number(1);
    let id = &stated.id;
    let name: Arc<str> = stated.name.as_deref().unwrap_or(id).into();
    let naming = |figure: &str, aspect, unit| {
        Naming::new(format!("{AT}.{figure}.{id}")).label(Arc::clone(&name), aspect).unit(unit)
    };
    let mut written = |key: &'static str, aspect, unit: Unit, amount: &Amount, is_single: bool| {
        let at = format!("{AT}.segments.{id}.{key}");
        let cell = lowering.amount(naming(key, aspect, unit.clone()).source(at), amount);
        match (key, unit) {
            ("growth" | "margin", _) => {}
            (_, Unit::Share) => lowering.keep_share(cell, amount),
            (_, Unit::Money) => lowering.keep_positive(cell, amount, "a cost"),
            _ => lowering.keep_positive(cell, amount, "a count"),
        }
        if is_single {
            lowering.cells.require_single(cell);
        }
        cell
    };
    let margin = written("margin", "margin of a customer", Unit::Money, &stated.margin, false);
    let growth = stated.growth.as_ref().map(|growth| written("growth", "growth", Unit::Share, growth, true));
    let retention = written("retention", "retention rate", Unit::Share, &stated.retention, false);
    let cost = stated.acquisition_cost.as_ref();
    let cost = cost.map(|cost| written("acquisition_cost", "acquisition cost", Unit::Money, cost, true));
    let customers = stated.customers.as_ref();
    let customers = customers.map(|count| written("customers", "customers", Unit::Number, count, true));
    let new_customers = stated.new_customers.as_ref();
    let new_customers =
        new_customers.map(|count| written("new_customers", "customers to be won", Unit::Number, count, true));

    let years = lowering.years;
    let growth = growth.map_or_else(|| Expression::number(0), cell);
    let grown = cell(margin) * growth_factor(lowering.names, growth.clone());
    let within = year(lowering.names);
    let mut define =
        |figure: &str, aspect, unit, formula| lowering.cells.formula(naming(figure, aspect, unit), formula);
    let margins = define("margin_by_year", "margin of a customer by year", Unit::Money, grown);
    let stays = Expression::call(Function::Flow, [one(), cell(retention)]);
    let stays = define("retention_by_year", "retention rate by year", Unit::Share, stays);
    let survival = Expression::call(Function::RunningProduct, [cell(stays)]);
    let survival = define("survival", "share of customers who are left", Unit::Share, survival);
    let first = u32::from(whole.first_margin == FirstMargin::AfterAYear);
    let left = Expression::row(AxisId::YEARS, (0..years).map(|k| Expression::entry(survival, first + k)));
    let left = define("paying", "share of customers who bring the margin", Unit::Share, left);
    let present = cell(margins) * cell(left) * cell(factor);
    let present = match whole.lifetime {
        Lifetime::Years(most) => present * within.binary(Binary::LessOrEqual, Expression::number(most)),
        Lifetime::Horizon | Lifetime::Perpetual => present,
    };
    let by_year = define("by_year", "present value of the margin by year", Unit::Money, present);
    let after = (whole.lifetime == Lifetime::Perpetual).then(|| {
        let falls = Expression::entry(stays, years) * (one() + growth) / (one() + cell(rate));
        let later = Expression::call(Function::Perpetuity, [Expression::entry(by_year, years), falls]);
        define("after", "present value of the margins after the horizon", Unit::Money, later)
    });
    let sum = Expression::call(Function::Sum, [cell(by_year)]);
    let sum = after.map_or(sum.clone(), |after| sum + cell(after));
    let gross = define("gross", "lifetime value before acquisition cost", Unit::Money, sum);
    let net = cost.map_or(cell(gross), |cost| cell(gross) - cell(cost));
    let value = define("value", "customer lifetime value", Unit::Money, net);
    let multiple = cell(gross) / Expression::entry(margins, 1);
    let multiple = define("multiple", "lifetime value in margins of the first year", Unit::Number, multiple);
    let ratio =
        cost.map(|cost| define("ratio", "lifetime value to acquisition cost", Unit::Number, cell(gross) / cell(cost)));
    let there = customers.map(|count| cell(count) * cell(gross));
    let to_come = new_customers.map(|count| cell(count) * cell(value));
    let equity: Vec<Expression> = [there, to_come].into_iter().flatten().collect();
    let equity =
        (!equity.is_empty()).then(|| define("equity", "customer equity", Unit::Money, Expression::sum_of(equity)));
    SegmentCells {
        name: Arc::clone(&name),
        at: format!("{AT}.segments.{id}").into(),
        retention,
        by_year,
        after,
        gross,
        acquisition_cost: cost,
        value,
        multiple,
        ratio,
        customers,
        new_customers,
        equity,
        equity_share: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::Figures;
    use crate::customers::Customers;
    use crate::customers::testing::{figures, mistakes};
    use crate::model::Cause;
    use rust_decimal::{Decimal, dec};

    fn of(value: LifetimeValue) -> Customers {
        Customers { lifetime_value: Some(value), ..Customers::default() }
    }

    /// A margin of 1000 and a retention of 80 % at 10 %, as in the catalogue.
    fn thousand(lifetime: Lifetime, first_margin: FirstMargin) -> Figures {
        let segment = Segment {
            acquisition_cost: Some(500.into()),
            new_customers: Some(1_050.into()),
            ..Segment::new("a", 1_000, dec!(0.8))
        };
        figures(of(LifetimeValue { lifetime, first_margin, ..LifetimeValue::new([segment]) }))
    }

    const VALUE: &str = "customers.lifetime_value.value.a";

    #[test]
    fn the_worked_examples_of_the_catalogue() {
        let finite = thousand(Lifetime::Horizon, FirstMargin::AfterAYear);
        assert_eq!(finite.get(VALUE).round_dp(6), dec!(1624.097336));
        let perpetual = thousand(Lifetime::Perpetual, FirstMargin::AfterAYear);
        assert_eq!(perpetual.get(VALUE).round_dp(6), dec!(2166.666667));
        // 1,050 customers of 2,166.67 each, which the catalogue rounds before it multiplies
        assert_eq!(perpetual.get("customers.lifetime_value.customer_equity").round_dp(2), dec!(2275000.00));
        // one margin more where the first comes at once
        let at_once = thousand(Lifetime::Perpetual, FirstMargin::AtOnce);
        assert_eq!(at_once.get(VALUE).round_dp(6), dec!(3166.666667));
        assert_eq!(at_once.get("customers.lifetime_value.multiple.a").round_dp(6), dec!(3.666667));
    }

    #[test]
    fn years_by_hand() {
        let segment = Segment {
            growth: Some(dec!(0.1).into()),
            customers: Some(10.into()),
            ..Segment::new("a", 100, Amount::PerYear([dec!(0.9), dec!(0.5), dec!(0), dec!(1), dec!(1)].into()))
        };
        let value = LifetimeValue { discount_rate: Some(dec!(0.25).into()), ..LifetimeValue::new([segment]) };
        let at_once = LifetimeValue { first_margin: FirstMargin::AtOnce, ..value.clone() };
        let figures_of = figures(of(value));
        let year = |figures: &Figures, year: u32| figures.get(&format!("customers.lifetime_value.by_year.a.{year}"));
        assert_eq!(figures_of.get("customers.lifetime_value.survival.a.2"), dec!(0.45));
        // 100 x 0.9 / 1.25, 110 x 0.45 / 1.5625, and nobody stays longer
        assert_eq!([1, 2, 3].map(|k| year(&figures_of, k)), [dec!(72), dec!(31.68), dec!(0)]);
        assert_eq!(figures_of.get("customers.lifetime_value.gross.a"), dec!(103.68));
        assert_eq!(figures_of.get("customers.lifetime_value.equity.a"), dec!(1036.8));
        let at_once = figures(of(at_once));
        // 100, 110 x 0.9 / 1.25, 121 x 0.45 / 1.5625, 0
        assert_eq!([1, 2, 3, 4].map(|k| year(&at_once, k)), [dec!(100), dec!(79.2), dec!(34.848), dec!(0)]);
    }

    #[test]
    fn a_lifetime_ends_where_it_is_said() {
        let two = thousand(Lifetime::Years(2), FirstMargin::AfterAYear);
        // 800 / 1.1 + 640 / 1.21 - 500
        assert_eq!(two.get(VALUE).round_dp(6), dec!(756.198347));
        assert_eq!(two.get("customers.lifetime_value.by_year.a.3"), dec!(0));
    }

    #[test]
    fn margins_that_grow_faster_than_they_fall_off_have_no_value() {
        let segment = Segment { growth: Some(dec!(0.4).into()), ..Segment::new("a", 1, dec!(0.8)) };
        let value = LifetimeValue { lifetime: Lifetime::Perpetual, ..LifetimeValue::new([segment]) };
        assert_eq!(figures(of(value)).cause(VALUE), Cause::NoLimit);
    }

    #[test]
    fn customers_who_are_there_cost_nothing_to_win() {
        let segment = Segment {
            acquisition_cost: Some(500.into()),
            customers: Some(2.into()),
            new_customers: Some(1.into()),
            ..Segment::new("a", 1_000, dec!(0.8))
        };
        let other = Segment { customers: Some(1.into()), ..Segment::new("b", 0, dec!(0.5)) };
        let lifetime = Lifetime::Perpetual;
        let figures = figures(of(LifetimeValue { lifetime, ..LifetimeValue::new([segment, other]) }));
        // 2 x 2666.67 + 2166.67
        assert_eq!(figures.get("customers.lifetime_value.equity.a").round_dp(2), dec!(7500));
        assert_eq!(figures.get("customers.lifetime_value.equity_share.a"), Decimal::ONE);
        assert_eq!(figures.get("customers.lifetime_value.ratio.a").round_dp(6), dec!(5.333333));
        assert_eq!(figures.cause("customers.lifetime_value.multiple.b"), Cause::DivisionByZero);
    }

    #[test]
    fn mistakes_are_placed() {
        let segment = Segment { customers: Some((-1).into()), ..Segment::new("a", 1, dec!(80)) };
        let value = LifetimeValue { lifetime: Lifetime::Years(6), ..LifetimeValue::new([segment.clone(), segment]) };
        assert_eq!(
            mistakes(of(value))[..4],
            [
                "customers.lifetime_value.segments.a: `a` is given twice as the id of a segment",
                "customers.lifetime_value.lifetime: a lifetime of 6 years does not fit a horizon of 5",
                "customers.lifetime_value.segments.a.retention: 8000 % is not a share between 0 and 100 %",
                "customers.lifetime_value.segments.a.customers: -1 is negative, but a count is written positive",
            ]
        );
        let empty = mistakes(of(LifetimeValue::new([])));
        assert_eq!(empty, ["customers.lifetime_value: nothing is stated about segments"]);
    }
}
