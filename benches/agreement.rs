//! A panel's agreement with its tests, against what one would write for floats.
//!
//! `agreement/appraise` is Kendall's W with the p-values of chi-square and F through the public functions;
//! `agreement/f64` has W from plain loops over floats, with ranks found by counting, and the same p-values. Every
//! iteration asserts its answer.
#![expect(clippy::unwrap_used, reason = "a bench that fails should stop")]
#![allow(missing_docs, reason = "the macros of criterion write public functions")]

use appraise::kernel::{
    PanelSize, Ratings, Wilcoxon, kendall_chi_square, kendall_f, kendall_w, kendall_w_incomplete, permutation_p,
    wilcoxon,
};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rust_decimal::Decimal;
use std::hint::black_box;
use std::time::Duration;

/// Ratings from 1 to 10 with ties, the same on every run.
fn ratings(experts: u32, items: u32) -> Vec<Vec<Decimal>> {
    let rating = |expert: u32, item: u32| Decimal::from((item * 7 + expert * item % 3 + expert) % 10 + 1);
    (0..experts).map(|expert| (0..items).map(|item| rating(expert, item)).collect()).collect()
}

fn borrowed<T>(rows: &[Vec<T>]) -> Vec<&[T]> {
    rows.iter().map(Vec::as_slice).collect()
}

fn turned(rows: &[Vec<Decimal>]) -> Vec<Vec<Decimal>> {
    let items = rows.first().map_or(0, Vec::len);
    (0..items).map(|item| rows.iter().filter_map(|row| row.get(item).copied()).collect()).collect()
}

/// W and the p-values of chi-square and F.
fn agreement(ratings: Ratings<'_>) -> (f64, f64, f64) {
    let w = f64::try_from(kendall_w(ratings).unwrap()).unwrap();
    let chi_square = kendall_chi_square(w, ratings.size()).unwrap();
    (w, chi_square.p, kendall_f(w, ratings.size()).unwrap().p)
}

/// Kendall's W, corrected for ties, with ranks found by counting.
fn kendall_w_f64(ratings: &[Vec<f64>]) -> f64 {
    let items = ratings.first().map_or(0, Vec::len);
    let (m, n) = (ratings.len() as f64, items as f64);
    let mut sums = vec![0.0; items];
    let mut ties = 0.0;
    for expert in ratings {
        for (rating, sum) in expert.iter().zip(&mut sums) {
            let below = expert.iter().filter(|other| *other < rating).count() as f64;
            let same = expert.iter().filter(|other| *other == rating).count() as f64;
            *sum += below + (same + 1.0) / 2.0;
            ties += same * same - 1.0;
        }
    }
    let mean = m * (n + 1.0) / 2.0;
    let squares: f64 = sums.iter().map(|sum| (sum - mean) * (sum - mean)).sum();
    12.0 * squares / (m * m * (n * n * n - n) - m * ties)
}

fn agreements(criterion: &mut Criterion) {
    for (experts, items) in [(5, 11), (30, 50), (20, 200)] {
        let ratings = ratings(experts, items);
        let (rows, turned) = (borrowed(&ratings), turned(&ratings));
        let by_item = borrowed(&turned);
        let floats: Vec<Vec<f64>> =
            ratings.iter().map(|row| row.iter().map(|rating| f64::try_from(*rating).unwrap()).collect()).collect();
        let expected = agreement(Ratings::by_expert(&rows).unwrap());
        let panel = PanelSize { experts: rows.len(), items: turned.len() };
        let size = format!("{experts}x{items}");

        let mut group = criterion.benchmark_group("agreement");
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(30);
        group.bench_function(BenchmarkId::new("appraise", &size), |bencher| {
            bencher.iter(|| assert_eq!(agreement(Ratings::by_expert(black_box(&rows)).unwrap()), expected));
        });
        group.bench_function(BenchmarkId::new("appraise_by_item", &size), |bencher| {
            bencher.iter(|| assert_eq!(agreement(Ratings::by_item(black_box(&by_item)).unwrap()), expected));
        });
        group.bench_function(BenchmarkId::new("f64", &size), |bencher| {
            bencher.iter(|| {
                let w = kendall_w_f64(black_box(&floats));
                let chi_square = kendall_chi_square(w, panel).unwrap().p;
                let f = kendall_f(w, panel).unwrap().p;
                let (expected, expected_chi_square, expected_f) = expected;
                assert!((w - expected).abs() < 1e-12);
                assert!((chi_square - expected_chi_square).abs() < 1e-9 && (f - expected_f).abs() < 1e-9);
            });
        });
        group.finish();
    }
}

fn other_tests(criterion: &mut Criterion) {
    let ratings = ratings(30, 50);
    let rows = borrowed(&ratings);
    let mut group = criterion.benchmark_group("tests_30x50");
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(20);

    // every tenth answer is missing
    let missing: Vec<Vec<Option<Decimal>>> = (0..)
        .zip(&ratings)
        .map(|(expert, row)| {
            (0..).zip(row).map(|(item, rating)| ((expert + item) % 10 != 0).then_some(*rating)).collect()
        })
        .collect();
    let missing = borrowed(&missing);
    let expected = kendall_w_incomplete(Ratings::by_expert(&missing).unwrap()).unwrap();
    assert_eq!((expected.experts, expected.pairs), (30, 435));
    group.bench_function("kendall_w_incomplete", |bencher| {
        bencher
            .iter(|| assert_eq!(kendall_w_incomplete(Ratings::by_expert(black_box(&missing)).unwrap()), Ok(expected)));
    });

    let expected = permutation_p(Ratings::by_expert(&rows).unwrap(), 999, 1).unwrap();
    group.bench_function("permutation_p/999", |bencher| {
        bencher.iter(|| assert_eq!(permutation_p(Ratings::by_expert(black_box(&rows)).unwrap(), 999, 1), Ok(expected)));
    });

    let (before, after) = (rows.first().unwrap(), rows.last().unwrap());
    let expected = wilcoxon(before, after).unwrap();
    assert!(matches!(expected, Wilcoxon::Changed(test) if test.exact));
    group.bench_function("wilcoxon/50", |bencher| {
        bencher.iter(|| assert_eq!(wilcoxon(black_box(before), black_box(after)), Ok(expected)));
    });
    group.finish();
}

criterion_group!(benches, agreements, other_tests);
criterion_main!(benches);
