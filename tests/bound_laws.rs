//! What may be written and what may come out of a formula or a scenario are the same: one list of bounds, read twice.
#![cfg(feature = "yaml")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use appraise::yaml::Document;
use proptest::prelude::*;

/// A key, a document with a hole for its value, and the code where it makes no sense.
const KEYS: [(&str, &str, &str); 12] = [
    (
        "benefits.hours.annual",
        "costs: {other: {y: 1}}\nbenefits: {hours: {kind: saving, annual: VALUE}}",
        "amount.negative",
    ),
    ("benefits.hours.adoption", "benefits: {hours: {kind: saving, annual: 5, adoption: VALUE}}", "share.out_of_range"),
    ("benefits.hours.risk", "benefits: {hours: {kind: saving, annual: 5, risk: VALUE}}", "share.out_of_range"),
    ("benefits.hours.ramp", "benefits: {hours: {kind: saving, annual: 5, ramp: VALUE}}", "value.out_of_range"),
    ("costs.other.x.initial", "costs: {other: {x: {initial: VALUE}}}", "amount.negative"),
    ("costs.other.x.share", "costs: {other: {x: {initial: 5, share: VALUE}}}", "share.out_of_range"),
    ("costs.other.x.growth", "costs: {other: {x: {fte: 1, cost: 9, growth: VALUE}}}", "value.out_of_range"),
    (
        "costs.other.x.price_change",
        "costs: {other: {x: {initial: 9, replace_every: 2, price_change: VALUE}}}",
        "value.out_of_range",
    ),
    (
        "exchange_rates.USD",
        "currency: EUR\nexchange_rates: {USD: VALUE}\ncosts: {other: {x: {initial: 9, currency: USD}}}",
        "value.out_of_range",
    ),
    ("valuation.inflation", "valuation: {inflation: VALUE}\ncosts: {other: {x: {initial: 9}}}", "case.discount_rate"),
    (
        "alternatives.a.costs.other.x.annual",
        "alternatives: {a: {costs: {other: {x: {annual: VALUE}}}}, b: {costs: {}}}",
        "amount.negative",
    ),
    ("tax.rate", "tax: {rate: VALUE}\ncosts: {other: {x: {initial: 9}}}\nbenefits: {}", "share.out_of_range"),
];

proptest! {
    #[test]
    fn what_may_not_be_written_is_found_where_a_scenario_gives_it(key in 0_usize..KEYS.len(), hundredths in -250_i64..250) {
        let Some((at, text, code)) = KEYS.get(key) else { return Ok(()) };
        let value = format!("{hundredths}%");
        let read = |text: &str| Document::parse("x.yaml", &format!("appraise: 1\ndiscount_rate: 8%\n{text}\n"));
        let text = text.replace("{y: 1}", "{y: {annual: 1}}");
        let is_refused = read(&text.replace("VALUE", &value)).is_err();
        let text = format!("assumptions: {{stated: 50%}}\n{}\nscenarios: {{other: {{stated: {value}}}}}", text.replace("VALUE", "= stated"));
        let report = read(&text).unwrap().appraisal().base().report();
        let mut found = report.findings.iter().filter(|finding| finding.code == *code);
        let first = found.next().map(|finding| (finding.location.as_str(), finding.message.contains(at)));
        prop_assert_eq!(first, is_refused.then_some(("scenarios.other.stated", true)), "{} of {}", value, at);
        prop_assert!(found.next().is_none());
    }
}
