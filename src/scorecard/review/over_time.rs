//! What several periods say about the design: indicators that move together, targets that ask for too little or too much,
//! and indicators that will miss their target.

use super::{Card, DesignReview, limit};
use crate::amount::Lowering;
use crate::calendar::Calendar;
use crate::model::{Binary, Cause, CellId, Expression, Function, Naming, Shape, Unit};
use crate::scorecard::Link;
use crate::scorecard::measure::MeasureCells;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Fewer pairs of periods say nothing.
const LEAST_PAIRS: u32 = 6;
/// Fewer periods say nothing about a target.
const LEAST_PERIODS: u32 = 4;
/// So many indicators of one parent are compared with each other, as each more is compared with all before it.
pub(crate) const MOST_COMPARED: usize = 40;
/// So many pairs are compared in all.
pub(crate) const MOST_PAIRS: usize = 2_000;

/// What periods say about a scorecard.
#[derive(Debug, Clone)]
pub(crate) struct OverTimeReview {
    pub(crate) moves_together: CellId,
    pub(crate) behind_plan: CellId,
    pub(crate) pairs: Vec<TogetherCells>,
    pub(crate) indicators: Vec<FollowedCells>,
}

/// Two indicators of one parent, and how much they move together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TogetherCells {
    pub(crate) one: usize,
    pub(crate) other: usize,
    pub(crate) pairs: CellId,
    pub(crate) correlation: CellId,
}

/// An indicator with a target; each verdict is 1 where there is something to say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FollowedCells {
    pub(crate) index: usize,
    /// The target is worse than the value a year before.
    pub(crate) below_year_before: CellId,
    pub(crate) best: CellId,
    pub(crate) periods: CellId,
    /// No period reached the target.
    pub(crate) never_reached: CellId,
    /// Even the better end of the forecast misses the target that is to come.
    pub(crate) forecast_short: CellId,
    /// Progress is behind what was expected by more than the limit.
    pub(crate) behind: CellId,
}

/// Defines the review over periods; `None` without periods.
pub(super) fn define(
    lowering: &mut Lowering,
    card: &Card,
    review: &DesignReview,
    links: &[Link],
) -> Option<OverTimeReview> {
    let calendar = lowering.calendar?;
    let aspect = "correlation from which indicators move together";
    let key = "moves_together";
    let moves_together =
        limit(lowering, "review.limit.moves_together", aspect, Unit::Number, key, review.moves_together);
    let aspect = "most that progress may be behind plan";
    let behind_plan =
        limit(lowering, "review.limit.behind_plan", aspect, Unit::Share, "behind_plan", review.behind_plan);
    let followed: Vec<(usize, MeasureCells)> = card
        .indicators
        .iter()
        .filter_map(|index| Some((*index, card.scored.get(*index)?.measure?)))
        .filter(|(_, measure)| measure.all.actual != measure.actual)
        .collect();
    let pairs = together(lowering, card, calendar, &followed, links);
    let mut indicators = Vec::new();
    for (index, measure) in &followed {
        indicators.extend(one(lowering, card, calendar, (*index, measure), behind_plan));
    }
    Some(OverTimeReview { moves_together, behind_plan, pairs, indicators })
}

/// Pearson's correlation of the actual values of every two indicators of one parent that no link joins.
fn together(
    lowering: &mut Lowering,
    card: &Card,
    calendar: &Calendar,
    followed: &[(usize, MeasureCells)],
    links: &[Link],
) -> Vec<TogetherCells> {
    let linked: HashSet<(&str, &str)> =
        links.iter().flat_map(|link| [(&*link.from, &*link.to), (&*link.to, &*link.from)]).collect();
    let mut too_few = None;
    let mut groups: HashMap<Option<usize>, Vec<(usize, CellId)>> = HashMap::new();
    let mut found = Vec::new();
    for (index, measure) in followed {
        let Some(node) = card.tree.node(*index) else { continue };
        let before = groups.entry(node.parent).or_default();
        if before.len() >= MOST_COMPARED {
            continue;
        }
        let naming = Naming::new(format!("review.until_now.{}", node.id));
        let naming = naming.label(node.name.clone(), "actual until now").unit(node.unit.clone());
        let row = lowering.cells.formula(naming, calendar.until_now(measure.all.actual));
        for (earlier, earlier_row) in before.iter() {
            let Some(other) = card.tree.node(*earlier) else { continue };
            if found.len() >= MOST_PAIRS || linked.contains(&(&*other.id, &*node.id)) {
                continue;
            }
            let too_few = *too_few.get_or_insert_with(|| {
                let naming = Naming::new("review.together.too_few").label("Design review", "too few pairs of periods");
                lowering.cells.absent(naming, Shape::Scalar, Cause::TooFewValues { needed: LEAST_PAIRS })
            });
            let subject: Arc<str> = format!("{} – {}", other.name, node.name).into();
            let naming = |part: &str, aspect| {
                let id = format!("review.together.{}.{}.{part}", other.id, node.id);
                Naming::new(id).label(Arc::clone(&subject), aspect)
            };
            let (one, two) = (Expression::cell(*earlier_row), Expression::cell(row));
            let pairs = Expression::call(Function::Count, [one.clone() + two.clone()]);
            let pairs = lowering.cells.formula(naming("pairs", "pairs of periods"), pairs);
            let enough = Expression::cell(pairs).binary(Binary::GreaterOrEqual, Expression::number(LEAST_PAIRS));
            let correlation = Expression::call(Function::Correlation, [one, two]);
            let correlation = Expression::choose(enough, correlation, Expression::cell(too_few));
            let correlation = lowering.cells.formula(naming("correlation", "correlation"), correlation);
            found.push(TogetherCells { one: *earlier, other: *index, pairs, correlation });
        }
        before.push((*index, row));
    }
    found
}

/// The verdicts about an indicator with base and target.
fn one(
    lowering: &mut Lowering,
    card: &Card,
    calendar: &Calendar,
    (index, measure): (usize, &MeasureCells),
    limit: CellId,
) -> Option<FollowedCells> {
    let (node, trend) = (card.tree.node(index)?, measure.trend?);
    let (base, target, plan) = (measure.base?, measure.target?, trend.plan?);
    let cell = Expression::cell;
    let naming = |figure: &'static str, aspect, unit| {
        Naming::new(format!("review.{figure}.{}", node.id)).label(node.name.clone(), aspect).unit(unit)
    };
    let mut verdict = |figure, aspect, holds| lowering.cells.formula(naming(figure, aspect, Unit::Truth), holds);
    let less_is_better = || cell(target).binary(Binary::Less, cell(base));
    let worse = |value: CellId, than: CellId| {
        let above = cell(value).binary(Binary::Greater, cell(than));
        Expression::choose(less_is_better(), above, cell(value).binary(Binary::Less, cell(than)))
    };
    let below_year_before =
        verdict("below_year_before", "target worse than a year before", worse(target, trend.year_before));
    let short = Expression::choose(
        less_is_better(),
        cell(plan.low).binary(Binary::Greater, cell(target)),
        cell(plan.high).binary(Binary::Less, cell(target)),
    );
    let is_to_come = cell(calendar.now).binary(Binary::Less, cell(plan.due));
    let short = short.binary(Binary::And, is_to_come);
    let forecast_short = verdict("forecast_short", "forecast misses the target", short);
    let behind = cell(plan.ahead).binary(Binary::Less, -cell(limit));
    let behind = verdict("behind", "behind plan beyond the limit", behind);
    let until_now = calendar.until_now(measure.scored.progress);
    let best = Expression::call(Function::Quantile, [until_now.clone(), Expression::number(1)]);
    let best = lowering.cells.formula(naming("best", "best progress so far", Unit::Share), best);
    let periods = Expression::call(Function::Count, [until_now]);
    let periods = lowering.cells.formula(naming("periods", "periods with progress", Unit::Number), periods);
    let missed = cell(best).binary(Binary::Less, Expression::number(1));
    let enough = cell(periods).binary(Binary::GreaterOrEqual, Expression::number(LEAST_PERIODS));
    let both = missed.binary(Binary::And, enough);
    // a target that is due later may still be reached; one of each period was due in each
    let is_due = cell(plan.due).binary(Binary::LessOrEqual, cell(calendar.now));
    let holds = if measure.scored.target == measure.target { both.binary(Binary::And, is_due) } else { both };
    let never_reached = naming("never_reached", "target reached in no period", Unit::Truth);
    let never_reached = lowering.cells.formula(never_reached, holds);
    Some(FollowedCells { index, below_year_before, best, periods, never_reached, forecast_short, behind })
}

#[cfg(test)]
mod tests {
    use crate::appraisal::testing::Figures;
    use crate::calendar::Periods;
    use crate::model::Cause;
    use crate::scorecard::{Criterion, Link, Measure, Scorecard};
    use crate::{Amount, Draft, Period};
    use rust_decimal::{Decimal, dec};

    fn quarter(number: i32) -> Period {
        "2024-Q1".parse::<Period>().unwrap().after(number)
    }

    fn indicator(id: &str, base: i64, target: i64, actual: &[i64]) -> Criterion {
        let values = (0..).zip(actual).map(|(number, value)| (quarter(number), Decimal::from(*value)));
        Criterion::indicator(id, Measure::target(base, target).actual(Amount::PerPeriod(values.collect())))
    }

    fn figures(criteria: impl IntoIterator<Item = Criterion>, links: Vec<Link>) -> Figures {
        let periods = Some(Periods::new(quarter(0), quarter(7)));
        let card = Scorecard { periods, links, ..Scorecard::new(criteria) };
        Figures::of(Draft { scorecard: Some(card), ..Draft::default() })
    }

    #[test]
    fn indicators_of_one_parent_are_compared() {
        let criteria = || {
            [
                indicator("a", 0, 10, &[1, 2, 3, 4, 5, 6, 7, 8]),
                indicator("b", 9, 0, &[8, 7, 6, 5, 4, 3, 2, 1]),
                indicator("c", 0, 10, &[1, 4, 2, 8, 5, 7, 1, 4]),
                Criterion::group("g", [indicator("d", 0, 10, &[1, 2, 3, 4, 5, 6, 7, 8])]),
            ]
        };
        let all = figures(criteria(), Vec::new());
        assert_eq!(all.get("review.together.a.b.correlation"), dec!(-1));
        assert_eq!(all.get("review.together.a.b.pairs"), dec!(8));
        // sum of products of deviations 9, of squares 42 and 48: 9 / sqrt(42 x 48)
        assert_eq!(all.get("review.together.a.c.correlation").round_dp(6), dec!(0.200446));
        let none = |figures: &Figures, id: &str| assert_eq!(figures.0.base().figure(id), None, "{id}");
        none(&all, "review.together.a.d.correlation");
        none(&figures(criteria(), vec![Link::new("b", "a")]), "review.together.a.b.correlation");
        let early = all.0.at(quarter(4)).unwrap();
        let cause = early.figure("review.together.a.b.correlation").unwrap().unwrap_err().cause;
        assert_eq!(cause, Cause::TooFewValues { needed: 6 });
    }

    #[test]
    fn of_many_indicators_the_first_are_compared() {
        let many = |parent: &str, count: usize| {
            let children = (0..count).map(|number| indicator(&format!("{parent}{number}"), 0, 10, &[1, 2]));
            Criterion::group(parent, children.collect::<Vec<_>>())
        };
        let pairs = |groups: Vec<Criterion>| {
            let figures = figures(groups, Vec::new());
            let review = figures.0.parts().review.as_ref().unwrap();
            review.over_time.as_ref().unwrap().pairs.len()
        };
        assert_eq!(pairs(vec![many("a", 45)]), 780); // 40 x 39 / 2
        assert_eq!(pairs(["a", "b", "c", "d"].map(|parent| many(parent, 40)).into()), 2_000);
    }

    #[test]
    fn targets_are_held_against_what_was_reached() {
        let figures = figures(
            [
                indicator("slow", 0, 10, &[4, 12, 8, 6, 7, 7, 6, 6]),
                indicator("late", 0, 40, &[1, 2, 3, 4, 5, 6, 7, 8]),
                indicator("less", 20, 9, &[15, 14, 13, 7, 13, 12, 11, 10]),
            ],
            Vec::new(),
        );
        let verdicts = |id: &str| {
            let verdict = |name: &str| figures.get(&format!("review.{name}.{id}"));
            ["below_year_before", "never_reached", "forecast_short", "behind"].map(verdict)
        };
        // slow reached 12 in the second quarter, and 6 a year ago
        assert_eq!(verdicts("slow"), [0, 0, 0, 1].map(Decimal::from));
        assert_eq!(figures.get("review.best.slow"), dec!(1.2));
        assert_eq!(verdicts("late"), [0, 1, 0, 1].map(Decimal::from));
        // a year ago 7 was less than 9
        assert_eq!(verdicts("less")[0], dec!(1));
        assert_eq!(figures.get("review.periods.less"), dec!(8));
        // before it is due nobody says that a target was never reached
        let early = figures.0.at(quarter(6)).unwrap();
        assert_eq!(early.figure("review.never_reached.late"), Some(Ok(dec!(0))));
        assert_eq!(early.figure("review.forecast_short.late"), Some(Ok(dec!(1))));
    }
}
