//! Figures that are made alike, one for each year: explained by one formula and a row of values.

use super::{CellId, Content, Expression, FigureRef, Model, Operation};
use rust_decimal::Decimal;
use std::ops::Range;

/// Fewer are explained one by one.
const FEWEST: usize = 3;

/// What a figure is computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operand {
    /// A single value, a row, or an entry of one.
    Figure(FigureRef),
    /// Some entries of one row; or single values whose ids end in numbers that follow each other, and whose formulas differ
    /// in such numbers alone.
    Series(Vec<FigureRef>),
}

/// `financing.factor.12` is the twelfth of `financing.factor`.
pub(super) fn numbered(id: &str) -> Option<(&str, u32)> {
    let (stem, number) = id.rsplit_once('.')?;
    Some((stem, number.parse().ok()?))
}

/// Puts figures that are made alike together: several entries of a row, and single values that form a series.
///
/// Of a row of which several entries are read, all are shown; but where one entry is `asked` for, only those it needs, if
/// they are not most of them anyway.
pub(super) fn grouped(model: &Model, figures: &[FigureRef], asked: bool) -> Vec<Operand> {
    let mut series: Vec<Vec<FigureRef>> = Vec::new();
    let mut whole: Vec<CellId> = Vec::new();
    let mut rows: Vec<(CellId, Vec<FigureRef>)> = Vec::new();
    for figure in figures {
        match rows.iter_mut().find(|(cell, _)| *cell == figure.cell) {
            Some((_, entries)) => entries.push(*figure),
            None => rows.push((figure.cell, vec![*figure])),
        }
    }
    for (cell, mut entries) in rows {
        let length = model.axis_of(cell).map_or(0, |axis| axis.entries().len());
        if entries.len() > 1 && entries.iter().any(|figure| figure.entry.is_none()) {
            whole.push(cell);
        } else if entries.len() >= FEWEST {
            if !asked || entries.len().saturating_mul(2) > length {
                whole.push(cell);
            } else {
                entries.sort_unstable_by_key(|figure| figure.entry);
                series.push(entries);
            }
        }
    }
    series.extend(numbered_series(model, figures));
    let mut operands: Vec<Operand> = Vec::with_capacity(figures.len());
    for figure in figures {
        let is_whole = whole.contains(&figure.cell);
        let alone = if is_whole { FigureRef { cell: figure.cell, entry: None } } else { *figure };
        let members = series.iter().find(|members| members.contains(figure));
        let operand = members.map_or(Operand::Figure(alone), |members| Operand::Series(members.clone()));
        if !operands.contains(&operand) {
            operands.push(operand);
        }
    }
    operands
}

/// The series of single values among some figures.
fn numbered_series(model: &Model, figures: &[FigureRef]) -> Vec<Vec<FigureRef>> {
    let mut stems: Vec<(String, Vec<(u32, CellId)>)> = Vec::new();
    let singles = figures.iter().filter(|figure| figure.entry.is_none() && model.axis_of(figure.cell).is_none());
    for figure in singles {
        let Some(Content::Formula(_)) = model.content(figure.cell) else { continue };
        let id = model.cell(figure.cell).map(|cell| cell.id().to_string()).unwrap_or_default();
        let Some((stem, number)) = numbered(&id) else { continue };
        match stems.iter_mut().find(|(known, _)| known == stem) {
            Some((_, members)) => members.push((number, figure.cell)),
            None => stems.push((stem.to_owned(), vec![(number, figure.cell)])),
        }
    }
    let mut series = Vec::new();
    for (_, mut members) in stems {
        members.sort_unstable();
        let formulas: Vec<(u32, &[Operation<CellId>])> = members
            .iter()
            .filter_map(|(number, cell)| match model.content(*cell) {
                Some(Content::Formula(formula)) => Some((*number, formula.operations())),
                _ => None,
            })
            .collect();
        let alike = runs(&formulas, |(before, one), (number, other)| {
            let follows = before.checked_add(1) == Some(*number);
            follows.then(|| steps(model, one, other)).flatten()
        });
        for run in alike.into_iter().filter(|run| run.len() >= FEWEST) {
            let members = members.get(run).into_iter().flatten();
            series.push(members.map(|(_, cell)| FigureRef { cell: *cell, entry: None }).collect());
        }
    }
    series
}

/// Items of which each leads to the next by the same step.
pub(super) fn runs<T>(items: &[T], step: impl Fn(&T, &T) -> Option<Vec<Step>>) -> Vec<Range<usize>> {
    let mut runs: Vec<(Range<usize>, Option<Vec<Step>>)> = Vec::new();
    for (position, item) in items.iter().enumerate() {
        let end = position.saturating_add(1);
        let before = position.checked_sub(1).and_then(|before| items.get(before));
        let step = before.and_then(|before| step(before, item));
        match (runs.last_mut(), step) {
            (Some((run, of_run)), Some(step)) if of_run.as_ref().is_none_or(|of_run| *of_run == step) => {
                run.end = end;
                *of_run = Some(step);
            }
            _ => runs.push((position..end, None)),
        }
    }
    runs.into_iter().map(|(run, _)| run).collect()
}

/// What becomes of a number from one formula to the next that is like it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Same,
    Next,
    Before,
}

impl Step {
    fn between<N: PartialEq>(one: &N, other: &N, next: impl Fn(&N) -> Option<N>) -> Option<Self> {
        match () {
            () if one == other => Some(Self::Same),
            () if next(one).as_ref() == Some(other) => Some(Self::Next),
            () if next(other).as_ref() == Some(one) => Some(Self::Before),
            () => None,
        }
    }
}

/// How each number of a formula becomes that of another; `None` where more than numbers differs.
pub(super) fn steps(model: &Model, one: &[Operation<CellId>], other: &[Operation<CellId>]) -> Option<Vec<Step>> {
    let id = |cell: CellId| model.cell(cell).map(|cell| cell.id().to_string()).unwrap_or_default();
    let next = |number: &u32| number.checked_add(1);
    let step = |(one, other): (&Operation<CellId>, &Operation<CellId>)| match (one, other) {
        (one, other) if one == other => Some(Step::Same),
        (Operation::Number(one), Operation::Number(other)) => {
            Step::between(one, other, |number| number.checked_add(Decimal::ONE))
        }
        (Operation::Cell(one), Operation::Cell(other)) => {
            let (one, other) = (id(*one), id(*other));
            let (stem, number) = numbered(&one)?;
            let (_, next_number) = numbered(&other).filter(|(other, _)| *other == stem)?;
            Step::between(&number, &next_number, next)
        }
        (Operation::Entry(one, number), Operation::Entry(other, next_number)) if one == other => {
            Step::between(number, next_number, next)
        }
        _ => None,
    };
    (one.len() == other.len()).then(|| one.iter().zip(other).map(step).collect()).flatten()
}

/// The operands of a row that is put together entry by entry.
pub(super) fn entries(expression: &Expression) -> Option<Vec<&[Operation<CellId>]>> {
    let (Operation::Gather(_, count), listed) = expression.operations().split_last()? else { return None };
    let count = usize::try_from(*count).ok()?;
    // where the operands on the stack begin
    let mut starts: Vec<usize> = Vec::with_capacity(count);
    for (position, operation) in listed.iter().enumerate() {
        let taken = match operation {
            Operation::Number(_) | Operation::Cell(_) | Operation::Entry(..) => 0,
            Operation::Negate | Operation::Not => 1,
            Operation::Binary(_) => 2,
            Operation::If => 3,
            Operation::Gather(_, count) | Operation::Call(_, count) => usize::try_from(*count).ok()?,
        };
        let first = starts.get(starts.len().checked_sub(taken)?).copied();
        starts.truncate(starts.len().checked_sub(taken)?);
        starts.push(if taken == 0 { position } else { first? });
    }
    let ends = starts.iter().skip(1).copied().chain([listed.len()]);
    starts.iter().zip(ends).map(|(start, end)| listed.get(*start..end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Builder, Naming, Shape};

    /// 5 at first, each year a tenth more; asked of the row, and of one of its years.
    #[test]
    fn what_is_made_alike_is_told_once() {
        let mut cells = Builder::new(6);
        let mut years = vec![cells.input(Naming::new("price.0"), Shape::Scalar, [Some(5.into())])];
        for year in 1..=6 {
            let before = Expression::cell(years.last().copied().unwrap());
            let naming = Naming::new(format!("price.{year}")).label(format!("Tea, {year}"), "price");
            years.push(cells.formula(naming, before * Expression::number(Decimal::new(11, 1))));
        }
        let row = Expression::row(crate::model::AxisId::TIMELINE, years.into_iter().map(Expression::cell));
        let row = cells.formula(Naming::new("prices"), row);
        let reads = (1..=6).map(|year| Expression::entry(row, year));
        cells.formula(Naming::new("sum"), Expression::sum_of(reads));
        let model = cells.finish().unwrap();
        let told = |id: &str| -> Vec<(String, Option<String>, Option<String>, usize)> {
            let steps = model.evaluate().explain(id).unwrap().steps;
            steps.into_iter().map(|step| (step.id, step.formula, step.last_formula, step.values.len())).collect()
        };
        let text = |text: &str| Some(text.to_owned());
        let prices = [
            ("prices".to_owned(), text("[price.0, …, price.6]"), None, 7),
            ("price.0".to_owned(), None, None, 1),
            ("price".to_owned(), text("price.0 * 1.1"), text("price.5 * 1.1"), 6),
            ("price.0".to_owned(), None, None, 1),
        ];
        assert_eq!(told("prices"), prices);
        assert_eq!(told("sum").get(1..), Some(&prices[..]));
        // one year alone follows from those before it, one by one
        assert_eq!(told("prices.2").len(), 4);
        let label = model.evaluate().explain("prices").unwrap().steps[2].label.to_string();
        assert_eq!(label, "Tea: price");
    }

    #[test]
    fn a_run_goes_on_by_one_step() {
        let step = |one: &u32, other: &u32| Some(vec![Step::between(one, other, |number| number.checked_add(1))?]);
        let of = |items: &[u32]| runs(items, step).into_iter().map(|run| run.len()).collect::<Vec<_>>();
        assert_eq!(of(&[7, 1, 2, 3, 3, 3]), [1, 3, 2]);
        assert_eq!(of(&[3, 2, 1, 2, 1, 2]), [3, 2, 1]);
        assert_eq!(of(&[]), [0; 0]);
    }
}
