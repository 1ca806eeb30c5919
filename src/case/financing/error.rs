//! What can be wrong with a financing.

/// The most loans and leases of one plan: each is ranked among all.
pub(super) const MOST_WAYS: usize = 50;

/// What can be wrong with a financing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FinancingError {
    /// Nothing that a purchase could be compared with.
    #[error("there is neither a loan nor a lease to compare with the purchase")]
    NoWay,
    /// More ways than anybody can compare.
    #[error("there are {found} loans and leases, more than {MOST_WAYS}")]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// A line that is not there.
    #[error("there is no cost line `{of}`")]
    UnknownLine {
        /// The line as written.
        of: String,
        /// The known line nearest to it.
        nearest: Option<String>,
    },
    /// A depreciation beside that of the line.
    #[error("`{line}` says itself how it is depreciated")]
    DepreciatedTwice {
        /// The line.
        line: String,
    },
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of a loan or a lease")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// Two of one id.
    #[error("there are two `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A contract that ends after the last year that is looked at, or at once.
    #[error("a contract over {years} years does not fit a horizon of {horizon}")]
    Years {
        /// Its years as written.
        years: u32,
        /// The years that are looked at.
        horizon: u32,
    },
}

impl FinancingError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoWay => {
                "add `loans:` or `leases:`, as in `leases: {vendor: {payment: 12_000, years: 3}}`".to_owned()
            }
            Self::TooMany { .. } => "leave out those that nobody would choose".to_owned(),
            Self::UnknownLine { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownLine { .. } => {
                "name a line of `costs:`, as in `of: hardware.servers`, or write `asset:` with a price".to_owned()
            }
            Self::DepreciatedTwice { .. } => "move `depreciation:` to the cost line".to_owned(),
            Self::InvalidId { .. } => {
                "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
            }
            Self::DuplicateId { .. } => "give each an id of its own".to_owned(),
            Self::Years { years: 0, .. } => "write its years, as in `years: 3`".to_owned(),
            Self::Years { years, .. } => format!("write `years: {years}` or more under `horizon:`, or fewer here"),
        })
    }
}
