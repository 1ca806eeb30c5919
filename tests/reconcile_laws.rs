//! Laws of printed figures and of ranges of formulas.
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking, and its numbers are small"
)]

use appraise::case::{Benefit, BenefitKind, Category, CostLine, Plan};
use appraise::model::{Builder, Formula, Interval, Naming, Shape, range, range_around_zero};
use appraise::reconcile::{Expectation, Printed, Verdict};
use appraise::{Appraisal, Draft, Horizon};
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy, dec};

fn draft(initial: i64, annual: i64, rate: i64, expect: Vec<Expectation>) -> Draft {
    let crm = CostLine { initial: Some(initial.into()), ..CostLine::new(Category::Licences, "crm") };
    let hours = Benefit { annual: Some(annual.into()), ..Benefit::new("saved_hours", BenefitKind::Saving) };
    Draft {
        horizon: Horizon { first_year: None, years: 4 },
        discount_rate: Some(Decimal::new(rate, 3).into()),
        plan: Plan { costs: Some(vec![crm]), benefits: Some(vec![hours]), ..Plan::default() },
        expect,
        ..Draft::default()
    }
}

const FIGURES: [&str; 8] = [
    "case.npv",
    "case.roi",
    "case.benefit_cost_ratio",
    "costs.present_value",
    "benefits.present_value",
    "case.discounted.3",
    "case.net.2",
    "case.discount_factor.4",
];

/// A figure as a page prints it: so many decimals, trailing zeros included.
fn printed(value: Decimal, decimals: u32, strategy: RoundingStrategy) -> Decimal {
    let mut rounded = value.round_dp_with_strategy(decimals, strategy);
    rounded.rescale(decimals);
    rounded
}

/// A formula over `x`, `y` and `z`.
fn formula() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("x".to_owned()),
        Just("y".to_owned()),
        Just("z".to_owned()),
        (1..9i32).prop_map(|number| number.to_string())
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            pair.clone().prop_map(|(a, b)| format!("({a} + {b})")),
            pair.clone().prop_map(|(a, b)| format!("({a} - {b})")),
            pair.clone().prop_map(|(a, b)| format!("({a} * {b})")),
            pair.clone().prop_map(|(a, b)| format!("({a} / {b})")),
            pair.clone().prop_map(|(a, b)| format!("max({a}, {b})")),
            pair.clone().prop_map(|(a, b)| format!("min({a}, {b})")),
            pair.prop_map(|(a, b)| format!("mean({a}, {b})")),
            inner.clone().prop_map(|a| format!("abs({a})")),
            inner.clone().prop_map(|a| format!("pow({a}, 2)")),
            inner.prop_map(|a| format!("(-{a})")),
        ]
    })
}

/// The exact value of a formula at a point.
fn at(formula: &Formula, point: [Decimal; 3]) -> Option<Decimal> {
    let mut cells = Builder::new(1);
    let inputs = ["x", "y", "z"]
        .into_iter()
        .zip(point)
        .map(|(name, value)| (name, cells.input(Naming::new(name), Shape::Scalar, [Some(value)])));
    let inputs: Vec<_> = inputs.collect();
    let resolved = formula
        .expression()
        .resolve(|name| inputs.iter().find(|(known, _)| **known == *name.text).map(|(_, cell)| *cell).ok_or(()));
    let cell = cells.formula(Naming::new("f"), resolved.unwrap());
    cells.finish().unwrap().evaluate().scalar(cell).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Our own figure agrees with itself, however it is printed and rounded.
    #[test]
    fn our_own_figures_agree(
        initial in 1i64..10_000_000,
        annual in 0i64..10_000_000,
        rate in 0i64..400,
        decimals in 0u32..9,
        to_even: bool,
        thousands: bool,
    ) {
        let strategy =
            if to_even { RoundingStrategy::MidpointNearestEven } else { RoundingStrategy::MidpointAwayFromZero };
        let plain = Appraisal::new(draft(initial, annual, rate, Vec::new())).unwrap();
        let outcome = plain.base();
        let unit = if thousands { dec!(1_000) } else { dec!(1) };
        let expect = FIGURES.map(|id| {
            let value = outcome.figure(id).unwrap().unwrap() / unit;
            Expectation::new(id, Printed::new(printed(value, decimals, strategy)).counted_in(unit))
        });
        let appraisal = Appraisal::new(draft(initial, annual, rate, expect.to_vec())).unwrap();
        for row in appraisal.base().report().reconciliation.unwrap().rows {
            prop_assert_eq!(row.verdict, Some(Verdict::Agrees), "{:?}", row);
        }
    }

    /// One unit of the last digit further it differs, and the difference is told.
    #[test]
    fn one_digit_off_differs(initial in 1i64..1_000_000, annual in 1i64..1_000_000, decimals in 0u32..7, up: bool) {
        let plain = Appraisal::new(draft(initial, annual, 80, Vec::new())).unwrap();
        let npv = plain.base().figure("case.npv").unwrap().unwrap();
        let unit = Decimal::new(1, decimals);
        let off = printed(npv, decimals, RoundingStrategy::MidpointAwayFromZero) + if up { unit } else { -unit };
        let expect = vec![Expectation::new("case.npv", Printed::new(off))];
        let appraisal = Appraisal::new(draft(initial, annual, 80, expect)).unwrap();
        let rows = appraisal.base().report().reconciliation.unwrap().rows;
        let difference = rows[0].difference.as_ref().unwrap().number().unwrap();
        // exactly half a unit off rounds to either
        prop_assume!(!difference.is_zero());
        prop_assert_eq!(rows[0].verdict, Some(Verdict::Differs));
        prop_assert!(difference.abs() <= unit && difference.is_sign_negative() == up, "{}", difference);
    }

    /// The range of a formula holds its value at every corner and at every point between, and what is said to be reached
    /// lies inside of it.
    #[test]
    fn a_range_holds_every_point(
        text in formula(),
        low in prop::array::uniform3(-50i64..50),
        width in prop::array::uniform3(0i64..20),
        part in prop::array::uniform3(0i64..=4),
    ) {
        let formula = Formula::parse(&format!("= {text}")).unwrap();
        let ends = [0, 1, 2].map(|index: usize| {
            Interval::new(Decimal::new(low[index], 1), Decimal::new(low[index] + width[index], 1)).unwrap()
        });
        let found = range(formula.expression(), |name| match name { "x" => ends[0], "y" => ends[1], _ => ends[2] });
        let Ok(found) = found else { return Ok(()) };
        let slack = found.outer.low().abs().max(found.outer.high().abs()).max(dec!(1)) * dec!(1e-20);
        let mut points = vec![[0, 1, 2].map(|index: usize| {
            ends[index].low() + (ends[index].high() - ends[index].low()) * Decimal::new(part[index] * 25, 2)
        })];
        for corner in 0..8usize {
            let end = |index: usize| if corner >> index & 1 == 1 { ends[index].high() } else { ends[index].low() };
            points.push([0, 1, 2].map(end));
        }
        for point in points {
            let value = at(&formula, point).unwrap();
            prop_assert!(found.outer.distance(value).abs() <= slack, "{text} at {point:?} is {value}, not in {:?}", found.outer);
        }
        if let Some(inner) = found.inner {
            prop_assert!(found.outer.distance(inner.low()).abs() <= slack);
            prop_assert!(found.outer.distance(inner.high()).abs() <= slack);
        }
        if let Some(corners) = found.corners {
            // where it rises or falls with each operand, both ends are reached
            let reached = corners.map(|corner| {
                let point = ["x", "y", "z"].map(|name| {
                    let index = ["x", "y", "z"].iter().position(|known| *known == name).unwrap();
                    let end = corner.iter().find(|(known, _)| **known == *name);
                    match end {
                        Some((_, appraise::model::End::High)) => ends[index].high(),
                        _ => ends[index].low(),
                    }
                });
                at(&formula, point).unwrap()
            });
            prop_assert!((reached[0] - found.outer.low()).abs() <= slack, "{text}");
            prop_assert!((reached[1] - found.outer.high()).abs() <= slack, "{text}");
        }
    }

    /// No quotient of operands within their ends lies between what it can be below zero and above.
    #[test]
    fn no_quotient_lies_between_its_ends_around_zero(
        dividend in (1i64..1_000, 0i64..500),
        divisor in (-500i64..=0, 0i64..=500),
        at in (0u32..=100, 0u32..=100),
        is_negative: bool,
    ) {
        let formula = Formula::parse("= x / y").unwrap();
        let numerator = Interval::new(dividend.0.into(), (dividend.0 + dividend.1).into()).unwrap();
        let turned = Interval::new(-numerator.high(), -numerator.low()).unwrap();
        let numerator = if is_negative { turned } else { numerator };
        let denominator = Interval::new(divisor.0.into(), divisor.1.into()).unwrap();
        let found = range_around_zero(formula.expression(), |name| if name == "x" { numerator } else { denominator });
        prop_assert_eq!(found.is_none(), denominator.low() == denominator.high());
        let Some(found) = found else { return Ok(()) };
        prop_assert!(found.is_reached);
        let part = |interval: Interval, hundredths: u32| {
            interval.low() + (interval.high() - interval.low()) * Decimal::new(hundredths.into(), 2)
        };
        let by = part(denominator, at.1);
        prop_assume!(!by.is_zero());
        let quotient = part(numerator, at.0) / by;
        let end = if quotient.is_sign_negative() { &found.below } else { &found.above };
        let (end, corner) = end.as_ref().unwrap();
        prop_assert!(quotient.abs() >= end.abs() && corner.is_some(), "{} and {}", quotient, end);
    }
}
