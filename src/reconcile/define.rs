//! Cells of what is expected: the ends of what is printed, our figure, how far it lies off, and what can follow.

use super::{ExpectError, Expectation, Interval, Precision, PrintedError, Verdict};
use crate::amount::{Amount, Lowering};
use crate::appraisal::Draft;
use crate::model::{
    Binary, Cause, CellId, Change, Content, Corner, End, Evaluation, Expression, FigureRef, Formula, Function, Model,
    Naming, RangeError, Shape, Unit, range, range_around_zero,
};
use crate::problem::Problem;
use std::collections::HashMap;
use std::sync::Arc;

/// The cells of one expected figure.
#[derive(Debug, Clone)]
pub(crate) struct ExpectedCells {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    /// The scenario under which our figure is looked at.
    pub(crate) under: Option<Arc<str>>,
    pub(crate) printed: Option<PrintedCells>,
    pub(crate) ours: Option<OurCells>,
    pub(crate) possible: Option<PossibleCells>,
}

/// What is printed, and the ends of what rounds to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PrintedCells {
    pub(crate) value: CellId,
    pub(crate) low: CellId,
    pub(crate) high: CellId,
}

/// Our figure.
#[derive(Debug, Clone)]
pub(crate) struct OurCells {
    /// The id of the figure.
    pub(crate) figure: Arc<str>,
    pub(crate) value: CellId,
    /// How far it lies outside of what is printed, and whether it does not; where anything is printed.
    pub(crate) difference: Option<CellId>,
    pub(crate) agrees: Option<CellId>,
    expression: Expression,
}

/// What can follow from what else is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PossibleCells {
    pub(crate) low: CellId,
    pub(crate) high: CellId,
    /// What is possible instead where a divisor may be zero: up to one value, and from another one on.
    pub(crate) around_zero: Option<[Option<CellId>; 2]>,
    /// How far that lies outside of what is printed, and whether it does not; where anything is printed.
    pub(crate) gap: Option<CellId>,
    pub(crate) can_be_right: Option<CellId>,
}

/// Where an operand of a `from` has its ends.
#[derive(Debug, Clone, Copy)]
struct Ends {
    interval: Interval,
    low: CellId,
    high: CellId,
}

/// What a name in a `from` stands for.
#[derive(Clone, Copy)]
enum Operand {
    Expected(usize),
    Assumption(Ends),
}

pub(crate) fn define(lowering: &mut Lowering, draft: &Draft, assumptions: &[CellId]) -> Vec<ExpectedCells> {
    let stated = &*draft.expect;
    if stated.is_empty() {
        return Vec::new();
    }
    let mut by_id: HashMap<&str, usize> = HashMap::with_capacity(stated.len());
    for (position, expected) in stated.iter().enumerate() {
        if by_id.insert(&expected.id, position).is_some() {
            lowering.problem(at(expected), ExpectError::Twice { id: expected.id.clone() });
        }
    }
    let mut operands: Vec<Vec<Operand>> = Vec::with_capacity(stated.len());
    for expected in stated {
        let found = expected.from.as_ref().map(|from| resolve(lowering, draft, assumptions, &by_id, expected, from));
        operands.push(found.unwrap_or_default());
    }
    let used: Vec<bool> = {
        let mut used = vec![false; stated.len()];
        for operand in operands.iter().flatten() {
            if let Operand::Expected(position) = operand
                && let Some(used) = used.get_mut(*position)
            {
                *used = true;
            }
        }
        used
    };
    // the cells so far as a model of their own, which knows what runs along what
    let model = lowering.cells.clone().finish_distinct().ok();
    let mut cells: Vec<Option<ExpectedCells>> = vec![None; stated.len()];
    let mut ends: Vec<Option<Ends>> = vec![None; stated.len()];
    for position in in_order(lowering, stated, &operands) {
        let (Some(expected), Some(operands)) = (stated.get(position), operands.get(position)) else { continue };
        check(lowering, draft, expected);
        let is_used = used.get(position).copied().unwrap_or_default();
        let figure = figure_of(lowering, model.as_ref(), expected, is_used);
        let within = |name: &str| {
            let position = expected.from.iter().flat_map(names).position(|known| known == name)?;
            match operands.get(position)? {
                Operand::Expected(position) => ends.get(*position).copied().flatten(),
                Operand::Assumption(ends) => Some(*ends),
            }
        };
        let (defined, own) = define_one(lowering, expected, figure, within);
        if let (Some(place), Some(end)) = (cells.get_mut(position), ends.get_mut(position)) {
            (*place, *end) = (Some(defined), own);
        }
    }
    cells.into_iter().flatten().collect()
}

fn at(expected: &Expectation) -> String {
    format!("expect.{}", expected.id)
}

/// The names of a formula, once each.
fn names(formula: &Formula) -> impl Iterator<Item = &str> {
    let all: Vec<&str> = formula.expression().names().map(|name| &*name.text).collect();
    let first = |position: usize| {
        let name = *all.get(position)?;
        (!all.get(..position)?.contains(&name)).then_some(name)
    };
    (0..all.len()).filter_map(first).collect::<Vec<_>>().into_iter()
}

/// What the names of a `from` stand for, in the order of [`names`].
fn resolve(
    lowering: &mut Lowering,
    draft: &Draft,
    assumptions: &[CellId],
    by_id: &HashMap<&str, usize>,
    expected: &Expectation,
    from: &Formula,
) -> Vec<Operand> {
    let address = format!("{}.from", at(expected));
    let mut operands = Vec::new();
    for name in names(from) {
        if let Some(position) = by_id.get(name) {
            operands.push(Operand::Expected(*position));
            continue;
        }
        let mut known = draft.assumptions.iter().zip(assumptions);
        let within = from.expression().names().find(|known| *known.text == *name).map(|name| name.span.clone());
        let error = match known.find(|(assumption, _)| assumption.id == name) {
            Some((assumption, cell)) => {
                let varies = draft.scenarios.iter().flat_map(|scenario| &scenario.overrides).any(|(id, _)| id == name);
                match &assumption.value {
                    Amount::Constant(value) if !varies => {
                        let interval = Interval::point(*value);
                        operands.push(Operand::Assumption(Ends { interval, low: *cell, high: *cell }));
                        continue;
                    }
                    _ => ExpectError::Varies { name: name.to_owned() },
                }
            }
            None => {
                let known = by_id.keys().copied().chain(draft.assumptions.iter().map(|known| &*known.id));
                let nearest = lowering.nearest(name, known);
                ExpectError::UnknownName { name: name.to_owned(), nearest }
            }
        };
        lowering.problems.push(Problem { within, ..Problem::new(&*address, error) });
        return Vec::new();
    }
    operands
}

/// Each after those it follows from; what stands in a circle is reported and left out.
fn in_order(lowering: &mut Lowering, stated: &[Expectation], operands: &[Vec<Operand>]) -> Vec<usize> {
    let mut waits_for: Vec<usize> = Vec::with_capacity(stated.len());
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); stated.len()];
    for (position, operands) in operands.iter().enumerate() {
        let mut count = 0;
        for operand in operands {
            if let Operand::Expected(needed) = operand
                && let Some(followers) = followers.get_mut(*needed)
            {
                followers.push(position);
                count += 1;
            }
        }
        waits_for.push(count);
    }
    let mut order: Vec<usize> = (0..stated.len()).filter(|position| waits_for.get(*position) == Some(&0)).collect();
    let mut done = 0;
    while let Some(position) = order.get(done).copied() {
        done += 1;
        for follower in followers.get(position).into_iter().flatten() {
            if let Some(count) = waits_for.get_mut(*follower) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    order.push(*follower);
                }
            }
        }
    }
    if order.len() < stated.len() {
        // of those that still wait, some only follow from the circle: those that nothing waiting needs
        let mut waiting: Vec<usize> = (0..stated.len()).filter(|position| !order.contains(position)).collect();
        while let Some(index) = waiting.iter().position(|position| {
            let mut followers = followers.get(*position).into_iter().flatten();
            !followers.any(|follower| waiting.contains(follower))
        }) {
            waiting.remove(index);
        }
        let ids: Vec<String> = waiting.iter().filter_map(|at| Some(stated.get(*at)?.id.clone())).collect();
        if let Some(first) = ids.first() {
            lowering.problem(format!("expect.{first}.from"), ExpectError::Circle { ids });
        }
    }
    order
}

/// What needs no cells to be wrong.
fn check(lowering: &mut Lowering, draft: &Draft, expected: &Expectation) {
    let at = at(expected);
    if expected.printed.is_none() && expected.from.is_none() {
        lowering.problem(&*at, ExpectError::Nothing { id: expected.id.clone() });
    }
    if expected.refuted && expected.because.as_deref().is_none_or(|because| because.trim().is_empty()) {
        lowering.problem(format!("{at}.refuted"), ExpectError::RefutedWithoutReason { id: expected.id.clone() });
    }
    if let Some(under) = &expected.under
        && !draft.scenarios.iter().any(|scenario| scenario.name == *under)
    {
        let nearest = lowering.nearest(under, draft.scenarios.iter().map(|scenario| &*scenario.name));
        let error = ExpectError::UnknownScenario { scenario: under.clone(), nearest };
        lowering.problem(format!("{at}.under"), error);
    }
}

/// Our figure and its unit; `None` where there is none and none is meant.
fn figure_of(
    lowering: &mut Lowering,
    model: Option<&Model>,
    expected: &Expectation,
    is_used: bool,
) -> Option<(Expression, Unit)> {
    // what is wrong with the other cells comes first
    let model = model?;
    let address = match expected.figure {
        Some(_) => format!("{}.of", at(expected)),
        None => at(expected),
    };
    let figure = expected.figure();
    let Some(FigureRef { cell, entry }) = model.find(figure) else {
        let is_a_name = expected.figure.is_none() && (is_used || expected.from.is_some());
        if !is_a_name {
            let nearest = nearest_figure(lowering, model, figure);
            lowering.problem(address, ExpectError::UnknownFigure { figure: figure.to_owned(), nearest });
        } else if expected.under.is_some() {
            let error = ExpectError::UnderWithoutFigure { id: expected.id.clone() };
            lowering.problem(format!("{}.under", at(expected)), error);
        }
        return None;
    };
    let unit = model.cell(cell).map_or(Unit::Number, |cell| cell.unit().clone());
    let axis = model.axis_of(cell);
    if unit == Unit::Set {
        lowering.problem(address, ExpectError::NotANumber { figure: figure.to_owned() });
        return None;
    }
    match (axis, entry) {
        (None, _) => Some((Expression::cell(cell), unit)),
        (Some(axis), Some(entry)) => {
            // entries that are no numbers are counted from 1
            let first = axis.first_number().unwrap_or(1);
            let number = u32::try_from(entry).ok().and_then(|entry| first.checked_add(entry))?;
            Some((Expression::entry(cell, number), unit))
        }
        (Some(axis), None) => {
            let entry = axis.entries().last().map(ToString::to_string).unwrap_or_default();
            let (figure, axis) = (figure.to_owned(), axis.name().to_owned());
            let example = format!("{figure}.{entry}");
            lowering.problem(address, ExpectError::WholeRow { figure, axis, example });
            None
        }
    }
}

fn nearest_figure(lowering: &Lowering, model: &Model, figure: &str) -> Option<String> {
    let ids: Vec<String> = model.cells().map(|(_, cell)| cell.id().to_string()).collect();
    let nearest = |typed: &str| lowering.nearest(typed, ids.iter().map(String::as_str));
    // of `costs.yaer.2` the row is misspelt and not the year
    let of_row = figure.rsplit_once('.').and_then(|(row, entry)| {
        let found = nearest(row).map(|row| format!("{row}.{entry}"))?;
        model.find(&found).map(|_| found)
    });
    of_row.or_else(|| nearest(figure))
}

/// Cells of one expected figure, and where it has its ends for those that follow from it.
fn define_one(
    lowering: &mut Lowering,
    expected: &Expectation,
    figure: Option<(Expression, Unit)>,
    within: impl Fn(&str) -> Option<Ends>,
) -> (ExpectedCells, Option<Ends>) {
    let address = at(expected);
    let name: Arc<str> = expected.name.as_deref().unwrap_or(&expected.id).into();
    let unit = match (&figure, &expected.unit) {
        (Some((_, unit)), _) => unit.clone(),
        (None, Some(unit)) => Unit::of(unit),
        (None, None) => Unit::Number,
    };
    let naming = |part: &'static str, aspect: &'static str, unit: &Unit| {
        let owner: Arc<str> = address.as_str().into();
        let naming = Naming::new(crate::model::Id::of(owner, part)).label(Arc::clone(&name), aspect);
        naming.unit(unit.clone()).source(&*address)
    };
    let mut interval = None;
    let printed = expected.printed.as_ref().and_then(|printed| {
        let parts = printed.value().and_then(|value| Ok((value, printed.half_width()?, printed.interval()?)));
        let (value, half, ends) = match parts {
            Ok(parts) => parts,
            Err(error) => {
                lowering
                    .problem(format!("{address}{}", part_of(&error, printed.precision)), ExpectError::Printed(error));
                return None;
            }
        };
        interval = Some(ends);
        let value = lowering.cells.input(naming("printed", "printed", &unit), Shape::Scalar, [Some(value)]);
        let low = Expression::cell(value) - Expression::number(half);
        let low = lowering.cells.formula(naming("low", "lowest that is printed so", &unit), low);
        let high = Expression::cell(value) + Expression::number(half);
        let high = lowering.cells.formula(naming("high", "highest that is printed so", &unit), high);
        Some(PrintedCells { value, low, high })
    });
    let ours = figure.map(|(expression, _)| {
        let naming_of_ours = naming("ours", "our figure", &unit);
        let value = match expected.under {
            Some(_) => lowering.cells.absent(naming_of_ours, Shape::Scalar, Cause::UnderScenario),
            None => lowering.cells.formula(naming_of_ours, expression.clone()),
        };
        let compared = printed.map(|printed| {
            let difference = outside(value, value, printed);
            let difference = lowering.cells.formula(naming("difference", "difference", &unit), difference);
            let agrees = Expression::cell(difference).binary(Binary::Equal, Expression::number(0));
            let agrees = lowering.cells.formula(naming("agrees", "agrees", &Unit::Truth), agrees);
            (difference, agrees)
        });
        let figure = expected.figure().into();
        OurCells {
            figure,
            value,
            difference: compared.map(|(difference, _)| difference),
            agrees: compared.map(|(_, agrees)| agrees),
            expression,
        }
    });
    let mut own = printed.zip(interval);
    let mut ends = own.take().map(|(cells, interval)| Ends { interval, low: cells.low, high: cells.high });
    let possible = expected.from.as_ref().and_then(|from| {
        // an operand without ends has a problem of its own
        let known = names(from).all(|name| within(name).is_some());
        let point = Interval::point(rust_decimal::Decimal::ZERO);
        let found = known.then(|| range(from.expression(), |name| within(name).map_or(point, |ends| ends.interval)))?;
        let (low_naming, high_naming) =
            (naming("possible_low", "lowest possible", &unit), naming("possible_high", "highest possible", &unit));
        let bounds = match &found {
            Ok(found) => {
                let corner = |corner: &Corner| at_corner(from, &within, corner);
                match found.corners.as_ref().map(|[low, high]| (corner(low), corner(high))) {
                    Some((Ok(low), Ok(high))) => {
                        (lowering.cells.formula(low_naming, low), lowering.cells.formula(high_naming, high))
                    }
                    // bounds that no corner reaches are no formula over the ends
                    _ => {
                        let (low, high) = (Some(found.outer.low()), Some(found.outer.high()));
                        let low = lowering.cells.input(low_naming, Shape::Scalar, [low]);
                        (low, lowering.cells.input(high_naming, Shape::Scalar, [high]))
                    }
                }
            }
            Err(error) => {
                let cause = cause(*error);
                let low = lowering.cells.absent(low_naming, Shape::Scalar, cause);
                (low, lowering.cells.absent(high_naming, Shape::Scalar, cause))
            }
        };
        let (low, high) = bounds;
        let far = match &found {
            Err(RangeError::DivisorMayBeZero) => {
                range_around_zero(from.expression(), |name| within(name).map_or(point, |ends| ends.interval))
            }
            _ => None,
        };
        let around_zero = far.as_ref().map(|far| {
            let mut end = |naming: Naming, end: &Option<(rust_decimal::Decimal, Option<Corner>)>| {
                let (value, corner) = end.as_ref()?;
                Some(match corner.as_ref().map(|corner| at_corner(from, &within, corner)) {
                    Some(Ok(formula)) => lowering.cells.formula(naming, formula),
                    _ => lowering.cells.input(naming, Shape::Scalar, [Some(*value)]),
                })
            };
            let below = end(naming("possible_below", "highest possible below zero", &unit), &far.below);
            [below, end(naming("possible_above", "lowest possible above zero", &unit), &far.above)]
        });
        let compared = printed.map(|printed| {
            let gap = match around_zero {
                Some(ends) => between(ends, printed),
                None => outside(low, high, printed),
            };
            let gap = lowering.cells.formula(naming("gap", "difference of what is possible", &unit), gap);
            let naming = naming("can_be_right", "can be right", &Unit::Truth);
            let is_told = match (&found, interval) {
                (Ok(found), Some(interval)) => {
                    let reached = found.inner.and_then(|inner| inner.common(interval)).is_some();
                    reached || found.outer.common(interval).is_none()
                }
                (Err(_), Some(interval)) => far.as_ref().is_none_or(|far| {
                    let is_above = far.below.as_ref().is_none_or(|(below, _)| interval.low() > *below);
                    let is_below = far.above.as_ref().is_none_or(|(above, _)| interval.high() < *above);
                    far.is_reached || is_above && is_below
                }),
                _ => true,
            };
            let can_be_right = if is_told {
                let right = Expression::cell(gap).binary(Binary::Equal, Expression::number(0));
                lowering.cells.formula(naming, right)
            } else {
                lowering.cells.absent(naming, Shape::Scalar, Cause::RangeNotTold)
            };
            (gap, can_be_right)
        });
        if let Ok(found) = &found {
            ends = narrowed(lowering, &naming, &unit, ends, Ends { interval: found.outer, low, high });
        }
        Some(PossibleCells {
            low,
            high,
            around_zero,
            gap: compared.map(|(gap, _)| gap),
            can_be_right: compared.map(|(_, right)| right),
        })
    });
    let under = expected.under.as_deref().map(Arc::from);
    (ExpectedCells { id: expected.id.as_str().into(), name: Arc::clone(&name), under, printed, ours, possible }, ends)
}

/// A formula over the ends of its operands.
fn at_corner(from: &Formula, within: impl Fn(&str) -> Option<Ends>, corner: &Corner) -> Result<Expression, ()> {
    from.expression().resolve(|name| {
        let ends = within(&name.text).ok_or(())?;
        let end = corner.iter().find(|(known, _)| *known == name.text).map(|(_, end)| *end);
        Ok(if end == Some(End::High) { ends.high } else { ends.low })
    })
}

/// Which key of an entry is at fault; nothing stands below a number alone.
fn part_of(error: &PrintedError, precision: Precision) -> &'static str {
    match (error, precision) {
        (PrintedError::NotAUnit { .. }, _) => ".in",
        (PrintedError::TooLarge { .. }, _) => ".printed",
        (_, Precision::Significant(_)) => ".significant",
        _ => ".to",
    }
}

/// What lies in both, for those that follow from it; what is printed where nothing does.
fn narrowed(
    lowering: &mut Lowering,
    naming: &impl Fn(&'static str, &'static str, &Unit) -> Naming,
    unit: &Unit,
    printed: Option<Ends>,
    possible: Ends,
) -> Option<Ends> {
    let Some(printed) = printed else { return Some(possible) };
    let Some(interval) = printed.interval.common(possible.interval) else { return Some(printed) };
    let mut end = |naming: Naming, function, one: CellId, other: CellId| {
        lowering.cells.formula(naming, Expression::call(function, [one, other].map(Expression::cell)))
    };
    let low = end(naming("at_least", "at least", unit), Function::Max, printed.low, possible.low);
    let high = end(naming("at_most", "at most", unit), Function::Min, printed.high, possible.high);
    Some(Ends { interval, low, high })
}

/// How far the values from `low` to `high` lie above the printed ones (positive) or below them (negative); 0 where they
/// meet.
fn outside(low: CellId, high: CellId, printed: PrintedCells) -> Expression {
    let above = Expression::cell(low) - Expression::cell(printed.high);
    let below = Expression::cell(high) - Expression::cell(printed.low);
    Expression::call(Function::Max, [Expression::number(0), above])
        + Expression::call(Function::Min, [Expression::number(0), below])
}

/// How far what is printed lies from the nearest of two ends that it lies between: below the upper one (positive) or above
/// the lower one (negative); 0 where it reaches one of them.
fn between([below, above]: [Option<CellId>; 2], printed: PrintedCells) -> Expression {
    let zero = || Expression::number(0);
    let to_above = above.map(|above| Expression::cell(above) - Expression::cell(printed.high));
    let to_below = below.map(|below| Expression::cell(printed.low) - Expression::cell(below));
    match (to_below, to_above) {
        (Some(to_below), Some(to_above)) => {
            let is_nearer = to_above.clone().binary(Binary::LessOrEqual, to_below.clone());
            let nearest = Expression::choose(is_nearer, to_above.clone(), -to_below.clone());
            let lies = |distance: Expression| distance.binary(Binary::Greater, zero());
            Expression::choose(lies(to_above).binary(Binary::And, lies(to_below)), nearest, zero())
        }
        (None, Some(to_above)) => Expression::call(Function::Max, [zero(), to_above]),
        (Some(to_below), None) => Expression::call(Function::Min, [zero(), -to_below]),
        (None, None) => zero(),
    }
}

fn cause(error: RangeError) -> Cause {
    match error {
        RangeError::DivisorMayBeZero => Cause::DivisorMayBeZero,
        RangeError::Overflow => Cause::Overflow,
        RangeError::NotTraced => Cause::RangeNotTold,
    }
}

/// What a scenario changes: our figures that are compared under it.
pub(crate) fn changes_under(cells: &[ExpectedCells], scenario: &str) -> Vec<Change> {
    let under = cells.iter().filter(|cells| cells.under.as_deref() == Some(scenario));
    let changes = under.filter_map(|cells| {
        let ours = cells.ours.as_ref()?;
        let content = Content::Formula(Arc::new(ours.expression.clone()));
        Some(Change { cell: ours.value, shape: Shape::Scalar, content, source: None })
    });
    changes.collect()
}

/// The verdict on an expected figure; `None` where nothing is asked of it.
pub(crate) fn told(cells: &ExpectedCells, evaluation: &Evaluation) -> Option<Verdict> {
    let ask = |cell: Option<CellId>, wrong: Verdict| {
        Some(match evaluation.scalar(cell?) {
            Ok(truth) if truth.is_zero() => wrong,
            Ok(_) => Verdict::Agrees,
            Err(_) => Verdict::CannotBeTold,
        })
    };
    let among = ask(cells.possible.and_then(|possible| possible.can_be_right), Verdict::CannotBeRight);
    let own = ask(cells.ours.as_ref().and_then(|ours| ours.agrees), Verdict::Differs);
    let both = [among, own];
    let order = [Verdict::CannotBeRight, Verdict::Differs, Verdict::CannotBeTold, Verdict::Agrees];
    order.into_iter().find(|verdict| both.contains(&Some(*verdict)))
}
