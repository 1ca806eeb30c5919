//! Phases: the same costs by what they are spent on over time, building, running and leaving a system.

use super::at_end::{self, Sign};
use super::costs::CostCells;
use super::{CostLine, Setting, define_sums};
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit, is_name};
use std::sync::Arc;

/// What can be wrong with the phase of a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PhaseError {
    /// A phase that figure names cannot hold.
    #[error("`{phase}` cannot be the name of a phase")]
    Name {
        /// The phase as written.
        phase: String,
    },
}

impl PhaseError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        let Self::Name { .. } = self;
        Some("write `build`, `run`, `exit`, or a word of letters, digits and `_`, as in `second_wave`".to_owned())
    }
}

/// The phases that most plans have: their ids and what readers see.
const KNOWN: [(&str, &str); 3] = [("build", "Build"), ("run", "Run"), ("exit", "Exit")];

/// The cells of one phase.
#[derive(Debug, Clone)]
pub(crate) struct PhaseCells {
    pub(crate) name: Arc<str>,
    pub(crate) year: CellId,
    pub(crate) nominal: CellId,
    pub(crate) present_value: CellId,
}

/// Defines `costs.phase.PHASE` where any line names its phase. Of the other lines year 0 is building and the rest is
/// running, so that the phases add up to all costs.
pub(super) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    lines: &[CostLine],
    costs: &CostCells,
) -> Vec<PhaseCells> {
    let mut is_sound = true;
    for line in lines {
        if let Some(phase) = line.phase.as_deref().filter(|phase| !is_name(phase)) {
            let at = setting.scope.id(&format!("costs.{}.{}.phase", line.category.key(), line.id));
            lowering.problem(&*at, PhaseError::Name { phase: phase.to_owned() });
            is_sound = false;
        }
    }
    if !is_sound || costs.lines.iter().all(|line| line.phase.is_none()) {
        return Vec::new();
    }
    let mut phases: Vec<Parts> = KNOWN.map(|(id, _)| Parts::of(id.into())).into();
    let mut add = |phase: &Arc<str>, row: Expression, ending: Option<CellId>| {
        if !phases.iter().any(|parts| parts.id == *phase) {
            phases.push(Parts::of(Arc::clone(phase)));
        }
        if let Some(parts) = phases.iter_mut().find(|parts| parts.id == *phase) {
            parts.rows.push(row);
            parts.endings.extend(ending.map(|row| (Sign::Plus, row)));
        }
    };
    let [(build, _), (run, _), _] = KNOWN.map(|(id, name)| (Arc::<str>::from(id), name));
    for line in &costs.lines {
        let row = Expression::cell(line.year);
        match &line.phase {
            Some(phase) => add(phase, row, Some(line.year)),
            None => {
                let initial = || {
                    let flow = [Expression::entry(line.year, 0), Expression::number(0)];
                    Expression::call(Function::Flow, flow)
                };
                add(&build, initial(), None);
                add(&run, row - initial(), Some(line.year));
            }
        }
    }
    let define = |Parts { id, rows, endings }: Parts| {
        let name =
            KNOWN.iter().find(|(known, _)| **known == *id).map_or_else(|| Arc::clone(&id), |(_, name)| (*name).into());
        let subject = setting.scope.subject(&name);
        let figures = setting.scope.id(&format!("costs.phase.{id}"));
        let naming = Naming::new(Id::of(Arc::clone(&figures), "year")).label(Arc::clone(&subject), "by year");
        let year = lowering.cells.formula(naming.unit(Unit::Money), Expression::sum_of(rows));
        let ending = lowering.at_end.sum(endings);
        at_end::define(lowering, year, ending);
        let (nominal, present_value) = define_sums(lowering, setting.discounting, &figures, &subject, year);
        PhaseCells { name, year, nominal, present_value }
    };
    phases.into_iter().filter(|parts| !parts.rows.is_empty()).map(define).collect()
}

/// What makes up a phase.
struct Parts {
    id: Arc<str>,
    rows: Vec<Expression>,
    /// Lines of which all that flows as the horizon ends is in it.
    endings: Vec<(Sign, CellId)>,
}

impl Parts {
    fn of(id: Arc<str>) -> Self {
        Self { id, rows: Vec::new(), endings: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Category, CostLine, Plan};
    use rust_decimal::{Decimal, dec};

    fn line(id: &str, phase: Option<&str>) -> CostLine {
        let phase = phase.map(str::to_owned);
        CostLine { initial: Some(100.into()), annual: Some(10.into()), phase, ..CostLine::new(Category::Other, id) }
    }

    fn draft(lines: Vec<CostLine>) -> Draft {
        let plan = Plan { costs: Some(lines), ..Plan::default() };
        Draft { discount_rate: Some(dec!(0.1).into()), plan, ..Draft::default() }
    }

    #[test]
    fn phases_add_up_to_all_costs() {
        let lines = vec![line("a", None), line("b", Some("exit")), line("c", Some("pilot")), line("d", Some("build"))];
        let figures = Figures::of(draft(lines));
        // of a line without a phase year 0 is built and the rest is run
        for (id, nominal) in [("build", 250), ("run", 50), ("exit", 150), ("pilot", 150)] {
            assert_eq!(figures.get(&format!("costs.phase.{id}.nominal")), Decimal::from(nominal), "{id}");
        }
        let values =
            ["build", "run", "exit", "pilot"].map(|id| figures.get(&format!("costs.phase.{id}.present_value")));
        assert_eq!(values.iter().sum::<Decimal>().round_dp(15), figures.get("costs.present_value").round_dp(15));
        assert_eq!(figures.get("costs.phase.run.year.0"), dec!(0));
        assert_eq!(figures.get("costs.phase.run.year.1"), dec!(10));
        let silent = Figures::of(draft(vec![line("a", None)]));
        assert_eq!(silent.0.base().figure("costs.phase.build.nominal"), None);
    }

    #[test]
    fn a_phase_is_one_word() {
        let told = problems(draft(vec![line("a", Some("second wave"))]));
        assert_eq!(told, ["costs.other.a.phase: `second wave` cannot be the name of a phase"]);
    }
}
