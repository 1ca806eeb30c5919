//! What can be wrong with a cost line.

use crate::amount::percent;
use rust_decimal::Decimal;

/// What can be wrong with a cost line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CostError {
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of a cost line")]
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
    /// Two lines of one id in a category.
    #[error("`{category}` has two lines `{id}`")]
    DuplicateId {
        /// The category.
        category: &'static str,
        /// The id.
        id: String,
    },
    /// A line that says nothing about its amount.
    #[error("`{id}` has no amount")]
    NoAmount {
        /// The line.
        id: String,
    },
    /// A rate on something that is not there.
    #[error("there is no cost line or category `{of}`")]
    UnknownBase {
        /// The base as written.
        of: String,
        /// The known base nearest to it.
        nearest: Option<String>,
    },
    /// A rate on a line that costs nothing in year 0.
    #[error("`{of}` costs nothing in year 0 that a rate could be charged on")]
    NothingToCharge {
        /// The line it is charged on.
        of: String,
    },
    /// A rate on the line itself.
    #[error("`{id}` is charged on itself")]
    ChargedOnItself {
        /// The line.
        id: String,
    },
    /// A rate on the price of licences, where there are none.
    #[error("`{of}` has no licences whose price a rate could be charged on")]
    NoLicence {
        /// The line or category it is charged on.
        of: String,
    },
    /// A rate on licences that does not say which price.
    #[error("`{of}` has a list price and a net price")]
    BasisNotStated {
        /// The line it is charged on.
        of: String,
    },
    /// One base counted twice.
    #[error("`{of}` is charged twice")]
    BaseTwice {
        /// The line or category.
        of: String,
    },
    /// Tiers that do not rise.
    #[error("a tier up to {up_to} follows one up to {before}")]
    TierOrder {
        /// Where the tier ends.
        up_to: Decimal,
        /// Where the one before ends.
        before: Decimal,
    },
    /// A tier without an end before others.
    #[error("a tier without an end leaves nothing to the ones after it")]
    OpenTier,
    /// A last tier with an end.
    #[error("the last tier ends at {up_to}, and what is above has no price")]
    LastTierEnds {
        /// Where it ends.
        up_to: Decimal,
    },
    /// A list of tiers without any.
    #[error("there is no tier")]
    NoTiers,
    /// A minimum in money for licences that are bought once.
    #[error("a minimum in money holds a year, and perpetual licences are bought once")]
    MinimumOfPerpetual,
    /// A share and an allocation at once.
    #[error("`{id}` says twice which part of it is charged")]
    ShareTwice {
        /// The line.
        id: String,
    },
    /// More of an allocation key than there is.
    #[error("{own} of {all} is more than the whole")]
    AllocationBeyondWhole {
        /// What is charged to the programme.
        own: Decimal,
        /// The whole.
        all: Decimal,
    },
    /// An allocation of nothing.
    #[error("nothing can be allocated by 0 in all")]
    AllocationOfNothing,
    /// A year outside the horizon.
    #[error("year {year} lies outside the horizon of {years} years")]
    YearOutside {
        /// The year as written.
        year: u32,
        /// How many years there are.
        years: u32,
        /// The first year that can be meant.
        first: u32,
    },
    /// A year after the life of an alternative.
    #[error("year {year} lies after the {life} years that it lasts")]
    YearAfterLife {
        /// The year as written.
        year: u32,
        /// The years that the alternative lasts.
        life: u32,
        /// The first year that can be meant.
        first: u32,
    },
    /// A length of life that is none.
    #[error("what is replaced every {years} years has no life")]
    Life {
        /// The years as written.
        years: u32,
    },
    /// A replacement or a residual value of nothing.
    #[error("`{id}` has no `initial` that could be replaced or have a residual value")]
    NothingToReplace {
        /// The line.
        id: String,
    },
    /// A straight-line residual value of something that lasts for ever.
    #[error("a straight-line residual value needs the years that `{id}` lasts")]
    StraightLineWithoutLife {
        /// The line.
        id: String,
    },
    /// A change of price without anything that is bought again.
    #[error("`price_change` changes nothing where nothing is replaced")]
    PriceChangeOfNothing,
    /// A price that falls to nothing or below.
    #[error("a price that changes by {} a year is no price for long", percent(.change))]
    PriceChange {
        /// The change as written.
        change: Decimal,
    },
    /// A role whose id figure names cannot hold.
    #[error("`{id}` cannot be the id of a role")]
    InvalidRole {
        /// The id as written.
        id: String,
    },
    /// Two roles of one id.
    #[error("there are two roles `{id}`")]
    DuplicateRole {
        /// The id.
        id: String,
    },
}

impl CostError {
    /// A year after the last one of an alternative, or of the horizon.
    pub(super) fn year_outside(year: u32, (last, years): (u32, u32), first: u32) -> Self {
        match last < years && year <= years {
            true => Self::YearAfterLife { year, life: last, first },
            false => Self::YearOutside { year, years, first },
        }
    }

    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { .. } | Self::InvalidRole { .. } => {
                "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
            }
            Self::ReservedId { id } => format!("write `{id}_cost` or another word"),
            Self::DuplicateId { .. } => "give each line of a category an id of its own".to_owned(),
            Self::DuplicateRole { .. } => "give each role an id of its own".to_owned(),
            Self::NoAmount { .. } => "add `initial:`, `annual:`, `fte:` with `cost:`, or `rate:` with `of:`".to_owned(),
            Self::UnknownBase { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?")
            }
            Self::UnknownBase { .. } => {
                "write `of: hardware.database` (a line), `of: hardware` (a category), `of: initial` or `of: all`"
                    .to_owned()
            }
            Self::NothingToCharge { .. } => {
                "name a line that has `initial:`, or write `of: all` for a share of each year's costs".to_owned()
            }
            Self::ChargedOnItself { .. } => "name another line, a category, `initial` or `all`".to_owned(),
            Self::NoLicence { .. } => {
                "name a line that has `licence:`, or remove `on:` for a rate of what it costs in year 0".to_owned()
            }
            Self::BasisNotStated { .. } => {
                "add `on: list` or `on: net`; with `on: initial` only the cost of year 0 counts".to_owned()
            }
            Self::BaseTwice { .. } => "name each line once, and no line beside its own category".to_owned(),
            Self::TierOrder { .. } => "begin with the smallest tier, and let each end above the one before".to_owned(),
            Self::OpenTier => "add `up_to:`; only the last tier does without".to_owned(),
            Self::LastTierEnds { .. } => "leave `up_to:` out of the last tier".to_owned(),
            Self::NoTiers => "write `tiers: [{up_to: 100, price: 960}, {price: 880}]`, or `price:` alone".to_owned(),
            Self::MinimumOfPerpetual => "write `minimum: {seats: …}`, or `kind: subscription`".to_owned(),
            Self::ShareTwice { .. } => "keep `share:` or `allocation:`".to_owned(),
            Self::AllocationBeyondWhole { .. } => "`own` is a part of `all`".to_owned(),
            Self::AllocationOfNothing => "write how much of the key there is in all, as in `all: 600`".to_owned(),
            Self::YearOutside { years, first, .. } => {
                format!("write a year from {first} to {years}, or a longer `horizon:`")
            }
            Self::YearAfterLife { life, first, .. } => {
                format!("write a year from {first} to {life}, or a longer `life:` of the alternative")
            }
            Self::Life { .. } => "write the years it lasts, as in `replace_every: 4`".to_owned(),
            Self::NothingToReplace { .. } => "add `initial:`, as in `{initial: 24_000, replace_every: 4}`".to_owned(),
            Self::StraightLineWithoutLife { .. } => {
                "add `replace_every:` with the years it lasts, or write a share, as in `residual: 10%`".to_owned()
            }
            Self::PriceChangeOfNothing => "add `replace_every:`, or remove `price_change:`".to_owned(),
            Self::PriceChange { .. } => {
                "write the change a year above -100 %, as in `price_change: -5%` for a price that falls".to_owned()
            }
        })
    }
}
