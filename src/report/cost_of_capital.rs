//! What the discount rate is built up from, in a report.

use super::Value;
use super::build::Reader;
use crate::model::Unit;
use std::sync::Arc;

/// What capital costs, source by source.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CostOfCapitalSection {
    /// Its sources.
    pub sources: Vec<CapitalRow>,
    /// What the cost of equity is built up from: the rate without risk, beta, the premium of the market.
    pub equity: Option<[Value; 3]>,
    /// What is added to that, by id.
    pub premiums: Vec<(Arc<str>, Value)>,
    /// The tax that interest saves.
    pub tax_rate: Value,
    /// The weighted average.
    pub wacc: Value,
}

/// A source of capital.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CapitalRow {
    /// `equity`, `debt` or `preferred`.
    pub id: &'static str,
    /// How much there is.
    pub amount: Value,
    /// Whether that is a share, and not money.
    pub is_share: bool,
    /// Its part of the capital.
    pub weight: Value,
    /// What it costs before tax.
    pub cost: Value,
    /// What it costs after tax.
    pub after_tax: Value,
}

impl Reader<'_> {
    pub(super) fn cost_of_capital(&self) -> Option<CostOfCapitalSection> {
        let appraisal = self.outcome.appraisal();
        let cells = appraisal.parts().cost_of_capital.as_ref()?;
        let is_share = |cell| appraisal.model().cell(cell).is_some_and(|cell| *cell.unit() == Unit::Share);
        let sources = cells.sources.iter().map(|source| CapitalRow {
            id: source.key,
            amount: self.value(source.amount),
            is_share: is_share(source.amount),
            weight: self.value(source.weight),
            cost: self.value(source.cost),
            after_tax: self.value(source.after_tax),
        });
        let premiums = cells.equity.iter().flat_map(|equity| &equity.premiums);
        Some(CostOfCapitalSection {
            sources: sources.collect(),
            equity: cells
                .equity
                .as_ref()
                .map(|equity| [equity.risk_free, equity.beta, equity.premium].map(|cell| self.value(cell))),
            premiums: premiums.map(|(id, cell)| (Arc::clone(id), self.value(*cell))).collect(),
            tax_rate: self.value(cells.tax_rate),
            wacc: self.value(appraisal.parts().discount_rate?),
        })
    }
}
