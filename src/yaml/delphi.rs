//! The rounds of a Delphi panel as written.

use super::fields::Reading;
use super::node::{Node, Value};
use crate::kernel::RankConversion;
use crate::panel::{Answer, AnswerPolicy, Delphi, Form, Permutations, Rating, Round, Scale, StopRule};

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
    let form = fields.choice(reading, "form", &Form::ALL).unwrap_or_default();
    let conversion = fields.get("conversion").map(|node| read_conversion(reading, node, &format!("{AT}.conversion")));
    let agreement_from = fields.number(reading, "agreement_from");
    let permutations = fields.get("permutations").and_then(|node| read_permutations(reading, node));
    let screening = fields.truth(reading, "screening").unwrap_or_default();
    let missing = fields.choice(reading, "missing", &AnswerPolicy::ALL).unwrap_or_default();
    let dont_know = fields.choice(reading, "dont_know", &AnswerPolicy::ALL).unwrap_or_default();
    let stop = fields.get("stop").map(|node| read_stop_rule(reading, node));
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
        form,
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
        items: fields
            .get("ratings")
            .or_else(|| fields.get("rankings"))
            .map(|node| read_items(reading, node, at))
            .unwrap_or_default(),
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
