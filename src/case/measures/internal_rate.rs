//! The internal rate of return of a cash flow: every rate, and the one that is quoted.

use super::Owner;
use crate::amount::Lowering;
use crate::case::{Discounting, Timing};
use crate::model::{Axis, CellId, Expression, Function, Unit};

/// Which internal rate of return is quoted where several rates bring the net present value to zero.
///
/// All of them are figures, `case.irr_roots.1` and so on, the lowest first.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Category, CostLine, IrrPolicy, Plan, Valuation};
/// use appraise::{Amount, Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// // a mine: 100 to open it, 230 in its first year, 132 to close it
/// let gold = Benefit { annual: Some(Amount::PerYear(vec![dec!(230), dec!(0)])), ..Benefit::new("gold", BenefitKind::Saving) };
/// let closing = Some(Amount::PerYear(vec![dec!(0), dec!(132)]));
/// let mine = CostLine { initial: Some(100.into()), annual: closing, ..CostLine::new(Category::Other, "mine") };
/// let draft = Draft {
///     horizon: Horizon { years: 2, ..Horizon::default() },
///     discount_rate: Some(dec!(0.12).into()),
///     valuation: Valuation { irr: IrrPolicy::Highest, ..Valuation::default() },
///     plan: Plan { costs: Some(vec![mine]), benefits: Some(vec![gold]), ..Plan::default() },
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("case.irr_roots.1"), Some(Ok(dec!(0.1))));
/// assert_eq!(outcome.figure("case.irr"), Some(Ok(dec!(0.2))));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IrrPolicy {
    /// Only one that is the only one; several rates are none.
    #[default]
    Only,
    /// The lowest.
    Lowest,
    /// The highest.
    Highest,
}

impl IrrPolicy {
    /// Every policy and its name in a document.
    pub const ALL: [(&'static str, IrrPolicy); 3] =
        [("only", IrrPolicy::Only), ("lowest", IrrPolicy::Lowest), ("highest", IrrPolicy::Highest)];
}

/// Defines `irr`, and `irr_roots` for the headline.
pub(in crate::case) fn define(
    lowering: &mut Lowering,
    discounting: Discounting,
    owner: &Owner,
    (net, is_headline): (CellId, bool),
) -> CellId {
    let of_parts = flows(lowering, discounting.timing, owner, net);
    let a_year = |rate: Expression| match discounting.timing.parts() {
        // the rate of a part of a year, compounded
        Some(parts) => (Expression::number(1) + rate).power(Expression::number(parts.a_year)) - Expression::number(1),
        None => rate,
    };
    let (one, kth) = match discounting.timing {
        Timing::Continuous => (Function::ContinuousIrr, Function::ContinuousIrrRoot),
        _ => (Function::Irr, Function::IrrRoot),
    };
    let roots = (is_headline || discounting.irr != IrrPolicy::Only).then(|| {
        let numbers = 1..=lowering.years;
        let axis = lowering.cells.axis(Axis::numbered("rates", 1, lowering.years));
        let root = |k: u32| Expression::call(kth, [Expression::cell(of_parts), Expression::number(k)]);
        let roots = Expression::row(axis, numbers.map(|k| a_year(root(k))));
        lowering.cells.formula(owner.naming("irr_roots", "internal rates of return", Unit::Share), roots)
    });
    let known = |function, roots| {
        let entries = (1..=lowering.years).map(|k| Expression::entry(roots, k));
        Expression::fold_of(function, entries)
    };
    let quoted = match (discounting.irr, roots) {
        (IrrPolicy::Lowest, Some(roots)) => known(Function::Least, roots),
        (IrrPolicy::Highest, Some(roots)) => known(Function::Greatest, roots),
        _ => a_year(Expression::call(one, [Expression::cell(of_parts)])),
    };
    lowering.cells.formula(owner.naming("irr", "internal rate of return", Unit::Share), quoted)
}

/// The net benefits in equal steps of time: the years themselves, or the parts of years that money flows in.
fn flows(lowering: &mut Lowering, timing: Timing, owner: &Owner, net: CellId) -> CellId {
    let Some(parts) = timing.parts() else { return net };
    let last = lowering.years.saturating_mul(parts.a_year);
    let axis = lowering.cells.axis(Axis::numbered(parts.name, 0, last));
    let mut entries = vec![Expression::entry(net, 0)];
    for year in 1..=lowering.years {
        let part = Expression::entry(net, year) / Expression::number(parts.flows);
        entries.extend((1..=parts.a_year).map(|k| if k <= parts.flows { part.clone() } else { Expression::number(0) }));
    }
    let row = Expression::row(axis, entries);
    lowering.cells.formula(owner.naming(parts.name, "net benefit by part of the year", Unit::Money), row)
}
