//! Business units as a report shows them: side by side, and what the whole has of each indicator.

use super::Value;
use super::figure;
use super::words::Words;
use crate::appraisal::Outcome;
use crate::model::{CellId, Unit};
use crate::scorecard::CriterionCells;
use std::sync::Arc;

/// A score and what it is called.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnitScore {
    /// The score.
    pub score: Value,
    /// Its status.
    pub status: Value,
    /// The share of weight that had data.
    pub coverage: Value,
}

/// A business unit.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnitRow {
    /// The id.
    pub id: Arc<str>,
    /// The name.
    pub name: Arc<str>,
    /// What it weighs among the units.
    pub weight: Value,
    /// Its place, the best score first; units of one score share theirs.
    pub rank: Value,
    /// Its whole scorecard.
    pub whole: UnitScore,
    /// Its perspectives, in the order of [`UnitsSection::perspectives`].
    pub perspectives: Vec<UnitScore>,
}

/// An indicator of the whole beside those of its units.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnitIndicatorRow {
    /// The id.
    pub id: Arc<str>,
    /// The name.
    pub name: Arc<str>,
    /// How actual values are to be read.
    #[cfg_attr(feature = "serde", serde(serialize_with = "super::json::unit"))]
    pub unit: Unit,
    /// How it comes from the units: `inputs`, `scores`, `sum`; `None` where the whole has a value of its own.
    pub from_units: Option<&'static str>,
    /// The actual value of each unit; `None` where it leaves the indicator out.
    pub actuals: Vec<Option<Value>>,
    /// The score of each unit.
    pub scores: Vec<UnitScore>,
    /// The actual value of the whole, where it has one.
    pub actual: Option<Value>,
    /// The score of the whole.
    pub whole: UnitScore,
}

/// All business units.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnitsSection {
    /// The names of the perspectives.
    pub perspectives: Vec<Arc<str>>,
    /// The units, in the order of the document.
    pub units: Vec<UnitRow>,
    /// The indicators, in the order of the scorecard.
    pub indicators: Vec<UnitIndicatorRow>,
    /// The mean of the units' scores by their weights.
    pub score: Value,
    /// The best score of a unit.
    pub best: Value,
    /// The worst score of a unit.
    pub worst: Value,
    /// The scorecard of the whole.
    pub whole: UnitScore,
    /// Its perspectives.
    pub whole_perspectives: Vec<UnitScore>,
}

/// The units of an outcome, where it has any.
pub(super) fn section(outcome: &Outcome, words: &Words) -> Option<UnitsSection> {
    let parts = outcome.appraisal().parts();
    let whole = parts.units.whole?;
    let value = |cell: CellId| figure::value(outcome.evaluation(), words, cell);
    let scored = |cells: &CriterionCells| UnitScore {
        score: value(cells.score),
        status: value(cells.status),
        coverage: value(cells.coverage),
    };
    let perspectives: Vec<usize> =
        parts.criteria.iter().enumerate().filter(|(_, listed)| listed.depth == 1).map(|(index, _)| index).collect();
    let of_perspectives = |criteria: &[CriterionCells]| -> Vec<UnitScore> {
        perspectives.iter().filter_map(|index| criteria.get(*index)).map(scored).collect()
    };
    let rows = parts.units.units.iter().filter_map(|unit| {
        Some(UnitRow {
            id: Arc::clone(&unit.id),
            name: Arc::clone(&unit.name),
            weight: value(unit.weight),
            rank: value(unit.rank),
            whole: scored(unit.defined.criteria.first()?),
            perspectives: of_perspectives(&unit.defined.criteria),
        })
    });
    let leaves =
        parts.criteria.iter().zip(&parts.scorecard).enumerate().filter(|(_, (listed, _))| !listed.has_children);
    let indicators = leaves.map(|(index, (listed, cells))| {
        let of_units = || parts.units.units.iter().filter_map(|unit| unit.defined.criteria.get(index));
        UnitIndicatorRow {
            id: Arc::clone(&listed.id),
            name: Arc::clone(&listed.name),
            unit: listed.unit.clone(),
            from_units: parts.units.ways.get(index).copied().flatten().map(|way| way.name()),
            actuals: of_units().map(|cells| cells.measure.map(|measure| value(measure.actual))).collect(),
            scores: of_units().map(scored).collect(),
            actual: cells.measure.map(|measure| value(measure.actual)),
            whole: scored(cells),
        }
    });
    Some(UnitsSection {
        perspectives: perspectives
            .iter()
            .filter_map(|index| parts.criteria.get(*index))
            .map(|listed| Arc::clone(&listed.name))
            .collect(),
        units: rows.collect(),
        indicators: indicators.collect(),
        score: value(whole.score),
        best: value(whole.best),
        worst: value(whole.worst),
        whole: scored(parts.scorecard.first()?),
        whole_perspectives: of_perspectives(&parts.scorecard),
    })
}
