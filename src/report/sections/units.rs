//! Business units side by side.

use super::*;
use crate::report::{UnitScore, UnitsSection};

impl Sections<'_> {
    pub(super) fn units(&mut self, section: &UnitsSection) {
        let words = self.words;
        self.document.heading(words.scorecard.business_units);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.scorecard.business_unit).numbers(0, words.rank).numbers(0, words.weight);
        table = table.numbers(0, words.score).text(0, words.status).numbers(1, words.scorecard.units_with_data);
        for perspective in &section.perspectives {
            table = table.text(1, &**perspective);
        }
        // best first; what has no score has no place and stands last
        let mut ranked: Vec<_> = section.units.iter().collect();
        ranked.sort_by_key(|unit| (unit.rank.number().is_none(), unit.rank.number()));
        for unit in ranked {
            let rank = unit.rank.number().map_or_else(|| MISSING.to_owned(), |rank| rank.normalize().to_string());
            let mut cells = vec![unit.name.to_string(), rank, reasons.share(&unit.weight)];
            cells.extend([reasons.share(&unit.whole.score), self.status_of(&unit.whole)]);
            cells.push(reasons.share(&unit.whole.coverage));
            cells.extend(unit.perspectives.iter().map(|score| self.heat(score)));
            table.row(0, cells);
        }
        let mut whole = vec![words.scorecard.whole.to_owned(), String::new(), String::new()];
        whole.extend([reasons.share(&section.whole.score), self.status_of(&section.whole)]);
        whole.push(reasons.share(&section.whole.coverage));
        whole.extend(section.whole_perspectives.iter().map(|score| self.heat(score)));
        table.total(whole);
        self.table(table, reasons);
        let shown = [&section.score, &section.best, &section.worst].map(|value| self.said(value, rounding::share));
        let [mean, best, worst] = shown.each_ref().map(String::as_str);
        self.document
            .facts(vec![(words.scorecard.units_spread, fill(words.scorecard.units_spread_text, &[mean, best, worst]))]);
        self.document.subheading(words.scorecard.units_actuals);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.criterion).text(1, words.scorecard.comes_from);
        for unit in &section.units {
            table = table.numbers(0, &*unit.name);
        }
        table = table.numbers(0, words.scorecard.whole);
        for row in section.indicators.iter().filter(|row| row.actuals.iter().any(Option::is_some)) {
            let mut plain = |value: &Option<Value>| match value {
                Some(value) => reasons.show(value, |number| rounding::plain(number, &row.unit)),
                None => String::new(),
            };
            let mut cells = vec![row.name.to_string(), self.way(row.from_units).to_owned()];
            cells.extend(row.actuals.iter().map(&mut plain));
            cells.push(plain(&row.actual));
            table.row(0, cells);
        }
        self.table(table, reasons);
        self.document.subheading(words.scorecard.units_scores);
        let mut table = Table::new(words.criterion);
        for unit in &section.units {
            table = table.text(0, &*unit.name);
        }
        table = table.text(0, words.scorecard.whole);
        for row in section.indicators.iter().filter(|row| row.actuals.iter().any(Option::is_some)) {
            let scores = row.scores.iter().zip(&row.actuals);
            let scores = scores.map(|(score, actual)| actual.as_ref().map(|_| self.heat(score)).unwrap_or_default());
            let mut cells = vec![row.name.to_string()];
            cells.extend(scores);
            cells.push(self.heat(&row.whole));
            table.row(0, cells);
        }
        self.table(table, Reasons::default());
    }

    fn status_of(&self, score: &UnitScore) -> String {
        match &score.status {
            Value::Names(names) => names.iter().map(|name| self.words.status(name)).collect::<Vec<_>>().join("/"),
            _ => MISSING.to_owned(),
        }
    }

    /// A score with its status, as a heat map has it.
    fn heat(&self, score: &UnitScore) -> String {
        match score.score.number() {
            Some(share) => format!("{} {}", rounding::share(share), self.status_of(score)),
            None => self.status_of(score),
        }
    }

    fn way(&self, way: Option<&str>) -> &'static str {
        let words = self.words;
        match way {
            None => words.scorecard.own_value,
            Some("inputs") => words.scorecard.way_inputs,
            Some("sum") => words.scorecard.way_sum,
            Some("mean") => words.scorecard.way_mean,
            Some("weighted_mean") => words.scorecard.way_weighted_mean,
            Some("min") => words.scorecard.way_min,
            Some("max") => words.scorecard.way_max,
            Some(_) => words.scorecard.way_scores,
        }
    }
}
