//! What can be wrong with a cash flow.

use super::{MOST_FLOWS, MOST_TOGETHER, MOST_YEARS};
use crate::period::Period;

/// What can be wrong with a cash flow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CashFlowError {
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of a cash flow")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// Two cash flows of one id.
    #[error("there are two cash flows `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// Nothing to be compared.
    #[error("`{id}` needs two flows at least, and has {found}")]
    TooFew {
        /// The cash flow.
        id: String,
        /// How many flows it has.
        found: usize,
    },
    /// More flows than can be looked at.
    #[error("`{id}` has {found} flows, more than {MOST_FLOWS}")]
    TooMany {
        /// The cash flow.
        id: String,
        /// How many flows it has.
        found: usize,
    },
    /// More flows in all than can be looked at.
    #[error("there are {found} flows in all, more than {MOST_TOGETHER}")]
    TooManyTogether {
        /// How many flows there are.
        found: usize,
    },
    /// Flows over centuries.
    #[error("the flows of `{id}` reach over more than {MOST_YEARS} years")]
    TooLong {
        /// The cash flow.
        id: String,
    },
    /// A first period of another length.
    #[error("`{from}` is no {every}")]
    FromOther {
        /// The first period.
        from: Period,
        /// How often money flows.
        every: &'static str,
    },
    /// Weeks, of which a year has no fixed number.
    #[error("a year has no fixed number of weeks")]
    Weekly,
}

impl CashFlowError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { .. } => "start with a letter, then letters, digits and `_`, as in `fund`".to_owned(),
            Self::DuplicateId { .. } => "give each cash flow an id of its own".to_owned(),
            Self::TooFew { .. } => {
                "write what is spent and what comes back, as in `flows: {2026-01-15: -120_000, 2027-01-15: 140_000}`"
                    .to_owned()
            }
            Self::TooMany { .. } | Self::TooManyTogether { .. } => "add up the flows of a month".to_owned(),
            Self::TooLong { .. } => "look for a mistake in the first and the last day".to_owned(),
            Self::FromOther { from, every } => {
                let year = from.year();
                let example = match *every {
                    "month" => format!("{year}-01"),
                    "quarter" => format!("{year}-Q1"),
                    "half" => format!("{year}-H1"),
                    _ => year.to_string(),
                };
                format!("write `from: {example}`")
            }
            Self::Weekly => "write the flows by their days, as in `flows: {2026-01-15: -120_000}`".to_owned(),
        })
    }
}
