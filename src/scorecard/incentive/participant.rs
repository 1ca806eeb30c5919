//! Who is paid, and for which scores.

use crate::amount::Amount;
use rust_decimal::Decimal;

/// Whether a unit of the organisation is paid, or a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ParticipantKind {
    /// A unit: a team, a region, a branch.
    #[default]
    Unit,
    /// A person.
    Person,
}

impl ParticipantKind {
    /// The key under which such participants stand in a document.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unit => "units",
            Self::Person => "persons",
        }
    }
}

/// Somebody who is paid for a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    /// The id that figures use.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// Whether it is a unit or a person.
    pub kind: ParticipantKind,
    /// What is paid for a score at target.
    pub target_pay: Amount,
    /// The criteria whose scores count, and what each weighs; none for the score of the whole.
    pub score_of: Vec<(String, Decimal)>,
}

impl Participant {
    /// A unit that is paid for the score of the whole.
    pub fn unit(id: impl Into<String>, target_pay: impl Into<Amount>) -> Self {
        let kind = ParticipantKind::Unit;
        Self { id: id.into(), name: None, kind, target_pay: target_pay.into(), score_of: Vec::new() }
    }

    /// A person who is paid for the score of the whole.
    pub fn person(id: impl Into<String>, target_pay: impl Into<Amount>) -> Self {
        Self { kind: ParticipantKind::Person, ..Self::unit(id, target_pay) }
    }

    /// Paid for the scores of these criteria, weighted.
    #[must_use]
    pub fn for_scores(mut self, scores: impl IntoIterator<Item = (impl Into<String>, Decimal)>) -> Self {
        self.score_of = scores.into_iter().map(|(criterion, weight)| (criterion.into(), weight)).collect();
        self
    }

    pub(super) fn address(&self) -> String {
        format!("incentive.{}.{}", self.kind.key(), self.id)
    }
}
