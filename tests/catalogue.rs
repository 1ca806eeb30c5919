//! Every entry of the catalogue computes its worked example, built in Rust and read from a document that is made of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use appraise::report::fragment;
use appraise::scorecard::{Criterion, Datum, Kpi, Measure, Scorecard, catalogue};
use appraise::yaml::Document;
use appraise::{Amount, Appraisal, Draft, Language};
use rust_decimal::Decimal;

/// The examples print ten significant digits, so a value may be off by half of the last one.
fn assert_is_printed(kpi: &Kpi, value: Decimal) {
    let printed = kpi.example.as_ref().unwrap().result;
    let half = Decimal::new(5, printed.scale() + 1);
    let off = value.checked_sub(printed).unwrap().abs();
    assert!(off <= half, "{}: {value} is not {printed}", kpi.id);
}

#[test]
fn every_worked_example_comes_out_in_rust() {
    assert_eq!(catalogue::ALL.len(), 157);
    let indicator = |kpi: &Kpi| Criterion::indicator(&kpi.id, Measure::default().kpi(kpi.worked_example().unwrap()));
    // horizons of as many years as lists have entries, one less and one more: what a list means depends on no horizon
    for years in [1, 3, 4, 5, 6] {
        let horizon = appraise::Horizon { first_year: None, years };
        let card = Scorecard::new(catalogue::ALL.iter().map(indicator));
        let appraisal = Appraisal::new(Draft { horizon, scorecard: Some(card), ..Draft::default() }).unwrap();
        let outcome = appraisal.base();
        for kpi in catalogue::ALL.iter() {
            let value = outcome.figure(&format!("scorecard.{}.actual", kpi.id)).unwrap();
            assert_is_printed(kpi, value.unwrap_or_else(|absent| panic!("{}: {}", kpi.id, absent.cause)));
        }
    }
}

#[test]
fn every_fragment_is_read_as_it_stands() {
    let all: Vec<&Kpi> = catalogue::ALL.iter().collect();
    for language in [Language::English, Language::Chinese] {
        let text = fragment(&all, language);
        let document = Document::parse("all.yaml", &text).unwrap_or_else(|faults| panic!("{faults}"));
        let report = document.appraisal().base().report();
        assert_eq!(report.scorecard.unwrap().criteria.iter().filter(|row| !row.is_group).count(), 157);
    }
}

#[test]
fn every_fragment_computes_once_numbers_are_put_in() {
    for kpi in catalogue::ALL.iter() {
        let mut text = fragment(&[kpi], Language::English);
        let has_band = text.contains("  band:");
        // each line in which something is left out, by its key
        let mut put = |key: &str, value: &str| {
            let line = text.lines().find(|line| line.trim_start().starts_with(&format!("{key}:"))).unwrap().to_owned();
            let filled = line.replacen(&format!("{key}:"), &format!("{key}: {value}"), 1);
            text = text.replacen(&format!("{line}\n"), &format!("{filled}\n"), 1);
        };
        for (name, datum) in &kpi.example.as_ref().unwrap().data {
            let value = match datum {
                Datum::Amount(Amount::Constant(value)) => value.to_string(),
                Datum::List(values) => format!("{values:?}"),
                other => panic!("{other:?}"),
            };
            put(name, &value);
        }
        if has_band {
            put("band", "[0, 1]");
            put("tolerance", "1");
        } else {
            put("base", "-1");
            put("target", "1_000");
        }
        let document = Document::parse("fragment.yaml", &text).unwrap_or_else(|faults| panic!("{text}\n{faults}"));
        let outcome = document.appraisal().base();
        assert_is_printed(kpi, outcome.figure(&format!("scorecard.{}.actual", kpi.id)).unwrap().unwrap());
        assert!(outcome.figure(&format!("scorecard.{}.score", kpi.id)).unwrap().is_ok(), "{}", kpi.id);
        assert!(outcome.report().findings.iter().all(|found| !found.code.starts_with("model.")), "{}", kpi.id);
    }
}

#[test]
fn the_document_of_the_design_is_read() {
    let text = "appraise: 1
scorecard:
  perspectives:
    customer:
      indicators:
        satisfaction: {kpi: customer_satisfaction, data: {satisfied: 431, answers: 520}, base: 74%, target: 85%}
";
    let document = Document::parse("x.yaml", text).unwrap();
    let outcome = document.appraisal().base();
    assert_eq!(
        outcome.figure("scorecard.satisfaction.actual").unwrap().unwrap().round_dp(10).to_string(),
        "0.8288461538"
    );
    assert!(outcome.figure("scorecard.satisfaction.data.total_responses").is_some());
    let places = document.places();
    assert_eq!(places.shown("scorecard.satisfaction.data.answers").as_deref(), Some("x.yaml:6"));
}

mod laws {
    use super::*;
    use appraise::Assumption;
    use appraise::scorecard::KpiUse;
    use proptest::prelude::*;

    /// The actual value of an indicator that uses a KPI, beside assumptions.
    fn actual(assumptions: Vec<Assumption>, used: KpiUse) -> Option<Decimal> {
        let years = u32::try_from(assumptions.first().map_or(1, years_of)).unwrap();
        let horizon = appraise::Horizon { first_year: None, years };
        let card = Scorecard::new([Criterion::indicator("x", Measure::default().kpi(used))]);
        let draft = Draft { horizon, assumptions, scorecard: Some(card), ..Draft::default() };
        let appraisal = Appraisal::new(draft).unwrap_or_else(|problems| panic!("{problems}"));
        appraisal.base().figure("scorecard.x.actual").unwrap().ok()
    }

    fn years_of(assumption: &Assumption) -> usize {
        match &assumption.value {
            Amount::PerYear(values) => values.len(),
            _ => 1,
        }
    }

    fn numbers(lowest: i64) -> impl Strategy<Value = Vec<Decimal>> {
        prop::collection::vec((lowest..1_000_000).prop_map(|cents| Decimal::new(cents, 2)), 1..8)
    }

    proptest! {
        #[test]
        fn a_share_has_no_unit(lost in 0..1_000_000i64, start in 1..1_000_000i64, factor in 1..1_000i64) {
            let of = |times: i64| {
                let used = KpiUse::new("customer_churn_rate");
                actual(vec![], used.with("customers_lost", lost * times).with("customers_start", start * times))
            };
            prop_assert_eq!(of(1), of(factor));
        }

        #[test]
        fn a_list_and_one_entry_a_year_are_worth_the_same(flows in numbers(-1_000_000), rate in -50..200i64) {
            let npv = || {
                KpiUse::new("npv").with("initial_flow", -100).with("discount_rate", Decimal::new(rate, 2))
            };
            let listed = actual(vec![], npv().with_list("later_flows", flows.clone()));
            let assumption = Assumption::new("flows", Amount::PerYear(flows));
            let yearly = npv().with("later_flows", Amount::formula("= flows").unwrap());
            prop_assert_eq!(listed, actual(vec![assumption], yearly));
        }

        #[test]
        fn a_mean_of_answers_does_not_depend_on_their_order(ratings in numbers(0)) {
            let of = |ratings: Vec<Decimal>| actual(vec![], KpiUse::new("csat_mean").with_list("ratings", ratings));
            let mut turned = ratings.clone();
            turned.reverse();
            prop_assert_eq!(of(ratings), of(turned));
        }

        #[test]
        fn discounting_by_nothing_changes_no_payback(flows in numbers(-1_000_000)) {
            let simple = actual(vec![], KpiUse::new("payback_period").with_list("flows", flows.clone()));
            let discounted = KpiUse::new("discounted_payback_period").with("discount_rate", 0);
            prop_assert_eq!(simple, actual(vec![], discounted.with_list("flows", flows)));
        }

        #[test]
        fn a_customer_kept_longer_is_worth_more(margin in 0..100_000i64, retention in 0..100i64, rate in 0..100i64) {
            let of = |years: i64| {
                let used = KpiUse::new("clv_finite").with("annual_margin", margin).with("acquisition_cost", 0);
                let used = used.with("retention_rate", Decimal::new(retention, 2));
                actual(vec![], used.with("discount_rate", Decimal::new(rate, 2)).with("years", years)).unwrap()
            };
            prop_assert!(of(3) <= of(4) && of(4) <= of(20));
        }
    }
}
