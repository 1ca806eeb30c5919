//! Weights from an order of importance.

use rust_decimal::{Decimal, MathematicalOps};

use super::{mean, shares};

/// How positions in an order become weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RankConversion {
    /// Rank order centroid (ROC), the mean of all weights that agree with the order: `(1/n) sum_(k>=i) 1/k`.
    #[default]
    Centroid,
    /// Rank sum: `2 (n + 1 - i) / (n (n + 1))`.
    Sum,
    /// Rank reciprocal: `(1/i) / sum 1/k`.
    Reciprocal,
    /// Rank exponent: `(n + 1 - i)^p / sum k^p`; 0 gives equal weights, 1 the rank sum, more favours the first.
    Exponent(Decimal),
}

/// Why there are no weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RankError {
    /// There are no ranks.
    #[error("there are no ranks")]
    Empty,
    /// An exponent below 0 would give the most to the last.
    #[error("the exponent is negative, so the last would weigh most")]
    NegativeExponent,
    /// The exponent is too large for so many ranks.
    #[error("a power of a rank does not fit a decimal number of 28 digits")]
    Overflow,
}

/// The weight of each item of an order, where rank 1 is the most important; the weights sum to exactly 1.
///
/// **Formula**: the ranks are sorted, and the item at position i of n gets the weight that its [`RankConversion`] says.
/// Items of equal rank share the mean of the weights of the positions they occupy. The weights go through [`shares`]:
/// they have 28 places, and the first of the largest takes the remainder. A power with a fractional
/// exponent is good to about 25 digits.
///
/// **Units**: only the order of the ranks matters, so 1 2 2 4, 1 2 2 3 and 1 2.5 2.5 4 are the same; weights are
/// fractions.
///
/// **Spreadsheets**: there is no such function. Printed tables are rounded: the centroid weights of four items sum to
/// 0.9999 as printed, those of five to 1.0001.
///
/// # Errors
///
/// [`RankError::Empty`]; [`RankError::NegativeExponent`]; [`RankError::Overflow`] where the sum of the powers
/// does not fit 28 digits.
///
/// # Source
///
/// Barron, Barrett (1996), *Decision quality using ranked attribute weights*. It has no ties: sharing the mean keeps the
/// sum.
///
/// # Example
///
/// ```
/// use appraise::kernel::{RankConversion, rank_weights};
/// use rust_decimal::Decimal;
///
/// let ranks = [2, 1, 4, 3].map(Decimal::from);
/// let weights = rank_weights(&ranks, RankConversion::Centroid)?;
/// let printed: Vec<_> = weights.iter().map(|weight| weight.round_dp(4)).collect();
/// assert_eq!(printed, [2708, 5208, 625, 1458].map(|digits| Decimal::new(digits, 4)));
/// assert_eq!(weights.iter().sum::<Decimal>(), Decimal::ONE);
/// # Ok::<(), appraise::kernel::RankError>(())
/// ```
pub fn rank_weights(ranks: &[Decimal], conversion: RankConversion) -> Result<Vec<Decimal>, RankError> {
    if ranks.is_empty() {
        return Err(RankError::Empty);
    }
    if matches!(conversion, RankConversion::Exponent(power) if power < Decimal::ZERO) {
        return Err(RankError::NegativeExponent);
    }
    let by_position = by_position(ranks.len(), conversion).ok_or(RankError::Overflow)?;

    let mut sorted: Vec<(Decimal, usize)> = ranks.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    let mut by_order = Vec::with_capacity(ranks.len());
    let mut positions = by_position.as_slice();
    for tied in sorted.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((occupied, later)) = positions.split_at_checked(tied.len()) else {
            break;
        };
        positions = later;
        let shared = mean(occupied).map_err(|_| RankError::Overflow)?;
        by_order.extend(tied.iter().map(|_| shared));
    }
    // Divided in their order, so that the digits do not depend on the order in which the items are written.
    let divided = shares(&by_order).map_err(|_| RankError::Overflow)?;
    let mut weights = vec![Decimal::ZERO; ranks.len()];
    for ((_, place), share) in sorted.iter().zip(divided) {
        if let Some(weight) = weights.get_mut(*place) {
            *weight = share;
        }
    }
    Ok(weights)
}

/// What the positions 1 to `count` weigh before they are divided by their sum; `None` on overflow.
fn by_position(count: usize, conversion: RankConversion) -> Option<Vec<Decimal>> {
    let places = (1..=count).map(Decimal::from);
    let one_over = |place: Decimal| Decimal::ONE.checked_div(place);
    match conversion {
        RankConversion::Reciprocal => places.map(one_over).collect(),
        RankConversion::Sum => Some(places.rev().collect()),
        RankConversion::Exponent(power) => places.rev().map(|place| place.checked_powd(power)).collect(),
        RankConversion::Centroid => {
            let mut tail = Decimal::ZERO;
            let mut tails = Vec::with_capacity(count);
            for place in places.rev() {
                tail = tail.checked_add(one_over(place)?)?;
                tails.push(tail);
            }
            tails.reverse();
            Some(tails)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec, decs};

    const ALL: [RankConversion; 5] = [
        RankConversion::Centroid,
        RankConversion::Sum,
        RankConversion::Reciprocal,
        RankConversion::Exponent(Decimal::TWO),
        RankConversion::Exponent(Decimal::from_parts(5, 0, 0, false, 1)),
    ];

    fn order(count: i64) -> Vec<Decimal> {
        (1..=count).map(Decimal::from).collect()
    }

    fn sum(values: &[Decimal]) -> Decimal {
        values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value)).unwrap()
    }

    #[track_caller]
    fn assert_fractions(conversion: RankConversion, fractions: &str) {
        let fractions: Vec<_> = fractions.split_whitespace().collect();
        let weights = rank_weights(&order(fractions.len() as i64), conversion).unwrap();
        for (weight, fraction) in weights.iter().zip(fractions) {
            let (above, below) = fraction.split_once('/').unwrap();
            let expected = dec(above).checked_div(dec(below)).unwrap();
            assert_near(fraction, *weight, expected, "0.00000000000000000000000001");
        }
    }

    #[test]
    fn exact_fractions() {
        let centroid = RankConversion::Centroid;
        assert_fractions(centroid, "3/4 1/4");
        assert_fractions(centroid, "11/18 5/18 1/9");
        assert_fractions(centroid, "25/48 13/48 7/48 1/16");
        assert_fractions(centroid, "137/300 77/300 47/300 9/100 1/25");
        assert_fractions(centroid, "49/120 29/120 19/120 37/360 11/180 1/36");
        assert_fractions(centroid, "363/980 223/980 153/980 319/2940 107/1470 13/294 1/49");
        assert_fractions(centroid, "761/2240 481/2240 341/2240 743/6720 533/6720 73/1344 15/448 1/64");
        assert_fractions(
            centroid,
            "7129/22680 4609/22680 3349/22680 2509/22680 1879/22680 275/4536 191/4536 17/648 1/81",
        );
        assert_fractions(
            centroid,
            "7381/25200 4861/25200 3601/25200 2761/25200 2131/25200 1627/25200 1207/25200 121/3600 19/900 1/100",
        );
        assert_fractions(RankConversion::Sum, "1/2 1/3 1/6");
        assert_fractions(RankConversion::Sum, "2/7 5/21 4/21 1/7 2/21 1/21");
        assert_fractions(RankConversion::Sum, "2/11 9/55 8/55 7/55 6/55 1/11 4/55 3/55 2/55 1/55");
        assert_fractions(RankConversion::Reciprocal, "6/11 3/11 2/11");
        assert_fractions(RankConversion::Reciprocal, "20/49 10/49 20/147 5/49 4/49 10/147");
        assert_fractions(
            RankConversion::Reciprocal,
            "2520/7381 1260/7381 840/7381 630/7381 504/7381 420/7381 360/7381 315/7381 280/7381 252/7381",
        );
        assert_fractions(RankConversion::Exponent(Decimal::TWO), "9/14 4/14 1/14");
        assert_fractions(RankConversion::Exponent(Decimal::ONE), "2/5 3/10 1/5 1/10");
        assert_fractions(RankConversion::Exponent(Decimal::ZERO), "1/4 1/4 1/4 1/4");
    }

    /// Barron and Barrett 1996 as printed; the printed weights of 4 sum to 0.9999, those of 5 to 1.0001.
    #[test]
    fn printed_tables_hold_to_rounding_but_do_not_sum_to_one() {
        for (printed, printed_sum) in [
            ("0.6111 0.2778 0.1111", "1"),
            ("0.5208 0.2708 0.1458 0.0625", "0.9999"),
            ("0.4567 0.2567 0.1567 0.09 0.04", "1.0001"),
        ] {
            let printed = decs(printed);
            let weights = rank_weights(&order(printed.len() as i64), RankConversion::Centroid).unwrap();
            for (weight, printed) in weights.iter().zip(&printed) {
                assert_near("printed", *weight, *printed, "0.00005");
            }
            assert_eq!(sum(&printed), dec(printed_sum));
            assert_eq!(sum(&weights), Decimal::ONE);
        }
    }

    #[test]
    fn weights_sum_to_exactly_one_and_follow_the_order() {
        for conversion in ALL {
            for count in 1..=50 {
                let weights = rank_weights(&order(count), conversion).unwrap();
                assert_eq!(sum(&weights), Decimal::ONE, "{conversion:?} of {count}");
                assert!(weights.is_sorted_by(|one, next| one > next), "{conversion:?} of {count}");
            }
        }
    }

    #[test]
    fn ties_share_the_mean_however_they_are_written() {
        let weights = rank_weights(&decs("1 2 2 4"), RankConversion::Centroid).unwrap();
        // (13/48 + 7/48) / 2 = 5/24
        assert_near("tied", weights[1], dec("0.2083333333333333333333333333"), "0.0000000000000000000000001");
        assert_eq!(weights[1], weights[2]);
        for conversion in ALL {
            let weights = rank_weights(&decs("1 2 2 4"), conversion).unwrap();
            assert_eq!(sum(&weights), Decimal::ONE);
            for ranks in ["1 2 2 3", "1 2.5 2.50 4", "-7 0 -0.0 0.1"] {
                assert_eq!(rank_weights(&decs(ranks), conversion).as_ref(), Ok(&weights));
            }
            assert_eq!(rank_weights(&decs("3 3 3 3"), conversion), Ok(decs("0.25 0.25 0.25 0.25")));
            assert_eq!(rank_weights(&decs("3"), conversion), Ok(decs("1")));
        }
    }

    #[test]
    fn the_order_of_the_items_does_not_matter() {
        for conversion in ALL {
            let (mut ranks, mut weights) = (decs("3 1 4 2 6 5"), Vec::new());
            for _ in 0..6 {
                ranks.rotate_left(1);
                weights.push(rank_weights(&ranks, conversion).unwrap());
                weights.last_mut().unwrap().sort_unstable();
            }
            assert!(weights.iter().all(|one| *one == weights[0]));
        }
    }

    #[test]
    fn fractional_powers() {
        for (base, power, expected) in [
            ("2", "0.5", "1.4142135623730950488016887242"),
            ("10", "2.3", "199.52623149688796013524553967"),
            ("49", "1.5", "343"),
            ("1000000", "0.999", "986279.48563121047157261523093"),
        ] {
            let ratio = dec(base).checked_powd(dec(power)).unwrap().checked_div(dec(expected)).unwrap();
            assert_near(power, ratio, Decimal::ONE, "0.0000000000000000000000001");
        }
    }

    #[test]
    fn errors() {
        let exponent = |power: &str| RankConversion::Exponent(dec(power));
        assert_eq!(rank_weights(&[], RankConversion::Centroid), Err(RankError::Empty));
        assert_eq!(rank_weights(&decs("1 2"), exponent("-0.5")), Err(RankError::NegativeExponent));
        for power in ["100", "99.5", "18446744073709551615", "79228162514264337593543950335"] {
            assert_eq!(rank_weights(&decs("1 2"), exponent(power)), Err(RankError::Overflow), "{power}");
        }
        assert!(rank_weights(&decs("1 2"), exponent("95.5")).is_ok());
    }
}
