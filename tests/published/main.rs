//! Published results, reproduced by the example documents and by the kernels.
//!
//! A row is a figure of ours, what the source prints, and how far the print may be off: half a unit of its last digit
//! unless a comment says why it is more. Where a publication is wrong, the test asserts the right value and that the
//! printed one is not it. Sources are named by title; their inputs are in the documents.
#![cfg(feature = "yaml")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking, and its numbers are known and small"
)]

mod capital_budgeting;
mod comparisons_in_pairs;
mod delphi;
mod fuzzy_evaluation;
mod kpi_scores;
mod platform_study;
mod ranks_and_data;
mod rates_of_return;
mod reconciled;
mod three_vendors;

use appraise::Outcome;
use appraise::kernel::{discount_factor, npv};
use appraise::report::Value;
use appraise::yaml::Document;
use rust_decimal::{Decimal, RoundingStrategy, dec};

/// A figure, what the source prints, and the most by which the print may be off.
type Row<'a> = (&'a str, Decimal, Decimal);

/// The print has all digits of the value.
const EXACT: Decimal = Decimal::ZERO;
/// Printed in whole units.
const WHOLE: Decimal = dec!(0.5);
/// Printed with two decimals.
const CENT: Decimal = dec!(0.005);

fn document(text: &str) -> Document {
    Document::parse("published.yaml", text).unwrap_or_else(|faults| panic!("{faults}"))
}

#[track_caller]
fn number(outcome: &Outcome, figure: &str) -> Decimal {
    match outcome.figure(figure) {
        Some(Ok(number)) => number,
        other => panic!("{figure}: {other:?}"),
    }
}

#[track_caller]
fn assert_near(what: &str, ours: Decimal, published: Decimal, tolerance: Decimal) {
    assert!((ours - published).abs() <= tolerance, "{what}: ours {ours}, published {published} within {tolerance}");
}

#[track_caller]
fn assert_rows<'a>(source: &str, outcome: &Outcome, rows: impl IntoIterator<Item = Row<'a>>) {
    for (figure, published, tolerance) in rows {
        assert_near(&format!("{source}, {figure}"), number(outcome, figure), published, tolerance);
    }
}

/// The figure of each entry of a row: `costs.year.1`, `costs.year.2`, … from `first`.
#[track_caller]
fn assert_series(source: &str, outcome: &Outcome, row: &str, first: usize, published: &[Decimal], tolerance: Decimal) {
    for (entry, published) in published.iter().enumerate() {
        assert_rows(source, outcome, [(&*format!("{row}.{}", first + entry), *published, tolerance)]);
    }
}

/// The membership in every grade, best first.
fn membership(outcome: &Outcome, row: &str) -> Vec<Decimal> {
    let assessment = outcome.report().assessment.unwrap();
    let grades = assessment.grades.iter().map(|(grade, _)| number(outcome, &format!("{row}.{grade}")));
    grades.collect()
}

/// The grade of maximum membership; several where they tie.
fn grade(outcome: &Outcome) -> Value {
    outcome.report().assessment.unwrap().criteria.first().unwrap().grade.clone()
}

fn named(grade: &str) -> Value {
    Value::Names(vec![grade.to_owned()])
}
