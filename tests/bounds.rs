//! The limits that documents keep to are such that nothing that is added up can overflow.
#![expect(clippy::indexing_slicing, reason = "a test fails by panicking")]

use appraise::case::{Benefit, BenefitKind, Category, CostLine, Plan, Tax, Timing, Valuation};
use appraise::model::Cause;
use appraise::{Amount, Appraisal, Draft, Horizon, LARGEST};
use rust_decimal::{Decimal, dec};

/// As large as can be written: every line the largest amount in each of 50 years.
fn largest(rate: Decimal, timing: Timing) -> Draft {
    let amount = || Some(Amount::Constant(LARGEST));
    let line = |position: usize| {
        let category = Category::ALL[position % 8];
        CostLine { initial: amount(), annual: amount(), ..CostLine::new(category, format!("line_{position}")) }
    };
    let benefit = |position: usize| Benefit {
        initial: amount(),
        annual: amount(),
        ..Benefit::new(format!("benefit_{position}"), BenefitKind::Saving)
    };
    let plan = Plan {
        costs: Some((0..400).map(line).collect()),
        benefits: Some((0..300).map(benefit).collect()),
        ..Plan::default()
    };
    Draft {
        horizon: Horizon { first_year: Some(2026), years: 50 },
        discount_rate: Some(rate.into()),
        valuation: Valuation { timing, ..Valuation::default() },
        tax: Some(Tax::at(dec!(1))),
        plan,
        ..Draft::default()
    }
}

#[test]
fn the_largest_documents_have_totals() {
    for (rate, timing) in [(dec!(-0.2), Timing::End), (dec!(0), Timing::Quarterly), (dec!(1), Timing::End)] {
        let appraisal = Appraisal::new(largest(rate, timing)).unwrap();
        let outcome = appraisal.base();
        let mut figures = 0;
        for figure in outcome.report().figures() {
            figures += 1;
            let id = figure.id();
            // what is reinvested at 100 % for 50 years is no sum
            let is_reinvested = id.ends_with("terminal_value") || id.ends_with("mirr");
            if let Some(Err(absent)) = outcome.figure(&id) {
                assert!(absent.cause != Cause::Overflow || (is_reinvested && rate == Decimal::ONE), "{id} at {rate}");
            }
        }
        assert!(figures > 40_000, "{figures}");
        assert_eq!(outcome.figure("costs.nominal"), Some(Ok(LARGEST * dec!(400) * dec!(51))));
    }
}

#[test]
fn beyond_the_bounds_there_is_no_model() {
    let refused = |change: &dyn Fn(&mut Draft)| {
        let mut draft = largest(dec!(0), Timing::End);
        change(&mut draft);
        Appraisal::new(draft).err().map(|error| error.to_string()).unwrap_or_default()
    };
    let grown = |first: Decimal, growth: Decimal| {
        refused(&|draft: &mut Draft| {
            draft.plan.costs.as_mut().unwrap()[0].annual = Some(Amount::Growing { first, growth });
        })
    };
    assert!(grown(LARGEST, dec!(0.0000001)).contains("in year 2"));
    // 2^49 is below 10^15, 2^50 above it
    assert_eq!(grown(dec!(1), dec!(1)), "");
    assert!(grown(dec!(2), dec!(1)).contains("in year 50"));
    assert!(grown(dec!(-1), Decimal::MAX).contains("beyond the largest amount"));
    assert!(refused(&|draft| draft.discount_rate = Some(dec!(-0.21).into())).contains("outside -20 % to 100 %"));
    assert!(refused(&|draft| draft.horizon.years = 51).contains("51"));
    assert!(
        refused(&|draft| {
            draft.plan.benefits.as_mut().unwrap()[0].annual = Some((LARGEST + dec!(1)).into());
        })
        .contains("beyond the largest amount")
    );
}
