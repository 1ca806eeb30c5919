//! Numbers with 108 binary places, in which rates of return are refined: 32 decimal places, whole-number arithmetic only,
//! so the same digits on every machine, and several times faster than decimals.

use rust_decimal::Decimal;

/// A number of magnitude below 2^19, in steps of 2^-108.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fixed(i128);

/// Binary places of a [`Fixed`].
const PLACES: u32 = 108;
/// Binary places inside the exponential function, where nothing is above 1.
const FINE: u32 = 126;
/// ln 2 with 120 binary places.
const LN_2: u128 = 0xb1_7217_f7d1_cf79_abc9_e3b3_9803_f2f7;
const LOW_HALF: u128 = u64::MAX as u128;

/// `a x b / 2^SHIFT` without its fraction, for factors below 2^127 and a result below 2^128.
const fn product<const SHIFT: u32>(a: u128, b: u128) -> u128 {
    let (a_high, a_low) = (a >> 64, a & LOW_HALF);
    let (b_high, b_low) = (b >> 64, b & LOW_HALF);
    let low = a_low.wrapping_mul(b_low);
    let middle = a_high.wrapping_mul(b_low).wrapping_add(a_low.wrapping_mul(b_high)).wrapping_add(low >> 64);
    let high = a_high.wrapping_mul(b_high).wrapping_add(middle >> 64);
    (high << (128 - SHIFT)) | (((middle << 64) | (low & LOW_HALF)) >> SHIFT)
}

const ONE: u128 = 1 << FINE;

/// e^-x by its series, for x with [`FINE`] places below 1.
const fn series<const TERMS: u32>(x: u128) -> u128 {
    let mut sum = ONE;
    let mut term = TERMS;
    // 1 - x/1 (1 - x/2 (1 - x/3 (…)))
    while term > 0 {
        let part = match product::<FINE>(sum, x).checked_div(term as u128) {
            Some(part) => part,
            None => 0,
        };
        sum = ONE.wrapping_sub(part);
        term = term.wrapping_sub(1);
    }
    sum
}

/// 1 / n! for n from 0 to 9.
#[expect(clippy::indexing_slicing, reason = "a place that is not there would not compile")]
const RECIPROCAL_FACTORIALS: [u128; 10] = {
    let mut reciprocals = [ONE; 10];
    let mut n = 1;
    while n < 10 {
        reciprocals[n] = reciprocals[n - 1] / n as u128;
        n += 1;
    }
    reciprocals
};

/// e^-(k / 2^STEPS) for k from 0 to 63.
#[expect(clippy::indexing_slicing, reason = "only called where tables are compiled")]
const fn powers<const STEPS: u32>() -> [u128; 64] {
    let mut powers = [ONE; 64];
    let mut k = 0;
    while k < 64 {
        powers[k] = series::<32>((k as u128) << (FINE - STEPS));
        k += 1;
    }
    powers
}

static COARSE: [u128; 64] = powers::<6>();
static FINER: [u128; 64] = powers::<12>();

impl Fixed {
    pub(super) const ZERO: Self = Self(0);
    pub(super) const ONE: Self = Self(1 << PLACES);

    /// The integer `whole` x 2^`shift`, in steps of 2^-108.
    pub(super) fn shifted(whole: i128, shift: i32) -> Self {
        // INVARIANT: callers shift to a magnitude of 2^108 or less.
        let by = shift.unsigned_abs();
        Self(if shift >= 0 { whole.wrapping_shl(by) } else { whole.checked_shr(by).unwrap_or(0) })
    }

    pub(super) fn from_f64(x: f64) -> Option<Self> {
        // Both factors of the scaling are powers of two, so it is exact.
        (x.abs() < 524_288.0).then_some(Self((x * 324_518_553_658_426_726_783_156_020_576_256.0) as i128))
    }

    pub(super) fn to_f64(self) -> f64 {
        match i64::try_from(self.0) {
            Ok(few) => few as f64 * f64::from_bits((1023 - PLACES as u64) << 52),
            // By halves, to the last digit but one: the library's conversion of 128 bits takes several times as long.
            Err(_) => {
                let (high, low) = ((self.0 >> 64) as i64, self.0 as u64);
                (high as f64 + low as f64 * f64::from_bits((1023 - 64) << 52))
                    * f64::from_bits((1023 + 64 - PLACES as u64) << 52)
            }
        }
    }

    /// A decimal of magnitude below 2^19, to the nearest step below.
    pub(super) fn from_decimal(number: Decimal) -> Option<Self> {
        let unit = 10u128.checked_pow(number.scale())?;
        Self::ratio(number.mantissa(), unit)
    }

    /// `numerator / denominator`, for a denominator below 2^96.
    pub(super) fn ratio(numerator: i128, denominator: u128) -> Option<Self> {
        let mut quotient = numerator.unsigned_abs().checked_div(denominator).filter(|whole| *whole < 1 << 19)?;
        let mut rest = numerator.unsigned_abs().checked_rem(denominator)?;
        // 108 places in four steps of 27
        for _ in 0..4 {
            rest <<= 27;
            quotient = (quotient << 27) | rest.checked_div(denominator)?;
            rest = rest.checked_rem(denominator)?;
        }
        let magnitude = i128::try_from(quotient).ok()?;
        Some(Self(if numerator < 0 { magnitude.wrapping_neg() } else { magnitude }))
    }

    /// The nearest decimal, with as many of 28 places as fit.
    pub(super) fn to_decimal(self) -> Option<Decimal> {
        let magnitude = self.0.unsigned_abs();
        let mut unit = 10_000_000_000_000_000_000_000_000_000u128;
        let mut places = 28;
        // up to 7.9 the 28 places fit 96 bits
        let mut limit = 7u128 << PLACES;
        while magnitude > limit {
            unit = unit.checked_div(10)?;
            limit = limit.saturating_mul(10);
            places = u32::checked_sub(places, 1)?;
        }
        let whole = product::<{ PLACES - 1 }>(magnitude, unit).wrapping_add(1) >> 1;
        let mut decimal = Decimal::try_from_i128_with_scale(i128::try_from(whole).ok()?, places).ok()?;
        decimal.set_sign_negative(self.0 < 0 && whole > 0);
        Some(decimal)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self(self.0.wrapping_sub(other.0))
    }

    pub(super) fn negated(self) -> Self {
        Self(self.0.wrapping_neg())
    }

    pub(super) fn abs(self) -> Self {
        Self(self.0.wrapping_abs())
    }

    /// The number x 2^`shift`, for a shift of 0 or less.
    pub(super) fn scaled(self, shift: i32) -> Self {
        Self::shifted(self.0, shift.min(0))
    }

    /// The part that falls to each of so many.
    pub(super) fn divided(self, parts: u32) -> Option<Self> {
        self.0.checked_div(i128::from(parts)).map(Self)
    }

    pub(super) fn half(self) -> Self {
        Self(self.0 >> 1)
    }

    pub(super) fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The product; callers keep it below 2^19.
    pub(super) fn times(self, other: Self) -> Self {
        let magnitude = product::<PLACES>(self.0.unsigned_abs(), other.0.unsigned_abs()).cast_signed();
        Self(if (self.0 ^ other.0) < 0 { magnitude.wrapping_neg() } else { magnitude })
    }

    /// The product, or nothing where it is 2^19 or more.
    pub(super) fn checked_times(self, other: Self) -> Option<Self> {
        (self.to_f64().abs() * other.to_f64().abs() < 524_287.0).then(|| self.times(other))
    }

    /// e^-x for x of 0 and more, to the last two or three steps.
    pub(super) fn exp_of_negative(self) -> Self {
        // e^-75 is below a step.
        if self.0 >= 75 << PLACES {
            return Self::ZERO;
        }
        let x = self.0.max(0).unsigned_abs() << (120 - PLACES);
        let mut halvings = (self.to_f64() * std::f64::consts::LOG2_E) as u32;
        let mut rest = x.wrapping_sub(LN_2.wrapping_mul(u128::from(halvings)));
        if rest > x {
            halvings = halvings.saturating_sub(1);
            rest = rest.wrapping_add(LN_2);
        } else if rest >= LN_2 {
            halvings = halvings.saturating_add(1);
            rest = rest.wrapping_sub(LN_2);
        }
        let rest = rest << (FINE - 120);
        let entry =
            |table: &[u128; 64], steps: u32| table.get((rest >> (FINE - steps)) as usize & 63).copied().unwrap_or(ONE);
        let tabled = product::<FINE>(entry(&COARSE, 6), entry(&FINER, 12));
        let small = rest & ((1 << (FINE - 12)) - 1);
        let mut terms = RECIPROCAL_FACTORIALS.iter().rev();
        let last = terms.next().copied().unwrap_or(0);
        let remaining = terms.fold(last, |sum, reciprocal| reciprocal.wrapping_sub(product::<FINE>(sum, small)));
        let fine = product::<FINE>(tabled, remaining);
        let shift = (FINE - PLACES).saturating_add(halvings);
        Self(fine.checked_shr(shift).unwrap_or(0).cast_signed())
    }
}

/// ln 10.
const LN_10: Fixed = Fixed(0x24d7_6377_6aaa_2b05_ba95_b58a_e0b5);

/// The natural logarithm of a number above 0, to the last few steps.
pub(super) fn ln(number: Decimal) -> Option<Fixed> {
    if number == Decimal::ONE {
        return Some(Fixed::ZERO);
    }
    // number = part x 10^tens, with a part from 0.1 to 1
    let digits = number.mantissa().checked_ilog10()?.checked_add(1)?;
    let part = Fixed::ratio(number.mantissa(), 10u128.checked_pow(digits)?)?;
    let tens = i128::from(digits).checked_sub(i128::from(number.scale()))?;
    let start = Fixed::from_f64(libm::log(part.to_f64()).min(0.0))?;
    let power = start.negated().exp_of_negative();
    // What is left to the part is 1 + z with z near 10^-16: ln(1 + z) = z - z^2/2, and z^3 is beyond the last place.
    let z = part.minus(power).to_f64() / power.to_f64();
    let rest = Fixed::from_f64(z - z * z / 2.0)?;
    Some(start.plus(rest).plus(Fixed(LN_10.0.wrapping_mul(tens))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec};

    #[test]
    fn products_and_decimals() {
        let of = |text: &str| Fixed::from_decimal(dec(text)).unwrap();
        for (a, b, expected) in [("0.5", "-0.25", "-0.125"), ("3", "7", "21"), ("-1.5", "-400", "600"), ("0", "5", "0")]
        {
            assert_eq!(of(a).times(of(b)).to_decimal().unwrap(), dec(expected), "{a} x {b}");
        }
        for text in ["0.1", "-0.0812345678901234567890123456", "7.5", "123456.789", "0.0000000000000000000000000001"] {
            assert_eq!(of(text).to_decimal().unwrap().normalize(), dec(text));
        }
        assert_eq!(Fixed::from_decimal(dec("600000")), None);
        assert_eq!(Fixed::from_f64(0.375).unwrap(), of("0.375"));
        assert!((of("-0.3").to_f64() + 0.3).abs() < 1e-16);
    }

    /// Values computed with 60 digits.
    #[test]
    fn exponential_function() {
        for (x, expected) in [
            ("0", "1"),
            ("1", "0.3678794411714423215955237702"),
            ("0.1", "0.9048374180359595731642490594"),
            ("0.6931471805599453094172321215", "0.5"),
            ("10", "0.0000453999297624848515355915"),
            ("64", "0.0000000000000000000000000002"),
            ("400", "0"),
        ] {
            let power = Fixed::from_decimal(dec(x)).unwrap().exp_of_negative().to_decimal().unwrap();
            assert_near(x, power, dec(expected), "0.0000000000000000000000000001");
        }
    }

    #[test]
    fn logarithm() {
        for (growth, expected) in [
            ("1", "0"),
            ("1.1", "0.0953101798043248600439521233"),
            ("0.5", "-0.6931471805599453094172321215"),
            ("1000", "6.9077552789821370520539743641"),
            ("0.001", "-6.9077552789821370520539743641"),
        ] {
            let log = ln(dec(growth)).unwrap().to_decimal().unwrap();
            assert_near(growth, log, dec(expected), "0.000000000000000000000000001");
        }
    }
}
