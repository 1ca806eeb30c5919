//! The section `customers:` as written.

use super::fields::Reading;
use super::node::{Node, Value};
use crate::customers::{
    Band, Composition, CustomerState, Customers, FirstMargin, Funnel, Lifetime, LifetimeValue, Member, Parts, Scale,
    Segment, Segmentation, Stage, StateCounts, StateKind, States, Transitions,
};
use rust_decimal::Decimal;

const AT: &str = "customers";

pub(super) fn read_customers(reading: &mut Reading, node: &Node) -> Customers {
    let help = "write `lifetime_value:`, `segmentation:`, `states:`, `compositions:` or `funnel:` under it";
    let mut fields = reading.fields(node, AT, help);
    let customers = Customers {
        lifetime_value: fields.get("lifetime_value").map(|node| read_lifetime_value(reading, node)),
        segmentation: fields.get("segmentation").map(|node| read_segmentation(reading, node)),
        states: fields.get("states").map(|node| read_states(reading, node)),
        compositions: fields.get("compositions").map(|node| read_compositions(reading, node)).unwrap_or_default(),
        funnel: fields.get("funnel").map(|node| read_funnel(reading, node)),
    };
    fields.finish(reading);
    customers
}

fn read_lifetime_value(reading: &mut Reading, node: &Node) -> LifetimeValue {
    const HELP: &str = "write one key for each segment, as in `segments: {private: {margin: 400, retention: 80%}}`";
    let mut fields = reading.fields(node, "customers.lifetime_value", HELP);
    let mut value = LifetimeValue::new([]);
    value.discount_rate = fields.amount(reading, "discount_rate");
    if let Some(node) = fields.get("lifetime") {
        value.lifetime = read_lifetime(reading, node, "customers.lifetime_value.lifetime").unwrap_or_default();
    }
    value.first_margin = fields.choice(reading, "first_margin", &FirstMargin::ALL).unwrap_or_default();
    if let Some(node) = fields.get("segments") {
        let entries = reading.map(node, "customers.lifetime_value.segments", HELP).iter();
        let read = entries.map(|(key, node)| {
            let at = format!("customers.lifetime_value.segments.{}", key.text);
            let mut fields = reading.fields(node, &at, "write `{margin: 400, retention: 80%}`");
            let margin = fields.required(reading, key, node, "margin", "margin: 400");
            let retention = fields.required(reading, key, node, "retention", "retention: 80%");
            let segment = Segment {
                name: fields.text(reading, "name"),
                growth: fields.amount(reading, "growth"),
                acquisition_cost: fields.amount(reading, "acquisition_cost"),
                customers: fields.amount(reading, "customers"),
                new_customers: fields.amount(reading, "new_customers"),
                ..Segment::new(&*key.text, margin, retention)
            };
            fields.finish(reading);
            segment
        });
        value.segments = read.collect();
    }
    fields.finish(reading);
    value
}

fn read_lifetime(reading: &mut Reading, node: &Node, at: &str) -> Option<Lifetime> {
    match &node.value {
        Value::Text(text) if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+')) => {
            reading.whole(node, at, "write a whole number of years, as in `lifetime: 5`").map(Lifetime::Years)
        }
        _ => {
            let known = [("horizon", Lifetime::Horizon), ("perpetual", Lifetime::Perpetual)];
            reading.choice_or(node, at, &known, ", or a number of years")
        }
    }
}

fn read_segmentation(reading: &mut Reading, node: &Node) -> Segmentation {
    const MEMBERS: &str = "write one key for each member, as in `members: {north: {value: 1_200, need: 3}}`";
    let mut fields = reading.fields(node, "customers.segmentation", MEMBERS);
    let mut side = |reading: &mut Reading, key: &'static str| {
        let node = fields.get(key);
        node.map_or_else(|| Scale::new([]), |node| read_scale(reading, node, &format!("customers.segmentation.{key}")))
    };
    let (value, need) = (side(reading, "value"), side(reading, "need"));
    let mut members = Vec::new();
    if let Some(node) = fields.get("members") {
        for (key, node) in reading.map(node, "customers.segmentation.members", MEMBERS) {
            let at = format!("customers.segmentation.members.{}", key.text);
            let mut fields = reading.fields(node, &at, "write `{value: 1_200, need: 3}`");
            let value = fields.required(reading, key, node, "value", "value: 1_200");
            let need = fields.required(reading, key, node, "need", "need: 3");
            members.push(Member {
                name: fields.text(reading, "name"),
                customers: fields.amount(reading, "customers"),
                ..Member::new(&*key.text, value, need)
            });
            fields.finish(reading);
        }
    }
    fields.finish(reading);
    Segmentation { value, need, members }
}

fn read_scale(reading: &mut Reading, node: &Node, at: &str) -> Scale {
    const HELP: &str = "write where each band begins, the lowest first, as in `bands: {low: 0, high: 1_000}`";
    let mut fields = reading.fields(node, at, HELP);
    let bands = fields.get("bands").map(|node| read_numbers(reading, node, &format!("{at}.bands"), HELP));
    let bands = bands.unwrap_or_default().into_iter().map(|(name, from)| Band { name, from });
    let scale =
        Scale { name: fields.text(reading, "name"), unit: fields.text(reading, "unit"), bands: bands.collect() };
    fields.finish(reading);
    scale
}

fn read_states(reading: &mut Reading, node: &Node) -> States {
    const COUNTS: &str = "write the counts of each time, as in `counts: {2024: {active: 900, lost: 40}}`";
    const MATRIX: &str = "write where each state leads, as in `transitions: {active: {active: 90%, lost: 10%}}`";
    const KINDS: &str = "write what each state is, as in `kinds: {active: active, gone: lost}`";
    let mut fields = reading.fields(node, "customers.states", KINDS);
    let mut states = States::default();
    if let Some(node) = fields.get("kinds") {
        for (key, node) in reading.map(node, "customers.states.kinds", KINDS) {
            let kind = reading.choice(node, &format!("customers.states.kinds.{}", key.text), &StateKind::ALL);
            states.kinds.push(CustomerState::new(&*key.text, kind.unwrap_or(StateKind::Active)));
        }
    }
    if let Some(node) = fields.get("counts") {
        for (key, node) in reading.map(node, "customers.states.counts", COUNTS) {
            let counts = read_numbers(reading, node, &format!("customers.states.counts.{}", key.text), COUNTS);
            states.counts.push(StateCounts { time: key.text.to_string(), counts });
        }
    }
    if let Some(node) = fields.get("transitions") {
        for (key, node) in reading.map(node, "customers.states.transitions", MATRIX) {
            let to = read_numbers(reading, node, &format!("customers.states.transitions.{}", key.text), MATRIX);
            states.transitions.push(Transitions { from: key.text.to_string(), to });
        }
    }
    let arrivals = fields.get("arrivals");
    let help = "write how many come from outside in each step, as in `arrivals: {prospect: 600}`";
    let arrivals = arrivals.map(|node| read_numbers(reading, node, "customers.states.arrivals", help));
    states.arrivals = arrivals.unwrap_or_default();
    let steps = fields.get("steps");
    let help = "write a whole number of steps, as in `steps: 4`";
    states.steps = steps.and_then(|node| reading.whole(node, "customers.states.steps", help));
    fields.finish(reading);
    states
}

fn read_compositions(reading: &mut Reading, node: &Node) -> Vec<Composition> {
    const HELP: &str = "write `reasons_of_loss: {shares: {price: 40%, service: 60%}}`";
    let entries = reading.map(node, "customers.compositions", HELP).iter();
    let read = entries.map(|(key, node)| {
        let at = format!("customers.compositions.{}", key.text);
        let mut fields = reading.fields(node, &at, HELP);
        let name = fields.text(reading, "name");
        let shares = fields.get("shares");
        let counts = fields.get("counts");
        let mut parts =
            |node, key: &str| read_numbers(reading, node, &format!("{at}.{key}"), "write `{price: 40%, service: 60%}`");
        let parts = match (shares, counts) {
            (_, Some(counts)) => Parts::Counts(parts(counts, "counts")),
            (Some(shares), None) => Parts::Shares(parts(shares, "shares")),
            (None, None) => Parts::Shares(Vec::new()),
        };
        if let (Some(shares), Some(_)) = (shares, counts) {
            let message = "the parts are stated as shares and as counts";
            reading.refuse(shares, &format!("{at}.shares"), message, "keep one of them");
        }
        let help = "write how many of the largest parts are looked at together, as in `top: 3`";
        let top = fields.get("top").and_then(|node| reading.whole(node, &format!("{at}.top"), help));
        fields.finish(reading);
        Composition { id: key.text.to_string(), name, parts, top }
    });
    read.collect()
}

fn read_funnel(reading: &mut Reading, node: &Node) -> Funnel {
    const HELP: &str = "write the stages, the widest first, as in `stages: {leads: 3_000, orders: 150}`";
    let mut fields = reading.fields(node, "customers.funnel", HELP);
    let mut stages = Vec::new();
    if let Some(node) = fields.get("stages") {
        for (key, node) in reading.map(node, "customers.funnel.stages", HELP) {
            let at = format!("customers.funnel.stages.{}", key.text);
            let stage = if let Value::Map(_) = &node.value {
                let mut fields = reading.fields(node, &at, HELP);
                let count = fields.required(reading, key, node, "count", "count: 3_000");
                let stage = Stage { name: fields.text(reading, "name"), ..Stage::new(&*key.text, count) };
                fields.finish(reading);
                stage
            } else {
                Stage::new(&*key.text, reading.amount(node, &at))
            };
            stages.push(stage);
        }
    }
    fields.finish(reading);
    Funnel { stages }
}

/// Numbers by name; a name without a number is left out, a number that cannot be read stands as 0.
fn read_numbers(reading: &mut Reading, node: &Node, at: &str, help: &str) -> Vec<(String, Decimal)> {
    let entries = reading.map(node, at, help).iter().filter(|(_, node)| !matches!(node.value, Value::Null));
    let read = entries.map(|(key, value)| {
        let number = reading.number(value, &format!("{at}.{}", key.text));
        (key.text.to_string(), number.unwrap_or_default())
    });
    read.collect()
}
