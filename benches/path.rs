//! From text to report, step by step, for Meridian and for generated documents of 10, 100 and 1,000 indicators.
//!
//! `serde_yaml/value` and `serde_yaml/schema` are what reading the same text costs without this crate: untyped, and into
//! derived structs as somebody would write them who wants the numbers and no more. Everything named `appraise/` does its
//! work in full: limits on hostile text, exact numbers, checks with the place of every mistake.
//!
//! Every routine asserts its answer.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a bench that fails should stop")]
#![allow(missing_docs, reason = "the macros of criterion write public functions")]

use appraise::Outcome;
use appraise::report::Report;
use appraise::yaml::Document;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement};
use rust_decimal::{Decimal, dec};
use std::hint::black_box;
use std::time::Duration;

type Group<'a> = BenchmarkGroup<'a, measurement::WallTime>;

/// A document and what is known about it.
struct Subject {
    name: String,
    text: String,
    indicators: u32,
    /// The net present value to the cent.
    npv: Decimal,
    /// The score to four places.
    score: Decimal,
}

fn subjects() -> Vec<Subject> {
    let meridian = Subject {
        name: "meridian".to_owned(),
        text: include_str!("../examples/meridian.yaml").to_owned(),
        indicators: 15,
        npv: dec!(149_423.51),
        score: dec!(0.6274),
    };
    [meridian].into_iter().chain([10, 100, 1_000].map(generated)).collect()
}

/// A document in which everything grows with the number of indicators: for each five of them an objective, with an
/// assumption, two cost lines and a benefit; votes for each.
fn generated(indicators: u32) -> Subject {
    use std::fmt::Write as _;
    const CATEGORIES: [&str; 8] =
        ["licences", "maintenance", "hardware", "telecom", "service_providers", "vendor_services", "staff", "other"];
    let objectives = indicators / 5;
    let perspectives = objectives.min(4);
    let mut text = format!(
        "appraise: 1
title: Generated, {indicators} indicators
organisation: Nobody
currency: EUR
horizon: {{first_year: 2026, years: 5}}
discount_rate: 8%

assumptions:
  price: {{value: 12, range: [10, 12, 15], unit: EUR/unit, source: quote, quality: green}}
"
    );
    for objective in 1..=objectives {
        writeln!(text, "  volume_{objective}: {{value: 500, unit: units/year, source: plan {objective}}}").unwrap();
    }
    text.push_str("\nscorecard:\n  framework: balanced_scorecard\n  perspectives:\n");
    let mut indicator = 0;
    for perspective in 1..=perspectives {
        writeln!(text, "    perspective_{perspective}:\n      name: Perspective {perspective}\n      objectives:")
            .unwrap();
        for objective in (perspective..=objectives).step_by(usize::try_from(perspectives).unwrap()) {
            writeln!(text, "        objective_{objective}:\n          name: Objective {objective}").unwrap();
            text.push_str("          indicators:\n");
            for _ in 0..5 {
                indicator += 1;
                let name = format!("indicator_{indicator}: {{name: Indicator {indicator}");
                writeln!(text, "            {name}, unit: share, base: 50%, target: 80%, actual: 65%}}").unwrap();
            }
        }
    }
    text.push_str("\nweights:\n  delphi:\n    experts: [a, b, c, d, e]\n    scale: {min: 1, max: 10}\n");
    text.push_str("    stop: {cv_max: 20%, w_min: 0.6, max_rounds: 4}\n    rounds:\n");
    for round in ["[8, 6, 9, 7, 5]", "[8, 7, 8, 7, 7]"] {
        for perspective in 1..=perspectives {
            let begin = if perspective == 1 { "-" } else { " " };
            writeln!(text, "      {begin} perspective_{perspective}: {round}").unwrap();
        }
    }
    text.push_str("\nassessment:\n  grades: {excellent: 95, good: 80, fair: 65, poor: 40}\n  panel: 20\n  votes:\n");
    for indicator in 1..=indicators {
        writeln!(text, "    indicator_{indicator}: [6, 9, 4, 1]").unwrap();
    }
    text.push_str("\ncosts:\n");
    for (category, name) in (0u32..).zip(CATEGORIES) {
        let objectives = (1..=objectives).filter(|objective| objective % 8 == category);
        for (position, objective) in objectives.enumerate() {
            if position == 0 {
                writeln!(text, "  {name}:").unwrap();
            }
            writeln!(text, "    build_{objective}: {{initial: 10_000}}").unwrap();
            writeln!(text, "    run_{objective}: {{annual: = volume_{objective} * 2}}").unwrap();
        }
    }
    text.push_str("\nbenefits:\n");
    for objective in 1..=objectives {
        let proof = objective * 5;
        writeln!(text, "  benefit_{objective}:\n    kind: saving\n    annual: = volume_{objective} * price").unwrap();
        writeln!(text, "    realisation: [50%, 75%, 100%, 100%, 100%]\n    proven_by: indicator_{proof}").unwrap();
    }
    text.push_str("\nscenarios:\n  pessimistic: {price: 10}\n");

    // an objective: -10,000, then 6,000 x realisation - 1,000 a year
    let flows = [dec!(-10_000), dec!(2_000), dec!(3_500), dec!(5_000), dec!(5_000), dec!(5_000)];
    let one = appraise::kernel::npv(dec!(0.08), 0, &flows).unwrap();
    Subject {
        name: format!("indicators_{indicators}"),
        text,
        indicators,
        npv: one.checked_mul(objectives.into()).unwrap().round_dp(2),
        score: dec!(0.5),
    }
}

impl Subject {
    fn document(&self) -> Document {
        Document::parse(&self.name, &self.text).unwrap_or_else(|faults| panic!("{faults}"))
    }

    fn check_outcome(&self, outcome: &Outcome) {
        let figure = |id| outcome.figure(id).unwrap().unwrap();
        assert_eq!(figure("case.npv").round_dp(2), self.npv);
        assert_eq!(figure("scorecard.score").round_dp(4), self.score);
    }

    fn check_report(&self, report: &Report) {
        assert_eq!(report.case.as_ref().unwrap().measures.npv.number().unwrap().round_dp(2), self.npv);
        let scorecard = report.scorecard.as_ref().unwrap();
        assert_eq!(scorecard.criteria.first().unwrap().score.number().unwrap().round_dp(4), self.score);
    }
}

/// The document as somebody would write it down for serde: structs for what has fixed keys, maps for what has ids, and
/// an untyped value where a number, a percentage, a list or a formula may stand.
mod schema {
    use serde::Deserialize;
    use serde_yaml::Value;
    use std::collections::BTreeMap;

    type Map<T> = BTreeMap<String, T>;

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read and not looked at")]
    pub struct Document {
        pub appraise: u32,
        title: String,
        organisation: Option<String>,
        currency: Option<String>,
        language: Option<String>,
        horizon: Option<Horizon>,
        discount_rate: Option<Value>,
        #[serde(default)]
        assumptions: Map<Value>,
        pub scorecard: Option<Scorecard>,
        weights: Option<Weights>,
        pub assessment: Option<Assessment>,
        #[serde(default)]
        costs: Map<Map<CostLine>>,
        #[serde(default)]
        benefits: Map<Benefit>,
        #[serde(default)]
        scenarios: Map<Map<Value>>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read and not looked at")]
    struct Horizon {
        first_year: Option<i32>,
        years: Option<u32>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read and not looked at")]
    pub struct Scorecard {
        framework: Option<String>,
        missing: Option<String>,
        status: Option<Map<String>>,
        pub perspectives: Map<Criterion>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read and not looked at")]
    pub struct Criterion {
        name: Option<String>,
        weight: Option<Value>,
        #[serde(default, alias = "indicators", alias = "criteria")]
        pub objectives: Map<Criterion>,
        unit: Option<String>,
        base: Option<Value>,
        target: Option<Value>,
        band: Option<[Value; 2]>,
        tolerance: Option<Value>,
        actual: Option<Value>,
        owner: Option<String>,
        source: Option<String>,
    }

    impl Criterion {
        /// The number of indicators in it.
        pub fn indicators(&self) -> usize {
            if self.objectives.is_empty() { 1 } else { self.objectives.values().map(Self::indicators).sum() }
        }
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read and not looked at")]
    struct Weights {
        delphi: Option<Delphi>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read and not looked at")]
    struct Delphi {
        experts: Vec<String>,
        scale: Option<Map<Value>>,
        stop: Option<Map<Value>>,
        rounds: Vec<Map<Vec<f64>>>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read and not looked at")]
    pub struct Assessment {
        grades: Map<f64>,
        operator: Option<String>,
        normalise: Option<bool>,
        panel: Option<u32>,
        pub votes: Map<Value>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read and not looked at")]
    struct CostLine {
        name: Option<String>,
        initial: Option<Value>,
        annual: Option<Value>,
        fte: Option<Value>,
        cost: Option<Value>,
        growth: Option<Value>,
        rate: Option<Value>,
        of: Option<String>,
        risk: Option<Value>,
        share: Option<Value>,
        contingency: Option<bool>,
        source: Option<String>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read and not looked at")]
    struct Benefit {
        name: Option<String>,
        kind: String,
        annual: Option<Value>,
        margin: Option<Value>,
        realisation: Option<Value>,
        risk: Option<Value>,
        proven_by: Option<String>,
        source: Option<String>,
    }
}

fn reading(group: &mut Group, subject: &Subject) {
    let text = &subject.text;
    group.bench_function("serde_yaml/value", |bencher| {
        bencher.iter(|| {
            let value: serde_yaml::Value = serde_yaml::from_str(black_box(text)).unwrap();
            assert_eq!(value.get("appraise").and_then(serde_yaml::Value::as_u64), Some(1));
            value
        });
    });
    let indicators = usize::try_from(subject.indicators).unwrap();
    group.bench_function("serde_yaml/schema", |bencher| {
        bencher.iter(|| {
            let document: schema::Document = serde_yaml::from_str(black_box(text)).unwrap();
            let perspectives = &document.scorecard.as_ref().unwrap().perspectives;
            assert_eq!(document.appraise, 1);
            assert_eq!(perspectives.values().map(schema::Criterion::indicators).sum::<usize>(), indicators);
            assert_eq!(document.assessment.as_ref().unwrap().votes.len(), indicators);
            document
        });
    });
    let cells = subject.document().appraisal().model().cells().len();
    group.bench_function("appraise/parse_and_lower", |bencher| {
        bencher.iter(|| {
            let document = Document::parse(&subject.name, black_box(text)).unwrap();
            assert_eq!(document.appraisal().model().cells().len(), cells);
            document
        });
    });
}

fn evaluating(group: &mut Group, subject: &Subject) {
    let document = subject.document();
    let appraisal = document.appraisal();
    group.bench_function("appraise/evaluate", |bencher| {
        bencher.iter(|| {
            let outcome = black_box(appraisal).base();
            subject.check_outcome(&outcome);
            outcome
        });
    });
    let outcome = appraisal.base();
    group.bench_function("appraise/report", |bencher| {
        bencher.iter(|| {
            let report = black_box(&outcome).report();
            subject.check_report(&report);
            report
        });
    });
    group.bench_function("appraise/whole_path", |bencher| {
        bencher.iter(|| {
            let document = Document::parse(&subject.name, black_box(&subject.text)).unwrap();
            let report = document.appraisal().base().report();
            subject.check_report(&report);
            report
        });
    });
}

fn writing(group: &mut Group, subject: &Subject) {
    let document = subject.document();
    let report = document.appraisal().base().report();
    let mut write_with = |name: &str, write: fn(&Report) -> String| {
        let length = write(&report).len();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let written = write(black_box(&report));
                assert_eq!(written.len(), length);
                written
            });
        });
    };
    write_with("appraise/text", Report::to_text);
    write_with("appraise/markdown", Report::to_markdown);
    write_with("appraise/json", Report::to_json);
}

fn path(criterion: &mut Criterion) {
    for subject in subjects() {
        let mut group = criterion.benchmark_group(&subject.name);
        group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        group.throughput(Throughput::Elements(subject.indicators.into()));
        reading(&mut group, &subject);
        evaluating(&mut group, &subject);
        writing(&mut group, &subject);
        group.finish();
    }
}

criterion_group!(benches, path);
criterion_main!(benches);
