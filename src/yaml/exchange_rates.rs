//! `exchange_rates:` as written.

use super::fields::Reading;
use super::node::{Node, Value};
use super::structure::day;
use crate::case::{EXCHANGE_RATES, ExchangeRate, RateTable};

pub(super) fn read_exchange_rates(reading: &mut Reading, node: &Node) -> Vec<ExchangeRate> {
    let help = "write one key for each currency, as in `exchange_rates: {USD: 0.92}`";
    let entries = reading.filled_map(node, EXCHANGE_RATES, help).iter();
    let read = entries.map(|(key, value)| {
        let at = format!("{EXCHANGE_RATES}.{}", key.text);
        ExchangeRate { currency: key.text.to_string(), rates: read_rates(reading, value, &at) }
    });
    read.collect()
}

/// A list of dates with their rates, or an amount.
fn read_rates(reading: &mut Reading, node: &Node, table: &str) -> RateTable {
    const EXAMPLE: &str = "write `{from: 2026-01-01, rate: 0.92}`";
    let is_entry = |entry: &Node| matches!(&entry.value, Value::Map(_));
    let entries = match &node.value {
        Value::List(entries) if entries.is_empty() || entries.iter().any(is_entry) => entries,
        _ => return RateTable::Amount(reading.amount(node, table)),
    };
    let dated = entries.iter().enumerate().filter_map(|(position, entry)| {
        let at = format!("{table}.{position}");
        let mut fields = reading.fields(entry, &at, EXAMPLE);
        let before = reading.flaws.len();
        let from = day(reading, &mut fields, "from");
        let rate = fields.number(reading, "rate");
        let is_misspelt = ["from", "rate"].iter().any(|key| fields.key(key).is_none() && fields.is_misspelt(key));
        fields.finish(reading);
        let read = from.zip(rate);
        if read.is_none() && is_entry(entry) && !is_misspelt && reading.flaws.len() == before {
            reading.refuse(entry, &at, "a rate needs the day from which it holds", EXAMPLE);
        }
        if read.is_none() {
            // what seems wrong with the others may be so for this reason
            reading.unreadable.push(table.to_owned());
        }
        read
    });
    RateTable::Dated(dated.collect())
}
