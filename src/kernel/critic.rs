//! Weights from data by CRITIC: an indicator weighs more where the units differ in it and where it says something else
//! than the other indicators.

use super::Table;
use super::table::{along, ends};

/// Why there are no weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CriticError {
    /// Every indicator is the same for all units.
    #[error("every indicator is the same for all units, so none tells them apart")]
    NothingVaries,
    /// The indicators that vary are all correlated fully, or only one varies.
    #[error("all indicators that vary say the same, so there is no conflict to weigh them by")]
    NoConflict,
    /// The numbers of an indicator lie too far apart for a float.
    #[error("the standard deviation of indicator {}, counted from 1, does not fit a float", .indicator + 1)]
    Overflow {
        /// Which indicator, counted from 0.
        indicator: usize,
    },
}

/// How far the units lie apart in each indicator: its sample standard deviation.
///
/// **Formula**: `s = sqrt(sum (x_i - mean)^2 / (m - 1))` over m units; exactly 0 for an indicator that is the same for all
/// units.
///
/// **Units**: those of the indicator; a plain number if it is scaled first, as CRITIC asks.
///
/// **Spreadsheets**: `STDEV.S`.
///
/// # Errors
///
/// [`CriticError::Overflow`] for differences near the largest float.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Table, contrasts};
///
/// let table = Table::by_unit(&[&[2.0, 0.3], &[4.0, 0.3], &[6.0, 0.3]])?;
/// assert_eq!(contrasts(&table), Ok(vec![2.0, 0.0]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn contrasts(table: &Table) -> Result<Vec<f64>, CriticError> {
    Standardised::of(table).contrasts()
}

/// How much each indicator disagrees with the others about the order of the units.
///
/// **Formula**: `sum_k (1 - r_jk)`, where `r_jk` is Pearson's correlation of the indicators j and k over the units. A
/// correlation with an indicator that is the same for all units does not exist: such pairs are left out, so that the
/// indicator has conflict 0 and does not change that of the others. Correlations within 10^-24 of 1 are 1.
///
/// **Units**: plain numbers from 0 to 2 (n - 1) for n indicators. An increasing linear change of an indicator does not
/// matter; turning its direction around does.
///
/// **Spreadsheets**: the sum of `1-CORREL(range, other)`.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Table, conflicts};
///
/// // The second falls where the first rises, the third is the same everywhere.
/// let table = Table::by_unit(&[&[1.0, 6.0, 5.0], &[2.0, 4.0, 5.0], &[4.0, 0.0, 5.0]])?;
/// let conflicts = conflicts(&table);
/// assert!((conflicts[0] - 2.0).abs() < 1e-12 && (conflicts[1] - 2.0).abs() < 1e-12);
/// assert_eq!(conflicts[2], 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn conflicts(table: &Table) -> Vec<f64> {
    Standardised::of(table).conflicts()
}

/// Weights by the CRITIC method, from the contrast of each indicator and its conflict with the others.
///
/// **Formula**: `C_j = s_j sum_k (1 - r_jk)` with the [`contrasts`] and [`conflicts`]; `w_j = C_j / sum C_k`. An indicator
/// that is the same for all units weighs exactly 0 and changes nothing.
///
/// **Units**: fractions that sum to 1 up to the rounding of floats. The table must be scaled to plain numbers, with the
/// direction of costs turned around, as the [data weights](crate::panel::DataWeights) of a group do. Publications that leave
/// the direction out get other weights.
///
/// **Spreadsheets**: there is no such function.
///
/// # Errors
///
/// [`CriticError::NothingVaries`]; [`CriticError::NoConflict`] where the formula is 0 / 0; [`CriticError::Overflow`].
///
/// # Source
///
/// Diakoulaki, Mavrotas, Papayannakis (1995), *Determining objective weights in multiple criteria problems: the CRITIC
/// method*.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Table, critic_weights};
///
/// // scaled from 0 for the worst to 1 for the best
/// let scaled = Table::by_unit(&[&[1.0, 1.0, 0.6], &[0.5, 0.6, 0.0], &[0.0, 0.0, 1.0]])?;
/// let weights = critic_weights(&scaled)?;
/// assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-15);
/// assert!(weights[2] > weights[0] && weights[2] > weights[1]); // the first two agree, the third does not
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn critic_weights(table: &Table) -> Result<Vec<f64>, CriticError> {
    let standardised = Standardised::of(table);
    let contrasts = standardised.contrasts()?;
    let widest = contrasts.iter().copied().fold(0.0, f64::max);
    if widest == 0.0 {
        return Err(CriticError::NothingVaries);
    }
    let mut weights = standardised.conflicts();
    for (weight, contrast) in weights.iter_mut().zip(contrasts) {
        *weight *= contrast / widest;
    }
    let sum: f64 = weights.iter().sum();
    if sum == 0.0 {
        return Err(CriticError::NoConflict);
    }
    for weight in &mut weights {
        *weight /= sum;
    }
    Ok(weights)
}

/// The indicators around their mean and with length 1, so that a product of two is their correlation.
struct Standardised {
    units: usize,
    /// One indicator after the other; zeros where it is the same for all units.
    values: Vec<f64>,
    contrasts: Vec<f64>,
}

impl Standardised {
    fn of(table: &Table) -> Self {
        let units = table.units();
        let mut values = Vec::with_capacity(units * table.indicators());
        let mut contrasts = Vec::with_capacity(table.indicators());
        for (place, column) in table.columns().enumerate() {
            values.extend(std::iter::repeat_n(0.0, units));
            let Some(place) = values.get_mut(place * units..) else {
                continue;
            };
            contrasts.push(standardise(column, place).unwrap_or(0.0));
        }
        Self { units, values, contrasts }
    }

    fn contrasts(&self) -> Result<Vec<f64>, CriticError> {
        match self.contrasts.iter().position(|contrast| !contrast.is_finite()) {
            Some(indicator) => Err(CriticError::Overflow { indicator }),
            None => Ok(self.contrasts.clone()),
        }
    }

    fn conflicts(&self) -> Vec<f64> {
        let varying: Vec<bool> =
            self.values.chunks_exact(self.units).map(|column| column.iter().any(|value| *value != 0.0)).collect();
        let mut conflicts = vec![0.0; varying.len()];
        let columns = || self.values.chunks_exact(self.units).zip(&varying);
        for (place, (column, varies)) in columns().enumerate() {
            let mut own = 0.0;
            let Some((this, later)) = conflicts.get_mut(place..).and_then(|rest| rest.split_first_mut()) else {
                continue;
            };
            for ((other, others), conflict) in columns().skip(place + 1).zip(later) {
                if *varies && *others {
                    let one = one_less_correlation(column, other);
                    own += one;
                    *conflict += one;
                }
            }
            *this += own;
        }
        conflicts
    }
}

/// Numbers around their mean and with length 1; `None` where all are the same.
pub(super) fn standardised(column: &[f64]) -> Option<Vec<f64>> {
    let mut values = vec![0.0; column.len()];
    standardise(column, &mut values).map(|_| values)
}

/// Puts them into the place of so many zeros, and gives their standard deviation.
fn standardise(column: &[f64], values: &mut [f64]) -> Option<f64> {
    let (low, high) = ends(column);
    if low == high {
        return None;
    }
    // Measured from the lowest in the whole range, numbers that are close together keep their differences.
    for (value, along) in values.iter_mut().zip(along(column, low, high)) {
        *value = along;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    for value in &mut *values {
        *value -= mean;
    }
    let length = sum_of(values, values, |value, _| value * value).sqrt();
    for value in &mut *values {
        *value /= length;
    }
    Some(length / ((values.len() - 1) as f64).sqrt() * (high - low))
}

/// `1 - r = |a - b|^2 / 2`: unlike a difference to 1, this keeps its digits where r is nearly 1.
pub(super) fn one_less_correlation(a: &[f64], b: &[f64]) -> f64 {
    let half = sum_of(a, b, |a, b| (a - b) * (a - b)) / 2.0;
    if half < 1e-24 { 0.0 } else { half.min(2.0) }
}

/// The sum of a term over two columns, in eight parts side by side: the same digits on every machine.
fn sum_of(a: &[f64], b: &[f64], term: impl Fn(f64, f64) -> f64) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut parts = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for ((part, a), b) in parts.iter_mut().zip(a).zip(b) {
            *part += term(*a, *b);
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| term(*a, *b)).sum();
    parts.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::entropy::tests::{assert_close, by_unit, rivers_scaled};

    /// Tuş, Aytaç Adalı (2019): software for time and attendance; the first criterion is a cost.
    const SOFTWARE: [[f64; 6]; 5] = [
        [5000.0, 3.0, 3.0, 4.0, 3.0, 2.0],
        [680.0, 5.0, 3.0, 2.0, 2.0, 1.0],
        [2000.0, 3.0, 2.0, 3.0, 4.0, 3.0],
        [600.0, 4.0, 3.0, 1.0, 2.0, 2.0],
        [800.0, 2.0, 4.0, 3.0, 3.0, 4.0],
    ];

    /// Scaled to 0 for the lowest and 1 for the highest of each criterion, or the first the other way round.
    fn software(first_is_a_cost: bool) -> Vec<f64> {
        let mut scaled = SOFTWARE;
        for criterion in 0..6 {
            let column = SOFTWARE.map(|row| row[criterion]);
            let (low, high) = ends(&column);
            for (row, value) in scaled.iter_mut().zip(column) {
                let part = (value - low) / (high - low);
                row[criterion] = if first_is_a_cost && criterion == 0 { 1.0 - part } else { part };
            }
        }
        critic_weights(&by_unit(&scaled)).unwrap()
    }

    #[test]
    fn printed_weights_hold_only_if_the_cost_is_not_turned_around() {
        let as_printed = software(false);
        assert_close(&as_printed, &[0.157, 0.249, 0.168, 0.121, 0.154, 0.151], 0.0005);
        let recomputed =
            [0.157003432042, 0.249489243164, 0.167675249193, 0.12110022243, 0.154099291586, 0.150632561586];
        assert_close(&as_printed, &recomputed, 1e-12);
        // What the method of 1995 asks for.
        let turned = [0.184066407331, 0.213028978511, 0.142214162321, 0.158300641223, 0.168382221283, 0.134007589332];
        assert_close(&software(true), &turned, 1e-12);
    }

    /// `std(ddof=1)` and `corrcoef` in NumPy.
    #[test]
    fn rivers_as_in_numpy() {
        let table = by_unit(&rivers_scaled());
        let s = [0.343087656676828, 0.2777924744566706, 0.3308720518469929, 0.3039265218808399];
        assert_close(&contrasts(&table).unwrap(), &s, 1e-15);
        let c = [3.0026135102581417, 3.2676992416558694, 3.0862126634976352, 3.494796241138208];
        assert_close(&conflicts(&table), &c, 1e-14);
        let w = [0.256181845162476, 0.2257388846698528, 0.2539392045947117, 0.26414006557295966];
        assert_close(&critic_weights(&table).unwrap(), &w, 1e-15);
    }

    #[test]
    fn correlations_by_hand() {
        // r = 0.5 between 1 2 3 and 1 3 2; -1 and -0.5 with 3 2 1
        let table = by_unit(&[[1.0, 1.0, 3.0], [2.0, 3.0, 2.0], [3.0, 2.0, 1.0]]);
        assert_close(&conflicts(&table), &[2.5, 2.0, 3.5], 1e-14);
        assert_close(&contrasts(&table).unwrap(), &[1.0; 3], 1e-15);
        assert_close(&critic_weights(&table).unwrap(), &[2.5 / 8.0, 0.25, 3.5 / 8.0], 1e-15);
    }

    #[test]
    fn constants_weigh_nothing_and_change_nothing() {
        let with = SOFTWARE.map(|[a, b, c, d, e, f]| [a, b, 0.1, c, d, e, f]);
        let mut weights = critic_weights(&by_unit(&with)).unwrap();
        assert_eq!(weights.remove(2), 0.0);
        assert_eq!(weights, critic_weights(&by_unit(&SOFTWARE)).unwrap());
        assert_eq!(conflicts(&by_unit(&with))[2], 0.0);
        assert_eq!(contrasts(&by_unit(&with)).unwrap()[2], 0.0);
    }

    #[test]
    fn order_of_units_does_not_matter() {
        let mut rows = SOFTWARE;
        let weights = critic_weights(&by_unit(&rows)).unwrap();
        for _ in 0..4 {
            rows.rotate_left(1);
            assert_close(&critic_weights(&by_unit(&rows)).unwrap(), &weights, 1e-15);
        }
    }

    #[test]
    fn origin_does_not_matter() {
        let moved = SOFTWARE.map(|row| row.map(|x| x + 1e9));
        assert_close(&conflicts(&by_unit(&moved)), &conflicts(&by_unit(&SOFTWARE)), 1e-14);
        assert_close(&contrasts(&by_unit(&moved)).unwrap(), &contrasts(&by_unit(&SOFTWARE)).unwrap(), 1e-11);
    }

    #[test]
    fn the_ends_of_floats() {
        let rows = [[f64::MAX, 1.0, 1e-320], [0.0, 3.0, 3e-320], [0.0, 2.0, 2e-320]];
        assert_close(&conflicts(&by_unit(&rows)), &[3.732050807568877, 1.8660254037844386, 1.8660254037844386], 1e-3);
        assert!(critic_weights(&by_unit(&rows)).unwrap().iter().all(|weight| weight.is_finite()));
        let rows = [[1.0, f64::MAX], [2.0, f64::MIN]];
        assert_eq!(contrasts(&by_unit(&rows)), Err(CriticError::Overflow { indicator: 1 }));
        assert_eq!(critic_weights(&by_unit(&rows)), Err(CriticError::Overflow { indicator: 1 }));
        assert_close(&conflicts(&by_unit(&rows)), &[2.0, 2.0], 1e-15);
    }

    #[test]
    fn errors() {
        assert_eq!(critic_weights(&by_unit(&[[0.1, 2.0], [0.1, 2.0]])), Err(CriticError::NothingVaries));
        assert_eq!(critic_weights(&by_unit(&[[0.1, 2.0], [0.1, 3.0]])), Err(CriticError::NoConflict));
        assert_eq!(critic_weights(&by_unit(&[[1.0], [2.0]])), Err(CriticError::NoConflict));
        // 7.3 x + 0.1 is rounded, and still says what x says
        let same = [1.1, 2.7, 0.3, 5.9].map(|x: f64| [x, 7.3 * x + 0.1]);
        assert_eq!(critic_weights(&by_unit(&same)), Err(CriticError::NoConflict));
    }
}
