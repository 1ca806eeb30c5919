//! Where the values of a document stand, computed only when somebody asks.
//!
//! Reading keeps no positions. When a problem is shown or a figure explained, the document is read once more, and each
//! value is asked where it begins before it is read (see `Probe` in the guard). Linear in the document, whatever the number
//! of places wanted.

use super::guard::{self, Kind, Limits, Mark, Survey};
use std::collections::BTreeMap;

/// A position in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line, from 1, as an editor counts them.
    pub line: u32,
    /// The column, from 1, in characters: a tab and a Chinese character are one each.
    pub column: u32,
}

/// The places of all values and keys of a document.
///
/// - A scalar or key has the place of its first character as written, the quote included, an anchor or tag before it not.
/// - A list or map has its bracket in flow style, and the place of its first entry in block style.
/// - A value left out has the place of its key, or of the dash before it.
/// - An alias has its own place; what is inside the list or map it stands for has the place of the definition.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    spots: Vec<Spot>,
    redefined: Vec<(u32, Box<str>)>,
}

#[derive(Debug, Clone, Copy)]
struct Spot {
    place: Place,
    width: u32,
}

/// How many bytes of one value are looked at for its end: enough for any line a person reads, and a bound on what an alias
/// can make us look at again and again.
const FAR: usize = 1_000;

const START: Place = Place { line: 1, column: 1 };

impl Places {
    /// Finds the place of every node that [`read`](super::node::read) numbers, and of those before an error where the
    /// document is broken.
    ///
    /// Takes the limits that the document was read with, since what they refuse is expensive to walk here too.
    pub(crate) fn locate(text: &str, limits: &Limits) -> Places {
        let mut places = Places { spots: Vec::new(), redefined: Vec::new() };
        if guard::outside(text, limits).is_err() {
            return places;
        }
        let body = guard::body(text);
        let mut survey = Survey::new(limits, true);
        // A document that breaks off has places up to there.
        let _ = survey.run(body);
        let marks = survey.marks.unwrap_or_default();
        places.fill(&Ruler::new(body), &survey.kinds, &marks);
        places
    }

    /// The place of a node, or the beginning of the document for a number that it does not have.
    pub(crate) fn of(&self, id: u32) -> Place {
        self.spots.get(id as usize).map_or(START, |spot| spot.place)
    }

    /// The characters to underline: the length of a scalar, key, alias or flow collection as written where it ends on its
    /// line, else 1.
    pub(crate) fn width(&self, id: u32) -> u32 {
        self.spots.get(id as usize).map_or(1, |spot| spot.width)
    }

    /// The node that follows another in the order of the document, if one does.
    pub(super) fn begins_after(&self, id: u32) -> Option<u32> {
        let next = id.checked_add(1)?;
        self.spots.get(next as usize).map(|_| next)
    }

    /// The byte of the body at which a node begins.
    pub(super) fn byte_of(&self, id: u32, body: &str) -> usize {
        let Place { line, column } = self.of(id);
        Ruler::new(body).byte_of_place(line as usize - 1, column as usize - 1)
    }

    /// The number of nodes with a place.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.spots.len()
    }

    /// The nodes whose anchor was defined before, and the anchor's name.
    pub(super) fn redefined(&self) -> &[(u32, Box<str>)] {
        &self.redefined
    }

    fn fill(&mut self, ruler: &Ruler<'_>, kinds: &[Kind], marks: &[Mark]) {
        let mut flow: Vec<bool> = Vec::with_capacity(kinds.len());
        let mut block: Vec<bool> = Vec::with_capacity(kinds.len());
        let mut anchors: BTreeMap<&str, u32> = BTreeMap::new();
        for (id, (&kind, mark)) in kinds.iter().zip(marks).enumerate() {
            let mut begin =
                if id == 0 { ruler.content() } else { ruler.byte_at(mark.line as usize, mark.column as usize) };
            let mut in_flow = id != 0 && flow.get(mark.parent as usize).copied().unwrap_or(false);
            let collection = matches!(kind, Kind::List | Kind::Map);
            let properties = Properties::read(ruler.text, begin, collection);
            if let Some(name) = properties.anchor {
                let number = u32::try_from(id).unwrap_or(u32::MAX);
                // An alias leads past its definition again.
                let again = anchors.get(name).is_some_and(|first| {
                    marks
                        .get(*first as usize)
                        .is_some_and(|first| (first.line, first.column) != (mark.line, mark.column))
                });
                if again {
                    self.redefined.push((number, Box::from(name)));
                }
                anchors.insert(name, number);
            }
            let rest = ruler.rest(properties.end);
            let missing = kind == Kind::Null && !is_null(rest) && !rest.starts_with('*');
            if !missing && !rest.is_empty() && !rest.starts_with(guard::is_break) {
                begin = properties.end;
            }
            let rest = ruler.rest(begin);
            let mut is_block = false;
            let spot = if let Some(tag) = properties.tagged {
                let rest = ruler.rest(tag);
                let end = rest.find(|c: char| c == ',' || c.is_whitespace() || guard::is_break(c));
                let name = rest.get(..end.unwrap_or(rest.len()).min(FAR)).unwrap_or("!");
                in_flow |= collection && ruler.rest(begin).starts_with(['[', '{']);
                Spot { place: ruler.place_of_byte(tag), width: characters(name) }
            } else if missing {
                let key = id.checked_sub(1).filter(|key| kinds.get(*key) == Some(&Kind::Key));
                match key.and_then(|key| self.spots.get(key)) {
                    Some(key) => *key,
                    None => Spot { place: ruler.place_of_byte(ruler.word_before(begin)), width: 1 },
                }
            } else if rest.starts_with('*') {
                let name = guard::anchor_name(rest.get(1..).unwrap_or(""));
                if let Some(defined) = anchors.get(name) {
                    in_flow = flow.get(*defined as usize).copied().unwrap_or(false);
                }
                Spot { place: ruler.place_of_byte(begin), width: characters(name) + 1 }
            } else if collection {
                let bracket = rest.starts_with(['[', '{']);
                is_block = !bracket && !in_flow;
                in_flow |= bracket;
                Spot { place: ruler.place_of_byte(begin), width: if bracket { bracketed(rest) } else { 1 } }
            } else {
                Spot { place: ruler.place_of_byte(begin), width: scalar(rest, in_flow) }
            };
            flow.push(in_flow);
            block.push(is_block);
            self.spots.push(spot);
        }
        // From the end, because the first entry of a list may be a list.
        for id in (0..self.spots.len()).rev() {
            if block.get(id) == Some(&true)
                && let Some(child) = self.spots.get(id + 1).copied()
                && let Some(spot) = self.spots.get_mut(id)
            {
                *spot = child;
            }
        }
    }
}

/// The anchor and tag before a value.
struct Properties<'t> {
    anchor: Option<&'t str>,
    /// The byte of a tag, which is all that is left to say of a value that has one.
    tagged: Option<usize>,
    end: usize,
}

impl<'t> Properties<'t> {
    /// `across` says whether the value may follow on a later line: in block style a list or map does.
    fn read(text: &'t str, begin: usize, across: bool) -> Properties<'t> {
        let mut anchor = None;
        let mut tagged = None;
        let mut end = begin;
        let far = begin + FAR;
        loop {
            let rest = text.get(end..).unwrap_or("");
            let length = if let Some(named) = rest.strip_prefix('&') {
                let name = guard::anchor_name(named);
                anchor = Some(name);
                name.len() + 1
            } else if rest.starts_with('!') {
                // `!!` and `!<…>` are the tags of YAML itself.
                if !rest.starts_with("!!") && !rest.starts_with("!<") {
                    tagged.get_or_insert(end);
                }
                rest.find(|c: char| c == ',' || c == ' ' || c == '\t' || guard::is_break(c)).unwrap_or(rest.len())
            } else {
                break;
            };
            end += length;
            let mut comment = false;
            for character in text.get(end..).unwrap_or("").chars() {
                let line_break = guard::is_break(character);
                comment = !line_break && (comment || character == '#');
                let skip = matches!(character, ' ' | '\t') || across && (comment || line_break);
                if !skip || end > far {
                    break;
                }
                end += character.len_utf8();
            }
            if end > far {
                end = begin;
                break;
            }
        }
        Properties { anchor, tagged, end }
    }
}

/// Whether a plain null begins here.
fn is_null(rest: &str) -> bool {
    ["null", "Null", "NULL", "~"].iter().filter_map(|word| rest.strip_prefix(word)).any(|after| {
        after.is_empty()
            || after.starts_with(|c: char| matches!(c, ' ' | '\t' | ',' | ']' | '}' | ':') || guard::is_break(c))
    })
}

fn characters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// The length of the scalar at the start of `rest`, as far as it stands on this line.
fn scalar(rest: &str, in_flow: bool) -> u32 {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let mut blank = false;
    let mut count = 0_u32;
    // Up to the last character that is not blank.
    let mut width = 0_u32;
    let mut escaped = false;
    let mut characters = rest.char_indices().peekable();
    while let Some((byte, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        if byte > FAR || guard::is_break(character) {
            break;
        }
        count += 1;
        if let Some(quote) = quote {
            width = count;
            let closes = character == quote && byte > 0 && !escaped;
            // Inside single quotes the quote itself is written twice.
            let doubled = quote == '\'' && closes && next == Some('\'');
            escaped = !escaped && (doubled || quote == '"' && character == '\\');
            if closes && !doubled {
                break;
            }
            continue;
        }
        let white = matches!(character, ' ' | '\t');
        let ends = match character {
            '#' => blank,
            ':' => next.is_none_or(|next| {
                matches!(next, ' ' | '\t')
                    || guard::is_break(next)
                    || in_flow && matches!(next, ',' | '[' | ']' | '{' | '}')
            }),
            ',' | '[' | ']' | '{' | '}' => in_flow,
            _ => false,
        };
        if ends {
            break;
        }
        blank = white;
        if !white {
            width = count;
        }
    }
    width.max(1)
}

/// The length of the flow collection at the start of `rest` where it ends on its line, else 1.
fn bracketed(rest: &str) -> u32 {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut count = 0_u32;
    let mut before = ' ';
    let mut escaped = false;
    for (byte, character) in rest.char_indices() {
        if byte > FAR || guard::is_break(character) {
            break;
        }
        count += 1;
        match quote {
            Some('"') if escaped => escaped = false,
            Some('"') if character == '\\' => escaped = true,
            Some(open) => {
                if character == open {
                    quote = None;
                }
            }
            None => match character {
                // A quote within a word is part of it.
                '"' | '\'' if matches!(before, ' ' | '\t' | '[' | '{' | ',' | ':') => {
                    quote = Some(character);
                }
                '#' if matches!(before, ' ' | '\t') => break,
                '[' | '{' => depth += 1,
                ']' | '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return count;
                    }
                }
                _ => {}
            },
        }
        before = character;
    }
    1
}

/// Turns the scanner's lines and columns, and bytes, into places.
///
/// The scanner ends lines at more characters than editors do, and counts columns in characters. Every 64th character is
/// noted, so a lookup costs the same on a line of a million characters as on a short one.
pub(super) struct Ruler<'t> {
    pub text: &'t str,
    /// The number of the first character of each line as the scanner counts lines.
    scanned: Vec<u32>,
    /// The same as editors count lines.
    lines: Vec<u32>,
    /// The byte of every 64th character; empty where all characters are one byte.
    bytes: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> Ruler<'t> {
    pub(super) fn new(text: &'t str) -> Ruler<'t> {
        let ascii = text.is_ascii();
        let mut ruler = Ruler { text, scanned: vec![0], lines: vec![0], bytes: Vec::new() };
        let mut number = 0_u32;
        let mut characters = text.char_indices().peekable();
        while let Some((byte, character)) = characters.next() {
            if !ascii && (number as usize).is_multiple_of(STRIDE) {
                ruler.bytes.push(u32::try_from(byte).unwrap_or(u32::MAX));
            }
            number += 1;
            let pair = character == '\r' && characters.peek().is_some_and(|(_, next)| *next == '\n');
            if guard::is_break(character) && !pair {
                ruler.scanned.push(number);
                if matches!(character, '\n' | '\r') {
                    ruler.lines.push(number);
                }
            }
        }
        ruler
    }

    fn rest(&self, byte: usize) -> &'t str {
        self.text.get(byte..).unwrap_or("")
    }

    /// The byte at a line and column as the scanner counts them, from 0.
    pub(super) fn byte_at(&self, line: usize, column: usize) -> usize {
        let start = self.scanned.get(line).copied().unwrap_or(u32::MAX);
        self.byte_of_number((start as usize).saturating_add(column))
    }

    /// The byte of a character, counted from the start of the text.
    fn byte_of_number(&self, number: usize) -> usize {
        if self.bytes.is_empty() {
            return number.min(self.text.len());
        }
        let Some(&near) = self.bytes.get(number / STRIDE) else {
            return self.text.len();
        };
        self.rest(near as usize)
            .char_indices()
            .nth(number % STRIDE)
            .map_or(self.text.len(), |(byte, _)| near as usize + byte)
    }

    /// The byte at a line and column as editors count them, from 0.
    fn byte_of_place(&self, line: usize, column: usize) -> usize {
        let start = self.lines.get(line).copied().unwrap_or(u32::MAX);
        self.byte_of_number((start as usize).saturating_add(column))
    }

    /// Whether the node at `mark` is a collection in flow style.
    #[cfg(test)]
    pub(super) fn begins_with_bracket(&self, mark: &Mark) -> bool {
        let byte = self.byte_at(mark.line as usize, mark.column as usize);
        let end = Properties::read(self.text, byte, true).end;
        self.rest(end).starts_with(['[', '{'])
    }

    /// The place of the character at `byte`, or of the one before where that is no boundary.
    pub(super) fn place_of_byte(&self, byte: usize) -> Place {
        let byte = byte.min(self.text.len());
        let number = if self.bytes.is_empty() {
            byte
        } else {
            let index = self.bytes.partition_point(|near| *near as usize <= byte).saturating_sub(1);
            let near = self.bytes.get(index).copied().unwrap_or(0) as usize;
            let between = self.rest(near).char_indices().take_while(|(further, _)| near + further < byte).count();
            index * STRIDE + between
        };
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let line = self.lines.partition_point(|start| *start <= number);
        let start = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied().unwrap_or(0);
        Place { line: u32::try_from(line).unwrap_or(u32::MAX).max(1), column: number.saturating_sub(start) + 1 }
    }

    /// The first byte of the document behind blank lines, comments, directives and `---`.
    fn content(&self) -> usize {
        let mut begin = 0;
        loop {
            let rest = self.rest(begin);
            let line_end = rest.find(guard::is_break).unwrap_or(rest.len());
            let column_0 =
                self.text.get(..begin).is_some_and(|before| before.is_empty() || before.ends_with(guard::is_break));
            begin += match rest.chars().next() {
                None => return 0,
                Some('#') => line_end,
                Some('%') if column_0 => line_end,
                Some('-') if column_0 && rest.starts_with("---") => 3,
                Some(c) if matches!(c, ' ' | '\t') || guard::is_break(c) => c.len_utf8(),
                Some(_) => return begin,
            };
        }
    }

    /// The byte of the character right before `byte` on its line where that is not blank, else `byte`.
    fn word_before(&self, byte: usize) -> usize {
        match self.text.get(..byte).and_then(|before| before.chars().next_back()) {
            Some(c) if !matches!(c, ' ' | '\t') && !guard::is_break(c) => byte - c.len_utf8(),
            _ => byte,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Place {
        Place { line, column }
    }

    /// The place and the underlined text of every node, in document order.
    fn located(text: &str) -> Vec<(u32, u32, String)> {
        let places = Places::locate(text, &Limits::default());
        let lines: Vec<&str> = guard::body(text).split('\n').collect();
        (0..u32::try_from(places.len()).unwrap())
            .map(|id| {
                let Place { line, column } = places.of(id);
                let under = lines[line as usize - 1]
                    .chars()
                    .skip(column as usize - 1)
                    .take(places.width(id) as usize)
                    .collect();
                (line, column, under)
            })
            .collect()
    }

    fn check(text: &str, expected: &[(u32, u32, &str)]) {
        let found = located(text);
        let found: Vec<(u32, u32, &str)> =
            found.iter().map(|(line, column, under)| (*line, *column, under.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    const NASTY: &str = "\
# a comment with 中文
---
title: \"two: words # no\"  # comment
'its ''key''': 'it''s'
客户:
  权重: 0.4\t# tab
  名称: 客户 \t维度
list: &l # anchored
- one
-   - {a: 1, 'b': [2, 3]}
    - \"q\\\"q\"
-
text: |2-
    block
next: [1,
  {k: v, 键: 值},  # comment ]
  x y ]
url: http://a.b/c#d
gone:
also: ~
last: *l
";

    #[test]
    fn a_nasty_document() {
        check(
            NASTY,
            &[
                (3, 1, "title"),
                (3, 1, "title"),
                (3, 8, "\"two: words # no\""),
                (4, 1, "'its ''key'''"),
                (4, 16, "'it''s'"),
                (5, 1, "客户"),
                (6, 3, "权重"),
                (6, 3, "权重"),
                (6, 7, "0.4"),
                (7, 3, "名称"),
                (7, 7, "客户 \t维度"),
                (8, 1, "list"),
                (9, 3, "one"),
                (9, 3, "one"),
                (10, 7, "{a: 1, 'b': [2, 3]}"),
                (10, 7, "{a: 1, 'b': [2, 3]}"),
                (10, 8, "a"),
                (10, 11, "1"),
                (10, 14, "'b'"),
                (10, 19, "[2, 3]"),
                (10, 20, "2"),
                (10, 23, "3"),
                (11, 7, "\"q\\\"q\""),
                (12, 1, "-"),
                (13, 1, "text"),
                (13, 7, "|2-"),
                (15, 1, "next"),
                (15, 7, "["),
                (15, 8, "1"),
                (16, 3, "{k: v, 键: 值}"),
                (16, 4, "k"),
                (16, 7, "v"),
                (16, 10, "键"),
                (16, 13, "值"),
                (17, 3, "x y"),
                (18, 1, "url"),
                (18, 6, "http://a.b/c#d"),
                (19, 1, "gone"),
                (19, 1, "gone"),
                (20, 1, "also"),
                (20, 7, "~"),
                (21, 1, "last"),
                (21, 7, "*l"),
                // Behind the alias the places of the definition.
                (9, 3, "one"),
                (10, 7, "{a: 1, 'b': [2, 3]}"),
                (10, 7, "{a: 1, 'b': [2, 3]}"),
                (10, 8, "a"),
                (10, 11, "1"),
                (10, 14, "'b'"),
                (10, 19, "[2, 3]"),
                (10, 20, "2"),
                (10, 23, "3"),
                (11, 7, "\"q\\\"q\""),
                (12, 1, "-"),
            ],
        );
    }

    #[test]
    fn line_ends_and_byte_order_mark_change_no_place() {
        let unix = located(NASTY);
        assert_eq!(located(&format!("\u{feff}{NASTY}")), unix);
        assert_eq!(located(&NASTY.replace('\n', "\r\n")), unix);
        let mac = Places::locate(&NASTY.replace('\n', "\r"), &Limits::default());
        assert_eq!(mac.of(22), at(11, 7));
    }

    /// The scanner ends lines at these, editors do not.
    #[test]
    fn lines_are_those_of_an_editor() {
        let text = "a: 1 # x\u{2028}b: 2\nc: \"3\u{85}4\"\nd: 5\n";
        check(
            text,
            &[
                (1, 1, "a"),
                (1, 1, "a"),
                (1, 4, "1"),
                (1, 10, "b"),
                (1, 13, "2"),
                (2, 1, "c"),
                (2, 4, "\"3"),
                (3, 1, "d"),
                (3, 4, "5"),
            ],
        );
    }

    #[test]
    fn anchors_and_tags_are_stepped_over() {
        check(
            "a: &x\n  # c\n  b: &y !!str 1\nc: !!map &z {d: &n }\ne: &o\nf: *y\n",
            &[
                (1, 1, "a"),
                (1, 1, "a"),
                (3, 3, "b"),
                (3, 3, "b"),
                (3, 15, "1"),
                (4, 1, "c"),
                (4, 13, "{d: &n }"),
                (4, 14, "d"),
                (4, 14, "d"),
                (5, 1, "e"),
                (5, 1, "e"),
                (6, 1, "f"),
                (6, 4, "*y"),
            ],
        );
    }

    #[test]
    fn a_broken_document_has_places_up_to_there() {
        let places = Places::locate("a: 1\nb: [1, 2\nc: 3\n", &Limits::default());
        assert_eq!(places.len(), 7);
        assert_eq!(places.of(6), at(2, 8));
        assert_eq!(places.of(100), START);
        assert_eq!(Places::locate("", &Limits::default()).len(), 1);
    }

    #[test]
    fn a_long_line_is_no_slower_than_a_short_one() {
        let text = format!("[{}]", "值, ".repeat(50_000));
        let places = Places::locate(&text, &Limits::default());
        assert_eq!(places.of(50_000), at(1, 149_999));
    }
}
