//! Customers: what they are worth, where they stand and where they go.

use super::*;
use crate::report::{
    CompositionSection, CustomersSection, FunnelSection, GridRow, LifetimeValueSection, SegmentRow,
    SegmentationSection, StateTime, StatesSection,
};
use std::sync::Arc;

/// The values of one kind in a row of the grid.
type OfRow = fn(&GridRow) -> &Vec<Value>;
/// One of the rates of a time.
type OfTime = fn(&StateTime) -> &Option<Value>;
/// How a number is shown.
type Shown = fn(Decimal) -> String;

fn count(number: Decimal) -> String {
    rounding::plain(number, &Unit::Number)
}

impl Sections<'_> {
    pub(super) fn customers(&mut self, customers: &CustomersSection) {
        self.money_heading(self.words.money.customers);
        if let Some(value) = &customers.lifetime_value {
            self.lifetime_value(value);
        }
        if let Some(grid) = &customers.segmentation {
            self.segmentation(grid);
        }
        if let Some(states) = &customers.states {
            self.states(states);
        }
        for composition in &customers.compositions {
            self.composition(composition);
        }
        if let Some(funnel) = &customers.funnel {
            self.funnel(funnel);
        }
    }

    fn lifetime_value(&mut self, value: &LifetimeValueSection) {
        let words = self.words;
        self.document.subheading(words.money.lifetime_value);
        let any = |has: fn(&SegmentRow) -> bool| value.segments.iter().any(has);
        let with_cost = any(|segment| segment.acquisition_cost.is_some());
        let with_customers = any(|segment| segment.customers.is_some());
        let with_new = any(|segment| segment.new_customers.is_some());
        let columns = [
            (true, 0, words.money.value_before_cost),
            (with_cost, 0, words.money.acquisition_cost),
            (with_cost, 0, words.money.lifetime_value),
            (true, 0, words.money.margin_multiple),
            (with_cost, 0, words.money.value_to_cost),
            (with_customers, 1, words.money.customers),
            (with_new, 1, words.money.to_be_won),
            (with_customers || with_new, 1, words.customer_equity),
            (with_customers || with_new, 1, words.money.share),
        ];
        let mut table = Table::new(words.money.segment);
        for (_, group, head) in columns.into_iter().filter(|(shown, ..)| *shown) {
            table = table.numbers(group, head);
        }
        let mut reasons = Reasons::default();
        let shares: Option<Vec<&Value>> = value.segments.iter().map(|segment| segment.equity_share.as_ref()).collect();
        let mut shares = shares.map(|shares| shares_of_values(&shares)).unwrap_or_default().into_iter();
        for segment in &value.segments {
            let mut money =
                |value: &Option<Value>| value.as_ref().map(|value| reasons.money(value)).unwrap_or_default();
            let (cost, equity) = (money(&segment.acquisition_cost), money(&segment.equity));
            let count = |reasons: &mut Reasons, value: &Option<Value>| {
                let shown =
                    value.as_ref().map(|value| reasons.show(value, |count| rounding::plain(count, &Unit::Number)));
                shown.unwrap_or_default()
            };
            let ratio =
                |reasons: &mut Reasons, value: &Value| reasons.show(value, |number| rounding::number(number, 2));
            let share = shares.next().flatten();
            let share = share.or_else(|| segment.equity_share.as_ref().map(|share| reasons.share(share)));
            let cells = [
                reasons.money(&segment.gross),
                cost,
                reasons.money(&segment.value),
                ratio(&mut reasons, &segment.multiple),
                segment.ratio.as_ref().map(|value| ratio(&mut reasons, value)).unwrap_or_default(),
                count(&mut reasons, &segment.customers),
                count(&mut reasons, &segment.new_customers),
                equity,
                share.unwrap_or_default(),
            ];
            let shown = cells.into_iter().zip(columns).filter(|(_, (shown, ..))| *shown).map(|(cell, _)| cell);
            table.row(0, [segment.name.to_string()].into_iter().chain(shown).collect());
        }
        self.table(table, reasons);
        self.lifetime_by_year(value);
        let rate = self.said(&value.discount_rate, |rate| rounding::plain(rate, &Unit::Share));
        let equity = value.customer_equity.as_ref().map(|equity| (words.customer_equity, self.said_money(equity)));
        self.document.facts([Some((words.money.lifetime_rate, rate)), equity].into_iter().flatten());
    }

    fn lifetime_by_year(&mut self, value: &LifetimeValueSection) {
        let words = self.words;
        let mut table = Table::new(words.money.margins_present);
        for year in self.report.years.iter().filter(|year| year.number > 0) {
            table = table.numbers(0, self.year_head(year));
        }
        let with_after = value.segments.iter().any(|segment| segment.after.is_some());
        if with_after {
            table = table.numbers(0, words.money.later);
        }
        let mut reasons = Reasons::default();
        for segment in &value.segments {
            let years = segment.by_year.iter().chain(&segment.after).map(|value| reasons.money(value));
            table.row(0, [segment.name.to_string()].into_iter().chain(years).collect());
        }
        self.table(table, reasons);
    }

    fn segmentation(&mut self, grid: &SegmentationSection) {
        let words = self.words;
        self.document.subheading(words.money.segmentation);
        let named = |name: &Option<Arc<str>>, otherwise: &str, unit: &Option<Arc<str>>| {
            let name = name.as_deref().unwrap_or(otherwise);
            match unit {
                Some(unit) => fill(words.in_currency, &[name, &layout::unit(unit)]),
                None => name.to_owned(),
            }
        };
        let value = named(&grid.value_name, words.value, &grid.value_unit);
        let need = named(&grid.need_name, words.money.need, &grid.need_unit);
        let worth: Shown = if grid.is_money { rounding::money } else { count };
        self.document.paragraph(&fill(words.money.grid_of, &[&value, &need]));
        let rows: [(&str, OfRow, Shown); 4] = [
            (words.money.customers, |row| &row.customers, count),
            (words.money.customer_share, |row| &row.customer_share, rounding::share),
            (words.value, |row| &row.value, worth),
            (words.money.value_share, |row| &row.value_share, rounding::share),
        ];
        for (what, of, shown) in rows {
            let mut reasons = Reasons::default();
            let mut table = Table::new(what);
            for band in &grid.need_bands {
                table = table.numbers(0, &**band);
            }
            // the highest band stands on top, as on a map
            for row in grid.rows.iter().rev() {
                let cells = of(row).iter().map(|value| reasons.show(value, shown));
                table.row(0, [row.band.to_string()].into_iter().chain(cells).collect());
            }
            self.table(table, reasons);
        }
        let total_value = self.said(&grid.total_value, worth);
        let totals = [(words.money.customers, self.said(&grid.total_customers, count)), (words.value, total_value)];
        self.document.facts(totals);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.member).numbers(0, words.money.customers).numbers(0, value.as_str());
        table = table.numbers(0, need.as_str()).text(1, words.money.value_band).text(1, words.money.need_band);
        for member in &grid.members {
            let customers =
                member.customers.as_ref().map_or_else(|| "1".to_owned(), |value| reasons.show(value, count));
            let cells = vec![
                member.name.to_string(),
                customers,
                reasons.show(&member.value, worth),
                reasons.show(&member.need, count),
                reasons.show(&member.value_band, count),
                reasons.show(&member.need_band, count),
            ];
            table.row(0, cells);
        }
        self.table(table, reasons);
    }

    fn states(&mut self, states: &StatesSection) {
        let words = self.words;
        self.document.subheading(words.money.customer_states);
        let mut reasons = Reasons::default();
        let mut table = by_state(states, words.money.counts_at).numbers(1, words.money.customers);
        for time in &states.times {
            let cells = time.counts.iter().chain([&time.customers]).map(|value| reasons.show(value, count));
            table.row(0, [time.time.to_string()].into_iter().chain(cells).collect());
        }
        self.table(table, reasons);
        self.rates(states);
        let mut reasons = Reasons::default();
        let mut table = by_state(states, words.money.transitions);
        for (state, row) in states.states.iter().zip(&states.transitions) {
            table.row(0, [state.to_string()].into_iter().chain(whole(&mut reasons, row)).collect());
        }
        self.table(table, reasons);
        let expected = [
            (words.money.expected_retention, &states.expected_retention),
            (words.money.expected_churn, &states.expected_churn),
            (words.money.expected_win_back, &states.expected_win_back),
        ];
        let expected = expected.into_iter().filter_map(|(name, rate)| Some((name, rate.as_ref()?)));
        let expected: Vec<(&str, String)> =
            expected.map(|(name, rate)| (name, self.said(rate, rounding::share))).collect();
        self.document.facts(expected);
        self.projection(states);
    }

    fn rates(&mut self, states: &StatesSection) {
        let words = self.words;
        let columns: [(&str, OfTime); 4] = [
            (words.money.retention, |time| &time.retention),
            (words.money.churn, |time| &time.churn),
            (words.money.win_back, |time| &time.win_back),
            (words.money.acquisition, |time| &time.acquisition),
        ];
        let has = |of: &OfTime| states.times.iter().any(|time| of(time).is_some());
        let columns: Vec<(&str, OfTime)> = columns.into_iter().filter(|(_, of)| has(of)).collect();
        let mut reasons = Reasons::default();
        let mut table =
            columns.iter().fold(Table::new(words.money.rates_at), |table, (head, _)| table.numbers(0, *head));
        for time in states.times.iter().skip(1) {
            let rates = columns.iter().map(|(_, of)| of(time).as_ref().map(|rate| reasons.share(rate)));
            let rates = rates.map(Option::unwrap_or_default);
            table.row(0, [time.time.to_string()].into_iter().chain(rates).collect());
        }
        self.table(table, reasons);
    }

    fn projection(&mut self, states: &StatesSection) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let mut table = by_state(states, words.money.projection);
        for (step, (counts, shares)) in (1_u32..).zip(states.projected.iter().zip(&states.projected_shares)) {
            let counts = counts.iter().map(|value| reasons.show(value, |number| rounding::number(number, 1)));
            table.row(0, [fill(words.money.step, &[&step.to_string()])].into_iter().chain(counts).collect());
            table.row(1, [words.money.share.to_owned()].into_iter().chain(whole(&mut reasons, shares)).collect());
        }
        self.table(table, reasons);
    }

    fn composition(&mut self, composition: &CompositionSection) {
        let words = self.words;
        self.document.subheading(&layout::name(&composition.name));
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.part);
        if composition.is_counted {
            table = table.numbers(0, words.money.count);
        }
        table = table.numbers(0, words.money.share).numbers(0, words.money.cumulative_share);
        let shares: Vec<&Value> = composition.parts.iter().map(|part| &part.share).collect();
        for (part, share) in composition.parts.iter().zip(shares_of_values(&shares)) {
            let count = composition.is_counted;
            let count = count.then(|| reasons.show(&part.written, |number| rounding::plain(number, &Unit::Number)));
            let share = share.unwrap_or_else(|| reasons.share(&part.share));
            let cumulative = reasons.share(&part.cumulative);
            let cells = [Some(part.id.to_string()), count, Some(share), Some(cumulative)];
            table.row(0, cells.into_iter().flatten().collect());
        }
        self.table(table, reasons);
        let number = |value: &Value, places| self.said(value, |number| rounding::number(number, places));
        let top = fill(words.money.largest_parts, &[&composition.top.to_string()]);
        let facts = [
            (top.as_str(), self.said(&composition.top_share, rounding::share)),
            (words.money.vital_few, number(&composition.vital_few, 0)),
            (
                words.money.concentration,
                fill(
                    words.money.as_equal_parts,
                    &[&number(&composition.concentration, 3), &number(&composition.equal_parts, 1)],
                ),
            ),
        ];
        self.document.facts(facts);
    }

    fn funnel(&mut self, funnel: &FunnelSection) {
        let words = self.words;
        self.document.subheading(words.money.funnel);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.stage).numbers(0, words.money.count).numbers(0, words.money.conversion);
        table = table.numbers(0, words.money.from_first).numbers(0, words.money.lost_there);
        for stage in &funnel.stages {
            let mut share =
                |value: &Option<Value>| value.as_ref().map(|value| reasons.share(value)).unwrap_or_default();
            let (conversion, overall) = (share(&stage.conversion), share(&stage.overall));
            let counted = reasons.show(&stage.count, count);
            let loss = stage.loss.as_ref().map(|value| reasons.show(value, count)).unwrap_or_default();
            table.row(0, vec![stage.name.to_string(), counted, conversion, overall, loss]);
        }
        self.table(table, reasons);
        let facts = [
            (words.money.overall_conversion, self.said(&funnel.overall_conversion, rounding::share)),
            (words.money.narrowest, self.said(&funnel.narrowest, count)),
        ];
        self.document.facts(facts);
    }
}

/// A table with a column for each state.
fn by_state(states: &StatesSection, first: &str) -> Table {
    states.states.iter().fold(Table::new(first), |table, state| table.numbers(0, &**state))
}

/// Shares of one whole, which are shown adding up to 100 %.
fn whole(reasons: &mut Reasons, shares: &[Value]) -> Vec<String> {
    let values: Vec<&Value> = shares.iter().collect();
    let shown = shares_of_values(&values).into_iter().zip(shares);
    shown.map(|(shown, value)| shown.unwrap_or_else(|| reasons.share(value))).collect()
}
