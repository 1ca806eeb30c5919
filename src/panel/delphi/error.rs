//! What can be wrong with a Delphi panel.

use rust_decimal::Decimal;

/// What can be wrong with a Delphi panel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DelphiError {
    /// A panel without experts.
    #[error("the panel has no experts")]
    NoExperts,
    /// Two experts of one name.
    #[error("`{expert}` is listed twice")]
    DuplicateExpert {
        /// The expert.
        expert: String,
    },
    /// An expert whose name is empty or blank.
    #[error("expert {number} has no name")]
    NoName {
        /// Which of the experts, from 1.
        number: usize,
    },
    /// A scale whose ends are swapped or equal.
    #[error("the scale does not run from its lowest to its highest rating")]
    ScaleOrder,
    /// A scale with ratings below zero.
    #[error("the scale begins below 0")]
    ScaleBelowZero,
    /// Ratings of siblings that are all zero.
    #[error("every rating under `{parent}` is 0, so nothing can be weighed")]
    AllZero {
        /// The parent of the siblings.
        parent: String,
    },
    /// A criterion nobody knows.
    #[error("round {round} rates `{item}`, which is no criterion of the scorecard")]
    UnknownItem {
        /// The round, from 1.
        round: usize,
        /// The id as written.
        item: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// A criterion rated twice in a round.
    #[error("round {round} rates `{item}` twice")]
    DuplicateItem {
        /// The round, from 1.
        round: usize,
        /// The criterion.
        item: String,
    },
    /// Too few or too many ratings.
    #[error("`{item}` has {found} ratings in round {round}, but the panel has {experts} experts")]
    Ratings {
        /// The round, from 1.
        round: usize,
        /// The criterion.
        item: String,
        /// How many ratings it has.
        found: usize,
        /// How many experts there are.
        experts: usize,
    },
    /// A rating outside the scale.
    #[error("{rating} is outside the scale from {min} to {max}")]
    OutsideScale {
        /// The rating as written.
        rating: Decimal,
        /// The lowest rating.
        min: Decimal,
        /// The highest rating.
        max: Decimal,
    },
    /// A rank that no sibling can have.
    #[error("{rank} is no rank among {items} items")]
    RankOutside {
        /// The rank as written.
        rank: Decimal,
        /// How many siblings there are.
        items: usize,
    },
    /// A group of siblings of which only some are rated.
    #[error("round {round} rates `{rated}`, but not its sibling `{missing}`")]
    SiblingMissing {
        /// The round, from 1.
        round: usize,
        /// A sibling that is rated.
        rated: String,
        /// The one that is not.
        missing: String,
    },
    /// An exponent that makes no order of ranks.
    #[error("{power} is no exponent between 0 and 10")]
    Exponent {
        /// The exponent as written.
        power: Decimal,
    },
    /// What only ratings on a scale have, where experts rank.
    #[error("`{key}` is about ratings, but the experts rank")]
    NotForRanks {
        /// The key.
        key: &'static str,
    },
    /// What only ranks have, where experts rate.
    #[error("`conversion` is about ranks, but the experts rate")]
    NotForRatings,
    /// Permutations that show nothing or never end.
    #[error("{count} permutations of {answers} answers are {}", if *.count == 0 { "none at all" } else { "too many" })]
    Permutations {
        /// How many are asked for.
        count: u32,
        /// How many answers there are in all rounds.
        answers: usize,
    },
    /// Somebody who is not on the panel.
    #[error("round {round} names `{expert}`, who is not on the panel")]
    UnknownExpert {
        /// The round, from 1.
        round: usize,
        /// The name as written.
        expert: String,
        /// The expert whose name is nearest to it.
        nearest: Option<String>,
    },
    /// One expert invited twice to a round.
    #[error("`{expert}` is invited twice to round {round}")]
    InvitedTwice {
        /// The round, from 1.
        round: usize,
        /// The expert.
        expert: String,
    },
    /// An answer of somebody who was not asked.
    #[error("`{expert}` rates `{item}` in round {round}, but was not invited to it")]
    NotInvited {
        /// The round, from 1.
        round: usize,
        /// The expert.
        expert: String,
        /// The criterion.
        item: String,
    },
    /// An answer that is missing where the document allows none to be.
    #[error("`{expert}` {} `{item}` in round {round}, which `{policy}: refuse` does not allow", if *.policy == "missing" { "gave no answer on" } else { "does not know about" })]
    Refused {
        /// The round, from 1.
        round: usize,
        /// The expert.
        expert: String,
        /// The criterion.
        item: String,
        /// The policy that refuses it: `missing` or `dont_know`.
        policy: &'static str,
    },
    /// A round without a single answer.
    #[error("nobody answered in round {round}")]
    NobodyAnswered {
        /// The round, from 1.
        round: usize,
    },
    /// A reason about a criterion nobody knows.
    #[error("a reason in round {round} is about `{item}`, which is no criterion of the scorecard")]
    ReasonOnNothing {
        /// The round, from 1.
        round: usize,
        /// The id as written.
        item: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// A limit that no panel can meet or miss.
    #[error("the limit {limit} of `{criterion}` makes no sense")]
    Limit {
        /// The stop criterion.
        criterion: &'static str,
        /// The limit as written.
        limit: Decimal,
    },
}

impl DelphiError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoExperts => "write `experts: [sales_director, controller]`".to_owned(),
            Self::DuplicateExpert { .. } => "give each expert a name of their own".to_owned(),
            Self::NoName { .. } => "write a name that is not blank, or remove the entry".to_owned(),
            Self::ScaleOrder => "write `scale: {min: 1, max: 10}`".to_owned(),
            Self::ScaleBelowZero => {
                "weights are shares of ratings, so ratings start at 0 or above, as in `scale: {min: 1, max: 10}`"
                    .to_owned()
            }
            Self::AllZero { .. } => "rate at least one of them above 0".to_owned(),
            Self::UnknownItem { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownItem { .. } => "rate perspectives, objectives or indicators by their id".to_owned(),
            Self::DuplicateItem { .. } => "keep one of the two rows".to_owned(),
            Self::Ratings { experts, .. } => {
                format!("write {experts} ratings, one for each expert in the order of `experts:`")
            }
            Self::OutsideScale { .. } => "correct the rating, or the `scale:`".to_owned(),
            Self::RankOutside { items, .. } => {
                format!("rank siblings from 1, the most important, to {items}; ties share a rank")
            }
            Self::UnknownExpert { nearest: Some(nearest), .. }
            | Self::ReasonOnNothing { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?")
            }
            Self::UnknownExpert { expert, .. } => format!("add `{expert}` to `experts:`, at its end"),
            Self::ReasonOnNothing { .. } => "give reasons by expert and criterion, by its id".to_owned(),
            Self::InvitedTwice { .. } => "keep one of the two".to_owned(),
            Self::NotInvited { expert, .. } => format!("add `{expert}` to `invited:`, or remove the answer"),
            Self::Refused { policy, .. } => {
                format!("write the answer, or choose what stands for it, as in `{policy}: leave_out`")
            }
            Self::NobodyAnswered { .. } => "write the answers, or remove the round until they are there".to_owned(),
            Self::SiblingMissing { missing, .. } => {
                format!("add a row for `{missing}`: weights are shared out among all siblings")
            }
            Self::Exponent { .. } => "write `conversion: {exponent: 2}`, or `conversion: centroid`".to_owned(),
            Self::NotForRanks { key } => format!("remove `{key}:`, or let the experts rate"),
            Self::NotForRatings => "remove it, or write `form: rankings`".to_owned(),
            Self::Permutations { count: 0, .. } => "write `permutations: {count: 9_999, seed: 1}`".to_owned(),
            Self::Permutations { .. } => "write fewer: 9_999 tell a p-value to within a hundredth".to_owned(),
            Self::Limit { criterion: "w_min", .. } => "Kendall's W lies between 0 and 1".to_owned(),
            Self::Limit { criterion: "max_rounds", .. } => "write a whole number of rounds".to_owned(),
            Self::Limit { criterion: "rank_correlation_min", .. } => {
                "a rank correlation lies between -1 and 1".to_owned()
            }
            Self::Limit { criterion: "cv_max" | "iqr_max", .. } => {
                "write a positive limit, as in `cv_max: 20%`".to_owned()
            }
            Self::Limit { limit, .. } if *limit > Decimal::ONE && *limit <= Decimal::ONE_HUNDRED => {
                format!("write `{}%`", limit.normalize())
            }
            Self::Limit { .. } => "write a share between 0 and 100 %".to_owned(),
        })
    }
}
