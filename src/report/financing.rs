//! Ways to pay for something, in a report.

use super::Value;
use super::build::Reader;
use crate::case::{PlanCells, WayCells, WayKind};
use std::sync::Arc;

/// Ways to pay for something, side by side.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FinancingSection {
    /// What it costs.
    pub price: Value,
    /// The rates that flows are discounted at: one, or those of the years from 0.
    pub rate: Vec<Value>,
    /// The purchase, the loans, the leases.
    pub ways: Vec<FinancingRow>,
}

/// A way to pay.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FinancingRow {
    /// What its figures begin with: `financing.loans.bank`.
    pub id: Arc<str>,
    /// `purchase`, `loan` or `lease`.
    pub kind: &'static str,
    /// What readers see; a purchase has no name of its own.
    pub name: Option<Arc<str>>,
    /// What is paid in each year from 0.
    pub payment: Vec<Value>,
    /// How much of it is interest, for a loan.
    pub interest: Option<Vec<Value>>,
    /// How much of it is repayment, for a loan.
    pub principal: Option<Vec<Value>>,
    /// What is still owed, for a loan.
    pub balance: Option<Vec<Value>>,
    /// The tax that it saves, where there is a tax.
    pub tax_saved: Option<Vec<Value>>,
    /// What flows out after tax.
    pub net: Vec<Value>,
    /// All of that.
    pub nominal: Value,
    /// What it is worth today.
    pub present_value: Value,
    /// How much better than the purchase that is.
    pub advantage: Value,
    /// 1 for the best.
    pub rank: Value,
    /// The rate of a loan, or the implicit rate of a lease.
    pub effective_rate: Option<Value>,
}

impl Reader<'_> {
    pub(super) fn financing(&self, plan: &PlanCells) -> Option<FinancingSection> {
        let cells = plan.financing.as_ref()?;
        let row = |way: &WayCells| FinancingRow {
            id: Arc::clone(&way.id),
            kind: match way.kind {
                WayKind::Purchase => "purchase",
                WayKind::Loan => "loan",
                WayKind::Lease => "lease",
            },
            name: way.name.clone(),
            payment: self.row(way.payment),
            interest: way.interest.map(|cell| self.row(cell)),
            principal: way.principal.map(|cell| self.row(cell)),
            balance: way.balance.map(|cell| self.row(cell)),
            tax_saved: way.tax_saved.map(|cell| self.row(cell)),
            net: self.row(way.net),
            nominal: self.value(way.nominal),
            present_value: self.value(way.present_value),
            advantage: self.value(way.advantage),
            rank: self.value(way.rank),
            effective_rate: way.effective_rate.map(|cell| self.value(cell)),
        };
        Some(FinancingSection {
            price: self.value(cells.price),
            rate: self.row(cells.rate),
            ways: cells.ways.iter().map(row).collect(),
        })
    }
}
