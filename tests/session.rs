//! A Delphi panel from sheet to verdict: sheets are written, filled in, read back and merged, and nothing else changes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use appraise::panel::Answer;
use appraise::yaml::{Answers, Document, MergeError};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};

const PANEL: &str = include_str!("../examples/delphi.yaml");
const SHEETS: [(&str, &str); 5] = [
    ("round_3_service_lead.yaml", include_str!("../examples/delphi/round_3_service_lead.yaml")),
    ("round_3_controller.yaml", include_str!("../examples/delphi/round_3_controller.yaml")),
    ("round_3_crm_manager.yaml", include_str!("../examples/delphi/round_3_crm_manager.yaml")),
    ("round_3_dr_li.yaml", include_str!("../examples/delphi/round_3_dr_li.yaml")),
    ("round_3_sales_director.yaml", include_str!("../examples/delphi/round_3_sales_director.yaml")),
];

#[track_caller]
fn read(text: &str) -> Document {
    Document::parse("panel.yaml", text).unwrap_or_else(|faults| panic!("{faults}\n{text}"))
}

#[track_caller]
fn answers(text: &str) -> Answers {
    Answers::parse("sheet.yaml", text).unwrap_or_else(|faults| panic!("{faults}\n{text}"))
}

fn figure(document: &Document, id: &str) -> Decimal {
    document.appraisal().base().figure(id).unwrap_or_else(|| panic!("{id}")).unwrap()
}

/// What was put in, where `merged` is `text` with something put in at one place.
fn inserted<'m>(text: &str, merged: &'m str) -> &'m str {
    let kept = text.bytes().zip(merged.bytes()).take_while(|(a, b)| a == b).count();
    // the first byte that differs may lie inside what was put in, where that begins as what follows it
    (0..=kept)
        .rev()
        .filter(|at| text.is_char_boundary(*at))
        .find_map(|at| {
            let (before, after) = text.split_at(at);
            merged.strip_prefix(before)?.strip_suffix(after)
        })
        .unwrap_or_else(|| panic!("more than one place changed:\n{merged}"))
}

#[test]
fn a_third_round() {
    let document = read(PANEL);
    let sheets: Vec<Answers> = SHEETS.iter().map(|(name, text)| Answers::parse(name, text).unwrap()).collect();
    let merged = document.merge(&sheets).unwrap();
    assert_eq!(
        inserted(PANEL, &merged).trim_matches('\n'),
        "      - answers:
          sales_director: {customer: 9, financial: 7, process: 6, learning: 3}
          crm_manager: {customer: 9, financial: 6, process: 7, learning: 4}
          controller: {customer: 8, financial: 8, process: 6, learning: 3}
          service_lead: {customer: 10, financial: 6, process: 7, learning: 4}
          Dr. Li: {customer: 9, financial: 8, process: 6, learning: 4}
        invited: [sales_director, crm_manager, controller, service_lead, Dr. Li]
        reasons:
          controller: {customer: \"half of our customers buy once, but they are the smaller half\"}"
    );
    let document = read(&merged);
    // (9 + 9 + 8 + 10 + 9) / 5
    assert_eq!(figure(&document, "delphi.3.customer.mean"), dec!(9));
    assert_eq!(figure(&document, "delphi.2.stop.consensus"), dec!(0));
    assert_eq!(figure(&document, "delphi.3.stop.consensus"), dec!(1));
    assert_eq!(figure(&document, "delphi.3.stop.may_stop"), dec!(1));
    // the weights are the means of the third round, 9 of 9 + 7 + 6.4 + 3.6
    assert_eq!(figure(&document, "scorecard.customer.weight").round_dp(6), dec!(0.346154));
    assert_eq!(document.appraisal().base().sheet("controller").unwrap().round, 4);
}

#[test]
fn missing_answers_are_carried_and_explained() {
    let document = read(PANEL);
    // the service lead said nothing about learning in the second round, and 5 in the first
    assert_eq!(figure(&document, "delphi.2.learning.ratings.service_lead"), dec!(5));
    let places = document.places();
    let explained = document.appraisal().base().explain("delphi.2.learning.ratings").unwrap();
    let explained = explained.to_text(|address| places.shown(address));
    assert!(explained.contains("delphi.1.learning.ratings"), "{explained}");
    assert!(explained.contains("at panel.yaml:30") && explained.contains("at panel.yaml:35"), "{explained}");
}

#[test]
fn late_answers_go_into_the_last_round() {
    let document = read(PANEL);
    let [(_, late), others @ ..] = SHEETS;
    let first: Vec<Answers> = others.iter().map(|(_, text)| answers(text)).collect();
    let merged = read(&document.merge(&first).unwrap());
    let late = answers(&late.replace("learning: ~  #", "learning: it pays late  #"));
    let both = merged.merge(std::slice::from_ref(&late)).unwrap();
    let both = read(&both);
    assert_eq!(figure(&both, "delphi.3.customer.mean"), dec!(9));
    let round = &both.appraisal().draft().delphi.as_ref().unwrap().rounds[2];
    assert_eq!(round.reasons.last().unwrap().text, "it pays late");
    // twice is too often
    let twice = both.merge(&[late]).unwrap_err().to_string();
    assert!(twice.contains("`service_lead` has already answered in round 3"), "{twice}");
}

#[test]
fn late_answers_need_a_round_by_expert() {
    let text = "appraise: 1
scorecard: {perspectives: {a: {}, b: {}}}
weights:
  delphi:
    experts: [one, two]
    rounds:
      - {a: [9, ~], b: [8, ~]}
";
    let sheet = answers("appraise: 1\nanswers: {expert: two, round: 1, ratings: {a: 5, b: 6}}\n");
    let refused = read(text).merge(std::slice::from_ref(&sheet)).unwrap_err();
    assert!(matches!(refused, MergeError::Document(_)));
    assert!(refused.to_string().contains("panel.yaml:7:9"), "{refused}");
    let by_expert = text.replace("{a: [9, ~], b: [8, ~]}", "answers: {one: {a: 9, b: 8}}");
    let merged = read(&by_expert).merge(&[sheet]).unwrap();
    assert_eq!(inserted(&by_expert, &merged), ", two: {a: 5, b: 6}");
}

#[test]
fn two_sheets_of_one_expert_are_refused() {
    let sheet = answers(SHEETS[1].1);
    let refused = read(PANEL).merge(&[sheet.clone(), sheet]).unwrap_err().to_string();
    assert!(refused.contains("there are two sheets of `controller`"), "{refused}");
}

#[test]
fn the_first_round_has_sheets_without_statistics() {
    for rounds in ["", "\n    rounds:  # none yet", "\n    rounds: []", "\n    rounds:\n    # none yet"] {
        let text = format!(
            "appraise: 1\nscorecard: {{perspectives: {{客户: {{}}, b: {{}}, c: {{weight: 1}}}}}}\nweights:\n  delphi:\n    \
             experts: [one, \"no\"]{rounds}\nlanguage: zh  # end\n"
        )
        .replace(", c: {weight: 1}", "");
        let document = read(&text);
        let sheet = document.appraisal().base().sheet("no").unwrap();
        assert_eq!((sheet.round, sheet.items.len()), (1, 2));
        assert!(sheet.items.iter().all(|item| item.panel.is_none() && !item.reason_wanted));
        assert!(sheet.to_markdown().contains("第1轮"));
        let filled = sheet.to_yaml().replace(": ~", ": 7");
        let merged = document.merge(&[answers(&filled)]).unwrap();
        inserted(&text, &merged);
        assert_eq!(figure(&read(&merged), "delphi.1.客户.mean"), dec!(7));
    }
}

/// A panel of two with such `rounds:`, and the answers of the second for a round.
#[track_caller]
fn answered(rounds: &str, round: usize, rest: &str) -> Result<(String, String), MergeError> {
    let text = format!(
        "appraise: 1\nscorecard: {{perspectives: {{a: {{}}, b: {{}}}}}}\nweights:\n  delphi:\n    experts: [one, \"t: 2\"]\n    \
         missing: leave_out\n    {rounds}\n"
    );
    let sheet = format!("appraise: 1\nanswers: {{expert: \"t: 2\", round: {round}, ratings: {{a: 5, b: 6}}{rest}}}\n");
    read(&text).merge(&[answers(&sheet)]).map(|merged| (text, merged))
}

#[test]
fn what_cannot_be_extended_is_left_alone() {
    for (rounds, round, place, help) in [
        ("rounds: ~", 1, "panel.yaml:7:13", "remove the `~` and leave `rounds:` empty"),
        ("? rounds\n    : - {a: [1, 2], b: [2, 1]}", 2, "panel.yaml:7:7", "write `rounds:` instead of `? rounds`"),
        (
            "rounds:\n      - answers: &r {one: {a: 1, b: 2}}\n      - answers: *r",
            2,
            "panel.yaml:9:18",
            "write out what `*r` stands for",
        ),
    ] {
        let refused = answered(rounds, round, "").unwrap_err().to_string();
        assert!(refused.contains(place) && refused.contains(help), "{refused}");
    }
}

#[test]
fn late_answers_go_where_nothing_is_said_yet() {
    for (before, after) in [
        ("\"t: 2\": {}", "\"t: 2\": {a: 5, b: 6}"),
        ("\"t: 2\":", "\"t: 2\": {a: 5, b: 6}"),
        ("\"t: 2\":  # away", "\"t: 2\": {a: 5, b: 6}  # away"),
        ("\"t: 2\": ~", "\"t: 2\": {a: 5, b: 6}"),
        ("\"t: 2\": {b: ~}", "\"t: 2\": {b: 6, a: 5}"),
        ("\"t: 2\": {a: ~, b: null}", "\"t: 2\": {a: 5, b: 6}"),
        ("\"t: 2\":\n            b:\n", "\"t: 2\":\n            b: 6\n            a: 5\n"),
    ] {
        for order in ["one: {a: 1, b: 2}\n          @", "@\n          one: {a: 1, b: 2}"] {
            let rounds = |entry: &str| format!("rounds:\n      - answers:\n          {}", order.replace('@', entry));
            let (text, merged) = answered(&rounds(before), 1, "").unwrap();
            assert_eq!(merged, text.replace(before, after));
        }
    }
    for (before, after) in [
        ("reasons: {}", "reasons: {\"t: 2\": {a: \"why, not\"}}"),
        ("reasons: ~", "reasons: {\"t: 2\": {a: \"why, not\"}}"),
        ("reasons:  # none", "reasons:  # none\n          \"t: 2\": {a: \"why, not\"}"),
        ("reasons:\n          \"t: 2\": {}", "reasons:\n          \"t: 2\": {a: \"why, not\"}"),
        ("reasons: {one: {b: x}}", "reasons: {one: {b: x}, \"t: 2\": {a: \"why, not\"}}"),
        (
            "reasons:\n          one:\n            b: |+\n              kept\n",
            "reasons:\n          one:\n            b: |+\n              kept\n\n          \"t: 2\": {a: \"why, not\"}",
        ),
    ] {
        let rounds = format!("rounds:\n      - answers: {{one: {{a: 1, b: 2}}}}\n        {before}");
        let (text, merged) = answered(&rounds, 1, ", reasons: {a: \"why, not\"}").unwrap();
        assert_eq!(merged, text.replace("b: 2}}", "b: 2}, \"t: 2\": {a: 5, b: 6}}").replace(before, after));
    }
}

#[test]
fn sheets_with_blanks_are_merged_as_they_arrive() {
    let text = "appraise: 1
scorecard: {perspectives: {price: {}, speed: {}, trust: {}}}
weights:
  delphi:
    experts: [anna, bo]
    missing: leave_out
";
    let sheet = |expert: &str, trust: &str| {
        answers(&format!(
            "appraise: 1\nanswers: {{expert: {expert}, round: 1, ratings: {{price: 5, speed: 4, trust: {trust}}}}}\n"
        ))
    };
    let first = read(text).merge(&[sheet("anna", "~")]).unwrap();
    assert!(first.ends_with("anna: {price: 5, speed: 4, trust: ~}\n"), "{first}");
    let second = read(&first).merge(&[sheet("bo", "3")]).unwrap();
    assert_eq!(figure(&read(&second), "delphi.1.trust.mean"), dec!(3));
    // whoever left everything open may still answer
    let blank = sheet("anna", "~").items().map(|(item, _)| format!("{item}: ~")).collect::<Vec<_>>().join(", ");
    let blank = answers(&format!("appraise: 1\nanswers: {{expert: anna, round: 1, ratings: {{{blank}}}}}\n"));
    let open = read(text).merge(&[blank, sheet("bo", "3")]).unwrap();
    let late = read(&open).merge(&[sheet("anna", "7")]).unwrap();
    assert!(late.contains("anna: {price: 5, speed: 4, trust: 7}"), "{late}");
}

/// Names that YAML, addresses and file names might trip over.
const EXPERTS: [&str; 6] = ["controller", "Dr. Li", "a: b", "王经理", "no", "x \"y\", {z}"];
const ITEMS: [&str; 4] = ["customer", "financial", "客户", "process_2"];

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}

fn given(number: Option<u32>) -> String {
    match number {
        None => "~".to_owned(),
        Some(0) => "dont_know".to_owned(),
        Some(number) => number.to_string(),
    }
}

/// A document with such answers in its first round: by item, by expert or not held yet, in block or in flow style.
fn document(rows: &[Vec<Option<u32>>], layout: usize) -> String {
    let experts: Vec<String> = EXPERTS.iter().map(|expert| quoted(expert)).collect();
    let items = ITEMS.iter().zip(rows).map(|(item, row)| {
        let row: Vec<String> = row.iter().map(|answer| given(*answer)).collect();
        format!("{item}: [{}]", row.join(", "))
    });
    let items: Vec<String> = items.collect();
    let by_expert = EXPERTS.iter().enumerate().map(|(expert, name)| {
        let answers = ITEMS.iter().zip(rows).map(|(item, row)| format!("{item}: {}", given(row[expert])));
        format!("{}: {{{}}}", quoted(name), answers.collect::<Vec<_>>().join(", "))
    });
    let by_expert: Vec<String> = by_expert.collect();
    let rounds = match layout {
        0 => format!("    rounds:  # all of them\n      # the first\n      - {{{}}}  # by mail\n\n", items.join(", ")),
        1 => format!("    rounds:\n    - answers:\n        {}\n    # the end\n", by_expert.join("\n        ")),
        2 => format!("    rounds: [{{{}}}]  # in one line", items.join(", ")),
        3 => format!("    rounds: [\n      {{ratings: {{{}}}}},\n    ]\n", items.join(", ")),
        4 => format!("    rounds:\n      -\n        ratings:\n          {}\n", items.join("\n          ")),
        _ => format!("    rounds:\r\n      - {{{}}}\r\n", items.join(", ")),
    };
    let perspectives: Vec<String> = ITEMS.iter().map(|item| format!("{item}: {{}}")).collect();
    format!(
        "appraise: 1\nscorecard: {{perspectives: {{{}}}}}\nweights:\n  delphi:\n    experts: [{}]\n{rounds}",
        perspectives.join(", "),
        experts.join(", "),
    )
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, cases: 64, rng_seed: RngSeed::Fixed(2026), ..Config::default() })]

    /// Merging changes no byte that was there, whatever the layout; the sheet reads back as the answers that are on it, and
    /// the new round says what the sheets say.
    #[test]
    fn sheets_come_back_as_they_went_out(
        rows in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.8, 0_u32..=10), EXPERTS.len()), ITEMS.len()),
        layout in 0_usize..6,
        reason in "\\PC{0,20}",
        who in prop::sample::subsequence((0..EXPERTS.len()).collect::<Vec<_>>(), 1..=EXPERTS.len()),
    ) {
        prop_assume!(rows.iter().flatten().any(|answer| answer.is_some_and(|answer| answer > 0)));
        prop_assume!(who.iter().any(|expert| rows.iter().any(|row| row[*expert].is_some_and(|answer| answer > 0))));
        let text = document(&rows, layout);
        let panel = read(&text);
        let outcome = panel.appraisal().base();
        let mut sheets = Vec::new();
        for expert in &who {
            let sheet = outcome.sheet(EXPERTS[*expert]).unwrap();
            let mut written = sheet.to_yaml();
            if !sheet.items.iter().any(|item| item.reason_wanted) {
                let json = serde_json::to_string(&reason).unwrap();
                written = format!("{written}    {}: {json}\n", ITEMS[0]);
            }
            let read = answers(&written);
            prop_assert_eq!(read.expert(), EXPERTS[*expert]);
            let back: Vec<(String, Answer)> = read.items().map(|(item, answer)| (item.to_owned(), answer)).collect();
            let out: Vec<(String, Answer)> = sheet.items.iter().map(|item| (item.id.to_string(), item.own)).collect();
            prop_assert_eq!(back, out);
            sheets.push(read);
        }
        let merged = panel.merge(&sheets).unwrap_or_else(|error| panic!("{error}\n{text}"));
        inserted(&text, &merged);
        let rounds = &read(&merged).into_appraisal().draft().delphi.as_ref().unwrap().rounds.clone();
        prop_assert_eq!(rounds.len(), 2);
        for rating in &rounds[1].items {
            let row = &rows[ITEMS.iter().position(|item| *item == rating.item).unwrap()];
            for (expert, answer) in rating.answers.iter().enumerate() {
                let expected = match row[expert].filter(|_| who.contains(&expert)) {
                    None => Answer::Missing,
                    Some(0) => Answer::DontKnow,
                    Some(number) => Answer::Given(number.into()),
                };
                prop_assert_eq!(*answer, expected);
            }
        }
        // the order of the sheets does not matter
        sheets.reverse();
        prop_assert_eq!(panel.merge(&sheets).unwrap(), merged);
    }
}
