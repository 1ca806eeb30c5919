//! The time value of money: what equal payments are worth, how large they must be, and how many it takes.
//!
//! All functions share one equation. A sum is lent today, equal payments follow, and a rest is paid at the end:
//!
//! `present = payment x annuity factor + rest / (1 + rate)^periods`
//!
//! A loan, a lease with a residual value and a savings plan are this equation solved for another letter. All amounts
//! are positive, as everywhere in this library, where a spreadsheet wants what is paid with a minus.

use rust_decimal::Decimal;

use super::geometric::{Geometric, geometric};
use super::ln_quotient::ln_quotient;

/// When in a period its payment is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Due {
    /// At the end of the period, in arrears: an ordinary annuity, as most loans are repaid.
    #[default]
    End,
    /// At the beginning of the period, in advance: an annuity due, as most rents are paid.
    Beginning,
}

/// Why the equation of the time value of money has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeValueError {
    /// At -100 % or less nothing can be discounted.
    #[error("the rate is not above -100 %")]
    RateTooLow,
    /// No number of payments is what it takes.
    #[error("the number of periods is negative")]
    NegativePeriods,
    /// Something is to be paid, and in no period.
    #[error("there is no period to pay in")]
    NoPeriods,
    /// The payments do not cover the interest, or lead away from the rest.
    #[error("payments of this size never get there")]
    NeverReached,
    /// A value on the way does not fit 28 digits.
    #[error("a value does not fit a decimal number of 28 digits")]
    Overflow,
}

/// 1 + rate, above 0.
pub(super) fn growth(rate: Decimal) -> Result<Decimal, TimeValueError> {
    let growth = rate.checked_add(Decimal::ONE).ok_or(TimeValueError::Overflow)?;
    if growth > Decimal::ZERO { Ok(growth) } else { Err(TimeValueError::RateTooLow) }
}

fn counted(periods: Decimal) -> Result<Decimal, TimeValueError> {
    if periods < Decimal::ZERO { Err(TimeValueError::NegativePeriods) } else { Ok(periods) }
}

/// What one unit of money in each of the coming periods is worth today.
///
/// **Formula**: `(1 - (1 + rate)^-periods) / rate`, times `1 + rate` where due at the beginning; `periods` at a rate
/// of 0. Whole periods are summed, so that no digits cancel at small rates.
///
/// **Units**: `rate` is a fraction a period; the result is in periods of payments. A number of periods need not be
/// whole: the formula holds for any.
///
/// # Errors
///
/// [`TimeValueError::RateTooLow`], [`TimeValueError::NegativePeriods`], [`TimeValueError::Overflow`].
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 2.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, annuity_factor};
/// use rust_decimal::dec;
///
/// assert_eq!(annuity_factor(dec!(0.08), dec!(5), Due::End)?.round_dp(4), dec!(3.9927));
/// assert_eq!(annuity_factor(dec!(0.08), dec!(5), Due::Beginning)?.round_dp(4), dec!(4.3121));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn annuity_factor(rate: Decimal, periods: Decimal, due: Due) -> Result<Decimal, TimeValueError> {
    factor(growth(rate)?, counted(periods)?, due).ok_or(TimeValueError::Overflow)
}

/// The annuity factor for any number of periods.
fn factor(growth: Decimal, periods: Decimal, due: Due) -> Option<Decimal> {
    let discount = Decimal::ONE.checked_div(growth)?;
    let Geometric { sum, .. } = geometric(discount, periods)?;
    match due {
        Due::End => sum.checked_mul(discount),
        Due::Beginning => Some(sum),
    }
}

/// What a payment after so many periods is worth today.
fn discounted(amount: Decimal, growth: Decimal, periods: Decimal) -> Option<Decimal> {
    if amount.is_zero() {
        return Some(amount);
    }
    // powers above 1 keep their digits
    if growth >= Decimal::ONE && periods >= Decimal::ZERO {
        return match geometric(growth, periods) {
            Some(Geometric { power, .. }) => amount.checked_div(power),
            None => amount.checked_mul(geometric(Decimal::ONE.checked_div(growth)?, periods)?.power),
        };
    }
    amount.checked_mul(geometric(Decimal::ONE.checked_div(growth)?, periods)?.power)
}

/// What equal payments, and a rest at their end, are worth today.
///
/// **Formula**: `payment x annuity factor + rest / (1 + rate)^periods`, with [`annuity_factor`].
///
/// **Units**: `rate` is a fraction a period; the result is in the unit of the payments.
///
/// **Spreadsheets**: `-PV(rate, periods, payment, rest, due)`.
///
/// # Errors
///
/// [`TimeValueError::RateTooLow`], [`TimeValueError::NegativePeriods`], [`TimeValueError::Overflow`].
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 2; the example is that of the documentation of
/// `PV` in Excel: 500 a month for twenty years at 8 % a year.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, present_value};
/// use rust_decimal::dec;
///
/// let monthly = dec!(0.08).checked_div(dec!(12)).unwrap();
/// let value = present_value(monthly, dec!(240), dec!(500), dec!(0), Due::End)?;
/// assert_eq!(value.round_dp(2), dec!(59_777.15));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn present_value(
    rate: Decimal,
    periods: Decimal,
    payment: Decimal,
    rest: Decimal,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    worth_today(growth(rate)?, counted(periods)?, payment, rest, due)
}

/// [`present_value`] for any number of periods.
pub(super) fn worth_today(
    growth: Decimal,
    periods: Decimal,
    payment: Decimal,
    rest: Decimal,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    let value = || {
        let payments = factor(growth, periods, due)?.checked_mul(payment)?;
        payments.checked_add(discounted(rest, growth, periods)?)
    };
    value().ok_or(TimeValueError::Overflow)
}

/// What a sum and equal payments into the same account amount to at the end.
///
/// What is left of a loan after so many payments is the same with the payments negative.
///
/// **Formula**: `start x (1 + rate)^periods + payment x ((1 + rate)^periods - 1) / rate`, the second term times
/// `1 + rate` where due at the beginning.
///
/// **Units**: `rate` is a fraction a period; the result is in the unit of the payments.
///
/// **Spreadsheets**: `-FV(rate, periods, payment, start, due)`.
///
/// # Errors
///
/// [`TimeValueError::RateTooLow`], [`TimeValueError::NegativePeriods`], [`TimeValueError::Overflow`].
///
/// # Source
///
/// As [`present_value`]; the example is that of the documentation of `FV` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, future_value};
/// use rust_decimal::dec;
///
/// let value = future_value(dec!(0.005), dec!(10), dec!(200), dec!(500), Due::Beginning)?;
/// assert_eq!(value.round_dp(2), dec!(2_581.40));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn future_value(
    rate: Decimal,
    periods: Decimal,
    payment: Decimal,
    start: Decimal,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    worth_at_end(growth(rate)?, counted(periods)?, payment, start, due)
}

/// [`future_value`] for any number of periods.
pub(super) fn worth_at_end(
    growth: Decimal,
    periods: Decimal,
    payment: Decimal,
    start: Decimal,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    let value = || {
        let Geometric { power, sum } = geometric(growth, periods)?;
        let sum = if due == Due::Beginning { sum.checked_mul(growth)? } else { sum };
        sum.checked_mul(payment)?.checked_add(power.checked_mul(start)?)
    };
    value().ok_or(TimeValueError::Overflow)
}

/// The equal payments that repay a sum, but for a rest at the end.
///
/// The sum may be a loan, or what a leased thing is worth; the rest is then what stays to be paid, or the residual
/// value.
///
/// **Formula**: `(present - rest / (1 + rate)^periods) / annuity factor`.
///
/// **Units**: `rate` is a fraction a period; the result is in the unit of the sum, a period.
///
/// **Spreadsheets**: `-PMT(rate, periods, present, -rest, due)`: there the rest has the opposite sign of the sum.
///
/// # Errors
///
/// [`TimeValueError::RateTooLow`], [`TimeValueError::NegativePeriods`], [`TimeValueError::NoPeriods`] where there is
/// none, [`TimeValueError::Overflow`].
///
/// # Source
///
/// As [`present_value`]; the loan is that of the tests of numpy-financial.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, level_payment};
/// use rust_decimal::dec;
///
/// let monthly = dec!(0.08).checked_div(dec!(12)).unwrap();
/// let payment = level_payment(monthly, dec!(60), dec!(15_000), dec!(0), Due::End)?;
/// assert_eq!(payment.round_dp(6), dec!(304.145914));
/// // a lease over three years, paid in advance, of what is worth 10,000 now and 4,000 then
/// let lease = level_payment(dec!(0.07), dec!(3), dec!(10_000), dec!(4_000), Due::Beginning)?;
/// assert_eq!(lease.round_dp(2), dec!(2_398.42));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn level_payment(
    rate: Decimal,
    periods: Decimal,
    present: Decimal,
    rest: Decimal,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    repaying(growth(rate)?, counted(periods)?, present, rest, due)
}

/// [`level_payment`] for any number of periods.
pub(super) fn repaying(
    growth: Decimal,
    periods: Decimal,
    present: Decimal,
    rest: Decimal,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    if periods.is_zero() {
        return Err(TimeValueError::NoPeriods);
    }
    let value = || {
        let repaid = present.checked_sub(discounted(rest, growth, periods)?)?;
        repaid.checked_div(factor(growth, periods, due)?)
    };
    value().ok_or(TimeValueError::Overflow)
}

/// How many equal payments it takes to repay a sum, but for a rest.
///
/// The number is rarely whole: 21.5 says that the 22nd payment is a smaller one.
///
/// **Formula**: `ln((p - rest x rate) / (p - present x rate)) / ln(1 + rate)`, where `p` is the payment, times
/// `1 + rate` where due at the beginning; `(present - rest) / payment` at a rate of 0. It is computed from
/// `ln(1 + x) / x`, so that no digits cancel at small rates.
///
/// **Units**: periods; `rate` is a fraction a period.
///
/// **Spreadsheets**: `NPER(rate, -payment, present, -rest, due)`, which also answers with negative numbers.
///
/// # Errors
///
/// [`TimeValueError::RateTooLow`]; [`TimeValueError::NeverReached`] where the payments do not cover the interest, or
/// lead away from the rest; [`TimeValueError::Overflow`].
///
/// # Source
///
/// As [`present_value`]; the example is that of the documentation of `NPER` in Excel, where 1,000 are there and 100
/// a month make 10,000.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, TimeValueError, number_of_periods};
/// use rust_decimal::dec;
///
/// // what one has is a loan of less than nothing
/// let periods = number_of_periods(dec!(0.01), dec!(-100), dec!(1_000), dec!(10_000), Due::Beginning)?;
/// assert_eq!(periods.round_dp(7), dec!(59.6738657));
/// let never = number_of_periods(dec!(0.01), dec!(100), dec!(10_000), dec!(0), Due::End);
/// assert_eq!(never, Err(TimeValueError::NeverReached)); // the payments are the interest
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn number_of_periods(
    rate: Decimal,
    payment: Decimal,
    present: Decimal,
    rest: Decimal,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    let periods = periods_between(rate, payment, present, rest, due)?;
    if periods < Decimal::ZERO { Err(TimeValueError::NeverReached) } else { Ok(periods) }
}

/// [`number_of_periods`], also where it is negative.
pub(super) fn periods_between(
    rate: Decimal,
    payment: Decimal,
    present: Decimal,
    rest: Decimal,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    let growth = growth(rate)?;
    let value = || {
        let payment = if due == Due::Beginning { payment.checked_mul(growth)? } else { payment };
        let repaid = payment.checked_sub(present.checked_mul(rate)?)?;
        let distance = present.checked_sub(rest)?;
        Some((repaid, distance))
    };
    let (repaid, distance) = value().ok_or(TimeValueError::Overflow)?;
    if distance.is_zero() {
        return Ok(distance);
    }
    if repaid.is_zero() {
        return Err(TimeValueError::NeverReached);
    }
    let straight = distance.checked_div(repaid).ok_or(TimeValueError::Overflow)?;
    let excess = straight.checked_mul(rate).ok_or(TimeValueError::Overflow)?;
    if excess <= Decimal::NEGATIVE_ONE {
        return Err(TimeValueError::NeverReached);
    }
    let value = || straight.checked_mul(ln_quotient(excess)?)?.checked_div(ln_quotient(rate)?);
    value().ok_or(TimeValueError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    const ZERO: Decimal = Decimal::ZERO;
    const FINE: &str = "0.00000000000000000001";

    /// The result of a decimal of 28 digits, so that the last one or two are noise there too.
    #[test]
    fn numpy_financial() {
        let monthly = dec("0.08").checked_div(dec("12")).unwrap();
        let payment = level_payment(monthly, dec("60"), dec("15000"), ZERO, Due::End).unwrap();
        assert_near("pmt", payment, dec("304.1459143262052370338701494"), FINE);
        assert_eq!(level_payment(ZERO, dec("60"), dec("15000"), ZERO, Due::End), Ok(dec("250")));
        let of = |rate: &str, periods: &str, present: &str| {
            level_payment(dec(rate), dec(periods), dec(present), ZERO, Due::End).unwrap()
        };
        assert_near("pmt 2", of("0", "12", "2000"), dec("166.6666666666666666666666667"), FINE);
        assert_near("pmt 3", of("0.8", "3", "20000"), dec("19311.25827814569536423841060"), FINE);
        assert_near("pmt 4", of("0.3", "12", "2000"), dec("626.9081401700757748402586600"), FINE);
        let value = present_value(dec("0.07"), dec("20"), dec("12000"), ZERO, Due::End).unwrap();
        assert_near("pv", value, dec("127128.1709461939327295222005"), FINE);
        let value = future_value(dec("0.075"), dec("20"), dec("2000"), ZERO, Due::End).unwrap();
        assert_near("fv", value, dec("86609.36267304300040536731624"), FINE);
    }

    #[test]
    fn small_rates_keep_their_digits() {
        // 12 (1 - 13/2 r), and at this rate the next term is below 10^-28
        let factor = annuity_factor(dec("0.000000000000001"), dec("12"), Due::End).unwrap();
        assert_near("factor", factor, dec("11.999999999999922"), "0.000000000000000000000000001");
        let periods = number_of_periods(dec("0.000000000000000001"), dec("100"), dec("1000"), ZERO, Due::End).unwrap();
        assert_near("periods", periods, dec("10.000000000000000055"), "0.0000000000000000000000001");
    }

    #[test]
    fn negative_rates() {
        // 1/0.5 + 1/0.25 + 1/0.125
        assert_eq!(annuity_factor(dec("-0.5"), dec("3"), Due::End), Ok(dec("14")));
        assert_eq!(future_value(dec("-0.5"), dec("2"), dec("100"), dec("1000"), Due::End), Ok(dec("400")));
    }

    #[test]
    fn errors() {
        use TimeValueError::{NegativePeriods, NeverReached, NoPeriods, Overflow, RateTooLow};
        for rate in ["-1", "-3"] {
            assert_eq!(annuity_factor(dec(rate), dec("3"), Due::End), Err(RateTooLow));
            assert_eq!(number_of_periods(dec(rate), dec("1"), dec("3"), ZERO, Due::End), Err(RateTooLow));
        }
        assert_eq!(annuity_factor(dec("0.1"), dec("-1"), Due::End), Err(NegativePeriods));
        assert_eq!(level_payment(dec("0.1"), ZERO, dec("1"), ZERO, Due::End), Err(NoPeriods));
        assert_eq!(annuity_factor(dec("0.1"), ZERO, Due::End), Ok(ZERO));
        assert_eq!(future_value(dec("0.1"), dec("1000"), dec("1"), ZERO, Due::End), Err(Overflow));
        assert_eq!(annuity_factor(Decimal::MAX, dec("2"), Due::End), Err(Overflow));
        assert_eq!(future_value(dec("0.1"), Decimal::MAX, dec("1"), ZERO, Due::End), Err(Overflow));
        let perpetual = annuity_factor(dec("0.1"), dec("1000000"), Due::End).unwrap();
        assert_near("perpetual", perpetual, dec("10"), "0.00000000000000000000000001");
        let of = |rate: &str, payment: &str, present: &str, rest: &str| {
            number_of_periods(dec(rate), dec(payment), dec(present), dec(rest), Due::End)
        };
        assert_eq!(of("0", "0", "1000", "0"), Err(NeverReached)); // numpy-financial: infinite
        assert_eq!(of("0.1", "100", "1000", "0"), Err(NeverReached));
        assert_eq!(of("0.1", "99", "1000", "0"), Err(NeverReached));
        assert_eq!(of("0.1", "-5", "1000", "500"), Err(NeverReached));
        assert_eq!(of("0", "-100", "1000", "0"), Err(NeverReached));
        assert_eq!(of("0.1", "0", "500", "500"), Ok(ZERO));
        assert_eq!(of("0", "100", "1000", "0"), Ok(dec("10")));
    }
}
