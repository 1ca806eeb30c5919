//! The two sides of a scorecard, rolled up apart: how well it serves customers and markets, and at what effort inside.

use super::roll_up::rolled_up;
use super::{CriterionCells, MissingPolicy, RollUp, Side, Tree, WeightCells};
use crate::amount::Lowering;
use crate::model::{Cause, CellId, Expression, Id, Naming, Shape, Unit};
use std::sync::Arc;

/// The cells of one side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SideCells {
    pub(crate) side: Side,
    pub(crate) weight: CellId,
    pub(crate) score: CellId,
    pub(crate) coverage: CellId,
}

/// One indicator of a side.
#[derive(Clone, Copy)]
struct Part {
    weight: CellId,
    cells: CriterionCells,
    /// Why it has no score in any case.
    gap: Option<Cause>,
}

/// Defines the sides that any indicator is on.
///
/// **Formula**: the score of a side is the mean of the scores of its indicators, each weighing what it weighs in the whole.
/// Scores that are missing follow the policy of the scorecard, but are left out of the side at once and not level by
/// level.
pub(crate) fn define(
    lowering: &mut Lowering,
    tree: &Tree,
    weights: &[Option<WeightCells>],
    cells: &[CriterionCells],
    missing: MissingPolicy,
) -> Vec<SideCells> {
    let sides = Side::ALL.into_iter().filter_map(|(name, side)| {
        let leaves = tree.nodes.iter().enumerate().filter(|(_, node)| node.children.is_empty());
        let leaves = leaves.filter(|(_, node)| node.place.side == Some(side));
        let parts = leaves.filter_map(|(index, node)| {
            let measure = node.criterion.and_then(|criterion| criterion.measure.as_ref());
            let gap = match measure {
                None => Some(Cause::NotMeasured),
                Some(measure) => (!measure.is_complete()).then_some(Cause::NoData),
            };
            Some(Part { weight: weights.get(index).copied().flatten()?.global, cells: *cells.get(index)?, gap })
        });
        let parts: Vec<Part> = parts.collect();
        (!parts.is_empty()).then(|| side_of(lowering, (name, side), &parts, missing))
    });
    sides.collect()
}

fn side_of(
    lowering: &mut Lowering,
    (name, side): (&'static str, Side),
    parts: &[Part],
    missing: MissingPolicy,
) -> SideCells {
    let figures: Arc<str> = format!("scorecard.sides.{name}").into();
    let subject = match side {
        Side::External => "External effectiveness",
        Side::Internal => "Internal efficiency",
    };
    let naming =
        |figure, aspect| Naming::new(Id::of(Arc::clone(&figures), figure)).label(subject, aspect).unit(Unit::Share);
    let weighted = |parts: &[Part], part: &dyn Fn(&Part) -> Expression| {
        Expression::sum_of(parts.iter().map(|one| Expression::cell(one.weight) * part(one)))
    };
    let total = |parts: &[Part]| Expression::sum_of(parts.iter().map(|part| Expression::cell(part.weight)));
    let weight = lowering.cells.formula(naming("weight", "weight"), total(parts));
    let covered = weighted(parts, &|part| Expression::cell(part.cells.coverage)) / Expression::cell(weight);
    let coverage = lowering.cells.formula(naming("coverage", "coverage"), covered);
    // what is only judged is no missing measurement
    let measured: Vec<Part> = parts.iter().copied().filter(|part| part.gap != Some(Cause::NotMeasured)).collect();
    let score = naming("score", "score");
    let score = match missing {
        _ if measured.is_empty() => lowering.cells.absent(score, Shape::Scalar, Cause::NotMeasured),
        MissingPolicy::Exclude | MissingPolicy::Fail if measured.iter().all(|part| part.gap.is_some()) => {
            lowering.cells.absent(score, Shape::Scalar, Cause::NoData)
        }
        _ => {
            let scores =
                measured.iter().map(|part| (Expression::cell(part.weight), Expression::cell(part.cells.score)));
            lowering.cells.formula(score, rolled_up(&scores.collect::<Vec<_>>(), RollUp::Mean, missing))
        }
    };
    SideCells { side, weight, score, coverage }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::Figures;
    use crate::scorecard::{Criterion, Framework, Measure, Scorecard};
    use rust_decimal::{Decimal, dec};

    fn pyramid(missing: MissingPolicy) -> Figures {
        let scored = |id: &str, score: Decimal| Criterion::indicator(id, Measure::target(0, 1).actual(score));
        let quality = Criterion::group("quality", [scored("returns", dec!(0.8)), scored("defects", dec!(0.4))]);
        let satisfaction = Criterion::group("customer_satisfaction", [quality, scored("delivery", dec!(1))]);
        let unknown = Criterion::indicator("growth", Measure::target(0, 1));
        let market = Criterion::group("market", [satisfaction.weighing(dec!(0.8)), unknown.weighing(dec!(0.2))]);
        let inside = Criterion { side: Some(Side::External), ..scored("answers", dec!(0.5)) };
        let financial = Criterion::group("financial", [scored("waste", dec!(0.3)), inside]);
        let perspectives = [market.weighing(dec!(0.6)), financial.weighing(dec!(0.4))];
        let card = Scorecard { framework: Framework::PerformancePyramid, missing, ..Scorecard::new(perspectives) };
        Figures::of(Draft { scorecard: Some(card), ..Draft::default() })
    }

    #[test]
    fn sides_are_rolled_up_apart() {
        let figures = pyramid(MissingPolicy::Exclude);
        // returns and defects 0.12 each, delivery 0.24, growth 0.12 without data, answers 0.2
        assert_eq!(figures.get("scorecard.sides.external.weight"), dec!(0.8));
        assert_eq!(figures.get("scorecard.sides.internal.weight"), dec!(0.2));
        assert_eq!(figures.get("scorecard.sides.external.score").round_dp(9), dec!(0.711764706)); // 0.484 / 0.68
        assert_eq!(figures.get("scorecard.sides.internal.score"), dec!(0.3));
        assert_eq!(figures.get("scorecard.sides.external.coverage"), dec!(0.85));
    }

    #[test]
    fn missing_scores_follow_the_policy() {
        assert_eq!(pyramid(MissingPolicy::Worst).get("scorecard.sides.external.score"), dec!(0.605)); // 0.484 / 0.8
        assert_eq!(pyramid(MissingPolicy::Fail).cause("scorecard.sides.external.score"), Cause::NoData);
        let judged = Criterion { side: Some(Side::Internal), ..Criterion::judged("x") };
        let figures = Figures::of(Draft { scorecard: Some(Scorecard::new([judged])), ..Draft::default() });
        assert_eq!(figures.cause("scorecard.sides.internal.score"), Cause::NotMeasured);
        assert_eq!(figures.get("scorecard.sides.internal.coverage"), dec!(0));
        assert!(figures.0.base().figure("scorecard.sides.external.score").is_none());
    }
}
