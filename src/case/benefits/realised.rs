//! Benefits that follow the measured progress of an indicator: what was planned, what came of it, and what is missing.

use super::benefit::LineCells;
use super::{Benefit, BenefitError};
use crate::amount::{Amount, Lowering};
use crate::calendar::{Calendar, last_part};
use crate::case::Setting;
use crate::model::{AxisId, Binary, Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use crate::period::{Frequency, Period};
use crate::scorecard::{CriterionCells, Tree};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The indicator that a benefit follows.
///
/// **Formula**: the realised benefit of a year is `planned x progress`, with the mean progress of the indicator over the
/// periods of that year, each taken as 0 to 1. Planned is the benefit without risk, as what is measured is no longer at
/// risk, and of benefits that overlap only the part that is counted. A year counts once all of its periods are measured.
///
/// **Units**: money; the limit is a share of the planned benefit.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Follows, Plan};
/// use appraise::scorecard::{Criterion, Measure, Scorecard};
/// use appraise::{Amount, Appraisal, Draft, Horizon, Period, Periods};
/// use rust_decimal::dec;
///
/// let year = |text: &str| -> Period { text.parse().unwrap() };
/// let measured = Amount::PerPeriod(vec![(year("2026"), dec!(83)), (year("2027"), dec!(86))]);
/// let kept = Criterion::indicator("retention", Measure::target(78, 88).actual(measured));
/// let scorecard = Scorecard { periods: Some(Periods::new(year("2026"), year("2027"))), ..Scorecard::new([kept]) };
/// let benefit = Benefit {
///     annual: Some(1_000.into()),
///     follows: Some(Follows::new("retention")),
///     ..Benefit::new("margin", BenefitKind::Saving)
/// };
/// let draft = Draft {
///     horizon: Horizon { first_year: Some(2025), years: 3 },
///     scorecard: Some(scorecard),
///     plan: Plan { benefits: Some(vec![benefit]), ..Plan::default() },
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("benefits.margin.realised.1"), Some(Ok(dec!(500)))); // 5 of 10 points
/// assert_eq!(outcome.figure("benefits.margin.gap.2"), Some(Ok(dec!(200))));
/// assert_eq!(outcome.figure("benefits.realised_so_far"), Some(Ok(dec!(1_300)))); // 2028 is not measured yet
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Follows {
    /// The indicator's id.
    pub indicator: String,
    /// How far below plan a year may lie before it is a finding, as a share of what was planned.
    pub limit: Amount,
}

impl Follows {
    /// A tenth.
    pub const LIMIT: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

    /// Follows that indicator, with a limit of 10 %.
    pub fn new(indicator: impl Into<String>) -> Self {
        Self { indicator: indicator.into(), limit: Self::LIMIT.into() }
    }
}

/// What benefits may be proven by and follow.
#[derive(Clone, Copy)]
pub(crate) struct Measured<'s> {
    pub(crate) tree: Option<&'s Tree<'s>>,
    /// The cells of its criteria, in the order of the tree.
    pub(crate) criteria: &'s [CriterionCells],
}

/// The planned and the realised benefit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RealisedCells {
    pub(crate) planned: CellId,
    pub(crate) realised: CellId,
    pub(crate) gap: CellId,
    pub(crate) so_far: SoFarCells,
}

/// Over the years that are known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SoFarCells {
    pub(crate) planned: CellId,
    pub(crate) realised: CellId,
    pub(crate) gap: CellId,
}

/// What a single benefit has besides.
#[derive(Debug, Clone)]
pub(crate) struct FollowedCells {
    pub(crate) indicator: Arc<str>,
    pub(crate) progress: CellId,
    pub(crate) cells: RealisedCells,
    /// `gap / planned`
    pub(crate) shortfall: CellId,
    pub(crate) limit: CellId,
}

/// The progress of each period, and the periods of each year.
struct Source<'l> {
    progress: CellId,
    calendar: &'l Calendar,
    /// Numbers of the periods of each year from 0, counted from 1; `None` where not all of them are in the scorecard.
    years: Vec<Option<Vec<u32>>>,
}

/// Defines what follows from the indicator of a benefit, where it has one that can be followed.
pub(super) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    (benefit, line): (&Benefit, &LineCells),
    part: Option<CellId>,
) -> Option<FollowedCells> {
    let follows = benefit.follows.as_ref()?;
    let figures = &line.figures;
    let at = format!("{figures}.follows");
    let naming = |figure, aspect, unit| {
        let id = Id::of(Arc::clone(figures), figure);
        Naming::new(id).label(Arc::clone(&line.subject), aspect).unit(unit).source(&*at)
    };
    let limit = Id::from(format!("{at}.limit"));
    let limit = naming("shortfall_limit", "largest shortfall", Unit::Share).source(limit);
    let limit = lowering.amount(limit, &follows.limit);
    lowering.keep_share(limit, &follows.limit);
    lowering.cells.require_single(limit);
    let source = match find(lowering, setting, &benefit.id, &follows.indicator) {
        Ok(source) => source,
        Err(error) => {
            lowering.problem(format!("{at}.indicator"), error);
            return None;
        }
    };
    let nothing = naming("not_measured", "not measured", Unit::Share);
    let nothing = lowering.cells.absent(nothing, Shape::Scalar, Cause::YearNotMeasured);
    let calendar = source.calendar;
    let is_known = Expression::cell(calendar.numbers).binary(Binary::LessOrEqual, Expression::cell(calendar.now));
    let within = Expression::cell(source.progress).clamp(Decimal::ZERO, Decimal::ONE);
    let within = Expression::choose(is_known, within, Expression::cell(nothing));
    let measured = lowering.cells.formula(naming("measured", "progress measured, 0 to 1", Unit::Share), within);
    let years = source.years.into_iter().map(|periods| match periods {
        Some(periods) => {
            let entries = periods.into_iter().map(|number| Expression::entry(measured, number));
            Expression::fold_of(Function::Mean, entries)
        }
        None => Expression::cell(nothing),
    });
    let progress = Expression::row(AxisId::TIMELINE, years.collect::<Vec<_>>());
    let progress = lowering.cells.formula(naming("progress", "progress by year", Unit::Share), progress);
    let planned = match part {
        Some(part) => Expression::cell(line.unadjusted) * Expression::cell(part),
        None => Expression::cell(line.unadjusted),
    };
    let planned = lowering.cells.formula(naming("planned", "planned by year", Unit::Money), planned);
    let realised = Expression::cell(planned) * Expression::cell(progress);
    let realised = lowering.cells.formula(naming("realised", "realised by year", Unit::Money), realised);
    let gap = Expression::cell(planned) - Expression::cell(realised);
    let gap = lowering.cells.formula(naming("gap", "planned and not realised by year", Unit::Money), gap);
    let share = Expression::cell(gap) / Expression::cell(planned);
    // without a place in the document: that nothing was planned in a year is no mistake
    let shortfall = Naming::new(Id::of(Arc::clone(figures), "shortfall"));
    let shortfall = shortfall.label(Arc::clone(&line.subject), "share not realised by year").unit(Unit::Share);
    let shortfall = lowering.cells.formula(shortfall, share);
    let known = Expression::call(Function::Known, [Expression::cell(realised)]);
    let planned_so_far = Expression::call(Function::SumProduct, [Expression::cell(planned), known]);
    let realised_so_far = Expression::call(Function::Otherwise, [Expression::cell(realised), Expression::number(0)]);
    let realised_so_far = Expression::call(Function::Sum, [realised_so_far]);
    let so_far = define_so_far(lowering, &naming, planned_so_far, realised_so_far);
    let cells = RealisedCells { planned, realised, gap, so_far };
    Some(FollowedCells { indicator: follows.indicator.as_str().into(), progress, cells, shortfall, limit })
}

fn define_so_far(
    lowering: &mut Lowering,
    naming: &impl Fn(&'static str, &'static str, Unit) -> Naming,
    planned: Expression,
    realised: Expression,
) -> SoFarCells {
    let mut define = |figure, aspect, sum| lowering.cells.formula(naming(figure, aspect, Unit::Money), sum);
    let planned = define("planned_so_far", "planned so far", planned);
    let realised = define("realised_so_far", "realised so far", realised);
    let gap = Expression::cell(planned) - Expression::cell(realised);
    SoFarCells { planned, realised, gap: define("gap_so_far", "planned and not realised so far", gap) }
}

/// All benefits that follow an indicator and are counted, where there is one.
pub(super) fn define_totals(lowering: &mut Lowering, setting: Setting, lines: &[LineCells]) -> Option<RealisedCells> {
    let followed = lines.iter().filter(|line| line.is_counted()).filter_map(|line| line.followed.as_ref());
    let followed: Vec<RealisedCells> = followed.map(|followed| followed.cells).collect();
    if followed.is_empty() {
        return None;
    }
    let (id, subject) = (setting.scope.id("benefits"), setting.scope.subject("Benefits that are followed"));
    let naming = |figure, aspect, unit| {
        Naming::new(Id::of(Arc::clone(&id), figure)).label(Arc::clone(&subject), aspect).unit(unit)
    };
    let sum = |row: fn(&RealisedCells) -> CellId| Expression::sum_of(followed.iter().map(row).map(Expression::cell));
    let mut row = |figure, aspect, sum| lowering.cells.formula(naming(figure, aspect, Unit::Money), sum);
    let planned = row("planned", "planned by year", sum(|cells| cells.planned));
    let realised = row("realised", "realised by year", sum(|cells| cells.realised));
    let gap = Expression::cell(planned) - Expression::cell(realised);
    let gap = row("gap", "planned and not realised by year", gap);
    let totals = (sum(|cells| cells.so_far.planned), sum(|cells| cells.so_far.realised));
    let so_far = define_so_far(lowering, &naming, totals.0, totals.1);
    let share = Expression::cell(so_far.realised) / Expression::cell(so_far.planned);
    lowering.cells.formula(naming("realised_share", "share realised so far", Unit::Share), share);
    Some(RealisedCells { planned, realised, gap, so_far })
}

/// The progress of an indicator and where the years of the horizon lie among its periods, or why there is none.
fn find<'l>(
    lowering: &Lowering<'l>,
    setting: Setting,
    benefit: &str,
    indicator: &str,
) -> Result<Source<'l>, BenefitError> {
    let measured = setting.measured;
    let (id, indicator) = (benefit.to_owned(), indicator.to_owned());
    let Some(position) = measured.tree.and_then(|tree| tree.find(&indicator)) else {
        let nearest = lowering.nearest(&indicator, measured.tree.into_iter().flat_map(Tree::ids));
        return Err(BenefitError::FollowsUnknown { id, indicator, nearest });
    };
    let cells = measured.criteria.get(position).and_then(|criterion| criterion.measure.as_ref());
    let Some(cells) = cells.filter(|measure| measure.has_progress) else {
        return Err(BenefitError::FollowsNoProgress { id, indicator });
    };
    let Some((calendar, (from, to))) = lowering.calendar.and_then(|calendar| Some((calendar, calendar.ends()?))) else {
        return Err(BenefitError::FollowsWithoutPeriods { id, indicator });
    };
    let Some(first) = setting.first_year else {
        return Err(BenefitError::FollowsWithoutFirstYear { id, indicator });
    };
    let year_of = |year: u32| first.checked_add(i32::try_from(year).ok()?);
    let years: Vec<Option<Vec<u32>>> =
        (0..=lowering.years).map(|year| periods_of(calendar, (from, to), year_of(year)?)).collect();
    if years.iter().all(Option::is_none) {
        let last = year_of(lowering.years).unwrap_or(i32::MAX);
        return Err(BenefitError::FollowsOtherYears { id, indicator, from, to, first, last });
    }
    Ok(Source { progress: cells.all.progress, calendar, years })
}

/// The numbers of the periods that make up a fiscal year, where all of them are in the calendar.
fn periods_of(calendar: &Calendar, (from, to): (Period, Period), year: i32) -> Option<Vec<u32>> {
    let year: Period = year.to_string().parse().ok()?;
    let length = from.frequency();
    let first = year.first(length, calendar.fiscal_year)?;
    let last = last_part(year, length, calendar.fiscal_year)?;
    if first < from || last > to || length > Frequency::Year {
        return None;
    }
    let number = |period: Period| u32::try_from(calendar.position(period)?.checked_add(1)?).ok();
    let (first, last) = (number(first)?, number(last)?);
    Some((first..=last).collect())
}
