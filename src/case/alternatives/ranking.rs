//! Which alternative is best under each measure.

use super::{AlternativeCells, ComparedCells};
use crate::amount::Lowering;
use crate::model::{Axis, Binary, Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use std::sync::Arc;

/// A measure that alternatives are ranked by.
///
/// **Formula**: the rank is 1 plus the number of alternatives that are better, so what ties shares a rank. Whoever lacks the
/// figure has no rank, and is in nobody's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RankedBy {
    /// Present value of all costs; the smaller the better.
    CostPresentValue,
    /// Net present value.
    Npv,
    /// Net present value over the baseline, whose own is zero.
    IncrementNpv,
    /// Return on investment, on present values.
    Roi,
    /// Internal rate of return.
    Irr,
    /// Payback; the sooner the better.
    Payback,
    /// Discounted payback; the sooner the better.
    DiscountedPayback,
    /// Benefits divided by costs, on present values.
    BenefitCostRatio,
    /// Net present value a year of its own life.
    EquivalentAnnualValue,
    /// Costs a year of its own life; the smaller the better.
    EquivalentAnnualCost,
}

impl RankedBy {
    /// Every measure and its name in the ids of figures, `ranking.npv.VENDOR`.
    pub const ALL: [(&'static str, RankedBy); 10] = [
        ("npv", RankedBy::Npv),
        ("increment_npv", RankedBy::IncrementNpv),
        ("equivalent_annual_value", RankedBy::EquivalentAnnualValue),
        ("roi", RankedBy::Roi),
        ("benefit_cost_ratio", RankedBy::BenefitCostRatio),
        ("irr", RankedBy::Irr),
        ("payback", RankedBy::Payback),
        ("discounted_payback", RankedBy::DiscountedPayback),
        ("cost_present_value", RankedBy::CostPresentValue),
        ("equivalent_annual_cost", RankedBy::EquivalentAnnualCost),
    ];

    /// The name in the ids of figures.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, measure)| *measure == self).map_or("", |(name, _)| name)
    }

    /// Whether the smallest figure is the best.
    pub fn smallest_is_best(self) -> bool {
        matches!(self, Self::CostPresentValue | Self::EquivalentAnnualCost | Self::Payback | Self::DiscountedPayback)
    }

    /// Whether it says nothing beyond another measure: over the baseline the order is that of the net present values, and
    /// a year the order of the totals where all last equally long.
    pub(crate) fn is_said_already(self, headline: Self, has_unequal_lives: bool) -> bool {
        self != headline && (self == Self::IncrementNpv || self.is_a_year() && !has_unequal_lives)
    }

    /// Whether it is a figure a year of its own life.
    pub(crate) fn is_a_year(self) -> bool {
        matches!(self, Self::EquivalentAnnualValue | Self::EquivalentAnnualCost)
    }

    /// Whether it leaves aside what an alternative brings.
    pub(super) fn is_of_costs(self) -> bool {
        matches!(self, Self::CostPresentValue | Self::EquivalentAnnualCost)
    }

    fn aspects(self) -> (&'static str, &'static str) {
        match self {
            Self::CostPresentValue => ("present value of the costs", "rank by the present value of the costs"),
            Self::Npv => ("net present value", "rank by net present value"),
            Self::IncrementNpv => {
                ("net present value over the baseline", "rank by net present value over the baseline")
            }
            Self::Roi => ("return on investment, on present values", "rank by return on investment"),
            Self::Irr => ("internal rate of return", "rank by internal rate of return"),
            Self::Payback => ("payback", "rank by payback"),
            Self::DiscountedPayback => ("discounted payback", "rank by discounted payback"),
            Self::BenefitCostRatio => ("benefit-cost ratio", "rank by benefit-cost ratio"),
            Self::EquivalentAnnualValue => ("equivalent annual value", "rank by equivalent annual value"),
            Self::EquivalentAnnualCost => ("equivalent annual cost", "rank by equivalent annual cost"),
        }
    }

    /// How its figures are to be read.
    pub(crate) fn unit(self) -> Unit {
        match self {
            Self::Roi | Self::Irr => Unit::Share,
            Self::Payback | Self::DiscountedPayback => Unit::Years,
            Self::BenefitCostRatio => Unit::Number,
            _ => Unit::Money,
        }
    }
}

/// The alternatives under one measure.
#[derive(Debug, Clone)]
pub(crate) struct RankingCells {
    pub(crate) measure: RankedBy,
    /// One for each alternative, in their order; `None` where there is no such figure.
    pub(crate) values: Vec<Option<CellId>>,
    pub(crate) ranks: Vec<CellId>,
}

/// The figure of an alternative under a measure, or why there is none.
fn figure(measure: RankedBy, position: usize, alternative: &AlternativeCells, of: &ComparedCells) -> Option<CellId> {
    let case = alternative.plan.measures();
    match measure {
        RankedBy::CostPresentValue => alternative.cost,
        RankedBy::EquivalentAnnualCost => alternative.annual_cost,
        RankedBy::EquivalentAnnualValue => case.map(|case| case.equivalent_annual_value).or(alternative.annual_value),
        RankedBy::Npv => case.map(|case| case.npv),
        RankedBy::Roi => case.map(|case| case.roi),
        RankedBy::Irr => case.map(|case| case.irr),
        RankedBy::Payback => case.map(|case| case.payback),
        RankedBy::DiscountedPayback => case.map(|case| case.discounted_payback),
        RankedBy::BenefitCostRatio => case.map(|case| case.benefit_cost_ratio),
        RankedBy::IncrementNpv if alternative.is_baseline => of.zero,
        RankedBy::IncrementNpv => of.increments.get(position)?.as_ref().map(|increment| increment.measures.npv),
    }
}

/// Ranks the alternatives under every measure that at least one of them has.
pub(super) fn define_all(
    lowering: &mut Lowering,
    alternatives: &[AlternativeCells],
    of: &ComparedCells,
) -> Vec<RankingCells> {
    let mut rankings = Vec::new();
    for (name, measure) in RankedBy::ALL {
        let values = alternatives.iter().enumerate();
        let values: Vec<_> = values.map(|(position, one)| figure(measure, position, one, of)).collect();
        if values.iter().any(Option::is_some) {
            let ranks = define(lowering, alternatives, (name, measure), &values);
            rankings.push(RankingCells { measure, values, ranks });
        }
    }
    rankings
}

fn define(
    lowering: &mut Lowering,
    alternatives: &[AlternativeCells],
    (name, measure): (&'static str, RankedBy),
    values: &[Option<CellId>],
) -> Vec<CellId> {
    let (aspect, rank_aspect) = measure.aspects();
    let with = || alternatives.iter().zip(values).filter_map(|(one, value)| Some((one, (*value)?)));
    let axis = lowering.cells.axis(Axis::named("alternatives", with().map(|(one, _)| one.id.to_string())));
    let all = Expression::row(axis, with().map(|(_, value)| Expression::cell(value)));
    let naming = Naming::new(Id::of("ranking.values", name)).label("Ranking", aspect).unit(measure.unit());
    let all = lowering.cells.formula(naming, all);
    let better = if measure.smallest_is_best() { Binary::Less } else { Binary::Greater };
    let mut ranks = Vec::with_capacity(alternatives.len());
    for (one, value) in alternatives.iter().zip(values) {
        let id = Id::from(format!("ranking.{name}.{}", one.id));
        let naming = Naming::new(id).label(Arc::clone(&one.name), rank_aspect).unit(Unit::Ordinal);
        let Some(value) = *value else {
            let cause = if one.plan.benefits.is_none() { Cause::NoBenefits } else { Cause::NoCosts };
            ranks.push(lowering.cells.absent(naming, Shape::Scalar, cause));
            continue;
        };
        let is_better = Expression::cell(all).binary(better, Expression::cell(value));
        // whoever lacks the figure is better than nobody
        let is_better = Expression::call(Function::Otherwise, [is_better, Expression::number(0)]);
        let place = Expression::number(1) + Expression::call(Function::Sum, [is_better]);
        let is_known = Expression::cell(value).binary(Binary::Equal, Expression::cell(value));
        ranks.push(lowering.cells.formula(naming, Expression::choose(is_known, place, Expression::number(0))));
    }
    ranks
}
