//! Laws of the financial functions, checked on generated loans, assets and profits.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use appraise::kernel::{
    CapitalSource, DecliningRest, Depreciation, Due, Instalment, Loan, LossRelief, NoAnnuityRate, Repayment,
    after_tax_flows, annuity_factor, annuity_rate, depreciate, effective_rate, future_value, inflated_rate,
    level_payment, levered_beta, nominal_rate, number_of_periods, periodic_rate, present_value, real_rate, spreadsheet,
    tax_shield, taxes, unlevered_beta, wacc,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rust_decimal::{Decimal, dec};

fn config() -> Config {
    Config { cases: 256, rng_seed: RngSeed::Fixed(2026), failure_persistence: None, ..Config::default() }
}

/// Two numbers differ by a part of 10^-`digits` of the larger one, or of 1.
#[track_caller]
fn assert_near(a: Decimal, b: Decimal, digits: u32) {
    let largest = a.abs().max(b.abs()).max(Decimal::ONE);
    assert!((a - b).abs() / largest <= Decimal::new(1, digits), "{a} is not {b}");
}

/// An amount of money with cents.
fn money() -> impl Strategy<Value = Decimal> {
    (0i64..10_000_000_000).prop_map(|cents| Decimal::new(cents, 2))
}

/// A rate a period from -10 % to 40 %, in hundredths of a percent, or so small that digits could cancel.
fn rate() -> impl Strategy<Value = Decimal> {
    prop_oneof![4 => (-1_000i64..4_000).prop_map(|rate| Decimal::new(rate, 4)),
        1 => (-1_000i64..1_000).prop_map(|rate| Decimal::new(rate, 16))]
}

fn due() -> impl Strategy<Value = Due> {
    prop_oneof![Just(Due::End), Just(Due::Beginning)]
}

/// Any number that a program might pass.
fn hostile() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        Just(Decimal::MAX),
        Just(Decimal::MIN),
        Just(Decimal::ZERO),
        Just(Decimal::NEGATIVE_ONE),
        Just(Decimal::new(1, 28)),
        Just(Decimal::new(-1, 28)),
        Just(dec!(-0.9999999999999999999999999999)),
        (any::<i128>(), 0u32..29).prop_map(|(mantissa, scale)| {
            let bound = (1i128 << 96) - 1;
            Decimal::try_from_i128_with_scale(mantissa.clamp(-bound, bound), scale).unwrap()
        }),
        (any::<i64>(), 0u32..20).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale)),
        rate(),
    ]
}

fn hostile_count() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), Just(1), Just(u32::MAX), 0u32..400, any::<u32>()]
}

fn methods(life: u32, factor: Decimal, last: u32, shares: &[Decimal], expected: Decimal) -> [Depreciation<'_>; 8] {
    [
        Depreciation::StraightLine { life },
        Depreciation::SumOfYearsDigits { life },
        Depreciation::FixedDecliningBalance { life },
        Depreciation::DecliningBalance { life, factor, rest: DecliningRest::Switch },
        Depreciation::DecliningBalance { life, factor, rest: DecliningRest::LastPeriods(last) },
        Depreciation::DecliningBalance { life, factor, rest: DecliningRest::Left },
        Depreciation::Table { shares },
        Depreciation::UnitsOfProduction { units: shares, expected },
    ]
}

proptest! {
    #![proptest_config(config())]

    /// What payments are worth today, left alone until the end, is what they are worth there.
    #[test]
    fn present_and_future_value_are_one_value(
        rate in rate(), periods in 0u32..60, payment in money(), sum in money(), due in due(),
    ) {
        let periods = Decimal::from(periods);
        let today = present_value(rate, periods, payment, sum, due).unwrap();
        let end = future_value(rate, periods, Decimal::ZERO, today, due).unwrap();
        assert_near(end, future_value(rate, periods, payment, Decimal::ZERO, due).unwrap() + sum, 18);
        let back = present_value(rate, periods, Decimal::ZERO, end, due).unwrap();
        assert_near(back, today, 18);
    }

    /// The payment, the number of payments and the rate of a loan give each other.
    #[test]
    fn the_equation_is_solved_for_every_letter(
        rate in 0i64..3_000, periods in 2u32..240, amount in 1i64..1_000_000, rest in 0i64..100, due in due(),
    ) {
        let (rate, amount) = (Decimal::new(rate, 4), Decimal::from(amount));
        let rest = amount * Decimal::new(rest, 2);
        let payment = level_payment(rate, periods.into(), amount, rest, due).unwrap();
        assert_near(present_value(rate, periods.into(), payment, rest, due).unwrap(), amount, 20);
        // late payments on dear loans are almost interest alone: the number of them stands on few digits
        if rate * Decimal::from(periods) < dec!(15) {
            assert_near(number_of_periods(rate, payment, amount, rest, due).unwrap(), periods.into(), 12);
        }
        assert_near(annuity_rate(periods, payment, amount, rest, due).unwrap(), rate, 15);
        let sheet = spreadsheet::pmt(rate, periods.into(), amount, -rest, due).unwrap();
        prop_assert_eq!(sheet, -payment);
        let factor = annuity_factor(rate, periods.into(), due).unwrap();
        let repaid = present_value(rate, periods.into(), payment, Decimal::ZERO, due).unwrap();
        assert_near(payment * factor, repaid, 20);
    }

    /// A loan is repaid: nothing is owed at the end, each payment is its interest and its principal, the principals sum
    /// to the amount to the last digit, and what is paid is worth the amount.
    #[test]
    fn loans_are_repaid(
        amount in money(), rate in rate(), periods in 1u32..80, balloon in 0i64..=100, kind in 0..3,
    ) {
        let balloon = amount * Decimal::new(balloon, 2);
        let repayment = match kind {
            0 => Repayment::Level { balloon },
            1 => Repayment::EqualPrincipal { balloon },
            _ => Repayment::InterestOnly,
        };
        let loan = Loan::new(amount, rate, periods, repayment).unwrap();
        let mut rows = vec![Instalment::default(); periods.try_into().unwrap()];
        loan.schedule(&mut rows).unwrap();
        let mut before = amount;
        let mut worth = Decimal::ZERO;
        for row in &rows {
            prop_assert_eq!(row.interest + row.principal, row.payment);
            prop_assert_eq!(before - row.principal, row.balance);
            assert_near(row.interest, before * rate, 18);
            before = row.balance;
        }
        for row in rows.iter().rev() {
            worth = (worth + row.payment) / (Decimal::ONE + rate);
        }
        prop_assert_eq!(before, Decimal::ZERO);
        prop_assert_eq!(rows.iter().map(|row| row.principal).sum::<Decimal>(), amount);
        assert_near(worth, amount, 16);
        assert_near(loan.interest_between(1, periods).unwrap(), rows.iter().map(|row| row.interest).sum(), 16);
        if kind == 0 {
            for pair in rows[..rows.len() - 1].windows(2) {
                assert_near(pair[0].payment, pair[1].payment, 16);
            }
            let sheet = spreadsheet::pmt(rate, periods.into(), amount, -balloon, Due::End).unwrap();
            assert_near(rows[rows.len() - 1].payment - balloon, -sheet, 16);
        }
    }

    /// Whatever the method, charges are not negative, sum to cost less residual value to the last digit, and leave no
    /// less than the residual value in the books at any time.
    #[test]
    fn depreciation_spreads_the_cost(
        cost in money(), residual in 1i64..=100, life in 1u32..50, factor in 1i64..500, last in 1u32..5,
        parts in prop::collection::vec(0i64..1_000, 1..30),
    ) {
        let residual = cost * Decimal::new(residual, 2);
        let total: i64 = parts.iter().sum();
        // shares of a thousandth each, the first takes what is left
        let shares: Vec<Decimal> = parts.iter().map(|part| Decimal::new(*part, 3)).collect();
        let rest = Decimal::ONE - Decimal::new(total, 3);
        let shares: Vec<Decimal> = if rest >= Decimal::ZERO { [&[rest], &shares[..]].concat() } else { vec![dec!(0.4), dec!(0.6)] };
        for method in methods(life, Decimal::new(factor, 2), last, &shares, Decimal::ONE) {
            let mut charges = [Decimal::ZERO; 60];
            depreciate(cost, residual, &method, &mut charges).unwrap();
            let mut book = cost;
            for charge in charges {
                prop_assert!(charge >= Decimal::ZERO, "{method:?} {charge}");
                book -= charge;
                prop_assert!(book >= residual, "{method:?} {book}");
            }
            let left = matches!(method, Depreciation::DecliningBalance { rest: DecliningRest::Left, .. });
            prop_assert!(left || book == residual, "{method:?} {book} {residual}");
            let sum: Decimal = charges.iter().sum();
            prop_assert_eq!(sum, cost - book);
            // a shorter row holds the first periods
            let mut first = [Decimal::ZERO; 3];
            depreciate(cost, residual, &method, &mut first).unwrap();
            prop_assert_eq!(&first[..], &charges[..3]);
        }
    }

    /// Spreadsheets say the same of a period, where they do not round the rate.
    #[test]
    fn spreadsheets_depreciate_alike(
        cost in money(), residual in 0i64..=100, life in 1u32..40, factor in 1i64..500,
    ) {
        let (residual, factor) = (cost * Decimal::new(residual, 2), Decimal::new(factor, 2));
        let mut rows = [[Decimal::ZERO; 40]; 4];
        let all = [
            Depreciation::StraightLine { life },
            Depreciation::SumOfYearsDigits { life },
            Depreciation::DecliningBalance { life, factor, rest: DecliningRest::Left },
            Depreciation::DecliningBalance { life, factor, rest: DecliningRest::Switch },
        ];
        for (row, method) in rows.iter_mut().zip(&all) {
            depreciate(cost, residual, method, row).unwrap();
        }
        let whole = Decimal::from(life);
        for (index, period) in (0..).zip(1..=life) {
            let per = Decimal::from(period);
            let sheet = [
                spreadsheet::sln(cost, residual, whole).unwrap(),
                spreadsheet::syd(cost, residual, whole, per).unwrap(),
                spreadsheet::ddb(cost, residual, whole, period, factor).unwrap(),
                spreadsheet::vdb(cost, residual, whole, per - Decimal::ONE, per, factor, false).unwrap(),
            ];
            for (row, sheet) in rows.iter().zip(sheet) {
                assert_near(row[index], sheet, 15);
            }
        }
    }

    /// Losses that are carried forward never raise the sum of taxes, and never lower it below what losses at once do.
    #[test]
    fn losses_lower_the_tax(
        profits in prop::collection::vec(-1_000_000i64..1_000_000, 0..30), rate in 0i64..=100,
        years in prop::option::of(0u32..12), limit in 0i64..=100,
    ) {
        let profits: Vec<Decimal> = profits.into_iter().map(Decimal::from).collect();
        let rate = Decimal::new(rate, 2);
        let paid = |relief| {
            let mut row = vec![Decimal::ZERO; profits.len()];
            taxes(&profits, rate, relief, &mut row).unwrap();
            row
        };
        let sum = |relief| paid(relief).iter().sum::<Decimal>();
        let carried = |years, limit| sum(LossRelief::CarriedForward { years, limit });
        let limit = Decimal::new(limit, 2);
        let (without, with) = (sum(LossRelief::None), carried(years, limit));
        prop_assert!(with <= without);
        prop_assert!(carried(years, Decimal::ONE) <= with);
        prop_assert!(carried(None, limit) <= with);
        prop_assert!(sum(LossRelief::AtOnce) <= carried(None, Decimal::ONE));
        prop_assert_eq!(carried(Some(0), limit), without);
        prop_assert_eq!(carried(years, Decimal::ZERO), without);
        let relief = LossRelief::CarriedForward { years, limit };
        prop_assert!(paid(relief).iter().all(|tax| *tax >= Decimal::ZERO));
        // flows without deductions are what profits are
        let mut left = vec![Decimal::ZERO; profits.len()];
        after_tax_flows(&profits, &vec![Decimal::ZERO; profits.len()], rate, relief, &mut left).unwrap();
        let expected: Vec<Decimal> = profits.iter().zip(paid(relief)).map(|(profit, tax)| profit - tax).collect();
        prop_assert_eq!(left, expected);
    }

    /// Where losses save tax at once, a deduction adds its shield to the flow, whatever else there is.
    #[test]
    fn a_deduction_is_worth_its_shield(
        flow in -1_000_000i64..1_000_000, deduction in 0i64..1_000_000, rate in 0i64..=100,
    ) {
        let (flow, deduction, rate) = (Decimal::from(flow), Decimal::from(deduction), Decimal::new(rate, 2));
        let of = |deduction| {
            let mut left = [Decimal::ZERO];
            after_tax_flows(&[flow], &[deduction], rate, LossRelief::AtOnce, &mut left).unwrap();
            left[0]
        };
        prop_assert_eq!(of(deduction), of(Decimal::ZERO) + tax_shield(deduction, rate).unwrap());
    }

    /// Effective and nominal rates, rates with and without inflation, and betas undo each other.
    #[test]
    fn rates_are_inverse(
        rate in rate(), inflation in rate(), periods in 1u32..400, debt in 0i64..1_000, tax in 0i64..=100,
    ) {
        let effective = effective_rate(rate, periods).unwrap();
        assert_near(nominal_rate(effective, periods).unwrap(), rate, 20);
        assert_near(periodic_rate(effective, periods).unwrap() * Decimal::from(periods), rate, 20);
        let end = future_value(periodic_rate(rate, periods).unwrap(), periods.into(), dec!(0), dec!(1), Due::End).unwrap();
        assert_near(end, Decimal::ONE + rate, 20);
        prop_assert!(rate <= Decimal::ZERO || effective >= rate);
        assert_near(real_rate(inflated_rate(rate, inflation).unwrap(), inflation).unwrap(), rate, 24);
        let (debt, tax) = (Decimal::from(debt), Decimal::new(tax, 2));
        let beta = levered_beta(dec!(0.9), debt, dec!(500), tax).unwrap();
        prop_assert!(beta >= dec!(0.9));
        assert_near(unlevered_beta(beta, debt, dec!(500), tax).unwrap(), dec!(0.9), 24);
    }

    /// The cost of capital lies between the cheapest and the dearest source, and does not depend on the unit of weights.
    #[test]
    fn a_cost_of_capital_is_a_mean(sources in prop::collection::vec((1i64..1_000_000, 0i64..500), 1..8)) {
        let of = |unit: Decimal| {
            let source = |(weight, cost): &(i64, i64)| CapitalSource {
                weight: Decimal::from(*weight) * unit,
                cost: Decimal::new(*cost, 3),
            };
            wacc(&sources.iter().map(source).collect::<Vec<_>>()).unwrap()
        };
        let cost = of(Decimal::ONE);
        let costs = sources.iter().map(|(_, cost)| Decimal::new(*cost, 3));
        prop_assert!(cost >= costs.clone().min().unwrap() - dec!(1e-27) && cost <= costs.max().unwrap() + dec!(1e-27));
        assert_near(of(dec!(1_000)), cost, 26);
    }

    /// Whatever numbers come, there is an answer or a reason, at once.
    #[test]
    fn no_number_panics(
        a in hostile(), b in hostile(), c in hostile(), d in hostile(), e in hostile(),
        n in hostile_count(), m in hostile_count(), due in due(),
    ) {
        let _ = (annuity_factor(a, b, due), present_value(a, b, c, d, due), future_value(a, b, c, d, due));
        let _ = (level_payment(a, b, c, d, due), number_of_periods(a, b, c, d, due));
        let _ = (effective_rate(a, n), nominal_rate(a, n), periodic_rate(a, n), real_rate(a, b), inflated_rate(a, b));
        match annuity_rate(n, a, b, c, due) {
            Ok(rate) => prop_assert!(rate > Decimal::NEGATIVE_ONE),
            Err(NoAnnuityRate::Two { lower, higher }) => prop_assert!(lower <= higher),
            Err(_) => {}
        }
        let _ = spreadsheet::rate(n, a, b, c, due, d);
        let _ = (spreadsheet::pv(a, b, c, d, due), spreadsheet::fv(a, b, c, d, due), spreadsheet::pmt(a, b, c, d, due));
        let _ = (spreadsheet::nper(a, b, c, d, due), spreadsheet::ipmt(a, n, b, c, d, due));
        let _ = (spreadsheet::ppmt(a, n, b, c, d, due), spreadsheet::cumipmt(a, b, c, n, m, due));
        let _ = (spreadsheet::sln(a, b, c), spreadsheet::syd(a, b, c, d), spreadsheet::db(a, b, n, m, 7));
        let _ = (spreadsheet::ddb(a, b, c, n, d), spreadsheet::vdb(a, b, c, d, e, dec!(2), n % 2 == 0));
        let _ = spreadsheet::vdb(a.abs(), dec!(0), dec!(3000), dec!(1), dec!(2000), dec!(2), false);
        for repayment in [
            Repayment::Level { balloon: c },
            Repayment::EqualPrincipal { balloon: c },
            Repayment::InterestOnly,
        ] {
            if let Ok(loan) = Loan::new(a, b, n, repayment) {
                let _ = (loan.instalment(m), loan.interest_between(m, n), loan.principal_between(1, m), loan.balance(m));
                let _ = (loan.coverage(m, d), loan.schedule(&mut [Instalment::default(); 5]));
            }
        }
        let row = [d, e, a];
        for method in methods(n, c, m, &row, e) {
            let _ = depreciate(a, b, &method, &mut [Decimal::ZERO; 20]);
            let _ = depreciate(a.abs(), dec!(0), &method, &mut [Decimal::ZERO; 20]);
        }
        for relief in [
            LossRelief::None,
            LossRelief::AtOnce,
            LossRelief::CarriedForward { years: Some(n), limit: b },
            LossRelief::CarriedForward { years: Some(n), limit: dec!(0.5) },
        ] {
            let _ = taxes(&row, a, relief, &mut [Decimal::ZERO; 3]);
            let _ = taxes(&row, dec!(0.3), relief, &mut [Decimal::ZERO; 3]);
            let _ = after_tax_flows(&row, &[a, b, c], dec!(0.3), relief, &mut [Decimal::ZERO; 3]);
        }
        let sources = [CapitalSource { weight: a, cost: b }, CapitalSource { weight: c, cost: d }];
        let _ = (wacc(&sources), levered_beta(a, b, c, d), unlevered_beta(a, b, c, d), tax_shield(a, b));
    }
}
