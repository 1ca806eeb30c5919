//! Capacity released: hours saved, at what they cost, as far as they are put to use.

use crate::amount::{Amount, Lowering};
use crate::bound::Bound;
use crate::case::benefits::BenefitError;
use crate::case::currency::Currency;
use crate::model::{CellId, Expression, Id, Naming, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// Hours that people no longer spend.
///
/// **Formula**: the benefit of a year is `hours x rate x conversion`; the full-time equivalents are `hours / full_time`.
///
/// **Units**: hours a year, money an hour with everything that an hour costs the employer, a share.
///
/// **Source**: practice of total-economic-impact studies, which convert only a part of the time saved to productive work.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Capacity, Plan};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let capacity = Capacity { conversion: Some(dec!(0.5).into()), ..Capacity::new(4_160, 45) };
/// let saved = Benefit { capacity: Some(capacity), cashable: Some(false), ..Benefit::new("hours", BenefitKind::Saving) };
/// let plan = Plan { benefits: Some(vec![saved]), ..Plan::default() };
/// let appraisal = Appraisal::new(Draft { plan, ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("benefits.hours.1"), Some(Ok(dec!(93_600))));
/// assert_eq!(outcome.figure("benefits.hours.capacity.full_time_equivalents"), Some(Ok(dec!(2))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Capacity {
    /// Hours saved in a year.
    pub hours: Amount,
    /// What an hour costs, social charges and workplace included.
    pub rate: Amount,
    /// The share of the hours that becomes productive work; all of them where nothing is said.
    pub conversion: Option<Amount>,
    /// Hours that a full-time position has in a year.
    pub full_time: Amount,
}

impl Capacity {
    /// Fifty-two weeks of forty hours.
    pub const FULL_TIME: Decimal = Decimal::from_parts(2_080, 0, 0, false, 0);

    /// So many hours a year at a rate, all of them put to use.
    pub fn new(hours: impl Into<Amount>, rate: impl Into<Amount>) -> Self {
        Self { hours: hours.into(), rate: rate.into(), conversion: None, full_time: Self::FULL_TIME.into() }
    }
}

/// The cells of the capacity that a benefit releases.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CapacityCells {
    pub(crate) hours: CellId,
    pub(crate) full_time_equivalents: CellId,
    pub(super) conversion: Option<CellId>,
    /// `hours x rate x conversion`
    pub(super) annual: CellId,
}

impl Capacity {
    pub(super) fn define(
        &self,
        lowering: &mut Lowering,
        (figures, subject): (&Arc<str>, &Arc<str>),
        currency: &Currency,
    ) -> CapacityCells {
        let owner: Arc<str> = format!("{figures}.capacity").into();
        let naming = |figure, aspect, unit| {
            let id = Id::of(Arc::clone(&owner), figure);
            Naming::new(id.clone()).label(Arc::clone(subject), aspect).unit(unit).source(id)
        };
        let mut amount = |figure, aspect, unit: Unit, amount: &Amount| {
            let cell = lowering.amount(naming(figure, aspect, unit.clone()), amount);
            match (figure, unit) {
                ("full_time", _) => {
                    lowering.keep_within(cell, amount, Bound::AboveZero, |hours| BenefitError::NoFullTime { hours })
                }
                (_, Unit::Share) => lowering.keep_share(cell, amount),
                _ => lowering.keep_positive(cell, amount, "a benefit"),
            }
            cell
        };
        let hours = amount("hours", "hours saved a year", Unit::Number, &self.hours);
        let rate = amount("rate", "cost of an hour", currency.unit(), &self.rate);
        let conversion = self.conversion.as_ref();
        let conversion = conversion.map(|share| amount("conversion", "share put to use", Unit::Share, share));
        let full_time = amount("full_time", "hours of a full-time position", Unit::Number, &self.full_time);
        let positions = Expression::cell(hours) / Expression::cell(full_time);
        let naming_of =
            naming("full_time_equivalents", "full-time equivalents", Unit::Number).source(Arc::clone(&owner));
        let full_time_equivalents = lowering.cells.formula(naming_of, positions);
        let factors = [Some(hours), Some(rate), conversion].into_iter().flatten().map(Expression::cell);
        let worth = factors.reduce(|a, b| a * b).unwrap_or_else(|| Expression::number(0));
        let annual = Naming::new(Id::of(Arc::clone(figures), "annual")).label(Arc::clone(subject), "a year");
        let annual = lowering.cells.formula(annual.unit(currency.unit()).source(owner), worth);
        CapacityCells { hours, full_time_equivalents, conversion, annual }
    }
}
