//! Laws of cash flows as documents have them, checked on generated flows.
//!
//! The seed is fixed, so a run can be repeated; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` look elsewhere and further.
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test fails by panicking")]

use appraise::case::{CashFlow, Flows};
use appraise::kernel::{DayCount, xnpv};
use appraise::{Amount, Appraisal, Day, Draft, Frequency};
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

/// A purchase and what it brings in, so that there is one rate.
fn investment() -> impl Strategy<Value = Vec<Decimal>> {
    (100_000i64..10_000_000, prop::collection::vec(0i64..5_000_000, 1..8), 1i64..5_000_000).prop_map(
        |(spent, income, last)| {
            let income = income.into_iter().chain([last]).map(|cents| Decimal::new(cents, 2));
            [Decimal::new(-spent, 2)].into_iter().chain(income).collect()
        },
    )
}

/// Any flows on any days of some years, in any order.
fn dated() -> impl Strategy<Value = Vec<(Day, Decimal)>> {
    let flow = (2001u16..2012, 1u8..=12, 1u8..=28, -10_000_000i64..10_000_000);
    let flow = flow.prop_map(|(year, month, day, cents)| (Day::new(year, month, day).unwrap(), Decimal::new(cents, 2)));
    prop::collection::vec(flow, 2..12)
}

fn rate() -> impl Strategy<Value = Decimal> {
    (-2_000i64..10_000).prop_map(|points| Decimal::new(points, 4))
}

/// Days 365 days apart, of which the calendar has the later ones the earlier the more leap days have passed.
fn years_of_365_days(count: usize) -> Vec<Day> {
    let mut days = vec![Day::new(2001, 6, 15).unwrap()];
    while let Some(last) = days.last().copied().filter(|_| days.len() < count) {
        let year = u16::try_from(last.year() + 1).unwrap();
        let next = (1..=30).filter_map(|day| Day::new(year, 6, day)).find(|next| last.days_until(*next) == 365);
        days.push(next.unwrap());
    }
    days
}

fn of_days(flows: &[(Day, Decimal)]) -> Flows {
    Flows::dated(flows.iter().map(|(day, amount)| (*day, Amount::from(*amount))))
}

fn periodic(every: Frequency, flows: &[Decimal]) -> Flows {
    Flows::periodic(every, flows.iter().map(|amount| Amount::from(*amount)))
}

struct Figures(Appraisal);

impl Figures {
    fn of(flows: Flows, rate: Decimal) -> Self {
        let flow = CashFlow { discount_rate: Some(rate.into()), ..CashFlow::new("f", flows) };
        Self(Appraisal::new(Draft { cash_flows: vec![flow], ..Draft::default() }).unwrap())
    }

    fn get(&self, figure: &str) -> Option<Decimal> {
        self.0.base().figure(&format!("cash_flows.f.{figure}")).unwrap().ok()
    }
}

/// Whether both are the same to so many digits of the larger one, or neither is there.
fn same(one: Option<Decimal>, other: Option<Decimal>, tolerance: Decimal) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= tolerance * one.abs().max(other.abs()).max(Decimal::ONE),
        (one, other) => one == other,
    }
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn the_net_present_value_is_that_of_the_kernel(mut flows in dated(), rate in rate()) {
        let figures = Figures::of(of_days(&flows), rate);
        flows.sort_by_key(|(day, _)| *day);
        let expected = xnpv(rate, &flows, DayCount::Actual365Fixed).ok();
        prop_assert!(same(figures.get("npv"), expected, dec!(0.000000000000000001)));
    }

    #[test]
    fn neither_order_nor_unit_of_money_matters(flows in dated(), rate in rate()) {
        let figures = Figures::of(of_days(&flows), rate);
        let reversed: Vec<_> = flows.iter().rev().copied().collect();
        let reversed = Figures::of(of_days(&reversed), rate);
        for figure in ["npv", "irr", "mirr", "discounted_payback"] {
            prop_assert!(same(figures.get(figure), reversed.get(figure), dec!(0.000000000000000001)), "{figure}");
        }
        for scale in [dec!(0.000001), dec!(1_000_000)] {
            let scaled: Vec<_> = flows.iter().map(|(day, amount)| (*day, *amount * scale)).collect();
            let scaled = Figures::of(of_days(&scaled), rate);
            for figure in ["irr", "mirr", "payback", "profitability_index"] {
                prop_assert!(same(figures.get(figure), scaled.get(figure), dec!(0.000000000001)), "{figure}");
            }
        }
    }

    #[test]
    fn years_on_days_are_years_in_a_row(flows in investment(), rate in rate()) {
        let days: Vec<_> = years_of_365_days(flows.len()).into_iter().zip(flows.iter().copied()).collect();
        let (days, years) = (Figures::of(of_days(&days), rate), Figures::of(periodic(Frequency::Year, &flows), rate));
        for figure in ["npv", "irr", "mirr", "payback", "payback_months", "discounted_payback", "profitability_index"] {
            prop_assert!(same(days.get(figure), years.get(figure), dec!(0.000000000000000001)), "{figure}");
        }
    }

    #[test]
    fn years_in_months_are_years(flows in investment(), rate in rate()) {
        let mut months = Vec::new();
        for (year, flow) in flows.iter().enumerate() {
            months.resize(year * 12, Decimal::ZERO);
            months.push(*flow);
        }
        let (years, months) = (periodic(Frequency::Year, &flows), periodic(Frequency::Month, &months));
        let (years, months) = (Figures::of(years, rate), Figures::of(months, rate));
        for figure in ["npv", "irr", "mirr", "payback", "payback_months", "discounted_payback", "profitability_index"] {
            prop_assert!(same(years.get(figure), months.get(figure), dec!(0.00000000000000001)), "{figure}");
        }
    }

    #[test]
    fn at_the_internal_rate_nothing_is_left(flows in investment()) {
        let years = || periodic(Frequency::Quarter, &flows);
        let Some(irr) = Figures::of(years(), dec!(0.1)).get("irr") else { return Ok(()) };
        prop_assume!((dec!(-0.2)..=dec!(1)).contains(&irr));
        let figures = Figures::of(years(), irr);
        prop_assert!(figures.get("npv").unwrap().abs() < dec!(0.000000000000001));
        prop_assert!(same(figures.get("mirr"), Some(irr), dec!(0.000000000000000001)));
        prop_assert!(same(figures.get("profitability_index"), Some(dec!(1)), dec!(0.000000000000000001)));
    }
}
