//! What changed between two documents, two periods of one, or from a document to one of its scenarios, and what caused it.
//!
//! `cargo run --release --example compare` compares the embedded `quarter_1.yaml` and `quarter_2.yaml`.

use appraise::Outcome;
use appraise::analysis::{Comparison, ComparisonError};
use appraise::csv::Table;
use appraise::yaml::Document;
use clap::{Parser, ValueEnum};
use std::io::Write;
use std::process::ExitCode;

/// What changed, and what caused it?
#[derive(Parser)]
#[command(name = "compare", version)]
struct Arguments {
    /// The document before; nothing compares the embedded examples.
    before: Option<String>,
    /// The document after; the same document where a scenario or a period is named.
    after: Option<String>,
    /// A CSV file with values by period, beside those of each document; may be given several times.
    #[arg(long, value_name = "FILE", requires = "before")]
    actuals: Vec<String>,
    /// Compare with this scenario of the document after.
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// The period of the document before, such as 2025-Q1.
    #[arg(long, value_name = "PERIOD")]
    from: Option<String>,
    /// The period of the document after.
    #[arg(long, value_name = "PERIOD")]
    to: Option<String>,
    /// The figure whose change is shared among what caused it [default: scorecard.score, else case.npv].
    #[arg(long, value_name = "ID")]
    figure: Option<String>,
    /// Explain a contribution instead, such as contribution.input.seats.
    #[arg(long, value_name = "ID")]
    explain: Option<String>,
    /// How the comparison is written [default: text].
    #[arg(long, value_enum, conflicts_with = "explain")]
    format: Option<Format>,
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

impl From<ComparisonError> for Failure {
    fn from(error: ComparisonError) -> Self {
        let help = error.help().map(|help| format!("\n  help: {help}")).unwrap_or_default();
        Self::Misuse(format!("error: {error}{help}"))
    }
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
    let tables = arguments.actuals.iter().map(|file| Ok(Table::new(file, read(file)?)));
    let tables = tables.collect::<Result<Vec<Table>, Failure>>()?;
    let (before, after) = match (&arguments.before, &arguments.after) {
        (None, _) => (
            parse("quarter_1.yaml", include_str!("quarter_1.yaml"), &[])?,
            parse("quarter_2.yaml", include_str!("quarter_2.yaml"), &[])?,
        ),
        (Some(before), Some(after)) => (document(before, &tables)?, document(after, &tables)?),
        (Some(only), None) if arguments.scenario.is_some() || arguments.from.is_some() || arguments.to.is_some() => {
            (document(only, &tables)?, document(only, &tables)?)
        }
        (Some(_), None) => {
            let message =
                "error: name a second document, a scenario with --scenario NAME, or a period with --from PERIOD";
            return Err(Failure::Misuse(message.to_owned()));
        }
    };
    let first = before.appraisal().base();
    let second = match &arguments.scenario {
        None => after.appraisal().base(),
        Some(scenario) => after.appraisal().scenario(scenario).ok_or_else(|| {
            let known: Vec<&str> = after.appraisal().scenario_names().collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Failure::Misuse(format!("error: there is no scenario `{scenario}` in {}; scenarios: {known}", after.file()))
        })?,
    };
    let first = at(first, arguments.from.as_deref(), before.file())?;
    let second = at(second, arguments.to.as_deref(), after.file())?;
    let comparison = Comparison::between(&first, &second);
    let figure = arguments.figure.as_deref().unwrap_or_else(|| default_figure(&second));
    if let Some(id) = &arguments.explain {
        let attribution = comparison.attribute(figure)?;
        let explanation = attribution.explain(id).ok_or_else(|| {
            let known = attribution.contributions.iter().map(|contribution| contribution.driver.figure());
            let known: Vec<String> = known.chain(["contribution.change".to_owned()]).collect();
            Failure::Misuse(format!("error: there is no contribution `{id}`; contributions: {}", known.join(", ")))
        })?;
        return Ok(explanation.to_text_in(after.appraisal().draft().language, |_| None));
    }
    let mut report = comparison.report(figure)?;
    let (places, places_after) = (before.places(), after.places());
    report.locate(|address| places.shown(address), |address| places_after.shown(address));
    if before.file() != after.file() {
        report.before = before.file().to_owned();
        report.after = match &arguments.scenario {
            None => after.file().to_owned(),
            Some(scenario) => format!("{}, {scenario}", after.file()),
        };
    }
    Ok(match arguments.format.unwrap_or(Format::Text) {
        Format::Text => report.to_text(),
        Format::Markdown => report.to_markdown(),
        Format::Json => report.to_json(),
    })
}

/// The outcome at a period, where one is named.
fn at<'a>(outcome: Outcome<'a>, period: Option<&str>, file: &str) -> Result<Outcome<'a>, Failure> {
    let Some(named) = period else { return Ok(outcome) };
    named.parse().ok().and_then(|period| outcome.at(period)).ok_or_else(|| {
        let known: Vec<String> = outcome.appraisal().periods().iter().map(ToString::to_string).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Failure::Misuse(format!("error: there is no period `{named}` in {file}; periods: {known}"))
    })
}

/// The score of the whole where anything is measured, else the net present value.
fn default_figure(outcome: &Outcome) -> &'static str {
    let has_score = outcome.figure("scorecard.score").is_some_and(|score| score.is_ok());
    if has_score || outcome.figure("case.npv").is_none() { "scorecard.score" } else { "case.npv" }
}

fn document(name: &str, tables: &[Table]) -> Result<Document, Failure> {
    parse(name, &read(name)?, tables)
}

fn read(name: &str) -> Result<String, Failure> {
    std::fs::read_to_string(name).map_err(|error| Failure::Misuse(format!("error: {name}: {error}")))
}

fn parse(name: &str, text: &str, tables: &[Table]) -> Result<Document, Failure> {
    Document::parse_with(name, text, tables).map_err(|faults| Failure::Document(faults.to_string()))
}
