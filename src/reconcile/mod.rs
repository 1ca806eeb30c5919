//! Can a published figure be right? What is printed against our own figures, and against what else is printed.
//!
//! A printed number stands for all values that round to it. Our figure agrees where it is one of them; and where a printed
//! figure must follow from others, [`range`] tells between which ends it can lie. "Cannot be right" is certain; "agrees"
//! says that nothing speaks against it.

mod define;
mod error;
mod expectation;
mod printed;

pub use crate::model::{Corner, End, FormulaRange, Interval, RangeAroundZero, RangeError, range, range_around_zero};
pub(crate) use define::{ExpectedCells, changes_under, define, told};
pub use error::ExpectError;
pub use expectation::{Expectation, Verdict};
pub use printed::{Precision, Printed, PrintedError};
