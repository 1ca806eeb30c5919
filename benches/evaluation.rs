//! Two-level fuzzy evaluation against what one would write for it.
//!
//! `COMPOSITION/f64` and `COMPOSITION/decimal` are the public function, `COMPOSITION/naive` loops over vectors of vectors
//! of floats. Every iteration asserts its answer.
#![expect(clippy::unwrap_used, reason = "a bench that fails should stop")]
#![allow(missing_docs, reason = "the macros of criterion write public functions")]

use appraise::kernel::{Composition, Number, compose};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rust_decimal::Decimal;
use std::hint::black_box;
use std::time::Duration;

const GRADES: usize = 5;

/// Indicators in groups of one size, with equal weights.
struct Hierarchy<N> {
    /// Of the indicators of each group.
    weights: Vec<Vec<N>>,
    /// Of each group, one row after the other.
    memberships: Vec<Vec<N>>,
    group_weights: Vec<N>,
}

impl Hierarchy<f64> {
    fn of(groups: usize, size: usize) -> Self {
        let row = |indicator: usize| {
            let votes: Vec<usize> = (0..GRADES).map(|grade| (indicator * 7 + grade * 3) % 11 + 1).collect();
            let panel: usize = votes.iter().sum();
            votes.into_iter().map(move |votes| votes as f64 / panel as f64)
        };
        Self {
            weights: vec![vec![1.0 / size as f64; size]; groups],
            memberships: (0..groups).map(|group| (0..size).flat_map(|i| row(group * size + i)).collect()).collect(),
            group_weights: vec![1.0 / groups as f64; groups],
        }
    }

    fn decimals(&self) -> Hierarchy<Decimal> {
        let all = |numbers: &Vec<f64>| numbers.iter().map(|x| Decimal::try_from(*x).unwrap()).collect();
        Hierarchy {
            weights: self.weights.iter().map(all).collect(),
            memberships: self.memberships.iter().map(all).collect(),
            group_weights: all(&self.group_weights),
        }
    }

    /// One vector for each indicator, as a first version would have it.
    fn nested(&self) -> Vec<Vec<Vec<f64>>> {
        self.memberships.iter().map(|rows| rows.chunks(GRADES).map(<[f64]>::to_vec).collect()).collect()
    }
}

fn evaluate<N: Number>(composition: Composition, hierarchy: &Hierarchy<N>, rows: &mut [N], b: &mut [N]) {
    let groups = hierarchy.weights.iter().zip(&hierarchy.memberships);
    for ((weights, memberships), row) in groups.zip(rows.chunks_exact_mut(GRADES)) {
        compose(composition, weights, memberships, row).unwrap();
    }
    compose(composition, &hierarchy.group_weights, rows, b).unwrap();
}

fn compose_naive(composition: Composition, weights: &[f64], rows: &[Vec<f64>]) -> Vec<f64> {
    let column = |grade: usize| rows.iter().filter_map(move |row| row.get(grade).copied());
    let b = |grade| {
        let pairs = weights.iter().zip(column(grade));
        match composition {
            Composition::WeightedSum => pairs.map(|(a, r)| a * r).sum(),
            Composition::MaxMin => pairs.map(|(a, r)| a.min(r)).fold(0.0, f64::max),
            Composition::MaxProduct => pairs.map(|(a, r)| a * r).fold(0.0, f64::max),
            Composition::BoundedSum => pairs.map(|(a, r)| a.min(r)).sum::<f64>().min(1.0),
            Composition::BalancedSum => {
                let sum: f64 = column(grade).sum();
                if sum == 0.0 { 0.0 } else { pairs.map(|(a, r)| a.min(r / sum)).sum() }
            }
        }
    };
    (0..GRADES).map(b).collect()
}

fn evaluate_naive(composition: Composition, hierarchy: &Hierarchy<f64>, nested: &[Vec<Vec<f64>>]) -> Vec<f64> {
    let groups = hierarchy.weights.iter().zip(nested);
    let rows: Vec<Vec<f64>> = groups.map(|(weights, rows)| compose_naive(composition, weights, rows)).collect();
    compose_naive(composition, &hierarchy.group_weights, &rows)
}

fn near(one: &[f64], other: &[f64]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| (one - other).abs() < 1e-12)
}

fn evaluation(criterion: &mut Criterion) {
    for (name, composition, sizes) in [
        ("weighted_sum", Composition::WeightedSum, &[(2, 5), (10, 10), (20, 50)][..]),
        ("max_min", Composition::MaxMin, &[(20, 50)]),
        ("max_product", Composition::MaxProduct, &[(20, 50)]),
        ("bounded_sum", Composition::BoundedSum, &[(20, 50)]),
        ("balanced_sum", Composition::BalancedSum, &[(20, 50)]),
    ] {
        for (groups, size) in sizes.iter().copied() {
            let floats = Hierarchy::of(groups, size);
            let (decimals, nested) = (floats.decimals(), floats.nested());
            let expected = evaluate_naive(composition, &floats, &nested);
            let mut exact = [Decimal::ZERO; GRADES];
            let mut exact_rows = vec![Decimal::ZERO; groups * GRADES];
            evaluate(composition, &decimals, &mut exact_rows, &mut exact);
            assert!(near(&exact.map(|b| f64::try_from(b).unwrap()), &expected));
            let indicators = groups * size;

            let mut group = criterion.benchmark_group(name);
            group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(30);
            group.bench_function(BenchmarkId::new("f64", indicators), |bencher| {
                let (mut rows, mut b) = (vec![0.0; groups * GRADES], [0.0; GRADES]);
                bencher.iter(|| {
                    evaluate(composition, black_box(&floats), &mut rows, &mut b);
                    assert!(near(&b, &expected));
                });
            });
            group.bench_function(BenchmarkId::new("decimal", indicators), |bencher| {
                let (mut rows, mut b) = (vec![Decimal::ZERO; groups * GRADES], [Decimal::ZERO; GRADES]);
                bencher.iter(|| {
                    evaluate(composition, black_box(&decimals), &mut rows, &mut b);
                    assert_eq!(b, exact);
                });
            });
            group.bench_function(BenchmarkId::new("naive", indicators), |bencher| {
                bencher.iter(|| assert!(near(&evaluate_naive(composition, &floats, black_box(&nested)), &expected)));
            });
            group.finish();
        }
    }
}

criterion_group!(benches, evaluation);
criterion_main!(benches);
