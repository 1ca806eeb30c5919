//! Spearman's rank correlation: whether two lists put the same things into the same order.

use rust_decimal::Decimal;

use super::concordance::Ranker;

/// Why there is no rank correlation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpearmanError {
    /// The numbers do not come in pairs.
    #[error("the two lists have different lengths")]
    UnequalLengths,
    /// One pair has no order.
    #[error("a rank correlation needs at least two pairs")]
    TooFew,
    /// One list has no order.
    #[error("all numbers of a list are the same, so they have no order")]
    Constant,
    /// The lists are too long for exact sums.
    #[error("the lists are too long: a sum of squared ranks does not fit 38 digits")]
    Overflow,
}

/// How far two lists of numbers agree on an order: 1 for the same order, -1 for the opposite, 0 for no relation.
///
/// **Formula**: Pearson's correlation of the [`mid_ranks`](crate::kernel::mid_ranks) `a_i` and `b_i`:
/// `rho = sum (a_i - c)(b_i - c) / sqrt(sum (a_i - c)^2 sum (b_i - c)^2)` with `c = (n + 1) / 2`. The sums are exact. It
/// is right with ties, which `1 - 6 sum d^2 / (n^3 - n)` is not.
///
/// **Units**: a plain number from -1 to 1. Only the order of the numbers matters, not their scale.
///
/// **Spreadsheets**: `CORREL` of two columns of `RANK.AVG`.
///
/// # Errors
///
/// [`SpearmanError::UnequalLengths`]; [`SpearmanError::TooFew`] below two pairs; [`SpearmanError::Constant`];
/// [`SpearmanError::Overflow`] beyond about 10^12 pairs.
///
/// # Source
///
/// Spearman (1904), *The proof and measurement of association between two things*; ties as in Kendall (1945), *The
/// treatment of ties in ranking problems*.
///
/// # Example
///
/// ```
/// use appraise::kernel::spearman;
/// use rust_decimal::Decimal;
///
/// // The means of five items in two rounds: the last two have changed places.
/// let (first, second) = ([41, 38, 35, 30, 28], [43, 39, 36, 27, 31]);
/// let rho = spearman(&first.map(Decimal::from), &second.map(Decimal::from))?;
/// assert_eq!(rho, 0.9);
/// # Ok::<(), appraise::kernel::SpearmanError>(())
/// ```
pub fn spearman(x: &[Decimal], y: &[Decimal]) -> Result<f64, SpearmanError> {
    if x.len() != y.len() {
        return Err(SpearmanError::UnequalLengths);
    }
    if x.len() < 2 {
        return Err(SpearmanError::TooFew);
    }
    let (mut one, mut other) = (Ranker::default(), Ranker::default());
    one.rank(x);
    other.rank(y);
    rank_correlation(&one.ranks, &other.ranks).ok_or(SpearmanError::Overflow)?.ok_or(SpearmanError::Constant)
}

/// Pearson's correlation of doubled mid-ranks; nothing inside where one list is constant; `None` on overflow.
fn rank_correlation(one: &[u64], other: &[u64]) -> Option<Option<f64>> {
    let middle = i128::try_from(one.len()).ok()?.checked_add(1)?;
    let (mut products, mut squares, mut other_squares) = (0i128, 0i128, 0i128);
    for (rank, other_rank) in one.iter().zip(other) {
        let off = i128::from(*rank).checked_sub(middle)?;
        let other_off = i128::from(*other_rank).checked_sub(middle)?;
        products = products.checked_add(off.checked_mul(other_off)?)?;
        squares = squares.checked_add(off.checked_mul(off)?)?;
        other_squares = other_squares.checked_add(other_off.checked_mul(other_off)?)?;
    }
    if squares == 0 || other_squares == 0 {
        return Some(None);
    }
    // The same order or the opposite has equal sums of squares: then the result is 1 or -1 exactly.
    let scale =
        if squares == other_squares { squares as f64 } else { (squares as f64).sqrt() * (other_squares as f64).sqrt() };
    Some(Some((products as f64 / scale).clamp(-1.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{dec, decs};

    fn rho(x: &str, y: &str) -> Result<f64, SpearmanError> {
        spearman(&decs(x), &decs(y))
    }

    #[test]
    fn published_value() {
        // Wikipedia, Spearman's rank correlation coefficient: IQ and hours of TV, -29/165.
        let value = rho("106 100 86 101 99 103 97 113 112 110", "7 27 2 50 28 29 20 12 6 17").unwrap();
        assert!((value + 29.0 / 165.0).abs() < 1e-15, "{value}");
    }

    #[test]
    fn ties() {
        // ranks 1 2.5 2.5 4 and 1 2 3 4: 4.5 / sqrt(4.5 * 5)
        let value = rho("1 2 2 3", "1 2 3 4").unwrap();
        assert!((value - 0.9f64.sqrt()).abs() < 1e-15, "{value}");
        assert_eq!(rho("1 2 2 3", "10 20 20 30"), Ok(1.0));
        assert_eq!(rho("1 2 2 3 3 3", "9 5 5 -1 -1 -1"), Ok(-1.0));
        assert_eq!(rho("1 1 2 2", "1 2 1 2"), Ok(0.0));
    }

    #[test]
    fn order_and_scale_of_the_pairs_do_not_matter() {
        let value = rho("3 1 4 1 5 9", "2 7 1 8 2 8");
        assert_eq!(rho("2 7 1 8 2 8", "3 1 4 1 5 9"), value);
        assert_eq!(rho("9 3 1 4 1 5", "8 2 7 1 8 2"), value);
        assert_eq!(rho("0.3 0.1 0.4 0.1 0.5 0.9", "-98 -93 -99 -92 -98 -92"), value);
    }

    #[test]
    fn short_and_long_lists() {
        assert_eq!(rho("1 2", "5 9"), Ok(1.0));
        assert_eq!(rho("1 2", "9 5"), Ok(-1.0));
        let up: Vec<_> = (0..100_000).map(Decimal::from).collect();
        let down: Vec<_> = up.iter().rev().copied().collect();
        assert_eq!(spearman(&up, &up), Ok(1.0));
        assert_eq!(spearman(&up, &down), Ok(-1.0));
        assert_eq!(spearman(&[Decimal::MAX, Decimal::MIN], &[dec("1"), dec("0")]), Ok(1.0));
    }

    #[test]
    fn errors() {
        assert_eq!(rho("", ""), Err(SpearmanError::TooFew));
        assert_eq!(rho("1", "1"), Err(SpearmanError::TooFew));
        assert_eq!(rho("1 2", "1"), Err(SpearmanError::UnequalLengths));
        assert_eq!(rho("1 2", "3 3"), Err(SpearmanError::Constant));
        assert_eq!(rho("4 4", "1 2"), Err(SpearmanError::Constant));
    }
}
