//! Laws of alternatives side by side, on cases made at random.
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test fails by panicking")]

use appraise::case::{Alternative, Benefit, BenefitKind, Category, CostLine, Plan, Tax};
use appraise::{Amount, Appraisal, Draft, Horizon};
use proptest::prelude::*;
use rust_decimal::{Decimal, dec};

const YEARS: u32 = 4;

/// What an alternative costs at first and brings each year.
type Flows = (i64, [i64; 4]);

fn alternative(id: &str, (price, savings): &Flows, scale: i64) -> Alternative {
    let cost = CostLine { initial: Some((price * scale).into()), ..CostLine::new(Category::Licences, "crm") };
    let annual = Amount::PerYear(savings.iter().map(|saving| Decimal::from(saving * scale)).collect());
    let saved = Benefit { annual: Some(annual), ..Benefit::new("hours", BenefitKind::Saving) };
    let plan = Plan { costs: Some(vec![cost]), benefits: Some(vec![saved]), ..Plan::default() };
    Alternative { plan, ..Alternative::new(id) }
}

fn appraisal(alternatives: Vec<Alternative>) -> Appraisal {
    let horizon = Horizon { years: YEARS, ..Horizon::default() };
    Appraisal::new(Draft { horizon, discount_rate: Some(dec!(0.08).into()), alternatives, ..Draft::default() }).unwrap()
}

fn figure(appraisal: &Appraisal, id: &str) -> Option<Decimal> {
    appraisal.base().figure(id).unwrap_or_else(|| panic!("{id}")).ok()
}

fn ranks(appraisal: &Appraisal) -> Vec<Option<Decimal>> {
    let measures =
        ["npv", "roi", "irr", "payback", "benefit_cost_ratio", "cost_present_value", "equivalent_annual_value"];
    let ids = measures.iter().flat_map(|measure| ["a", "b", "c"].map(|id| format!("ranking.{measure}.{id}")));
    ids.map(|id| figure(appraisal, &id)).collect()
}

fn flows() -> impl Strategy<Value = Flows> {
    (1_i64..1_000, prop::array::uniform4(0_i64..600))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn over_itself_the_baseline_is_nothing(own in flows()) {
        let baseline = Alternative { baseline: true, ..alternative("a", &own, 1) };
        let appraisal = appraisal(vec![baseline, alternative("b", &own, 1)]);
        for year in 0..=YEARS {
            prop_assert_eq!(figure(&appraisal, &format!("alternatives.b.increment.net.{year}")), Some(dec!(0)));
        }
        prop_assert_eq!(figure(&appraisal, "alternatives.b.increment.npv"), Some(dec!(0)));
        prop_assert_eq!(figure(&appraisal, "alternatives.b.increment.irr"), None);
        prop_assert_eq!(figure(&appraisal, "ranking.increment_npv.a"), Some(dec!(1)));
        prop_assert_eq!(figure(&appraisal, "ranking.increment_npv.b"), Some(dec!(1)));
    }

    #[test]
    fn the_difference_of_values_is_the_value_of_the_difference(one in flows(), other in flows()) {
        let baseline = Alternative { baseline: true, ..alternative("a", &one, 1) };
        let appraisal = appraisal(vec![baseline, alternative("b", &other, 1)]);
        let npv = |id: &str| figure(&appraisal, id).unwrap();
        let difference = npv("alternatives.b.case.npv") - npv("alternatives.a.case.npv");
        prop_assert!((npv("alternatives.b.increment.npv") - difference).abs() < dec!(0.0000000000000000001));
        prop_assert!((npv("alternatives.pairs.a.b.npv").abs() - difference.abs()).abs() < dec!(0.0000000000000000001));
    }

    #[test]
    fn ranks_do_not_know_the_currency(a in flows(), b in flows(), c in flows()) {
        let all = |scale| {
            appraisal(vec![alternative("a", &a, scale), alternative("b", &b, scale), alternative("c", &c, scale)])
        };
        prop_assert_eq!(ranks(&all(1)), ranks(&all(1_000)));
    }

    #[test]
    fn ranks_do_not_know_the_order(a in flows(), b in flows(), c in flows()) {
        let [a, b, c] = [("a", a), ("b", b), ("c", c)].map(|(id, flows)| alternative(id, &flows, 1));
        prop_assert_eq!(ranks(&appraisal(vec![a.clone(), b.clone(), c.clone()])), ranks(&appraisal(vec![c, a, b])));
    }

    /// Whatever measures disagree about, the report says why, with the figures that show it.
    #[test]
    fn every_disagreement_has_a_reason(
        flows in prop::collection::vec((flows(), 0_i64..400, prop::option::of(1_u32..=YEARS), 0_u8..6), 2..5),
        with_baseline in any::<bool>(),
        tax in prop::option::of(0_i64..60),
        rate in 0_i64..60,
    ) {
        let alternatives = flows.iter().enumerate().map(|(number, (flows, running, life, kind))| {
            let mut one = alternative(&format!("a{number}"), flows, 1);
            one.life = *life;
            one.baseline = with_baseline && number == 0;
            if let Some([cost]) = one.plan.costs.as_deref_mut() {
                cost.annual = Some((*running).into());
            }
            match kind {
                0 => one.plan.benefits = None,
                1 => one.plan.costs = Some(Vec::new()),
                _ => {}
            }
            one
        });
        let draft = Draft {
            horizon: Horizon { years: YEARS, ..Horizon::default() },
            discount_rate: Some(Decimal::new(rate, 2).into()),
            alternatives: alternatives.collect(),
            tax: tax.map(|tax| Tax::at(Decimal::new(tax, 2))),
            ..Draft::default()
        };
        // where nothing has both costs and benefits, there is nothing to tax
        let Ok(appraisal) = Appraisal::new(draft) else { return Ok(()) };
        let report = appraisal.base().report();
        for told in report.ranking.iter().flat_map(|ranking| &ranking.disagreements) {
            prop_assert!(!told.why.is_empty(), "{told:?}");
            for reason in &told.why {
                let is_shown = reason.figures.iter().all(|figure| figure.number().is_some());
                prop_assert!(is_shown, "{told:?}");
            }
        }
    }
}
