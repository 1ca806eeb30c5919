//! Views of the same costs in a report: over time, by phase, per user, in nominal and real terms, against benchmarks.

use super::build::Reader;
use super::finding::expected;
use super::money::MoneyRow;
use super::{Value, rounding};
use crate::case::{Category, NetPrices, Plan, PlanCells, PriceView, PricedRow};
use crate::model::Unit;
use std::sync::Arc;

/// Views of the same costs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CostViews {
    /// How the system is run, as in a document.
    pub deployment: Option<&'static str>,
    /// The running total, one value for each year from 0.
    pub cumulative: Vec<Value>,
    /// Of all costs, what a model that ends with that year would have shown.
    pub horizon_gap: Vec<Value>,
    /// Year 0, as a share of the nominal costs.
    pub initial_share: Value,
    /// The years after it, as a share of the nominal costs.
    pub ongoing_share: Value,
    /// The discount factors of the years 1 to n added up.
    pub annuity_factor: Value,
    /// The same amount in each year 1 to n that has the present value of the costs.
    pub equivalent_annual: Value,
    /// Building, running, leaving, where a line names its phase.
    pub phases: Vec<MoneyRow>,
    /// The cost of a user, where users are given.
    pub per_user: Option<PerUserRow>,
    /// What is set aside beside the costs.
    pub reserves: Option<ReserveSection>,
    /// The costs in nominal and real terms, where inflation is stated.
    pub prices: Option<PriceSection>,
    /// How the costs compare with what is usual.
    pub benchmarks: Vec<BenchmarkRow>,
    /// Why nothing is spent in a category.
    pub no_costs: Vec<NoCostsRow>,
}

/// The cost of a user.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PerUserRow {
    /// The users of all years added up.
    pub user_years: Value,
    /// The nominal costs divided by them.
    pub cost: Value,
}

/// What is set aside beside the costs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ReserveSection {
    /// To keep the system running, and to change it.
    pub lines: Vec<MoneyRow>,
    /// Both.
    pub total: MoneyRow,
    /// Costs and reserves together.
    pub with_costs: MoneyRow,
}

/// A row of money in one kind of terms.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PricedMoney {
    /// One value for each year from 0.
    pub years: Vec<Value>,
    /// The sum.
    pub total: Value,
    /// The present value, at the rate in the same terms.
    pub present_value: Value,
}

/// A row of money in nominal and in real terms.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PriceSection {
    /// At the prices of each year.
    pub current: PricedMoney,
    /// At the prices of year 0.
    pub constant: PricedMoney,
}

/// Net benefits in nominal and real terms.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct NetPriceSection {
    /// Benefits minus costs.
    pub net: PriceSection,
    /// The internal rate of return of the flows at current prices.
    pub nominal_irr: Value,
    /// The internal rate of return of the flows at constant prices.
    pub real_irr: Value,
}

/// A benchmark and how the costs compare.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BenchmarkRow {
    /// Its id: `initial_share`.
    pub id: &'static str,
    /// What readers see.
    pub name: &'static str,
    /// What the costs have.
    pub value: Value,
    /// Whether the value is a share; else it is a plain number.
    pub is_share: bool,
    /// What is usual, in words.
    pub usual: String,
    /// Whether the value is as usual; `None` where there is no value.
    pub is_met: Option<bool>,
    /// Where the range comes from.
    pub source: &'static str,
}

/// Why nothing is spent in a category.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct NoCostsRow {
    /// The category.
    pub category: &'static str,
    /// The reason.
    pub reason: String,
}

impl Reader<'_> {
    fn priced(&self, row: PricedRow) -> PricedMoney {
        PricedMoney {
            years: self.row(row.year),
            total: self.value(row.total),
            present_value: self.value(row.present_value),
        }
    }

    pub(super) fn net_prices(&self, cells: NetPrices) -> NetPriceSection {
        NetPriceSection {
            net: self.prices(cells.net),
            nominal_irr: self.value(cells.nominal_irr),
            real_irr: self.value(cells.real_irr),
        }
    }

    pub(super) fn prices(&self, view: PriceView) -> PriceSection {
        PriceSection { current: self.priced(view.current), constant: self.priced(view.constant) }
    }

    /// The views of the costs of a plan. `stated` is what it says, for its reasons.
    pub(super) fn cost_views(&self, cells: &PlanCells, stated: &Plan) -> Option<CostViews> {
        let views = cells.views.as_ref()?;
        let phases = views.phases.iter().map(|phase| {
            let name: Arc<str> = self.words.phase(&phase.name).into();
            self.money(&name, phase.year, phase.nominal, phase.present_value)
        });
        let reserves = views.reserves.as_ref().map(|reserves| ReserveSection {
            lines: [&reserves.run, &reserves.change]
                .into_iter()
                .flatten()
                .map(|(_, totals)| self.totals(*totals))
                .collect(),
            total: self.totals(reserves.totals),
            with_costs: self.totals(reserves.with_costs),
        });
        let benchmarks = cells.benchmarks.iter().map(|compared| {
            let model = self.outcome.appraisal().model();
            let is_share = model.cell(compared.value).is_some_and(|cell| *cell.unit() == Unit::Share);
            let shown = |number| if is_share { rounding::share(number) } else { rounding::number(number, 2) };
            BenchmarkRow {
                id: compared.benchmark.id,
                name: self.words.benchmark(compared.benchmark),
                value: self.value(compared.value),
                is_share,
                usual: expected(self.words, compared.benchmark.expected, shown),
                is_met: self.outcome.evaluation().scalar(compared.met).ok().map(|met| !met.is_zero()),
                source: compared.benchmark.source,
            }
        });
        let no_costs = stated.no_costs_in.iter().filter_map(|nothing| {
            Some(NoCostsRow { category: Category::key(nothing.category), reason: nothing.reason.clone()? })
        });
        Some(CostViews {
            deployment: views.deployment.map(crate::case::Deployment::name),
            cumulative: self.row(views.cumulative),
            horizon_gap: self.row(views.horizon_gap),
            initial_share: self.value(views.initial_share),
            ongoing_share: self.value(views.ongoing_share),
            annuity_factor: self.value(views.annuity_factor),
            equivalent_annual: self.value(views.equivalent_annual),
            phases: phases.collect(),
            per_user: views.per_user.map(|per_user| PerUserRow {
                user_years: self.value(per_user.user_years),
                cost: self.value(per_user.cost),
            }),
            reserves,
            prices: views.prices.map(|view| self.prices(view)),
            benchmarks: benchmarks.collect(),
            no_costs: no_costs.collect(),
        })
    }
}
