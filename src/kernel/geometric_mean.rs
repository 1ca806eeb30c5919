//! The weighted geometric mean: the mean of ratios.

/// Why there is no geometric mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GeometricMeanError {
    /// Not every value has a weight, or there are more.
    #[error("there are not as many weights as values")]
    UnequalLengths,
    /// A value is negative, NaN or infinite.
    #[error("value {position} is not a number from 0 up")]
    NegativeValue {
        /// Which value, counted from 0.
        position: usize,
    },
    /// A weight is negative, NaN or infinite.
    #[error("weight {position} is not a number from 0 up")]
    BadWeight {
        /// Which weight, counted from 0.
        position: usize,
    },
    /// There are no values, or all weights are zero.
    #[error("there is no weight")]
    NoWeight,
}

/// The one ratio that several ratios amount to, where some count more than others.
///
/// **Formula**: `prod x_i^(v_i / V)`, computed as `exp(sum v_i ln x_i / V)`, for values x with weights v of the sum V.
/// A value of weight zero does not count; one of zero that counts makes the mean zero. What all values that count agree on is kept to the last digit.
///
/// **Units**: those of the values. The unit of the weights does not matter.
///
/// **Spreadsheets**: `GEOMEAN` where all weights are the same.
///
/// # Errors
///
/// [`GeometricMeanError`].
///
/// # Source
///
/// Aczél, Saaty (1983), *Procedures for synthesizing ratio judgements*, Journal of Mathematical Psychology 27.
///
/// # Example
///
/// ```
/// use appraise::kernel::weighted_geometric_mean;
///
/// // twice by one, eight times by another whose word counts three times as much
/// let mean = weighted_geometric_mean(&[2.0, 8.0], &[1.0, 3.0])?;
/// assert!((mean - 2f64.powf(2.5)).abs() < 1e-12);
/// # Ok::<(), appraise::kernel::GeometricMeanError>(())
/// ```
pub fn weighted_geometric_mean(values: &[f64], weights: &[f64]) -> Result<f64, GeometricMeanError> {
    if values.len() != weights.len() {
        return Err(GeometricMeanError::UnequalLengths);
    }
    if let Some(position) = values.iter().position(|value| !(value.is_finite() && *value >= 0.0)) {
        return Err(GeometricMeanError::NegativeValue { position });
    }
    if let Some(position) = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0)) {
        return Err(GeometricMeanError::BadWeight { position });
    }
    // measured in the largest of them, so that no sum overflows
    let largest = weights.iter().copied().fold(0.0, f64::max);
    let counted = || {
        let pairs = values.iter().zip(weights).map(|(value, weight)| (*value, weight / largest));
        pairs.filter(|(_, weight)| *weight > 0.0)
    };
    let (first, _) = counted().next().ok_or(GeometricMeanError::NoWeight)?;
    if counted().all(|(value, _)| value == first) {
        return Ok(first);
    }
    if counted().any(|(value, _)| value == 0.0) {
        return Ok(0.0);
    }
    let (mut sum, mut total) = (0.0, 0.0);
    for (value, weight) in counted() {
        sum += weight * libm::log(value);
        total += weight;
    }
    // rounding must not carry the mean out of the values, let alone out of the numbers
    let (least, most) = counted().fold((first, first), |(least, most), (value, _)| (value.min(least), value.max(most)));
    Ok(libm::exp(sum / total).clamp(least, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_of_ratios() {
        let near = |values: &[f64], weights: &[f64], expected: f64| {
            let mean = weighted_geometric_mean(values, weights).unwrap();
            assert!((mean / expected - 1.0).abs() < 1e-14, "{mean} is not {expected}");
        };
        near(&[2.0, 8.0], &[1.0, 1.0], 4.0);
        near(&[1.0, 2.0, 4.0], &[5.0, 5.0, 5.0], 2.0);
        near(&[3.0, 1.0 / 3.0], &[7.0, 7.0], 1.0);
        near(&[2.0, 8.0, 1e9], &[1.0, 3.0, 0.0], 2f64.powf(2.5));
    }

    #[test]
    fn agreement_is_exact_and_the_mean_lies_between_the_values() {
        assert_eq!(weighted_geometric_mean(&[0.1, 0.1, 0.1], &[1.0, 3.0, 7.0]), Ok(0.1));
        assert_eq!(weighted_geometric_mean(&[0.1, 5.0], &[2.0, 0.0]), Ok(0.1));
        let (next, most) = (f64::MAX.next_down(), f64::MAX);
        let mean = weighted_geometric_mean(&[next, most], &[f64::MAX, f64::MAX]).unwrap();
        assert!((next..=most).contains(&mean), "{mean}");
    }

    #[test]
    fn one_zero_that_counts_is_all_of_it() {
        assert_eq!(weighted_geometric_mean(&[0.0, 5.0], &[1.0, 9.0]), Ok(0.0));
        assert_eq!(weighted_geometric_mean(&[0.0, 0.0], &[1.0, 9.0]), Ok(0.0));
        assert_eq!(weighted_geometric_mean(&[0.0, 5.0], &[0.0, 9.0]), Ok(5.0));
    }

    #[test]
    fn errors() {
        let of = weighted_geometric_mean;
        assert_eq!(of(&[1.0], &[]), Err(GeometricMeanError::UnequalLengths));
        assert_eq!(of(&[], &[]), Err(GeometricMeanError::NoWeight));
        assert_eq!(of(&[1.0, 2.0], &[0.0, 0.0]), Err(GeometricMeanError::NoWeight));
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(of(&[1.0, bad], &[1.0, 1.0]), Err(GeometricMeanError::NegativeValue { position: 1 }));
        }
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(of(&[1.0, 2.0], &[bad, 1.0]), Err(GeometricMeanError::BadWeight { position: 0 }));
        }
    }
}
