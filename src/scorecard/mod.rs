//! What is measured: the tree of criteria, their measures, scores, status and roll-up.

mod actual;
pub mod catalogue;
mod criterion;
mod facet;
mod kpi;
mod measure;
mod review;
mod roll_up;
mod scoring;
mod status;
mod trend;

pub(crate) use actual::periods_given;
pub use actual::{FollowUp, Path};
pub use criterion::{Criterion, ScorecardError};
pub(crate) use criterion::{Node, ROOT, Tree, check_id};
pub use facet::{About, Facets, Kind, Level, Nature, Role, Term};
pub(crate) use kpi::resolve as resolve_kpis;
pub use kpi::{
    Datum, Direction, InputRule, Kpi, KpiError, KpiExample, KpiGroup, KpiInput, KpiSource, KpiUse, SourceStatus, Takes,
    Timing,
};
pub(crate) use measure::declare_actual;
pub use measure::{Aim, Measure};
pub use review::{DesignReview, ReviewError};
pub(crate) use review::{Gaps, Limited, Principle, PrincipleCells, ReviewCells, SideCells, define as define_review};
pub(crate) use roll_up::{CriterionCells, WeightCells, define};
pub use roll_up::{MissingPolicy, RollUp};
pub use scoring::{NamedScoring, Scoring, Step};
pub use status::{StatusBand, StatusRule, default_status_bands};
pub(crate) use trend::PlanCells;

use crate::calendar::Periods;
use rust_decimal::Decimal;

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
    /// The rules that give indicators their status instead, the first that holds.
    pub rules: Vec<StatusRule>,
    /// The status of what has no score; without it such a status is missing, with the reason of the score.
    pub no_information: Option<String>,
    /// How scores of children become that of their parent, where a criterion says nothing else.
    pub roll_up: RollUp,
    /// The points of a full score, where scores are also shown on a scale of points: 10 for 0 to 10.
    pub points: Option<Decimal>,
    /// The periods it is followed over.
    pub periods: Option<Periods>,
    /// How indicators are followed over them, where they say nothing else.
    pub follow_up: FollowUp,
    /// Definitions of indicators besides those of the [`catalogue`].
    pub kpis: Vec<Kpi>,
    /// The top of the tree.
    pub perspectives: Vec<Criterion>,
    /// By what limits the design is reviewed and what is accepted of it, where a review is asked for.
    pub review: Option<DesignReview>,
}

impl Scorecard {
    /// A balanced scorecard with the default status bands, in which missing scores are left out and re-weighted.
    pub fn new(perspectives: impl IntoIterator<Item = Criterion>) -> Self {
        Self {
            framework: Framework::default(),
            missing: MissingPolicy::default(),
            status: default_status_bands(),
            rules: Vec::new(),
            no_information: None,
            roll_up: RollUp::default(),
            points: None,
            periods: None,
            follow_up: FollowUp::default(),
            kpis: Vec::new(),
            perspectives: perspectives.into_iter().collect(),
            review: None,
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
