//! Weights from comparisons in pairs: the analytic hierarchy process for the children of one criterion.

mod judged;
mod lower;
mod matrices;

pub(super) use lower::define;
pub(crate) use matrices::MatrixCells;

use super::Judgement;
use crate::kernel::ahp::{PriorityMethod, RandomIndex};
use crate::model::CellId;
use rust_decimal::Decimal;
use std::sync::Arc;

/// What can be wrong with comparisons in pairs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AhpError {
    /// More items than there are random indices for.
    #[error("{items} criteria are too many to compare in pairs: 15 is the most")]
    TooMany {
        /// How many there are.
        items: usize,
    },
    /// A pair that is judged from both sides, which do not agree.
    #[error("`{item}` over `{over}` is {judgement} here and {before} by the judgement the other way round")]
    NotReciprocal {
        /// The first of the pair.
        item: String,
        /// The second.
        over: String,
        /// The judgement here.
        judgement: String,
        /// What the other one implies.
        before: String,
    },
    /// A criterion that matters more or less than itself.
    #[error("`{item}` is compared with itself")]
    OnItself {
        /// The criterion.
        item: String,
    },
    /// An expert who compares nothing.
    #[error("`{expert}` judges no pair")]
    NoJudgement {
        /// The expert.
        expert: String,
    },
    /// Judgements that say nothing about how two parts of the group compare.
    #[error("no chain of judgements connects {} with {}", names(.one), names(.other))]
    Unconnected {
        /// One part.
        one: Vec<String>,
        /// The other.
        other: Vec<String>,
    },
    /// A row of a matrix that is too short or too long.
    #[error("the row of `{item}` has {found} entries where the matrix has {expected} rows")]
    RowLength {
        /// The criterion.
        item: String,
        /// How many entries it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A limit that is no consistency ratio.
    #[error("a limit of {} is not above 0 and at most 100 %", crate::amount::percent(.limit))]
    Limit {
        /// The limit as written, as a fraction.
        limit: Decimal,
    },
}

fn names(ids: &[String]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

impl AhpError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::TooMany { .. } => "put some of them into a group of their own, or rank them".to_owned(),
            Self::NotReciprocal { .. } => "keep one of the two: the other follows".to_owned(),
            Self::NoJudgement { expert } => {
                format!("write `{expert}: {{customer: {{financial: 3}}}}` with their judgements, or remove the line")
            }
            Self::OnItself { .. } => "remove it, or write 1".to_owned(),
            Self::Unconnected { one, other } => match (one.first(), other.first()) {
                (Some(one), Some(other)) => format!("compare `{one}` with `{other}`, or any other two of them"),
                _ => "compare any two of them".to_owned(),
            },
            Self::RowLength { .. } => {
                "write one entry for each row, in the order of the rows, and `~` for what nobody judged".to_owned()
            }
            Self::Limit { .. } => "write `cr_max: 10%`".to_owned(),
        })
    }
}

/// Comparisons in pairs and how weights are drawn from them.
///
/// **Formula**: the priorities of the matrix of judgements by `method`; a pair that nobody judged is estimated by
/// logarithmic least squares. `CI = (lambda_max - n) / (n - 1)` and `CR = CI / RI`, 0 for one and two criteria.
///
/// **Source**: Saaty (1980), *The Analytic Hierarchy Process*; see [`kernel::ahp`](crate::kernel::ahp).
///
/// ```
/// use appraise::panel::{Ahp, JudgementSet, SiblingWeights, Weighing};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let judged = [("a", "b", "2"), ("a", "c", "6"), ("c", "b", "1/3")];
/// let judged = judged.map(|(item, over, text)| (item, over, text.parse().unwrap()));
/// let ahp = Ahp::new([JudgementSet::common(judged)]);
/// let draft = Draft {
///     scorecard: Some(Scorecard::new(["a", "b", "c"].map(Criterion::judged))),
///     weighing: vec![SiblingWeights::new("scorecard", Weighing::Ahp(ahp))],
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("scorecard.a.weight"), Some(Ok(dec!(0.6))));
/// assert_eq!(outcome.figure("ahp.scorecard.consistency_ratio"), Some(Ok(dec!(0))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Ahp {
    /// How priorities are drawn from a matrix.
    pub method: PriorityMethod,
    /// How several experts are brought together.
    pub aggregation: Aggregation,
    /// The table that consistency is measured against.
    pub random_index: RandomIndex,
    /// The consistency ratio above which a report warns, as a fraction.
    pub cr_max: Decimal,
    /// One set of judgements, or one of each expert.
    pub judgements: Vec<JudgementSet>,
}

impl Ahp {
    /// Judgements read by the principal eigenvector; a consistency ratio of 10 % is accepted.
    pub fn new(judgements: impl IntoIterator<Item = JudgementSet>) -> Self {
        Self {
            method: PriorityMethod::default(),
            aggregation: Aggregation::default(),
            random_index: RandomIndex::default(),
            cr_max: Decimal::new(1, 1),
            judgements: judgements.into_iter().collect(),
        }
    }
}

/// How the comparisons of several experts become those of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aggregation {
    /// The weighted geometric mean of their judgements (AIJ).
    #[default]
    Judgements,
    /// The weighted mean of their priorities (AIP).
    Priorities,
}

impl Aggregation {
    /// Every way and its name in a document.
    pub const ALL: [(&'static str, Self); 2] = [("judgements", Self::Judgements), ("priorities", Self::Priorities)];
}

/// The comparisons that somebody made.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgementSet {
    /// Who; `None` for judgements that all agreed on.
    pub expert: Option<String>,
    /// The judgements.
    pub judgements: Judgements,
}

impl JudgementSet {
    /// Judgements that all agreed on: criterion, criterion, how many times the first matters as much as the second.
    pub fn common<T: Into<String>>(judged: impl IntoIterator<Item = (T, T, Judgement)>) -> Self {
        Self { expert: None, judgements: Judgements::of(judged) }
    }

    /// The key of an `ahp` under which it is written.
    fn key(&self) -> &'static str {
        match &self.judgements {
            Judgements::Pairs(_) => "judgements",
            Judgements::Matrix(_) if self.expert.is_some() => "matrices",
            Judgements::Matrix(_) => "matrix",
        }
    }

    /// Where it is written in an `ahp` of that address.
    fn address(&self, at: &str) -> String {
        let dot = self.expert.as_deref().map(|expert| format!(".{expert}")).unwrap_or_default();
        format!("{at}.{}{dot}", self.key())
    }

    /// The judgements of one expert.
    pub fn by<T: Into<String>>(expert: impl Into<String>, judged: impl IntoIterator<Item = (T, T, Judgement)>) -> Self {
        Self { expert: Some(expert.into()), judgements: Judgements::of(judged) }
    }
}

/// Comparisons as they are written.
#[derive(Debug, Clone, PartialEq)]
pub enum Judgements {
    /// Pair by pair, each from either side.
    Pairs(Vec<Comparison>),
    /// As a matrix: criteria and their rows, columns in the order of the rows; `None` is a pair that nobody judged.
    Matrix(Vec<(String, Vec<Option<Judgement>>)>),
}

impl Judgements {
    /// Whether no pair is judged: the diagonal of a matrix says nothing.
    fn is_empty(&self) -> bool {
        match self {
            Self::Pairs(pairs) => pairs.is_empty(),
            Self::Matrix(rows) => rows.iter().enumerate().all(|(place, (_, row))| {
                row.iter().enumerate().all(|(number, entry)| number == place || entry.is_none())
            }),
        }
    }

    fn of<T: Into<String>>(judged: impl IntoIterator<Item = (T, T, Judgement)>) -> Self {
        let comparison =
            |(item, over, judgement): (T, T, Judgement)| Comparison { item: item.into(), over: over.into(), judgement };
        Self::Pairs(judged.into_iter().map(comparison).collect())
    }
}

/// How many times one criterion matters as much as another.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The one.
    pub item: String,
    /// The other.
    pub over: String,
    /// How many times.
    pub judgement: Judgement,
}

/// The comparisons of a group.
#[derive(Debug, Clone)]
pub(crate) struct AhpCells {
    /// The matrix of the group; `None` where priorities are brought together.
    pub(crate) group: Option<MatrixCells>,
    pub(crate) priorities: CellId,
    pub(crate) experts: Vec<(Arc<str>, MatrixCells)>,
    pub(crate) cr_max: Decimal,
    /// How many pairs there are.
    pub(crate) pairs: usize,
}
