//! The cost of capital, built up from its parts.

use rust_decimal::Decimal;

use super::tax::fraction;

/// Why there is no cost of capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CostOfCapitalError {
    /// A tax takes a part of a profit.
    #[error("the tax rate is not between 0 and 1")]
    TaxRate,
    /// There must be capital, and each source of it must give some.
    #[error("source {} of the capital is not above 0", .index.saturating_add(1))]
    Weight {
        /// Its place among the sources, from 0.
        index: usize,
    },
    /// Nothing to take a mean of.
    #[error("no source of capital")]
    NoSource,
    /// Debt beside no equity has no ratio.
    #[error("debt is negative, or equity is not above 0")]
    Structure,
    /// A value on the way does not fit 28 digits.
    #[error("a value does not fit a decimal number of 28 digits")]
    Overflow,
}

/// One source of capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CapitalSource {
    /// How much of it there is, at market values: money or a share.
    pub weight: Decimal,
    /// What it costs a year, as a fraction; debt after tax.
    pub cost: Decimal,
}

/// What shareholders expect a year: the capital asset pricing model, with premiums built upon it.
///
/// **Formula**: `risk_free + beta x market_premium + sum of premiums`. The market premium is what the market returns
/// above the riskless rate; the premiums are for size, country, or the company itself, and there may be none.
///
/// **Units**: fractions a year; beta is a plain number.
///
/// # Errors
///
/// [`CostOfCapitalError::Overflow`].
///
/// # Source
///
/// Sharpe (1964), *Capital Asset Prices*, Journal of Finance 19(3); Pratt, Grabowski, *Cost of Capital*, for premiums
/// that are added up.
///
/// # Example
///
/// ```
/// use appraise::kernel::cost_of_equity;
/// use rust_decimal::dec;
///
/// assert_eq!(cost_of_equity(dec!(0.03), dec!(1.2), dec!(0.055), &[])?, dec!(0.096));
/// let small = cost_of_equity(dec!(0.03), dec!(1.2), dec!(0.055), &[dec!(0.02), dec!(0.01)])?;
/// assert_eq!(small, dec!(0.126));
/// # Ok::<(), appraise::kernel::CostOfCapitalError>(())
/// ```
pub fn cost_of_equity(
    risk_free: Decimal,
    beta: Decimal,
    market_premium: Decimal,
    premiums: &[Decimal],
) -> Result<Decimal, CostOfCapitalError> {
    let cost = || {
        let market = risk_free.checked_add(beta.checked_mul(market_premium)?)?;
        premiums.iter().try_fold(market, |sum, premium| sum.checked_add(*premium))
    };
    cost().ok_or(CostOfCapitalError::Overflow)
}

/// What debt costs a year once its interest has lowered the tax.
///
/// **Formula**: `rate x (1 - tax_rate)`.
///
/// **Units**: fractions a year.
///
/// # Errors
///
/// [`CostOfCapitalError::TaxRate`], [`CostOfCapitalError::Overflow`].
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 19.
///
/// # Example
///
/// ```
/// use appraise::kernel::after_tax_cost_of_debt;
/// use rust_decimal::dec;
///
/// assert_eq!(after_tax_cost_of_debt(dec!(0.06), dec!(0.25))?, dec!(0.045));
/// # Ok::<(), appraise::kernel::CostOfCapitalError>(())
/// ```
pub fn after_tax_cost_of_debt(rate: Decimal, tax_rate: Decimal) -> Result<Decimal, CostOfCapitalError> {
    kept(tax_rate)?.checked_mul(rate).ok_or(CostOfCapitalError::Overflow)
}

/// What of a profit is kept.
fn kept(tax_rate: Decimal) -> Result<Decimal, CostOfCapitalError> {
    let rate = fraction(tax_rate).ok_or(CostOfCapitalError::TaxRate)?;
    Decimal::ONE.checked_sub(rate).ok_or(CostOfCapitalError::Overflow)
}

/// What a company's capital costs a year: the weighted average over its sources.
///
/// **Formula**: `sum of weight x cost / sum of weights`.
///
/// **Shapes**: one entry a source: common and preferred shares, bonds, loans, leases.
///
/// **Units**: costs are fractions a year; weights are in one unit, whichever. Book values may be given where there
/// is no market; the result is then another one.
///
/// # Errors
///
/// [`CostOfCapitalError::NoSource`], [`CostOfCapitalError::Weight`] unless each is above 0,
/// [`CostOfCapitalError::Overflow`].
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 19.
///
/// # Example
///
/// ```
/// use appraise::kernel::{CapitalSource, after_tax_cost_of_debt, cost_of_equity, wacc};
/// use rust_decimal::dec;
///
/// let equity = cost_of_equity(dec!(0.03), dec!(1.2), dec!(0.055), &[])?;
/// let debt = after_tax_cost_of_debt(dec!(0.06), dec!(0.25))?;
/// let sources = [
///     CapitalSource { weight: dec!(6_000_000), cost: equity },
///     CapitalSource { weight: dec!(4_000_000), cost: debt },
/// ];
/// assert_eq!(wacc(&sources)?, dec!(0.0756));
/// # Ok::<(), appraise::kernel::CostOfCapitalError>(())
/// ```
pub fn wacc(sources: &[CapitalSource]) -> Result<Decimal, CostOfCapitalError> {
    if sources.is_empty() {
        return Err(CostOfCapitalError::NoSource);
    }
    if let Some(index) = sources.iter().position(|source| source.weight <= Decimal::ZERO) {
        return Err(CostOfCapitalError::Weight { index });
    }
    let mean = || {
        let (mut costs, mut weights) = (Decimal::ZERO, Decimal::ZERO);
        for CapitalSource { weight, cost } in sources {
            costs = costs.checked_add(weight.checked_mul(*cost)?)?;
            weights = weights.checked_add(*weight)?;
        }
        costs.checked_div(weights)
    };
    mean().ok_or(CostOfCapitalError::Overflow)
}

/// The beta of a business once it is financed with debt, from the beta of the business itself.
///
/// **Formula**: `beta x (1 + (1 - tax_rate) x debt / equity)`.
///
/// **Units**: plain numbers; debt and equity in one unit, at market values.
///
/// # Errors
///
/// [`CostOfCapitalError::TaxRate`]; [`CostOfCapitalError::Structure`] unless `debt` is 0 or more and `equity` above 0;
/// [`CostOfCapitalError::Overflow`].
///
/// # Source
///
/// Hamada (1972), *The Effect of the Firm's Capital Structure on the Systematic Risk of Common Stocks*, Journal of
/// Finance 27(2).
///
/// # Example
///
/// ```
/// use appraise::kernel::{levered_beta, unlevered_beta};
/// use rust_decimal::dec;
///
/// let beta = levered_beta(dec!(0.8), dec!(4), dec!(6), dec!(0.25))?;
/// assert_eq!(beta.round_dp(10), dec!(1.2));
/// assert_eq!(unlevered_beta(dec!(1.2), dec!(4), dec!(6), dec!(0.25))?.round_dp(10), dec!(0.8));
/// # Ok::<(), appraise::kernel::CostOfCapitalError>(())
/// ```
pub fn levered_beta(
    beta: Decimal,
    debt: Decimal,
    equity: Decimal,
    tax_rate: Decimal,
) -> Result<Decimal, CostOfCapitalError> {
    beta.checked_mul(leverage(debt, equity, tax_rate)?).ok_or(CostOfCapitalError::Overflow)
}

/// The beta of a business itself, from the observed beta of a company that is financed with debt.
///
/// **Formula**: `beta / (1 + (1 - tax_rate) x debt / equity)`.
///
/// **Units**, errors and source: as [`levered_beta`], whose example shows it.
///
/// # Errors
///
/// As [`levered_beta`].
pub fn unlevered_beta(
    beta: Decimal,
    debt: Decimal,
    equity: Decimal,
    tax_rate: Decimal,
) -> Result<Decimal, CostOfCapitalError> {
    beta.checked_div(leverage(debt, equity, tax_rate)?).ok_or(CostOfCapitalError::Overflow)
}

fn leverage(debt: Decimal, equity: Decimal, tax_rate: Decimal) -> Result<Decimal, CostOfCapitalError> {
    let kept = kept(tax_rate)?;
    if debt < Decimal::ZERO || equity <= Decimal::ZERO {
        return Err(CostOfCapitalError::Structure);
    }
    let factor = || debt.checked_mul(kept)?.checked_div(equity)?.checked_add(Decimal::ONE);
    factor().ok_or(CostOfCapitalError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::dec;

    fn source(weight: &str, cost: &str) -> CapitalSource {
        CapitalSource { weight: dec(weight), cost: dec(cost) }
    }

    #[test]
    fn weights_are_shares_or_money() {
        let shares = [source("0.6", "0.1"), source("0.3", "0.05"), source("0.1", "0.07")];
        let money = [source("600", "0.1"), source("300", "0.05"), source("100", "0.07")];
        assert_eq!(wacc(&shares), Ok(dec("0.082")));
        assert_eq!(wacc(&money), Ok(dec("0.082")));
        assert_eq!(wacc(&shares[..1]), Ok(dec("0.1")));
    }

    #[test]
    fn errors() {
        use CostOfCapitalError::{NoSource, Overflow, Structure, TaxRate, Weight};
        assert_eq!(wacc(&[]), Err(NoSource));
        assert_eq!(wacc(&[source("1", "0.1"), source("0", "0.1")]), Err(Weight { index: 1 }));
        assert_eq!(wacc(&[source("-1", "0.1"), source("2", "0.1")]), Err(Weight { index: 0 }));
        assert_eq!(Weight { index: 1 }.to_string(), "source 2 of the capital is not above 0");
        let far = CapitalSource { weight: Decimal::MAX, cost: Decimal::TEN };
        assert_eq!(wacc(&[far]), Err(Overflow));
        assert_eq!(after_tax_cost_of_debt(dec("0.1"), dec("1.2")), Err(TaxRate));
        assert_eq!(levered_beta(dec("1"), dec("1"), dec("0"), dec("0.1")), Err(Structure));
        assert_eq!(unlevered_beta(dec("1"), dec("-1"), dec("1"), dec("0.1")), Err(Structure));
        assert_eq!(cost_of_equity(Decimal::MAX, dec("1"), Decimal::MAX, &[]), Err(Overflow));
    }
}
