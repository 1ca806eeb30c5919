//! Laws of views of costs: they are of the same money, and what is real is worth what it is worth in nominal terms, be it
//! costs, benefits or what is left of both.
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test fails by panicking")]

use appraise::case::{Benefit, BenefitKind, Category, CostLine, Plan, Reserves, Tax, Terms, Timing, Valuation};
use appraise::{Amount, Appraisal, Draft, Horizon};
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

/// Year 0, the later years, and the phase of a line.
type Line = (i64, Vec<i64>, Option<&'static str>);

fn lines(years: usize) -> impl Strategy<Value = Vec<Line>> {
    let phase = prop::option::of(prop::sample::select(vec!["build", "run", "exit", "pilot"]));
    let line = (1_i64..500_000, prop::collection::vec(0_i64..200_000, years..=years), phase);
    prop::collection::vec(line, 1..6)
}

fn plans() -> impl Strategy<Value = Vec<Line>> {
    (1_usize..12).prop_flat_map(lines)
}

fn draft(lines: &[Line], rate: Decimal, valuation: Valuation) -> Draft {
    let years = lines.first().map_or(1, |(_, later, _)| later.len());
    let costs = lines.iter().enumerate().map(|(number, (initial, later, phase))| CostLine {
        initial: Some((*initial).into()),
        annual: Some(Amount::PerYear(later.iter().map(|amount| Decimal::from(*amount)).collect())),
        phase: phase.map(str::to_owned),
        ..CostLine::new(Category::ALL.into_iter().nth(number % 8).unwrap(), format!("line_{number}"))
    });
    let reserves =
        Reserves { run: Some(dec!(0.15).into()), change: Some(dec!(0.3).into()), from: 1, ..Reserves::default() };
    let plan = Plan { costs: Some(costs.collect()), reserves: Some(reserves), ..Plan::default() };
    Draft {
        horizon: Horizon { first_year: None, years: u32::try_from(years).unwrap() },
        discount_rate: Some(rate.into()),
        valuation,
        plan,
        ..Draft::default()
    }
}

fn figure(appraisal: &Appraisal, id: &str) -> Decimal {
    appraisal.base().figure(id).unwrap_or_else(|| panic!("{id}")).unwrap()
}

#[track_caller]
fn assert_near(one: Decimal, other: Decimal, scale: Decimal) {
    let tolerance = dec!(0.000000000000001) * scale.abs().max(Decimal::ONE);
    assert!((one - other).abs() <= tolerance, "{one} and {other}");
}

fn terms() -> impl Strategy<Value = Terms> {
    prop::sample::select(vec![Terms::Nominal, Terms::Real])
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn views_are_of_the_same_money(lines in plans(), rate in 0_i64..30) {
        let appraisal = Appraisal::new(draft(&lines, Decimal::new(rate, 2), Valuation::default())).unwrap();
        let figure = |id: &str| figure(&appraisal, id);
        let last = lines[0].1.len();
        let nominal = figure("costs.nominal");
        let present = figure("costs.present_value");
        prop_assert_eq!(figure(&format!("costs.cumulative.{last}")), nominal);
        prop_assert_eq!(figure(&format!("costs.horizon_gap.{last}")), Decimal::ONE);
        for year in 1..=last {
            let shown = |year: usize| figure(&format!("costs.horizon_gap.{year}"));
            prop_assert!(shown(year - 1) <= shown(year));
        }
        assert_near(figure("costs.initial_share") + figure("costs.ongoing_share"), Decimal::ONE, Decimal::ONE);
        assert_near(figure("costs.equivalent_annual") * figure("case.annuity_factor"), present, present);
        assert_near(figure("costs.reserves.nominal") + nominal, figure("costs.with_reserves.nominal"), nominal);
        if lines.iter().any(|(.., phase)| phase.is_some()) {
            let sum = |part: &str| -> Decimal {
                let phases = ["build", "run", "exit", "pilot"].map(|phase| format!("costs.phase.{phase}.{part}"));
                phases.iter().filter_map(|id| appraisal.base().figure(id)).map(Result::unwrap).sum()
            };
            prop_assert_eq!(sum("nominal"), nominal);
            assert_near(sum("present_value"), present, present);
        }
    }

    #[test]
    fn real_flows_at_the_real_rate_are_worth_what_nominal_ones_are_at_the_nominal_rate(
        lines in plans(),
        rate in 0_i64..30,
        inflation in -5_i64..15,
        (rate_is, prices) in (terms(), terms()),
        timing in prop::sample::select(Timing::ALL.map(|(_, timing)| timing).to_vec()),
        saved in 0_i64..900_000,
        tax in prop::option::of(0_i64..60),
    ) {
        let inflation = Decimal::new(inflation, 2);
        let valuation = Valuation { timing, inflation: Some(inflation.into()), rate_is, prices, ..Valuation::default() };
        let mut stated = draft(&lines, Decimal::new(rate, 2), valuation);
        let saved = Benefit { annual: Some(saved.into()), ..Benefit::new("saved", BenefitKind::Saving) };
        stated.plan.benefits = Some(vec![saved]);
        stated.tax = tax.map(|tax| Tax::at(Decimal::new(tax, 2)));
        let appraisal = Appraisal::new(stated).unwrap();
        let figure = |id: &str| figure(&appraisal, id);
        let present = figure("costs.present_value");
        let scale = present + figure("benefits.present_value");
        let views = [
            ("costs", "costs.present_value"),
            ("benefits", "benefits.present_value"),
            ("case.net", "case.npv"),
            ("case.after_tax.net", "case.after_tax.npv"),
        ];
        for (row, present) in views.into_iter().filter(|(row, _)| tax.is_some() || *row != "case.after_tax.net") {
            let present = figure(present);
            for view in ["current", "constant"] {
                assert_near(figure(&format!("{row}.at_{view}_prices.present_value")), present, scale);
            }
        }
        // what is left is what comes in less what goes out, in both terms and in every year
        for view in ["at_current_prices", "at_constant_prices"] {
            for year in 0..=lines[0].1.len() {
                let of = |row: &str| figure(&format!("{row}.{view}.{year}"));
                assert_near(of("case.net"), of("benefits") - of("costs"), of("benefits") + of("costs"));
            }
        }
        // prices rise by the same from each year to the next, whenever in a year money flows
        let index = |year: usize| figure(&format!("case.price_index.{year}"));
        for year in 2..=lines[0].1.len() {
            assert_near(index(year), index(year - 1) * (Decimal::ONE + inflation), index(year));
        }
        let [nominal, real] = ["nominal", "real"].map(|terms| figure(&format!("case.{terms}_discount_rate")));
        assert_near(nominal + Decimal::ONE, (real + Decimal::ONE) * (inflation + Decimal::ONE), Decimal::ONE);
        // year 0 is at the same prices in both terms
        prop_assert_eq!(figure("costs.at_current_prices.0"), figure("costs.at_constant_prices.0"));
        if inflation.is_zero() {
            assert_near(figure("costs.at_constant_prices.total"), figure("costs.nominal"), present);
        }
    }
}
