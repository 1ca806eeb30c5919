//! Internal rate of return of flows that are spread evenly over their years.

use super::irr::{NoIrr, irr};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// Beyond it `e^x` is a rate of 10^20, and nothing is earned or lost at such rates.
const FARTHEST: f64 = 46.0;

/// All yearly rates at which flows are worth nothing, of which the first falls today and each later one is spread evenly
/// over its year; the lowest first.
///
/// **Formula**: with `x = ln(1 + r)`, every `r > -1` with `flows[0] + (e^x - 1) / x x sum flows[k] e^(-x k) = 0`, the sum over
/// the years `k = 1..n`. The factor before the sum is [`continuous_factor`](super::continuous_factor).
///
/// **Method**: times x, this is `x flows[0] + sum d[k] e^(-x k)` with the differences d of neighbouring flows. Its derivative is
/// again a series of yearly flows, whose rates [`irr`](fn@irr) knows all; between two of them there is at most one root, which
/// is found by halving. Floats of about 15 digits; rates between -100 % and 10^20.
///
/// **Units**: a fraction a year. The unit of the flows does not matter.
///
/// # Errors
///
/// [`NoIrr`], except [`NoIrr::Several`].
///
/// # Source
///
/// The present value of an even stream, as in Park, *Contemporary Engineering Economics*, on continuous cash flows.
///
/// # Example
///
/// ```
/// use appraise::kernel::continuous_irr;
/// use rust_decimal::{Decimal, dec};
///
/// // 100 today for 60 in each of two years: a little more than the 13.07 % of payments at the ends of the years
/// let rates = continuous_irr(&[dec!(-100), dec!(60), dec!(60)])?;
/// assert_eq!(rates[0].round_dp(6), dec!(0.207098));
/// # Ok::<(), appraise::kernel::NoIrr>(())
/// ```
pub fn continuous_irr(flows: &[Decimal]) -> Result<Vec<Decimal>, NoIrr> {
    let [today, later @ ..] = flows else { return Err(NoIrr::TooShort) };
    if later.is_empty() {
        return Err(NoIrr::TooShort);
    }
    if flows.iter().all(Decimal::is_zero) {
        return Err(NoIrr::AllZero);
    }
    let has = |negative: bool| flows.iter().any(|flow| !flow.is_zero() && flow.is_sign_negative() == negative);
    if !has(true) || !has(false) {
        return Err(NoIrr::NoSignChange);
    }
    let largest = flows.iter().map(Decimal::abs).max().unwrap_or(Decimal::ONE);
    let measured = |flow: &Decimal| flow.checked_div(largest).and_then(|flow| flow.to_f64()).unwrap_or(0.0);
    let series = Series { today: measured(today), later: later.iter().map(measured).collect() };
    let mut ends = vec![-FARTHEST];
    ends.extend(turns(*today, later)?);
    ends.push(FARTHEST);
    let mut roots: Vec<f64> = Vec::new();
    for (low, high) in ends.iter().zip(ends.iter().skip(1)) {
        let (at_low, at_high) = (series.sign(*low), series.sign(*high));
        if at_low == 0.0 {
            roots.push(*low);
        } else if at_low * at_high < 0.0 {
            roots.push(series.halve(*low, *high, at_low));
        }
    }
    // what touches zero at the end of two stretches is one root
    roots.dedup_by(|one, other| (*one - *other).abs() < 1e-13);
    let rates: Vec<Decimal> = roots.into_iter().filter_map(|root| Decimal::from_f64(libm::expm1(root))).collect();
    if rates.is_empty() { Err(NoIrr::NoRoot) } else { Ok(rates) }
}

/// The rate of [`continuous_irr`], where there is exactly one.
///
/// # Errors
///
/// [`NoIrr`], with [`NoIrr::Several`] where there are more.
///
/// # Example
///
/// ```
/// use appraise::kernel::{NoIrr, sole_continuous_irr};
/// use rust_decimal::Decimal;
///
/// let flows = [-100, 230, -132].map(Decimal::from);
/// assert_eq!(sole_continuous_irr(&flows), Err(NoIrr::Several { count: 2 }));
/// ```
pub fn sole_continuous_irr(flows: &[Decimal]) -> Result<Decimal, NoIrr> {
    match continuous_irr(flows)?.as_slice() {
        [rate] => Ok(*rate),
        rates => Err(NoIrr::Several { count: rates.len() }),
    }
}

/// Where the value times x turns, the lowest first: the roots of its derivative, itself worth of yearly flows.
fn turns(today: Decimal, later: &[Decimal]) -> Result<Vec<f64>, NoIrr> {
    // value times x: x today + later[0] + sum over k of (later[k] - later[k - 1]) e^(-x k) - later[n - 1] e^(-x n)
    let after = later.iter().skip(1).chain([&Decimal::ZERO]);
    let mut flows = vec![today];
    for (position, (flow, next)) in later.iter().zip(after).enumerate() {
        let years = Decimal::from(position).checked_add(Decimal::ONE).ok_or(NoIrr::OutOfRange)?;
        let change = flow.checked_sub(*next).and_then(|change| change.checked_mul(years));
        flows.push(change.ok_or(NoIrr::OutOfRange)?);
    }
    Ok(match irr(&flows) {
        Ok(roots) => {
            let logarithm = |rate: Decimal| rate.to_f64().map(libm::log1p).filter(|x| x.abs() < FARTHEST);
            roots.iter().filter_map(|root| logarithm(root.rate)).collect()
        }
        Err(_) => Vec::new(),
    })
}

/// Flows measured in the largest.
struct Series {
    today: f64,
    later: Vec<f64>,
}

impl Series {
    /// The sign of what they are worth at the logarithm x of the yearly growth; today's value where x is not negative, else
    /// the value at the end, so that nothing overflows.
    fn sign(&self, x: f64) -> f64 {
        let spread = if x.abs() < 1e-300 { 1.0 } else { libm::expm1(x) / x };
        let power = libm::exp(-x.abs());
        // by Horner's rule from the far end
        let value = if x < 0.0 {
            let sum = self.later.iter().fold(0.0, |sum, flow| sum * power + flow);
            self.today * libm::pow(power, float(self.later.len())) + spread * sum
        } else {
            self.today + spread * self.later.iter().rev().fold(0.0, |sum, flow| (sum + flow) * power)
        };
        if value == 0.0 { 0.0 } else { value.signum() }
    }

    fn halve(&self, low: f64, high: f64, at_low: f64) -> f64 {
        let (mut low, mut high) = (low, high);
        for _ in 0..200 {
            let middle = low + (high - low) / 2.0;
            if middle <= low || middle >= high {
                break;
            }
            let sign = self.sign(middle);
            if sign == 0.0 {
                return middle;
            }
            if sign == at_low { low = middle } else { high = middle }
        }
        low + (high - low) / 2.0
    }
}

fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Timing, continuous_factor};
    use rust_decimal::dec;

    fn worth(flows: &[Decimal], rate: Decimal) -> Decimal {
        let factor = |period: usize| Timing::Continuous.discount_factor(rate, u32::try_from(period).unwrap()).unwrap();
        let worth = |(period, flow): (usize, &Decimal)| flow.checked_mul(factor(period)).unwrap();
        flows.iter().enumerate().map(worth).sum()
    }

    #[test]
    fn flows_are_worth_nothing_at_each_rate() {
        for flows in [
            vec![dec!(-100), dec!(60), dec!(60)],
            vec![dec!(-100), dec!(230), dec!(-132)],
            vec![dec!(-1000), dec!(500), dec!(300), dec!(800)],
            vec![dec!(100), dec!(-30), dec!(-30), dec!(-30)],
            vec![dec!(-100), dec!(0), dec!(0), dec!(74)],
        ] {
            for rate in continuous_irr(&flows).unwrap() {
                assert!(worth(&flows, rate).abs() < dec!(0.000000001), "{flows:?} at {rate}");
            }
        }
        assert_eq!(continuous_irr(&[dec!(-100), dec!(230), dec!(-132)]).unwrap().len(), 2);
        // what is paid back without interest has a rate of zero
        assert_eq!(continuous_irr(&[dec!(-100), dec!(50), dec!(50)]).unwrap()[0].round_dp(12), dec!(0));
    }

    #[test]
    fn one_year_is_the_factor_turned_round() {
        // -100 now and 110 over the year: r / ln(1 + r) / (1 + r) = 100 / 110
        let rate = sole_continuous_irr(&[dec!(-100), dec!(110)]).unwrap();
        assert_eq!(worth(&[dec!(-100), dec!(110)], rate).round_dp(10), dec!(0));
        assert!(continuous_factor(rate).unwrap() > dec!(1));
    }

    #[test]
    fn what_has_no_rate_says_why() {
        assert_eq!(continuous_irr(&[dec!(1)]), Err(NoIrr::TooShort));
        assert_eq!(continuous_irr(&[dec!(0), dec!(0)]), Err(NoIrr::AllZero));
        assert_eq!(continuous_irr(&[dec!(-1), dec!(-1)]), Err(NoIrr::NoSignChange));
        assert_eq!(continuous_irr(&[dec!(-100), dec!(150), dec!(-100)]), Err(NoIrr::NoRoot));
    }

    #[test]
    fn hostile_flows_come_to_an_end() {
        let huge = Decimal::MAX;
        for flows in [vec![huge, -huge, huge], vec![-huge, dec!(0.0000000000000000000000000001)], vec![dec!(-1); 50]] {
            let _ = continuous_irr(&flows);
        }
    }
}
