//! Every figure of the example documents against a second computation that shares nothing with this crate.
//!
//! The expected values were computed outside the crate, from the written definitions only (the formulas of the field,
//! the conventions and the names of figures in the design), by a Python program with its own reader of documents and
//! formulas and with rational arithmetic, printed to 30 significant digits. Neither program has seen the other's code.
//! `oracle/expected.json` holds the numbers and the figures that must have no value, `oracle/verdicts.json` what is not
//! a number: statuses, grades and their ties, whether payback was lost again, and every internal rate of return.
//! `oracle/panel.json` holds the figures of panels, of weights by evidence and of fuzzy evaluation, in three kinds: `exact`
//! (rational numbers and square roots), `estimates` (p-values, eigenvectors, correlations, logarithms and what follows from
//! them, which the crate states with twelve digits) and `names` (grades). p-values of the signed-rank test were counted out,
//! and how far a weight may move was solved for by evaluating the whole anew with other weights.
//! A key of any of these files is a document, or `document#scenario`.
//!
//! `oracle/scorecard.json` has random documents of its own beside what is expected of them: scorecards over weeks, months,
//! quarters, halves and fiscal years with every way of scoring, every roll-up and every policy for missing scores, values of
//! shorter periods with every rule, trends and forecasts; incentives, economic value added, and customers. The t quantiles
//! of the intervals were solved for with the incomplete beta function to fifty digits. It was written from several hundred
//! such documents that agree; of rows over the periods it holds a part.
//!
//! Tolerance: 10^-18 of the value, or 10^-12 where that is more, and 10^-20 of the random documents; of estimates 10^-9, or
//! 10^-11. Rates of return are compared to 12 significant digits.
#![cfg(feature = "yaml")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its own data has failed")]

use appraise::Outcome;
use appraise::kernel::{Payback, irr};
use appraise::report::{Report, Value};
use appraise::yaml::Document;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use std::collections::HashMap;
use std::path::Path;

/// What the independent computation says about one outcome, by the id of the figure.
type Expected = Map<String, Json>;

/// How much a figure may be off: as a share of the expected one, or as a number.
#[derive(Clone, Copy)]
struct Tolerance {
    relative: Decimal,
    absolute: Decimal,
}

const EXACT: Tolerance =
    Tolerance { relative: Decimal::from_parts(1, 0, 0, false, 18), absolute: Decimal::from_parts(1, 0, 0, false, 12) };
/// Of documents whose every number is exact or an estimate.
const STRICT: Tolerance =
    Tolerance { relative: Decimal::from_parts(1, 0, 0, false, 20), absolute: Decimal::from_parts(1, 0, 0, false, 25) };
const ESTIMATE: Tolerance =
    Tolerance { relative: Decimal::from_parts(1, 0, 0, false, 9), absolute: Decimal::from_parts(1, 0, 0, false, 11) };
const RATE: Tolerance = Tolerance { relative: EXACT.absolute, ..EXACT };

#[test]
fn numbers_are_those_of_the_independent_computation() {
    let mut comparison = Comparison::default();
    for_each_outcome(include_str!("oracle/expected.json"), |name, outcome, expected| {
        comparison.numbers(name, outcome, expected, EXACT);
    });
    comparison.finish(2_000);
}

#[test]
fn scorecards_over_time_and_what_follows_are_those_of_the_independent_computation() {
    let mut comparison = Comparison::default();
    let all: HashMap<String, Expected> = serde_json::from_str(include_str!("oracle/scorecard.json")).unwrap();
    for (name, expected) in &all {
        let text = expected.get("document").and_then(Json::as_str).unwrap();
        let document = Document::parse(name, text).unwrap();
        let outcome = document.appraisal().base();
        comparison.kinds(name, &outcome, expected.iter().filter(|(kind, _)| *kind != "document"), STRICT);
    }
    comparison.finish(11_500);
}

#[test]
fn panels_weights_and_grades_are_those_of_the_independent_computation() {
    let mut comparison = Comparison::default();
    for_each_outcome(include_str!("oracle/panel.json"), |name, outcome, kinds| {
        comparison.kinds(name, outcome, kinds, EXACT);
    });
    comparison.finish(7_500);
}

#[test]
fn verdicts_are_those_of_the_independent_computation() {
    let mut comparison = Comparison::default();
    for_each_outcome(include_str!("oracle/verdicts.json"), |name, outcome, expected| {
        let report = outcome.report();
        let figures: HashMap<String, Value> = report.figures().map(|figure| (figure.id(), figure.value)).collect();
        for (id, expected) in expected {
            match id.as_str() {
                "case.irr.roots" => {
                    let ours = rates_of_return(&report);
                    let expected_rates = texts(expected);
                    let agrees = ours.len() == expected_rates.len()
                        && ours.iter().zip(&expected_rates).all(|(ours, rate)| near(*ours, number(rate), RATE));
                    comparison.note(agrees, name, id, &ours, expected);
                }
                "case.payback.lost" => {
                    let ours = paybacks_lost(&report);
                    comparison.note(Json::from(ours.clone()) == *expected, name, id, &ours, expected);
                }
                _ => {
                    let ours = figures.get(id);
                    let agrees = *ours.unwrap_or(&Value::Names(Vec::new())) == Value::Names(texts(expected));
                    comparison.note(agrees, name, id, &ours, expected);
                }
            }
        }
    });
    comparison.finish(100);
}

/// All rates at which the yearly net benefits of a report are worth nothing.
fn rates_of_return(report: &Report) -> Vec<Decimal> {
    let net = report.case.iter().flat_map(|case| &case.net).filter_map(Value::number);
    let roots = irr(&net.collect::<Vec<Decimal>>()).unwrap_or_default();
    roots.iter().map(|root| root.rate).collect()
}

/// Whether payback and discounted payback were reached and lost again.
fn paybacks_lost(report: &Report) -> Vec<bool> {
    let paybacks = report.case.iter().flat_map(|case| [case.measures.payback, case.measures.discounted_payback]);
    paybacks.map(|payback| matches!(payback, Some(Payback::ReachedThenLost { .. }))).collect()
}

/// Evaluates what each key of an expectation names: a document, or `document#scenario`.
fn for_each_outcome(expectations: &str, mut compare: impl FnMut(&str, &Outcome, &Expected)) {
    let expectations: HashMap<String, Expected> = serde_json::from_str(expectations).unwrap();
    let mut names: Vec<&String> = expectations.keys().collect();
    names.sort();
    for name in names {
        let (file, scenario) = name.split_once('#').map_or((name.as_str(), None), |(file, name)| (file, Some(name)));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(format!("{file}.yaml"));
        let document = Document::parse(name, &std::fs::read_to_string(path).unwrap()).unwrap();
        let outcome = match scenario {
            None => document.appraisal().base(),
            Some(scenario) => document.appraisal().scenario(scenario).unwrap(),
        };
        expectations.get(name).into_iter().for_each(|expected| compare(name, &outcome, expected));
    }
}

/// How often both agree, and every place where they do not.
#[derive(Default)]
struct Comparison {
    agreed: usize,
    differences: Vec<String>,
}

impl Comparison {
    /// What is expected of each kind of figures.
    fn kinds<'e>(
        &mut self,
        document: &str,
        outcome: &Outcome,
        kinds: impl IntoIterator<Item = (&'e String, &'e Json)>,
        exact: Tolerance,
    ) {
        let figures: HashMap<String, Value> =
            outcome.report().figures().map(|figure| (figure.id(), figure.value)).collect();
        for (kind, expected) in kinds {
            let expected = expected.as_object().unwrap();
            match kind.as_str() {
                "exact" => self.numbers(document, outcome, expected, exact),
                "estimates" => self.numbers(document, outcome, expected, ESTIMATE),
                "names" => self.names(document, &figures, expected),
                other => panic!("{document}: nothing is known of `{other}`"),
            }
        }
    }

    /// Numbers, and figures that must have no value.
    fn numbers(&mut self, document: &str, outcome: &Outcome, expected: &Expected, tolerance: Tolerance) {
        for (id, expected) in expected {
            let ours = outcome.figure(id);
            let agrees = match (&ours, expected.as_str()) {
                (Some(Ok(ours)), Some(expected)) => near(*ours, number(expected), tolerance),
                (Some(Err(_)), None) => expected.is_null(),
                _ => false,
            };
            self.note(agrees, document, id, &ours, expected);
        }
    }

    /// Figures whose value is one name, or several.
    fn names(&mut self, document: &str, figures: &HashMap<String, Value>, expected: &Expected) {
        for (id, expected) in expected {
            let ours = figures.get(id);
            self.note(ours == Some(&Value::Names(texts(expected))), document, id, &ours, expected);
        }
    }

    fn note(&mut self, agrees: bool, document: &str, id: &str, ours: &dyn std::fmt::Debug, expected: &Json) {
        if agrees {
            self.agreed += 1;
        } else {
            self.differences.push(format!("{document} {id}: ours {ours:?}, expected {expected}"));
        }
    }

    /// Fails where anything differs, or where fewer than `least` were compared and the data must be incomplete.
    #[track_caller]
    fn finish(self, least: usize) {
        let Self { agreed, differences } = self;
        assert!(differences.is_empty(), "{} differ, {agreed} agree:\n{}", differences.len(), differences.join("\n"));
        assert!(agreed >= least, "only {agreed} were compared, and there are {least} or more");
    }
}

/// A printed number of up to 30 digits, rounded to the 28 that a decimal holds.
fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// One text, or several in a list.
fn texts(json: &Json) -> Vec<String> {
    let list = json.as_array().map_or(std::slice::from_ref(json), Vec::as_slice);
    list.iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

/// Whether two numbers differ by no more than is tolerated.
fn near(ours: Decimal, expected: Decimal, Tolerance { relative, absolute }: Tolerance) -> bool {
    let difference = ours.checked_sub(expected).unwrap().abs();
    difference <= absolute || difference <= expected.abs().checked_mul(relative).unwrap()
}
