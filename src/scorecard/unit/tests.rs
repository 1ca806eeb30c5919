use super::*;
use crate::Draft;
use crate::appraisal::testing::{Figures, problems};
use crate::calendar::Periods;
use crate::model::Cause;
use crate::scorecard::{Datum, FollowUp, KpiUse, MissingPolicy};
use crate::{Amount, Assumption};
use rust_decimal::dec;

fn measured(actual: i64) -> Measure {
    Measure::default().actual(actual)
}

fn data(lost: i64, start: i64) -> Measure {
    Measure::default().kpi(KpiUse::default().with("customers_lost", lost).with("customers_start", start))
}

/// Visits from 0 to 100 with one weight in three, churn from 10 % to 5 % with two.
fn card(units: Vec<BusinessUnit>) -> Scorecard {
    let churn = Measure::target(dec!(0.1), dec!(0.05)).kpi(KpiUse::new("customer_churn_rate"));
    let criteria = [
        Criterion::indicator("visits", Measure::target(0, 100)).weighing(dec!(1)),
        Criterion::indicator("churn", churn).weighing(dec!(2)),
    ];
    Scorecard { units, ..Scorecard::new(criteria) }
}

fn draft(units: Vec<BusinessUnit>) -> Draft {
    Draft { scorecard: Some(card(units)), ..Draft::default() }
}

fn two() -> Vec<BusinessUnit> {
    vec![
        BusinessUnit::new("north").weighing(dec!(0.6)).with("visits", measured(80)).with("churn", data(60, 1_000)),
        BusinessUnit::new("south").weighing(dec!(0.4)).with("visits", measured(30)).with("churn", data(50, 500)),
    ]
}

#[test]
fn every_unit_has_a_scorecard_of_its_own() {
    let figures = Figures::of(draft(two()));
    assert_eq!(figures.get("units.north.visits.score"), dec!(0.8));
    assert_eq!(figures.get("units.north.churn.actual"), dec!(0.06));
    assert_eq!(figures.get("units.north.churn.score"), dec!(0.8));
    assert_eq!(figures.get("units.north.score").round_dp(20), dec!(0.8));
    // (0.3 + 2 x 0) / 3
    assert_eq!(figures.get("units.south.score").round_dp(20), dec!(0.1));
    assert_eq!(figures.get("units.north.rank"), dec!(1));
    assert_eq!(figures.get("units.south.rank"), dec!(2));
    // 0.6 x 0.8 + 0.4 x 0.1
    assert_eq!(figures.get("units.score").round_dp(20), dec!(0.52));
    assert_eq!(figures.get("units.best").round_dp(20), dec!(0.8));
    assert_eq!(figures.get("units.scores.south").round_dp(20), dec!(0.1));
}

#[test]
fn the_whole_takes_scores_or_puts_data_together() {
    let figures = Figures::of(draft(two()));
    // 0.6 x 0.8 + 0.4 x 0.3
    assert_eq!(figures.get("scorecard.visits.score"), dec!(0.6));
    // 110 of 1,500
    assert_eq!(figures.get("scorecard.churn.data.customers_lost"), dec!(110));
    assert_eq!(figures.get("scorecard.churn.actual").round_dp(10), dec!(0.0733333333));
    assert_eq!(figures.get("scorecard.churn.score").round_dp(10), dec!(0.5333333333));
    assert_eq!(figures.get("scorecard.coverage"), dec!(1));
    let explained = figures.0.base().explain("scorecard.score").unwrap();
    let ids: Vec<&str> = explained.steps.iter().map(|step| step.id.as_str()).collect();
    assert!(ids.contains(&"units.south.churn.data.customers_lost"), "{ids:?}");
    assert!(ids.contains(&"units.north.visits.actual"), "{ids:?}");
}

#[test]
fn what_is_missing_in_a_unit_follows_the_policy_and_what_it_leaves_out_does_not_count() {
    let units = |churn_of_south: Option<Measure>, without: &[&str]| {
        let [north, south] = <[_; 2]>::try_from(two()).unwrap();
        let indicators = [("visits".to_owned(), Measure::default())].into_iter();
        let indicators = indicators.chain(churn_of_south.map(|measure| ("churn".to_owned(), measure))).collect();
        let south = BusinessUnit { indicators, ..south };
        let left_out = |id: &str| south.indicators.iter().all(|(known, _)| known != id);
        let without = without.iter().filter(|id| left_out(id)).map(|id| (*id).to_owned()).collect();
        vec![north, BusinessUnit { without, ..south }]
    };
    let figures = Figures::of(draft(units(None, &[])));
    assert_eq!(figures.cause("units.south.visits.score"), Cause::NoData);
    // re-weighted, and the coverage says so
    assert_eq!(figures.get("scorecard.visits.score"), dec!(0.8));
    assert_eq!(figures.get("scorecard.visits.coverage"), dec!(0.6));
    assert_eq!(figures.cause("scorecard.churn.actual"), Cause::NoData);
    assert_eq!(figures.cause("units.south.rank"), Cause::NoData);
    let worst = Scorecard { missing: MissingPolicy::Worst, ..card(units(None, &[])) };
    let figures = Figures::of(Draft { scorecard: Some(worst), ..Draft::default() });
    assert_eq!(figures.get("scorecard.visits.score"), dec!(0.48));
    let figures = Figures::of(draft(units(None, &["churn"])));
    assert_eq!(figures.get("scorecard.churn.actual"), dec!(0.06));
    assert_eq!(figures.cause("units.south.churn.score"), Cause::NotMeasured);
}

#[test]
fn units_have_targets_and_formulas_of_their_own() {
    let mut units = two();
    let north = Measure { aim: Some(crate::scorecard::Aim::Target(200.into())), ..measured(80) };
    units[0].indicators[0].1 = north;
    // in a unit its own indicators are meant
    units[1].indicators[0].1 = Measure::default().actual(Amount::formula("= churn * 100 + extra").unwrap());
    let assumptions = vec![Assumption::new("extra", 5)];
    let figures = Figures::of(Draft { assumptions, ..draft(units) });
    assert_eq!(figures.get("units.north.visits.score"), dec!(0.4));
    assert_eq!(figures.get("units.south.visits.actual"), dec!(15));
    assert_eq!(figures.get("units.south.visits.target"), dec!(100));
}

#[test]
fn lists_of_units_are_pooled_and_rates_averaged() {
    let effort = Measure::target(1, 7).kpi(KpiUse::new("ces"));
    let ratings =
        |list: &[i64]| Measure::default().kpi(KpiUse::default().with_list("effort_ratings", list.iter().copied()));
    let unit = |id: &str, list: &[i64]| BusinessUnit::new(id).with("effort", ratings(list));
    let of = |units| {
        let card = Scorecard { units, ..Scorecard::new([Criterion::indicator("effort", effort.clone())]) };
        Figures::of(Draft { scorecard: Some(card), ..Draft::default() })
    };
    // the mean of five answers, not of two means
    let figures = of(vec![unit("a", &[7, 7, 7]), unit("b", &[2, 2])]);
    assert_eq!(figures.get("scorecard.effort.actual"), dec!(5));
    let mut silent = unit("b", &[]);
    silent.indicators[0].1.kpi =
        Some(KpiUse { kpi: String::new(), data: vec![("effort_ratings".into(), Datum::Missing)] });
    assert_eq!(of(vec![unit("a", &[7]), silent]).cause("scorecard.effort.actual"), Cause::NoData);
    assert_eq!(of(vec![unit("a", &[7]), BusinessUnit::new("b")]).cause("scorecard.effort.actual"), Cause::NoData);
}

#[test]
fn units_are_followed_over_periods() {
    let period = |text: &str| text.parse::<Period>().unwrap();
    let by = |values: [i64; 3]| {
        let values =
            values.iter().enumerate().map(|(at, value)| (period(&format!("2025-Q{}", at + 1)), (*value).into()));
        Amount::PerPeriod(values.collect())
    };
    let unit = |id: &str, visits, lost, start| {
        let used = KpiUse::default().with("customers_lost", by(lost)).with("customers_start", by(start));
        let unit = BusinessUnit::new(id).with("visits", Measure::default().actual(by(visits)));
        unit.with("churn", Measure::default().kpi(used))
    };
    let units =
        vec![unit("a", [10, 20, 30], [6, 6, 6], [100, 100, 100]), unit("b", [30, 40, 90], [14, 9, 4], [100, 50, 100])];
    let periods = Some(Periods::new(period("2025-Q1"), period("2025-Q4")));
    let follow_up = FollowUp::default();
    let card = Scorecard { periods, follow_up, ..card(units) };
    let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
    assert_eq!(figures.0.base().period(), Some(period("2025-Q3")));
    assert_eq!(figures.get("scorecard.visits.score"), dec!(0.6));
    assert_eq!(figures.get("scorecard.visits.by_period.score.2025-Q1"), dec!(0.2));
    assert_eq!(figures.get("scorecard.churn.by_period.actual.2025-Q2"), dec!(0.1));
    assert_eq!(figures.get("scorecard.churn.actual"), dec!(0.05));
    // 45 lost of the 200 that the year began with
    assert_eq!(figures.get("scorecard.churn.year_to_date"), dec!(0.225));
    assert_eq!(figures.get("units.b.churn.by_period.actual.2025-Q3"), dec!(0.04));
    let earlier = figures.0.at(period("2025-Q1")).unwrap();
    assert_eq!(earlier.figure("scorecard.visits.score"), Some(Ok(dec!(0.2))));
}

#[test]
fn whole_points_are_weights_too() {
    let weights = |weights: [Decimal; 2]| {
        let units = two().into_iter().zip(weights).map(|(unit, weight)| unit.weighing(weight));
        draft(units.collect())
    };
    let figures = Figures::of(weights([dec!(3), dec!(1)]));
    assert_eq!(figures.get("units.north.weight"), dec!(0.75));
    let equal: Vec<_> = two().into_iter().map(|unit| BusinessUnit { weight: None, ..unit }).collect();
    assert_eq!(Figures::of(draft(equal)).get("units.south.weight"), dec!(0.5));
    assert_eq!(
        problems(weights([dec!(0.6), dec!(0.3)])),
        ["units.north.weight: the weights of the units add up to 90 %, not 100 %"]
    );
    assert_eq!(problems(weights([dec!(1.2), dec!(-0.2)])), ["units.south.weight: the weight of `south` is negative"]);
}

#[test]
fn mistakes_are_told_where_they_were_made() {
    let mut units = two();
    units[0].indicators.push(("visit".into(), measured(1)));
    units[1].weight = None;
    units[1].without.push("visits".into());
    assert_eq!(
        problems(draft(units)),
        [
            "units.south: `south` has no weight, but `north` has one",
            "units.north.visit: `visit` is no indicator of the scorecard",
            "units.south.without.0: `visits` is left out and has values",
        ]
    );
    let mut units = two();
    units[0].indicators[1].1 = measured(1);
    units[1].id = "best".into();
    assert_eq!(
        problems(draft(units)),
        [
            "units.best: `best` is reserved for a figure",
            "units.north.churn.actual: the data of `churn` are put together over the units, and `north` gives a value only",
        ]
    );
    // what the units inherit is wrong once
    let mut card = card(two());
    card.perspectives[0].measure = Some(Measure::target(5, 5));
    card.perspectives[1].measure = card.perspectives[1]
        .measure
        .take()
        .map(|measure| Measure { from_units: Some(FromUnits::Inputs), ..measure.actual(1) });
    assert_eq!(
        problems(Draft { scorecard: Some(card), ..Draft::default() }),
        [
            "scorecard.churn.from_units: `churn` has a value of its own, and comes from the units",
            "scorecard.visits.target: the target of `visits` is its base, so no progress can be told",
        ]
    );
}

#[test]
fn there_are_no_more_units_than_can_be_computed() {
    let units = (0..1_001).map(|number| BusinessUnit::new(format!("u{number}"))).collect();
    assert_eq!(
        problems(draft(units)),
        ["scorecard.units: 1001 units of 3 criteria over 1 periods are more than can be computed together"]
    );
}
