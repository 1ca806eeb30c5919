//! How a scorecard went, and where it is heading, as rows of a report.

use super::Value;
use crate::model::Unit;
use std::sync::Arc;

/// The scorecard over its periods.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TrendSection {
    /// The periods, from first to last.
    pub periods: Vec<Arc<str>>,
    /// The one that is evaluated.
    pub at: Arc<str>,
    /// Whether the fiscal year of that period began before the first one, so that the year to date lacks its beginning.
    pub year_began_earlier: bool,
    /// The whole first, then every criterion in document order.
    pub rows: Vec<TrendRow>,
}

/// A criterion over the periods.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TrendRow {
    /// Its id; `scorecard` for the whole.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// 0 for the whole, 1 for perspectives.
    pub depth: usize,
    /// The score of each period.
    pub scores: Vec<Value>,
    /// The share of weight that had data in each period.
    pub coverage: Vec<Value>,
    /// The status of each period, by its name.
    pub statuses: Vec<Value>,
    /// Against the period before.
    pub score_change: Value,
    /// Against the same period of the year before.
    pub score_change_on_year: Value,
    /// Of a measured indicator, what was measured.
    pub measured: Option<MeasuredTrend>,
}

/// What was measured over the periods.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MeasuredTrend {
    /// The unit of all values but progress.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::unit"))]
    pub unit: Unit,
    /// The actual value of each period.
    pub actuals: Vec<Value>,
    /// At the period that is evaluated.
    pub actual: Value,
    /// At the period before.
    pub previous: Value,
    /// The difference.
    pub change: Value,
    /// At the same period of the year before.
    pub year_before: Value,
    /// The difference.
    pub change_on_year: Value,
    /// Over the fiscal year so far, where it is said how values are aggregated.
    pub year_to_date: Option<Value>,
    /// What was expected by now and is to be expected, where there are base and target.
    pub plan: Option<PlanRow>,
}

/// Expected by now, and to be expected when the target is due.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PlanRow {
    /// The period at whose end the target is due; the last one of the scorecard or one beyond it.
    pub due: Option<Arc<str>>,
    /// The target that is in force then.
    pub target: Value,
    /// The value expected by now.
    pub expected: Value,
    /// The progress expected by now.
    pub expected_progress: Value,
    /// How far progress is ahead of that; negative where it is behind.
    pub ahead: Value,
    /// What the trend so far leads to when the target is due.
    pub forecast: Value,
    /// The lower end of its interval.
    pub low: Value,
    /// The upper end.
    pub high: Value,
    /// The progress that the forecast would be.
    pub forecast_progress: Value,
}
