//! `kpi:` and `data:` of an indicator, and `kpis:` of the scorecard, as written.

use super::fields::{CutOff, Fields, Reading, cut_off, part_of};
use super::flaw::{At, Flaw};
use super::node::{Key, Node, Value};
use super::syntax::short;
use crate::model::Formula;
use crate::scorecard::{
    Datum, Direction, InputRule, Kpi, KpiExample, KpiGroup, KpiInput, KpiSource, KpiUse, Takes, Timing,
};
use std::collections::HashMap;

/// The KPI that an indicator uses, with its data.
pub(super) fn read_use(reading: &mut Reading, fields: &mut Fields, at: &str) -> Option<KpiUse> {
    let kpi = fields.text(reading, "kpi");
    let data = fields.get("data");
    let Some(kpi) = kpi else {
        if let Some(node) = data.filter(|_| fields.key("kpi").is_none() && !fields.is_misspelt("kpi")) {
            let help = "add `kpi:` with the id of the KPI that they are the data of, or remove `data:`";
            reading.refuse(node, &format!("{at}.data"), "data belong to a KPI", help);
        }
        return None;
    };
    let data = data.map(|node| read_data(reading, node, &format!("{at}.data"))).unwrap_or_default();
    Some(KpiUse { kpi, data })
}

/// The data that a business unit has for the KPI of an indicator.
pub(super) fn read_data_of_unit(reading: &mut Reading, fields: &mut Fields, at: &str) -> Option<KpiUse> {
    let node = fields.get("data")?;
    Some(KpiUse { kpi: String::new(), data: read_data(reading, node, &format!("{at}.data")) })
}

/// Data by the name of the input; an empty value is one that is not known yet.
fn read_data(reading: &mut Reading, node: &Node, at: &str) -> Vec<(String, Datum)> {
    let help = "write one key for each input, as in `data: {customers_lost: 80, customers_start: 1_000}`";
    let mut rest = reading.map(node, at, help);
    let mut data = Vec::with_capacity(rest.len());
    while let Some((entry, after)) = rest.split_first() {
        let (key, value) = entry;
        let at = format!("{at}.{}", key.text);
        let keys = match cut_off(entry, after) {
            Some(CutOff { flaw, keys }) => {
                reading.flaw(flaw, &at);
                keys
            }
            None => {
                data.push((key.text.to_string(), datum(reading, value, &at)));
                0
            }
        };
        rest = after.get(keys..).unwrap_or_default();
    }
    data
}

fn datum(reading: &mut Reading, node: &Node, at: &str) -> Datum {
    match &node.value {
        Value::Null => Datum::Missing,
        Value::Map(entries) if entries.iter().any(|(_, value)| matches!(value.value, Value::List(_))) => {
            let help = "write numbers, as in `[4, 5, 3]`";
            let lists = reading.by_period(node, at, |reading, node, at| Some(reading.numbers(node, at, help)));
            Datum::ListByPeriod(lists)
        }
        Value::List(_) => Datum::List(reading.numbers(node, at, "write numbers, as in `[4, 5, 3]`")),
        _ => Datum::Amount(reading.amount(node, at)),
    }
}

/// The definitions that a scorecard brings.
pub(super) fn read_kpis(reading: &mut Reading, node: &Node) -> Vec<Kpi> {
    const AT: &str = "scorecard.kpis";
    let help = "write one key for each KPI, as in `visits_per_rep: {formula: visits / reps, unit: count}`";
    let entries = reading.map(node, AT, help).iter();
    entries.filter_map(|(key, value)| read_kpi(reading, key, value, &format!("{AT}.{}", key.text))).collect()
}

fn read_kpi(reading: &mut Reading, key: &Key, node: &Node, at: &str) -> Option<Kpi> {
    let mut fields = reading.fields(node, at, "write `{formula: visits / reps, unit: count}`");
    let formula = match fields.get("formula") {
        Some(node) => read_formula(reading, node, &format!("{at}.formula")),
        None => {
            if !fields.is_misspelt("formula") {
                let flaw =
                    Flaw::new("yaml.meaning", At::Node(key.id), format!("`{}` has no formula", short(&key.text)));
                reading.flaw(flaw.help("add `formula:`, as in `formula: visits / reps`"), at);
            }
            None
        }
    };
    let name = fields.text(reading, "name").unwrap_or_else(|| key.text.to_string());
    let kpi = Kpi {
        name_zh: fields.text(reading, "name_zh"),
        group: fields.choice(reading, "perspective", &KpiGroup::ALL),
        unit: fields.text(reading, "unit"),
        direction: fields.choice(reading, "direction", &Direction::ALL),
        band: fields.get("band").and_then(|node| read_band(reading, node, &format!("{at}.band"))),
        timing: fields.choice(reading, "leading_or_lagging", &Timing::ALL),
        source: fields.text(reading, "source").map(|title| KpiSource { title, url: None, status: None }),
        note: fields.text(reading, "note"),
        example: fields.get("example").and_then(|node| read_example(reading, node, &format!("{at}.example"))),
        // where there is no formula, the definition is given up below
        ..Kpi::new(&*key.text, name, formula.clone().or_else(|| Formula::parse("0").ok())?)
    };
    let inputs = fields.get("inputs");
    let kpi = Kpi { inputs: read_inputs(reading, inputs, kpi.inputs, &format!("{at}.inputs")), ..kpi };
    fields.finish(reading);
    if formula.is_none() {
        // whoever uses it misses it for this reason
        reading.lost.insert((*key.text).into());
    }
    formula.map(|_| kpi)
}

fn read_formula(reading: &mut Reading, node: &Node, at: &str) -> Option<Formula> {
    let Value::Text(text) = &node.value else {
        reading.expected(node, at, "a formula", "write a formula over names, as in `formula: visits / reps`");
        return None;
    };
    match Formula::parse(text) {
        Ok(formula) => Some(formula),
        Err(error) => {
            let mut flaw = Flaw::new("formula", part_of(node, text, &error.span), error.to_string());
            flaw.help = error.help();
            reading.flaw(flaw, at);
            None
        }
    }
}

fn read_band(reading: &mut Reading, node: &Node, at: &str) -> Option<(rust_decimal::Decimal, rust_decimal::Decimal)> {
    let before = reading.flaws.len();
    match *reading.numbers(node, at, "write `band: [low, high]`").as_slice() {
        [low, high] => Some((low, high)),
        _ => {
            if reading.flaws.len() == before {
                reading.refuse(node, at, "a band has two ends", "write `band: [low, high]`");
            }
            None
        }
    }
}

/// The inputs of the formula, with the rules that are written for them: a list of names, or a rule for each name.
fn read_inputs(reading: &mut Reading, node: Option<&Node>, read: Vec<KpiInput>, at: &str) -> Vec<KpiInput> {
    const HELP: &str = "write a rule for each input, as in `inputs: {avg_reps: mean}`";
    let Some(node) = node else { return read };
    let mut inputs = read;
    let mut places: HashMap<String, usize> = inputs.iter().map(|input| input.name.clone()).zip(0..).collect();
    // what the formula does not read is kept, so that it is found
    let mut place = |inputs: &mut Vec<KpiInput>, name: &str| {
        *places.entry(name.to_owned()).or_insert_with(|| {
            let (periods, units) = (InputRule::Sum, InputRule::Sum);
            inputs.push(KpiInput { name: name.to_owned(), takes: Takes::One, periods, units });
            inputs.len() - 1
        })
    };
    if let Value::List(entries) = &node.value {
        for (position, entry) in entries.iter().enumerate() {
            if let Some(name) = reading.text(entry, &format!("{at}.{position}")) {
                place(&mut inputs, &name);
            }
        }
        return inputs;
    }
    for (key, value) in reading.map(node, at, HELP) {
        let at = format!("{at}.{}", key.text);
        let (periods, units) = match &value.value {
            Value::Map(_) => {
                let mut fields = reading.fields(value, &at, HELP);
                let periods = fields.choice(reading, "periods", &InputRule::ALL);
                let units = fields.choice(reading, "units", &InputRule::ALL);
                fields.finish(reading);
                (periods, units)
            }
            Value::Null => (None, None),
            _ => {
                let rule = reading.choice_or(value, &at, &InputRule::ALL, ", or `{periods: …, units: …}`");
                (rule, rule.filter(|rule| *rule == InputRule::Pool))
            }
        };
        let place = place(&mut inputs, &key.text);
        if let Some(input) = inputs.get_mut(place) {
            input.periods = periods.unwrap_or_default();
            input.units = units.unwrap_or_default();
        }
    }
    inputs
}

fn read_example(reading: &mut Reading, node: &Node, at: &str) -> Option<KpiExample> {
    let help = "write `example: {inputs: {visits: 1_260, reps: 14}, result: 90}`";
    let before = reading.flaws.len();
    let mut fields = reading.fields(node, at, help);
    let data = fields.get("inputs").map(|node| read_data(reading, node, &format!("{at}.inputs")));
    let result = fields.number(reading, "result");
    fields.finish(reading);
    if reading.flaws.len() > before {
        return None;
    }
    match (data, result) {
        (Some(data), Some(result)) => Some(KpiExample { data, result }),
        _ => {
            reading.refuse(node, at, "an example has inputs and a result", help);
            None
        }
    }
}
