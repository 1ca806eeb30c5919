//! The least-squares line of one series on another: where it leads, and how far off that may be.

use super::student::{StudentError, t_within};

/// Why there is no line, or no error of its forecasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegressionError {
    /// The numbers do not come in pairs.
    #[error("the two series have different lengths")]
    UnequalLengths,
    /// Fewer points than the result needs: two for a line, three for its error.
    #[error("there are fewer than {needed} points")]
    TooFew {
        /// How many it needs.
        needed: u32,
    },
    /// All points are one above the other.
    #[error("all points stand at the same place, so no line leads from it")]
    Constant,
    /// A number is not finite, or a result would not be.
    #[error("a number is not finite")]
    NotFinite,
    /// A confidence of nothing or of everything, or more points than the quantile has degrees of freedom for.
    #[error("{0}")]
    Quantile(#[from] StudentError),
}

/// The line through points that leaves the least sum of squared vertical distances.
///
/// **Formula**: slope `b = sum (x_i - mean x)(y_i - mean y) / sum (x_i - mean x)^2`, intercept `mean y - b mean x`. Numbers
/// are measured from the first point, so that series far from zero keep their digits. What the points lie off the line by
/// is counted as 0 where it is no more than the rounding of the numbers themselves.
///
/// **Units**: x and y each in a unit of its own; the slope is y for each unit of x.
///
/// **Spreadsheets**: `SLOPE`, `INTERCEPT`, `STEYX`, `FORECAST.LINEAR`. The interval has no function: `FORECAST.ETS.CONFINT`
/// belongs to another method.
///
/// # Source
///
/// Draper, Smith (1998), *Applied regression analysis*, third edition, chapters 1 and 3.
///
/// # Example
///
/// ```
/// use appraise::kernel::RegressionLine;
///
/// // four quarters of a retention rate in per cent, and what the sixth would be
/// let line = RegressionLine::of(&[1.0, 2.0, 3.0, 4.0], &[78.0, 80.0, 81.0, 83.0])?;
/// assert!((line.slope() - 1.6).abs() < 1e-12 && (line.intercept() - 76.5).abs() < 1e-12);
/// assert!((line.at(6.0)? - 86.1).abs() < 1e-12);
/// assert!((line.residual_sd()? - 0.1f64.sqrt()).abs() < 1e-12);
/// // s sqrt(1 + 1/4 + 3.5^2 / 5), and 4.302653 times that at 95 % on two degrees of freedom
/// assert!((line.prediction_error(6.0)? - 0.608_276).abs() < 1e-6);
/// assert!((line.margin(6.0, 0.95)? - 2.617_201).abs() < 1e-6);
/// # Ok::<(), appraise::kernel::RegressionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegressionLine {
    points: usize,
    origin_x: f64,
    origin_y: f64,
    /// Of x from its origin.
    mean_x: f64,
    mean_y: f64,
    /// `sum (x_i - mean x)^2`
    spread: f64,
    slope: f64,
    /// The sum of squared distances from the line.
    rest: f64,
}

impl RegressionLine {
    /// The line through the points `(x_i, y_i)`.
    ///
    /// # Errors
    ///
    /// [`RegressionError::UnequalLengths`]; [`RegressionError::TooFew`] below two points; [`RegressionError::Constant`] where
    /// all x are the same; [`RegressionError::NotFinite`], also where sums of squares are beyond the largest float.
    pub fn of(x: &[f64], y: &[f64]) -> Result<Self, RegressionError> {
        if x.len() != y.len() {
            return Err(RegressionError::UnequalLengths);
        }
        let ([origin_x, _, ..], [origin_y, ..]) = (x, y) else {
            return Err(RegressionError::TooFew { needed: 2 });
        };
        let (origin_x, origin_y) = (*origin_x, *origin_y);
        let count = x.len() as f64;
        let points = || x.iter().zip(y).map(|(x, y)| (x - origin_x, y - origin_y));
        let (sum_x, sum_y) = points().fold((0.0, 0.0), |(sum_x, sum_y), (x, y)| (sum_x + x, sum_y + y));
        let (mean_x, mean_y) = (sum_x / count, sum_y / count);
        let (mut spread, mut products) = (0.0, 0.0);
        for (x, y) in points() {
            spread += (x - mean_x) * (x - mean_x);
            products += (x - mean_x) * (y - mean_y);
        }
        if spread == 0.0 {
            return Err(RegressionError::Constant);
        }
        let slope = products / spread;
        let largest = y.iter().fold(0.0f64, |largest, y| largest.max(y.abs()));
        let noise = 4.0 * f64::EPSILON * largest;
        let off = points().map(|(x, y)| (y - mean_y) - slope * (x - mean_x));
        let rest: f64 = off.filter(|off| off.abs() > noise).map(|off| off * off).sum();
        let line = Self { points: x.len(), origin_x, origin_y, mean_x, mean_y, spread, slope, rest };
        finite(slope)?;
        finite(spread)?;
        finite(rest)?;
        Ok(line)
    }

    /// How many points it was drawn through.
    pub fn points(&self) -> usize {
        self.points
    }

    /// How much y rises for each unit of x.
    pub fn slope(&self) -> f64 {
        self.slope
    }

    /// The y at which x is 0.
    pub fn intercept(&self) -> f64 {
        self.origin_y + self.mean_y - self.slope * (self.origin_x + self.mean_x)
    }

    /// The y of the line at an x, inside the points or beyond them.
    ///
    /// # Errors
    ///
    /// [`RegressionError::NotFinite`].
    pub fn at(&self, x: f64) -> Result<f64, RegressionError> {
        finite(self.origin_y + self.mean_y + self.slope * self.off_middle(x))
    }

    /// How far the points lie off the line: the residual standard deviation.
    ///
    /// **Formula**: `s = sqrt(sum (y_i - line at x_i)^2 / (n - 2))`, in the unit of y.
    ///
    /// # Errors
    ///
    /// [`RegressionError::TooFew`] below three points, as two always lie on their line.
    pub fn residual_sd(&self) -> Result<f64, RegressionError> {
        Ok((self.rest / self.freedom()?).sqrt())
    }

    /// How far off a single new value at an x may be: the standard error of prediction.
    ///
    /// **Formula**: `s sqrt(1 + 1 / n + (x - mean x)^2 / sum (x_i - mean x)^2)`, in the unit of y. It grows with the distance
    /// from the middle of the points.
    ///
    /// # Errors
    ///
    /// [`RegressionError::TooFew`] below three points; [`RegressionError::NotFinite`].
    pub fn prediction_error(&self, x: f64) -> Result<f64, RegressionError> {
        let away = self.off_middle(x) / self.spread.sqrt();
        finite(self.residual_sd()? * (1.0 + 1.0 / self.points as f64 + away * away).sqrt())
    }

    /// Half the width of the prediction interval at an x: a new value lies within this of the line with the confidence.
    ///
    /// **Formula**: [`t_within`] of the confidence on `n - 2` degrees of freedom, times the
    /// [standard error of prediction](Self::prediction_error). It holds for points that scatter independently and normally
    /// about one line; values of successive periods often do not, and then the interval is too narrow.
    ///
    /// **Units**: the confidence is a fraction, 0.95 for 95 %; the result is in the unit of y.
    ///
    /// # Errors
    ///
    /// As [`prediction_error`](Self::prediction_error), and [`RegressionError::Quantile`].
    pub fn margin(&self, x: f64, confidence: f64) -> Result<f64, RegressionError> {
        let factor = t_within(confidence, self.freedom()?)?;
        finite(factor * self.prediction_error(x)?)
    }

    fn off_middle(&self, x: f64) -> f64 {
        x - self.origin_x - self.mean_x
    }

    fn freedom(&self) -> Result<f64, RegressionError> {
        if self.points < 3 { Err(RegressionError::TooFew { needed: 3 }) } else { Ok((self.points - 2) as f64) }
    }
}

fn finite(number: f64) -> Result<f64, RegressionError> {
    if number.is_finite() { Ok(number) } else { Err(RegressionError::NotFinite) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(actual: f64, expected: f64, tolerance: f64) {
        assert!((actual - expected).abs() <= tolerance * expected.abs().max(1e-300), "{actual} is not {expected}");
    }

    /// NIST Statistical Reference Datasets, Norris: certified values of linear regression.
    #[test]
    fn nist_norris() {
        const POINTS: [(f64, f64); 36] = [
            (0.2, 0.1),
            (337.4, 338.8),
            (118.2, 118.1),
            (884.6, 888.0),
            (10.1, 9.2),
            (226.5, 228.1),
            (666.3, 668.5),
            (996.3, 998.5),
            (448.6, 449.1),
            (777.0, 778.9),
            (558.2, 559.2),
            (0.4, 0.3),
            (0.6, 0.1),
            (775.5, 778.1),
            (666.9, 668.8),
            (338.0, 339.3),
            (447.5, 448.9),
            (11.6, 10.8),
            (556.0, 557.7),
            (228.1, 228.3),
            (995.8, 998.0),
            (887.6, 888.8),
            (120.2, 119.6),
            (0.3, 0.3),
            (0.3, 0.6),
            (556.8, 557.6),
            (339.1, 339.3),
            (887.2, 888.0),
            (999.0, 998.5),
            (779.0, 778.9),
            (11.1, 10.2),
            (118.3, 117.6),
            (229.2, 228.9),
            (669.1, 668.4),
            (448.9, 449.2),
            (0.5, 0.2),
        ];
        let (x, y): (Vec<f64>, Vec<f64>) = POINTS.into_iter().unzip();
        let line = RegressionLine::of(&x, &y).unwrap();
        near(line.slope(), 1.002_116_818_020_45, 1e-13);
        near(line.intercept(), -0.262_323_073_774_029, 1e-11);
        near(line.residual_sd().unwrap(), 0.884_796_396_144_373, 1e-12);
    }

    /// Anscombe (1973), *Graphs in statistical analysis*: y = 3.00 + 0.500 x, residual standard error 1.237.
    #[test]
    fn anscombe() {
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        let line = RegressionLine::of(&x, &y).unwrap();
        near(line.intercept(), 3.000_090_909, 1e-9);
        near(line.slope(), 0.500_090_909, 1e-9);
        near(line.residual_sd().unwrap(), 1.236_603_323, 1e-9);
        // at the mean of x, 9: s sqrt(1 + 1 / 11); sum (x - 9)^2 is 110
        near(line.prediction_error(9.0).unwrap(), 1.236_603_323 * (12.0f64 / 11.0).sqrt(), 1e-9);
        near(line.prediction_error(20.0).unwrap(), 1.236_603_323 * (12.0f64 / 11.0 + 1.1).sqrt(), 1e-9);
        // t of 95 % on nine degrees of freedom is 2.262157
        near(line.margin(9.0, 0.95).unwrap(), 2.262_157_163 * line.prediction_error(9.0).unwrap(), 1e-9);
    }

    #[test]
    fn a_line_has_no_error() {
        let x: Vec<f64> = (1..=8).map(f64::from).collect();
        let y: Vec<f64> = x.iter().map(|x| 1e6 + 0.1 * x).collect();
        let line = RegressionLine::of(&x, &y).unwrap();
        assert_eq!(line.residual_sd(), Ok(0.0));
        assert_eq!(line.margin(20.0, 0.9), Ok(0.0));
        near(line.at(20.0).unwrap(), 1_000_002.0, 1e-12);
        let level = RegressionLine::of(&x, &[0.1; 8]).unwrap();
        assert_eq!((level.slope(), level.at(99.0), level.margin(99.0, 0.5)), (0.0, Ok(0.1), Ok(0.0)));
    }

    #[test]
    fn two_points_make_a_line_without_an_error() {
        let line = RegressionLine::of(&[1.0, 3.0], &[10.0, 20.0]).unwrap();
        assert_eq!((line.points(), line.slope(), line.intercept(), line.at(5.0)), (2, 5.0, 5.0, Ok(30.0)));
        let none = RegressionError::TooFew { needed: 3 };
        assert_eq!(line.residual_sd(), Err(none));
        assert_eq!(line.margin(5.0, 0.95), Err(none));
    }

    #[test]
    fn errors() {
        let of = RegressionLine::of;
        assert_eq!(of(&[1.0], &[1.0]), Err(RegressionError::TooFew { needed: 2 }));
        assert_eq!(of(&[], &[]), Err(RegressionError::TooFew { needed: 2 }));
        assert_eq!(of(&[1.0, 2.0], &[1.0]), Err(RegressionError::UnequalLengths));
        assert_eq!(of(&[2.0, 2.0], &[1.0, 3.0]), Err(RegressionError::Constant));
        assert_eq!(of(&[1.0, f64::NAN], &[1.0, 3.0]), Err(RegressionError::NotFinite));
        assert_eq!(of(&[1.0, 2.0], &[1.0, f64::INFINITY]), Err(RegressionError::NotFinite));
        assert_eq!(of(&[-1e300, 1e300], &[1.0, 2.0]), Err(RegressionError::NotFinite));
        let line = of(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0]).unwrap();
        assert_eq!(line.at(f64::INFINITY), Err(RegressionError::NotFinite));
        assert_eq!(line.margin(4.0, 1.0), Err(RegressionError::Quantile(StudentError::Confidence)));
    }
}
