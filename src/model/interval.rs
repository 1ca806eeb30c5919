//! All values between two ends, and arithmetic with them.

use rust_decimal::{Decimal, MathematicalOps as _};

/// All values between two ends, which belong to it.
///
/// ```
/// use appraise::model::Interval;
/// use rust_decimal::dec;
///
/// let printed = Interval::new(dec!(222.5), dec!(223.5)).unwrap();
/// assert!(printed.contains(dec!(223.1858)));
/// assert_eq!(printed.distance(dec!(223.75)), dec!(0.25)); // above
/// assert_eq!(printed.distance(dec!(222)), dec!(-0.5)); // below
/// assert_eq!(Interval::new(dec!(2), dec!(1)), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    low: Decimal,
    high: Decimal,
}

impl Interval {
    /// The values from `low` to `high`; `None` where there are none.
    pub fn new(low: Decimal, high: Decimal) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    /// One value alone.
    pub fn point(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    /// The lowest value.
    pub fn low(self) -> Decimal {
        self.low
    }

    /// The highest value.
    pub fn high(self) -> Decimal {
        self.high
    }

    /// Whether a value lies in it, ends included.
    pub fn contains(self, value: Decimal) -> bool {
        self.low <= value && value <= self.high
    }

    /// How far a value lies above the highest (positive) or below the lowest (negative); 0 inside.
    pub fn distance(self, value: Decimal) -> Decimal {
        let nearest = value.max(self.low).min(self.high);
        value.saturating_sub(nearest)
    }

    /// The values that lie in both.
    pub fn common(self, other: Self) -> Option<Self> {
        Self::new(self.low.max(other.low), self.high.min(other.high))
    }

    /// All values from the lowest to the highest of both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// An operation that rises or falls with each operand alone: its ends are at ends of the operands.
    fn at_ends(self, other: Self, operation: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Self> {
        let first = Self::point(operation(self.low, other.low)?);
        let rest = [(self.low, other.high), (self.high, other.low), (self.high, other.high)];
        rest.into_iter().try_fold(first, |hull, (a, b)| Some(hull.hull(Self::point(operation(a, b)?))))
    }

    pub(super) fn negative(self) -> Self {
        Self { low: -self.high, high: -self.low }
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.checked_add(other.low)?, high: self.high.checked_add(other.high)? })
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        self.at_ends(other, Decimal::checked_mul)
    }

    /// `None` where the divisor may be zero, as much as where the quotient is too large.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        if other.contains(Decimal::ZERO) {
            return None;
        }
        self.at_ends(other, Decimal::checked_div)
    }

    pub(super) fn absolute(self) -> Self {
        if self.contains(Decimal::ZERO) {
            Self { low: Decimal::ZERO, high: self.low.abs().max(self.high.abs()) }
        } else if self.low.is_sign_negative() {
            self.negative()
        } else {
            self
        }
    }

    /// A power with a whole exponent from 0 on.
    pub(super) fn to_the(self, exponent: u32) -> Option<Self> {
        let power = |base: Decimal| base.checked_powi(i64::from(exponent));
        let (low, high) = (power(self.low)?, power(self.high)?);
        let ends = Self { low: low.min(high), high: low.max(high) };
        let turns = exponent > 0 && exponent.is_multiple_of(2) && self.contains(Decimal::ZERO);
        Some(if turns { Self { low: Decimal::ZERO, ..ends } } else { ends })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    fn between(low: i64, high: i64) -> Interval {
        Interval::new(low.into(), high.into()).unwrap()
    }

    #[test]
    fn arithmetic_keeps_to_the_ends() {
        assert_eq!(between(-1, 2).negative(), between(-2, 1));
        assert_eq!(between(-1, 2).plus(between(3, 4)), Some(between(2, 6)));
        assert_eq!(between(-1, 2).times(between(-3, 4)), Some(between(-6, 8)));
        assert_eq!(between(6, 12).over(between(-3, -2)), Some(between(-6, -2)));
        assert_eq!(between(6, 12).over(between(0, 2)), None);
        assert_eq!(between(-3, 2).absolute(), between(0, 3));
        assert_eq!(between(-3, -2).absolute(), between(2, 3));
        assert_eq!(between(-3, 2).to_the(2), Some(between(0, 9)));
        assert_eq!(between(-3, 2).to_the(3), Some(between(-27, 8)));
        assert_eq!(between(-3, 2).to_the(0), Some(between(1, 1)));
        assert_eq!(Interval::point(Decimal::MAX).plus(between(1, 1)), None);
    }

    #[test]
    fn sets_of_values() {
        assert_eq!(between(1, 3).common(between(2, 5)), Some(between(2, 3)));
        assert_eq!(between(1, 3).common(between(3, 5)), Some(Interval::point(dec!(3))));
        assert_eq!(between(1, 2).common(between(3, 5)), None);
        assert_eq!(between(1, 3).distance(dec!(3)), dec!(0));
    }
}
