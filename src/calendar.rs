//! The periods a scorecard is followed over, and values that are given by period.

use crate::aggregation::Aggregation;
use crate::model::{
    Axis, AxisId, Binary, Builder, Cause, CellId, Change, Content, Expression, Function, Naming, Shape, Unit,
};
use crate::period::{FiscalYear, Frequency, Period};
use crate::problem::Problem;
use rust_decimal::Decimal;
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
    /// How many periods of that fiscal year lie before the first one, where the first one does not begin its year.
    pub(crate) year_to_date_lacks: Option<CellId>,
    /// No value, for formulas that leave periods out.
    pub(crate) nothing: CellId,
    /// Where the evaluated period stands, from 0.
    pub(crate) at: usize,
}

const AT: &str = "scorecard.periods";

/// The weeks of the longest fiscal year.
const MOST_IN_A_YEAR: usize = 54;

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
        let year_of = |period: Period| period.within(Frequency::Year, fiscal_year);
        let earlier = std::iter::successors(Some(from.before()), |period| Some(period.before()))
            .take(MOST_IN_A_YEAR)
            .take_while(|period| year_of(*period).is_some_and(|year| Some(year) == year_of(from)))
            .count();
        let year_to_date_lacks = (earlier > 0).then(|| {
            let is_first_year = Expression::cell(year).binary(Binary::Equal, Expression::entry(years, 1));
            let earlier = Expression::number(Decimal::from(earlier));
            let label = "Periods of the fiscal year before the first one";
            cells.formula(
                naming("scorecard.year_to_date_lacks", label).unit(Unit::Number),
                Expression::choose(is_first_year, earlier, Expression::number(0)),
            )
        });
        let nothing = cells.absent(naming("scorecard.left_out", "Left out"), Shape::Scalar, Cause::NoData);
        Some(Self {
            axis,
            fiscal_year,
            now: evaluated,
            previous,
            year_before,
            numbers,
            year_to_date,
            year_to_date_lacks,
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

    pub(crate) fn ends(&self) -> Option<(Period, Period)> {
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

/// The last part of a period that has a certain length; the period itself, or the one it belongs to, where it is not longer.
pub(crate) fn last_part(period: Period, length: Frequency, fiscal_year: FiscalYear) -> Option<Period> {
    if period.frequency() <= length {
        return period.within(length, fiscal_year);
    }
    Some(period.next().first(length, fiscal_year)?.before())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::problems;
    use crate::scorecard::{Criterion, Scorecard};

    fn period(text: &str) -> Period {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
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
