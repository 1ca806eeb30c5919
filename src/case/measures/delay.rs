//! The cost of delay: what is lost where everything comes a year later and the horizon ends when it did.

use super::CashFlow;
use crate::amount::Lowering;
use crate::case::Setting;
use crate::case::at_end;
use crate::case::timing::a_year_later;
use crate::model::{CellId, Expression, Unit};

/// Defines `cost_of_delay`: the net present value less that of the same flows a year later, of which the last year's falls
/// out of the horizon.
pub(super) fn define(lowering: &mut Lowering, setting: Setting, flow: &CashFlow) -> CellId {
    let delayed = setting.while_in_use(a_year_later(flow.net, lowering.years));
    let money = |lowering: &mut Lowering, figure, aspect, formula| {
        lowering.cells.formula(flow.naming(figure, aspect, Unit::Money), formula)
    };
    let delayed = money(lowering, "delayed", "net benefit by year, a year later", delayed);
    let part = lowering.at_end.of(flow.net).map(|part| setting.while_in_use(a_year_later(part, lowering.years)));
    at_end::define(lowering, delayed, part);
    let worth = setting.discounting.present_value(lowering, delayed);
    let worth = money(lowering, "delayed_npv", "net present value, a year later", worth);
    money(lowering, "cost_of_delay", "cost of a year's delay", Expression::cell(flow.npv) - Expression::cell(worth))
}
