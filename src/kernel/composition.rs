//! Fuzzy composition: memberships of criteria in grades and the weights of the criteria become the memberships of the
//! whole.

/// A number to compose memberships of: [`f64`], which is fast, or [`Decimal`](rust_decimal::Decimal), which is exact.
///
/// No other type can implement it.
pub trait Number: sealed::Arithmetic {}

impl Number for f64 {}
impl Number for rust_decimal::Decimal {}

mod sealed {
    use rust_decimal::Decimal;

    /// Arithmetic that says where it fails. Floats fail in the end: a result that is not finite is an overflow.
    pub trait Arithmetic: Copy + PartialOrd {
        const ZERO: Self;
        const ONE: Self;
        fn of_count(count: usize) -> Self;
        fn is_finite(self) -> bool;
        fn plus(self, other: Self) -> Option<Self>;
        fn minus(self, other: Self) -> Option<Self>;
        fn times(self, other: Self) -> Option<Self>;
        fn over(self, other: Self) -> Option<Self>;

        #[inline(always)]
        fn lesser(self, other: Self) -> Self {
            if other < self { other } else { self }
        }

        #[inline(always)]
        fn greater(self, other: Self) -> Self {
            if other > self { other } else { self }
        }
    }

    impl Arithmetic for f64 {
        const ZERO: Self = 0.0;
        const ONE: Self = 1.0;

        #[inline(always)]
        fn of_count(count: usize) -> Self {
            count as Self
        }

        #[inline(always)]
        fn is_finite(self) -> bool {
            self.is_finite()
        }

        #[inline(always)]
        fn plus(self, other: Self) -> Option<Self> {
            Some(self + other)
        }

        #[inline(always)]
        fn minus(self, other: Self) -> Option<Self> {
            Some(self - other)
        }

        #[inline(always)]
        fn times(self, other: Self) -> Option<Self> {
            Some(self * other)
        }

        #[inline(always)]
        fn over(self, other: Self) -> Option<Self> {
            Some(self / other)
        }
    }

    impl Arithmetic for Decimal {
        const ZERO: Self = Self::ZERO;
        const ONE: Self = Self::ONE;

        fn of_count(count: usize) -> Self {
            Self::from(count)
        }

        fn is_finite(self) -> bool {
            true
        }

        fn plus(self, other: Self) -> Option<Self> {
            self.checked_add(other)
        }

        fn minus(self, other: Self) -> Option<Self> {
            self.checked_sub(other)
        }

        fn times(self, other: Self) -> Option<Self> {
            self.checked_mul(other)
        }

        fn over(self, other: Self) -> Option<Self> {
            self.checked_div(other)
        }
    }
}

/// How weights `a_i` and memberships `r_ij` of the criteria i become the membership `b_j` of the whole in grade j.
///
/// They are named by their formula, because the literature swaps the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Composition {
    /// M(·,+): `b_j = sum_i a_i r_ij`. The only one that composes rows that sum to 1 to such a row.
    #[default]
    WeightedSum,
    /// M(∧,∨): `b_j = max_i min(a_i, r_ij)`.
    MaxMin,
    /// M(·,∨): `b_j = max_i a_i r_ij`.
    MaxProduct,
    /// M(∧,⊕): `b_j = min(1, sum_i min(a_i, r_ij))`.
    BoundedSum,
    /// `b_j = sum_i min(a_i, r_ij / sum_k r_kj)`; 0 for a grade whose memberships sum to 0.
    BalancedSum,
}

/// Why there is no composition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompositionError {
    /// There is nothing to compose.
    #[error("there are no criteria to compose")]
    Empty,
    /// There is no grade.
    #[error("there are no grades")]
    NoGrades,
    /// There must be one membership for each criterion and grade.
    #[error("{criteria} criteria in {grades} grades do not have {memberships} memberships")]
    UnequalLengths {
        /// How many weights there are.
        criteria: usize,
        /// How many grades the result has.
        grades: usize,
        /// How many memberships there are.
        memberships: usize,
    },
    /// A weight or membership is NaN or infinite.
    #[error("a weight or membership is not a finite number")]
    NotFinite,
    /// A value on the way does not fit the type of the numbers.
    #[error("a value is too large")]
    Overflow,
}

/// The memberships of a whole in each grade, from the weights and memberships of its criteria.
///
/// `memberships` holds one row of `out.len()` grades for each weight, one row after the other. The result is written to
/// `out`, whose old content does not matter; after an error, its content means nothing.
///
/// **Formula**: `B = A o R`, as the [`Composition`] says.
///
/// **Units**: fractions; neither the weights nor the rows need to sum to 1, and neither does the result.
///
/// **Spreadsheets**: [`Composition::WeightedSum`] is `MMULT(weights, memberships)`.
///
/// # Errors
///
/// [`CompositionError::Empty`], [`NoGrades`](CompositionError::NoGrades),
/// [`UnequalLengths`](CompositionError::UnequalLengths), [`NotFinite`](CompositionError::NotFinite),
/// [`Overflow`](CompositionError::Overflow).
///
/// # Example
///
/// ```
/// use appraise::kernel::{Composition, compose};
///
/// let (weights, memberships) = ([0.75, 0.25], [0.5, 0.25, 0.25, 1.0, 0.0, 0.0]);
/// let mut b = [0.0; 3];
/// compose(Composition::WeightedSum, &weights, &memberships, &mut b)?;
/// assert_eq!(b, [0.625, 0.1875, 0.1875]);
/// compose(Composition::MaxMin, &weights, &memberships, &mut b)?;
/// assert_eq!(b, [0.5, 0.25, 0.25]);
/// # Ok::<(), appraise::kernel::CompositionError>(())
/// ```
pub fn compose<N: Number>(
    composition: Composition,
    weights: &[N],
    memberships: &[N],
    out: &mut [N],
) -> Result<(), CompositionError> {
    let (criteria, grades) = (weights.len(), out.len());
    if criteria == 0 {
        return Err(CompositionError::Empty);
    }
    if grades == 0 {
        return Err(CompositionError::NoGrades);
    }
    if criteria.checked_mul(grades) != Some(memberships.len()) {
        return Err(CompositionError::UnequalLengths { criteria, grades, memberships: memberships.len() });
    }
    if !(all_finite(weights) && all_finite(memberships)) {
        return Err(CompositionError::NotFinite);
    }
    match composed(composition, weights, memberships, out) {
        Some(()) if all_finite(out) => Ok(()),
        _ => Err(CompositionError::Overflow),
    }
}

#[inline(always)]
fn all_finite<N: Number>(numbers: &[N]) -> bool {
    // no early end: this is a loop over all lanes at once
    numbers.iter().fold(true, |all, number| all & number.is_finite())
}

/// The five formulas; `None` on overflow.
fn composed<N: Number>(composition: Composition, weights: &[N], memberships: &[N], out: &mut [N]) -> Option<()> {
    match composition {
        Composition::WeightedSum => fold(weights, memberships, out, N::times, N::plus),
        Composition::MaxMin => fold(weights, memberships, out, lesser, greater),
        Composition::MaxProduct => fold(weights, memberships, out, N::times, greater),
        Composition::BoundedSum => {
            fold(weights, memberships, out, lesser, N::plus)?;
            for b in &mut *out {
                // a sum that is not finite is left for the caller to see
                *b = if *b > N::ONE && b.is_finite() { N::ONE } else { *b };
            }
            Some(())
        }
        Composition::BalancedSum => {
            let grades = out.len();
            for (grade, b) in out.iter_mut().enumerate() {
                let column = || memberships.iter().skip(grade).step_by(grades);
                let sum = column().try_fold(N::ZERO, |sum, r| sum.plus(*r))?;
                if !sum.is_finite() {
                    return None;
                }
                *b = N::ZERO;
                if sum != N::ZERO {
                    for (a, r) in weights.iter().zip(column()) {
                        *b = b.plus(a.lesser(r.over(sum)?))?;
                    }
                }
            }
            Some(())
        }
    }
}

#[inline(always)]
fn lesser<N: Number>(one: N, other: N) -> Option<N> {
    Some(one.lesser(other))
}

#[inline(always)]
fn greater<N: Number>(one: N, other: N) -> Option<N> {
    Some(one.greater(other))
}

/// `b_j` is the terms of `a_i` and `r_ij` over all i, joined.
#[inline(always)]
fn fold<N: Number>(
    weights: &[N],
    memberships: &[N],
    out: &mut [N],
    term: impl Fn(N, N) -> Option<N> + Copy,
    join: impl Fn(N, N) -> Option<N> + Copy,
) -> Option<()> {
    let mut rows = weights.iter().zip(memberships.chunks_exact(out.len()));
    let (a, row) = rows.next()?;
    for (b, r) in out.iter_mut().zip(row) {
        *b = term(*a, *r)?;
    }
    for (a, row) in rows {
        for (b, r) in out.iter_mut().zip(row) {
            *b = join(*b, term(*a, *r)?)?;
        }
    }
    Some(())
}

/// Why there is no effectiveness of maximum membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EffectivenessError {
    /// One grade has nothing to be ahead of.
    #[error("effectiveness needs at least two grades")]
    TooFewGrades,
    /// A membership is below 0, NaN or infinite.
    #[error("the membership in grade {}, counted from 1, is not a number from 0", .grade + 1)]
    NotAMembership {
        /// Which grade, counted from 0.
        grade: usize,
    },
    /// All memberships are 0.
    #[error("all memberships are zero")]
    AllZero,
    /// Only one grade has a membership, so nothing contests it.
    #[error("only one grade has a membership, so the largest is ahead of nothing")]
    Uncontested,
    /// The second largest membership is too small to divide by, or the largest too large.
    #[error("a value is too large")]
    Overflow,
}

/// How clearly the largest membership decides: 0 where all are the same, above 0.5 clearly, below it weakly.
///
/// **Formula**: `(k beta - 1) / (2 gamma (k - 1))`, where beta is the largest and gamma the second largest of the k
/// memberships divided by their sum; where the largest ties, gamma is beta.
///
/// **Units**: a plain number from 0, without an upper end. The row need not sum to 1.
///
/// # Errors
///
/// [`EffectivenessError::TooFewGrades`], [`NotAMembership`](EffectivenessError::NotAMembership),
/// [`AllZero`](EffectivenessError::AllZero), [`Uncontested`](EffectivenessError::Uncontested) where gamma is 0,
/// [`Overflow`](EffectivenessError::Overflow).
///
/// # Example
///
/// ```
/// use appraise::kernel::effectiveness;
/// use rust_decimal::Decimal;
///
/// // (5 x 0.53 - 1) / (2 x 0.275 x 4)
/// let b = [175, 530, 275, 20, 0].map(|thousandths| Decimal::new(thousandths, 3));
/// assert_eq!(effectiveness(&b), Ok(Decimal::new(75, 2)));
/// ```
pub fn effectiveness<N: Number>(memberships: &[N]) -> Result<N, EffectivenessError> {
    if memberships.len() < 2 {
        return Err(EffectivenessError::TooFewGrades);
    }
    if let Some(grade) = memberships.iter().position(|b| !(*b >= N::ZERO && b.is_finite())) {
        return Err(EffectivenessError::NotAMembership { grade });
    }
    let (mut largest, mut second) = (N::ZERO, N::ZERO);
    for b in memberships {
        second = second.greater(largest.lesser(*b));
        largest = largest.greater(*b);
    }
    if largest == N::ZERO {
        return Err(EffectivenessError::AllZero);
    }
    if second == N::ZERO {
        return Err(EffectivenessError::Uncontested);
    }
    ahead(memberships, largest, second).filter(|alpha| alpha.is_finite()).ok_or(EffectivenessError::Overflow)
}

/// The formula with both sides multiplied by the sum of the memberships.
fn ahead<N: Number>(memberships: &[N], largest: N, second: N) -> Option<N> {
    let k = N::of_count(memberships.len());
    let sum = memberships.iter().try_fold(N::ZERO, |sum, b| sum.plus(*b))?;
    let lead = k.times(largest)?.minus(sum)?.greater(N::ZERO);
    let most = second.plus(second)?.times(k.minus(N::ONE)?)?;
    // an infinite divisor would hide in the quotient
    if most.is_finite() { lead.over(most) } else { None }
}

/// The grades of the largest membership, counted from 0: several where they tie, all where all are 0.
///
/// Grades tie only if their memberships are the same to the last digit, which sums of decimals are and sums of floats
/// may not be. A float that is not finite is never the largest.
///
/// # Example
///
/// ```
/// use appraise::kernel::maximum_membership;
/// use rust_decimal::Decimal;
///
/// assert_eq!(maximum_membership(&[2, 5, 5, 1].map(Decimal::from)), [1, 2]);
/// ```
#[must_use]
pub fn maximum_membership<N: Number>(memberships: &[N]) -> Vec<usize> {
    let finite = || memberships.iter().copied().enumerate().filter(|(_, b)| b.is_finite());
    let Some(largest) = finite().map(|(_, b)| b).reduce(N::greater) else {
        return Vec::new();
    };
    finite().filter(|(_, b)| *b == largest).map(|(grade, _)| grade).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec, decs};
    use rust_decimal::Decimal;

    const ALL: [Composition; 5] = [
        Composition::WeightedSum,
        Composition::MaxMin,
        Composition::MaxProduct,
        Composition::BoundedSum,
        Composition::BalancedSum,
    ];

    /// Composes decimals and floats, asserts that they agree, and returns the decimals.
    #[track_caller]
    fn composed(composition: Composition, weights: &str, memberships: &str) -> Vec<Decimal> {
        let (weights, memberships) = (decs(weights), decs(memberships));
        let mut out = vec![dec("7"); memberships.len() / weights.len()];
        compose(composition, &weights, &memberships, &mut out).unwrap();
        let floats = |numbers: &[Decimal]| -> Vec<f64> { numbers.iter().map(|x| f64::try_from(*x).unwrap()).collect() };
        let mut float_out = vec![f64::NAN; out.len()];
        compose(composition, &floats(&weights), &floats(&memberships), &mut float_out).unwrap();
        for (exact, float) in floats(&out).iter().zip(float_out) {
            assert!((exact - float).abs() < 1e-14, "{composition:?}: {exact} {float}");
        }
        out
    }

    #[test]
    fn the_five_formulas_by_hand() {
        for (composition, expected) in [
            // 0.6 x 0.5 + 0.4 x 0.1, …
            (Composition::WeightedSum, "0.34 0.26 0.40"),
            // max(min(0.6, 0.5), min(0.4, 0.1)), …
            (Composition::MaxMin, "0.5 0.3 0.4"),
            // max(0.30, 0.04), max(0.18, 0.08), max(0.12, 0.28)
            (Composition::MaxProduct, "0.30 0.18 0.28"),
            // min(1, 0.5 + 0.1), min(1, 0.3 + 0.2), min(1, 0.2 + 0.4)
            (Composition::BoundedSum, "0.6 0.5 0.6"),
            // min(0.6, 5/6) + min(0.4, 1/6), min(0.6, 3/5) + min(0.4, 2/5), min(0.6, 2/9) + min(0.4, 7/9)
            (Composition::BalancedSum, "0.7666666667 1 0.6222222222"),
        ] {
            let b = composed(composition, "0.6 0.4", "0.5 0.3 0.2 0.1 0.2 0.7");
            let b: Vec<_> = b.iter().map(|b| b.round_dp(10)).collect();
            assert_eq!(b, decs(expected), "{composition:?}");
        }
        assert_eq!(composed(Composition::BoundedSum, "0.6 0.6", "0.9 0.1 0.8 0.2"), decs("1 0.3"));
        assert_eq!(composed(Composition::BalancedSum, "0.6 0.4", "0.9 0 0.9 0"), decs("0.9 0"));
    }

    #[test]
    fn published_one_level() {
        // Lecture 7, fuzzy comprehensive evaluation, example 1: welcome of a garment
        let (weights, rows) =
            ("0.1 0.1 0.15 0.3 0.35", "0.2 0.5 0.3 0  0.1 0.3 0.5 0.1  0 0.1 0.6 0.3  0 0.4 0.5 0.1  0.5 0.3 0.2 0");
        let b = composed(Composition::MaxMin, weights, rows);
        assert_eq!(b, decs("0.35 0.3 0.3 0.15"));
        let normalised = crate::kernel::shares(&b).unwrap();
        let normalised: Vec<_> = normalised.iter().map(|b| b.round_dp(2)).collect();
        assert_eq!(normalised, decs("0.32 0.27 0.27 0.14"));
        assert_near("alpha", effectiveness(&b).unwrap(), dec("0.166666666667"), "0.000000000001");
        assert_eq!(maximum_membership(&b), [0]);
        // the operator decides the verdict
        let average = composed(Composition::WeightedSum, weights, rows);
        assert_eq!(average, decs("0.205 0.32 0.39 0.085"));
        assert_eq!(maximum_membership(&average), [2]);

        // A saved run of a program for fuzzy evaluation: clothing
        let rows = "0.2 0.5 0.2 0.1  0.7 0.2 0.1 0  0 0.4 0.5 0.1  0.2 0.3 0.5 0";
        let b = composed(Composition::WeightedSum, "0.1 0.2 0.3 0.4", rows);
        assert_eq!(b, decs("0.24 0.33 0.39 0.04"));
        assert_near("alpha", effectiveness(&b).unwrap(), dec("0.282828282828"), "0.000000000001");

        // After Si Shoukui, Mathematical modelling, example 14.2: appraisal of staff
        let rows = "0.1 0.5 0.4 0 0  0.2 0.5 0.2 0.1 0  0.2 0.5 0.3 0 0  0.2 0.6 0.2 0 0";
        let b = composed(Composition::WeightedSum, "0.25 0.2 0.25 0.3", rows);
        assert_eq!(b, decs("0.175 0.53 0.275 0.02 0"));
        assert_eq!(effectiveness(&b), Ok(dec("0.75")));
        assert_eq!(maximum_membership(&b), [1]);
    }

    /// A chapter on fuzzy evaluation: quality of a product. It prints the score 78.33, which should be 76.58.
    #[test]
    fn published_two_levels() {
        let sum = Composition::WeightedSum;
        let performance = composed(sum, "0.4 0.3 0.3", "0.5 0.3 0.15 0.05 0.4 0.35 0.2 0.05 0.3 0.4 0.2 0.1");
        let appearance = composed(sum, "0.55 0.45", "0.6 0.25 0.1 0.05 0.45 0.35 0.15 0.05");
        let service = composed(sum, "0.5 0.25 0.25", "0.35 0.3 0.25 0.1 0.5 0.3 0.15 0.05 0.4 0.4 0.15 0.05");
        assert_eq!(performance, decs("0.41 0.345 0.18 0.065"));
        assert_eq!(appearance, decs("0.5325 0.295 0.1225 0.05"));
        assert_eq!(service, decs("0.4 0.325 0.2 0.075"));
        let mut b = [Decimal::ZERO; 4];
        compose(sum, &decs("0.5 0.2 0.3"), &[performance, appearance, service].concat(), &mut b).unwrap();
        assert_eq!(b.to_vec(), decs("0.4315 0.329 0.1745 0.065"));
        assert_near("alpha", effectiveness(&b).unwrap(), dec("0.367781155015"), "0.000000000001");
        assert_eq!(maximum_membership(&b), [0]);
        let mut score = [Decimal::ZERO];
        compose(sum, &b, &decs("90 75 60 40"), &mut score).unwrap();
        assert_eq!(score, [dec("76.58")]);
    }

    #[test]
    fn the_order_of_the_criteria_does_not_matter() {
        for composition in ALL {
            let one = composed(composition, "0.5 0.3 0.2", "0.1 0.9 0 0.6 0.4 0 0.3 0.3 0.4");
            let other = composed(composition, "0.2 0.5 0.3", "0.3 0.3 0.4 0.1 0.9 0 0.6 0.4 0");
            for (one, other) in one.iter().zip(&other) {
                assert_near("b", *one, *other, "0.000000000000000000000000001");
            }
        }
    }

    #[test]
    fn a_weighted_sum_is_linear_and_keeps_rows_that_sum_to_one() {
        let sum = Composition::WeightedSum;
        let first = "0.1 0.9 0.6 0.4";
        // the mix is a quarter of the first and three quarters of the second
        let [one, two, mix] =
            [first, "0.3 0.7 0.2 0.8", "0.25 0.75 0.3 0.7"].map(|rows| composed(sum, "0.3 0.7", rows));
        for ((one, two), mix) in one.iter().zip(&two).zip(&mix) {
            let expected = one.checked_add(two.checked_mul(dec("3")).unwrap());
            assert_eq!(mix.checked_mul(dec("4")), expected);
        }
        let doubled = composed(sum, "0.6 1.4", first);
        for (one, doubled) in one.iter().zip(&doubled) {
            assert_eq!(one.checked_mul(dec("2")), Some(*doubled));
        }
        assert_eq!(one[0].checked_add(one[1]), Some(Decimal::ONE));
    }

    #[test]
    fn any_number_of_grades() {
        for composition in ALL {
            let one = composed(composition, "0.5 0.3 0.2", "0.1 0.6 0.3");
            for grades in 2..=17 {
                let rows = ["0.1", "0.6", "0.3"].map(|r| vec![r; grades].join(" "));
                assert_eq!(composed(composition, "0.5 0.3 0.2", &rows.join(" ")), vec![one[0]; grades]);
            }
        }
    }

    #[test]
    fn faulty_compositions() {
        let compose = |weights: &[f64], memberships: &[f64], grades: usize| {
            ALL.map(|composition| compose(composition, weights, memberships, &mut vec![0.0; grades]))
        };
        assert_eq!(compose(&[], &[], 2), [Err(CompositionError::Empty); 5]);
        assert_eq!(compose(&[1.0], &[], 0), [Err(CompositionError::NoGrades); 5]);
        let error = CompositionError::UnequalLengths { criteria: 2, grades: 2, memberships: 3 };
        assert_eq!(compose(&[0.5, 0.5], &[0.1, 0.2, 0.3], 2), [Err(error); 5]);
        for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(compose(&[wrong], &[0.0], 1), [Err(CompositionError::NotFinite); 5]);
            assert_eq!(compose(&[0.0], &[wrong], 1), [Err(CompositionError::NotFinite); 5]);
        }
    }

    #[test]
    fn overflow_is_an_error_and_nothing_infinite_comes_out() {
        let (max, overflow) = (f64::MAX, Err(CompositionError::Overflow));
        for (composition, expected) in ALL.into_iter().zip([overflow, Ok(()), overflow, overflow, overflow]) {
            assert_eq!(compose(composition, &[max, max], &[max, max], &mut [0.0]), expected, "{composition:?}");
            let max = Decimal::MAX;
            let ratings = [max, max];
            assert_eq!(compose(composition, &ratings, &ratings, &mut [Decimal::ZERO]), expected, "{composition:?}");
        }
        for composition in ALL {
            for numbers in [[max, -max, 1.0, 5e-324], [1e200, -1e200, 1e200, 0.0], [-max, -max, max, max]] {
                let mut b = [0.0];
                if compose(composition, &numbers, &numbers, &mut b) == Ok(()) {
                    assert!(b[0].is_finite(), "{composition:?}");
                }
            }
        }
    }

    #[test]
    fn degenerate_effectiveness() {
        assert_eq!(effectiveness(&decs("1")), Err(EffectivenessError::TooFewGrades));
        assert_eq!(effectiveness(&decs("0 0")), Err(EffectivenessError::AllZero));
        assert_eq!(effectiveness(&decs("0 1 0")), Err(EffectivenessError::Uncontested));
        assert_eq!(effectiveness(&decs("0.5 -0.1")), Err(EffectivenessError::NotAMembership { grade: 1 }));
        assert_eq!(effectiveness(&[1.0, f64::NAN]), Err(EffectivenessError::NotAMembership { grade: 1 }));
        assert_eq!(effectiveness(&[f64::INFINITY, 1.0]), Err(EffectivenessError::NotAMembership { grade: 0 }));
        assert_eq!(effectiveness(&[1.0, 5e-324]), Err(EffectivenessError::Overflow));
        assert_eq!(effectiveness(&[f64::MAX, f64::MAX]), Err(EffectivenessError::Overflow));
        assert_eq!(effectiveness(&[Decimal::MAX, Decimal::MAX]), Err(EffectivenessError::Overflow));
        assert_eq!(effectiveness(&decs("0.2 0.2 0.2")), Ok(Decimal::ZERO));
        assert_eq!(effectiveness(&[0.1; 3]), Ok(0.0)); // 3 x 0.1 is less than 0.1 + 0.1 + 0.1
        assert_eq!(effectiveness(&decs("0.4 0.4 0.2")), Ok(dec("0.125")));
        // the sum of the row does not matter
        assert_eq!(effectiveness(&decs("4 4 2")), Ok(dec("0.125")));
    }

    #[test]
    fn largest_memberships() {
        assert_eq!(maximum_membership(&decs("0.2 0.40 0.4")), [1, 2]);
        assert_eq!(maximum_membership(&decs("0 0")), [0, 1]);
        assert_eq!(maximum_membership::<f64>(&[]), [0usize; 0]);
        assert_eq!(maximum_membership(&[f64::NAN, 0.3, f64::INFINITY, 0.1]), [1]);
    }
}
