//! What to know about published figures.

use super::{Review, Value};
use crate::finding_code;
use crate::reconcile::Verdict;
use crate::report::reconciliation::{ExpectedRow, section};
use crate::report::sections::expected_number;
use crate::report::words::fill;

impl Review<'_> {
    pub(super) fn reconciliation(&mut self) {
        let words = self.words;
        for row in section(self.outcome, words).into_iter().flat_map(|section| section.rows) {
            let shown = |value: &Option<Value>| {
                value
                    .as_ref()
                    .and_then(Value::number)
                    .map(|number| expected_number(number, &row.unit))
                    .unwrap_or_default()
            };
            let possible = row.possible.clone().map(|(low, high)| (Some(low), Some(high)));
            let at = format!("expect.{}", row.id);
            let printed = shown(&row.printed);
            match (row.verdict, &row.because) {
                (Some(Verdict::Differs), None) => {
                    let parts = [&*row.name, &printed, &shown(&row.ours), &shown(&row.difference)];
                    self.find(finding_code::EXPECT_DIFFERS, at, fill(words.found_expected_differs, &parts));
                    self.of_row(&row, &["printed", "ours", "difference"]);
                }
                (Some(Verdict::CannotBeRight), None) => {
                    let (low, high) = possible.unwrap_or_default();
                    let parts = [&*row.name, &printed, &shown(&low), &shown(&high)];
                    self.find(finding_code::EXPECT_CANNOT, at, fill(words.found_expected_cannot, &parts));
                    self.of_row(&row, &["printed", "possible_low", "possible_high", "gap"]);
                }
                (Some(Verdict::CannotBeTold), None) => {
                    let values = [row.ours.as_ref(), row.possible.as_ref().map(|(low, _)| low)];
                    let reason = values.into_iter().flatten().find_map(Value::reason);
                    let reason = reason.unwrap_or(words.because_range_not_told);
                    let message = fill(words.found_expected_unknown, &[&row.name, reason]);
                    self.find(finding_code::EXPECT_UNKNOWN, at, message);
                    self.of_row(&row, &["printed"]);
                }
                (Some(Verdict::Agrees), Some(because)) => {
                    let message = fill(words.found_expected_needless, &[&row.name, because]);
                    self.find(finding_code::EXPECT_NEEDLESS, at, message);
                    self.of_row(&row, &["printed"]);
                }
                _ => {}
            }
        }
    }

    /// The figures of a row, which has values here unless it is looked at under a scenario.
    fn of_row(&mut self, row: &ExpectedRow, parts: &[&str]) {
        if row.under.is_some() && self.outcome.scenario().is_none() {
            return;
        }
        let model = self.outcome.evaluation().model();
        let cells = parts.iter().filter_map(|part| Some(model.find(&format!("expect.{}.{part}", row.id))?.cell));
        self.because(cells.collect::<Vec<_>>());
    }
}
