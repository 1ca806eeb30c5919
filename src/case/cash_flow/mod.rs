//! Flows of money on certain days, or in months, quarters, halves and years, and what they return.

mod error;
#[cfg(test)]
mod tests;
mod timed;

pub use error::CashFlowError;

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
use crate::model::{AxisId, CellId, Expression, Function, Id, Naming, Shape, Unit, is_name};
use crate::period::{Frequency, Period};
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::sync::Arc;
use timed::{Timed, checked};

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
    // what flows on the first day is one outlay, however it is written
    let first_day = (timed.first..).zip(&timed.times).take_while(|(_, time)| time.is_zero());
    let outlay = initial_outlay_of(Expression::sum_of(first_day.map(|(entry, _)| Expression::entry(amount, entry))));
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
