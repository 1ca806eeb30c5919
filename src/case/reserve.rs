//! Reserves for the years after the start: what is set aside to keep a system running and to change it.

use super::costs::CostCells;
use super::{Scope, Setting, Totals, define_totals};
use crate::amount::{Amount, Lowering};
use crate::model::{AxisId, CellId, Expression, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;

/// What a year's reserves are a share of.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ReserveBase {
    /// The initial cost of the plan: an assumption, as most sources do not say what their shares are of.
    #[default]
    Initial,
    /// An amount.
    Amount(Amount),
}

/// What is set aside each year, beside the costs and in none of their totals: a reserve is a budget, no forecast.
///
/// **Formula**: `rate x base` in each year from `from` to n; 0 before.
///
/// **Source**: practice of the total cost of ownership of CRM systems: from year 3 on 15 to 20 % a year to keep a system
/// running and 25 to 40 % to gain an advantage from it.
///
/// ```
/// use appraise::case::{Category, CostLine, Plan, Reserves};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let reserves = Reserves { run: Some(dec!(0.15).into()), change: Some(dec!(0.25).into()), ..Reserves::default() };
/// let crm = CostLine { initial: Some(200_000.into()), ..CostLine::new(Category::Licences, "crm") };
/// let plan = Plan { costs: Some(vec![crm]), reserves: Some(reserves), ..Plan::default() };
/// let appraisal = Appraisal::new(Draft { plan, ..Draft::default() }).unwrap();
/// let figure = |id: &str| appraisal.base().figure(id).unwrap().unwrap();
/// assert_eq!(figure("costs.reserves.run.year.2"), dec!(0));
/// assert_eq!(figure("costs.reserves.run.year.3"), dec!(30_000));
/// assert_eq!(figure("costs.reserves.nominal"), dec!(240_000)); // 40 % of 200,000 in years 3, 4 and 5
/// assert_eq!(figure("costs.nominal"), dec!(200_000));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Reserves {
    /// To keep the system running, as a fraction of the base.
    pub run: Option<Amount>,
    /// To change it and gain from it, as a fraction of the base.
    pub change: Option<Amount>,
    /// The first year with reserves.
    pub from: u32,
    /// What they are a share of.
    pub base: ReserveBase,
}

impl Default for Reserves {
    fn default() -> Self {
        Self { run: None, change: None, from: 3, base: ReserveBase::Initial }
    }
}

/// What can be wrong with reserves.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReserveError {
    /// Reserves that set nothing aside.
    #[error("neither `run` nor `change` is set aside")]
    Nothing,
    /// A first year that the plan does not have.
    #[error("reserves from year {from} on, in a plan of the years 1 to {years}")]
    From {
        /// The first year as written.
        from: u32,
        /// The last year of the plan.
        years: u32,
    },
}

impl ReserveError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Nothing => "write `reserves: {run: 15%, change: 25%}`".to_owned(),
            Self::From { years, .. } => format!("write a year from 1 to {years}, as in `from: {}`", 3.min(*years)),
        })
    }
}

/// The cells of stated reserves, which alternatives share where they state none of their own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StatedReserves {
    run: Option<CellId>,
    change: Option<CellId>,
    base: Option<CellId>,
    /// 1 in the years with reserves and 0 in the others.
    years: CellId,
}

/// What is stated, as cells.
pub(super) fn state(lowering: &mut Lowering, scope: &Scope, (reserves, last): (&Reserves, u32)) -> StatedReserves {
    let at = scope.id("reserves");
    if reserves.run.is_none() && reserves.change.is_none() {
        lowering.problem(&*at, ReserveError::Nothing);
    }
    if reserves.from == 0 || reserves.from > last {
        let error = ReserveError::From { from: reserves.from, years: last };
        lowering.problem(format!("{at}.from"), error);
    }
    let subject = scope.subject("Reserves");
    let mut single = |key: &str, figure: &str, aspect, unit, amount: &Amount| {
        let source = Id::from(format!("{at}.{key}"));
        let naming = Naming::new(scope.id(figure)).label(subject.clone(), aspect).unit(unit).source(source);
        let cell = lowering.amount(naming, amount);
        lowering.keep_positive(cell, amount, "a reserve");
        lowering.cells.require_single(cell);
        cell
    };
    let mut rate = |key, figure, aspect, amount: &Option<Amount>| {
        amount.as_ref().map(|amount| single(key, figure, aspect, Unit::Share, amount))
    };
    let run = rate("run", "costs.reserves.run.rate", "rate to keep running", &reserves.run);
    let change = rate("change", "costs.reserves.change.rate", "rate for change", &reserves.change);
    let base = match &reserves.base {
        ReserveBase::Initial => None,
        ReserveBase::Amount(amount) => Some(single("base", "costs.reserves.base", "base", Unit::Money, amount)),
    };
    let naming = Naming::new(scope.id("costs.reserves.years")).label(subject, "whether it is a year with reserves");
    let flags = (0..=lowering.years).map(|year| Some(Decimal::from(u8::from(year >= reserves.from))));
    let years = lowering.cells.input(naming, Shape::Row(AxisId::TIMELINE), flags);
    StatedReserves { run, change, base, years }
}

/// The cells of reserves.
#[derive(Debug, Clone)]
pub(crate) struct ReserveCells {
    pub(crate) run: Option<(CellId, Totals)>,
    pub(crate) change: Option<(CellId, Totals)>,
    pub(crate) totals: Totals,
    /// Costs and reserves together.
    pub(crate) with_costs: Totals,
}

/// Defines `costs.reserves` and `costs.with_reserves`.
pub(super) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    stated: StatedReserves,
    costs: &CostCells,
) -> ReserveCells {
    let base = stated.base.unwrap_or(costs.initial);
    let mut kind = |rate: Option<CellId>, id: &str, name: &str| {
        let rate = rate?;
        let row = Expression::cell(rate) * Expression::cell(base) * Expression::cell(stated.years);
        let row = setting.while_in_use(row);
        let figure = setting.scope.id(&format!("{id}.charge"));
        let naming = Naming::new(figure).label(setting.scope.subject(name), "rate x base").unit(Unit::Money);
        let row = lowering.cells.formula(naming, row);
        Some((rate, define_totals(lowering, setting, id, name, &[row])))
    };
    let run = kind(stated.run, "costs.reserves.run", "Reserve to keep running");
    let change = kind(stated.change, "costs.reserves.change", "Reserve for change");
    let rows: Vec<CellId> = [run, change].iter().flatten().map(|(_, totals)| totals.year).collect();
    let totals = define_totals(lowering, setting, "costs.reserves", "Reserves", &rows);
    let both = [costs.totals.year, totals.year];
    let with_costs = define_totals(lowering, setting, "costs.with_reserves", "Costs with reserves", &both);
    ReserveCells { run, change, totals, with_costs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Alternative, Category, CostLine, Plan};
    use crate::{Draft, Horizon};
    use rust_decimal::dec;

    fn plan(reserves: Option<Reserves>) -> Plan {
        let crm = CostLine { initial: Some(100.into()), ..CostLine::new(Category::Licences, "crm") };
        Plan { costs: Some(vec![crm]), reserves, ..Plan::default() }
    }

    fn run(rate: Decimal) -> Reserves {
        Reserves { run: Some(rate.into()), ..Reserves::default() }
    }

    #[test]
    fn reserves_stand_beside_the_costs() {
        let base = ReserveBase::Amount(50.into());
        let reserves = Reserves { change: Some(dec!(0.4).into()), from: 5, base, ..run(dec!(0.2)) };
        let figures = Figures::of(Draft { plan: plan(Some(reserves)), ..Draft::default() });
        assert_eq!(figures.get("costs.reserves.run.nominal"), dec!(10));
        assert_eq!(figures.get("costs.reserves.change.year.5"), dec!(20));
        assert_eq!(figures.get("costs.reserves.year.4"), dec!(0));
        assert_eq!(figures.get("costs.with_reserves.nominal"), dec!(130));
        assert_eq!(figures.get("costs.nominal"), dec!(100));
    }

    #[test]
    fn an_alternative_follows_the_document_unless_it_has_its_own() {
        let own = Alternative { plan: plan(Some(run(dec!(0.5)))), ..Alternative::new("own") };
        let follows = Alternative { plan: plan(None), ..Alternative::new("follows") };
        let common = Plan { costs: None, ..plan(Some(run(dec!(0.1)))) };
        let draft = Draft { plan: common, alternatives: vec![own, follows], ..Draft::default() };
        let figures = Figures::of(draft);
        assert_eq!(figures.get("alternatives.own.costs.reserves.run.year.3"), dec!(50));
        assert_eq!(figures.get("alternatives.follows.costs.reserves.run.year.3"), dec!(10));
    }

    #[test]
    fn mistakes_are_placed() {
        let told = |reserves| {
            let horizon = Horizon { years: 2, ..Horizon::default() };
            problems(Draft { horizon, plan: plan(Some(reserves)), ..Draft::default() })
        };
        assert_eq!(
            told(Reserves::default()),
            [
                "reserves: neither `run` nor `change` is set aside",
                "reserves.from: reserves from year 3 on, in a plan of the years 1 to 2",
            ]
        );
        let negative = Reserves { from: 1, ..run(dec!(-0.1)) };
        assert_eq!(told(negative), ["reserves.run: -0.1 is negative, but a reserve is written positive"]);
    }
}
