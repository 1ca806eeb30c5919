//! Keys that change no figure as the document stands: whoever writes one expects it to count, so each is told.

use crate::amount::Lowering;

/// Why a key changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Idle {
    /// No figure reads it.
    NotRead,
    /// What it is about is replaced in no year that is looked at.
    NotReplaced {
        /// The years that are looked at.
        years: u32,
    },
    /// A part of it lies after what is looked at.
    PartBeyondEnd {
        /// The years that are looked at.
        years: u32,
    },
    /// No rate of return is computed.
    NoReturn,
    /// Nothing is discounted by years.
    NothingByYears,
    /// Nothing is in that currency.
    NothingInCurrency,
    /// The line has no amount of its own, but is a rate of others.
    NoAmountInCurrency,
    /// What it acts on has no amount.
    NoAmount,
    /// There is nothing else to compare with.
    NothingToCompare,
    /// There are no costs that it could be about.
    NoCosts,
    /// Each alternative states its own.
    EachItsOwn,
    /// It begins after the life of each alternative.
    AfterAllLives,
    /// There are no benefits that it could be about.
    NoBenefits,
    /// It holds on no day on which money flows.
    NeverHolds,
    /// It says what is so without it.
    SoAnyway,
}

impl Lowering<'_> {
    /// Remembers a key that changes nothing.
    pub(crate) fn idle(&mut self, at: impl Into<String>, why: Idle) {
        self.idle.push((at.into(), why));
    }
}
