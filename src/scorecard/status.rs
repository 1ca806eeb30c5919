//! Red, amber, green: names of half-open ranges of the score, or of the first of some rules that holds.

use super::measure::{of, timed};
use super::scoring::Scored;
use super::{Node, Scorecard, ScorecardError};
use crate::amount::{Lowering, Time};
use crate::calendar::Timed;
use crate::model::{Axis, AxisId, Binary, Cause, CellId, Expression, Formula, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::sync::Arc;

/// A name for the scores from `from` up to where the next band starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusBand {
    /// What readers see: `amber`.
    pub name: String,
    /// The lowest score that belongs to it.
    pub from: Decimal,
}

/// Red from 0, amber from 50 %, green from 80 %.
pub fn default_status_bands() -> Vec<StatusBand> {
    [("red", 0), ("amber", 50), ("green", 80)]
        .map(|(name, percent)| StatusBand { name: name.to_owned(), from: Decimal::new(percent, 2) })
        .into()
}

/// One of the rules that give indicators their status: the first that holds does.
///
/// ```
/// use appraise::model::Formula;
/// use appraise::report::Value;
/// use appraise::scorecard::{Criterion, Measure, Scorecard, StatusRule};
/// use appraise::{Appraisal, Draft};
///
/// let rule = |status: &str, when: Option<&str>| StatusRule {
///     status: status.to_owned(),
///     when: when.map(|when| Formula::parse(when).unwrap()),
///     from: None,
/// };
/// let rules = vec![
///     rule("above target", Some("= actual >= target")),
///     rule("caution", Some("= actual >= 0.9 * target")),
///     rule("below plan", None),
/// ];
/// let calls = Criterion::indicator("calls", Measure::target(100, 200).actual(185));
/// let card = Scorecard { rules, ..Scorecard::new([calls]) };
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// let report = appraisal.base().report();
/// assert_eq!(report.scorecard.unwrap().criteria[1].status, Value::Names(vec!["caution".to_owned()]));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct StatusRule {
    /// What readers see.
    pub status: String,
    /// When it holds, over the names of [`Scoring::Formula`](super::Scoring::Formula), `score` and, over periods,
    /// `previous`; one that asks for a value an indicator does not have does not hold for it, and the last rule may hold
    /// always.
    pub when: Option<Formula>,
    /// The lowest score of a group that has this status; without it on any rule groups have none.
    pub from: Option<Decimal>,
}

/// How statuses are told.
#[derive(Debug, Clone)]
pub(crate) struct StatusCells {
    /// Where the bands begin, as a row over them.
    from: CellId,
    bands: u32,
    axis: AxisId,
    statuses: u32,
    rules: Vec<StatusRule>,
    no_information: bool,
    /// No status, as no rule says from which score on it would be one.
    no_band: CellId,
    /// What rules ask for and an indicator does not have.
    not_given: CellId,
}

/// What a status is told from.
pub(crate) struct Told<'n> {
    pub(crate) node: &'n Node<'n>,
    pub(crate) score: Timed,
    /// Of a measured indicator, what its score was computed from.
    pub(crate) scored: Option<Scored>,
}

pub(crate) fn define_bands(lowering: &mut Lowering, card: &Scorecard) -> StatusCells {
    let (bands, rules) = (few(&card.status), few(&card.rules));
    let found = card.status.len().max(card.rules.len());
    if found > MOST_STATUSES {
        lowering.problem("scorecard.status", ScorecardError::TooManyStatuses { found, most: MOST_STATUSES });
    }
    let rising = bands.windows(2).all(|pair| matches!(pair, [a, b] if a.from < b.from));
    let starts_at_zero = bands.first().is_some_and(|band| band.from.is_zero());
    if !rising || !starts_at_zero || bands.iter().any(|band| band.from > Decimal::ONE) {
        lowering.problem("scorecard.status", ScorecardError::StatusOrder);
    }
    let mut seen = HashSet::new();
    for band in bands.iter().filter(|band| !seen.insert(&band.name)) {
        lowering.problem("scorecard.status", ScorecardError::StatusTwice { name: band.name.clone() });
    }
    check_rules(lowering, rules);
    let names: Vec<&str> = match rules {
        [] => bands.iter().map(|band| band.name.as_str()).collect(),
        rules => rules.iter().map(|rule| rule.status.as_str()).collect(),
    };
    let none = card.no_information.as_deref();
    if none.is_some_and(|none| names.contains(&none)) {
        let name = none.unwrap_or_default().to_owned();
        lowering.problem("scorecard.no_information", ScorecardError::StatusTwice { name });
    }
    let axis = lowering.cells.axis(Axis::named("statuses", names.iter().copied().chain(none)));
    let of_bands = lowering.cells.axis(Axis::named("statuses", bands.iter().map(|band| band.name.clone())));
    let row =
        |id: &'static str, aspect| Naming::new(id).label("Status", aspect).unit(Unit::Share).source("scorecard.status");
    let from = lowering.cells.input(
        row("scorecard.status_from", "from"),
        Shape::Row(of_bands),
        bands.iter().map(|band| Some(band.from)),
    );
    let (no_band, not_given) = match rules {
        // bands leave no gap, so nobody asks for them
        [] => (from, from),
        _ => {
            let mut absent = |id: &'static str, aspect, cause| {
                let naming = Naming::new(id).label("Status", aspect).source("scorecard.status");
                lowering.cells.absent(naming, Shape::Scalar, cause)
            };
            (
                absent("scorecard.no_band", "no rule that holds", Cause::NoRule),
                absent("scorecard.not_given", "not given", Cause::NoData),
            )
        }
    };
    let count = |names: usize| u32::try_from(names).unwrap_or(u32::MAX);
    StatusCells {
        from,
        bands: count(bands.len()),
        axis,
        statuses: count(names.len().saturating_add(usize::from(none.is_some()))),
        rules: rules.to_vec(),
        no_information: none.is_some(),
        no_band,
        not_given,
    }
}

/// Whether a rule reads the value of the period before.
fn reads_previous(rule: &StatusRule) -> bool {
    rule.when.as_ref().is_some_and(|when| when.expression().names().any(|name| *name.text == *PREVIOUS))
}

const PREVIOUS: &str = "previous";

/// Each indicator asks every rule, and nobody tells more statuses apart.
const MOST_STATUSES: usize = 20;

/// As many as there may be.
fn few<T>(statuses: &[T]) -> &[T] {
    statuses.get(..MOST_STATUSES).unwrap_or(statuses)
}

fn check_rules(lowering: &mut Lowering, rules: &[StatusRule]) {
    let (mut names, mut begun) = (HashSet::new(), HashSet::new());
    for (position, rule) in rules.iter().enumerate() {
        let at = format!("scorecard.status.{position}");
        if !names.insert(&rule.status) {
            lowering.problem(at.as_str(), ScorecardError::StatusTwice { name: rule.status.clone() });
        }
        if lowering.calendar.is_none() && reads_previous(rule) && !lowering.names.knows(PREVIOUS) {
            lowering.problem(format!("{at}.when"), ScorecardError::AboutPeriods { key: PREVIOUS });
        }
        if rule.when.is_none() && position.saturating_add(1) < rules.len() {
            lowering.problem(at.as_str(), ScorecardError::StatusNeverReached { name: rule.status.clone() });
        }
        if rule.from.is_some_and(|from| from < Decimal::ZERO || from > Decimal::ONE || !begun.insert(from)) {
            lowering.problem(at, ScorecardError::StatusFrom { name: rule.status.clone() });
        }
    }
}

impl StatusCells {
    /// Which status it is at the period that is evaluated, and the number of the status, over the periods where there are any.
    pub(crate) fn define(&self, lowering: &mut Lowering, told: &Told) -> (CellId, Timed) {
        let number = match (self.rules.is_empty(), told.scored) {
            (true, _) => self.band(Expression::cell(told.score.all)),
            (false, Some(scored)) => self.first_rule(lowering, told, &scored),
            (false, None) => self.band_of_rules(Expression::cell(told.score.all)),
        };
        let number = match self.no_information {
            true => Expression::call(Function::Otherwise, [number, Expression::number(Decimal::from(self.statuses))]),
            false => number,
        };
        let number = timed(lowering, told.node, ("status_number", "number of the status"), Unit::Number, number);
        let is = (1..=self.statuses).map(|status| {
            Expression::cell(number.now).binary(Binary::Equal, Expression::number(Decimal::from(status)))
        });
        let is = Expression::row(self.axis, is.collect::<Vec<_>>());
        let naming = Naming::new(of(told.node, "status")).label(told.node.name.clone(), "status").unit(Unit::Set);
        (lowering.cells.formula(naming, is), number)
    }

    /// The number of the band that holds the score, the worst counted as 1: as bands rise, how many of them it reaches.
    fn band(&self, score: Expression) -> Expression {
        Expression::sum_of((1..=self.bands).map(|band| reaches(score.clone(), Expression::entry(self.from, band))))
    }

    /// The number of the first rule that holds for an indicator.
    fn first_rule(&self, lowering: &mut Lowering, told: &Told, scored: &Scored) -> Expression {
        let mut names = scored.names();
        let not_given = scored.not_given().filter(|name| !lowering.names.knows(name));
        names.extend(not_given.map(|name| (name, self.not_given)));
        names.push(("score", told.score.all));
        if lowering.calendar.is_none() && !lowering.names.knows(PREVIOUS) {
            names.push((PREVIOUS, self.not_given));
        }
        if let Some(calendar) = lowering.calendar.filter(|_| self.rules.iter().any(reads_previous)) {
            let before = Expression::cell(calendar.numbers) - Expression::number(1);
            let previous = Expression::call(Function::At, [Expression::cell(scored.actual), before]);
            let naming = Naming::new(Id::of(Arc::clone(&told.node.by_period), PREVIOUS));
            let naming = naming.label(told.node.name.clone(), "previous period");
            names.push((PREVIOUS, lowering.cells.formula(naming, previous)));
        }
        let mut conditions = Vec::with_capacity(self.rules.len());
        let told_before = lowering.problems.len();
        for (position, rule) in self.rules.iter().enumerate() {
            let at = format!("scorecard.status.{position}.when");
            conditions.push(rule.when.as_ref().map(|when| lowering.formula(when, &at, Time::All, &names)));
        }
        // what is wrong with a rule is so for every indicator
        for problem in lowering.problems.split_off(told_before) {
            if !lowering.problems.contains(&problem) {
                lowering.problems.push(problem);
            }
        }
        // where no rule holds there is no status
        let none = self.no_band;
        let numbered = (1_u32..).zip(conditions).collect::<Vec<_>>().into_iter().rev();
        let first = numbered.fold(Expression::cell(none), |otherwise, (number, condition)| {
            let number = Expression::number(Decimal::from(number));
            match condition {
                // what asks for a value that is not there does not hold, and the next rule is asked
                Some(condition) => {
                    let holds = Expression::call(Function::Otherwise, [condition, Expression::number(0)]);
                    Expression::choose(holds, number, otherwise)
                }
                None => number,
            }
        });
        // the last rule holds always, but not where nothing was measured
        known_or_missing(&Expression::cell(scored.actual), first)
    }

    /// The number of the rule whose band holds the score of a group.
    fn band_of_rules(&self, score: Expression) -> Expression {
        let mut bands: Vec<(Decimal, u32)> =
            (1_u32..).zip(&self.rules).filter_map(|(number, rule)| Some((rule.from?, number))).collect();
        bands.sort_unstable();
        let Some((_, highest)) = bands.last() else {
            // no rule says which score begins it
            return Expression::cell(self.no_band);
        };
        let above = bands.iter().skip(1).map(|(from, _)| *from);
        let steps = bands.iter().zip(above).collect::<Vec<_>>().into_iter().rev();
        let status = steps.fold(Expression::number(Decimal::from(*highest)), |above, ((_, number), next)| {
            let below_next = score.clone().binary(Binary::Less, Expression::number(next));
            Expression::choose(below_next, Expression::number(Decimal::from(*number)), above)
        });
        // one status alone is still none of a group without a score
        known_or_missing(&score, status)
    }
}

fn reaches(score: Expression, from: Expression) -> Expression {
    score.binary(Binary::GreaterOrEqual, from)
}

/// The status where there is a value, else the reason why there is none.
fn known_or_missing(value: &Expression, status: Expression) -> Expression {
    Expression::choose(Expression::call(Function::Known, [value.clone()]), status, value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use rust_decimal::dec;

    fn draft(score: Decimal, status: Vec<StatusBand>) -> Draft {
        let measure = Measure::target(0, 1).actual(score);
        let card = Scorecard { status, ..Scorecard::new([Criterion::indicator("x", measure)]) };
        Draft { scorecard: Some(card), ..Draft::default() }
    }

    #[test]
    fn bands_are_half_open() {
        for (score, status) in [
            (dec!(0), "red"),
            (dec!(0.4999), "red"),
            (dec!(0.5), "amber"),
            (dec!(0.7999), "amber"),
            (dec!(0.8), "green"),
            (dec!(1), "green"),
        ] {
            let figures = Figures::of(draft(score, default_status_bands()));
            assert_eq!(figures.names("scorecard.x.status"), [status], "{score}");
        }
    }

    #[test]
    fn the_first_rule_that_holds_gives_the_status() {
        let rule = |status: &str, when: Option<&str>, from| StatusRule {
            status: status.to_owned(),
            when: when.map(|when| Formula::parse(when).unwrap()),
            from,
        };
        let rules = vec![
            rule("above", Some("= actual >= target"), Some(dec!(0.8))),
            rule("caution", Some("= actual >= 0.9 * target"), Some(dec!(0.4))),
            rule("below", None, Some(dec!(0))),
        ];
        let card = |rules, no_information: Option<&str>| {
            let indicator = |id: &str, actual: Option<i64>| {
                let measure = Measure::target(0, 100);
                Criterion::indicator(id, actual.map_or(measure.clone(), |actual| measure.actual(actual)))
            };
            let of =
                [indicator("a", Some(100)), indicator("b", Some(90)), indicator("c", Some(89)), indicator("d", None)];
            let no_information = no_information.map(str::to_owned);
            let card = Scorecard { rules, no_information, ..Scorecard::new([Criterion::group("all", of)]) };
            Draft { scorecard: Some(card), ..Draft::default() }
        };
        let figures = Figures::of(card(rules.clone(), Some("no information")));
        for (id, status) in
            [("a", "above"), ("b", "caution"), ("c", "below"), ("d", "no information"), ("all", "above")]
        {
            assert_eq!(figures.names(&format!("scorecard.{id}.status")), [status], "{id}");
        }
        assert_eq!(figures.cause("scorecard.d.score"), Cause::NoData);
        // nothing measured is no status, and no rule is none either
        let figures = Figures::of(card(rules.clone(), None));
        assert_eq!(figures.cause("scorecard.d.status.below"), Cause::NoData);
        let figures = Figures::of(card(rules[..2].to_vec(), None));
        assert_eq!(figures.cause("scorecard.c.status.above"), Cause::NoRule);
        let bands = Figures::of(card(Vec::new(), Some("none")));
        assert_eq!(bands.names("scorecard.d.status"), ["none"]);
        assert_eq!(bands.names("scorecard.all.status"), ["green"]);
        // what an indicator does not have keeps its rule from holding, not the next one
        let stretched = rule("excellent", Some("= actual >= stretch"), None);
        let figures = Figures::of(card([vec![stretched], rules.clone()].concat(), None));
        assert_eq!(figures.names("scorecard.b.status"), ["caution"]);
        let unknown = vec![rule("above", Some("= actual >= tarrget"), None), rules[2].clone()];
        assert_eq!(
            problems(card(unknown, None)),
            ["scorecard.status.0.when: there is no assumption or indicator `tarrget`"]
        );
        let twice = vec![rules[2].clone(), rules[2].clone()];
        assert_eq!(
            problems(card(twice, Some("below"))),
            [
                "scorecard.status.0: `below` holds always, so no rule after it is ever reached",
                "scorecard.status.1: `below` is the name of two statuses",
                "scorecard.status.1: `below` begins at a score that is no share or begins another status",
                "scorecard.no_information: `below` is the name of two statuses",
            ]
        );
    }

    #[test]
    fn bands_that_leave_gaps_are_refused() {
        let band = |name: &str, from| StatusBand { name: name.to_owned(), from };
        for bands in [
            vec![],
            vec![band("red", dec!(0.1))],
            vec![band("red", dec!(0)), band("green", dec!(0.8)), band("amber", dec!(0.5))],
            vec![band("red", dec!(0)), band("green", dec!(1.2))],
        ] {
            let told = problems(draft(dec!(0.5), bands));
            assert_eq!(told, ["scorecard.status: status bands start at 0 and rise to at most 1"]);
        }
        let twice = vec![band("red", dec!(0)), band("green", dec!(0.5)), band("red", dec!(0.8))];
        assert_eq!(problems(draft(dec!(0.5), twice)), ["scorecard.status: `red` is the name of two statuses"]);
    }

    #[test]
    fn statuses_are_limited() {
        let bands = (0..21_i64).map(|number| StatusBand { name: format!("s{number}"), from: Decimal::new(number, 2) });
        let told = problems(draft(dec!(0.5), bands.collect()));
        assert_eq!(told, ["scorecard.status: there are 21 statuses, more than 20"]);
        let rule = |number: i64| StatusRule {
            status: format!("s{number}"),
            when: Some(Formula::parse("= actual > 0").unwrap()),
            from: None,
        };
        let mut ruled = draft(dec!(0.5), default_status_bands());
        if let Some(card) = &mut ruled.scorecard {
            card.rules = (0..30_000).map(rule).collect();
        }
        assert_eq!(problems(ruled), ["scorecard.status: there are 30000 statuses, more than 20"]);
    }
}
