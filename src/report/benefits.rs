//! What benefits rest on, what of them becomes cash, and what came of them, in a report.

use super::build::Reader;
use super::money::MoneyRow;
use super::{BenefitSection, Value};
use crate::case::{BenefitCells, Factor, PlanCells, RealisedCells};
use std::sync::Arc;

/// What a benefit is made with besides its amount, margin and risk.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FactorRow {
    /// The benefit.
    pub name: Arc<str>,
    /// Hours saved in a year; one value, or one a year.
    pub hours: Vec<Value>,
    /// The full-time equivalents of them.
    pub full_time_equivalents: Vec<Value>,
    /// The share of them that is put to use.
    pub conversion: Vec<Value>,
    /// The share that is reached in each year.
    pub ramp: Vec<Value>,
    /// The share of those who could use the system that does.
    pub adoption: Vec<Value>,
    /// The share of the effect that is due to the programme.
    pub attribution: Vec<Value>,
    /// Years by which all of it comes later.
    pub delay: Vec<Value>,
}

/// What becomes cash and what does not.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CashableSection {
    /// What becomes cash.
    pub cashable: MoneyRow,
    /// What does not.
    pub non_cashable: MoneyRow,
}

/// What was planned and what came of it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RealisedRow {
    /// The benefit; all of them in the total.
    pub name: Option<Arc<str>>,
    /// The id of the indicator it follows.
    pub follows: Option<Arc<str>>,
    /// Planned, year by year from 0.
    pub planned: Vec<Value>,
    /// Realised, where the year is measured.
    pub realised: Vec<Value>,
    /// Planned and not realised.
    pub gap: Vec<Value>,
    /// Planned in the years that are measured.
    pub planned_so_far: Value,
    /// Realised in them.
    pub realised_so_far: Value,
    /// Planned and not realised in them.
    pub gap_so_far: Value,
}

impl Reader<'_> {
    pub(super) fn benefits(&self, plan: &PlanCells) -> Option<BenefitSection> {
        let benefits = plan.benefits.as_ref()?;
        let lines = benefits.lines.iter().map(|line| super::BenefitRow {
            money: self.money(&line.name, line.year, line.nominal, line.present_value),
            kind: line.kind.name(),
            is_counted: line.kind != crate::case::BenefitKind::Intangible,
            proven_by: line.proven_by.clone(),
        });
        let cuts = benefits.cuts.iter().map(|cut| self.money(&cut.group, cut.year, cut.nominal, cut.present_value));
        let cashable = benefits.cashable.map(|cells| CashableSection {
            cashable: self.totals(cells.cashable),
            non_cashable: self.totals(cells.non_cashable),
        });
        Some(BenefitSection {
            lines: lines.collect(),
            cuts: cuts.collect(),
            total: self.totals(benefits.totals),
            unadjusted: self.totals(benefits.unadjusted),
            cashable,
            prices: benefits.prices.map(|view| self.prices(view)),
            factors: self.factors(benefits),
            realised: self.realised(benefits),
        })
    }

    fn factors(&self, benefits: &BenefitCells) -> Vec<FactorRow> {
        let lines = benefits.lines.iter().filter(|line| !line.factors.is_empty() || line.capacity.is_some());
        let row = |line: &crate::case::BenefitLineCells| {
            let values = |cell: Option<_>| cell.map(|cell| self.row(cell)).unwrap_or_default();
            let factor = |wanted: Factor| {
                values(line.factors.iter().find(|(factor, _)| *factor == wanted).map(|(_, cell)| *cell))
            };
            FactorRow {
                name: Arc::clone(&line.name),
                hours: values(line.capacity.map(|capacity| capacity.hours)),
                full_time_equivalents: values(line.capacity.map(|capacity| capacity.full_time_equivalents)),
                conversion: factor(Factor::Conversion),
                ramp: factor(Factor::Ramp),
                adoption: factor(Factor::Adoption),
                attribution: factor(Factor::Attribution),
                delay: factor(Factor::Delay),
            }
        };
        lines.map(row).collect()
    }

    /// A row for each benefit that follows an indicator, and one for all of them.
    fn realised(&self, benefits: &BenefitCells) -> Vec<RealisedRow> {
        let row = |name, follows, cells: RealisedCells| RealisedRow {
            name,
            follows,
            planned: self.row(cells.planned),
            realised: self.row(cells.realised),
            gap: self.row(cells.gap),
            planned_so_far: self.value(cells.so_far.planned),
            realised_so_far: self.value(cells.so_far.realised),
            gap_so_far: self.value(cells.so_far.gap),
        };
        let followed = benefits.lines.iter().filter_map(|line| {
            let followed = line.followed.as_ref()?;
            Some(row(Some(Arc::clone(&line.name)), Some(Arc::clone(&followed.indicator)), followed.cells))
        });
        followed.chain(benefits.realised.map(|cells| row(None, None, cells))).collect()
    }
}
