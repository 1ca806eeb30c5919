//! What holds the scorecard together, in a report: its two sides, causes and effects, and initiatives.

use super::Value;
use super::build::Reader;
use crate::model::Unit;
use crate::scorecard::{Day, InitiativeStatus};
use std::sync::Arc;

/// One side of the scorecard, rolled up apart.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SideRow {
    /// `external` or `internal`.
    pub side: &'static str,
    /// What its indicators weigh in the whole.
    pub weight: Value,
    /// The mean of their scores.
    pub score: Value,
    /// The share of their weight that had data.
    pub coverage: Value,
}

/// A cause and an effect.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LinkRow {
    /// The name of the cause.
    pub from: Arc<str>,
    /// The name of the effect.
    pub to: Arc<str>,
    /// How strongly the one drives the other.
    pub strength: Value,
    /// After how many periods.
    pub lag: Value,
    /// Whether the effect follows its cause in the figures, where both are followed over periods.
    pub correlation: Option<LinkCorrelation>,
}

/// How the scores of an effect go with those of its cause.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LinkCorrelation {
    /// How many pairs of periods there are.
    pub pairs: Value,
    /// Pearson's correlation.
    pub r: Value,
    /// How likely scores that have nothing to do with each other correlate as much.
    pub p: Value,
}

/// What a criterion drives, directly or through others.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EffectRow {
    /// The name of the cause.
    pub from: Arc<str>,
    /// The names of its effects and how strong each is, in the order of the scorecard.
    pub effects: Vec<(Arc<str>, Value)>,
}

/// What an initiative should move.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MovedRow {
    /// The id of the criterion.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// The unit of gap and next target.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::unit"))]
    pub unit: Unit,
    /// What the actual value must change by.
    pub gap: Value,
    /// How far it has come; of a parent its score.
    pub progress: Value,
    /// The next target.
    pub next_target: Option<Value>,
}

/// A budget and what became of it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BudgetRow {
    /// What it may cost.
    pub budget: Value,
    /// What it has cost.
    pub spent: Value,
    /// What is left.
    pub remaining: Value,
    /// The share that is spent.
    pub used: Value,
}

/// An initiative: plan, do, check, act.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct InitiativeRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Arc<str>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its budget.
    pub money: BudgetRow,
    /// When it is due, as year, month and day.
    pub due: Option<String>,
    /// How far it has come, in a word.
    pub status: Option<&'static str>,
    /// How much of it is done.
    pub done: Value,
    /// Whether it is late.
    pub late: Value,
    /// What it should move.
    pub moves: Vec<MovedRow>,
    /// What is to be done.
    pub plan: Option<String>,
    /// What is short of the target, in words.
    pub gap: Option<String>,
    /// Why.
    pub cause: Option<String>,
    /// What is done about it.
    pub action: Option<String>,
}

/// All initiatives.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct InitiativeSection {
    /// The day on which they are looked at.
    pub as_of: Option<String>,
    /// Each of them.
    pub initiatives: Vec<InitiativeRow>,
    /// Their budgets together.
    pub total: BudgetRow,
    /// How much of all is done, by budget.
    pub done: Value,
    /// How many are late.
    pub late: Value,
}

/// What holds the scorecard together.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StructureSection {
    /// The two sides, where indicators are on one.
    pub sides: Vec<SideRow>,
    /// The links as stated.
    pub links: Vec<LinkRow>,
    /// What they amount to.
    pub effects: Vec<EffectRow>,
    /// The initiatives, where there are some.
    pub initiatives: Option<InitiativeSection>,
}

impl Reader<'_> {
    pub(super) fn structure(&self) -> StructureSection {
        let parts = self.outcome.appraisal().parts();
        let cells = &parts.structure;
        let name = |index: usize| parts.criteria.get(index).map(|listed| Arc::clone(&listed.name)).unwrap_or_default();
        let sides = cells.sides.iter().map(|side| SideRow {
            side: side.side.name(),
            weight: self.value(side.weight),
            score: self.value(side.score),
            coverage: self.value(side.coverage),
        });
        let links = cells.links.iter().map(|link| LinkRow {
            from: name(link.from),
            to: name(link.to),
            strength: self.value(link.strength),
            lag: self.value(link.lag),
            correlation: link.correlation.map(|cells| LinkCorrelation {
                pairs: self.value(cells.pairs),
                r: self.value(cells.r),
                p: self.value(cells.p),
            }),
        });
        let by_cause = cells.effects.chunk_by(|one, other| one.from == other.from);
        let effects = by_cause.filter_map(|effects| {
            let of = effects.iter().map(|effect| (name(effect.to), self.value(effect.effect)));
            Some(EffectRow { from: name(effects.first()?.from), effects: of.collect() })
        });
        StructureSection {
            sides: sides.collect(),
            links: links.collect(),
            effects: effects.collect(),
            initiatives: self.initiatives(),
        }
    }

    fn initiatives(&self) -> Option<InitiativeSection> {
        let appraisal = self.outcome.appraisal();
        let parts = appraisal.parts();
        let card = appraisal.draft().scorecard.as_ref()?;
        let cells = parts.structure.initiatives.as_ref()?;
        let money = |money: crate::scorecard::InitiativeMoney| BudgetRow {
            budget: self.value(money.budget),
            spent: self.value(money.spent),
            remaining: self.value(money.remaining),
            used: self.value(money.used),
        };
        let initiatives = card.initiatives.iter().zip(&cells.initiatives).map(|(stated, cells)| {
            let moves = cells.moves.iter().filter_map(|moved| {
                let listed = parts.criteria.get(moved.criterion)?;
                let criterion = parts.scorecard.get(moved.criterion)?;
                let measured = criterion.measure.map(|measure| measure.progress);
                Some(MovedRow {
                    id: Arc::clone(&listed.id),
                    name: Arc::clone(&listed.name),
                    unit: measured.map_or(Unit::Share, |_| listed.unit.clone()),
                    gap: self.value(moved.gap),
                    progress: self.value(measured.unwrap_or(criterion.score)),
                    next_target: moved.next_target.map(|cell| self.value(cell)),
                })
            });
            InitiativeRow {
                id: stated.id.clone(),
                name: Arc::clone(&cells.name),
                owner: stated.owner.clone(),
                money: money(cells.money),
                due: stated.due.as_ref().map(Day::to_string),
                status: stated.status.map(InitiativeStatus::name),
                done: self.value(cells.done),
                late: self.value(cells.late),
                moves: moves.collect(),
                plan: stated.plan.clone(),
                gap: stated.gap.clone(),
                cause: stated.cause.clone(),
                action: stated.action.clone(),
            }
        });
        Some(InitiativeSection {
            as_of: card.as_of.as_ref().map(Day::to_string),
            initiatives: initiatives.collect(),
            total: money(cells.total),
            done: self.value(cells.done),
            late: self.value(cells.late),
        })
    }
}
