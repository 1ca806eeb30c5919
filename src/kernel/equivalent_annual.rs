//! What a present value amounts to a year, so that plans of unequal lives compare.

use super::time_value::{Due, TimeValueError, annuity_factor};
use rust_decimal::Decimal;

/// The same amount at the end of each of some years that is worth as much today as a value: the net present value or the
/// cost of a plan a year.
///
/// Plans of five and of eight years compare by it, if each may be repeated.
///
/// **Formula**: `value / annuity factor`, see [`annuity_factor`], paid at the end of each.
///
/// **Units**: that of `value`, a year.
///
/// **Spreadsheets**: `-PMT(rate, years, value)`.
///
/// # Errors
///
/// [`TimeValueError`]; a value of no years has no amount a year, which is [`TimeValueError::Overflow`].
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 6.
///
/// # Example
///
/// ```
/// use appraise::kernel::equivalent_annual;
/// use rust_decimal::dec;
///
/// // a loan of 15,000 over 60 months at 8 % a year, paid monthly: the test value of numpy-financial is 304.1459143262
/// let month = dec!(0.0066666666666666666666666667);
/// assert_eq!(equivalent_annual(dec!(15_000), month, 60)?.round_dp(10), dec!(304.1459143262));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn equivalent_annual(value: Decimal, rate: Decimal, years: u32) -> Result<Decimal, TimeValueError> {
    let factor = annuity_factor(rate, Decimal::from(years), Due::End)?;
    value.checked_div(factor).ok_or(TimeValueError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::dec;

    #[test]
    fn errors() {
        let of = |rate: &str, years| equivalent_annual(dec("100"), dec(rate), years);
        assert_eq!(of("0.1", 0), Err(TimeValueError::Overflow));
        assert_eq!(of("-1", 5), Err(TimeValueError::RateTooLow));
        assert_eq!(of("-0.9", u32::MAX), Err(TimeValueError::Overflow));
        assert_eq!(of("0", 5), Ok(dec("20")));
    }
}
