//! Rates of one period in rates of another, and rates with and without inflation.

use rust_decimal::{Decimal, MathematicalOps as _};

use super::TimeValueError;
use super::geometric::{Geometric, geometric};
use super::time_value::growth;

/// What a yearly rate that is charged in parts amounts to over the year.
///
/// **Formula**: `(1 + nominal / periods)^periods - 1`.
///
/// **Units**: fractions a year; `periods` a year.
///
/// **Spreadsheets**: `EFFECT(nominal, periods)`, which refuses rates of 0 and below.
///
/// # Errors
///
/// [`TimeValueError::RateTooLow`] where a period loses all of it or more; [`TimeValueError::NoPeriods`];
/// [`TimeValueError::Overflow`].
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 2; the example is that of the documentation of
/// `EFFECT` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::effective_rate;
/// use rust_decimal::dec;
///
/// assert_eq!(effective_rate(dec!(0.0525), 4)?.round_dp(7), dec!(0.0535427));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn effective_rate(nominal: Decimal, periods: u32) -> Result<Decimal, TimeValueError> {
    if periods == 0 {
        return Err(TimeValueError::NoPeriods);
    }
    let periods = Decimal::from(periods);
    let rate = nominal.checked_div(periods).ok_or(TimeValueError::Overflow)?;
    let growth = growth(rate)?;
    // the rate of a period has fewer digits
    let value = || geometric(growth, periods)?.sum.checked_div(periods)?.checked_mul(nominal);
    value().ok_or(TimeValueError::Overflow)
}

/// The rate a period that grows to a yearly effective rate.
///
/// **Formula**: `(1 + effective)^(1 / periods) - 1`.
///
/// **Units**: a fraction a period, from a fraction a year.
///
/// # Errors
///
/// [`TimeValueError::RateTooLow`] unless `effective` > -1; [`TimeValueError::NoPeriods`]; [`TimeValueError::Overflow`].
///
/// # Source
///
/// As [`effective_rate`].
///
/// # Example
///
/// ```
/// use appraise::kernel::periodic_rate;
/// use rust_decimal::dec;
///
/// assert_eq!(periodic_rate(dec!(0.08), 12)?.round_dp(10), dec!(0.0064340301)); // 8 % a year, by month
/// assert_eq!(periodic_rate(dec!(0.21), 2)?, dec!(0.1));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn periodic_rate(effective: Decimal, periods: u32) -> Result<Decimal, TimeValueError> {
    if periods == 0 {
        return Err(TimeValueError::NoPeriods);
    }
    let growth = growth(effective)?;
    root(growth, effective, Decimal::from(periods)).ok_or(TimeValueError::Overflow)
}

/// The rate whose growth over so many periods is `growth`, which is 1 + `total`.
pub(super) fn root(growth: Decimal, total: Decimal, periods: Decimal) -> Option<Decimal> {
    let start = growth.checked_ln()?.checked_div(periods)?.checked_exp()?.checked_sub(Decimal::ONE)?;
    // one step of Newton's method, in which a small rate has all its digits
    let corrected = || {
        let base = start.checked_add(Decimal::ONE)?;
        let Geometric { power, sum } = geometric(base, periods)?;
        let slope = periods.checked_mul(power)?.checked_div(base)?;
        start.checked_sub(sum.checked_mul(start)?.checked_sub(total)?.checked_div(slope)?)
    };
    let rate = corrected().unwrap_or(start);
    let short = rate.round_dp(20);
    let solves = || Some(geometric(short.checked_add(Decimal::ONE)?, periods)?.power == growth);
    Some(if solves() == Some(true) { short.normalize() } else { rate })
}

/// The yearly rate that, charged in parts, amounts to a yearly effective rate.
///
/// **Formula**: `periods x ((1 + effective)^(1 / periods) - 1)`.
///
/// **Units**: fractions a year; `periods` a year.
///
/// **Spreadsheets**: `NOMINAL(effective, periods)`, which refuses rates of 0 and below.
///
/// # Errors
///
/// As [`periodic_rate`].
///
/// # Source
///
/// As [`effective_rate`]; the example is that of the documentation of `NOMINAL` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::nominal_rate;
/// use rust_decimal::dec;
///
/// assert_eq!(nominal_rate(dec!(0.053543), 4)?.round_dp(8), dec!(0.05250032));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn nominal_rate(effective: Decimal, periods: u32) -> Result<Decimal, TimeValueError> {
    periodic_rate(effective, periods)?.checked_mul(Decimal::from(periods)).ok_or(TimeValueError::Overflow)
}

/// What a rate is worth once prices have risen: the real rate.
///
/// **Formula**: `(1 + nominal) / (1 + inflation) - 1`, computed as `(nominal - inflation) / (1 + inflation)`.
///
/// **Units**: fractions a year.
///
/// # Errors
///
/// [`TimeValueError::RateTooLow`] unless both are above -1; [`TimeValueError::Overflow`].
///
/// # Source
///
/// Fisher (1930), *The Theory of Interest*.
///
/// # Example
///
/// ```
/// use appraise::kernel::real_rate;
/// use rust_decimal::dec;
///
/// assert_eq!(real_rate(dec!(0.0815), dec!(0.03))?, dec!(0.05)); // and not 5.15 %
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn real_rate(nominal: Decimal, inflation: Decimal) -> Result<Decimal, TimeValueError> {
    growth(nominal)?;
    let prices = growth(inflation)?;
    let value = || nominal.checked_sub(inflation)?.checked_div(prices);
    value().ok_or(TimeValueError::Overflow)
}

/// The rate in money of the day that a real rate comes to when prices rise.
///
/// **Formula**: `(1 + real) x (1 + inflation) - 1`, computed as `real x (1 + inflation) + inflation`.
///
/// **Units**: fractions a year.
///
/// # Errors
///
/// As [`real_rate`].
///
/// # Source
///
/// As [`real_rate`].
///
/// # Example
///
/// ```
/// use appraise::kernel::inflated_rate;
/// use rust_decimal::dec;
///
/// assert_eq!(inflated_rate(dec!(0.05), dec!(0.03))?, dec!(0.0815));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn inflated_rate(real: Decimal, inflation: Decimal) -> Result<Decimal, TimeValueError> {
    growth(real)?;
    let prices = growth(inflation)?;
    let value = || real.checked_mul(prices)?.checked_add(inflation);
    value().ok_or(TimeValueError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    #[test]
    fn by_hand() {
        assert_eq!(effective_rate(dec("0.1"), 4), Ok(dec("0.103812890625")));
        assert_eq!(effective_rate(dec("0.1"), 1), Ok(dec("0.1")));
        assert_eq!(effective_rate(dec("0"), 12), Ok(dec("0")));
        assert_eq!(periodic_rate(dec("0.331"), 3), Ok(dec("0.1")));
        assert_eq!(periodic_rate(dec("0"), 12), Ok(dec("0")));
        assert_eq!(periodic_rate(dec("-0.19"), 2), Ok(dec("-0.1")));
        assert_eq!(nominal_rate(dec("0.103812890625"), 4), Ok(dec("0.1")));
    }

    #[test]
    fn small_rates_keep_their_digits() {
        // e/12 (1 - 11/24 e)
        let rate = periodic_rate(dec("0.000000000012"), 12).unwrap();
        assert_near("rate", rate, dec("0.0000000000009999999999945"), "0.0000000000000000000000000002");
    }

    #[test]
    fn errors() {
        use TimeValueError::{NoPeriods, Overflow, RateTooLow};
        assert_eq!(effective_rate(dec("0.1"), 0), Err(NoPeriods));
        assert_eq!(periodic_rate(dec("0.1"), 0), Err(NoPeriods));
        assert_eq!(periodic_rate(dec("-1"), 12), Err(RateTooLow));
        assert_eq!(effective_rate(dec("-12"), 12), Err(RateTooLow));
        assert_eq!(effective_rate(dec("1000000"), 12), Err(Overflow));
        assert_eq!(real_rate(dec("0.1"), dec("-1")), Err(RateTooLow));
        assert_eq!(inflated_rate(dec("-1.2"), dec("0.1")), Err(RateTooLow));
        assert_eq!(inflated_rate(Decimal::MAX, dec("1")), Err(Overflow));
    }
}
