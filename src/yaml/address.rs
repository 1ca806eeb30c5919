//! From the address of a problem to the value it is about: the terms of the domain back to the document.

use super::delphi::is_long_form;
use super::fields::{part_of, thousands};
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use super::scorecard::CriterionNodes;
use crate::amount::AmountError;
use crate::appraisal::AppraisalError;
use crate::calendar::PeriodsError;
use crate::case::{AlternativeError, BenefitError, CashFlowError, CostError, CostOfCapitalError, ExchangeError};
use crate::customers::CustomerError;
use crate::model::ModelError;
use crate::panel::{AuthorityError, DelphiError, FuzzyError, WeightError};
use crate::problem::{Fault, Problem};
use crate::reconcile::ExpectError;
use crate::scorecard::{IncentiveError, InitiativeError, KpiError, ScorecardError, UnitError};
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
            _ if is_about_key(&problem.fault) || is_expected_id(&problem) => key,
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
        if let Some(found) = self.of_unit(address) {
            return found;
        }
        let mut found = Found { key: None, node: self.root };
        let mut walked = 0;
        let mut rest = Some(address);
        while let Some(ahead) = rest {
            if let Some(answer) = self.answer(found, walked, address, ahead) {
                return answer;
            }
            let first = ahead.split_once('.').map_or(ahead, |(first, _)| first);
            // a criterion stands wherever it stands in the tree, but has one id
            let criterion = (walked == 1 && address.starts_with("scorecard.")).then(|| self.criterion(first)).flatten();
            let next = match criterion {
                Some(criterion) => Some((criterion, first.len())),
                None => step_over(found, ahead),
            };
            let Some((next, taken)) = next else { break };
            found = next;
            walked += 1;
            rest = ahead.get(taken..).and_then(|behind| behind.strip_prefix('.'));
        }
        // an assumption with a register entry around it is its value
        let is_assumption = walked == 2 && address.starts_with("assumptions.");
        match step(found, "value") {
            Some(value) if is_assumption => Found { key: found.key, node: value.node },
            _ => found,
        }
    }

    /// An answer of a Delphi round, `customer.3` for the fourth expert's, or an item of it, however the round is written;
    /// `None` where it is no such address, or needs nothing but steps.
    fn answer(&self, round: Found<'n>, walked: usize, address: &str, ahead: &str) -> Option<Found<'n>> {
        let Value::Map(entries) = &round.node.value else { return None };
        if walked != 4 || !address.starts_with("weights.delphi.rounds.") {
            return None;
        }
        let (item, position) = match ahead.rsplit_once('.') {
            Some((item, position)) => match position.parse::<usize>() {
                Ok(position) => (item, Some(position)),
                Err(_) => (ahead, None),
            },
            None => (ahead, None),
        };
        let expert = position.and_then(|position| {
            let root = Found { key: None, node: self.root };
            let experts = ["weights", "delphi", "experts"].iter().try_fold(root, |found, key| step(found, key))?;
            match &step(experts, &position.to_string())?.node.value {
                Value::Text(name) => Some(name),
                _ => None,
            }
        });
        let of_row = |row: Found<'n>| match (&row.node.value, expert) {
            (Value::Map(_), Some(expert)) => step(row, expert).unwrap_or(row),
            _ => position.and_then(|position| step(row, &position.to_string())).unwrap_or(row),
        };
        if !is_long_form(entries) {
            return step(round, item).map(of_row);
        }
        let by_item = ["ratings", "rankings"].iter().find_map(|form| step(round, form));
        if let Some(row) = by_item.and_then(|by_item| step(by_item, item)) {
            return Some(of_row(row));
        }
        let answers = step(round, "answers")?;
        let Value::Map(by_expert) = &answers.node.value else { return None };
        if let Some(of_expert) = expert.and_then(|expert| step(answers, expert)) {
            return Some(step(of_expert, item).unwrap_or(of_expert));
        }
        by_expert.iter().find_map(|(_, node)| step(Found { key: None, node }, item))
    }

    /// A value of a business unit, `units.north.retention.actual`; of what it does not say, that of the scorecard.
    fn of_unit(&self, address: &str) -> Option<Found<'n>> {
        let (id, rest) = address.strip_prefix("units.").map(|ahead| ahead.split_once('.').unwrap_or((ahead, "")))?;
        let root = Found { key: None, node: self.root };
        let unit = ["scorecard", "units", id].iter().try_fold(root, |found, key| step(found, key))?;
        let (first, behind) = rest.split_once('.').unwrap_or((rest, ""));
        let Some(said) = step(unit, "indicators").and_then(|indicators| step(indicators, first)) else {
            let whole = self.criterion(first).map(|criterion| walk(criterion, behind));
            let inherited = whole.filter(|(_, is_there)| *is_there && !behind.is_empty());
            return Some(inherited.map_or_else(|| walk(unit, rest).0, |(found, _)| found));
        };
        match walk(said, behind) {
            (found, true) => Some(found),
            (nearest, false) => {
                let whole = self.criterion(first).map(|criterion| walk(criterion, behind));
                Some(whole.filter(|(_, is_there)| *is_there).map_or(nearest, |(found, _)| found))
            }
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
            let node = match segment.parse::<usize>() {
                Ok(position) => entries.get(position)?,
                Err(_) => super::cash_flow::flow_on(entries, segment)?,
            };
            Some(Found { key: None, node })
        }
        Value::Null | Value::Text(_) => None,
    }
}

/// As far along an address as there are values, and whether that is all of it.
fn walk<'n>(from: Found<'n>, address: &str) -> (Found<'n>, bool) {
    let (mut found, mut ahead) = (from, address);
    while !ahead.is_empty() {
        let Some((next, taken)) = step_over(found, ahead) else { return (found, false) };
        found = next;
        ahead = ahead.get(taken..).and_then(|behind| behind.strip_prefix('.')).unwrap_or_default();
    }
    (found, true)
}

/// A step along the beginning of an address, and how much of it that took: names of people may have dots in them.
fn step_over<'n>(from: Found<'n>, ahead: &str) -> Option<(Found<'n>, usize)> {
    let ends = ahead.match_indices('.').map(|(end, _)| end).chain([ahead.len()]);
    let mut steps = ends.filter_map(|end| Some((step(from, ahead.get(..end)?)?, end)));
    steps.next()
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
    matches!(
        fault,
        Fault::Assessment(
            FuzzyError::PanelSum { .. }
                | FuzzyError::NobodyVoted { .. }
                | FuzzyError::MembershipSum { .. }
                | FuzzyError::NoMembership { .. }
                | FuzzyError::PointsOrder { .. }
        )
    )
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
                | ScorecardError::MilestoneOutside { .. }
        ),
        Fault::Periods(error) => {
            matches!(error, PeriodsError::Outside { .. } | PeriodsError::Twice { .. } | PeriodsError::Mixed { .. })
        }
        Fault::Kpi(error) => matches!(
            error,
            KpiError::UnknownInput { .. }
                | KpiError::MissingInputs { .. }
                | KpiError::DataTwice { .. }
                | KpiError::InvalidId { .. }
                | KpiError::InCatalogue { .. }
                | KpiError::NotInFormula { .. }
        ),
        Fault::CostOfCapital(error) => {
            matches!(error, CostOfCapitalError::InvalidId { .. } | CostOfCapitalError::DuplicateId { .. })
        }
        Fault::Units(error) => {
            !matches!(error, UnitError::LeftOutAndGiven { .. } | UnitError::NegativeWeight { .. })
                && !matches!(error, UnitError::WeightSum { .. })
        }
        Fault::Initiatives(error) => matches!(
            error,
            InitiativeError::ReservedId { .. }
                | InitiativeError::DuplicateId { .. }
                | InitiativeError::TargetOfOther { .. }
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
            DelphiError::UnknownItem { .. }
                | DelphiError::DuplicateItem { .. }
                | DelphiError::SiblingMissing { .. }
                | DelphiError::ReasonOnNothing { .. }
        ),
        Fault::Assessment(error) => matches!(
            error,
            FuzzyError::UnknownItem { .. }
                | FuzzyError::VotesOnGroup { .. }
                | FuzzyError::DuplicateItem { .. }
                | FuzzyError::TwoSources { .. }
                | FuzzyError::OperatorOfIndicator { .. }
                | FuzzyError::BandOfNoGrade { .. }
                | FuzzyError::FunctionOfNoGrade { .. }
                | FuzzyError::FunctionMissing { .. }
                | FuzzyError::FunctionWithoutActual { .. }
                | FuzzyError::EmptyBallot { .. }
        ),
        Fault::Incentive(error) => matches!(
            error,
            IncentiveError::InvalidId { .. }
                | IncentiveError::ReservedId { .. }
                | IncentiveError::DuplicateId { .. }
                | IncentiveError::NobodyPaid
                | IncentiveError::NoScorecard
        ),
        Fault::Costs(error) => is_about_key_of_cost(error),
        Fault::ExchangeRates(error) => matches!(
            error,
            ExchangeError::InvalidCurrency { .. } | ExchangeError::Duplicate { .. } | ExchangeError::OwnCurrency { .. }
        ),
        Fault::Benefits(error) => !matches!(
            error,
            BenefitError::UnknownIndicator { .. }
                | BenefitError::FollowsUnknown { .. }
                | BenefitError::FollowsNoProgress { .. }
                | BenefitError::FollowsOtherYears { .. }
                | BenefitError::FollowsWithoutPeriods { .. }
                | BenefitError::FollowsWithoutFirstYear { .. }
                | BenefitError::LoneOverlap { .. }
                | BenefitError::InvalidGroup { .. }
                | BenefitError::ReservedGroup { .. }
                | BenefitError::NoFullTime { .. }
                | BenefitError::RampOfNoYears { .. }
                | BenefitError::DelayBeyondHorizon { .. }
                | BenefitError::RiskRange { .. }
        ),
        Fault::Alternatives(error) => !matches!(
            error,
            AlternativeError::TwoBaselines { .. }
                | AlternativeError::NoLife { .. }
                | AlternativeError::LifeBeyondHorizon { .. }
        ),
        Fault::EconomicValueAdded(_) => true,
        Fault::CashFlows(error) => !matches!(error, CashFlowError::FromOther { .. }),
        Fault::Customers(error) => matches!(
            error,
            CustomerError::InvalidId { .. }
                | CustomerError::DuplicateId { .. }
                | CustomerError::UnknownState { .. }
                | CustomerError::Time { .. }
                | CustomerError::BandOrder { .. }
        ),
        Fault::Expect(error) => matches!(error, ExpectError::Twice { .. } | ExpectError::Nothing { .. }),
        Fault::Appraisal(error) => {
            matches!(error, AppraisalError::UnknownOverride { .. } | AppraisalError::Twice { .. })
        }
        _ => false,
    }
}

/// Whether it is the key itself that names a figure which cannot be expected.
fn is_expected_id(problem: &Problem) -> bool {
    match &problem.fault {
        Fault::Expect(
            ExpectError::UnknownFigure { figure, .. }
            | ExpectError::WholeRow { figure, .. }
            | ExpectError::NotANumber { figure },
        ) => problem.at.strip_prefix("expect.") == Some(figure),
        _ => false,
    }
}

/// Whether it is the line itself that is wrong, or something that it lacks or states beside another.
fn is_about_key_of_cost(error: &CostError) -> bool {
    matches!(
        error,
        CostError::InvalidId { .. }
            | CostError::ReservedId { .. }
            | CostError::DuplicateId { .. }
            | CostError::NoAmount { .. }
            | CostError::InvalidRole { .. }
            | CostError::DuplicateRole { .. }
            | CostError::ShareTwice { .. }
            | CostError::OpenTier
            | CostError::MinimumOfPerpetual
            | CostError::NothingToReplace { .. }
            | CostError::StraightLineWithoutLife { .. }
            | CostError::PriceChangeOfNothing
    )
}

/// A stable name for the kind of mistake.
fn code(fault: &Fault) -> &'static str {
    match fault {
        Fault::Amount(AmountError::UnknownName { .. } | AmountError::NoActual { .. }) => "formula.name",
        Fault::Amount(_) => "amount",
        Fault::Formula(_) => "formula",
        Fault::Model(_) => "model",
        Fault::Scorecard(_) => "scorecard",
        Fault::Periods(_) => "periods",
        Fault::Review(_) => "review",
        Fault::Kpi(_) => "kpi",
        Fault::Links(_) => "links",
        Fault::Units(_) => "units",
        Fault::Initiatives(_) => "initiatives",
        Fault::Weights(_) => "weights",
        Fault::Authority(_) => "authority",
        Fault::Delphi(_) => "delphi",
        Fault::Assessment(_) => "assessment",
        Fault::Incentive(_) => "incentive",
        Fault::Costs(_) => "costs",
        Fault::ExchangeRates(_) => "exchange_rates",
        Fault::Phases(_) => "costs",
        Fault::Reserves(_) => "reserves",
        Fault::Inflation(_) => "inflation",
        Fault::Benefits(_) => "benefits",
        Fault::Depreciation(_) => "depreciation",
        Fault::CostOfCapital(_) => "cost_of_capital",
        Fault::Financing(_) => "financing",
        Fault::Tax(_) => "tax",
        Fault::Valuation(_) => "valuation",
        Fault::Alternatives(_) => "alternatives",
        Fault::EconomicValueAdded(_) => "economic_value_added",
        Fault::CashFlows(_) => "cash_flows",
        Fault::Customers(_) => "customers",
        Fault::Expect(_) => "expect",
        Fault::Appraisal(_) => "appraisal",
    }
}
