//! Scenarios: the same model, with other values of its assumptions.

use super::define::Parts;
use super::{AppraisalError, Draft};
use crate::amount::{Amount, Lowering, Names};
use crate::model::{Builder, CellId, Change, Model, Naming};
use crate::problem::Problem;
use std::collections::{HashMap, HashSet};

/// A named set of other values for assumptions; what it does not name stays as it is.
///
/// ```
/// use appraise::case::{Category, CostLine, Plan};
/// use appraise::{Amount, Appraisal, Assumption, Draft, Scenario};
///
/// let crm = CostLine {
///     initial: Some(Amount::formula("= seats * 960").unwrap()),
///     ..CostLine::new(Category::Licences, "crm")
/// };
/// let draft = Draft {
///     assumptions: vec![Assumption::new("seats", 120)],
///     plan: Plan { costs: Some(vec![crm]), ..Plan::default() },
///     scenarios: vec![Scenario { name: "growing".into(), overrides: vec![("seats".into(), 200.into())] }],
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// assert_eq!(appraisal.base().figure("costs.nominal"), Some(Ok(115_200.into())));
/// assert_eq!(appraisal.scenario("growing").unwrap().figure("costs.nominal"), Some(Ok(192_000.into())));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// The name.
    pub name: String,
    /// The assumptions that change, and their values.
    pub overrides: Vec<(String, Amount)>,
}

/// The model of a scenario.
#[derive(Debug, Clone)]
pub(super) struct ScenarioModel {
    pub(super) name: String,
    pub(super) model: Model,
}

/// How many scenarios may stand side by side: a hundred, fewer in a model so large that they would fill the memory or take
/// long. Up to ten years a cell counts as one, beyond them by the years of its row.
pub(super) fn most_scenarios(cells: usize, years: u32) -> usize {
    let years = usize::try_from(years).unwrap_or(usize::MAX).max(10);
    (20_000_000 / cells.saturating_mul(years).max(1)).clamp(1, 100)
}

/// What each scenario changes, as new contents of the cells of assumptions.
pub(super) fn changes_of(
    draft: &Draft,
    parts: &Parts,
    names: &Names,
    cells: &Builder,
    problems: &mut Vec<Problem>,
) -> Vec<(String, Vec<Change>)> {
    let mut changes: Vec<(String, Vec<Change>)> = Vec::new();
    let ids = draft.assumptions.iter().map(|assumption| assumption.id.as_str());
    let cell_of: HashMap<&str, CellId> = ids.zip(parts.assumptions.iter().copied()).collect();
    let mut scenario_names = HashSet::new();
    for Scenario { name, overrides } in &draft.scenarios {
        let at = format!("scenarios.{name}");
        if !scenario_names.insert(name) {
            problems.push(Problem::new(&*at, AppraisalError::Twice { name: name.clone() }));
            continue;
        }
        let mut change: Vec<Change> = Vec::new();
        let mut changed = HashSet::new();
        for (id, amount) in overrides {
            let at = format!("{at}.{id}");
            // lowered in a builder of its own, so that the cells of the model stay as they are
            let mut alone = cells.empty_copy();
            let years = draft.horizon.years;
            let mut lowering = Lowering::new((&mut alone, names), problems, (years, parts.calendar.as_ref()));
            let Some(cell) = cell_of.get(id.as_str()) else {
                let nearest = lowering.nearest(id, cell_of.keys().copied());
                let error = AppraisalError::UnknownOverride { scenario: name.clone(), name: id.clone(), nearest };
                lowering.problem(at, error);
                continue;
            };
            if !changed.insert(*cell) {
                lowering.problem(at, AppraisalError::Twice { name: id.clone() });
                continue;
            }
            let lowered = lowering.amount(Naming::new(&**id).source(at), amount);
            if let Some(lowered) = alone.cell(lowered) {
                let (shape, content) = (lowered.shape, lowered.content.clone());
                change.push(Change { cell: *cell, shape, content, source: lowered.source.clone() });
            }
        }
        changes.push((name.clone(), change));
    }
    changes
}
