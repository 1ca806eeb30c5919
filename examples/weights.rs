//! Two Delphi rounds and their convergence: what moved, how far the experts agree, and whether they may stop.
//!
//! `cargo run --release --example weights` shows the rounds of the embedded `meridian.yaml`; a FILE shows those of that file.

use appraise::report::{DelphiRound, GroupConcordance, RatedItem, Value};
use appraise::yaml::Document;
use clap::Parser;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt::Write as _;
use std::io::Write as _;
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
    let mut out = String::new();
    let _ = writeln!(out, "Experts: {}\n", report.experts.join(", "));
    let _ = writeln!(out, "{:<24} {:>16} {:>16} {:>9}", "item", "mean", "CV", "weight");
    for item in &last.items {
        let before = first.items.iter().find(|rated| rated.id == item.id);
        let weight = report.scorecard.iter().flat_map(|card| &card.criteria).find(|row| row.id == item.id);
        let weight = weight.and_then(|row| row.weight.as_ref());
        let _ = writeln!(
            out,
            "{:<24} {:>16} {:>16} {:>9}",
            item.id,
            moved(before, item, |item| &item.mean, Kind::Number),
            moved(before, item, |item| &item.cv, Kind::Share),
            weight.map_or_else(String::new, |weight| shown(weight, Kind::Share)),
        );
    }
    out.push('\n');
    for round in &report.delphi {
        let _ = writeln!(out, "Round {}: Kendall's W = {}", round.number, shown(&round.concordance.w, Kind::Number));
        for GroupConcordance { parent, concordance, .. } in &round.groups {
            let w = &concordance.w;
            let _ = writeln!(out, "  under {parent}: W = {}", shown(w, Kind::Number));
        }
        let _ = writeln!(out, "  {}", verdict(round));
    }
    // a reader that stops early, such as `head`, is not our mistake
    let _ = std::io::stdout().lock().write_all(out.as_bytes());
    ExitCode::SUCCESS
}

/// How a value is shown.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Share,
}

fn moved(before: Option<&RatedItem>, now: &RatedItem, part: fn(&RatedItem) -> &Value, as_a: Kind) -> String {
    match before {
        Some(before) => format!("{} -> {}", shown(part(before), as_a), shown(part(now), as_a)),
        None => shown(part(now), as_a),
    }
}

fn shown(value: &Value, as_a: Kind) -> String {
    let rounded =
        |number: Decimal, digits| number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    match (value, as_a) {
        (Value::Number(number), Kind::Share) => {
            format!("{:.1} %", rounded(number.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(*number), 1))
        }
        (Value::Number(number), Kind::Number) => format!("{:.2}", rounded(*number, 2)),
        (Value::Names(names), _) => names.join("/"),
        (Value::Missing(reason), _) => format!("– ({reason})"),
    }
}

fn verdict(round: &DelphiRound) -> String {
    let criteria = round.stop.iter().map(|criterion| {
        let met = match criterion.met {
            Some(true) if criterion.criterion == "max_rounds" => "reached",
            Some(true) => "met",
            Some(false) if criterion.criterion == "max_rounds" => "not reached",
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
