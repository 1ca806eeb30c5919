//! Which items are worth keeping: boundaries from the mean and the standard deviation over all items of a round.

use super::ItemCells;
use crate::amount::Lowering;
use crate::model::{AxisId, Binary, CellId, Expression, Function, Naming, Unit};
use std::sync::Arc;

/// The boundaries of a round, and whether each item lies within them.
#[derive(Debug, Clone)]
pub(crate) struct ScreeningCells {
    pub(crate) mean_min: CellId,
    pub(crate) full_score_min: CellId,
    pub(crate) cv_max: CellId,
    /// In the order of the items.
    pub(crate) keep: Vec<CellId>,
}

/// Defines the boundaries `average - SD` of means and full-score rates and `average + SD` of coefficients of variation,
/// and the verdict on every item.
pub(super) fn define(
    lowering: &mut Lowering,
    (round, whole): (usize, &Arc<str>),
    axis: AxisId,
    items: &[ItemCells],
) -> ScreeningCells {
    let naming =
        |figure: &str, aspect| Naming::new(format!("delphi.{round}.screening.{figure}")).label(whole.clone(), aspect);
    let row =
        |part: fn(&ItemCells) -> CellId| Expression::row(axis, items.iter().map(|item| Expression::cell(part(item))));
    let of = |function, part| Expression::call(function, [row(part)]);
    let below = |part| of(Function::Average, part) - of(Function::StandardDeviation, part);
    let above = |part| of(Function::Average, part) + of(Function::StandardDeviation, part);
    let mean_min = lowering.cells.formula(naming("mean_min", "least mean to keep"), below(|item| item.mean));
    let full_score_min = naming("full_score_min", "least share of full scores to keep").unit(Unit::Share);
    let full_score_min = lowering.cells.formula(full_score_min, below(|item| item.full_score_rate));
    let cv_max = naming("cv_max", "largest coefficient of variation to keep").unit(Unit::Share);
    let cv_max = lowering.cells.formula(cv_max, above(|item| item.cv));
    let keep = items.iter().map(|item| {
        let holds = |value, compare, limit| Expression::cell(value).binary(compare, Expression::cell(limit));
        let all = [
            holds(item.mean, Binary::GreaterOrEqual, mean_min),
            holds(item.full_score_rate, Binary::GreaterOrEqual, full_score_min),
            holds(item.cv, Binary::LessOrEqual, cv_max),
        ];
        let naming = item.naming("keep", "worth keeping").unit(Unit::Truth);
        lowering.cells.formula(naming, Expression::call(Function::Min, all))
    });
    let keep = keep.collect();
    ScreeningCells { mean_min, full_score_min, cv_max, keep }
}
