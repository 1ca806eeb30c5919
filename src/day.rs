//! A day of the calendar, as due dates are written.

use jiff::civil::Date;
use rust_decimal::Decimal;
use std::fmt;
use std::str::FromStr;

/// A text that is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a day")]
pub struct DayError {
    /// The text as written.
    pub text: String,
}

impl DayError {
    /// What to type instead.
    pub fn help(&self) -> String {
        "write year, month and day, as in `2026-03-31`".to_owned()
    }
}

/// A day of the Gregorian calendar. Later days are greater.
///
/// ```
/// use appraise::scorecard::Day;
///
/// let due: Day = "2026-03-31".parse()?;
/// assert!(due < "2026-04-01".parse()?);
/// assert!("2026-02-30".parse::<Day>().is_err());
/// assert_eq!(due.to_string(), "2026-03-31");
/// # Ok::<(), appraise::scorecard::DayError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    // INVARIANT: of a year from 1 to 9999.
    date: Date,
}

impl Day {
    /// A day, where the calendar has it; years from 1 to 9999.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let number = |number: u8| i8::try_from(number).ok();
        let date = Date::new(i16::try_from(year).ok()?, number(month)?, number(day)?).ok()?;
        (date.year() > 0).then_some(Self { date })
    }

    /// The year.
    pub fn year(self) -> i32 {
        i32::from(self.date.year())
    }

    /// The month, from 1 to 12.
    pub fn month(self) -> i32 {
        i32::from(self.date.month())
    }

    /// The day of the month, from 1 to 31.
    pub fn of_month(self) -> i32 {
        i32::from(self.date.day())
    }

    /// The day of the year, from 1 to 366.
    pub fn of_year(self) -> i32 {
        i32::from(self.date.day_of_year())
    }

    /// Whether the year of this day has 366 days.
    pub fn is_in_leap_year(self) -> bool {
        self.date.in_leap_year()
    }

    /// Whether the month ends with this day.
    pub fn is_last_of_month(self) -> bool {
        self.date.day() == self.date.days_in_month()
    }

    /// Days from this day to another: below 0 where the other one is earlier.
    ///
    /// ```
    /// use appraise::Day;
    ///
    /// let day = |text: &str| text.parse::<Day>();
    /// assert_eq!(day("2024-02-28")?.days_until(day("2024-03-01")?), 2);
    /// # Ok::<(), appraise::DayError>(())
    /// ```
    pub fn days_until(self, other: Self) -> i32 {
        // The days of a year before it, counted from the year 0, which has 366.
        let number = |day: Self| {
            let before = day.year() - 1;
            before * 365 + before / 4 - before / 100 + before / 400 + day.of_year()
        };
        number(other) - number(self)
    }

    /// The number whose digits are the day: 20260331. Numbers of later days are greater.
    pub fn digits(self) -> Decimal {
        let (year, month, day) =
            (i32::from(self.date.year()), i32::from(self.date.month()), i32::from(self.date.day()));
        Decimal::from(year * 10_000 + month * 100 + day)
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let mut parts = text.split('-').map(|part| part.bytes().all(|byte| byte.is_ascii_digit()).then_some(part));
        let mut next = |length: usize| parts.next().flatten().filter(|part| part.len() == length);
        let mut read = || {
            let year = next(4)?.parse().ok()?;
            let (month, day) = (next(2)?.parse().ok()?, next(2)?.parse().ok()?);
            Self::new(year, month, day)
        };
        read().filter(|_| text.len() == 10).ok_or_else(|| DayError { text: text.to_owned() })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.date, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_calendar() {
        for text in ["2026-03-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        assert_eq!("2026-03-31".parse::<Day>().unwrap().digits(), Decimal::from(20_260_331));
    }

    #[test]
    fn what_is_no_day() {
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "0000-01-01",
            "26-01-01",
            "2026-1-1",
            "2026/01/01",
            "2026-01-01 ",
            "2026-01-01-01",
            "",
            "soon",
            "2026-+1-01",
            "２０２６-01-01",
        ] {
            let error = text.parse::<Day>().unwrap_err();
            assert_eq!(error.to_string(), format!("`{text}` is not a day"));
        }
    }
}
