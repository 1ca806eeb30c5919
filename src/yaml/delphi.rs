//! The rounds of a Delphi panel as written.

use super::fields::Reading;
use super::node::Node;
use crate::panel::{Delphi, Rating, Round, Scale, StopRule};

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
