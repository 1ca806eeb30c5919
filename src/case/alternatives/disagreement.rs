//! Why two measures prefer different alternatives.

use super::RankedBy;
use rust_decimal::Decimal;

/// Why a measure prefers one alternative and the headline another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum WhyDifferent {
    /// A ratio or a rate says how well money works, not how much of it: it prefers the smaller outlay.
    Scale,
    /// Their money flows at different times, and the rate of return values it at another rate than the discount rate: from
    /// the crossover rate on, the order is the other way round.
    Timing,
    /// A payback does not count what comes after it.
    AfterPayback,
    /// They do not last equally long.
    Lives,
    /// Costs alone leave aside what the dearer one brings.
    Benefits,
}

/// What is known of one alternative.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    pub(crate) initial: Option<Decimal>,
    pub(crate) costs: Option<Decimal>,
    pub(crate) benefits: Option<Decimal>,
    pub(crate) life: u32,
}

/// Why `measure` prefers `preferred`, where `headline` prefers `other`; all that apply.
pub(crate) fn reasons(
    (measure, preferred): (RankedBy, Known),
    (headline, other): (RankedBy, Known),
    crossover: Option<Decimal>,
    discount_rate: Option<Decimal>,
) -> Vec<WhyDifferent> {
    let smaller = |of: fn(&Known) -> Option<Decimal>| of(&preferred).zip(of(&other)).is_some_and(|(a, b)| a < b);
    let is_ratio = matches!(measure, RankedBy::Roi | RankedBy::BenefitCostRatio | RankedBy::Irr);
    let outlay: fn(&Known) -> Option<Decimal> =
        if measure == RankedBy::Irr { |known| known.initial } else { |known| known.costs };
    let applies = [
        (WhyDifferent::Lives, preferred.life != other.life && measure.is_a_year() != headline.is_a_year()),
        (WhyDifferent::Benefits, measure.is_of_costs() && !headline.is_of_costs() && smaller(|known| known.benefits)),
        (WhyDifferent::Scale, is_ratio && smaller(outlay)),
        (
            WhyDifferent::Timing,
            measure == RankedBy::Irr && crossover.zip(discount_rate).is_some_and(|(cross, rate)| cross > rate),
        ),
        (WhyDifferent::AfterPayback, matches!(measure, RankedBy::Payback | RankedBy::DiscountedPayback)),
    ];
    applies.into_iter().filter(|(_, applies)| *applies).map(|(why, _)| why).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    #[test]
    fn each_measure_has_its_own_blind_side() {
        let small = Known { initial: Some(dec!(10)), costs: Some(dec!(20)), benefits: Some(dec!(30)), life: 5 };
        let large = Known { initial: Some(dec!(90)), costs: Some(dec!(99)), benefits: Some(dec!(140)), life: 5 };
        let why =
            |measure, one, other| reasons((measure, one), (RankedBy::Npv, other), Some(dec!(0.2)), Some(dec!(0.1)));
        assert_eq!(why(RankedBy::Roi, small, large), [WhyDifferent::Scale]);
        assert_eq!(why(RankedBy::Irr, small, large), [WhyDifferent::Scale, WhyDifferent::Timing]);
        assert_eq!(why(RankedBy::Payback, small, large), [WhyDifferent::AfterPayback]);
        assert_eq!(why(RankedBy::CostPresentValue, small, large), [WhyDifferent::Benefits]);
        let short = Known { life: 3, ..large };
        assert_eq!(why(RankedBy::EquivalentAnnualValue, short, large), [WhyDifferent::Lives]);
        // below the discount rate the order is the same as at it
        assert_eq!(reasons((RankedBy::Irr, large), (RankedBy::Npv, small), Some(dec!(0.05)), Some(dec!(0.1))), []);
    }
}
