//! Published and expected figures beside ours.

use super::words::Words;
use super::{Value, figure};
use crate::appraisal::Outcome;
use crate::model::{CellId, Unit};
use crate::reconcile::{ExpectedCells, Verdict, told};
use std::collections::HashMap;
use std::sync::Arc;

/// A published or expected figure, and whether it can be right.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExpectedRow {
    /// The id under `expect:`.
    pub id: Arc<str>,
    /// The name readers see.
    pub name: Arc<str>,
    /// The figure it is compared with, where it is compared with one.
    pub figure: Option<Arc<str>>,
    /// The scenario under which it is compared.
    pub under: Option<Arc<str>>,
    /// How the values are to be read.
    #[cfg_attr(feature = "serde", serde(serialize_with = "super::json::unit"))]
    pub unit: Unit,
    /// What is printed, in units of one.
    pub printed: Option<Value>,
    /// The lowest and the highest value that is printed so.
    pub interval: Option<(Value, Value)>,
    /// Our figure.
    pub ours: Option<Value>,
    /// How far ours lies above the highest (positive) or below the lowest (negative); 0 where it agrees.
    pub difference: Option<Value>,
    /// The lowest and the highest value that can follow from what else is printed.
    pub possible: Option<(Value, Value)>,
    /// What can follow instead where a divisor may be zero: the highest value below zero, or the lowest above, where there are
    /// such, and whatever is beyond.
    pub possible_beyond: Option<(Option<Value>, Option<Value>)>,
    /// How far that lies above the highest (positive) or below the lowest (negative); 0 where they meet.
    pub gap: Option<Value>,
    /// Whether it can be right; `None` where nothing is asked of it.
    pub verdict: Option<Verdict>,
    /// Why it differs, as the document says.
    pub because: Option<String>,
    /// Whether the document calls the publication wrong.
    pub refuted: bool,
    /// Where it is printed.
    pub source: Option<String>,
}

impl ExpectedRow {
    /// Whether it is wrong, by itself or beside what else is printed.
    pub fn is_wrong(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Differs | Verdict::CannotBeRight))
    }
}

/// Published and expected figures, in the order of the document.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ReconciliationSection {
    /// One row for each of them.
    pub rows: Vec<ExpectedRow>,
}

/// The section of an outcome: of the base all rows, of a scenario those that are stated under it.
pub(super) fn section(outcome: &Outcome, words: &Words) -> Option<ReconciliationSection> {
    let appraisal = outcome.appraisal();
    let stated = appraisal.draft().expect.iter().zip(&appraisal.parts().expected);
    let mut under: HashMap<&str, Option<Outcome>> = HashMap::new();
    let mut rows = Vec::new();
    for (stated, cells) in stated {
        let own = cells.under.as_deref();
        let other = match (own, outcome.scenario()) {
            (None, None) => None,
            (Some(scenario), Some(shown)) if scenario == shown => None,
            (Some(scenario), None) => under.entry(scenario).or_insert_with(|| outcome.under(scenario)).as_ref(),
            _ => continue,
        };
        let mut row = row(other.unwrap_or(outcome), words, cells);
        row.because.clone_from(&stated.because);
        row.refuted = stated.refuted;
        row.source.clone_from(&stated.source);
        rows.push(row);
    }
    (!rows.is_empty()).then_some(ReconciliationSection { rows })
}

fn row(outcome: &Outcome, words: &Words, cells: &ExpectedCells) -> ExpectedRow {
    let value = |cell: CellId| figure::value(outcome.evaluation(), words, cell);
    let any = cells.printed.map(|cells| cells.value);
    let any = any.or(cells.ours.as_ref().map(|ours| ours.value)).or(cells.possible.map(|possible| possible.low));
    let unit = any.and_then(|cell| outcome.appraisal().model().cell(cell)).map(|cell| cell.unit().clone());
    ExpectedRow {
        id: Arc::clone(&cells.id),
        name: Arc::clone(&cells.name),
        figure: cells.ours.as_ref().map(|ours| Arc::clone(&ours.figure)),
        under: cells.under.clone(),
        unit: unit.unwrap_or(Unit::Number),
        printed: cells.printed.map(|cells| value(cells.value)),
        interval: cells.printed.map(|cells| (value(cells.low), value(cells.high))),
        ours: cells.ours.as_ref().map(|ours| value(ours.value)),
        difference: cells.ours.as_ref().and_then(|ours| ours.difference).map(value),
        possible: cells
            .possible
            .filter(|possible| possible.around_zero.is_none())
            .map(|possible| (value(possible.low), value(possible.high))),
        possible_beyond: cells
            .possible
            .and_then(|possible| possible.around_zero)
            .map(|[below, above]| (below.map(value), above.map(value))),
        gap: cells.possible.and_then(|possible| possible.gap).map(value),
        verdict: told(cells, outcome.evaluation()),
        because: None,
        refuted: false,
        source: None,
    }
}
