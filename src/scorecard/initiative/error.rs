//! What can be wrong with an initiative, and what to type instead.

use rust_decimal::Decimal;

/// What can be wrong with an initiative.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InitiativeError {
    /// An id that the totals of all initiatives need for themselves.
    #[error("`{id}` is reserved for a figure")]
    ReservedId {
        /// The id as written.
        id: String,
    },
    /// Two initiatives of one id.
    #[error("there are two initiatives `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// An indicator that nobody knows.
    #[error("`{id}` should move `{indicator}`, which is no criterion of the scorecard")]
    UnknownIndicator {
        /// The initiative.
        id: String,
        /// The indicator as written.
        indicator: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// An indicator that is listed twice.
    #[error("`{id}` should move `{indicator}` twice")]
    Twice {
        /// The initiative.
        id: String,
        /// The indicator.
        indicator: String,
    },
    /// A next target for what the initiative does not move.
    #[error("`{id}` has a next target for `{indicator}`, which it does not move")]
    TargetOfOther {
        /// The initiative.
        id: String,
        /// The indicator as written.
        indicator: String,
    },
    /// Done by its status, but not by its share.
    #[error("`{id}` is done, but only {} of it is", crate::amount::percent(.done))]
    NotDone {
        /// The initiative.
        id: String,
        /// The share as written.
        done: Decimal,
    },
}

impl InitiativeError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::ReservedId { id } => format!("write `{id}_1` or another word; a `name:` may hold any text"),
            Self::DuplicateId { .. } => "give each its own id".to_owned(),
            Self::UnknownIndicator { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownIndicator { nearest: None, .. } => "list ids of criteria of the scorecard".to_owned(),
            Self::Twice { .. } => "remove one of the two".to_owned(),
            Self::TargetOfOther { indicator, .. } => format!("add `{indicator}` to `moves:`, or remove the target"),
            Self::NotDone { .. } => "write `status: running`, or remove `done:`".to_owned(),
        })
    }
}
