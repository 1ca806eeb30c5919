//! The sections `benefits:` and `overlaps:` as written.

use super::fields::{Fields, Reading, listed};
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use crate::Amount;
use crate::case::{Benefit, BenefitKind, Capacity, Counted, Follows, Overlap, Ramp, Risk};

pub(super) fn read_benefits(reading: &mut Reading, node: &Node, at: &str) -> Vec<Benefit> {
    let help = "write one key for each benefit, as in `saved_hours: {kind: saving, annual: 40_000}`";
    let entries = reading.map(node, at, help).iter();
    let read = entries.map(|(key, value)| {
        let at = format!("{at}.{}", key.text);
        let mut fields = reading.fields(value, &at, "write `{kind: saving, annual: 40_000}`");
        let kind = fields.choice(reading, "kind", &BenefitKind::ALL);
        let is_missing = fields.key("kind").is_none() && !fields.is_misspelt("kind");
        if is_missing && matches!(value.value, Value::Map(_) | Value::Null) {
            let help = format!("add `kind:` with one of {}", listed(BenefitKind::ALL.iter().map(|(name, _)| *name)));
            let message = format!("`{}` does not say what kind of benefit it is", key.text);
            reading.flaw(Flaw::new("yaml.benefit_kind", At::Node(key.id), message).help(help), &at);
        }
        let benefit = Benefit {
            name: fields.text(reading, "name"),
            initial: fields.amount(reading, "initial"),
            annual: fields.amount(reading, "annual"),
            capacity: read_capacity(reading, &mut fields),
            currency: fields.text(reading, "currency"),
            realisation: fields.amount(reading, "realisation"),
            ramp: read_ramp(reading, &mut fields),
            adoption: fields.amount(reading, "adoption"),
            attribution: fields.amount(reading, "attribution"),
            margin: fields.amount(reading, "margin"),
            delay: fields.amount(reading, "delay"),
            risk: read_risk(reading, &mut fields),
            overlap: fields.text(reading, "overlap"),
            cashable: fields.truth(reading, "cashable"),
            proven_by: fields.text(reading, "proven_by"),
            follows: read_follows(reading, &mut fields),
            source: fields.text(reading, "source"),
            ..Benefit::new(&*key.text, kind.unwrap_or(BenefitKind::Revenue))
        };
        fields.finish(reading);
        benefit
    });
    read.collect()
}

fn read_capacity(reading: &mut Reading, fields: &mut Fields) -> Option<Capacity> {
    let at = fields.at("capacity");
    let (key, node) = fields.entry("capacity")?;
    const HELP: &str = "write `{hours: 4_000, rate: 45, conversion: 50%}`";
    let mut fields = reading.fields(node, &at, HELP);
    let hours = fields.required(reading, key, node, "hours", "hours: 4_000");
    let rate = fields.required(reading, key, node, "rate", "rate: 45");
    let capacity = Capacity {
        conversion: fields.amount(reading, "conversion"),
        full_time: fields.amount(reading, "full_time").unwrap_or_else(|| Capacity::FULL_TIME.into()),
        ..Capacity::new(hours, rate)
    };
    fields.finish(reading);
    Some(capacity)
}

fn read_ramp(reading: &mut Reading, fields: &mut Fields) -> Option<Ramp> {
    Some(match fields.amount(reading, "ramp")? {
        Amount::PerYear(shares) => Ramp::Curve(shares),
        years => Ramp::Linear(years),
    })
}

/// A share, or what is cut at best, most likely and at worst.
fn read_risk(reading: &mut Reading, fields: &mut Fields) -> Option<Risk> {
    let at = fields.at("risk");
    let node = fields.get("risk")?;
    let Value::Map(entries) = &node.value else { return Some(reading.amount(node, &at).into()) };
    if !entries.iter().any(|(key, _)| matches!(&*key.text, "low" | "likely" | "high")) {
        return Some(reading.amount(node, &at).into());
    }
    let mut fields = reading.fields(node, &at, "write `{low: 5%, likely: 10%, high: 30%}`");
    let corners = ["low", "likely", "high"].map(|corner| {
        let is_missing = fields.key(corner).is_none() && !fields.is_misspelt(corner);
        if is_missing {
            let message = format!("a triangle of risks has no `{corner}`");
            reading.refuse(node, &at, &message, "write all three, as in `{low: 5%, likely: 10%, high: 30%}`");
        }
        fields.amount(reading, corner).unwrap_or_else(|| 0.into())
    });
    fields.finish(reading);
    let [low, likely, high] = corners;
    Some(Risk::Triangle { low, likely, high })
}

/// The id of an indicator, alone or with a limit.
fn read_follows(reading: &mut Reading, fields: &mut Fields) -> Option<Follows> {
    let at = fields.at("follows");
    let node = fields.get("follows")?;
    let Value::Map(_) = &node.value else { return Some(Follows::new(reading.text(node, &at)?)) };
    let mut fields = reading.fields(node, &at, "write an indicator, or `{indicator: retention_rate, limit: 20%}`");
    let indicator = fields.text(reading, "indicator");
    if indicator.is_none() && !fields.is_misspelt("indicator") {
        let help = "add `indicator:`, as in `{indicator: retention_rate, limit: 20%}`";
        reading.refuse(node, &at, "no indicator is named that the benefit follows", help);
    }
    let limit = fields.amount(reading, "limit").unwrap_or_else(|| Follows::LIMIT.into());
    fields.finish(reading);
    Some(Follows { indicator: indicator?, limit })
}

pub(super) fn read_overlaps(reading: &mut Reading, node: &Node, at: &str) -> Vec<Overlap> {
    let help = "write one key for each group, as in `saved_time: {share: 70%}` or `saved_time: {count: largest}`";
    let entries = reading.filled_map(node, at, help).iter();
    let read = entries.map(|(key, value)| {
        let at = format!("{at}.{}", key.text);
        let mut fields = reading.fields(value, &at, "write `{share: 70%}` or `{count: largest}`");
        let largest = fields.choice(reading, "count", &[("largest", ())]);
        let share = fields.amount(reading, "share");
        if largest.is_some() && share.is_some() {
            let help = "keep one of the two: the largest is counted, or a share of the sum";
            let message = format!("`{}` is counted in two ways", key.text);
            reading.refuse(value, &at, &message, help);
        }
        fields.finish(reading);
        Overlap { group: key.text.to_string(), counted: share.map_or(Counted::Largest, Counted::Share) }
    });
    read.collect()
}
