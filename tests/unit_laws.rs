//! Laws of business units: what is rolled up lies between the worst and the best of them, the data of one unit are its own
//! value, and equal units are what each of them is.
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test fails by panicking")]

use appraise::scorecard::{BusinessUnit, Criterion, FromUnits, KpiUse, Measure, Scorecard};
use appraise::{Appraisal, Draft};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};

fn config(cases: u32) -> Config {
    let default = Config::default();
    let rng_seed = match default.rng_seed {
        RngSeed::Random => RngSeed::Fixed(2026),
        fixed => fixed,
    };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    Config { cases, rng_seed, failure_persistence: None, ..default }
}

/// What a unit has: visits, customers lost of a thousand, its weight in points.
type Unit = (Option<i64>, i64, i64);

fn units() -> impl Strategy<Value = Vec<Unit>> {
    prop::collection::vec((prop::option::weighted(0.9, 0_i64..140), 0_i64..160, 1_i64..9), 1..6)
}

fn appraised(units: &[Unit], way: FromUnits) -> Appraisal {
    let visits = Measure { from_units: Some(way), ..Measure::target(0, 100) };
    let churn = Measure::target(dec!(0.1), dec!(0.05)).kpi(KpiUse::new("customer_churn_rate"));
    let units = units.iter().enumerate().map(|(number, (visits, lost, weight))| {
        let visits = visits.map_or(Measure::default(), |visits| Measure::default().actual(visits));
        let data = KpiUse::default().with("customers_lost", *lost).with("customers_start", 1_000);
        let unit = BusinessUnit::new(format!("u{number}")).weighing(Decimal::from(*weight));
        unit.with("visits", visits).with("churn", Measure::default().kpi(data))
    });
    let criteria = [Criterion::indicator("visits", visits), Criterion::indicator("churn", churn)];
    let card = Scorecard { units: units.collect(), ..Scorecard::new(criteria) };
    Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap()
}

fn known(appraisal: &Appraisal, id: &str) -> Option<Decimal> {
    appraisal.base().figure(id).unwrap_or_else(|| panic!("{id}")).ok()
}

fn of_units(appraisal: &Appraisal, count: usize, id: &str) -> Vec<Decimal> {
    (0..count).filter_map(|number| known(appraisal, &format!("units.u{number}.{id}"))).collect()
}

const NEAR: Decimal = dec!(0.00000000000000000001);

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn rolled_up_scores_lie_between_the_worst_and_the_best_unit(units in units()) {
        let appraisal = appraised(&units, FromUnits::Scores);
        let rolled = [
            ("scorecard.visits.score", "visits.score"),
            ("units.score", "score"),
            ("scorecard.churn.actual", "churn.actual"),
        ];
        for (whole, id) in rolled {
            let each = of_units(&appraisal, units.len(), id);
            let Some(rolled) = known(&appraisal, whole) else {
                prop_assert!(each.is_empty(), "{whole}");
                continue;
            };
            let (worst, best) = (each.iter().min().unwrap(), each.iter().max().unwrap());
            prop_assert!(*worst - NEAR <= rolled && rolled <= *best + NEAR, "{whole}: {worst} {rolled} {best}");
        }
    }

    #[test]
    fn what_one_unit_has_is_what_the_whole_has(unit in (0_i64..140, 0_i64..160, 1_i64..9)) {
        for (_, way) in FromUnits::ALL.into_iter().filter(|(_, way)| *way != FromUnits::Inputs) {
            let appraisal = appraised(&[(Some(unit.0), unit.1, unit.2)], way);
            for id in ["visits.score", "churn.actual", "churn.score", "score"] {
                let (whole, own) = (known(&appraisal, &format!("scorecard.{id}")), known(&appraisal, &format!("units.u0.{id}")));
                prop_assert_eq!(whole, own, "{}", id);
            }
            prop_assert_eq!(known(&appraisal, "units.u0.rank"), Some(Decimal::ONE));
        }
    }

    #[test]
    fn the_order_of_units_does_not_matter(units in units(), way in 0_usize..7) {
        let way = FromUnits::ALL.map(|(_, way)| way)[way];
        prop_assume!(way != FromUnits::Inputs);
        let turned: Vec<Unit> = units.iter().rev().copied().collect();
        let (one, other) = (appraised(&units, way), appraised(&turned, way));
        for id in ["scorecard.score", "scorecard.visits.score", "scorecard.churn.actual", "units.best", "units.worst"] {
            let (one, other) = (known(&one, id), known(&other, id));
            prop_assert_eq!(one.is_some(), other.is_some());
            prop_assert!((one.unwrap_or_default() - other.unwrap_or_default()).abs() <= NEAR, "{}", id);
        }
    }

    #[test]
    fn a_unit_scores_as_a_scorecard_of_its_own_would(visits in 0_i64..140, lost in 0_i64..160) {
        let appraisal = appraised(&[(Some(visits), lost, 1), (Some(7), 3, 2)], FromUnits::Scores);
        let data = KpiUse::new("customer_churn_rate").with("customers_lost", lost).with("customers_start", 1_000);
        let alone = Scorecard::new([
            Criterion::indicator("visits", Measure::target(0, 100).actual(visits)),
            Criterion::indicator("churn", Measure::target(dec!(0.1), dec!(0.05)).kpi(data)),
        ]);
        let alone = Appraisal::new(Draft { scorecard: Some(alone), ..Draft::default() }).unwrap();
        for id in ["visits.score", "churn.score", "score", "coverage"] {
            prop_assert_eq!(known(&appraisal, &format!("units.u0.{id}")), known(&alone, &format!("scorecard.{id}")));
        }
    }
}
