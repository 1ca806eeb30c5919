//! The register of assumptions: whatever somebody may question, named once.

use crate::amount::Amount;
use rust_decimal::Decimal;

/// How far an assumption can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// Measured or contracted.
    Green,
    /// Estimated by someone who knows.
    Amber,
    /// Guessed.
    Red,
}

impl Quality {
    /// Every quality and its name in a document.
    pub const ALL: [(&'static str, Quality); 3] =
        [("green", Quality::Green), ("amber", Quality::Amber), ("red", Quality::Red)];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, quality)| *quality == self).map_or("", |(name, _)| name)
    }
}

/// The values an assumption may take, from lowest to highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The lowest.
    pub low: Decimal,
    /// The most likely; the middle where only two ends are given.
    pub likely: Option<Decimal>,
    /// The highest.
    pub high: Decimal,
}

/// A value that somebody may question: how large, how sure, from where.
///
/// ```
/// use appraise::{Amount, Assumption};
/// let seats = Assumption { unit: Some("users".into()), ..Assumption::new("seats", 120) };
/// assert_eq!(seats.value, Amount::from(120));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// The name that formulas use.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// The value that is reckoned with.
    pub value: Amount,
    /// The values it may take.
    pub range: Option<Range>,
    /// Its unit.
    pub unit: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// How far it can be relied on.
    pub quality: Option<Quality>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When it was stated.
    pub date: Option<String>,
}

impl Assumption {
    /// An assumption of which only the value is known.
    pub fn new(id: impl Into<String>, value: impl Into<Amount>) -> Self {
        Self {
            id: id.into(),
            name: None,
            value: value.into(),
            range: None,
            unit: None,
            source: None,
            quality: None,
            owner: None,
            date: None,
        }
    }
}
