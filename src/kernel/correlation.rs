//! Pearson's correlation: whether two series rise and fall together, at once or one after the other.

use super::critic::{one_less_correlation, standardised};
use super::student;

/// Why there is no correlation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrelationError {
    /// The numbers do not come in pairs.
    #[error("the two series have different lengths")]
    UnequalLengths,
    /// Fewer pairs than the result needs.
    #[error("there are fewer than {needed} pairs")]
    TooFew {
        /// How many it needs.
        needed: u32,
    },
    /// One series does not move.
    #[error("all numbers of a series are the same, so nothing moves with them")]
    Constant,
    /// A number is not finite.
    #[error("a number is not finite")]
    NotFinite,
    /// More pairs than an accurate p-value has degrees of freedom for.
    #[error("there are too many pairs for an accurate p-value")]
    TooMany,
}

/// How far two series move together: 1 where one is a rising line of the other, -1 where a falling one, 0 for no line.
///
/// **Formula**: `r = sum (x_i - mean x)(y_i - mean y) / sqrt(sum (x_i - mean x)^2 sum (y_i - mean y)^2)`, computed as 1 less
/// half the squared distance of the two standardised series, which keeps its digits where r is nearly 1 or -1; within
/// 10^-24 of them it is exactly 1 or -1.
///
/// **Units**: a plain number from -1 to 1. Units and zero points of the series do not matter.
///
/// **Spreadsheets**: `CORREL`.
///
/// # Errors
///
/// [`CorrelationError::UnequalLengths`]; [`CorrelationError::TooFew`] below two pairs; [`CorrelationError::Constant`];
/// [`CorrelationError::NotFinite`].
///
/// # Source
///
/// Pearson (1895), *Notes on regression and inheritance in the case of two parents*.
///
/// # Example
///
/// ```
/// use appraise::kernel::pearson;
///
/// let (training, first_contact) = ([2.0, 4.0, 5.0, 7.0], [60.0, 68.0, 69.0, 80.0]);
/// assert!((pearson(&training, &first_contact)? - 0.983_647).abs() < 1e-6);
/// # Ok::<(), appraise::kernel::CorrelationError>(())
/// ```
pub fn pearson(x: &[f64], y: &[f64]) -> Result<f64, CorrelationError> {
    Ok(Direction::of(x, y)?.r())
}

/// How likely two series that have nothing to do with each other correlate as much, in either direction.
///
/// **Formula**: `t = r sqrt((n - 2) / (1 - r^2))` on `n - 2` degrees of freedom, [two-sided](crate::kernel::t_two_sided). The
/// test is exact for independent pairs from a normal distribution; the values of successive periods seldom are
/// independent, which makes p too small.
///
/// **Units**: a probability from 0 to 1; 0 where the pairs lie on a line.
///
/// **Spreadsheets**: `T.DIST.2T(ABS(r)*SQRT((n-2)/(1-r^2)), n-2)`.
///
/// # Errors
///
/// As [`pearson`], with at least three pairs; [`CorrelationError::TooMany`] beyond 20,002 pairs.
///
/// # Source
///
/// Fisher (1915), *Frequency distribution of the values of the correlation coefficient in samples from an indefinitely
/// large population*.
///
/// # Example
///
/// ```
/// use appraise::kernel::pearson_p;
///
/// let (training, first_contact) = ([2.0, 4.0, 5.0, 7.0], [60.0, 68.0, 69.0, 80.0]);
/// assert!((pearson_p(&training, &first_contact)? - 0.016_353).abs() < 1e-6);
/// # Ok::<(), appraise::kernel::CorrelationError>(())
/// ```
pub fn pearson_p(x: &[f64], y: &[f64]) -> Result<f64, CorrelationError> {
    let direction = Direction::of(x, y)?;
    if x.len() < 3 {
        return Err(CorrelationError::TooFew { needed: 3 });
    }
    // df / (df + t^2) is 1 - r^2
    let rest = direction.missing * (2.0 - direction.missing);
    student::tail(rest, (x.len() - 2) as f64).map_err(|_| CorrelationError::TooMany)
}

/// [`pearson`] of a series with another that follows it `lag` entries later: each `x_i` with `y_(i + lag)`.
///
/// A cause that takes two quarters to work correlates with its effect at a lag of 2. Each entry of lag costs a pair.
///
/// # Errors
///
/// As [`pearson`], of the pairs that the lag leaves.
///
/// # Example
///
/// ```
/// use appraise::kernel::lagged_pearson;
///
/// let (cause, effect) = ([1.0, 5.0, 2.0, 4.0, 3.0], [9.0, 9.0, 11.0, 15.0, 12.0]);
/// assert_eq!(lagged_pearson(&cause, &effect, 2), Ok(1.0)); // (1, 11), (5, 15), (2, 12)
/// ```
pub fn lagged_pearson(x: &[f64], y: &[f64], lag: usize) -> Result<f64, CorrelationError> {
    if x.len() != y.len() {
        return Err(CorrelationError::UnequalLengths);
    }
    let pairs = x.len().saturating_sub(lag);
    pearson(x.get(..pairs).unwrap_or_default(), y.get(lag..).unwrap_or_default())
}

/// Which way two series go together, and what is missing to doing so fully.
struct Direction {
    falling: bool,
    /// `1 - |r|`
    missing: f64,
}

impl Direction {
    fn of(x: &[f64], y: &[f64]) -> Result<Self, CorrelationError> {
        if x.len() != y.len() {
            return Err(CorrelationError::UnequalLengths);
        }
        if x.len() < 2 {
            return Err(CorrelationError::TooFew { needed: 2 });
        }
        if x.iter().chain(y).any(|number| !number.is_finite()) {
            return Err(CorrelationError::NotFinite);
        }
        let x = standardised(x).ok_or(CorrelationError::Constant)?;
        let mut y = standardised(y).ok_or(CorrelationError::Constant)?;
        let falling = x.iter().zip(&y).map(|(x, y)| x * y).sum::<f64>() < 0.0;
        if falling {
            y.iter_mut().for_each(|y| *y = -*y);
        }
        Ok(Self { falling, missing: one_less_correlation(&x, &y).min(1.0) })
    }

    fn r(&self) -> f64 {
        let r = 1.0 - self.missing;
        if self.falling { -r } else { r }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(actual: Result<f64, CorrelationError>, expected: f64, tolerance: f64) {
        let actual = actual.unwrap();
        assert!((actual - expected).abs() <= tolerance, "{actual} is not {expected}");
    }

    const ANSCOMBE_X: [f64; 11] = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
    const ANSCOMBE_X4: [f64; 11] = [8.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0, 19.0, 8.0, 8.0, 8.0];
    const ANSCOMBE_Y: [[f64; 11]; 4] = [
        [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
        [9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74],
        [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73],
        [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89],
    ];

    /// Anscombe (1973), *Graphs in statistical analysis*: four data sets with r = 0.816 and, as R's `cor.test` prints,
    /// p = 0.00217, 0.002179, 0.002176 and 0.002165.
    #[test]
    fn anscombe() {
        let expected =
            [(0.816_420_5, 0.002_17), (0.816_236_5, 0.002_179), (0.816_286_7, 0.002_176), (0.816_521_4, 0.002_165)];
        for (set, (y, (r, p))) in ANSCOMBE_Y.iter().zip(expected).enumerate() {
            let x = if set == 3 { &ANSCOMBE_X4 } else { &ANSCOMBE_X };
            near(pearson(x, y), r, 5e-8);
            near(pearson_p(x, y), p, 5e-6);
        }
    }

    #[test]
    fn lines_are_exact() {
        let x = [0.1, 0.2, 0.3, 0.7];
        let rising: Vec<f64> = x.iter().map(|x| 1e6 + 3.0 * x).collect();
        let falling: Vec<f64> = x.iter().map(|x| -3.0 * x).collect();
        near(pearson(&x, &rising), 1.0, 1e-15);
        assert_eq!(pearson(&x, &falling), Ok(-1.0));
        assert_eq!(pearson_p(&x, &falling), Ok(0.0));
        assert_eq!(pearson(&[1.0, 2.0], &[5.0, 3.0]), Ok(-1.0));
        near(pearson(&[1.0, 1.0, 2.0, 2.0], &[1.0, 2.0, 1.0, 2.0]), 0.0, 1e-15);
        near(pearson_p(&[1.0, 1.0, 2.0, 2.0], &[1.0, 2.0, 1.0, 2.0]), 1.0, 1e-12);
    }

    #[test]
    fn units_and_order_of_the_series_do_not_matter() {
        let [y, other, ..] = ANSCOMBE_Y;
        let r = pearson(&y, &other).unwrap();
        near(pearson(&other, &y), r, 1e-15);
        near(pearson(&y.map(|y| 1000.0 * y - 7.0), &other), r, 1e-14);
        near(pearson(&y.map(|y| -y), &other), -r, 1e-15);
        let huge = y.map(|y| y * 1e307);
        near(pearson(&huge, &other), r, 1e-14);
    }

    #[test]
    fn a_lag_costs_pairs() {
        let (cause, effect) = ([1.0, 5.0, 2.0, 4.0, 3.0], [9.0, 9.0, 11.0, 15.0, 12.0]);
        assert_eq!(lagged_pearson(&cause, &effect, 0), pearson(&cause, &effect));
        assert_eq!(lagged_pearson(&cause, &effect, 2), Ok(1.0));
        for lag in [4, 5, 6, usize::MAX] {
            assert_eq!(lagged_pearson(&cause, &effect, lag), Err(CorrelationError::TooFew { needed: 2 }));
        }
        assert_eq!(lagged_pearson(&cause, &effect[1..], 0), Err(CorrelationError::UnequalLengths));
    }

    #[test]
    fn errors() {
        assert_eq!(pearson(&[], &[]), Err(CorrelationError::TooFew { needed: 2 }));
        assert_eq!(pearson_p(&[1.0, 2.0], &[1.0, 2.0]), Err(CorrelationError::TooFew { needed: 3 }));
        assert_eq!(pearson(&[1.0, 2.0], &[1.0]), Err(CorrelationError::UnequalLengths));
        assert_eq!(pearson(&[1.0, 2.0], &[0.1, 0.1]), Err(CorrelationError::Constant));
        assert_eq!(pearson(&[1.0, f64::NAN], &[1.0, 2.0]), Err(CorrelationError::NotFinite));
        let many: Vec<f64> = (0..20_003).map(|i| f64::from(i % 7)).collect();
        assert_eq!(pearson_p(&many, &many), Err(CorrelationError::TooMany));
    }
}
