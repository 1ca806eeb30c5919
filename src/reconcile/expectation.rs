//! A figure that somebody published or expects, as it is stated.

use super::Printed;
use crate::model::Formula;

/// A printed figure, what it is a figure of, and what it must follow from.
///
/// It is checked against our own figure, and against the other printed figures that it follows from.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Category, CostLine, Plan};
/// use appraise::reconcile::{Expectation, Printed, Verdict};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let crm = CostLine { initial: Some(100_000.into()), ..CostLine::new(Category::Licences, "crm") };
/// let hours = Benefit { annual: Some(40_000.into()), ..Benefit::new("saved_hours", BenefitKind::Saving) };
/// let draft = Draft {
///     horizon: Horizon { first_year: None, years: 4 },
///     discount_rate: Some(dec!(0.10).into()),
///     plan: Plan { costs: Some(vec![crm]), benefits: Some(vec![hours]), ..Plan::default() },
///     expect: vec![
///         Expectation::new("case.npv", Printed::new(dec!(26_760))),
///         Expectation::new("case.payback", Printed::new(dec!(2.5))),
///     ],
///     ..Draft::default()
/// };
/// let report = Appraisal::new(draft).unwrap().base().report();
/// let rows = report.reconciliation.unwrap().rows;
/// assert_eq!(rows[0].verdict, Some(Verdict::Differs)); // 26,794.62 it is
/// assert_eq!(rows[0].difference.as_ref().unwrap().number().unwrap().round_dp(2), dec!(34.12));
/// assert_eq!(rows[1].verdict, Some(Verdict::Agrees));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The id of a figure, or a name of its own that formulas use.
    pub id: String,
    /// The name readers see.
    pub name: Option<String>,
    /// The figure it is compared with, where the id is not that figure.
    pub figure: Option<String>,
    /// The scenario under which it is compared.
    pub under: Option<String>,
    /// What is printed; without it, what must follow is only shown.
    pub printed: Option<Printed>,
    /// What it must follow from: a formula over the ids of other printed figures and over assumptions.
    pub from: Option<Formula>,
    /// Its unit, where it is compared with no figure.
    pub unit: Option<String>,
    /// Why it differs, where that is known.
    pub because: Option<String>,
    /// Whether the publication is known to be wrong.
    pub refuted: bool,
    /// Where it is printed.
    pub source: Option<String>,
}

impl Expectation {
    /// A figure and what is printed of it.
    pub fn new(id: impl Into<String>, printed: Printed) -> Self {
        Self { printed: Some(printed), ..Self::unprinted(id) }
    }

    /// What is not printed and follows from what is.
    pub fn following(id: impl Into<String>, from: Formula) -> Self {
        Self { from: Some(from), ..Self::unprinted(id) }
    }

    fn unprinted(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: None,
            figure: None,
            under: None,
            printed: None,
            from: None,
            unit: None,
            because: None,
            refuted: false,
            source: None,
        }
    }

    /// The figure it is compared with, if it is one.
    pub(super) fn figure(&self) -> &str {
        self.figure.as_deref().unwrap_or(&self.id)
    }
}

/// Whether a printed figure can be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Verdict {
    /// Our figure rounds to what is printed, and what is printed follows from the other printed figures, as far as either
    /// is asked.
    Agrees,
    /// Our figure does not round to what is printed.
    Differs,
    /// No values that round to the other printed figures give one that rounds to this.
    CannotBeRight,
    /// Our figure has no value, or no range can be told.
    CannotBeTold,
}

impl Verdict {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::CannotBeRight => "cannot_be_right",
            Self::CannotBeTold => "cannot_be_told",
        }
    }
}
