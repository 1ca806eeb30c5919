//! Whether single values and rows fit together: what each formula gives, found before anything is computed.

use super::expression::Signature;
use super::graph::name_of;
use super::{Axis, AxisId, Cell, CellId, Element, Expression, Function, Model, ModelError, Operation, Shape};

pub(super) fn input_shape(axes: &[Axis], cell: &Cell, values: &[Element]) -> Result<Shape, ModelError> {
    let (expected, axis) = match cell.shape {
        Shape::Scalar => (1, "value"),
        Shape::Row(axis) => match axes.get(axis.position()) {
            Some(axis) => (axis.len(), axis.name()),
            None => return Err(ModelError::Foreign { cell: cell.id.to_string() }),
        },
    };
    if values.len() == expected {
        return Ok(cell.shape);
    }
    Err(ModelError::Length { cell: cell.id.to_string(), found: values.len(), expected, axis: axis.to_owned() })
}

/// The shape of a formula; `None` where a cell it reads has an error of its own.
pub(super) fn shape_of(
    axes: &[Axis],
    cells: &[Cell],
    shapes: &[Option<Shape>],
    cell: &Cell,
    expression: &Expression,
    stack: &mut Vec<Shape>,
) -> Result<Option<Shape>, ModelError> {
    let axis_name = |axis: AxisId| axes.get(axis.position()).map_or("", Axis::name).to_owned();
    let join = |left: Shape, right: Shape| match (left, right) {
        (Shape::Scalar, other) | (other, Shape::Scalar) => Ok(other),
        (Shape::Row(a), Shape::Row(b)) if a == b => Ok(left),
        (Shape::Row(a), Shape::Row(b)) => {
            Err(ModelError::DifferentAxes { cell: cell.id.to_string(), left: axis_name(a), right: axis_name(b) })
        }
    };
    let scalar = |shape: Option<&Shape>| match shape {
        Some(Shape::Row(axis)) => Err(ModelError::NeedsScalar { cell: cell.id.to_string(), axis: axis_name(*axis) }),
        _ => Ok(()),
    };
    stack.clear();
    for operation in expression.operations() {
        let shape = match operation {
            Operation::Number(_) => Shape::Scalar,
            Operation::Cell(of) => match shapes.get(of.position()).copied().flatten() {
                Some(shape) => shape,
                None => return Ok(None),
            },
            Operation::Entry(target, number) => {
                let of = name_of(cells, *target);
                match shapes.get(target.position()).copied().flatten() {
                    None => return Ok(None),
                    Some(Shape::Scalar) => {
                        return Err(ModelError::EntryOfScalar { cell: cell.id.to_string(), of, number: *number });
                    }
                    Some(Shape::Row(axis)) => {
                        let axis = axes.get(axis.position());
                        if axis.and_then(|axis| axis.position_of_number(*number)).is_none() {
                            let first = axis.and_then(Axis::first_number).unwrap_or(0);
                            let count = u32::try_from(axis.map_or(0, Axis::len)).unwrap_or(u32::MAX);
                            let last = first.saturating_add(count).saturating_sub(1);
                            return Err(ModelError::NoEntry {
                                cell: cell.id.to_string(),
                                of,
                                number: *number,
                                first,
                                last,
                            });
                        }
                        Shape::Scalar
                    }
                }
            }
            Operation::Negate | Operation::Not => continue,
            Operation::Binary(_) => {
                let right = stack.pop().unwrap_or(Shape::Scalar);
                let left = stack.pop().unwrap_or(Shape::Scalar);
                join(left, right)?
            }
            Operation::If => {
                stack.split_off(stack.len().saturating_sub(3)).into_iter().try_fold(Shape::Scalar, join)?
            }
            Operation::Call(function, count) => {
                let start = stack.len().saturating_sub(usize::try_from(*count).unwrap_or(usize::MAX));
                let arguments = stack.split_off(start);
                call_shape(*function, cell, &arguments, join, scalar)?
            }
            Operation::Gather(axis, count) => {
                let expected = axes.get(axis.position()).map_or(0, Axis::len);
                let found = usize::try_from(*count).unwrap_or(usize::MAX);
                if found != expected {
                    let axis = axis_name(*axis);
                    return Err(ModelError::Length { cell: cell.id.to_string(), found, expected, axis });
                }
                let start = stack.len().saturating_sub(found);
                stack.split_off(start).iter().try_for_each(|entry| scalar(Some(entry)))?;
                Shape::Row(*axis)
            }
        };
        stack.push(shape);
    }
    Ok(Some(stack.pop().unwrap_or(Shape::Scalar)))
}

fn call_shape(
    function: Function,
    cell: &Cell,
    arguments: &[Shape],
    join: impl Fn(Shape, Shape) -> Result<Shape, ModelError>,
    scalar: impl Fn(Option<&Shape>) -> Result<(), ModelError>,
) -> Result<Shape, ModelError> {
    let wrong_number = || ModelError::Arguments { cell: cell.id.to_string(), function: function.name() };
    let needs_row = || ModelError::NeedsRow { cell: cell.id.to_string(), function: function.name() };
    let count = u32::try_from(arguments.len()).unwrap_or(u32::MAX);
    match (function.signature(), arguments) {
        (Signature::Fold, []) => Err(wrong_number()),
        (Signature::Fold, [_]) => Ok(Shape::Scalar),
        (Signature::Weighted, []) => Err(wrong_number()),
        (Signature::Weighted, _) if !count.is_multiple_of(2) => Err(wrong_number()),
        (Signature::Weighted, _) => {
            arguments.iter().step_by(2).try_for_each(|weight| scalar(Some(weight)))?;
            arguments.iter().copied().try_fold(Shape::Scalar, join)
        }
        (Signature::EntryByEntry(least, most), _) if count < least || count > most => Err(wrong_number()),
        (Signature::Fold | Signature::EntryByEntry(..), _) => arguments.iter().copied().try_fold(Shape::Scalar, join),
        (Signature::Reduce { before, after }, _) => {
            if count != before + after + 1 {
                return Err(wrong_number());
            }
            for (position, shape) in (0..).zip(arguments) {
                match (position == before, shape) {
                    (true, Shape::Scalar) => return Err(needs_row()),
                    (true, Shape::Row(_)) => {}
                    (false, shape) => scalar(Some(shape))?,
                }
            }
            Ok(Shape::Scalar)
        }
        (Signature::Rows { before } | Signature::RowsAlong { before }, _) => {
            let (single, rows) = split(arguments, before).ok_or_else(wrong_number)?;
            single.iter().try_for_each(|shape| scalar(Some(shape)))?;
            if rows.contains(&Shape::Scalar) {
                return Err(needs_row());
            }
            let shape = rows.iter().copied().try_fold(Shape::Scalar, join)?;
            Ok(if matches!(function.signature(), Signature::Rows { .. }) { Shape::Scalar } else { shape })
        }
        (Signature::Along { after }, [row, single @ ..]) if u32::try_from(single.len()) == Ok(after) => {
            single.iter().try_for_each(|shape| scalar(Some(shape)))?;
            if *row == Shape::Scalar { Err(needs_row()) } else { Ok(*row) }
        }
        (Signature::Join, [initial, annual]) => {
            scalar(Some(initial))?;
            join(*annual, Shape::Row(AxisId::YEARS)).map(|_| Shape::Row(AxisId::TIMELINE))
        }
        (Signature::Pick, [Shape::Scalar, _]) => Ok(Shape::Scalar),
        (Signature::Pick, [Shape::Row(_), position]) => Ok(*position),
        (Signature::Places, [rows @ .., places]) if !rows.is_empty() => {
            if arguments.contains(&Shape::Scalar) {
                return Err(needs_row());
            }
            rows.iter().copied().try_fold(Shape::Scalar, join).map(|_| *places)
        }
        (Signature::Along { .. } | Signature::Join | Signature::Pick | Signature::Places, _) => Err(wrong_number()),
    }
}

/// The first so many arguments and at least one more.
fn split(arguments: &[Shape], before: u32) -> Option<(&[Shape], &[Shape])> {
    let (single, rows) = arguments.split_at_checked(usize::try_from(before).ok()?)?;
    (!rows.is_empty()).then_some((single, rows))
}

/// What the value runs along that these operations leave on top; `None` for a single value.
///
/// The shapes are known to fit together, so whichever part of an operation is a row gives its axis.
pub(super) fn last_axis(model: &Model, operations: &[Operation<CellId>]) -> Option<AxisId> {
    let mut stack: Vec<Option<AxisId>> = Vec::new();
    for operation in operations {
        let take = |stack: &mut Vec<Option<AxisId>>, count: usize| stack.split_off(stack.len().saturating_sub(count));
        let any = |operands: Vec<Option<AxisId>>| operands.into_iter().flatten().next();
        let axis = match operation {
            Operation::Number(_) | Operation::Entry(..) => None,
            Operation::Cell(cell) => match model.cell(*cell).map(Cell::shape) {
                Some(Shape::Row(axis)) => Some(axis),
                _ => None,
            },
            Operation::Negate | Operation::Not => continue,
            Operation::Binary(_) => any(take(&mut stack, 2)),
            Operation::If => any(take(&mut stack, 3)),
            Operation::Gather(axis, count) => {
                take(&mut stack, usize::try_from(*count).unwrap_or(usize::MAX));
                Some(*axis)
            }
            Operation::Call(function, count) => {
                let arguments = take(&mut stack, usize::try_from(*count).unwrap_or(usize::MAX));
                match function.signature() {
                    Signature::Fold if *count == 1 => None,
                    Signature::Reduce { .. } | Signature::Rows { .. } => None,
                    Signature::Join => Some(AxisId::TIMELINE),
                    Signature::Places => arguments.last().copied().flatten(),
                    _ => any(arguments),
                }
            }
        };
        stack.push(axis);
    }
    stack.pop().flatten()
}
