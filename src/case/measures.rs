//! The measures of return: net present value, return on investment, internal rate of return, payback.

use super::{BenefitCells, CostCells};
use crate::amount::Lowering;
use crate::model::{AxisId, Binary, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The discount rate and the factors that follow from it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Discounting {
    pub(crate) rate: CellId,
    pub(crate) factor: CellId,
}

impl Discounting {
    /// `1 / (1 + rate)^year` for the years 0..n.
    pub(crate) fn define(lowering: &mut Lowering, rate: CellId) -> Self {
        let years = Naming::new("case.year").label("Business case", "year").unit(Unit::Number);
        let numbers = (0..=lowering.years).map(|year| Some(Decimal::from(year)));
        let years = lowering.cells.input(years, Shape::Row(AxisId::TIMELINE), numbers);
        let growth = Expression::number(1) + Expression::cell(rate);
        let naming = Naming::new("case.discount_factor").label("Business case", "discount factor");
        let factor = Expression::number(1) / growth.power(Expression::cell(years));
        Self { rate, factor: lowering.cells.formula(naming, factor) }
    }
}

/// The cells of the business case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CaseCells {
    pub(crate) net: CellId,
    pub(crate) cumulative: CellId,
    pub(crate) npv: CellId,
    pub(crate) unadjusted_npv: CellId,
    pub(crate) roi: CellId,
    pub(crate) unadjusted_roi: CellId,
    pub(crate) roi_nominal: CellId,
    pub(crate) irr: CellId,
    pub(crate) payback: CellId,
    pub(crate) discounted_payback: CellId,
    pub(crate) benefit_cost_ratio: CellId,
}

/// Defines the measures over costs and benefits.
pub(crate) fn define(
    lowering: &mut Lowering,
    discounting: Discounting,
    costs: &CostCells,
    benefits: &BenefitCells,
) -> CaseCells {
    let case: Arc<str> = "case".into();
    let mut figure = |figure: &'static str, aspect, unit, expression| {
        let naming = Naming::new(Id::of(Arc::clone(&case), figure)).label("Business case", aspect).unit(unit);
        lowering.cells.formula(naming, expression)
    };
    let cell = Expression::cell;
    let of = |function, row| Expression::call(function, [cell(row)]);
    let npv = |row| Expression::call(Function::Npv, [cell(discounting.rate), cell(row)]);
    let ratio = |benefits, costs| (cell(benefits) - cell(costs)) / cell(costs);
    let (c, b) = (costs.totals, benefits.totals);

    let net = figure("net", "net benefit by year", Unit::Money, cell(b.year) - cell(c.year));
    let cumulative = figure("cumulative", "cumulative net benefit", Unit::Money, of(Function::Cumulate, net));
    let discounted = cell(net) * cell(discounting.factor);
    let discounted = figure("discounted", "discounted net benefit", Unit::Money, discounted);
    let discounted_cumulative = of(Function::Cumulate, discounted);
    figure("discounted_cumulative", "cumulative discounted net benefit", Unit::Money, discounted_cumulative);
    let unadjusted = cell(benefits.unadjusted.year) - cell(costs.unadjusted.year);
    let unadjusted = figure("unadjusted.net", "net benefit by year, without risk", Unit::Money, unadjusted);
    CaseCells {
        net,
        cumulative,
        npv: figure("npv", "net present value", Unit::Money, npv(net)),
        unadjusted_npv: figure("unadjusted.npv", "net present value, without risk", Unit::Money, npv(unadjusted)),
        roi: figure(
            "roi",
            "return on investment, on present values",
            Unit::Share,
            ratio(b.present_value, c.present_value),
        ),
        unadjusted_roi: figure(
            "unadjusted.roi",
            "return on investment, on present values, without risk",
            Unit::Share,
            ratio(benefits.unadjusted.present_value, costs.unadjusted.present_value),
        ),
        roi_nominal: figure("roi_nominal", "return on investment, nominal", Unit::Share, ratio(b.nominal, c.nominal)),
        irr: figure("irr", "internal rate of return", Unit::Share, of(Function::Irr, net)),
        payback: figure("payback", "payback", Unit::Years, of(Function::Payback, net)),
        discounted_payback: figure(
            "discounted_payback",
            "discounted payback",
            Unit::Years,
            of(Function::Payback, discounted),
        ),
        benefit_cost_ratio: figure(
            "benefit_cost_ratio",
            "benefit-cost ratio",
            Unit::Number,
            cell(b.present_value).binary(Binary::Divide, cell(c.present_value)),
        ),
    }
}
