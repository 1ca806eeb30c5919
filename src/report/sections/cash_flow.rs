//! Flows of money in time: flow by flow, and what they return.

use super::*;
use crate::report::CashFlowSection;

/// Longer tables are left to the figures.
const MOST_ROWS: usize = 60;

impl Sections<'_> {
    pub(super) fn cash_flows(&mut self) {
        let report = self.report;
        for flow in &report.cash_flows {
            self.cash_flow(flow);
        }
    }

    fn cash_flow(&mut self, flow: &CashFlowSection) {
        let words = self.words;
        self.money_heading(&fill(words.money.cash_flow_of, &[&layout::name(&flow.name)]));
        if flow.when.len() > MOST_ROWS {
            self.document.paragraph(&fill(words.money.cash_flow_long, &[&flow.when.len().to_string(), &flow.id]));
        } else {
            self.flow_by_flow(flow);
        }
        let share = |value: &Value| self.said(value, rounding::share);
        let years =
            |value: &Value| self.said(value, |years| fill(words.money.in_years, &[&rounding::number(years, 2)]));
        let payback = match &flow.payback_months {
            Value::Number(months) => {
                fill(words.money.payback_and_months, &[&years(&flow.payback), &rounding::number(*months, 0)])
            }
            _ => years(&flow.payback),
        };
        let roots: Vec<String> = flow.irr_roots.iter().map(share).collect();
        let facts = [
            (words.money.at_rate, Some(self.said(&flow.discount_rate, |rate| rounding::plain(rate, &Unit::Share)))),
            (words.money.npv, Some(self.said_money(&flow.npv))),
            (words.money.irr, Some(share(&flow.irr))),
            (words.money.all_irr, (roots.len() > 1).then(|| roots.join(words.list_separator))),
            (words.money.mirr, Some(share(&flow.mirr))),
            (words.money.payback, Some(payback)),
            (words.money.discounted_payback, Some(years(&flow.discounted_payback))),
            (
                words.money.profitability_index,
                Some(self.said(&flow.profitability_index, |index| rounding::number(index, 2))),
            ),
        ];
        self.document.facts(facts.into_iter().filter_map(|(name, said)| Some((name, said?))));
    }

    fn flow_by_flow(&mut self, flow: &CashFlowSection) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.when)
            .numbers(0, words.money.flow)
            .numbers(0, words.money.cumulative)
            .numbers(1, words.money.years_since)
            .numbers(1, words.money.discount_factor)
            .numbers(1, words.money.discounted_flow);
        let rows = flow.amounts.iter().zip(&flow.cumulative).zip(&flow.years).zip(&flow.factors).zip(&flow.discounted);
        for (when, ((((amount, cumulative), years), factor), discounted)) in flow.when.iter().zip(rows) {
            let cells = vec![
                when.to_string(),
                reasons.money(amount),
                reasons.money(cumulative),
                reasons.show(years, |years| rounding::number(years, 3)),
                reasons.show(factor, |factor| rounding::number(factor, 4)),
                reasons.money(discounted),
            ];
            table.row(0, cells);
        }
        self.table(table, reasons);
    }
}
