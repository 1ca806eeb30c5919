//! Which values make sense for an amount: one list for two readers, since what is refused where it is written as a number is
//! a finding where a formula or a scenario gives it.

use crate::amount::{Amount, AmountError, Lowering};
use crate::model::CellId;
use crate::problem::Fault;
use rust_decimal::Decimal;

/// Which values make sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Costs, benefits and counts, which are written positive.
    NotNegative,
    /// A part of something: 0 to 100 %.
    Share,
    /// A rate or a risk on top of something: written positive, and rarely meant to be above 100 %.
    Surcharge,
    /// What is asked of money a year: -20 % to 100 %. At -20 % the factor of year 50 is 70,000, so that no present value of a
    /// document within its limits leaves 28 digits.
    DiscountRate,
    /// What something else is divided by or converted at.
    AboveZero,
    /// A growth that leaves something: -100 % or more.
    Growth,
    /// A growth that leaves a price: above -100 %.
    GrowthOfPrice,
    /// A part that is cut or, below zero, added.
    CutOrRise,
    /// How a share moves with the market.
    Beta,
}

/// The ends of a bound and whether they belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ends {
    pub(crate) low: Decimal,
    pub(crate) with_low: bool,
    pub(crate) high: Option<Decimal>,
}

impl Bound {
    pub(crate) fn ends(self) -> Ends {
        let closed = |low, high| Ends { low, with_low: true, high };
        let above = |low| Ends { low, with_low: false, high: None };
        let (zero, one) = (Decimal::ZERO, Decimal::ONE);
        match self {
            Self::NotNegative => closed(zero, None),
            Self::Share | Self::Surcharge => closed(zero, Some(one)),
            Self::DiscountRate => closed(Decimal::from_parts(2, 0, 0, true, 1), Some(one)),
            Self::AboveZero => above(zero),
            Self::Growth => closed(Decimal::NEGATIVE_ONE, None),
            Self::GrowthOfPrice => above(Decimal::NEGATIVE_ONE),
            Self::CutOrRise => closed(Decimal::NEGATIVE_ONE, Some(one)),
            Self::Beta => closed(Decimal::from_parts(5, 0, 0, true, 0), Some(Decimal::TEN)),
        }
    }

    pub(crate) fn holds(self, value: Decimal) -> bool {
        !self.is_below(value) && !self.is_above(value)
    }

    pub(crate) fn is_below(self, value: Decimal) -> bool {
        let Ends { low, with_low, .. } = self.ends();
        if with_low { value < low } else { value <= low }
    }

    fn is_above(self, value: Decimal) -> bool {
        self.ends().high.is_some_and(|high| value > high)
    }

    /// Whether nobody may write it: a surcharge above 100 % is odd, and yet there are some.
    fn refuses(self, value: Decimal) -> bool {
        self.is_below(value) || self.is_above(value) && self != Self::Surcharge
    }

    /// The value of a row that is farthest out, where one is.
    pub(crate) fn worst(self, values: impl Iterator<Item = Decimal> + Clone) -> Option<Decimal> {
        let below = values.clone().filter(|value| self.is_below(*value)).min();
        below.or_else(|| values.filter(|value| self.is_above(*value)).max())
    }
}

impl Lowering<'_> {
    /// Refuses numbers that make no sense, and keeps an eye on what formulas and scenarios make of the cell.
    pub(crate) fn keep_within<F: Into<Fault>>(
        &mut self,
        cell: CellId,
        amount: &Amount,
        bound: Bound,
        error: impl FnOnce(Decimal) -> F,
    ) {
        if let Some(value) = amount.numbers().find(|value| bound.refuses(*value)) {
            let at = self.cells.source_of(cell);
            self.problem(at, error(value));
        }
        self.watch(cell, bound);
    }

    /// The same of what is written positive.
    pub(crate) fn keep_positive(&mut self, cell: CellId, amount: &Amount, what: &'static str) {
        self.keep_within(cell, amount, Bound::NotNegative, |value| AmountError::Negative { value, what });
    }

    /// The same of a share.
    pub(crate) fn keep_share(&mut self, cell: CellId, amount: &Amount) {
        self.keep_within(cell, amount, Bound::Share, |value| AmountError::NotAShare { value });
    }

    /// Keeps an eye on a figure whose parts are refused by rules of their own.
    pub(crate) fn watch(&mut self, cell: CellId, bound: Bound) {
        self.bounds.push((cell, bound));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    #[test]
    fn ends_belong_to_their_bounds_or_not() {
        assert!(Bound::NotNegative.holds(dec!(0)) && !Bound::NotNegative.holds(dec!(-0.1)));
        assert!(Bound::DiscountRate.holds(dec!(-0.2)) && !Bound::DiscountRate.holds(dec!(-0.21)));
        assert!(!Bound::AboveZero.holds(dec!(0)) && !Bound::GrowthOfPrice.holds(dec!(-1)));
        assert!(Bound::Growth.holds(dec!(-1)) && Bound::Beta.holds(dec!(-5)) && !Bound::Beta.holds(dec!(11)));
        assert!(!Bound::Surcharge.holds(dec!(1.5)) && !Bound::Surcharge.refuses(dec!(1.5)));
        assert_eq!(Bound::Share.worst([dec!(0.5), dec!(1.2), dec!(1.4)].into_iter()), Some(dec!(1.4)));
        assert_eq!(Bound::Share.worst([dec!(2), dec!(-1), dec!(-2)].into_iter()), Some(dec!(-2)));
        assert_eq!(Bound::Share.worst([dec!(0), dec!(1)].into_iter()), None);
    }
}
