//! Weights from data against what one would write for them.
//!
//! `METHOD/appraise` is the public function on a table that is made in each iteration, `METHOD/naive` plain loops over
//! the rows. Every iteration asserts its answer.
#![expect(clippy::unwrap_used, reason = "a bench that fails should stop")]
#![allow(missing_docs, reason = "the macros of criterion write public functions")]

use appraise::kernel::{Table, critic_weights, entropy_weights};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

/// Measurements from 0 to 1 without a pattern, the same on every run.
fn measurements(units: u32, indicators: u32) -> Vec<Vec<f64>> {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1u32 << 24)
    };
    (0..units).map(|_| (0..indicators).map(|_| next()).collect()).collect()
}

fn column(rows: &[Vec<f64>], indicator: usize) -> impl Iterator<Item = f64> {
    rows.iter().filter_map(move |row| row.get(indicator).copied())
}

fn divided(values: &[f64]) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    values.iter().map(|value| value / sum).collect()
}

fn entropy_naive(rows: &[Vec<f64>]) -> Vec<f64> {
    let indicators = rows.first().map_or(0, Vec::len);
    let divergence = |indicator| {
        let sum: f64 = column(rows, indicator).sum();
        let p = column(rows, indicator).map(|x| x / sum).filter(|p| *p > 0.0);
        1.0 + p.map(|p| p * p.ln()).sum::<f64>() / (rows.len() as f64).ln()
    };
    divided(&(0..indicators).map(divergence).collect::<Vec<_>>())
}

fn critic_naive(rows: &[Vec<f64>]) -> Vec<f64> {
    let indicators = rows.first().map_or(0, Vec::len);
    let units = rows.len() as f64;
    let mean = |indicator| column(rows, indicator).sum::<f64>() / units;
    let product = |one, other| -> f64 {
        let (mean, other_mean) = (mean(one), mean(other));
        column(rows, one).zip(column(rows, other)).map(|(x, y)| (x - mean) * (y - other_mean)).sum()
    };
    let correlation = |one, other| product(one, other) / (product(one, one) * product(other, other)).sqrt();
    let information = |one: usize| {
        let conflict: f64 = (0..indicators).map(|other| 1.0 - correlation(one, other)).sum();
        (product(one, one) / (units - 1.0)).sqrt() * conflict
    };
    divided(&(0..indicators).map(information).collect::<Vec<_>>())
}

fn near(one: &[f64], other: &[f64]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| (one - other).abs() < 1e-12)
}

fn weighing(criterion: &mut Criterion) {
    for (units, indicators) in [(10, 5), (1000, 20)] {
        let rows = measurements(units, indicators);
        let borrowed: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        let size = format!("{units}x{indicators}");
        let table = Table::by_unit(&borrowed).unwrap();
        let (entropy, critic) = (entropy_weights(&table).unwrap(), critic_weights(&table).unwrap());
        assert!(near(&entropy, &entropy_naive(&rows)) && near(&critic, &critic_naive(&rows)));

        let mut group = criterion.benchmark_group("entropy");
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(30);
        group.bench_function(BenchmarkId::new("appraise", &size), |bencher| {
            bencher.iter(|| {
                let table = Table::by_unit(black_box(&borrowed)).unwrap();
                assert_eq!(entropy_weights(&table).unwrap(), entropy);
            });
        });
        group.bench_function(BenchmarkId::new("naive", &size), |bencher| {
            bencher.iter(|| assert!(near(&entropy_naive(black_box(&rows)), &entropy)));
        });
        group.finish();

        let mut group = criterion.benchmark_group("critic");
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(30);
        group.bench_function(BenchmarkId::new("appraise", &size), |bencher| {
            bencher.iter(|| {
                let table = Table::by_unit(black_box(&borrowed)).unwrap();
                assert_eq!(critic_weights(&table).unwrap(), critic);
            });
        });
        group.bench_function(BenchmarkId::new("naive", &size), |bencher| {
            bencher.iter(|| assert!(near(&critic_naive(black_box(&rows)), &critic)));
        });
        group.finish();
    }
}

criterion_group!(benches, weighing);
criterion_main!(benches);
