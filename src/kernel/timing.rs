//! When in its period the money of a period flows.

use super::fixed::Fixed;
use super::ln_quotient::ln_quotient;
use super::npv::{NpvError, discount_factor};
use super::xnpv::Growth;
use rust_decimal::Decimal;

/// When in its period, mostly a year, the money of a period flows. What falls in period 0 is today's in any case.
///
/// **Formula**: with the rate r, one unit of money of the period t is worth today
///
/// | timing | factor |
/// |---|---|
/// | end | `1 / (1 + r)^t` |
/// | middle | `1 / (1 + r)^(t - 1/2)` |
/// | quarterly, monthly | `w / (1 + r)^(t - 1)`, `w` the mean of `1 / (1 + r)^(k/m)` over the m = 4 or 12 parts k of a year |
/// | continuous | `r / ln(1 + r) / (1 + r)^t`, the mean of the factor over the period |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Timing {
    /// At the end of the period, as spreadsheets have it.
    #[default]
    End,
    /// In the middle of the period, as flows that are spread over it are on average.
    Middle,
    /// A quarter of it at the end of each quarter.
    Quarterly,
    /// A twelfth of it at the end of each month.
    Monthly,
    /// Evenly spread over the period.
    Continuous,
}

impl Timing {
    /// Every timing and its name in writing.
    pub const ALL: [(&'static str, Timing); 5] = [
        ("end", Timing::End),
        ("middle", Timing::Middle),
        ("quarterly", Timing::Quarterly),
        ("monthly", Timing::Monthly),
        ("continuous", Timing::Continuous),
    ];

    /// What one unit of money that flows in a period is worth today.
    ///
    /// **Formula**: that of the [`Timing`]; spread over the period it is the integral of the factor over it (see
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
            Self::Quarterly => mean_over_parts(rate, before, 4),
            Self::Monthly => mean_over_parts(rate, before, 12),
            Self::Continuous => {
                let factor = discount_factor(rate, period)?;
                factor.checked_mul(continuous_factor(rate)?).ok_or(NpvError::Overflow)
            }
        }
    }
}

/// The mean of the factors at the ends of equal parts of the period after so many others.
fn mean_over_parts(rate: Decimal, before: u32, parts: u32) -> Result<Decimal, NpvError> {
    let factor = discount_factor(rate, before)?;
    let growth = Growth::new(rate)?;
    let mut sum = Decimal::ZERO;
    for part in 1..=parts {
        let time = Fixed::ratio(part.into(), parts.into());
        let worth = time.and_then(|time| growth.discounted(factor, time));
        sum = worth.and_then(|worth| sum.checked_add(worth)).ok_or(NpvError::Overflow)?;
    }
    sum.checked_div(Decimal::from(parts)).ok_or(NpvError::Overflow)
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

    /// The means of 1.21^-(k/4) and of 1.21^-(k/12), computed with 50 digits.
    #[test]
    fn parts_of_a_period() {
        for (timing, expected) in
            [(Timing::Quarterly, "0.88894598784242112576075462"), (Timing::Monthly, "0.90325564275476904745413586")]
        {
            let first = timing.discount_factor(dec("0.21"), 1).unwrap();
            assert_near("1", first, dec(expected), "0.00000000000000000000001");
            let third = timing.discount_factor(dec("0.21"), 3).unwrap();
            assert_near("3", third, dec(expected).checked_div(dec("1.4641")).unwrap(), "0.00000000000000000000001");
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
