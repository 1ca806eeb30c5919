//! The figures of the contract: every value of a model by its id, read from the cells and not computed.

use super::words::{Words, fill};
use crate::appraisal::Language;
use crate::model::{Absent, CellId, Element, Evaluation, Id, Label, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What is known about a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number, with all its digits.
    Number(Decimal),
    /// The names of what holds: a status, a grade, or several grades that tie.
    Names(Vec<String>),
    /// Nothing, and why.
    Missing(String),
}

impl Value {
    /// The number, if it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Why there is no value, if there is none.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Missing(reason) => Some(reason),
            _ => None,
        }
    }
}

/// One figure of the contract: its id, label, unit and value.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The id of the figure, or of the row it stands in: `case.npv`, `costs.year`.
    pub row: Id,
    /// What readers see.
    pub label: Label,
    /// Which entry of a row it is: a year, a grade, an expert.
    pub entry: Option<Arc<str>>,
    /// How it is to be read.
    pub unit: Unit,
    /// The value.
    pub value: Value,
}

impl Figure {
    /// The id: `case.npv`, `costs.year.3`.
    pub fn id(&self) -> String {
        match &self.entry {
            Some(entry) => format!("{}.{entry}", self.row),
            None => self.row.to_string(),
        }
    }
}

/// The values of all cells, and the language in which a report shows them.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    pub(super) evaluation: Evaluation,
    pub(super) language: Language,
}

impl Cells {
    /// Every figure; a row has one for each of its entries.
    pub(super) fn figures(&self) -> impl Iterator<Item = Figure> + '_ {
        let (evaluation, words) = (&self.evaluation, Words::of(self.language));
        let model = evaluation.model();
        model.cells().flat_map(move |(id, cell)| {
            let axis = model.axis_of(id).filter(|_| *cell.unit() != Unit::Set);
            let entries = axis.map(|axis| axis.entries()).unwrap_or_default();
            let figure = move |entry: Option<&Arc<str>>, value| Figure {
                row: cell.id().clone(),
                label: words.label(cell.id(), cell.label()),
                entry: entry.cloned(),
                unit: cell.unit().clone(),
                value,
            };
            let single = axis.is_none().then(|| figure(None, value(evaluation, words, id)));
            let row = entries.iter().zip(evaluation.row(id));
            let row = row.map(move |(entry, value)| figure(Some(entry), element(evaluation, words, *value)));
            single.into_iter().chain(row)
        })
    }
}

/// The value of an element, or the reason for its absence.
pub(super) fn element(evaluation: &Evaluation, words: &Words, element: Element) -> Value {
    match element {
        Ok(number) => Value::Number(number),
        Err(absent) => Value::Missing(reason(evaluation, words, absent)),
    }
}

/// [`Evaluation::reason`] in the language of the report.
pub(super) fn reason(evaluation: &Evaluation, words: &Words, absent: Absent) -> String {
    let cause = words.cause(absent.cause);
    match evaluation.model().cell(absent.cell) {
        Some(cell) => fill(words.reason, &[&cell.id().to_string(), &cause]),
        None => cause.into_owned(),
    }
}

/// The values of a cell, one for each entry of a row.
pub(super) fn row(evaluation: &Evaluation, words: &Words, cell: CellId) -> Vec<Value> {
    evaluation.row(cell).iter().map(|value| element(evaluation, words, *value)).collect()
}

/// The value of a cell: a number, the names of what holds, yes or no.
pub(super) fn value(evaluation: &Evaluation, words: &Words, cell: CellId) -> Value {
    let model = evaluation.model();
    match (model.cell(cell).map(|cell| cell.unit()), model.axis_of(cell)) {
        (Some(Unit::Set), Some(axis)) => members(evaluation, words, axis.entries(), evaluation.row(cell)),
        (Some(Unit::Truth), _) => match evaluation.scalar(cell) {
            Ok(number) => Value::Names(vec![if number.is_zero() { "no" } else { "yes" }.to_owned()]),
            missing => element(evaluation, words, missing),
        },
        _ => element(evaluation, words, evaluation.scalar(cell)),
    }
}

fn members(evaluation: &Evaluation, words: &Words, entries: &[Arc<str>], row: &[Element]) -> Value {
    if let Some(missing) = row.iter().find(|element| element.is_err()) {
        return element(evaluation, words, *missing);
    }
    let holds = entries.iter().zip(row).filter(|(_, element)| !element.unwrap_or_default().is_zero());
    Value::Names(holds.map(|(entry, _)| entry.to_string()).collect())
}
