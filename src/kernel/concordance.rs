//! Kendall's coefficient of concordance: how far a panel of experts agrees on the order of the items.

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

/// Why there is no coefficient of concordance from a table with missing answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IncompleteError {
    /// No pair of experts can be compared.
    #[error("no two experts have an order of items that both have rated")]
    NoPairs,
    /// The panel is too large for exact arithmetic.
    #[error("the panel is too large: a sum of squared ranks does not fit 38 digits")]
    Overflow,
}

/// A table of ratings: with [`Decimal`]s every expert has rated every item, with `Option<Decimal>`s answers may be
/// missing.
///
/// The constructor says what a row of the table is, so that experts and items cannot be taken for each other.
#[derive(Clone, Copy, Debug)]
pub struct Ratings<'a, T = Decimal> {
    rows: &'a [&'a [T]],
    size: PanelSize,
    row: Row,
}

/// How large a panel is, in fields with names so that the two counts cannot change places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanelSize {
    /// How many experts rate.
    pub experts: usize,
    /// How many items they rate.
    pub items: usize,
}

/// What a row of the table is.
#[derive(Clone, Copy, Debug)]
enum Row {
    Item,
    Expert,
}

impl<'a, T: Copy> Ratings<'a, T> {
    /// Ratings with one row for each item: `rows[i][e]` is what expert `e` says about item `i`.
    ///
    /// # Errors
    ///
    /// [`ConcordanceError::UnequalLengths`], [`TooFewItems`](ConcordanceError::TooFewItems) below two items,
    /// [`TooFewExperts`](ConcordanceError::TooFewExperts) below two experts.
    pub fn by_item(rows: &'a [&'a [T]]) -> Result<Self, ConcordanceError> {
        let (items, experts) = shape(rows, ConcordanceError::TooFewItems)?;
        Self::checked(Self { rows, size: PanelSize { experts, items }, row: Row::Item })
    }

    /// Ratings with one row for each expert: `rows[e][i]` is what expert `e` says about item `i`.
    ///
    /// # Errors
    ///
    /// As [`Ratings::by_item`].
    pub fn by_expert(rows: &'a [&'a [T]]) -> Result<Self, ConcordanceError> {
        let (experts, items) = shape(rows, ConcordanceError::TooFewExperts)?;
        Self::checked(Self { rows, size: PanelSize { experts, items }, row: Row::Expert })
    }

    fn checked(self) -> Result<Self, ConcordanceError> {
        match (self.size.items, self.size.experts) {
            (0 | 1, _) => Err(ConcordanceError::TooFewItems),
            (_, 0 | 1) => Err(ConcordanceError::TooFewExperts),
            _ => Ok(self),
        }
    }

    /// How many items are rated: two or more.
    #[must_use]
    pub fn items(&self) -> usize {
        self.size.items
    }

    /// How many experts have rated them: two or more.
    #[must_use]
    pub fn experts(&self) -> usize {
        self.size.experts
    }

    /// How many experts and items there are.
    #[must_use]
    pub fn size(&self) -> PanelSize {
        self.size
    }

    /// What one expert says about the items, in the order of the items; `column` is room for a copy.
    fn by<'b>(&self, expert: usize, column: &'b mut Vec<T>) -> &'b [T]
    where
        'a: 'b,
    {
        match self.row {
            Row::Item => {
                column.clear();
                column.extend(self.rows.iter().filter_map(|row| row.get(expert).copied()));
                column
            }
            Row::Expert => self.rows.get(expert).copied().unwrap_or_default(),
        }
    }
}

/// Number of rows and of columns, where all rows have the same length; without rows, the error for `none`.
fn shape<T>(rows: &[&[T]], none: ConcordanceError) -> Result<(usize, usize), ConcordanceError> {
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
    let mut rank_sums = vec![0u64; ratings.items()];
    let ties = each_ranking(ratings, |ranks| {
        for (sum, rank) in rank_sums.iter_mut().zip(ranks) {
            *sum += rank;
        }
    });
    fraction(ratings.size, &rank_sums, ties).ok_or(ConcordanceError::Overflow)?
}

/// Shows every expert's doubled mid-ranks to `see`; the sum of T over all experts.
pub(super) fn each_ranking(ratings: Ratings<'_>, mut see: impl FnMut(&[u64])) -> u128 {
    let mut ranker = Ranker::default();
    let mut column = Vec::new();
    let mut ties = 0u128;
    for expert in 0..ratings.experts() {
        ties = ties.saturating_add(ranker.rank(ratings.by(expert, &mut column)));
        see(&ranker.ranks);
    }
    ties
}

/// A coefficient of concordance from a table with missing answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IncompleteW {
    /// The estimate of W: a plain number from 0 to 1, and 0 where the formula falls below it.
    pub w: f64,
    /// The rank correlation over all pairs of experts together: a plain number from -1 to 1.
    pub rho: f64,
    /// How many experts are in one of these pairs or more.
    pub experts: usize,
    /// How many pairs of experts share two items or more.
    pub pairs: usize,
}

/// How far the experts agree on the order of the items where some answers are missing: an estimate of [`kendall_w`].
///
/// **Formula**: `W = (1 + (m - 1) rho) / m` with `rho = sum c_jk / sum (v_jk + v_kj) / 2` over the pairs of experts j and k
/// that share two items or more: both are ranked over the items they share, `c_jk` is the sum of products of their
/// distances from the mean rank, `v_jk` the sum of squares of j. m counts the experts in such a pair.
///
/// Without missing answers this is [`kendall_w`], ties included: there `sum c_jk` and `sum v` make up the S and the
/// denominator of W. The mean of Spearman's correlation over the pairs, which is often used, is W only where nobody ties,
/// and leaves out whoever ties everything: one answer less could then turn a panel that does not agree into one that does.
///
/// No set of complete rankings has a rho below `-1 / (m - 1)`, but pairs over different items can have one: then `w` is 0,
/// and `rho` says how far they disagree.
///
/// **Units**: a plain number from 0 to 1. Only the order of one expert's ratings matters, not their scale. The time grows
/// with the square of the number of experts.
///
/// **Spreadsheets**: there is no such function.
///
/// # Errors
///
/// [`IncompleteError::NoPairs`] where no pair of experts shares items that one of them distinguishes;
/// [`IncompleteError::Overflow`] for panels beyond about 10^5 items.
///
/// # Source
///
/// The identity of W and the correlation of pairs: Kendall, Babington Smith (1939), *The problem of m rankings*; Siegel,
/// Castellan (1988), section 9.4. Pooling the pairs that exist is this crate's.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Ratings, kendall_w_incomplete};
/// use rust_decimal::Decimal;
///
/// // The second expert has left the third item out, and agrees on the others.
/// let one = [1, 2, 3, 4].map(|rank| Some(Decimal::from(rank)));
/// let other = [Some(Decimal::ONE), Some(Decimal::TWO), None, Some(Decimal::TEN)];
/// let rows = [&one[..], &other];
/// let agreement = kendall_w_incomplete(Ratings::by_expert(&rows)?)?;
/// assert_eq!(agreement.w, 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn kendall_w_incomplete(ratings: Ratings<'_, Option<Decimal>>) -> Result<IncompleteW, IncompleteError> {
    let mut column = Vec::new();
    let rows: Vec<Vec<_>> = (0..ratings.experts()).map(|expert| ratings.by(expert, &mut column).to_vec()).collect();

    let mut compared = vec![false; rows.len()];
    let (mut products, mut squares, mut pairs) = (0i128, 0i128, 0);
    let (mut ranker, mut other_ranker) = (Ranker::default(), Ranker::default());
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (expert, row) in rows.iter().enumerate() {
        for (other, other_row) in rows.iter().enumerate().skip(expert + 1) {
            ours.clear();
            theirs.clear();
            for (one, another) in row.iter().zip(other_row).filter_map(|(one, another)| Some(((*one)?, (*another)?))) {
                ours.push(one);
                theirs.push(another);
            }
            if ours.len() < 2 {
                continue;
            }
            ranker.rank(&ours);
            other_ranker.rank(&theirs);
            let (product, square) = products_and_squares(&ranker.ranks, &other_ranker.ranks);
            products = products.checked_add(product).ok_or(IncompleteError::Overflow)?;
            squares = squares.checked_add(square).ok_or(IncompleteError::Overflow)?;
            pairs += 1;
            for expert in [expert, other] {
                if let Some(compared) = compared.get_mut(expert) {
                    *compared = true;
                }
            }
        }
    }
    if squares == 0 {
        return Err(IncompleteError::NoPairs);
    }
    let experts = compared.iter().filter(|compared| **compared).count();
    let rho = (2.0 * products as f64 / squares as f64).clamp(-1.0, 1.0);
    let m = experts as f64;
    Ok(IncompleteW { w: ((1.0 + (m - 1.0) * rho) / m).clamp(0.0, 1.0), rho, experts, pairs })
}

/// Four times the sum of products of the distances of two lists of ranks from their mean, and of the squares of both. The
/// ranks are doubled.
fn products_and_squares(ours: &[u64], theirs: &[u64]) -> (i128, i128) {
    let mean = (ours.len() as i128).saturating_add(1);
    let (mut products, mut squares) = (0i128, 0i128);
    for (one, other) in ours.iter().zip(theirs) {
        let (a, b) = (i128::from(*one).saturating_sub(mean), i128::from(*other).saturating_sub(mean));
        products = products.saturating_add(a.saturating_mul(b));
        squares = squares.saturating_add(a.saturating_mul(a)).saturating_add(b.saturating_mul(b));
    }
    (products, squares)
}

/// W from the doubled rank sums and the sum of T over all experts, in whole numbers; `None` on overflow.
fn fraction(size: PanelSize, doubled_sums: &[u64], ties: u128) -> Option<Result<Decimal, ConcordanceError>> {
    let items = u128::try_from(size.items).ok()?;
    let experts = u128::try_from(size.experts).ok()?;
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
    let mut ranker = Ranker::default();
    ranker.rank(values);
    // Half of a doubled rank is five tenths of it.
    ranker.ranks.iter().map(|rank| Decimal::from_i128_with_scale(i128::from(rank * 5), 1).normalize()).collect()
}

/// Turns lists of values into doubled mid-ranks, which are whole, and keeps its room for the next list.
#[derive(Debug, Default)]
pub(super) struct Ranker {
    /// Twice the mid-rank of each value.
    pub(super) ranks: Vec<u64>,
    keys: Vec<i64>,
    counts: Vec<u64>,
    sorted: Vec<(Decimal, usize)>,
}

impl Ranker {
    /// Ranks the values; the sum of t^3 - t over the groups of t equal values.
    pub(super) fn rank(&mut self, values: &[Decimal]) -> u128 {
        match self.number(values) {
            // Ratings are whole numbers of a short scale nearly always: counting each is cheaper than sorting.
            Some((least, span)) if span <= 512 + 8 * values.len() => self.rank_by_count(least, span),
            _ => self.rank_by_order(values),
        }
    }

    /// Whole numbers in the order of the values, the least of them and how far the greatest is above it; `None` where
    /// they are not small.
    fn number(&mut self, values: &[Decimal]) -> Option<(i64, usize)> {
        let scale = values.iter().map(Decimal::scale).max()?;
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        self.keys.clear();
        for value in values {
            let mut key = i64::try_from(value.mantissa()).ok()?;
            if value.scale() != scale {
                key = key.checked_mul(10i64.checked_pow(scale - value.scale())?)?;
            }
            least = least.min(key);
            most = most.max(key);
            self.keys.push(key);
        }
        Some((least, usize::try_from(most.checked_sub(least)?).ok()?))
    }

    fn rank_by_count(&mut self, least: i64, span: usize) -> u128 {
        self.counts.clear();
        self.counts.resize(span + 1, 0);
        // A key is never below the least, and never above the span.
        let place = |key: i64| (key - least) as usize;
        for key in &self.keys {
            if let Some(count) = self.counts.get_mut(place(*key)) {
                *count += 1;
            }
        }
        let mut before = 0;
        let mut ties = 0u128;
        for count in &mut self.counts {
            let size = *count;
            *count = doubled_rank(before, size);
            before += size;
            if size > 1 {
                ties = ties.saturating_add(tied(size));
            }
        }
        self.ranks.clear();
        self.ranks.extend(self.keys.iter().filter_map(|key| self.counts.get(place(*key)).copied()));
        ties
    }

    fn rank_by_order(&mut self, values: &[Decimal]) -> u128 {
        self.sorted.clear();
        self.sorted.extend(values.iter().copied().zip(0..));
        self.sorted.sort_unstable_by_key(|(value, _)| *value);

        self.ranks.clear();
        self.ranks.resize(values.len(), 0);
        let mut ties = 0u128;
        let mut before = 0;
        for group in self.sorted.chunk_by(|(one, _), (other, _)| one == other) {
            let size = group.len() as u64;
            for (_, place) in group {
                if let Some(rank) = self.ranks.get_mut(*place) {
                    *rank = doubled_rank(before, size);
                }
            }
            before += size;
            ties = ties.saturating_add(tied(size));
        }
        ties
    }
}

/// Twice the mean of the ranks that a group of equal values occupies, after those before it.
fn doubled_rank(before: u64, size: u64) -> u64 {
    (before + 1) + (before + size)
}

/// `t^3 - t`; a slice would need 2^42 entries for this to saturate.
fn tied(size: u64) -> u128 {
    match size {
        0..0x10_0000 => u128::from(size * size * size - size),
        _ => u128::from(size).saturating_pow(3).saturating_sub(u128::from(size)),
    }
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
    fn counting_and_sorting_give_the_same_ranks() {
        for row in [ANXIETY[0], "5", "0 -0.0 1", "2.50 2.5 -7 1e3", "-3 -3 8 0.125", "500 1 2 2 499.9"] {
            let values: Vec<_> =
                row.split(' ').map(|text| text.parse().or_else(|_| Decimal::from_scientific(text)).unwrap()).collect();
            let (mut one, mut other) = (Ranker::default(), Ranker::default());
            let (least, span) = one.number(&values).unwrap();
            assert_eq!(one.rank_by_count(least, span), other.rank_by_order(&values), "{row}");
            assert_eq!(one.ranks, other.ranks, "{row}");
        }
        // values that no small whole numbers stand for
        for row in
            ["79228162514264337593543950335 -79228162514264337593543950335 0", "1 0.0000000000000000000000000001"]
        {
            let sorted = row.split(' ').count() as u64;
            let mut ranker = Ranker::default();
            ranker.rank(&decs(row));
            assert_eq!(ranker.ranks.iter().sum::<u64>(), sorted * (sorted + 1));
        }
        let mut ranker = Ranker::default();
        ranker.rank(&decs("9223372036854775807 -9223372036854775808 3"));
        assert_eq!(ranker.ranks, [6, 2, 4]);
        // the room of a longer list is not seen by a shorter one
        ranker.rank(&decs("2 1"));
        assert_eq!(ranker.ranks, [4, 2]);
        ranker.rank(&[]);
        assert!(ranker.ranks.is_empty());
    }

    /// Ratings in which `.` is a missing answer.
    fn partial(rows: &[&str]) -> Vec<Vec<Option<Decimal>>> {
        rows.iter().map(|row| row.split(' ').map(|text| (text != ".").then(|| dec(text))).collect()).collect()
    }

    fn incomplete(rows: &[&str]) -> Result<IncompleteW, IncompleteError> {
        let rows = partial(rows);
        let borrowed: Vec<_> = rows.iter().map(Vec::as_slice).collect();
        let by_expert = kendall_w_incomplete(Ratings::by_expert(&borrowed).unwrap());
        let turned: Vec<Vec<_>> = (0..rows[0].len()).map(|item| rows.iter().map(|row| row[item]).collect()).collect();
        let borrowed: Vec<_> = turned.iter().map(Vec::as_slice).collect();
        assert_eq!(kendall_w_incomplete(Ratings::by_item(&borrowed).unwrap()), by_expert);
        by_expert
    }

    #[test]
    fn without_missing_answers_the_pairs_give_w() {
        let agreement = incomplete(&CONFERENCE).unwrap();
        assert!((agreement.w - 0.656_084_656_084_656).abs() < 1e-14, "{agreement:?}");
        assert_eq!((agreement.experts, agreement.pairs), (3, 3));
        // whatever is tied, by one expert or by all, in part or throughout
        let tied: [&[&str]; 4] =
            [&["1 2 2 3", "2 1 2 3", "3 3 2 1"], &["1 2 3", "1 3 2", "4 4 4"], &["1 2", "3 3"], &ANXIETY];
        for rows in tied {
            let complete = f64::try_from(w_by_expert(&table(rows)).unwrap()).unwrap();
            assert!((incomplete(rows).unwrap().w - complete).abs() < 1e-14, "{rows:?}");
        }
        assert_eq!(incomplete(&["1 2 3 4"; 5]).unwrap().w, 1.0);
        assert_eq!(incomplete(&["1 2 3", "3 2 1"]).unwrap().w, 0.0);
    }

    #[test]
    fn missing_answers() {
        // products 2, 1 and 1/2, squares 2, 2 and 1/2 each, over items 1 2 4, 2 3 4 and 2 4
        let agreement = incomplete(&["1 2 3 4", "10 20 . 30", ". 5 4 9"]).unwrap();
        assert_eq!((agreement.experts, agreement.pairs), (3, 3));
        assert!((agreement.rho - 7.0 / 9.0).abs() < 1e-15);
        assert!((agreement.w - 23.0 / 27.0).abs() < 1e-15);
        // a relabelled panel
        let other = incomplete(&["5 . 9 4", "20 10 30 .", "2 1 4 3"]).unwrap();
        assert!((other.w - agreement.w).abs() < 1e-15);
        // Experts who answer nothing, or share no items with anybody, do not count; who ties everything does.
        let agreement = incomplete(&["1 2 3 .", "1 3 2 .", "4 4 4 .", ". . . .", ". . . 1"]).unwrap();
        assert_eq!((agreement.w, agreement.rho, agreement.experts, agreement.pairs), (0.5, 0.25, 3, 3));
        // Three pairs over different items that all disagree: below what complete rankings can.
        let agreement = incomplete(&["1 2 . . 1 2", "2 1 1 2 . .", ". . 2 1 2 1"]).unwrap();
        assert_eq!((agreement.w, agreement.rho, agreement.pairs), (0.0, -1.0, 3));
    }

    #[test]
    fn nothing_to_compare() {
        assert_eq!(incomplete(&["1 . 2 .", ". 1 . 2"]), Err(IncompleteError::NoPairs));
        assert_eq!(incomplete(&["1 . 2 .", "1 . . 2"]), Err(IncompleteError::NoPairs));
        assert_eq!(incomplete(&["1 1", "3 3"]), Err(IncompleteError::NoPairs));
        assert_eq!(incomplete(&[". .", ". ."]), Err(IncompleteError::NoPairs));
        assert_eq!(incomplete(&["1 2", "2 1"]).map(|agreement| agreement.w), Ok(0.0));
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
