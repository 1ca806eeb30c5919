//! The analytic hierarchy process against the loop that one would write: what the fixed arrays save.
//!
//! `ahp/appraise` is priorities, eigenvalue and consistency ratio through the public functions, `ahp/f64` a power method
//! on vectors of rows. Every iteration asserts its answer.
#![expect(clippy::unwrap_used, reason = "a bench that fails should stop")]
#![allow(missing_docs, reason = "the macros of criterion write public functions")]

use appraise::kernel::ahp::{Comparisons, PriorityMethod, RandomIndex, inconsistencies, priorities};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

/// Judgements on Saaty's scale of items of which each matters about three quarters as much as the one before, off by
/// up to a given number of steps of the scale; the same on every run.
fn judged(items: usize, off: usize) -> Comparisons {
    let mut comparisons = Comparisons::new(items).unwrap();
    for j in 0..items {
        for i in 0..j {
            let exact = 0.75f64.powi(i as i32) / 0.75f64.powi(j as i32);
            let error = (i * 5 + j * 3 + i * j) % (2 * off + 1);
            let value = exact.round() + error as f64 - off as f64;
            // Below 1 the scale goes on with 1/2, 1/3 and so on.
            let value = if value < 1.0 { 1.0 / (2.0 - value) } else { value.min(9.0) };
            comparisons.set(i, j, value).unwrap();
        }
    }
    comparisons
}

fn priorities_f64(rows: &[Vec<f64>]) -> (Vec<f64>, f64) {
    let mut weights = vec![1.0 / rows.len() as f64; rows.len()];
    loop {
        let product: Vec<f64> =
            rows.iter().map(|row| row.iter().zip(&weights).map(|(entry, weight)| entry * weight).sum()).collect();
        let lambda: f64 = product.iter().sum();
        let next: Vec<f64> = product.iter().map(|entry| entry / lambda).collect();
        let change = next.iter().zip(&weights).map(|(after, before)| (after - before).abs()).fold(0.0, f64::max);
        weights = next;
        if change < 1e-15 {
            return (weights, lambda);
        }
    }
}

fn ahp(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ahp");
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(30);
    for (items, off, name) in [(9, 1, "9"), (15, 1, "15"), (15, 4, "15 inconsistent")] {
        let comparisons = judged(items, off);
        let entry = |i: usize, j: usize| comparisons.get(i, j).unwrap();
        let rows: Vec<Vec<f64>> = (0..items).map(|i| (0..items).map(|j| entry(i, j)).collect()).collect();
        let random = RandomIndex::default().value(items).unwrap();
        let expected = priorities(&comparisons, PriorityMethod::Eigenvector).unwrap();
        let ratio = expected.consistency_ratio(RandomIndex::default());
        assert_eq!(ratio < 0.1, off == 1, "{name}: {ratio}");

        group.bench_function(BenchmarkId::new("appraise", name), |bencher| {
            bencher.iter(|| {
                let found = priorities(black_box(&comparisons), PriorityMethod::Eigenvector).unwrap();
                assert_eq!(found.consistency_ratio(RandomIndex::default()), ratio);
                assert_eq!(found.weights(), expected.weights());
            });
        });
        group.bench_function(BenchmarkId::new("f64", name), |bencher| {
            bencher.iter(|| {
                let (weights, lambda) = priorities_f64(black_box(&rows));
                let found = (lambda - items as f64) / (items as f64 - 1.0) / random;
                assert!((found - ratio).abs() < 1e-12);
                assert!(weights.iter().zip(expected.weights()).all(|(one, other)| (one - other).abs() < 1e-12));
            });
        });
    }
    let comparisons = judged(15, 4);
    let expected = inconsistencies(&comparisons).unwrap();
    group.bench_function(BenchmarkId::new("inconsistencies", 15), |bencher| {
        bencher.iter(|| assert_eq!(inconsistencies(black_box(&comparisons)).unwrap(), expected));
    });
    group.finish();
}

criterion_group!(benches, ahp);
criterion_main!(benches);
