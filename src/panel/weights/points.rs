//! Weights from points: a budget that experts allocate, or swings of which the best is 100.

use super::group::{Group, Place, Weighed, mean_of, whose};
use super::{EvidenceCells, WeightMethod};
use crate::amount::{AmountError, LARGEST, Lowering};
use crate::model::{CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What can be wrong with points.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PointsError {
    /// Fewer than none.
    #[error("{points} is less than no points")]
    Negative {
        /// The points as written.
        points: Decimal,
    },
    /// Nothing was allocated.
    #[error("all points are 0, so nothing weighs anything")]
    AllZero,
    /// Swings that are not measured against the best.
    #[error("the best swing is {best}, not 100")]
    Best {
        /// The largest as written.
        best: Decimal,
    },
}

impl PointsError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Negative { .. } => "write 0 for a criterion that does not count".to_owned(),
            Self::AllZero => "give at least one of them points".to_owned(),
            Self::Best { .. } => {
                "give 100 to the criterion whose swing from worst to best matters most, or write `points:`".to_owned()
            }
        })
    }
}

/// Points for siblings, from one voice or from each of several experts.
///
/// **Formula**: each expert's points divided by their sum; then the mean over the experts, each counting by authority
/// where it is given. The total is anybody's choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// Whether it is a budget that was shared out, or swings.
    pub kind: PointsKind,
    /// One allocation, or one of each expert.
    pub allocations: Vec<Allocation>,
}

/// What the points are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PointsKind {
    /// A budget shared out among the siblings.
    #[default]
    Allocation,
    /// How much a swing from the worst to the best value matters, 100 for the most.
    Swing,
}

impl PointsKind {
    /// The key in a document.
    pub fn key(self) -> &'static str {
        match self {
            Self::Allocation => "points",
            Self::Swing => "swing",
        }
    }
}

/// The points that somebody gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocation {
    /// Who; `None` for points that all agreed on.
    pub expert: Option<String>,
    /// By criterion.
    pub points: Vec<(String, Decimal)>,
}

/// The points of each expert, or of the one voice, and their shares.
#[derive(Debug, Clone)]
pub(crate) struct PointCells {
    /// Expert, points, shares.
    pub(crate) experts: Vec<(Option<Arc<str>>, CellId, CellId)>,
}

pub(super) fn define(lowering: &mut Lowering, group: Group, place: &Place, points: &Points) -> Option<Weighed> {
    let names: Vec<Option<&str>> = points.allocations.iter().map(|one| one.expert.as_deref()).collect();
    let (_, authority) = group.experts(lowering, place, &names, |expert| format!("{}.{expert}", place.at))?;
    let before = lowering.problems.len();
    let mut cells = Vec::new();
    for Allocation { expert, points: given } in &points.allocations {
        let expert = expert.as_deref();
        let dot = expert.map(|expert| format!(".{expert}")).unwrap_or_default();
        let at = format!("{}{dot}", place.at);
        let Some(row) = group.each(lowering, given, &at) else { continue };
        check(lowering, points.kind, given, &at);
        // the name of an expert, which may be anything, follows the words that are fixed
        let given = match expert {
            Some(expert) => format!("points.{}.expert.{expert}", place.figures),
            None => format!("points.{}", place.figures),
        };
        let subject = whose(&group.parent.name, expert);
        let naming = Naming::new(given).label(Arc::clone(&subject), "points");
        let row = lowering.cells.input(naming.source(at), Shape::Row(place.axis), row.into_iter().map(Some));
        let naming = Naming::new(format!("points.{}.shares{dot}", place.figures)).label(subject, "shares of points");
        let shares = Expression::call(Function::Shares, [Expression::cell(row)]);
        let shares = lowering.cells.formula(naming.unit(Unit::Share), shares);
        cells.push((expert.map(Arc::from), row, shares));
    }
    if lowering.problems.len() > before {
        return None;
    }
    let method = match points.kind {
        PointsKind::Allocation => WeightMethod::Allocation,
        PointsKind::Swing => WeightMethod::Swing,
    };
    let row = mean_of(cells.iter().map(|(_, _, shares)| Expression::cell(*shares)), authority);
    Some(Weighed { method, row, evidence: Some(EvidenceCells::Points(PointCells { experts: cells })) })
}

fn check(lowering: &mut Lowering, kind: PointsKind, given: &[(String, Decimal)], at: &str) {
    let before = lowering.problems.len();
    for (id, points) in given {
        if *points < Decimal::ZERO {
            lowering.problem(format!("{at}.{id}"), PointsError::Negative { points: *points });
        } else if *points > LARGEST {
            lowering.problem(format!("{at}.{id}"), AmountError::TooLarge { value: *points });
        }
    }
    let best = given.iter().map(|(_, points)| *points).max().unwrap_or_default();
    if lowering.problems.len() > before {
    } else if best.is_zero() {
        lowering.problem(at, PointsError::AllZero);
    } else if kind == PointsKind::Swing && best != Decimal::ONE_HUNDRED {
        lowering.problem(at, PointsError::Best { best });
    }
}
