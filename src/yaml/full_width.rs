//! `：`, `，` and `９` from a Chinese keyboard, where YAML and numbers need `:`, `,` and `9`.

use super::syntax::short;

/// The half-width form of a sign that documents are written with.
fn half(sign: char) -> Option<char> {
    match sign {
        '：' | '，' | '０'..='９' | '．' | '＋' | '－' | '％' | '＿' => {
            u32::from(sign).checked_sub(0xfee0).and_then(char::from_u32)
        }
        '、' => Some(','),
        '\u{3000}' => Some(' '),
        _ => None,
    }
}

/// A text as it would be typed with half-width signs, with a space after `:` and `,`; `None` where it has no others.
pub(super) fn narrowed(text: &str) -> Option<String> {
    if !text.chars().any(|sign| half(sign).is_some()) {
        return None;
    }
    let mut narrow = String::with_capacity(text.len());
    let mut after_sign = false;
    for sign in text.chars() {
        let half = half(sign);
        let typed = half.unwrap_or(sign);
        if after_sign && !typed.is_whitespace() {
            narrow.push(' ');
        }
        after_sign = half.is_some_and(|half| matches!(half, ':' | ','));
        narrow.push(typed);
    }
    Some(narrow)
}

/// The key before a `：` that stands where a `:` is meant.
pub(super) fn key(text: &str) -> Option<&str> {
    let (key, _) = text.split_once('：')?;
    let key = key.trim();
    (!key.is_empty() && !key.contains([':', '"', '\'', ' ', '，', '#'])).then_some(key)
}

/// What is wrong with a text that has a `：` or `，`, and what to type instead.
pub(super) fn told(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let sign = text.chars().find(|sign| matches!(sign, '：' | '，' | '、'))?;
    let typed = half(sign)?;
    let second = text.match_indices('：').nth(1).map(|(byte, _)| byte).filter(|_| !text.contains('，'));
    // lines that were read as one text
    let end = second.and_then(|second| text.get(..second)?.rfind(char::is_whitespace));
    let write = short(&narrowed(text.get(..end.unwrap_or(text.len()))?)?);
    let more = if end.is_some() { ", and the lines below likewise" } else { "" };
    Some((format!("`{sign}` is not the `{typed}` that is needed here"), format!("write `{write}`{more}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_narrowed() {
        for (text, narrow) in [
            ("客户：９", Some("客户: 9")),
            ("expert： Dr. Li", Some("expert: Dr. Li")),
            ("９，８，７", Some("9, 8, 7")),
            ("８．５％", Some("8.5%")),
            ("客户", None),
        ] {
            assert_eq!(narrowed(text).as_deref(), narrow, "{text}");
        }
    }

    #[test]
    fn texts_are_no_keys() {
        assert_eq!(key("  expert： Dr. Li"), Some("expert"));
        for text in ["title: 项目：值得吗", "\"a：b\"", "：9", "a b：c", "- a"] {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
