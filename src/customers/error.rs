//! What can be wrong with what is stated about customers.

use crate::amount::percent;
use rust_decimal::Decimal;

/// What can be wrong with what is stated about customers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CustomerError {
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of {what}")]
    InvalidId {
        /// The id as written.
        id: String,
        /// What it is the id of, with its article.
        what: &'static str,
    },
    /// One id for two things.
    #[error("`{id}` is given twice as the id of {what}")]
    DuplicateId {
        /// The id.
        id: String,
        /// What it is the id of, with its article.
        what: &'static str,
    },
    /// A part of the section without content.
    #[error("nothing is stated {what}")]
    Empty {
        /// About what.
        what: &'static str,
    },
    /// Customers that are looked at longer than anything else.
    #[error("a lifetime of {years} years does not fit a horizon of {most}")]
    Lifetime {
        /// The years as written.
        years: u32,
        /// The years of the horizon.
        most: u32,
    },
    /// Bands whose limits do not rise.
    #[error("the bands of `{scale}` do not rise: `{band}` begins at {from}")]
    BandOrder {
        /// `value` or `need`.
        scale: &'static str,
        /// The band that begins too low.
        band: String,
        /// Where it begins.
        from: Decimal,
    },
    /// More bands than anybody can tell apart.
    #[error("`{scale}` has {found} bands, and {most} are the most")]
    TooManyBands {
        /// `value` or `need`.
        scale: &'static str,
        /// How many there are.
        found: usize,
        /// The most there can be.
        most: usize,
    },
    /// Parts of a whole that are not the whole.
    #[error("the shares of `{whole}` add up to {}, {} {}", percent(.sum), percent(.gap), if *.is_above { "too much" } else { "short of 100 %" })]
    ShareSum {
        /// What they are the parts of.
        whole: String,
        /// What they add up to.
        sum: Decimal,
        /// How far that is from 100 %.
        gap: Decimal,
        /// Whether it is above.
        is_above: bool,
        /// How far it may be, from the digits of the shares as typed.
        tolerance: Decimal,
    },
    /// Transitions from a state that lead nowhere, or to more than all.
    #[error("the transitions from `{state}` add up to {}, {} {}", percent(.sum), percent(.gap), if *.is_above { "too much" } else { "short of 100 %" })]
    TransitionSum {
        /// The state.
        state: String,
        /// What they add up to.
        sum: Decimal,
        /// How far that is from 100 %.
        gap: Decimal,
        /// Whether it is above.
        is_above: bool,
        /// How far it may be, from the digits of the shares as typed.
        tolerance: Decimal,
    },
    /// A share or a count below zero.
    #[error("{value} is negative, but {what} are written positive")]
    Negative {
        /// The value as written.
        value: Decimal,
        /// What is written positive.
        what: &'static str,
    },
    /// The number of largest parts that are looked at together.
    #[error("the {top} largest of {parts} parts cannot be looked at")]
    Top {
        /// As written.
        top: u32,
        /// How many parts there are.
        parts: usize,
    },
    /// A state that is not among the states.
    #[error("`{state}` is none of the states")]
    UnknownState {
        /// As written.
        state: String,
        /// The state whose name is nearest.
        nearest: Option<String>,
    },
    /// A state from which no transitions are stated.
    #[error("no transitions are stated from `{state}`")]
    NoTransitions {
        /// The state.
        state: String,
    },
    /// A time that figure names cannot hold.
    #[error("`{time}` cannot be the name of a time")]
    Time {
        /// As written.
        time: String,
    },
    /// A projection that has nothing to go by.
    #[error("a projection needs {missing}")]
    Projection {
        /// What is missing.
        missing: &'static str,
    },
    /// A projection nobody can believe.
    #[error("a projection has 1 to {most} steps, not {steps}")]
    Steps {
        /// As written.
        steps: u32,
        /// The most there can be.
        most: u32,
    },
    /// More of something than can be looked at.
    #[error("there are {found} {what}, and {most} are the most")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// The most there can be.
        most: usize,
    },
    /// A funnel that leads nowhere.
    #[error("a funnel has at least two stages")]
    TooFewStages,
}

impl CustomerError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { what: "a band" | "a part" | "a state", .. } => {
                "start with a letter, then letters, digits and `_`".to_owned()
            }
            Self::InvalidId { .. } => {
                "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
            }
            Self::DuplicateId { .. } => "give each an id of its own".to_owned(),
            Self::Empty { what: "about customers" } => {
                "add `lifetime_value:`, `segmentation:`, `states:`, `compositions:` or `funnel:`".to_owned()
            }
            Self::Empty { what: "about segments" } => {
                "add `segments: {private: {margin: 400, retention: 80%}}`".to_owned()
            }
            Self::Empty { what: "about members" } => "add `members: {north: {value: 1_200, need: 3}}`".to_owned(),
            Self::Empty { what: "about bands" } => "add `bands: {low: 0, high: 1_000}`".to_owned(),
            Self::Empty { what: "about how many are in each state" } => {
                "add `counts: {2024: {active: 900, lost: 40}, 2025: …}`, `transitions:` or both".to_owned()
            }
            Self::Empty { what: "about states" } => {
                "add `kinds: {prospect: prospect, active: active, lost: lost}`".to_owned()
            }
            Self::Empty { .. } => {
                "add `shares: {price: 40%, service: 60%}` or `counts: {price: 12, service: 18}`".to_owned()
            }
            Self::Lifetime { most, .. } => {
                format!("write 1 to {most}, lengthen `horizon: {{years: …}}`, or write `perpetual`")
            }
            Self::BandOrder { .. } => {
                "write where each band begins, the lowest first, as in `{low: 0, high: 1_000}`".to_owned()
            }
            Self::TooManyBands { most, .. } => format!("join bands until there are {most} or fewer"),
            Self::ShareSum { is_above: false, gap, tolerance, .. } => format!(
                "add what is missing, as in `other: {}%`, or correct a share; digits as typed explain at most {}",
                hundred(gap),
                percent(tolerance)
            ),
            Self::ShareSum { tolerance, .. } => {
                format!("correct a share, or write `counts:`; digits as typed explain at most {}", percent(tolerance))
            }
            Self::TransitionSum { state, is_above: false, gap, tolerance, .. } => format!(
                "add who stays, as in `{state}: {}%`, or correct a share; digits as typed explain at most {}",
                hundred(gap),
                percent(tolerance)
            ),
            Self::TransitionSum { tolerance, .. } => {
                format!("correct a share; digits as typed explain at most {}", percent(tolerance))
            }
            Self::Negative { .. } => "leave the minus sign out".to_owned(),
            Self::Top { parts, .. } => format!("write `top: 1` to `top: {parts}`"),
            Self::UnknownState { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownState { state, .. } => format!("add `{state}: active` under `kinds:`"),
            Self::NoTransitions { state } => format!("add `{state}: {{{state}: 100%}}` where nobody leaves it"),
            Self::Time { .. } => "write letters, digits, `_` and `-`, as in `2025` or `2025-Q1`".to_owned(),
            Self::Projection { .. } => "add it, or leave `steps:` out".to_owned(),
            Self::Steps { most, .. } => format!("write `steps: 1` to `steps: {most}`"),
            Self::TooMany { what, most, .. } => format!("join {what} until there are {most} or fewer"),
            Self::TooFewStages => "write `funnel: {stages: {leads: 3_000, orders: 150}}`, the widest first".to_owned(),
        })
    }
}

/// A fraction as the digits of a percentage.
fn hundred(fraction: &Decimal) -> String {
    fraction.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(*fraction).normalize().to_string()
}
