//! Benefits with what they rest on, what of them becomes cash, and what came of them.

use super::money::{PlanView, money_cells};
use super::*;
use crate::report::benefits::{FactorRow, RealisedRow};

/// One kind of factor: its heading, its values of a benefit, and how one is shown.
type FactorColumn = (&'static str, fn(&FactorRow) -> &[Value], fn(Decimal) -> String);

impl Sections<'_> {
    pub(super) fn benefits(&mut self, plan: &PlanView) {
        let Some(benefits) = plan.benefits else { return };
        let words = self.words;
        self.plan_heading(plan, words.money.benefits);
        let mut reasons = Reasons::default();
        let proven = benefits.lines.iter().any(|line| line.proven_by.is_some());
        let mut table = self.money_table(words.money.benefit).text(2, words.money.kind);
        if proven {
            table = table.text(2, words.money.proven_by);
        }
        for line in &benefits.lines {
            let mut cells = money_cells(&mut reasons, &line.money.name, &line.money);
            cells.push(words.kind(line.kind).to_owned());
            if proven {
                cells.push(line.proven_by.as_deref().map(|id| self.criterion_name(id)).unwrap_or_default());
            }
            table.row(0, cells);
        }
        for cut in &benefits.cuts {
            let name = fill(words.money.counted_once, &[&cut.name]);
            table.row(0, money_cells(&mut reasons, &name, cut));
        }
        table.total(money_cells(&mut reasons, words.total, &benefits.total));
        if let Some(cashable) = &benefits.cashable {
            table.total(money_cells(&mut reasons, words.money.cashable, &cashable.cashable));
            table.total(money_cells(&mut reasons, words.money.non_cashable, &cashable.non_cashable));
        }
        table.total(money_cells(&mut reasons, words.money.without_risk, &benefits.unadjusted));
        self.table(table, reasons);
        if let Some(prices) = &benefits.prices {
            self.prices(words.money.prices, prices);
        }
        self.factors(&benefits.factors);
        self.realised(plan, &benefits.realised);
    }

    /// A column for each kind of factor that some benefit has.
    fn factors(&mut self, rows: &[FactorRow]) {
        let words = self.words;
        let number = |number| rounding::number(number, 1);
        let columns: [FactorColumn; 7] = [
            (words.money.hours_saved, |row| &row.hours, |hours| rounding::number(hours, 0)),
            (words.money.full_time_positions, |row| &row.full_time_equivalents, number),
            (words.money.put_to_use, |row| &row.conversion, rounding::share),
            (words.money.ramp, |row| &row.ramp, rounding::share),
            (words.money.adoption, |row| &row.adoption, rounding::share),
            (words.money.attribution, |row| &row.attribution, rounding::share),
            (words.money.delay_in_years, |row| &row.delay, |years| rounding::trimmed(years, 2)),
        ];
        let is_used = |column: &&FactorColumn| rows.iter().any(|row| !column.1(row).is_empty());
        let columns: Vec<&FactorColumn> = columns.iter().filter(is_used).collect();
        if columns.is_empty() {
            return;
        }
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.benefit);
        for (head, ..) in &columns {
            table = table.numbers(0, *head);
        }
        for row in rows {
            let cells = columns.iter().map(|(_, values, show)| match values(row) {
                [] => String::new(),
                [value] => reasons.show(value, show),
                // what changes over the years is shown by its ends; the figures have every year
                [first, .., last] if first == last => reasons.show(first, show),
                [first, .., last] => fill(words.from_to, &[&reasons.show(first, show), &reasons.show(last, show)]),
            });
            let cells: Vec<String> = cells.collect();
            table.row(0, [row.name.to_string()].into_iter().chain(cells).collect());
        }
        self.table(table, reasons);
    }

    fn realised(&mut self, plan: &PlanView, rows: &[RealisedRow]) {
        if rows.is_empty() {
            return;
        }
        let words = self.words;
        self.plan_heading(plan, words.money.planned_and_realised);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.benefit);
        for year in &self.report.years {
            table = table.numbers(0, self.year_head(year));
        }
        table = table.numbers(1, words.money.so_far).text(2, words.money.follows);
        for row in rows {
            let name = row.name.as_deref().unwrap_or(words.total);
            let parts = [
                (words.money.planned, &row.planned, &row.planned_so_far),
                (words.money.realised, &row.realised, &row.realised_so_far),
                (words.money.missing_benefit, &row.gap, &row.gap_so_far),
            ];
            for (part, years, so_far) in parts {
                let mut cells = vec![fill(part, &[name])];
                cells.extend(years.iter().map(|value| reasons.money(value)));
                cells.push(reasons.money(so_far));
                // named once for the three rows
                let follows = row.follows.as_deref().filter(|_| part == words.money.planned);
                cells.push(follows.map(|id| self.criterion_name(id)).unwrap_or_default());
                if row.name.is_some() { table.row(0, cells) } else { table.total(cells) }
            }
        }
        self.table(table, reasons);
    }
}
