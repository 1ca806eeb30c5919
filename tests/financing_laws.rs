//! Laws of financing and of the cost of capital, checked on generated contracts.
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test fails by panicking")]

use appraise::case::{
    Benefit, BenefitKind, Borrowed, DepreciationMethod, Financing, Lease, Loan, Plan, Repayment, Tax, WeightedCapital,
};
use appraise::{Appraisal, Draft, Horizon, Outcome};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};

const YEARS: u32 = 12;

fn config() -> Config {
    Config { cases: 128, rng_seed: RngSeed::Fixed(2026), failure_persistence: None, ..Config::default() }
}

/// Two amounts differ by a part of 10^-12 of the larger one, or of 1.
#[track_caller]
fn assert_near(a: Decimal, b: Decimal) {
    let largest = a.abs().max(b.abs()).max(Decimal::ONE);
    assert!((a - b).abs() / largest <= Decimal::new(1, 12), "{a} is not {b}");
}

fn appraised(tax: Decimal, financing: Financing) -> Appraisal {
    let benefit = Benefit { annual: Some(1.into()), ..Benefit::new("b", BenefitKind::Saving) };
    let plan =
        Plan { costs: Some(Vec::new()), benefits: Some(vec![benefit]), financing: Some(financing), ..Plan::default() };
    let horizon = Horizon { first_year: None, years: YEARS };
    let draft = Draft { horizon, tax: Some(Tax::at(tax)), plan, ..Draft::default() };
    Appraisal::new(draft).unwrap_or_else(|problems| panic!("{problems}"))
}

#[track_caller]
fn figure(outcome: &Outcome, id: &str) -> Decimal {
    outcome.figure(&format!("financing.{id}")).unwrap().unwrap()
}

fn rate() -> impl Strategy<Value = Decimal> {
    prop_oneof![8 => (0i64..4_000).prop_map(|rate| Decimal::new(rate, 4)), 1 => Just(Decimal::ZERO)]
}

proptest! {
    #![proptest_config(config())]

    /// Interest and principal are the payment, the principals repay the loan, nothing is owed in the end; and at its own
    /// rate after tax a loan is worth exactly what it brings.
    #[test]
    fn a_loan_is_repaid_and_is_worth_what_it_brings(
        price in 1i64..100_000_000,
        share in 0i64..=100,
        rate in rate(),
        tax in 0i64..60,
        years in 1..=YEARS,
        life in 1u32..20,
        residual in 0i64..10_000_000,
        repayment in prop::sample::select(Repayment::ALL.map(|(_, repayment)| repayment).to_vec()),
    ) {
        let borrowed = Borrowed::Share(Decimal::new(share, 2).into());
        let loan = Loan { borrowed, ..Loan::new("bank", rate, years, repayment) };
        let financing = Financing {
            depreciation: Some(DepreciationMethod::StraightLine { life }.into()),
            residual: Some(Decimal::new(residual, 2).into()),
            loans: vec![loan],
            ..Financing::of_price(Decimal::new(price, 2))
        };
        let appraisal = appraised(Decimal::new(tax, 2), financing);
        let outcome = appraisal.base();
        let of = |what: &str, year: u32| figure(&outcome, &format!("loans.bank.{what}.{year}"));
        let amount = figure(&outcome, "loans.bank.amount");
        let mut repaid = Decimal::ZERO;
        for year in 0..=YEARS {
            prop_assert_eq!(of("payment", year), of("interest", year) + of("principal", year));
            repaid += of("principal", year);
            assert_near(amount - repaid, of("balance", year));
            prop_assert!(year < years || of("balance", year).is_zero());
            prop_assert!(year <= years || of("payment", year).is_zero());
        }
        assert_near(figure(&outcome, "loans.bank.advantage") / figure(&outcome, "price"), Decimal::ZERO);
        if repayment == Repayment::Level {
            (2..=years).for_each(|year| assert_near(of("payment", year), of("payment", 1)));
        }
    }

    /// A lease whose implicit rate is its rate is neither better nor worse without tax, and dearer the more is paid.
    #[test]
    fn a_lease_is_worth_its_price_at_its_implicit_rate(
        payment in 9_000i64..40_000,
        years in 2..=YEARS,
        in_advance in any::<bool>(),
        buy_out in 0i64..50_000,
    ) {
        let lease = Lease { in_advance, buy_out: Some(buy_out.into()), ..Lease::new("a", payment, years) };
        let price = Decimal::from(payment * i64::from(years)) * dec!(0.8);
        let dearer = Lease { id: "b".to_owned(), payment: (payment + 1).into(), ..lease.clone() };
        let of = |rate: Decimal| {
            let leases = vec![lease.clone(), dearer.clone()];
            appraised(Decimal::ZERO, Financing { rate: Some(rate.into()), leases, ..Financing::of_price(price) })
        };
        let appraisal = of(dec!(0.1));
        let implicit = figure(&appraisal.base(), "leases.a.implicit_rate");
        prop_assert!(figure(&appraisal.base(), "leases.b.implicit_rate") > implicit);
        if implicit < Decimal::ONE {
            let at_it = of(implicit);
            let outcome = at_it.base();
            assert_near(figure(&outcome, "leases.a.advantage") / price, Decimal::ZERO);
            prop_assert!(figure(&outcome, "leases.b.advantage") < figure(&outcome, "leases.a.advantage"));
            prop_assert_eq!(figure(&outcome, "leases.b.rank"), dec!(3));
        }
    }

    /// Capital costs no less than its cheapest source and no more than its dearest.
    #[test]
    fn capital_costs_what_its_sources_cost(
        (equity, debt) in (1i64..1_000, 0i64..1_000),
        (cost_of_equity, cost_of_debt, tax) in (0i64..400, 0i64..400, 0i64..60),
    ) {
        let [of_equity, of_debt] = [cost_of_equity, cost_of_debt].map(|cost| Decimal::new(cost, 3));
        let tax = Decimal::new(tax, 2);
        let capital = WeightedCapital { tax_rate: Some(tax.into()), ..WeightedCapital::new(equity, debt, of_equity, of_debt) };
        let plan = Plan { costs: Some(Vec::new()), ..Plan::default() };
        let appraisal = Appraisal::new(Draft { discount_rate: Some(capital.into()), plan, ..Draft::default() }).unwrap();
        let rate = appraisal.base().figure("discount_rate").unwrap().unwrap();
        let after_tax = of_debt * (Decimal::ONE - tax);
        let rounding = Decimal::new(1, 20);
        prop_assert!(rate >= of_equity.min(after_tax) - rounding && rate <= of_equity.max(after_tax) + rounding);
    }
}
