//! What can be wrong with a depreciation.

use rust_decimal::Decimal;

/// What can be wrong with a depreciation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DepreciationError {
    /// Something that is used up at once, or not in anybody's lifetime.
    #[error("something is used for 1 to 100 years, not for {life}")]
    Life {
        /// The years as written.
        life: u32,
    },
    /// A factor that charges less than the straight line, or next to everything at once.
    #[error("a factor of {factor} does not lie between 1 and 10")]
    Factor {
        /// The factor as written.
        factor: Decimal,
    },
    /// A constant rate that would have to leave nothing.
    #[error("a fixed declining balance needs a residual value above 0: no constant rate leaves nothing")]
    NoResidual,
    /// No entry at all.
    #[error("the list is empty")]
    Empty,
    /// Units that are all 0.
    #[error("the units sum to 0, so nothing is ever used up")]
    NothingUsed,
    /// More entries than years that can be looked at.
    #[error("the list has {found} entries, more than 100 years")]
    TooLong {
        /// How many entries it has.
        found: usize,
    },
    /// Parts that do not make a whole.
    #[error("the shares of the table sum to {}", crate::amount::percent(.sum))]
    Sum {
        /// Their sum.
        sum: Decimal,
    },
    /// A negative number of units or share.
    #[error("{value} is negative")]
    Negative {
        /// The value as written.
        value: Decimal,
    },
    /// Nothing to spread.
    #[error("`{id}` buys nothing that could be depreciated")]
    NothingToSpread {
        /// The line.
        id: String,
    },
    /// Things of different lives under one.
    #[error("`{id}` is replaced, and buys other things that are not")]
    ReplacedAndBought {
        /// The line.
        id: String,
    },
}

impl DepreciationError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Life { .. } => "write the years of use, as in `life: 5`".to_owned(),
            Self::Factor { .. } => "write `factor: 2` for double declining balance".to_owned(),
            Self::NoResidual => {
                "add `residual:`, as in `residual: 10%`, or write `method: double_declining`".to_owned()
            }
            Self::Empty | Self::TooLong { .. } => "write one entry for each year of use".to_owned(),
            Self::NothingUsed => "write what is used in each year, as in `units: [300, 500, 200]`".to_owned(),
            Self::Sum { .. } => "let the shares sum to 100 %".to_owned(),
            Self::Negative { .. } => "leave the minus sign out".to_owned(),
            Self::NothingToSpread { .. } => "add `initial:`, or remove `depreciation:`".to_owned(),
            Self::ReplacedAndBought { .. } => {
                "move the licence or the one-off cost to a line of its own, with a depreciation of its own".to_owned()
            }
        })
    }
}
