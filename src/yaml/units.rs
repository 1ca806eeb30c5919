//! `units:` of the scorecard, as written.

use super::fields::{Fields, Reading};
use super::measure::{self, Whose, scores_words};
use super::node::Node;
use crate::scorecard::{BusinessUnit, Criterion};
use std::collections::HashSet;

const HELP: &str = "write one key for each unit, as in `north: {weight: 60%, indicators: {retention: {actual: 83%}}}`";

/// The business units; `perspectives` are the criteria that they have values for.
pub(super) fn read_units(reading: &mut Reading, fields: &mut Fields, perspectives: &[Criterion]) -> Vec<BusinessUnit> {
    let Some(node) = fields.get("units") else { return Vec::new() };
    let mut worded = HashSet::new();
    let mut waiting: Vec<&Criterion> = perspectives.iter().collect();
    while let Some(criterion) = waiting.pop() {
        if scores_words(criterion.measure.as_ref().and_then(|measure| measure.scoring.as_ref())) {
            worded.insert(criterion.id.as_str());
        }
        waiting.extend(&criterion.children);
    }
    let entries = reading.map(node, "scorecard.units", HELP).iter();
    entries.map(|(key, node)| unit(reading, &key.text, node, &worded)).collect()
}

fn unit(reading: &mut Reading, id: &str, node: &Node, worded: &HashSet<&str>) -> BusinessUnit {
    let at = format!("units.{id}");
    let mut fields = reading.fields(node, &at, "write `{weight: 60%, indicators: {retention: {actual: 83%}}}`");
    let name = fields.text(reading, "name");
    let weight = fields.number(reading, "weight");
    let without = fields.get("without").map(|node| {
        let at = format!("{at}.without");
        let entries = reading.list(node, &at, "write the ids of indicators, as in `[retention, visits]`").iter();
        let entries = entries.enumerate().map(|(position, node)| reading.text(node, &format!("{at}.{position}")));
        entries.map(Option::unwrap_or_default).collect()
    });
    let indicators = fields.get("indicators").map(|node| {
        let help = "write what it says about each indicator by its id, as in `retention: {actual: 83%}`";
        let entries = reading.map(node, &format!("{at}.indicators"), help).iter();
        let read = entries.map(|(key, node)| {
            let at = format!("{at}.{}", key.text);
            let mut fields = reading.fields(node, &at, "write `{actual: 83%}`");
            let words = worded.contains(&*key.text);
            let measure = measure::read(reading, &mut fields, &at, Whose::Unit { words });
            fields.finish(reading);
            (key.text.to_string(), measure.unwrap_or_default())
        });
        read.collect()
    });
    fields.finish(reading);
    BusinessUnit {
        id: id.to_owned(),
        name,
        weight,
        indicators: indicators.unwrap_or_default(),
        without: without.unwrap_or_default(),
    }
}
