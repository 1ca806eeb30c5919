//! Ways to pay for something: what flows when, and which is best.

use super::money::{PlanView, row_cells};
use super::*;
use crate::report::{FinancingRow, FinancingSection};

impl Sections<'_> {
    pub(super) fn financing(&mut self, plan: &PlanView) {
        let Some(section) = plan.financing else { return };
        let words = self.words;
        self.plan_heading(plan, words.money.financing);
        self.ways_side_by_side(section);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.amount);
        for year in &self.report.years {
            table = table.numbers(0, self.year_head(year));
        }
        for way in &section.ways {
            let parts = [
                (words.money.interest, &way.interest),
                (words.money.principal, &way.principal),
                (words.money.still_owed, &way.balance),
                (words.money.tax_saved, &way.tax_saved),
            ];
            table.total(row_cells(&mut reasons, &self.way_name(way), &way.net));
            table.row(1, row_cells(&mut reasons, words.money.payment, &way.payment));
            for (name, row) in parts.into_iter().filter_map(|(name, row)| Some((name, row.as_ref()?))) {
                table.row(1, row_cells(&mut reasons, name, row));
            }
        }
        self.table(table, reasons);
    }

    fn way_name(&self, way: &FinancingRow) -> String {
        match &way.name {
            Some(name) => layout::name(name),
            None => self.words.money.purchase.to_owned(),
        }
    }

    fn ways_side_by_side(&mut self, section: &FinancingSection) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.way_to_pay)
            .text(0, words.money.kind)
            .numbers(0, words.money.present_value)
            .numbers(0, words.money.advantage)
            .numbers(0, words.money.effective_rate)
            .numbers(0, words.rank);
        let rate = |rate: Decimal| rounding::plain(rate.round_dp(4), &Unit::Share);
        for way in &section.ways {
            let kind = match way.kind {
                "purchase" => words.money.own_money,
                "loan" => words.money.loan,
                _ => words.money.lease,
            };
            let effective = way.effective_rate.as_ref().map(|value| reasons.show(value, rate)).unwrap_or_default();
            let money = [&way.present_value, &way.advantage].map(|value| reasons.money(value));
            let rank = reasons.show(&way.rank, |rank| rank.normalize().to_string());
            let cells = [self.way_name(way), kind.to_owned()].into_iter().chain(money).chain([effective, rank]);
            table.row(0, cells.collect());
        }
        self.table(table, reasons);
        let mut facts = vec![(words.money.price, self.said(&section.price, rounding::money))];
        // a rate that differs between years stands in its figures
        if let [first, others @ ..] = section.rate.as_slice()
            && others.iter().all(|other| other == first)
        {
            facts.push((words.money.discounted_at, self.said(first, rate)));
        }
        self.document.facts(facts);
    }
}
