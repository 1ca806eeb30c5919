//! Present values and rates of return.
//!
//! The arithmetic is that of this library: 28 digits, all roots known. What a spreadsheet does differently is said at
//! each function.

use crate::day::Day;
use crate::kernel;
use crate::kernel::day_count::DayCount;
use crate::kernel::irr::NoIrr;
use crate::kernel::irr_policy::IrrPolicy;
use crate::kernel::mirr::MirrError;
use crate::kernel::npv::NpvError;
use rust_decimal::Decimal;

/// The guess of `IRR` and `XIRR` where none is given.
pub const GUESS: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// Why a function of a spreadsheet gives no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpreadsheetError {
    /// `#NUM!`: there are not as many days as flows, or none.
    #[error("there must be a day for each flow, and one flow at least")]
    Lengths,
    /// `#NUM!`: a day is before the first one.
    #[error("the flow at place {place} is before the first one")]
    BeforeFirst {
        /// The place of the flow, counted from 1.
        place: usize,
    },
    /// `#NUM!`: there is no rate.
    #[error(transparent)]
    Irr(NoIrr),
    /// There is no present value.
    #[error(transparent)]
    Npv(NpvError),
    /// `#DIV/0!`: there is no modified rate.
    #[error(transparent)]
    Mirr(MirrError),
}

/// `NPV(rate, values)`: the first value is discounted by one period, as if all fell at the ends of periods.
///
/// **Formula**: `sum values[k] / (1 + rate)^(k + 1)`. The value in the sense of a finance book, whose first flow is
/// today's, is `values[0] + NPV(rate, values[1], …)`, or [`npv`](fn@crate::kernel::npv) with `first` = 0.
///
/// # Errors
///
/// [`SpreadsheetError::Npv`].
///
/// # Source
///
/// The documentation of Excel: 1,188.44.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet;
/// use rust_decimal::{Decimal, dec};
///
/// let value = spreadsheet::npv(dec!(0.10), &[-10_000, 3_000, 4_200, 6_800].map(Decimal::from))?;
/// assert_eq!(value.round_dp(2), dec!(1188.44));
/// # Ok::<(), spreadsheet::SpreadsheetError>(())
/// ```
pub fn npv(rate: Decimal, values: &[Decimal]) -> Result<Decimal, SpreadsheetError> {
    kernel::npv(rate, 1, values).map_err(SpreadsheetError::Npv)
}

/// `IRR(values, guess)`: of all internal rates of return the one nearest to the guess, 10 % where none is given.
///
/// **Differences**: a spreadsheet iterates from the guess, up to 20 times, to 0.00001 %, usually reaches the nearest rate,
/// and answers `#NUM!` where it does not settle. Here every rate is known and the nearest is taken.
///
/// # Errors
///
/// [`SpreadsheetError::Irr`].
///
/// # Source
///
/// The documentation of Excel, whose last example (-44.4 %) needs a guess there.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet;
/// use rust_decimal::{Decimal, dec};
///
/// let values = [-70_000, 12_000, 15_000].map(Decimal::from);
/// assert_eq!(spreadsheet::irr(&values, None)?.round_dp(3), dec!(-0.444));
/// # Ok::<(), spreadsheet::SpreadsheetError>(())
/// ```
pub fn irr(values: &[Decimal], guess: Option<Decimal>) -> Result<Decimal, SpreadsheetError> {
    let roots = kernel::irr(values).map_err(SpreadsheetError::Irr)?;
    IrrPolicy::Nearest(guess.unwrap_or(GUESS)).quote(&roots).map_err(SpreadsheetError::Irr)
}

/// `MIRR(values, finance_rate, reinvest_rate)`.
///
/// **Formula**: `(-NPV(reinvest, income) (1 + reinvest)^n / (NPV(finance, costs) (1 + finance)))^(1/(n - 1)) - 1` for n
/// values, which is [`mirr`](fn@crate::kernel::mirr).
///
/// # Errors
///
/// [`SpreadsheetError::Mirr`].
///
/// # Source
///
/// The documentation of Excel: -5 %.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet;
/// use rust_decimal::{Decimal, dec};
///
/// let values = [-120_000, 39_000, 30_000, 21_000].map(Decimal::from);
/// assert_eq!(spreadsheet::mirr(&values, dec!(0.10), dec!(0.12))?.round_dp(2), dec!(-0.05));
/// # Ok::<(), spreadsheet::SpreadsheetError>(())
/// ```
pub fn mirr(values: &[Decimal], finance_rate: Decimal, reinvest_rate: Decimal) -> Result<Decimal, SpreadsheetError> {
    kernel::mirr(values, finance_rate, reinvest_rate).map_err(SpreadsheetError::Mirr)
}

/// `XNPV(rate, values, dates)`: what dated values are worth on the first date, which is not discounted.
///
/// **Formula**: `sum values[k] / (1 + rate)^((dates[k] - dates[0]) / 365)`.
///
/// **Differences**: spreadsheets refuse rates of 0 and below in some versions; here a rate above -100 % will do.
///
/// # Errors
///
/// [`SpreadsheetError::Lengths`], [`SpreadsheetError::BeforeFirst`], [`SpreadsheetError::Npv`].
///
/// # Source
///
/// The documentation of Excel: 2,086.65.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet;
/// use rust_decimal::{Decimal, dec};
///
/// let values = [-10_000, 2_750, 4_250, 3_250, 2_750].map(Decimal::from);
/// let dates = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"].map(|day| day.parse().unwrap());
/// assert_eq!(spreadsheet::xnpv(dec!(0.09), &values, &dates)?.round_dp(2), dec!(2086.65));
/// # Ok::<(), spreadsheet::SpreadsheetError>(())
/// ```
pub fn xnpv(rate: Decimal, values: &[Decimal], dates: &[Day]) -> Result<Decimal, SpreadsheetError> {
    kernel::xnpv(rate, &dated(values, dates)?, DayCount::Actual365Fixed).map_err(SpreadsheetError::Npv)
}

/// `XIRR(values, dates, guess)`: of all rates at which `XNPV` is zero the one nearest to the guess, 10 % where none is
/// given.
///
/// **Differences**: a spreadsheet iterates from the guess, up to 100 times, to 0.000001 %. Where Excel does not settle it
/// answers `#NUM!` or 2.98e-9, which is no solution; here it is the solution.
///
/// # Errors
///
/// [`SpreadsheetError::Lengths`], [`SpreadsheetError::BeforeFirst`], [`SpreadsheetError::Irr`].
///
/// # Source
///
/// The documentation of Excel: 37.34 %.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet;
/// use rust_decimal::{Decimal, dec};
///
/// let values = [-10_000, 2_750, 4_250, 3_250, 2_750].map(Decimal::from);
/// let dates = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"].map(|day| day.parse().unwrap());
/// assert_eq!(spreadsheet::xirr(&values, &dates, None)?.round_dp(4), dec!(0.3734));
/// # Ok::<(), spreadsheet::SpreadsheetError>(())
/// ```
pub fn xirr(values: &[Decimal], dates: &[Day], guess: Option<Decimal>) -> Result<Decimal, SpreadsheetError> {
    let roots = kernel::xirr(&dated(values, dates)?, DayCount::Actual365Fixed).map_err(SpreadsheetError::Irr)?;
    IrrPolicy::Nearest(guess.unwrap_or(GUESS)).quote(&roots).map_err(SpreadsheetError::Irr)
}

fn dated(values: &[Decimal], dates: &[Day]) -> Result<Vec<(Day, Decimal)>, SpreadsheetError> {
    let first = dates.first().filter(|_| values.len() == dates.len()).ok_or(SpreadsheetError::Lengths)?;
    if let Some((place, _)) = (1..).zip(dates).find(|(_, day)| *day < first) {
        return Err(SpreadsheetError::BeforeFirst { place });
    }
    Ok(dates.iter().copied().zip(values.iter().copied()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{dec, decs};

    #[test]
    fn errors() {
        let days = ["2026-01-02", "2026-01-01"].map(|day| day.parse().unwrap());
        assert_eq!(xirr(&decs("-1 2"), &days, None), Err(SpreadsheetError::BeforeFirst { place: 2 }));
        assert_eq!(xnpv(dec("0.1"), &decs("-1"), &days), Err(SpreadsheetError::Lengths));
        assert_eq!(xnpv(dec("0.1"), &[], &[]), Err(SpreadsheetError::Lengths));
        assert_eq!(irr(&decs("1 2"), None), Err(SpreadsheetError::Irr(NoIrr::NoSignChange)));
        assert_eq!(npv(dec("-1"), &decs("1 2")), Err(SpreadsheetError::Npv(NpvError::RateTooLow)));
        assert_eq!(mirr(&decs("1 2"), dec("0"), dec("0")), Err(SpreadsheetError::Mirr(MirrError::NoCost)));
    }
}
