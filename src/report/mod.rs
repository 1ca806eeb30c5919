//! What the reader gets: every figure as a typed value, and from it text, Markdown and JSON.
//!
//! Nothing is computed here: a report copies values out of an [`Outcome`], and its writers round them for the eye.

mod alternatives;
mod assessment;
mod benefits;
mod build;
mod cash_flow;
mod comparison;
mod conventions;
mod cost_of_capital;
mod cost_views;
mod customers;
mod delphi;
mod economic_value_added;
mod explanation;
mod figure;
mod financing;
mod finding;
mod following;
mod fragment;
mod incentive;
#[cfg(feature = "serde")]
mod json;
mod labels;
mod layout;
mod markdown;
mod money;
mod reconciliation;
mod review;
mod rounding;
mod scorecard;
mod sections;
mod sheet;
mod structure;
mod tax;
#[cfg(test)]
mod testing;
#[cfg(feature = "text")]
mod text;
mod trend;
mod units;
mod weighing;
mod words;

pub use alternatives::{Disagreement, IncrementSection, PairRow, RankingRow, RankingSection, Reason};
pub use assessment::{AssessmentSection, JudgedRow, OperatorVerdict, SensitivitySection, WeightMove, WithoutExpert};
pub use benefits::{CashableSection, FactorRow, RealisedRow};
pub use cash_flow::CashFlowSection;
pub use comparison::{ChangeSection, ChangedRow, ComparisonReport, ContributionRow, Shown};
pub use conventions::Convention;
pub use cost_of_capital::{CapitalRow, CostOfCapitalSection};
pub use cost_views::{
    BenchmarkRow, CostViews, NetPriceSection, NoCostsRow, PerUserRow, PriceSection, PricedMoney, ReserveSection,
};
pub use customers::{
    CompositionSection, CustomersSection, FunnelSection, GridRow, LifetimeValueSection, MemberRow, PartRow, SegmentRow,
    SegmentationSection, StageRow, StateTime, StatesSection,
};
pub use delphi::{
    Concordance, DelphiRound, ExpertAuthority, GivenReason, GroupConcordance, ItemMovement, Movement, OpenQuestion,
    RatedItem, Screening, StopVerdict,
};
pub use economic_value_added::EconomicValueAddedSection;
pub use figure::{Figure, Value};
pub use financing::{FinancingRow, FinancingSection};
pub use finding::{Evidence, Finding, FindingCode, Severity};
pub use fragment::{fragment, fragment_over};
pub use incentive::{IncentiveSection, PaidScore, ParticipantRow, PayoutRow};
pub use money::{
    AlternativeSection, BenefitRow, BenefitSection, CaseSection, CategoryRow, CostSection, Measures, MoneyRow,
    ScenarioColumn,
};
pub use reconciliation::{ExpectedRow, ReconciliationSection};
pub use review::{ApartRow, LimitedFigure, PrincipleRow, ReviewSection, SideShare};
pub use scorecard::{Consistency, CriterionRow, EvidenceRow, ScorecardSection, WeightEvidence, WeightGroup, WorstPair};
pub use sections::{Excerpt, Section};
pub use sheet::{PanelStatistics, Sheet, SheetError, SheetItem};
pub use structure::{
    BudgetRow, EffectRow, InitiativeRow, InitiativeSection, LinkCorrelation, LinkRow, MovedRow, SideRow,
    StructureSection,
};
pub use tax::{ResultSection, TaxSection};
pub use trend::{MeasuredTrend, PlanRow, TrendRow, TrendSection};
pub use units::{UnitIndicatorRow, UnitRow, UnitScore, UnitsSection};

use crate::appraisal::{Language, Outcome};
use crate::model::Unit;
use rust_decimal::Decimal;
use std::sync::Arc;

/// A year of the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Year {
    /// 0 for the purchase.
    pub number: u32,
    /// The calendar year, where the first is known.
    pub calendar: Option<i32>,
}

/// An assumption as the register lists it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AssumptionRow {
    /// The name formulas use.
    pub id: Arc<str>,
    /// The name readers see.
    pub name: Arc<str>,
    /// One value, or one for each year.
    pub values: Vec<Value>,
    /// Lowest, likely and highest.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::range"))]
    pub range: Option<(Decimal, Option<Decimal>, Decimal)>,
    /// Its unit.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::unit"))]
    pub unit: Unit,
    /// Where it comes from.
    pub source: Option<String>,
    /// How far it can be relied on: `green`, `amber`, `red`.
    pub quality: Option<&'static str>,
}

/// Everything an appraisal says, ready to be written down.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Report {
    /// The question.
    pub title: String,
    /// Whose it is.
    pub organisation: Option<String>,
    /// The currency of all money.
    pub currency: Option<String>,
    /// The language of all texts that the crate gives.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::language"))]
    pub language: Language,
    /// The scenario, where the assumptions are not as stated.
    pub scenario: Option<String>,
    /// The period of the scorecard that is evaluated, where it has periods.
    pub period: Option<Arc<str>>,
    /// The years from 0.
    pub years: Vec<Year>,
    /// The discount rate, where anything is discounted.
    pub discount_rate: Option<Value>,
    /// What the discount rate is built up from, where it is.
    pub cost_of_capital: Option<CostOfCapitalSection>,
    /// What is measured.
    pub scorecard: Option<ScorecardSection>,
    /// How its design keeps to the principles, where a review is asked for or an attribute is given.
    pub review: Option<ReviewSection>,
    /// Its business units, where it has any.
    pub units: Option<UnitsSection>,
    /// Its two sides, causes and effects, and what is done about it.
    pub structure: StructureSection,
    /// Who weighed it.
    pub delphi: Vec<DelphiRound>,
    /// The experts of the rounds.
    pub experts: Vec<String>,
    /// How much the word of each counts, where that is given.
    pub authority: Vec<ExpertAuthority>,
    /// Who judged it.
    pub assessment: Option<AssessmentSection>,
    /// What is paid for the scores.
    pub incentive: Option<IncentiveSection>,
    /// What it costs.
    pub costs: Option<CostSection>,
    /// What it brings.
    pub benefits: Option<BenefitSection>,
    /// What it returns.
    pub case: Option<CaseSection>,
    /// Ways to pay for something.
    pub financing: Option<FinancingSection>,
    /// Ways of going about it side by side, each with its costs, benefits and return.
    pub alternatives: Vec<AlternativeSection>,
    /// Which of them is best under each measure, where there are two at least.
    pub ranking: Option<RankingSection>,
    /// What flowed, or is to flow, and when.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub cash_flows: Vec<CashFlowSection>,
    /// What is left of the profit once capital has had its price.
    pub economic_value_added: Option<EconomicValueAddedSection>,
    /// What the customers are worth, and where they go.
    pub customers: Option<CustomersSection>,
    /// The assumptions as stated and every scenario, side by side; empty without scenarios.
    pub scenarios: Vec<ScenarioColumn>,
    /// Published and expected figures beside ours.
    pub reconciliation: Option<ReconciliationSection>,
    /// The register.
    pub assumptions: Vec<AssumptionRow>,
    /// What a reviewer would point at.
    pub findings: Vec<Finding>,
    /// Every convention that changed a figure.
    pub conventions: Vec<Convention>,
    /// The cells of which [`figures`](Self::figures) makes figures.
    #[cfg_attr(feature = "serde", serde(rename = "figures", serialize_with = "json::list_figures"))]
    cells: figure::Cells,
}

impl Report {
    /// Every figure, in the order in which the cells were defined.
    pub fn figures(&self) -> impl Iterator<Item = Figure> + '_ {
        self.cells.figures()
    }
}

impl Outcome<'_> {
    /// Everything this outcome says.
    pub fn report(&self) -> Report {
        build::report(self)
    }
}
