//! The section `scorecard:` as written.

use super::fields::Reading;
use super::flaw::{At, Flaw};
use super::kpi;
use super::measure;
use super::node::{Node, Value};
use super::review;
use super::structure;
use super::units;
use crate::amount::Amount;
use crate::calendar::Periods;
use crate::period::{FiscalYear, NamedBy};
use crate::scorecard::{
    Criterion, DesignReview, Framework, FromUnits, MissingPolicy, RollUp, Scorecard, Side, Stage, StatusBand,
    StatusRule, Theme, default_status_bands,
};
use std::collections::HashMap;

const HELP: &str = "write `scorecard:` and under it `perspectives:` with one key for each perspective";

/// Where each criterion stands, by its id: the number of its key and its value.
pub(super) type CriterionNodes<'n> = HashMap<&'n str, (u32, &'n Node<'n>)>;

pub(super) fn read<'n>(reading: &mut Reading, node: &'n Node<'n>, nodes: &mut CriterionNodes<'n>) -> Scorecard {
    let mut fields = reading.fields(node, "scorecard", HELP);
    let framework = fields.choice(reading, "framework", &Framework::ALL).unwrap_or_default();
    let missing = fields.choice(reading, "missing", &MissingPolicy::ALL).unwrap_or_default();
    let (status, rules) = match fields.get("status") {
        None => (default_status_bands(), Vec::new()),
        Some(node) if matches!(node.value, Value::List(_)) => (default_status_bands(), status_rules(reading, node)),
        Some(node) => {
            let entries = reading.map(node, "scorecard.status", "write `status: {red: 0%, amber: 50%, green: 80%}`");
            let bands = entries.iter().map(|(key, value)| {
                let at = format!("scorecard.status.{}", key.text);
                let from = match &value.value {
                    Value::Text(text) if text.starts_with('=') => {
                        let help = "write the rules in order, as in `- {status: on target, when: = actual >= target}`";
                        reading.refuse(value, &at, "a rule of a status stands in a list", help);
                        None
                    }
                    _ => reading.number(value, &at),
                };
                StatusBand { name: key.text.to_string(), from: from.unwrap_or_default() }
            });
            (bands.collect(), Vec::new())
        }
    };
    let no_information = fields.text(reading, "no_information");
    let roll_up = fields.choice(reading, "roll_up", &RollUp::ALL).unwrap_or_default();
    let points = fields.number(reading, "points");
    let periods = fields.get("periods").and_then(|node| periods(reading, node));
    let follow_up = measure::follow_up(reading, &mut fields);
    let kpis = fields.get("kpis").map(|node| kpi::read_kpis(reading, node)).unwrap_or_default();
    let perspectives = match fields.get("perspectives") {
        Some(node) => criteria(reading, node, "scorecard.perspectives", nodes, false),
        None => Vec::new(),
    };
    // the key alone asks for a review within the limits by default
    let is_asked = fields.key("review").is_some();
    let review = fields.get("review").map(|node| review::read_review(reading, node));
    let review = review.or_else(|| is_asked.then(DesignReview::default));
    let stage = fields.choice(reading, "stage", &Stage::ALL);
    let links = structure::links(reading, &mut fields);
    let initiatives = structure::initiatives(reading, &mut fields);
    let as_of = structure::day(reading, &mut fields, "as_of");
    let units = units::read_units(reading, &mut fields, &perspectives);
    let units_roll_up = fields.choice(reading, "units_roll_up", &FromUnits::ALL);
    fields.finish(reading);
    Scorecard {
        framework,
        missing,
        status,
        rules,
        no_information,
        roll_up,
        points,
        periods,
        follow_up,
        kpis,
        perspectives,
        review,
        stage,
        links,
        initiatives,
        as_of,
        units,
        units_roll_up,
    }
}

fn status_rules(reading: &mut Reading, node: &Node) -> Vec<StatusRule> {
    const HELP: &str = "write the rules in order, as in `- {status: on target, when: = actual >= target}`";
    let rules = reading.list(node, "scorecard.status", HELP).iter().enumerate();
    let rules = rules.map(|(position, node)| {
        let at = format!("scorecard.status.{position}");
        let before = reading.flaws.len();
        let mut fields = reading.fields(node, &at, HELP);
        let status = fields.text(reading, "status");
        let when = fields.get("when").map(|node| reading.amount(node, &format!("{at}.when")));
        let from = fields.number(reading, "from");
        fields.finish(reading);
        let when = match when {
            Some(Amount::Formula(formula)) => Some(formula),
            Some(_) => {
                if reading.flaws.len() == before {
                    let help = "write a comparison after `=`, as in `when: = actual >= target`";
                    reading.refuse(node, &at, "a rule holds when a formula says so", help);
                }
                None
            }
            None => None,
        };
        if status.is_none() && reading.flaws.len() == before {
            reading.refuse(node, &at, "the rule does not say which status it gives", HELP);
        }
        // one without a name keeps its place, so that the places of the others are theirs
        StatusRule { status: status.unwrap_or_default(), when, from }
    });
    rules.collect()
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

fn criteria<'n>(
    reading: &mut Reading,
    node: &'n Node<'n>,
    at: &str,
    nodes: &mut CriterionNodes<'n>,
    is_objective: bool,
) -> Vec<Criterion> {
    const HELP: &str =
        "write one key for each criterion, as in `retention_rate: {base: 78%, target: 86%, actual: 83%}`";
    let entries = reading.map(node, at, HELP).iter();
    // the guard limits how deep a document nests, and with it this recursion
    let read = entries.map(|(key, value)| {
        nodes.insert(&key.text, (key.id, value));
        Criterion { is_objective, ..criterion(reading, &key.text, value, nodes) }
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
            children.extend(criteria(reading, node, &format!("{at}.{word}"), nodes, word == "objectives"));
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
        roll_up: fields.choice(reading, "roll_up", &RollUp::ALL),
        measure: measure::read(reading, &mut fields, &at, measure::Whose::Scorecard),
        owner: fields.text(reading, "owner"),
        source: fields.text(reading, "source"),
        facets: review::facets(reading, &mut fields),
        is_objective: false,
        side: fields.choice(reading, "side", &Side::ALL),
        theme: fields.choice(reading, "theme", &Theme::ALL),
    };
    fields.finish(reading);
    criterion
}
