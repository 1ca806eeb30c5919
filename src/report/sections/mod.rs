//! The report in the order in which a consultant reads it: the verdict, what it rests on, and what to know about it.

use super::layout::{self, Document, Table};
use super::rounding::{self, MISSING, shares_of_values};
use super::words::{Words, fill};
use super::{
    AssessmentSection, AssumptionRow, BenefitSection, CaseSection, Concordance, CostSection, CriterionRow, DelphiRound,
    IncentiveSection, Measures, MoneyRow, PayoutRow, RatedItem, Report, ScorecardSection, SensitivitySection,
    StopVerdict, Value, WeightMove, Year,
};
use crate::case::Category;
use crate::kernel::Payback;
use crate::model::Unit;
use rust_decimal::Decimal;
use std::collections::HashSet;

mod alternatives;
mod assessment;
mod benefits;
mod cash_flow;
mod comparison;
mod cost_of_capital;
mod cost_views;
mod customers;
mod delphi;
mod economic_value_added;
mod financing;
mod findings;
mod incentive;
mod money;
mod reconciliation;
mod review;
mod scorecard;
mod structure;
mod tax;
mod trend;
mod units;
mod weights;

pub(super) use alternatives::disagreement;
pub(super) use reconciliation::{expected_beyond, expected_number};

/// All sections that have something to say.
pub(super) fn document(report: &Report) -> Document {
    let words = Words::of(report.language);
    let mut sections = Sections { report, words, document: Document::default() };
    sections.head();
    sections.in_short();
    if let Some(scorecard) = &report.scorecard {
        sections.scorecard(scorecard);
        report.units.iter().for_each(|units| sections.units(units));
        sections.links(&report.structure);
        sections.initiatives(&report.structure);
    }
    if let Some(review) = &report.review {
        sections.review(review);
    }
    sections.delphi();
    if let Some(assessment) = &report.assessment {
        sections.assessment(assessment);
    }
    if let Some(incentive) = &report.incentive {
        sections.incentive(incentive);
    }
    if let Some(section) = &report.cost_of_capital {
        sections.cost_of_capital(section);
    }
    sections.alternatives();
    sections.plans(|sections, plan| {
        sections.costs(plan);
        sections.benefits(plan);
        sections.case(plan);
        sections.financing(plan);
    });
    sections.cash_flows();
    if let Some(section) = &report.economic_value_added {
        sections.economic_value_added(section);
    }
    if let Some(customers) = &report.customers {
        sections.customers(customers);
    }
    sections.scenarios();
    report.reconciliation.iter().for_each(|section| sections.reconciliation(section));
    sections.assumptions();
    sections.findings();
    sections.conventions();
    sections.document
}

/// One part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Section {
    /// What is measured, and what it weighs.
    Scorecard,
    /// How its design keeps to the principles, and the scores of leading, lagging, process and effect indicators.
    Review,
    /// The business units side by side.
    Units,
    /// Which criteria drive which.
    Links,
    /// What is done to move indicators.
    Initiatives,
    /// How each group of siblings came by its weights, and what they were drawn from.
    Weights,
    /// The rounds of the experts and the stop rule.
    Delphi,
    /// What the panel judged.
    Assessment,
    /// What is paid for scores.
    Incentive,
    /// What it costs.
    Costs,
    /// What it brings.
    Benefits,
    /// What it returns.
    Return,
    /// What the discount rate is built up from.
    CostOfCapital,
    /// Ways of going about it, side by side.
    Alternatives,
    /// Ways to pay for something.
    Financing,
    /// What flowed, or is to flow, and when.
    CashFlows,
    /// What is left of the profit once capital has had its price.
    EconomicValueAdded,
    /// What the customers are worth, and where they go.
    Customers,
    /// Published and expected figures beside ours.
    Reconciliation,
    /// What a reviewer would point at.
    Findings,
}

/// A report of which only one section is written; from [`Report::section`].
#[derive(Debug, Clone, Copy)]
pub struct Excerpt<'r> {
    report: &'r Report,
    section: Section,
}

impl Report {
    /// One section of the report by itself, empty where it has nothing to say.
    ///
    /// ```
    /// use appraise::report::Section;
    /// use appraise::scorecard::{Criterion, Scorecard};
    /// use appraise::{Appraisal, Draft};
    ///
    /// let card = Scorecard::new([Criterion::judged("customer"), Criterion::judged("financial")]);
    /// let report = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap().base().report();
    /// assert_eq!(report.section(Section::Delphi).to_markdown(), "");
    /// assert!(report.section(Section::Findings).to_markdown().starts_with("## Findings\n"));
    /// ```
    pub fn section(&self, section: Section) -> Excerpt<'_> {
        Excerpt { report: self, section }
    }
}

impl Excerpt<'_> {
    /// The section as Markdown.
    pub fn to_markdown(&self) -> String {
        super::markdown::written(&self.document())
    }

    pub(super) fn document(&self) -> Document {
        let report = self.report;
        let mut sections = Sections { report, words: Words::of(report.language), document: Document::default() };
        match self.section {
            Section::Scorecard => report.scorecard.iter().for_each(|scorecard| sections.scorecard(scorecard)),
            Section::Review => report.review.iter().for_each(|review| sections.review(review)),
            Section::Weights => report.scorecard.iter().for_each(|scorecard| sections.weights(scorecard)),
            Section::Units => report.units.iter().for_each(|units| sections.units(units)),
            Section::Links => sections.links(&report.structure),
            Section::Initiatives => sections.initiatives(&report.structure),
            Section::Delphi => sections.delphi(),
            Section::Assessment => report.assessment.iter().for_each(|assessment| sections.assessment(assessment)),
            Section::Incentive => report.incentive.iter().for_each(|incentive| sections.incentive(incentive)),
            Section::Costs => sections.plans(|sections, plan| sections.costs(plan)),
            Section::Benefits => sections.plans(|sections, plan| sections.benefits(plan)),
            Section::Return => sections.plans(|sections, plan| sections.case(plan)),
            Section::CostOfCapital => {
                report.cost_of_capital.iter().for_each(|section| sections.cost_of_capital(section))
            }
            Section::Financing => sections.plans(|sections, plan| sections.financing(plan)),
            Section::Alternatives => sections.alternatives(),
            Section::CashFlows => sections.cash_flows(),
            Section::EconomicValueAdded => {
                report.economic_value_added.iter().for_each(|section| sections.economic_value_added(section));
            }
            Section::Customers => report.customers.iter().for_each(|customers| sections.customers(customers)),
            Section::Reconciliation => {
                report.reconciliation.iter().for_each(|section| sections.reconciliation(section));
            }
            Section::Findings => sections.findings(),
        }
        sections.document
    }
}

/// Why values of a table are missing, each reason once.
#[derive(Default)]
pub(super) struct Reasons {
    /// The first of them, as they are shown.
    reasons: Vec<String>,
    /// All of them.
    known: HashSet<String>,
}

/// More reasons are only counted.
const MOST_REASONS: usize = 5;

impl Reasons {
    pub(super) fn show(&mut self, value: &Value, shown: impl FnOnce(Decimal) -> String) -> String {
        match value {
            Value::Number(number) => shown(*number),
            Value::Names(names) => names.join("/"),
            Value::Missing(reason) => {
                self.add(reason);
                MISSING.to_owned()
            }
        }
    }

    fn add(&mut self, reason: &str) {
        if self.known.insert(reason.to_owned()) && self.reasons.len() < MOST_REASONS {
            self.reasons.push(reason.to_owned());
        }
    }

    fn money(&mut self, value: &Value) -> String {
        self.show(value, rounding::money)
    }

    pub(super) fn share(&mut self, value: &Value) -> String {
        self.show(value, rounding::share)
    }

    pub(super) fn notes(self, words: &Words) -> Vec<String> {
        let hidden = self.known.len().saturating_sub(self.reasons.len());
        let more = (hidden > 0).then(|| fill(words.and_more, &[&hidden.to_string()]));
        self.reasons.into_iter().chain(more).collect()
    }
}

struct Sections<'r> {
    report: &'r Report,
    words: &'static Words,
    document: Document,
}

impl Sections<'_> {
    /// A table and the reasons for what is missing in it.
    fn table(&mut self, table: Table, reasons: Reasons) {
        self.document.table(table);
        self.document.notes(reasons.notes(self.words));
    }

    fn head(&mut self) {
        let (report, words) = (self.report, self.words);
        self.document.title(if report.title.trim().is_empty() { words.untitled } else { &report.title });
        let length = words.length(self.horizon());
        let horizon = match (report.years.first(), report.years.last()) {
            (Some(Year { calendar: Some(first), .. }), Some(Year { calendar: Some(last), number })) => {
                fill(words.horizon_calendar, &[&first.to_string(), &last.to_string(), &number.to_string()])
            }
            _ => length,
        };
        let rate = report.discount_rate.as_ref().map(|rate| match rate {
            Value::Number(rate) => fill(words.discount_rate, &[&rounding::plain(*rate, &Unit::Share)]),
            _ => words.no_discount_rate.to_owned(),
        });
        let scenario = report.scenario.as_ref().map(|scenario| fill(words.scenario, &[&layout::name(scenario)]));
        let customers = report.customers.as_ref();
        let money = report.costs.is_some()
            || report.benefits.is_some()
            || report.financing.is_some()
            || !report.alternatives.is_empty()
            || report.economic_value_added.is_some()
            || customers.is_some_and(|customers| customers.lifetime_value.is_some());
        let parts = [
            report.organisation.as_deref().map(layout::name),
            report
                .currency
                .as_deref()
                .filter(|_| money || customers.is_some() || !report.cash_flows.is_empty())
                .map(layout::unit),
            money.then(|| fill(words.horizon, &[&horizon])),
            rate,
            scenario,
            report.period.as_ref().map(|period| fill(words.evaluated_at, &[period])),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if !parts.is_empty() {
            self.document.paragraph(&parts.join(" · "));
        }
    }

    /// How many years follow the purchase.
    fn horizon(&self) -> usize {
        self.report.years.len().saturating_sub(1)
    }

    fn year_head(&self, year: &Year) -> String {
        match year.calendar {
            Some(calendar) => calendar.to_string(),
            None => fill(self.words.year, &[&year.number.to_string()]),
        }
    }

    /// A heading that names the currency.
    fn money_heading(&mut self, heading: &str) {
        match &self.report.currency {
            Some(currency) => self.document.heading(&fill(self.words.in_currency, &[heading, &layout::unit(currency)])),
            None => self.document.heading(heading),
        }
    }

    /// A value inside a sentence, or why there is none.
    fn said(&self, value: &Value, shown: impl FnOnce(Decimal) -> String) -> String {
        match value {
            Value::Number(number) => shown(*number),
            Value::Names(names) => {
                let names: Vec<String> = names.iter().map(|name| layout::name(self.words.status(name))).collect();
                names.join("/")
            }
            Value::Missing(reason) => fill(self.words.missing_because, &[reason]),
        }
    }

    fn said_money(&self, value: &Value) -> String {
        self.said(value, |amount| match &self.report.currency {
            Some(currency) => format!("{} {}", rounding::money(amount), layout::unit(currency)),
            None => rounding::money(amount),
        })
    }

    fn payback(&self, payback: Option<Payback>) -> String {
        let words = self.words;
        match payback {
            None => MISSING.to_owned(),
            Some(Payback::Reached(years)) if years.is_zero() => words.payback_at_once.to_owned(),
            Some(Payback::Reached(years)) => fill(words.payback_year, &[&rounding::number(years, 1)]),
            Some(Payback::NotReached) => fill(words.payback_not_reached, &[&words.length(self.horizon())]),
            Some(Payback::ReachedThenLost { reached, lost }) => {
                fill(words.payback_lost, &[&rounding::number(reached, 1), &lost.to_string()])
            }
        }
    }

    fn short_payback(&self, payback: Option<Payback>) -> String {
        let words = self.words;
        match payback {
            Some(Payback::NotReached) => words.short_not_reached.to_owned(),
            Some(Payback::ReachedThenLost { reached, lost }) => {
                fill(words.short_lost, &[&rounding::number(reached, 1), &lost.to_string()])
            }
            other => self.payback(other),
        }
    }

    fn in_short(&mut self) {
        let (report, words) = (self.report, self.words);
        let mut facts: Vec<(&str, String)> = Vec::new();
        let card = report.scorecard.as_ref().filter(|card| card.is_measured);
        if let Some(whole) = card.and_then(|card| card.criteria.first()) {
            let share = |value| self.said(value, rounding::share);
            let text = match &whole.score {
                Value::Missing(reason) => fill(words.missing_because, &[reason]),
                // rules that say from which score on groups have them are no must
                score if whole.status.reason().is_some() => {
                    fill(words.short_scorecard_without_status, &[&share(score), &share(&whole.coverage)])
                }
                score => {
                    fill(words.short_scorecard_text, &[&share(score), &share(&whole.status), &share(&whole.coverage)])
                }
            };
            facts.push((words.short_scorecard, text));
        }
        let judged = report.assessment.as_ref().and_then(|found| Some((found, found.criteria.first()?)));
        if let Some((assessment, whole)) = judged.filter(|(_, whole)| whole.depth == 0) {
            let score = |value| self.said(value, |score| rounding::number(score, 1));
            let coverage = self.said(&assessment.coverage, rounding::share);
            let parts = [&*score(&whole.grade), &*score(&whole.score), &*coverage];
            facts.push((words.short_panel, fill(words.short_panel_text, &parts)));
            facts.push((words.short_sure, self.how_sure(assessment, &whole.effectiveness)));
        }
        let length = words.length(self.horizon());
        let costs = report.costs.as_ref().map(|costs| (&costs.total, words.short_costs, words.short_costs_text));
        let benefits = report.benefits.as_ref();
        let benefits = benefits.map(|benefits| (&benefits.total, words.short_benefits, words.short_benefits_text));
        for (total, label, phrase) in [costs, benefits].into_iter().flatten() {
            let (nominal, present) = (self.said_money(&total.nominal), self.said_money(&total.present_value));
            facts.push((label, fill(phrase, &[&nominal, &length, &present])));
        }
        if let Some(case) = report.case.as_ref().map(|case| &case.measures) {
            let share = |value| self.said(value, rounding::share);
            let text = fill(
                words.short_return_text,
                &[&self.said_money(&case.npv), &share(&case.roi), &share(&case.roi_nominal), &share(&case.irr)],
            );
            facts.push((words.short_return, text));
            let (payback, discounted) = (self.payback(case.payback), self.payback(case.discounted_payback));
            facts.push((words.short_payback, fill(words.short_payback_text, &[&payback, &discounted])));
        }
        if let Some(preferred) = report.ranking.as_ref().and_then(|ranking| self.preference(ranking)) {
            facts.push((words.short_preferred, preferred));
        }
        if let Some(eva) = &report.economic_value_added {
            let (present, added) = (self.said_money(&eva.present_value), self.said_money(&eva.market_value_added));
            facts.push((words.short_eva, fill(words.short_eva_text, &[&present, &length, &added])));
        }
        let lifetime_value = report.customers.as_ref().and_then(|customers| customers.lifetime_value.as_ref());
        if let Some(equity) = lifetime_value.and_then(|value| value.customer_equity.as_ref()) {
            facts.push((words.customer_equity, self.said_money(equity)));
        }
        if !facts.is_empty() {
            self.document.heading(words.in_short);
            self.document.facts(facts);
        }
    }

    fn assumptions(&mut self) {
        let (report, words) = (self.report, self.words);
        let rows = &report.assumptions;
        if rows.is_empty() {
            return;
        }
        self.document.heading(words.assumptions);
        let any = |has: fn(&AssumptionRow) -> bool| rows.iter().any(has);
        let with_ids = any(|row| row.id != row.name);
        let with_ranges = any(|row| row.range.is_some());
        let with_units = any(|row| matches!(row.unit, Unit::Custom(_) | Unit::Years));
        let with_quality = any(|row| row.quality.is_some());
        let with_source = any(|row| row.source.is_some());
        let mut table = Table::new(words.assumption);
        let columns = [
            (with_ids, words.id),
            (true, words.value),
            (with_ranges, words.range),
            (with_units, words.unit),
            (with_quality, words.quality),
            (with_source, words.source),
        ];
        for (_, head) in columns.into_iter().filter(|(shown, _)| *shown) {
            table = table.text(0, head);
        }
        let mut reasons = Reasons::default();
        for row in rows {
            let plain = |number| rounding::plain(number, &row.unit);
            let mut values: Vec<String> = row.values.iter().map(|value| reasons.show(value, plain)).collect();
            values.dedup();
            let range = row.range.map(|(low, likely, high)| {
                // the likely value is the value itself, unless somebody thought otherwise
                let likely = likely.filter(|likely| row.values.iter().any(|value| value.number() != Some(*likely)));
                let ends = [Some(low), likely, Some(high)];
                ends.into_iter().flatten().map(plain).collect::<Vec<_>>().join(" – ")
            });
            let unit = match &row.unit {
                Unit::Custom(unit) => layout::unit(unit),
                Unit::Years => words.unit_years.to_owned(),
                _ => String::new(),
            };
            // a list whose entries are all alike is one value; one that only dedups in part is shown in full
            let value = match values.as_slice() {
                [only] => only.clone(),
                _ => {
                    let all: Vec<String> = row.values.iter().map(|value| reasons.show(value, plain)).collect();
                    all.join(words.clause_separator)
                }
            };
            let quality = row.quality.map(|quality| words.status(quality).to_owned());
            let cells = [
                (with_ids, row.id.to_string()),
                (true, value),
                (with_ranges, range.unwrap_or_default()),
                (with_units, unit),
                (with_quality, quality.unwrap_or_default()),
                (with_source, row.source.clone().unwrap_or_default()),
            ];
            let cells = cells.into_iter().filter(|(shown, _)| *shown).map(|(_, cell)| cell);
            table.row(0, [row.name.to_string()].into_iter().chain(cells).collect());
        }
        self.table(table, reasons);
    }

    fn conventions(&mut self) {
        if self.report.conventions.is_empty() {
            return;
        }
        self.document.heading(self.words.conventions_heading);
        let conventions = self.report.conventions.iter();
        self.document.facts(conventions.map(|convention| (self.words.topic(convention.topic), &convention.choice)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Benefit, BenefitKind, CostLine, Plan};
    use crate::panel::{Assessment, Grade, Memberships};
    use crate::report::{layout::Block, testing};
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use crate::{Amount, Draft, Horizon, Language};
    use rust_decimal::dec;

    fn headings(draft: Draft) -> Vec<String> {
        let document = document(&testing::report(draft));
        let heading = |block: &Block| match block {
            Block::Heading(heading) => Some(heading.clone()),
            _ => None,
        };
        document.blocks().iter().filter_map(heading).collect()
    }

    fn facts(draft: Draft) -> Vec<(String, String)> {
        let document = document(&testing::report(draft));
        let facts = document.blocks().iter().filter_map(|block| match block {
            Block::Facts(facts) => Some(facts.clone()),
            _ => None,
        });
        facts.flatten().collect()
    }

    fn tables(draft: Draft) -> Vec<Table> {
        let document = document(&testing::report(draft));
        let table = |block: &Block| match block {
            Block::Table(table) => Some(table.clone()),
            _ => None,
        };
        document.blocks().iter().filter_map(table).collect()
    }

    fn card_of(perspectives: impl IntoIterator<Item = Criterion>) -> Draft {
        Draft { scorecard: Some(Scorecard::new(perspectives)), ..Draft::default() }
    }

    /// A case with the net flows given, the first of them the purchase.
    fn case_of(first: i64, flows: &[i64]) -> Draft {
        let positive = flows.iter().map(|flow| Decimal::from(*flow.max(&0))).collect();
        let negative = flows.iter().map(|flow| Decimal::from(-flow.min(&0))).collect();
        Draft {
            horizon: Horizon { first_year: None, years: u32::try_from(flows.len()).unwrap() },
            discount_rate: Some(Decimal::ZERO.into()),
            plan: Plan {
                costs: Some(vec![CostLine {
                    initial: Some(first.into()),
                    annual: Some(Amount::PerYear(negative)),
                    ..CostLine::new(Category::Licences, "crm")
                }]),
                benefits: Some(vec![Benefit {
                    annual: Some(Amount::PerYear(positive)),
                    ..Benefit::new("saved_hours", BenefitKind::Saving)
                }]),
                ..Plan::default()
            },
            ..Draft::default()
        }
    }

    #[test]
    fn sections_stand_in_the_order_of_the_questions() {
        assert_eq!(
            headings(testing::meridian()),
            [
                "In short",
                "Scorecard",
                "Panel of experts (Delphi)",
                "Assessment (fuzzy comprehensive evaluation)",
                "Costs (EUR)",
                "Benefits (EUR)",
                "Return (EUR)",
                "Scenarios (EUR)",
                "Assumptions",
                "Findings",
                "Conventions"
            ]
        );
        let costs = Draft {
            plan: Plan {
                costs: Some(vec![CostLine { initial: Some(1.into()), ..CostLine::new(Category::Licences, "crm") }]),
                ..Plan::default()
            },
            ..Draft::default()
        };
        assert_eq!(headings(costs), ["In short", "Costs", "Findings", "Conventions"]);
    }

    #[test]
    fn payback_in_words() {
        let said = |draft: Draft| {
            let facts = facts(draft);
            facts.into_iter().find(|(label, _)| label == "Payback" || label == "回收期").unwrap().1
        };
        assert_eq!(said(case_of(100, &[80, 80])), "after 1.3 years; discounted: after 1.3 years");
        assert_eq!(said(case_of(100, &[10])), "not reached within 1 year; discounted: not reached within 1 year");
        let lost = "reached after 0.5 years, lost again in year 2";
        assert_eq!(said(case_of(100, &[200, -150])), format!("{lost}; discounted: {lost}"));
        assert_eq!(said(case_of(0, &[200])), "at once; discounted: at once");
        let chinese = Draft { language: Language::Chinese, ..case_of(100, &[10, 10]) };
        assert_eq!(said(chinese), "2年内未收回；折现：2年内未收回");
    }

    #[test]
    fn a_scorecard_without_measures_shows_weights_only() {
        let draft = card_of(["a", "b", "c"].map(|id| Criterion::group(id, [Criterion::judged(format!("{id}_1"))])));
        let table = tables(draft).remove(0);
        assert_eq!(
            table.columns.iter().map(|column| &*column.head).collect::<Vec<_>>(),
            ["Criterion", "Weight", "Overall weight"]
        );
        let weights: Vec<&str> = table.rows.iter().map(|row| &*row.cells[1]).collect();
        assert_eq!(weights, ["33.4 %", "100.0 %", "33.3 %", "100.0 %", "33.3 %", "100.0 %"]);
    }

    #[test]
    fn siblings_add_up_in_each_group_of_a_deep_tree() {
        let leaf = |id: &str| Criterion::judged(id);
        let deep = Criterion::group("a", [Criterion::group("a1", [leaf("x"), leaf("y"), leaf("z")]), leaf("a2")]);
        let report = testing::report(card_of([deep, Criterion::group("b", [leaf("b1")])]));
        let shown = scorecard::sibling_shares(&report.scorecard.unwrap().criteria);
        let shown: Vec<&str> = shown.iter().map(|share| share.as_deref().unwrap_or("")).collect();
        assert_eq!(shown, ["", "50.0 %", "50.0 %", "33.4 %", "33.3 %", "33.3 %", "50.0 %", "50.0 %", "100.0 %"]);
    }

    #[test]
    fn reasons_are_told_once_and_then_counted() {
        let unmeasured = (0..8).map(|n| {
            let measure = Measure { actual: None, ..Measure::target(dec!(1), dec!(2)) };
            Criterion::indicator(format!("i{n}"), measure)
        });
        let known = Criterion::indicator("known", Measure::target(dec!(1), dec!(2)).actual(dec!(1.5)));
        let draft = card_of([Criterion::group("p", unmeasured.chain([known]))]);
        let document = document(&testing::report(draft));
        let notes = document.blocks().iter().find_map(|block| match block {
            Block::Notes(notes) => Some(notes.clone()),
            _ => None,
        });
        let notes = notes.unwrap();
        assert_eq!(notes.len(), 6);
        assert_eq!(notes[0], "`scorecard.i0.actual`: no value was given");
        assert_eq!(notes[5], "and 3 more");
    }

    #[test]
    fn without_a_discount_rate_the_verdict_says_why_nothing_has_a_present_value() {
        let draft = Draft { discount_rate: None, ..testing::meridian() };
        let costs = facts(draft).into_iter().find(|(label, _)| label == "Costs").unwrap().1;
        assert_eq!(costs, "1,621,437 EUR over 5 years, none (`discount_rate`: no value was given) in present value");
    }

    #[test]
    fn years_carry_their_calendar_where_it_is_known() {
        let heads = |draft: Draft| {
            let table = tables(draft).into_iter().find(|table| table.columns[0].head == "Amount").unwrap();
            [table.columns[1].head.clone(), table.columns[2].head.clone()]
        };
        assert_eq!(heads(testing::meridian()), ["2026", "2027"]);
        assert_eq!(heads(case_of(1, &[1])), ["Year 0", "Year 1"]);
    }

    fn judged(rows: [[Decimal; 3]; 3]) -> Draft {
        let ids = ["a", "b", "c"];
        let memberships = ids.iter().zip(rows);
        let memberships = memberships.map(|(item, row)| Memberships { item: (*item).into(), values: row.into() });
        let assessment = Assessment {
            grades: vec![Grade::new("high", 3), Grade::new("mid", 2), Grade::new("low", 1)],
            memberships: memberships.collect(),
            ..Assessment::default()
        };
        Draft { assessment: Some(assessment), ..card_of(ids.map(Criterion::judged)) }
    }

    #[test]
    fn a_weight_is_rounded_alike_in_all_tables() {
        let [no, one] = [Decimal::ZERO, Decimal::ONE];
        let tables = tables(judged([[no, no, one], [no, one, no], [one, no, no]]));
        let of_three = tables.iter().filter(|table| {
            table.rows.len() == 3 && matches!(table.rows[0].cells.len(), 3 | 6) && table.rows[0].cells[0] == "a"
        });
        let weights = of_three.map(|table| table.rows.iter().map(|row| row.cells[1].as_str()).collect::<Vec<_>>());
        assert_eq!(weights.collect::<Vec<_>>(), [["33.4 %", "33.3 %", "33.3 %"]; 2]);
    }

    #[test]
    fn an_effectiveness_has_no_digits_that_say_nothing() {
        let least = dec!(0.0000000000000000000000000001);
        let row = [Decimal::ONE - least, least, Decimal::ZERO];
        let draft = judged([row, [dec!(0.6), dec!(0.3), dec!(0.1)], row]);
        let shown =
            tables(draft).iter().flat_map(|table| &table.rows).map(|row| row.cells.join("|")).collect::<Vec<_>>();
        assert!(shown.contains(&"a|100.0 %|0.0 %|0.0 %|3.0|> 100|high".to_owned()), "{shown:?}");
    }

    #[test]
    fn ties_of_grades_are_joined() {
        let tables = tables(testing::meridian());
        let rows = tables.iter().flat_map(|table| &table.rows);
        assert!(rows.into_iter().any(|row| row.cells.last().is_some_and(|grade| grade == "excellent/good")));
    }
}
