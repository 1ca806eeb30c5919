//! The verdict of the panel in a report, and how sure it is.

use super::Value;
use rust_decimal::Decimal;
use std::sync::Arc;

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
    /// Whether the whole is linear in its weights: weighted averages on all levels, nothing normalised between them.
    pub is_linear: bool,
    /// How far each weight may move; empty where the whole is not linear in its weights, or nothing has siblings.
    pub moves: Vec<WeightMove>,
    /// The smallest move of a weight that changes the grade, and of which criteria it is; `None` as for `moves`.
    pub smallest_move: Option<(Value, Value)>,
    /// The verdict without each expert; empty without ballots.
    pub without: Vec<WithoutExpert>,
    /// The expert without whom nothing is judged, so that there is no grade to compare with.
    pub only_expert: Option<Arc<str>>,
    /// The experts without whom the grade is another one; `None` without ballots.
    pub deciding_experts: Option<Value>,
}

/// The fuzzy comprehensive evaluation.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AssessmentSection {
    /// The grades and their scores, best first.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::grades"))]
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
