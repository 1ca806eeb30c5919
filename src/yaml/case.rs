//! The sections `costs:` and `benefits:` as written, of the document itself or of its alternatives.

use super::fields::{Fields, Reading, listed};
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use super::syntax::short;
use super::valuation::{read_no_costs, read_views};
use crate::case::{
    ALTERNATIVES, Alternative, Benefit, BenefitKind, Category, ChargedOn, CostLine, NoCosts, Plan, Rate, Staff,
};
use crate::nearest::did_you_mean;

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
    read_views(reading, fields, &mut plan);
    plan
}

pub(super) fn read_alternatives(reading: &mut Reading, node: &Node) -> Vec<Alternative> {
    let help = "write one key for each alternative, as in `stay: {costs: …}`";
    let entries = reading.map(node, ALTERNATIVES, help).iter();
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

/// The lines, and the categories that are stated to have none.
fn read_costs(reading: &mut Reading, node: &Node, at: &str) -> (Vec<CostLine>, Vec<NoCosts>) {
    let mut lines = Vec::new();
    let mut nothing = Vec::new();
    let help = "write one key for each category, as in `hardware: {database: {initial: 24_000}}`";
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

fn read_line(reading: &mut Reading, at: &str, line: CostLine, node: &Node) -> CostLine {
    let help = match &node.value {
        Value::Text(amount) if amount.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
            let amount = short(amount);
            format!("write `{{initial: {amount}}}` for year 0 or `{{annual: {amount}}}` for every later year")
        }
        _ => "write `{initial: 24_000}`, `{annual: 5_000}` or both".to_owned(),
    };
    let mut fields = reading.fields(node, at, &help);
    let line = CostLine {
        name: fields.text(reading, "name"),
        initial: fields.amount(reading, "initial"),
        annual: fields.amount(reading, "annual"),
        staff: read_staff(reading, &mut fields, node),
        rate: read_rate(reading, &mut fields, node),
        share: fields.amount(reading, "share"),
        risk: fields.amount(reading, "risk"),
        contingency: fields.truth(reading, "contingency"),
        depreciation: super::tax::read_depreciation(reading, &mut fields),
        training: fields.truth(reading, "training"),
        phase: fields.text(reading, "phase"),
        source: fields.text(reading, "source"),
        ..line
    };
    fields.finish(reading);
    line
}

fn read_staff(reading: &mut Reading, fields: &mut Fields, node: &Node) -> Option<Staff> {
    let fte = fields.amount(reading, "fte");
    let cost = fields.amount(reading, "cost");
    let growth = fields.amount(reading, "growth");
    match (fte, cost) {
        (Some(fte), Some(cost)) => Some(Staff { fte, cost, growth }),
        (None, None) => {
            if growth.is_some() {
                let at = fields.at("growth");
                let help = "add `fte:` and `cost:`, or write `annual: {first: …, growth: …}`";
                reading.refuse(fields.get("growth").unwrap_or(node), &at, "`growth` alone grows nothing", help);
            }
            None
        }
        (fte, _) => {
            let (given, missing) = if fte.is_some() { ("fte", "cost") } else { ("cost", "fte") };
            if fields.is_misspelt(missing) {
                return None;
            }
            let help = format!("add `{missing}:`, as in `{{fte: 1.5, cost: 64_000}}`");
            let at = fields.at(given);
            let node = fields.get(given).unwrap_or(node);
            reading.refuse(node, &at, &format!("`{given}` without `{missing}` is no cost"), &help);
            Some(Staff { fte: 0.into(), cost: 0.into(), growth })
        }
    }
}

fn read_rate(reading: &mut Reading, fields: &mut Fields, node: &Node) -> Option<Rate> {
    let rate = fields.amount(reading, "rate");
    let of = fields.get("of");
    match (rate, of) {
        (Some(rate), Some(of)) => {
            let at = fields.at("of");
            Some(Rate { rate, of: read_base(reading, of, &at)? })
        }
        (None, None) => None,
        (rate, _) => {
            let (given, missing) = if rate.is_some() { ("rate", "of") } else { ("of", "rate") };
            if fields.is_misspelt(missing) {
                return None;
            }
            let at = fields.at(given);
            let node = fields.get(given).unwrap_or(node);
            let message = format!("`{given}` without `{missing}` is no cost");
            reading.refuse(node, &at, &message, "write both, as in `{rate: 20%, of: hardware.database}`");
            None
        }
    }
}

fn read_base(reading: &mut Reading, node: &Node, at: &str) -> Option<ChargedOn> {
    let text = reading.text(node, at)?;
    let text = text.trim();
    let base = match text.split_once('.') {
        None => match text {
            "initial" => Some(ChargedOn::Initial),
            "all" => Some(ChargedOn::All),
            _ => Category::of_key(text).map(ChargedOn::Category),
        },
        Some((category, line)) => Category::of_key(category).map(|category| ChargedOn::Line(category, line.to_owned())),
    };
    if base.is_none() {
        let known = || Category::ALL.map(Category::key).into_iter().chain(["initial", "all"]);
        let help = match did_you_mean(text.split('.').next().unwrap_or(text), known()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("write a line, as in `hardware.database`, or one of {}", listed(known())),
        };
        let message = format!("there is no cost category `{text}`");
        reading.flaw(Flaw::new("yaml.base", At::Node(node.id), message).help(help), at);
    }
    base
}

fn read_benefits(reading: &mut Reading, node: &Node, at: &str) -> Vec<Benefit> {
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
            realisation: fields.amount(reading, "realisation"),
            margin: fields.amount(reading, "margin"),
            risk: fields.amount(reading, "risk"),
            proven_by: fields.text(reading, "proven_by"),
            source: fields.text(reading, "source"),
            ..Benefit::new(&*key.text, kind.unwrap_or(BenefitKind::Revenue))
        };
        fields.finish(reading);
        benefit
    });
    read.collect()
}
