//! Red, amber, green: names of half-open ranges of the score.

use super::ScorecardError;
use crate::amount::Lowering;
use crate::model::{Axis, Binary, CellId, Expression, Naming, Shape, Unit};
use rust_decimal::Decimal;

/// A name for the scores from `from` up to where the next band starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusBand {
    /// What readers see: `amber`.
    pub name: String,
    /// The lowest score that belongs to it.
    pub from: Decimal,
}

/// Red from 0, amber from 50 %, green from 80 %.
pub fn default_status_bands() -> Vec<StatusBand> {
    [("red", 0), ("amber", 50), ("green", 80)]
        .map(|(name, percent)| StatusBand { name: name.to_owned(), from: Decimal::new(percent, 2) })
        .into()
}

/// The limits of the bands, as rows over the statuses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StatusCells {
    from: CellId,
    below: CellId,
    bands: u32,
}

pub(crate) fn define_bands(lowering: &mut Lowering, bands: &[StatusBand]) -> StatusCells {
    let rising = bands.windows(2).all(|pair| matches!(pair, [a, b] if a.from < b.from && a.name != b.name));
    let starts_at_zero = bands.first().is_some_and(|band| band.from.is_zero());
    if !rising || !starts_at_zero || bands.iter().any(|band| band.from > Decimal::ONE) {
        lowering.problem("scorecard.status", ScorecardError::StatusOrder);
    }
    let axis = lowering.cells.axis(Axis::named("statuses", bands.iter().map(|band| band.name.clone())));
    let row =
        |id: &'static str, aspect| Naming::new(id).label("Status", aspect).unit(Unit::Share).source("scorecard.status");
    let from = lowering.cells.input(
        row("scorecard.status_from", "from"),
        Shape::Row(axis),
        bands.iter().map(|band| Some(band.from)),
    );
    // scores end at 1, so the last band ends anywhere above
    let ends = bands.iter().skip(1).map(|band| Some(band.from)).chain([Some(Decimal::TWO)]);
    let below = lowering.cells.input(row("scorecard.status_below", "below"), Shape::Row(axis), ends.take(bands.len()));
    StatusCells { from, below, bands: u32::try_from(bands.len()).unwrap_or(u32::MAX) }
}

impl StatusCells {
    /// The number of the band that holds the score, the worst counted as 1.
    pub(crate) fn number(self, score: Expression) -> Expression {
        let reached = |band| score.clone().binary(Binary::GreaterOrEqual, Expression::entry(self.from, band));
        Expression::sum_of((1..=self.bands).map(reached))
    }

    /// 1 for the band that holds the score.
    pub(crate) fn define(self, lowering: &mut Lowering, naming: Naming, score: CellId) -> CellId {
        let score = Expression::cell(score);
        let reached = score.clone().binary(Binary::GreaterOrEqual, Expression::cell(self.from));
        let not_passed = score.binary(Binary::Less, Expression::cell(self.below));
        lowering.cells.formula(naming.unit(Unit::Set), reached.binary(Binary::And, not_passed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use rust_decimal::dec;

    fn draft(score: Decimal, status: Vec<StatusBand>) -> Draft {
        let measure = Measure::target(0, 1).actual(score);
        let card = Scorecard { status, ..Scorecard::new([Criterion::indicator("x", measure)]) };
        Draft { scorecard: Some(card), ..Draft::default() }
    }

    #[test]
    fn bands_are_half_open() {
        for (score, status) in [
            (dec!(0), "red"),
            (dec!(0.4999), "red"),
            (dec!(0.5), "amber"),
            (dec!(0.7999), "amber"),
            (dec!(0.8), "green"),
            (dec!(1), "green"),
        ] {
            let figures = Figures::of(draft(score, default_status_bands()));
            assert_eq!(figures.names("scorecard.x.status"), [status], "{score}");
        }
    }

    #[test]
    fn bands_that_leave_gaps_are_refused() {
        let band = |name: &str, from| StatusBand { name: name.to_owned(), from };
        for bands in [
            vec![],
            vec![band("red", dec!(0.1))],
            vec![band("red", dec!(0)), band("green", dec!(0.8)), band("amber", dec!(0.5))],
            vec![band("red", dec!(0)), band("green", dec!(1.2))],
            vec![band("red", dec!(0)), band("red", dec!(0.5))],
        ] {
            let told = problems(draft(dec!(0.5), bands));
            assert_eq!(told, ["scorecard.status: status bands start at 0 and rise to at most 1"]);
        }
    }
}
