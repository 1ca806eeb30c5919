//! How an indicator is measured, and the progress and score that follow.

use super::{KpiUse, Node, ScorecardError, kpi};
use crate::amount::{Amount, Lowering};
use crate::model::{Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What an indicator aims at.
#[derive(Debug, Clone, PartialEq)]
pub enum Aim {
    /// A value to reach from the base; below the base it means less is better.
    Target(Amount),
    /// A range to stay in.
    Band {
        /// The lower end.
        low: Decimal,
        /// The upper end.
        high: Decimal,
        /// How far outside the score is 0; the distance of the base where this is not given.
        tolerance: Option<Decimal>,
    },
}

/// How an indicator is measured: before, agreed and now.
///
/// **Formula**: progress is `(actual - base) / (target - base)`, so its direction follows from base and target; for a
/// band it is `1 - distance / tolerance`, with a distance of 0 inside. The score is the progress limited to 0..1; the
/// progress is not limited.
///
/// **Units**: base, target, band and actual in one unit of the user's; progress and score are fractions.
///
/// ```
/// use appraise::scorecard::{Criterion, Measure, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let hours = Measure::target(72, 36).actual(31); // less is better, and more than agreed
/// let forecast = Measure::band(dec!(0.95), dec!(1.05), dec!(0.15)).actual(dec!(1.08));
/// let card = Scorecard::new([Criterion::indicator("hours", hours), Criterion::indicator("forecast", forecast)]);
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("scorecard.hours.progress").unwrap().unwrap().round_dp(4), dec!(1.1389));
/// assert_eq!(outcome.figure("scorecard.hours.score"), Some(Ok(dec!(1))));
/// assert_eq!(outcome.figure("scorecard.forecast.score"), Some(Ok(dec!(0.8))));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Measure {
    /// The unit as readers see it; `share` is shown as a percentage.
    pub unit: Option<String>,
    /// The value before.
    pub base: Option<Amount>,
    /// The value agreed.
    pub aim: Option<Aim>,
    /// The value now.
    pub actual: Option<Amount>,
    /// In place of an actual value, the KPI and the data it follows from.
    pub kpi: Option<KpiUse>,
}

impl Measure {
    /// A value to bring from `base` to `target`.
    pub fn target(base: impl Into<Amount>, target: impl Into<Amount>) -> Self {
        Self { base: Some(base.into()), aim: Some(Aim::Target(target.into())), ..Self::default() }
    }

    /// A value to keep between `low` and `high`; at `tolerance` outside, the score is 0.
    pub fn band(low: Decimal, high: Decimal, tolerance: Decimal) -> Self {
        Self { aim: Some(Aim::Band { low, high, tolerance: Some(tolerance) }), ..Self::default() }
    }

    /// The value now.
    #[must_use]
    pub fn actual(mut self, actual: impl Into<Amount>) -> Self {
        self.actual = Some(actual.into());
        self
    }

    /// The KPI and the data that the value now follows from.
    #[must_use]
    pub fn kpi(mut self, used: KpiUse) -> Self {
        self.kpi = Some(used);
        self
    }

    /// The unit as readers see it.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    pub(crate) fn cell_unit(&self) -> Unit {
        self.unit.as_deref().map_or(Unit::Number, Unit::of)
    }

    /// Whether there is anything that an actual value follows from.
    pub(crate) fn has_actual(&self) -> bool {
        self.actual.is_some() || self.kpi.as_ref().is_some_and(|used| !used.data.is_empty())
    }

    /// Whether it has all a score is computed from.
    pub(crate) fn is_complete(&self) -> bool {
        self.has_actual()
            && match self.aim {
                Some(Aim::Target(_)) => self.base.is_some(),
                Some(Aim::Band { .. }) => true,
                None => false,
            }
    }
}

/// The cells of a measure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MeasureCells {
    pub(crate) base: Option<CellId>,
    pub(crate) target: Option<CellId>,
    pub(crate) band: Option<CellId>,
    pub(crate) actual: CellId,
    pub(crate) progress: CellId,
    pub(crate) score: CellId,
}

fn naming(node: &Node, figure: &'static str, aspect: &'static str, unit: Unit) -> Naming {
    Naming::new(of(node, figure)).label(node.name.clone(), aspect).unit(unit)
}

/// The id of a figure of the criterion, which is also the address of what was written for it.
fn of(node: &Node, figure: &'static str) -> Id {
    Id::of(Arc::clone(&node.figures), figure)
}

/// The cell of the actual value, made first because formulas of other indicators may read it.
pub(crate) fn declare_actual(lowering: &mut crate::model::Builder, node: &Node, measure: &Measure) -> CellId {
    let source = if measure.kpi.is_some() { "kpi" } else { "actual" };
    let naming = naming(node, "actual", "actual", node.unit.clone()).source(of(node, source));
    match measure.has_actual() {
        true => lowering.declare(naming),
        false => lowering.absent(naming.source(of(node, "")), Shape::Scalar, Cause::NoData),
    }
}

/// An indicator that is judged and not measured has a score only in name.
pub(crate) fn define_judged(lowering: &mut Lowering, node: &Node) -> (CellId, CellId) {
    let progress = naming(node, "progress", "progress", Unit::Share).source(of(node, ""));
    let score = naming(node, "score", "score", Unit::Share).source(of(node, ""));
    (
        lowering.cells.absent(progress, Shape::Scalar, Cause::NotMeasured),
        lowering.cells.absent(score, Shape::Scalar, Cause::NotMeasured),
    )
}

pub(crate) fn define(lowering: &mut Lowering, node: &Node, measure: &Measure, actual: CellId) -> MeasureCells {
    let unit = node.unit.clone();
    let at = |figure: &str| ["scorecard.", &node.id, ".", figure].concat();
    if let Some(amount) = &measure.actual {
        lowering.define(actual, amount);
        lowering.cells.require_single(actual);
    } else if let Some(used) = measure.kpi.as_ref().filter(|_| measure.has_actual()) {
        kpi::define_actual(lowering, node, used, actual);
    }
    let single = |lowering: &mut Lowering, figure: &'static str, aspect, amount: &Amount| {
        let cell = lowering.amount(naming(node, figure, aspect, unit.clone()).source(of(node, figure)), amount);
        lowering.cells.require_single(cell);
        cell
    };
    let base = measure.base.as_ref().map(|base| single(lowering, "base", "base", base));
    let missing = |lowering: &mut Lowering, figure: &'static str, aspect| {
        let naming = naming(node, figure, aspect, unit.clone()).source(of(node, ""));
        lowering.cells.absent(naming, Shape::Scalar, Cause::NoData)
    };
    let now = Expression::cell(actual);
    let mut target = None;
    let mut band = None;
    let progress = match &measure.aim {
        Some(Aim::Band { low, high, tolerance }) => {
            let (lowest, scale) = define_band(lowering, node, measure, (*low, *high, *tolerance), base);
            band = Some(lowest);
            let distance = |value: Expression| {
                let below = Expression::number(*low) - value.clone();
                let above = value - Expression::number(*high);
                Expression::call(Function::Max, [below, above, Expression::number(0)])
            };
            let scale = match scale {
                Some(tolerance) => Expression::cell(tolerance),
                None => distance(base.map_or(Expression::number(0), Expression::cell)),
            };
            Expression::number(1) - distance(now) / scale
        }
        aim => {
            if let Some(Aim::Target(amount)) = aim {
                target = Some(single(lowering, "target", "target", amount));
                let same = measure
                    .base
                    .as_ref()
                    .and_then(Amount::as_constant)
                    .is_some_and(|b| amount.as_constant() == Some(b));
                if same {
                    lowering.problem(at("target"), ScorecardError::TargetIsBase { id: node.id.to_string() });
                }
            }
            let base = base.unwrap_or_else(|| missing(lowering, "base", "base"));
            let target = *target.get_or_insert_with(|| missing(lowering, "target", "target"));
            (now - Expression::cell(base)) / (Expression::cell(target) - Expression::cell(base))
        }
    };
    let progress = lowering.cells.formula(naming(node, "progress", "progress", Unit::Share), progress);
    let limited = Expression::cell(progress).clamp(Decimal::ZERO, Decimal::ONE);
    let score = lowering.cells.formula(naming(node, "score", "score", Unit::Share), limited);
    MeasureCells { base, target, band, actual, progress, score }
}

/// The row of the band's ends, and the tolerance where it is given.
fn define_band(
    lowering: &mut Lowering,
    node: &Node,
    measure: &Measure,
    (low, high, tolerance): (Decimal, Decimal, Option<Decimal>),
    base: Option<CellId>,
) -> (CellId, Option<CellId>) {
    let at = |figure: &str| ["scorecard.", &node.id, ".", figure].concat();
    let id = || node.id.to_string();
    if low >= high {
        lowering.problem(at("band"), ScorecardError::BandOrder { id: id() });
    }
    match (tolerance, measure.base.as_ref().map(Amount::as_constant), base) {
        (Some(tolerance), ..) if tolerance <= Decimal::ZERO => {
            lowering.problem(at("tolerance"), ScorecardError::BandTolerance { id: id() });
        }
        (None, Some(Some(base)), _) if low <= base && base <= high => {
            lowering.problem(at("base"), ScorecardError::BandTolerance { id: id() });
        }
        (None, None, _) => lowering.problem(at("band"), ScorecardError::BandWithoutTolerance { id: id() }),
        _ => {}
    }
    let ends = lowering.cells.axis(crate::model::Axis::named("ends", ["low", "high"]));
    let band = lowering.cells.input(
        naming(node, "band", "band", node.unit.clone()).source(of(node, "band")),
        Shape::Row(ends),
        [Some(low), Some(high)],
    );
    let tolerance = tolerance.map(|tolerance| {
        let naming = naming(node, "tolerance", "tolerance", node.unit.clone()).source(of(node, "tolerance"));
        lowering.cells.input(naming, Shape::Scalar, [Some(tolerance)])
    });
    (band, tolerance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::model::Cause;
    use crate::scorecard::{Criterion, Scorecard};
    use crate::{Assumption, Draft};
    use rust_decimal::dec;

    fn draft(measure: Measure) -> Draft {
        let card = Scorecard::new([Criterion::indicator("x", measure)]);
        Draft { scorecard: Some(card), assumptions: vec![Assumption::new("half", dec!(0.5))], ..Draft::default() }
    }

    #[test]
    fn direction_follows_from_base_and_target() {
        for (base, target, actual, progress, score) in [
            (dec!(0.78), dec!(0.86), dec!(0.83), dec!(0.625), dec!(0.625)),
            (dec!(72), dec!(36), dec!(45), dec!(0.75), dec!(0.75)),
            (dec!(72), dec!(36), dec!(30), dec!(1.1666666667), dec!(1)),
            (dec!(10), dec!(20), dec!(8), dec!(-0.2), dec!(0)),
        ] {
            let figures = Figures::of(draft(Measure::target(base, target).actual(actual)));
            assert_eq!(figures.get("scorecard.x.progress").round_dp(10), progress);
            assert_eq!(figures.get("scorecard.x.score"), score);
        }
    }

    #[test]
    fn a_band_is_best_inside_and_worst_at_its_tolerance() {
        for (actual, score) in [(dec!(2), 1), (dec!(3), 1), (dec!(4), 1), (dec!(4.5), 0), (dec!(9), 0), (dec!(1.5), 0)]
        {
            let figures = Figures::of(draft(Measure::band(dec!(2), dec!(4), dec!(0.5)).actual(actual)));
            assert_eq!(figures.get("scorecard.x.score"), Decimal::from(score), "{actual}");
        }
        let halfway = Figures::of(draft(Measure::band(dec!(2), dec!(4), dec!(1)).actual(dec!(4.25))));
        assert_eq!(halfway.get("scorecard.x.progress"), dec!(0.75));
        // without a tolerance the base is where the score is 0
        let aim = Some(Aim::Band { low: dec!(2), high: dec!(4), tolerance: None });
        let based = Measure { aim, base: Some(dec!(8).into()), ..Measure::default() }.actual(dec!(5));
        assert_eq!(Figures::of(draft(based)).get("scorecard.x.score"), dec!(0.75));
    }

    #[test]
    fn what_is_missing_says_so() {
        let cause = |measure| Figures::of(draft(measure)).cause("scorecard.x.score");
        assert_eq!(cause(Measure::target(1, 2)), Cause::NoData);
        assert_eq!(cause(Measure { base: None, ..Measure::target(1, 2) }.actual(1)), Cause::NoData);
        assert_eq!(cause(Measure { aim: None, ..Measure::target(1, 2) }.actual(1)), Cause::NoData);
        let over_nothing = Amount::formula("= 3 / (half - half)").unwrap();
        assert_eq!(cause(Measure::target(1, 2).actual(over_nothing)), Cause::DivisionByZero);
    }

    #[test]
    fn measures_that_cannot_be_scored_are_refused() {
        let told = |measure| problems(draft(measure));
        assert_eq!(
            told(Measure::target(3, 3)),
            ["scorecard.x.target: the target of `x` is its base, so no progress can be told"]
        );
        assert_eq!(
            told(Measure::band(dec!(4), dec!(2), dec!(1))),
            ["scorecard.x.band: the band of `x` does not run from low to high"]
        );
        assert_eq!(
            told(Measure::band(dec!(2), dec!(4), dec!(0))),
            ["scorecard.x.tolerance: the tolerance of `x` leaves no room outside its band"]
        );
        let bare =
            Measure { aim: Some(Aim::Band { low: dec!(2), high: dec!(4), tolerance: None }), ..Measure::default() };
        assert_eq!(told(bare), ["scorecard.x.band: the band of `x` does not say how far outside it the score is 0"]);
    }
}
