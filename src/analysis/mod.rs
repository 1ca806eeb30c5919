//! What if, and what changed: two outcomes side by side, and what caused the difference.

mod attribution;
mod comparison;
mod error;
mod scores;
mod shapley;

pub use attribution::{Attribution, Contribution, Driver};
pub use comparison::{Comparison, FigureChange, InputChange, Stated};
pub use error::ComparisonError;
