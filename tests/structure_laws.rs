//! What holds for the two sides of every scorecard, for all causes and effects, and for correlations and lines.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a law that fails should stop")]
#![allow(clippy::arithmetic_side_effects, reason = "small numbers")]

use appraise::kernel::{RegressionLine, lagged_pearson, pearson, pearson_p, t_two_sided, t_within};
use appraise::scorecard::{Criterion, Framework, Link, Measure, Scorecard, Side, Stage, Strength, Theme};
use appraise::{Appraisal, Draft};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::Decimal;

fn config() -> Config {
    Config { cases: 64, failure_persistence: None, rng_seed: RngSeed::Fixed(20_260_401), ..Config::default() }
}

fn appraised(card: Scorecard) -> Appraisal {
    let draft = Draft { scorecard: Some(card), ..Draft::default() };
    Appraisal::new(draft).unwrap_or_else(|problems| panic!("{problems}"))
}

fn get(appraisal: &Appraisal, id: &str) -> Option<Decimal> {
    appraisal.base().figure(id).map(|value| value.unwrap())
}

fn near(one: Decimal, other: Decimal) -> bool {
    (one - other).abs() < Decimal::new(1, 20)
}

fn close(one: f64, other: f64, scale: f64) -> bool {
    (one - other).abs() <= 1e-9 * scale.abs().max(1.0)
}

/// Links from earlier to later criteria, which cannot go round in a circle.
fn links(criteria: usize) -> impl Strategy<Value = Vec<(usize, usize, u32)>> {
    let pair = (0..criteria, 0..criteria, 1u32..=100);
    prop::collection::vec(pair, 0..20).prop_map(|pairs| {
        let mut links: Vec<(usize, usize, u32)> =
            pairs.into_iter().filter(|(a, b, _)| a != b).map(|(a, b, s)| (a.min(b), a.max(b), s)).collect();
        links.sort_unstable();
        links.dedup_by_key(|(from, to, _)| (*from, *to));
        links
    })
}

proptest! {
    #![proptest_config(config())]

    /// Where every indicator has a score and a side, the whole is what its two sides make of it.
    #[test]
    fn the_whole_is_its_two_sides(
        groups in prop::collection::vec(prop::collection::vec((0i64..=100, 1i64..9, any::<bool>()), 1..5), 1..5),
    ) {
        let mut number = 0;
        let perspectives = groups.iter().enumerate().map(|(position, group)| {
            let indicators = group.iter().map(|(score, weight, inside)| {
                number += 1;
                let side = if *inside { Side::Internal } else { Side::External };
                let measure = Measure::target(0, 100).actual(*score);
                let indicator = Criterion::indicator(format!("x{number}"), measure).weighing((*weight).into());
                Criterion { side: Some(side), ..indicator }
            });
            Criterion::group(format!("p{position}"), indicators.collect::<Vec<_>>())
        });
        let appraisal = appraised(Scorecard::new(perspectives.collect::<Vec<_>>()));
        let sides = ["external", "internal"].map(|side| {
            let figure = |part: &str| get(&appraisal, &format!("scorecard.sides.{side}.{part}"));
            figure("weight").zip(figure("score"))
        });
        let sides: Vec<(Decimal, Decimal)> = sides.into_iter().flatten().collect();
        prop_assert!(near(sides.iter().map(|(weight, _)| *weight).sum(), Decimal::ONE));
        let whole: Decimal = sides.iter().map(|(weight, score)| *weight * *score).sum();
        prop_assert!(near(whole, get(&appraisal, "scorecard.score").unwrap()));
    }

    /// An effect is at least every way through a third criterion, at most 1, and at least the direct link.
    #[test]
    fn effects_go_the_strongest_way(links in links(7)) {
        let id = |number: usize| format!("c{number}");
        let stated = links.iter().map(|(from, to, strength)| {
            Link::new(id(*from), id(*to)).strength(Strength::Of(Decimal::new((*strength).into(), 2)))
        });
        let criteria: Vec<Criterion> = (0..7).map(|number| Criterion::judged(id(number))).collect();
        let appraisal = appraised(Scorecard { links: stated.collect(), ..Scorecard::new(criteria) });
        let effect = |from: usize, to: usize| get(&appraisal, &format!("scorecard.effects.c{from}.c{to}"));
        for (from, to, strength) in &links {
            prop_assert!(effect(*from, *to).unwrap() >= Decimal::new((*strength).into(), 2));
        }
        for (from, through, to) in (0..7).flat_map(|a| (0..7).flat_map(move |b| (0..7).map(move |c| (a, b, c)))) {
            if let (Some(first), Some(second)) = (effect(from, through), effect(through, to)) {
                let whole = effect(from, to).unwrap();
                prop_assert!(whole >= first * second && whole <= Decimal::ONE);
            }
            prop_assert!(effect(from, to).is_none() || effect(to, from).is_none());
        }
    }

    /// Presets by the stage of the business sum to 1, and siblings of one theme weigh the same.
    #[test]
    fn presets_are_weights(stage in 0usize..3, themes in prop::collection::vec(0usize..3, 2..7)) {
        let indicators = themes.iter().enumerate().map(|(number, theme)| {
            Criterion { theme: Some(Theme::ALL[*theme].1), ..Criterion::judged(format!("x{number}")) }
        });
        let mut perspectives = Framework::CrmIndexSystem.skeleton();
        perspectives[1].children = indicators.collect();
        let stage = Some(Stage::ALL[stage].1);
        let card = Scorecard { framework: Framework::CrmIndexSystem, stage, ..Scorecard::new(perspectives) };
        let appraisal = appraised(card);
        let weight = |id: &str| get(&appraisal, &format!("scorecard.{id}.weight")).unwrap();
        let tops = ["management_effect", "financial", "customer", "internal_process", "learning_growth"].map(weight);
        prop_assert_eq!(tops.iter().sum::<Decimal>(), Decimal::ONE);
        let weights: Vec<Decimal> = (0..themes.len()).map(|number| weight(&format!("x{number}"))).collect();
        prop_assert_eq!(weights.iter().sum::<Decimal>(), Decimal::ONE);
        for (one, of_one) in themes.iter().zip(&weights) {
            for (other, of_other) in themes.iter().zip(&weights) {
                prop_assert!(one != other || near(*of_one, *of_other));
            }
        }
    }

    /// A correlation lies between -1 and 1, does not care which series is which nor for their units, and is certain
    /// only on a line.
    #[test]
    fn correlations(
        pairs in prop::collection::vec((-1000i32..1000, -1000i32..1000), 3..30),
        (scale, shift) in (1i32..50, -50i32..50),
    ) {
        let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).unzip();
        if let Ok(r) = pearson(&x, &y) {
            let p = pearson_p(&x, &y).unwrap();
            prop_assert!((-1.0..=1.0).contains(&r) && (0.0..=1.0).contains(&p));
            prop_assert!(close(pearson(&y, &x).unwrap(), r, 1.0));
            let scaled: Vec<f64> = x.iter().map(|x| -f64::from(scale) * x + f64::from(shift)).collect();
            prop_assert!(close(pearson(&scaled, &y).unwrap(), -r, 1.0));
            prop_assert!(close(pearson_p(&scaled, &y).unwrap(), p, 1.0));
            prop_assert_eq!(lagged_pearson(&x, &y, 0), Ok(r));
            let df = (x.len() - 2) as f64;
            let t = r * (df / (1.0 - r * r)).sqrt();
            prop_assert!(!t.is_finite() || close(t_two_sided(t, df).unwrap(), p, 1.0));
        }
    }

    /// The line goes through the middle of its points, its residuals are those of the correlation, and its interval is
    /// narrowest there.
    #[test]
    fn lines(pairs in prop::collection::vec((-1000i32..1000, -1000i32..1000), 3..30), confidence in 0.05..0.99) {
        let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).unzip();
        let count = x.len() as f64;
        let mean = |of: &[f64]| of.iter().sum::<f64>() / count;
        if let Ok(line) = RegressionLine::of(&x, &y) {
            prop_assert!(close(line.at(mean(&x)).unwrap(), mean(&y), 1e3));
            prop_assert!(close(line.at(0.0).unwrap(), line.intercept(), line.intercept()));
            let margin = |x: f64| line.margin(x, confidence).unwrap();
            prop_assert!(margin(mean(&x) + 10.0) >= margin(mean(&x)));
            prop_assert!(close(margin(mean(&x) + 10.0), margin(mean(&x) - 10.0), 1e3));
            let factor = t_within(confidence, count - 2.0).unwrap();
            prop_assert!(close(margin(5.0), factor * line.prediction_error(5.0).unwrap(), 1e3));
            if let Ok(r) = pearson(&x, &y) {
                let spread: f64 = y.iter().map(|y| (y - mean(&y_of(&pairs))).powi(2)).sum();
                let rest = line.residual_sd().unwrap().powi(2) * (count - 2.0);
                prop_assert!(close(rest, spread * (1.0 - r * r), spread));
            }
        }
    }
}

fn y_of(pairs: &[(i32, i32)]) -> Vec<f64> {
    pairs.iter().map(|(_, y)| f64::from(*y)).collect()
}
