//! Rows from votes: how many people chose each grade.

use super::origins::{Origin, Origins, indicator};
use super::{Assessment, FuzzyError, Judging};
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function, Naming, Shape};
use crate::scorecard::{Node, Tree};
use rust_decimal::Decimal;

/// How many people chose each grade for an indicator, best grade first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Votes {
    /// The id of the indicator.
    pub item: String,
    /// One number for each grade.
    pub counts: Vec<Decimal>,
}

pub(super) fn check<'a>(lowering: &mut Lowering, tree: &Tree, assessment: &'a Assessment, origins: &mut Origins<'a>) {
    let grades = assessment.grades.len();
    if assessment.panel == Some(0) {
        lowering.problem("assessment.panel", FuzzyError::EmptyPanel);
    }
    for Votes { item, counts } in &assessment.votes {
        let at = format!("assessment.votes.{item}");
        let item_name = || item.clone();
        let Some(index) = indicator(lowering, tree, item, &at) else { continue };
        let not_a_count = |votes: &&Decimal| **votes < Decimal::ZERO || !votes.is_integer();
        let odd = counts.iter().enumerate().find(|(_, votes)| not_a_count(votes));
        let sum = counts.iter().try_fold(Decimal::ZERO, |sum, votes| sum.checked_add(*votes)).unwrap_or(Decimal::MAX);
        if let Some((position, votes)) = odd {
            lowering.problem(format!("{at}.{position}"), FuzzyError::NotACount { votes: *votes });
        } else if counts.len() != grades {
            lowering.problem(at, FuzzyError::Grades { item: item_name(), found: counts.len(), grades });
        } else if let Some(panel) = assessment.panel.filter(|panel| *panel > 0 && sum != Decimal::from(*panel)) {
            lowering.problem(at, FuzzyError::PanelSum { item: item_name(), found: sum, panel });
        } else if sum.is_zero() {
            lowering.problem(at, FuzzyError::NobodyVoted { item: item_name() });
        } else {
            origins.insert(lowering, index, item, at, Origin::Votes(counts));
        }
    }
}

/// The size of the panel, where it is given and anybody votes by number.
pub(super) fn define_panel(lowering: &mut Lowering, assessment: &Assessment) -> Option<CellId> {
    assessment.panel.map(|panel| {
        let naming = Naming::new("assessment.panel").label("Panel", "members").source("assessment.panel");
        lowering.cells.input(naming, Shape::Scalar, [Some(Decimal::from(panel))])
    })
}

/// The memberships that follow from votes.
pub(super) fn row(lowering: &mut Lowering, judging: &Judging, node: &Node, counts: &[Decimal]) -> Expression {
    let naming = super::naming(node, "votes", "votes").source(format!("assessment.votes.{}", node.id));
    let counts = counts.iter().map(|votes| Some(*votes));
    let votes = lowering.cells.input(naming, Shape::Row(judging.axis), counts);
    let voters = match judging.panel {
        Some(panel) => Expression::cell(panel),
        None => Expression::call(Function::Sum, [Expression::cell(votes)]),
    };
    Expression::cell(votes) / voters
}
