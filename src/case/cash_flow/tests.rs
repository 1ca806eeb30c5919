//! Cash flows by hand, and as spreadsheets document them.

use super::*;
use crate::appraisal::testing::{Figures, problems};
use crate::case::Valuation;
use crate::kernel::NoIrr;
use crate::model::Cause;
use crate::{Assumption, Draft};
use rust_decimal::dec;

fn dated(flows: &[(&str, i64)]) -> Flows {
    Flows::dated(flows.iter().map(|(day, amount)| (day.parse().unwrap(), Amount::from(*amount))))
}

fn periodic(every: Frequency, flows: &[i64]) -> Flows {
    Flows::periodic(every, flows.iter().map(|amount| Amount::from(*amount)))
}

fn draft(flows: Flows) -> Draft {
    let flow = CashFlow { discount_rate: Some(dec!(0.1).into()), ..CashFlow::new("f", flows) };
    Draft { cash_flows: vec![flow], ..Draft::default() }
}

fn figures(flows: Flows) -> Figures {
    Figures::of(draft(flows))
}

#[test]
fn days_in_any_order_and_twice() {
    let figures = figures(dated(&[("2027-01-15", 70), ("2026-01-15", -100), ("2027-01-15", 40)]));
    assert_eq!(figures.get("cash_flows.f.amount.2026-01-15"), dec!(-100));
    assert_eq!(figures.get("cash_flows.f.amount.2027-01-15"), dec!(70));
    assert_eq!(figures.get("cash_flows.f.amount.2027-01-15_2"), dec!(40));
    assert_eq!(figures.get("cash_flows.f.cumulative.2027-01-15_2"), dec!(10));
    assert_eq!(figures.get("cash_flows.f.npv").round_dp(20), dec!(0));
    assert_eq!(figures.get("cash_flows.f.irr").round_dp(20), dec!(0.1));
    assert_eq!(figures.get("cash_flows.f.payback"), dec!(1));
    assert_eq!(figures.get("cash_flows.f.payback_months"), dec!(12));
}

#[test]
fn day_counts() {
    for (day_count, time) in [
        (DayCount::Actual365Fixed, dec!(182) / dec!(365)),
        (DayCount::Actual360, dec!(182) / dec!(360)),
        (DayCount::ActualActualIsda, dec!(182) / dec!(366)),
        (DayCount::Thirty360Us, dec!(0.5)),
        (DayCount::Thirty360European, dec!(0.5)),
    ] {
        let Flows::Dated { flows, .. } = dated(&[("2024-01-01", -100), ("2024-07-01", 105)]) else { return };
        let figures = figures(Flows::Dated { day_count, flows });
        assert_eq!(figures.get("cash_flows.f.time.2024-07-01"), time, "{day_count:?}");
    }
}

#[test]
fn periods_by_number_and_by_name() {
    let figures_of = |from: Option<&str>| {
        let flows = [-100, 0, 110, 11].map(Amount::from).to_vec();
        let from = from.map(|from| from.parse().unwrap());
        figures(Flows::Periodic { every: Frequency::Quarter, from, flows })
    };
    let figures = figures_of(None);
    assert_eq!(figures.get("cash_flows.f.amount.2"), dec!(110));
    assert_eq!(figures.get("cash_flows.f.time.2"), dec!(0.5));
    assert_eq!(figures.get("cash_flows.f.payback_months"), dec!(6));
    assert_eq!(figures.get("cash_flows.f.initial_outlay"), dec!(100));
    let figures = figures_of(Some("2026-Q3"));
    assert_eq!(figures.get("cash_flows.f.amount.2027-Q1"), dec!(110));
    assert_eq!(figures.get("cash_flows.f.initial_outlay"), dec!(100));
}

#[test]
fn a_rate_of_a_month_is_compounded() {
    let figures = figures(periodic(Frequency::Month, &[-100, 101]));
    assert_eq!(figures.get("cash_flows.f.irr").round_dp(15), dec!(0.126825030131970)); // 1.01^12 - 1
    assert_eq!(figures.get("cash_flows.f.payback_months"), dec!(1));
}

/// Of 1/12, 7/12 and so on no quotient is exact.
#[test]
fn months_are_whole() {
    for months in 1..=40 {
        let mut flows = vec![-100];
        flows.resize(months, 0);
        flows.push(100);
        let figures = figures(periodic(Frequency::Month, &flows));
        assert_eq!(figures.get("cash_flows.f.payback_months"), Decimal::from(months));
    }
}

#[test]
fn all_rates_and_the_one_that_is_quoted() {
    let gold = || periodic(Frequency::Year, &[-100, 230, -132]);
    assert_eq!(figures(gold()).cause("cash_flows.f.irr"), Cause::Irr(NoIrr::Several { count: 2 }));
    for (irr, rate) in [
        (IrrPolicy::Lowest, dec!(0.1)),
        (IrrPolicy::LowestNotNegative, dec!(0.1)),
        (IrrPolicy::Nearest(dec!(0.1)), dec!(0.1)),
        (IrrPolicy::Highest, dec!(0.2)),
        (IrrPolicy::HighestFalling, dec!(0.2)),
    ] {
        let valuation = Valuation { irr, ..Valuation::default() };
        let figures = Figures::of(Draft { valuation, ..draft(gold()) });
        assert_eq!(figures.get("cash_flows.f.irr"), rate);
        assert_eq!(figures.get("cash_flows.f.irr_roots.1"), dec!(0.1));
        assert_eq!(figures.get("cash_flows.f.irr_roots.2"), dec!(0.2));
    }
    // the same a year of 365 days apart
    let days = figures(dated(&[("2025-01-01", -100), ("2026-01-01", 230), ("2027-01-01", -132)]));
    assert_eq!(days.get("cash_flows.f.irr_roots.1").round_dp(20), dec!(0.1));
    assert_eq!(days.get("cash_flows.f.irr_roots.2").round_dp(20), dec!(0.2));
}

#[test]
fn no_rate_and_no_payback_have_reasons() {
    let lost = figures(dated(&[("2026-01-01", -100), ("2027-01-01", -10), ("2028-01-01", 20)]));
    assert_eq!(lost.cause("cash_flows.f.payback"), Cause::PaybackNotReached);
    assert_eq!(lost.cause("cash_flows.f.payback_months"), Cause::PaybackNotReached);
    let gains = figures(dated(&[("2026-01-01", 100), ("2027-01-01", 10)]));
    assert_eq!(gains.cause("cash_flows.f.irr"), Cause::Irr(NoIrr::NoSignChange));
    assert_eq!(gains.cause("cash_flows.f.profitability_index"), Cause::DivisionByZero);
    let regained = figures(dated(&[("2026-01-01", -100), ("2026-07-01", 120), ("2027-03-01", -50)]));
    let cause = regained.cause("cash_flows.f.payback");
    assert!(matches!(cause, Cause::PaybackLost { year: 2, .. }), "{cause:?}");
    let one_day = figures(dated(&[("2026-01-01", -100), ("2026-01-01", 110)]));
    assert_eq!(one_day.cause("cash_flows.f.irr"), Cause::Irr(NoIrr::OneMoment));
    assert_eq!(one_day.cause("cash_flows.f.mirr"), Cause::DivisionByZero);
    assert_eq!(one_day.get("cash_flows.f.npv"), dec!(10));
    // where nobody says at what rate
    let flow = CashFlow::new("f", dated(&[("2026-01-01", -100), ("2027-01-01", 110)]));
    let figures = Figures::of(Draft { cash_flows: vec![flow], ..Draft::default() });
    assert_eq!(figures.cause("cash_flows.f.npv"), Cause::NoData);
    assert_eq!(figures.get("cash_flows.f.irr").round_dp(20), dec!(0.1));
}

#[test]
fn rates_of_its_own_of_the_valuation_and_of_the_document() {
    let flows = || dated(&[("2026-01-01", -100), ("2027-01-01", -50), ("2028-01-01", 200)]);
    let of = |flow: CashFlow, valuation| {
        let rate = Some(dec!(0.08).into());
        Figures::of(Draft { discount_rate: rate, valuation, cash_flows: vec![flow], ..Draft::default() })
    };
    let present = |figures: &Figures| figures.get("cash_flows.f.outlays_present_value").round_dp(10);
    let at = |rate: Decimal| (dec!(100) + dec!(50) / (Decimal::ONE + rate)).round_dp(10);
    let plain = of(CashFlow::new("f", flows()), Valuation::default());
    assert_eq!(present(&plain), at(dec!(0.08)));
    // its own discount rate is that of its outlays too, where nobody says otherwise
    let own = || CashFlow { discount_rate: Some(dec!(0.1).into()), ..CashFlow::new("f", flows()) };
    assert_eq!(present(&of(own(), Valuation::default())), at(dec!(0.1)));
    let valuation = || Valuation { finance_rate: Some(dec!(0.05).into()), ..Valuation::default() };
    assert_eq!(present(&of(own(), valuation())), at(dec!(0.05)));
    let stated = CashFlow { finance_rate: Some(dec!(0.02).into()), ..own() };
    assert_eq!(present(&of(stated, valuation())), at(dec!(0.02)));
}

#[test]
fn formulas_may_have_either_sign() {
    let offer = Amount::formula("= offer").unwrap();
    let flows = vec![Amount::from(-100), offer, Amount::from(-132)];
    let flow = CashFlow::new("f", Flows::periodic(Frequency::Year, flows));
    let draft = Draft { assumptions: vec![Assumption::new("offer", 230)], cash_flows: vec![flow], ..Draft::default() };
    let figures = Figures::of(draft);
    assert_eq!(figures.get("cash_flows.f.irr_roots.2"), dec!(0.2));
    assert_eq!(figures.get("cash_flows.f.written.1"), dec!(230));
}

#[test]
fn bounds() {
    let many = vec![1; MOST_FLOWS + 1];
    let faults = problems(draft(periodic(Frequency::Month, &many))).join("\n");
    assert!(faults.contains("has 2001 flows, more than 2000"), "{faults}");
    let years = problems(draft(periodic(Frequency::Year, &[1; 202]))).join("\n");
    assert!(years.contains("over more than 200 years"), "{years}");
    assert!(problems(draft(periodic(Frequency::Week, &[-1, 2]))).join("\n").contains("no fixed number of weeks"));
    // the longest and largest there can be
    let mut most = vec![-1_000_000_000_000_000; 1_000];
    most.resize(MOST_FLOWS, 1_000_000_000_000_000);
    let figures = figures(periodic(Frequency::Month, &most));
    assert_eq!(figures.get("cash_flows.f.cumulative.999"), dec!(-1_000_000_000_000_000_000));
    assert_eq!(figures.get("cash_flows.f.irr").round_dp(20), dec!(0));
}

#[test]
fn what_flows_on_the_first_day_is_one_outlay() {
    let of = |first: &[i64]| {
        let first = first.iter().map(|amount| ("2026-05-05", *amount));
        let flows: Vec<(&str, i64)> = first.chain([("2026-12-31", 500), ("2027-05-05", 900)]).collect();
        let figures = figures(dated(&flows));
        (figures.get("cash_flows.f.initial_outlay"), figures.get("cash_flows.f.profitability_index").round_dp(12))
    };
    assert_eq!(of(&[-1_000, -200]), of(&[-1_200]));
    assert_eq!(of(&[0, -1_200]), of(&[-1_200]));
    assert_eq!(of(&[-1_200]).0, dec!(1_200));
}
