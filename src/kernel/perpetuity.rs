//! What a series amounts to that goes on for ever.

use rust_decimal::Decimal;

/// Why a series has no sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PerpetuityError {
    /// Each term is at least as large as the one before.
    #[error("the series never falls off, so it has no sum")]
    NoLimit,
    /// The sum needs more than 28 digits.
    #[error("the sum is too large or too small to be exact")]
    Overflow,
}

/// The sum of all terms after the last one that was written, each `factor` times the one before.
///
/// **Formula**: `last x factor / (1 - factor)`, for `-1 < factor < 1`.
///
/// **Units**: that of `last`; the factor is a plain number. A margin that a share `r` of the customers still brings a
/// year later, at a discount rate `d`, falls by `r / (1 + d)`, so that a margin of 1 now is followed by
/// `r / (1 + d - r)`, the margin multiple of Gupta and Lehmann.
///
/// # Errors
///
/// A factor of 1 or more, or of -1 or less, has no sum, though the formula would give a number.
///
/// ```
/// use appraise::kernel::{PerpetuityError, perpetuity};
/// use rust_decimal::dec;
///
/// assert_eq!(perpetuity(dec!(100), dec!(0.8)), Ok(dec!(400))); // 80 + 64 + 51.2 + …
/// assert_eq!(perpetuity(dec!(100), dec!(1)), Err(PerpetuityError::NoLimit));
/// ```
pub fn perpetuity(last: Decimal, factor: Decimal) -> Result<Decimal, PerpetuityError> {
    if last.is_zero() {
        return Ok(last);
    }
    if factor.abs() >= Decimal::ONE {
        return Err(PerpetuityError::NoLimit);
    }
    let sum = || last.checked_mul(factor)?.checked_div(Decimal::ONE.checked_sub(factor)?);
    sum().ok_or(PerpetuityError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::dec;

    #[test]
    fn the_series_by_hand() {
        // 1000 x 0.8/1.1 / (1 - 0.8/1.1) = 1000 x 0.8/0.3
        let factor = dec("0.8").checked_div(dec("1.1")).unwrap();
        assert_eq!(perpetuity(dec("1000"), factor).unwrap().round_dp(6), dec("2666.666667"));
        assert_eq!(perpetuity(dec("100"), dec("-0.5")), Ok(dec("-50").checked_div(dec("1.5")).unwrap()));
        assert_eq!(perpetuity(dec("100"), dec("0")), Ok(dec("0")));
    }

    #[test]
    fn what_does_not_fall_off_has_no_sum() {
        for factor in ["1", "1.2", "-1"] {
            assert_eq!(perpetuity(dec("1"), dec(factor)), Err(PerpetuityError::NoLimit));
        }
        // nothing goes on for ever as nothing
        assert_eq!(perpetuity(dec("0"), dec("2")), Ok(dec("0")));
        assert_eq!(perpetuity(Decimal::MAX, dec("0.9999999999")), Err(PerpetuityError::Overflow));
    }
}
