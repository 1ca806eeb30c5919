//! Rates of return and present values against what one would write for floats, and against the crates rust_finprim and
//! xirr.
//!
//! `KERNEL/appraise` is the public function with 28 digits, `KERNEL/f64` a plain Newton's method from a guess,
//! `KERNEL/rust_finprim` and `KERNEL/xirr` the crates; rust_finprim overflows, and panics, over 1,000 periods. What does
//! not find the rate is left out. Every iteration asserts its answer: ours to the last digit, the others as exactly as
//! their tolerances allow.
#![expect(clippy::unwrap_used, reason = "a bench that fails should stop")]
#![allow(missing_docs, reason = "the macros of criterion write public functions")]

use appraise::Day;
use appraise::kernel::{DayCount, irr, npv, sole_irr, sole_xirr, xnpv};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::civil::Date;
use rust_decimal::{Decimal, dec};
use std::hint::black_box;
use std::time::Duration;

/// A purchase of 100,000, and inflows that add up to 160,000 and fall by a quarter over the time.
fn flows(periods: u32) -> Vec<Decimal> {
    let count = Decimal::from(periods);
    let inflow = |period: u32| {
        let fall = Decimal::from(period).checked_div(count)?.checked_mul(dec!(0.25))?;
        dec!(183_000).checked_div(count)?.checked_mul(dec!(1).checked_sub(fall)?).map(|flow| flow.round_dp(2))
    };
    [dec!(-100_000)].into_iter().chain((1..=periods).filter_map(inflow)).collect()
}

fn floats(flows: &[Decimal]) -> Vec<f64> {
    flows.iter().map(|flow| f64::try_from(*flow).unwrap()).collect()
}

fn npv_f64(rate: f64, flows: &[f64]) -> f64 {
    flows.iter().rev().fold(0.0, |value, flow| value / (1.0 + rate) + flow)
}

fn irr_f64(flows: &[f64]) -> f64 {
    // from 10 % it does not find the rate of 1,000 periods
    let mut rate = (1.0 / flows.len() as f64).min(0.1);
    for _ in 0..50 {
        let growth = 1.0 + rate;
        // value and slope in the discount factor, by Horner's rule
        let (value, slope) = flows.iter().rev().fold((0.0, 0.0), |(value, slope), flow| {
            let factor = 1.0 / growth;
            (value * factor + flow, slope * factor + value)
        });
        let step = value / (slope / (growth * growth));
        rate += step;
        if step.abs() < 1e-14 {
            break;
        }
    }
    rate
}

fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(40);
    group
}

const PERIODS: [u32; 3] = [5, 60, 1000];

fn present_values(criterion: &mut Criterion) {
    let mut group = group(criterion, "npv");
    for periods in PERIODS {
        let flows = flows(periods);
        let floats = floats(&flows);
        let expected = npv(dec!(0.08), 0, &flows).unwrap();
        let rounded = f64::try_from(expected).unwrap();
        group.bench_function(BenchmarkId::new("appraise", periods), |bencher| {
            bencher.iter(|| assert_eq!(npv(dec!(0.08), 0, black_box(&flows)), Ok(expected)));
        });
        // its powers of a growth factor overflow, and panic, over long horizons
        if periods < 100 {
            group.bench_function(BenchmarkId::new("rust_finprim", periods), |bencher| {
                bencher.iter(|| {
                    let value = rust_finprim::tvm::npv(dec!(0.08), black_box(&flows));
                    assert!(value.checked_sub(expected).unwrap().abs() < dec!(1e-18));
                });
            });
        }
        group.bench_function(BenchmarkId::new("f64", periods), |bencher| {
            bencher.iter(|| assert!((npv_f64(0.08, black_box(&floats)) - rounded).abs() < 1e-6));
        });
    }
    group.finish();
}

fn yearly_rates(criterion: &mut Criterion) {
    let mut group = group(criterion, "irr");
    for periods in PERIODS {
        let flows = flows(periods);
        let floats = floats(&flows);
        let expected = irr(&flows).unwrap();
        let root = expected.first().unwrap().rate;
        let rounded = f64::try_from(root).unwrap();
        assert!(npv(root, 0, &flows).unwrap().abs() < dec!(1e-18), "the rate makes the value nothing");
        group.bench_function(BenchmarkId::new("appraise", periods), |bencher| {
            bencher.iter(|| assert_eq!(irr(black_box(&flows)).unwrap(), expected));
        });
        group.bench_function(BenchmarkId::new("appraise, one", periods), |bencher| {
            bencher.iter(|| assert_eq!(sole_irr(black_box(&flows)), Ok(root)));
        });
        if periods < 100 {
            group.bench_function(BenchmarkId::new("rust_finprim", periods), |bencher| {
                bencher.iter(|| {
                    let rate = rust_finprim::rate::irr(black_box(&flows), None, None).unwrap();
                    assert!(rate.checked_sub(root).unwrap().abs() < dec!(1e-5));
                });
            });
        }
        group.bench_function(BenchmarkId::new("f64", periods), |bencher| {
            bencher.iter(|| assert!((irr_f64(black_box(&floats)) - rounded).abs() < 1e-9));
        });
    }
    group.finish();
}

/// A flow a month, on the first day.
fn days(count: usize) -> Vec<Day> {
    let months = (2020u16..).flat_map(|year| (1u8..=12).map(move |month| Day::new(year, month, 1).unwrap()));
    months.take(count).collect()
}

fn xirr_f64(times: &[f64], flows: &[f64]) -> f64 {
    let mut rate: f64 = 0.1;
    for _ in 0..50 {
        let (value, slope) = times.iter().zip(flows).fold((0.0, 0.0), |(value, slope), (time, flow)| {
            let present = flow * (1.0 + rate).powf(-time);
            (value + present, slope - time * present)
        });
        let step = value / slope * (1.0 + rate);
        rate -= step;
        if step.abs() < 1e-14 {
            break;
        }
    }
    rate
}

fn dated_rates(criterion: &mut Criterion) {
    let mut group = group(criterion, "xirr");
    for periods in PERIODS {
        let flows = flows(periods);
        let floats = floats(&flows);
        let days = days(flows.len());
        let first = *days.first().unwrap();
        let dated: Vec<_> = days.iter().copied().zip(flows.iter().copied()).collect();
        let root = sole_xirr(&dated, DayCount::Actual365Fixed).unwrap();
        let rounded = f64::try_from(root).unwrap();
        let value = xnpv(root, &dated, DayCount::Actual365Fixed).unwrap();
        // thousand flows of 100,000 and 28 digits of the rate
        assert!(value.abs() < dec!(1e-13), "the rate makes the value nothing: {value}");
        group.bench_function(BenchmarkId::new("appraise", periods), |bencher| {
            bencher.iter(|| assert_eq!(sole_xirr(black_box(&dated), DayCount::Actual365Fixed), Ok(root)));
        });
        let payments: Vec<_> = days
            .iter()
            .zip(&floats)
            .map(|(day, amount)| xirr::Payment { date: day.to_string().parse::<Date>().unwrap(), amount: *amount })
            .collect();
        let theirs = |payments: &Vec<xirr::Payment<Date>>| {
            xirr::compute::<Date>(payments).is_ok_and(|rate| (rate - rounded).abs() < 1e-7)
        };
        if theirs(&payments) {
            group.bench_function(BenchmarkId::new("xirr", periods), |bencher| {
                bencher.iter(|| assert!(theirs(black_box(&payments))));
            });
        }
        let times: Vec<_> = days.iter().map(|day| f64::from(first.days_until(*day)) / 365.0).collect();
        let plain = |times: &[f64], floats: &[f64]| (xirr_f64(times, floats) - rounded).abs() < 1e-9;
        if plain(&times, &floats) {
            group.bench_function(BenchmarkId::new("f64", periods), |bencher| {
                bencher.iter(|| assert!(plain(black_box(&times), black_box(&floats))));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, present_values, yearly_rates, dated_rates);
criterion_main!(benches);
