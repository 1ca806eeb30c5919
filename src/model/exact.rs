//! The exact reader: every cell in `Decimal`, checked, with missing values and faults passed on as values.

use super::functions::{Operands, WholeRows, at};
use super::shapes::last_axis;
use super::{
    Absent, AxisId, Binary, Cause, CellId, Content, Element, Expression, FigureRef, Function, Model, Operation,
};
use rust_decimal::{Decimal, RoundingStrategy};
use std::sync::Arc;

/// The values of all cells of a model, exact or missing for a reason. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Evaluation {
    model: Model,
    elements: Arc<Vec<Element>>,
}

impl Evaluation {
    pub(super) fn new(model: &Model) -> Self {
        let nothing = Err(Absent { cause: Cause::NoData, cell: CellId(0) });
        let mut elements = vec![nothing; model.size()];
        let mut machine = Machine::default();
        for id in model.order() {
            machine.evaluate(model, &mut elements, *id);
        }
        Self { model: model.clone(), elements: Arc::new(elements) }
    }

    /// The values of a model that differs from this one in a few inputs only: what does not depend on them is kept.
    pub fn changed_to(&self, model: &Model) -> Self {
        if !model.is_arranged_like(&self.model) {
            return model.evaluate();
        }
        let mut elements = self.elements.to_vec();
        let mut machine = Machine::default();
        let mut stale = vec![false; model.cells().len()];
        for cell in model.changed_cells(&self.model) {
            if let Some(stale) = stale.get_mut(cell.position()) {
                *stale = true;
            }
        }
        let is_stale = |stale: &[bool], cell: &CellId| stale.get(cell.position()).copied().unwrap_or_default();
        for id in model.order() {
            let needs_stale = match model.content(*id) {
                Some(Content::Formula(formula)) => formula.names().any(|name| is_stale(&stale, name)),
                _ => false,
            };
            if needs_stale || is_stale(&stale, id) {
                machine.evaluate(model, &mut elements, *id);
                if let Some(stale) = stale.get_mut(id.position()) {
                    *stale = true;
                }
            }
        }
        Self { model: model.clone(), elements: Arc::new(elements) }
    }

    /// The model whose values these are.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The values of a cell: one, or one for each entry of its axis.
    pub fn row(&self, cell: CellId) -> &[Element] {
        self.elements.get(self.model.elements(cell)).unwrap_or_default()
    }

    /// The value of a cell; of a row the first.
    pub fn scalar(&self, cell: CellId) -> Element {
        self.row(cell).first().copied().unwrap_or(Err(Absent { cause: Cause::NoData, cell }))
    }

    /// The value of a figure by its id: `case.npv`, `case.net.3`. `None` where there is no such figure.
    pub fn figure(&self, id: &str) -> Option<Element> {
        let FigureRef { cell, entry } = self.model.find(id)?;
        match (entry, self.model.axis_of(cell)) {
            (Some(entry), _) => self.row(cell).get(entry).copied(),
            (None, None) => Some(self.scalar(cell)),
            (None, Some(_)) => None,
        }
    }

    /// The sentence that says why a value is missing: `` `scorecard.retention_rate.actual`: no value was given ``.
    pub fn reason(&self, absent: Absent) -> String {
        match self.model.cell(absent.cell) {
            Some(cell) => format!("`{}`: {}", cell.id(), absent.cause),
            None => absent.cause.to_string(),
        }
    }
}

/// A stack of operands, each a run of elements on one flat stack.
#[derive(Default)]
struct Machine {
    elements: Vec<Element>,
    /// Where each operand starts.
    starts: Vec<usize>,
    /// The result of an operation before it replaces its operands.
    result: Vec<Element>,
    /// The numbers of a row, for the kernels.
    numbers: Vec<Decimal>,
}

impl Machine {
    /// Puts the values of a cell where they belong.
    fn evaluate(&mut self, model: &Model, elements: &mut [Element], id: CellId) {
        let values = match model.content(id) {
            Some(Content::Input(values)) => values,
            Some(Content::Formula(expression)) => self.run(model, elements, id, expression),
            None => return,
        };
        if let Some(place) = elements.get_mut(model.elements(id))
            && place.len() == values.len()
        {
            place.copy_from_slice(values);
        }
    }

    fn run(&mut self, model: &Model, values: &[Element], cell: CellId, expression: &Expression) -> &[Element] {
        self.elements.clear();
        self.starts.clear();
        for (position, operation) in expression.operations().iter().enumerate() {
            match operation {
                Operation::Number(number) => self.push_one(Ok(*number)),
                Operation::Cell(of) => {
                    self.starts.push(self.elements.len());
                    self.elements.extend_from_slice(values.get(model.elements(*of)).unwrap_or_default());
                }
                Operation::Entry(of, number) => {
                    let position = model.axis_of(*of).and_then(|axis| axis.position_of_number(*number));
                    let row = values.get(model.elements(*of)).unwrap_or_default();
                    let undefined = Err(Absent { cause: Cause::Undefined, cell });
                    self.push_one(position.and_then(|position| row.get(position).copied()).unwrap_or(undefined));
                }
                Operation::Negate => self.replace_each(|x| x.map(|x| -x)),
                Operation::Not => self.replace_each(|x| x.map(|x| truth(x.is_zero()))),
                Operation::Binary(binary) => self.combine(|a, b| apply(*binary, a, b, cell), cell),
                Operation::If => self.choose(cell),
                // single values that stand one after the other are a row already
                Operation::Gather(_, count) => {
                    let count = usize::try_from(*count).unwrap_or(usize::MAX);
                    let start = self.starts.get(self.starts.len().saturating_sub(count)).copied();
                    self.starts.truncate(self.starts.len().saturating_sub(count));
                    self.starts.push(start.unwrap_or(self.elements.len()));
                }
                Operation::Call(function, count) => {
                    // when the first of some flows falls, only what they run along can tell
                    let is_of_flows =
                        matches!(function, Function::Npv | Function::Payback | Function::DiscountedPayback);
                    let before = expression.operations().get(..position).filter(|_| is_of_flows);
                    let axis = before.and_then(|before| last_axis(model, before));
                    self.call(model, *function, usize::try_from(*count).unwrap_or(usize::MAX), axis, cell);
                }
            }
        }
        &self.elements
    }

    fn push_one(&mut self, element: Element) {
        self.starts.push(self.elements.len());
        self.elements.push(element);
    }

    /// The last `count` operands.
    fn operands(&self, count: usize) -> impl Iterator<Item = &[Element]> {
        self.last(count).iter()
    }

    fn last(&self, count: usize) -> Operands<'_> {
        let first = self.starts.len().saturating_sub(count);
        Operands { elements: &self.elements, starts: self.starts.get(first..).unwrap_or_default() }
    }

    fn replace(&mut self, count: usize) {
        let first = self.starts.len().saturating_sub(count);
        let start = self.starts.get(first).copied().unwrap_or(self.elements.len());
        self.starts.truncate(first);
        self.elements.truncate(start);
        self.starts.push(start);
        self.elements.append(&mut self.result);
    }

    /// Replaces every entry of the top operand.
    fn replace_each(&mut self, change: impl Fn(Element) -> Element) {
        let start = self.starts.last().copied().unwrap_or(self.elements.len());
        for element in self.elements.iter_mut().skip(start) {
            *element = change(*element);
        }
    }

    /// Replaces the top two operands by what `join` makes of them, entry by entry.
    fn combine(&mut self, join: impl Fn(Element, Element) -> Element, cell: CellId) {
        let length = self.elements.len();
        if let ([.., left, right], Some(last)) = (self.starts.as_slice(), length.checked_sub(1))
            && *right == last
            && left + 1 == *right
        {
            // two single values: the common case needs no room for a row
            let right = self.elements.pop();
            self.starts.pop();
            if let (Some(left), Some(right)) = (self.elements.last_mut(), right) {
                *left = join(*left, right);
            }
            return;
        }
        let mut result = std::mem::take(&mut self.result);
        let mut operands = self.operands(2);
        let left = operands.next().unwrap_or_default();
        let right = operands.next().unwrap_or_default();
        let entries = 0..left.len().max(right.len());
        result.extend(entries.map(|entry| join(at(left, entry, cell), at(right, entry, cell))));
        drop(operands);
        self.result = result;
        self.replace(2);
    }

    /// Replaces condition and two operands by one of the two, entry by entry.
    fn choose(&mut self, cell: CellId) {
        let mut result = std::mem::take(&mut self.result);
        let mut operands = self.operands(3);
        let condition = operands.next().unwrap_or_default();
        let if_true = operands.next().unwrap_or_default();
        let if_false = operands.next().unwrap_or_default();
        let entries = 0..condition.len().max(if_true.len()).max(if_false.len());
        result.extend(entries.map(|entry| match at(condition, entry, cell) {
            Ok(condition) if condition.is_zero() => at(if_false, entry, cell),
            Ok(_) => at(if_true, entry, cell),
            Err(absent) => Err(absent),
        }));
        drop(operands);
        self.result = result;
        self.replace(3);
    }

    fn call(&mut self, model: &Model, function: Function, count: usize, axis: Option<AxisId>, cell: CellId) {
        let mut result = std::mem::take(&mut self.result);
        let mut numbers = std::mem::take(&mut self.numbers);
        match function {
            Function::Min | Function::Max | Function::Sum | Function::Mean | Function::Product => {
                let mut row = self.operands(count);
                match (row.next(), count) {
                    (Some(row), 1) => result.push(fold(function, row.iter().copied(), cell)),
                    _ => {
                        let length = self.operands(count).map(<[Element]>::len).max().unwrap_or(0);
                        result.extend((0..length).map(|entry| {
                            fold(function, self.operands(count).map(|operand| at(operand, entry, cell)), cell)
                        }));
                    }
                }
            }
            Function::Abs => result.extend(self.operands(1).flatten().map(|x| x.map(|x| x.abs()))),
            Function::Known => result.extend(self.operands(1).flatten().map(|x| match x {
                Ok(_) => Ok(Decimal::ONE),
                Err(Absent { cause: Cause::Overflow, .. }) => *x,
                Err(_) => Ok(Decimal::ZERO),
            })),
            Function::Positive => result.extend(self.operands(1).flatten().map(|x| match x {
                Ok(number) if *number <= Decimal::ZERO => Err(Absent { cause: Cause::NotPositive, cell }),
                _ => *x,
            })),
            Function::Otherwise | Function::Round | Function::Perpetuity | Function::AnnuityFactor => {
                let mut operands = self.operands(count);
                let first = operands.next().unwrap_or_default();
                let second = operands.next().unwrap_or(&[Ok(Decimal::ZERO)]);
                let combine = match function {
                    Function::Round => round,
                    Function::Perpetuity => perpetuity,
                    Function::AnnuityFactor => annuity_factor,
                    _ => otherwise,
                };
                let length = first.len().max(second.len());
                result.extend((0..length).map(|i| combine(at(first, i, cell), at(second, i, cell), cell)));
            }
            Function::Least | Function::Greatest => {
                let length = self.operands(count).map(<[Element]>::len).max().unwrap_or(0);
                result.extend((0..length).map(|entry| {
                    extreme(function, self.operands(count).map(|operand| at(operand, entry, cell)), cell)
                }));
            }
            Function::At => {
                let mut operands = self.operands(2);
                let row = operands.next().unwrap_or_default();
                let positions = operands.next().unwrap_or_default();
                match row {
                    // a single value holds wherever one looks
                    [single] => result.push(*single),
                    row => result.extend(positions.iter().map(|position| entry_at(row, *position, cell))),
                }
            }
            Function::Cumulate => {
                let mut total = Ok(Decimal::ZERO);
                result.extend(self.operands(1).flatten().map(|x| {
                    total = apply(Binary::Add, total, *x, cell);
                    total
                }));
            }
            Function::RunningMaximum => {
                let mut largest: Option<Element> = None;
                result.extend(self.operands(1).flatten().map(|x| {
                    let so_far = largest.map_or(*x, |known| Ok(known?.max((*x)?)));
                    largest = Some(so_far);
                    so_far
                }));
            }
            Function::RunningProduct => {
                let mut product = Ok(Decimal::ONE);
                result.extend(self.operands(1).flatten().map(|x| {
                    product = apply(Binary::Multiply, product, *x, cell);
                    product
                }));
            }
            Function::Flow => {
                let mut operands = self.operands(2);
                let initial = operands.next().and_then(<[Element]>::first).copied();
                let annual = operands.next().unwrap_or_default();
                let years = model.axis(AxisId::YEARS).map_or(0, super::Axis::len);
                result.extend(initial);
                result.extend((0..years).map(|entry| at(annual, entry, cell)));
            }
            _ => {
                let mut rows = WholeRows { operands: self.last(count), axis, numbers: &mut numbers, cell };
                rows.call(function, &mut result);
            }
        }
        self.result = result;
        self.numbers = numbers;
        self.replace(count);
    }
}

fn truth(holds: bool) -> Decimal {
    if holds { Decimal::ONE } else { Decimal::ZERO }
}

fn fold(function: Function, mut elements: impl Iterator<Item = Element>, cell: CellId) -> Element {
    let Some(first) = elements.next() else { return Err(Absent { cause: Cause::Undefined, cell }) };
    let mut accumulated = first?;
    let mut count: u64 = 1;
    for element in elements {
        let element = element?;
        accumulated = match function {
            Function::Min => accumulated.min(element),
            Function::Max => accumulated.max(element),
            Function::Product => apply(Binary::Multiply, Ok(accumulated), Ok(element), cell)?,
            _ => apply(Binary::Add, Ok(accumulated), Ok(element), cell)?,
        };
        count += 1;
    }
    match function {
        Function::Mean => apply(Binary::Divide, Ok(accumulated), Ok(Decimal::from(count)), cell),
        _ => Ok(accumulated),
    }
}

/// The smallest or largest of those that are known.
fn extreme(function: Function, elements: impl Iterator<Item = Element>, cell: CellId) -> Element {
    let mut found: Option<Decimal> = None;
    let mut missing = Err(Absent { cause: Cause::Undefined, cell });
    for element in elements {
        match element {
            Ok(value) if function == Function::Least => found = Some(found.map_or(value, |known| known.min(value))),
            Ok(value) => found = Some(found.map_or(value, |known| known.max(value))),
            Err(Absent { cause: Cause::Overflow, .. }) => return element,
            Err(_) => missing = element,
        }
    }
    found.map_or(missing, Ok)
}

fn entry_at(row: &[Element], position: Element, cell: CellId) -> Element {
    let outside = Err(Absent { cause: Cause::OutsideRow, cell });
    let position = position?;
    let Some(position) = usize::try_from(position).ok().filter(|_| position.is_integer()) else { return outside };
    position.checked_sub(1).and_then(|position| row.get(position).copied()).unwrap_or(outside)
}

fn otherwise(value: Element, instead: Element, _: CellId) -> Element {
    match value {
        Err(Absent { cause: Cause::Overflow, .. }) | Ok(_) => value,
        Err(_) => instead,
    }
}

fn round(value: Element, digits: Element, cell: CellId) -> Element {
    let (value, digits) = (value?, digits?);
    match u32::try_from(digits) {
        Ok(digits) => Ok(value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)),
        Err(_) => Err(Absent { cause: Cause::Undefined, cell }),
    }
}

fn perpetuity(last: Element, factor: Element, cell: CellId) -> Element {
    crate::kernel::perpetuity(last?, factor?).map_err(|error| Absent { cause: error.into(), cell })
}

fn annuity_factor(rate: Element, periods: Element, cell: CellId) -> Element {
    use crate::kernel::{Due, annuity_factor};
    annuity_factor(rate?, periods?, Due::End).map_err(|error| Absent { cause: error.into(), cell })
}

fn apply(binary: Binary, left: Element, right: Element, cell: CellId) -> Element {
    let fail = |cause| Err(Absent { cause, cell });
    // one certain `false` settles `and` and one certain `true` settles `or`, whatever is missing on the other side
    match (binary, left, right) {
        (Binary::And, Ok(known), Err(_)) | (Binary::And, Err(_), Ok(known)) if known.is_zero() => {
            return Ok(Decimal::ZERO);
        }
        (Binary::Or, Ok(known), Err(_)) | (Binary::Or, Err(_), Ok(known)) if !known.is_zero() => {
            return Ok(Decimal::ONE);
        }
        _ => {}
    }
    let (a, b) = (left?, right?);
    let checked = match binary {
        Binary::Add => a.checked_add(b),
        Binary::Subtract => a.checked_sub(b),
        Binary::Multiply => a.checked_mul(b),
        Binary::Divide if b.is_zero() => return fail(Cause::DivisionByZero),
        Binary::Divide => a.checked_div(b),
        Binary::Power => return power(a, b).map_or_else(fail, Ok),
        Binary::Equal => Some(truth(a == b)),
        Binary::NotEqual => Some(truth(a != b)),
        Binary::Less => Some(truth(a < b)),
        Binary::LessOrEqual => Some(truth(a <= b)),
        Binary::Greater => Some(truth(a > b)),
        Binary::GreaterOrEqual => Some(truth(a >= b)),
        Binary::And => Some(truth(!a.is_zero() && !b.is_zero())),
        Binary::Or => Some(truth(!a.is_zero() || !b.is_zero())),
    };
    checked.map_or_else(|| fail(Cause::Overflow), Ok)
}

fn power(base: Decimal, exponent: Decimal) -> Result<Decimal, Cause> {
    use rust_decimal::MathematicalOps as _;
    if exponent.is_zero() {
        return Ok(Decimal::ONE);
    }
    if base.is_zero() {
        return if exponent.is_sign_negative() { Err(Cause::DivisionByZero) } else { Ok(base) };
    }
    match i64::try_from(exponent) {
        Ok(whole) if exponent.is_integer() => base.checked_powi(whole).ok_or(Cause::Overflow),
        // a fractional power of a negative number is not real; the crate would return a number all the same
        _ if base.is_sign_negative() => Err(Cause::Undefined),
        _ => base.checked_powd(exponent).ok_or(Cause::Overflow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Axis, AxisId, Builder, Formula, Naming, Shape};
    use rust_decimal::dec;

    /// Five years of seats, a price, a zero, a rate, a value that is missing, and a row of three.
    fn evaluated(text: &str) -> Vec<Element> {
        let mut cells = Builder::new(5);
        let seats = [120, 160, 200, 200, 200].map(|seats| Some(Decimal::from(seats)));
        let named = [
            ("seats", cells.input(Naming::new("seats"), Shape::Row(AxisId::YEARS), seats)),
            ("price", cells.input(Naming::new("price"), Shape::Scalar, [Some(dec!(960))])),
            ("zero", cells.input(Naming::new("zero"), Shape::Scalar, [Some(dec!(0))])),
            ("rate", cells.input(Naming::new("rate"), Shape::Scalar, [Some(dec!(0.08))])),
            ("gone", cells.input(Naming::new("gone"), Shape::Scalar, [None])),
        ];
        let formula = Formula::parse(text).unwrap();
        let find =
            |name: &crate::model::Name| named.iter().find(|(known, _)| **known == *name.text).map(|(_, cell)| *cell);
        let expression = formula.expression().resolve(|name| find(name).ok_or(())).unwrap();
        let cell = cells.formula(Naming::new("result"), expression);
        let model = cells.finish().unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
        model.evaluate().row(cell).to_vec()
    }

    fn value(text: &str) -> Decimal {
        match *evaluated(text) {
            [Ok(value)] => value.normalize(),
            ref other => panic!("{text}: {other:?}"),
        }
    }

    fn cause(text: &str) -> Cause {
        match *evaluated(text) {
            [Err(Absent { cause, .. })] => cause,
            ref other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn single_values() {
        for (text, expected) in [
            ("= 0.1 + 0.2", dec!(0.3)),
            ("= 2 ^ 10", dec!(1024)),
            ("= -2 ^ 2", dec!(-4)),
            ("= 2 ^ -2", dec!(0.25)),
            ("= round(4 ^ 0.5, 20)", dec!(2)),
            ("= 0 ^ 0", dec!(1)),
            ("= 7 * 8%", dec!(0.56)),
            ("= abs(3 - 10)", dec!(7)),
            ("= round(2.345, 2)", dec!(2.35)),
            ("= round(-2.5)", dec!(-3)),
            ("= min(3, 1, 2) + max(3, 1, 2)", dec!(4)),
            ("= mean(1, 2, 6)", dec!(3)),
            ("= product(2, 3, 4)", dec!(24)),
            ("= if(price > 900 and not zero = 1, 1, 2)", dec!(1)),
            ("= (1 < 2) + (2 <= 2) + (3 <> 3) + (3 = 3) + (1 > 2) + (2 >= 3)", dec!(3)),
            ("= seats[3] * price", dec!(192000)),
            ("= sum(seats)", dec!(880)),
            ("= mean(seats)", dec!(176)),
            ("= min(seats) + max(seats)", dec!(320)),
            // 120/1.1 + 160/1.21 + …: years count from 1, as a spreadsheet's NPV does
            ("= round(npv(0.1, seats), 10)", dec!(652.3722299147)),
            ("= sum(max(seats, 150))", dec!(910)),
            // 1/1.5 + 1/1.5^2 = 10/9; without interest a period counts as one
            ("= round(annuity_factor(0.5, 2), 10)", dec!(1.1111111111)),
            ("= annuity_factor(zero, 3)", dec!(3)),
            // a level payment on 12,000 over five years at 8 %
            ("= round(12000 / annuity_factor(rate, 5), 2)", dec!(3005.48)),
            ("= sum(if(seats >= 200, seats, 0))", dec!(600)),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn rows_and_single_values_mix_year_by_year() {
        let row: Vec<Decimal> = evaluated("= seats * price / 1000").into_iter().map(Result::unwrap).collect();
        assert_eq!(row, [dec!(115.2), dec!(153.6), dec!(192), dec!(192), dec!(192)]);
    }

    #[test]
    fn faults_are_values_with_a_cause() {
        for (text, expected) in [
            ("= price / zero", Cause::DivisionByZero),
            ("= zero ^ -1", Cause::DivisionByZero),
            ("= 1 / annuity_factor(rate, 0)", Cause::DivisionByZero),
            ("= annuity_factor(-1, 3)", Cause::RateTooLow),
            ("= annuity_factor(rate, -3)", Cause::Undefined),
            ("= (0 - 8) ^ 0.333", Cause::Undefined),
            ("= 10 ^ 28 * 10 ^ 28", Cause::Overflow),
            ("= 9 ^ 9 ^ 9 ^ 9", Cause::Overflow),
            ("= gone + 1", Cause::NoData),
            ("= round(1.5, 0 - 1)", Cause::Undefined),
            ("= if(gone, 1, 2)", Cause::NoData),
        ] {
            assert_eq!(cause(text), expected, "{text}");
        }
    }

    #[test]
    fn only_the_branch_that_is_taken_can_fail() {
        assert_eq!(value("= if(zero = 0, 0, price / zero)"), dec!(0));
        assert_eq!(value("= if(zero = 0 or price / zero > 1, 5, 6)"), dec!(5));
        assert_eq!(value("= if(zero <> 0 and price / zero > 1, 5, 6)"), dec!(6));
    }

    #[test]
    fn missing_values_can_be_replaced_but_overflow_cannot() {
        let mut cells = Builder::new(1);
        let gone = cells.input(Naming::new("gone"), Shape::Scalar, [None]);
        let huge = cells.input(Naming::new("huge"), Shape::Scalar, [Some(Decimal::MAX)]);
        let too_much = cells.formula(Naming::new("too_much"), Expression::cell(huge) * Expression::number(2));
        let or_seven = |of| Expression::call(Function::Otherwise, [Expression::cell(of), Expression::number(7)]);
        let known = |of| Expression::call(Function::Known, [Expression::cell(of)]);
        let replaced = cells.formula(Naming::new("a"), or_seven(gone));
        let unknown = cells.formula(Naming::new("b"), known(gone));
        let overflow = cells.formula(Naming::new("c"), or_seven(too_much));
        let certain = cells.formula(Naming::new("d"), known(huge));
        let model = cells.finish().unwrap();
        let evaluation = model.evaluate();
        assert_eq!(evaluation.scalar(replaced), Ok(dec!(7)));
        assert_eq!(evaluation.scalar(unknown), Ok(dec!(0)));
        assert_eq!(evaluation.scalar(certain), Ok(dec!(1)));
        let absent = Absent { cause: Cause::Overflow, cell: too_much };
        assert_eq!(evaluation.scalar(overflow), Err(absent));
        assert_eq!(evaluation.reason(absent), "`too_much`: the result is too large or too small to be exact");
    }

    #[test]
    fn the_timeline_starts_with_the_purchase() {
        let mut cells = Builder::new(2);
        let annual = cells.input(Naming::new("annual"), Shape::Row(AxisId::YEARS), [Some(dec!(60)), Some(dec!(72))]);
        let flow = Expression::call(Function::Flow, [Expression::number(-100), Expression::cell(annual)]);
        let flow = cells.formula(Naming::new("flow"), flow);
        let of = |function| Expression::call(function, [Expression::cell(flow)]);
        let total = cells.formula(Naming::new("total"), of(Function::Cumulate));
        let npv = Expression::call(Function::Npv, [Expression::number(dec!(0.2)), Expression::cell(flow)]);
        let npv = cells.formula(Naming::new("npv"), npv);
        let irr = cells.formula(Naming::new("irr"), of(Function::Irr));
        let payback = cells.formula(Naming::new("payback"), of(Function::Payback));
        let model = cells.finish().unwrap();
        let evaluation = model.evaluate();
        assert_eq!(evaluation.row(flow), [Ok(dec!(-100)), Ok(dec!(60)), Ok(dec!(72))]);
        assert_eq!(evaluation.row(total), [Ok(dec!(-100)), Ok(dec!(-40)), Ok(dec!(32))]);
        assert_eq!(evaluation.scalar(npv), Ok(dec!(0)));
        assert_eq!(evaluation.scalar(irr), Ok(dec!(0.2)));
        assert_eq!(evaluation.scalar(payback).unwrap().round_dp(6), dec!(1.555556));
        assert_eq!(evaluation.figure("flow.2"), Some(Ok(dec!(72))));
        assert_eq!(evaluation.figure("flow"), None);
    }

    #[test]
    fn when_the_first_flow_falls_follows_from_the_axis_and_not_from_the_length() {
        // two years, so that the timeline has three entries, as the list has
        let mut cells = Builder::new(2);
        let list = cells.axis(Axis::numbered("entries", 1, 3));
        let three = || [dec!(-100), dec!(50), dec!(93.75)].map(Some);
        let on_list = cells.input(Naming::new("list"), Shape::Row(list), three());
        let on_timeline = cells.input(Naming::new("timeline"), Shape::Row(AxisId::TIMELINE), three());
        let years = [Some(dec!(-100)), Some(dec!(125))];
        let on_years = cells.input(Naming::new("years"), Shape::Row(AxisId::YEARS), years);
        let rate = || Expression::number(dec!(0.25));
        // a sum with 0 hides the cell, and keeps what the row runs along
        let row = |cell| Expression::cell(cell) + Expression::number(0);
        let npv = [on_list, on_timeline, on_years].map(|cell| {
            cells.formula(Naming::new(format!("npv {cell:?}")), Expression::call(Function::Npv, [rate(), row(cell)]))
        });
        let payback = [on_list, on_timeline, on_years].map(|cell| {
            let call = Expression::call(Function::Payback, [row(cell)]);
            cells.formula(Naming::new(format!("payback {cell:?}")), call)
        });
        let discounted = [on_list, on_timeline, on_years].map(|cell| {
            let call = Expression::call(Function::DiscountedPayback, [rate(), row(cell)]);
            cells.formula(Naming::new(format!("discounted {cell:?}")), call)
        });
        let values = cells.finish().unwrap().evaluate();
        let of = |cells: [CellId; 3]| cells.map(|cell| values.scalar(cell).unwrap().round_dp(6).normalize());
        // -100 + 50/1.25 + 93.75/1.5625, the same a year later, and -100/1.25 + 125/1.5625
        assert_eq!(of(npv), [dec!(0), dec!(0), dec!(0)]);
        assert_eq!(of(payback), [dec!(1.533333), dec!(1.533333), dec!(1.8)]);
        assert_eq!(of(discounted), [dec!(2), dec!(2), dec!(2)]);
    }

    #[test]
    fn a_list_as_long_as_the_timeline_still_begins_in_a_year() {
        let mut cells = Builder::new(2);
        let list = cells.axis(Axis::numbered("entries", 1, 3));
        let ones = [Some(dec!(144)), Some(dec!(0)), Some(dec!(0))];
        let on_list = cells.input(Naming::new("list"), Shape::Row(list), ones);
        let on_timeline = cells.input(Naming::new("timeline"), Shape::Row(AxisId::TIMELINE), ones);
        let [late, early] = [on_list, on_timeline].map(|cell| {
            let npv = Expression::call(Function::Npv, [Expression::number(dec!(0.2)), Expression::cell(cell)]);
            cells.formula(Naming::new(format!("npv {cell:?}")), npv)
        });
        let values = cells.finish().unwrap().evaluate();
        assert_eq!((values.scalar(late), values.scalar(early)), (Ok(dec!(120)), Ok(dec!(144))));
    }

    #[test]
    fn functions_of_lists() {
        assert_eq!(value("= sumproduct(seats, seats)"), dec!(160000));
        assert_eq!(value("= sumproduct(seats) + count(seats)"), dec!(885));
        assert_eq!(value("= clv_series(100, 0.5, 0.25, 2)"), dec!(56));
        assert_eq!(cause("= clv_series(100, 0.5, 0.25, 2.5)"), Cause::Undefined);
        assert_eq!(cause("= clv_series(100, 0.5, 0 - 1, 2)"), Cause::RateTooLow);
        let row = evaluated("= clv_series(seats, 1, 0, 2)");
        assert_eq!(row[..2], [Ok(dec!(240)), Ok(dec!(320))]);
        assert_eq!(value("= payback(seats - 150)"), dec!(2.4));
        assert_eq!(cause("= payback(0 - seats)"), Cause::PaybackNotReached);
    }

    #[test]
    fn statistics_of_a_row() {
        let mut cells = Builder::new(1);
        let experts = cells.axis(Axis::named("experts", ["a", "b", "c", "d"]));
        let ratings = [2, 4, 4, 10].map(|rating| Some(Decimal::from(rating)));
        let row = cells.input(Naming::new("row"), Shape::Row(experts), ratings);
        let of = |function, more: Option<Decimal>| {
            Expression::call(function, [Expression::cell(row)].into_iter().chain(more.map(Expression::number)))
        };
        let median = cells.formula(Naming::new("median"), of(Function::Median, None));
        let q1 = cells.formula(Naming::new("q1"), of(Function::Quantile, Some(dec!(0.25))));
        let sd = cells.formula(Naming::new("sd"), of(Function::StandardDeviation, None));
        let w = Expression::call(Function::KendallW, [Expression::cell(row), Expression::cell(row)]);
        let tied = cells.formula(Naming::new("w"), w);
        let model = cells.finish().unwrap();
        let evaluation = model.evaluate();
        assert_eq!(evaluation.scalar(median), Ok(dec!(4)));
        assert_eq!(evaluation.scalar(q1), Ok(dec!(3.5)));
        assert_eq!(evaluation.scalar(sd).unwrap().round_dp(10), dec!(3.4641016151));
        // two items that every expert rates alike rank nothing
        assert_eq!(evaluation.scalar(tied), Err(Absent { cause: Cause::AllTied, cell: tied }));
    }

    #[test]
    fn entries_are_picked_by_position() {
        let mut cells = Builder::new(1);
        let periods = cells.axis(Axis::named("periods", ["a", "b", "c"]));
        let row = cells.input(Naming::new("row"), Shape::Row(periods), [Some(dec!(7)), None, Some(dec!(9))]);
        let before = [None, Some(dec!(1)), Some(dec!(2))];
        let before = cells.input(Naming::new("before"), Shape::Row(periods), before);
        let one = cells.input(Naming::new("one"), Shape::Scalar, [Some(dec!(5))]);
        let at = |of, position: Expression| Expression::call(Function::At, [Expression::cell(of), position]);
        let third = cells.formula(Naming::new("third"), at(row, Expression::number(3)));
        let fourth = cells.formula(Naming::new("fourth"), at(row, Expression::number(4)));
        let zeroth = cells.formula(Naming::new("zeroth"), at(row, Expression::number(0)));
        let half = cells.formula(Naming::new("half"), at(row, Expression::number(dec!(1.5))));
        let single = cells.formula(Naming::new("single"), at(one, Expression::number(4)));
        let shifted = cells.formula(Naming::new("shifted"), at(row, Expression::cell(before)));
        let carried = Expression::call(Function::CarryForward, [Expression::cell(shifted), Expression::number(1)]);
        let carried = cells.formula(Naming::new("carried"), carried);
        let values = cells.finish().unwrap().evaluate();
        assert_eq!(values.scalar(third), Ok(dec!(9)));
        for outside in [fourth, zeroth, half] {
            assert_eq!(values.scalar(outside), Err(Absent { cause: Cause::OutsideRow, cell: outside }));
        }
        assert_eq!(values.scalar(single), Ok(dec!(5)));
        let gone = |cell| Err(Absent { cause: Cause::NoData, cell });
        assert_eq!(values.row(shifted), [gone(before), Ok(dec!(7)), gone(row)]);
        assert_eq!(values.row(carried), [gone(before), Ok(dec!(7)), Ok(dec!(7))]);
    }

    #[test]
    fn what_is_carried_forward_grows_old() {
        let mut cells = Builder::new(1);
        let periods = cells.axis(Axis::named("periods", ["a", "b", "c", "d", "e"]));
        let row = [None, Some(dec!(3)), None, None, Some(dec!(4))];
        let row = cells.input(Naming::new("row"), Shape::Row(periods), row);
        let carry =
            |age: i64| Expression::call(Function::CarryForward, [Expression::cell(row), Expression::number(age)]);
        let carried = [0, 1, 2].map(|age| cells.formula(Naming::new(format!("carried_{age}")), carry(age)));
        let least = Expression::call(Function::Least, [Expression::cell(row), Expression::number(5)]);
        let least = cells.formula(Naming::new("least"), least);
        let greatest = Expression::call(Function::Greatest, [Expression::cell(row), Expression::cell(row)]);
        let greatest = cells.formula(Naming::new("greatest"), greatest);
        let values = cells.finish().unwrap().evaluate();
        let known = |cell| values.row(cell).iter().map(|x| x.ok()).collect::<Vec<_>>();
        assert_eq!(known(carried[0]), known(row));
        assert_eq!(known(carried[1]), [None, Some(dec!(3)), Some(dec!(3)), None, Some(dec!(4))]);
        assert_eq!(known(carried[2]), [None, Some(dec!(3)), Some(dec!(3)), Some(dec!(3)), Some(dec!(4))]);
        assert_eq!(known(least), [5, 3, 5, 5, 4].map(|x| Some(Decimal::from(x))));
        assert_eq!(known(greatest), known(row));
    }

    #[test]
    fn a_changed_model_computes_what_a_fresh_one_would() {
        let mut cells = Builder::new(3);
        let a = cells.input(Naming::new("a"), Shape::Scalar, [Some(dec!(2))]);
        let b = cells.input(Naming::new("b"), Shape::Scalar, [Some(dec!(5))]);
        let sum = cells.formula(Naming::new("sum"), Expression::cell(a) + Expression::cell(b));
        let other = cells.formula(Naming::new("other"), Expression::cell(b) * Expression::number(3));
        let model = cells.finish().unwrap();
        let base = model.evaluate();
        let input = |value| Content::Input([Ok(value)].into());
        let change = |content, shape| crate::model::Change { cell: a, shape, content, source: None };
        let changed = model.with([change(input(dec!(7)), Shape::Scalar)]).unwrap();
        assert!(changed.is_arranged_like(&model));
        let quick = base.changed_to(&changed);
        assert_eq!(quick.scalar(sum), Ok(dec!(12)));
        assert_eq!(quick.scalar(other), Ok(dec!(15)));
        assert_eq!(changed.evaluate().scalar(sum), Ok(dec!(12)));
        assert_eq!(base.scalar(sum), Ok(dec!(7)));
        // back from the changed model to the first: both changes count
        assert_eq!(quick.changed_to(&model).scalar(sum), Ok(dec!(7)));
        // a row instead of a single value moves everything
        let row = Content::Input([Ok(dec!(1)), Ok(dec!(2)), Ok(dec!(3))].into());
        let rows = model.with([change(row, Shape::Row(AxisId::YEARS))]).unwrap();
        assert_eq!(base.changed_to(&rows).row(sum), [Ok(dec!(6)), Ok(dec!(7)), Ok(dec!(8))]);
        // a formula instead of an input may close a circle
        let circle = Content::Formula(Arc::new(Expression::cell(sum)));
        assert!(model.with([change(circle, Shape::Scalar)]).is_err());
    }
}
