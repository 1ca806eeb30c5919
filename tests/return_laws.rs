//! Laws of rates of return and present values, checked on generated flows.
//!
//! The seed is fixed, so a run can be repeated; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` look elsewhere and further.
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test fails by panicking")]

use appraise::Day;
use appraise::kernel::{
    Crossing, DayCount, Due, IrrPolicy, NoIrr, Root, Timing, annuity_factor, benefit_cost_ratio, daily_xirr,
    equivalent_annual, irr, mirr, npv, profitability_index, spreadsheet, timed_irr, timed_npv, xirr, xnpv,
};
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

fn amount() -> impl Strategy<Value = Decimal> {
    (-10_000_000i64..10_000_000).prop_map(|cents| Decimal::new(cents, 2))
}

fn flows() -> impl Strategy<Value = Vec<Decimal>> {
    prop::collection::vec(amount(), 2..12)
}

/// A purchase and what it brings in, so that there is one rate.
fn investment() -> impl Strategy<Value = Vec<Decimal>> {
    (100_000i64..10_000_000, prop::collection::vec(0i64..5_000_000, 1..12), 1i64..5_000_000).prop_map(
        |(spent, income, last)| {
            let income = income.into_iter().chain([last]).map(|cents| Decimal::new(cents, 2));
            [Decimal::new(-spent, 2)].into_iter().chain(income).collect()
        },
    )
}

fn rate() -> impl Strategy<Value = Decimal> {
    (-4_000i64..10_000).prop_map(|points| Decimal::new(points, 4))
}

fn largest(flows: &[Decimal]) -> Decimal {
    flows.iter().map(Decimal::abs).max().unwrap()
}

fn day(number: u32) -> Day {
    // days 365 apart: a calendar without leap years
    let first: Day = "2001-01-01".parse().unwrap();
    let mut text = first;
    let mut left = number;
    while left > 0 {
        let next = (u16::try_from(text.year()).unwrap(), text.month(), text.of_month());
        let end_of_year = Day::new(next.0, 12, 31).unwrap();
        let step = u32::try_from(text.days_until(end_of_year)).unwrap() + 1;
        if step <= left {
            text = Day::new(next.0 + 1, 1, 1).unwrap();
            left -= step;
            continue;
        }
        let mut month = text.month();
        let mut of_month = text.of_month() + i32::try_from(left).unwrap();
        loop {
            let here = u8::try_from(month).unwrap();
            let length = (28..=31).rev().find(|day| Day::new(next.0, here, *day).is_some()).unwrap();
            if of_month <= i32::from(length) {
                return Day::new(next.0, here, u8::try_from(of_month).unwrap()).unwrap();
            }
            of_month -= i32::from(length);
            month += 1;
        }
    }
    text
}

fn rates(roots: &[Root]) -> Vec<Decimal> {
    roots.iter().map(|root| root.rate).collect()
}

/// A rate, or no rate for a reason; never anything else.
fn is_sound(roots: &Result<Vec<Root>, NoIrr>) -> bool {
    match roots {
        Err(NoIrr::Several { .. } | NoIrr::AllNegative) => false,
        Err(_) => true,
        Ok(roots) => {
            !roots.is_empty()
                && roots.iter().all(|root| root.rate > Decimal::NEGATIVE_ONE)
                && roots.is_sorted_by_key(|root| root.rate)
        }
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn at_no_interest_the_value_is_the_sum(flows in flows()) {
        let sum: Decimal = flows.iter().sum();
        prop_assert_eq!(npv(dec!(0), 0, &flows), Ok(sum));
        let timed: Vec<_> = (0..).map(|time| Decimal::new(time, 1)).zip(flows).collect();
        prop_assert_eq!(timed_npv(dec!(0), &timed), Ok(sum));
    }

    #[test]
    fn the_value_at_every_rate_is_nothing(flows in flows()) {
        for root in irr(&flows).unwrap_or_default().iter().filter(|root| root.refined && root.rate > dec!(-0.5)) {
            let value = npv(root.rate, 0, &flows).unwrap();
            prop_assert!(value.abs() <= largest(&flows) * dec!(1e-18), "{} at {}", value, root.rate);
        }
    }

    #[test]
    fn the_value_at_every_rate_of_dated_flows_is_nothing(flows in flows(), gaps in prop::collection::vec(1u32..500, 12)) {
        let mut at = 0;
        let dated: Vec<_> = flows.iter().zip(gaps).map(|(flow, gap)| { at += gap; (day(at), *flow) }).collect();
        for (_, count) in DayCount::ALL {
            let roots = xirr(&dated, count);
            prop_assert!(is_sound(&roots));
            for root in roots.unwrap_or_default().iter().filter(|root| root.refined && root.rate > dec!(-0.5)) {
                let value = xnpv(root.rate, &dated, count).unwrap();
                // a rate of 28 places above 1,000 a year has fewer digits to be exact in
                let scale = largest(&flows) * (Decimal::ONE + root.rate.abs());
                prop_assert!(value.abs() <= scale * dec!(1e-18), "{} at {}", value, root.rate);
            }
        }
    }

    #[test]
    fn yearly_dates_give_the_yearly_rate(flows in flows()) {
        let dated: Vec<_> = (0..).map(|year| day(year * 365)).zip(flows.iter().copied()).collect();
        match (irr(&flows), xirr(&dated, DayCount::Actual365Fixed)) {
            (Ok(yearly), Ok(dated)) => {
                prop_assert_eq!(yearly.len(), dated.len());
                for (yearly, dated) in yearly.iter().zip(&dated) {
                    prop_assert_eq!(yearly.crossing, dated.crossing);
                    let tolerance = if yearly.refined { dec!(1e-20) } else { dec!(1e-6) };
                    let size = Decimal::ONE + yearly.rate.abs();
                    prop_assert!((yearly.rate - dated.rate).abs() <= tolerance * size, "{} {}", yearly.rate, dated.rate);
                }
            }
            (yearly, dated) => prop_assert_eq!(yearly, dated),
        }
        let value = xnpv(dec!(0.07), &dated, DayCount::Actual365Fixed).unwrap();
        prop_assert!((value - npv(dec!(0.07), 0, &flows).unwrap()).abs() <= dec!(1e-18));
    }

    #[test]
    fn the_unit_of_money_does_not_matter(flows in flows()) {
        let expected = irr(&flows);
        let timed = |flows: &[Decimal]| -> Vec<_> {
            (0..).map(|time| Decimal::new(time * 3, 1)).zip(flows.iter().copied()).collect()
        };
        let expected_timed = timed_irr(&timed(&flows));
        for factor in [dec!(1e-6), dec!(1e6)] {
            let scaled: Vec<_> = flows.iter().map(|flow| flow * factor).collect();
            for (expected, scaled) in [(&expected, irr(&scaled)), (&expected_timed, timed_irr(&timed(&scaled)))] {
                match (expected, scaled) {
                    (Ok(expected), Ok(scaled)) => {
                        prop_assert_eq!(expected.len(), scaled.len());
                        for (expected, scaled) in expected.iter().zip(&scaled) {
                            let size = Decimal::ONE + expected.rate.abs();
                            prop_assert!((expected.rate - scaled.rate).abs() <= dec!(1e-12) * size);
                            prop_assert_eq!(expected.crossing, scaled.crossing);
                        }
                    }
                    (expected, scaled) => prop_assert_eq!(expected, &scaled),
                }
            }
        }
    }

    #[test]
    fn an_investment_has_one_rate(flows in investment()) {
        let roots = irr(&flows).unwrap();
        prop_assert_eq!(roots.len(), 1);
        prop_assert_eq!(roots[0].crossing, Crossing::Falling);
        for policy in [IrrPolicy::Only, IrrPolicy::Nearest(dec!(3)), IrrPolicy::Lowest, IrrPolicy::HighestFalling] {
            prop_assert_eq!(policy.quote(&roots), Ok(roots[0].rate));
        }
        prop_assert_eq!(spreadsheet::irr(&flows, None), Ok(roots[0].rate));
    }

    #[test]
    fn the_modified_rate_at_the_rate_is_the_rate(flows in investment()) {
        let rate = irr(&flows).unwrap()[0].rate;
        prop_assume!(rate > dec!(-0.9) && rate < dec!(100));
        let modified = mirr(&flows, rate, rate).unwrap();
        prop_assert!((modified - rate).abs() <= dec!(1e-20) * (Decimal::ONE + rate.abs()), "{} {}", modified, rate);
    }

    #[test]
    fn so_much_a_year_is_worth_as_much(flows in flows(), rate in rate(), years in 1u32..60) {
        let value = npv(rate, 0, &flows).unwrap();
        let annual = equivalent_annual(value, rate, years).unwrap();
        let back = annual * annuity_factor(rate, Decimal::from(years), Due::End).unwrap();
        prop_assert!((back - value).abs() <= dec!(1e-20) * value.abs().max(Decimal::ONE));
        let series = vec![annual; years as usize];
        let worth = npv(rate, 1, &series).unwrap();
        prop_assert!((worth - value).abs() <= dec!(1e-12) * value.abs().max(Decimal::ONE), "{} {}", worth, value);
    }

    #[test]
    fn ratios_follow_from_present_values(flows in investment(), rate in rate()) {
        let value = npv(rate, 0, &flows).unwrap();
        let index = profitability_index(rate, &flows).unwrap();
        prop_assert!(((index - Decimal::ONE) * -flows[0] - value).abs() <= dec!(1e-15) * value.abs().max(Decimal::ONE));
        let costs = [-flows[0]];
        let benefits: Vec<_> = [dec!(0)].into_iter().chain(flows[1..].iter().copied()).collect();
        let ratio = benefit_cost_ratio(rate, &costs, &benefits).unwrap();
        prop_assert!((ratio - index).abs() <= dec!(1e-20) * index.max(Decimal::ONE));
    }

    #[test]
    fn spread_flows_are_worth_more_than_in_the_middle(rate in rate(), period in 1u32..40) {
        let of = |timing: Timing| timing.discount_factor(rate, period).unwrap();
        prop_assume!(!rate.is_zero());
        prop_assert!(of(Timing::Continuous) > of(Timing::Middle));
        // the factor is convex in time: its mean over a period is below that of the ends
        let ends = Timing::End.discount_factor(rate, period - 1).unwrap() + of(Timing::End);
        prop_assert!(of(Timing::Continuous) < ends / dec!(2));
    }
}

/// Amounts of every size a decimal has.
fn hostile() -> impl Strategy<Value = Decimal> {
    let digits = (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0u32..=28)
        .prop_map(|(low, middle, high, negative, scale)| Decimal::from_parts(low, middle, high, negative, scale));
    let tiny = (any::<bool>(), 0u32..=28).prop_map(|(negative, scale)| Decimal::from_parts(1, 0, 0, negative, scale));
    let few = prop::sample::select(vec![Decimal::MAX, Decimal::MIN, Decimal::ZERO, dec!(1), dec!(-1), dec!(1e-28)]);
    prop_oneof![digits, tiny, few]
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn hostile_flows_have_rates_or_reasons(
        flows in prop::collection::vec(hostile(), 0..20),
        times in prop::collection::vec(hostile(), 20),
        days in prop::collection::vec(0u32..20_000, 20),
        rate in hostile(),
    ) {
        prop_assert!(is_sound(&irr(&flows)));
        let timed: Vec<_> = times.iter().copied().zip(flows.iter().copied()).collect();
        prop_assert!(is_sound(&timed_irr(&timed)));
        let dated: Vec<_> = days.iter().map(|number| day(*number)).zip(flows.iter().copied()).collect();
        for (_, count) in DayCount::ALL {
            prop_assert!(is_sound(&xirr(&dated, count)));
            let _ = xnpv(rate, &dated, count);
        }
        prop_assert!(is_sound(&daily_xirr(&dated)));
        let _ = (timed_npv(rate, &timed), mirr(&flows, rate, dec!(0.1)), mirr(&flows, dec!(0.1), rate));
        let _ = (annuity_factor(rate, dec!(7), Due::End), profitability_index(rate, &flows), benefit_cost_ratio(rate, &flows, &flows));
        for (_, timing) in Timing::ALL {
            let _ = timing.discount_factor(rate, 9);
        }
        let roots = irr(&flows).unwrap_or_default();
        prop_assert_eq!(rates(&roots).len(), roots.len());
        let _ = IrrPolicy::Nearest(rate).quote(&roots);
    }
}
