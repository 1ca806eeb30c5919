//! The section `financing:` as written.

use super::fields::{Fields, Reading};
use super::flaw::{At, Flaw};
use super::node::{Key, Node, Value};
use super::tax::read_depreciation;
use crate::case::{Asset, Borrowed, Category, Financing, Lease, Loan, Repayment};

pub(super) fn read(reading: &mut Reading, plan: &mut Fields) -> Option<Financing> {
    let (key, node) = plan.entry("financing")?;
    let at = plan.at("financing");
    let help = "write `{of: hardware.servers, leases: {vendor: {payment: 12_000, years: 3}}}`";
    let mut fields = reading.fields(node, &at, help);
    let asset = read_asset(reading, &mut fields, (key, node));
    let financing = Financing {
        asset,
        currency: fields.text(reading, "currency"),
        depreciation: read_depreciation(reading, &mut fields),
        residual: fields.amount(reading, "residual"),
        rate: fields.amount(reading, "rate"),
        loans: read_all(reading, &mut fields, "loans", "bank: {rate: 6%, years: 4}", read_loan),
        leases: read_all(reading, &mut fields, "leases", "vendor: {payment: 12_000, years: 3}", read_lease),
    };
    fields.finish(reading);
    Some(financing)
}

/// A price, or the cost line that is paid for.
fn read_asset(reading: &mut Reading, fields: &mut Fields, (key, map): (&Key, &Node)) -> Asset {
    let of_at = fields.at("of");
    let of = fields.entry("of");
    match (fields.entry("asset"), of) {
        (Some(_), Some((key, _))) => {
            let message = "`of` names what is bought, and `asset` its price";
            let flaw = Flaw::new("yaml.financing", At::Node(key.id), message).help("keep one of the two");
            reading.flaw(flaw, &of_at);
        }
        (None, Some((_, node))) => {
            let line = reading.text(node, &of_at).unwrap_or_default();
            let found = line.split_once('.').and_then(|(category, id)| Some((Category::of_key(category)?, id)));
            if let Some((category, id)) = found {
                return Asset::Line(category, id.to_owned());
            }
            if matches!(node.value, Value::Text(_)) {
                let message = "a cost line is named by its category and its id";
                let help = reading.lines_called(&line).unwrap_or_else(|| "write `of: hardware.servers`".to_owned());
                reading.refuse(node, &of_at, message, &help);
            }
        }
        (Some((_, node)), None) => return Asset::Price(reading.amount(node, &fields.at("asset"))),
        (None, None) if matches!(map.value, Value::Map(_)) => {
            if !fields.is_misspelt("of") && !fields.is_misspelt("asset") {
                let flaw = Flaw::new("yaml.financing", At::Node(key.id), "it is not said what is paid for");
                let help = "add `of: hardware.servers` for a cost line, or `asset: 40_000` for a price";
                reading.flaw(flaw.help(help), &of_at);
            }
        }
        (None, None) => {}
    }
    Asset::Price(0.into())
}

/// Loans or leases, each under its id.
fn read_all<T>(
    reading: &mut Reading,
    fields: &mut Fields,
    group: &'static str,
    example: &str,
    read: impl Fn(&mut Reading, &mut Fields, (&Key, &Node)) -> T,
) -> Vec<T> {
    let at = fields.at(group);
    let Some(node) = fields.get(group) else { return Vec::new() };
    let help = format!("write one key for each, as in `{example}`");
    let entries = reading.filled_map(node, &at, &help).iter();
    let read = entries.map(|(key, node)| {
        let mut fields = reading.fields(node, &format!("{at}.{}", key.text), &format!("write `{example}`"));
        let one = read(reading, &mut fields, (key, node));
        fields.finish(reading);
        one
    });
    read.collect()
}

fn read_loan(reading: &mut Reading, fields: &mut Fields, (key, node): (&Key, &Node)) -> Loan {
    let name = fields.text(reading, "name");
    let currency = fields.text(reading, "currency");
    let amount = fields.amount(reading, "amount");
    let share = fields.amount(reading, "share");
    if amount.is_some() && share.is_some() {
        let message = format!("`{}` says twice how much is borrowed", key.text);
        let flaw = Flaw::new("yaml.financing", At::Node(key.id), message).help("keep one of `amount` and `share`");
        reading.flaw(flaw, &fields.at("amount"));
    }
    let rate = fields.required(reading, key, node, "rate", "rate: 6%");
    let years = read_years(reading, fields, (key, node));
    let repayment = fields.choice(reading, "repayment", &Repayment::ALL).unwrap_or_default();
    let loan = Loan::new(&*key.text, rate, years, repayment);
    let borrowed = amount.map(Borrowed::Amount).or(share.map(Borrowed::Share));
    Loan { name, currency, borrowed: borrowed.unwrap_or_else(|| loan.borrowed.clone()), ..loan }
}

fn read_lease(reading: &mut Reading, fields: &mut Fields, (key, node): (&Key, &Node)) -> Lease {
    let name = fields.text(reading, "name");
    let currency = fields.text(reading, "currency");
    let payment = fields.required(reading, key, node, "payment", "payment: 12_000");
    let years = read_years(reading, fields, (key, node));
    let in_advance = fields.truth(reading, "in_advance").unwrap_or(true);
    let buy_out = fields.amount(reading, "buy_out");
    Lease { name, currency, in_advance, buy_out, ..Lease::new(&*key.text, payment, years) }
}

fn read_years(reading: &mut Reading, fields: &mut Fields, (of, map): (&Key, &Node)) -> u32 {
    const HELP: &str = "write its years, as in `years: 3`";
    let at = fields.at("years");
    if let Some(node) = fields.get("years") {
        // what could not be read has been said, and so is no years at all
        return reading.whole(node, &at, HELP).unwrap_or(1);
    }
    fields.required(reading, of, map, "years", "years: 3");
    1
}
