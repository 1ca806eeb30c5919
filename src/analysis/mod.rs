//! What if, and what changed: two outcomes side by side, and what caused the difference.

mod attribution;
mod comparison;
mod scores;
mod shapley;

pub use attribution::{Attribution, Contribution, Driver};
pub use comparison::{Comparison, ComparisonError, FigureChange, InputChange, Stated};
