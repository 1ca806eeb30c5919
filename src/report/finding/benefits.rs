//! What to know before relying on benefits: hours that are no money, and plans that did not come true.

use super::{Review, percent};
use crate::case::{BenefitLineCells, Plan, PlanCells};
use crate::finding_code;
use crate::report::words::fill;
use rust_decimal::Decimal;

impl Review<'_> {
    /// What is known of the benefits of a plan besides their kinds.
    pub(super) fn benefit_lines(&mut self, plan: &Plan, cells: &PlanCells) {
        let lines = cells.benefits.iter().flat_map(|benefits| &benefits.lines);
        for (benefit, line) in plan.benefits.iter().flatten().zip(lines) {
            let at = &*line.figures;
            let name = cells.scope.subject(&line.name);
            if let Some(capacity) = &benefit.capacity {
                if capacity.conversion.is_none() {
                    let message = fill(self.words.findings.found_all_hours, &[&name]);
                    self.find(finding_code::BENEFITS_ALL_HOURS, at, message);
                    self.because(line.capacity.map(|cells| cells.hours));
                }
                if benefit.cashable.is_none() {
                    let message = fill(self.words.findings.found_hours_as_cash, &[&name]);
                    self.find(finding_code::BENEFITS_HOURS_AS_CASH, at, message);
                }
            }
            self.shortfall(line, &name);
        }
    }

    /// Years in which less came of a benefit than was planned, by more than its limit.
    fn shortfall(&mut self, line: &BenefitLineCells, name: &str) {
        let Some(followed) = &line.followed else { return };
        let evaluation = self.outcome.evaluation();
        let Some(limit) = self.number(followed.limit) else { return };
        let short = |element: &crate::model::Element| element.ok().filter(|share| *share > limit);
        // nothing is followed where the years are none of the calendar
        let first = self.outcome.appraisal().draft().horizon.first_year.unwrap_or_default();
        let shares = (first..).zip(evaluation.row(followed.shortfall));
        let years: Vec<(String, Decimal)> =
            shares.filter_map(|(year, element)| Some((year.to_string(), short(element)?))).collect();
        let Some((_, worst)) = years.iter().max_by_key(|(_, share)| *share) else { return };
        let named: Vec<&str> = years.iter().map(|(year, _)| year.as_str()).collect();
        let named = named.join(self.words.list_separator);
        let message = fill(self.words.findings.found_shortfall, &[name, &percent(*worst), &named, &percent(limit)]);
        let at = format!("{}.follows", line.figures);
        self.find(finding_code::BENEFITS_SHORTFALL, at, message);
        self.because([followed.limit, followed.progress, followed.shortfall]);
    }
}
