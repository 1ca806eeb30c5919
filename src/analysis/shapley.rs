//! How a change is shared among what changed: the mean of what each contributes, over the orders in which they change.

use crate::model::{Builder, CellId, Difference, Element, Expression, Mixture, Naming, Shape, Unit};
use rust_decimal::Decimal;

/// So many differences are tried in every combination; of more only two orders.
const MOST_EXACT: usize = 8;
/// Differences times cells beyond this are not told apart: each difference needs the cells to be evaluated twice.
const MOST_WORK: usize = 20_000_000;

/// What some differences contribute together, as a formula.
pub(super) struct Part {
    /// One difference, or several that cannot be told apart.
    pub(super) of: Vec<Difference>,
    pub(super) share: Expression,
}

/// The parts of a change.
pub(super) struct Parts {
    pub(super) parts: Vec<Part>,
    /// Whether every order was looked at, and not only the two of the document.
    pub(super) is_exact: bool,
}

/// Shares the change of a figure among its differences.
///
/// **Formula**: the Shapley value, `sum over sets S without i of |S|! (n - |S| - 1)! / n! (v(S and i) - v(S))`, with `v(S)`
/// the figure when only S has changed; above eight differences the mean of the two polar orders, in which they change one
/// after the other and the other way round. Either adds up to the change and changes its sign when the two versions are
/// swapped.
///
/// Where some combination has no value (a base that meets its target), the differences are not told apart.
///
/// **Source**: Shorrocks (2013), Decomposition procedures for distributional analysis, Journal of Economic Inequality 11;
/// the polar orders: Dietzenbacher, Los (1998), Structural decomposition techniques, Economic Systems Research 10.
pub(super) fn share(cells: &mut Builder, owner: &str, mixture: &Mixture, unit: &Unit, missing_as_zero: bool) -> Parts {
    let differences: Vec<Difference> = mixture.differences().cloned().collect();
    let count = differences.len();
    let mut values =
        Values { cells, owner, mixture, unit, missing_as_zero, differences: &differences, is_missing: false };
    let is_exact = count <= MOST_EXACT;
    let parts = if count <= 1 || count.saturating_mul(mixture.size()) > MOST_WORK {
        None
    } else if is_exact {
        values.exact()
    } else {
        values.two_orders()
    };
    let parts = parts.unwrap_or_else(|| {
        if differences.is_empty() {
            return Vec::new();
        }
        let whole = values.cell("all", |_| true) - values.cell("none", |_| false);
        vec![(differences.clone(), whole)]
    });
    let parts = parts.into_iter().map(|(of, share)| Part { of, share }).collect();
    Parts { parts, is_exact }
}

/// The figure with some of the differences, as cells.
struct Values<'a> {
    cells: &'a mut Builder,
    owner: &'a str,
    mixture: &'a Mixture,
    unit: &'a Unit,
    missing_as_zero: bool,
    differences: &'a [Difference],
    is_missing: bool,
}

impl Values<'_> {
    fn cell(&mut self, name: &str, has_changed: impl Fn(usize) -> bool) -> Expression {
        let value: Element = self.mixture.value(has_changed);
        let value = match value {
            Err(_) if self.missing_as_zero => Ok(Decimal::ZERO),
            value => value,
        };
        self.is_missing |= value.is_err();
        let naming =
            Naming::new(format!("with.{}.{name}", self.owner)).label(name, "changed only").unit(self.unit.clone());
        let value = value.map_err(|absent| absent.cause);
        let cell: CellId = self.cells.input_or_cause(naming, Shape::Scalar, [value]);
        Expression::cell(cell)
    }

    /// What a set of differences is called.
    fn name(&self, set: usize) -> String {
        let chosen = self.differences.iter().enumerate().filter(|(position, _)| holds(set, *position));
        let names: Vec<&str> = chosen.map(|(_, difference)| short(difference, self.owner)).collect();
        match names.len() {
            0 => "none".to_owned(),
            all if all == self.differences.len() => "all".to_owned(),
            _ => names.join("+"),
        }
    }

    fn exact(&mut self) -> Option<Vec<(Vec<Difference>, Expression)>> {
        let count = self.differences.len();
        let sets = 1_usize.checked_shl(u32::try_from(count).ok()?)?;
        let mut figures = Vec::with_capacity(sets);
        for set in 0..sets {
            let name = self.name(set);
            figures.push(self.cell(&name, |position| holds(set, position)));
        }
        if self.is_missing {
            return None;
        }
        let all = sets.checked_sub(1)?;
        let orders = Decimal::from(factorial(count));
        let shares = self.differences.iter().enumerate().map(|(position, difference)| {
            let own = 1_usize << position;
            let others = all & !own;
            let marginal = |set: usize| Some(figures.get(set | own)?.clone() - figures.get(set)?.clone());
            // a set and what it leaves of the others weigh the same, and stand together so that swapping the versions
            // negates the sum to the last digit
            let pairs = (0..sets).filter(|set| set & own == 0 && *set <= others & !set);
            let terms = pairs.filter_map(|set| {
                let other = others & !set;
                let term = if other == set { marginal(set)? } else { marginal(set)? + marginal(other)? };
                let size = usize::try_from(set.count_ones()).ok()?;
                let weight = factorial(size).saturating_mul(factorial(count.saturating_sub(size + 1)));
                Some(if weight == 1 { term } else { Expression::number(Decimal::from(weight)) * term })
            });
            let sum = Expression::sum_of(terms.collect::<Vec<_>>());
            (vec![difference.clone()], sum / Expression::number(orders))
        });
        Some(shares.collect())
    }

    fn two_orders(&mut self) -> Option<Vec<(Vec<Difference>, Expression)>> {
        let count = self.differences.len();
        let mut rising = Vec::with_capacity(count + 1);
        let mut falling = Vec::with_capacity(count + 1);
        for changed in 0..=count {
            rising.push(self.cell(&format!("first.{changed}"), |position| position < changed));
            falling.push(self.cell(&format!("from.{changed}"), |position| position >= changed));
        }
        if self.is_missing {
            return None;
        }
        let shares = self.differences.iter().enumerate().map(|(position, difference)| {
            let forward = rising.get(position + 1)?.clone() - rising.get(position)?.clone();
            let backward = falling.get(position)?.clone() - falling.get(position + 1)?.clone();
            Some((vec![difference.clone()], (forward + backward) / Expression::number(2)))
        });
        shares.collect()
    }
}

fn holds(set: usize, position: usize) -> bool {
    set & (1_usize << position) != 0
}

fn factorial(number: usize) -> u64 {
    (1..=u64::try_from(number).unwrap_or(0)).fold(1, u64::saturating_mul)
}

/// A difference without what it has in common with its owner: `actual` of `scorecard.loyalty.actual`.
fn short<'d>(difference: &'d Difference, owner: &str) -> &'d str {
    let id = match difference {
        Difference::Cell(id) | Difference::Address(id) => id,
        Difference::Structure => "structure",
    };
    let group = owner.rsplit_once('.').map_or(owner, |(group, _)| group);
    id.strip_prefix(group).and_then(|rest| rest.strip_prefix('.')).unwrap_or(id)
}
