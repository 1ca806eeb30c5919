//! Values by period from a CSV text: the actual values of indicators and the data of KPIs.
//!
//! The caller reads the file; the library opens none.
//!
//! ```
//! use appraise::csv::Table;
//! use appraise::yaml::Document;
//!
//! let text = "
//! appraise: 1
//! scorecard:
//!   periods: {from: 2025-Q1, to: 2025-Q4}
//!   perspectives: {retention: {unit: share, base: 78%, target: 86%}, complaints: {base: 120, target: 80}}
//! ";
//! let actuals = Table::new("actuals.csv", "period,retention,complaints\n2025-Q1,79%,118\n2025-Q2,82%,\n");
//! let document = Document::parse_with("crm.yaml", text, &[actuals]).unwrap();
//! let outcome = document.appraisal().base();
//! assert_eq!(outcome.figure("scorecard.retention.score").unwrap().unwrap().normalize().to_string(), "0.5");
//! // left empty: nobody knows yet
//! assert!(outcome.figure("scorecard.complaints.actual").unwrap().is_err());
//! ```

mod layout;
mod records;
mod values;

pub(crate) use values::Given;

use crate::Draft;
use crate::yaml::{Diagnostics, Limits};

/// A CSV text with values by period, and the name that messages show for it.
///
/// It has one of two forms, with its columns in any order, separated by commas, semicolons or tabs as in its first line:
///
/// - **long**, one value a line: `indicator,period,value`, with a column `input` for the data of KPIs, or the input behind
///   the indicator as in `retention.customers_lost`;
/// - **wide**, one period a line: `period` and a column for each `indicator` or `indicator.input`.
///
/// A column `unit` names the business unit that a line is about; empty, it is the whole.
///
/// An empty value is one that nobody knows. Numbers follow the rules of documents: `0.83`, `83%`, `1_000`; of an indicator that
/// is scored by words a value is a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub(crate) file: String,
    pub(crate) text: String,
}

impl Table {
    /// A text, and the name that messages show for it.
    pub fn new(file: impl Into<String>, text: impl Into<String>) -> Self {
        Self { file: file.into(), text: text.into() }
    }

    /// Puts its values into a draft, beside those that are there.
    ///
    /// ```
    /// use appraise::csv::Table;
    /// use appraise::scorecard::{Criterion, Measure, Scorecard};
    /// use appraise::{Appraisal, Draft, Periods};
    /// use rust_decimal::dec;
    ///
    /// let quarter = |text: &str| text.parse::<appraise::Period>().unwrap();
    /// let card = Scorecard {
    ///     periods: Some(Periods::new(quarter("2025-Q1"), quarter("2025-Q4"))),
    ///     ..Scorecard::new([Criterion::indicator("calls", Measure::target(100, 200))])
    /// };
    /// let mut draft = Draft { scorecard: Some(card), ..Draft::default() };
    /// let table = Table::new("calls.csv", "indicator;period;value\ncalls;2025-Q1;120\ncalls;2025-Q2;150\n");
    /// table.put_into(&mut draft).unwrap();
    /// let appraisal = Appraisal::new(draft).unwrap();
    /// assert_eq!(appraisal.base().figure("scorecard.calls.score"), Some(Ok(dec!(0.5))));
    /// ```
    ///
    /// # Errors
    ///
    /// Every mistake in the text, with its line, column and what to type instead; the draft then has the values that could
    /// be read.
    pub fn put_into(&self, draft: &mut Draft) -> Result<(), Diagnostics> {
        let limits = Limits::default();
        let mut given = Given::default();
        let flaws = given.put(0, self, draft, &limits);
        if flaws.is_empty() { Ok(()) } else { Err(Diagnostics::new(&self.file, &self.text, &limits, flaws)) }
    }
}
