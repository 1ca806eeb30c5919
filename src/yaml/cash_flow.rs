//! The section `cash_flows:` as written.

use super::fields::{Fields, Reading};
use super::flaw::{At, Flaw};
use super::node::{Key, Node, Value};
use super::structure::day;
use super::syntax::short;
use crate::amount::Amount;
use crate::case::{CASH_FLOWS, CashFlow, Flows};
use crate::day::Day;
use crate::kernel::DayCount;
use crate::period::Frequency;

/// The day counts by their names in a document.
const DAY_COUNTS: [(&str, DayCount); 5] = [
    ("actual_365", DayCount::Actual365Fixed),
    ("actual_360", DayCount::Actual360),
    ("actual_actual", DayCount::ActualActualIsda),
    ("thirty_360", DayCount::Thirty360Us),
    ("thirty_e_360", DayCount::Thirty360European),
];

/// The periods that a year has a fixed number of.
const PERIODS: [(&str, Frequency); 4] = [
    ("month", Frequency::Month),
    ("quarter", Frequency::Quarter),
    ("half", Frequency::Half),
    ("year", Frequency::Year),
];

const DATED: &str = "write `flows: {2026-01-15: -120_000, 2027-01-15: 140_000}`";

pub(super) fn read_cash_flows(reading: &mut Reading, node: &Node) -> Vec<CashFlow> {
    let help = "write one key for each cash flow, as in `fund: {flows: {2026-01-15: -120_000, 2027-01-15: 140_000}}`";
    let entries = reading.filled_map(node, CASH_FLOWS, help).iter();
    entries.filter_map(|(key, node)| read_cash_flow(reading, key, node)).collect()
}

fn read_cash_flow(reading: &mut Reading, key: &Key, node: &Node) -> Option<CashFlow> {
    let at = format!("{CASH_FLOWS}.{}", key.text);
    let mut fields = reading.fields(node, &at, DATED);
    let name = fields.text(reading, "name");
    let discount_rate = fields.amount(reading, "discount_rate");
    let finance_rate = fields.amount(reading, "finance_rate");
    let reinvestment_rate = fields.amount(reading, "reinvestment_rate");
    let flows = read_flows(reading, &mut fields, (key, node), &at);
    fields.finish(reading);
    Some(CashFlow { name, discount_rate, finance_rate, reinvestment_rate, ..CashFlow::new(&*key.text, flows?) })
}

/// Flows by their days, or one after the other.
fn read_flows(reading: &mut Reading, fields: &mut Fields, (key, node): (&Key, &Node), at: &str) -> Option<Flows> {
    let day_count = fields.choice(reading, "day_count", &DAY_COUNTS);
    let every = fields.choice(reading, "every", &PERIODS);
    let from = fields.period(reading, "from");
    let Some(flows) = fields.get("flows") else {
        if matches!(node.value, Value::Map(_) | Value::Null) && !fields.is_misspelt("flows") {
            let message = format!("`{}` has no `flows`", short(&key.text));
            reading.flaw(Flaw::new("yaml.required", At::Node(key.id), message).help(DATED), at);
        }
        return None;
    };
    let place = format!("{at}.flows");
    let is_dated = match &flows.value {
        Value::Map(_) => true,
        Value::List(entries) => entries.iter().any(|entry| matches!(entry.value, Value::Map(_))),
        _ => {
            let help = "write them by their days, or `every: month` and a list";
            reading.expected(flows, &place, "a map or a list of flows", help);
            return None;
        }
    };
    let mut refuse = |key: &'static str, message: &str, help: &str| {
        if let Some(written) = fields.key(key) {
            reading.flaw(Flaw::new("yaml.meaning", At::Node(written.id), message).help(help), &format!("{at}.{key}"));
        }
    };
    if is_dated {
        for key in ["every", "from"] {
            refuse(
                key,
                "the flows have days of their own",
                &format!("leave `{key}` out, or write the flows as a list"),
            );
        }
        let flows = read_dated(reading, flows, &place)?;
        return Some(Flows::Dated { day_count: day_count.unwrap_or_default(), flows });
    }
    refuse("day_count", "equal periods need no day count", "leave it out, or write the flows by their days");
    let Some(every) = every else {
        if fields.key("every").is_none() && !fields.is_misspelt("every") {
            let help = "add `every: month`, or write the flows by their days, as in `{2026-01-15: -120_000}`";
            reading.refuse(flows, &place, "a list does not say when its flows are", help);
        }
        return None;
    };
    let entries = reading.list(flows, &place, "").iter().enumerate();
    let amounts = entries.map(|(position, entry)| reading.amount(entry, &format!("{place}.{position}"))).collect();
    Some(Flows::Periodic { every, from, flows: amounts })
}

/// A map of days, or a list of `{on, amount}`, in which a day can come twice.
fn read_dated(reading: &mut Reading, node: &Node, place: &str) -> Option<Vec<(Day, Amount)>> {
    const EXAMPLE: &str = "write `{on: 2026-01-15, amount: -120_000}`";
    let before = reading.flaws.len();
    let flows: Vec<(Day, Amount)> = match &node.value {
        Value::Map(entries) => {
            let read = entries.iter().filter_map(|(key, value)| {
                let at = format!("{place}.{}", key.text);
                let amount = reading.amount(value, &at);
                let day = key.text.trim().parse::<Day>();
                if let Err(error) = &day {
                    reading.flaw(Flaw::new("yaml.day", At::Node(key.id), error.to_string()).help(error.help()), &at);
                }
                Some((day.ok()?, amount))
            });
            read.collect()
        }
        Value::List(entries) => {
            let read = entries.iter().enumerate().filter_map(|(position, entry)| {
                let at = format!("{place}.{position}");
                let before = reading.flaws.len();
                let mut fields = reading.fields(entry, &at, EXAMPLE);
                let (on, amount) = (day(reading, &mut fields, "on"), fields.amount(reading, "amount"));
                fields.finish(reading);
                let read = on.zip(amount);
                if read.is_none() && reading.flaws.len() == before {
                    reading.refuse(entry, &at, "a flow has a day and an amount", EXAMPLE);
                }
                read
            });
            read.collect()
        }
        Value::Null | Value::Text(_) => Vec::new(),
    };
    // what seems wrong with the others may be so because one could not be read
    (reading.flaws.len() == before).then_some(flows)
}

/// The amount of the flow on a day in a list, `2026-01-15`, or of a further one on it, `2026-01-15_2`.
pub(super) fn flow_on<'n>(entries: &'n [Node<'n>], name: &str) -> Option<&'n Node<'n>> {
    let (day, count) = name.split_once('_').unwrap_or((name, "1"));
    let place = count.parse::<usize>().ok()?.checked_sub(1)?;
    let field = |entry: &'n Node<'n>, key: &str| match &entry.value {
        Value::Map(fields) => fields.iter().find(|(field, _)| &*field.text == key).map(|(_, node)| node),
        _ => None,
    };
    let is_on = |entry: &&'n Node<'n>| {
        field(entry, "on").is_some_and(|on| matches!(&on.value, Value::Text(text) if text.trim() == day))
    };
    field(entries.iter().filter(is_on).nth(place)?, "amount")
}
