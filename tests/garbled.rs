//! Every example document, damaged line by line and cut off at every few bytes: it is read, or refused with problems
//! that have a place, and nothing worse happens.
#![cfg(feature = "yaml")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use appraise::yaml::Document;
use std::cell::Cell;
use std::fs;
use std::path::Path;

fn examples() -> Vec<(String, String)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    files.sort();
    let read = files.into_iter().map(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(&path).unwrap())
    });
    read.collect()
}

/// A linear congruential generator: the same letters on every machine.
struct Letters(u64);

impl Letters {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % bound
    }

    /// Printable text: mostly ASCII, some of it Chinese.
    fn text(&mut self) -> String {
        let letter = |letters: &mut Self| match letters.below(12) {
            0 => char::from_u32(0x4e00 + letters.below(0x100)).unwrap(),
            _ => char::from_u32(0x20 + letters.below(0x5f)).unwrap(),
        };
        (0..1 + self.below(60)).map(|_| letter(self)).collect()
    }
}

/// Whether the document is read; where it is not, every problem has a place in it.
fn survives(name: &str, text: &str) -> bool {
    match Document::parse(name, text) {
        Ok(document) => {
            let report = document.appraisal().base().report();
            assert!(report.years.len() > 1);
            true
        }
        Err(refusal) => {
            assert!(!refusal.is_empty(), "{text}");
            let lines = text.split(['\n', '\r']).count();
            for problem in &refusal {
                // problems of the document as a whole: it is empty, or too large
                let whole = problem.line == 0 && ["empty", "too-large", "too-many-values"].contains(&problem.code);
                assert!(whole || problem.line >= 1 && problem.column >= 1, "{problem}\n{text}");
                assert!(problem.line as usize <= lines, "{problem}\n{text}");
                assert!(problem.column as usize <= problem.source_line.chars().count() + 1, "{problem}\n{text}");
            }
            assert!(refusal.to_string().contains(name));
            false
        }
    }
}

thread_local! {
    /// How often a test has gone through the lines.
    static PASSES: Cell<usize> = const { Cell::new(0) };
}

/// The document with something else in place of each of its lines in turn; of a long document in place of every second or
/// third, others in each pass.
fn with_each_line(mut change: impl FnMut(&str) -> String) -> (usize, usize) {
    let pass = PASSES.replace(PASSES.get().wrapping_add(1));
    let (mut read, mut all) = (0, 0);
    for (name, text) in examples() {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let step = lines.len() / 60 + 1;
        for (position, line) in lines.iter().enumerate().skip(pass % step).step_by(step) {
            let (before, after) = (lines[..position].concat(), lines[position + 1..].concat());
            read += usize::from(survives(&name, &format!("{before}{}{after}", change(line))));
            all += 1;
        }
    }
    (read, all)
}

#[test]
fn examples_are_sound() {
    for (name, text) in examples() {
        assert!(survives(&name, &text), "{name}");
    }
}

#[test]
fn a_line_is_missing() {
    let (read, all) = with_each_line(|_| String::new());
    assert!(0 < read && read < all, "{read} of {all}");
}

#[test]
fn a_line_is_there_twice() {
    let (read, all) = with_each_line(|line| format!("{line}{line}"));
    assert!(0 < read && read < all, "{read} of {all}");
}

#[test]
fn a_line_is_garbled() {
    for garbage in ["]", "- :", ": {", "\t"] {
        with_each_line(|_| format!("{garbage}\n"));
    }
    let mut others = ["}", "&a", "- - -", "? ", "|", "'", "\"", "a: b: c", "%", "=", "\u{2028}"].iter().cycle();
    with_each_line(|line| format!("{}{}\n", line.trim_end(), others.next().unwrap()));
    with_each_line(|_| format!("{}\n", others.next().unwrap()));
}

#[test]
fn a_line_is_something_else() {
    let mut letters = Letters(1);
    with_each_line(|_| format!("{}\n", letters.text()));
    with_each_line(|line| {
        let blanks = line.len() - line.trim_start().len();
        format!("{}{}\n", &line[..blanks], letters.text())
    });
}

#[test]
fn a_letter_is_something_else() {
    let mut letters = Letters(2);
    for (name, text) in examples() {
        let characters: Vec<char> = text.chars().collect();
        for position in (0..characters.len()).step_by(53) {
            let mut damaged = characters.clone();
            damaged.splice(position..=position, letters.text().chars().take(1));
            survives(&name, &damaged.into_iter().collect::<String>());
        }
    }
}

#[test]
fn the_document_breaks_off() {
    for (name, text) in examples() {
        for end in (0..text.len()).step_by(19).filter(|end| text.is_char_boundary(*end)) {
            survives(&name, &text[..end]);
        }
    }
}

#[test]
fn two_lines_change_places() {
    for (name, text) in examples() {
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        for position in (1..lines.len()).step_by(lines.len() / 100 + 1) {
            lines.swap(position - 1, position);
            survives(&name, &lines.concat());
            lines.swap(position - 1, position);
        }
    }
}
