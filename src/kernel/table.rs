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

/// How much of the way from one end to the other each number has gone; 0 for all where the ends are the same.
pub(super) fn along(column: &[f64], from: f64, to: f64) -> impl Iterator<Item = f64> {
    let by = shrink(from.abs().max(to.abs()));
    let way = to * by - from * by;
    column.iter().map(move |value| if way == 0.0 { 0.0 } else { (value * by - from * by) / way })
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
}
