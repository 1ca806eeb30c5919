//! The modified internal rate of return: what is left out of the internal rate of return said openly, namely at what rate
//! money is borrowed and at what rate what comes back is invested again.

use super::Owner;
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function, Unit};

/// At what rates, and over how many years.
pub(in crate::case) struct Reinvesting {
    /// The factor of each flow at the finance rate.
    pub(in crate::case) finance_factor: CellId,
    /// The factor of each flow at the reinvestment rate.
    pub(in crate::case) reinvestment_factor: CellId,
    /// The reinvestment rate a year.
    pub(in crate::case) reinvestment: CellId,
    /// The years from the first flow to the last one.
    pub(in crate::case) years: Expression,
}

/// Defines `mirr` with what it comes from: outlays at the finance rate, inflows at the reinvestment rate.
///
/// With n years, the outlays' present value P at the finance rate and the value T of the inflows in year n, all of them
/// invested at the reinvestment rate until then: `(T / P)^(1/n) - 1` (Lin 1976; `MIRR` of spreadsheets).
///
/// The row of flows comes with what its outlays and its inflows are called.
pub(in crate::case) fn define(
    lowering: &mut Lowering,
    owner: &Owner,
    (net, [outlay, inflow]): (CellId, [&'static str; 2]),
    by: &Reinvesting,
) -> CellId {
    let (zero, one) = (|| Expression::number(0), || Expression::number(1));
    let years = || by.years.clone();
    let net = || Expression::cell(net);
    let outlays = zero() - Expression::call(Function::Min, [net(), zero()]);
    let inflows = Expression::call(Function::Max, [net(), zero()]);
    let growth = || one() + Expression::cell(by.reinvestment);
    let (count, invested) = (years(), growth().power(years()));
    let mut money =
        |figure, aspect, formula| lowering.cells.formula(owner.naming(figure, aspect, Unit::Money), formula);
    let outlays = money("outlay", outlay, outlays);
    let inflows = money("inflow", inflow, inflows);
    let at = |row, factor| Expression::call(Function::SumProduct, [Expression::cell(row), Expression::cell(factor)]);
    let outlays = money("outlays_present_value", "outlays at the finance rate", at(outlays, by.finance_factor));
    let terminal = at(inflows, by.reinvestment_factor) * invested;
    let terminal = money("terminal_value", "inflows reinvested until the last year", terminal);
    let ratio = Expression::cell(terminal) / Expression::cell(outlays);
    let rate = ratio.power(one() / count) - one();
    lowering.cells.formula(owner.naming("mirr", "modified internal rate of return", Unit::Share), rate)
}
