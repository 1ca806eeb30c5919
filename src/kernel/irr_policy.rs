//! Which of several internal rates of return is quoted.

use super::irr::{Crossing, NoIrr, Root};
use rust_decimal::Decimal;

/// Which internal rate of return is quoted where there are several.
///
/// Several rates are no fault of the arithmetic: the value of the flows is zero at each of them, and none alone says
/// whether the project is worth doing. So the default quotes none; the others are what spreadsheets and house rules do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum IrrPolicy {
    /// The one rate there is, and none where there are several.
    #[default]
    Only,
    /// The rate that is nearest to a guess, the lower one of two that are as near: what a spreadsheet with this guess
    /// usually comes across.
    Nearest(Decimal),
    /// The lowest rate that is not below zero: the first at which the value of the flows changes, coming from no interest.
    LowestNotNegative,
    /// The lowest rate.
    Lowest,
    /// The highest rate: beyond it the flow of year 0 decides.
    Highest,
    /// The highest rate at which the value falls below zero, as that of an investment does: the value is positive just
    /// below it.
    HighestFalling,
}

impl IrrPolicy {
    /// Every policy that is a word, and its name in a document; [`Nearest`](Self::Nearest) is written with its guess.
    pub const ALL: [(&'static str, IrrPolicy); 5] = [
        ("only", IrrPolicy::Only),
        ("lowest", IrrPolicy::Lowest),
        ("highest", IrrPolicy::Highest),
        ("lowest_not_negative", IrrPolicy::LowestNotNegative),
        ("highest_falling", IrrPolicy::HighestFalling),
    ];

    /// The rate that is quoted of those that [`irr`](fn@super::irr) or [`xirr`](fn@super::xirr) found.
    ///
    /// **Units**: a fraction a year.
    ///
    /// # Errors
    ///
    /// [`NoIrr::Several`] from [`Only`](Self::Only); [`NoIrr::AllNegative`] from
    /// [`LowestNotNegative`](Self::LowestNotNegative); [`NoIrr::NoRoot`] without a root, or without a falling one.
    ///
    /// # Example
    ///
    /// The flows of numpy issue 14977, for which numpy answered -76.9 % and the reporter expected 185.4 %.
    ///
    /// ```
    /// use appraise::kernel::{IrrPolicy, NoIrr, irr};
    /// use rust_decimal::{Decimal, dec};
    ///
    /// let roots = irr(&[-50, -100, 600, 300, -100].map(Decimal::from))?;
    /// assert_eq!(IrrPolicy::Only.quote(&roots), Err(NoIrr::Several { count: 2 }));
    /// assert_eq!(IrrPolicy::Nearest(dec!(0.1)).quote(&roots)?.round_dp(3), dec!(-0.769));
    /// assert_eq!(IrrPolicy::LowestNotNegative.quote(&roots)?.round_dp(3), dec!(1.854));
    /// # Ok::<(), NoIrr>(())
    /// ```
    pub fn quote(self, roots: &[Root]) -> Result<Decimal, NoIrr> {
        let rates = roots.iter().map(|root| root.rate);
        let found = match self {
            Self::Only => match roots {
                [root] => Some(root.rate),
                [] => None,
                several => return Err(NoIrr::Several { count: several.len() }),
            },
            Self::Nearest(guess) => rates.min_by_key(|rate| {
                let distance = rate.checked_sub(guess).map(|distance| distance.abs());
                (distance.unwrap_or(Decimal::MAX), *rate)
            }),
            Self::LowestNotNegative => {
                let lowest = rates.filter(|rate| *rate >= Decimal::ZERO).min();
                if lowest.is_none() && !roots.is_empty() {
                    return Err(NoIrr::AllNegative);
                }
                lowest
            }
            Self::Lowest => rates.min(),
            Self::Highest => rates.max(),
            Self::HighestFalling => {
                roots.iter().filter(|root| root.crossing == Crossing::Falling).map(|root| root.rate).max()
            }
        };
        found.ok_or(NoIrr::NoRoot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::irr;
    use crate::kernel::testing::{dec, decs};

    #[test]
    fn each_policy() {
        // -87.02 % rising or falling in turn, 8.86 %, 70.96 %
        let roots = irr(&decs("-5 10.5 1 -8 1")).unwrap();
        let of = |policy: IrrPolicy| policy.quote(&roots).map(|rate| rate.round_dp(4));
        assert_eq!(of(IrrPolicy::Only), Err(NoIrr::Several { count: 3 }));
        assert_eq!(of(IrrPolicy::Nearest(dec("0.1"))), Ok(dec("0.0886")));
        assert_eq!(of(IrrPolicy::Nearest(dec("5"))), Ok(dec("0.7096")));
        assert_eq!(of(IrrPolicy::Nearest(Decimal::MIN)), Ok(dec("-0.8702")));
        assert_eq!(of(IrrPolicy::LowestNotNegative), Ok(dec("0.0886")));
        assert_eq!(of(IrrPolicy::Lowest), Ok(dec("-0.8702")));
        assert_eq!(of(IrrPolicy::Highest), Ok(dec("0.7096")));
        assert_eq!(of(IrrPolicy::HighestFalling), Ok(dec("0.7096")));
        let negative = irr(&decs("-100 50")).unwrap();
        assert_eq!(IrrPolicy::LowestNotNegative.quote(&negative), Err(NoIrr::AllNegative));
        let loan = irr(&decs("100 -110")).unwrap();
        assert_eq!(IrrPolicy::HighestFalling.quote(&loan), Err(NoIrr::NoRoot));
        for policy in [IrrPolicy::Only, IrrPolicy::LowestNotNegative, IrrPolicy::Highest] {
            assert_eq!(policy.quote(&[]), Err(NoIrr::NoRoot));
        }
    }
}
