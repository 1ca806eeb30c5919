//! A loan: what is paid in each period, how much of it is interest, and what is still owed.

use rust_decimal::Decimal;

use super::places::places;
use super::{Due, TimeValueError, level_payment, present_value};

/// How a loan is repaid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repayment {
    /// Payments of the same size, of which less and less is interest: an annuity loan.
    Level {
        /// What is left for one payment at the end of the last period; 0 where the payments repay everything.
        balloon: Decimal,
    },
    /// The same part of the amount in each period, and interest on what is still owed: payments fall.
    EqualPrincipal {
        /// What is left for one payment at the end of the last period; 0 where the payments repay everything.
        balloon: Decimal,
    },
    /// Interest alone, and the whole amount at the end of the last period.
    InterestOnly,
}

/// Why there is no such loan, or no such period of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoanError {
    /// What is lent is written positive.
    #[error("the amount of a loan is negative")]
    NegativeAmount,
    /// At -100 % or less nothing is paid back.
    #[error("the rate is not above -100 %")]
    RateTooLow,
    /// A loan is repaid in one period at least.
    #[error("a loan over no period")]
    NoPeriods,
    /// What is left at the end is a part of the amount.
    #[error("the balloon is not between nothing and the amount of the loan")]
    Balloon,
    /// Periods are counted from 1.
    #[error("the loan has no period {period}: it runs over {periods}, the first of which is 1")]
    NoSuchPeriod {
        /// What was asked for.
        period: u32,
        /// How many there are.
        periods: u32,
    },
    /// A schedule has a row for each period.
    #[error("a schedule of {rows} rows for a loan over {periods} periods")]
    Rows {
        /// How many there are room for.
        rows: usize,
        /// How many there are.
        periods: u32,
    },
    /// A value on the way does not fit 28 digits.
    #[error("a value does not fit a decimal number of 28 digits")]
    Overflow,
}

impl From<TimeValueError> for LoanError {
    fn from(error: TimeValueError) -> Self {
        match error {
            TimeValueError::RateTooLow => Self::RateTooLow,
            TimeValueError::NoPeriods | TimeValueError::NegativePeriods => Self::NoPeriods,
            TimeValueError::NeverReached | TimeValueError::Overflow => Self::Overflow,
        }
    }
}

/// What is paid at the end of one period of a loan.
///
/// The payment is the interest and the principal together, to the last digit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Instalment {
    /// What the lender receives.
    pub payment: Decimal,
    /// The part of it that is the price of what was owed during the period.
    pub interest: Decimal,
    /// The part of it that repays, a balloon included.
    pub principal: Decimal,
    /// What is still owed after it.
    pub balance: Decimal,
}

/// A loan that is paid out today and repaid at the end of each of the coming periods.
///
/// **Formula**: with `b(k)` what is owed after period `k`, `interest(k) = rate x b(k - 1)`,
/// `principal(k) = b(k - 1) - b(k)`, and `payment(k) = interest(k) + principal(k)`. `b(0)` is the amount, and nothing is
/// owed after the last period. Between them, over `n` periods:
///
/// - [`Level`](Repayment::Level): `b(k) = payment x annuity factor(n - k) + balloon / (1 + rate)^(n - k)`, with
///   `payment` from [`level_payment`]. Looking ahead in this way cancels no digits, as looking back does.
/// - [`EqualPrincipal`](Repayment::EqualPrincipal): `b(k) = amount - (amount - balloon) x k / n`.
/// - [`InterestOnly`](Repayment::InterestOnly): `b(k) = amount`.
///
/// All amounts of a loan have the same number of decimal places, so that the principals add up to the amount to the
/// last digit. Nothing is rounded to cents.
///
/// **Units**: the rate is a fraction a period, so 8 % a year is `0.08 / 12` a month where the contract states a nominal
/// rate, and [`periodic_rate`](super::periodic_rate) where it states an effective one.
///
/// **Spreadsheets**: [`ipmt`](super::spreadsheet::ipmt), [`ppmt`](super::spreadsheet::ppmt) and their sums, which are
/// negative there.
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 2; the figures of the examples are those of the
/// documentation of `IPMT`, `PPMT`, `CUMIPMT` and `CUMPRINC` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Instalment, Loan, Repayment};
/// use rust_decimal::{Decimal, dec};
///
/// // 8,000 for three years at 10 % a year
/// let loan = Loan::new(dec!(8_000), dec!(0.1), 3, Repayment::Level { balloon: Decimal::ZERO })?;
/// let mut schedule = [Instalment::default(); 3];
/// loan.schedule(&mut schedule)?;
/// assert_eq!(schedule[2].interest.round_dp(2), dec!(292.45));
/// assert_eq!(schedule[2].balance, Decimal::ZERO);
/// assert_eq!(schedule.iter().map(|row| row.principal).sum::<Decimal>(), dec!(8_000));
/// # Ok::<(), appraise::kernel::LoanError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loan {
    amount: Decimal,
    rate: Decimal,
    periods: u32,
    repayment: Repayment,
    balloon: Decimal,
    /// The payment of a level loan; what is repaid a period otherwise.
    regular: Decimal,
    places: u32,
}

impl Loan {
    /// The loan of an amount at a rate a period, repaid over so many periods.
    ///
    /// # Errors
    ///
    /// [`LoanError::NegativeAmount`], [`LoanError::RateTooLow`] unless `rate` > -1, [`LoanError::NoPeriods`],
    /// [`LoanError::Balloon`] unless it is between 0 and the amount, [`LoanError::Overflow`].
    pub fn new(amount: Decimal, rate: Decimal, periods: u32, repayment: Repayment) -> Result<Self, LoanError> {
        if amount < Decimal::ZERO {
            return Err(LoanError::NegativeAmount);
        }
        let balloon = match repayment {
            Repayment::Level { balloon } | Repayment::EqualPrincipal { balloon } => balloon,
            Repayment::InterestOnly => amount,
        };
        let number = Decimal::from(periods);
        let regular = level_payment(rate, number, amount, balloon, Due::End)?;
        if balloon < Decimal::ZERO || balloon > amount {
            return Err(LoanError::Balloon);
        }
        let (regular, largest) = match repayment {
            Repayment::Level { .. } => (regular, regular.checked_add(balloon)),
            Repayment::EqualPrincipal { .. } | Repayment::InterestOnly => {
                let repaid = amount.checked_sub(balloon).and_then(|repaid| repaid.checked_div(number));
                let interest = amount.checked_mul(rate);
                (repaid.ok_or(LoanError::Overflow)?, interest.and_then(|interest| interest.checked_add(amount)))
            }
        };
        let places = places(largest.ok_or(LoanError::Overflow)?.max(amount));
        Ok(Self { amount, rate, periods, repayment, balloon, regular, places })
    }

    /// Over how many periods the loan runs.
    pub fn periods(&self) -> u32 {
        self.periods
    }

    /// What is owed after so many periods: the amount at 0, and nothing after the last.
    ///
    /// # Errors
    ///
    /// [`LoanError::NoSuchPeriod`] beyond the last one, [`LoanError::Overflow`].
    pub fn balance(&self, after: u32) -> Result<Decimal, LoanError> {
        if after == self.periods {
            return Ok(Decimal::ZERO);
        }
        self.before_balloon(after)
    }

    /// The same, but for the last period the balloon.
    fn before_balloon(&self, after: u32) -> Result<Decimal, LoanError> {
        let no_such_period = LoanError::NoSuchPeriod { period: after, periods: self.periods };
        let ahead = Decimal::from(self.periods.checked_sub(after).ok_or(no_such_period)?);
        if after == 0 {
            return Ok(self.amount);
        }
        let balance = match self.repayment {
            Repayment::Level { .. } => present_value(self.rate, ahead, self.regular, self.balloon, Due::End)?,
            Repayment::EqualPrincipal { .. } => {
                let ahead = self.regular.checked_mul(ahead).and_then(|ahead| ahead.checked_add(self.balloon));
                ahead.ok_or(LoanError::Overflow)?
            }
            Repayment::InterestOnly => self.amount,
        };
        Ok(balance.round_dp(self.places))
    }

    /// What is paid at the end of a period, the first of which is 1.
    ///
    /// # Errors
    ///
    /// [`LoanError::NoSuchPeriod`], [`LoanError::Overflow`].
    ///
    /// # Example
    ///
    /// ```
    /// use appraise::kernel::{Loan, Repayment};
    /// use rust_decimal::dec;
    ///
    /// // 2,000 for two years at 10 % a year, paid back by month
    /// let monthly = dec!(0.1).checked_div(dec!(12)).unwrap();
    /// let loan = Loan::new(dec!(2_000), monthly, 24, Repayment::Level { balloon: dec!(0) })?;
    /// assert_eq!(loan.instalment(1)?.principal.round_dp(2), dec!(75.62));
    /// # Ok::<(), appraise::kernel::LoanError>(())
    /// ```
    pub fn instalment(&self, period: u32) -> Result<Instalment, LoanError> {
        let before = period.checked_sub(1).ok_or(LoanError::NoSuchPeriod { period, periods: self.periods })?;
        self.paid(self.balance(before)?, self.balance(period)?)
    }

    fn paid(&self, before: Decimal, balance: Decimal) -> Result<Instalment, LoanError> {
        let paid = || {
            let principal = before.checked_sub(balance)?;
            let interest = before.checked_mul(self.rate)?.round_dp(self.places);
            Some(Instalment { payment: interest.checked_add(principal)?, interest, principal, balance })
        };
        paid().ok_or(LoanError::Overflow)
    }

    /// What is paid at the end of each period, one row a period.
    ///
    /// # Errors
    ///
    /// [`LoanError::Rows`] unless there is a row for each period, [`LoanError::Overflow`].
    pub fn schedule(&self, rows: &mut [Instalment]) -> Result<(), LoanError> {
        if u32::try_from(rows.len()) != Ok(self.periods) {
            return Err(LoanError::Rows { rows: rows.len(), periods: self.periods });
        }
        let mut before = self.amount;
        for (row, period) in rows.iter_mut().zip(1..) {
            *row = self.paid(before, self.balance(period)?)?;
            before = row.balance;
        }
        Ok(())
    }

    /// What is repaid from one period to another, both included.
    ///
    /// # Errors
    ///
    /// [`LoanError::NoSuchPeriod`], also where the first comes after the last; [`LoanError::Overflow`].
    pub fn principal_between(&self, first: u32, last: u32) -> Result<Decimal, LoanError> {
        let before = self.before(first, last)?;
        self.balance(before)?.checked_sub(self.balance(last)?).ok_or(LoanError::Overflow)
    }

    /// The interest from one period to another, both included.
    ///
    /// It is computed from what is owed before and after, and does not take longer for more periods. A sum over the
    /// schedule differs from it in the last digits.
    ///
    /// **Formula**: all payments less all principals; at equal principals the rate on the mean of the first and the last
    /// balance, times the periods.
    ///
    /// # Errors
    ///
    /// As [`principal_between`](Self::principal_between).
    ///
    /// # Example
    ///
    /// ```
    /// use appraise::kernel::{Loan, Repayment};
    /// use rust_decimal::dec;
    ///
    /// // 125,000 for thirty years at 9 % a year: the second year
    /// let loan = Loan::new(dec!(125_000), dec!(0.0075), 360, Repayment::Level { balloon: dec!(0) })?;
    /// assert_eq!(loan.interest_between(13, 24)?.round_dp(5), dec!(11_135.23213));
    /// assert_eq!(loan.principal_between(13, 24)?.round_dp(6), dec!(934.107123));
    /// # Ok::<(), appraise::kernel::LoanError>(())
    /// ```
    pub fn interest_between(&self, first: u32, last: u32) -> Result<Decimal, LoanError> {
        let before = self.before(first, last)?;
        let count = Decimal::from(last.saturating_sub(before));
        let start = self.before_balloon(before)?;
        let sum = match self.repayment {
            Repayment::Level { .. } => {
                let repaid = start.checked_sub(self.before_balloon(last)?);
                let paid = self.regular.checked_mul(count);
                paid.and_then(|paid| paid.checked_sub(repaid?))
            }
            Repayment::EqualPrincipal { .. } | Repayment::InterestOnly => {
                let end = self.before_balloon(last.saturating_sub(1))?;
                let mean = || start.checked_add(end)?.checked_div(Decimal::TWO);
                mean().and_then(|mean| mean.checked_mul(self.rate)?.checked_mul(count))
            }
        };
        Ok(sum.ok_or(LoanError::Overflow)?.round_dp(self.places))
    }

    /// The period before the first of a range.
    fn before(&self, first: u32, last: u32) -> Result<u32, LoanError> {
        let no_such = |period| LoanError::NoSuchPeriod { period, periods: self.periods };
        let before = first.checked_sub(1).ok_or(no_such(first))?;
        if last > self.periods {
            return Err(no_such(last));
        }
        if before < last { Ok(before) } else { Err(no_such(first)) }
    }

    /// How often the yearly payment of interest and principal is earned: the debt service coverage ratio.
    ///
    /// **Formula**: `available / payment` of the period.
    ///
    /// # Errors
    ///
    /// [`LoanError::NoSuchPeriod`], and [`LoanError::Overflow`] where nothing is paid in the period.
    ///
    /// # Example
    ///
    /// ```
    /// use appraise::kernel::{Loan, Repayment};
    /// use rust_decimal::dec;
    ///
    /// let loan = Loan::new(dec!(1_000), dec!(0.1), 2, Repayment::EqualPrincipal { balloon: dec!(0) })?;
    /// assert_eq!(loan.coverage(1, dec!(900))?, dec!(1.5)); // 500 and interest of 100
    /// # Ok::<(), appraise::kernel::LoanError>(())
    /// ```
    pub fn coverage(&self, period: u32, available: Decimal) -> Result<Decimal, LoanError> {
        available.checked_div(self.instalment(period)?.payment).ok_or(LoanError::Overflow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    const ZERO: Decimal = Decimal::ZERO;

    fn rows<const N: usize>(amount: &str, rate: &str, repayment: Repayment) -> [[Decimal; 4]; N] {
        let loan = Loan::new(dec(amount), dec(rate), N.try_into().unwrap(), repayment).unwrap();
        let mut rows = [Instalment::default(); N];
        loan.schedule(&mut rows).unwrap();
        rows.map(|row| [row.payment, row.interest, row.principal, row.balance])
    }

    #[test]
    fn by_hand() {
        let row = |of: [i64; 4]| of.map(Decimal::from);
        // at 10 % the annuity factor of two periods is 210/121
        let level = rows("2100", "0.1", Repayment::Level { balloon: ZERO });
        assert_eq!(level, [row([1210, 210, 1000, 1100]), row([1210, 110, 1100, 0])]);
        let balloon = rows("3310", "0.1", Repayment::Level { balloon: dec("1210") });
        // 2100 of it are repaid as above, and 1210 bear interest alone
        assert_eq!(balloon, [row([1331, 331, 1000, 2310]), row([2541, 231, 2310, 0])]);
        let equal = rows("900", "0.1", Repayment::EqualPrincipal { balloon: dec("300") });
        assert_eq!(equal, [row([290, 90, 200, 700]), row([270, 70, 200, 500]), row([550, 50, 500, 0])]);
        let bullet = rows("900", "0.1", Repayment::InterestOnly);
        assert_eq!(bullet, [row([90, 90, 0, 900]), row([990, 90, 900, 0])]);
        let free = rows("900", "0", Repayment::Level { balloon: ZERO });
        assert_eq!(free, [row([300, 0, 300, 600]), row([300, 0, 300, 300]), row([300, 0, 300, 0])]);
    }

    #[test]
    fn excel() {
        let monthly = dec("0.1").checked_div(dec("12")).unwrap();
        let level = Repayment::Level { balloon: ZERO };
        let loan = Loan::new(dec("8000"), monthly, 36, level).unwrap();
        assert_near("ipmt", loan.instalment(1).unwrap().interest, dec("66.67"), "0.005");
        let loan = Loan::new(dec("200000"), dec("0.08"), 10, level).unwrap();
        assert_near("ppmt", loan.instalment(10).unwrap().principal, dec("27598.05"), "0.005");
        let loan = Loan::new(dec("125000"), dec("0.0075"), 360, level).unwrap();
        assert_near("cumipmt", loan.interest_between(13, 24).unwrap(), dec("11135.23213"), "0.000005");
        assert_near("cumprinc", loan.principal_between(13, 24).unwrap(), dec("934.1071234"), "0.00000005");
        assert_eq!(loan.interest_between(1, 1), Ok(dec("937.5")));
        assert_near("first", loan.principal_between(1, 1).unwrap(), dec("68.27827118"), "0.000000005");
    }

    #[test]
    fn sums_are_those_of_the_schedule() {
        for balloon in ["0", "250", "1000"].map(dec) {
            let all = [Repayment::Level { balloon }, Repayment::EqualPrincipal { balloon }, Repayment::InterestOnly];
            for repayment in all {
                for rate in ["-0.02", "0", "0.0000001", "0.03", "0.7"] {
                    let loan = Loan::new(dec("1000"), dec(rate), 12, repayment).unwrap();
                    let mut rows = [Instalment::default(); 12];
                    loan.schedule(&mut rows).unwrap();
                    let interest = rows[3..9].iter().map(|row| row.interest).sum();
                    assert_near(rate, loan.interest_between(4, 9).unwrap(), interest, "0.0000000000000000001");
                    let interest = rows.iter().map(|row| row.interest).sum();
                    assert_near(rate, loan.interest_between(1, 12).unwrap(), interest, "0.0000000000000000001");
                    assert_eq!(loan.principal_between(1, 12), Ok(dec("1000")));
                    assert_eq!(loan.instalment(7), Ok(rows[6]));
                }
            }
        }
    }

    #[test]
    fn dear_and_long_loans_keep_their_digits() {
        // looking back, 1.4^360 would not fit
        let loan = Loan::new(dec("1000"), dec("0.4"), 360, Repayment::Level { balloon: ZERO }).unwrap();
        assert_near("late", loan.instalment(360).unwrap().payment, dec("400"), "0.0000000000000001");
        assert_near("early", loan.instalment(1).unwrap().payment, dec("400"), "0.0000000000000001");
    }

    #[test]
    fn errors() {
        let level = Repayment::Level { balloon: ZERO };
        let of = |amount: &str, rate: &str, periods, repayment| Loan::new(dec(amount), dec(rate), periods, repayment);
        assert_eq!(of("-1", "0.1", 3, level), Err(LoanError::NegativeAmount));
        assert_eq!(of("1", "-1", 3, level), Err(LoanError::RateTooLow));
        assert_eq!(of("1", "0.1", 0, level), Err(LoanError::NoPeriods));
        assert_eq!(of("1", "0.1", 3, Repayment::Level { balloon: dec("2") }), Err(LoanError::Balloon));
        assert_eq!(of("1", "0.1", 3, Repayment::EqualPrincipal { balloon: dec("-1") }), Err(LoanError::Balloon));
        assert_eq!(of("79000000000000000000000000000", "9", 3, Repayment::InterestOnly), Err(LoanError::Overflow));
        let loan = of("0", "0.1", 3, level).unwrap();
        assert_eq!(loan.instalment(2), Ok(Instalment::default()));
        assert_eq!(loan.instalment(0), Err(LoanError::NoSuchPeriod { period: 0, periods: 3 }));
        assert_eq!(loan.instalment(4), Err(LoanError::NoSuchPeriod { period: 4, periods: 3 }));
        assert_eq!(loan.interest_between(3, 2), Err(LoanError::NoSuchPeriod { period: 3, periods: 3 }));
        assert_eq!(loan.principal_between(1, 4), Err(LoanError::NoSuchPeriod { period: 4, periods: 3 }));
        assert_eq!(loan.schedule(&mut [Instalment::default(); 2]), Err(LoanError::Rows { rows: 2, periods: 3 }));
    }
}
