//! Economic value added, year by year and together.

use super::*;
use crate::report::EconomicValueAddedSection;

impl Sections<'_> {
    pub(super) fn economic_value_added(&mut self, section: &EconomicValueAddedSection) {
        let words = self.words;
        self.money_heading(words.money.economic_value_added);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.amount);
        let years = self.report.years.iter().filter(|year| year.number > 0);
        let heads: Vec<String> = years.map(|year| self.year_head(year)).collect();
        for head in &heads {
            table = table.numbers(0, head.as_str());
        }
        // an amount that is one for all years stands in each of them
        let mut row = |name: &str, values: &[Value], shown: fn(Decimal) -> String| {
            let each = (0..heads.len()).map(|year| match values {
                [only] => reasons.show(only, shown),
                values => values.get(year).map(|value| reasons.show(value, shown)).unwrap_or_default(),
            });
            [name.to_owned()].into_iter().chain(each).collect::<Vec<String>>()
        };
        table.row(0, row(words.money.ebit, &section.ebit, rounding::money));
        for (name, values) in &section.adjustments {
            table.row(1, row(&fill(words.money.adjustment, &[name]), values, rounding::money));
        }
        table.row(0, row(words.money.nopat, &section.nopat, rounding::money));
        table.row(0, row(words.money.opening_capital, &section.opening_capital, rounding::money));
        table.row(0, row(words.money.capital_charge, &section.charge, rounding::money));
        table.total(row(words.money.economic_value_added, &section.value, rounding::money));
        table.row(0, row(words.money.roic, &section.roic, rounding::share));
        table.row(0, row(words.money.spread, &section.spread, rounding::share));
        self.table(table, reasons);

        let facts = [
            (words.money.wacc, Some(self.said(&section.wacc, |rate| rounding::plain(rate, &Unit::Share)))),
            (words.money.eva_present, Some(self.said_money(&section.present_value))),
            (words.money.eva_continuing, section.continuing_value.as_ref().map(|value| self.said_money(value))),
            (words.money.market_value_added, Some(self.said_money(&section.market_value_added))),
            (words.money.enterprise_value, Some(self.said_money(&section.enterprise_value))),
            (
                words.money.observed_added,
                section.observed_market_value_added.as_ref().map(|value| self.said_money(value)),
            ),
            (words.money.eva_npv, Some(self.said_money(&section.npv))),
        ];
        self.document.facts(facts.into_iter().filter_map(|(name, said)| Some((name, said?))));
    }
}
