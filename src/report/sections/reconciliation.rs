//! Published and expected figures beside ours.

use super::*;
use crate::reconcile::Verdict;
use crate::report::{ExpectedRow, ReconciliationSection};

impl Sections<'_> {
    pub(super) fn reconciliation(&mut self, section: &ReconciliationSection) {
        let words = self.words;
        self.document.heading(words.money.reconciliation);
        let mut reasons = Reasons::default();
        let any = |has: fn(&ExpectedRow) -> bool| section.rows.iter().any(has);
        let mut table = Table::new(words.money.expected_figure).numbers(0, words.money.expected_printed);
        let (with_ours, with_possible) =
            (any(|row| row.ours.is_some()), any(|row| row.possible.is_some() || row.possible_beyond.is_some()));
        if with_ours {
            table = table.numbers(0, words.money.expected_ours);
        }
        if with_possible {
            table = table.numbers(0, words.money.expected_possible);
        }
        table = table.numbers(0, words.money.expected_off).text(0, words.money.expected_verdict);
        for row in &section.rows {
            let shown = |number| expected_number(number, &row.unit);
            let mut value =
                |value: &Option<Value>| value.as_ref().map(|value| reasons.show(value, shown)).unwrap_or_default();
            let name = match &row.under {
                Some(scenario) => fill(words.money.expected_under, &[&row.name, scenario]),
                None => row.name.to_string(),
            };
            let mut cells = vec![name, value(&row.printed)];
            if with_ours {
                cells.push(value(&row.ours));
            }
            if with_possible {
                let ends = row.possible.as_ref();
                let low = value(&ends.map(|(low, _)| low.clone()));
                let high = value(&ends.map(|(_, high)| high.clone()));
                let between = || fill(words.money.expected_between, &[&low, &high]);
                cells.push(match &row.possible_beyond {
                    Some(_) => expected_beyond(words, row),
                    None if low == high => low,
                    None => between(),
                });
            }
            // what is off by nothing agrees
            let off = [&row.gap, &row.difference].into_iter().flatten().filter_map(Value::number);
            let off = off.filter(|off| !off.is_zero()).map(|off| expected_number(off, &row.unit)).next();
            cells.push(off.unwrap_or_default());
            cells.push(self.verdict(row).to_owned());
            table.row(0, cells);
        }
        self.table(table, reasons);
        let because = section.rows.iter().filter_map(|row| {
            let because = row.because.as_deref()?;
            Some(fill(words.money.expected_because, &[&row.name, because]))
        });
        self.document.notes(because.collect());
        self.document.paragraph(words.money.expected_meaning);
    }

    fn verdict(&self, row: &ExpectedRow) -> &'static str {
        let words = self.words;
        match row.verdict {
            None => words.money.expected_not_asked,
            Some(Verdict::Agrees) => words.money.expected_agrees,
            Some(Verdict::CannotBeTold) => words.money.expected_cannot_be_told,
            Some(_) if row.refuted => words.money.expected_refuted,
            Some(Verdict::Differs) if row.because.is_some() => words.money.expected_explained,
            Some(Verdict::Differs) => words.money.expected_differs,
            Some(Verdict::CannotBeRight) => words.money.expected_cannot_be_right,
        }
    }
}

/// What is possible where a divisor may be zero.
pub(in crate::report) fn expected_beyond(words: &Words, row: &ExpectedRow) -> String {
    let shown = |value: &Option<Value>| Some(expected_number(value.as_ref()?.number()?, &row.unit));
    let (below, above) = row.possible_beyond.as_ref().map_or((None, None), |(low, high)| (shown(low), shown(high)));
    match (below, above) {
        (Some(below), Some(above)) => fill(words.money.expected_beyond, &[&below, &above]),
        (Some(below), None) => fill(words.money.expected_at_most, &[&below]),
        (None, Some(above)) => fill(words.money.expected_at_least, &[&above]),
        (None, None) => String::new(),
    }
}

/// A printed number, or one beside it, with the digits that tell them apart.
pub(in crate::report) fn expected_number(number: Decimal, unit: &Unit) -> String {
    match unit {
        Unit::Share => rounding::plain(number, unit),
        // a printed number has all its digits; beside it nobody needs more than these
        _ if number.abs() >= Decimal::ONE_THOUSAND => rounding::trimmed(number, 2),
        _ => rounding::trimmed(number, 4),
    }
}
