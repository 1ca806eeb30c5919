//! Centre and spread of a list of numbers, such as one item's ratings by a panel of experts.

use rust_decimal::Decimal;

/// Why there is no such statistic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpreadError {
    /// There are no numbers.
    #[error("there are no numbers")]
    Empty,
    /// One number has no spread.
    #[error("a standard deviation needs at least two numbers")]
    TooFew,
    /// The mean is 0, so a spread relative to it has no meaning.
    #[error("the mean is zero, so there is no coefficient of variation")]
    ZeroMean,
    /// The share of a quantile is below 0 or above 1.
    #[error("the share of a quantile is not between 0 and 1")]
    NotAShare,
    /// There is not one weight for each number.
    #[error("there is not one weight for each number")]
    UnequalLengths,
    /// A value on the way does not fit 28 digits.
    #[error("a sum does not fit a decimal number of 28 digits")]
    Overflow,
}

/// The average of the numbers.
///
/// **Formula**: `sum x_i / n`.
///
/// **Units**: those of the numbers.
///
/// **Spreadsheets**: `AVERAGE`.
///
/// # Errors
///
/// [`SpreadError::Empty`]; [`SpreadError::Overflow`] where the sum does not fit 28 digits.
///
/// # Example
///
/// ```
/// use appraise::kernel::mean;
/// use rust_decimal::Decimal;
///
/// assert_eq!(mean(&[4, 5, 3, 5].map(Decimal::from)), Ok(Decimal::new(425, 2)));
/// ```
pub fn mean(values: &[Decimal]) -> Result<Decimal, SpreadError> {
    let (sum, count) = sum_and_count(values)?;
    sum.checked_div(count).ok_or(SpreadError::Overflow)
}

fn sum_and_count(values: &[Decimal]) -> Result<(Decimal, Decimal), SpreadError> {
    if values.is_empty() {
        return Err(SpreadError::Empty);
    }
    let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
    Ok((sum.ok_or(SpreadError::Overflow)?, Decimal::from(values.len())))
}

/// The average of the numbers, each counting as much as its weight says.
///
/// **Formula**: `sum w_i x_i / sum w_i`. The weights need not sum to 1.
///
/// **Units**: those of the numbers.
///
/// **Spreadsheets**: `SUMPRODUCT(weights, numbers)/SUM(weights)`.
///
/// # Errors
///
/// [`SpreadError::Empty`] where there are no numbers or no weight; [`SpreadError::UnequalLengths`];
/// [`SpreadError::Overflow`] where a sum does not fit 28 digits.
///
/// # Example
///
/// ```
/// use appraise::kernel::weighted_mean;
/// use rust_decimal::Decimal;
///
/// // an expert whose word counts three times as much as the other's
/// assert_eq!(weighted_mean(&[10, 6].map(Decimal::from), &[3, 1].map(Decimal::from)), Ok(Decimal::from(9)));
/// ```
pub fn weighted_mean(values: &[Decimal], weights: &[Decimal]) -> Result<Decimal, SpreadError> {
    if values.len() != weights.len() {
        return Err(SpreadError::UnequalLengths);
    }
    let (mut sum, mut total) = (Decimal::ZERO, Decimal::ZERO);
    for (value, weight) in values.iter().zip(weights) {
        let product = value.checked_mul(*weight).ok_or(SpreadError::Overflow)?;
        sum = sum.checked_add(product).ok_or(SpreadError::Overflow)?;
        total = total.checked_add(*weight).ok_or(SpreadError::Overflow)?;
    }
    if total.is_zero() {
        return Err(SpreadError::Empty);
    }
    sum.checked_div(total).ok_or(SpreadError::Overflow)
}

/// The number in the middle: half of the numbers are not above it, half are not below.
///
/// **Formula**: the [`quantile`] at 1/2: the middle number, or the mean of the two in the middle.
///
/// **Units**: those of the numbers.
///
/// **Spreadsheets**: `MEDIAN`.
///
/// # Errors
///
/// [`SpreadError::Empty`]; [`SpreadError::Overflow`] where the numbers are too far apart for 28 digits.
///
/// # Example
///
/// ```
/// use appraise::kernel::median;
/// use rust_decimal::Decimal;
///
/// assert_eq!(median(&[9, 1, 4, 7].map(Decimal::from)), Ok(Decimal::new(55, 1)));
/// ```
pub fn median(values: &[Decimal]) -> Result<Decimal, SpreadError> {
    quantile(values, Decimal::new(5, 1))
}

/// The number below which a given share of the numbers lies: 0.25 gives the first quartile, 0.75 the third.
///
/// **Formula**: type 7: with the numbers sorted and counted from 0, `h = (n - 1) share`, `k` the whole part of `h`:
/// `x_k + (h - k) (x_(k+1) - x_k)`.
///
/// **Units**: those of the numbers; `share` is a fraction from 0 to 1.
///
/// **Spreadsheets**: `PERCENTILE.INC` and `QUARTILE.INC`, the default of R and NumPy too; `QUARTILE.EXC` is type 6 and
/// gives other quartiles for small panels.
///
/// # Errors
///
/// [`SpreadError::Empty`]; [`SpreadError::NotAShare`]; [`SpreadError::Overflow`] where the numbers are too far apart
/// for 28 digits.
///
/// # Source
///
/// Hyndman, Fan (1996), *Sample quantiles in statistical packages*, definition 7.
///
/// # Example
///
/// ```
/// use appraise::kernel::quantile;
/// use rust_decimal::Decimal;
///
/// let ratings = [1, 2, 3, 4].map(Decimal::from);
/// assert_eq!(quantile(&ratings, Decimal::new(25, 2)), Ok(Decimal::new(175, 2)));
/// ```
pub fn quantile(values: &[Decimal], share: Decimal) -> Result<Decimal, SpreadError> {
    if values.is_empty() {
        return Err(SpreadError::Empty);
    }
    if share < Decimal::ZERO || share > Decimal::ONE {
        return Err(SpreadError::NotAShare);
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    between(&sorted, share).ok_or(SpreadError::Overflow)
}

/// The quantile of sorted numbers; `None` on overflow.
fn between(sorted: &[Decimal], share: Decimal) -> Option<Decimal> {
    let place = Decimal::from(sorted.len() - 1).checked_mul(share)?;
    let below = usize::try_from(place.floor()).ok()?;
    let low = *sorted.get(below)?;
    let Some(high) = sorted.get(below + 1) else {
        return Some(low);
    };
    let rest = high.checked_sub(low)?.checked_mul(place.fract())?;
    low.checked_add(rest)
}

/// How far the numbers typically lie from their mean, as estimated from a sample.
///
/// **Formula**: `sqrt(sum (x_i - mean)^2 / (n - 1))`. Equal numbers have a deviation of exactly 0.
///
/// **Units**: those of the numbers.
///
/// **Spreadsheets**: `STDEV.S`; not `STDEV.P`, which divides by n.
///
/// # Errors
///
/// [`SpreadError::Empty`]; [`SpreadError::TooFew`] for one number; [`SpreadError::Overflow`] where a sum does not fit
/// 28 digits.
///
/// # Example
///
/// ```
/// use appraise::kernel::sample_sd;
/// use rust_decimal::Decimal;
///
/// // Mean 5, squared distances 9, 1, 1, 9: the square root of 20 / 3.
/// let sd = sample_sd(&[2, 4, 6, 8].map(Decimal::from))?;
/// assert_eq!(sd.round_dp(6), Decimal::new(2_581_989, 6));
/// # Ok::<(), appraise::kernel::SpreadError>(())
/// ```
pub fn sample_sd(values: &[Decimal]) -> Result<Decimal, SpreadError> {
    let (sum, count) = sum_and_count(values)?;
    if values.len() < 2 {
        return Err(SpreadError::TooFew);
    }
    deviation(values, sum, count).ok_or(SpreadError::Overflow)
}

/// The sample standard deviation of two numbers or more; `None` on overflow.
fn deviation(values: &[Decimal], sum: Decimal, count: Decimal) -> Option<Decimal> {
    // (n x - sum) / n is exactly 0 where x is the mean, even if the mean has no finite number of places.
    let distance = |value: &Decimal| value.checked_mul(count)?.checked_sub(sum)?.checked_div(count);
    let mut largest = Decimal::ZERO;
    for value in values {
        largest = largest.max(distance(value)?.abs());
    }
    if largest.is_zero() {
        return Some(Decimal::ZERO);
    }
    // Squares of very small or large distances would leave the 28 places of a decimal: measure them in the largest.
    let usual = largest > Decimal::new(1, 4) && largest < Decimal::new(1_000_000_000, 0);
    let unit = if usual { Decimal::ONE } else { largest };
    let mut squares = Decimal::ZERO;
    for value in values {
        let distance = distance(value)?.checked_div(unit)?;
        squares = squares.checked_add(distance.checked_mul(distance)?)?;
    }
    let variance = squares.checked_div(count.checked_sub(Decimal::ONE)?)?;
    square_root(variance)?.checked_mul(unit)
}

/// The square root of a positive number, by Newton's method from the nearest float.
///
/// `Decimal::sqrt` is not used: it panics should its own iteration not settle, and it starts far from the root.
fn square_root(square: Decimal) -> Option<Decimal> {
    let mut root = Decimal::try_from(f64::try_from(square).ok()?.sqrt()).ok()?;
    for _ in 0..2 {
        root = root.checked_add(square.checked_div(root)?)?.checked_div(Decimal::TWO)?;
    }
    Some(root)
}

/// How far the numbers lie apart relative to their mean: 0.2 says that they typically differ from it by a fifth.
///
/// **Formula**: `sample_sd / mean`; negative where the mean is.
///
/// **Units**: a plain number. It has a meaning only on a scale with a true zero.
///
/// **Spreadsheets**: `STDEV.S(range)/AVERAGE(range)`.
///
/// # Errors
///
/// As [`sample_sd`], and [`SpreadError::ZeroMean`].
///
/// # Example
///
/// ```
/// use appraise::kernel::coefficient_of_variation;
/// use rust_decimal::Decimal;
///
/// let cv = coefficient_of_variation(&[2, 4, 6, 8].map(Decimal::from))?;
/// assert_eq!(cv.round_dp(6), Decimal::new(516_398, 6));
/// # Ok::<(), appraise::kernel::SpreadError>(())
/// ```
pub fn coefficient_of_variation(values: &[Decimal]) -> Result<Decimal, SpreadError> {
    let deviation = sample_sd(values)?;
    let mean = mean(values)?;
    if mean.is_zero() {
        return Err(SpreadError::ZeroMean);
    }
    deviation.checked_div(mean).ok_or(SpreadError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec, decs};

    #[test]
    fn weights_that_do_not_fit_their_numbers() {
        let [one, zero] = [Decimal::ONE, Decimal::ZERO];
        assert_eq!(weighted_mean(&[one, one], &[one]), Err(SpreadError::UnequalLengths));
        assert_eq!(weighted_mean(&[one], &[zero]), Err(SpreadError::Empty));
        assert_eq!(weighted_mean(&[], &[]), Err(SpreadError::Empty));
        assert_eq!(weighted_mean(&[Decimal::MAX], &[Decimal::TEN]), Err(SpreadError::Overflow));
    }

    #[test]
    fn means_and_medians() {
        assert_eq!(mean(&decs("0.1 0.2 0.6")), Ok(dec("0.3")));
        assert_eq!(mean(&decs("7")), Ok(dec("7")));
        assert_eq!(median(&decs("9 1 4")), Ok(dec("4")));
        assert_eq!(median(&decs("3 3 -8 100")), Ok(dec("3")));
    }

    #[test]
    fn quantiles_of_type_7() {
        let ratings = decs("6 7 15 36 39 40 41 42 43 47 49"); // Wikipedia, Quartile, method 2 example; type 7 as in R
        assert_eq!(quantile(&ratings, dec("0.25")), Ok(dec("25.5")));
        assert_eq!(quantile(&ratings, dec("0.5")), Ok(dec("40")));
        assert_eq!(quantile(&ratings, dec("0.75")), Ok(dec("42.5")));
        let mut reversed = ratings.clone();
        reversed.reverse();
        assert_eq!(quantile(&reversed, dec("0.1")), Ok(dec("7")));
        assert_eq!(quantile(&ratings, dec("0")), Ok(dec("6")));
        assert_eq!(quantile(&ratings, dec("1")), Ok(dec("49")));
        assert_eq!(quantile(&decs("1 2"), dec("0.3")), Ok(dec("1.3")));
        assert_eq!(quantile(&decs("5"), dec("0.3")), Ok(dec("5")));
    }

    #[test]
    fn deviations() {
        assert_near(
            "sd",
            sample_sd(&decs("1 3 5 7 9 5")).unwrap(),
            dec("2.8284271247461900976033774484"),
            "0.000000000000000000000000001",
        );
        assert_eq!(sample_sd(&decs("1 2 3")), Ok(dec("1"))); // squared distances 1 0 1, over 2
        assert_eq!(sample_sd(&decs("0.1 0.2 0.3")), Ok(dec("0.1")));
        assert_near(
            "sd",
            sample_sd(&decs("10 10 16 16 7 19 13")).unwrap(),
            dec("4.2426406871192851464050661726"),
            "0.000000000000000000000000001",
        );
        assert_eq!(sample_sd(&decs("0.7 0.7 0.7")), Ok(dec("0")));
        assert_eq!(coefficient_of_variation(&decs("1 2 3")), Ok(dec("0.5")));
        assert_eq!(coefficient_of_variation(&decs("-1 -2 -3")), Ok(dec("-0.5")));
    }

    #[test]
    fn deviation_follows_the_unit_and_ignores_the_origin() {
        let ratings = decs("2 4 4 4 5 5 7 9"); // squared distances sum to 32: the square root of 32 / 7
        let sd = sample_sd(&ratings).unwrap();
        assert_near("sd", sd, dec("2.1380899352993950774764278471"), "0.0000000000000000000000001");
        for unit in ["0.000000000000001", "0.01", "1000000", "1000000000000000000"].map(dec) {
            let scaled: Vec<_> = ratings.iter().map(|value| value.checked_mul(unit).unwrap()).collect();
            let ratio = sample_sd(&scaled).unwrap().checked_div(unit).unwrap().checked_div(sd).unwrap();
            assert_near("ratio", ratio, Decimal::ONE, "0.000000000001");
            let moved: Vec<_> = ratings.iter().map(|value| value.checked_add(unit).unwrap()).collect();
            assert_near("moved", sample_sd(&moved).unwrap(), sd, "0.000000001");
        }
    }

    #[test]
    fn square_roots() {
        for square in ["0.09", "2", "4", "1e-28", "0.0000000001", "123456789.123456789", "1e28"] {
            let square = Decimal::from_scientific(square).or_else(|_| square.parse()).unwrap();
            let root = square_root(square).unwrap();
            let ratio = root.checked_mul(root).unwrap().checked_div(square).unwrap();
            assert_near("root", ratio, Decimal::ONE, "0.00000000000001");
        }
    }

    #[test]
    fn errors() {
        assert_eq!(mean(&[]), Err(SpreadError::Empty));
        assert_eq!(median(&[]), Err(SpreadError::Empty));
        assert_eq!(sample_sd(&[]), Err(SpreadError::Empty));
        assert_eq!(sample_sd(&decs("3")), Err(SpreadError::TooFew));
        assert_eq!(coefficient_of_variation(&decs("-1 1")), Err(SpreadError::ZeroMean));
        assert_eq!(quantile(&decs("1"), dec("1.1")), Err(SpreadError::NotAShare));
        assert_eq!(quantile(&decs("1"), dec("-0.1")), Err(SpreadError::NotAShare));
        assert_eq!(mean(&[Decimal::MAX, Decimal::MAX]), Err(SpreadError::Overflow));
        assert_eq!(median(&[Decimal::MAX, Decimal::MIN]), Err(SpreadError::Overflow));
        assert_eq!(sample_sd(&[Decimal::MAX, Decimal::ZERO]), Err(SpreadError::Overflow));
    }
}
