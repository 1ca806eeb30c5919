//! Every code that a finding can have, declared once: how much it weighs, why it matters and what to do about it.
//!
//! A finding is made of a declared code only, so none can be without a remedy and a page in `docs/findings`. The texts
//! stand left of all rooms because a document may accept a code by its name.

mod alternatives;
mod benchmarks;
mod benefits;
mod customers;
mod design;
mod incentive;
mod money;
mod over_time;
mod panel;
mod reconciliation;
mod structure;

pub(crate) use alternatives::*;
pub(crate) use benchmarks::*;
pub(crate) use benefits::*;
pub(crate) use customers::*;
pub(crate) use design::*;
pub(crate) use incentive::*;
pub(crate) use money::*;
pub(crate) use over_time::*;
pub(crate) use panel::*;
pub(crate) use reconciliation::*;
pub(crate) use structure::*;

use crate::appraisal::Language;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Information,
    /// To be looked at before relying on the figures.
    Warning,
}

impl Severity {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Warning => "warning",
        }
    }
}

/// A kind of finding: its stable name, what it means and what to do about it.
///
/// ```
/// use appraise::Language;
/// use appraise::report::{FindingCode, Severity};
///
/// let equal = FindingCode::named("weights.equal").unwrap();
/// assert_eq!(equal.severity(), Severity::Information);
/// assert_eq!(equal.title(Language::English), "Nobody weighed a group");
/// assert_eq!(equal.title(Language::Chinese), "组内无人赋权");
/// assert!(FindingCode::named("weights.wrong").is_none());
/// assert!(FindingCode::all().count() > 40);
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct FindingCode {
    code: &'static str,
    severity: Severity,
    title: Texts,
    why: Texts,
    how: &'static str,
    remedy: Texts,
    source: &'static str,
}

/// A text in both languages.
#[derive(Debug, PartialEq, Eq)]
struct Texts {
    english: &'static str,
    chinese: &'static str,
}

impl Texts {
    fn of(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Chinese => self.chinese,
        }
    }
}

impl FindingCode {
    /// Every code, in the order of the report's sections.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        let sections = [
            design::ALL,
            over_time::ALL,
            panel::ALL,
            money::ALL,
            alternatives::ALL,
            benefits::ALL,
            benchmarks::ALL,
            customers::ALL,
            structure::ALL,
            incentive::ALL,
            reconciliation::ALL,
        ];
        sections.into_iter().flatten().copied()
    }

    /// The code of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().find(|known| known.code == name)
    }

    /// The stable name: `weights.equal`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// How much such a finding weighs.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What it is called.
    pub fn title(&self, language: Language) -> &'static str {
        self.title.of(language)
    }

    /// Why a reader of the figures should know.
    pub fn why(&self, language: Language) -> &'static str {
        self.why.of(language)
    }

    /// When it is raised, in English.
    pub fn how(&self) -> &'static str {
        self.how
    }

    /// What to do about it.
    pub fn remedy(&self, language: Language) -> &'static str {
        self.remedy.of(language)
    }

    /// Where the rule comes from, in English.
    pub fn source(&self) -> &'static str {
        self.source
    }
}

/// Declares codes as constants, and a list of them, so that none can be left out of it.
macro_rules! codes {
    ($($name:ident = $code:literal, $severity:ident;
        title: $title:literal, $title_zh:literal;
        why: $why:literal, $why_zh:literal;
        how: $how:literal;
        remedy: $remedy:literal, $remedy_zh:literal;
        source: $source:literal;
    )*) => {
        $(pub(crate) const $name: &FindingCode = &FindingCode {
            code: $code,
            severity: Severity::$severity,
            title: Texts { english: $title, chinese: $title_zh },
            why: Texts { english: $why, chinese: $why_zh },
            how: $how,
            remedy: Texts { english: $remedy, chinese: $remedy_zh },
            source: $source,
        };)*
        pub(super) const ALL: &[&FindingCode] = &[$($name),*];
    };
}
use codes;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_code_is_declared_once_and_says_all_there_is_to_say() {
        let mut seen = HashSet::new();
        for code in FindingCode::all() {
            assert!(seen.insert(code.code), "{} is declared twice", code.code);
            for texts in [&code.title, &code.why, &code.remedy] {
                assert!(texts.english.is_ascii() && !texts.english.is_empty(), "{}: {}", code.code, texts.english);
                assert!(!texts.chinese.is_ascii(), "{}: {}", code.code, texts.chinese);
            }
            assert!(!code.how.is_empty() && !code.source.is_empty(), "{}", code.code);
            assert!(code.code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.')));
        }
    }
}
