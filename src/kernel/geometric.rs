//! Powers, and sums of powers, of one number: what every annuity is made of.

use rust_decimal::{Decimal, MathematicalOps as _};

/// A power and the sum of all smaller ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Geometric {
    /// `ratio^count`.
    pub(super) power: Decimal,
    /// `1 + ratio + … + ratio^(count - 1)`, which is `(ratio^count - 1) / (ratio - 1)` and means that for any count.
    pub(super) sum: Decimal,
}

/// The power and the sum for a ratio above 0; `None` where one does not fit 28 digits.
///
/// Sums are doubled, `S_2n = S_n (1 + ratio^n)`, and never divided by `ratio - 1`: no digits cancel where the ratio is
/// almost 1, a ratio of exactly 1 is no case of its own, and the time is that of the binary digits of the count.
pub(super) fn geometric(ratio: Decimal, count: Decimal) -> Option<Geometric> {
    if count.is_sign_negative() && !count.is_zero() {
        // (q^-n - 1) / (q - 1) is minus the sum of 1/q, …, 1/q^n
        let inverse = Decimal::ONE.checked_div(ratio)?;
        let Geometric { power, sum } = geometric(inverse, -count)?;
        return Some(Geometric { power, sum: -sum.checked_mul(inverse)? });
    }
    let whole = count.trunc();
    let steps = u64::try_from(whole).ok()?;
    let mut result = Geometric { power: Decimal::ONE, sum: Decimal::ZERO };
    for bit in (0..u64::BITS - steps.leading_zeros()).rev() {
        let Geometric { power, sum } = result;
        let sum = sum.checked_mul(power.checked_add(Decimal::ONE)?)?;
        let power = power.checked_mul(power)?;
        result = if steps >> bit & 1 == 1 {
            Geometric { power: power.checked_mul(ratio)?, sum: sum.checked_add(power)? }
        } else {
            Geometric { power, sum }
        };
    }
    let fraction = count.checked_sub(whole)?;
    if fraction.is_zero() {
        return Some(result);
    }
    let part = part(ratio, fraction)?;
    Some(Geometric {
        power: result.power.checked_mul(part.power)?,
        sum: result.sum.checked_add(result.power.checked_mul(part.sum)?)?,
    })
}

/// As [`geometric`], for a count between 0 and 1.
fn part(ratio: Decimal, fraction: Decimal) -> Option<Geometric> {
    let excess = ratio.checked_sub(Decimal::ONE)?;
    if excess.abs() > Decimal::new(25, 2) {
        let power = ratio.checked_powd(fraction)?;
        let sum = power.checked_sub(Decimal::ONE)?.checked_div(excess)?;
        return Some(Geometric { power, sum });
    }
    // the binomial series of ((1 + e)^f - 1) / e, whose terms fall at least to a quarter each
    let mut term = fraction;
    let mut sum = Decimal::ZERO;
    let mut order = Decimal::ONE;
    while !term.is_zero() {
        sum = sum.checked_add(term)?;
        let next = order.checked_add(Decimal::ONE)?;
        term = term.checked_mul(fraction.checked_sub(order)?)?.checked_div(next)?.checked_mul(excess)?;
        order = next;
    }
    let power = excess.checked_mul(sum)?.checked_add(Decimal::ONE)?;
    Some(Geometric { power, sum })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    #[test]
    fn by_hand() {
        let of = |ratio: &str, count: &str| {
            let Geometric { power, sum } = geometric(dec(ratio), dec(count)).unwrap();
            (power, sum)
        };
        assert_eq!(of("2", "5"), (dec("32"), dec("31")));
        assert_eq!(of("1.1", "3"), (dec("1.331"), dec("3.31")));
        assert_eq!(of("1", "1000000"), (dec("1"), dec("1000000")));
        assert_eq!(of("7", "0"), (dec("1"), dec("0")));
        assert_eq!(of("2", "-2"), (dec("0.25"), dec("-0.75")));
        assert_eq!(of("4", "0.5").0.round_dp(24), dec("2"));
        assert_eq!(of("4", "1.5").1.round_dp(24), dec("7").checked_div(dec("3")).unwrap().round_dp(24));
        assert_eq!(geometric(dec("10"), dec("29")), None);
        assert_eq!(geometric(dec("0.5"), dec("1000000")).unwrap().sum, dec("2"));
    }

    #[test]
    fn parts_of_a_period_make_a_period() {
        for ratio in ["1.07", "0.93", "1.00000000000000001", "1", "1.3", "0.5", "12"] {
            let ratio = dec(ratio);
            let half = geometric(ratio, dec("0.5")).unwrap();
            let square = half.power.checked_mul(half.power).unwrap();
            assert_near("square", square, ratio, "0.00000000000000000000001");
            let twice = half.sum.checked_mul(half.power.checked_add(Decimal::ONE).unwrap()).unwrap();
            assert_near("sum", twice, Decimal::ONE, "0.00000000000000000000001");
        }
    }
}
