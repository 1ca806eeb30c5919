//! The design review in a report.

use super::words::Words;
use super::{Value, figure};
use crate::appraisal::Outcome;
use crate::model::CellId;
use crate::scorecard::{Limited, PrincipleCells, PrincipleSide};
use std::sync::Arc;

/// How a scorecard keeps to the principles of design.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ReviewSection {
    /// The score of leading, lagging, process and effect indicators by themselves.
    pub apart: Vec<ApartRow>,
    /// The seven principles.
    pub principles: Vec<PrincipleRow>,
    /// How many indicators there are.
    pub indicators: LimitedFigure,
    /// The largest overall weight; `None` where there are too few indicators to keep the limit.
    pub heaviest: Option<LimitedFigure>,
}

/// The score of indicators of one kind, of the whole or of a perspective.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ApartRow {
    /// Which indicators: `leading`, `lagging`, `process_indicators`, `effect_indicators`.
    pub indicators: &'static str,
    /// The id of the perspective; `scorecard` for the whole.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Their score.
    pub score: Value,
    /// The share of their weight that has data.
    pub coverage: Value,
}

/// One of the seven principles.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PrincipleRow {
    /// `objectives`, `finance`, `term`, `nature`, `kind`, `people` or `level`.
    pub principle: &'static str,
    /// The two sides.
    pub sides: [SideShare; 2],
    /// The share that is limited: of the smaller of both sides, or of what is tied to objectives.
    pub balance: LimitedFigure,
}

/// One side of a principle.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SideShare {
    /// Which: `leading`, `financial`.
    pub side: &'static str,
    /// Its share of the weight.
    pub share: Value,
    /// How many indicators it has.
    pub count: Value,
}

/// A figure with its limit.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LimitedFigure {
    /// The figure.
    pub value: Value,
    /// Its limit.
    pub limit: Value,
    /// Whether it keeps to it; `None` where that cannot be told.
    pub met: Option<bool>,
}

/// The review, where it has something to show.
pub(super) fn section(outcome: &Outcome, words: &Words) -> Option<ReviewSection> {
    let parts = outcome.appraisal().parts();
    let cells = parts.review.as_ref().filter(|cells| !cells.principles.is_empty())?;
    let evaluation = outcome.evaluation();
    let value = |cell: CellId| figure::value(evaluation, words, cell);
    let limited = |figure: CellId, limit: CellId, met: CellId| LimitedFigure {
        value: value(figure),
        limit: value(limit),
        met: evaluation.scalar(met).ok().map(|met| !met.is_zero()),
    };
    let of = |cells: &Limited| limited(cells.value, cells.limit, cells.met);
    let side =
        |PrincipleSide { name, share, count }| SideShare { side: name, share: value(share), count: value(count) };
    let principles = cells.principles.iter().map(|PrincipleCells { principle, sides, balance, limit, met, .. }| {
        PrincipleRow { principle: principle.name(), sides: sides.map(side), balance: limited(*balance, *limit, *met) }
    });
    let apart = cells.apart.iter().filter_map(|apart| {
        let listed = parts.criteria.get(apart.of)?;
        Some(ApartRow {
            indicators: apart.apart.name(),
            id: Arc::clone(&listed.id),
            name: Arc::clone(&listed.name),
            score: value(apart.score),
            coverage: value(apart.coverage),
        })
    });
    Some(ReviewSection {
        apart: apart.collect(),
        principles: principles.collect(),
        indicators: of(&cells.indicators),
        heaviest: cells.heaviest.as_ref().map(of),
    })
}
