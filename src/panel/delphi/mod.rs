//! Delphi rounds: what each expert rated, how far they agree, and whether the panel may stop.

mod answers;
mod checks;
mod concordance;
mod error;
mod policy;
mod rankings;
mod round;
mod screening;
mod stability;
mod statistics;
mod stop_rule;

#[cfg(feature = "yaml")]
pub(crate) use answers::Collected;
pub use answers::{Answer, AnswerPolicy, Form, Rating, Reason, Round, Scale};
pub(crate) use concordance::ConcordanceCells;
pub use error::DelphiError;
pub(crate) use round::{GroupCells, RoundCells};
pub(crate) use screening::ScreeningCells;
pub(crate) use stability::StabilityCells;
pub(crate) use statistics::ItemCells;
pub use stop_rule::StopRule;
pub(crate) use stop_rule::{About, VerdictCells};

use self::checks::check_panel;
use self::policy::{Attendance, Standings};
use self::round::{History, Panel, define_response_rate};
use super::AuthorityCells;
use crate::amount::Lowering;
use crate::kernel::RankConversion;
use crate::model::{Axis, AxisId, CellId};
use crate::scorecard::Tree;
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// How often rankings are drawn at random to see whether the agreement can be chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permutations {
    /// How many times; panels so small that all arrangements can be counted are counted.
    pub count: u32,
    /// Where the stream of random numbers begins: the same seed gives the same p-value on every machine.
    pub seed: u64,
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
    /// The lowest and highest rating; ranks have none.
    pub scale: Scale,
    /// How ranks become weights, where the experts rank.
    pub conversion: RankConversion,
    /// The rating from which on it counts as agreement that an item matters; `None` for the upper third of the scale.
    pub agreement_from: Option<Decimal>,
    /// Whether the agreement is tested by permutations too.
    pub permutations: Option<Permutations>,
    /// Whether each item is judged worth keeping or not.
    pub screening: bool,
    /// What an answer that was not given stands for.
    pub missing: AnswerPolicy,
    /// What `don't know` stands for.
    pub dont_know: AnswerPolicy,
    /// When the panel may stop.
    pub stop: StopRule,
    /// The rounds, first to last.
    pub rounds: Vec<Round>,
}

impl Delphi {
    /// The rating from which on it counts as agreement; `None` where the experts rank.
    fn agreement(&self) -> Option<Decimal> {
        let Scale { min, max } = self.scale;
        let upper_third = || {
            let two_thirds = max.checked_sub(min)?.checked_mul(Decimal::TWO)?.checked_div(Decimal::from(3))?;
            min.checked_add(two_thirds)
        };
        match self.form {
            Form::Rankings => None,
            Form::Ratings => self.agreement_from.or_else(upper_third),
        }
    }
}

/// The cells of all rounds.
#[derive(Debug, Clone, Default)]
pub(crate) struct DelphiCells {
    pub(crate) rounds: Vec<RoundCells>,
}

impl DelphiCells {
    /// The last round with answers about all children of a criterion, from 1, and what they weigh by it.
    pub(crate) fn last_round_rating(&self, parent: usize) -> Option<(usize, &GroupCells)> {
        let rounds = self.rounds.iter().enumerate().rev();
        let mut rated = rounds.filter_map(|(position, round)| {
            let group = round.groups.iter().find(|group| group.parent == parent)?;
            group.is_answered.then_some((position + 1, group))
        });
        rated.next()
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
    let mut rounds: Vec<RoundCells> = Vec::with_capacity(delphi.rounds.len());
    let mut standings = Standings::default();
    let mut history =
        History { asked: HashMap::new(), weights: HashMap::new(), budget: concordance::Budget::of(delphi) };
    for (position, round) in delphi.rounds.iter().enumerate() {
        let number = position + 1;
        let attendance = Attendance::check(lowering, tree, delphi, (number, round));
        let items = define_items(lowering, tree, experts, &attendance, &mut standings);
        let response_rate = define_response_rate(lowering, delphi, axis, &attendance);
        let earlier = items.iter().filter_map(|item| {
            let (round, position) = history.asked.get(&item.index)?;
            Some((item.index, rounds.get(*round)?.items.get(*position)?))
        });
        let earlier: HashMap<usize, &ItemCells> = earlier.collect();
        let panel = Panel { tree, delphi, experts, number, history: &history };
        let cells = panel.define_round(lowering, items, &earlier, response_rate);
        history.add(position, tree, &cells);
        rounds.push(cells);
    }
    DelphiCells { rounds }
}

fn define_items(
    lowering: &mut Lowering,
    tree: &Tree,
    experts: Experts,
    attendance: &Attendance,
    before: &mut Standings,
) -> Vec<ItemCells> {
    let Attendance { delphi, number, round, .. } = *attendance;
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
        attendance.check_answers(lowering, tree, index, (item, answers));
        if answers.len() != delphi.experts.len() {
            let (found, experts) = (answers.len(), delphi.experts.len());
            let error = DelphiError::Ratings { round: number, item: item.clone(), found, experts };
            lowering.problem(at, error);
            continue;
        }
        if let Some(node) = tree.node(index) {
            let answers = attendance.places(tree, index, answers);
            items.push(statistics::define(lowering, experts, attendance, before, (index, node), &answers));
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::model::Cause;
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
        let stop = StopRule {
            cv_max: Some(dec!(0.2)),
            iqr_max: Some(dec!(1)),
            w_min: Some(dec!(0.6)),
            max_rounds: Some(2),
            ..StopRule::default()
        };
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

    /// Three experts who answer in two rounds: the second has one gap, and the third leaves after the first round.
    fn session() -> Delphi {
        let rows = |rows: [(&str, [Answer; 3]); 3]| Round {
            items: rows.map(|(item, answers)| Rating { item: item.to_owned(), answers: answers.into() }).into(),
            ..Round::default()
        };
        let given = |value: i64| Answer::from(value);
        let (gap, left) = (Answer::DontKnow, Answer::Missing);
        Delphi {
            experts: ["one", "two", "three"].map(str::to_owned).into(),
            rounds: vec![
                rows([
                    ("a", [given(10), given(8), given(6)]),
                    ("b", [given(5), given(5), given(8)]),
                    ("c", [given(2), given(1), given(9)]),
                ]),
                Round {
                    invited: Some(vec!["one".to_owned(), "two".to_owned()]),
                    ..rows([
                        ("a", [given(10), given(9), left]),
                        ("b", [given(6), gap, left]),
                        ("c", [given(2), given(2), left]),
                    ])
                },
            ],
            ..Delphi::default()
        }
    }

    fn of(delphi: Delphi) -> Draft {
        let card = Scorecard::new(["a", "b", "c"].map(Criterion::judged));
        Draft { scorecard: Some(card), delphi: Some(delphi), ..Draft::default() }
    }

    #[test]
    fn who_did_not_answer_is_left_out() {
        let figures = Figures::of(of(session()));
        assert_eq!(figures.get("delphi.1.a.n"), dec!(3));
        assert_eq!(figures.get("delphi.2.b.n"), dec!(1));
        assert_eq!(figures.get("delphi.2.a.mean"), dec!(9.5));
        assert_eq!(figures.get("delphi.2.b.mean"), dec!(6));
        assert_eq!(figures.get("delphi.1.response_rate"), dec!(1));
        assert_eq!(figures.get("delphi.2.response_rate"), dec!(1));
        assert_eq!(figures.get("delphi.2.kendall_w_experts"), dec!(2));
        // 9.5, 6 and 2 of 17.5
        assert_eq!(figures.get("scorecard.c.weight").round_dp(6), dec!(0.114286));
        // the two share two items, and agree on their order
        assert_eq!(figures.get("delphi.2.kendall_w"), dec!(1));
        assert_eq!(figures.cause("delphi.2.kendall_w_p"), Cause::IncompleteAnswers);
    }

    #[test]
    fn agreement_of_one_item() {
        let figures = Figures::of(of(session()));
        // 10, 8 and 6 on a scale from 1 to 10: one full score, two in the upper third
        assert_eq!(figures.get("delphi.1.a.full_score_rate").round_dp(4), dec!(0.3333));
        assert_eq!(figures.get("delphi.1.a.agreement").round_dp(4), dec!(0.6667));
        assert_eq!(figures.get("delphi.1.a.rank"), dec!(1));
        assert_eq!(figures.get("delphi.1.c.rank"), dec!(3));
        let strict = Delphi { agreement_from: Some(dec!(9)), ..session() };
        assert_eq!(Figures::of(of(strict)).get("delphi.1.a.agreement").round_dp(4), dec!(0.3333));
    }

    #[test]
    fn movement_is_told_from_the_experts_of_both_rounds() {
        let figures = Figures::of(of(session()));
        // of a, one of two changed; of b, the only one; of c, one of two
        assert_eq!(figures.get("delphi.2.a.changed"), dec!(0.5));
        assert_eq!(figures.get("delphi.2.b.changed"), dec!(1));
        assert_eq!(figures.get("delphi.2.changed"), dec!(0.6));
        assert_eq!(figures.get("delphi.2.a.wilcoxon_w"), dec!(1));
        assert_eq!(figures.get("delphi.2.a.wilcoxon_p"), dec!(1));
        assert_eq!(figures.get("delphi.2.rank_correlation"), dec!(1));
        // 8/18 before, 9.5/17.5 after
        assert_eq!(figures.get("delphi.2.a.weight_change").round_dp(6), dec!(0.098413));
        // c fell from 4/18 to 2/17.5, which is more
        assert_eq!(figures.get("delphi.2.weight_change").round_dp(6), dec!(0.107937));
        assert_eq!(figures.cause("delphi.1.changed"), Cause::NoEarlierRound);
    }

    #[test]
    fn a_panel_stops_when_it_agrees_and_has_settled() {
        let stop = StopRule { iqr_max: Some(dec!(1)), stable_within: Some(dec!(0.15)), ..StopRule::default() };
        let settled = vec![
            Round::of([("a", [9, 9, 9, 9]), ("b", [5, 5, 5, 6]), ("c", [1, 1, 1, 1])]),
            Round::of([("a", [9, 9, 9, 9]), ("b", [5, 5, 5, 5]), ("c", [1, 1, 1, 1])]),
        ];
        let figures = Figures::of(draft(stop, settled));
        // a first round agrees, and nothing is known of its stability
        assert_eq!(figures.get("delphi.1.stop.consensus"), dec!(1));
        assert_eq!(figures.get("delphi.1.stop.stable"), dec!(0));
        assert_eq!(figures.get("delphi.1.stop.may_stop"), dec!(0));
        assert_eq!(figures.get("delphi.2.stop.stable_within.value").round_dp(4), dec!(0.0833));
        assert_eq!(figures.get("delphi.2.stop.may_stop"), dec!(1));
        let moving = vec![
            Round::of([("a", [8, 8, 8, 8]), ("b", [5, 5, 5, 5]), ("c", [1, 1, 1, 1])]),
            Round::of([("a", [9, 9, 9, 9]), ("b", [5, 5, 5, 5]), ("c", [1, 1, 1, 1])]),
        ];
        let figures = Figures::of(draft(stop, moving));
        assert_eq!(figures.get("delphi.2.stop.consensus"), dec!(1));
        assert_eq!(figures.get("delphi.2.stop.stable"), dec!(0));
        assert_eq!(figures.get("delphi.2.stop.may_stop"), dec!(0));
    }

    #[test]
    fn rankings_become_weights_expert_by_expert() {
        let ranks = Round::of([("a", [1, 1, 2]), ("b", [2, 3, 1]), ("c", [3, 2, 3])]);
        let delphi = Delphi { form: Form::Rankings, rounds: vec![ranks], ..session() };
        let figures = Figures::of(of(delphi.clone()));
        // centroids of three: 11/18, 5/18, 2/18; a has 11, 11 and 5 of 54
        assert_eq!(figures.get("scorecard.a.weight").round_dp(6), dec!(0.5));
        assert_eq!(figures.get("scorecard.b.weight").round_dp(6), dec!(0.333333));
        assert_eq!(figures.get("delphi.1.a.rank"), dec!(1));
        assert_eq!(figures.get("delphi.1.a.full_score_rate").round_dp(4), dec!(0.6667));
        let sum = Delphi { conversion: RankConversion::Sum, ..delphi };
        // 3, 3 and 2 of 18
        assert_eq!(Figures::of(of(sum)).get("scorecard.a.weight").round_dp(6), dec!(0.444444));
    }

    #[test]
    fn screening_drops_what_is_rated_unlike_the_rest() {
        let figures = Figures::of(of(Delphi { screening: true, ..session() }));
        // means 8, 6 and 4: 6 less a standard deviation of 2
        assert_eq!(figures.get("delphi.1.screening.mean_min"), dec!(4));
        // shares of full scores 1/3, 0 and 0: 0.1111 less 0.1925 keeps all
        assert_eq!(figures.get("delphi.1.screening.full_score_min").round_dp(4), dec!(-0.0813));
        // coefficients of variation 0.25, 0.289 and 1.090: the last lies above 0.5428 and 0.4740
        assert_eq!(figures.get("delphi.1.screening.cv_max").round_dp(4), dec!(1.0168));
        let kept = ["a", "b", "c"].map(|item| figures.get(&format!("delphi.1.{item}.keep")));
        assert_eq!(kept, [dec!(1), dec!(1), dec!(0)]);
    }

    fn answers(rows: &[(&str, &[i64])]) -> Round {
        let answer = |value: &i64| if *value == 0 { Answer::Missing } else { Answer::from(*value) };
        let items = rows
            .iter()
            .map(|(item, row)| Rating { item: (*item).to_owned(), answers: row.iter().map(answer).collect() });
        Round { items: items.collect(), ..Round::default() }
    }

    /// Two of four are silent in the second round. Whatever their silence stands for, it is no answer and not stable.
    #[test]
    fn silence_is_neither_a_response_nor_stable() {
        let rounds = vec![
            answers(&[("a", &[9, 8, 7, 6]), ("b", &[5, 5, 5, 5]), ("c", &[1, 2, 3, 4])]),
            answers(&[("a", &[9, 9, 0, 0]), ("b", &[5, 4, 0, 0]), ("c", &[1, 2, 0, 0])]),
        ];
        for missing in [AnswerPolicy::LeaveOut, AnswerPolicy::CarryForward] {
            let mut draft = draft(StopRule::default(), rounds.clone());
            draft.delphi.as_mut().unwrap().missing = missing;
            let figures = Figures::of(draft);
            assert_eq!(figures.get("delphi.2.response_rate"), dec!(0.5), "{missing:?}");
            assert_eq!(figures.get("delphi.2.a.changed"), dec!(0.5), "{missing:?}");
            assert_eq!(figures.get("delphi.2.changed").round_dp(6), dec!(0.333333), "{missing:?}");
        }
    }

    /// An expert who leaves one item out is left out of the group, but has answered.
    #[test]
    fn who_is_left_out_has_answered_all_the_same() {
        let round = answers(&[("a", &[9, 8, 7, 0]), ("b", &[5, 5, 5, 5]), ("c", &[1, 2, 3, 4])]);
        let mut draft = draft(StopRule::default(), vec![round]);
        draft.delphi.as_mut().unwrap().missing = AnswerPolicy::ExpertOut;
        let figures = Figures::of(draft);
        assert_eq!(figures.get("delphi.1.response_rate"), Decimal::ONE);
        assert_eq!(figures.get("delphi.1.b.n"), dec!(3));
    }

    #[test]
    fn ranks_of_two_groups_are_no_ranking_of_all() {
        let group = |id: &str, items: [&str; 3]| Criterion::group(id, items.map(Criterion::judged));
        let card = Scorecard::new([group("x", ["a", "b", "c"]), group("y", ["d", "e", "f"])]);
        let alike: &[(&str, &[i64])] = &[("a", &[1, 1, 1]), ("b", &[2, 2, 2]), ("c", &[3, 3, 3])];
        let apart: &[(&str, &[i64])] = &[("d", &[1, 2, 3]), ("e", &[2, 3, 1]), ("f", &[3, 1, 2])];
        let delphi = Delphi {
            form: Form::Rankings,
            stop: StopRule { w_min: Some(dec!(0.5)), ..StopRule::default() },
            rounds: vec![answers(&[alike, apart].concat())],
            ..session()
        };
        let figures = Figures::of(Draft { scorecard: Some(card), delphi: Some(delphi), ..Draft::default() });
        assert_eq!(figures.cause("delphi.1.kendall_w"), Cause::DifferentGroups);
        assert_eq!(figures.get("delphi.1.x.kendall_w"), Decimal::ONE);
        assert_eq!(figures.get("delphi.1.y.kendall_w"), Decimal::ZERO);
        assert_eq!(figures.get("delphi.1.stop.w_min.value"), Decimal::ZERO);
        assert_eq!(figures.get("delphi.1.c.rank"), dec!(3));
        assert_eq!(figures.get("delphi.1.d.rank"), dec!(2));
    }

    #[test]
    fn however_a_tie_is_written_it_is_the_same_ranking() {
        let written = [[1, 2, 2], [1, 3, 3]].map(|[a, b, c]| {
            let rounds = vec![answers(&[("a", &[a, a, a]), ("b", &[b, b, b]), ("c", &[c, c, c])])];
            Figures::of(of(Delphi { form: Form::Rankings, rounds, ..session() }))
        });
        for figures in written {
            assert_eq!(figures.get("delphi.1.b.mean"), dec!(2.5));
            assert_eq!(figures.get("scorecard.a.weight").round_dp(6), dec!(0.611111));
        }
    }

    /// By F, three experts who agree on two items cannot do so by chance; in truth they do in one of four cases.
    #[test]
    fn small_panels_are_counted() {
        let card = Scorecard::new(["a", "b"].map(Criterion::judged));
        let delphi = Delphi {
            stop: StopRule { w_p_max: Some(dec!(0.05)), ..StopRule::default() },
            rounds: vec![answers(&[("a", &[9, 8, 7]), ("b", &[1, 2, 3])])],
            ..session()
        };
        let figures = Figures::of(Draft { scorecard: Some(card), delphi: Some(delphi), ..Draft::default() });
        assert_eq!(figures.get("delphi.1.kendall_w_f_p"), Decimal::ZERO);
        assert_eq!(figures.get("delphi.1.kendall_w_permutation_p"), dec!(0.25));
        assert_eq!(figures.get("delphi.1.stop.may_stop"), Decimal::ZERO);
    }

    #[test]
    fn an_item_is_compared_with_the_last_round_that_asked_about_it() {
        let stop = StopRule { stable_within: Some(dec!(0.1)), ..StopRule::default() };
        let card = Scorecard::new([Criterion::group("a", ["x", "y"].map(Criterion::judged)), Criterion::judged("b")]);
        let above = || answers(&[("a", &[9, 8, 9]), ("b", &[5, 5, 5])]);
        let rounds = vec![above(), answers(&[("x", &[9, 8, 9]), ("y", &[5, 5, 5])]), above()];
        let delphi = Delphi { stop, rounds, ..session() };
        let figures = Figures::of(Draft { scorecard: Some(card), delphi: Some(delphi), ..Draft::default() });
        assert_eq!(figures.cause("delphi.2.changed"), Cause::NoEarlierRound);
        assert_eq!(figures.get("delphi.3.changed"), Decimal::ZERO);
        assert_eq!(figures.get("delphi.3.stop.may_stop"), Decimal::ONE);
    }

    #[test]
    fn an_answer_outlives_a_round_in_which_nobody_asked_for_it() {
        let mut rounds = vec![
            answers(&[("a", &[9, 8, 7]), ("b", &[5, 5, 5]), ("c", &[1, 2, 3])]),
            answers(&[("a", &[9, 8, 0]), ("b", &[5, 5, 0]), ("c", &[1, 2, 0])]),
            answers(&[("a", &[9, 8, 0]), ("b", &[5, 5, 4]), ("c", &[1, 2, 3])]),
        ];
        rounds[1].invited = Some(vec!["one".to_owned(), "two".to_owned()]);
        let delphi = Delphi { missing: AnswerPolicy::CarryForward, rounds, ..session() };
        let figures = Figures::of(of(delphi));
        assert_eq!(figures.cause("delphi.2.a.ratings.three"), Cause::NotInvited);
        assert_eq!(figures.get("delphi.3.a.ratings.three"), dec!(7));
    }

    #[test]
    fn what_ratings_and_ranks_do_not_share_is_refused() {
        let ranks = Round::of([("a", [1, 1, 2]), ("b", [2, 3, 1]), ("c", [3, 2, 3])]);
        let stop = StopRule { agreement_min: Some(dec!(0.6)), ..StopRule::default() };
        let delphi = Delphi { form: Form::Rankings, stop, rounds: vec![ranks], screening: true, ..session() };
        assert_eq!(
            problems(of(delphi)),
            [
                "weights.delphi.screening: `screening` is about ratings, but the experts rank",
                "weights.delphi.stop.agreement_min: `agreement_min` is about ratings, but the experts rank",
            ]
        );
        let delphi = Delphi { conversion: RankConversion::Sum, ..session() };
        assert_eq!(
            problems(of(delphi)),
            ["weights.delphi.conversion: `conversion` is about ranks, but the experts rate"]
        );
    }
}
