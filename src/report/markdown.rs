//! The report as Markdown: headings, lists and tables as GitHub shows them.

use super::layout::{Align, Block, Document, Table};
use super::{Report, sections};

/// Wider tables are continued below.
const MOST_COLUMNS: usize = 14;

impl Report {
    /// The report as Markdown with GitHub's tables, for a repository, a wiki or a document converter.
    ///
    /// It says what `to_text` says, rounded alike. Names are escaped, so nothing in them can change the
    /// layout.
    ///
    /// ```
    /// use appraise::case::{Category, CostLine, Plan};
    /// use appraise::{Appraisal, Draft};
    ///
    /// let seats = CostLine { initial: Some(149_424.into()), ..CostLine::new(Category::Licences, "a|b") };
    /// # let seats = CostLine { id: "seats".into(), name: Some("a|b".into()), ..seats };
    /// let draft = Draft { title: "What does it cost?".into(), plan: Plan { costs: Some(vec![seats]), ..Plan::default() }, ..Draft::default() };
    /// let markdown = Appraisal::new(draft).unwrap().base().report().to_markdown();
    /// assert!(markdown.starts_with("# What does it cost?\n"));
    /// assert!(markdown.contains("a\\|b"));
    /// ```
    pub fn to_markdown(&self) -> String {
        written(&sections::document(self))
    }
}

/// A document laid out as Markdown.
pub(super) fn written(document: &Document) -> String {
    let mut text = String::new();
    for block in document.blocks() {
        if !text.is_empty() {
            text.push('\n');
        }
        match block {
            Block::Title(title) => line(&mut text, &["# ", &escaped(title)]),
            Block::Heading(heading) => line(&mut text, &["## ", &escaped(heading)]),
            Block::Subheading(heading) => line(&mut text, &["### ", &escaped(heading)]),
            Block::Paragraph(words) => line(&mut text, &[&paragraph(words)]),
            Block::Facts(facts) => {
                for (label, fact) in facts {
                    line(&mut text, &["- **", &escaped(label), "**: ", &escaped(fact)]);
                }
            }
            Block::Notes(notes) => notes.iter().for_each(|note| line(&mut text, &["- ", &escaped(note)])),
            Block::Table(table) => {
                for (position, columns) in table.pieces(|columns| columns.len() <= MOST_COLUMNS).into_iter().enumerate()
                {
                    if position > 0 {
                        text.push('\n');
                    }
                    piece(&mut text, table, &columns, position > 0);
                }
            }
        }
    }
    text
}

fn line(text: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| text.push_str(part));
    text.push('\n');
}

fn piece(text: &mut String, table: &Table, columns: &[usize], is_continued: bool) {
    let heads: Vec<String> =
        columns.iter().filter_map(|column| Some(escaped(&table.columns.get(*column)?.head))).collect();
    line(text, &["| ", &heads.join(" | "), " |"]);
    let aligns = columns.iter().filter_map(|column| table.columns.get(*column)).map(|column| match column.align {
        Align::Left => ":---",
        Align::Right => "---:",
    });
    line(text, &["| ", &aligns.collect::<Vec<_>>().join(" | "), " |"]);
    for row in table.rows_of(columns, is_continued) {
        let cell = |column: &usize| {
            let cell = row.cells.get(*column).map(|cell| escaped(cell)).unwrap_or_default();
            let indent = if *column == 0 { "&emsp;".repeat(row.depth) } else { String::new() };
            if row.is_total && !cell.is_empty() { format!("{indent}**{cell}**") } else { indent + &cell }
        };
        line(text, &["| ", &columns.iter().map(cell).collect::<Vec<_>>().join(" | "), " |"]);
    }
}

/// A backslash before whatever Markdown could take for markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A paragraph must not start like a heading, a list or a line.
fn paragraph(text: &str) -> String {
    let escaped = escaped(text);
    // a list begins where a blank or nothing follows its mark: `-8.1 %` and `60.0 %` are figures
    let ends = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    let is_bullet = |rest: &str| ends(rest) || rest.starts_with('-');
    if escaped.starts_with(['#', '=']) || escaped.strip_prefix(['-', '+']).is_some_and(is_bullet) {
        return format!("\\{escaped}");
    }
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    match escaped.split_at_checked(digits) {
        Some((number, rest)) if digits > 0 && rest.strip_prefix(['.', ')']).is_some_and(ends) => {
            format!("{number}\\{rest}")
        }
        _ => escaped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn a_table() {
        let markdown = testing::report(testing::meridian()).to_markdown();
        let (_, after) = markdown.split_once("## Return (EUR)\n\n").unwrap();
        let (table, _) = after.split_once("\n\n").unwrap();
        assert_eq!(
            table,
            "\
| Amount | 2026 | 2027 | 2028 | 2029 | 2030 | 2031 |
| :--- | ---: | ---: | ---: | ---: | ---: | ---: |
| Benefits | 0 | 189,124 | 370,233 | 394,279 | 410,310 | 410,310 |
| Costs | 241,920 | 197,200 | 237,520 | 311,846 | 314,902 | 318,049 |
| **Net** | **-241,920** | **-8,076** | **132,713** | **82,433** | **95,408** | **92,261** |
| **Cumulative** | **-241,920** | **-249,996** | **-117,284** | **-34,851** | **60,557** | **152,818** |"
        );
    }

    /// How many cells a reader of GitHub's tables finds in a line.
    fn cells(line: &str) -> usize {
        let mut escaped = false;
        let mut bars = 0;
        for c in line.chars() {
            bars += usize::from(c == '|' && !escaped);
            escaped = c == '\\' && !escaped;
        }
        bars
    }

    #[test]
    fn hostile_names_stay_in_their_cells() {
        let markdown = testing::report(testing::hostile()).to_markdown();
        assert!(!markdown.chars().any(|c| c != '\n' && super::super::layout::is_steering(c)));
        assert!(!markdown.contains("<script>") && !markdown.contains("[l](u)"));
        let mut width = None;
        for line in markdown.lines() {
            if line.starts_with('|') {
                assert_eq!(cells(line), *width.get_or_insert(cells(line)), "{line}");
            } else {
                width = None;
                assert!(line.is_empty() || line.starts_with(['#', '-', '长']), "{line}");
            }
        }
    }

    #[test]
    fn headings_and_statuses_in_chinese() {
        let markdown = testing::report(testing::chinese()).to_markdown();
        assert!(markdown.contains("\n## 回报（元）\n"), "{markdown}");
        assert!(markdown.contains("- **回收期**: 3.4年后；折现：4.0年后\n"), "{markdown}");
        assert!(markdown.contains(" 80.7 % | 绿 |\n"), "{markdown}");
    }

    #[test]
    fn paragraphs_start_as_paragraphs() {
        assert_eq!(paragraph("# a"), "\\# a");
        assert_eq!(paragraph("1. a"), "1\\. a");
        assert_eq!(paragraph("1) a"), "1\\) a");
        assert_eq!(paragraph("1."), "1\\.");
        assert_eq!(paragraph("- a"), "\\- a");
        assert_eq!(paragraph("---"), "\\---");
    }

    #[test]
    fn figures_stay_as_they_are() {
        for figure in ["2026 a", "38.8 % → 54.5 %: +15.7 pp", "-8.1 % a", "+5 pp", "1.250"] {
            assert_eq!(paragraph(figure), figure);
        }
    }

    #[test]
    fn markup_inside_is_escaped() {
        assert_eq!(escaped("a|b*c_d`e<f[g]\\"), "a\\|b\\*c\\_d\\`e\\<f\\[g\\]\\\\");
    }
}
