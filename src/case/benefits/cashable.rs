//! Benefits that become cash, and those that do not.

use super::benefit::LineCells;
use super::overlap::{Group, GroupCells};
use crate::amount::Lowering;
use crate::case::{Setting, Totals, define_sums, define_totals};
use crate::model::{Expression, Id, Naming, Unit};
use std::sync::Arc;

/// The totals of what becomes cash and of what does not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CashableCells {
    pub(crate) cashable: Totals,
    pub(crate) non_cashable: Totals,
}

/// Defines `benefits.cashable` and `benefits.non_cashable`, which add up to all benefits to the last digit.
///
/// A group of overlapping benefits belongs to one side where all of its benefits do; else each of them is counted with the
/// part that is counted of the group.
pub(super) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    (lines, totals): (&[LineCells], Totals),
    (groups, cells): (&[Group], &[GroupCells]),
) -> CashableCells {
    let is_cash = |line: &usize| lines.get(*line).is_some_and(|line| line.is_cashable);
    let is_whole = |group: &Group| group.lines.iter().all(is_cash);
    let mut rows = Vec::new();
    for (position, line) in lines.iter().enumerate().filter(|(_, line)| line.is_counted() && line.is_cashable) {
        let group = groups.iter().zip(cells).find(|(group, _)| group.lines.contains(&position));
        let mixed = group.filter(|(group, _)| !is_whole(group));
        rows.push(match mixed {
            Some((_, cells)) => {
                let counted = Expression::cell(line.year) * Expression::cell(cells.part);
                let naming = Naming::new(Id::of(Arc::clone(&line.figures), "counted"));
                let naming = naming.label(Arc::clone(&line.subject), "by year, what overlaps counted once");
                lowering.cells.formula(naming.unit(Unit::Money), counted)
            }
            None => line.year,
        });
    }
    let whole = groups.iter().zip(cells).filter(|(group, _)| is_whole(group));
    rows.extend(whole.map(|(_, cells)| cells.cut));
    let cashable = define_totals(lowering, setting, "benefits.cashable", "Cashable benefits", &rows);
    let id = setting.scope.id("benefits.non_cashable");
    let name = setting.scope.subject("Benefits that are not cash");
    let rest = Expression::cell(totals.year) - Expression::cell(cashable.year);
    let naming = Naming::new(Id::of(Arc::clone(&id), "year")).label(Arc::clone(&name), "by year").unit(Unit::Money);
    let year = lowering.cells.formula(naming, rest);
    let (nominal, present_value) = define_sums(lowering, setting.discounting, &id, &name, year);
    CashableCells { cashable, non_cashable: Totals { year, nominal, present_value } }
}
