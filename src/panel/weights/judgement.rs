//! A judgement of a pair: how many times one criterion matters as much as another, exactly as typed.

use crate::kernel::ahp::VERBAL_SCALE;
use crate::nearest::did_you_mean;
use rust_decimal::Decimal;
use std::fmt;
use std::str::FromStr;

/// Why a text or a ratio is no judgement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JudgementError {
    /// No number, no ratio and no word of the scale.
    #[error("`{text}` is no judgement")]
    Unknown {
        /// The text as written.
        text: String,
        /// The word of the scale nearest to it.
        nearest: Option<&'static str>,
    },
    /// A number that is too long to be kept as typed.
    #[error("`{text}` has more than six decimals")]
    TooLong {
        /// The judgement as written.
        text: String,
    },
    /// A ratio of numbers that are too large to be kept as typed.
    #[error("`{text}` is a ratio of numbers above a million")]
    TooLarge {
        /// The judgement as written.
        text: String,
    },
    /// Beyond the scale.
    #[error("a judgement of {text} is not between 1/9 and 9")]
    OutOfRange {
        /// The judgement as written.
        text: String,
    },
}

impl JudgementError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Unknown { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::Unknown { .. } => {
                "write 1 to 9, a ratio such as `1/5`, or a word: equal, moderate, strong, very_strong, extreme".into()
            }
            Self::TooLong { .. } | Self::TooLarge { .. } => "write a ratio, as in `1/3`, or fewer digits".to_owned(),
            Self::OutOfRange { .. } => {
                "9 is the most that one criterion can matter more than another; split a group whose members differ more"
                    .into()
            }
        })
    }
}

/// How many times one criterion matters as much as another: 1/9 to 9, kept as the ratio that was typed.
///
/// So `1/3` is a third and its reciprocal is exactly 3, which no decimal number of any length achieves.
///
/// **Units**: a plain ratio; 1 is equal importance.
///
/// ```
/// use appraise::panel::Judgement;
/// use rust_decimal::dec;
///
/// let third: Judgement = "1/3".parse()?;
/// assert_eq!(third.reciprocal().value(), dec!(3));
/// assert_eq!("strong".parse::<Judgement>()?.value(), dec!(5));
/// assert_eq!("5/2".parse::<Judgement>()?, Judgement::new(dec!(2.5), dec!(1))?);
/// assert!("10".parse::<Judgement>().is_err());
/// # Ok::<(), appraise::panel::JudgementError>(())
/// ```
#[derive(Debug, Clone, Copy, Eq)]
pub struct Judgement {
    // INVARIANT: both positive, at most 10^6 with 6 decimals, and within a factor of nine of each other
    over: Decimal,
    under: Decimal,
}

/// Larger parts of a ratio have no use, and their products would not stay exact.
const LARGEST_PART: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

impl Judgement {
    /// Equal importance.
    pub const EQUAL: Self = Self { over: Decimal::ONE, under: Decimal::ONE };

    /// The ratio of two positive numbers.
    ///
    /// # Errors
    ///
    /// [`JudgementError::OutOfRange`] where it is not between 1/9 and 9; [`JudgementError::Unknown`] for parts that are
    /// not positive; [`JudgementError::TooLarge`] for parts above a million; [`JudgementError::TooLong`] for more than six
    /// decimals.
    pub fn new(over: Decimal, under: Decimal) -> Result<Self, JudgementError> {
        Self::checked(over, under, || Self { over, under }.to_string())
    }

    fn checked(over: Decimal, under: Decimal, text: impl Fn() -> String) -> Result<Self, JudgementError> {
        let (over, under) = (over.normalize(), under.normalize());
        if over <= Decimal::ZERO || under <= Decimal::ZERO {
            return Err(JudgementError::Unknown { text: text(), nearest: None });
        }
        let nine = |part: Decimal| part.checked_mul(Decimal::from(9)).unwrap_or(Decimal::MAX);
        if over > nine(under) || under > nine(over) {
            return Err(JudgementError::OutOfRange { text: text() });
        }
        if over.max(under) > LARGEST_PART {
            return Err(JudgementError::TooLarge { text: text() });
        }
        if over.scale().max(under.scale()) > 6 {
            return Err(JudgementError::TooLong { text: text() });
        }
        Ok(Self { over, under })
    }

    /// How many times, as a decimal number.
    pub fn value(self) -> Decimal {
        self.over.checked_div(self.under).unwrap_or(Decimal::ONE)
    }

    /// The same judgement seen from the other criterion.
    #[must_use]
    pub fn reciprocal(self) -> Self {
        Self { over: self.under, under: self.over }
    }

    /// Whether the first criterion matters less than the second.
    pub(super) fn is_below_one(self) -> bool {
        self.over < self.under
    }
}

impl PartialEq for Judgement {
    fn eq(&self, other: &Self) -> bool {
        // parts of at most a million with six decimals have exact products
        self.over.checked_mul(other.under) == self.under.checked_mul(other.over)
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.over.normalize())?;
        if self.under == Decimal::ONE { Ok(()) } else { write!(f, "/{}", self.under.normalize()) }
    }
}

impl FromStr for Judgement {
    type Err = JudgementError;

    /// `3`, `1/5`, `5/2`, `2.5`, or a word of Saaty's verbal scale.
    fn from_str(text: &str) -> Result<Self, JudgementError> {
        let trimmed = text.trim();
        let number = |part: &str| Decimal::from_str_exact(part.trim()).ok();
        let parts = match trimmed.split_once('/') {
            Some((over, under)) => number(over).zip(number(under)),
            None => number(trimmed).map(|over| (over, Decimal::ONE)),
        };
        if let Some((over, under)) = parts {
            return Self::checked(over, under, || trimmed.to_owned());
        }
        let word = trimmed.to_lowercase().replace([' ', '-'], "_");
        match VERBAL_SCALE.iter().find(|(known, _)| *known == word) {
            Some((_, value)) => Ok(Self { over: Decimal::from(*value), under: Decimal::ONE }),
            None => {
                let known = VERBAL_SCALE.iter().map(|(known, _)| *known);
                Err(JudgementError::Unknown { text: trimmed.to_owned(), nearest: did_you_mean(&word, known) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    #[test]
    fn ratios_are_kept_as_typed() {
        for (text, value) in [("3", dec!(3)), ("1/5", dec!(0.2)), ("5 / 2", dec!(2.5)), ("2.50", dec!(2.5))] {
            let judgement: Judgement = text.parse().unwrap();
            assert_eq!(judgement.value(), value, "{text}");
            assert_eq!(judgement.reciprocal().reciprocal(), judgement);
        }
        assert_eq!("1/3".parse::<Judgement>().unwrap().reciprocal(), "3".parse().unwrap());
        assert_ne!("0.333".parse::<Judgement>().unwrap().reciprocal(), "3".parse().unwrap());
        assert_eq!("2/7".parse::<Judgement>().unwrap().to_string(), "2/7");
    }

    #[test]
    fn the_scale_ends_at_nine() {
        for text in ["9", "1/9", "18/2", "Very strong", "equal-to-moderate"] {
            assert!(text.parse::<Judgement>().is_ok(), "{text}");
        }
        for text in ["9.01", "1/10", "0.1", "1000000", "1000001", "9.0000001", "79228162514264337593543950335"] {
            assert!(matches!(text.parse::<Judgement>(), Err(JudgementError::OutOfRange { .. })), "{text}");
        }
        for text in ["0", "-3", "1/0", "", "much", "1/2/3"] {
            assert!(matches!(text.parse::<Judgement>(), Err(JudgementError::Unknown { .. })), "{text}");
        }
        for text in ["0.33333333", "8.9999999", "1/3.0000001"] {
            assert!(matches!(text.parse::<Judgement>(), Err(JudgementError::TooLong { .. })), "{text}");
        }
        assert!(matches!("1000001/1000001".parse::<Judgement>(), Err(JudgementError::TooLarge { .. })));
        let error = "stong".parse::<Judgement>().unwrap_err();
        assert_eq!(error.help().as_deref(), Some("did you mean `strong`?"));
    }
}
