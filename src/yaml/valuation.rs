//! The section `valuation:` and what a plan says about its views of cost, as written.

use super::fields::{Fields, Reading, listed};
use super::flaw::{At, Flaw};
use super::node::{Key, Node, Value};
use crate::case::{Deployment, IrrPolicy, Plan, ReserveBase, Reserves, Terms, Timing, Valuation};

pub(super) fn read_valuation(reading: &mut Reading, node: &Node) -> Valuation {
    let mut fields = reading.fields(node, "valuation", "write `{timing: middle}`");
    let valuation = Valuation {
        timing: fields.choice(reading, "timing", &Timing::ALL).unwrap_or_default(),
        irr: read_policy(reading, &mut fields).unwrap_or_default(),
        finance_rate: fields.amount(reading, "finance_rate"),
        reinvestment_rate: fields.amount(reading, "reinvestment_rate"),
        inflation: fields.amount(reading, "inflation"),
        rate_is: fields.choice(reading, "rate_is", &Terms::ALL).unwrap_or_default(),
        prices: fields.choice(reading, "prices", &Terms::ALL).unwrap_or_default(),
    };
    fields.finish(reading);
    valuation
}

/// A word, or `{nearest: 10%}`.
fn read_policy(reading: &mut Reading, valuation: &mut Fields) -> Option<IrrPolicy> {
    let at = valuation.at("irr");
    let node = valuation.get("irr")?;
    if !matches!(node.value, Value::Map(_)) {
        return reading.choice_or(node, &at, &IrrPolicy::ALL, ", or `{nearest: 10%}`");
    }
    let mut fields = reading.fields(node, &at, "write `{nearest: 10%}`");
    let guess = fields.number(reading, "nearest");
    if guess.is_none() && !fields.is_misspelt("nearest") {
        reading.refuse(node, &at, "the policy has no `nearest:`", "write `{nearest: 10%}`");
    }
    fields.finish(reading);
    guess.map(IrrPolicy::Nearest)
}

/// What a plan says beside its costs and benefits.
pub(super) fn read_views(reading: &mut Reading, fields: &mut Fields, plan: &mut Plan) {
    plan.deployment = fields.choice(reading, "deployment", &Deployment::ALL);
    plan.users = fields.amount(reading, "users");
    let at = fields.at("reserves");
    plan.reserves = fields.get("reserves").map(|node| read_reserves(reading, node, &at));
}

fn read_reserves(reading: &mut Reading, node: &Node, at: &str) -> Reserves {
    let mut fields = reading.fields(node, at, "write `{run: 15%, change: 25%}`");
    let default = Reserves::default();
    let from = fields.get("from").and_then(|node| {
        let help = "write the first year with reserves, as in `from: 3`";
        reading.whole(node, &format!("{at}.from"), help)
    });
    let reserves = Reserves {
        run: fields.amount(reading, "run"),
        change: fields.amount(reading, "change"),
        from: from.unwrap_or(default.from),
        base: match fields.get("base").map(|node| (node, &node.value)) {
            None => default.base,
            Some((_, Value::Text(text))) if text.trim() == "initial" => ReserveBase::Initial,
            Some((node, Value::Text(text))) if text.starts_with(char::is_alphabetic) => {
                let message = format!("`{}` is nothing that reserves can be a share of", super::syntax::short(text));
                let flaw = Flaw::new("yaml.base", At::Node(node.id), message);
                let help = format!("write {} or an amount, as in `base: 200_000`", listed(["initial"].into_iter()));
                reading.flaw(flaw.help(help), &format!("{at}.base"));
                default.base
            }
            Some((node, _)) => ReserveBase::Amount(reading.amount(node, &format!("{at}.base"))),
        },
    };
    fields.finish(reading);
    reserves
}

/// Findings that are accepted, with the reason, as in `accepted: {weights.equal: a start}`.
pub(super) fn read_accepted(reading: &mut Reading, node: &Node, at: &str) -> Vec<(String, String)> {
    let help = "write a code and why it is accepted, as in `accepted: {review.no_owner: the board owns all}`";
    let entries = reading.map(node, at, help).iter();
    let read = entries.map(|(key, value)| {
        let at = format!("{at}.{}", key.text);
        (key.text.to_string(), reading.text(value, &at).unwrap_or_default())
    });
    read.collect()
}

/// Why nothing is spent in a category, as in `{none: existing lines are used}`; `None` where it has lines.
pub(super) fn read_no_costs(reading: &mut Reading, node: &Node, at: &str) -> Option<Option<String>> {
    let Value::Map(entries) = &node.value else { return None };
    let is_reason = |(key, value): &&(Key, Node)| &*key.text == "none" && !matches!(value.value, Value::Map(_));
    let (key, value) = entries.iter().find(is_reason)?;
    let category = at.rsplit('.').next().unwrap_or(at);
    let at = format!("{at}.none");
    if entries.len() > 1 {
        let message = format!("`{category}` has lines, so `none` cannot be why it has none");
        let flaw = Flaw::new("yaml.meaning", At::Node(key.id), message);
        reading.flaw(flaw.help("leave out either `none` or the lines"), &at);
        return Some(None);
    }
    let reason = match &value.value {
        Value::Null => None,
        _ => reading.text(value, &at),
    };
    let reason = reason.filter(|reason| !reason.trim().is_empty());
    if reason.is_none() && !matches!(value.value, Value::List(_)) {
        let flaw =
            Flaw::new("yaml.meaning", At::Node(key.id), format!("`{category}` does not say why nothing is spent"));
        let help = format!("write `{category}: {{none: existing ones are used}}`, or `{category}: 0`");
        reading.flaw(flaw.help(help), &at);
    }
    Some(reason)
}
