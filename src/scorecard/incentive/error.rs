//! What can be wrong with an incentive.

use crate::amount::percent;
use rust_decimal::Decimal;

/// What can be wrong with an incentive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IncentiveError {
    /// Nothing that could be paid for.
    #[error("there is no scorecard whose scores could be paid for")]
    NoScorecard,
    /// Nobody who could be paid.
    #[error("the incentive names nobody who is paid")]
    NobodyPaid,
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of a unit or a person")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// An id that the names of figures need for themselves.
    #[error("`{id}` is reserved for a figure")]
    ReservedId {
        /// The id as written.
        id: String,
    },
    /// Two participants of one id.
    #[error("`{id}` is the id of two who are paid")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A score or a payout that no plan has.
    #[error("{} is not between 0 and 1000 %", percent(.value))]
    OutOfRange {
        /// The value as written, as a fraction.
        value: Decimal,
    },
    /// Points of the curve in the wrong order.
    #[error("the payout curve does not rise from {} to {}", percent(.before), percent(.from))]
    ScoresDoNotRise {
        /// The score of the point.
        from: Decimal,
        /// The score of the point before it.
        before: Decimal,
    },
    /// A better score that pays less.
    #[error("a better score would be paid less: {} after {}", percent(.pays), percent(.before))]
    PayoutFalls {
        /// What the point pays.
        pays: Decimal,
        /// What the point before it pays.
        before: Decimal,
    },
    /// A curve of no steps.
    #[error("the payout curve has no points")]
    NoSteps,
    /// A curve of more steps than anyone reads.
    #[error("the payout curve has {found} steps, more than {most}")]
    TooManySteps {
        /// How many there are.
        found: usize,
        /// How many there can be.
        most: usize,
    },
    /// Paid for a score nobody knows.
    #[error("`{id}` is paid for `{criterion}`, which is no criterion of the scorecard")]
    UnknownCriterion {
        /// The participant.
        id: String,
        /// The criterion as written.
        criterion: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// One score that counts twice.
    #[error("`{criterion}` is given twice")]
    CriterionTwice {
        /// The criterion.
        criterion: String,
    },
    /// A weight that weighs nothing.
    #[error("the weight of `{criterion}` is not above 0")]
    BadWeight {
        /// The criterion.
        criterion: String,
    },
}

impl IncentiveError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoScorecard => "add `scorecard:` with the criteria that are paid for".to_owned(),
            Self::NobodyPaid => "add `units:` or `persons:`, as in `units: {north: {target_pay: 12_000}}`".to_owned(),
            Self::InvalidId { .. } => {
                "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
            }
            Self::ReservedId { id } => format!("write `{id}_1` or another word; a `name:` may hold any text"),
            Self::DuplicateId { .. } => "give each unit and each person an id of its own".to_owned(),
            Self::OutOfRange { value } if *value > Decimal::TEN => format!("write `{}%`", value.normalize()),
            Self::OutOfRange { .. } => "leave the minus sign out".to_owned(),
            Self::ScoresDoNotRise { .. } => "write the lowest score first: threshold, target, cap".to_owned(),
            Self::PayoutFalls { .. } => "let the payout rise with the score, or stay".to_owned(),
            Self::NoSteps => "write `curve: {steps: [{from: 60%, pays: 50%}, {from: 90%, pays: 100%}]}`".to_owned(),
            Self::TooManySteps { .. } => {
                "write a curve with `threshold:`, `target:` and `cap:`, which is linear between them".to_owned()
            }
            Self::UnknownCriterion { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownCriterion { .. } => {
                "name a criterion by its id, or remove `score_of:` for the score of the whole".to_owned()
            }
            Self::CriterionTwice { .. } => "keep one of the two".to_owned(),
            Self::BadWeight { criterion } => format!("write a share, as in `{criterion}: 60%`, or remove it"),
        })
    }
}
