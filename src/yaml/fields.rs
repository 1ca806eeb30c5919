//! Reading maps, lists and scalars of a document into plain data, noting every flaw and going on.

use super::flaw::{At, Flaw};
use super::full_width;
use super::node::{Key, Node, Value};
use super::scalars::{self, Advice, NotANumber};
use super::syntax::short;
use crate::amount::Amount;
use crate::model::Formula;
use crate::nearest::did_you_mean;
use crate::period::Period;
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::ops::Range;

/// The flaws found so far, and the addresses whose values could not be read and stand for nothing.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) flaws: Vec<Flaw>,
    /// Addresses of what could not be read: whatever seems wrong there later is only a consequence.
    pub(super) unreadable: Vec<String>,
    /// Keys and texts in what could not be read: whoever misses one of these names misses it as a consequence.
    pub(super) lost: HashSet<Box<str>>,
    /// The cost lines of the plan that is read, as `hardware.database`.
    pub(super) cost_lines: Vec<String>,
}

/// What was written, as an error message names it.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::Null => "nothing".to_owned(),
        Value::Text(text) => format!("`{}`", short(text)),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a map".to_owned(),
    }
}

impl Reading {
    pub(super) fn flaw(&mut self, flaw: Flaw, at: &str) {
        self.flaws.push(flaw);
        self.unreadable.push(at.to_owned());
    }

    pub(super) fn expected(&mut self, node: &Node, at: &str, what: &str, help: &str) {
        self.lose(node);
        let message = format!("{what} is expected here, not {}", shown(node));
        self.flaw(Flaw::new("yaml.kind", At::Node(node.id), message).help(help), at);
    }

    /// Notes the names in a value that nobody will read.
    fn lose(&mut self, node: &Node) {
        match &node.value {
            Value::Null => {}
            Value::Text(text) => {
                self.lost.insert((**text).into());
            }
            Value::List(entries) => entries.iter().for_each(|entry| self.lose(entry)),
            Value::Map(entries) => {
                for (key, value) in entries {
                    self.lost.insert((*key.text).into());
                    self.lose(value);
                }
            }
        }
    }

    /// Reports a value that is well written but makes no sense where it stands.
    pub(super) fn refuse(&mut self, node: &Node, at: &str, message: &str, help: &str) {
        self.flaw(Flaw::new("yaml.meaning", At::Node(node.id), message).help(help), at);
    }

    /// Reports a key that is not one of those known here; `what` says what it is not.
    pub(super) fn unknown_key<'w>(
        &mut self,
        (key, node): (&Key, &Node),
        at: &str,
        what: &str,
        known: impl Iterator<Item = &'w str> + Clone,
    ) {
        self.lose(node);
        if self.full_width(&key.text, key.id, at) {
            return;
        }
        let help = match did_you_mean(&key.text, known.clone()) {
            Some(nearest) => {
                // what is missing under that name is missing for this reason
                self.unreadable.extend(at.strip_suffix(&*key.text).map(|parent| format!("{parent}{nearest}")));
                format!("did you mean `{nearest}`?")
            }
            None => format!("known here: {}", listed(known)),
        };
        let message = format!("`{}` is {what}", short(&key.text));
        self.flaw(Flaw::new("yaml.unknown_key", At::Node(key.id), message).help(help), at);
    }

    /// Reports a `：` or `，` in a text that stands as a key, or where a map or list is expected.
    pub(super) fn full_width(&mut self, text: &str, node: u32, at: &str) -> bool {
        let told = full_width::told(text);
        let is_told = told.is_some();
        if let Some((message, help)) = told {
            // what is missing under that name is missing for this reason
            let parent = at.strip_suffix(text).unwrap_or_default();
            self.unreadable.extend(full_width::key(text).map(|key| format!("{parent}{key}")));
            self.lost.extend(full_width::key(text).map(Into::into));
            self.flaw(Flaw::new("yaml.full_width", At::Node(node), message).help(help), at);
        }
        is_told
    }

    /// The entries of a map; an empty value is an empty map.
    pub(super) fn map<'n>(&mut self, node: &'n Node<'n>, at: &str, help: &str) -> &'n [(Key<'n>, Node<'n>)] {
        match &node.value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            Value::Text(text) if full_width::key(text).is_some() && self.full_width(text, node.id, at) => &[],
            _ => {
                self.expected(node, at, "a map of keys and values", help);
                &[]
            }
        }
    }

    /// The entries of a map that says something by what is in it: an empty one is refused.
    pub(super) fn filled_map<'n>(&mut self, node: &'n Node<'n>, at: &str, help: &str) -> &'n [(Key<'n>, Node<'n>)] {
        let before = self.flaws.len();
        let entries = self.map(node, at, help);
        if entries.is_empty() && self.flaws.len() == before {
            self.refuse_empty(node, at, help);
        }
        entries
    }

    /// Reports a key that nothing stands behind.
    pub(super) fn refuse_empty(&mut self, node: &Node, at: &str, help: &str) {
        let key = at.rsplit('.').next().unwrap_or(at);
        self.refuse(
            node,
            at,
            &format!("`{key}` has nothing in it, and changes nothing"),
            &format!("{help}, or remove it"),
        );
    }

    /// The fields of a map with known keys.
    pub(super) fn fields<'n>(&mut self, node: &'n Node<'n>, at: &str, help: &str) -> Fields<'n> {
        let entries = self.map(node, at, help);
        let (used, flaws) = (vec![false; entries.len()], self.flaws.len());
        Fields { entries, used, known: Vec::new(), at: at.to_owned(), flaws }
    }

    /// The entries of a list; an empty value is an empty list.
    pub(super) fn list<'n>(&mut self, node: &'n Node<'n>, at: &str, help: &str) -> &'n [Node<'n>] {
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
                self.expected(node, at, "a text", "write a text, in quotes if it begins with `[` or `{`");
                None
            }
        }
    }

    /// One of the words that are known here.
    pub(super) fn choice<T: Copy>(&mut self, node: &Node, at: &str, known: &[(&'static str, T)]) -> Option<T> {
        self.choice_or(node, at, known, "")
    }

    /// One of the words that are known here; `others` says what else may stand here, for the help.
    pub(super) fn choice_or<T: Copy>(
        &mut self,
        node: &Node,
        at: &str,
        known: &[(&'static str, T)],
        others: &str,
    ) -> Option<T> {
        let words = || known.iter().map(|(word, _)| *word);
        let text = match &node.value {
            Value::Text(text) => text,
            _ => {
                self.expected(node, at, "a word", &format!("write one of {}{others}", listed(words())));
                return None;
            }
        };
        if let Some((_, choice)) = known.iter().find(|(word, _)| **word == **text) {
            return Some(*choice);
        }
        let help = match did_you_mean(text, words()) {
            Some(nearest) => format!("did you mean `{nearest}`? known here: {}{others}", listed(words())),
            None => format!("write one of {}{others}", listed(words())),
        };
        let message = format!("`{}` is not known here", short(text));
        self.flaw(Flaw::new("yaml.choice", At::Node(node.id), message).help(help), at);
        None
    }

    /// Yes or no.
    pub(super) fn truth(&mut self, node: &Node, at: &str) -> Option<bool> {
        self.choice(node, at, &[("true", true), ("false", false)])
    }

    /// A number, exactly as typed.
    pub(super) fn number(&mut self, node: &Node, at: &str) -> Option<Decimal> {
        self.number_or(node, at, "write a number, as in `12_500` or `8%`", false)
    }

    /// A number with all the digits it was typed with, trailing zeros included.
    pub(super) fn number_as_printed(&mut self, node: &Node, at: &str, help: &str) -> Option<Decimal> {
        self.number_or(node, at, help, false)
    }

    /// A number where a formula may stand too, or where only a number may; `help` says what to write where the text
    /// itself does not tell.
    fn number_or(&mut self, node: &Node, at: &str, help: &str, or_formula: bool) -> Option<Decimal> {
        match &node.value {
            Value::Text(text) => match scalars::number(text) {
                Ok(number) => Some(number),
                Err(NotANumber { message, advice }) => {
                    let help = match advice {
                        Advice::Write(help) => help,
                        Advice::Formula(formula) if or_formula => formula,
                        Advice::Formula(_) | Advice::Nothing => help.to_owned(),
                    };
                    self.flaw(Flaw::new("yaml.number", At::Node(node.id), message).help(help), at);
                    None
                }
            },
            _ => {
                self.expected(node, at, "a number", help);
                None
            }
        }
    }

    /// A whole number that fits `T`.
    pub(super) fn whole<T: TryFrom<Decimal>>(&mut self, node: &Node, at: &str, help: &str) -> Option<T> {
        let number = self.number_or(node, at, help, false)?;
        let whole = T::try_from(number).ok().filter(|_| number.is_integer());
        if whole.is_none() {
            let wrong = if number.is_integer() { "is out of range" } else { "is not a whole number" };
            let message = format!("{} {wrong}", shown(node));
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
            Value::Text(_) => Amount::Constant(self.number_or(node, at, HELP, true).unwrap_or_default()),
            Value::List(_) => Amount::PerYear(self.numbers(node, at, HELP)),
            // the key of a period begins with its year; a later key with a digit may be the rest of `first: 9,200`
            Value::Map(entries)
                if entries.first().is_some_and(|(key, _)| key.text.starts_with(|c: char| c.is_ascii_digit())) =>
            {
                Amount::PerPeriod(self.by_period(node, at, |reading, node, at| reading.number(node, at)))
            }
            Value::Map(_) => {
                let before = self.flaws.len();
                let mut fields = self.fields(node, at, HELP);
                let first = fields.number(self, "first");
                let growth = fields.number(self, "growth");
                fields.finish(self);
                if let (Some(first), Some(growth)) = (first, growth) {
                    return Amount::Growing { first, growth };
                }
                if self.flaws.len() == before {
                    let missing = match (first, growth) {
                        (None, Some(_)) => "`growth` needs a `first` that grows",
                        (Some(_), None) => "`first` needs a `growth`",
                        _ => "an amount is missing",
                    };
                    self.refuse(node, at, missing, "write a number, or both as in `{first: 100, growth: 3%}`");
                }
                Amount::Constant(Decimal::ZERO)
            }
            Value::Null => {
                self.expected(node, at, "an amount", HELP);
                Amount::Constant(Decimal::ZERO)
            }
        }
    }
}

impl Reading {
    /// A period.
    pub(super) fn period(&mut self, node: &Node, at: &str) -> Option<Period> {
        let text = self.text(node, at)?;
        self.period_of(&text, node.id, at)
    }

    fn period_of(&mut self, text: &str, node: u32, at: &str) -> Option<Period> {
        let period = text.parse::<Period>();
        if let Err(error) = &period {
            let message = format!("`{}` is no period", short(text));
            self.flaw(Flaw::new("yaml.period", At::Node(node), message).help(error.help()), at);
        }
        period.ok()
    }

    /// A value for each of some periods; where there is none, `~` may stand.
    pub(super) fn by_period<T>(
        &mut self,
        node: &Node,
        at: &str,
        mut read: impl FnMut(&mut Self, &Node, &str) -> Option<T>,
    ) -> Vec<(Period, T)> {
        let Value::Map(entries) = &node.value else { return Vec::new() };
        let mut values = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let at = format!("{at}.{}", key.text);
            let period = self.period_of(&key.text, key.id, &at);
            if matches!(value.value, Value::Null) {
                continue;
            }
            let value = read(self, value, &at);
            values.extend(period.zip(value));
        }
        values
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
    entries: &'n [(Key<'n>, Node<'n>)],
    used: Vec<bool>,
    known: Vec<&'static str>,
    at: String,
    /// How many flaws there were before any of this was read.
    flaws: usize,
}

impl<'n> Fields<'n> {
    /// The value of a key, where it is given and not empty.
    pub(super) fn get(&mut self, key: &'static str) -> Option<&'n Node<'n>> {
        if !self.known.contains(&key) {
            // asked for twice, a key is still suggested once
            if !self.known.contains(&key) {
                self.known.push(key);
            }
        }
        let position = self.entries.iter().position(|(known, _)| *known.text == *key)?;
        if let Some(used) = self.used.get_mut(position) {
            *used = true;
        }
        self.entries.get(position).map(|(_, node)| node).filter(|node| !matches!(node.value, Value::Null))
    }

    /// Whether a key is missing for no other reason than that it is misspelt: then its spelling is the mistake.
    pub(super) fn is_misspelt(&self, key: &str) -> bool {
        let is_meant = |written: &str| {
            did_you_mean(written, [key]).is_some() || full_width::key(written).is_some_and(|written| written == key)
        };
        self.entries.iter().any(|(written, _)| is_meant(&written.text))
    }

    /// A key as written, even without a value.
    pub(super) fn key(&self, key: &str) -> Option<&'n Key<'n>> {
        self.entries.iter().map(|(known, _)| known).find(|known| *known.text == *key)
    }

    /// A key that has no business here, if it is there; it is not suggested to anybody.
    pub(super) fn take_key(&mut self, key: &str) -> Option<&'n Key<'n>> {
        let position = self.entries.iter().position(|(known, _)| *known.text == *key)?;
        if let Some(used) = self.used.get_mut(position) {
            *used = true;
        }
        self.entries.get(position).map(|(key, _)| key)
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

    pub(super) fn period(&mut self, reading: &mut Reading, key: &'static str) -> Option<Period> {
        let node = self.get(key)?;
        reading.period(node, &self.at(key))
    }

    /// An amount that must be there; where it is not, what to add. `of` is the key of the map, for the message.
    pub(super) fn required(
        &mut self,
        reading: &mut Reading,
        of: &Key,
        map: &Node,
        key: &'static str,
        example: &str,
    ) -> Amount {
        if let Some(amount) = self.amount(reading, key) {
            return amount;
        }
        // what is no map has been said already
        if matches!(map.value, Value::Map(_) | Value::Null) && !self.is_misspelt(key) || self.key(key).is_some() {
            let message = format!("`{}` has no `{key}`", short(&of.text));
            let flaw = Flaw::new("yaml.required", At::Node(of.id), message).help(format!("add `{example}`"));
            reading.flaw(flaw, &self.at(key));
        }
        Amount::Constant(Decimal::ZERO)
    }

    /// A key with its value, where the value is given and not empty.
    pub(super) fn entry(&mut self, key: &'static str) -> Option<(&'n Key<'n>, &'n Node<'n>)> {
        let node = self.get(key)?;
        Some((self.key(key)?, node))
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
        let mut rest = self.entries;
        let mut used = self.used.iter().copied();
        while let Some((entry, after)) = rest.split_first() {
            rest = after;
            let (key, node) = entry;
            if used.next() != Some(true) {
                reading.unknown_key((key, node), &self.at(&key.text), "not a key here", self.known.iter().copied());
            } else if let Some(CutOff { flaw, keys }) = cut_off(entry, after) {
                rest = after.get(keys..).unwrap_or_default();
                used.by_ref().take(keys).for_each(drop);
                // what was found wrong with the stump is a consequence
                let mut later = reading.flaws.split_off(self.flaws.min(reading.flaws.len()));
                later.retain(|flaw| !matches!(flaw.at, At::Node(id) | At::Part { node: id, .. } if id == node.id));
                reading.flaws.append(&mut later);
                reading.flaw(flaw, &self.at(&key.text));
            }
        }
    }
}

/// A value between braces that ended too early, and the number of keys that were made of its rest.
pub(super) struct CutOff {
    pub(super) flaw: Flaw,
    pub(super) keys: usize,
}

/// Nobody writes a longer one between braces, and it bounds the time that is spent on putting one together.
const MOST_COMMAS: usize = 50;

/// `{annual: = max(a, b)}` and `{value: 1,150}` end the value at the comma and make a key of the rest.
pub(super) fn cut_off((_, stump): &(Key, Node), after: &[(Key, Node)]) -> Option<CutOff> {
    let Value::Text(text) = &stump.value else { return None };
    let is_key_alone = |(_, node): &&(Key, Node)| matches!(node.value, Value::Null);
    let rest = || after.iter().take(MOST_COMMAS).take_while(is_key_alone).map(|(key, _)| &*key.text);
    rest().next()?;
    let is_open = |text: &str| text.matches(['(', '[']).count() > text.matches([')', ']']).count();
    let mut whole = text.trim().to_owned();
    let mut keys = 0;
    let (what, help) = if whole.starts_with('=') {
        for part in rest() {
            if !is_open(&whole) {
                break;
            }
            whole = format!("{whole}, {part}");
            keys += 1;
        }
        ("formula", format!("put it in quotes: `\"{}\"`, or on a line of its own", short(&whole)))
    } else {
        let is_digits =
            |part: &&str| part.starts_with(|c: char| c.is_ascii_digit()) && !part.contains(char::is_alphabetic);
        if !whole.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        for part in rest().take_while(is_digits) {
            whole = format!("{whole},{part}");
            keys += 1;
        }
        let help = match scalars::number(&whole).err()?.advice {
            Advice::Write(help) => help,
            _ => return None,
        };
        ("number", help)
    };
    let message = format!("a {what} between braces ends at its first comma");
    let flaw = Flaw::new("yaml.cut_off", At::Node(stump.id), message).help(help);
    (keys > 0).then_some(CutOff { flaw, keys })
}

/// Advice for a list that is longer than expected because of commas between thousands: `[880, 960, 1,150]`.
pub(super) fn thousands(list: &Node, expected: usize) -> Option<String> {
    let Value::List(entries) = &list.value else { return None };
    let too_many = entries.len().checked_sub(expected).filter(|too_many| *too_many > 0)?;
    let digits = |node: &Node| match &node.value {
        Value::Text(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => Some(text.to_string()),
        _ => None,
    };
    let begins = |left: &str| matches!(left.len(), 1 | 2) && !left.starts_with('0');
    let cut = entries.windows(2).filter_map(|pair| match pair {
        // three digits before the comma could as well be a number of their own
        [left, right] => Some((digits(left)?, digits(right)?)).filter(|(l, r)| begins(l) && r.len() == 3),
        _ => None,
    });
    let cut: Vec<(String, String)> = cut.collect();
    let (left, right) = cut.first()?;
    (cut.len() >= too_many)
        .then(|| format!("write `{left}_{right}`: a comma ends an entry, `_` stands between thousands"))
}
