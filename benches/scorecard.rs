//! Scorecards over sixty months: evaluated at the last one, as a whole trend, and from the text of a document; and how the
//! time grows with the number of indicators.
//!
//! `naive` is the same trend as one would write it first: loops over vectors of floats with a flag for what is missing, and
//! nothing but the scores; `appraise` has for each figure its exact value or the reason why there is none, its formula and
//! its source, and the trends, forecasts and statuses that a report shows. Every iteration asserts its answer.
#![expect(clippy::unwrap_used, reason = "a bench that fails should stop")]
#![allow(missing_docs, reason = "the macros of criterion write public functions")]

use appraise::scorecard::{Criterion as Node, Measure, Scorecard};
use appraise::yaml::Document;
use appraise::{Amount, Appraisal, Draft, Outcome, Period, Periods};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rust_decimal::Decimal;
use std::hint::black_box;
use std::time::Duration;

const BASE: u32 = 20;
const TARGET: u32 = 80;

/// What an indicator was in a month; one in eleven is missing.
fn actual(indicator: u32, month: u32) -> Option<u32> {
    let number = indicator * 7 + month * 3;
    (!number.is_multiple_of(11)).then_some(10 + number % 83)
}

fn months(count: u32) -> Vec<Period> {
    let first: Period = "2021-01".parse().unwrap();
    std::iter::successors(Some(first), |month| Some(month.next())).take(usize::try_from(count).unwrap()).collect()
}

/// Four perspectives of objectives of five indicators each.
fn draft(indicators: u32, months: &[Period]) -> Draft {
    let indicator = |number: u32| {
        let values = (0..).zip(months).filter_map(|(month, period)| Some((*period, actual(number, month)?.into())));
        let measure = Measure::target(BASE, TARGET).actual(Amount::PerPeriod(values.collect()));
        Node::indicator(format!("i{number}"), measure)
    };
    let objective = |number: u32| Node::group(format!("o{number}"), (0..5).map(|place| indicator(number * 5 + place)));
    let quarter = indicators / 20;
    let perspective =
        |number: u32| Node::group(format!("p{number}"), (0..quarter).map(|place| objective(number * quarter + place)));
    let (first, last) = (*months.first().unwrap(), *months.last().unwrap());
    let periods = Periods { at: Some(last), ..Periods::new(first, last) };
    let card = Scorecard { periods: Some(periods), ..Scorecard::new((0..4).map(perspective)) };
    Draft { scorecard: Some(card), ..Draft::default() }
}

/// The same as somebody would type it.
fn text(indicators: u32, months: &[Period]) -> String {
    let (first, last) = (months.first().unwrap(), months.last().unwrap());
    let mut text = format!("appraise: 1\nscorecard:\n  periods: {{from: {first}, to: {last}, at: {last}}}\n");
    text.push_str("  perspectives:\n");
    for indicator in 0..indicators {
        if indicator.is_multiple_of(indicators / 4) {
            text.push_str(&format!("    p{}:\n      objectives:\n", indicator / (indicators / 4)));
        }
        if indicator.is_multiple_of(5) {
            text.push_str(&format!("        o{}:\n          indicators:\n", indicator / 5));
        }
        let values = (0..).zip(months).filter_map(|(month, period)| Some((period, actual(indicator, month)?)));
        let values: Vec<String> = values.map(|(period, value)| format!("{period}: {value}")).collect();
        let values = values.join(", ");
        text.push_str(&format!("            i{indicator}: {{base: {BASE}, target: {TARGET}, actual: {{{values}}}}}\n"));
    }
    text
}

/// The score of the whole in each month, in floats.
fn naive(actuals: &[Vec<Option<f64>>], months: usize) -> Vec<f64> {
    let mean = |scores: &[f64]| {
        let known: Vec<f64> = scores.iter().copied().filter(|score| !score.is_nan()).collect();
        known.iter().sum::<f64>() / known.len() as f64
    };
    (0..months)
        .map(|month| {
            let score = |row: &Vec<Option<f64>>| {
                let actual = row.get(month).copied().flatten().unwrap_or(f64::NAN);
                ((actual - f64::from(BASE)) / f64::from(TARGET - BASE)).clamp(0.0, 1.0)
            };
            let scores: Vec<f64> = actuals.iter().map(score).collect();
            let objectives: Vec<f64> = scores.chunks(5).map(mean).collect();
            let perspectives: Vec<f64> = objectives.chunks(objectives.len() / 4).map(mean).collect();
            mean(&perspectives)
        })
        .collect()
}

fn floats(indicators: u32, months: u32) -> Vec<Vec<Option<f64>>> {
    (0..indicators).map(|i| (0..months).map(|month| actual(i, month).map(f64::from)).collect()).collect()
}

/// Whether the last month's score is what the floats say.
fn check(outcome: &Outcome, expected: f64) {
    let score = outcome.figure("scorecard.score").unwrap().unwrap();
    assert!((f64::try_from(score).unwrap() - expected).abs() < 1e-12);
}

fn sixty_months(criterion: &mut Criterion) {
    let (indicators, all) = (1_000, months(60));
    let floats = floats(indicators, 60);
    let scores = naive(&floats, all.len());
    let (last, before) = (*scores.last().unwrap(), *scores.iter().nth_back(1).unwrap());
    let appraisal = Appraisal::new(draft(indicators, &all)).unwrap();
    let base = appraisal.base();
    check(&base, last);
    for (month, expected) in all.iter().zip(&scores) {
        let score: Decimal = base.figure(&format!("scorecard.by_period.score.{month}")).unwrap().unwrap();
        assert!((f64::try_from(score).unwrap() - expected).abs() < 1e-12);
    }
    let text = text(indicators, &all);

    let mut group = criterion.benchmark_group("1000_indicators_60_months");
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3)).sample_size(10);
    group.bench_function("naive/trend", |bencher| {
        bencher.iter(|| assert_eq!(naive(black_box(&floats), all.len()), scores));
    });
    group.bench_function("appraise/define", |bencher| {
        bencher.iter_batched(
            || draft(indicators, &all),
            |draft| assert_eq!(Appraisal::new(draft).unwrap().periods().len(), all.len()),
            criterion::BatchSize::LargeInput,
        );
    });
    group.bench_function("appraise/trend", |bencher| bencher.iter(|| check(&black_box(&appraisal).base(), last)));
    group.bench_function("appraise/another_month", |bencher| {
        let another = *all.iter().nth_back(1).unwrap();
        bencher.iter(|| check(&black_box(&base).at(another).unwrap(), before));
    });
    group.bench_function("appraise/report", |bencher| {
        bencher.iter(|| assert!(black_box(&base).report().scorecard.is_some()));
    });
    group.bench_function("appraise/text_to_trend", |bencher| {
        bencher.iter(|| check(&Document::parse("bench", black_box(&text)).unwrap().appraisal().base(), last));
    });
    group.finish();
}

fn growth(criterion: &mut Criterion) {
    let all = months(12);
    let mut group = criterion.benchmark_group("12_months_draft_to_report");
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3)).sample_size(10);
    for indicators in [100, 1_000, 10_000] {
        let expected = *naive(&floats(indicators, 12), 12).last().unwrap();
        group.throughput(Throughput::Elements(indicators.into()));
        group.bench_function(BenchmarkId::from_parameter(indicators), |bencher| {
            bencher.iter_batched(
                || draft(indicators, &all),
                |draft| {
                    let appraisal = Appraisal::new(draft).unwrap();
                    let outcome = appraisal.base();
                    check(&outcome, expected);
                    assert!(outcome.report().scorecard.is_some());
                },
                criterion::BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, sixty_months, growth);
criterion_main!(benches);
