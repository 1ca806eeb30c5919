//! What is measured: the tree of criteria, their measures, scores, status and roll-up.

mod criterion;
mod incentive;
mod measure;
mod roll_up;
mod status;

pub use criterion::{Criterion, ScorecardError};
pub(crate) use criterion::{Node, ROOT, Tree, check_id};
pub(crate) use incentive::{INCENTIVE_FIGURES, IncentiveCells, define as define_incentive};
pub use incentive::{Incentive, IncentiveError, Participant, ParticipantKind, PayoutCurve, PayoutPoint};
pub(crate) use measure::declare_actual;
pub use measure::{Aim, Measure};
pub use roll_up::MissingPolicy;
pub(crate) use roll_up::{CriterionCells, WeightCells, define};
pub use status::{StatusBand, default_status_bands};

/// A scorecard: perspectives of objectives of indicators, and how their scores are read.
///
/// ```
/// use appraise::scorecard::{Criterion, Measure, Scorecard};
/// use rust_decimal::dec;
///
/// let retention = Measure::target(dec!(0.78), dec!(0.86)).actual(dec!(0.83));
/// let card = Scorecard::new([Criterion::group("customer", [Criterion::indicator("retention_rate", retention)])]);
/// assert_eq!(card.perspectives.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Scorecard {
    /// The framework the perspectives follow.
    pub framework: Framework,
    /// What a roll-up does about indicators without a score.
    pub missing: MissingPolicy,
    /// The names of score ranges, worst first.
    pub status: Vec<StatusBand>,
    /// The top of the tree.
    pub perspectives: Vec<Criterion>,
}

impl Scorecard {
    /// A balanced scorecard with the default status bands, in which missing scores are left out and re-weighted.
    pub fn new(perspectives: impl IntoIterator<Item = Criterion>) -> Self {
        Self {
            framework: Framework::default(),
            missing: MissingPolicy::default(),
            status: default_status_bands(),
            perspectives: perspectives.into_iter().collect(),
        }
    }
}

/// What the top of the tree stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Framework {
    /// Kaplan and Norton: financial, customer, internal process, learning and growth.
    #[default]
    BalancedScorecard,
    /// Perspectives of one's own.
    Custom,
}

impl Framework {
    /// Every framework and its name in a document.
    pub const ALL: [(&'static str, Framework); 2] =
        [("balanced_scorecard", Framework::BalancedScorecard), ("custom", Framework::Custom)];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::BalancedScorecard => "balanced_scorecard",
            Self::Custom => "custom",
        }
    }
}
