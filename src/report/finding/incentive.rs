//! What to know before paying for scores.

use super::{Review, percent};
use crate::finding_code;
use crate::report::rounding;
use crate::report::words::fill;
use crate::scorecard::Criterion;
use rust_decimal::Decimal;

impl Review<'_> {
    pub(super) fn incentive(&mut self) {
        let Some(cells) = &self.outcome.appraisal().parts().incentive else { return };
        let evaluation = self.outcome.evaluation();
        let out_of_reach = evaluation.row(cells.curve.from).last().and_then(|from| from.ok());
        let card = self.outcome.appraisal().draft().scorecard.as_ref();
        let highest = card.map_or(Decimal::ONE, |card| highest_score(&card.perspectives));
        if let Some(from) = out_of_reach.filter(|from| *from > highest) {
            let message = fill(self.words.findings.found_out_of_reach, &[&percent(from)]);
            self.find(finding_code::INCENTIVE_REACH, "incentive.curve", message);
        }
        let Some([budget, _, _]) = cells.budget else { return };
        let budget = self.number(budget);
        let above = |amount: Option<Decimal>| amount.zip(budget).filter(|(amount, budget)| amount > budget);
        if let Some((total, budget)) = above(self.number(cells.total)) {
            let message =
                fill(self.words.findings.found_pay_over_budget, &[&rounding::money(total), &rounding::money(budget)]);
            self.find(finding_code::INCENTIVE_BUDGET, "incentive.budget", message);
        } else if let Some((largest, budget)) = above(self.number(cells.largest_total)) {
            let message =
                fill(self.words.findings.found_above_budget, &[&rounding::money(largest), &rounding::money(budget)]);
            self.find(finding_code::INCENTIVE_MAY_EXCEED, "incentive.budget", message);
        }
    }
}

/// The highest score that any indicator can have: 100 %, or that of a stretch target.
fn highest_score(criteria: &[Criterion]) -> Decimal {
    let mut waiting: Vec<&Criterion> = criteria.iter().collect();
    let mut highest = Decimal::ONE;
    while let Some(criterion) = waiting.pop() {
        waiting.extend(&criterion.children);
        highest = criterion.measure.as_ref().map_or(highest, |measure| highest.max(measure.highest_score()));
    }
    highest
}
