//! A figure as it is printed: so many digits, and all values that round to them.

use crate::amount::LARGEST;
use crate::model::Interval;
use rust_decimal::Decimal;

/// How far a printed number was rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precision {
    /// To the last digit as typed: `26_760` to a unit, `1.50` to two decimals, `223%` to a percent.
    #[default]
    Typed,
    /// To a multiple of this: `26_760` to 10.
    To(Decimal),
    /// To so many digits that count: `2_370` to three of them is to 10.
    Significant(u32),
}

/// What is wrong with a printed number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrintedError {
    /// A unit of rounding of zero or less.
    #[error("nothing is rounded to a multiple of {to}")]
    NotAPrecision {
        /// The unit as written.
        to: Decimal,
    },
    /// A number that would have been printed otherwise.
    #[error("{number} is no multiple of {to}, which it is said to be rounded to")]
    NotAMultiple {
        /// The number as written.
        number: Decimal,
        /// The unit it is rounded to.
        to: Decimal,
    },
    /// No digit, or more than there can be.
    #[error("a number cannot be rounded to {found} significant digits")]
    Digits {
        /// How many were written.
        found: u32,
    },
    /// A unit of count of zero or less.
    #[error("nothing can be counted in units of {unit}")]
    NotAUnit {
        /// The unit as written.
        unit: Decimal,
    },
    /// A number beyond the bounds that keep every sum exact.
    #[error("{number} is beyond the largest amount, 1_000_000_000_000_000")]
    TooLarge {
        /// The number as written.
        number: Decimal,
    },
}

impl PrintedError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NotAPrecision { .. } => {
                "write what the last digit stands for, as in `to: 10`; without it the digits as typed say so".to_owned()
            }
            Self::NotAMultiple { .. } => "write the number as it is printed, or leave the precision out".to_owned(),
            Self::Digits { .. } => "write 1 to 28, as in `significant: 3`".to_owned(),
            Self::NotAUnit { .. } => "write `in: 1_000` where it is printed in thousands".to_owned(),
            Self::TooLarge { .. } => "leave the figure out".to_owned(),
        })
    }
}

/// A number as a page prints it, and how far it was rounded.
///
/// Any value within half a unit of the last digit may stand behind it; both ends belong to that interval, because modes of
/// rounding treat them differently.
///
/// ```
/// use appraise::reconcile::Printed;
/// use rust_decimal::dec;
///
/// // 913 thousand: anything from 912,500 to 913,500
/// let benefits = Printed::new(dec!(913)).counted_in(dec!(1_000)).interval().unwrap();
/// assert_eq!((benefits.low(), benefits.high()), (dec!(912_500), dec!(913_500)));
/// // trailing zeros are digits: 1.50 is known to half a hundredth
/// assert_eq!(Printed::new(dec!(1.50)).interval().unwrap().high(), dec!(1.505));
/// // 2,370 was rounded to tens
/// assert_eq!(Printed::new(dec!(2_370)).significant(3).interval().unwrap().low(), dec!(2_365));
/// // 26,760 is printed, 26,794.62 is right: 34.12 beyond what rounding explains
/// let npv = Printed::new(dec!(26_760)).interval().unwrap();
/// assert_eq!(npv.distance(dec!(26_794.62)), dec!(34.12));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// The number; its scale, trailing zeros included, is that of the digits as typed.
    pub number: Decimal,
    /// How far it was rounded.
    pub precision: Precision,
    /// What it is counted in: 1,000 where it is printed in thousands.
    pub counted_in: Decimal,
}

impl Printed {
    /// A number that is rounded to its last digit as typed.
    pub fn new(number: Decimal) -> Self {
        Self { number, precision: Precision::Typed, counted_in: Decimal::ONE }
    }

    /// Printed in thousands, millions and the like.
    #[must_use]
    pub fn counted_in(self, unit: Decimal) -> Self {
        Self { counted_in: unit, ..self }
    }

    /// Rounded to a multiple of this.
    #[must_use]
    pub fn to(self, unit: Decimal) -> Self {
        Self { precision: Precision::To(unit), ..self }
    }

    /// Rounded to so many digits that count.
    #[must_use]
    pub fn significant(self, digits: u32) -> Self {
        Self { precision: Precision::Significant(digits), ..self }
    }

    /// What the last digit stands for, in the units it is printed in.
    fn last_digit(&self) -> Result<Decimal, PrintedError> {
        let number = self.number;
        let unit = match self.precision {
            Precision::Typed => return Ok(Decimal::new(1, number.scale())),
            Precision::To(to) if to <= Decimal::ZERO => return Err(PrintedError::NotAPrecision { to }),
            Precision::To(to) => to,
            Precision::Significant(found) if !(1..=28).contains(&found) => return Err(PrintedError::Digits { found }),
            Precision::Significant(digits) => {
                // 2370 begins at 10^3, 0.0237 at 10^-2
                let written = number.abs().normalize();
                let count = written.mantissa().checked_ilog10().unwrap_or(0);
                let first = i64::from(count).saturating_sub(i64::from(written.scale()));
                let last = first.saturating_add(1).saturating_sub(i64::from(digits));
                power_of_ten(last).ok_or(PrintedError::Digits { found: digits })?
            }
        };
        match number.checked_rem(unit) {
            Some(rest) if rest.is_zero() => Ok(unit),
            _ => Err(PrintedError::NotAMultiple { number, to: unit }),
        }
    }

    /// The number in units of one.
    ///
    /// # Errors
    ///
    /// Where it is counted in nothing, or too large.
    pub fn value(&self) -> Result<Decimal, PrintedError> {
        let Self { number, counted_in: unit, .. } = *self;
        if unit <= Decimal::ZERO {
            return Err(PrintedError::NotAUnit { unit });
        }
        let value = number.checked_mul(unit).filter(|value| value.abs() <= LARGEST);
        value.ok_or(PrintedError::TooLarge { number })
    }

    /// Half of what the last digit stands for, in units of one.
    ///
    /// # Errors
    ///
    /// As [`interval`](Self::interval).
    pub fn half_width(&self) -> Result<Decimal, PrintedError> {
        let number = self.number;
        self.value()?;
        let unit = self.last_digit()?.checked_mul(self.counted_in);
        let half = unit.and_then(|unit| unit.checked_mul(Decimal::new(5, 1))).filter(|half| *half <= LARGEST);
        half.ok_or(PrintedError::TooLarge { number })
    }

    /// All values that may stand behind it.
    ///
    /// # Errors
    ///
    /// Where the precision is no precision, the number no multiple of it, or either too large.
    pub fn interval(&self) -> Result<Interval, PrintedError> {
        let too_large = PrintedError::TooLarge { number: self.number };
        let (value, half) = (self.value()?, self.half_width()?);
        // below 1,000 the last of two digits stands for 10 and not for 100
        let is_power = self.number.abs().normalize().mantissa().checked_ilog10().is_some_and(|digits| {
            power_of_ten(i64::from(digits))
                .is_some_and(|power| Decimal::from(self.number.abs().normalize().mantissa()) == power)
        });
        let below = match self.precision {
            Precision::Significant(_) if is_power => half.checked_mul(Decimal::new(1, 1)).unwrap_or(half),
            _ => half,
        };
        let (down, up) = if value.is_sign_negative() { (half, below) } else { (below, half) };
        let ends = value.checked_sub(down).zip(value.checked_add(up));
        ends.and_then(|(low, high)| Interval::new(low, high)).ok_or(too_large)
    }
}

fn power_of_ten(exponent: i64) -> Option<Decimal> {
    let size = u32::try_from(exponent.unsigned_abs()).ok().filter(|size| *size <= 28)?;
    if exponent < 0 {
        return Decimal::try_new(1, size).ok();
    }
    10_i128.checked_pow(size).and_then(|power| Decimal::try_from_i128_with_scale(power, 0).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    fn ends(printed: Printed) -> (Decimal, Decimal) {
        let interval = printed.interval().unwrap();
        (interval.low(), interval.high())
    }

    #[test]
    fn digits_that_count_are_finer_below_a_power_of_ten() {
        let ends = |printed: Printed| printed.interval().map(|interval| (interval.low(), interval.high())).unwrap();
        assert_eq!(ends(Printed::new(dec!(1_000)).significant(2)), (dec!(995), dec!(1_050)));
        assert_eq!(ends(Printed::new(dec!(-0.10)).significant(1)), (dec!(-0.15), dec!(-0.095)));
        assert_eq!(ends(Printed::new(dec!(1_100)).significant(2)), (dec!(1_050), dec!(1_150)));
        // without a word of it the digits are those that are typed
        assert_eq!(ends(Printed::new(dec!(1_000))), (dec!(999.5), dec!(1_000.5)));
    }

    #[test]
    fn the_digits_as_typed_say_how_far_it_was_rounded() {
        for (number, low, high) in [
            (dec!(26_760), dec!(26_759.5), dec!(26_760.5)),
            (dec!(1.50), dec!(1.495), dec!(1.505)),
            (dec!(2.23), dec!(2.225), dec!(2.235)), // 223%
            (dec!(-10.5), dec!(-10.55), dec!(-10.45)),
            (dec!(0), dec!(-0.5), dec!(0.5)),
        ] {
            assert_eq!(ends(Printed::new(number)), (low, high), "{number}");
        }
    }

    #[test]
    fn or_the_document_does() {
        assert_eq!(ends(Printed::new(dec!(2_370)).significant(3)), (dec!(2_365), dec!(2_375)));
        assert_eq!(ends(Printed::new(dec!(0.0237)).significant(3)), (dec!(0.02365), dec!(0.02375)));
        assert_eq!(ends(Printed::new(dec!(-900)).significant(1)), (dec!(-950), dec!(-850)));
        assert_eq!(ends(Printed::new(dec!(0)).significant(2)), (dec!(-0.05), dec!(0.05)));
        let in_thousands = Printed::new(dec!(2_370)).to(dec!(10)).counted_in(dec!(1_000));
        assert_eq!(ends(in_thousands), (dec!(2_365_000), dec!(2_375_000)));
        assert_eq!(in_thousands.half_width(), Ok(dec!(5_000)));
    }

    #[test]
    fn what_cannot_have_been_printed_so_is_refused() {
        let error = |printed: Printed| printed.interval().unwrap_err();
        let number = dec!(26_760);
        assert_eq!(error(Printed::new(number).to(dec!(1000))), PrintedError::NotAMultiple { number, to: dec!(1000) });
        assert_eq!(error(Printed::new(number).significant(3)), PrintedError::NotAMultiple { number, to: dec!(100) });
        assert_eq!(error(Printed::new(number).to(dec!(-10))), PrintedError::NotAPrecision { to: dec!(-10) });
        assert_eq!(error(Printed::new(number).significant(0)), PrintedError::Digits { found: 0 });
        assert_eq!(error(Printed::new(number).counted_in(dec!(0))), PrintedError::NotAUnit { unit: dec!(0) });
        for large in [Printed::new(Decimal::MAX), Printed::new(LARGEST).counted_in(LARGEST)] {
            assert!(matches!(error(large), PrintedError::TooLarge { .. }));
        }
        assert!(matches!(error(Printed::new(dec!(0)).to(Decimal::MAX)), PrintedError::TooLarge { .. }));
    }
}
