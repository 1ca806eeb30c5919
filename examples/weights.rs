//! How much every criterion weighs, how each group came by its weights, and what they were drawn from.
//!
//! `cargo run --release --example weights` shows those of the embedded `mixed_weights.yaml`, in which every group is
//! weighed in another way; a FILE shows those of that file.

use appraise::report::{Section, Value};
use appraise::yaml::Document;
use clap::Parser;
use rust_decimal::{Decimal, RoundingStrategy};
use std::io::Write as _;
use std::process::ExitCode;

/// Shows how the weights of a scorecard came about.
#[derive(Parser)]
#[command(name = "weights", version)]
struct Arguments {
    /// The document; nothing shows the embedded example.
    file: Option<String>,
}

fn main() -> ExitCode {
    let Arguments { file } = Arguments::parse();
    let (name, text) = match file {
        None => ("mixed_weights.yaml".to_owned(), include_str!("mixed_weights.yaml").to_owned()),
        Some(name) => match std::fs::read_to_string(&name) {
            Ok(text) => (name, text),
            Err(error) => {
                eprintln!("error: {name}: {error}");
                return ExitCode::from(2);
            }
        },
    };
    let document = match Document::parse(&name, &text) {
        Ok(document) => document,
        Err(faults) => {
            eprintln!("{faults}");
            return ExitCode::FAILURE;
        }
    };
    let report = document.appraisal().base().report();
    let Some(scorecard) = &report.scorecard else {
        eprintln!("error: {name} has no criteria to weigh; add `scorecard:`");
        return ExitCode::FAILURE;
    };
    let mut out = format!("{:<50} {:>14} {:>14}\n", "criterion", "among siblings", "in the whole");
    for row in &scorecard.criteria {
        if let (Some(weight), Some(global)) = (&row.weight, &row.global_weight) {
            let name = format!("{}{}", "  ".repeat(row.depth.saturating_sub(1)), row.name);
            out += &format!("{name:<50} {:>14} {:>14}\n", percent(weight), percent(global));
        }
    }
    out.push('\n');
    out += &report.section(Section::Weights).to_text();
    // a reader such as `head` may stop early
    let _ = std::io::stdout().write_all(out.as_bytes());
    ExitCode::SUCCESS
}

fn percent(value: &Value) -> String {
    match value {
        Value::Number(share) => {
            let percent = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(*share);
            format!("{:.1} %", percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero))
        }
        Value::Names(names) => names.join("/"),
        Value::Missing(reason) => format!("– ({reason})"),
    }
}
