//! The rounds of a Delphi panel as written.

use super::fields::Reading;
use super::node::{Node, Value};
use crate::panel::{Answer, Delphi, Rating, Round, Scale, StopRule};

pub(super) fn read_delphi(reading: &mut Reading, node: &Node) -> Delphi {
    const AT: &str = "weights.delphi";
    let mut fields = reading.fields(node, AT, "write `experts:`, `scale:`, `stop:` and `rounds:` under `delphi:`");
    let experts = fields.get("experts").map(|node| {
        let at = format!("{AT}.experts");
        let entries = reading.list(node, &at, "write `experts: [sales_director, controller]`").iter().enumerate();
        let read = entries.map(|(i, entry)| reading.text(entry, &format!("{at}.{i}")).unwrap_or_default());
        read.collect()
    });
    let scale = fields.get("scale").map(|node| {
        let mut fields = reading.fields(node, &format!("{AT}.scale"), "write `scale: {min: 1, max: 10}`");
        let default = Scale::default();
        let min = fields.number(reading, "min").unwrap_or(default.min);
        let max = fields.number(reading, "max").unwrap_or(default.max);
        fields.finish(reading);
        Scale { min, max }
    });
    let stop = fields.get("stop").map(|node| {
        let mut fields = reading.fields(node, &format!("{AT}.stop"), "write `stop: {cv_max: 20%, w_min: 0.6}`");
        let rule = StopRule {
            cv_max: fields.number(reading, "cv_max"),
            iqr_max: fields.number(reading, "iqr_max"),
            w_min: fields.number(reading, "w_min"),
            max_rounds: fields.get("max_rounds").and_then(|node| {
                reading.whole(node, &format!("{AT}.stop.max_rounds"), "write a whole number of rounds")
            }),
        };
        fields.finish(reading);
        rule
    });
    let rounds = fields.get("rounds").map(|node| {
        let at = format!("{AT}.rounds");
        let entries = reading.list(node, &at, "write one `-` and a map of ratings for each round").iter().enumerate();
        let read = entries.map(|(position, round)| read_round(reading, round, &format!("{at}.{position}")));
        read.collect()
    });
    fields.finish(reading);
    Delphi {
        experts: experts.unwrap_or_default(),
        scale: scale.unwrap_or_default(),
        stop: stop.unwrap_or_default(),
        rounds: rounds.unwrap_or_default(),
        ..Delphi::default()
    }
}

fn read_round(reading: &mut Reading, node: &Node, at: &str) -> Round {
    const HELP: &str = "write a map of answers, as in `{customer: [9, 10, 7]}`";
    let entries = reading.map(node, at, HELP);
    // a criterion may be called `ratings`, but its answers are no map of criteria
    let is_long = entries.iter().any(|(key, value)| {
        matches!(&*key.text, "ratings" | "rankings" | "answers") && matches!(value.value, Value::Map(_))
    });
    if !is_long {
        return Round { items: read_items(reading, node, at), ..Round::default() };
    }
    let mut fields = reading.fields(node, at, HELP);
    let round = Round {
        items: fields.get("ratings").map(|node| read_items(reading, node, at)).unwrap_or_default(),
        ..Round::default()
    };
    fields.finish(reading);
    round
}

/// The answers item by item, each a list in the order of the experts.
fn read_items(reading: &mut Reading, node: &Node, at: &str) -> Vec<Rating> {
    let help = "write one answer for each expert, as in `[9, 10, 7]`";
    let entries = reading.map(node, at, help).iter();
    let items = entries.map(|(key, value)| {
        let at = format!("{at}.{}", key.text);
        let answers = reading.list(value, &at, help).iter().enumerate();
        let answers = answers.map(|(position, answer)| read_answer(reading, answer, &format!("{at}.{position}")));
        Rating { item: key.text.to_string(), answers: answers.collect() }
    });
    items.collect()
}

/// A number, `~` for no answer, or `dont_know`. One that cannot be read stands as 0.
fn read_answer(reading: &mut Reading, node: &Node, at: &str) -> Answer {
    match &node.value {
        Value::Null => Answer::Missing,
        Value::Text(text) if matches!(&**text, "~" | "-") => Answer::Missing,
        Value::Text(text) if &**text == "dont_know" => Answer::DontKnow,
        _ => Answer::Given(reading.number(node, at).unwrap_or_default()),
    }
}
