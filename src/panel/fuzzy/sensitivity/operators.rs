//! The verdict under each operator.

use super::{Base, id};
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Id, Naming, Unit};
use crate::panel::fuzzy::Operator;

/// The whole under one operator at all levels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OperatorCells {
    pub(crate) operator: Operator,
    pub(crate) membership: CellId,
    pub(crate) score: CellId,
    pub(crate) grade: CellId,
}

pub(super) fn define(lowering: &mut Lowering, base: &Base) -> Vec<OperatorCells> {
    Operator::ALL.iter().map(|(_, operator)| define_one(lowering, base, *operator)).collect()
}

fn define_one(lowering: &mut Lowering, base: &Base, operator: Operator) -> OperatorCells {
    let owner = format!("sensitivity.operator.{}", operator.name());
    let naming = |figure, aspect| Naming::new(id(&owner, figure)).label(operator.name(), aspect);
    let membership = if base.operators.is_everywhere(base.tree, operator) {
        Expression::cell(base.root.membership)
    } else {
        let mut rows: Vec<Option<CellId>> =
            base.nodes.iter().map(|cells| cells.map(|cells| cells.membership)).collect();
        let groups = base.tree.nodes.iter().enumerate().skip(1).rev();
        for (index, node) in groups.filter(|(index, _)| !base.levels.of(*index).is_empty()) {
            let owner = Id::of(format!("{owner}.group.{}", node.id), "");
            let naming = Naming::new(owner).label(format!("{}, {}", node.name, operator.name()), "membership");
            let row = lowering.cells.formula(naming, composed(base, operator, index, &rows));
            if let Some(place) = rows.get_mut(index) {
                *place = Some(row);
            }
        }
        composed(base, operator, 0, &rows)
    };
    let membership = lowering.cells.formula(naming("membership", "membership"), membership);
    let score = lowering.cells.formula(naming("score", "panel score"), base.verdict.score(membership));
    let grade = naming("grade", "grade of maximum membership").unit(Unit::Set);
    let grade = lowering.cells.formula(grade, base.verdict.grade(membership));
    OperatorCells { operator, membership, score, grade }
}

fn composed(base: &Base, operator: Operator, index: usize, rows: &[Option<CellId>]) -> Expression {
    let children = base.levels.of(index).iter().filter_map(|child| {
        let row = rows.get(child.index).copied().flatten()?;
        Some((Expression::cell(child.weight), base.levels.going_up(child.is_group, row)))
    });
    operator.compose(children)
}
