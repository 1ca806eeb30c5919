//! Weights from measured data: what tells units apart weighs more, by entropy or by CRITIC.

use super::group::{Group, Place, Weighed};
use super::{EvidenceCells, WeightError, WeightMethod};
use crate::amount::{AmountError, LARGEST, Lowering};
use crate::model::{Axis, Binary, Cause, CellId, Expression, Function, Naming, Shape, Unit};
use crate::scorecard::{Aim, Node};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What can be wrong with a table of units and indicators.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// One unit has nothing to differ from.
    #[error("a table needs at least two units, and this one has {found}")]
    TooFewUnits {
        /// How many there are.
        found: usize,
    },
    /// A unit with too few or too many numbers.
    #[error("`{unit}` has {found} numbers for {expected} indicators")]
    RowLength {
        /// The unit.
        unit: String,
        /// How many numbers it has.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// A part of a whole below zero.
    #[error("{value} is negative, and no part of a whole")]
    Negative {
        /// The number as written.
        value: Decimal,
    },
    /// A band whose ends are swapped.
    #[error("the best values of `{indicator}` do not run from low to high")]
    BandOrder {
        /// The indicator.
        indicator: String,
    },
    /// A margin without room between its ends.
    #[error("an epsilon of {epsilon} is not above 0 and below 0.5")]
    Epsilon {
        /// The margin as written.
        epsilon: Decimal,
    },
    /// Options that only scaled numbers have.
    #[error("without scaling there is no {option}")]
    NeedsScaling {
        /// What is not there.
        option: &'static str,
    },
}

impl DataError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::TooFewUnits { .. } => {
                "add the numbers of another branch, period or alternative, one line a unit".to_owned()
            }
            Self::RowLength { .. } => {
                "write one number for each indicator in the order of the scorecard, or by name, as in `{a: 1, b: 2}`"
                    .to_owned()
            }
            Self::Negative { .. } => "write `scaling: min_max`, which needs no true zero".to_owned(),
            Self::BandOrder { .. } => "write the lower end first, as in `[10, 20]`".to_owned(),
            Self::Epsilon { .. } => "leave it out: the entropy of 0 is defined; or write 0.002, say".to_owned(),
            Self::NeedsScaling { .. } => "write `scaling: min_max`, or remove it".to_owned(),
        })
    }
}

/// A table of units by indicators and how weights are drawn from it.
///
/// **Formula**: each number is scaled to its nearness to the best, `1 - d / max d`, where `d` is the distance to the best
/// value or band: the largest of the column for a benefit, the smallest for a cost. Entropy: the weights are
/// `(1 - e) / sum (1 - e)` with the [`entropies`](crate::kernel::entropies) e. CRITIC: `s c / sum s c` with the
/// [`contrasts`](crate::kernel::contrasts) s and [`conflicts`](crate::kernel::conflicts) c. What is the same for all units
/// weighs exactly 0.
///
/// **Units**: each indicator in its own.
///
/// ```
/// use appraise::panel::{DataMethod, DataWeights, SiblingWeights, UnitData, Weighing};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let branches = [("north", [3, 3]), ("south", [3, 5]), ("west", [3, 0])];
/// let branches = branches.map(|(unit, row)| UnitData::in_order(unit, row.map(Into::into)));
/// let data = DataWeights::new(DataMethod::Entropy, branches);
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::judged("same"), Criterion::judged("different")])),
///     weighing: vec![SiblingWeights::new("scorecard", Weighing::Data(data))],
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// assert_eq!(appraisal.base().figure("scorecard.same.weight"), Some(Ok(dec!(0))));
/// assert_eq!(appraisal.base().figure("scorecard.different.weight"), Some(Ok(dec!(1))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DataWeights {
    /// By entropy or by contrast and conflict.
    pub method: DataMethod,
    /// The units, two at least.
    pub table: Vec<UnitData>,
    /// What is best of an indicator; those not named follow their measure in the scorecard, else more is better.
    pub directions: Vec<(String, Direction)>,
    /// Whether numbers are scaled. By default CRITIC scales, entropy where not every indicator is a benefit.
    pub scaling: Option<bool>,
    /// CRITIC only: whether costs are turned around before they are correlated. Some publications do not.
    pub flip_costs: bool,
    /// Entropy only: how far scaled numbers are kept from 0 and 1, for results that were published so.
    pub epsilon: Option<Decimal>,
}

impl DataWeights {
    /// Weights of a table in which more is better.
    pub fn new(method: DataMethod, table: impl IntoIterator<Item = UnitData>) -> Self {
        Self {
            method,
            table: table.into_iter().collect(),
            directions: Vec::new(),
            scaling: None,
            flip_costs: true,
            epsilon: None,
        }
    }

    fn keeps_costs(&self) -> bool {
        self.method == DataMethod::Critic && !self.flip_costs
    }
}

/// How data become weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataMethod {
    /// The less evenly an indicator is spread over the units, the more it weighs.
    Entropy,
    /// The more an indicator differs between units and disagrees with others, the more it weighs.
    Critic,
}

impl DataMethod {
    /// The key in a document.
    pub fn key(self) -> &'static str {
        match self {
            Self::Entropy => "entropy",
            Self::Critic => "critic",
        }
    }
}

/// The numbers of one unit: a branch, a period, an alternative.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitData {
    /// The unit.
    pub unit: String,
    /// Its numbers.
    pub values: UnitValues,
}

impl UnitData {
    /// Numbers in the order of the scorecard.
    pub fn in_order(unit: impl Into<String>, values: impl IntoIterator<Item = Decimal>) -> Self {
        Self { unit: unit.into(), values: UnitValues::InOrder(values.into_iter().collect()) }
    }
}

/// The numbers of a unit as they are written.
#[derive(Debug, Clone, PartialEq)]
pub enum UnitValues {
    /// In the order of the indicators in the scorecard.
    InOrder(Vec<Decimal>),
    /// By indicator.
    ByIndicator(Vec<(String, Decimal)>),
}

/// What is best of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The largest of the units.
    Benefit,
    /// The smallest.
    Cost,
    /// Anything from `low` to `high`; the same number twice where one value is best.
    Band {
        /// The lower end.
        low: Decimal,
        /// The upper end.
        high: Decimal,
    },
}

/// The cells of a table.
#[derive(Debug, Clone)]
pub(crate) struct DataCells {
    pub(crate) method: DataMethod,
    /// The rows of the report: entropy and divergence, or contrast, conflict and information.
    pub(crate) rows: Vec<(&'static str, CellId)>,
    /// The numbers of each unit that weights are drawn from.
    pub(crate) units: Vec<CellId>,
    pub(crate) is_scaled: bool,
    /// What is best of each indicator.
    pub(crate) directions: Vec<Direction>,
    /// Whether costs are left as they are.
    pub(crate) keeps_costs: bool,
}

pub(super) fn define(lowering: &mut Lowering, group: Group, place: &Place, data: &DataWeights) -> Option<Weighed> {
    let before = lowering.problems.len();
    let table = table(lowering, group, place, data);
    let directions = directions(lowering, group, place, data);
    let all_benefits = directions.iter().all(|direction| *direction == Direction::Benefit);
    let by_default = data.method == DataMethod::Critic || !all_benefits || data.epsilon.is_some();
    let is_scaled = data.scaling.unwrap_or(by_default);
    check_options(lowering, place, data, is_scaled);
    if !is_scaled && data.method == DataMethod::Entropy {
        for (UnitData { unit, values }, row) in data.table.iter().zip(&table) {
            if let Some(position) = row.iter().position(|value| *value < Decimal::ZERO) {
                let value = row.get(position).copied().unwrap_or_default();
                let cell = match values {
                    UnitValues::InOrder(_) => position.to_string(),
                    UnitValues::ByIndicator(_) => group.id(position).to_owned(),
                };
                lowering.problem(format!("{}.table.{unit}.{cell}", place.at), DataError::Negative { value });
            }
        }
    }
    if lowering.problems.len() > before {
        return None;
    }

    let owner = format!("data.{}", place.figures);
    let units: Vec<&str> = data.table.iter().map(|row| row.unit.as_str()).collect();
    let mut rows = Vec::with_capacity(table.len());
    for (unit, row) in units.iter().zip(table) {
        let naming = Naming::new(format!("{owner}.unit.{unit}")).label(*unit, "measured");
        let naming = naming.source(format!("{}.table.{unit}", place.at));
        rows.push(lowering.cells.input(naming, Shape::Row(place.axis), row.into_iter().map(Some)));
    }
    let columns = Columns { group, place, owner: &owner };
    if is_scaled {
        columns.directions(lowering, &directions, data);
    }
    let used = match is_scaled {
        true => columns.scaled(lowering, &units, &rows, &directions, data),
        false => rows,
    };
    let all = || used.iter().copied().map(Expression::cell).collect::<Vec<_>>();
    let (rows, method) = match data.method {
        DataMethod::Entropy => {
            // not the other way round: of nearly even columns 1 - e would keep no digit
            let divergence = Expression::call(Function::Divergence, all());
            let divergence = columns.row(lowering, "divergence", "divergence", divergence);
            let entropy = Expression::number(1) - Expression::cell(divergence);
            let entropy = columns.row(lowering, "entropy", "entropy", entropy);
            (vec![("entropy", entropy), ("divergence", divergence)], WeightMethod::Entropy)
        }
        DataMethod::Critic => {
            let contrast = columns.row(lowering, "contrast", "contrast", Expression::call(Function::Contrast, all()));
            let conflict = columns.row(lowering, "conflict", "conflict", Expression::call(Function::Conflict, all()));
            let mut information = Expression::cell(contrast) * Expression::cell(conflict);
            if group.len() > 1 {
                let naming = Naming::new(format!("{owner}.no_conflict"));
                let naming = naming.label(Arc::clone(&group.parent.name), "indicators that say the same");
                let none = lowering.cells.absent(naming, Shape::Scalar, Cause::NoConflict);
                let any = |row| Expression::call(Function::Max, [Expression::cell(row)]);
                let zero = || Expression::number(0);
                let same = any(conflict).binary(Binary::Equal, zero()) * any(contrast).binary(Binary::Greater, zero());
                information = Expression::choose(same, Expression::cell(none), information);
            }
            let information = columns.row(lowering, "information", "information", information);
            (vec![("contrast", contrast), ("conflict", conflict), ("information", information)], WeightMethod::Critic)
        }
    };
    let importance = rows.last().map(|(_, cell)| *cell)?;
    let keeps_costs = data.keeps_costs();
    let evidence = DataCells { method: data.method, rows, units: used, is_scaled, directions, keeps_costs };
    let row = match group.len() {
        // whatever the data say of it
        1 => Expression::row(place.axis, [Expression::number(1)]),
        _ => Expression::cell(importance),
    };
    Some(Weighed { method, row, evidence: Some(EvidenceCells::Data(evidence)) })
}

fn check_options(lowering: &mut Lowering, place: &Place, data: &DataWeights, is_scaled: bool) {
    if let Some(epsilon) = data.epsilon {
        let at = format!("{}.epsilon", place.at);
        if epsilon <= Decimal::ZERO || epsilon >= Decimal::new(5, 1) {
            lowering.problem(at, DataError::Epsilon { epsilon });
        } else if !is_scaled {
            lowering.problem(at, DataError::NeedsScaling { option: "epsilon" });
        }
    }
    let is_turned = |direction: &Direction| *direction != Direction::Benefit;
    if !is_scaled && let Some((id, _)) = data.directions.iter().find(|(_, direction)| is_turned(direction)) {
        let error = DataError::NeedsScaling { option: "direction" };
        lowering.problem(format!("{}.directions.{id}", place.at), error);
    }
}

/// The numbers of each unit, in the order of the siblings.
fn table(lowering: &mut Lowering, group: Group, place: &Place, data: &DataWeights) -> Vec<Vec<Decimal>> {
    if data.table.len() < 2 {
        lowering.problem(format!("{}.table", place.at), DataError::TooFewUnits { found: data.table.len() });
    }
    let units = data.table.iter().map(|row| row.unit.as_str());
    group.check_names(lowering, units, |unit| format!("{}.table.{unit}", place.at));
    let mut seen = std::collections::HashSet::new();
    let mut rows = Vec::with_capacity(data.table.len());
    for UnitData { unit, values } in &data.table {
        let at = format!("{}.table.{unit}", place.at);
        if !seen.insert(unit) {
            lowering.problem(&*at, WeightError::NamedTwice { name: unit.clone() });
        }
        let row = match values {
            UnitValues::InOrder(row) if row.len() == group.len() => row.clone(),
            UnitValues::InOrder(row) => {
                let (found, expected) = (row.len(), group.len());
                lowering.problem(at, DataError::RowLength { unit: unit.clone(), found, expected });
                continue;
            }
            UnitValues::ByIndicator(entries) => match group.each(lowering, entries, &at) {
                Some(row) => row,
                None => continue,
            },
        };
        if let Some(value) = row.iter().find(|value| value.abs() > LARGEST) {
            lowering.problem(at, AmountError::TooLarge { value: *value });
        }
        rows.push(row);
    }
    rows
}

/// What is best of each sibling.
fn directions(lowering: &mut Lowering, group: Group, place: &Place, data: &DataWeights) -> Vec<Direction> {
    let mut directions: Vec<Direction> = group.siblings.iter().map(|(_, node)| by_measure(node)).collect();
    for (id, direction) in &data.directions {
        let at = format!("{}.directions.{id}", place.at);
        if matches!(direction, Direction::Band { low, high } if low > high) {
            lowering.problem(&*at, DataError::BandOrder { indicator: id.clone() });
        }
        let Some(position) = group.position(lowering, id, &at) else { continue };
        if let Some(place) = directions.get_mut(position) {
            *place = *direction;
        }
    }
    directions
}

/// What the scorecard says: less is better where the target is below the base.
fn by_measure(node: &Node) -> Direction {
    let measure = node.criterion.and_then(|criterion| criterion.measure.as_ref());
    match measure.and_then(|measure| Some((measure.aim.as_ref()?, &measure.base))) {
        Some((Aim::Band { low, high, .. }, _)) => Direction::Band { low: *low, high: *high },
        Some((Aim::Target(target), Some(base))) => match (target.as_constant(), base.as_constant()) {
            (Some(target), Some(base)) if target < base => Direction::Cost,
            _ => Direction::Benefit,
        },
        _ => Direction::Benefit,
    }
}

/// Rows over the indicators of one table.
struct Columns<'a> {
    group: Group<'a, 'a>,
    place: &'a Place,
    owner: &'a str,
}

impl Columns<'_> {
    fn row(&self, lowering: &mut Lowering, figure: &str, aspect: &'static str, formula: Expression) -> CellId {
        let naming = Naming::new(format!("{}.{figure}", self.owner));
        lowering.cells.formula(naming.label(Arc::clone(&self.group.parent.name), aspect), formula)
    }

    /// What is best of each indicator, for whoever reads the figures.
    fn directions(&self, lowering: &mut Lowering, directions: &[Direction], data: &DataWeights) {
        let kinds = lowering.cells.axis(Axis::named("directions", ["benefit", "cost", "band"]));
        for (position, direction) in directions.iter().enumerate() {
            let id = self.group.id(position);
            let naming = Naming::new(format!("{}.direction.{id}", self.owner));
            let naming = naming.label(self.group.name(position), "direction").unit(Unit::Set);
            let naming = match data.directions.iter().any(|(stated, _)| stated == id) {
                true => naming.source(format!("{}.directions.{id}", self.place.at)),
                false => naming,
            };
            let is = |holds: bool| Some(Decimal::from(u8::from(holds)));
            let held = [
                is(*direction == Direction::Benefit),
                is(*direction == Direction::Cost),
                is(matches!(direction, Direction::Band { .. })),
            ];
            lowering.cells.input(naming, Shape::Row(kinds), held);
        }
    }

    /// Every number as its nearness to the best: 1 for the best unit, 0 for the worst.
    fn scaled(
        &self,
        lowering: &mut Lowering,
        units: &[&str],
        rows: &[CellId],
        directions: &[Direction],
        data: &DataWeights,
    ) -> Vec<CellId> {
        let keeps_costs = data.keeps_costs();
        let all = || rows.iter().copied().map(Expression::cell);
        let lowest = self.row(lowering, "lowest", "lowest", Expression::fold_of(Function::Min, all()));
        let highest = self.row(lowering, "highest", "highest", Expression::fold_of(Function::Max, all()));
        let ends = |of: fn(Decimal, Decimal) -> Decimal| {
            let end = move |(number, direction): (u32, &Direction)| match direction {
                Direction::Band { low, high } => Expression::number(of(*low, *high)),
                Direction::Cost if !keeps_costs => Expression::entry(lowest, number),
                Direction::Benefit | Direction::Cost => Expression::entry(highest, number),
            };
            Expression::row(self.place.axis, (1..).zip(directions).map(end).collect::<Vec<_>>())
        };
        let best_from = self.row(lowering, "best_from", "best from", ends(|low, _| low));
        let best_to = self.row(lowering, "best_to", "best to", ends(|_, high| high));
        let each = |lowering: &mut Lowering,
                    figure: &str,
                    aspect: &'static str,
                    formula: &dyn Fn(CellId) -> Expression,
                    rows: &[CellId]| {
            let cells = units.iter().zip(rows).map(|(unit, row)| {
                let naming = Naming::new(format!("{}.{figure}.{unit}", self.owner)).label(*unit, aspect);
                lowering
                    .cells
                    .formula(naming.unit(if figure == "scaled" { Unit::Share } else { Unit::Number }), formula(*row))
            });
            cells.collect::<Vec<CellId>>()
        };
        let distance = |row: CellId| {
            let below = Expression::cell(best_from) - Expression::cell(row);
            let above = Expression::cell(row) - Expression::cell(best_to);
            Expression::call(Function::Max, [below, above, Expression::number(0)])
        };
        let distances = each(lowering, "distance", "distance to the best", &distance, rows);
        let farthest = Expression::fold_of(Function::Max, distances.iter().copied().map(Expression::cell));
        let farthest = self.row(lowering, "farthest", "largest distance", farthest);
        let nearness = |distance: CellId| {
            let nearness = Expression::number(1) - Expression::cell(distance) / Expression::cell(farthest);
            // where no unit is farther than another, all are at the best
            let nothing = Expression::cell(farthest).binary(Binary::Equal, Expression::number(0));
            Expression::choose(nothing, Expression::number(1), nearness)
        };
        let Some(epsilon) = data.epsilon.filter(|_| data.method == DataMethod::Entropy) else {
            return each(lowering, "scaled", "nearness to the best", &nearness, &distances);
        };
        let nearness = each(lowering, "nearness", "nearness to the best", &nearness, &distances);
        let is_band = directions
            .iter()
            .map(|direction| Expression::number(u32::from(matches!(direction, Direction::Band { .. }))));
        let is_band = Expression::row(self.place.axis, is_band.collect::<Vec<_>>());
        let naming =
            Naming::new(format!("{}.is_band", self.owner)).label(Arc::clone(&self.group.parent.name), "best in a band");
        let is_band = lowering.cells.formula(naming.unit(Unit::Truth), is_band);
        let within = |nearness: CellId| {
            let cut = Expression::cell(nearness).clamp(epsilon, Decimal::ONE.saturating_sub(epsilon));
            let room = Expression::number(1) - Expression::number(2) * Expression::number(epsilon);
            let moved = Expression::number(epsilon) + room * Expression::cell(nearness);
            Expression::choose(Expression::cell(is_band), cut, moved)
        };
        each(lowering, "scaled", "nearness to the best, away from 0 and 1", &within, &nearness)
    }
}
