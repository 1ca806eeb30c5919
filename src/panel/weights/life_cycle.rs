//! Weights by the stage of the business in its life cycle, where nobody weighed the siblings.

use super::WeightMethod;
use super::group::{Importance, naming};
use crate::amount::Lowering;
use crate::model::{Expression, Shape};
use crate::scorecard::Node;

/// The presets of the siblings, where all of them have one; a theme's is shared by the siblings that belong to it.
pub(super) fn importance(lowering: &mut Lowering, siblings: &[(usize, &Node)]) -> Option<(WeightMethod, Importance)> {
    let presets = siblings.iter().map(|(_, node)| Some((*node, node.preset?))).collect::<Option<Vec<_>>>()?;
    let stage = presets.first()?.1.stage;
    let shares = presets.into_iter().map(|(node, preset)| {
        let naming = naming(node, "stage_weight", "life-cycle preset").source("scorecard.stage");
        let weight = Expression::cell(lowering.cells.input(naming, Shape::Scalar, [Some(preset.weight)]));
        if preset.shared_by > 1 { weight / Expression::number(preset.shared_by) } else { weight }
    });
    Some((WeightMethod::LifeCycle { stage }, Importance::Of(shares.collect())))
}
