//! What is written about the library beside its code: pages without items.

/// The document: every key of format 1, what it means, and the ids of all figures.
#[doc = include_str!("../docs/format.md")]
pub mod format {}

/// A Delphi panel from the first sheet to the verdict.
#[doc = include_str!("../docs/panel.md")]
pub mod panel {}

/// A scorecard from the first KPI to the group.
#[doc = include_str!("../docs/scorecard.md")]
pub mod scorecard {}

/// What changed between two documents, and what caused it.
#[cfg_attr(feature = "yaml", doc = include_str!("../docs/comparison.md"))]
pub mod comparison {}

/// Why the library is made as it is.
#[doc = include_str!("../DESIGN.md")]
pub mod design {}

/// What changed from version to version.
#[doc = include_str!("../CHANGELOG.md")]
pub mod changelog {}
