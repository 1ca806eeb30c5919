//! A cost of capital as written: an amount, or its sources with what each costs.

use super::fields::{Fields, Reading};
use super::node::{Key, Node, Value};
use crate::Amount;
use crate::case::{CostOfCapital, CostOfEquity, Preferred, WeightedCapital};

/// What stands behind a key that takes a cost of capital, where anything does.
pub(super) fn read(reading: &mut Reading, fields: &mut Fields, key: &'static str) -> Option<CostOfCapital> {
    let (of, node) = fields.entry(key)?;
    let at = fields.at(key);
    let Value::Map(_) = &node.value else { return Some(CostOfCapital::Rate(reading.amount(node, &at))) };
    let mut fields = reading.fields(node, &at, "");
    let part = |reading: &mut Reading, fields: &mut Fields, key: &'static str, example: &str| -> Amount {
        fields.required(reading, of, node, key, example)
    };
    let equity = part(reading, &mut fields, "equity", "equity: 60%");
    let debt = part(reading, &mut fields, "debt", "debt: 40%");
    let cost_of_equity = read_equity(reading, &mut fields, (of, node));
    let cost_of_debt = part(reading, &mut fields, "cost_of_debt", "cost_of_debt: 6%");
    let amount = fields.amount(reading, "preferred");
    let cost = match (&amount, fields.key("cost_of_preferred")) {
        (None, None) => None,
        _ => Some(part(reading, &mut fields, "cost_of_preferred", "cost_of_preferred: 7%")),
    };
    if amount.is_none() && cost.is_some() {
        part(reading, &mut fields, "preferred", "preferred: 10%");
    }
    let tax_rate = fields.amount(reading, "tax_rate");
    fields.finish(reading);
    let preferred = amount.zip(cost).map(|(amount, cost)| Preferred { amount, cost });
    let stated =
        WeightedCapital { preferred, tax_rate, ..WeightedCapital::new(equity, debt, cost_of_equity, cost_of_debt) };
    Some(stated.into())
}

/// What owners expect: an amount, or built up.
fn read_equity(reading: &mut Reading, outer: &mut Fields, (of, map): (&Key, &Node)) -> CostOfEquity {
    const KEY: &str = "cost_of_equity";
    let Some((key, node)) = outer.entry(KEY).filter(|(_, node)| matches!(node.value, Value::Map(_))) else {
        return CostOfEquity::Rate(outer.required(reading, of, map, KEY, "cost_of_equity: 10%"));
    };
    let mut fields = reading.fields(node, &outer.at(KEY), "");
    let mut part = |key_of: &'static str, example: &str| fields.required(reading, key, node, key_of, example);
    let risk_free = part("risk_free", "risk_free: 2.5%");
    let beta = part("beta", "beta: 1.2");
    let premium = part("premium", "premium: 5.5%");
    let at = fields.at("premiums");
    let premiums = fields.get("premiums").map(|node| {
        let entries = reading.map(node, &at, "write one key for each premium, as in `{size: 1%}`").iter();
        let read =
            entries.map(|(key, node)| (key.text.to_string(), reading.amount(node, &format!("{at}.{}", key.text))));
        read.collect()
    });
    fields.finish(reading);
    CostOfEquity::Model { risk_free, beta, premium, premiums: premiums.unwrap_or_default() }
}
