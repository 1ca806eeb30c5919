//! How a model is written: a YAML document read exactly, with the line and column of every mistake.
//!
//! ```
//! let document = appraise::yaml::Document::parse(
//!     "crm.yaml",
//!     "appraise: 1
//! title: Is the CRM worth it?
//! discount_rate: 10%
//! horizon: {years: 4}
//! costs: {licences: {crm: {initial: 100_000}}}
//! benefits: {saved_hours: {kind: saving, annual: 40_000}}
//! ",
//! )
//! .unwrap();
//! let npv = document.appraisal().base().figure("case.npv").unwrap().unwrap();
//! assert_eq!(npv.round_dp(2).to_string(), "26794.62");
//! ```
//!
//! A faulty document gives all its mistakes at once:
//!
//! ```
//! let error = appraise::yaml::Document::parse(
//!     "crm.yaml",
//!     "appraise: 1
//! title: Is the CRM worth it?
//! costs: {licenses: {crm: {initial: 1e5}}}
//! ",
//! )
//! .unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "error: `licenses` is no category of costs
//!  --> crm.yaml:3:9
//!   |
//! 3 | costs: {licenses: {crm: {initial: 1e5}}}
//!   |         ^^^^^^^^
//!   |
//!   = help: did you mean `licences`?
//!
//! 1 problem in crm.yaml"
//! );
//! ```

mod address;
mod answers;
mod assessment;
mod benefit;
mod brackets;
mod case;
mod cash_flow;
mod cost_line;
mod cost_of_capital;
mod customers;
mod delphi;
mod diagnostic;
mod document;
mod economic_value_added;
mod exchange_rates;
mod expect;
mod fields;
mod financing;
mod flaw;
mod full_width;
mod groups;
mod guard;
mod incentive;
mod insert;
mod kpi;
mod measure;
mod merge;
mod node;
mod ordinary;
mod place;
mod review;
mod scalars;
mod scorecard;
mod structure;
mod syntax;
mod tables;
mod tax;
mod units;
mod valuation;
mod weights;

pub(crate) use {
    flaw::{At, Flaw},
    guard::body,
    scalars::{Advice, NotANumber, number},
    syntax::short,
};

pub use answers::Answers;
pub use diagnostic::{Diagnostic, Diagnostics};
pub use document::{Document, DocumentPlaces};
pub use guard::Limits;
pub use merge::MergeError;
pub use place::Place;
