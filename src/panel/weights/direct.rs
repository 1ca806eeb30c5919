//! Weights that are stated at the criteria themselves, as shares or as points.

use super::group::{Importance, naming};
use super::{WeightError, WeightMethod};
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Id, Shape};
use crate::scorecard::Node;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Shares where they sum to 1, whole points otherwise; anything else is a mistake.
pub(super) fn importance(
    lowering: &mut Lowering,
    parent: &Node,
    siblings: &[(usize, &Node)],
    weighed: &Node,
) -> (WeightMethod, Importance) {
    let before = lowering.problems.len();
    let mut points = Vec::with_capacity(siblings.len());
    for (_, node) in siblings {
        let id = node.id.to_string();
        match node.criterion.and_then(|criterion| criterion.weight) {
            None => {
                let error = WeightError::SiblingWithout { id: id.clone(), sibling: weighed.id.to_string() };
                lowering.problem(format!("scorecard.{id}"), error);
            }
            Some(weight) if weight < Decimal::ZERO => {
                lowering.problem(format!("scorecard.{id}.weight"), WeightError::Negative { id });
            }
            Some(weight) => points.push(weight),
        }
    }
    let sum = points.iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight)).unwrap_or(Decimal::MAX);
    let whole = points.iter().all(Decimal::is_integer);
    if lowering.problems.len() > before || sum == Decimal::ONE {
        return (WeightMethod::Direct, Importance::Shares);
    }
    let parent_id = parent.id.to_string();
    if sum.is_zero() {
        lowering.problem(format!("scorecard.{}.weight", weighed.id), WeightError::AllZero { parent: parent_id });
    } else if !whole || sum == Decimal::MAX {
        lowering.problem(format!("scorecard.{}.weight", weighed.id), WeightError::Sum { parent: parent_id, sum });
    }
    (WeightMethod::Points, Importance::Of(points.into_iter().map(Expression::number).collect()))
}

/// The weights as they are stated.
pub(super) fn cells(lowering: &mut Lowering, siblings: &[(usize, &Node)]) -> Vec<CellId> {
    let cells = siblings.iter().map(|(_, node)| {
        let weight = node.criterion.and_then(|criterion| criterion.weight);
        let naming = naming(node, "weight", "weight").source(Id::of(Arc::clone(&node.figures), "weight"));
        lowering.cells.input(naming, Shape::Scalar, [weight])
    });
    cells.collect()
}
