//! Cost, benefit and return in a report.

use super::Value;
use crate::kernel::Payback;
use std::sync::Arc;

/// A row of money over the years with its totals.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MoneyRow {
    /// The id of the row: `costs.licences`.
    pub id: Arc<str>,
    /// What readers see.
    pub name: Arc<str>,
    /// One value for each year from 0.
    pub years: Vec<Value>,
    /// The sum.
    pub nominal: Value,
    /// The sum of the discounted values.
    pub present_value: Value,
}

/// A category with its lines.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CategoryRow {
    /// Its totals.
    pub total: MoneyRow,
    /// Its share of the present value of all costs.
    pub share: Value,
    /// Its lines.
    pub lines: Vec<MoneyRow>,
}

/// What it costs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CostSection {
    /// All eight categories, empty ones included.
    pub categories: Vec<CategoryRow>,
    /// Everything.
    pub total: MoneyRow,
    /// Everything, without risk adjustment.
    pub unadjusted: MoneyRow,
    /// The lines that are contingency.
    pub contingency: MoneyRow,
    /// Everything but those.
    pub before_contingency: MoneyRow,
    /// Year 0.
    pub initial: Value,
    /// The years after it, nominal.
    pub ongoing: Value,
}

/// A benefit.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BenefitRow {
    /// Its money.
    pub money: MoneyRow,
    /// Its kind, as in a document.
    pub kind: &'static str,
    /// Whether it is counted; intangibles are not.
    pub is_counted: bool,
    /// The indicator that shows whether it comes true.
    pub proven_by: Option<String>,
}

/// What it brings.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BenefitSection {
    /// The benefits.
    pub lines: Vec<BenefitRow>,
    /// All that are counted.
    pub total: MoneyRow,
    /// All that are counted, without risk adjustment.
    pub unadjusted: MoneyRow,
}

/// The measures of one cash flow.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Measures {
    /// Net present value.
    pub npv: Value,
    /// (benefits - costs) / costs on present values.
    pub roi: Value,
    /// (benefits - costs) / costs on nominal values.
    pub roi_nominal: Value,
    /// The one rate at which the net present value is zero.
    pub irr: Value,
    /// Years until the cumulative net benefit is no longer negative; `None` where it cannot be told.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::payback"))]
    pub payback: Option<Payback>,
    /// The same on discounted values.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::payback"))]
    pub discounted_payback: Option<Payback>,
    /// Benefits / costs on present values.
    pub benefit_cost_ratio: Value,
}

/// What it returns.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CaseSection {
    /// Benefits minus costs, year by year.
    pub net: Vec<Value>,
    /// The running total of it.
    pub cumulative: Vec<Value>,
    /// The measures, with risk.
    pub measures: Measures,
    /// The measures with risk left out everywhere.
    pub unadjusted: Measures,
}

/// The headline figures under one scenario, or with the assumptions as stated.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ScenarioColumn {
    /// The scenario; `None` for the assumptions as stated.
    pub name: Option<String>,
    /// Present value of the costs.
    pub costs: Option<Value>,
    /// Nominal costs.
    pub costs_nominal: Option<Value>,
    /// Present value of the benefits.
    pub benefits: Option<Value>,
    /// The measures of return.
    pub case: Option<CaseSection>,
    /// The present value of economic value added.
    pub economic_value_added: Option<Value>,
    /// The value of all customers.
    pub customer_equity: Option<Value>,
}
