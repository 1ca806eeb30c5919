//! Shares of a whole that sum to exactly 1, such as weights from points.

use rust_decimal::Decimal;

/// Why there are no shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SharesError {
    /// There are no numbers.
    #[error("there are no numbers")]
    Empty,
    /// A number is below 0, and a part of a whole cannot be.
    #[error("number {}, counted from 1, is negative", .position + 1)]
    Negative {
        /// Which number, counted from 0.
        position: usize,
    },
    /// All numbers are 0, so there is no whole.
    #[error("all numbers are zero, so there is nothing to share")]
    AllZero,
    /// The sum does not fit 28 digits.
    #[error("a sum does not fit a decimal number of 28 digits")]
    Overflow,
}

/// Each number as a share of their sum; the shares sum to exactly 1.
///
/// **Formula**: `x_i / sum x`, rounded to 28 places; the first of the largest numbers gets `1 - (the other shares)`.
///
/// **Units**: those of the numbers do not matter; shares are fractions from 0 to 1.
///
/// **Spreadsheets**: `x/SUM(range)`, whose results may sum to a little more or less than 1.
///
/// # Errors
///
/// [`SharesError::Empty`]; [`SharesError::Negative`]; [`SharesError::AllZero`]; [`SharesError::Overflow`] where the sum
/// does not fit 28 digits.
///
/// # Example
///
/// ```
/// use appraise::kernel::shares;
/// use rust_decimal::Decimal;
///
/// let thirds = shares(&[7, 7, 7].map(Decimal::from))?;
/// assert_eq!(thirds[1].to_string(), "0.3333333333333333333333333333");
/// assert_eq!(thirds[0].to_string(), "0.3333333333333333333333333334");
/// # Ok::<(), appraise::kernel::SharesError>(())
/// ```
pub fn shares(values: &[Decimal]) -> Result<Vec<Decimal>, SharesError> {
    let mut out = Vec::with_capacity(values.len());
    shares_into(values, &mut out)?;
    Ok(out)
}

/// As [`shares`], into a list that is used again and again: its old content is dropped, its memory is kept.
///
/// **Formula**, **Units**, **Spreadsheets**: as [`shares`].
///
/// # Errors
///
/// As [`shares`]; the list is empty then.
///
/// # Example
///
/// ```
/// use appraise::kernel::shares_into;
/// use rust_decimal::Decimal;
///
/// let mut out = Vec::new();
/// shares_into(&[3, 1].map(Decimal::from), &mut out)?;
/// assert_eq!(out, [Decimal::new(75, 2), Decimal::new(25, 2)]);
/// # Ok::<(), appraise::kernel::SharesError>(())
/// ```
pub fn shares_into(values: &[Decimal], out: &mut Vec<Decimal>) -> Result<(), SharesError> {
    out.clear();
    let mut sum = Decimal::ZERO;
    let (mut largest, mut place) = (*values.first().ok_or(SharesError::Empty)?, 0);
    for (position, value) in values.iter().enumerate() {
        if *value < Decimal::ZERO {
            return Err(SharesError::Negative { position });
        }
        if *value > largest {
            (largest, place) = (*value, position);
        }
        sum = sum.checked_add(*value).ok_or(SharesError::Overflow)?;
    }
    if sum.is_zero() {
        return Err(SharesError::AllZero);
    }
    let divided = divide(values, sum, place, out);
    if divided.is_none() {
        out.clear();
    }
    divided.ok_or(SharesError::Overflow)
}

/// The shares of all, where the one at `place` takes what the others leave; `None` on overflow.
fn divide(values: &[Decimal], sum: Decimal, place: usize, out: &mut Vec<Decimal>) -> Option<()> {
    // Shares have 28 places and the rest is at most 1: this difference is never rounded.
    let mut rest = Decimal::ONE;
    for (position, value) in values.iter().enumerate() {
        let share = if position == place { Decimal::ZERO } else { value.checked_div(sum)? };
        rest = rest.checked_sub(share)?;
        out.push(share);
    }
    *out.get_mut(place)? = rest;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{dec, decs};

    fn sum(values: &[Decimal]) -> Decimal {
        values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value)).unwrap()
    }

    #[test]
    fn shares_sum_to_exactly_one() {
        for count in 1..=60 {
            assert_eq!(sum(&shares(&vec![dec("0.7"); count]).unwrap()), Decimal::ONE, "{count} equal numbers");
            let uneven: Vec<_> = (0..count).map(|i| Decimal::from(i * i % 17 + 1)).collect();
            assert_eq!(sum(&shares(&uneven).unwrap()), Decimal::ONE, "{count} numbers");
        }
        let wide = shares(&decs("0.0000000000000000000000000001 79228162514264337593543950330 3")).unwrap();
        assert_eq!(sum(&wide), Decimal::ONE);
        assert_eq!(wide[0], Decimal::ZERO);
    }

    #[test]
    fn the_first_of_the_largest_takes_the_remainder() {
        let sevenths = shares(&[Decimal::ONE; 7]).unwrap();
        assert_eq!(sevenths[0], dec("0.1428571428571428571428571426"));
        assert!(sevenths[1..].iter().all(|share| *share == dec("0.1428571428571428571428571429")));
        let late = shares(&decs("1 2 4 0 4")).unwrap();
        assert_eq!(late[4], dec("0.3636363636363636363636363636"));
        assert_eq!(late[2], dec("0.3636363636363636363636363637"));
        assert_eq!(late[3], Decimal::ZERO);
    }

    #[test]
    fn simple_shares() {
        assert_eq!(shares(&decs("3 1")), Ok(decs("0.75 0.25")));
        assert_eq!(shares(&decs("0.003")), Ok(decs("1")));
        assert_eq!(shares(&[Decimal::MAX]), Ok(decs("1")));
        assert_eq!(shares(&decs("0 -0.0 5")), Ok(decs("0 0 1")));
        // swing weights 100 60 70 40, printed as 0.3704 0.2222 0.2593 0.1481
        let swing: Vec<_> = shares(&decs("100 60 70 40")).unwrap().iter().map(|share| share.round_dp(4)).collect();
        assert_eq!(swing, decs("0.3704 0.2222 0.2593 0.1481"));
    }

    #[test]
    fn errors_leave_the_list_empty() {
        let mut out = decs("1 2 3");
        for (values, error) in [
            (decs(""), SharesError::Empty),
            (decs("1 -0.1 -2"), SharesError::Negative { position: 1 }),
            (decs("0 0.00"), SharesError::AllZero),
            (vec![Decimal::MAX; 2], SharesError::Overflow),
        ] {
            out.push(Decimal::ONE);
            assert_eq!(shares_into(&values, &mut out), Err(error));
            assert_eq!(out, []);
        }
    }
}
