//! From the address of a problem to the value it is about: the terms of the domain back to the document.

use super::fields::{part_of, thousands};
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use super::scorecard::CriterionNodes;
use crate::amount::AmountError;
use crate::appraisal::AppraisalError;
use crate::case::{BenefitError, CostError};
use crate::model::ModelError;
use crate::panel::{AuthorityError, DelphiError, FuzzyError, WeightError};
use crate::problem::{Fault, Problem};
use crate::scorecard::ScorecardError;
use std::ops::Range;

/// The values of a document by their address.
pub(super) struct Addresses<'n> {
    root: &'n Node<'n>,
    criteria: CriterionNodes<'n>,
}

/// A value, and the key it stands behind.
#[derive(Clone, Copy)]
struct Found<'n> {
    key: Option<u32>,
    node: &'n Node<'n>,
}

impl<'n> Addresses<'n> {
    pub(super) fn new(root: &'n Node<'n>, criteria: CriterionNodes<'n>) -> Self {
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
        let span = match &found.node.value {
            Value::Text(text) => problem.within.clone().or_else(|| span_of(&problem.fault, text)),
            _ => None,
        };
        let at = match (&found.node.value, &span) {
            (Value::Text(text), Some(span)) => part_of(found.node, text, span),
            _ if is_about_key(&problem.fault) => key,
            (Value::Map(entries), _) if is_about_row(&problem.fault) && !entries.is_empty() => At::Node(found.node.id),
            (Value::Map(_) | Value::Null, _) => key,
            _ => At::Node(found.node.id),
        };
        let mut flaw = Flaw::new(code(&problem.fault), at, problem.fault.to_string());
        flaw.help = problem.help();
        if let Fault::Amount(AmountError::Length { years, .. }) = &problem.fault {
            let years = usize::try_from(*years).unwrap_or(usize::MAX);
            flaw.help = thousands(found.node, years).or(flaw.help);
        }
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

/// The part of a formula that a fault of the model is about, as far as its names tell.
fn span_of(fault: &Fault, formula: &str) -> Option<Range<usize>> {
    let Fault::Model(error) = fault else { return None };
    let as_written = |cell: &str| {
        let inner = cell.strip_prefix("scorecard.").and_then(|cell| cell.strip_suffix(".actual"));
        inner.unwrap_or(cell).to_owned()
    };
    let entry = |of: &str, number: u32| {
        let start = word_in(formula, &as_written(of), "[")?;
        let end = start + formula.get(start..)?.find(']')? + 1;
        formula.get(start..end)?.contains(&number.to_string()).then_some(start..end)
    };
    let whole_word = |word: &str, before: &str| {
        let start = word_in(formula, word, before)?;
        Some(start..start + word.len())
    };
    match error {
        ModelError::NoEntry { of, number, .. } | ModelError::EntryOfScalar { of, number, .. } => entry(of, *number),
        ModelError::NeedsRow { function, .. } => whole_word(function, "("),
        ModelError::Cycle { cells } => whole_word(&as_written(cells.get(1).or(cells.first())?), ""),
        _ => None,
    }
}

/// Where a word stands that is followed by `before`, blanks aside.
fn word_in(formula: &str, word: &str, before: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = formula.match_indices(word).filter(|(start, _)| {
        let earlier = formula.get(..*start).unwrap_or_default();
        let later = formula.get(start + word.len()..).unwrap_or_default();
        !earlier.ends_with(is_part) && !later.starts_with(is_part) && later.trim_start().starts_with(before)
    });
    found.next().map(|(start, _)| start)
}

/// Whether the caret belongs under a whole row of votes, also where it is written by name.
fn is_about_row(fault: &Fault) -> bool {
    matches!(fault, Fault::Assessment(FuzzyError::PanelSum { .. } | FuzzyError::NobodyVoted { .. }))
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
        Fault::Weights(error) => matches!(
            error,
            WeightError::SiblingWithout { .. }
                | WeightError::UnknownGroup { .. }
                | WeightError::NoChildren { .. }
                | WeightError::NotRated { .. }
                | WeightError::NotInGroup { .. }
        ),
        Fault::Authority(error) => matches!(error, AuthorityError::OnNoPanel { .. }),
        Fault::Delphi(error) => matches!(
            error,
            DelphiError::UnknownItem { .. } | DelphiError::DuplicateItem { .. } | DelphiError::SiblingMissing { .. }
        ),
        Fault::Assessment(error) => matches!(
            error,
            FuzzyError::UnknownItem { .. } | FuzzyError::VotesOnGroup { .. } | FuzzyError::DuplicateItem { .. }
        ),
        Fault::Costs(error) => !matches!(
            error,
            CostError::UnknownBase { .. } | CostError::ChargedOnItself { .. } | CostError::NothingToCharge { .. }
        ),
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
        Fault::Authority(_) => "authority",
        Fault::Delphi(_) => "delphi",
        Fault::Assessment(_) => "assessment",
        Fault::Costs(_) => "costs",
        Fault::Benefits(_) => "benefits",
        Fault::Appraisal(_) => "appraisal",
    }
}
