//! Business units: the same scorecard for each, from which those of the whole are made.

mod aggregate;
mod error;
mod stated;

pub(crate) use aggregate::{UnitPart, define_actual, parts_of, scores_of};
pub use error::UnitError;
use stated::{says, stated};

use super::roll_up::{self, Defined, Given, Part, Scale, WeightCells, rolled_up};
use super::{Criterion, Measure, Scorecard, ScorecardError, Tree, check_id, declare_actual};
use crate::amount::{Lowering, Named, Names};
use crate::calendar::Timed;
use crate::model::{Axis, Binary, CellId, Expression, Function, Id, Naming, Shape, Unit};
use crate::period::Period;
use crate::problem::Problem;
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A business unit: a region, a branch, a subsidiary, with its own values for the indicators of the scorecard.
///
/// The tree, the weights, targets and status bands are those of the scorecard. A unit gives its actual values or its data,
/// and may have another base, target or band; what it does not say is as in the scorecard. An indicator of which a unit
/// says nothing has no data there; what a unit does not have at all, it leaves out.
///
/// **Formula**: each unit has every figure of a scorecard, `units.NORTH.retention.score` to `units.NORTH.score`, by the same
/// formulas. How the indicators of the whole are made of them, [`FromUnits`] says.
///
/// **Errors**: [`UnitError`].
///
/// ```
/// use appraise::scorecard::{BusinessUnit, Criterion, KpiUse, Measure, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let churn = Measure::target(dec!(0.1), dec!(0.05)).kpi(KpiUse::new("customer_churn_rate"));
/// let lost = |lost, start| KpiUse::default().with("customers_lost", lost).with("customers_start", start);
/// let units = vec![
///     BusinessUnit::new("north").with("churn", Measure::default().kpi(lost(30, 1_000))),
///     BusinessUnit::new("south").with("churn", Measure::default().kpi(lost(50, 250))),
/// ];
/// let card = Scorecard { units, ..Scorecard::new([Criterion::indicator("churn", churn)]) };
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("units.north.churn.actual"), Some(Ok(dec!(0.03))));
/// assert_eq!(outcome.figure("units.south.churn.actual"), Some(Ok(dec!(0.2))));
/// // 80 lost of 1,250, and not the mean of 3 % and 20 %
/// assert_eq!(outcome.figure("scorecard.churn.actual"), Some(Ok(dec!(0.064))));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BusinessUnit {
    /// The id that figures use.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// What it weighs among the units; all the same where nobody says.
    pub weight: Option<Decimal>,
    /// What it says about indicators of the scorecard, by their id.
    pub indicators: Vec<(String, Measure)>,
    /// The indicators that it does not have: they count neither in its scores nor in what is made of the units.
    pub without: Vec<String>,
}

impl BusinessUnit {
    /// A unit without values yet.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// What it says about an indicator.
    #[must_use]
    pub fn with(mut self, indicator: impl Into<String>, measure: Measure) -> Self {
        self.indicators.push((indicator.into(), measure));
        self
    }

    /// What it weighs among the units.
    #[must_use]
    pub fn weighing(mut self, weight: Decimal) -> Self {
        self.weight = Some(weight);
        self
    }

    /// The periods of which it gives values.
    pub(crate) fn periods(&self) -> impl Iterator<Item = Period> + '_ {
        self.indicators.iter().flat_map(|(_, measure)| measure.periods())
    }
}

/// How an indicator of the whole comes from the business units.
///
/// A value made of several needs all of them: where that of one unit is missing, so is that of the whole. Scores follow
/// the policy of the scorecard for missing ones.
///
/// ```
/// use appraise::scorecard::{BusinessUnit, Criterion, FromUnits, Measure, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let figure = |way, id: &str| {
///     let visits = Measure { from_units: Some(way), ..Measure::target(0, 100) };
///     let unit = |id, weight, actual: i64| {
///         BusinessUnit::new(id).weighing(weight).with("visits", Measure::default().actual(actual))
///     };
///     let units = vec![unit("north", dec!(0.75), 60), unit("south", dec!(0.25), 20)];
///     let card = Scorecard { units, ..Scorecard::new([Criterion::indicator("visits", visits)]) };
///     let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
///     appraisal.base().figure(id).unwrap().unwrap()
/// };
/// assert_eq!(figure(FromUnits::Sum, "scorecard.visits.actual"), dec!(80));
/// assert_eq!(figure(FromUnits::Mean, "scorecard.visits.actual"), dec!(40));
/// assert_eq!(figure(FromUnits::WeightedMean, "scorecard.visits.actual"), dec!(50));
/// assert_eq!(figure(FromUnits::Scores, "scorecard.visits.score"), dec!(0.5)); // 0.75 x 0.6 + 0.25 x 0.2
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FromUnits {
    /// The data of its KPI are put together, each input by its own rule, and the formula is applied to the result.
    Inputs,
    /// Its score is the mean of those of the units by their weights; it has no actual value.
    Scores,
    /// The sum of the actual values.
    Sum,
    /// Their mean.
    Mean,
    /// Their mean by the weights of the units.
    WeightedMean,
    /// The smallest.
    Min,
    /// The largest.
    Max,
}

impl FromUnits {
    /// Every way and its name in a document.
    pub const ALL: [(&'static str, FromUnits); 7] = [
        ("inputs", FromUnits::Inputs),
        ("scores", FromUnits::Scores),
        ("sum", FromUnits::Sum),
        ("mean", FromUnits::Mean),
        ("weighted_mean", FromUnits::WeightedMean),
        ("min", FromUnits::Min),
        ("max", FromUnits::Max),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, way)| *way == self).map_or("", |(name, _)| name)
    }
}

/// The figures of all units together, whose ids no unit can have.
pub(crate) const UNIT_FIGURES: [&str; 4] = ["score", "scores", "best", "worst"];

/// Each unit is compared with all others.
const MOST_UNITS: usize = 1_000;

/// So many values by unit, criterion and period are computed at most: a hundred units of forty criteria over four years of
/// months.
const MOST_VALUES: usize = 200_000;

/// The cells of one unit.
#[derive(Debug, Clone)]
pub(crate) struct UnitCells {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) weight: CellId,
    pub(crate) rank: CellId,
    /// In the order of the tree of the scorecard.
    pub(crate) defined: Defined,
    actuals: Vec<Option<Timed>>,
    stated: Vec<Option<Criterion>>,
}

/// The units side by side.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnitsCells {
    pub(crate) units: Vec<UnitCells>,
    /// How each criterion of the scorecard comes from them, in the order of the tree.
    pub(crate) ways: Vec<Option<FromUnits>>,
    pub(crate) whole: Option<WholeCells>,
}

/// What can be said of all of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WholeCells {
    pub(crate) score: CellId,
    pub(crate) best: CellId,
    pub(crate) worst: CellId,
}

/// Tells each indicator of the scorecard how it comes from the units.
pub(crate) fn resolve_units(tree: &mut Tree, card: &Scorecard, problems: &mut Vec<Problem>) {
    if card.units.is_empty() && card.units_roll_up.is_some() {
        problems.push(Problem::new("scorecard.units_roll_up", UnitError::NoUnits));
    }
    let stated: HashSet<&str> =
        card.units.iter().flat_map(|unit| &unit.indicators).map(|(indicator, _)| indicator.as_str()).collect();
    for node in &mut tree.nodes {
        let Some(criterion) = node.criterion.filter(|_| node.children.is_empty()) else { continue };
        let measure = criterion.measure.as_ref();
        let kpi = measure.and_then(|measure| measure.kpi.as_ref());
        let has_actual = measure.is_some_and(Measure::has_actual);
        let mut refuse = |key: &str, error| problems.push(Problem::new(format!("{}.{key}", node.figures), error));
        let id = || criterion.id.clone();
        node.from_units = match (measure.and_then(|measure| measure.from_units), card.units_roll_up) {
            (Some(_), _) if card.units.is_empty() => {
                refuse("from_units", UnitError::NoUnits);
                None
            }
            (Some(_), _) if has_actual => {
                refuse("from_units", UnitError::ValueTwice { id: id() });
                None
            }
            (Some(FromUnits::Inputs), _) if kpi.is_none() => {
                refuse("from_units", UnitError::InputsWithoutKpi { id: id() });
                None
            }
            (Some(way), _) => Some(way),
            // what is only judged, and what head office measures, units may have besides
            (None, _) if has_actual || !stated.contains(criterion.id.as_str()) => None,
            (None, _) if measure.is_none() => Some(FromUnits::Scores),
            // lists are not taken by period, so there are none to put together
            (None, None | Some(FromUnits::Inputs)) if card.periods.is_some() && node.has_list_of_one_period() => {
                Some(FromUnits::Scores)
            }
            (None, None | Some(FromUnits::Inputs)) if kpi.is_some() => Some(FromUnits::Inputs),
            (None, None | Some(FromUnits::Inputs)) => Some(FromUnits::Scores),
            (None, Some(way)) => Some(way),
        };
    }
}

/// Defines the scorecard of every unit, with the weights, statuses and points of the whole.
pub(crate) fn define_units(
    lowering: &mut Lowering,
    tree: &Tree,
    weights: &[Option<WeightCells>],
    card: &Scorecard,
    scale: &Scale,
) -> UnitsCells {
    let ways = tree.nodes.iter().map(|node| node.from_units).collect();
    let periods = lowering.calendar.map_or(1, |calendar| calendar.periods.len().max(1));
    let (found, criteria) = (card.units.len(), tree.nodes.len());
    // the names that formulas know are kept for each unit
    let each = criteria.saturating_mul(periods).max(lowering.names.len()).max(1);
    let most = MOST_VALUES.checked_div(each).unwrap_or(MOST_UNITS).min(MOST_UNITS);
    if found > most {
        lowering.problem("scorecard.units", UnitError::TooMany { found, criteria, periods, most });
        return UnitsCells { ways, ..UnitsCells::default() };
    }
    let shares = define_weights(lowering, &card.units);
    let mut seen = HashSet::with_capacity(found);
    let mut units = Vec::with_capacity(found);
    for (unit, weight) in card.units.iter().zip(shares) {
        let at = format!("units.{}", unit.id);
        check_id(&unit.id, &at, lowering.problems);
        if UNIT_FIGURES.contains(&unit.id.as_str()) && unit.id != "score" {
            lowering.problem(at.as_str(), ScorecardError::ReservedId { id: unit.id.clone() });
        }
        if !seen.insert(unit.id.as_str()) {
            lowering.problem(at.as_str(), ScorecardError::DuplicateId { id: unit.id.clone() });
            continue;
        }
        units.push(define_unit(lowering, tree, (unit, &at, weight), weights, card, scale));
    }
    let whole = define_whole(lowering, card, &mut units);
    UnitsCells { units, ways, whole }
}

fn define_unit(
    lowering: &mut Lowering,
    tree: &Tree,
    (unit, at, weight): (&BusinessUnit, &str, CellId),
    weights: &[Option<WeightCells>],
    card: &Scorecard,
    scale: &Scale,
) -> UnitCells {
    let name: Arc<str> = unit.name.as_deref().unwrap_or(&unit.id).into();
    let stated = stated(lowering, tree, unit, at);
    let own = tree.of_unit(at, &name, &stated);
    // in a formula of a unit the indicators are its own
    let mut names: Names = lowering.names.clone();
    let actuals: Vec<Option<Timed>> = own
        .nodes
        .iter()
        .map(|node| {
            let measure = node.criterion?.measure.as_ref().filter(|_| node.children.is_empty());
            let actual = measure.map(|measure| declare_actual(lowering.cells, lowering.calendar, node, measure));
            let usable = actual.filter(|_| measure.is_some_and(Measure::has_actual));
            names.insert(Arc::clone(&node.id), usable.map_or(Named::NoActual, Named::Timed));
            actual
        })
        .collect();
    let mut problems = Vec::new();
    let Lowering { cells, years, calendar, .. } = lowering;
    let mut inner = Lowering::new((cells, &names), &mut problems, (*years, *calendar));
    let defined = roll_up::define(&mut inner, &own, &Given { actuals: &actuals, weights, card, scale, units: &[] });
    let mut bounds = inner.bounds;
    // what is wrong with the scorecard is wrong there, and not in every unit
    let said: HashMap<&str, &Measure> = unit.indicators.iter().map(|(id, measure)| (id.as_str(), measure)).collect();
    for problem in &mut problems {
        let Some(rest) = problem.at.strip_prefix(at).and_then(|rest| rest.strip_prefix('.')) else { continue };
        let mut parts = rest.split('.');
        let (indicator, key) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if !said.get(indicator).is_some_and(|measure| says(measure, key)) {
            problem.at = format!("scorecard.{rest}");
        }
    }
    lowering.problems.append(&mut problems);
    lowering.bounds.append(&mut bounds);
    // the rank is defined when all units are
    let rank = lowering.cells.declare(Naming::new(Id::of(at, "rank")).label(Arc::clone(&name), "rank"));
    UnitCells { id: unit.id.as_str().into(), name, weight, rank, defined, actuals, stated }
}

/// Says once what is wrong with the scorecard and so with every unit.
pub(crate) fn tell_once(problems: &mut Vec<Problem>) {
    let mut said = HashSet::new();
    problems.retain(|problem| said.insert(problem.to_string()));
}

/// What the units weigh: shares of one whole, whole points that are normalised, or all the same.
fn define_weights(lowering: &mut Lowering, units: &[BusinessUnit]) -> Vec<CellId> {
    let weighed = units.iter().find(|unit| unit.weight.is_some());
    let at = |unit: &BusinessUnit| format!("units.{}.weight", unit.id);
    let mut sum = Decimal::ZERO;
    let mut whole = true;
    if let Some(weighed) = weighed {
        let before = lowering.problems.len();
        for unit in units {
            match unit.weight {
                None => {
                    let error = UnitError::WithoutWeight { id: unit.id.clone(), other: weighed.id.clone() };
                    lowering.problem(format!("units.{}", unit.id), error);
                }
                Some(weight) if weight < Decimal::ZERO => {
                    lowering.problem(at(unit), UnitError::NegativeWeight { id: unit.id.clone() });
                }
                Some(weight) => {
                    sum = sum.checked_add(weight).unwrap_or(Decimal::MAX);
                    whole &= weight.is_integer();
                }
            }
        }
        let adds_up = sum == Decimal::ONE || whole && sum > Decimal::ZERO;
        if !adds_up && lowering.problems.len() == before {
            lowering.problem(at(weighed), UnitError::WeightSum { sum });
        }
    }
    let count = Decimal::from(units.len());
    let cells = units.iter().map(|unit| {
        let name: &str = unit.name.as_deref().unwrap_or(&unit.id);
        let naming = Naming::new(at(unit)).label(name, "weight").unit(Unit::Share);
        let naming = if unit.weight.is_some() { naming.source(at(unit)) } else { naming };
        match unit.weight {
            Some(weight) if sum == Decimal::ONE => lowering.cells.input(naming, Shape::Scalar, [Some(weight)]),
            Some(points) => lowering.cells.formula(naming, Expression::number(points) / Expression::number(sum)),
            None => lowering.cells.formula(naming, Expression::number(1) / Expression::number(count)),
        }
    });
    cells.collect()
}

/// The scores of the units side by side: the mean by their weights, the best, the worst, and which place each has.
fn define_whole(lowering: &mut Lowering, card: &Scorecard, units: &mut [UnitCells]) -> Option<WholeCells> {
    let scored: Vec<(CellId, CellId)> =
        units.iter().filter_map(|unit| Some((unit.weight, unit.defined.criteria.first()?.score))).collect();
    if scored.is_empty() {
        return None;
    }
    let naming = |id: &'static str, aspect| Naming::new(id).label("Units", aspect).unit(Unit::Share);
    let scores = || scored.iter().map(|(_, score)| Expression::cell(*score)).collect::<Vec<_>>();
    let axis = lowering.cells.axis(Axis::named("units", units.iter().map(|unit| unit.id.to_string())));
    let row = lowering.cells.formula(naming("units.scores", "scores"), Expression::row(axis, scores()));
    let gaps = units.iter().filter_map(|unit| Some(unit.defined.criteria.first()?.gap));
    let parts = scored.iter().zip(gaps).map(|((weight, score), gap)| Part {
        weight: Expression::cell(*weight),
        score: Expression::cell(*score),
        gap,
    });
    let whole = naming("units.score", "mean score by weight");
    let score = match rolled_up(parts, super::RollUp::Mean, card.missing) {
        Ok(mean) => lowering.cells.formula(whole, mean),
        Err(cause) => lowering.cells.absent(whole, Shape::Scalar, cause),
    };
    let extreme = |lowering: &mut Lowering, id, aspect, share: i64| {
        let formula = Expression::call(Function::Quantile, [Expression::cell(row), Expression::number(share)]);
        lowering.cells.formula(naming(id, aspect), formula)
    };
    let best = extreme(lowering, "units.best", "best score", 1);
    let worst = extreme(lowering, "units.worst", "worst score", 0);
    for (unit, (_, own)) in units.iter().zip(&scored) {
        let own = || Expression::cell(*own);
        let better = Expression::cell(row).binary(Binary::Greater, own());
        let better = Expression::call(Function::Otherwise, [better, Expression::number(0)]);
        let place = Expression::number(1) + Expression::call(Function::Sum, [better]);
        // a unit without a score has no place
        let is_known = own().binary(Binary::Equal, own());
        lowering.cells.define(unit.rank, Expression::choose(is_known, place, Expression::number(0)));
    }
    Some(WholeCells { score, best, worst })
}

#[cfg(test)]
mod tests;
