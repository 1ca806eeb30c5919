//! When in its year the money of a year flows, and what it is worth today.

use crate::amount::Lowering;
use crate::model::{AxisId, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;

/// When in its year the money of a year flows. Year 0 is today in any case.
///
/// **Formula**: with the discount rate r, the factor of year t is `1 / (1 + r)^t` at the end of the year and
/// `1 / (1 + r)^(t - 1/2)` in its middle.
///
/// ```
/// use appraise::case::{Category, CostLine, Plan, Timing, Valuation};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let cost = CostLine { annual: Some(100.into()), ..CostLine::new(Category::Licences, "crm") };
/// let draft = Draft {
///     horizon: Horizon { years: 1, ..Horizon::default() },
///     discount_rate: Some(dec!(0.21).into()),
///     valuation: Valuation { timing: Timing::Middle, ..Valuation::default() },
///     plan: Plan { costs: Some(vec![cost]), ..Plan::default() },
///     ..Draft::default()
/// };
/// let value = Appraisal::new(draft).unwrap().base().figure("costs.present_value").unwrap().unwrap();
/// assert_eq!(value.round_dp(10), dec!(90.9090909091)); // 100 / 1.21^0.5
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Timing {
    /// At the end of each year.
    #[default]
    End,
    /// In the middle of each year, as flows that are spread over it are on average.
    Middle,
}

impl Timing {
    /// Every timing and its name in a document.
    pub const ALL: [(&'static str, Timing); 2] = [("end", Timing::End), ("middle", Timing::Middle)];
}

/// The discount rate and the factors that follow from it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Discounting {
    pub(crate) factor: CellId,
}

impl Discounting {
    /// The factors of the years 0..n.
    pub(crate) fn define(lowering: &mut Lowering, rate: CellId, timing: Timing) -> Self {
        let years = Naming::new("case.year").label("Business case", "year").unit(Unit::Number);
        let numbers = (0..=lowering.years).map(|year| Some(Decimal::from(year)));
        let years = lowering.cells.input(years, Shape::Row(AxisId::TIMELINE), numbers);
        let time = match timing {
            Timing::End => years,
            Timing::Middle => {
                let half = Expression::cell(years) - Expression::number(Decimal::new(5, 1));
                let time = Expression::call(Function::Max, [half, Expression::number(0)]);
                let naming = Naming::new("case.time").label("Business case", "when money flows").unit(Unit::Years);
                lowering.cells.formula(naming, time)
            }
        };
        let growth = Expression::number(1) + Expression::cell(rate);
        let naming = Naming::new("case.discount_factor").label("Business case", "discount factor");
        let factor = Expression::number(1) / growth.power(Expression::cell(time));
        Self { factor: lowering.cells.formula(naming, factor) }
    }

    /// What a row over the years 0..n is worth today.
    pub(crate) fn present_value(self, row: CellId) -> Expression {
        Expression::call(Function::SumProduct, [Expression::cell(row), Expression::cell(self.factor)])
    }
}
