//! Judgements that are missing, estimated from those that are not.

use super::comparisons::Comparisons;
use super::matrix::{Column, LARGEST, Matrix};
use super::priorities::PrioritiesError;

/// What the judgements that are there say about a pair that nobody judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The first item, the smaller number.
    pub row: usize,
    /// The second item.
    pub column: usize,
    /// How many times the first matters as much as the second; it may be beyond the scale of the judgements.
    pub value: f64,
}

/// The missing judgements, as the others suggest them, row by row.
///
/// **Formula**: `a_ij = exp(y_i - y_j)`, where y minimises `sum (ln a_kl - y_k + y_l)^2` over the known pairs: the
/// logarithmic least squares. Where a chain of judgements is the only connection of two items, the estimate is their
/// product. [`priorities`](super::priorities) of comparisons with gaps are those of the matrix so completed; by the
/// geometric mean they are `exp(y_i)` over their sum.
///
/// **Units**: how many times the first item of a pair matters as much as the second.
///
/// # Errors
///
/// [`PrioritiesError::Unconnected`] where no chain of judgements connects all items.
///
/// # Source
///
/// Bozóki, Fülöp, Rónyai (2010), *On optimal completion of incomplete pairwise comparison matrices*, Mathematical and
/// Computer Modelling 52: the solution is that of a linear system with the Laplace matrix of the graph of known pairs,
/// and unique exactly where the graph is connected.
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::{Comparisons, completion};
///
/// let mut comparisons = Comparisons::new(3)?;
/// comparisons.set(0, 1, 2.0)?;
/// comparisons.set(1, 2, 3.0)?;
/// let estimates = completion(&comparisons)?;
/// assert!((estimates[0].value - 6.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn completion(comparisons: &Comparisons) -> Result<Vec<Estimate>, PrioritiesError> {
    let completed = completed(comparisons.matrix())?;
    let estimate = |(row, column)| Estimate { row, column, value: completed.at(row, column) };
    Ok(comparisons.missing().map(estimate).collect())
}

/// The matrix with its gaps filled.
pub(super) fn completed(matrix: &Matrix) -> Result<Matrix, PrioritiesError> {
    let mut completed = matrix.clone();
    if matrix.is_full() {
        return Ok(completed);
    }
    let logarithms = logarithms(matrix)?;
    for (column, right) in logarithms.iter().enumerate().take(matrix.order()) {
        for (row, left) in logarithms.iter().enumerate().take(column) {
            if matrix.at(row, column) == 0.0 {
                // Judgements are between e^-14 and e^14 and chains have at most 14 of them: this is far from overflow.
                let value = libm::exp(left - right);
                completed.put(row, column, value);
                completed.put(column, row, 1.0 / value);
            }
        }
    }
    Ok(completed)
}

/// The logarithms of the priorities of least squares; their zero has no meaning.
pub(super) fn logarithms(matrix: &Matrix) -> Result<Column, PrioritiesError> {
    let order = matrix.order();
    let mut known = [0.0; LARGEST + 1];
    let mut sums = [0.0; LARGEST + 1];
    for column in 0..order {
        for row in 0..column {
            let value = matrix.at(row, column);
            if value != 0.0 {
                let logarithm = libm::log(value);
                for (item, logarithm) in [(row, logarithm), (column, -logarithm)] {
                    add(&mut sums, item, logarithm);
                    add(&mut known, item, 1.0);
                }
            }
        }
    }
    if known.iter().take(order).all(|count| *count == (order - 1) as f64) {
        return Ok(sums.map(|sum| sum / order as f64));
    }
    check_connected(matrix)?;
    Ok(solved(matrix, &known, &sums))
}

fn add(column: &mut Column, item: usize, value: f64) {
    if let Some(entry) = column.get_mut(item) {
        *entry += value;
    }
}

/// The solution of the equations with the Laplace matrix, the last unknown being 0.
///
/// The matrix without its last row and column is positive definite where the graph is connected, so elimination needs no
/// exchange of rows.
fn solved(matrix: &Matrix, known: &Column, sums: &Column) -> Column {
    let unknowns = matrix.order() - 1;
    // The right side stands in the last place, which no unknown of at most 14 takes.
    let mut rows = [[0.0; LARGEST + 1]; LARGEST];
    for (item, (row, (count, sum))) in rows.iter_mut().zip(known.iter().zip(sums)).enumerate().take(unknowns) {
        for (other, entry) in row.iter_mut().enumerate().take(unknowns) {
            *entry = match matrix.at(item, other) {
                _ if item == other => *count,
                0.0 => 0.0,
                _ => -1.0,
            };
        }
        if let Some(last) = row.last_mut() {
            *last = *sum;
        }
    }
    for step in 0..unknowns {
        let (above, below) = rows.split_at_mut(step + 1);
        let Some(pivot) = above.last() else {
            break;
        };
        for row in below.iter_mut().take(unknowns - step - 1) {
            let factor = at(row, step) / at(pivot, step);
            for (entry, above) in row.iter_mut().zip(pivot) {
                *entry -= factor * above;
            }
        }
    }
    let mut solution = [0.0; LARGEST + 1];
    for (step, row) in rows.iter().enumerate().take(unknowns).rev() {
        let rest: f64 = row.iter().zip(&solution).take(unknowns).skip(step + 1).map(|(entry, y)| entry * y).sum();
        add(&mut solution, step, (at(row, LARGEST) - rest) / at(row, step));
    }
    solution
}

fn at(row: &Column, place: usize) -> f64 {
    row.get(place).copied().unwrap_or_default()
}

/// That a chain of judgements leads from every item to every other.
pub(super) fn check_connected(matrix: &Matrix) -> Result<(), PrioritiesError> {
    let group = connected_with(matrix, 0);
    let items = || 0..matrix.order();
    match items().find(|item| !contains(group, *item)) {
        Some(outside) => {
            let list = |group| items().filter(|item| contains(group, *item)).collect();
            Err(PrioritiesError::Unconnected { one: list(group), other: list(connected_with(matrix, outside)) })
        }
        None => Ok(()),
    }
}

/// The items to which chains of judgements lead from `start`, one bit for each.
fn connected_with(matrix: &Matrix, start: usize) -> u32 {
    let mut group = 1 << start;
    loop {
        let before = group;
        for (item, column) in matrix.columns().enumerate() {
            if contains(group, item) {
                for (other, entry) in column.iter().enumerate() {
                    group |= u32::from(*entry != 0.0) << other;
                }
            }
        }
        if group == before {
            return group;
        }
    }
}

fn contains(group: u32, item: usize) -> bool {
    group >> item & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ahp::testing::{assert_all_near, consistent, house, matrix, numbers};
    use crate::kernel::ahp::{PriorityMethod, priorities};

    #[test]
    fn gaps_of_consistent_judgements_are_filled_with_what_was_there() {
        let weights = [0.3, 0.25, 0.2, 0.125, 0.075, 0.05];
        let mut next = numbers(3);
        for _ in 0..200 {
            let gaps: Vec<u64> = (0..36).map(|_| next(3)).collect();
            // A chain connects all items, whatever else is known.
            let comparisons = consistent(&weights, |i, j| i + 1 == j || gaps[6 * i + j] == 0);
            for estimate in completion(&comparisons).unwrap() {
                let expected = weights[estimate.row] / weights[estimate.column];
                assert!((estimate.value / expected - 1.0).abs() < 1e-13, "{estimate:?}");
            }
            for (_, method) in PriorityMethod::ALL {
                assert_all_near(priorities(&comparisons, method).unwrap().weights(), &weights, 1e-14);
            }
        }
    }

    #[test]
    fn the_geometric_mean_of_the_completed_matrix_is_the_solution_of_least_squares() {
        let mut comparisons = house();
        for (i, j) in [(0, 3), (2, 6), (1, 7), (4, 5)] {
            comparisons.clear(i, j).unwrap();
        }
        let solution = logarithms(comparisons.matrix()).unwrap();
        let total: f64 = solution.iter().take(8).map(|y| y.exp()).sum();
        let solution: Vec<f64> = solution.iter().take(8).map(|y| y.exp() / total).collect();
        let full = completed(comparisons.matrix()).unwrap();
        let means = logarithms(&full).unwrap();
        let total: f64 = means.iter().take(8).map(|y| y.exp()).sum();
        let means: Vec<f64> = means.iter().take(8).map(|y| y.exp() / total).collect();
        assert_all_near(&means, &solution, 1e-15);
        let by_method = priorities(&comparisons, PriorityMethod::GeometricMean).unwrap();
        assert_all_near(by_method.weights(), &solution, 1e-15);
        // Least squares: the residuals of every item sum to 0.
        for i in 0..8 {
            let residual = |j| comparisons.get(i, j).map_or(0.0, |a: f64| (a * solution[j] / solution[i]).ln());
            assert!((0..8).map(residual).sum::<f64>().abs() < 1e-13);
        }
    }

    #[test]
    fn chains_of_the_largest_judgements_are_finite() {
        let mut comparisons = Comparisons::new(15).unwrap();
        for item in 1..15 {
            comparisons.set(item - 1, item, 1e6).unwrap();
        }
        let estimates = completion(&comparisons).unwrap();
        assert!(estimates.iter().any(|e| (e.value / 1e84 - 1.0).abs() < 1e-12));
        for (_, method) in PriorityMethod::ALL {
            let found = priorities(&comparisons, method).unwrap();
            assert!(found.weights().iter().all(|weight| *weight > 0.0), "{found:?}");
            assert!((found.lambda_max() - 15.0).abs() < 1e-11);
        }
    }

    #[test]
    fn groups_without_a_connection_are_named() {
        let error = completion(&matrix("1 . 2 . .\n. 1 . 3 .\n1/2 . 1 . .\n. 1/3 . 1 .\n. . . . 1")).unwrap_err();
        assert_eq!(error, PrioritiesError::Unconnected { one: vec![0, 2], other: vec![1, 3] });
        assert_eq!(error.to_string(), "no chain of judgements connects items 0, 2 with items 1, 3");
        assert_eq!(completion(&Comparisons::new(1).unwrap()), Ok(vec![]));
    }
}
