//! Who judges: the weights of criteria, Delphi rounds, fuzzy comprehensive evaluation.

mod delphi;
mod fuzzy;
mod weights;

pub(crate) use delphi::DelphiCells;
pub use delphi::{Delphi, DelphiError, Rating, Round, Scale, StopRule};
pub(crate) use fuzzy::AssessmentCells;
pub use fuzzy::{Assessment, FuzzyError, Grade, Operator, Votes};
pub(crate) use weights::Weighting;
pub use weights::{WeightError, WeightMethod};
pub(crate) use {
    delphi::define as define_delphi, fuzzy::define as define_assessment, weights::define as define_weights,
};
