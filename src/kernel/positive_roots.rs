//! All positive roots of a polynomial in floats, for [`irr`](fn@super::irr).
//!
//! The polynomial is the value of flows at a growth factor g = 1 + r: `sum c[k] / g^k` for g > 0. It is evaluated on
//! (0, 1] only, in 1/g or in g, where nothing overflows.

/// The variable in which the value is a polynomial on (0, 1], up to a positive factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// 1/g, for g from 1 up: the flow of year k is the coefficient of the k-th power.
    Discount,
    /// g, below 1: the last flow is the constant.
    Growth,
}

impl Side {
    /// The side of a growth factor, and the value of the variable there.
    pub(super) fn of(growth: f64) -> (Self, f64) {
        if growth >= 1.0 { (Self::Discount, growth.recip()) } else { (Self::Growth, growth) }
    }
}

/// A place where the value is zero, or so near to zero that floats cannot tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Candidate {
    /// The value changes its sign at this growth factor.
    Crosses { at: f64, falling: bool },
    /// The value has the same sign on both sides, and in between one that floats cannot tell.
    Touches { at: f64, positive_around: bool },
}

/// The value and its slope in the variable of `side`, by Horner's form.
pub(super) fn value_and_slope(c: &[f64], side: Side, x: f64) -> (f64, f64) {
    let step = |(value, slope): (f64, f64), c: &f64| (value * x + c, slope * x + value);
    match side {
        Side::Discount => c.iter().rev().fold((0.0, 0.0), step),
        Side::Growth => c.iter().fold((0.0, 0.0), step),
    }
}

/// The sum of the magnitudes of the terms, against which the value is large or small.
pub(super) fn size(c: &[f64], side: Side, x: f64) -> f64 {
    let step = |size: f64, c: &f64| size * x + c.abs();
    match side {
        Side::Discount => c.iter().rev().fold(0.0, step),
        Side::Growth => c.iter().fold(0.0, step),
    }
}

/// The growth factor that solves flows which change sign exactly once.
pub(super) fn only(c: &[f64]) -> f64 {
    let (low, high) = bounds(c);
    bracketed(c, low, high, last_sign(c) > 0.0)
}

/// Every growth factor that may solve the flows, ascending.
///
/// Multiplying `c[k]` by `k - m`, with m where the sign changes, is the derivative of the value times g^m (up to a factor):
/// it has one change of sign less, and a root between any two roots of the value. So roots are found from the polynomial
/// with one change upward.
pub(super) fn all(c: &[f64]) -> Vec<Candidate> {
    let mut levels: Vec<Vec<f64>> = Vec::new();
    loop {
        let level = levels.last().map_or(c, Vec::as_slice);
        match last_change(level) {
            (changes, Some(place)) if changes > 1 => {
                let next = with_one_change_less(level, place);
                levels.push(next);
            }
            _ => break,
        }
    }
    let mut separators = Vec::new();
    for level in levels.iter().rev() {
        let candidates = candidates(level, &separators);
        separators.clear();
        separators.extend(candidates.iter().map(|candidate| match candidate {
            Candidate::Crosses { at, .. } | Candidate::Touches { at, .. } => *at,
        }));
    }
    candidates(c, &separators)
}

/// How often the sign changes, and the place of the last change, between two years.
fn last_change(c: &[f64]) -> (usize, Option<f64>) {
    let mut changes = 0;
    let mut place = None;
    let mut before: Option<(usize, f64)> = None;
    for (year, value) in c.iter().enumerate().filter(|(_, value)| **value != 0.0) {
        if let Some((year_before, value_before)) = before
            && (value_before > 0.0) != (*value > 0.0)
        {
            changes += 1;
            place = Some((year_before + year) as f64 / 2.0);
        }
        before = Some((year, *value));
    }
    (changes, place)
}

fn with_one_change_less(c: &[f64], place: f64) -> Vec<f64> {
    let mut next: Vec<f64> = c.iter().enumerate().map(|(year, value)| value * (year as f64 - place)).collect();
    measure_in_largest(&mut next);
    next
}

/// Divides the values by the largest magnitude among them, which it returns.
pub(super) fn measure_in_largest(c: &mut [f64]) -> f64 {
    let largest = c.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    for value in c {
        *value /= largest;
    }
    largest
}

/// The places where the value is zero, where there is no more than one between two neighbouring `separators`.
fn candidates(c: &[f64], separators: &[f64]) -> Vec<Candidate> {
    let (low, high) = bounds(c);
    let mut found = Vec::new();
    // The last place whose sign is certain, and the doubtful one since then that is nearest to zero.
    let (mut left, mut left_positive) = (low, last_sign(c) > 0.0);
    let mut doubtful: Option<(f64, f64)> = None;
    let inner = separators.iter().copied().filter(|at| *at > low && *at < high);
    for at in inner.chain([high]) {
        let positive = if at == high {
            first_sign(c) > 0.0
        } else {
            let (side, x) = Side::of(at);
            let relative = value_and_slope(c, side, x).0 / size(c, side, x);
            // The rounding errors of Horner's form, and of the coefficients.
            if relative.abs() <= (2 * c.len() + 8) as f64 * f64::EPSILON {
                if doubtful.is_none_or(|(_, least)| relative.abs() < least) {
                    doubtful = Some((at, relative.abs()));
                }
                continue;
            }
            relative > 0.0
        };
        if positive != left_positive {
            found.push(Candidate::Crosses { at: bracketed(c, left, at, left_positive), falling: left_positive });
        } else if let Some((at, _)) = doubtful {
            found.push(Candidate::Touches { at, positive_around: positive });
        }
        (left, left_positive, doubtful) = (at, positive, None);
    }
    found
}

fn first_sign(c: &[f64]) -> f64 {
    c.iter().copied().find(|value| *value != 0.0).unwrap_or(0.0)
}

fn last_sign(c: &[f64]) -> f64 {
    c.iter().copied().rfind(|value| *value != 0.0).unwrap_or(0.0)
}

/// Growth factors between which all roots of coefficients of magnitude 1 and less lie (Cauchy's bound).
fn bounds(c: &[f64]) -> (f64, f64) {
    let last = last_sign(c).abs();
    let low = 0.999 * last / (1.0 + last);
    let high = 1.001 * (1.0 + first_sign(c).abs().recip());
    (low.max(1e-300), high.min(1e300))
}

/// The root between two growth factors at which the value has opposite signs.
fn bracketed(c: &[f64], mut low: f64, mut high: f64, low_positive: bool) -> f64 {
    if low < 1.0 && high > 1.0 {
        let (sum, _) = value_and_slope(c, Side::Discount, 1.0);
        if sum == 0.0 {
            return 1.0;
        }
        if (sum > 0.0) == low_positive {
            low = 1.0;
        } else {
            high = 1.0;
        }
    }
    if low >= 1.0 {
        solve(c, Side::Discount, high.recip(), low.recip(), !low_positive).recip()
    } else {
        solve(c, Side::Growth, low, high, low_positive)
    }
}

/// Newton's method kept inside a bracket, which is halved in the logarithm where Newton's step does not help.
fn solve(c: &[f64], side: Side, mut low: f64, mut high: f64, low_positive: bool) -> f64 {
    let mut step = high - low;
    let mut x = low.sqrt() * high.sqrt();
    for _ in 0..200 {
        let (value, slope) = value_and_slope(c, side, x);
        if value == 0.0 {
            break;
        }
        if (value > 0.0) == low_positive {
            low = x;
        } else {
            high = x;
        }
        let newton = value / slope;
        let mut next = x - newton;
        let helps = newton.abs() < 0.5 * step.abs() || newton.abs() < 1e-12 * x;
        if !(helps && next > low && next < high) {
            next = low.sqrt() * high.sqrt();
        }
        step = next - x;
        x = next;
        if step.abs() <= 4e-16 * x {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The coefficients of the product of (1 - g_i / g).
    fn with_roots(growths: &[f64]) -> Vec<f64> {
        let mut c = vec![1.0];
        for growth in growths {
            c.push(0.0);
            for k in (1..c.len()).rev() {
                c[k] -= growth * c[k - 1];
            }
        }
        measure_in_largest(&mut c);
        c
    }

    fn found(growths: &[f64]) -> Vec<f64> {
        all(&with_roots(growths))
            .into_iter()
            .map(|candidate| match candidate {
                Candidate::Crosses { at, .. } | Candidate::Touches { at, .. } => at,
            })
            .collect()
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
            let mut c = vec![rest; 1000];
            c[0] = first;
            let growth = only(&c);
            let (side, x) = Side::of(growth);
            assert!((value_and_slope(&c, side, x).0 / size(&c, side, x)).abs() < 1e-12);
        }
    }
}
