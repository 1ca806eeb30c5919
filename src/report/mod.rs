//! What the reader gets: every figure as a typed value, and from it text, Markdown and JSON.
//!
//! Nothing is computed here: a report copies values out of an [`Outcome`], and its writers round them for the eye.

mod build;
mod conventions;
mod explanation;
mod figure;
mod finding;
#[cfg(feature = "serde")]
mod json;
mod layout;
mod markdown;
mod rounding;
mod sections;
mod sheet;
#[cfg(test)]
mod testing;
#[cfg(feature = "text")]
mod text;
mod weighing;
mod words;

pub use conventions::Convention;
pub use figure::{Figure, Value};
pub use finding::{Finding, Severity};
pub use sections::{Excerpt, Section};
pub use sheet::{PanelStatistics, Sheet, SheetError, SheetItem};

use crate::appraisal::{Language, Outcome};
use crate::kernel::Payback;
use crate::model::Unit;
use crate::panel::WeightMethod;
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

/// A criterion with its measure, weight and score.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CriterionRow {
    /// Its id; `scorecard` for the whole.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// 0 for the whole, 1 for perspectives.
    pub depth: usize,
    /// Whether criteria stand under it.
    pub is_group: bool,
    /// The unit of base, target and actual.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::unit"))]
    pub unit: Unit,
    /// Among its siblings; `None` for the whole.
    pub weight: Option<Value>,
    /// In the whole.
    pub global_weight: Option<Value>,
    /// Before.
    pub base: Option<Value>,
    /// Agreed.
    pub target: Option<Value>,
    /// The ends of a band.
    pub band: Option<(Value, Value)>,
    /// Now.
    pub actual: Option<Value>,
    /// How far from base to target; not limited to 0..1.
    pub progress: Option<Value>,
    /// Progress limited to 0..1, or the roll-up of the children.
    pub score: Value,
    /// The band the score falls into.
    pub status: Value,
    /// The share of weight that had data.
    pub coverage: Value,
}

/// How a group of siblings came by its weights.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WeightGroup {
    /// The parent of the siblings.
    pub parent: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// How.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::method"))]
    pub method: WeightMethod,
    /// Of a combination the subjective and the objective method.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::methods"))]
    pub parts: Vec<WeightMethod>,
    /// What the weights were drawn from; empty where they were stated or come from Delphi rounds.
    pub evidence: Vec<WeightEvidence>,
}

/// What the weights of a group were drawn from.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WeightEvidence {
    /// The names of the siblings: the columns of the rows.
    pub siblings: Vec<Arc<str>>,
    /// Comparisons, ranks, points or statistics, one value for each sibling.
    pub rows: Vec<EvidenceRow>,
    /// How consistent comparisons in pairs are, of the group and of each expert.
    pub consistency: Vec<Consistency>,
}

/// One row of evidence.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EvidenceRow {
    /// What it is: `comparisons`, `priorities`, `ranks`, `mean_ranks`, `points`, `shares`, `entropy`, `divergence`,
    /// `contrast`, `conflict`, `information`, `subjective`, `objective`, `weights`.
    pub what: &'static str,
    /// Whose: an expert's, or of comparisons the criterion's.
    pub of: Option<Arc<str>>,
    /// One value for each sibling.
    pub values: Vec<Value>,
}

/// How far judgements of pairs contradict each other.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Consistency {
    /// Whose judgements; `None` for those of the group.
    pub expert: Option<Arc<str>>,
    /// The principal eigenvalue.
    pub lambda_max: Value,
    /// The consistency ratio.
    pub ratio: Value,
    /// The geometric consistency index.
    pub gci: Value,
    /// How many pairs nobody judged.
    pub missing: usize,
    /// How many pairs there are.
    pub pairs: usize,
    /// Whether the ratio is above the limit of the document.
    pub is_exceeded: bool,
    /// Where it is, the judgements that contradict the others most.
    pub worst: Vec<WorstPair>,
}

/// A judgement that contradicts the others.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WorstPair {
    /// The one criterion.
    pub item: Arc<str>,
    /// The other.
    pub over: Arc<str>,
    /// How many times the one was judged to matter as much as the other.
    pub judgement: Value,
    /// How many times that is more than the priorities say.
    pub error: Value,
    /// What would agree with all other judgements.
    pub repair: Value,
    /// The consistency ratio after that.
    pub repaired_ratio: Value,
}

/// The scorecard.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ScorecardSection {
    /// The whole first, then every criterion in document order.
    pub criteria: Vec<CriterionRow>,
    /// How each group came by its weights.
    pub weights: Vec<WeightGroup>,
    /// Whether anything is measured at all.
    pub is_measured: bool,
}

/// The statistics of one rated item.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RatedItem {
    /// The criterion.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// What each expert rated.
    pub ratings: Vec<Value>,
    /// The mean.
    pub mean: Value,
    /// The median.
    pub median: Value,
    /// The first quartile, type 7.
    pub q1: Value,
    /// The third quartile, type 7.
    pub q3: Value,
    /// The interquartile range.
    pub iqr: Value,
    /// The standard deviation, n - 1.
    pub sd: Value,
    /// The coefficient of variation.
    pub cv: Value,
    /// How many experts answered.
    pub n: Value,
    /// The mean weighted by the authority of the experts, where it is given.
    pub weighted_mean: Option<Value>,
    /// Its place among the items of the round, the most important first.
    pub place: Option<Value>,
    /// The share of the experts who gave the highest rating or the first rank.
    pub full_score_rate: Value,
    /// The share of the experts who agree that it matters; `None` where experts rank.
    pub agreement: Option<Value>,
    /// Whether it is worth keeping, where items are screened.
    pub keep: Option<Value>,
    /// How far the answers moved since the round before, where it was asked about in both.
    pub stability: Option<ItemMovement>,
}

/// How far the answers about an item moved since the round before.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ItemMovement {
    /// The share of the experts who changed their answer.
    pub changed: Value,
    /// The sum of the ranks of the increases.
    pub wilcoxon_w: Value,
    /// The p-value of the signed-rank test.
    pub wilcoxon_p: Value,
    /// The change of the coefficient of variation.
    pub cv_change: Value,
    /// The change of its weight among its siblings.
    pub weight_change: Option<Value>,
}

/// Kendall's W over some items and whether it can be chance.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Concordance {
    /// Kendall's W.
    pub w: Value,
    /// How many experts answered.
    pub experts: Value,
    /// Chi-square with n - 1 degrees of freedom.
    pub chi_square: Value,
    /// Its p-value.
    pub p: Value,
    /// F, better for small panels.
    pub f: Value,
    /// Its p-value.
    pub f_p: Value,
    /// The p-value by permutation, where the document asks for it.
    pub permutation_p: Option<Value>,
}

/// Kendall's W of a group of siblings.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GroupConcordance {
    /// The parent of the siblings.
    pub parent: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// How far the experts agree on the order of the siblings.
    pub concordance: Concordance,
}

/// A question that an expert who was asked left open.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OpenQuestion {
    /// The expert.
    pub expert: String,
    /// The name of the criterion.
    pub name: Arc<str>,
    /// Whether the expert said that they do not know, and not just nothing.
    pub dont_know: bool,
}

/// Why an expert stays with an answer; whose it is stays with the document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GivenReason {
    /// The name of the criterion.
    pub name: Arc<str>,
    /// The reason, in the expert's words.
    pub text: String,
}

/// How far a round moved since the one before.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Movement {
    /// The share of all answers that changed.
    pub changed: Value,
    /// Spearman's rank correlation of the means.
    pub rank_correlation: Value,
    /// The largest change of any weight.
    pub weight_change: Value,
}

/// What screening asks of an item.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Screening {
    /// The least mean.
    pub mean_min: Value,
    /// The least share of full scores.
    pub full_score_min: Value,
    /// The largest coefficient of variation.
    pub cv_max: Value,
}

/// A criterion of the stop rule against its limit.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StopVerdict {
    /// Its key in a document: `cv_max`.
    pub criterion: &'static str,
    /// What it is about: `agreement`, `stability` or `rounds`.
    pub about: &'static str,
    /// The value of the round.
    pub value: Value,
    /// The limit.
    pub limit: Value,
    /// Whether it is met; `None` where the value is missing.
    pub met: Option<bool>,
}

/// One Delphi round.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DelphiRound {
    /// From 1.
    pub number: usize,
    /// The rated items, in the order of the document.
    pub items: Vec<RatedItem>,
    /// Kendall's W over all of them.
    pub concordance: Concordance,
    /// Kendall's W of each group of siblings.
    pub groups: Vec<GroupConcordance>,
    /// The share of the experts who were asked and answered.
    pub response_rate: Value,
    /// The experts who were not asked.
    pub not_asked: Vec<String>,
    /// The questions that experts who were asked left open.
    pub open: Vec<OpenQuestion>,
    /// The reasons that were given.
    pub reasons: Vec<GivenReason>,
    /// How far it moved since the round before; `None` for the first.
    pub movement: Option<Movement>,
    /// The boundaries of screening, where items are screened.
    pub screening: Option<Screening>,
    /// The stop rule.
    pub stop: Vec<StopVerdict>,
    /// Whether the criteria of agreement are all met.
    pub consensus: Option<bool>,
    /// Whether the criteria of stability are all met; `None` where none is given or it cannot be told.
    pub stable: Option<bool>,
    /// Whether the panel may stop.
    pub may_stop: Option<bool>,
}

/// How much the word of an expert counts.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExpertAuthority {
    /// The expert.
    pub expert: Arc<str>,
    /// The basis of judgement, where the parts are given.
    pub judgement: Option<Value>,
    /// The familiarity with the matter, where the parts are given.
    pub familiarity: Option<Value>,
    /// The authority coefficient.
    pub coefficient: Value,
}

/// A judged criterion.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct JudgedRow {
    /// Its id; `scorecard` for the whole.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// 0 for the whole.
    pub depth: usize,
    /// The membership in each grade, best first: the row B.
    pub membership: Vec<Value>,
    /// B divided by its sum.
    pub normalised: Vec<Value>,
    /// The weighted average of the grades' scores.
    pub score: Value,
    /// The grade of maximum membership.
    pub grade: Value,
    /// The grade whose band the score falls into, or else the grade nearest to the score.
    pub score_grade: Value,
    /// How clearly maximum membership decides: `(k beta - 1) / (2 gamma (k - 1))`.
    pub effectiveness: Value,
}

/// The verdict on the whole under one operator at all levels.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OperatorVerdict {
    /// The operator, as in a document.
    pub operator: &'static str,
    /// The membership in each grade, best first.
    pub membership: Vec<Value>,
    /// The score.
    pub score: Value,
    /// The grade of maximum membership.
    pub grade: Value,
}

/// How far the weight of a criterion may move, its siblings scaled, before the grade of the whole changes.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WeightMove {
    /// The criterion.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// 1 for perspectives.
    pub depth: usize,
    /// Its weight among its judged siblings.
    pub weight: Value,
    /// How much it may rise.
    pub up: Value,
    /// The grade that then draws level.
    pub up_grade: Value,
    /// How much it may fall.
    pub down: Value,
    /// The grade that then draws level.
    pub down_grade: Value,
}

/// The verdict on the whole without one expert.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WithoutExpert {
    /// The expert who is left out.
    pub expert: Arc<str>,
    /// The score.
    pub score: Value,
    /// The grade of maximum membership.
    pub grade: Value,
    /// Whether it is another grade; `None` where it cannot be told.
    pub changes: Option<bool>,
}

/// How sure the verdict of the panel is.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SensitivitySection {
    /// The verdict under each operator.
    pub operators: Vec<OperatorVerdict>,
    /// Whether they all give the grade of the assessment.
    pub operators_agree: Option<bool>,
    /// How far each weight may move; empty where the whole is not linear in its weights, or nothing has siblings.
    pub moves: Vec<WeightMove>,
    /// The smallest move of a weight that changes the grade, and of which criteria it is; `None` as for `moves`.
    pub smallest_move: Option<(Value, Value)>,
    /// The verdict without each expert; empty without ballots.
    pub without: Vec<WithoutExpert>,
    /// The experts without whom the grade is another one; `None` without ballots.
    pub deciding_experts: Option<Value>,
}

/// The fuzzy comprehensive evaluation.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AssessmentSection {
    /// The grades and their scores, best first.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::grades"))]
    pub grades: Vec<(String, Decimal)>,
    /// How many people voted.
    pub panel: Option<u32>,
    /// The operator as the literature writes it.
    pub operator: &'static str,
    /// The criteria under which another operator is used, and that operator.
    pub operators: Vec<(Arc<str>, &'static str)>,
    /// The whole first, then every judged criterion.
    pub criteria: Vec<JudgedRow>,
    /// The share of weight that was judged.
    pub coverage: Value,
    /// How sure the verdict is; `None` where it was not worked out.
    pub sensitivity: Option<SensitivitySection>,
}

/// A row of money over the years with its totals.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MoneyRow {
    /// The id of the row: `costs.licences`.
    pub id: Arc<str>,
    /// What readers see.
    pub name: Arc<str>,
    /// One value for each year from 0.
    pub years: Vec<Value>,
    /// The sum.
    pub nominal: Value,
    /// The sum of the discounted values.
    pub present_value: Value,
}

/// A category with its lines.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CategoryRow {
    /// Its totals.
    pub total: MoneyRow,
    /// Its share of the present value of all costs.
    pub share: Value,
    /// Its lines.
    pub lines: Vec<MoneyRow>,
}

/// What it costs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CostSection {
    /// All eight categories, empty ones included.
    pub categories: Vec<CategoryRow>,
    /// Everything.
    pub total: MoneyRow,
    /// Everything, without risk adjustment.
    pub unadjusted: MoneyRow,
    /// The lines that are contingency.
    pub contingency: MoneyRow,
    /// Everything but those.
    pub before_contingency: MoneyRow,
    /// Year 0.
    pub initial: Value,
    /// The years after it, nominal.
    pub ongoing: Value,
}

/// A benefit.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BenefitRow {
    /// Its money.
    pub money: MoneyRow,
    /// Its kind, as in a document.
    pub kind: &'static str,
    /// Whether it is counted; intangibles are not.
    pub is_counted: bool,
    /// The indicator that shows whether it comes true.
    pub proven_by: Option<String>,
}

/// What it brings.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BenefitSection {
    /// The benefits.
    pub lines: Vec<BenefitRow>,
    /// All that are counted.
    pub total: MoneyRow,
    /// All that are counted, without risk adjustment.
    pub unadjusted: MoneyRow,
}

/// The measures of one cash flow.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Measures {
    /// Net present value.
    pub npv: Value,
    /// (benefits - costs) / costs on present values.
    pub roi: Value,
    /// (benefits - costs) / costs on nominal values.
    pub roi_nominal: Value,
    /// The one rate at which the net present value is zero.
    pub irr: Value,
    /// Years until the cumulative net benefit is no longer negative; `None` where it cannot be told.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::payback"))]
    pub payback: Option<Payback>,
    /// The same on discounted values.
    #[cfg_attr(feature = "serde", serde(serialize_with = "json::payback"))]
    pub discounted_payback: Option<Payback>,
    /// Benefits / costs on present values.
    pub benefit_cost_ratio: Value,
}

/// What it returns.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CaseSection {
    /// Benefits minus costs, year by year.
    pub net: Vec<Value>,
    /// The running total of it.
    pub cumulative: Vec<Value>,
    /// The measures, with risk.
    pub measures: Measures,
    /// The measures with risk left out everywhere.
    pub unadjusted: Measures,
}

/// The headline figures under one scenario, or with the assumptions as stated.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ScenarioColumn {
    /// The scenario; `None` for the assumptions as stated.
    pub name: Option<String>,
    /// Present value of the costs.
    pub costs: Option<Value>,
    /// Nominal costs.
    pub costs_nominal: Option<Value>,
    /// Present value of the benefits.
    pub benefits: Option<Value>,
    /// The measures of return.
    pub case: Option<CaseSection>,
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
    /// The years from 0.
    pub years: Vec<Year>,
    /// The discount rate, where anything is discounted.
    pub discount_rate: Option<Value>,
    /// What is measured.
    pub scorecard: Option<ScorecardSection>,
    /// Who weighed it.
    pub delphi: Vec<DelphiRound>,
    /// The experts of the rounds.
    pub experts: Vec<String>,
    /// How much the word of each counts, where that is given.
    pub authority: Vec<ExpertAuthority>,
    /// Who judged it.
    pub assessment: Option<AssessmentSection>,
    /// What it costs.
    pub costs: Option<CostSection>,
    /// What it brings.
    pub benefits: Option<BenefitSection>,
    /// What it returns.
    pub case: Option<CaseSection>,
    /// The assumptions as stated and every scenario, side by side; empty without scenarios.
    pub scenarios: Vec<ScenarioColumn>,
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
