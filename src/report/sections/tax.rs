//! The result of a plan, tax on it and value added.

use super::money::row_cells;
use super::*;
use crate::report::ResultSection;

impl Sections<'_> {
    pub(super) fn result(&mut self, name: &str, section: &ResultSection) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.amount);
        for year in &self.report.years {
            table = table.numbers(0, self.year_head(year));
        }
        let name = if section.is_inflated { fill(words.money.in_money_of_each_year, &[name]) } else { name.to_owned() };
        table.row(0, row_cells(&mut reasons, &name, &section.of));
        let is_something = |value: &Value| value.number().is_none_or(|amount| !amount.is_zero());
        if section.capitalised.iter().any(is_something) {
            table.row(0, row_cells(&mut reasons, words.money.capitalised, &section.capitalised));
        }
        table.row(0, row_cells(&mut reasons, words.money.depreciation, &section.depreciation));
        table.row(0, row_cells(&mut reasons, words.money.result, &section.result));
        if let Some(taxed) = &section.taxed {
            if let Some(tax) = &taxed.tax_at_current_prices {
                let name = fill(words.money.in_money_of_each_year, &[words.money.tax]);
                table.row(0, row_cells(&mut reasons, &name, tax));
            }
            table.row(0, row_cells(&mut reasons, words.money.tax, &taxed.tax));
            if let Some(shield) = &taxed.shield {
                table.row(1, row_cells(&mut reasons, words.money.tax_shield, shield));
            }
            match taxed.costs.as_ref().filter(|_| taxed.measures.is_none()) {
                Some(costs) => table.total(row_cells(&mut reasons, words.money.costs_after_tax, &costs.years)),
                None => table.total(row_cells(&mut reasons, words.money.net_after_tax, &taxed.net)),
            }
        }
        if let Some(value_added) = &section.value_added {
            table.total(row_cells(&mut reasons, words.money.economic_value_added, value_added));
        }
        self.table(table, reasons);
        let costs = section
            .taxed
            .as_ref()
            .filter(|taxed| taxed.measures.is_none())
            .and_then(|taxed| Some((taxed.costs.as_ref()?, taxed.equivalent_annual_cost.as_ref()?)));
        if let Some((costs, annual)) = costs {
            let facts = [
                (words.money.costs_after_tax_present, &costs.present_value),
                (words.money.costs_after_tax_a_year, annual),
            ];
            let facts = facts.map(|(name, value)| (name, self.said(value, rounding::money)));
            self.document.facts(facts);
        }
        if let Some(prices) = section.taxed.as_ref().and_then(|taxed| taxed.prices.as_ref()) {
            self.net_prices(words.money.net_after_tax, prices);
        }
        if let Some(value) = &section.value_added_present_value {
            let facts = [(words.money.eva_present, self.said(value, rounding::money))];
            self.document.facts(facts);
        }
    }
}
