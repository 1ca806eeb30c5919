//! A complete table of measurements: units, such as branches or periods, by indicators.

/// Why numbers are no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// One unit has nothing to differ from.
    #[error("a table needs at least two units")]
    TooFewUnits,
    /// There is nothing to weigh.
    #[error("a table needs at least one indicator")]
    NoIndicators,
    /// Some numbers are missing, or there are too many.
    #[error("not every unit has a number for every indicator")]
    UnequalLengths,
    /// A number is NaN or infinite.
    #[error("indicator {} of unit {}, counted from 1, is not a finite number", .indicator + 1, .unit + 1)]
    NotFinite {
        /// Which unit, counted from 0.
        unit: usize,
        /// Which indicator, counted from 0.
        indicator: usize,
    },
}

/// A complete table of finite numbers: every unit has one for every indicator.
///
/// The constructor says what a row of the table is, so that units and indicators cannot be taken for each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    units: usize,
    /// One indicator after the other.
    values: Vec<f64>,
}

impl Table {
    /// A table with one row for each unit: `rows[u][i]` is what indicator `i` says about unit `u`.
    ///
    /// # Errors
    ///
    /// [`TableError::TooFewUnits`] below two units; [`NoIndicators`](TableError::NoIndicators);
    /// [`UnequalLengths`](TableError::UnequalLengths); [`NotFinite`](TableError::NotFinite).
    pub fn by_unit(rows: &[&[f64]]) -> Result<Self, TableError> {
        let indicators = rows.first().ok_or(TableError::TooFewUnits)?.len();
        let (units, _) = shape(rows.len(), indicators)?;
        let mut values = vec![0.0; units * indicators];
        for (unit, row) in rows.iter().enumerate() {
            if row.len() != indicators {
                return Err(TableError::UnequalLengths);
            }
            for (column, value) in values.chunks_exact_mut(units).zip(*row) {
                if let Some(place) = column.get_mut(unit) {
                    *place = *value;
                }
            }
        }
        Self { units, values }.checked()
    }

    /// A table with one row for each indicator: `rows[i][u]` is what indicator `i` says about unit `u`.
    ///
    /// # Errors
    ///
    /// As [`Table::by_unit`].
    pub fn by_indicator(rows: &[&[f64]]) -> Result<Self, TableError> {
        let (units, _) = shape(rows.first().ok_or(TableError::NoIndicators)?.len(), rows.len())?;
        if rows.iter().any(|row| row.len() != units) {
            return Err(TableError::UnequalLengths);
        }
        Self { units, values: rows.concat() }.checked()
    }

    fn checked(self) -> Result<Self, TableError> {
        for (indicator, column) in self.columns().enumerate() {
            if let Some(unit) = column.iter().position(|value| !value.is_finite()) {
                return Err(TableError::NotFinite { unit, indicator });
            }
        }
        Ok(self)
    }

    /// How many units there are: two or more.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// How many indicators there are: one or more.
    #[must_use]
    pub fn indicators(&self) -> usize {
        self.columns().len()
    }

    /// What one indicator, counted from 0, says about the units.
    #[must_use]
    pub fn indicator(&self, indicator: usize) -> Option<&[f64]> {
        self.columns().nth(indicator)
    }

    /// What each indicator says about the units.
    pub fn columns(&self) -> std::slice::ChunksExact<'_, f64> {
        self.values.chunks_exact(self.units)
    }
}

fn shape(units: usize, indicators: usize) -> Result<(usize, usize), TableError> {
    match (units, indicators) {
        (0 | 1, _) => Err(TableError::TooFewUnits),
        (_, 0) => Err(TableError::NoIndicators),
        shape => Ok(shape),
    }
}

/// The smallest and the largest of some numbers.
pub(super) fn ends(column: &[f64]) -> (f64, f64) {
    column.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (if *value < low { *value } else { low }, if *value > high { *value } else { high })
    })
}

/// A factor that keeps the differences of numbers of this size finite.
pub(super) fn shrink(largest: f64) -> f64 {
    if largest > f64::MAX / 4.0 { 0.25 } else { 1.0 }
}

/// What the best value of an indicator is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Direction {
    /// The largest.
    Benefit,
    /// The smallest.
    Cost,
    /// Any value from `low` to `high`; the same number twice where one value is best.
    Band {
        /// The lower end, in the unit of the indicator.
        low: f64,
        /// The upper end.
        high: f64,
    },
}

/// Why a table cannot be scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScalingError {
    /// There must be one direction for each indicator.
    #[error("there are {directions} directions for {indicators} indicators")]
    UnequalLengths {
        /// How many directions there are.
        directions: usize,
        /// How many indicators the table has.
        indicators: usize,
    },
    /// The lower end of a band is above its upper end, or one of them is no finite number.
    #[error("the band of indicator {}, counted from 1, is not from a finite low to a finite high", .indicator + 1)]
    NotABand {
        /// Which indicator, counted from 0.
        indicator: usize,
    },
    /// The margin leaves no room between its ends.
    #[error("the margin is not from 0 to below 0.5")]
    NotAMargin,
}

/// The table with every indicator scaled to 0 for the worst unit and 1 for the best.
///
/// **Formula**: benefit `(x - min) / (max - min)`; cost `(max - x) / (max - min)`; band `1 - d / max d`, where `d` is the
/// distance to the band. A benefit or cost that is the same for all units is 0 for all; a band that all units are in is
/// 1 for all.
///
/// **Units**: fractions from 0 to 1. They compare the units of this table only: one more unit may change all of them.
///
/// **Spreadsheets**: `(x-MIN(range))/(MAX(range)-MIN(range))`.
///
/// # Errors
///
/// [`ScalingError::UnequalLengths`]; [`ScalingError::NotABand`].
///
/// # Example
///
/// ```
/// use appraise::kernel::{Direction, Table, min_max_scaled};
///
/// let table = Table::by_unit(&[&[3.0, 3.0, 6.0], &[5.0, 4.0, 7.5], &[4.0, 7.0, 8.0]])?;
/// let best_at_7 = Direction::Band { low: 7.0, high: 7.0 };
/// let scaled = min_max_scaled(&table, &[Direction::Benefit, Direction::Cost, best_at_7])?;
/// assert_eq!(scaled, Table::by_unit(&[&[0.0, 1.0, 0.0], &[1.0, 0.75, 0.5], &[0.5, 0.0, 0.0]])?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn min_max_scaled(table: &Table, directions: &[Direction]) -> Result<Table, ScalingError> {
    min_max_scaled_within(table, directions, 0.0)
}

/// As [`min_max_scaled`], but with a margin that keeps away from 0 and 1: for results that were published with one.
///
/// A margin shifts weights in the fourth decimal and is not needed here: the entropy of 0 is defined.
///
/// **Formula**: with margin e, benefits and costs become `e + (1 - 2 e) x`; bands are cut off at e and 1 - e.
///
/// **Units**: fractions; so is the margin, from 0 to below 0.5.
///
/// # Errors
///
/// As [`min_max_scaled`], and [`ScalingError::NotAMargin`].
///
/// # Example
///
/// ```
/// use appraise::kernel::{Direction, Table, min_max_scaled_within};
///
/// let table = Table::by_indicator(&[&[3.0, 5.0, 4.0]])?;
/// let scaled = min_max_scaled_within(&table, &[Direction::Benefit], 0.25)?;
/// assert_eq!(scaled, Table::by_indicator(&[&[0.25, 0.75, 0.5]])?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn min_max_scaled_within(table: &Table, directions: &[Direction], margin: f64) -> Result<Table, ScalingError> {
    let indicators = table.indicators();
    if directions.len() != indicators {
        return Err(ScalingError::UnequalLengths { directions: directions.len(), indicators });
    }
    if !(0.0..0.5).contains(&margin) {
        return Err(ScalingError::NotAMargin);
    }
    let mut values = Vec::with_capacity(table.values.len());
    for (indicator, (column, direction)) in table.columns().zip(directions).enumerate() {
        let within = |part: f64| margin + (1.0 - 2.0 * margin) * part;
        let (low, high) = ends(column);
        match *direction {
            Direction::Benefit => values.extend(along(column, low, high).map(within)),
            Direction::Cost => values.extend(along(column, high, low).map(within)),
            Direction::Band { low, high } => {
                if !(low.is_finite() && high.is_finite() && low <= high) {
                    return Err(ScalingError::NotABand { indicator });
                }
                values.extend(nearness(column, low, high).map(|part| part.clamp(margin, 1.0 - margin)));
            }
        }
    }
    Ok(Table { units: table.units, values })
}

/// How much of the way from one end to the other each number has gone; 0 for all where the ends are the same.
pub(super) fn along(column: &[f64], from: f64, to: f64) -> impl Iterator<Item = f64> {
    let by = shrink(from.abs().max(to.abs()));
    let way = to * by - from * by;
    column.iter().map(move |value| if way == 0.0 { 0.0 } else { (value * by - from * by) / way })
}

/// 1 for numbers in the band, 0 for those that are as far from it as any.
fn nearness(column: &[f64], low: f64, high: f64) -> impl Iterator<Item = f64> {
    let by = column.iter().chain([&low, &high]).fold(0.0, |most: f64, value| most.max(value.abs()));
    let by = shrink(by);
    let distance = move |value: &f64| (low * by - value * by).max(value * by - high * by).max(0.0);
    let farthest = column.iter().map(distance).fold(0.0, f64::max);
    column.iter().map(move |value| if farthest == 0.0 { 1.0 } else { 1.0 - distance(value) / farthest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_a_table() {
        let by_unit = Table::by_unit(&[&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]]).unwrap();
        assert_eq!(Table::by_indicator(&[&[1.0, 4.0], &[2.0, 5.0], &[3.0, 6.0]]), Ok(by_unit.clone()));
        assert_eq!((by_unit.units(), by_unit.indicators()), (2, 3));
        assert_eq!(by_unit.indicator(1), Some(&[2.0, 5.0][..]));
        assert_eq!(by_unit.indicator(3), None);
    }

    #[test]
    fn faulty_tables() {
        assert_eq!(Table::by_unit(&[]), Err(TableError::TooFewUnits));
        assert_eq!(Table::by_unit(&[&[1.0]]), Err(TableError::TooFewUnits));
        assert_eq!(Table::by_unit(&[&[], &[]]), Err(TableError::NoIndicators));
        assert_eq!(Table::by_unit(&[&[1.0], &[1.0, 2.0]]), Err(TableError::UnequalLengths));
        assert_eq!(Table::by_indicator(&[]), Err(TableError::NoIndicators));
        assert_eq!(Table::by_indicator(&[&[1.0]]), Err(TableError::TooFewUnits));
        assert_eq!(Table::by_indicator(&[&[1.0, 2.0], &[1.0]]), Err(TableError::UnequalLengths));
        for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let error = TableError::NotFinite { unit: 1, indicator: 0 };
            assert_eq!(Table::by_unit(&[&[1.0, 2.0], &[wrong, 2.0]]), Err(error));
            assert_eq!(Table::by_indicator(&[&[1.0, wrong], &[2.0, 2.0]]), Err(error));
            assert_eq!(error.to_string(), "indicator 1 of unit 2, counted from 1, is not a finite number");
        }
    }

    fn scaled(column: &[f64], direction: Direction) -> Vec<f64> {
        let table = min_max_scaled(&Table::by_indicator(&[column]).unwrap(), &[direction]).unwrap();
        table.indicator(0).unwrap().to_vec()
    }

    #[test]
    fn scaling() {
        let band = |low, high| Direction::Band { low, high };
        assert_eq!(scaled(&[2.0, -2.0, 6.0], Direction::Benefit), [0.5, 0.0, 1.0]);
        assert_eq!(scaled(&[2.0, -2.0, 6.0], Direction::Cost), [0.5, 1.0, 0.0]);
        assert_eq!(scaled(&[8.0, 10.0, 24.0, 20.0], band(10.0, 20.0)), [0.5, 1.0, 0.0, 1.0]);
        assert_eq!(scaled(&[8.0, 6.5], band(7.0, 7.0)), [0.0, 0.5]);
    }

    #[test]
    fn nothing_to_scale() {
        assert_eq!(scaled(&[0.1; 3], Direction::Benefit), [0.0; 3]);
        assert_eq!(scaled(&[0.1; 3], Direction::Cost), [0.0; 3]);
        assert_eq!(scaled(&[1.0, 2.0], Direction::Band { low: 0.0, high: 5.0 }), [1.0; 2]);
        assert_eq!(scaled(&[7.0, 7.0], Direction::Band { low: 0.0, high: 5.0 }), [0.0; 2]);
    }

    #[test]
    fn the_ends_of_floats() {
        let wide = [f64::MAX, 0.0, f64::MIN];
        let tiny = [f64::from_bits(2), f64::from_bits(1), 0.0];
        for column in [wide, tiny] {
            assert_eq!(scaled(&column, Direction::Benefit), [1.0, 0.5, 0.0]);
            assert_eq!(scaled(&column, Direction::Cost), [0.0, 0.5, 1.0]);
        }
        assert_eq!(scaled(&wide, Direction::Band { low: f64::MIN, high: f64::MIN }), [0.0, 0.5, 1.0]);
        assert_eq!(scaled(&[0.0, 1.0], Direction::Band { low: f64::MAX, high: f64::MAX }), [0.0; 2]);
    }

    #[test]
    fn faulty_scaling() {
        let table = Table::by_unit(&[&[1.0, 2.0], &[2.0, 1.0]]).unwrap();
        let error = ScalingError::UnequalLengths { directions: 1, indicators: 2 };
        assert_eq!(min_max_scaled(&table, &[Direction::Cost]), Err(error));
        for (low, high) in [(2.0, 1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            let directions = [Direction::Cost, Direction::Band { low, high }];
            assert_eq!(min_max_scaled(&table, &directions), Err(ScalingError::NotABand { indicator: 1 }));
        }
        for margin in [-0.1, 0.5, f64::NAN] {
            let scaled = min_max_scaled_within(&table, &[Direction::Cost; 2], margin);
            assert_eq!(scaled, Err(ScalingError::NotAMargin));
        }
    }
}
