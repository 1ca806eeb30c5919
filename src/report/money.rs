//! Cost, benefit and return in a report.

use super::Value;
use super::alternatives::IncrementSection;
use super::benefits::{CashableSection, FactorRow, RealisedRow};
use super::build::Reader;
use super::cost_views::{CostViews, NetPriceSection, PriceSection};
use super::financing::FinancingSection;
use super::tax::ResultSection;
use super::words::fill;
use crate::case::{AccountingReturn, AlternativeCells, CaseCells, MeasureCells, Plan, PlanCells, Totals};
use crate::kernel::Payback;
use crate::model::{Absent, Cause, CellId};
use std::sync::Arc;

/// A row of money over the years with its totals.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MoneyRow {
    /// The id of the row: `costs.licences`.
    pub id: Arc<str>,
    /// What readers see.
    pub name: Arc<str>,
    /// One value for each year from 0.
    pub years: Vec<Value>,
    /// The sum.
    pub nominal: Value,
    /// The sum of the discounted values.
    pub present_value: Value,
}

/// A category with its lines.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CategoryRow {
    /// Its totals.
    pub total: MoneyRow,
    /// Its share of the present value of all costs.
    pub share: Value,
    /// Its lines.
    pub lines: Vec<MoneyRow>,
}

/// What it costs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CostSection {
    /// All eight categories, empty ones included.
    pub categories: Vec<CategoryRow>,
    /// Everything.
    pub total: MoneyRow,
    /// Everything, without risk adjustment.
    pub unadjusted: MoneyRow,
    /// The lines that are contingency.
    pub contingency: MoneyRow,
    /// Everything but those.
    pub before_contingency: MoneyRow,
    /// Year 0.
    pub initial: Value,
    /// The years after it, nominal.
    pub ongoing: Value,
    /// The result of each year and what tax leaves of costs, where there are no benefits, and a tax or something that is
    /// depreciated.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub result: Option<ResultSection>,
    /// The same costs over time, by phase, per user, in real terms, against benchmarks.
    pub views: Option<CostViews>,
}

/// A benefit.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BenefitRow {
    /// Its money.
    pub money: MoneyRow,
    /// Its kind, as in a document.
    pub kind: &'static str,
    /// Whether it is counted; intangibles are not.
    pub is_counted: bool,
    /// The indicator that shows whether it comes true.
    pub proven_by: Option<String>,
}

/// What it brings.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BenefitSection {
    /// The benefits.
    pub lines: Vec<BenefitRow>,
    /// What is cut of each group of benefits that overlap; negative.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub cuts: Vec<MoneyRow>,
    /// All that are counted.
    pub total: MoneyRow,
    /// All that are counted, without risk adjustment.
    pub unadjusted: MoneyRow,
    /// What becomes cash, where some benefit says whether it does.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub cashable: Option<CashableSection>,
    /// In nominal and real terms, where inflation is stated.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub prices: Option<PriceSection>,
    /// What the benefits are made with.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub factors: Vec<FactorRow>,
    /// What was planned and what came of it, benefit by benefit, and all together at the end.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub realised: Vec<RealisedRow>,
}

/// The measures of one cash flow.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Measures {
    /// Net present value.
    pub npv: Value,
    /// (benefits - costs) / costs on present values.
    pub roi: Value,
    /// (benefits - costs) / costs on nominal values.
    pub roi_nominal: Value,
    /// (benefits - costs) / initial outlay, nominal.
    pub roi_initial: Value,
    /// The nominal return on investment as a rate a year, compounded.
    pub roi_a_year: Value,
    /// The rate at which the net present value is zero.
    pub irr: Value,
    /// The internal rate of return with stated rates for what is borrowed and what is invested again.
    pub mirr: Value,
    /// Years until the cumulative net benefit is no longer negative; `None` where it cannot be told.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::payback"))]
    pub payback: Option<Payback>,
    /// The same on discounted values.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::payback"))]
    pub discounted_payback: Option<Payback>,
    /// The year at whose end what was spent has come back: a calendar year, where the horizon has them.
    pub break_even_year: Value,
    /// Benefits / costs on present values.
    pub benefit_cost_ratio: Value,
    /// 1 + net present value / initial outlay.
    pub profitability_index: Value,
    /// The net present value as an equal amount a year.
    pub equivalent_annual_value: Value,
    /// Average profit a year on what is invested first; of the headline, and after tax.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub accounting_return: Option<Value>,
    /// The same on what is tied up on average.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub accounting_return_average: Option<Value>,
    /// What a year's delay costs.
    pub cost_of_delay: Value,
}

/// What it returns.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CaseSection {
    /// Benefits minus costs, year by year.
    pub net: Vec<Value>,
    /// The running total of it.
    pub cumulative: Vec<Value>,
    /// The measures, with risk.
    pub measures: Measures,
    /// The measures with risk left out everywhere.
    pub unadjusted: Measures,
    /// The measures on cashable benefits alone, where some benefit says whether it becomes cash.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub cashable: Option<Measures>,
    /// The result of each year and what tax leaves of it, where there is a tax or something is depreciated.
    pub result: Option<ResultSection>,
    /// Net benefits in nominal and real terms, where inflation is stated.
    pub prices: Option<NetPriceSection>,
}

/// The headline figures under one scenario, or with the assumptions as stated.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ScenarioColumn {
    /// The scenario; `None` for the assumptions as stated.
    pub name: Option<String>,
    /// Present value of the costs.
    pub costs: Option<Value>,
    /// Nominal costs.
    pub costs_nominal: Option<Value>,
    /// Present value of the benefits.
    pub benefits: Option<Value>,
    /// The measures of return.
    pub case: Option<CaseSection>,
    /// The present value of economic value added.
    pub economic_value_added: Option<Value>,
    /// The value of all customers.
    pub customer_equity: Option<Value>,
}

/// One way of going about it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AlternativeSection {
    /// Its id.
    pub id: Arc<str>,
    /// What readers see.
    pub name: Arc<str>,
    /// Whether the others are measured against it.
    pub is_baseline: bool,
    /// The years after the purchase in which it is in use.
    pub life: u32,
    /// What it costs.
    pub costs: Option<CostSection>,
    /// What it brings.
    pub benefits: Option<BenefitSection>,
    /// What it costs in each year of its life, all years alike.
    pub equivalent_annual_cost: Option<Value>,
    /// What its net benefits are in each of them, where they are no business case beside others that are, and lives differ.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub equivalent_annual_value: Option<Value>,
    /// What it returns.
    pub case: Option<CaseSection>,
    /// What it is beyond the baseline; `None` for the baseline itself, and where there is none.
    pub increment: Option<IncrementSection>,
    /// Ways to pay for something.
    pub financing: Option<FinancingSection>,
}

impl AlternativeSection {
    /// Whether it is compared by what tax leaves.
    pub fn is_taxed(&self) -> bool {
        let of_costs = self.costs.as_ref().and_then(|costs| costs.result.as_ref());
        let result = self.case.as_ref().map_or(of_costs, |case| case.result.as_ref());
        result.is_some_and(|result| result.taxed.is_some())
    }
}

impl CaseSection {
    /// The measures that alternatives are compared by: after tax where there is one.
    pub fn compared(&self) -> &Measures {
        let taxed = self.result.as_ref().and_then(|result| result.taxed.as_ref());
        taxed.and_then(|taxed| taxed.measures.as_ref()).unwrap_or(&self.measures)
    }
}

impl Reader<'_> {
    pub(super) fn money(&self, name: &Arc<str>, year: CellId, nominal: CellId, present_value: CellId) -> MoneyRow {
        MoneyRow {
            id: self.id(year),
            name: Arc::clone(name),
            years: self.row(year),
            nominal: self.value(nominal),
            present_value: self.value(present_value),
        }
    }

    pub(super) fn totals(&self, totals: Totals) -> MoneyRow {
        let model = self.outcome.appraisal().model();
        let name = model.cell(totals.year).map(|cell| self.words.label(cell.id(), cell.label()).subject);
        self.money(&name.unwrap_or_default(), totals.year, totals.nominal, totals.present_value)
    }

    pub(super) fn costs(&self, plan: &PlanCells, stated: &Plan) -> Option<CostSection> {
        let costs = plan.costs.as_ref()?;
        let categories = costs.categories.iter().map(|category| CategoryRow {
            total: self.totals(category.totals),
            share: self.value(category.share),
            lines: costs
                .lines
                .iter()
                .filter(|line| line.category == category.category)
                .map(|line| {
                    let residual = fill(self.words.money.residual_value_of, &[&line.name]);
                    let name = if line.is_residual_value { residual.into() } else { Arc::clone(&line.name) };
                    self.money(&name, line.year, line.nominal, line.present_value)
                })
                .collect(),
        });
        Some(CostSection {
            categories: categories.collect(),
            total: self.totals(costs.totals),
            unadjusted: self.totals(costs.unadjusted),
            contingency: self.totals(costs.contingency),
            before_contingency: self.totals(costs.before_contingency),
            initial: self.value(costs.initial),
            ongoing: self.value(costs.ongoing),
            result: plan.result.filter(|_| plan.case.is_none()).map(|cells| self.result(cells, None)),
            views: self.cost_views(plan, stated),
        })
    }

    fn payback(&self, cell: CellId) -> Option<Payback> {
        match self.outcome.evaluation().scalar(cell) {
            Ok(years) => Some(Payback::Reached(years)),
            Err(Absent { cause: Cause::PaybackNotReached, .. }) => Some(Payback::NotReached),
            Err(Absent { cause: Cause::PaybackLost { reached, year }, .. }) => {
                Some(Payback::ReachedThenLost { reached, lost: year })
            }
            Err(_) => None,
        }
    }

    pub(super) fn case(&self, plan: &PlanCells) -> Option<CaseSection> {
        let CaseCells { net, cumulative, measures, unadjusted, cashable } = plan.case?;
        Some(CaseSection {
            net: self.row(net),
            cumulative: self.row(cumulative),
            measures: self.measures(measures, plan.accounting_return),
            unadjusted: self.measures(unadjusted, None),
            cashable: cashable.map(|cells| self.measures(cells, None)),
            result: plan.result.map(|cells| self.result(cells, plan.taxed_prices)),
            prices: plan.net_prices.map(|prices| self.net_prices(prices)),
        })
    }

    pub(super) fn measures(&self, cells: MeasureCells, accounting: Option<AccountingReturn>) -> Measures {
        Measures {
            npv: self.value(cells.npv),
            roi: self.value(cells.roi),
            roi_nominal: self.value(cells.roi_nominal),
            roi_initial: self.value(cells.roi_initial),
            roi_a_year: self.value(cells.roi_a_year),
            irr: self.value(cells.irr),
            mirr: self.value(cells.mirr),
            payback: self.payback(cells.payback),
            discounted_payback: self.payback(cells.discounted_payback),
            break_even_year: self.value(cells.break_even_year),
            benefit_cost_ratio: self.value(cells.benefit_cost_ratio),
            profitability_index: self.value(cells.profitability_index),
            equivalent_annual_value: self.value(cells.equivalent_annual_value),
            accounting_return: accounting.map(|rates| self.value(rates.initial)),
            accounting_return_average: accounting.map(|rates| self.value(rates.average)),
            cost_of_delay: self.value(cells.cost_of_delay),
        }
    }

    /// The alternatives side by side, in the order of the document.
    pub(super) fn alternatives(&self) -> Vec<AlternativeSection> {
        let appraisal = self.outcome.appraisal();
        let stated = appraisal.draft().alternatives.iter().map(|alternative| &alternative.plan);
        let alternatives = appraisal.parts().alternatives.iter().zip(stated);
        let section = |(position, (cells, stated)): (usize, (&AlternativeCells, &Plan))| AlternativeSection {
            id: Arc::clone(&cells.id),
            name: Arc::clone(&cells.name),
            is_baseline: cells.is_baseline,
            life: cells.life,
            costs: self.costs(&cells.plan, stated),
            benefits: self.benefits(&cells.plan),
            equivalent_annual_cost: cells.annual_cost.map(|cell| self.value(cell)),
            equivalent_annual_value: cells.annual_value.map(|cell| self.value(cell)),
            case: self.case(&cells.plan),
            increment: self.increment(position),
            financing: self.financing(&cells.plan),
        };
        alternatives.enumerate().map(section).collect()
    }
}
