//! `SLN`, `DB`, `DDB`, `SYD` and `VDB`: what is charged in one period, as spreadsheets have it.

use rust_decimal::Decimal;

use super::super::DepreciationError;
use super::super::compounding::root;
use super::super::depreciation::{LONGEST, base};
use super::super::geometric::{Geometric, geometric};

use DepreciationError::{Factor, NoLife, NoSuchPeriod, Overflow, TooLong};

/// A life of more than nothing.
fn lived(life: Decimal) -> Result<Decimal, DepreciationError> {
    if life > Decimal::ZERO { Ok(life) } else { Err(NoLife) }
}

/// The rate of a declining balance, at most all of what is left.
fn declining(factor: Decimal, life: Decimal) -> Result<Decimal, DepreciationError> {
    if factor <= Decimal::ZERO {
        return Err(Factor);
    }
    Ok(factor.checked_div(life).ok_or(Overflow)?.min(Decimal::ONE))
}

/// `SLN(cost, salvage, life)`: the charge of each period, all alike.
///
/// **Formula**: `(cost - salvage) / life`.
///
/// # Errors
///
/// [`DepreciationError`]: no life, a negative amount, a salvage value above the cost, where Excel computes on.
///
/// # Source
///
/// The documentation of `SLN` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet::sln;
/// use rust_decimal::dec;
///
/// assert_eq!(sln(dec!(30_000), dec!(7_500), dec!(10))?, dec!(2_250));
/// # Ok::<(), appraise::kernel::DepreciationError>(())
/// ```
pub fn sln(cost: Decimal, salvage: Decimal, life: Decimal) -> Result<Decimal, DepreciationError> {
    base(cost, salvage)?.checked_div(lived(life)?).ok_or(Overflow)
}

/// `SYD(cost, salvage, life, per)`: the charge of one period by the sum of the years' digits.
///
/// **Formula**: `(cost - salvage) x (life - per + 1) x 2 / (life x (life + 1))`.
///
/// # Errors
///
/// As [`sln`], and [`DepreciationError::NoSuchPeriod`] unless 1 <= `per` <= `life`.
///
/// # Source
///
/// The documentation of `SYD` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet::syd;
/// use rust_decimal::dec;
///
/// assert_eq!(syd(dec!(30_000), dec!(7_500), dec!(10), dec!(1))?.round_dp(2), dec!(4_090.91));
/// assert_eq!(syd(dec!(30_000), dec!(7_500), dec!(10), dec!(10))?.round_dp(2), dec!(409.09));
/// # Ok::<(), appraise::kernel::DepreciationError>(())
/// ```
pub fn syd(cost: Decimal, salvage: Decimal, life: Decimal, per: Decimal) -> Result<Decimal, DepreciationError> {
    let base = base(cost, salvage)?;
    lived(life)?;
    if per < Decimal::ONE || per > life {
        return Err(NoSuchPeriod);
    }
    let charge = || {
        let digits = life.checked_sub(per)?.checked_add(Decimal::ONE)?.checked_mul(Decimal::TWO)?;
        let all = life.checked_mul(life.checked_add(Decimal::ONE)?)?;
        base.checked_mul(digits.checked_div(all)?)
    };
    charge().ok_or(Overflow)
}

/// `DB(cost, salvage, life, period, month)`: the charge of one period of a fixed declining balance.
///
/// The rate is rounded to three places, as spreadsheets do, so that the salvage value is not met. The first year may
/// have less than twelve months; the rest is charged in a year after the last.
/// [`FixedDecliningBalance`](super::super::Depreciation::FixedDecliningBalance) meets it.
///
/// **Formula**: `book x rate` with `rate = 1 - (salvage / cost)^(1 / life)` in three places; in the first year times
/// `month / 12`, in the year after the last times `(12 - month) / 12`.
///
/// # Errors
///
/// As [`sln`]; [`DepreciationError::NoSuchPeriod`] beyond the life, or where `month` is not 1 to 12;
/// [`DepreciationError::TooLong`] beyond 100,000 periods.
///
/// # Source
///
/// The documentation of `DB` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet::db;
/// use rust_decimal::dec;
///
/// let of = |period| db(dec!(1_000_000), dec!(100_000), 6, period, 7);
/// assert_eq!(of(1)?.round_dp(2), dec!(186_083.33));
/// assert_eq!(of(7)?.round_dp(2), dec!(15_845.10));
/// # Ok::<(), appraise::kernel::DepreciationError>(())
/// ```
pub fn db(cost: Decimal, salvage: Decimal, life: u32, period: u32, month: u32) -> Result<Decimal, DepreciationError> {
    base(cost, salvage)?;
    if life == 0 {
        return Err(NoLife);
    }
    if life > LONGEST {
        return Err(TooLong);
    }
    let rest = 12_u32.checked_sub(month).ok_or(NoSuchPeriod)?;
    let last = if rest == 0 { life } else { life.saturating_add(1) };
    if period == 0 || period > last || month == 0 {
        return Err(NoSuchPeriod);
    }
    if cost.is_zero() {
        return Ok(cost);
    }
    let charge = || {
        let left = salvage.checked_div(cost)?;
        let rate =
            if left.is_zero() { Decimal::ONE } else { -root(left, left.checked_sub(Decimal::ONE)?, life.into())? };
        let rate = rate.round_dp_with_strategy(3, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        let part = |months: u32| rate.checked_mul(months.into())?.checked_div(Decimal::from(12));
        let first = part(month)?;
        if period == 1 {
            return cost.checked_mul(first);
        }
        let book = cost.checked_mul(Decimal::ONE.checked_sub(first)?)?;
        let whole = power(Decimal::ONE.checked_sub(rate)?, period.checked_sub(2)?)?;
        let rate = if period > life { part(rest)? } else { rate };
        book.checked_mul(whole)?.checked_mul(rate)
    };
    charge().ok_or(Overflow)
}

/// A power of a number from 0 to 1.
fn power(base: Decimal, exponent: u32) -> Option<Decimal> {
    if base.is_zero() {
        return Some(if exponent == 0 { Decimal::ONE } else { Decimal::ZERO });
    }
    geometric(base, exponent.into()).map(|Geometric { power, .. }| power)
}

/// `DDB(cost, salvage, life, period, factor)`: the charge of one period of a declining balance, double where `factor`
/// is 2.
///
/// **Formula**: `min(book x factor / life, book - salvage)`, where `book = cost x (1 - factor / life)^(period - 1)`.
///
/// # Errors
///
/// As [`syd`], and [`DepreciationError::Factor`] unless `factor` is above 0.
///
/// # Source
///
/// The documentation of `DDB` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet::ddb;
/// use rust_decimal::dec;
///
/// let of = |period, factor| ddb(dec!(2_400), dec!(300), dec!(10), period, factor);
/// assert_eq!(of(1, dec!(2))?, dec!(480));
/// assert_eq!(of(2, dec!(1.5))?, dec!(306));
/// assert_eq!(of(10, dec!(2))?.round_dp(2), dec!(22.12)); // not below the salvage value
/// # Ok::<(), appraise::kernel::DepreciationError>(())
/// ```
pub fn ddb(
    cost: Decimal,
    salvage: Decimal,
    life: Decimal,
    period: u32,
    factor: Decimal,
) -> Result<Decimal, DepreciationError> {
    base(cost, salvage)?;
    let rate = declining(factor, lived(life)?)?;
    let before = period.checked_sub(1).ok_or(NoSuchPeriod)?;
    if Decimal::from(period) > life.ceil() {
        return Err(NoSuchPeriod);
    }
    let charge = || {
        let book = cost.checked_mul(power(Decimal::ONE.checked_sub(rate)?, before)?)?;
        let above = book.checked_sub(salvage)?.max(Decimal::ZERO);
        Some(book.checked_mul(rate)?.min(above))
    };
    charge().ok_or(Overflow)
}

/// `VDB(cost, salvage, life, start, end, factor, no_switch)`: what a declining balance charges between two points in time,
/// which need not be whole periods.
///
/// With `no_switch` false it turns to the straight line as soon as that charges more.
///
/// **Formula**: the sum over periods of their charge, times the part of the period between `start` and `end`. The charge
/// is that of [`ddb`], or `(book - salvage) / periods that remain` from the first period in which that is more.
///
/// # Errors
///
/// As [`ddb`]; [`DepreciationError::NoSuchPeriod`] unless 0 <= `start` <= `end` <= `life`;
/// [`DepreciationError::TooLong`] beyond 100,000 periods.
///
/// # Source
///
/// The documentation of `VDB` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet::vdb;
/// use rust_decimal::dec;
///
/// let of = |life, start, end, factor| vdb(dec!(2_400), dec!(300), life, start, end, factor, false);
/// assert_eq!(of(dec!(120), dec!(6), dec!(18), dec!(2))?.round_dp(2), dec!(396.31));
/// assert_eq!(of(dec!(10), dec!(0), dec!(0.875), dec!(1.5))?, dec!(315));
/// # Ok::<(), appraise::kernel::DepreciationError>(())
/// ```
pub fn vdb(
    cost: Decimal,
    salvage: Decimal,
    life: Decimal,
    start: Decimal,
    end: Decimal,
    factor: Decimal,
    no_switch: bool,
) -> Result<Decimal, DepreciationError> {
    base(cost, salvage)?;
    let rate = declining(factor, lived(life)?)?;
    if start < Decimal::ZERO || start > end || end > life {
        return Err(NoSuchPeriod);
    }
    if life > Decimal::from(LONGEST) {
        return Err(TooLong);
    }
    between(cost, salvage, life, (start, end), rate, no_switch).ok_or(Overflow)
}

fn between(
    cost: Decimal,
    salvage: Decimal,
    life: Decimal,
    (start, end): (Decimal, Decimal),
    rate: Decimal,
    no_switch: bool,
) -> Option<Decimal> {
    let (mut book, mut sum, mut before) = (cost, Decimal::ZERO, Decimal::ZERO);
    let mut even = None;
    while before < end {
        let after = before.checked_add(Decimal::ONE)?;
        let left = book.checked_sub(salvage)?;
        let declining = book.checked_mul(rate)?.min(left);
        if even.is_none() && !no_switch {
            // the last period may be a part of one
            let straight = left.checked_div(life.checked_sub(before)?.max(Decimal::ONE))?;
            even = Some(straight).filter(|straight| *straight > declining);
        }
        let charge = even.unwrap_or(declining).min(left);
        let part = after.min(end).checked_sub(before.max(start))?;
        if part > Decimal::ZERO {
            sum = sum.checked_add(charge.checked_mul(part)?)?;
        }
        book = book.checked_sub(charge)?;
        before = after;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    const CENT: &str = "0.005";

    /// The examples in the documentation of the functions, with half a unit of the last printed digit.
    #[test]
    fn documentation_of_excel() {
        let printed = ["186083.33", "259639.42", "176814.44", "120410.64", "81999.64", "55841.76", "15845.10"];
        for (expected, period) in printed.into_iter().zip(1..) {
            let charge = db(dec("1000000"), dec("100000"), 6, period, 7).unwrap();
            assert_near(expected, charge, dec(expected), CENT);
        }
        let of = |life: &str, period| ddb(dec("2400"), dec("300"), dec(life), period, dec("2")).unwrap();
        assert_near("ddb by day", of("3650", 1), dec("1.32"), CENT);
        assert_near("ddb by month", of("120", 1), dec("40"), CENT);
        let of = |life: &str, start: &str, end: &str, factor: &str| {
            vdb(dec("2400"), dec("300"), dec(life), dec(start), dec(end), dec(factor), false).unwrap()
        };
        assert_near("vdb by day", of("3650", "0", "1", "2"), dec("1.32"), CENT);
        assert_near("vdb by month", of("120", "0", "1", "2"), dec("40"), CENT);
        assert_near("vdb by year", of("10", "0", "1", "2"), dec("480"), CENT);
        assert_near("vdb 1.5", of("120", "6", "18", "1.5"), dec("311.81"), CENT);
    }

    #[test]
    fn vdb_writes_everything_off() {
        let of = |end: &str, no_switch| vdb(dec("1000"), dec("0"), dec("5"), dec("0"), dec(end), dec("2"), no_switch);
        assert_eq!(of("5", false), Ok(dec("1000")));
        assert_eq!(of("4", false), Ok(dec("892"))); // 400 240 144 108
        assert_eq!(of("5", true), Ok(dec("922.24"))); // 1000 x (1 - 0.6^5)
        assert_eq!(of("0", false), Ok(dec("0")));
    }

    #[test]
    fn twelve_months_make_no_year_more() {
        assert_eq!(db(dec("1000"), dec("343"), 3, 1, 12), Ok(dec("300")));
        assert_eq!(db(dec("1000"), dec("343"), 3, 4, 12), Err(NoSuchPeriod));
        assert_eq!(db(dec("1000"), dec("0"), 3, 2, 12), Ok(dec("0")));
        assert_eq!(db(dec("0"), dec("0"), 3, 2, 12), Ok(dec("0")));
    }

    #[test]
    fn errors() {
        let (cost, salvage, zero, one) = (dec("10"), dec("1"), dec("0"), dec("1"));
        assert_eq!(sln(cost, salvage, zero), Err(NoLife));
        assert_eq!(sln(salvage, cost, one), Err(DepreciationError::ResidualAboveCost));
        assert_eq!(syd(cost, salvage, one, dec("2")), Err(NoSuchPeriod));
        assert_eq!(db(cost, salvage, 0, 1, 12), Err(NoLife));
        assert_eq!(db(cost, salvage, u32::MAX, 1, 12), Err(TooLong));
        assert_eq!(db(cost, salvage, 3, 1, 13), Err(NoSuchPeriod));
        assert_eq!(db(cost, salvage, 3, 1, 0), Err(NoSuchPeriod));
        assert_eq!(ddb(cost, salvage, dec("3"), 4, one), Err(NoSuchPeriod));
        assert_eq!(ddb(cost, salvage, dec("3"), 1, zero), Err(Factor));
        assert_eq!(vdb(cost, salvage, dec("3"), one, zero, one, false), Err(NoSuchPeriod));
        assert_eq!(vdb(cost, salvage, Decimal::MAX, zero, one, one, false), Err(TooLong));
    }
}
