//! The rows of the scorecard in a report, and what its weights rest on.

use super::{TrendSection, Value};
use crate::model::Unit;
use crate::panel::WeightMethod;
use std::sync::Arc;

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
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::unit"))]
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
    /// Where it stands on its scale from lowest to highest; not limited to 0..1.
    pub performance: Option<Value>,
    /// The word it is now, where words are scored.
    pub word: Option<Value>,
    /// The score by the way of scoring, limited, or the roll-up of the children.
    pub score: Value,
    /// The score on the scale of points, where there is one.
    pub points: Option<Value>,
    /// The band the score falls into.
    pub status: Value,
    /// Of a parent, how many indicators under it have each status, in the order of the statuses.
    pub status_counts: Vec<(Arc<str>, Value)>,
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
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::method"))]
    pub method: WeightMethod,
    /// Of a combination the subjective and the objective method.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::methods"))]
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
    /// `contrast`, `conflict`, `information`, `directions` (of scaled data, what is best in words), `subjective`, `objective`, `weights`.
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
    /// How it went and where it is heading, where it is followed over periods.
    pub trend: Option<TrendSection>,
}
