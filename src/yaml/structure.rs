//! What holds a scorecard together, as written: links of cause and effect, and initiatives.

use super::fields::{Fields, Reading};
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use crate::scorecard::{Day, Initiative, InitiativeStatus, Link, Strength};

const LINK_HELP: &str = "write `{from: training, to: first_contact, strength: strong, lag: 2}`";

/// `links:` of the scorecard.
pub(super) fn links<'n>(reading: &mut Reading, fields: &mut Fields<'n>) -> Vec<Link> {
    let Some(node) = fields.get("links") else { return Vec::new() };
    let help = "write a list of links, as in `- {from: training, to: first_contact, strength: strong}`";
    let entries = reading.list(node, "scorecard.links", help).iter().enumerate();
    entries.map(|(number, node)| link(reading, node, &format!("scorecard.links.{number}"))).collect()
}

fn link(reading: &mut Reading, node: &Node, at: &str) -> Link {
    let before = reading.flaws.len();
    let mut fields = reading.fields(node, at, LINK_HELP);
    let mut end = |reading: &mut Reading, key| {
        let id = fields.text(reading, key);
        if id.is_none() && reading.flaws.len() == before && !fields.is_misspelt(key) {
            reading.refuse(node, at, &format!("a link needs a `{key}`"), LINK_HELP);
        }
        id.unwrap_or_default()
    };
    let (from, to) = (end(reading, "from"), end(reading, "to"));
    let strength = fields.get("strength").and_then(|node| {
        let at = format!("{at}.strength");
        match &node.value {
            Value::Text(text) if text.chars().all(char::is_alphabetic) => {
                reading.choice_or(node, &at, &Strength::ALL, ", or a share, as in `0.6`")
            }
            _ => reading.number(node, &at).map(Strength::Of),
        }
    });
    let lag = fields.get("lag").and_then(|node| {
        reading.whole(node, &format!("{at}.lag"), "write the number of periods after which the effect shows, as in `2`")
    });
    fields.finish(reading);
    Link { from, to, strength: strength.unwrap_or_default(), lag: lag.unwrap_or_default() }
}

/// `initiatives:` of the scorecard.
pub(super) fn initiatives<'n>(reading: &mut Reading, fields: &mut Fields<'n>) -> Vec<Initiative> {
    let Some(node) = fields.get("initiatives") else { return Vec::new() };
    let help = "write one key for each initiative, as in `training: {budget: 40_000, moves: [adoption]}`";
    let entries = reading.map(node, "scorecard.initiatives", help).iter();
    entries.map(|(key, node)| initiative(reading, &key.text, node)).collect()
}

fn initiative(reading: &mut Reading, id: &str, node: &Node) -> Initiative {
    let at = format!("scorecard.initiatives.{id}");
    let mut fields = reading.fields(node, &at, "write `{budget: 40_000, due: 2026-03-31, moves: [adoption]}`");
    let moves = fields.get("moves").map(|node| {
        let at = format!("{at}.moves");
        let entries = reading.list(node, &at, "write the ids of criteria, as in `[adoption, first_contact]`").iter();
        let entries = entries.enumerate().map(|(position, node)| reading.text(node, &format!("{at}.{position}")));
        entries.map(Option::unwrap_or_default).collect()
    });
    let next_target = fields.get("next_target").map(|node| {
        let at = format!("{at}.next_target");
        let entries = reading.map(node, &at, "write a target for each criterion, as in `{adoption: 85%}`").iter();
        let amount = |(key, node): &(super::node::Key, Node)| {
            (key.text.to_string(), reading.amount(node, &format!("{at}.{}", key.text)))
        };
        entries.map(amount).collect()
    });
    let initiative = Initiative {
        id: id.to_owned(),
        name: fields.text(reading, "name"),
        owner: fields.text(reading, "owner"),
        budget: fields.amount(reading, "budget"),
        spent: fields.amount(reading, "spent"),
        due: day(reading, &mut fields, "due"),
        done: fields.number(reading, "done"),
        status: fields.choice(reading, "status", &InitiativeStatus::ALL),
        moves: moves.unwrap_or_default(),
        plan: fields.text(reading, "plan"),
        gap: fields.text(reading, "gap"),
        cause: fields.text(reading, "cause"),
        action: fields.text(reading, "action"),
        next_target: next_target.unwrap_or_default(),
    };
    fields.finish(reading);
    initiative
}

/// A day, as in `2026-03-31`.
pub(super) fn day(reading: &mut Reading, fields: &mut Fields, key: &'static str) -> Option<Day> {
    let node = fields.get(key)?;
    let at = fields.at(key);
    let text = reading.text(node, &at)?;
    match text.trim().parse::<Day>() {
        Ok(day) => Some(day),
        Err(error) => {
            let flaw = Flaw::new("yaml.day", At::Node(node.id), error.to_string());
            reading.flaw(flaw.help(error.help()), &at);
            None
        }
    }
}
