//! One round: its groups, how far the experts agree, whether answers still move, and the verdict.

use super::policy::Attendance;
use super::{
    ConcordanceCells, Delphi, Experts, Form, ItemCells, ScreeningCells, StabilityCells, VerdictCells, concordance,
    rankings, screening, stability, stop_rule,
};
use crate::amount::Lowering;
use crate::model::{Axis, AxisId, CellId, Expression, Function, Naming, Shape, Unit};
use crate::scorecard::{ROOT, Tree};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// A group of siblings that was asked about in a round.
#[derive(Debug, Clone)]
pub(crate) struct GroupCells {
    /// Their parent.
    pub(crate) parent: usize,
    /// Kendall's W, where there are several.
    pub(crate) concordance: Option<ConcordanceCells>,
    /// What the siblings weigh by this round, a row that sums to 1.
    pub(crate) weights: CellId,
    /// Whether each of them was answered by somebody.
    pub(crate) is_answered: bool,
    /// Whether no expert gave any of them more than 0.
    pub(crate) is_all_zero: bool,
}

/// The cells of one round.
#[derive(Debug, Clone)]
pub(crate) struct RoundCells {
    pub(crate) items: Vec<ItemCells>,
    /// The place of each item among all of the round.
    pub(crate) places: Vec<CellId>,
    pub(crate) concordance: ConcordanceCells,
    pub(crate) response_rate: CellId,
    pub(crate) groups: Vec<GroupCells>,
    pub(crate) stability: StabilityCells,
    pub(crate) screening: Option<ScreeningCells>,
    pub(crate) verdict: VerdictCells,
}

/// What was asked in the rounds so far, and what followed from it.
pub(super) struct History {
    /// Where each criterion was asked about last: the round and the item in it, from 0.
    pub(super) asked: HashMap<usize, (usize, usize)>,
    /// What each criterion weighs among its siblings by the last round that asked about it.
    pub(super) weights: stability::Weights,
    pub(super) budget: concordance::Budget,
}

impl History {
    pub(super) fn add(&mut self, round: usize, tree: &Tree, cells: &RoundCells) {
        self.asked.extend(cells.items.iter().enumerate().map(|(position, item)| (item.index, (round, position))));
        self.weights.extend(weights_of(tree, &cells.groups));
    }
}

/// The share of those who were asked that said anything.
pub(super) fn define_response_rate(
    lowering: &mut Lowering,
    delphi: &Delphi,
    axis: AxisId,
    attendance: &Attendance,
) -> CellId {
    let Attendance { number, round, .. } = *attendance;
    let whole: Arc<str> = format!("Delphi round {number}").into();
    let naming = |figure: &str, aspect| Naming::new(format!("delphi.{number}.{figure}")).label(whole.clone(), aspect);
    let answered = attendance.answered().into_iter().map(|answered| Some(Decimal::from(u8::from(answered))));
    let source = format!("weights.delphi.rounds.{}", number - 1);
    let naming_answered = naming("answered", "said something").unit(Unit::Truth).source(source);
    let answered = lowering.cells.input(naming_answered, Shape::Row(axis), answered);
    let invited = round.invited.as_ref().map_or(delphi.experts.len(), Vec::len);
    let invited = Expression::number(u64::try_from(invited).unwrap_or(u64::MAX));
    let rate = Expression::call(Function::Sum, [Expression::cell(answered)]) / invited;
    lowering.cells.formula(naming("response_rate", "response rate").unit(Unit::Share), rate)
}

/// The siblings under each criterion that a round asked about, in the order of the tree.
pub(super) fn groups_of<'i>(tree: &Tree, items: &'i [ItemCells]) -> Vec<(usize, Vec<&'i ItemCells>)> {
    let by_index: HashMap<usize, &ItemCells> = items.iter().map(|item| (item.index, item)).collect();
    let parents = tree.nodes.iter().enumerate();
    let groups = parents.filter_map(|(index, parent)| {
        let children: Option<Vec<&ItemCells>> =
            parent.children.iter().map(|child| by_index.get(child).copied()).collect();
        Some((index, children.filter(|children| !children.is_empty())?))
    });
    groups.collect()
}

/// Whether every expert who stands for an answer about any of the items stands for one about all of them.
fn is_complete(items: &[&ItemCells]) -> bool {
    let experts = items.iter().map(|item| item.given.len()).max().unwrap_or(0);
    (0..experts).all(|expert| {
        let given = items.iter().filter(|item| item.given.get(expert) == Some(&true)).count();
        given == 0 || given == items.len()
    })
}

/// A round of a panel while it is defined.
pub(super) struct Panel<'a, 't> {
    pub(super) tree: &'a Tree<'t>,
    pub(super) delphi: &'a Delphi,
    pub(super) experts: Experts,
    /// The round, from 1.
    pub(super) number: usize,
    pub(super) history: &'a History,
}

impl Panel<'_, '_> {
    pub(super) fn define_round(
        &self,
        lowering: &mut Lowering,
        items: Vec<ItemCells>,
        earlier: &HashMap<usize, &ItemCells>,
        response_rate: CellId,
    ) -> RoundCells {
        let Self { tree, delphi, number, history, .. } = *self;
        let whole: Arc<str> = format!("Delphi round {number}").into();
        let owner: Arc<str> = format!("delphi.{number}").into();
        let all: Vec<&ItemCells> = items.iter().collect();
        let asked = groups_of(tree, &items);
        // ranks are places among siblings
        let is_apart = delphi.form == Form::Rankings && asked.len() > 1;
        let concordance = match is_apart {
            true => concordance::of_no_ranking(lowering, (owner, &whole), &all),
            false => concordance::define(lowering, delphi, (owner, &whole), &all, (is_complete(&all), &history.budget)),
        };
        let only = Some(&concordance).filter(|_| asked.len() == 1);
        let groups = asked.iter().map(|(parent, children)| self.define_group(lowering, *parent, children, only));
        let groups: Vec<GroupCells> = groups.flatten().collect();
        let places = self.places(lowering, &whole, &asked, &all, is_apart);
        let apart = asked.iter().map(|(_, children)| children.iter().map(|child| child.index).collect::<Vec<usize>>());
        let apart: Option<Vec<Vec<usize>>> = is_apart.then(|| apart.collect());
        let weights = weights_of(tree, &groups);
        let weights = (&history.weights, &weights);
        let stability = stability::define(lowering, (number, &whole), &items, earlier, weights, apart.as_deref());
        let screening = delphi.screening.then(|| {
            let axis = self.axis_of(lowering, &all);
            screening::define(lowering, (number, &whole), axis, &items)
        });
        let within: Vec<ConcordanceCells> = match is_apart {
            true => groups.iter().filter_map(|group| group.concordance).collect(),
            false => vec![concordance],
        };
        let evidence = stop_rule::Evidence { items: &items, concordance: &within, stability: &stability };
        let verdict = stop_rule::define(lowering, &delphi.stop, (number, &whole), &evidence);
        RoundCells { items, places, concordance, response_rate, groups, stability, screening, verdict }
    }

    /// An axis of items, to rank or to screen them.
    fn axis_of(&self, lowering: &mut Lowering, items: &[&ItemCells]) -> AxisId {
        let ids = items.iter().map(|item| Arc::clone(&item.id));
        lowering.cells.own_axis(Axis::named(format!("items of round {}", self.number), ids))
    }

    /// The place of each item: among all of the round, or among its siblings where experts rank several groups.
    fn places(
        &self,
        lowering: &mut Lowering,
        whole: &Arc<str>,
        asked: &[(usize, Vec<&ItemCells>)],
        all: &[&ItemCells],
        is_apart: bool,
    ) -> Vec<CellId> {
        let highest_first = self.delphi.form == Form::Ratings;
        if !is_apart {
            let axis = self.axis_of(lowering, all);
            return rankings::places(lowering, (self.number, "ranks", whole), axis, all, highest_first);
        }
        let mut by_index: HashMap<usize, CellId> = HashMap::new();
        for (parent, children) in asked {
            let Some(node) = self.tree.node(*parent) else { continue };
            let axis = self.axis_of(lowering, children);
            let figure = format!("places.{}", node.id);
            let places = rankings::places(lowering, (self.number, &figure, &node.name), axis, children, highest_first);
            by_index.extend(children.iter().map(|child| child.index).zip(places));
        }
        all.iter().filter_map(|item| by_index.get(&item.index).copied()).collect()
    }

    /// `only` is the concordance of the round where it asks about one group only.
    fn define_group(
        &self,
        lowering: &mut Lowering,
        parent: usize,
        children: &[&ItemCells],
        only: Option<&ConcordanceCells>,
    ) -> Option<GroupCells> {
        let Self { delphi, experts, number, history, .. } = *self;
        let node = self.tree.node(parent)?;
        let id = if node.parent.is_none() { ROOT } else { &node.id };
        let owner: Arc<str> = format!("delphi.{number}.{id}").into();
        let concordance = (children.len() > 1).then(|| match only {
            Some(whole) => concordance::same(lowering, (owner, &node.name), whole),
            None => {
                let complete = (is_complete(children), &history.budget);
                concordance::define(lowering, delphi, (owner, &node.name), children, complete)
            }
        });
        let ids = children.iter().map(|child| Arc::clone(&child.id));
        let siblings = lowering.cells.own_axis(Axis::named(format!("criteria under {id}"), ids));
        let importance = match delphi.form {
            Form::Ratings => children.iter().map(|child| Expression::cell(child.centre())).collect(),
            Form::Rankings => {
                let place = (number, id, siblings);
                rankings::importance(lowering, place, experts, &delphi.experts, children, delphi.conversion)
            }
        };
        let naming =
            Naming::new(format!("delphi.{number}.weights.{id}")).label(Arc::clone(&node.name), "weights under it");
        let row = Expression::row(siblings, importance);
        let weights = lowering.cells.formula(naming.unit(Unit::Share), Expression::call(Function::Shares, [row]));
        let is_answered = children.iter().all(|child| child.is_answered);
        let is_all_zero = children.iter().all(|child| child.is_all_zero);
        Some(GroupCells { parent, concordance, weights, is_answered, is_all_zero })
    }
}

/// What each criterion weighs among its siblings by a round.
fn weights_of(tree: &Tree, groups: &[GroupCells]) -> stability::Weights {
    let groups = groups.iter().filter_map(|group| Some((group, tree.node(group.parent)?)));
    let weights = groups.flat_map(|(group, parent)| {
        let children = (1..).zip(&parent.children);
        children.map(|(number, child)| (*child, Expression::entry(group.weights, number)))
    });
    weights.collect()
}
