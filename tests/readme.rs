//! What README.md and docs/format.md show is what the library does: the documents in them are read, and the output
//! pasted into them is compared with a run.
//!
//! An HTML comment before a block says what it is:
//!
//! - `<!-- file: crm.yaml -->` names a document, `<!-- faulty file: crm.yaml -->` one with mistakes;
//! - `<!-- output of: evaluate [FILE] [--explain ID] [--format json] -->` is what the example prints for it, in which a
//!   line `…` stands for lines left out. FILE is a document named before or one of `examples/`; without one it is the
//!   embedded example. `<!-- output of: delphi rounds|sheet|merge … -->` is what that example prints; what the last `merge`
//!   printed is `round_3.yaml`;
//! - `<!-- output of: catalogue fragment ID… --from PERIOD --to PERIOD -->` is what that one prints;
//! - `<!-- output of: compare BEFORE [AFTER] [--scenario NAME] [--figure ID] [--explain ID] -->` is what that one prints.
#![cfg(all(feature = "yaml", feature = "serde", feature = "text"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use appraise::analysis::Comparison;
use appraise::report::{Section, fragment_over};
use appraise::scorecard::catalogue;
use appraise::yaml::{Answers, Document};
use appraise::{Language, Outcome, Periods};

const PAGES: [(&str, &str); 6] = [
    ("README.md", include_str!("../README.md")),
    ("docs/format.md", include_str!("../docs/format.md")),
    ("docs/panel.md", include_str!("../docs/panel.md")),
    ("docs/comparison.md", include_str!("../docs/comparison.md")),
    ("docs/scorecard.md", include_str!("../docs/scorecard.md")),
    ("docs/business_case.md", include_str!("../docs/business_case.md")),
];
const EMBEDDED: (&str, &str) = ("meridian.yaml", include_str!("../examples/meridian.yaml"));

/// A fenced block, and the comment before it.
struct Block<'p> {
    line: usize,
    language: &'p str,
    mark: &'p str,
    text: String,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut mark = "";
    let mut open = false;
    for (number, line) in (1..).zip(page.lines()) {
        if let Some(language) = line.strip_prefix("```") {
            open = !open;
            if open {
                blocks.push(Block { line: number, language, mark, text: String::new() });
                mark = "";
            }
        } else if open {
            let block = blocks.last_mut().unwrap();
            block.text += line;
            block.text += "\n";
        } else if let Some(comment) = line.strip_prefix("<!--") {
            mark = comment.trim_end_matches("-->").trim();
        } else if !line.trim().is_empty() {
            mark = "";
        }
    }
    assert!(!open, "a block is not closed");
    blocks
}

/// A document named before, or one of the examples.
fn named(name: &str, files: &[(String, String)]) -> String {
    match files.iter().rev().find(|(known, _)| *known == name) {
        Some((_, text)) => text.clone(),
        None if name.starts_with("examples/") => std::fs::read_to_string(name).expect("an example"),
        None => panic!("{name} is not named before"),
    }
}

/// What the example `delphi` prints for these arguments.
fn delphi(arguments: &str, files: &[(String, String)]) -> String {
    let words: Vec<&str> = arguments.split_whitespace().collect();
    let document = Document::parse(words[1], &named(words[1], files)).expect("a sound document");
    let outcome = document.appraisal().base();
    match (words[0], &words[2..]) {
        ("rounds", []) => outcome.report().section(Section::Delphi).to_text(),
        ("sheet", ["--expert", expert]) => outcome.sheet(expert).expect("an expert").to_yaml(),
        ("sheet", ["--expert", expert, "--format", "markdown"]) => {
            outcome.sheet(expert).expect("an expert").to_markdown()
        }
        ("merge", sheets) => {
            let read = |name: &&str| Answers::parse(name, &named(name, files)).expect("a sound sheet");
            document.merge(&sheets.iter().map(read).collect::<Vec<_>>()).expect("answers that suit")
        }
        _ => panic!("{arguments}"),
    }
}

/// What the example `catalogue` prints for `fragment ID… --from PERIOD --to PERIOD`.
fn fragment(arguments: &str) -> String {
    let (ids, periods) = arguments.split_once(" --from ").expect("periods");
    let (from, to) = periods.split_once(" --to ").expect("the last period");
    let periods = Periods::new(from.parse().expect("a period"), to.parse().expect("a period"));
    let kpis: Vec<_> = ids.split_whitespace().map(|id| catalogue::find(id).expect("an entry")).collect();
    fragment_over(&kpis, Language::English, &periods)
}

/// The outcome at a period, where one is named.
fn at_period<'a>(outcome: Outcome<'a>, period: Option<&str>) -> Outcome<'a> {
    match period {
        Some(period) => outcome.at(period.parse().expect("a period")).expect("a period of the scorecard"),
        None => outcome,
    }
}

/// What the example `compare` prints for these arguments.
fn compare(arguments: &str, files: &[(String, String)]) -> String {
    let mut words = arguments.split_whitespace();
    let (mut names, mut figure, mut scenario, mut explained) = (Vec::new(), "scorecard.score", None, None);
    let (mut from, mut to) = (None, None);
    while let Some(word) = words.next() {
        match word {
            "--figure" => figure = words.next().expect("--figure names a figure"),
            "--scenario" => scenario = words.next(),
            "--explain" => explained = words.next(),
            "--from" => from = words.next(),
            "--to" => to = words.next(),
            name => names.push(name),
        }
    }
    let read = |name: &str| Document::parse(name, &named(name, files)).expect("a sound document");
    let before = read(names[0]);
    let after = read(names.get(1).unwrap_or(&names[0]));
    let first = at_period(before.appraisal().base(), from);
    let second = match scenario {
        Some(scenario) => after.appraisal().scenario(scenario).expect("a scenario"),
        None => at_period(after.appraisal().base(), to),
    };
    let comparison = Comparison::between(&first, &second);
    if let Some(id) = explained {
        let attribution = comparison.attribute(figure).expect("a figure");
        return attribution.explain(id).expect("a contribution").to_text(|_| None);
    }
    let mut report = comparison.report(figure).expect("a figure");
    let places = [before.places(), after.places()];
    report.locate(|address| places[0].shown(address), |address| places[1].shown(address));
    report.to_text()
}

/// What the example `evaluate` prints for these arguments.
fn evaluate(arguments: &str, files: &[(String, String)]) -> String {
    let mut words = arguments.split_whitespace();
    let (mut file, mut id, mut json) = ((EMBEDDED.0.to_owned(), EMBEDDED.1.to_owned()), None, false);
    let mut at = None;
    while let Some(word) = words.next() {
        match word {
            "--explain" => id = Some(words.next().expect("--explain names a figure")),
            "--format" => json = words.next() == Some("json"),
            "--at" => at = words.next(),
            name => file = (name.to_owned(), named(name, files)),
        }
    }
    let document = match Document::parse(&file.0, &file.1) {
        Ok(document) => document,
        Err(mistakes) => return mistakes.to_string(),
    };
    let outcome = document.appraisal().base();
    let outcome = at_period(outcome, at);
    match id {
        Some(id) => {
            let places = document.places();
            outcome.explain(id).expect("a figure").to_text(|address| places.shown(address))
        }
        None if json => outcome.report().to_json(),
        None => outcome.report().to_text(),
    }
}

/// Asserts that the lines of an excerpt stand in the output, in their order and without a gap between two `…`.
#[track_caller]
fn assert_excerpt(excerpt: &str, output: &str, at: &str) {
    let output: Vec<&str> = output.lines().collect();
    let mut from = 0;
    let excerpt: Vec<&str> = excerpt.lines().collect();
    for part in excerpt.split(|line| *line == "…") {
        let found = output.get(from..).unwrap_or_default().windows(part.len().max(1)).position(|lines| lines == part);
        let Some(found) = found else {
            panic!("{at} is not what is printed now:\n{}\n\nprinted is:\n{}", part.join("\n"), output.join("\n"));
        };
        from += found + part.len();
    }
}

#[test]
fn pasted_output_is_fresh() {
    let mut compared = 0;
    for (name, page) in PAGES {
        let blocks = blocks(page);
        let mut files: Vec<(String, String)> = Vec::new();
        for block in &blocks {
            if let Some(file) = block.mark.strip_prefix("file: ").or(block.mark.strip_prefix("faulty file: ")) {
                files.push((file.to_owned(), block.text.clone()));
            } else if let Some(arguments) = block.mark.strip_prefix("output of: delphi ") {
                let at = format!("{name}:{}", block.line);
                let output = delphi(arguments, &files);
                assert_excerpt(&block.text, &output, &at);
                if arguments.starts_with("merge") {
                    files.push(("round_3.yaml".to_owned(), output));
                }
                compared += 1;
            } else if let Some(arguments) = block.mark.strip_prefix("output of: catalogue fragment ") {
                assert_excerpt(&block.text, &fragment(arguments), &format!("{name}:{}", block.line));
                compared += 1;
            } else if let Some(arguments) = block.mark.strip_prefix("output of: compare ") {
                let at = format!("{name}:{}", block.line);
                assert_excerpt(&block.text, &compare(arguments, &files), &at);
                compared += 1;
            } else if let Some(arguments) = block.mark.strip_prefix("output of: evaluate") {
                let at = format!("{name}:{}", block.line);
                assert_excerpt(&block.text, &evaluate(arguments, &files), &at);
                compared += 1;
            }
        }
    }
    assert!(compared >= 5, "a report, an explanation, a small report, mistakes and JSON are shown: {compared}");
}

#[test]
fn documents_are_read() {
    for (name, page) in PAGES {
        for block in blocks(page) {
            if block.language != "yaml" || !block.text.starts_with("appraise: 1") {
                continue;
            }
            let at = format!("{name}:{}", block.line);
            let parsed = Document::parse(&at, &block.text);
            match (parsed, block.mark.starts_with("faulty")) {
                (Ok(document), false) => {
                    let report = document.appraisal().base().report();
                    assert!(!report.to_text().is_empty(), "{at}");
                }
                (Ok(_), true) => panic!("{at} is said to be faulty and is not"),
                (Err(_), true) => {}
                (Err(mistakes), false) => panic!("{mistakes}"),
            }
        }
    }
}
