//! Laws that hold for every model, checked on generated ones.
//!
//! Arithmetic is decimal with 28 digits, so most laws hold exactly or to the last digits; where a tolerance is needed it
//! is stated with the law. The seed is fixed, so a run can be repeated; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` look
//! elsewhere and further.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use appraise::case::{
    Benefit, BenefitKind, Category, ChargedOn, CostLine, CostOfCapital, DualRunning, ExchangeRate, InYear, Length,
    Licence, LicenceKind, OneOff, Plan, Price, Rate, RateTable, Replacement, Residual, Risk, Role, Staff, Tier,
    Tiering, Training, Usage, Work,
};
use appraise::kernel::{self, ConcordanceError, Payback, Ratings};
use appraise::model::{Absent, Cause, Expression, Formula, Unit, notation};
use appraise::panel::{
    Aggregation, Ahp, Allocation, Assessment, Authority, Ballot, Combination, DataMethod, DataWeights, Delphi, Grade,
    GradeFunctions, How, Judgement, JudgementSet, MembershipFunctions, Memberships, Operator, Order, Points,
    PointsKind, PriorityMethod, RankConversion, Ranking, Ranks, Rating, Round, Scale, SiblingWeights, StopRule,
    UnitData, Votes, Weighing,
};
use appraise::report::{Report, Value};
use appraise::scorecard::{Aim, Criterion, Measure, MissingPolicy, Scorecard};
use appraise::{Amount, Appraisal, Assumption, Draft, Horizon, LARGEST, Outcome, Range, Scenario};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};
use std::sync::Arc;

fn config(cases: u32) -> Config {
    let default = Config::default();
    let rng_seed = match default.rng_seed {
        RngSeed::Random => RngSeed::Fixed(2026),
        fixed => fixed,
    };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    Config { cases, rng_seed, failure_persistence: None, ..default }
}

/// 10^-`digits`.
fn tolerance(digits: u32) -> Decimal {
    Decimal::new(1, digits)
}

#[track_caller]
fn assert_near(a: Decimal, b: Decimal, digits: u32) {
    assert!((a - b).abs() <= tolerance(digits), "{a} is not {b}, off by {}", (a - b).abs());
}

fn figure(outcome: &Outcome, id: &str) -> Decimal {
    match outcome.figure(id) {
        Some(Ok(value)) => value,
        Some(Err(absent)) => panic!("{id}: {}", outcome.evaluation().reason(absent)),
        None => panic!("there is no figure {id}"),
    }
}

fn appraisal(draft: Draft) -> Appraisal {
    Appraisal::new(draft).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A number with so many decimals.
fn number(range: std::ops::Range<i64>, decimals: u32) -> impl Strategy<Value = Decimal> + Clone {
    range.prop_map(move |number| Decimal::new(number, decimals))
}

fn leaf(position: usize) -> String {
    format!("leaf_{position}")
}

// ---------------------------------------------------------------------------------------------------------- weights

/// One row of ratings from 1 to 10 for each of some items, all of the same number of experts.
fn ratings() -> impl Strategy<Value = Vec<Vec<u32>>> {
    (2_usize..8, 1_usize..10)
        .prop_flat_map(|(items, experts)| prop::collection::vec(prop::collection::vec(1_u32..=10, experts), items))
}

/// A flat scorecard weighed by a panel, with ratings times `factor`.
fn rated(ratings: &[Vec<u32>], factor: Decimal) -> Appraisal {
    let experts = ratings[0].len();
    let item = |(position, row): (usize, &Vec<u32>)| Rating {
        item: leaf(position),
        answers: row.iter().map(|rating| (Decimal::from(*rating) * factor).into()).collect(),
    };
    let delphi = Delphi {
        experts: (0..experts).map(|expert| format!("expert {expert}")).collect(),
        scale: Scale { min: factor, max: Decimal::TEN * factor },
        rounds: vec![Round { items: ratings.iter().enumerate().map(item).collect(), ..Round::default() }],
        ..Delphi::default()
    };
    let perspectives = (0..ratings.len()).map(|position| Criterion::judged(leaf(position)));
    let scorecard = Some(Scorecard::new(perspectives));
    appraisal(Draft { scorecard, delphi: Some(delphi), ..Draft::default() })
}

/// A flat scorecard with direct weights, or with none.
fn weighed(weights: &[Option<u32>]) -> Appraisal {
    let criterion = |(position, weight): (usize, &Option<u32>)| Criterion {
        weight: weight.map(Decimal::from),
        ..Criterion::judged(leaf(position))
    };
    let scorecard = Some(Scorecard::new(weights.iter().enumerate().map(criterion)));
    appraisal(Draft { scorecard, ..Draft::default() })
}

fn weights(appraisal: &Appraisal, count: usize) -> Vec<Decimal> {
    let base = appraisal.base();
    (0..count).map(|position| figure(&base, &format!("scorecard.{}.weight", leaf(position)))).collect()
}

proptest! {
    #![proptest_config(config(256))]

    /// Exactly: the remainder of the division goes to the largest.
    #[test]
    fn weights_of_siblings_sum_to_one(ratings in ratings(), points in prop::collection::vec(1_u32..1_000, 2..12)) {
        let count = ratings.len();
        let by_panel = weights(&rated(&ratings, Decimal::ONE), count);
        prop_assert_eq!(by_panel.iter().sum::<Decimal>(), Decimal::ONE);
        let by_points: Vec<Option<u32>> = points.iter().copied().map(Some).collect();
        let by_points = weights(&weighed(&by_points), points.len());
        prop_assert_eq!(by_points.iter().sum::<Decimal>(), Decimal::ONE);
        let equal = weights(&weighed(&vec![None; points.len()]), points.len());
        prop_assert_eq!(equal.iter().sum::<Decimal>(), Decimal::ONE);
        prop_assert!(by_panel.iter().chain(&by_points).chain(&equal).all(|weight| *weight >= Decimal::ZERO));
    }

    /// To 10^-25, because a scaled mean may be rounded in another last digit.
    #[test]
    fn weights_do_not_move_with_the_scale(ratings in ratings(), factor in number(1..5_000, 2)) {
        let (plain, scaled) = (rated(&ratings, Decimal::ONE), rated(&ratings, factor));
        for (a, b) in weights(&plain, ratings.len()).into_iter().zip(weights(&scaled, ratings.len())) {
            assert_near(a, b, 25);
        }
    }

    #[test]
    fn weights_do_not_depend_on_who_answers_first(ratings in ratings(), by in 0_usize..10) {
        let mut permuted = ratings.clone();
        for row in &mut permuted {
            let by = by % row.len();
            row.rotate_left(by);
            row.reverse();
        }
        let (plain, permuted) = (rated(&ratings, Decimal::ONE), rated(&permuted, Decimal::ONE));
        prop_assert_eq!(weights(&plain, ratings.len()), weights(&permuted, ratings.len()));
    }

    #[test]
    fn better_rated_weighs_no_less(ratings in ratings()) {
        let weights = weights(&rated(&ratings, Decimal::ONE), ratings.len());
        let totals: Vec<u32> = ratings.iter().map(|row| row.iter().sum()).collect();
        for (i, a) in totals.iter().enumerate() {
            for (j, b) in totals.iter().enumerate() {
                prop_assert!(a <= b || weights[i] >= weights[j]);
            }
        }
    }
}

// ------------------------------------------------------------------------------------------------------ concordance

fn concordance(rows: &[Vec<u32>]) -> Result<Decimal, ConcordanceError> {
    let rows: Vec<Vec<Decimal>> = rows.iter().map(|row| row.iter().copied().map(Decimal::from).collect()).collect();
    let rows: Vec<&[Decimal]> = rows.iter().map(Vec::as_slice).collect();
    kernel::kendall_w(Ratings::by_item(&rows)?)
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn kendall_w_lies_between_none_and_all(ratings in ratings()) {
        match concordance(&ratings) {
            Ok(w) => prop_assert!(Decimal::ZERO <= w && w <= Decimal::ONE, "{}", w),
            Err(error) => prop_assert!(matches!(error, ConcordanceError::AllTied | ConcordanceError::TooFewExperts)),
        }
    }

    #[test]
    fn experts_who_rank_alike_agree(one in prop::collection::vec(1_u32..100, 2..12), experts in 2_usize..9) {
        let rows: Vec<Vec<u32>> = one.iter().map(|rating| vec![*rating; experts]).collect();
        match concordance(&rows) {
            Ok(w) => assert_near(w, Decimal::ONE, 26),
            Err(error) => prop_assert_eq!(error, ConcordanceError::AllTied),
        }
    }

    /// Neither the order of items nor that of experts matters, nor the scale an expert uses in private.
    #[test]
    fn kendall_w_does_not_depend_on_names(ratings in ratings(), by in 0_usize..10) {
        let mut other = ratings.clone();
        let items = other.len();
        other.rotate_left(by % items);
        for row in &mut other {
            let by = by % row.len();
            row.rotate_left(by);
            for rating in row {
                *rating = 3 * *rating + 7;
            }
        }
        prop_assert_eq!(concordance(&ratings), concordance(&other));
    }
}

// -------------------------------------------------------------------------------------------------------- assessment

/// Points and votes of the leaves of two levels: groups of leaves, four grades, a panel of twelve.
type Judged = Vec<(u32, Vec<(u32, [u32; 4])>)>;

fn judged() -> impl Strategy<Value = Judged> {
    let votes = (0_u32..=12, 0_u32..=12, 0_u32..=12).prop_map(|(a, b, c)| {
        let mut cuts = [a, b, c];
        cuts.sort_unstable();
        [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 12 - cuts[2]]
    });
    let group = (1_u32..20, prop::collection::vec((1_u32..20, votes), 1..5));
    prop::collection::vec(group, 1..5)
}

fn assessed(groups: &Judged, operator: Operator, normalise: bool) -> Appraisal {
    let mut votes = Vec::new();
    let perspectives = groups.iter().enumerate().map(|(position, (weight, leaves))| {
        let leaves = leaves.iter().map(|(weight, counts)| {
            let item = leaf(votes.len());
            votes.push(Votes { item: item.clone(), counts: counts.iter().copied().map(Decimal::from).collect() });
            Criterion::judged(item).weighing(Decimal::from(*weight))
        });
        Criterion::group(format!("group_{position}"), leaves.collect::<Vec<_>>()).weighing(Decimal::from(*weight))
    });
    let scorecard = Some(Scorecard::new(perspectives.collect::<Vec<_>>()));
    let grades = [("good", 90), ("fair", 70), ("weak", 50), ("poor", 30)];
    let grades = grades.map(|(name, score)| Grade { name: name.to_owned(), score: Decimal::from(score) });
    let assessment =
        Assessment { grades: grades.into(), operator, normalise, panel: Some(12), votes, ..Assessment::default() };
    appraisal(Draft { scorecard, assessment: Some(assessment), ..Draft::default() })
}

const GRADES: [&str; 4] = ["good", "fair", "weak", "poor"];

fn membership(outcome: &Outcome, id: &str) -> Vec<Decimal> {
    let id = if id.is_empty() { "assessment.membership".to_owned() } else { format!("assessment.{id}.membership") };
    GRADES.iter().map(|grade| figure(outcome, &format!("{id}.{grade}"))).collect()
}

proptest! {
    #![proptest_config(config(256))]

    /// To 10^-25: shares of twelve and products of weights are rounded in the 28th digit.
    #[test]
    fn levels_compose_like_one_step_with_global_weights(groups in judged()) {
        let appraisal = assessed(&groups, Operator::WeightedAverage, false);
        let base = appraisal.base();
        let mut expected = vec![Decimal::ZERO; 4];
        for (position, (_, counts)) in groups.iter().flat_map(|(_, leaves)| leaves).enumerate() {
            let weight = figure(&base, &format!("scorecard.{}.global_weight", leaf(position)));
            for (sum, votes) in expected.iter_mut().zip(counts) {
                *sum += weight * Decimal::from(*votes) / Decimal::from(12);
            }
        }
        for (found, expected) in membership(&base, "").into_iter().zip(expected) {
            assert_near(found, expected, 25);
        }
    }

    #[test]
    fn memberships_of_the_weighted_average_sum_to_one(groups in judged(), normalise in any::<bool>()) {
        let appraisal = assessed(&groups, Operator::WeightedAverage, normalise);
        let base = appraisal.base();
        assert_near(membership(&base, "").iter().sum(), Decimal::ONE, 25);
        for group in 0..groups.len() {
            assert_near(membership(&base, &format!("group_{group}")).iter().sum(), Decimal::ONE, 25);
        }
        let score = figure(&base, "assessment.score");
        prop_assert!(Decimal::from(30) - tolerance(20) <= score && score <= Decimal::from(90) + tolerance(20));
    }

    /// No operator leaves 0..1, and the score stays on the scale of the grades.
    #[test]
    fn every_operator_stays_in_its_range(groups in judged(), operator in 0_usize..5, normalise in any::<bool>()) {
        let appraisal = assessed(&groups, Operator::ALL[operator].1, normalise);
        let base = appraisal.base();
        let limit = Decimal::ONE + tolerance(25);
        prop_assert!(membership(&base, "").iter().all(|b| *b >= Decimal::ZERO && *b <= limit));
        let score = figure(&base, "assessment.score");
        prop_assert!(Decimal::from(30) - tolerance(20) <= score && score <= Decimal::from(90) + tolerance(20));
    }

    /// Not to some digits, but exactly, wherever the value lies and however the points divide.
    #[test]
    fn memberships_by_points_sum_to_exactly_one(
        steps in prop::collection::vec(number(1..2_000, 3), 3),
        first in number(-2_000..2_000, 3),
        actual in number(-9_000..9_000, 3),
        falls in any::<bool>(),
    ) {
        let sign = if falls { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
        let points = steps.iter().scan(first, |point, step| {
            *point += sign * step;
            Some(*point)
        });
        let points: Vec<Decimal> = [first].into_iter().chain(points).collect();
        let measure = Measure { actual: Some(actual.into()), ..Measure::default() };
        let functions = MembershipFunctions { item: "x".into(), band: None, of: GradeFunctions::Points(points) };
        let assessment = Assessment { grades: grades(), functions: vec![functions], ..Assessment::default() };
        let scorecard = Some(Scorecard::new([Criterion::indicator("x", measure)]));
        let appraisal = appraisal(Draft { scorecard, assessment: Some(assessment), ..Draft::default() });
        let row = membership(&appraisal.base(), "x");
        prop_assert_eq!(row.iter().sum::<Decimal>(), Decimal::ONE);
        prop_assert!(row.iter().all(|b| *b >= Decimal::ZERO));
    }

    /// M(·,+): the mean of two assessments is the assessment of the mean.
    #[test]
    fn the_weighted_average_is_linear(
        weights in prop::collection::vec(1_u32..20, 2..6),
        rows in prop::collection::vec((stated_row(), stated_row()), 6),
    ) {
        let of = |row: fn(&TwoRows) -> Vec<Decimal>| {
            let rows: Vec<Vec<Decimal>> = rows.iter().take(weights.len()).map(row).collect();
            membership(&stated(&weights, &rows, Operator::WeightedAverage).base(), "")
        };
        let mean = of(|(a, b)| a.iter().zip(b).map(|(a, b)| (a + b) / Decimal::TWO).collect());
        let (a, b) = (of(|(a, _)| a.clone()), of(|(_, b)| b.clone()));
        for (mean, (a, b)) in mean.into_iter().zip(a.into_iter().zip(b)) {
            assert_near(mean, (a + b) / Decimal::TWO, 25);
        }
    }

    #[test]
    fn improving_one_vote_lowers_no_score(groups in judged(), which in any::<prop::sample::Index>(), grade in 0_usize..3) {
        let before = assessed(&groups, Operator::WeightedAverage, false);
        let mut improved = groups.clone();
        let leaves = improved.iter().map(|(_, leaves)| leaves.len()).sum();
        let (_, votes) = improved.iter_mut().flat_map(|(_, leaves)| leaves).nth(which.index(leaves)).unwrap();
        prop_assume!(votes[grade + 1] > 0);
        votes[grade + 1] -= 1;
        votes[grade] += 1;
        let after = assessed(&improved, Operator::WeightedAverage, false);
        let (before, after) = (before.base(), after.base());
        for group in 0..groups.len() {
            let id = format!("assessment.group_{group}.score");
            prop_assert!(figure(&after, &id) >= figure(&before, &id) - tolerance(20));
        }
        prop_assert!(figure(&after, "assessment.score") >= figure(&before, "assessment.score") - tolerance(20));
    }

    #[test]
    fn ballots_do_not_depend_on_who_votes_first(
        votes in prop::collection::vec(prop::collection::vec(0_usize..5, 3), 1..6),
        authority in prop::collection::vec(number(1..100, 2), 6),
        by in 0_usize..6,
        has_authority in any::<bool>(),
        is_alike in any::<bool>(),
    ) {
        // those whose words count the same tie often
        let authority = if is_alike { vec![authority[0]; authority.len()] } else { authority };
        let of = |by: usize| {
            let mut experts: Vec<usize> = (0..votes.len()).collect();
            experts.rotate_left(by % votes.len());
            // 4 stands for no vote
            let ballot = |expert: usize| Ballot {
                expert: format!("expert_{expert}"),
                votes: votes[expert].iter().enumerate().filter(|(_, grade)| **grade < 4)
                    .map(|(item, grade)| (leaf(item), GRADES[*grade].to_owned())).collect(),
            };
            let ballots: Vec<Ballot> = experts.iter().map(|expert| ballot(*expert)).collect();
            let assessment = Assessment { grades: grades(), ballots, ..Assessment::default() };
            let names = experts.iter().map(|expert| Authority::new(format!("expert_{expert}"), authority[*expert]));
            let draft = Draft {
                scorecard: Some(Scorecard::new((0..3).map(|item| Criterion::judged(leaf(item))))),
                authority: if has_authority { names.collect() } else { Vec::new() },
                assessment: Some(assessment),
                ..Draft::default()
            };
            Appraisal::new(draft).ok()
        };
        // an expert without any vote is refused
        let (Some(one), Some(other)) = (of(0), of(by)) else { return Ok(()) };
        let (one, other) = (one.base(), other.base());
        for (a, b) in membership(&one, "").into_iter().zip(membership(&other, "")) {
            assert_near(a, b, 25);
        }
        let mut grades = vec!["assessment.grade".to_owned(), "assessment.score_grade".to_owned()];
        grades.extend(Operator::ALL.map(|(operator, _)| format!("sensitivity.operator.{operator}.grade")));
        grades.extend((0..votes.len()).map(|expert| format!("sensitivity.without.expert_{expert}.grade")));
        for id in grades {
            prop_assert_eq!(set(&one, &id), set(&other, &id), "{}", id);
        }
        for expert in 0..votes.len() {
            let id = format!("sensitivity.without.expert_{expert}.score");
            match (one.figure(&id).unwrap(), other.figure(&id).unwrap()) {
                (Ok(a), Ok(b)) => assert_near(a, b, 22),
                (a, b) => prop_assert_eq!(a.is_err(), b.is_err()),
            }
        }
    }

    /// Slightly less than `up` keeps the grade and slightly more changes it, and likewise `down`.
    #[test]
    fn the_room_of_a_weight_is_exact(
        points in prop::collection::vec(1_u32..20, 2..6),
        rows in prop::collection::vec(stated_row(), 6),
        which in any::<prop::sample::Index>(),
        is_rise in any::<bool>(),
    ) {
        let rows = &rows[..points.len()];
        let base = stated(&points, rows, Operator::WeightedAverage);
        let base = base.base();
        let which = which.index(points.len());
        let leader = leaders(&membership(&base, ""));
        let direction = if is_rise { "up" } else { "down" };
        let weight = figure(&base, &format!("scorecard.{}.weight", leaf(which)));
        let room = if is_rise { Decimal::ONE - weight } else { weight };
        let moved = |by: Decimal| {
            let target = if is_rise { weight + by } else { weight - by };
            let rest = (Decimal::ONE - target) / (Decimal::ONE - weight);
            let mut row = [Decimal::ZERO; 4];
            for (position, values) in rows.iter().enumerate() {
                let own = figure(&base, &format!("scorecard.{}.weight", leaf(position)));
                let weight = if position == which { target } else { own * rest };
                for (sum, value) in row.iter_mut().zip(values) {
                    *sum += weight * value;
                }
            }
            leaders(&row)
        };
        let far = base.figure(&format!("sensitivity.weight.{}.{direction}", leaf(which))).unwrap();
        is_exact_room(far, (room, Decimal::ZERO), dec!(0.0000001), &leader, moved)?;
    }

    /// The same in groups, where some indicators are not judged and some groups have nothing that is.
    #[test]
    fn the_room_of_a_nested_weight_is_exact(
        groups in nested(),
        at_group in any::<prop::sample::Index>(),
        at_leaf in any::<prop::sample::Index>(),
        is_of_group in any::<bool>(),
        is_rise in any::<bool>(),
    ) {
        let appraisal = nested_appraisal(&groups);
        let base = appraisal.base();
        // only what is judged, with its place in the document
        let judged: Vec<JudgedGroup> = groups.iter().enumerate()
            .map(|(group, (points, leaves))| {
                let leaves = leaves.iter().enumerate();
                let leaves = leaves.filter_map(|(position, (points, row))| Some((position, *points, row.clone()?)));
                (group, *points, leaves.collect::<Vec<_>>())
            })
            .filter(|(_, _, leaves)| !leaves.is_empty())
            .collect();
        let group = at_group.index(judged.len());
        let leaf = at_leaf.index(judged[group].2.len());
        let outer = shares(&judged.iter().map(|(_, points, _)| *points).collect::<Vec<_>>());
        let inner: Vec<Vec<Decimal>> = judged.iter()
            .map(|(_, _, leaves)| shares(&leaves.iter().map(|(_, points, _)| *points).collect::<Vec<_>>()))
            .collect();
        let (name, own) = if is_of_group {
            (format!("g{}", judged[group].0), &outer)
        } else {
            (nested_name(judged[group].0, judged[group].2[leaf].0), &inner[group])
        };
        let which = if is_of_group { group } else { leaf };
        if own.len() == 1 {
            let up = base.figure(&format!("sensitivity.weight.{name}.up"));
            prop_assert!(up.is_none());
            return Ok(());
        }
        let room = if is_rise { Decimal::ONE - own[which] } else { own[which] };
        let moved = |by: Decimal| {
            let own = shares_moved(own, which, if is_rise { by } else { -by });
            let rows: Vec<Vec<Decimal>> = judged.iter().enumerate()
                .map(|(position, (_, _, leaves))| {
                    let weights = if !is_of_group && position == group { &own } else { &inner[position] };
                    mean_row(weights, &leaves.iter().map(|(_, _, row)| row.clone()).collect::<Vec<_>>())
                })
                .collect();
            leaders(&mean_row(if is_of_group { &own } else { &outer }, &rows))
        };
        let leader = leaders(&membership(&base, ""));
        prop_assert_eq!(moved(Decimal::ZERO), leader.clone());
        let direction = if is_rise { "up" } else { "down" };
        let far = base.figure(&format!("sensitivity.weight.{name}.{direction}")).unwrap();
        is_exact_room(far, (room, tolerance(20)), dec!(0.000001), &leader, moved)?;
    }
}

/// Whether a weight that moves by slightly less than `far` keeps the leading grades and by slightly more does not; where
/// there is no such distance, whether they lead wherever the weight goes.
fn is_exact_room<L: PartialEq + std::fmt::Debug>(
    far: Result<Decimal, Absent>,
    (room, slack): (Decimal, Decimal),
    slightly: Decimal,
    leader: &L,
    moved: impl Fn(Decimal) -> L,
) -> Result<(), TestCaseError> {
    match far {
        Ok(far) => {
            prop_assert!(far >= Decimal::ZERO && far <= room + slack);
            if far > slightly {
                prop_assert_eq!(&moved(far - slightly), leader);
            }
            if far + slightly <= room {
                prop_assert_ne!(&moved(far + slightly), leader);
            }
        }
        Err(absent) => {
            prop_assert_eq!(absent.cause, Cause::VerdictHolds);
            for tenth in 0..10 {
                prop_assert_eq!(&moved(room * Decimal::new(tenth, 1)), leader);
            }
        }
    }
    Ok(())
}

fn grades() -> Vec<Grade> {
    GRADES.iter().zip([90, 70, 50, 30]).map(|(grade, score)| Grade::new(*grade, score)).collect()
}

/// Two rows of memberships.
type TwoRows = (Vec<Decimal>, Vec<Decimal>);

/// Four memberships that sum to 1.
fn stated_row() -> impl Strategy<Value = Vec<Decimal>> {
    (0_i64..=100, 0_i64..=100, 0_i64..=100).prop_map(|(a, b, c)| {
        let mut cuts = [a, b, c];
        cuts.sort_unstable();
        [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 100 - cuts[2]].map(|part| Decimal::new(part, 2)).into()
    })
}

/// One level of leaves with points and stated rows.
fn stated(points: &[u32], rows: &[Vec<Decimal>], operator: Operator) -> Appraisal {
    let leaves =
        points.iter().enumerate().map(|(item, points)| Criterion::judged(leaf(item)).weighing(Decimal::from(*points)));
    let memberships = rows.iter().enumerate().map(|(item, row)| Memberships { item: leaf(item), values: row.clone() });
    let assessment =
        Assessment { grades: grades(), operator, memberships: memberships.collect(), ..Assessment::default() };
    let scorecard = Some(Scorecard::new(leaves.collect::<Vec<_>>()));
    appraisal(Draft { scorecard, assessment: Some(assessment), ..Draft::default() })
}

/// The grades whose membership is largest, to ten decimals.
fn leaders(row: &[Decimal]) -> Vec<usize> {
    let most = row.iter().max().copied().unwrap_or_default();
    (0..row.len()).filter(|grade| (most - row[*grade]).round_dp(10).is_zero()).collect()
}

/// Which of the four grades are in a set, or why that is not known.
fn set(outcome: &Outcome, id: &str) -> Vec<Result<Decimal, Cause>> {
    let entries = GRADES.iter().map(|grade| outcome.figure(&format!("{id}.{grade}")));
    let whole = outcome.figure(id);
    entries.chain([whole]).flatten().map(|element| element.map_err(|absent| absent.cause)).collect()
}

/// Groups of indicators: what each group weighs, and the points and the row of each indicator in it; some of the rows are
/// not stated.
type Nested = Vec<(u32, Vec<(u32, Option<Vec<Decimal>>)>)>;

/// A group and the judged indicators in it, each with its place and its points, and their rows.
type JudgedGroup = (usize, u32, Vec<(usize, u32, Vec<Decimal>)>);

fn nested() -> impl Strategy<Value = Nested> {
    let leaf = (1_u32..20, prop::option::weighted(0.75, stated_row()));
    prop::collection::vec((1_u32..20, prop::collection::vec(leaf, 1..4)), 1..4)
        .prop_filter("something is judged", |groups| {
            groups.iter().any(|(_, leaves)| leaves.iter().any(|l| l.1.is_some()))
        })
}

fn nested_name(group: usize, position: usize) -> String {
    format!("i{group}_{position}")
}

fn nested_appraisal(groups: &Nested) -> Appraisal {
    let mut memberships = Vec::new();
    let perspectives = groups.iter().enumerate().map(|(group, (points, leaves))| {
        let leaves = leaves.iter().enumerate().map(|(position, (points, row))| {
            let item = nested_name(group, position);
            memberships.extend(row.clone().map(|values| Memberships { item: item.clone(), values }));
            Criterion::judged(item).weighing(Decimal::from(*points))
        });
        Criterion::group(format!("g{group}"), leaves.collect::<Vec<_>>()).weighing(Decimal::from(*points))
    });
    let scorecard = Some(Scorecard::new(perspectives.collect::<Vec<_>>()));
    let assessment = Assessment { grades: grades(), memberships, ..Assessment::default() };
    appraisal(Draft { scorecard, assessment: Some(assessment), ..Draft::default() })
}

/// The shares of points.
fn shares(points: &[u32]) -> Vec<Decimal> {
    let sum = Decimal::from(points.iter().sum::<u32>());
    points.iter().map(|points| Decimal::from(*points) / sum).collect()
}

/// Shares of which one has moved and the others keep their proportions.
fn shares_moved(shares: &[Decimal], which: usize, by: Decimal) -> Vec<Decimal> {
    let rest = (Decimal::ONE - shares[which] - by) / (Decimal::ONE - shares[which]);
    let moved = shares.iter().enumerate();
    moved.map(|(position, share)| if position == which { share + by } else { share * rest }).collect()
}

fn mean_row(weights: &[Decimal], rows: &[Vec<Decimal>]) -> Vec<Decimal> {
    (0..4).map(|grade| weights.iter().zip(rows).map(|(weight, row)| weight * row[grade]).sum()).collect()
}

// --------------------------------------------------------------------------------------------------------- scorecard

/// Base, target and actual.
type Reading = (Decimal, Decimal, Decimal);

fn reading() -> impl Strategy<Value = Reading> {
    let value = || number(-10_000..10_000, 2);
    (value(), value(), value()).prop_filter("a target is not its base", |(base, target, _)| base != target)
}

/// Points and readings of the indicators of two levels.
type Card = Vec<(u32, Vec<(u32, Reading)>)>;

fn card() -> impl Strategy<Value = Card> {
    let group = (1_u32..20, prop::collection::vec((1_u32..20, reading()), 1..5));
    prop::collection::vec(group, 1..4)
}

fn indicator(position: usize, weight: u32, (base, target, actual): Reading) -> Criterion {
    Criterion::indicator(leaf(position), Measure::target(base, target).actual(actual)).weighing(Decimal::from(weight))
}

fn scored(card: &Card) -> Appraisal {
    let mut count = 0;
    let perspectives = card.iter().enumerate().map(|(position, (weight, indicators))| {
        let indicators = indicators.iter().map(|(weight, reading)| {
            count += 1;
            indicator(count - 1, *weight, *reading)
        });
        Criterion::group(format!("group_{position}"), indicators.collect::<Vec<_>>()).weighing(Decimal::from(*weight))
    });
    let scorecard = Some(Scorecard::new(perspectives.collect::<Vec<_>>()));
    appraisal(Draft { scorecard, ..Draft::default() })
}

/// The score of the whole, then of every group, then of every indicator.
fn scores(outcome: &Outcome, card: &Card) -> Vec<Decimal> {
    let leaves = card.iter().map(|(_, indicators)| indicators.len()).sum();
    let groups = (0..card.len()).map(|group| format!("scorecard.group_{group}.score"));
    let leaves = (0..leaves).map(|position| format!("scorecard.{}.score", leaf(position)));
    let ids = ["scorecard.score".to_owned()].into_iter().chain(groups).chain(leaves);
    ids.map(|id| figure(outcome, &id)).collect()
}

proptest! {
    #![proptest_config(config(256))]

    /// To 10^-26: each product of a weight and a score is rounded in the 28th digit.
    #[test]
    fn a_roll_up_lies_between_its_worst_and_best_child(card in card()) {
        let appraisal = scored(&card);
        let scores = scores(&appraisal.base(), &card);
        let (whole, rest) = scores.split_first().unwrap();
        let (groups, mut leaves) = rest.split_at(card.len());
        let between = |parent: &Decimal, children: &[Decimal]| {
            let (worst, best) = (children.iter().min().unwrap(), children.iter().max().unwrap());
            *worst - tolerance(26) <= *parent && *parent <= *best + tolerance(26)
        };
        prop_assert!(between(whole, groups));
        for (group, (_, indicators)) in groups.iter().zip(&card) {
            let (own, others) = leaves.split_at(indicators.len());
            prop_assert!(between(group, own));
            leaves = others;
        }
    }

    /// To 10^-26, as above.
    #[test]
    fn improving_an_actual_lowers_no_score(card in card(), which in any::<prop::sample::Index>(), step in number(1..300, 2)) {
        let before = scored(&card);
        let mut improved = card.clone();
        let count = card.iter().map(|(_, indicators)| indicators.len()).sum();
        let position = which.index(count);
        let (_, (base, target, actual)) =
            improved.iter_mut().flat_map(|(_, indicators)| indicators).nth(position).unwrap();
        *actual += (*target - *base) * step;
        let after = scored(&improved);
        for (before, after) in scores(&before.base(), &card).into_iter().zip(scores(&after.base(), &card)) {
            prop_assert!(after >= before - tolerance(26), "{} fell to {}", before, after);
        }
    }

    /// To 10^-24: without the missing child the weights are divided by another total.
    #[test]
    fn a_missing_child_counts_as_if_it_were_not_there(
        indicators in prop::collection::vec((1_u32..20, reading()), 2..7),
        which in any::<prop::sample::Index>(),
    ) {
        let missing = which.index(indicators.len());
        let perspectives = |keep: bool| {
            let all = indicators.iter().enumerate().filter(move |(position, _)| keep || *position != missing);
            let all = all.map(|(position, (weight, reading))| {
                let mut criterion = indicator(position, *weight, *reading);
                if let Some(measure) = criterion.measure.as_mut().filter(|_| position == missing) {
                    measure.actual = None;
                }
                criterion
            });
            Some(Scorecard::new(all.collect::<Vec<_>>()))
        };
        let with = appraisal(Draft { scorecard: perspectives(true), ..Draft::default() });
        let without = appraisal(Draft { scorecard: perspectives(false), ..Draft::default() });
        assert_near(figure(&with.base(), "scorecard.score"), figure(&without.base(), "scorecard.score"), 24);
        let coverage = figure(&with.base(), "scorecard.coverage");
        prop_assert!(coverage < Decimal::ONE);
        prop_assert_eq!(figure(&without.base(), "scorecard.coverage"), Decimal::ONE);
    }

    /// To 10^-24: kilograms instead of pounds round differently, and Fahrenheit instead of Celsius too.
    #[test]
    fn scores_do_not_depend_on_units(card in card(), factor in number(1..100_000, 3), offset in number(-1_000..1_000, 1)) {
        let mut converted = card.clone();
        for (_, (base, target, actual)) in converted.iter_mut().flat_map(|(_, indicators)| indicators) {
            for value in [base, target, actual] {
                *value = *value * factor + offset;
            }
        }
        let (plain, converted) = (scored(&card), scored(&converted));
        for (a, b) in scores(&plain.base(), &card).into_iter().zip(scores(&converted.base(), &card)) {
            assert_near(a, b, 24);
        }
    }
}

// ------------------------------------------------------------------------------------------------------------ returns

/// An outlay, then income: the flows of an ordinary investment.
fn conventional() -> impl Strategy<Value = Vec<Decimal>> {
    let later = prop::collection::vec(number(0..1_000_000, 2), 1..25);
    (number(-10_000_000..-1, 2), later, number(1..1_000_000, 2)).prop_map(|(first, mut later, last)| {
        later.push(last);
        later.insert(0, first);
        later
    })
}

fn flows(length: usize) -> impl Strategy<Value = Vec<Decimal>> {
    prop::collection::vec(number(-100_000_000..100_000_000, 2), length)
}

proptest! {
    #![proptest_config(config(256))]

    /// To 10^-15 of what the flows are worth together at that rate, which is the precision of the search itself.
    #[test]
    fn nothing_is_worth_anything_at_its_internal_rate(flows in conventional()) {
        let rate = kernel::sole_irr(&flows).unwrap();
        let sizes: Vec<Decimal> = flows.iter().map(Decimal::abs).collect();
        // near -100 % the present value of distant income does not fit 28 digits
        if let (Ok(value), Ok(size)) = (kernel::npv(rate, 0, &flows), kernel::npv(rate, 0, &sizes)) {
            prop_assert!(value.abs() <= size * tolerance(15), "{} of {} at {}", value, size, rate);
        }
        prop_assert_eq!(kernel::irr(&flows).unwrap().len(), 1);
    }

    #[test]
    fn discounting_never_brings_payback_forward(flows in conventional(), rate in number(0..500, 3)) {
        let discounted = flows.iter().zip(0_u32..).map(|(flow, year)| flow * kernel::discount_factor(rate, year).unwrap());
        let discounted: Vec<Decimal> = discounted.collect();
        match (kernel::payback(&flows).unwrap(), kernel::payback(&discounted).unwrap()) {
            // to 10^-20, where the rate is 0 or nearly so
            (Payback::Reached(simple), Payback::Reached(later)) => prop_assert!(simple <= later + tolerance(20)),
            (Payback::NotReached, later) => prop_assert_eq!(later, Payback::NotReached),
            (Payback::Reached(_), Payback::NotReached) => {}
            other => prop_assert!(false, "{other:?}"),
        }
    }

    /// To 10^-14 on amounts of up to a million, which leaves eight digits to spare.
    #[test]
    fn present_values_add_up((a, b) in (1_usize..30).prop_flat_map(|n| (flows(n), flows(n))), rate in number(-90..300, 2)) {
        let sum: Vec<Decimal> = a.iter().zip(&b).map(|(a, b)| a + b).collect();
        let value = |flows: &[Decimal]| kernel::npv(rate, 0, flows);
        if let (Ok(a), Ok(b), Ok(sum)) = (value(&a), value(&b), value(&sum)) {
            let size = (a.abs() + b.abs()).max(Decimal::ONE);
            prop_assert!((a + b - sum).abs() <= size * tolerance(14), "{a} + {b} is not {sum}");
        }
    }

    /// Exactly.
    #[test]
    fn without_a_rate_the_present_value_is_the_sum(flows in flows(12), first in 0_u32..3) {
        prop_assert_eq!(kernel::npv(Decimal::ZERO, first, &flows), Ok(flows.iter().sum()));
    }
}

// ------------------------------------------------------------------------------------------------------------ notation

/// Formulas as somebody may type them, with every operator and function and more brackets than needed.
fn formula() -> impl Strategy<Value = String> {
    let plain = prop_oneof![
        (0_u32..10_000).prop_map(|number| number.to_string()),
        number(0..100_000, 3).prop_map(|number| number.to_string()),
        (0_u32..200).prop_map(|number| format!("{number}%")),
        prop::sample::select(vec!["seats", "seat_price", "用户数", "_a1", "discount_rate"]).prop_map(str::to_owned),
        (1_u32..9).prop_map(|year| format!("seats[{year}]")),
    ];
    plain.prop_recursive(6, 60, 4, |inner| {
        let binary = prop::sample::select(vec!["+", "-", "*", "/", "^", " and ", " or "]);
        let comparison = prop::sample::select(vec!["=", "<>", "<", "<=", ">", ">="]);
        let function = prop::sample::select(vec!["min", "max", "sum", "mean", "product"]);
        prop_oneof![
            (inner.clone(), binary, inner.clone()).prop_map(|(a, operator, b)| format!("{a}{operator}{b}")),
            (inner.clone(), comparison, inner.clone()).prop_map(|(a, operator, b)| format!("({a} {operator} {b})")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("-({a})")),
            inner.clone().prop_map(|a| format!("({a})%")),
            inner.clone().prop_map(|a| format!("(not ({a}))")),
            (function, prop::collection::vec(inner.clone(), 1..4))
                .prop_map(|(function, arguments)| format!("{function}({})", arguments.join(", "))),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("if({a}, {b}, {c})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("round({a}, npv({b}, 用户数))")),
        ]
    })
}

fn operations(formula: &Formula) -> Expression<Arc<str>> {
    formula.expression().resolve(|name| Ok::<_, ()>(Arc::clone(&name.text))).unwrap()
}

proptest! {
    #![proptest_config(config(1_024))]

    #[test]
    fn what_is_written_reads_back_the_same(text in formula()) {
        let Ok(formula) = Formula::parse(&text) else { return Ok(()) };
        let written = notation::write(formula.expression(), |name| name.text.to_string());
        let again = Formula::parse(&written);
        prop_assert!(again.is_ok(), "{} of {}: {:?}", written, text, again);
        prop_assert_eq!(operations(&formula), operations(&again.unwrap()), "{} of {}", written, text);
    }

    /// Any text at all is a formula or has a mistake inside it.
    #[test]
    fn every_text_is_a_formula_or_has_a_mistake_in_it(text in "[ -~]{0,40}|\\PC{0,20}|[0-9a-c+*/^()\\[\\],.<>=% -]{0,40}") {
        if let Err(error) = Formula::parse(&text) {
            prop_assert!(text.get(error.span.clone()).is_some(), "{:?} in {:?}", error.span, text);
            prop_assert!(!error.to_string().is_empty());
            let _ = error.help();
        }
    }
}

// --------------------------------------------------------------------------------------------------------- whole drafts

const YEARS: u32 = 4;

fn amount(most: i64) -> impl Strategy<Value = Amount> {
    let growth = number(-20..40, 2);
    prop_oneof![
        4 => number(0..most * 100, 2).prop_map(Amount::Constant),
        2 => prop::collection::vec(number(0..most * 100, 2), YEARS as usize).prop_map(Amount::PerYear),
        2 => (number(0..most * 100, 2), growth).prop_map(|(first, growth)| Amount::Growing { first, growth }),
        1 => (0_u32..40).prop_map(|factor| Amount::formula(&format!("= start * {factor}")).unwrap()),
        1 => (1_u32..4).prop_map(|by| Amount::formula(&format!("= max(start, trend) / {by} + trend[{by}]")).unwrap()),
    ]
}

fn share() -> impl Strategy<Value = Amount> {
    number(0..100, 2).prop_map(Amount::Constant)
}

fn option<S: Strategy>(strategy: S) -> impl Strategy<Value = Option<S::Value>> {
    prop::option::weighted(0.6, strategy)
}

/// A measure, or none for what is only judged.
fn measure() -> impl Strategy<Value = Option<Measure>> {
    let target = (reading(), any::<bool>()).prop_map(|((base, target, actual), known)| Measure {
        actual: known.then_some(Amount::Constant(actual)),
        ..Measure::target(base, target)
    });
    let band = (number(-500..500, 1), number(1..500, 1), number(1..500, 1), number(-2_000..2_000, 1))
        .prop_map(|(low, width, tolerance, actual)| Measure::band(low, low + width, tolerance).actual(actual));
    prop_oneof![3 => target.prop_map(Some), 1 => band.prop_map(Some), 1 => Just(None)]
}

/// A tree without ids and weights, with a number in each group that says how it is weighed.
#[derive(Debug, Clone)]
enum Branch {
    Leaf(Option<Box<Measure>>),
    Group(u32, Vec<Branch>),
}

fn branch() -> impl Strategy<Value = Branch> {
    let group = |inner| (0_u32..3, prop::collection::vec(inner, 1..4)).prop_map(|(how, of)| Branch::Group(how, of));
    let leaf = measure().prop_map(|measure| Branch::Leaf(measure.map(Box::new)));
    leaf.prop_recursive(3, 16, 4, group)
}

/// Numbers the criteria and weighs them by points, by the panel or not at all.
fn grow(how: u32, of: &[Branch], criteria: &mut Vec<Criterion>, plan: &mut Judging) {
    let start = plan.ids;
    plan.ids += of.len();
    for (position, branch) in of.iter().enumerate() {
        let id =
            if position % 2 == 0 { format!("c{}", start + position) } else { format!("指标{}", start + position) };
        if how == 1 {
            plan.rated.push(id.clone());
        }
        let weight = (how == 2).then(|| Decimal::from(position + 1));
        let mut criterion = Criterion { id, weight, ..Criterion::default() };
        match branch {
            Branch::Leaf(measure) => {
                criterion.measure = measure.as_deref().cloned();
                plan.leaves.push(criterion.id.clone());
            }
            Branch::Group(how, of) => grow(*how, of, &mut criterion.children, plan),
        }
        criteria.push(criterion);
    }
}

#[derive(Default)]
struct Judging {
    ids: usize,
    rated: Vec<String>,
    leaves: Vec<String>,
}

fn panel_parts() -> impl Strategy<Value = (Option<Scorecard>, Option<Delphi>, Option<Assessment>)> {
    let policy = prop::sample::select(MissingPolicy::ALL.map(|(_, policy)| policy).to_vec());
    let operator = prop::sample::select(Operator::ALL.map(|(_, operator)| operator).to_vec());
    let tree = (0_u32..3, prop::collection::vec(branch(), 1..4));
    let stop = (option(number(0..50, 2)), option(number(0..40, 1)), option(number(0..100, 2)), option(1_u32..5));
    let answers = prop::collection::vec(1_u32..=10, 1..40);
    (tree, policy, operator, any::<bool>(), option(Just(9_u32)), stop, answers, 1_usize..5).prop_map(
        |((how, tree), missing, operator, normalise, panel, (cv_max, iqr_max, w_min, max_rounds), answers, experts)| {
            let (mut plan, mut perspectives) = (Judging::default(), Vec::new());
            grow(how, &tree, &mut perspectives, &mut plan);
            let mut answer = answers.iter().cycle();
            let mut round = || {
                let row =
                    |answer: &mut dyn Iterator<Item = &u32>| answer.take(experts).copied().map(Into::into).collect();
                let items = plan.rated.iter().map(|item| Rating { item: item.clone(), answers: row(&mut answer) });
                Round { items: items.collect(), ..Round::default() }
            };
            let delphi = (!plan.rated.is_empty()).then(|| Delphi {
                experts: (0..experts).map(|expert| format!("专家 {expert}.a")).collect(),
                scale: Scale::default(),
                stop: StopRule { cv_max, iqr_max, w_min, max_rounds, ..StopRule::default() },
                rounds: vec![round(), round()],
                ..Delphi::default()
            });
            let judged = plan.leaves.iter().zip(answers.iter().cycle()).filter(|(_, answer)| **answer != 10);
            let votes = judged.map(|(item, answer)| Votes {
                item: item.clone(),
                counts: [(*answer).min(4), (9 - answer) / 2, 9 - (*answer).min(4) - (9 - answer) / 2]
                    .map(Decimal::from)
                    .into(),
            });
            let votes: Vec<Votes> = votes.collect();
            let grades = [("v. good", 1), ("so-so", 2), ("差", 3)];
            let grades = grades.map(|(name, rank)| Grade { name: name.to_owned(), score: Decimal::from(100 / rank) });
            let assessment =
                Assessment { grades: grades.into(), operator, normalise, panel, votes, ..Assessment::default() };
            let assessment = (!assessment.votes.is_empty()).then_some(assessment);
            (Some(Scorecard { missing, ..Scorecard::new(perspectives) }), delphi, assessment)
        },
    )
}

/// A line with one more form of cost, or with none.
fn with_form(line: CostLine, form: usize, quantity: Amount) -> CostLine {
    let price = || {
        let tiers = vec![Tier { up_to: Some(50.into()), price: 30.into() }, Tier { up_to: None, price: 25.into() }];
        Price::Tiers { tiering: Tiering::Graduated, tiers }
    };
    match form {
        0 => CostLine { licence: Some(Licence::new(LicenceKind::Perpetual, quantity, price())), ..line },
        1 => CostLine { licence: Some(Licence::new(LicenceKind::Subscription, quantity, price())), ..line },
        2 => CostLine {
            training: Some(Training { initial: Some(7.into()), ..Training::new(quantity, 90) }),
            currency: Some("USD".to_owned()),
            ..line
        },
        3 => CostLine { usage: Some(Usage { included: Some(40.into()), ..Usage::new(quantity, price()) }), ..line },
        4 => {
            let cycle = Replacement { every: Some(2), price_change: None, residual: Some(Residual::StraightLine) };
            CostLine { replacement: Some(cycle), ..line }
        }
        5 => CostLine { once: Some(OneOff { amount: 9.into(), when: InYear::End }), ..line },
        6 => {
            let old = DualRunning::new(quantity, Length::Months(15.into()));
            CostLine { dual_running: Some(old), ..line }
        }
        7 => {
            let work = Work::Days { days: quantity, day_rate: 800.into() };
            CostLine { roles: vec![Role::new("team", work)], ..line }
        }
        _ => line,
    }
}

/// What a line states: money, people, and a rate of something else.
fn cost_lines() -> impl Strategy<Value = Vec<CostLine>> {
    let once = || number(0..10_000_000, 2).prop_map(Amount::Constant);
    let staff = (amount(20), amount(90_000), option(number(-5..10, 2).prop_map(Amount::Constant)))
        .prop_map(|(fte, cost, growth)| Staff { fte, cost, growth });
    let rate = (share(), 0_usize..4).prop_map(|(rate, of)| {
        let of = match of {
            0 => ChargedOn::Initial,
            1 => ChargedOn::All,
            2 => ChargedOn::Category(Category::Hardware),
            _ => ChargedOn::Line(Category::Licences, "first".to_owned()),
        };
        Rate { rate, of }
    });
    let line = (
        prop::sample::select(Category::ALL.to_vec()),
        (once(), option(amount(100_000)), option(staff), option(rate)),
        (option(share()), option(share()), option(any::<bool>())),
        (0_usize..9, amount(200)),
    );
    prop::collection::vec(line, 0..6).prop_map(|lines| {
        let others = lines.into_iter().enumerate().map(|(position, (category, stated, changed, (form, quantity)))| {
            let (initial, annual, staff, rate) = stated;
            let (share, risk, contingency) = changed;
            // a rate of the hardware within the hardware would be charged on itself
            let rate = rate.filter(|_| category != Category::Hardware);
            let line = CostLine::new(category, format!("line_{position}"));
            let line = CostLine { initial: Some(initial), annual, staff, rate, share, risk, contingency, ..line };
            with_form(line, form, quantity)
        });
        let first = CostLine { initial: Some(50_000.into()), ..CostLine::new(Category::Licences, "first") };
        [first].into_iter().chain(others).collect()
    })
}

fn benefits() -> impl Strategy<Value = Vec<Benefit>> {
    let kind = prop::sample::select(BenefitKind::ALL.map(|(_, kind)| kind).to_vec());
    let line = (kind, amount(200_000), option(share()), option(share()), option(share()));
    prop::collection::vec(line, 0..5).prop_map(|lines| {
        let benefits =
            lines.into_iter().enumerate().map(|(position, (kind, annual, realisation, margin, risk))| Benefit {
                annual: Some(annual),
                realisation,
                margin: margin.filter(|_| kind == BenefitKind::Revenue),
                risk: risk.map(Risk::Share),
                ..Benefit::new(format!("收益_{position}"), kind)
            });
        benefits.collect()
    })
}

/// A whole model with all sections, or some.
fn draft() -> impl Strategy<Value = Draft> {
    let register = (number(1..1_000, 0), prop::collection::vec(number(1..100_000, 2), YEARS as usize));
    let rate =
        option(prop_oneof![number(0..40, 2).prop_map(Amount::Constant), Just(Amount::formula("= 5% + 1%").unwrap()),]);
    let panel = prop_oneof![4 => panel_parts(), 1 => Just((None, None, None))];
    let first_year = option(2_000_i32..2_100);
    (register, rate, panel, cost_lines(), option(benefits()), amount(90), first_year).prop_map(
        |((start, trend), discount_rate, (scorecard, delphi, assessment), costs, benefits, changed, first_year)| {
            let range = Range { low: Decimal::ZERO, likely: None, high: start };
            let assumptions = vec![
                Assumption { range: Some(range), unit: Some("users".to_owned()), ..Assumption::new("start", start) },
                Assumption::new("trend", Amount::PerYear(trend)),
                Assumption::new("派生", Amount::formula("= if(trend > 500, start, mean(trend)) ^ 2").unwrap()),
            ];
            let own_value = assumptions.iter().map(|assumption| (assumption.id.clone(), assumption.value.clone()));
            let scenarios = vec![
                Scenario { name: "unchanged".to_owned(), overrides: Vec::new() },
                Scenario { name: "the same again".to_owned(), overrides: own_value.collect() },
                Scenario {
                    name: "改变".to_owned(),
                    overrides: vec![
                        ("派生".to_owned(), changed),
                        ("start".to_owned(), Amount::Constant(start * Decimal::TWO)),
                    ],
                },
            ];
            Draft {
                title: "generated".to_owned(),
                horizon: Horizon { first_year, years: YEARS },
                discount_rate: discount_rate.map(CostOfCapital::Rate),
                assumptions,
                scorecard,
                delphi,
                assessment,
                exchange_rates: vec![ExchangeRate {
                    currency: "USD".to_owned(),
                    rates: RateTable::Amount(Amount::formula("= 1 + start / 1000").unwrap()),
                }],
                plan: Plan { costs: Some(costs), benefits, ..Plan::default() },
                scenarios,
                ..Draft::default()
            }
        },
    )
}

fn values(report: &Report) -> Vec<(String, Value)> {
    report.figures().map(|figure| (figure.id(), figure.value)).collect()
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_sound_draft_is_reported_and_its_figures_are_found(draft in draft()) {
        let appraisal = appraisal(draft);
        let base = appraisal.base();
        let report = base.report();
        let mut ids = std::collections::HashSet::new();
        for figure in report.figures() {
            let id = figure.id();
            prop_assert!(ids.insert(id.clone()), "{} is the id of two figures", id);
            let found = appraisal.model().find(&id);
            prop_assert!(found.is_some(), "{}", id);
            let cell = appraisal.model().cell(found.unwrap().cell).unwrap();
            prop_assert_eq!(cell.label(), &figure.label, "{}", &id);
            if let (Value::Number(number), false) = (&figure.value, *cell.unit() == Unit::Truth) {
                prop_assert_eq!(base.figure(&id), Some(Ok(*number)), "{}", &id);
            }
        }
        for name in appraisal.scenario_names() {
            // a list where the base has a single value has other figures, but every scenario has a report
            prop_assert!(appraisal.scenario(name).unwrap().report().figures().next().is_some());
        }
        for id in ["scorecard.score", "case.npv", "costs.present_value", "assessment.score"] {
            prop_assert_eq!(base.explain(id).is_some(), appraisal.model().find(id).is_some());
        }
    }

    /// Exactly, figure by figure.
    #[test]
    fn a_scenario_without_changes_is_the_base(draft in draft()) {
        let appraisal = appraisal(draft);
        let base = appraisal.base().report();
        for name in ["unchanged", "the same again"] {
            let scenario = appraisal.scenario(name).unwrap().report();
            prop_assert_eq!(values(&scenario), values(&base));
        }
        // the columns are computed from the base where nothing changes, and must say the same as the scenario alone
        for column in &base.scenarios {
            if let Some(name) = &column.name {
                prop_assert_eq!(&column.case, &appraisal.scenario(name).unwrap().report().case);
            }
        }
    }

    /// To 10^-12: the one is the sum of categories and the other the sum of lines, which are rounded differently.
    #[test]
    fn without_risk_the_adjusted_figures_are_the_unadjusted(mut draft in draft()) {
        draft.plan.costs.iter_mut().flatten().for_each(|line| line.risk = None);
        draft.plan.benefits.iter_mut().flatten().for_each(|benefit| benefit.risk = None);
        let appraisal = appraisal(draft);
        let base = appraisal.base();
        for (adjusted, unadjusted) in [
            ("costs.nominal", "costs.unadjusted.nominal"),
            ("costs.present_value", "costs.unadjusted.present_value"),
            ("benefits.nominal", "benefits.unadjusted.nominal"),
            ("case.npv", "case.unadjusted.npv"),
            ("case.roi", "case.unadjusted.roi"),
        ] {
            let value = |id| base.figure(id).map(|value| value.map_err(|absent| absent.cause));
            match (value(adjusted), value(unadjusted)) {
                (Some(Ok(with)), Some(Ok(without))) => assert_near(with, without, 12),
                (with, without) => prop_assert_eq!(with, without, "{}", adjusted),
            }
        }
    }

    /// Risk makes costs dearer and benefits smaller, never the other way round.
    #[test]
    fn risk_never_flatters(draft in draft()) {
        let appraisal = appraisal(draft);
        let base = appraisal.base();
        let value = |id| base.figure(id).and_then(Result::ok);
        if let (Some(with), Some(without)) = (value("costs.nominal"), value("costs.unadjusted.nominal")) {
            prop_assert!(with >= without - tolerance(12), "{} < {}", with, without);
        }
        if let (Some(with), Some(without)) = (value("benefits.nominal"), value("benefits.unadjusted.nominal")) {
            prop_assert!(with <= without + tolerance(12), "{} > {}", with, without);
        }
    }

    /// The categories add up to the whole, to 10^-10 of a cent and better.
    #[test]
    fn categories_add_up(draft in draft()) {
        let appraisal = appraisal(draft);
        let base = appraisal.base();
        for figure_of in ["nominal", "present_value"] {
            let parts = Category::ALL.map(|category| base.figure(&format!("costs.{}.{figure_of}", category.key())));
            let parts: Option<Vec<Decimal>> = parts.into_iter().map(|part| part.and_then(Result::ok)).collect();
            let whole = base.figure(&format!("costs.{figure_of}")).and_then(Result::ok);
            prop_assert_eq!(parts.is_some(), whole.is_some());
            if let (Some(parts), Some(whole)) = (parts, whole) {
                assert_near(parts.iter().sum(), whole, 12);
            }
        }
    }
}

/// Numbers at which decimals end: those that a model may state, or some that make no sense too.
fn extremes() -> impl Strategy<Value = Vec<Decimal>> {
    let stated = vec![Decimal::ZERO, Decimal::ONE, Decimal::new(1, 28), Decimal::new(5, 1), LARGEST];
    let shares = stated[..4].to_vec();
    let refused =
        [Decimal::NEGATIVE_ONE, -tolerance(28), -LARGEST, LARGEST + tolerance(12), Decimal::MAX, Decimal::MIN];
    let all = [&stated[..], &refused].concat();
    let some_of = |numbers| prop::collection::vec(prop::sample::select(numbers), 8..30);
    prop_oneof![2 => some_of(shares), 1 => some_of(stated), 1 => some_of(all)]
}

proptest! {
    #![proptest_config(config(256))]

    /// Whatever the numbers are, an appraisal is refused with problems or reported; it never panics.
    #[test]
    fn extreme_numbers_are_refused_or_missing(
        draft in draft(),
        numbers in extremes(),
        every in 1_usize..6,
        years in prop::sample::select(vec![YEARS, YEARS, YEARS, 0, 1, 50, 51, u32::MAX]),
    ) {
        let mut draft = draft;
        let mut numbers = numbers.into_iter().cycle();
        let mut count = 0;
        let mut change = |amount: &mut Option<Amount>| {
            count += 1;
            if count % every == 0 {
                let (a, b) = (numbers.next().unwrap(), numbers.next().unwrap());
                *amount = Some(if count % 2 == 0 { Amount::Constant(a) } else { Amount::Growing { first: a, growth: b } });
            }
        };
        let mut discount_rate = None;
        change(&mut discount_rate);
        draft.discount_rate = discount_rate.map(CostOfCapital::Rate).or(draft.discount_rate);
        for line in draft.plan.costs.iter_mut().flatten() {
            [&mut line.initial, &mut line.annual, &mut line.share, &mut line.risk].into_iter().for_each(&mut change);
            if let Some(staff) = &mut line.staff {
                change(&mut staff.growth);
            }
        }
        for benefit in draft.plan.benefits.iter_mut().flatten() {
            let Benefit { initial, annual, realisation, margin, adoption, delay, .. } = benefit;
            [initial, annual, realisation, margin, adoption, delay].into_iter().for_each(&mut change);
            let mut risk = None;
            change(&mut risk);
            benefit.risk = risk.map(Risk::Share);
        }
        let mut criteria: Vec<&mut Criterion> = draft.scorecard.iter_mut().flat_map(|card| &mut card.perspectives).collect();
        while let Some(criterion) = criteria.pop() {
            let mut weight = criterion.weight.map(Amount::Constant);
            change(&mut weight);
            criterion.weight = weight.and_then(|weight| weight.as_constant());
            if let Some(measure) = &mut criterion.measure {
                change(&mut measure.base);
                change(&mut measure.actual);
                if let Some(Aim::Band { low, .. }) = &mut measure.aim {
                    let mut end = Some(Amount::Constant(*low));
                    change(&mut end);
                    *low = end.and_then(|end| end.as_constant()).unwrap_or(*low);
                }
            }
            criteria.extend(&mut criterion.children);
        }
        draft.horizon.years = years;
        match Appraisal::new(draft) {
            Ok(appraisal) => {
                let _ = appraisal.base().report();
            }
            Err(problems) => prop_assert!(!problems.to_string().is_empty()),
        }
    }
}

// ----------------------------------------------------------------------------------- weights by evidence of one's own

/// A flat scorecard of so many leaves, weighed so.
fn weighed_by(weighing: Weighing, count: usize, authority: Vec<Authority>) -> Draft {
    let scorecard = Some(Scorecard::new((0..count).map(|position| Criterion::judged(leaf(position)))));
    Draft { scorecard, authority, weighing: vec![SiblingWeights::new("scorecard", weighing)], ..Draft::default() }
}

/// Judgements on Saaty's scale above the diagonal: 2 to 9 and their reciprocals.
fn judgements(count: usize) -> impl Strategy<Value = Vec<(bool, u32)>> {
    prop::collection::vec((any::<bool>(), 1_u32..=9), count * (count - 1) / 2)
}

/// The judgements as pairs of leaves, leaf i being called `order[i]`.
fn pairs(judged: &[(bool, u32)], order: &[usize]) -> Vec<(String, String, Judgement)> {
    let count = order.len();
    let above = (0..count).flat_map(|i| (i + 1..count).map(move |j| (i, j)));
    let pair = |((i, j), (is_more, times)): ((usize, usize), &(bool, u32))| {
        let judgement = Judgement::new((*times).into(), Decimal::ONE).unwrap();
        (leaf(order[i]), leaf(order[j]), if *is_more { judgement } else { judgement.reciprocal() })
    };
    above.zip(judged).map(pair).collect()
}

fn in_order(count: usize) -> Vec<usize> {
    (0..count).collect()
}

proptest! {
    #![proptest_config(config(64))]

    /// Judgements that are ratios of weights give these weights by every method, and contradict each other nowhere.
    /// Weights are estimates of twelve digits.
    #[test]
    fn consistent_judgements_return_their_weights(
        parts in prop::collection::vec(1_u32..=9, 2..9), method in prop::sample::select(&PriorityMethod::ALL[..])
    ) {
        let count = parts.len();
        let above = (0..count).flat_map(|i| (i + 1..count).map(move |j| (i, j)));
        let judged: Vec<_> = above
            .map(|(i, j)| (leaf(i), leaf(j), Judgement::new(parts[i].into(), parts[j].into()).unwrap()))
            .collect();
        let ahp = Ahp { method: method.1, ..Ahp::new([JudgementSet::common(judged)]) };
        let appraisal = appraisal(weighed_by(Weighing::Ahp(ahp), count, Vec::new()));
        let sum = Decimal::from(parts.iter().sum::<u32>());
        for (weight, part) in weights(&appraisal, count).into_iter().zip(&parts) {
            assert_near(weight, Decimal::from(*part) / sum, 10);
        }
        assert_near(figure(&appraisal.base(), "ahp.scorecard.consistency_ratio"), Decimal::ZERO, 9);
        assert_near(figure(&appraisal.base(), "ahp.scorecard.gci"), Decimal::ZERO, 9);
    }

    /// To ten digits, whatever their authority.
    #[test]
    fn experts_of_one_mind_are_that_expert(
        (count, judged) in (2_usize..7).prop_flat_map(|count| (Just(count), judgements(count))),
        standing in prop::collection::vec(1_i64..=10, 1..5),
        aggregation in prop::sample::select(&Aggregation::ALL[..]),
    ) {
        let one = Ahp::new([JudgementSet::common(pairs(&judged, &in_order(count)))]);
        let one = weights(&appraisal(weighed_by(Weighing::Ahp(one), count, Vec::new())), count);
        let names: Vec<String> = (0..standing.len()).map(|expert| format!("expert {expert}")).collect();
        let sets = names.iter().map(|name| JudgementSet::by(name, pairs(&judged, &in_order(count))));
        let group = Ahp { aggregation: aggregation.1, ..Ahp::new(sets) };
        let authority = names.iter().zip(&standing).map(|(name, tenths)| Authority::new(name, Decimal::new(*tenths, 1)));
        let group = weights(&appraisal(weighed_by(Weighing::Ahp(group), count, authority.collect())), count);
        for (one, group) in one.into_iter().zip(group) {
            assert_near(one, group, 10);
        }
    }

    /// Neither the order in which experts are written matters nor what criteria are called, to ten digits.
    #[test]
    fn order_of_experts_and_names_of_criteria_do_not_matter(
        (count, first, second, order) in (2_usize..7).prop_flat_map(|count| {
            (Just(count), judgements(count), judgements(count), Just(in_order(count)).prop_shuffle())
        }),
        aggregation in prop::sample::select(&Aggregation::ALL[..]),
    ) {
        let of = |sets: [(&str, &[(bool, u32)]); 2], order: &[usize]| {
            let sets = sets.map(|(name, judged)| JudgementSet::by(name, pairs(judged, order)));
            let ahp = Ahp { aggregation: aggregation.1, ..Ahp::new(sets) };
            let authority = vec![Authority::new("a", Decimal::new(9, 1)), Authority::new("b", Decimal::new(4, 1))];
            weights(&appraisal(weighed_by(Weighing::Ahp(ahp), count, authority)), count)
        };
        let given = of([("a", &first), ("b", &second)], &in_order(count));
        let turned = of([("b", &second), ("a", &first)], &in_order(count));
        let renamed = of([("a", &first), ("b", &second)], &order);
        for (position, weight) in given.iter().enumerate() {
            assert_near(*weight, turned[position], 10);
            assert_near(*weight, renamed[order[position]], 10);
        }
    }

    /// Exactly, whatever ties there are; and a better rank never weighs less.
    #[test]
    fn rank_weights_sum_to_one(
        ranks in prop::collection::vec(prop::collection::vec(1_u32..8, 5), 1..4),
        conversion in prop::sample::select(vec![
            RankConversion::Centroid, RankConversion::Sum, RankConversion::Reciprocal, RankConversion::Exponent(Decimal::TWO),
        ]),
    ) {
        let ranking = |(expert, ranks): (usize, &Vec<u32>)| {
            let ranks = ranks.iter().enumerate().map(|(position, rank)| (leaf(position), Decimal::from(*rank)));
            Ranking::of(format!("expert {expert}"), Order::Ranks(ranks.collect()))
        };
        let all = Ranks { conversion, ..Ranks::new(ranks.iter().enumerate().map(ranking)) };
        let found = weights(&appraisal(weighed_by(Weighing::Ranks(all), 5, Vec::new())), 5);
        prop_assert_eq!(found.iter().sum::<Decimal>(), Decimal::ONE);
        for (a, weight) in found.iter().enumerate() {
            for (b, other) in found.iter().enumerate() {
                // by the last digit, which takes the remainder of the division
                if ranks.iter().all(|ranks| ranks[a] <= ranks[b]) {
                    prop_assert!(*weight + tolerance(26) >= *other);
                }
            }
        }
    }

    /// Only proportions count: the total of an expert's points does not matter, to the last digits.
    #[test]
    fn points_count_by_their_share(points in prop::collection::vec(1_u32..100, 2..8), factor in 1_u32..50) {
        let count = points.len();
        let of = |factor: u32| {
            let points = points.iter().enumerate().map(|(position, x)| (leaf(position), Decimal::from(x * factor)));
            let allocations = vec![Allocation { expert: None, points: points.collect() }];
            let weighing = Weighing::Points(Points { kind: PointsKind::Allocation, allocations });
            weights(&appraisal(weighed_by(weighing, count, Vec::new())), count)
        };
        let (once, many) = (of(1), of(factor));
        prop_assert_eq!(once.iter().sum::<Decimal>(), Decimal::ONE);
        for (one, other) in once.into_iter().zip(many) {
            assert_near(one, other, 26);
        }
    }
}

/// How experts or units of these names weigh a group.
type Way<'w> = dyn Fn(&[&'static str]) -> Weighing + 'w;

/// Whatever experts and units are called, every figure is found by an id of its own, or the names are refused.
#[test]
fn names_of_experts_do_not_make_ids_of_two_figures() {
    let names =
        ["weights", "weights.x", "shares", "x", "expert", "x.matrix", "x.matrix.gci", "x.priorities", "matrix.x"];
    let items = ["gci", "lambda_max", "matrix"];
    let pairs = |_: usize| [("gci", "lambda_max", "3"), ("lambda_max", "matrix", "2"), ("gci", "matrix", "9")];
    let judged = |seat| pairs(seat).map(|(item, over, text)| (item, over, text.parse::<Judgement>().unwrap()));
    let expert = |(seat, name): (usize, &&'static str)| JudgementSet::by(*name, judged(seat));
    let ahp = |names: &[&'static str]| Weighing::Ahp(Ahp::new(names.iter().enumerate().map(expert)));
    let points = |names: &[&'static str]| {
        let given = || items.iter().map(|item| ((*item).to_owned(), Decimal::ONE)).collect();
        let allocation = |name: &&str| Allocation { expert: Some((*name).to_owned()), points: given() };
        Weighing::Points(Points { kind: PointsKind::Allocation, allocations: names.iter().map(allocation).collect() })
    };
    let ranks = |names: &[&'static str]| {
        Weighing::Ranks(Ranks::new(names.iter().map(|name| Ranking::of(*name, Order::listed(items)))))
    };
    let data = |names: &[&'static str]| {
        let row = |name: &&str| UnitData::in_order(*name, [name.len(), 3, 1].map(Decimal::from));
        Weighing::Data(DataWeights::new(DataMethod::Critic, names.iter().map(row)))
    };
    let combined = |subjective, objective| {
        let how = How::Multiplicative;
        Weighing::Combination(Box::new(Combination { subjective, objective, how }))
    };
    let draft = |weighing, authority: &[&str]| Draft {
        scorecard: Some(Scorecard::new(items.map(Criterion::judged))),
        authority: authority.iter().map(|name| Authority::new(*name, dec!(0.5))).collect(),
        weighing: vec![SiblingWeights::new("scorecard", weighing)],
        ..Draft::default()
    };
    let ways: [&Way; 4] = [&ahp, &points, &ranks, &data];
    // `x.matrix` says of nothing what `x` says of `matrix`
    let kept: Vec<&'static str> =
        names.into_iter().filter(|name| *name != "x.matrix" && *name != "x.matrix.gci").collect();
    for (one, way) in ways.iter().enumerate() {
        for other in &ways {
            let authority = if one == 3 { &[][..] } else { &kept[..] };
            let appraisal = appraisal(draft(combined(way(&kept), other(&kept)), authority));
            let report = appraisal.base().report();
            let mut ids = std::collections::HashSet::new();
            for figure in report.figures() {
                let id = figure.id();
                assert!(ids.insert(id.clone()), "{id} is the id of two figures");
                let found = appraisal.model().find(&id).unwrap();
                assert_eq!(found.entry.is_some(), figure.entry.is_some(), "{id}");
                assert_eq!(appraisal.model().cell(found.cell).unwrap().label(), &figure.label, "{id}");
            }
        }
        let refused = Appraisal::new(draft(way(&names), &[])).err().map(|problems| problems.to_string());
        assert!(refused.is_some_and(|refused| refused.contains("`x.matrix` is called as the figure of `x`")), "{one}");
    }
}
