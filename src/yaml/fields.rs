//! Reading maps, lists and scalars of a document into plain data, noting every flaw and going on.

use super::flaw::{At, Flaw};
use super::node::{Key, Node, Value};
use super::scalars;
use crate::amount::Amount;
use crate::model::Formula;
use crate::problem::did_you_mean;
use rust_decimal::Decimal;
use std::ops::Range;

/// The flaws found so far, and the addresses whose values could not be read and stand for nothing.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) flaws: Vec<Flaw>,
    /// Addresses of what could not be read: whatever seems wrong there later is only a consequence.
    pub(super) unreadable: Vec<String>,
}

/// What was written, as an error message names it.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::Null => "nothing".to_owned(),
        Value::Text(text) => format!("`{}`", shortened(text)),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a map".to_owned(),
    }
}

/// A text short enough for a message.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

impl Reading {
    pub(super) fn flaw(&mut self, flaw: Flaw, at: &str) {
        self.flaws.push(flaw);
        self.unreadable.push(at.to_owned());
    }

    fn expected(&mut self, node: &Node, at: &str, what: &str, help: &str) {
        let message = format!("{what} is expected here, not {}", shown(node));
        self.flaw(Flaw::new("yaml.kind", At::Node(node.id), message).help(help), at);
    }

    /// Reports a value that is well written but makes no sense where it stands.
    pub(super) fn refuse(&mut self, node: &Node, at: &str, message: &str, help: &str) {
        self.flaw(Flaw::new("yaml.meaning", At::Node(node.id), message).help(help), at);
    }

    /// Reports a key that is not one of those known here.
    pub(super) fn unknown_key<'w>(&mut self, key: &Key, at: &str, known: impl Iterator<Item = &'w str> + Clone) {
        let help = match did_you_mean(&key.text, known.clone()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("known here: {}", listed(known)),
        };
        let message = format!("`{}` is not a key here", shortened(&key.text));
        self.flaw(Flaw::new("yaml.unknown_key", At::Node(key.id), message).help(help), at);
    }

    /// The entries of a map; an empty value is an empty map.
    pub(super) fn map<'n>(&mut self, node: &'n Node, at: &str, help: &str) -> &'n [(Key, Node)] {
        match &node.value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            _ => {
                self.expected(node, at, "a map of keys and values", help);
                &[]
            }
        }
    }

    /// The fields of a map with known keys.
    pub(super) fn fields<'n>(&mut self, node: &'n Node, at: &str, help: &str) -> Fields<'n> {
        let entries = self.map(node, at, help);
        Fields { entries, used: vec![false; entries.len()], known: Vec::new(), at: at.to_owned() }
    }

    /// The entries of a list; an empty value is an empty list.
    pub(super) fn list<'n>(&mut self, node: &'n Node, at: &str, help: &str) -> &'n [Node] {
        match &node.value {
            Value::List(entries) => entries,
            Value::Null => &[],
            _ => {
                self.expected(node, at, "a list", help);
                &[]
            }
        }
    }

    /// A text; numbers and words alike.
    pub(super) fn text(&mut self, node: &Node, at: &str) -> Option<String> {
        match &node.value {
            Value::Text(text) => Some(text.to_string()),
            Value::Null => None,
            _ => {
                self.expected(node, at, "a text", "write the text on the line of its key");
                None
            }
        }
    }

    /// One of the words that are known here.
    pub(super) fn choice<T: Copy>(&mut self, node: &Node, at: &str, known: &[(&'static str, T)]) -> Option<T> {
        let words = || known.iter().map(|(word, _)| *word);
        let text = match &node.value {
            Value::Text(text) => text,
            _ => {
                self.expected(node, at, "a word", &format!("write one of {}", listed(words())));
                return None;
            }
        };
        if let Some((_, choice)) = known.iter().find(|(word, _)| **word == **text) {
            return Some(*choice);
        }
        let help = match did_you_mean(text, words()) {
            Some(nearest) => format!("did you mean `{nearest}`? known here: {}", listed(words())),
            None => format!("write one of {}", listed(words())),
        };
        let message = format!("`{}` is not known here", shortened(text));
        self.flaw(Flaw::new("yaml.choice", At::Node(node.id), message).help(help), at);
        None
    }

    /// Yes or no.
    pub(super) fn truth(&mut self, node: &Node, at: &str) -> Option<bool> {
        self.choice(node, at, &[("true", true), ("false", false)])
    }

    /// A number, exactly as typed.
    pub(super) fn number(&mut self, node: &Node, at: &str) -> Option<Decimal> {
        match &node.value {
            Value::Text(text) => match scalars::number(text) {
                Ok(number) => Some(number),
                Err(scalars::NotANumber { message, help }) => {
                    let message = shortened(&message);
                    self.flaw(Flaw::new("yaml.number", At::Node(node.id), message).help(help), at);
                    None
                }
            },
            _ => {
                self.expected(node, at, "a number", "write a number, as in `12_500` or `8%`");
                None
            }
        }
    }

    /// A whole number that fits `T`.
    pub(super) fn whole<T: TryFrom<Decimal>>(&mut self, node: &Node, at: &str, help: &str) -> Option<T> {
        let number = self.number(node, at)?;
        let whole = T::try_from(number).ok().filter(|_| number.is_integer());
        if whole.is_none() {
            let message = format!("{number} is not a whole number in range");
            self.flaw(Flaw::new("yaml.whole", At::Node(node.id), message).help(help), at);
        }
        whole
    }

    /// A list of numbers. A number that cannot be read stands as 0, so that the length stays right.
    pub(super) fn numbers(&mut self, node: &Node, at: &str, help: &str) -> Vec<Decimal> {
        let entries = self.list(node, at, help).iter().enumerate();
        entries.map(|(position, entry)| self.number(entry, &format!("{at}.{position}")).unwrap_or_default()).collect()
    }

    /// An amount: a number, a list, `{first, growth}` or a formula. One that cannot be read stands as 0.
    pub(super) fn amount(&mut self, node: &Node, at: &str) -> Amount {
        const HELP: &str =
            "write a number, a list with one entry a year, `{first: 100, growth: 3%}`, or a formula after `=`";
        match &node.value {
            Value::Text(text) if text.trim_start().starts_with('=') => match Formula::parse(text) {
                Ok(formula) => Amount::Formula(formula),
                Err(error) => {
                    let mut flaw = Flaw::new("formula", part_of(node, text, &error.span), error.to_string());
                    flaw.help = error.help();
                    self.flaw(flaw, at);
                    Amount::Constant(Decimal::ZERO)
                }
            },
            Value::Text(_) => Amount::Constant(self.number(node, at).unwrap_or_default()),
            Value::List(_) => Amount::PerYear(self.numbers(node, at, HELP)),
            Value::Map(_) => {
                let mut fields = self.fields(node, at, HELP);
                let first = fields.number(self, "first");
                let growth = fields.number(self, "growth");
                fields.finish(self);
                if first.is_none() || growth.is_none() {
                    if !self.unreadable.iter().any(|address| address.starts_with(at)) {
                        self.expected(node, at, "both `first` and `growth`", HELP);
                    }
                    return Amount::Constant(Decimal::ZERO);
                }
                Amount::Growing { first: first.unwrap_or_default(), growth: growth.unwrap_or_default() }
            }
            Value::Null => {
                self.expected(node, at, "an amount", HELP);
                Amount::Constant(Decimal::ZERO)
            }
        }
    }
}

/// Some bytes of a scalar, as the characters that a diagnostic counts.
pub(super) fn part_of(node: &Node, text: &str, span: &Range<usize>) -> At {
    let count = |text: Option<&str>| u32::try_from(text.unwrap_or_default().chars().count()).unwrap_or(u32::MAX);
    At::Part { node: node.id, start: count(text.get(..span.start)), width: count(text.get(span.clone())) }
}

pub(super) fn listed<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// A map with known keys; what is left unread at the end is reported.
pub(super) struct Fields<'n> {
    entries: &'n [(Key, Node)],
    used: Vec<bool>,
    known: Vec<&'static str>,
    at: String,
}

impl<'n> Fields<'n> {
    /// The value of a key, where it is given and not empty.
    pub(super) fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        let position = self.entries.iter().position(|(known, _)| *known.text == *key)?;
        if let Some(used) = self.used.get_mut(position) {
            *used = true;
        }
        self.entries.get(position).map(|(_, node)| node).filter(|node| !matches!(node.value, Value::Null))
    }

    /// Whether a key is given at all, even without a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(known, _)| *known.text == *key)
    }

    /// The value of a key that is understood only to say what to write instead; it is not suggested to anybody.
    pub(super) fn not_here(&mut self, key: &str) -> Option<&'n Node> {
        let position = self.entries.iter().position(|(known, _)| *known.text == *key)?;
        if let Some(used) = self.used.get_mut(position) {
            *used = true;
        }
        self.entries.get(position).map(|(_, node)| node)
    }

    pub(super) fn at(&self, key: &str) -> String {
        if self.at.is_empty() { key.to_owned() } else { format!("{}.{key}", self.at) }
    }

    pub(super) fn text(&mut self, reading: &mut Reading, key: &'static str) -> Option<String> {
        let node = self.get(key)?;
        reading.text(node, &self.at(key))
    }

    pub(super) fn number(&mut self, reading: &mut Reading, key: &'static str) -> Option<Decimal> {
        let node = self.get(key)?;
        reading.number(node, &self.at(key))
    }

    pub(super) fn amount(&mut self, reading: &mut Reading, key: &'static str) -> Option<Amount> {
        let node = self.get(key)?;
        Some(reading.amount(node, &self.at(key)))
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        reading: &mut Reading,
        key: &'static str,
        known: &[(&'static str, T)],
    ) -> Option<T> {
        let node = self.get(key)?;
        reading.choice(node, &self.at(key), known)
    }

    pub(super) fn truth(&mut self, reading: &mut Reading, key: &'static str) -> Option<bool> {
        let node = self.get(key)?;
        reading.truth(node, &self.at(key))
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(self, reading: &mut Reading) {
        for ((key, node), used) in self.entries.iter().zip(&self.used) {
            if *used {
                continue;
            }
            let at = self.at(&key.text);
            // `{annual: = max(a, b)}` ends the value at the comma and makes a key of the rest
            if matches!(node.value, Value::Null) && key.text.contains([')', ']']) {
                let message = "a formula between braces ends at its first comma";
                let help = "put the formula in quotes, as in `\"= max(a, b)\"`, or on a line of its own";
                reading.flaw(Flaw::new("yaml.formula_cut_off", At::Node(key.id), message).help(help), &at);
            } else {
                reading.unknown_key(key, &at, self.known.iter().copied());
            }
        }
    }
}
