//! What purchases of several years leave in each year, when each leaves the same parts of itself in the years after it.

use rust_decimal::Decimal;

/// An amount that needs more than 28 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an amount is too large to be exact")]
pub struct LayersOverflow;

/// What each year carries of purchases that are spread over the years after them: the layers of depreciation of what is
/// bought year by year.
///
/// **Formula**: `carried[t] = sum over k of purchases[t - k] x parts[k]`; `parts[0]` is the part of a purchase that falls
/// into its own year.
///
/// **Units**: those of the purchases, the parts being numbers. Missing entries of either row count as nothing; `carried`
/// takes as many entries as it has room for.
///
/// # Errors
///
/// [`LayersOverflow`] where an amount needs more than 28 digits.
///
/// ```
/// use appraise::kernel::layered;
/// use rust_decimal::dec;
///
/// // 900 at once and 300 in year 2, each written off in three years
/// let mut carried = [dec!(0); 6];
/// let third = dec!(1) / dec!(3);
/// layered(&[dec!(900), dec!(0), dec!(300)], &[dec!(0), third, third, third], &mut carried).unwrap();
/// assert_eq!(carried.map(|charge| charge.round_dp(20).normalize()), [dec!(0), dec!(300), dec!(300), dec!(400), dec!(100), dec!(100)]);
/// ```
pub fn layered(purchases: &[Decimal], parts: &[Decimal], carried: &mut [Decimal]) -> Result<(), LayersOverflow> {
    for (year, carried) in carried.iter_mut().enumerate() {
        let bought = purchases.iter().take(year.saturating_add(1)).enumerate();
        let sum = bought.filter(|(_, amount)| !amount.is_zero()).try_fold(Decimal::ZERO, |sum, (then, amount)| {
            let part = year.checked_sub(then).and_then(|age| parts.get(age)).copied().unwrap_or_default();
            sum.checked_add(amount.checked_mul(part)?)
        });
        *carried = sum.ok_or(LayersOverflow)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    #[test]
    fn layers_lie_on_each_other() {
        let mut carried = [dec!(0); 5];
        layered(&[dec!(10), dec!(0), dec!(4)], &[dec!(0), dec!(0.5), dec!(0.25)], &mut carried).unwrap();
        assert_eq!(carried, [dec!(0), dec!(5), dec!(2.5), dec!(2), dec!(1)]);
        layered(&[dec!(10), dec!(4)], &[dec!(1)], &mut carried).unwrap();
        assert_eq!(carried, [dec!(10), dec!(4), dec!(0), dec!(0), dec!(0)]);
        layered(&[], &[], &mut carried).unwrap();
        assert_eq!(carried, [dec!(0); 5]);
        assert_eq!(layered(&[Decimal::MAX], &[dec!(2)], &mut carried), Err(LayersOverflow));
    }
}
