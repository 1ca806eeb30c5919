//! What it costs and what it returns: the eight cost categories, benefits, the measures of return, alternatives side by
//! side, economic value added.

mod accounting_return;
mod alternatives;
mod at_end;
mod benchmark;
mod benefits;
mod cash_flow;
mod category;
mod cost_line;
mod cost_of_capital;
mod cost_views;
mod costs;
mod currency;
mod deployment;
mod depreciation;
mod economic_value_added;
mod exchange;
mod financing;
mod inflation;
mod measures;
mod phase;
mod plan;
mod reserve;
mod result;
mod tax;
mod timing;
mod valuation;

pub use crate::kernel::{IrrPolicy, NoIrr, Payback, Timing, delay, irr, npv, payback};
pub(crate) use accounting_return::AccountingReturn;
pub use alternatives::{Alternative, AlternativeError, RankedBy, WhyDifferent};
pub(crate) use alternatives::{
    AlternativeCells, ComparedCells, Known, RankingCells, define as define_alternatives, define_compared,
    has_unequal_lives, why_different,
};
pub(crate) use at_end::AtEnd;
pub(crate) use benchmark::BenchmarkCells;
pub use benchmark::{Benchmark, Expected};
pub use benefits::{Benefit, BenefitError, BenefitKind, Capacity, Counted, Follows, Overlap, Ramp, Risk};
pub(crate) use benefits::{
    BenefitCells, Factor, LineCells as BenefitLineCells, Measured, RESERVED as BENEFIT_FIGURES, RealisedCells,
    define as define_benefits,
};
#[cfg(feature = "yaml")]
pub(crate) use cash_flow::CASH_FLOWS;
pub use cash_flow::{CashFlow, CashFlowError, Flows};
pub(crate) use cash_flow::{CashFlowCells, define as define_cash_flows};
pub use category::Category;
pub use cost_line::{
    Allocation, Base, Basis, ChargedOn, CostError, CostLine, DualRunning, InYear, Length, Licence, LicenceKind, OneOff,
    Price, Rate, Replacement, Residual, Role, Staff, Tier, Tiering, Training, Usage, Work,
};
pub use cost_of_capital::{CostOfCapital, CostOfCapitalError, CostOfEquity, Preferred, WeightedCapital};
pub(crate) use cost_of_capital::{CostOfCapitalCells, Whose, define as define_cost_of_capital};
pub(crate) use cost_views::{Common, CostViewCells};
pub(crate) use costs::{CostCells, define as define_costs};
pub use deployment::Deployment;
pub use depreciation::{Depreciation, DepreciationError, DepreciationMethod};
pub use economic_value_added::{Adjustment, Capital, CapitalAdjustment, EconomicValueAdded, EconomicValueAddedError};
pub(crate) use economic_value_added::{EconomicValueAddedCells, define as define_economic_value_added};
#[cfg(feature = "yaml")]
pub(crate) use exchange::EXCHANGE_RATES;
pub(crate) use exchange::{ExchangeCells, define as define_exchange_rates};
pub use exchange::{ExchangeError, ExchangeRate, RateTable};
pub use financing::{Asset, Borrowed, Financing, FinancingError, Lease, Loan, Repayment};
pub(crate) use financing::{FinancingCells, WayCells, WayKind, define as define_financing};
pub(crate) use inflation::{DiscountRates, PriceView, PricedRow, Prices};
pub use inflation::{InflationError, Terms};
pub(crate) use measures::{CaseCells, MeasureCells, define as define_case};
pub use phase::PhaseError;
pub(crate) use plan::{ALTERNATIVES, BEFORE_SUBJECT, NetPrices, PlanCells, Scope, Setting, define as define_plan};
pub use plan::{NoCosts, Plan};
pub use reserve::{ReserveBase, ReserveError, Reserves};
pub(crate) use result::{ResultCells, define as define_result};
pub(crate) use tax::define_rate as define_tax_rate;
pub use tax::{Losses, Tax, TaxError};
pub(crate) use timing::Discounting;
pub(crate) use valuation::Rates;
pub use valuation::{Valuation, ValuationError};

use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use at_end::Sign;
use std::sync::Arc;

/// The totals of a row over the timeline.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Totals {
    pub(crate) year: CellId,
    pub(crate) nominal: CellId,
    pub(crate) present_value: CellId,
}

/// Defines `ID.year`, the sum of rows, with `ID.nominal` and `ID.present_value`.
fn define_totals(lowering: &mut Lowering, setting: Setting, id: &str, name: &str, rows: &[CellId]) -> Totals {
    let sum = match rows {
        // nothing to add is still one zero for each year
        [] => Expression::call(Function::Flow, [Expression::number(0), Expression::number(0)]),
        rows => Expression::sum_of(rows.iter().map(|row| Expression::cell(*row))),
    };
    let at_end = lowering.at_end.sum(rows.iter().map(|row| (Sign::Plus, *row)));
    define_totals_of(lowering, setting, (&setting.scope.id(id), &setting.scope.subject(name)), (sum, at_end))
}

/// Defines `ID.year`, a row and what of it flows at the end, with `ID.nominal` and `ID.present_value`.
fn define_totals_of(
    lowering: &mut Lowering,
    setting: Setting,
    (id, name): (&Arc<str>, &Arc<str>),
    (row, at_end): (Expression, Option<Expression>),
) -> Totals {
    let naming = Naming::new(Id::of(Arc::clone(id), "year")).label(Arc::clone(name), "by year").unit(Unit::Money);
    let year = lowering.cells.formula(naming, row);
    at_end::define(lowering, year, at_end);
    let (nominal, present_value) = define_sums(lowering, setting.discounting, id, name, year);
    Totals { year, nominal, present_value }
}

/// Defines `ID.nominal` and `ID.present_value` of a row.
fn define_sums(
    lowering: &mut Lowering,
    discounting: Discounting,
    id: &Arc<str>,
    name: &Arc<str>,
    row: CellId,
) -> (CellId, CellId) {
    let naming = |figure: &'static str, aspect| {
        Naming::new(Id::of(Arc::clone(id), figure)).label(Arc::clone(name), aspect).unit(Unit::Money)
    };
    let total = Expression::call(Function::Sum, [Expression::cell(row)]);
    let discounted = discounting.present_value(lowering, row);
    (
        lowering.cells.formula(naming("nominal", "nominal"), total),
        lowering.cells.formula(naming("present_value", "present value"), discounted),
    )
}
