//! What can be wrong with the weights of siblings.

use super::{AhpError, CombinationError, DataError, JudgementError, PointsError, RanksError};
use rust_decimal::Decimal;

/// What can be wrong with the weights of siblings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightError {
    /// Some siblings have a direct weight and this one has none.
    #[error("`{id}` has no weight, but its sibling `{sibling}` has one")]
    SiblingWithout {
        /// The criterion without a weight.
        id: String,
        /// A sibling with one.
        sibling: String,
    },
    /// A weight below zero.
    #[error("the weight of `{id}` is negative")]
    Negative {
        /// The criterion.
        id: String,
    },
    /// Direct weights that do not add up.
    #[error("the weights under `{parent}` add up to {}, not 100 %", crate::amount::percent(.sum))]
    Sum {
        /// The parent of the siblings.
        parent: String,
        /// What they add up to.
        sum: Decimal,
    },
    /// Siblings that all weigh nothing.
    #[error("the weights under `{parent}` are all 0")]
    AllZero {
        /// The parent of the siblings.
        parent: String,
    },
    /// Two ways to weigh the same criteria.
    #[error("`{id}` is weighed twice: {one} and {other}")]
    Twice {
        /// The criterion, or the parent of the siblings.
        id: String,
        /// One way: `directly`.
        one: &'static str,
        /// The other: `by the panel`.
        other: &'static str,
    },
    /// A group that does not exist.
    #[error("there is no criterion `{parent}` whose children could be weighed")]
    UnknownGroup {
        /// The id as written.
        parent: String,
        /// The id of a group nearest to it.
        nearest: Option<String>,
    },
    /// A criterion without children.
    #[error("`{parent}` has nothing under it to weigh")]
    NoChildren {
        /// The criterion.
        parent: String,
    },
    /// Two entries for one group.
    #[error("how to weigh what is under `{parent}` is said twice")]
    GroupTwice {
        /// The parent of the siblings.
        parent: String,
    },
    /// Something that does not stand in the group.
    #[error("`{id}` is not under `{parent}`")]
    NotInGroup {
        /// The id as written.
        id: String,
        /// The parent of the siblings.
        parent: String,
        /// The sibling nearest to it.
        nearest: Option<String>,
        /// The siblings.
        siblings: Vec<String>,
    },
    /// A member of the group that somebody left out.
    #[error("`{id}` is missing here")]
    Missing {
        /// The sibling.
        id: String,
        /// The parent of the siblings.
        parent: String,
    },
    /// Nobody's evidence.
    #[error("nothing is stated to weigh what is under `{parent}` by")]
    NoEvidence {
        /// The parent of the siblings.
        parent: String,
    },
    /// Two entries for one expert, unit or criterion.
    #[error("`{name}` stands here twice")]
    NamedTwice {
        /// The name.
        name: String,
    },
    /// A name that is another one and a criterion: `x` and `x.margin`.
    #[error("`{name}` is called as the figure of `{other}` about `{item}` is")]
    NameOfFigure {
        /// The name.
        name: String,
        /// The name it begins with.
        other: String,
        /// The criterion it ends in.
        item: String,
    },
    /// A group to be weighed by ratings that no round has.
    #[error("no Delphi round rates everything under `{parent}`")]
    NotRated {
        /// The parent of the siblings.
        parent: String,
    },
    /// A judgement of a pair.
    #[error(transparent)]
    Judgement(#[from] JudgementError),
    /// Comparisons in pairs.
    #[error(transparent)]
    Ahp(#[from] AhpError),
    /// Ranks.
    #[error(transparent)]
    Ranks(#[from] RanksError),
    /// Points and swings.
    #[error(transparent)]
    Points(#[from] PointsError),
    /// A table of units and indicators.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Two methods in one.
    #[error(transparent)]
    Combination(#[from] CombinationError),
}

impl WeightError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::SiblingWithout { .. } => {
                "give every sibling a `weight:`, or none of them for equal weights".to_owned()
            }
            Self::Negative { .. } => "write 0 for a criterion that does not count".to_owned(),
            Self::Sum { .. } => {
                "change them to add up to 100 %, or write whole points such as 3, 2 and 1, which are normalised"
                    .to_owned()
            }
            Self::AllZero { .. } => "give at least one of them a weight above 0".to_owned(),
            Self::Twice { one: "directly", other: "by the panel", .. } => "remove `weight:` or the ratings".to_owned(),
            Self::Twice { one: "directly", .. } => "remove `weight:` or the entry under `groups:`".to_owned(),
            Self::Twice { .. } => {
                "remove the ratings or the entry under `groups:`, or write `combination:` to use both".to_owned()
            }
            Self::UnknownGroup { nearest: Some(nearest), .. } | Self::NotInGroup { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?")
            }
            Self::UnknownGroup { .. } => {
                "write the id of a perspective or objective, or `scorecard` for the perspectives".to_owned()
            }
            Self::NotInGroup { siblings, parent, .. } => {
                let known: Vec<String> = siblings.iter().take(8).map(|id| format!("`{id}`")).collect();
                let more = if siblings.len() > known.len() { ", …" } else { "" };
                format!("under `{parent}` stand {}{more}", known.join(", "))
            }
            Self::NoChildren { .. } => "write the id of the criterion above those that are to be weighed".to_owned(),
            Self::GroupTwice { .. } | Self::NamedTwice { .. } => "keep one of the two".to_owned(),
            Self::NameOfFigure { name, .. } => format!("write it without the dot, as in `{}`", name.replace('.', "_")),
            Self::Missing { id, parent } => format!("add `{id}`: everything under `{parent}` takes part"),
            Self::NoEvidence { .. } => "add what the experts or the data say, or remove the entry".to_owned(),
            Self::NotRated { parent } => {
                format!("rate all of `{parent}`'s children in one round, or weigh them in another way")
            }
            Self::Judgement(error) => return error.help(),
            Self::Ahp(error) => return error.help(),
            Self::Ranks(error) => return error.help(),
            Self::Points(error) => return error.help(),
            Self::Data(error) => return error.help(),
            Self::Combination(error) => return error.help(),
        })
    }
}

macro_rules! faults_of_weights {
    ($($error:ty),*) => { $(
        impl From<$error> for crate::problem::Fault {
            fn from(error: $error) -> Self {
                Self::Weights(error.into())
            }
        }
    )* };
}
faults_of_weights!(AhpError, RanksError, PointsError, DataError, CombinationError);
