//! Delphi rounds: what each expert rated, how far they agree, and whether the panel may stop.

mod answers;
mod error;

pub use answers::{Answer, AnswerPolicy, Form, Rating, Reason, Round, Scale};
pub use error::DelphiError;

use super::AuthorityCells;
use crate::amount::Lowering;
use crate::model::{Axis, AxisId, Binary, Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use crate::scorecard::{ROOT, Tree};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// When the panel may stop: every criterion that is given must be met, or the last round must be reached.
///
/// Without `cv_max`, `iqr_max` and `w_min` there is no consensus to reach. `cv_max` and `w_min` are fractions, `iqr_max`
/// is in points of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StopRule {
    /// The largest coefficient of variation of any item.
    pub cv_max: Option<Decimal>,
    /// The largest interquartile range of any item.
    pub iqr_max: Option<Decimal>,
    /// The least Kendall's W over all items of the round.
    pub w_min: Option<Decimal>,
    /// The round after which the panel stops whatever it agrees on.
    pub max_rounds: Option<u32>,
}

/// A Delphi panel: its experts, their scale, when they stop, and what they rated round by round.
///
/// **Formula**: the weight of a criterion is the mean of its ratings in the last round that rated its siblings, divided
/// by the sum of those means; the largest takes what is left to exactly 1.
///
/// Per item and round: mean, median, quartiles (type 7), interquartile range, standard deviation (n - 1) and coefficient
/// of variation; per round and group of siblings Kendall's W, corrected for ties.
///
/// ```
/// use appraise::panel::{Delphi, Round, StopRule};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let delphi = Delphi {
///     experts: ["sales", "controlling", "service"].map(str::to_owned).into(),
///     stop: StopRule { cv_max: Some(dec!(0.20)), ..StopRule::default() },
///     rounds: vec![Round::of([("customer", [9, 10, 8]), ("financial", [8, 9, 10])])],
///     ..Delphi::default()
/// };
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::judged("customer"), Criterion::judged("financial")])),
///     delphi: Some(delphi),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("delphi.1.customer.mean"), Some(Ok(dec!(9))));
/// assert_eq!(outcome.figure("scorecard.customer.weight"), Some(Ok(dec!(0.5))));
/// assert_eq!(outcome.figure("delphi.1.stop.may_stop"), Some(Ok(dec!(1)))); // yes
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delphi {
    /// The experts, in the order of their ratings.
    pub experts: Vec<String>,
    /// Whether they rate or rank.
    pub form: Form,
    /// The lowest and highest rating.
    pub scale: Scale,
    /// What an answer that was not given stands for.
    pub missing: AnswerPolicy,
    /// What `don't know` stands for.
    pub dont_know: AnswerPolicy,
    /// When the panel may stop.
    pub stop: StopRule,
    /// The rounds, first to last.
    pub rounds: Vec<Round>,
}

/// The statistics of one criterion in one round.
#[derive(Debug, Clone)]
pub(crate) struct ItemCells {
    pub(crate) index: usize,
    pub(crate) id: Arc<str>,
    pub(crate) ratings: CellId,
    pub(crate) mean: CellId,
    /// With the authority of the experts, where it is given.
    pub(crate) weighted_mean: Option<CellId>,
    pub(crate) median: CellId,
    pub(crate) q1: CellId,
    pub(crate) q3: CellId,
    pub(crate) iqr: CellId,
    pub(crate) sd: CellId,
    pub(crate) cv: CellId,
    /// The mean again, as a number, to know who gets the remainder of a division.
    size: Decimal,
}

/// One criterion of the stop rule in one round.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StopCells {
    pub(crate) name: &'static str,
    pub(crate) value: CellId,
    pub(crate) limit: CellId,
    pub(crate) met: CellId,
}

/// The cells of one round.
#[derive(Debug, Clone)]
pub(crate) struct RoundCells {
    pub(crate) items: Vec<ItemCells>,
    pub(crate) kendall_w: CellId,
    /// Kendall's W of the children of a criterion.
    pub(crate) groups: Vec<(usize, CellId)>,
    pub(crate) stop: Vec<StopCells>,
    pub(crate) consensus: CellId,
    pub(crate) may_stop: CellId,
}

/// The cells of all rounds.
#[derive(Debug, Clone, Default)]
pub(crate) struct DelphiCells {
    pub(crate) rounds: Vec<RoundCells>,
}

impl DelphiCells {
    /// The last round that rated all of a group, and the means of its items.
    pub(crate) fn last_round_rating<'i>(
        &self,
        ids: impl Iterator<Item = &'i str> + Clone,
    ) -> Option<(usize, Vec<(CellId, Decimal)>)> {
        self.rounds.iter().enumerate().rev().find_map(|(position, round)| {
            let by_id: HashMap<&str, &ItemCells> = round.items.iter().map(|item| (&*item.id, item)).collect();
            let means =
                ids.clone().map(|id| by_id.get(id).map(|item| (item.weighted_mean.unwrap_or(item.mean), item.size)));
            means.collect::<Option<Vec<_>>>().map(|means| (position + 1, means))
        })
    }
}

/// The experts of the panel and, where their authority is given, what each weighs.
#[derive(Clone, Copy)]
struct Experts {
    axis: AxisId,
    authority: Option<CellId>,
}

/// Defines the statistics of every round.
pub(crate) fn define(lowering: &mut Lowering, tree: &Tree, authority: &AuthorityCells, delphi: &Delphi) -> DelphiCells {
    check_panel(lowering, delphi);
    let axis = lowering.cells.axis(Axis::named("experts", delphi.experts.iter().cloned()));
    let at = "weights.delphi.experts";
    let authority = authority.weights(lowering, "delphi.authority", axis, &delphi.experts, at);
    let experts = Experts { axis, authority };
    let mut rounds = Vec::with_capacity(delphi.rounds.len());
    for (position, round) in delphi.rounds.iter().enumerate() {
        let items = define_items(lowering, tree, delphi, experts, (position + 1, round));
        rounds.push(define_round(lowering, tree, delphi, position + 1, items));
    }
    DelphiCells { rounds }
}

fn check_panel(lowering: &mut Lowering, delphi: &Delphi) {
    let mut seen = HashSet::new();
    for (position, expert) in delphi.experts.iter().enumerate() {
        if !seen.insert(expert) {
            let error = DelphiError::DuplicateExpert { expert: expert.clone() };
            lowering.problem(format!("weights.delphi.experts.{position}"), error);
        }
    }
    if delphi.experts.is_empty() {
        lowering.problem("weights.delphi", DelphiError::NoExperts);
    }
    if delphi.rounds.is_empty() {
        lowering.problem("weights.delphi", DelphiError::NoRounds);
    }
    if delphi.scale.min >= delphi.scale.max {
        lowering.problem("weights.delphi.scale", DelphiError::ScaleOrder);
    } else if delphi.scale.min < Decimal::ZERO {
        lowering.problem("weights.delphi.scale", DelphiError::ScaleBelowZero);
    }
    let StopRule { cv_max, iqr_max, w_min, max_rounds } = delphi.stop;
    let negative = |limit: &Decimal| *limit < Decimal::ZERO;
    for (criterion, limit) in [
        ("cv_max", cv_max.filter(negative)),
        ("iqr_max", iqr_max.filter(negative)),
        ("w_min", w_min.filter(|limit| negative(limit) || *limit > Decimal::ONE)),
        ("max_rounds", max_rounds.filter(|rounds| *rounds == 0).map(Decimal::from)),
    ] {
        if let Some(limit) = limit {
            lowering.problem(format!("weights.delphi.stop.{criterion}"), DelphiError::Limit { criterion, limit });
        }
    }
}

fn define_items(
    lowering: &mut Lowering,
    tree: &Tree,
    delphi: &Delphi,
    experts: Experts,
    (number, round): (usize, &Round),
) -> Vec<ItemCells> {
    let mut items = Vec::with_capacity(round.items.len());
    let mut rated = HashSet::new();
    for Rating { item, answers } in &round.items {
        let at = format!("weights.delphi.rounds.{}.{item}", number - 1);
        let Some(index) = tree.find(item) else {
            let nearest = lowering.nearest(item, tree.ids());
            // a misspelt criterion is not also a missing one
            rated.extend(nearest.as_deref().and_then(|nearest| tree.find(nearest)));
            lowering.problem(&*at, DelphiError::UnknownItem { round: number, item: item.clone(), nearest });
            continue;
        };
        if !rated.insert(index) {
            lowering.problem(&*at, DelphiError::DuplicateItem { round: number, item: item.clone() });
            continue;
        }
        let Scale { min, max } = delphi.scale;
        for (position, answer) in answers.iter().enumerate() {
            if let Some(rating) = answer.given().filter(|rating| min < max && (*rating < min || *rating > max)) {
                lowering.problem(format!("{at}.{position}"), DelphiError::OutsideScale { rating, min, max });
            }
        }
        if answers.len() != delphi.experts.len() {
            let (found, experts) = (answers.len(), delphi.experts.len());
            let error = DelphiError::Ratings { round: number, item: item.clone(), found, experts };
            lowering.problem(at, error);
            continue;
        }
        items.push(define_item(lowering, tree, experts, number, index, answers));
    }
    for parent in &tree.nodes {
        let ids = || parent.children.iter().filter_map(|child| Some((*child, &tree.node(*child)?.id)));
        let first = ids().find(|(child, _)| rated.contains(child));
        let missing = ids().find(|(child, _)| !rated.contains(child));
        if let (Some((_, first)), Some((_, missing))) = (first, missing) {
            let (rated, missing) = (first.to_string(), missing.to_string());
            let at = format!("weights.delphi.rounds.{}.{rated}", number - 1);
            lowering.problem(at, DelphiError::SiblingMissing { round: number, rated, missing });
        }
    }
    items
}

fn value_of(answer: Answer) -> Result<Decimal, Cause> {
    match answer {
        Answer::Given(value) => Ok(value),
        Answer::DontKnow => Err(Cause::DontKnow),
        Answer::Missing => Err(Cause::NotAnswered),
    }
}

fn define_item(
    lowering: &mut Lowering,
    tree: &Tree,
    experts: Experts,
    round: usize,
    index: usize,
    answers: &[Answer],
) -> ItemCells {
    let (id, name) = match tree.node(index) {
        Some(node) => (Arc::clone(&node.id), Arc::clone(&node.name)),
        None => (Arc::from(""), Arc::from("")),
    };
    let figures: Arc<str> = format!("delphi.{round}.{id}").into();
    let naming =
        |figure: &'static str, aspect| Naming::new(Id::of(Arc::clone(&figures), figure)).label(name.clone(), aspect);
    let source = format!("weights.delphi.rounds.{}.{id}", round - 1);
    let input = naming("ratings", "ratings").source(source);
    let cell =
        lowering.cells.input_or_cause(input, Shape::Row(experts.axis), answers.iter().map(|answer| value_of(*answer)));
    let row = || Expression::cell(cell);
    let of = |lowering: &mut Lowering, figure: &'static str, aspect, function, more: Option<Decimal>| {
        let arguments = [row()].into_iter().chain(more.map(Expression::number));
        lowering.cells.formula(naming(figure, aspect), Expression::call(function, arguments))
    };
    let mean = of(lowering, "mean", "mean", Function::Average, None);
    let weighted_mean = experts.authority.map(|weights| {
        let weighted = Expression::call(Function::WeightedAverage, [row(), Expression::cell(weights)]);
        lowering.cells.formula(naming("weighted_mean", "mean weighted by authority"), weighted)
    });
    let median = of(lowering, "median", "median", Function::Median, None);
    let q1 = of(lowering, "q1", "first quartile", Function::Quantile, Some(Decimal::new(25, 2)));
    let q3 = of(lowering, "q3", "third quartile", Function::Quantile, Some(Decimal::new(75, 2)));
    let sd = of(lowering, "sd", "standard deviation", Function::StandardDeviation, None);
    let spread = Expression::cell(q3) - Expression::cell(q1);
    let iqr = lowering.cells.formula(naming("iqr", "interquartile range"), spread);
    let relative = Expression::cell(sd) / Expression::cell(mean);
    let cv = lowering.cells.formula(naming("cv", "coefficient of variation").unit(Unit::Share), relative);
    let given: Vec<Decimal> = answers.iter().filter_map(|answer| answer.given()).collect();
    let size = crate::kernel::mean(&given).unwrap_or_default();
    ItemCells { index, id, ratings: cell, mean, weighted_mean, median, q1, q3, iqr, sd, cv, size }
}

fn define_round(
    lowering: &mut Lowering,
    tree: &Tree,
    delphi: &Delphi,
    number: usize,
    items: Vec<ItemCells>,
) -> RoundCells {
    let concordance = |lowering: &mut Lowering, id: String, of: &Arc<str>, rows: Vec<CellId>| {
        let naming = Naming::new(id).label(Arc::clone(of), "Kendall's W");
        if rows.len() < 2 || delphi.experts.len() < 2 {
            return lowering.cells.absent(naming, Shape::Scalar, Cause::TooFew);
        }
        lowering.cells.formula(naming, Expression::call(Function::KendallW, rows.into_iter().map(Expression::cell)))
    };
    let whole: Arc<str> = format!("Delphi round {number}").into();
    let all = items.iter().map(|item| item.ratings).collect();
    let kendall_w = concordance(lowering, format!("delphi.{number}.kendall_w"), &whole, all);
    let mut rows_of: HashMap<usize, Vec<CellId>> = HashMap::new();
    for item in &items {
        if let Some(parent) = tree.node(item.index).and_then(|node| node.parent) {
            rows_of.entry(parent).or_default().push(item.ratings);
        }
    }
    let mut groups = Vec::new();
    for (index, parent) in tree.nodes.iter().enumerate() {
        if let Some(rows) = rows_of.remove(&index).filter(|rows| rows.len() > 1) {
            let id = if parent.parent.is_none() { ROOT } else { &parent.id };
            groups.push((index, concordance(lowering, format!("delphi.{number}.{id}.kendall_w"), &parent.name, rows)));
        }
    }
    let worst = |part: fn(&ItemCells) -> CellId| {
        Expression::fold_of(Function::Max, items.iter().map(|item| Expression::cell(part(item))))
    };
    let StopRule { cv_max, iqr_max, w_min, max_rounds } = delphi.stop;
    let of_agreement = [
        StopCriterion {
            name: "cv_max",
            aspect: "largest coefficient of variation",
            unit: Unit::Share,
            limit: cv_max,
            value: worst(|item| item.cv),
            compare: Binary::LessOrEqual,
        },
        StopCriterion {
            name: "iqr_max",
            aspect: "largest interquartile range",
            unit: Unit::Number,
            limit: iqr_max,
            value: worst(|item| item.iqr),
            compare: Binary::LessOrEqual,
        },
        StopCriterion {
            name: "w_min",
            aspect: "Kendall's W",
            unit: Unit::Number,
            limit: w_min,
            value: Expression::cell(kendall_w),
            compare: Binary::GreaterOrEqual,
        },
    ];
    let mut stop: Vec<StopCells> =
        of_agreement.into_iter().filter_map(|criterion| criterion.define(lowering, number, &whole)).collect();
    let truth = |id: String, aspect| Naming::new(id).label(whole.clone(), aspect).unit(Unit::Truth);
    let all_met = Expression::fold_of(Function::Min, stop.iter().map(|criterion| Expression::cell(criterion.met)));
    let consensus_naming = truth(format!("delphi.{number}.stop.consensus"), "consensus reached");
    let consensus = lowering.cells.formula(consensus_naming, all_met);
    let mut enough = Expression::cell(consensus);
    let held = StopCriterion {
        name: "max_rounds",
        aspect: "rounds held",
        unit: Unit::Number,
        limit: max_rounds.map(Decimal::from),
        value: Expression::number(u64::try_from(number).unwrap_or(u64::MAX)),
        compare: Binary::GreaterOrEqual,
    };
    if let Some(held) = held.define(lowering, number, &whole) {
        enough = enough.binary(Binary::Or, Expression::cell(held.met));
        stop.push(held);
    }
    let may_stop =
        lowering.cells.formula(truth(format!("delphi.{number}.stop.may_stop"), "the panel may stop"), enough);
    RoundCells { items, kendall_w, groups, stop, consensus, may_stop }
}

/// One line of the stop rule: a value of the round against its limit.
struct StopCriterion {
    name: &'static str,
    aspect: &'static str,
    unit: Unit,
    limit: Option<Decimal>,
    value: Expression,
    compare: Binary,
}

impl StopCriterion {
    fn define(self, lowering: &mut Lowering, round: usize, whole: &Arc<str>) -> Option<StopCells> {
        let Self { name, aspect, unit, limit, value, compare } = self;
        let figures: Arc<str> = format!("delphi.{round}.stop.{name}").into();
        let naming =
            |figure: &'static str| Naming::new(Id::of(Arc::clone(&figures), figure)).label(whole.clone(), aspect);
        let limit_naming = naming("limit").unit(unit.clone()).source(format!("weights.delphi.stop.{name}"));
        let limit = lowering.cells.input(limit_naming, Shape::Scalar, [Some(limit?)]);
        let value = lowering.cells.formula(naming("value").unit(unit), value);
        let holds = Expression::cell(value).binary(compare, Expression::cell(limit));
        let met = lowering.cells.formula(naming("met").unit(Unit::Truth), holds);
        Some(StopCells { name, value, limit, met })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::dec;

    fn draft(stop: StopRule, rounds: Vec<Round>) -> Draft {
        let card = Scorecard::new(["a", "b", "c"].map(Criterion::judged));
        let experts = ["one", "two", "three", "four"].map(str::to_owned).into();
        let delphi = Delphi { experts, stop, rounds, ..Delphi::default() };
        Draft { scorecard: Some(card), delphi: Some(delphi), ..Draft::default() }
    }

    #[test]
    fn statistics_of_an_item() {
        let round = Round::of([("a", [2, 4, 4, 10]), ("b", [1, 1, 1, 1]), ("c", [5, 6, 7, 8])]);
        let figures = Figures::of(draft(StopRule::default(), vec![round]));
        for (figure, expected) in [
            ("a.mean", dec!(5)),
            ("a.median", dec!(4)),
            ("a.q1", dec!(3.5)),
            ("a.q3", dec!(5.5)),
            ("a.iqr", dec!(2)),
            ("a.sd", dec!(3.4641016151)),
            ("a.cv", dec!(0.6928203230)),
            ("b.sd", dec!(0)),
            ("b.cv", dec!(0)),
            ("a.ratings.four", dec!(10)),
        ] {
            assert_eq!(figures.get(&format!("delphi.1.{figure}")).round_dp(10), expected, "{figure}");
        }
    }

    #[test]
    fn the_stop_rule_shows_every_criterion() {
        let stop =
            StopRule { cv_max: Some(dec!(0.2)), iqr_max: Some(dec!(1)), w_min: Some(dec!(0.6)), max_rounds: Some(2) };
        let apart = Round::of([("a", [1, 9, 5, 2]), ("b", [5, 1, 9, 4]), ("c", [9, 5, 1, 7])]);
        let agreed = Round::of([("a", [9, 9, 9, 8]), ("b", [6, 6, 5, 6]), ("c", [3, 3, 3, 3])]);
        let figures = Figures::of(draft(stop, vec![apart.clone(), agreed.clone()]));
        let told = |round: usize, name: &str| figures.names(&format!("delphi.{round}.stop.{name}"))[0].clone();
        assert_eq!(told(1, "cv_max.met"), "no");
        assert_eq!(told(1, "consensus"), "no");
        assert_eq!(told(1, "may_stop"), "no");
        assert_eq!(told(2, "w_min.met"), "yes");
        assert_eq!(told(2, "consensus"), "yes");
        assert_eq!(figures.get("delphi.2.kendall_w"), dec!(1));
        // the last round ends the panel whether it agrees or not
        let figures = Figures::of(draft(stop, vec![apart.clone(), apart]));
        assert_eq!(figures.names("delphi.2.stop.consensus"), ["no"]);
        assert_eq!(figures.names("delphi.2.stop.may_stop"), ["yes"]);
    }

    #[test]
    fn panels_too_small_for_a_statistic_say_so() {
        let mut draft = draft(StopRule::default(), vec![Round::of([("a", [3]), ("b", [4]), ("c", [5])])]);
        draft.delphi.as_mut().unwrap().experts.truncate(1);
        let figures = Figures::of(draft);
        assert_eq!(figures.get("delphi.1.a.mean"), dec!(3));
        assert_eq!(figures.cause("delphi.1.a.sd"), Cause::TooFew);
        assert_eq!(figures.cause("delphi.1.kendall_w"), Cause::TooFew);
    }

    #[test]
    fn mistakes_in_rounds_are_placed() {
        let round = Round::of([("a", vec![2, 4, 4]), ("b", vec![1, 1, 1, 12]), ("d", vec![5, 6, 7, 8])]);
        assert_eq!(
            problems(draft(StopRule { w_min: Some(dec!(60)), ..StopRule::default() }, vec![round])),
            [
                "weights.delphi.stop.w_min: the limit 60 of `w_min` makes no sense",
                "weights.delphi.rounds.0.a: `a` has 3 ratings in round 1, but the panel has 4 experts",
                "weights.delphi.rounds.0.b.3: 12 is outside the scale from 1 to 10",
                "weights.delphi.rounds.0.d: round 1 rates `d`, which is no criterion of the scorecard",
                "weights.delphi.rounds.0.a: round 1 rates `a`, but not its sibling `c`",
            ]
        );
    }
}
