//! Formulas of one model written in another, in which its cells have other places.

use super::{AxisId, Builder, CellId, Expression, Model, Operation, Shape};
use std::collections::HashMap;

/// The shape of a cell, over the axis of the other model.
pub(super) fn shape(model: &Model, cells: &mut Builder, cell: CellId) -> Shape {
    match model.cell(cell).map(super::Cell::shape) {
        Some(Shape::Row(along)) => Shape::Row(axis(model, cells, along)),
        _ => Shape::Scalar,
    }
}

fn axis(model: &Model, cells: &mut Builder, axis: AxisId) -> AxisId {
    if axis == AxisId::YEARS || axis == AxisId::TIMELINE {
        return axis;
    }
    model.axis(axis).map_or(axis, |axis| cells.axis(axis.clone()))
}

/// A formula over the places that its cells have in the other model.
pub(super) fn formula(
    model: &Model,
    places: &HashMap<CellId, CellId>,
    cells: &mut Builder,
    formula: &Expression,
) -> Expression {
    let place = |cell: &CellId| places.get(cell).copied().unwrap_or(*cell);
    let operations = formula.operations().iter().map(|operation| match operation {
        Operation::Cell(cell) => Operation::Cell(place(cell)),
        Operation::Entry(cell, number) => Operation::Entry(place(cell), *number),
        Operation::Gather(along, count) => Operation::Gather(axis(model, cells, *along), *count),
        other => other.clone(),
    });
    Expression::from_postfix(operations.collect())
}
