//! Costs, benefits, the return and the scenarios side by side.

use super::*;
use crate::report::money::AlternativeSection;
use crate::report::{FinancingSection, NetPriceSection};

/// One plan as the report shows it: the document's own, or an alternative's.
pub(super) struct PlanView<'r> {
    /// Id and name of the alternative.
    alternative: Option<&'r str>,
    name: Option<&'r str>,
    costs: Option<&'r CostSection>,
    pub(super) benefits: Option<&'r BenefitSection>,
    case: Option<&'r CaseSection>,
    pub(super) financing: Option<&'r FinancingSection>,
}

impl<'r> PlanView<'r> {
    fn of(report: &'r Report) -> Self {
        Self {
            alternative: None,
            name: None,
            costs: report.costs.as_ref(),
            benefits: report.benefits.as_ref(),
            case: report.case.as_ref(),
            financing: report.financing.as_ref(),
        }
    }

    fn of_alternative(section: &'r AlternativeSection) -> Self {
        Self {
            alternative: Some(&section.id),
            name: Some(&section.name),
            costs: section.costs.as_ref(),
            benefits: section.benefits.as_ref(),
            case: section.case.as_ref(),
            financing: section.financing.as_ref(),
        }
    }

    fn id(&self, figure: &str) -> String {
        match self.alternative {
            Some(id) => format!("alternatives.{id}.{figure}"),
            None => figure.to_owned(),
        }
    }
}

impl Sections<'_> {
    /// The columns of money: the years, then the totals.
    pub(super) fn money_table(&self, first: &str) -> Table {
        let mut table = Table::new(first);
        for year in &self.report.years {
            table = table.numbers(0, self.year_head(year));
        }
        table.numbers(1, self.words.money.nominal).numbers(1, self.words.money.present_value)
    }

    /// The document's own plan and those of its alternatives, one after the other.
    pub(super) fn plans(&mut self, write: impl Fn(&mut Self, &PlanView)) {
        let report = self.report;
        write(self, &PlanView::of(report));
        for alternative in &report.alternatives {
            write(self, &PlanView::of_alternative(alternative));
        }
    }

    pub(super) fn plan_heading(&mut self, plan: &PlanView, heading: &str) {
        match plan.name {
            Some(name) => self.money_heading(&fill(self.words.money.of_alternative, &[&layout::name(name), heading])),
            None => self.money_heading(heading),
        }
    }

    pub(super) fn costs(&mut self, plan: &PlanView) {
        let Some(costs) = plan.costs else { return };
        let words = self.words;
        self.plan_heading(plan, words.money.costs);
        let mut reasons = Reasons::default();
        let mut table = self.money_table(words.category).numbers(1, words.money.share);
        let shares: Vec<&Value> = costs.categories.iter().map(|category| &category.share).collect();
        let shown = shares_of_values(&shares);
        let names = Category::ALL.map(|category| words.category(category));
        let mut names = names.into_iter();
        for (category, share) in costs.categories.iter().zip(shown) {
            let name = names.next().unwrap_or_default();
            let mut cells = money_cells(&mut reasons, name, &category.total);
            cells.push(share.unwrap_or_else(|| reasons.share(&category.share)));
            table.row(0, cells);
            for line in &category.lines {
                let cells = money_cells(&mut reasons, &line.name, line);
                table.row(1, cells);
            }
        }
        let set_aside = |value: &Value| value.number().is_none_or(|amount| !amount.is_zero());
        if set_aside(&costs.contingency.nominal) {
            table.total(money_cells(&mut reasons, words.money.before_contingency, &costs.before_contingency));
            table.total(money_cells(&mut reasons, words.money.contingency, &costs.contingency));
        }
        table.total(money_cells(&mut reasons, words.total, &costs.total));
        table.total(money_cells(&mut reasons, words.money.without_risk, &costs.unadjusted));
        self.table(table, reasons);
        let facts = [(words.money.initial, &costs.initial), (words.money.ongoing, &costs.ongoing)];
        let facts = facts.map(|(label, value)| (label, self.said(value, rounding::money)));
        self.document.facts(facts);
        if let Some(result) = &costs.result {
            self.result(words.money.costs, result);
        }
        if let Some(views) = &costs.views {
            self.cost_views(views);
        }
    }

    pub(super) fn criterion_name(&self, id: &str) -> String {
        let criteria = self.report.scorecard.iter().flat_map(|card| &card.criteria);
        let found = criteria.into_iter().find(|row| &*row.id == id);
        found.map_or_else(|| id.to_owned(), |row| row.name.to_string())
    }

    pub(super) fn case(&mut self, plan: &PlanView) {
        let Some(case) = plan.case else { return };
        let words = self.words;
        self.plan_heading(plan, words.money.case);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.amount);
        for year in &self.report.years {
            table = table.numbers(0, self.year_head(year));
        }
        let benefits = plan.benefits.map(|benefits| (words.money.benefits, &benefits.total.years));
        let costs = plan.costs.map(|costs| (words.money.costs, &costs.total.years));
        for (name, row) in [benefits, costs].into_iter().flatten() {
            table.row(0, row_cells(&mut reasons, name, row));
        }
        table.total(row_cells(&mut reasons, words.money.net, &case.net));
        table.total(row_cells(&mut reasons, words.money.cumulative, &case.cumulative));
        self.table(table, reasons);

        let mut reasons = Reasons::default();
        let mut table =
            Table::new(words.money.measure).numbers(0, words.money.adjusted).numbers(0, words.money.unadjusted);
        if case.cashable.is_some() {
            table = table.numbers(0, words.money.cashable_only);
        }
        let adjusted = self.all_measures(&mut reasons, &case.measures);
        let unadjusted = self.all_measures(&mut reasons, &case.unadjusted);
        let cashable = case.cashable.as_ref().map(|cashable| self.all_measures(&mut reasons, cashable));
        let mut cashable = cashable.into_iter().flatten();
        let taxed = case.result.as_ref().and_then(|result| result.taxed.as_ref());
        let after_tax = taxed.and_then(|taxed| taxed.measures.as_ref());
        let after_tax = after_tax.map(|measures| self.all_measures(&mut reasons, measures));
        if after_tax.is_some() {
            table = table.numbers(0, words.money.after_tax);
        }
        let mut after_tax = after_tax.into_iter().flatten();
        for ((name, adjusted), (_, unadjusted)) in adjusted.into_iter().zip(unadjusted) {
            let others = [cashable.next(), after_tax.next()].into_iter().flatten().map(|(_, shown)| shown);
            table.row(0, [name.to_owned(), adjusted, unadjusted].into_iter().chain(others).collect());
        }
        if case.measures.payback.is_none() {
            self.reason_of(&mut reasons, &plan.id("case.payback"));
        }
        if case.measures.discounted_payback.is_none() {
            self.reason_of(&mut reasons, &plan.id("case.discounted_payback"));
        }
        self.table(table, reasons);
        if let Some(prices) = &case.prices {
            self.net_prices(words.money.prices, prices);
        }
        if let Some(result) = &case.result {
            self.result(words.money.net, result);
        }
    }

    /// Net benefits in both terms, and the rates of return that follow.
    pub(super) fn net_prices(&mut self, head: &str, prices: &NetPriceSection) {
        self.prices(head, &prices.net);
        let rates =
            [(self.words.money.nominal_irr, &prices.nominal_irr), (self.words.money.real_irr, &prices.real_irr)];
        let rates = rates.map(|(name, rate)| (name, self.said(rate, rounding::share)));
        self.document.facts(rates);
    }

    pub(super) fn reason_of(&self, reasons: &mut Reasons, id: &str) {
        if let Some(Err(absent)) = self.report.cells.evaluation.figure(id) {
            reasons.add(&crate::report::figure::reason(&self.report.cells.evaluation, self.words, absent));
        }
    }

    /// The measures of one cash flow by name.
    pub(super) fn measures(&self, reasons: &mut Reasons, measures: &Measures) -> [(&'static str, String); 7] {
        let words = self.words;
        let payback = |payback| self.short_payback(payback);
        let ratio = |ratio| rounding::number(ratio, 2);
        [
            (words.money.npv, reasons.money(&measures.npv)),
            (words.money.roi, reasons.share(&measures.roi)),
            (words.money.roi_nominal, reasons.share(&measures.roi_nominal)),
            (words.money.irr, reasons.share(&measures.irr)),
            (words.money.payback, payback(measures.payback)),
            (words.money.discounted_payback, payback(measures.discounted_payback)),
            (words.money.benefit_cost_ratio, reasons.show(&measures.benefit_cost_ratio, ratio)),
        ]
    }

    /// The headline measures, and those that are asked for less often.
    fn all_measures(&self, reasons: &mut Reasons, measures: &Measures) -> Vec<(&'static str, String)> {
        let words = self.words;
        let mut all = Vec::from(self.measures(reasons, measures));
        let ordinal = |year: Decimal| year.normalize().to_string();
        let accounting = |reasons: &mut Reasons, rate: &Option<Value>| match rate {
            Some(rate) => reasons.share(rate),
            None => String::new(),
        };
        all.extend([
            (words.money.roi_initial, reasons.share(&measures.roi_initial)),
            (words.money.roi_a_year, reasons.share(&measures.roi_a_year)),
            (words.money.mirr, reasons.share(&measures.mirr)),
            (
                words.money.profitability_index,
                reasons.show(&measures.profitability_index, |ratio| rounding::number(ratio, 2)),
            ),
            (words.money.equivalent_annual_value, reasons.money(&measures.equivalent_annual_value)),
            (words.money.accounting_return, accounting(reasons, &measures.accounting_return)),
            (words.money.accounting_return_average, accounting(reasons, &measures.accounting_return_average)),
            (words.money.break_even_year, reasons.show(&measures.break_even_year, ordinal)),
            (words.money.cost_of_delay, reasons.money(&measures.cost_of_delay)),
        ]);
        all
    }

    pub(super) fn scenarios(&mut self) {
        let (report, words) = (self.report, self.words);
        if report.scenarios.is_empty() {
            return;
        }
        self.money_heading(words.money.scenarios);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.measure);
        let mut columns: Vec<Vec<(&str, String)>> = Vec::new();
        for scenario in &report.scenarios {
            table = table.numbers(0, scenario.name.as_deref().unwrap_or(words.as_stated));
            let totals = [
                (words.money.costs_nominal, &scenario.costs_nominal),
                (words.money.costs_present, &scenario.costs),
                (words.money.benefits_present, &scenario.benefits),
            ];
            let totals = totals.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
            let mut column: Vec<(&str, String)> = totals.map(|(name, value)| (name, reasons.money(value))).collect();
            let others = [
                (words.money.eva_present, &scenario.economic_value_added),
                (words.customer_equity, &scenario.customer_equity),
            ];
            let others = others.into_iter().filter_map(|(name, value)| Some((name, reasons.money(value.as_ref()?))));
            let others: Vec<(&str, String)> = others.collect();
            column.extend(others);
            if let Some(case) = &scenario.case {
                column.extend(self.measures(&mut reasons, &case.measures));
                let taxed = case.result.as_ref().and_then(|result| result.taxed.as_ref());
                if let Some(measures) = taxed.and_then(|taxed| taxed.measures.as_ref()) {
                    column.push((words.money.npv_after_tax, reasons.money(&measures.npv)));
                }
            }
            columns.push(column);
        }
        let names: Vec<&str> = columns.first().into_iter().flatten().map(|(name, _)| *name).collect();
        for (position, name) in names.into_iter().enumerate() {
            let values = columns.iter().map(|column| column.get(position).map(|(_, shown)| shown.clone()));
            table.row(0, [Some(name.to_owned())].into_iter().chain(values).map(Option::unwrap_or_default).collect());
        }
        self.table(table, reasons);
    }
}

pub(super) fn money_cells(reasons: &mut Reasons, name: &str, row: &MoneyRow) -> Vec<String> {
    let mut cells = row_cells(reasons, name, &row.years);
    cells.push(reasons.money(&row.nominal));
    cells.push(reasons.money(&row.present_value));
    cells
}

pub(super) fn row_cells(reasons: &mut Reasons, name: &str, values: &[Value]) -> Vec<String> {
    [name.to_owned()].into_iter().chain(values.iter().map(|value| reasons.money(value))).collect()
}
