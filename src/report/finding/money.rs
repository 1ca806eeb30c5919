//! What to know before relying on costs, benefits and assumptions.

use super::Review;
use crate::assumption::Quality;
use crate::case::{BenefitKind, Category, Plan, PlanCells, Scope};
use crate::finding_code;
use crate::model::Cause;
use crate::report::words::fill;

impl Review<'_> {
    pub(super) fn money(&mut self) {
        let appraisal = self.outcome.appraisal();
        let draft = appraisal.draft();
        if draft.discount_rate.is_none() && draft.plans().any(|plan| !plan.is_empty()) {
            let message = self.words.findings.found_no_rate.to_owned();
            self.find(finding_code::CASE_NO_RATE, "discount_rate", message);
        }
        for (plan, cells) in draft.plans().zip(appraisal.parts().plans()) {
            self.empty_categories(plan, &cells.scope);
        }
        for (plan, cells) in draft.plans().zip(appraisal.parts().plans()) {
            self.benefits(plan, &cells.scope);
            self.benefit_lines(plan, cells);
            self.internal_rate(cells);
        }
    }

    fn empty_categories(&mut self, plan: &Plan, scope: &Scope) {
        let Some(lines) = &plan.costs else { return };
        let empty: Vec<&str> = Category::ALL
            .into_iter()
            .filter(|category| plan.no_costs_in.iter().all(|nothing| nothing.category != *category))
            .filter(|category| lines.iter().all(|line| line.category != *category))
            .map(|category| self.words.category(category))
            .collect();
        if !empty.is_empty() {
            let message = fill(self.words.findings.found_empty, &[&empty.join(self.words.list_separator)]);
            self.find(finding_code::COSTS_EMPTY, &*scope.id("costs"), scope.subject(&message).to_string());
        }
    }

    fn benefits(&mut self, plan: &Plan, scope: &Scope) {
        for benefit in plan.benefits.iter().flatten() {
            let at = scope.id(&format!("benefits.{}", benefit.id));
            let name = scope.subject(benefit.name.as_deref().unwrap_or(&benefit.id));
            match benefit.kind {
                BenefitKind::Revenue if benefit.margin.is_none() => {
                    let message = fill(self.words.findings.found_revenue, &[&name]);
                    self.find(finding_code::BENEFITS_REVENUE, &*at, message);
                }
                BenefitKind::Intangible => {
                    let message = fill(self.words.findings.found_intangible, &[&name]);
                    self.find(finding_code::BENEFITS_INTANGIBLE, &*at, message);
                }
                _ => {}
            }
        }
    }

    fn internal_rate(&mut self, cells: &PlanCells) {
        if let Some(case) = &cells.case
            && let Err(absent) = self.outcome.evaluation().scalar(case.measures.irr)
            && let Cause::Irr(_) = absent.cause
        {
            let message = fill(self.words.findings.found_no_irr, &[&self.words.cause(absent.cause)]);
            let message = cells.scope.subject(&message).to_string();
            self.find(finding_code::CASE_IRR, &*cells.scope.id("case.irr"), message);
            self.because([case.measures.irr, case.net]);
        }
    }

    pub(super) fn assumptions(&mut self) {
        let draft = self.outcome.appraisal().draft();
        for (assumption, cell) in draft.assumptions.iter().zip(&self.outcome.appraisal().parts().assumptions) {
            let (Some(range), Some(value)) = (assumption.range, assumption.value.as_constant()) else { continue };
            if value < range.low || value > range.high {
                let [value, low, high] = [value, range.low, range.high].map(|number| number.normalize().to_string());
                let message = fill(self.words.findings.found_out_of_range, &[&assumption.id, &value, &low, &high]);
                let at = format!("assumptions.{}", assumption.id);
                self.find(finding_code::ASSUMPTIONS_RANGE, at, message);
                self.because([*cell]);
            }
        }
        let guessed = self.outcome.appraisal().draft().assumptions.iter().filter(|a| a.quality == Some(Quality::Red));
        let guessed: Vec<String> = guessed.map(|assumption| assumption.id.clone()).collect();
        if !guessed.is_empty() {
            let message = fill(self.words.findings.found_guessed, &[&guessed.join(self.words.list_separator)]);
            self.find(finding_code::ASSUMPTIONS_RED, "assumptions", message);
        }
    }
}
