//! Rows from ballots: who chose which grade, and how much their word counts.

use super::origins::{Origin, Origins, indicator};
use super::{Assessment, FuzzyError};
use crate::amount::Lowering;
use crate::model::{Axis, AxisId, CellId, Expression, Function, Id, Naming, Shape, Unit};
use crate::panel::AuthorityCells;
use crate::scorecard::{Node, Tree};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The grades that one expert gives.
///
/// **Formula**: of the experts who voted on an indicator, `r_j = sum of the weights of those who chose grade j / sum of
/// all their weights`. The weights are those of [`Draft::authority`](crate::Draft::authority), or all the same.
///
/// ```
/// use appraise::panel::{Assessment, Authority, Ballot, Grade};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::judged("trust")])),
///     authority: vec![Authority::new("sales", dec!(0.6)), Authority::new("controlling", dec!(0.9))],
///     assessment: Some(Assessment {
///         grades: vec![Grade::new("good", 80), Grade::new("poor", 40)],
///         ballots: vec![Ballot::new("sales", [("trust", "good")]), Ballot::new("controlling", [("trust", "poor")])],
///         ..Assessment::default()
///     }),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("assessment.trust.membership.good"), Some(Ok(dec!(0.4)))); // 0.6 / (0.6 + 0.9)
/// assert_eq!(outcome.figure("sensitivity.without.controlling.score"), Some(Ok(dec!(80))));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// The expert, named as in the authority.
    pub expert: String,
    /// The indicators the expert judges, and the grade of each.
    pub votes: Vec<(String, String)>,
}

impl Ballot {
    /// A ballot of an expert.
    pub fn new<'v>(expert: impl Into<String>, votes: impl IntoIterator<Item = (&'v str, &'v str)>) -> Self {
        let votes = votes.into_iter().map(|(item, grade)| (item.to_owned(), grade.to_owned()));
        Self { expert: expert.into(), votes: votes.collect() }
    }
}

/// The vote of one expert on an indicator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vote {
    /// Which expert, in the order of the ballots.
    expert: usize,
    /// Which grade, the best first.
    grade: usize,
}

pub(super) fn check<'a>(lowering: &mut Lowering, tree: &Tree, assessment: &'a Assessment, origins: &mut Origins<'a>) {
    let grades: Vec<&str> = assessment.grades_best_first().into_iter().map(|grade| grade.name.as_str()).collect();
    let mut experts = HashSet::new();
    let mut by_node: HashMap<usize, Vec<Vote>> = HashMap::new();
    let mut order: Vec<(usize, &str, String)> = Vec::new();
    for (expert, Ballot { expert: name, votes }) in assessment.ballots.iter().enumerate() {
        let at = format!("assessment.ballots.{name}");
        if !experts.insert(name) {
            lowering.problem(at, FuzzyError::DuplicateExpert { expert: name.clone() });
            continue;
        }
        if votes.is_empty() {
            lowering.problem(&*at, FuzzyError::EmptyBallot { expert: name.clone() });
        }
        let mut items = HashSet::new();
        for (item, grade) in votes {
            let at = format!("{at}.{item}");
            let Some(index) = indicator(lowering, tree, item, &at) else { continue };
            let known = grades.iter().position(|known| known == grade);
            if !items.insert(item) {
                lowering.problem(at, FuzzyError::DuplicateBallot { expert: name.clone(), item: item.clone() });
            } else if let Some(grade) = known {
                let votes = by_node.entry(index).or_default();
                if votes.is_empty() {
                    order.push((index, item, at));
                }
                votes.push(Vote { expert, grade });
            } else {
                let nearest = lowering.nearest(grade, grades.iter().copied());
                let grades = grades.iter().map(|grade| (*grade).to_owned()).collect();
                lowering.problem(at, FuzzyError::UnknownGrade { grade: grade.clone(), nearest, grades });
            }
        }
    }
    for (index, item, at) in order {
        let votes = by_node.remove(&index).unwrap_or_default();
        origins.insert(lowering, index, item, at, Origin::Ballots(votes));
    }
}

/// The experts who vote, and their ballots as cells.
#[derive(Debug, Clone, Default)]
pub(super) struct Experts {
    pub(super) names: Vec<Arc<str>>,
    /// What each weighs among all, where their authority is given.
    weights: Option<CellId>,
    tallies: HashMap<usize, Tally>,
}

/// The ballots on one indicator.
#[derive(Debug, Clone)]
struct Tally {
    /// What each expert voted: a row with 1 at the grade.
    by_expert: HashMap<usize, CellId>,
    /// The votes for each grade.
    votes: CellId,
    /// What all who voted weigh together.
    voters: CellId,
}

impl Experts {
    pub(super) fn define(lowering: &mut Lowering, assessment: &Assessment, authority: &AuthorityCells) -> Self {
        let names: Vec<String> = assessment.ballots.iter().map(|ballot| ballot.expert.clone()).collect();
        if names.is_empty() {
            return Self::default();
        }
        let axis = lowering.cells.axis(Axis::named("experts", names.iter().map(String::as_str)));
        let weights = authority.weights_at(lowering, "assessment.authority", axis, &names, |expert| {
            format!("assessment.ballots.{expert}")
        });
        Self { names: names.iter().map(|name| Arc::from(name.as_str())).collect(), weights, tallies: HashMap::new() }
    }

    /// Makes the votes on an indicator cells, and its memberships of them.
    pub(super) fn row(
        &mut self,
        lowering: &mut Lowering,
        axis: AxisId,
        (index, node): (usize, &Node),
        votes: &[Vote],
    ) -> Expression {
        let grades = lowering.cells.entries(axis).len();
        let ballots = votes.iter().map(|vote| {
            let expert = self.names.get(vote.expert).cloned().unwrap_or_default();
            let at = format!("assessment.ballots.{expert}.{}", node.id);
            let naming = Naming::new(Id::of(at.as_str(), "")).label(format!("{}, {expert}", node.name), "vote");
            let chosen = (0..grades).map(|grade| Some(Decimal::from(u8::from(grade == vote.grade))));
            (vote.expert, lowering.cells.input(naming.unit(Unit::Set).source(at), Shape::Row(axis), chosen))
        });
        let ballots: Vec<(usize, CellId)> = ballots.collect();
        let row = |cell: &CellId| Expression::cell(*cell);
        let (sum, voters) = match self.weights {
            None => {
                let sum = Expression::sum_of(ballots.iter().map(|(_, ballot)| row(ballot)));
                (sum, Expression::number(Decimal::from(ballots.len())))
            }
            Some(weights) => {
                let weight = |expert: usize| weight_of(weights, expert);
                let pairs = ballots.iter().flat_map(|(expert, ballot)| [weight(*expert), row(ballot)]);
                let sum = Expression::call(Function::WeightedSum, pairs);
                (sum, Expression::sum_of(ballots.iter().map(|(expert, _)| weight(*expert))))
            }
        };
        let votes = lowering.cells.formula(super::naming(node, "votes", "votes"), sum);
        let voters = lowering.cells.formula(super::naming(node, "voters", "weight of those who voted"), voters);
        self.tallies.insert(index, Tally { by_expert: ballots.into_iter().collect(), votes, voters });
        Expression::cell(votes) / Expression::cell(voters)
    }

    /// Whether an expert voted on an indicator.
    pub(super) fn has_vote(&self, index: usize, expert: usize) -> bool {
        self.tallies.get(&index).is_some_and(|tally| tally.by_expert.contains_key(&expert))
    }

    /// The memberships of an indicator without the vote of one expert; `None` where nobody else voted.
    pub(super) fn membership_without(&self, index: usize, expert: usize) -> Option<Expression> {
        let tally = self.tallies.get(&index).filter(|tally| tally.by_expert.len() > 1)?;
        let ballot = Expression::cell(*tally.by_expert.get(&expert)?);
        let (votes, voters) = (Expression::cell(tally.votes), Expression::cell(tally.voters));
        Some(match self.weights {
            None => (votes - ballot) / (voters - Expression::number(1)),
            Some(weights) => {
                let weight = || weight_of(weights, expert);
                (votes - weight() * ballot) / (voters - weight())
            }
        })
    }
}

/// What an expert weighs among all.
fn weight_of(weights: CellId, expert: usize) -> Expression {
    Expression::entry(weights, u32::try_from(expert).unwrap_or(u32::MAX).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::model::Cause;
    use crate::panel::{Authority, Grade};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::dec;

    fn draft(authority: &[(&str, Decimal)], ballots: Vec<Ballot>) -> Draft {
        Draft {
            scorecard: Some(Scorecard::new(["x", "y"].map(Criterion::judged))),
            authority: authority.iter().map(|(expert, cr)| Authority::new(*expert, *cr)).collect(),
            assessment: Some(Assessment {
                grades: vec![Grade::new("good", 80), Grade::new("fair", 60), Grade::new("poor", 40)],
                ballots,
                ..Assessment::default()
            }),
            ..Draft::default()
        }
    }

    #[test]
    fn experts_count_the_same_or_by_their_authority() {
        let ballots = || {
            vec![
                Ballot::new("a", [("x", "good"), ("y", "fair")]),
                Ballot::new("b", [("x", "good")]),
                Ballot::new("c", [("x", "poor"), ("y", "poor")]),
            ]
        };
        let equal = Figures::of(draft(&[], ballots()));
        assert_eq!(equal.get("assessment.x.membership.good").round_dp(10), dec!(0.6666666667));
        assert_eq!(equal.get("assessment.y.membership.poor"), dec!(0.5));
        assert_eq!(equal.names("assessment.ballots.a.y"), ["fair"]);
        let weighed = Figures::of(draft(&[("a", dec!(0.9)), ("b", dec!(0.5)), ("c", dec!(0.6))], ballots()));
        assert_eq!(weighed.get("assessment.x.membership.good"), dec!(0.7));
        // of those who voted on it: 0.6 / (0.9 + 0.6)
        assert_eq!(weighed.get("assessment.y.membership.poor"), dec!(0.4));
        assert_eq!(weighed.get("assessment.authority.a"), dec!(0.45));
    }

    #[test]
    fn without_an_expert_what_only_they_judged_is_left_out() {
        let ballots = vec![Ballot::new("a", [("x", "good"), ("y", "poor")]), Ballot::new("b", [("x", "fair")])];
        let figures = Figures::of(draft(&[], ballots));
        assert_eq!(figures.get("assessment.score"), dec!(55)); // x 70, y 40
        assert_eq!(figures.get("sensitivity.without.a.score"), dec!(60));
        assert_eq!(figures.names("sensitivity.without.a.grade"), ["fair"]);
        assert_eq!(figures.get("sensitivity.without.b.score"), dec!(60)); // x 80, y 40
        assert_eq!(figures.names("sensitivity.without.b.grade"), ["good", "poor"]);
        assert_eq!(figures.names("assessment.grade"), ["poor"]);
        assert_eq!(figures.names("sensitivity.deciding_experts"), ["a", "b"]);
    }

    #[test]
    fn without_an_expert_who_judges_alone_there_is_no_grade_to_compare_with() {
        let figures = Figures::of(draft(&[], vec![Ballot::new("a", [("x", "good"), ("y", "good")])]));
        assert_eq!(figures.cause("sensitivity.without.a.score"), Cause::NotJudged);
        assert_eq!(figures.cause("sensitivity.without.a.grade"), Cause::NotJudged);
        assert_eq!(figures.cause("sensitivity.without.a.changes"), Cause::NotJudged);
        assert_eq!(figures.cause("sensitivity.deciding_experts.a"), Cause::NotJudged);
        assert_eq!(figures.cause("assessment.effectiveness"), Cause::OneGrade);
    }

    #[test]
    fn mistakes_in_ballots_are_placed() {
        let ballots = vec![
            Ballot::new("a", [("x", "gut"), ("x", "good")]),
            Ballot::new("a", [("y", "good")]),
            Ballot::new("b", []),
            Ballot::new("c", [("y", "good"), ("y", "poor")]),
        ];
        assert_eq!(
            problems(draft(&[], ballots)),
            [
                "assessment.ballots.a.x: `gut` is no grade",
                "assessment.ballots.a.x: `a` votes on `x` twice",
                "assessment.ballots.a: `a` has two ballots",
                "assessment.ballots.b: `b` votes on nothing",
                "assessment.ballots.c.y: `c` votes on `y` twice",
            ]
        );
    }
}
