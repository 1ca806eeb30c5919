//! The report in the order in which a consultant reads it: the verdict, what it rests on, and what to know about it.

use super::layout::{self, Document, Table};
use super::rounding::{self, MISSING, shares_of_values};
use super::words::{Words, fill};
use super::{
    AssessmentSection, AssumptionRow, BenefitSection, CaseSection, CostSection, CriterionRow, DelphiRound, Measures,
    MoneyRow, Report, ScorecardSection, Severity, StopVerdict, Value, Year,
};
use crate::case::Category;
use crate::kernel::Payback;
use crate::model::Unit;
use crate::panel::WeightMethod;
use rust_decimal::Decimal;

/// All sections that have something to say.
pub(super) fn document(report: &Report) -> Document {
    let words = Words::of(report.language);
    let mut sections = Sections { report, words, document: Document::default() };
    sections.head();
    sections.in_short();
    if let Some(scorecard) = &report.scorecard {
        sections.scorecard(scorecard);
    }
    sections.delphi();
    if let Some(assessment) = &report.assessment {
        sections.assessment(assessment);
    }
    if let Some(costs) = &report.costs {
        sections.costs(costs);
    }
    if let Some(benefits) = &report.benefits {
        sections.benefits(benefits);
    }
    if let Some(case) = &report.case {
        sections.case(case);
    }
    sections.scenarios();
    sections.assumptions();
    sections.findings();
    sections.conventions();
    sections.document
}

/// Why values of a table are missing, each reason once.
#[derive(Default)]
struct Reasons {
    reasons: Vec<String>,
}

/// More reasons are only counted.
const MOST_REASONS: usize = 5;

impl Reasons {
    fn show(&mut self, value: &Value, shown: impl FnOnce(Decimal) -> String) -> String {
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
        if !self.reasons.iter().any(|known| known == reason) {
            self.reasons.push(reason.to_owned());
        }
    }

    fn money(&mut self, value: &Value) -> String {
        self.show(value, rounding::money)
    }

    fn share(&mut self, value: &Value) -> String {
        self.show(value, rounding::share)
    }

    fn notes(self, words: &Words) -> Vec<String> {
        let hidden = self.reasons.len().saturating_sub(MOST_REASONS);
        let shown = self.reasons.into_iter().take(MOST_REASONS);
        let more = (hidden > 0).then(|| fill(words.and_more, &[&hidden.to_string()]));
        shown.chain(more).collect()
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
        let money = report.costs.is_some() || report.benefits.is_some();
        let parts = [
            report.organisation.as_deref().map(layout::name),
            report.currency.as_deref().filter(|_| money).map(layout::unit),
            money.then(|| fill(words.horizon, &[&horizon])),
            rate,
            scenario,
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
        if !facts.is_empty() {
            self.document.heading(words.in_short);
            self.document.facts(facts);
        }
    }

    fn scorecard(&mut self, card: &ScorecardSection) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let weights = sibling_shares(&card.criteria);
        if card.is_measured {
            self.document.heading(words.scorecard);
            let named = |row: &CriterionRow| !matches!(row.unit, Unit::Share | Unit::Number | Unit::Money);
            let with_units = card.criteria.iter().any(named);
            let mut table = Table::new(words.criterion).numbers(0, words.weight);
            if with_units {
                table = table.text(1, words.unit);
            }
            for head in [words.base, words.target, words.actual] {
                table = table.numbers(1, head);
            }
            table = table.numbers(2, words.progress).numbers(2, words.score).text(2, words.status);
            for (row, weight) in card.criteria.iter().zip(weights) {
                let mut cells = vec![row.name.to_string(), weight.unwrap_or_default()];
                if with_units {
                    cells.push(match &row.unit {
                        Unit::Custom(unit) => layout::unit(unit),
                        Unit::Years => words.unit_years.to_owned(),
                        _ => String::new(),
                    });
                }
                let plain = |reasons: &mut Reasons, value: &Value| {
                    reasons.show(value, |number| rounding::plain(number, &row.unit))
                };
                let target = match (&row.target, &row.band) {
                    (None, Some((low, high))) => {
                        format!("{}–{}", plain(&mut reasons, low), plain(&mut reasons, high))
                    }
                    (target, _) => target.as_ref().map(|value| plain(&mut reasons, value)).unwrap_or_default(),
                };
                cells.push(row.base.as_ref().map(|value| plain(&mut reasons, value)).unwrap_or_default());
                cells.push(target);
                cells.push(row.actual.as_ref().map(|value| plain(&mut reasons, value)).unwrap_or_default());
                cells.push(row.progress.as_ref().map(|value| reasons.share(value)).unwrap_or_default());
                cells.push(reasons.share(&row.score));
                cells.push(match &row.status {
                    Value::Names(names) => names.iter().map(|name| words.status(name)).collect::<Vec<_>>().join("/"),
                    // the score beside it says why
                    _ => MISSING.to_owned(),
                });
                table.row(row.depth, cells);
            }
            self.table(table, reasons);
        } else {
            self.document.heading(words.criteria);
            let mut table = Table::new(words.criterion).numbers(0, words.weight).numbers(0, words.global_weight);
            for (row, weight) in card.criteria.iter().zip(weights).filter(|(row, _)| row.depth > 0) {
                let global = row.global_weight.as_ref().map(|value| reasons.share(value)).unwrap_or_default();
                table.row(row.depth.saturating_sub(1), vec![row.name.to_string(), weight.unwrap_or_default(), global]);
            }
            self.table(table, reasons);
        }
        self.weights(card);
    }

    /// The groups of each method, methods in the order in which they first appear.
    fn weights(&mut self, card: &ScorecardSection) {
        let words = self.words;
        let mut methods: Vec<(WeightMethod, Vec<String>)> = Vec::new();
        for group in card.weights.iter().filter(|group| group.method != WeightMethod::OnlyChild) {
            let name = layout::name(&group.name);
            match methods.iter_mut().find(|(method, _)| *method == group.method) {
                Some((_, names)) => names.push(name),
                None => methods.push((group.method, vec![name])),
            }
        }
        if methods.is_empty() {
            return;
        }
        self.document.subheading(words.weights);
        self.document.facts(methods.into_iter().map(|(method, names)| {
            let label = match method {
                WeightMethod::Direct => words.weights_direct.to_owned(),
                WeightMethod::Points => words.weights_points.to_owned(),
                WeightMethod::Delphi { round } => fill(words.weights_delphi, &[&round.to_string()]),
                WeightMethod::Equal => words.weights_equal.to_owned(),
                WeightMethod::OnlyChild => words.weights_only_child.to_owned(),
            };
            (label, fill(words.weights_under, &[&names.join(words.list_separator)]))
        }));
    }

    fn delphi(&mut self) {
        let words = self.words;
        let report = self.report;
        if report.delphi.is_empty() {
            return;
        }
        self.document.heading(words.delphi);
        self.document.facts([(
            words.experts,
            report.experts.iter().map(|expert| layout::name(expert)).collect::<Vec<_>>().join(words.list_separator),
        )]);
        for round in &report.delphi {
            self.round(round);
        }
    }

    fn round(&mut self, round: &DelphiRound) {
        let words = self.words;
        self.document.subheading(&fill(words.round, &[&round.number.to_string()]));
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.criterion);
        for head in [words.mean, words.median, words.q1, words.q3, words.iqr, words.sd, words.cv] {
            table = table.numbers(0, head);
        }
        let two = |number| rounding::number(number, 2);
        for item in &round.items {
            let mut cells = vec![item.name.to_string()];
            let statistics = [&item.mean, &item.median, &item.q1, &item.q3, &item.iqr, &item.sd];
            cells.extend(statistics.map(|value| reasons.show(value, two)));
            cells.push(reasons.share(&item.cv));
            table.row(0, cells);
        }
        let concordance = |value: &Value| self.said(value, |w| rounding::number(w, 3));
        let mut w = vec![fill(words.kendall_all, &[&concordance(&round.kendall_w)])];
        // with one group only, the group and the whole are the same ranking
        let groups = round.groups.iter().filter(|_| round.groups.len() > 1);
        w.extend(groups.map(|(_, name, w)| fill(words.kendall_under, &[&concordance(w), &layout::name(name)])));
        self.table(table, reasons);
        let mut facts = vec![(words.kendall_w, w.join(words.clause_separator))];
        if !round.stop.is_empty() {
            let agreement = match round.consensus {
                Some(true) => words.consensus,
                Some(false) => words.no_consensus,
                None => words.consensus_unknown,
            };
            // whether to go on is a question only of the last round held
            let is_last = self.report.delphi.last().is_some_and(|last| last.number == round.number);
            let go_on = match round.may_stop {
                Some(true) => Some(words.may_stop),
                Some(false) => Some(words.another_round),
                None => None,
            };
            let verdict: Vec<&str> = [Some(agreement), go_on.filter(|_| is_last)].into_iter().flatten().collect();
            facts.push((words.verdict, verdict.join(words.clause_separator)));
        }
        self.stop_rule(&round.stop);
        self.document.facts(facts);
    }

    fn stop_rule(&mut self, stop: &[StopVerdict]) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.stop_rule).numbers(0, words.value).numbers(0, words.limit).text(0, words.met);
        for criterion in stop {
            let (name, relation, shown): (_, _, fn(Decimal) -> String) = match criterion.criterion {
                "cv_max" => (words.stop_cv, "≤", rounding::share),
                "iqr_max" => (words.stop_iqr, "≤", |number| rounding::number(number, 2)),
                "w_min" => (words.stop_w, "≥", |number| rounding::number(number, 3)),
                "max_rounds" => (words.stop_rounds, "≥", |number| rounding::trimmed(number, 0)),
                other => (other, "", |number| rounding::trimmed(number, 4)),
            };
            let limit = reasons.show(&criterion.limit, shown);
            let met = match criterion.met {
                Some(true) => words.yes,
                // a bound on rounds that is not reached is no failure
                Some(false) if criterion.criterion == "max_rounds" => words.not_yet,
                Some(false) => words.no,
                None => MISSING,
            };
            let value = reasons.show(&criterion.value, shown);
            table.row(0, vec![name.to_owned(), value, format!("{relation} {limit}"), met.to_owned()]);
        }
        self.table(table, reasons);
    }

    fn assessment(&mut self, assessment: &AssessmentSection) {
        let words = self.words;
        self.document.heading(words.assessment);
        let one = |number| rounding::number(number, 1);
        let grades: Vec<String> = assessment
            .grades
            .iter()
            .map(|(name, score)| format!("{} {}", layout::name(name), rounding::trimmed(*score, 2)))
            .collect();
        let mut facts = vec![(words.grades, grades.join(words.list_separator))];
        if let Some(panel) = assessment.panel {
            facts.push((words.panel, fill(words.panel_members, &[&panel.to_string()])));
        }
        facts.push((words.operator, assessment.operator.to_owned()));
        facts.push((words.coverage, self.said(&assessment.coverage, rounding::share)));
        self.document.facts(facts);
        let mut table = Table::new(words.criterion);
        for (grade, _) in &assessment.grades {
            table = table.numbers(0, grade.as_str());
        }
        table = table.numbers(1, words.score).text(1, words.grade);
        let mut reasons = Reasons::default();
        for row in &assessment.criteria {
            let mut cells = vec![row.name.to_string()];
            let membership: Vec<&Value> = row.membership.iter().collect();
            let shares = shares_of_values(&membership);
            cells.extend(membership.iter().zip(shares).map(|(value, shown)| {
                let fallback = reasons.share(value);
                shown.unwrap_or(fallback)
            }));
            cells.push(reasons.show(&row.score, one));
            cells.push(reasons.show(&row.grade, one));
            table.row(row.depth, cells);
        }
        self.table(table, reasons);
    }

    /// The columns of money: the years, then the totals.
    fn money_table(&self, first: &str) -> Table {
        let mut table = Table::new(first);
        for year in &self.report.years {
            table = table.numbers(0, self.year_head(year));
        }
        table.numbers(1, self.words.nominal).numbers(1, self.words.present_value)
    }

    fn costs(&mut self, costs: &CostSection) {
        let words = self.words;
        self.money_heading(words.costs);
        let mut reasons = Reasons::default();
        let mut table = self.money_table(words.category).numbers(1, words.share);
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
            table.total(money_cells(&mut reasons, words.before_contingency, &costs.before_contingency));
            table.total(money_cells(&mut reasons, words.contingency, &costs.contingency));
        }
        table.total(money_cells(&mut reasons, words.total, &costs.total));
        table.total(money_cells(&mut reasons, words.without_risk, &costs.unadjusted));
        self.table(table, reasons);
        let facts = [(words.initial, &costs.initial), (words.ongoing, &costs.ongoing)];
        let facts = facts.map(|(label, value)| (label, self.said(value, rounding::money)));
        self.document.facts(facts);
    }

    fn benefits(&mut self, benefits: &BenefitSection) {
        let words = self.words;
        self.money_heading(words.benefits);
        let mut reasons = Reasons::default();
        let proven = benefits.lines.iter().any(|line| line.proven_by.is_some());
        let mut table = self.money_table(words.benefit).text(2, words.kind);
        if proven {
            table = table.text(2, words.proven_by);
        }
        for line in &benefits.lines {
            let mut cells = money_cells(&mut reasons, &line.money.name, &line.money);
            cells.push(words.kind(line.kind).to_owned());
            if proven {
                cells.push(line.proven_by.as_deref().map(|id| self.criterion_name(id)).unwrap_or_default());
            }
            table.row(0, cells);
        }
        table.total(money_cells(&mut reasons, words.total, &benefits.total));
        table.total(money_cells(&mut reasons, words.without_risk, &benefits.unadjusted));
        self.table(table, reasons);
    }

    fn criterion_name(&self, id: &str) -> String {
        let criteria = self.report.scorecard.iter().flat_map(|card| &card.criteria);
        let found = criteria.into_iter().find(|row| &*row.id == id);
        found.map_or_else(|| id.to_owned(), |row| row.name.to_string())
    }

    fn case(&mut self, case: &CaseSection) {
        let words = self.words;
        self.money_heading(words.case);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.amount);
        for year in &self.report.years {
            table = table.numbers(0, self.year_head(year));
        }
        let benefits = self.report.benefits.as_ref().map(|benefits| (words.benefits, &benefits.total.years));
        let costs = self.report.costs.as_ref().map(|costs| (words.costs, &costs.total.years));
        for (name, row) in [benefits, costs].into_iter().flatten() {
            table.row(0, row_cells(&mut reasons, name, row));
        }
        table.total(row_cells(&mut reasons, words.net, &case.net));
        table.total(row_cells(&mut reasons, words.cumulative, &case.cumulative));
        self.table(table, reasons);

        let mut reasons = Reasons::default();
        let mut table = Table::new(words.measure).numbers(0, words.adjusted).numbers(0, words.unadjusted);
        let adjusted = self.measures(&mut reasons, &case.measures);
        let unadjusted = self.measures(&mut reasons, &case.unadjusted);
        for ((name, adjusted), (_, unadjusted)) in adjusted.into_iter().zip(unadjusted) {
            table.row(0, vec![name.to_owned(), adjusted, unadjusted]);
        }
        if case.measures.payback.is_none() {
            self.reason_of(&mut reasons, "case.payback");
        }
        if case.measures.discounted_payback.is_none() {
            self.reason_of(&mut reasons, "case.discounted_payback");
        }
        self.table(table, reasons);
    }

    fn reason_of(&self, reasons: &mut Reasons, id: &str) {
        if let Some(Err(absent)) = self.report.cells.evaluation.figure(id) {
            reasons.add(&super::figure::reason(&self.report.cells.evaluation, self.words, absent));
        }
    }

    /// The measures of one cash flow by name.
    fn measures(&self, reasons: &mut Reasons, measures: &Measures) -> [(&'static str, String); 7] {
        let words = self.words;
        let payback = |payback| self.short_payback(payback);
        let ratio = |ratio| rounding::number(ratio, 2);
        [
            (words.npv, reasons.money(&measures.npv)),
            (words.roi, reasons.share(&measures.roi)),
            (words.roi_nominal, reasons.share(&measures.roi_nominal)),
            (words.irr, reasons.share(&measures.irr)),
            (words.payback, payback(measures.payback)),
            (words.discounted_payback, payback(measures.discounted_payback)),
            (words.benefit_cost_ratio, reasons.show(&measures.benefit_cost_ratio, ratio)),
        ]
    }

    fn scenarios(&mut self) {
        let (report, words) = (self.report, self.words);
        if report.scenarios.is_empty() {
            return;
        }
        self.money_heading(words.scenarios);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.measure);
        let mut columns: Vec<Vec<(&str, String)>> = Vec::new();
        for scenario in &report.scenarios {
            table = table.numbers(0, scenario.name.as_deref().unwrap_or(words.as_stated));
            let totals = [
                (words.costs_nominal, &scenario.costs_nominal),
                (words.costs_present, &scenario.costs),
                (words.benefits_present, &scenario.benefits),
            ];
            let totals = totals.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
            let mut column: Vec<(&str, String)> = totals.map(|(name, value)| (name, reasons.money(value))).collect();
            if let Some(case) = &scenario.case {
                column.extend(self.measures(&mut reasons, &case.measures));
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

    fn findings(&mut self) {
        let words = self.words;
        if self.report.findings.is_empty() {
            return;
        }
        self.document.heading(words.findings);
        let mut table = Table::new(words.severity).text(0, words.finding).text(0, words.place);
        for finding in &self.report.findings {
            let severity = match finding.severity {
                Severity::Warning => words.warning,
                Severity::Information => words.information,
            };
            table.row(0, vec![severity.to_owned(), finding.message.clone(), finding.location.clone()]);
        }
        self.document.table(table);
    }

    fn conventions(&mut self) {
        if self.report.conventions.is_empty() {
            return;
        }
        self.document.heading(self.words.conventions);
        let conventions = self.report.conventions.iter();
        self.document.facts(conventions.map(|convention| (self.words.topic(convention.topic), &convention.choice)));
    }
}

/// The weights of the criteria as shares that add up to 100 among siblings; `None` for the whole.
fn sibling_shares(criteria: &[CriterionRow]) -> Vec<Option<String>> {
    let mut shown: Vec<Option<String>> = vec![None; criteria.len()];
    // criteria stand in document order, so the open groups are the last ones of each depth
    let mut open: Vec<Vec<usize>> = Vec::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, row) in criteria.iter().enumerate() {
        while open.len() > row.depth + 1 {
            groups.extend(open.pop());
        }
        open.resize(row.depth + 1, Vec::new());
        if let Some(siblings) = open.get_mut(row.depth) {
            siblings.push(index);
        }
    }
    groups.extend(open);
    for group in groups {
        let weights: Vec<(usize, &Value)> =
            group.into_iter().filter_map(|index| Some((index, criteria.get(index)?.weight.as_ref()?))).collect();
        let values: Vec<&Value> = weights.iter().map(|(_, value)| *value).collect();
        for ((index, _), share) in weights.iter().zip(shares_of_values(&values)) {
            if let Some(place) = shown.get_mut(*index) {
                *place = Some(share.unwrap_or_else(|| MISSING.to_owned()));
            }
        }
    }
    shown
}

fn money_cells(reasons: &mut Reasons, name: &str, row: &MoneyRow) -> Vec<String> {
    let mut cells = row_cells(reasons, name, &row.years);
    cells.push(reasons.money(&row.nominal));
    cells.push(reasons.money(&row.present_value));
    cells
}

fn row_cells(reasons: &mut Reasons, name: &str, values: &[Value]) -> Vec<String> {
    [name.to_owned()].into_iter().chain(values.iter().map(|value| reasons.money(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Benefit, BenefitKind, CostLine};
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
            costs: Some(vec![CostLine {
                initial: Some(first.into()),
                annual: Some(Amount::PerYear(negative)),
                ..CostLine::new(Category::Licences, "crm")
            }]),
            benefits: Some(vec![Benefit {
                annual: Some(Amount::PerYear(positive)),
                ..Benefit::new("saved_hours", BenefitKind::Saving)
            }]),
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
            costs: Some(vec![CostLine { initial: Some(1.into()), ..CostLine::new(Category::Licences, "crm") }]),
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
        let shown = sibling_shares(&report.scorecard.unwrap().criteria);
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

    #[test]
    fn ties_of_grades_are_joined() {
        let tables = tables(testing::meridian());
        let rows = tables.iter().flat_map(|table| &table.rows);
        assert!(rows.into_iter().any(|row| row.cells.last().is_some_and(|grade| grade == "excellent/good")));
    }
}
