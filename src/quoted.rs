//! Texts as YAML scalars, wherever the crate writes a part of a document.

use std::fmt::Write as _;

/// A text that reads back as itself, as a key or a value, also between braces: plain where that is safe, else in quotes.
pub(crate) fn quoted(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let begins = text.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    let is_special = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|special| special.eq_ignore_ascii_case(text));
    if begins && !is_special && !text.ends_with(' ') && text.chars().all(is_word) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}') => {
                // writing to a text cannot fail
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn plain_where_that_is_safe() {
        for plain in ["controller", "Dr. Li", "客户", "it-architect", "_a"] {
            assert_eq!(quoted(plain), plain);
        }
        for (text, expected) in [
            ("", "\"\""),
            ("no", "\"no\""),
            ("1a", "\"1a\""),
            ("a: b", "\"a: b\""),
            ("a ", "\"a \""),
            ("a\"\\\n\u{1b}\u{feff}", "\"a\\\"\\\\\\n\\u001b\\ufeff\""),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }

    #[cfg(feature = "yaml")]
    #[test]
    fn every_text_reads_back_as_itself() {
        for text in ["controller", "Dr. Li", "~", "a, b] }", "# c", "'", "\u{85}x\r\n", "=a", "客户：是", "NULL", "- a"]
        {
            let document = format!("{{{}: [{}]}}", quoted(text), quoted(text));
            let read: std::collections::BTreeMap<String, Vec<String>> = serde_yaml::from_str(&document).unwrap();
            assert_eq!(read.get(text), Some(&vec![text.to_owned()]), "{document}");
        }
    }
}
