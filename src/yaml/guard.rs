//! What keeps a hostile or broken document from costing more than a refusal.
//!
//! Three steps, cheapest first: a cap on bytes; a bound on the depth of open brackets, because the YAML scanner takes time
//! quadratic in it (100,000 times `{a: ` is a minute); one pass over the document as the deserialiser sees it, aliases
//! followed, that counts values and text, and collects what YAML allows and we do not.

use super::brackets;
use super::flaw::{At, Flaw};
use super::place::{Places, Ruler};
use super::syntax;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// How large a document may be before it is refused.
///
/// The defaults leave room for a portfolio of a thousand business units and keep the worst accepted document to about a
/// few seconds. A caller who trusts its documents may raise them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the document as written: 4 MiB. More than 4 GiB is never read.
    pub bytes: usize,
    /// Lists and maps inside each other: 80, which has room for 32 levels of criteria. More than 127 has no effect.
    pub nesting: usize,
    /// Values and keys, those that aliases repeat included: 2,000,000.
    pub values: usize,
    /// Bytes of text in values and keys, that which aliases repeat included: 64 MiB.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 4 << 20, nesting: 80, values: 2_000_000, text: 64 << 20 }
    }
}

/// The deserialiser's own bound on recursion less one, so that ours is met first.
const DEEPEST: usize = 127;

/// Problems that one pass reports; the rest of a hopeless document adds nothing.
const MOST_FLAWS: usize = 100;

impl Limits {
    fn bytes(&self) -> usize {
        // Places count characters in 32 bits.
        self.bytes.min(u32::MAX as usize - 1)
    }

    fn nesting(&self) -> usize {
        self.nesting.min(DEEPEST)
    }

    fn values(&self) -> usize {
        self.values.min(u32::MAX as usize - 1)
    }
}

/// What a node of the document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Scalar,
    List,
    Map,
    Key,
}

/// Where the deserialiser says that a node begins, and inside which node it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Line and column as the YAML scanner counts them, from 0.
    pub line: u32,
    pub column: u32,
    pub parent: u32,
}

/// The document without the byte order mark, which the scanner would count as a column.
pub(crate) fn body(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The kinds of all nodes in document order, or everything that is wrong with the document.
///
/// # Errors
///
/// One flaw where the document is too large or no YAML; otherwise all keys given twice, merge keys, tags and missing keys.
pub(crate) fn check(text: &str, limits: &Limits) -> Result<Vec<Kind>, Vec<Flaw>> {
    let body = body(text);
    outside(text, limits).map_err(|flaw| vec![flaw])?;
    let mut survey = Survey::new(limits, false);
    survey.run(body).map_err(|flaw| vec![flaw])?;
    let mut flaws = survey.flaws;
    flaws.extend(redefined_anchors(text, limits));
    if !survey.twice.is_empty() {
        let places = Places::locate(text, limits);
        for twice in survey.twice {
            let line = places.of(twice.first).line;
            // `{initial: 1,000,000}` makes two keys of the rest
            if twice.key.len() == 3 && twice.key.bytes().all(|byte| byte.is_ascii_digit()) {
                let message = "a number between braces ends at its first comma";
                let help = "write `_` between thousands, as in `1_000_000`";
                flaws.push(Flaw::new("key-twice", At::Node(twice.again), message).help(help));
                continue;
            }
            flaws.push(
                Flaw::new(
                    "key-twice",
                    At::Node(twice.again),
                    format!("`{}` is given twice", syntax::short(&twice.key)),
                )
                .help(format!("keep one of the two; the first is on line {line}")),
            );
        }
    }
    if flaws.is_empty() {
        Ok(survey.kinds)
    } else {
        flaws.sort_by_key(|flaw| match flaw.at {
            At::Node(id) => id,
            _ => 0,
        });
        Err(flaws)
    }
}

/// Refuses by looking at the bytes alone.
pub(super) fn outside(text: &str, limits: &Limits) -> Result<(), Flaw> {
    let body = body(text);
    if text.len() > limits.bytes() {
        return Err(Flaw::new(
            "too-large",
            At::Document,
            format!("the document has {} bytes, more than the {} allowed", text.len(), limits.bytes()),
        )
        .help("split the document, or raise `Limits::bytes`"));
    }
    if let Some(byte) = tag_directive(body) {
        // The scanner looks through all of them for each new one and copies their text into each tag.
        return Err(Flaw::new("tag", At::Text(Ruler::new(body).place_of_byte(byte), 4), "`%TAG` is not supported")
            .help("remove the line"));
    }
    if let Some(byte) = brackets::too_many(body.as_bytes(), limits.nesting()) {
        return Err(too_deep(At::Text(Ruler::new(body).place_of_byte(byte), 1), limits));
    }
    Ok(())
}

fn too_deep(at: At, limits: &Limits) -> Flaw {
    Flaw::new("too-deep", at, format!("lists and maps are nested deeper than {} levels", limits.nesting()))
        .help("look for a bracket that is not closed, or for an anchor (`&name`) that contains its own alias (`*name`)")
}

fn tag_directive(text: &str) -> Option<usize> {
    text.match_indices("%TAG")
        .map(|(byte, _)| byte)
        .find(|byte| text.get(..*byte).is_some_and(|before| before.is_empty() || before.ends_with(is_break)))
}

/// The characters that end a line for the YAML scanner.
pub(super) fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Anchors defined twice, of which the deserialiser may pick the wrong definition: it numbers a redefined anchor like the
/// next new one.
fn redefined_anchors(text: &str, limits: &Limits) -> Vec<Flaw> {
    let mut names = BTreeSet::new();
    let suspicious = text.match_indices('&').any(|(byte, _)| {
        // The `&` of `R&D` is inside a word and no anchor.
        let within = text.get(..byte).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric()));
        let name = text.get(byte + 1..).map_or("", anchor_name);
        !within && !name.is_empty() && !names.insert(name)
    });
    if !suspicious {
        return Vec::new();
    }
    let places = Places::locate(text, limits);
    places
        .redefined()
        .iter()
        .take(MOST_FLAWS)
        .map(|(id, name)| {
            Flaw::new("anchor-twice", At::Node(*id), format!("the anchor `&{}` is defined twice", syntax::short(name)))
                .help("give each anchor a name of its own")
        })
        .collect()
}

/// The longest anchor or alias name at the start of `rest`.
pub(super) fn anchor_name(rest: &str) -> &str {
    let end = rest
        .bytes()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')))
        .unwrap_or(rest.len());
    rest.get(..end).unwrap_or("")
}

/// A key that stands twice in a map.
struct Twice {
    key: String,
    first: u32,
    again: u32,
}

/// Why the survey gave up, where the deserialiser did not make it.
#[derive(Clone, Copy)]
enum Stop {
    Depth,
    Values,
    Text,
}

/// One pass over the document as the deserialiser sees it.
pub(super) struct Survey<'l> {
    limits: &'l Limits,
    pub kinds: Vec<Kind>,
    /// One for each node, where they are asked for.
    pub marks: Option<Vec<Mark>>,
    flaws: Vec<Flaw>,
    twice: Vec<Twice>,
    text: usize,
    depth: usize,
    stop: Option<Stop>,
}

impl<'l> Survey<'l> {
    pub(super) fn new(limits: &'l Limits, with_marks: bool) -> Survey<'l> {
        Survey {
            limits,
            kinds: Vec::new(),
            marks: with_marks.then(Vec::new),
            flaws: Vec::new(),
            twice: Vec::new(),
            text: limits.text,
            depth: 0,
            stop: None,
        }
    }

    /// Reads the first document of `body` and looks whether there is a second.
    pub(super) fn run(&mut self, body: &str) -> Result<(), Flaw> {
        if let Some(marks) = &mut self.marks {
            // The root has no parent through which its mark could be asked for.
            marks.push(Mark { line: 0, column: 0, parent: 0 });
        }
        let mut documents = serde_yaml::Deserializer::from_str(body);
        let Some(first) = documents.next() else {
            return Err(empty());
        };
        if let Err(error) = first.deserialize_any(&mut *self) {
            return Err(self.refusal(&error, body));
        }
        if self.kinds.first() == Some(&Kind::Null) {
            return Err(empty());
        }
        if let Some(second) = documents.next() {
            let at = match Probe(0).deserialize(second) {
                Err(error) => syntax::place_of(&error, body).map(|place| At::Text(place, 1)),
                Ok(()) => None,
            };
            return Err(Flaw::new(
                "second-document",
                at.unwrap_or(At::Document),
                "a second document begins here",
            )
            .help("keep one document in a file: remove the line `---` and what follows, or move it to a file of its own"));
        }
        Ok(())
    }

    fn refusal(&self, error: &serde_yaml::Error, body: &str) -> Flaw {
        let at = syntax::place_of(error, body).map_or(At::Document, |place| At::Text(place, 1));
        let repeated = |what: &str, most: usize| {
            Flaw::new("too-many-values", at, format!("more than {most} {what}, counting what aliases repeat"))
                .help("split the document, use fewer aliases (`*name`), or raise the limits")
        };
        match self.stop {
            Some(Stop::Depth) => too_deep(at, self.limits),
            Some(Stop::Values) => repeated("values", self.limits.values()),
            Some(Stop::Text) => repeated("bytes of text", self.limits.text),
            None => {
                let said = error.to_string();
                if said.contains("repetition limit exceeded") {
                    repeated("values", self.limits.values())
                } else if said.starts_with("recursion limit exceeded") {
                    too_deep(at, self.limits)
                } else {
                    syntax::explain(error, body)
                }
            }
        }
    }

    fn flaw(&mut self, flaw: Flaw) {
        if self.flaws.len() < MOST_FLAWS {
            self.flaws.push(flaw);
        }
    }

    /// The number that the next node gets.
    fn next(&self) -> u32 {
        u32::try_from(self.kinds.len()).unwrap_or(u32::MAX)
    }

    fn push<E: Error>(&mut self, kind: Kind, text: usize) -> Result<(), E> {
        if self.kinds.len() >= self.limits.values() {
            self.stop = Some(Stop::Values);
            return Err(E::custom("too many values"));
        }
        let Some(left) = self.text.checked_sub(text) else {
            self.stop = Some(Stop::Text);
            return Err(E::custom("too much text"));
        };
        self.text = left;
        self.kinds.push(kind);
        Ok(())
    }

    fn enter<E: Error>(&mut self, kind: Kind) -> Result<u32, E> {
        let id = self.next();
        self.push(kind, 0)?;
        self.depth += 1;
        if self.depth > self.limits.nesting() {
            self.stop = Some(Stop::Depth);
            return Err(E::custom("nested too deep"));
        }
        Ok(id)
    }

    /// Notes the mark that a failed [`Probe`] carries, or passes on the error it met instead.
    fn mark<E: Error>(&mut self, error: E, parent: u32) -> Result<(), E> {
        let Some((line, column)) = probed(&error.to_string()) else {
            return Err(error);
        };
        if let Some(marks) = &mut self.marks {
            marks.push(Mark { line, column, parent });
        }
        Ok(())
    }
}

fn empty() -> Flaw {
    Flaw::new("empty", At::Document, "the document is empty")
        .help("begin with the two lines `appraise: 1` and `title: …`")
}

/// Asks where the next node begins without reading it.
///
/// serde has no call for that. But the deserialiser looks at a node before it enters a newtype, refuses to enter more than
/// 128, and its refusal names the place. Nothing has been read by then, so the same access can be asked again for the node
/// itself. Unlike an error of our own the refusal does not spell out the path of keys, so the cost does not grow with it.
#[derive(Clone, Copy)]
struct Probe(u16);

impl<'de> DeserializeSeed<'de> for Probe {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, node: D) -> Result<(), D::Error> {
        node.deserialize_newtype_struct("", self)
    }
}

impl<'de> Visitor<'de> for Probe {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a place")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, node: D) -> Result<(), D::Error> {
        // Never reached while the deserialiser keeps its bound.
        if self.0 > 1_000 {
            return Err(D::Error::custom("no place"));
        }
        node.deserialize_newtype_struct("", Probe(self.0 + 1))
    }
}

/// Line and column from 0 in the refusal a [`Probe`] provokes; `None` for any other error.
fn probed(said: &str) -> Option<(u32, u32)> {
    let rest = said.strip_prefix("recursion limit exceeded")?;
    if rest.is_empty() {
        // The very first character is not spelt out.
        return Some((0, 0));
    }
    let (line, column) = rest.strip_prefix(" at line ")?.split_once(" column ")?;
    Some((line.parse::<u32>().ok()?.checked_sub(1)?, column.parse::<u32>().ok()?.checked_sub(1)?))
}

impl<'de> DeserializeSeed<'de> for &mut Survey<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, node: D) -> Result<(), D::Error> {
        node.deserialize_any(self)
    }
}

macro_rules! scalars {
    ($($visit:ident: $kind:ty),*) => {
        $(fn $visit<E: Error>(self, _: $kind) -> Result<(), E> {
            self.push(Kind::Scalar, size_of::<$kind>())
        })*
    };
}

impl<'de> Visitor<'de> for &mut Survey<'_> {
    type Value = ();

    scalars!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_i128: i128, visit_u128: u128, visit_f64: f64);

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.push(Kind::Scalar, text.len())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.push(Kind::Null, 0)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.push(Kind::Null, 0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let id = self.enter(Kind::List)?;
        loop {
            if self.marks.is_some() {
                match list.next_element_seed(Probe(0)) {
                    Ok(Some(())) => return Err(A::Error::custom("no place")),
                    Ok(None) => break,
                    Err(error) => self.mark(error, id)?,
                }
            }
            if list.next_element_seed(&mut *self)?.is_none() {
                break;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let id = self.enter(Kind::Map)?;
        let mut keys: Vec<(Cow<'de, str>, u32)> = Vec::new();
        loop {
            if self.marks.is_some() {
                match map.next_key_seed(Probe(0)) {
                    Ok(Some(())) => return Err(A::Error::custom("no place")),
                    Ok(None) => break,
                    Err(error) => self.mark(error, id)?,
                }
            }
            let Some(key) = map.next_key_seed(KeySeed(&mut *self))? else {
                break;
            };
            keys.extend(key);
            if self.marks.is_some() {
                match map.next_value_seed(Probe(0)) {
                    Ok(()) => return Err(A::Error::custom("no place")),
                    Err(error) => self.mark(error, id)?,
                }
            }
            map.next_value_seed(&mut *self)?;
        }
        self.depth -= 1;
        // Stable, so the first of equal keys stays first.
        keys.sort_by(|(a, _), (b, _)| a.cmp(b));
        for equal in keys.chunk_by(|(a, _), (b, _)| a == b) {
            let Some(((key, first), again)) = equal.split_first() else {
                continue;
            };
            for (_, again) in again {
                if self.twice.len() < MOST_FLAWS {
                    self.twice.push(Twice { key: key.to_string(), first: *first, again: *again });
                }
            }
        }
        Ok(())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, node: A) -> Result<(), A::Error> {
        let (tag, content) = node.variant::<String>()?;
        let id = self.next();
        self.flaw(tag_refused(id, &tag));
        content.newtype_variant_seed(self)
    }
}

fn tag_refused(id: u32, tag: &str) -> Flaw {
    Flaw::new(
        "tag",
        At::Node(id),
        format!("the tag `!{}` is not supported", syntax::short(tag.trim_start_matches('!'))),
    )
    .help(format!(
        "remove the tag, or put the text in quotes if the `!` belongs to it: `\"!{}\"`",
        syntax::short(tag.trim_start_matches('!'))
    ))
}

/// Reads a key: its text and number, or `None` where it was refused.
struct KeySeed<'s, 'l>(&'s mut Survey<'l>);

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_> {
    type Value = Option<(Cow<'de, str>, u32)>;

    fn deserialize<D: Deserializer<'de>>(self, node: D) -> Result<Self::Value, D::Error> {
        // As an enum, because that alone shows tags, keeps the exact text, and refuses a list or a map.
        node.deserialize_enum("", &[], self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_, '_> {
    type Value = Option<(Cow<'de, str>, u32)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, node: A) -> Result<Self::Value, A::Error> {
        let id = self.0.next();
        let (key, content) = node.variant_seed(KeyText)?;
        let text = match key {
            Written::Text(text) => text,
            Written::Null => {
                self.0.push(Kind::Key, 0)?;
                self.0.flaw(
                    Flaw::new("no-key", At::Node(id), "the key is missing before `:`")
                        .help("write `name: value`, or put the key in quotes if it is called `null` or `~`"),
                );
                return Ok(None);
            }
            Written::Tag(tag) => {
                self.0.push(Kind::Key, 0)?;
                self.0.flaw(tag_refused(id, &tag));
                content.newtype_variant_seed(Skip)?;
                return Ok(None);
            }
        };
        self.0.push(Kind::Key, text.len())?;
        if text == "<<" {
            self.0.flaw(
                Flaw::new("merge-key", At::Node(id), "`<<` does not merge maps here")
                    .help("write the keys out, or use an alias for the whole map: `name: *other`"),
            );
        }
        Ok(Some((text, id)))
    }
}

/// Skips the content of a tagged key, which may be of any kind.
struct Skip;

impl<'de> DeserializeSeed<'de> for Skip {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, node: D) -> Result<(), D::Error> {
        node.deserialize_ignored_any(IgnoredAny).map(|_| ())
    }
}

enum Written<'de> {
    Text(Cow<'de, str>),
    Null,
    Tag(String),
}

/// The text of a key, told apart from a missing key and from a tag by which visit it is given through.
struct KeyText;

impl<'de> DeserializeSeed<'de> for KeyText {
    type Value = Written<'de>;

    fn deserialize<D: Deserializer<'de>>(self, node: D) -> Result<Written<'de>, D::Error> {
        node.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for KeyText {
    type Value = Written<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_none<E: Error>(self) -> Result<Written<'de>, E> {
        Ok(Written::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, node: D) -> Result<Written<'de>, D::Error> {
        node.deserialize_str(ExactText).map(Written::Text)
    }

    fn visit_str<E: Error>(self, tag: &str) -> Result<Written<'de>, E> {
        Ok(Written::Tag(tag.to_owned()))
    }
}

/// The text of a scalar as it was typed.
pub(super) struct ExactText;

impl<'de> Visitor<'de> for ExactText {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str, limits: &Limits) -> Vec<Flaw> {
        check(text, limits).expect_err("the document is refused")
    }

    fn code(text: &str) -> &'static str {
        refused(text, &Limits::default())[0].code
    }

    /// Each of these hangs, exhausts memory or is silently misread without the guard. There is no clock in this test: it
    /// passes by finishing.
    #[test]
    fn hostile_documents_are_refused() {
        let many = 100_000;
        let tags: String = (0..many).map(|n| format!("%TAG !a{n}! x\n")).collect();
        let laughs: String =
            (1..9).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9))).collect();
        for (document, expected) in [
            ("[".repeat(many), "too-deep"),
            ("[".repeat(1_000_000), "too-deep"),
            ("[\n".repeat(many), "too-deep"),
            ("{a: ".repeat(many), "too-deep"),
            ("{\"}\": ".repeat(many), "too-deep"),
            ("{'}': ".repeat(many), "too-deep"),
            ("{'it''s }': ".repeat(many), "too-deep"),
            ("{a: #}\n".repeat(many), "too-deep"),
            ("{a: b #}\n, c: ".repeat(many), "too-deep"),
            ("{\"\\\"}\": ".repeat(many), "too-deep"),
            ("{a: #}\u{2028}".repeat(many), "too-deep"),
            ("{!<}> a: ".repeat(many), "too-deep"),
            (format!("a: x\n  [ \"\nb: {}", "{a: ".repeat(many)), "too-deep"),
            (format!("a: |\n  '\nb: {}", "{a: ".repeat(many)), "too-deep"),
            (format!("a: &b {}", "{a: ".repeat(many)), "too-deep"),
            ("- ".repeat(many), "too-deep"),
            ((0..1_000).map(|n| " ".repeat(n) + "a:\n").collect(), "too-deep"),
            ("? ".repeat(many), "key-not-text"),
            (format!("{tags}---\na: 1\n"), "tag"),
            (format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(10_000), "*a,".repeat(10_000)), "too-many-values"),
            (format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(1 << 20), "*a,".repeat(2_000)), "too-many-values"),
            (format!("a0: &a0 [x, x]\n{laughs}"), "too-many-values"),
            ("a: &a [*a, *a]".to_owned(), "too-deep"),
            (format!("a: {}", "x".repeat(50 << 20)), "too-large"),
            ("a: 1\na: 2\n".to_owned(), "key-twice"),
            ("a: &a {b: 1}\nc: {<<: *a}\n".to_owned(), "merge-key"),
            ("a: \0\n".to_owned(), "syntax"),
            ("a: *b\n".to_owned(), "unknown-alias"),
            ("--- a\n".repeat(many), "second-document"),
        ] {
            let limits = Limits { values: 200_000, ..Limits::default() };
            let flaws = refused(&document, &limits);
            let start: String = document.chars().take(30).collect();
            assert_eq!(flaws[0].code, expected, "{start}");
            // Neither may looking for its places hang.
            let _ = Places::locate(&document, &limits);
        }
    }

    #[test]
    fn what_yaml_allows_and_we_do_not() {
        for (text, expected) in [
            ("", "empty"),
            ("# nothing\n\n", "empty"),
            ("---\n...\n", "empty"),
            ("~", "empty"),
            ("a: 1\n---\nb: 2\n", "second-document"),
            ("a: 1\n...\nb: 2\n", "second-document"),
            ("a: !foo 1\n", "tag"),
            ("a: !foo {b: 1}\n", "tag"),
            ("!foo a: 1\n", "tag"),
            ("a: ! 1\n", "tag"),
            ("~: 1\n", "no-key"),
            ("{~: 1}\n", "no-key"),
            ("? [a]\n: 1\n", "key-not-text"),
            ("{a: 1}: 2\n", "key-not-text"),
            ("a: !!int x\n", "syntax"),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
        for text in [
            "%YAML 1.2\n---\na: 1\n",
            "a: !!str 1\n",
            "a: 1\n...\n# end\n",
            "2026: 1\n",
            "'~': 1\n",
            "name: R&D\nother: R&D\n",
            "note: \"&a and &a\"\n",
        ] {
            assert!(check(text, &Limits::default()).is_ok(), "{text}");
        }
    }

    #[test]
    fn every_key_given_twice_is_reported() {
        let flaws = refused("a: 1\nb: {c: 1, d: 2, c: 3, \"c\": 4}\na: 2\n", &Limits::default());
        let told: Vec<(At, &str, Option<&str>)> =
            flaws.iter().map(|flaw| (flaw.at, flaw.message.as_str(), flaw.help.as_deref())).collect();
        let help = |line| match line {
            1 => Some("keep one of the two; the first is on line 1"),
            _ => Some("keep one of the two; the first is on line 2"),
        };
        assert_eq!(
            told,
            [
                (At::Node(9), "`c` is given twice", help(2)),
                (At::Node(11), "`c` is given twice", help(2)),
                (At::Node(13), "`a` is given twice", help(1)),
            ]
        );
    }

    /// The deserialiser reads `*a` below as 4.
    #[test]
    fn an_anchor_defined_twice_is_refused() {
        let text = "[&a 1, &b 2, &a 3, &c 4, *a]";
        assert_eq!(code(text), "anchor-twice");
        let read: Vec<u8> = serde_yaml::from_str(text).unwrap();
        assert_eq!(read[4], 4, "yaml_serde is right now: allow it");
        // What an alias repeats is no second definition.
        assert!(check("a: &a [&b 1]\nc: [*a, *a, *b]\n", &Limits::default()).is_ok());
    }

    #[test]
    fn limits_can_be_raised_and_lowered() {
        let deep = format!("a: {}{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(code(&deep), "too-deep");
        let raised = Limits { nesting: 101, ..Limits::default() };
        assert!(check(&deep, &raised).is_ok());
        let block = "- ".repeat(100) + "a";
        assert_eq!(code(&block), "too-deep");
        assert!(check(&block, &raised).is_ok());
        // Beyond what the deserialiser reads.
        let raised = Limits { nesting: usize::MAX, ..Limits::default() };
        assert_eq!(refused(&"- ".repeat(200), &raised)[0].code, "too-deep");

        let limits = |bytes, values, text| Limits { bytes, nesting: 64, values, text };
        let small = "a: [b, c]\n";
        assert!(check(small, &limits(10, 5, 3)).is_ok());
        assert_eq!(refused(small, &limits(9, 5, 3))[0].code, "too-large");
        assert_eq!(refused(small, &limits(10, 4, 3))[0].code, "too-many-values");
        assert_eq!(refused(small, &limits(10, 5, 2))[0].code, "too-many-values");
    }

    #[test]
    fn brackets_in_text_do_not_count() {
        let lines: String = (0..1_000).map(|n| format!("# from [{n}, 5)\nn{n}: from [0, 5) it's # [ \"\n")).collect();
        assert_eq!(brackets::too_many(lines.as_bytes(), 4), None);
        let lines = "- {name: \"[0, 5)\", note: '{{', ratio: a } # [\n".repeat(1_000);
        assert_eq!(brackets::too_many(lines.as_bytes(), 4), None);
    }

    /// How deep brackets stand in brackets as the scanner sees them, up to an error.
    fn depth_of_brackets(text: &str) -> usize {
        let limits = Limits::default();
        let mut survey = Survey::new(&limits, true);
        let _ = survey.run(text);
        let ruler = Ruler::new(text);
        let mut depths: Vec<usize> = Vec::new();
        for (id, mark) in survey.marks.unwrap().iter().enumerate() {
            let bracket = matches!(survey.kinds.get(id), Some(Kind::List | Kind::Map))
                && id > 0
                && ruler.begins_with_bracket(mark);
            let outer = depths.get(mark.parent as usize).copied().unwrap_or(0);
            depths.push(outer + usize::from(bracket));
        }
        depths.into_iter().max().unwrap_or(0)
    }

    /// Where the bound lets a document pass, the scanner never sees brackets nested deeper.
    #[test]
    fn the_bound_on_brackets_is_never_too_low() {
        let mut random = 1_u64;
        let mut draw = |below: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % below
        };
        // Without `? `: of `[? ]` the parser loses the bracket, and counts one level more than the scanner.
        let pieces = [
            "[", "{", "[a, ", "{a: ", "{\"", "]", "}", "\"", "'", ", ", " ", " #", "#", "\n", "\n  ", "a", "\\", "&a ",
            "!!a ", ": ", ":", "- ", "k: ", "\nk: ", "\n- ", "|\n  ", "\u{2028}", "客",
        ];
        let mut deep = 0;
        for _ in 0..DOCUMENTS {
            // In a list, so that the first bracket has a place of its own.
            let mut text = ["- ", "- [", "- {a: [", "- {\"a\": "][draw(4)].to_owned();
            for _ in 0..draw(20) {
                text.push_str(pieces[draw(pieces.len())]);
            }
            let depth = depth_of_brackets(&text);
            if depth > 0 {
                assert!(brackets::too_many(text.as_bytes(), depth - 1).is_some(), "{depth} {text:?}");
            }
            deep += usize::from(depth > 2);
        }
        assert!(deep > DOCUMENTS / 500, "{deep} documents were deep enough to tell");
    }

    const DOCUMENTS: usize = 50_000;
}
