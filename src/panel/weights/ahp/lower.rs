//! From the judgements of a group to its priorities: one matrix, or one of each expert and how they become one.

use super::super::group::{Group, Place, Weighed, if_several, mean_of};
use super::super::{EvidenceCells, WeightMethod};
use super::judged::{Upper, check_connected, upper};
use super::matrices::Matrices;
use super::{Aggregation, Ahp, AhpCells, AhpError};
use crate::amount::Lowering;
use crate::kernel::ahp::{Comparisons, PriorityMethod, priorities};
use crate::model::{Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

pub(in crate::panel::weights) fn define(
    lowering: &mut Lowering,
    group: Group,
    place: &Place,
    ahp: &Ahp,
) -> Option<Weighed> {
    let n = group.len();
    if n > Comparisons::MAX_ITEMS {
        lowering.problem(&*place.at, AhpError::TooMany { items: n });
        return None;
    }
    if ahp.cr_max <= Decimal::ZERO || ahp.cr_max > Decimal::ONE {
        lowering.problem(format!("{}.cr_max", place.at), AhpError::Limit { limit: ahp.cr_max });
    }
    let names: Vec<Option<&str>> = ahp.judgements.iter().map(|set| set.expert.as_deref()).collect();
    let (experts, authority) = group.experts(lowering, place, &names, |expert| {
        let set = ahp.judgements.iter().find(|set| set.expert.as_deref() == Some(expert));
        set.map_or_else(|| place.at.clone(), |set| set.address(&place.at))
    })?;
    let before = lowering.problems.len();
    let sets: Vec<Upper> = ahp.judgements.iter().map(|set| upper(lowering, group, place, set)).collect();
    if lowering.problems.len() == before {
        check_connected(lowering, group, place, ahp, &sets);
    }
    if lowering.problems.len() > before {
        return None;
    }

    let owner = format!("ahp.{}", place.figures);
    let table = ahp.random_index.value(n).and_then(|value| Decimal::try_from(value).ok());
    let naming = Naming::new(format!("{owner}.random_index")).label(Arc::clone(&group.parent.name), "random index");
    let naming = naming.source(format!("{}.random_index", place.at));
    let random_index = lowering.cells.input(naming, Shape::Scalar, [table]);
    let matrices = Matrices { group, place, ahp, random_index };
    let is_doubtful = |set: &Upper| {
        let found = set.comparisons().and_then(|set| priorities(&set, PriorityMethod::Eigenvector).ok());
        let limit = f64::try_from(ahp.cr_max).unwrap_or_default();
        found.is_none_or(|found| found.consistency_ratio(ahp.random_index) > limit)
    };
    let mut by_expert = Vec::new();
    let mut whole = None;
    // where every expert is consistent, so is the geometric mean of complete judgements: Xu (2000)
    let mut doubtful = false;
    for (set, upper) in ahp.judgements.iter().zip(&sets) {
        let expert = set.expert.as_deref();
        let rows = matrices.judgements(lowering, expert, upper);
        let is_doubtful = is_doubtful(upper);
        doubtful |= is_doubtful || upper.missing() > 0;
        let cells = matrices.define(lowering, expert, rows, upper.open(), is_doubtful);
        match expert {
            Some(expert) => by_expert.push((Arc::from(expert), cells)),
            None => whole = Some(cells),
        }
    }
    if !by_expert.is_empty() && ahp.aggregation == Aggregation::Judgements {
        let rows = (0..n).map(|row| {
            let terms = by_expert.iter().enumerate().flat_map(|(number, (_, cells))| {
                let weight = match authority {
                    Some(weights) => Expression::entry(weights, u32::try_from(number + 1).unwrap_or(u32::MAX)),
                    None => Expression::number(1),
                };
                [weight, cells.matrix.get(row).map_or_else(|| Expression::number(1), |cell| Expression::cell(*cell))]
            });
            Expression::call(Function::GeometricMean, terms)
        });
        let rows = rows.collect();
        whole = Some(matrices.define(lowering, None, rows, Upper::of_all(&sets, n).open(), doubtful));
    }
    let priorities = match &whole {
        Some(cells) => cells.priorities,
        None => {
            let each = by_expert.iter().map(|(_, cells)| Expression::cell(cells.priorities));
            let naming = Naming::new(format!("{owner}.priorities")).label(Arc::clone(&group.parent.name), "priorities");
            lowering.cells.formula(naming.unit(Unit::Share), mean_of(each, authority))
        }
    };
    let method = WeightMethod::Ahp { method: ahp.method, aggregation: if_several(&experts, ahp.aggregation) };
    let evidence =
        AhpCells { group: whole, priorities, experts: by_expert, cr_max: ahp.cr_max, pairs: Upper::pairs(n).count() };
    Some(Weighed { method, row: Expression::cell(priorities), evidence: Some(EvidenceCells::Ahp(evidence)) })
}
