//! Payback: the moment at which a project has returned what was spent on it.

use super::npv::{NpvError, discount_factor};
use rust_decimal::Decimal;

/// Whether and when the money comes back, in years from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payback {
    /// The cumulative flow is zero or positive from this moment to the end.
    Reached(Decimal),
    /// The cumulative flow is negative at the end and never was anything else.
    NotReached,
    /// The money came back, and later flows consumed it again: the cumulative flow is negative at the end.
    ReachedThenLost {
        /// The last moment at which the cumulative flow became zero or positive, in years.
        reached: Decimal,
        /// The year in which it last fell below zero.
        lost: u32,
    },
}

/// When inside a year its flow arrives, as far as payback is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum WithinYear {
    /// Evenly over the year, so that payback is a moment inside it.
    #[default]
    Evenly,
    /// All at its end, so that payback is a whole number of years: the break-even year.
    AtEnd,
}

impl Payback {
    /// The same payback where the flows arrive otherwise inside their years than evenly.
    ///
    /// ```
    /// use appraise::kernel::{Payback, WithinYear, payback};
    /// use rust_decimal::{Decimal, dec};
    ///
    /// let evenly = payback(&[-150_000, 30_000, 40_000, 25_000, 30_000, 40_000].map(Decimal::from)).unwrap();
    /// assert_eq!(evenly, Payback::Reached(dec!(4.625)));
    /// assert_eq!(evenly.when(WithinYear::AtEnd), Payback::Reached(dec!(5)));
    /// ```
    #[must_use]
    pub fn when(self, flows: WithinYear) -> Self {
        match (flows, self) {
            (WithinYear::AtEnd, Self::Reached(years)) => Self::Reached(years.ceil()),
            (WithinYear::AtEnd, Self::ReachedThenLost { reached, lost }) => {
                Self::ReachedThenLost { reached: reached.ceil(), lost }
            }
            (_, payback) => payback,
        }
    }
}

/// Why there is no answer about payback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaybackError {
    /// At -100 % or less nothing can be discounted.
    #[error("the discount rate is not above -100 %")]
    RateTooLow,
    /// There are no flows.
    #[error("there are no cash flows")]
    Empty,
    /// A cumulative flow does not fit 28 digits.
    #[error("a cumulative cash flow does not fit a decimal number of 28 digits")]
    Overflow,
}

/// How many years pass until a project has returned what was spent on it.
///
/// `flows[0]` falls in year 0. Give discounted flows for the discounted payback.
///
/// **Formula**: with `cum[k]` = `flows[0]` + ... + `flows[k]`, payback in the year `k` in which `cum` turns from
/// negative to zero or positive is `(k - 1) + (-cum[k-1]) / flows[k]`.
///
/// **Conventions**:
/// - inside a year the flow arrives evenly, so payback is linear between the ends of two years;
/// - a cumulative flow of exactly zero is payback;
/// - a cumulative flow that is never negative pays back at 0;
/// - where payback is lost and regained, the last time counts;
/// - years before the first flow other than zero do not count as paid back.
///
/// **Units**: years from today; the flows are in any one unit of money.
///
/// **Spreadsheets**: there is no payback function; sheets that look up the first positive cumulative flow miss the loss
/// of payback through a late cost, and print 0 or the last year where payback is never reached.
///
/// # Errors
///
/// [`PaybackError::Empty`] without flows; [`PaybackError::Overflow`] where a sum does not fit 28 digits.
///
/// # Source
///
/// A lecture note on capital budgeting, which gives 4.625 years for this example.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Payback, payback};
/// use rust_decimal::Decimal;
///
/// let flows = [-150_000, 30_000, 40_000, 25_000, 30_000, 40_000].map(Decimal::from);
/// assert_eq!(payback(&flows), Ok(Payback::Reached(Decimal::new(4_625, 3))));
/// ```
pub fn payback(flows: &[Decimal]) -> Result<Payback, PaybackError> {
    from_year(0, flows.iter().copied().map(Ok))
}

/// Payback of flows of which the first falls in a certain year; the years before it count.
fn from_year(
    first: u32,
    flows: impl ExactSizeIterator<Item = Result<Decimal, PaybackError>>,
) -> Result<Payback, PaybackError> {
    if flows.len() == 0 {
        return Err(PaybackError::Empty);
    }
    let mut cumulative = Decimal::ZERO;
    let mut reached = None;
    let mut lost = None;
    for (position, flow) in flows.enumerate() {
        let year = u32::try_from(position).ok().and_then(|position| first.checked_add(position));
        let (year, flow) = (year.ok_or(PaybackError::Overflow)?, flow?);
        let before = cumulative;
        cumulative = before.checked_add(flow).ok_or(PaybackError::Overflow)?;
        if cumulative < Decimal::ZERO {
            if before >= Decimal::ZERO {
                lost = Some(year);
            }
        } else if before < Decimal::ZERO {
            reached = Some(moment(year, before, flow).ok_or(PaybackError::Overflow)?);
        } else if reached.is_none() && !cumulative.is_zero() {
            reached = Some(Decimal::ZERO);
        }
    }
    Ok(match (cumulative < Decimal::ZERO, reached, lost) {
        (false, reached, _) => Payback::Reached(reached.unwrap_or(Decimal::ZERO)),
        (true, Some(reached), Some(lost)) => Payback::ReachedThenLost { reached, lost },
        (true, ..) => Payback::NotReached,
    })
}

/// How many years pass until the discounted flows have returned what was spent.
///
/// **Formula**: [`payback`] of `flows[k] / (1 + rate)^(first + k)`; `flows[0]` falls in year `first`.
///
/// **Units**: `rate` is a fraction a year, the result in years from today.
///
/// # Errors
///
/// As [`payback`], and [`PaybackError::RateTooLow`] unless `rate` > -1.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Payback, discounted_payback};
/// use rust_decimal::{Decimal, dec};
///
/// let flows = [-1_000, 300, 400, 500, 200].map(Decimal::from);
/// let Ok(Payback::Reached(years)) = discounted_payback(dec!(0.1), 0, &flows) else { panic!("it pays back") };
/// assert_eq!(years.round_dp(10), dec!(3.154));
/// ```
pub fn discounted_payback(rate: Decimal, first: u32, flows: &[Decimal]) -> Result<Payback, PaybackError> {
    let discounted = flows.iter().enumerate().map(|(position, flow)| {
        let year = u32::try_from(position).ok().and_then(|position| first.checked_add(position));
        let year = year.ok_or(PaybackError::Overflow)?;
        let factor = discount_factor(rate, year).map_err(|error| match error {
            NpvError::RateTooLow => PaybackError::RateTooLow,
            NpvError::Overflow => PaybackError::Overflow,
        })?;
        flow.checked_mul(factor).ok_or(PaybackError::Overflow)
    });
    from_year(first, discounted)
}

/// The moment inside `year` at which `flow`, arriving evenly, has made up for the shortfall `before` (below zero).
fn moment(year: u32, before: Decimal, flow: Decimal) -> Option<Decimal> {
    let part = before.abs().checked_div(flow)?;
    Decimal::from(year.checked_sub(1)?).checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::discount_factor;
    use crate::kernel::testing::{assert_near, dec, decs};

    /// Flows, rate, payback, discounted payback: capital budgeting cases of textbooks and study notes, to six places.
    const PUBLISHED: &[(&str, &str, &str, &str, Option<&str>)] = &[
        ("vantagepoint", "-100000 40000 40000 40000 40000", "0.10", "2.5", Some("3.019250")),
        ("schwalbe", "-140000 160000 160000 160000", "0.08", "0.875", Some("0.945")),
        ("template at 1 %", "-5 9 9 9", "0.01", "0.555556", Some("0.561111")),
        ("coursehero 500", "-500 300 700 600", "0.10", "1.285714", Some("1.392857")),
        ("coursehero 900", "-900 300 400 400 500 600", "0.15", "2.5", Some("3.257686")),
        // The sheet prints the simple payback, 3.4375, as the discounted one.
        ("coursehero 1.8M", "-1800000 350000 500000 600000 800000 500000", "0.12", "3.4375", Some("4.540759")),
        // The page answers "less than 8 years"; the discounted flows return 49,676 of 60,000.
        ("60000", "-60000 10000 10000 10000 10000 10000 10000 10000 10000", "0.12", "6", None),
        ("brainmass", "-500 45 55 65 175 185", "0.10", "4.864865", None),
        ("payback 150k", "-150000 30000 40000 25000 30000 40000", "0", "4.625", Some("4.625")),
        ("kingfisher alpha", "-200000 80000 70000 60000 40000 20000", "0.12", "2.833333", Some("4.408891")),
        ("kingfisher beta", "-200000 30000 50000 70000 90000 110000", "0.12", "3.555556", Some("4.421894")),
        ("polar", "-50000 15000 15000 15000 15000 15000", "0.10", "3.333333", Some("4.263267")),
        ("bif", "-40000 12000 14000 16000 10000", "0", "2.875", Some("2.875")),
    ];

    #[test]
    fn published_values() {
        for (name, flows, rate, simple, discounted) in PUBLISHED {
            let flows = decs(flows);
            let present = (0u32..)
                .zip(&flows)
                .map(|(year, flow)| flow.checked_mul(discount_factor(dec(rate), year).unwrap()).unwrap())
                .collect::<Vec<_>>();
            for (flows, expected) in [(&flows, Some(*simple)), (&present, *discounted)] {
                match (payback(flows).unwrap(), expected) {
                    (Payback::Reached(years), Some(expected)) => assert_near(name, years, dec(expected), "0.0000005"),
                    (answer, expected) => {
                        assert_eq!((answer, expected), (Payback::NotReached, None), "{name}")
                    }
                }
            }
        }
    }

    #[test]
    fn conventions() {
        let lost = |reached: &str, lost| Payback::ReachedThenLost { reached: dec(reached), lost };
        let reached = |years: &str| Payback::Reached(dec(years));
        for (flows, expected) in [
            ("100 50", reached("0")),
            ("0 0", reached("0")),
            ("0 100", reached("0")),
            ("-100 100 50", reached("1")),
            ("-100 150 -40", reached("0.6666666666666666666666666667")),
            ("-100 150 -50", reached("0.6666666666666666666666666667")),
            ("-100 200 -150", lost("0.5", 2)),
            ("-100 200 -150 10", lost("0.5", 2)),
            ("-100 200 -150 50 -1", lost("3", 4)),
            ("-100 200 -150 200", reached("2.25")),
            ("100 -200", lost("0", 1)),
            ("100 -200 400", reached("1.25")),
            ("0 -100 50", Payback::NotReached),
            ("0 -100 200", reached("1.5")),
            ("-100", Payback::NotReached),
            ("-100 0 99.99", Payback::NotReached),
        ] {
            assert_eq!(payback(&decs(flows)), Ok(expected), "{flows}");
        }
    }

    #[test]
    fn payback_does_not_depend_on_the_unit_of_money() {
        for (.., flows) in PUBLISHED.iter().map(|(name, flows, ..)| (name, decs(flows))) {
            let scaled: Vec<_> = flows.iter().map(|flow| flow.checked_mul(dec("0.001")).unwrap()).collect();
            assert_eq!(payback(&scaled), payback(&flows));
        }
    }

    #[test]
    fn the_years_before_the_first_flow_count() {
        let of = |first, flows: &str| discounted_payback(dec("0"), first, &decs(flows));
        for flows in ["-100 60 80", "100 -200 400", "0 100", "-100"] {
            let padded = format!("0 {flows}");
            assert_eq!(of(1, flows), payback(&decs(&padded)), "{flows}");
        }
        assert_eq!(of(u32::MAX, "-100 60 80"), Err(PaybackError::Overflow));
        assert_eq!(discounted_payback(dec("-1"), 0, &decs("-1 2")), Err(PaybackError::RateTooLow));
    }

    #[test]
    fn errors() {
        assert_eq!(payback(&[]), Err(PaybackError::Empty));
        assert_eq!(payback(&[Decimal::MAX, Decimal::MAX]), Err(PaybackError::Overflow));
    }
}
