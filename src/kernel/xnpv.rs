//! Net present value of flows on certain days or at any moments.

use super::day_count::DayCount;
use super::fixed::{Fixed, ln};
use super::npv::NpvError;
use crate::day::Day;
use rust_decimal::Decimal;

/// What flows on certain days are worth on the day of the first one listed, at a yearly discount rate: `flows[0]` has the
/// day of value even where another flow is earlier, which is then compounded. So what unsorted flows are worth depends on
/// which of them stands first; sorted by day, the day of value is the earliest, from which [`xirr`](fn@super::xirr) counts
/// in any case.
///
/// No flows are worth 0.
///
/// **Formula**: `sum flow[k] / (1 + rate)^t[k]`, where t is the time in years from the first day listed by the day count.
///
/// **Units**: `rate` is a fraction a year (8 % is 0.08); the result is in the unit of the flows.
///
/// **Spreadsheets**: `XNPV` with [`DayCount::Actual365Fixed`]; it refuses a flow before the first day, see
/// [`spreadsheet::xnpv`](super::spreadsheet::xnpv).
///
/// # Errors
///
/// [`NpvError::RateTooLow`] unless `rate` > -1; [`NpvError::Overflow`] where a value does not fit 28 digits.
///
/// # Source
///
/// The documentation of Excel, whose example this is: 2,086.65 (it prints 2086.647602).
///
/// # Example
///
/// ```
/// use appraise::kernel::{DayCount, xnpv};
/// use rust_decimal::{Decimal, dec};
///
/// let flow = |day: &str, amount: i64| Ok::<_, appraise::DayError>((day.parse()?, Decimal::from(amount)));
/// let flows = [
///     flow("2008-01-01", -10_000)?,
///     flow("2008-03-01", 2_750)?,
///     flow("2008-10-30", 4_250)?,
///     flow("2009-02-15", 3_250)?,
///     flow("2009-04-01", 2_750)?,
/// ];
/// let value = xnpv(dec!(0.09), &flows, DayCount::Actual365Fixed).unwrap();
/// assert_eq!(value.round_dp(6), dec!(2086.647602));
/// # Ok::<(), appraise::DayError>(())
/// ```
pub fn xnpv(rate: Decimal, flows: &[(Day, Decimal)], count: DayCount) -> Result<Decimal, NpvError> {
    let growth = Growth::new(rate)?;
    let Some((first, _)) = flows.first() else { return Ok(Decimal::ZERO) };
    growth.sum(flows.iter().map(|(day, amount)| (count.years(count.units(*first, *day)), *amount)))
}

/// What flows at any moments are worth at moment 0, at a yearly discount rate.
///
/// Each flow is a moment in years and an amount; moments before 0 are compounded. No flows are worth 0.
///
/// **Formula**: `sum flow[k] / (1 + rate)^t[k]`.
///
/// **Units**: `rate` is a fraction a year; the result is in the unit of the flows.
///
/// # Errors
///
/// [`NpvError::RateTooLow`] unless `rate` > -1; [`NpvError::Overflow`] where a value does not fit 28 digits, or a moment
/// is 500,000 years away.
///
/// # Example
///
/// ```
/// use appraise::kernel::timed_npv;
/// use rust_decimal::dec;
///
/// let value = timed_npv(dec!(0.21), &[(dec!(0), dec!(-100)), (dec!(0.5), dec!(110))])?;
/// assert_eq!(value.round_dp(20), dec!(0)); // 110 / 1.21^0.5 - 100
/// # Ok::<(), appraise::kernel::NpvError>(())
/// ```
pub fn timed_npv(rate: Decimal, flows: &[(Decimal, Decimal)]) -> Result<Decimal, NpvError> {
    Growth::new(rate)?.sum(flows.iter().map(|(time, amount)| (Fixed::from_decimal(*time), *amount)))
}

/// What a unit grows to in a year.
pub(super) struct Growth {
    factor: Decimal,
    logarithm: Fixed,
}

impl Growth {
    pub(super) fn new(rate: Decimal) -> Result<Self, NpvError> {
        let factor = rate.checked_add(Decimal::ONE).ok_or(NpvError::Overflow)?;
        if factor <= Decimal::ZERO {
            return Err(NpvError::RateTooLow);
        }
        Ok(Self { factor, logarithm: ln(factor).ok_or(NpvError::Overflow)? })
    }

    /// `amount / growth^time`.
    pub(super) fn discounted(&self, amount: Decimal, time: Fixed) -> Option<Decimal> {
        if time == Fixed::ZERO || amount.is_zero() {
            return Some(amount);
        }
        if time == Fixed::ONE {
            return amount.checked_div(self.factor);
        }
        let shrinks = self.logarithm.is_negative() == time.is_negative();
        let power = match self.logarithm.abs().checked_times(time.abs()) {
            Some(exponent) => exponent.exp_of_negative().to_decimal()?,
            None => Decimal::ZERO,
        };
        if shrinks { amount.checked_mul(power) } else { amount.checked_div(power) }
    }

    fn sum(&self, flows: impl Iterator<Item = (Option<Fixed>, Decimal)>) -> Result<Decimal, NpvError> {
        let mut sum = Decimal::ZERO;
        for (time, amount) in flows {
            let value = time.and_then(|time| self.discounted(amount, time));
            sum = value.and_then(|value| sum.checked_add(value)).ok_or(NpvError::Overflow)?;
        }
        Ok(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::npv;
    use crate::kernel::testing::{assert_near, dec, decs};

    #[test]
    fn whole_years_are_those_of_the_npv() {
        let flows = decs("-1000 500 300 800");
        for rate in ["0.08", "0", "-0.5", "3", "0.0000000001", "-0.999"] {
            let timed: Vec<_> = (0..).map(Decimal::from).zip(flows.iter().copied()).collect();
            let expected = npv(dec(rate), 0, &flows).unwrap();
            let tolerance = if rate == "-0.999" { "0.000000001" } else { "0.00000000000000000000001" };
            assert_near(rate, timed_npv(dec(rate), &timed).unwrap(), expected, tolerance);
        }
    }

    #[test]
    fn earlier_flows_are_compounded() {
        let value = timed_npv(dec("0.21"), &[(dec("-0.5"), dec("100")), (dec("-2"), dec("1"))]).unwrap();
        assert_near("compounded", value, dec("111.4641"), "0.000000000000000000000001");
    }

    #[test]
    fn errors() {
        assert_eq!(timed_npv(dec("-1"), &[]), Err(NpvError::RateTooLow));
        assert_eq!(timed_npv(dec("0.1"), &[]), Ok(Decimal::ZERO));
        assert_eq!(timed_npv(Decimal::MAX, &[]), Err(NpvError::Overflow));
        assert_eq!(timed_npv(dec("0.1"), &[(dec("600000"), dec("1"))]), Err(NpvError::Overflow));
        assert_eq!(timed_npv(dec("0.1"), &[(dec("-400000"), dec("1"))]), Err(NpvError::Overflow));
        assert_eq!(timed_npv(dec("0.1"), &[(dec("400000"), dec("1"))]), Ok(Decimal::ZERO));
    }
}
