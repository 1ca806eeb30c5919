//! The actual value of an indicator: one, or one for each period, in numbers or in words, and how long it may stand in
//! for one that is missing.

use super::measure::of;
use super::scoring::Scoring;
use super::unit::{self, UnitPart};
use super::{Aim, Measure, Node, ScorecardError, Tree, kpi};
use crate::aggregation::Aggregation;
use crate::amount::{Amount, Lowering, Time};
use crate::calendar::{PeriodsError, Timed};
use crate::model::{CellId, Expression, Function, Id, Naming, Shape};
use crate::period::Period;
use crate::series::{Row, Series};
use rust_decimal::Decimal;
use std::sync::Arc;

/// How an indicator is followed over the periods of a scorecard; what an indicator does not say, the scorecard may.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FollowUp {
    /// How values of shorter periods become one of the scorecard's, and those of a year one of the year so far.
    pub aggregation: Option<Aggregation>,
    /// For how many periods a value stands in for missing ones after it.
    pub carry_forward: Option<u32>,
    /// The period at whose end the base holds; the one before the first, where nothing is said.
    pub start: Option<Period>,
    /// The period at whose end the target is due; the last one, where nothing is said.
    pub due: Option<Period>,
    /// What is expected between base and target.
    pub path: Option<Path>,
    /// Values expected at the end of certain periods on the way to the target.
    pub milestones: Vec<(Period, Decimal)>,
}

/// What is expected between the start and the day a target is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Path {
    /// The same step each period.
    #[default]
    Linear,
    /// Nothing until a milestone, or the target, is due.
    Step,
}

impl Path {
    /// Every path and its name in a document.
    pub const ALL: [(&'static str, Path); 2] = [("linear", Path::Linear), ("step", Path::Step)];
}

/// Every period of which any indicator has a value.
pub(crate) fn periods_given<'t>(tree: &'t Tree) -> impl Iterator<Item = Period> + 't {
    tree.nodes.iter().filter_map(|node| node.criterion?.measure.as_ref()).flat_map(Measure::periods)
}

impl FollowUp {
    /// Reports what is said about periods where there are none, and what is said of a way to a target that nothing reads.
    pub(crate) fn check(&self, lowering: &mut Lowering, at: &str, aim: Option<&Aim>) {
        if lowering.calendar.is_none() {
            let said = [
                ("aggregation", self.aggregation.is_some()),
                ("carry_forward", self.carry_forward.is_some()),
                ("start", self.start.is_some()),
                ("due", self.due.is_some()),
                ("path", self.path.is_some()),
                ("milestones", !self.milestones.is_empty()),
            ];
            for (key, _) in said.into_iter().filter(|(_, is_said)| *is_said) {
                lowering.problem(format!("{at}.{key}"), ScorecardError::AboutPeriods { key });
            }
            return;
        }
        let is_band = matches!(aim, Some(Aim::Band { .. }));
        let of_a_way = [("start", self.start.is_some()), ("due", self.due.is_some()), ("path", self.path.is_some())];
        let what = "a band is no target to reach";
        for (key, _) in of_a_way.into_iter().filter(|(_, is_said)| is_band && *is_said) {
            lowering.problem(format!("{at}.{key}"), ScorecardError::IdlePath { key, what });
        }
        let what = match aim {
            _ if self.milestones.is_empty() => return,
            None => "there is no target to reach",
            Some(Aim::Band { .. }) => what,
            Some(Aim::Target(Amount::PerPeriod(_))) => "the target changes over the periods",
            Some(Aim::Target(_)) => return,
        };
        lowering.problem(format!("{at}.milestones"), ScorecardError::IdlePath { key: "milestones", what });
    }
}

/// The longest a value may stand in for missing ones.
const LONGEST_CARRY: u32 = 60;

/// What the actual value was defined by.
pub(crate) struct Defined {
    /// The values as they were given, where missing ones are filled with earlier ones.
    pub(crate) given: Option<CellId>,
    /// What a definition makes of its data.
    pub(crate) made: kpi::Made,
}

/// Defines the declared cells of the actual value.
pub(crate) fn define(
    lowering: &mut Lowering,
    node: &Node,
    measure: &Measure,
    actual: Timed,
    card: &FollowUp,
    parts: &[UnitPart],
) -> Defined {
    if let Some(way) = node.from_units {
        return Defined { given: None, made: unit::define_actual(lowering, node, way, parts, actual) };
    }
    // only what is given by period can be missing in one and known in the one before
    let is_followed = lowering.calendar.is_some() && measure.is_by_period();
    let given = if is_followed { define_carried(lowering, node, measure, actual, card) } else { None };
    let cell = given.unwrap_or(actual.all);
    let Some(used) = measure.kpi.as_ref().filter(|_| measure.actual.is_none() && measure.has_actual()) else {
        define_stated(lowering, node, measure, cell, card);
        return Defined { given, made: kpi::Made::default() };
    };
    let mut made = kpi::lower(lowering, node, used);
    // what is wrong with the data has been said
    let formula = made.actual.take().unwrap_or_else(|| Expression::number(0));
    lowering.cells.define(cell, formula);
    match lowering.calendar {
        Some(calendar) => lowering.cells.require_single_or_along(cell, calendar.axis),
        None => lowering.cells.require_single(cell),
    }
    Defined { given, made }
}

/// Defines a cell by the values that are stated.
fn define_stated(lowering: &mut Lowering, node: &Node, measure: &Measure, cell: CellId, card: &FollowUp) {
    let at = of(node, "actual");
    if !measure.words.is_empty() {
        return define_words(lowering, node, measure, cell);
    }
    let Some(amount) = &measure.actual else { return };
    let Some(calendar) = lowering.calendar else {
        if matches!(amount, Amount::PerPeriod(_) | Amount::PerYear(_)) {
            lowering.problem(at.to_string(), PeriodsError::NoPeriods);
            return lowering.cells.define(cell, Expression::number(0));
        }
        lowering.define(cell, amount);
        return lowering.cells.require_single(cell);
    };
    match amount {
        Amount::PerPeriod(values) => {
            let series = Series {
                owner: &node.figures,
                subject: &node.name,
                part: "actual",
                unit: node.unit.clone(),
                at,
                values,
                aggregation: measure.follow_up.aggregation.or(card.aggregation),
                holds: false,
            };
            let row = series.lower(lowering);
            define_row(lowering, cell, row);
        }
        Amount::PerYear(values) => {
            let found = values.len();
            if found != calendar.periods.len() {
                let error = ScorecardError::PeriodEntries { found, expected: calendar.periods.len() };
                lowering.problem(at.to_string(), error);
            }
            let values = values.iter().copied().map(Some).chain(std::iter::repeat(None)).take(calendar.periods.len());
            define_row(lowering, cell, Row::Values(values.collect()));
        }
        Amount::Formula(formula) => {
            let formula = lowering.formula(formula, &at.to_string(), Time::All, &[]);
            lowering.cells.define(cell, formula);
            lowering.cells.require_single_or_along(cell, calendar.axis);
        }
        Amount::Constant(_) | Amount::Growing { .. } => {
            lowering.problem(at.to_string(), PeriodsError::WithoutPeriod);
            lowering.cells.define(cell, Expression::number(0));
        }
    }
}

/// Defines a declared row by values or by a formula.
pub(crate) fn define_row(lowering: &mut Lowering, cell: crate::model::CellId, row: Row) {
    match (row, lowering.calendar) {
        (Row::Values(values), Some(calendar)) if values.len() == calendar.periods.len() => {
            lowering.cells.define_row(cell, calendar.axis, values);
        }
        (Row::Formula(formula), _) => lowering.cells.define(cell, formula),
        // what is wrong has been said
        (Row::Values(_), _) => lowering.cells.define(cell, Expression::number(0)),
    }
}

/// Where values are carried forward, the row of the actual values with those that may be; gives the cell of the values as
/// given, which is still to be defined.
fn define_carried(
    lowering: &mut Lowering,
    node: &Node,
    measure: &Measure,
    actual: Timed,
    card: &FollowUp,
) -> Option<CellId> {
    let stated = measure.follow_up.carry_forward.map(|limit| (limit, of(node, "carry_forward").to_string()));
    let carried = stated.or(card.carry_forward.map(|limit| (limit, "scorecard.carry_forward".to_owned())));
    let (limit, at) = carried.filter(|(limit, _)| *limit > 0)?;
    if limit > LONGEST_CARRY {
        lowering.problem(at.as_str(), ScorecardError::CarryTooLong { limit, most: LONGEST_CARRY });
    }
    let naming = Naming::new(Id::of(Arc::clone(&node.by_period), "given"));
    let naming = naming.label(node.name.clone(), "actual as given").unit(node.unit.clone());
    let given = lowering.cells.declare(naming.source(of(node, "actual")));
    let age = lowering.cells.input(
        Naming::new(of(node, "carry_forward")).label(node.name.clone(), "periods a value is carried").source(at),
        Shape::Scalar,
        [Some(Decimal::from(limit))],
    );
    let carried = Expression::call(Function::CarryForward, [Expression::cell(given), Expression::cell(age)]);
    lowering.cells.define(actual.all, carried);
    Some(given)
}

/// Words as their numbers in the list of words that are scored.
fn define_words(lowering: &mut Lowering, node: &Node, measure: &Measure, cell: CellId) {
    let at = of(node, "actual").to_string();
    let known: Vec<&str> = match &measure.scoring {
        Some(Scoring::Lookup(words)) => words.iter().map(|(word, _)| word.as_str()).collect(),
        _ => vec!["no", "yes"],
    };
    let is_lookup = matches!(measure.scoring, Some(Scoring::Lookup(_)));
    if !is_lookup && measure.scoring != Some(Scoring::YesNo) {
        let word = measure.words.first().map(|(_, word)| word.clone()).unwrap_or_default();
        lowering.problem(at, ScorecardError::WordNotScored { id: node.id.to_string(), word });
        return lowering.cells.define(cell, Expression::number(0));
    }
    let mut numbers: Vec<(Option<Period>, Decimal)> = Vec::new();
    for (period, word) in &measure.words {
        let wanted = match word.as_str() {
            "true" if !is_lookup => "yes",
            "false" if !is_lookup => "no",
            word => word,
        };
        match known.iter().position(|known| *known == wanted) {
            // the numbers of words are counted from 1; no is 0 and yes is 1
            Some(position) => {
                numbers.push((*period, Decimal::from(position.saturating_add(usize::from(is_lookup)))));
            }
            None => {
                let at = period.map_or_else(|| at.clone(), |period| format!("{at}.{period}"));
                let nearest = lowering.nearest(word, known.iter().copied());
                let known = known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
                lowering.problem(at, ScorecardError::UnknownWord { word: word.clone(), nearest, known });
            }
        }
    }
    if lowering.calendar.is_none() {
        if let Some(number) = numbers.first() {
            lowering.cells.define_input(cell, Shape::Scalar, [number.1]);
        } else {
            lowering.cells.define(cell, Expression::number(0));
        }
        if measure.words.iter().any(|(period, _)| period.is_some()) {
            lowering.problem(at, PeriodsError::NoPeriods);
        }
        return;
    }
    if measure.words.iter().any(|(period, _)| period.is_none()) {
        lowering.problem(at.as_str(), PeriodsError::WithoutPeriod);
    }
    let values: Vec<(Period, Decimal)> =
        numbers.into_iter().filter_map(|(period, value)| Some((period?, value))).collect();
    let series = Series {
        owner: &node.figures,
        subject: &node.name,
        part: "actual",
        unit: crate::model::Unit::Number,
        at: of(node, "actual"),
        values: &values,
        aggregation: Some(Aggregation::Last),
        holds: false,
    };
    let row = series.lower(lowering);
    define_row(lowering, cell, row);
}
