//! The section `assessment:` as written.

use super::fields::Reading;
use super::node::{Node, Value};
use crate::panel::{Assessment, Grade, Operator, Votes};
use rust_decimal::Decimal;

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
