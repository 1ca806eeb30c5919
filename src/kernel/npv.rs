//! Net present value: what a series of yearly cash flows is worth today.

use rust_decimal::Decimal;

/// Why there is no present value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NpvError {
    /// At -100 % or less nothing can be discounted: the divisor 1 + rate is zero or negative.
    #[error("the discount rate is not above -100 %")]
    RateTooLow,
    /// A value on the way does not fit 28 digits.
    #[error("the present value does not fit a decimal number of 28 digits")]
    Overflow,
}

/// What a series of yearly cash flows is worth today, at a yearly discount rate.
///
/// `flows[0]` falls in year `first`, each following flow one year later. With `first` = 0 the first flow is today's and
/// is not discounted; with `first` = 1 it falls at the end of the first year. No flows are worth 0.
///
/// **Formula**: sum over k of `flows[k] / (1 + rate)^(first + k)`, computed from the last flow back to the first as
/// `value / (1 + rate) + flow` (Horner's form), then divided by `(1 + rate)^first`. The form is fixed because another
/// one differs in the 28th digit; this one does not overflow over long horizons, as the powers of a running factor do.
///
/// **Units**: `rate` is a fraction a year (8 % is 0.08); the result is in the unit of the flows.
///
/// **Spreadsheets**: `NPV()` of Excel and LibreOffice discounts the first value too, which is `first` = 1 here.
/// The flows -1000, 500, 300, 800 at 8 % are worth 355.23 with `first` = 0 and 328.92 in a spreadsheet.
///
/// # Errors
///
/// [`NpvError::RateTooLow`] unless `rate` > -1; [`NpvError::Overflow`] where a value does not fit 28 digits.
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 2; the two figures are those of apache/poi pull
/// request 256.
///
/// # Example
///
/// ```
/// use appraise::kernel::npv;
/// use rust_decimal::Decimal;
///
/// let flows = [-1000, 500, 300, 800].map(Decimal::from);
/// let rate = Decimal::new(8, 2); // 8 %
/// assert_eq!(npv(rate, 0, &flows)?.round_dp(2), Decimal::new(355_23, 2));
/// assert_eq!(npv(rate, 1, &flows)?.round_dp(2), Decimal::new(328_92, 2)); // as a spreadsheet
/// # Ok::<(), appraise::kernel::NpvError>(())
/// ```
pub fn npv(rate: Decimal, first: u32, flows: &[Decimal]) -> Result<Decimal, NpvError> {
    let growth = growth(rate)?;
    let mut value = Decimal::ZERO;
    for flow in flows.iter().rev() {
        value = value.checked_div(growth).and_then(|later| later.checked_add(*flow)).ok_or(NpvError::Overflow)?;
    }
    discounted(value, growth, first).ok_or(NpvError::Overflow)
}

/// What one unit of money, paid at the end of a year, is worth today.
///
/// **Formula**: `1 / (1 + rate)^year`; year 0 gives 1. A factor below 10^-28 is 0.
///
/// **Units**: `rate` is a fraction a year, `year` counts whole years from today; the result is a plain number.
///
/// **Spreadsheets**: the same as `1/(1+rate)^year`. Printed tables often round factors to two or three places, which
/// moves a present value by about 0.1 %; here nothing is rounded.
///
/// # Errors
///
/// [`NpvError::RateTooLow`] unless `rate` > -1; [`NpvError::Overflow`] where a factor does not fit 28 digits, which
/// takes a negative rate.
///
/// # Example
///
/// ```
/// use appraise::kernel::discount_factor;
/// use rust_decimal::Decimal;
///
/// let factor = discount_factor(Decimal::new(10, 2), 3)?; // 10 %, three years
/// assert_eq!(factor.round_dp(6), Decimal::new(751_315, 6));
/// # Ok::<(), appraise::kernel::NpvError>(())
/// ```
pub fn discount_factor(rate: Decimal, year: u32) -> Result<Decimal, NpvError> {
    discounted(Decimal::ONE, growth(rate)?, year).ok_or(NpvError::Overflow)
}

/// What one unit grows to in a year, 1 + rate: above 0.
fn growth(rate: Decimal) -> Result<Decimal, NpvError> {
    let growth = rate.checked_add(Decimal::ONE).ok_or(NpvError::Overflow)?;
    if growth > Decimal::ZERO { Ok(growth) } else { Err(NpvError::RateTooLow) }
}

/// `value / growth^years` by repeated squaring, so that the time does not depend on a number in a document.
///
/// The squared factor is kept at 1 or above (`growth` or its reciprocal): a decimal has a fixed number of places, and
/// the powers of a number below 1 would lose their leading digits.
fn discounted(value: Decimal, growth: Decimal, years: u32) -> Option<Decimal> {
    match years {
        0 => return Some(value),
        1 => return value.checked_div(growth),
        _ => {}
    }
    let shrinks = growth >= Decimal::ONE;
    let mut factor = if shrinks { growth } else { Decimal::ONE.checked_div(growth)? };
    let step = |value: Decimal, factor| {
        if shrinks { value.checked_div(factor) } else { value.checked_mul(factor) }
    };

    let mut value = value;
    let mut left = u64::from(years);
    while left > 0 && !value.is_zero() {
        if left % 2 == 1 {
            value = step(value, factor)?;
        }
        left /= 2;
        if left > 0 {
            match factor.checked_mul(factor) {
                Some(square) => factor = square,
                // The square has more than 28 digits, so a few single steps reach zero or overflow.
                None => {
                    for _ in 0..left * 2 {
                        if value.is_zero() {
                            break;
                        }
                        value = step(value, factor)?;
                    }
                    left = 0;
                }
            }
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec, decs};

    /// Rate, year of the first flow, flows, value, half a unit of the last printed digit; by source.
    const PUBLISHED: &[(&str, &str, u32, &str, &str, &str)] = &[
        // capital budgeting cases of textbooks and study notes; the exact values, not those of rounded factors.
        ("vantagepoint", "0.10", 0, "-100000 40000 40000 40000 40000", "26794.617854", "5e-7"),
        ("schwalbe", "0.08", 0, "-140000 160000 160000 160000", "272335.517960", "5e-7"),
        ("schwalbe costs", "0.08", 0, "140000 40000 40000 40000", "243083.8795", "5e-5"),
        ("schwalbe benefits", "0.08", 0, "0 200000 200000 200000", "515419.3974", "5e-5"),
        ("template at 1 %", "0.01", 0, "-5 9 9 9", "21.468867", "5e-7"),
        ("coursehero 500", "0.10", 0, "-500 300 700 600", "802.028550", "5e-7"),
        ("coursehero 900", "0.15", 0, "-900 300 400 400 500 600", "510.516189", "5e-7"),
        ("coursehero 1.8M", "0.12", 0, "-1800000 350000 500000 600000 800000 500000", "130292.978047", "5e-7"),
        ("60000", "0.12", 0, "-60000 10000 10000 10000 10000 10000 10000 10000 10000", "-10323.602332", "5e-7"),
        ("brainmass", "0.10", 0, "-500 45 55 65 175 185", "-130.403102", "5e-7"),
        ("kingfisher alpha", "0.12", 0, "-200000 80000 70000 60000 40000 20000", "6708.217977", "5e-7"),
        ("kingfisher beta", "0.12", 0, "-200000 30000 50000 70000 90000 110000", "36083.606696", "5e-7"),
        ("polar", "0.10", 0, "-50000 15000 15000 15000 15000 15000", "6861.801541", "5e-7"),
        ("bear pv a", "0.10", 5, "10000", "6209.2132", "5e-5"),
        ("bear pv b", "0.08", 1, "3000 3000 3000 3000", "9936.3805", "5e-5"),
        // the examples in the documentation of Excel
        ("excel 1", "0.10", 1, "-10000 3000 4200 6800", "1188.44341234", "5e-9"),
        ("excel 1 from year 0", "0.10", 0, "-10000 3000 4200 6800", "1307.28775357", "5e-9"),
        ("excel 2", "0.08", 0, "-40000 8000 9200 10000 12000 14500", "1922.06155493", "5e-9"),
        ("excel 3", "0.08", 1, "8000 9200 10000 12000 14500 -9000", "36250.53491298", "5e-9"),
        // the tests of numpy-financial
        ("numpy 1", "0.05", 0, "-15000 1500 2500 3500 4500 6000", "122.89485495", "5e-9"),
        ("numpy 2", "0.08", 0, "-40000 5000 8000 12000 30000", "3065.22266818", "5e-9"),
        // cases from issue trackers of numpy-financial and pyxirr
        ("poi from year 0", "0.08", 0, "-1000 500 300 800", "355.2304018696335", "5e-13"),
        ("poi as excel", "0.08", 1, "-1000 500 300 800", "328.9170387681793", "5e-13"),
        ("finance.js", "0.10", 0, "-500000 200000 300000 200000", "80015.026296", "5e-7"),
        ("finance.js as excel", "0.10", 1, "-500000 200000 300000 200000", "72740.932996", "5e-7"),
    ];

    #[test]
    fn published_values() {
        for (name, rate, first, flows, expected, tolerance) in PUBLISHED {
            let value = npv(dec(rate), *first, &decs(flows)).unwrap();
            let tolerance = Decimal::from_scientific(tolerance).unwrap().to_string();
            assert_near(name, value, dec(expected), &tolerance);
        }
    }

    #[test]
    fn printed_discount_factors() {
        let factors: Vec<_> = (0..5).map(|year| discount_factor(dec("0.10"), year).unwrap().round_dp(3)).collect();
        assert_eq!(factors, decs("1 0.909 0.826 0.751 0.683")); // vantagepoint.io
        assert_eq!(discount_factor(dec("0.12"), 5).map(|factor| factor.round_dp(6)), Ok(dec("0.567427")));
    }

    #[test]
    fn a_later_start_divides_by_the_growth() {
        let flows = decs("-1000 500 300 800");
        for rate in ["0", "0.08", "-0.3", "2.5"] {
            let rate = dec(rate);
            let growth = growth(rate).unwrap();
            let mut expected = npv(rate, 0, &flows).unwrap();
            for first in 1..40 {
                expected = expected.checked_div(growth).unwrap();
                let ratio = npv(rate, first, &flows).unwrap().checked_div(expected).unwrap();
                assert_near("ratio", ratio, Decimal::ONE, "0.0000000000001");
            }
        }
    }

    #[test]
    fn rates_at_the_border() {
        let flows = decs("0 1 2 3 4"); // numpy-financial: a rate of -100 % must not be a number
        assert_eq!(npv(dec("-1"), 0, &flows), Err(NpvError::RateTooLow));
        assert_eq!(npv(dec("-1.5"), 0, &flows), Err(NpvError::RateTooLow));
        assert_eq!(npv(Decimal::MIN, 0, &flows), Err(NpvError::RateTooLow));
        assert_eq!(npv(dec("-0.9999999999999999999999999999"), 0, &flows), Err(NpvError::Overflow));
        assert_eq!(npv(Decimal::MAX, 1, &flows), Err(NpvError::Overflow));
        assert_eq!(npv(Decimal::ZERO, 3, &flows), Ok(Decimal::TEN));
        assert_eq!(npv(dec("0.1"), 0, &[]), Ok(Decimal::ZERO));
    }

    #[test]
    fn any_year_takes_no_time() {
        let year = u32::MAX;
        assert_eq!(discount_factor(dec("0.1"), year), Ok(Decimal::ZERO));
        assert_eq!(discount_factor(dec("0"), year), Ok(Decimal::ONE));
        assert_eq!(discount_factor(dec("-0.1"), year), Err(NpvError::Overflow));
        assert_eq!(discount_factor(dec("1000000000000000000"), 2), Ok(Decimal::ZERO));
        assert_near(
            "tiny rate",
            discount_factor(dec("0.0000000001"), year).unwrap(),
            dec("0.65083655916933161106"),
            "0.0000000000000001",
        );
        let long = vec![Decimal::ONE; 1000];
        assert_near("perpetuity", npv(dec("0.1"), 1, &long).unwrap(), Decimal::TEN, "0.000000000000000000000001");
    }
}
