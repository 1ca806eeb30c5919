//! An explanation as an indented tree: every figure with its value, its formula and the line that somebody wrote.

use super::layout::tidy;
use super::rounding::{self, MISSING};
use super::words::{Words, fill};
use crate::appraisal::Language;
use crate::model::{Element, Explanation, Step, Unit};
use rust_decimal::Decimal;
use std::fmt::Write as _;
use std::sync::Arc;

/// Further down the indentation stays, so that a long chain of formulas does not leave the page.
const DEEPEST: usize = 30;
/// More entries of a row are only counted.
const MOST_ENTRIES: usize = 60;
/// So many entries of one value after another are shown as one.
const FEWEST_ALIKE: usize = 4;
/// More values of a row that stands further up are not told again.
const MOST_REPEATED: usize = 10;
const LONGEST_NAME: usize = 120;
const LONGEST_FORMULA: usize = 2_000;

impl Explanation {
    /// The explanation as a tree for a terminal: below each figure what it was computed from, down to the document.
    ///
    /// `place` turns the address of something written into where it stands, `costs.licences.seats.annual` into
    /// `meridian.yaml:112`; the address itself is shown where it answers `None`.
    ///
    /// Money is shown to the cent and other values with up to six decimals, finer than in a report, so that a reader
    /// can follow a formula with a pocket calculator.
    ///
    /// ```
    /// use appraise::model::{Builder, Expression, Naming, Shape, Unit};
    /// let mut cells = Builder::new(5);
    /// let seats = cells.input(Naming::new("seats").source("assumptions.seats"), Shape::Scalar, [Some(120.into())]);
    /// let naming = Naming::new("cost").label("Licences", "a year").unit(Unit::Money);
    /// cells.formula(naming, Expression::cell(seats) * Expression::number(960));
    /// let model = cells.finish().unwrap();
    /// let explanation = model.evaluate().explain("cost").unwrap();
    /// assert_eq!(
    ///     explanation.to_text(|address| (address == "assumptions.seats").then(|| "meridian.yaml:9".to_owned())),
    ///     "cost = 115,200.00  (Licences: a year)\n    = seats * 960\n  seats = 120\n      at meridian.yaml:9\n",
    /// );
    /// ```
    pub fn to_text(&self, place: impl Fn(&str) -> Option<String>) -> String {
        self.to_text_in(Language::English, place)
    }

    /// [`to_text`](Self::to_text) in the language of the document; ids, formulas and places are the same in all.
    pub fn to_text_in(&self, language: Language, place: impl Fn(&str) -> Option<String>) -> String {
        let words = Words::of(language);
        let mut text = String::new();
        for step in &self.steps {
            step.write(&mut text, words, self.currency.as_deref(), &place);
        }
        if self.left_out > 0 {
            let _ = writeln!(text, "{}", fill(words.explained_left_out, &[&self.left_out.to_string()]));
        }
        text
    }
}

impl Step {
    fn write(&self, text: &mut String, words: &Words, currency: Option<&str>, place: &impl Fn(&str) -> Option<String>) {
        let indent = "  ".repeat(self.depth.min(DEEPEST));
        let _ = write!(text, "{indent}{} = {}", tidy(&self.id, LONGEST_NAME), self.shown_values(words));
        let unit = match &self.unit {
            Unit::Custom(unit) => Some(&**unit),
            Unit::Money => currency,
            _ => None,
        };
        if let Some(unit) = unit {
            let _ = write!(text, " {}", tidy(unit, LONGEST_NAME));
        }
        let label = words.label(&self.id, &self.label).to_string();
        if !label.is_empty() && label != self.id {
            let _ = write!(text, "  {}", fill(words.explained_label, &[&tidy(&label, LONGEST_NAME)]));
        }
        if self.shown_above {
            let _ = writeln!(text, "  {}", words.explained_above);
            return;
        }
        text.push('\n');
        if let Some(formula) = &self.formula {
            let _ = writeln!(text, "{indent}    = {}", tidy(formula, LONGEST_FORMULA));
        }
        if let Some(last) = &self.last_formula {
            let _ = writeln!(text, "{indent}    … = {}", tidy(last, LONGEST_FORMULA));
        }
        if let Some(source) = self.source.as_deref().filter(|source| !source.is_empty()) {
            let place = place(source).unwrap_or_else(|| source.to_owned());
            let _ = write!(text, "{indent}    {}", fill(words.explained_at, &[&tidy(&place, LONGEST_NAME)]));
            if let Some(note) = &self.note {
                let _ = write!(text, "  ({})", tidy(note, LONGEST_NAME));
            }
            text.push('\n');
        }
    }

    fn shown_values(&self, words: &Words) -> String {
        match self.values.as_slice() {
            [] => MISSING.to_owned(),
            [(None, only)] => self.shown(words, only),
            values if self.unit == Unit::Set => {
                let missing = values.iter().find(|(_, value)| value.is_err());
                if let Some((_, missing)) = missing {
                    return self.shown(words, missing);
                }
                let holds = values.iter().filter(|(_, value)| value.is_ok_and(|value| !value.is_zero()));
                let names: Vec<String> =
                    holds.filter_map(|(entry, _)| Some(tidy(entry.as_deref()?, LONGEST_NAME))).collect();
                names.join("/")
            }
            // the id already says which entry it is
            [(Some(_), only)] => self.shown(words, only),
            values => {
                let name = |entry: &Option<Arc<str>>| tidy(entry.as_deref().unwrap_or_default(), LONGEST_NAME);
                let runs = values.chunk_by(|(_, one), (_, other)| one == other).flat_map(|run| {
                    // years and periods follow each other, states and experts stand side by side
                    let in_order = run.iter().all(|(entry, _)| name(entry).starts_with(|c: char| c.is_ascii_digit()));
                    let size = if in_order && run.len() >= FEWEST_ALIKE { run.len() } else { 1 };
                    run.chunks(size)
                });
                let mut shown: Vec<String> = Vec::new();
                let mut rest = values.len();
                for run in runs.take(MOST_ENTRIES) {
                    let (Some((first, value)), Some((last, _))) = (run.first(), run.last()) else { continue };
                    let value = self.shown(words, value);
                    shown.push(match run.len() {
                        1 => format!("{}: {value}", name(first)),
                        _ => format!("{}: {value}", fill(words.from_to, &[&name(first), &name(last)])),
                    });
                    rest -= run.len();
                }
                match shown.as_mut_slice() {
                    // it stands further up with all of them
                    [_, between @ .., _] if self.shown_above && between.len() > MOST_REPEATED => {
                        shown.splice(1..shown.len() - 1, ["…".to_owned()]);
                    }
                    _ if rest > 0 => shown.push(fill(words.explained_more, &[&rest.to_string()])),
                    _ => {}
                }
                format!("[{}]", shown.join("; "))
            }
        }
    }

    fn shown(&self, words: &Words, value: &Element) -> String {
        match value {
            Ok(number) => precise(words, *number, &self.unit),
            Err(absent) => fill(words.explained_missing, &[MISSING, &words.cause(absent.cause)]),
        }
    }
}

/// With as many digits as it takes to reckon on with it: an amount of 12 digits times a factor is right to the last cent.
fn precise(words: &Words, number: Decimal, unit: &Unit) -> String {
    const LARGE: Decimal = Decimal::ONE_THOUSAND;
    match unit {
        // a price of a fraction of a cent is no price of nothing
        Unit::Money if number.abs() < Decimal::ONE && number.normalize().scale() > 2 => rounding::trimmed(number, 6),
        Unit::Money => rounding::number(number, 2),
        Unit::Share if number.abs() < LARGE => rounding::percentage(number, 10),
        Unit::Share | Unit::Ordinal => rounding::plain(number, unit),
        Unit::Truth => if number.is_zero() { words.no } else { words.yes }.to_owned(),
        Unit::Years => fill(words.years, &[&rounding::trimmed(number, 4)]),
        _ if number.abs() < LARGE => rounding::trimmed(number, 12),
        _ => rounding::trimmed(number, 6),
    }
}

#[cfg(test)]
mod tests {
    use crate::Appraisal;
    use crate::appraisal::Language;
    use crate::report::testing;

    fn explained(id: &str) -> String {
        let appraisal = Appraisal::new(testing::meridian()).unwrap();
        let place = |address: &str| (address == "costs.licences.seats.annual").then(|| "meridian.yaml:112".to_owned());
        appraisal.base().explain(id).unwrap().to_text(place)
    }

    #[test]
    fn from_a_cost_to_the_lines_of_the_document() {
        assert_eq!(
            explained("costs.licences.seats.1"),
            "\
costs.licences.seats.1 = 115,200.00 EUR  (seats: by year)
    = costs.licences.seats.unadjusted
    at costs.licences.seats
  costs.licences.seats.unadjusted.1 = 115,200.00 EUR  (seats: by year, without risk)
      = flow(0, costs.licences.seats.annual)
      at costs.licences.seats
    costs.licences.seats.annual.1 = 115,200.00 EUR  (seats: a year)
        = seats * seat_price
        at meridian.yaml:112
      seats.1 = 120 users  (seats)
          at assumptions.seats  (roll-out plan v3)
      seat_price = 960 EUR/user/year
          at assumptions.seat_price  (quote of 2026-01-14)
"
        );
    }

    #[test]
    fn rows_sets_reasons_and_repetitions() {
        let row = explained("case.net");
        assert!(row.starts_with("case.net = [0: -241,920.00; 1: -8,076.00; 2: 132,712.50;"), "{row}");
        assert!(
            row.contains(
                "  [shown above]
"
            ),
            "{row}"
        );
        assert!(
            explained("assessment.satisfaction.grade").starts_with("assessment.satisfaction.grade = excellent/good")
        );
        assert!(
            explained("scorecard.reputation.score").contains("= – (it is judged, not measured)  (Reputation: score)")
        );
        assert!(explained("delphi.1.stop.consensus").starts_with("delphi.1.stop.consensus = no  ("));
        assert!(explained("case.payback").starts_with("case.payback = 3.3653 years  ("));
    }

    #[test]
    fn in_chinese_ids_and_formulas_stay() {
        let appraisal = Appraisal::new(testing::chinese()).unwrap();
        let text = |id: &str| appraisal.base().explain(id).unwrap().to_text_in(Language::Chinese, |_| None);
        let npv = text("case.npv");
        assert!(npv.contains("（投资评价: 净现值）\n    = sum(case.discounted)\n  case.discounted = "), "{npv}");
        assert!(npv.contains("    见costs.licences.seats\n") && npv.contains("  ［见上］\n"), "{npv}");
        let score = text("scorecard.reputation.score");
        assert!(score.contains("= –（由专家评判，不作测量）  （Reputation: 得分）"), "{score}");
        assert!(text("delphi.1.stop.consensus").starts_with("delphi.1.stop.consensus = 否  （"));
        assert!(text("case.payback").starts_with("case.payback = 3.3653年  （投资评价: 回收期）"));
    }

    #[test]
    fn nothing_steers_the_terminal() {
        let appraisal = Appraisal::new(testing::hostile()).unwrap();
        for id in ["case.npv", "scorecard.score", "assessment.grade", "delphi.1.kendall_w"] {
            let text = appraisal.base().explain(id).unwrap().to_text(|_| Some("\u{1b}[2J\nx".to_owned()));
            assert!(!text.chars().any(|c| c != '\n' && super::super::layout::is_steering(c)), "{text}");
            assert!(!text.lines().any(|line| line == "x"), "{text}");
        }
    }
}
