//! How finely parts of an amount may be stated, so that they add up to it without a rest in the last digit.

use rust_decimal::Decimal;

/// The decimal places that every amount up to `largest` can have in 28 digits.
///
/// Amounts with so many places, and all sums of them up to `largest`, are exact: what is bought for 30,000 is written
/// off by parts of 23 places that give 30,000 again, to the last digit.
pub(super) fn places(largest: Decimal) -> u32 {
    let mut whole = largest.abs();
    let mut digits = 0_u32;
    while whole >= Decimal::ONE && digits < 28 {
        digits = digits.saturating_add(1);
        whole = whole.checked_div(Decimal::TEN).unwrap_or_default();
    }
    28_u32.saturating_sub(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::dec;

    #[test]
    fn by_hand() {
        for (largest, expected) in [("0", 28), ("0.9", 28), ("1", 27), ("9.99", 27), ("-30000", 23), ("1e27", 0)] {
            let largest = Decimal::from_scientific(largest).unwrap_or_else(|_| dec(largest));
            assert_eq!(places(largest), expected, "{largest}");
        }
        assert_eq!(places(Decimal::MAX), 0);
    }
}
