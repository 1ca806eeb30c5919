//! The scanner's errors in the words of somebody who writes a document.

use super::flaw::{At, Flaw};
use super::full_width;
use super::place::{Place, Ruler};

/// The longest piece of a document that a message repeats, in characters.
const SHORT: usize = 60;

/// `text` cut to a length that fits into a message.
pub(crate) fn short(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        Some((byte, _)) => format!("{}…", text.get(..byte).unwrap_or("")),
        None => text.to_owned(),
    }
}

/// Where the deserialiser saw the error, if it says so.
pub(super) fn place_of(error: &serde_yaml::Error, text: &str) -> Option<Place> {
    byte_of(error, text).map(|byte| Ruler::new(text).place_of_byte(byte))
}

fn byte_of(error: &serde_yaml::Error, text: &str) -> Option<usize> {
    // Of a character that YAML forbids only the offset is known, and only in the message.
    let said = error.to_string();
    let offset = said
        .split_once(" at position ")
        .and_then(|(_, rest)| rest.split(',').next())
        .and_then(|digits| digits.parse::<usize>().ok());
    offset.or_else(|| error.location().map(|location| location.index())).map(|byte| byte.min(text.len()))
}

/// What the scanner said: the problem where it noticed it, and what it was in the middle of.
struct Said<'e> {
    problem: &'e str,
    context: &'e str,
    /// The line and column, from 0, where that began.
    began: Option<(usize, usize)>,
}

impl<'e> Said<'e> {
    fn new(said: &'e str) -> Said<'e> {
        let (problem, context) = said.split_once(", while ").unwrap_or((said, ""));
        let (context, began) = match context.split_once(" at line ") {
            Some((context, mark)) => (
                context,
                mark.split_once(" column ").and_then(|(line, column)| {
                    Some((line.parse::<usize>().ok()?.checked_sub(1)?, column.parse::<usize>().ok()?.checked_sub(1)?))
                }),
            ),
            None => (context, None),
        };
        let end = problem.find(" at line ").or_else(|| problem.find(" at position ")).unwrap_or(problem.len());
        Said { problem: problem.get(..end).unwrap_or(problem), context, began }
    }
}

/// The flaw for an error of the deserialiser that stopped the reading.
pub(super) fn explain(error: &serde_yaml::Error, text: &str) -> Flaw {
    let ruler = Ruler::new(text);
    let displayed = error.to_string();
    let said = Said::new(&displayed);
    let seen = byte_of(error, text).unwrap_or(0);
    let began = said.began.map(|(line, column)| ruler.byte_at(line, column));
    let story = Story { text, seen, began: began.unwrap_or(seen) };
    let (byte, message, help) = story.tell(&said);
    let mut flaw = Flaw::new("syntax", At::Text(ruler.place_of_byte(byte), 1), message);
    if said.problem == "unknown anchor" {
        flaw.code = "unknown-alias";
    } else if said.problem.ends_with(NOT_A_KEY) {
        flaw.code = "key-not-text";
    }
    if help.is_empty() { flaw } else { flaw.help(help) }
}

/// How the deserialiser refuses a list or a map where a key is read as an enum.
const NOT_A_KEY: &str = "expected a YAML tag starting with '!'";

/// The text around an error.
struct Story<'t> {
    text: &'t str,
    /// The byte where the scanner noticed the problem.
    seen: usize,
    /// The byte where what it was reading began.
    began: usize,
}

impl<'t> Story<'t> {
    /// The byte to point at, the message, and the help or nothing.
    fn tell(&self, said: &Said<'_>) -> (usize, String, String) {
        let seen = self.seen;
        let began = self.began;
        let here = self.character(seen);
        if let Some(tab) = self.tab(seen).or_else(|| self.tab(began)) {
            return (tab, "a tab is used for indentation".into(), "indent with spaces".into());
        }
        if let Some((byte, message, help)) = self.full_width(said) {
            return (byte, message, help);
        }
        match said.problem {
            "found a tab character that violates indentation"
            | "found a tab character where an indentation space is expected" => (
                seen,
                "a tab is used for indentation".into(),
                "indent with spaces".into(),
            ),
            "found character that cannot start any token" => (
                seen,
                format!("a value cannot begin with `{here}`"),
                format!("put it in quotes: `\"{}\"`", self.value(seen)),
            ),
            "could not find expected ':'" if self.is_long_key(began) => (
                began,
                format!("the key `{}` is longer than 1024 characters", self.value(began)),
                "write a shorter one; a `name:` may hold any text".into(),
            ),
            "could not find expected ':'" if self.value(began).contains(':') => self.space_missing(began),
            "could not find expected ':'" => (
                began,
                format!("a `:` is missing after `{}`", self.value(began)),
                "write `key: value` with a space after the colon".into(),
            ),
            "mapping values are not allowed in this context" => self.second_colon(),
            "block sequence entries are not allowed in this context" => (
                seen,
                "a list with `- ` cannot begin on the line of its key".into(),
                "put each `- ` on a line of its own, or write `[first, second]`".into(),
            ),
            "did not find expected key" if here == ":" => (
                seen,
                "the key is missing before `:`".into(),
                "write `name: value`".into(),
            ),
            "did not find expected key" if here == "]" || here == "}" => (
                seen,
                format!("`{here}` closes a bracket that is not open"),
                "remove it, or put the text in quotes".into(),
            ),
            "did not find expected key" if self.quoted_before(seen) => (
                seen,
                format!("`{}` follows after the closing quote", self.value(seen)),
                "write a `'` inside single quotes twice, or put the text in double quotes".into(),
            ),
            "did not find expected key" => (
                seen,
                format!("`{}` does not continue the map above it", self.value(seen)),
                "indent it exactly as the keys beside it, and put a text that contains quotes, `[`, `{`, `,` or `: ` in quotes as a whole".into(),
            ),
            "did not find expected '-' indicator" => (
                seen,
                format!("`{}` does not continue the list above it", self.value(seen)),
                "begin each entry with `- `, all with the same indentation".into(),
            ),
            "did not find expected ',' or ']'" => self.unclosed('[', ']'),
            "did not find expected ',' or '}'" => self.unclosed('{', '}'),
            "did not find expected node content" => match self.open_bracket() {
                Some(open) if self.rest(seen).trim().is_empty() || self.new_line(open, seen) => {
                    let bracket = self.character(open);
                    let close = if bracket == "[" { ']' } else { '}' };
                    (
                        open,
                        format!("the bracket `{bracket}` is not closed"),
                        format!("write `{close}` where it ends"),
                    )
                }
                _ if here.is_empty() => (
                    seen,
                    "the document breaks off where a value is expected".into(),
                    "complete the last line".into(),
                ),
                _ => (
                    seen,
                    format!("a value is expected before `{here}`"),
                    "write a value there or remove the extra sign".into(),
                ),
            },
            "found unexpected end of stream" | "found unexpected document indicator" => (
                began,
                "the text in quotes that begins here is not closed".into(),
                format!("write `{}` where it ends", self.character(began)),
            ),
            "found unknown escape character" => (
                seen,
                "a `\\` inside double quotes begins an escape that does not exist".into(),
                "write `\\\\` for a backslash, or use single quotes".into(),
            ),
            "did not find expected hexadecimal number"
            | "found invalid Unicode character escape code" => (
                seen,
                "an escape inside double quotes is no character".into(),
                "write the character itself, or `\\\\` for a backslash".into(),
            ),
            "control characters are not allowed" => (
                seen,
                "the text contains a control character".into(),
                "remove it; it may be invisible in your editor".into(),
            ),
            "did not find expected alphabetic or numeric character" => {
                let sign = self.character(began);
                (
                    began,
                    format!("a value that begins with `{sign}` must be a name"),
                    format!("put it in quotes: `\"{}\"`", self.value(began)),
                )
            }
            "unknown anchor" => {
                let name = short(super::guard::anchor_name(self.rest(seen).get(1..).unwrap_or("")));
                (
                    seen,
                    format!("the alias `*{name}` refers to nothing above it"),
                    format!("put the text in quotes if the `*` belongs to it, or write `&{name}` before the value it repeats"),
                )
            }
            "found unexpected ':'" => (
                seen,
                "a `:` stands inside a text within brackets".into(),
                "put a space after the colon, or the text in quotes".into(),
            ),
            "did not find expected <document start>" => (
                seen,
                format!("`{}` follows after the end of the document", self.value(seen)),
                "a document is one map: write `key: value` lines, all with the same indentation".into(),
            ),
            "mapping keys are not allowed in this context" => (
                seen,
                "a `? ` stands where no key is expected".into(),
                "put the text in quotes".into(),
            ),
            problem if problem.ends_with(NOT_A_KEY) => (
                seen,
                "a list or a map cannot be a key".into(),
                "write a name before the `:`".into(),
            ),
            problem if said.context.contains("block scalar") => {
                let sign = self.character(began);
                let text = self.value(began);
                if problem.contains("comment or line break") || problem.contains("indentation indicator") {
                    (
                        began,
                        format!("after `{sign}` a text over several lines is expected"),
                        format!("put the value in quotes if `{sign}` belongs to it: `\"{text}\"`"),
                    )
                } else {
                    (seen, problem.to_owned(), String::new())
                }
            }
            problem if problem.contains("invalid value: ") => (
                seen,
                format!("`{}` does not fit its tag", self.value(seen)),
                "remove the tag".into(),
            ),
            _ if said.context.contains("tag") && !said.context.contains("directive") => (
                began,
                "a value cannot begin with `!`".into(),
                format!("put it in quotes: `\"{}\"`", self.value(began)),
            ),
            problem if said.context.contains("irective") || problem.contains("irective") => (
                seen,
                "a line that begins with `%` is not understood".into(),
                "remove it".into(),
            ),
            problem => {
                let problem = problem.split(" at line ").next().unwrap_or(problem);
                (seen, short(problem), String::new())
            }
        }
    }

    /// A `：` that made no key of its line, or a `，` between brackets that ended no entry.
    fn full_width(&self, said: &Said<'_>) -> Option<(usize, String, String)> {
        let (seen, began) = (self.seen, self.began);
        let piece = |from: usize, to: usize| self.text.get(from..to);
        match said.problem {
            "mapping values are not allowed in this context" | "could not find expected ':'" => {
                let line = self.line_start(if said.problem.starts_with("mapping") { seen } else { began });
                // the first of the lines that were read as one text
                let above = std::iter::successors(Some(line), |line| {
                    let above = self.line_start(line.checked_sub(1)?);
                    full_width::key(&self.value(above)).map(|_| above)
                });
                let first = above.last().filter(|first| full_width::key(&self.value(*first)).is_some())?;
                let (message, help) = full_width::told(&self.value(first))?;
                let sign = self.rest(first).find('：')?;
                Some((first + sign, message, help))
            }
            "did not find expected ',' or ']'" | "did not find expected ',' or '}'" => {
                let inside = piece(began, seen)?;
                let sign = began + inside.rfind(['，', '：'])?;
                let open = began + piece(began, sign)?.rfind(['[', '{', ','])? + 1;
                let rest = self.rest(open);
                let end = rest.find([',', '[', '{', ']', '}', '\n', '\r', '"', '\'']).unwrap_or(rest.len());
                let (message, help) = full_width::told(rest.get(..end)?)?;
                let at = open + rest.find(['，', '：'])?;
                Some((at, message, help))
            }
            _ => None,
        }
    }

    /// `key: value: value`, a missing space after a colon on the line before, or neither.
    fn second_colon(&self) -> (usize, String, String) {
        let seen = self.seen;
        let line = self.line_start(seen);
        let before = self.text.get(line..seen).unwrap_or("");
        if let Some(first) = before.find(": ") {
            let value = self.value(line + first + 2);
            return (
                seen,
                "a second `: ` stands in one value".into(),
                format!("put the value in quotes: `\"{value}\"`"),
            );
        }
        let above = self.text.get(..line).unwrap_or("").trim_end();
        let above_line = self.line_start(above.len());
        let above_text = above.get(above_line..).unwrap_or("");
        if above_text.contains(':') && !above_text.contains(": ") && !above_text.ends_with(':') {
            return self.space_missing(above_line);
        }
        if let Some((key, _)) = above_text.split_once(": ")
            && self.indent(line) > self.indent(above_line)
        {
            let (key, deeper) = (short(key.trim()), short(before.trim()));
            return (
                line + self.indent(line),
                format!("`{deeper}` is indented deeper than `{key}`, which has its value on its own line"),
                format!("indent `{deeper}` exactly as `{key}`, or leave nothing behind `{key}:` but what is below it"),
            );
        }
        (
            seen,
            format!("`{}` cannot have a `:` here", short(before.trim())),
            "check the indentation of this line and of the one above: a key that has a value on its line has nothing below it".into(),
        )
    }

    /// Whether a key begins at `byte` that is longer than the scanner reads.
    fn is_long_key(&self, byte: usize) -> bool {
        const LONGEST: usize = 1_024;
        let line = self.rest(byte).split(['\n', '\r']).next().unwrap_or("");
        line.chars().nth(LONGEST).is_some() && (line.contains(": ") || line.ends_with(':'))
    }

    /// `key:value`, on the line of `byte`.
    fn space_missing(&self, byte: usize) -> (usize, String, String) {
        let line = self.line_start(byte);
        let text = self.value(line);
        let (key, value) = text.split_once(':').unwrap_or((&text, ""));
        let colon = self.rest(line).find(':').unwrap_or(0);
        (
            line + colon,
            "a space is missing after the `:`".into(),
            format!("write `{}: {}`", key.trim(), value.trim_start_matches(':')),
        )
    }

    /// The formula between brackets that `byte` stands in, if it is in one: from its `=` up to the end of the entry.
    fn formula_around(&self, byte: usize) -> Option<&'t str> {
        let line = self.line_start(byte);
        let before = self.text.get(line..byte)?;
        let start = before.rfind([',', '{', ':'])? + 1;
        let start = line
            + start
            + before
                .get(start..)?
                .find('=')
                .filter(|blanks| before.get(start..start + blanks).is_some_and(|b| b.trim().is_empty()))?;
        let rest = self.rest(start).split(['\n', '\r']).next()?;
        let mut depth = 0_u32;
        let end = rest.find(|c| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == '}' || c == ',' && depth == 0
        });
        rest.get(..end.unwrap_or(rest.len())).map(str::trim_end)
    }

    fn unclosed(&self, open: char, close: char) -> (usize, String, String) {
        let (seen, began) = (self.seen, self.began);
        if let Some(formula) = self.formula_around(seen).filter(|_| self.rest(seen).starts_with('[')) {
            return (
                seen,
                "a formula with `[` cannot stand between braces as it is".into(),
                format!("put it in quotes: `\"{}\"`, or on a line of its own", short(formula)),
            );
        }
        let what = if open == '[' { "list" } else { "map" };
        let other_bracket = self.rest(seen).starts_with([']', '}']);
        if self.rest(seen).trim().is_empty() || other_bracket || self.new_line(began, seen) {
            return (
                began,
                format!("the bracket `{open}` is not closed"),
                format!("write `{close}` where the {what} ends"),
            );
        }
        (
            seen,
            format!("a `,` or the `{close}` is missing before `{}`", self.value(seen)),
            format!(
                "separate the entries of a {what} with `, `, and put a text that contains `,` or a bracket in quotes"
            ),
        )
    }

    /// Whether `seen` is on a later line than the bracket `open` and indented no deeper: then that line is innocent.
    fn new_line(&self, open: usize, seen: usize) -> bool {
        let line = self.line_start(seen);
        open < line && self.indent(line) <= self.indent(self.line_start(open))
    }

    fn indent(&self, line: usize) -> usize {
        let rest = self.rest(line);
        rest.len() - rest.trim_start_matches(' ').len()
    }

    /// The last bracket that nothing closes, quotes and comments not looked at.
    fn open_bracket(&self) -> Option<usize> {
        let mut open = Vec::new();
        for (byte, character) in self.text.get(..self.seen)?.char_indices() {
            match character {
                '[' | '{' => open.push(byte),
                ']' | '}' => {
                    open.pop();
                }
                _ => {}
            }
        }
        open.pop()
    }

    /// The tab in the indentation of the line of `byte`, if there is one.
    fn tab(&self, byte: usize) -> Option<usize> {
        let line = self.line_start(byte);
        let rest = self.rest(line);
        let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(..indent)?.find('\t').map(|tab| line + tab)
    }

    /// Whether a quote closes right before `byte` on its line.
    fn quoted_before(&self, byte: usize) -> bool {
        self.text.get(self.line_start(byte)..byte).is_some_and(|before| before.trim_end().ends_with(['"', '\'']))
    }

    fn line_start(&self, byte: usize) -> usize {
        self.text.get(..byte).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |end| end + 1)
    }

    fn rest(&self, byte: usize) -> &'t str {
        self.text.get(byte..).unwrap_or("")
    }

    /// The character at `byte`, or nothing at the end.
    fn character(&self, byte: usize) -> String {
        self.rest(byte).chars().take(1).filter(|c| !c.is_control()).collect()
    }

    /// What is written from `byte` to the end of the line, without a comment.
    fn value(&self, byte: usize) -> String {
        let rest = self.rest(byte);
        let line = rest.split(['\n', '\r']).next().unwrap_or("");
        let value = line.split(" #").next().unwrap_or("").trim();
        short(value)
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml::diagnostic::Diagnostics;
    use crate::yaml::guard::Limits;
    use crate::yaml::node;

    /// The place, message and help of the one problem of `text`.
    fn told(text: &str) -> (u32, u32, String, String) {
        let limits = Limits::default();
        let flaws = node::read(text, &limits).expect_err(text);
        let mut all = Diagnostics::new("f", text, &limits, flaws).into_iter();
        let one = all.next().unwrap();
        assert_eq!(all.next(), None, "{text}");
        (one.line, one.column, one.message, one.help.unwrap_or_default())
    }

    #[test]
    fn mistakes_are_told_in_the_users_words() {
        for (text, line, column, message, help) in [
            ("a: 1\nb:2\nc: 3\n", 2, 2, "a space is missing after the `:`", "write `b: 2`"),
            (
                "a: {b: = c[3] + max(d, e), f: 1}\n",
                1,
                11,
                "a formula with `[` cannot stand between braces as it is",
                "put it in quotes: `\"= c[3] + max(d, e)\"`",
            ),
            ("a: {b: [1, 2}\n", 1, 8, "the bracket `[` is not closed", "write `]` where the list ends"),
            ("a: 1\n\tb: 2\n", 2, 1, "a tab is used for indentation", "indent with spaces"),
            ("a:\n  b: 1\n\tc: 2\n", 3, 1, "a tab is used for indentation", "indent with spaces"),
            ("title:x\ncosts: 1\n", 1, 6, "a space is missing after the `:`", "write `title: x`"),
            ("a: b: c\n", 1, 5, "a second `: ` stands in one value", "put the value in quotes: `\"b: c\"`"),
            (
                "a: 1\n  b: 2\n",
                2,
                3,
                "`b` is indented deeper than `a`, which has its value on its own line",
                "indent `b` exactly as `a`",
            ),
            ("a: 1\nb\nc: 2\n", 2, 1, "a `:` is missing after `b`", "write `key: value`"),
            ("a: \"x\nb: 1\n", 1, 4, "the text in quotes that begins here is not closed", "write `\"`"),
            ("a: [1, 2\nb: 1\n", 1, 4, "the bracket `[` is not closed", "write `]`"),
            ("a: [1, 2\n", 1, 4, "the bracket `[` is not closed", "write `]`"),
            ("a: {b: 1\nc: 1\n", 1, 4, "the bracket `{` is not closed", "write `}`"),
            ("a: [1, \"b\" \"c\"]\n", 1, 12, "a `,` or the `]` is missing before `\"c\"]`", "separate"),
            ("a: [1,,2]\n", 1, 7, "a value is expected before `,`", "write a value"),
            ("a: [1]]\n", 1, 7, "`]` closes a bracket that is not open", "remove it"),
            (
                "a: >80%\n",
                1,
                4,
                "after `>` a text over several lines is expected",
                "put the value in quotes if `>` belongs to it: `\">80%\"`",
            ),
            ("a: @x # y\n", 1, 4, "a value cannot begin with `@`", "put it in quotes: `\"@x\"`"),
            ("a: *b\n", 1, 4, "the alias `*b` refers to nothing above it", "put the text in quotes"),
            ("a: **b**\n", 1, 4, "a value that begins with `*` must be a name", "put it in quotes: `\"**b**\"`"),
            (
                "a: \"c:\\dir\"\n",
                1,
                7,
                "a `\\` inside double quotes begins an escape that does not exist",
                "write `\\\\`",
            ),
            ("a: - b\n", 1, 4, "a list with `- ` cannot begin on the line of its key", "put each"),
            ("a:\n  - 1\n b: 2\n", 3, 2, "`b: 2` does not continue the map above it", "indent it"),
            ("- a\nb: 1\n", 2, 1, "`b: 1` does not continue the list above it", "begin each entry"),
            ("a: 'it's'\n", 1, 8, "`s'` follows after the closing quote", "write a `'`"),
            (": 1\n", 1, 1, "the key is missing before `:`", "write `name: value`"),
            ("名: \u{1}\n", 1, 4, "the text contains a control character", "remove it"),
            ("a: {b:[1]}\n", 1, 6, "a `:` stands inside a text within brackets", "put a space"),
            ("a: !!int x\n", 1, 4, "`!!int x` does not fit its tag", "remove the tag"),
            ("? [a]\n: b\n", 1, 3, "a list or a map cannot be a key", "write a name"),
            ("a: 1\n--- \nb: 2\n", 3, 1, "a second document begins here", "keep one document"),
        ] {
            let told = told(text);
            assert_eq!((told.0, told.1, told.2.as_str()), (line, column, message), "{text}");
            assert!(told.3.starts_with(help), "{text}: {}", told.3);
        }
    }
}
