//! How an indicator is measured, and the progress and score that follow.

use super::actual::{self, Defined, FollowUp};
use super::scoring::{self, Scored, Scoring};
use super::trend::{self, TrendCells, Trended};
use super::unit::{FromUnits, UnitPart};
use super::{Direction, KpiUse, Node, ScorecardError, kpi, stated};
use crate::aggregation::Aggregation;
use crate::amount::{Amount, Lowering};
use crate::calendar::{Calendar, PeriodsError, Timed};
use crate::model::{Binary, Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use crate::period::Period;
use crate::series::Series;
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
/// band it is `1 - distance / tolerance`, with a distance of 0 inside. Performance is `(actual - min) / (max - min)`, or
/// `(max - actual) / (max - min)` where less is better. The score is the progress limited to 0..1 unless
/// [`scoring`](Self::scoring) says otherwise; progress and performance are not limited.
///
/// Where there is no base or no target, [`direction`](Self::direction) or that of the KPI says which of the two it is.
///
/// **Units**: all values in one unit of the user's; progress, performance and score are fractions.
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
    /// The value now, or by period.
    pub actual: Option<Amount>,
    /// In place of an actual value, the KPI and the data it follows from.
    pub kpi: Option<KpiUse>,
    /// The word it is now, or by period, where words are scored; instead of `actual`.
    pub words: Vec<(Option<Period>, String)>,
    /// A value beyond the target that is worth more than it.
    pub stretch: Option<Amount>,
    /// The value that must not be undercut: the red flag.
    pub floor: Option<Amount>,
    /// The lowest value of the scale that performance is measured on.
    pub min: Option<Amount>,
    /// The highest value of that scale.
    pub max: Option<Amount>,
    /// Which way is better, where base and target do not say so; that of the KPI, where nothing is said.
    pub direction: Option<Direction>,
    /// How the value becomes a score; linear, or in two pieces where there is a stretch target.
    pub scoring: Option<Scoring>,
    /// How it is followed over the periods of the scorecard.
    pub follow_up: FollowUp,
    /// How it comes from the business units, instead of an actual value of its own.
    pub from_units: Option<FromUnits>,
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

    /// The unit as readers see it.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// The KPI and the data that the value now follows from.
    #[must_use]
    pub fn kpi(mut self, kpi: KpiUse) -> Self {
        self.kpi = Some(kpi);
        self
    }

    /// How the value becomes a score.
    #[must_use]
    pub fn scored(mut self, scoring: impl Into<Scoring>) -> Self {
        self.scoring = Some(scoring.into());
        self
    }

    pub(crate) fn cell_unit(&self) -> Unit {
        self.unit.as_deref().map_or(Unit::Number, Unit::of)
    }

    /// How its value becomes a score: as it says, else in two pieces where there is a stretch target, else linear.
    pub(crate) fn way_of_scoring(&self) -> Scoring {
        let stretched = self.stretch.is_some().then_some(Scoring::TwoPiece { at_stretch: Scoring::AT_STRETCH });
        self.scoring.clone().or(stretched).unwrap_or(Scoring::Linear)
    }

    /// The highest score it can have: 1, or that of a stretch target.
    ///
    /// ```
    /// use appraise::scorecard::{Measure, Scoring};
    /// use rust_decimal::dec;
    ///
    /// let stretched = Measure { stretch: Some(120.into()), ..Measure::target(50, 100) };
    /// assert_eq!(Measure::target(50, 100).highest_score(), dec!(1));
    /// assert_eq!(stretched.highest_score(), dec!(1.2));
    /// assert_eq!(stretched.scored(Scoring::TwoPiece { at_stretch: dec!(1.5) }).highest_score(), dec!(1.5));
    /// ```
    pub fn highest_score(&self) -> Decimal {
        match self.way_of_scoring() {
            Scoring::TwoPiece { at_stretch } if self.stretch.is_some() => at_stretch,
            _ => Decimal::ONE,
        }
    }

    /// Whether anything says what the value is.
    pub(crate) fn has_actual(&self) -> bool {
        let has_data = self.kpi.as_ref().is_some_and(|used| !used.data.is_empty());
        self.actual.is_some() || !self.words.is_empty() || has_data
    }

    /// Whether it has all a score is computed from.
    pub(crate) fn is_complete(&self) -> bool {
        self.has_actual() && self.is_scorable()
    }

    /// Whether a value would have a score.
    pub(crate) fn is_scorable(&self) -> bool {
        match self.aim {
            _ if self.scoring.as_ref().is_some_and(Scoring::needs_no_aim) => true,
            Some(Aim::Target(_)) => self.base.is_some() || matches!(self.scoring, Some(Scoring::GoalAndRedFlag)),
            Some(Aim::Band { .. }) => true,
            None => false,
        }
    }

    /// Whether its score needs a target or a band that it has not.
    pub(crate) fn is_without_aim(&self) -> bool {
        self.aim.is_none() && !self.scoring.as_ref().is_some_and(Scoring::needs_no_aim)
    }

    /// Whether values are given by period; a formula may read such values and still be a single one.
    pub(crate) fn is_by_period(&self) -> bool {
        matches!(self.actual, Some(Amount::PerYear(_))) || self.periods().next().is_some()
    }

    /// The periods of which a value is given.
    pub(crate) fn periods(&self) -> impl Iterator<Item = Period> + '_ {
        let numbers = match &self.actual {
            Some(Amount::PerPeriod(values)) => values.as_slice(),
            _ => &[],
        };
        let words = self.words.iter().filter_map(|(period, _)| *period);
        let data = self.kpi.iter().flat_map(KpiUse::periods);
        numbers.iter().map(|(period, _)| *period).chain(words).chain(data)
    }
}

/// The cells of a measure; of those that have a value for each period the one that is evaluated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MeasureCells {
    pub(crate) base: Option<CellId>,
    pub(crate) target: Option<CellId>,
    pub(crate) band: Option<CellId>,
    pub(crate) actual: CellId,
    /// The word that the actual value is, as a set.
    pub(crate) word: Option<CellId>,
    pub(crate) progress: CellId,
    /// Whether a progress may be asked for: not where the score needs no aim and there is none.
    pub(crate) has_progress: bool,
    pub(crate) performance: Option<CellId>,
    pub(crate) score: CellId,
    /// What the score was computed from, over the periods where there are any.
    pub(crate) scored: Scored,
    /// Over the periods; without any the same cells.
    pub(crate) all: RowCells,
    pub(crate) trend: Option<TrendCells>,
}

/// The rows of a measure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowCells {
    pub(crate) actual: CellId,
    pub(crate) score: CellId,
    pub(crate) progress: CellId,
}

fn naming(node: &Node, figure: &'static str, aspect: &'static str, unit: Unit) -> Naming {
    Naming::new(of(node, figure)).label(node.name.clone(), aspect).unit(unit)
}

/// The id of a figure of the criterion, which is also the address of what was written for it.
pub(super) fn of(node: &Node, figure: &'static str) -> Id {
    Id::of(Arc::clone(&node.figures), figure)
}

/// A figure for each period, and for the one that is evaluated.
pub(super) fn timed(
    lowering: &mut Lowering,
    node: &Node,
    (figure, aspect): (&'static str, &'static str),
    unit: Unit,
    formula: Expression,
) -> Timed {
    let plain = naming(node, figure, aspect, unit.clone());
    let Some(calendar) = lowering.calendar else { return lowering.cells.formula(plain, formula).into() };
    let row = Naming::new(Id::of(Arc::clone(&node.by_period), figure)).label(node.name.clone(), aspect).unit(unit);
    let all = lowering.cells.formula(row, formula);
    Timed { all, now: lowering.cells.formula(plain, Calendar::pick(all, calendar.now)) }
}

/// The cell of the actual value, made first because formulas of other indicators may read it.
pub(crate) fn declare_actual(
    cells: &mut crate::model::Builder,
    calendar: Option<&Calendar>,
    node: &Node,
    measure: &Measure,
) -> Timed {
    let unit = if measure.words.is_empty() { node.unit.clone() } else { Unit::Number };
    let is_computed = measure.kpi.is_some() && measure.actual.is_none();
    let written = of(node, if is_computed { "kpi" } else { "actual" });
    let plain = naming(node, "actual", "actual", unit.clone()).source(written.clone());
    if !measure.has_actual() && !node.is_aggregated() {
        return cells.absent(plain.source(of(node, "")), Shape::Scalar, Cause::NoData).into();
    }
    let Some(calendar) = calendar else { return cells.declare(plain).into() };
    let row = Naming::new(Id::of(Arc::clone(&node.by_period), "actual")).label(node.name.clone(), "actual").unit(unit);
    let all = cells.declare(row.source(written));
    Timed { all, now: cells.formula(plain, Calendar::pick(all, calendar.now)) }
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

pub(crate) fn define(
    lowering: &mut Lowering,
    node: &Node,
    measure: &Measure,
    actual: Timed,
    card: &FollowUp,
    parts: &[UnitPart],
) -> (MeasureCells, Vec<(String, Timed)>) {
    let unit = node.unit.clone();
    let Defined { given, made } = actual::define(lowering, node, measure, actual, card, parts);
    let kpi::Made { data, year_to_date, .. } = made;
    let single = |lowering: &mut Lowering, figure: &'static str, amount: &Option<Amount>| {
        let amount = amount.as_ref()?;
        let naming = naming(node, figure, figure, unit.clone()).source(of(node, figure));
        let cell = lowering.amount(naming, amount);
        lowering.cells.require_single(cell);
        Some(cell)
    };
    let base = single(lowering, "base", &measure.base);
    let stretch = single(lowering, "stretch", &measure.stretch);
    let floor = single(lowering, "floor", &measure.floor);
    let min = single(lowering, "min", &measure.min);
    let max = single(lowering, "max", &measure.max);
    let mut band = None;
    let mut target = None;
    let progress = match &measure.aim {
        Some(Aim::Band { low, high, tolerance }) => {
            let (ends, nearness) = define_band(lowering, node, measure, (*low, *high, *tolerance), base, actual);
            band = Some(ends);
            nearness
        }
        aim => {
            if let Some(Aim::Target(amount)) = aim {
                target = Some(define_target(lowering, node, measure, amount));
            }
            if measure.scoring == Some(Scoring::YesNo) && (base.is_none() || target.is_none()) {
                Expression::cell(actual.all)
            } else {
                let base = base.unwrap_or_else(|| missing(lowering, node, ("base", "base")));
                let target = target.get_or_insert_with(|| missing(lowering, node, ("target", "target")).into());
                let base = || Expression::cell(base);
                (Expression::cell(actual.all) - base()) / (Expression::cell(target.all) - base())
            }
        }
    };
    stated::check(lowering, node, measure);
    check_order(lowering, node, measure);
    measure.follow_up.check(lowering, &node.figures, measure.aim.as_ref());
    let progress = timed(lowering, node, ("progress", "progress"), Unit::Share, progress);
    let direction = measure.direction.or(node.kpi.and_then(|kpi| kpi.direction));
    let less_is_better = direction == Some(Direction::LowerIsBetter);
    // an end that nobody gave says nothing about the direction
    let has_ends = measure.base.is_some() && matches!(measure.aim, Some(Aim::Target(_)));
    let performance = min.zip(max).map(|(min, max)| {
        let performance = performance(
            actual.all,
            (min, max),
            base.zip(target.map(|target| target.all)).filter(|_| has_ends),
            less_is_better,
        );
        timed(lowering, node, ("performance", "performance"), Unit::Share, performance)
    });
    let scored = Scored {
        actual: actual.all,
        base,
        target: target.map(|target| target.all),
        stretch,
        floor,
        min,
        max,
        progress: progress.all,
        performance: performance.map(|performance| performance.all),
    };
    let scoring = measure.way_of_scoring();
    let (raw, highest) = scoring::define(lowering, node, &scoring, &scored);
    let score = timed(lowering, node, ("score", "score"), Unit::Share, raw.clamp(Decimal::ZERO, highest));
    let word = scoring.words().map(|words| scoring::define_word(lowering, node, &words, actual));
    let all = RowCells { actual: actual.all, score: score.all, progress: progress.all };
    let trended = Trended { base, target, actual, observed: given.unwrap_or(actual.all), progress, unit, year_to_date };
    let trend = trend::define(lowering, node, &measure.follow_up, card, &trended);
    let cells = MeasureCells {
        base,
        target: target.map(|target| target.now),
        band,
        actual: actual.now,
        word,
        progress: progress.now,
        has_progress: measure.aim.is_some() || scoring == Scoring::YesNo || !scoring.needs_no_aim(),
        performance: performance.map(|performance| performance.now),
        score: score.now,
        scored,
        all,
        trend,
    };
    (cells, data)
}

/// `(actual - min) / (max - min)`, turned round where the target lies below the base or, without these, less is better.
fn performance(
    actual: CellId,
    (min, max): (CellId, CellId),
    ends: Option<(CellId, CellId)>,
    less_is_better: bool,
) -> Expression {
    let cell = Expression::cell;
    let rising = cell(actual) - cell(min);
    let above = match ends {
        None if less_is_better => cell(max) - cell(actual),
        None => rising,
        Some((base, target)) => {
            let falls = cell(target).binary(Binary::Less, cell(base));
            Expression::choose(falls, cell(max) - cell(actual), rising)
        }
    };
    above / (cell(max) - cell(min))
}

/// The target, of each period where it changes over time.
fn define_target(lowering: &mut Lowering, node: &Node, measure: &Measure, amount: &Amount) -> Timed {
    let same = measure.base.as_ref().and_then(Amount::as_constant).is_some_and(|b| amount.as_constant() == Some(b));
    if same {
        let error = ScorecardError::TargetIsBase { id: node.id.to_string() };
        lowering.problem(of(node, "target").to_string(), error);
    }
    let naming = naming(node, "target", "target", node.unit.clone()).source(of(node, "target"));
    match (amount, lowering.calendar) {
        (Amount::PerPeriod(values), Some(calendar)) => {
            let row = Naming::new(Id::of(Arc::clone(&node.by_period), "target"));
            let row = row.label(node.name.clone(), "target").unit(node.unit.clone()).source(of(node, "target"));
            let all = lowering.cells.declare(row);
            let series = Series {
                owner: &node.figures,
                subject: &node.name,
                part: "target",
                unit: node.unit.clone(),
                at: of(node, "target"),
                values,
                aggregation: Some(Aggregation::Last),
                holds: true,
            };
            let row = series.lower(lowering);
            actual::define_row(lowering, all, row);
            Timed { all, now: lowering.cells.formula(naming, Calendar::pick(all, calendar.now)) }
        }
        (Amount::PerPeriod(_), None) => {
            lowering.problem(of(node, "target").to_string(), PeriodsError::NoPeriods);
            lowering.cells.formula(naming, Expression::number(0)).into()
        }
        _ => {
            let cell = lowering.amount(naming, amount);
            lowering.cells.require_single(cell);
            cell.into()
        }
    }
}

/// An end of the way that nobody gave.
fn missing(lowering: &mut Lowering, node: &Node, (figure, aspect): (&'static str, &'static str)) -> CellId {
    let naming = naming(node, figure, aspect, node.unit.clone()).source(of(node, ""));
    lowering.cells.absent(naming, Shape::Scalar, Cause::NoData)
}

/// Checks what can be seen of the order of plain numbers.
fn check_order(lowering: &mut Lowering, node: &Node, measure: &Measure) {
    let constant = |amount: &Option<Amount>| amount.as_ref().and_then(Amount::as_constant);
    let id = || node.id.to_string();
    let target = match &measure.aim {
        Some(Aim::Target(target)) => target.as_constant(),
        _ => None,
    };
    if let (Some(base), Some(target), Some(stretch)) = (constant(&measure.base), target, constant(&measure.stretch))
        && (target < base) != (stretch < target)
    {
        lowering.problem(of(node, "stretch").to_string(), ScorecardError::StretchOrder { id: id() });
    }
    if let (Some(min), Some(max)) = (constant(&measure.min), constant(&measure.max))
        && min >= max
    {
        lowering.problem(of(node, "max").to_string(), ScorecardError::ScaleOrder { id: id() });
    }
    if let (Some(base), Some(target)) = (constant(&measure.base), target)
        && let Some(direction @ (Direction::HigherIsBetter | Direction::LowerIsBetter)) = measure.direction
        && base != target
        && (target < base) != (direction == Direction::LowerIsBetter)
    {
        lowering.problem(of(node, "direction").to_string(), ScorecardError::DirectionOfTarget { id: id() });
    }
    if measure.min.is_some() != measure.max.is_some() {
        let given = if measure.min.is_some() { "min" } else { "max" };
        lowering.problem(of(node, given).to_string(), ScorecardError::HalfAScale { id: id() });
    }
    if let (Some(target), Some(floor), Some(Scoring::GoalAndRedFlag)) =
        (target, constant(&measure.floor), &measure.scoring)
        && target == floor
    {
        lowering.problem(of(node, "floor").to_string(), ScorecardError::FloorIsTarget { id: id() });
    }
    if measure.stretch.is_some() && !matches!(measure.aim, Some(Aim::Target(_))) {
        lowering.problem(of(node, "stretch").to_string(), ScorecardError::StretchWithoutTarget { id: id() });
    }
}

/// The row of the band's ends, and `1 - distance / tolerance`.
fn define_band(
    lowering: &mut Lowering,
    node: &Node,
    measure: &Measure,
    (low, high, tolerance): (Decimal, Decimal, Option<Decimal>),
    base: Option<CellId>,
    actual: Timed,
) -> (CellId, Expression) {
    let at = |figure: &'static str| of(node, figure).to_string();
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
        (None, None, _) if !measure.scoring.as_ref().is_some_and(Scoring::needs_no_aim) => {
            lowering.problem(at("band"), ScorecardError::BandWithoutTolerance { id: id() });
        }
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
    let distance = |value: Expression| {
        let below = Expression::number(low) - value.clone();
        let above = value - Expression::number(high);
        Expression::call(Function::Max, [below, above, Expression::number(0)])
    };
    let scale = match tolerance {
        Some(tolerance) => Expression::cell(tolerance),
        None => distance(base.map_or(Expression::number(0), Expression::cell)),
    };
    (band, Expression::number(1) - distance(Expression::cell(actual.all)) / scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::model::Cause;
    use crate::scorecard::{Criterion, KpiUse, Scorecard};
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
    fn performance_turns_round_where_less_is_better() {
        let scale = |direction, kpi| Measure {
            min: Some(Amount::from(0)),
            max: Some(Amount::from(50)),
            scoring: Some(Scoring::MinMax),
            kpi,
            direction,
            ..Measure::default()
        };
        let performance = |measure: Measure| Figures::of(draft(measure.actual(10))).get("scorecard.x.performance");
        assert_eq!(performance(scale(None, None)), dec!(0.2));
        assert_eq!(performance(scale(Some(Direction::LowerIsBetter), None)), dec!(0.8));
        // the target decides where there is one
        let ends = Measure { base: Some(40.into()), aim: Some(Aim::Target(20.into())), ..scale(None, None) };
        assert_eq!(performance(ends), dec!(0.8));
        // days sales outstanding: 10 of 365 revenue is 10 days
        let days =
            KpiUse::new("dso").with("avg_receivables", 10).with("net_credit_sales", 365).with("days_in_period", 365);
        let figures = Figures::of(draft(scale(None, Some(days))));
        assert_eq!(figures.get("scorecard.x.performance"), dec!(0.8));
        let against = Measure { direction: Some(Direction::HigherIsBetter), ..Measure::target(9, 5) };
        assert_eq!(
            problems(draft(against)),
            ["scorecard.x.direction: the target of `x` lies on the other side of its base than `direction` says"]
        );
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
