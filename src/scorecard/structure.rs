//! What holds a scorecard together: its framework, the two sides, causes and effects, and what is done about it.

use super::framework::{Departure, departure, place};
use super::link::{EffectCells, LinkCells};
use super::selection::Criteria;
use super::{CriterionCells, FrameworkPart, InitiativeCells, Scorecard, SideCells, Tree, WeightCells};
use super::{initiative, link, sides, stage};
use crate::amount::Lowering;

/// The cells of the structure, and how it departs from its framework.
#[derive(Debug, Clone, Default)]
pub(crate) struct StructureCells {
    pub(crate) sides: Vec<SideCells>,
    pub(crate) links: Vec<LinkCells>,
    pub(crate) effects: Vec<EffectCells>,
    pub(crate) initiatives: Option<InitiativeCells>,
    pub(crate) departure: Departure,
    /// The place of each criterion in the order of causes and effects, in the order of the tree.
    pub(crate) orders: Vec<Option<u8>>,
}

/// Finds the place of every criterion in the framework, and what it weighs by the stage of the business.
pub(crate) fn arrange(tree: &mut Tree, card: &Scorecard, name: impl Fn(&FrameworkPart) -> &'static str) {
    place(tree, card.framework, name);
    if let Some(stage) = card.stage {
        stage::preset(tree, card.framework, stage);
    }
}

/// Defines what goes beyond the tree itself.
pub(crate) fn define_structure(
    lowering: &mut Lowering,
    card: &Scorecard,
    tree: &Tree,
    weights: &[Option<WeightCells>],
    criteria: &[CriterionCells],
) -> StructureCells {
    let (links, effects) = link::define(lowering, tree, criteria, &card.links);
    StructureCells {
        sides: sides::define(lowering, tree, Criteria { weights, cells: criteria, missing: card.missing }),
        links,
        effects,
        initiatives: initiative::define(lowering, tree, criteria, &card.initiatives, card.as_of),
        departure: departure(tree, card.framework),
        orders: tree.nodes.iter().map(|node| node.place.order).collect(),
    }
}
