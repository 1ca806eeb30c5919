//! Weights from orders of importance: one order, or one of each expert.

use super::group::{Group, Place, Weighed, if_several, mean_of, whose};
use super::{EvidenceCells, WeightError, WeightMethod};
use crate::amount::Lowering;
use crate::kernel::RankConversion;
use crate::model::{CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What can be wrong with ranks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RanksError {
    /// A rank below 1.
    #[error("{rank} is no rank")]
    BelowOne {
        /// The rank as written.
        rank: Decimal,
    },
    /// An exponent that would give the most to the last, or that nobody can mean.
    #[error("an exponent of {exponent} is not between 0 and 20")]
    Exponent {
        /// The exponent as written.
        exponent: Decimal,
    },
}

impl RanksError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::BelowOne { .. } => "rank 1 is the most important; what matters the same shares a rank".to_owned(),
            Self::Exponent { .. } => "write 0 for equal weights, 1 for the rank sum, 2 or 3 to favour the first".into(),
        })
    }
}

/// Orders of importance and how they become weights.
///
/// **Formula**: see [`rank_weights`](crate::kernel::rank_weights). Several experts: the mean of their weights, or the
/// weights of their mean ranks, each expert counting by authority where it is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks {
    /// One order, or one of each expert.
    pub rankings: Vec<Ranking>,
    /// How a rank becomes a weight.
    pub conversion: RankConversion,
    /// What is averaged over experts.
    pub aggregation: RankAggregation,
}

impl Ranks {
    /// Orders whose centroid weights are averaged.
    pub fn new(rankings: impl IntoIterator<Item = Ranking>) -> Self {
        Self {
            rankings: rankings.into_iter().collect(),
            conversion: RankConversion::Centroid,
            aggregation: RankAggregation::default(),
        }
    }
}

/// What is averaged over the experts who ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RankAggregation {
    /// Their weights.
    #[default]
    Weights,
    /// Their ranks, which then become weights.
    Ranks,
}

impl RankAggregation {
    /// Every way and its name in a document.
    pub const ALL: [(&'static str, Self); 2] = [("weights", Self::Weights), ("ranks", Self::Ranks)];
}

/// The order that somebody put siblings in.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Who; `None` for an order that all agreed on.
    pub expert: Option<String>,
    /// The order.
    pub order: Order,
}

impl Ranking {
    /// An order that all agreed on.
    pub fn common(order: Order) -> Self {
        Self { expert: None, order }
    }

    /// The order of one expert.
    pub fn of(expert: impl Into<String>, order: Order) -> Self {
        Self { expert: Some(expert.into()), order }
    }
}

/// An order as it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// The most important first.
    Listed(Vec<String>),
    /// Ranks by criterion, 1 for the most important; what matters the same has the same rank.
    Ranks(Vec<(String, Decimal)>),
}

impl Order {
    /// The most important first.
    pub fn listed<T: Into<String>>(ids: impl IntoIterator<Item = T>) -> Self {
        Self::Listed(ids.into_iter().map(Into::into).collect())
    }
}

/// The ranks and weights of each expert, or of the one order.
#[derive(Debug, Clone)]
pub(crate) struct RankCells {
    /// Expert, ranks, weights.
    pub(crate) experts: Vec<(Option<Arc<str>>, CellId, CellId)>,
    /// The mean ranks, where ranks are averaged.
    pub(crate) mean: Option<CellId>,
}

pub(super) fn define(lowering: &mut Lowering, group: Group, place: &Place, ranks: &Ranks) -> Option<Weighed> {
    let names: Vec<Option<&str>> = ranks.rankings.iter().map(|ranking| ranking.expert.as_deref()).collect();
    let (experts, authority) = group.experts(lowering, place, &names, |expert| format!("{}.{expert}", place.at))?;
    let before = lowering.problems.len();
    if let RankConversion::Exponent(exponent) = ranks.conversion
        && (exponent < Decimal::ZERO || exponent > Decimal::from(20))
    {
        lowering.problem(format!("{}.conversion.exponent", place.around), RanksError::Exponent { exponent });
    }
    let convert = |row: Expression| match ranks.conversion {
        RankConversion::Centroid => Expression::call(Function::RankCentroid, [row]),
        RankConversion::Sum => Expression::call(Function::RankSum, [row]),
        RankConversion::Reciprocal => Expression::call(Function::RankReciprocal, [row]),
        RankConversion::Exponent(exponent) => {
            Expression::call(Function::RankExponent, [row, Expression::number(exponent)])
        }
    };
    let mut cells = Vec::new();
    for Ranking { expert, order } in &ranks.rankings {
        let expert = expert.as_deref();
        let dot = expert.map(|expert| format!(".{expert}")).unwrap_or_default();
        let at = format!("{}{dot}", place.at);
        let Some(row) = positions(lowering, group, order, &at) else { continue };
        // the name of an expert, which may be anything, follows the words that are fixed
        let given = match expert {
            Some(expert) => format!("ranks.{}.expert.{expert}", place.figures),
            None => format!("ranks.{}", place.figures),
        };
        let subject = whose(&group.parent.name, expert);
        let naming = Naming::new(given).label(Arc::clone(&subject), "ranks");
        let given = lowering.cells.input(naming.source(at), Shape::Row(place.axis), row.into_iter().map(Some));
        let naming = Naming::new(format!("ranks.{}.weights{dot}", place.figures)).label(subject, "weights by rank");
        let weights = lowering.cells.formula(naming.unit(Unit::Share), convert(Expression::cell(given)));
        cells.push((expert.map(Arc::from), given, weights));
    }
    if lowering.problems.len() > before {
        return None;
    }
    let mut mean = None;
    let row = match ranks.aggregation {
        RankAggregation::Ranks if experts.len() > 1 => {
            // 1, 2, 2, 3 and 1, 2.5, 2.5, 4 are the same order
            let each =
                cells.iter().map(|(_, ranks, _)| Expression::call(Function::MidRanks, [Expression::cell(*ranks)]));
            let naming = Naming::new(format!("weights.{}.mean_ranks", place.figures));
            let naming = naming.label(Arc::clone(&group.parent.name), "mean ranks");
            let mean = *mean.insert(lowering.cells.formula(naming, mean_of(each, authority)));
            convert(Expression::cell(mean))
        }
        _ => mean_of(cells.iter().map(|(_, _, weights)| Expression::cell(*weights)), authority),
    };
    let method =
        WeightMethod::Ranks { conversion: ranks.conversion, aggregation: if_several(&experts, ranks.aggregation) };
    Some(Weighed { method, row, evidence: Some(EvidenceCells::Ranks(RankCells { experts: cells, mean })) })
}

/// The rank of each sibling, in their order.
fn positions(lowering: &mut Lowering, group: Group, order: &Order, at: &str) -> Option<Vec<Decimal>> {
    match order {
        Order::Ranks(ranks) => {
            let before = lowering.problems.len();
            for (id, rank) in ranks.iter().filter(|(_, rank)| *rank < Decimal::ONE) {
                lowering.problem(format!("{at}.{id}"), RanksError::BelowOne { rank: *rank });
            }
            let row = group.each(lowering, ranks, at);
            row.filter(|_| lowering.problems.len() == before)
        }
        Order::Listed(ids) => {
            let before = lowering.problems.len();
            let mut row: Vec<Option<Decimal>> = vec![None; group.len()];
            for (place, id) in ids.iter().enumerate() {
                let at = format!("{at}.{place}");
                let Some(position) = group.position(lowering, id, &at) else { continue };
                if let Some(rank) = row.get_mut(position)
                    && rank.replace(Decimal::from(place + 1)).is_some()
                {
                    lowering.problem(at, WeightError::NamedTwice { name: id.clone() });
                }
            }
            if lowering.problems.len() == before
                && let Some(missing) = row.iter().position(Option::is_none)
            {
                let (id, parent) = (group.id(missing).to_owned(), group.parent.id.to_string());
                lowering.problem(at, WeightError::Missing { id, parent });
            }
            row.into_iter().collect::<Option<Vec<_>>>().filter(|_| lowering.problems.len() == before)
        }
    }
}
