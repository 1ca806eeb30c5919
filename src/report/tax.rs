//! The result of a plan, tax on it and value added, in a report.

use super::NetPriceSection;
use super::Value;
use super::build::Reader;
use super::money::{Measures, MoneyRow};
use crate::case::{NetPrices, ResultCells};

/// The result of each year and what is left of it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ResultSection {
    /// Net benefits, or costs where there are no benefits, in money of each year.
    pub of: Vec<Value>,
    /// Whether amounts are at constant prices, so that those are others.
    pub is_inflated: bool,
    /// What is bought and depreciated, year by year: no cost of its year's result.
    pub capitalised: Vec<Value>,
    /// What is charged for use, year by year.
    pub depreciation: Vec<Value>,
    /// Benefits less costs, in which what is depreciated is replaced by its depreciation.
    pub result: Vec<Value>,
    /// What tax takes, where there is one.
    pub taxed: Option<TaxSection>,
    /// Economic value added year by year; only where money flows at the ends of years.
    pub value_added: Option<Vec<Value>>,
    /// What that is worth today.
    pub value_added_present_value: Option<Value>,
}

/// Tax, and what is left after it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TaxSection {
    /// The tax of each year; what it saves is negative.
    pub tax: Vec<Value>,
    /// The same in money of each year, where amounts are at constant prices.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub tax_at_current_prices: Option<Vec<Value>>,
    /// What depreciation saves of it, where losses are offset.
    pub shield: Option<Vec<Value>>,
    /// Benefits less costs and tax.
    pub net: Vec<Value>,
    /// The measures of that, where there are benefits.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub measures: Option<Measures>,
    /// What is left in nominal and real terms, where inflation is stated and there are benefits.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub prices: Option<NetPriceSection>,
    /// Costs and what they save of tax, where there are no benefits or losses are offset.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub costs: Option<MoneyRow>,
    /// The same amount for each year that is worth as much.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub equivalent_annual_cost: Option<Value>,
}

impl Reader<'_> {
    pub(super) fn result(&self, cells: ResultCells, prices: Option<NetPrices>) -> ResultSection {
        ResultSection {
            of: self.row(cells.of),
            is_inflated: cells.is_inflated,
            capitalised: self.row(cells.capitalised),
            depreciation: self.row(cells.depreciation),
            result: self.row(cells.result),
            taxed: cells.taxed.map(|taxed| TaxSection {
                tax: self.row(taxed.tax),
                tax_at_current_prices: cells.is_inflated.then(|| self.row(taxed.in_books)),
                shield: taxed.shield.map(|shield| self.row(shield)),
                net: self.row(taxed.net),
                measures: taxed.measures.map(|measures| self.measures(measures, taxed.accounting_return)),
                prices: prices.map(|prices| self.net_prices(prices)),
                costs: taxed.costs.map(|costs| self.totals(costs.totals)),
                equivalent_annual_cost: taxed.costs.map(|costs| self.value(costs.equivalent_annual)),
            }),
            value_added: cells.value_added.map(|cells| self.row(cells.year)),
            value_added_present_value: cells.value_added.map(|cells| self.value(cells.present_value)),
        }
    }
}
