//! Calculations that are useful on their own: pure functions on slices, the same code the report uses.
//!
//! Money, rates and ratings are [`Decimal`](rust_decimal::Decimal): every operation is checked, an overflow is an
//! error and never a panic, and no function returns NaN or infinity. A rate is a fraction (8 % is `0.08`); year 0 is
//! not discounted; nothing is rounded on the way.

pub mod ahp;

mod concordance;
mod irr;
mod npv;
mod payback;
mod positive_roots;
mod spread;

pub use concordance::{ConcordanceError, Ratings, kendall_w, mid_ranks};
pub use irr::{Crossing, NoIrr, Root, irr, sign_changes, sole_irr};
pub use npv::{NpvError, discount_factor, npv};
pub use payback::{Payback, PaybackError, payback};
pub use spread::{SpreadError, coefficient_of_variation, mean, median, quantile, sample_sd};

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
