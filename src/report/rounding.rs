//! How numbers are shown: rounded half away from zero, thousands marked, shares of a whole adding up to 100.0 %.
//!
//! Rounding happens here and nowhere else, on the digits of the decimal, so that no number is too large to be shown.

use super::Value;
use super::words::{Words, fill};
use crate::model::Unit;
use rust_decimal::{Decimal, RoundingStrategy};

/// What stands where there is no value; the reason stands under the table.
pub(super) const MISSING: &str = "–";

/// Whole units from a thousand on, two decimals below: `149,424`, `850.25`, `0`.
pub(super) fn money(amount: Decimal) -> String {
    const THOUSAND: u128 = 100_000;
    let cents = units(amount, 2);
    if amount.is_zero() {
        "0".to_owned()
    } else if cents >= THOUSAND {
        digits(units(amount, 0), 0, amount.is_sign_negative())
    } else {
        digits(cents, 2, amount.is_sign_negative())
    }
}

/// A percentage with one decimal: `62.5 %`.
pub(super) fn share(fraction: Decimal) -> String {
    percent(units(fraction, 3), fraction.is_sign_negative())
}

/// A number with as many decimals as `places`: a mean, a score on its own scale.
pub(super) fn number(number: Decimal, places: u32) -> String {
    digits(units(number, places), places, number.is_sign_negative())
}

/// A p-value, with as many places as it takes to see it: `0.043`, `< 0.001`.
pub(super) fn p_value(p: Decimal) -> String {
    let least = Decimal::new(1, 3);
    if p < least { format!("< {least}") } else { number(p, 3) }
}

/// A difference of shares: `+2.1 %`.
pub(super) fn signed_share(fraction: Decimal) -> String {
    let shown = share(fraction);
    if fraction > Decimal::ZERO { format!("+{shown}") } else { shown }
}

/// A difference of shares in percentage points, with its sign: `+2.1 pp`.
pub(super) fn points(fraction: Decimal, words: &Words) -> String {
    let shown = digits(units(fraction, 3), 1, fraction.is_sign_negative());
    let sign = if fraction > Decimal::ZERO { "+" } else { "" };
    fill(words.percentage_points, &[&format!("{sign}{shown}")])
}

/// What was measured: as it was stated, or with fewer decimals where it was computed from what was.
pub(super) fn measured(number: Decimal, unit: &Unit) -> String {
    // nobody states more decimals than this: they are those of a quotient
    const STATED: u32 = 9;
    match unit {
        _ if number.scale() <= STATED => plain(number, unit),
        Unit::Share => share(number),
        _ => trimmed(number, 2),
    }
}

/// What somebody stated or measured, with the decimals it was stated with, up to four: `83.0 %`, `0.25 %`, `18,400`.
pub(super) fn plain(number: Decimal, unit: &Unit) -> String {
    match unit {
        Unit::Ordinal => number.normalize().to_string(),

        Unit::Share => percentage(number, 4),
        Unit::Money => money(number),
        _ => trimmed(number, 4),
    }
}

/// A share as a percentage with at least one decimal and at most so many, unless it would be shown as nothing.
pub(super) fn percentage(share: Decimal, places: u32) -> String {
    let shown = digits(units(share, places.saturating_add(2)), places, share.is_sign_negative());
    let trimmed = shown.trim_end_matches('0');
    if matches!(trimmed, "0." | "-0.") && !share.is_zero() {
        return tiny(share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share)) + " %";
    }
    if trimmed.ends_with('.') { format!("{trimmed}0 %") } else { format!("{trimmed} %") }
}

/// A number without trailing zeros, with at most `places` decimals unless it would be shown as nothing.
pub(super) fn trimmed(number: Decimal, places: u32) -> String {
    let shown = digits(units(number, places), places, number.is_sign_negative());
    let trimmed = if shown.contains('.') { shown.trim_end_matches('0').trim_end_matches('.') } else { shown.as_str() };
    if trimmed == "0" && !number.is_zero() { tiny(number) } else { trimmed.to_owned() }
}

/// A number that is only estimated: so many digits that count, and no more.
pub(super) fn significant(number: Decimal, places: u32) -> String {
    let shown = number.round_sf_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).unwrap_or(number);
    trimmed(shown, 6)
}

/// A p-value: three digits, and never 0, as nothing is impossible.
pub(super) fn probability(p: Decimal) -> String {
    let least = Decimal::new(1, 3);
    if p < least { format!("< {least}") } else { number(p, 3) }
}

/// Two significant digits of a number that rounds to nothing.
fn tiny(number: Decimal) -> String {
    let shown = number.round_sf_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).unwrap_or(number);
    shown.normalize().to_string()
}

/// The parts of a whole as percentages with one decimal that add up to exactly 100.0.
///
/// The method of largest remainders: each part is cut after the first decimal, and the tenths that are missing go to the
/// parts that lost most, the earlier one where they lost the same. Parts that are not those of one whole (one is
/// negative, or they do not sum to 1) are rounded each by itself, because nothing could make them add up honestly.
pub(super) fn shares_of_100(parts: &[Decimal]) -> Vec<String> {
    // below half a tenth of a percent, so that there is never more to hand out than there are parts
    let tolerance = Decimal::new(4, 4);
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part));
    let off = sum.and_then(|sum| sum.checked_sub(Decimal::ONE));
    let whole = off.is_some_and(|off| off.abs() <= tolerance);
    if !whole || parts.iter().any(|part| part.is_sign_negative() && !part.is_zero()) {
        return parts.iter().map(|part| share(*part)).collect();
    }
    let mut tenths: Vec<(u128, u128)> = parts.iter().map(|part| floor_tenths(*part)).collect();
    let given = tenths.iter().fold(0u128, |sum, (tenths, _)| sum.saturating_add(*tenths));
    let left = usize::try_from(1000u128.saturating_sub(given)).unwrap_or(0);
    let mut order: Vec<(u128, usize)> = tenths.iter().enumerate().map(|(index, (_, rest))| (*rest, index)).collect();
    order.sort_by_key(|(rest, index)| (std::cmp::Reverse(*rest), *index));
    for (_, index) in order.into_iter().take(left) {
        if let Some((tenths, _)) = tenths.get_mut(index) {
            *tenths = tenths.saturating_add(1);
        }
    }
    tenths.into_iter().map(|(tenths, _)| percent(tenths, false)).collect()
}

/// [`shares_of_100`] of values, some of which may be missing: then each stands by itself.
pub(super) fn shares_of_values(values: &[&Value]) -> Vec<Option<String>> {
    let numbers: Option<Vec<Decimal>> = values.iter().map(|value| value.number()).collect();
    match numbers {
        Some(numbers) => shares_of_100(&numbers).into_iter().map(Some).collect(),
        None => values.iter().map(|value| value.number().map(share)).collect(),
    }
}

/// Whole tenths of a percent in a fraction, and what is cut off in units of 10^-28 tenths.
fn floor_tenths(fraction: Decimal) -> (u128, u128) {
    let tenths = fraction.mantissa().unsigned_abs().saturating_mul(1000);
    let scale = fraction.scale();
    let one = 10u128.saturating_pow(scale);
    let rest = tenths.checked_rem(one).unwrap_or(0);
    let finer = 10u128.saturating_pow(28u32.saturating_sub(scale));
    (tenths.checked_div(one).unwrap_or(0), rest.saturating_mul(finer))
}

fn percent(tenths: u128, negative: bool) -> String {
    digits(tenths, 1, negative) + " %"
}

/// The size of a number in units of 10^-places, half away from zero.
fn units(number: Decimal, places: u32) -> u128 {
    // 96 bits times 10^6 fit 128 bits, and so do numbers below 1,000 times 10^12: no caller asks for more
    let digits = number.mantissa().unsigned_abs();
    let scale = number.scale();
    if scale <= places {
        return digits.saturating_mul(10u128.saturating_pow(places - scale));
    }
    // a power of ten from 10 on is even, so its half is exact
    let divisor = 10u128.saturating_pow(scale - places);
    let half = divisor.checked_div(2).unwrap_or(0);
    digits.saturating_add(half).checked_div(divisor).unwrap_or(0)
}

/// Digits with a point before the last `places` and a comma after every third; never `-0`.
fn digits(units: u128, places: u32, negative: bool) -> String {
    let places = usize::try_from(places).unwrap_or(0);
    let padded = format!("{units:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at_checked(padded.len() - places).unwrap_or((&padded, ""));
    let mut shown = String::with_capacity(padded.len() + padded.len() / 3 + 2);
    if negative && units != 0 {
        shown.push('-');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    if places > 0 {
        shown.push('.');
        shown.push_str(fraction);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::dec;

    #[test]
    fn amounts() {
        for (amount, shown) in [
            (dec!(149_424), "149,424"),
            (dec!(149_424.5), "149,425"),
            (dec!(-149_424.5), "-149,425"),
            (dec!(1_000), "1,000"),
            (dec!(999.995), "1,000"),
            (dec!(999.994), "999.99"),
            (dec!(850.255), "850.26"),
            (dec!(-850.255), "-850.26"),
            (dec!(0), "0"),
            (dec!(-0.00), "0"),
            (dec!(-0.001), "0.00"),
            (dec!(1_234_567.89), "1,234,568"),
            (Decimal::MAX, "79,228,162,514,264,337,593,543,950,335"),
            (Decimal::MIN, "-79,228,162,514,264,337,593,543,950,335"),
        ] {
            assert_eq!(money(amount), shown);
        }
    }

    #[test]
    fn percentages() {
        for (fraction, shown) in [
            (dec!(0.625), "62.5 %"),
            (dec!(0.6255), "62.6 %"),
            (dec!(-0.0005), "-0.1 %"),
            (dec!(-0.0004), "0.0 %"),
            (dec!(12.5), "1,250.0 %"),
            (Decimal::MAX, "7,922,816,251,426,433,759,354,395,033,500.0 %"),
        ] {
            assert_eq!(share(fraction), shown);
        }
    }

    #[test]
    fn what_was_stated_keeps_its_decimals() {
        for (stated, unit, shown) in [
            (dec!(0.83), Unit::Share, "83.0 %"),
            (dec!(0.0025), Unit::Share, "0.25 %"),
            (dec!(0.00000012), Unit::Share, "0.000012 %"),
            (dec!(0), Unit::Share, "0.0 %"),
            (dec!(18_400), Unit::Number, "18,400"),
            (dec!(4.20), Unit::Number, "4.2"),
            (dec!(-4.20), Unit::Number, "-4.2"),
            (dec!(100), Unit::Number, "100"),
            (dec!(0), Unit::Number, "0"),
            (dec!(0.000012345), Unit::Number, "0.000012"),
            (dec!(960), Unit::of("EUR/user/year"), "960"),
        ] {
            assert_eq!(plain(stated, &unit), shown);
        }
        assert_eq!(number(dec!(8.8), 2), "8.80");
        assert_eq!(number(dec!(3.65), 1), "3.7");
    }

    #[test]
    fn largest_remainders() {
        let thirds = [Decimal::ONE.checked_div(Decimal::from(3)).unwrap(); 3];
        assert_eq!(shares_of_100(&thirds), ["33.4 %", "33.3 %", "33.3 %"]);
        assert_eq!(shares_of_100(&[dec!(0.5), dec!(0), dec!(0.5)]), ["50.0 %", "0.0 %", "50.0 %"]);
        assert_eq!(shares_of_100(&[dec!(0.1235), dec!(0.8765)]), ["12.4 %", "87.6 %"]);
        assert_eq!(shares_of_100(&[]), Vec::<String>::new());
        // not parts of one whole
        assert_eq!(shares_of_100(&[dec!(0.4), dec!(0.4)]), ["40.0 %", "40.0 %"]);
        assert_eq!(shares_of_100(&[dec!(1.5), dec!(-0.5)]), ["150.0 %", "-50.0 %"]);
    }

    fn tenths(shown: &str) -> i64 {
        shown.trim_end_matches(" %").replace(['.', ','], "").parse().unwrap()
    }

    proptest! {
        #[test]
        fn shares_add_up(sizes in prop::collection::vec(0u64..1_000_000, 1..40)) {
            let total: u64 = sizes.iter().sum();
            prop_assume!(total > 0);
            let total = Decimal::from(total);
            let parts: Vec<Decimal> =
                sizes.iter().map(|size| Decimal::from(*size).checked_div(total).unwrap()).collect();
            let shown = shares_of_100(&parts);
            prop_assert_eq!(shown.iter().map(|shown| tenths(shown)).sum::<i64>(), 1000);
            for (part, shown) in parts.iter().zip(&shown) {
                let exact = part.checked_mul(Decimal::ONE_THOUSAND).unwrap();
                let off = exact.checked_sub(Decimal::from(tenths(shown))).unwrap();
                prop_assert!(off.abs() < Decimal::ONE, "{} shown as {}", part, shown);
            }
        }

        #[test]
        fn no_number_panics(low: u32, mid: u32, high: u32, negative: bool, scale in 0u32..=28) {
            let number = Decimal::from_parts(low, mid, high, negative, scale);
            for unit in [Unit::Share, Unit::Money, Unit::Number] {
                prop_assert!(!plain(number, &unit).contains("-0.0 %"));
            }
            share(number);
            super::number(number, 2);
            shares_of_100(&[number, number]);
        }
    }
}
