//! Who judges: the weights of criteria, Delphi rounds, fuzzy comprehensive evaluation.

mod authority;
mod delphi;
mod fuzzy;
mod weights;

pub(crate) use authority::AuthorityCells;
pub use authority::{Authority, AuthorityError, Standing};
#[cfg(feature = "yaml")]
pub(crate) use delphi::Collected;
pub(crate) use delphi::DelphiCells;
pub(crate) use delphi::{About, ConcordanceCells, RoundCells};
pub use delphi::{
    Answer, AnswerPolicy, Delphi, DelphiError, Form, Permutations, Rating, Reason, Round, Scale, StopRule,
};
pub use fuzzy::{
    Assessment, Ballot, Curve, FuzzyError, Grade, GradeBand, GradeFunctions, MembershipFunctions, Memberships,
    Operator, Sums, Votes,
};
pub(crate) use fuzzy::{AssessmentCells, RowSum, SensitivityCells};
pub use weights::{
    Aggregation, Ahp, AhpError, Allocation, Combination, CombinationError, Comparison, DataError, DataMethod,
    DataWeights, Direction, How, Judgement, JudgementError, JudgementSet, Judgements, Order, Points, PointsError,
    PointsKind, PriorityMethod, RandomIndex, RankAggregation, RankConversion, Ranking, Ranks, RanksError,
    SiblingWeights, UnitData, UnitValues, Weighing, WeightError, WeightMethod,
};
pub(crate) use weights::{AhpCells, EvidenceCells, GroupCells, MatrixCells, Weighting};
pub(crate) use {
    authority::{check_names as check_authority_names, define as define_authority},
    delphi::define as define_delphi,
    fuzzy::define as define_assessment,
    weights::define as define_weights,
};
