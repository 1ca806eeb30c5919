//! Two outcomes side by side: what caused a change, what was written differently, what moved.

use super::*;
use crate::report::comparison::{ChangeSection, ComparisonReport, Shown};

/// The figures that a reader asks for first; the others are in the JSON.
const HEADLINES: [&str; 12] = [
    "assessment.score",
    "assessment.grade",
    "incentive.total",
    "costs.nominal",
    "costs.present_value",
    "benefits.nominal",
    "benefits.present_value",
    "case.npv",
    "case.roi",
    "case.irr",
    "case.payback",
    "case.benefit_cost_ratio",
];

fn is_headline(id: &str) -> bool {
    let of_scorecard =
        id.strip_prefix("scorecard.").is_some_and(|rest| matches!(rest.rsplit('.').next(), Some("score" | "status")));
    of_scorecard || HEADLINES.contains(&id)
}

impl ComparisonReport {
    pub(in crate::report) fn document(&self) -> Document {
        let words = Words::of(self.language);
        let mut document = Document::default();
        document.title(words.comparison);
        // two versions of one document have one name
        if self.before != self.after {
            document.facts([(words.before, &self.before), (words.after, &self.after)]);
        }
        if let Some(change) = &self.change {
            self.write_change(&mut document, words, change);
        }
        if let Some(reason) = &self.reason {
            document.paragraph(reason);
        }
        let mut reasons = Reasons::default();
        let table = |first: &str| Table::new(first).numbers(0, words.before).numbers(0, words.after);
        document.heading(words.changed_inputs);
        if self.inputs.is_empty() {
            document.paragraph(words.nothing_changed);
        }
        let mut inputs = table(words.input).text(1, words.place);
        for row in &self.inputs {
            let places = [&row.place_before, &row.place_after].map(Option::as_deref);
            let place = match places {
                [Some(one), Some(other)] if one != other => format!("{one} → {other}"),
                [one, other] => other.or(one).unwrap_or_default().to_owned(),
            };
            let [before, after] = [&row.before, &row.after].map(|shown| show(words, &mut reasons, shown, &row.unit));
            inputs.row(0, vec![row.name.clone(), before, after, place]);
        }
        document.table(inputs);
        let mut figures = table(words.figure);
        for row in self.figures.iter().filter(|row| is_headline(&row.id)) {
            let [before, after] = [&row.before, &row.after].map(|shown| figure(words, &mut reasons, shown, &row.unit));
            figures.row(0, vec![row.name.clone(), before, after]);
        }
        if self.figures.iter().any(|row| is_headline(&row.id)) {
            document.heading(words.changed_figures);
            document.table(figures);
        }
        document.notes(reasons.notes(words));
        document
    }

    fn write_change(&self, document: &mut Document, words: &Words, change: &ChangeSection) {
        document.heading(&fill(words.change_of, &[&change.name]));
        let plain = |number: Decimal| match change.unit {
            Unit::Share => rounding::share(number),
            _ => rounding::plain(number, &change.unit),
        };
        let money = |text: String| match (&change.unit, &self.currency) {
            (Unit::Money, Some(currency)) => format!("{text} {}", layout::unit(currency)),
            (Unit::Custom(unit), _) => format!("{text} {}", layout::unit(unit)),
            _ => text,
        };
        let moved = |number: Decimal| match change.unit {
            Unit::Share => rounding::points(number, words),
            _ => signed(plain(number), number),
        };
        let parts = [plain(change.before), plain(change.after), moved(change.change)].map(money);
        document.paragraph(&fill(words.before_after, &parts.each_ref().map(String::as_str)));
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.cause).numbers(0, words.before).numbers(0, words.after);
        table = table.numbers(1, words.contribution);
        for row in &change.contributions {
            let [before, after] = [&row.before, &row.after].map(|shown| show(words, &mut reasons, shown, &row.unit));
            table.row(0, vec![row.name.clone(), before, after, moved(row.contribution)]);
        }
        table.total(vec![words.total.to_owned(), String::new(), String::new(), moved(change.change)]);
        document.table(table);
        document.notes(reasons.notes(words));
        document.notes(vec![change.method.clone()]);
    }
}

fn signed(shown: String, number: Decimal) -> String {
    if number > Decimal::ZERO { format!("+{shown}") } else { shown }
}

/// What somebody wrote, with the decimals it was written with.
fn show(words: &Words, reasons: &mut Reasons, shown: &Option<Shown>, unit: &Unit) -> String {
    match shown {
        None => String::new(),
        Some(Shown::Formula(formula)) => formula.clone(),
        Some(Shown::Values(values)) => {
            let shown: Vec<String> =
                values.iter().map(|value| reasons.show(value, |number| rounding::plain(number, unit))).collect();
            let mut distinct = shown.clone();
            distinct.dedup();
            if let [only] = distinct.as_slice() { only.clone() } else { shown.join(words.clause_separator) }
        }
    }
}

/// A computed figure, rounded as in a report.
fn figure(words: &Words, reasons: &mut Reasons, shown: &Option<Shown>, unit: &Unit) -> String {
    let Some(Shown::Values(values)) = shown else { return String::new() };
    let shown = values.iter().map(|value| match (value, unit) {
        (Value::Names(names), _) => names.iter().map(|name| words.status(name)).collect::<Vec<_>>().join("/"),
        (value, Unit::Share) => reasons.share(value),
        (value, Unit::Number) => reasons.show(value, |number| rounding::number(number, 2)),
        (value, Unit::Years) => reasons.show(value, |number| rounding::number(number, 1)),
        (value, unit) => reasons.show(value, |number| rounding::plain(number, unit)),
    });
    shown.collect::<Vec<_>>().join(words.clause_separator)
}
