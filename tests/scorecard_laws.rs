//! What holds for all ways of scoring, all roll-ups, and all scorecards that are followed over periods.
//!
//! Arithmetic is decimal with 28 digits. S-curves and geometric means go through a logarithm or an exponential, whose
//! results have twelve digits, so laws about them hold to ten.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a law that fails should stop")]
#![allow(clippy::arithmetic_side_effects, reason = "small numbers")]

use appraise::scorecard::{
    Criterion, FollowUp, Measure, MissingPolicy, NamedScoring, RollUp, Scorecard, Scoring, Step,
};
use appraise::{Aggregation, Amount, Appraisal, Draft, Frequency, Outcome, Period, Periods};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};

fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(20_261_122), ..Config::default() }
}

fn appraised(card: Scorecard) -> Appraisal {
    let draft = Draft { scorecard: Some(card), ..Draft::default() };
    Appraisal::new(draft).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A figure that is there; `None` where it has no value.
fn value(outcome: &Outcome, id: &str) -> Option<Decimal> {
    let figure = outcome.figure(id).unwrap_or_else(|| panic!("there is no figure {id}"));
    figure.ok()
}

/// How an indicator is measured, without what was measured.
#[derive(Debug, Clone)]
struct Gauge {
    way: usize,
    base: Decimal,
    gap: Decimal,
    falls: bool,
}

/// Every way of scoring but formulas and words.
const WAYS: usize = 6;

impl Gauge {
    /// So many parts of the way from base to target.
    fn along(&self, share: Decimal) -> Decimal {
        let step = self.gap * share;
        if self.falls { self.base - step } else { self.base + step }
    }

    /// With all values in another unit, which is `factor` times as small.
    fn measure(&self, factor: Decimal) -> Measure {
        let at = |share: Decimal| Amount::Constant(self.along(share) * factor);
        let (one, other) = (self.along(dec!(-0.5)) * factor, self.along(dec!(1.5)) * factor);
        let steps = [(dec!(-0.2), dec!(0.1)), (dec!(0.3), dec!(0.5)), (dec!(0.8), dec!(1))];
        let steps = steps.map(|(share, score)| Step { from: self.along(share) * factor, score });
        let scoring = match self.way {
            0 => Scoring::Linear,
            1 => Scoring::TwoPiece { at_stretch: dec!(1.5) },
            2 => Scoring::GoalAndRedFlag,
            3 => Scoring::MinMax,
            4 => Scoring::Steps(steps.to_vec()),
            _ => NamedScoring::SCurve.into(),
        };
        Measure {
            stretch: Some(at(dec!(1.4))),
            floor: Some(at(dec!(0.4))),
            min: Some(Amount::Constant(one.min(other))),
            max: Some(Amount::Constant(one.max(other))),
            scoring: Some(scoring),
            ..Measure::target(at(Decimal::ZERO), at(Decimal::ONE))
        }
    }
}

fn gauge() -> impl Strategy<Value = Gauge> {
    let number = |range: std::ops::Range<i64>| range.prop_map(|number| Decimal::new(number, 2));
    (0..WAYS, number(-5_000..5_000), number(1..5_000), any::<bool>())
        // steps rise with the value
        .prop_map(|(way, base, gap, falls)| Gauge { way, base, gap, falls: falls && way != 4 })
}

/// What one indicator is measured by, what it weighs and how far from base to target it was measured.
type Measured = (Gauge, u32, Option<Decimal>);

/// How far from base to target something was measured.
fn share() -> impl Strategy<Value = Decimal> {
    (-100_i64..250).prop_map(|number| Decimal::new(number, 2))
}

/// What one indicator is measured by and what it weighs, and its value in each period.
type Followed = (Gauge, u32, Vec<Option<Decimal>>);

fn followed(periods: usize) -> impl Strategy<Value = Vec<Followed>> {
    let values = prop::collection::vec(prop::option::weighted(0.8, share()), periods);
    prop::collection::vec((gauge(), 1_u32..20, values), 2..7)
}

fn roll_up() -> impl Strategy<Value = RollUp> {
    (0..RollUp::ALL.len()).prop_map(|position| RollUp::ALL[position].1)
}

fn policy() -> impl Strategy<Value = MissingPolicy> {
    (0..MissingPolicy::ALL.len()).prop_map(|position| MissingPolicy::ALL[position].1)
}

fn leaf(position: usize) -> String {
    format!("leaf_{position}")
}

/// Two groups of indicators, the first half and the rest.
fn grouped(leaves: Vec<Criterion>, roll_up: RollUp) -> Scorecard {
    let mut one = leaves;
    let other = one.split_off(one.len().div_ceil(2));
    let groups = [("one", one, 2), ("other", other, 3)];
    let groups = groups.into_iter().filter(|(_, leaves, _)| !leaves.is_empty());
    let groups = groups.map(|(id, leaves, weight)| Criterion::group(id, leaves).weighing(Decimal::from(weight)));
    Scorecard { roll_up, ..Scorecard::new(groups.collect::<Vec<_>>()) }
}

fn card(indicators: &[Measured], factor: Decimal, roll_up: RollUp) -> Scorecard {
    let leaves = indicators.iter().enumerate().map(|(position, (gauge, weight, share))| {
        let actual = share.map(|share| Amount::Constant(gauge.along(share) * factor));
        let measure = Measure { actual, ..gauge.measure(factor) };
        Criterion::indicator(leaf(position), measure).weighing(Decimal::from(*weight))
    });
    grouped(leaves.collect(), roll_up)
}

/// The whole, the two groups and the indicators.
fn ids(leaves: usize) -> Vec<String> {
    let ids = ["scorecard", "scorecard.one", "scorecard.other"].map(str::to_owned).into_iter();
    ids.chain((0..leaves).map(|position| format!("scorecard.{}", leaf(position)))).collect()
}

fn quarter(number: usize) -> Period {
    "2024-Q1".parse::<Period>().unwrap().after(i32::try_from(number).unwrap())
}

/// The scorecard over quarters, evaluated at one of them.
fn over_quarters(indicators: &[Followed], at: usize, roll_up: RollUp, missing: MissingPolicy) -> Scorecard {
    let count = indicators[0].2.len();
    let leaves = indicators.iter().enumerate().map(|(position, (gauge, weight, shares))| {
        let values =
            shares.iter().enumerate().filter_map(|(number, share)| Some((quarter(number), gauge.along((*share)?))));
        let actual = Some(Amount::PerPeriod(values.collect()));
        let measure = Measure { actual, ..gauge.measure(Decimal::ONE) };
        Criterion::indicator(leaf(position), measure).weighing(Decimal::from(*weight))
    });
    let periods = Periods { at: Some(quarter(at)), ..Periods::new(quarter(0), quarter(count - 1)) };
    Scorecard { periods: Some(periods), missing, ..grouped(leaves.collect(), roll_up) }
}

fn alike(one: Option<Decimal>, other: Option<Decimal>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= Decimal::new(1, 10),
        (one, other) => one == other,
    }
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn scores_do_not_change_with_the_unit(
        indicators in prop::collection::vec((gauge(), 1_u32..20, share().prop_map(Some)), 2..7),
        factor in (1_i64..1_000_000).prop_map(|number| Decimal::new(number, 3)),
        roll_up in roll_up(),
    ) {
        let plain = appraised(card(&indicators, Decimal::ONE, roll_up));
        let converted = appraised(card(&indicators, factor, roll_up));
        for id in ids(indicators.len()) {
            let score = format!("{id}.score");
            let (one, other) = (value(&plain.base(), &score), value(&converted.base(), &score));
            // a value on the edge of a step stays on it, as products of decimals this short are exact
            prop_assert!(alike(one, other), "{}: {:?} and {:?}", score, one, other);
        }
    }

    #[test]
    fn improving_an_actual_lowers_no_score(
        indicators in prop::collection::vec((gauge(), 1_u32..20, share().prop_map(Some)), 2..7),
        which in any::<prop::sample::Index>(),
        step in (1_i64..200).prop_map(|number| Decimal::new(number, 2)),
        roll_up in roll_up(),
    ) {
        let mut improved = indicators.clone();
        let actual = &mut improved[which.index(indicators.len())].2;
        *actual = actual.map(|share| share + step);
        let before = appraised(card(&indicators, Decimal::ONE, roll_up));
        let after = appraised(card(&improved, Decimal::ONE, roll_up));
        for id in ids(indicators.len()) {
            let score = format!("{id}.score");
            let (before, after) = (value(&before.base(), &score).unwrap(), value(&after.base(), &score).unwrap());
            prop_assert!(after >= before - Decimal::new(1, 10), "{} fell from {} to {}", score, before, after);
        }
    }

    #[test]
    fn every_roll_up_lies_between_its_worst_and_best_child(
        indicators in prop::collection::vec((gauge(), 1_u32..20, share().prop_map(Some)), 2..7),
        roll_up in roll_up(),
    ) {
        let appraisal = appraised(card(&indicators, Decimal::ONE, roll_up));
        let outcome = appraisal.base();
        let half = indicators.len().div_ceil(2);
        let score = |id: &str| value(&outcome, &format!("scorecard.{id}.score")).unwrap();
        let leaves: Vec<Decimal> = (0..indicators.len()).map(|position| score(&leaf(position))).collect();
        let tops = [score("one"), score("other")];
        let parents = [(tops[0], &leaves[..half]), (tops[1], &leaves[half..]), (value(&outcome, "scorecard.score").unwrap(), &tops[..])];
        for (parent, children) in parents {
            let (worst, best) = (*children.iter().min().unwrap(), *children.iter().max().unwrap());
            let room = Decimal::new(1, 10);
            prop_assert!(worst - room <= parent && parent <= best + room, "{} of {:?}", parent, children);
            match roll_up {
                RollUp::WorstChild => prop_assert_eq!(parent, worst),
                RollUp::BestChild => prop_assert_eq!(parent, best),
                _ => {}
            }
        }
    }

    #[test]
    fn a_missing_child_that_is_excluded_counts_as_if_it_were_not_there(
        indicators in prop::collection::vec((gauge(), 1_u32..20, share().prop_map(Some)), 3..7),
        which in any::<prop::sample::Index>(),
        roll_up in roll_up(),
    ) {
        let position = which.index(indicators.len());
        let score = |indicators: &[(usize, Measured)]| {
            let leaves = indicators.iter().map(|(number, (gauge, weight, share))| {
                let measure = Measure { actual: share.map(|share| gauge.along(share).into()), ..gauge.measure(Decimal::ONE) };
                Criterion::indicator(leaf(*number), measure).weighing(Decimal::from(*weight))
            });
            let card = Scorecard { roll_up, ..Scorecard::new(leaves.collect::<Vec<_>>()) };
            value(&appraised(card).base(), "scorecard.score")
        };
        let mut with: Vec<_> = indicators.into_iter().enumerate().collect();
        with[position].1.2 = None;
        let mut without = with.clone();
        without.remove(position);
        let (with, without) = (score(&with), score(&without));
        prop_assert!(alike(with, without), "{:?} and {:?}", with, without);
    }

    #[test]
    fn a_period_scores_as_a_scorecard_of_its_values_alone(
        (indicators, at) in (1_usize..8).prop_flat_map(|count| (followed(count), 0..count)),
        roll_up in roll_up(),
        missing in policy(),
    ) {
        let followed = appraised(over_quarters(&indicators, at, roll_up, missing));
        let now: Vec<_> = indicators.iter().map(|(gauge, weight, shares)| (gauge.clone(), *weight, shares[at])).collect();
        let alone = appraised(Scorecard { missing, ..card(&now, Decimal::ONE, roll_up) });
        let (followed, alone) = (followed.base(), alone.base());
        for id in ids(indicators.len()) {
            for figure in ["score", "coverage"] {
                let id = format!("{id}.{figure}");
                prop_assert_eq!(value(&followed, &id), value(&alone, &id), "{}", id);
            }
        }
        for position in 0..indicators.len() {
            for figure in ["actual", "progress", "performance"] {
                let id = format!("scorecard.{}.{figure}", leaf(position));
                prop_assert_eq!(value(&followed, &id), value(&alone, &id), "{}", id);
            }
        }
    }

    /// Every figure, those of the trend among them.
    #[test]
    fn another_period_is_a_document_with_another_evaluated_period(
        (indicators, from, to) in (1_usize..10).prop_flat_map(|count| (followed(count), 0..count, 0..count)),
        roll_up in roll_up(),
        missing in policy(),
    ) {
        let moved = appraised(over_quarters(&indicators, from, roll_up, missing));
        let moved = moved.base().at(quarter(to)).unwrap();
        let fresh = appraised(over_quarters(&indicators, to, roll_up, missing));
        let fresh = fresh.base();
        prop_assert_eq!(moved.period(), fresh.period());
        for ((_, cell), (_, other)) in moved.evaluation().model().cells().zip(fresh.evaluation().model().cells()) {
            prop_assert_eq!(cell.id(), other.id());
            let id = cell.id().to_string();
            if let (Some(one), Some(other)) = (moved.figure(&id), fresh.figure(&id)) {
                prop_assert_eq!(one.ok(), other.ok(), "{}", id);
            }
        }
        prop_assert_eq!(moved.report().to_markdown(), fresh.report().to_markdown());
    }

    #[test]
    fn quarters_are_the_sums_of_their_months(
        months in (1_usize..6).prop_flat_map(|quarters| prop::collection::vec(prop::option::weighted(0.9, -10_000_i64..10_000), quarters * 3)),
    ) {
        let first: Period = "2024-01".parse().unwrap();
        let month = |number: usize| first.after(i32::try_from(number).unwrap());
        let values = months.iter().enumerate().filter_map(|(number, value)| Some((month(number), Decimal::new((*value)?, 2))));
        let follow_up = FollowUp { aggregation: Some(Aggregation::Sum), ..FollowUp::default() };
        let measure = Measure { follow_up, ..Measure::target(0, 100).actual(Amount::PerPeriod(values.collect())) };
        let periods = Some(Periods::new(quarter(0), quarter(months.len() / 3 - 1)));
        let appraisal = appraised(Scorecard { periods, ..Scorecard::new([Criterion::indicator("x", measure)]) });
        for (number, parts) in months.chunks(3).enumerate() {
            // of which a month is missing is not known
            let sum: Option<i64> = parts.iter().copied().sum();
            let id = format!("scorecard.x.by_period.actual.{}", quarter(number));
            prop_assert_eq!(value(&appraisal.base(), &id), sum.map(|sum| Decimal::new(sum, 2)));
        }
        let year = month(0).within(Frequency::Year, appraise::FiscalYear::CALENDAR).unwrap();
        prop_assert_eq!(year.to_string(), "2024");
    }
}
