//! The sections `weights:` and `assessment:` as written.

use super::fields::Reading;
use super::node::{Node, Value};
use crate::panel::{Assessment, Delphi, Grade, Operator, Rating, Round, Scale, StopRule, Votes};
use rust_decimal::Decimal;

/// The Delphi panel; `None` where the section is empty.
pub(super) fn read_weights(reading: &mut Reading, node: &Node) -> Option<Delphi> {
    let mut fields = reading.fields(node, "weights", "write `weights:` and under it `delphi:`");
    let delphi = fields.get("delphi").map(|node| read_delphi(reading, node));
    fields.finish(reading);
    delphi
}

fn read_delphi(reading: &mut Reading, node: &Node) -> Delphi {
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
    }
}

fn read_round(reading: &mut Reading, node: &Node, at: &str) -> Round {
    let entries = reading.map(node, at, "write a map of ratings, as in `{customer: [9, 10, 7]}`").iter();
    let items = entries.map(|(key, value)| Rating {
        item: key.text.to_string(),
        ratings: reading.numbers(
            value,
            &format!("{at}.{}", key.text),
            "write one rating for each expert, as in `[9, 10, 7]`",
        ),
    });
    Round { items: items.collect() }
}

pub(super) fn read_assessment(reading: &mut Reading, node: &Node) -> Assessment {
    const AT: &str = "assessment";
    let mut fields = reading.fields(node, AT, "write `grades:`, `panel:` and `votes:` under `assessment:`");
    let grades: Vec<Grade> = fields.get("grades").map_or_else(Vec::new, |node| {
        let help = "write `grades: {excellent: 95, good: 80, fair: 65, poor: 40}`";
        let entries = reading.map(node, &format!("{AT}.grades"), help).iter();
        let read = entries.map(|(key, value)| Grade {
            name: key.text.to_string(),
            score: reading.number(value, &format!("{AT}.grades.{}", key.text)).unwrap_or_default(),
        });
        read.collect()
    });
    let mut assessment = Assessment {
        grades,
        operator: fields.choice(reading, "operator", &Operator::ALL).unwrap_or_default(),
        normalise: fields.truth(reading, "normalise").unwrap_or_default(),
        panel: fields
            .get("panel")
            .and_then(|node| reading.whole(node, &format!("{AT}.panel"), "write a whole number of people")),
        votes: Vec::new(),
    };
    if let Some(node) = fields.get("votes") {
        let help = "write one row for each indicator, as in `retention_rate: [6, 9, 4, 1]`";
        for (key, value) in reading.map(node, &format!("{AT}.votes"), help) {
            let at = format!("{AT}.votes.{}", key.text);
            let counts = read_votes(reading, value, &at, &assessment);
            assessment.votes.push(Votes { item: key.text.to_string(), counts });
        }
    }
    fields.finish(reading);
    assessment
}

/// A row of votes, best grade first, or votes by the name of their grade.
fn read_votes(reading: &mut Reading, node: &Node, at: &str, assessment: &Assessment) -> Vec<Decimal> {
    let Value::Map(entries) = &node.value else {
        return reading.numbers(node, at, "write one number for each grade, as in `[6, 9, 4, 1]`");
    };
    let grades = assessment.grades_best_first();
    let names: Vec<(&str, usize)> = grades.iter().map(|grade| grade.name.as_str()).zip(0..).collect();
    if names.is_empty() {
        // that there are no grades is the mistake
        reading.unreadable.push(at.to_owned());
        return Vec::new();
    }
    let mut counts = vec![Decimal::ZERO; grades.len()];
    for (key, value) in entries {
        let at = format!("{at}.{}", key.text);
        match names.iter().find(|(name, _)| **name == *key.text) {
            None => reading.unknown_key((key, value), &at, "no grade", names.iter().map(|(name, _)| *name)),
            Some((_, position)) => {
                let votes = reading.number(value, &at).unwrap_or_default();
                if let Some(count) = counts.get_mut(*position) {
                    *count = votes;
                }
            }
        }
    }
    counts
}
