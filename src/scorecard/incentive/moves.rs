//! What the total hangs on: each score one percentage point higher, and lower.

use super::ScoreCells;
use crate::amount::Lowering;
use crate::model::{Axis, AxisId, CellId, Expression, Function, Naming, Unit};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// A score that is one percentage point higher or lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moved {
    More,
    Less,
}

impl Moved {
    /// The moved scores, which stay within 0..1 if they were.
    pub(super) fn of(self, scores: CellId) -> Expression {
        let scores = || Expression::cell(scores);
        let (point, one, zero) = (Expression::number(Decimal::new(1, 2)), Expression::number(1), Expression::number(0));
        let call = |function, a, b| Expression::call(function, [a, b]);
        match self {
            Self::More => call(Function::Min, scores() + point, call(Function::Max, scores(), one)),
            Self::Less => call(Function::Max, scores() - point, call(Function::Min, scores(), zero)),
        }
    }
}

/// What moves with each score: entries of the rows of those who are paid for it.
#[derive(Default)]
pub(super) struct Moves {
    scores: Vec<ScoreCells>,
    by_id: HashMap<Arc<str>, usize>,
    more: Vec<Vec<Expression>>,
    less: Vec<Vec<Expression>>,
}

impl Moves {
    pub(super) fn note(&mut self, moved: Moved, paid_for: &[(ScoreCells, Decimal)], row: CellId) {
        for (number, (score, _)) in (1..).zip(paid_for) {
            let position = *self.by_id.entry(Arc::clone(&score.id)).or_insert_with(|| {
                self.scores.push(score.clone());
                self.more.push(Vec::new());
                self.less.push(Vec::new());
                self.scores.len().saturating_sub(1)
            });
            let terms = if moved == Moved::More { &mut self.more } else { &mut self.less };
            if let Some(terms) = terms.get_mut(position) {
                terms.push(Expression::entry(row, number));
            }
        }
    }

    pub(super) fn define(self, lowering: &mut Lowering) -> (Vec<ScoreCells>, CellId, CellId) {
        let axis = Axis::named("scores", self.scores.iter().map(|score| Arc::clone(&score.id)));
        let axis: AxisId = lowering.cells.own_axis(axis);
        let mut row = |id: &'static str, aspect, terms: Vec<Vec<Expression>>| {
            let naming = Naming::new(id).label("Incentive", aspect).unit(Unit::Money);
            lowering.cells.formula(naming, Expression::row(axis, terms.into_iter().map(Expression::sum_of)))
        };
        let more = row("incentive.one_point_more", "change of the total with one more point", self.more);
        let less = row("incentive.one_point_less", "change of the total with one point less", self.less);
        (self.scores, more, less)
    }
}
