//! Where an indicator comes from and where it is heading: change, year to date, what was expected by now, and a forecast.

use super::actual::{FollowUp, Path};
use super::measure::of;
use super::{Node, ScorecardError};
use crate::aggregation::Aggregation;
use crate::amount::Lowering;
use crate::calendar::{Calendar, PeriodsError, Timed};
use crate::model::{Binary, CellId, Expression, Function, Id, Naming, Shape, Unit};
use crate::period::Period;
use rust_decimal::Decimal;
use std::sync::Arc;

/// What a trend is drawn from.
pub(crate) struct Trended {
    pub(crate) base: Option<CellId>,
    pub(crate) target: Option<Timed>,
    pub(crate) actual: Timed,
    /// The values as they were given: one that stands in for another is not seen twice by a forecast.
    pub(crate) observed: CellId,
    pub(crate) progress: Timed,
    pub(crate) unit: Unit,
    /// What a definition makes of its data of the year so far.
    pub(crate) year_to_date: Option<Expression>,
}

/// The trend of one indicator at the period that is evaluated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TrendCells {
    pub(crate) previous: CellId,
    pub(crate) change: CellId,
    pub(crate) year_before: CellId,
    pub(crate) change_on_year: CellId,
    pub(crate) year_to_date: Option<CellId>,
    pub(crate) plan: Option<PlanCells>,
}

/// What was expected by the period that is evaluated, and what is to be expected when the target is due.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlanCells {
    pub(crate) expected: CellId,
    pub(crate) expected_progress: CellId,
    pub(crate) ahead: CellId,
    /// How many periods after the first the target is due; counted from 1.
    pub(crate) due: CellId,
    /// The target that will be in force then.
    pub(crate) target: CellId,
    pub(crate) forecast: CellId,
    pub(crate) low: CellId,
    pub(crate) high: CellId,
    pub(crate) forecast_progress: CellId,
}

/// How sure the interval of a forecast is to hold what comes.
pub(crate) const CONFIDENCE: Decimal = Decimal::from_parts(80, 0, 0, false, 2);

fn naming(node: &Node, figure: &'static str, aspect: &'static str, unit: &Unit) -> Naming {
    Naming::new(of(node, figure)).label(node.name.clone(), aspect).unit(unit.clone())
}

/// The trend of a measure, where the scorecard has periods.
pub(crate) fn define(
    lowering: &mut Lowering,
    node: &Node,
    own: &FollowUp,
    card: &FollowUp,
    of_it: &Trended,
) -> Option<TrendCells> {
    let calendar = lowering.calendar?;
    let unit = &of_it.unit;
    let actual = of_it.actual;
    let picked = |lowering: &mut Lowering, figure, aspect, position| {
        lowering.cells.formula(naming(node, figure, aspect, unit), Calendar::pick(actual.all, position))
    };
    let previous = picked(lowering, "previous", "previous period", calendar.previous);
    let year_before = picked(lowering, "year_before", "same period a year before", calendar.year_before);
    let difference = |lowering: &mut Lowering, figure, aspect, before| {
        let change = Expression::cell(actual.now) - Expression::cell(before);
        lowering.cells.formula(naming(node, figure, aspect, unit), change)
    };
    let change = difference(lowering, "change", "change", previous);
    let change_on_year = difference(lowering, "change_on_year", "change on the year", year_before);
    // a rule of the indicator's own goes before that of its definition, and that before the scorecard's
    let by_rule = |rule: Option<Aggregation>| rule.map(|rule| year_to_date(calendar, rule, actual));
    let year_to_date = by_rule(own.aggregation).or(of_it.year_to_date.clone()).or_else(|| by_rule(card.aggregation));
    let year_to_date =
        year_to_date.map(|formula| lowering.cells.formula(naming(node, "year_to_date", "year to date", unit), formula));
    let plan = match (of_it.base, of_it.target) {
        (Some(base), Some(target)) => Some(plan(lowering, node, own, card, of_it, (base, target))),
        _ => None,
    };
    Some(TrendCells { previous, change, year_before, change_on_year, year_to_date, plan })
}

/// What the rule makes of the periods of the fiscal year up to the one that is evaluated; as
/// [`aggregate`](crate::calendar::aggregate), but over the part of a row that hangs on which period that is.
pub(crate) fn year_to_date(calendar: &Calendar, rule: Aggregation, actual: Timed) -> Expression {
    let inside = || Expression::cell(calendar.year_to_date);
    let values = |instead: Expression| Expression::choose(inside(), Expression::cell(actual.all), instead);
    let sum = |of: Expression| Expression::call(Function::Sum, [of]);
    // whatever lies outside stands as the value now, which is inside
    let extreme = |function| Expression::call(function, [values(Expression::cell(actual.now))]);
    // the first of the numbers of the known ones, or the last
    let known = |share: i64| {
        let nothing = || Expression::cell(calendar.nothing);
        let is_known = Expression::call(Function::Known, [values(nothing())]);
        let numbers = Expression::choose(is_known, Expression::cell(calendar.numbers), nothing());
        let number = Expression::call(Function::Quantile, [numbers, Expression::number(share)]);
        Expression::call(Function::At, [Expression::cell(actual.all), number])
    };
    match rule {
        Aggregation::Sum => sum(values(Expression::number(0))),
        Aggregation::Mean => sum(values(Expression::number(0))) / sum(inside()),
        Aggregation::Last => known(1),
        Aggregation::First => known(0),
        Aggregation::Min => extreme(Function::Min),
        Aggregation::Max => extreme(Function::Max),
    }
}

fn plan(
    lowering: &mut Lowering,
    node: &Node,
    own: &FollowUp,
    card: &FollowUp,
    of_it: &Trended,
    (base, target): (CellId, Timed),
) -> PlanCells {
    let unit = &of_it.unit;
    let now = |calendar: &Calendar| Expression::cell(calendar.now);
    let due = number_of(lowering, node, (own.due, card.due), "due").unwrap_or_else(|| last(lowering));
    let start = number_of(lowering, node, (own.start, card.start), "start").unwrap_or(Decimal::ZERO);
    if start >= due {
        let error = ScorecardError::DueBeforeStart { id: node.id.to_string() };
        lowering.problem(of(node, if own.due.is_some() { "due" } else { "start" }).to_string(), error);
    }
    let number = |lowering: &mut Lowering, figure, aspect, (own, card): (bool, bool), value| {
        let at = match (own, card) {
            (true, _) => of(node, figure),
            (false, true) => Id::of(super::ROOT, figure),
            (false, false) => Id::from("scorecard.periods"),
        };
        let naming = Naming::new(of(node, figure)).label(node.name.clone(), aspect).source(at);
        lowering.cells.input(naming, Shape::Scalar, [Some(value)])
    };
    let due_cell =
        number(lowering, "due", "period when the target is due", (own.due.is_some(), card.due.is_some()), due);
    let start_cell =
        number(lowering, "start", "period when the base held", (own.start.is_some(), card.start.is_some()), start);
    let path = own.path.or(card.path).unwrap_or_default();
    let changes_over_time = target.all != target.now;
    let expected = match lowering.calendar {
        // a target of its own for each period is what is expected in it
        Some(_) if changes_over_time => Expression::cell(target.now),
        Some(calendar) => {
            let end = (Expression::cell(due_cell), Expression::cell(target.now));
            let begin = (Expression::cell(start_cell), Expression::cell(base));
            let points = milestones(lowering, node, &own.milestones, (start, due));
            waypoints(&now(calendar), path, begin, points, end)
        }
        None => Expression::number(0),
    };
    let expected = lowering.cells.formula(naming(node, "expected", "expected by now", unit), expected);
    let share = |lowering: &mut Lowering, figure, aspect, formula| {
        lowering.cells.formula(naming(node, figure, aspect, &Unit::Share), formula)
    };
    let progress_of = |value: CellId, target: CellId| {
        (Expression::cell(value) - Expression::cell(base)) / (Expression::cell(target) - Expression::cell(base))
    };
    let by_now = progress_of(expected, target.now);
    let expected_progress = share(lowering, "expected_progress", "progress expected by now", by_now);
    let ahead = Expression::cell(of_it.progress.now) - Expression::cell(expected_progress);
    let ahead = share(lowering, "ahead", "ahead of what was expected", ahead);
    let confidence = Naming::new(of(node, "confidence")).label(node.name.clone(), "confidence of the interval");
    let confidence = lowering.cells.input(confidence.unit(Unit::Share), Shape::Scalar, [Some(CONFIDENCE)]);
    let row = lowering.calendar.map_or(Expression::number(0), |calendar| calendar.until_now(of_it.observed));
    let known =
        Naming::new(Id::of(Arc::clone(&node.by_period), "until_now")).label(node.name.clone(), "actual until now");
    let known = lowering.cells.formula(known.unit(unit.clone()), row);
    let cell = Expression::cell;
    let margin = Expression::call(Function::ForecastMargin, [cell(known), cell(due_cell), cell(confidence)]);
    let margin = lowering.cells.formula(naming(node, "forecast_margin", "margin of the forecast", unit), margin);
    // two points always lie on a line, so that nobody can say how far off it leads
    let forecast = Expression::call(Function::LinearForecast, [cell(known), cell(due_cell)]);
    let has_margin = Expression::call(Function::Known, [cell(margin)]);
    let forecast = Expression::choose(has_margin, forecast, cell(margin));
    let forecast = lowering.cells.formula(naming(node, "forecast", "forecast when the target is due", unit), forecast);
    let end = |lowering: &mut Lowering, figure, aspect, binary| {
        let formula = cell(forecast).binary(binary, cell(margin));
        lowering.cells.formula(naming(node, figure, aspect, unit), formula)
    };
    let low = end(lowering, "forecast_low", "lower end of the forecast", Binary::Subtract);
    let high = end(lowering, "forecast_high", "upper end of the forecast", Binary::Add);
    // the last target stays in force beyond the last period
    let target = match changes_over_time {
        true => {
            let in_force = cell(due_cell).clamp(Decimal::ONE, last(lowering));
            let in_force = Expression::call(Function::At, [cell(target.all), in_force]);
            lowering.cells.formula(naming(node, "target_when_due", "target when it is due", unit), in_force)
        }
        false => target.now,
    };
    let forecast_progress =
        share(lowering, "forecast_progress", "progress of the forecast", progress_of(forecast, target));
    PlanCells { expected, expected_progress, ahead, due: due_cell, target, forecast, low, high, forecast_progress }
}

/// The number of a period on the scorecard's count, from the indicator or from the scorecard.
fn number_of(
    lowering: &mut Lowering,
    node: &Node,
    (own, card): (Option<Period>, Option<Period>),
    key: &'static str,
) -> Option<Decimal> {
    let period = own.or(card)?;
    let calendar = lowering.calendar?;
    let number = calendar.number_of(period);
    let first = calendar.periods.first().copied().unwrap_or(period);
    if number.is_none() {
        let at = if own.is_some() { of(node, key).to_string() } else { format!("scorecard.{key}") };
        lowering.problem(at, PeriodsError::Lengths { from: first, to: period });
    }
    number
}

fn last(lowering: &Lowering) -> Decimal {
    Decimal::from(lowering.calendar.map_or(1, |calendar| calendar.periods.len()))
}

/// The milestones that lie between start and due, in the order of time.
fn milestones(
    lowering: &mut Lowering,
    node: &Node,
    stated: &[(Period, Decimal)],
    (start, due): (Decimal, Decimal),
) -> Vec<(Expression, Expression)> {
    let mut numbered: Vec<(Decimal, Decimal)> = Vec::new();
    for (period, value) in stated {
        let at = || format!("{}.{period}", of(node, "milestones"));
        match lowering.calendar.and_then(|calendar| calendar.number_of(*period)) {
            Some(number) if start < number && number < due => {
                if numbered.iter().any(|(known, _)| *known == number) {
                    lowering.problem(at(), PeriodsError::Twice { period: *period, other: *period });
                }
                numbered.push((number, *value));
            }
            _ => lowering.problem(at(), ScorecardError::MilestoneOutside { id: node.id.to_string(), period: *period }),
        }
    }
    numbered.sort_unstable_by_key(|(number, _)| *number);
    numbered.into_iter().map(|(number, value)| (Expression::number(number), Expression::number(value))).collect()
}

/// What is expected now on the way from the beginning over the points to the end.
fn waypoints(
    now: &Expression,
    path: Path,
    begin: (Expression, Expression),
    points: Vec<(Expression, Expression)>,
    end: (Expression, Expression),
) -> Expression {
    let mut stations = vec![begin];
    stations.extend(points);
    stations.push(end);
    let last = stations.last().map_or(Expression::number(0), |(_, value)| value.clone());
    let legs = stations.windows(2).rev();
    let expected = legs.fold(last, |later, leg| {
        let [(from, before), (to, after)] = leg else { return later };
        let until = now.clone().binary(Binary::Less, to.clone());
        let on_the_way = match path {
            Path::Step => before.clone(),
            Path::Linear => {
                // divided last, so that what is expected at a station is exactly its value
                let left = before.clone() * (to.clone() - now.clone());
                let done = after.clone() * (now.clone() - from.clone());
                (left + done) / (to.clone() - from.clone())
            }
        };
        Expression::choose(until, on_the_way, later)
    });
    match stations.first() {
        Some((start, value)) => {
            Expression::choose(now.clone().binary(Binary::LessOrEqual, start.clone()), value.clone(), expected)
        }
        None => expected,
    }
}

#[cfg(test)]
mod tests {
    use crate::aggregation::Aggregation;
    use crate::appraisal::testing::{Figures, problems};
    use crate::calendar::Periods;
    use crate::model::Cause;
    use crate::scorecard::{Criterion, FollowUp, Measure, Path, Scorecard};
    use crate::{Amount, Draft, FiscalYear, Period};
    use rust_decimal::{Decimal, dec};

    fn period(text: &str) -> Period {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    fn by_period(values: &[(&str, i64)]) -> Amount {
        Amount::PerPeriod(values.iter().map(|(text, value)| (period(text), Decimal::from(*value))).collect())
    }

    /// Eight quarters of a fiscal year from April, 2025-Q1 missing; evaluated at 2025-Q4.
    fn draft(follow_up: FollowUp) -> Draft {
        let actual = [("2024-Q1", 10), ("2024-Q2", 12), ("2024-Q3", 14), ("2024-Q4", 16), ("2025-Q2", 20)];
        let later = [("2025-Q3", 22), ("2025-Q4", 30)];
        let actual: Vec<(&str, i64)> = actual.into_iter().chain(later).collect();
        let measure = Measure { follow_up, ..Measure::target(8, 56).actual(by_period(&actual)) };
        let periods = Periods {
            fiscal_year: FiscalYear::starting_in(4).unwrap(),
            ..Periods::new(period("2024-Q1"), period("2026-Q4"))
        };
        let card = Scorecard { periods: Some(periods), ..Scorecard::new([Criterion::indicator("x", measure)]) };
        Draft { scorecard: Some(card), ..Draft::default() }
    }

    #[test]
    fn change_is_told_against_the_period_and_the_year_before() {
        let figures = Figures::of(draft(FollowUp::default()));
        assert_eq!(figures.get("scorecard.x.actual"), dec!(30));
        assert_eq!(figures.get("scorecard.x.previous"), dec!(22));
        assert_eq!(figures.get("scorecard.x.change"), dec!(8));
        assert_eq!(figures.get("scorecard.x.change_on_year"), dec!(14));
        assert_eq!(figures.get("scorecard.x.progress").round_dp(6), dec!(0.458333));
        let first = figures.0.at(period("2024-Q1")).unwrap();
        let cause = |id: &str| first.figure(id).unwrap().unwrap_err().cause;
        assert_eq!(cause("scorecard.x.previous"), Cause::OutsideRow);
        assert_eq!(cause("scorecard.x.year_before"), Cause::OutsideRow);
        assert_eq!(cause("scorecard.x.by_period.score.2025-Q1"), Cause::NoData);
        assert!(figures.0.at(period("2027-Q1")).is_none());
    }

    #[test]
    fn the_year_to_date_follows_the_rule() {
        // 2025-Q1 is missing, and with it whatever needs all of 2025; all hold for 2024
        let figures = |rule| Figures::of(draft(FollowUp { aggregation: Some(rule), ..FollowUp::default() }));
        let at = |rule, text: &str| {
            let figures = figures(rule);
            let outcome = figures.0.at(period(text)).unwrap();
            outcome.figure("scorecard.x.year_to_date").unwrap().ok()
        };
        assert_eq!(at(Aggregation::Sum, "2024-Q3"), Some(dec!(36)));
        assert_eq!(at(Aggregation::Mean, "2024-Q3"), Some(dec!(12)));
        assert_eq!(at(Aggregation::Last, "2024-Q3"), Some(dec!(14)));
        assert_eq!(at(Aggregation::First, "2024-Q3"), Some(dec!(10)));
        assert_eq!(at(Aggregation::Min, "2024-Q3"), Some(dec!(10)));
        assert_eq!(at(Aggregation::Max, "2024-Q3"), Some(dec!(14)));
        assert_eq!(at(Aggregation::Sum, "2025-Q3"), None);
        assert_eq!(at(Aggregation::Mean, "2025-Q3"), None);
        assert_eq!(at(Aggregation::First, "2025-Q3"), Some(dec!(20)));
        assert_eq!(at(Aggregation::Last, "2025-Q3"), Some(dec!(22)));
        assert_eq!(at(Aggregation::Min, "2025-Q3"), None);
        assert_eq!(at(Aggregation::Max, "2025-Q4"), None);
        // nothing is known of 2025 yet, and nothing after 2025-Q4
        assert_eq!(at(Aggregation::Last, "2025-Q1"), None);
        assert_eq!(at(Aggregation::Last, "2026-Q1"), None);
    }

    #[test]
    fn a_year_that_began_before_the_first_period_is_told() {
        let lacks = |from: &str, april: bool, at: &str| {
            let mut periods = Periods::new(period(from), period("2026-06"));
            if april {
                periods.fiscal_year = FiscalYear::starting_in(4).unwrap();
            }
            let measure = Measure::target(0, 1);
            let card = Scorecard { periods: Some(periods), ..Scorecard::new([Criterion::indicator("x", measure)]) };
            let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
            let outcome = figures.0.at(period(at)).unwrap();
            outcome.figure("scorecard.year_to_date_lacks").map(Result::unwrap)
        };
        assert_eq!(lacks("2025-01", false, "2025-06"), None);
        assert_eq!(lacks("2025-03", false, "2025-06"), Some(dec!(2)));
        // the next year is whole
        assert_eq!(lacks("2025-03", false, "2026-06"), Some(dec!(0)));
        assert_eq!(lacks("2025-01", true, "2025-03"), Some(dec!(9)));
        assert_eq!(lacks("2025-04", true, "2025-06"), None);
    }

    #[test]
    fn what_is_expected_lies_on_the_way_to_the_target() {
        let expected = |follow_up| Figures::of(draft(follow_up)).get("scorecard.x.expected");
        // eight of twelve periods: 8 + 48 x 8/12
        assert_eq!(expected(FollowUp::default()), dec!(40));
        assert_eq!(expected(FollowUp { path: Some(Path::Step), ..FollowUp::default() }), dec!(8));
        // from the end of 2024-Q4 to that of 2025-Q4 and no further
        let in_a_year = FollowUp { start: Some(period("2024")), due: Some(period("2025")), ..FollowUp::default() };
        assert_eq!(expected(in_a_year.clone()), dec!(56));
        assert_eq!(expected(FollowUp { path: Some(Path::Step), ..in_a_year }), dec!(56));
        // 20 at the end of 2025-Q2, then on in a straight line to 56 ten quarters after the first
        let milestones = vec![(period("2025-Q2"), dec!(20))];
        let passed = FollowUp { milestones: milestones.clone(), due: Some(period("2026-Q2")), ..FollowUp::default() };
        assert_eq!(expected(passed.clone()), dec!(38));
        assert_eq!(expected(FollowUp { path: Some(Path::Step), ..passed.clone() }), dec!(20));
        let figures = Figures::of(draft(passed));
        assert_eq!(figures.get("scorecard.x.expected_progress"), dec!(0.625));
        assert_eq!(figures.get("scorecard.x.ahead").round_dp(6), dec!(-0.166667));
    }

    #[test]
    fn a_forecast_is_the_line_through_what_is_known_so_far() {
        // 10, 12, 14, 16 lie on a line that is at 10 + 2 x 11 in the twelfth period
        let figures = Figures::of(draft(FollowUp::default()));
        let then = figures.0.at(period("2024-Q4")).unwrap();
        let figure = |id: &str| then.figure(id).unwrap().unwrap().round_dp(6);
        assert_eq!(figure("scorecard.x.forecast"), dec!(32));
        assert_eq!(figure("scorecard.x.forecast_low"), dec!(32));
        assert_eq!(figure("scorecard.x.forecast_progress"), dec!(0.5));
        let second = figures.0.at(period("2024-Q2")).unwrap();
        for id in ["scorecard.x.forecast", "scorecard.x.forecast_low", "scorecard.x.forecast_progress"] {
            let absent = second.figure(id).unwrap().unwrap_err();
            assert_eq!(absent.cause, Cause::TooFewValues { needed: 3 }, "{id}");
        }
    }

    #[test]
    fn a_forecast_is_told_by_the_target_that_will_be_in_force() {
        let mut draft = draft(FollowUp::default());
        let measure = draft.scorecard.as_mut().and_then(|card| card.perspectives[0].measure.as_mut()).unwrap();
        measure.aim = Some(crate::scorecard::Aim::Target(by_period(&[("2024-Q1", 20), ("2026-Q1", 56)])));
        let figures = Figures::of(draft);
        let then = figures.0.at(period("2024-Q4")).unwrap();
        let figure = |id: &str| then.figure(id).unwrap().unwrap().round_dp(6);
        assert_eq!(figure("scorecard.x.target"), dec!(20));
        assert_eq!(figure("scorecard.x.target_when_due"), dec!(56));
        assert_eq!(figure("scorecard.x.forecast"), dec!(32));
        assert_eq!(figure("scorecard.x.forecast_progress"), dec!(0.5));
    }

    #[test]
    fn the_way_to_a_target_is_explained_by_where_it_was_written() {
        let source = |own: Option<Period>, card: Option<Period>| {
            let mut draft = draft(FollowUp { due: own, ..FollowUp::default() });
            if let Some(scorecard) = &mut draft.scorecard {
                scorecard.follow_up.due = card;
            }
            let explained = Figures::of(draft).0.base().explain("scorecard.x.due").unwrap();
            explained.steps[0].source.clone().unwrap_or_default().to_string()
        };
        let due = Some(period("2026-Q2"));
        assert_eq!(source(due, None), "scorecard.x.due");
        assert_eq!(source(None, due), "scorecard.due");
        assert_eq!(source(None, None), "scorecard.periods");
    }

    #[test]
    fn ways_to_a_target_that_make_no_sense_are_refused() {
        let told = |follow_up| problems(draft(follow_up));
        let backwards = FollowUp { start: Some(period("2025")), due: Some(period("2024")), ..FollowUp::default() };
        assert_eq!(told(backwards), ["scorecard.x.due: the target of `x` is due before its start"]);
        let late = FollowUp { milestones: vec![(period("2027"), dec!(1))], ..FollowUp::default() };
        assert_eq!(
            told(late),
            [
                "scorecard.x.milestones.2027: the milestone `2027` of `x` does not lie between its start and the period its target is due"
            ]
        );
    }
}
