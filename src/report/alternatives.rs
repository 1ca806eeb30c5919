//! The alternatives together: ranks under each measure, where the measures disagree, and each pair.

use super::Value;
use super::build::Reader;
use super::money::{Measures, MoneyRow};
use crate::case::{AlternativeCells, Known, RankedBy, RankingCells, WhyDifferent, has_unequal_lives, why_different};
use crate::kernel::NoIrr;
use crate::model::{Cause, CellId};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What an alternative costs and brings beyond the baseline.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IncrementSection {
    /// Extra costs.
    pub costs: MoneyRow,
    /// Extra benefits.
    pub benefits: MoneyRow,
    /// Extra benefits minus extra costs, year by year.
    pub net: Vec<Value>,
    /// The measures of the difference.
    pub measures: Measures,
}

/// The alternatives under one measure.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RankingRow {
    /// The measure, as in `ranking.npv.VENDOR`.
    pub measure: &'static str,
    /// The rank of each alternative in the order of the document, the best having 1.
    pub ranks: Vec<Value>,
}

/// A measure that prefers another alternative than the one that decides.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Disagreement {
    /// The measure.
    pub measure: &'static str,
    /// The name of the alternative that it prefers.
    pub preferred: Arc<str>,
    /// The name of the one that the headline prefers.
    pub headline_preferred: Arc<str>,
    /// Why, as far as it can be told.
    pub why: Vec<WhyDifferent>,
    /// The discount rate at which both are worth the same.
    pub crossover: Option<Value>,
    /// The figures it rests on.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) evidence: Vec<CellId>,
}

/// Two alternatives: what the one that is dearer to begin with brings for its extra cost.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PairRow {
    /// The name of the one with the larger initial costs.
    pub dearer: Arc<str>,
    /// The name of the other.
    pub cheaper: Arc<str>,
    /// What it costs more in year 0.
    pub extra_initial: Value,
    /// The present value of what it brings more on balance: worth it where that is above zero.
    pub npv: Value,
    /// The discount rate at which both are worth the same.
    pub crossover: Value,
    /// Whether one is worth more at any discount rate.
    pub is_same_at_any_rate: bool,
}

/// The alternatives together.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RankingSection {
    /// The measure that decides.
    pub headline: &'static str,
    /// The names of those that are best under it; several where they tie.
    pub preferred: Vec<Arc<str>>,
    /// The best figure under it.
    pub best: Option<Value>,
    /// All measures.
    pub rows: Vec<RankingRow>,
    /// The measures that prefer another one.
    pub disagreements: Vec<Disagreement>,
    /// Each against each; empty where there are too many.
    pub pairs: Vec<PairRow>,
    /// Whether some last longer than others, so that their net present values are not comparable.
    pub has_unequal_lives: bool,
}

impl Reader<'_> {
    pub(super) fn increment(&self, position: usize) -> Option<IncrementSection> {
        let compared = &self.outcome.appraisal().parts().compared;
        let cells = compared.increments.get(position)?.as_ref()?;
        Some(IncrementSection {
            costs: self.totals(cells.costs),
            benefits: self.totals(cells.benefits),
            net: self.row(cells.net),
            measures: self.measures(cells.measures, None),
        })
    }

    fn known(&self, cell: CellId) -> Option<Decimal> {
        self.outcome.evaluation().scalar(cell).ok()
    }

    /// The positions of those with rank 1.
    fn best(&self, ranking: &RankingCells) -> Vec<usize> {
        let ranks = ranking.ranks.iter().enumerate();
        ranks.filter(|(_, rank)| self.known(**rank) == Some(Decimal::ONE)).map(|(position, _)| position).collect()
    }

    fn facts(&self, alternative: &AlternativeCells) -> Known {
        let costs = alternative.plan.costs.as_ref();
        let benefits = alternative.plan.benefits.as_ref();
        Known {
            initial: costs.and_then(|costs| self.known(costs.initial)),
            costs: alternative.cost.and_then(|cost| self.known(cost)),
            benefits: benefits.and_then(|benefits| self.known(benefits.totals.present_value)),
            life: alternative.life,
        }
    }

    pub(super) fn ranking(&self) -> Option<RankingSection> {
        let parts = self.outcome.appraisal().parts();
        let (alternatives, compared) = (&parts.alternatives, &parts.compared);
        let headline = compared.headline.filter(|_| alternatives.len() > 1)?;
        let name = |position: usize| alternatives.get(position).map(|one| Arc::clone(&one.name)).unwrap_or_default();
        let deciding = compared.rankings.iter().find(|ranking| ranking.measure == headline)?;
        let best = self.best(deciding);
        let figure = best.first().and_then(|first| (*deciding.values.get(*first)?).map(|cell| self.value(cell)));
        let unequal = has_unequal_lives(alternatives);
        let shown = compared.rankings.iter().filter(|ranking| !ranking.measure.is_said_already(headline, unequal));
        let rows = shown.clone().map(|ranking| RankingRow {
            measure: ranking.measure.name(),
            ranks: ranking.ranks.iter().map(|rank| self.value(*rank)).collect(),
        });
        let others = shown.filter(|ranking| ranking.measure != headline);
        let disagreements = others.filter_map(|ranking| self.disagreement(ranking, deciding, &best));
        let pairs = compared.pairs.iter().map(|pair| {
            let is_first = self.known(pair.dearer) != Some(Decimal::NEGATIVE_ONE);
            let (dearer, cheaper) = if is_first { (pair.first, pair.second) } else { (pair.second, pair.first) };
            PairRow {
                dearer: name(dearer),
                cheaper: name(cheaper),
                extra_initial: self.value(pair.extra_initial),
                npv: self.value(pair.npv),
                crossover: self.value(pair.crossover),
                is_same_at_any_rate: self.outcome.evaluation().scalar(pair.crossover).is_err_and(|absent| {
                    matches!(absent.cause, Cause::Irr(NoIrr::NoSignChange | NoIrr::NoRoot | NoIrr::AllZero))
                }),
            }
        });
        Some(RankingSection {
            headline: headline.name(),
            preferred: best.iter().map(|position| name(*position)).collect(),
            best: figure,
            rows: rows.collect(),
            disagreements: disagreements.collect(),
            pairs: pairs.collect(),
            has_unequal_lives: unequal,
        })
    }

    /// What a measure prefers, if it is another one than what the headline prefers.
    fn disagreement(&self, ranking: &RankingCells, deciding: &RankingCells, best: &[usize]) -> Option<Disagreement> {
        let parts = self.outcome.appraisal().parts();
        let ranked = ranking.ranks.iter().filter(|rank| self.known(**rank).is_some()).count();
        let own = self.best(ranking);
        if ranked < 2 || own.iter().any(|position| best.contains(position)) {
            return None;
        }
        let (own, other) = (*own.first()?, *best.first()?);
        let (preferred, instead) = (parts.alternatives.get(own)?, parts.alternatives.get(other)?);
        let pairs = parts.compared.pairs.iter();
        let crossover = pairs.into_iter().find(|pair| (pair.first, pair.second) == (own.min(other), own.max(other)));
        let crossover = crossover.map(|pair| pair.crossover);
        let rate = parts.discount_rate.and_then(|rate| self.known(rate));
        let why = why_different(
            (ranking.measure, self.facts(preferred)),
            (deciding.measure, self.facts(instead)),
            crossover.and_then(|cell| self.known(cell)),
            rate,
        );
        let mut evidence = Vec::new();
        for values in [&ranking.values, &deciding.values] {
            evidence.extend([own, other].iter().filter_map(|position| *values.get(*position)?));
        }
        for why in &why {
            for one in [preferred, instead] {
                let (costs, benefits) = (one.plan.costs.as_ref(), one.plan.benefits.as_ref());
                match why {
                    WhyDifferent::Scale if ranking.measure == RankedBy::Irr => {
                        evidence.extend(costs.map(|costs| costs.initial));
                    }
                    WhyDifferent::Scale => evidence.extend(costs.map(|costs| costs.totals.present_value)),
                    WhyDifferent::Benefits => evidence.extend(benefits.map(|benefits| benefits.totals.present_value)),
                    _ => {}
                }
            }
            if *why == WhyDifferent::Timing {
                evidence.extend(crossover.into_iter().chain(parts.discount_rate));
            }
        }
        Some(Disagreement {
            measure: ranking.measure.name(),
            preferred: Arc::clone(&preferred.name),
            headline_preferred: Arc::clone(&instead.name),
            crossover: crossover.filter(|_| why.contains(&WhyDifferent::Timing)).map(|cell| self.value(cell)),
            why,
            evidence,
        })
    }
}
