//! What is paid for scores, as a report shows it.

use super::Value;
use super::figure;
use super::words::Words;
use crate::appraisal::Outcome;
use crate::model::{Axis, CellId};
use crate::scorecard::ParticipantKind;
use std::sync::Arc;

/// A point of the payout curve.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PayoutRow {
    /// `threshold`, `target` or `cap`; the number of a step.
    pub point: Arc<str>,
    /// The score from which it holds.
    pub from: Value,
    /// What is paid there, as a share of the target pay.
    pub pays: Value,
}

/// One who is paid.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ParticipantRow {
    /// The id.
    pub id: Arc<str>,
    /// The name.
    pub name: Arc<str>,
    /// Whether it is a person and not a unit.
    pub is_person: bool,
    /// What a score at target pays.
    pub target_pay: Value,
    /// The score that counts.
    pub score: Value,
    /// The share of the target pay that it earns.
    pub factor: Value,
    /// What is paid.
    pub payout: Value,
    /// How far the score is from each point of the curve; 0 where it was reached.
    pub to_reach: Vec<Value>,
}

/// A score that is paid for, and how much of the total hangs on it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PaidScore {
    /// The criterion; `scorecard` for the whole.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// The score.
    pub score: Value,
    /// What one more percentage point changes about the total.
    pub one_point_more: Value,
    /// What one percentage point less changes about it.
    pub one_point_less: Value,
}

/// What is paid for scores.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IncentiveSection {
    /// The curve, lowest score first.
    pub curve: Vec<PayoutRow>,
    /// Whether it is linear between its points.
    pub is_linear: bool,
    /// Percentage points of payout for one of score, up to the target and up to the cap; empty of steps.
    pub leverage: Vec<Value>,
    /// Who is paid.
    pub participants: Vec<ParticipantRow>,
    /// The scores they are paid for.
    pub scores: Vec<PaidScore>,
    /// What would be paid if all scores were at target.
    pub target_pay: Value,
    /// What is paid.
    pub total: Value,
    /// The most that could be paid.
    pub largest_total: Value,
    /// What there is to pay it from.
    pub budget: Option<Value>,
    /// What is left of that.
    pub budget_left: Option<Value>,
    /// The share of it that is paid.
    pub budget_used: Option<Value>,
}

/// The incentive of an outcome, where it has one.
pub(super) fn section(outcome: &Outcome, words: &Words) -> Option<IncentiveSection> {
    let cells = outcome.appraisal().parts().incentive.as_ref()?;
    let evaluation = outcome.evaluation();
    let value = |cell: CellId| figure::value(evaluation, words, cell);
    let row = |cell: CellId| -> Vec<Value> {
        evaluation.row(cell).iter().map(|element| figure::element(evaluation, words, *element)).collect()
    };
    let points = evaluation.model().axis_of(cells.curve.from).map(Axis::entries).unwrap_or_default();
    let curve = points.iter().zip(row(cells.curve.from)).zip(row(cells.curve.pays));
    let moves = row(cells.one_point_more).into_iter().zip(row(cells.one_point_less));
    let [budget, left, used] = cells.budget.map_or([None; 3], |budget| budget.map(Some));
    Some(IncentiveSection {
        curve: curve.map(|((point, from), pays)| PayoutRow { point: Arc::clone(point), from, pays }).collect(),
        is_linear: cells.curve.is_linear,
        leverage: cells.curve.leverage.map(row).unwrap_or_default(),
        participants: cells
            .participants
            .iter()
            .map(|participant| ParticipantRow {
                id: Arc::clone(&participant.id),
                name: Arc::clone(&participant.name),
                is_person: participant.kind == ParticipantKind::Person,
                target_pay: value(participant.target_pay),
                score: value(participant.score),
                factor: value(participant.factor),
                payout: value(participant.payout),
                to_reach: row(participant.to_reach),
            })
            .collect(),
        scores: cells
            .scores
            .iter()
            .zip(moves)
            .map(|(score, (one_point_more, one_point_less))| PaidScore {
                id: Arc::clone(&score.id),
                name: Arc::clone(&score.name),
                score: value(score.score),
                one_point_more,
                one_point_less,
            })
            .collect(),
        target_pay: value(cells.target_pay),
        total: value(cells.total),
        largest_total: value(cells.largest_total),
        budget: budget.map(value),
        budget_left: left.map(value),
        budget_used: used.map(value),
    })
}
