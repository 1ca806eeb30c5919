//! Customers in a report.

use super::words::Words;
use super::{Value, figure};
use crate::appraisal::Outcome;
use crate::customers::{CompositionCells, FunnelCells, LifetimeValueCells, SegmentationCells, StateCells};
use crate::model::{CellId, Unit};
use std::sync::Arc;

/// What the customers are worth, and where they go.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CustomersSection {
    /// What they are worth.
    pub lifetime_value: Option<LifetimeValueSection>,
    /// Where they stand on a grid of value and need.
    pub segmentation: Option<SegmentationSection>,
    /// How they move between states.
    pub states: Option<StatesSection>,
    /// Wholes and their parts.
    pub compositions: Vec<CompositionSection>,
    /// How many go on from stage to stage.
    pub funnel: Option<FunnelSection>,
}

/// Lifetime values by segment.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LifetimeValueSection {
    /// The discount rate.
    pub discount_rate: Value,
    /// The segments.
    pub segments: Vec<SegmentRow>,
    /// The value of all customers, where their number is stated.
    pub customer_equity: Option<Value>,
}

/// What a customer of one segment is worth.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SegmentRow {
    /// The segment.
    pub name: Arc<str>,
    /// The present value of the margin of each year from 1.
    pub by_year: Vec<Value>,
    /// The present value of the margins after the horizon, where they are counted.
    pub after: Option<Value>,
    /// The lifetime value before the acquisition cost.
    pub gross: Value,
    /// What it takes to win a customer.
    pub acquisition_cost: Option<Value>,
    /// The lifetime value.
    pub value: Value,
    /// The value before acquisition cost in margins of the first year.
    pub multiple: Value,
    /// The value before acquisition cost divided by that cost.
    pub ratio: Option<Value>,
    /// How many are customers.
    pub customers: Option<Value>,
    /// How many are to be won.
    pub new_customers: Option<Value>,
    /// What they are worth together.
    pub equity: Option<Value>,
    /// Their share of all.
    pub equity_share: Option<Value>,
}

/// Customers on a grid of value and need.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SegmentationSection {
    /// What value means here.
    pub value_name: Option<Arc<str>>,
    /// What need means here.
    pub need_name: Option<Arc<str>>,
    /// Whether value is money.
    pub is_money: bool,
    /// The unit of value, where it is one of the user's.
    pub value_unit: Option<Arc<str>>,
    /// The unit of need, where it is one of the user's.
    pub need_unit: Option<Arc<str>>,
    /// The bands of need, the lowest first: the columns.
    pub need_bands: Vec<Arc<str>>,
    /// The bands of value, the lowest first: the rows.
    pub rows: Vec<GridRow>,
    /// How many customers there are.
    pub total_customers: Value,
    /// What they are worth.
    pub total_value: Value,
    /// Where each member stands.
    pub members: Vec<MemberRow>,
}

/// One band of value; one value for each band of need.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GridRow {
    /// The band.
    pub band: Arc<str>,
    /// How many customers are there.
    pub customers: Vec<Value>,
    /// Their share of all customers.
    pub customer_share: Vec<Value>,
    /// What they are worth.
    pub value: Vec<Value>,
    /// Their share of all value.
    pub value_share: Vec<Value>,
}

/// Where a member stands.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MemberRow {
    /// The member.
    pub name: Arc<str>,
    /// How many customers it is.
    pub customers: Option<Value>,
    /// What each is worth.
    pub value: Value,
    /// What each needs.
    pub need: Value,
    /// The band of value.
    pub value_band: Value,
    /// The band of need.
    pub need_band: Value,
}

/// The states of customers.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StatesSection {
    /// The states.
    pub states: Vec<Arc<str>>,
    /// The times, the earliest first.
    pub times: Vec<StateTime>,
    /// Where those in each state are a step later; empty where that is not stated.
    pub transitions: Vec<Vec<Value>>,
    /// The retention rate that follows, then churn and win-back.
    pub expected_retention: Option<Value>,
    /// The churn rate that follows.
    pub expected_churn: Option<Value>,
    /// The win-back rate that follows.
    pub expected_win_back: Option<Value>,
    /// The counts by state after each step.
    pub projected: Vec<Vec<Value>>,
    /// The shares of the states after each step.
    pub projected_shares: Vec<Vec<Value>>,
}

/// The states at one time.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StateTime {
    /// The time.
    pub time: Arc<str>,
    /// How many are in each state.
    pub counts: Vec<Value>,
    /// How many customers that are.
    pub customers: Value,
    /// Who stayed since the time before.
    pub retention: Option<Value>,
    /// Who left since the time before.
    pub churn: Option<Value>,
    /// Who came back, of those lost at the time before.
    pub win_back: Option<Value>,
    /// Who was won, of the prospects at the time before.
    pub acquisition: Option<Value>,
}

/// A whole and its parts, the largest first.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CompositionSection {
    /// Its id.
    pub id: Arc<str>,
    /// What it is.
    pub name: Arc<str>,
    /// Whether the parts are counts.
    pub is_counted: bool,
    /// The parts.
    pub parts: Vec<PartRow>,
    /// How many of the largest are looked at together.
    pub top: u32,
    /// Their share.
    pub top_share: Value,
    /// The Herfindahl-Hirschman index.
    pub concentration: Value,
    /// The number of equal parts that would be as concentrated.
    pub equal_parts: Value,
    /// How many parts make up 80 %.
    pub vital_few: Value,
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PartRow {
    /// The part.
    pub id: Arc<str>,
    /// As written.
    pub written: Value,
    /// Its share.
    pub share: Value,
    /// Its share and those of all larger ones.
    pub cumulative: Value,
}

/// A funnel.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FunnelSection {
    /// The stages, the widest first.
    pub stages: Vec<StageRow>,
    /// From the first to the last stage.
    pub overall_conversion: Value,
    /// The stages with the lowest conversion.
    pub narrowest: Value,
}

/// A stage of a funnel; the first has nothing to be compared with.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StageRow {
    /// Its id.
    pub id: Arc<str>,
    /// The stage.
    pub name: Arc<str>,
    /// How many reach it.
    pub count: Value,
    /// Their share of the stage before.
    pub conversion: Option<Value>,
    /// Their share of the first stage.
    pub overall: Option<Value>,
    /// How many are lost since the stage before.
    pub loss: Option<Value>,
}

/// The section of an outcome.
pub(super) fn section(outcome: &Outcome, words: &Words) -> Option<CustomersSection> {
    let cells = outcome.appraisal().parts().customers.as_ref()?;
    let copy = Copy { outcome, words };
    Some(CustomersSection {
        lifetime_value: cells.lifetime_value.as_ref().map(|cells| copy.lifetime_value(cells)),
        segmentation: cells.segmentation.as_ref().map(|cells| copy.segmentation(cells)),
        states: cells.states.as_ref().map(|cells| copy.states(cells)),
        compositions: cells.compositions.iter().map(|cells| copy.composition(cells)).collect(),
        funnel: cells.funnel.as_ref().map(|cells| copy.funnel(cells)),
    })
}

struct Copy<'a> {
    outcome: &'a Outcome<'a>,
    words: &'a Words,
}

impl Copy<'_> {
    fn value(&self, cell: CellId) -> Value {
        figure::value(self.outcome.evaluation(), self.words, cell)
    }

    fn row(&self, cell: CellId) -> Vec<Value> {
        figure::row(self.outcome.evaluation(), self.words, cell)
    }

    fn lifetime_value(&self, cells: &LifetimeValueCells) -> LifetimeValueSection {
        let some = |cell: Option<CellId>| cell.map(|cell| self.value(cell));
        let segments = cells.segments.iter().map(|segment| SegmentRow {
            name: Arc::clone(&segment.name),
            by_year: self.row(segment.by_year),
            after: some(segment.after),
            gross: self.value(segment.gross),
            acquisition_cost: some(segment.acquisition_cost),
            value: self.value(segment.value),
            multiple: self.value(segment.multiple),
            ratio: some(segment.ratio),
            customers: some(segment.customers),
            new_customers: some(segment.new_customers),
            equity: some(segment.equity),
            equity_share: some(segment.equity_share),
        });
        LifetimeValueSection {
            discount_rate: self.value(cells.rate),
            segments: segments.collect(),
            customer_equity: some(cells.equity),
        }
    }

    fn segmentation(&self, cells: &SegmentationCells) -> SegmentationSection {
        let own = |unit: &Unit| match unit {
            Unit::Custom(unit) => Some(Arc::clone(unit)),
            _ => None,
        };
        let rows = cells.grid.iter().map(|row| GridRow {
            band: Arc::clone(&row.band),
            customers: self.row(row.customers),
            customer_share: self.row(row.customer_share),
            value: self.row(row.value),
            value_share: self.row(row.value_share),
        });
        let members = cells.members.iter().map(|member| MemberRow {
            name: Arc::clone(&member.name),
            customers: member.customers.map(|cell| self.value(cell)),
            value: self.value(member.value),
            need: self.value(member.need),
            value_band: self.value(member.value_band),
            need_band: self.value(member.need_band),
        });
        SegmentationSection {
            value_name: cells.value_name.clone(),
            need_name: cells.need_name.clone(),
            is_money: cells.value_unit == Unit::Money,
            value_unit: own(&cells.value_unit),
            need_unit: own(&cells.need_unit),
            need_bands: cells.need_bands.clone(),
            rows: rows.collect(),
            total_customers: self.value(cells.total_customers),
            total_value: self.value(cells.total_value),
            members: members.collect(),
        }
    }

    fn states(&self, cells: &StateCells) -> StatesSection {
        let some = |cell: Option<CellId>| cell.map(|cell| self.value(cell));
        let rows = |rows: &[CellId]| rows.iter().map(|row| self.row(*row)).collect::<Vec<_>>();
        let times = cells.times.iter().map(|time| StateTime {
            time: Arc::clone(&time.time),
            counts: self.row(time.counts),
            customers: self.value(time.customers),
            retention: some(time.retention),
            churn: some(time.churn),
            win_back: some(time.win_back),
            acquisition: some(time.acquisition),
        });
        StatesSection {
            states: cells.states.clone(),
            times: times.collect(),
            transitions: rows(&cells.transitions),
            expected_retention: some(cells.expected_retention),
            expected_churn: some(cells.expected_churn),
            expected_win_back: some(cells.expected_win_back),
            projected: rows(&cells.projected),
            projected_shares: rows(&cells.projected_shares),
        }
    }

    fn composition(&self, cells: &CompositionCells) -> CompositionSection {
        let (written, shares) = (self.row(cells.written), self.row(cells.share));
        let values = written.into_iter().zip(shares).zip(self.row(cells.cumulative));
        let parts = cells.parts.iter().zip(values).map(|(id, ((written, share), cumulative))| PartRow {
            id: Arc::clone(id),
            written,
            share,
            cumulative,
        });
        CompositionSection {
            id: Arc::clone(&cells.id),
            name: Arc::clone(&cells.name),
            is_counted: cells.is_counted,
            parts: parts.collect(),
            top: cells.top,
            top_share: self.value(cells.top_share),
            concentration: self.value(cells.concentration),
            equal_parts: self.value(cells.equal_parts),
            vital_few: self.value(cells.vital_few),
        }
    }

    fn funnel(&self, cells: &FunnelCells) -> FunnelSection {
        let [conversion, overall, loss] = [cells.conversion, cells.overall, cells.loss].map(|row| self.row(row));
        let stages = cells.stages.iter().enumerate().map(|(position, (id, name, count))| {
            let of = |row: &[Value]| position.checked_sub(1).and_then(|before| row.get(before).cloned());
            StageRow {
                id: Arc::clone(id),
                name: Arc::clone(name),
                count: self.value(*count),
                conversion: of(&conversion),
                overall: of(&overall),
                loss: of(&loss),
            }
        });
        let named = |stage: String| {
            let known = cells.stages.iter().find(|(id, ..)| **id == *stage);
            known.map_or_else(|| stage.clone(), |(_, name, _)| name.to_string())
        };
        FunnelSection {
            stages: stages.collect(),
            overall_conversion: self.value(cells.overall_conversion),
            narrowest: match self.value(cells.narrowest) {
                Value::Names(ids) => Value::Names(ids.into_iter().map(named).collect()),
                missing => missing,
            },
        }
    }
}
