//! Weights from data: an indicator in which the units differ more, as measured by its entropy, weighs more.

use super::Table;
use super::table::ends;

/// Why there are no weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntropyError {
    /// A number is below 0, and a part of a whole cannot be.
    #[error("indicator {} of unit {}, counted from 1, is negative", .indicator + 1, .unit + 1)]
    Negative {
        /// Which unit, counted from 0.
        unit: usize,
        /// Which indicator, counted from 0.
        indicator: usize,
    },
    /// Every indicator is the same for all units, up to rounding.
    #[error("every indicator is the same for all units, so none tells them apart")]
    NothingVaries,
}

/// How evenly each indicator is spread over the units: 1 is evenly, 0 is all in one unit.
///
/// **Formula**: for the numbers `x_i` of one indicator over m units, `p_i = x_i / sum x` and
/// `e = -(1 / ln m) sum p_i ln p_i`, where `0 ln 0 = 0`. An indicator that is the same for all units has exactly 1, also
/// where it is 0 for all.
///
/// **Units**: plain numbers from 0 to 1. Numbers must be 0 or more on a scale with a true zero, or be scaled to 0 for the
/// worst unit and 1 for the best; their unit does not matter.
///
/// **Spreadsheets**: `-SUMPRODUCT(p, LN(p))/LN(m)`, which is an error where a p is 0.
///
/// # Errors
///
/// [`EntropyError::Negative`].
///
/// # Source
///
/// Shannon (1948), *A mathematical theory of communication*.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Table, entropies};
///
/// let table = Table::by_unit(&[&[3.0, 0.0, 1.0], &[3.0, 5.0, 0.0], &[3.0, 0.0, 1.0]])?;
/// let e = entropies(&table)?;
/// assert_eq!(e[..2], [1.0, 0.0]);
/// assert!((e[2] - 0.630_929_753_571).abs() < 1e-12); // ln 2 / ln 3
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn entropies(table: &Table) -> Result<Vec<f64>, EntropyError> {
    Ok(divergences(table)?.into_iter().map(|divergence| 1.0 - divergence).collect())
}

/// Weights by the entropy method: the less evenly an indicator is spread over the units, the more it weighs.
///
/// **Formula**: `w_j = (1 - e_j) / sum (1 - e_k)` with the [`entropies`]. An indicator that is the same for all units
/// weighs exactly 0.
///
/// **Units**: fractions that sum to 1 up to the rounding of floats.
///
/// **Spreadsheets**: there is no such function.
///
/// # Errors
///
/// [`EntropyError::Negative`]; [`EntropyError::NothingVaries`].
///
/// # Example
///
/// ```
/// use appraise::kernel::{Table, entropy_weights};
///
/// let table = Table::by_unit(&[&[3.0, 0.0, 1.0], &[3.0, 5.0, 0.0], &[3.0, 0.0, 1.0]])?;
/// let w = entropy_weights(&table)?;
/// assert_eq!(w[0], 0.0);
/// assert!((w[1] - 0.730_422_710_3).abs() < 1e-9); // 1 / (1 + 1 - ln 2 / ln 3)
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn entropy_weights(table: &Table) -> Result<Vec<f64>, EntropyError> {
    let mut weights = divergences(table)?;
    let sum: f64 = weights.iter().sum();
    if sum == 0.0 {
        return Err(EntropyError::NothingVaries);
    }
    for weight in &mut weights {
        *weight /= sum;
    }
    Ok(weights)
}

/// How unevenly each indicator is spread over the units: 0 is evenly, 1 is all in one unit.
///
/// **Formula**: `1 - e` with the [`entropies`], without the cancellation of the subtraction: for `q_i = x_i / mean x`
/// over m units it is `sum (q_i ln q_i - q_i + 1) / (m ln m)`. An indicator that is the same for all units has exactly 0.
///
/// **Units**: plain numbers from 0 to 1, of numbers as for [`entropies`].
///
/// **Spreadsheets**: 1 less the entropy, which has no right digit left where units differ by less than a millionth.
///
/// # Errors
///
/// [`EntropyError::Negative`].
///
/// # Example
///
/// ```
/// use appraise::kernel::{Table, divergences};
///
/// let table = Table::by_unit(&[&[3.0, 0.0, 1e6], &[3.0, 5.0, 1e6 + 2.0]])?;
/// let d = divergences(&table)?;
/// assert_eq!(d[..2], [0.0, 1.0]);
/// // for small differences it is half the variance of q over ln m
/// assert!((d[2] * 2.0 * 2f64.ln() / 1e-12 - 1.0).abs() < 1e-5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn divergences(table: &Table) -> Result<Vec<f64>, EntropyError> {
    let units = table.units() as f64;
    let most = units * libm::log(units);
    let divergence = |(indicator, column): (usize, &[f64])| {
        if let Some(unit) = column.iter().position(|value| *value < 0.0) {
            return Err(EntropyError::Negative { unit, indicator });
        }
        let (low, high) = ends(column);
        if low == high {
            return Ok(0.0);
        }
        // With q = p m, (1 - e) m ln m = sum q ln q = sum (q ln q - q + 1), and no term of the last is negative.
        let scale = if (1e-150..1e150).contains(&high) { 1.0 } else { high };
        let mean = column.iter().map(|value| value / scale).sum::<f64>() / units;
        let sum: f64 = column.iter().map(|value| excess(value / scale / mean)).sum();
        Ok((sum / most).clamp(0.0, 1.0))
    };
    table.columns().enumerate().map(divergence).collect()
}

/// `q ln q - q + 1`, which is 0 at 1 and above 0 elsewhere.
fn excess(q: f64) -> f64 {
    if q == 0.0 { 1.0 } else { q * libm::log(q) - (q - 1.0) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    /// 20 rivers: oxygen (the more the better), pH (7 is best), germs (the fewer the better), nutrients (10 to 20).
    /// Chapter 3, entropy weights, of the book `zhjx19/mathmodels-book`.
    const RIVERS: [[f64; 4]; 20] = [
        [4.69, 6.59, 51.0, 11.94],
        [2.03, 7.86, 19.0, 6.46],
        [9.11, 6.31, 46.0, 8.91],
        [8.61, 7.05, 46.0, 26.43],
        [7.13, 6.5, 50.0, 23.57],
        [2.39, 6.77, 38.0, 24.62],
        [7.69, 6.79, 38.0, 6.01],
        [9.3, 6.81, 27.0, 31.57],
        [5.45, 7.62, 5.0, 18.46],
        [6.19, 7.27, 17.0, 7.51],
        [7.93, 7.53, 9.0, 6.52],
        [4.4, 7.28, 17.0, 25.3],
        [7.46, 8.24, 23.0, 14.42],
        [2.01, 5.55, 47.0, 26.31],
        [2.04, 6.4, 23.0, 17.91],
        [7.73, 6.14, 52.0, 15.72],
        [6.35, 7.58, 25.0, 29.46],
        [8.29, 8.41, 39.0, 12.02],
        [3.54, 7.27, 54.0, 3.16],
        [7.44, 6.26, 8.0, 28.41],
    ];

    /// The nearness of each number to the best of its column: 1 for the best river, 0 for the worst.
    pub fn rivers_scaled() -> [[f64; 4]; 20] {
        let highest = RIVERS.iter().fold(0.0, |most: f64, row| most.max(row[0]));
        let lowest = RIVERS.iter().fold(f64::MAX, |least: f64, row| least.min(row[2]));
        let best = [(highest, highest), (7.0, 7.0), (lowest, lowest), (10.0, 20.0)];
        let mut scaled = RIVERS;
        for (indicator, (low, high)) in best.into_iter().enumerate() {
            let distance = |x: f64| (low - x).max(x - high).max(0.0);
            let farthest = RIVERS.iter().fold(0.0, |most: f64, row| most.max(distance(row[indicator])));
            for row in &mut scaled {
                row[indicator] = 1.0 - distance(row[indicator]) / farthest;
            }
        }
        scaled
    }

    pub fn by_unit<const N: usize>(rows: &[[f64; N]]) -> Table {
        let rows: Vec<&[f64]> = rows.iter().map(|row| &row[..]).collect();
        Table::by_unit(&rows).unwrap()
    }

    #[track_caller]
    pub fn assert_close(actual: &[f64], expected: &[f64], tolerance: f64) {
        assert_eq!(actual.len(), expected.len());
        for (one, other) in actual.iter().zip(expected) {
            assert!((one - other).abs() <= tolerance, "{actual:?} is not {expected:?}");
        }
    }

    #[test]
    fn rivers_as_in_numpy() {
        let scaled = by_unit(&rivers_scaled());
        // -(p * log(p)).sum(0) / log(20) in NumPy
        let e = [0.9116123152536648, 0.9495478646250988, 0.9018591333847106, 0.9574145025085331];
        assert_close(&entropies(&scaled).unwrap(), &e, 1e-15);
        let weights = entropy_weights(&scaled).unwrap();
        assert_close(&weights, &[0.316160142867, 0.18046580102, 0.35104698691, 0.152327069202], 1e-12);
    }

    #[test]
    fn entropies_by_hand() {
        // p = 1/2 1/4 1/4: 1.5 ln 2 / ln 3
        let e = entropies(&by_unit(&[[2.0, 7.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]])).unwrap();
        assert_close(&e, &[0.946394630357186, 0.0, 1.0], 1e-15);
        assert_eq!(e[1..], [0.0, 1.0]);
    }

    #[test]
    fn constants_weigh_exactly_nothing() {
        let w = entropy_weights(&by_unit(&[[0.1, 1.0, 0.0], [0.1, 2.0, 0.0], [0.1, 2.0, 0.0]])).unwrap();
        assert_eq!(w, [0.0, 1.0, 0.0]);
    }

    #[test]
    fn order_and_unit_do_not_matter() {
        let mut rows = RIVERS;
        let e = entropies(&by_unit(&rows)).unwrap();
        rows.rotate_left(7);
        rows.swap(1, 12);
        assert_close(&entropies(&by_unit(&rows)).unwrap(), &e, 1e-15);
        for factor in [1e-300, 1e-3, 1e3, 1e306, f64::MIN_POSITIVE] {
            let scaled = rows.map(|row| row.map(|x| x * factor));
            assert_close(&entropies(&by_unit(&scaled)).unwrap(), &e, 1e-14);
        }
    }

    #[test]
    fn small_differences_keep_their_digits() {
        // for p_i = (1 + t_i) / m, 1 - e is nearly sum t^2 / (2 m ln m): twice the t, four times the weight
        let (t, twice) = (1e-7, 2e-7);
        let w = entropy_weights(&by_unit(&[[1.0 + t, 1.0 + twice], [1.0 - t, 1.0 - twice]])).unwrap();
        assert_close(&w, &[0.2, 0.8], 1e-7);
    }

    #[test]
    fn the_ends_of_floats() {
        let rows = [[f64::MAX, f64::MIN_POSITIVE, 5e-324], [f64::MAX, 0.0, 0.0], [0.0, f64::MIN_POSITIVE, 0.0]];
        let half = 0.630_929_753_571_457_4; // ln 2 / ln 3
        assert_close(&entropies(&by_unit(&rows)).unwrap(), &[half, half, 0.0], 1e-15);
    }

    #[test]
    fn errors() {
        let error = EntropyError::Negative { unit: 1, indicator: 2 };
        let table = by_unit(&[[1.0, 2.0, 3.0], [1.0, 2.0, -1e-9]]);
        assert_eq!(entropies(&table), Err(error));
        assert_eq!(entropy_weights(&table), Err(error));
        assert_eq!(error.to_string(), "indicator 3 of unit 2, counted from 1, is negative");
        let table = by_unit(&[[0.1, 0.0], [0.1, -0.0], [0.1, 0.0]]);
        assert_eq!(entropies(&table), Ok(vec![1.0; 2]));
        assert_eq!(entropy_weights(&table), Err(EntropyError::NothingVaries));
    }
}
