//! `weights.groups` as written: how the children of single criteria are weighed.

use super::fields::{Fields, Reading};
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use crate::panel::{
    Aggregation, Ahp, Allocation, Combination, Comparison, DataMethod, DataWeights, Direction, How, Judgement,
    JudgementSet, Judgements, Order, Points, PointsKind, PriorityMethod, RandomIndex, RankAggregation, RankConversion,
    Ranking, Ranks, SiblingWeights, UnitData, UnitValues, Weighing,
};
use rust_decimal::Decimal;

const METHODS: &str = "write one of `ahp:`, `ranks:`, `points:`, `swing:`, `entropy:`, `critic:` and `combination:`, or \
                       the word `delphi` or `equal`";

pub(super) fn read_groups(reading: &mut Reading, node: &Node) -> Vec<SiblingWeights> {
    let help = "write one key for each group, as in `customer: {ranks: [loyalty, service]}`";
    let entries = reading.map(node, "weights.groups", help).iter();
    let read = entries.filter_map(|(key, value)| {
        let weighing = read_weighing(reading, value, &format!("weights.groups.{}", key.text), true)?;
        Some(SiblingWeights { parent: key.text.to_string(), weighing })
    });
    read.collect()
}

fn read_weighing(reading: &mut Reading, node: &Node, at: &str, may_combine: bool) -> Option<Weighing> {
    if let Value::Text(_) = &node.value {
        let keys = "ahp:`, `ranks:`, `points:`, `swing:`, `entropy:`, `critic:`";
        let keys = format!(", or a key: `{keys}{}", if may_combine { ", `combination:`" } else { "" });
        return reading.choice_or(node, at, &[("delphi", ()), ("equal", ())], &keys).map(|()| match &node.value {
            Value::Text(text) if &**text == "delphi" => Weighing::Delphi,
            _ => Weighing::Equal,
        });
    }
    let before = reading.flaws.len();
    let mut fields = reading.fields(node, at, METHODS);
    let mut found: Vec<Weighing> = Vec::new();
    if let Some(node) = fields.get("ahp") {
        found.push(Weighing::Ahp(read_ahp(reading, node, &format!("{at}.ahp"))));
    }
    if let Some(node) = fields.get("ranks") {
        let rankings = read_rankings(reading, node, &format!("{at}.ranks"));
        let conversion = fields.get("conversion").and_then(|node| read_conversion(reading, node, at));
        let aggregation = fields.choice(reading, "aggregation", &RankAggregation::ALL);
        found.push(Weighing::Ranks(Ranks {
            rankings,
            conversion: conversion.unwrap_or(RankConversion::Centroid),
            aggregation: aggregation.unwrap_or_default(),
        }));
    }
    for (key, kind) in [("points", PointsKind::Allocation), ("swing", PointsKind::Swing)] {
        if let Some(node) = fields.get(key) {
            let allocations = read_allocations(reading, node, &format!("{at}.{key}"));
            found.push(Weighing::Points(Points { kind, allocations }));
        }
    }
    for (key, method) in [("entropy", DataMethod::Entropy), ("critic", DataMethod::Critic)] {
        if let Some(node) = fields.get(key) {
            found.push(Weighing::Data(read_data(reading, node, &format!("{at}.{key}"), method)));
        }
    }
    if let Some(node) = may_combine.then(|| fields.get("combination")).flatten() {
        found.extend(read_combination(reading, node, &format!("{at}.combination")));
    }
    fields.finish(reading);
    if reading.flaws.len() == before && found.len() != 1 {
        let message = if found.is_empty() { "no way of weighing is stated" } else { "a group is weighed in one way" };
        let help = if found.is_empty() { METHODS } else { "keep one of them, or write `combination:` for two" };
        reading.refuse(node, at, message, help);
    }
    found.pop()
}

fn read_combination(reading: &mut Reading, node: &Node, at: &str) -> Option<Weighing> {
    const HELP: &str = "write `combination: {subjective: {ranks: …}, objective: {entropy: …}, alpha: 60%}`";
    let before = reading.flaws.len();
    let mut fields = reading.fields(node, at, HELP);
    let part = |fields: &mut Fields, reading: &mut Reading, key: &'static str| {
        let node = fields.get(key)?;
        read_weighing(reading, node, &format!("{at}.{key}"), false)
    };
    let subjective = part(&mut fields, reading, "subjective");
    let objective = part(&mut fields, reading, "objective");
    let given = fields.get("alpha");
    let alpha = given.and_then(|node| reading.number(node, &format!("{at}.alpha")));
    let how = fields.choice(reading, "how", &[("linear", false), ("multiplicative", true)]);
    fields.finish(reading);
    let how = match (how, alpha) {
        (Some(true), None) => Some(How::Multiplicative),
        (None | Some(false), Some(alpha)) => Some(How::Linear { alpha }),
        _ => None,
    };
    if reading.flaws.len() == before {
        let missing = match (&subjective, &objective, how, alpha) {
            (None, ..) | (_, None, ..) => Some("a combination has two parts, and one is missing"),
            (.., None, Some(_)) => {
                let help = "remove `alpha:`, or write `how: linear`";
                reading.refuse(
                    given.unwrap_or(node),
                    &format!("{at}.alpha"),
                    "a multiplicative combination has no `alpha`",
                    help,
                );
                None
            }
            (.., None, None) => Some("a linear combination needs the part of the subjective weights"),
            _ => None,
        };
        if let Some(missing) = missing {
            reading.refuse(node, at, missing, HELP);
        }
    }
    Some(Weighing::Combination(Box::new(Combination { subjective: subjective?, objective: objective?, how: how? })))
}

/// The values of a map, or the maps of several experts; `is_common` tells by a value of the map which of the two.
fn by_expert<'n, T>(
    reading: &mut Reading,
    node: &'n Node<'n>,
    at: &str,
    is_common: impl Fn(&Node) -> bool,
    mut read: impl FnMut(&mut Reading, &'n Node<'n>, &str) -> T,
) -> Vec<(Option<String>, T)> {
    match &node.value {
        Value::Map(entries) if !entries.iter().any(|(_, value)| is_common(value)) => {
            let experts = entries
                .iter()
                .map(|(key, value)| (Some(key.text.to_string()), read(reading, value, &format!("{at}.{}", key.text))));
            experts.collect()
        }
        _ => vec![(None, read(reading, node, at))],
    }
}

fn read_ahp(reading: &mut Reading, node: &Node, at: &str) -> Ahp {
    let mut fields = reading.fields(node, at, "write `ahp: {judgements: {customer: {financial: 3, process: 1/5}}}`");
    let mut ahp = Ahp::new([]);
    ahp.method = fields.choice(reading, "method", &PriorityMethod::ALL).unwrap_or_default();
    ahp.aggregation = fields.choice(reading, "aggregation", &Aggregation::ALL).unwrap_or_default();
    ahp.random_index = fields.choice(reading, "random_index", &RandomIndex::ALL).unwrap_or_default();
    if let Some(limit) = fields.number(reading, "cr_max") {
        ahp.cr_max = limit;
    }
    if let Some(node) = fields.get("judgements") {
        // `{customer: {financial: 3}}`, or the same under the name of each expert
        let is_common = |value: &Node| match &value.value {
            Value::Map(entries) => entries.iter().any(|(_, value)| matches!(value.value, Value::Text(_))),
            _ => false,
        };
        let sets = by_expert(reading, node, &format!("{at}.judgements"), is_common, read_pairs);
        ahp.judgements.extend(sets.into_iter().map(|(expert, judgements)| JudgementSet { expert, judgements }));
    }
    if let Some(node) = fields.get("matrix") {
        let judgements = read_matrix(reading, node, &format!("{at}.matrix"));
        ahp.judgements.push(JudgementSet { expert: None, judgements });
    }
    if let Some(node) = fields.get("matrices") {
        let sets = by_expert(reading, node, &format!("{at}.matrices"), |_| false, read_matrix);
        ahp.judgements.extend(sets.into_iter().map(|(expert, judgements)| JudgementSet { expert, judgements }));
    }
    fields.finish(reading);
    ahp
}

fn read_pairs(reading: &mut Reading, node: &Node, at: &str) -> Judgements {
    const HELP: &str = "write judgements of pairs, as in `{customer: {financial: 3, process: 1/5}}`";
    let mut pairs = Vec::new();
    for (item, row) in reading.map(node, at, HELP) {
        let at = format!("{at}.{}", item.text);
        for (over, judgement) in reading.map(row, &at, HELP) {
            let at = format!("{at}.{}", over.text);
            if let Some(judgement) = read_judgement(reading, judgement, &at) {
                pairs.push(Comparison { item: item.text.to_string(), over: over.text.to_string(), judgement });
            }
        }
    }
    Judgements::Pairs(pairs)
}

fn read_matrix(reading: &mut Reading, node: &Node, at: &str) -> Judgements {
    const HELP: &str = "write one row for each criterion, as in `customer: [1, 3, 1/5]`";
    let rows = reading.map(node, at, HELP).iter().map(|(item, row)| {
        let at = format!("{at}.{}", item.text);
        let entries = reading.list(row, &at, HELP).iter().enumerate();
        let read = entries.map(|(number, entry)| read_judgement(reading, entry, &format!("{at}.{number}")));
        (item.text.to_string(), read.collect())
    });
    Judgements::Matrix(rows.collect())
}

/// A judgement; `None` for `~`, a pair that nobody judged.
fn read_judgement(reading: &mut Reading, node: &Node, at: &str) -> Option<Judgement> {
    let text = match &node.value {
        Value::Null => return None,
        Value::Text(text) => text,
        _ => {
            reading.expected(node, at, "a judgement", "write 1 to 9, a ratio such as `1/5`, or a word such as strong");
            return None;
        }
    };
    match text.parse() {
        Ok(judgement) => Some(judgement),
        Err(error) => {
            let error: crate::panel::JudgementError = error;
            let mut flaw = Flaw::new("weights", At::Node(node.id), error.to_string());
            flaw.help = error.help();
            reading.flaw(flaw, at);
            None
        }
    }
}

fn read_rankings(reading: &mut Reading, node: &Node, at: &str) -> Vec<Ranking> {
    const HELP: &str =
        "write `[loyalty, service]`, the most important first, or ranks as in `{loyalty: 1, service: 2}`";
    const TIES: &str = "write what matters the same by rank, as in `{loyalty: 1, service: 2, price: 2}`";
    let is_common = |value: &Node| matches!(value.value, Value::Text(_));
    let read = by_expert(reading, node, at, is_common, |reading, node, at| match &node.value {
        Value::List(entries) => {
            let ids = entries.iter().enumerate();
            let read = ids.filter_map(|(place, id)| {
                let at = format!("{at}.{place}");
                if let Value::List(_) | Value::Map(_) = &id.value {
                    reading.expected(id, &at, "the id of a criterion", TIES);
                    return None;
                }
                reading.text(id, &at)
            });
            Order::Listed(read.collect())
        }
        _ => Order::Ranks(read_numbers(reading, node, at, HELP)),
    });
    read.into_iter().map(|(expert, order)| Ranking { expert, order }).collect()
}

fn read_conversion(reading: &mut Reading, node: &Node, at: &str) -> Option<RankConversion> {
    let at = format!("{at}.conversion");
    if let Value::Map(_) = &node.value {
        let mut fields = reading.fields(node, &at, "write `conversion: {exponent: 2}`");
        let exponent = fields.number(reading, "exponent");
        fields.finish(reading);
        return exponent.map(RankConversion::Exponent);
    }
    let known = [
        ("centroid", RankConversion::Centroid),
        ("sum", RankConversion::Sum),
        ("reciprocal", RankConversion::Reciprocal),
    ];
    reading.choice_or(node, &at, &known, ", or `{exponent: 2}`")
}

fn read_allocations(reading: &mut Reading, node: &Node, at: &str) -> Vec<Allocation> {
    const HELP: &str = "write points by criterion, as in `{loyalty: 60, service: 40}`";
    let is_common = |value: &Node| !matches!(value.value, Value::Map(_));
    let read = by_expert(reading, node, at, is_common, |reading, node, at| read_numbers(reading, node, at, HELP));
    read.into_iter().map(|(expert, points)| Allocation { expert, points }).collect()
}

/// Numbers by name; one that cannot be read stands as 1.
fn read_numbers(reading: &mut Reading, node: &Node, at: &str, help: &str) -> Vec<(String, Decimal)> {
    let entries = reading.map(node, at, help).iter();
    let read = entries.map(|(key, value)| {
        let number = reading.number(value, &format!("{at}.{}", key.text));
        (key.text.to_string(), number.unwrap_or(Decimal::ONE))
    });
    read.collect()
}

fn read_data(reading: &mut Reading, node: &Node, at: &str, method: DataMethod) -> DataWeights {
    const HELP: &str = "write a line for each unit, as in `table: {north: {loyalty: 7.5, service: 3}, south: [6, 4]}`";
    let mut fields = reading.fields(node, at, HELP);
    let mut data = DataWeights::new(method, []);
    if let Some(node) = fields.get("table") {
        let at = format!("{at}.table");
        for (unit, row) in reading.map(node, &at, HELP) {
            let at = format!("{at}.{}", unit.text);
            let values = match &row.value {
                Value::Map(_) => UnitValues::ByIndicator(read_numbers(reading, row, &at, HELP)),
                _ => UnitValues::InOrder(reading.numbers(row, &at, HELP)),
            };
            data.table.push(UnitData { unit: unit.text.to_string(), values });
        }
    }
    if let Some(node) = fields.get("directions") {
        let at = format!("{at}.directions");
        let help = "write `benefit`, `cost`, a band such as `[10, 20]`, or the best value";
        for (indicator, direction) in reading.map(node, &at, help) {
            let at = format!("{at}.{}", indicator.text);
            if let Some(direction) = read_direction(reading, direction, &at, help) {
                data.directions.push((indicator.text.to_string(), direction));
            }
        }
    }
    data.scaling = fields.choice(reading, "scaling", &[("min_max", true), ("none", false)]);
    match method {
        DataMethod::Entropy => data.epsilon = fields.number(reading, "epsilon"),
        DataMethod::Critic => {
            let flip = fields.get("flip_costs").and_then(|node| reading.truth(node, &format!("{at}.flip_costs")));
            data.flip_costs = flip.unwrap_or(true);
        }
    }
    fields.finish(reading);
    data
}

fn read_direction(reading: &mut Reading, node: &Node, at: &str, help: &str) -> Option<Direction> {
    match &node.value {
        Value::List(_) => match *reading.numbers(node, at, help).as_slice() {
            [low, high] => Some(Direction::Band { low, high }),
            _ => {
                reading.refuse(node, at, "a band has two ends", help);
                None
            }
        },
        Value::Text(text) if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '+')) => {
            reading.number(node, at).map(|best| Direction::Band { low: best, high: best })
        }
        _ => {
            let known = [("benefit", Direction::Benefit), ("cost", Direction::Cost)];
            reading.choice_or(node, at, &known, ", a band such as `[10, 20]`, or the best value")
        }
    }
}
