//! The document as a tree in which every value is still the text that was typed.
//!
//! `0.1`, `1.10`, `120_000`, `8%` and 28 digits arrive as written because no value is ever read as a number. The
//! deserialiser gives the exact text only to those who ask for text, and asking a list for text loses its place, so the
//! kinds that the guard recorded say beforehand what to ask for.

use super::flaw::Flaw;
use super::guard::{self, ExactText, Kind, Limits};
use super::{ordinary, syntax};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A value of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node<'t> {
    /// Its number in document order. Keys have numbers too, and what an alias repeats is numbered again.
    pub id: u32,
    pub value: Value<'t>,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value<'t> {
    /// Nothing, `~` or `null`, without quotes.
    Null,
    /// Any other scalar, as typed; of quoted and block texts the content.
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    /// In the order of the document, each key once.
    Map(Vec<(Key<'t>, Node<'t>)>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key<'t> {
    pub id: u32,
    pub text: Cow<'t, str>,
}

/// Reads a document.
///
/// # Errors
///
/// One flaw where the text is no YAML, is empty or exceeds `limits`; otherwise all keys given twice and all other uses of
/// YAML that documents of this crate do not have: merge keys, tags, missing keys, anchors defined twice.
pub(crate) fn read<'t>(text: &'t str, limits: &Limits) -> Result<Node<'t>, Vec<Flaw>> {
    guard::outside(text, limits).map_err(|flaw| vec![flaw])?;
    match ordinary::read(guard::body(text), limits) {
        Some(root) => Ok(root),
        None => read_carefully(text, limits),
    }
}

/// Reads a document twice: once to count what it holds and learn the kinds of its nodes, once for their text.
pub(super) fn read_carefully<'t>(text: &'t str, limits: &Limits) -> Result<Node<'t>, Vec<Flaw>> {
    let kinds = guard::check(text, limits)?;
    let body = guard::body(text);
    let mut reader = Reader { kinds: &kinds, next: 0 };
    reader.deserialize(serde_yaml::Deserializer::from_str(body)).map_err(|error| vec![syntax::explain(&error, body)])
}

/// A cursor over the recorded kinds.
struct Reader<'k> {
    kinds: &'k [Kind],
    next: u32,
}

impl Reader<'_> {
    fn kind(&self) -> Option<Kind> {
        self.kinds.get(self.next as usize).copied()
    }

    fn take(&mut self) -> u32 {
        let id = self.next;
        self.next += 1;
        id
    }
}

impl<'de> DeserializeSeed<'de> for &mut Reader<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, node: D) -> Result<Node<'de>, D::Error> {
        let kind = self.kind();
        let id = self.take();
        let value = match kind {
            Some(Kind::Null) => node.deserialize_ignored_any(IgnoredAny).map(|_| Value::Null)?,
            Some(Kind::Scalar) => Value::Text(node.deserialize_str(ExactText)?),
            Some(Kind::List) => node.deserialize_seq(self)?,
            Some(Kind::Map) => node.deserialize_map(self)?,
            Some(Kind::Key) | None => {
                return Err(D::Error::custom("the document reads differently the second time"));
            }
        };
        Ok(Node { id, value })
    }
}

impl<'de> Visitor<'de> for &mut Reader<'_> {
    type Value = Value<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value<'de>, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element_seed(&mut *self)? {
            nodes.push(node);
        }
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(text) = map.next_key_seed(KeySeed)? {
            let key = Key { id: self.take(), text };
            entries.push((key, map.next_value_seed(&mut *self)?));
        }
        Ok(Value::Map(entries))
    }
}

struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, node: D) -> Result<Cow<'de, str>, D::Error> {
        node.deserialize_str(ExactText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::diagnostic::Diagnostics;
    use crate::yaml::flaw::At;
    use crate::yaml::place::Places;

    fn document(text: &str) -> Node<'_> {
        read(text, &Limits::default()).unwrap_or_else(|flaws| panic!("{text}: {flaws:?}"))
    }

    fn entry<'n>(node: &'n Node<'n>, key: &str) -> &'n Value<'n> {
        let Value::Map(entries) = &node.value else { panic!("{node:?}") };
        let (_, node) = entries.iter().find(|(k, _)| &*k.text == key).unwrap();
        &node.value
    }

    fn text(text: &str) -> Value<'_> {
        Value::Text(text.into())
    }

    #[test]
    fn values_arrive_as_typed() {
        for typed in [
            "0",
            "-0",
            "-0.00",
            "+5",
            "017",
            "0.1",
            "1.10",
            ".5",
            "5.",
            "1e3",
            "1E-3",
            "120_000",
            "1_150.50",
            "8%",
            "0.5 %",
            "1,000",
            "0x1F",
            "0o17",
            "0b11",
            ".nan",
            ".inf",
            "-.Inf",
            "true",
            "FALSE",
            "yes",
            "no",
            "on",
            "2026-01-14",
            "12:30:00",
            "nulls",
            "none",
            "1234567890.123456789012345678",
            "79228162514264337593543950336",
            "340282366920938463463374607431768211456",
            "0.1234567890123456789012345678901234",
            "= seats * seat_price",
            "= a + b # no",
            "€5",
            "客户",
            "it's",
            "a\"b",
            "a:b",
            "-x",
            "?x",
        ] {
            let plain = typed.split(" #").next().unwrap();
            assert_eq!(*entry(&document(&format!("a: {typed}\n")), "a"), text(plain));
            // The scanner takes `?` within brackets for the sign of a key.
            if !typed.contains([',', '?']) {
                let flow = format!("a: [{typed}\n]\n");
                let flow = document(&flow);
                let Value::List(list) = entry(&flow, "a") else { panic!() };
                assert_eq!(list[0].value, text(plain));
            }
            assert_eq!(entry(&document(&format!("{plain}: x\n")), plain), &text("x"));
        }
    }

    #[test]
    fn only_a_plain_null_is_null() {
        for null in ["", "~", "null", "Null", "NULL", "!!null null", "# comment"] {
            assert_eq!(*entry(&document(&format!("a: {null}\nb: 1\n")), "a"), Value::Null, "{null}");
        }
        for (written, read) in [
            ("'null'", "null"),
            ("\"~\"", "~"),
            ("''", ""),
            ("\"\"", ""),
            ("nULL", "nULL"),
            ("!!str null", "null"),
            ("!!str", ""),
            ("|\n  ~", "~\n"),
            ("|-\n  null", "null"),
        ] {
            assert_eq!(*entry(&document(&format!("a: {written}\nb: 1\n")), "a"), text(read), "{written}");
        }
    }

    #[test]
    fn nodes_are_numbered_in_the_order_of_the_document() {
        let node = document("a: &x [1, {b: }]\nc: *x\n");
        let Value::Map(entries) = &node.value else { panic!() };
        let mut ids = vec![node.id];
        fn list(node: &Node, ids: &mut Vec<u32>) {
            ids.push(node.id);
            match &node.value {
                Value::List(nodes) => nodes.iter().for_each(|node| list(node, ids)),
                Value::Map(entries) => {
                    for (key, node) in entries {
                        ids.push(key.id);
                        list(node, ids);
                    }
                }
                _ => {}
            }
        }
        for (key, node) in entries {
            ids.push(key.id);
            list(node, &mut ids);
        }
        assert_eq!(ids, (0..13).collect::<Vec<u32>>());
        assert_eq!(entry(&node, "c"), {
            let Value::List(_) = entry(&node, "c") else { panic!() };
            &entries[1].1.value
        });
    }

    #[test]
    fn line_ends_and_byte_order_mark_change_nothing() {
        let unix = "a: 1\nb:\n  - x\n  - |\n    two\n    lines\nc: {d: 'e'}\n";
        let plain = document(unix);
        assert_eq!(document(&format!("\u{feff}{unix}")), plain);
        assert_eq!(document(&unix.replace('\n', "\r\n")), plain);
        assert_eq!(document(&unix.replace('\n', "\r")), plain);
    }

    const MODEL: &str = "\
appraise: 1 # layout
title: \"Is it: worth it?\"
organisation: 客户 GmbH
currency: EUR
horizon: {first_year: 2026, years: 5}
discount_rate: 8%
assumptions:
  seats: {value: [120, 160,
    200], unit: users}
  price: &p {value: 960, range: [1, 2]}
  other: *p
scorecard:
  perspectives:
    customer:
      name: 'It''s the customer'
      note: |
        two lines: of [text
        and more

      folded: >-
        one
        line
      objectives:
        - id: loyalty
          weight: 30%
        - id: growth
          weight:
          ? [never
        - - 1
          - 2
costs:
  licences:
    seats: {annual: = seats * price}
  telecom: 0
  \"quoted key\": ~
  & : 3
benefits:
  kept: !tag {kind: revenue}
  kept: {kind: saving,
    annual: 5}
scenarios: {}
";

    /// Nothing makes the reader panic, and whatever has a number has a place.
    fn survives(text: &str) {
        let limits = Limits::default();
        let places = Places::locate(text, &limits);
        match read(text, &limits) {
            Ok(node) => {
                fn last(node: &Node) -> u32 {
                    match &node.value {
                        Value::List(nodes) => nodes.last().map_or(node.id, last),
                        Value::Map(entries) => entries.last().map_or(node.id, |(_, n)| last(n)),
                        _ => node.id,
                    }
                }
                assert_eq!(places.len(), last(&node) as usize + 1, "{text}");
            }
            Err(flaws) => {
                assert!(!flaws.is_empty());
                for flaw in &flaws {
                    if let At::Node(id) = flaw.at {
                        assert!((id as usize) < places.len(), "{text}");
                    }
                }
                let shown = Diagnostics::new("model.yaml", text, &limits, flaws);
                assert!(shown.to_string().contains("model.yaml"));
                for diagnostic in &shown {
                    let lines = text.split(['\n', '\r']).count();
                    assert!(diagnostic.line as usize <= lines, "{text}");
                    let columns = diagnostic.source_line.chars().count() + 1;
                    assert!(diagnostic.column as usize <= columns, "{text}");
                }
            }
        }
    }

    #[test]
    fn garbled_documents_are_refused_and_nothing_worse() {
        let lines: Vec<&str> = MODEL.lines().collect();
        let sound: Vec<&str> = lines
            .iter()
            .copied()
            .filter(|line| !line.contains("never") && !line.contains("& :") && !line.contains("!tag"))
            .collect();
        document(&sound.join("\n"));
        for model in [&lines, &sound] {
            for at in 0..model.len() {
                let with = |new: &[&str]| [&model[..at], new, &model[at + 1..]].concat().join("\n");
                survives(&with(&[]));
                survives(&with(&[model[at], model[at]]));
                for new in [
                    "", "x", ":", "- a", "  - [", "\t", "}", "\"", "'", "# x", "*p", "&p q", "|", "---", "...", "%x",
                    "!a", "? x", "\u{85}", "\u{2028}", "\u{0}", "\u{feff}", "    a: 1",
                ] {
                    survives(&with(&[new]));
                }
            }
            let text = model.join("\n");
            for (cut, _) in text.char_indices() {
                survives(text.get(..cut).unwrap());
            }
        }
    }
}
