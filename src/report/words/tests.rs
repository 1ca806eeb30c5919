//! Every phrase is there in both languages, and says the same in the model.

use super::*;
use crate::Draft;
use crate::report::testing;

fn pairs() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    [common::PAIRS, conventions::PAIRS, findings::PAIRS, money::PAIRS, panel::PAIRS, reasons::PAIRS, scorecard::PAIRS]
        .into_iter()
        .flatten()
}

#[test]
fn what_is_filled_in_is_not_filled_again() {
    assert_eq!(fill("{} of {}", &["{}", "b"]), "{} of b");
    assert_eq!(fill("{} of {}", &["a"]), "a of ");
}

#[test]
fn translations_have_the_same_places() {
    for (english, chinese) in pairs() {
        assert_eq!(english.matches("{}").count(), chinese.matches("{}").count(), "{english}");
    }
}

#[test]
fn causes_in_english_are_those_of_the_model() {
    let irr = [
        NoIrr::TooShort,
        NoIrr::OneMoment,
        NoIrr::AllNegative,
        NoIrr::AllZero,
        NoIrr::NoSignChange,
        NoIrr::NoRoot,
        NoIrr::OutOfRange,
        NoIrr::Several { count: 2 },
    ];
    let others = [
        Cause::NoFurtherRate,
        Cause::NoData,
        Cause::NothingToShare,
        Cause::NotAnswered,
        Cause::NotInvited,
        Cause::DontKnow,
        Cause::IncompleteAnswers,
        Cause::DifferentGroups,
        Cause::TooLarge,
        Cause::NoEarlierRound,
        Cause::LeftOut,
        Cause::Unconnected,
        Cause::NothingElse,
        Cause::NothingRedundant,
        Cause::NoConflict,
        Cause::NotMeasured,
        Cause::NotJudged,
        Cause::OneGrade,
        Cause::NoMembership,
        Cause::VerdictHolds,
        Cause::OutsideRow,
        Cause::YearNotMeasured,
        Cause::NoRule,
        Cause::TooFewValues { needed: 3 },
        Cause::NothingMoves,
        Cause::NotPositive,
        Cause::NoBenefits,
        Cause::NoCosts,
        Cause::UnderScenario,
        Cause::DivisorMayBeZero,
        Cause::RangeNotTold,
        Cause::DivisionByZero,
        Cause::Overflow,
        Cause::TooFew,
        Cause::RateTooLow,
        Cause::Undefined,
        Cause::SpreadAndAtOnce,
        Cause::PaybackNotReached,
        Cause::PaybackLost { reached: 1.into(), year: 3 },
        Cause::NoLimit,
        Cause::AllTied,
    ];
    for cause in irr.map(Cause::Irr).into_iter().chain(others) {
        assert_eq!(Words::of(Language::English).cause(cause), cause.to_string());
        assert!(!Words::of(Language::Chinese).cause(cause).is_ascii(), "{cause}");
    }
}

#[test]
fn every_label_of_the_crate_has_a_translation() {
    for draft in [testing::meridian(), testing::chinese(), testing::judged_in_every_way()] {
        let report = testing::report(Draft { language: Language::Chinese, ..draft });
        for figure in report.figures() {
            let Label { subject, aspect } = &figure.label;
            assert!(aspect.is_empty() || !aspect.is_ascii(), "{}: {aspect}", figure.id());
            assert!(!is_own(&figure.id()) || !subject.is_ascii(), "{}: {subject}", figure.id());
        }
    }
}

#[cfg(feature = "yaml")]
#[test]
fn every_label_of_weights_and_reviews_has_a_translation() {
    for text in [
        include_str!("../../../examples/mixed_weights.yaml"),
        include_str!("../../../examples/house.yaml"),
        include_str!("../../../examples/rivers.yaml"),
        include_str!("../../../examples/customers.yaml"),
        include_str!("../../../examples/lease_or_buy.yaml"),
        include_str!("../../../examples/design_review.yaml"),
        include_str!("../../../examples/mature_market.yaml"),
        include_str!("../../../examples/performance_pyramid.yaml"),
        include_str!("../../../examples/incentive.yaml"),
        include_str!("../../../examples/group.yaml"),
        include_str!("../../../examples/three_vendors.yaml"),
        include_str!("../../../examples/make_or_buy.yaml"),
        include_str!("../../../examples/three_ways.yaml"),
        include_str!("../../../examples/on_premises.yaml"),
        include_str!("../../../examples/cloud.yaml"),
    ] {
        let document = crate::yaml::Document::parse("weights.yaml", text).unwrap();
        let draft = document.appraisal().draft().clone();
        for figure in testing::report(Draft { language: Language::Chinese, ..draft }).figures() {
            let Label { subject, aspect } = &figure.label;
            assert!(aspect.is_empty() || !aspect.is_ascii(), "{}: {aspect}", figure.id());
            assert!(!is_own(&figure.id()) || !subject.is_ascii(), "{}: {subject}", figure.id());
        }
    }
}

#[cfg(feature = "yaml")]
#[test]
fn every_label_of_a_scorecard_over_periods_has_a_translation() {
    let words = Words::of(Language::Chinese);
    // whatever an indicator may have, beside an example of the usual
    let every = "appraise: 1\nscorecard:\n  periods: {from: 2024-Q1, to: 2025-Q4, at: 2025-Q1}\n  points: 10\n  \
                 carry_forward: 1\n  aggregation: sum\n  status:\n    - {status: well, when: = actual > previous, \
                 from: 50%}\n  perspectives:\n    a:\n      indicators:\n        b: {base: 1, target: 9, stretch: 12, \
                 floor: 2, min: 0, max: 20, actual: {2024-01: 2, 2024-02: 3, 2024-03: 1}}\n        c: {scoring: \
                 {lookup: {low: 0%, high: 100%}}, actual: {2024-Q1: low}}\n        d: {base: 1, target: 9, actual: \
                 {2024-Q1: 2, 2024-Q2: 3}}\n        e: {band: [1, 2], tolerance: 1, actual: {2024-Q1: 2}}\n        f: \
                 {kpi: customer_churn_rate, data: {customers_lost: {2024-Q1: 1}, customers_start: 2}}\n";
    for text in [every, include_str!("../../../examples/service_quarters.yaml")] {
        let document = crate::yaml::Document::parse("periods.yaml", text).unwrap_or_else(|told| panic!("{told}"));
        let outcome = document.appraisal().base();
        for (_, cell) in outcome.evaluation().model().cells() {
            let id = cell.id();
            let Label { subject, aspect } = words.label(id, cell.label());
            assert!(aspect.is_empty() || !aspect.is_ascii(), "{id}: {aspect}");
            assert!(!is_own(&id.to_string()) || !subject.is_ascii(), "{id}: {subject}");
        }
    }
}

#[test]
fn names_of_ones_own_are_no_labels() {
    let words = Words::of(Language::Chinese);
    let shown = |id: &str, subject: &str| {
        words.label(&id, &Label { subject: subject.into(), aspect: "present value" }).to_string()
    };
    assert_eq!(shown("costs.staff.present_value", "Staff"), "人员: 现值");
    assert_eq!(shown("costs.staff.x.present_value", "Staff"), "Staff: 现值");
    assert_eq!(shown("benefits.unadjusted.present_value", "Benefits"), "收益: 现值");
    assert_eq!(shown("benefits.x.present_value", "Benefits"), "Benefits: 现值");
    assert_eq!(shown("scorecard.x.score", "Costs"), "Costs: 现值");
}

#[test]
fn statuses_are_translated_and_names_of_ones_own_are_not() {
    let words = Words::of(Language::Chinese);
    assert_eq!(["red", "amber", "green", "blau"].map(|name| words.status(name)), ["红", "黄", "绿", "blau"]);
    assert_eq!(Words::of(Language::English).length(1), "1 year");
}
