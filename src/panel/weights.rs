//! Weights of siblings: direct, points, equal or from Delphi ratings; always summing to exactly 1.

use super::{DelphiCells, DelphiError};
use crate::amount::Lowering;
use crate::model::{Axis, CellId, Expression, Function, Id, Naming, Unit};
use crate::scorecard::{Node, Tree, WeightCells};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What can be wrong with the weights of siblings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightError {
    /// Some siblings have a direct weight and this one has none.
    #[error("`{id}` has no weight, but its sibling `{sibling}` has one")]
    SiblingWithout {
        /// The criterion without a weight.
        id: String,
        /// A sibling with one.
        sibling: String,
    },
    /// A weight below zero.
    #[error("the weight of `{id}` is negative")]
    Negative {
        /// The criterion.
        id: String,
    },
    /// Direct weights that do not add up.
    #[error("the weights under `{parent}` add up to {}, not 100 %", crate::amount::percent(.sum))]
    Sum {
        /// The parent of the siblings.
        parent: String,
        /// What they add up to.
        sum: Decimal,
    },
    /// Siblings that all weigh nothing.
    #[error("the weights under `{parent}` are all 0")]
    AllZero {
        /// The parent of the siblings.
        parent: String,
    },
    /// A direct weight and ratings for the same criterion.
    #[error("`{id}` is weighed twice: directly and by the panel")]
    Twice {
        /// The criterion.
        id: String,
    },
}

impl WeightError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::SiblingWithout { .. } => {
                "give every sibling a `weight:`, or none of them for equal weights".to_owned()
            }
            Self::Negative { .. } => "write 0 for a criterion that does not count".to_owned(),
            Self::Sum { .. } => {
                "change them to add up to 100 %, or write whole points such as 3, 2 and 1, which are normalised"
                    .to_owned()
            }
            Self::AllZero { .. } => "give at least one of them a weight above 0".to_owned(),
            Self::Twice { .. } => "remove `weight:` or the ratings".to_owned(),
        })
    }
}

/// How the weights of a group of siblings came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WeightMethod {
    /// Stated as shares that add up to 1.
    Direct,
    /// Stated as whole points and normalised.
    Points,
    /// Means of the last Delphi round that rated the group, normalised.
    Delphi {
        /// The round, from 1.
        round: usize,
    },
    /// Nobody said anything, so they weigh the same.
    Equal,
    /// The only child of its parent.
    OnlyChild,
}

/// The weights of all criteria, in the order of the tree, and how each group came by them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weighting {
    /// `None` for the whole, which has no weight.
    pub(crate) cells: Vec<Option<WeightCells>>,
    /// The method for the children of each criterion that has some.
    pub(crate) methods: Vec<(usize, WeightMethod)>,
}

/// Defines the weights of every group of siblings, parents first.
pub(crate) fn define(lowering: &mut Lowering, tree: &Tree, delphi: Option<&DelphiCells>) -> Weighting {
    let mut weighting = Weighting { cells: vec![None; tree.nodes.len()], methods: Vec::new() };
    for (index, parent) in tree.nodes.iter().enumerate() {
        let siblings: Vec<(usize, &Node)> =
            parent.children.iter().filter_map(|child| Some((*child, tree.node(*child)?))).collect();
        if siblings.is_empty() {
            continue;
        }
        let (method, importance) = importance(lowering, (index, parent), &siblings, delphi);
        weighting.methods.push((index, method));
        let local = match importance {
            Importance::Shares => direct(lowering, &siblings),
            Importance::Whole => {
                siblings.iter().map(|(_, node)| weight(lowering, node, Expression::number(1))).collect()
            }
            Importance::Known(row) => shared_out(lowering, parent, &siblings, Expression::cell(row)),
            Importance::Of(importance) => {
                let ids = siblings.iter().map(|(_, node)| Arc::clone(&node.id));
                let axis = lowering.cells.own_axis(Axis::named(format!("criteria under {}", parent.id), ids));
                let row = Expression::row(axis, importance);
                shared_out(lowering, parent, &siblings, Expression::call(Function::Shares, [row]))
            }
        };
        let above = weighting.cells.get(index).copied().flatten();
        for ((child, node), local) in siblings.into_iter().zip(local) {
            let product = match above {
                Some(above) => Expression::cell(above.global) * Expression::cell(local),
                None => Expression::cell(local),
            };
            let global = lowering.cells.formula(naming(node, "global_weight", "global weight"), product);
            if let Some(place) = weighting.cells.get_mut(child) {
                *place = Some(WeightCells { local, global });
            }
        }
    }
    weighting
}

fn naming(node: &Node, figure: &'static str, aspect: &'static str) -> Naming {
    Naming::new(Id::of(Arc::clone(&node.figures), figure)).label(node.name.clone(), aspect).unit(Unit::Share)
}

/// What siblings weigh before it is made to sum to 1.
enum Importance {
    /// Direct weights, which sum to 1 as they are.
    Shares,
    /// An only child.
    Whole,
    /// A row over the siblings that sums to 1.
    Known(CellId),
    /// One value for each sibling.
    Of(Vec<Expression>),
}

fn importance(
    lowering: &mut Lowering,
    (index, parent): (usize, &Node),
    siblings: &[(usize, &Node)],
    delphi: Option<&DelphiCells>,
) -> (WeightMethod, Importance) {
    let equal = || Importance::Of(siblings.iter().map(|_| Expression::number(1)).collect());
    let weight_of = |node: &Node| node.criterion.and_then(|criterion| criterion.weight);
    let rated = delphi.and_then(|delphi| delphi.last_round_rating(index));
    let weighed = siblings.iter().find(|(_, node)| weight_of(node).is_some());
    match (weighed, rated) {
        (Some((_, node)), Some(_)) => {
            let id = node.id.to_string();
            lowering.problem(format!("scorecard.{id}.weight"), WeightError::Twice { id });
            (WeightMethod::Equal, equal())
        }
        (Some((_, sibling)), None) => direct_or_points(lowering, parent, siblings, sibling),
        (None, Some((round, group))) => {
            if group.is_all_zero {
                let error = DelphiError::AllZero { parent: parent.id.to_string() };
                lowering.problem(format!("weights.delphi.rounds.{}", round - 1), error);
            }
            (WeightMethod::Delphi { round }, Importance::Known(group.weights))
        }
        (None, None) if siblings.len() == 1 => (WeightMethod::OnlyChild, Importance::Whole),
        (None, None) => (WeightMethod::Equal, equal()),
    }
}

fn direct_or_points(
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

fn direct(lowering: &mut Lowering, siblings: &[(usize, &Node)]) -> Vec<CellId> {
    let cells = siblings.iter().map(|(_, node)| {
        let weight = node.criterion.and_then(|criterion| criterion.weight);
        let naming = naming(node, "weight", "weight").source(Id::of(Arc::clone(&node.figures), "weight"));
        lowering.cells.input(naming, crate::model::Shape::Scalar, [weight])
    });
    cells.collect()
}

/// The row of the weights of siblings, and each of them.
fn shared_out(lowering: &mut Lowering, parent: &Node, siblings: &[(usize, &Node)], weights: Expression) -> Vec<CellId> {
    let naming = Naming::new(["weights.", &parent.id].concat()).label(Arc::clone(&parent.name), "weights under it");
    let row = lowering.cells.formula(naming.unit(Unit::Share), weights);
    let numbered = (1..).zip(siblings);
    numbered.map(|(number, (_, node))| weight(lowering, node, Expression::entry(row, number))).collect()
}

fn weight(lowering: &mut Lowering, node: &Node, formula: Expression) -> CellId {
    let naming = naming(node, "weight", "weight");
    let naming = match node.criterion.and_then(|criterion| criterion.weight) {
        Some(_) => naming.source(Id::of(Arc::clone(&node.figures), "weight")),
        None => naming,
    };
    lowering.cells.formula(naming, formula)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::panel::{Delphi, Round};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::dec;

    fn draft(weights: &[Option<Decimal>]) -> Draft {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        let children =
            names.iter().zip(weights).map(|(id, weight)| Criterion { weight: *weight, ..Criterion::judged(*id) });
        Draft { scorecard: Some(Scorecard::new(children)), ..Draft::default() }
    }

    fn weights(draft: Draft) -> Vec<Decimal> {
        let ids: Vec<String> =
            draft.scorecard.iter().flat_map(|card| &card.perspectives).map(|c| c.id.clone()).collect();
        let figures = Figures::of(draft);
        ids.iter().map(|id| figures.get(&format!("scorecard.{id}.weight"))).collect()
    }

    #[test]
    fn weights_sum_to_exactly_one() {
        for count in 1..=7 {
            let weights = weights(draft(&vec![None; count]));
            assert_eq!(weights.iter().sum::<Decimal>(), Decimal::ONE, "{weights:?}");
        }
        // a seventh cannot be written down, so the first of the equal largest takes the remainder
        assert_eq!(weights(draft(&[None; 7]))[0], dec!(0.1428571428571428571428571426));
    }

    #[test]
    fn points_are_normalised_and_shares_are_taken_as_they_are() {
        let given = |weights: &[i64]| -> Vec<_> { weights.iter().map(|weight| Some(Decimal::from(*weight))).collect() };
        assert_eq!(weights(draft(&given(&[3, 1]))), [dec!(0.75), dec!(0.25)]);
        assert_eq!(weights(draft(&given(&[1, 0]))), [dec!(1), dec!(0)]);
        assert_eq!(weights(draft(&[Some(dec!(0.65)), Some(dec!(0.35))])), [dec!(0.65), dec!(0.35)]);
    }

    #[test]
    fn weights_that_do_not_add_up_are_refused() {
        for (weights, told) in [
            (
                vec![Some(dec!(0.5)), Some(dec!(0.4))],
                "scorecard.a.weight: the weights under `scorecard` add up to 90 %, not 100 %",
            ),
            (vec![Some(dec!(0.5)), None], "scorecard.b: `b` has no weight, but its sibling `a` has one"),
            (vec![Some(dec!(1.5)), Some(dec!(-0.5))], "scorecard.b.weight: the weight of `b` is negative"),
            (vec![Some(dec!(0)), Some(dec!(0))], "scorecard.a.weight: the weights under `scorecard` are all 0"),
        ] {
            assert_eq!(problems(draft(&weights)), [told]);
        }
    }

    #[test]
    fn the_last_round_that_rated_a_group_weighs_it() {
        let mut draft = draft(&[None, None]);
        let inner = Criterion::group("inner", [Criterion::judged("x"), Criterion::judged("y")]);
        draft.scorecard.as_mut().unwrap().perspectives.push(inner);
        draft.delphi = Some(Delphi {
            experts: vec!["one".into(), "two".into()],
            rounds: vec![
                Round::of([("a", [1, 1]), ("b", [1, 1]), ("inner", [1, 1]), ("x", [1, 2]), ("y", [3, 4])]),
                Round::of([("a", [5, 5]), ("b", [3, 3]), ("inner", [2, 2])]),
            ],
            ..Delphi::default()
        });
        let figures = Figures::of(draft.clone());
        assert_eq!(figures.get("scorecard.a.weight"), dec!(0.5));
        assert_eq!(figures.get("scorecard.x.weight"), dec!(0.3));
        assert_eq!(figures.get("scorecard.x.global_weight"), dec!(0.06));
        draft.scorecard.as_mut().unwrap().perspectives[0].weight = Some(dec!(0.5));
        let told = problems(draft);
        assert_eq!(told, ["scorecard.a.weight: `a` is weighed twice: directly and by the panel"]);
    }
}
