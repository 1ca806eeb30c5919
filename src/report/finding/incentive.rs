//! What to know before paying for scores.

use super::{Review, Severity, percent};
use crate::report::rounding;
use crate::report::words::fill;
use rust_decimal::Decimal;

impl Review<'_> {
    pub(super) fn incentive(&mut self) {
        let Some(cells) = &self.outcome.appraisal().parts().incentive else { return };
        let evaluation = self.outcome.evaluation();
        let out_of_reach = evaluation.row(cells.curve.from).last().and_then(|from| from.ok());
        if let Some(from) = out_of_reach.filter(|from| *from > Decimal::ONE) {
            let message = fill(self.words.found_out_of_reach, &[&percent(from)]);
            self.find("incentive.out_of_reach", Severity::Information, "incentive.curve", message);
        }
        let Some([budget, _, _]) = cells.budget else { return };
        let budget = self.number(budget);
        let above = |amount: Option<Decimal>| amount.zip(budget).filter(|(amount, budget)| amount > budget);
        if let Some((total, budget)) = above(self.number(cells.total)) {
            let message = fill(self.words.found_over_budget, &[&rounding::money(total), &rounding::money(budget)]);
            self.find("incentive.over_budget", Severity::Warning, "incentive.budget", message);
        } else if let Some((largest, budget)) = above(self.number(cells.largest_total)) {
            let message = fill(self.words.found_above_budget, &[&rounding::money(largest), &rounding::money(budget)]);
            self.find("incentive.may_exceed_budget", Severity::Information, "incentive.budget", message);
        }
    }
}
