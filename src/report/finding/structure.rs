//! What to know about the framework, the links and the initiatives of a scorecard.

use super::{Review, percent, short};
use crate::appraisal::Language;
use crate::finding_code;
use crate::report::rounding;
use crate::report::words::fill;
use crate::scorecard::{BusinessUnit, FromUnits, InitiativeStatus, ROOT};
use rust_decimal::Decimal;
use std::collections::HashSet;

/// A p-value below this is taken for more than chance.
const SIGNIFICANT: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

impl Review<'_> {
    pub(super) fn structure(&mut self) {
        self.framework();
        self.links();
        self.initiatives();
        self.units();
    }

    /// What adds up over units has a target that no single one can be measured against.
    fn units(&mut self) {
        let appraisal = self.outcome.appraisal();
        let Some(card) = &appraisal.draft().scorecard else { return };
        let parts = appraisal.parts();
        let summed = parts.criteria.iter().zip(&parts.units.ways).filter(|(_, way)| **way == Some(FromUnits::Sum));
        for (listed, _) in summed {
            let inherits = |unit: &&BusinessUnit| {
                let said = unit.indicators.iter().find(|(id, _)| **id == *listed.id);
                said.is_some_and(|(_, measure)| measure.has_actual() && measure.aim.is_none())
            };
            let units: Vec<&str> = card.units.iter().filter(inherits).map(|unit| unit.id.as_str()).collect();
            let Some(first) = units.first().filter(|_| card.units.len() > 1) else { continue };
            let location = format!("units.{first}.{}", listed.id);
            let message = fill(
                self.words.findings.found_inherited_target,
                &[&units.join(self.words.list_separator), &listed.name],
            );
            self.find(finding_code::UNITS_INHERITED_TARGET, location, message);
        }
    }

    fn framework(&mut self) {
        let appraisal = self.outcome.appraisal();
        let Some(card) = &appraisal.draft().scorecard else { return };
        let departure = &appraisal.parts().structure.departure;
        let framework = self.words.framework_name(card.framework);
        if !departure.missing.is_empty() {
            let is_chinese = appraisal.draft().language == Language::Chinese;
            let name = |part: &&crate::scorecard::FrameworkPart| {
                fill(self.words.in_currency, &[if is_chinese { part.chinese } else { part.english }, part.id])
            };
            let missing: Vec<String> = departure.missing.iter().map(name).collect();
            let message =
                fill(self.words.findings.found_part_missing, &[framework, &missing.join(self.words.list_separator)]);
            self.find(finding_code::FRAMEWORK_MISSING, ROOT, message);
        }
        if !departure.sideless.is_empty() {
            let message =
                fill(self.words.findings.found_sideless, &[&departure.sideless.join(self.words.list_separator)]);
            self.find(finding_code::FRAMEWORK_NO_SIDE, ROOT, message);
        }
        for (id, name) in &departure.foreign {
            let message = fill(self.words.findings.found_part_foreign, &[name, framework]);
            self.find(finding_code::FRAMEWORK_FOREIGN, format!("{ROOT}.{id}"), message);
        }
    }

    /// Links from what the framework says is the effect to what it says is the cause.
    fn links(&mut self) {
        let appraisal = self.outcome.appraisal();
        let Some(card) = &appraisal.draft().scorecard else { return };
        let parts = appraisal.parts();
        let order = |index: usize| parts.structure.orders.get(index).copied().flatten();
        for (number, link) in parts.structure.links.iter().enumerate() {
            let (Some(from), Some(to)) = (parts.criteria.get(link.from), parts.criteria.get(link.to)) else { continue };
            if order(link.from) > order(link.to) && order(link.to).is_some() {
                let framework = self.words.framework_name(card.framework);
                let message = fill(self.words.findings.found_against, &[&from.name, &to.name, framework]);
                self.find(finding_code::LINKS_AGAINST, format!("{ROOT}.links.{number}"), message);
            }
            let Some(cells) = link.correlation else { continue };
            let (r, p) = (self.number(cells.r), self.number(cells.p));
            let (Some(r), Some(p), Some(pairs)) = (r, p, self.number(cells.pairs)) else { continue };
            if r < Decimal::ZERO && p < SIGNIFICANT {
                let parts = [
                    from.name.to_string(),
                    to.name.to_string(),
                    short(pairs, 0),
                    short(r, 2),
                    rounding::probability(p),
                ];
                let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
                let message = fill(self.words.findings.found_contradicted, &parts);
                self.find(finding_code::LINKS_CONTRADICTED, format!("{ROOT}.links.{number}"), message);
            }
        }
    }

    fn initiatives(&mut self) {
        let appraisal = self.outcome.appraisal();
        let Some(card) = &appraisal.draft().scorecard else { return };
        let parts = appraisal.parts();
        let Some(cells) = &parts.structure.initiatives else { return };
        let at = |id: &str| format!("{ROOT}.initiatives.{id}");
        for (stated, cells) in card.initiatives.iter().zip(&cells.initiatives) {
            if stated.moves.is_empty() {
                let message = fill(self.words.findings.found_moves_nothing, &[&cells.name]);
                self.find(finding_code::INITIATIVES_NOTHING, at(&stated.id), message);
            }
            if let Some(used) = self.number(cells.money.used).filter(|used| *used > Decimal::ONE) {
                let message = fill(self.words.findings.found_over_budget, &[&cells.name, &percent(used)]);
                self.find(finding_code::INITIATIVES_BUDGET, at(&stated.id), message);
            }
            if self.number(cells.late).is_some_and(|late| !late.is_zero()) {
                let due = stated.due.map(|due| due.to_string()).unwrap_or_default();
                let message = fill(self.words.findings.found_late, &[&cells.name, &due]);
                self.find(finding_code::INITIATIVES_LATE, at(&stated.id), message);
            }
            if stated.owner.is_none() {
                let message = fill(self.words.findings.found_initiative_no_owner, &[&cells.name]);
                self.find(finding_code::INITIATIVES_OWNER, at(&stated.id), message);
            }
            // check: what was to be moved, and was not
            let short = cells.moves.iter().filter_map(|moved| {
                let score = self.number(parts.scorecard.get(moved.criterion)?.score)?;
                (score < Decimal::ONE).then(|| parts.criteria.get(moved.criterion).map(|listed| &*listed.name))?
            });
            let short: Vec<&str> = short.collect();
            if stated.status != Some(InitiativeStatus::Stopped) && !stated.is_open() && !short.is_empty() {
                let short = short.join(self.words.list_separator);
                let message = fill(self.words.findings.found_done_but_short, &[&cells.name, &short]);
                self.find(finding_code::INITIATIVES_NO_EFFECT, at(&stated.id), message);
            }
        }
        let moved = card.initiatives.iter().zip(&cells.initiatives).filter(|(stated, _)| stated.is_open());
        let moved: HashSet<usize> =
            moved.flat_map(|(_, cells)| &cells.moves).flat_map(|moved| self.with_all_under(moved.criterion)).collect();
        let short = parts.criteria.iter().zip(&parts.scorecard).enumerate().filter(|(index, (listed, cells))| {
            let is_short = self.number(cells.score).is_some_and(|score| score < Decimal::ONE);
            is_short && !listed.has_children && !moved.contains(index)
        });
        let short: Vec<&str> = short.map(|(_, (listed, _))| &*listed.name).collect();
        if !short.is_empty() {
            let message = fill(self.words.findings.found_unmoved, &[&short.join(self.words.list_separator)]);
            self.find(finding_code::INITIATIVES_NONE, format!("{ROOT}.initiatives"), message);
        }
    }

    /// A criterion and all that stands under it: whoever moves an objective moves its indicators.
    fn with_all_under(&self, criterion: usize) -> Vec<usize> {
        let criteria = &self.outcome.appraisal().parts().criteria;
        let depth = criteria.get(criterion).map_or(0, |listed| listed.depth);
        let under = criteria.iter().enumerate().skip(criterion + 1).take_while(|(_, listed)| listed.depth > depth);
        [criterion].into_iter().chain(under.map(|(index, _)| index)).collect()
    }
}
