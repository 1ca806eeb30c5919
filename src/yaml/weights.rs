//! The section `weights:` as written.

use super::delphi::read_delphi;
use super::fields::Reading;
use super::node::Node;
use crate::panel::Delphi;

/// The Delphi panel; `None` where the section is empty.
pub(super) fn read_weights(reading: &mut Reading, node: &Node) -> Option<Delphi> {
    let mut fields = reading.fields(node, "weights", "write `weights:` and under it `delphi:`");
    let delphi = fields.get("delphi").map(|node| read_delphi(reading, node));
    fields.finish(reading);
    delphi
}
