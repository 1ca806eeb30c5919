//! What a score is worth: the payout curve of an incentive.

use super::IncentiveError;
use crate::amount::Lowering;
use crate::model::{Axis, Binary, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;

/// A score, and the share of the target pay that is paid there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayoutPoint {
    /// The score from which it holds, as a fraction.
    pub from: Decimal,
    /// What is paid there, as a fraction of the target pay.
    pub pays: Decimal,
}

impl PayoutPoint {
    /// From that score on, that share of the target pay.
    pub fn new(from: Decimal, pays: Decimal) -> Self {
        Self { from, pays }
    }
}

/// The share of the target pay that a score earns.
///
/// **Formula**: below the threshold nothing. Of a linear curve, between threshold and target and between target and cap
/// `pays_a + (pays_b - pays_a) (score - from_a) / (from_b - from_a)`, and from the cap on what the cap pays. Of steps,
/// what the last step that was reached pays. Each part is half-open: the score at which it begins belongs to it.
///
/// **Units**: scores and payouts are fractions.
///
/// **Errors**: scores that do not rise, payouts that fall, and points that no plan has.
///
/// ```
/// use appraise::scorecard::{Criterion, Incentive, Measure, Participant, PayoutCurve, PayoutPoint, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let retention = Measure::target(0, 1).actual(dec!(0.75));
/// let curve = PayoutCurve::Linear {
///     threshold: PayoutPoint::new(dec!(0.6), dec!(0.5)),
///     target: PayoutPoint::new(dec!(0.9), dec!(1)),
///     cap: PayoutPoint::new(dec!(1), dec!(1.5)),
/// };
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::indicator("retention", retention)])),
///     incentive: Some(Incentive::new(curve, [Participant::unit("north", 12_000)])),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// // half-way from threshold to target: 0.5 + (1 - 0.5) x (0.75 - 0.6) / (0.9 - 0.6)
/// assert_eq!(appraisal.base().figure("incentive.north.factor"), Some(Ok(dec!(0.75))));
/// assert_eq!(appraisal.base().figure("incentive.north.payout"), Some(Ok(dec!(9_000))));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayoutCurve {
    /// Straight lines from threshold to target and on to the cap.
    Linear {
        /// The lowest score that pays.
        threshold: PayoutPoint,
        /// The score that was agreed.
        target: PayoutPoint,
        /// The score above which no more is paid; the maximum.
        cap: PayoutPoint,
    },
    /// Steps, lowest first.
    Steps(Vec<PayoutPoint>),
}

/// The names of the points of a linear curve.
const MARKS: [&str; 3] = ["threshold", "target", "cap"];
/// Nobody reads a table of more.
const MOST_STEPS: usize = 20;
/// No score and no payout is so large that it is not a percentage without its sign.
const LARGEST: Decimal = Decimal::TEN;

impl PayoutCurve {
    fn points(&self) -> Vec<PayoutPoint> {
        match self {
            Self::Linear { threshold, target, cap } => vec![*threshold, *target, *cap],
            Self::Steps(steps) => steps.clone(),
        }
    }

    /// Where the score and the payout of a point are written.
    fn addresses(&self, position: usize) -> [String; 2] {
        match self {
            Self::Linear { .. } => {
                let mark = MARKS.get(position).copied().unwrap_or_default();
                [format!("incentive.curve.{mark}"), format!("incentive.curve.payout_at_{mark}")]
            }
            Self::Steps(_) => ["from", "pays"].map(|part| format!("incentive.curve.steps.{position}.{part}")),
        }
    }

    fn check(&self, lowering: &mut Lowering) {
        let points = self.points();
        if points.is_empty() {
            lowering.problem("incentive.curve", IncentiveError::NoSteps);
        }
        if points.len() > MOST_STEPS {
            let found = points.len();
            lowering.problem("incentive.curve.steps", IncentiveError::TooManySteps { found, most: MOST_STEPS });
        }
        let mut before: Option<PayoutPoint> = None;
        for (position, point) in points.iter().enumerate() {
            let [from, pays] = self.addresses(position);
            let in_range = |value: Decimal| (Decimal::ZERO..=LARGEST).contains(&value);
            for (at, value) in [(&from, point.from), (&pays, point.pays)] {
                if !in_range(value) {
                    lowering.problem(&**at, IncentiveError::OutOfRange { value });
                }
            }
            if let Some(before) = before.filter(|_| in_range(point.from) && in_range(point.pays)) {
                if point.from <= before.from {
                    lowering.problem(from, IncentiveError::ScoresDoNotRise { from: point.from, before: before.from });
                }
                if point.pays < before.pays {
                    lowering.problem(pays, IncentiveError::PayoutFalls { pays: point.pays, before: before.pays });
                }
            }
            before = Some(*point);
        }
    }

    /// Defines the points of the curve as rows over their names.
    pub(super) fn define(&self, lowering: &mut Lowering) -> CurveCells {
        self.check(lowering);
        let points = self.points();
        let (axis, is_linear) = match self {
            Self::Linear { .. } => (Axis::named("points of the curve", MARKS), true),
            Self::Steps(steps) => (Axis::numbered("steps", 1, u32::try_from(steps.len()).unwrap_or(0)), false),
        };
        let axis = lowering.cells.own_axis(axis);
        let row = |id: &'static str, aspect| {
            let naming = Naming::new(id).label("Incentive", aspect).unit(Unit::Share);
            naming.source("incentive.curve")
        };
        let from = row("incentive.from", "score from which it pays");
        let from = lowering.cells.input(from, Shape::Row(axis), points.iter().map(|point| Some(point.from)));
        let pays = row("incentive.pays", "payout at that score");
        let pays = lowering.cells.input(pays, Shape::Row(axis), points.iter().map(|point| Some(point.pays)));
        let count = u32::try_from(points.len()).unwrap_or(0);
        let cells = CurveCells { from, pays, count, is_linear, leverage: None };
        let leverage = is_linear.then(|| cells.define_leverage(lowering));
        CurveCells { leverage, ..cells }
    }
}

/// The cells of a payout curve.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CurveCells {
    pub(crate) from: CellId,
    pub(crate) pays: CellId,
    pub(crate) count: u32,
    pub(crate) is_linear: bool,
    /// Percentage points of payout for each of the score, on both sides of the target.
    pub(crate) leverage: Option<CellId>,
}

impl CurveCells {
    /// The share of the target pay that a score earns, entry by entry.
    pub(super) fn factor(self, score: Expression) -> Expression {
        let nothing = Expression::number(0);
        let reached = |number| Expression::entry(self.from, number);
        let pays = |number| Expression::entry(self.pays, number);
        if !self.is_linear {
            let steps =
                (1..=self.count).map(|step| score.clone().binary(Binary::GreaterOrEqual, reached(step)) * pays(step));
            return Expression::fold_of(Function::Max, [nothing].into_iter().chain(steps));
        }
        let between = |from: u32, to: u32| {
            let along = (pays(to) - pays(from)) * (score.clone() - reached(from));
            pays(from) + along / (reached(to) - reached(from))
        };
        let below = |number| score.clone().binary(Binary::Less, reached(number));
        let from_target = Expression::choose(below(3), between(2, 3), pays(3));
        let from_threshold = Expression::choose(below(2), between(1, 2), from_target);
        Expression::choose(below(1), nothing, from_threshold)
    }

    /// What the last point pays: the most that can be paid.
    pub(super) fn most(self) -> Expression {
        Expression::entry(self.pays, self.count.max(1))
    }

    fn define_leverage(self, lowering: &mut Lowering) -> CellId {
        let axis = lowering.cells.own_axis(Axis::named("parts of the curve", ["to_target", "to_cap"]));
        let slope = |from, to| {
            let entry = |row, number| Expression::entry(row, number);
            (entry(self.pays, to) - entry(self.pays, from)) / (entry(self.from, to) - entry(self.from, from))
        };
        let naming = Naming::new("incentive.leverage").label("Incentive", "payout points for one point of score");
        lowering.cells.formula(naming, Expression::row(axis, [slope(1, 2), slope(2, 3)]))
    }
}
