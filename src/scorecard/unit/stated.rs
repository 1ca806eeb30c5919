//! What a business unit states of each criterion, and what it takes over from the scorecard.

use super::{BusinessUnit, UnitError};
use crate::Amount;
use crate::amount::Lowering;
use crate::scorecard::actual::FollowUp;
use crate::scorecard::{Criterion, KpiError, KpiUse, Measure, Tree};
use std::collections::{HashMap, HashSet};

/// Whether the unit itself wrote the value behind that key, so that a mistake in it is not one of the scorecard.
pub(super) fn says(measure: &Measure, key: &str) -> bool {
    match key {
        "base" => measure.base.is_some(),
        "stretch" => measure.stretch.is_some(),
        "floor" => measure.floor.is_some(),
        "min" => measure.min.is_some(),
        "max" => measure.max.is_some(),
        "target" | "band" | "tolerance" => measure.aim.is_some() || measure.base.is_some(),
        "scoring" => measure.scoring.is_some(),
        "carry_forward" => measure.follow_up.carry_forward.is_some(),
        "aggregation" => measure.follow_up.aggregation.is_some(),
        "start" => measure.follow_up.start.is_some(),
        "due" => measure.follow_up.due.is_some(),
        "path" => measure.follow_up.path.is_some(),
        "milestones" => !measure.follow_up.milestones.is_empty(),
        _ => true,
    }
}

/// The criteria of the unit in the order of the tree: those of the scorecard, with what the unit says in their place.
pub(super) fn stated(lowering: &mut Lowering, tree: &Tree, unit: &BusinessUnit, at: &str) -> Vec<Option<Criterion>> {
    let mut said: HashMap<&str, &Measure> = HashMap::with_capacity(unit.indicators.len());
    for (id, measure) in &unit.indicators {
        if is_indicator(lowering, tree, id, &format!("{at}.{id}")) && said.insert(id, measure).is_some() {
            lowering.problem(format!("{at}.{id}"), UnitError::IndicatorTwice { name: id.clone() });
        }
    }
    let mut without: HashSet<&str> = HashSet::with_capacity(unit.without.len());
    for (position, id) in unit.without.iter().enumerate() {
        let at = format!("{at}.without.{position}");
        if is_indicator(lowering, tree, id, &at) && said.contains_key(id.as_str()) {
            lowering.problem(at, UnitError::LeftOutAndGiven { name: id.clone() });
        }
        without.insert(id);
    }
    let criteria = tree.nodes.iter().map(|node| {
        let criterion = node.criterion?;
        let of_unit = said.get(&*node.id).copied();
        let whole = criterion.measure.as_ref();
        let measure = match (whole, of_unit) {
            _ if without.contains(&*node.id) => None,
            (Some(whole), of_unit) => {
                check_kpi(lowering, whole, of_unit, (&node.id, at));
                Some(merged(whole, of_unit.unwrap_or(&Measure::default())))
            }
            (None, of_unit) => of_unit.map(|measure| merged(&Measure::default(), measure)),
        };
        Some(Criterion { id: criterion.id.clone(), roll_up: criterion.roll_up, measure, ..Criterion::default() })
    });
    criteria.collect()
}

fn is_indicator(lowering: &mut Lowering, tree: &Tree, id: &str, at: &str) -> bool {
    let found = tree.find(id).and_then(|index| tree.node(index));
    let name = || id.to_owned();
    match found {
        Some(node) if node.children.is_empty() => true,
        Some(_) => {
            lowering.problem(at, UnitError::Group { name: name() });
            false
        }
        None => {
            let nearest = lowering.nearest(id, tree.ids());
            lowering.problem(at, UnitError::UnknownIndicator { name: name(), nearest });
            false
        }
    }
}

fn check_kpi(lowering: &mut Lowering, whole: &Measure, of_unit: Option<&Measure>, (id, at): (&str, &str)) {
    let Some(used) = of_unit.and_then(|measure| measure.kpi.as_ref()) else { return };
    match &whole.kpi {
        None => lowering.problem(format!("{at}.{id}.data"), UnitError::DataWithoutKpi { id: id.to_owned() }),
        Some(kpi) if !used.kpi.is_empty() && used.kpi != kpi.kpi => {
            let (kpi, other) = (kpi.kpi.clone(), used.kpi.clone());
            lowering.problem(format!("{at}.{id}.kpi"), UnitError::OtherKpi { id: id.to_owned(), kpi, other });
        }
        Some(_) => {}
    }
    if of_unit.is_some_and(|measure| measure.actual.is_some()) {
        let error = KpiError::ActualTwice { id: id.to_owned() };
        lowering.problem(format!("{at}.{id}.actual"), error);
    }
}

/// The measure of the scorecard with what a unit says in its place. Its values are the unit's alone.
fn merged(whole: &Measure, unit: &Measure) -> Measure {
    let own = |unit: &Option<Amount>, whole: &Option<Amount>| unit.clone().or_else(|| whole.clone());
    let (by_unit, by_whole) = (&unit.follow_up, &whole.follow_up);
    let has_value = unit.actual.is_some() || !unit.words.is_empty();
    let kpi = whole.kpi.as_ref().filter(|_| !has_value).map(|used| KpiUse {
        kpi: used.kpi.clone(),
        data: unit.kpi.as_ref().map(|used| used.data.clone()).unwrap_or_default(),
    });
    Measure {
        unit: unit.unit.clone().or_else(|| whole.unit.clone()),
        base: own(&unit.base, &whole.base),
        aim: unit.aim.clone().or_else(|| whole.aim.clone()),
        actual: unit.actual.clone(),
        kpi,
        words: unit.words.clone(),
        stretch: own(&unit.stretch, &whole.stretch),
        floor: own(&unit.floor, &whole.floor),
        min: own(&unit.min, &whole.min),
        max: own(&unit.max, &whole.max),
        direction: unit.direction.or(whole.direction),
        scoring: unit.scoring.clone().or_else(|| whole.scoring.clone()),
        follow_up: FollowUp {
            aggregation: by_unit.aggregation.or(by_whole.aggregation),
            carry_forward: by_unit.carry_forward.or(by_whole.carry_forward),
            start: by_unit.start.or(by_whole.start),
            due: by_unit.due.or(by_whole.due),
            path: by_unit.path.or(by_whole.path),
            milestones: match by_unit.milestones.as_slice() {
                [] => by_whole.milestones.clone(),
                own => own.to_vec(),
            },
        },
        from_units: None,
    }
}
