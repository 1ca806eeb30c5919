//! Documents made to hurt: each is read, or refused with located problems, and neither hangs, nor exhausts the stack or
//! the memory, nor panics.
//!
//! There is no clock in these tests, because clocks fail on busy machines; a document that takes a minute is noticed by
//! whoever waits for it.
#![cfg(feature = "yaml")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use appraise::Amount;
use appraise::yaml::{Diagnostics, Document, Limits};
use std::fmt::Write as _;

/// A result with a report, or problems that can be shown and point into the document.
fn survives(text: &str) -> Result<Document, Diagnostics> {
    survives_within(text, &Limits::default())
}

fn survives_within(text: &str, limits: &Limits) -> Result<Document, Diagnostics> {
    let read = Document::parse_within("hostile.yaml", text, limits);
    match &read {
        Ok(document) => {
            let outcome = document.appraisal().base();
            let report = outcome.report();
            assert!(report.figures().next().is_some());
        }
        Err(refusal) => {
            assert!(!refusal.is_empty());
            let lines = text.split(['\n', '\r']).count();
            for problem in refusal {
                assert!(problem.line as usize <= lines, "{problem}");
            }
            // a report nobody would read is still a report that must be writable
            let shown: String = refusal.iter().take(20).map(ToString::to_string).collect();
            assert!(shown.contains("hostile.yaml"));
        }
    }
    read
}

/// The codes of all problems, each once, in order.
#[track_caller]
fn refused(text: &str) -> Vec<&'static str> {
    let Err(refusal) = survives(text) else { panic!("the document is read") };
    let mut codes: Vec<&str> = refusal.iter().map(|problem| problem.code).collect();
    codes.dedup();
    codes
}

fn with_costs(assumptions: &str) -> String {
    format!("appraise: 1\nassumptions:\n{assumptions}costs: {{licences: {{crm: {{annual: 1_000}}}}}}\n")
}

#[test]
fn deep_nesting_is_refused() {
    let many = 100_000;
    for text in [
        "[".repeat(many),
        "{a: ".repeat(many),
        "- ".repeat(many),
        format!("appraise: 1\nscorecard: {}", "{perspectives: {a: ".repeat(many)),
        format!("appraise: 1\ntitle: {}{}", "[".repeat(many), "]".repeat(many)),
    ] {
        assert_eq!(refused(&text), ["too-deep"]);
    }
    // deep enough for the document, too deep for a scorecard
    let mut text = "appraise: 1\nscorecard:\n  perspectives:\n".to_owned();
    for depth in 0..29 {
        let _ = writeln!(text, "{0}c{depth}:\n{0} criteria:", " ".repeat(4 + 2 * depth));
    }
    let _ = writeln!(text, "{}leaf: {{base: 1, target: 2, actual: 2}}", " ".repeat(62));
    survives(&text).unwrap();
}

#[test]
fn criteria_deeper_than_anyone_reads_are_refused() {
    let mut text = "appraise: 1\nscorecard:\n  perspectives:\n".to_owned();
    for depth in 0..40 {
        let _ = writeln!(text, "{0}c{depth}:\n{0} criteria:", " ".repeat(4 + 2 * depth));
    }
    let _ = writeln!(text, "{}leaf: {{base: 1, target: 2, actual: 2}}", " ".repeat(84));
    let limits = Limits { nesting: 120, ..Limits::default() };
    let refusal = survives_within(&text, &limits).unwrap_err();
    assert_eq!(refusal.len(), 1, "{refusal}");
    assert_eq!(refusal.iter().next().unwrap().message, "criteria are nested more than 32 levels deep");
}

#[test]
fn aliases_that_multiply_are_refused() {
    let laughs: String =
        (1..10).map(|n| format!("  a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(", "))).collect();
    let text = with_costs(&format!("  a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n{laughs}"));
    assert_eq!(refused(&text), ["too-many-values"]);
    assert_eq!(refused("appraise: 1\ntitle: &a [*a, *a]\n"), ["too-deep"]);
    // an alias that only repeats is fine
    survives(&with_costs("  seats: &s [1, 2, 3, 4, 5]\n  users: *s\n")).unwrap();
}

#[test]
fn huge_texts_are_read_or_refused() {
    let title = "x".repeat(3 << 20);
    let document = survives(&format!("title: {title}\n{}", with_costs("  a: 1\n"))).unwrap();
    assert_eq!(document.appraisal().draft().title.len(), 3 << 20);
    assert_eq!(refused(&format!("title: {}", "x".repeat(5 << 20))), ["too-large"]);
    let number = "9".repeat(1 << 20);
    assert_eq!(refused(&with_costs(&format!("  a: {number}\n"))), ["yaml.number"]);
    assert_eq!(refused(&with_costs(&format!("  a: = {number}\n"))), ["formula"]);
    assert_eq!(refused(&with_costs(&format!("  a: '{}'\n", "1,".repeat(1 << 20)))), ["yaml.number"]);
    assert_eq!(refused(&with_costs(&format!("  a: 1e{number}\n"))), ["yaml.number"]);
    assert_eq!(refused(&with_costs(&format!("  {}: 1\n", "name".repeat(1 << 18)))), ["syntax"]);
}

#[test]
fn criteria_over_more_periods_than_fit_are_refused() {
    let criteria: String =
        (0..3_000).map(|n| format!("    c{n}: {{base: 1, target: 2, actual: {{2020: 1}}}}\n")).collect();
    let text = |periods: &str| format!("appraise: 1\nscorecard:\n  periods: {periods}\n  perspectives:\n{criteria}");
    let refusal = survives(&text("{from: 2020-W01, to: 2029-W52}")).unwrap_err();
    assert_eq!(refusal.len(), 1, "{refusal}");
    let problem = refusal.iter().next().unwrap();
    assert_eq!(problem.message, "3000 criteria over 522 periods are more than 1000000 values of each figure");
    assert_eq!(problem.line, 3);
    survives(&text("{from: 2020, to: 2029}")).unwrap();
}

#[test]
fn links_in_circles_and_rules_without_number_are_refused() {
    let criteria: String = (0..1_500).map(|n| format!("    c{n}: {{base: 1, target: 2, actual: 2}}\n")).collect();
    let card = format!("appraise: 1\nscorecard:\n  perspectives:\n{criteria}");
    // a chain, and from each of its links one back to the beginning
    let links: String =
        (1..1_500).map(|n| format!("    - {{from: c{}, to: c{n}}}\n    - {{from: c{n}, to: c0}}\n", n - 1)).collect();
    let refusal = survives(&format!("{card}  links:\n{links}")).unwrap_err();
    assert_eq!(refusal.len(), 5, "{refusal}");
    let rules: String = (0..10_000).map(|n| format!("    - {{status: s{n}, when: = actual > {n}}}\n")).collect();
    let refusal = survives(&format!("{card}  status:\n{rules}")).unwrap_err();
    assert_eq!(refusal.len(), 1, "{refusal}");
    assert_eq!(refusal.iter().next().unwrap().message, "there are 10000 statuses, more than 20");
}

#[test]
fn many_keys_that_nobody_knows() {
    let keys: String = (0..100_000).map(|n| format!("k{n}: {n}\n")).collect();
    let refusal = survives(&format!("{}{keys}", with_costs("  a: 1\n"))).unwrap_err();
    assert_eq!(refusal.len(), 1_000);
    assert!(refusal.to_string().ends_with("1000 problems in hostile.yaml, and 99000 more"));
}

#[test]
fn many_commas_between_braces() {
    let keys: String = (0..100_000).map(|n| format!(", k{n}")).collect();
    assert!(!refused(&with_costs(&format!("  a: {{value: = max(1{keys})}}\n"))).is_empty());
}

#[test]
fn one_key_many_times() {
    let keys = "same: 1\n".repeat(100_000);
    assert_eq!(refused(&keys), ["key-twice"]);
}

/// Each assumption needs the one before it, or the one after it.
fn chains(length: u32) {
    let limits = Limits { bytes: 16 << 20, ..Limits::default() };
    let mut backward = "  a0: 1\n".to_owned();
    let mut forward = format!("  a{length}: 1\n");
    for n in 0..length {
        let _ = writeln!(backward, "  a{}: = a{n} + 1", n + 1);
        let _ = writeln!(forward, "  a{n}: = a{} + 1", n + 1);
    }
    for (assumptions, last) in [(backward, format!("a{length}")), (forward, "a0".to_owned())] {
        let document = survives_within(&with_costs(&assumptions), &limits).unwrap();
        let value = document.appraisal().base().figure(&last).unwrap().unwrap();
        assert_eq!(value, (length + 1).into());
    }
}

#[test]
fn a_chain_of_assumptions() {
    chains(5_000);
}

/// Evaluated without recursion, and in time that grows with the number of assumptions and not with its square.
#[test]
fn a_chain_of_a_hundred_thousand_assumptions() {
    chains(100_000);
}

#[test]
fn circles_without_end() {
    let one: String = (0..20_000).map(|n| format!("  a{n}: = a{} + 1\n", (n + 1) % 20_000)).collect();
    let pairs: String = (0..20_000).map(|n| format!("  a{n}: = a{} + 1\n", n ^ 1)).collect();
    let all_to_first: String = (0..20_000).map(|n| format!("  a{n}: = a{n} + a0\n")).collect();
    for circles in [one, pairs, all_to_first] {
        let refusal = survives(&with_costs(&circles)).unwrap_err();
        assert!(refusal.len() <= 100, "{} problems", refusal.len());
        for problem in &refusal {
            assert_eq!(problem.code, "model");
            assert!(problem.message.len() < 2_000, "{}", problem.message);
        }
    }
}

#[test]
fn formulas_that_grow() {
    let longest = format!("= {}1", "1+".repeat(1_998));
    assert_eq!(longest.chars().count(), 3_999);
    survives(&with_costs(&format!("  a: {longest}\n"))).unwrap();
    assert_eq!(refused(&with_costs(&format!("  a: {longest}+1\n"))), ["formula"]);
    assert_eq!(refused(&with_costs(&format!("  a: = {}1\n", "(".repeat(3_000)))), ["formula"]);
    for (formula, value) in [
        ("9^9^9^9", None),
        ("2 ^ 1000000", None),
        ("2 ^ -1000000", None),
        ("2 ^ 9223372036854775808", None),
        ("1.0000000000000000000000000001 ^ 79228162514264337593543950335", None),
        ("pow(0, -1)", None),
        ("pow(0, 0)", Some("1")),
        ("pow(-8, 1/3)", None),
        ("0 / 0", None),
        ("1 / 0 * 0", None),
        ("round(1/3, 1000)", Some("0.3333333333333333333333333333")),
        ("round(1/3, -1)", None),
        ("round(1, 99999999999999999999)", None),
        ("79228162514264337593543950335 + 1", None),
        ("79228162514264337593543950335 * 79228162514264337593543950335", None),
        ("-79228162514264337593543950335 - 1", None),
        ("100%%%%%%%%%%%%%%%%%%", None),
        ("if(1/0 = 0, 1, 2)", None),
        ("not not not 0", Some("1")),
        ("irr(year)", None),
        ("npv(-1, year)", None),
        ("npv(-2, year)", None),
        ("npv(10^28, year)", Some("0.0000000000000000000000000001")),
        ("mean(year)", Some("3")),
    ] {
        let document = survives(&with_costs(&format!("  a: \"= {formula}\"\n"))).unwrap_or_else(|e| panic!("{e}"));
        let found = document.appraisal().base().figure("a").unwrap();
        let found = found.ok().map(|value| value.normalize().to_string());
        if !formula.contains("%%") {
            assert_eq!(found.as_deref(), value, "{formula}");
        }
    }
}

#[test]
fn the_largest_amounts_over_the_longest_horizon() {
    let most = "1_000_000_000_000_000";
    for (rate, growth) in [("30%", "30%"), ("-20%", "100%"), ("100%", "-100%"), ("0%", "1000%"), ("-20%", "-200%")] {
        let text = format!(
            "appraise: 1
horizon: {{years: 50, first_year: 2200}}
discount_rate: {rate}
assumptions: {{a: = {most} * (1 + {growth}) ^ (year - 1)}}
costs:
  licences: {{a: {{initial: {most}, annual: = a, risk: {most}}}}}
  staff: {{b: {{fte: {most}, cost: {most}, growth: = {growth}}}}}
  other: {{c: {{rate: {most}, of: all}}, d: {{rate: {most}, of: initial}}, e: {{rate: 1, of: licences}}}}
benefits:
  x: {{kind: revenue, initial: {most}, annual: = a * 1000000, margin: 100%, realisation: = a}}
"
        );
        let document = survives(&text).unwrap_or_else(|refusal| panic!("{refusal}"));
        let report = document.appraisal().base().report();
        // what does not fit is missing with a reason, and what fits is there
        assert!(report.figures().any(|figure| figure.value.reason().is_some()), "{rate} {growth}");
        assert!(report.figures().any(|figure| figure.value.number().is_some()), "{rate} {growth}");
    }
    let text = format!(
        "appraise: 1\nhorizon: {{years: 50}}\ndiscount_rate: 30%\ncosts: {{licences: {{a: {{initial: {most}, annual: {most}}}}}}}\n\
         benefits: {{b: {{kind: saving, annual: {most}}}}}\n"
    );
    let document = survives(&text).unwrap();
    let base = document.appraisal().base();
    for figure in ["case.npv", "costs.nominal", "costs.present_value", "case.roi"] {
        assert!(base.figure(figure).unwrap().is_ok(), "{figure}");
    }
}

#[test]
fn unusual_characters() {
    let sound = with_costs("  seats: 120\n");
    // a mark before the text, and line ends of other systems, change nothing
    for text in [format!("\u{feff}{sound}"), sound.replace('\n', "\r\n"), sound.replace('\n', "\r")] {
        let document = survives(&text).unwrap_or_else(|refusal| panic!("{refusal}"));
        assert_eq!(document.appraisal().draft().assumptions.len(), 1);
    }
    assert_eq!(refused(&sound.replace("120", "\0")), ["syntax"]);
    assert_eq!(refused(&sound.replace("120", "1\u{7}20")), ["syntax"]);
    for strange in [
        "\u{2028}",
        "\u{2029}",
        "\u{85}",
        "\u{feff}",
        "\u{202e}",
        "\u{200b}",
        "\u{fffe}",
        "\u{10ffff}",
        "e\u{301}",
        "\u{1f680}",
        "\u{ff11}\u{ff12}",
        "\u{661}",
        "½",
        "²",
        "ⅷ",
        "ﬁ",
        "\u{1d7d8}",
    ] {
        for text in [
            sound.replace("120", strange),
            sound.replace("120", &format!("12{strange}0")),
            sound.replace("120", &format!("= 1{strange}")),
            sound.replace("120", &format!("= {strange}")),
            sound.replace("120", &format!("\"{strange}\"")),
            sound.replace("seats", strange),
            sound.replace("seats", &format!("s{strange}")),
            sound.replace("crm", &format!("c{strange}")),
            sound.replace("costs", &format!("{strange}costs")),
            format!("{strange}{sound}"),
            format!("{sound}{strange}"),
            format!("{sound}# {strange}"),
            sound.replace('\n', strange),
        ] {
            let _ = survives(&text);
        }
    }
}

#[test]
fn ids_of_any_script_and_any_length() {
    let long = "很".repeat(300);
    let text = with_costs(&format!("  用户数: 120\n  {long}: = 用户数 * 2\n  ñandú: 1\n  клиенты: = ñandú\n  _: 1\n"));
    let document = survives(&text).unwrap_or_else(|refusal| panic!("{refusal}"));
    let base = document.appraisal().base();
    assert_eq!(base.figure(&long).unwrap().unwrap(), 240.into());
    assert_eq!(document.appraisal().draft().assumptions.first().map(|first| &first.value), Some(&Amount::from(120)));
    assert_eq!(refused(&with_costs(&format!("  a: = {}\n", long.repeat(300)))), ["formula"]);
    assert_eq!(refused(&with_costs(&format!("  {}: 1\n", long.repeat(300)))), ["syntax"]);
    assert_eq!(refused(&with_costs(&format!("  {long}-: 1\n"))), ["scorecard"]);
    let refusal = survives(&with_costs("  1st: 1\n  a b: 2\n  a.b: 3\n  'and': 4\n  if: 5\n  '': 6\n")).unwrap_err();
    assert_eq!(refusal.len(), 6, "{refusal}");
}

#[test]
fn names_that_nobody_knows_by_the_thousands() {
    let mut text = String::new();
    for n in 0..3_000 {
        let _ = writeln!(text, "  known_{n}: 1\n  user_{n}: = unknown_{n} + knwon_{n}");
    }
    let refusal = survives(&with_costs(&text)).unwrap_err();
    assert!(refusal.iter().all(|problem| problem.code == "formula.name"));
}

#[test]
fn limits_are_the_callers() {
    let text = with_costs("  a: [1, 2, 3, 4, 5]\n");
    let limits = Limits::default();
    survives_within(&text, &Limits { bytes: text.len(), nesting: 4, values: 20, text: 100 }).unwrap();
    for (limits, code) in [
        (Limits { bytes: text.len() - 1, ..limits.clone() }, "too-large"),
        (Limits { bytes: 0, ..limits.clone() }, "too-large"),
        (Limits { nesting: 3, ..limits.clone() }, "too-deep"),
        (Limits { nesting: 0, ..limits.clone() }, "too-deep"),
        (Limits { values: 10, ..limits.clone() }, "too-many-values"),
        (Limits { values: 0, ..limits.clone() }, "too-many-values"),
        (Limits { text: 10, ..limits.clone() }, "too-many-values"),
    ] {
        let refusal = survives_within(&text, &limits).unwrap_err();
        assert_eq!(refusal.len(), 1);
        assert_eq!(refusal.iter().next().map(|problem| problem.code), Some(code), "{limits:?}");
    }
    let most = Limits { bytes: usize::MAX, nesting: usize::MAX, values: usize::MAX, text: usize::MAX };
    survives_within(&text, &most).unwrap();
    let refusal = survives_within(&"- ".repeat(100_000), &most).unwrap_err();
    assert_eq!(refusal.iter().next().map(|problem| problem.code), Some("too-deep"));
    let long = format!("title: {}\n{text}", "x".repeat(5 << 20));
    survives_within(&long, &most).unwrap();
}

#[test]
fn every_scenario_of_many() {
    let with_scenarios = |count: u32| {
        let scenarios: String = (0..count).map(|n| format!("  s{n}: {{seats: {n}, users: = seats * {n}}}\n")).collect();
        format!("{}scenarios:\n{scenarios}", with_costs("  seats: 1\n  users: 2\n"))
    };
    let document = survives(&with_scenarios(100)).unwrap();
    assert_eq!(document.appraisal().scenario("s99").unwrap().figure("users").unwrap().unwrap(), (99 * 99).into());
    // each scenario is a model of its own, so thousands of them would fill the memory
    let refusal = survives(&with_scenarios(10_000)).unwrap_err();
    assert_eq!(refusal.len(), 1);
}

/// A short round by name stands for a table of all experts and all items.
#[test]
fn a_round_by_name_is_no_bomb() {
    let experts: Vec<String> = (0..20_000).map(|expert| format!("e{expert}")).collect();
    let items: Vec<String> = (0..20_000).map(|item| format!("i{item}: 1")).collect();
    let strangers: Vec<String> = (0..20_000).map(|expert| format!("x{expert}: {{}}")).collect();
    for rounds in [
        format!("{{answers: {{e0: {{{}}}}}}}", items.join(", ")),
        format!("{{ratings: {{{}}}}}", items.join(", ").replace(": 1", ": {e0: 1}")),
        format!("{{answers: {{{}}}}}", strangers.join(", ")),
    ] {
        let text = format!(
            "appraise: 1\nscorecard: {{perspectives: {{a: {{}}, b: {{}}}}}}\nweights:\n  delphi:\n    experts: [{}]\n    \
             rounds: [{rounds}]\n",
            experts.join(", ")
        );
        survives(&text).unwrap_err();
    }
}
