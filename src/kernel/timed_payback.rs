//! Payback of flows at any moments.

use super::payback::{Payback, PaybackError};
use rust_decimal::Decimal;

/// The moment from which flows at any moments have returned what was spent.
///
/// Each flow is a moment in years and an amount, in the order of time.
///
/// **Formula**: the moment of the flow with which the sum of all flows so far is zero or positive, and stays so until the
/// end.
///
/// **Conventions**: as [`payback`](fn@super::payback), but a flow arrives at its moment and not evenly before it, so that
/// nothing is interpolated; flows of one moment count together. A loss is in the year in which its moment lies.
///
/// **Units**: years from moment 0; the flows are in any one unit of money.
///
/// # Errors
///
/// [`PaybackError::Empty`] without flows; [`PaybackError::Overflow`] where a sum does not fit 28 digits.
///
/// # Source
///
/// The definition of payback; a printed table of dated flows whose running total is looked up.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Payback, timed_payback};
/// use rust_decimal::dec;
///
/// let flows = [(dec!(0), dec!(-100)), (dec!(0.5), dec!(60)), (dec!(1.25), dec!(60))];
/// assert_eq!(timed_payback(&flows), Ok(Payback::Reached(dec!(1.25))));
/// ```
pub fn timed_payback(flows: &[(Decimal, Decimal)]) -> Result<Payback, PaybackError> {
    if flows.is_empty() {
        return Err(PaybackError::Empty);
    }
    let mut sum = Decimal::ZERO;
    let mut was_negative = false;
    let (mut reached, mut lost) = (None, None);
    for together in flows.chunk_by(|(one, _), (next, _)| one == next) {
        let moment = together.first().map_or(Decimal::ZERO, |(moment, _)| *moment);
        for (_, flow) in together {
            sum = sum.checked_add(*flow).ok_or(PaybackError::Overflow)?;
        }
        let is_negative = sum < Decimal::ZERO;
        if is_negative && !was_negative {
            lost = Some(moment);
        } else if was_negative && !is_negative {
            reached = Some(moment);
        } else if reached.is_none() && sum > Decimal::ZERO {
            reached = Some(Decimal::ZERO);
        }
        was_negative = is_negative;
    }
    Ok(match (was_negative, reached, lost) {
        (false, reached, _) => Payback::Reached(reached.unwrap_or_default()),
        (true, Some(reached), Some(lost)) => {
            let year = u32::try_from(lost.ceil()).map_err(|_| PaybackError::Overflow)?;
            Payback::ReachedThenLost { reached, lost: year }
        }
        (true, ..) => Payback::NotReached,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    fn of(flows: &[(i64, i64)]) -> Result<Payback, PaybackError> {
        // moments in quarters of a year
        let flows = flows.iter().map(|(quarter, flow)| (Decimal::new(quarter * 25, 2), Decimal::from(*flow)));
        timed_payback(&flows.collect::<Vec<_>>())
    }

    #[test]
    fn reached_never_lost_and_regained() {
        assert_eq!(of(&[(0, -100), (2, 60), (3, 40)]), Ok(Payback::Reached(dec!(0.75))));
        assert_eq!(of(&[(0, -100), (2, 60), (3, 39)]), Ok(Payback::NotReached));
        let lost = Payback::ReachedThenLost { reached: dec!(0.5), lost: 2 };
        assert_eq!(of(&[(0, -100), (2, 160), (5, -100)]), Ok(lost));
        assert_eq!(of(&[(0, -100), (2, 160), (5, -100), (7, 40)]), Ok(Payback::Reached(dec!(1.75))));
    }

    #[test]
    fn flows_of_one_moment_count_together() {
        assert_eq!(of(&[(0, 50), (0, -100), (1, 50)]), Ok(Payback::Reached(dec!(0.25))));
        assert_eq!(of(&[(0, -100), (1, 100), (1, -10), (2, 10)]), Ok(Payback::Reached(dec!(0.5))));
    }

    #[test]
    fn nothing_spent_and_nothing_at_all() {
        assert_eq!(of(&[(0, 10), (1, 10)]), Ok(Payback::Reached(dec!(0))));
        assert_eq!(of(&[(0, 0), (1, 0)]), Ok(Payback::Reached(dec!(0))));
        assert_eq!(of(&[]), Err(PaybackError::Empty));
        let most = [(dec!(0), Decimal::MAX), (dec!(1), Decimal::MAX)];
        assert_eq!(timed_payback(&most), Err(PaybackError::Overflow));
    }
}
