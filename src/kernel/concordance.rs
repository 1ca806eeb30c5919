//! Kendall's coefficient of concordance: how far a panel of experts agrees on the order of the items.

use std::borrow::Cow;

use rust_decimal::Decimal;

/// Why there is no coefficient of concordance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConcordanceError {
    /// One item has no order.
    #[error("agreement on an order needs at least two items")]
    TooFewItems,
    /// One expert agrees with nobody.
    #[error("agreement needs at least two experts")]
    TooFewExperts,
    /// Some ratings are missing, or there are too many.
    #[error("not every item is rated by the same number of experts")]
    UnequalLengths,
    /// No expert prefers any item, so the ratings hold no order to agree on.
    #[error("every expert rates all items the same")]
    AllTied,
    /// The panel is too large for exact arithmetic.
    #[error("the panel is too large: a sum of squared ranks does not fit 28 digits")]
    Overflow,
}

/// A complete table of ratings: every expert has rated every item.
///
/// The constructor says what a row of the table is, so that experts and items cannot be taken for each other.
#[derive(Clone, Copy, Debug)]
pub struct Ratings<'a> {
    rows: &'a [&'a [Decimal]],
    items: usize,
    experts: usize,
    row: Row,
}

/// What a row of the table is.
#[derive(Clone, Copy, Debug)]
enum Row {
    Item,
    Expert,
}

impl<'a> Ratings<'a> {
    /// Ratings with one row for each item: `rows[i][e]` is what expert `e` says about item `i`.
    ///
    /// # Errors
    ///
    /// [`ConcordanceError::UnequalLengths`], [`TooFewItems`](ConcordanceError::TooFewItems) below two items,
    /// [`TooFewExperts`](ConcordanceError::TooFewExperts) below two experts.
    pub fn by_item(rows: &'a [&'a [Decimal]]) -> Result<Self, ConcordanceError> {
        let (items, experts) = shape(rows, ConcordanceError::TooFewItems)?;
        Self::checked(Self { rows, items, experts, row: Row::Item })
    }

    /// Ratings with one row for each expert: `rows[e][i]` is what expert `e` says about item `i`.
    ///
    /// # Errors
    ///
    /// As [`Ratings::by_item`].
    pub fn by_expert(rows: &'a [&'a [Decimal]]) -> Result<Self, ConcordanceError> {
        let (experts, items) = shape(rows, ConcordanceError::TooFewExperts)?;
        Self::checked(Self { rows, items, experts, row: Row::Expert })
    }

    fn checked(self) -> Result<Self, ConcordanceError> {
        match (self.items, self.experts) {
            (0 | 1, _) => Err(ConcordanceError::TooFewItems),
            (_, 0 | 1) => Err(ConcordanceError::TooFewExperts),
            _ => Ok(self),
        }
    }

    /// How many items are rated: two or more.
    #[must_use]
    pub fn items(&self) -> usize {
        self.items
    }

    /// How many experts have rated them: two or more.
    #[must_use]
    pub fn experts(&self) -> usize {
        self.experts
    }

    /// What one expert says about the items, in the order of the items.
    fn by(&self, expert: usize) -> Cow<'a, [Decimal]> {
        match self.row {
            Row::Item => self.rows.iter().filter_map(|row| row.get(expert).copied()).collect(),
            Row::Expert => self.rows.get(expert).copied().unwrap_or_default().into(),
        }
    }
}

/// Number of rows and of columns, where all rows have the same length; without rows, the error for `none`.
fn shape(rows: &[&[Decimal]], none: ConcordanceError) -> Result<(usize, usize), ConcordanceError> {
    let columns = rows.first().ok_or(none)?.len();
    if rows.iter().all(|row| row.len() == columns) {
        Ok((rows.len(), columns))
    } else {
        Err(ConcordanceError::UnequalLengths)
    }
}

/// How far the experts agree on the order of the items: 0 is no agreement at all, 1 is the same order from everybody.
///
/// **Formula**: `W = 12 S / (m^2 (n^3 - n) - m sum T_j)` for m experts and n items, where each expert's ratings are
/// turned into ranks with [`mid_ranks`], `R_i` is the sum of the ranks of item i, `S = sum (R_i - mean R)^2`, and
/// `T_j = sum (t^3 - t)` over the groups of t items that expert j ties. The sums are exact: the only rounding is that of
/// the final division to 28 digits.
///
/// **Units**: a plain number from 0 to 1. Only the order of one expert's ratings matters, not their scale.
///
/// **Spreadsheets**: there is no such function. Sheets that use `RANK.EQ` or leave the ties out get a smaller W.
///
/// # Errors
///
/// [`ConcordanceError::AllTied`] where no expert distinguishes any items; [`ConcordanceError::Overflow`] for panels
/// beyond about 10^28 = m^2 n^3.
///
/// # Source
///
/// Kendall, Babington Smith (1939), *The problem of m rankings*; ties as in Siegel, Castellan (1988), section 9.4, from
/// which the example is.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Ratings, kendall_w};
/// use rust_decimal::Decimal;
///
/// // Three judges rank eight reasons to attend a conference.
/// let judges = [[5, 6, 7, 1, 2, 4, 3, 8], [1, 7, 6, 2, 3, 5, 4, 8], [4, 5, 1, 3, 2, 7, 6, 8]];
/// let judges = judges.map(|ranks| ranks.map(Decimal::from));
/// let rows = [&judges[0][..], &judges[1], &judges[2]];
/// let w = kendall_w(Ratings::by_expert(&rows)?)?;
/// assert_eq!(w.round_dp(6), Decimal::new(656_085, 6));
/// # Ok::<(), appraise::kernel::ConcordanceError>(())
/// ```
pub fn kendall_w(ratings: Ratings<'_>) -> Result<Decimal, ConcordanceError> {
    let mut rank_sums = vec![0u64; ratings.items];
    let mut ties = 0u128;
    for expert in 0..ratings.experts {
        let (ranks, tied) = doubled_mid_ranks(&ratings.by(expert));
        for (sum, rank) in rank_sums.iter_mut().zip(ranks) {
            *sum += rank;
        }
        ties = ties.saturating_add(tied);
    }
    fraction(ratings, &rank_sums, ties).ok_or(ConcordanceError::Overflow)?
}

/// W from the doubled rank sums and the sum of T over all experts, in whole numbers; `None` on overflow.
fn fraction(ratings: Ratings<'_>, doubled_sums: &[u64], ties: u128) -> Option<Result<Decimal, ConcordanceError>> {
    let items = u128::try_from(ratings.items).ok()?;
    let experts = u128::try_from(ratings.experts).ok()?;
    let doubled_mean = experts.checked_mul(items.checked_add(1)?)?;
    let mut four_s = 0u128;
    for sum in doubled_sums {
        let off = u128::from(*sum).abs_diff(doubled_mean);
        four_s = four_s.checked_add(off.checked_mul(off)?)?;
    }
    let most = experts.checked_mul(cube_less_self(items)?)?.checked_sub(ties)?.checked_mul(experts)?;
    if most == 0 {
        return Some(Err(ConcordanceError::AllTied));
    }
    let twelve_s = decimal(four_s.checked_mul(3)?)?;
    Some(Ok(twelve_s.checked_div(decimal(most)?)?))
}

fn cube_less_self(n: u128) -> Option<u128> {
    n.checked_pow(3)?.checked_sub(n)
}

fn decimal(whole: u128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(i128::try_from(whole).ok()?, 0).ok()
}

/// The rank of each value among all, the smallest first; equal values share the mean of the ranks they occupy.
///
/// **Formula**: a value that occupies the positions p to q of the sorted list (from 1) has the rank `(p + q) / 2`.
///
/// **Units**: ranks, whole or half, from 1 to the number of values; their sum is n (n + 1) / 2.
///
/// **Spreadsheets**: `RANK.AVG(value, range, 1)`.
///
/// # Source
///
/// Kendall (1945), *The treatment of ties in ranking problems*.
///
/// # Example
///
/// ```
/// use appraise::kernel::mid_ranks;
/// use rust_decimal::Decimal;
///
/// let ranks = mid_ranks(&[30, 10, 30, 20].map(Decimal::from));
/// assert_eq!(ranks, [Decimal::new(35, 1), Decimal::ONE, Decimal::new(35, 1), Decimal::TWO]);
/// ```
#[must_use]
pub fn mid_ranks(values: &[Decimal]) -> Vec<Decimal> {
    let (doubled, _) = doubled_mid_ranks(values);
    // Half of a doubled rank is five tenths of it.
    doubled.into_iter().map(|rank| Decimal::from_i128_with_scale(i128::from(rank * 5), 1).normalize()).collect()
}

/// Twice the mid-rank of each value, which is whole, and the sum of t^3 - t over the groups of t equal values.
fn doubled_mid_ranks(values: &[Decimal]) -> (Vec<u64>, u128) {
    let mut sorted: Vec<(Decimal, usize)> = values.iter().copied().zip(0..).collect();
    sorted.sort_unstable_by_key(|(value, _)| *value);

    let mut ranks = vec![0; values.len()];
    let mut ties = 0u128;
    let mut before = 0u64;
    for group in sorted.chunk_by(|(one, _), (other, _)| one == other) {
        let size = group.len() as u64;
        for (_, place) in group {
            if let Some(rank) = ranks.get_mut(*place) {
                *rank = (before + 1) + (before + size);
            }
        }
        before += size;
        // A slice would need 2^42 entries for these to saturate.
        ties = ties.saturating_add(u128::from(size).saturating_pow(3).saturating_sub(u128::from(size)));
    }
    (ranks, ties)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec, decs};

    /// R package irr, data set anxiety, 3 raters and 20 subjects.
    const ANXIETY: [&str; 3] = [
        "3 3 3 4 5 5 2 3 5 2 2 6 1 5 2 2 1 2 4 3",
        "3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4",
        "2 1 4 4 3 2 1 6 1 1 1 2 3 3 1 1 3 3 2 2",
    ];
    /// Siegel and Castellan 1988: 3 judges and 8 factors.
    const CONFERENCE: [&str; 3] = ["5 6 7 1 2 4 3 8", "1 7 6 2 3 5 4 8", "4 5 1 3 2 7 6 8"];

    fn table(rows: &[&str]) -> Vec<Vec<Decimal>> {
        rows.iter().map(|row| decs(row)).collect()
    }

    fn transposed(rows: &[Vec<Decimal>]) -> Vec<Vec<Decimal>> {
        (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect()
    }

    fn borrowed(rows: &[Vec<Decimal>]) -> Vec<&[Decimal]> {
        rows.iter().map(Vec::as_slice).collect()
    }

    fn w_by_expert(rows: &[Vec<Decimal>]) -> Result<Decimal, ConcordanceError> {
        kendall_w(Ratings::by_expert(&borrowed(rows))?)
    }

    fn w_by_item(rows: &[Vec<Decimal>]) -> Result<Decimal, ConcordanceError> {
        kendall_w(Ratings::by_item(&borrowed(rows))?)
    }

    #[test]
    fn published_values() {
        for (rows, expected) in [(ANXIETY, "0.53965687595"), (CONFERENCE, "0.65608465608")] {
            let rows = table(&rows);
            let w = w_by_expert(&rows).unwrap();
            assert_near("W", w, dec(expected), "0.00000000001");
            assert_eq!(w_by_item(&transposed(&rows)), Ok(w));
        }
    }

    #[test]
    fn order_of_experts_and_items_does_not_matter() {
        let mut rows = table(&ANXIETY);
        let w = w_by_expert(&rows);
        rows.rotate_left(1);
        assert_eq!(w_by_expert(&rows), w);
        for row in &mut rows {
            row.rotate_left(7);
            row.swap(0, 11);
        }
        assert_eq!(w_by_expert(&rows), w);
    }

    #[test]
    fn the_scale_of_one_expert_does_not_matter() {
        let mut rows = table(&ANXIETY);
        let w = w_by_expert(&rows);
        for rating in &mut rows[1] {
            *rating = rating.checked_mul(dec("17.3")).unwrap().checked_sub(dec("40")).unwrap();
        }
        assert_eq!(w_by_expert(&rows), w);
    }

    #[test]
    fn the_ends_of_the_scale() {
        assert_eq!(w_by_expert(&table(&["1 2 3 4"; 5])), Ok(Decimal::ONE));
        assert_eq!(w_by_expert(&table(&["1 2 2 9"; 5])), Ok(Decimal::ONE));
        assert_eq!(w_by_expert(&table(&["1 2 3", "3 2 1"])), Ok(Decimal::ZERO));
        // One expert who ties everything only makes the denominator smaller: 3 * 32 / (9 * 24 - 3 * 24) = 2/3.
        assert_near(
            "2/3",
            w_by_expert(&table(&["1 2 3", "1 2 3", "5 5 5"])).unwrap(),
            dec("0.66666666667"),
            "0.00000000001",
        );
    }

    #[test]
    fn ranks() {
        assert_eq!(mid_ranks(&decs("3 1 3 2 3")), decs("4 1 4 2 4"));
        assert_eq!(mid_ranks(&decs("0 -0.0 1")), decs("1.5 1.5 3"));
        assert_eq!(mid_ranks(&decs("2.50 2.5")), decs("1.5 1.5"));
        assert_eq!(mid_ranks(&[]), []);
        for row in ANXIETY {
            let sum = mid_ranks(&decs(row)).iter().try_fold(Decimal::ZERO, |sum, rank| sum.checked_add(*rank));
            assert_eq!(sum, Some(Decimal::from(210)));
        }
    }

    #[test]
    fn errors() {
        assert_eq!(w_by_expert(&table(&["5 5 5", "2 2 2"])), Err(ConcordanceError::AllTied));
        assert_eq!(w_by_expert(&table(&["1 2 3"])), Err(ConcordanceError::TooFewExperts));
        assert_eq!(w_by_expert(&table(&["1", "2"])), Err(ConcordanceError::TooFewItems));
        assert_eq!(w_by_item(&table(&["1", "2"])), Err(ConcordanceError::TooFewExperts));
        assert_eq!(w_by_item(&table(&["1 2"])), Err(ConcordanceError::TooFewItems));
        assert_eq!(w_by_item(&[]), Err(ConcordanceError::TooFewItems));
        assert_eq!(w_by_expert(&[]), Err(ConcordanceError::TooFewExperts));
        assert_eq!(w_by_item(&table(&["1 2", "1 2 3"])), Err(ConcordanceError::UnequalLengths));
    }

    #[test]
    fn large_panels_stay_exact() {
        let up: Vec<_> = (0..20_000).map(Decimal::from).collect();
        assert_eq!(w_by_expert(&vec![up; 10]), Ok(Decimal::ONE));
    }
}
