//! Wilcoxon's signed-rank test: whether answers have moved between two rounds.

use rust_decimal::Decimal;

use super::concordance::Ranker;

/// Why there is no test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WilcoxonError {
    /// There are no answers.
    #[error("there are no pairs of answers")]
    Empty,
    /// The answers do not come in pairs.
    #[error("the two lists have different lengths")]
    UnequalLengths,
    /// Two answers are too far apart.
    #[error("a difference does not fit a decimal number of 28 digits")]
    Overflow,
}

/// What the test says about paired answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wilcoxon {
    /// No answer has changed: there is nothing to test.
    Unchanged {
        /// How many pairs there are.
        pairs: usize,
    },
    /// Some answers have changed.
    Changed(SignedRanks),
}

/// Wilcoxon's signed-rank test of the answers that have changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignedRanks {
    /// The sum of the ranks of the increases.
    pub w_plus: Decimal,
    /// The sum of the ranks of the decreases.
    pub w_minus: Decimal,
    /// How many answers have changed.
    pub changed: usize,
    /// How many have not, and are left out.
    pub unchanged: usize,
    /// How likely changes that go up or down by chance are at least as one-sided: a probability above 0 and up to 1.
    pub p: f64,
    /// Whether p is exact; otherwise it is the normal approximation.
    pub exact: bool,
}

/// The most changed answers for which p is exact: 2^50 ways to give them signs are counted in whole numbers.
const EXACT: usize = 50;

/// Whether answers have moved in one direction between two rounds: both lists are in the order of the experts.
///
/// **Formula**: the differences `after - before` that are not 0 are ranked by their size with
/// [`mid_ranks`](crate::kernel::mid_ranks); `w_plus` and `w_minus` are the sums of the ranks of the positive and of the
/// negative ones. Up to 50 differences `p = min(1, 2 P(W <= min(w_plus, w_minus)))`, where each difference is positive
/// or negative with the same probability; that is exact with ties too. Above, with n differences,
/// `z = (|w_plus - n (n + 1) / 4| - 1/2) / sqrt(n (n + 1)(2 n + 1) / 24 - sum (t^3 - t) / 48)` over the groups of t equal
/// sizes, not below 0, and p is both tails of the normal distribution beyond z.
///
/// **Units**: ranks are plain numbers, whole or half; p is a probability, two-sided. Answers must be on a scale whose
/// differences can be compared.
///
/// **Spreadsheets**: there is no such function.
///
/// # Errors
///
/// [`WilcoxonError::Empty`], [`WilcoxonError::UnequalLengths`], [`WilcoxonError::Overflow`]. That nothing has changed is
/// no error but [`Wilcoxon::Unchanged`].
///
/// # Source
///
/// Wilcoxon (1945), *Individual comparisons by ranking methods*, who drops differences of 0; Lehmann (1975),
/// *Nonparametrics*, section 3.2 and appendix, for ties and the continuity correction.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Wilcoxon, wilcoxon};
/// use rust_decimal::Decimal;
///
/// // Six experts in two rounds: five go up by 1, 2, 1, 3, 2, one stays.
/// let (before, after) = ([3, 2, 4, 1, 2, 5], [4, 4, 5, 4, 4, 5]);
/// let Wilcoxon::Changed(test) = wilcoxon(&before.map(Decimal::from), &after.map(Decimal::from))? else {
///     panic!("five answers have changed");
/// };
/// assert_eq!((test.w_plus, test.w_minus), (Decimal::from(15), Decimal::ZERO));
/// assert_eq!((test.p, test.exact), (2.0 / 32.0, true));
/// # Ok::<(), appraise::kernel::WilcoxonError>(())
/// ```
pub fn wilcoxon(before: &[Decimal], after: &[Decimal]) -> Result<Wilcoxon, WilcoxonError> {
    if before.len() != after.len() {
        return Err(WilcoxonError::UnequalLengths);
    }
    if before.is_empty() {
        return Err(WilcoxonError::Empty);
    }
    let mut sizes = Vec::with_capacity(before.len());
    let mut rises = Vec::with_capacity(before.len());
    for (before, after) in before.iter().zip(after) {
        let difference = after.checked_sub(*before).ok_or(WilcoxonError::Overflow)?;
        if !difference.is_zero() {
            sizes.push(difference.abs());
            rises.push(difference.is_sign_positive());
        }
    }
    if sizes.is_empty() {
        return Ok(Wilcoxon::Unchanged { pairs: before.len() });
    }

    let mut ranker = Ranker::default();
    let ties = ranker.rank(&sizes);
    let changed = sizes.len();
    let total: u64 = ranker.ranks.iter().sum();
    let plus: u64 = ranker.ranks.iter().zip(&rises).filter(|(_, rise)| **rise).map(|(rank, _)| rank).sum();
    let minus = total - plus;
    let exact = changed <= EXACT;
    let p = if exact { exact_p(&ranker.ranks, plus.min(minus)) } else { normal_p(changed, plus.abs_diff(minus), ties) };
    Ok(Wilcoxon::Changed(SignedRanks {
        w_plus: half(plus),
        w_minus: half(minus),
        changed,
        unchanged: before.len() - changed,
        p,
        exact,
    }))
}

/// Half of a doubled sum of ranks.
fn half(doubled: u64) -> Decimal {
    Decimal::from_i128_with_scale(i128::from(doubled).saturating_mul(5), 1).normalize()
}

/// Both tails of the sums of doubled ranks that random signs give, at and beyond the smaller sum.
fn exact_p(ranks: &[u64], smaller: u64) -> f64 {
    // ways[s] is how many sets of the ranks so far have the sum s: at most 2^50 together
    let room = usize::try_from(smaller).unwrap_or(usize::MAX).saturating_add(1);
    let mut ways = vec![0u64; room];
    if let Some(none) = ways.first_mut() {
        *none = 1;
    }
    for rank in ranks {
        let rank = usize::try_from(*rank).unwrap_or(usize::MAX);
        for sum in (rank..room).rev() {
            let without = ways.get(sum - rank).copied().unwrap_or_default();
            if let Some(ways) = ways.get_mut(sum) {
                *ways += without;
            }
        }
    }
    let all = (1u64 << ranks.len().min(EXACT)) as f64;
    (2.0 * ways.iter().sum::<u64>() as f64 / all).min(1.0)
}

/// Both tails of the normal approximation; `apart` is the distance of the doubled sums, four times that of one sum
/// from its mean.
fn normal_p(changed: usize, apart: u64, ties: u128) -> f64 {
    let n = changed as f64;
    let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - ties as f64 / 48.0;
    let z = ((apart as f64 / 4.0 - 0.5) / variance.sqrt()).max(0.0);
    libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{dec, decs};

    fn changes(differences: &[Decimal]) -> SignedRanks {
        match wilcoxon(&vec![Decimal::ZERO; differences.len()], differences).unwrap() {
            Wilcoxon::Changed(test) => test,
            Wilcoxon::Unchanged { .. } => panic!("nothing has changed"),
        }
    }

    /// Counted by a Python program that goes through all signs with `itertools.product`;
    /// the last differences are Darwin's heights of maize in eighths of an inch.
    #[test]
    fn counted_elsewhere() {
        for (differences, plus, minus, p) in [
            ("1 -2 3 4 5 -6 7 8 9 10", "47", "8", 2.0 * 25.0 / 1_024.0),
            ("1 1 -1 2 2 3 -2 4 0 0 5", "38", "7", 2.0 * 21.0 / 512.0),
            ("-1 1 1 1 2 -2 2 2 3 3 3 -4", "57", "21", 2.0 * 320.0 / 4_096.0),
            ("6 8 14 16 23 24 28 29 41 -48 49 56 60 -67 75", "96", "24", 2.0 * 676.0 / 32_768.0),
        ] {
            let test = changes(&decs(differences));
            assert_eq!((test.w_plus, test.w_minus, test.p, test.exact), (dec(plus), dec(minus), p, true));
        }
    }

    /// From scipy 1.17.1, `wilcoxon(zero_method="wilcox", correction=True, method="approx")`.
    #[test]
    fn normal_approximation() {
        let differences: Vec<_> = (0..80).map(|i| Decimal::from(i * 7 % 11 - 4)).collect();
        let test = changes(&differences);
        assert_eq!((test.w_plus, test.w_minus), (dec("1804.5"), dec("896.5")));
        assert_eq!((test.changed, test.unchanged, test.exact), (73, 7, false));
        assert!((test.p - 0.012_287_040_177_054_957).abs() < 1e-15, "{}", test.p);
    }

    #[test]
    fn nothing_has_changed() {
        assert_eq!(wilcoxon(&decs("1 2 2.0"), &decs("1.0 2 2")), Ok(Wilcoxon::Unchanged { pairs: 3 }));
        assert_eq!(wilcoxon(&decs("0"), &decs("-0")), Ok(Wilcoxon::Unchanged { pairs: 1 }));
    }

    #[test]
    fn one_and_two_changes() {
        let test = changes(&decs("3"));
        assert_eq!((test.w_plus, test.w_minus, test.p, test.exact), (dec("1"), dec("0"), 1.0, true));
        assert_eq!(changes(&decs("3 5")).p, 0.5);
        assert_eq!(changes(&decs("-3 -3")).p, 0.5);
        assert_eq!(changes(&decs("-3 3")).p, 1.0);
    }

    #[test]
    fn direction_order_and_unit_do_not_matter() {
        let test = changes(&decs("1 -2 3 4 -1 6 0 2 2"));
        let opposite = changes(&decs("-1 2 -3 -4 1 -6 0 -2 -2"));
        assert_eq!((opposite.w_plus, opposite.w_minus, opposite.p), (test.w_minus, test.w_plus, test.p));
        assert_eq!(changes(&decs("2 0 2 6 -1 4 3 -2 1")), test);
        assert_eq!(changes(&decs("0.5 -1 1.5 2 -0.5 3 0 1 1")), test);
        assert_eq!((test.changed, test.unchanged), (8, 1));
    }

    #[test]
    fn both_ways_meet_where_one_gives_way_to_the_other() {
        let differences: Vec<_> =
            (1..=50).map(|size| Decimal::from(if size % 3 == 0 { -size } else { size })).collect();
        let test = changes(&differences);
        let plus = 2 * (1..=50u64).filter(|size| size % 3 != 0).sum::<u64>();
        let normal = normal_p(50, plus.abs_diff(50 * 51 - plus), 0);
        assert!(test.exact && (test.p - normal).abs() < 2e-3, "{} and {normal}", test.p);
        let all_up = changes(&(1..=50).map(Decimal::from).collect::<Vec<_>>());
        assert_eq!(all_up.p, 2f64.powi(-49));
        assert_eq!(changes(&[Decimal::ONE; 50]).p, 2f64.powi(-49));
        let more = changes(&[Decimal::ONE; 100_000]);
        assert!(!more.exact && (0.0..1e-300).contains(&more.p));
    }

    #[test]
    fn errors() {
        assert_eq!(wilcoxon(&[], &[]), Err(WilcoxonError::Empty));
        assert_eq!(wilcoxon(&decs("1"), &decs("1 2")), Err(WilcoxonError::UnequalLengths));
        assert_eq!(wilcoxon(&[Decimal::MIN], &[Decimal::MAX]), Err(WilcoxonError::Overflow));
    }
}
