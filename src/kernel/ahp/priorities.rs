//! Priorities: the weights that comparisons in pairs amount to.

use super::comparisons::Comparisons;
use super::completion::{completed, logarithms};
use super::matrix::{Column, LARGEST, Matrix, scaled};

/// How weights are drawn from a matrix of comparisons.
///
/// Consistent judgements give the same weights by every method; the less consistent they are, the more the choice
/// matters, up to the order of the items. So a result names its method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PriorityMethod {
    /// The principal eigenvector: Saaty's own.
    #[default]
    Eigenvector,
    /// The geometric means of the rows, which are the logarithmic least squares.
    GeometricMean,
    /// The means of the rows after every column is divided by its sum.
    ColumnMean,
}

impl PriorityMethod {
    /// Every method, with the name it has in documents.
    pub const ALL: [(&str, Self); 3] = [
        ("eigenvector", Self::Eigenvector),
        ("geometric_mean", Self::GeometricMean),
        ("column_mean", Self::ColumnMean),
    ];

    /// What the method is called in a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Eigenvector => "principal eigenvector",
            Self::GeometricMean => "geometric mean of rows",
            Self::ColumnMean => "mean of normalised columns",
        }
    }
}

/// Why there are no priorities.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrioritiesError {
    /// The judgements say nothing about how two groups of items compare; there may be more such groups.
    #[error("no chain of judgements connects items {} with items {}", list(.one), list(.other))]
    Unconnected {
        /// The items connected with the first item, and itself.
        one: Vec<usize>,
        /// The items connected with the first item that is left out, and itself.
        other: Vec<usize>,
    },
    /// The power method did not settle. No comparisons are known for which this happens.
    #[error("the principal eigenvector of the comparisons was not found")]
    NoConvergence,
}

fn list(items: &[usize]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The weights of items that were compared in pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priorities {
    weights: Column,
    order: usize,
    method: PriorityMethod,
    lambda_max: f64,
}

impl Priorities {
    /// The weights, one for each item: positive fractions that sum to 1 but for rounding in the last digit.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        self.weights.get(..self.order).unwrap_or_default()
    }

    /// How the weights were drawn.
    #[must_use]
    pub fn method(&self) -> PriorityMethod {
        self.method
    }

    /// The principal eigenvalue of the matrix, completed where there were gaps, whatever the method of the weights.
    #[must_use]
    pub fn lambda_max(&self) -> f64 {
        self.lambda_max
    }
}

/// The weights of items that were compared in pairs.
///
/// **Formula**: of the matrix A of the judgements, the gaps filled as by [`completion`](super::completion), and scaled to
/// the sum 1: by [`Eigenvector`](PriorityMethod::Eigenvector) the positive w with `A w = lambda_max w`; by
/// [`GeometricMean`](PriorityMethod::GeometricMean) `w_i = (prod_j a_ij)^(1/n)`; by
/// [`ColumnMean`](PriorityMethod::ColumnMean) `w_i = sum_j (a_ij / sum_k a_kj) / n`.
///
/// **Method**: the power method, and squares of the matrix where it is slow, until upper and lower bound of the
/// eigenvalue (Collatz, Wielandt) agree in 14 digits. Random judgements of 1/9 to 9 about 3 to 15 items have the weights
/// that `numpy.linalg.eig` gives, to 14 digits; random judgements of 10^-6 to 10^6 to 11.
///
/// **Units**: fractions of 1.
///
/// **Spreadsheets**: templates mostly compute the mean of normalised columns and call it the eigenvector.
///
/// # Errors
///
/// [`PrioritiesError::Unconnected`] where gaps leave groups of items that no judgement connects;
/// [`PrioritiesError::NoConvergence`] does not happen.
///
/// # Source
///
/// Saaty (1980), *The Analytic Hierarchy Process*; Crawford, Williams (1985), *A note on the analysis of subjective
/// judgment matrices*, Journal of Mathematical Psychology 29, for the geometric mean.
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::{Comparisons, PriorityMethod, priorities};
///
/// let mut comparisons = Comparisons::new(3)?;
/// comparisons.set(0, 1, 2.0)?; // the first matters twice as much as the second
/// comparisons.set(0, 2, 6.0)?;
/// comparisons.set(1, 2, 3.0)?;
/// let found = priorities(&comparisons, PriorityMethod::Eigenvector)?;
/// assert!(found.weights().iter().zip([0.6, 0.3, 0.1]).all(|(weight, exact)| (weight - exact).abs() < 1e-15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn priorities(comparisons: &Comparisons, method: PriorityMethod) -> Result<Priorities, PrioritiesError> {
    let filled;
    let matrix = if comparisons.is_complete() {
        comparisons.matrix()
    } else {
        filled = completed(comparisons.matrix())?;
        &filled
    };
    let (eigenvector, lambda_max) = principal(matrix)?;
    let weights = match method {
        PriorityMethod::Eigenvector => eigenvector,
        PriorityMethod::GeometricMean => exponentials(&logarithms(comparisons.matrix())?, matrix.order()),
        PriorityMethod::ColumnMean => column_mean(matrix),
    };
    Ok(Priorities { weights, order: matrix.order(), method, lambda_max })
}

/// The principal eigenvector of a complete reciprocal matrix and its eigenvalue, which is not below the order.
pub(super) fn principal(matrix: &Matrix) -> Result<(Column, f64), PrioritiesError> {
    let (vector, value) = matrix.principal().ok_or(PrioritiesError::NoConvergence)?;
    Ok((vector, value.max(matrix.order() as f64)))
}

/// The exponentials of the first entries, which sum to 1.
pub(super) fn exponentials(logarithms: &Column, order: usize) -> Column {
    let largest = logarithms.iter().take(order).fold(f64::MIN, |largest, entry| largest.max(*entry));
    let mut vector = [0.0; LARGEST + 1];
    for (entry, logarithm) in vector.iter_mut().zip(logarithms).take(order) {
        *entry = libm::exp(logarithm - largest);
    }
    scaled(&vector)
}

fn column_mean(matrix: &Matrix) -> Column {
    let mut means = [0.0; LARGEST + 1];
    for column in matrix.columns() {
        for (mean, share) in means.iter_mut().zip(scaled(column)) {
            *mean += share;
        }
    }
    scaled(&means)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ahp::testing::{
        assert_all_near, consistent, drinks, house, matrix, numbers, random, relabelled,
    };

    fn weights(comparisons: &Comparisons, method: PriorityMethod) -> Vec<f64> {
        let found = priorities(comparisons, method).unwrap();
        assert_eq!(found.method(), method);
        assert!((found.weights().iter().sum::<f64>() - 1.0).abs() < 1e-15);
        found.weights().to_vec()
    }

    #[test]
    fn drinks_of_saaty() {
        // Saaty (2008), three digits; four as in the tests of AHPy; twelve by numpy.linalg.eig.
        let found = weights(&drinks(), PriorityMethod::Eigenvector);
        assert_all_near(&found, &[0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], 0.0005);
        assert_all_near(&found, &[0.1775, 0.0191, 0.0418, 0.1164, 0.1896, 0.1288, 0.3268], 0.00005);
        let eig = [
            0.177456747446,
            0.0191494760244,
            0.0418311816621,
            0.116417031735,
            0.189572375326,
            0.128780548539,
            0.326792639268,
        ];
        assert_all_near(&found, &eig, 1e-12);
        let lambda = priorities(&drinks(), PriorityMethod::Eigenvector).unwrap().lambda_max();
        assert!((lambda - 7.17662903933).abs() < 1e-11, "{lambda}");
    }

    #[test]
    fn house_of_saaty_by_all_methods() {
        // Twelve digits by numpy.linalg.eig and numpy means.
        let eigenvector = [
            0.173017474648,
            0.053975722999,
            0.188110298857,
            0.0175079113082,
            0.0310437364039,
            0.0363222021547,
            0.166833673626,
            0.333188980002,
        ];
        let geometric = [
            0.174805089676,
            0.0626465134453,
            0.148706335661,
            0.0193449086536,
            0.0355702800831,
            0.0423004301575,
            0.167016262972,
            0.349610179352,
        ];
        let column_mean = [
            0.174374923848,
            0.0660844908397,
            0.170152151868,
            0.0188992972224,
            0.0352504763593,
            0.0444570165935,
            0.17848879307,
            0.312292850198,
        ];
        assert_all_near(&weights(&house(), PriorityMethod::Eigenvector), &eigenvector, 1e-12);
        assert_all_near(&weights(&house(), PriorityMethod::GeometricMean), &geometric, 1e-12);
        assert_all_near(&weights(&house(), PriorityMethod::ColumnMean), &column_mean, 1e-12);
        // pyDecision, issue 15: the geometric means to three digits.
        assert_all_near(&geometric, &[0.175, 0.063, 0.149, 0.019, 0.036, 0.042, 0.167, 0.350], 0.0005);
    }

    #[test]
    fn cities_of_saaty() {
        // Saaty (2005), Theory and Applications of the Analytic Network Process, as in the tests of AHPy: 0.0001.
        let criteria = matrix("1 1/5 3 1/2 5\n5 1 7 1 7\n1/3 1/7 1 1/4 3\n2 1 4 1 7\n1/5 1/7 1/3 1/7 1");
        let alternatives = [
            "1 1/2 1 1/2\n2 1 5/2 1\n1 2/5 1 2/5\n2 1 5/2 1",
            "1 2 1/3 4\n1/2 1 1/8 2\n3 8 1 9\n1/4 1/2 1/9 1",
            "1 5 1/2 5/2\n1/5 1 1/9 1/4\n2 9 1 7\n2/5 4 1/7 1",
            "1 1/2 3 4\n2 1 6 8\n1/3 1/6 1 1\n1/4 1/8 1 1",
            "1 3/2 1/2 4\n2/3 1 2/7 5/2\n2 7/2 1 9\n1/4 2/5 1/9 1",
        ];
        let criteria = weights(&criteria, PriorityMethod::Eigenvector);
        assert_all_near(&criteria, &[0.1522, 0.4335, 0.0716, 0.3050, 0.0378], 0.0001);
        let mut cities = [0.0; 4];
        for (weight, judged) in criteria.iter().zip(alternatives) {
            for (city, local) in cities.iter_mut().zip(weights(&matrix(judged), PriorityMethod::Eigenvector)) {
                *city += weight * local;
            }
        }
        assert_all_near(&cities, &[0.2291, 0.2748, 0.3852, 0.1110], 0.0001);
        assert_all_near(&cities, &[0.22910363103, 0.27476809345, 0.385160870325, 0.110967405194], 1e-11);
    }

    #[test]
    fn consistent_judgements_give_their_weights_by_all_methods() {
        let mut next = numbers(11);
        for order in 1..=15 {
            for _ in 0..20 {
                let drawn: Vec<f64> = (0..order).map(|_| (next(900) + 1) as f64).collect();
                let total: f64 = drawn.iter().sum();
                let drawn: Vec<f64> = drawn.iter().map(|weight| weight / total).collect();
                let comparisons = consistent(&drawn, |_, _| true);
                for (_, method) in PriorityMethod::ALL {
                    let found = priorities(&comparisons, method).unwrap();
                    assert_all_near(found.weights(), &drawn, 1e-14);
                    assert!((found.lambda_max() - order as f64).abs() < 1e-13);
                }
            }
        }
    }

    #[test]
    fn renaming_items_renames_their_weights() {
        let mut next = numbers(5);
        for order in [3, 4, 8, 13, 15] {
            let comparisons = random(order, &[1.0, 2.0, 5.0, 9.0], &mut next);
            let step = if order % 7 == 0 { 2 } else { 7 };
            let renamed = relabelled(&comparisons, step);
            for (_, method) in PriorityMethod::ALL {
                let before = weights(&comparisons, method);
                let after = weights(&renamed, method);
                let expected: Vec<f64> = (0..order).map(|i| after[(i * step + 1) % order]).collect();
                assert_all_near(&before, &expected, 1e-13);
            }
        }
    }

    #[test]
    fn one_item_and_two() {
        for (_, method) in PriorityMethod::ALL {
            assert_eq!(weights(&Comparisons::new(1).unwrap(), method), [1.0]);
            assert_all_near(&weights(&matrix("1 4\n1/4 1"), method), &[0.8, 0.2], 1e-15);
        }
    }
}
