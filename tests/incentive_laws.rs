//! Laws of incentives: a better score is never paid less, nobody is paid more than the cap, and the total is the sum.
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test fails by panicking")]

use appraise::scorecard::{Criterion, Incentive, Measure, Participant, PayoutCurve, PayoutPoint, Scorecard};
use appraise::{Appraisal, Draft};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};

fn config(cases: u32) -> Config {
    let default = Config::default();
    let rng_seed = match default.rng_seed {
        RngSeed::Random => RngSeed::Fixed(2026),
        fixed => fixed,
    };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    Config { cases, rng_seed, failure_persistence: None, ..default }
}

/// Rising scores and payouts that do not fall, as steps or as lines.
fn curve() -> impl Strategy<Value = PayoutCurve> {
    let points = prop::collection::vec((1_i64..45, 0_i64..90), 3..6);
    (points, any::<bool>()).prop_map(|(points, is_linear)| {
        let (mut from, mut pays) = (Decimal::ZERO, Decimal::ZERO);
        let points = points.into_iter().map(|(rise, more)| {
            from += Decimal::new(rise, 2);
            pays += Decimal::new(more, 2);
            PayoutPoint::new(from, pays)
        });
        match *points.collect::<Vec<_>>() {
            [threshold, target, cap, ..] if is_linear => PayoutCurve::Linear { threshold, target, cap },
            ref steps => PayoutCurve::Steps(steps.to_vec()),
        }
    })
}

fn most(curve: &PayoutCurve) -> Decimal {
    match curve {
        PayoutCurve::Linear { cap, .. } => cap.pays,
        PayoutCurve::Steps(steps) => steps.last().map_or(Decimal::ZERO, |step| step.pays),
    }
}

fn paid(curve: &PayoutCurve, scores: [i64; 2], weights: (i64, i64)) -> Appraisal {
    let measured = |id: &str, score| Criterion::indicator(id, Measure::target(0, 1_000).actual(score));
    let [a, b] = scores;
    let participants = [
        Participant::unit("north", 7_000),
        Participant::unit("south", 3_000).for_scores([("a", Decimal::ONE)]),
        Participant::person("ana", 11_000).for_scores([("a", weights.0.into()), ("b", weights.1.into())]),
    ];
    let draft = Draft {
        scorecard: Some(Scorecard::new([measured("a", a), measured("b", b)])),
        incentive: Some(Incentive::new(curve.clone(), participants)),
        ..Draft::default()
    };
    Appraisal::new(draft).unwrap()
}

fn figure(appraisal: &Appraisal, id: &str) -> Decimal {
    appraisal.base().figure(id).unwrap().unwrap()
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn payouts_rise_with_scores_up_to_the_cap(
        curve in curve(), a in 0_i64..=1_000, b in 0_i64..=1_000, more in 0_i64..=300, weights in (1_i64..9, 1_i64..9),
    ) {
        let one = paid(&curve, [a, b], weights);
        let better = paid(&curve, [(a + more).min(1_000), b], weights);
        let mut total = Decimal::ZERO;
        for (id, target_pay) in [("north", dec!(7_000)), ("south", dec!(3_000)), ("ana", dec!(11_000))] {
            let payout = figure(&one, &format!("incentive.{id}.payout"));
            let then = figure(&better, &format!("incentive.{id}.payout"));
            prop_assert!(payout <= then);
            prop_assert!(payout >= Decimal::ZERO && payout <= target_pay * most(&curve));
            total += payout;
        }
        prop_assert_eq!(figure(&one, "incentive.total"), total);
        prop_assert!(total <= figure(&one, "incentive.largest_total"));
        for criterion in ["scorecard", "a", "b"] {
            let more = figure(&one, &format!("incentive.one_point_more.{criterion}"));
            let less = figure(&one, &format!("incentive.one_point_less.{criterion}"));
            prop_assert!(less <= Decimal::ZERO && more >= Decimal::ZERO);
        }
    }

    #[test]
    fn one_more_point_pays_what_a_better_score_pays(curve in curve(), a in 0_i64..=990, b in 0_i64..=1_000) {
        // of a score that nobody else's rests on: b counts for ana alone, and for the whole
        let one = paid(&curve, [a, b], (1, 1));
        let better = paid(&curve, [a + 10, b], (1, 1));
        let change = figure(&better, "incentive.south.payout") - figure(&one, "incentive.south.payout");
        prop_assert_eq!(figure(&one, "incentive.south.one_point_more.a"), change);
    }
}
