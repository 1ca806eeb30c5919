//! The section `scorecard:` as written.

use super::fields::Reading;
use super::flaw::{At, Flaw};
use super::measure;
use super::node::Node;
use super::structure;
use crate::calendar::Periods;
use crate::period::{FiscalYear, NamedBy};
use crate::scorecard::{
    Criterion, Framework, MissingPolicy, RollUp, Scorecard, Side, Stage, StatusBand, Theme, default_status_bands,
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
    let roll_up = fields.choice(reading, "roll_up", &RollUp::ALL).unwrap_or_default();
    let points = fields.number(reading, "points");
    let periods = fields.get("periods").and_then(|node| periods(reading, node));
    let follow_up = measure::follow_up(reading, &mut fields);
    let perspectives = match fields.get("perspectives") {
        Some(node) => criteria(reading, node, "scorecard.perspectives", nodes),
        None => Vec::new(),
    };
    let stage = fields.choice(reading, "stage", &Stage::ALL);
    let links = structure::links(reading, &mut fields);
    let initiatives = structure::initiatives(reading, &mut fields);
    let as_of = structure::day(reading, &mut fields, "as_of");
    fields.finish(reading);
    Scorecard {
        framework,
        missing,
        status,
        roll_up,
        points,
        periods,
        follow_up,
        perspectives,
        stage,
        links,
        initiatives,
        as_of,
    }
}

fn periods(reading: &mut Reading, node: &Node) -> Option<Periods> {
    let mut fields = reading.fields(node, "scorecard.periods", "write `periods: {from: 2025-Q1, to: 2026-Q4}`");
    let from = fields.period(reading, "from");
    let to = fields.period(reading, "to");
    let at = fields.period(reading, "at");
    let mut fiscal_year = FiscalYear::CALENDAR;
    if let Some(node) = fields.get("fiscal_year_starts") {
        let address = "scorecard.periods.fiscal_year_starts";
        let help = "write the number of a month, 4 for April";
        let month = reading.whole::<u8>(node, address, help);
        match month.map(FiscalYear::starting_in) {
            Some(Some(starting)) => fiscal_year = starting,
            Some(None) => reading.refuse(node, address, "there is no such month", help),
            None => {}
        }
    }
    let named_by = fields.choice(reading, "fiscal_year_named_by", &NamedBy::ALL).unwrap_or_default();
    for (key, period) in [("from", from), ("to", to)] {
        if period.is_none() && fields.key(key).is_none() && !fields.is_misspelt(key) {
            let help = format!("add `{key}:`, as in `{{from: 2025-Q1, to: 2026-Q4}}`");
            reading.refuse(node, "scorecard.periods", &format!("the periods have no `{key}`"), &help);
        }
    }
    fields.finish(reading);
    Some(Periods { from: from?, to: to?, at, fiscal_year: fiscal_year.named_by(named_by) })
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
    if let Some(kpi) = fields.not_here("kpi") {
        let help = "write the formula with its numbers, as in `actual: = 431 / 520`, and remove `data:`";
        reading.refuse(kpi, &at, "this version has no catalogue of indicators", help);
        fields.not_here("data");
    }
    let criterion = Criterion {
        id: id.to_owned(),
        name: fields.text(reading, "name"),
        weight: fields.number(reading, "weight"),
        children,
        roll_up: fields.choice(reading, "roll_up", &RollUp::ALL),
        measure: measure::read(reading, &mut fields, &at),
        owner: fields.text(reading, "owner"),
        source: fields.text(reading, "source"),
        side: fields.choice(reading, "side", &Side::ALL),
        theme: fields.choice(reading, "theme", &Theme::ALL),
    };
    fields.finish(reading);
    criterion
}
