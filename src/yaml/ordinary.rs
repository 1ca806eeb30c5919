//! The short way through an ordinary document: text and kind of every node in one pass.
//!
//! The careful way reads a document twice, first to count and to learn the kinds, then for the exact text. A document
//! without anchors and tags can have both at once: asked for an enum, the deserialiser looks at a node before it reads it,
//! hands over a scalar, and refuses a list or a map without touching it, so that the same node can be asked for again.
//! Whatever is out of the ordinary (an error, a key given twice, a merge key) gives up here; the careful way then says
//! what it is. The tests compare the two.

use super::guard::{ExactText, Limits};
use super::node::{Key, Node, Value};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The document, or nothing where the careful way has to look at it.
pub(super) fn read<'t>(body: &'t str, limits: &Limits) -> Option<Node<'t>> {
    // without an anchor there is no alias, and so nothing that expands beyond the document; without `!` there is no tag
    if body.contains(['&', '!']) || body.len() > limits.text {
        return None;
    }
    let mut reader = Reader { next: 0, depth: 0, limits };
    reader.deserialize(serde_yaml::Deserializer::from_str(body)).ok()
}

struct Reader<'l> {
    next: u32,
    depth: usize,
    limits: &'l Limits,
}

impl Reader<'_> {
    fn take<E: Error>(&mut self) -> Result<u32, E> {
        let id = self.next;
        self.next += 1;
        if usize::try_from(id).is_ok_and(|id| id < self.limits.values) { Ok(id) } else { Err(E::custom("too many")) }
    }

    fn deeper<E: Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        if self.depth <= self.limits.nesting { Ok(()) } else { Err(E::custom("too deep")) }
    }

    /// The scalar that an access hands over, or the list or map it hands over when asked again.
    fn node<'t, E: Error>(
        &mut self,
        scalar: Result<Value<'t>, E>,
        again: impl FnOnce(&mut Self) -> Result<Node<'t>, E>,
    ) -> Result<Node<'t>, E> {
        match scalar {
            Ok(value) => Ok(Node { id: self.take()?, value }),
            Err(_) => again(self),
        }
    }
}

/// A list or a map.
impl<'de> DeserializeSeed<'de> for &mut Reader<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, node: D) -> Result<Node<'de>, D::Error> {
        let id = self.take()?;
        Ok(Node { id, value: node.deserialize_any(self)? })
    }
}

impl<'de> Visitor<'de> for &mut Reader<'_> {
    type Value = Value<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list or a map")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value<'de>, A::Error> {
        self.deeper()?;
        let mut nodes = Vec::new();
        loop {
            let scalar = match list.next_element_seed(Scalar) {
                Ok(None) => break,
                Ok(Some(value)) => Ok(value),
                Err(error) => Err(error),
            };
            let missing = || A::Error::custom("a value that was there is gone");
            nodes.push(self.node(scalar, |reader| list.next_element_seed(reader)?.ok_or_else(missing))?);
        }
        self.depth -= 1;
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        self.deeper()?;
        let mut entries: Vec<(Key<'de>, Node<'de>)> = Vec::new();
        while let Some(key) = map.next_key_seed(Scalar)? {
            let Value::Text(text) = key else { return Err(A::Error::custom("a missing key")) };
            if *text == *"<<" {
                return Err(A::Error::custom("a merge key"));
            }
            let key = Key { id: self.take()?, text };
            let scalar = map.next_value_seed(Scalar);
            let node = self.node(scalar, |reader| map.next_value_seed(reader))?;
            entries.push((key, node));
        }
        if has_twins(&entries) {
            return Err(A::Error::custom("a key given twice"));
        }
        self.depth -= 1;
        Ok(Value::Map(entries))
    }
}

fn has_twins(entries: &[(Key, Node)]) -> bool {
    const FEW: usize = 8;
    if entries.len() <= FEW {
        let twin = |(position, (key, _)): (usize, &(Key, Node))| {
            entries.iter().skip(position + 1).any(|(other, _)| other.text == key.text)
        };
        return entries.iter().enumerate().any(twin);
    }
    let mut keys: Vec<&str> = entries.iter().map(|(key, _)| &*key.text).collect();
    keys.sort_unstable();
    keys.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

/// A scalar, exactly as typed, or an error that has not touched the node.
struct Scalar;

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, node: D) -> Result<Value<'de>, D::Error> {
        node.deserialize_enum("", &[], self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Value<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a scalar")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, scalar: A) -> Result<Value<'de>, A::Error> {
        scalar.variant_seed(Text).map(|(value, _)| value)
    }
}

struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, scalar: D) -> Result<Value<'de>, D::Error> {
        scalar.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Value<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a scalar")
    }

    fn visit_none<E: Error>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, scalar: D) -> Result<Value<'de>, D::Error> {
        Ok(Value::Text(scalar.deserialize_str(ExactText)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::node;

    #[test]
    fn the_short_way_and_the_careful_way_read_the_same() {
        let documents = [
            include_str!("../../examples/meridian.yaml"),
            include_str!("../../examples/huaxing.yaml"),
            include_str!("../../examples/three_vendors.yaml"),
            "a: 1\nb: [1.10, '~', ~, null, \"null\", , 0x1F]\nc: {d: {}, e: [], f: , g: [[], {}]}\n",
            "a:\n  - - 1\n    - {b: |\n        x\n",
            "- a\n- ~\n-\n- {}\n",
            "? a\n: b\n",
            "a: |\n  two\n  lines\nb: >-\n  folded\n  text\nc: 'it''s'\nd: \"\\u4e2d\"\n",
        ];
        let mut read_shortly = 0;
        for document in documents {
            let short = read(document, &Limits::default());
            let careful = node::read_carefully(document, &Limits::default());
            if let Some(short) = short {
                assert_eq!(Ok(short), careful, "{document}");
                read_shortly += 1;
            }
        }
        assert!(read_shortly >= 6, "{read_shortly}");
    }

    #[test]
    fn whatever_is_out_of_the_ordinary_is_left_to_the_careful_way() {
        for document in [
            "a: &x 1\nb: *x\n",
            "a: !foo 1\n",
            "a: 1\na: 2\n",
            "<<: {a: 1}\n",
            "? [a]\n: 1\n",
            "a: 1\n---\nb: 2\n",
            "a: [1\n",
            "~: 1\n",
            "",
            "just text",
        ] {
            assert_eq!(read(document, &Limits::default()), None, "{document}");
        }
        let nested = format!("a: {}{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(read(&nested, &Limits { nesting: 20, ..Limits::default() }), None);
        assert_eq!(read("a: [1, 2, 3]", &Limits { values: 3, ..Limits::default() }), None);
    }
}
