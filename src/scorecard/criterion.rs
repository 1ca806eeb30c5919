//! A criterion: perspective, objective or indicator to the reader, a node of one tree to the panel.

use super::framework::Place;
use super::{Facets, FromUnits, Kpi, Measure, Preset, RollUp, ScorecardError, Side, Theme};
use crate::model::{Unit, is_name};
use crate::problem::Problem;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

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
    /// How the scores of its children become its own, where that differs from the rest of the scorecard.
    pub roll_up: Option<RollUp>,
    /// How it is measured, where it has no children.
    pub measure: Option<Measure>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where its values come from.
    pub source: Option<String>,
    /// What kind of indicators it is or has under it, for the design review.
    pub facets: Facets,
    /// Whether it is called an objective, and so should have indicators under it.
    pub is_objective: bool,
    /// Which way it looks, with all that is under it; otherwise as the framework or its parent says.
    pub side: Option<Side>,
    /// The financial theme it belongs to.
    pub theme: Option<Theme>,
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
pub(crate) const RESERVED: &[&str] = &[
    "kpis",
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
    "by_period",
    "period",
    "periods",
    "period_numbers",
    "same_period_a_year_before",
    "period_a_year_before",
    "previous_period",
    "fiscal_year",
    "fiscal_years",
    "year_to_date",
    "year_to_date_lacks",
    "left_out",
    "points",
    "points_at_full_score",
    "previous_score",
    "score_change",
    "score_year_before",
    "score_change_on_year",
    "carry_forward",
    "aggregation",
    "no_band",
    "not_given",
    "status_number",
    "status_counts",
    "leading",
    "lagging",
    "process_indicators",
    "effect_indicators",
    "indicators",
    "review",
    "sides",
    "links",
    "effects",
    "initiatives",
    "as_of",
    "units",
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
    /// What its figures over the periods are called: `scorecard.retention_rate.by_period`.
    pub(crate) by_period: Arc<str>,
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
    /// Where it stands in the framework.
    pub(crate) place: Place,
    /// What it weighs by the stage of the business, where nobody weighed it.
    pub(crate) preset: Option<Preset>,
    /// How it comes from the business units.
    pub(crate) from_units: Option<FromUnits>,
}

impl Node<'_> {
    /// Whether its actual value is made of those of the business units.
    pub(crate) fn is_aggregated(&self) -> bool {
        self.from_units.is_some_and(|way| way != FromUnits::Scores)
    }

    /// Whether its KPI reads a list that belongs to one period.
    pub(crate) fn has_list_of_one_period(&self) -> bool {
        self.kpi.is_some_and(Kpi::has_list_of_one_period)
    }
}

impl<'c> Tree<'c> {
    pub(crate) fn new(perspectives: &'c [Criterion], whole: &str, problems: &mut Vec<Problem>) -> Self {
        let root = Node {
            id: ROOT.into(),
            figures: ROOT.into(),
            by_period: format!("{ROOT}.by_period").into(),
            name: whole.into(),
            unit: Unit::Number,
            kpi: None,
            criterion: None,
            parent: None,
            depth: 0,
            children: Vec::new(),
            place: Place::default(),
            preset: None,
            from_units: None,
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
                by_period: format!("{at}.by_period").into(),
                figures: at.into(),
                unit: criterion.measure.as_ref().map_or(Unit::Number, Measure::cell_unit),
                kpi: None,
                criterion: Some(criterion),
                parent: Some(parent),
                depth,
                children: Vec::new(),
                place: Place::default(),
                preset: None,
                from_units: None,
            });
            if let Some(parent) = tree.nodes.get_mut(parent) {
                parent.children.push(index);
            }
            waiting.extend(criterion.children.iter().rev().map(|child| (index, child)));
        }
        tree
    }

    /// The same tree for a business unit, whose figures begin with `figures`; `stated` are its criteria in the order of the
    /// nodes.
    pub(crate) fn of_unit<'u>(&self, figures: &str, name: &str, stated: &'u [Option<Criterion>]) -> Tree<'u>
    where
        'c: 'u,
    {
        let nodes = self.nodes.iter().zip(stated).map(|(node, stated)| {
            let is_whole = node.criterion.is_none();
            let figures = if is_whole { figures.to_owned() } else { format!("{figures}.{}", node.id) };
            let measure = stated.as_ref().and_then(|stated| stated.measure.as_ref());
            Node {
                id: Arc::clone(&node.id),
                by_period: format!("{figures}.by_period").into(),
                figures: figures.into(),
                name: if is_whole { name.into() } else { format!("{name}: {}", node.name).into() },
                unit: measure.filter(|measure| measure.unit.is_some()).map_or(node.unit.clone(), Measure::cell_unit),
                kpi: node.kpi,
                criterion: stated.as_ref(),
                parent: node.parent,
                depth: node.depth,
                children: node.children.clone(),
                place: Place::default(),
                preset: None,
                from_units: None,
            }
        });
        Tree { nodes: nodes.collect(), by_id: HashMap::new() }
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
