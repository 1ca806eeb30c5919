//! Flows of money on certain days, or in months, quarters, halves and years, and what they return.

use super::at_end::Factors;
use super::measures::{
    InternalRates, Owner, Reinvesting, define_modified_rate, define_quoted_rate, initial_outlay_of,
    profitability_index_of, rounded_up,
};
use super::timing::factor_at;
use super::valuation::stated_rate;
use super::{IrrPolicy, Rates, Scope};
use crate::amount::{Amount, AmountError, LARGEST, Lowering};
use crate::day::Day;
use crate::kernel::DayCount;
use crate::model::{Axis, AxisId, CellId, Expression, Function, Id, Naming, Shape, Unit, is_name};
use crate::period::{Frequency, Period};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Where cash flows stand in a document, and what the ids of their figures begin with.
pub(crate) const CASH_FLOWS: &str = "cash_flows";

/// The most flows that one cash flow can have.
pub(crate) const MOST_FLOWS: usize = 2_000;

/// The most flows of all cash flows of a document.
const MOST_TOGETHER: usize = 10_000;

/// The most years from the first flow to the last one.
const MOST_YEARS: i32 = 200;

/// So many internal rates of return are listed at most.
const MOST_RATES: u32 = 20;

/// What can be wrong with a cash flow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CashFlowError {
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of a cash flow")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// Two cash flows of one id.
    #[error("there are two cash flows `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// Nothing to be compared.
    #[error("`{id}` needs two flows at least, and has {found}")]
    TooFew {
        /// The cash flow.
        id: String,
        /// How many flows it has.
        found: usize,
    },
    /// More flows than can be looked at.
    #[error("`{id}` has {found} flows, more than {MOST_FLOWS}")]
    TooMany {
        /// The cash flow.
        id: String,
        /// How many flows it has.
        found: usize,
    },
    /// More flows in all than can be looked at.
    #[error("there are {found} flows in all, more than {MOST_TOGETHER}")]
    TooManyTogether {
        /// How many flows there are.
        found: usize,
    },
    /// Flows over centuries.
    #[error("the flows of `{id}` reach over more than {MOST_YEARS} years")]
    TooLong {
        /// The cash flow.
        id: String,
    },
    /// A first period of another length.
    #[error("`{from}` is no {every}")]
    FromOther {
        /// The first period.
        from: Period,
        /// How often money flows.
        every: &'static str,
    },
    /// Weeks, of which a year has no fixed number.
    #[error("a year has no fixed number of weeks")]
    Weekly,
}

impl CashFlowError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { .. } => "start with a letter, then letters, digits and `_`, as in `fund`".to_owned(),
            Self::DuplicateId { .. } => "give each cash flow an id of its own".to_owned(),
            Self::TooFew { .. } => {
                "write what is spent and what comes back, as in `flows: {2026-01-15: -120_000, 2027-01-15: 140_000}`"
                    .to_owned()
            }
            Self::TooMany { .. } | Self::TooManyTogether { .. } => "add up the flows of a month".to_owned(),
            Self::TooLong { .. } => "look for a mistake in the first and the last day".to_owned(),
            Self::FromOther { from, every } => {
                let year = from.year();
                let example = match *every {
                    "month" => format!("{year}-01"),
                    "quarter" => format!("{year}-Q1"),
                    "half" => format!("{year}-H1"),
                    _ => year.to_string(),
                };
                format!("write `from: {example}`")
            }
            Self::Weekly => "write the flows by their days, as in `flows: {2026-01-15: -120_000}`".to_owned(),
        })
    }
}

/// Flows of money, and what they return.
///
/// Money that is spent is negative. Each flow is worth `amount / (1 + rate)^time` on the day of the first one, `time` in
/// years by the day count, and what they are worth together is their net present value: `XNPV` of spreadsheets. The
/// internal rate of return is the yearly rate at which that is nothing, `XIRR`; all such rates are figures.
///
/// **Units**: one unit of money; rates are fractions a year.
///
/// **Bounds**: 2 to 2,000 flows over 200 years at most, each up to 10^15.
///
/// ```
/// use appraise::case::{CashFlow, Flows};
/// use appraise::{Amount, Appraisal, Day, Draft};
/// use rust_decimal::dec;
///
/// let flow = |day: &str, amount: i64| Ok::<_, appraise::DayError>((day.parse()?, Amount::from(amount)));
/// let fund = CashFlow {
///     discount_rate: Some(dec!(0.09).into()),
///     ..CashFlow::new("fund", Flows::dated([
///         flow("2008-01-01", -10_000)?,
///         flow("2008-03-01", 2_750)?,
///         flow("2008-10-30", 4_250)?,
///         flow("2009-02-15", 3_250)?,
///         flow("2009-04-01", 2_750)?,
///     ]))
/// };
/// let appraisal = Appraisal::new(Draft { cash_flows: vec![fund], ..Draft::default() }).unwrap();
/// let figure = |id: &str| appraisal.base().figure(id).unwrap().unwrap();
/// // the example of Excel's documentation
/// assert_eq!(figure("cash_flows.fund.npv").round_dp(6), dec!(2086.647602));
/// assert_eq!(figure("cash_flows.fund.irr").round_dp(6), dec!(0.373363));
/// # Ok::<(), appraise::DayError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CashFlow {
    /// Its id among cash flows.
    pub id: String,
    /// What readers see; the id where there is none.
    pub name: Option<String>,
    /// What flows, and when.
    pub flows: Flows,
    /// The rate it is discounted at; the discount rate of the document where there is none.
    pub discount_rate: Option<Amount>,
    /// At what rate money that is missing is borrowed; that of the valuation, or else its discount rate, where there is
    /// none.
    pub finance_rate: Option<Amount>,
    /// At what rate money that comes back is invested again, likewise.
    pub reinvestment_rate: Option<Amount>,
}

/// What flows, and when.
#[derive(Debug, Clone, PartialEq)]
pub enum Flows {
    /// On certain days, in any order; there may be several flows on one day.
    Dated {
        /// How days are counted in years.
        day_count: DayCount,
        /// The flows.
        flows: Vec<(Day, Amount)>,
    },
    /// At the end of equal periods; the first flow is today.
    Periodic {
        /// How long a period is; months, quarters, halves or years.
        every: Frequency,
        /// The period of the first flow, as far as it is known.
        from: Option<Period>,
        /// The flows.
        flows: Vec<Amount>,
    },
}

impl Flows {
    /// Flows on certain days, a year being 365 days.
    pub fn dated(flows: impl IntoIterator<Item = (Day, Amount)>) -> Self {
        Self::Dated { day_count: DayCount::default(), flows: flows.into_iter().collect() }
    }

    /// Flows at the end of equal periods; the first one is today.
    pub fn periodic(every: Frequency, flows: impl IntoIterator<Item = Amount>) -> Self {
        Self::Periodic { every, from: None, flows: flows.into_iter().collect() }
    }

    fn len(&self) -> usize {
        match self {
            Self::Dated { flows, .. } => flows.len(),
            Self::Periodic { flows, .. } => flows.len(),
        }
    }
}

impl CashFlow {
    /// A cash flow at the rates of the document.
    pub fn new(id: impl Into<String>, flows: Flows) -> Self {
        Self { id: id.into(), name: None, flows, discount_rate: None, finance_rate: None, reinvestment_rate: None }
    }
}

/// The cells of a cash flow; rows have one entry a flow.
#[derive(Debug, Clone)]
pub(crate) struct CashFlowCells {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) discount_rate: CellId,
    pub(crate) amount: CellId,
    pub(crate) time: CellId,
    pub(crate) factor: CellId,
    pub(crate) discounted: CellId,
    pub(crate) cumulative: CellId,
    pub(crate) npv: CellId,
    pub(crate) irr: CellId,
    pub(crate) irr_roots: Option<CellId>,
    pub(crate) mirr: CellId,
    pub(crate) payback: CellId,
    pub(crate) payback_months: CellId,
    pub(crate) discounted_payback: CellId,
    pub(crate) profitability_index: CellId,
}

/// Defines the figures of all cash flows.
pub(crate) fn define(
    lowering: &mut Lowering,
    rates: Rates,
    policy: IrrPolicy,
    stated: &[CashFlow],
) -> Vec<CashFlowCells> {
    let found: usize = stated.iter().map(|flow| flow.flows.len()).sum();
    if found > MOST_TOGETHER {
        lowering.problem(CASH_FLOWS, CashFlowError::TooManyTogether { found });
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let cells = stated.iter().filter_map(|flow| {
        let (at, id) = (format!("{CASH_FLOWS}.{}", flow.id), || flow.id.clone());
        let error = if !is_name(&flow.id) {
            CashFlowError::InvalidId { id: id() }
        } else if !seen.insert(&*flow.id) {
            CashFlowError::DuplicateId { id: id() }
        } else {
            return define_one(lowering, (rates, policy), &at, flow);
        };
        lowering.problem(at, error);
        None
    });
    cells.collect()
}

/// When flows are, and what they are, in the order of time.
struct Timed<'a> {
    axis: Axis,
    /// The number of the first entry of the axis in formulas.
    first: u32,
    times: Vec<Decimal>,
    /// Each with its name in the address of the document.
    amounts: Vec<(String, &'a Amount)>,
}

impl Timed<'_> {
    /// An upper bound of how often the sign of the flows changes, and so of how many rates there are (Descartes): what a
    /// formula yields may have either sign.
    fn most_rates(&self) -> u32 {
        let (mut to_positive, mut to_negative) = (0_u32, 0_u32);
        for (_, amount) in &self.amounts {
            let sign = amount.as_constant();
            let (positive, negative) = (to_positive, to_negative);
            if sign.is_none_or(|sign| sign > Decimal::ZERO) {
                to_positive = positive.max(negative.saturating_add(1));
            }
            if sign.is_none_or(|sign| sign < Decimal::ZERO) {
                to_negative = negative.max(positive.saturating_add(1));
            }
        }
        // the first flow is counted as a change
        to_positive.max(to_negative).saturating_sub(1).clamp(1, MOST_RATES)
    }
}

/// Brings flows into the order of time.
fn timed<'a>(flows: &'a Flows) -> Result<Option<Timed<'a>>, CashFlowError> {
    match flows {
        Flows::Dated { day_count, flows } => {
            let mut flows: Vec<&(Day, Amount)> = flows.iter().collect();
            // flows of one day stay as they are written
            flows.sort_by_key(|(day, _)| *day);
            let Some(first) = flows.first().map(|(day, _)| *day) else { return Ok(None) };
            let mut seen: HashMap<Day, u32> = HashMap::new();
            let names = flows.iter().map(|(day, _)| {
                let count = seen.entry(*day).and_modify(|count| *count = count.saturating_add(1)).or_insert(1);
                if *count == 1 { day.to_string() } else { format!("{day}_{count}") }
            });
            let names: Vec<String> = names.collect();
            Ok(Some(Timed {
                axis: Axis::named("days", names.iter().map(|name| Arc::from(name.as_str()))),
                first: 1,
                times: flows.iter().map(|(day, _)| day_count.year_fraction(first, *day)).collect(),
                amounts: names.into_iter().zip(flows.iter().map(|(_, amount)| amount)).collect(),
            }))
        }
        Flows::Periodic { every, from, flows } => {
            let a_year = every.a_year().ok_or(CashFlowError::Weekly)?;
            if let Some(from) = from.filter(|from| from.frequency() != *every) {
                return Err(CashFlowError::FromOther { from, every: every.name() });
            }
            let Some(last) = flows.len().checked_sub(1).and_then(|last| u32::try_from(last).ok()) else {
                return Ok(None);
            };
            let axis = match from {
                Some(from) => {
                    let periods = std::iter::successors(Some(*from), |period| Some(period.next()));
                    Axis::named(every.plural(), periods.take(flows.len()).map(|period| period.to_string()))
                }
                None => Axis::numbered(every.plural(), 0, last),
            };
            let a_year = Decimal::from(a_year);
            let time = |period: u32| Decimal::from(period).checked_div(a_year).unwrap_or_default();
            Ok(Some(Timed {
                axis,
                first: u32::from(from.is_some()),
                times: (0..=last).map(time).collect(),
                amounts: flows.iter().enumerate().map(|(place, amount)| (place.to_string(), amount)).collect(),
            }))
        }
    }
}

/// The flows in the order of time, where there are neither too few nor too many.
fn checked<'a>(id: &str, flows: &'a Flows) -> Result<Timed<'a>, CashFlowError> {
    let (id, found) = (id.to_owned(), flows.len());
    if found > MOST_FLOWS {
        return Err(CashFlowError::TooMany { id, found });
    }
    let timed = timed(flows)?.filter(|_| found > 1).ok_or(CashFlowError::TooFew { id: id.clone(), found })?;
    if timed.times.iter().any(|time| *time > Decimal::from(MOST_YEARS)) {
        return Err(CashFlowError::TooLong { id });
    }
    Ok(timed)
}

fn define_one(
    lowering: &mut Lowering,
    (rates, policy): (Rates, IrrPolicy),
    at: &str,
    stated: &CashFlow,
) -> Option<CashFlowCells> {
    let timed = match checked(&stated.id, &stated.flows) {
        Ok(timed) => timed,
        Err(error) => {
            let key = if matches!(error, CashFlowError::FromOther { .. }) { ".from" } else { "" };
            lowering.problem(format!("{at}{key}"), error);
            return None;
        }
    };
    let name = stated.name.as_deref().unwrap_or(&stated.id);
    let owner = Owner::new(&Scope::default(), at, name);
    let rates = own_rates(lowering, rates, (at, name), stated);
    let listed = timed.most_rates();
    let last = timed.first.saturating_add(u32::try_from(timed.times.len()).ok()?).saturating_sub(1);
    let axis = lowering.cells.axis(timed.axis.clone());
    let amount = define_amounts(lowering, (at, name), axis, &timed);
    let time = owner.naming("time", "years since the first flow", Unit::Years).source(format!("{at}.flows"));
    let time = lowering.cells.input(time, Shape::Row(axis), timed.times.iter().map(|time| Some(*time)));

    let cell = Expression::cell;
    let mut figure =
        |figure, aspect, unit, expression| lowering.cells.formula(owner.naming(figure, aspect, unit), expression);
    let factor = figure("factor", "discount factor", Unit::Number, factor_at(rates.discount, time));
    let mut own = |id, aspect, rate| {
        if rate == rates.discount { factor } else { figure(id, aspect, Unit::Number, factor_at(rate, time)) }
    };
    let finance_factor = own("finance_factor", "factor at the finance rate", rates.finance);
    let reinvestment_factor = own("reinvestment_factor", "factor at the reinvestment rate", rates.reinvestment);
    let discounted = figure("discounted", "discounted flow", Unit::Money, cell(amount) * cell(factor));
    let of = |function, row| Expression::call(function, [cell(row)]);
    let cumulative = figure("cumulative", "cumulative", Unit::Money, of(Function::Cumulate, amount));
    let npv = figure("npv", "net present value", Unit::Money, of(Function::Sum, discounted));
    let back = |row| Expression::call(Function::Xpayback, [cell(row), cell(time)]);
    let payback = figure("payback", "payback", Unit::Years, back(amount));
    let discounted_payback = figure("discounted_payback", "discounted payback", Unit::Years, back(discounted));
    // seven twelfths of a year are 7 months, whatever the last digit of the quotient is
    let months = cell(payback) * Expression::number(12);
    let months = Expression::call(Function::Round, [months, Expression::number(10)]);
    let payback_months = figure("payback_months", "payback, in whole months", Unit::Number, rounded_up(months));
    let outlay = initial_outlay_of(Expression::entry(amount, timed.first));
    let initial_outlay = figure("initial_outlay", "initial outlay", Unit::Money, outlay);
    let index = profitability_index_of(npv, initial_outlay);
    let profitability_index = figure("profitability_index", "profitability index", Unit::Number, index);

    let reinvesting = Reinvesting {
        finance: Factors::same(finance_factor),
        reinvested: Factors::same(reinvestment_factor),
        reinvestment: rates.reinvestment,
        years: Expression::entry(time, last),
    };
    let mirr = define_modified_rate(lowering, &owner, (amount, ["outlays", "inflows"]), &reinvesting);
    // of equal periods that is the rate of a period, compounded over a year
    let internal = InternalRates::AtMoments { flows: amount, moments: time };
    let (irr, irr_roots) = define_quoted_rate(lowering, &owner, policy, &internal, Some(listed));
    Some(CashFlowCells {
        id: stated.id.as_str().into(),
        name: name.into(),
        discount_rate: rates.discount,
        amount,
        time,
        factor,
        discounted,
        cumulative,
        npv,
        irr,
        irr_roots,
        mirr,
        payback,
        payback_months,
        discounted_payback,
        profitability_index,
    })
}

/// Its own rates where it states them; the finance and the reinvestment rate are else those of the valuation, which are
/// the discount rate where it states none.
fn own_rates(lowering: &mut Lowering, rates: Rates, (at, name): (&str, &str), stated: &CashFlow) -> Rates {
    let mut own = |key: &str, aspect, amount: &Option<Amount>| {
        amount.as_ref().map(|amount| stated_rate(lowering, format!("{at}.{key}"), (name, aspect), amount))
    };
    let discount = own("discount_rate", "discount rate", &stated.discount_rate).unwrap_or(rates.discount);
    let of_valuation = |rate| if rate == rates.discount { discount } else { rate };
    Rates {
        discount,
        finance: own("finance_rate", "finance rate", &stated.finance_rate).unwrap_or(of_valuation(rates.finance)),
        reinvestment: own("reinvestment_rate", "reinvestment rate", &stated.reinvestment_rate)
            .unwrap_or(of_valuation(rates.reinvestment)),
    }
}

/// Defines `amount`: as written, with a cell of its own for each formula.
fn define_amounts(lowering: &mut Lowering, (at, name): (&str, &str), axis: AxisId, timed: &Timed) -> CellId {
    let id: Arc<str> = at.into();
    let naming = Naming::new(Id::of(Arc::clone(&id), "amount")).label(name, "flow").unit(Unit::Money);
    for (entry, amount) in &timed.amounts {
        if let Some(value) = amount.as_constant().filter(|value| value.abs() > LARGEST) {
            lowering.problem(format!("{at}.flows.{entry}"), AmountError::TooLarge { value });
        }
    }
    let constants: Option<Vec<Decimal>> = timed.amounts.iter().map(|(_, amount)| amount.as_constant()).collect();
    if let Some(constants) = constants {
        let naming = naming.source(format!("{at}.flows"));
        return lowering.cells.input(naming, Shape::Row(axis), constants.into_iter().map(Some));
    }
    let entries: Vec<Expression> = timed
        .amounts
        .iter()
        .map(|(entry, amount)| match amount {
            Amount::Constant(value) => Expression::number(*value),
            amount => {
                let naming = Naming::new(format!("{at}.written.{entry}")).label(name, "flow as written");
                let naming = naming.unit(Unit::Money).source(format!("{at}.flows.{entry}"));
                let cell = lowering.amount(naming, amount);
                lowering.cells.require_single(cell);
                Expression::cell(cell)
            }
        })
        .collect();
    lowering.cells.formula(naming, Expression::row(axis, entries))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::Valuation;
    use crate::kernel::NoIrr;
    use crate::model::Cause;
    use crate::{Assumption, Draft};
    use rust_decimal::dec;

    fn dated(flows: &[(&str, i64)]) -> Flows {
        Flows::dated(flows.iter().map(|(day, amount)| (day.parse().unwrap(), Amount::from(*amount))))
    }

    fn periodic(every: Frequency, flows: &[i64]) -> Flows {
        Flows::periodic(every, flows.iter().map(|amount| Amount::from(*amount)))
    }

    fn draft(flows: Flows) -> Draft {
        let flow = CashFlow { discount_rate: Some(dec!(0.1).into()), ..CashFlow::new("f", flows) };
        Draft { cash_flows: vec![flow], ..Draft::default() }
    }

    fn figures(flows: Flows) -> Figures {
        Figures::of(draft(flows))
    }

    #[test]
    fn days_in_any_order_and_twice() {
        let figures = figures(dated(&[("2027-01-15", 70), ("2026-01-15", -100), ("2027-01-15", 40)]));
        assert_eq!(figures.get("cash_flows.f.amount.2026-01-15"), dec!(-100));
        assert_eq!(figures.get("cash_flows.f.amount.2027-01-15"), dec!(70));
        assert_eq!(figures.get("cash_flows.f.amount.2027-01-15_2"), dec!(40));
        assert_eq!(figures.get("cash_flows.f.cumulative.2027-01-15_2"), dec!(10));
        assert_eq!(figures.get("cash_flows.f.npv").round_dp(20), dec!(0));
        assert_eq!(figures.get("cash_flows.f.irr").round_dp(20), dec!(0.1));
        assert_eq!(figures.get("cash_flows.f.payback"), dec!(1));
        assert_eq!(figures.get("cash_flows.f.payback_months"), dec!(12));
    }

    #[test]
    fn day_counts() {
        for (day_count, time) in [
            (DayCount::Actual365Fixed, dec!(182) / dec!(365)),
            (DayCount::Actual360, dec!(182) / dec!(360)),
            (DayCount::ActualActualIsda, dec!(182) / dec!(366)),
            (DayCount::Thirty360Us, dec!(0.5)),
            (DayCount::Thirty360European, dec!(0.5)),
        ] {
            let Flows::Dated { flows, .. } = dated(&[("2024-01-01", -100), ("2024-07-01", 105)]) else { return };
            let figures = figures(Flows::Dated { day_count, flows });
            assert_eq!(figures.get("cash_flows.f.time.2024-07-01"), time, "{day_count:?}");
        }
    }

    #[test]
    fn periods_by_number_and_by_name() {
        let figures_of = |from: Option<&str>| {
            let flows = [-100, 0, 110, 11].map(Amount::from).to_vec();
            let from = from.map(|from| from.parse().unwrap());
            figures(Flows::Periodic { every: Frequency::Quarter, from, flows })
        };
        let figures = figures_of(None);
        assert_eq!(figures.get("cash_flows.f.amount.2"), dec!(110));
        assert_eq!(figures.get("cash_flows.f.time.2"), dec!(0.5));
        assert_eq!(figures.get("cash_flows.f.payback_months"), dec!(6));
        assert_eq!(figures.get("cash_flows.f.initial_outlay"), dec!(100));
        let figures = figures_of(Some("2026-Q3"));
        assert_eq!(figures.get("cash_flows.f.amount.2027-Q1"), dec!(110));
        assert_eq!(figures.get("cash_flows.f.initial_outlay"), dec!(100));
    }

    #[test]
    fn a_rate_of_a_month_is_compounded() {
        let figures = figures(periodic(Frequency::Month, &[-100, 101]));
        assert_eq!(figures.get("cash_flows.f.irr").round_dp(15), dec!(0.126825030131970)); // 1.01^12 - 1
        assert_eq!(figures.get("cash_flows.f.payback_months"), dec!(1));
    }

    /// Of 1/12, 7/12 and so on no quotient is exact.
    #[test]
    fn months_are_whole() {
        for months in 1..=40 {
            let mut flows = vec![-100];
            flows.resize(months, 0);
            flows.push(100);
            let figures = figures(periodic(Frequency::Month, &flows));
            assert_eq!(figures.get("cash_flows.f.payback_months"), Decimal::from(months));
        }
    }

    #[test]
    fn all_rates_and_the_one_that_is_quoted() {
        let gold = || periodic(Frequency::Year, &[-100, 230, -132]);
        assert_eq!(figures(gold()).cause("cash_flows.f.irr"), Cause::Irr(NoIrr::Several { count: 2 }));
        for (irr, rate) in [
            (IrrPolicy::Lowest, dec!(0.1)),
            (IrrPolicy::LowestNotNegative, dec!(0.1)),
            (IrrPolicy::Nearest(dec!(0.1)), dec!(0.1)),
            (IrrPolicy::Highest, dec!(0.2)),
            (IrrPolicy::HighestFalling, dec!(0.2)),
        ] {
            let valuation = Valuation { irr, ..Valuation::default() };
            let figures = Figures::of(Draft { valuation, ..draft(gold()) });
            assert_eq!(figures.get("cash_flows.f.irr"), rate);
            assert_eq!(figures.get("cash_flows.f.irr_roots.1"), dec!(0.1));
            assert_eq!(figures.get("cash_flows.f.irr_roots.2"), dec!(0.2));
        }
        // the same a year of 365 days apart
        let days = figures(dated(&[("2025-01-01", -100), ("2026-01-01", 230), ("2027-01-01", -132)]));
        assert_eq!(days.get("cash_flows.f.irr_roots.1").round_dp(20), dec!(0.1));
        assert_eq!(days.get("cash_flows.f.irr_roots.2").round_dp(20), dec!(0.2));
    }

    #[test]
    fn no_rate_and_no_payback_have_reasons() {
        let lost = figures(dated(&[("2026-01-01", -100), ("2027-01-01", -10), ("2028-01-01", 20)]));
        assert_eq!(lost.cause("cash_flows.f.payback"), Cause::PaybackNotReached);
        assert_eq!(lost.cause("cash_flows.f.payback_months"), Cause::PaybackNotReached);
        let gains = figures(dated(&[("2026-01-01", 100), ("2027-01-01", 10)]));
        assert_eq!(gains.cause("cash_flows.f.irr"), Cause::Irr(NoIrr::NoSignChange));
        assert_eq!(gains.cause("cash_flows.f.profitability_index"), Cause::DivisionByZero);
        let regained = figures(dated(&[("2026-01-01", -100), ("2026-07-01", 120), ("2027-03-01", -50)]));
        let cause = regained.cause("cash_flows.f.payback");
        assert!(matches!(cause, Cause::PaybackLost { year: 2, .. }), "{cause:?}");
        let one_day = figures(dated(&[("2026-01-01", -100), ("2026-01-01", 110)]));
        assert_eq!(one_day.cause("cash_flows.f.irr"), Cause::Irr(NoIrr::OneMoment));
        assert_eq!(one_day.cause("cash_flows.f.mirr"), Cause::DivisionByZero);
        assert_eq!(one_day.get("cash_flows.f.npv"), dec!(10));
        // where nobody says at what rate
        let flow = CashFlow::new("f", dated(&[("2026-01-01", -100), ("2027-01-01", 110)]));
        let figures = Figures::of(Draft { cash_flows: vec![flow], ..Draft::default() });
        assert_eq!(figures.cause("cash_flows.f.npv"), Cause::NoData);
        assert_eq!(figures.get("cash_flows.f.irr").round_dp(20), dec!(0.1));
    }

    #[test]
    fn rates_of_its_own_of_the_valuation_and_of_the_document() {
        let flows = || dated(&[("2026-01-01", -100), ("2027-01-01", -50), ("2028-01-01", 200)]);
        let of = |flow: CashFlow, valuation| {
            let rate = Some(dec!(0.08).into());
            Figures::of(Draft { discount_rate: rate, valuation, cash_flows: vec![flow], ..Draft::default() })
        };
        let present = |figures: &Figures| figures.get("cash_flows.f.outlays_present_value").round_dp(10);
        let at = |rate: Decimal| (dec!(100) + dec!(50) / (Decimal::ONE + rate)).round_dp(10);
        let plain = of(CashFlow::new("f", flows()), Valuation::default());
        assert_eq!(present(&plain), at(dec!(0.08)));
        // its own discount rate is that of its outlays too, where nobody says otherwise
        let own = || CashFlow { discount_rate: Some(dec!(0.1).into()), ..CashFlow::new("f", flows()) };
        assert_eq!(present(&of(own(), Valuation::default())), at(dec!(0.1)));
        let valuation = || Valuation { finance_rate: Some(dec!(0.05).into()), ..Valuation::default() };
        assert_eq!(present(&of(own(), valuation())), at(dec!(0.05)));
        let stated = CashFlow { finance_rate: Some(dec!(0.02).into()), ..own() };
        assert_eq!(present(&of(stated, valuation())), at(dec!(0.02)));
    }

    #[test]
    fn formulas_may_have_either_sign() {
        let offer = Amount::formula("= offer").unwrap();
        let flows = vec![Amount::from(-100), offer, Amount::from(-132)];
        let flow = CashFlow::new("f", Flows::periodic(Frequency::Year, flows));
        let draft =
            Draft { assumptions: vec![Assumption::new("offer", 230)], cash_flows: vec![flow], ..Draft::default() };
        let figures = Figures::of(draft);
        assert_eq!(figures.get("cash_flows.f.irr_roots.2"), dec!(0.2));
        assert_eq!(figures.get("cash_flows.f.written.1"), dec!(230));
    }

    #[test]
    fn bounds() {
        let many = vec![1; MOST_FLOWS + 1];
        let faults = problems(draft(periodic(Frequency::Month, &many))).join("\n");
        assert!(faults.contains("has 2001 flows, more than 2000"), "{faults}");
        let years = problems(draft(periodic(Frequency::Year, &[1; 202]))).join("\n");
        assert!(years.contains("over more than 200 years"), "{years}");
        assert!(problems(draft(periodic(Frequency::Week, &[-1, 2]))).join("\n").contains("no fixed number of weeks"));
        // the longest and largest there can be
        let mut most = vec![-1_000_000_000_000_000; 1_000];
        most.resize(MOST_FLOWS, 1_000_000_000_000_000);
        let figures = figures(periodic(Frequency::Month, &most));
        assert_eq!(figures.get("cash_flows.f.cumulative.999"), dec!(-1_000_000_000_000_000_000));
        assert_eq!(figures.get("cash_flows.f.irr").round_dp(20), dec!(0));
    }
}
