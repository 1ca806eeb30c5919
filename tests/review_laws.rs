//! What holds for the review of every scorecard, tried on random ones.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a law that fails should stop")]
#![allow(clippy::arithmetic_side_effects, reason = "small numbers")]

use appraise::scorecard::{Criterion, DesignReview, Facets, Kind, Measure, Scorecard};
use appraise::{Appraisal, Draft};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};

/// An indicator: its points, its score in per cent where it has one, and its kind.
type Indicator = (u32, Option<u32>, Option<bool>);

fn kind(leads: bool) -> Kind {
    if leads { Kind::Leading } else { Kind::Lagging }
}

fn card(groups: &[Vec<Indicator>]) -> Scorecard {
    let indicator = |id: String, (points, score, leads): &Indicator| {
        let actual = score.map(|percent| Decimal::new(percent.into(), 2).into());
        let facets = Facets { kind: leads.map(kind), ..Facets::default() };
        let measure = Measure { actual, ..Measure::target(0, 1) };
        Criterion { facets, ..Criterion::indicator(id, measure).weighing(Decimal::from(points + 1)) }
    };
    let groups = groups.iter().enumerate().map(|(group, indicators)| {
        let indicators = indicators.iter().enumerate();
        Criterion::group(format!("g{group}"), indicators.map(|(n, one)| indicator(format!("i{group}_{n}"), one)))
    });
    Scorecard { review: Some(DesignReview::default()), ..Scorecard::new(groups) }
}

/// The value of a figure, where it has one.
fn figure(appraisal: &Appraisal, id: &str) -> Option<Decimal> {
    appraisal.base().figure(id)?.ok()
}

fn appraised(groups: &[Vec<Indicator>]) -> Appraisal {
    Appraisal::new(Draft { scorecard: Some(card(groups)), ..Draft::default() }).unwrap()
}

fn near(a: Decimal, b: Decimal) -> bool {
    (a - b).abs() < dec!(0.000000000001)
}

fn groups(scored: bool) -> impl Strategy<Value = Vec<Vec<Indicator>>> {
    let score = if scored { (0..=100_u32).prop_map(Some).boxed() } else { prop::option::of(0..=100_u32).boxed() };
    let indicator = (0..9_u32, score, prop::option::of(any::<bool>()));
    prop::collection::vec(prop::collection::vec(indicator, 1..5), 1..4)
}

fn config() -> Config {
    Config { cases: 64, rng_seed: RngSeed::Fixed(7), ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_score_apart_lies_between_its_worst_and_best_indicator(groups in groups(false)) {
        let appraisal = appraised(&groups);
        for leads in [true, false] {
            let those = groups.iter().flatten().filter(|(_, _, of)| *of == Some(leads));
            let scores: Vec<Decimal> = those.filter_map(|(_, score, _)| *score).map(|s| Decimal::new(s.into(), 2)).collect();
            let score = figure(&appraisal, if leads { "scorecard.leading.score" } else { "scorecard.lagging.score" });
            match (score, scores.iter().min(), scores.iter().max()) {
                (Some(score), Some(worst), Some(best)) => {
                    prop_assert!(*worst - dec!(0.000000000001) <= score && score <= *best + dec!(0.000000000001));
                }
                (score, ..) => prop_assert_eq!((score, scores.is_empty()), (None, true)),
            }
        }
    }

    #[test]
    fn both_kinds_make_up_the_score_where_every_indicator_has_one(groups in groups(true)) {
        let groups: Vec<Vec<Indicator>> = groups
            .into_iter()
            .map(|group| group.into_iter().map(|(points, score, leads)| (points, score, leads.or(Some(false)))).collect())
            .collect();
        let appraisal = appraised(&groups);
        let part = |kind: &str| {
            let share = figure(&appraisal, &format!("review.{kind}.share")).unwrap();
            figure(&appraisal, &format!("scorecard.{kind}.score")).unwrap_or_default() * share
        };
        prop_assert!(near(part("leading") + part("lagging"), figure(&appraisal, "scorecard.score").unwrap()));
    }

    #[test]
    fn shares_of_two_sides_that_hold_everything_sum_to_one(groups in groups(false)) {
        let appraisal = appraised(&groups);
        for [one, other] in [["tied", "untied"], ["quantitative", "qualitative"]] {
            let share = |side: &str| figure(&appraisal, &format!("review.{side}.share")).unwrap();
            prop_assert!(near(share(one) + share(other), Decimal::ONE));
            let count = |side: &str| figure(&appraisal, &format!("review.{side}.count")).unwrap();
            prop_assert_eq!(Some(count(one) + count(other)), figure(&appraisal, "scorecard.indicators"));
        }
        let balance = figure(&appraisal, "review.kind.balance");
        prop_assert!(balance.is_none_or(|balance| balance >= Decimal::ZERO && balance <= dec!(0.5)));
    }

    #[test]
    fn a_review_changes_no_score(groups in groups(false)) {
        let with = appraised(&groups);
        let plain = Scorecard { review: None, ..card(&groups) };
        let without = Appraisal::new(Draft { scorecard: Some(plain), ..Draft::default() }).unwrap();
        for id in ["scorecard.score", "scorecard.coverage", "scorecard.g0.score"] {
            prop_assert_eq!(figure(&with, id), figure(&without, id));
        }
    }
}
