//! The logarithm of a number close to 1, without the loss of its digits.

use rust_decimal::{Decimal, MathematicalOps as _};

/// `ln(1 + x) / x`, which is 1 at 0, for x above -1.
///
/// The quotient keeps all its digits where x is small, and the logarithm of 1 + x does not.
pub(super) fn ln_quotient(x: Decimal) -> Option<Decimal> {
    if x.abs() <= Decimal::new(25, 2) { near_one(x) } else { x.checked_add(Decimal::ONE)?.checked_ln()?.checked_div(x) }
}

/// `ln(1 + x) / x` for x from -1/4 to 1/4, by `ln(1 + x) = 2 artanh(x / (2 + x))`.
fn near_one(x: Decimal) -> Option<Decimal> {
    let twice = x.checked_add(Decimal::TWO)?;
    let ratio = x.checked_div(twice)?;
    let square = ratio.checked_mul(ratio)?;
    let mut power = Decimal::TWO.checked_div(twice)?;
    let mut sum = power;
    let mut order = Decimal::ONE;
    while !power.is_zero() {
        power = power.checked_mul(square)?;
        order = order.checked_add(Decimal::TWO)?;
        sum = sum.checked_add(power.checked_div(order)?)?;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    #[test]
    fn the_quotient_keeps_its_digits() {
        assert_eq!(ln_quotient(Decimal::ZERO), Some(Decimal::ONE));
        // 1 - x/2 + x^2/3
        assert_eq!(ln_quotient(dec("0.00000000000001")), Some(dec("0.9999999999999950000000000000")));
        // ln 1.08, by the decimal module of Python with 34 digits
        let logarithm = ln_quotient(dec("0.08")).unwrap().checked_mul(dec("0.08")).unwrap();
        assert_near("ln 1.08", logarithm, dec("0.0769610411361283249842170443"), "0.0000000000000000000000000002");
        for x in ["-0.9", "-0.25", "-0.2", "0.24", "0.26", "3"] {
            let x = dec(x);
            let expected = x.checked_add(Decimal::ONE).unwrap().checked_ln().unwrap();
            assert_near(
                "ln",
                ln_quotient(x).unwrap().checked_mul(x).unwrap(),
                expected,
                "0.000000000000000000000000001",
            );
        }
    }
}
