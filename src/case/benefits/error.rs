//! What can be wrong with benefits, and what to type instead.

use crate::amount::percent;
use crate::period::Period;
use rust_decimal::Decimal;

/// What can be wrong with a benefit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BenefitError {
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of a benefit")]
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
    /// Two benefits of one id.
    #[error("there are two benefits `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A benefit that says nothing about its amount.
    #[error("`{id}` has no amount")]
    NoAmount {
        /// The benefit.
        id: String,
    },
    /// A factor of the amount a year, where there is only one of year 0.
    #[error("`{id}` has no amount a year that `{key}` could cut")]
    NoAnnual {
        /// The benefit.
        id: String,
        /// What is said of the amount a year.
        key: &'static str,
    },
    /// An amount that is written and follows from the capacity released as well.
    #[error("`{id}` has an `annual` amount and a `capacity` that gives another")]
    TwoAmounts {
        /// The benefit.
        id: String,
    },
    /// Hours saved that are said to be revenue.
    #[error("`{id}` releases capacity, but is of the kind `revenue`")]
    CapacityOfRevenue {
        /// The benefit.
        id: String,
    },
    /// Hours of a full-time position that are none.
    #[error("a full-time position of {hours} hours a year is none")]
    NoFullTime {
        /// The hours as written.
        hours: Decimal,
    },
    /// A margin where there is no revenue.
    #[error("`{id}` has a margin, but is not of the kind `revenue`")]
    MarginWithoutRevenue {
        /// The benefit.
        id: String,
    },
    /// Two statements of how fast it comes.
    #[error("`{id}` has a `realisation` and a `ramp`, which say the same thing twice")]
    TwoRamps {
        /// The benefit.
        id: String,
    },
    /// A ramp over no time.
    #[error("a ramp of {years} years leads nowhere")]
    RampOfNoYears {
        /// The years as written.
        years: Decimal,
    },
    /// A benefit that begins after the last year.
    #[error("a delay of {delay} years leaves nothing of `{id}` within {years} years")]
    DelayBeyondHorizon {
        /// The benefit.
        id: String,
        /// The delay as written.
        delay: Decimal,
        /// The years of the horizon.
        years: u32,
    },
    /// A low, likely and high risk that do not rise.
    #[error("the risk of `{id}` does not rise from low over likely to high")]
    RiskOrder {
        /// The benefit.
        id: String,
    },
    /// A risk beyond all of the benefit, or a chance of more than twice of it.
    #[error("a risk of {} lies outside -100 % to 100 %", percent(.value))]
    RiskRange {
        /// The risk as written.
        value: Decimal,
    },
    /// Low, likely and high whose mean would raise the benefit.
    #[error("the risk of `{id}` is {} on average, which would raise the benefit", percent(.mean))]
    RiskRaises {
        /// The benefit.
        id: String,
        /// The mean of the three.
        mean: Decimal,
    },
    /// What counts a benefit, said of one that is not counted.
    #[error("`{id}` is intangible and not counted, so `{key}` says nothing about it")]
    NotCounted {
        /// The benefit.
        id: String,
        /// What is said.
        key: &'static str,
    },
    /// A group of overlapping benefits with one benefit in it.
    #[error("`{id}` is the only benefit in the group `{group}`, so it overlaps with nothing")]
    LoneOverlap {
        /// The benefit.
        id: String,
        /// The group as written.
        group: String,
        /// The known group nearest to it.
        nearest: Option<String>,
    },
    /// A group that figure names cannot hold.
    #[error("`{group}` cannot be the name of a group of benefits")]
    InvalidGroup {
        /// The group as written.
        group: String,
    },
    /// A group whose name figures need for themselves.
    #[error("`{group}` is reserved for a figure")]
    ReservedGroup {
        /// The group as written.
        group: String,
    },
    /// A rule for a group that no benefit is in.
    #[error("no benefit is in the group `{group}`")]
    UnknownGroup {
        /// The group as written.
        group: String,
        /// The known group nearest to it.
        nearest: Option<String>,
    },
    /// Two rules for one group.
    #[error("there are two rules for the group `{group}`")]
    DuplicateGroup {
        /// The group.
        group: String,
    },
    /// Proven by an indicator nobody knows.
    #[error("`{id}` is proven by `{indicator}`, which is no criterion of the scorecard")]
    UnknownIndicator {
        /// The benefit.
        id: String,
        /// The indicator as written.
        indicator: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// Following an indicator nobody knows.
    #[error("`{id}` follows `{indicator}`, which is no criterion of the scorecard")]
    FollowsUnknown {
        /// The benefit.
        id: String,
        /// The indicator as written.
        indicator: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// Following what has no progress: a group, or what is judged and not measured.
    #[error("`{id}` follows `{indicator}`, which has no progress of its own")]
    FollowsNoProgress {
        /// The benefit.
        id: String,
        /// The indicator.
        indicator: String,
    },
    /// Following an indicator that is not followed over periods.
    #[error("`{id}` follows `{indicator}`, but the scorecard does not say when its values hold")]
    FollowsWithoutPeriods {
        /// The benefit.
        id: String,
        /// The indicator.
        indicator: String,
    },
    /// Following periods of the calendar with years that have no place in it.
    #[error("`{id}` follows `{indicator}`, but the years of the horizon are none of the calendar")]
    FollowsWithoutFirstYear {
        /// The benefit.
        id: String,
        /// The indicator.
        indicator: String,
    },
    /// Following an indicator that is measured in other years.
    #[error("`{id}` follows `{indicator}`, but from {from} to {to} lies no whole year of {first} to {last}")]
    FollowsOtherYears {
        /// The benefit.
        id: String,
        /// The indicator.
        indicator: String,
        /// The first period of the scorecard.
        from: Period,
        /// The last period of the scorecard.
        to: Period,
        /// The first year of the horizon.
        first: i32,
        /// The last year of the horizon.
        last: i32,
    },
}

impl BenefitError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { .. } | Self::InvalidGroup { .. } => {
                "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
            }
            Self::ReservedId { id } => format!("write `{id}_benefit` or another word"),
            Self::ReservedGroup { group } => format!("write `{group}_group` or another word"),
            Self::DuplicateId { .. } => "give each benefit an id of its own".to_owned(),
            Self::NoAmount { .. } => "add `annual:`; only an intangible benefit may do without".to_owned(),
            Self::NoAnnual { key, .. } => {
                format!("add `annual:`, or write `initial:` as it is to be counted and remove `{key}:`")
            }
            Self::TwoAmounts { .. } => "keep one of the two".to_owned(),
            Self::CapacityOfRevenue { .. } => "write `kind: saving`, or state the revenue as `annual:`".to_owned(),
            Self::NoFullTime { .. } => "write the hours somebody works in a year, as in `full_time: 1_720`".to_owned(),
            Self::MarginWithoutRevenue { .. } => "remove `margin:`, or write `kind: revenue`".to_owned(),
            Self::TwoRamps { .. } => {
                "keep one of the two: `ramp: 3` rises evenly over three years, a list says each year".to_owned()
            }
            Self::RampOfNoYears { .. } => "write the years until all is realised, as in `ramp: 3`".to_owned(),
            Self::DelayBeyondHorizon { .. } => {
                "`delay` is in years: write `0.5` for six months, or a longer `horizon:`".to_owned()
            }
            Self::RiskOrder { .. } => {
                "write what is cut at best first, as in `{low: 5%, likely: 10%, high: 30%}`".to_owned()
            }
            Self::RiskRange { .. } => {
                "write what is cut, not what is left: `{low: -5%, likely: 0%, high: 20%}` leaves 105 %, 100 % and 80 %"
                    .to_owned()
            }
            Self::RiskRaises { .. } => {
                "write what is cut, positive: 80 % of the benefit in the worst case is `high: 20%`".to_owned()
            }
            Self::NotCounted { key, .. } => format!("remove `{key}:`, or choose a kind that is counted"),
            Self::LoneOverlap { nearest: Some(nearest), .. } | Self::UnknownGroup { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?")
            }
            Self::LoneOverlap { group, .. } => {
                format!("write `overlap: {group}` at the other benefit too, or remove it")
            }
            Self::UnknownGroup { group, .. } => format!("write `overlap: {group}` at the benefits that overlap"),
            Self::DuplicateGroup { .. } => "keep one of the two".to_owned(),
            Self::UnknownIndicator { nearest: Some(nearest), .. }
            | Self::FollowsUnknown { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownIndicator { .. } | Self::FollowsUnknown { .. } => {
                "name an indicator of the scorecard by its id".to_owned()
            }
            Self::FollowsNoProgress { .. } => {
                "name a single indicator that has a `base:` and a `target:`, or a band".to_owned()
            }
            Self::FollowsWithoutPeriods { .. } => {
                "add `periods: {from: 2025-Q1, to: 2026-Q4}` under `scorecard:`, and give the indicator's values by \
                 period"
                    .to_owned()
            }
            Self::FollowsWithoutFirstYear { .. } => {
                "write the year of the purchase, as in `horizon: {first_year: 2026, years: 5}`".to_owned()
            }
            Self::FollowsOtherYears { .. } => "correct `horizon: {first_year: …}` or `scorecard.periods`".to_owned(),
        })
    }
}
