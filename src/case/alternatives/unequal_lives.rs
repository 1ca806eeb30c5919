//! Alternatives that do not last equally long, made comparable by what each costs and brings a year.

use crate::amount::Lowering;
use crate::case::{Scope, Setting};
use crate::model::{AxisId, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;

/// The years in which an alternative of a shorter life is in use, as a row of ones and zeros, and the annuity factor of its
/// own life: the sum of the discount factors of the years 1 to the end of it.
pub(super) fn define_life(lowering: &mut Lowering, common: Setting, scope: &Scope, life: u32) -> (CellId, CellId) {
    let naming = |id, aspect| Naming::new(scope.id(id)).label(scope.subject("Life"), aspect).unit(Unit::Number);
    let years = (0..=lowering.years).map(|year| Some(Decimal::from(u8::from(year <= life))));
    let in_use = naming("in_use", "in use").source(scope.id("life"));
    let in_use = lowering.cells.input(in_use, Shape::Row(AxisId::TIMELINE), years);
    let factor = common.discounting.factor;
    let factors = Expression::call(Function::SumProduct, [Expression::cell(factor), Expression::cell(in_use)]);
    let factors = factors - Expression::entry(factor, 0);
    (in_use, lowering.cells.formula(naming("annuity_factor", "annuity factor"), factors))
}
