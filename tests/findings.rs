//! Every code that a finding can have is raised by a document of `tests/findings`, and has a page in `docs/findings`.
//!
//! `tests/findings/CODE.yaml` provokes the code it is called after. The pages are generated from what the crate declares
//! about each code and from what it prints for that document; `APPRAISE_REWRITE=1 cargo test --test findings` writes them.
#![cfg(feature = "yaml")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use appraise::Language;
use appraise::report::{Evidence, Finding, FindingCode, Report, Value};
use appraise::yaml::Document;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn document(code: &str) -> String {
    let file = folder("tests/findings").join(format!("{code}.yaml"));
    std::fs::read_to_string(file).unwrap_or_else(|_| panic!("no document in tests/findings provokes {code}"))
}

fn report(name: &str, text: &str) -> Report {
    let document = Document::parse(name, text).unwrap_or_else(|faults| panic!("{faults}"));
    document.appraisal().base().report()
}

/// What the document of that code makes the crate say about it.
fn found(code: &str, text: &str) -> Vec<Finding> {
    let findings = report(&format!("{code}.yaml"), text).findings;
    let found: Vec<Finding> = findings.into_iter().filter(|finding| finding.code == code).collect();
    assert!(!found.is_empty(), "tests/findings/{code}.yaml does not provoke {code}");
    found
}

fn shown(evidence: &Evidence) -> String {
    let value = match &evidence.value {
        Value::Number(number) => number.normalize().to_string(),
        Value::Names(names) => names.join("/"),
        Value::Missing(reason) => format!("none ({reason})"),
    };
    format!("{} = {value}", evidence.figure)
}

fn page(code: &FindingCode) -> String {
    let text = document(code.code());
    let english = Language::English;
    let mut page = format!("# `{}`: {}\n\n", code.code(), code.title(english));
    writeln!(page, "<!-- generated: APPRAISE_REWRITE=1 cargo test --test findings -->\n").unwrap();
    let sections = [
        ("Severity", code.severity().name()),
        ("Why it matters", code.why(english)),
        ("How it is computed", code.how()),
        ("What to do", code.remedy(english)),
        ("Source", code.source()),
    ];
    for (heading, words) in sections {
        writeln!(page, "**{heading}.** {}\n", sentence(words)).unwrap();
    }
    writeln!(page, "## Example\n\n```yaml\n{text}```\n\n```text").unwrap();
    for finding in found(code.code(), &text) {
        writeln!(page, "{} at {}: {}", finding.severity.name(), finding.location, finding.message).unwrap();
        for evidence in &finding.evidence {
            writeln!(page, "    {}", shown(evidence)).unwrap();
        }
    }
    let chinese = Language::Chinese;
    writeln!(page, "```\n\n## 中文\n\n**{}。** {}\n", code.title(chinese), code.why(chinese)).unwrap();
    writeln!(page, "**怎么办。** {}。", code.remedy(chinese)).unwrap();
    page
}

/// A text as a sentence of its own.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let begun: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if begun.ends_with('.') { begun } else { format!("{begun}.") }
}

fn index() -> String {
    let mut page = "# Findings\n\n\
        A finding is no mistake: it is what a reviewer would point at before relying on a figure. Each has a code, a\n\
        severity, the place in the document, the figures it rests on and a remedy. A code that is known and wanted is\n\
        accepted with a reason under `scorecard.review.accepted`; see [the document](../format.md#the-design-review).\n\n\
        <!-- generated: APPRAISE_REWRITE=1 cargo test --test findings -->\n\n\
        | code | severity | what it says |\n|---|---|---|\n"
        .to_owned();
    for code in FindingCode::all() {
        let (name, title) = (code.code(), code.title(Language::English));
        writeln!(page, "| [`{name}`]({name}.md) | {} | {title} |", code.severity().name()).unwrap();
    }
    page
}

#[test]
fn every_code_has_a_document_that_provokes_it_and_a_fresh_page() {
    let rewrite = std::env::var_os("APPRAISE_REWRITE").is_some_and(|value| value != "0");
    let pages = FindingCode::all().map(|code| (format!("{}.md", code.code()), page(code)));
    let pages: Vec<(String, String)> = pages.chain([("README.md".to_owned(), index())]).collect();
    let pages_folder = folder("docs/findings");
    if rewrite {
        std::fs::create_dir_all(&pages_folder).unwrap();
    }
    let mut stale = Vec::new();
    for (name, now) in &pages {
        let path = pages_folder.join(name);
        if rewrite {
            std::fs::write(path, now).unwrap();
        } else if std::fs::read_to_string(path).ok().as_deref() != Some(now) {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "APPRAISE_REWRITE=1 writes what is said now into docs/findings: {stale:?}");
    let expected: BTreeSet<String> = pages.into_iter().map(|(name, _)| name).collect();
    let written = std::fs::read_dir(pages_folder).unwrap();
    let written: BTreeSet<String> = written.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(written, expected, "a page without a code");
}

#[test]
fn every_document_provokes_a_declared_code() {
    for entry in std::fs::read_dir(folder("tests/findings")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let code = name.strip_suffix(".yaml").unwrap_or_else(|| panic!("{name} is no document"));
        assert!(FindingCode::named(code).is_some(), "{name} is called after no code");
    }
}

/// Whatever is found says what to do in the language of the document, and rests on figures that exist.
#[test]
fn findings_have_a_remedy_and_evidence_that_exists() {
    for code in FindingCode::all() {
        let text = document(code.code());
        let chinese = text.replacen("appraise: 1", "appraise: 1\nlanguage: zh", 1);
        for finding in found(code.code(), &chinese) {
            assert_eq!(finding.remedy, code.remedy(Language::Chinese));
            assert!(!finding.message.is_ascii(), "{}: {}", code.code(), finding.message);
            assert_eq!(finding.severity, code.severity());
        }
        let report = report("x.yaml", &text);
        let ids: BTreeSet<String> = report.figures().map(|figure| figure.id()).collect();
        for finding in &report.findings {
            for evidence in &finding.evidence {
                assert!(ids.contains(&evidence.figure), "{}: {}", code.code(), evidence.figure);
            }
        }
    }
}

/// A document that accepts what it provokes still shows it, with the reason and after everything else.
#[test]
fn what_is_accepted_is_shown_last_with_its_reason() {
    for code in FindingCode::all().filter(|code| code.code().starts_with("review.")) {
        let text = document(code.code());
        let accepts = format!("accepted: {{{}: we know}}", code.code());
        let text = if text.contains("review: {}") {
            text.replacen("review: {}", &format!("review: {{{accepts}}}"), 1)
        } else if text.contains("review: {") {
            text.replacen("review: {", &format!("review: {{{accepts}, "), 1)
        } else if text.contains("review:\n") {
            continue;
        } else {
            text.replacen("scorecard:\n", &format!("scorecard:\n  review: {{{accepts}}}\n"), 1)
        };
        let findings = report("x.yaml", &text).findings;
        let first = findings.iter().position(|finding| finding.accepted.is_some()).unwrap();
        let (before, after) = findings.split_at(first);
        assert!(before.iter().all(|finding| finding.code != code.code()), "{}", code.code());
        assert!(after.iter().all(|finding| finding.accepted.as_deref() == Some("we know")), "{}", code.code());
        assert!(after.iter().all(|finding| finding.code == code.code()), "{}", code.code());
    }
}
