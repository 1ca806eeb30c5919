//! Tables beside a document: what is wrong with their values is shown in them, and figures are explained by their lines.

use super::flaw::{At, Flaw};
use super::{Diagnostics, Limits};
use crate::appraisal::Draft;
use crate::csv::{Given, Table};
use crate::problem::{Fault, Problem};
use crate::scorecard::KpiError;

/// The tables of a document, and where their values stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    tables: Vec<Table>,
    given: Given,
    /// What is wrong with each.
    flaws: Vec<Vec<Flaw>>,
}

impl Tables {
    pub(super) fn new(tables: Vec<Table>) -> Self {
        Self { tables, ..Self::default() }
    }

    /// The same tables, to be read once more.
    pub(super) fn unread(&self) -> Self {
        Self::new(self.tables.clone())
    }

    /// Puts all values into a draft.
    pub(super) fn put_into(&mut self, draft: &mut Draft, limits: &Limits) {
        for (number, table) in self.tables.iter().enumerate() {
            self.flaws.push(self.given.put(number, table, draft, limits));
        }
    }

    pub(super) fn are_sound(&self) -> bool {
        self.flaws.iter().all(Vec::is_empty)
    }

    /// Takes a problem of a value that a table gave; hands back any other.
    pub(super) fn take(&mut self, problem: Problem) -> Option<Problem> {
        // an input all of whose values could not be read
        let follows = !self.are_sound() && matches!(problem.fault, Fault::Kpi(KpiError::MissingInputs { .. }));
        if follows {
            return None;
        }
        let Some((table, place, width)) = self.given.place(&problem.at) else { return Some(problem) };
        let mut flaw = Flaw::new("csv.value", At::Text(place, width), problem.fault.to_string());
        flaw.help = problem.help();
        self.flaws.get_mut(table)?.push(flaw);
        None
    }

    /// All that is wrong, table by table, after what is wrong with the document.
    pub(super) fn refusals(self, document: Diagnostics, limits: &Limits) -> Diagnostics {
        let tables = self.tables.iter().zip(self.flaws).filter(|(_, flaws)| !flaws.is_empty());
        let refusals = tables.map(|(table, flaws)| Diagnostics::new(&table.file, &table.text, limits, flaws));
        refusals.fold(document, Diagnostics::and)
    }

    /// Where a value stands, as readers see it.
    pub(super) fn shown(&self, address: &str) -> Option<String> {
        let (table, first, last) = self.given.lines(address)?;
        let file = &self.tables.get(table)?.file;
        Some(if first == last { format!("{file}:{first}") } else { format!("{file}:{first}-{last}") })
    }
}
