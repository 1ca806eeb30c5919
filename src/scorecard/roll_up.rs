//! From indicators to the whole: the mean, the worst or the best of the children, with a policy for missing scores and the
//! coverage beside it.

use super::measure::{self, MeasureCells, timed};
use super::status::{self, StatusCells, Told};
use super::unit::{self, FromUnits, UnitCells};
use super::{Node, ROOT, Scorecard, Tree};
use crate::amount::Lowering;
use crate::calendar::{Calendar, Timed};
use crate::model::{Binary, Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What a roll-up does about a child without a score. Missing is never silently zero.
///
/// A child that the panel judges and nobody measures is no missing measurement: it takes no part in the score under any
/// policy, and counts in the coverage only.
///
/// ```
/// use appraise::scorecard::{Criterion, Measure, MissingPolicy, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let score = |missing| {
///     let known = Criterion::indicator("known", Measure::target(0, 10).actual(6));
///     let unknown = Criterion::indicator("unknown", Measure::target(0, 10));
///     let card = Scorecard { missing, ..Scorecard::new([known, unknown]) };
///     let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
///     assert_eq!(appraisal.base().figure("scorecard.coverage"), Some(Ok(dec!(0.5))));
///     appraisal.base().figure("scorecard.score").unwrap().ok()
/// };
/// assert_eq!(score(MissingPolicy::Exclude), Some(dec!(0.6)));
/// assert_eq!(score(MissingPolicy::Worst), Some(dec!(0.3)));
/// assert_eq!(score(MissingPolicy::Fail), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum MissingPolicy {
    /// Leave it out and re-weight the others: with [`RollUp::Mean`] `sum(w s) / sum(w)` over the children that have a score.
    #[default]
    Exclude,
    /// Count it as the worst score, 0.
    Worst,
    /// The parent has no score either.
    Fail,
}

impl MissingPolicy {
    /// Every policy and its name in a document.
    pub const ALL: [(&'static str, MissingPolicy); 3] =
        [("exclude", MissingPolicy::Exclude), ("worst", MissingPolicy::Worst), ("fail", MissingPolicy::Fail)];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exclude => "exclude",
            Self::Worst => "worst",
            Self::Fail => "fail",
        }
    }
}

/// How the scores of children become that of their parent.
///
/// ```
/// use appraise::scorecard::{Criterion, Measure, RollUp, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let score = |roll_up| {
///     let scored = |id: &str, actual| Criterion::indicator(id, Measure::target(0, 100).actual(actual));
///     let card = Scorecard { roll_up, ..Scorecard::new([scored("a", 90), scored("b", 40)]) };
///     let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
///     appraisal.base().figure("scorecard.score").unwrap().unwrap()
/// };
/// assert_eq!(score(RollUp::Mean), dec!(0.65));
/// assert_eq!(score(RollUp::GeometricMean), dec!(0.6)); // the square root of 0.9 x 0.4
/// assert_eq!(score(RollUp::WorstChild), dec!(0.4));
/// assert_eq!(score(RollUp::BestChild), dec!(0.9));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum RollUp {
    /// The weighted mean, `sum(w s) / sum(w)`: a weak child is made up for by a strong one.
    #[default]
    Mean,
    /// The weighted geometric mean, `product(s ^ w)` with weights that sum to 1: a weak child costs more than a strong one brings, and a score of 0
    /// makes all of it 0.
    GeometricMean,
    /// The lowest score: a chain as strong as its weakest link. Weights play no part.
    WorstChild,
    /// The highest score. Weights play no part.
    BestChild,
}

impl RollUp {
    /// Every way and its name in a document.
    pub const ALL: [(&'static str, RollUp); 4] = [
        ("mean", RollUp::Mean),
        ("geometric_mean", RollUp::GeometricMean),
        ("worst_child", RollUp::WorstChild),
        ("best_child", RollUp::BestChild),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, way)| *way == self).map_or("", |(name, _)| name)
    }
}

/// The weights of one criterion, which the panel decides and the roll-up applies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WeightCells {
    /// Among its siblings.
    pub(crate) local: CellId,
    /// In the whole: the product of local weights from the top.
    pub(crate) global: CellId,
}

/// The cells of a criterion, measured or rolled up; of what has a value for each period the one that is evaluated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CriterionCells {
    pub(crate) measure: Option<MeasureCells>,
    pub(crate) score: CellId,
    pub(crate) coverage: CellId,
    /// Why there can be no score, where that is plain before anything is computed.
    pub(crate) gap: Option<Cause>,
    pub(crate) status: CellId,
    /// Of a parent, how many indicators under it have each status.
    pub(crate) status_counts: Option<CellId>,
    /// The score on the scale of points, where there is one.
    pub(crate) points: Option<CellId>,
    pub(crate) over_time: Option<OverTime>,
}

/// How the score of a criterion went.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OverTime {
    /// The score of each period; one value where it is the same in all.
    pub(crate) score: CellId,
    /// The share of weight that had data in each period.
    pub(crate) coverage: CellId,
    /// The number of the status in each period, the worst first.
    pub(crate) status_number: CellId,
    /// Against the period before.
    pub(crate) change: CellId,
    /// Against the same period of the year before.
    pub(crate) change_on_year: CellId,
}

/// What scores are told by, the same for the scorecard and those of its units.
#[derive(Debug)]
pub(crate) struct Scale {
    statuses: StatusCells,
    points: Option<CellId>,
}

impl Scale {
    pub(crate) fn define(lowering: &mut Lowering, card: &Scorecard) -> Self {
        let statuses = status::define_bands(lowering, card);
        card.follow_up.check(lowering, ROOT, None);
        Self { statuses, points: card.points.map(|points| define_points(lowering, points)) }
    }
}

/// What a scorecard is computed from.
pub(crate) struct Given<'g> {
    pub(crate) actuals: &'g [Option<Timed>],
    pub(crate) weights: &'g [Option<WeightCells>],
    pub(crate) card: &'g Scorecard,
    pub(crate) scale: &'g Scale,
    /// The units whose values and scores become its own.
    pub(crate) units: &'g [UnitCells],
}

/// The criteria of a scorecard, in the order of its tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Defined {
    pub(crate) criteria: Vec<CriterionCells>,
    /// Their scores as roll-ups take them.
    pub(crate) scored: Vec<Scored>,
    /// The cells of the data of KPIs, by the names of their inputs.
    pub(crate) data: Vec<Vec<(String, Timed)>>,
}

/// Defines every criterion, children before parents; the result is in the order of the tree.
pub(crate) fn define(lowering: &mut Lowering, tree: &Tree, given: &Given) -> Defined {
    let Given { actuals, weights, card, scale, units } = *given;
    // a unit has the roll-ups of the scorecard, whose mistakes are told there
    let own = tree.nodes.first().filter(|root| *root.figures == *ROOT).map(|_| &tree.nodes);
    for (id, criterion) in own.into_iter().flatten().filter_map(|node| Some((&node.id, node.criterion?))) {
        if criterion.roll_up.is_some() && criterion.children.is_empty() {
            let error = super::ScorecardError::RollUpOfNothing { id: id.to_string() };
            lowering.problem(format!("{ROOT}.{id}.roll_up"), error);
        }
    }
    let mut scored: Vec<Option<Scored>> = vec![None; tree.nodes.len()];
    let mut all_data: Vec<Vec<(String, Timed)>> = vec![Vec::new(); tree.nodes.len()];
    // a child always stands after its parent, so backwards means children first
    for (index, node) in tree.nodes.iter().enumerate().rev() {
        let measure = node.criterion.and_then(|criterion| criterion.measure.as_ref());
        let actual = actuals.get(index).copied().flatten();
        let cells = match (measure, actual) {
            _ if !node.children.is_empty() => roll_up(lowering, node, &scored, weights, card),
            _ if node.from_units == Some(FromUnits::Scores) => {
                combined(lowering, node, &unit::scores_of(units, index), RollUp::Mean, card.missing)
            }
            (Some(measure), Some(actual)) => {
                let parts = unit::parts_of(units, index);
                let has_actual = measure.has_actual() || parts.iter().any(|part| part.scored.gap.is_none());
                let (cells, data) = measure::define(lowering, node, measure, actual, &card.follow_up, &parts);
                if let Some(place) = all_data.get_mut(index) {
                    *place = data;
                }
                let coverage = Expression::call(Function::Known, [Expression::cell(cells.all.score)]);
                Scored {
                    score: Timed { all: cells.all.score, now: cells.score },
                    coverage: timed(lowering, node, COVERAGE, Unit::Share, coverage),
                    measure: Some(cells),
                    gap: (!has_actual || !measure.is_scorable()).then_some(Cause::NoData),
                }
            }
            _ => {
                let (_, score) = measure::define_judged(lowering, node);
                let coverage = lowering.cells.formula(naming(node, "coverage", "coverage"), Expression::number(0));
                let (score, coverage) = (score.into(), coverage.into());
                Scored { score, coverage, measure: None, gap: Some(Cause::NotMeasured) }
            }
        };
        if let Some(place) = scored.get_mut(index) {
            *place = Some(cells);
        }
    }
    let scored: Vec<Scored> = scored.into_iter().flatten().collect();
    let finished = tree.nodes.iter().zip(&scored).map(|(node, scored)| {
        let told = Told { node, score: scored.score, scored: scored.measure.map(|measure| measure.scored) };
        let (status, status_number) = scale.statuses.define(lowering, &told);
        CriterionCells {
            status,
            status_counts: None,
            measure: scored.measure,
            score: scored.score.now,
            coverage: scored.coverage.now,
            gap: scored.gap,
            points: scale.points.map(|full| {
                let points = Expression::cell(scored.score.now) * Expression::cell(full);
                lowering.cells.formula(naming(node, "points", "points").unit(Unit::Number), points)
            }),
            over_time: lowering.calendar.map(|calendar| over_time(lowering, node, calendar, status_number.all, scored)),
        }
    });
    let mut criteria: Vec<CriterionCells> = finished.collect();
    for (index, node) in tree.nodes.iter().enumerate().rev() {
        let count = count_by_status(lowering, tree, node, &criteria);
        if let Some(cells) = criteria.get_mut(index) {
            cells.status_counts = count;
        }
    }
    Defined { criteria, scored, data: all_data }
}

/// How many of the indicators under a criterion have each status; nothing where none is measured.
fn count_by_status(lowering: &mut Lowering, tree: &Tree, node: &Node, criteria: &[CriterionCells]) -> Option<CellId> {
    let counts = node.children.iter().filter_map(|child| {
        let cells = criteria.get(*child)?;
        // measured, or made of the scores of business units; what is only judged has no status
        let is_indicator = tree.nodes.get(*child).is_some_and(|node| node.children.is_empty());
        let is_told = is_indicator && cells.gap != Some(Cause::NotMeasured);
        let of_indicator = || {
            // what has no status is counted nowhere
            let status = [Expression::cell(cells.status), Expression::number(0)];
            is_told.then(|| Expression::call(Function::Otherwise, status))
        };
        cells.status_counts.map(Expression::cell).or_else(of_indicator)
    });
    let counts: Vec<Expression> = counts.collect();
    if counts.is_empty() {
        return None;
    }
    let naming = naming(node, "status_counts", "indicators by status").unit(Unit::Number);
    Some(lowering.cells.formula(naming, Expression::sum_of(counts)))
}

const SCORE: (&str, &str) = ("score", "score");
const COVERAGE: (&str, &str) = ("coverage", "coverage");

fn define_points(lowering: &mut Lowering, points: Decimal) -> CellId {
    const AT: &str = "scorecard.points";
    if points <= Decimal::ZERO || points > Decimal::ONE_THOUSAND {
        lowering.problem(AT, super::ScorecardError::Points { points });
    }
    let naming = Naming::new("scorecard.points_at_full_score").label("Points", "at full score").source(AT);
    lowering.cells.input(naming, Shape::Scalar, [Some(points)])
}

fn over_time(
    lowering: &mut Lowering,
    node: &Node,
    calendar: &Calendar,
    status_number: CellId,
    scored: &Scored,
) -> OverTime {
    let score = scored.score;
    let against = |lowering: &mut Lowering, (before, change): ((&'static str, _), (&'static str, _)), position| {
        let before = naming(node, before.0, before.1);
        let before = lowering.cells.formula(before, Calendar::pick(score.all, position));
        let difference = Expression::cell(score.now) - Expression::cell(before);
        lowering.cells.formula(naming(node, change.0, change.1), difference)
    };
    let previous = (("previous_score", "score of the previous period"), ("score_change", "change of the score"));
    let a_year_before = (
        ("score_year_before", "score of the same period a year before"),
        ("score_change_on_year", "change of the score on the year"),
    );
    OverTime {
        score: score.all,
        coverage: scored.coverage.all,
        status_number,
        change: against(lowering, previous, calendar.previous),
        change_on_year: against(lowering, a_year_before, calendar.year_before),
    }
}

/// A score as the roll-up of its parent takes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scored {
    pub(crate) measure: Option<MeasureCells>,
    pub(crate) score: Timed,
    pub(crate) coverage: Timed,
    /// Why there can be no score, where that is plain before anything is computed.
    pub(crate) gap: Option<Cause>,
}

fn naming(node: &Node, figure: &'static str, aspect: &'static str) -> Naming {
    Naming::new(Id::of(Arc::clone(&node.figures), figure)).label(node.name.clone(), aspect).unit(Unit::Share)
}

fn roll_up(
    lowering: &mut Lowering,
    node: &Node,
    scored: &[Option<Scored>],
    weights: &[Option<WeightCells>],
    card: &Scorecard,
) -> Scored {
    let children: Vec<(Expression, Scored)> = node
        .children
        .iter()
        .filter_map(|child| {
            let weight = weights.get(*child).copied().flatten()?;
            Some((Expression::cell(weight.local), scored.get(*child).copied().flatten()?))
        })
        .collect();
    let way = node.criterion.and_then(|criterion| criterion.roll_up).unwrap_or(card.roll_up);
    combined(lowering, node, &children, way, card.missing)
}

/// The score and coverage of what is made of others, with their weights.
fn combined(
    lowering: &mut Lowering,
    node: &Node,
    children: &[(Expression, Scored)],
    way: RollUp,
    missing: MissingPolicy,
) -> Scored {
    let gap = common_gap(children.iter().map(|(_, child)| child.gap));
    let parts = children.iter().map(|(weight, child)| Part {
        weight: weight.clone(),
        score: Expression::cell(child.score.all),
        gap: child.gap,
    });
    let score = match rolled_up(parts, way, missing) {
        Ok(score) => timed(lowering, node, SCORE, Unit::Share, score),
        Err(cause) => lowering.cells.absent(naming(node, "score", "score"), Shape::Scalar, cause).into(),
    };
    let covered = children.iter().map(|(weight, child)| weight.clone() * Expression::cell(child.coverage.all));
    let covered = Expression::sum_of(covered.collect::<Vec<_>>());
    let coverage = timed(lowering, node, COVERAGE, Unit::Share, covered);
    Scored { measure: None, score, coverage, gap }
}

/// One of those whose scores become one.
pub(super) struct Part {
    pub(super) weight: Expression,
    pub(super) score: Expression,
    /// Why it can have no score, where that is plain before anything is computed.
    pub(super) gap: Option<Cause>,
}

/// Why several have no score, where that is plain: nothing of them is measured, or nothing has data.
fn common_gap(gaps: impl Iterator<Item = Option<Cause>>) -> Option<Cause> {
    let measured: Vec<Option<Cause>> = gaps.filter(|gap| *gap != Some(Cause::NotMeasured)).collect();
    match measured.as_slice() {
        [] => Some(Cause::NotMeasured),
        measured if measured.iter().all(Option::is_some) => Some(Cause::NoData),
        _ => None,
    }
}

/// The score of several from their weights and scores, or why there is none.
///
/// What is only judged is no missing measurement: it takes no part, whatever the policy.
pub(super) fn rolled_up(
    parts: impl IntoIterator<Item = Part>,
    way: RollUp,
    missing: MissingPolicy,
) -> Result<Expression, Cause> {
    let parts: Vec<Part> = parts.into_iter().filter(|part| part.gap != Some(Cause::NotMeasured)).collect();
    match common_gap(parts.iter().map(|part| part.gap)) {
        Some(cause) if cause == Cause::NotMeasured || missing != MissingPolicy::Worst => Err(cause),
        _ => Ok(of_measured(&parts, way, missing)),
    }
}

/// What the score of one alone counts as.
pub(super) fn counted(score: &Expression, missing: MissingPolicy) -> Expression {
    if missing == MissingPolicy::Worst { or_zero(score) } else { score.clone() }
}

fn or_zero(score: &Expression) -> Expression {
    Expression::call(Function::Otherwise, [score.clone(), Expression::number(0)])
}

fn of_measured(parts: &[Part], way: RollUp, missing: MissingPolicy) -> Expression {
    let counted = |score: &Expression| counted(score, missing);
    let scores = || parts.iter().map(|part| counted(&part.score));
    let all_known = |formula: Expression| match missing {
        // one that is missing makes the comparison missing, and with it the whole
        MissingPolicy::Fail => {
            let all =
                Expression::fold_of(Function::Min, scores()).binary(Binary::GreaterOrEqual, Expression::number(0));
            Expression::choose(all, formula, Expression::number(0))
        }
        _ => formula,
    };
    // what weighs nothing has no part in it: the division leaves its score out and changes no other
    let extreme =
        |part: &Part| counted(&part.score) / part.weight.clone().binary(Binary::Greater, Expression::number(0));
    match way {
        RollUp::Mean => {
            let weighted = |part: &dyn Fn(&Expression) -> Expression| {
                Expression::sum_of(parts.iter().map(|one| one.weight.clone() * part(&one.score)))
            };
            let known = |score: &Expression| Expression::call(Function::Known, [score.clone()]);
            let of_all = || Expression::sum_of(parts.iter().map(|part| part.weight.clone()));
            match missing {
                MissingPolicy::Exclude => weighted(&or_zero) / weighted(&known),
                MissingPolicy::Worst | MissingPolicy::Fail => weighted(&counted) / of_all(),
            }
        }
        RollUp::GeometricMean => {
            let pairs = parts.iter().flat_map(|part| [part.weight.clone(), counted(&part.score)]);
            all_known(Expression::call(Function::GeometricMean, pairs))
        }
        RollUp::WorstChild => all_known(Expression::call(Function::Least, parts.iter().map(extreme))),
        RollUp::BestChild => all_known(Expression::call(Function::Greatest, parts.iter().map(extreme))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::Figures;
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use rust_decimal::dec;

    /// Scores of 80 % and 40 %, one that is missing and one that is judged, of equal weight.
    fn card(missing: MissingPolicy) -> Figures {
        let scored = |id: &str, actual: Decimal| Criterion::indicator(id, Measure::target(0, 1).actual(actual));
        let children = [
            scored("a", dec!(0.8)),
            scored("b", dec!(0.4)),
            Criterion::indicator("c", Measure::target(0, 1)),
            Criterion::judged("d"),
        ];
        let card = Scorecard { missing, ..Scorecard::new([Criterion::group("all", children), Criterion::judged("e")]) };
        Figures::of(Draft { scorecard: Some(card), ..Draft::default() })
    }

    #[test]
    fn missing_scores_follow_the_policy() {
        let exclude = card(MissingPolicy::Exclude);
        assert_eq!(exclude.get("scorecard.all.score"), dec!(0.6));
        assert_eq!(exclude.get("scorecard.score"), dec!(0.6));
        let worst = card(MissingPolicy::Worst);
        // the missing one counts as 0, the judged ones do not count
        assert_eq!(worst.get("scorecard.all.score"), dec!(0.4));
        assert_eq!(worst.get("scorecard.score"), dec!(0.4));
        assert_eq!(card(MissingPolicy::Fail).cause("scorecard.all.score"), Cause::NoData);
    }

    #[test]
    fn a_score_of_zero_makes_a_geometric_mean_zero() {
        let scored = |id: &str, actual: Decimal| Criterion::indicator(id, Measure::target(0, 1).actual(actual));
        let nothing = scored("a", dec!(0)).weighing(dec!(0.1));
        let card = Scorecard::new([nothing, scored("b", dec!(0.4)).weighing(dec!(0.9))]);
        let card = Scorecard { roll_up: RollUp::GeometricMean, ..card };
        let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
        assert_eq!(figures.get("scorecard.score"), dec!(0));
    }

    #[test]
    fn what_weighs_nothing_is_neither_worst_nor_best() {
        let scored = |id: &str, actual: Decimal| Criterion::indicator(id, Measure::target(0, 1).actual(actual));
        let score = |roll_up, missing| {
            let nothing = [scored("a", dec!(0)).weighing(dec!(0)), scored("d", dec!(1)).weighing(dec!(0))];
            let some = [scored("b", dec!(0.4)).weighing(dec!(0.5)), scored("c", dec!(0.7)).weighing(dec!(0.5))];
            let card = Scorecard { roll_up, missing, ..Scorecard::new(nothing.into_iter().chain(some)) };
            Figures::of(Draft { scorecard: Some(card), ..Draft::default() }).get("scorecard.score")
        };
        for (_, missing) in MissingPolicy::ALL {
            assert_eq!(score(RollUp::WorstChild, missing), dec!(0.4));
            assert_eq!(score(RollUp::BestChild, missing), dec!(0.7));
        }
    }

    #[test]
    fn indicators_are_counted_by_their_status() {
        let card = card(MissingPolicy::Exclude);
        // 80 % is green, 40 % red, c has no value, d and e are judged
        let count =
            |of: &str| ["red", "amber", "green"].map(|status| card.get(&format!("{of}.status_counts.{status}")));
        assert_eq!(count("scorecard.all"), [dec!(1), dec!(0), dec!(1)]);
        assert_eq!(count("scorecard"), [dec!(1), dec!(0), dec!(1)]);
        assert_eq!(card.0.base().figure("scorecard.a.status_counts.red"), None);
    }

    #[test]
    fn coverage_is_the_weight_that_had_data() {
        for policy in MissingPolicy::ALL {
            let card = card(policy.1);
            assert_eq!(card.get("scorecard.all.coverage"), dec!(0.5));
            assert_eq!(card.get("scorecard.coverage"), dec!(0.25));
        }
    }

    #[test]
    fn a_card_that_measures_nothing_has_no_score_but_a_reason() {
        let card = Scorecard::new([Criterion::judged("a"), Criterion::judged("b")]);
        for (_, missing) in MissingPolicy::ALL {
            let card = Scorecard { missing, ..card.clone() };
            let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
            assert_eq!(figures.cause("scorecard.score"), Cause::NotMeasured);
        }
        let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
        assert_eq!(figures.cause("scorecard.status.red"), Cause::NotMeasured);
        assert_eq!(figures.get("scorecard.a.global_weight"), dec!(0.5));
    }
}
