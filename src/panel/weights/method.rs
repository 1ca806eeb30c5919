//! What the weights of siblings may be drawn from, as somebody states it and as a report names it.

use super::{
    Aggregation, Ahp, Combination, DataWeights, How, Points, PriorityMethod, RankAggregation, RankConversion, Ranks,
};
use crate::scorecard::Stage;

/// How the children of one criterion are weighed.
///
/// ```
/// use appraise::panel::{Order, Ranking, Ranks, SiblingWeights, Weighing};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let ranks = Ranks::new([Ranking::common(Order::listed(["customer", "financial"]))]);
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::judged("financial"), Criterion::judged("customer")])),
///     weighing: vec![SiblingWeights::new("scorecard", Weighing::Ranks(ranks))],
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// assert_eq!(appraisal.base().figure("scorecard.customer.weight"), Some(Ok(dec!(0.75))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SiblingWeights {
    /// The criterion whose children are weighed; `scorecard` for the perspectives.
    pub parent: String,
    /// By what.
    pub weighing: Weighing,
}

impl SiblingWeights {
    /// The children of `parent`, weighed so.
    pub fn new(parent: impl Into<String>, weighing: Weighing) -> Self {
        Self { parent: parent.into(), weighing }
    }
}

/// What the weights of siblings are drawn from.
#[derive(Debug, Clone, PartialEq)]
pub enum Weighing {
    /// Nothing: they weigh the same.
    Equal,
    /// The last Delphi round that rated all of them.
    Delphi,
    /// Comparisons in pairs.
    Ahp(Ahp),
    /// Orders of importance.
    Ranks(Ranks),
    /// Points that were allocated, or swings.
    Points(Points),
    /// A table of units and indicators.
    Data(DataWeights),
    /// Two of these.
    Combination(Box<Combination>),
}

impl Weighing {
    /// The key in a document.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Delphi => "delphi",
            Self::Ahp(_) => "ahp",
            Self::Ranks(_) => "ranks",
            Self::Points(points) => points.kind.key(),
            Self::Data(data) => data.method.key(),
            Self::Combination(_) => "combination",
        }
    }

    /// Whether the cells of both would have the same ids.
    pub(super) fn is_of_one_kind(&self, other: &Self) -> bool {
        use Weighing::{Ahp, Data, Points, Ranks};
        matches!((self, other), (Ahp(_), Ahp(_)) | (Data(_), Data(_)) | (Points(_), Points(_)) | (Ranks(_), Ranks(_)))
    }

    /// The experts who are named in it.
    pub(crate) fn experts(&self) -> Vec<&str> {
        match self {
            Self::Equal | Self::Delphi | Self::Data(_) => Vec::new(),
            Self::Ahp(ahp) => ahp.judgements.iter().filter_map(|set| set.expert.as_deref()).collect(),
            Self::Ranks(ranks) => ranks.rankings.iter().filter_map(|ranking| ranking.expert.as_deref()).collect(),
            Self::Points(points) => points.allocations.iter().filter_map(|one| one.expert.as_deref()).collect(),
            Self::Combination(both) => {
                [&both.subjective, &both.objective].into_iter().flat_map(Self::experts).collect()
            }
        }
    }
}

/// How the weights of a group of siblings came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WeightMethod {
    /// Stated as shares that add up to 1.
    Direct,
    /// Stated as whole points and normalised.
    Points,
    /// Means of the last Delphi round that rated the group, normalised.
    Delphi {
        /// The round, from 1.
        round: usize,
    },
    /// Comparisons in pairs.
    Ahp {
        /// How priorities were drawn from a matrix.
        method: PriorityMethod,
        /// How several experts were brought together; `None` for one.
        aggregation: Option<Aggregation>,
    },
    /// Orders of importance.
    Ranks {
        /// How ranks became weights.
        conversion: RankConversion,
        /// How several experts were brought together; `None` for one.
        aggregation: Option<RankAggregation>,
    },
    /// Points that experts allocated.
    Allocation,
    /// Swings, the best of them 100.
    Swing,
    /// The entropy of measured data.
    Entropy,
    /// Contrast and conflict of measured data.
    Critic,
    /// Two methods in one.
    Combination {
        /// How.
        how: How,
    },
    /// Nobody weighed them, and the stage of the business has a preset for them.
    LifeCycle {
        /// The stage.
        stage: Stage,
    },
    /// Nobody said anything, so they weigh the same.
    Equal,
    /// Somebody said that they weigh the same.
    StatedEqual,
    /// The only child of its parent.
    OnlyChild,
}
