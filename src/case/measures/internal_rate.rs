//! The internal rate of return of a cash flow: every rate, and the one that is quoted.

use super::Owner;
use crate::amount::Lowering;
use crate::case::{Discounting, Timing};
use crate::kernel::IrrPolicy;
use crate::model::{Axis, AxisId, Cause, CellId, Expression, Function, Shape, Unit};
use rust_decimal::Decimal;

/// Defines `irr`, and `irr_roots` for the headline.
pub(in crate::case) fn define(
    lowering: &mut Lowering,
    discounting: Discounting,
    owner: &Owner,
    (net, is_headline): (CellId, bool),
) -> CellId {
    if discounting.timing == Timing::Continuous && lowering.at_end.of(net).is_some() {
        let naming = owner.naming("irr", "internal rate of return", Unit::Share);
        return lowering.cells.absent(naming, Shape::Scalar, Cause::SpreadAndAtOnce);
    }
    let of_parts = flows(lowering, discounting.timing, owner, net);
    let a_year = discounting.timing.parts().map_or(1, |parts| parts.a_year);
    let rates = match discounting.timing {
        Timing::Continuous => Rates::Spread { flows: of_parts },
        _ => Rates::EqualSteps { flows: of_parts, a_year },
    };
    let listed = (is_headline || discounting.irr != IrrPolicy::Only).then_some(lowering.years);
    define_quoted(lowering, owner, discounting.irr, &rates, listed).0
}

/// The internal rates of return of a row of flows, as formulas for rates a year.
pub(in crate::case) enum Rates {
    /// Flows in equal steps, so many of which make a year.
    EqualSteps { flows: CellId, a_year: u32 },
    /// Flows spread evenly over their years.
    Spread { flows: CellId },
    /// Flows each at a moment of its own, in years.
    AtMoments { flows: CellId, moments: CellId },
}

impl Rates {
    /// The rate of a step, compounded over a year.
    fn compounded(rate: Expression, a_year: u32) -> Expression {
        if a_year == 1 {
            return rate;
        }
        (Expression::number(1) + rate).power(Expression::number(a_year)) - Expression::number(1)
    }

    fn only(&self) -> Expression {
        let cell = Expression::cell;
        match *self {
            Self::EqualSteps { flows, a_year } => {
                Self::compounded(Expression::call(Function::Irr, [cell(flows)]), a_year)
            }
            Self::Spread { flows } => Expression::call(Function::ContinuousIrr, [cell(flows)]),
            Self::AtMoments { flows, moments } => Expression::call(Function::Xirr, [cell(flows), cell(moments)]),
        }
    }

    /// One of several, by what the rates themselves do not say.
    fn chosen(&self, function: Function, guess: Option<Decimal>) -> Expression {
        let cell = Expression::cell;
        let by_guess = |guess: Expression, rows: Vec<Expression>| {
            let guess = (function == Function::IrrNearest).then_some(guess);
            Expression::call(function, guess.into_iter().chain(rows))
        };
        let guess = Expression::number(guess.unwrap_or_default());
        match *self {
            Self::EqualSteps { flows, a_year } => {
                let a_part = Expression::number(1) / Expression::number(a_year);
                let guess = match a_year {
                    1 => guess,
                    _ => (Expression::number(1) + guess).power(a_part) - Expression::number(1),
                };
                Self::compounded(by_guess(guess, vec![cell(flows)]), a_year)
            }
            Self::Spread { flows } => Expression::call(Function::ContinuousIrr, [cell(flows)]),
            Self::AtMoments { flows, moments } => by_guess(guess, vec![cell(flows), cell(moments)]),
        }
    }

    /// The first of them over an axis of places, the lowest at 1.
    fn roots(&self, axis: AxisId, last: u32) -> Expression {
        let cell = Expression::cell;
        let places = Expression::row(axis, (1..=last).map(Expression::number));
        match *self {
            Self::EqualSteps { flows, a_year } => {
                Self::compounded(Expression::call(Function::IrrRoots, [cell(flows), places]), a_year)
            }
            Self::Spread { flows } => Expression::call(Function::ContinuousIrrRoots, [cell(flows), places]),
            Self::AtMoments { flows, moments } => {
                Expression::call(Function::XirrRoots, [cell(flows), cell(moments), places])
            }
        }
    }
}

/// Defines `irr` by the policy, and `irr_roots` with so many of them as are to be listed.
pub(in crate::case) fn define_quoted(
    lowering: &mut Lowering,
    owner: &Owner,
    policy: IrrPolicy,
    rates: &Rates,
    listed: Option<u32>,
) -> (CellId, Option<CellId>) {
    let roots = listed.map(|last| {
        let axis = lowering.cells.axis(Axis::numbered("rates", 1, last));
        let roots = rates.roots(axis, last);
        let naming = owner.naming("irr_roots", "internal rates of return", Unit::Share);
        (lowering.cells.formula(naming, roots), last)
    });
    let known = |function, (roots, last): (CellId, u32)| {
        let entries = (1..=last).map(|k| Expression::entry(roots, k));
        Expression::fold_of(function, entries)
    };
    let quoted = match (policy, roots) {
        (IrrPolicy::Lowest, Some(roots)) => known(Function::Least, roots),
        (IrrPolicy::Highest, Some(roots)) => known(Function::Greatest, roots),
        (IrrPolicy::Nearest(guess), _) => rates.chosen(Function::IrrNearest, Some(guess)),
        (IrrPolicy::LowestNotNegative, _) => rates.chosen(Function::IrrLowestNotNegative, None),
        (IrrPolicy::HighestFalling, _) => rates.chosen(Function::IrrHighestFalling, None),
        _ => rates.only(),
    };
    let quoted = lowering.cells.formula(owner.naming("irr", "internal rate of return", Unit::Share), quoted);
    (quoted, roots.map(|(roots, _)| roots))
}

/// The net benefits in equal steps of time: the years themselves, or the parts of years that money flows in.
fn flows(lowering: &mut Lowering, timing: Timing, owner: &Owner, net: CellId) -> CellId {
    let Some(parts) = timing.parts() else { return net };
    let last = lowering.years.saturating_mul(parts.a_year);
    let axis = lowering.cells.axis(Axis::numbered(parts.name, 0, last));
    let mut entries = vec![Expression::entry(net, 0)];
    let end = lowering.at_end.of(net);
    for year in 1..=lowering.years {
        let ending = end.map(|end| Expression::entry(end, year));
        let within = ending.iter().cloned().fold(Expression::entry(net, year), |net, ending| net - ending);
        let part = within / Expression::number(parts.flows);
        entries.extend((1..=parts.a_year).map(|k| {
            let flow = if k <= parts.flows { part.clone() } else { Expression::number(0) };
            ending.iter().filter(|_| k == parts.a_year).cloned().fold(flow, |flow, ending| flow + ending)
        }));
    }
    let row = Expression::row(axis, entries);
    lowering.cells.formula(owner.naming(parts.name, "net benefit by part of the year", Unit::Money), row)
}
