//! The section `scorecard:` as written.

use super::fields::{Fields, Reading};
use super::flaw::{At, Flaw};
use super::kpi;
use super::node::Node;
use crate::scorecard::{
    Aim, Criterion, Framework, Measure, MissingPolicy, Scorecard, StatusBand, default_status_bands,
};
use std::collections::HashMap;

const HELP: &str = "write `scorecard:` and under it `perspectives:` with one key for each perspective";

/// Where each criterion stands, by its id: the number of its key and its value.
pub(super) type CriterionNodes<'n> = HashMap<&'n str, (u32, &'n Node<'n>)>;

pub(super) fn read<'n>(reading: &mut Reading, node: &'n Node<'n>, nodes: &mut CriterionNodes<'n>) -> Scorecard {
    let mut fields = reading.fields(node, "scorecard", HELP);
    let framework = fields.choice(reading, "framework", &Framework::ALL).unwrap_or_default();
    let missing = fields.choice(reading, "missing", &MissingPolicy::ALL).unwrap_or_default();
    let status = match fields.get("status") {
        None => default_status_bands(),
        Some(node) => {
            let entries = reading.map(node, "scorecard.status", "write `status: {red: 0%, amber: 50%, green: 80%}`");
            let bands = entries.iter().map(|(key, value)| StatusBand {
                name: key.text.to_string(),
                from: reading.number(value, &format!("scorecard.status.{}", key.text)).unwrap_or_default(),
            });
            bands.collect()
        }
    };
    let kpis = fields.get("kpis").map(|node| kpi::read_kpis(reading, node)).unwrap_or_default();
    let perspectives = match fields.get("perspectives") {
        Some(node) => criteria(reading, node, "scorecard.perspectives", nodes),
        None => Vec::new(),
    };
    fields.finish(reading);
    Scorecard { framework, missing, status, kpis, perspectives }
}

fn criteria<'n>(reading: &mut Reading, node: &'n Node<'n>, at: &str, nodes: &mut CriterionNodes<'n>) -> Vec<Criterion> {
    const HELP: &str =
        "write one key for each criterion, as in `retention_rate: {base: 78%, target: 86%, actual: 83%}`";
    let entries = reading.map(node, at, HELP).iter();
    // the guard limits how deep a document nests, and with it this recursion
    let read = entries.map(|(key, value)| {
        nodes.insert(&key.text, (key.id, value));
        criterion(reading, &key.text, value, nodes)
    });
    read.collect()
}

fn criterion<'n>(reading: &mut Reading, id: &'n str, node: &'n Node<'n>, nodes: &mut CriterionNodes<'n>) -> Criterion {
    let at = format!("scorecard.{id}");
    let mut fields = reading.fields(node, &at, "write `{base: 78%, target: 86%, actual: 83%}`");
    let mut children = Vec::new();
    for word in ["objectives", "indicators", "criteria"] {
        let (before, had) = (reading.flaws.len(), children.len());
        if let Some(node) = fields.get(word) {
            children.extend(criteria(reading, node, &format!("{at}.{word}"), nodes));
        }
        if let Some(key) = fields.key(word).filter(|_| children.len() == had && reading.flaws.len() == before) {
            let flaw = Flaw::new("yaml.empty_group", At::Node(key.id), format!("`{id}` has no {word}"));
            let help = format!("write one below `{word}:`, or remove the key where `{id}` is judged as a whole");
            reading.flaw(flaw.help(help), &at);
        }
    }
    let criterion = Criterion {
        id: id.to_owned(),
        name: fields.text(reading, "name"),
        weight: fields.number(reading, "weight"),
        children,
        measure: measure(reading, &mut fields, &at),
        owner: fields.text(reading, "owner"),
        source: fields.text(reading, "source"),
    };
    fields.finish(reading);
    criterion
}

fn measure(reading: &mut Reading, fields: &mut Fields, at: &str) -> Option<Measure> {
    let unit = fields.text(reading, "unit");
    let base = fields.amount(reading, "base");
    let target = fields.amount(reading, "target");
    let band = fields.get("band");
    let tolerance = fields.number(reading, "tolerance");
    let actual = fields.amount(reading, "actual");
    let kpi = kpi::read_use(reading, fields, at);
    if base.is_none() && target.is_none() && band.is_none() && actual.is_none() && kpi.is_none() {
        return None;
    }
    let aim = match band {
        Some(node) => {
            let at = format!("{at}.band");
            let before = reading.flaws.len();
            let ends = reading.numbers(node, &at, "write `band: [low, high]`");
            match *ends.as_slice() {
                [low, high] => {
                    if target.is_some() {
                        reading.refuse(
                            node,
                            &at,
                            "an indicator has a target or a band, not both",
                            "remove one of the two",
                        );
                    }
                    Some(Aim::Band { low, high, tolerance })
                }
                _ => {
                    if reading.flaws.len() == before {
                        reading.refuse(node, &at, "a band has two ends", "write `band: [low, high]`");
                    }
                    None
                }
            }
        }
        None => {
            if let Some(node) = fields.get("tolerance") {
                let help = "add `band: [low, high]`, or remove `tolerance`";
                reading.refuse(node, &format!("{at}.tolerance"), "a tolerance belongs to a band", help);
            }
            target.map(Aim::Target)
        }
    };
    Some(Measure { unit, base, aim, actual, kpi })
}
