//! The kernels in decimals against what one would write for floats: how much exactness costs.
//!
//! `KERNEL/appraise` is the public function, `KERNEL/f64` a plain loop. Every iteration asserts its answer.
#![expect(clippy::unwrap_used, reason = "a bench that fails should stop")]
#![allow(missing_docs, reason = "the macros of criterion write public functions")]

use appraise::kernel::{irr, npv};
use appraise::panel::{Delphi, Rating, Round};
use appraise::scorecard::{Criterion as Judged, Scorecard};
use appraise::{Appraisal, Draft};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rust_decimal::{Decimal, dec};
use std::hint::black_box;
use std::time::Duration;

/// A purchase of 100,000 that returns 40,000, and 1 % less each year.
fn flows(years: u32) -> Vec<Decimal> {
    let later = (0..years).scan(dec!(40_000), |flow, _| {
        let now = *flow;
        *flow = now.checked_mul(dec!(0.99))?.round_dp(2);
        Some(now)
    });
    [dec!(-100_000)].into_iter().chain(later).collect()
}

fn floats(flows: &[Decimal]) -> Vec<f64> {
    flows.iter().map(|flow| f64::try_from(*flow).unwrap()).collect()
}

fn npv_f64(rate: f64, flows: &[f64]) -> f64 {
    flows.iter().rev().fold(0.0, |value, flow| value / (1.0 + rate) + flow)
}

fn irr_f64(flows: &[f64]) -> f64 {
    let mut rate = 0.1;
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

fn cash_flows(criterion: &mut Criterion) {
    for years in [5, 50] {
        let flows = flows(years);
        let floats = floats(&flows);
        let expected = npv(dec!(0.1), 0, &flows).unwrap();
        let rounded = f64::try_from(expected).unwrap();

        let mut group = criterion.benchmark_group("npv");
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(30);
        group.bench_function(BenchmarkId::new("appraise", years), |bencher| {
            bencher.iter(|| assert_eq!(npv(dec!(0.1), 0, black_box(&flows)), Ok(expected)));
        });
        group.bench_function(BenchmarkId::new("f64", years), |bencher| {
            bencher.iter(|| assert!((npv_f64(0.1, black_box(&floats)) - rounded).abs() < 1e-6));
        });
        group.finish();

        let expected = irr(&flows).unwrap();
        let root = expected.first().unwrap().rate;
        let rounded = f64::try_from(root).unwrap();
        assert!(npv(root, 0, &flows).unwrap().abs() < dec!(0.000_000_000_001), "the rate makes the value nothing");

        let mut group = criterion.benchmark_group("irr");
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(30);
        group.bench_function(BenchmarkId::new("appraise", years), |bencher| {
            bencher.iter(|| assert_eq!(irr(black_box(&flows)).unwrap(), expected));
        });
        group.bench_function(BenchmarkId::new("f64", years), |bencher| {
            bencher.iter(|| assert!((irr_f64(black_box(&floats)) - rounded).abs() < 1e-12));
        });
        group.finish();
    }
}

/// Ratings from 1 to 10 with ties, the same on every run.
fn ratings(experts: u32, items: u32) -> Vec<Vec<Decimal>> {
    let rating = |expert: u32, item: u32| Decimal::from((item * 7 + expert * item % 3 + expert) % 10 + 1);
    (0..experts).map(|expert| (0..items).map(|item| rating(expert, item)).collect()).collect()
}

/// One Delphi round over siblings: a draft in, weights out, with all statistics of the round.
fn weights(criterion: &mut Criterion) {
    for items in [4, 40] {
        let ratings = ratings(5, items);
        let ids: Vec<String> = (0..items).map(|item| format!("criterion_{item}")).collect();
        let by_item = |item: usize| ratings.iter().filter_map(move |expert| expert.get(item).copied());
        let draft = Draft {
            scorecard: Some(Scorecard::new(ids.iter().map(|id| Judged::judged(id.as_str())))),
            delphi: Some(Delphi {
                experts: ["a", "b", "c", "d", "e"].map(str::to_owned).into(),
                rounds: vec![Round {
                    items: ids
                        .iter()
                        .enumerate()
                        .map(|(item, id)| Rating { item: id.clone(), answers: by_item(item).map(Into::into).collect() })
                        .collect(),
                    ..Round::default()
                }],
                ..Delphi::default()
            }),
            ..Draft::default()
        };
        let figures: Vec<String> = ids.iter().map(|id| format!("scorecard.{id}.weight")).collect();

        let mut group = criterion.benchmark_group("weights");
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(30);
        group.bench_function(BenchmarkId::new("appraise", items), |bencher| {
            bencher.iter(|| {
                let appraisal = Appraisal::new(black_box(&draft).clone()).unwrap();
                let outcome = appraisal.base();
                let weights = figures.iter().map(|figure| outcome.figure(figure).unwrap().unwrap());
                assert_eq!(weights.sum::<Decimal>(), Decimal::ONE);
            });
        });
        let floats: Vec<Vec<f64>> = ratings.iter().map(|row| floats(row)).collect();
        group.bench_function(BenchmarkId::new("f64", items), |bencher| {
            bencher.iter(|| {
                let floats = black_box(&floats);
                let sums: Vec<f64> =
                    (0..ids.len()).map(|item| floats.iter().filter_map(|expert| expert.get(item)).sum()).collect();
                let total: f64 = sums.iter().sum();
                let weights: Vec<f64> = sums.iter().map(|sum| sum / total).collect();
                assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                weights
            });
        });
        group.finish();
    }
}

criterion_group!(benches, cash_flows, weights);
criterion_main!(benches);
