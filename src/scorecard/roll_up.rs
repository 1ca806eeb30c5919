//! From indicators to the whole: weighted mean of the children, with a policy for missing scores and the coverage beside it.

use super::measure::{self, MeasureCells};
use super::status::{self, StatusBand};
use super::{Node, Tree};
use crate::amount::Lowering;
use crate::model::{Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use std::sync::Arc;

/// What a roll-up does about a child without a score. Missing is never silently zero.
///
/// A child that the panel judges and nobody measures has no score either.
///
/// ```
/// use appraise::scorecard::{Criterion, Measure, MissingPolicy, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let score = |missing| {
///     let known = Criterion::indicator("known", Measure::target(0, 10).actual(6));
///     let unknown = Criterion::indicator("unknown", Measure::target(0, 10));
///     let card = Scorecard { missing, ..Scorecard::new([known, unknown]) };
///     let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
///     assert_eq!(appraisal.base().figure("scorecard.coverage"), Some(Ok(dec!(0.5))));
///     appraisal.base().figure("scorecard.score").unwrap().ok()
/// };
/// assert_eq!(score(MissingPolicy::Exclude), Some(dec!(0.6)));
/// assert_eq!(score(MissingPolicy::Worst), Some(dec!(0.3)));
/// assert_eq!(score(MissingPolicy::Fail), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum MissingPolicy {
    /// Leave it out and re-weight the others: `sum(w s) / sum(w)` over the children that have a score.
    #[default]
    Exclude,
    /// Count it as the worst score, 0.
    Worst,
    /// The parent has no score either.
    Fail,
}

impl MissingPolicy {
    /// Every policy and its name in a document.
    pub const ALL: [(&'static str, MissingPolicy); 3] =
        [("exclude", MissingPolicy::Exclude), ("worst", MissingPolicy::Worst), ("fail", MissingPolicy::Fail)];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exclude => "exclude",
            Self::Worst => "worst",
            Self::Fail => "fail",
        }
    }
}

/// The weights of one criterion, which the panel decides and the roll-up applies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WeightCells {
    /// Among its siblings.
    pub(crate) local: CellId,
    /// In the whole: the product of local weights from the top.
    pub(crate) global: CellId,
}

/// The cells of a criterion, measured or rolled up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CriterionCells {
    pub(crate) measure: Option<MeasureCells>,
    pub(crate) score: CellId,
    pub(crate) coverage: CellId,
    pub(crate) status: CellId,
}

/// Defines every criterion, children before parents; the result is in the order of the tree.
pub(crate) fn define(
    lowering: &mut Lowering,
    tree: &Tree,
    actuals: &[Option<CellId>],
    weights: &[Option<WeightCells>],
    bands: &[StatusBand],
    missing: MissingPolicy,
) -> Vec<CriterionCells> {
    let bands = status::define_bands(lowering, bands);
    let mut scored: Vec<Option<Scored>> = vec![None; tree.nodes.len()];
    // a child always stands after its parent, so backwards means children first
    for (index, node) in tree.nodes.iter().enumerate().rev() {
        let measure = node.criterion.and_then(|criterion| criterion.measure.as_ref());
        let actual = actuals.get(index).copied().flatten();
        let cells = match (measure, actual) {
            _ if !node.children.is_empty() => roll_up(lowering, node, &scored, weights, missing),
            (Some(measure), Some(actual)) => {
                let cells = measure::define(lowering, node, measure, actual);
                let coverage = Expression::call(Function::Known, [Expression::cell(cells.score)]);
                Scored {
                    score: cells.score,
                    coverage: lowering.cells.formula(naming(node, "coverage", "coverage"), coverage),
                    measure: Some(cells),
                    gap: (!measure.is_complete()).then_some(Cause::NoData),
                }
            }
            _ => {
                let (_, score) = measure::define_judged(lowering, node);
                let coverage = lowering.cells.formula(naming(node, "coverage", "coverage"), Expression::number(0));
                Scored { score, coverage, measure: None, gap: Some(Cause::NotMeasured) }
            }
        };
        if let Some(place) = scored.get_mut(index) {
            *place = Some(cells);
        }
    }
    let scored: Vec<Scored> = scored.into_iter().flatten().collect();
    let with_status = tree.nodes.iter().zip(scored).map(|(node, scored)| CriterionCells {
        status: bands.define(lowering, naming(node, "status", "status"), scored.score),
        measure: scored.measure,
        score: scored.score,
        coverage: scored.coverage,
    });
    with_status.collect()
}

#[derive(Debug, Clone, Copy)]
struct Scored {
    measure: Option<MeasureCells>,
    score: CellId,
    coverage: CellId,
    /// Why there can be no score, where that is plain before anything is computed.
    gap: Option<Cause>,
}

fn naming(node: &Node, figure: &'static str, aspect: &'static str) -> Naming {
    Naming::new(Id::of(Arc::clone(&node.figures), figure)).label(node.name.clone(), aspect).unit(Unit::Share)
}

fn roll_up(
    lowering: &mut Lowering,
    node: &Node,
    scored: &[Option<Scored>],
    weights: &[Option<WeightCells>],
    missing: MissingPolicy,
) -> Scored {
    let children: Vec<(Expression, Scored)> = node
        .children
        .iter()
        .filter_map(|child| {
            let weight = weights.get(*child).copied().flatten()?;
            Some((Expression::cell(weight.local), scored.get(*child).copied().flatten()?))
        })
        .collect();
    let weighted = |part: &dyn Fn(&Scored) -> Expression| {
        Expression::sum_of(children.iter().map(|(weight, child)| weight.clone() * part(child)))
    };
    // what is only judged is no missing measurement: it takes no part in the score, whatever the policy
    let measured: Vec<&(Expression, Scored)> =
        children.iter().filter(|(_, child)| child.gap != Some(Cause::NotMeasured)).collect();
    let mean = |part: &dyn Fn(&Scored) -> Expression| {
        let sum = Expression::sum_of(measured.iter().map(|(weight, child)| weight.clone() * part(child)));
        if measured.len() == children.len() {
            return sum;
        }
        sum / Expression::sum_of(measured.iter().map(|(weight, _)| weight.clone()))
    };
    let score_or_zero =
        |child: &Scored| Expression::call(Function::Otherwise, [Expression::cell(child.score), Expression::number(0)]);
    let is_known = |child: &Scored| Expression::call(Function::Known, [Expression::cell(child.score)]);
    let gap = match measured.as_slice() {
        [] => Some(Cause::NotMeasured),
        measured if measured.iter().all(|(_, child)| child.gap.is_some()) => Some(Cause::NoData),
        _ => None,
    };
    let score_naming = naming(node, "score", "score");
    let score = match (gap, missing) {
        (Some(cause), _) if cause == Cause::NotMeasured || missing != MissingPolicy::Worst => {
            lowering.cells.absent(score_naming, Shape::Scalar, cause)
        }
        (_, MissingPolicy::Exclude) => {
            lowering.cells.formula(score_naming, weighted(&score_or_zero) / weighted(&is_known))
        }
        (_, MissingPolicy::Worst) => lowering.cells.formula(score_naming, mean(&score_or_zero)),
        (_, MissingPolicy::Fail) => {
            lowering.cells.formula(score_naming, mean(&|child: &Scored| Expression::cell(child.score)))
        }
    };
    let covered = weighted(&|child: &Scored| Expression::cell(child.coverage));
    let coverage = lowering.cells.formula(naming(node, "coverage", "coverage"), covered);
    Scored { measure: None, score, coverage, gap }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::Figures;
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use rust_decimal::{Decimal, dec};

    /// Scores of 80 % and 40 %, one that is missing and one that is judged, of equal weight.
    fn card(missing: MissingPolicy) -> Figures {
        let scored = |id: &str, actual: Decimal| Criterion::indicator(id, Measure::target(0, 1).actual(actual));
        let children = [
            scored("a", dec!(0.8)),
            scored("b", dec!(0.4)),
            Criterion::indicator("c", Measure::target(0, 1)),
            Criterion::judged("d"),
        ];
        let card = Scorecard { missing, ..Scorecard::new([Criterion::group("all", children), Criterion::judged("e")]) };
        Figures::of(Draft { scorecard: Some(card), ..Draft::default() })
    }

    #[test]
    fn missing_scores_follow_the_policy() {
        let exclude = card(MissingPolicy::Exclude);
        assert_eq!(exclude.get("scorecard.all.score"), dec!(0.6));
        assert_eq!(exclude.get("scorecard.score"), dec!(0.6));
        let worst = card(MissingPolicy::Worst);
        // the missing one counts as 0, the judged ones do not count
        assert_eq!(worst.get("scorecard.all.score"), dec!(0.4));
        assert_eq!(worst.get("scorecard.score"), dec!(0.4));
        assert_eq!(card(MissingPolicy::Fail).cause("scorecard.all.score"), Cause::NoData);
    }

    #[test]
    fn coverage_is_the_weight_that_had_data() {
        for policy in MissingPolicy::ALL {
            let card = card(policy.1);
            assert_eq!(card.get("scorecard.all.coverage"), dec!(0.5));
            assert_eq!(card.get("scorecard.coverage"), dec!(0.25));
        }
    }

    #[test]
    fn a_card_that_measures_nothing_has_no_score_but_a_reason() {
        let card = Scorecard::new([Criterion::judged("a"), Criterion::judged("b")]);
        for (_, missing) in MissingPolicy::ALL {
            let card = Scorecard { missing, ..card.clone() };
            let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
            assert_eq!(figures.cause("scorecard.score"), Cause::NotMeasured);
        }
        let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
        assert_eq!(figures.cause("scorecard.status.red"), Cause::NotMeasured);
        assert_eq!(figures.get("scorecard.a.global_weight"), dec!(0.5));
    }
}
