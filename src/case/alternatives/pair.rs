//! Two alternatives against each other: is the dearer one worth its extra cost, and at what rate would both be worth the
//! same?

use super::AlternativeCells;
use crate::amount::Lowering;
use crate::case::at_end::{self, Sign};
use crate::case::measures::{Owner, define_internal_rate};
use crate::case::{Scope, Setting};
use crate::model::{Binary, CellId, Expression, Id, Naming, Unit};
use std::sync::Arc;

/// One alternative against another, which is dearer to begin with.
///
/// **Formula**: the net benefit by year of the one with the larger initial costs minus that of the other; its present value
/// at the common rate, and its internal rate of return, which is the discount rate at which both have the same net present
/// value (Fisher's rate, the crossover).
///
/// **Source**: I. Fisher, *The Theory of Interest*, 1930, on the rate of return over cost; incremental analysis of any
/// textbook of engineering economics.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PairCells {
    /// Their positions among the alternatives.
    pub(crate) first: usize,
    pub(crate) second: usize,
    /// 1 where the first is dearer to begin with, -1 where the second is.
    pub(crate) dearer: CellId,
    pub(crate) extra_initial: CellId,
    pub(crate) npv: CellId,
    pub(crate) crossover: CellId,
}

/// More than so many are compared with each baseline, but not each with each.
const MOST_IN_PAIRS: usize = 20;

pub(super) fn define_all(
    lowering: &mut Lowering,
    common: Setting,
    alternatives: &[AlternativeCells],
) -> Vec<PairCells> {
    if alternatives.len() > MOST_IN_PAIRS {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for (first, one) in alternatives.iter().enumerate() {
        for (second, other) in alternatives.iter().enumerate().skip(first.saturating_add(1)) {
            pairs.push(define(lowering, common, (first, one), (second, other)));
        }
    }
    pairs
}

fn define(
    lowering: &mut Lowering,
    common: Setting,
    (first, one): (usize, &AlternativeCells),
    (second, other): (usize, &AlternativeCells),
) -> PairCells {
    let id: Arc<str> = format!("alternatives.pairs.{}.{}", one.id, other.id).into();
    let subject: Arc<str> = format!("{} / {}", one.name, other.name).into();
    let naming = |figure, aspect, unit| {
        Naming::new(Id::of(Arc::clone(&id), figure)).label(Arc::clone(&subject), aspect).unit(unit)
    };
    let initial = |of: &AlternativeCells| of.plan.costs.as_ref().map(|costs| costs.initial);
    let start = |of| initial(of).map_or_else(|| Expression::number(0), Expression::cell);
    let is_dearer = start(one).binary(Binary::GreaterOrEqual, start(other));
    let dearer = Expression::choose(is_dearer, Expression::number(1), Expression::number(-1));
    let dearer = lowering.cells.formula(naming("dearer", "which costs more to begin with", Unit::Ordinal), dearer);
    let turned = |difference: Expression| difference * Expression::cell(dearer);
    let extra = turned(start(one) - start(other));
    let extra_initial = lowering.cells.formula(naming("extra_initial", "extra initial costs", Unit::Money), extra);
    let net = turned(Expression::cell(one.flow) - Expression::cell(other.flow));
    let net = lowering.cells.formula(naming("net", "extra net benefit by year", Unit::Money), net);
    let part = lowering.at_end.sum([(Sign::Plus, one.flow), (Sign::Minus, other.flow)]);
    at_end::define(lowering, net, part.map(turned));
    let npv = common.discounting.present_value(lowering, net);
    let npv = lowering.cells.formula(naming("npv", "net present value of the extra", Unit::Money), npv);
    let owner = Owner::new(&Scope::default(), &id, &subject);
    let rate = define_internal_rate(lowering, common.discounting, &owner, (net, false));
    let crossover = Id::from(format!("alternatives.crossover.{}.{}", one.id, other.id));
    let naming = Naming::new(crossover).label(Arc::clone(&subject), "rate at which both are worth the same");
    let crossover = lowering.cells.formula(naming.unit(Unit::Share), Expression::cell(rate));
    PairCells { first, second, dearer, extra_initial, npv, crossover }
}
