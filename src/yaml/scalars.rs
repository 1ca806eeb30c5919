//! Numbers as people type them, exactly: `0.1`, `120_000`, `8%`; anything doubtful is refused with advice.

use super::{full_width, syntax};
use rust_decimal::Decimal;

/// Why a text is not a number, and what to type instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotANumber {
    pub(crate) message: String,
    pub(crate) advice: Advice,
}

/// What to type instead of something that is not a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Advice {
    /// This.
    Write(String),
    /// This, where a formula may stand too.
    Formula(String),
    /// The text does not tell what was meant.
    Nothing,
}

/// The number a text states, with all its digits; `8%` is 0.08.
pub(crate) fn number(text: &str) -> Result<Decimal, NotANumber> {
    let trimmed = text.trim();
    let (digits, percent) = match trimmed.strip_suffix(['%', '％']) {
        Some(rest) => (rest.trim_end(), true),
        None => (trimmed, false),
    };
    match plain(digits) {
        Some(number) if !percent => Ok(number),
        Some(number) => {
            let mut hundredth = number;
            let scale = number.scale() + 2;
            // moving the point keeps every digit, which a division would round away
            match hundredth.set_scale(scale) {
                Ok(()) => Ok(hundredth),
                Err(_) => Err(refused(text, digits)),
            }
        }
        None => Err(refused(text, digits)),
    }
}

/// Digits with at most a sign, a point and `_` between them.
fn plain(digits: &str) -> Option<Decimal> {
    let plain = digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || b"._+-".contains(&byte));
    Decimal::from_str_exact(digits).ok().filter(|_| plain)
}

/// What people write where they have no number.
const NO_NUMBER: [&str; 10] = ["n/a", "na", "n.a.", "nan", "none", "tbd", "unknown", "-", "?", "–"];

/// Words behind a number that multiply it, and the zeros they stand for; `m` alone could as well be months.
const MULTIPLES: [(&str, usize); 10] = [
    ("k", 3),
    ("K", 3),
    ("thousand", 3),
    ("M", 6),
    ("mio", 6),
    ("Mio", 6),
    ("Mio.", 6),
    ("million", 6),
    ("万", 4),
    ("亿", 8),
];

fn refused(text: &str, digits: &str) -> NotANumber {
    let text = text.trim();
    let percent = if digits.len() < text.len() { "%" } else { "" };
    let lower = digits.to_lowercase();
    let bare = lower.trim_start_matches(['+', '-']);
    let only = |allowed: &str| bare.chars().all(|c| c.is_ascii_digit() || allowed.contains(c));
    let starts_with_digit = bare.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let mut message = format!("`{}` is not a number", syntax::short(text));
    let advice = if let Some(help) = half_width(text) {
        Advice::Write(help)
    } else if NO_NUMBER.contains(&bare) || lower == "-" || bare.contains(".nan") || bare.contains(".inf") {
        Advice::Write("leave the value out where there is none".to_owned())
    } else if text.starts_with('=') {
        message = "a formula cannot stand here".to_owned();
        Advice::Nothing
    } else if bare.is_empty() {
        Advice::Nothing
    } else if starts_with_digit && bare.contains('e') && only(".e+-_") {
        let written_out =
            Decimal::from_scientific(&lower.replace('_', "")).ok().map(|number| grouped(&number.to_string()));
        let written_out = written_out.filter(|written| written.len() <= 24).unwrap_or_else(|| "1_000".to_owned());
        Advice::Write(format!("write the number out: `{written_out}{percent}`"))
    } else if starts_with_digit && bare.contains(',') && only(".,") {
        // 1,250.50 groups by comma and 1.250,50 by point; a lone comma is a decimal comma where three digits cannot follow
        let (comma, point) = (bare.rfind(','), bare.rfind('.'));
        let decimal_comma = match (comma, point) {
            (Some(comma), Some(point)) => comma > point,
            (Some(comma), None) => bare.len() - comma != 4,
            _ => false,
        };
        let rewritten = if decimal_comma { lower.replace('.', "_").replace(',', ".") } else { lower.replace(',', "_") };
        Advice::Write(format!("write `{rewritten}{percent}`: a point before the decimals, `_` between thousands"))
    } else if bare.starts_with("0x") || bare.starts_with("0o") {
        Advice::Write("write the number in decimal digits".to_owned())
    } else if starts_with_digit && only("._") {
        if bare.matches('.').count() < 2 {
            message = format!("`{}` has more digits than can be kept", syntax::short(text));
        }
        Advice::Write("write at most 28 digits, of which at most 28 after the point".to_owned())
    } else if let Some(number) = multiplied(digits) {
        Advice::Write(format!("write `{number}{percent}`"))
    } else if bare.starts_with(|c: char| c.is_alphabetic() || c == '_') && bare.contains(['*', '/', '+', '(', '-']) {
        Advice::Formula(format!("write `= {text}` for a formula"))
    } else if bare.chars().all(|c| c.is_alphanumeric() || c == '_') && !starts_with_digit {
        Advice::Formula(format!("write `= {text}` to use the assumption of that name"))
    } else if let Some(help) = without_unit(text) {
        Advice::Write(help)
    } else {
        Advice::Nothing
    };
    NotANumber { message, advice }
}

/// `９` as `9`, with whatever else is to be written in another way.
fn half_width(text: &str) -> Option<String> {
    let narrow = full_width::narrowed(text).filter(|narrow| narrow.contains(|c: char| c.is_ascii_digit()))?;
    let as_typed = format!("write `{}`", syntax::short(&narrow));
    match number(&narrow.replace(", ", ",")) {
        Ok(_) => Some(as_typed),
        // of 120，000 as much as of 120,000 is known; 9，8，7 are several
        Err(NotANumber { advice: Advice::Write(help), .. }) if narrow.matches(',').count() < 2 => Some(help),
        Err(_) => narrow.chars().all(|c| c.is_ascii_digit() || " ._+-%,".contains(c)).then_some(as_typed),
    }
}

/// `64k` as `64_000`.
fn multiplied(text: &str) -> Option<String> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, word) = text.split_at_checked(end)?;
    let word = word.split_whitespace().next()?;
    let (_, zeros) = MULTIPLES.iter().find(|(known, _)| *known == word)?;
    let number = plain(number)?;
    let one = Decimal::from_str_exact(&format!("1{}", "0".repeat(*zeros))).ok()?;
    Some(grouped(&number.checked_mul(one)?.normalize().to_string()))
}

/// `€ 24_000` and `960 EUR` as the number alone, `5 percent` as `5%`.
fn without_unit(text: &str) -> Option<String> {
    let number = text.trim_matches(|c: char| !c.is_ascii_digit());
    plain(number)?;
    let unit = text.replace(number, "").trim().to_lowercase();
    match unit.as_str() {
        "percent" | "per cent" | "pct" => Some(format!("write `{number}%`")),
        // what stands before or behind the number may change it
        "m" | "‰" | "bp" | "-" | "(" | ")" | "()" => None,
        _ if unit.contains(|c: char| c.is_ascii_digit()) => None,
        _ => Some(format!("write `{number}` without the unit")),
    }
}

/// `_` between the thousands of a plain number.
fn grouped(number: &str) -> String {
    let (whole, decimals) = number.split_once('.').map_or((number, None), |(whole, decimals)| (whole, Some(decimals)));
    let digits = whole.trim_start_matches('-').len();
    let mut text = String::new();
    for (position, digit) in whole.chars().rev().enumerate() {
        if position > 0 && position % 3 == 0 && position < digits {
            text.push('_');
        }
        text.push(digit);
    }
    let text: String = text.chars().rev().collect();
    match decimals {
        Some(decimals) => format!("{text}.{decimals}"),
        None => text,
    }
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
        let write = |help: &str| Advice::Write(help.to_owned());
        let formula = |help: &str| Advice::Formula(help.to_owned());
        for (text, advice) in [
            ("1e3", write("write the number out: `1_000`")),
            ("-2.5E-3", write("write the number out: `-0.0025`")),
            ("1e999", write("write the number out: `1_000`")),
            ("1,000", write("write `1_000`: a point before the decimals, `_` between thousands")),
            ("-1.250,50", write("write `-1_250.50`: a point before the decimals, `_` between thousands")),
            ("0,5 %", write("write `0.5%`: a point before the decimals, `_` between thousands")),
            (".nan", write("leave the value out where there is none")),
            ("-.inf", write("leave the value out where there is none")),
            ("n/a", write("leave the value out where there is none")),
            ("0x10", write("write the number in decimal digits")),
            ("", Advice::Nothing),
            ("= 2 * 3", Advice::Nothing),
            ("2026-2030", Advice::Nothing),
            ("seats * 3", formula("write `= seats * 3` for a formula")),
            ("seats", formula("write `= seats` to use the assumption of that name")),
            ("960 EUR", write("write `960` without the unit")),
            ("€1_200.50", write("write `1_200.50` without the unit")),
            ("64k", write("write `64_000`")),
            ("1.25 M EUR", write("write `1_250_000`")),
            ("5 m", Advice::Nothing),
            ("９", write("write `9`")),
            ("－８．５％", write("write `-8.5%`")),
            ("120，000", write("write `120_000`: a point before the decimals, `_` between thousands")),
            ("５００ EUR", write("write `500` without the unit")),
            ("9，8，7", write("write `9, 8, 7`")),
            ("5 percent", write("write `5%`")),
            ("120万", write("write `1_200_000`")),
            ("0.12345678901234567890123456789", write("write at most 28 digits, of which at most 28 after the point")),
        ] {
            assert_eq!(number(text).unwrap_err().advice, advice, "{text}");
        }
    }
}
