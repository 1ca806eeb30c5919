//! Evaluates a document: scorecard, weights, verdict, cost and return.
//!
//! `cargo run --release --example evaluate` evaluates the embedded `meridian.yaml`; a FILE evaluates that file, `-` what
//! comes in on standard input.

use appraise::csv::Table;
use appraise::yaml::Document;
use clap::{Parser, ValueEnum};
use std::io::{Read, Write};
use std::process::ExitCode;

/// Is a CRM system working, and is it worth it?
#[derive(Parser)]
#[command(name = "evaluate", version)]
struct Arguments {
    /// The document; `-` reads standard input, nothing evaluates the embedded example.
    file: Option<String>,
    /// A CSV file with values by period, beside those of the document; may be given several times.
    #[arg(long, value_name = "FILE")]
    actuals: Vec<String>,
    /// How the report is written [default: text].
    #[arg(long, value_enum, conflicts_with = "explain")]
    format: Option<Format>,
    /// Explain a figure down to the lines of the document instead, such as case.npv.
    #[arg(long, value_name = "ID")]
    explain: Option<String>,
    /// Evaluate under a scenario of the document.
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// Evaluate at another period of the scorecard, such as 2025-Q3.
    #[arg(long, value_name = "PERIOD")]
    at: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// A faulty document ends with 1, misuse with 2.
enum Failure {
    Document(String),
    Misuse(String),
}

fn main() -> ExitCode {
    let (message, status) = match run(&Arguments::parse()) {
        Ok(output) => {
            // a reader that stops early, such as `head`, is not our mistake
            let _ = writeln!(std::io::stdout().lock(), "{}", output.trim_end());
            return ExitCode::SUCCESS;
        }
        Err(Failure::Document(message)) => (message, 1),
        Err(Failure::Misuse(message)) => (message, 2),
    };
    let _ = writeln!(std::io::stderr().lock(), "{message}");
    ExitCode::from(status)
}

fn run(arguments: &Arguments) -> Result<String, Failure> {
    let (name, text) = read(arguments.file.as_deref())?;
    let tables = arguments.actuals.iter().map(|file| {
        let (name, text) = read(Some(file))?;
        Ok(Table::new(name, text))
    });
    let tables = tables.collect::<Result<Vec<Table>, Failure>>()?;
    let document =
        Document::parse_with(&name, &text, &tables).map_err(|faults| Failure::Document(faults.to_string()))?;
    let appraisal = document.appraisal();
    let outcome = match &arguments.scenario {
        None => appraisal.base(),
        Some(scenario) => appraisal.scenario(scenario).ok_or_else(|| {
            let known: Vec<&str> = appraisal.scenario_names().collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Failure::Misuse(format!("error: there is no scenario `{scenario}` in {name}; scenarios: {known}"))
        })?,
    };
    let outcome = match &arguments.at {
        None => outcome,
        Some(at) => at.parse().ok().and_then(|period| outcome.at(period)).ok_or_else(|| {
            let known: Vec<String> = appraisal.periods().iter().map(ToString::to_string).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Failure::Misuse(format!("error: there is no period `{at}` in {name}; periods: {known}"))
        })?,
    };
    if let Some(id) = &arguments.explain {
        let explanation = outcome.explain(id).ok_or_else(|| Failure::Misuse(unknown_figure(id, &outcome)))?;
        let places = document.places();
        return Ok(explanation.to_text_in(appraisal.draft().language, |address| places.shown(address)));
    }
    let report = outcome.report();
    Ok(match arguments.format.unwrap_or(Format::Text) {
        Format::Text => report.to_text(),
        Format::Markdown => report.to_markdown(),
        Format::Json => report.to_json(),
    })
}

fn read(file: Option<&str>) -> Result<(String, String), Failure> {
    let unreadable = |name: &str, error: &dyn std::fmt::Display| Failure::Misuse(format!("error: {name}: {error}"));
    match file {
        None => Ok(("meridian.yaml".to_owned(), include_str!("meridian.yaml").to_owned())),
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(|error| unreadable("standard input", &error))?;
            Ok(("standard input".to_owned(), text))
        }
        Some(name) => {
            let text = std::fs::read_to_string(name).map_err(|error| unreadable(name, &error))?;
            Ok((name.to_owned(), text))
        }
    }
}

/// Names the figure that was meant, or those that begin like it.
fn unknown_figure(id: &str, outcome: &appraise::Outcome) -> String {
    if let Some(nearest) = outcome.nearest_figure(id) {
        return format!("error: there is no figure `{id}`; did you mean `{nearest}`?");
    }
    let model = outcome.evaluation().model();
    let beginning = |begin: &str| -> Vec<String> {
        let ids = model.cells().map(|(_, cell)| cell.id().to_string());
        // those right under it, or under what stands before its last point
        let under = ids.filter(|known| {
            known.strip_prefix(begin).and_then(|rest| rest.strip_prefix('.')).is_some_and(|rest| !rest.contains('.'))
        });
        under.take(12).collect()
    };
    let mut similar = beginning(id);
    if similar.is_empty() {
        similar = id.rsplit_once('.').map(|(begin, _)| beginning(begin)).unwrap_or_default();
    }
    let similar = if similar.is_empty() { "--format json lists them all".to_owned() } else { similar.join(", ") };
    format!("error: there is no figure `{id}`; figures: {similar}")
}
