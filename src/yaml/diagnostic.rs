//! What a reader of an error sees: the line, a caret, and what to type instead.

use super::flaw::{At, Flaw};
use super::guard::{self, Limits};
use super::place::{Place, Places};
use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};
use std::fmt;
use std::sync::Arc;

/// One problem of a document and where it is.
///
/// Displays as
///
/// ```text
/// error: `retention_rate` has 19 votes, but the panel has 20
///  --> meridian.yaml:41:21
///    |
/// 41 |     retention_rate: [6, 9, 4, 0]
///    |                     ^^^^^^^^^^^^
///    |
///    = help: the votes of a row add up to `panel`: 20
/// ```
///
/// Control characters of the document are shown as symbols, and of a long line only the part around the caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the document, as the caller gave it.
    pub file: String,
    /// The line, from 1, or 0 where the problem is the document as a whole.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The number of characters that the problem is about.
    pub width: u32,
    /// The line as written, without its end; problems of one line share it.
    pub source_line: Arc<str>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A name for this kind of problem that does not change between versions.
    pub code: &'static str,
}

/// All problems of one document, in its order; of a hopeless document the first thousand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    shown: Vec<Diagnostic>,
    left_out: usize,
}

/// Nobody mends more at once, and a line that is full of problems is not repeated without end.
const MOST: usize = 1_000;

impl Diagnostics {
    /// Finds the places of `flaws` in the document they were found in. `file` names it, `limits` are those it was read with.
    pub(crate) fn new(file: &str, text: &str, limits: &Limits, flaws: Vec<Flaw>) -> Diagnostics {
        let places = flaws
            .iter()
            .any(|flaw| matches!(flaw.at, At::Node(_) | At::Part { .. }))
            .then(|| Places::locate(text, limits));
        let begin = |flaw: &Flaw| match (flaw.at, &places) {
            (At::Node(id) | At::Part { node: id, .. }, Some(places)) => places.of(id),
            (At::Text(place, _), _) => place,
            (At::Document | At::Node(_) | At::Part { .. }, _) => Place { line: 0, column: 0 },
        };
        let mut flaws = flaws;
        flaws.sort_by_cached_key(begin);
        let left_out = flaws.len().saturating_sub(MOST);
        flaws.truncate(MOST);
        let lines: Vec<&str> = lines(guard::body(text));
        let mut source_line: (u32, Arc<str>) = (0, Arc::from(""));
        let mut shown: Vec<Diagnostic> = Vec::with_capacity(flaws.len());
        for flaw in flaws {
            let (place, width) = match (flaw.at, &places) {
                (At::Node(id), Some(places)) => (places.of(id), places.width(id)),
                (At::Text(place, width), _) => (place, width),
                (At::Part { node, start, width }, Some(places)) => part(&lines, places, node, start, width),
                (At::Document | At::Node(_) | At::Part { .. }, _) => (Place { line: 0, column: 0 }, 0),
            };
            if source_line.0 != place.line {
                let line = (place.line as usize).checked_sub(1).and_then(|line| lines.get(line));
                source_line = (place.line, line.copied().unwrap_or_default().into());
            }
            shown.push(Diagnostic {
                file: file.to_owned(),
                line: place.line,
                column: place.column,
                width,
                source_line: Arc::clone(&source_line.1),
                message: flaw.message,
                help: flaw.help,
                code: flaw.code,
            });
        }
        shown.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
        Diagnostics { shown, left_out }
    }

    /// These and those of another document.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.shown.extend(other.shown);
        self.left_out = self.left_out.saturating_add(other.left_out);
        self
    }

    /// The problems in the order of the document.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.shown.iter()
    }

    /// The number of problems that are listed.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.shown.into_iter()
    }
}

impl<'d> IntoIterator for &'d Diagnostics {
    type Item = &'d Diagnostic;
    type IntoIter = std::slice::Iter<'d, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl std::error::Error for Diagnostics {}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.shown {
            write!(formatter, "{diagnostic}\n\n")?;
        }
        let problems = match self.shown.len() {
            1 => "1 problem".to_owned(),
            count => format!("{count} problems"),
        };
        formatter.write_str(&problems)?;
        let mut files: Vec<&str> = self.shown.iter().map(|diagnostic| diagnostic.file.as_str()).collect();
        files.dedup();
        for (number, file) in files.iter().enumerate() {
            write!(formatter, "{}{}", if number == 0 { " in " } else { ", " }, visible(file))?;
        }
        match self.left_out {
            0 => Ok(()),
            more => write!(formatter, ", and {more} more"),
        }
    }
}

impl std::error::Error for Diagnostic {}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let window = Window::new(&self.source_line, self.column, self.width);
        let mut group =
            Level::ERROR.primary_title(visible(&self.message)).elements(None::<Snippet<'_, Annotation<'_>>>);
        if self.line > 0 {
            group = group.element(
                Snippet::source(window.text)
                    .line_start(self.line as usize)
                    .annotation(AnnotationKind::Primary.span(window.span)),
            );
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(visible(help)));
        }
        let drawn = Renderer::plain().render(&[group]);
        // The line with the place is ours: the renderer would count the column in the part of a long line that it is given.
        let (title, picture) = drawn.split_once('\n').unwrap_or((&drawn, ""));
        let file = visible(&self.file);
        writeln!(formatter, "{title}")?;
        write!(formatter, " --> {file}")?;
        if self.line > 0 {
            write!(formatter, ":{}:{}", self.line, self.column)?;
        }
        if !picture.is_empty() {
            write!(formatter, "\n{picture}")?;
        }
        Ok(())
    }
}

/// Some characters of a scalar, or all of it where it does not stand on one line as it is read.
fn part(lines: &[&str], places: &Places, node: u32, start: u32, width: u32) -> (Place, u32) {
    let (whole, length) = (places.of(node), places.width(node));
    let line = lines.get((whole.line as usize).saturating_sub(1)).copied().unwrap_or_default();
    let first = line.chars().nth((whole.column as usize).saturating_sub(1));
    let quote = u32::from(matches!(first, Some('"' | '\'')));
    let column = whole.column.saturating_add(quote).saturating_add(start);
    // a mistake at the very end, where something is missing, is shown on the last character
    let last = whole.column.saturating_add(length).saturating_sub(1);
    if column.saturating_add(width) > last.saturating_add(2) || length <= 1 {
        return (whole, length);
    }
    (Place { line: whole.line, column: column.min(last) }, width.max(1))
}

/// The lines of a document as an editor counts them.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.find(['\n', '\r']) {
        let (line, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        lines.push(line);
        rest = after.strip_prefix("\r\n").or_else(|| after.get(1..)).unwrap_or("");
    }
    lines.push(rest);
    lines
}

/// The part of a line that is shown, and the bytes of it to underline.
struct Window {
    text: String,
    span: std::ops::Range<usize>,
}

/// Characters of a long line shown before the caret, and in all.
const BEFORE: usize = 40;
const SHOWN: usize = 100;

impl Window {
    fn new(line: &str, column: u32, width: u32) -> Window {
        let caret = (column as usize).saturating_sub(1);
        let long = line.chars().nth(SHOWN).is_some();
        let from = if long { caret.saturating_sub(BEFORE) } else { 0 };
        let mut text = String::new();
        if from > 0 {
            text.push('…');
        }
        let mut start = None;
        let mut end = None;
        let mut rest = line.chars().enumerate().skip(from);
        for (number, character) in rest.by_ref().take(SHOWN) {
            if number >= caret {
                start.get_or_insert(text.len());
            }
            if number >= caret + width as usize {
                end.get_or_insert(text.len());
            }
            text.push(symbol(character));
        }
        let start = start.unwrap_or(text.len());
        let end = end.unwrap_or(text.len());
        if rest.next().is_some() {
            text.push('…');
        }
        Window { text, span: start..end }
    }
}

/// `text` on one line, without anything that a terminal would obey.
fn visible(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' => ' ',
            other => symbol(other),
        })
        .collect()
}

/// A character that looks like `character` and does nothing. One for one, so columns stay.
fn symbol(character: char) -> char {
    match character {
        '\t' => '\t',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostic(line: u32, source_line: &str, column: u32, width: u32) -> Diagnostic {
        Diagnostic {
            file: "meridian.yaml".into(),
            line,
            column,
            width,
            source_line: source_line.into(),
            message: "`retention_rate` has 19 votes, but the panel has 20".into(),
            help: Some("the votes of a row add up to `panel`: 20".into()),
            code: "votes",
        }
    }

    /// The lines with the source and the caret.
    fn picture(diagnostic: &Diagnostic) -> Vec<String> {
        let shown = diagnostic.to_string();
        shown.lines().skip(3).take(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_layout() {
        let shown = diagnostic(41, "    retention_rate: [6, 9, 4, 0]", 21, 12).to_string();
        assert_eq!(
            shown,
            "\
error: `retention_rate` has 19 votes, but the panel has 20
 --> meridian.yaml:41:21
   |
41 |     retention_rate: [6, 9, 4, 0]
   |                     ^^^^^^^^^^^^
   |
   = help: the votes of a row add up to `panel`: 20"
        );
    }

    #[test]
    fn wide_characters_and_tabs() {
        assert_eq!(
            picture(&diagnostic(7, "  客户: {权重: 0.7}", 7, 9)),
            ["7 |   客户: {权重: 0.7}", "  |         ^^^^^^^^^^^"]
        );
        assert_eq!(picture(&diagnostic(7, "a:\tb", 4, 1)), ["7 | a:    b", "  |       ^"]);
        // Behind the end of the line, and nothing at all.
        assert_eq!(picture(&diagnostic(7, "a:", 3, 1)), ["7 | a:", "  |   ^"]);
        assert_eq!(picture(&diagnostic(7, "", 1, 1))[1], "  | ^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let line = "客户 x, ".repeat(100_000);
        let shown = picture(&diagnostic(1, &line, 300_004, 1));
        assert_eq!(shown[0].matches('…').count(), 2);
        assert!(shown[0].chars().count() < 120);
        let caret = shown[1].find('^').unwrap();
        assert!((40..80).contains(&caret), "{caret}");
        let whole = diagnostic(1, &line, 2, 500_000);
        assert!(whole.to_string().lines().all(|line| line.chars().count() < 220));
        assert!(whole.to_string().contains("meridian.yaml:1:2\n"));
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        let mut hostile = diagnostic(1, "a: \u{1b}[31m\u{9b}2J\u{202e}b\r\u{7f}", 4, 1);
        hostile.message = "`\u{1b}]0;x\u{7}`\nerror: two lines".into();
        hostile.file = "a\u{1b}[1m\n.yaml".into();
        hostile.help = Some("x\u{8}\u{85}\u{2028}".into());
        let shown = hostile.to_string();
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{shown:?}");
        assert_eq!(shown.lines().count(), 7, "{shown}");
    }

    #[test]
    fn all_problems_in_the_order_of_the_document() {
        let text = "a: 1\nb: 2\n";
        let flaws = vec![
            Flaw::new("x", At::Node(4), "second").help("do this"),
            Flaw::new("y", At::Document, "whole"),
            Flaw::new("z", At::Node(1), "first"),
        ];
        let all = Diagnostics::new("m.yaml", text, &Limits::default(), flaws);
        assert_eq!(all.len(), 3);
        assert!(!all.is_empty());
        let codes: Vec<&str> = all.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, ["y", "z", "x"]);
        assert_eq!(
            all.to_string(),
            "\
error: whole
 --> m.yaml

error: first
 --> m.yaml:1:1
  |
1 | a: 1
  | ^

error: second
 --> m.yaml:2:4
  |
2 | b: 2
  |    ^
  |
  = help: do this

3 problems in m.yaml"
        );
        let empty = Diagnostics::new(
            "m.yaml",
            "",
            &Limits::default(),
            vec![Flaw::new("x", At::Document, "empty").help("begin")],
        );
        assert_eq!(empty.to_string(), "error: empty\n --> m.yaml\n |\n = help: begin\n\n1 problem in m.yaml");
    }

    #[test]
    fn lines_end_as_in_an_editor() {
        assert_eq!(lines("a\r\nb\rc\n\nd"), ["a", "b", "c", "", "d"]);
        assert_eq!(lines("a\u{2028}b\n"), ["a\u{2028}b", ""]);
    }
}
