//! Runs a Delphi panel: shows its rounds, writes the sheets of the experts for the next one, and merges what they answer.
//!
//! `cargo run --release --example delphi -- rounds examples/delphi.yaml` shows the rounds held so far and whether the
//! panel may stop; `sheet` writes what an expert gets, and `merge` prints the document with the answers in it.

use appraise::report::{Section, Sheet};
use appraise::yaml::{Answers, Document, MergeError};
use clap::{Parser, Subcommand, ValueEnum};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How important is each criterion, and do the experts agree?
#[derive(Parser)]
#[command(name = "delphi", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Shows every round with its statistics, and whether the panel may stop.
    Rounds {
        /// The document; `-` reads standard input.
        file: String,
    },
    /// Writes the sheet of an expert for the next round.
    Sheet {
        /// The document; `-` reads standard input.
        file: String,
        /// The expert, as named in the document.
        #[arg(long, value_name = "ID", required_unless_present = "all")]
        expert: Option<String>,
        /// A document to fill in and send back, or a page to read [default: yaml].
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// Write the sheets of all experts who were invited to the last round.
        #[arg(long, conflicts_with = "expert")]
        all: bool,
        /// Where to [default: the current directory]; it must exist.
        #[arg(long, value_name = "DIR", requires = "all")]
        out: Option<PathBuf>,
    },
    /// Prints the document with the answers of experts in it.
    Merge {
        /// The document.
        file: String,
        /// The sheets that were filled in.
        #[arg(required = true)]
        answers: Vec<String>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Markdown,
    Yaml,
}

/// A faulty document ends with 1, misuse with 2.
enum Failure {
    Document(String),
    Misuse(String),
}

fn main() -> ExitCode {
    let (message, status) = match run(&Arguments::parse().command) {
        Ok(output) => {
            // a reader that stops early, such as `head`, is not our mistake
            let _ = write!(std::io::stdout().lock(), "{output}");
            return ExitCode::SUCCESS;
        }
        Err(Failure::Document(message)) => (message, 1),
        Err(Failure::Misuse(message)) => (message, 2),
    };
    let _ = writeln!(std::io::stderr().lock(), "{message}");
    ExitCode::from(status)
}

fn run(command: &Command) -> Result<String, Failure> {
    match command {
        Command::Rounds { file } => {
            let document = parse(file)?;
            let report = document.appraisal().base().report();
            let text = report.section(Section::Delphi).to_text();
            let none =
                || Failure::Misuse(format!("error: {file} has no Delphi rounds yet; write the sheets of the first"));
            if text.is_empty() { Err(none()) } else { Ok(text) }
        }
        Command::Sheet { file, expert, format, out, .. } => {
            let document = parse(file)?;
            let outcome = document.appraisal().base();
            let sheet = |expert: &str| {
                outcome.sheet(expert).map_err(|error| {
                    let help = error.help().map(|help| format!("; {help}")).unwrap_or_default();
                    Failure::Misuse(format!("error: {error}{help}"))
                })
            };
            let format = format.unwrap_or(Format::Yaml);
            match (expert, out) {
                (Some(expert), _) => Ok(written(&sheet(expert)?, format)),
                (None, out) => {
                    let out = out.as_deref().unwrap_or(Path::new("."));
                    std::fs::create_dir_all(out)
                        .map_err(|error| Failure::Misuse(format!("error: {}: {error}", out.display())))?;
                    let delphi = document.appraisal().draft().delphi.as_ref();
                    // whoever was not invited to the last round has left
                    let invited = delphi.and_then(|delphi| delphi.rounds.last()?.invited.as_ref());
                    let experts = invited.or(delphi.map(|delphi| &delphi.experts)).into_iter().flatten();
                    experts.map(|expert| save(&sheet(expert)?, format, out)).collect()
                }
            }
        }
        Command::Merge { file, answers } => {
            let document = parse(file)?;
            let (mut sheets, mut faults) = (Vec::new(), Vec::new());
            for name in answers {
                match Answers::parse(name, &read(name)?) {
                    Ok(sheet) => sheets.push(sheet),
                    Err(fault) => faults.push(fault.to_string()),
                }
            }
            if !faults.is_empty() {
                return Err(Failure::Document(faults.join("\n\n")));
            }
            document.merge(&sheets).map_err(|error: MergeError| {
                let help = error.help().map(|help| format!("\n  help: {help}")).unwrap_or_default();
                Failure::Document(format!("{error}{help}"))
            })
        }
    }
}

fn written(sheet: &Sheet, format: Format) -> String {
    match format {
        Format::Markdown => sheet.to_markdown(),
        Format::Yaml => sheet.to_yaml(),
    }
}

/// Writes a sheet as `round_3_controller.yaml` and says so.
fn save(sheet: &Sheet, format: Format, out: &Path) -> Result<String, Failure> {
    let end = match format {
        Format::Markdown => "md",
        Format::Yaml => "yaml",
    };
    // a name may hold what a file name must not
    let name: String =
        sheet.expert.chars().map(|c| if c.is_alphanumeric() || "-_".contains(c) { c } else { '_' }).collect();
    let path = out.join(format!("round_{}_{name}.{end}", sheet.round));
    let unwritable = |error| Failure::Misuse(format!("error: {}: {error}", path.display()));
    // two names may differ only in such characters, and nobody's answers are to be lost
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(unwritable)?;
    file.write_all(written(sheet, format).as_bytes()).map_err(unwritable)?;
    Ok(format!("{}\n", path.display()))
}

fn parse(file: &str) -> Result<Document, Failure> {
    let text = read(file)?;
    Document::parse(file, &text).map_err(|faults| Failure::Document(faults.to_string()))
}

fn read(file: &str) -> Result<String, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| Failure::Misuse(format!("error: {file}: {error}"));
    if file == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|error| unreadable(&error))?;
        return Ok(text);
    }
    std::fs::read_to_string(file).map_err(|error| unreadable(&error))
}
