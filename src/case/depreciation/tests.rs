//! Depreciation by hand, and as it is published.

use super::*;
use crate::appraisal::testing::{Figures, problems};
use crate::case::{Category, CostLine, Plan, Replacement};
use crate::kernel::{self, depreciate};
use crate::{Amount, Draft, Horizon};
use rust_decimal::dec;

fn draft(cost: i64, years: u32, depreciation: Depreciation) -> Draft {
    let line = CostLine {
        initial: Some(cost.into()),
        depreciation: Some(depreciation),
        ..CostLine::new(Category::Hardware, "server")
    };
    Draft {
        horizon: Horizon { first_year: None, years },
        plan: Plan { costs: Some(vec![line]), ..Plan::default() },
        ..Draft::default()
    }
}

fn charges<const N: usize>(cost: i64, residual: Decimal, method: DepreciationMethod) -> [Decimal; N] {
    let years = u32::try_from(N).unwrap();
    let figures = Figures::of(draft(cost, years, Depreciation { method, residual: Some(residual.into()) }));
    let charges: Vec<Decimal> =
        (1..=years).map(|year| figures.get(&format!("costs.hardware.server.depreciation.{year}"))).collect();
    let left = figures.get(&format!("costs.hardware.server.book_value.{years}"));
    assert_eq!(charges.iter().chain([&left]).sum::<Decimal>(), Decimal::from(cost));
    charges.try_into().unwrap()
}

#[test]
fn every_method_by_hand() {
    use DepreciationMethod as By;
    assert_eq!(charges(9_000, dec!(0.1), By::StraightLine { life: 3 }), [2_700, 2_700, 2_700, 0].map(Decimal::from));
    assert_eq!(charges(9_000, dec!(0), By::StraightLine { life: 4 }), [dec!(2_250), dec!(2_250)]);
    assert_eq!(charges(6_000, dec!(0), By::SumOfYearsDigits { life: 3 }), [3_000, 2_000, 1_000].map(Decimal::from));
    // 40 % of what is left, until the straight line over the rest charges more: 10,000 6,000 3,600 2,160 1,080 0
    let declining = By::DecliningBalance { life: 5, factor: dec!(2), rest: DecliningRest::Switch };
    assert_eq!(charges(10_000, dec!(0), declining.clone()), [4_000, 2_400, 1_440, 1_080, 1_080].map(Decimal::from));
    // the residual value of 3,000 is not undercut
    assert_eq!(charges(10_000, dec!(0.3), declining), [4_000, 2_400, 600, 0, 0].map(Decimal::from));
    let units = By::UnitsOfProduction([3, 1, 4].map(Decimal::from).into());
    assert_eq!(charges(8_000, dec!(0), units), [3_000, 1_000, 4_000].map(Decimal::from));
    // property of three years by the tables of the American tax law (MACRS, half-year convention)
    let table = By::Table(vec![dec!(0.3333), dec!(0.4445), dec!(0.1481), dec!(0.0741)]);
    assert_eq!(charges(10_000, dec!(0), table), [3_333, 4_445, 1_481, 741].map(Decimal::from));
}

fn row<const N: usize>(figures: &Figures, figure: &str) -> [Decimal; N] {
    let years: Vec<Decimal> =
        (0..N).map(|year| figures.get(&format!("costs.hardware.server.{figure}.{year}")).normalize()).collect();
    years.try_into().unwrap()
}

/// 900 every two years, at a price that falls by a third: 900, 400.
fn replaced(depreciation: Depreciation, years: u32) -> Draft {
    let mut draft = draft(900, years, depreciation);
    for line in draft.plan.costs.iter_mut().flatten() {
        let price_change = Some(Amount::formula("= sqrt_of_4_9 - 1").unwrap());
        line.replacement = Some(Replacement { every: Some(2), price_change, residual: None });
    }
    draft.assumptions.push(crate::Assumption::new("sqrt_of_4_9", Amount::formula("= 2 / 3").unwrap()));
    draft
}

#[test]
fn replacements_are_depreciated_as_what_they_replace() {
    use DepreciationMethod as By;
    let figures = Figures::of(replaced(By::StraightLine { life: 2 }.into(), 4));
    let rounded = |figure| row::<5>(&figures, figure).map(|value| value.round_dp(9).normalize());
    assert_eq!(rounded("capitalised"), [900, 0, 400, 0, 0].map(Decimal::from));
    assert_eq!(rounded("depreciation"), [0, 450, 450, 200, 200].map(Decimal::from));
    assert_eq!(rounded("book_value"), [900, 450, 400, 200, 0].map(Decimal::from));
    // over four years: what is replaced after two is written off then
    for (method, charges, share) in [
        (By::StraightLine { life: 4 }, [0, 225, 675, 100, 300], dec!(0.5)),
        (By::SumOfYearsDigits { life: 4 }, [0, 360, 540, 160, 240], dec!(0.3)),
        (By::Table(vec![dec!(0.5), dec!(0.25), dec!(0.25)]), [0, 450, 450, 200, 200], dec!(0.25)),
        (By::UnitsOfProduction([1, 1, 1].map(Decimal::from).into()), [0, 300, 600, 133, 267], dec!(1) / dec!(3)),
        (
            By::DecliningBalance { life: 4, factor: dec!(2), rest: DecliningRest::Switch },
            [0, 450, 450, 200, 200],
            dec!(0.25),
        ),
    ] {
        let figures = Figures::of(replaced(method.clone().into(), 4));
        let found = row::<5>(&figures, "depreciation").map(|charge| charge.round().normalize());
        assert_eq!(found, charges.map(Decimal::from), "{method:?}");
        assert_eq!(row::<5>(&figures, "book_value")[4].round_dp(20), dec!(0), "{method:?}");
        let left = figures.get("costs.hardware.server.retired_share");
        assert_eq!(left.round_dp(20), share.round_dp(20), "{method:?}");
    }
    // nobody buys what is left of it: a residual value in the books is written off as well
    let method = By::StraightLine { life: 2 };
    let figures = Figures::of(replaced(Depreciation { method, residual: Some(dec!(0.2).into()) }, 3));
    let charges = row::<4>(&figures, "depreciation").map(|charge| charge.round_dp(9).normalize());
    assert_eq!(charges, [0, 360, 540, 160].map(Decimal::from));
}

#[test]
fn perpetual_licences_are_depreciated_from_the_year_they_are_bought() {
    let seats = Amount::PerYear([10, 10, 16, 16].map(Decimal::from).into());
    let licence = crate::case::Licence {
        initial: Some(10.into()),
        ..crate::case::Licence::new(crate::case::LicenceKind::Perpetual, seats, 30)
    };
    let stated = DepreciationMethod::StraightLine { life: 3 };
    let mut draft = draft(0, 4, stated.into());
    for line in draft.plan.costs.iter_mut().flatten() {
        (line.initial, line.licence) = (None, Some(licence.clone()));
        line.risk = Some(dec!(0.5).into());
    }
    let figures = Figures::of(draft);
    // 300 and 180, with a risk of half
    assert_eq!(row(&figures, "capitalised"), [450, 0, 0, 270, 0].map(Decimal::from));
    assert_eq!(row(&figures, "depreciation"), [0, 150, 150, 150, 90].map(Decimal::from));
    assert_eq!(row(&figures, "depreciation_of_first"), [0, 150, 150, 150, 0].map(Decimal::from));
    assert_eq!(row(&figures, "book_value"), [450, 300, 150, 270, 180].map(Decimal::from));
}

#[test]
fn what_is_bought_once_is_depreciated_and_what_leaving_costs_is_not() {
    use crate::case::{InYear, OneOff};
    let once = |when| {
        let mut draft = draft(100, 3, DepreciationMethod::StraightLine { life: 2 }.into());
        for line in draft.plan.costs.iter_mut().flatten() {
            line.once = Some(OneOff { amount: 40.into(), when });
        }
        Figures::of(draft)
    };
    assert_eq!(row(&once(InYear::Year(1)), "depreciation"), [0, 50, 70, 20].map(Decimal::from));
    assert_eq!(row(&once(InYear::Year(0)), "depreciation"), [0, 70, 70, 0].map(Decimal::from));
    assert_eq!(row(&once(InYear::End), "depreciation"), [0, 50, 50, 0].map(Decimal::from));
}

#[test]
fn mistakes_are_placed() {
    use DepreciationMethod as By;
    let of = |method: By| problems(draft(100, 2, method.into())).join(" ");
    let at = "costs.hardware.server.depreciation";
    assert_eq!(of(By::StraightLine { life: 0 }), format!("{at}.life: something is used for 1 to 100 years, not for 0"));
    assert_eq!(
        of(By::DecliningBalance { life: 3, factor: dec!(14), rest: DecliningRest::Switch }),
        format!("{at}.factor: a factor of 14 does not lie between 1 and 10")
    );
    assert_eq!(
        of(By::FixedDecliningBalance { life: 3 }),
        format!("{at}: a fixed declining balance needs a residual value above 0: no constant rate leaves nothing")
    );
    assert_eq!(of(By::Table(vec![dec!(0.5)])), format!("{at}.shares: the shares of the table sum to 50 %"));
    assert_eq!(of(By::UnitsOfProduction(vec![])), format!("{at}.units: the list is empty"));
    assert_eq!(of(By::UnitsOfProduction(vec![dec!(-1)])), format!("{at}.units: -1 is negative"));
    let nothing = CostLine {
        annual: Some(5.into()),
        depreciation: Some(By::StraightLine { life: 2 }.into()),
        ..CostLine::new(Category::Hardware, "rent")
    };
    let both = CostLine {
        initial: Some(5.into()),
        replacement: Some(Replacement { every: Some(1), ..Replacement::default() }),
        once: Some(crate::case::OneOff { amount: 1.into(), when: crate::case::InYear::Year(1) }),
        depreciation: Some(By::StraightLine { life: 2 }.into()),
        ..CostLine::new(Category::Hardware, "both")
    };
    let plan = Plan { costs: Some(vec![nothing, both]), ..Plan::default() };
    assert_eq!(
        problems(Draft { plan, ..Draft::default() }),
        [
            "costs.hardware.rent.depreciation: `rent` buys nothing that could be depreciated",
            "costs.hardware.both.depreciation: `both` is replaced, and buys other things that are not",
        ]
    );
}

/// Equipment of 1,200,000 over five years with a residual value of 4 %, from the commentary on China's accounting standards
/// (double declining balance whose last two years are even: 48, 28.8, 17.28, 10.56, 10.56 of 120).
#[test]
fn the_last_two_years_are_even_in_china() {
    let method = DepreciationMethod::DecliningBalance { life: 5, factor: dec!(2), rest: DecliningRest::LastPeriods(2) };
    let expected = [480_000, 288_000, 172_800, 105_600, 105_600].map(Decimal::from);
    assert_eq!(charges(1_200_000, dec!(0.04), method).map(|charge| charge.normalize()), expected);
    let digits = DepreciationMethod::SumOfYearsDigits { life: 5 };
    let expected = [384_000, 307_200, 230_400, 153_600, 76_800].map(Decimal::from);
    assert_eq!(charges(1_200_000, dec!(0.04), digits), expected);
}

/// The cells of a document charge what the function on slices charges.
#[test]
fn every_method_is_that_of_the_kernel() {
    let list = [dec!(0.4), dec!(0.35), dec!(0.25)];
    let declining = |rest| DepreciationMethod::DecliningBalance { life: 6, factor: dec!(1.5), rest };
    for (method, same) in [
        (DepreciationMethod::StraightLine { life: 6 }, kernel::Depreciation::StraightLine { life: 6 }),
        (DepreciationMethod::SumOfYearsDigits { life: 6 }, kernel::Depreciation::SumOfYearsDigits { life: 6 }),
        (
            DepreciationMethod::FixedDecliningBalance { life: 6 },
            kernel::Depreciation::FixedDecliningBalance { life: 6 },
        ),
        (DepreciationMethod::Table(list.to_vec()), kernel::Depreciation::Table { shares: &list }),
        (
            DepreciationMethod::UnitsOfProduction(list.to_vec()),
            kernel::Depreciation::UnitsOfProduction { units: &list, expected: Decimal::ONE },
        ),
    ]
    .into_iter()
    .chain(
        [DecliningRest::Switch, DecliningRest::LastPeriods(2), DecliningRest::Left]
            .map(|rest| (declining(rest), kernel::Depreciation::DecliningBalance { life: 6, factor: dec!(1.5), rest })),
    ) {
        for residual in [dec!(0.1), dec!(0.3)] {
            let mut expected = [Decimal::ZERO; 8];
            depreciate(dec!(50_000), dec!(50_000) * residual, &same, &mut expected).unwrap();
            let found: [Decimal; 8] = charges(50_000, residual, method.clone());
            let differs = found.iter().zip(expected).any(|(one, other)| (*one - other).abs() > dec!(0.000000000001));
            assert!(!differs, "{method:?} {residual}: {found:?} {expected:?}");
        }
    }
}
