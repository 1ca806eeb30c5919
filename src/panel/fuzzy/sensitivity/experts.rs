//! The verdict without each of the experts, the words of the others counting as before among each other.

use super::{Base, id, same_grade};
use crate::amount::Lowering;
use crate::model::{Axis, Cause, CellId, Expression, Id, Naming, Shape, Unit};
use crate::panel::fuzzy::levels::Child;
use crate::scorecard::Node;
use std::sync::Arc;

/// Beyond so many experts times criteria nobody is left out: each of them would need a tree of their own.
const MOST_LEFT_OUT: usize = 100_000;

/// The whole without one expert.
#[derive(Debug, Clone)]
pub(crate) struct WithoutCells {
    pub(crate) expert: Arc<str>,
    pub(crate) score: CellId,
    pub(crate) grade: CellId,
    /// Whether the grade is another one.
    pub(crate) changes: CellId,
    /// Without the expert nothing is judged at all.
    pub(crate) is_alone: bool,
}

/// What is left of a row without an expert.
#[derive(Clone, Copy)]
enum Left {
    /// It never rested on the expert.
    Same(CellId),
    Changed(CellId),
    Nothing,
}

impl Left {
    fn row(self) -> Option<CellId> {
        match self {
            Self::Same(row) | Self::Changed(row) => Some(row),
            Self::Nothing => None,
        }
    }
}

pub(super) fn define(lowering: &mut Lowering, base: &Base) -> (Vec<WithoutCells>, Option<CellId>) {
    let names = &base.experts.names;
    if names.is_empty() || names.len().saturating_mul(base.tree.nodes.len()) > MOST_LEFT_OUT {
        return (Vec::new(), None);
    }
    let without: Vec<WithoutCells> =
        names.iter().enumerate().map(|(expert, name)| define_one(lowering, base, expert, name)).collect();
    let axis = lowering.cells.axis(Axis::named("experts", names.iter().cloned()));
    let changes = without.iter().map(|cells| Expression::cell(cells.changes));
    let naming = Naming::new("sensitivity.deciding_experts").label("Sensitivity", "experts who decide the grade");
    let deciding = lowering.cells.formula(naming.unit(Unit::Set), Expression::row(axis, changes.collect::<Vec<_>>()));
    (without, Some(deciding))
}

fn define_one(lowering: &mut Lowering, base: &Base, expert: usize, name: &Arc<str>) -> WithoutCells {
    let owner = format!("sensitivity.without.{name}");
    let naming = |figure, aspect| Naming::new(id(&owner, figure)).label(Arc::clone(name), aspect);
    let mut rows: Vec<Left> = vec![Left::Nothing; base.tree.nodes.len()];
    for (index, node) in base.tree.nodes.iter().enumerate().rev() {
        let Some(cells) = base.nodes.get(index).copied().flatten() else { continue };
        let left = if node.children.is_empty() {
            if base.experts.has_vote(index, expert) {
                match base.experts.membership_without(index, expert) {
                    None => Left::Nothing,
                    Some(row) => {
                        let id = Id::of(format!("{owner}.of.{}", node.id), "");
                        let naming =
                            Naming::new(id).label(format!("{}, {name}", node.name), "membership without the expert");
                        Left::Changed(lowering.cells.formula(naming, row))
                    }
                }
            } else {
                Left::Same(cells.membership)
            }
        } else if is_same(base, index, &rows) {
            Left::Same(cells.membership)
        } else {
            match composed(lowering, base, (index, node), &owner, &rows) {
                None => Left::Nothing,
                Some(row) if index == 0 => {
                    Left::Changed(lowering.cells.formula(naming("membership", "membership without the expert"), row))
                }
                Some(row) => {
                    let id = Id::of(format!("{owner}.of.{}", node.id), "");
                    let naming =
                        Naming::new(id).label(format!("{}, {name}", node.name), "membership without the expert");
                    Left::Changed(lowering.cells.formula(naming, row))
                }
            }
        };
        if let Some(place) = rows.get_mut(index) {
            *place = left;
        }
    }
    let score = naming("score", "panel score without the expert");
    let grade = naming("grade", "grade of maximum membership without the expert").unit(Unit::Set);
    let changes = naming("changes", "the grade is another one without the expert").unit(Unit::Truth);
    match rows.first().and_then(|left| left.row()) {
        Some(row) => {
            let score = lowering.cells.formula(score, base.verdict.score(row));
            let grade = lowering.cells.formula(grade, base.verdict.grade(row));
            let changed = Expression::number(1) - same_grade(grade, base.root.grade);
            let changes = lowering.cells.formula(changes, changed);
            WithoutCells { expert: Arc::clone(name), score, grade, changes, is_alone: false }
        }
        None => {
            let mut absent = |naming| lowering.cells.absent(naming, Shape::Scalar, Cause::NotJudged);
            let (score, grade, changes) = (absent(score), absent(grade), absent(changes));
            WithoutCells { expert: Arc::clone(name), score, grade, changes, is_alone: true }
        }
    }
}

/// Whether nothing under a group rested on the expert.
fn is_same(base: &Base, index: usize, rows: &[Left]) -> bool {
    base.levels.of(index).iter().all(|child| matches!(rows.get(child.index), Some(Left::Same(_))))
}

/// The row of a group of what is left under it; what nobody judges any more is left out, as ever.
fn composed(
    lowering: &mut Lowering,
    base: &Base,
    (index, node): (usize, &Node),
    owner: &str,
    rows: &[Left],
) -> Option<Expression> {
    let children = base.levels.of(index);
    let left = children.iter().filter_map(|child| Some((child, rows.get(child.index).and_then(|left| left.row())?)));
    let left: Vec<(&Child, CellId)> = left.collect();
    if left.is_empty() {
        return None;
    }
    let total = (left.len() < children.len()).then(|| {
        let sum = Expression::sum_of(left.iter().map(|(child, _)| Expression::cell(child.weight)));
        let naming = Naming::new(Id::of(format!("{owner}.weight_judged.{}", node.id), ""));
        let naming = naming.label(Arc::clone(&node.name), "weight judged under it").unit(Unit::Share);
        lowering.cells.formula(naming, sum)
    });
    let pairs = left.into_iter().map(|(child, row)| {
        let weight = match total {
            None => Expression::cell(child.weight),
            Some(total) => Expression::cell(child.weight) / Expression::cell(total),
        };
        (weight, base.levels.going_up(child.is_group, row))
    });
    Some(base.operators.of(index).compose(pairs.collect::<Vec<_>>()))
}
