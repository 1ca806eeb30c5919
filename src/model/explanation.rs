//! From a figure back to the lines that made it: every formula, operand, unit and place on the way.

use super::{CellId, Content, Element, Evaluation, FigureRef, Function, Operation, Signature, Unit, notation};
use std::collections::HashSet;
use std::sync::Arc;

/// One cell of an explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// How far below the figure in question this one stands.
    pub depth: usize,
    /// The id of the figure, or of the row.
    pub id: String,
    /// What a reader calls it.
    pub label: super::Label,
    /// How its values are to be read.
    pub unit: Unit,
    /// The entries shown and their values; a single value has no entry.
    pub values: Vec<(Option<Arc<str>>, Element)>,
    /// The formula in conventional notation; `None` for an input.
    pub formula: Option<String>,
    /// The address in the document of what was written.
    pub source: Option<String>,
    /// What somebody wrote about where the value comes from: a quote, a ledger, a survey.
    pub note: Option<String>,
    /// Whether the figures below are left out because they stand further up.
    pub shown_above: bool,
}

/// The tree from a figure down to the inputs, as a list in which each figure is followed by what it was computed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The figure in question, then what it was computed from.
    pub steps: Vec<Step>,
    /// What money is counted in, where that is known.
    pub currency: Option<String>,
    /// How many cells were left out because the explanation grew longer than anyone reads.
    pub left_out: usize,
}

/// Nobody reads more; the limit keeps the explanation of a thousand indicators small.
const MOST_STEPS: usize = 5_000;

impl Evaluation {
    /// Explains a figure; `None` where there is no figure and no row of that id.
    ///
    /// ```
    /// use appraise::model::{Builder, Expression, Naming, Shape};
    /// let mut cells = Builder::new(5);
    /// let seats = cells.input(Naming::new("seats").source("assumptions.seats"), Shape::Scalar, [Some(120.into())]);
    /// cells.formula(Naming::new("cost"), Expression::cell(seats) * Expression::number(960));
    /// let model = cells.finish().unwrap();
    /// let explanation = model.evaluate().explain("cost").unwrap();
    /// assert_eq!(explanation.steps[0].formula.as_deref(), Some("seats * 960"));
    /// assert_eq!(explanation.steps[1].source.as_deref(), Some("assumptions.seats"));
    /// ```
    pub fn explain(&self, id: &str) -> Option<Explanation> {
        let figure = self.model().find(id)?;
        let mut steps: Vec<Step> = Vec::new();
        let mut seen = HashSet::new();
        let mut left_out = 0;
        let mut waiting = vec![(0, figure)];
        while let Some((depth, figure)) = waiting.pop() {
            if steps.len() == MOST_STEPS {
                left_out += 1;
                continue;
            }
            let first_time = seen.insert((figure.cell, figure.entry));
            let Some(mut step) = self.step(depth, figure) else { continue };
            let operands = self.operands(figure);
            step.shown_above = !first_time && !operands.is_empty();
            if first_time {
                // the stack turns the order round: what stands first in the formula is explained first
                waiting.extend(operands.into_iter().rev().map(|operand| (depth + 1, operand)));
            }
            steps.push(step);
        }
        Some(Explanation { steps, currency: None, left_out })
    }

    fn step(&self, depth: usize, figure: FigureRef) -> Option<Step> {
        let model = self.model();
        let cell = model.cell(figure.cell)?;
        let row = self.row(figure.cell);
        let entries = model.axis_of(figure.cell).map(super::Axis::entries);
        let values: Vec<(Option<Arc<str>>, Element)> = match (entries, figure.entry) {
            (None, _) => row.iter().map(|value| (None, *value)).collect(),
            (Some(entries), Some(entry)) => {
                let only = entries.get(entry).zip(row.get(entry));
                only.map(|(entry, value)| (Some(entry.clone()), *value)).into_iter().collect()
            }
            (Some(entries), None) => {
                entries.iter().zip(row).map(|(entry, value)| (Some(entry.clone()), *value)).collect()
            }
        };
        let formula = match model.content(figure.cell)? {
            Content::Input(_) => None,
            Content::Formula(expression) => {
                let id = |cell: &CellId| model.cell(*cell).map(|cell| cell.id().to_string()).unwrap_or_default();
                let entry = |cell: &CellId, number| {
                    let axis = model.axis_of(*cell).filter(|axis| axis.first_number().is_none());
                    let entry = axis.and_then(|axis| axis.entries().get(axis.position_of_number(number)?));
                    match entry {
                        Some(entry) => format!("{}.{entry}", id(cell)),
                        None => format!("{}[{number}]", id(cell)),
                    }
                };
                let part = figure.entry.and_then(|entry| part_of(expression, entry));
                Some(notation::write_entries(part.as_ref().unwrap_or(expression), id, entry))
            }
        };
        let id = match (entries, figure.entry) {
            (Some(entries), Some(entry)) => format!("{}.{}", cell.id(), entries.get(entry)?),
            _ => cell.id().to_string(),
        };
        Some(Step {
            depth,
            id,
            label: cell.label().clone(),
            unit: cell.unit().clone(),
            values,
            formula,
            source: model.source(figure.cell).map(ToString::to_string),
            note: None,
            shown_above: false,
        })
    }

    /// Of `at(row, position)` the one entry that was picked, and the position.
    fn picked(&self, expression: &super::Expression) -> Option<[FigureRef; 2]> {
        let [Operation::Cell(row), Operation::Cell(position), Operation::Call(Function::At, 2)] =
            expression.operations()
        else {
            return None;
        };
        self.model().axis_of(*row)?;
        let entry = usize::try_from(self.scalar(*position).ok()?).ok()?.checked_sub(1)?;
        Some([FigureRef { cell: *row, entry: Some(entry) }, FigureRef { cell: *position, entry: None }])
    }

    /// What a figure is computed from, once each. An entry of a row needs the same entry of the rows it reads, unless a
    /// function of whole rows stands between them.
    fn operands(&self, figure: FigureRef) -> Vec<FigureRef> {
        let model = self.model();
        let Some(Content::Formula(expression)) = model.content(figure.cell) else {
            return Vec::new();
        };
        let part = figure.entry.and_then(|entry| part_of(expression, entry));
        if let Some([Operation::Cell(cell)]) = part.as_ref().map(super::Expression::operations) {
            return vec![FigureRef { cell: *cell, entry: None }];
        }
        // the part of one entry reads single values, so what follows takes them as they are
        let expression = part.as_ref().unwrap_or(expression);
        if let Some(picked) = self.picked(expression) {
            return picked.into();
        }
        let entry = figure
            .entry
            .and_then(|entry| model.axis_of(figure.cell)?.entries().get(entry))
            .filter(|_| entry_by_entry(expression));
        let mut operands: Vec<FigureRef> = Vec::new();
        let mut seen: HashSet<(CellId, Option<usize>)> = HashSet::new();
        for operation in expression.operations() {
            let operand = match operation {
                Operation::Cell(cell) => {
                    // of a set, whether one entry belongs says less than which ones do
                    let is_set = model.cell(*cell).is_some_and(|cell| *cell.unit() == super::Unit::Set);
                    let entry = entry.filter(|_| !is_set).and_then(|entry| model.axis_of(*cell)?.position(entry));
                    FigureRef { cell: *cell, entry }
                }
                Operation::Entry(cell, number) => {
                    let entry = model.axis_of(*cell).and_then(|axis| axis.position_of_number(*number));
                    FigureRef { cell: *cell, entry }
                }
                _ => continue,
            };
            if seen.insert((operand.cell, operand.entry)) {
                operands.push(operand);
            }
        }
        operands
    }
}

/// Of a row that is put together entry by entry, the part that makes one entry.
fn part_of(expression: &super::Expression, entry: usize) -> Option<super::Expression> {
    let (Operation::Gather(_, count), listed) = expression.operations().split_last()? else { return None };
    let count = usize::try_from(*count).ok()?;
    // where the operands on the stack begin
    let mut starts: Vec<usize> = Vec::with_capacity(count);
    for (position, operation) in listed.iter().enumerate() {
        let taken = match operation {
            Operation::Number(_) | Operation::Cell(_) | Operation::Entry(..) => 0,
            Operation::Negate | Operation::Not => 1,
            Operation::Binary(_) => 2,
            Operation::If => 3,
            Operation::Gather(_, count) | Operation::Call(_, count) => usize::try_from(*count).ok()?,
        };
        let first = starts.get(starts.len().checked_sub(taken)?).copied();
        starts.truncate(starts.len().checked_sub(taken)?);
        starts.push(if taken == 0 { position } else { first? });
    }
    let start = *starts.get(entry)?;
    let end = starts.get(entry.checked_add(1)?).copied().unwrap_or(listed.len());
    Some(super::Expression::from_postfix(listed.get(start..end)?.to_vec()))
}

fn entry_by_entry(expression: &super::Expression) -> bool {
    expression.operations().iter().all(|operation| match operation {
        Operation::Call(function, count) => match function.signature() {
            Signature::Fold => *count > 1,
            Signature::EntryByEntry(..) | Signature::Weighted | Signature::Join => true,
            Signature::Reduce { .. }
            | Signature::Rows { .. }
            | Signature::RowsAlong { .. }
            | Signature::Along { .. }
            | Signature::Places
            | Signature::Pick => false,
        },
        Operation::Gather(..) => false,
        _ => true,
    })
}
