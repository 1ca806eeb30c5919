//! Roots that floats have found, refined to the last digit a decimal has, for [`irr`](fn@super::irr) and
//! [`xirr`](fn@super::xirr).

use super::fixed::Fixed;
use super::irr::{Crossing, NoIrr, Root};
use super::log_roots::{self, Candidate, Gaps, Series};
use super::space::Space;
use rust_decimal::Decimal;

/// Cash flows that begin and end with one that is not zero, ready to be solved.
pub(super) struct Flows {
    /// The flows as integers, in a unit so small that all are, or that what is cut off is below 2^-108 of the largest.
    whole: Space<i128>,
    floats: Space<f64>,
    /// What makes the largest integer a number between 1/2 and 1.
    shift: i32,
    gaps: Option<FlowGaps>,
    /// Whether neither the sums nor the moments can leave the range of [`Fixed`].
    fits: bool,
}

/// The gaps between uneven flows, the same length kept once.
pub(super) struct FlowGaps {
    pub(super) lengths: Space<Fixed>,
    pub(super) floats: Space<f64>,
    pub(super) before: Space<usize>,
}

impl FlowGaps {
    /// The gaps between moments in years, which increase.
    pub(super) fn new(gaps: impl Iterator<Item = Fixed>) -> Self {
        let mut lengths: Space<Fixed> = Space::new();
        let mut before: Space<usize> = Space::new();
        before.push(0);
        for gap in gaps {
            // Looking further back than this costs more than a gap that is kept twice.
            let known = lengths.as_slice();
            let place = known.iter().take(48).position(|length| *length == gap).unwrap_or(known.len());
            if place == known.len() {
                lengths.push(gap);
            }
            before.push(place);
        }
        let floats = lengths.as_slice().iter().map(|length| length.to_f64()).collect();
        Self { lengths, floats, before }
    }
}

/// The powers of the gaps at one rate.
#[expect(clippy::large_enum_variant, reason = "lives for one evaluation, on the stack on purpose")]
enum Powers {
    Even(Fixed),
    Uneven(Space<Fixed>),
}

impl Powers {
    fn floats(&self) -> log_roots::Powers {
        match self {
            Self::Even(power) => log_roots::Powers::Even(power.to_f64()),
            Self::Uneven(powers) => {
                log_roots::Powers::Uneven(powers.as_slice().iter().map(|power| power.to_f64()).collect())
            }
        }
    }
}

/// More flows than this, and their sum might leave the range of [`Fixed`].
const MOST: usize = 1 << 18;

#[expect(clippy::indexing_slicing, reason = "a place that is not there would not compile")]
const TENS: [i128; 37] = {
    let mut tens = [1i128; 37];
    let mut k = 1;
    while k < 37 {
        tens[k] = tens[k - 1] * 10;
        k += 1;
    }
    tens
};

fn ten_to(power: u32) -> i128 {
    TENS.get(power as usize).copied().unwrap_or(i128::MAX)
}

fn to_float(whole: i128) -> f64 {
    // the conversion of a small integer is much faster
    i64::try_from(whole).map_or(whole as f64, |few| few as f64)
}

impl Flows {
    /// `gaps` says how far apart the flows are where that is not one year each.
    pub(super) fn new(flows: &[Decimal], gaps: Option<FlowGaps>) -> Self {
        let places = flows.iter().map(Decimal::scale).max().unwrap_or(0);
        let mut whole: Space<i128> = Space::new();
        let mut floats: Space<f64> = Space::new();
        let mut all = 0u128;
        let mut fit = true;
        for flow in flows {
            let unit = ten_to(places.saturating_sub(flow.scale()));
            let amount = if unit == 1 { Some(flow.mantissa()) } else { flow.mantissa().checked_mul(unit) };
            let amount = amount.unwrap_or_else(|| {
                fit = false;
                0
            });
            all |= amount.unsigned_abs();
            whole.push(amount);
            floats.push(to_float(amount));
        }
        if !fit || all.leading_zeros() < 2 {
            (whole, floats) = of_very_different_size(flows);
            all = whole.as_slice().iter().fold(0, |all, amount| all | amount.unsigned_abs());
        }
        let bits = u128::BITS.saturating_sub(all.leading_zeros());
        let shift = 108i32.saturating_sub_unsigned(bits);
        let longest = gaps.as_ref().map_or(0.0, |gaps| gaps.floats.as_slice().iter().fold(0.0, |a: f64, b| a.max(*b)));
        let fits = flows.len() < MOST && longest * flows.len() as f64 <= MOST as f64;
        Self { whole, floats, shift, gaps, fits }
    }

    fn series(&self) -> Series<'_> {
        let gaps = match &self.gaps {
            None => Gaps::Even,
            Some(gaps) => Gaps::Uneven { lengths: gaps.floats.as_slice(), before: gaps.before.as_slice() },
        };
        Series { amounts: self.floats.as_slice(), gaps }
    }

    /// The root of flows that change sign once.
    pub(super) fn only_root(&self) -> Result<Root, NoIrr> {
        let amounts = self.floats.as_slice();
        let falling = amounts.first().is_some_and(|first| *first < 0.0);
        let place = self.whole.as_slice().iter().position(|amount| *amount != 0 && (*amount < 0) != falling);
        let place = place.ok_or(NoIrr::OutOfRange)?;
        let at = self.series().only(place).ok_or(NoIrr::OutOfRange)?;
        self.crossing_root(at, if falling { Crossing::Falling } else { Crossing::Rising }, true)
    }

    /// All roots, ascending; several of them where the flows change sign more than once.
    pub(super) fn roots(&self) -> Result<Vec<Root>, NoIrr> {
        let mut roots = Vec::new();
        for candidate in self.series().all() {
            match candidate {
                Candidate::Crosses { at, falling } => {
                    let series = self.series();
                    let (_, slope) = series.value_and_slope(at);
                    let simple = slope.abs() > 1e-4 * series.size(at) * self.duration().min(1.0);
                    let crossing = if falling { Crossing::Falling } else { Crossing::Rising };
                    roots.push(self.crossing_root(at, crossing, simple)?);
                }
                Candidate::Touches { at, positive_around } => {
                    roots.extend(self.roots_at_turn(at, positive_around)?.into_iter().flatten());
                }
            }
        }
        if roots.is_empty() { Err(NoIrr::NoRoot) } else { Ok(roots) }
    }

    fn duration(&self) -> f64 {
        match &self.gaps {
            None => self.whole.as_slice().len().saturating_sub(1) as f64,
            Some(gaps) => {
                let lengths = gaps.floats.as_slice();
                gaps.before.as_slice().iter().skip(1).filter_map(|gap| lengths.get(*gap)).sum()
            }
        }
    }

    /// What one of the integers is in units of [`Fixed`], in which the largest flow is between 1/2 and 1.
    fn unit(&self) -> f64 {
        libm::scalbn(1.0, self.shift.saturating_sub(108))
    }

    fn crossing_root(&self, at: f64, crossing: Crossing, simple: bool) -> Result<Root, NoIrr> {
        if self.fits {
            if !simple && let Some(at) = self.multiple_root(at, 2) {
                return root(at, crossing);
            }
            if let Some(rate) = self.refined(at) {
                return Ok(Root { rate: without_noise(rate), crossing, refined: true });
            }
        }
        unrefined_root(at, crossing)
    }

    /// The rate near a logarithm, by Newton's method with an exact value and the slope of floats: the error after a step
    /// is about the square of the step. Nothing where it leads away from what the floats found: then the flows are so far
    /// apart that the smallest of them are lost among 108 places.
    fn refined(&self, found: f64) -> Option<Decimal> {
        let mut at = found;
        let series = self.series();
        let duration = self.duration();
        let unit = self.unit();
        for _ in 0..20 {
            let backward = at < 0.0;
            let (powers, year) = self.powers_and_year(at)?;
            let value = self.value(backward, &powers).to_f64();
            let slope = series.slope_by(backward, &powers.floats());
            let step = if value == 0.0 { 0.0 } else { -value / (slope * unit) };
            let is_near = (at + step - found).abs() <= 1e-3 * found.abs().max(1.0);
            if !is_near || !step.is_finite() {
                return None;
            }
            if step * step * duration.max(1e-3) <= 1e-27 || step.abs() <= 1e-15 * at.abs() {
                // e^-(|l| + s) = e^-|l| (1 - s + s^2/2)
                let outward = if backward { -step } else { step };
                let change = Fixed::from_f64(year.to_f64() * (outward * outward / 2.0 - outward))?;
                return rate(year.plus(change), backward);
            }
            at += step;
        }
        None
    }

    /// The powers of the gaps near a logarithm, and that of a whole year.
    fn powers_and_year(&self, at: f64) -> Option<(Powers, Fixed)> {
        match &self.gaps {
            None => {
                // the float itself is taken for the power: its logarithm is near enough
                let power = Fixed::from_f64(libm::exp(-at.abs()))?;
                Some((Powers::Even(power), power))
            }
            Some(gaps) => {
                let at = Fixed::from_f64(at.abs())?;
                Some((uneven_powers(gaps, at)?, at.exp_of_negative()))
            }
        }
    }

    fn value(&self, backward: bool, powers: &Powers) -> Fixed {
        let amounts = self.whole.as_slice().iter().map(|whole| Fixed::shifted(*whole, self.shift));
        self.horner(amounts, backward, powers)
    }

    fn horner(&self, amounts: impl DoubleEndedIterator<Item = Fixed>, backward: bool, powers: &Powers) -> Fixed {
        match (powers, &self.gaps) {
            (Powers::Uneven(powers), Some(gaps)) => {
                let powers = powers.as_slice();
                let power = |gap: &usize| powers.get(*gap).copied().unwrap_or(Fixed::ONE);
                let step = |value: Fixed, (amount, power): (Fixed, Fixed)| value.times(power).plus(amount);
                let before = gaps.before.as_slice();
                if backward {
                    amounts.zip(before.iter().map(power)).fold(Fixed::ZERO, step)
                } else {
                    let after = before.iter().skip(1).rev().map(power);
                    amounts.rev().zip(std::iter::once(Fixed::ONE).chain(after)).fold(Fixed::ZERO, step)
                }
            }
            (Powers::Even(power), _) => {
                let step = |value: Fixed, amount: Fixed| value.times(*power).plus(amount);
                if backward { amounts.fold(Fixed::ZERO, step) } else { amounts.rev().fold(Fixed::ZERO, step) }
            }
            (Powers::Uneven(_), None) => Fixed::ZERO,
        }
    }

    /// The flows, each times a power of its moment, in units in which no moment is above 1: up to a factor the
    /// derivative of the value of this order in the logarithm.
    fn derivative(&self, order: u32) -> Derivative<'_> {
        let mut exponent = 0;
        let mut longest = self.duration();
        while longest > 1.0 {
            longest /= 2.0;
            exponent += 1;
        }
        let shift = -exponent;
        let mut time = Fixed::ZERO;
        let mut amounts = Vec::with_capacity(self.whole.as_slice().len());
        for (place, whole) in self.whole.as_slice().iter().enumerate() {
            if place > 0 {
                time = time.plus(match &self.gaps {
                    None => Fixed::ONE,
                    Some(gaps) => {
                        let gap = gaps.before.as_slice().get(place).copied().unwrap_or(0);
                        gaps.lengths.as_slice().get(gap).copied().unwrap_or(Fixed::ZERO)
                    }
                });
            }
            let part = time.scaled(shift);
            let amount = Fixed::shifted(*whole, self.shift);
            amounts.push((0..order).fold(amount, |amount, _| amount.times(part)));
        }
        let floats = amounts.iter().map(|amount| amount.to_f64()).collect();
        Derivative { flows: self, amounts, floats }
    }

    /// A root of the value that is also one of its derivatives up to this order, and so a simple root of that derivative.
    fn multiple_root(&self, at: f64, order: u32) -> Option<Fixed> {
        let at = self.derivative(order).root_near(at)?;
        self.is_zero(at)?.then_some(at)
    }

    /// Whether the value is zero to 22 digits, measured in the sum of the magnitudes of its terms.
    fn is_zero(&self, at: Fixed) -> Option<bool> {
        let size = self.series().size(at.to_f64()) * self.unit();
        Some(self.derivative(0).value(at)?.to_f64().abs() <= 1e-22 * size)
    }

    /// No root, one or two where the value turns so near to zero that floats cannot tell which.
    fn roots_at_turn(&self, at: f64, positive_around: bool) -> Result<[Option<Root>; 2], NoIrr> {
        let as_float = || Ok([Some(unrefined_root(at, Crossing::Touching)?), None]);
        if !self.fits {
            return as_float();
        }
        for order in [3, 1] {
            if let Some(at) = self.multiple_root(at, order) {
                return Ok([Some(root(at, Crossing::Touching)?), None]);
            }
        }
        let Some(turn) = self.derivative(1).root_near(at) else { return as_float() };
        let value = self.derivative(0);
        let (Some(false), Some(at_turn)) = (self.is_zero(turn), value.value(turn)) else { return as_float() };
        if at_turn.is_negative() != positive_around {
            return Ok([None, None]);
        }
        // The value passes zero twice: below the turn and above it.
        let (below, above) =
            if positive_around { (Crossing::Falling, Crossing::Rising) } else { (Crossing::Rising, Crossing::Falling) };
        let root_toward = |higher, crossing| match value.root_beside(turn, higher, positive_around) {
            Some(at) => root(at, crossing),
            None => unrefined_root(at, crossing),
        };
        Ok([Some(root_toward(false, below)?), Some(root_toward(true, above)?)])
    }
}

/// Flows times a power of their moments.
struct Derivative<'a> {
    flows: &'a Flows,
    amounts: Vec<Fixed>,
    floats: Vec<f64>,
}

impl Derivative<'_> {
    fn value(&self, at: Fixed) -> Option<Fixed> {
        let powers = match &self.flows.gaps {
            None => Powers::Even(at.abs().exp_of_negative()),
            Some(gaps) => uneven_powers(gaps, at.abs())?,
        };
        Some(self.flows.horner(self.amounts.iter().copied(), at.is_negative(), &powers))
    }

    /// The root near a logarithm by Newton's method, where it settles there.
    fn root_near(&self, start: f64) -> Option<Fixed> {
        let series = Series { amounts: &self.floats, gaps: self.flows.series().gaps };
        let mut at = Fixed::from_f64(start)?;
        let mut before = f64::INFINITY;
        for _ in 0..60 {
            let value = self.value(at)?.to_f64();
            let (_, slope) = series.value_and_slope(at.to_f64());
            let step = if value == 0.0 { 0.0 } else { -value / slope };
            if !step.is_finite() || (at.to_f64() - start).abs() > 1e-3 {
                return None;
            }
            at = at.plus(Fixed::from_f64(step)?);
            // as near as the last places of the value allow
            if step.abs() <= 1e-31 || (step.abs() < 1e-24 && step.abs() >= 0.5 * before) {
                return Some(at);
            }
            before = step.abs();
        }
        (before < 1e-20).then_some(at)
    }

    /// The root next to a turn in one direction, by bisection.
    fn root_beside(&self, turn: Fixed, higher: bool, positive: bool) -> Option<Fixed> {
        let is_outside = |at| Some(self.value(at)?.is_negative() != positive);
        let toward = |distance: Fixed| if higher { turn.plus(distance) } else { turn.minus(distance) };
        let mut distance = Fixed::from_f64(1e-13)?;
        let mut inside = turn;
        let mut outside = toward(distance);
        while !is_outside(outside)? {
            inside = outside;
            distance = distance.plus(distance);
            outside = (distance < Fixed::ONE).then(|| toward(distance))?;
        }
        for _ in 0..108 {
            let middle = inside.plus(outside.minus(inside).half());
            if middle == inside || middle == outside {
                break;
            }
            if is_outside(middle)? {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        Some(outside)
    }
}

fn uneven_powers(gaps: &FlowGaps, at: Fixed) -> Option<Powers> {
    let mut powers = Space::new();
    for length in gaps.lengths.as_slice() {
        // a product beyond the range is far beyond where the power is zero
        powers.push(at.checked_times(*length).map_or(Fixed::ZERO, Fixed::exp_of_negative));
    }
    Some(Powers::Uneven(powers))
}

/// Integers that keep the leading 36 digits of the largest flow, and floats that keep the small ones as well.
fn of_very_different_size(flows: &[Decimal]) -> (Space<i128>, Space<f64>) {
    let size = |flow: &Decimal| {
        let digits = flow.mantissa().unsigned_abs().checked_ilog10()?.checked_add(1)?;
        Some(i64::from(digits).saturating_sub(i64::from(flow.scale())))
    };
    let largest = flows.iter().filter_map(size).max().unwrap_or(0);
    let places = 36i64.saturating_sub(largest);
    let whole = flows.iter().map(|flow| {
        let power = places.saturating_sub(i64::from(flow.scale()));
        let unit = ten_to(u32::try_from(power.unsigned_abs()).unwrap_or(u32::MAX));
        let mantissa = flow.mantissa();
        if power >= 0 { mantissa.checked_mul(unit).unwrap_or(0) } else { mantissa.checked_div(unit).unwrap_or(0) }
    });
    let floats = flows.iter().map(|flow| {
        let power = i32::try_from(places.saturating_sub(i64::from(flow.scale()))).unwrap_or(0);
        flow.mantissa() as f64 * libm::pow(10.0, f64::from(power))
    });
    (whole.collect(), floats.collect())
}

/// The root at a logarithm.
fn root(at: Fixed, crossing: Crossing) -> Result<Root, NoIrr> {
    match rate(at.abs().exp_of_negative(), at.is_negative()) {
        Some(rate) => Ok(Root { rate: without_noise(rate), crossing, refined: true }),
        None => unrefined_root(at.to_f64(), crossing),
    }
}

/// The rate at which a unit is worth `year` a year earlier, or, measured backward, grows to `year` in a year; nothing
/// where it has fewer than 18 digits.
pub(super) fn rate(year: Fixed, backward: bool) -> Option<Decimal> {
    if backward {
        return year.minus(Fixed::ONE).to_decimal().filter(|rate| *rate > Decimal::NEGATIVE_ONE);
    }
    let factor = year.to_f64();
    if factor < 1e-10 {
        return None;
    }
    if factor < 1e-5 {
        return Decimal::ONE.checked_div(year.to_decimal()?)?.checked_sub(Decimal::ONE);
    }
    // one step of Newton's method from the rate of floats
    let near = Fixed::from_f64(1.0 / factor - 1.0)?;
    let missing = Fixed::ONE.minus(year.times(near.plus(Fixed::ONE)));
    near.plus(Fixed::from_f64(missing.to_f64() / factor)?).to_decimal()
}

fn unrefined_root(at: f64, crossing: Crossing) -> Result<Root, NoIrr> {
    let rate = Decimal::from_f64_retain(libm::exp(at)).and_then(|growth| growth.checked_sub(Decimal::ONE));
    let rate = rate.filter(|rate| *rate > Decimal::NEGATIVE_ONE).ok_or(NoIrr::OutOfRange)?;
    Ok(Root { rate, crossing, refined: false })
}

/// The rate of 12 places that lies within 10^-25 of this one, where there is one.
pub(super) fn without_noise(rate: Decimal) -> Decimal {
    // Most rates are far from one: a float of the 16 last places is enough to see it.
    let twelve = rate.mantissa() as f64 / 1e16;
    if rate.scale() == 28 && (twelve - libm::rint(twelve)).abs() > 0.01 {
        return rate;
    }
    let short = rate.round_dp(12);
    let near = rate.checked_sub(short).is_some_and(|noise| noise.abs() <= Decimal::from_parts(1000, 0, 0, false, 28));
    if near && short > Decimal::NEGATIVE_ONE { short.normalize() } else { rate }
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::{Config, RngSeed};

    proptest! {
        #![proptest_config(Config { rng_seed: RngSeed::Fixed(2026), failure_persistence: None, ..Config::default() })]

        /// The way for flows that change sign once finds what the way for all flows finds.
        #[test]
        fn the_short_way_finds_the_same_root(
            early in prop::collection::vec((1i64..1_000_000_000, 1i128..2_000), 1..8),
            late in prop::collection::vec((1i64..1_000_000_000, 1i128..2_000), 1..30),
            loan in any::<bool>(),
            dated in any::<bool>(),
        ) {
            let flow = |cents: i64, out: bool| Decimal::new(if out { -cents } else { cents }, 2);
            let flows: Vec<_> = early
                .iter()
                .map(|(cents, _)| flow(*cents, !loan))
                .chain(late.iter().map(|(cents, _)| flow(*cents, loan)))
                .collect();
            let gaps = early.iter().chain(&late).skip(1).map(|(_, days)| Fixed::ratio(*days, 365).unwrap());
            let flows = Flows::new(&flows, dated.then(|| FlowGaps::new(gaps)));
            match (flows.only_root(), flows.roots()) {
                (Ok(one), Ok(all)) => {
                    prop_assert_eq!((all.len(), one.crossing, one.refined), (1, all[0].crossing, all[0].refined));
                    let places = if one.refined { 25 } else { 9 };
                    let tolerance = (Decimal::ONE + one.rate.abs()) * Decimal::new(1, places);
                    prop_assert!((one.rate - all[0].rate).abs() <= tolerance, "{} {}", one.rate, all[0].rate);
                }
                (one, all) => prop_assert_eq!(one.err(), all.err()),
            }
        }
    }
}
