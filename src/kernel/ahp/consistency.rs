//! How far judgements contradict each other.

use super::comparisons::Comparisons;
use super::completion::logarithms;
use super::priorities::{Priorities, PrioritiesError, PriorityMethod, priorities};
use super::random_index::RandomIndex;

/// Why there is no index or ratio of consistency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsistencyError {
    /// The tables of random indices go from 1 to 15.
    #[error("there is no random index for {items} items, only for 1 to 15")]
    BeyondTable {
        /// How many items there are.
        items: usize,
    },
    /// NaN, infinity, or so large that the result would be.
    #[error("the eigenvalue or index is not a finite number")]
    NotFinite,
}

/// The largest eigenvalue of the comparisons: the number of items where they are consistent, and more the less they are.
///
/// **Formula**: the largest `lambda` with `A w = lambda w` for the matrix A of the judgements, its gaps filled as by
/// [`completion`](super::completion). [`Priorities::lambda_max`] is the same number without a second search.
///
/// **Units**: a plain number, at least the number of items.
///
/// # Errors
///
/// As [`priorities`].
///
/// # Source
///
/// Saaty (1980), *The Analytic Hierarchy Process*.
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::{Comparisons, lambda_max};
///
/// let mut circle = Comparisons::new(3)?;
/// circle.set(0, 1, 2.0)?;
/// circle.set(1, 2, 2.0)?;
/// circle.set(2, 0, 2.0)?;
/// assert!((lambda_max(&circle)? - 3.5).abs() < 1e-12); // 1 + 2 + 1/2
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn lambda_max(comparisons: &Comparisons) -> Result<f64, PrioritiesError> {
    Ok(priorities(comparisons, PriorityMethod::Eigenvector)?.lambda_max())
}

/// How far the largest eigenvalue is from that of consistent judgements.
///
/// **Formula**: `(lambda_max - n) / (n - 1)`; 0 for one and two items, which cannot contradict each other.
///
/// **Units**: a plain number, 0 where judgements are consistent.
///
/// # Errors
///
/// [`ConsistencyError::NotFinite`] where the eigenvalue is NaN or infinite.
///
/// # Source
///
/// Saaty (1980), *The Analytic Hierarchy Process*.
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::consistency_index;
///
/// assert_eq!(consistency_index(3.5, 3), Ok(0.25));
/// ```
pub fn consistency_index(lambda_max: f64, items: usize) -> Result<f64, ConsistencyError> {
    if !lambda_max.is_finite() {
        return Err(ConsistencyError::NotFinite);
    }
    Ok(if items <= 2 { 0.0 } else { (lambda_max - items as f64) / (items as f64 - 1.0) })
}

/// How inconsistent judgements are, compared with judgements at random: up to 0.1 is usually accepted.
///
/// **Formula**: `index / RI(n)`; 0 for one and two items.
///
/// **Units**: a plain number; 0 is consistent, 1 as good as chance. The random indices are those of complete
/// comparisons: where many pairs are missing, the ratio of the completed matrix is too favourable.
///
/// **Spreadsheets**: most have Saaty's indices of 1980, with which ratios of three items come out a tenth smaller.
///
/// # Errors
///
/// [`ConsistencyError::BeyondTable`] for no items and more than 15; [`ConsistencyError::NotFinite`].
///
/// # Source
///
/// Saaty (1980), *The Analytic Hierarchy Process*; the tables have their own [sources](RandomIndex::source).
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::{RandomIndex, consistency_ratio};
///
/// let ratio = consistency_ratio(0.0725, 9, RandomIndex::Saaty1980)?;
/// assert!((ratio - 0.05).abs() < 1e-12);
/// # Ok::<(), appraise::kernel::ahp::ConsistencyError>(())
/// ```
pub fn consistency_ratio(index: f64, items: usize, table: RandomIndex) -> Result<f64, ConsistencyError> {
    let random = table.value(items).ok_or(ConsistencyError::BeyondTable { items })?;
    if !index.is_finite() {
        return Err(ConsistencyError::NotFinite);
    }
    if items <= 2 {
        return Ok(0.0);
    }
    let ratio = index / random;
    if ratio.is_finite() { Ok(ratio) } else { Err(ConsistencyError::NotFinite) }
}

/// The ratio of an eigenvalue that is known to be finite, for an order that every table has.
pub(super) fn ratio_of(lambda_max: f64, order: usize, table: RandomIndex) -> f64 {
    let index = consistency_index(lambda_max, order);
    index.and_then(|index| consistency_ratio(index, order, table)).unwrap_or_default()
}

impl Priorities {
    /// How inconsistent the judgements were: the [`consistency_ratio`] of their [eigenvalue](Priorities::lambda_max).
    ///
    /// **Units**: a plain number, 0 where judgements are consistent.
    #[must_use]
    pub fn consistency_ratio(&self, table: RandomIndex) -> f64 {
        ratio_of(self.lambda_max(), self.weights().len(), table)
    }
}

/// How far judgements lie from their geometric means: the consistency index that belongs to that method.
///
/// **Formula**: `2 / ((n - 1) (n - 2)) sum ln^2(a_ij w_j / w_i)` over the pairs i < j, with w from
/// [`GeometricMean`](PriorityMethod::GeometricMean). The factor is one over the number of pairs less the n - 1 that would
/// be enough; where pairs are missing, the sum is over the known ones and the factor `1 / (known - (n - 1))`: the same
/// estimate of the variance of a judgement. It is 0 where no pair is redundant, as for one and two items.
///
/// **Units**: squares of logarithms. [`gci_limit`] says what is usually accepted.
///
/// # Errors
///
/// [`PrioritiesError::Unconnected`].
///
/// # Source
///
/// Aguarón, Moreno-Jiménez (2003), *The geometric consistency index: approximated thresholds*, European Journal of
/// Operational Research 147(1), 137-145, for complete comparisons.
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::{Comparisons, geometric_consistency_index};
///
/// let mut circle = Comparisons::new(3)?;
/// circle.set(0, 1, 2.0)?;
/// circle.set(1, 2, 2.0)?;
/// circle.set(2, 0, 2.0)?;
/// // Equal weights, and each of three judgements is off by ln 2.
/// assert!((geometric_consistency_index(&circle)? - 3.0 * 2f64.ln().powi(2)).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn geometric_consistency_index(comparisons: &Comparisons) -> Result<f64, PrioritiesError> {
    let logarithms = logarithms(comparisons.matrix())?;
    let at = |item: usize| logarithms.get(item).copied().unwrap_or_default();
    let (mut sum, mut known) = (0.0, 0_usize);
    for (row, column, value) in comparisons.judgements() {
        let error = libm::log(value) - at(row) + at(column);
        sum += error * error;
        known += 1;
    }
    let redundant = known.saturating_sub(comparisons.order() - 1);
    Ok(if redundant == 0 { 0.0 } else { sum / redundant as f64 })
}

/// The geometric consistency index up to which judgements are usually accepted: that of a consistency ratio of 0.1.
///
/// **Formula**: 0.31 for three items, 0.35 for four, 0.37 above; `None` below three, where it cannot be exceeded.
///
/// **Units**: squares of logarithms.
///
/// # Source
///
/// As [`geometric_consistency_index`].
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::gci_limit;
///
/// assert_eq!(gci_limit(5), Some(0.37));
/// ```
#[must_use]
pub fn gci_limit(items: usize) -> Option<f64> {
    match items {
        0..=2 => None,
        3 => Some(0.31),
        4 => Some(0.35),
        _ => Some(0.37),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ahp::testing::{consistent, drinks, house, matrix, numbers, random};

    fn ratio(comparisons: &Comparisons, table: RandomIndex) -> f64 {
        priorities(comparisons, PriorityMethod::Eigenvector).unwrap().consistency_ratio(table)
    }

    #[test]
    fn published_ratios() {
        // Saaty (2003) and the vignette of ahpsurvey: 0.17; digits by numpy.linalg.eig.
        assert!((ratio(&house(), RandomIndex::Simulated2019) - 0.17).abs() < 0.001);
        assert!((ratio(&house(), RandomIndex::Simulated2019) - 0.169707122382).abs() < 1e-11);
        assert!((ratio(&house(), RandomIndex::Saaty1980) - 0.169086860904).abs() < 1e-11);
        assert!((lambda_max(&house()).unwrap() - 9.66888731712).abs() < 1e-11);
        // Saaty (2008): 0.022; AHPy with Donegan and Dodd: 0.0235.
        assert!((ratio(&drinks(), RandomIndex::Saaty1980) - 0.022).abs() < 0.0005);
        assert!((ratio(&drinks(), RandomIndex::DoneganDodd1991) - 0.0235).abs() < 0.00005);
        // The criteria of Saaty's cities in the vignette of ahpsurvey: 0.0508.
        let criteria = matrix("1 1/5 3 1/2 5\n5 1 7 1 7\n1/3 1/7 1 1/4 3\n2 1 4 1 7\n1/5 1/7 1/3 1/7 1");
        assert!((ratio(&criteria, RandomIndex::Simulated2019) - 0.0508).abs() < 0.0001);
        assert!((ratio(&criteria, RandomIndex::Simulated2019) - 0.0508155708789).abs() < 1e-11);
    }

    #[test]
    fn consistent_judgements_have_the_ratio_0() {
        let mut next = numbers(23);
        for order in 1..=15 {
            let weights: Vec<f64> = (0..order).map(|_| (next(900) + 1) as f64).collect();
            let comparisons = consistent(&weights, |_, _| true);
            for (_, table) in RandomIndex::ALL {
                assert!(ratio(&comparisons, table).abs() < 1e-12);
            }
            assert!(geometric_consistency_index(&comparisons).unwrap() < 1e-24);
        }
        assert_eq!(ratio(&matrix("1 9\n1/9 1"), RandomIndex::Saaty1980), 0.0);
    }

    #[test]
    fn three_items_have_a_formula() {
        // lambda_max = 1 + q + 1/q with q the cube root of a_12 a_23 / a_13.
        let mut next = numbers(29);
        for _ in 0..100 {
            let comparisons = random(3, &[1.0, 2.0, 3.0, 7.0, 9.0], &mut next);
            let product: f64 = [(0, 1), (1, 2), (2, 0)].map(|(i, j)| comparisons.get(i, j).unwrap()).iter().product();
            let q = product.cbrt();
            assert!((lambda_max(&comparisons).unwrap() - 1.0 - q - 1.0 / q).abs() < 1e-12);
            let error = q.ln();
            assert!((geometric_consistency_index(&comparisons).unwrap() - 3.0 * error * error).abs() < 1e-12);
        }
    }

    #[test]
    fn gaps_in_the_geometric_index() {
        // A circle of four judgements of which one is 16 too large: ln 16 over 4 for each, one of them redundant.
        let circle = matrix("1 2 . 1/2\n1/2 1 2 .\n. 1/2 1 2\n2 . 1/2 1");
        let error = 16f64.ln() / 4.0;
        assert!((geometric_consistency_index(&circle).unwrap() - 4.0 * error * error).abs() < 1e-12);
        // A chain has nothing to contradict.
        assert!(geometric_consistency_index(&matrix("1 2 .\n1/2 1 3\n. 1/3 1")).unwrap() == 0.0);
        assert!(geometric_consistency_index(&Comparisons::new(2).unwrap()).is_err());
    }

    #[test]
    fn errors_and_limits() {
        assert_eq!(consistency_index(f64::NAN, 3), Err(ConsistencyError::NotFinite));
        let ratio = |index, items| consistency_ratio(index, items, RandomIndex::default());
        assert_eq!(ratio(0.1, 16), Err(ConsistencyError::BeyondTable { items: 16 }));
        assert_eq!(ratio(0.1, 0), Err(ConsistencyError::BeyondTable { items: 0 }));
        assert_eq!(ratio(f64::INFINITY, 3), Err(ConsistencyError::NotFinite));
        assert_eq!(ratio(f64::MAX, 3), Err(ConsistencyError::NotFinite));
        assert_eq!([1, 2].map(|n| ratio(0.1, n)), [Ok(0.0); 2]);
        assert_eq!([2, 3, 4, 5, 15].map(gci_limit), [None, Some(0.31), Some(0.35), Some(0.37), Some(0.37)]);
    }
}
