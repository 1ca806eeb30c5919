//! The rounds of a Delphi panel as written.

use super::fields::{CutOff, Reading, cut_off};
use super::flaw::{At, Flaw};
use super::node::{Key, Node, Value};
use super::syntax::short;
use crate::kernel::RankConversion;
use crate::nearest::did_you_mean;
use crate::panel::{
    Answer, AnswerPolicy, Collected, Delphi, DelphiError, Form, Permutations, Rating, Reason, Round, Scale, StopRule,
};
use std::collections::{HashMap, HashSet};

/// With more mistakes than this, no names are suggested any more.
const MOST_SUGGESTIONS: usize = 100;

/// The forms of a round in which its answers stand under a key of their own.
const LONG_FORMS: [&str; 3] = ["ratings", "rankings", "answers"];

/// A round that is written by name is kept as a table of all experts, so a short text can demand a lot of room.
const MOST_ANSWERS: usize = 1_000_000;

pub(super) fn read_delphi(reading: &mut Reading, node: &Node) -> Delphi {
    const AT: &str = "weights.delphi";
    let mut fields = reading.fields(node, AT, "write `experts:`, `scale:`, `stop:` and `rounds:` under `delphi:`");
    let experts = fields.get("experts").map(|node| {
        let at = format!("{AT}.experts");
        let entries = reading.list(node, &at, "write `experts: [sales_director, controller]`");
        if let [Node { value: Value::Text(names), id }] = entries
            && names.contains(['，', '、'])
        {
            reading.full_width(names, *id, &at);
            return Vec::new();
        }
        let entries = entries.iter().enumerate();
        let read = entries.map(|(i, entry)| reading.text(entry, &format!("{at}.{i}")).unwrap_or_default());
        read.collect()
    });
    let experts: Vec<String> = experts.unwrap_or_default();
    let form = fields.choice(reading, "form", &Form::ALL).unwrap_or_default();
    let conversion = fields.get("conversion").map(|node| read_conversion(reading, node, &format!("{AT}.conversion")));
    let agreement_from = fields.number(reading, "agreement_from");
    let permutations = fields.get("permutations").and_then(|node| read_permutations(reading, node));
    let screening = fields.truth(reading, "screening").unwrap_or_default();
    let missing = fields.choice(reading, "missing", &AnswerPolicy::ALL).unwrap_or_default();
    let dont_know = fields.choice(reading, "dont_know", &AnswerPolicy::ALL).unwrap_or_default();
    let scale = fields.get("scale").map(|node| {
        let mut fields = reading.fields(node, &format!("{AT}.scale"), "write `scale: {min: 1, max: 10}`");
        let default = Scale::default();
        let min = fields.number(reading, "min").unwrap_or(default.min);
        let max = fields.number(reading, "max").unwrap_or(default.max);
        fields.finish(reading);
        Scale { min, max }
    });
    let stop = fields.get("stop").map(|node| read_stop_rule(reading, node));
    let rounds = fields.get("rounds").map(|node| {
        let at = format!("{AT}.rounds");
        let by_name = Experts::new(&experts);
        let mut room = MOST_ANSWERS;
        let entries = reading.list(node, &at, "write one `-` and a map of answers for each round").iter().enumerate();
        let read = entries.map(|(position, node)| {
            let round = Place { at: format!("{at}.{position}"), number: position + 1, form };
            read_round(reading, node, &round, &by_name, &mut room)
        });
        read.collect()
    });
    fields.finish(reading);
    Delphi {
        experts,
        form,
        scale: scale.unwrap_or_default(),
        conversion: conversion.unwrap_or_default(),
        agreement_from,
        permutations,
        screening,
        missing,
        dont_know,
        stop: stop.unwrap_or_default(),
        rounds: rounds.unwrap_or_default(),
    }
}

fn read_stop_rule(reading: &mut Reading, node: &Node) -> StopRule {
    let mut fields = reading.fields(node, "weights.delphi.stop", "write `stop: {cv_max: 20%, w_min: 0.6}`");
    let rule = StopRule {
        cv_max: fields.number(reading, "cv_max"),
        iqr_max: fields.number(reading, "iqr_max"),
        w_min: fields.number(reading, "w_min"),
        w_p_max: fields.number(reading, "w_p_max"),
        agreement_min: fields.number(reading, "agreement_min"),
        stable_within: fields.number(reading, "stable_within"),
        weight_change_max: fields.number(reading, "weight_change_max"),
        rank_correlation_min: fields.number(reading, "rank_correlation_min"),
        wilcoxon_p_min: fields.number(reading, "wilcoxon_p_min"),
        max_rounds: fields
            .get("max_rounds")
            .and_then(|node| reading.whole(node, "weights.delphi.stop.max_rounds", "write a whole number of rounds")),
    };
    fields.finish(reading);
    rule
}

/// How ranks become weights: a word, or `{exponent: 2}`.
pub(super) fn read_conversion(reading: &mut Reading, node: &Node, at: &str) -> RankConversion {
    const WORDS: [(&str, RankConversion); 3] = [
        ("centroid", RankConversion::Centroid),
        ("sum", RankConversion::Sum),
        ("reciprocal", RankConversion::Reciprocal),
    ];
    let Value::Map(_) = &node.value else {
        return reading.choice(node, at, &WORDS).unwrap_or_default();
    };
    const HELP: &str = "write `{exponent: 2}`, or one of `centroid`, `sum`, `reciprocal`";
    let mut fields = reading.fields(node, at, HELP);
    let exponent = fields.number(reading, "exponent");
    let is_misspelt = fields.is_misspelt("exponent");
    let before = reading.flaws.len();
    fields.finish(reading);
    match exponent {
        Some(power) => RankConversion::Exponent(power),
        None => {
            if reading.flaws.len() == before && !is_misspelt {
                reading.refuse(node, at, "an exponent is missing", HELP);
            }
            RankConversion::default()
        }
    }
}

fn read_permutations(reading: &mut Reading, node: &Node) -> Option<Permutations> {
    const AT: &str = "weights.delphi.permutations";
    const HELP: &str = "write `permutations: {count: 9_999, seed: 1}`";
    let mut fields = reading.fields(node, AT, HELP);
    let count = fields.get("count").map(|node| reading.whole(node, &format!("{AT}.count"), HELP));
    let seed = fields.get("seed").map(|node| reading.whole(node, &format!("{AT}.seed"), HELP));
    let is_misspelt = fields.is_misspelt("count");
    fields.finish(reading);
    if count.is_none() && !is_misspelt {
        reading.refuse(node, AT, "the number of permutations is missing", HELP);
    }
    Some(Permutations { count: count??, seed: seed.flatten().unwrap_or(1) })
}

/// The experts by name.
struct Experts<'e> {
    names: &'e [String],
    positions: HashMap<&'e str, usize>,
}

impl<'e> Experts<'e> {
    fn new(names: &'e [String]) -> Self {
        let mut positions = HashMap::with_capacity(names.len());
        for (position, name) in names.iter().enumerate() {
            positions.entry(name.as_str()).or_insert(position);
        }
        Self { names, positions }
    }

    /// The position of an expert; one who is not on the panel is reported, unless nobody knows who is on it.
    fn position(&self, reading: &mut Reading, key: &Key, round: usize, at: &str) -> Option<usize> {
        let found = self.positions.get(&*key.text).copied();
        if found.is_none() && reading.full_width(&key.text, key.id, at) {
            return None;
        }
        if found.is_none() && !self.names.is_empty() {
            // among many mistakes, looking for what was meant takes longer than it helps
            let known = self.names.iter().map(String::as_str).filter(|_| reading.flaws.len() < MOST_SUGGESTIONS);
            let nearest = did_you_mean(&key.text, known).map(str::to_owned);
            let error = DelphiError::UnknownExpert { round, expert: key.text.to_string(), nearest };
            let mut flaw = Flaw::new("delphi", At::Node(key.id), error.to_string());
            flaw.help = error.help();
            reading.flaw(flaw, at);
        }
        found
    }
}

/// A round as the document numbers it.
struct Place {
    at: String,
    /// From 1.
    number: usize,
    form: Form,
}

/// Whether the answers of a round stand under a key of their own.
pub(super) fn is_long_form(round: &[(Key, Node)]) -> bool {
    // a criterion may be called `ratings`, but its answers are a list
    round
        .iter()
        .any(|(key, value)| LONG_FORMS.contains(&&*key.text) && matches!(value.value, Value::Map(_) | Value::Null))
}

fn read_round(reading: &mut Reading, node: &Node, round: &Place, experts: &Experts, room: &mut usize) -> Round {
    const HELP: &str = "write a map of answers, as in `{customer: [9, 10, 7]}`";
    let Place { at, form, .. } = round;
    let entries = reading.map(node, at, HELP);
    if !is_long_form(entries) {
        return Round { items: read_items(reading, node, round, experts, room), ..Round::default() };
    }
    let mut fields = reading.fields(node, at, HELP);
    let [ratings, rankings, answers] = LONG_FORMS.map(|form| fields.get(form));
    let other = match form {
        Form::Rankings => ratings.filter(|_| rankings.is_none()).map(|node| (node, "`form: ratings`", "rankings")),
        _ => rankings.map(|node| (node, "`form: rankings`", "ratings")),
    };
    if let Some((node, remedy, asked)) = other {
        let help = format!("write `{asked}:`, or {remedy} under `delphi:`");
        reading.refuse(node, at, &format!("the experts of this panel are asked for {asked}"), &help);
    }
    let by_item = ratings.or(rankings);
    if let (Some(_), Some(answers)) = (by_item, answers) {
        let help = "keep one of the two: by item in the order of the experts, or `answers:` by expert";
        reading.refuse(answers, at, "the answers of this round are written twice", help);
    }
    let items = match (by_item, answers) {
        (Some(by_item), _) => read_items(reading, by_item, round, experts, room),
        (None, Some(answers)) => read_by_expert(reading, answers, round, experts, room),
        (None, None) => Vec::new(),
    };
    let invited = fields.get("invited").map(|node| {
        let at = format!("{at}.invited");
        let entries = reading.list(node, &at, "write a list of experts, as in `[controller]`").iter().enumerate();
        let read = entries.map(|(i, entry)| reading.text(entry, &format!("{at}.{i}")).unwrap_or_default());
        read.collect()
    });
    let reasons = fields.get("reasons").map(|node| read_reasons(reading, node, round, experts)).unwrap_or_default();
    fields.finish(reading);
    Round { items, invited, reasons }
}

/// Whether there is room for a table of so many items and all experts.
fn takes_room(reading: &mut Reading, node: &Node, at: &str, items: usize, experts: &Experts, room: &mut usize) -> bool {
    match room.checked_sub(items.saturating_mul(experts.names.len())) {
        Some(left) => {
            *room = left;
            true
        }
        None => {
            let message = format!("the rounds have more than {MOST_ANSWERS} answers");
            reading.refuse(node, at, &message, "put fewer experts or fewer criteria into one document");
            false
        }
    }
}

/// The answers item by item, each a list in the order of the experts or a map by their names.
fn read_items(
    reading: &mut Reading,
    node: &Node,
    Place { at, number, .. }: &Place,
    experts: &Experts,
    room: &mut usize,
) -> Vec<Rating> {
    let help = "write one answer for each expert, as in `[9, 10, 7]`";
    let entries = reading.map(node, at, help);
    let by_name = entries.iter().filter(|(_, value)| matches!(value.value, Value::Map(_))).count();
    if !takes_room(reading, node, at, by_name, experts, room) {
        return Vec::new();
    }
    let mut items = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let at = format!("{at}.{}", key.text);
        if reading.full_width(&key.text, key.id, &at) {
            continue;
        }
        let answers = match &value.value {
            Value::Map(entries) => {
                let mut answers = vec![Answer::Missing; experts.names.len()];
                for (expert, answer) in entries {
                    let Some(position) = experts.position(reading, expert, *number, &at) else { continue };
                    let answer = read_answer(reading, answer, &format!("{at}.{position}"));
                    if let Some(place) = answers.get_mut(position) {
                        *place = answer;
                    }
                }
                answers
            }
            _ => {
                let answers = reading.list(value, &at, help).iter().enumerate();
                answers.map(|(i, answer)| read_answer(reading, answer, &format!("{at}.{i}"))).collect()
            }
        };
        items.push(Rating { item: key.text.to_string(), answers });
    }
    items
}

/// The answers expert by expert.
fn read_by_expert(
    reading: &mut Reading,
    node: &Node,
    Place { at, number, .. }: &Place,
    experts: &Experts,
    room: &mut usize,
) -> Vec<Rating> {
    let help = "write the answers of each expert, as in `controller: {customer: 9, financial: 8}`";
    let entries = reading.map(node, at, help);
    let items: HashSet<&str> = entries
        .iter()
        .filter_map(|(_, answers)| if let Value::Map(answers) = &answers.value { Some(answers) } else { None })
        .flat_map(|answers| answers.iter().map(|(item, _)| &*item.text))
        .collect();
    if !takes_room(reading, node, at, items.len(), experts, room) {
        return Vec::new();
    }
    let mut collected = Collected::default();
    for (expert, answers) in entries {
        let position = experts.position(reading, expert, *number, at);
        let answers = read_answers(reading, answers, at, help);
        let Some(position) = position else { continue };
        for (item, answer) in answers {
            let answer = read_answer(reading, answer, &format!("{at}.{}.{position}", item.text));
            collected.note(&item.text, (position, experts.names.len()), answer);
        }
    }
    collected.into_items()
}

/// The entries of a map of answers; a number between braces that ended at its comma is reported.
pub(super) fn read_answers<'n>(
    reading: &mut Reading,
    node: &'n Node<'n>,
    at: &str,
    help: &str,
) -> Vec<&'n (Key<'n>, Node<'n>)> {
    let mut rest = reading.map(node, at, help);
    let mut answers = Vec::with_capacity(rest.len());
    while let Some((entry, after)) = rest.split_first() {
        rest = after;
        match cut_off(entry, after) {
            Some(CutOff { flaw, keys }) => {
                reading.flaw(flaw, at);
                rest = after.get(keys..).unwrap_or_default();
            }
            // no criterion has such a sign in its id
            None if reading.full_width(&entry.0.text, entry.0.id, at) => {}
            None => answers.push(entry),
        }
    }
    answers
}

/// The reasons by expert and item.
fn read_reasons(
    reading: &mut Reading,
    node: &Node,
    Place { at, number, .. }: &Place,
    experts: &Experts,
) -> Vec<Reason> {
    let help = "write reasons by expert and criterion, as in `controller: {financial: licences dominate}`";
    let at = format!("{at}.reasons");
    let mut reasons = Vec::new();
    for (expert, by_item) in reading.map(node, &at, help) {
        let at = format!("{at}.{}", expert.text);
        let known = experts.position(reading, expert, *number, &at);
        for (item, text) in reading.map(by_item, &at, help) {
            let text = reading.text(text, &format!("{at}.{}", item.text));
            if let (Some(_), Some(text)) = (known, text) {
                reasons.push(Reason { expert: expert.text.to_string(), item: item.text.to_string(), text });
            }
        }
    }
    reasons
}

/// Whether a text says in other words that somebody does not know.
fn is_dont_know(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "dontknow",
        "donotknow",
        "idontknow",
        "idk",
        "dk",
        "dunno",
        "unknown",
        "unsure",
        "notsure",
        "noidea",
        "不知道",
        "不清楚",
        "不了解",
        "无法判断",
    ];
    let word: String = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    did_you_mean(text, ["dont_know"]).is_some() || WORDS.contains(&&*word)
}

/// A number, `~` for no answer, or `dont_know`. One that cannot be read stands as 0.
pub(super) fn read_answer(reading: &mut Reading, node: &Node, at: &str) -> Answer {
    match &node.value {
        Value::Null => Answer::Missing,
        Value::Text(text) if matches!(&**text, "~" | "-") => Answer::Missing,
        Value::Text(text) if &**text == "dont_know" => Answer::DontKnow,
        Value::Text(text) if is_dont_know(text) => {
            let message = format!("`{}` is no answer", short(text));
            let help = "write `dont_know`, a number, or `~` for no answer";
            reading.flaw(Flaw::new("yaml.number", At::Node(node.id), message).help(help), at);
            Answer::Missing
        }
        _ => Answer::Given(reading.number(node, at).unwrap_or_default()),
    }
}
