//! Internal rate of return of flows on certain days or at any moments: the rates at which they are worth nothing.

use super::day_count::DayCount;
use super::fixed::Fixed;
use super::irr::{NoIrr, Root, sign_changes};
use super::refinement::{FlowGaps, Flows};
use super::space::Space;
use crate::day::Day;
use rust_decimal::Decimal;

/// All yearly rates above -100 % at which flows on certain days are worth exactly nothing, the lowest first. Times are
/// counted from the earliest day, wherever it stands, so unsorted flows have the same rates as sorted ones;
/// [`xnpv`](fn@super::xnpv) counts from the first day listed. At these rates it is 0 all the same, whatever stands first,
/// but for [`DayCount::Thirty360Us`], whose times do not always add up.
///
/// Each flow is a day and an amount; flows of one day are added up. Flows whose sum over time changes sign once have
/// exactly one such rate, others may have as many as there are changes or fewer by an even number.
///
/// **Formula**: every `r > -1` with `sum flow[k] / (1 + r)^t[k] = 0`, where t is the time in years from the earliest flow
/// by the day count. With a flow a year, on days 365 days apart, it is [`irr`](fn@super::irr).
///
/// **Method**: that of [`irr`](fn@super::irr), which needs no guess: Descartes' rule of signs holds for times that are
/// not whole as well.
///
/// **Units**: a fraction a year (8 % is 0.08), compounded yearly. The unit of the flows does not matter.
///
/// **Spreadsheets**: `XIRR` counts days/365, starts at a guess (10 %), returns one root to about 8 digits, and 2.98e-9 for
/// some flows where it does not converge. See [`spreadsheet::xirr`](super::spreadsheet::xirr).
///
/// # Errors
///
/// [`NoIrr`], except [`NoIrr::Several`]. A year's rate of flows that are few days apart may be beyond every number
/// ([`NoIrr::OutOfRange`]): [`daily_xirr`] gives the rate of a day.
///
/// # Source
///
/// The documentation of Excel, whose example this is: 37.34 %.
///
/// # Example
///
/// ```
/// use appraise::kernel::{DayCount, xirr};
/// use rust_decimal::{Decimal, dec};
///
/// let flow = |day: &str, amount: i64| Ok::<_, appraise::DayError>((day.parse()?, Decimal::from(amount)));
/// let flows = [
///     flow("2008-01-01", -10_000)?,
///     flow("2008-03-01", 2_750)?,
///     flow("2008-10-30", 4_250)?,
///     flow("2009-02-15", 3_250)?,
///     flow("2009-04-01", 2_750)?,
/// ];
/// let roots = xirr(&flows, DayCount::Actual365Fixed).unwrap();
/// assert_eq!(roots.len(), 1);
/// assert_eq!(roots[0].rate.round_dp(15), dec!(0.373362533518832));
/// # Ok::<(), appraise::DayError>(())
/// ```
pub fn xirr(flows: &[(Day, Decimal)], count: DayCount) -> Result<Vec<Root>, NoIrr> {
    Dated::new(flows, count)?.roots()
}

/// The yearly rate at which flows on certain days are worth exactly nothing, where there is exactly one.
///
/// **Formula**, **units**, **spreadsheets**: as [`xirr`](fn@xirr).
///
/// # Errors
///
/// [`NoIrr`], with [`NoIrr::Several`] where [`xirr`](fn@xirr) finds more than one.
///
/// # Example
///
/// ```
/// use appraise::kernel::{DayCount, sole_xirr};
/// use rust_decimal::dec;
///
/// let flows = [("2022-01-24".parse()?, dec!(-10_000)), ("2022-01-28".parse()?, dec!(9_800))];
/// let rate = sole_xirr(&flows, DayCount::Actual365Fixed).unwrap();
/// assert_eq!(rate.round_dp(12), dec!(-0.841736995235)); // 0.98^(365/4) - 1
/// # Ok::<(), appraise::DayError>(())
/// ```
pub fn sole_xirr(flows: &[(Day, Decimal)], count: DayCount) -> Result<Decimal, NoIrr> {
    Dated::new(flows, count)?.sole_root()
}

/// All rates a day at which flows on certain days are worth exactly nothing: for flows that are so near to each other
/// that a rate a year means nothing.
///
/// **Formula**: every `r > -1` with `sum flow[k] / (1 + r)^days[k] = 0`.
///
/// **Units**: a fraction a day, compounded daily.
///
/// # Errors
///
/// [`NoIrr`], except [`NoIrr::Several`]; [`NoIrr::OutOfRange`] for flows more than 1,400 years apart.
///
/// # Example
///
/// The flows of pyxirr issue 65 are one day apart: 63.77 % a day, which would be 1.56e78 a year.
///
/// ```
/// use appraise::kernel::{DayCount, NoIrr, daily_xirr, xirr};
/// use rust_decimal::dec;
///
/// let (first, second) = ("2020-05-27".parse()?, "2020-05-28".parse()?);
/// let flows = [(first, dec!(345)), (second, dec!(-565))];
/// assert_eq!(xirr(&flows, DayCount::Actual365Fixed), Err(NoIrr::OutOfRange));
/// assert_eq!(daily_xirr(&flows).unwrap()[0].rate.round_dp(4), dec!(0.6377));
/// # Ok::<(), appraise::DayError>(())
/// ```
pub fn daily_xirr(flows: &[(Day, Decimal)]) -> Result<Vec<Root>, NoIrr> {
    let first = earliest(flows)?;
    let days = flows.iter().map(|(day, amount)| (i64::from(first.days_until(*day)), *amount));
    Dated::ordered(days.collect(), |days| Fixed::ratio(i128::from(days), 1))?.roots()
}

/// All yearly rates above -100 % at which flows at any moments are worth exactly nothing, the lowest first.
///
/// Each flow is a moment in years and an amount, in any order; flows of one moment are added up.
///
/// **Formula**, **units**: as [`xirr`](fn@xirr), with the times as given. Only their differences matter.
///
/// # Errors
///
/// [`NoIrr`], except [`NoIrr::Several`]; [`NoIrr::OutOfRange`] too where moments are 500,000 years apart or more.
///
/// # Example
///
/// ```
/// use appraise::kernel::timed_irr;
/// use rust_decimal::dec;
///
/// // a half-year at 10 %, and no year: 1.1^2 - 1
/// let roots = timed_irr(&[(dec!(0), dec!(-100)), (dec!(0.5), dec!(110))])?;
/// assert_eq!(roots[0].rate, dec!(0.21));
/// # Ok::<(), appraise::kernel::NoIrr>(())
/// ```
pub fn timed_irr(flows: &[(Decimal, Decimal)]) -> Result<Vec<Root>, NoIrr> {
    timed(flows)?.roots()
}

/// The yearly rate at which flows at any moments are worth exactly nothing, where there is exactly one: see [`timed_irr`].
///
/// # Errors
///
/// [`NoIrr`], with [`NoIrr::Several`] where [`timed_irr`] finds more than one.
///
/// # Example
///
/// ```
/// use appraise::kernel::sole_timed_irr;
/// use rust_decimal::dec;
///
/// assert_eq!(sole_timed_irr(&[(dec!(1), dec!(-100)), (dec!(3), dec!(121))])?, dec!(0.1));
/// # Ok::<(), appraise::kernel::NoIrr>(())
/// ```
pub fn sole_timed_irr(flows: &[(Decimal, Decimal)]) -> Result<Decimal, NoIrr> {
    timed(flows)?.sole_root()
}

fn timed(flows: &[(Decimal, Decimal)]) -> Result<Dated, NoIrr> {
    if flows.len() < 2 {
        return Err(NoIrr::TooShort);
    }
    // Differences of decimals of ordinary size are exact, so that equal gaps stay equal.
    Dated::with(flows.iter().copied().collect(), |before: Decimal, after: Decimal| {
        Fixed::from_decimal(after.checked_sub(before)?)
    })
}

/// The first day.
fn earliest(flows: &[(Day, Decimal)]) -> Result<Day, NoIrr> {
    let first = flows.iter().map(|(day, _)| *day).min().ok_or(NoIrr::TooShort)?;
    if flows.len() < 2 { Err(NoIrr::TooShort) } else { Ok(first) }
}

/// Flows at increasing moments, ready to be solved.
struct Dated {
    flows: Flows,
    changes: usize,
}

impl Dated {
    fn new(flows: &[(Day, Decimal)], count: DayCount) -> Result<Self, NoIrr> {
        let first = earliest(flows)?;
        let times = flows.iter().map(|(day, amount)| (count.units(first, *day), *amount));
        Self::ordered(times.collect(), |units| count.years(units))
    }

    /// Of whole times, a difference of which is so many years.
    fn ordered(flows: Space<(i64, Decimal)>, years: impl Fn(i64) -> Option<Fixed>) -> Result<Self, NoIrr> {
        Self::with(flows, |before: i64, after: i64| years(after.checked_sub(before)?))
    }

    fn with<T: Copy + Default + Ord>(
        mut flows: Space<(T, Decimal)>,
        gap: impl Fn(T, T) -> Option<Fixed>,
    ) -> Result<Self, NoIrr> {
        if !flows.as_slice().is_sorted_by_key(|(time, _)| *time) {
            flows.as_mut_slice().sort_by_key(|(time, _)| *time);
        }
        let flows = flows.as_slice();
        if flows.iter().all(|(_, amount)| amount.is_zero()) {
            return Err(NoIrr::AllZero);
        }
        let mut times: Space<T> = Space::new();
        let mut amounts: Space<Decimal> = Space::new();
        for same in flows.chunk_by(|(before, _), (after, _)| before == after) {
            let sum = same.iter().try_fold(Decimal::ZERO, |sum, (_, amount)| sum.checked_add(*amount));
            let sum = sum.ok_or(NoIrr::OutOfRange)?;
            if let Some((time, _)) = same.first().filter(|_| !sum.is_zero()) {
                times.push(*time);
                amounts.push(sum);
            }
        }
        let (times, amounts) = (times.as_slice(), amounts.as_slice());
        if flows.first().map(|(time, _)| time) == flows.last().map(|(time, _)| time) {
            return Err(NoIrr::OneMoment);
        }
        if amounts.is_empty() {
            return Err(NoIrr::AllZero);
        }
        let changes = sign_changes(amounts);
        if changes == 0 {
            return Err(NoIrr::NoSignChange);
        }
        let gaps = times.iter().zip(times.iter().skip(1)).map(|(before, after)| gap(*before, *after));
        let mut gaps = gaps.peekable();
        let mut known = true;
        let gaps = FlowGaps::new(std::iter::from_fn(|| gaps.next()).map(|gap| {
            gap.unwrap_or_else(|| {
                known = false;
                Fixed::ONE
            })
        }));
        if !known {
            return Err(NoIrr::OutOfRange);
        }
        Ok(Self { flows: Flows::new(amounts, Some(gaps)), changes })
    }

    fn roots(&self) -> Result<Vec<Root>, NoIrr> {
        if self.changes == 1 { Ok(vec![self.flows.only_root()?]) } else { self.flows.roots() }
    }

    fn sole_root(&self) -> Result<Decimal, NoIrr> {
        if self.changes == 1 {
            return Ok(self.flows.only_root()?.rate);
        }
        match self.flows.roots()?.as_slice() {
            [root] => Ok(root.rate),
            roots => Err(NoIrr::Several { count: roots.len() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::irr;
    use crate::kernel::testing::{assert_near, dec, decs};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn rates(roots: &[Root]) -> Vec<Decimal> {
        roots.iter().map(|root| root.rate).collect()
    }

    /// Amounts 35 digits apart: the third rate is e^5.74 - 1 and decided by the smallest of them.
    #[test]
    fn roots_stay_in_order_however_far_amounts_lie_apart() {
        let flows =
            [(0, dec("-0.000001")), (13, dec("1")), (14, Decimal::MAX), (34, Decimal::MIN), (2478, dec("0.0001"))];
        let flows = flows.map(|(day, amount)| (Decimal::from(day), amount));
        let roots = timed_irr(&flows).unwrap();
        assert!(roots.is_sorted_by_key(|root| root.rate), "{roots:?}");
        assert_eq!(roots.len(), 3);
        assert!(roots[2].rate > dec("300") && !roots[2].refined, "{roots:?}");
    }

    #[test]
    fn yearly_times_are_those_of_the_irr() {
        for flows in ["-100 60 60", "-50 -100 600 300 -100", "-5 10.5 1 -8 1", "-100 0 0 74", "100 -110"] {
            let flows = decs(flows);
            let timed: Vec<_> = (0..).map(Decimal::from).zip(flows.iter().copied()).collect();
            let expected = irr(&flows).unwrap();
            let roots = timed_irr(&timed).unwrap();
            assert_eq!(roots.len(), expected.len());
            for (root, expected) in roots.iter().zip(&expected) {
                assert_near("rate", root.rate, expected.rate, "0.000000000000000000000000001");
                assert_eq!(root.crossing, expected.crossing);
            }
        }
    }

    #[test]
    fn order_and_splitting_do_not_matter() {
        let flows = [(day("2026-03-01"), dec("-100")), (day("2026-09-01"), dec("30")), (day("2027-09-01"), dec("90"))];
        let expected = xirr(&flows, DayCount::Actual365Fixed);
        let mixed = [
            (day("2027-09-01"), dec("95")),
            (day("2026-03-01"), dec("-40")),
            (day("2026-09-01"), dec("30")),
            (day("2026-03-01"), dec("-60")),
            (day("2027-09-01"), dec("-5")),
            (day("2027-01-01"), dec("0")),
        ];
        assert_eq!(xirr(&mixed, DayCount::Actual365Fixed), expected);
    }

    /// (1 - 1.1/g^t1)(1 - 1.3/g^t2) has two roots for any t1 and t2; with t1 = t2 and equal growths they touch.
    #[test]
    fn several_roots_at_broken_times() {
        let flow = |time: &str, amount: &str| (dec(time), dec(amount));
        // (1 - 1.21 x)(1 - 1.1 x^0.5)
        let flows = [flow("0", "1"), flow("1", "-1.21"), flow("0.5", "-1.1"), flow("1.5", "1.331")];
        assert_eq!(rates(&timed_irr(&flows).unwrap()), [dec("0.21")], "both factors vanish at 21 %");
        // (1 - 1.3 x)(1 - 1.1 x^0.5)
        let flows = [flow("0", "1"), flow("1", "-1.3"), flow("0.5", "-1.1"), flow("1.5", "1.43")];
        assert_eq!(rates(&timed_irr(&flows).unwrap()), [dec("0.21"), dec("0.3")]);
        let flows = [flow("0", "1"), flow("1", "-1.3"), flow("0.5", "-1.1"), flow("1.5", "1.6")];
        assert_eq!(timed_irr(&flows), Err(NoIrr::NoRoot));
    }

    #[test]
    fn reasons() {
        let of = |flows: &[(&str, &str)]| {
            let flows: Vec<_> = flows.iter().map(|(at, amount)| (day(at), dec(amount))).collect();
            xirr(&flows, DayCount::Actual365Fixed)
        };
        let (first, second) = ("2026-01-01", "2026-01-02");
        assert_eq!(of(&[]), Err(NoIrr::TooShort));
        assert_eq!(of(&[(first, "-1")]), Err(NoIrr::TooShort));
        assert_eq!(of(&[(first, "-1"), (first, "2")]), Err(NoIrr::OneMoment));
        assert_eq!(of(&[(first, "0"), (second, "0")]), Err(NoIrr::AllZero));
        assert_eq!(of(&[(first, "1"), (first, "-1"), (second, "0")]), Err(NoIrr::AllZero));
        assert_eq!(of(&[(first, "1"), (second, "1")]), Err(NoIrr::NoSignChange));
        assert_eq!(of(&[(first, "-1"), (second, "2")]), Err(NoIrr::OutOfRange));
        let far = [(dec("0"), dec("-1")), (dec("600000"), dec("2"))];
        assert_eq!(timed_irr(&far), Err(NoIrr::OutOfRange));
        assert_eq!(timed_irr(&[(Decimal::MIN, dec("-1")), (Decimal::MAX, dec("2"))]), Err(NoIrr::OutOfRange));
    }
}
