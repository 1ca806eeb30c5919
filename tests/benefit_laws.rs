//! Laws of benefits: what overlaps never adds, a delay never pays, what becomes cash and what does not add up to all, and a
//! benefit whose indicator is at its target is realised as planned.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use appraise::case::{Alternative, Benefit, BenefitKind, Category, CostLine, Counted, Follows, Overlap, Plan, Ramp};
use appraise::scorecard::{Criterion, Measure, Scorecard};
use appraise::{Amount, Appraisal, Draft, Horizon, Period, Periods};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};

const YEARS: usize = 4;

fn config(cases: u32) -> Config {
    let default = Config::default();
    let rng_seed = match default.rng_seed {
        RngSeed::Random => RngSeed::Fixed(2026),
        fixed => fixed,
    };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    Config { cases, rng_seed, failure_persistence: None, ..default }
}

fn share() -> impl Strategy<Value = Decimal> {
    (0_i64..=100).prop_map(|percent| Decimal::new(percent, 2))
}

fn rows() -> impl Strategy<Value = Vec<Vec<Decimal>>> {
    let amount = (0_i64..1_000_000).prop_map(|cents| Decimal::new(cents, 2));
    prop::collection::vec(prop::collection::vec(amount, YEARS), 2..5)
}

fn saving(id: usize, row: &[Decimal]) -> Benefit {
    Benefit { annual: Some(Amount::PerYear(row.to_vec())), ..Benefit::new(format!("b{id}"), BenefitKind::Saving) }
}

fn appraised(benefits: Vec<Benefit>, overlaps: Vec<Overlap>, rate: Decimal) -> Appraisal {
    let cost = CostLine { initial: Some(10_000.into()), ..CostLine::new(Category::Licences, "crm") };
    let plan = Plan { costs: Some(vec![cost]), benefits: Some(benefits), overlaps, ..Plan::default() };
    let horizon = Horizon { first_year: Some(2025), years: u32::try_from(YEARS).unwrap() };
    Appraisal::new(Draft { horizon, discount_rate: Some(rate.into()), plan, ..Draft::default() }).unwrap()
}

fn figure(appraisal: &Appraisal, id: &str) -> Decimal {
    appraisal.base().figure(id).unwrap_or_else(|| panic!("no {id}")).unwrap_or_else(|absent| panic!("{id}: {absent:?}"))
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn what_overlaps_never_raises_the_total_and_the_rows_add_up(
        rows in rows(), counted in prop::option::of(share()), cashable in prop::collection::vec(any::<bool>(), 5),
    ) {
        let apart: Vec<Benefit> = rows.iter().enumerate().map(|(id, row)| saving(id, row)).collect();
        let grouped = apart.iter().zip(&cashable).map(|(benefit, cashable)| Benefit {
            overlap: Some("group".into()), cashable: Some(*cashable), ..benefit.clone()
        });
        let rules = counted.map(|share| Overlap { group: "group".into(), counted: Counted::Share(share.into()) });
        let grouped = appraised(grouped.collect(), rules.into_iter().collect(), dec!(0.08));
        let apart = appraised(apart, Vec::new(), dec!(0.08));
        for id in ["nominal", "year.1", "year.4", "unadjusted.nominal"] {
            let id = format!("benefits.{id}");
            prop_assert!(figure(&grouped, &id) <= figure(&apart, &id));
        }
        let cut = figure(&grouped, "benefits.overlap.nominal");
        prop_assert!(cut <= Decimal::ZERO);
        prop_assert_eq!(figure(&grouped, "benefits.nominal"), figure(&apart, "benefits.nominal") + cut);
        let parts = ["cashable", "non_cashable"].map(|part| figure(&grouped, &format!("benefits.{part}.nominal")));
        prop_assert_eq!((parts[0] + parts[1]).round_dp(15), figure(&grouped, "benefits.nominal").round_dp(15));
        if counted.is_none() {
            let largest = rows.iter().map(|row| row[2]).max().unwrap();
            prop_assert_eq!(figure(&grouped, "benefits.year.3"), largest);
            // what is counted is one of the benefits, and so is cash or is not, as a whole
            let is_cash = rows.iter().zip(&cashable).any(|(row, cashable)| *cashable && row[2] == largest);
            let cash = if is_cash { largest } else { Decimal::ZERO };
            prop_assert_eq!(figure(&grouped, "benefits.cashable.year.3"), cash);
        }
    }

    #[test]
    fn a_delay_never_raises_the_net_present_value(
        rows in rows(), first in 0_i64..5_000, late in 0_i64..16, later in 0_i64..16, rate in 0_i64..60,
    ) {
        let delayed = |quarters: i64| {
            let delay = Some(Amount::from(Decimal::new(quarters * 25, 2)));
            let benefits = rows.iter().enumerate().map(|(id, row)| Benefit {
                delay: delay.clone(), initial: Some(first.into()), ..saving(id, row)
            });
            figure(&appraised(benefits.collect(), Vec::new(), Decimal::new(rate, 2)), "case.npv")
        };
        let (soon, late) = (delayed(late.min(later)), delayed(late.max(later)));
        prop_assert!(late <= soon + Decimal::new(1, 18), "{late} > {soon}");
    }

    #[test]
    fn a_ramp_never_adds_and_a_longer_one_brings_less(row in rows(), years in 1_u32..6) {
        let nominal = |ramp: Option<Ramp>| {
            figure(&appraised(vec![Benefit { ramp, ..saving(0, &row[0]) }], Vec::new(), dec!(0.08)), "benefits.nominal")
        };
        let [short, long] = [years, years + 1].map(|years| nominal(Some(Ramp::Linear(years.into()))));
        prop_assert!(long <= short && short <= nominal(None));
        prop_assert_eq!(nominal(Some(Ramp::Linear(1.into()))), nominal(None));
    }

    #[test]
    fn at_the_target_the_plan_is_realised_and_beyond_it_no_more(
        rows in rows(), actual in prop::collection::vec(0_i64..30, YEARS * 4), as_alternative in any::<bool>(),
        share in prop::option::of(share()),
    ) {
        let quarters: Vec<Period> = (2026..).flat_map(|year| (1..=4).map(move |quarter| format!("{year}-Q{quarter}")))
            .take(YEARS * 4).map(|text| text.parse().unwrap()).collect();
        let measured = quarters.iter().copied().zip(actual.iter().map(|value| Decimal::from(*value))).collect();
        let kept = Criterion::indicator("kept", Measure::target(0, 20).actual(Amount::PerPeriod(measured)));
        let periods = Some(Periods::new(quarters[0], *quarters.last().unwrap()));
        let benefits = rows.iter().enumerate().map(|(id, row)| Benefit {
            follows: Some(Follows::new("kept")), overlap: Some("group".into()), ..saving(id, row)
        });
        let counted = share.map_or(Counted::Largest, |share| Counted::Share(share.into()));
        let overlaps = vec![Overlap { group: "group".into(), counted }];
        let plan = Plan { benefits: Some(benefits.collect()), overlaps, ..Plan::default() };
        let mut draft = Draft {
            horizon: Horizon { first_year: Some(2025), years: u32::try_from(YEARS).unwrap() },
            scorecard: Some(Scorecard { periods, ..Scorecard::new([kept]) }),
            ..Draft::default()
        };
        let before = if as_alternative {
            draft.alternatives = vec![Alternative { plan, ..Alternative::new("a") }];
            "alternatives.a."
        } else {
            draft.plan = plan;
            ""
        };
        let appraisal = Appraisal::new(draft).unwrap();
        let get = |id: String| figure(&appraisal, &format!("{before}{id}"));
        for (year, quarters) in (1..).zip(actual.chunks(4)) {
            let progress: Decimal = quarters.iter().map(|value| Decimal::from(*value.min(&20)) / dec!(20)).sum();
            for line in 0..rows.len() {
                let planned = get(format!("benefits.b{line}.planned.{year}"));
                let realised = get(format!("benefits.b{line}.realised.{year}"));
                prop_assert!(realised <= planned);
                prop_assert_eq!(realised.round_dp(15), (planned * progress / dec!(4)).round_dp(15));
                prop_assert_eq!(get(format!("benefits.b{line}.gap.{year}")), planned - realised);
                if quarters.iter().all(|value| *value >= 20) {
                    prop_assert_eq!(realised, planned);
                }
            }
            // what is planned is what the case counts, before risk
            let planned = get(format!("benefits.planned.{year}"));
            prop_assert_eq!(planned.round_dp(15), get(format!("benefits.unadjusted.year.{year}")).round_dp(15));
        }
        let so_far = ["planned", "realised", "gap"].map(|part| get(format!("benefits.{part}_so_far")));
        prop_assert_eq!(so_far[0] - so_far[1], so_far[2]);
    }
}
