//! The analytic hierarchy process: weights from judgements of the form "this matters three times as much as that".
//!
//! Everything here is `f64`, because priorities are roots of polynomials of high degree; logarithms and powers are those
//! of `libm`, so that the digits are the same on every machine. No function returns NaN or infinity. Items are counted
//! from 0, in errors too. Without gaps nothing is allocated on the way to priorities and their consistency.

mod aggregation;
mod comparisons;
mod completion;
mod consistency;
mod matrix;
mod priorities;
mod random_index;
mod repair;

pub use aggregation::{AggregationError, aggregate_judgements, aggregate_priorities};
pub use comparisons::{Comparisons, ComparisonsError, VERBAL_SCALE};
pub use completion::{Estimate, completion};
pub use consistency::{
    ConsistencyError, consistency_index, consistency_ratio, gci_limit, geometric_consistency_index, lambda_max,
};
pub use priorities::{Priorities, PrioritiesError, PriorityMethod, priorities};
pub use random_index::RandomIndex;
pub use repair::{Inconsistency, Repair, RepairError, inconsistencies, repair};

/// What the unit tests of this folder share.
#[cfg(test)]
mod testing {
    use super::Comparisons;

    /// The matrix that is written in `text`: rows on lines, entries as `3`, `1/3` or `.` for a gap.
    pub fn matrix(text: &str) -> Comparisons {
        let entry = |word: &str| match word.split_once('/') {
            _ if word == "." => None,
            Some((over, under)) => Some(over.parse::<f64>().unwrap() / under.parse::<f64>().unwrap()),
            None => Some(word.parse().unwrap()),
        };
        let rows: Vec<Vec<_>> = text.trim().lines().map(|row| row.split_whitespace().map(entry).collect()).collect();
        Comparisons::from_rows(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap()
    }

    /// Saaty's purchase of a house, CR 0.17: Saaty (2003) as in the vignette of ahpsurvey 0.4.1.
    pub fn house() -> Comparisons {
        matrix(
            "1 5 3 7 6 6 1/3 1/4
             1/5 1 1/3 5 3 3 1/5 1/7
             1/3 3 1 6 3 4 6 1/5
             1/7 1/5 1/6 1 1/3 1/4 1/7 1/8
             1/6 1/3 1/3 3 1 1/2 1/5 1/6
             1/6 1/3 1/4 4 2 1 1/5 1/6
             3 5 1/6 7 5 5 1 1/2
             4 7 5 8 6 6 2 1",
        )
    }

    /// Saaty's consumption of drinks: Saaty (2008), Int. J. Services Sciences 1(1) 83-98.
    pub fn drinks() -> Comparisons {
        matrix(
            "1 9 5 2 1 1 1/2
             1/9 1 1/3 1/9 1/9 1/9 1/9
             1/5 3 1 1/3 1/4 1/3 1/9
             1/2 9 3 1 1/2 1 1/3
             1 9 4 2 1 2 1/2
             1 9 3 1 1/2 1 1/3
             2 9 9 3 2 3 1",
        )
    }

    /// The consistent matrix of the weights, with a gap for every pair that `known` denies.
    pub fn consistent(weights: &[f64], known: impl Fn(usize, usize) -> bool) -> Comparisons {
        let mut comparisons = Comparisons::new(weights.len()).unwrap();
        for (j, column) in weights.iter().enumerate() {
            for (i, row) in weights.iter().enumerate().take(j) {
                if known(i, j) {
                    comparisons.set(i, j, row / column).unwrap();
                }
            }
        }
        comparisons
    }

    /// A sequence of numbers below `bound`, the same on every run.
    pub fn numbers(seed: u64) -> impl FnMut(u64) -> u64 {
        let mut state = seed.wrapping_mul(2).wrapping_add(1);
        move |bound| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % bound
        }
    }

    /// Judgements drawn from a list and its reciprocals, without any sense.
    pub fn random(order: usize, scale: &[f64], next: &mut impl FnMut(u64) -> u64) -> Comparisons {
        let mut comparisons = Comparisons::new(order).unwrap();
        for j in 0..order {
            for i in 0..j {
                let value = scale[next(scale.len() as u64) as usize];
                comparisons.set(i, j, if next(2) == 0 { value } else { 1.0 / value }).unwrap();
            }
        }
        comparisons
    }

    /// The same comparisons after item `i` is renamed `(i * step + 1) % n`; `step` has no factor in common with n.
    pub fn relabelled(comparisons: &Comparisons, step: usize) -> Comparisons {
        let n = comparisons.order();
        let mut other = Comparisons::new(n).unwrap();
        for (i, j, value) in comparisons.judgements() {
            other.set((i * step + 1) % n, (j * step + 1) % n, value).unwrap();
        }
        other
    }

    /// Asserts that two lists of numbers differ by `tolerance` or less.
    #[track_caller]
    pub fn assert_all_near(actual: &[f64], expected: &[f64], tolerance: f64) {
        assert_eq!(actual.len(), expected.len());
        for (left, right) in actual.iter().zip(expected) {
            assert!((left - right).abs() <= tolerance, "{actual:?} is not {expected:?}");
        }
    }
}
