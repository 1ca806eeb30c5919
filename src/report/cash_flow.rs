//! Flows of money in time, in a report.

use super::Value;
use super::build::Reader;
use crate::case::CashFlowCells;
use std::sync::Arc;

/// Flows of money, and what they return; rows have one value for each flow, in the order of time.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CashFlowSection {
    /// Its id.
    pub id: Arc<str>,
    /// What readers see.
    pub name: Arc<str>,
    /// When each flow is: a day, a period, or the number of the period.
    pub when: Vec<Arc<str>>,
    /// The flows.
    pub amounts: Vec<Value>,
    /// The years since the first one.
    pub years: Vec<Value>,
    /// What one is worth on the day of the first flow.
    pub factors: Vec<Value>,
    /// What each flow is worth on that day.
    pub discounted: Vec<Value>,
    /// The sum of the flows so far.
    pub cumulative: Vec<Value>,
    /// The rate it is discounted at.
    pub discount_rate: Value,
    /// Net present value.
    pub npv: Value,
    /// The internal rate of return that is quoted.
    pub irr: Value,
    /// All of them, the lowest first.
    pub irr_roots: Vec<Value>,
    /// Modified internal rate of return.
    pub mirr: Value,
    /// Years until it is paid back.
    pub payback: Value,
    /// The same in whole months.
    pub payback_months: Value,
    /// Years until it is paid back on discounted flows.
    pub discounted_payback: Value,
    /// What a unit of the first outlay is worth.
    pub profitability_index: Value,
}

impl Reader<'_> {
    /// The cash flows, in the order of the document.
    pub(super) fn cash_flows(&self) -> Vec<CashFlowSection> {
        let section = |cells: &CashFlowCells| {
            let axis = self.outcome.appraisal().model().axis_of(cells.amount);
            let roots = cells.irr_roots.map(|roots| self.row(roots)).unwrap_or_default();
            CashFlowSection {
                id: Arc::clone(&cells.id),
                name: Arc::clone(&cells.name),
                when: axis.map(|axis| axis.entries().to_vec()).unwrap_or_default(),
                amounts: self.row(cells.amount),
                years: self.row(cells.time),
                factors: self.row(cells.factor),
                discounted: self.row(cells.discounted),
                cumulative: self.row(cells.cumulative),
                discount_rate: self.value(cells.discount_rate),
                npv: self.value(cells.npv),
                irr: self.value(cells.irr),
                irr_roots: roots.into_iter().filter(|root| root.number().is_some()).collect(),
                mirr: self.value(cells.mirr),
                payback: self.value(cells.payback),
                payback_months: self.value(cells.payback_months),
                discounted_payback: self.value(cells.discounted_payback),
                profitability_index: self.value(cells.profitability_index),
            }
        };
        self.outcome.appraisal().parts().cash_flows.iter().map(section).collect()
    }
}
