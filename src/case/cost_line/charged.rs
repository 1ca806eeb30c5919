//! What a line costs: its rows with risk and without, and what follows from them.

use super::LicenceKind;
use super::declared::{Charged, Declared, Risk};
use super::licence::AtPrice;
use super::part::{Sum, only_in};
use super::rate::{Bases, Charging};
use super::stated::{Stated, Years, state};
use crate::amount::Lowering;
use crate::case::depreciation::Capitalised;
use crate::case::{DepreciationError, Prices, Setting, at_end};
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use std::sync::Arc;

/// What a line comes to besides its rows.
pub(in crate::case) struct Defined {
    /// The residual value as a row of negative costs.
    pub(in crate::case) residual_value: Option<CellId>,
    pub(in crate::case) capitalised: Option<Capitalised>,
}

/// Defines the rows of a line.
pub(in crate::case) fn define(lowering: &mut Lowering, declared: &Declared, bases: &mut Bases) -> Defined {
    let mut stated = state(lowering, declared, bases.setting);
    bases.check(lowering, declared);
    let capitalised = define_capitalised(lowering, declared, &stated, bases.setting);
    define_owned(lowering, declared, &stated);
    define_leaving(lowering, declared, &stated);
    let residual_value = define_residual_value(lowering, declared, &stated, bases.setting);
    let Sum { initial, mut annual, purchases, at_end, .. } = std::mem::take(&mut stated.sum);
    annual.extend(purchases);
    let is_foreign = stated.currency.is_foreign();
    let joined = |parts: Vec<Expression>, convert: &dyn Fn(Expression) -> Expression| match parts.is_empty() {
        false if is_foreign => vec![convert(Expression::sum_of(parts))],
        _ => parts,
    };
    let initial = joined(initial, &|amount| stated.currency.in_year(amount, 0));
    let mut annual = joined(annual, &|amount| stated.currency.later(lowering, amount));
    annual.extend(joined(at_end, &|amount| stated.currency.later_at_end(lowering, amount)));
    stated.sum = Sum { initial, annual, ..Sum::default() };
    define_charged(lowering, declared, &stated, bases, Risk::Without);
    if declared.line.rate.is_some() {
        define_charged(lowering, declared, &stated, bases, Risk::With);
        return Defined { residual_value, capitalised };
    }
    // without a rate on other lines, a line with risk is itself and its own risk
    let with_risk = |without: CellId| match stated.risk {
        Some(risk) => Expression::cell(without) * (Expression::number(1) + Expression::cell(risk)),
        None => Expression::cell(without),
    };
    lowering.cells.define(declared.with_risk.year, with_risk(declared.without.year));
    if let (Some(start), Some(without)) = (declared.with_risk.start, declared.without.start) {
        lowering.cells.define(start, with_risk(without));
    }
    Defined { residual_value, capitalised }
}

/// The row of what a line buys: the cost of year 0, and what is bought later.
fn define_capitalised(
    lowering: &mut Lowering,
    declared: &Declared,
    stated: &Stated,
    setting: Setting,
) -> Option<Capitalised> {
    let Declared { line, figures, subject, .. } = declared;
    line.depreciation.as_ref()?;
    let at = format!("{figures}.depreciation");
    if line.starts_at_zero() && stated.purchases.is_none() {
        lowering.problem(&*at, DepreciationError::NothingToSpread { id: line.id.clone() });
    }
    if line.replaced_every().is_some() && (line.licence.is_some() || line.once.is_some()) {
        lowering.problem(at, DepreciationError::ReplacedAndBought { id: line.id.clone() });
    }
    let later = stated.purchases.map_or_else(
        || Expression::number(0),
        |bought| stated.charged(stated.currency.later(lowering, Expression::cell(bought)), Years::Later, Risk::With),
    );
    let row = Expression::call(Function::Flow, [Expression::entry(declared.year(Risk::With), 0), later]);
    let naming = Naming::new(Id::of(Arc::clone(figures), "capitalised"))
        .label(Arc::clone(subject), "what is bought and depreciated")
        .unit(Unit::Money)
        .source(Arc::clone(figures));
    // books are kept in money of each year
    let row = match setting.common.prices.and_then(Prices::of_books) {
        Some(books) => row * Expression::cell(books.index),
        None => row,
    };
    let row = lowering.cells.formula(naming, setting.while_in_use(row));
    Some(Capitalised { row, is_later: stated.purchases.is_some(), replaced: line.replaced_every() })
}

fn define_charged(lowering: &mut Lowering, declared: &Declared, stated: &Stated, bases: &mut Bases, risk: Risk) {
    let line = declared.line;
    let Charged { year, start } = declared.charged(risk);
    let rate = line.rate.as_ref().zip(stated.rate);
    let charge = rate.and_then(|(rate, cell)| {
        let base = bases.of(lowering, declared, &rate.of, risk)?;
        Some((rate.of.charging(), Expression::cell(cell) * base))
    });
    let Sum { mut initial, mut annual, .. } = stated.sum.clone();
    let mut every_year = None;
    match charge {
        Some((Charging::EveryYear, charge)) => every_year = Some(charge),
        Some((Charging::Once, charge)) => initial.push(charge),
        Some((Charging::Later, charge)) => annual.push(charge),
        None => {}
    }
    let is_nothing = |parts: &[Expression]| parts.is_empty();
    let row = match every_year {
        Some(charge) if is_nothing(&initial) && is_nothing(&annual) => stated.charged(charge, Years::All, risk),
        Some(charge) => {
            let flow = [Expression::sum_of(initial), Expression::sum_of(annual)];
            stated.charged(Expression::call(Function::Flow, flow) + charge, Years::All, risk)
        }
        None => {
            let later = match is_nothing(&annual) {
                true => Expression::number(0),
                false => stated.charged(Expression::sum_of(annual), Years::Later, risk),
            };
            let first = match start {
                Some(start) => {
                    let first = stated.charged(Expression::sum_of(initial), Years::Start, risk);
                    lowering.cells.define(start, first);
                    Expression::cell(start)
                }
                None => Expression::number(0),
            };
            Expression::call(Function::Flow, [first, later])
        }
    };
    lowering.cells.define(year, bases.setting.while_in_use(row));
}

/// What maintenance is charged on: perpetual licences as bought so far, subscriptions of the year.
fn define_owned(lowering: &mut Lowering, declared: &Declared, stated: &Stated) {
    let (Some(owned), Some(licence)) = (declared.owned, stated.licence) else { return };
    for ([with, without], AtPrice { initial, annual }) in [(owned.list, licence.list), (owned.net, licence.net)] {
        let bought = stated.currency.later(lowering, Expression::cell(annual));
        let price = match owned.kind {
            LicenceKind::Subscription => bought,
            LicenceKind::Perpetual => {
                let first = initial.map_or_else(
                    || Expression::number(0),
                    |initial| stated.currency.in_year(Expression::cell(initial), 0),
                );
                let timeline = Expression::call(Function::Flow, [first, bought]);
                let so_far = Expression::call(Function::Cumulate, [timeline]);
                let position = crate::amount::year(lowering.names) + Expression::number(1);
                Expression::call(Function::At, [so_far, position])
            }
        };
        lowering.cells.define(without, stated.charged(price, Years::Later, Risk::Without));
        let with_risk = match stated.risk {
            Some(risk) => Expression::cell(without) * (Expression::number(1) + Expression::cell(risk)),
            None => Expression::cell(without),
        };
        lowering.cells.define(with, with_risk);
    }
}

/// A row of its own: what comes back is no part of what a line costs, and neither risk nor rates are charged on it.
fn define_residual_value(
    lowering: &mut Lowering,
    declared: &Declared,
    stated: &Stated,
    setting: Setting,
) -> Option<CellId> {
    let value = stated.shared(stated.currency.later_at_end(lowering, Expression::cell(stated.residual?)), Years::Later);
    let at_end = only_in(lowering, setting.last_year, -value);
    let row = Expression::call(Function::Flow, [Expression::number(0), at_end]);
    let naming = Naming::new(Id::of(Arc::clone(&declared.figures), "recovered"))
        .label(Arc::clone(&declared.subject), "residual value as the horizon ends")
        .unit(Unit::Money)
        .source(Arc::clone(&declared.figures));
    let row = lowering.cells.formula(naming, row);
    if setting.discounting.ends().is_some() {
        lowering.at_end.insert(row, row);
    }
    Some(row)
}

/// What leaving costs, where it does not flow with the rest of its year.
fn define_leaving(lowering: &mut Lowering, declared: &Declared, stated: &Stated) {
    let Some(leaving) = stated.leaving else { return };
    for risk in [Risk::With, Risk::Without] {
        let leaving = stated.currency.later_at_end(lowering, Expression::cell(leaving));
        let later = stated.charged(leaving, Years::Later, risk);
        let row = Expression::call(Function::Flow, [Expression::number(0), later]);
        at_end::define(lowering, declared.year(risk), Some(row));
    }
}
