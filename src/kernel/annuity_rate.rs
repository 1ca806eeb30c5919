//! The rate of an annuity: what a loan or a lease costs a period, from what is paid for it.

use rust_decimal::Decimal;

use super::geometric::{Geometric, geometric};
use super::{Due, sign_changes};

/// Why there is no rate of an annuity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoAnnuityRate {
    /// Something is to be paid, and in no period.
    #[error("there is no period to pay in")]
    NoPeriods,
    /// Every rate would do.
    #[error("all amounts are zero")]
    AllZero,
    /// What is received is never paid for, or what is paid never received for.
    #[error("the flows never change sign, so no rate can balance them")]
    NoSignChange,
    /// The flows change sign, and yet one side prevails at every rate.
    #[error("no rate above -100 % balances the flows")]
    NoRate,
    /// The rate is above 10^28 or nearer to -100 % than 10^-28.
    #[error("the rate is so extreme that it does not fit a decimal number of 28 digits")]
    OutOfRange,
    /// One rate was asked for, and the choice is not ours.
    #[error("both {lower} and {higher} balance the flows, so neither can be called the rate")]
    Two {
        /// The one rate, as a fraction a period.
        lower: Decimal,
        /// The other.
        higher: Decimal,
    },
}

/// The rate a period at which equal payments, and a rest at their end, repay a sum.
///
/// It is the implicit rate of a lease: `present` what the leased thing is worth, `rest` its residual value.
///
/// **Formula**: the `r > -1` with `present = payment x annuity factor + rest / (1 + r)^periods`.
///
/// **Method**: floats bracket the rate in ln(1 + r) and bisect, and the equation in decimals refines it. A shorter rate
/// that solves the equation as well is preferred, so that 8 % is `0.08`. Where the flows change sign twice, the turn of
/// the present value is found first, with the rates on both sides of it; a value that only touches zero may be taken
/// for either. The time does not depend on the number of periods.
///
/// **Units**: a fraction a period; the unit of the amounts does not matter.
///
/// **Spreadsheets**: `RATE(periods, -payment, present, -rest, due)`, which starts at a guess and answers `#NUM!` where
/// it does not converge. Here no guess is needed.
///
/// # Errors
///
/// [`NoAnnuityRate`]: no period, nothing to pay, payments that cannot repay anything, or two rates that both do.
///
/// # Source
///
/// As [`present_value`](super::present_value); the example is that of the documentation of `RATE` in Excel, 8,000 repaid
/// by 200 a month for four years.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Due, annuity_rate};
/// use rust_decimal::dec;
///
/// let monthly = annuity_rate(48, dec!(200), dec!(8_000), dec!(0), Due::End)?;
/// assert_eq!(monthly.round_dp(10), dec!(0.0077014725));
/// # Ok::<(), appraise::kernel::NoAnnuityRate>(())
/// ```
pub fn annuity_rate(
    periods: u32,
    payment: Decimal,
    present: Decimal,
    rest: Decimal,
    due: Due,
) -> Result<Decimal, NoAnnuityRate> {
    match annuity_rates(periods, payment, present, rest, due)? {
        (rate, None) => Ok(rate),
        (lower, Some(higher)) => Err(NoAnnuityRate::Two { lower, higher }),
    }
}

/// The rate, or the two rates, the lower first.
pub(super) fn annuity_rates(
    periods: u32,
    payment: Decimal,
    present: Decimal,
    rest: Decimal,
    due: Due,
) -> Result<(Decimal, Option<Decimal>), NoAnnuityRate> {
    let flows = Flows::new(periods, payment, present, rest, due)?;
    let signs = [flows.first, if periods > 1 { flows.middle } else { Decimal::ZERO }, flows.last];
    match sign_changes(&signs) {
        0 => Err(NoAnnuityRate::NoSignChange),
        1 => {
            let (below, above) = if flows.value(0.0) > 0.0 { (0.0, FARTHEST) } else { (-FARTHEST, 0.0) };
            // late flows prevail at low rates, early ones at high rates
            let falling = flows.first < Decimal::ZERO || (flows.first.is_zero() && flows.middle < Decimal::ZERO);
            let (below, above) = if falling { (below, above) } else { (-above, -below) };
            Ok((flows.rate_between(below, above)?, None))
        }
        _ => {
            let turn = bisected(-FARTHEST, FARTHEST, |s| flows.slope_sign(s));
            let outside = to_float(flows.first) > 0.0;
            if (flows.value(turn) > 0.0) == outside {
                return Err(NoAnnuityRate::NoRate);
            }
            let (lower, higher) = (flows.rate_between(-FARTHEST, turn)?, flows.rate_between(turn, FARTHEST)?);
            Ok((lower, Some(higher)))
        }
    }
}

/// The largest ln(1 + rate) that is looked at; that of the largest decimal is below 67.
const FARTHEST: f64 = 66.0;

/// What is paid in each period, measured in the largest amount.
struct Flows {
    /// In period 0.
    first: Decimal,
    /// In each of the periods between.
    middle: Decimal,
    /// How many there are between.
    between: u32,
    /// In the last period.
    last: Decimal,
}

impl Flows {
    fn new(periods: u32, payment: Decimal, present: Decimal, rest: Decimal, due: Due) -> Result<Self, NoAnnuityRate> {
        let between = periods.checked_sub(1).ok_or(NoAnnuityRate::NoPeriods)?;
        let largest = payment.abs().max(present.abs()).max(rest.abs());
        if largest.is_zero() {
            return Err(NoAnnuityRate::AllZero);
        }
        // an amount that vanishes beside another one leaves no rate to be seen
        let part = |amount: Decimal| amount.checked_div(largest).filter(|part| !part.is_zero() || amount.is_zero());
        let measured = || {
            let (payment, present, rest) = (part(payment)?, part(present)?, part(rest)?);
            let (now, then) = if due == Due::Beginning { (payment, Decimal::ZERO) } else { (Decimal::ZERO, payment) };
            Some(Self { first: now.checked_sub(present)?, middle: payment, between, last: rest.checked_add(then)? })
        };
        measured().ok_or(NoAnnuityRate::OutOfRange)
    }

    /// The present value at ln(1 + rate) = s, or for s below 0 the value at the end: of the same sign.
    fn value(&self, s: f64) -> f64 {
        let [first, middle, last] = [self.first, self.middle, self.last].map(to_float);
        let (near, far) = if s < 0.0 { (last, first) } else { (first, last) };
        let s = s.abs();
        let between = f64::from(self.between);
        let sum = if s > 0.0 { -libm::expm1(-between * s) / libm::expm1(s) } else { between };
        near + middle * sum + far * libm::exp(-(between + 1.0) * s)
    }

    /// The sign of what the value does as the discount factor rises, at ln(1 + rate) = s.
    fn slope_sign(&self, s: f64) -> f64 {
        // sum of k x^k for k = 1..n - 1, and n x^n; for rates below 0 both divided by x^n
        let (middle, last) = (to_float(self.middle), to_float(self.last));
        let between = f64::from(self.between);
        let periods = between + 1.0;
        let x = libm::exp(-s.abs());
        let small = -libm::expm1(-s.abs());
        let spread = between * s.abs();
        let rising = if spread < 1e-3 {
            between * periods / 2.0
        } else {
            let power = libm::exp(-spread);
            let end = if power > 0.0 { between * power * x / small } else { 0.0 };
            x * -libm::expm1(-spread) / (small * small) - end
        };
        if s >= 0.0 {
            return middle * rising + last * periods * libm::exp(-periods * s);
        }
        // sum of (n - j) y^j with y = 1/x
        let plain = if s.abs() > 0.0 { -libm::expm1(-spread) / libm::expm1(s.abs()) } else { between };
        middle * (periods * plain - rising) + last * periods
    }

    /// The rate between two bounds of ln(1 + rate) with values of opposite sign.
    fn rate_between(&self, low: f64, high: f64) -> Result<Decimal, NoAnnuityRate> {
        let s = bisected(low, high, |s| self.value(s));
        let rate = self.refined(s).or_else(|| Decimal::from_f64_retain(libm::expm1(s)));
        rate.filter(|rate| *rate > Decimal::NEGATIVE_ONE).ok_or(NoAnnuityRate::OutOfRange)
    }

    /// The value as a polynomial in the discount factor, or for rates below 0 in the growth factor.
    fn exact(&self, x: Decimal, discount: bool) -> Option<Decimal> {
        let (near, far) = if discount { (self.first, self.last) } else { (self.last, self.first) };
        let Geometric { power, sum } = geometric(x, Decimal::from(self.between))?;
        let middle = self.middle.checked_mul(sum)?.checked_mul(x)?;
        near.checked_add(middle)?.checked_add(far.checked_mul(power)?.checked_mul(x)?)
    }

    fn refined(&self, s: f64) -> Option<Decimal> {
        let discount = s >= 0.0;
        let mut x = Decimal::from_f64_retain(libm::exp(-s.abs()))?;
        // a smaller number has more digits as a float than as a decimal
        if x < Decimal::new(1, 10) {
            return None;
        }
        let step = x.checked_mul(Decimal::new(1, 10))?;
        let beside = self.exact(x.checked_sub(step)?, discount)?;
        let slope = self.exact(x, discount)?.checked_sub(beside)?.checked_div(step)?;
        for _ in 0..20 {
            let correction = self.exact(x, discount)?.checked_div(slope)?;
            x = x.checked_sub(correction)?;
            if correction.abs() <= Decimal::new(1, 24) {
                break;
            }
        }
        let rate = |x: Decimal| {
            let growth = if discount { Decimal::ONE.checked_div(x)? } else { x };
            growth.checked_sub(Decimal::ONE)
        };
        let found = rate(x)?;
        if libm::fabs(to_float(found) - libm::expm1(s)) > 1e-6 * libm::exp(s) {
            return None;
        }
        let short = found.round_dp(12).normalize();
        let growth = short.checked_add(Decimal::ONE)?;
        let shorter = if discount { Decimal::ONE.checked_div(growth) } else { Some(growth) }
            .filter(|shorter| shorter.checked_sub(x).is_some_and(|apart| apart.abs() <= Decimal::new(1, 24)));
        Some(if shorter.is_some() { short } else { found })
    }
}

fn to_float(number: Decimal) -> f64 {
    // the scale of a decimal is at most 28
    number.mantissa() as f64 / 10f64.powi(number.scale() as i32)
}

/// Where a function that has opposite signs at two places passes zero.
fn bisected(mut low: f64, mut high: f64, value: impl Fn(f64) -> f64) -> f64 {
    let positive = value(low) > 0.0;
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if (value(middle) > 0.0) == positive {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};
    use crate::kernel::{level_payment, present_value};

    #[test]
    fn numpy_financial() {
        let rate = annuity_rate(10, dec("0"), dec("3500"), dec("10000"), Due::End).unwrap();
        // published is where an iteration stopped that is content with a millionth
        assert_near("published", rate, dec("0.1106908537142689284704528100"), "0.00000000001");
        // the tenth root of 10,000/3,500, by the decimal module of Python with 45 digits
        assert_near("exact", rate, dec("0.1106908537107528062538259006"), "0.0000000000000000000000001");
        // a loan that is repaid by drawing more has no rate
        for due in [Due::End, Due::Beginning] {
            let rate = annuity_rate(12, dec("-400"), dec("10000"), dec("-5000"), due);
            assert_eq!(rate, Err(NoAnnuityRate::NoSignChange));
        }
    }

    #[test]
    fn the_rate_that_made_the_payment() {
        for rate in ["-0.9", "-0.3", "-0.02", "0", "0.000000001", "0.0075", "0.08", "1.5", "40"] {
            for periods in [1_u32, 2, 12, 360] {
                for due in [Due::End, Due::Beginning] {
                    for rest in ["0", "400"] {
                        if periods == 1 && due == Due::Beginning && rest == "0" {
                            continue; // paid back at once
                        }
                        let (exact, rest) = (dec(rate), dec(rest));
                        let Ok(payment) = level_payment(exact, periods.into(), dec("1000"), rest, due) else {
                            continue;
                        };
                        match annuity_rates(periods, payment, dec("1000"), rest, due) {
                            Ok((found, other)) => {
                                let apart = |rate: Decimal| rate.checked_sub(exact).unwrap().abs();
                                let apart = other.map_or(apart(found), |other| apart(found).min(apart(other)));
                                assert!(apart < dec("0.0000000000001"), "{rate} {periods} {due:?} {rest}: {found}");
                            }
                            // the payments are too small a part of the rest to be told apart
                            Err(reason) => assert!(payment.abs() < dec("0.0000000001"), "{rate} {periods}: {reason}"),
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn two_rates() {
        // 50 are received, 130 paid after a period and 82 received after another
        let (low, high) = annuity_rates(2, dec("130"), dec("50"), dec("-212"), Due::End).unwrap();
        let high = high.unwrap();
        assert!(low < high);
        for rate in [low, high] {
            let value = present_value(rate, dec("2"), dec("130"), dec("-212"), Due::End).unwrap();
            assert_near("value", value, dec("50"), "0.0000000000000000000001");
        }
        assert_eq!(
            annuity_rate(2, dec("130"), dec("50"), dec("-212"), Due::End),
            Err(NoAnnuityRate::Two { lower: low, higher: high })
        );
        assert_eq!(annuity_rate(2, dec("13"), dec("50"), dec("-21"), Due::End), Err(NoAnnuityRate::NoRate));
    }

    #[test]
    fn short_rates_are_short() {
        let payment = level_payment(dec("0.08"), dec("5"), dec("1000"), dec("0"), Due::End).unwrap();
        assert_eq!(annuity_rate(5, payment, dec("1000"), dec("0"), Due::End), Ok(dec("0.08")));
        assert_eq!(annuity_rate(48, dec("100"), dec("4800"), dec("0"), Due::End), Ok(dec("0")));
        assert_eq!(annuity_rate(1_000_000, dec("80"), dec("1000"), dec("0"), Due::End), Ok(dec("0.08")));
    }

    #[test]
    fn errors() {
        let zero = dec("0");
        assert_eq!(annuity_rate(0, dec("1"), dec("1"), zero, Due::End), Err(NoAnnuityRate::NoPeriods));
        assert_eq!(annuity_rate(9, zero, zero, zero, Due::End), Err(NoAnnuityRate::AllZero));
        assert_eq!(annuity_rate(9, dec("1"), dec("-1"), zero, Due::End), Err(NoAnnuityRate::NoSignChange));
        assert_eq!(annuity_rate(9, Decimal::MAX, dec("1"), zero, Due::End), Err(NoAnnuityRate::OutOfRange));
        assert_eq!(annuity_rate(u32::MAX, dec("1"), Decimal::MAX, zero, Due::End), Err(NoAnnuityRate::OutOfRange));
        assert!(annuity_rate(u32::MAX, dec("1"), dec("1000000000"), zero, Due::Beginning).is_ok());
    }
}
