//! How likely an agreement at least as high as the panel's is among experts who rank at random: tests of Kendall's W.

use statrs::function::{beta::checked_beta_reg, gamma::checked_gamma_ur};

use super::concordance::PanelSize;

/// Why there is no p-value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignificanceError {
    /// The coefficient is below 0 or above 1, or not a number.
    #[error("the coefficient of concordance is not between 0 and 1")]
    NotAShare,
    /// The value lies where the distribution has no meaning.
    #[error("the value lies outside the distribution")]
    OutsideDistribution,
    /// A degree of freedom or a parameter of the distribution is below 0.000001, or not a number.
    #[error("a parameter of the distribution is not a positive number of 0.000001 or more")]
    NotPositive,
    /// Beyond the parameters for which the tails are accurate.
    #[error("a parameter of the distribution is too large for an accurate p-value")]
    TooLarge,
    /// One expert agrees with nobody.
    #[error("a test of agreement needs at least two experts")]
    TooFewExperts,
    /// One item has no order.
    #[error("a test of agreement needs at least two items")]
    TooFewItems,
    /// Two experts and two items leave no degree of freedom for the F test.
    #[error("two experts and two items leave the F test no degree of freedom")]
    NoFreedom,
}

/// The largest degrees of freedom, and twice the largest parameters, of the tails.
const LARGEST: f64 = 20_000.0;

/// How likely a chi-square variable is at least as large as `x`.
///
/// **Formula**: `Q(df / 2, x / 2)`, the upper regularised incomplete gamma function.
///
/// **Units**: `x` is 0 or more; `df` is a number of degrees of freedom from 0.000001 to 20,000, not always whole; the
/// result is a probability from 0 to 1. At least 9 digits are right from one degree of freedom on.
///
/// **Spreadsheets**: `CHISQ.DIST.RT`, which cuts the degrees of freedom to a whole number.
///
/// # Errors
///
/// [`SignificanceError::OutsideDistribution`], [`SignificanceError::NotPositive`] or [`SignificanceError::TooLarge`].
///
/// # Example
///
/// ```
/// use appraise::kernel::chi_square_tail;
///
/// // On two degrees of freedom the tail is exp(-x / 2).
/// let p = chi_square_tail(2.0, 2.0)?;
/// assert!((p - 0.367_879_441_171).abs() < 1e-12);
/// # Ok::<(), appraise::kernel::SignificanceError>(())
/// ```
pub fn chi_square_tail(x: f64, df: f64) -> Result<f64, SignificanceError> {
    parameter(df, LARGEST)?;
    if !x.is_finite() || x < 0.0 {
        return Err(SignificanceError::OutsideDistribution);
    }
    let half = x / 2.0;
    if half == 0.0 {
        return Ok(1.0);
    }
    probability(checked_gamma_ur(df / 2.0, half).ok())
}

/// How likely a beta variable with the parameters `a` and `b` is at least as large as `x`.
///
/// **Formula**: `1 - I_x(a, b) = I_(1 - x)(b, a)`, the regularised incomplete beta function. The upper tail of F on
/// `d1` and `d2` degrees of freedom is that of `a = d1 / 2`, `b = d2 / 2` at `x = d1 F / (d1 F + d2)`.
///
/// **Units**: `x` is from 0 to 1; `a` and `b` are plain numbers from 0.000001 to 10,000; the result is a probability
/// from 0 to 1. At least 9 digits are right where a and b are 0.1 or more.
///
/// **Spreadsheets**: `1-BETA.DIST(x, a, b, TRUE)`, which loses the digits of small probabilities.
///
/// # Errors
///
/// [`SignificanceError::OutsideDistribution`], [`SignificanceError::NotPositive`] or [`SignificanceError::TooLarge`].
///
/// # Example
///
/// ```
/// use appraise::kernel::beta_tail;
///
/// // With b = 1 the tail is 1 - x^a.
/// let p = beta_tail(0.5, 3.0, 1.0)?;
/// assert!((p - 0.875).abs() < 1e-12);
/// # Ok::<(), appraise::kernel::SignificanceError>(())
/// ```
pub fn beta_tail(x: f64, a: f64, b: f64) -> Result<f64, SignificanceError> {
    parameter(a, LARGEST / 2.0)?;
    parameter(b, LARGEST / 2.0)?;
    if !(0.0..=1.0).contains(&x) {
        return Err(SignificanceError::OutsideDistribution);
    }
    if x == 0.0 {
        return Ok(1.0);
    }
    if x == 1.0 {
        return Ok(0.0);
    }
    probability(checked_beta_reg(b, a, 1.0 - x).ok())
}

/// The least parameter: below it the logarithm of the gamma function loses its digits.
const SMALLEST: f64 = 1e-6;

fn parameter(value: f64, most: f64) -> Result<(), SignificanceError> {
    if value.is_nan() || value < SMALLEST {
        Err(SignificanceError::NotPositive)
    } else if value > most {
        Err(SignificanceError::TooLarge)
    } else {
        Ok(())
    }
}

fn probability(tail: Option<f64>) -> Result<f64, SignificanceError> {
    let tail = tail.filter(|tail| tail.is_finite()).ok_or(SignificanceError::OutsideDistribution)?;
    Ok(tail.clamp(0.0, 1.0))
}

/// The chi-square test of a coefficient of concordance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquareTest {
    /// The statistic, a plain number.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub df: f64,
    /// How likely experts who rank at random agree as much or more: a probability from 0 to 1.
    pub p: f64,
}

/// Whether a panel's agreement can be chance, by the approximation for panels of many items.
///
/// **Formula**: `chi2 = m (n - 1) W` on `n - 1` degrees of freedom for m experts and n items; p is
/// [`chi_square_tail`]. It is Friedman's test. For a panel of few experts p is too large: [`kendall_f`] is nearer, and
/// [`permutation_p`](crate::kernel::permutation_p) needs no approximation.
///
/// **Units**: `w` is a plain number from 0 to 1, corrected for ties as [`kendall_w`](crate::kernel::kendall_w) is.
///
/// **Spreadsheets**: `CHISQ.DIST.RT(m*(n-1)*W, n-1)`.
///
/// # Errors
///
/// [`SignificanceError::NotAShare`]; [`SignificanceError::TooFewExperts`] or [`SignificanceError::TooFewItems`] below
/// two; [`SignificanceError::TooLarge`] beyond 20,001 items.
///
/// # Source
///
/// Friedman (1937), *The use of ranks to avoid the assumption of normality*; Siegel, Castellan (1988), section 9.4.
///
/// # Example
///
/// ```
/// use appraise::kernel::{PanelSize, kendall_chi_square};
///
/// // Siegel and Castellan: three judges, eight factors.
/// let test = kendall_chi_square(0.656_084_656_085, PanelSize { experts: 3, items: 8 })?;
/// assert!((test.chi_square - 13.777_777_778).abs() < 1e-9);
/// assert!((test.p - 0.055_277_930).abs() < 1e-9);
/// # Ok::<(), appraise::kernel::SignificanceError>(())
/// ```
pub fn kendall_chi_square(w: f64, size: PanelSize) -> Result<ChiSquareTest, SignificanceError> {
    let (m, n) = counts(w, size)?;
    let df = n - 1.0;
    let chi_square = m * df * w;
    Ok(ChiSquareTest { chi_square, df, p: chi_square_tail(chi_square, df)? })
}

/// The F test of a coefficient of concordance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FTest {
    /// The statistic, a plain number; nothing where W is 1, for which it has no bound.
    pub f: Option<f64>,
    /// Its degrees of freedom for the items, not always whole.
    pub df_items: f64,
    /// Its degrees of freedom for the rest, not always whole.
    pub df_rest: f64,
    /// How likely experts who rank at random agree as much or more: a probability from 0 to 1, and 0 where W is 1.
    pub p: f64,
}

/// Whether a panel's agreement can be chance, by the approximation that holds for small panels too.
///
/// **Formula**: `F = (m - 1) W / (1 - W)` on `d1 = n - 1 - 2 / m` and `d2 = (m - 1) d1` degrees of freedom for m experts
/// and n items. p is [`beta_tail`] of `d1 / 2` and `d2 / 2` at W, which is the tail of F and has a value where W is 1.
///
/// **Units**: `w` is a plain number from 0 to 1, corrected for ties as [`kendall_w`](crate::kernel::kendall_w) is.
///
/// **Spreadsheets**: `F.DIST.RT(F, d1, d2)`, which cuts the degrees of freedom to whole numbers.
///
/// # Errors
///
/// [`SignificanceError::NotAShare`]; [`SignificanceError::TooFewExperts`] or [`SignificanceError::TooFewItems`] below
/// two; [`SignificanceError::NoFreedom`] for two experts and two items; [`SignificanceError::TooLarge`] where the
/// product of experts and items is beyond about 20,000.
///
/// # Source
///
/// Kendall, Babington Smith (1939), *The problem of m rankings*; Legendre (2005), *Species associations: the Kendall
/// coefficient of concordance revisited*.
///
/// # Example
///
/// ```
/// use appraise::kernel::{PanelSize, kendall_f};
///
/// // Siegel and Castellan: three judges, eight factors.
/// let test = kendall_f(0.656_084_656_085, PanelSize { experts: 3, items: 8 })?;
/// assert!(test.f.is_some_and(|f| (f - 3.815_384_615).abs() < 1e-9));
/// assert!((test.p - 0.020_361_101).abs() < 1e-9);
/// # Ok::<(), appraise::kernel::SignificanceError>(())
/// ```
pub fn kendall_f(w: f64, size: PanelSize) -> Result<FTest, SignificanceError> {
    let (m, n) = counts(w, size)?;
    let df_items = n - 1.0 - 2.0 / m;
    if df_items <= 0.0 {
        return Err(SignificanceError::NoFreedom);
    }
    let df_rest = (m - 1.0) * df_items;
    let p = beta_tail(w, df_items / 2.0, df_rest / 2.0)?;
    let f = (w < 1.0).then(|| (m - 1.0) * w / (1.0 - w));
    Ok(FTest { f, df_items, df_rest, p })
}

/// The numbers of experts and of items, where there is a test.
fn counts(w: f64, size: PanelSize) -> Result<(f64, f64), SignificanceError> {
    if !(0.0..=1.0).contains(&w) {
        Err(SignificanceError::NotAShare)
    } else if size.experts < 2 {
        Err(SignificanceError::TooFewExperts)
    } else if size.items < 2 {
        Err(SignificanceError::TooFewItems)
    } else {
        Ok((size.experts as f64, size.items as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(actual: f64, expected: f64, tolerance: f64) {
        let off = (actual / expected - 1.0).abs();
        assert!(off <= tolerance, "{actual} is not {expected}, off by {off:e} of it");
    }

    fn size(experts: usize, items: usize) -> PanelSize {
        PanelSize { experts, items }
    }

    /// R package irr, data set anxiety: 3 raters and 20 subjects with ties.
    #[test]
    fn published_with_ties() {
        let w = 0.539_656_875_954;
        let test = kendall_chi_square(w, size(3, 20)).unwrap();
        assert_eq!(test.df, 19.0);
        near(test.chi_square, 30.760_441_929_4, 1e-10);
        near(test.p, 0.042_883_473_126_9, 1e-9);
        let test = kendall_f(w, size(3, 20)).unwrap();
        near(test.f.unwrap(), 2.344_585_365_85, 1e-10);
        near(test.df_items, 18.333_333_333_3, 1e-10);
        near(test.df_rest, 36.666_666_666_6, 1e-10);
        near(test.p, 0.013_806_204_775_4, 1e-9);
        // Without the correction for ties the verdict at 5 % is another.
        let test = kendall_chi_square(0.501_921_470_343, size(3, 20)).unwrap();
        near(test.chi_square, 28.609_523_809_5, 1e-10);
        near(test.p, 0.072_380_354_693_8, 1e-9);
    }

    /// Siegel and Castellan 1988: 3 judges and 8 factors.
    #[test]
    fn published_without_ties() {
        let w = 0.656_084_656_085;
        let test = kendall_chi_square(w, size(3, 8)).unwrap();
        near(test.chi_square, 13.777_777_777_8, 1e-10);
        near(test.p, 0.055_277_929_891_6, 1e-9);
        let test = kendall_f(w, size(3, 8)).unwrap();
        near(test.f.unwrap(), 3.815_384_615_38, 1e-10);
        near(test.df_items, 6.333_333_333_33, 1e-10);
        near(test.df_rest, 12.666_666_666_67, 1e-10);
        near(test.p, 0.020_361_101_417_2, 1e-9);
    }

    #[test]
    fn full_agreement_and_none() {
        let test = kendall_f(1.0, size(5, 10)).unwrap();
        assert_eq!((test.f, test.p), (None, 0.0));
        assert!(kendall_chi_square(1.0, size(5, 10)).unwrap().p < 1e-5);
        let test = kendall_f(0.0, size(5, 10)).unwrap();
        assert_eq!((test.f, test.p), (Some(0.0), 1.0));
        assert_eq!(kendall_chi_square(0.0, size(5, 10)).unwrap().p, 1.0);
        let test = kendall_f(1.0f64.next_down(), size(5, 10)).unwrap();
        assert!(test.p < 1e-100 && test.f.is_some_and(f64::is_finite), "{test:?}");
    }

    #[test]
    fn small_panels() {
        assert_eq!(kendall_f(0.5, size(2, 2)), Err(SignificanceError::NoFreedom));
        assert_eq!(kendall_chi_square(1.0, size(2, 2)).map(|test| test.df), Ok(1.0));
        near(kendall_f(0.5, size(3, 2)).unwrap().df_items, 1.0 / 3.0, 1e-15);
        near(kendall_f(0.5, size(2, 3)).unwrap().df_items, 1.0, 1e-15);
        assert_eq!(kendall_f(0.5, size(1, 8)), Err(SignificanceError::TooFewExperts));
        assert_eq!(kendall_f(0.5, size(8, 1)), Err(SignificanceError::TooFewItems));
        assert_eq!(kendall_chi_square(0.5, size(0, 8)), Err(SignificanceError::TooFewExperts));
        assert_eq!(kendall_chi_square(0.5, size(8, 0)), Err(SignificanceError::TooFewItems));
        for w in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert_eq!(kendall_f(w, size(3, 8)), Err(SignificanceError::NotAShare));
            assert_eq!(kendall_chi_square(w, size(3, 8)), Err(SignificanceError::NotAShare));
        }
    }

    /// From mpmath 1.4.1, `gammainc` and `betainc`, with 300 digits.
    #[test]
    fn tails_by_arbitrary_precision() {
        for (x, df, expected) in [
            (0.5, 1.0, 0.479_500_122_186_953_5),
            (30.76, 19.0, 0.042_888_230_510_340_3),
            (3.2, 7.5, 0.896_556_946_073_317_1),
            (300.0, 200.0, 5.924_540_335_483_916e-6),
            (19_500.0, 20_000.0, 0.994_095_519_044_939_7),
            (20_500.0, 20_000.0, 0.006_517_863_488_342_559),
            (1_500.0, 1_000.0, 1.045_464_038_597_966e-22),
            (0.001, 3.0, 0.999_991_592_080_942),
            (700.0, 19.0, 3.593_706_302_661_393e-136),
        ] {
            near(chi_square_tail(x, df).unwrap(), expected, 1e-10);
        }
        for (x, a, b, expected) in [
            (0.54, 9.166, 18.333, 0.013_677_776_066_421_29),
            (0.02, 24.46, 709.4, 0.988_973_420_657_433_4),
            (0.05, 24.46, 709.4, 0.011_878_196_751_848_64),
            (0.2, 24.46, 709.4, 8.428_724_596_168_006e-42),
            (0.5, 0.1666, 0.5, 0.232_465_997_140_840_4),
            (0.99, 5.0, 20.0, 1.022_695_912_855_018e-36),
            (0.45, 2_500.0, 2_500.0, 0.999_999_999_999_322_1),
            (0.51, 2_500.0, 2_500.0, 0.078_639_222_291_197),
            (0.5, 10_000.0, 10_000.0, 0.5),
            (0.505, 10_000.0, 10_000.0, 0.078_647_008_881_664_14),
            (0.001, 10.0, 10_000.0, 0.456_741_135_234_476_4),
            (0.002, 10.0, 10_000.0, 0.004_911_649_582_102_044),
            (0.91, 10_000.0, 1_000.0, 0.373_119_088_632_718_5),
            (0.00001, 1.0, 10_000.0, 0.904_836_965_614_347_5),
        ] {
            near(beta_tail(x, a, b).unwrap(), expected, 1e-9);
        }
    }

    #[test]
    fn tails_never_leave_zero_to_one() {
        let parameters = [1e-6, 1e-3, 0.5, 1.0, 7.3, 140.0, 2_500.0, 10_000.0];
        let shares = [f64::MIN_POSITIVE, 1e-300, 1e-9, 0.01, 0.3, 0.5, 0.7, 0.99, 1.0 - 1e-9, 1.0f64.next_down(), 1.0];
        for a in parameters {
            let mut before = 1.0;
            for x in [0.0, 1e-300, 1e-9, 0.1, 1.0, 7.0, 300.0, 5_000.0, 20_000.0, 1e9, f64::MAX] {
                let p = chi_square_tail(x, a).unwrap();
                assert!((0.0..=before).contains(&p), "chi-square {x} on {a}: {p} after {before}");
                before = p;
            }
            for b in parameters {
                let mut before = 1.0 + 1e-9;
                for x in shares {
                    let p = beta_tail(x, a, b).unwrap();
                    assert!((0.0..=1.0).contains(&p) && p <= before + 1e-9, "beta {a} {b} at {x}: {p} after {before}");
                    before = p;
                }
            }
        }
    }

    #[test]
    fn errors() {
        for x in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(chi_square_tail(x, 3.0), Err(SignificanceError::OutsideDistribution));
            assert_eq!(beta_tail(x, 3.0, 3.0), Err(SignificanceError::OutsideDistribution));
        }
        assert_eq!(beta_tail(1.5, 3.0, 3.0), Err(SignificanceError::OutsideDistribution));
        for parameter in [0.0, -1.0, f64::NAN, 1e-300] {
            assert_eq!(chi_square_tail(1.0, parameter), Err(SignificanceError::NotPositive));
            assert_eq!(beta_tail(0.5, parameter, 1.0), Err(SignificanceError::NotPositive));
            assert_eq!(beta_tail(0.5, 1.0, parameter), Err(SignificanceError::NotPositive));
        }
        for parameter in [30_000.0, f64::INFINITY] {
            assert_eq!(chi_square_tail(1.0, parameter), Err(SignificanceError::TooLarge));
            assert_eq!(beta_tail(0.5, parameter, 1.0), Err(SignificanceError::TooLarge));
        }
        assert_eq!(kendall_f(0.5, size(20_000, 20_000)), Err(SignificanceError::TooLarge));
    }
}
