//! The conventions by which flows of money are valued: one choice each, with the usual one as default.

use super::{IrrPolicy, Terms, Timing};
use crate::amount::{Amount, Lowering};
use crate::appraisal::AppraisalError;
use crate::bound::Bound;
use crate::model::{CellId, Naming, Unit};
use rust_decimal::Decimal;

/// The conventions by which flows of money are valued.
///
/// They hold for the whole document, its alternatives included, so that what is compared is comparable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Valuation {
    /// When in its year the money of a year flows.
    pub timing: Timing,
    /// Which internal rate of return is quoted where there are several.
    pub irr: IrrPolicy,
    /// At what rate money that is missing is borrowed, for the modified internal rate of return; the discount rate where
    /// there is none.
    pub finance_rate: Option<Amount>,
    /// At what rate money that comes back is invested again; the discount rate where there is none.
    pub reinvestment_rate: Option<Amount>,
    /// What prices rise by in a year, as a fraction; where it is stated, figures stand in nominal and in real terms.
    pub inflation: Option<Amount>,
    /// The terms of the discount rate.
    pub rate_is: Terms,
    /// The terms of all amounts: real ones are at the prices of year 0.
    pub prices: Terms,
}

/// What can be wrong with the conventions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValuationError {
    /// A guess at a rate of return that nothing earns.
    #[error("{} is no guess at a rate of return: it lies above -100 % and at 1000 % at most", crate::amount::percent(.guess))]
    Guess {
        /// The guess as written, as a fraction.
        guess: Decimal,
    },
    /// A policy that asks what is not known of flows that are spread evenly over the year.
    #[error("of money that flows evenly over its years only the lowest or the highest rate of return can be quoted")]
    SpreadFlows,
}

impl ValuationError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Guess { .. } => "write a percentage, as in `{nearest: 10%}`".to_owned(),
            Self::SpreadFlows => "write `irr: lowest`, or `timing: monthly`".to_owned(),
        })
    }
}

impl Valuation {
    /// Reports conventions that do not go together.
    pub(crate) fn check(&self, lowering: &mut Lowering) {
        if let IrrPolicy::Nearest(guess) = self.irr
            && !(guess > Decimal::NEGATIVE_ONE && guess <= Decimal::TEN)
        {
            lowering.problem("valuation.irr.nearest", ValuationError::Guess { guess });
        }
        let is_ordered = matches!(self.irr, IrrPolicy::Only | IrrPolicy::Lowest | IrrPolicy::Highest);
        if self.timing == Timing::Continuous && !is_ordered {
            lowering.problem("valuation.irr", ValuationError::SpreadFlows);
        }
    }
}

/// The rates that flows of money are valued at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rates {
    pub(crate) discount: CellId,
    pub(crate) finance: CellId,
    pub(crate) reinvestment: CellId,
}

impl Rates {
    /// The rates of a document, whose discount rate is known already.
    pub(crate) fn define(lowering: &mut Lowering, discount: CellId, valuation: &Valuation) -> Self {
        let mut rate = |key: &str, aspect, amount: &Option<Amount>| {
            let Some(amount) = amount else { return discount };
            stated_rate(lowering, format!("valuation.{key}"), ("Valuation", aspect), amount)
        };
        let finance = rate("finance_rate", "finance rate", &valuation.finance_rate);
        let reinvestment = rate("reinvestment_rate", "reinvestment rate", &valuation.reinvestment_rate);
        Self { discount, finance, reinvestment }
    }
}

/// A discount rate as stated at an address, which is the id of its figure as well.
pub(super) fn stated_rate(
    lowering: &mut Lowering,
    at: String,
    (subject, aspect): (&str, &'static str),
    amount: &Amount,
) -> CellId {
    let naming = Naming::new(at.clone()).label(subject, aspect).unit(Unit::Share).source(at);
    let cell = lowering.amount(naming, amount);
    lowering.cells.require_single(cell);
    lowering.keep_within(cell, amount, Bound::DiscountRate, |rate| AppraisalError::DiscountRate { rate });
    cell
}
