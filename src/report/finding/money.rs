//! What to know before relying on costs, benefits and assumptions.

use super::{Review, percent};
use crate::appraisal::is_discount_rate;
use crate::assumption::Quality;
use crate::case::{BenefitKind, Category, Plan, PlanCells, Scope};
use crate::finding_code;
use crate::model::{Cause, CellId};
use crate::report::words::fill;
use rust_decimal::Decimal;

impl Review<'_> {
    pub(super) fn money(&mut self) {
        let appraisal = self.outcome.appraisal();
        let draft = appraisal.draft();
        if draft.discount_rate.is_none() && draft.plans().any(|plan| !plan.is_empty()) {
            let message = self.words.found_no_rate.to_owned();
            self.find(finding_code::CASE_NO_RATE, "discount_rate", message);
        }
        let rate = appraisal.parts().discount_rate.and_then(|rate| self.number(rate));
        if let Some(rate) = rate.filter(|rate| !is_discount_rate(*rate)) {
            let message = fill(self.words.found_discount_rate, &[&percent(rate)]);
            self.find(finding_code::CASE_RATE, "discount_rate", message);
            self.because(appraisal.parts().discount_rate);
        }
        for (plan, cells) in draft.plans().zip(appraisal.parts().plans()) {
            self.empty_categories(plan, &cells.scope);
        }
        self.negative_amounts();
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
            let message = fill(self.words.found_empty, &[&empty.join(self.words.list_separator)]);
            self.find(finding_code::COSTS_EMPTY, &*scope.id("costs"), scope.subject(&message).to_string());
        }
    }

    fn benefits(&mut self, plan: &Plan, scope: &Scope) {
        for benefit in plan.benefits.iter().flatten() {
            let at = scope.id(&format!("benefits.{}", benefit.id));
            let name = scope.subject(benefit.name.as_deref().unwrap_or(&benefit.id));
            match benefit.kind {
                BenefitKind::Revenue if benefit.margin.is_none() => {
                    let message = fill(self.words.found_revenue, &[&name]);
                    self.find(finding_code::BENEFITS_REVENUE, &*at, message);
                }
                BenefitKind::Intangible => {
                    let message = fill(self.words.found_intangible, &[&name]);
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
            let message = fill(self.words.found_no_irr, &[&self.words.cause(absent.cause)]);
            let message = cells.scope.subject(&message).to_string();
            self.find(finding_code::CASE_IRR, &*cells.scope.id("case.irr"), message);
            self.because([case.measures.irr, case.net]);
        }
    }

    /// Lines that a formula or a scenario made negative: written as numbers they would have been refused.
    pub(super) fn negative_amounts(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let evaluation = self.outcome.evaluation();
        let lines = parts.plans().flat_map(|plan| {
            // a residual value is what comes back, and negative for that reason
            let costs = plan.costs.iter().flat_map(|costs| &costs.lines).filter(|line| !line.is_residual_value);
            let costs = costs.map(|line| (&line.name, line.unadjusted));
            let benefits = plan.benefits.iter().flat_map(|benefits| &benefits.lines);
            let lines = costs.chain(benefits.map(|line| (&line.name, line.year)));
            lines.map(|(name, row)| (plan.scope.subject(name), row))
        });
        let negative = lines.filter_map(|(name, row)| {
            let worst = evaluation.row(row).iter().filter_map(|element| element.ok()).min()?;
            let address = evaluation.model().source(row)?.to_string();
            (worst < Decimal::ZERO).then(|| (name.to_string(), worst, address, row))
        });
        let negative: Vec<_> = negative.collect();
        for (name, worst, address, row) in negative {
            let shown = worst.round_dp(2).normalize().to_string();
            let message = fill(self.words.found_negative, &[&name, &shown]);
            self.find(finding_code::AMOUNT_NEGATIVE, address, message);
            self.because([row]);
        }
    }

    /// Shares that a formula brought beyond 0 to 100 %: written as numbers they would have been refused.
    pub(super) fn shares(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let evaluation = self.outcome.evaluation();
        let beyond = |cell: CellId, least: Decimal| {
            let mut values = evaluation.row(cell).iter().filter_map(|element| element.ok());
            let value = values.find(|value| *value < least || *value > Decimal::ONE)?;
            Some((evaluation.model().source(cell)?.to_string(), value, cell))
        };
        let fractions = parts.plans().flat_map(|plan| {
            let costs = plan.costs.iter().flat_map(|costs| &costs.lines).map(|line| &line.fractions);
            costs.chain(plan.benefits.iter().flat_map(|benefits| &benefits.lines).map(|line| &line.fractions))
        });
        let fractions: Vec<_> = fractions.collect();
        let groups = parts.plans().flat_map(|plan| &plan.benefits).flat_map(|benefits| &benefits.group_shares);
        let shares = fractions.iter().flat_map(|fractions| &fractions.shares).chain(groups);
        let shares: Vec<_> = shares.filter_map(|cell| beyond(*cell, Decimal::ZERO)).collect();
        let surcharges = fractions.iter().flat_map(|fractions| &fractions.surcharges);
        let surcharges: Vec<_> = surcharges.filter_map(|cell| beyond(*cell, Decimal::MIN)).collect();
        for (address, value, cell) in shares {
            let message = fill(self.words.found_no_share, &[&address, &percent(value)]);
            self.find(finding_code::SHARE_RANGE, address, message);
            self.because([cell]);
        }
        for (address, value, cell) in surcharges {
            let message = fill(self.words.found_high_rate, &[&address, &percent(value)]);
            self.find(finding_code::COSTS_RATE, address, message);
            self.because([cell]);
        }
    }

    pub(super) fn assumptions(&mut self) {
        let draft = self.outcome.appraisal().draft();
        for (assumption, cell) in draft.assumptions.iter().zip(&self.outcome.appraisal().parts().assumptions) {
            let (Some(range), Some(value)) = (assumption.range, assumption.value.as_constant()) else { continue };
            if value < range.low || value > range.high {
                let [value, low, high] = [value, range.low, range.high].map(|number| number.normalize().to_string());
                let message = fill(self.words.found_out_of_range, &[&assumption.id, &value, &low, &high]);
                let at = format!("assumptions.{}", assumption.id);
                self.find(finding_code::ASSUMPTIONS_RANGE, at, message);
                self.because([*cell]);
            }
        }
        let guessed = self.outcome.appraisal().draft().assumptions.iter().filter(|a| a.quality == Some(Quality::Red));
        let guessed: Vec<String> = guessed.map(|assumption| assumption.id.clone()).collect();
        if !guessed.is_empty() {
            let message = fill(self.words.found_guessed, &[&guessed.join(self.words.list_separator)]);
            self.find(finding_code::ASSUMPTIONS_RED, "assumptions", message);
        }
    }
}
