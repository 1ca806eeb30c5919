//! How customers move between states, and where that leads step by step.

use super::CustomerError;
use super::composition::{Gap, check_whole};
use super::states::{AT, CustomerState, Kinds, StateCells, StateKind, States, Transitions, among, by_state, naming};
use crate::amount::Lowering;
use crate::model::{AxisId, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::collections::HashSet;

const MOST_STEPS: u32 = 50;

/// One row for each state: where those who are in it are a step later.
pub(super) fn define_transitions(lowering: &mut Lowering, stated: &States, axis: AxisId) -> Vec<CellId> {
    if stated.transitions.is_empty() {
        return Vec::new();
    }
    let mut seen = HashSet::new();
    for Transitions { from, .. } in &stated.transitions {
        let at = format!("{AT}.transitions.{from}");
        if !stated.kinds.iter().any(|known| known.id == *from) {
            let nearest = lowering.nearest(from, stated.kinds.iter().map(|known| known.id.as_str()));
            lowering.problem(&*at, CustomerError::UnknownState { state: from.clone(), nearest });
        }
        if !seen.insert(from) {
            lowering.problem(at, CustomerError::DuplicateId { id: from.clone(), what: "a row of transitions" });
        }
    }
    let mut rows = Vec::with_capacity(stated.kinds.len());
    for CustomerState { id, .. } in &stated.kinds {
        let Some(transitions) = stated.transitions.iter().find(|row| row.from == *id) else {
            lowering.problem(format!("{AT}.transitions"), CustomerError::NoTransitions { state: id.clone() });
            continue;
        };
        let at = format!("{AT}.transitions.{id}");
        let row = by_state(lowering, stated, &at, &transitions.to);
        let shares: Vec<Decimal> = transitions.to.iter().map(|(_, share)| *share).collect();
        check_whole(lowering, &at, &shares, |Gap { sum, gap, is_above, tolerance }| CustomerError::TransitionSum {
            state: id.clone(),
            sum,
            gap,
            is_above,
            tolerance,
        });
        let named = Naming::new(format!("{AT}.written_transition.{id}")).label(id.as_str(), "transitions as written");
        let row = row.into_iter().map(|share| Some(share.unwrap_or_default()));
        let written = lowering.cells.input(named.unit(Unit::Share).source(at), Shape::Row(axis), row);
        let named = Naming::new(format!("{AT}.transition.{id}")).label(id.as_str(), "transitions").unit(Unit::Share);
        let shares = Expression::call(Function::Shares, [Expression::cell(written)]);
        rows.push(lowering.cells.formula(named, shares));
    }
    rows
}

/// The rates that the transitions lead to one step after the last time.
pub(super) fn define_expected(
    lowering: &mut Lowering,
    kinds: &Kinds,
    cells: &mut StateCells,
    last: CellId,
    is_customer: CellId,
    is_lost: CellId,
) {
    let cell = Expression::cell;
    let stays = cells.transitions.iter().map(|row| among(*row, is_customer)).collect::<Vec<_>>();
    let named = naming("remaining", "share that is a customer a step later").unit(Unit::Share);
    let remaining = lowering.cells.formula(named, Expression::row(kinds.axis, stays));
    let mut of = |figure: &str, aspect, which: CellId| {
        let there = Expression::call(Function::Sum, [cell(last) * cell(which) * cell(remaining)]);
        lowering.cells.formula(naming(figure, aspect).unit(Unit::Share), there / among(last, which))
    };
    let retention = of("expected_retention", "expected retention rate", is_customer);
    cells.expected_win_back =
        kinds.has(StateKind::Lost).then(|| of("expected_win_back", "expected win-back rate", is_lost));
    let named = naming("expected_churn", "expected churn rate").unit(Unit::Share);
    cells.expected_churn = Some(lowering.cells.formula(named, Expression::number(1) - cell(retention)));
    cells.expected_retention = Some(retention);
}

/// The counts step by step from the last time.
pub(super) fn define_projection(
    lowering: &mut Lowering,
    stated: &States,
    axis: AxisId,
    cells: &mut StateCells,
    last: Option<CellId>,
) {
    let Some(steps) = stated.steps else { return };
    let at = format!("{AT}.steps");
    if stated.transitions.is_empty() {
        lowering.problem(&*at, CustomerError::Projection { missing: "`transitions:`" });
    }
    if stated.counts.is_empty() {
        lowering.problem(&*at, CustomerError::Projection { missing: "`counts:` to begin with" });
    }
    if steps == 0 || steps > MOST_STEPS {
        lowering.problem(at, CustomerError::Steps { steps, most: MOST_STEPS });
        return;
    }
    let arrivals = (!stated.arrivals.is_empty()).then(|| {
        let at = format!("{AT}.arrivals");
        let row = by_state(lowering, stated, &at, &stated.arrivals);
        if let Some(value) = row.iter().flatten().copied().find(|count| *count < Decimal::ZERO) {
            lowering.problem(&*at, CustomerError::Negative { value, what: "counts" });
        }
        let row = row.into_iter().map(|count| Some(count.unwrap_or_default()));
        let named = naming("arrivals", "arrivals in each step").source(at);
        lowering.cells.input(named, Shape::Row(axis), row)
    });
    let Some(mut now) = last.filter(|_| !cells.transitions.is_empty()) else { return };
    for step in 1..=steps {
        let terms = (1..).zip(&cells.transitions);
        let terms = terms.flat_map(|(number, row)| [Expression::entry(now, number), Expression::cell(*row)]);
        let next = Expression::call(Function::WeightedSum, terms.collect::<Vec<_>>());
        let next = arrivals.map_or(next.clone(), |arrivals| next + Expression::cell(arrivals));
        now = lowering.cells.formula(naming(&format!("projected.{step}"), "projected customers by state"), next);
        let whole = Expression::call(Function::Sum, [Expression::cell(now)]);
        let named = naming(&format!("projected_share.{step}"), "projected share of each state").unit(Unit::Share);
        let share = lowering.cells.formula(named, Expression::cell(now) / whole);
        cells.projected.push(now);
        cells.projected_shares.push(share);
    }
}
