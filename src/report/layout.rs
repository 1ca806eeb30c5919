//! A report as headings, facts and tables, before it is text or Markdown: nothing is laid out twice.
//!
//! Whatever enters a document is cleaned here, so that no writer has to think of what a name may hold.

/// The blocks of a report from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Document {
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Title(String),
    Heading(String),
    Subheading(String),
    Paragraph(String),
    /// What it is about, and what there is to say.
    Facts(Vec<(String, String)>),
    /// Reasons under a table.
    Notes(Vec<String>),
    Table(Table),
}

/// The first column names the rows; the others hold numbers, or text that may run over several lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) head: String,
    pub(super) align: Align,
    /// Columns of one group stay together where a table is too wide for the page.
    pub(super) group: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Names and text.
    Left,
    /// Numbers.
    Right,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// How far the name is indented.
    pub(super) depth: usize,
    /// Whether it is a total.
    pub(super) is_total: bool,
    pub(super) cells: Vec<String>,
}

/// Longer names are cut: a table is to be read, the model itself holds the rest.
const LONGEST_NAME: usize = 60;
/// Longer units and currencies are cut.
const LONGEST_UNIT: usize = 20;
/// Longer heads of columns of numbers are cut: scenarios and grades are told apart by them.
const LONGEST_HEAD: usize = 30;
/// Longer sentences and sources are cut.
const LONGEST_TEXT: usize = 400;
/// Deeper criteria are not indented further.
const DEEPEST: usize = 8;

impl Document {
    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    pub(super) fn title(&mut self, text: &str) {
        self.blocks.push(Block::Title(tidy(text, LONGEST_TEXT)));
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(tidy(text, LONGEST_TEXT)));
    }

    pub(super) fn subheading(&mut self, text: &str) {
        self.blocks.push(Block::Subheading(tidy(text, LONGEST_TEXT)));
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.blocks.push(Block::Paragraph(tidy(text, LONGEST_TEXT)));
    }

    pub(super) fn facts<L: AsRef<str>, T: AsRef<str>>(&mut self, facts: impl IntoIterator<Item = (L, T)>) {
        let tidied = |(label, text): (L, T)| (tidy(label.as_ref(), LONGEST_NAME), tidy(text.as_ref(), LONGEST_TEXT));
        let facts: Vec<_> = facts.into_iter().map(tidied).collect();
        if !facts.is_empty() {
            self.blocks.push(Block::Facts(facts));
        }
    }

    pub(super) fn notes(&mut self, notes: Vec<String>) {
        if !notes.is_empty() {
            self.blocks.push(Block::Notes(notes.iter().map(|note| tidy(note, LONGEST_TEXT)).collect()));
        }
    }

    pub(super) fn table(&mut self, mut table: Table) {
        if table.rows.is_empty() {
            return;
        }
        for column in &mut table.columns {
            column.head = match column.align {
                Align::Left => name(&column.head),
                Align::Right => tidy(&column.head, LONGEST_HEAD),
            };
        }
        let width = table.columns.len();
        for row in &mut table.rows {
            row.depth = row.depth.min(DEEPEST);
            row.cells.resize(width, String::new());
            for (position, cell) in row.cells.iter_mut().enumerate() {
                *cell = tidy(cell, if position == 0 { LONGEST_NAME } else { LONGEST_TEXT });
            }
        }
        self.blocks.push(Block::Table(table));
    }
}

impl Table {
    pub(super) fn new(first: &str) -> Self {
        Self { columns: vec![Column { head: first.to_owned(), align: Align::Left, group: 0 }], rows: Vec::new() }
    }

    /// A column of numbers.
    #[must_use]
    pub(super) fn numbers(mut self, group: u8, head: impl Into<String>) -> Self {
        self.columns.push(Column { head: head.into(), align: Align::Right, group });
        self
    }

    /// A column of text.
    #[must_use]
    pub(super) fn text(mut self, group: u8, head: impl Into<String>) -> Self {
        self.columns.push(Column { head: head.into(), align: Align::Left, group });
        self
    }

    pub(super) fn row(&mut self, depth: usize, cells: Vec<String>) {
        self.rows.push(Row { depth, is_total: false, cells });
    }

    pub(super) fn total(&mut self, cells: Vec<String>) {
        self.rows.push(Row { depth: 0, is_total: true, cells });
    }

    /// The columns of the tables this one has to be written as, so that each `fits`; every one starts with the names.
    ///
    /// A table that does not fit is broken between groups of columns, and inside a group only where the group alone
    /// does not fit.
    pub(super) fn pieces(&self, fits: impl Fn(&[usize]) -> bool) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        if fits(&all) {
            return vec![all];
        }
        let mut pieces: Vec<Vec<usize>> = Vec::new();
        let mut piece = vec![0];
        let indexed: Vec<(usize, u8)> =
            self.columns.iter().enumerate().skip(1).map(|(index, column)| (index, column.group)).collect();
        for group in indexed.chunk_by(|(_, one), (_, other)| one == other) {
            let group: Vec<usize> = group.iter().map(|(index, _)| *index).collect();
            let with = |piece: &[usize], more: &[usize]| [piece, more].concat();
            if piece.len() > 1 && !fits(&with(&piece, &group)) {
                pieces.push(std::mem::replace(&mut piece, vec![0]));
            }
            for column in group {
                if piece.len() > 1 && !fits(&with(&piece, &[column])) {
                    pieces.push(std::mem::replace(&mut piece, vec![0]));
                }
                piece.push(column);
            }
        }
        pieces.push(piece);
        pieces
    }

    /// The rows of a piece: where a table is continued, rows that say nothing are left out.
    pub(super) fn rows_of<'t>(&'t self, columns: &[usize], is_continued: bool) -> Vec<&'t Row> {
        let says_something = |row: &Row| {
            columns.iter().any(|column| *column > 0 && row.cells.get(*column).is_some_and(|cell| !cell.is_empty()))
        };
        self.rows.iter().filter(|row| !is_continued || says_something(row)).collect()
    }
}

/// A name fit for a sentence or a cell.
pub(super) fn name(text: &str) -> String {
    tidy(text, LONGEST_NAME)
}

/// A unit or a currency.
pub(super) fn unit(text: &str) -> String {
    tidy(text, LONGEST_UNIT)
}

/// A text on one line, without control characters and not too long.
pub(super) fn tidy(text: &str, longest: usize) -> String {
    cut(&clean(text), longest)
}

/// Whether a character steers a terminal or the direction of writing, and is no part of a text.
pub(super) fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// One line: breaks become spaces, runs of spaces become one, what steers a terminal is dropped.
fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len().min(4 * LONGEST_TEXT));
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}') {
            if !cleaned.is_empty() && !cleaned.ends_with(' ') {
                cleaned.push(' ');
            }
        } else if !is_steering(c) {
            cleaned.push(c);
        }
    }
    cleaned.truncate(cleaned.trim_end().len());
    cleaned
}

/// How many columns a character takes at most. From Hangul Jamo on it may be two, and for a limit it does no harm to take
/// all of those as two.
pub(super) fn width(c: char) -> usize {
    if c < '\u{1100}' { 1 } else { 2 }
}

/// The beginning of a text, at most `longest` columns wide.
fn cut(text: &str, longest: usize) -> String {
    let mut taken = 0;
    let mut kept = String::new();
    for c in text.chars() {
        taken += width(c);
        if taken > longest {
            // the mark takes the place of what would not have fitted beside it
            kept.pop();
            kept.push('…');
            return kept;
        }
        kept.push(c);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_dropped() {
        assert_eq!(tidy("a\u{1b}[31mb\r\n\n c\u{202E}d\t", 60), "a[31mb cd");
        assert_eq!(tidy("\u{9b}2J客户\u{0}", 60), "2J客户");
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(tidy("abcdef", 6), "abcdef");
        assert_eq!(tidy("abcdefg", 6), "abcde…");
        assert_eq!(tidy("客户客户", 6), "客户…");
        assert_eq!(tidy(&"x".repeat(10_000), 60).chars().count(), 60);
    }

    #[test]
    fn wide_tables_break_between_groups() {
        let table =
            Table::new("").numbers(0, "0").numbers(0, "1").numbers(0, "2").numbers(1, "sum").numbers(1, "share");
        let up_to = |most: usize| table.pieces(|columns| columns.len() <= most);
        assert_eq!(up_to(6), [vec![0, 1, 2, 3, 4, 5]]);
        assert_eq!(up_to(4), [vec![0, 1, 2, 3], vec![0, 4, 5]]);
        assert_eq!(up_to(3), [vec![0, 1, 2], vec![0, 3], vec![0, 4, 5]]);
        assert_eq!(up_to(1).len(), 5);
    }
}
