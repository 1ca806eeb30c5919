//! A criterion: perspective, objective or indicator to the reader, a node of one tree to the panel.

use super::{Kpi, Measure};
use crate::model::{Unit, is_name};
use crate::problem::Problem;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// What can be wrong with a scorecard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScorecardError {
    /// An id that formulas and figure names cannot hold.
    #[error("`{id}` cannot be an id")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// An id that the names of figures need for themselves.
    #[error("`{id}` is reserved for a figure")]
    ReservedId {
        /// The id as written.
        id: String,
    },
    /// Two criteria, or a criterion and an assumption, of one id.
    #[error("`{id}` is the id of two things")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A group without children.
    #[error("`{id}` has nothing under it")]
    EmptyGroup {
        /// The group.
        id: String,
    },
    /// A group that is also measured.
    #[error("`{id}` has criteria under it, so it is not measured itself")]
    MeasuredGroup {
        /// The group.
        id: String,
    },
    /// A base equal to its target.
    #[error("the target of `{id}` is its base, so no progress can be told")]
    TargetIsBase {
        /// The indicator.
        id: String,
    },
    /// A band whose ends are swapped or equal.
    #[error("the band of `{id}` does not run from low to high")]
    BandOrder {
        /// The indicator.
        id: String,
    },
    /// A band without a base and without a tolerance.
    #[error("the band of `{id}` does not say how far outside it the score is 0")]
    BandWithoutTolerance {
        /// The indicator.
        id: String,
    },
    /// A base inside its band, or a tolerance that is not positive.
    #[error("the tolerance of `{id}` leaves no room outside its band")]
    BandTolerance {
        /// The indicator.
        id: String,
    },
    /// Status bands that do not rise from zero.
    #[error("status bands start at 0 and rise to at most 1")]
    StatusOrder,
    /// A tree deeper than anyone can read.
    #[error("criteria are nested more than {limit} levels deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
}

impl ScorecardError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { id } => {
                if matches!(id.as_str(), "and" | "or" | "not" | "if") {
                    return Some(format!("`{id}` is a word of formulas: write `{id}_1` or another word"));
                }
                let tidy: String = id.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
                let tidy = tidy.trim_matches('_');
                if is_name(tidy) {
                    format!("write `{tidy}`; a `name:` may hold any text")
                } else {
                    "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
                }
            }
            Self::ReservedId { id } => format!("write `{id}_1` or another word; a `name:` may hold any text"),
            Self::DuplicateId { .. } => {
                "criteria and assumptions meet in formulas, so each needs an id of its own".to_owned()
            }
            Self::EmptyGroup { .. } => "add `indicators:` with at least one indicator, or remove it".to_owned(),
            Self::MeasuredGroup { .. } => "move `base`, `target` and `actual` to the criteria under it".to_owned(),
            Self::TargetIsBase { .. } => "base is the value before, target the value agreed".to_owned(),
            Self::BandOrder { .. } => "write `band: [low, high]`".to_owned(),
            Self::BandWithoutTolerance { .. } => {
                "add `tolerance:` (the distance outside the band at which the score is 0) or a `base:` outside it"
                    .to_owned()
            }
            Self::BandTolerance { .. } => "write a positive `tolerance:`, or a `base:` outside the band".to_owned(),
            Self::StatusOrder => "write `status: {red: 0%, amber: 50%, green: 80%}`, lower ends only".to_owned(),
            Self::TooDeep { .. } => "three levels are usual: perspective, objective, indicator".to_owned(),
        })
    }
}

/// A criterion of any level.
///
/// With children it is a perspective or an objective; without, an indicator, measured or only judged by the panel.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Criterion {
    /// The id that formulas, ratings and votes use.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// A direct weight among its siblings.
    pub weight: Option<Decimal>,
    /// What it is made of.
    pub children: Vec<Criterion>,
    /// How it is measured, where it has no children.
    pub measure: Option<Measure>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where its values come from.
    pub source: Option<String>,
}

impl Criterion {
    /// A perspective or an objective.
    pub fn group(id: impl Into<String>, children: impl IntoIterator<Item = Criterion>) -> Self {
        Self { id: id.into(), children: children.into_iter().collect(), ..Self::default() }
    }

    /// A measured indicator.
    pub fn indicator(id: impl Into<String>, measure: Measure) -> Self {
        Self { id: id.into(), measure: Some(measure), ..Self::default() }
    }

    /// An indicator that the panel judges and nobody measures.
    pub fn judged(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// The name readers see.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// A direct weight among its siblings.
    #[must_use]
    pub fn weighing(mut self, weight: Decimal) -> Self {
        self.weight = Some(weight);
        self
    }
}

/// The id of the whole, as parent of the perspectives.
pub(crate) const ROOT: &str = "scorecard";

/// Ids that a criterion or an assumption may not have, because figures are named so.
pub(crate) const RESERVED: [&str; 32] = [
    ROOT,
    "year",
    "discount_rate",
    "score",
    "status",
    "coverage",
    "progress",
    "weight",
    "global_weight",
    "membership",
    "normalised",
    "grade",
    "kendall_w",
    "stop",
    "nominal",
    "present_value",
    "grades",
    "panel",
    "votes",
    "status_from",
    "status_below",
    "ranks",
    "weights",
    "weight_judged",
    "score_grade",
    "shares",
    "subjective",
    "objective",
    "authority",
    "objective_authority",
    "mean_ranks",
    "kpis",
];

/// Three to five levels are usual; the limit keeps every walk over the tree small.
const DEEPEST: usize = 32;

/// The criteria in document order, each knowing its parent and children. The whole is the first node.
pub(crate) struct Tree<'c> {
    pub(crate) nodes: Vec<Node<'c>>,
    by_id: HashMap<&'c str, usize>,
}

pub(crate) struct Node<'c> {
    pub(crate) id: Arc<str>,
    /// What its figures are called: `scorecard.retention_rate`, of the whole `scorecard`.
    pub(crate) figures: Arc<str>,
    pub(crate) name: Arc<str>,
    /// The unit of what is measured.
    pub(crate) unit: Unit,
    /// The definition that its actual value follows from.
    pub(crate) kpi: Option<&'c Kpi>,
    /// `None` for the whole.
    pub(crate) criterion: Option<&'c Criterion>,
    pub(crate) parent: Option<usize>,
    pub(crate) depth: usize,
    pub(crate) children: Vec<usize>,
}

impl<'c> Tree<'c> {
    pub(crate) fn new(perspectives: &'c [Criterion], whole: &str, problems: &mut Vec<Problem>) -> Self {
        let root = Node {
            id: ROOT.into(),
            figures: ROOT.into(),
            name: whole.into(),
            unit: Unit::Number,
            kpi: None,
            criterion: None,
            parent: None,
            depth: 0,
            children: Vec::new(),
        };
        let mut tree = Self { nodes: vec![root], by_id: HashMap::new() };
        if perspectives.is_empty() {
            problems.push(Problem::new(ROOT, ScorecardError::EmptyGroup { id: ROOT.into() }));
        }
        let mut waiting: Vec<(usize, &'c Criterion)> = perspectives.iter().rev().map(|child| (0, child)).collect();
        while let Some((parent, criterion)) = waiting.pop() {
            let index = tree.nodes.len();
            let depth = tree.nodes.get(parent).map_or(0, |parent| parent.depth) + 1;
            let at = format!("{ROOT}.{}", criterion.id);
            check_id(&criterion.id, &at, problems);
            if tree.by_id.insert(&criterion.id, index).is_some() {
                problems.push(Problem::new(&*at, ScorecardError::DuplicateId { id: criterion.id.clone() }));
                continue;
            }
            if criterion.measure.is_some() && !criterion.children.is_empty() {
                problems.push(Problem::new(&*at, ScorecardError::MeasuredGroup { id: criterion.id.clone() }));
            }
            if depth > DEEPEST {
                problems.push(Problem::new(at, ScorecardError::TooDeep { limit: DEEPEST }));
                continue;
            }
            let id: Arc<str> = criterion.id.as_str().into();
            tree.nodes.push(Node {
                name: criterion.name.as_deref().map_or_else(|| Arc::clone(&id), Arc::from),
                id,
                figures: at.into(),
                unit: criterion.measure.as_ref().map_or(Unit::Number, Measure::cell_unit),
                kpi: None,
                criterion: Some(criterion),
                parent: Some(parent),
                depth,
                children: Vec::new(),
            });
            if let Some(parent) = tree.nodes.get_mut(parent) {
                parent.children.push(index);
            }
            waiting.extend(criterion.children.iter().rev().map(|child| (index, child)));
        }
        tree
    }

    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied().filter(|index| *index < self.nodes.len())
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &'c str> + '_ {
        self.nodes.iter().filter_map(|node| node.criterion.map(|criterion| criterion.id.as_str()))
    }

    /// The node, which exists for every index that this tree gave out.
    pub(crate) fn node(&self, index: usize) -> Option<&Node<'c>> {
        self.nodes.get(index)
    }
}

/// Reports an id that cannot be used in formulas and figure names.
pub(crate) fn check_id(id: &str, at: &str, problems: &mut Vec<Problem>) {
    if !is_name(id) {
        problems.push(Problem::new(at, ScorecardError::InvalidId { id: id.to_owned() }));
    } else if RESERVED.contains(&id) {
        problems.push(Problem::new(at, ScorecardError::ReservedId { id: id.to_owned() }));
    }
}
