//! The periods a scorecard is followed over, and values that are given by period.

use crate::amount::{AmountError, Lowering};
use crate::model::{
    Axis, AxisId, Binary, Builder, Cause, CellId, Change, Content, Expression, Function, Id, Naming, Shape, Unit,
};
use crate::period::{FiscalYear, Frequency, Period};
use crate::problem::Problem;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The periods a scorecard is followed over.
///
/// All measures, scores and roll-ups then have a value for each of these periods,
/// `scorecard.retention_rate.by_period.score.2025-Q3`, and the plain figures are those of the period that is evaluated.
///
/// ```
/// use appraise::scorecard::{Criterion, Measure, Scorecard};
/// use appraise::{Amount, Appraisal, Draft, Periods};
/// use rust_decimal::dec;
///
/// let quarter = |text: &str| text.parse::<appraise::Period>().unwrap();
/// let actual = Amount::PerPeriod(vec![(quarter("2025-Q1"), dec!(0.80)), (quarter("2025-Q2"), dec!(0.83))]);
/// let retention = Criterion::indicator("retention", Measure::target(dec!(0.78), dec!(0.86)).actual(actual));
/// let periods = Some(Periods::new(quarter("2025-Q1"), quarter("2025-Q4")));
/// let card = Scorecard { periods, ..Scorecard::new([retention]) };
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// // evaluated at the last period that has a value
/// assert_eq!(appraisal.base().figure("scorecard.score"), Some(Ok(dec!(0.625))));
/// assert_eq!(appraisal.base().figure("scorecard.by_period.score.2025-Q1"), Some(Ok(dec!(0.25))));
/// assert_eq!(appraisal.at(quarter("2025-Q1")).unwrap().figure("scorecard.score"), Some(Ok(dec!(0.25))));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Periods {
    /// The first one; its length is that of all.
    pub from: Period,
    /// The last one: the end of what is planned.
    pub to: Period,
    /// The one that is evaluated; the last one for which a value is given, where this is `None`.
    pub at: Option<Period>,
    /// When the fiscal year begins.
    pub fiscal_year: FiscalYear,
}

impl Periods {
    /// Calendar years, evaluated at the last period for which a value is given.
    pub fn new(from: Period, to: Period) -> Self {
        Self { from, to, at: None, fiscal_year: FiscalYear::CALENDAR }
    }
}

/// How values of shorter periods become that of a longer one.
///
/// **Formula**: a sum, a mean and an extreme need every value, and are missing where one is: a smallest value of two
/// months out of three is not that of the quarter. The last and the first value are the last and the first that are
/// known. The same holds for the year to date, over the periods of the fiscal year up to the one that is evaluated.
///
/// ```
/// use appraise::scorecard::{Criterion, FollowUp, Measure, Scorecard};
/// use appraise::{Aggregation, Amount, Appraisal, Draft, Period, Periods};
/// use rust_decimal::dec;
///
/// let quarter = |text: &str| text.parse::<Period>().unwrap();
/// let so_far = |rule| {
///     // nobody knows the first quarter
///     let actual = Amount::PerPeriod(vec![(quarter("2025-Q2"), dec!(20)), (quarter("2025-Q3"), dec!(22))]);
///     let follow_up = FollowUp { aggregation: Some(rule), ..FollowUp::default() };
///     let stock = Criterion::indicator("stock", Measure { follow_up, ..Measure::target(0, 30).actual(actual) });
///     let periods = Some(Periods::new(quarter("2025-Q1"), quarter("2025-Q4")));
///     let card = Scorecard { periods, ..Scorecard::new([stock]) };
///     let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
///     appraisal.base().figure("scorecard.stock.year_to_date").unwrap().ok()
/// };
/// assert_eq!(so_far(Aggregation::First), Some(dec!(20)));
/// assert_eq!(so_far(Aggregation::Last), Some(dec!(22)));
/// assert_eq!(so_far(Aggregation::Min), None);
/// assert_eq!(so_far(Aggregation::Sum), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregation {
    /// What flows: revenue, complaints, hours.
    Sum,
    /// What is averaged: a rate, a level seen several times.
    Mean,
    /// What stands at the end, the last that is known: customers, stock.
    Last,
    /// What stands at the beginning, the first that is known: the customers a retention is counted from.
    First,
    /// The smallest.
    Min,
    /// The largest.
    Max,
}

impl Aggregation {
    /// Every rule and its name in a document.
    pub const ALL: [(&'static str, Aggregation); 6] = [
        ("sum", Aggregation::Sum),
        ("mean", Aggregation::Mean),
        ("last", Aggregation::Last),
        ("first", Aggregation::First),
        ("min", Aggregation::Min),
        ("max", Aggregation::Max),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, rule)| *rule == self).map_or("", |(name, _)| name)
    }
}

/// What can be wrong with periods and values by period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeriodsError {
    /// A first and a last period of different lengths.
    #[error("`{from}` and `{to}` are periods of different lengths")]
    Lengths {
        /// The first period.
        from: Period,
        /// The last period, or the one that is evaluated.
        to: Period,
    },
    /// A last period before the first.
    #[error("`{to}` comes before `{from}`")]
    Order {
        /// The first period.
        from: Period,
        /// The last period.
        to: Period,
    },
    /// More periods than anybody follows.
    #[error("there are {found} periods from `{from}` to `{to}`, more than {MOST_PERIODS}")]
    TooMany {
        /// The first period.
        from: Period,
        /// The last period.
        to: Period,
        /// How many there are.
        found: i32,
    },
    /// More values than fit.
    #[error("{criteria} criteria over {periods} periods are more than {most} values of each figure")]
    TooMuch {
        /// How many criteria there are.
        criteria: usize,
        /// How many periods there are.
        periods: usize,
        /// The most values there can be.
        most: usize,
    },
    /// A period outside those of the scorecard.
    #[error("`{period}` lies outside the periods of the scorecard, {from} to {to}")]
    Outside {
        /// The period as written.
        period: Period,
        /// The first of the scorecard.
        from: Period,
        /// The last of the scorecard.
        to: Period,
    },
    /// Values by period in a scorecard that has none.
    #[error("values are given by period, but the scorecard has no periods")]
    NoPeriods,
    /// Values by period where only a value that holds throughout makes sense.
    #[error("values are given by period, but only one can stand here")]
    NotByPeriod,
    /// A plain number where there are periods.
    #[error("the value does not say for which period it holds")]
    WithoutPeriod,
    /// Two values of one period.
    #[error("`{period}` and `{other}` are the same period of the scorecard")]
    Twice {
        /// The one as written.
        period: Period,
        /// The other.
        other: Period,
    },
    /// Values of months beside values of quarters.
    #[error(
        "`{period}` and `{other}` are of different lengths, of which one is shorter than a period of the scorecard"
    )]
    Mixed {
        /// The one as written.
        period: Period,
        /// The other.
        other: Period,
    },
    /// Values of shorter periods without a rule that says what becomes of them.
    #[error("values of shorter periods need a rule that makes one of a {longer}")]
    NoAggregation {
        /// What a period of the scorecard is.
        longer: &'static str,
    },
}

impl PeriodsError {
    /// What to type instead.
    pub fn help(&self) -> String {
        match self {
            Self::Lengths { from, .. } => {
                format!("write both as a {}, as in `{{from: {from}, to: …}}`", from.frequency().name())
            }
            Self::Order { from, to } => format!("write `{{from: {to}, to: {from}}}`"),
            Self::TooMany { .. } => "follow longer periods, as in `{from: 2024-Q1, to: 2026-Q4}`".to_owned(),
            Self::TooMuch { .. } => {
                "follow longer periods, as in `{from: 2024-Q1, to: 2026-Q4}`, or write several documents".to_owned()
            }
            Self::Outside { from, to, .. } => {
                format!("write one from `{from}` to `{to}`, or extend `scorecard.periods`")
            }
            Self::NoPeriods => "add `periods: {from: 2025-Q1, to: 2026-Q4}` under `scorecard:`".to_owned(),
            Self::NotByPeriod => "write one value".to_owned(),
            Self::WithoutPeriod => {
                "write the value of each period, as in `{2025-Q1: 78%, 2025-Q2: 80%}`, or a list with one entry a period"
                    .to_owned()
            }
            Self::Twice { .. } => "keep one of the two".to_owned(),
            Self::Mixed { other, .. } => format!("write all of them as a {}", other.frequency().name()),
            Self::NoAggregation { .. } => {
                let rules: Vec<String> = Aggregation::ALL.iter().map(|(rule, _)| format!("`{rule}`")).collect();
                format!("add `aggregation:` with one of {}", rules.join(", "))
            }
        }
    }
}

/// A thousand criteria over as many weeks as there may be fit; each has about ten rows.
const MOST_VALUES: usize = 1_000_000;

/// Ten years of weeks, and a year more.
pub const MOST_PERIODS: i32 = 572;

/// A figure over the periods, and at the one that is evaluated; without periods the two are one cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timed {
    pub(crate) all: CellId,
    pub(crate) now: CellId,
}

impl From<CellId> for Timed {
    fn from(cell: CellId) -> Self {
        Self { all: cell, now: cell }
    }
}

/// The periods as cells.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    pub(crate) axis: AxisId,
    pub(crate) periods: Arc<[Period]>,
    pub(crate) fiscal_year: FiscalYear,
    /// Which period is evaluated, counted from 1.
    pub(crate) now: CellId,
    /// The one before it.
    pub(crate) previous: CellId,
    /// The same period of the year before.
    pub(crate) year_before: CellId,
    /// The numbers of the periods, 1 to n.
    pub(crate) numbers: CellId,
    /// Whether a period lies in the fiscal year of the one that is evaluated, and not after it.
    pub(crate) year_to_date: CellId,
    /// No value, for formulas that leave periods out.
    pub(crate) nothing: CellId,
    /// Where the evaluated period stands, from 0.
    pub(crate) at: usize,
}

const AT: &str = "scorecard.periods";

/// The name of the axis that all rows over the periods run along.
pub(crate) const AXIS: &str = "periods";

impl Calendar {
    /// Checks the periods and defines their cells; `given` are the periods for which there is a value.
    pub(crate) fn define(
        cells: &mut Builder,
        stated: &Periods,
        given: impl Iterator<Item = Period>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let Periods { from, to, at, fiscal_year } = *stated;
        let mut refuse = |at: &str, error: PeriodsError| problems.push(Problem::new(at, error));
        let Some(steps) = to.since(from) else {
            refuse("scorecard.periods.to", PeriodsError::Lengths { from, to });
            return None;
        };
        if steps < 0 {
            refuse("scorecard.periods.to", PeriodsError::Order { from, to });
            return None;
        }
        if steps >= MOST_PERIODS {
            refuse(AT, PeriodsError::TooMany { from, to, found: steps.saturating_add(1) });
            return None;
        }
        let periods: Arc<[Period]> = std::iter::successors(Some(from), |period| Some(period.next()))
            .take_while(|period| *period <= to)
            .collect();
        let position = |period: Period| periods.iter().position(|known| *known == period);
        if let Some(at) = at.filter(|at| position(*at).is_none()) {
            let error = match at.since(from) {
                None => PeriodsError::Lengths { from, to: at },
                Some(_) => PeriodsError::Outside { period: at, from, to },
            };
            refuse("scorecard.periods.at", error);
        }
        let last_given = given.filter_map(|given| last_part(given, from.frequency(), fiscal_year)).max();
        let last = last_given.map(|last| last.min(to)).and_then(position);
        let now = at.and_then(position).or(last).unwrap_or(periods.len().saturating_sub(1));
        let axis = cells.axis(Axis::named(AXIS, periods.iter().map(ToString::to_string)));
        let naming =
            |id: &'static str, label: &'static str| Naming::new(id).label(label, "").unit(Unit::Ordinal).source(AT);
        let count = |number: usize| Decimal::from(number.saturating_add(1));
        let evaluated =
            cells.input(naming("scorecard.period", "Period that is evaluated"), Shape::Scalar, [Some(count(now))]);
        let numbers = (0..periods.len()).map(|position| Some(count(position)));
        let numbers =
            cells.input(naming("scorecard.period_numbers", "Numbers of the periods"), Shape::Row(axis), numbers);
        let before = periods.iter().map(|period| period.a_year_before().and_then(position).map(count));
        let before = before.map(|position| position.ok_or(Cause::OutsideRow));
        let before = cells.input_or_cause(
            naming("scorecard.same_period_a_year_before", "Same period a year before"),
            Shape::Row(axis),
            before,
        );
        let years: Vec<Option<Decimal>> =
            periods.iter().map(|period| Some(period.within(Frequency::Year, fiscal_year)?.year().into())).collect();
        let years = cells.input(naming("scorecard.fiscal_years", "Fiscal years"), Shape::Row(axis), years);
        let at = |row: CellId, position: CellId| {
            Expression::call(Function::At, [Expression::cell(row), Expression::cell(position)])
        };
        let year_before =
            cells.formula(naming("scorecard.period_a_year_before", "Period a year before"), at(before, evaluated));
        let previous = Expression::cell(evaluated) - Expression::number(1);
        let previous = cells.formula(naming("scorecard.previous_period", "Previous period"), previous);
        let year = cells.formula(naming("scorecard.fiscal_year", "Fiscal year"), at(years, evaluated));
        let same_year = Expression::cell(years).binary(Binary::Equal, Expression::cell(year));
        let not_after = Expression::cell(numbers).binary(Binary::LessOrEqual, Expression::cell(evaluated));
        let year_to_date = cells.formula(
            naming("scorecard.year_to_date", "Year to date").unit(Unit::Set),
            same_year.binary(Binary::And, not_after),
        );
        let nothing = cells.absent(naming("scorecard.left_out", "Left out"), Shape::Scalar, Cause::NoData);
        Some(Self {
            axis,
            fiscal_year,
            now: evaluated,
            previous,
            year_before,
            numbers,
            year_to_date,
            nothing,
            at: now,
            periods,
        })
    }

    /// Whether the figures of so many criteria fit, one value for each period; says so where they do not.
    pub(crate) fn has_room(&self, criteria: usize, problems: &mut Vec<Problem>) -> bool {
        let periods = self.periods.len();
        let fits = criteria.saturating_mul(periods) <= MOST_VALUES;
        if !fits {
            problems.push(Problem::new(AT, PeriodsError::TooMuch { criteria, periods, most: MOST_VALUES }));
        }
        fits
    }

    /// Where a period stands, from 0.
    pub(crate) fn position(&self, period: Period) -> Option<usize> {
        self.periods.iter().position(|known| *known == period)
    }

    /// The change that makes another period the one that is evaluated.
    pub(crate) fn evaluated_at(&self, period: Period) -> Option<Change> {
        let number = Decimal::from(self.position(period)?.checked_add(1)?);
        let content = Content::Input([Ok(number)].into());
        Some(Change { cell: self.now, shape: Shape::Scalar, content, source: None })
    }

    /// How many periods lie between the start and a period, its end included; it may lie beyond the last one.
    pub(crate) fn number_of(&self, period: Period) -> Option<Decimal> {
        let first = *self.periods.first()?;
        let last = last_part(period, first.frequency(), self.fiscal_year)?;
        Some(Decimal::from(last.since(first)?.checked_add(1)?))
    }

    fn ends(&self) -> Option<(Period, Period)> {
        Some((*self.periods.first()?, *self.periods.last()?))
    }

    /// `at(row, position)`
    pub(crate) fn pick(row: CellId, position: CellId) -> Expression {
        Expression::call(Function::At, [Expression::cell(row), Expression::cell(position)])
    }

    /// The row with everything after the evaluated period left out.
    pub(crate) fn until_now(&self, row: CellId) -> Expression {
        let known = Expression::cell(self.numbers).binary(Binary::LessOrEqual, Expression::cell(self.now));
        Expression::choose(known, Expression::cell(row), Expression::cell(self.nothing))
    }
}

/// The length that most have; the first of them where several are as many.
fn most_common(lengths: impl Iterator<Item = Frequency>) -> Option<Frequency> {
    let mut counts: Vec<(Frequency, usize)> = Vec::new();
    for length in lengths {
        match counts.iter_mut().find(|(known, _)| *known == length) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => counts.push((length, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(length, _)| length)
}

/// The last part of a period that has a certain length; the period itself, or the one it belongs to, where it is not longer.
fn last_part(period: Period, length: Frequency, fiscal_year: FiscalYear) -> Option<Period> {
    if period.frequency() <= length {
        return period.within(length, fiscal_year);
    }
    Some(period.next().first(length, fiscal_year)?.before())
}

/// Values by period on their way into a model.
pub(crate) struct Series<'a> {
    /// Whose they are: `scorecard.retention_rate`.
    pub(crate) owner: &'a Arc<str>,
    /// What a reader calls it.
    pub(crate) subject: &'a Arc<str>,
    /// Which figure of it: `actual`.
    pub(crate) part: &'static str,
    pub(crate) unit: Unit,
    /// Where they were written.
    pub(crate) at: Id,
    pub(crate) values: &'a [(Period, Decimal)],
    pub(crate) aggregation: Option<Aggregation>,
    /// Whether a value holds until the next one, as targets do.
    pub(crate) holds: bool,
}

impl Series<'_> {
    /// The row over the periods of the scorecard, as what defines it: values as they were given, or a formula over values
    /// of shorter periods.
    pub(crate) fn lower(&self, lowering: &mut Lowering) -> Row {
        let at = self.at.to_string();
        let Some(calendar) = lowering.calendar else {
            lowering.problem(at, PeriodsError::NoPeriods);
            return Row::Values(Vec::new());
        };
        let Some((from, to)) = calendar.ends() else { return Row::Values(Vec::new()) };
        let length = from.frequency();
        let fiscal_year = calendar.fiscal_year;
        // shorter periods are all of one length: what most of the values have is what is meant
        let lengths = self.values.iter().map(|(period, _)| period.frequency().min(length));
        let has_shorter = lengths.clone().any(|found| found < length);
        let unit = if has_shorter { most_common(lengths).unwrap_or(length) } else { length };
        let usual = self.values.iter().map(|(period, _)| *period).find(|period| period.frequency().min(length) == unit);
        let shorter = usual.filter(|_| unit < length);
        let mut given: BTreeMap<Period, (Period, Decimal)> = BTreeMap::new();
        for (period, value) in self.values {
            let at = || format!("{at}.{period}");
            if value.abs() > crate::amount::LARGEST {
                lowering.problem(at(), AmountError::TooLarge { value: *value });
            }
            // among months no quarter has its place, among quarters no month, but a year has its end
            let is_odd = if unit < length { period.frequency() != unit } else { period.frequency() < length };
            if let Some(other) = usual.filter(|_| is_odd) {
                lowering.problem(at(), PeriodsError::Mixed { period: *period, other });
                continue;
            }
            // what is reported for a longer period is known at its end; a target holds from its beginning
            let slot = match self.holds {
                true => period.first(unit, fiscal_year).or_else(|| period.within(unit, fiscal_year)),
                false => last_part(*period, unit, fiscal_year),
            };
            let inside =
                slot.and_then(|slot| slot.within(length, fiscal_year)).is_some_and(|slot| from <= slot && slot <= to);
            let before_all = self.holds && slot.is_some_and(|slot| slot < from);
            match slot {
                Some(slot) if inside || before_all => {
                    if let Some((other, _)) = given.insert(slot, (*period, *value)) {
                        lowering.problem(at(), PeriodsError::Twice { period: *period, other });
                    }
                }
                _ => lowering.problem(at(), PeriodsError::Outside { period: *period, from, to }),
            }
        }
        match shorter {
            None => Row::Values(self.row_of(calendar, &given)),
            Some(_) => self.aggregated(lowering, unit, &given),
        }
    }

    fn row_of(&self, calendar: &Calendar, given: &BTreeMap<Period, (Period, Decimal)>) -> Vec<Option<Decimal>> {
        let value = |period: &Period| {
            let found = if self.holds { given.range(..=*period).next_back() } else { given.get_key_value(period) };
            found.map(|(_, (_, value))| *value)
        };
        calendar.periods.iter().map(value).collect()
    }

    /// Values of shorter periods as a row of their own, and one value of the scorecard's period made of each group.
    fn aggregated(
        &self,
        lowering: &mut Lowering,
        shorter: Frequency,
        given: &BTreeMap<Period, (Period, Decimal)>,
    ) -> Row {
        let (Some(calendar), at) = (lowering.calendar, self.at.to_string()) else { return Row::Values(Vec::new()) };
        let longer = calendar.periods.first().map_or(Frequency::Year, |period| period.frequency());
        let Some(rule) = self.aggregation else {
            lowering.problem(at, PeriodsError::NoAggregation { longer: longer.name() });
            return Row::Values(Vec::new());
        };
        let parts: Vec<Vec<Period>> = calendar
            .periods
            .iter()
            .map(|period| {
                let first = period.first(shorter, calendar.fiscal_year);
                let parts = std::iter::successors(first, |part| Some(part.next()));
                parts.take_while(|part| part.within(longer, calendar.fiscal_year) == Some(*period)).collect()
            })
            .collect();
        let all: Vec<Period> = parts.iter().flatten().copied().collect();
        let axis = lowering.cells.axis(Axis::named(shorter.plural(), all.iter().map(ToString::to_string)));
        let values = all.iter().map(|part| given.get(part).map(|(_, value)| *value));
        let naming = Naming::new(Id::of(Arc::<str>::from(format!("{}.measured", self.owner)), self.part));
        let naming = naming.label(Arc::clone(self.subject), "measured").unit(self.unit.clone()).source(self.at.clone());
        let measured = lowering.cells.input(naming, Shape::Row(axis), values);
        let mut number: u32 = 0;
        let groups = parts.iter().map(|parts| {
            let entries: Vec<Expression> = parts
                .iter()
                .map(|_| {
                    number = number.saturating_add(1);
                    Expression::entry(measured, number)
                })
                .collect();
            aggregate(rule, entries)
        });
        Row::Formula(Expression::row(calendar.axis, groups.collect::<Vec<_>>()))
    }
}

/// One value of several, all of which must be known, except that the last and the first known one stand for themselves.
pub(crate) fn aggregate(rule: Aggregation, entries: Vec<Expression>) -> Expression {
    let known = |entries: Vec<Expression>| {
        let mut entries = entries.into_iter();
        let first = entries.next().unwrap_or(Expression::number(0));
        entries.fold(first, |found, next| Expression::call(Function::Otherwise, [found, next]))
    };
    match rule {
        Aggregation::Sum => Expression::sum_of(entries),
        Aggregation::Mean => Expression::fold_of(Function::Mean, entries),
        Aggregation::Min => Expression::fold_of(Function::Min, entries),
        Aggregation::Max => Expression::fold_of(Function::Max, entries),
        Aggregation::First => known(entries),
        Aggregation::Last => known(entries.into_iter().rev().collect()),
    }
}

/// What defines a row over the periods.
pub(crate) enum Row {
    Values(Vec<Option<Decimal>>),
    Formula(Expression),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, FollowUp, Measure, Scorecard};
    use crate::{Amount, Draft};
    use rust_decimal::dec;

    fn period(text: &str) -> Period {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    fn values(values: &[(&str, i64)]) -> Amount {
        Amount::PerPeriod(values.iter().map(|(text, value)| (period(text), Decimal::from(*value))).collect())
    }

    fn followed(actual: Amount, follow_up: FollowUp) -> Draft {
        let measure = Measure { follow_up, ..Measure::target(0, 100).actual(actual) };
        let periods = Some(Periods::new(period("2025-Q1"), period("2025-Q4")));
        let card = Scorecard { periods, ..Scorecard::new([Criterion::indicator("x", measure)]) };
        Draft { scorecard: Some(card), ..Draft::default() }
    }

    fn ruled(aggregation: Aggregation) -> FollowUp {
        FollowUp { aggregation: Some(aggregation), ..FollowUp::default() }
    }

    const MONTHS: [(&str, i64); 5] =
        [("2025-01", 10), ("2025-02", 30), ("2025-03", 20), ("2025-04", 7), ("2025-06", 9)];

    #[test]
    fn values_of_months_become_one_of_the_quarter() {
        let quarters = |rule| {
            let figures = Figures::of(followed(values(&MONTHS), ruled(rule)));
            ["2025-Q1", "2025-Q2", "2025-Q3"].map(|quarter| {
                let figure = figures.0.base().figure(&format!("scorecard.x.by_period.actual.{quarter}"));
                figure.unwrap().ok()
            })
        };
        // May is missing: the sum, the mean and the extremes of the second quarter are not known
        assert_eq!(quarters(Aggregation::Sum), [Some(dec!(60)), None, None]);
        assert_eq!(quarters(Aggregation::Mean), [Some(dec!(20)), None, None]);
        assert_eq!(quarters(Aggregation::Min), [Some(dec!(10)), None, None]);
        assert_eq!(quarters(Aggregation::Max), [Some(dec!(30)), None, None]);
        assert_eq!(quarters(Aggregation::Last), [Some(dec!(20)), Some(dec!(9)), None]);
        assert_eq!(quarters(Aggregation::First), [Some(dec!(10)), Some(dec!(7)), None]);
        let figures = Figures::of(followed(values(&MONTHS), ruled(Aggregation::Sum)));
        assert_eq!(figures.get("scorecard.x.measured.actual.2025-03"), dec!(20));
        // evaluated at the last quarter that has any value
        assert_eq!(figures.0.base().period(), Some(period("2025-Q2")));
    }

    #[test]
    fn one_entry_of_an_aggregated_row_is_explained_by_its_own_months() {
        let figures = Figures::of(followed(values(&MONTHS), ruled(Aggregation::Sum)));
        let explained = figures.0.base().explain("scorecard.x.by_period.actual.2025-Q1").unwrap();
        let ids: Vec<&str> = explained.steps.iter().map(|step| step.id.as_str()).collect();
        let months = ["2025-01", "2025-02", "2025-03"].map(|month| format!("scorecard.x.measured.actual.{month}"));
        assert_eq!(ids[1..], months);
        let formula = format!("sum({})", months.join(", "));
        assert_eq!(explained.steps[0].formula.as_deref(), Some(formula.as_str()));
    }

    #[test]
    fn a_value_of_a_longer_period_is_known_at_its_end_and_a_target_holds_from_its_beginning() {
        let measure = Measure::target(0, values(&[("2024", 50), ("2025-Q3", 80)]))
            .actual(values(&[("2025-H1", 40), ("2025", 60)]));
        let periods = Some(Periods::new(period("2025-Q1"), period("2025-Q4")));
        let card = Scorecard { periods, ..Scorecard::new([Criterion::indicator("x", measure)]) };
        let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
        let row = |id: &str| {
            ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
                .map(|quarter| figures.0.base().figure(&format!("scorecard.x.by_period.{id}.{quarter}")).unwrap().ok())
        };
        assert_eq!(row("actual"), [None, Some(dec!(40)), None, Some(dec!(60))]);
        assert_eq!(row("target"), [50, 50, 80, 80].map(|target| Some(Decimal::from(target))));
        assert_eq!(row("score"), [None, Some(dec!(0.8)), None, Some(dec!(0.75))]);
    }

    #[test]
    fn a_value_stands_in_until_it_is_too_old() {
        let carried = FollowUp { carry_forward: Some(1), ..FollowUp::default() };
        let figures = Figures::of(followed(values(&[("2025-Q1", 40)]), carried));
        let scores = ["2025-Q1", "2025-Q2", "2025-Q3"]
            .map(|quarter| figures.0.at(period(quarter)).unwrap().figure("scorecard.score").unwrap().ok());
        assert_eq!(scores, [Some(dec!(0.4)), Some(dec!(0.4)), None]);
    }

    #[test]
    fn values_by_period_that_fit_nowhere_are_refused() {
        let told = |amount: Amount| problems(followed(amount, FollowUp::default()));
        assert_eq!(
            told(values(&[("2024-Q4", 1), ("2025-Q1", 1), ("2025-Q4", 3), ("2025", 4)])),
            [
                "scorecard.x.actual.2024-Q4: `2024-Q4` lies outside the periods of the scorecard, 2025-Q1 to 2025-Q4",
                "scorecard.x.actual.2025: `2025` and `2025-Q4` are the same period of the scorecard",
            ]
        );
        assert_eq!(
            told(values(&[("2025-01", 1), ("2025-W07", 2)])),
            [
                "scorecard.x.actual.2025-W07: `2025-W07` and `2025-01` are of different lengths, of which one is shorter than a period of the scorecard",
                "scorecard.x.actual: values of shorter periods need a rule that makes one of a quarter",
            ]
        );
        assert_eq!(told(3.into()), ["scorecard.x.actual: the value does not say for which period it holds"]);
        let measure = Measure::target(0, 1).actual(values(&[("2025", 1)]));
        let card = Scorecard::new([Criterion::indicator("x", measure)]);
        assert_eq!(
            problems(Draft { scorecard: Some(card), ..Draft::default() }),
            ["scorecard.x.actual: values are given by period, but the scorecard has no periods"]
        );
    }

    #[test]
    fn periods_that_do_not_run_from_first_to_last_are_refused() {
        let told = |from: &str, to: &str, at: Option<&str>| {
            let periods = Periods { at: at.map(period), ..Periods::new(period(from), period(to)) };
            let card = Scorecard { periods: Some(periods), ..Scorecard::new([Criterion::judged("x")]) };
            problems(Draft { scorecard: Some(card), ..Draft::default() })
        };
        assert_eq!(
            told("2025-Q1", "2025", None),
            ["scorecard.periods.to: `2025-Q1` and `2025` are periods of different lengths"]
        );
        assert_eq!(told("2025", "2024", None), ["scorecard.periods.to: `2024` comes before `2025`"]);
        assert_eq!(
            told("1900-W01", "2200-W01", None),
            ["scorecard.periods: there are 15654 periods from `1900-W01` to `2200-W01`, more than 572"]
        );
        assert_eq!(
            told("2024", "2025", Some("2026")),
            ["scorecard.periods.at: `2026` lies outside the periods of the scorecard, 2024 to 2025"]
        );
    }
}
