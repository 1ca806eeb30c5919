//! Every faulty document of `tests/errors` gives exactly the messages that its own comments expect.
//!
//! A new case is a new file, no code: write the document, run
//! `APPRAISE_REWRITE=1 cargo test --test errors`, and read what was written below it. The format of the expectations is
//! in `tests/errors/README.md`, whose gallery this test keeps fresh.
#![cfg(feature = "yaml")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use appraise::yaml::{Answers, Diagnostic, Diagnostics, Document, MergeError};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A line of a document that begins so is an expectation and not part of the document that is read.
const MARK: &str = "#!";

/// The line of the README below which everything is generated.
const GALLERY: &str = "## Gallery";

/// A document that begins so is a sheet sent back to [`PANEL`].
const SHEET: &str = "# sheet";

/// The panel that the faulty sheets of `tests/errors` are merged into.
const PANEL: &str = "\
appraise: 1
scorecard: {perspectives: {customer: {}, financial: {}}}
weights:
  delphi:
    experts: [sales_director, controller, Dr. Li]
    dont_know: refuse
    rounds:
      - {customer: [9, 8, 7], financial: [8, 9, 7]}
      - answers:
          sales_director: {customer: 9, financial: 8}
          Dr. Li: {customer: 8, financial: 7}
";

struct Case {
    name: String,
    path: PathBuf,
    /// What is read: the file up to its expectations.
    document: String,
    /// The expectations, with line ends as in any other file.
    expected: String,
    line_end: &'static str,
}

impl Case {
    fn read(path: PathBuf) -> Self {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let starts = |at: &usize| *at == 0 || text[..*at].ends_with(['\n', '\r']);
        let end = text.match_indices(MARK).map(|(at, _)| at).find(starts).unwrap_or(text.len());
        let (document, expected) = text.split_at(end);
        let line_end = if document.contains("\r\n") { "\r\n" } else { "\n" };
        let (document, expected) = (document.to_owned(), expected.replace("\r\n", "\n"));
        Self { name, path, document, expected, line_end }
    }

    /// What is found wrong: with the document, or, in a file that begins with [`SHEET`], with the sheets for it.
    fn refusal(&self) -> Vec<Diagnostics> {
        if !self.document.starts_with(SHEET) {
            return Document::parse(&self.name, &self.document).err().into_iter().collect();
        }
        let (panel, sheet) =
            (Document::parse("panel.yaml", PANEL).unwrap(), Answers::parse(&self.name, &self.document));
        match sheet.map(|sheet| panel.merge(&[sheet])) {
            Err(refusal) => vec![refusal],
            Ok(Err(MergeError::Answers(refusals))) => refusals,
            Ok(Err(other)) => panic!("{}: {other}", self.name),
            Ok(Ok(_)) => Vec::new(),
        }
    }
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors")
}

fn cases() -> Vec<Case> {
    let files = fs::read_dir(directory()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    files.sort();
    files.into_iter().map(Case::read).collect()
}

/// One test at a time looks at the directory, because rewriting changes it.
fn alone() -> MutexGuard<'static, ()> {
    static DIRECTORY: Mutex<()> = Mutex::new(());
    DIRECTORY.lock().unwrap_or_else(PoisonError::into_inner)
}

fn rewriting() -> bool {
    std::env::var_os("APPRAISE_REWRITE").is_some_and(|value| value != "0")
}

/// A problem as it is expected: its underline, message and help.
fn expectation(diagnostic: &Diagnostic) -> String {
    let Diagnostic { line, column, width, message, help, .. } = diagnostic;
    let place = match (*line, *width) {
        (0, _) => "document".to_owned(),
        (_, 0 | 1) => format!("{line}:{column}"),
        _ => format!("{line}:{column}-{}", column + width - 1),
    };
    let help = help.as_ref().map(|help| format!("{MARK} help: {help}\n")).unwrap_or_default();
    format!("{MARK} {place} error: {message}\n{help}")
}

fn told(case: &Case) -> String {
    case.refusal().iter().flatten().map(expectation).collect()
}

/// The lines of two texts, those that only one of them has marked with the sign of a patch.
fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    // longest[i][j]: lines that old[i..] and new[j..] have in common, in order
    let mut longest = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let skipped = longest[i + 1][j].max(longest[i][j + 1]);
            longest[i][j] = if old[i] == new[j] { longest[i + 1][j + 1] + 1 } else { skipped };
        }
    }
    let (mut i, mut j, mut text) = (0, 0, String::new());
    while i < old.len() || j < new.len() {
        let (sign, line) = if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
            (' ', old[i - 1])
        } else if j == new.len() || i < old.len() && longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
            ('-', old[i - 1])
        } else {
            j += 1;
            ('+', new[j - 1])
        };
        let _ = writeln!(text, "    {sign} {line}");
    }
    text
}

#[test]
fn every_mistake_is_told_as_expected() {
    let _alone = alone();
    let cases = cases();
    assert!(cases.len() >= 40, "only {} documents", cases.len());
    let mut differing = String::new();
    for case in &cases {
        let found = told(case);
        if found.is_empty() {
            let _ = writeln!(differing, "  {}: nothing is found wrong with it", case.name);
        } else if found != case.expected && rewriting() {
            let text = format!("{}{}", case.document, found.replace('\n', case.line_end));
            fs::write(&case.path, text).unwrap();
        } else if found != case.expected {
            let _ = writeln!(differing, "  {}:\n{}", case.name, difference(&case.expected, &found));
        }
    }
    assert!(differing.is_empty(), "expected (-) and found (+), `APPRAISE_REWRITE=1` accepts:\n{differing}");
}

/// Each problem points into the document, at something, and says one thing on one line.
#[test]
fn every_message_has_a_place_and_a_style() {
    let _alone = alone();
    for case in cases() {
        for Diagnostic { line, column, width, source_line, message, help, code, .. } in
            case.refusal().into_iter().flatten()
        {
            let name = &case.name;
            let lines: Vec<&str> = case.document.lines().collect();
            if line > 0 {
                assert_eq!(lines.get(line as usize - 1).copied().unwrap_or_default(), &*source_line, "{name}");
                let end = column + width.max(1) - 1;
                assert!(column >= 1 && end as usize <= source_line.chars().count().max(1), "{name}: {message}");
            }
            for text in [Some(&message), help.as_ref()].into_iter().flatten() {
                assert!(!text.ends_with('.') && !text.contains(['\n', '\r', '\t']), "{name}: {text}");
                assert!(!text.starts_with(char::is_uppercase) || text.starts_with("Kendall's"), "{name}: {text}");
                assert!(!text.contains("::") || text.contains("Limits::"), "{name}: {text} names a Rust type");
            }
            assert!(!code.is_empty(), "{name}");
        }
    }
}

/// One mistake in a sound document gives one message, on its line: whatever else goes wrong is only a consequence.
#[test]
fn a_known_cause_hides_its_consequences() {
    let sound = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/meridian.yaml")).unwrap();
    assert!(Document::parse("meridian.yaml", &sound).is_ok());
    for (written, mistaken) in [
        ("horizon: {first_year: 2026, years: 5}", "horizon: {first_year: 2026, years: five}"),
        ("horizon: {first_year", "horizont: {first_year"),
        ("assumptions:\n", "assumption:\n"),
        ("  seats:\n    name", "  seats:\n    nam"),
        ("    value: [120, 160, 200, 200, 200]", "    value: [120, 1_60O, 200, 200, 200]"),
        ("    value: [120, 160, 200, 200, 200]", "    valeu: [120, 160, 200, 200, 200]"),
        ("    value: [120, 160, 200, 200, 200]", "    value: = [120, 160, 200, 200, 200]"),
        ("value: = max(seats, contract_floor)", "value: = max(seats, contract_floor"),
        ("value: {first: 9_200, growth: 1.5%}", "value: {first: 9,200, growth: 1.5%}"),
        ("  contribution_margin:\n    value: 24%", "  contribution_margin:\n    value: 24 percent"),
        ("scorecard:\n", "score_card:\n"),
        ("  perspectives:  ", "  perspektives:  "),
        (
            "    customer:\n      name: Customer\n      objectives:",
            "    customer:\n      name: Customer\n      objektives:",
        ),
        ("base: 87%, target: 90%, actual: 88.4%", "base: 87%, target: 90%, actual: 88.4 %%"),
        ("band: [0.95, 1.05]", "band: [0.95; 1.05]"),
        ("weight: 50%, unit: share", "weight: half, unit: share"),
        ("experts: [sales_director,", "expert: [sales_director,"),
        ("scale: {min: 1, max: 10}", "scale: {min: one, max: 10}"),
        ("profitable_growth:  [9, 7, 8, 6, 5]", "profitable_growth:  [9, 7, 8, six, 5]"),
        ("grades: {excellent: 95, good: 80,", "grade: {excellent: 95, good: 80,"),
        ("good: 80, fair", "good: 80 points, fair"),
        ("  panel: 20", "  panel: twenty"),
        ("retention_rate:     [6, 9, 4, 1]", "retention_rate:     [6, 9, x, 1]"),
        ("hardware:\n", "hard_ware:\n"),
        (
            "database: {name: Integration server, initial: 36_000",
            "database: {name: Integration server, initial: 36.000,00",
        ),
        ("rate: = maintenance_rate, of", "rate: maintenance_rate, of"),
        ("fte: [1, 1, 1.25, 1.25, 1.25]", "fte: [1, 1, 1.25, 1.25, some]"),
        ("contingency: {rate: 12%, of: initial}", "contingency: {rate: 12%, off: initial}"),
        ("    kind: revenue", "    kind: revenues"),
        ("    realisation: [35%,", "    realization: [35%,"),
        ("annual: = hours_released * hour_cost", "annual: = hours_released * * hour_cost"),
        ("churn_reduction: 1%", "churn_reduction: 1 %%"),
        ("seat_price: 1_150", "seat_price: 1.150,00"),
        ("scenarios:\n", "scenario:\n"),
    ] {
        let at = sound.find(written).unwrap_or_else(|| panic!("`{written}` is not in the document"));
        let faulty = format!("{}{mistaken}{}", &sound[..at], &sound[at + written.len()..]);
        let line = sound[..at].lines().count() + mistaken.trim_end().matches('\n').count();
        let line = if at == 0 || sound[..at].ends_with('\n') { line + 1 } else { line };
        let Err(refusal) = Document::parse("meridian.yaml", &faulty) else {
            panic!("{mistaken}: nothing is found wrong with it");
        };
        let lines: Vec<usize> = refusal.iter().map(|diagnostic| diagnostic.line as usize).collect();
        assert_eq!(lines, [line], "{mistaken}\n{refusal}");
    }
}

fn gallery(cases: &[Case]) -> String {
    let mut text = format!("{GALLERY}\n");
    for case in cases {
        let refusals = case.refusal();
        if refusals.is_empty() {
            continue;
        }
        let title = case.name.trim_end_matches(".yaml").replace('_', " ");
        let _ = write!(text, "\n### {title}\n\n```text\n");
        for diagnostic in refusals.iter().flatten() {
            let _ = writeln!(text, "{diagnostic}");
        }
        text.push_str("```\n");
    }
    text
}

#[test]
fn the_gallery_is_fresh() {
    let _alone = alone();
    let path = directory().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let at = readme.find(&format!("\n{GALLERY}\n")).unwrap() + 1;
    let (introduction, shown) = readme.split_at(at);
    let fresh = gallery(&cases());
    if shown == fresh {
        return;
    }
    assert!(rewriting(), "the gallery is stale, `APPRAISE_REWRITE=1` renews it:\n{}", difference(shown, &fresh));
    fs::write(path, format!("{introduction}{fresh}")).unwrap();
}
