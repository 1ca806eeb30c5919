//! Student's t: how likely a value is, and which value is as likely as wanted.

use statrs::function::beta::checked_beta_reg;

/// Why there is no tail and no quantile of Student's t.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StudentError {
    /// Degrees of freedom below 1 or beyond 20,000, for which the tails are accurate.
    #[error("the degrees of freedom are not between 1 and 20000")]
    Freedom,
    /// The value is not a number.
    #[error("the value is not a finite number")]
    NotFinite,
    /// A confidence of nothing or of everything.
    #[error("the confidence is not between 0.000001 and 0.999999")]
    Confidence,
}

/// How likely a t variable lies at least as far from 0 as `t`, on either side.
///
/// **Formula**: `I_x(df / 2, 1 / 2)` with `x = df / (df + t^2)`, the regularised incomplete beta function.
///
/// **Units**: `t` is a plain number; `df` is a number of degrees of freedom from 1 to 20,000; the result is a probability
/// from 0 to 1, of which at least 9 digits are right.
///
/// **Spreadsheets**: `T.DIST.2T`, which cuts the degrees of freedom to a whole number.
///
/// # Errors
///
/// [`StudentError::Freedom`] or [`StudentError::NotFinite`].
///
/// # Source
///
/// Student (1908), *The probable error of a mean*; Abramowitz, Stegun (1964), 26.7.1.
///
/// # Example
///
/// ```
/// use appraise::kernel::t_two_sided;
///
/// // On one degree of freedom it is 1 - 2 atan(t) / pi: a half at 1.
/// assert!((t_two_sided(1.0, 1.0)? - 0.5).abs() < 1e-12);
/// assert!((t_two_sided(-2.228_138_852, 10.0)? - 0.05).abs() < 1e-10);
/// # Ok::<(), appraise::kernel::StudentError>(())
/// ```
pub fn t_two_sided(t: f64, df: f64) -> Result<f64, StudentError> {
    if !t.is_finite() {
        return Err(StudentError::NotFinite);
    }
    // t^2 / df first: the square of a large t has no float
    let ratio = t / freedom(df)?.sqrt();
    tail(1.0 / (1.0 + ratio * ratio), df)
}

/// How likely t lies farther out than where `df / (df + t^2)` is `share`.
pub(super) fn tail(share: f64, df: f64) -> Result<f64, StudentError> {
    let tail = checked_beta_reg(freedom(df)? / 2.0, 0.5, share.clamp(0.0, 1.0));
    tail.ok().filter(|tail| tail.is_finite()).map(|tail| tail.clamp(0.0, 1.0)).ok_or(StudentError::NotFinite)
}

/// How far from 0 a t variable lies at most, with a given confidence: the factor of a two-sided interval.
///
/// **Formula**: the `t` whose [`t_two_sided`] is `1 - confidence`, found by halving.
///
/// **Units**: `confidence` is a fraction from 0.000001 to 0.999999; `df` is a number of degrees of freedom from 1 to
/// 20,000.
///
/// **Spreadsheets**: `T.INV.2T(1-confidence, df)`.
///
/// # Errors
///
/// [`StudentError::Confidence`] or [`StudentError::Freedom`].
///
/// # Example
///
/// ```
/// use appraise::kernel::t_within;
///
/// assert!((t_within(0.95, 10.0)? - 2.228_138_852).abs() < 1e-8);
/// assert!((t_within(0.95, 1.0)? - 12.706_204_736).abs() < 1e-8);
/// # Ok::<(), appraise::kernel::StudentError>(())
/// ```
pub fn t_within(confidence: f64, df: f64) -> Result<f64, StudentError> {
    if !(1e-6..=0.999_999).contains(&confidence) {
        return Err(StudentError::Confidence);
    }
    let outside = 1.0 - confidence;
    let (mut low, mut high) = (0.0, 1.0);
    while t_two_sided(high, df)? > outside {
        low = high;
        high *= 2.0;
    }
    loop {
        let middle = low + (high - low) / 2.0;
        // no float lies between the two any more
        if middle <= low || middle >= high {
            return Ok(middle);
        }
        if t_two_sided(middle, df)? > outside {
            low = middle;
        } else {
            high = middle;
        }
    }
}

fn freedom(df: f64) -> Result<f64, StudentError> {
    if (1.0..=20_000.0).contains(&df) { Ok(df) } else { Err(StudentError::Freedom) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NIST/SEMATECH e-Handbook, 1.3.6.7.2: upper critical values of Student's t.
    #[test]
    fn published_critical_values() {
        for (df, ninety, ninety_five, ninety_nine) in [
            (1.0, 6.314, 12.706, 63.657),
            (2.0, 2.920, 4.303, 9.925),
            (5.0, 2.015, 2.571, 4.032),
            (10.0, 1.812, 2.228, 3.169),
            (30.0, 1.697, 2.042, 2.750),
            (100.0, 1.660, 1.984, 2.626),
        ] {
            for (confidence, value) in [(0.9, ninety), (0.95, ninety_five), (0.99, ninety_nine)] {
                let t = t_within(confidence, df).unwrap();
                assert!((t - value).abs() <= 0.000_51, "{confidence} on {df}: {t}");
                assert!((t_two_sided(t, df).unwrap() - (1.0 - confidence)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn closed_forms() {
        // two degrees of freedom: 1 - t / sqrt(2 + t^2)
        for t in [0.01f64, 0.5, 1.0, 3.0, 40.0] {
            let exact = 1.0 - t / (2.0 + t * t).sqrt();
            assert!((t_two_sided(t, 2.0).unwrap() - exact).abs() < 1e-12, "{t}");
        }
        assert_eq!(t_two_sided(0.0, 7.0), Ok(1.0));
        assert!(t_two_sided(f64::MAX, 7.0).unwrap() < 1e-100);
    }

    #[test]
    fn many_degrees_of_freedom_are_a_normal_distribution() {
        assert!((t_within(0.95, 20_000.0).unwrap() - 1.959_963_985).abs() < 2e-4);
        assert!(t_within(1e-6, 3.0).unwrap() > 0.0);
        assert!(t_within(0.999_999, 1.0).unwrap() > 600_000.0);
    }

    #[test]
    fn errors() {
        for df in [0.0, -1.0, 0.9, 20_001.0, f64::NAN, f64::INFINITY] {
            assert_eq!(t_two_sided(1.0, df), Err(StudentError::Freedom));
            assert_eq!(t_within(0.9, df), Err(StudentError::Freedom));
        }
        assert_eq!(t_two_sided(f64::NAN, 3.0), Err(StudentError::NotFinite));
        for confidence in [0.0, 1.0, -0.5, 95.0, f64::NAN] {
            assert_eq!(t_within(confidence, 3.0), Err(StudentError::Confidence));
        }
    }
}
