//! Runs a Delphi panel: shows its rounds, writes the sheets of the experts for the next one, and merges what they answer.
//!
//! `cargo run --release --example delphi -- rounds examples/delphi.yaml` shows the rounds held so far and whether the
//! panel may stop; `sheet` writes what an expert gets, and `merge` prints the document with the answers in it.

use appraise::panel::Delphi;
use appraise::report::{Section, Sheet, SheetError};
use appraise::yaml::{Answers, Document, MergeError};
use clap::{Parser, Subcommand, ValueEnum};
use std::collections::HashSet;
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
        /// Where to [default: the current directory].
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
#[derive(Debug)]
enum Failure {
    Document(String),
    Misuse(String),
}

fn main() -> ExitCode {
    let (message, status) = match run(&Arguments::parse().command) {
        Ok(Output { text, note }) => {
            if let Some(note) = note {
                let _ = writeln!(std::io::stderr().lock(), "note: {note}");
            }
            // a reader that stops early, such as `head`, is not our mistake
            let _ = write!(std::io::stdout().lock(), "{text}");
            return ExitCode::SUCCESS;
        }
        Err(Failure::Document(message)) => (message, 1),
        Err(Failure::Misuse(message)) => (message, 2),
    };
    let _ = writeln!(std::io::stderr().lock(), "{message}");
    ExitCode::from(status)
}

/// What is printed, and what is said beside it on standard error.
#[derive(Debug)]
struct Output {
    text: String,
    note: Option<String>,
}

impl From<String> for Output {
    fn from(text: String) -> Self {
        Self { text, note: None }
    }
}

fn misuse(message: &str, help: Option<&str>) -> Failure {
    let help = help.map(|help| format!("\n  help: {help}")).unwrap_or_default();
    Failure::Misuse(format!("error: {message}{help}"))
}

fn no_sheet(error: &SheetError) -> Failure {
    misuse(&error.to_string(), error.help().as_deref())
}

fn run(command: &Command) -> Result<Output, Failure> {
    match command {
        Command::Rounds { file } => {
            let document = parse(file)?;
            panel_of(&document)?;
            let text = document.appraisal().base().report().section(Section::Delphi).to_text();
            if text.is_empty() {
                let help = "write the sheets of the first with `sheet --all`";
                return Err(misuse(&format!("{file} has no Delphi rounds yet"), Some(help)));
            }
            Ok(text.into())
        }
        Command::Sheet { file, expert, format, out, .. } => {
            let document = parse(file)?;
            let panel = panel_of(&document)?;
            let sheet = |expert: &str| {
                let sheet = document.appraisal().base().sheet(expert).map_err(|error| no_sheet(&error))?;
                if sheet.items.is_empty() {
                    let help = "leave out the weights of the criteria that the experts are to weigh";
                    let message = format!("nothing is left to rate in {file}: its weights are stated otherwise");
                    return Err(misuse(&message, Some(help)));
                }
                Ok(sheet)
            };
            let format = format.unwrap_or(Format::Yaml);
            match expert {
                Some(expert) => {
                    let text = written(&sheet(expert)?, format);
                    let number = panel.rounds.len();
                    let note =
                        format!("`{expert}` was not invited to round {number}; whoever answers is invited again");
                    Ok(Output { text, note: (!is_invited(panel, expert)).then_some(note) })
                }
                None => {
                    let out = out.as_deref().unwrap_or(Path::new("."));
                    let mut sheets = Vec::new();
                    // who keeps their place among the experts keeps the name of their file, whoever else leaves
                    for (expert, name) in panel.experts.iter().zip(file_names(&panel.experts)) {
                        if is_invited(panel, expert) {
                            let sheet = sheet(expert)?;
                            let end = if matches!(format, Format::Markdown) { "md" } else { "yaml" };
                            let path = out.join(format!("round_{}_{name}.{end}", sheet.round));
                            sheets.push((path, written(&sheet, format)));
                        }
                    }
                    save(out, &sheets).map(Output::from)
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
            document.merge(&sheets).map(Output::from).map_err(|error: MergeError| {
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

fn panel_of(document: &Document) -> Result<&Delphi, Failure> {
    document.appraisal().draft().delphi.as_ref().ok_or_else(|| no_sheet(&SheetError::NoPanel))
}

/// Whether an expert was invited to the last round; whoever was not has left.
fn is_invited(panel: &Delphi, expert: &str) -> bool {
    let invited = panel.rounds.last().and_then(|round| round.invited.as_ref());
    invited.is_none_or(|invited| invited.iter().any(|invited| invited == expert))
}

/// A name for the file of each expert, in their order and each another one.
fn file_names(experts: &[String]) -> Vec<String> {
    /// In characters; file systems have a limit of their own.
    const LONGEST: usize = 60;
    let mut taken = HashSet::new();
    let mut names = Vec::with_capacity(experts.len());
    for expert in experts {
        // a name may hold what a file name must not
        let plain = expert.chars().map(|c| if c.is_alphanumeric() || "-_".contains(c) { c } else { '_' });
        let plain: String = plain.take(LONGEST).collect();
        let numbered = (2..).map(|number: u32| format!("{plain}_{number}"));
        // to some file systems `Li` and `li` are one
        let free = std::iter::once(plain.clone()).chain(numbered).find(|name| taken.insert(name.to_lowercase()));
        names.extend(free);
    }
    names
}

/// Writes all sheets or, where one of the files is there already, none, and says which.
fn save(out: &Path, sheets: &[(PathBuf, String)]) -> Result<String, Failure> {
    let unwritable = |path: &Path, error| misuse(&format!("{}: {error}", path.display()), None);
    let there: Vec<&PathBuf> = sheets.iter().map(|(path, _)| path).filter(|path| path.exists()).collect();
    if let Some(first) = there.first() {
        let others = match there.len() - 1 {
            0 => String::new(),
            1 => ", and so is 1 other sheet".to_owned(),
            others => format!(", and so are {others} other sheets"),
        };
        let message = format!("{} is there already{others}; nothing was written", first.display());
        return Err(misuse(&message, Some("remove what is no longer needed, or name another directory with `--out`")));
    }
    std::fs::create_dir_all(out).map_err(|error| unwritable(out, error))?;
    let mut said = String::new();
    for (path, text) in sheets {
        // nobody's answers are to be lost, not even those that came a moment ago
        let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
        file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| unwritable(path, error))?;
        said += &format!("{}\n", path.display());
    }
    Ok(said)
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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const PANEL: &str = "appraise: 1
scorecard: {perspectives: {a: {}, b: {}}}
weights:
  delphi:
    experts: [a b, a.b, A_B, Dr. Li]
";

    /// A directory of its own for a test, with a document in it.
    fn with(name: &str, text: &str) -> (PathBuf, String) {
        let directory = std::env::temp_dir().join(format!("appraise_delphi_{name}_{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&directory);
        std::fs::create_dir_all(&directory).unwrap();
        let file = directory.join("panel.yaml");
        std::fs::write(&file, text).unwrap();
        (directory, file.display().to_string())
    }

    fn ran(arguments: &[&str]) -> Result<Output, Failure> {
        run(&Arguments::try_parse_from([&["delphi"], arguments].concat()).unwrap().command)
    }

    #[track_caller]
    fn misused(arguments: &[&str]) -> String {
        match ran(arguments) {
            Err(Failure::Misuse(message)) => message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn all_sheets_are_written_or_none() {
        let (directory, file) = with("all", PANEL);
        let out = directory.join("sheets").display().to_string();
        let all = ["sheet", &file, "--all", "--out", &out];
        let said = ran(&all).unwrap().text;
        let names: Vec<&str> = said.lines().filter_map(|line| line.rsplit(['/', '\\']).next()).collect();
        assert_eq!(names, ["round_1_a_b.yaml", "round_1_a_b_2.yaml", "round_1_A_B_3.yaml", "round_1_Dr__Li.yaml"]);
        // every sheet is that of its expert
        let second = directory.join("sheets/round_1_a_b_2.yaml");
        assert_eq!(Answers::parse("sheet", &std::fs::read_to_string(&second).unwrap()).unwrap().expert(), "a.b");
        std::fs::remove_file(&second).unwrap();
        let refused = misused(&all);
        assert!(refused.contains("round_1_a_b.yaml is there already, and so are 2 other sheets"), "{refused}");
        assert!(refused.contains("help: ") && !second.exists(), "{refused}");
        std::fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn what_there_is_nothing_of_is_said() {
        let (none, file) = with("none", "appraise: 1\nscorecard: {perspectives: {a: {}, b: {}}}\n");
        assert!(misused(&["rounds", &file]).starts_with("error: there is no Delphi panel\n  help: add `weights:"));
        assert!(misused(&["sheet", &file, "--all"]).contains("there is no Delphi panel"));
        std::fs::remove_dir_all(none).unwrap();

        let (direct, file) = with("direct", &PANEL.replace("{a: {}, b: {}}", "{a: {weight: 1}, b: {weight: 2}}"));
        assert!(misused(&["rounds", &file]).contains("no Delphi rounds yet"));
        for who in [["--expert", "a b"].as_slice(), &["--all"]] {
            let refused = misused(&[&["sheet", &file], who].concat());
            assert!(refused.contains("nothing is left to rate"), "{refused}");
        }
        std::fs::remove_dir_all(direct).unwrap();
    }

    #[test]
    fn whoever_has_left_still_gets_a_sheet() {
        let rounds = "    rounds:\n      - {ratings: {a: [1, 2, 3, ~], b: [3, 2, 1, ~]}, invited: [a b, a.b, A_B]}\n";
        let (directory, file) = with("left", &format!("{PANEL}{rounds}"));
        let output = ran(&["sheet", &file, "--expert", "Dr. Li"]).unwrap();
        assert!(output.text.contains("expert: Dr. Li"));
        assert_eq!(
            output.note.as_deref(),
            Some("`Dr. Li` was not invited to round 1; whoever answers is invited again")
        );
        assert!(ran(&["sheet", &file, "--expert", "a.b"]).unwrap().note.is_none());
        std::fs::remove_dir_all(directory).unwrap();
    }
}
