//! The sections `costs:` and `benefits:` as written, of the document itself or of its alternatives.

use super::benefit::{read_benefits, read_overlaps};
use super::cost_line::read_line;
use super::fields::{Fields, Reading};
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use super::valuation::{read_no_costs, read_views};
use crate::case::{ALTERNATIVES, Alternative, Category, CostLine, NoCosts, Plan};

/// What a plan states, wherever it stands.
pub(super) fn read_plan(reading: &mut Reading, fields: &mut Fields) -> Plan {
    let mut plan = Plan::default();
    let at = fields.at("costs");
    if let Some(node) = fields.get("costs") {
        let (lines, nothing) = read_costs(reading, node, &at);
        plan.costs = Some(lines);
        plan.no_costs_in = nothing;
    }
    let at = fields.at("benefits");
    plan.benefits = fields.get("benefits").map(|node| read_benefits(reading, node, &at));
    let at = fields.at("overlaps");
    plan.overlaps = fields.get("overlaps").map(|node| read_overlaps(reading, node, &at)).unwrap_or_default();
    read_views(reading, fields, &mut plan);
    plan.financing = super::financing::read(reading, fields);
    plan
}

pub(super) fn read_alternatives(reading: &mut Reading, node: &Node) -> Vec<Alternative> {
    let help = "write one key for each alternative, as in `stay: {costs: …}`";
    let entries = reading.filled_map(node, ALTERNATIVES, help).iter();
    let read = entries.map(|(key, value)| {
        let at = format!("{ALTERNATIVES}.{}", key.text);
        let mut fields = reading.fields(value, &at, "write `{name: Vendor A, costs: …, benefits: …}`");
        let alternative = Alternative {
            name: fields.text(reading, "name"),
            baseline: fields.truth(reading, "baseline").unwrap_or_default(),
            life: read_life(reading, &mut fields),
            plan: read_plan(reading, &mut fields),
            ..Alternative::new(&*key.text)
        };
        refuse_common(reading, &mut fields);
        fields.finish(reading);
        alternative
    });
    read.collect()
}

fn read_life(reading: &mut Reading, fields: &mut Fields) -> Option<u32> {
    let at = fields.at("life");
    let node = fields.get("life")?;
    reading.whole(node, &at, "write whole years, as in `life: 3`")
}

/// What is common to all alternatives, so that they are comparable, and therefore belongs to the document.
fn refuse_common(reading: &mut Reading, fields: &mut Fields) {
    for key in ["discount_rate", "horizon", "valuation", "currency"] {
        let at = fields.at(key);
        if let Some(key) = fields.take_key(key) {
            let message = format!("`{}` is common to all alternatives, so that they can be compared", key.text);
            let help = format!("move `{}:` to the document itself, beside `{ALTERNATIVES}:`", key.text);
            reading.flaw(Flaw::new("yaml.common", At::Node(key.id), message).help(help), &at);
        }
    }
}

/// What lines are called, whatever is said of them: rates and financing name them before all are read.
fn names_of_lines(node: &Node) -> Vec<String> {
    let entries = |node: &'_ Node| -> Vec<String> {
        match &node.value {
            Value::Map(entries) => entries.iter().map(|(key, _)| key.text.to_string()).collect(),
            _ => Vec::new(),
        }
    };
    let Value::Map(categories) = &node.value else { return Vec::new() };
    let known = categories.iter().filter(|(category, _)| Category::of_key(&category.text).is_some());
    known.flat_map(|(key, lines)| entries(lines).into_iter().map(move |line| format!("{}.{line}", key.text))).collect()
}

/// The lines, and the categories that are stated to have none.
fn read_costs(reading: &mut Reading, node: &Node, at: &str) -> (Vec<CostLine>, Vec<NoCosts>) {
    let mut lines = Vec::new();
    let mut nothing = Vec::new();
    let help = "write one key for each category, as in `hardware: {database: {initial: 24_000}}`";
    reading.cost_lines = names_of_lines(node);
    for (key, value) in reading.map(node, at, help) {
        let at = format!("{at}.{}", key.text);
        let Some(category) = Category::of_key(&key.text) else {
            let known = Category::ALL.map(Category::key).into_iter();
            reading.unknown_key((key, value), &at, "no category of costs", known);
            continue;
        };
        if let Some(reason) = read_no_costs(reading, value, &at) {
            nothing.push(NoCosts { category, reason });
            continue;
        }
        match &value.value {
            Value::Text(text) if super::scalars::number(text).is_ok_and(|number| number.is_zero()) => {
                nothing.push(NoCosts { category, reason: None });
            }
            Value::Text(_) => {
                let help = format!("write `{}: {{lines: {{annual: …}}}}`, or `0` where there is nothing", key.text);
                reading.refuse(value, &at, "the costs of a category are written line by line", &help);
            }
            _ => {
                for (line, value) in
                    reading.map(value, &at, "write one key for each line, as in `database: {initial: 24_000}`")
                {
                    let at = format!("{at}.{}", line.text);
                    lines.push(read_line(reading, &at, CostLine::new(category, &*line.text), value));
                }
            }
        }
    }
    (lines, nothing)
}
