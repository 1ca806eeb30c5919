//! A CSV text as lines of values, each with where it stands.

use super::Table;
use crate::yaml::{At, Flaw, Limits, Place, body};
use csv_core::{ReadFieldResult, ReaderBuilder};
use std::ops::Range;

/// One value, unquoted and without blanks around it, and the bytes of the text it is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    span: Range<usize>,
}

/// The lines that hold anything, the header first.
pub(super) struct Records<'t> {
    body: &'t str,
    /// The bytes at which lines begin, as an editor counts them.
    lines: Vec<usize>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) separator: char,
}

/// The first of those that are as frequent in the first line.
const SEPARATORS: [char; 3] = ['\t', ';', ','];

impl<'t> Records<'t> {
    /// # Errors
    ///
    /// A text that is too large, holds nothing, or has a quote that is not closed.
    pub(super) fn read(table: &'t Table, limits: &Limits) -> Result<Self, Flaw> {
        if table.text.len() > limits.bytes {
            return Err(too_large(format!("the table has {} bytes, more than {}", table.text.len(), limits.bytes)));
        }
        let body = body(&table.text);
        let first = body.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let separator = SEPARATORS.into_iter().max_by_key(|separator| first.matches(*separator).count());
        let separator = separator.unwrap_or(',');
        let mut records = Self { body, lines: line_starts(body), rows: Vec::new(), separator };
        records.split(limits.values)?;
        records.rows.retain(|row| row.iter().any(|cell| !cell.text.is_empty()));
        if records.rows.is_empty() {
            let help = "begin with `indicator,period,value`, or with `period` and a column for each indicator";
            return Err(Flaw::new("csv.empty", At::Document, "the table is empty").help(help));
        }
        Ok(records)
    }

    fn split(&mut self, most: usize) -> Result<(), Flaw> {
        let delimiter = u8::try_from(self.separator).unwrap_or(b',');
        let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
        // what is unquoted is never longer than what is written
        let mut output = vec![0; self.body.len().saturating_add(1)];
        let (mut from, mut start, mut length, mut values) = (0_usize, 0_usize, 0_usize, 0_usize);
        let mut row = Vec::new();
        loop {
            let input = self.body.as_bytes().get(from..).unwrap_or_default();
            let (result, read, written) = reader.read_field(input, output.get_mut(length..).unwrap_or_default());
            from = from.saturating_add(read);
            length = length.saturating_add(written);
            let ends = match result {
                ReadFieldResult::Field { record_end } => record_end,
                // that nothing follows is told by reading once more
                ReadFieldResult::InputEmpty => continue,
                ReadFieldResult::OutputFull | ReadFieldResult::End => return Ok(()),
            };
            values = values.saturating_add(1);
            if values > most {
                return Err(too_large(format!("the table has more than {most} values")));
            }
            let text = String::from_utf8_lossy(output.get(..length).unwrap_or_default()).trim().to_owned();
            let cell = Cell { text, span: self.written(start..from, row.is_empty()) };
            (start, length) = (from, 0);
            self.check_quotes(&cell)?;
            row.push(cell);
            if ends {
                self.rows.push(std::mem::take(&mut row));
            }
        }
    }

    /// The bytes of a value without what separates it from others.
    fn written(&self, read: Range<usize>, begins_a_line: bool) -> Range<usize> {
        let raw = self.body.get(read.clone()).unwrap_or_default();
        // the lines before that hold nothing are read with the first value
        let raw_begin = if begins_a_line { raw.trim_start_matches(['\n', '\r']) } else { raw };
        let begin = raw_begin.trim_start_matches(' ');
        let start = read.start.saturating_add(raw.len().saturating_sub(begin.len()));
        let bare = begin.trim_end_matches(['\n', '\r']);
        let bare = bare.strip_suffix(self.separator).unwrap_or(bare).trim_end_matches(' ');
        start..start.saturating_add(bare.len())
    }

    fn check_quotes(&self, cell: &Cell) -> Result<(), Flaw> {
        let raw = self.body.get(cell.span.clone()).unwrap_or_default();
        if !raw.starts_with('"') || raw.matches('"').count().is_multiple_of(2) {
            return Ok(());
        }
        let (Place { line, column }, _) = self.place(cell);
        let at = At::Text(Place { line, column }, 1);
        let flaw = Flaw::new("csv.quote", at, "the quote is not closed");
        Err(flaw.help("write `\"` at the end of the value too, and `\"\"` for a quote inside it"))
    }

    /// Where a value stands, and how many characters of the line it takes.
    pub(super) fn place(&self, cell: &Cell) -> (Place, u32) {
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let line = self.lines.partition_point(|start| *start <= cell.span.start);
        let begins = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied().unwrap_or(0);
        let column = count(self.body.get(begins..cell.span.start).unwrap_or_default()).saturating_add(1);
        let written = self.body.get(cell.span.clone()).unwrap_or_default();
        let width = count(written.split(['\n', '\r']).next().unwrap_or_default()).max(1);
        (Place { line: u32::try_from(line).unwrap_or(u32::MAX), column }, width)
    }

    pub(super) fn flaw(&self, cell: &Cell, code: &'static str, message: impl Into<String>) -> Flaw {
        let (place, width) = self.place(cell);
        Flaw::new(code, At::Text(place, width), message)
    }
}

fn too_large(message: String) -> Flaw {
    Flaw::new("csv.size", At::Document, message).help("give fewer periods or indicators, or several tables")
}

fn line_starts(body: &str) -> Vec<usize> {
    let bytes = body.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| {
        let next = bytes.get(at.saturating_add(1));
        **byte == b'\n' || (**byte == b'\r' && next != Some(&b'\n'))
    });
    std::iter::once(0).chain(ends.map(|(at, _)| at.saturating_add(1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Vec<(String, u32, u32, u32)>> {
        let table = Table::new("a.csv", text);
        let records = Records::read(&table, &Limits::default()).unwrap_or_else(|flaw| panic!("{}", flaw.message));
        let shown = |cell: &Cell| {
            let (place, width) = records.place(cell);
            (cell.text.clone(), place.line, place.column, width)
        };
        records.rows.iter().map(|row| row.iter().map(shown).collect()).collect()
    }

    fn cell(text: &str, line: u32, column: u32, width: u32) -> (String, u32, u32, u32) {
        (text.to_owned(), line, column, width)
    }

    #[test]
    fn values_know_where_they_stand() {
        let text = "\u{feff}period, 客户 ,b\r\n\r\n2025-Q1,\"1,\"\"0\",\r\n,,\r\n\"2025\n-Q2\",x";
        assert_eq!(
            records(text),
            [
                vec![cell("period", 1, 1, 6), cell("客户", 1, 9, 2), cell("b", 1, 13, 1)],
                vec![cell("2025-Q1", 3, 1, 7), cell("1,\"0", 3, 9, 7), cell("", 3, 17, 1)],
                vec![cell("2025\n-Q2", 5, 1, 5), cell("x", 6, 6, 1)],
            ]
        );
    }

    #[test]
    fn the_first_line_says_what_separates() {
        for separator in [',', ';', '\t'] {
            let text = format!("a{separator}b\n1{separator}2");
            assert_eq!(records(&text)[1], [cell("1", 2, 1, 1), cell("2", 2, 3, 1)]);
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let refused = |text: &str, limits: &Limits| {
            Records::read(&Table::new("a.csv", text), limits).err().map(|flaw| flaw.message)
        };
        let limits = Limits::default();
        assert_eq!(refused("\n,,\n", &limits).as_deref(), Some("the table is empty"));
        assert_eq!(refused("a,\"b\n1,2", &limits).as_deref(), Some("the quote is not closed"));
        let small = Limits { bytes: 5, values: 3, ..Limits::default() };
        assert_eq!(refused("a,b,c,d", &small).as_deref(), Some("the table has 7 bytes, more than 5"));
        let few = Limits { values: 3, ..Limits::default() };
        assert_eq!(refused("a,b,c,d", &few).as_deref(), Some("the table has more than 3 values"));
    }
}
