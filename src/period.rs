//! A period of time: a year, half, quarter, month or week, and which longer period it belongs to.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use std::fmt;
use std::str::FromStr;

/// How often something is measured or reviewed.
///
/// The order is by length: a week is less than a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// ISO weeks, Monday to Sunday.
    Week,
    /// Calendar months.
    Month,
    /// Quarters of the fiscal year.
    Quarter,
    /// Halves of the fiscal year.
    Half,
    /// Fiscal years.
    Year,
}

impl Frequency {
    /// Every frequency and its name.
    pub const ALL: [(&'static str, Frequency); 5] = [
        ("week", Frequency::Week),
        ("month", Frequency::Month),
        ("quarter", Frequency::Quarter),
        ("half", Frequency::Half),
        ("year", Frequency::Year),
    ];

    /// The name in a document, in the singular.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, frequency)| *frequency == self).map_or("", |(name, _)| name)
    }

    /// Several of them: what a row of their values runs along.
    pub(crate) fn plural(self) -> &'static str {
        match self {
            Self::Week => "weeks",
            Self::Month => "months",
            Self::Quarter => "quarters",
            Self::Half => "halves",
            Self::Year => "years of the calendar",
        }
    }

    /// How many of them a year has, by whole months; weeks have no fixed number.
    pub(crate) fn a_year(self) -> Option<i32> {
        match self {
            Self::Week => None,
            Self::Month => Some(12),
            Self::Quarter => Some(4),
            Self::Half => Some(2),
            Self::Year => Some(1),
        }
    }
}

/// A year, half, quarter, month or ISO week.
///
/// Written `2025`, `2025-H1`, `2025-Q3`, `2025-07` and `2025-W05`. Years, halves and quarters are those of the
/// [`FiscalYear`]; months and weeks are those of the calendar.
///
/// ```
/// use appraise::{FiscalYear, Frequency, Period};
///
/// let march: Period = "2026-03".parse().unwrap();
/// assert_eq!(march.within(Frequency::Quarter, FiscalYear::CALENDAR).unwrap().to_string(), "2026-Q1");
/// // a fiscal year from April, named after the calendar year in which it ends
/// let april = FiscalYear::starting_in(4).unwrap();
/// assert_eq!(march.within(Frequency::Quarter, april).unwrap().to_string(), "2026-Q4");
/// // a week belongs to the month of its Thursday, as ISO 8601 has it for years
/// let week: Period = "2026-W05".parse().unwrap(); // 26 January to 1 February
/// assert_eq!(week.within(Frequency::Month, april).unwrap().to_string(), "2026-01");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    frequency: Frequency,
    /// Consecutive periods have consecutive numbers.
    ordinal: i32,
}

/// A text that names no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no period")]
pub struct PeriodError {
    /// The text as written.
    pub text: String,
}

impl PeriodError {
    /// What to type instead.
    pub fn help(&self) -> String {
        "write a year, half, quarter, month or week between 1900 and 2200, as in `2025`, `2025-H1`, `2025-Q3`, \
         `2025-07` or `2025-W05`"
            .to_owned()
    }
}

/// When the fiscal year begins, and which calendar year it is named after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYear {
    /// 0 for January to 11.
    months_late: i32,
    named_by: NamedBy,
}

/// Which calendar year a fiscal year is named after, where it touches two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NamedBy {
    /// The year it ends in: April 2025 to March 2026 is 2026.
    #[default]
    End,
    /// The year it starts in: April 2025 to March 2026 is 2025.
    Start,
}

impl NamedBy {
    /// Both and their names in a document.
    pub const ALL: [(&'static str, NamedBy); 2] = [("end", NamedBy::End), ("start", NamedBy::Start)];
}

impl Default for FiscalYear {
    fn default() -> Self {
        Self::CALENDAR
    }
}

impl FiscalYear {
    /// January to December.
    pub const CALENDAR: FiscalYear = FiscalYear { months_late: 0, named_by: NamedBy::End };

    /// A fiscal year that starts in that month, 1 for January; named after the calendar year it ends in.
    pub fn starting_in(month: u8) -> Option<Self> {
        let months_late = i32::from(month).checked_sub(1)?;
        (0..12).contains(&months_late).then_some(Self { months_late, named_by: NamedBy::End })
    }

    /// The same, named otherwise.
    #[must_use]
    pub fn named_by(self, named_by: NamedBy) -> Self {
        Self { named_by, ..self }
    }

    /// Which of two calendar years it is called after.
    pub(crate) fn is_named_by(self) -> NamedBy {
        self.named_by
    }

    /// The month it starts in, 1 for January.
    pub fn first_month(self) -> u8 {
        u8::try_from(self.months_late.saturating_add(1)).unwrap_or(1)
    }

    /// How far months counted along fiscal years are ahead of those counted along calendar years.
    fn shift(self) -> i32 {
        match self.named_by {
            NamedBy::End if self.months_late > 0 => 12_i32.saturating_sub(self.months_late),
            _ => self.months_late.saturating_neg(),
        }
    }
}

/// Years that a period may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

impl Period {
    /// How long it is.
    pub fn frequency(self) -> Frequency {
        self.frequency
    }

    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        Self { ordinal: self.ordinal.saturating_add(1), ..self }
    }

    /// The one so many periods later; earlier where the number is negative.
    #[must_use]
    pub fn after(self, periods: i32) -> Self {
        Self { ordinal: self.ordinal.saturating_add(periods), ..self }
    }

    /// The one before.
    #[must_use]
    pub fn before(self) -> Self {
        Self { ordinal: self.ordinal.saturating_sub(1), ..self }
    }

    /// The year in its name.
    pub fn year(self) -> i32 {
        match self.frequency.a_year() {
            Some(parts) => self.ordinal.checked_div_euclid(parts).unwrap_or(0),
            None => self.monday().map_or(0, |monday| i32::from(monday.iso_week_date().year())),
        }
    }

    /// How many periods of its own length lie between an earlier one and this one; `None` for another length.
    pub fn since(self, earlier: Self) -> Option<i32> {
        (self.frequency == earlier.frequency).then(|| self.ordinal.saturating_sub(earlier.ordinal))
    }

    /// The same period of the year before; `None` for a week 53 that the year before does not have.
    pub fn a_year_before(self) -> Option<Self> {
        if let Some(a_year) = self.frequency.a_year() {
            return Some(Self { ordinal: self.ordinal.saturating_sub(a_year), ..self });
        }
        let week = self.monday()?.iso_week_date();
        let before = ISOWeekDate::new(week.year().checked_sub(1)?, week.week(), Weekday::Monday).ok()?;
        Self::of_monday(before.date())
    }

    /// The period of that length that it belongs to, or itself; `None` where that is shorter.
    pub fn within(self, longer: Frequency, fiscal: FiscalYear) -> Option<Self> {
        if self.frequency == longer {
            return Some(self);
        }
        let ordinal = match (self.frequency, longer) {
            (Frequency::Week, Frequency::Month) => self.month_of_week()?,
            (Frequency::Week | Frequency::Month, _) => {
                let month = if self.frequency == Frequency::Week { self.month_of_week()? } else { self.ordinal };
                let months = 12_i32.checked_div(longer.a_year()?)?;
                month.checked_add(fiscal.shift())?.checked_div_euclid(months)?
            }
            (shorter, longer) if shorter < longer => {
                let parts = shorter.a_year()?.checked_div(longer.a_year()?)?;
                self.ordinal.checked_div_euclid(parts)?
            }
            _ => return None,
        };
        Some(Self { frequency: longer, ordinal })
    }

    /// The first period of a shorter length that belongs to it; itself where the length is its own.
    pub fn first(self, shorter: Frequency, fiscal: FiscalYear) -> Option<Self> {
        if self.frequency == shorter {
            return Some(self);
        }
        let ordinal = match (self.frequency, shorter) {
            (Frequency::Month, Frequency::Week) => return Self::first_week(self.ordinal),
            (longer, Frequency::Week | Frequency::Month) if longer > shorter => {
                let months = 12_i32.checked_div(longer.a_year()?)?;
                let month = self.ordinal.checked_mul(months)?.checked_sub(fiscal.shift())?;
                if shorter == Frequency::Week {
                    return Self::first_week(month);
                }
                month
            }
            (longer, shorter) if longer > shorter => {
                self.ordinal.checked_mul(shorter.a_year()?.checked_div(longer.a_year()?)?)?
            }
            _ => return None,
        };
        Some(Self { frequency: shorter, ordinal })
    }

    /// The number of the calendar month that the Thursday of a week lies in.
    fn month_of_week(self) -> Option<i32> {
        let thursday = self.monday()?.checked_add(jiff::Span::new().days(3)).ok()?;
        i32::from(thursday.year()).checked_mul(12)?.checked_add(i32::from(thursday.month()).checked_sub(1)?)
    }

    /// The first week whose Thursday lies in a calendar month.
    fn first_week(month: i32) -> Option<Self> {
        let year = i16::try_from(month.checked_div_euclid(12)?).ok()?;
        let number = i8::try_from(month.checked_rem_euclid(12)?.checked_add(1)?).ok()?;
        let first = Date::new(year, number, 1).ok()?;
        let week = Self::of_monday(first.iso_week_date().first_of_week().ok()?.date())?;
        Some(if week.month_of_week()? < month { week.next() } else { week })
    }

    fn monday(self) -> Option<Date> {
        epoch()?.checked_add(jiff::Span::new().try_weeks(i64::from(self.ordinal)).ok()?).ok()
    }

    fn of_monday(monday: Date) -> Option<Self> {
        let days = epoch()?.until(monday).ok()?.get_days();
        Some(Self { frequency: Frequency::Week, ordinal: days.checked_div_euclid(7)? })
    }
}

/// A Monday.
fn epoch() -> Option<Date> {
    Date::new(1900, 1, 1).ok()
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.frequency.a_year().unwrap_or(1);
        let year = self.ordinal.checked_div_euclid(parts).unwrap_or(0);
        let part = self.ordinal.checked_rem_euclid(parts).unwrap_or(0).saturating_add(1);
        match self.frequency {
            Frequency::Year => write!(f, "{year}"),
            Frequency::Half => write!(f, "{year}-H{part}"),
            Frequency::Quarter => write!(f, "{year}-Q{part}"),
            Frequency::Month => write!(f, "{year}-{part:02}"),
            Frequency::Week => match self.monday().map(Date::iso_week_date) {
                Some(week) => write!(f, "{}-W{:02}", week.year(), week.week()),
                None => f.write_str("?"),
            },
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        read(text.trim()).ok_or_else(|| PeriodError { text: text.to_owned() })
    }
}

fn read(text: &str) -> Option<Period> {
    let (year, part) = match text.split_once('-') {
        Some((year, part)) => (year, Some(part)),
        // `2025Q3`
        None => match text.find(|c: char| !c.is_ascii_digit()) {
            Some(end) => (text.get(..end)?, Some(text.get(end..)?)),
            None => (text, None),
        },
    };
    let year = whole(year, 4)?;
    if !YEARS.contains(&year) {
        return None;
    }
    let Some(part) = part else { return Some(Period { frequency: Frequency::Year, ordinal: year }) };
    let (frequency, digits) = match part.chars().next()? {
        'H' | 'h' => (Frequency::Half, part.get(1..)?),
        'Q' | 'q' => (Frequency::Quarter, part.get(1..)?),
        'W' | 'w' => (Frequency::Week, part.get(1..)?),
        _ => (Frequency::Month, part),
    };
    let length = if matches!(frequency, Frequency::Half | Frequency::Quarter) { 1 } else { 2 };
    let part = whole(digits, length)?;
    let Some(parts) = frequency.a_year() else {
        let week = ISOWeekDate::new(i16::try_from(year).ok()?, i8::try_from(part).ok()?, Weekday::Monday).ok()?;
        return Period::of_monday(week.date());
    };
    let ordinal = year.checked_mul(parts)?.checked_add(part)?.checked_sub(1)?;
    (1..=parts).contains(&part).then_some(Period { frequency, ordinal })
}

/// Digits of exactly that number.
fn whole(digits: &str, length: usize) -> Option<i32> {
    let plain = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn periods_are_read_as_they_are_written() {
        for text in ["2025", "2025-H2", "2025-Q4", "2025-07", "2025-12", "2026-W01", "2026-W53", "1900-W01"] {
            assert_eq!(period(text).to_string(), text);
        }
        assert_eq!(period("2025q3").to_string(), "2025-Q3");
        for text in [
            "",
            "25",
            "2025-",
            "2025-Q5",
            "2025-Q0",
            "2025-13",
            "2025-7",
            "2025-W54",
            "2025-W53",
            "2025-H3",
            "1899",
            "２０２５",
            "2025-Q1-1",
        ] {
            assert_eq!(text.parse::<Period>(), Err(PeriodError { text: text.to_owned() }));
        }
    }

    #[test]
    fn shorter_periods_belong_to_longer_ones() {
        let belongs = |text: &str, longer, fiscal| period(text).within(longer, fiscal).map(|p| p.to_string());
        let calendar = FiscalYear::CALENDAR;
        assert_eq!(belongs("2025-07", Frequency::Quarter, calendar).as_deref(), Some("2025-Q3"));
        assert_eq!(belongs("2025-Q3", Frequency::Half, calendar).as_deref(), Some("2025-H2"));
        assert_eq!(belongs("2025-Q3", Frequency::Year, calendar).as_deref(), Some("2025"));
        assert_eq!(belongs("2025-Q3", Frequency::Month, calendar), None);
        // 29 December 2025 to 4 January 2026: the Thursday is New Year's Day
        assert_eq!(belongs("2026-W01", Frequency::Month, calendar).as_deref(), Some("2026-01"));
        assert_eq!(belongs("2026-W01", Frequency::Year, calendar).as_deref(), Some("2026"));
        // 30 March to 5 April: the Thursday is 2 April
        assert_eq!(belongs("2026-W14", Frequency::Quarter, calendar).as_deref(), Some("2026-Q2"));
        let april = FiscalYear::starting_in(4).unwrap();
        for (month, by_end, by_start) in
            [("2025-03", "2025-Q4", "2024-Q4"), ("2025-04", "2026-Q1", "2025-Q1"), ("2025-12", "2026-Q3", "2025-Q3")]
        {
            assert_eq!(belongs(month, Frequency::Quarter, april).as_deref(), Some(by_end));
            assert_eq!(belongs(month, Frequency::Quarter, april.named_by(NamedBy::Start)).as_deref(), Some(by_start));
        }
    }

    #[test]
    fn the_first_part_of_a_period_belongs_to_it_and_the_one_before_does_not() {
        let fiscal_years = [1, 2, 4, 7, 10, 12].map(|month| FiscalYear::starting_in(month).unwrap());
        for fiscal in fiscal_years.into_iter().chain(fiscal_years.map(|year| year.named_by(NamedBy::Start))) {
            for text in ["2024", "2025-H2", "2025-Q1", "2026-Q4", "2026-01", "2027-12", "2026"] {
                let whole = period(text);
                for (_, shorter) in Frequency::ALL.into_iter().filter(|(_, f)| *f < whole.frequency()) {
                    let first = whole.first(shorter, fiscal).unwrap();
                    let before = Period { ordinal: first.ordinal - 1, ..first };
                    assert_eq!(first.within(whole.frequency(), fiscal), Some(whole), "{first} {fiscal:?}");
                    assert_eq!(before.next(), first);
                    let other = before.within(whole.frequency(), fiscal).unwrap();
                    assert_eq!(other.next(), whole, "{before} {fiscal:?}");
                }
            }
        }
    }

    #[test]
    fn a_year_before_is_the_same_part_of_the_year_before() {
        for (text, before) in [
            ("2025", "2024"),
            ("2025-H1", "2024-H1"),
            ("2025-Q1", "2024-Q1"),
            ("2025-01", "2024-01"),
            ("2025-W07", "2024-W07"),
        ] {
            assert_eq!(period(text).a_year_before(), Some(period(before)));
        }
        // 2026 has a week 53, 2025 has none
        assert_eq!(period("2026-W53").a_year_before(), None);
        assert_eq!(period("2026-Q1").since(period("2024-Q3")), Some(6));
        assert_eq!(period("2026").since(period("2024-Q3")), None);
    }
}
