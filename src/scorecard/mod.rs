//! What is measured: the tree of criteria, their measures, scores, status and roll-up.

mod actual;
pub mod catalogue;
mod criterion;
mod error;
mod facet;
mod framework;
mod incentive;
mod initiative;
mod kpi;
mod link;
mod measure;
mod review;
mod roll_up;
mod scoring;
mod selection;
mod sides;
mod stage;
mod stated;
mod status;
mod structure;
mod trend;
mod unit;

pub use crate::day::{Day, DayError};
pub(crate) use actual::periods_given;
pub use actual::{FollowUp, Path};
pub use criterion::Criterion;
pub(crate) use criterion::{Node, ROOT, Tree, check_id};
pub use error::ScorecardError;
pub use facet::{About, Facets, Kind, Level, Nature, Role, Term};
pub use framework::{Framework, FrameworkPart, Side};
pub(crate) use incentive::{INCENTIVE_FIGURES, IncentiveCells, define as define_incentive};
pub use incentive::{Incentive, IncentiveError, Participant, ParticipantKind, PayoutCurve, PayoutPoint};
pub use initiative::{Initiative, InitiativeError, InitiativeStatus};
pub(crate) use initiative::{InitiativeCells, MoneyCells as InitiativeMoney};
pub(crate) use kpi::resolve as resolve_kpis;
pub use kpi::{
    Datum, Direction, InputRule, Kpi, KpiError, KpiExample, KpiGroup, KpiInput, KpiSource, KpiUse, SourceStatus, Takes,
    Timing,
};
pub use link::{Link, LinkError, Strength};
pub(crate) use measure::declare_actual;
pub use measure::{Aim, Measure};
pub(crate) use review::check_accepted;
pub use review::{DesignReview, ReviewError};
pub(crate) use review::{
    FollowedCells, Gaps, Limited, MOST_COMPARED, MOST_PAIRS, OverTimeReview, Principle, PrincipleCells, PrincipleSide,
    ReviewCells, define as define_review,
};
pub(crate) use roll_up::{CriterionCells, Given, Scale, WeightCells, define};
pub use roll_up::{MissingPolicy, RollUp};
pub use scoring::{NamedScoring, Scoring, Step};
pub(crate) use sides::SideCells;
pub(crate) use stage::Preset;
pub use stage::{Stage, Theme};
pub(crate) use stated::unread;
pub use status::{StatusBand, StatusRule, default_status_bands};
pub(crate) use structure::{StructureCells, arrange, define_structure};
pub(crate) use trend::{CONFIDENCE, PlanCells};
pub use unit::{BusinessUnit, FromUnits, UnitError};
pub(crate) use unit::{UNIT_FIGURES, UnitsCells, define_units, resolve_units, tell_once};

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
    /// The names of score ranges, worst first; where there are [`rules`](Self::rules), they name nothing.
    pub status: Vec<StatusBand>,
    /// The rules that give indicators their status instead, the first that holds; at most 20.
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
    /// Where the business stands in its life cycle: what perspectives and financial themes weigh where nobody says so.
    pub stage: Option<Stage>,
    /// What drives what.
    pub links: Vec<Link>,
    /// What is done about it.
    pub initiatives: Vec<Initiative>,
    /// The day on which the initiatives are looked at.
    pub as_of: Option<Day>,
    /// The business units that have the same scorecard each, and roll up into this one.
    pub units: Vec<BusinessUnit>,
    /// How indicators come from the units, where they say nothing else.
    pub units_roll_up: Option<FromUnits>,
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
            stage: None,
            links: Vec::new(),
            initiatives: Vec::new(),
            as_of: None,
            units: Vec::new(),
            units_roll_up: None,
        }
    }

    /// Whether any criterion belongs to a financial theme.
    pub(crate) fn has_themes(&self) -> bool {
        let mut waiting: Vec<&Criterion> = self.perspectives.iter().collect();
        while let Some(criterion) = waiting.pop() {
            if criterion.theme.is_some() {
                return true;
            }
            waiting.extend(&criterion.children);
        }
        false
    }
}
