//! Initiatives: what is done to move indicators, by whom, for how much and until when. Plan, do, check, act.

mod error;

pub use error::InitiativeError;

use super::{CriterionCells, Day, Tree, check_id};
use crate::amount::{Amount, AmountError, Lowering};
use crate::bound::Bound;
use crate::model::{Binary, Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// How far an initiative has come, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InitiativeStatus {
    /// Not begun.
    Planned,
    /// Under way.
    Running,
    /// Finished.
    Done,
    /// Given up: it is never late, and moves nothing any more.
    Stopped,
}

impl InitiativeStatus {
    /// Every status and its name in a document.
    pub const ALL: [(&'static str, InitiativeStatus); 4] = [
        ("planned", InitiativeStatus::Planned),
        ("running", InitiativeStatus::Running),
        ("done", InitiativeStatus::Done),
        ("stopped", InitiativeStatus::Stopped),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Done => "done",
            Self::Stopped => "stopped",
        }
    }
}

/// Something that is done to move indicators.
///
/// **Formula**: what remains of the budget is `budget - spent`, what is used of it `spent / budget`. It is late where the
/// day of the scorecard is after the day it is due and not all of it is done. The gap of an indicator is what its actual
/// value must change by: `target - actual`; of a band the way to its nearer end, 0 inside; of a parent `1 - score`.
///
/// **Units**: budget and spent in money, done as a fraction, a gap in the unit of its indicator.
///
/// ```
/// use appraise::scorecard::{Criterion, Initiative, Measure, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let adoption = Criterion::indicator("adoption", Measure::target(dec!(0.3), dec!(0.85)).actual(dec!(0.64)));
/// let mut training = Initiative::new("crm_training", ["adoption"]);
/// training.budget = Some(40_000.into());
/// training.spent = Some(26_000.into());
/// training.due = Some("2026-03-31".parse().unwrap());
/// let card = Scorecard {
///     initiatives: vec![training],
///     as_of: Some("2026-04-15".parse().unwrap()),
///     ..Scorecard::new([adoption])
/// };
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("scorecard.adoption.gap"), Some(Ok(dec!(0.21))));
/// assert_eq!(outcome.figure("scorecard.initiatives.crm_training.used"), Some(Ok(dec!(0.65))));
/// assert_eq!(outcome.figure("scorecard.initiatives.crm_training.late"), Some(Ok(dec!(1))));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Initiative {
    /// The id that figures use.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// What it may cost.
    pub budget: Option<Amount>,
    /// What it has cost.
    pub spent: Option<Amount>,
    /// When it is to be done.
    pub due: Option<Day>,
    /// How much of it is done, as a fraction.
    pub done: Option<Decimal>,
    /// How far it has come, in a word.
    pub status: Option<InitiativeStatus>,
    /// The criteria it should move.
    pub moves: Vec<String>,
    /// Plan: what is to be done.
    pub plan: Option<String>,
    /// Check: what is short of the target, in words.
    pub gap: Option<String>,
    /// Check: why.
    pub cause: Option<String>,
    /// Act: what is done about it.
    pub action: Option<String>,
    /// Act: the next targets of what it moves.
    pub next_target: Vec<(String, Amount)>,
}

impl Initiative {
    /// An initiative that should move some criteria.
    pub fn new<M: Into<String>>(id: impl Into<String>, moves: impl IntoIterator<Item = M>) -> Self {
        Self { id: id.into(), moves: moves.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Whether something is still expected of it.
    pub fn is_open(&self) -> bool {
        !matches!(self.status, Some(InitiativeStatus::Done | InitiativeStatus::Stopped))
            && self.done != Some(Decimal::ONE)
    }

    /// The share that is done: as written, or as its status says.
    fn share_done(&self) -> Option<Decimal> {
        self.done.or(match self.status {
            Some(InitiativeStatus::Done) => Some(Decimal::ONE),
            Some(InitiativeStatus::Planned) => Some(Decimal::ZERO),
            _ => None,
        })
    }
}

/// What an initiative should move.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MovedCells {
    /// The node of the criterion.
    pub(crate) criterion: usize,
    pub(crate) gap: CellId,
    pub(crate) next_target: Option<CellId>,
}

/// The cells of one initiative.
#[derive(Debug, Clone)]
pub(crate) struct OneInitiative {
    pub(crate) name: Arc<str>,
    pub(crate) money: MoneyCells,
    pub(crate) done: CellId,
    pub(crate) late: CellId,
    pub(crate) moves: Vec<MovedCells>,
}

/// A budget and what became of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MoneyCells {
    pub(crate) budget: CellId,
    pub(crate) spent: CellId,
    pub(crate) remaining: CellId,
    pub(crate) used: CellId,
}

/// The cells of all initiatives, in the order of the draft.
#[derive(Debug, Clone)]
pub(crate) struct InitiativeCells {
    pub(crate) initiatives: Vec<OneInitiative>,
    pub(crate) total: MoneyCells,
    pub(crate) done: CellId,
    pub(crate) late: CellId,
}

/// Ids that the totals need.
const RESERVED: [&str; 6] = ["budget", "spent", "remaining", "used", "done", "late"];

/// Defines every initiative and their totals; nothing where there is none.
pub(crate) fn define(
    lowering: &mut Lowering,
    tree: &Tree,
    criteria: &[CriterionCells],
    initiatives: &[Initiative],
    as_of: Option<Day>,
) -> Option<InitiativeCells> {
    if initiatives.is_empty() {
        return None;
    }
    let day = Naming::new("scorecard.as_of").label("Initiatives", "as of").unit(day_unit()).source("scorecard.as_of");
    let today = input(lowering, day, as_of.map(Day::digits));
    let mut gaps = BTreeMap::new();
    let mut seen = HashSet::new();
    let defined = initiatives.iter().map(|initiative| {
        check(lowering, tree, initiative, &mut seen);
        let at: Arc<str> = format!("scorecard.initiatives.{}", initiative.id).into();
        let name: Arc<str> = initiative.name.as_deref().unwrap_or(&initiative.id).into();
        let naming = |figure: &'static str, aspect, unit| {
            let id = Id::of(Arc::clone(&at), figure);
            Naming::new(id.clone()).label(Arc::clone(&name), aspect).unit(unit).source(id)
        };
        let mut money = |figure, aspect, amount: Option<&Amount>| {
            let naming = naming(figure, aspect, Unit::Money);
            let Some(amount) = amount else { return lowering.cells.absent(naming, Shape::Scalar, Cause::NoData) };
            let cell = lowering.amount(naming, amount);
            lowering.keep_positive(cell, amount, "money of an initiative");
            lowering.cells.require_single(cell);
            cell
        };
        let budget = money("budget", "budget", initiative.budget.as_ref());
        let nothing = Amount::Constant(Decimal::ZERO);
        let is_planned = initiative.status == Some(InitiativeStatus::Planned);
        let spent = money("spent", "spent", initiative.spent.as_ref().or(is_planned.then_some(&nothing)));
        let money = rest_of(lowering, &at, &name, budget, spent);
        let done = input(lowering, naming("done", "done", Unit::Share), initiative.share_done());
        let due = input(lowering, naming("due", "due", day_unit()), initiative.due.map(Day::digits));
        let late = if initiative.is_open() {
            let not_done = Expression::call(Function::Otherwise, [Expression::cell(done), Expression::number(0)]);
            let not_done = not_done.binary(Binary::Less, Expression::number(1));
            let overdue = Expression::cell(today).binary(Binary::Greater, Expression::cell(due));
            overdue.binary(Binary::And, not_done)
        } else {
            Expression::number(0)
        };
        let late = lowering.cells.formula(naming("late", "late", Unit::Truth), late);
        let moves = initiative.moves.iter().filter_map(|id| {
            let criterion = tree.find(id)?;
            let gap = match gaps.get(&criterion) {
                Some(gap) => *gap,
                None => {
                    let gap = define_gap(lowering, tree, criteria, criterion)?;
                    gaps.insert(criterion, gap);
                    gap
                }
            };
            let next_target = initiative.next_target.iter().find(|(of, _)| of == id).map(|(_, amount)| {
                let figure = format!("{at}.next_target.{id}");
                let unit = unit_of(tree, criterion);
                let naming = Naming::new(&*figure).label(Arc::clone(&name), "next target").unit(unit).source(figure);
                let cell = lowering.amount(naming, amount);
                lowering.cells.require_single(cell);
                cell
            });
            Some(MovedCells { criterion, gap, next_target })
        });
        let moves = moves.collect();
        OneInitiative { name, money, done, late, moves }
    });
    let defined: Vec<OneInitiative> = defined.collect();
    Some(define_totals(lowering, initiatives, defined))
}

fn day_unit() -> Unit {
    Unit::Custom("yyyymmdd".into())
}

fn input(lowering: &mut Lowering, naming: Naming, value: Option<Decimal>) -> CellId {
    lowering.cells.input(naming, Shape::Scalar, [value])
}

fn rest_of(lowering: &mut Lowering, at: &Arc<str>, name: &Arc<str>, budget: CellId, spent: CellId) -> MoneyCells {
    let naming =
        |figure, aspect, unit| Naming::new(Id::of(Arc::clone(at), figure)).label(Arc::clone(name), aspect).unit(unit);
    let remaining = Expression::cell(budget) - Expression::cell(spent);
    let remaining = lowering.cells.formula(naming("remaining", "remaining budget", Unit::Money), remaining);
    let used = Expression::cell(spent) / Expression::cell(budget);
    let used = lowering.cells.formula(naming("used", "budget used", Unit::Share), used);
    MoneyCells { budget, spent, remaining, used }
}

/// Sums over the initiatives that have a budget, and over those that are due; a value that one of them lacks is missing in
/// the sum too.
fn define_totals(lowering: &mut Lowering, stated: &[Initiative], initiatives: Vec<OneInitiative>) -> InitiativeCells {
    let at: Arc<str> = "scorecard.initiatives".into();
    let name: Arc<str> = "Initiatives".into();
    let mut total =
        |figure, aspect, unit, whether: &dyn Fn(&Initiative) -> bool, of: &dyn Fn(&[&OneInitiative]) -> Expression| {
            let naming = Naming::new(Id::of(Arc::clone(&at), figure)).label(Arc::clone(&name), aspect).unit(unit);
            let chosen = initiatives.iter().zip(stated).filter(|(_, stated)| whether(stated)).map(|(one, _)| one);
            let chosen: Vec<&OneInitiative> = chosen.collect();
            match chosen.as_slice() {
                [] => lowering.cells.absent(naming, Shape::Scalar, Cause::NoData),
                some => lowering.cells.formula(naming, of(some)),
            }
        };
    fn sum(of: &[&OneInitiative], part: impl Fn(&OneInitiative) -> Expression) -> Expression {
        Expression::sum_of(of.iter().map(|one| part(one)))
    }
    let has_budget = |stated: &Initiative| stated.budget.is_some();
    let budgets = |of: &[&OneInitiative]| sum(of, |one| Expression::cell(one.money.budget));
    let budget = total("budget", "budget", Unit::Money, &has_budget, &budgets);
    let spent =
        total("spent", "spent", Unit::Money, &has_budget, &|of| sum(of, |one| Expression::cell(one.money.spent)));
    let done = total("done", "done, by budget", Unit::Share, &has_budget, &|of| {
        sum(of, |one| Expression::cell(one.money.budget) * Expression::cell(one.done)) / budgets(of)
    });
    let is_due = |stated: &Initiative| stated.due.is_some();
    let late = total("late", "initiatives that are late", Unit::Number, &is_due, &|of| {
        sum(of, |one| Expression::cell(one.late))
    });
    let total = rest_of(lowering, &at, &name, budget, spent);
    InitiativeCells { initiatives, total, done, late }
}

fn unit_of(tree: &Tree, criterion: usize) -> Unit {
    let node = tree.node(criterion);
    let measured = node.filter(|node| node.criterion.is_some_and(|criterion| criterion.measure.is_some()));
    measured.map_or(Unit::Share, |node| node.unit.clone())
}

/// What the actual value of a criterion must change by to reach its aim.
fn define_gap(lowering: &mut Lowering, tree: &Tree, criteria: &[CriterionCells], criterion: usize) -> Option<CellId> {
    let (node, cells) = (tree.node(criterion)?, criteria.get(criterion)?);
    let naming = Naming::new(Id::of(Arc::clone(&node.figures), "gap"));
    let naming = naming.label(Arc::clone(&node.name), "gap").unit(unit_of(tree, criterion));
    let gap = match cells.measure {
        Some(measure) => {
            let actual = || Expression::cell(measure.actual);
            match (measure.target, measure.band) {
                (Some(target), _) => Expression::cell(target) - actual(),
                (None, Some(band)) => {
                    let up = [Expression::entry(band, 1) - actual(), Expression::number(0)];
                    let down = [Expression::entry(band, 2) - actual(), Expression::number(0)];
                    Expression::call(Function::Max, up) + Expression::call(Function::Min, down)
                }
                (None, None) => return Some(lowering.cells.absent(naming, Shape::Scalar, Cause::NoData)),
            }
        }
        None => Expression::number(1) - Expression::cell(cells.score),
    };
    Some(lowering.cells.formula(naming, gap))
}

fn check<'i>(lowering: &mut Lowering, tree: &Tree, initiative: &'i Initiative, seen: &mut HashSet<&'i str>) {
    let at = format!("scorecard.initiatives.{}", initiative.id);
    let id = || initiative.id.clone();
    if RESERVED.contains(&&*initiative.id) {
        lowering.problem(&*at, InitiativeError::ReservedId { id: id() });
    } else {
        check_id(&initiative.id, &at, lowering.problems);
    }
    if !seen.insert(&initiative.id) {
        lowering.problem(&*at, InitiativeError::DuplicateId { id: id() });
    }
    let mut moved = HashSet::new();
    for (position, indicator) in initiative.moves.iter().enumerate() {
        let at = format!("{at}.moves.{position}");
        if tree.find(indicator).is_none() {
            let nearest = lowering.nearest(indicator, tree.ids());
            let error = InitiativeError::UnknownIndicator { id: id(), indicator: indicator.clone(), nearest };
            lowering.problem(at, error);
        } else if !moved.insert(indicator) {
            lowering.problem(at, InitiativeError::Twice { id: id(), indicator: indicator.clone() });
        }
    }
    for (indicator, _) in &initiative.next_target {
        if !initiative.moves.contains(indicator) {
            let error = InitiativeError::TargetOfOther { id: id(), indicator: indicator.clone() };
            lowering.problem(format!("{at}.next_target.{indicator}"), error);
        }
    }
    if let Some(done) = initiative.done {
        if !Bound::Share.holds(done) {
            lowering.problem(format!("{at}.done"), AmountError::NotAShare { value: done });
        }
        if initiative.status == Some(InitiativeStatus::Done) && done < Decimal::ONE {
            lowering.problem(format!("{at}.status"), InitiativeError::NotDone { id: id(), done });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, KpiUse, Measure, Scorecard};
    use rust_decimal::dec;

    fn draft(initiatives: Vec<Initiative>, as_of: Option<&str>) -> Draft {
        let criteria = [
            Criterion::indicator("hours", Measure::target(72, 36).actual(45)),
            Criterion::indicator("ratio", Measure::band(dec!(0.95), dec!(1.05), dec!(0.15)).actual(dec!(1.08))),
            Criterion::judged("trust"),
        ];
        let group = Criterion::group("service", criteria);
        let as_of = as_of.map(|day| day.parse().unwrap());
        Draft { scorecard: Some(Scorecard { initiatives, as_of, ..Scorecard::new([group]) }), ..Draft::default() }
    }

    fn initiative(id: &str, (budget, spent): (i64, i64), due: &str, done: Decimal) -> Initiative {
        Initiative {
            budget: Some(budget.into()),
            spent: Some(spent.into()),
            due: Some(due.parse().unwrap()),
            done: Some(done),
            ..Initiative::new(id, ["hours"])
        }
    }

    #[test]
    fn gaps_are_what_is_left_to_the_aim() {
        let moving = Initiative::new("x", ["hours", "ratio", "trust", "service"]);
        let figures = Figures::of(draft(vec![moving], None));
        assert_eq!(figures.get("scorecard.hours.gap"), dec!(-9)); // from 45 down to 36
        assert_eq!(figures.get("scorecard.ratio.gap"), dec!(-0.03));
        assert_eq!(figures.cause("scorecard.trust.gap"), Cause::NotMeasured);
        assert_eq!(figures.get("scorecard.service.gap").round_dp(9), dec!(0.225)); // scores of 0.75 and 0.8
    }

    #[test]
    fn gaps_are_in_the_unit_of_the_indicator_or_of_its_kpi() {
        let churn = KpiUse::new("customer_churn_rate").with("customers_lost", 8).with("customers_start", 100);
        let churn = Criterion::indicator("churn", Measure::target(dec!(0.2), dec!(0.05)).kpi(churn));
        let moving =
            Initiative { next_target: vec![("churn".into(), dec!(0.04).into())], ..Initiative::new("x", ["churn"]) };
        let card = Scorecard { initiatives: vec![moving], ..Scorecard::new([churn]) };
        let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
        for figure in ["scorecard.churn.gap", "scorecard.initiatives.x.next_target.churn"] {
            let explained = figures.0.base().explain(figure).unwrap();
            assert_eq!(explained.steps[0].unit, Unit::Share, "{figure}");
        }
    }

    #[test]
    fn budgets_and_days() {
        let draft = draft(
            vec![
                initiative("early", (100, 40), "2026-06-30", dec!(0.5)),
                initiative("behind", (300, 330), "2026-03-30", dec!(0.9)),
                initiative("over", (100, 100), "2026-03-30", dec!(1)),
            ],
            Some("2026-03-31"),
        );
        let figures = Figures::of(draft);
        let get = |id: &str| figures.get(&format!("scorecard.initiatives.{id}"));
        assert_eq!([get("early.used"), get("behind.used"), get("behind.remaining")], [dec!(0.4), dec!(1.1), dec!(-30)]);
        assert_eq!([get("early.late"), get("over.late"), get("behind.late")], [dec!(0), dec!(0), dec!(1)]);
        assert_eq!([get("budget"), get("spent"), get("remaining")], [dec!(500), dec!(470), dec!(30)]);
        assert_eq!([get("used"), get("done")], [dec!(0.94), dec!(0.84)]); // (50 + 270 + 100) / 500
        assert_eq!(get("early.due"), dec!(20260630));
    }

    #[test]
    fn what_is_not_said_is_missing() {
        let figures = Figures::of(draft(vec![Initiative::new("x", ["hours"])], None));
        for figure in ["budget", "used", "done", "late"] {
            assert_eq!(figures.cause(&format!("scorecard.initiatives.x.{figure}")), Cause::NoData, "{figure}");
            assert_eq!(figures.cause(&format!("scorecard.initiatives.{figure}")), Cause::NoData, "{figure}");
        }
        // what one of several lacks is missing in the sum
        let silent = Initiative { budget: Some(50.into()), ..Initiative::new("silent", ["hours"]) };
        let two = draft(vec![initiative("x", (100, 40), "2026-06-30", dec!(0.5)), silent.clone()], Some("2026-03-31"));
        let figures = Figures::of(two);
        assert_eq!(figures.get("scorecard.initiatives.budget"), dec!(150));
        assert_eq!(figures.cause("scorecard.initiatives.spent"), Cause::NoData);
        assert_eq!(figures.get("scorecard.initiatives.late"), dec!(0));
        // what is only planned has cost nothing
        let planned = Initiative { status: Some(InitiativeStatus::Planned), ..silent };
        assert_eq!(Figures::of(draft(vec![planned], None)).get("scorecard.initiatives.used"), dec!(0));
        let stopped = Initiative { status: Some(InitiativeStatus::Stopped), ..Initiative::new("x", ["hours"]) };
        assert_eq!(Figures::of(draft(vec![stopped], None)).get("scorecard.initiatives.x.late"), dec!(0));
        let done = Initiative { status: Some(InitiativeStatus::Done), ..Initiative::new("x", ["hours"]) };
        assert_eq!(Figures::of(draft(vec![done], None)).get("scorecard.initiatives.x.done"), dec!(1));
    }

    #[test]
    fn mistakes() {
        let x = Initiative {
            done: Some(dec!(0.4)),
            status: Some(InitiativeStatus::Done),
            next_target: vec![("ratio".into(), dec!(1).into())],
            ..Initiative::new("x", ["hours", "hour", "hours"])
        };
        let told = problems(draft(vec![x, Initiative::new("x", ["hours"]), Initiative::new("late", ["hours"])], None));
        assert_eq!(
            told,
            [
                "scorecard.initiatives.x.moves.1: `x` should move `hour`, which is no criterion of the scorecard",
                "scorecard.initiatives.x.moves.2: `x` should move `hours` twice",
                "scorecard.initiatives.x.next_target.ratio: `x` has a next target for `ratio`, which it does not move",
                "scorecard.initiatives.x.status: `x` is done, but only 40 % of it is",
                "scorecard.initiatives.x: there are two initiatives `x`",
                "scorecard.initiatives.late: `late` is reserved for a figure",
            ]
        );
    }
}
