//! Pay for performance: what units or persons are paid for their scores, and how far that hangs on each score.

mod curve;
mod error;
mod moves;
mod participant;

pub use curve::{PayoutCurve, PayoutPoint};
pub use error::IncentiveError;
pub use participant::{Participant, ParticipantKind};

use super::roll_up::{Part, counted, rolled_up};
use super::{CriterionCells, MissingPolicy, ROOT, RollUp, Tree};
use crate::amount::{Amount, Lowering};
use crate::model::{Axis, AxisId, Cause, CellId, Expression, Function, Id, Naming, Shape, Unit, is_name};
use curve::CurveCells;
use moves::{Moved, Moves};
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::sync::Arc;

/// What is paid for scores: a curve, those who are paid, and what there is to pay it from.
///
/// **Formula**: `payout = target pay x factor(score)` with the factor of the [`PayoutCurve`]; the total is the sum. How
/// much hangs on a score is the change of the total when the score alone is one percentage point higher, or lower; a
/// score does not leave 0..1 that way, and scores of criteria above or below it stay as they are.
///
/// **Units**: money of the model; scores, factors and distances to a point of the curve are fractions.
///
/// Who is paid for several scores is paid for their weighted mean. A score that is missing follows the
/// [`MissingPolicy`] of the scorecard: it is left out and the others re-weighted, counts 0, or makes payout and total
/// missing; where it is the only one, it makes them missing unless it counts 0. What is judged and not measured is paid for
/// under no policy.
///
/// **Errors**: an [`IncentiveError`] for each mistake.
///
/// ```
/// use appraise::scorecard::{Criterion, Incentive, Measure, Participant, PayoutCurve, PayoutPoint, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let measured = |id: &str, actual| Criterion::indicator(id, Measure::target(0, 100).actual(actual));
/// let steps = [(dec!(0.6), dec!(0.5)), (dec!(0.9), dec!(1))];
/// let curve = PayoutCurve::Steps(steps.map(|(from, pays)| PayoutPoint::new(from, pays)).into());
/// let paid = [
///     Participant::unit("north", 12_000).for_scores([("loyalty", dec!(1))]),
///     Participant::person("ana", 8_000).for_scores([("loyalty", dec!(3)), ("service", dec!(1))]),
/// ];
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([measured("loyalty", 95), measured("service", 75)])),
///     incentive: Some(Incentive { budget: Some(15_000.into()), ..Incentive::new(curve, paid) }),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("incentive.ana.score"), Some(Ok(dec!(0.9)))); // (3 x 0.95 + 0.75) / 4, just at the step
/// assert_eq!(outcome.figure("incentive.total"), Some(Ok(dec!(20_000))));
/// assert_eq!(outcome.figure("incentive.budget_left"), Some(Ok(dec!(-5_000))));
/// assert_eq!(outcome.figure("incentive.one_point_less.service"), Some(Ok(dec!(-4_000)))); // ana falls a step
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Incentive {
    /// What a score is worth.
    pub curve: PayoutCurve,
    /// What there is to pay it from.
    pub budget: Option<Amount>,
    /// Who is paid.
    pub participants: Vec<Participant>,
}

impl Incentive {
    /// An incentive without a budget.
    pub fn new(curve: PayoutCurve, participants: impl IntoIterator<Item = Participant>) -> Self {
        Self { curve, budget: None, participants: participants.into_iter().collect() }
    }
}

/// The cells of one who is paid.
#[derive(Debug, Clone)]
pub(crate) struct ParticipantCells {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) kind: ParticipantKind,
    pub(crate) target_pay: CellId,
    pub(crate) score: CellId,
    pub(crate) factor: CellId,
    pub(crate) payout: CellId,
    /// How far the score is from each point of the curve.
    pub(crate) to_reach: CellId,
}

/// What the incentive hangs on: one score, and the change of the total.
#[derive(Debug, Clone)]
pub(crate) struct ScoreCells {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) score: CellId,
    /// Why it can have no score, where that is plain before anything is computed.
    pub(crate) gap: Option<Cause>,
}

/// The cells of an incentive.
#[derive(Debug, Clone)]
pub(crate) struct IncentiveCells {
    pub(crate) curve: CurveCells,
    pub(crate) participants: Vec<ParticipantCells>,
    pub(crate) scores: Vec<ScoreCells>,
    /// Rows over the scores.
    pub(crate) one_point_more: CellId,
    pub(crate) one_point_less: CellId,
    pub(crate) target_pay: CellId,
    pub(crate) total: CellId,
    pub(crate) largest_total: CellId,
    /// The budget, what is left of it and the share that is used.
    pub(crate) budget: Option<[CellId; 3]>,
}

/// Ids that the figures of the whole need.
pub(crate) const INCENTIVE_FIGURES: [&str; 11] = [
    "from",
    "pays",
    "leverage",
    "target_pay",
    "total",
    "largest_total",
    "budget",
    "budget_left",
    "budget_used",
    "one_point_more",
    "one_point_less",
];

/// Where the scores are that can be paid for.
struct Scores<'t> {
    tree: &'t Tree<'t>,
    cells: &'t [CriterionCells],
    missing: MissingPolicy,
}

impl Scores<'_> {
    fn find(&self, id: &str) -> Option<ScoreCells> {
        let index = if id == ROOT { Some(0) } else { self.tree.find(id) }?;
        let (node, cells) = (self.tree.node(index)?, self.cells.get(index)?);
        Some(ScoreCells { id: Arc::clone(&node.id), name: Arc::clone(&node.name), score: cells.score, gap: cells.gap })
    }
}

/// Defines the payout of each who is paid, and the totals.
pub(crate) fn define(
    lowering: &mut Lowering,
    tree: &Tree,
    criteria: &[CriterionCells],
    missing: MissingPolicy,
    incentive: &Incentive,
) -> IncentiveCells {
    let curve = incentive.curve.define(lowering);
    let scores = Scores { tree, cells: criteria, missing };
    if incentive.participants.is_empty() {
        lowering.problem("incentive", IncentiveError::NobodyPaid);
    }
    let mut moves = Moves::default();
    let mut participants = Vec::with_capacity(incentive.participants.len());
    let mut seen = HashSet::new();
    for participant in &incentive.participants {
        if check(lowering, participant, &mut seen) {
            participants.push(define_participant(lowering, curve, &scores, participant, &mut moves));
        }
    }
    let naming = |id: &'static str, aspect| Naming::new(id).label("Incentive", aspect).unit(Unit::Money);
    let sum = |part: fn(&ParticipantCells) -> CellId| {
        Expression::sum_of(participants.iter().map(|participant| Expression::cell(part(participant))))
    };
    let target_pay = naming("incentive.target_pay", "target pay");
    let target_pay = lowering.cells.formula(target_pay, sum(|participant| participant.target_pay));
    let total =
        lowering.cells.formula(naming("incentive.total", "total payout"), sum(|participant| participant.payout));
    let largest = Expression::cell(target_pay) * curve.most();
    let largest_total = lowering.cells.formula(naming("incentive.largest_total", "largest total payout"), largest);
    let budget = incentive.budget.as_ref().map(|amount| {
        let at: Id = "incentive.budget".into();
        let budget = lowering.amount(naming("incentive.budget", "budget").source(at), amount);
        lowering.keep_positive(budget, amount, "a budget");
        lowering.cells.require_single(budget);
        let (all, used) = (Expression::cell(budget), Expression::cell(total));
        let left = lowering.cells.formula(naming("incentive.budget_left", "budget left"), all.clone() - used.clone());
        let share = naming("incentive.budget_used", "budget used").unit(Unit::Share);
        [budget, left, lowering.cells.formula(share, used / all)]
    });
    let (scores, one_point_more, one_point_less) = moves.define(lowering);
    IncentiveCells {
        curve,
        participants,
        scores,
        one_point_more,
        one_point_less,
        target_pay,
        total,
        largest_total,
        budget,
    }
}

fn check<'p>(lowering: &mut Lowering, participant: &'p Participant, seen: &mut HashSet<&'p str>) -> bool {
    let (id, at) = (&*participant.id, participant.address());
    if !is_name(id) {
        lowering.problem(&*at, IncentiveError::InvalidId { id: id.to_owned() });
    } else if INCENTIVE_FIGURES.contains(&id) {
        lowering.problem(&*at, IncentiveError::ReservedId { id: id.to_owned() });
    }
    let is_new = seen.insert(id);
    if !is_new {
        lowering.problem(&*at, IncentiveError::DuplicateId { id: id.to_owned() });
    }
    let mut named = HashSet::new();
    for (criterion, weight) in &participant.score_of {
        let at = format!("{at}.score_of.{criterion}");
        if !named.insert(criterion) {
            lowering.problem(&*at, IncentiveError::CriterionTwice { criterion: criterion.clone() });
        }
        if *weight <= Decimal::ZERO || *weight > crate::amount::LARGEST {
            lowering.problem(at, IncentiveError::BadWeight { criterion: criterion.clone() });
        }
    }
    is_new
}

fn define_participant(
    lowering: &mut Lowering,
    curve: CurveCells,
    scores: &Scores,
    participant: &Participant,
    moves: &mut Moves,
) -> ParticipantCells {
    let at = participant.address();
    let owner: Arc<str> = format!("incentive.{}", participant.id).into();
    let name: Arc<str> = participant.name.as_deref().unwrap_or(&participant.id).into();
    let naming = |figure: &'static str, aspect, unit| {
        Naming::new(Id::of(Arc::clone(&owner), figure)).label(Arc::clone(&name), aspect).unit(unit)
    };
    let pay_at: Id = Id::of(&*at, "target_pay");
    let target_pay = naming("target_pay", "target pay", Unit::Money).source(pay_at);
    let target_pay = lowering.amount(target_pay, &participant.target_pay);
    lowering.keep_positive(target_pay, &participant.target_pay, "what is paid");
    lowering.cells.require_single(target_pay);
    let whole = [(ROOT.to_owned(), Decimal::ONE)];
    let score_of: &[(String, Decimal)] = match participant.score_of.as_slice() {
        [] => &whole,
        several => several,
    };
    let mut paid_for: Vec<(ScoreCells, Decimal)> = Vec::with_capacity(score_of.len());
    for (criterion, weight) in score_of {
        match scores.find(criterion) {
            Some(found) => paid_for.push((found, *weight)),
            None => {
                let nearest = lowering.nearest(criterion, scores.tree.ids());
                let (id, criterion) = (participant.id.clone(), criterion.clone());
                let at = format!("{at}.score_of.{criterion}");
                lowering.problem(at, IncentiveError::UnknownCriterion { id, criterion, nearest });
            }
        }
    }
    let axis = Axis::named("scores", paid_for.iter().map(|(score, _)| Arc::clone(&score.id)));
    let axis = lowering.cells.own_axis(axis);
    let each = paid_for.iter().map(|(score, _)| Expression::cell(score.score));
    let each = Expression::row(axis, each.collect::<Vec<_>>());
    let each = lowering.cells.formula(naming("scores", "scores that are paid for", Unit::Share), each);
    let namings = [
        naming("score", "score", Unit::Share),
        naming("points", "points", Unit::Number).source(Id::of(&*at, "score_of")),
        naming("weight", "weight", Unit::Share),
    ];
    let (score, weight) = define_score(lowering, namings, (axis, each), &paid_for, scores.missing);
    let factor = curve.factor(Expression::cell(score));
    let factor = lowering.cells.formula(naming("factor", "payout factor", Unit::Share), factor);
    let payout = Expression::cell(target_pay) * Expression::cell(factor);
    let payout = lowering.cells.formula(naming("payout", "payout", Unit::Money), payout);
    let distance = Expression::cell(curve.from) - Expression::cell(score);
    let distance = Expression::call(Function::Max, [distance, Expression::number(0)]);
    let to_reach = lowering.cells.formula(naming("to_reach", "points to reach it", Unit::Share), distance);
    for (moved, figure, aspect) in [
        (Moved::More, "one_point_more", "change of the payout with one more point"),
        (Moved::Less, "one_point_less", "change of the payout with one point less"),
    ] {
        let moved_score = match weight {
            None => moved.of(each),
            Some(weight) => {
                let change = moved.of(each) - Expression::cell(each);
                Expression::cell(score) + Expression::cell(weight) * change
            }
        };
        let change = Expression::cell(target_pay) * (curve.factor(moved_score) - Expression::cell(factor));
        let row = lowering.cells.formula(naming(figure, aspect, Unit::Money), change);
        moves.note(moved, &paid_for, row);
    }
    let id = participant.id.as_str().into();
    ParticipantCells { id, name, kind: participant.kind, target_pay, score, factor, payout, to_reach }
}

/// The one score that is paid for, or the weighted mean of several, and the row of their weights as they count.
fn define_score(
    lowering: &mut Lowering,
    [score, points, weight]: [Naming; 3],
    (axis, scores): (AxisId, CellId),
    paid_for: &[(ScoreCells, Decimal)],
    missing: MissingPolicy,
) -> (CellId, Option<CellId>) {
    let (formula, weight) = match paid_for {
        [(only, _)] => {
            let part = Part { weight: Expression::number(1), score: Expression::cell(only.score), gap: only.gap };
            let score = counted(&part.score, missing);
            (rolled_up([part], RollUp::Mean, missing).map(|_| score), None)
        }
        several => {
            let stated = several.iter().map(|(_, weight)| Some(*weight));
            let points = lowering.cells.input(points, Shape::Row(axis), stated);
            let parts = |(number, (score, _)): (u32, &(ScoreCells, Decimal))| Part {
                weight: Expression::entry(points, number),
                score: Expression::entry(scores, number),
                gap: score.gap,
            };
            let score = rolled_up((1..).zip(several).map(parts), RollUp::Mean, missing);
            let counting = (1..).zip(several).map(parts).map(|part| match missing {
                _ if part.gap == Some(Cause::NotMeasured) => Expression::number(0),
                MissingPolicy::Exclude => part.weight * Expression::call(Function::Known, [part.score]),
                MissingPolicy::Worst | MissingPolicy::Fail => part.weight,
            });
            let counting = Expression::row(axis, counting.collect::<Vec<_>>());
            let shares = counting.clone() / Expression::call(Function::Sum, [counting]);
            (score, Some(lowering.cells.formula(weight, shares)))
        }
    };
    let score = match formula {
        Ok(formula) => lowering.cells.formula(score, formula),
        Err(cause) => lowering.cells.absent(score, Shape::Scalar, cause),
    };
    (score, weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::model::Cause;
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use rust_decimal::dec;

    fn point(from: Decimal, pays: Decimal) -> PayoutPoint {
        PayoutPoint::new(from, pays)
    }

    fn linear() -> PayoutCurve {
        PayoutCurve::Linear {
            threshold: point(dec!(0.6), dec!(0.5)),
            target: point(dec!(0.9), dec!(1)),
            cap: point(dec!(1.2), dec!(1.5)),
        }
    }

    fn draft(scores: &[(&str, Option<Decimal>)], incentive: Incentive) -> Draft {
        let criteria = scores.iter().map(|(id, score)| {
            let measure = Measure { actual: score.map(Amount::from), ..Measure::target(0, 1) };
            Criterion::indicator(*id, measure)
        });
        Draft { scorecard: Some(Scorecard::new(criteria)), incentive: Some(incentive), ..Draft::default() }
    }

    fn paid(curve: PayoutCurve, score: Decimal) -> Figures {
        Figures::of(draft(&[("x", Some(score))], Incentive::new(curve, [Participant::unit("north", 1_000)])))
    }

    #[test]
    fn the_curve_is_linear_between_its_points() {
        for (score, factor) in [
            (dec!(0), dec!(0)),
            (dec!(0.5999), dec!(0)),
            (dec!(0.6), dec!(0.5)), // the threshold itself pays
            (dec!(0.75), dec!(0.75)),
            (dec!(0.9), dec!(1)),
            (dec!(0.96), dec!(1.1)),
        ] {
            assert_eq!(paid(linear(), score).get("incentive.north.factor"), factor, "{score}");
        }
        let capped = PayoutCurve::Linear {
            threshold: point(dec!(0.2), dec!(0)),
            target: point(dec!(0.5), dec!(1)),
            cap: point(dec!(0.8), dec!(2)),
        };
        assert_eq!(paid(capped.clone(), dec!(0.8)).get("incentive.north.factor"), dec!(2));
        assert_eq!(paid(capped, dec!(1)).get("incentive.north.payout"), dec!(2_000));
    }

    #[test]
    fn steps_pay_what_was_reached() {
        let steps = || PayoutCurve::Steps(vec![point(dec!(0.5), dec!(0.4)), point(dec!(0.8), dec!(1))]);
        for (score, payout) in [(dec!(0.49), 0), (dec!(0.5), 400), (dec!(0.79), 400), (dec!(0.8), 1_000)] {
            assert_eq!(paid(steps(), score).get("incentive.total"), Decimal::from(payout), "{score}");
        }
        let edge = paid(steps(), dec!(0.795));
        assert_eq!(edge.get("incentive.one_point_more.scorecard"), dec!(600));
        assert_eq!(edge.get("incentive.one_point_less.scorecard"), dec!(0));
        assert_eq!(edge.get("incentive.north.to_reach.2"), dec!(0.005));
    }

    #[test]
    fn one_point_is_worth_the_slope_of_the_curve() {
        // 50 points of payout over 30 points of score, on both sides
        let figures = paid(linear(), dec!(0.75));
        assert_eq!(figures.get("incentive.leverage.to_target").round_dp(6), dec!(1.666667));
        assert_eq!(figures.get("incentive.one_point_more.scorecard").round_dp(4), dec!(16.6667));
        assert_eq!(figures.get("incentive.one_point_less.scorecard").round_dp(4), dec!(-16.6667));
        assert_eq!(figures.get("incentive.north.to_reach.threshold"), dec!(0));
        assert_eq!(figures.get("incentive.north.to_reach.target"), dec!(0.15));
        // at the threshold one point less costs everything
        assert_eq!(paid(linear(), dec!(0.6)).get("incentive.one_point_less.scorecard"), dec!(-500));
        // a full score has no point above it, and an empty one none below
        assert_eq!(paid(linear(), dec!(1)).get("incentive.one_point_more.scorecard"), dec!(0));
        assert_eq!(paid(linear(), dec!(0)).get("incentive.one_point_less.scorecard"), dec!(0));
    }

    #[test]
    fn several_scores_weigh_and_are_moved_one_by_one() {
        let ana = Participant::person("ana", 6_000).for_scores([("a", dec!(2)), ("b", dec!(1))]);
        let north = Participant::unit("north", 3_000).for_scores([("a", dec!(1))]);
        let incentive = Incentive { budget: Some(8_000.into()), ..Incentive::new(linear(), [ana, north]) };
        let figures = Figures::of(draft(&[("a", Some(dec!(0.75))), ("b", Some(dec!(0.6)))], incentive.clone()));
        assert_eq!(figures.get("incentive.ana.score"), dec!(0.7));
        // ana: 0.5 + 0.5 x 0.1 / 0.3 = 2/3 of 6,000; north: 0.75 of 3,000
        assert_eq!(figures.get("incentive.total").round_dp(10), dec!(6_250));
        assert_eq!(figures.get("incentive.budget_left").round_dp(10), dec!(1_750));
        assert_eq!(figures.get("incentive.budget_used").round_dp(10), dec!(0.78125));
        assert_eq!(figures.get("incentive.largest_total"), dec!(13_500));
        // one point of a: 2/3 of a point for ana, a point for north; a point pays 5/3 %
        assert_eq!(figures.get("incentive.ana.one_point_more.a").round_dp(6), dec!(66.666667));
        assert_eq!(figures.get("incentive.one_point_more.a").round_dp(6), dec!(116.666667));
        assert_eq!(figures.get("incentive.one_point_more.b").round_dp(6), dec!(33.333333));
        // what is missing is left out and the rest re-weighted, as in the roll-up
        let half = Figures::of(draft(&[("a", Some(dec!(0.75))), ("b", None)], incentive.clone()));
        assert_eq!(half.get("incentive.ana.score"), dec!(0.75));
        assert_eq!(half.cause("incentive.one_point_more.b"), Cause::NoData);
        let none = Figures::of(draft(&[("a", None), ("b", Some(dec!(0.6)))], incentive));
        assert_eq!(none.cause("incentive.north.payout"), Cause::NoData);
        assert_eq!(none.cause("incentive.total"), Cause::NoData);
    }

    #[test]
    fn missing_scores_follow_the_policy_of_the_scorecard() {
        let paid = |missing| {
            let of = |id: &str, scores: &[(&str, Decimal)]| Participant::unit(id, 1_000).for_scores(scores.to_vec());
            let (a, gone, judged) = (("a", dec!(1)), ("gone", dec!(1)), ("judged", dec!(2)));
            let participants =
                [of("one", &[gone]), of("two", &[a, gone]), of("three", &[a, judged]), of("four", &[judged])];
            let mut draft = draft(&[("a", Some(dec!(0.9))), ("gone", None)], Incentive::new(linear(), participants));
            if let Some(card) = &mut draft.scorecard {
                card.missing = missing;
                card.perspectives.push(Criterion::judged("judged"));
            }
            Figures::of(draft)
        };
        let exclude = paid(MissingPolicy::Exclude);
        assert_eq!(exclude.cause("incentive.one.payout"), Cause::NoData);
        assert_eq!(exclude.get("incentive.two.score"), dec!(0.9));
        let worst = paid(MissingPolicy::Worst);
        assert_eq!(worst.get("incentive.one.payout"), dec!(0)); // nothing below the threshold
        assert_eq!(worst.get("incentive.two.score"), dec!(0.45));
        let fail = paid(MissingPolicy::Fail);
        assert_eq!(fail.cause("incentive.one.payout"), Cause::NoData);
        assert_eq!(fail.cause("incentive.two.payout"), Cause::NoData);
        for figures in [exclude, worst, fail] {
            // what is judged takes no part, whatever the policy
            assert_eq!(figures.get("incentive.three.payout"), dec!(1_000));
            assert_eq!(figures.get("incentive.three.weight.a"), dec!(1));
            assert_eq!(figures.get("incentive.three.weight.judged"), dec!(0));
            assert_eq!(figures.cause("incentive.four.payout"), Cause::NotMeasured);
        }
    }

    #[test]
    fn mistakes_are_told_one_by_one() {
        let told = |incentive| problems(draft(&[("x", Some(dec!(1)))], incentive));
        let north = || Participant::unit("north", 1_000);
        let falling = PayoutCurve::Steps(vec![point(dec!(0.8), dec!(1)), point(dec!(0.5), dec!(0.4))]);
        assert_eq!(
            told(Incentive::new(falling, [north()])),
            [
                "incentive.curve.steps.1.from: the payout curve does not rise from 80 % to 50 %",
                "incentive.curve.steps.1.pays: a better score would be paid less: 40 % after 100 %",
            ]
        );
        let in_percent = PayoutCurve::Steps(vec![point(dec!(60), dec!(1))]);
        assert_eq!(
            told(Incentive::new(in_percent, [north()])),
            ["incentive.curve.steps.0.from: 6000 % is not between 0 and 1000 %"]
        );
        let wrong = [
            north().for_scores([("y", dec!(1))]),
            north(),
            Participant::person("total", -1),
            Participant::unit("a b", 1).for_scores([("x", dec!(0))]),
        ];
        assert_eq!(
            told(Incentive::new(linear(), wrong)),
            [
                "incentive.units.north.score_of.y: `north` is paid for `y`, which is no criterion of the scorecard",
                "incentive.units.north: `north` is the id of two who are paid",
                "incentive.persons.total: `total` is reserved for a figure",
                "incentive.persons.total.target_pay: -1 is negative, but what is paid is written positive",
                "incentive.units.a b: `a b` cannot be the id of a unit or a person",
                "incentive.units.a b.score_of.x: the weight of `x` is not above 0",
            ]
        );
        assert_eq!(told(Incentive::new(linear(), [])), ["incentive: the incentive names nobody who is paid"]);
    }
}
