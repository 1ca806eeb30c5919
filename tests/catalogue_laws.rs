//! The KPIs of the catalogue and the sections of a document that compute the same must say the same: economic value added
//! with its parts, and the value of customers.
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test fails by panicking")]

use appraise::case::{Capital, EconomicValueAdded, WeightedCapital};
use appraise::customers::{Customers, Lifetime, LifetimeValue, Segment};
use appraise::scorecard::{Criterion, KpiUse, Measure, Scorecard};
use appraise::{Amount, Appraisal, Draft, Horizon, Outcome, Period, Periods};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};

fn config() -> Config {
    Config { cases: 64, rng_seed: RngSeed::Fixed(2026), failure_persistence: None, ..Config::default() }
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

fn indicators(uses: impl IntoIterator<Item = KpiUse>) -> Scorecard {
    let indicator = |used: KpiUse| Criterion::indicator(used.kpi.clone(), Measure::default().kpi(used));
    Scorecard::new(uses.into_iter().map(indicator))
}

/// Values of the years from 2026 on.
fn by_year(values: impl IntoIterator<Item = Decimal>) -> Amount {
    let years = (2026..).map(|year: i32| year.to_string().parse::<Period>().unwrap());
    Amount::PerPeriod(years.zip(values).collect())
}

proptest! {
    #![proptest_config(config())]

    /// `nopat`, `wacc`, `eva` and `roic` of the catalogue over periods of a year are `eva.…` of the statements of each year.
    #[test]
    fn the_kpis_of_economic_value_added_are_its_section(
        years in prop::collection::vec((-500_000i64..1_000_000, 1i64..5_000_000), 1..8),
        opening in 1i64..5_000_000,
        tax in 0i64..500,
        (equity, debt) in (1i64..1_000, 0i64..1_000),
        (cost_of_equity, cost_of_debt) in (1i64..300, 1i64..200),
    ) {
        let (tax, equity, debt) = (Decimal::new(tax, 3), Decimal::from(equity), Decimal::from(debt));
        let (cost_of_equity, cost_of_debt) = (Decimal::new(cost_of_equity, 3), Decimal::new(cost_of_debt, 3));
        let ebit: Vec<Decimal> = years.iter().map(|(ebit, _)| Decimal::from(*ebit)).collect();
        let closing: Vec<Decimal> = years.iter().map(|(_, capital)| Decimal::from(*capital)).collect();
        let weighted = WeightedCapital::new(equity, debt, cost_of_equity, cost_of_debt).into();
        let capital = Capital { opening: opening.into(), closing: Amount::PerYear(closing.clone()) };
        let stated = EconomicValueAdded::new(Amount::PerYear(ebit.clone()), tax, weighted, capital);
        let horizon = Horizon { first_year: None, years: u32::try_from(years.len()).unwrap() };
        let section = Draft { horizon, economic_value_added: Some(stated), ..Draft::default() };
        let section = Appraisal::new(section).unwrap_or_else(|problems| panic!("{problems}"));
        let section = section.base();
        let of_years = |figure_of: &str| -> Vec<Decimal> {
            (1..=years.len()).map(|year| figure(&section, &format!("eva.{figure_of}.{year}"))).collect()
        };

        let wacc = figure(&section, "eva.wacc");
        let nopat = of_years("nopat");
        let begins = || by_year(std::iter::once(Decimal::from(opening)).chain(closing.iter().copied()).take(years.len()));
        let uses = [
            KpiUse::new("nopat").with("ebit", by_year(ebit.clone())).with("tax_rate", tax),
            KpiUse::new("wacc")
                .with("equity", equity)
                .with("debt", debt)
                .with("cost_of_equity", cost_of_equity)
                .with("cost_of_debt", cost_of_debt)
                .with("tax_rate", tax),
            KpiUse::new("eva").with("nopat", by_year(nopat.clone())).with("wacc", wacc).with("invested_capital", begins()),
            KpiUse::new("roic").with("nopat", by_year(nopat.clone())).with("invested_capital", begins()),
        ];
        let year = |number: i32| (2025 + number).to_string().parse::<Period>().unwrap();
        let last = i32::try_from(years.len()).unwrap();
        let card = Scorecard { periods: Some(Periods::new(year(1), year(last))), ..indicators(uses) };
        let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() })
            .unwrap_or_else(|problems| panic!("{problems}"));
        let kpis = appraisal.base();
        assert_near(figure(&kpis, "scorecard.wacc.actual"), wacc);
        for (kpi, figure_of) in [("nopat", "nopat"), ("eva", "value"), ("roic", "roic")] {
            for (number, of_section) in (1..).zip(of_years(figure_of)) {
                let id = format!("scorecard.{kpi}.by_period.actual.{}", year(number));
                assert_near(figure(&kpis, &id), of_section);
            }
        }
    }

    /// `clv_margin` is a perpetual lifetime, `clv_finite` one of so many years, `clv_to_cac` the ratio and `customer_equity` the
    /// customers times their value, all with the first margin a year from now.
    #[test]
    fn the_kpis_of_customer_value_are_its_section(
        margin in 1i64..100_000,
        retention in 0i64..1_000,
        rate in 1i64..300,
        cost in 1i64..10_000,
        customers in 0i64..100_000,
        years in 1u32..12,
    ) {
        let (retention, rate) = (Decimal::new(retention, 3), Decimal::new(rate, 3));
        let of = |lifetime| {
            let segment = Segment {
                acquisition_cost: Some(cost.into()),
                new_customers: Some(customers.into()),
                ..Segment::new("a", margin, retention)
            };
            let value = LifetimeValue { lifetime, ..LifetimeValue::new([segment]) };
            let draft = Draft {
                horizon: Horizon { first_year: None, years },
                discount_rate: Some(rate.into()),
                customers: Some(Customers { lifetime_value: Some(value), ..Customers::default() }),
                ..Draft::default()
            };
            let appraisal = Appraisal::new(draft).unwrap_or_else(|problems| panic!("{problems}"));
            let outcome = appraisal.base();
            ["value.a", "gross.a", "ratio.a", "customer_equity"]
                .map(|of| figure(&outcome, &format!("customers.lifetime_value.{of}")))
        };
        let [perpetual, gross, ratio, equity] = of(Lifetime::Perpetual);
        let [finite, ..] = of(Lifetime::Years(years));
        let valued = |kpi: &str| {
            KpiUse::new(kpi)
                .with("annual_margin", margin)
                .with("retention_rate", retention)
                .with("discount_rate", rate)
                .with("acquisition_cost", cost)
        };
        let card = indicators([
            valued("clv_margin"),
            valued("clv_finite").with("years", i64::from(years)),
            KpiUse::new("clv_to_cac").with("clv", gross).with("cac", cost),
            KpiUse::new("customer_equity").with("active_customers", customers).with("avg_clv", perpetual),
        ]);
        let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() })
            .unwrap_or_else(|problems| panic!("{problems}"));
        let kpis = appraisal.base();
        let of_kpis = ["clv_margin", "clv_finite", "clv_to_cac", "customer_equity"];
        for (kpi, of_section) in of_kpis.into_iter().zip([perpetual, finite, ratio, equity]) {
            assert_near(figure(&kpis, &format!("scorecard.{kpi}.actual")), of_section);
        }
    }
}
