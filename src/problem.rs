//! What is wrong with a model: where, what, and what to type instead.

use crate::amount::AmountError;
use crate::calendar::PeriodsError;
use crate::case::{
    AlternativeError, BenefitError, CashFlowError, CostError, CostOfCapitalError, DepreciationError,
    EconomicValueAddedError, ExchangeError, FinancingError, InflationError, PhaseError, ReserveError, TaxError,
    ValuationError,
};
use crate::customers::CustomerError;
use crate::model::{FormulaError, ModelError};
use crate::panel::{AuthorityError, DelphiError, FuzzyError, WeightError};
use crate::reconcile::ExpectError;
use crate::scorecard::{IncentiveError, InitiativeError, KpiError, LinkError, ReviewError, ScorecardError, UnitError};
use std::fmt;
use std::ops::Range;

/// One mistake in a model.
///
/// `at` is an address in the terms of the document, `costs.licences.seats.annual`, with criteria by their id:
/// `scorecard.retention_rate.target`. It means the same for a model that was built in Rust.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The address of what is wrong.
    pub at: String,
    /// The bytes of the text there, where only a part of it is wrong.
    pub within: Option<Range<usize>>,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a model, room by room.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// An amount: a list of the wrong length, an unknown name in a formula.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// The text of a formula.
    #[error(transparent)]
    Formula(#[from] FormulaError),
    /// Formulas that do not fit together.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A criterion or its measure.
    #[error(transparent)]
    Scorecard(#[from] ScorecardError),
    /// Periods, or values by period.
    #[error(transparent)]
    Periods(#[from] crate::calendar::PeriodsError),
    /// The limits of a design review, and what is accepted of it.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// A KPI or its data.
    #[error(transparent)]
    Kpi(#[from] KpiError),
    /// A link of cause and effect.
    #[error(transparent)]
    Links(#[from] LinkError),
    /// A business unit.
    #[error(transparent)]
    Units(#[from] UnitError),
    /// An initiative.
    #[error(transparent)]
    Initiatives(#[from] InitiativeError),
    /// The weights of siblings.
    #[error(transparent)]
    Weights(#[from] WeightError),
    /// The authority of experts.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    /// A Delphi panel.
    #[error(transparent)]
    Delphi(#[from] DelphiError),
    /// The fuzzy comprehensive evaluation.
    #[error(transparent)]
    Assessment(#[from] FuzzyError),
    /// What is paid for scores.
    #[error(transparent)]
    Incentive(#[from] IncentiveError),
    /// A cost line.
    #[error(transparent)]
    Costs(#[from] CostError),
    /// The exchange rates.
    #[error(transparent)]
    ExchangeRates(#[from] ExchangeError),
    /// The phase of a cost line.
    #[error(transparent)]
    Phases(#[from] PhaseError),
    /// What is set aside beside the costs.
    #[error(transparent)]
    Reserves(#[from] ReserveError),
    /// Inflation.
    #[error(transparent)]
    Inflation(#[from] InflationError),
    /// A benefit.
    #[error(transparent)]
    Benefits(#[from] BenefitError),
    /// How a cost is charged to the years of its use.
    #[error(transparent)]
    Depreciation(#[from] DepreciationError),
    /// A cost of capital that is built up.
    #[error(transparent)]
    CostOfCapital(#[from] CostOfCapitalError),
    /// Ways to pay for something.
    #[error(transparent)]
    Financing(#[from] FinancingError),
    /// Conventions that do not go together.
    #[error(transparent)]
    Valuation(#[from] ValuationError),
    /// Tax on the result.
    #[error(transparent)]
    Tax(#[from] TaxError),
    /// Flows of money in time.
    #[error(transparent)]
    CashFlows(#[from] CashFlowError),
    /// Alternatives side by side.
    #[error(transparent)]
    Alternatives(#[from] AlternativeError),
    /// Economic value added.
    #[error(transparent)]
    EconomicValueAdded(#[from] EconomicValueAddedError),
    /// The customers.
    #[error(transparent)]
    Customers(#[from] CustomerError),
    /// A figure that is published or expected.
    #[error(transparent)]
    Expect(#[from] ExpectError),
    /// The model as a whole.
    #[error(transparent)]
    Appraisal(#[from] crate::appraisal::AppraisalError),
}

impl Problem {
    /// Whether it says that the scorecard has no periods.
    pub(crate) fn lacks_periods(&self) -> bool {
        matches!(
            self.fault,
            Fault::Periods(PeriodsError::NoPeriods) | Fault::Scorecard(ScorecardError::AboutPeriods { .. })
        )
    }

    pub(crate) fn new(at: impl Into<String>, fault: impl Into<Fault>) -> Self {
        Self { at: at.into(), within: None, fault: fault.into() }
    }

    /// What to type instead, where that can be said.
    pub fn help(&self) -> Option<String> {
        match &self.fault {
            Fault::Amount(error) => error.help(),
            Fault::Formula(error) => error.help(),
            Fault::Model(error) => help_with_model(error),
            Fault::Scorecard(error) => error.help(),
            Fault::Periods(error) => Some(error.help()),
            Fault::Review(error) => error.help(),
            Fault::Kpi(error) => error.help(),
            Fault::Links(error) => error.help(),
            Fault::Units(error) => error.help(),
            Fault::Initiatives(error) => error.help(),
            Fault::Weights(error) => error.help(),
            Fault::Authority(error) => error.help(),
            Fault::Delphi(error) => error.help(),
            Fault::Assessment(error) => error.help(),
            Fault::Incentive(error) => error.help(),
            Fault::Costs(error) => error.help(),
            Fault::ExchangeRates(error) => error.help(),
            Fault::Phases(error) => error.help(),
            Fault::Reserves(error) => error.help(),
            Fault::Inflation(error) => error.help(),
            Fault::Benefits(error) => error.help(),
            Fault::Depreciation(error) => error.help(),
            Fault::CostOfCapital(error) => error.help(),
            Fault::Financing(error) => error.help(),
            Fault::Tax(error) => error.help(),
            Fault::Valuation(error) => error.help(),
            Fault::CashFlows(error) => error.help(),
            Fault::Alternatives(error) => error.help(),
            Fault::EconomicValueAdded(error) => error.help(),
            Fault::Customers(error) => error.help(),
            Fault::Expect(error) => error.help(),
            Fault::Appraisal(error) => error.help(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.fault)
    }
}

fn help_with_model(error: &ModelError) -> Option<String> {
    Some(match error {
        ModelError::Cycle { cells } if cells.len() == 1 => {
            "write `{first: 100, growth: 3%}` for what grows from year to year".to_owned()
        }
        ModelError::Cycle { .. } => "give one of them a value of its own".to_owned(),
        ModelError::NeedsScalar { .. } => {
            "write one value; of a row take one year, as in `seats[1]`, or its sum, as in `sum(seats)`".to_owned()
        }
        ModelError::DifferentAxes { .. } => "give lists that are taken together as many entries each".to_owned(),
        ModelError::NeedsRow { .. } => "give it a list with one entry a year".to_owned(),
        ModelError::EntryOfScalar { of, .. } => format!("write `{of}` without brackets"),
        ModelError::NoEntry { of, first, last, .. } => format!("write `{of}[{first}]` to `{of}[{last}]`"),
        _ => return None,
    })
}

/// All mistakes of a model, in the order of the document's sections.
#[derive(Debug, Clone, PartialEq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Every mistake.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }
}

impl From<Vec<Problem>> for Problems {
    fn from(problems: Vec<Problem>) -> Self {
        Self(problems)
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
            if let Some(help) = problem.help() {
                write!(f, "\n  help: {help}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
