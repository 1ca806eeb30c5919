//! Values that nobody could have written: what a formula makes of an amount, in the base and under each scenario.

use super::{Review, percent, short};
use crate::appraisal::Outcome;
use crate::bound::{Bound, Ends};
use crate::finding_code;
use crate::model::{CellId, Content, Operation, Unit};
use crate::report::words::{Words, fill};
use rust_decimal::Decimal;
use std::collections::HashSet;

/// A value that makes no sense.
pub(in crate::report) struct Beyond {
    cell: CellId,
    bound: Bound,
    value: Decimal,
    /// Where it comes from: the override of the scenario where one alone reaches it, else where the amount is written.
    location: String,
    scenario: Option<String>,
}

/// Whatever makes no sense in an outcome.
pub(in crate::report) fn beyond(outcome: &Outcome) -> Vec<Beyond> {
    let evaluation = outcome.evaluation();
    let bounds = outcome.appraisal().parts().bounds.iter();
    let found = bounds.filter_map(|(cell, bound)| {
        let values = evaluation.row(*cell).iter().filter_map(|element| element.ok());
        let value = bound.worst(values)?;
        let location = location(outcome, *cell);
        Some(Beyond { cell: *cell, bound: *bound, value, location, scenario: outcome.scenario().map(str::to_owned) })
    });
    found.collect()
}

fn location(outcome: &Outcome, cell: CellId) -> String {
    let model = outcome.evaluation().model();
    let of = |cell| model.source(cell).map(ToString::to_string);
    let own = || of(cell).unwrap_or_else(|| model.cell(cell).map(|cell| cell.id().to_string()).unwrap_or_default());
    let Some(scenario) = outcome.scenario() else { return own() };
    let overrides = format!("scenarios.{scenario}.");
    let mut reached: Option<String> = None;
    let mut seen = HashSet::from([cell]);
    let mut waiting = vec![cell];
    while let Some(next) = waiting.pop() {
        if let Some(source) = of(next).filter(|source| source.starts_with(&overrides)) {
            if reached.is_some() {
                return own();
            }
            reached = Some(source);
        }
        let Some(Content::Formula(formula)) = model.content(next) else { continue };
        for operation in formula.operations() {
            let read: &[CellId] = match operation {
                Operation::Cell(cell) | Operation::Entry(cell, _) => &[*cell],
                _ => &[],
            };
            waiting.extend(read.iter().copied().filter(|cell| seen.insert(*cell)));
        }
    }
    reached.unwrap_or_else(own)
}

impl Review<'_> {
    /// What the base has is not said again of the scenarios.
    pub(super) fn bounds(&mut self, of_scenarios: Vec<Beyond>) {
        let base = beyond(self.outcome);
        let known: HashSet<CellId> = base.iter().map(|beyond| beyond.cell).collect();
        let others = of_scenarios.into_iter().filter(|beyond| !known.contains(&beyond.cell));
        for beyond in base.into_iter().chain(others) {
            let Beyond { cell, bound, value, location, scenario } = beyond;
            let model = self.outcome.evaluation().model();
            let is_share = model.cell(cell).is_some_and(|cell| *cell.unit() == Unit::Share);
            let shown = |value: Decimal| if is_share { percent(value) } else { short(value, 4) };
            let stated = self.outcome.appraisal().model().source(cell).map(ToString::to_string);
            let stated = stated.unwrap_or_else(|| location.clone());
            let (code, message) = match bound {
                Bound::NotNegative | Bound::Surcharge if value < Decimal::ZERO => {
                    (finding_code::AMOUNT_NEGATIVE, self.words.findings.found_negative)
                }
                Bound::Surcharge => (finding_code::COSTS_RATE, self.words.findings.found_high_rate),
                Bound::Share => (finding_code::SHARE_RANGE, self.words.findings.found_no_share),
                Bound::DiscountRate => (finding_code::CASE_RATE, self.words.findings.found_beyond),
                _ => (finding_code::VALUE_RANGE, self.words.findings.found_beyond),
            };
            let mut message = fill(message, &[&stated, &shown(value), &range(self.words, bound, shown)]);
            if let Some(name) = scenario.as_ref().filter(|_| self.outcome.scenario().is_none()) {
                message = fill(self.words.findings.found_under, &[name, &message]);
                self.find(code, location, message);
            } else {
                self.find(code, location, message);
                self.because([cell]);
            }
        }
    }
}

fn range(words: &Words, bound: Bound, shown: impl Fn(Decimal) -> String) -> String {
    let Ends { low, with_low, high } = bound.ends();
    match high {
        Some(high) => fill(words.findings.range_between, &[&shown(low), &shown(high)]),
        None if with_low => fill(words.findings.range_from, &[&shown(low)]),
        None => fill(words.findings.range_above, &[&shown(low)]),
    }
}

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests {
    use super::super::tests::{of, report};

    const SCENARIOS: &str = "
currency: EUR
discount_rate: = rate
valuation: {finance_rate: = rate * 2}
assumptions: {rate: 8%, dollar: 0.9, price: 100, usable: 50%, spare: -5, seats: 10}
exchange_rates: {USD: = dollar}
costs:
  licences: {seats: {annual: = price * seats, currency: USD}}
  other: {spare: {annual: = spare}}
benefits: {hours: {kind: saving, annual: 90_000, realisation: = usable}}
scenarios:
  weak: {dollar: 0, usable: 150%}
  odd: {price: -1}
  both: {price: 1, seats: -1, spare: -6}
  dear: {rate: 120%}
";

    #[test]
    fn what_a_scenario_makes_of_an_amount_is_found_at_its_override() {
        let one = |code, location: &str, message: &str| {
            let found = of(SCENARIOS, code);
            assert!(found.contains(&(location.to_owned(), message.to_owned())), "{found:#?}");
            found.len()
        };
        let rate = "in the scenario `weak`: `exchange_rates.USD` is 0, where only values above 0 make sense";
        assert_eq!(one("value.out_of_range", "scenarios.weak.dollar", rate), 1);
        let share =
            "in the scenario `weak`: `benefits.hours.realisation` is 150 %, which is no share between 0 and 100 %";
        assert_eq!(one("share.out_of_range", "scenarios.weak.usable", share), 1);
        let spare = "`costs.other.spare.annual` is -5, though it is written positive";
        let price = "in the scenario `odd`: `costs.licences.seats.annual` is -10, though it is written positive";
        // two overrides reach it, so the place is the value itself; what the base has is not said again
        let seats = "in the scenario `both`: `costs.licences.seats.annual` is -1, though it is written positive";
        assert_eq!(one("amount.negative", "costs.other.spare.annual", spare), 3);
        assert_eq!(one("amount.negative", "scenarios.odd.price", price), 3);
        assert_eq!(one("amount.negative", "costs.licences.seats.annual", seats), 3);
        let dear = "in the scenario `dear`: `discount_rate` is 120 %, where only values of -20 % to 100 % make sense";
        assert_eq!(one("case.discount_rate", "scenarios.dear.rate", dear), 2);
    }

    #[test]
    fn the_report_of_a_scenario_says_it_of_itself() {
        let text = format!("appraise: 1\n{SCENARIOS}");
        let document = crate::yaml::Document::parse("x.yaml", &text).unwrap();
        let findings = document.appraisal().scenario("odd").unwrap().report().findings;
        let found: Vec<&str> = findings.iter().filter(|f| f.code == "amount.negative").map(|f| &*f.message).collect();
        assert_eq!(
            found,
            [
                "`costs.licences.seats.annual` is -10, though it is written positive",
                "`costs.other.spare.annual` is -5, though it is written positive",
            ]
        );
    }

    #[test]
    fn alternatives_are_looked_at_too() {
        let text = "
discount_rate: 8%
assumptions: {price: 100}
alternatives:
  buy: {costs: {licences: {crm: {initial: = price}}}}
  stay: {costs: {}}
scenarios: {odd: {price: -1}}
";
        let found = of(text, "amount.negative");
        let message = "in the scenario `odd`: `alternatives.buy.costs.licences.crm.initial` is -1, though it is written \
                       positive";
        assert_eq!(found, [("scenarios.odd.price".to_owned(), message.to_owned())]);
        assert!(report(text).scenarios.len() == 2);
    }
}
