//! How much of a change each thing that changed caused, as cells that add up to it.

use super::comparison::InputChange;
use super::{ComparisonError, scores, shapley};
use crate::appraisal::Outcome;
use crate::model::{
    Builder, CellId, Difference, Evaluation, Explanation, Expression, Function, Mixture, Naming, Shape, Unit,
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The figure of what is left after rounding.
const ROUNDING: &str = "contribution.rounding";

/// What caused a part of a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Driver {
    /// An input or a formula that somebody wrote, by its id: `scorecard.retention.actual`, `seats`.
    Input(String),
    /// The weight of an indicator in the score, by the id of the indicator: stated, drawn from a panel, or moved because
    /// scores came or went.
    Weight(String),
    /// Inputs that cannot be told apart, because the figure has no value when only some of them have changed.
    Together(Vec<String>),
    /// What was added and removed, which changes formulas and no value.
    Structure,
}

impl Driver {
    /// The id of the figure that says how much it contributes: `contribution.input.seats`.
    pub fn figure(&self) -> String {
        match self {
            Self::Input(id) => format!("contribution.input.{id}"),
            Self::Weight(id) => format!("contribution.weight.{id}"),
            Self::Together(ids) => format!("contribution.together.{}", ids.join("+")),
            Self::Structure => "contribution.structure".to_owned(),
        }
    }
}

/// What one driver contributes to a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// What caused it.
    pub driver: Driver,
    /// How much of the change, in the unit of the figure.
    pub value: Decimal,
}

/// The change of a figure, and what caused how much of it.
///
/// **Formula**: of a score that is rolled up, Bennet's decomposition into scores and weights, the scores shared among the
/// inputs of their indicators; of any other figure, and inside an indicator, the Shapley value over what changed, above
/// eight changes the mean of two orders. All contributions are rounded to the last decimal that all of them can hold, and
/// what rounding leaves goes to the largest, so that they add up to the change in every digit.
#[derive(Debug, Clone)]
pub struct Attribution {
    /// The id of the figure.
    pub figure: String,
    /// Its value before.
    pub before: Decimal,
    /// Its value after.
    pub after: Decimal,
    /// How far it moved: the sum of the contributions.
    pub change: Decimal,
    /// The contributions, largest first; those of 0 are left out.
    pub contributions: Vec<Contribution>,
    /// Whether the change was shared by weights and scores, and not by inputs alone.
    pub is_by_scores: bool,
    /// Whether every order of changes was looked at, and not only the two polar ones.
    pub is_exact: bool,
    evaluation: Evaluation,
}

impl Attribution {
    /// The values of both sides and the contributions, as cells.
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// How a contribution came about: `contribution.input.seats`, `contribution.change`.
    pub fn explain(&self, id: &str) -> Option<Explanation> {
        let mut explanation = self.evaluation.explain(id)?;
        // what rounding leaves rests on all contributions, which would hide the one in question
        let steps = &mut explanation.steps;
        if let Some(rounding) = steps.iter().position(|step| step.id == ROUNDING).filter(|position| *position > 0) {
            steps.truncate(rounding.saturating_add(1));
        }
        Some(explanation)
    }
}

/// What differences are called.
pub(super) struct Drivers<'c> {
    inputs: &'c [InputChange],
    ids: HashSet<&'c str>,
    /// The first of those that no formula reads, by what they belong to.
    unread: HashMap<&'c str, &'c str>,
}

impl<'c> Drivers<'c> {
    pub(super) fn new(inputs: &'c [InputChange]) -> Self {
        let mut unread = HashMap::new();
        for input in inputs.iter().filter(|input| !input.is_read) {
            if let Some((owner, _)) = input.id.rsplit_once('.') {
                unread.entry(owner).or_insert(input.id.as_str());
            }
        }
        Self { inputs, ids: inputs.iter().map(|input| input.id.as_str()).collect(), unread }
    }

    /// Whether nothing was written differently.
    pub(super) fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    pub(super) fn of(&self, differences: &[Difference]) -> Driver {
        let named: Vec<Driver> = differences.iter().map(|difference| self.one(difference)).collect();
        let named: Vec<Driver> = named.into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        match named.as_slice() {
            [only] => only.clone(),
            several => Driver::Together(
                several
                    .iter()
                    .map(|driver| match driver {
                        Driver::Input(id) => id.clone(),
                        _ => "structure".to_owned(),
                    })
                    .collect(),
            ),
        }
    }

    fn one(&self, difference: &Difference) -> Driver {
        match difference {
            Difference::Cell(id) if self.ids.contains(id.as_str()) => Driver::Input(id.clone()),
            // a number of the formula was written beside it: the ends of a band
            Difference::Cell(id) => {
                let owner = id.rsplit_once('.').map_or("", |(owner, _)| owner);
                let beside = self.unread.get(owner).filter(|_| !owner.is_empty());
                Driver::Input(beside.map_or_else(|| id.clone(), |input| (*input).to_owned()))
            }
            Difference::Address(address) => Driver::Input(address.clone()),
            Difference::Structure => Driver::Structure,
        }
    }
}

/// Shares the change of a figure among what changed.
pub(super) fn attribute(
    (before, after): (&Outcome, &Outcome),
    sides: [&Evaluation; 2],
    figure: &str,
    (value_before, value_after): (Decimal, Decimal),
    unit: &Unit,
    inputs: &[InputChange],
) -> Result<Attribution, ComparisonError> {
    let mut cells = Builder::new(1);
    let mut total = |side: &'static str, value| {
        let naming = Naming::new(format!("{side}.{figure}")).label(figure, side).unit(unit.clone());
        cells.input(naming, Shape::Scalar, [Some(value)])
    };
    let totals = [total("before", value_before), total("after", value_after)];
    let drivers = Drivers::new(inputs);
    // a score with formulas of another kind is shared as any figure is
    let mut attempt = cells.clone();
    let by_scores = scores::collect(&mut attempt, (before, after), sides, figure, totals, &drivers);
    let is_by_scores = by_scores.is_some();
    let (parts, is_exact) = match by_scores {
        Some(collected) => {
            cells = attempt;
            (collected.parts, collected.is_exact)
        }
        None => {
            let [one, other] = sides;
            let mixture = Mixture::new(one, other, figure, &scores::SELECTORS);
            let mixture = mixture.ok_or_else(|| ComparisonError::NotComparable { figure: figure.to_owned() })?;
            let shared = shapley::share(&mut cells, figure, &mixture, unit, false);
            let parts = (1_usize..).zip(shared.parts).map(|(number, part)| {
                let naming = Naming::new(format!("part.{number}")).label(figure, "part of the change");
                (drivers.of(&part.of), cells.formula(naming.unit(unit.clone()), part.share))
            });
            (parts.collect(), shared.is_exact)
        }
    };
    let mut by_driver: BTreeMap<Driver, Vec<CellId>> = BTreeMap::new();
    for (driver, part) in parts {
        by_driver.entry(driver).or_default().push(part);
    }
    let fault = || ComparisonError::NotComparable { figure: figure.to_owned() };
    let (evaluation, change, shares) = finish(cells, totals, unit, &by_driver).ok_or_else(fault)?;
    let change = evaluation.scalar(change).map_err(|_| fault())?;
    let mut contributions = Vec::with_capacity(shares.len());
    for (driver, cell) in by_driver.into_keys().zip(shares) {
        let value = evaluation.scalar(cell).map_err(|_| fault())?;
        if !value.is_zero() {
            contributions.push(Contribution { driver, value });
        }
    }
    contributions.sort_by(|a, b| b.value.abs().cmp(&a.value.abs()).then_with(|| a.driver.cmp(&b.driver)));
    Ok(Attribution {
        figure: figure.to_owned(),
        before: value_before,
        after: value_after,
        change,
        contributions,
        is_by_scores,
        is_exact,
        evaluation,
    })
}

/// Rounds the contributions to a decimal that all can hold, and gives what is left to the largest.
fn finish(
    mut cells: Builder,
    [before, after]: [CellId; 2],
    unit: &Unit,
    by_driver: &BTreeMap<Driver, Vec<CellId>>,
) -> Option<(Evaluation, CellId, Vec<CellId>)> {
    let sums: Vec<Expression> =
        by_driver.values().map(|parts| Expression::sum_of(parts.iter().map(|part| Expression::cell(*part)))).collect();
    let mut trial = cells.clone();
    let raw = sums.iter().zip(by_driver.keys());
    let raw: Vec<CellId> = raw.map(|(sum, driver)| trial.formula(Naming::new(driver.figure()), sum.clone())).collect();
    let trial = trial.finish_distinct().ok()?.evaluate();
    let size = |cell: &CellId| trial.scalar(*cell).ok().map(|value| value.abs());
    let mut largest: Option<(usize, Decimal)> = None;
    let mut room = Decimal::ZERO;
    for (position, cell) in raw.iter().enumerate() {
        let size = size(cell)?;
        room = room.checked_add(size)?;
        if largest.is_none_or(|(_, known)| size > known) {
            largest = Some((position, size));
        }
    }
    for total in [before, after] {
        room = room.checked_add(size(&total)?)?;
    }
    let digits = Expression::number(Decimal::from(places(room)));
    let rounded = |value: Expression| Expression::call(Function::Round, [value, digits.clone()]);
    let naming = |id: &str, aspect| Naming::new(id).label("", aspect).unit(unit.clone());
    let moved = rounded(Expression::cell(after) - Expression::cell(before));
    let change = cells.formula(naming("contribution.change", "change"), moved);
    let mut shares = Vec::with_capacity(sums.len());
    let mut plain = Vec::with_capacity(sums.len());
    for (position, (driver, sum)) in by_driver.keys().zip(&sums).enumerate() {
        let is_largest = largest.is_some_and(|(largest, _)| largest == position);
        let id = driver.figure();
        let id = if is_largest { format!("{id}.rounded") } else { id };
        let cell = cells.formula(naming(&id, "contribution"), rounded(sum.clone()));
        plain.push(cell);
        shares.push(cell);
    }
    if let Some((position, _)) = largest {
        let all = Expression::sum_of(plain.iter().map(|cell| Expression::cell(*cell)));
        let left = cells.formula(naming(ROUNDING, "what rounding leaves"), Expression::cell(change) - all);
        let driver = by_driver.keys().nth(position)?;
        let own = Expression::cell(*plain.get(position)?) + Expression::cell(left);
        *shares.get_mut(position)? = cells.formula(naming(&driver.figure(), "contribution"), own);
    }
    let ids: HashSet<String> = by_driver.keys().map(Driver::figure).collect();
    let evaluation = if ids.len() == by_driver.len() { cells.finish_distinct().ok()?.evaluate() } else { return None };
    Some((evaluation, change, shares))
}

/// How many decimals numbers have room for whose sizes add up to this.
fn places(room: Decimal) -> u32 {
    // the largest number of 96 bits begins with 7.9
    let mut limit = Decimal::from(7);
    let mut places = 28_u32;
    while places > 0 && room > limit {
        limit = limit.saturating_mul(Decimal::TEN);
        places = places.saturating_sub(1);
    }
    places
}
