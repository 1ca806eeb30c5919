//! Economic value added in a report.

use super::words::Words;
use super::{Value, figure};
use crate::appraisal::Outcome;
use std::sync::Arc;

/// What is left of the operating profit once capital has had its price; rows have one value for each year from 1.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EconomicValueAddedSection {
    /// Operating profit before interest and tax; one value where it is the same in all years.
    pub ebit: Vec<Value>,
    /// What is added to the profit after tax, line by line.
    pub adjustments: Vec<(Arc<str>, Vec<Value>)>,
    /// Net operating profit after tax.
    pub nopat: Vec<Value>,
    /// The capital as each year begins.
    pub opening_capital: Vec<Value>,
    /// The weighted average cost of capital.
    pub wacc: Value,
    /// What the capital of each year costs.
    pub charge: Vec<Value>,
    /// Economic value added.
    pub value: Vec<Value>,
    /// Return on invested capital.
    pub roic: Vec<Value>,
    /// That return less the cost of capital.
    pub spread: Vec<Value>,
    /// The present value of the years.
    pub present_value: Value,
    /// The present value of what follows, where growth after the horizon is stated.
    pub continuing_value: Option<Value>,
    /// Both together.
    pub market_value_added: Value,
    /// The capital of year 0 and the market value added.
    pub enterprise_value: Value,
    /// What the market pays above the capital, where that is stated.
    pub observed_market_value_added: Option<Value>,
    /// The net present value of the free cash flows, with the last capital recovered at its book value.
    pub npv: Value,
}

/// The section of an outcome.
pub(super) fn section(outcome: &Outcome, words: &Words) -> Option<EconomicValueAddedSection> {
    let cells = outcome.appraisal().parts().economic_value_added.as_ref()?;
    let value = |cell| figure::value(outcome.evaluation(), words, cell);
    let row = |cell| figure::row(outcome.evaluation(), words, cell);
    Some(EconomicValueAddedSection {
        ebit: row(cells.ebit),
        adjustments: cells.adjustments.iter().map(|(name, cell)| (Arc::clone(name), row(*cell))).collect(),
        nopat: row(cells.nopat),
        opening_capital: row(cells.opening),
        wacc: value(cells.wacc),
        charge: row(cells.charge),
        value: row(cells.value),
        roic: row(cells.roic),
        spread: row(cells.spread),
        present_value: value(cells.present_value),
        continuing_value: cells.continuing.map(value),
        market_value_added: value(cells.market_value_added),
        enterprise_value: value(cells.enterprise_value),
        observed_market_value_added: cells.observed.map(value),
        npv: value(cells.npv),
    })
}
