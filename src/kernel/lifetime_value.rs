//! Customer lifetime value over a finite number of years: margins that fewer and fewer customers stay for.

use rust_decimal::Decimal;

/// Why there is no lifetime value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LifetimeValueError {
    /// At -100 % or less nothing can be discounted.
    #[error("the discount rate is not above -100 %")]
    RateTooLow,
    /// A negative share of customers cannot stay.
    #[error("the retention rate is negative")]
    NegativeRetention,
    /// More years than any customer stays; a bound keeps the time small.
    #[error("a lifetime of more than {LONGEST} years")]
    TooLong,
    /// A value on the way does not fit 28 digits.
    #[error("the lifetime value does not fit a decimal number of 28 digits")]
    Overflow,
}

/// The longest lifetime that is computed, in years.
const LONGEST: u32 = 1_000;

/// What the margins of a customer are worth today, who stays each year with the same probability.
///
/// The first margin comes a year from now, if the customer is still there. The cost of acquisition is not in it.
///
/// **Formula**: sum over t = 1..`years` of `margin * retention^t / (1 + rate)^t`, computed from the last year back as
/// `value = (value + margin) * retention / (1 + rate)`.
///
/// **Units**: `margin` in money a year and so the result in money; `retention` and `rate` are fractions a year.
///
/// # Errors
///
/// [`LifetimeValueError`]: a rate of -100 % or less, a negative retention, more than a thousand years, an overflow.
///
/// # Source
///
/// The finite form of the margin multiple of Gupta and Lehmann, `retention / (1 + rate - retention)`, which it approaches
/// as the years grow.
///
/// # Example
///
/// ```
/// use appraise::kernel::lifetime_value;
/// use rust_decimal::dec;
///
/// let value = lifetime_value(dec!(1_000), dec!(0.8), dec!(0.1), 5)?;
/// assert_eq!(value.round_dp(2), dec!(2_124.10));
/// # Ok::<(), appraise::kernel::LifetimeValueError>(())
/// ```
pub fn lifetime_value(
    margin: Decimal,
    retention: Decimal,
    rate: Decimal,
    years: u32,
) -> Result<Decimal, LifetimeValueError> {
    let growth = rate.checked_add(Decimal::ONE).ok_or(LifetimeValueError::Overflow)?;
    if growth <= Decimal::ZERO {
        return Err(LifetimeValueError::RateTooLow);
    }
    if retention < Decimal::ZERO {
        return Err(LifetimeValueError::NegativeRetention);
    }
    if years > LONGEST {
        return Err(LifetimeValueError::TooLong);
    }
    let mut value = Decimal::ZERO;
    for _ in 0..years {
        let later = value.checked_add(margin).and_then(|value| value.checked_mul(retention));
        value = later.and_then(|value| value.checked_div(growth)).ok_or(LifetimeValueError::Overflow)?;
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    #[test]
    fn by_hand() {
        let of = |margin: &str, retention: &str, rate: &str, years| {
            lifetime_value(dec(margin), dec(retention), dec(rate), years).unwrap()
        };
        // 100 * 0.5 / 1.25 + 100 * 0.25 / 1.5625
        assert_eq!(of("100", "0.5", "0.25", 2), dec("56"));
        assert_eq!(of("100", "1", "0", 7), dec("700"));
        assert_eq!(of("100", "0.5", "0.25", 0), dec("0"));
        assert_eq!(of("100", "0", "0.25", 3), dec("0"));
    }

    #[test]
    fn the_margin_multiple_is_its_limit() {
        let long = lifetime_value(dec("1000"), dec("0.8"), dec("0.1"), 1_000).unwrap();
        let multiple = dec("800").checked_div(dec("0.3")).unwrap();
        assert_near("limit", long, multiple, "0.00000000000000000001");
    }

    #[test]
    fn errors() {
        let of = |retention: &str, rate: &str, years| lifetime_value(dec("1"), dec(retention), dec(rate), years);
        assert_eq!(of("0.8", "-1", 1), Err(LifetimeValueError::RateTooLow));
        assert_eq!(of("-0.1", "0.1", 1), Err(LifetimeValueError::NegativeRetention));
        assert_eq!(of("0.8", "0.1", 1_001), Err(LifetimeValueError::TooLong));
        assert_eq!(of("1000", "0", 1_000), Err(LifetimeValueError::Overflow));
    }
}
