//! A whole and its parts: shares that add up to 100 %, the largest first, and how concentrated they are.

use super::{CustomerError, check_ids};
use crate::amount::Lowering;
use crate::model::{Axis, Binary, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The parts of a whole, such as the reasons why customers were lost.
///
/// **Formula**: shares as written, divided by their sum, or counts divided by theirs, in the order of Pareto: the largest
/// first, equal ones as written. Beside each stands the cumulative share. The concentration is the Herfindahl-Hirschman
/// index, the sum of squared shares (1 where one part is all, 1/n where n parts are equal), and its reciprocal the
/// number of equal parts that would be as concentrated. The vital few are the parts it takes to reach 80 %.
///
/// **Units**: shares are fractions.
///
/// # Errors
///
/// Shares that do not add up to 100 %, by more than their digits explain: a share typed as `33%` may be off by half a
/// percentage point, one typed as `33.3%` by a twentieth; the tolerance is the sum of these. Fractions with fewer than
/// two decimals count as exact to a percentage point.
///
/// **Source**: Hirschman (1964), *The Paternity of an Index*; Juran, *Quality Control Handbook*, for the vital few.
///
/// ```
/// use appraise::customers::{Composition, Customers};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let reasons = Composition::of_counts("reasons_of_loss", [("price", 30), ("service", 60), ("moved", 10)]);
/// let customers = Customers { compositions: vec![reasons], ..Customers::default() };
/// let appraisal = Appraisal::new(Draft { customers: Some(customers), ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("customers.compositions.cumulative.reasons_of_loss.price"), Some(Ok(dec!(0.9))));
/// assert_eq!(outcome.figure("customers.compositions.concentration.reasons_of_loss"), Some(Ok(dec!(0.46))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Composition {
    /// Its id among compositions.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// The parts.
    pub parts: Parts,
    /// How many of the largest parts are looked at together; 3, or all where there are fewer.
    pub top: Option<u32>,
}

/// The parts of a whole by their ids.
#[derive(Debug, Clone, PartialEq)]
pub enum Parts {
    /// Shares that add up to 100 %.
    Shares(Vec<(String, Decimal)>),
    /// Counts or amounts, of which the shares are made.
    Counts(Vec<(String, Decimal)>),
}

impl Parts {
    fn list(&self) -> &[(String, Decimal)] {
        match self {
            Self::Shares(parts) | Self::Counts(parts) => parts,
        }
    }
}

impl Composition {
    /// Parts that are stated as counts.
    pub fn of_counts<I: Into<String>, N: Into<Decimal>>(
        id: impl Into<String>,
        counts: impl IntoIterator<Item = (I, N)>,
    ) -> Self {
        let counts = counts.into_iter().map(|(id, count)| (id.into(), count.into())).collect();
        Self { id: id.into(), name: None, parts: Parts::Counts(counts), top: None }
    }

    /// Parts that are stated as shares.
    pub fn of_shares<I: Into<String>>(id: impl Into<String>, shares: impl IntoIterator<Item = (I, Decimal)>) -> Self {
        let shares = shares.into_iter().map(|(id, share)| (id.into(), share)).collect();
        Self { id: id.into(), name: None, parts: Parts::Shares(shares), top: None }
    }
}

/// The cells of a composition; rows run over the parts, the largest first.
#[derive(Debug, Clone)]
pub(crate) struct CompositionCells {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    /// The ids of the parts in the order of Pareto.
    pub(crate) parts: Vec<Arc<str>>,
    pub(crate) written: CellId,
    pub(crate) is_counted: bool,
    pub(crate) share: CellId,
    pub(crate) cumulative: CellId,
    pub(crate) top: u32,
    pub(crate) top_share: CellId,
    pub(crate) concentration: CellId,
    pub(crate) equal_parts: CellId,
    pub(crate) vital_few: CellId,
    /// What the shares as written add up to, where that is not 1.
    pub(crate) rounded_sum: Option<Decimal>,
}

const AT: &str = "customers.compositions";

/// How many of the largest parts are looked at together where nobody says.
const TOP: u32 = 3;

/// The share that the vital few make up together.
const VITAL: Decimal = Decimal::from_parts(8, 0, 0, false, 1); // 0.8

/// How far shares may be from 100 % for no other reason than the digits they were typed with.
fn rounding(shares: impl IntoIterator<Item = Decimal>) -> Decimal {
    let half = |share: Decimal| Decimal::new(5, share.scale().clamp(2, 27) + 1);
    shares.into_iter().fold(Decimal::ZERO, |sum, share| sum.saturating_add(half(share)))
}

/// How far shares are from the parts of one whole.
pub(super) struct Gap {
    pub(super) sum: Decimal,
    pub(super) gap: Decimal,
    pub(super) is_above: bool,
    pub(super) tolerance: Decimal,
}

/// The sum of shares, and the error that `refused` makes of it where it is no whole.
pub(super) fn check_whole(
    lowering: &mut Lowering,
    at: &str,
    shares: &[Decimal],
    refused: impl FnOnce(Gap) -> CustomerError,
) -> Decimal {
    if let Some(value) = shares.iter().copied().find(|share| *share < Decimal::ZERO) {
        lowering.problem(at, CustomerError::Negative { value, what: "shares" });
    }
    let sum = shares.iter().fold(Decimal::ZERO, |sum, share| sum.saturating_add(*share));
    let off = sum.saturating_sub(Decimal::ONE);
    let tolerance = rounding(shares.iter().copied());
    if off.abs() > tolerance {
        lowering.problem(at, refused(Gap { sum, gap: off.abs(), is_above: off > Decimal::ZERO, tolerance }));
    }
    sum
}

/// Defines the shares of every composition.
pub(crate) fn define(lowering: &mut Lowering, stated: &[Composition]) -> Vec<CompositionCells> {
    check_ids(lowering, AT, "a composition", stated.iter().map(|composition| composition.id.as_str()));
    stated.iter().filter_map(|composition| define_one(lowering, composition)).collect()
}

fn define_one(lowering: &mut Lowering, stated: &Composition) -> Option<CompositionCells> {
    let cell = Expression::cell;
    let id = &stated.id;
    let name: Arc<str> = stated.name.as_deref().unwrap_or(id).into();
    let key = match stated.parts {
        Parts::Shares(_) => "shares",
        Parts::Counts(_) => "counts",
    };
    let source = Id::of(format!("{AT}.{id}"), key);
    let at = source.to_string();
    let parts = stated.parts.list();
    if parts.is_empty() {
        lowering.problem(format!("{AT}.{id}"), CustomerError::Empty { what: "about parts" });
        return None;
    }
    check_ids(lowering, &at, "a part", parts.iter().map(|(part, _)| part.as_str()));
    let values: Vec<Decimal> = parts.iter().map(|(_, value)| *value).collect();
    let is_counted = matches!(stated.parts, Parts::Counts(_));
    let rounded_sum = if is_counted {
        if let Some(value) = values.iter().copied().find(|value| *value < Decimal::ZERO) {
            lowering.problem(&*at, CustomerError::Negative { value, what: "counts" });
        }
        None
    } else {
        Some(check_whole(lowering, &at, &values, |Gap { sum, gap, is_above, tolerance }| CustomerError::ShareSum {
            whole: name.to_string(),
            sum,
            gap,
            is_above,
            tolerance,
        }))
        .filter(|sum| *sum != Decimal::ONE)
    };
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let top = stated.top.unwrap_or(TOP.min(count));
    if top == 0 || top > count {
        lowering.problem(format!("{AT}.{id}.top"), CustomerError::Top { top, parts: parts.len() });
    }
    let top = top.clamp(1, count);
    let mut ordered: Vec<&(String, Decimal)> = parts.iter().collect();
    ordered.sort_by_key(|(_, value)| std::cmp::Reverse(*value));
    let axis = lowering.cells.axis(Axis::named("parts", ordered.iter().map(|(part, _)| part.as_str())));
    let naming = |figure: &str, aspect| Naming::new(format!("{AT}.{figure}.{id}")).label(Arc::clone(&name), aspect);
    let unit = if is_counted { Unit::Number } else { Unit::Share };
    let aspect = if is_counted { "counts" } else { "shares as written" };
    let named = naming("written", aspect).unit(unit).source(source);
    let written = lowering.cells.input(named, Shape::Row(axis), ordered.iter().map(|(_, value)| Some(*value)));
    let mut define =
        |figure: &str, aspect, unit, formula| lowering.cells.formula(naming(figure, aspect).unit(unit), formula);
    let of = |function, of| Expression::call(function, [cell(of)]);
    let share = define("share", "share", Unit::Share, of(Function::Shares, written));
    let cumulative = define("cumulative", "cumulative share", Unit::Share, of(Function::Cumulate, share));
    let largest = Expression::entry(cumulative, top);
    let top_share = define("top", "share of the largest parts", Unit::Share, largest);
    let squares = Expression::call(Function::Sum, [cell(share) * cell(share)]);
    let concentration = define("concentration", "Herfindahl-Hirschman index", Unit::Number, squares);
    let equal = Expression::number(1) / cell(concentration);
    let equal_parts = define("equal_parts", "equal parts as concentrated", Unit::Number, equal);
    // a part belongs to the few where those before it do not reach the share yet
    let before = cell(cumulative) - cell(share);
    let few = before.binary(Binary::Less, Expression::number(VITAL));
    let vital_few =
        define("vital_few", "parts that make up 80 %", Unit::Number, Expression::call(Function::Sum, [few]));
    Some(CompositionCells {
        id: id.as_str().into(),
        name: Arc::clone(&name),
        parts: ordered.iter().map(|(part, _)| part.as_str().into()).collect(),
        written,
        is_counted,
        share,
        cumulative,
        top,
        top_share,
        concentration,
        equal_parts,
        vital_few,
        rounded_sum,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::Customers;
    use crate::customers::testing::{figures, mistakes};
    use crate::model::Cause;
    use rust_decimal::dec;

    fn of(composition: Composition) -> Customers {
        Customers { compositions: vec![composition], ..Customers::default() }
    }

    #[test]
    fn the_largest_come_first() {
        let reasons = [("price", dec!(0.25)), ("service", dec!(0.4)), ("moved", dec!(0.1)), ("rival", dec!(0.25))];
        let figures = figures(of(Composition { top: Some(2), ..Composition::of_shares("reasons", reasons) }));
        let of = |figure: &str| figures.get(&format!("customers.compositions.{figure}"));
        assert_eq!(of("cumulative.reasons.service"), dec!(0.4));
        assert_eq!(of("cumulative.reasons.price"), dec!(0.65));
        assert_eq!(of("cumulative.reasons.rival"), dec!(0.9));
        assert_eq!(of("cumulative.reasons.moved"), dec!(1));
        assert_eq!(of("top.reasons"), dec!(0.65));
        // 0.16 + 0.0625 + 0.0625 + 0.01
        assert_eq!(of("concentration.reasons"), dec!(0.295));
        assert_eq!(of("vital_few.reasons"), dec!(3));
    }

    #[test]
    fn one_part_is_all_and_equal_parts_count_in_full() {
        let all = figures(of(Composition::of_counts("a", [("x", 7)])));
        assert_eq!(all.get("customers.compositions.concentration.a"), dec!(1));
        assert_eq!(all.get("customers.compositions.top.a"), dec!(1));
        let even = figures(of(Composition::of_counts("a", [("w", 5), ("x", 5), ("y", 5), ("z", 5)])));
        assert_eq!(even.get("customers.compositions.equal_parts.a"), dec!(4));
        let none = figures(of(Composition::of_counts("a", [("x", 0), ("y", 0)])));
        assert_eq!(none.cause("customers.compositions.share.a.x"), Cause::NothingToShare);
    }

    #[test]
    fn digits_explain_as_much_as_they_have() {
        let three = |a, b, c| mistakes(of(Composition::of_shares("r", [("a", a), ("b", b), ("c", c)])));
        // 99 % of whole percentages: each may be off by half of one
        assert_eq!(three(dec!(0.33), dec!(0.33), dec!(0.33)), Vec::<String>::new());
        let normalised = Composition::of_shares("r", [("a", dec!(0.33)), ("b", dec!(0.33)), ("c", dec!(0.33))]);
        assert_eq!(figures(of(normalised)).get("customers.compositions.cumulative.r.c"), dec!(1));
        let at = "customers.compositions.r.shares";
        assert_eq!(
            three(dec!(0.330), dec!(0.330), dec!(0.330)),
            [format!("{at}: the shares of `r` add up to 99 %, 1 % short of 100 %")]
        );
        assert_eq!(
            three(dec!(0.5), dec!(0.3), dec!(0.3)),
            [format!("{at}: the shares of `r` add up to 110 %, 10 % too much")]
        );
    }

    #[test]
    fn mistakes_are_placed() {
        let at = "customers.compositions.r";
        assert_eq!(
            mistakes(of(Composition::of_shares::<&str>("r", []))),
            [format!("{at}: nothing is stated about parts")]
        );
        let counts = Composition { top: Some(3), ..Composition::of_counts("r", [("a", -1), ("b", 2)]) };
        assert_eq!(
            mistakes(of(counts)),
            [
                format!("{at}.counts: -1 is negative, but counts are written positive"),
                format!("{at}.top: the 3 largest of 2 parts cannot be looked at"),
            ]
        );
    }
}
