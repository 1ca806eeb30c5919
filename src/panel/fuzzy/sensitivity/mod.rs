//! How sure the verdict is: other operators, other weights, other experts.

mod experts;
mod operators;
mod weights;

pub(crate) use experts::WithoutCells;
pub(crate) use operators::OperatorCells;
pub(crate) use weights::MoveCells;

use super::ballots::Experts;
use super::levels::Levels;
use super::verdict::Verdict;
use super::{Assessment, JudgedCells, Operator, Operators};
use crate::amount::Lowering;
use crate::model::{Binary, CellId, Expression, Function, Id, Naming, Unit};
use crate::scorecard::Tree;

/// With no word about it, the sensitivity is worked out for so many judged indicators at most: it adds about a fifth to
/// the time that a document takes, and whoever has more of them asks for it.
const MOST_BY_DEFAULT: usize = 60;

/// What the parts of the sensitivity read.
pub(super) struct Base<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) nodes: &'a [Option<JudgedCells>],
    pub(super) root: JudgedCells,
    pub(super) levels: &'a Levels,
    pub(super) operators: &'a Operators,
    pub(super) verdict: &'a Verdict,
    pub(super) experts: &'a Experts,
}

/// The cells of the sensitivity.
#[derive(Debug, Clone)]
pub(crate) struct SensitivityCells {
    pub(crate) operators: Vec<OperatorCells>,
    /// Whether the grade is the same under all operators.
    pub(crate) operators_agree: CellId,
    /// Whether the whole is linear in its weights.
    pub(crate) is_linear: bool,
    /// `None` where it is not, or where nothing has siblings.
    pub(crate) moves: Option<MoveCells>,
    pub(crate) without: Vec<WithoutCells>,
    /// The experts without whom the grade is another one; `None` without ballots.
    pub(crate) deciding: Option<CellId>,
}

/// Defines the sensitivity, unless the assessment is without it.
pub(super) fn define(lowering: &mut Lowering, assessment: &Assessment, base: &Base) -> Option<SensitivityCells> {
    let judged =
        base.tree.nodes.iter().zip(base.nodes).filter(|(node, cells)| node.children.is_empty() && cells.is_some());
    if !assessment.sensitivity.unwrap_or(judged.count() <= MOST_BY_DEFAULT) {
        return None;
    }
    let operators = operators::define(lowering, base);
    let same = operators.iter().map(|cells| same_grade(cells.grade, base.root.grade));
    let naming = Naming::new("sensitivity.operators_agree").label("Sensitivity", "all operators agree on the grade");
    let same = Expression::fold_of(Function::Min, same.collect::<Vec<_>>());
    let operators_agree = lowering.cells.formula(naming.unit(Unit::Truth), same);
    let is_linear = base.operators.is_everywhere(base.tree, Operator::WeightedAverage) && !base.levels.normalise;
    let moves = if is_linear { weights::define(lowering, base) } else { None };
    let (without, deciding) = experts::define(lowering, base);
    Some(SensitivityCells { operators, operators_agree, is_linear, moves, without, deciding })
}

/// 1 where two sets of grades are the same.
fn same_grade(one: CellId, other: CellId) -> Expression {
    let same = Expression::cell(one).binary(Binary::Equal, Expression::cell(other));
    Expression::call(Function::Min, [same])
}

/// `sensitivity.operator.min_max`, `.score`.
fn id(owner: &str, figure: &'static str) -> Id {
    Id::of(owner, figure)
}

#[cfg(test)]
mod tests {
    use crate::Draft;
    use crate::appraisal::testing::Figures;
    use crate::model::Cause;
    use crate::panel::{Assessment, Grade, Memberships, Operator};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::{Decimal, dec};

    type Leaf = (&'static str, Decimal, [Decimal; 2]);

    fn draft(leaves: &[Leaf]) -> Draft {
        let memberships = leaves.iter().map(|(id, _, row)| Memberships { item: (*id).into(), values: (*row).into() });
        let assessment = Assessment {
            grades: vec![Grade::new("good", 80), Grade::new("poor", 40)],
            memberships: memberships.collect(),
            ..Assessment::default()
        };
        let criteria = leaves.iter().map(|(id, weight, _)| Criterion::judged(*id).weighing(*weight));
        Draft { scorecard: Some(Scorecard::new(criteria)), assessment: Some(assessment), ..Draft::default() }
    }

    const GOOD: [Decimal; 2] = [dec!(0.9), dec!(0.1)];
    const POOR: [Decimal; 2] = [dec!(0.2), dec!(0.8)];

    #[test]
    fn how_far_a_weight_may_move() {
        // B = (0.62, 0.38); equal at w x 0.9 + (1 - w) x 0.2 = 0.5
        let figures = Figures::of(draft(&[("a", dec!(0.6), GOOD), ("b", dec!(0.4), POOR)]));
        assert_eq!(figures.get("sensitivity.weight.a.down").round_dp(10), dec!(0.1714285714));
        assert_eq!(figures.names("sensitivity.weight.a.down_grade"), ["poor"]);
        assert_eq!(figures.get("sensitivity.weight.b.up").round_dp(10), dec!(0.1714285714));
        assert_eq!(figures.cause("sensitivity.weight.a.up"), Cause::VerdictHolds);
        assert_eq!(figures.cause("sensitivity.weight.a.up_grade.poor"), Cause::VerdictHolds);
        assert_eq!(figures.get("sensitivity.smallest_move").round_dp(10), dec!(0.1714285714));
        assert_eq!(figures.get("sensitivity.move.b").round_dp(10), dec!(0.1714285714));
    }

    #[test]
    fn deep_weights_move_by_the_weight_of_their_group() {
        let mut draft = draft(&[("a", dec!(0.6), GOOD), ("b", dec!(0.4), POOR), ("c", dec!(0.5), POOR)]);
        let card = draft.scorecard.as_mut().unwrap();
        let c = card.perspectives.pop().unwrap();
        let group = Criterion::group("group", std::mem::take(&mut card.perspectives)).weighing(dec!(0.5));
        card.perspectives = vec![group, c];
        let figures = Figures::of(draft);
        // B = (0.41, 0.59); equal once 0.5 (w x 0.9 + (1 - w) x 0.2) + 0.1 = 0.5
        assert_eq!(figures.get("sensitivity.weight.a.up").round_dp(10), dec!(0.2571428571));
        assert_eq!(figures.get("sensitivity.weight.group.up").round_dp(10), dec!(0.2142857143));
    }

    #[test]
    fn a_tie_is_broken_by_any_move() {
        let even = [dec!(0.8), dec!(0.2)];
        let figures = Figures::of(draft(&[("a", dec!(0.5), even), ("b", dec!(0.5), POOR)]));
        assert_eq!(figures.names("assessment.grade"), ["good", "poor"]);
        assert_eq!(figures.get("sensitivity.weight.a.up"), dec!(0));
        assert_eq!(figures.names("sensitivity.weight.a.up_grade"), ["good"]);
        assert_eq!(figures.names("sensitivity.weight.a.down_grade"), ["poor"]);
        assert_eq!(figures.names("sensitivity.smallest_move_of"), ["a", "b"]);
    }

    #[test]
    fn weights_that_cannot_move_have_a_reason() {
        // no room above, and nothing to scale below
        let figures = Figures::of(draft(&[("a", dec!(1), GOOD), ("b", dec!(0), POOR)]));
        for figure in ["a.up", "a.down", "b.down"] {
            assert_eq!(figures.cause(&format!("sensitivity.weight.{figure}")), Cause::VerdictHolds, "{figure}");
        }
        assert_eq!(figures.get("sensitivity.weight.b.up").round_dp(10), dec!(0.5714285714));
        // all the same: nothing moves the verdict
        let alike = Figures::of(draft(&[("a", dec!(0.5), GOOD), ("b", dec!(0.5), GOOD)]));
        assert_eq!(alike.cause("sensitivity.smallest_move"), Cause::VerdictHolds);
        assert_eq!(alike.cause("sensitivity.smallest_move_of.a"), Cause::VerdictHolds);
    }

    #[test]
    fn operators_side_by_side() {
        let figures = Figures::of(draft(&[("a", dec!(0.4), GOOD), ("b", dec!(0.6), POOR)]));
        assert_eq!(figures.get("sensitivity.operator.weighted_average.membership.good"), dec!(0.48));
        assert_eq!(figures.get("sensitivity.operator.min_max.membership.good"), dec!(0.4));
        assert_eq!(figures.names("sensitivity.operator.min_max.grade"), ["poor"]);
        assert_eq!(figures.names("sensitivity.operator.bounded_sum.grade"), ["poor"]);
        assert_eq!(figures.names("sensitivity.operators_agree"), ["yes"]);
    }

    #[test]
    fn what_is_not_linear_has_no_moves_and_what_is_large_no_sensitivity_unless_asked() {
        let leaves = [("a", dec!(0.6), GOOD), ("b", dec!(0.4), POOR)];
        let has = |draft: Draft, id: &str| Figures::of(draft).0.base().figure(id).is_some();
        let with = |change: &dyn Fn(&mut Assessment)| {
            let mut draft = draft(&leaves);
            change(draft.assessment.as_mut().unwrap());
            draft
        };
        assert!(has(with(&|_| {}), "sensitivity.weight.a.up"));
        let min_max = || with(&|assessment| assessment.operator = Operator::MinMax);
        assert!(!has(min_max(), "sensitivity.weight.a.up"));
        assert!(has(min_max(), "sensitivity.operator.min_max.score"));
        assert!(!has(with(&|assessment| assessment.normalise = true), "sensitivity.weight.a.up"));
        assert!(!has(with(&|assessment| assessment.sensitivity = Some(false)), "sensitivity.operator.min_max.score"));
        let many = |count: usize, sensitivity| {
            let ids: Vec<String> = (0..count).map(|leaf| format!("leaf_{leaf}")).collect();
            let mut draft = draft(&[]);
            draft.scorecard = Some(Scorecard::new(ids.iter().map(|id| Criterion::judged(id.as_str()))));
            let assessment = draft.assessment.as_mut().unwrap();
            let row = |id: &String| Memberships { item: id.clone(), values: GOOD.into() };
            assessment.memberships = ids.iter().map(row).collect();
            assessment.sensitivity = sensitivity;
            draft
        };
        assert!(has(many(60, None), "sensitivity.operator.min_max.score"));
        assert!(!has(many(61, None), "sensitivity.operator.min_max.score"));
        assert!(has(many(61, Some(true)), "sensitivity.operator.min_max.score"));
    }

    #[test]
    fn operators_may_differ_by_level() {
        let mut draft = draft(&[("a", dec!(0.6), GOOD), ("b", dec!(0.4), POOR)]);
        let card = draft.scorecard.as_mut().unwrap();
        card.perspectives = vec![Criterion::group("group", std::mem::take(&mut card.perspectives))];
        draft.assessment.as_mut().unwrap().operators = vec![("group".to_owned(), Operator::MinMax)];
        let figures = Figures::of(draft);
        assert_eq!(figures.get("assessment.group.membership.good"), dec!(0.6));
        assert_eq!(figures.get("assessment.membership.good"), dec!(0.6));
        assert_eq!(figures.get("sensitivity.operator.weighted_average.membership.good"), dec!(0.62));
        assert_eq!(figures.get("sensitivity.operator.weighted_average.group.group.good"), dec!(0.62));
    }
}
