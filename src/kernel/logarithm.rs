//! Logarithms and powers in decimals, to 26 digits: those of `rust_decimal` stop after a few.

use rust_decimal::Decimal;

/// ln 2.
const LN_2: Decimal = Decimal::from_parts(2_860_148_159, 2_180_329_217, 375_755_839, false, 28);

/// The natural logarithm of a number above 0.
pub(super) fn ln(number: Decimal) -> Option<Decimal> {
    if number <= Decimal::ZERO {
        return None;
    }
    let mut rest = number;
    let mut halvings = Decimal::ZERO;
    while rest > Decimal::new(15, 1) {
        rest = rest.checked_div(Decimal::TWO)?;
        halvings = halvings.checked_add(Decimal::ONE)?;
    }
    while rest < Decimal::new(75, 2) {
        rest = rest.checked_mul(Decimal::TWO)?;
        halvings = halvings.checked_sub(Decimal::ONE)?;
    }
    let excess = rest.checked_sub(Decimal::ONE)?;
    excess.checked_mul(near_one(excess)?)?.checked_add(halvings.checked_mul(LN_2)?)
}

/// `ln(1 + x) / x`, which is 1 at 0, for x above -1.
///
/// The quotient keeps all its digits where x is small, and the logarithm of 1 + x does not.
pub(super) fn ln_quotient(x: Decimal) -> Option<Decimal> {
    if x.abs() <= Decimal::new(25, 2) { near_one(x) } else { ln(x.checked_add(Decimal::ONE)?)?.checked_div(x) }
}

/// `ln(1 + x) / x` for x from -1/4 to 1/2, by `ln(1 + x) = 2 artanh(x / (2 + x))`.
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

/// e to a power; 0 where that is below 10^-28.
pub(super) fn exp(exponent: Decimal) -> Option<Decimal> {
    if exponent < Decimal::from(-66) {
        return Some(Decimal::ZERO);
    }
    if exponent > Decimal::from(67) {
        return None;
    }
    let doublings = exponent.checked_div(LN_2)?.round();
    let rest = exponent.checked_sub(doublings.checked_mul(LN_2)?)?;
    let mut term = Decimal::ONE;
    let mut sum = Decimal::ZERO;
    let mut order = Decimal::ZERO;
    while !term.is_zero() {
        sum = sum.checked_add(term)?;
        order = order.checked_add(Decimal::ONE)?;
        term = term.checked_mul(rest)?.checked_div(order)?;
    }
    let doublings = i32::try_from(doublings).ok()?;
    for _ in 0..doublings.unsigned_abs() {
        sum = if doublings > 0 { sum.checked_mul(Decimal::TWO)? } else { sum.checked_div(Decimal::TWO)? };
    }
    Some(sum)
}

/// A number above 0 to any power.
pub(super) fn power(base: Decimal, exponent: Decimal) -> Option<Decimal> {
    exp(ln(base)?.checked_mul(exponent)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    /// Computed with 40 digits by the decimal module of Python.
    const LOGARITHMS: &[(&str, &str)] = &[
        ("2", "0.6931471805599453094172321215"),
        ("10", "2.3025850929940456840179914547"),
        ("1.08", "0.0769610411361283249842170443"),
        ("0.5", "-0.6931471805599453094172321215"),
    ];

    #[test]
    fn known_digits() {
        for (number, expected) in LOGARITHMS {
            assert_near(number, ln(dec(number)).unwrap(), dec(expected), "0.0000000000000000000000000005");
        }
        assert_near(
            "e",
            exp(Decimal::ONE).unwrap(),
            dec("2.7182818284590452353602874714"),
            "0.000000000000000000000000002",
        );
        assert_eq!(ln(dec("0")), None);
        assert_eq!(ln(dec("-1")), None);
    }

    #[test]
    fn one_undoes_the_other() {
        for number in ["0.0000001", "0.3", "1", "1.4", "1.6", "77", "123456789.123"] {
            let number = dec(number);
            let ratio = exp(ln(number).unwrap()).unwrap().checked_div(number).unwrap();
            assert_near("ratio", ratio, Decimal::ONE, "0.00000000000000000001");
        }
        assert_eq!(exp(dec("-100")), Some(Decimal::ZERO));
        assert_eq!(exp(dec("100")), None);
        assert!(ln(Decimal::MAX).is_some());
    }

    #[test]
    fn the_quotient_keeps_its_digits() {
        assert_eq!(ln_quotient(Decimal::ZERO), Some(Decimal::ONE));
        // 1 - x/2 + x^2/3
        assert_eq!(ln_quotient(dec("0.00000000000001")), Some(dec("0.9999999999999950000000000000")));
        for x in ["-0.9", "-0.25", "-0.2", "0.24", "0.26", "3"] {
            let x = dec(x);
            let expected = ln(x.checked_add(Decimal::ONE).unwrap()).unwrap();
            assert_near(
                "ln",
                ln_quotient(x).unwrap().checked_mul(x).unwrap(),
                expected,
                "0.000000000000000000000000001",
            );
        }
    }
}
