//! Going up the tree: what each judged child weighs, and the row of its parent.

use super::{JudgedCells, Operators};
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function, Unit};
use crate::scorecard::{Node, Tree, WeightCells};

/// A judged child of a group.
#[derive(Debug, Clone)]
pub(super) struct Child {
    pub(super) index: usize,
    /// What it weighs among the judged children.
    pub(super) weight: CellId,
    pub(super) is_group: bool,
}

/// The judged children of each judged group, by node.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    pub(super) children: Vec<Vec<Child>>,
    /// Whether each composed row is divided by its sum before it goes up.
    pub(super) normalise: bool,
}

impl Levels {
    pub(super) fn new(tree: &Tree, normalise: bool) -> Self {
        Self { children: vec![Vec::new(); tree.nodes.len()], normalise }
    }

    pub(super) fn of(&self, node: usize) -> &[Child] {
        self.children.get(node).map(Vec::as_slice).unwrap_or_default()
    }

    /// Notes the judged children of a group with their weights; where some are not judged, the weights of the others
    /// are divided by their sum. `false` where none is judged.
    pub(super) fn define(
        &mut self,
        lowering: &mut Lowering,
        (index, node): (usize, &Node),
        tree: &Tree,
        nodes: &[Option<JudgedCells>],
        weights: &[Option<WeightCells>],
    ) -> bool {
        let judged: Vec<(usize, &Node, CellId)> = node
            .children
            .iter()
            .filter_map(|child| {
                nodes.get(*child).copied().flatten()?;
                Some((*child, tree.node(*child)?, weights.get(*child).copied().flatten()?.local))
            })
            .collect();
        let whole = judged.len() == node.children.len();
        let sum = Expression::sum_of(judged.iter().map(|(_, _, weight)| Expression::cell(*weight)));
        let total = (!whole && !judged.is_empty()).then(|| {
            let naming = super::naming(node, "weight_judged", "weight judged under it").unit(Unit::Share);
            lowering.cells.formula(naming, sum)
        });
        let children = judged.iter().map(|(index, child, weight)| {
            let weight = match total {
                None => *weight,
                Some(total) => {
                    let naming = super::naming(child, "weight", "weight among the judged").unit(Unit::Share);
                    let share = Expression::cell(*weight) / Expression::cell(total);
                    lowering.cells.formula(naming, share)
                }
            };
            Child { index: *index, weight, is_group: !child.children.is_empty() }
        });
        let children: Vec<Child> = children.collect();
        let is_judged = !children.is_empty();
        if let Some(place) = self.children.get_mut(index) {
            *place = children;
        }
        is_judged
    }

    /// The row of a group.
    pub(super) fn compose(&self, index: usize, operators: &Operators, nodes: &[Option<JudgedCells>]) -> Expression {
        let rows = self.of(index).iter().filter_map(|child| {
            let cells = nodes.get(child.index).copied().flatten()?;
            let row = if self.normalise && child.is_group { cells.normalised } else { cells.membership };
            Some((Expression::cell(child.weight), Expression::cell(row)))
        });
        operators.of(index).compose(rows)
    }

    /// A row on its way up, where the cell is not one of those with a normalised row beside it.
    pub(super) fn going_up(&self, is_group: bool, row: CellId) -> Expression {
        let row = || Expression::cell(row);
        if self.normalise && is_group { row() / Expression::call(Function::Sum, [row()]) } else { row() }
    }
}
