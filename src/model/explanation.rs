//! From a figure back to the lines that made it: every formula, operand, unit and place on the way.

use super::series::{self, Operand};
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
    /// Where figures that are made alike stand together, as `financing.factor.2` to `.30`: the formula of the last of them,
    /// `formula` being that of the first. From one to the next each number in it is the same, the next or the one before.
    pub last_formula: Option<String>,
    /// The address in the document of what was written.
    pub source: Option<String>,
    /// What somebody wrote about where the value comes from: a quote, a ledger, a survey.
    pub note: Option<String>,
    /// Whether the figures below are left out because they stand further up; and its values, where they are many.
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
/// Longer rows are shown once, even where nothing stands below them.
const LONG_ROW: usize = 12;
/// Fewer entries that are made alike are written one by one.
const FEWEST_LEFT_OUT: usize = 4;
/// Rows of a thousand entries are shown by their first ones and the last.
const MOST_LISTED: usize = 40;

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
        let asked = figure.entry.is_some();
        let mut waiting = vec![(0, Operand::Figure(figure))];
        while let Some((depth, operand)) = waiting.pop() {
            if steps.len() == MOST_STEPS {
                left_out += 1;
                continue;
            }
            let (first_time, step, operands) = match &operand {
                Operand::Figure(figure) => {
                    let first_time = seen.insert((figure.cell, figure.entry));
                    (first_time, self.step(depth, *figure), self.operands(*figure))
                }
                Operand::Series(members) => {
                    let new = members.iter().filter(|member| seen.insert((member.cell, member.entry))).count();
                    (new > 0, self.step_of_series(depth, members), self.operands_of_series(members))
                }
            };
            let Some(mut step) = step else { continue };
            let operands = series::grouped(self.model(), &operands, asked);
            step.shown_above = !first_time && (!operands.is_empty() || step.values.len() > LONG_ROW);
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
                let listed = if part.is_none() { series::entries(expression) } else { None };
                let write = |formula: &super::Expression| notation::write_entries(formula, id, entry);
                Some(match listed {
                    Some(listed) => self.listed(&listed, write),
                    None => write(part.as_ref().unwrap_or(expression)),
                })
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
            last_formula: None,
            source: model.source(figure.cell).map(ToString::to_string),
            note: None,
            shown_above: false,
        })
    }

    /// A row that is put together entry by entry: of entries that are made alike the first and the last.
    fn listed(&self, entries: &[&[Operation<CellId>]], write: impl Fn(&super::Expression) -> String) -> String {
        let shown = |position: usize| {
            let entry = entries.get(position).copied().unwrap_or_default();
            write(&super::Expression::from_postfix(entry.to_vec()))
        };
        let mut texts: Vec<String> = Vec::new();
        for run in series::runs(entries, |one, other| series::steps(self.model(), one, other)) {
            match (run.start, run.end.saturating_sub(1)) {
                (first, last) if run.len() >= FEWEST_LEFT_OUT => {
                    texts.extend([shown(first), "…".to_owned(), shown(last)]);
                }
                _ => texts.extend(run.map(shown)),
            }
        }
        if texts.len() > MOST_LISTED {
            let hidden = texts.len().saturating_sub(MOST_LISTED);
            texts.splice(MOST_LISTED.saturating_sub(1)..texts.len().saturating_sub(1), [format!("… {hidden} more …")]);
        }
        format!("[{}]", texts.join(", "))
    }

    /// Figures that are made alike: their values as those of a row, and the formulas of the first and the last.
    fn step_of_series(&self, depth: usize, members: &[FigureRef]) -> Option<Step> {
        let (first, last) = (self.step(depth, *members.first()?)?, self.step(depth, *members.last()?)?);
        let values = members.iter().filter_map(|member| {
            if member.entry.is_some() {
                return self.step(depth, *member)?.values.pop();
            }
            let id = self.model().cell(member.cell)?.id().to_string();
            let (_, number) = series::numbered(&id)?;
            Some((Some(number.to_string().into()), self.scalar(member.cell)))
        });
        let values: Vec<(Option<Arc<str>>, Element)> = values.collect();
        let (stem, number) = first.id.rsplit_once('.')?;
        // what is called `Bank, 2` is one of several of the bank
        let subject = first.label.subject.strip_suffix(&format!(", {number}"));
        let label = super::Label { subject: subject.unwrap_or(&first.label.subject).into(), ..first.label.clone() };
        let source = first.source.clone().filter(|_| first.source == last.source);
        let last_formula = last.formula.filter(|last| Some(last) != first.formula.as_ref());
        Some(Step { id: stem.to_owned(), label, values, last_formula, source, ..first })
    }

    /// What figures that are made alike are computed from, besides one another.
    fn operands_of_series(&self, members: &[FigureRef]) -> Vec<FigureRef> {
        let mut operands: Vec<FigureRef> = Vec::new();
        let mut seen = HashSet::new();
        for member in members {
            for operand in self.operands(*member) {
                if !members.contains(&operand) && seen.insert((operand.cell, operand.entry)) {
                    operands.push(operand);
                }
            }
        }
        operands
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
    let part = *series::entries(expression)?.get(entry)?;
    Some(super::Expression::from_postfix(part.to_vec()))
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
