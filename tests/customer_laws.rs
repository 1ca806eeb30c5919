//! Laws of economic value added and of figures about customers, checked on generated models.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use appraise::case::{Benefit, BenefitKind, Capital, Category, CostLine, CostOfCapital, EconomicValueAdded, Plan};
use appraise::customers::{
    Composition, CustomerState, Customers, FirstMargin, Funnel, Lifetime, LifetimeValue, Segment, Stage, StateCounts,
    StateKind, States, Transitions,
};
use appraise::{Amount, Appraisal, Draft, Horizon, Outcome};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};

fn config() -> Config {
    Config { cases: 64, rng_seed: RngSeed::Fixed(2026), failure_persistence: None, ..Config::default() }
}

fn appraisal(draft: Draft) -> Appraisal {
    Appraisal::new(draft).unwrap_or_else(|problems| panic!("{problems}"))
}

fn figure(outcome: &Outcome, id: &str) -> Decimal {
    match outcome.figure(id) {
        Some(Ok(value)) => value,
        other => panic!("{id}: {other:?}"),
    }
}

#[track_caller]
fn assert_near(a: Decimal, b: Decimal) {
    let largest = a.abs().max(b.abs()).max(Decimal::ONE);
    assert!((a - b).abs() / largest <= dec!(1e-18), "{a} is not {b}");
}

fn per_year(amounts: impl IntoIterator<Item = Decimal>) -> Amount {
    Amount::PerYear(amounts.into_iter().collect())
}

fn horizon(years: usize) -> Horizon {
    Horizon { first_year: None, years: u32::try_from(years).unwrap() }
}

fn with(customers: Customers) -> Draft {
    Draft { horizon: horizon(5), discount_rate: Some(dec!(0.1).into()), customers: Some(customers), ..Draft::default() }
}

fn valued(segment: Segment, lifetime: Lifetime, first_margin: FirstMargin, years: usize) -> Draft {
    let value = LifetimeValue { lifetime, first_margin, ..LifetimeValue::new([segment]) };
    let customers = Customers { lifetime_value: Some(value), ..Customers::default() };
    Draft { horizon: horizon(years), ..with(customers) }
}

proptest! {
    #![proptest_config(config())]

    /// The present value of the economic value added of a project whose capital is depreciated in full over its life, by
    /// whatever schedule, is the net present value of its cash flows: how it is depreciated moves no value.
    #[test]
    fn economic_value_added_is_net_present_value(
        life in prop::collection::vec((0i64..1_000_000, 1i64..100), 1..12),
        rate in 0i64..300,
        tax in 0i64..500,
    ) {
        let (wacc, tax) = (Decimal::new(rate, 3), Decimal::new(tax, 3));
        // the schedule is of any shape; the capital is its sum, so that nothing is left of it
        let depreciation: Vec<Decimal> = life.iter().map(|(_, part)| Decimal::from(*part * 1_000)).collect();
        let invested: Decimal = depreciation.iter().sum();
        let cash: Vec<Decimal> = life.iter().map(|(cash, _)| Decimal::from(*cash)).collect();
        let ebit = cash.iter().zip(&depreciation).map(|(cash, part)| *cash - *part);
        let mut left = invested;
        let closing = depreciation.iter().map(|part| { left -= *part; left }).collect::<Vec<_>>();
        prop_assert_eq!(closing.last().copied(), Some(Decimal::ZERO));
        let capital = Capital { opening: invested.into(), closing: per_year(closing) };
        let stated = EconomicValueAdded::new(per_year(ebit), tax, CostOfCapital::Rate(wacc.into()), capital);
        // the same project as a business case: the purchase, and each year's cash after tax
        let after_tax = cash.iter().zip(&depreciation).map(|(cash, part)| *cash - (*cash - *part) * tax);
        let draft = Draft {
            horizon: horizon(life.len()),
            discount_rate: Some(wacc.into()),
            plan: Plan { costs: Some(vec![CostLine { initial: Some(invested.into()), ..CostLine::new(Category::Other, "capital") }]), benefits: Some(vec![Benefit { annual: Some(per_year(after_tax)), ..Benefit::new("cash", BenefitKind::Saving) }]), ..Plan::default() },
            economic_value_added: Some(stated),
            ..Draft::default()
        };
        let appraisal = appraisal(draft);
        let outcome = appraisal.base();
        assert_near(figure(&outcome, "eva.present_value"), figure(&outcome, "case.npv"));
        assert_near(figure(&outcome, "eva.npv"), figure(&outcome, "case.npv"));
        assert_near(figure(&outcome, "eva.enterprise_value"), invested + figure(&outcome, "case.npv"));
    }

    /// Capital that is not depreciated in full is recovered at its book value, and the two still agree.
    #[test]
    fn capital_that_is_left_is_recovered_at_its_book_value(
        years in prop::collection::vec((-500_000i64..1_000_000, 0i64..5_000_000), 1..12),
        opening in 0i64..5_000_000,
        rate in 0i64..300,
    ) {
        let ebit = per_year(years.iter().map(|(ebit, _)| Decimal::from(*ebit)));
        let closing = per_year(years.iter().map(|(_, capital)| Decimal::from(*capital)));
        let capital = Capital { opening: opening.into(), closing };
        let wacc = CostOfCapital::Rate(Decimal::new(rate, 3).into());
        let stated = EconomicValueAdded::new(ebit, dec!(0.25), wacc, capital);
        let draft = Draft { horizon: horizon(years.len()), economic_value_added: Some(stated), ..Draft::default() };
        let appraisal = appraisal(draft);
        let outcome = appraisal.base();
        assert_near(figure(&outcome, "eva.present_value"), figure(&outcome, "eva.npv"));
    }

    /// A perpetual lifetime is the margin multiple of Gupta and Lehmann, however long the horizon is.
    #[test]
    fn a_perpetual_lifetime_does_not_know_the_horizon(
        margin in 1i64..100_000,
        retention in 0i64..1_000,
        growth in -100i64..90,
        years in 1usize..40,
    ) {
        let (retention, growth) = (Decimal::new(retention, 3), Decimal::new(growth, 3));
        let segment = Segment { growth: Some(growth.into()), ..Segment::new("a", margin, retention) };
        let stays = retention * (dec!(1) + growth);
        let of = |first_margin| {
            let appraisal = appraisal(valued(segment.clone(), Lifetime::Perpetual, first_margin, years));
            figure(&appraisal.base(), "customers.lifetime_value.value.a")
        };
        // m r / (1 + d - r (1 + g))
        assert_near(of(FirstMargin::AfterAYear), Decimal::from(margin) * retention / (dec!(1.1) - stays));
        // m (1 + d) / (1 + d - r (1 + g))
        assert_near(of(FirstMargin::AtOnce), Decimal::from(margin) * dec!(1.1) / (dec!(1.1) - stays));
    }

    /// A longer lifetime never brings less, and none brings more than a perpetual one.
    #[test]
    fn lifetimes_grow_with_their_years(margin in 0i64..100_000, retention in 0i64..1_000, years in 1u32..8) {
        let of = |lifetime| {
            let segment = Segment::new("a", margin, Decimal::new(retention, 3));
            let appraisal = appraisal(valued(segment, lifetime, FirstMargin::AfterAYear, 8));
            figure(&appraisal.base(), "customers.lifetime_value.value.a")
        };
        let (shorter, longer) = (of(Lifetime::Years(years)), of(Lifetime::Years(years + 1)));
        prop_assert!(shorter <= longer && longer <= of(Lifetime::Horizon));
        prop_assert!(of(Lifetime::Horizon) <= of(Lifetime::Perpetual));
    }

    /// Without arrivals a projection moves customers and loses nobody.
    #[test]
    fn a_projection_loses_nobody(
        counts in prop::collection::vec(0i64..100_000, 4),
        rows in prop::collection::vec(prop::collection::vec(0i64..100, 4), 4),
    ) {
        let ids = ["prospect", "active", "quiet", "lost"];
        let kinds = [StateKind::Prospect, StateKind::Active, StateKind::AtRisk, StateKind::Lost];
        let transitions = ids.iter().zip(&rows).map(|(from, row)| {
            // hundredths that add up to 1: what is left stays
            let mut left = 100;
            let mut to = Vec::new();
            for (state, share) in ids.iter().zip(row) {
                let share = if state == &ids[3] { left } else { (*share).min(left) };
                left -= share;
                to.push(((*state).to_owned(), Decimal::new(share, 2)));
            }
            Transitions { from: (*from).to_owned(), to }
        });
        let states = States {
            kinds: ids.iter().zip(kinds).map(|(id, kind)| CustomerState::new(*id, kind)).collect(),
            counts: vec![StateCounts::new("now", ids.iter().copied().zip(counts.iter().copied()))],
            transitions: transitions.collect(),
            steps: Some(6),
            ..States::default()
        };
        let appraisal = appraisal(with(Customers { states: Some(states), ..Customers::default() }));
        let outcome = appraisal.base();
        for step in 1..=6 {
            let sum: Decimal =
                ids.iter().map(|id| figure(&outcome, &format!("customers.states.projected.{step}.{id}"))).sum();
            assert_near(sum, Decimal::from(counts.iter().sum::<i64>()));
        }
    }

    /// Shares of counts sum to exactly 1, fall from part to part, and their concentration lies between 1/n and 1.
    #[test]
    fn the_parts_of_a_whole(counts in prop::collection::vec(1i64..1_000_000, 1..20)) {
        let parts = counts.iter().enumerate().map(|(part, count)| (format!("p{part}"), *count));
        let compositions = vec![Composition::of_counts("whole", parts)];
        let appraisal = appraisal(with(Customers { compositions, ..Customers::default() }));
        let report = appraisal.base().report();
        let composition = &report.customers.unwrap().compositions[0];
        let shares: Vec<Decimal> = composition.parts.iter().map(|part| part.share.number().unwrap()).collect();
        prop_assert_eq!(shares.iter().sum::<Decimal>(), Decimal::ONE);
        prop_assert!(shares.windows(2).all(|pair| pair[0] >= pair[1]));
        prop_assert_eq!(composition.parts.last().unwrap().cumulative.number(), Some(Decimal::ONE));
        let concentration = composition.concentration.number().unwrap();
        let least = Decimal::ONE / Decimal::from(counts.len());
        prop_assert!(concentration >= least - dec!(1e-20) && concentration <= Decimal::ONE);
    }

    /// The conversions of a funnel multiply to the overall conversion.
    #[test]
    fn conversions_multiply(counts in prop::collection::vec(1i64..100_000, 2..8)) {
        let stages = counts.iter().enumerate().map(|(stage, count)| Stage::new(format!("s{stage}"), *count));
        let funnel = Funnel { stages: stages.collect() };
        let appraisal = appraisal(with(Customers { funnel: Some(funnel), ..Customers::default() }));
        let outcome = appraisal.base();
        let conversions = (1..counts.len()).map(|stage| figure(&outcome, &format!("customers.funnel.conversion.s{stage}")));
        assert_near(conversions.product(), figure(&outcome, "customers.funnel.overall_conversion"));
    }
}
