//! Is a CRM system working, and is it worth it?
#![doc = include_str!("../README.md")]

mod amount;
mod appraisal;
mod assumption;
pub mod case;
pub mod kernel;
pub mod model;
pub mod panel;
mod problem;
pub mod report;
pub mod scorecard;
#[cfg(feature = "yaml")]
pub mod yaml;

pub use amount::{Amount, AmountError, LARGEST};
pub use appraisal::{Appraisal, AppraisalError, Draft, Horizon, Language, MOST_YEARS, Outcome, Scenario};
pub use assumption::{Assumption, Quality, Range};
pub use problem::{Fault, Problem, Problems};
