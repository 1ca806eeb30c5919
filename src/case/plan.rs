//! What one way of going about it costs and brings: the document's own plan, or one of its alternatives.

use super::result::Current;
use super::tax::TaxedCells;
use super::{
    AccountingReturn, BenchmarkCells, Benefit, BenefitCells, CaseCells, Category, Common, CostCells, CostLine,
    CostViewCells, Deployment, Discounting, Financing, FinancingCells, Losses, MeasureCells, Measured, Overlap,
    PriceView, Reserves, ResultCells, Totals, benchmark, cost_views, define_benefits, define_case, define_costs,
    define_financing, define_result,
};
use crate::amount::{Amount, Lowering};
use crate::model::{CellId, Expression, Id, Naming, Unit};
use std::sync::Arc;

/// What one way of going about it costs and brings.
///
/// ```
/// use appraise::case::{Category, CostLine, Plan};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let licences = CostLine { annual: Some(1_000.into()), ..CostLine::new(Category::Licences, "crm") };
/// let plan = Plan { costs: Some(vec![licences]), ..Plan::default() };
/// let appraisal = Appraisal::new(Draft { plan, ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("costs.nominal"), Some(Ok(dec!(5_000))));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// What the system costs; `None` where nothing is said, as opposed to nothing being spent.
    pub costs: Option<Vec<CostLine>>,
    /// The categories in which nothing is spent, and somebody said so.
    pub no_costs_in: Vec<NoCosts>,
    /// What it brings.
    pub benefits: Option<Vec<Benefit>>,
    /// How much is counted of benefits that overlap; of other groups the largest.
    pub overlaps: Vec<Overlap>,
    /// How the system is run; what costs are compared with depends on it.
    pub deployment: Option<Deployment>,
    /// How many use it, in each year 1 to n.
    pub users: Option<Amount>,
    /// What is set aside beside the costs.
    pub reserves: Option<Reserves>,
    /// Ways to pay for something that is bought, side by side.
    pub financing: Option<Financing>,
}

/// A category in which nothing is spent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoCosts {
    /// The category.
    pub category: Category,
    /// Why, in words.
    pub reason: Option<String>,
}

impl Plan {
    /// Whether nothing is said at all.
    pub fn is_empty(&self) -> bool {
        self.costs.is_none() && self.benefits.is_none() && self.financing.is_none()
    }

    /// Whether any line of cost is.
    pub(crate) fn is_depreciated(&self) -> bool {
        self.costs.iter().flatten().any(|line| line.depreciation.is_some())
    }

    /// Whether one of its benefits is in that group of overlapping ones.
    pub(crate) fn has_overlap(&self, group: &str) -> bool {
        self.benefits.iter().flatten().any(|benefit| benefit.overlap.as_deref() == Some(group))
    }

    /// The currencies that something in it is stated in.
    pub(crate) fn currencies(&self) -> impl Iterator<Item = &str> {
        let costs = self.costs.iter().flatten().map(|line| &line.currency);
        let benefits = self.benefits.iter().flatten().map(|benefit| &benefit.currency);
        let financing = self.financing.iter().flat_map(Financing::currencies);
        costs.chain(benefits).chain(financing).flatten().map(String::as_str)
    }

    pub(crate) fn lines(&self) -> usize {
        self.costs.as_ref().map_or(0, Vec::len) + self.benefits.as_ref().map_or(0, Vec::len)
    }
}

/// Whose figures they are: the document's own, or those of one of its alternatives.
///
/// Ids of figures and addresses in the document are the same text: `costs.hardware.database` of the document's own plan,
/// `alternatives.vendor_a.costs.hardware.database` of an alternative.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    /// `None` for the document's own plan; else `alternatives.vendor_a` and the name of it.
    alternative: Option<(Arc<str>, Arc<str>)>,
}

impl Scope {
    pub(crate) fn alternative(id: &str, name: &str) -> Self {
        Self { alternative: Some((format!("{ALTERNATIVES}.{id}").into(), name.into())) }
    }

    /// The id of a figure, or an address, in this scope.
    pub(crate) fn id(&self, id: &str) -> Arc<str> {
        match &self.alternative {
            Some((at, _)) => format!("{at}.{id}").into(),
            None => id.into(),
        }
    }

    /// What a reader sees: the name of the alternative before the subject itself.
    pub(crate) fn subject(&self, subject: &str) -> Arc<str> {
        match &self.alternative {
            Some((_, name)) => format!("{name}{BEFORE_SUBJECT}{subject}").into(),
            None => subject.into(),
        }
    }
}

/// Where alternatives stand in a document, and what the ids of their figures begin with.
pub(crate) const ALTERNATIVES: &str = "alternatives";

/// What stands between the name of an alternative and the subject of a figure.
pub(crate) const BEFORE_SUBJECT: &str = ": ";

/// What every plan is reckoned with.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'s> {
    pub(crate) scope: &'s Scope,
    pub(crate) discounting: Discounting,
    /// The calendar year of year 0.
    pub(crate) first_year: Option<i32>,
    /// The tax rate, and what becomes of losses.
    pub(crate) tax: Option<(CellId, Losses)>,
    /// 1 in the years in which it is in use and 0 after its life; `None` where it lasts as long as the horizon.
    pub(crate) in_use: Option<CellId>,
    /// The last year in which it is in use.
    pub(crate) last_year: u32,
    /// The scorecard, whose indicators benefits may be proven by and follow.
    pub(crate) measured: Measured<'s>,
    /// Its users, deployment and reserves, its own or those of the document.
    pub(crate) common: Common,
}

impl Setting<'_> {
    /// A row of money, of which nothing is counted after the end of its life.
    pub(super) fn while_in_use(self, row: Expression) -> Expression {
        match self.in_use {
            Some(in_use) => row * Expression::cell(in_use),
            None => row,
        }
    }
}

/// Where the figures of a plan are.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlanCells {
    pub(crate) scope: Scope,
    pub(crate) costs: Option<CostCells>,
    pub(crate) benefits: Option<BenefitCells>,
    pub(crate) case: Option<CaseCells>,
    /// Where there is a tax, or something is depreciated.
    pub(crate) result: Option<ResultCells>,
    pub(crate) accounting_return: Option<AccountingReturn>,
    pub(crate) views: Option<CostViewCells>,
    pub(crate) benchmarks: Vec<BenchmarkCells>,
    /// Net benefits in nominal and real terms.
    pub(crate) net_prices: Option<NetPrices>,
    /// The same after tax, where there is one.
    pub(crate) taxed_prices: Option<NetPrices>,
    pub(crate) financing: Option<FinancingCells>,
}

/// Net benefits in nominal and real terms, and the rates that follow from them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NetPrices {
    pub(crate) net: PriceView,
    pub(crate) nominal_irr: CellId,
    pub(crate) real_irr: CellId,
}

impl PlanCells {
    pub(crate) fn is_empty(&self) -> bool {
        self.costs.is_none() && self.benefits.is_none() && self.financing.is_none()
    }

    /// What it costs by year, where that is stated.
    pub(crate) fn costs_by_year(&self) -> Option<CellId> {
        self.costs.as_ref().map(|costs| costs.totals.year)
    }

    /// What tax leaves, where there is one.
    pub(crate) fn taxed(&self) -> Option<&TaxedCells> {
        self.result.as_ref()?.taxed.as_ref()
    }

    /// The present value of its costs, and the same amount for each year of its life; after tax where nothing else bears it.
    pub(crate) fn costs_after_tax(&self) -> Option<(CellId, CellId)> {
        let costs = self.taxed()?.costs?;
        Some((costs.totals.present_value, costs.equivalent_annual))
    }

    /// Its net benefits, after tax where there is one.
    pub(crate) fn net(&self) -> Option<CellId> {
        let taxed = self.taxed().map(|taxed| taxed.net);
        taxed.or(self.case.as_ref().map(|case| case.net))
    }

    /// What alternatives are compared by, after tax where there is one.
    pub(crate) fn measures(&self) -> Option<&MeasureCells> {
        let taxed = self.taxed().and_then(|taxed| taxed.measures.as_ref());
        taxed.or(self.case.as_ref().map(|case| &case.measures))
    }

    /// What it brings, where that is stated, less tax where there is one.
    pub(crate) fn benefit_totals(&self) -> Option<Totals> {
        let taxed = self.taxed().map(|taxed| taxed.benefits);
        taxed.or(self.benefits.as_ref().map(|benefits| benefits.totals))
    }

    /// The same by year.
    pub(crate) fn benefits_by_year(&self) -> Option<CellId> {
        self.benefit_totals().map(|totals| totals.year)
    }
}

/// Defines all figures of a plan.
pub(crate) fn define(lowering: &mut Lowering, setting: Setting, plan: &Plan) -> PlanCells {
    let common = setting.common;
    let costs = plan.costs.as_ref().map(|lines| define_costs(lowering, setting, lines));
    let benefits = plan.benefits.as_ref().map(|lines| define_benefits(lowering, setting, lines, &plan.overlaps));
    let both = costs.as_ref().zip(benefits.as_ref());
    let case = both.map(|(costs, benefits)| define_case(lowering, setting, costs, benefits));
    let views = costs.as_ref().map(|costs| cost_views::define(lowering, setting, (common, plan), costs));
    let compared = costs.as_ref().zip(views.as_ref());
    let benchmarks = compared.map(|(costs, views)| benchmark::define(lowering, setting.scope, costs, views));
    let net = case.as_ref().map(|case| ("case", "Business case", case.net, case.measures.irr));
    let net_prices = net.and_then(|net| define_net_prices(lowering, setting, net));
    let returns = benefits.as_ref().zip(case.as_ref());
    let of_costs = views.as_ref().and_then(|views| views.prices);
    let current = Current {
        net: net_prices.map(|prices| prices.net.current.year),
        costs: of_costs.map(|view| view.current.year),
    };
    let (result, accounting_return) =
        costs.as_ref().map_or((None, None), |costs| define_result(lowering, setting, costs, (returns, current)));
    let taxed = result.as_ref().and_then(|result| result.taxed.as_ref());
    let taxed = taxed.and_then(|taxed| Some((taxed.net, taxed.measures.as_ref()?.irr)));
    let taxed = taxed.map(|(net, irr)| ("case.after_tax", "Business case after tax", net, irr));
    let taxed_prices = taxed.and_then(|net| define_net_prices(lowering, setting, net));
    let financing = plan.financing.as_ref();
    let financing = financing.and_then(|stated| define_financing(lowering, setting, stated, costs.as_ref()));
    PlanCells {
        scope: setting.scope.clone(),
        costs,
        benefits,
        case,
        result,
        accounting_return,
        views,
        benchmarks: benchmarks.unwrap_or_default(),
        net_prices,
        taxed_prices,
        financing,
    }
}

/// Defines net benefits, before tax or after it, and their rate of return in both terms, where inflation is stated.
fn define_net_prices(
    lowering: &mut Lowering,
    setting: Setting,
    (id, subject, net, irr): (&str, &str, CellId, CellId),
) -> Option<NetPrices> {
    let prices = setting.common.prices?;
    let (id, subject) = (setting.scope.id(id), setting.scope.subject(subject));
    let net = prices.view(lowering, &format!("{id}.net").into(), &subject, net);
    let [nominal, real] = prices.rates_of(irr);
    let mut irr = |figure: &'static str, aspect, rate| {
        let naming = Naming::new(Id::of(Arc::clone(&id), figure)).label(Arc::clone(&subject), aspect);
        lowering.cells.formula(naming.unit(Unit::Share), rate)
    };
    let nominal_irr = irr("nominal_irr", "internal rate of return, nominal", nominal);
    let real_irr = irr("real_irr", "internal rate of return, real", real);
    Some(NetPrices { net, nominal_irr, real_irr })
}
