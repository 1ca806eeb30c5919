//! What a design leaves out: owners, targets, objectives, leading indicators.

use super::{Card, principle};
use crate::scorecard::Measure;
use crate::scorecard::facet::{Facets, Kind};
use std::collections::HashSet;

/// Criteria in which something is missing, by their place in the tree; empty where nobody asked for it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gaps {
    /// Indicators that neither have an owner nor stand under something that has one.
    pub(crate) without_owner: Vec<usize>,
    /// Measured indicators with neither a target nor a band, whose score needs one.
    pub(crate) without_target: Vec<usize>,
    /// Objectives without indicators.
    pub(crate) empty_objectives: Vec<usize>,
    /// Indicators directly under a perspective that has objectives, or that are one; all such where a review is asked for.
    pub(crate) untied: Vec<usize>,
    /// Perspectives without a leading indicator.
    pub(crate) without_leading: Vec<usize>,
    /// The keys that no indicator has.
    pub(crate) unstated: Vec<&'static str>,
}

pub(super) fn find(card: &Card, functions: &HashSet<&str>) -> Gaps {
    let indicators = || card.indicators.iter().copied();
    let criterion = |index: usize| card.tree.node(index).and_then(|node| node.criterion);
    let above = |index: &usize| card.tree.node(*index)?.parent;
    let has_owner = |index: usize| {
        std::iter::successors(Some(index), above)
            .any(|index| criterion(index).is_some_and(|criterion| criterion.owner.is_some()))
    };
    let any_owner = card.tree.nodes.iter().any(|node| node.criterion.is_some_and(|it| it.owner.is_some()));
    let any_measure = indicators().any(|index| criterion(index).is_some_and(|it| it.measure.is_some()));
    // the objectives of a perspective, as far as they are called so or have indicators
    let is_objective = |index: usize| {
        card.tree.node(index).is_some_and(|node| {
            let is_called_one = node.criterion.is_some_and(|criterion| criterion.is_objective);
            is_called_one || node.depth > 1 && !node.children.is_empty()
        })
    };
    let any_objective = card.tree.nodes.iter().any(|node| node.depth > 1 && !node.children.is_empty());
    // once for each criterion and not for every indicator of it
    let with_objectives: Vec<bool> =
        card.tree.nodes.iter().map(|node| node.children.iter().any(|child| is_objective(*child))).collect();
    let has_objectives = |perspective: usize| with_objectives.get(perspective).copied().unwrap_or(false);
    let is_called_objective = |index: usize| criterion(index).is_some_and(|criterion| criterion.is_objective);
    let is_aimless = |index: usize| {
        criterion(index).is_some_and(|criterion| {
            criterion.measure.as_ref().is_some_and(Measure::is_without_aim) && !functions.contains(&*criterion.id)
        })
    };
    let when = |holds: bool, found: &dyn Fn() -> Vec<usize>| if holds { found() } else { Vec::new() };
    let kinds = card.is_asked || card.is_said(|facets| facets.kind.is_some());
    Gaps {
        without_owner: when(card.is_asked || any_owner, &|| indicators().filter(|index| !has_owner(*index)).collect()),
        without_target: indicators().filter(|index| is_aimless(*index)).collect(),
        empty_objectives: when(card.is_asked || any_objective || any_measure, &|| {
            indicators().filter(|index| is_called_objective(*index)).collect()
        }),
        untied: indicators()
            .filter(|index| !is_called_objective(*index) && !principle::is_tied(card, *index))
            .filter(|index| card.is_asked || has_objectives(card.perspective(*index)))
            .collect(),
        without_leading: when(kinds, &|| without_leading(card)),
        unstated: if card.is_asked { unstated(card) } else { Vec::new() },
    }
}

fn without_leading(card: &Card) -> Vec<usize> {
    let mut leads = vec![false; card.tree.nodes.len()];
    for index in &card.indicators {
        if let Some(leads) = leads.get_mut(card.perspective(*index)) {
            *leads |= card.facets(*index).kind == Some(Kind::Leading);
        }
    }
    let perspectives = card.tree.nodes.iter().zip(leads).enumerate();
    let without = perspectives.filter(|(_, (node, leads))| node.depth == 1 && !node.children.is_empty() && !leads);
    without.map(|(index, _)| index).collect()
}

fn unstated(card: &Card) -> Vec<&'static str> {
    let mut known = Facets::default();
    for facets in card.indicators.iter().map(|index| card.facets(*index)) {
        known = known.or(facets);
    }
    let keys = [
        ("kind", known.kind.is_some()),
        ("term", known.term.is_some()),
        ("about", known.about.is_some()),
        ("level", known.level.is_some()),
    ];
    keys.into_iter().filter(|(_, is_known)| !is_known).map(|(key, _)| key).collect()
}
