//! The change of a rolled-up score, shared among the scores and the weights of its indicators.

use super::attribution::{Driver, Drivers};
use super::shapley;
use crate::appraisal::Outcome;
use crate::model::{Builder, Cause, CellId, Element, Evaluation, Expression, Mixture, Naming, Shape, Unit};
use crate::scorecard::{MissingPolicy, ROOT};
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Indicators are shared among their inputs until so many cells were looked at; the scores of further ones are told as they are.
const MOST_CELLS: usize = 2_000_000;

/// What decides which period is looked at, and is no cause of a change between two of them.
pub(super) const SELECTORS: [&str; 1] = ["scorecard.period"];

/// What the parts of a change are collected in.
pub(super) struct Collected {
    pub(super) parts: Vec<(Driver, CellId)>,
    pub(super) is_exact: bool,
}

/// An indicator below the score in question, on one side.
struct Leaf {
    name: Arc<str>,
    score: CellId,
    /// Its weight in the score, after what is missing was left out.
    weight: CellId,
}

/// One side of the comparison: the indicators that take part in the score.
struct Side {
    leaves: HashMap<Arc<str>, Leaf>,
    /// Whether a missing score counts as 0.
    is_worst: bool,
    sum: CellId,
}

/// The figures of a criterion: of the whole `scorecard`, else `scorecard.ID`.
fn figures(id: &str) -> String {
    if id == ROOT { ROOT.to_owned() } else { format!("{ROOT}.{id}") }
}

/// The criterion of which a figure is the score, if it is one that is rolled up on either side.
pub(super) fn rolled_up<'i>(outcome: &Outcome, figure: &'i str) -> Option<&'i str> {
    let criterion = match figure.strip_suffix(".score")? {
        ROOT => ROOT,
        other => other.strip_prefix("scorecard.")?,
    };
    let parts = outcome.appraisal().parts();
    let listed = parts.criteria.iter().find(|listed| *listed.id == *criterion)?;
    listed.has_children.then_some(criterion)
}

impl Side {
    /// Defines weights and scores of one side; `None` where the score is no weighted mean of its indicators.
    fn define(cells: &mut Builder, outcome: &Outcome, top: &str, side: &str) -> Option<Self> {
        let missing = outcome.appraisal().draft().scorecard.as_ref()?.missing;
        let listed = &outcome.appraisal().parts().criteria;
        let start = listed.iter().position(|listed| *listed.id == *top)?;
        let depth = listed.get(start)?.depth;
        let below = listed.iter().skip(start).enumerate();
        let below: Vec<_> = below.take_while(|(i, listed)| *i == 0 || listed.depth > depth).map(|(_, l)| l).collect();
        let score = |id: &str| outcome.figure(&format!("{}.score", figures(id)));
        let takes_part = |id: &str| match (score(id), missing) {
            (Some(Ok(_)), _) => true,
            (Some(Err(_)), MissingPolicy::Exclude) | (None, _) => false,
            (Some(Err(absent)), _) => absent.cause != Cause::NotMeasured,
        };
        let naming = |id: &str, name: &Arc<str>, figure: &str, aspect| {
            Naming::new(format!("{side}.{}.{figure}", figures(id))).label(Arc::clone(name), aspect).unit(Unit::Share)
        };
        // the open criteria from the top down, each with its weight in the score
        let mut siblings: HashMap<usize, Vec<(usize, CellId)>> = HashMap::new();
        let mut parents: Vec<Option<usize>> = Vec::with_capacity(below.len());
        let mut open: Vec<usize> = Vec::new();
        for (position, listed) in below.iter().enumerate() {
            open.truncate(listed.depth.saturating_sub(depth));
            let parent = open.last().copied();
            open.push(position);
            let is_in = takes_part(&listed.id);
            parents.push(parent.filter(|_| is_in));
            if let Some(parent) = parent.filter(|_| is_in) {
                let weight = outcome.figure(&format!("{}.weight", figures(&listed.id)))?.ok()?;
                let naming = naming(&listed.id, &listed.name, "weight", "weight");
                let cell = cells.input(naming, Shape::Scalar, [Some(weight)]);
                siblings.entry(parent).or_default().push((position, cell));
            }
        }
        let own: HashMap<usize, CellId> = siblings.values().flatten().copied().collect();
        // one sum for all siblings
        let mut of_all: HashMap<usize, CellId> = HashMap::with_capacity(siblings.len());
        for (parent, group) in &siblings {
            let Some(listed) = below.get(*parent) else { continue };
            let all = Expression::sum_of(group.iter().map(|(_, cell)| Expression::cell(*cell)));
            let naming = naming(&listed.id, &listed.name, "weights", "weights that take part");
            of_all.insert(*parent, cells.formula(naming, all));
        }
        let mut effective: Vec<Option<CellId>> = vec![None; below.len()];
        let mut leaves = HashMap::new();
        let mut terms = Vec::new();
        for (position, listed) in below.iter().enumerate() {
            if position > 0 {
                let Some(parent) = parents.get(position).copied().flatten() else { continue };
                let above = effective.get(parent).copied().flatten();
                let (Some(above), Some(all)) = (above, of_all.get(&parent)) else { continue };
                let own = own.get(&position)?;
                let formula = Expression::cell(above) * Expression::cell(*own) / Expression::cell(*all);
                let cell =
                    cells.formula(naming(&listed.id, &listed.name, "effective_weight", "effective weight"), formula);
                *effective.get_mut(position)? = Some(cell);
            } else {
                let one = cells.formula(
                    naming(&listed.id, &listed.name, "effective_weight", "effective weight"),
                    Expression::number(1),
                );
                *effective.get_mut(position)? = Some(one);
            }
            let Some(weight) = effective.get(position).copied().flatten().filter(|_| !listed.has_children) else {
                continue;
            };
            let value = match score(&listed.id)? {
                Ok(score) => score,
                Err(_) if missing == MissingPolicy::Worst => Decimal::ZERO,
                Err(_) => return None,
            };
            let score = cells.input(naming(&listed.id, &listed.name, "score", "score"), Shape::Scalar, [Some(value)]);
            terms.push(Expression::cell(weight) * Expression::cell(score));
            leaves.insert(Arc::clone(&listed.id), Leaf { name: Arc::clone(&listed.name), score, weight });
        }
        let sum = Naming::new(format!("{side}.sum")).label("", "weighted mean of the scores").unit(Unit::Share);
        let sum = cells.formula(sum, Expression::sum_of(terms));
        Some(Self { leaves, is_worst: missing == MissingPolicy::Worst, sum })
    }
}

/// Whether two values agree but for what rounding does.
fn agree(one: Element, other: Element) -> bool {
    let difference = one.ok().zip(other.ok()).and_then(|(one, other)| one.checked_sub(other));
    difference.is_some_and(|difference| difference.abs() <= Decimal::new(1, 12))
}

/// Shares the change of a rolled-up score; `None` where it is no weighted mean of the scores below it.
///
/// **Formula**: with `S = sum W s` over the indicators, the score of an indicator contributes `mean(W) (s' - s)` and its
/// weight `(mean(s) - mean(S)) (W' - W)`, means of before and after: Bennet's decomposition of a sum of products, with the
/// weights against the mean of the whole, since they can only be moved from one indicator to another. What a score
/// contributes is then shared among the inputs of the indicator.
///
/// **Source**: Bennet (1920), The theory of measurement of changes in cost of living, Journal of the Royal Statistical
/// Society 83.
pub(super) fn collect(
    cells: &mut Builder,
    (before, after): (&Outcome, &Outcome),
    [side_before, side_after]: [&Evaluation; 2],
    figure: &str,
    totals: [CellId; 2],
    drivers: &Drivers,
) -> Option<Collected> {
    let top = rolled_up(before, figure).or_else(|| rolled_up(after, figure))?;
    let one = Side::define(cells, before, top, "before")?;
    let other = Side::define(cells, after, top, "after")?;
    let check: Evaluation = cells.clone().finish_distinct().ok()?.evaluate();
    let [total_before, total_after] = totals;
    if !agree(check.scalar(one.sum), check.scalar(total_before))
        || !agree(check.scalar(other.sum), check.scalar(total_after))
    {
        return None;
    }
    let mean = |one: CellId, other: CellId| (Expression::cell(one) + Expression::cell(other)) / Expression::number(2);
    let mut collected = Collected { parts: Vec::new(), is_exact: true };
    if drivers.is_empty() && check.scalar(total_before) == check.scalar(total_after) {
        // nothing was written differently, so that nothing is left to share
        return Some(collected);
    }
    let mut looked_at = 0_usize;
    let ids: BTreeSet<&Arc<str>> = one.leaves.keys().chain(other.leaves.keys()).collect();
    for id in ids {
        let (leaf, leaf_after) = (one.leaves.get(id), other.leaves.get(id));
        let change = |part: fn(&Leaf) -> CellId| match (leaf, leaf_after) {
            (Some(a), Some(b)) => Expression::cell(part(b)) - Expression::cell(part(a)),
            (None, Some(b)) => Expression::cell(part(b)),
            (Some(a), None) => -Expression::cell(part(a)),
            (None, None) => Expression::number(0),
        };
        let name = leaf_after.or(leaf).map(|leaf| Arc::clone(&leaf.name))?;
        // of an indicator that is new or gone the one score there is
        let score = match (leaf, leaf_after) {
            (Some(a), Some(b)) => mean(a.score, b.score),
            (only, other) => Expression::cell(only.or(other)?.score),
        };
        let value = |cell: fn(&Leaf) -> CellId, leaf: Option<&Leaf>| leaf.map(|leaf| check.scalar(cell(leaf)));
        let weight = |leaf: &Leaf| leaf.weight;
        if value(weight, leaf) != value(weight, leaf_after) {
            let moved = (score - mean(total_before, total_after)) * change(weight);
            let naming =
                Naming::new(format!("part.{}.weight", figures(id))).label(Arc::clone(&name), "part of the change");
            let part = cells.formula(naming.unit(Unit::Share), moved);
            collected.parts.push((Driver::Weight(id.to_string()), part));
        }
        let (Some(a), Some(b)) = (leaf, leaf_after) else { continue };
        let owner = format!("{}.score", figures(id));
        let weight = mean(a.weight, b.weight);
        let mixture = match looked_at {
            ..MOST_CELLS => Mixture::new(side_before, side_after, &owner, &SELECTORS),
            _ => None,
        };
        looked_at = looked_at.saturating_add(mixture.as_ref().map_or(0, Mixture::size));
        let is_worst = one.is_worst && other.is_worst;
        let or_zero = |value: Element| if is_worst { Ok(value.unwrap_or_default()) } else { value };
        let holds = |mixture: &Mixture| {
            agree(or_zero(mixture.value(|_| false)), check.scalar(a.score))
                && agree(or_zero(mixture.value(|_| true)), check.scalar(b.score))
        };
        let shared =
            mixture.filter(holds).map(|mixture| shapley::share(cells, &owner, &mixture, &Unit::Share, is_worst));
        match shared {
            Some(shared) if !shared.parts.is_empty() => {
                collected.is_exact &= shared.is_exact;
                for (number, part) in (1_usize..).zip(shared.parts) {
                    let naming = Naming::new(format!("part.{}.{number}", figures(id)));
                    let naming = naming.label(Arc::clone(&name), "part of the change").unit(Unit::Share);
                    let cell = cells.formula(naming, weight.clone() * part.share);
                    collected.parts.push((drivers.of(&part.of), cell));
                }
            }
            // nothing is left to share, or nobody can tell among what
            _ if check.scalar(a.score) == check.scalar(b.score) => {}
            _ => {
                let naming = Naming::new(format!("part.{}", figures(id)));
                let naming = naming.label(name, "part of the change").unit(Unit::Share);
                let moved = weight * (Expression::cell(b.score) - Expression::cell(a.score));
                collected.parts.push((Driver::Input(owner), cells.formula(naming, moved)));
            }
        }
    }
    Some(collected)
}
