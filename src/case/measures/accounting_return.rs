//! Accounting rate of return: the yearly profit of an investment, written off over the horizon, on what is invested.

use super::CashFlow;
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function, Unit};
use rust_decimal::Decimal;

/// The accounting rate of return on what is invested first, and on half of it, which is tied up on average.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AccountingReturn {
    pub(crate) initial: CellId,
    pub(crate) average: CellId,
}

/// Defines both. The yearly profit is the sum of the net benefits over the number of years: written off to nothing, an
/// outlay costs its own amount, however it is spread.
pub(super) fn define(lowering: &mut Lowering, flow: &CashFlow) -> AccountingReturn {
    let years = Expression::number(Decimal::from(lowering.years));
    let profit = Expression::call(Function::Sum, [Expression::cell(flow.net)]) / years;
    let profit = lowering.cells.formula(flow.naming("average_profit", "average profit a year", Unit::Money), profit);
    let invested = || Expression::cell(flow.initial_outlay);
    let mut rate = |figure, aspect, invested| {
        let rate = Expression::cell(profit) / invested;
        lowering.cells.formula(flow.naming(figure, aspect, Unit::Share), rate)
    };
    AccountingReturn {
        initial: rate("accounting_return", "accounting rate of return, on the initial outlay", invested()),
        average: rate(
            "accounting_return_average",
            "accounting rate of return, on the average outlay",
            invested() / Expression::number(2),
        ),
    }
}
