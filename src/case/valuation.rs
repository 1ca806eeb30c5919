//! The conventions by which flows of money are valued: one choice each, with the usual one as default.

use super::Timing;

/// The conventions by which flows of money are valued.
///
/// They hold for the whole document, its alternatives included, so that what is compared is comparable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Valuation {
    /// When in its year the money of a year flows.
    pub timing: Timing,
}
