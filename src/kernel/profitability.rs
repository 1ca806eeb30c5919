//! What a project returns for each unit of money that is put into it.

use super::npv::{NpvError, npv};
use rust_decimal::Decimal;

/// Why there is no ratio of present values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfitabilityError {
    /// Nothing is spent, or more comes in than goes out.
    #[error("nothing is spent, so there is nothing to measure the return in")]
    NothingSpent,
    /// At -100 % or less nothing can be discounted.
    #[error("the discount rate is not above -100 %")]
    RateTooLow,
    /// A value on the way does not fit 28 digits.
    #[error("a value on the way does not fit a decimal number of 28 digits")]
    Overflow,
}

impl From<NpvError> for ProfitabilityError {
    fn from(error: NpvError) -> Self {
        match error {
            NpvError::RateTooLow => Self::RateTooLow,
            NpvError::Overflow => Self::Overflow,
        }
    }
}

/// What the years after the first bring in, in today's money, for each unit spent today: above 1 the project is worth
/// doing.
///
/// `flows[0]` is what is spent today, below zero.
///
/// **Formula**: `(sum from k = 1 of flows[k] / (1 + rate)^k) / -flows[0]`, which is 1 + NPV / -flows\[0\]. Later costs
/// count against what comes in; [`benefit_cost_ratio`] counts them as costs.
///
/// **Units**: a plain number.
///
/// # Errors
///
/// [`ProfitabilityError::NothingSpent`] unless `flows[0]` is below zero; the others as [`npv`](fn@super::npv).
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 5; the example is a textbook project with 1302.03/500.
///
/// # Example
///
/// ```
/// use appraise::kernel::profitability_index;
/// use rust_decimal::{Decimal, dec};
///
/// let index = profitability_index(dec!(0.10), &[-500, 300, 700, 600].map(Decimal::from))?;
/// assert_eq!(index.round_dp(8), dec!(2.60405710));
/// # Ok::<(), appraise::kernel::ProfitabilityError>(())
/// ```
pub fn profitability_index(rate: Decimal, flows: &[Decimal]) -> Result<Decimal, ProfitabilityError> {
    let Some((spent, later)) = flows.split_first().filter(|(spent, _)| **spent < Decimal::ZERO) else {
        return Err(ProfitabilityError::NothingSpent);
    };
    npv(rate, 1, later)?.checked_div(spent.abs()).ok_or(ProfitabilityError::Overflow)
}

/// What comes in for each unit of money that goes out, both in today's money: above 1 the project is worth doing.
///
/// `costs[0]` and `benefits[0]` fall in year 0, and both are positive; they may have different lengths.
///
/// **Formula**: `NPV(rate, benefits) / NPV(rate, costs)`.
///
/// **Units**: a plain number.
///
/// # Errors
///
/// [`ProfitabilityError::NothingSpent`] unless the costs are worth more than nothing; the others as [`npv`](fn@super::npv).
///
/// # Source
///
/// *Business Case Financials* (after Schwalbe): costs of 140,000 and three times 40,000, benefits of three times 200,000
/// at 8 %, a return on investment of 112 %.
///
/// # Example
///
/// ```
/// use appraise::kernel::benefit_cost_ratio;
/// use rust_decimal::{Decimal, dec};
///
/// let costs = [140_000, 40_000, 40_000, 40_000].map(Decimal::from);
/// let benefits = [0, 200_000, 200_000, 200_000].map(Decimal::from);
/// assert_eq!(benefit_cost_ratio(dec!(0.08), &costs, &benefits)?.round_dp(6), dec!(2.120336));
/// # Ok::<(), appraise::kernel::ProfitabilityError>(())
/// ```
pub fn benefit_cost_ratio(
    rate: Decimal,
    costs: &[Decimal],
    benefits: &[Decimal],
) -> Result<Decimal, ProfitabilityError> {
    let spent = npv(rate, 0, costs)?;
    if spent <= Decimal::ZERO {
        return Err(ProfitabilityError::NothingSpent);
    }
    npv(rate, 0, benefits)?.checked_div(spent).ok_or(ProfitabilityError::Overflow)
}

/// In what an accounting rate of return is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum InvestmentBase {
    /// What is in the books on average, between the purchase and the residual value: `(initial + residual) / 2`.
    #[default]
    Average,
    /// What was paid at the beginning.
    Initial,
}

/// The profit of an average year for each unit of money in the books: what an income statement shows of an investment.
///
/// `profits` are those after depreciation, one a year. It knows no interest: profit of year 5 counts like that of year 1.
///
/// **Formula**: `mean(profits) / base`.
///
/// **Units**: a fraction a year.
///
/// # Errors
///
/// [`ProfitabilityError::NothingSpent`] unless the base is above zero, or without a year;
/// [`ProfitabilityError::Overflow`].
///
/// # Source
///
/// *Investment Alternatives and Financial Valuation Decision Models* (CPA BAR): 25 % on the average investment.
///
/// # Example
///
/// ```
/// use appraise::kernel::{InvestmentBase, accounting_rate_of_return};
/// use rust_decimal::{Decimal, dec};
///
/// let profits = [12_000, 10_000, 8_000].map(Decimal::from);
/// let on = |base| accounting_rate_of_return(&profits, dec!(80_000), dec!(0), base);
/// assert_eq!(on(InvestmentBase::Average)?, dec!(0.25));
/// assert_eq!(on(InvestmentBase::Initial)?, dec!(0.125));
/// # Ok::<(), appraise::kernel::ProfitabilityError>(())
/// ```
pub fn accounting_rate_of_return(
    profits: &[Decimal],
    initial: Decimal,
    residual: Decimal,
    base: InvestmentBase,
) -> Result<Decimal, ProfitabilityError> {
    let base = match base {
        InvestmentBase::Initial => Some(initial),
        InvestmentBase::Average => initial.checked_add(residual).and_then(|sum| sum.checked_div(Decimal::TWO)),
    };
    let base = base.ok_or(ProfitabilityError::Overflow)?;
    if base <= Decimal::ZERO || profits.is_empty() {
        return Err(ProfitabilityError::NothingSpent);
    }
    let sum = profits.iter().try_fold(Decimal::ZERO, |sum, profit| sum.checked_add(*profit));
    let mean = sum.and_then(|sum| sum.checked_div(Decimal::from(profits.len())));
    mean.and_then(|mean| mean.checked_div(base)).ok_or(ProfitabilityError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec, decs};

    #[test]
    fn the_index_is_one_more_than_the_value_per_unit_spent() {
        let flows = decs("-900 300 400 400 500 600");
        let index = profitability_index(dec("0.15"), &flows).unwrap();
        let value = npv(dec("0.15"), 0, &flows).unwrap().checked_div(dec("900")).unwrap();
        assert_near("index", index, value.checked_add(Decimal::ONE).unwrap(), "0.000000000000000000000001");
    }

    #[test]
    fn errors() {
        let nothing = Err(ProfitabilityError::NothingSpent);
        assert_eq!(profitability_index(dec("0.1"), &[]), nothing);
        assert_eq!(profitability_index(dec("0.1"), &decs("0 100")), nothing);
        assert_eq!(profitability_index(dec("0.1"), &decs("-100")), Ok(dec("0")));
        assert_eq!(profitability_index(dec("-1"), &decs("-1 1")), Err(ProfitabilityError::RateTooLow));
        assert_eq!(benefit_cost_ratio(dec("0.1"), &[], &decs("1")), nothing);
        assert_eq!(benefit_cost_ratio(dec("0.1"), &decs("1"), &[]), Ok(dec("0")));
        assert_eq!(accounting_rate_of_return(&[], dec("1"), dec("0"), InvestmentBase::Initial), nothing);
        assert_eq!(accounting_rate_of_return(&decs("1"), dec("1"), dec("-1"), InvestmentBase::Average), nothing);
        let huge = [Decimal::MAX, Decimal::MAX];
        let answer = accounting_rate_of_return(&huge, dec("1"), dec("0"), InvestmentBase::Initial);
        assert_eq!(answer, Err(ProfitabilityError::Overflow));
    }
}
