//! Missing is a type: why a figure has no value, and in which cell the reason arose.

use super::CellId;
use crate::kernel::ahp::{ComparisonsError, PrioritiesError, RepairError};
use crate::kernel::{
    CompositionError, ConcordanceError, CorrelationError, CriticError, DelayError, EntropyError, GeometricMeanError,
    IncompleteError, LayersOverflow, LifetimeValueError, NoIrr, NpvError, PaybackError, PermutationError,
    PerpetuityError, RankError, RegressionError, SharesError, SignificanceError, SpearmanError, SpreadError,
    TimeValueError, WilcoxonError,
};
use rust_decimal::Decimal;

/// Why a cell has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// The user gave no value.
    #[error("no value was given")]
    NoData,
    /// Shares of values that are all zero.
    #[error("all values are zero, so there is nothing to share out")]
    NothingToShare,
    /// An expert did not answer.
    #[error("no answer was given")]
    NotAnswered,
    /// An expert was not asked.
    #[error("the expert was not invited to this round")]
    NotInvited,
    /// An expert said that they cannot judge it.
    #[error("the expert does not know")]
    DontKnow,
    /// A test for complete answers, of which some are missing.
    #[error("some answers are missing, and the test needs all of them")]
    IncompleteAnswers,
    /// Ranks of several groups of siblings taken together.
    #[error("ranks within different groups are no ranking of all items")]
    DifferentGroups,
    /// More experts with missing answers than can be compared in pairs.
    #[error("there are too many experts to compare in pairs")]
    TooLarge,
    /// A comparison with the round before, in the first round.
    #[error("there is no earlier round to compare with")]
    NoEarlierRound,
    /// An expert is left out of a round because of another answer that is missing.
    #[error("the expert is left out for another answer that is missing")]
    LeftOut,
    /// Comparisons in pairs that fall into parts which nothing connects.
    #[error("no chain of judgements connects all that is compared")]
    Unconnected,
    /// Nothing but the judgement itself says how two things compare.
    #[error("no other judgement says how the two compare")]
    NothingElse,
    /// No judgement is more than is needed to connect all that is compared.
    #[error("no judgement is more than is needed to connect all, so none can contradict another")]
    NothingRedundant,
    /// Data by CRITIC in which no indicator says anything else than another.
    #[error("all that differs between units says the same, so there is no conflict to weigh it by")]
    NoConflict,
    /// The indicator is judged by the panel and has no measure.
    #[error("it is judged, not measured")]
    NotMeasured,
    /// No panel member voted on it or on anything below it.
    #[error("the panel did not vote on it")]
    NotJudged,
    /// All of a row of memberships is in one grade.
    #[error("only one grade has a membership, so the largest is ahead of nothing")]
    OneGrade,
    /// All of a row of memberships is 0.
    #[error("it belongs to no grade, as its value lies outside all thresholds")]
    NoMembership,
    /// The verdict is the same however far a weight moves.
    #[error("no change of this weight changes the grade")]
    VerdictHolds,
    /// None of the rules that tell a status holds.
    #[error("no rule holds that would tell its status")]
    NoRule,
    /// An entry before the first or after the last one of a row, such as a period before the first.
    #[error("it lies before the first entry or after the last one")]
    OutsideRow,
    /// A year of which not all periods are measured, or none.
    #[error("not all periods of the year are measured")]
    YearNotMeasured,
    /// A correlation, a line or the error of one from too few values.
    #[error("there are fewer than {needed} known values to tell it from")]
    TooFewValues {
        /// How many it needs.
        needed: u32,
    },
    /// A correlation with values that are all the same.
    #[error("all values are the same, so nothing moves with them")]
    NothingMoves,
    /// A divisor that must be above zero, and is not.
    #[error("it is not above zero, so nothing can be measured against it")]
    NotPositive,
    /// Benefits of an alternative that has none stated.
    #[error("no benefits are stated")]
    NoBenefits,
    /// Costs of an alternative that has none stated.
    #[error("no costs are stated")]
    NoCosts,
    /// A divisor was zero.
    #[error("division by zero")]
    DivisionByZero,
    /// The result needs more than 28 digits before or after the point.
    #[error("the result is too large or too small to be exact")]
    Overflow,
    /// A spread of one value, or the agreement of one expert or on one item.
    #[error("one value has no spread, and one expert or one item no agreement")]
    TooFew,
    /// Nothing can be discounted by more than all of it a year.
    #[error("a discount rate of -100 % or less has no present value")]
    RateTooLow,
    /// A root or fractional power of a negative number, or the like.
    #[error("the function is not defined for these values")]
    Undefined,
    /// No rate, or no single rate, makes the net present value zero.
    #[error("{0}")]
    Irr(NoIrr),
    /// A rate of return of money that flows evenly over its years and of money that flows at one moment.
    #[error(
        "no rate of return is looked for where money flows evenly over its years and some of it at once at the end"
    )]
    SpreadAndAtOnce,
    /// There are fewer rates at which the net present value is zero.
    #[error("no further rate makes the net present value zero")]
    NoFurtherRate,
    /// The cumulative flow never becomes positive.
    #[error("not reached within the horizon")]
    PaybackNotReached,
    /// The cumulative flow was positive and is negative at the end.
    #[error("reached, then lost again in year {year}")]
    PaybackLost {
        /// Years until the cumulative flow first was positive.
        reached: Decimal,
        /// The year in which the cumulative flow fell below zero for good.
        year: u32,
    },
    /// A figure that is looked at under a scenario, in the model as it stands.
    #[error("it is looked at under a scenario only")]
    UnderScenario,
    /// A quotient whose divisor may be zero within what is known of it.
    #[error("the divisor may be zero")]
    DivisorMayBeZero,
    /// A formula over rounded figures whose ends cannot be told, or not closely enough.
    #[error("between which ends the formula lies cannot be told")]
    RangeNotTold,
    /// A series that goes on for ever and does not fall off.
    #[error("the series never falls off, so it has no sum")]
    NoLimit,
    /// Every expert gave every item the same rating, so there is no ranking to agree on.
    #[error("every expert rated all items alike, so there is no ranking to agree on")]
    AllTied,
}

/// No value, for a reason that arose in a certain cell and was passed on to all that depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent {
    /// Why.
    pub cause: Cause,
    /// Where the reason arose.
    pub cell: CellId,
}

impl From<NpvError> for Cause {
    fn from(error: NpvError) -> Self {
        match error {
            NpvError::RateTooLow => Self::RateTooLow,
            NpvError::Overflow => Self::Overflow,
        }
    }
}

impl From<LayersOverflow> for Cause {
    fn from(LayersOverflow: LayersOverflow) -> Self {
        Self::Overflow
    }
}

impl From<DelayError> for Cause {
    fn from(error: DelayError) -> Self {
        match error {
            DelayError::Negative => Self::Undefined,
            DelayError::Overflow => Self::Overflow,
        }
    }
}

impl From<PerpetuityError> for Cause {
    fn from(error: PerpetuityError) -> Self {
        match error {
            PerpetuityError::NoLimit => Self::NoLimit,
            PerpetuityError::Overflow => Self::Overflow,
        }
    }
}

impl From<PaybackError> for Cause {
    fn from(error: PaybackError) -> Self {
        match error {
            PaybackError::RateTooLow => Self::RateTooLow,
            PaybackError::Empty => Self::Undefined,
            PaybackError::Overflow => Self::Overflow,
        }
    }
}

impl From<LifetimeValueError> for Cause {
    fn from(error: LifetimeValueError) -> Self {
        match error {
            LifetimeValueError::RateTooLow => Self::RateTooLow,
            LifetimeValueError::NegativeRetention | LifetimeValueError::TooLong => Self::Undefined,
            LifetimeValueError::Overflow => Self::Overflow,
        }
    }
}

impl From<TimeValueError> for Cause {
    fn from(error: TimeValueError) -> Self {
        match error {
            TimeValueError::RateTooLow => Self::RateTooLow,
            TimeValueError::NegativePeriods | TimeValueError::NoPeriods | TimeValueError::NeverReached => {
                Self::Undefined
            }
            TimeValueError::Overflow => Self::Overflow,
        }
    }
}

impl From<SharesError> for Cause {
    fn from(error: SharesError) -> Self {
        match error {
            SharesError::Empty => Self::TooFew,
            SharesError::Negative { .. } => Self::Undefined,
            SharesError::AllZero => Self::NothingToShare,
            SharesError::Overflow => Self::Overflow,
        }
    }
}

impl From<RankError> for Cause {
    fn from(error: RankError) -> Self {
        match error {
            RankError::Empty => Self::TooFew,
            RankError::NegativeExponent => Self::Undefined,
            RankError::Overflow => Self::Overflow,
        }
    }
}

impl From<ComparisonsError> for Cause {
    fn from(_: ComparisonsError) -> Self {
        Self::Undefined
    }
}

impl From<PrioritiesError> for Cause {
    fn from(error: PrioritiesError) -> Self {
        match error {
            PrioritiesError::Unconnected { .. } => Self::Unconnected,
            PrioritiesError::NoConvergence => Self::Undefined,
        }
    }
}

impl From<RepairError> for Cause {
    fn from(error: RepairError) -> Self {
        match error {
            RepairError::NotJudged { .. } => Self::NotAnswered,
            RepairError::OnlyConnection { .. } => Self::NothingElse,
            RepairError::Priorities(error) => error.into(),
            RepairError::Pair(error) => error.into(),
        }
    }
}

impl From<EntropyError> for Cause {
    fn from(error: EntropyError) -> Self {
        match error {
            EntropyError::Negative { .. } => Self::Undefined,
            EntropyError::NothingVaries => Self::NothingToShare,
        }
    }
}

impl From<CriticError> for Cause {
    fn from(error: CriticError) -> Self {
        match error {
            CriticError::NothingVaries => Self::NothingToShare,
            CriticError::NoConflict => Self::NoConflict,
            CriticError::Overflow { .. } => Self::Overflow,
        }
    }
}

impl From<IncompleteError> for Cause {
    fn from(error: IncompleteError) -> Self {
        match error {
            IncompleteError::NoPairs => Self::TooFew,
            _ => Self::Overflow,
        }
    }
}

impl From<PermutationError> for Cause {
    fn from(error: PermutationError) -> Self {
        match error {
            PermutationError::Concordance(error) => error.into(),
            PermutationError::NoPermutations => Self::Undefined,
            PermutationError::TooMuchWork => Self::Overflow,
        }
    }
}

impl From<SpearmanError> for Cause {
    fn from(error: SpearmanError) -> Self {
        match error {
            SpearmanError::UnequalLengths => Self::Undefined,
            SpearmanError::TooFew => Self::TooFew,
            SpearmanError::Constant => Self::AllTied,
            SpearmanError::Overflow => Self::Overflow,
        }
    }
}

impl From<CorrelationError> for Cause {
    fn from(error: CorrelationError) -> Self {
        match error {
            CorrelationError::TooFew { needed } => Self::TooFewValues { needed },
            CorrelationError::Constant => Self::NothingMoves,
            CorrelationError::NotFinite => Self::Overflow,
            CorrelationError::UnequalLengths | CorrelationError::TooMany => Self::Undefined,
        }
    }
}

impl From<RegressionError> for Cause {
    fn from(error: RegressionError) -> Self {
        match error {
            RegressionError::TooFew { needed } => Self::TooFewValues { needed },
            RegressionError::NotFinite => Self::Overflow,
            RegressionError::UnequalLengths | RegressionError::Constant | RegressionError::Quantile(_) => {
                Self::Undefined
            }
        }
    }
}

impl From<WilcoxonError> for Cause {
    fn from(error: WilcoxonError) -> Self {
        match error {
            WilcoxonError::UnequalLengths => Self::Undefined,
            WilcoxonError::Empty => Self::TooFew,
            WilcoxonError::Overflow => Self::Overflow,
        }
    }
}

impl From<SignificanceError> for Cause {
    fn from(error: SignificanceError) -> Self {
        match error {
            SignificanceError::TooFewExperts | SignificanceError::TooFewItems | SignificanceError::NoFreedom => {
                Self::TooFew
            }
            SignificanceError::TooLarge => Self::Overflow,
            SignificanceError::NotAShare | SignificanceError::OutsideDistribution | SignificanceError::NotPositive => {
                Self::Undefined
            }
        }
    }
}

impl From<CompositionError> for Cause {
    fn from(error: CompositionError) -> Self {
        match error {
            CompositionError::Overflow => Self::Overflow,
            CompositionError::Empty
            | CompositionError::NoGrades
            | CompositionError::UnequalLengths { .. }
            | CompositionError::NotFinite => Self::Undefined,
        }
    }
}

impl From<GeometricMeanError> for Cause {
    fn from(error: GeometricMeanError) -> Self {
        match error {
            GeometricMeanError::NoWeight => Self::NoData,
            GeometricMeanError::UnequalLengths
            | GeometricMeanError::NegativeValue { .. }
            | GeometricMeanError::BadWeight { .. } => Self::Undefined,
        }
    }
}

impl From<SpreadError> for Cause {
    fn from(error: SpreadError) -> Self {
        match error {
            SpreadError::Overflow => Self::Overflow,
            SpreadError::ZeroMean => Self::DivisionByZero,
            SpreadError::Empty => Self::NotAnswered,
            SpreadError::TooFew => Self::TooFew,
            SpreadError::NotAShare | SpreadError::UnequalLengths => Self::Undefined,
        }
    }
}

impl From<ConcordanceError> for Cause {
    fn from(error: ConcordanceError) -> Self {
        match error {
            ConcordanceError::AllTied => Self::AllTied,
            ConcordanceError::Overflow => Self::Overflow,
            ConcordanceError::TooFewItems | ConcordanceError::TooFewExperts => Self::TooFew,
            ConcordanceError::UnequalLengths => Self::Undefined,
        }
    }
}
