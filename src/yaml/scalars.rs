//! Numbers as people type them, exactly: `0.1`, `120_000`, `8%`; anything doubtful is refused with advice.

use rust_decimal::Decimal;

/// Why a text is not a number: what is wrong, and what to type instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotANumber {
    pub(super) message: String,
    pub(super) help: String,
}

/// The number a text states, with all its digits; `8%` is 0.08.
pub(super) fn number(text: &str) -> Result<Decimal, NotANumber> {
    let trimmed = text.trim();
    let (digits, percent) = match trimmed.strip_suffix(['%', '％']) {
        Some(rest) => (rest.trim_end(), true),
        None => (trimmed, false),
    };
    let plain = digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || b"._+-".contains(&byte));
    match Decimal::from_str_exact(digits) {
        Ok(number) if plain && !percent => Ok(number),
        Ok(number) if plain => {
            let mut hundredth = number;
            let scale = number.scale() + 2;
            // moving the point keeps every digit, which a division would round away
            match hundredth.set_scale(scale) {
                Ok(()) => Ok(hundredth),
                Err(_) => Err(refused(text, digits)),
            }
        }
        _ => Err(refused(text, digits)),
    }
}

fn refused(text: &str, digits: &str) -> NotANumber {
    let lower = digits.to_lowercase();
    let bare = lower.trim_start_matches(['+', '-']);
    let only = |allowed: &str| bare.chars().all(|c| c.is_ascii_digit() || allowed.contains(c));
    let starts_with_digit = bare.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let help = if bare.is_empty() {
        "write a number, as in `12_500` or `8%`".to_owned()
    } else if starts_with_digit && bare.contains('e') && only(".e+-_") {
        "write the number out, as in `1_000` instead of `1e3`".to_owned()
    } else if starts_with_digit && bare.contains(',') && only(".,") {
        // 1,250.50 groups by comma and 1.250,50 by point; a lone comma is a decimal comma where three digits cannot follow
        let (comma, point) = (bare.rfind(','), bare.rfind('.'));
        let decimal_comma = match (comma, point) {
            (Some(comma), Some(point)) => comma > point,
            (Some(comma), None) => bare.len() - comma != 4,
            _ => false,
        };
        let rewritten = if decimal_comma { bare.replace('.', "_").replace(',', ".") } else { bare.replace(',', "_") };
        format!("write `{rewritten}`: a point before the decimals, `_` between thousands")
    } else if bare.contains("nan") || bare.contains("inf") {
        "leave the value out where there is none".to_owned()
    } else if bare.starts_with("0x") || bare.starts_with("0o") {
        "write the number in decimal digits".to_owned()
    } else if starts_with_digit && only("._") {
        "write at most 28 digits, of which at most 28 after the point".to_owned()
    } else if bare.starts_with(|c: char| c.is_alphabetic() || c == '_') && bare.contains(['*', '/', '+', '(', '-', ' '])
    {
        format!("write `= {}` for a formula", text.trim())
    } else if bare.chars().all(|c| c.is_alphanumeric() || c == '_') && !starts_with_digit {
        format!("write `= {}` to use the assumption of that name", text.trim())
    } else {
        "write a bare number, as in `12_500` or `8%`; the unit goes into `unit:`".to_owned()
    };
    NotANumber { message: format!("`{text}` is not a number"), help }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_arrive_as_typed() {
        for (text, expected) in [
            ("0.1", "0.1"),
            ("1.10", "1.10"),
            ("120_000", "120000"),
            ("8%", "0.08"),
            ("12.5 %", "0.125"),
            ("-3", "-3"),
            ("+5", "5"),
            (".5", "0.5"),
            ("1234567890123456789012345678", "1234567890123456789012345678"),
            ("0.1234567890123456789012345678", "0.1234567890123456789012345678"),
        ] {
            assert_eq!(number(text).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn doubtful_numbers_are_refused_with_advice() {
        for (text, advice) in [
            ("1e3", "write the number out, as in `1_000` instead of `1e3`"),
            ("1,000", "write `1_000`: a point before the decimals, `_` between thousands"),
            ("1.250,50", "write `1_250.50`: a point before the decimals, `_` between thousands"),
            ("0,5", "write `0.5`: a point before the decimals, `_` between thousands"),
            (".nan", "leave the value out where there is none"),
            ("-.inf", "leave the value out where there is none"),
            ("0x10", "write the number in decimal digits"),
            ("", "write a number, as in `12_500` or `8%`"),
            ("seats * 3", "write `= seats * 3` for a formula"),
            ("seats", "write `= seats` to use the assumption of that name"),
            ("960 EUR", "write a bare number, as in `12_500` or `8%`; the unit goes into `unit:`"),
            ("€960", "write a bare number, as in `12_500` or `8%`; the unit goes into `unit:`"),
            ("0.12345678901234567890123456789", "write at most 28 digits, of which at most 28 after the point"),
        ] {
            assert_eq!(number(text).unwrap_err().help, advice, "{text}");
        }
    }
}
