//! How fast a benefit comes: evenly over some years, or along a curve that is stated year by year.

use super::BenefitError;
use crate::amount::{Amount, Lowering, year};
use crate::bound::Bound;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// How fast a benefit comes.
///
/// **Formula**: over `k` years, year t has the share `min(1, t / k)` of the whole; along a curve, what the list says.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Plan, Ramp};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let saved = Benefit {
///     annual: Some(900.into()),
///     ramp: Some(Ramp::Linear(3.into())),
///     ..Benefit::new("paper", BenefitKind::Saving)
/// };
/// let plan = Plan { benefits: Some(vec![saved]), ..Plan::default() };
/// let horizon = Horizon { years: 4, ..Horizon::default() };
/// let outcome = Appraisal::new(Draft { horizon, plan, ..Draft::default() }).unwrap();
/// assert_eq!(outcome.base().figure("benefits.paper.4"), Some(Ok(dec!(900))));
/// assert_eq!(outcome.base().figure("benefits.paper.2").unwrap().unwrap().round_dp(10), dec!(600));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Ramp {
    /// Evenly over so many years, all of it from the last of them on.
    Linear(Amount),
    /// The share that is reached in each of the years 1 to n; an S-curve is one that rises slowly, fast and slowly again.
    Curve(Vec<Decimal>),
}

impl Ramp {
    /// The share that is reached in each year.
    pub(super) fn define(&self, lowering: &mut Lowering, figures: &Arc<str>, subject: &Arc<str>) -> CellId {
        let at = Id::of(Arc::clone(figures), "ramp");
        let naming = Naming::new(at.clone()).label(Arc::clone(subject), "ramp").unit(Unit::Share).source(at.clone());
        match self {
            Self::Curve(shares) => {
                let amount = Amount::PerYear(shares.clone());
                let cell = lowering.amount(naming, &amount);
                lowering.keep_share(cell, &amount);
                cell
            }
            Self::Linear(years) => {
                let id = Id::of(Arc::clone(figures), "ramp_years");
                let length = Naming::new(id).label(Arc::clone(subject), "years of the ramp").unit(Unit::Years);
                let length = lowering.amount(length.source(at), years);
                lowering.cells.require_single(length);
                lowering.keep_within(length, years, Bound::AboveZero, |years| BenefitError::RampOfNoYears { years });
                let risen = year(lowering.names) / Expression::cell(length);
                let share = Expression::call(Function::Min, [Expression::number(1), risen]);
                lowering.cells.formula(naming, share)
            }
        }
    }
}
