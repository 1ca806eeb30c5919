//! Benefits that become cash, and those that do not.

use super::benefit::LineCells;
use super::overlap::{Group, GroupCells};
use crate::amount::Lowering;
use crate::case::{Setting, Totals, define_sums, define_totals};
use crate::model::{Binary, CellId, Expression, Function, Id, Naming, Unit};
use std::sync::Arc;

/// The totals of what becomes cash and of what does not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CashableCells {
    pub(crate) cashable: Totals,
    pub(crate) non_cashable: Totals,
}

/// Defines `benefits.cashable` and `benefits.non_cashable`, which add up to all benefits to the last digit.
///
/// Of a group of overlapping benefits, some of them cash and some not, a share of the sum is that share of each of them.
/// Where the largest is counted, what is counted is one of them, so it is cash where that one is.
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
        let mixed = groups.iter().find(|group| group.lines.contains(&position) && !is_whole(group));
        match mixed.map(Group::share) {
            None => rows.push(line.year),
            Some(Some(share)) => {
                let counted = Expression::cell(line.year) * Expression::cell(share);
                let naming = Naming::new(Id::of(Arc::clone(&line.figures), "counted"));
                let naming = naming.label(Arc::clone(&line.subject), "by year, what overlaps counted once");
                rows.push(lowering.cells.formula(naming.unit(Unit::Money), counted));
            }
            // the largest of the group is taken below
            Some(None) => {}
        }
    }
    for (group, cells) in groups.iter().zip(cells) {
        let (cash, others): (Vec<usize>, Vec<usize>) = group.lines.iter().partition(|line| is_cash(line));
        if group.share().is_none() && !cash.is_empty() && !others.is_empty() {
            rows.push(define_largest(lowering, setting, (group, cells), [cash, others].map(|of| largest(lines, &of))));
        }
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

fn largest(lines: &[LineCells], positions: &[usize]) -> Expression {
    let rows = positions.iter().filter_map(|line| lines.get(*line)).map(|line| Expression::cell(line.year));
    Expression::fold_of(Function::Max, rows)
}

/// What is counted of a group in the years in which the largest of it is cash, which it is where both are equally large.
fn define_largest(
    lowering: &mut Lowering,
    setting: Setting,
    (group, cells): (&Group, &GroupCells),
    [cash, others]: [Expression; 2],
) -> CellId {
    let is_cash = cash.binary(Binary::GreaterOrEqual, others);
    let counted = Expression::choose(is_cash, Expression::cell(cells.counted), Expression::number(0));
    let naming = Naming::new(setting.scope.id(&format!("benefits.overlap.{}.cashable", group.name)));
    let naming = naming.label(setting.scope.subject(group.name), "counted once, where the largest is cash");
    lowering.cells.formula(naming.unit(Unit::Money), counted)
}
