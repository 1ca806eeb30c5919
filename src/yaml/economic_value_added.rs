//! The section `economic_value_added:` as written.

use super::cost_of_capital;
use super::fields::{Fields, Reading};
use super::node::{Key, Node};
use crate::case::{Adjustment, Capital, CapitalAdjustment, CostOfCapital, EconomicValueAdded};

const AT: &str = "economic_value_added";

pub(super) fn read_economic_value_added(reading: &mut Reading, section: (&Key, &Node)) -> EconomicValueAdded {
    let (key, node) = section;
    let help = "write `{ebit: 800_000, tax_rate: 25%, wacc: 9%, capital: {opening: 5_000_000, closing: 5_000_000}}`";
    let mut fields = reading.fields(node, AT, help);
    let ebit = fields.required(reading, key, node, "ebit", "ebit: 800_000");
    let tax_rate = fields.required(reading, key, node, "tax_rate", "tax_rate: 25%");
    let wacc = match cost_of_capital::read(reading, &mut fields, "wacc") {
        Some(wacc) => wacc,
        None => CostOfCapital::Rate(fields.required(reading, key, node, "wacc", "wacc: 9%")),
    };
    let mut stated = EconomicValueAdded::new(ebit, tax_rate, wacc, nothing());
    stated.adjustments = fields.get("adjustments").map(|node| read_adjustments(reading, node)).unwrap_or_default();
    let is_missing = fields.key("capital").is_none();
    match fields.entry("capital") {
        Some((key, node)) => {
            let at = format!("{AT}.capital");
            let mut fields = reading.fields(node, &at, CAPITAL);
            stated.capital = read_ends(reading, &mut fields, (key, node));
            if let Some(node) = fields.get("adjustments") {
                let at = format!("{at}.adjustments");
                for (key, node) in reading.map(node, &at, CAPITAL) {
                    let mut fields = reading.fields(node, &format!("{at}.{}", key.text), CAPITAL);
                    let capital = read_ends(reading, &mut fields, (key, node));
                    fields.finish(reading);
                    stated.capital_adjustments.push(CapitalAdjustment { id: key.text.to_string(), capital });
                }
            }
            fields.finish(reading);
        }
        None if is_missing => {
            fields.required(reading, key, node, "capital", "capital: {opening: 5_000_000, closing: 5_000_000}");
        }
        None => {}
    }
    stated.continuing_growth = fields.amount(reading, "continuing_growth");
    stated.market_value = fields.amount(reading, "market_value");
    fields.finish(reading);
    stated
}

const CAPITAL: &str = "write `{opening: 5_000_000, closing: 5_200_000}`";

fn nothing() -> Capital {
    Capital { opening: 0.into(), closing: 0.into() }
}

/// The capital at the beginning and at the end of each year.
fn read_ends(reading: &mut Reading, fields: &mut Fields, (key, node): (&Key, &Node)) -> Capital {
    let opening = fields.required(reading, key, node, "opening", "opening: 5_000_000");
    let closing = fields.required(reading, key, node, "closing", "closing: 5_200_000");
    Capital { opening, closing }
}

fn read_adjustments(reading: &mut Reading, node: &Node) -> Vec<Adjustment> {
    let at = format!("{AT}.adjustments");
    let entries = reading.map(node, &at, "write one key for each adjustment, as in `research: [30_000, 0]`").iter();
    let read = entries.map(|(key, node)| Adjustment {
        id: key.text.to_string(),
        amount: reading.amount(node, &format!("{at}.{}", key.text)),
    });
    read.collect()
}
