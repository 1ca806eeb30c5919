//! The section `weights:` as written.

use super::delphi::read_delphi;
use super::fields::Reading;
use super::groups::read_groups;
use super::node::{Node, Value};
use crate::Draft;
use crate::panel::Authority;

/// The authority of the experts, the Delphi panel, and how single groups are weighed.
pub(super) fn read_weights(reading: &mut Reading, node: &Node, draft: &mut Draft) {
    let mut fields = reading.fields(node, "weights", "write `weights:` and under it `delphi:` or `groups:`");
    draft.authority = fields.get("authority").map(|node| read_authority(reading, node)).unwrap_or_default();
    draft.delphi = fields.get("delphi").map(|node| read_delphi(reading, node));
    draft.weighing = fields.get("groups").map(|node| read_groups(reading, node)).unwrap_or_default();
    fields.finish(reading);
}

fn read_authority(reading: &mut Reading, node: &Node) -> Vec<Authority> {
    const HELP: &str = "write one line for each expert, as in `controller: {judgement: 0.9, familiarity: 0.8}`";
    let entries = reading.map(node, "weights.authority", HELP).iter();
    let read = entries.filter_map(|(key, value)| {
        let at = format!("weights.authority.{}", key.text);
        let Value::Map(_) = &value.value else {
            return Some(Authority::new(&*key.text, reading.number(value, &at)?));
        };
        let mut fields = reading.fields(value, &at, HELP);
        let before = reading.flaws.len();
        let judgement = fields.number(reading, "judgement");
        let familiarity = fields.number(reading, "familiarity");
        let (no_judgement, no_familiarity) = (fields.is_misspelt("judgement"), fields.is_misspelt("familiarity"));
        fields.finish(reading);
        if let (Some(judgement), Some(familiarity)) = (judgement, familiarity) {
            return Some(Authority::from_parts(&*key.text, judgement, familiarity));
        }
        if reading.flaws.len() == before && !no_judgement && !no_familiarity {
            reading.refuse(value, &at, "authority has two parts, and one is missing", HELP);
        }
        None
    });
    read.collect()
}
