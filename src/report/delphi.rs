//! The rounds of the experts in a report.

use super::Value;
use std::sync::Arc;

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
