//! Which judgements contradict the others, and what would have agreed with them.

use super::comparisons::{Comparisons, ComparisonsError};
use super::completion::{check_connected, completed};
use super::consistency::ratio_of;
use super::matrix::Matrix;
use super::priorities::{PrioritiesError, PriorityMethod, principal, priorities};
use super::random_index::RandomIndex;

/// A judgement and how far it is from what all judgements together say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inconsistency {
    /// The first item, the smaller number.
    pub row: usize,
    /// The second item.
    pub column: usize,
    /// How many times the first was judged to matter as much as the second.
    pub judgement: f64,
    /// By what factor the judgement is too large or too small against the weights: 1 where it agrees, never below.
    pub error_ratio: f64,
    /// What would agree with the other judgements; `None` where they do not connect the two items.
    pub repair: Option<Repair>,
}

/// A judgement that agrees with the others as well as one can, in place of the one that was given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repair {
    /// How many times the first item matters as much as the second.
    pub value: f64,
    /// The largest eigenvalue of the comparisons after the replacement.
    pub lambda_max: f64,
    order: usize,
}

impl Repair {
    /// The consistency ratio of the comparisons after the replacement.
    ///
    /// **Units**: a plain number, 0 where judgements are consistent.
    #[must_use]
    pub fn consistency_ratio(&self, table: RandomIndex) -> f64 {
        ratio_of(self.lambda_max, self.order, table)
    }
}

/// Why a judgement has no repair.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RepairError {
    /// There is no such pair.
    #[error(transparent)]
    Pair(#[from] ComparisonsError),
    /// The pair is not judged: there is nothing to repair, and [`completion`](super::completion) has an estimate.
    #[error("items {row} and {column} are not compared")]
    NotJudged {
        /// The first item.
        row: usize,
        /// The second item.
        column: usize,
    },
    /// Nothing else says how the two items compare.
    #[error("no other judgements connect items {row} and {column}")]
    OnlyConnection {
        /// The first item.
        row: usize,
        /// The second item.
        column: usize,
    },
    /// The comparisons have no priorities.
    #[error(transparent)]
    Priorities(#[from] PrioritiesError),
}

/// All judgements, the one that contradicts the others most first.
///
/// **Formula**: the error ratio of the pair i, j is `a_ij w_j / w_i` or its inverse, whichever is from 1 up, with w the
/// principal eigenvector; pairs of the same ratio stay in order. The repairs are those of [`repair`].
///
/// **Units**: plain numbers.
///
/// # Errors
///
/// As [`priorities`].
///
/// # Source
///
/// Saaty (2003), *Decision-making with the AHP: why is the principal eigenvector necessary*, European Journal of
/// Operational Research 145.
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::{Comparisons, RandomIndex, inconsistencies};
///
/// let mut comparisons = Comparisons::new(4)?;
/// for (i, j, value) in [(0, 1, 2.0), (0, 2, 4.0), (0, 3, 8.0), (1, 2, 2.0), (1, 3, 4.0), (2, 3, 0.5)] {
///     comparisons.set(i, j, value)?;
/// }
/// let worst = inconsistencies(&comparisons)?[0];
/// assert_eq!((worst.row, worst.column, worst.judgement), (2, 3, 0.5));
/// let repair = worst.repair.expect("six judgements are more than enough");
/// assert!((repair.value - 2.0).abs() < 1e-12);
/// assert!(repair.consistency_ratio(RandomIndex::default()) < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn inconsistencies(comparisons: &Comparisons) -> Result<Vec<Inconsistency>, PrioritiesError> {
    let found = priorities(comparisons, PriorityMethod::Eigenvector)?;
    let weight = |item: usize| found.weights().get(item).copied().unwrap_or(1.0);
    let mut list = Vec::new();
    for (row, column, judgement) in comparisons.judgements() {
        let ratio = judgement * weight(column) / weight(row);
        let error_ratio = ratio.max(1.0 / ratio);
        let repair = replaced(comparisons, row, column)?;
        list.push(Inconsistency { row, column, judgement, error_ratio, repair });
    }
    list.sort_by(|one, other| other.error_ratio.total_cmp(&one.error_ratio));
    Ok(list)
}

/// What to judge of a pair so that it agrees with all other judgements, and how consistent they are then.
///
/// **Formula**: `w_i / w_j` with w the principal eigenvector of the matrix without the pair, `a_ij = a_ji = 0` and
/// `a_ii = a_jj = 2`; for comparisons with gaps, `a_ii` is 1 and the number of pairs missing in row i.
///
/// **Units**: how many times `row` matters as much as `column`; it need not be on the scale of the judgements.
///
/// # Errors
///
/// [`RepairError`]; [`RepairError::OnlyConnection`] where no other judgements connect the two items, as of two items.
///
/// # Source
///
/// Harker (1987), *Incomplete pairwise comparisons in the analytic hierarchy process*, Mathematical Modelling 9(11),
/// 837-848.
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::{Comparisons, repair};
///
/// let mut comparisons = Comparisons::new(3)?;
/// comparisons.set(0, 1, 2.0)?;
/// comparisons.set(1, 2, 3.0)?;
/// comparisons.set(0, 2, 1.0)?;
/// assert!((repair(&comparisons, 0, 2)?.value - 6.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn repair(comparisons: &Comparisons, row: usize, column: usize) -> Result<Repair, RepairError> {
    comparisons.check_pair(row, column)?;
    if comparisons.get(row, column).is_none() {
        return Err(RepairError::NotJudged { row, column });
    }
    check_connected(comparisons.matrix())?;
    replaced(comparisons, row, column)?.ok_or(RepairError::OnlyConnection { row, column })
}

/// The repair of a pair that is judged; `None` where nothing else connects it.
fn replaced(comparisons: &Comparisons, row: usize, column: usize) -> Result<Option<Repair>, PrioritiesError> {
    let mut matrix = comparisons.matrix().clone();
    matrix.put(row, column, 0.0);
    matrix.put(column, row, 0.0);
    if check_connected(&matrix).is_err() {
        return Ok(None);
    }
    let (vector, _) = harker(&matrix).principal().ok_or(PrioritiesError::NoConvergence)?;
    let weight = |item: usize| vector.get(item).copied().unwrap_or(1.0);
    let value = weight(row) / weight(column);
    matrix.put(row, column, value);
    matrix.put(column, row, 1.0 / value);
    let (_, lambda_max) = principal(&completed(&matrix)?)?;
    Ok(Some(Repair { value, lambda_max, order: matrix.order() }))
}

/// The matrix in which every gap is 0 and counts on the diagonal.
fn harker(matrix: &Matrix) -> Matrix {
    let order = matrix.order();
    let mut harker = matrix.clone();
    for row in 0..order {
        let gaps = (0..order).filter(|column| matrix.at(row, *column) == 0.0).count();
        harker.put(row, row, 1.0 + gaps as f64);
    }
    harker
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ahp::testing::{consistent, house, matrix, numbers, random};

    #[test]
    fn house_of_saaty() {
        // Saaty (2003) as in the vignette of ahpsurvey 0.4.1: criteria 3 and 7, 0.459 (2.18 from the other
        // side) in place of 6, then 0.0825.
        let list = inconsistencies(&house()).unwrap();
        assert_eq!(list.len(), 28);
        let worst = list[0];
        assert_eq!((worst.row, worst.column, worst.judgement), (2, 6, 6.0));
        assert!((worst.error_ratio - 5.32135692643).abs() < 1e-10);
        let found = worst.repair.unwrap();
        assert!((found.value - 0.459).abs() < 0.0005, "{found:?}");
        assert!((1.0 / found.value - 2.18).abs() < 0.001);
        assert!((found.consistency_ratio(RandomIndex::Simulated2019) - 0.0825).abs() < 0.0001);
        // By numpy.linalg.eig.
        assert!((found.lambda_max - 8.81117199187).abs() < 1e-10);
        assert!((found.consistency_ratio(RandomIndex::Saaty1980) - 0.0821856121447).abs() < 1e-10);
        assert!(list.is_sorted_by(|one, other| one.error_ratio >= other.error_ratio && other.error_ratio >= 1.0));
        assert_eq!(repair(&house(), 2, 6), Ok(found));
        let other_way = repair(&house(), 6, 2).unwrap();
        assert!((other_way.value * found.value - 1.0).abs() < 1e-12);
    }

    #[test]
    fn one_wrong_judgement_among_consistent_ones_is_found_and_repaired() {
        let weights = [0.3, 0.25, 0.2, 0.125, 0.075, 0.05];
        for gap in [None, Some((0, 5)), Some((2, 3))] {
            for (i, j) in [(0, 1), (1, 4), (3, 5)] {
                let mut comparisons = consistent(&weights, |i, j| gap != Some((i, j)));
                let right = weights[i] / weights[j];
                comparisons.set(i, j, right * 9.0).unwrap();
                let worst = inconsistencies(&comparisons).unwrap()[0];
                assert_eq!((worst.row, worst.column), (i, j));
                let found = worst.repair.unwrap();
                assert!((found.value / right - 1.0).abs() < 1e-12, "{found:?}");
                assert!((found.lambda_max - 6.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn only_connections_have_no_repair() {
        let chain = matrix("1 2 .\n1/2 1 3\n. 1/3 1");
        assert!(inconsistencies(&chain).unwrap().iter().all(|pair| pair.repair.is_none() && pair.error_ratio < 1.0001));
        assert_eq!(repair(&chain, 0, 1), Err(RepairError::OnlyConnection { row: 0, column: 1 }));
        assert_eq!(repair(&chain, 0, 2), Err(RepairError::NotJudged { row: 0, column: 2 }));
        assert_eq!(repair(&chain, 1, 1), Err(ComparisonsError::OnItself { item: 1 }.into()));
        assert_eq!(repair(&chain, 1, 3), Err(ComparisonsError::NoSuchItem { item: 3, items: 3 }.into()));
        let apart = matrix("1 2 .\n1/2 1 .\n. . 1");
        assert!(matches!(repair(&apart, 0, 1), Err(RepairError::Priorities(PrioritiesError::Unconnected { .. }))));
        assert_eq!(inconsistencies(&Comparisons::new(1).unwrap()), Ok(vec![]));
    }

    #[test]
    fn whatever_is_judged_the_list_is_finite() {
        let mut next = numbers(31);
        for order in 2..=15 {
            for scale in [&[1.0, 3.0, 9.0][..], &[1e6]] {
                let mut comparisons = random(order, scale, &mut next);
                for gaps in 0..3 {
                    for pair in inconsistencies(&comparisons).unwrap() {
                        assert!(pair.error_ratio.is_finite() && pair.error_ratio >= 1.0);
                        let numbers = pair.repair.map_or([1.0; 2], |repair| [repair.value, repair.lambda_max]);
                        assert!(numbers.iter().all(|number| number.is_finite() && *number > 0.0));
                    }
                    if gaps < 2 {
                        // Only the neighbours of a circle, in the end.
                        let keep = |i: usize, j: usize| i + 1 == j || (i == 0 && j + 1 == order);
                        let drop: Vec<_> = comparisons.judgements().filter(|(i, j, _)| !keep(*i, *j)).collect();
                        for (i, j, _) in drop.iter().take(drop.len() / (2 - gaps)) {
                            comparisons.clear(*i, *j).unwrap();
                        }
                    }
                }
            }
        }
    }
}
