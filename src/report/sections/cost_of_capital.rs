//! What the discount rate is built up from.

use super::*;
use crate::report::CostOfCapitalSection;

impl Sections<'_> {
    pub(super) fn cost_of_capital(&mut self, section: &CostOfCapitalSection) {
        let words = self.words;
        self.document.heading(words.money.cost_of_capital);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.source_of_capital)
            .numbers(0, words.money.amount)
            .numbers(0, words.weight)
            .numbers(0, words.money.cost_a_year)
            .numbers(0, words.money.after_tax);
        let rate = |rate: Decimal| rounding::plain(rate, &Unit::Share);
        for source in &section.sources {
            let name = match source.id {
                "equity" => words.money.equity,
                "debt" => words.money.debt,
                _ => words.money.preferred,
            };
            let amount =
                if source.is_share { reasons.show(&source.amount, rate) } else { reasons.money(&source.amount) };
            let others = [&source.weight, &source.cost, &source.after_tax].map(|value| reasons.show(value, rate));
            table.row(0, [name.to_owned(), amount].into_iter().chain(others).collect());
        }
        let empty = || String::new();
        table.total(vec![words.money.wacc.to_owned(), empty(), empty(), empty(), reasons.show(&section.wacc, rate)]);
        self.table(table, reasons);
        let mut facts = Vec::new();
        if let Some([risk_free, beta, premium]) = &section.equity {
            facts.push((words.money.risk_free.to_owned(), self.said(risk_free, rate)));
            facts.push((words.money.beta.to_owned(), self.said(beta, |beta| rounding::trimmed(beta, 4))));
            facts.push((words.money.market_premium.to_owned(), self.said(premium, rate)));
        }
        for (id, premium) in &section.premiums {
            facts.push((fill(words.money.premium_for, &[&layout::name(id)]), self.said(premium, rate)));
        }
        facts.push((words.money.tax_on_interest.to_owned(), self.said(&section.tax_rate, rate)));
        self.document.facts(facts);
    }
}
