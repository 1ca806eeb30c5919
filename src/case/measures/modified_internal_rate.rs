//! The modified internal rate of return: what is left out of the internal rate of return said openly, namely at what rate
//! money is borrowed and at what rate what comes back is invested again.

use super::CashFlow;
use crate::amount::Lowering;
use crate::case::Discounting;
use crate::model::{CellId, Expression, Function, Unit};
use rust_decimal::Decimal;

/// Defines `mirr` with what it comes from: outlays at the finance rate, inflows at the reinvestment rate.
///
/// With n years, the outlays' present value P at the finance rate and the value T of the inflows in year n, all of them
/// invested at the reinvestment rate until then: `(T / P)^(1/n) - 1` (Lin 1976; `MIRR` of spreadsheets).
pub(super) fn define(lowering: &mut Lowering, discounting: Discounting, flow: &CashFlow) -> CellId {
    let (zero, one) = (|| Expression::number(0), || Expression::number(1));
    let years = || Expression::number(Decimal::from(lowering.years));
    let net = || Expression::cell(flow.net);
    let outlays = zero() - Expression::call(Function::Min, [net(), zero()]);
    let inflows = Expression::call(Function::Max, [net(), zero()]);
    let growth = || one() + Expression::cell(discounting.rates.reinvestment);
    let (count, invested) = (years(), growth().power(years()));
    let mut money = |figure, aspect, formula| lowering.cells.formula(flow.naming(figure, aspect, Unit::Money), formula);
    let outlays = money("outlay", "net outlay by year", outlays);
    let inflows = money("inflow", "net inflow by year", inflows);
    let at = |row, factor| Expression::call(Function::SumProduct, [Expression::cell(row), Expression::cell(factor)]);
    let outlays =
        money("outlays_present_value", "outlays at the finance rate", at(outlays, discounting.finance_factor));
    let terminal = at(inflows, discounting.reinvestment_factor) * invested;
    let terminal = money("terminal_value", "inflows reinvested until the last year", terminal);
    let ratio = Expression::cell(terminal) / Expression::cell(outlays);
    let rate = ratio.power(one() / count) - one();
    lowering.cells.formula(flow.naming("mirr", "modified internal rate of return", Unit::Share), rate)
}
