//! Where the memberships of each indicator come from: one source for each.

use super::ballots::Vote;
use super::{Assessment, FuzzyError, MembershipFunctions, Sums, ballots, functions, memberships, votes};
use crate::amount::Lowering;
use crate::scorecard::Tree;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Where the memberships of an indicator come from.
#[derive(Debug)]
pub(super) enum Origin<'a> {
    Votes(&'a [Decimal]),
    Memberships(&'a [Decimal]),
    Functions(&'a MembershipFunctions),
    Ballots(Vec<Vote>),
}

impl Origin<'_> {
    /// The key of the document.
    pub(super) fn key(&self) -> &'static str {
        match self {
            Self::Votes(_) => "votes",
            Self::Memberships(_) => "memberships",
            Self::Functions(_) => "functions",
            Self::Ballots(_) => "ballots",
        }
    }

    /// Whether the row it gives may be nothing but zeros.
    pub(super) fn may_be_nothing(&self) -> bool {
        matches!(self, Self::Functions(functions) if functions.of.may_be_nothing())
    }

    /// Whether the row it gives need not sum to 1.
    pub(super) fn may_sum_to_anything(&self, sums: Sums) -> bool {
        match self {
            Self::Memberships(_) => sums == Sums::Any,
            Self::Functions(functions) => functions.of.may_be_nothing(),
            Self::Votes(_) | Self::Ballots(_) => false,
        }
    }
}

/// The source of each indicator by its node, without those that are at fault.
pub(super) struct Origins<'a> {
    pub(super) by_node: HashMap<usize, Origin<'a>>,
}

impl<'a> Origins<'a> {
    pub(super) fn check(lowering: &mut Lowering, tree: &Tree, assessment: &'a Assessment) -> Self {
        let mut origins = Self { by_node: HashMap::new() };
        let Assessment { votes, memberships, functions, ballots, .. } = assessment;
        if votes.is_empty() && memberships.is_empty() && functions.is_empty() && ballots.is_empty() {
            lowering.problem("assessment", FuzzyError::NoVotes);
        }
        votes::check(lowering, tree, assessment, &mut origins);
        memberships::check(lowering, tree, assessment, &mut origins);
        functions::check(lowering, tree, assessment, &mut origins);
        ballots::check(lowering, tree, assessment, &mut origins);
        origins
    }

    /// Notes the source of an indicator, unless it has one.
    pub(super) fn insert(&mut self, lowering: &mut Lowering, index: usize, item: &str, at: String, origin: Origin<'a>) {
        let item = || item.to_owned();
        let second = origin.key();
        match self.by_node.get(&index).map(Origin::key) {
            None => {
                self.by_node.insert(index, origin);
            }
            Some(first) if first == second => lowering.problem(at, FuzzyError::DuplicateItem { item: item() }),
            Some(first) => lowering.problem(at, FuzzyError::TwoSources { item: item(), first, second }),
        }
    }
}

/// The node of an indicator; what is none is reported.
pub(super) fn indicator(lowering: &mut Lowering, tree: &Tree, item: &str, at: &str) -> Option<usize> {
    let Some(index) = tree.find(item) else {
        let nearest = lowering.nearest(item, tree.ids());
        lowering.problem(at, FuzzyError::UnknownItem { item: item.to_owned(), nearest });
        return None;
    };
    if tree.node(index).is_some_and(|node| !node.children.is_empty()) {
        lowering.problem(at, FuzzyError::VotesOnGroup { item: item.to_owned() });
        return None;
    }
    Some(index)
}
