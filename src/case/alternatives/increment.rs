//! What an alternative costs and brings beyond the baseline: the decision is about the difference, whatever both share.

use super::AlternativeCells;
use crate::amount::Lowering;
use crate::case::at_end::{self, Sign};
use crate::case::measures::{Owner, define_measures};
use crate::case::{MeasureCells, Setting, Totals, define_sums};
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use std::sync::Arc;

/// The figures of an alternative over the baseline.
///
/// **Formula**: extra costs and extra benefits are those of the alternative minus those of the baseline, year by year; the
/// measures are those of the extra net benefit, the return on investment being that on the extra costs. A side that one of
/// the two does not state counts as zero.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IncrementCells {
    pub(crate) costs: Totals,
    pub(crate) benefits: Totals,
    pub(crate) net: CellId,
    pub(crate) measures: MeasureCells,
}

/// One row minus another, of which either may not be there.
pub(super) fn define_difference(
    lowering: &mut Lowering,
    naming: Naming,
    (of, over): (Option<CellId>, Option<CellId>),
) -> CellId {
    let rows = [of.map(|of| (Sign::Plus, of)), over.map(|over| (Sign::Minus, over))];
    let rows: Vec<(Sign, CellId)> = rows.into_iter().flatten().collect();
    at_end::define_sum(lowering, naming, &rows)
}

pub(super) fn define(
    lowering: &mut Lowering,
    common: Setting,
    alternative: &AlternativeCells,
    baseline: &AlternativeCells,
) -> IncrementCells {
    let (plan, base) = (&alternative.plan, &baseline.plan);
    let scope = &plan.scope;
    let setting = Setting { scope, ..common };
    let costs = (plan.costs_by_year(), base.costs_by_year());
    let costs = define_extra(lowering, setting, "increment.costs", "Extra costs", costs);
    let benefits = (plan.benefits_by_year(), base.benefits_by_year());
    let benefits = define_extra(lowering, setting, "increment.benefits", "Extra benefits", benefits);
    let naming =
        Naming::new(scope.id("increment.net")).label(scope.subject("Over the baseline"), "net benefit by year");
    let net = [(Sign::Plus, benefits.year), (Sign::Minus, costs.year)];
    let net = at_end::define_sum(lowering, naming.unit(Unit::Money), &net);
    // there is no return on extra costs where there are none, and where there are fewer it would have the wrong sign
    let mut outlay = |figure: &'static str, aspect, extra: CellId| {
        let naming =
            Naming::new(Id::of(scope.id("increment.extra_costs"), figure)).label(scope.subject("Extra costs"), aspect);
        let expression = Expression::call(Function::Positive, [Expression::cell(extra)]);
        lowering.cells.formula(naming.unit(Unit::Money), expression)
    };
    let nominal = outlay("total", "nominal, where there are any", costs.nominal);
    let present_value = outlay("present_value", "present value, where there are any", costs.present_value);
    let outlay = Totals { year: costs.year, nominal, present_value };
    let owner = Owner::new(scope, "increment", "Over the baseline");
    let measures = define_measures(lowering, common, (owner, false), net, (outlay, benefits));
    IncrementCells { costs, benefits, net, measures }
}

fn define_extra(
    lowering: &mut Lowering,
    setting: Setting,
    id: &str,
    name: &str,
    (of, over): (Option<CellId>, Option<CellId>),
) -> Totals {
    let (id, name) = (setting.scope.id(id), setting.scope.subject(name));
    let naming = Naming::new(Id::of(Arc::clone(&id), "year")).label(Arc::clone(&name), "by year").unit(Unit::Money);
    let year = define_difference(lowering, naming, (of, over));
    let (nominal, present_value) = define_sums(lowering, setting.discounting, &id, &name, year);
    Totals { year, nominal, present_value }
}
