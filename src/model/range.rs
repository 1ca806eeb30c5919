//! The interval reader: between which ends a formula lies where its operands are known within ends only.

use super::{Binary, Expression, Function, Interval, Name, Operation};
use rust_decimal::Decimal;
use std::sync::Arc;

/// Why no range of a formula can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RangeError {
    /// An operation whose range over intervals this reader does not know: a comparison, rounding, an internal rate.
    #[error("the formula does more than add, subtract, multiply, divide and compare for the least or the most")]
    NotTraced,
    /// A divisor that may be zero.
    #[error("the divisor may be zero")]
    DivisorMayBeZero,
    /// An end of more than 28 digits.
    #[error("the result is too large to be exact")]
    Overflow,
}

/// At which end of an operand a formula is lowest or highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At its lowest value.
    Low,
    /// At its highest value.
    High,
}

/// An end of each operand of a formula.
pub type Corner = Vec<(Arc<str>, End)>;

/// Between which ends a formula lies.
#[derive(Debug, Clone, PartialEq)]
pub struct FormulaRange {
    /// Nothing outside of it can be right. Where [`corners`](Self::corners) are known, each value inside is reached.
    pub outer: Interval,
    /// All of these values are reached; `None` where too many operands turn to tell.
    pub inner: Option<Interval>,
    /// Where the formula is lowest and where it is highest, operand by operand; `None` where it is not known to rise or
    /// to fall with each of them.
    pub corners: Option<[Corner; 2]>,
}

/// How many operands with which a formula neither rises nor falls are tried at both ends: 1,024 corners.
const MOST_TURNING: usize = 10;
/// Larger exponents are not traced.
const LARGEST_EXPONENT: u32 = 1_000;

/// Between which ends a formula lies, given those of its operands.
///
/// A formula that uses a figure twice, `(benefits - costs) / costs`, gets wider ends by plain interval arithmetic than it
/// can reach. So the slope in each operand is followed along; where none changes its sign, the formula rises or falls with
/// each operand, and its lowest and highest values are exactly those at two corners. What remains is bounded from outside
/// by interval arithmetic and from inside by the corners.
///
/// ```
/// use appraise::model::{Formula, Interval, range};
/// use rust_decimal::dec;
///
/// let roi = Formula::parse("= (benefits - costs) / costs").unwrap();
/// let found = range(roi.expression(), |name| match name {
///     "benefits" => Interval::new(dec!(912.5), dec!(913.5)).unwrap(),
///     _ => Interval::new(dec!(281.5), dec!(282.5)).unwrap(),
/// });
/// let found = found.unwrap();
/// assert_eq!(found.outer.low().round_dp(4), dec!(2.2301)); // 912.5 and 282.5
/// assert_eq!(found.outer.high().round_dp(4), dec!(2.2451)); // 913.5 and 281.5
/// assert!(found.corners.is_some());
/// ```
///
/// # Errors
///
/// Where the formula compares, rounds or calls a function of rows, divides by what may be zero, or grows beyond 28 digits.
pub fn range(expression: &Expression<Name>, within: impl Fn(&str) -> Interval) -> Result<FormulaRange, RangeError> {
    let mut operands: Vec<(Arc<str>, Interval)> = Vec::new();
    for name in expression.names() {
        if !operands.iter().any(|(known, _)| *known == name.text) {
            operands.push((Arc::clone(&name.text), within(&name.text)));
        }
    }
    let whole = trace(expression, &operands, true)?;
    let ends: Vec<Option<End>> = whole.slopes.iter().map(|slope| lowest_at(*slope)).collect();
    let at_corner = |opposite: bool| {
        let moved = operands.iter().zip(&ends).map(|((name, interval), end)| {
            let at = match (end, opposite) {
                (None, _) => *interval,
                (Some(End::Low), false) | (Some(End::High), true) => Interval::point(interval.low()),
                (Some(End::High), false) | (Some(End::Low), true) => Interval::point(interval.high()),
            };
            (name.clone(), at)
        });
        moved.collect::<Vec<_>>()
    };
    let corners = [at_corner(false), at_corner(true)];
    let mut outer = whole.value;
    let mut inner: Option<Interval> = None;
    let turning: Vec<usize> =
        ends.iter().enumerate().filter(|(_, end)| end.is_none()).map(|(position, _)| position).collect();
    for (corner, is_high) in corners.iter().zip([false, true]) {
        let reached = trace(expression, corner, false)?.value;
        let tightened = if is_high {
            Interval::new(outer.low(), outer.high().min(reached.high()))
        } else {
            Interval::new(outer.low().max(reached.low()), outer.high())
        };
        outer = tightened.unwrap_or(outer);
        if turning.len() <= MOST_TURNING {
            for choice in 0..1u32.checked_shl(u32::try_from(turning.len()).unwrap_or(0)).unwrap_or(0) {
                let mut tried = corner.clone();
                for (bit, position) in turning.iter().enumerate() {
                    if let Some((_, interval)) = tried.get_mut(*position) {
                        let is_high = choice.checked_shr(u32::try_from(bit).unwrap_or(0)).unwrap_or(0) & 1 == 1;
                        *interval = Interval::point(if is_high { interval.high() } else { interval.low() });
                    }
                }
                let value = trace(expression, &tried, false)?.value;
                inner = Some(inner.map_or(value, |known| known.hull(value)));
            }
        }
    }
    let corners = turning.is_empty().then(|| {
        let of = |opposite: bool| {
            let ends = operands.iter().zip(&ends).filter_map(|((name, _), end)| {
                let end = match ((*end)?, opposite) {
                    (End::Low, false) | (End::High, true) => End::Low,
                    (End::High, false) | (End::Low, true) => End::High,
                };
                Some((name.clone(), end))
            });
            ends.collect::<Vec<_>>()
        };
        [of(false), of(true)]
    });
    Ok(FormulaRange { outer: if corners.is_some() { inner.unwrap_or(outer) } else { outer }, inner, corners })
}

/// What a quotient can be whose divisor may be zero and whose dividend cannot: values up to one end, values from another on,
/// and none between.
#[derive(Debug, Clone, PartialEq)]
pub struct RangeAroundZero {
    /// The highest value below zero and where it is reached; `None` where no value lies below.
    pub below: Option<(Decimal, Option<Corner>)>,
    /// The lowest value above zero and where it is reached; `None` where no value lies above.
    pub above: Option<(Decimal, Option<Corner>)>,
    /// Whether all values beyond the ends are reached; otherwise it is only known that none between them is.
    pub is_reached: bool,
}

/// What a formula can be that ends with a division by what may be zero: the nearer the divisor is to zero, the larger the
/// quotient.
///
/// ```
/// use appraise::model::{Formula, Interval, range_around_zero};
/// use rust_decimal::dec;
///
/// let unit_cost = Formula::parse("= cost / margin").unwrap();
/// let found = range_around_zero(unit_cost.expression(), |name| match name {
///     "cost" => Interval::point(dec!(10)),
///     _ => Interval::new(dec!(-0.5), dec!(0.5)).unwrap(), // printed as 0
/// });
/// let found = found.unwrap();
/// assert_eq!(found.below.map(|(value, _)| value), Some(dec!(-20)));
/// assert_eq!(found.above.map(|(value, _)| value), Some(dec!(20)));
/// ```
///
/// `None` where the formula ends otherwise, where its divisor is never or always zero, where the dividend may be zero, which
/// leaves no value out, and where the range of either cannot be told.
pub fn range_around_zero(expression: &Expression<Name>, within: impl Fn(&str) -> Interval) -> Option<RangeAroundZero> {
    let (dividend, divisor) = expression.quotient()?;
    let shares_operands = dividend.names().any(|name| divisor.names().any(|other| other.text == name.text));
    let (above_line, below_line) = (range(&dividend, &within).ok()?, range(&divisor, &within).ok()?);
    let (numerator, denominator) = (above_line.outer, below_line.outer);
    if numerator.contains(Decimal::ZERO) || !denominator.contains(Decimal::ZERO) {
        return None;
    }
    let is_positive = numerator.low() > Decimal::ZERO;
    let corners = above_line.corners.zip(below_line.corners).filter(|_| !shares_operands);
    let is_reached = corners.is_some();
    let (nearest, nearest_at) = match corners.as_ref().map(|(corners, _)| corners) {
        Some([low, high]) => {
            if is_positive {
                (numerator.low(), Some(low))
            } else {
                (numerator.high(), Some(high))
            }
        }
        None => (if is_positive { numerator.low() } else { numerator.high() }, None),
    };
    let end = |divisor: Decimal, position: usize| {
        let value = nearest.checked_div(divisor)?;
        let divided_at = corners.as_ref().and_then(|(_, corners)| corners.get(position));
        let at = nearest_at.zip(divided_at).map(|(one, other)| one.iter().chain(other).cloned().collect());
        Some((value, at))
    };
    let (by_low, by_high) = (end(denominator.low(), 0), end(denominator.high(), 1));
    if by_low.is_none() && by_high.is_none() {
        return None;
    }
    let (below, above) = if is_positive { (by_low, by_high) } else { (by_high, by_low) };
    Some(RangeAroundZero { below, above, is_reached })
}

/// Where a formula with that slope is lowest; `None` where it may turn.
fn lowest_at(slope: Option<Interval>) -> Option<End> {
    let slope = slope?;
    if slope.low() >= Decimal::ZERO {
        Some(End::Low)
    } else if slope.high() <= Decimal::ZERO {
        Some(End::High)
    } else {
        None
    }
}

/// The values of a part of a formula, and its slopes in each operand where they are followed; `None` for one too large.
#[derive(Clone)]
struct Traced {
    value: Interval,
    slopes: Vec<Option<Interval>>,
}

impl Traced {
    /// With the slopes of two parts, operand by operand.
    fn joined(value: Interval, a: &Self, b: &Self, slope: impl Fn(Interval, Interval) -> Option<Interval>) -> Self {
        let slopes = a.slopes.iter().zip(&b.slopes).map(|(a, b)| slope((*a)?, (*b)?));
        Self { value, slopes: slopes.collect() }
    }

    fn changed(value: Interval, a: &Self, slope: impl Fn(Interval) -> Option<Interval>) -> Self {
        Self { value, slopes: a.slopes.iter().map(|a| slope((*a)?)).collect() }
    }
}

fn trace(
    expression: &Expression<Name>,
    operands: &[(Arc<str>, Interval)],
    with_slopes: bool,
) -> Result<Traced, RangeError> {
    let count = if with_slopes { operands.len() } else { 0 };
    let flat = |value: Interval| Traced { value, slopes: vec![Some(Interval::point(Decimal::ZERO)); count] };
    let mut stack: Vec<Traced> = Vec::new();
    for operation in expression.operations() {
        let next = match operation {
            Operation::Number(number) => flat(Interval::point(*number)),
            Operation::Cell(name) => {
                let position = operands.iter().position(|(known, _)| *known == name.text);
                let position = position.ok_or(RangeError::NotTraced)?;
                let (_, value) = operands.get(position).ok_or(RangeError::NotTraced)?;
                let mut traced = flat(*value);
                if let Some(slope) = traced.slopes.get_mut(position) {
                    *slope = Some(Interval::point(Decimal::ONE));
                }
                traced
            }
            Operation::Negate => {
                let a = stack.pop().ok_or(RangeError::NotTraced)?;
                Traced::changed(a.value.negative(), &a, |slope| Some(slope.negative()))
            }
            Operation::Binary(binary) => {
                let b = stack.pop().ok_or(RangeError::NotTraced)?;
                let a = stack.pop().ok_or(RangeError::NotTraced)?;
                arithmetic(*binary, &a, &b)?
            }
            Operation::Call(function, count) => {
                let count = usize::try_from(*count).unwrap_or(usize::MAX);
                let arguments = stack.split_off(stack.len().saturating_sub(count));
                call(*function, &arguments)?
            }
            Operation::Entry(..) | Operation::Gather(..) | Operation::Not | Operation::If => {
                return Err(RangeError::NotTraced);
            }
        };
        stack.push(next);
    }
    stack.pop().ok_or(RangeError::NotTraced)
}

fn arithmetic(binary: Binary, a: &Traced, b: &Traced) -> Result<Traced, RangeError> {
    let traced = match binary {
        Binary::Add => a.value.plus(b.value).map(|value| Traced::joined(value, a, b, Interval::plus)),
        Binary::Subtract => {
            let value = a.value.plus(b.value.negative());
            value.map(|value| Traced::joined(value, a, b, |x, y| x.plus(y.negative())))
        }
        Binary::Multiply => {
            let value = a.value.times(b.value);
            value.map(|value| Traced::joined(value, a, b, |x, y| x.times(b.value)?.plus(y.times(a.value)?)))
        }
        Binary::Divide if b.value.contains(Decimal::ZERO) => return Err(RangeError::DivisorMayBeZero),
        Binary::Divide => {
            let value = a.value.over(b.value);
            // the slope of a / b is (a' - b' a / b) / b
            value.map(|value| Traced::joined(value, a, b, |x, y| x.plus(y.times(value)?.negative())?.over(b.value)))
        }
        Binary::Power => return power(a, b.value),
        _ => return Err(RangeError::NotTraced),
    };
    traced.ok_or(RangeError::Overflow)
}

/// A power with a whole number as exponent.
fn power(a: &Traced, exponent: Interval) -> Result<Traced, RangeError> {
    let whole = exponent.low();
    if exponent.high() != whole || !whole.is_integer() {
        return Err(RangeError::NotTraced);
    }
    let size = u32::try_from(whole.abs()).ok().filter(|size| *size <= LARGEST_EXPONENT);
    let size = size.ok_or(RangeError::NotTraced)?;
    let value = a.value.to_the(size).ok_or(RangeError::Overflow)?;
    let below = size.checked_sub(1).and_then(|below| a.value.to_the(below));
    let factor = below.and_then(|below| below.times(Interval::point(Decimal::from(size))));
    let raised = match size {
        0 => Traced::changed(value, a, |slope| slope.times(Interval::point(Decimal::ZERO))),
        _ => Traced::changed(value, a, |slope| slope.times(factor?)),
    };
    if !whole.is_sign_negative() || whole.is_zero() {
        return Ok(raised);
    }
    let one = Traced::changed(Interval::point(Decimal::ONE), a, |_| Some(Interval::point(Decimal::ZERO)));
    arithmetic(Binary::Divide, &one, &raised)
}

fn call(function: Function, arguments: &[Traced]) -> Result<Traced, RangeError> {
    let (first, rest) = arguments.split_first().ok_or(RangeError::NotTraced)?;
    let fold = |binary| rest.iter().try_fold(first.clone(), |folded, next| arithmetic(binary, &folded, next));
    match function {
        Function::Sum => fold(Binary::Add),
        Function::Product => fold(Binary::Multiply),
        Function::Mean => {
            let sum = fold(Binary::Add)?;
            let count = Decimal::from(arguments.len());
            let value = sum.value.over(Interval::point(count)).ok_or(RangeError::Overflow)?;
            Ok(Traced::changed(value, &sum, |slope| slope.over(Interval::point(count))))
        }
        Function::Min => Ok(rest.iter().fold(first.clone(), |least, next| extreme(&least, next, true))),
        Function::Max => Ok(rest.iter().fold(first.clone(), |most, next| extreme(&most, next, false))),
        Function::Abs if rest.is_empty() => Ok(Traced::changed(first.value.absolute(), first, |slope| {
            Some(if first.value.low() >= Decimal::ZERO {
                slope
            } else if first.value.high() <= Decimal::ZERO {
                slope.negative()
            } else {
                slope.hull(slope.negative())
            })
        })),
        _ => Err(RangeError::NotTraced),
    }
}

/// The smaller or the larger of two; where either may be it, the slope may be that of either.
fn extreme(a: &Traced, b: &Traced, is_least: bool) -> Traced {
    let (low, high) = if is_least {
        (a.value.low().min(b.value.low()), a.value.high().min(b.value.high()))
    } else {
        (a.value.low().max(b.value.low()), a.value.high().max(b.value.high()))
    };
    let value = Interval::new(low, high).unwrap_or(a.value);
    let (below, above) = (a.value.high() <= b.value.low(), a.value.low() >= b.value.high());
    match (below, above) {
        (true, _) => if is_least { a } else { b }.clone(),
        (_, true) => if is_least { b } else { a }.clone(),
        _ => Traced::joined(value, a, b, |x, y| Some(x.hull(y))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Formula;
    use rust_decimal::dec;

    fn of(formula: &str, ends: &[(&str, Decimal, Decimal)]) -> Result<FormulaRange, RangeError> {
        let formula = Formula::parse(formula).unwrap();
        range(formula.expression(), |name| {
            let (_, low, high) = ends.iter().find(|(known, ..)| *known == name).unwrap();
            Interval::new(*low, *high).unwrap()
        })
    }

    fn exact(formula: &str, ends: &[(&str, Decimal, Decimal)]) -> (Decimal, Decimal) {
        let found = of(formula, ends).unwrap();
        assert!(found.corners.is_some(), "{formula}");
        assert_eq!(found.inner, Some(found.outer), "{formula}");
        (found.outer.low(), found.outer.high())
    }

    #[test]
    fn a_figure_used_twice_does_not_widen_what_rises_or_falls() {
        // plain interval arithmetic gives 8 / 6 - 1 and 10 / 4 - 1 only because it is written once here
        let ends = [("b", dec!(8), dec!(10)), ("c", dec!(4), dec!(6))];
        let once = exact("= b / c - 1", &ends);
        let twice = exact("= (b - c) / c", &ends);
        assert!((once.0 - twice.0).abs() < dec!(1e-26) && (once.1 - twice.1).abs() < dec!(1e-26));
        assert_eq!(exact("= x - x * 0.5", &[("x", dec!(2), dec!(4))]), (dec!(1), dec!(2)));
        assert_eq!(exact("= pow(1 + r, 2) + pow(r, 2) * 3 - r", &[("r", dec!(1), dec!(2))]), (dec!(6), dec!(19)));
        assert_eq!(exact("= 12 / pow(x, 2)", &[("x", dec!(1), dec!(2))]), (dec!(3), dec!(12)));
        assert_eq!(exact("= max(x, 3) + min(x, 3) + abs(x)", &[("x", dec!(1), dec!(4))]), (dec!(5), dec!(11)));
        assert_eq!(
            exact("= mean(x, y) - sum(x, 1)", &[("x", dec!(1), dec!(2)), ("y", dec!(0), dec!(2))]),
            (dec!(-2), dec!(-0.5))
        );
        assert_eq!(exact("= 3 * 4", &[]), (dec!(12), dec!(12)));
    }

    #[test]
    fn what_turns_is_bounded_from_both_sides() {
        let found = of("= x * (1 - x)", &[("x", dec!(0), dec!(1))]).unwrap();
        assert_eq!(found.corners, None);
        assert_eq!((found.outer.low(), found.outer.high()), (dec!(0), dec!(1)));
        assert_eq!(found.inner, Some(Interval::point(dec!(0)))); // 0.25 is reached between the corners
    }

    #[test]
    fn what_cannot_be_traced_is_said() {
        let x = [("x", dec!(-1), dec!(2))];
        assert_eq!(of("= 1 / x", &x), Err(RangeError::DivisorMayBeZero));
        assert_eq!(of("= round(x)", &x), Err(RangeError::NotTraced));
        assert_eq!(of("= if(x > 1, 1, 2)", &x), Err(RangeError::NotTraced));
        assert_eq!(of("= pow(x, 0.5)", &x), Err(RangeError::NotTraced));
        let large = [("x", dec!(10_000_000_000_000), dec!(10_000_000_000_000))];
        assert_eq!(of("= pow(x, 3)", &large), Err(RangeError::Overflow));
    }

    #[test]
    fn a_quotient_by_about_zero_lies_far_from_it() {
        let around = |formula: &str, ends: &[(&str, Decimal, Decimal)]| {
            let formula = Formula::parse(formula).unwrap();
            let found = range_around_zero(formula.expression(), |name| {
                let (_, low, high) = ends.iter().find(|(known, ..)| *known == name).unwrap();
                Interval::new(*low, *high).unwrap()
            })?;
            Some((found.below.map(|(value, _)| value), found.above.map(|(value, _)| value), found.is_reached))
        };
        let zero = ("m", dec!(-0.5), dec!(0.5));
        let cost = ("c", dec!(9), dec!(11));
        assert_eq!(around("= (c + 1) / m", &[cost, zero]), Some((Some(dec!(-20)), Some(dec!(20)), true)));
        let loss = ("c", dec!(-11), dec!(-9));
        assert_eq!(around("= c / (2 * m)", &[loss, zero]), Some((Some(dec!(-9)), Some(dec!(9)), true)));
        // one end of the divisor is zero itself
        assert_eq!(around("= c / m", &[cost, ("m", dec!(0), dec!(2))]), Some((None, Some(dec!(4.5)), true)));
        assert_eq!(around("= c / m", &[loss, ("m", dec!(0), dec!(2))]), Some((Some(dec!(-4.5)), None, true)));
        // what stands above and below the line is taken as independent, which leaves too much
        assert_eq!(around("= (m + 2) / m", &[zero]), Some((Some(dec!(-3)), Some(dec!(3)), false)));
        for nothing in ["= c / c", "= m / m", "= c / m + 1", "= c / (m - m)"] {
            let point = ("m", dec!(0), dec!(0));
            let ends = if nothing.contains("- m") { [cost, point] } else { [cost, zero] };
            assert_eq!(around(nothing, &ends), None, "{nothing}");
        }
    }
}
