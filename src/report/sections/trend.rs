//! The scorecard over its periods: scores, what was measured, and what is to be expected.

use super::*;
use crate::report::{MeasuredTrend, TrendRow, TrendSection};

/// As many periods as a page is wide; the last one is the one that is evaluated.
const MOST_COLUMNS: usize = 8;

impl Sections<'_> {
    pub(super) fn trend(&mut self, trend: &TrendSection) {
        let words = self.words;
        self.document.heading(&fill(words.scorecard.trend_at, &[&trend.at]));
        self.scores_by_period(trend);
        let measured: Vec<(&TrendRow, &MeasuredTrend)> =
            trend.rows.iter().filter_map(|row| Some((row, row.measured.as_ref()?))).collect();
        if measured.is_empty() {
            return;
        }
        self.document.subheading(words.scorecard.trend_measured);
        let with_year = measured.iter().any(|(_, of)| of.year_to_date.is_some());
        let mut reasons = Reasons::default();
        let mut table =
            Table::new(words.criterion).numbers(0, words.scorecard.previous).numbers(0, words.scorecard.actual);
        table = table
            .numbers(0, words.scorecard.change)
            .numbers(1, words.scorecard.year_before)
            .numbers(1, words.scorecard.change_on_year);
        if with_year {
            // a year whose beginning nobody gave is told by where it begins
            let first = trend.periods.first().filter(|_| trend.year_began_earlier);
            table = table.numbers(
                1,
                first.map_or(words.scorecard.year_to_date.to_owned(), |first| {
                    fill(words.scorecard.year_to_date_from, &[first])
                }),
            );
        }
        for (row, of) in &measured {
            let mut plain = |value: &Value| reasons.show(value, |number| rounding::measured(number, &of.unit));
            let mut cells = vec![row.name.to_string(), plain(&of.previous), plain(&of.actual)];
            cells.push(signed(&of.change, &of.unit, words));
            cells.push(plain_or_blank(&of.year_before, &of.unit));
            cells.push(signed(&of.change_on_year, &of.unit, words));
            if with_year {
                cells.push(of.year_to_date.as_ref().map(plain).unwrap_or_default());
            }
            table.row(0, cells);
        }
        self.table(table, reasons);
        self.plan(&measured);
    }

    fn scores_by_period(&mut self, trend: &TrendSection) {
        let words = self.words;
        let now = trend.periods.iter().position(|period| *period == trend.at).unwrap_or(0);
        let first = now.saturating_add(1).saturating_sub(MOST_COLUMNS);
        let shown = first..now.saturating_add(1);
        let mut table = Table::new(words.score);
        for period in trend.periods.get(shown.clone()).unwrap_or_default() {
            table = table.numbers(0, &**period);
        }
        table = table.numbers(1, words.scorecard.change).numbers(1, words.scorecard.change_on_year);
        for row in &trend.rows {
            let mut cells = vec![row.name.to_string()];
            let scores = row.scores.get(shown.clone()).unwrap_or_default();
            cells.extend(scores.iter().map(share_or_blank));
            cells.push(signed(&row.score_change, &Unit::Share, words));
            cells.push(signed(&row.score_change_on_year, &Unit::Share, words));
            table.row(row.depth, cells);
        }
        self.table(table, Reasons::default());
    }

    fn plan(&mut self, measured: &[(&TrendRow, &MeasuredTrend)]) {
        let words = self.words;
        let planned = measured.iter().filter_map(|(row, of)| Some((*row, *of, of.plan.as_ref()?)));
        let mut table = Table::new(words.criterion).text(0, words.scorecard.due).numbers(0, words.scorecard.target);
        table = table
            .numbers(0, words.scorecard.expected)
            .numbers(0, words.scorecard.actual)
            .numbers(0, words.scorecard.ahead);
        table = table.numbers(1, words.scorecard.forecast).text(1, words.scorecard.forecast_interval);
        let mut any = false;
        for (row, of, plan) in planned {
            any = true;
            let plain = |value: &Value| plain_or_blank(value, &of.unit);
            let interval = match (&plan.low, &plan.high) {
                (Value::Number(low), Value::Number(high)) => {
                    fill(words.from_to, &[&estimate(*low, &of.unit), &estimate(*high, &of.unit)])
                }
                _ => MISSING.to_owned(),
            };
            let forecast = match &plan.forecast {
                Value::Number(number) => estimate(*number, &of.unit),
                _ => MISSING.to_owned(),
            };
            let due = plan.due.as_deref().unwrap_or_default().to_owned();
            let mut cells = vec![row.name.to_string(), due, plain(&plan.target), rounded(&plan.expected, &of.unit)];
            cells.extend([plain(&of.actual), signed(&plan.ahead, &Unit::Share, words), forecast, interval]);
            table.row(0, cells);
        }
        if any {
            self.document.subheading(words.scorecard.trend_plan);
            self.table(table, Reasons::default());
        }
    }
}

/// What is estimated has fewer digits than what was measured.
fn estimate(number: Decimal, unit: &Unit) -> String {
    match unit {
        Unit::Share => rounding::share(number),
        _ => rounding::significant(number, 4),
    }
}

fn rounded(value: &Value, unit: &Unit) -> String {
    value.number().map_or_else(|| MISSING.to_owned(), |number| estimate(number, unit))
}

fn plain_or_blank(value: &Value, unit: &Unit) -> String {
    value.number().map_or_else(|| MISSING.to_owned(), |number| rounding::measured(number, unit))
}

fn share_or_blank(value: &Value) -> String {
    value.number().map_or_else(|| MISSING.to_owned(), rounding::share)
}

/// A difference with its sign; of shares in percentage points.
fn signed(value: &Value, unit: &Unit, words: &Words) -> String {
    let Some(number) = value.number() else { return MISSING.to_owned() };
    if *unit == Unit::Share {
        return rounding::points(number, words);
    }
    let shown = rounding::measured(number, unit);
    if number > Decimal::ZERO { format!("+{shown}") } else { shown }
}
