//! The section `expect:` as written: printed figures, and what they must follow from.

use super::fields::{Fields, Reading};
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use crate::amount::Amount;
use crate::model::Formula;
use crate::reconcile::{Expectation, Precision, Printed};
use rust_decimal::Decimal;

const HELP: &str =
    "write the figure as it is printed, as in `case.npv: 26_760`, or `{printed: 26_760, source: page 4}`";

pub(super) fn read_expect(reading: &mut Reading, node: &Node) -> Vec<Expectation> {
    let entries = reading.filled_map(node, "expect", "write one key for each figure, as in `case.npv: 26_760`").iter();
    let read = entries.map(|(key, value)| read_one(reading, &key.text, value));
    read.collect()
}

fn read_one(reading: &mut Reading, id: &str, node: &Node) -> Expectation {
    let at = format!("expect.{id}");
    // what could not be read stands for a number, so that its name is known
    let unread = Expectation::new(id, Printed::new(Decimal::ZERO));
    match &node.value {
        Value::Map(_) => {}
        Value::Text(text) if !text.trim_start().starts_with('=') => {
            let number = reading.number_as_printed(node, &at, HELP);
            return number.map_or(unread, |number| of_percent(Expectation::new(id, Printed::new(number)), text));
        }
        Value::Text(_) => {
            let from = read_formula(reading, node, &at);
            return from.map_or(unread, |from| Expectation::following(id, from));
        }
        _ => {
            reading.expected(node, &at, "a printed figure", HELP);
            return unread;
        }
    }
    let mut fields = reading.fields(node, &at, HELP);
    let printed = read_printed(reading, &mut fields);
    let from = fields.get("from").and_then(|node| read_formula(reading, node, &format!("{at}.from")));
    let text = fields.get("printed").map(|node| &node.value);
    let mut expected = Expectation {
        name: fields.text(reading, "name"),
        figure: fields.text(reading, "of"),
        under: fields.text(reading, "under"),
        printed,
        from,
        unit: fields.text(reading, "unit"),
        because: fields.text(reading, "because"),
        refuted: fields.truth(reading, "refuted").unwrap_or_default(),
        source: fields.text(reading, "source"),
        ..unread
    };
    if let (Some(Value::Text(text)), None) = (text, &expected.unit) {
        expected = of_percent(expected, text);
    }
    fields.finish(reading);
    expected
}

/// What is typed with `%` is a share.
fn of_percent(expected: Expectation, text: &str) -> Expectation {
    let unit = text.trim_end().ends_with(['%', '％']).then(|| "share".to_owned());
    Expectation { unit, ..expected }
}

fn read_printed(reading: &mut Reading, fields: &mut Fields) -> Option<Printed> {
    let at = fields.at("printed");
    let node = fields.get("printed");
    let number = node.and_then(|node| reading.number_as_printed(node, &at, HELP));
    let to = fields.number(reading, "to");
    let significant = fields.get("significant").and_then(|node| {
        let at = fields.at("significant");
        reading.whole(node, &at, "write 1 to 28, as in `significant: 3`")
    });
    let counted_in = fields.number(reading, "in").unwrap_or(Decimal::ONE);
    if fields.key("printed").is_none() && !fields.is_misspelt("printed") {
        for key in ["to", "significant", "in"] {
            let at = fields.at(key);
            if let Some(written) = fields.key(key) {
                let message = format!("`{key}` says how a figure is printed, and none is");
                let flaw = Flaw::new("yaml.meaning", At::Node(written.id), message);
                reading.flaw(flaw.help(format!("add `printed:`, or remove `{key}:`")), &at);
            }
        }
        return None;
    }
    if let (Some(_), Some(_)) = (to, significant) {
        let at = fields.at("significant");
        if let Some(node) = fields.get("significant") {
            reading.refuse(node, &at, "the precision is given twice", "keep `to:` or `significant:`");
        }
    }
    let precision = match (to, significant) {
        (Some(to), _) => Precision::To(to),
        (None, Some(digits)) => Precision::Significant(digits),
        (None, None) => Precision::Typed,
    };
    Some(Printed { number: number?, precision, counted_in })
}

fn read_formula(reading: &mut Reading, node: &Node, at: &str) -> Option<Formula> {
    match &node.value {
        Value::Text(text) if text.trim_start().starts_with('=') => match reading.amount(node, at) {
            Amount::Formula(formula) => Some(formula),
            _ => None,
        },
        _ => {
            reading.expected(node, at, "a formula", "write what it follows from, as in `from: = npv / pv_costs`");
            None
        }
    }
}
