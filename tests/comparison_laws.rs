//! Laws of comparisons: contributions add up to the change in every digit, and swapping the two sides negates them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use appraise::analysis::{Attribution, Comparison};
use appraise::case::{Benefit, BenefitKind, Category, CostLine, Plan};
use appraise::scorecard::{Aim, Criterion, FollowUp, Measure, MissingPolicy, Scorecard};
use appraise::{Amount, Appraisal, Assumption, Draft, Period, Periods};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::Decimal;

fn config(cases: u32) -> Config {
    let default = Config::default();
    let rng_seed = match default.rng_seed {
        RngSeed::Random => RngSeed::Fixed(2026),
        fixed => fixed,
    };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    Config { cases, rng_seed, failure_persistence: None, ..default }
}

/// Base, target and actual of an indicator that may not be measured, and whether it is there at all.
type Stated = (bool, i64, i64, Option<i64>);

fn indicator() -> impl Strategy<Value = Stated> {
    (prop::bool::weighted(0.9), 0_i64..40, 50_i64..99, prop::option::weighted(0.8, 0_i64..120))
}

/// Groups of indicators, each with points.
fn groups() -> impl Strategy<Value = Vec<(u32, Vec<(u32, Stated)>)>> {
    let group = prop::collection::vec((1_u32..9, indicator()), 1..4);
    prop::collection::vec((1_u32..9, group), 1..4)
}

fn share(points: u32) -> Decimal {
    Decimal::from(points) / Decimal::from(7)
}

/// Ids go by position, so that two cards share some of them.
fn card(groups: &[(u32, Vec<(u32, Stated)>)], missing: MissingPolicy) -> Draft {
    let mut criteria = Vec::new();
    for (g, (points, indicators)) in groups.iter().enumerate() {
        let children =
            indicators.iter().enumerate().filter(|(_, (_, stated))| stated.0).map(|(i, (points, stated))| {
                let (_, base, target, actual) = *stated;
                let measure = Measure { actual: actual.map(Amount::from), ..Measure::target(base, target) };
                (Criterion::indicator(format!("i{g}_{i}"), measure), share(*points))
            });
        let children: Vec<_> = children.collect();
        // shares of siblings must be a whole
        let sum: Decimal = children.iter().map(|(_, share)| share).sum();
        let mut left = Decimal::ONE;
        let count = children.len();
        let weighed = children.into_iter().enumerate().map(|(i, (criterion, share))| {
            let weight = if i + 1 == count { left } else { (share / sum).round_dp(4) };
            left -= weight;
            criterion.weighing(weight)
        });
        let weighed: Vec<Criterion> = weighed.collect();
        if !weighed.is_empty() {
            criteria.push((Criterion::group(format!("g{g}"), weighed), share(*points)));
        }
    }
    let sum: Decimal = criteria.iter().map(|(_, share)| share).sum();
    let (mut left, count) = (Decimal::ONE, criteria.len());
    let weighed = criteria.into_iter().enumerate().map(|(i, (criterion, share))| {
        let weight = if i + 1 == count { left } else { (share / sum).round_dp(4) };
        left -= weight;
        criterion.weighing(weight)
    });
    Draft { scorecard: Some(Scorecard { missing, ..Scorecard::new(weighed.collect::<Vec<_>>()) }), ..Draft::default() }
}

fn attribute(before: &Appraisal, after: &Appraisal, figure: &str) -> Option<Attribution> {
    let (before, after) = (before.base(), after.base());
    Comparison::between(&before, &after).attribute(figure).ok()
}

fn sum(attribution: &Attribution) -> Decimal {
    attribution.contributions.iter().map(|contribution| contribution.value).sum()
}

/// Each driver with its contribution, in an order that does not depend on their sign.
fn by_driver(attribution: &Attribution, sign: Decimal) -> Vec<(String, Decimal)> {
    let contributions = attribution.contributions.iter();
    let mut named: Vec<_> = contributions.map(|c| (c.driver.figure(), (c.value * sign).normalize())).collect();
    named.sort();
    named
}

fn policy() -> impl Strategy<Value = MissingPolicy> {
    prop::sample::select(vec![MissingPolicy::Exclude, MissingPolicy::Worst, MissingPolicy::Fail])
}

fn net(seats: &[i64], price: i64, churn: i64, rate: i64) -> Draft {
    let formula = |text: &str| Some(Amount::formula(text).unwrap());
    let seats = Amount::PerYear(seats.iter().map(|seats| Decimal::from(*seats)).collect());
    let line = CostLine { annual: formula("= seats * price"), ..CostLine::new(Category::Licences, "crm") };
    let kept = Benefit { annual: formula("= 18_400 * churn / price"), ..Benefit::new("kept", BenefitKind::Saving) };
    let assumption = |id: &str, value: Decimal| Assumption::new(id, value);
    Draft {
        discount_rate: Some(Decimal::new(rate, 2).into()),
        assumptions: vec![
            Assumption::new("seats", seats),
            assumption("price", Decimal::from(price)),
            assumption("churn", Decimal::new(churn, 3)),
        ],
        plan: Plan { costs: Some(vec![line]), benefits: Some(vec![kept]), ..Plan::default() },
        ..Draft::default()
    }
}

fn quarter(number: i32) -> Period {
    "2024-Q1".parse::<Period>().unwrap().after(number)
}

/// Actual values by quarter, and whether the target rises each quarter.
type Followed = (Vec<Option<i64>>, bool);

/// A scorecard over six quarters, values carried for so many, and one indicator that reads another.
fn followed(indicators: &[(u32, Followed)], carry: u32, missing: MissingPolicy) -> Draft {
    let by_quarter = |values: &[Option<i64>]| {
        let values = (0..).zip(values).filter_map(|(number, value)| Some((quarter(number), Decimal::from((*value)?))));
        Amount::PerPeriod(values.collect())
    };
    let rising: Vec<Option<i64>> = (0..6).map(|number| Some(60 + 9 * number)).collect();
    let mut criteria: Vec<Criterion> = indicators
        .iter()
        .enumerate()
        .map(|(i, (points, (values, rises)))| {
            let target = if *rises { by_quarter(&rising) } else { 90.into() };
            let aim = Some(Aim::Target(target));
            let measure = Measure { aim, ..Measure::target(5, 90) }.actual(by_quarter(values));
            Criterion::indicator(format!("i{i}"), measure).weighing(Decimal::from(*points))
        })
        .collect();
    let reads = Measure::target(200, 10).actual(Amount::formula("= 190 - i0").unwrap());
    criteria.push(Criterion::indicator("reads", reads).weighing(Decimal::TWO));
    let sum: Decimal = criteria.iter().filter_map(|criterion| criterion.weight).sum();
    let (mut left, count) = (Decimal::ONE, criteria.len());
    for (i, criterion) in criteria.iter_mut().enumerate() {
        let share = (criterion.weight.unwrap_or_default() / sum).round_dp(4);
        let weight = if i + 1 == count { left } else { share };
        left -= weight;
        criterion.weight = Some(weight);
    }
    let card = Scorecard {
        missing,
        periods: Some(Periods::new(quarter(0), quarter(5))),
        follow_up: FollowUp { carry_forward: Some(carry), ..FollowUp::default() },
        ..Scorecard::new(criteria)
    };
    Draft { scorecard: Some(card), ..Draft::default() }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn the_change_of_a_score_is_shared_to_the_last_digit(before in groups(), after in groups(), missing in policy()) {
        let [before, after] = [before, after].map(|groups| Appraisal::new(card(&groups, missing)));
        let (Ok(before), Ok(after)) = (before, after) else { return Ok(()) };
        let Some(attribution) = attribute(&before, &after, "scorecard.score") else { return Ok(()) };
        prop_assert!(attribution.is_by_scores);
        prop_assert_eq!(attribution.change, attribution.after - attribution.before);
        prop_assert_eq!(sum(&attribution), attribution.change);
        let back = attribute(&after, &before, "scorecard.score").unwrap();
        prop_assert_eq!(by_driver(&attribution, Decimal::ONE), by_driver(&back, Decimal::NEGATIVE_ONE));
    }

    #[test]
    fn the_change_between_two_periods_is_shared_to_the_last_digit(
        indicators in prop::collection::vec(
            (1_u32..9, (prop::collection::vec(prop::option::weighted(0.8, 0_i64..120), 6), any::<bool>())),
            1..5,
        ),
        carry in 0_u32..3,
        missing in policy(),
        (from, to) in (0_i32..6, 0_i32..6),
    ) {
        let appraisal = Appraisal::new(followed(&indicators, carry, missing)).unwrap();
        let (before, after) = (appraisal.at(quarter(from)).unwrap(), appraisal.at(quarter(to)).unwrap());
        let comparison = Comparison::between(&before, &after);
        prop_assert!(from != to || comparison.inputs().is_empty() && comparison.figures().is_empty());
        let back = Comparison::between(&after, &before);
        for figure in ["scorecard.score", "scorecard.i0.progress", "scorecard.reads.score"] {
            let Ok(attribution) = comparison.attribute(figure) else { continue };
            prop_assert_eq!(attribution.change, attribution.after - attribution.before);
            prop_assert_eq!(sum(&attribution), attribution.change);
            let back = back.attribute(figure).unwrap();
            prop_assert_eq!(by_driver(&attribution, Decimal::ONE), by_driver(&back, Decimal::NEGATIVE_ONE));
            // what was given for the periods is what caused it, and nothing that follows from it
            for contribution in &attribution.contributions {
                let id = contribution.driver.figure();
                let is_given = id.ends_with(".actual") || id.ends_with(".target") || id.contains(".weight.") || id.contains(".together.");
                prop_assert!(is_given, "{id} of {figure}");
            }
        }
    }

    #[test]
    fn the_change_of_any_figure_is_shared(
        seats in (prop::collection::vec(0_i64..300, 5), prop::collection::vec(0_i64..300, 5)),
        price in (1_i64..2_000, 1_i64..2_000),
        churn in (0_i64..99, 0_i64..99),
        rate in (-9_i64..30, -9_i64..30),
    ) {
        let before = Appraisal::new(net(&seats.0, price.0, churn.0, rate.0)).unwrap();
        let after = Appraisal::new(net(&seats.1, price.1, churn.1, rate.1)).unwrap();
        let attribution = attribute(&before, &after, "case.npv").unwrap();
        prop_assert_eq!(sum(&attribution), attribution.change);
        let off = attribution.change - (attribution.after - attribution.before);
        prop_assert!(off.abs() < Decimal::new(1, 15), "off by {off}");
        let back = attribute(&after, &before, "case.npv").unwrap();
        prop_assert_eq!(by_driver(&attribution, Decimal::ONE), by_driver(&back, Decimal::NEGATIVE_ONE));
    }
}
