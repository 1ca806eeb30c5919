//! An indicator of the whole made of what the business units have of it: data, values or scores.

use super::{FromUnits, UnitCells, UnitError};
use crate::aggregation::{Aggregation, aggregate};
use crate::amount::{Amount, Lowering};
use crate::calendar::{Calendar, Timed};
use crate::model::Cause;
use crate::model::{Axis, AxisId, CellId, Expression, Id, Naming};
use crate::scorecard::kpi::{Made, apply};
use crate::scorecard::measure::of;
use crate::scorecard::roll_up::Scored;
use crate::scorecard::{Datum, InputRule, KpiInput, KpiUse, Node};
use std::collections::HashMap;

/// What one unit has of an indicator.
#[derive(Debug, Clone)]
pub(crate) struct UnitPart<'u> {
    pub(crate) unit: &'u str,
    pub(crate) weight: CellId,
    pub(crate) scored: Scored,
    pub(crate) actual: Timed,
    pub(crate) data: &'u [(String, Timed)],
    pub(crate) used: Option<&'u KpiUse>,
    /// Where its value would be written.
    pub(crate) at: String,
}

/// What the units have of the criterion at that place of the tree; those that leave it out have no part in it.
pub(crate) fn parts_of(units: &[UnitCells], index: usize) -> Vec<UnitPart<'_>> {
    let parts = units.iter().filter_map(|unit| {
        let scored = *unit.defined.scored.get(index)?;
        Some(UnitPart {
            unit: &unit.id,
            weight: unit.weight,
            scored,
            actual: unit.actuals.get(index).copied().flatten()?,
            data: unit.defined.data.get(index).map(Vec::as_slice).unwrap_or_default(),
            used: unit.stated.get(index)?.as_ref()?.measure.as_ref()?.kpi.as_ref(),
            at: format!("units.{}.{}.actual", unit.id, unit.stated.get(index)?.as_ref()?.id),
        })
    });
    parts.filter(|part| part.scored.gap != Some(Cause::NotMeasured)).collect()
}

/// The scores of the units for a criterion, each with the weight of its unit among those that have the criterion.
pub(crate) fn scores_of(units: &[UnitCells], index: usize) -> Vec<(Expression, Scored)> {
    let scored = units.iter().filter_map(|unit| Some((unit.weight, *unit.defined.scored.get(index)?)));
    let scored: Vec<(CellId, Scored)> = scored.filter(|(_, scored)| scored.gap != Some(Cause::NotMeasured)).collect();
    let all = scored.len() == units.len();
    let sum = || Expression::sum_of(scored.iter().map(|(weight, _)| Expression::cell(*weight)).collect::<Vec<_>>());
    let weight = |weight: CellId| if all { Expression::cell(weight) } else { Expression::cell(weight) / sum() };
    scored.iter().map(|(of_unit, scored)| (weight(*of_unit), *scored)).collect()
}

/// Defines the actual value of an indicator that is made of those of the units, or of their data.
pub(crate) fn define_actual(
    lowering: &mut Lowering,
    node: &Node,
    way: FromUnits,
    parts: &[UnitPart],
    actual: Timed,
) -> Made {
    let values = || parts.iter().map(|part| Expression::cell(part.actual.all)).collect::<Vec<_>>();
    let of_all = |rule| aggregate(rule, values());
    let formula = match way {
        FromUnits::Inputs => return define_inputs(lowering, node, parts, actual),
        FromUnits::Sum => of_all(Aggregation::Sum),
        FromUnits::Mean => of_all(Aggregation::Mean),
        FromUnits::Min => of_all(Aggregation::Min),
        FromUnits::Max => of_all(Aggregation::Max),
        FromUnits::Scores | FromUnits::WeightedMean => {
            let weights = || parts.iter().map(|part| Expression::cell(part.weight));
            let weighed = weights().zip(values()).map(|(weight, value)| weight * value);
            Expression::sum_of(weighed.collect::<Vec<_>>()) / Expression::sum_of(weights().collect::<Vec<_>>())
        }
    };
    define_along(lowering, actual, formula);
    Made::default()
}

/// Puts the data of the units together, each input by its own rule, and applies the formula to what comes of it.
fn define_inputs(lowering: &mut Lowering, node: &Node, parts: &[UnitPart], actual: Timed) -> Made {
    let Some(kpi) = node.kpi else {
        // a KPI that nobody defined is told where its name is looked up
        lowering.cells.define(actual.all, Expression::number(0));
        return Made::default();
    };
    if lowering.calendar.is_some() && node.has_list_of_one_period() {
        let error = UnitError::ListsOverPeriods { id: node.id.to_string(), kpi: kpi.id.clone() };
        lowering.problem(of(node, "from_units").to_string(), error);
        lowering.cells.define(actual.all, Expression::number(0));
        return Made::default();
    }
    // a unit that gives a value has no use for the KPI
    let by_value: Vec<&UnitPart> = parts.iter().filter(|part| part.used.is_none()).collect();
    for part in &by_value {
        let error = UnitError::ValueForInputs { id: node.id.to_string(), unit: part.unit.to_owned() };
        lowering.problem(part.at.as_str(), error);
    }
    if !by_value.is_empty() {
        lowering.cells.define(actual.all, Expression::number(0));
        return Made::default();
    }
    let mut data: HashMap<&str, Timed> = HashMap::with_capacity(kpi.inputs.len());
    for input in &kpi.inputs {
        let over = |part: &UnitPart| {
            let found = part.data.iter().find(|(name, _)| *name == input.name);
            // a unit without data has an actual value that says so
            found.map_or(part.actual, |(_, cells)| *cells)
        };
        let cells: Vec<Timed> = parts.iter().map(over).collect();
        let id = |of: &str| Naming::new(Id::from(format!("{of}.data.{}", input.name)));
        let label = format!("{}: {}", node.name, input.name.replace('_', " "));
        let is_row = lowering.calendar.filter(|_| cells.iter().any(|cell| cell.all != cell.now));
        let together = if input.units == InputRule::Pool {
            pooled(lowering, input, parts, &cells)
        } else {
            let rule = input.units.of_single_values().unwrap_or(Aggregation::Sum);
            aggregate(rule, cells.iter().map(|cell| Expression::cell(cell.all)).collect())
        };
        let cell = match is_row {
            None => lowering.cells.formula(id(&node.figures).label(label, ""), together).into(),
            Some(calendar) => {
                let all = lowering.cells.formula(id(&node.by_period).label(label.as_str(), ""), together);
                let now = id(&node.figures).label(label, "");
                Timed { all, now: lowering.cells.formula(now, Calendar::pick(all, calendar.now)) }
            }
        };
        data.insert(&*input.name, cell);
    }
    let mut made = apply(lowering, node, kpi, &data);
    let formula = made.actual.take().unwrap_or_else(|| Expression::number(0));
    define_along(lowering, actual, formula);
    made
}

/// Defines the actual value, single or over the periods.
fn define_along(lowering: &mut Lowering, actual: Timed, formula: Expression) {
    lowering.cells.define(actual.all, formula);
    match lowering.calendar {
        Some(calendar) => lowering.cells.require_single_or_along(actual.all, calendar.axis),
        None => lowering.cells.require_single(actual.all),
    }
}

/// The entries of all units as one list.
fn pooled(lowering: &mut Lowering, input: &KpiInput, parts: &[UnitPart], cells: &[Timed]) -> Expression {
    let mut entries = Vec::new();
    for (part, cell) in parts.iter().zip(cells) {
        let datum = part.used.and_then(|used| used.data.iter().find(|(name, _)| *name == input.name));
        let length = match datum {
            Some((_, Datum::List(values))) => values.len(),
            Some((_, Datum::Amount(Amount::PerYear(values)))) => values.len(),
            Some((_, Datum::Amount(Amount::Formula(_)))) => {
                let at = part.at.replace(".actual", &format!(".data.{}", input.name));
                lowering.problem(at, UnitError::PoolOfFormula { input: input.name.clone() });
                continue;
            }
            // one value, or one that is missing
            Some((_, Datum::Missing)) if part.data.iter().any(|(name, _)| *name == input.name) => 1,
            _ => {
                entries.push(Expression::cell(cell.all));
                continue;
            }
        };
        let numbers = 1..=u32::try_from(length).unwrap_or(u32::MAX);
        entries.extend(numbers.map(|number| Expression::entry(cell.all, number)));
    }
    let axis: AxisId = lowering.cells.axis(Axis::numbered(
        format!("{} entries", entries.len()),
        1,
        u32::try_from(entries.len()).unwrap_or(u32::MAX),
    ));
    Expression::row(axis, entries)
}
