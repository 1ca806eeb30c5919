//! Pairwise comparisons: how many times one item matters as much as another.

use super::matrix::{LARGEST, Matrix};

/// Saaty's words for judgements and the numbers they stand for.
///
/// **Units**: how many times the first item of a pair matters as much as the second.
///
/// # Source
///
/// Saaty (1980), *The Analytic Hierarchy Process*: 1, 3, 5, 7 and 9 have names; the numbers between them are for
/// compromises.
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::VERBAL_SCALE;
///
/// let strong = VERBAL_SCALE.iter().find(|(word, _)| *word == "strong");
/// assert_eq!(strong, Some(&("strong", 5)));
/// ```
pub const VERBAL_SCALE: [(&str, u8); 9] = [
    ("equal", 1),
    ("equal_to_moderate", 2),
    ("moderate", 3),
    ("moderate_to_strong", 4),
    ("strong", 5),
    ("strong_to_very_strong", 6),
    ("very_strong", 7),
    ("very_strong_to_extreme", 8),
    ("extreme", 9),
];

/// Why a table of numbers is no table of comparisons.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ComparisonsError {
    /// Nothing is compared.
    #[error("there are no items to compare")]
    NoItems,
    /// The tables of random indices end at 15, and so do people.
    #[error("{items} items are too many to compare in pairs: random indices are published for 15 at most")]
    TooManyItems {
        /// How many there are.
        items: usize,
    },
    /// A row is shorter or longer than there are rows.
    #[error("row {row} has {found} entries where there are {expected} rows")]
    NotSquare {
        /// The row.
        row: usize,
        /// How many entries it should have.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// There is no item of this number.
    #[error("there is no item {item} among {items}, counted from 0")]
    NoSuchItem {
        /// The number.
        item: usize,
        /// How many items there are.
        items: usize,
    },
    /// An item is compared with itself, and the judgement is not 1.
    #[error("item {item} is compared with itself")]
    OnItself {
        /// The item.
        item: usize,
    },
    /// NaN or infinity.
    #[error("the judgement in row {row}, column {column} is not a finite number")]
    NotFinite {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// The number is not positive, or larger or smaller than anybody can mean.
    #[error("the judgement {value} in row {row}, column {column} is not between 0.000001 and 1000000")]
    OutOfRange {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
        /// The judgement.
        value: f64,
    },
    /// Two judgements about one pair contradict each other.
    #[error("row {row}, column {column} says {value} and the opposite entry {opposite}, which is not its reciprocal")]
    NotReciprocal {
        /// The row, smaller than the column.
        row: usize,
        /// The column.
        column: usize,
        /// The judgement above the diagonal.
        value: f64,
        /// The judgement below it.
        opposite: f64,
    },
}

/// Judgements about pairs of 1 to 15 items, some of which may be missing.
///
/// They form a positive reciprocal matrix: `a_ij` says how many times item `i` matters as much as item `j`, `a_ji` is its
/// reciprocal, and an item matters as much as itself. Nothing else can be built.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparisons {
    /// A missing judgement is 0.
    matrix: Matrix,
}

impl Comparisons {
    /// The most items that can be compared: those for which there are random indices.
    pub const MAX_ITEMS: usize = LARGEST;

    /// The smallest judgement, a millionth.
    pub const MIN_VALUE: f64 = 1e-6;

    /// The largest judgement, a million.
    pub const MAX_VALUE: f64 = 1e6;

    /// No judgements yet about this many items.
    ///
    /// # Errors
    ///
    /// [`ComparisonsError::NoItems`], [`ComparisonsError::TooManyItems`] above 15.
    ///
    /// # Example
    ///
    /// ```
    /// use appraise::kernel::ahp::Comparisons;
    ///
    /// let mut comparisons = Comparisons::new(3)?;
    /// comparisons.set(0, 2, 5.0)?;
    /// assert_eq!(comparisons.get(2, 0), Some(0.2));
    /// assert_eq!(comparisons.get(0, 1), None);
    /// # Ok::<(), appraise::kernel::ahp::ComparisonsError>(())
    /// ```
    pub fn new(items: usize) -> Result<Self, ComparisonsError> {
        match items {
            0 => Err(ComparisonsError::NoItems),
            1..=LARGEST => Ok(Self { matrix: Matrix::identity(items) }),
            _ => Err(ComparisonsError::TooManyItems { items }),
        }
    }

    /// The judgements of a table, row by row; `None` is a gap.
    ///
    /// The diagonal is 1 or left out. A pair is given on either side of the diagonal or on both; then the two are
    /// reciprocal to nine digits, and the one from 1 up is kept.
    ///
    /// # Errors
    ///
    /// Every [`ComparisonsError`] except [`NoSuchItem`](ComparisonsError::NoSuchItem).
    ///
    /// # Example
    ///
    /// ```
    /// use appraise::kernel::ahp::{Comparisons, ComparisonsError};
    ///
    /// let upper = Comparisons::from_rows(&[&[None, Some(3.0)], &[None, None]])?;
    /// assert_eq!(upper, Comparisons::from_rows(&[&[Some(1.0), Some(3.0)], &[Some(1.0 / 3.0), Some(1.0)]])?);
    /// let twice = Comparisons::from_rows(&[&[None, Some(3.0)], &[Some(3.0), None]]);
    /// assert!(matches!(twice, Err(ComparisonsError::NotReciprocal { row: 0, column: 1, .. })));
    /// # Ok::<(), ComparisonsError>(())
    /// ```
    pub fn from_rows(rows: &[&[Option<f64>]]) -> Result<Self, ComparisonsError> {
        let mut comparisons = Self::new(rows.len())?;
        for (row, entries) in rows.iter().enumerate() {
            if entries.len() != rows.len() {
                return Err(ComparisonsError::NotSquare { row, expected: rows.len(), found: entries.len() });
            }
        }
        for (row, entries) in rows.iter().enumerate() {
            for (column, entry) in entries.iter().enumerate() {
                let Some(value) = *entry else {
                    continue;
                };
                check(row, column, value)?;
                if row == column {
                    if value != 1.0 {
                        return Err(ComparisonsError::OnItself { item: row });
                    }
                    continue;
                }
                // Already there where this is the entry below the diagonal.
                if let Some(before) = comparisons.get(column, row) {
                    if (value * before - 1.0).abs() > 1e-9 {
                        let (row, column, value, opposite) = (column, row, before, value);
                        return Err(ComparisonsError::NotReciprocal { row, column, value, opposite });
                    }
                    if value < 1.0 {
                        continue;
                    }
                }
                comparisons.set(row, column, value)?;
            }
        }
        Ok(comparisons)
    }

    /// Comparisons whose gaps were filled, row by row: as [`from_rows`](Self::from_rows), but an estimate is the product of
    /// a chain of judgements, so that it may lie as far beyond them as fourteen of the largest reach.
    pub(crate) fn from_completed(rows: &[&[f64]]) -> Result<Self, ComparisonsError> {
        let mut comparisons = Self::new(rows.len())?;
        for (row, entries) in rows.iter().enumerate() {
            if entries.len() != rows.len() {
                return Err(ComparisonsError::NotSquare { row, expected: rows.len(), found: entries.len() });
            }
            for (column, value) in entries.iter().copied().enumerate().take(row) {
                let opposite = rows.get(column).and_then(|entries| entries.get(row)).copied().unwrap_or_default();
                check_within(row, column, value, LONGEST_CHAIN)?;
                check_within(column, row, opposite, LONGEST_CHAIN)?;
                if (value * opposite - 1.0).abs() > 1e-9 {
                    let (row, column, value, opposite) = (column, row, opposite, value);
                    return Err(ComparisonsError::NotReciprocal { row, column, value, opposite });
                }
                // the side from 1 up has the more digits
                let above = if opposite < 1.0 { 1.0 / value } else { opposite };
                comparisons.matrix.put(column, row, above);
                comparisons.matrix.put(row, column, 1.0 / above);
            }
        }
        Ok(comparisons)
    }

    /// Judges that `row` matters `value` times as much as `column`, and so `column` `1 / value` times as much as `row`.
    ///
    /// An earlier judgement of the pair is replaced.
    ///
    /// **Units**: a plain number from a millionth to a million. Which numbers a scale has is not decided here.
    ///
    /// # Errors
    ///
    /// [`ComparisonsError::NoSuchItem`], [`OnItself`](ComparisonsError::OnItself),
    /// [`NotFinite`](ComparisonsError::NotFinite), [`OutOfRange`](ComparisonsError::OutOfRange).
    pub fn set(&mut self, row: usize, column: usize, value: f64) -> Result<(), ComparisonsError> {
        self.check_pair(row, column)?;
        check(row, column, value)?;
        self.matrix.put(row, column, value);
        self.matrix.put(column, row, 1.0 / value);
        Ok(())
    }

    /// Takes the judgement of a pair back.
    ///
    /// # Errors
    ///
    /// [`ComparisonsError::NoSuchItem`], [`OnItself`](ComparisonsError::OnItself).
    pub fn clear(&mut self, row: usize, column: usize) -> Result<(), ComparisonsError> {
        self.check_pair(row, column)?;
        self.matrix.put(row, column, 0.0);
        self.matrix.put(column, row, 0.0);
        Ok(())
    }

    /// How many times `row` matters as much as `column`; `None` where that is not judged or there is no such item.
    #[must_use]
    pub fn get(&self, row: usize, column: usize) -> Option<f64> {
        let value = self.matrix.at(row, column);
        (value != 0.0).then_some(value)
    }

    /// How many items are compared: 1 to 15.
    #[must_use]
    pub fn order(&self) -> usize {
        self.matrix.order()
    }

    /// True where every pair is judged.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.matrix.is_full()
    }

    /// The judgements above the diagonal, row by row: row, column, value.
    pub fn judgements(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        self.pairs().filter_map(|(row, column)| Some((row, column, self.get(row, column)?)))
    }

    /// The pairs without a judgement, row by row: row, column.
    pub fn missing(&self) -> impl Iterator<Item = (usize, usize)> {
        self.pairs().filter(|(row, column)| self.get(*row, *column).is_none())
    }

    pub(super) fn matrix(&self) -> &Matrix {
        &self.matrix
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let items = self.order();
        (0..items).flat_map(move |row| (row + 1..items).map(move |column| (row, column)))
    }

    /// Two different items.
    pub(super) fn check_pair(&self, row: usize, column: usize) -> Result<(), ComparisonsError> {
        let items = self.order();
        match [row, column].into_iter().find(|item| *item >= items) {
            Some(item) => Err(ComparisonsError::NoSuchItem { item, items }),
            None if row == column => Err(ComparisonsError::OnItself { item: row }),
            None => Ok(()),
        }
    }
}

/// Above what fourteen judgements of a million multiply to.
const LONGEST_CHAIN: f64 = 1e85;

fn check(row: usize, column: usize, value: f64) -> Result<(), ComparisonsError> {
    check_within(row, column, value, Comparisons::MAX_VALUE)
}

fn check_within(row: usize, column: usize, value: f64, most: f64) -> Result<(), ComparisonsError> {
    let least = if most == Comparisons::MAX_VALUE { Comparisons::MIN_VALUE } else { 1.0 / most };
    if !value.is_finite() {
        Err(ComparisonsError::NotFinite { row, column })
    } else if !(least..=most).contains(&value) {
        Err(ComparisonsError::OutOfRange { row, column, value })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ahp::testing::matrix;

    #[test]
    fn judgements_and_gaps() {
        let mut comparisons = matrix("1 3 .\n1/3 1 1/7\n. 7 1");
        assert_eq!(comparisons.get(2, 1), Some(7.0));
        assert_eq!(comparisons.get(1, 2), Some(1.0 / 7.0));
        assert_eq!(comparisons.missing().collect::<Vec<_>>(), [(0, 2)]);
        assert!(!comparisons.is_complete());
        comparisons.set(2, 0, 4.0).unwrap();
        assert_eq!(comparisons.get(0, 2), Some(0.25));
        assert!(comparisons.is_complete());
        assert_eq!(comparisons.judgements().count(), 3);
        comparisons.clear(1, 0).unwrap();
        assert_eq!(comparisons.missing().collect::<Vec<_>>(), [(0, 1)]);
        assert_eq!((comparisons.get(3, 0), comparisons.get(0, 17)), (None, None));
    }

    #[test]
    fn errors() {
        let new = Comparisons::new;
        assert_eq!(new(0), Err(ComparisonsError::NoItems));
        assert_eq!(new(16), Err(ComparisonsError::TooManyItems { items: 16 }));
        assert_eq!(
            new(16).unwrap_err().to_string(),
            "16 items are too many to compare in pairs: random indices are published for 15 at most"
        );
        let mut three = new(3).unwrap();
        assert_eq!(three.set(0, 3, 2.0), Err(ComparisonsError::NoSuchItem { item: 3, items: 3 }));
        assert_eq!(three.set(1, 1, 1.0), Err(ComparisonsError::OnItself { item: 1 }));
        assert_eq!(three.clear(1, 1), Err(ComparisonsError::OnItself { item: 1 }));
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(three.set(0, 1, value), Err(ComparisonsError::NotFinite { row: 0, column: 1 }));
        }
        for value in [0.0, -3.0, 1.1e6, 0.9e-6, f64::MIN_POSITIVE] {
            assert_eq!(three.set(0, 1, value), Err(ComparisonsError::OutOfRange { row: 0, column: 1, value }));
        }
        assert_eq!(three, new(3).unwrap());

        let rows = Comparisons::from_rows;
        assert_eq!(
            rows(&[&[None, Some(2.0)], &[None]]),
            Err(ComparisonsError::NotSquare { row: 1, expected: 2, found: 1 })
        );
        assert_eq!(rows(&[&[Some(2.0)]]), Err(ComparisonsError::OnItself { item: 0 }));
        assert_eq!(
            rows(&[&[None, Some(3.0)], &[Some(0.333), None]]),
            Err(ComparisonsError::NotReciprocal { row: 0, column: 1, value: 3.0, opposite: 0.333 })
        );
        assert_eq!(rows(&[[None; 16].as_slice(); 16]), Err(ComparisonsError::TooManyItems { items: 16 }));
    }

    #[test]
    fn what_completes_judgements_may_lie_beyond_them() {
        let rows: [&[f64]; 2] = [&[1.0, 1e14], &[1e-14, 1.0]];
        let completed = Comparisons::from_completed(&rows).unwrap();
        assert_eq!((completed.get(0, 1), completed.get(1, 0)), (Some(1e14), Some(1.0 / 1e14)));
        for wrong in [f64::NAN, f64::INFINITY, 0.0, -1.0, 1e86] {
            assert!(Comparisons::from_completed(&[&[1.0, wrong], &[1.0 / wrong, 1.0]]).is_err(), "{wrong}");
        }
        assert!(Comparisons::from_completed(&[&[1.0, 2.0], &[2.0, 1.0]]).is_err());
        assert!(Comparisons::from_completed(&[&[1.0, 2.0], &[0.5]]).is_err());
    }

    #[test]
    fn the_judgement_from_1_up_is_kept() {
        let digits = 0.333_333_333_3;
        let above = Comparisons::from_rows(&[&[None, Some(digits)], &[Some(3.0), None]]).unwrap();
        assert_eq!((above.get(0, 1), above.get(1, 0)), (Some(1.0 / 3.0), Some(3.0)));
        let below = Comparisons::from_rows(&[&[None, Some(3.0)], &[Some(digits), None]]).unwrap();
        assert_eq!((below.get(0, 1), below.get(1, 0)), (Some(3.0), Some(1.0 / 3.0)));
    }

    #[test]
    fn the_scale_of_words_is_in_order() {
        assert!(VERBAL_SCALE.iter().map(|(_, number)| *number).eq(1..=9));
    }
}
