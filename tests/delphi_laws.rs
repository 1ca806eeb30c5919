//! What holds for every Delphi panel with gaps, tried on random ones.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a law that fails should stop")]
#![allow(clippy::arithmetic_side_effects, reason = "small numbers")]

use appraise::panel::{Answer, Authority, Delphi, Rating, Round};
use appraise::scorecard::{Criterion, Scorecard};
use appraise::{Appraisal, Draft};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// One round: items by experts, with gaps.
type Answers = Vec<Vec<Option<u32>>>;

const ITEMS: [&str; 5] = ["a", "b", "c", "d", "e"];

fn answer(given: Option<u32>) -> Answer {
    given.map_or(Answer::Missing, Answer::from)
}

fn round(answers: &Answers) -> Round {
    let items = ITEMS
        .iter()
        .zip(answers)
        .map(|(item, row)| Rating { item: (*item).to_owned(), answers: row.iter().copied().map(answer).collect() });
    Round { items: items.collect(), ..Round::default() }
}

fn panel(experts: &[String], rounds: &[Answers]) -> Draft {
    let delphi = Delphi { experts: experts.to_vec(), rounds: rounds.iter().map(round).collect(), ..Delphi::default() };
    let items = rounds[0].len();
    let card = Scorecard::new(ITEMS.iter().take(items).map(|item| Criterion::judged(*item)));
    Draft { scorecard: Some(card), delphi: Some(delphi), ..Draft::default() }
}

fn names(experts: usize) -> Vec<String> {
    (0..experts).map(|expert| format!("expert {expert}")).collect()
}

/// Every figure of the panel that names no expert, as text.
fn figures(draft: Draft) -> BTreeMap<String, String> {
    let appraisal = Appraisal::new(draft).unwrap_or_else(|problems| panic!("{problems}"));
    let outcome = appraisal.base();
    let evaluation = outcome.evaluation();
    let cells = evaluation.model().cells();
    let mut figures = BTreeMap::new();
    for (id, cell) in cells {
        let name = cell.id().to_string();
        let of_experts = evaluation.model().axis_of(id).is_some_and(|axis| axis.name() == "experts");
        if (name.starts_with("delphi") || name.starts_with("scorecard")) && !of_experts {
            let shown = evaluation.row(id).iter().map(|element| match element {
                Ok(number) => number.round_dp(20).normalize().to_string(),
                Err(absent) => absent.cause.to_string(),
            });
            figures.insert(name, shown.collect::<Vec<_>>().join(" "));
        }
    }
    figures
}

/// Two rounds of the same size, each answered by somebody.
fn rounds() -> impl Strategy<Value = Vec<Answers>> {
    let given = || prop::option::weighted(0.8, 1_u32..=10);
    (2_usize..=5, 1_usize..7).prop_flat_map(move |(items, experts)| {
        let round = prop::collection::vec(prop::collection::vec(given(), experts), items);
        let answered = round.prop_filter("somebody answered", |round| round.iter().flatten().any(Option::is_some));
        prop::collection::vec(answered, 2)
    })
}

fn turned(rounds: &[Answers], by: usize) -> Vec<Answers> {
    let turn = |row: &Vec<Option<u32>>| {
        let mut row = row.clone();
        let by = by % row.len();
        row.rotate_left(by);
        row
    };
    rounds.iter().map(|round| round.iter().map(turn).collect()).collect()
}

fn number(figures: &BTreeMap<String, String>, id: &str) -> Option<Decimal> {
    figures[id].parse().ok()
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, cases: 192, rng_seed: RngSeed::Fixed(2026), ..Config::default() })]

    #[test]
    fn the_order_of_the_experts_changes_nothing(rounds in rounds(), by in 0_usize..7) {
        let experts = names(rounds[0][0].len());
        prop_assert_eq!(figures(panel(&experts, &rounds)), figures(panel(&experts, &turned(&rounds, by))));
    }

    #[test]
    fn whoever_says_nothing_counts_for_nothing(rounds in rounds()) {
        let experts = names(rounds[0][0].len());
        let with_silent: Vec<Answers> =
            rounds.iter().map(|round| round.iter().map(|row| [row.clone(), vec![None]].concat()).collect()).collect();
        let more = names(experts.len() + 1);
        let (mut with, mut without) = (figures(panel(&more, &with_silent)), figures(panel(&experts, &rounds)));
        // only who was asked and did not answer is a matter of the rate
        for figures in [&mut with, &mut without] {
            figures.retain(|id, _| !id.ends_with("response_rate"));
            // one expert alone has no agreement, whether somebody is silent beside them or not
            figures.retain(|id, _| experts.len() > 1 || !id.contains("kendall_w"));
        }
        prop_assert_eq!(with, without);
    }

    #[test]
    fn equal_authority_is_none(rounds in rounds(), coefficient in 1_u32..=10) {
        let experts = names(rounds[0][0].len());
        let plain = figures(panel(&experts, &rounds));
        let coefficient = Decimal::new(i64::from(coefficient), 1);
        let authority = experts.iter().map(|expert| Authority::new(expert, coefficient)).collect();
        let weighted = figures(Draft { authority, ..panel(&experts, &rounds) });
        for item in ITEMS.iter().take(rounds[0].len()) {
            let (a, b) = (format!("delphi.1.{item}.mean"), format!("delphi.1.{item}.weighted_mean"));
            match (number(&weighted, &a), number(&weighted, &b)) {
                (Some(mean), Some(weighted)) => prop_assert!((mean - weighted).abs() < Decimal::new(1, 18)),
                (mean, weighted) => prop_assert_eq!(mean, weighted),
            }
            prop_assert_eq!(&plain[&a], &weighted[&a]);
        }
    }

    #[test]
    fn a_round_repeated_is_stable(rounds in rounds()) {
        let experts = names(rounds[0][0].len());
        let figures = figures(panel(&experts, &[rounds[0].clone(), rounds[0].clone()]));
        for (item, row) in ITEMS.iter().zip(&rounds[0]) {
            if row.iter().any(Option::is_some) {
                prop_assert_eq!(&figures[&format!("delphi.2.{item}.changed")], "0");
                prop_assert_eq!(&figures[&format!("delphi.2.{item}.wilcoxon_p")], "1");
            }
        }
        prop_assert!(number(&figures, "delphi.2.weight_change").is_none_or(|change| change.is_zero()));
        prop_assert!(number(&figures, "delphi.2.rank_correlation").is_none_or(|rho| rho == Decimal::ONE));
    }

    #[test]
    fn every_statistic_stays_in_its_range(rounds in rounds()) {
        let figures = figures(panel(&names(rounds[0][0].len()), &rounds));
        let shares = ["_rate", ".agreement", ".changed", "_p", "kendall_w"];
        for (id, shown) in figures.iter().filter(|(id, _)| shares.iter().any(|share| id.ends_with(share))) {
            if let Ok(value) = shown.parse::<Decimal>() {
                prop_assert!(value >= Decimal::ZERO && value <= Decimal::ONE, "{} is {}", id, value);
            }
        }
    }
}
