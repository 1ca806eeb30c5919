//! When in its period the money of a period flows.

use super::fixed::Fixed;
use super::ln_quotient::ln_quotient;
use super::npv::{NpvError, discount_factor};
use super::xnpv::Growth;
use rust_decimal::Decimal;

/// When in its period the money of a period flows. What falls in period 0 is today's in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Timing {
    /// At the end of the period, as spreadsheets have it.
    #[default]
    End,
    /// In the middle of the period.
    Middle,
    /// Evenly spread over the period.
    Continuous,
}

impl Timing {
    /// Every timing and its name in writing.
    pub const ALL: [(&'static str, Timing); 3] =
        [("end", Timing::End), ("middle", Timing::Middle), ("continuous", Timing::Continuous)];

    /// What one unit of money that flows in a period is worth today.
    ///
    /// **Formula**: for the period t above 0, `1 / (1 + rate)^t` at its end, `1 / (1 + rate)^(t - 1/2)` in its middle, and
    /// `1 / (1 + rate)^t x rate / ln(1 + rate)` spread over it, which is the integral of the factor over the period (see
    /// [`continuous_factor`]). Period 0 gives 1.
    ///
    /// **Units**: `rate` is a fraction a period; the result is a plain number.
    ///
    /// # Errors
    ///
    /// [`NpvError`], as [`discount_factor`].
    ///
    /// # Source
    ///
    /// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 2 on continuously compounded rates; mid-year
    /// discounting as in the valuation handbooks.
    ///
    /// # Example
    ///
    /// ```
    /// use appraise::kernel::Timing;
    /// use rust_decimal::dec;
    ///
    /// assert_eq!(Timing::End.discount_factor(dec!(0.21), 1)?.round_dp(10), dec!(0.8264462810));
    /// assert_eq!(Timing::Middle.discount_factor(dec!(0.21), 1)?.round_dp(10), dec!(0.9090909091));
    /// assert_eq!(Timing::Continuous.discount_factor(dec!(0.21), 1)?.round_dp(10), dec!(0.9104679026));
    /// # Ok::<(), appraise::kernel::NpvError>(())
    /// ```
    pub fn discount_factor(self, rate: Decimal, period: u32) -> Result<Decimal, NpvError> {
        let Some(before) = period.checked_sub(1) else {
            return discount_factor(rate, 0);
        };
        match self {
            Self::End => discount_factor(rate, period),
            Self::Middle => {
                let factor = discount_factor(rate, before)?;
                Growth::new(rate)?.discounted(factor, Fixed::ONE.half()).ok_or(NpvError::Overflow)
            }
            Self::Continuous => {
                let factor = discount_factor(rate, period)?;
                factor.checked_mul(continuous_factor(rate)?).ok_or(NpvError::Overflow)
            }
        }
    }
}

/// How much more flows are worth that are spread evenly over a period than flows at its end.
///
/// **Formula**: `rate / ln(1 + rate)`, which is 1 at a rate of 0.
///
/// **Units**: `rate` is a fraction a period; the result is a plain number.
///
/// # Errors
///
/// [`NpvError`].
///
/// # Example
///
/// ```
/// use appraise::kernel::continuous_factor;
/// use rust_decimal::dec;
///
/// assert_eq!(continuous_factor(dec!(0.10))?.round_dp(10), dec!(1.0492058687));
/// assert_eq!(continuous_factor(dec!(0))?, dec!(1));
/// # Ok::<(), appraise::kernel::NpvError>(())
/// ```
pub fn continuous_factor(rate: Decimal) -> Result<Decimal, NpvError> {
    if rate <= Decimal::NEGATIVE_ONE {
        return Err(NpvError::RateTooLow);
    }
    ln_quotient(rate).and_then(|quotient| Decimal::ONE.checked_div(quotient)).ok_or(NpvError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    /// r/ln(1 + r), computed with 50 digits.
    #[test]
    fn continuous_factors() {
        for (rate, expected) in [
            ("0.1", "1.0492058687257070042844"),
            ("-0.5", "0.7213475204444817036800"),
            ("0.00000011", "1.0000000549999989916667"),
            ("0.00000009", "1.0000000449999993250000"),
            ("9", "3.9086503371292664488602"),
        ] {
            assert_near(rate, continuous_factor(dec(rate)).unwrap(), dec(expected), "0.00000000000000000001");
        }
    }

    #[test]
    fn the_middle_lies_between_and_near_the_spread() {
        for rate in ["0.01", "0.08", "0.3", "-0.2"] {
            for period in [1, 2, 10] {
                let of = |timing: Timing| timing.discount_factor(dec(rate), period).unwrap();
                // the factor is convex in time, so its mean is above its value in the middle
                assert!(of(Timing::Continuous) > of(Timing::Middle));
                assert_eq!(of(Timing::End) < of(Timing::Middle), !rate.starts_with('-'));
                let square = of(Timing::Middle).checked_mul(of(Timing::Middle)).unwrap();
                let product = of(Timing::End).checked_mul(discount_factor(dec(rate), period - 1).unwrap()).unwrap();
                assert_near(rate, square, product, "0.000000000000000000000001");
            }
        }
    }

    #[test]
    fn edges() {
        for (_, timing) in Timing::ALL {
            assert_eq!(timing.discount_factor(dec("0.1"), 0), Ok(Decimal::ONE));
            assert_eq!(timing.discount_factor(dec("-1"), 0), Err(NpvError::RateTooLow));
            assert_eq!(timing.discount_factor(dec("-1"), 3), Err(NpvError::RateTooLow));
            assert_eq!(timing.discount_factor(dec("0"), 3), Ok(Decimal::ONE));
            assert_eq!(timing.discount_factor(dec("0.1"), u32::MAX), Ok(Decimal::ZERO));
            assert_eq!(timing.discount_factor(dec("-0.1"), u32::MAX), Err(NpvError::Overflow));
        }
    }
}
