//! What to know about published figures.

use super::{Review, Value};
use crate::finding_code;
use crate::reconcile::Verdict;
use crate::report::reconciliation::{ExpectedRow, section};
use crate::report::sections::{expected_beyond, expected_number};
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
                    self.find(finding_code::EXPECT_DIFFERS, at, fill(words.findings.found_expected_differs, &parts));
                    self.of_row(&row, &["printed", "ours", "difference"]);
                }
                (Some(Verdict::CannotBeRight), None) if row.possible_beyond.is_some() => {
                    let parts = [&*row.name, &printed, &expected_beyond(words, &row)];
                    self.find(
                        finding_code::EXPECT_CANNOT,
                        at,
                        fill(words.findings.found_expected_cannot_beyond, &parts),
                    );
                    self.of_row(&row, &["printed", "possible_below", "possible_above", "gap"]);
                }
                (Some(Verdict::CannotBeRight), None) => {
                    let (low, high) = possible.unwrap_or_default();
                    let parts = [&*row.name, &printed, &shown(&low), &shown(&high)];
                    self.find(finding_code::EXPECT_CANNOT, at, fill(words.findings.found_expected_cannot, &parts));
                    self.of_row(&row, &["printed", "possible_low", "possible_high", "gap"]);
                }
                (Some(Verdict::CannotBeTold), None) => {
                    let values = [row.ours.as_ref(), row.possible.as_ref().map(|(low, _)| low)];
                    let reason = values.into_iter().flatten().find_map(Value::reason);
                    let reason = reason.unwrap_or(words.reasons.because_range_not_told);
                    let message = fill(words.findings.found_expected_unknown, &[&row.name, reason]);
                    self.find(finding_code::EXPECT_UNKNOWN, at, message);
                    self.of_row(&row, &["printed"]);
                }
                (Some(Verdict::Agrees), Some(because)) => {
                    let message = fill(words.findings.found_expected_needless, &[&row.name, because]);
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

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests {
    use super::super::tests::{of, report};

    #[test]
    fn a_divisor_that_may_be_zero_leaves_only_what_is_far_from_it() {
        let text = "
expect:
  cost: {printed: 10, to: 2}
  margin: 0
  near: {printed: 7, from: = cost / margin}
  far: {printed: 25, from: = cost / margin}
  loss: {printed: -12, from: = -cost / margin}
  on_one_side: {printed: 30, from: '= cost / pow(margin, 2)'}
  shared: {printed: 9, from: = (margin + 2) / margin}
  untold: {printed: 9, from: = cost / margin + 1}
";
        assert_eq!(
            of(text, "expect.cannot_be_right").into_iter().map(|(_, message)| message).collect::<Vec<_>>(),
            [
                "near: 7 is printed, but what else is printed allows only -18 or less, or 18 or more",
                "loss: -12 is printed, but what else is printed allows only -18 or less, or 18 or more",
                "on_one_side: 30 is printed, but what else is printed allows only 36 or more",
            ]
        );
        // what uses one figure twice is bounded from outside only
        let untold: Vec<String> = of(text, "expect.cannot_be_told").into_iter().map(|(at, _)| at).collect();
        assert_eq!(untold, ["expect.shared", "expect.untold"]);
        let report = report(text);
        let figure = |id: &str| report.figures().find(|figure| figure.id() == id).map(|figure| figure.value);
        let shown = |id: &str| figure(id).and_then(|value| value.number()).map(|number| number.normalize().to_string());
        // 7.5 is nearer to 18 than 6.5 to -18, and -12.5 nearer to -18 than -11.5 to 18
        assert_eq!(shown("expect.near.gap").as_deref(), Some("10.5"));
        assert_eq!(shown("expect.loss.gap").as_deref(), Some("-5.5"));
        assert_eq!(shown("expect.far.gap").as_deref(), Some("0"));
        assert_eq!(shown("expect.on_one_side.gap").as_deref(), Some("5.5"));
        assert_eq!(shown("expect.near.possible_below").as_deref(), Some("-18"));
        assert!(report.to_text().contains("-18 or less, or 18 or more"), "{}", report.to_text());
    }
}
