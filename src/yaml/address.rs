//! From the address of a problem to the value it is about: the terms of the domain back to the document.

use super::fields::part_of;
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use super::scorecard::CriterionNodes;
use crate::amount::AmountError;
use crate::appraisal::AppraisalError;
use crate::case::{BenefitError, CostError};
use crate::panel::{DelphiError, FuzzyError, WeightError};
use crate::problem::{Fault, Problem};
use crate::scorecard::ScorecardError;

/// The values of a document by their address.
pub(super) struct Addresses<'n> {
    root: &'n Node,
    criteria: CriterionNodes<'n>,
}

/// A value, and the key it stands behind.
#[derive(Clone, Copy)]
struct Found<'n> {
    key: Option<u32>,
    node: &'n Node,
}

impl<'n> Addresses<'n> {
    pub(super) fn new(root: &'n Node, criteria: CriterionNodes<'n>) -> Self {
        Self { root, criteria }
    }

    /// The number of the value at an address, of a map the number of its key: what a reader calls its line.
    pub(super) fn node_of(&self, address: &str) -> Option<u32> {
        let found = self.find(address);
        match (&found.node.value, found.key) {
            (Value::Text(_) | Value::List(_), _) | (_, None) => Some(found.node.id),
            (_, key) => key,
        }
    }

    /// A problem as a flaw of the document.
    pub(super) fn flaw(&self, problem: Problem) -> Flaw {
        let found = self.find(&problem.at);
        let key = At::Node(found.key.unwrap_or(found.node.id));
        let at = match (&found.node.value, &problem.within) {
            (Value::Text(text), Some(span)) => part_of(found.node, text, span),
            _ if is_about_key(&problem.fault) => key,
            (Value::Map(_) | Value::Null, _) => key,
            _ => At::Node(found.node.id),
        };
        let mut flaw = Flaw::new(code(&problem.fault), at, problem.fault.to_string());
        flaw.help = problem.help();
        flaw
    }

    /// The value at an address, or the nearest one above it.
    fn find(&self, address: &str) -> Found<'n> {
        let mut found = Found { key: None, node: self.root };
        let mut walked = 0;
        for segment in address.split('.') {
            let next = match (walked, segment) {
                // a criterion stands wherever it stands in the tree, but has one id
                (1, id) if address.starts_with("scorecard.") => self.criterion(id).or_else(|| step(found, id)),
                _ => step(found, segment),
            };
            let Some(next) = next else { break };
            found = next;
            walked += 1;
        }
        // an assumption with a register entry around it is its value
        let is_assumption = walked == 2 && address.starts_with("assumptions.");
        match step(found, "value") {
            Some(value) if is_assumption => Found { key: found.key, node: value.node },
            _ => found,
        }
    }

    fn criterion(&self, id: &str) -> Option<Found<'n>> {
        self.criteria.get(id).map(|(key, node)| Found { key: Some(*key), node })
    }
}

fn step<'n>(from: Found<'n>, segment: &str) -> Option<Found<'n>> {
    match &from.node.value {
        Value::Map(entries) => {
            let (key, node) = entries.iter().find(|(key, _)| *key.text == *segment)?;
            Some(Found { key: Some(key.id), node })
        }
        Value::List(entries) => {
            let node = entries.get(segment.parse::<usize>().ok()?)?;
            Some(Found { key: None, node })
        }
        Value::Null | Value::Text(_) => None,
    }
}

/// Whether the caret belongs under the key: what is wrong is the name, or that something is missing under it.
fn is_about_key(fault: &Fault) -> bool {
    match fault {
        Fault::Scorecard(error) => matches!(
            error,
            ScorecardError::InvalidId { .. }
                | ScorecardError::ReservedId { .. }
                | ScorecardError::DuplicateId { .. }
                | ScorecardError::EmptyGroup { .. }
                | ScorecardError::MeasuredGroup { .. }
        ),
        Fault::Weights(error) => matches!(error, WeightError::SiblingWithout { .. }),
        Fault::Delphi(error) => matches!(
            error,
            DelphiError::UnknownItem { .. } | DelphiError::DuplicateItem { .. } | DelphiError::SiblingMissing { .. }
        ),
        Fault::Assessment(error) => matches!(
            error,
            FuzzyError::UnknownItem { .. } | FuzzyError::VotesOnGroup { .. } | FuzzyError::DuplicateItem { .. }
        ),
        Fault::Costs(error) => !matches!(error, CostError::UnknownBase { .. } | CostError::ChargedOnItself { .. }),
        Fault::Benefits(error) => !matches!(error, BenefitError::UnknownIndicator { .. }),
        Fault::Appraisal(error) => {
            matches!(error, AppraisalError::UnknownOverride { .. } | AppraisalError::Twice { .. })
        }
        _ => false,
    }
}

/// A stable name for the kind of mistake.
fn code(fault: &Fault) -> &'static str {
    match fault {
        Fault::Amount(AmountError::UnknownName { .. } | AmountError::NoActual { .. }) => "formula.name",
        Fault::Amount(_) => "amount",
        Fault::Formula(_) => "formula",
        Fault::Model(_) => "model",
        Fault::Scorecard(_) => "scorecard",
        Fault::Weights(_) => "weights",
        Fault::Delphi(_) => "delphi",
        Fault::Assessment(_) => "assessment",
        Fault::Costs(_) => "costs",
        Fault::Benefits(_) => "benefits",
        Fault::Appraisal(_) => "appraisal",
    }
}
