//! How far each weight may move before the grade changes, exactly.
//!
//! Where all levels are weighted averages, the whole is linear in each weight: as the weight `w` of criterion c moves to
//! `t` and its siblings keep their proportions, `B(t) = B + (t - w) D` with `D = G (b_c - B_p) / (1 - w)`. `b_c` is the
//! row of c, `B_p` the row of its parent and `G` the global weight of the parent.

use super::super::verdict::{is_nothing, settled};
use super::{Base, id};
use crate::amount::Lowering;
use crate::model::{Axis, Binary, Cause, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// How far one weight may move.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MoveCellsOf {
    /// The node of the criterion.
    pub(crate) index: usize,
    /// What it weighs among its judged siblings.
    pub(crate) weight: CellId,
    pub(crate) up: CellId,
    pub(crate) up_grade: CellId,
    pub(crate) down: CellId,
    pub(crate) down_grade: CellId,
}

/// How far all weights may move.
#[derive(Debug, Clone)]
pub(crate) struct MoveCells {
    pub(crate) criteria: Vec<MoveCellsOf>,
    /// The smallest of all.
    pub(crate) smallest: CellId,
    /// Of which criterion that is.
    pub(crate) smallest_of: CellId,
}

/// `None` where no criterion has a sibling to take weight from.
pub(super) fn define(lowering: &mut Lowering, base: &Base) -> Option<MoveCells> {
    let naming = Naming::new("sensitivity.no_change").label("Sensitivity", "weight that changes nothing");
    let none = lowering.cells.absent(naming, Shape::Scalar, Cause::VerdictHolds);
    let b = || Expression::cell(base.root.membership);
    let naming = Naming::new("sensitivity.gap").label("Sensitivity", "membership behind the leading grade");
    let behind = || Expression::call(Function::Max, [b()]) - b();
    let behind = Expression::choose(is_nothing(behind()), Expression::number(0), behind());
    let gap = lowering.cells.formula(naming, behind);
    let mut criteria = Vec::new();
    let mut moves = Vec::new();
    let mut ids: Vec<Arc<str>> = Vec::new();
    // the global weight of each parent among the judged; 1 for the whole
    let mut above: Vec<Option<Expression>> = vec![None; base.tree.nodes.len()];
    for (parent, _) in base.tree.nodes.iter().enumerate() {
        let children = base.levels.of(parent);
        let Some(group) = base.nodes.get(parent).copied().flatten() else { continue };
        let global = above.get(parent).cloned().flatten();
        for child in children {
            let Some(node) = base.tree.node(child.index) else { continue };
            let Some(cells) = base.nodes.get(child.index).copied().flatten() else { continue };
            let weight = || Expression::cell(child.weight);
            if child.is_group {
                let product = global.clone().map_or_else(weight, |global| global * weight());
                let owner = format!("sensitivity.weight.{}", node.id);
                let naming =
                    Naming::new(id(&owner, "global")).label(node.name.clone(), "global weight among the judged");
                let cell = lowering.cells.formula(naming.unit(Unit::Share), product);
                if let Some(place) = above.get_mut(child.index) {
                    *place = Some(Expression::cell(cell));
                }
            }
            if children.len() > 1 {
                let apart = Expression::cell(cells.membership) - Expression::cell(group.membership);
                let apart = global.clone().map_or(apart.clone(), |global| global * apart);
                let mover = Mover { weight: child.weight, base, gap, none };
                let of = mover.define(lowering, child.index, apart);
                ids.push(Arc::clone(&node.id));
                moves.push(mover.smallest(&of));
                criteria.push(of);
            }
        }
    }
    if criteria.is_empty() {
        return None;
    }
    let axis = lowering.cells.axis(Axis::named("criteria", ids));
    let naming =
        Naming::new("sensitivity.move").label("Sensitivity", "smallest move of the weight that changes the grade");
    let row = lowering.cells.formula(naming.unit(Unit::Share), Expression::row(axis, moves));
    let naming = Naming::new("sensitivity.smallest_move");
    let naming = naming.label("Sensitivity", "smallest move of a weight that changes the grade");
    let smallest = lowering.cells.formula(naming.unit(Unit::Share), least(base, row, none));
    let beyond = Expression::call(Function::Otherwise, [Expression::cell(row), Expression::number(2)]);
    let naming = Naming::new("sensitivity.smallest_move_of").label("Sensitivity", "criterion of the smallest move");
    let smallest_of = is_nothing(beyond - Expression::cell(smallest));
    let smallest_of = lowering.cells.formula(naming.unit(Unit::Set), smallest_of);
    Some(MoveCells { criteria, smallest, smallest_of })
}

/// The smallest known entry of a row, or the reason why there is none.
fn least(base: &Base, row: CellId, none: CellId) -> Expression {
    let row = || Expression::cell(row);
    let known = Expression::call(Function::Count, [row()]);
    let least = Expression::call(Function::Quantile, [row(), Expression::number(0)]);
    Expression::choose(unless_missing(base, known), least, Expression::cell(none))
}

/// A condition that is missing, and does not just fail, where the whole has no memberships.
fn unless_missing(base: &Base, condition: Expression) -> Expression {
    condition * Expression::call(Function::Max, [Expression::cell(base.root.membership)])
}

/// One weight that moves.
struct Mover<'a> {
    weight: CellId,
    base: &'a Base<'a>,
    /// How far each grade of the whole is behind the leading one.
    gap: CellId,
    none: CellId,
}

impl Mover<'_> {
    /// `apart` is `G (b_c - B_p)`.
    fn define(&self, lowering: &mut Lowering, index: usize, apart: Expression) -> MoveCellsOf {
        let node = self.base.tree.node(index);
        let owner = format!("sensitivity.weight.{}", node.map(|node| &*node.id).unwrap_or_default());
        let name = node.map(|node| Arc::clone(&node.name)).unwrap_or_default();
        let naming = |figure, aspect| Naming::new(id(&owner, figure)).label(Arc::clone(&name), aspect);
        // a criterion that has all the weight leaves its siblings none to scale
        let all = Expression::cell(self.weight).binary(Binary::Equal, Expression::number(1));
        let rest = Expression::number(1) - Expression::cell(self.weight);
        let pull = Expression::choose(all, Expression::number(0), apart / rest);
        let pull = lowering.cells.formula(naming("pull", "change of the memberships with its weight"), pull);
        let rising = self.direction(
            lowering,
            pull,
            Expression::number(1) - Expression::cell(self.weight),
            false,
            [
                naming("up_gain", "gain on the leading grade as the weight rises"),
                naming("up_to", "rise of the weight until the grade draws level").unit(Unit::Share),
                naming("up", "rise of the weight that changes the grade").unit(Unit::Share),
                naming("up_grade", "grade after the rise").unit(Unit::Set),
            ],
        );
        let falling = self.direction(
            lowering,
            pull,
            Expression::cell(self.weight),
            true,
            [
                naming("down_gain", "gain on the leading grade as the weight falls"),
                naming("down_to", "fall of the weight until the grade draws level").unit(Unit::Share),
                naming("down", "fall of the weight that changes the grade").unit(Unit::Share),
                naming("down_grade", "grade after the fall").unit(Unit::Set),
            ],
        );
        MoveCellsOf {
            index,
            weight: self.weight,
            up: rising.0,
            up_grade: rising.1,
            down: falling.0,
            down_grade: falling.1,
        }
    }

    /// How far the weight moves in one direction before the grade changes, and to which grade.
    fn direction(
        &self,
        lowering: &mut Lowering,
        pull: CellId,
        room: Expression,
        is_fall: bool,
        [gain, to, far, grade]: [Naming; 4],
    ) -> (CellId, CellId) {
        let leads = self.base.root.grade;
        let number = |number: i64| Expression::number(Decimal::from(number));
        let none = || Expression::cell(self.none);
        let pull = || if is_fall { -Expression::cell(pull) } else { Expression::cell(pull) };
        let over = |function, row| Expression::call(function, [row]);
        // of the grades that lead now, the one that gains most leads after a small move
        let leads = || Expression::cell(leads);
        let leading = over(Function::Max, Expression::choose(leads(), pull(), over(Function::Min, pull())));
        let gain = lowering.cells.formula(gain, pull() - leading);
        let reach = Expression::cell(self.gap) / Expression::cell(gain);
        let gain = || settled(Expression::cell(gain));
        let within = settled(reach.clone() - room.clone()).binary(Binary::LessOrEqual, number(0));
        let ahead = Expression::choose(gain().binary(Binary::Greater, number(0)), within, number(0));
        // a tie is broken by the smallest move, wherever there is room for one
        let falls_back = gain().binary(Binary::Less, number(0));
        let moves = settled(room.clone()).binary(Binary::Greater, number(0));
        let broken = leads().binary(Binary::And, falls_back).binary(Binary::And, moves);
        let reach = Expression::call(Function::Min, [reach, room]);
        let reach = Expression::choose(ahead, reach, Expression::choose(broken, number(0), none()));
        let to = lowering.cells.formula(to, reach);
        let far = lowering.cells.formula(far, least(self.base, to, self.none));
        let beyond = Expression::call(Function::Otherwise, [Expression::cell(to), number(2)]);
        let level = is_nothing(beyond - Expression::cell(far));
        let is_tie = Expression::cell(far).binary(Binary::Equal, number(0));
        let left = leads().binary(Binary::And, gain().binary(Binary::Equal, number(0)));
        (far, lowering.cells.formula(grade, Expression::choose(is_tie, left, level)))
    }

    /// The smaller of the two moves, where there is one.
    fn smallest(&self, of: &MoveCellsOf) -> Expression {
        let far = |cell| Expression::call(Function::Otherwise, [Expression::cell(cell), Expression::number(2)]);
        let smaller = || Expression::call(Function::Min, [far(of.up), far(of.down)]);
        let is_one = smaller().binary(Binary::LessOrEqual, Expression::number(1));
        Expression::choose(unless_missing(self.base, is_one), smaller(), Expression::cell(self.none))
    }
}
