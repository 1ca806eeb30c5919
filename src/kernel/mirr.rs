//! Modified internal rate of return: one rate, from a rate at which costs are financed and one at which income is
//! invested again.

use super::fixed::{Fixed, ln};
use super::refinement::{rate, without_noise};
use rust_decimal::Decimal;

/// Why there is no modified internal rate of return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MirrError {
    /// A rate compares flows of different years.
    #[error("a modified internal rate of return needs the cash flows of at least two years")]
    TooShort,
    /// There is no flow below zero.
    #[error("no cash flow is a cost, so there is nothing to earn a return on")]
    NoCost,
    /// There is no flow above zero.
    #[error("no cash flow is an income, so there is nothing to reinvest")]
    NoIncome,
    /// At -100 % or less nothing can be discounted.
    #[error("the finance rate or the reinvestment rate is not above -100 %")]
    RateTooLow,
    /// A value on the way does not fit 28 digits.
    #[error("a value on the way does not fit a decimal number of 28 digits")]
    Overflow,
}

/// The yearly rate at which what the costs are worth today grows to what the income has become by the last year.
///
/// Unlike the internal rate of return it exists once and says what income earns in the meantime. `flows[0]` falls in year
/// 0; zeros at the end count as years in which income is reinvested.
///
/// **Formula**: `(FV / PV)^(1/n) - 1` over n years, where PV discounts the flows below zero to year 0 at the finance rate
/// and FV compounds those above zero to year n at the reinvestment rate.
///
/// **Units**: a fraction a year. The unit of the flows does not matter.
///
/// **Spreadsheets**: the same as `MIRR`.
///
/// # Errors
///
/// [`MirrError`].
///
/// # Source
///
/// The documentation of Excel, whose example this is: 12.61 % (it prints 13 %).
///
/// # Example
///
/// ```
/// use appraise::kernel::mirr;
/// use rust_decimal::{Decimal, dec};
///
/// let flows = [-120_000, 39_000, 30_000, 21_000, 37_000, 46_000].map(Decimal::from);
/// assert_eq!(mirr(&flows, dec!(0.10), dec!(0.12))?.round_dp(10), dec!(0.1260941304));
/// # Ok::<(), appraise::kernel::MirrError>(())
/// ```
pub fn mirr(flows: &[Decimal], finance: Decimal, reinvestment: Decimal) -> Result<Decimal, MirrError> {
    let years = flows.len().checked_sub(1).filter(|years| *years > 0).ok_or(MirrError::TooShort)?;
    let growth = |rate: Decimal| {
        let growth = rate.checked_add(Decimal::ONE).ok_or(MirrError::Overflow)?;
        if growth > Decimal::ZERO { Ok(growth) } else { Err(MirrError::RateTooLow) }
    };
    let (finance, reinvestment) = (growth(finance)?, growth(reinvestment)?);
    let is_cost = |flow: &Decimal| *flow < Decimal::ZERO;
    let is_income = |flow: &Decimal| *flow > Decimal::ZERO;
    // Each side is measured in its own first year, and the years from there are added in logarithms: the powers of long
    // horizons would overflow.
    let first_cost = flows.iter().position(is_cost).ok_or(MirrError::NoCost)?;
    let first_income = flows.iter().position(is_income).ok_or(MirrError::NoIncome)?;
    let logarithm = || {
        let costs = ln(value_at(flows, first_cost, finance, is_cost)?.abs())?;
        let income = ln(value_at(flows, first_income, reinvestment, is_income)?)?;
        let invested = times(ln(reinvestment)?, years.checked_sub(first_income)?)?;
        let financed = times(ln(finance)?, first_cost)?;
        income.minus(costs).plus(invested).plus(financed).divided(u32::try_from(years).ok()?)
    };
    let logarithm: Fixed = logarithm().ok_or(MirrError::Overflow)?;
    let rate = rate(logarithm.abs().exp_of_negative(), logarithm.is_negative());
    rate.map(without_noise).ok_or(MirrError::Overflow)
}

fn times(logarithm: Fixed, years: usize) -> Option<Fixed> {
    logarithm.checked_times(Fixed::from_decimal(Decimal::from(years))?)
}

/// The flows that count, discounted to the year `first`.
fn value_at(flows: &[Decimal], first: usize, growth: Decimal, counts: impl Fn(&Decimal) -> bool) -> Option<Decimal> {
    flows.iter().skip(first).rev().try_fold(Decimal::ZERO, |value, flow| {
        let flow = if counts(flow) { *flow } else { Decimal::ZERO };
        value.checked_div(growth)?.checked_add(flow)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec, decs};

    #[test]
    fn long_horizons_do_not_overflow() {
        let mut flows = vec![Decimal::ZERO; 2000];
        flows[0] = dec("-1");
        flows[1999] = dec("1000000");
        // 10^(6/1999) - 1
        assert_near("late", mirr(&flows, dec("0.1"), dec("0.1")).unwrap(), dec("0.006935148416"), "0.000000000001");
        flows.rotate_left(1);
        assert!(mirr(&flows, dec("0.1"), dec("0.1")).unwrap() > dec("0.1"));
    }

    #[test]
    fn a_flow_of_one_year() {
        assert_eq!(mirr(&decs("-100 110"), dec("0.5"), dec("0.7")), Ok(dec("0.1")));
    }

    #[test]
    fn errors() {
        let of = |flows: &str, finance: &str| mirr(&decs(flows), dec(finance), dec("0.1"));
        assert_eq!(of("", "0.1"), Err(MirrError::TooShort));
        assert_eq!(of("-1", "0.1"), Err(MirrError::TooShort));
        assert_eq!(of("1 2", "0.1"), Err(MirrError::NoCost));
        assert_eq!(of("-1 -2 0", "0.1"), Err(MirrError::NoIncome));
        assert_eq!(of("-1 2", "-1"), Err(MirrError::RateTooLow));
        let huge = [Decimal::MAX, Decimal::MAX, Decimal::NEGATIVE_ONE];
        assert_eq!(mirr(&huge, dec("0"), dec("0")), Err(MirrError::Overflow));
    }
}
