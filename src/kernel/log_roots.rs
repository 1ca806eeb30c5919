//! All logarithms of growth factors at which a series of amounts is worth nothing, in floats, for
//! [`irr`](fn@super::irr) and [`xirr`](fn@super::xirr).
//!
//! The value of the amounts at the logarithm l of a growth factor is `sum c[k] e^(-l t[k])`. Where l is negative it is
//! measured at the last moment instead of the first, so that no power is above 1 and nothing overflows. The powers of
//! the gaps between neighbours are all that is needed, by Horner's rule; yearly flows have one gap, monthly ones four.

use super::space::Space;

/// Amounts and the gaps between their moments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Series<'a> {
    pub(super) amounts: &'a [f64],
    pub(super) gaps: Gaps<'a>,
}

/// How far apart neighbouring amounts are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Gaps<'a> {
    /// One year each.
    Even,
    /// As long as an entry of `lengths`, above 0 all of them; `before[k]` is the place of the gap before amount k, and
    /// the first entry of `before` means nothing.
    Uneven { lengths: &'a [f64], before: &'a [usize] },
}

/// A place where the value is zero, or so near to zero that floats cannot tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Candidate {
    /// The value changes its sign at this logarithm.
    Crosses { at: f64, falling: bool },
    /// The value has the same sign on both sides, and in between one that floats cannot tell.
    Touches { at: f64, positive_around: bool },
}

/// e^(-|l| x length) for each gap.
pub(super) enum Powers {
    Even(f64),
    Uneven(Space<f64>),
}

impl<'a> Series<'a> {
    fn powers(&self, at: f64) -> Powers {
        let rate = -at.abs();
        match self.gaps {
            Gaps::Even => Powers::Even(libm::exp(rate)),
            Gaps::Uneven { lengths, .. } => {
                Powers::Uneven(lengths.iter().map(|length| libm::exp(rate * length)).collect())
            }
        }
    }

    /// The amounts before `place` and from there on.
    fn split(self, place: usize) -> Option<(Self, Self)> {
        let (early, late) = self.amounts.split_at_checked(place)?;
        let (early_gaps, late_gaps) = match self.gaps {
            Gaps::Even => (Gaps::Even, Gaps::Even),
            Gaps::Uneven { lengths, before } => {
                let (early, late) = before.split_at_checked(place)?;
                (Gaps::Uneven { lengths, before: early }, Gaps::Uneven { lengths, before: late })
            }
        };
        Some((Self { amounts: early, gaps: early_gaps }, Self { amounts: late, gaps: late_gaps }))
    }

    /// The time from the first amount to the last.
    fn duration(&self) -> f64 {
        match self.gaps {
            Gaps::Even => self.amounts.len().saturating_sub(1) as f64,
            Gaps::Uneven { lengths, before } => before.iter().skip(1).filter_map(|gap| lengths.get(*gap)).sum(),
        }
    }

    /// The value, and the sum of the terms times their distance in time from where the value is measured.
    fn value_and_moment(&self, backward: bool, powers: &Powers) -> (f64, f64) {
        match (powers, self.gaps) {
            (Powers::Even(power), _) => {
                let step =
                    |(value, moment): (f64, f64), amount: &f64| ((value * power) + amount, (moment + value) * power);
                if backward {
                    self.amounts.iter().fold((0.0, 0.0), step)
                } else {
                    self.amounts.iter().rev().fold((0.0, 0.0), step)
                }
            }
            (Powers::Uneven(powers), Gaps::Uneven { lengths, before }) => {
                let powers = powers.as_slice();
                let step = |(value, moment): (f64, f64), (amount, gap): (&f64, &usize)| {
                    let (power, length) = match (powers.get(*gap), lengths.get(*gap)) {
                        (Some(power), Some(length)) => (*power, *length),
                        _ => (1.0, 0.0),
                    };
                    (value * power + amount, (moment + length * value) * power)
                };
                let none = &0;
                if backward {
                    self.amounts.iter().zip(before).fold((0.0, 0.0), step)
                } else {
                    let after = before.iter().skip(1).rev();
                    self.amounts.iter().rev().zip(std::iter::once(none).chain(after)).fold((0.0, 0.0), step)
                }
            }
            (Powers::Uneven(_), Gaps::Even) => (0.0, 0.0),
        }
    }

    /// The value and its slope in the logarithm.
    pub(super) fn value_and_slope(&self, at: f64) -> (f64, f64) {
        self.value_and_slope_by(at < 0.0, &self.powers(at))
    }

    fn value_and_slope_by(&self, backward: bool, powers: &Powers) -> (f64, f64) {
        let (value, moment) = self.value_and_moment(backward, powers);
        (value, if backward { moment } else { -moment })
    }

    /// The slope in the logarithm where the powers are known.
    pub(super) fn slope_by(&self, backward: bool, powers: &Powers) -> f64 {
        self.value_and_slope_by(backward, powers).1
    }

    /// The sum of the magnitudes of the terms, against which the value is large or small.
    pub(super) fn size(&self, at: f64) -> f64 {
        let magnitudes: Vec<_> = self.amounts.iter().map(|amount| amount.abs()).collect();
        Series { amounts: &magnitudes, gaps: self.gaps }.value_and_slope(at).0
    }

    /// The logarithm that solves amounts which change sign once, before the amount at `place`.
    ///
    /// What the later amounts are worth in units of the earlier ones falls all the way, and its logarithm is nearly a
    /// straight line, the slope being the distance in time between them. So Newton's method needs few steps from
    /// anywhere; a cubic through the last two points saves one more.
    pub(super) fn only(self, place: usize) -> Option<f64> {
        let (early, late) = self.split(place)?;
        let gap = match self.gaps {
            Gaps::Even => 1.0,
            Gaps::Uneven { lengths, .. } => late.first_gap(lengths)?,
        };
        let to_late = early.duration() + gap;
        let from_early = late.duration() + gap;
        let duration = to_late + from_early;
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        let (mut at, mut step) = (0.0, f64::INFINITY);
        let mut before: Option<Point> = None;
        for _ in 0..200 {
            let backward = at < 0.0;
            let powers = self.powers(at);
            let (late_value, late_moment) = late.value_and_moment(backward, &powers);
            let (early_value, early_moment) = early.value_and_moment(backward, &powers);
            let (late_time, early_time) = (late_moment / late_value, early_moment / early_value);
            let (distance, sign) = if backward { (from_early, -1.0) } else { (to_late, 1.0) };
            let ratio = libm::log((late_value / early_value).abs()) - at * distance;
            let slope = distance + sign * (late_time - early_time);
            if ratio > 0.0 {
                low = at;
            } else {
                high = at;
            }
            let here = Point { at, ratio, tangent: -1.0 / slope };
            let newton = ratio / slope;
            let bend = before.map_or(f64::NAN, |before| here.bend(&before));
            let mut bends = bend.abs() <= 0.5 * newton.abs();
            let step_before = before.replace(here).map_or(0.0, |before| (at - before.at).abs());
            let forward = if bends { newton + bend } else { newton };
            let mut next = at + forward;
            let helps = forward.abs() <= 0.75 * step || (low.is_infinite() || high.is_infinite());
            if !(helps && next >= low && next <= high) {
                next = low + (high - low) / 2.0;
                bends = false;
            }
            step = (next - at).abs();
            at = next;
            // The error after a step is about its square, and where it bends that of its product with the one before,
            // times a few thousandths.
            let relative = step * duration;
            if relative <= 1e-8 || (bends && relative * step_before * duration <= 3e-6) || step <= 4e-16 * at.abs() {
                break;
            }
        }
        at.is_finite().then_some(at)
    }

    fn first_gap(&self, lengths: &[f64]) -> Option<f64> {
        match self.gaps {
            Gaps::Even => Some(1.0),
            Gaps::Uneven { before, .. } => lengths.get(*before.first()?).copied(),
        }
    }

    /// Every logarithm that may solve the amounts, ascending.
    ///
    /// Multiplying `c[k]` by `t[k] - m`, with m where the sign changes, is the derivative of the value times e^(l m) (up
    /// to a factor): it has one change of sign less, and a root between any two roots of the value. So roots are found
    /// from the series with one change upward.
    pub(super) fn all(&self) -> Vec<Candidate> {
        let times = self.times();
        let mut levels: Vec<Vec<f64>> = Vec::new();
        loop {
            let level = levels.last().map_or(self.amounts, Vec::as_slice);
            match last_change(level, &times) {
                (changes, Some(place)) if changes > 1 => {
                    let next = with_one_change_less(level, &times, place);
                    levels.push(next);
                }
                _ => break,
            }
        }
        let mut separators = Vec::new();
        for level in levels.iter().rev() {
            let candidates = Series { amounts: level, gaps: self.gaps }.candidates(&times, &separators);
            separators.clear();
            separators.extend(candidates.iter().map(|candidate| match candidate {
                Candidate::Crosses { at, .. } | Candidate::Touches { at, .. } => *at,
            }));
        }
        self.candidates(&times, &separators)
    }

    fn times(&self) -> Vec<f64> {
        match self.gaps {
            Gaps::Even => (0..self.amounts.len()).map(|year| year as f64).collect(),
            Gaps::Uneven { lengths, before } => {
                let gaps = before.iter().skip(1).filter_map(|gap| lengths.get(*gap));
                let sums = gaps.scan(0.0, |time, gap| {
                    *time += gap;
                    Some(*time)
                });
                std::iter::once(0.0).chain(sums).collect()
            }
        }
    }

    /// The places where the value is zero, where there is no more than one between two neighbouring `separators`.
    fn candidates(&self, times: &[f64], separators: &[f64]) -> Vec<Candidate> {
        let (low, high) = bounds(self.amounts, times);
        let mut found = Vec::new();
        // The last place whose sign is certain, and the doubtful one since then that is nearest to zero.
        let last = self.amounts.iter().rfind(|amount| **amount != 0.0);
        let first = self.amounts.iter().find(|amount| **amount != 0.0);
        let (mut left, mut left_positive) = (low, last.is_some_and(|amount| *amount > 0.0));
        let mut doubtful: Option<(f64, f64)> = None;
        let inner = separators.iter().copied().filter(|at| *at > low && *at < high);
        for at in inner.chain([high]) {
            let positive = if at == high {
                first.is_some_and(|amount| *amount > 0.0)
            } else {
                let relative = self.value_and_slope(at).0 / self.size(at);
                // The rounding errors of Horner's form, of the powers, and of the amounts.
                if relative.abs() <= (3 * self.amounts.len() + 8) as f64 * f64::EPSILON {
                    if doubtful.is_none_or(|(_, least)| relative.abs() < least) {
                        doubtful = Some((at, relative.abs()));
                    }
                    continue;
                }
                relative > 0.0
            };
            if positive != left_positive {
                found.push(Candidate::Crosses { at: self.bracketed(left, at, left_positive), falling: left_positive });
            } else if let Some((at, _)) = doubtful {
                found.push(Candidate::Touches { at, positive_around: positive });
            }
            (left, left_positive, doubtful) = (at, positive, None);
        }
        found
    }

    /// The root between two logarithms at which the value has opposite signs.
    fn bracketed(&self, mut low: f64, mut high: f64, low_positive: bool) -> f64 {
        if low < 0.0 && high > 0.0 {
            let (sum, _) = self.value_and_slope(0.0);
            if sum == 0.0 {
                return 0.0;
            }
            if (sum > 0.0) == low_positive {
                low = 0.0;
            } else {
                high = 0.0;
            }
        }
        // Newton's method kept inside the bracket, which is halved where Newton's step does not help.
        let mut step = high - low;
        let mut at = low + step / 2.0;
        for _ in 0..200 {
            let (value, slope) = self.value_and_slope(at);
            if value == 0.0 {
                break;
            }
            if (value > 0.0) == low_positive {
                low = at;
            } else {
                high = at;
            }
            let newton = value / slope;
            let mut next = at - newton;
            let helps = newton.abs() < 0.5 * step.abs() || newton.abs() < 1e-12 * at.abs();
            if !(helps && next > low && next < high) {
                next = low + (high - low) / 2.0;
            }
            step = next - at;
            at = next;
            if step.abs() <= 4e-16 * at.abs() {
                break;
            }
        }
        at
    }
}

/// A point of the logarithm as a function of what is to become zero.
#[derive(Clone, Copy)]
struct Point {
    at: f64,
    ratio: f64,
    tangent: f64,
}

impl Point {
    /// What a cubic through this point and the one before, with their tangents, has at zero beyond the tangent here;
    /// not a number where the two are one.
    fn bend(&self, before: &Self) -> f64 {
        let width = before.ratio - self.ratio;
        let chord = (before.at - self.at) / width;
        let second = (chord - self.tangent) / width;
        let third = ((before.tangent - chord) / width - second) / width;
        self.ratio * self.ratio * (second - before.ratio * third)
    }
}

/// How often the sign changes, and the moment of the last change, between two amounts.
fn last_change(amounts: &[f64], times: &[f64]) -> (usize, Option<f64>) {
    let mut changes = 0;
    let mut place = None;
    let mut before: Option<(f64, f64)> = None;
    for (amount, time) in amounts.iter().zip(times).filter(|(amount, _)| **amount != 0.0) {
        if let Some((amount_before, time_before)) = before
            && (amount_before > 0.0) != (*amount > 0.0)
        {
            changes += 1;
            place = Some((time_before + time) / 2.0);
        }
        before = Some((*amount, *time));
    }
    (changes, place)
}

/// The amounts times their distance from a moment, in units of the largest.
fn with_one_change_less(amounts: &[f64], times: &[f64], place: f64) -> Vec<f64> {
    let mut next: Vec<f64> = amounts.iter().zip(times).map(|(amount, time)| amount * (time - place)).collect();
    let largest = next.iter().fold(0.0, |largest: f64, amount| largest.max(amount.abs()));
    for amount in &mut next {
        *amount /= largest;
    }
    next
}

/// Logarithms between which all roots lie: beyond them the first or the last amount outweighs all others.
fn bounds(amounts: &[f64], times: &[f64]) -> (f64, f64) {
    let known =
        || amounts.iter().zip(times).filter(|(amount, _)| **amount != 0.0).map(|(amount, time)| (amount.abs(), *time));
    let total: f64 = known().map(|(amount, _)| amount).sum();
    let bound = |(outer, time): (f64, f64), (_, next): (f64, f64)| {
        let weight = libm::log(total / outer).max(0.0);
        1.001 * weight / (next - time).abs() + 0.001
    };
    let mut forward = known();
    let high = forward.next().zip(forward.next()).map_or(0.0, |(first, second)| bound(first, second));
    let mut backward = known().collect::<Vec<_>>().into_iter().rev();
    let low = backward.next().zip(backward.next()).map_or(0.0, |(last, before)| bound(last, before));
    (-low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The amounts of the product of (1 - g_i / g).
    fn with_roots(growths: &[f64]) -> Vec<f64> {
        let mut amounts = vec![1.0];
        for growth in growths {
            amounts.push(0.0);
            for k in (1..amounts.len()).rev() {
                amounts[k] -= growth * amounts[k - 1];
            }
        }
        amounts
    }

    fn found(growths: &[f64]) -> Vec<f64> {
        let candidates = Series { amounts: &with_roots(growths), gaps: Gaps::Even }.all().into_iter();
        let growths = candidates.map(|candidate| match candidate {
            Candidate::Crosses { at, .. } | Candidate::Touches { at, .. } => at.exp(),
        });
        growths.collect()
    }

    #[test]
    fn finds_every_root() {
        for growths in [&[0.5, 0.9, 1.1, 1.4][..], &[0.01, 1.0, 1.05, 3.0, 80.0], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]]
        {
            let found = found(growths);
            assert_eq!(found.len(), growths.len(), "{found:?}");
            for (found, growth) in found.iter().zip(growths) {
                assert!((found / growth - 1.0).abs() < 1e-9, "{found} {growth}");
            }
        }
    }

    #[test]
    fn finds_roots_that_touch() {
        let touching = found(&[1.1, 1.1, 1.5, 1.5]);
        assert_eq!(touching.len(), 2, "{touching:?}");
        assert!((touching[0] - 1.1).abs() < 1e-7 && (touching[1] - 1.5).abs() < 1e-7, "{touching:?}");
    }

    #[test]
    fn long_series_do_not_overflow() {
        for (first, rest) in [(-1.0, 1.0), (-1.0, 1e-6), (-1e-12, 1.0)] {
            let mut amounts = vec![rest; 1000];
            amounts[0] = first;
            let series = Series { amounts: &amounts, gaps: Gaps::Even };
            let at = series.only(1).unwrap();
            assert!((series.value_and_slope(at).0 / series.size(at)).abs() < 1e-12);
        }
    }

    /// Months and years in one series: the gaps only have to add up.
    #[test]
    fn uneven_gaps() {
        let before = [0, 0, 1, 0];
        let gaps = Gaps::Uneven { lengths: &[1.0, 2.0], before: &before };
        let even = Series { amounts: &[-3.0, 1.0, 0.0, 2.0, 1.0], gaps: Gaps::Even };
        let uneven = Series { amounts: &[-3.0, 1.0, 2.0, 1.0], gaps };
        for at in [-0.7, -0.1, 0.0, 0.2, 3.0] {
            let ((a, da), (b, db)) = (even.value_and_slope(at), uneven.value_and_slope(at));
            assert!((a - b).abs() < 1e-14 && (da - db).abs() < 1e-14, "{at}: {a} {b}, {da} {db}");
        }
        assert!((even.only(1).unwrap() - uneven.only(1).unwrap()).abs() < 1e-15);
    }
}
