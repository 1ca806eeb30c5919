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
    /// The measure that decides.
    pub headline: &'static str,
    /// The figures of both under the measure, that of the preferred one first.
    pub figures: [Value; 2],
    /// The figures of both under the measure that decides.
    pub headline_figures: [Value; 2],
    /// Why; at least one reason.
    pub why: Vec<Reason>,
    /// The figures it rests on.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) evidence: Vec<CellId>,
}

/// Why a measure prefers another alternative, and what shows it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Reason {
    /// Why.
    pub why: WhyDifferent,
    /// The figures of the preferred one and of the other: outlays, benefits, lives, rates of return or paybacks; for the
    /// sake of time, the rate at which both are worth the same and the discount rate.
    pub figures: Vec<Value>,
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

    /// What is known of an alternative, with its figures under a measure and under the headline.
    fn facts(&self, alternative: &AlternativeCells, [figure, deciding]: [Option<CellId>; 2]) -> Known {
        let costs = alternative.plan.costs.as_ref();
        let known = |cell: Option<CellId>| cell.and_then(|cell| self.known(cell));
        // what states no benefits brings nothing over the baseline
        let brought = |cell: Option<CellId>| cell.map_or(Some(Decimal::ZERO), |cell| self.known(cell));
        Known {
            initial: known(costs.map(|costs| costs.initial)),
            costs: known(alternative.cost),
            benefits: brought(alternative.plan.benefit_totals().map(|totals| totals.present_value)),
            annual_benefits: brought(alternative.annual_benefit),
            life: alternative.life,
            figure: known(figure),
            deciding: known(deciding),
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
        let rate = parts.compared.rate;
        let of = |values: &RankingCells, position: usize| values.values.get(position).copied().flatten();
        let [figures, deciding_figures] =
            [ranking, deciding].map(|values| [own, other].map(|position| of(values, position)));
        let both = [figures, deciding_figures];
        let facts = |one: &AlternativeCells, place: usize| {
            self.facts(one, both.map(|figures| figures.get(place).copied().flatten()))
        };
        let known = |cell: Option<CellId>| cell.and_then(|cell| self.known(cell));
        let why = why_different(
            (ranking.measure, facts(preferred, 0)),
            (deciding.measure, facts(instead, 1)),
            known(crossover),
            known(rate),
        );
        let mut evidence: Vec<CellId> = both.iter().flatten().copied().flatten().collect();
        let value = |cell: Option<CellId>| cell.map_or_else(|| Value::Missing(String::new()), |cell| self.value(cell));
        let mut reason = |why: WhyDifferent| {
            let costs = [preferred, instead].map(|one| one.plan.costs.as_ref());
            let cells: Vec<Option<CellId>> = match why {
                WhyDifferent::Scale | WhyDifferent::LargerLoss if ranking.measure == RankedBy::Irr => {
                    costs.map(|costs| costs.map(|costs| costs.initial)).into()
                }
                WhyDifferent::Scale | WhyDifferent::LargerLoss => [preferred.cost, instead.cost].into(),
                WhyDifferent::Benefits if ranking.measure.is_a_year() => {
                    [preferred, instead].map(|one| one.annual_benefit).into()
                }
                WhyDifferent::Benefits => {
                    let brought = |one: &AlternativeCells| one.plan.benefit_totals().map(|totals| totals.present_value);
                    [preferred, instead].map(brought).into()
                }
                WhyDifferent::Timing => vec![crossover, rate],
                WhyDifferent::OwnRate => figures.into_iter().chain([rate]).collect(),
                WhyDifferent::AfterPayback => figures.into(),
                WhyDifferent::Lives => {
                    let lives = [preferred, instead].map(|one| Value::Number(one.life.into()));
                    return Reason { why, figures: lives.into() };
                }
                WhyDifferent::NotRanked => Vec::new(),
            };
            let new: Vec<CellId> = cells.iter().flatten().filter(|cell| !evidence.contains(cell)).copied().collect();
            evidence.extend(new);
            let shown = |cell: Option<CellId>| match cell {
                // what states no benefits counts with none
                None if why == WhyDifferent::Benefits => Value::Number(Decimal::ZERO),
                cell => value(cell),
            };
            Reason { why, figures: cells.into_iter().map(shown).collect() }
        };
        let why = why.into_iter().map(&mut reason).collect();
        Some(Disagreement {
            measure: ranking.measure.name(),
            preferred: Arc::clone(&preferred.name),
            headline_preferred: Arc::clone(&instead.name),
            headline: deciding.measure.name(),
            figures: figures.map(value),
            headline_figures: deciding_figures.map(value),
            why,
            evidence,
        })
    }
}
