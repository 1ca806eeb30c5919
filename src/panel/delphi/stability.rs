//! Whether answers still move between two rounds: paired tests on the experts who answered in both.

use super::ItemCells;
use crate::amount::Lowering;
use crate::model::{Axis, AxisId, Binary, Cause, CellId, Expression, Function, Naming, Shape, Unit};
use std::collections::HashMap;
use std::sync::Arc;

/// One item against the last earlier round that asked about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ItemStability {
    /// Which item of the round.
    pub(crate) item: usize,
    /// The share of the experts who changed their answer.
    pub(crate) changed: CellId,
    pub(crate) wilcoxon_w: CellId,
    pub(crate) wilcoxon_p: CellId,
    pub(crate) cv_change: CellId,
    pub(crate) weight_change: Option<CellId>,
}

/// A round against the one before.
#[derive(Debug, Clone)]
pub(crate) struct StabilityCells {
    pub(crate) items: Vec<ItemStability>,
    /// The share of all answers that changed.
    pub(crate) changed: CellId,
    /// Spearman's rank correlation of the means.
    pub(crate) rank_correlation: CellId,
    /// The largest change of any weight.
    pub(crate) weight_change: CellId,
}

/// The weights of each item in a round, among its siblings.
pub(super) type Weights = HashMap<usize, Expression>;

/// Defines how far the answers of a round moved; `before` holds for each criterion its item in the round before.
pub(super) fn define(
    lowering: &mut Lowering,
    (round, whole): (usize, &Arc<str>),
    items: &[ItemCells],
    before: &HashMap<usize, &ItemCells>,
    (weights_before, weights): (&Weights, &Weights),
    ranked: Option<&[Vec<usize>]>,
) -> StabilityCells {
    let naming = |figure: &str, aspect| Naming::new(format!("delphi.{round}.{figure}")).label(whole.clone(), aspect);
    let pairs: Vec<(usize, &ItemCells, &ItemCells)> = items
        .iter()
        .enumerate()
        .filter_map(|(position, item)| Some((position, item, *before.get(&item.index)?)))
        .collect();
    if pairs.is_empty() {
        let mut absent =
            |figure, aspect| lowering.cells.absent(naming(figure, aspect), Shape::Scalar, Cause::NoEarlierRound);
        let changed = absent("changed", "share of changed answers");
        let rank_correlation = absent("rank_correlation", "rank correlation of the means");
        let weight_change = absent("weight_change", "largest change of a weight");
        return StabilityCells { items: Vec::new(), changed, rank_correlation, weight_change };
    }
    let mut compared = Vec::with_capacity(pairs.len());
    for (position, item, earlier) in &pairs {
        // an answer that was carried is no answer of this round
        let both = || [Expression::cell(earlier.answers), Expression::cell(item.answers)];
        let [old, new] = both();
        let differs = Expression::call(Function::Average, [new.binary(Binary::NotEqual, old)]);
        let changed = item.naming("changed", "share of changed answers").unit(Unit::Share);
        let changed = lowering.cells.formula(changed, differs);
        let wilcoxon_w = item.naming("wilcoxon_w", "signed-rank sum of increases");
        let wilcoxon_w = lowering.cells.formula(wilcoxon_w, Expression::call(Function::WilcoxonW, both()));
        let wilcoxon_p = item.naming("wilcoxon_p", "p of the signed-rank test").unit(Unit::Share);
        let wilcoxon_p = lowering.cells.formula(wilcoxon_p, Expression::call(Function::WilcoxonP, both()));
        let cv_change = item.naming("cv_change", "change of the coefficient of variation").unit(Unit::Share);
        let difference = Expression::cell(item.cv) - Expression::cell(earlier.cv);
        let cv_change = lowering.cells.formula(cv_change, difference);
        let weight_change = weights.get(&item.index).zip(weights_before.get(&item.index)).map(|(new, old)| {
            let naming = item.naming("weight_change", "change of its weight").unit(Unit::Share);
            lowering.cells.formula(naming, new.clone() - old.clone())
        });
        compared.push(ItemStability { item: *position, changed, wilcoxon_w, wilcoxon_p, cv_change, weight_change });
    }
    let shared = Axis::named(
        format!("items of round {round} and before"),
        pairs.iter().map(|(_, item, _)| Arc::clone(&item.id)),
    );
    let shared = lowering.cells.own_axis(shared);
    // each answer counts once: the items weigh as many answers as they have in both rounds
    let answered = pairs.iter().map(|(_, item, earlier)| {
        let known = |cell| Expression::call(Function::Known, [Expression::cell(cell)]);
        Expression::call(Function::Sum, [known(item.answers) * known(earlier.answers)])
    });
    let answered: Vec<Expression> = answered.collect();
    let changes = compared.iter().map(|item| Expression::cell(item.changed));
    let changed = Expression::call(
        Function::WeightedAverage,
        [Expression::row(shared, changes), Expression::row(shared, answered)],
    );
    let changed = lowering.cells.formula(naming("changed", "share of changed answers").unit(Unit::Share), changed);
    let naming_correlation = naming("rank_correlation", "rank correlation of the means");
    let rank_correlation = match ranked {
        None => lowering.cells.formula(naming_correlation, correlation(shared, &pairs)),
        // ranks mean something within a group only: the group whose order changed most
        Some(groups) => {
            let within = groups.iter().filter_map(|group| {
                let of_group: Vec<_> =
                    pairs.iter().filter(|(_, item, _)| group.contains(&item.index)).copied().collect();
                let ids = of_group.iter().map(|(_, item, _)| Arc::clone(&item.id));
                let axis = Axis::named(format!("siblings of round {round} and before"), ids);
                (of_group.len() > 1).then(|| correlation(lowering.cells.own_axis(axis), &of_group))
            });
            let within: Vec<Expression> = within.collect();
            match within.is_empty() {
                true => lowering.cells.absent(naming_correlation, Shape::Scalar, Cause::TooFew),
                false => lowering.cells.formula(naming_correlation, Expression::fold_of(Function::Min, within)),
            }
        }
    };
    let moves = compared.iter().filter_map(|item| item.weight_change);
    let moves = moves.map(|cell| Expression::call(Function::Abs, [Expression::cell(cell)]));
    let largest = Expression::fold_of(Function::Max, moves);
    let weight_change = naming("weight_change", "largest change of a weight").unit(Unit::Share);
    let weight_change = lowering.cells.formula(weight_change, largest);
    StabilityCells { items: compared, changed, rank_correlation, weight_change }
}

/// Spearman's rank correlation of the means before and now.
fn correlation(axis: AxisId, pairs: &[(usize, &ItemCells, &ItemCells)]) -> Expression {
    let means = |centre: fn(&(usize, &ItemCells, &ItemCells)) -> CellId| {
        let means = Expression::row(axis, pairs.iter().map(centre).map(Expression::cell));
        // means that differ in the last digit of a division only are the same place
        Expression::call(Function::Round, [means, Expression::number(20)])
    };
    let (old, new) = (means(|(_, _, earlier)| earlier.centre()), means(|(_, item, _)| item.centre()));
    Expression::call(Function::Spearman, [old, new])
}
