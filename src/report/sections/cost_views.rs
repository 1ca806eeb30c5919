//! Views of the same costs: over time, by phase, per user, reserves, nominal and real, against benchmarks.

use super::money::money_cells;
use super::*;
use crate::case::Deployment;
use crate::report::{CostViews, PriceSection};

impl Sections<'_> {
    pub(super) fn cost_views(&mut self, views: &CostViews) {
        let words = self.words;
        let named =
            |key: &str| Category::of_key(key).map_or_else(String::new, |known| words.category(known).to_owned());
        let nothing = views.no_costs.iter();
        let nothing = nothing.map(|row| fill(words.money.nothing_spent, &[&named(row.category), &row.reason]));
        self.document.notes(nothing.collect());
        let mut reasons = Reasons::default();
        let mut table = self.years_table(words.money.over_time);
        let running = views.cumulative.iter().map(|value| reasons.money(value));
        let running: Vec<String> = [words.money.cumulative.to_owned()].into_iter().chain(running).collect();
        table.row(0, running);
        let shown = views.horizon_gap.iter().map(|value| reasons.share(value));
        let shown: Vec<String> = [words.money.shown_by_then.to_owned()].into_iter().chain(shown).collect();
        table.row(0, shown);
        self.table(table, reasons);
        let factor = self.said(&views.annuity_factor, |factor| rounding::number(factor, 4));
        let annual = self.said_money(&views.equivalent_annual);
        let mut facts = vec![
            (words.money.initial_share, self.said(&views.initial_share, rounding::share)),
            (words.money.ongoing_share, self.said(&views.ongoing_share, rounding::share)),
            (words.money.equivalent_annual, fill(words.money.equivalent_annual_text, &[&annual, &factor])),
        ];
        if let Some(per_user) = &views.per_user {
            let users = self.said(&per_user.user_years, |users| rounding::trimmed(users, 2));
            let cost = self.said_money(&per_user.cost);
            facts.push((words.money.per_user_year, fill(words.money.per_user_year_text, &[&cost, &users])));
        }
        self.document.facts(facts);
        if !views.phases.is_empty() {
            let mut reasons = Reasons::default();
            let mut table = self.money_table(words.money.phase);
            for phase in &views.phases {
                table.row(0, money_cells(&mut reasons, &phase.name, phase));
            }
            self.table(table, reasons);
        }
        if let Some(reserves) = &views.reserves {
            let mut reasons = Reasons::default();
            let mut table = self.money_table(words.money.reserves);
            for line in &reserves.lines {
                table.row(0, money_cells(&mut reasons, &line.name, line));
            }
            table.total(money_cells(&mut reasons, words.total, &reserves.total));
            table.total(money_cells(&mut reasons, words.money.with_reserves, &reserves.with_costs));
            self.table(table, reasons);
        }
        if let Some(prices) = &views.prices {
            self.prices(words.money.prices, prices);
        }
        self.benchmarks(views);
    }

    fn years_table(&self, first: &str) -> Table {
        let heads = self.report.years.iter().map(|year| self.year_head(year));
        heads.fold(Table::new(first), |table, head| table.numbers(0, head))
    }

    /// A row of money in both terms.
    pub(super) fn prices(&mut self, head: &str, prices: &PriceSection) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let table = self.years_table(head);
        let mut table = table.numbers(1, words.total).numbers(1, words.money.present_value);
        for (name, row) in
            [(words.money.current_prices, &prices.current), (words.money.constant_prices, &prices.constant)]
        {
            let values = row.years.iter().chain([&row.total, &row.present_value]).map(|value| reasons.money(value));
            table.row(0, [name.to_owned()].into_iter().chain(values).collect());
        }
        self.table(table, reasons);
    }

    fn benchmarks(&mut self, views: &CostViews) {
        let words = self.words;
        let named = |(name, deployment): &(&str, Deployment)| {
            (views.deployment == Some(name)).then(|| words.deployment(*deployment))
        };
        let Some(deployment) = Deployment::ALL.iter().find_map(named) else { return };
        let mut reasons = Reasons::default();
        let mut table = Table::new(&fill(words.money.benchmarks_of, &[deployment]));
        table = table.numbers(0, words.money.benchmark_value).text(0, words.money.usual).text(0, words.money.as_usual);
        for row in &views.benchmarks {
            let shown = |number| if row.is_share { rounding::share(number) } else { rounding::number(number, 2) };
            let met = match row.is_met {
                Some(true) => words.yes,
                Some(false) => words.no,
                None => rounding::MISSING,
            };
            let value = reasons.show(&row.value, shown);
            table.row(0, vec![row.name.to_owned(), value, row.usual.clone(), met.to_owned()]);
        }
        self.table(table, reasons);
    }
}
