//! What is left of a row of yearly amounts when all of it begins later.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Why a row cannot be delayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DelayError {
    /// Nothing begins before it was planned to.
    #[error("a delay is not negative")]
    Negative,
    /// An amount needs more than 28 digits.
    #[error("an amount is too large or too small to be exact")]
    Overflow,
}

/// A row of yearly amounts that begins so many years later; what then lies beyond its end is lost.
///
/// **Formula**: with `k` whole years and the fraction `f`, the amount of year t is `(1 - f) x[t - k] + f x[t - k - 1]`, and
/// nothing before the first year: half a year moves half of each amount into the year after.
///
/// **Units**: those of the row; the delay is in entries of the row, years where it is a row of years. `late` takes as many
/// entries as it has room for.
///
/// # Errors
///
/// A negative delay, and an amount that needs more than 28 digits.
///
/// ```
/// use appraise::kernel::delay;
/// use rust_decimal::dec;
///
/// let planned = [dec!(0), dec!(100), dec!(200), dec!(200)];
/// let mut late = planned;
/// delay(&planned, dec!(1.5), &mut late).unwrap();
/// assert_eq!(late, [dec!(0), dec!(0), dec!(50), dec!(150)]); // 350 of 500 are left; the rest comes after the last year
/// ```
pub fn delay(row: &[Decimal], years: Decimal, late: &mut [Decimal]) -> Result<(), DelayError> {
    if years < Decimal::ZERO {
        return Err(DelayError::Negative);
    }
    let moved = years.fract();
    let stays = Decimal::ONE.checked_sub(moved).ok_or(DelayError::Overflow)?;
    // more years than a row can have leave nothing of it
    let whole = years.trunc().to_usize().unwrap_or(usize::MAX);
    let amount = |year: usize, later: usize| {
        let planned = year.checked_sub(whole).and_then(|year| year.checked_sub(later));
        planned.and_then(|year| row.get(year)).copied().unwrap_or_default()
    };
    for (year, late) in late.iter_mut().enumerate() {
        let sum = || stays.checked_mul(amount(year, 0))?.checked_add(moved.checked_mul(amount(year, 1))?);
        *late = sum().ok_or(DelayError::Overflow)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::dec;

    fn delayed(row: &[&str], years: &str) -> Result<Vec<Decimal>, DelayError> {
        let row: Vec<Decimal> = row.iter().map(|amount| dec(amount)).collect();
        let mut late = row.clone();
        delay(&row, dec(years), &mut late).map(|()| late)
    }

    #[test]
    fn whole_and_half_years_by_hand() {
        let row = ["10", "100", "100"];
        assert_eq!(delayed(&row, "0"), Ok(vec![dec("10"), dec("100"), dec("100")]));
        assert_eq!(delayed(&row, "1"), Ok(vec![dec("0"), dec("10"), dec("100")]));
        assert_eq!(delayed(&row, "0.5"), Ok(vec![dec("5"), dec("55"), dec("100")]));
        assert_eq!(delayed(&row, "1.25"), Ok(vec![dec("0"), dec("7.5"), dec("77.5")]));
        assert_eq!(delayed(&row, "3"), Ok(vec![dec("0"); 3]));
    }

    #[test]
    fn what_cannot_be_delayed_is_said() {
        assert_eq!(delayed(&["1"], "-0.5"), Err(DelayError::Negative));
        assert_eq!(delayed(&["1"], "79228162514264337593543950335"), Ok(vec![dec("0")]));
        assert_eq!(delayed(&[], "1"), Ok(Vec::new()));
    }
}
