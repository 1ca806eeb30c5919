//! Values by period on their way into a model: given for the periods of the scorecard, for longer or for shorter ones.

use crate::aggregation::{Aggregation, aggregate};
use crate::amount::{AmountError, Lowering};
use crate::calendar::{Calendar, PeriodsError, last_part};
use crate::model::{Axis, Expression, Id, Naming, Shape, Unit};
use crate::period::{Frequency, Period};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What defines a row over the periods.
pub(crate) enum Row {
    Values(Vec<Option<Decimal>>),
    Formula(Expression),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::calendar::Periods;
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
        // the three months stand together, and no other month of the row with them
        let below = explained.steps[1..].iter().flat_map(|step| {
            let entries = step.values.iter().filter_map(|(entry, _)| entry.as_deref());
            entries.map(|entry| format!("{}.{entry}", step.id))
        });
        let months = ["2025-01", "2025-02", "2025-03"].map(|month| format!("scorecard.x.measured.actual.{month}"));
        assert_eq!(below.collect::<Vec<_>>(), months);
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
}
