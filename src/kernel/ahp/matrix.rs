//! A small square matrix on the stack and its principal eigenvector.

/// The largest order there is room for.
pub(super) const LARGEST: usize = 15;

/// The length of a column: the next power of two, so that the loops over it have a length known to the compiler.
const LENGTH: usize = LARGEST + 1;

/// Entries past the order of the matrix are 0.
pub(super) type Column = [f64; LENGTH];

/// A matrix of nonnegative numbers with a positive diagonal, stored by columns: a product with a vector is then a sum of
/// columns, which needs no sum across a register.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Matrix {
    order: usize,
    columns: [Column; LARGEST],
}

/// The sum to which rounding leaves the bounds of an eigenvalue apart: a few units of the last place.
const TOLERANCE: f64 = 1e-14;

/// What is accepted after all squarings, where modes of nearly the same size have gathered more rounding.
const LAST_TOLERANCE: f64 = 1e-11;

/// Steps of the plain power method: enough for judgements that make sense.
const PLAIN_STEPS: usize = 40;

/// Steps with each square.
const STEPS: usize = 3;

/// The last power is 2^48: enough for modes that differ in the 14th digit.
const SQUARINGS: usize = 48;

impl Matrix {
    /// The identity; `order` is at most [`LARGEST`].
    pub fn identity(order: usize) -> Self {
        let mut matrix = Self { order, columns: [[0.0; LENGTH]; LARGEST] };
        for item in 0..order {
            matrix.put(item, item, 1.0);
        }
        matrix
    }

    pub fn order(&self) -> usize {
        self.order
    }

    /// The entry, or 0 outside.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.columns.get(column).and_then(|column| column.get(row)).copied().unwrap_or_default()
    }

    /// Writes an entry; outside there is nothing to write to.
    pub fn put(&mut self, row: usize, column: usize, value: f64) {
        if let Some(entry) = self.columns.get_mut(column).and_then(|column| column.get_mut(row)) {
            *entry = value;
        }
    }

    /// The columns of the matrix, each of them with zeros at its end.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().take(self.order)
    }

    /// True where no entry is 0.
    pub fn is_full(&self) -> bool {
        self.columns().all(|column| column.iter().take(self.order).all(|entry| *entry != 0.0))
    }

    /// The product of the matrix and a vector.
    pub fn times(&self, vector: &Column) -> Column {
        let mut product = [0.0; LENGTH];
        for (column, factor) in self.columns().zip(vector) {
            for (sum, entry) in product.iter_mut().zip(column) {
                *sum += entry * factor;
            }
        }
        product
    }

    /// The square of the matrix over its largest entry.
    fn squared(&self) -> Self {
        let mut square = Self { order: self.order, columns: [[0.0; LENGTH]; LARGEST] };
        for (target, column) in square.columns.iter_mut().zip(self.columns()) {
            *target = self.times(column);
        }
        let largest = square.columns().flatten().fold(0.0, |largest: f64, entry| largest.max(*entry));
        for entry in square.columns.iter_mut().flatten() {
            *entry /= largest;
        }
        square
    }

    /// The principal eigenvector, which sums to 1, and its eigenvalue; `None` where the iteration does not settle.
    ///
    /// The power method, until the bounds of Collatz and Wielandt, `min (Ax)_i / x_i <= lambda <= max (Ax)_i / x_i`,
    /// agree to the rounding of a sum. Where judgements contradict each other so much that this is slow (a circle of
    /// three judgements of 10^6 takes twenty million steps), the matrix is squared again and again: each square counts
    /// for as many steps as all before. Before that the eigenvalue is added to the diagonal, which moves all other
    /// eigenvalues of nearly the same size, a circle of judgements having some, towards smaller ones.
    pub fn principal(&self) -> Option<(Column, f64)> {
        let mut vector = [0.0; LENGTH];
        for entry in vector.iter_mut().take(self.order) {
            *entry = 1.0;
        }
        let mut found = self.step(&vector);
        for _ in 0..PLAIN_STEPS {
            if found.settled(TOLERANCE) {
                return Some((found.vector, found.value));
            }
            found = self.step(&found.vector);
        }

        let mut power = self.clone();
        for item in 0..self.order {
            power.put(item, item, self.at(item, item) + found.value);
        }
        for _ in 0..SQUARINGS {
            power = power.squared();
            for _ in 0..STEPS {
                found = self.step(&scaled(&power.times(&found.vector)));
                if found.settled(TOLERANCE) {
                    return Some((found.vector, found.value));
                }
            }
        }
        found.settled(LAST_TOLERANCE).then_some((found.vector, found.value))
    }

    /// One step of the power method.
    fn step(&self, vector: &Column) -> Step {
        let product = self.times(vector);
        let (mut low, mut high) = (f64::MAX, 0.0);
        for (after, before) in product.iter().zip(vector).take(self.order) {
            let ratio = after / before;
            // `min` and `max` of floats are slower, as they look for NaN.
            if ratio < low {
                low = ratio;
            }
            if ratio > high {
                high = ratio;
            }
        }
        let value = sum(&product) / sum(vector);
        Step { vector: scaled(&product), value, low, high }
    }
}

/// Where one step of the power method leads.
struct Step {
    vector: Column,
    value: f64,
    low: f64,
    high: f64,
}

impl Step {
    fn settled(&self, tolerance: f64) -> bool {
        self.high - self.low <= tolerance * self.high
    }
}

/// The sum of all entries, in four sums that do not wait for each other.
fn sum(vector: &Column) -> f64 {
    let mut sums = [0.0; 4];
    for four in vector.chunks_exact(4) {
        for (sum, entry) in sums.iter_mut().zip(four) {
            *sum += entry;
        }
    }
    sums.iter().sum()
}

/// The vector in proportions that sum to 1.
pub(super) fn scaled(vector: &Column) -> Column {
    let total = sum(vector);
    vector.map(|entry| entry / total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ahp::testing::{numbers, random};

    #[test]
    fn eigenvectors_of_senseless_judgements() {
        let mut next = numbers(7);
        for order in 1..=LARGEST {
            for scale in [&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0][..], &[1.0, 1e6], &[1e6], &[1.0, 1.001]] {
                for _ in 0..40 {
                    let comparisons = random(order, scale, &mut next);
                    let matrix = comparisons.matrix();
                    let (vector, value) = matrix.principal().expect("an eigenvector");
                    assert!((vector.iter().sum::<f64>() - 1.0).abs() < 1e-15);
                    assert!(value >= order as f64 * (1.0 - 1e-14), "{value} {order}");
                    let product = matrix.times(&vector);
                    for (after, before) in product.iter().zip(&vector).take(order) {
                        assert!((after / before / value - 1.0).abs() < 1e-11, "{comparisons:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn circles_of_contradictions() {
        // i is a times as important as its right neighbour, and the last a times as important as the first.
        for order in 3..=LARGEST {
            for a in [9.0, 1e3, 1e6] {
                let mut matrix = Matrix::identity(order);
                for (i, j) in (0..order).flat_map(|i| (0..order).map(move |j| (i, j))).filter(|(i, j)| i != j) {
                    let right = (i + 1) % order == j;
                    let left = (j + 1) % order == i;
                    matrix.put(
                        i,
                        j,
                        if right {
                            a
                        } else if left {
                            1.0 / a
                        } else {
                            1.0
                        },
                    );
                }
                let (vector, value) = matrix.principal().expect("an eigenvector");
                assert!((value / (order as f64 - 2.0 + a + 1.0 / a) - 1.0).abs() < 1e-13);
                for entry in vector.iter().take(order) {
                    assert!((entry * order as f64 - 1.0).abs() < 1e-9, "{order} {a} {vector:?}");
                }
            }
        }
    }
}
