//! Who was asked, and what stands for answers that were not given.

use super::checks::wrong_answer;
use super::{Answer, AnswerPolicy, Delphi, DelphiError, Form, Round};
use crate::amount::Lowering;
use crate::kernel::mid_ranks;
use crate::model::{AxisId, Cause, CellId, Expression, Naming, Shape, Unit};
use crate::scorecard::{Node, Tree};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// What each expert stands for on the items of the rounds before, by item.
#[derive(Default)]
pub(super) struct Standings {
    by_item: HashMap<usize, Standing>,
}

/// What each expert stands for on one item: the row, and its numbers as they are known beforehand.
struct Standing {
    row: CellId,
    values: Vec<Option<Decimal>>,
}

/// The cells of the answers about one item.
pub(super) struct AnswerCells {
    /// The answers as they were given in this round.
    pub(super) given: CellId,
    /// What they stand for after the policies.
    pub(super) ratings: CellId,
    /// The same as numbers.
    pub(super) values: Vec<Option<Decimal>>,
}

/// One round, who was asked in it, and who is left out of which group.
pub(super) struct Attendance<'d> {
    pub(super) delphi: &'d Delphi,
    /// The round, from 1.
    pub(super) number: usize,
    pub(super) round: &'d Round,
    invited: Option<HashSet<&'d str>>,
    /// By the parent of siblings, the experts who are left out of them.
    left_out: HashMap<usize, HashSet<usize>>,
    /// The answers, by the id of the criterion.
    by_item: HashMap<&'d str, &'d [Answer]>,
}

impl<'d> Attendance<'d> {
    /// Looks at a round as a whole, before its items.
    pub(super) fn check(
        lowering: &mut Lowering,
        tree: &Tree,
        delphi: &'d Delphi,
        (number, round): (usize, &'d Round),
    ) -> Self {
        let at = format!("weights.delphi.rounds.{}", number - 1);
        let experts: HashSet<&str> = delphi.experts.iter().map(String::as_str).collect();
        let is_unknown = |name: &str| !experts.is_empty() && !experts.contains(name);
        let unknown = |lowering: &mut Lowering, at: String, expert: &str| {
            let nearest = lowering.nearest(expert, delphi.experts.iter().map(String::as_str));
            lowering.problem(at, DelphiError::UnknownExpert { round: number, expert: expert.to_owned(), nearest });
        };
        let mut invited = round.invited.as_ref().map(|_| HashSet::new());
        let mut suspects = Vec::new();
        for (position, expert) in round.invited.iter().flatten().enumerate() {
            let at = format!("{at}.invited.{position}");
            if is_unknown(expert) {
                // a misspelt expert is not also one who was not invited
                let meant = lowering.nearest(expert, delphi.experts.iter().map(String::as_str));
                let meant = meant.and_then(|meant| experts.get(meant.as_str()).copied());
                suspects.extend(meant);
                unknown(lowering, at, expert);
            } else if invited.as_mut().is_some_and(|invited| !invited.insert(expert.as_str())) {
                lowering.problem(at, DelphiError::InvitedTwice { round: number, expert: expert.clone() });
            }
        }
        if let Some(invited) = &mut invited {
            invited.extend(suspects);
        }
        for reason in &round.reasons {
            if is_unknown(&reason.expert) {
                unknown(lowering, format!("{at}.reasons.{}", reason.expert), &reason.expert);
            } else if tree.find(&reason.item).is_none() {
                let nearest = lowering.nearest(&reason.item, tree.ids());
                let error = DelphiError::ReasonOnNothing { round: number, item: reason.item.clone(), nearest };
                lowering.problem(format!("{at}.reasons.{}.{}", reason.expert, reason.item), error);
            }
        }
        let mut answers = round.items.iter().flat_map(|rating| &rating.answers);
        if !delphi.experts.is_empty() && !answers.any(|answer| matches!(answer, Answer::Given(_))) {
            lowering.problem(at, DelphiError::NobodyAnswered { round: number });
        }
        let by_item = round.items.iter().map(|rating| (rating.item.as_str(), rating.answers.as_slice())).collect();
        let mut attendance = Self { delphi, number, round, invited, left_out: HashMap::new(), by_item };
        attendance.leave_out(tree);
        attendance
    }

    /// Finds the experts whom the policies leave out, group by group.
    fn leave_out(&mut self, tree: &Tree) {
        if self.delphi.missing != AnswerPolicy::ExpertOut && self.delphi.dont_know != AnswerPolicy::ExpertOut {
            return;
        }
        for rating in &self.round.items {
            let node = tree.find(&rating.item).and_then(|index| tree.node(index));
            let Some(parent) = node.and_then(|node| node.parent) else { continue };
            for (position, answer) in rating.answers.iter().enumerate() {
                if self.policy_of(*answer) == Some(AnswerPolicy::ExpertOut) && self.is_invited(position) {
                    self.left_out.entry(parent).or_default().insert(position);
                }
            }
        }
    }

    fn policy_of(&self, answer: Answer) -> Option<AnswerPolicy> {
        match answer {
            Answer::Given(_) => None,
            Answer::DontKnow => Some(self.delphi.dont_know),
            Answer::Missing => Some(self.delphi.missing),
        }
    }

    fn is_invited(&self, expert: usize) -> bool {
        let name = self.delphi.experts.get(expert).map(String::as_str).unwrap_or_default();
        self.invited.as_ref().is_none_or(|invited| invited.contains(name))
    }

    /// Reports answers outside the scale or the ranks, of those who were not asked, and missing ones that are refused.
    pub(super) fn check_answers(
        &self,
        lowering: &mut Lowering,
        tree: &Tree,
        index: usize,
        (item, answers): (&str, &[Answer]),
    ) {
        let at = |position: usize| format!("weights.delphi.rounds.{}.{item}.{position}", self.number - 1);
        for (position, answer) in answers.iter().enumerate() {
            let wrong = answer.given().and_then(|given| wrong_answer(self.delphi, tree, index, given));
            if let Some(error) = wrong {
                lowering.problem(at(position), error);
            }
            let Some(expert) = self.delphi.experts.get(position) else { continue };
            let (round, expert, item) = (self.number, expert.clone(), item.to_owned());
            if !self.is_invited(position) {
                if *answer != Answer::Missing {
                    lowering.problem(at(position), DelphiError::NotInvited { round, expert, item });
                }
            } else if self.policy_of(*answer) == Some(AnswerPolicy::Refuse) {
                let policy = if *answer == Answer::Missing { "missing" } else { "dont_know" };
                lowering.problem(at(position), DelphiError::Refused { round, expert, item, policy });
            }
        }
    }

    /// The ratings of an item after the policies: the row, and its numbers.
    ///
    /// Where nothing is carried, they are what was written. Else they are a formula over what was written, the ratings of
    /// the last round that rated the item, and who is carried, so that an explanation leads to both rounds.
    pub(super) fn define_ratings(
        &self,
        lowering: &mut Lowering,
        (index, node): (usize, &Node),
        axis: AxisId,
        (answers, before): (&[Answer], &mut Standings),
        naming: impl Fn(&'static str, &'static str) -> Naming,
    ) -> AnswerCells {
        let source = format!("weights.delphi.rounds.{}.{}", self.number - 1, node.id);
        let left_out = node.parent.and_then(|parent| self.left_out.get(&parent));
        let is_out = |expert: usize| left_out.is_some_and(|out| out.contains(&expert));
        let written = answers.iter().enumerate().map(|(expert, answer)| match answer {
            _ if is_out(expert) => Err(Cause::LeftOut),
            Answer::Given(value) => Ok(*value),
            Answer::DontKnow => Err(Cause::DontKnow),
            Answer::Missing if !self.is_invited(expert) => Err(Cause::NotInvited),
            Answer::Missing => Err(Cause::NotAnswered),
        });
        let earlier = before.by_item.get(&index);
        let is_carried = |(expert, answer): (usize, &Answer)| {
            let carries = self.policy_of(*answer) == Some(AnswerPolicy::CarryForward);
            carries && earlier.is_some() && self.is_invited(expert) && !is_out(expert)
        };
        let carried: Vec<bool> = answers.iter().enumerate().map(is_carried).collect();
        let values = written.clone().zip(&carried).enumerate().map(|(expert, (written, carried))| {
            let earlier = earlier.filter(|_| *carried).and_then(|earlier| earlier.values.get(expert));
            earlier.map_or(written.ok(), |earlier| *earlier)
        });
        let values: Vec<Option<Decimal>> = values.collect();
        let shape = Shape::Row(axis);
        let (given, ratings) = match earlier.filter(|_| carried.contains(&true)) {
            None => {
                let row = lowering.cells.input_or_cause(naming("ratings", "ratings").source(source), shape, written);
                (row, row)
            }
            Some(earlier) => {
                let naming_answers = naming("answers", "answers as given").source(source);
                let answers = lowering.cells.input_or_cause(naming_answers, shape, written);
                let mask = carried.iter().map(|carried| Some(Decimal::from(u8::from(*carried))));
                let naming_mask = naming("carried", "carried from the round before").unit(Unit::Truth);
                let carried = lowering.cells.input(naming_mask, shape, mask);
                let [carried, earlier] = [carried, earlier.row].map(Expression::cell);
                let ratings = Expression::choose(carried, earlier, Expression::cell(answers));
                (answers, lowering.cells.formula(naming("ratings", "ratings"), ratings))
            }
        };
        let standing = self.standing(lowering, earlier, shape, (ratings, &values), naming);
        before.by_item.insert(index, standing);
        AnswerCells { given, ratings, values }
    }

    /// What the experts stand for after this round: whoever was not asked stands for what they stood for before.
    fn standing(
        &self,
        lowering: &mut Lowering,
        earlier: Option<&Standing>,
        shape: Shape,
        (ratings, values): (CellId, &[Option<Decimal>]),
        naming: impl Fn(&'static str, &'static str) -> Naming,
    ) -> Standing {
        let carries = [self.delphi.missing, self.delphi.dont_know].contains(&AnswerPolicy::CarryForward);
        let away: Vec<bool> = (0..values.len()).map(|expert| !self.is_invited(expert)).collect();
        let Some(earlier) = earlier.filter(|_| carries && away.contains(&true)) else {
            return Standing { row: ratings, values: values.to_vec() };
        };
        let mask = away.iter().map(|away| Some(Decimal::from(u8::from(*away))));
        let mask = lowering.cells.input(naming("away", "not asked").unit(Unit::Truth), shape, mask);
        let [mask, before, now] = [mask, earlier.row, ratings].map(Expression::cell);
        let row = lowering.cells.formula(naming("standing", "last answers"), Expression::choose(mask, before, now));
        let values = values.iter().zip(&earlier.values).zip(&away);
        let values = values.map(|((now, before), away)| if *away { *before } else { *now }).collect();
        Standing { row, values }
    }

    /// Ranks as their places among those the expert gave to the siblings: `1, 3, 3` and `1, 2, 2` both mean 1, 2.5, 2.5.
    pub(super) fn places(&self, tree: &Tree, index: usize, answers: &[Answer]) -> Vec<Answer> {
        if self.delphi.form == Form::Ratings {
            return answers.to_vec();
        }
        let parent = tree.node(index).and_then(|node| node.parent).and_then(|parent| tree.node(parent));
        let siblings: Vec<&[Answer]> = parent
            .iter()
            .flat_map(|parent| &parent.children)
            .filter_map(|child| tree.node(*child))
            .filter_map(|node| self.by_item.get(&*node.id).copied())
            .collect();
        let place = |(expert, answer): (usize, &Answer)| {
            let Answer::Given(rank) = answer else { return *answer };
            let of = |answers: &&[Answer]| answers.get(expert).and_then(|answer| answer.given());
            let ranks: Vec<Decimal> = siblings.iter().filter_map(of).collect();
            let own = ranks.iter().position(|other| other == rank);
            let place = own.and_then(|own| mid_ranks(&ranks).get(own).copied());
            Answer::Given(place.unwrap_or(*rank))
        };
        answers.iter().enumerate().map(place).collect()
    }

    /// Whether each expert said anything in this round, if only that they do not know.
    pub(super) fn answered(&self) -> Vec<bool> {
        let said = |expert: usize| {
            let mut answers = self.round.items.iter().filter_map(|rating| rating.answers.get(expert));
            answers.any(|answer| *answer != Answer::Missing)
        };
        (0..self.delphi.experts.len()).map(said).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::panel::{Rating, Reason};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::dec;

    const DONT: Answer = Answer::DontKnow;
    const NONE: Answer = Answer::Missing;

    fn given(rating: i64) -> Answer {
        Answer::Given(rating.into())
    }

    fn round(items: &[(&str, [Answer; 3])]) -> Round {
        let items = items.iter().map(|(item, answers)| Rating { item: (*item).to_owned(), answers: answers.to_vec() });
        Round { items: items.collect(), ..Round::default() }
    }

    fn draft(missing: AnswerPolicy, dont_know: AnswerPolicy, rounds: Vec<Round>) -> Draft {
        let card = Scorecard::new(["a", "b"].map(Criterion::judged));
        let experts = ["one", "two", "Dr. Li"].map(str::to_owned).into();
        let delphi = Delphi { experts, missing, dont_know, rounds, ..Delphi::default() };
        Draft { scorecard: Some(card), delphi: Some(delphi), ..Draft::default() }
    }

    fn two_rounds() -> Vec<Round> {
        vec![
            round(&[("a", [given(9), given(6), NONE]), ("b", [given(3), given(4), given(5)])]),
            round(&[("a", [given(8), NONE, NONE]), ("b", [given(3), DONT, given(2)])]),
        ]
    }

    #[test]
    fn answers_that_are_left_out_keep_their_cause() {
        let figures = Figures::of(draft(AnswerPolicy::LeaveOut, AnswerPolicy::LeaveOut, two_rounds()));
        assert_eq!(figures.get("delphi.1.a.mean"), dec!(7.5));
        assert_eq!(figures.get("delphi.2.a.mean"), dec!(8));
        assert_eq!(figures.cause("delphi.2.a.ratings.two"), Cause::NotAnswered);
        assert_eq!(figures.cause("delphi.2.b.ratings.two"), Cause::DontKnow);
    }

    #[test]
    fn answers_are_carried_from_the_last_round_that_rated_the_item() {
        let figures = Figures::of(draft(AnswerPolicy::CarryForward, AnswerPolicy::LeaveOut, two_rounds()));
        // nothing to carry in the first round
        assert_eq!(figures.cause("delphi.1.a.ratings.Dr. Li"), Cause::NotAnswered);
        assert_eq!(figures.get("delphi.2.a.ratings.two"), dec!(6));
        assert_eq!(figures.cause("delphi.2.a.answers.two"), Cause::NotAnswered);
        assert_eq!(figures.get("delphi.2.a.carried.two"), dec!(1));
        assert_eq!(figures.cause("delphi.2.a.ratings.Dr. Li"), Cause::NotAnswered);
        assert_eq!(figures.get("delphi.2.a.mean"), dec!(7));
        assert_eq!(figures.cause("delphi.2.b.ratings.two"), Cause::DontKnow);
    }

    #[test]
    fn an_expert_out_is_out_of_the_whole_group() {
        let figures = Figures::of(draft(AnswerPolicy::ExpertOut, AnswerPolicy::CarryForward, two_rounds()));
        assert_eq!(figures.cause("delphi.2.a.ratings.two"), Cause::LeftOut);
        assert_eq!(figures.cause("delphi.2.b.ratings.two"), Cause::LeftOut);
        assert_eq!(figures.cause("delphi.2.b.ratings.Dr. Li"), Cause::LeftOut);
        assert_eq!(figures.get("delphi.2.b.mean"), dec!(3));
        assert_eq!(figures.get("delphi.1.b.mean"), dec!(3.5));
    }

    #[test]
    fn who_was_not_asked_is_neither_missing_nor_carried() {
        let mut rounds = two_rounds();
        rounds[1].invited = Some(vec!["one".into(), "Dr. Li".into()]);
        rounds[1].items[1].answers[1] = NONE;
        let figures = Figures::of(draft(AnswerPolicy::CarryForward, AnswerPolicy::Refuse, rounds.clone()));
        assert_eq!(figures.cause("delphi.2.a.ratings.two"), Cause::NotInvited);
        assert_eq!(figures.get("delphi.2.b.mean"), dec!(2.5));
        rounds[1].items[1].answers[1] = given(4);
        assert_eq!(
            problems(draft(AnswerPolicy::LeaveOut, AnswerPolicy::LeaveOut, rounds)),
            ["weights.delphi.rounds.1.b.1: `two` rates `b` in round 2, but was not invited to it"]
        );
    }

    #[test]
    fn mistakes_of_a_session_are_placed() {
        let mut rounds = two_rounds();
        rounds[0].invited = Some(["one", "one", "two", "Dr. Lee", "Dr. Li"].map(str::to_owned).into());
        rounds[0].reasons = vec![
            Reason { expert: "won".into(), item: "a".into(), text: "so".into() },
            Reason { expert: "one".into(), item: "c".into(), text: "so".into() },
        ];
        rounds.push(round(&[("a", [NONE, DONT, NONE]), ("b", [NONE; 3])]));
        let found = problems(draft(AnswerPolicy::LeaveOut, AnswerPolicy::Refuse, rounds));
        assert_eq!(
            found,
            [
                "weights.delphi.rounds.0.invited.1: `one` is invited twice to round 1",
                "weights.delphi.rounds.0.invited.3: round 1 names `Dr. Lee`, who is not on the panel",
                "weights.delphi.rounds.0.reasons.won: round 1 names `won`, who is not on the panel",
                "weights.delphi.rounds.0.reasons.one.c: a reason in round 1 is about `c`, which is no criterion of the \
                 scorecard",
                "weights.delphi.rounds.1.b.1: `two` does not know about `b` in round 2, which `dont_know: refuse` does \
                 not allow",
                "weights.delphi.rounds.2: nobody answered in round 3",
                "weights.delphi.rounds.2.a.1: `two` does not know about `a` in round 3, which `dont_know: refuse` does \
                 not allow",
            ]
        );
    }
}
