#![cfg_attr(all(feature = "yaml", feature = "text"), doc = include_str!("../README.md"))]
#![cfg_attr(not(all(feature = "yaml", feature = "text")), doc = "Is a CRM system working, and is it worth it?")]
//!
//! # The model in one table
//!
//! | room | what it answers | begin with |
//! |---|---|---|
//! | the root | what is stated, and whether it holds together | [`Draft`], [`Appraisal`], [`Outcome`] |
//! | [`scorecard`] | is it working? | [`scorecard::Scorecard`], [`scorecard::Criterion`], [`scorecard::Measure`] |
//! | [`panel`] | what do the experts say? | [`panel::Delphi`], [`panel::Assessment`], [`panel::Operator`] |
//! | [`case`] | what does it cost and return? | [`case::CostLine`], [`case::Benefit`] |
//! | [`customers`] | what are the customers worth, and where do they go? | [`customers::LifetimeValue`], [`customers::States`], [`customers::Funnel`] |
//! | [`analysis`] | what changed, and what caused it? | [`analysis::Comparison`] |
//! | [`reconcile`] | can a published figure be right? | [`reconcile::Expectation`], [`reconcile::Printed`] |
//! | [`report`] | what does the reader get? | [`report::Report`] |
//! | `yaml` | how is it written? | `yaml::Document` |
//! | [`model`] | how is a figure defined, and where does it come from? | [`model::Builder`], [`model::Expression`] |
//! | [`kernel`] | the calculations by themselves | [`kernel::npv`], [`kernel::irr`], [`kernel::kendall_w`] |
//!
//! # Conventions
//!
//! Year 0 is the purchase and is not discounted; later amounts fall at the end of their year. Costs and benefits are
//! written positive. Rates, shares, weights and scores are fractions: 8 % is `0.08`. Nothing is rounded before it is
//! printed. A value that is missing says why.

mod aggregation;
mod amount;
pub mod analysis;
mod appraisal;
mod assumption;
mod bound;
mod calendar;
pub mod case;
#[cfg(feature = "yaml")]
pub mod csv;
pub mod customers;
mod day;
#[cfg(any(doc, doctest))]
pub mod documentation;
mod finding_code;
mod idle;
pub mod kernel;
pub mod model;
mod nearest;
pub mod panel;
mod period;
mod problem;
mod quoted;
pub mod reconcile;
pub mod report;
pub mod scorecard;
mod series;
#[cfg(feature = "yaml")]
pub mod yaml;

pub use aggregation::Aggregation;
pub use amount::{Amount, AmountError, LARGEST};
pub use appraisal::{Appraisal, AppraisalError, Draft, Horizon, Language, MOST_YEARS, Outcome, Scenario};
pub use assumption::{Assumption, Quality, Range};
pub use calendar::{MOST_PERIODS, Periods, PeriodsError};
pub use day::{Day, DayError};
pub use period::{FiscalYear, Frequency, NamedBy, Period, PeriodError};
pub use problem::{Fault, Problem, Problems};
