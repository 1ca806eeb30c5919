//! Writing more into a document without touching what is there: where the next entry of a list or map goes.

use super::guard;
use super::node::{Key, Node, Value};
use super::place::Places;

/// A text to put in, and the byte it goes before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Insertion {
    pub(super) at: usize,
    /// How many bytes give way to it: those of a `~`, otherwise none.
    pub(super) over: usize,
    pub(super) text: String,
}

/// Puts several texts in; those for one byte follow each other in their order.
pub(super) fn insert(text: &str, mut insertions: Vec<Insertion>) -> Option<String> {
    insertions.sort_by_key(|insertion| insertion.at);
    let mut written = String::with_capacity(text.len() + insertions.iter().map(|i| i.text.len()).sum::<usize>());
    let mut from = 0;
    for Insertion { at, over, text: more } in insertions {
        written.push_str(text.get(from..at)?);
        written.push_str(&more);
        from = at + over;
    }
    written.push_str(text.get(from..)?);
    Some(written)
}

/// An entry in both styles: lines that stand at a certain indentation, and what stands between brackets.
pub(super) struct Entry {
    /// The lines, each without its indentation.
    pub(super) block: Vec<String>,
    pub(super) flow: String,
}

/// The text of a document and where its values stand.
pub(super) struct Page<'t> {
    text: &'t str,
    body: &'t str,
    places: Places,
    line_end: &'static str,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str, places: Places) -> Self {
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Self { text, body: guard::body(text), places, line_end }
    }

    /// The bytes before the body, which the places do not count.
    fn offset(&self) -> usize {
        self.text.len() - self.body.len()
    }

    /// The byte of the body at which a value or key begins.
    fn begin(&self, id: u32) -> usize {
        self.places.byte_of(id, self.body)
    }

    fn from(&self, byte: usize) -> &'t str {
        self.body.get(byte..).unwrap_or("")
    }

    /// The line that holds a byte, up to that byte.
    fn line_before(&self, byte: usize) -> &'t str {
        let before = self.body.get(..byte).unwrap_or("");
        before.get(before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..).unwrap_or("")
    }

    /// Puts an entry after the last one of a list or map that has some, in the style it is written in.
    ///
    /// `None` where that cannot be told, as for an alias.
    pub(super) fn append(&self, collection: &Node, entry: &Entry) -> Option<Insertion> {
        let (first, last) = ends(collection)?;
        let begin = self.begin(collection.id);
        let rest = self.from(begin);
        // in block style a collection begins with its first entry
        let is_flow = match &collection.value {
            Value::List(_) | Value::Map(_) => rest.starts_with(['[', '{']) && self.begin(first) > begin,
            _ => false,
        };
        if is_flow {
            return self.append_in_flow(begin, &entry.flow);
        }
        if rest.starts_with('*') {
            return None;
        }
        let lead = self.line_before(self.begin(first));
        let indent = match &collection.value {
            Value::List(_) => self.dash_before(self.begin(first))?,
            // `- a: 1` begins a map behind a dash
            _ => lead.chars().count(),
        };
        let is_plain = lead.chars().all(|c| matches!(c, ' ' | '-'));
        if !is_plain && matches!(collection.value, Value::Map(_)) {
            return None;
        }
        let at = self.end_of_content(last, indent);
        Some(self.lines_at(at, indent, &entry.block))
    }

    /// Puts a block under a key without a value.
    pub(super) fn fill(&self, key: &Key, block: &[String]) -> Option<Insertion> {
        let begin = self.begin(key.id);
        let lead = self.line_before(begin);
        if !lead.chars().all(|c| matches!(c, ' ' | '-')) {
            return None;
        }
        self.bare_colon(key)?;
        let line = self.from(begin);
        let end = line.find(['\n', '\r']).unwrap_or(line.len());
        Some(self.lines_at(begin + end, lead.chars().count() + 2, block))
    }

    /// The byte behind the colon of a key, where nothing but a comment follows on its line.
    fn bare_colon(&self, key: &Key) -> Option<usize> {
        let begin = self.begin(key.id);
        let line = self.from(begin).split(['\n', '\r']).next()?;
        let name = match line.chars().next()? {
            quote @ ('"' | '\'') => line.get(1..)?.find(quote)? + 2,
            _ => 0,
        };
        let colon = name + line.get(name..)?.find(':')? + 1;
        let after = line.get(colon..)?.trim_start();
        (after.is_empty() || after.starts_with('#')).then_some(begin + colon)
    }

    /// The length of the `~` that a value is written as.
    fn tilde(&self, value: &Node) -> Option<usize> {
        let rest = self.from(self.begin(value.id));
        let word = ["~", "null", "Null", "NULL"].into_iter().find(|word| rest.starts_with(word))?;
        let after = rest.get(word.len()..)?.chars().next();
        after.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '}' | ']')).then_some(word.len())
    }

    /// Puts a value behind a key that has none, over its `~` if there is one.
    pub(super) fn settle(&self, (key, value): (&Key, &Node), flow: &str) -> Option<Insertion> {
        if let Some(over) = self.tilde(value) {
            return Some(Insertion { at: self.begin(value.id) + self.offset(), over, text: flow.to_owned() });
        }
        // between braces a key without a colon would need more than a value
        let is_alone = self.line_before(self.begin(key.id)).chars().all(|c| matches!(c, ' ' | '-'));
        let at = self.bare_colon(key).filter(|_| is_alone)?;
        Some(Insertion { at: at + self.offset(), over: 0, text: format!(" {flow}") })
    }

    /// What is unusual about how a key and its value are written, and what to write instead.
    pub(super) fn unusual(&self, (key, value): (&Key, &Node)) -> Option<(u32, String)> {
        let name = &key.text;
        if self.line_before(self.begin(key.id)).trim_end().ends_with('?') {
            return Some((key.id, format!("write `{name}:` instead of `? {name}`")));
        }
        let rest = self.from(self.begin(value.id));
        if rest.starts_with('*') {
            let alias = rest.split(|c: char| c.is_whitespace() || ",}]".contains(c)).next().unwrap_or_default();
            return Some((value.id, format!("write out what `{alias}` stands for")));
        }
        self.tilde(value).map(|_| (value.id, format!("remove the `~` and leave `{name}:` empty")))
    }

    /// Puts an entry into an empty pair of brackets.
    pub(super) fn fill_brackets(&self, collection: &Node, flow: &str) -> Option<Insertion> {
        self.append_in_flow(self.begin(collection.id), flow)
    }

    /// New lines after the line that ends at `end`.
    fn lines_at(&self, end: usize, indent: usize, block: &[String]) -> Insertion {
        let margin = " ".repeat(indent);
        let text = block.iter().map(|line| format!("{}{margin}{line}", self.line_end)).collect();
        Insertion { at: end + self.offset(), over: 0, text }
    }

    /// The column of the dash before the first entry of a list.
    fn dash_before(&self, entry: usize) -> Option<usize> {
        let mut before = self.body.get(..entry)?;
        loop {
            let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
            let line = before.get(start..)?;
            let content = line.trim_start_matches(' ').trim_end_matches('\r');
            if content == "-" || content.starts_with("- ") {
                return Some(line.len() - line.trim_start_matches(' ').len());
            }
            let is_nothing = content.trim().is_empty() || content.starts_with('#');
            if !is_nothing || start == 0 {
                return None;
            }
            before = before.get(..start - 1)?;
        }
    }

    /// The end of the last line of what begins with the node `last`, comments that are indented deeper included.
    fn end_of_content(&self, last: u32, indent: usize) -> usize {
        let begin = self.begin(last);
        let until = match self.places.begins_after(last) {
            // what follows stands on lines of its own
            Some(next) => {
                let next = self.places.byte_of(next, self.body);
                next - self.line_before(next).len()
            }
            None => self.body.len(),
        };
        // `|+` keeps the blank lines below its text
        let header = self.from(begin).split(['\n', '\r', ' ']).next().unwrap_or_default();
        let mut keeps_blank = header.starts_with(['|', '>']) && header.contains('+');
        let mut end = begin;
        let mut from = begin;
        for line in self.body.get(begin..until.max(begin)).unwrap_or("").split_inclusive('\n') {
            let content = line.trim();
            let is_first = from == begin;
            let is_marker = !is_first && (line.starts_with("...") || line.starts_with("---"));
            if is_marker {
                break;
            }
            let depth = line.len() - line.trim_start_matches(' ').len();
            // a dash alone begins the next entry of the list around this one
            let is_dash = content == "-" && depth <= indent;
            keeps_blank &= content.is_empty() || depth > indent || is_first;
            let belongs = is_first
                || content.is_empty() && keeps_blank
                || !is_dash && !content.is_empty() && (!content.starts_with('#') || depth > indent);
            let length = line.trim_end_matches(['\n', '\r']).len();
            if belongs {
                end = from + length;
            }
            from += line.len();
        }
        end
    }

    /// Puts an entry before the bracket that closes the one at `open`.
    fn append_in_flow(&self, open: usize, flow: &str) -> Option<Insertion> {
        let rest = self.from(open);
        let (mut depth, mut quote, mut escaped, mut comment) = (0_usize, None, false, false);
        let (mut before, mut last, mut end) = (' ', ' ', 0);
        for (byte, c) in rest.char_indices() {
            if comment {
                comment = !matches!(c, '\n' | '\r');
            } else if let Some(open) = quote {
                if escaped {
                    escaped = false;
                } else if c == '\\' && open == '"' {
                    escaped = true;
                } else if c == open {
                    quote = None;
                }
                (last, end) = (c, byte + c.len_utf8());
            } else if c == '#' && before.is_whitespace() {
                comment = true;
            } else {
                match c {
                    '"' | '\'' if before.is_whitespace() || matches!(before, '[' | '{' | ',' | ':') => quote = Some(c),
                    '[' | '{' => depth += 1,
                    ']' | '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if depth == 0 {
                    let text = match last {
                        '[' | '{' if end == 1 => flow.to_owned(),
                        ',' => format!(" {flow}"),
                        _ => format!(", {flow}"),
                    };
                    return Some(Insertion { at: open + end + self.offset(), over: 0, text });
                }
                if !c.is_whitespace() {
                    (last, end) = (c, byte + c.len_utf8());
                }
            }
            before = c;
        }
        None
    }
}

/// The numbers of the first node of a list or map, and of the last one inside it, whatever its depth.
fn ends(collection: &Node) -> Option<(u32, u32)> {
    let first = match &collection.value {
        Value::List(entries) => entries.first()?.id,
        Value::Map(entries) => entries.first()?.0.id,
        _ => return None,
    };
    let mut last = collection;
    loop {
        let inner = match &last.value {
            Value::List(entries) => entries.last(),
            Value::Map(entries) => entries.last().map(|(_, node)| node),
            _ => None,
        };
        match inner {
            Some(inner) => last = inner,
            None => return Some((first, last.id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Limits;
    use crate::yaml::node;

    /// The document with `b` put into its list `l`.
    fn appended(text: &str) -> Option<String> {
        let limits = Limits::default();
        let root = node::read(text, &limits).unwrap();
        let Value::Map(entries) = &root.value else { panic!("a map") };
        let (key, list) = entries.iter().find(|(key, _)| key.text == "l").unwrap();
        let page = Page::new(text, Places::locate(text, &limits));
        let entry = Entry { block: vec!["- b".to_owned()], flow: "b".to_owned() };
        let insertion = match &list.value {
            Value::Null => page.fill(key, &entry.block),
            Value::List(entries) if entries.is_empty() => page.fill_brackets(list, &entry.flow),
            _ => page.append(list, &entry),
        };
        insert(text, vec![insertion?])
    }

    #[test]
    fn entries_go_where_a_person_would_write_them() {
        for (text, expected) in [
            ("l:\n  - a\n", "l:\n  - a\n  - b\n"),
            ("l:\n  - a", "l:\n  - a\n  - b"),
            ("l:\n- a  # one\nm: 1\n", "l:\n- a  # one\n- b\nm: 1\n"),
            ("l:\r\n  - a\r\n\r\n# end\r\nm: 1\r\n", "l:\r\n  - a\r\n  - b\r\n\r\n# end\r\nm: 1\r\n"),
            (
                "l:\n  - a:\n      c: 1\n      # of c\n  # of l\nm: 1",
                "l:\n  - a:\n      c: 1\n      # of c\n  - b\n  # of l\nm: 1",
            ),
            ("l:\n  -\n    a\n", "l:\n  -\n    a\n  - b\n"),
            ("l:\n  - [a,\n     c]\nm: 1\n", "l:\n  - [a,\n     c]\n  - b\nm: 1\n"),
            ("l:\n  - |\n    a\n    # no comment\nm: 1\n", "l:\n  - |\n    a\n    # no comment\n  - b\nm: 1\n"),
            ("l: [a, {c: ']'}]  # one\n", "l: [a, {c: ']'}, b]  # one\n"),
            ("l: [\n  a,  # ]\n]\n", "l: [\n  a, b  # ]\n]\n"),
            ("l: []\n", "l: [b]\n"),
            ("l: [ ]\n", "l: [b ]\n"),
            ("l:  # none\nm: 1\n", "l:  # none\n  - b\nm: 1\n"),
            ("l:", "l:\n  - b"),
            ("\u{feff}客: 户\nl:\n  - 客\n", "\u{feff}客: 户\nl:\n  - 客\n  - b\n"),
            ("l:\n  - a\n...\n", "l:\n  - a\n  - b\n...\n"),
        ] {
            assert_eq!(appended(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_left_alone() {
        for text in ["l: ~\n", "k: &k [a]\nl: *k\n"] {
            assert_eq!(appended(text), None, "{text}");
        }
    }
}
