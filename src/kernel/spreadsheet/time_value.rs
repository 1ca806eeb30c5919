//! `PV`, `FV`, `PMT` and what belongs to them, as spreadsheets have them.
//!
//! All solve one equation, in which what is received and what is paid have opposite signs:
//! `pv (1 + rate)^nper + pmt ((1 + rate)^nper - 1) / rate + fv = 0`.

use rust_decimal::Decimal;

use super::super::annuity_rate::annuity_rates;
use super::super::time_value::{growth, periods_between, repaying, worth_at_end, worth_today};
use super::super::{Due, NoAnnuityRate, TimeValueError, effective_rate, nominal_rate};

/// What is paid for what is received; nothing has no sign.
fn opposite(amount: Decimal) -> Decimal {
    if amount.is_zero() { Decimal::ZERO } else { -amount }
}

/// `PV(rate, nper, pmt, fv, type)`: what future payments are worth today, with the opposite sign.
///
/// **Formula**: `-(pmt x annuity factor + fv / (1 + rate)^nper)`; see [`present_value`](super::super::present_value).
///
/// # Errors
///
/// [`TimeValueError::RateTooLow`] unless `rate` > -1, where Excel computes on; [`TimeValueError::Overflow`].
///
/// # Source
///
/// The documentation of `PV` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, spreadsheet::pv};
/// use rust_decimal::dec;
///
/// let monthly = dec!(0.08).checked_div(dec!(12)).unwrap();
/// assert_eq!(pv(monthly, dec!(240), dec!(500), dec!(0), Due::End)?.round_dp(2), dec!(-59_777.15));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn pv(rate: Decimal, nper: Decimal, pmt: Decimal, fv: Decimal, due: Due) -> Result<Decimal, TimeValueError> {
    worth_today(growth(rate)?, nper, pmt, fv, due).map(opposite)
}

/// `FV(rate, nper, pmt, pv, type)`: what payments and a sum amount to, with the opposite sign.
///
/// **Formula**: `-(pv x (1 + rate)^nper + pmt x ((1 + rate)^nper - 1) / rate)`; see
/// [`future_value`](super::super::future_value).
///
/// # Errors
///
/// As [`pv`].
///
/// # Source
///
/// The documentation of `FV` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, spreadsheet::fv};
/// use rust_decimal::dec;
///
/// let value = fv(dec!(0.005), dec!(10), dec!(-200), dec!(-500), Due::Beginning)?;
/// assert_eq!(value.round_dp(2), dec!(2_581.40));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn fv(rate: Decimal, nper: Decimal, pmt: Decimal, pv: Decimal, due: Due) -> Result<Decimal, TimeValueError> {
    worth_at_end(growth(rate)?, nper, pmt, pv, due).map(opposite)
}

/// `PMT(rate, nper, pv, fv, type)`: the payment of each period.
///
/// **Formula**: `-(pv + fv / (1 + rate)^nper) / annuity factor`; see [`level_payment`](super::super::level_payment).
///
/// # Errors
///
/// As [`pv`], and [`TimeValueError::NoPeriods`] where there is none.
///
/// # Source
///
/// The documentation of `PMT` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, spreadsheet::pmt};
/// use rust_decimal::dec;
///
/// let monthly = dec!(0.08).checked_div(dec!(12)).unwrap();
/// assert_eq!(pmt(monthly, dec!(10), dec!(10_000), dec!(0), Due::End)?.round_dp(2), dec!(-1_037.03));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn pmt(rate: Decimal, nper: Decimal, pv: Decimal, fv: Decimal, due: Due) -> Result<Decimal, TimeValueError> {
    repaying(growth(rate)?, nper, pv, -fv, due).map(opposite)
}

/// `NPER(rate, pmt, pv, fv, type)`: how many payments lead from `pv` to `fv`; negative where they lead away from it.
///
/// **Formula**: that of [`number_of_periods`](super::super::number_of_periods), which refuses negative numbers.
///
/// # Errors
///
/// [`TimeValueError::RateTooLow`], [`TimeValueError::NeverReached`], [`TimeValueError::Overflow`].
///
/// # Source
///
/// The documentation of `NPER` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, spreadsheet::nper};
/// use rust_decimal::dec;
///
/// let of = |fv| nper(dec!(0.01), dec!(-100), dec!(-1_000), fv, Due::End);
/// assert_eq!(of(dec!(10_000))?.round_dp(7), dec!(60.0821229));
/// assert_eq!(of(dec!(0))?.round_dp(8), dec!(-9.57859404));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn nper(rate: Decimal, pmt: Decimal, pv: Decimal, fv: Decimal, due: Due) -> Result<Decimal, TimeValueError> {
    periods_between(rate, -pmt, pv, -fv, due)
}

/// `RATE(nper, pmt, pv, fv, type, guess)`: the rate a period.
///
/// The guess only chooses between two rates where both solve the equation: the nearer one is taken. Excel's own guess
/// is 0.1.
///
/// **Formula**: that of [`annuity_rate`](super::super::annuity_rate), which asks for no guess and refuses to choose.
///
/// # Errors
///
/// [`NoAnnuityRate`], but for [`NoAnnuityRate::Two`].
///
/// # Source
///
/// The documentation of `RATE` in Excel, which prints 1 % for 0.77 %.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, spreadsheet::rate};
/// use rust_decimal::dec;
///
/// let monthly = rate(48, dec!(-200), dec!(8_000), dec!(0), Due::End, dec!(0.1))?;
/// assert_eq!(monthly.round_dp(10), dec!(0.0077014725));
/// # Ok::<(), appraise::kernel::NoAnnuityRate>(())
/// ```
pub fn rate(
    nper: u32,
    pmt: Decimal,
    pv: Decimal,
    fv: Decimal,
    due: Due,
    guess: Decimal,
) -> Result<Decimal, NoAnnuityRate> {
    let (lower, higher) = annuity_rates(nper, -pmt, pv, -fv, due)?;
    // one that is too far away to subtract is not near
    let apart = |rate: Decimal| rate.checked_sub(guess).map_or(Decimal::MAX, |apart| apart.abs());
    Ok(higher.filter(|higher| apart(*higher) < apart(lower)).unwrap_or(lower))
}

/// What is owed once `payments` of them have been made.
fn owed(rate: Decimal, payments: u32, pmt: Decimal, pv: Decimal, due: Due) -> Result<Decimal, TimeValueError> {
    if payments == 0 {
        return Ok(pv);
    }
    let growth = growth(rate)?;
    // in advance the last payment is made one period before the end of the periods that it is counted in
    let end = worth_at_end(growth, payments.into(), pmt, pv, due)?;
    match due {
        Due::End => Ok(end),
        Due::Beginning => end.checked_div(growth).ok_or(TimeValueError::Overflow),
    }
}

/// The period is one of those of the loan.
fn within(per: u32, nper: Decimal) -> Result<u32, TimeValueError> {
    // as spreadsheets have it, the last period may be a part of one
    if Decimal::from(per) > nper.ceil() {
        return Err(TimeValueError::NoPeriods);
    }
    per.checked_sub(1).ok_or(TimeValueError::NoPeriods)
}

/// `IPMT(rate, per, nper, pv, fv, type)`: the interest in the payment of one period, the first of which is 1.
///
/// **Formula**: `-rate x` what is owed before the payment; 0 in the first period of payments in advance.
///
/// # Errors
///
/// As [`pmt`], and [`TimeValueError::NoPeriods`] where the loan has no such period.
///
/// # Source
///
/// The documentation of `IPMT` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, spreadsheet::ipmt};
/// use rust_decimal::dec;
///
/// let third = ipmt(dec!(0.1), 3, dec!(3), dec!(8_000), dec!(0), Due::End)?;
/// assert_eq!(third.round_dp(2), dec!(-292.45));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn ipmt(
    rate: Decimal,
    per: u32,
    nper: Decimal,
    pv: Decimal,
    fv: Decimal,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    let before = within(per, nper)?;
    let payment = pmt(rate, nper, pv, fv, due)?;
    if due == Due::Beginning && before == 0 {
        return Ok(Decimal::ZERO);
    }
    let interest = owed(rate, before, payment, pv, due)?.checked_mul(rate).ok_or(TimeValueError::Overflow)?;
    Ok(opposite(interest))
}

/// `PPMT(rate, per, nper, pv, fv, type)`: what the payment of one period repays, the first of which is 1.
///
/// **Formula**: [`pmt`] less [`ipmt`].
///
/// # Errors
///
/// As [`ipmt`].
///
/// # Source
///
/// The documentation of `PPMT` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, spreadsheet::ppmt};
/// use rust_decimal::dec;
///
/// let tenth = ppmt(dec!(0.08), 10, dec!(10), dec!(200_000), dec!(0), Due::End)?;
/// assert_eq!(tenth.round_dp(2), dec!(-27_598.05));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn ppmt(
    rate: Decimal,
    per: u32,
    nper: Decimal,
    pv: Decimal,
    fv: Decimal,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    let interest = ipmt(rate, per, nper, pv, fv, due)?;
    pmt(rate, nper, pv, fv, due)?.checked_sub(interest).ok_or(TimeValueError::Overflow)
}

/// `CUMPRINC(rate, nper, pv, start, end, type)`: what is repaid from one period to another, both included.
///
/// **Formula**: what is owed after the last payment less what is owed before the first.
///
/// # Errors
///
/// As [`ipmt`], also where `start` comes after `end`. Excel refuses rates of 0 and below; here they have an answer.
///
/// # Source
///
/// The documentation of `CUMPRINC` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, spreadsheet::cumprinc};
/// use rust_decimal::dec;
///
/// let second_year = cumprinc(dec!(0.0075), dec!(360), dec!(125_000), 13, 24, Due::End)?;
/// assert_eq!(second_year.round_dp(6), dec!(-934.107123));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn cumprinc(
    rate: Decimal,
    nper: Decimal,
    pv: Decimal,
    start: u32,
    end: u32,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    let before = within(start, nper)?;
    within(end, nper)?;
    if start > end {
        return Err(TimeValueError::NoPeriods);
    }
    let payment = pmt(rate, nper, pv, Decimal::ZERO, due)?;
    let (first, last) = (owed(rate, before, payment, pv, due)?, owed(rate, end, payment, pv, due)?);
    last.checked_sub(first).ok_or(TimeValueError::Overflow)
}

/// `CUMIPMT(rate, nper, pv, start, end, type)`: the interest from one period to another, both included.
///
/// **Formula**: the payments less [`cumprinc`].
///
/// # Errors
///
/// As [`cumprinc`].
///
/// # Source
///
/// The documentation of `CUMIPMT` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, spreadsheet::cumipmt};
/// use rust_decimal::dec;
///
/// let second_year = cumipmt(dec!(0.0075), dec!(360), dec!(125_000), 13, 24, Due::End)?;
/// assert_eq!(second_year.round_dp(5), dec!(-11_135.23213));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn cumipmt(
    rate: Decimal,
    nper: Decimal,
    pv: Decimal,
    start: u32,
    end: u32,
    due: Due,
) -> Result<Decimal, TimeValueError> {
    let repaid = cumprinc(rate, nper, pv, start, end, due)?;
    let payment = pmt(rate, nper, pv, Decimal::ZERO, due)?;
    let count = Decimal::from(end.saturating_sub(start)).checked_add(Decimal::ONE);
    let interest = || payment.checked_mul(count?)?.checked_sub(repaid);
    interest().ok_or(TimeValueError::Overflow)
}

/// `EFFECT(nominal_rate, npery)`: what a yearly rate that is charged in parts amounts to over the year.
///
/// # Errors
///
/// As [`effective_rate`](super::super::effective_rate), which it is; Excel refuses rates of 0 and below.
///
/// # Source
///
/// The documentation of `EFFECT` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet::effect;
/// use rust_decimal::dec;
///
/// assert_eq!(effect(dec!(0.0525), 4)?.round_dp(7), dec!(0.0535427));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn effect(nominal_rate: Decimal, npery: u32) -> Result<Decimal, TimeValueError> {
    effective_rate(nominal_rate, npery)
}

/// `NOMINAL(effect_rate, npery)`: the yearly rate that, charged in parts, amounts to an effective one.
///
/// # Errors
///
/// As [`nominal_rate`](super::super::nominal_rate), which it is; Excel refuses rates of 0 and below.
///
/// # Source
///
/// The documentation of `NOMINAL` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::spreadsheet::nominal;
/// use rust_decimal::dec;
///
/// assert_eq!(nominal(dec!(0.053543), 4)?.round_dp(8), dec!(0.05250032));
/// # Ok::<(), appraise::kernel::TimeValueError>(())
/// ```
pub fn nominal(effect_rate: Decimal, npery: u32) -> Result<Decimal, TimeValueError> {
    nominal_rate(effect_rate, npery)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    const ZERO: Decimal = Decimal::ZERO;
    const CENT: &str = "0.005";

    fn monthly(yearly: &str) -> Decimal {
        dec(yearly).checked_div(dec("12")).unwrap()
    }

    /// The examples in the documentation of the functions, with half a unit of the last printed digit.
    #[test]
    fn documentation_of_excel() {
        let fv = |rate: Decimal, n: &str, pmt: &str, pv: &str, due| fv(rate, dec(n), dec(pmt), dec(pv), due).unwrap();
        assert_near("fv 2", fv(dec("0.01"), "12", "-1000", "0", Due::End), dec("12682.50"), CENT);
        assert_near("fv 3", fv(monthly("0.11"), "35", "-2000", "0", Due::Beginning), dec("82846.25"), CENT);
        assert_near("fv 4", fv(dec("0.005"), "12", "-100", "-1000", Due::Beginning), dec("2301.40"), CENT);
        let loan = |rate: Decimal, n: &str, pv: &str, fv: &str, due| pmt(rate, dec(n), dec(pv), dec(fv), due).unwrap();
        assert_near("pmt 2", loan(monthly("0.08"), "10", "10000", "0", Due::Beginning), dec("-1030.16"), CENT);
        assert_near("pmt 3", loan(dec("0.005"), "216", "0", "50000", Due::End), dec("-129.08"), CENT);
        let first = ipmt(monthly("0.1"), 1, dec("36"), dec("8000"), ZERO, Due::End).unwrap();
        assert_near("ipmt 1", first, dec("-66.67"), CENT);
        let first = ppmt(monthly("0.1"), 1, dec("24"), dec("2000"), ZERO, Due::End).unwrap();
        assert_near("ppmt 1", first, dec("-75.62"), CENT);
        let of = |function: fn(_, _, _, _, _, _) -> Result<Decimal, TimeValueError>| {
            function(dec("0.0075"), dec("360"), dec("125000"), 1, 1, Due::End).unwrap()
        };
        assert_near("cumipmt 2", of(cumipmt), dec("-937.5"), "0.00000000000000000001");
        assert_near("cumprinc 1", of(cumprinc), dec("-68.27827118"), "0.000000005");
        let periods = nper(dec("0.01"), dec("-100"), dec("-1000"), dec("10000"), Due::Beginning).unwrap();
        assert_near("nper 1", periods, dec("59.6738657"), "0.00000005");
        let yearly = rate(48, dec("-200"), dec("8000"), ZERO, Due::End, dec("0.1")).unwrap();
        assert_near("rate 2", yearly.checked_mul(dec("12")).unwrap(), dec("0.0924"), "0.00005");
    }

    /// Numbers of the tests of numpy-financial, with their signs; half a unit of the last printed digit.
    #[test]
    fn numpy_financial() {
        let fine = "0.00000000000000000001";
        let payment = pmt(monthly("0.08"), dec("60"), dec("15000"), ZERO, Due::End).unwrap();
        assert_near("pmt", payment, dec("-304.1459143262052370338701494"), fine);
        assert_eq!(pmt(ZERO, dec("60"), dec("15000"), ZERO, Due::End), Ok(dec("-250")));
        let value = pv(dec("0.07"), dec("20"), dec("12000"), ZERO, Due::End).unwrap();
        assert_near("pv", value, dec("-127128.1709461939327295222005"), fine);
        // test_fv, test_nper, test_ppmt, test_ipmt
        let value = fv(dec("0.075"), dec("20"), dec("-2000"), ZERO, Due::End).unwrap();
        assert_near("fv", value, dec("86609.362673042924"), "0.000000001");
        let value = fv(dec("0.075"), dec("20"), dec("-2000"), ZERO, Due::Beginning).unwrap();
        assert_near("fv begin", value, dec("93105.064874"), "0.0000005");
        let periods = nper(dec("0.075"), dec("-2000"), ZERO, dec("100000"), Due::End).unwrap();
        assert_near("nper", periods, dec("21.544944"), "0.0000005");
        let periods = nper(ZERO, dec("-2000"), ZERO, dec("100000"), Due::End).unwrap();
        assert_eq!(periods, dec("50"));
        let repaid = ppmt(monthly("0.1"), 1, dec("60"), dec("55000"), ZERO, Due::End).unwrap();
        assert_near("ppmt", repaid, dec("-710.25"), CENT);
        let interest = ipmt(monthly("0.1"), 1, dec("24"), dec("2000"), ZERO, Due::End).unwrap();
        assert_near("ipmt", interest, dec("-16.666667"), "0.0000005");
    }

    #[test]
    fn sums_are_those_of_the_periods() {
        for due in [Due::End, Due::Beginning] {
            for rate in ["-0.01", "0", "0.004", "0.2"] {
                let (rate, nper, pv) = (dec(rate), dec("24"), dec("9000"));
                let sum = |function: fn(_, _, _, _, _, _) -> Result<Decimal, _>| -> Decimal {
                    (3..=11).map(|per| function(rate, per, nper, pv, ZERO, due).unwrap()).sum()
                };
                assert_near("principal", cumprinc(rate, nper, pv, 3, 11, due).unwrap(), sum(ppmt), "0.00000000000001");
                assert_near("interest", cumipmt(rate, nper, pv, 3, 11, due).unwrap(), sum(ipmt), "0.00000000000001");
                let all = cumprinc(rate, nper, pv, 1, 24, due).unwrap();
                assert_near("all", all, -pv, "0.0000000000000001");
            }
        }
    }

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(fv(ZERO, dec("2"), ZERO, ZERO, Due::End).unwrap().to_string(), "0");
        assert_eq!(ipmt(ZERO, 2, dec("2"), dec("10"), ZERO, Due::End).unwrap().to_string(), "0");
    }

    #[test]
    fn the_guess_chooses() {
        let of = |guess: &str| rate(2, dec("-130"), dec("50"), dec("214"), Due::End, dec(guess)).unwrap();
        // 50 g^2 - 130 (g + 1) + 214 = 0 has the solutions 1.2 and 1.4
        assert_eq!((of("0.1"), of("1"), of("0.2"), of("0.4")), (dec("0.2"), dec("0.4"), dec("0.2"), dec("0.4")));
    }

    #[test]
    fn errors() {
        use TimeValueError::{NoPeriods, RateTooLow};
        let of = |per| ipmt(dec("0.1"), per, dec("3"), dec("8000"), ZERO, Due::End);
        assert_eq!((of(0), of(4)), (Err(NoPeriods), Err(NoPeriods)));
        assert_eq!(pv(dec("-1"), dec("3"), dec("1"), ZERO, Due::End), Err(RateTooLow));
        assert_eq!(pmt(dec("0.1"), ZERO, dec("1"), ZERO, Due::End), Err(NoPeriods));
        assert_eq!(cumprinc(dec("0.1"), dec("3"), dec("1"), 3, 2, Due::End), Err(NoPeriods));
        assert_eq!(effect(dec("0.1"), 0), Err(NoPeriods));
        assert_eq!(rate(0, dec("1"), dec("1"), ZERO, Due::End, ZERO), Err(NoAnnuityRate::NoPeriods));
    }
}
