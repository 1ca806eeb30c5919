//! Calculations that are useful on their own: pure functions on slices, the same code the report uses.
//!
//! Money, rates and ratings are [`Decimal`](rust_decimal::Decimal): every operation is checked, an overflow is an
//! error and never a panic, and no function returns NaN or infinity. Estimates such as p-values and weights from
//! measurements are `f64`, with the same digits on every machine. A rate is a fraction (8 % is `0.08`); year 0 is not
//! discounted; nothing is rounded on the way.
//!
//! Of the measures of return, [`npv`](fn@npv), [`xnpv`](fn@xnpv), [`timed_npv`], [`mirr`](fn@mirr), [`payback`](fn@payback),
//! [`discounted_payback`] and [`timed_payback`](fn@timed_payback) never allocate. [`sole_irr`], [`sole_xirr`] and
//! [`sole_timed_irr`] do not for up to 16 flows that change sign once, as those of an investment do; for more flows, and to
//! look for several rates, they allocate. So do [`irr`](fn@irr), [`xirr`](fn@xirr) and [`timed_irr`], and always for the
//! list of rates that they return. [`continuous_irr`](fn@continuous_irr) and [`sole_continuous_irr`] always allocate.

pub mod ahp;
pub mod spreadsheet;

mod annuity_rate;
mod composition;
mod compounding;
mod concordance;
mod continuous_irr;
mod correlation;
mod critic;
mod day_count;
mod delay;
mod depreciation;
mod entropy;
mod equivalent_annual;
mod fixed;
mod geometric;
mod geometric_mean;
mod irr;
mod irr_policy;
mod layers;
mod lifetime_value;
mod ln_quotient;
mod loan;
mod log_roots;
mod mirr;
mod npv;
mod payback;
mod permutation;
mod perpetuity;
mod places;
mod profitability;
mod rank_weights;
mod refinement;
mod regression;
mod shares;
mod significance;
mod space;
mod spearman;
mod spread;
mod student;
mod table;
mod tax;
mod time_value;
mod timed_payback;
mod timing;
mod wacc;
mod wilcoxon;
mod xirr;
mod xnpv;

pub use annuity_rate::{NoAnnuityRate, annuity_rate};
pub use composition::{
    Composition, CompositionError, EffectivenessError, Number, compose, effectiveness, maximum_membership,
};
pub use compounding::{effective_rate, inflated_rate, nominal_rate, periodic_rate, real_rate};
pub use concordance::{
    ConcordanceError, IncompleteError, IncompleteW, PanelSize, Ratings, kendall_w, kendall_w_incomplete, mid_ranks,
};
pub use continuous_irr::{continuous_irr, sole_continuous_irr};
pub use correlation::{CorrelationError, lagged_pearson, pearson, pearson_p};
pub use critic::{CriticError, conflicts, contrasts, critic_weights};
pub use day_count::DayCount;
pub use delay::{DelayError, delay};
pub use depreciation::{DecliningRest, Depreciation, DepreciationError, depreciate};
pub use entropy::{EntropyError, divergences, entropies, entropy_weights};
pub use equivalent_annual::equivalent_annual;
pub use geometric_mean::{GeometricMeanError, weighted_geometric_mean};
pub use irr::{Crossing, NoIrr, Root, irr, sign_changes, sole_irr};
pub use irr_policy::IrrPolicy;
pub use layers::{LayersOverflow, layered};
pub use lifetime_value::{LifetimeValueError, lifetime_value};
pub use loan::{Instalment, Loan, LoanError, Repayment};
pub use mirr::{MirrError, mirr};
pub use npv::{NpvError, discount_factor, npv};
pub use payback::{Payback, PaybackError, WithinYear, discounted_payback, payback};
pub(crate) use permutation::arrangements;
pub use permutation::{Permutation, PermutationError, permutation_p};
pub use perpetuity::{PerpetuityError, perpetuity};
pub use profitability::{
    InvestmentBase, ProfitabilityError, accounting_rate_of_return, benefit_cost_ratio, profitability_index,
};
pub use rank_weights::{RankConversion, RankError, rank_weights};
pub use regression::{RegressionError, RegressionLine};
pub use shares::{SharesError, shares, shares_into};
pub use significance::{
    ChiSquareTest, FTest, SignificanceError, beta_tail, chi_square_tail, kendall_chi_square, kendall_f,
};
pub use spearman::{SpearmanError, spearman};
pub use spread::{SpreadError, coefficient_of_variation, mean, median, quantile, sample_sd, weighted_mean};
pub use student::{StudentError, t_two_sided, t_within};
pub use table::{Table, TableError};
pub use tax::{LossRelief, TaxError, after_tax_flows, tax_shield, taxes};
pub use time_value::{
    Due, TimeValueError, annuity_factor, future_value, level_payment, number_of_periods, present_value,
};
pub use timed_payback::timed_payback;
pub use timing::{Timing, continuous_factor};
pub use wacc::{
    CapitalSource, CostOfCapitalError, after_tax_cost_of_debt, cost_of_equity, levered_beta, unlevered_beta, wacc,
};
pub use wilcoxon::{SignedRanks, Wilcoxon, WilcoxonError, wilcoxon};
pub use xirr::{daily_xirr, sole_timed_irr, sole_xirr, timed_irr, xirr};
pub use xnpv::{timed_npv, xnpv};

/// What the unit tests of the kernels share.
#[cfg(test)]
mod testing {
    use rust_decimal::Decimal;

    /// The decimal that is written in `text`.
    pub fn dec(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    /// The decimals that are written in `text`, separated by blanks.
    pub fn decs(text: &str) -> Vec<Decimal> {
        text.split_whitespace().map(dec).collect()
    }

    /// Asserts that two numbers differ by `tolerance` or less.
    #[track_caller]
    pub fn assert_near(what: &str, actual: Decimal, expected: Decimal, tolerance: &str) {
        let difference = actual.checked_sub(expected).expect("comparable numbers").abs();
        assert!(difference <= dec(tolerance), "{what}: {actual} is not {expected}, off by {difference}");
    }
}
