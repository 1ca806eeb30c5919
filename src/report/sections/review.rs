//! The design review, and the scores of kinds of indicators.

use super::*;
use crate::report::{ApartRow, LimitedFigure, PrincipleRow, ReviewSection};
use std::collections::HashMap;

impl Sections<'_> {
    /// The principles with their figures, limits and verdicts.
    pub(super) fn review(&mut self, review: &ReviewSection) {
        let words = self.words;
        self.document.heading(words.scorecard.review);
        self.apart(review);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.scorecard.principle).text(0, words.scorecard.principle_sides);
        table = table.numbers(1, words.value).numbers(1, words.limit).text(1, words.verdict);
        for row in &review.principles {
            let sides = row.sides.iter().map(|side| {
                let share = self.said(&side.share, rounding::share);
                let count = self.said(&side.count, |count| rounding::number(count, 0));
                fill(words.scorecard.side_share, &[words.side(side.side), &share, &count])
            });
            let sides = sides.collect::<Vec<_>>().join(words.clause_separator);
            let mut cells = vec![words.principle_of(row.principle).to_owned(), sides];
            cells.extend(self.limited(
                &row.balance,
                words.scorecard.at_least,
                &mut reasons,
                rounding::share,
                is_told(row),
            ));
            table.row(0, cells);
        }
        let count = |number| rounding::number(number, 0);
        let mut cells = vec![words.scorecard.number_of_indicators.to_owned(), String::new()];
        cells.extend(self.limited(&review.indicators, words.scorecard.at_most, &mut reasons, count, true));
        table.row(0, cells);
        if let Some(heaviest) = &review.heaviest {
            let mut cells = vec![words.scorecard.heaviest.to_owned(), String::new()];
            cells.extend(self.limited(heaviest, words.scorecard.at_most, &mut reasons, rounding::share, true));
            table.row(0, cells);
        }
        self.table(table, reasons);
    }

    /// Value, limit and verdict.
    fn limited(
        &self,
        figure: &LimitedFigure,
        phrase: &str,
        reasons: &mut Reasons,
        shown: fn(Decimal) -> String,
        is_told: bool,
    ) -> [String; 3] {
        let words = self.words;
        let value = if is_told { reasons.show(&figure.value, shown) } else { MISSING.to_owned() };
        let verdict = match figure.met {
            Some(true) => words.scorecard.met_is,
            Some(false) => words.scorecard.met_is_not,
            None if is_told => MISSING,
            None => words.scorecard.nobody_says,
        };
        [value, fill(phrase, &[&reasons.show(&figure.limit, shown)]), verdict.to_owned()]
    }

    /// Leading and lagging, process and effect indicators: a column each, the whole and perspectives as rows.
    fn apart(&mut self, review: &ReviewSection) {
        let mut kinds: Vec<&'static str> = Vec::new();
        let mut rows: HashMap<&str, Vec<&ApartRow>> = HashMap::new();
        for row in &review.apart {
            if !kinds.contains(&row.indicators) {
                kinds.push(row.indicators);
            }
            rows.entry(&row.id).or_default().push(row);
        }
        let mut reasons = Reasons::default();
        let mut table = Table::new(self.words.criterion);
        for kind in &kinds {
            table = table.numbers(0, self.words.apart(kind)).numbers(0, self.words.scorecard.with_data);
        }
        // the order of the tree, which the scorecard has
        let criteria = self.report.scorecard.iter().flat_map(|card| &card.criteria);
        for (criterion, rows) in criteria.filter_map(|criterion| Some((criterion, rows.get(&*criterion.id)?))) {
            let mut cells = vec![criterion.name.to_string()];
            for kind in &kinds {
                let found = rows.iter().find(|row| row.indicators == *kind);
                let score = found.map(|row| reasons.share(&row.score)).unwrap_or_default();
                let coverage = found.map(|row| reasons.share(&row.coverage)).unwrap_or_default();
                cells.extend([score, coverage]);
            }
            table.row(criterion.depth, cells);
        }
        self.table(table, reasons);
    }
}

/// Whether any indicator says on which side it is.
fn is_told(row: &PrincipleRow) -> bool {
    row.sides.iter().any(|side| side.count.number().is_some_and(|count| !count.is_zero()))
}
