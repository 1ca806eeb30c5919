//! What risk cuts of a benefit: one share, or the mean of a low, a likely and a high one.

use super::BenefitError;
use crate::amount::{Amount, Lowering};
use crate::bound::Bound;
use crate::model::{CellId, Expression, Id, Naming, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What risk cuts of a benefit.
///
/// **Formula**: of a triangle `(low + likely + high) / 3`, the mean of the triangular distribution.
///
/// **Units**: shares of the benefit that are lost. A low one may be negative, where it may also turn out better.
///
/// **Source**: total-economic-impact studies adjust each line by the mean of a triangle. They write what is left, 80 %,
/// 100 % and 105 %; here stands what is cut, -5 %, 0 % and 20 %, with the same mean of 5 %.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Plan, Risk};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let risk = Risk::Triangle { low: dec!(-0.05).into(), likely: 0.into(), high: dec!(0.20).into() };
/// let saved =
///     Benefit { annual: Some(1_000.into()), risk: Some(risk), ..Benefit::new("paper", BenefitKind::Saving) };
/// let plan = Plan { benefits: Some(vec![saved]), ..Plan::default() };
/// let appraisal = Appraisal::new(Draft { plan, ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("benefits.paper.1"), Some(Ok(dec!(950))));
/// assert_eq!(outcome.figure("benefits.paper.unadjusted.1"), Some(Ok(dec!(1_000))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Risk {
    /// One share.
    Share(Amount),
    /// What is cut at best, most likely and at worst.
    Triangle {
        /// At best.
        low: Amount,
        /// Most likely.
        likely: Amount,
        /// At worst.
        high: Amount,
    },
}

impl<T: Into<Amount>> From<T> for Risk {
    fn from(share: T) -> Self {
        Self::Share(share.into())
    }
}

impl Risk {
    /// The share that is cut.
    pub(super) fn define(
        &self,
        lowering: &mut Lowering,
        benefit: &str,
        figures: &Arc<str>,
        subject: &Arc<str>,
    ) -> CellId {
        let at = Id::of(Arc::clone(figures), "risk");
        let naming = Naming::new(at.clone()).label(Arc::clone(subject), "risk").unit(Unit::Share).source(at.clone());
        match self {
            Self::Share(share) => {
                let cell = lowering.amount(naming, share);
                lowering.keep_share(cell, share);
                lowering.cells.require_single(cell);
                cell
            }
            Self::Triangle { low, likely, high } => {
                let owner: Arc<str> = at.to_string().into();
                let corners = [
                    ("low", "risk at best", low),
                    ("likely", "most likely risk", likely),
                    ("high", "risk at worst", high),
                ];
                check(lowering, benefit, &owner, corners.map(|(figure, _, amount)| (figure, amount)));
                let corners = corners.map(|(figure, aspect, amount)| {
                    let id = Id::of(Arc::clone(&owner), figure);
                    let corner = Naming::new(id.clone()).label(Arc::clone(subject), aspect).unit(Unit::Share);
                    let corner = lowering.amount(corner.source(id), amount);
                    lowering.cells.require_single(corner);
                    lowering.watch(corner, Bound::CutOrRise);
                    Expression::cell(corner)
                });
                let mean = Expression::sum_of(corners) / Expression::number(3);
                let mean = lowering.cells.formula(naming, mean);
                lowering.watch(mean, Bound::Share);
                mean
            }
        }
    }
}

/// Corners that are numbers rise, lie within bounds, and do not raise the benefit on average.
fn check(lowering: &mut Lowering, benefit: &str, at: &Arc<str>, corners: [(&'static str, &Amount); 3]) {
    let mut sound = true;
    for (figure, amount) in corners {
        if let Some(value) = amount.numbers().find(|value| !Bound::CutOrRise.holds(*value)) {
            sound = false;
            lowering.problem(format!("{at}.{figure}"), BenefitError::RiskRange { value });
        }
    }
    let [Some(low), Some(likely), Some(high)] = corners.map(|(_, amount)| amount.as_constant()) else { return };
    let id = || benefit.to_owned();
    if low > likely || likely > high {
        lowering.problem(&**at, BenefitError::RiskOrder { id: id() });
    } else if sound {
        let sum = low.checked_add(likely).and_then(|sum| sum.checked_add(high));
        let mean = sum.and_then(|sum| sum.checked_div(Decimal::from(3))).unwrap_or_default();
        if mean < Decimal::ZERO {
            lowering.problem(&**at, BenefitError::RiskRaises { id: id(), mean });
        }
    }
}
