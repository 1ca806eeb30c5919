//! Two Delphi rounds and their convergence: what moved, how far the experts agree, and whether they may stop.
//!
//! `cargo run --release --example weights` shows the rounds of the embedded `meridian.yaml`; a FILE shows those of that file.

use appraise::report::{DelphiRound, RatedItem, Value};
use appraise::yaml::Document;
use clap::Parser;
use rust_decimal::Decimal;
use std::process::ExitCode;

/// Shows how the weights of a panel came about, round by round.
#[derive(Parser)]
#[command(name = "weights", version)]
struct Arguments {
    /// The document; nothing shows the rounds of the embedded example.
    file: Option<String>,
}

fn main() -> ExitCode {
    let Arguments { file } = Arguments::parse();
    let (name, text) = match file {
        None => ("meridian.yaml".to_owned(), include_str!("meridian.yaml").to_owned()),
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
    let (Some(first), Some(last)) = (report.delphi.first(), report.delphi.last()) else {
        eprintln!("error: {name} has no Delphi rounds; add `weights: {{delphi: …}}`");
        return ExitCode::FAILURE;
    };
    println!("Experts: {}\n", report.experts.join(", "));
    println!("{:<24} {:>16} {:>16} {:>9}", "item", "mean", "CV", "weight");
    for item in &last.items {
        let before = first.items.iter().find(|rated| rated.id == item.id);
        let weight = report.scorecard.iter().flat_map(|card| &card.criteria).find(|row| row.id == item.id);
        let weight = weight.and_then(|row| row.weight.as_ref());
        println!(
            "{:<24} {:>16} {:>16} {:>9}",
            item.id,
            moved(before, item, |item| &item.mean, 0),
            moved(before, item, |item| &item.cv, 2),
            weight.map_or_else(String::new, |weight| shown(weight, 2)),
        );
    }
    println!();
    for round in &report.delphi {
        println!("Round {}: Kendall's W = {}", round.number, shown(&round.kendall_w, 0));
        for (parent, _, w) in &round.groups {
            println!("  under {parent}: W = {}", shown(w, 0));
        }
        println!("  {}", verdict(round));
    }
    ExitCode::SUCCESS
}

fn moved(before: Option<&RatedItem>, now: &RatedItem, part: fn(&RatedItem) -> &Value, percent: u32) -> String {
    match before {
        Some(before) => format!("{} -> {}", shown(part(before), percent), shown(part(now), percent)),
        None => shown(part(now), percent),
    }
}

/// Two decimals; with `percent` 2 the point moves two places and a sign follows.
fn shown(value: &Value, percent: u32) -> String {
    match value {
        Value::Number(number) if percent == 2 => {
            format!("{:.1} %", number.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(*number))
        }
        Value::Number(number) => format!("{number:.2}"),
        Value::Names(names) => names.join("/"),
        Value::Missing(reason) => format!("– ({reason})"),
    }
}

fn verdict(round: &DelphiRound) -> String {
    let criteria = round.stop.iter().map(|criterion| {
        let met = match criterion.met {
            Some(true) => "met",
            Some(false) => "not met",
            None => "unknown",
        };
        format!("{} {met}", criterion.criterion)
    });
    let criteria: Vec<String> = criteria.collect();
    let verdict = match (round.may_stop, round.consensus) {
        (Some(true), Some(true)) => "consensus: the panel may stop",
        (Some(true), _) => "the last round is reached: the panel stops without consensus",
        _ => "another round is needed",
    };
    if criteria.is_empty() { verdict.to_owned() } else { format!("{verdict} ({})", criteria.join(", ")) }
}
