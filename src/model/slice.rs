//! A model at one entry of an axis: what runs along it becomes the single values that stand there.
//!
//! Two periods of one model read the same rows at different places. Cut out at its own period, each is a model of single
//! values, and the two can be compared as any two models can.

use super::translation;
use super::{Axis, AxisId, Builder, CellId, Content, Evaluation, Function, Model, Naming, Operation, Shape, Signature};
use std::collections::{HashMap, HashSet};

/// A model cut at one entry of an axis.
#[derive(Debug, Clone)]
pub(crate) struct Slice {
    pub(crate) evaluation: Evaluation,
    /// The cells of the whole model that the slice takes by their values at the entry, by what they are called in it.
    pub(crate) taken: HashMap<String, CellId>,
}

/// What becomes of a cell.
enum Fate {
    /// The figure of that row at the entry: the row takes its place.
    Row(CellId),
    /// Its formula, of single values where it read rows.
    Formula,
    Values,
}

struct Cut<'e> {
    evaluation: &'e Evaluation,
    axis: AxisId,
    position: usize,
    selector: CellId,
    places: HashMap<CellId, CellId>,
}

impl Slice {
    /// The model at the entry that the selector's value counts to, from 1; `None` where there is no such selector or axis.
    ///
    /// A row whose formula goes entry by entry keeps it. Any other row, and whatever reads a row as a whole or the selector
    /// itself, is taken by its value.
    pub(crate) fn new(evaluation: &Evaluation, selector: &str, axis: &str) -> Option<Self> {
        let model = evaluation.model();
        let selector = model.find(selector)?.cell;
        let number = usize::try_from(evaluation.scalar(selector).ok()?).ok()?;
        let position = number.checked_sub(1)?;
        let along = model.cells().find_map(|(_, cell)| match cell.shape() {
            Shape::Row(id) if model.axis(id).is_some_and(|it| it.name() == axis) => Some(id),
            _ => None,
        })?;
        Cut { evaluation, axis: along, position, selector, places: HashMap::new() }.cut()
    }
}

impl Cut<'_> {
    fn model(&self) -> &Model {
        self.evaluation.model()
    }

    fn runs_along(&self, cell: CellId) -> bool {
        self.model().cell(cell).is_some_and(|cell| cell.shape() == Shape::Row(self.axis))
    }

    fn fate(&self, cell: CellId) -> Fate {
        let Some(Content::Formula(formula)) = self.model().content(cell) else { return Fate::Values };
        if let [Operation::Cell(row), Operation::Cell(at), Operation::Call(Function::At, 2)] = formula.operations()
            && *at == self.selector
            && self.runs_along(*row)
        {
            return Fate::Row(*row);
        }
        let reads_selector = formula.names().any(|name| *name == self.selector);
        let stays = if self.runs_along(cell) {
            formula.operations().iter().all(|operation| match operation {
                Operation::Entry(of, _) => !self.runs_along(*of),
                Operation::Gather(..) => false,
                Operation::Call(function, count) => match function.signature() {
                    Signature::EntryByEntry(..) | Signature::Weighted => true,
                    Signature::Fold => *count > 1,
                    _ => false,
                },
                _ => true,
            })
        } else {
            !formula.names().any(|name| self.runs_along(*name))
        };
        if stays && !reads_selector { Fate::Formula } else { Fate::Values }
    }

    fn cut(mut self) -> Option<Slice> {
        let evaluation = self.evaluation;
        let model = evaluation.model();
        let years = u32::try_from(model.axis(AxisId::YEARS).map_or(0, Axis::len)).ok()?;
        let mut cells = Builder::new(years);
        let fates: Vec<(CellId, Fate)> = model.cells().map(|(id, _)| (id, self.fate(id))).collect();
        let mut picked: HashMap<CellId, CellId> = HashMap::new();
        for (id, fate) in &fates {
            if let Fate::Row(row) = fate {
                picked.entry(*row).or_insert(*id);
            }
        }
        let mut formulas = Vec::new();
        let mut taken = HashMap::new();
        // every cell exists before any formula is translated
        for (id, fate) in &fates {
            // a row is called what its figure at the entry is called
            let called = model.cell(picked.get(id).copied().unwrap_or(*id))?;
            let mut naming =
                Naming::new(called.id().clone()).label(called.label().subject.clone(), called.label().aspect);
            naming = naming.unit(called.unit().clone());
            if let Some(source) = model.source(*id) {
                naming = naming.source(source.clone());
            }
            match fate {
                Fate::Row(_) => {}
                Fate::Formula => {
                    let cell = cells.declare(naming);
                    self.places.insert(*id, cell);
                    formulas.push((*id, cell));
                }
                Fate::Values => {
                    let own = evaluation.row(*id);
                    let cause = |element: &super::Element| element.map_err(|absent| absent.cause);
                    let place = if self.runs_along(*id) {
                        taken.insert(called.id().to_string(), *id);
                        cells.input_or_cause(naming, Shape::Scalar, [own.get(self.position).map(cause)?])
                    } else {
                        let shape = translation::shape(self.model(), &mut cells, *id);
                        cells.input_or_cause(naming, shape, own.iter().map(cause).collect::<Vec<_>>())
                    };
                    self.places.insert(*id, place);
                }
            }
        }
        for (id, fate) in &fates {
            if let Fate::Row(row) = fate {
                let place = *self.places.get(row)?;
                self.places.insert(*id, place);
            }
        }
        for (id, cell) in formulas {
            let Some(Content::Formula(formula)) = model.content(id) else { continue };
            let formula = translation::formula(self.model(), &self.places, &mut cells, formula);
            cells.define(cell, formula);
        }
        let ids: HashSet<String> = model.cells().map(|(_, cell)| cell.id().to_string()).collect();
        if ids.len() != model.cells().len() {
            return None;
        }
        Some(Slice { evaluation: cells.finish_distinct().ok()?.evaluate(), taken })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cause, Expression, Mixture};
    use rust_decimal::{Decimal, dec};

    /// Progress of a row at an entry, the sum of the row, and a change from one entry to the next.
    fn version(at: i64) -> Evaluation {
        let mut cells = Builder::new(1);
        let axis = cells.axis(Axis::named("periods", ["a", "b", "c"]));
        let at = cells.input(Naming::new("at"), Shape::Scalar, [Some(Decimal::from(at))]);
        let values = [Some(dec!(2)), Some(dec!(5)), None];
        let actual = cells.input(Naming::new("all.actual").source("x.actual"), Shape::Row(axis), values);
        let target = cells.input(Naming::new("target"), Shape::Scalar, [Some(dec!(10))]);
        let progress = cells.formula(Naming::new("all.progress"), Expression::cell(actual) / Expression::cell(target));
        let pick = |row| Expression::call(Function::At, [Expression::cell(row), Expression::cell(at)]);
        cells.formula(Naming::new("actual"), pick(actual));
        let picked = cells.formula(Naming::new("progress"), pick(progress));
        let first = Expression::call(Function::At, [Expression::cell(actual), Expression::number(1)]);
        let first = cells.formula(Naming::new("first"), first);
        let change = Expression::cell(picked) - Expression::cell(first);
        cells.formula(Naming::new("change"), change);
        cells.finish().unwrap().evaluate()
    }

    #[test]
    fn rows_become_the_values_that_stand_at_the_entry() {
        let slice = Slice::new(&version(2), "at", "periods").unwrap();
        let figure = |id: &str| slice.evaluation.figure(id).unwrap();
        assert_eq!(
            [figure("actual"), figure("target"), figure("progress")],
            [Ok(dec!(5)), Ok(dec!(10)), Ok(dec!(0.5))]
        );
        assert_eq!([figure("first"), figure("change")], [Ok(dec!(2)), Ok(dec!(-1.5))]);
        assert_eq!(slice.evaluation.figure("all.actual"), None);
        assert_eq!(slice.taken.len(), 1);
        assert!(slice.taken.contains_key("actual"));
        let missing = Slice::new(&version(3), "at", "periods").unwrap();
        assert_eq!(missing.evaluation.figure("progress").unwrap().unwrap_err().cause, Cause::NoData);
        assert!(Slice::new(&version(4), "at", "periods").is_none());
        assert!(Slice::new(&version(1), "at", "years to come").is_none());
    }

    #[test]
    fn two_entries_differ_in_what_was_given_for_them() {
        let [one, other] = [1, 2].map(|at| Slice::new(&version(at), "at", "periods").unwrap());
        let mixture = Mixture::new(&one.evaluation, &other.evaluation, "progress", &[]).unwrap();
        let differences: Vec<String> = mixture.differences().map(|difference| format!("{difference:?}")).collect();
        assert_eq!(differences, ["Cell(\"actual\")"]);
        assert_eq!((mixture.value(|_| false), mixture.value(|_| true)), (Ok(dec!(0.2)), Ok(dec!(0.5))));
    }
}
