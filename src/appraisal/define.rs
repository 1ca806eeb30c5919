//! The path from a draft to cells: names first, then each part in the order in which it needs the others.

use super::{AppraisalError, Draft, Language};
use crate::amount::{Lowering, Named, Names};
use crate::assumption::Assumption;
use crate::bound::Bound;
use crate::calendar::{Calendar, Timed};
use crate::case::{
    self, AlternativeCells, CashFlowCells, Common, CostLine, CostOfCapital, CostOfCapitalCells, DiscountRates,
    Discounting, EconomicValueAddedCells, InflationError, Measured, Plan, PlanCells, Prices, Rates, Scope, Setting,
    Terms, Whose,
};
use crate::customers::{self, CustomerCells};
use crate::idle::Idle;
use crate::model::{AxisId, Builder, Cause, CellId, Naming, Shape, Unit};
use crate::panel::{self, Assessment, AssessmentCells, AuthorityCells, DelphiCells, Weighting};
use crate::problem::Problem;
use crate::reconcile::{self, ExpectedCells};
use crate::scorecard::{
    self, CriterionCells, Direction, Framework, Given, ReviewCells, Scale, Scorecard, ScorecardError, StructureCells,
    Tree, UnitsCells,
};
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::sync::Arc;

/// A criterion as the report lists it.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) depth: usize,
    pub(crate) has_children: bool,
    pub(crate) unit: Unit,
    /// The KPI that its actual value follows from, and which way that is better.
    pub(crate) kpi: Option<(Arc<str>, Option<Direction>)>,
}

/// Where the figures of each part are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    pub(crate) discount_rate: Option<CellId>,
    /// What the discount rate is built up from.
    pub(crate) cost_of_capital: Option<CostOfCapitalCells>,
    pub(crate) assumptions: Vec<CellId>,
    pub(crate) criteria: Vec<Listed>,
    pub(crate) scorecard: Vec<CriterionCells>,
    pub(crate) review: Option<ReviewCells>,
    pub(crate) authority: AuthorityCells,
    pub(crate) weighting: Weighting,
    pub(crate) delphi: Option<DelphiCells>,
    pub(crate) assessment: Option<AssessmentCells>,
    pub(crate) incentive: Option<scorecard::IncentiveCells>,
    /// The document's own plan, empty where it has alternatives.
    pub(crate) plan: PlanCells,
    pub(crate) alternatives: Vec<AlternativeCells>,
    /// What can be said of the alternatives together.
    pub(crate) compared: case::ComparedCells,
    /// The periods the scorecard is followed over.
    pub(crate) calendar: Option<Calendar>,
    pub(crate) cash_flows: Vec<CashFlowCells>,
    pub(crate) economic_value_added: Option<EconomicValueAddedCells>,
    pub(crate) customers: Option<CustomerCells>,
    pub(crate) structure: StructureCells,
    pub(crate) units: UnitsCells,
    pub(crate) expected: Vec<ExpectedCells>,
    /// Which values make sense for which cells.
    pub(crate) bounds: Vec<(CellId, Bound)>,
    /// Keys that change nothing, and why.
    pub(crate) idle: Vec<(String, Idle)>,
}

impl Parts {
    /// The document's own plan, then those of its alternatives.
    pub(crate) fn plans(&self) -> impl Iterator<Item = &PlanCells> {
        [&self.plan].into_iter().chain(self.alternatives.iter().map(|alternative| &alternative.plan))
    }
}

pub(super) fn define(draft: &Draft, cells: &mut Builder, problems: &mut Vec<Problem>) -> (Parts, Names) {
    let mut parts = Parts::default();
    let years = draft.horizon.years;
    let panel = draft.delphi.is_some() || draft.assessment.is_some() || !draft.weighing.is_empty();
    let money = !draft.plan.is_empty()
        || !draft.alternatives.is_empty()
        || !draft.cash_flows.is_empty()
        || draft.economic_value_added.is_some();
    if draft.scorecard.is_none() && !money && draft.customers.is_none() && !panel && draft.expect.is_empty() {
        problems.push(Problem::new("", AppraisalError::Empty));
    }
    let tree = draft.scorecard.as_ref().map(|card| {
        let is_chinese = draft.language == Language::Chinese;
        let whole = match (card.framework, is_chinese) {
            (Framework::PerformancePyramid, false) => "Vision",
            (Framework::PerformancePyramid, true) => "愿景",
            (_, false) => "Overall",
            (_, true) => "总体",
        };
        let mut tree = Tree::new(&card.perspectives, whole, problems);
        scorecard::arrange(&mut tree, card, |part| if is_chinese { part.chinese } else { part.english });
        scorecard::resolve_kpis(&mut tree, card, draft, problems);
        scorecard::resolve_units(&mut tree, card, problems);
        tree
    });
    let mut names = Names::default();
    let calendar = draft.scorecard.as_ref().and_then(|card| {
        let of_units = card.units.iter().flat_map(scorecard::BusinessUnit::periods);
        let given = tree.iter().flat_map(scorecard::periods_given).chain(of_units);
        Calendar::define(cells, card.periods.as_ref()?, given, problems)
    });
    let criteria = tree.as_ref().map_or(0, |tree| tree.ids().count());
    if calendar.as_ref().is_some_and(|calendar| !calendar.has_room(criteria, problems)) {
        return (parts, names);
    }
    let (rate, actuals) =
        name_cells(draft, tree.as_ref(), calendar.as_ref(), cells, (&mut names, &mut parts), problems);
    let mut lowering = Lowering::new((cells, &names), problems, (years, calendar.as_ref()));
    let tax = draft.tax.as_ref().map(|tax| (case::define_tax_rate(&mut lowering, tax), tax.losses));
    parts.cost_of_capital = define_rate(&mut lowering, draft, rate, tax.map(|(rate, _)| rate));
    for (assumption, cell) in draft.assumptions.iter().zip(&parts.assumptions) {
        lowering.define(*cell, &assumption.value);
        check_range(&mut lowering, assumption);
    }
    match (&draft.scorecard, &tree) {
        (Some(card), Some(tree)) => {
            define_scorecard(&mut lowering, draft, card, tree, &actuals, &mut parts);
            if card.periods.is_some() && lowering.calendar.is_none() {
                // there are periods, and what is wrong with them has been said
                lowering.problems.retain(|problem| !problem.lacks_periods());
            }
        }
        _ => {
            if draft.delphi.is_some() {
                lowering.problem("weights.delphi", AppraisalError::NoScorecard);
            }
            if !draft.weighing.is_empty() {
                lowering.problem("weights.groups", AppraisalError::NoScorecard);
            }
            if draft.assessment.is_some() {
                lowering.problem("assessment", panel::FuzzyError::NoScorecard);
            }
            if draft.incentive.is_some() {
                lowering.problem("incentive", scorecard::IncentiveError::NoScorecard);
            }
        }
    }
    let currency = (draft.currency.as_deref(), draft.horizon.first_year);
    let exchange =
        case::define_exchange_rates(&mut lowering, currency, (&draft.exchange_rates, draft.valuation.timing));
    lowering.exchange = Some(&exchange);
    draft.valuation.check(&mut lowering);
    let has_plan = !draft.plan.is_empty() || !draft.alternatives.is_empty();
    let in_terms = (has_plan || !draft.cash_flows.is_empty()).then(|| {
        let in_terms = DiscountRates::define(&mut lowering, rate, &draft.valuation);
        (in_terms, Rates::define(&mut lowering, in_terms.of_amounts, &draft.valuation))
    });
    if let Some((in_terms, rates)) = in_terms.filter(|_| has_plan) {
        let ends = draft.plans().flat_map(|plan| plan.costs.iter().flatten()).any(CostLine::flows_at_end);
        let discounting = Discounting::define(&mut lowering, rates, (&draft.valuation, ends));
        let prices = Prices::define(&mut lowering, in_terms, discounting, draft.valuation.prices);
        let common = Common::define(&mut lowering, &draft.plan, prices);
        let first_year = draft.horizon.first_year;
        let measured = Measured { tree: tree.as_ref(), criteria: &parts.scorecard };
        let scope = &Scope::default();
        let last_year = years;
        let setting = Setting { scope, discounting, in_use: None, last_year, first_year, tax, measured, common };
        parts.plan = case::define_plan(&mut lowering, setting, &draft.plan);
        let plans = (&draft.plan, &*draft.alternatives);
        parts.alternatives = case::define_alternatives(&mut lowering, setting, plans);
        parts.compared = case::define_compared(&mut lowering, setting, &parts.alternatives);
    }
    let has_books = draft.plans().any(Plan::is_depreciated) || draft.tax.is_some();
    if has_books && draft.valuation.prices == Terms::Real && draft.valuation.inflation.is_none() {
        lowering.problem("valuation.prices", InflationError::NeededForBooks);
    }
    if draft.tax.is_some() && draft.plans().all(|plan| plan.costs.is_none() && plan.financing.is_none()) {
        lowering.problem("tax", case::TaxError::NoResult);
    }
    scorecard::check_accepted(&mut lowering, "accepted", &draft.accepted);
    let eva = draft.economic_value_added.as_ref();
    if let Some((_, rates)) = in_terms {
        parts.cash_flows = case::define_cash_flows(&mut lowering, rates, draft.valuation.irr, &draft.cash_flows);
    }
    parts.economic_value_added = eva.map(|stated| case::define_economic_value_added(&mut lowering, stated));
    parts.customers = draft.customers.as_ref().map(|stated| customers::define(&mut lowering, rate, stated));
    // last, because any of the other figures may be expected
    parts.expected = reconcile::define(&mut lowering, draft, &parts.assumptions);
    parts.bounds = lowering.bounds;
    parts.idle = lowering.idle;
    let idle = super::idle::look(draft, &parts);
    parts.idle.extend(idle);
    parts.calendar = calendar;
    (parts, names)
}

/// About how many cells a draft makes: what one criterion, rating, line or benefit makes, counted once on Meridian.
pub(super) fn about_cells(draft: &Draft) -> usize {
    let mut criteria: usize = 0;
    let mut waiting: Vec<&[scorecard::Criterion]> = draft.scorecard.iter().map(|card| &*card.perspectives).collect();
    while let Some(siblings) = waiting.pop() {
        criteria += siblings.len();
        waiting.extend(siblings.iter().map(|criterion| &*criterion.children));
    }
    let rated: usize = draft.delphi.iter().flat_map(|delphi| &delphi.rounds).map(|round| round.items.len() + 5).sum();
    let lines: usize = draft.plans().map(Plan::lines).sum();
    let units = draft.scorecard.as_ref().map_or(0, |card| card.units.len());
    draft.assumptions.len() + 15 * criteria * (1 + units.min(50)) + 8 * rated + 10 * lines + 80
}

/// Makes a cell for everything a formula may name, before any formula is looked at.
fn name_cells(
    draft: &Draft,
    tree: Option<&Tree>,
    calendar: Option<&Calendar>,
    cells: &mut Builder,
    (names, parts): (&mut Names, &mut Parts),
    problems: &mut Vec<Problem>,
) -> (CellId, Vec<Option<Timed>>) {
    let numbers = (1..=draft.horizon.years).map(|year| Some(Decimal::from(year)));
    let year = cells.input(Naming::new("year").label("Year", ""), Shape::Row(AxisId::YEARS), numbers);
    names.insert("year", Named::Cell(year));
    let naming = Naming::new("discount_rate").label("Discount rate", "").unit(Unit::Share).source("discount_rate");
    let rate = match draft.discount_rate {
        Some(_) => cells.declare(naming),
        None => cells.absent(naming, Shape::Scalar, Cause::NoData),
    };
    names.insert("discount_rate", Named::Cell(rate));
    parts.discount_rate = Some(rate);
    let mut seen = HashSet::new();
    for assumption in &draft.assumptions {
        let at = format!("assumptions.{}", assumption.id);
        scorecard::check_id(&assumption.id, &at, problems);
        let taken = tree.is_some_and(|tree| tree.find(&assumption.id).is_some());
        if !seen.insert(&assumption.id) || taken {
            problems.push(Problem::new(&*at, ScorecardError::DuplicateId { id: assumption.id.clone() }));
        }
        let unit = assumption.unit.as_deref().map_or(Unit::Number, Unit::of);
        let subject = assumption.name.as_deref().unwrap_or(&assumption.id);
        let cell = cells.declare(Naming::new(&*assumption.id).label(subject, "").unit(unit).source(at));
        names.insert(&*assumption.id, Named::Cell(cell));
        parts.assumptions.push(cell);
    }
    let Some(tree) = tree else { return (rate, Vec::new()) };
    let actuals = tree.nodes.iter().map(|node| {
        // a group that is also measured is refused, and then needs no cell
        let measure = node.criterion.filter(|criterion| criterion.children.is_empty());
        let measure = measure.and_then(|criterion| criterion.measure.as_ref());
        let actual = measure.map(|measure| scorecard::declare_actual(cells, calendar, node, measure));
        let usable = actual.filter(|_| measure.is_some_and(|measure| measure.has_actual()) || node.is_aggregated());
        if node.criterion.is_some() {
            names.insert(Arc::clone(&node.id), usable.map_or(Named::NoActual, Named::Timed));
        }
        actual
    });
    let actuals = actuals.collect();
    (rate, actuals)
}

fn define_rate(
    lowering: &mut Lowering,
    draft: &Draft,
    rate: CellId,
    tax: Option<CellId>,
) -> Option<CostOfCapitalCells> {
    match draft.discount_rate.as_ref()? {
        CostOfCapital::Rate(amount) => {
            lowering.define(rate, amount);
            lowering.cells.require_single(rate);
            lowering.keep_within(rate, amount, Bound::DiscountRate, |rate| AppraisalError::DiscountRate { rate });
            None
        }
        CostOfCapital::Weighted(capital) => {
            let whose = Whose { figures: "wacc", subject: "Cost of capital", at: "discount_rate" };
            let (average, cells) = case::define_cost_of_capital(lowering, whose, capital, tax);
            lowering.cells.define(rate, average);
            lowering.watch(rate, Bound::DiscountRate);
            lowering.cells.require_single(rate);
            Some(cells)
        }
    }
}

fn check_range(lowering: &mut Lowering, assumption: &Assumption) {
    if let Some(range) = assumption.range {
        let inside = range.likely.is_none_or(|likely| range.low <= likely && likely <= range.high);
        if range.low > range.high || !inside {
            let error = AppraisalError::RangeOrder { id: assumption.id.clone() };
            lowering.problem(format!("assumptions.{}.range", assumption.id), error);
        }
    }
}

fn define_scorecard(
    lowering: &mut Lowering,
    draft: &Draft,
    card: &Scorecard,
    tree: &Tree,
    actuals: &[Option<Timed>],
    parts: &mut Parts,
) {
    parts.criteria = tree
        .nodes
        .iter()
        .map(|node| Listed {
            id: Arc::clone(&node.id),
            name: Arc::clone(&node.name),
            depth: node.depth,
            has_children: !node.children.is_empty(),
            unit: node.unit.clone(),
            kpi: node.kpi.map(|kpi| (kpi.id.as_str().into(), kpi.direction)),
        })
        .collect();
    parts.authority = panel::define_authority(lowering, &draft.authority);
    let experts = draft.delphi.iter().flat_map(|delphi| &delphi.experts);
    let experts = experts.map(String::as_str);
    let experts = experts.chain(draft.weighing.iter().flat_map(|group| group.weighing.experts()));
    let experts = experts.chain(draft.assessment.iter().flat_map(Assessment::experts));
    panel::check_authority_names(lowering, &draft.authority, experts);
    let authority = &parts.authority;
    parts.delphi = draft.delphi.as_ref().map(|delphi| panel::define_delphi(lowering, tree, authority, delphi));
    parts.weighting = panel::define_weights(lowering, tree, parts.delphi.as_ref(), &parts.authority, &draft.weighing);
    let weights = &parts.weighting.cells;
    let scale = Scale::define(lowering, card);
    parts.units = scorecard::define_units(lowering, tree, weights, card, &scale);
    let given = Given { actuals, weights, card, scale: &scale, units: &parts.units.units };
    parts.scorecard = scorecard::define(lowering, tree, &given).criteria;
    if !card.units.is_empty() {
        scorecard::tell_once(lowering.problems);
    }
    parts.structure = scorecard::define_structure(lowering, card, tree, weights, &parts.scorecard);
    let actuals: Vec<Option<CellId>> = actuals.iter().map(|actual| Some((*actual)?.now)).collect();
    let functions = draft.assessment.iter().flat_map(|assessment| &assessment.functions);
    let functions: HashSet<&str> = functions.map(|functions| functions.item.as_str()).collect();
    parts.review = Some(scorecard::define_review(lowering, tree, (weights, &parts.scorecard), card, &functions));
    parts.assessment = draft.assessment.as_ref().map(|assessment| {
        let cells = panel::define_assessment(lowering, tree, weights, &actuals, &parts.authority, assessment);
        cells.define_unjudged(lowering);
        cells
    });
    parts.incentive = draft
        .incentive
        .as_ref()
        .map(|incentive| scorecard::define_incentive(lowering, tree, &parts.scorecard, card.missing, incentive));
}
