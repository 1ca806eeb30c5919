//! The modified internal rate of return: what is left out of the internal rate of return said openly, namely at what rate
//! money is borrowed and at what rate what comes back is invested again.

use super::Owner;
use crate::amount::Lowering;
use crate::case::at_end::{self, Factors};
use crate::model::{CellId, Expression, Function, Unit};

/// At what rates, and over how many years.
pub(in crate::case) struct Reinvesting {
    /// The factors of flows at the finance rate.
    pub(in crate::case) finance: Factors,
    /// The factors of flows at the reinvestment rate.
    pub(in crate::case) reinvested: Factors,
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
    let outlays_of = |row| zero() - Expression::call(Function::Min, [row, zero()]);
    let inflows_of = |row| Expression::call(Function::Max, [row, zero()]);
    // what flows at another moment of the same year is a flow of its own
    let end = lowering.at_end.of(net).map(Expression::cell);
    let within = end.iter().cloned().fold(Expression::cell(net), |net, end| net - end);
    let (outlays_end, inflows_end) = (end.clone().map(outlays_of), end.map(inflows_of));
    let with = |within: Expression, end: &Option<Expression>| end.iter().cloned().fold(within, |row, end| row + end);
    let outlays = with(outlays_of(within.clone()), &outlays_end);
    let inflows = with(inflows_of(within), &inflows_end);
    let growth = || one() + Expression::cell(by.reinvestment);
    let (count, invested) = (years(), growth().power(years()));
    let money = |lowering: &mut Lowering, figure, aspect, formula| {
        lowering.cells.formula(owner.naming(figure, aspect, Unit::Money), formula)
    };
    let outlays = money(lowering, "outlay", outlay, outlays);
    at_end::define(lowering, outlays, outlays_end);
    let inflows = money(lowering, "inflow", inflow, inflows);
    at_end::define(lowering, inflows, inflows_end);
    let spent = by.finance.value(lowering, outlays);
    let outlays = money(lowering, "outlays_present_value", "outlays at the finance rate", spent);
    let terminal = by.reinvested.value(lowering, inflows) * invested;
    let terminal = money(lowering, "terminal_value", "inflows reinvested until the last year", terminal);
    let ratio = Expression::cell(terminal) / Expression::cell(outlays);
    let rate = ratio.power(one() / count) - one();
    lowering.cells.formula(owner.naming("mirr", "modified internal rate of return", Unit::Share), rate)
}
