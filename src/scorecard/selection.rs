//! Some of the indicators, wherever they stand, rolled up apart from the others.

use super::roll_up::{Part, rolled_up};
use super::{CriterionCells, MissingPolicy, RollUp, WeightCells};
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Naming, Shape};

/// The cells of every criterion, in the order of the tree, and what is done about scores that are missing.
#[derive(Clone, Copy)]
pub(super) struct Criteria<'a> {
    pub(super) weights: &'a [Option<WeightCells>],
    pub(super) cells: &'a [CriterionCells],
    pub(super) missing: MissingPolicy,
}

/// The figures of some indicators together.
pub(super) struct Selection {
    /// What they weigh in the whole.
    pub(super) weight: Expression,
    pub(super) score: CellId,
    pub(super) coverage: CellId,
}

/// Defines score and coverage of some indicators.
///
/// **Formula**: `sum(global weight x score) / sum(global weight)`: each weighs what it weighs in the whole. Scores that are
/// missing follow the policy of the scorecard, but are left out at once and not level by level.
pub(super) fn define(
    lowering: &mut Lowering,
    criteria: Criteria,
    indicators: &[usize],
    [score, coverage]: [Naming; 2],
) -> Selection {
    let found = indicators.iter().filter_map(|index| {
        Some((Expression::cell(criteria.weights.get(*index).copied().flatten()?.global), *criteria.cells.get(*index)?))
    });
    let found: Vec<(Expression, CriterionCells)> = found.collect();
    let weight = Expression::sum_of(found.iter().map(|(weight, _)| weight.clone()));
    let covered = found.iter().map(|(weight, cells)| weight.clone() * Expression::cell(cells.coverage));
    let covered = Expression::sum_of(covered) / weight.clone();
    let parts =
        found.into_iter().map(|(weight, cells)| Part { weight, score: Expression::cell(cells.score), gap: cells.gap });
    let score = match rolled_up(parts, RollUp::Mean, criteria.missing) {
        Ok(formula) => lowering.cells.formula(score, formula),
        Err(cause) => lowering.cells.absent(score, Shape::Scalar, cause),
    };
    let coverage = lowering.cells.formula(coverage, covered);
    Selection { weight, score, coverage }
}
