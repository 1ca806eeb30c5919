//! Why two measures prefer different alternatives.

use super::RankedBy;
use rust_decimal::Decimal;

/// Why a measure prefers one alternative and the headline another.
///
/// Where two measures disagree, at least one of these holds; which, follows from what sets the measures apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum WhyDifferent {
    /// A ratio or a rate says how well money works, not how much of it: it prefers the smaller outlay.
    Scale,
    /// Both lose money, and a ratio does not see that the larger outlay loses more.
    LargerLoss,
    /// Their money flows at different times, and the rate of return values it at another rate than the discount rate: on
    /// the other side of the crossover rate the order is the other way round.
    Timing,
    /// The rate of return values the money of each at a rate of its own, and no single rate is known at which both are
    /// worth the same.
    OwnRate,
    /// A payback does not count what comes after it.
    AfterPayback,
    /// They do not last equally long.
    Lives,
    /// Costs alone leave aside what the dearer one brings.
    Benefits,
    /// One of the two has no figure under one of the two measures.
    NotRanked,
}

/// What is known of one alternative.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    pub(crate) initial: Option<Decimal>,
    pub(crate) costs: Option<Decimal>,
    /// In present value, less tax where there is one; zero where none are stated.
    pub(crate) benefits: Option<Decimal>,
    /// The same a year of its own life.
    pub(crate) annual_benefits: Option<Decimal>,
    pub(crate) life: u32,
    /// Its figure under the measure.
    pub(crate) figure: Option<Decimal>,
    /// Its figure under the headline.
    pub(crate) deciding: Option<Decimal>,
}

/// Why `measure` prefers `preferred`, where `headline` prefers `other`; all that apply.
pub(crate) fn reasons(
    (measure, preferred): (RankedBy, Known),
    (headline, other): (RankedBy, Known),
    crossover: Option<Decimal>,
    discount_rate: Option<Decimal>,
) -> Vec<WhyDifferent> {
    if other.figure.is_none() || preferred.deciding.is_none() {
        return vec![WhyDifferent::NotRanked];
    }
    let smaller = |of: fn(&Known) -> Option<Decimal>| of(&preferred).zip(of(&other)).is_some_and(|(a, b)| a < b);
    let is_rate = measure == RankedBy::Irr;
    let is_ratio = is_rate || matches!(measure, RankedBy::Roi | RankedBy::BenefitCostRatio);
    let outlay: fn(&Known) -> Option<Decimal> = if is_rate { |known| known.initial } else { |known| known.costs };
    let benefits: fn(&Known) -> Option<Decimal> =
        if measure.is_a_year() { |known| known.annual_benefits } else { |known| known.benefits };
    let is_larger = outlay(&preferred).zip(outlay(&other)).is_some_and(|(a, b)| a > b);
    let even = if measure == RankedBy::BenefitCostRatio { Decimal::ONE } else { Decimal::ZERO };
    let loses = preferred.figure.is_some_and(|ratio| ratio < even);
    // at its own rate the other one is worth nothing: between that and the discount rate the order changes
    let is_between = crossover
        .zip(discount_rate)
        .zip(other.figure)
        .is_some_and(|((cross, rate), own)| (rate < cross && cross <= own) || (own <= cross && cross < rate));
    let lives = preferred.life != other.life && measure.is_a_year() != headline.is_a_year();
    let applies = [
        (WhyDifferent::Lives, lives),
        (WhyDifferent::Benefits, measure.is_of_costs() && !headline.is_of_costs() && smaller(benefits)),
        (WhyDifferent::Scale, is_ratio && smaller(outlay)),
        (WhyDifferent::LargerLoss, is_ratio && !is_rate && is_larger && loses),
        (WhyDifferent::Timing, is_rate && is_between),
        (WhyDifferent::OwnRate, is_rate && !is_between),
        (WhyDifferent::AfterPayback, matches!(measure, RankedBy::Payback | RankedBy::DiscountedPayback)),
    ];
    applies.into_iter().filter(|(_, applies)| *applies).map(|(why, _)| why).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    fn known(costs: Decimal, benefits: Decimal, figure: Decimal) -> Known {
        let deciding = benefits.checked_sub(costs);
        let (costs, benefits) = (Some(costs), Some(benefits));
        // all of it in year 0, and the same for each year: in the order of the totals
        let (initial, annual_benefits) = (costs, benefits);
        Known { initial, costs, benefits, annual_benefits, life: 5, figure: Some(figure), deciding }
    }

    #[test]
    fn each_measure_has_its_own_blind_side() {
        let (small, large) = (known(dec!(20), dec!(30), dec!(0.3)), known(dec!(99), dec!(140), dec!(0.25)));
        let why =
            |measure, one, other| reasons((measure, one), (RankedBy::Npv, other), Some(dec!(0.2)), Some(dec!(0.1)));
        assert_eq!(why(RankedBy::Roi, small, large), [WhyDifferent::Scale]);
        assert_eq!(why(RankedBy::Irr, small, large), [WhyDifferent::Scale, WhyDifferent::Timing]);
        assert_eq!(why(RankedBy::Payback, small, large), [WhyDifferent::AfterPayback]);
        assert_eq!(why(RankedBy::CostPresentValue, small, large), [WhyDifferent::Benefits]);
        let short = Known { life: 3, ..large };
        assert_eq!(why(RankedBy::EquivalentAnnualValue, short, large), [WhyDifferent::Lives]);
        // where the rate at which both are alike does not lie between, each is valued at a rate of its own
        let apart = reasons((RankedBy::Irr, large), (RankedBy::Npv, small), Some(dec!(0.05)), Some(dec!(0.1)));
        assert_eq!(apart, [WhyDifferent::OwnRate]);
        let unranked = Known { figure: None, ..large };
        assert_eq!(why(RankedBy::Payback, small, unranked), [WhyDifferent::NotRanked]);
    }

    #[test]
    fn of_two_losses_the_larger_may_be_the_smaller_part() {
        let (large, small) = (known(dec!(100), dec!(90), dec!(-0.1)), known(dec!(10), dec!(5), dec!(-0.5)));
        let why = reasons((RankedBy::Roi, large), (RankedBy::Npv, small), None, None);
        assert_eq!(why, [WhyDifferent::LargerLoss]);
    }

    /// The one that lasts longer brings more in all, and less a year.
    #[test]
    fn costs_a_year_leave_aside_what_is_brought_a_year() {
        let long = Known { life: 5, annual_benefits: Some(dec!(30)), ..known(dec!(100), dec!(120), dec!(25)) };
        let short = Known { life: 2, annual_benefits: Some(dec!(45)), ..known(dec!(60), dec!(80), dec!(35)) };
        let measures = [RankedBy::EquivalentAnnualCost, RankedBy::EquivalentAnnualValue];
        assert_eq!(reasons((measures[0], long), (measures[1], short), None, None), [WhyDifferent::Benefits]);
    }
}
