//! One set of weights from the judgements of several experts.

use super::comparisons::{Comparisons, ComparisonsError};
use crate::kernel::geometric_mean::weighted_geometric_mean;

/// Why judgements or priorities cannot be aggregated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AggregationError {
    /// Nobody has judged.
    #[error("there are no experts")]
    NoExperts,
    /// There are no priorities in a list.
    #[error("there are no items")]
    NoItems,
    /// The experts have not judged the same items.
    #[error("expert {expert} has judged {found} items where the first has judged {expected}")]
    UnequalLengths {
        /// The expert.
        expert: usize,
        /// How many items the first has judged.
        expected: usize,
        /// How many this one has.
        found: usize,
    },
    /// Not every expert has a weight, or there are more.
    #[error("there are {found} weights for {experts} experts")]
    WeightCount {
        /// How many experts there are.
        experts: usize,
        /// How many weights.
        found: usize,
    },
    /// A weight is negative, NaN or infinite.
    #[error("the weight of expert {expert} is not a number from 0 up")]
    BadWeight {
        /// The expert.
        expert: usize,
    },
    /// Nobody counts.
    #[error("the weights of all experts are zero")]
    NoWeight,
    /// A priority is negative, NaN or infinite, or all of an expert's are zero.
    #[error("the priorities of expert {expert} are not numbers from 0 up with a positive sum")]
    BadPriorities {
        /// The expert.
        expert: usize,
    },
}

/// The judgements of a group, as if it were one person: it aggregates first and draws weights then (AIJ).
///
/// **Formula**: `a_ij = prod a_ij(e)^(v_e / V)` over the experts e who judged the pair, with V the sum of their weights
/// v: the [`weighted_geometric_mean`], the only one that keeps reciprocals. A pair that nobody with a positive weight has
/// judged stays a gap. What all experts agree on is kept to the last digit.
///
/// **Units**: how many times the first item matters as much as the second. The unit of the weights does not matter.
///
/// # Errors
///
/// [`AggregationError`], except [`NoItems`](AggregationError::NoItems) and
/// [`BadPriorities`](AggregationError::BadPriorities).
///
/// # Source
///
/// Aczél, Saaty (1983), *Procedures for synthesizing ratio judgements*, Journal of Mathematical Psychology 27; Forman,
/// Peniwati (1998), *Aggregating individual judgments and priorities with the AHP*, European Journal of Operational
/// Research 108.
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::{Comparisons, aggregate_judgements};
///
/// let mut experts = [Comparisons::new(2)?, Comparisons::new(2)?];
/// experts[0].set(0, 1, 2.0)?;
/// experts[1].set(0, 1, 8.0)?;
/// let group = aggregate_judgements(&experts, &[1.0, 1.0])?;
/// assert!((group.get(0, 1).unwrap() - 4.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn aggregate_judgements(experts: &[Comparisons], weights: &[f64]) -> Result<Comparisons, AggregationError> {
    let expected = experts.first().ok_or(AggregationError::NoExperts)?.order();
    check_lengths(experts.iter().map(Comparisons::order), expected)?;
    largest_weight(experts.len(), weights)?;
    // Orders of comparisons are from 1 to 15, so that only impossible errors are renamed here.
    let impossible = |_: ComparisonsError| AggregationError::NoItems;
    let mut group = Comparisons::new(expected).map_err(impossible)?;
    for column in 0..expected {
        for row in 0..column {
            if let Some((row, column, value)) = judgement(experts, weights, row, column) {
                group.set(row, column, value).map_err(impossible)?;
            }
        }
    }
    Ok(group)
}

/// The judgement of the group about a pair, from the side on which it is 1 or more.
fn judgement(experts: &[Comparisons], weights: &[f64], row: usize, column: usize) -> Option<(usize, usize, f64)> {
    let of = |row, column| {
        let judged =
            experts.iter().zip(weights).filter_map(|(expert, weight)| Some((expert.get(row, column)?, *weight)));
        let (values, weights): (Vec<f64>, Vec<f64>) = judged.unzip();
        Some((row, column, weighted_geometric_mean(&values, &weights).ok()?))
    };
    of(row, column).filter(|(.., value)| *value >= 1.0).or_else(|| of(column, row))
}

/// The weights of a group, from the weights that each of its members arrives at (AIP).
///
/// **Formula**: `w_i = sum v_e w_i(e) / V`, the mean of the experts' priorities, each list scaled to the sum 1, weighted
/// with v_e of the sum V.
///
/// **Units**: fractions of 1. The unit of the weights does not matter.
///
/// # Errors
///
/// [`AggregationError`].
///
/// # Source
///
/// Forman, Peniwati (1998), *Aggregating individual judgments and priorities with the AHP*, European Journal of
/// Operational Research 108.
///
/// # Example
///
/// ```
/// use appraise::kernel::ahp::aggregate_priorities;
///
/// let group = aggregate_priorities(&[&[0.75, 0.25], &[0.25, 0.75]], &[3.0, 1.0])?;
/// assert!(group.iter().zip([0.625, 0.375]).all(|(weight, exact)| (weight - exact).abs() < 1e-15));
/// # Ok::<(), appraise::kernel::ahp::AggregationError>(())
/// ```
pub fn aggregate_priorities(priorities: &[&[f64]], weights: &[f64]) -> Result<Vec<f64>, AggregationError> {
    let expected = priorities.first().ok_or(AggregationError::NoExperts)?.len();
    check_lengths(priorities.iter().map(|list| list.len()), expected)?;
    if expected == 0 {
        return Err(AggregationError::NoItems);
    }
    let largest = largest_weight(priorities.len(), weights)?;
    let mut group = vec![0.0; expected];
    for (expert, (list, weight)) in priorities.iter().zip(weights).enumerate() {
        let top = largest_of(list).filter(|top| *top > 0.0).ok_or(AggregationError::BadPriorities { expert })?;
        // Measured in the largest, no sum overflows.
        let total: f64 = list.iter().map(|entry| entry / top).sum();
        for (sum, entry) in group.iter_mut().zip(*list) {
            *sum += weight / largest * (entry / top / total);
        }
    }
    let total: f64 = group.iter().sum();
    for weight in &mut group {
        *weight /= total;
    }
    Ok(group)
}

fn check_lengths(lengths: impl Iterator<Item = usize>, expected: usize) -> Result<(), AggregationError> {
    match lengths.enumerate().find(|(_, found)| *found != expected) {
        Some((expert, found)) => Err(AggregationError::UnequalLengths { expert, expected, found }),
        None => Ok(()),
    }
}

/// The largest of the experts' weights, in which they are measured so that no sum overflows.
fn largest_weight(experts: usize, weights: &[f64]) -> Result<f64, AggregationError> {
    if weights.len() != experts {
        return Err(AggregationError::WeightCount { experts, found: weights.len() });
    }
    if let Some(expert) = weights.iter().position(|weight| !is_amount(*weight)) {
        return Err(AggregationError::BadWeight { expert });
    }
    largest_of(weights).filter(|largest| *largest > 0.0).ok_or(AggregationError::NoWeight)
}

/// The largest number, where all are finite and none is negative.
fn largest_of(numbers: &[f64]) -> Option<f64> {
    numbers.iter().try_fold(0.0, |largest: f64, number| is_amount(*number).then(|| largest.max(*number)))
}

fn is_amount(number: f64) -> bool {
    number.is_finite() && number >= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ahp::testing::{assert_all_near, drinks, house, matrix, numbers, random};
    use crate::kernel::ahp::{PriorityMethod, priorities};

    #[test]
    fn experts_who_agree_are_one_expert() {
        for expert in [drinks(), house(), matrix("1 3 .\n1/3 1 1/7\n. 7 1")] {
            let group = aggregate_judgements(&[expert.clone(), expert.clone(), expert.clone()], &[1.0, 0.3, 7.0]);
            assert_eq!(group, Ok(expert.clone()));
            assert_eq!(aggregate_judgements(std::slice::from_ref(&expert), &[1e300]), Ok(expert));
        }
    }

    #[test]
    fn gaps_and_weights() {
        let experts =
            [matrix("1 2 .\n1/2 1 4\n. 1/4 1"), matrix("1 1/2 .\n2 1 .\n. . 1"), matrix("1 9 9\n1/9 1 9\n1/9 1/9 1")];
        let group = aggregate_judgements(&experts, &[3.0, 1.0, 0.0]).unwrap();
        // 2^(3/4) 2^(-1/4)
        assert!((group.get(0, 1).unwrap() - 2f64.sqrt()).abs() < 1e-15);
        assert_eq!((group.get(1, 2), group.get(0, 2)), (Some(4.0), None));
        // The unit of the weights does not matter.
        let scaled = aggregate_judgements(&experts, &[f64::MAX, f64::MAX / 3.0, 0.0]).unwrap();
        assert_all_near(&[scaled.get(0, 1).unwrap()], &[2f64.sqrt()], 1e-15);
    }

    #[test]
    fn the_geometric_mean_of_the_group_is_that_of_the_experts() {
        let mut next = numbers(41);
        let experts: Vec<_> = (0..5).map(|_| random(6, &[1.0, 3.0, 5.0, 9.0], &mut next)).collect();
        let group = aggregate_judgements(&experts, &[1.0; 5]).unwrap();
        let found = priorities(&group, PriorityMethod::GeometricMean).unwrap();
        let mut means = [1.0; 6];
        for expert in &experts {
            let one = priorities(expert, PriorityMethod::GeometricMean).unwrap();
            for (mean, weight) in means.iter_mut().zip(one.weights()) {
                *mean *= weight.powf(0.2);
            }
        }
        let total: f64 = means.iter().sum();
        assert_all_near(found.weights(), &means.map(|mean| mean / total), 1e-14);
        let extreme = [random(6, &[1e6], &mut next), random(6, &[1e6, 1.0], &mut next)];
        assert!(aggregate_judgements(&extreme, &[0.1, 0.7]).unwrap().is_complete());
    }

    #[test]
    fn means_of_priorities() {
        let group = aggregate_priorities(&[&[5.0, 3.0, 2.0], &[0.2, 0.0, 0.8]], &[1.0, 1.0]).unwrap();
        assert_all_near(&group, &[0.35, 0.15, 0.5], 1e-15);
        let huge = aggregate_priorities(&[&[f64::MAX, f64::MAX], &[0.0, 1e-300]], &[f64::MAX, f64::MAX]).unwrap();
        assert_all_near(&huge, &[0.25, 0.75], 1e-15);
        let same = priorities(&house(), PriorityMethod::Eigenvector).unwrap();
        let group = aggregate_priorities(&[same.weights(); 4], &[1.0, 2.0, 3.0, 0.0]).unwrap();
        assert_all_near(&group, same.weights(), 1e-15);
    }

    #[test]
    fn errors() {
        let two = Comparisons::new(2).unwrap();
        let judge = aggregate_judgements;
        assert_eq!(judge(&[], &[]), Err(AggregationError::NoExperts));
        let unequal = [two.clone(), Comparisons::new(3).unwrap()];
        let lengths = AggregationError::UnequalLengths { expert: 1, expected: 2, found: 3 };
        assert_eq!(judge(&unequal, &[1.0, 1.0]), Err(lengths));
        let both = [two.clone(), two];
        assert_eq!(judge(&both, &[1.0]), Err(AggregationError::WeightCount { experts: 2, found: 1 }));
        assert_eq!(judge(&both, &[0.0, 0.0]), Err(AggregationError::NoWeight));
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(judge(&both, &[1.0, bad]), Err(AggregationError::BadWeight { expert: 1 }));
            let list = aggregate_priorities(&[&[1.0, bad]], &[1.0]);
            assert_eq!(list, Err(AggregationError::BadPriorities { expert: 0 }));
        }
        assert_eq!(aggregate_priorities(&[&[0.0]], &[1.0]), Err(AggregationError::BadPriorities { expert: 0 }));
        assert_eq!(aggregate_priorities(&[&[]], &[1.0]), Err(AggregationError::NoItems));
        assert_eq!(aggregate_priorities(&[], &[]), Err(AggregationError::NoExperts));
    }
}
