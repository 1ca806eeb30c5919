//! Day counts: how many years lie between two days.

use super::fixed::Fixed;
use crate::day::Day;
use rust_decimal::Decimal;

/// How the time between two days is counted in years, which a contract or a spreadsheet function lays down.
///
/// ```
/// use appraise::kernel::DayCount;
/// use rust_decimal::dec;
///
/// let (from, to) = ("2012-01-01".parse()?, "2012-07-30".parse()?);
/// // the examples of the documentation of Excel's YEARFRAC, for its bases 0, 1 and 3
/// assert_eq!(DayCount::Thirty360Us.year_fraction(from, to).round_dp(8), dec!(0.58055556));
/// assert_eq!(DayCount::ActualActualIsda.year_fraction(from, to).round_dp(8), dec!(0.57650273));
/// assert_eq!(DayCount::Actual365Fixed.year_fraction(from, to).round_dp(8), dec!(0.57808219));
/// # Ok::<(), appraise::DayError>(())
/// ```
///
/// # Source
///
/// ISDA, *2006 Definitions*, section 4.16, and its memorandum on the actual/actual methods (1998).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum DayCount {
    /// Every day is 1/365 of a year, in leap years too: `days / 365`. What `XIRR` and `XNPV` of spreadsheets use.
    #[default]
    Actual365Fixed,
    /// Every day is 1/360 of a year: `days / 360`, the money market's. 365 days are more than a year.
    Actual360,
    /// Each day is a part of its own calendar year: `days in ordinary years / 365 + days in leap years / 366`. The first
    /// day counts and the last one does not.
    ActualActualIsda,
    /// Months of 30 days, as American bonds have them (NASD): `(360 years + 30 months + days) / 360`, where a first day
    /// on the 31st or at the end of February counts as the 30th, a last day on the 31st as the 30th if the first one is
    /// then on the 30th, and at the end of February if both are. Excel's `YEARFRAC` with basis 0.
    Thirty360Us,
    /// Months of 30 days, as Eurobonds have them: `(360 years + 30 months + days) / 360`, where the 31st counts as the
    /// 30th. February is not special. Excel's `YEARFRAC` with basis 4.
    Thirty360European,
}

impl DayCount {
    /// Every day count and its name in writing.
    pub const ALL: [(&'static str, DayCount); 5] = [
        ("actual/365", DayCount::Actual365Fixed),
        ("actual/360", DayCount::Actual360),
        ("actual/actual", DayCount::ActualActualIsda),
        ("30/360", DayCount::Thirty360Us),
        ("30e/360", DayCount::Thirty360European),
    ];

    /// The name in writing.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, count)| *count == self).map_or("", |(name, _)| name)
    }

    /// The years from one day to another; below 0 where the other one is earlier, and of the same size.
    ///
    /// **Units**: years, to 28 places.
    ///
    /// ```
    /// use appraise::kernel::DayCount;
    /// use rust_decimal::dec;
    ///
    /// let (from, to) = ("2026-03-31".parse()?, "2026-09-30".parse()?);
    /// assert_eq!(DayCount::Thirty360European.year_fraction(from, to), dec!(0.5));
    /// assert_eq!(DayCount::Thirty360European.year_fraction(to, from), dec!(-0.5));
    /// # Ok::<(), appraise::DayError>(())
    /// ```
    #[must_use]
    pub fn year_fraction(self, from: Day, to: Day) -> Decimal {
        let year = Decimal::from(self.units_in_year());
        // The divisor is not zero and the quotient below 10,000.
        Decimal::from(self.units(from, to)).checked_div(year).unwrap_or_default()
    }

    /// Into how many equal parts this day count divides a year, of which every time between two days is a multiple.
    const fn units_in_year(self) -> u32 {
        match self {
            Self::Actual365Fixed => 365,
            Self::Actual360 | Self::Thirty360Us | Self::Thirty360European => 360,
            Self::ActualActualIsda => 133_590,
        }
    }

    /// A multiple of these parts as years.
    pub(super) fn years(self, units: i64) -> Option<Fixed> {
        Fixed::ratio(i128::from(units), u128::from(self.units_in_year()))
    }

    /// The time between two days in these parts.
    pub(super) fn units(self, from: Day, to: Day) -> i64 {
        if to < from {
            return self.units(to, from).saturating_neg();
        }
        i64::from(match self {
            Self::Actual365Fixed | Self::Actual360 => from.days_until(to),
            Self::ActualActualIsda => {
                // since the beginning of the year 0
                let moment = |day: Day| {
                    let part = if day.is_in_leap_year() { 365 } else { 366 };
                    let in_year = day.of_year().saturating_sub(1).saturating_mul(part);
                    i64::from(day.year()).saturating_mul(133_590).saturating_add(i64::from(in_year))
                };
                return moment(to).saturating_sub(moment(from));
            }
            Self::Thirty360Us => {
                let ends_february = |day: Day| day.month() == 2 && day.is_last_of_month();
                let (mut first, mut last) = (from.of_month(), to.of_month());
                if ends_february(from) {
                    first = 30;
                    if ends_february(to) {
                        last = 30;
                    }
                }
                let first = first.min(30);
                if last == 31 && first == 30 {
                    last = 30;
                }
                thirty_days_a_month(from, first, to, last)
            }
            Self::Thirty360European => thirty_days_a_month(from, from.of_month().min(30), to, to.of_month().min(30)),
        })
    }
}

fn thirty_days_a_month(from: Day, first: i32, to: Day, last: i32) -> i32 {
    let number = |day: Day, of_month: i32| {
        day.year().saturating_mul(360).saturating_add(day.month().saturating_mul(30)).saturating_add(of_month)
    };
    number(to, last).saturating_sub(number(from, first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// Source, from, to, count, years.
    const PUBLISHED: &[(&str, &str, &str, DayCount, &str)] = &[
        // ISDA memorandum on actual/actual (1998), which gives sums of fractions: 61/365 + 121/366
        ("isda", "2003-11-01", "2004-05-01", DayCount::ActualActualIsda, "0.497724380567"),
        // the same memorandum, short and long first periods
        ("isda", "1999-02-01", "1999-07-01", DayCount::ActualActualIsda, "0.410958904110"),
        ("isda", "1999-07-01", "2000-07-01", DayCount::ActualActualIsda, "1.001377348604"),
        ("isda", "2002-08-15", "2003-07-15", DayCount::ActualActualIsda, "0.915068493151"),
        ("isda", "1999-07-30", "2000-01-30", DayCount::ActualActualIsda, "0.503892506924"),
        // the documentation of YEARFRAC
        ("excel", "2012-01-01", "2012-07-30", DayCount::Thirty360Us, "0.580555555556"),
        ("excel", "2012-01-01", "2012-07-30", DayCount::Actual365Fixed, "0.578082191781"),
        ("excel", "2012-01-01", "2012-07-30", DayCount::Actual360, "0.586111111111"),
    ];

    #[test]
    fn published_values() {
        for (source, from, to, count, years) in PUBLISHED {
            let actual = count.year_fraction(day(from), day(to));
            assert_near(source, actual, dec(years), "0.000000000001");
        }
    }

    /// Days between, with 30 days in a month, counted by hand from the rules.
    #[test]
    fn thirty_days_a_month() {
        for (from, to, american, european) in [
            ("2026-01-31", "2026-03-31", 60, 60),
            ("2026-01-30", "2026-03-31", 60, 60),
            ("2026-01-29", "2026-03-31", 62, 61),
            ("2026-02-28", "2026-03-31", 30, 32),
            ("2024-02-28", "2024-03-31", 33, 32),
            ("2024-02-29", "2025-02-28", 360, 359),
            ("2026-02-28", "2026-08-28", 178, 180),
            ("2026-01-31", "2026-02-28", 28, 28),
        ] {
            assert_eq!(DayCount::Thirty360Us.units(day(from), day(to)), american, "{from} {to}");
            assert_eq!(DayCount::Thirty360European.units(day(from), day(to)), european, "{from} {to}");
        }
    }

    #[test]
    fn whole_years_and_directions() {
        for (_, count) in DayCount::ALL {
            assert!(count.year_fraction(day("2026-05-05"), day("2026-05-05")).is_zero());
            let (from, to) = (day("0001-01-01"), day("9999-12-31"));
            assert_eq!(count.year_fraction(from, to), -count.year_fraction(to, from));
            assert_near("10,000 years", count.year_fraction(from, to), dec("9999"), "150");
        }
        let year = |count: DayCount| count.year_fraction(day("2026-05-05"), day("2027-05-05"));
        for count in [DayCount::Actual365Fixed, DayCount::ActualActualIsda, DayCount::Thirty360Us] {
            assert_eq!(year(count), Decimal::ONE);
        }
        assert_eq!(day("2026-01-01").days_until(day("2025-12-31")), -1);
        assert_eq!(day("1900-02-28").days_until(day("1900-03-01")), 1);
        assert_eq!(day("2000-01-01").days_until(day("2400-01-01")), 146_097);
    }
}
