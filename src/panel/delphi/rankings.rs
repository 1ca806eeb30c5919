//! From rankings to weights: each expert's ranks become weights, and the weights are averaged.

use super::{Experts, ItemCells};
use crate::amount::Lowering;
use crate::kernel::RankConversion;
use crate::model::{AxisId, CellId, Expression, Function, Naming, Shape, Unit};
use std::sync::Arc;

/// The function that turns a row of ranks into weights.
pub(crate) fn weights_of(ranks: Expression, conversion: RankConversion) -> Expression {
    let function = match conversion {
        RankConversion::Centroid => Function::RankCentroid,
        RankConversion::Sum => Function::RankSum,
        RankConversion::Reciprocal => Function::RankReciprocal,
        RankConversion::Exponent(power) => {
            return Expression::call(Function::RankExponent, [ranks, Expression::number(power)]);
        }
    };
    Expression::call(function, [ranks])
}

/// What each sibling weighs on the average of the experts who ranked all of them.
pub(super) fn importance(
    lowering: &mut Lowering,
    (round, parent, siblings): (usize, &str, AxisId),
    experts: Experts,
    names: &[String],
    items: &[&ItemCells],
    conversion: RankConversion,
) -> Vec<Expression> {
    let by_expert: Vec<CellId> = (1..)
        .zip(names)
        .map(|(number, expert)| {
            let ranks = items.iter().map(|item| Expression::entry(item.ratings, number));
            let naming = Naming::new(format!("delphi.{round}.ranks.{parent}.{expert}"));
            let naming = naming.label(expert.as_str(), "weights from ranks").unit(Unit::Share);
            lowering.cells.formula(naming, weights_of(Expression::row(siblings, ranks), conversion))
        })
        .collect();
    let numbered = (1..).zip(items);
    let importance = numbered.map(|(number, item)| {
        let weights = by_expert.iter().map(|cell| Expression::entry(*cell, number));
        let naming = item.naming("rank_weights", "weights from ranks").unit(Unit::Share);
        let row = lowering.cells.formula(naming, Expression::row(experts.axis, weights));
        match experts.authority {
            Some(authority) => {
                Expression::call(Function::WeightedAverage, [Expression::cell(row), Expression::cell(authority)])
            }
            None => Expression::call(Function::Average, [Expression::cell(row)]),
        }
    });
    importance.collect()
}

/// The place of each item among those given, the most important first.
pub(super) fn places(
    lowering: &mut Lowering,
    (round, figure, whole): (usize, &str, &Arc<str>),
    axis: AxisId,
    items: &[&ItemCells],
    highest_first: bool,
) -> Vec<CellId> {
    let naming = Naming::new(format!("delphi.{round}.{figure}")).label(Arc::clone(whole), "places");
    if items.is_empty() {
        lowering.cells.absent(naming, Shape::Row(axis), crate::model::Cause::TooFew);
        return Vec::new();
    }
    let means = Expression::row(axis, items.iter().map(|item| Expression::cell(item.centre())));
    // means that differ in the last digit of a division only are the same place
    let means = Expression::call(Function::Round, [means, Expression::number(20)]);
    let ordered = if highest_first { -means } else { means };
    let ranks = lowering.cells.formula(naming, Expression::call(Function::MidRanks, [ordered]));
    let numbered = (1..).zip(items);
    let places = numbered.map(|(number, item)| {
        lowering.cells.formula(item.naming("rank", "place among the items"), Expression::entry(ranks, number))
    });
    places.collect()
}
