//! The report for a terminal: aligned columns of bounded width, no boxes.

use super::layout::{Align, Block, Document, Row, Table, width};
use super::{Report, rounding::MISSING, sections};
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle};

/// What fits most terminals and a page in landscape.
const WIDTH: u16 = 100;
/// Between two columns.
const GAP: u16 = 2;
/// Text runs over several lines rather than take more than this from the numbers beside it.
const TEXT: u16 = 18;
/// Names run over several lines only beyond this.
const NAMES: u16 = 32;
/// Before what belongs to a heading's list of facts.
const INDENT: &str = "  ";

impl Report {
    /// The report as text for a terminal: headings, aligned columns, at most 100 columns wide.
    ///
    /// Figures are rounded here and only here, halves away from zero; shares of a whole are made to add up to 100 %.
    /// Tables too wide for that are continued below; Chinese characters count as two columns. What could steer a
    /// terminal is left out of names and sources.
    ///
    /// ```
    /// use appraise::case::{Category, CostLine, Plan};
    /// use appraise::{Appraisal, Draft};
    ///
    /// let seats = CostLine { initial: Some(149_424.into()), ..CostLine::new(Category::Licences, "seats") };
    /// let draft = Draft { title: "What does it cost?".into(), plan: Plan { costs: Some(vec![seats]), ..Plan::default() }, ..Draft::default() };
    /// let text = Appraisal::new(draft).unwrap().base().report().to_text();
    /// assert!(text.starts_with("What does it cost?\n"));
    /// assert!(text.contains("149,424"));
    /// ```
    pub fn to_text(&self) -> String {
        written(&sections::document(self))
    }
}

impl super::Excerpt<'_> {
    /// The section as text for a terminal, as [`Report::to_text`] writes it.
    pub fn to_text(&self) -> String {
        written(&self.document())
    }
}

impl super::ComparisonReport {
    /// The comparison as text for a terminal, as [`Report::to_text`] writes it.
    pub fn to_text(&self) -> String {
        written(&self.document())
    }
}

fn written(document: &Document) -> String {
    let mut text = String::new();
    let mut above: Option<&Block> = None;
    for block in document.blocks() {
        let is_close =
            matches!((above, block), (None, _) | (Some(Block::Title(_)), Block::Paragraph(_)) | (_, Block::Notes(_)));
        if !is_close {
            line(&mut text, "");
        }
        match block {
            Block::Title(title) => {
                paragraph(&mut text, title);
                line(&mut text, &"═".repeat(usize::from(WIDTH)));
            }
            Block::Heading(heading) => paragraph(&mut text, &format!("── {heading} ──")),
            Block::Subheading(words) | Block::Paragraph(words) => paragraph(&mut text, words),
            Block::Facts(facts) => {
                let mut table = bare();
                for (label, fact) in facts {
                    table.add_row([format!("{INDENT}{label}"), fact.clone()]);
                }
                narrow(&mut table, &[false, true]);
                lines(&mut text, &table);
            }
            Block::Notes(notes) => {
                notes.iter().for_each(|note| paragraph(&mut text, &format!("{INDENT}{MISSING} {note}")))
            }
            Block::Table(table) => write_table(&mut text, table),
        }
        above = Some(block);
    }
    text
}

fn line(text: &mut String, line: &str) {
    text.push_str(line.trim_end());
    text.push('\n');
}

fn lines(text: &mut String, table: &comfy_table::Table) {
    for content in table.lines() {
        line(text, &content);
    }
}

/// Words that run over as many lines as they need.
fn paragraph(text: &mut String, words: &str) {
    let mut table = bare();
    table.add_row([words]);
    narrow(&mut table, &[true]);
    lines(text, &table);
}

fn bare() -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─')));
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table
}

/// Pads the columns, and lets only those that `wrap` become narrower than what they hold.
fn narrow(table: &mut comfy_table::Table, wrap: &[bool]) {
    for (column, wraps) in table.column_iter_mut().zip(wrap) {
        let is_last = column.index + 1 == wrap.len();
        column.set_padding((0, if is_last { 0 } else { GAP }));
        if !wraps {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
}

fn write_table(text: &mut String, table: &Table) {
    let rows: Vec<&Row> = table.rows.iter().collect();
    let all: Vec<usize> = (0..table.columns.len()).collect();
    let widths = content_widths(table, &rows, &all, usize::MAX);
    let beside_names = |columns: &[usize]| -> usize {
        let needed = columns.iter().skip(1).map(|column| {
            let width = widths.get(*column).copied().unwrap_or_default();
            let wraps = table.columns.get(*column).is_some_and(|column| column.align == Align::Left);
            usize::from(GAP + if wraps { width.min(TEXT) } else { width })
        });
        needed.sum()
    };
    let names = usize::from(widths.first().copied().unwrap_or_default().min(NAMES));
    let fits = |columns: &[usize]| names + beside_names(columns) <= usize::from(WIDTH);
    for (position, columns) in table.pieces(fits).into_iter().enumerate() {
        let is_continued = position > 0;
        if is_continued {
            line(text, "");
        }
        // a single column of numbers under a long head may be wider than the page on its own
        let room = usize::from(WIDTH).saturating_sub(beside_names(&columns)).max(usize::from(TEXT));
        piece(text, table, &table.rows_of(&columns, is_continued), &columns, room);
    }
}

fn content_widths(table: &Table, rows: &[&Row], columns: &[usize], room: usize) -> Vec<u16> {
    let mut whole = bare();
    whole.set_header(columns.iter().filter_map(|column| Some(table.columns.get(*column)?.head.as_str())));
    for row in rows {
        whole.add_row(cells(row, columns, room));
    }
    whole.column_max_content_widths()
}

fn cells(row: &Row, columns: &[usize], room: usize) -> Vec<String> {
    let cell = |column: &usize| {
        let cell = row.cells.get(*column).map(String::as_str).unwrap_or_default();
        if *column == 0 { hanging(cell, row.depth, room) } else { cell.to_owned() }
    };
    columns.iter().map(cell).collect()
}

/// A name indented by its depth, on as many lines as the room demands, each but the first indented once more.
fn hanging(name: &str, depth: usize, room: usize) -> String {
    let indent = INDENT.repeat(depth);
    let mut text = indent.clone();
    let mut start = text.len();
    let mut taken = indent.len();
    for c in name.chars() {
        if taken + width(c) > room {
            // the last word moves to the next line, unless it is the only one
            let word = match text.get(start..).and_then(|line| line.rfind(' ')) {
                Some(space) if c != ' ' => text.split_off(start + space).trim_start().to_owned(),
                _ => String::new(),
            };
            text.push('\n');
            text.push_str(&indent);
            text.push_str(INDENT);
            start = text.len();
            text.push_str(&word);
            taken = indent.len() + INDENT.len() + word.chars().map(width).sum::<usize>();
        }
        if !(c == ' ' && text.len() == start) {
            text.push(c);
            taken += width(c);
        }
    }
    text
}

fn piece(text: &mut String, table: &Table, rows: &[&Row], columns: &[usize], room: usize) {
    let widths = content_widths(table, rows, columns, room);
    let aligns: Vec<Align> = columns.iter().filter_map(|column| Some(table.columns.get(*column)?.align)).collect();
    let mut page = bare();
    let aligned = |content: &str, align: &Align| match align {
        Align::Left => Cell::new(content),
        Align::Right => Cell::new(content).set_alignment(CellAlignment::Right),
    };
    let heads = columns.iter().filter_map(|column| table.columns.get(*column));
    page.set_header(heads.map(|column| aligned(&column.head, &column.align)));
    let mut above_is_total = true;
    for row in rows {
        if row.is_total && !above_is_total {
            // the line that accountants draw above a sum
            let rule = aligns.iter().zip(&widths).map(|(align, width)| match align {
                Align::Left => Cell::new(""),
                Align::Right => Cell::new("─".repeat(usize::from(*width))),
            });
            page.add_row(rule.collect::<Vec<_>>());
        }
        above_is_total = row.is_total;
        let cells = cells(row, columns, room);
        page.add_row(cells.iter().zip(&aligns).map(|(cell, align)| aligned(cell, align)).collect::<Vec<_>>());
    }
    let wrap: Vec<bool> =
        aligns.iter().enumerate().map(|(column, align)| column > 0 && *align == Align::Left).collect();
    narrow(&mut page, &wrap);
    lines(text, &page);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;
    use unicode_width::UnicodeWidthStr;

    fn section<'t>(text: &'t str, heading: &str) -> Vec<&'t str> {
        let from = text.lines().skip_while(|line| *line != format!("── {heading} ──")).skip(2);
        from.take_while(|line| !line.is_empty()).collect()
    }

    #[test]
    #[cfg(feature = "yaml")]
    fn what_is_stated_is_not_rounded_away_and_equal_beginnings_have_no_dearer_one() {
        let text = |text: &str| {
            let document = crate::yaml::Document::parse("x.yaml", &format!("appraise: 1\n{text}")).unwrap();
            document.appraisal().base().report().to_text()
        };
        let delayed = "benefits: {hours: {kind: saving, annual: 40_000, delay: 0.25}}";
        assert!(text(delayed).contains("0.25"), "{}", text(delayed));
        let alternatives = text(
            "
discount_rate: 8%
alternatives:
  a: {costs: {other: {x: {initial: 4, annual: 3}}}}
  b: {costs: {other: {x: {initial: 4, annual: 3}}}}
  c: {costs: {other: {x: {initial: 4, annual: 2}}}}
  d: {costs: {other: {x: {initial: 5, annual: 2}}}}
",
        );
        let rows: Vec<&str> = alternatives.lines().filter(|line| line.contains(" rate")).collect();
        let row = |begins: &str| rows.iter().find(|row| row.starts_with(begins)).copied().unwrap_or_default();
        assert!(row("a compared with b, as dear to begin with").ends_with("any rate"), "{rows:#?}");
        assert!(row("a compared with c, as dear to begin with").ends_with("no rate"), "{rows:#?}");
        assert!(row("d instead of c").ends_with("no rate"), "{alternatives}");
    }

    #[test]
    fn a_table_of_money() {
        let text = testing::report(testing::meridian()).to_text();
        assert_eq!(
            section(&text, "Return (EUR)").join("\n"),
            "\
Amount          2026      2027      2028     2029     2030     2031
───────────────────────────────────────────────────────────────────
Benefits           0   189,124   370,233  394,279  410,310  410,310
Costs        241,920   197,200   237,520  311,846  314,902  318,049
            ────────  ────────  ────────  ───────  ───────  ───────
Net         -241,920    -8,076   132,713   82,433   95,408   92,261
Cumulative  -241,920  -249,996  -117,284  -34,851   60,557  152,818"
        );
    }

    #[test]
    fn long_names_hang() {
        let text = testing::report(testing::meridian()).to_text();
        let lines = section(&text, "Scorecard");
        assert_eq!(
            lines[4],
            "    Keep customers and their      50.0 %                                            71.6 %  amber"
        );
        assert_eq!(lines[5], "      goodwill");
        assert_eq!(hanging("长长长长长", 1, 8), "  长长长\n    长长");
        assert_eq!(hanging("ab cd ef gh", 0, 8), "ab cd ef\n  gh");
        assert_eq!(hanging("abcdefgh ijklmnop", 0, 8), "abcdefgh\n  ijklmn\n  op");
    }

    #[test]
    fn chinese_columns_are_aligned() {
        let text = testing::report(testing::chinese()).to_text();
        // every column but the first is right-aligned, so all lines end in the same place; lines have no share
        let returns = section(&text, "回报（元）");
        let (totals, lines): (Vec<&str>, Vec<&str>) =
            section(&text, "成本（元）").into_iter().partition(|line| line.ends_with(['%', '─', '比']));
        for lines in [returns, totals, lines] {
            assert!(lines.len() > 5, "{text}");
            for line in &lines {
                assert_eq!(line.width(), lines[0].width(), "{line}");
            }
        }
        assert!(text.contains("用户许可") && text.contains("数据库服务器"));
    }

    #[test]
    fn every_line_fits_the_page() {
        for draft in [testing::meridian(), testing::chinese(), testing::hostile()] {
            for line in testing::report(draft).to_text().lines() {
                assert!(line.width() <= usize::from(WIDTH), "{line}");
            }
        }
    }

    #[test]
    fn a_long_horizon_is_continued_below() {
        let mut draft = testing::meridian();
        draft.horizon.years = 30;
        for line in draft.plan.costs.iter_mut().flatten() {
            line.staff = None;
            line.annual = Some(1_000.into());
        }
        for benefit in draft.plan.benefits.iter_mut().flatten() {
            benefit.realisation = None;
            benefit.annual = Some(300_000.into());
        }
        draft.assumptions.remove(0);
        let text = testing::report(draft).to_text();
        assert!(text.lines().all(|line| line.width() <= usize::from(WIDTH)));
        for year in 2026..=2056 {
            let heads = text.lines().filter(|line| line.starts_with("Amount ") && line.contains(&year.to_string()));
            assert_eq!(heads.count(), 1, "{year}");
        }
    }

    #[test]
    fn nothing_steers_the_terminal() {
        let text = testing::report(testing::hostile()).to_text();
        assert!(!text.chars().any(|c| c != '\n' && super::super::layout::is_steering(c)));
        assert!(text.len() < 100_000, "{}", text.len());
    }
}
