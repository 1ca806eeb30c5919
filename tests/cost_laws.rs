//! Laws of cost lines: what phasing, discounts and tiers can and cannot do, and the bounds within which sums are exact.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use appraise::case::{
    Category, CostLine, ExchangeRate, Licence, LicenceKind, Plan, Price, RateTable, Tier, Tiering, Usage,
};
use appraise::model::Cause;
use appraise::{Amount, Appraisal, Draft, Horizon, LARGEST, MOST_YEARS};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn appraisal(years: usize, line: CostLine) -> Appraisal {
    let draft = Draft {
        currency: Some("EUR".to_owned()),
        horizon: Horizon { first_year: None, years: u32::try_from(years).unwrap() },
        exchange_rates: vec![ExchangeRate { currency: "USD".to_owned(), rates: RateTable::Amount(1.into()) }],
        plan: Plan { costs: Some(vec![line]), ..Plan::default() },
        ..Draft::default()
    };
    Appraisal::new(draft).unwrap()
}

fn figure(years: usize, line: CostLine, id: &str) -> Decimal {
    appraisal(years, line).base().figure(id).unwrap().unwrap()
}

fn line() -> CostLine {
    CostLine::new(Category::Licences, "x")
}

fn licences(kind: LicenceKind, seats: &[u32], price: Price, discounts: &[Decimal]) -> Decimal {
    let seats = Amount::PerYear(seats.iter().copied().map(Decimal::from).collect());
    let discounts = discounts.iter().copied().map(Amount::from).collect();
    let years = match &seats {
        Amount::PerYear(seats) => seats.len(),
        _ => 0,
    };
    let licence = Licence { discounts, ..Licence::new(kind, seats, price) };
    figure(years, CostLine { licence: Some(licence), ..line() }, "costs.nominal")
}

fn kinds() -> impl Strategy<Value = LicenceKind> {
    prop::sample::select(LicenceKind::ALL.map(|(_, kind)| kind).to_vec())
}

/// Shares with two decimals, so that products of a few are exact.
fn discounts() -> impl Strategy<Value = Vec<Decimal>> {
    prop::collection::vec((0_i64..=100).prop_map(|percent| Decimal::new(percent, 2)), 0..5)
}

/// Tiers whose prices do not rise.
fn tiers() -> impl Strategy<Value = Vec<Tier>> {
    prop::collection::vec((1_u32..200, 0_u32..50), 1..5).prop_map(|steps| {
        let mut end = 0;
        let mut price = 1_000;
        let last = steps.len() - 1;
        let tiers = steps.into_iter().enumerate().map(|(position, (width, cheaper))| {
            end += width;
            price -= cheaper;
            Tier { up_to: (position < last).then(|| end.into()), price: price.into() }
        });
        tiers.collect()
    })
}

proptest! {
    #[test]
    fn buying_everything_at_once_never_costs_less_than_phasing_at_the_same_prices(
        kind in kinds(),
        seats in prop::collection::vec(0_u32..1_000, 1..12),
        price in 0_i64..100_000,
        discounts in discounts(),
    ) {
        let most = seats.iter().copied().max().unwrap_or_default();
        let at_once = vec![most; seats.len()];
        let cost = |seats: &[u32]| licences(kind, seats, Price::from(Decimal::new(price, 2)), &discounts);
        prop_assert!(cost(&at_once) >= cost(&seats));
        if kind == LicenceKind::Perpetual {
            // bought once each, it comes to the same
            prop_assert_eq!(cost(&at_once), cost(&seats));
        }
    }

    #[test]
    fn graduated_tiers_count_what_is_owned_however_it_is_phased(
        seats in prop::collection::vec(0_u32..1_000, 1..12),
        tiers in tiers(),
    ) {
        let most = seats.iter().copied().max().unwrap_or_default();
        let price = || Price::Tiers { tiering: Tiering::Graduated, tiers: tiers.clone() };
        let cost = |seats: &[u32]| licences(LicenceKind::Perpetual, seats, price(), &[]);
        prop_assert_eq!(cost(&vec![most; seats.len()]), cost(&seats));
    }

    #[test]
    fn discounts_one_after_the_other_commute(
        kind in kinds(),
        discounts in discounts(),
        turn in 0_usize..5,
        seats in 0_u32..1_000,
    ) {
        let mut turned = discounts.clone();
        turned.reverse();
        turned.rotate_left(turn.min(discounts.len()));
        let cost = |discounts: &[Decimal]| licences(kind, &[seats], Price::from(960), discounts);
        prop_assert_eq!(cost(&discounts), cost(&turned));
        // and never take more than there is
        prop_assert!(cost(&discounts) >= Decimal::ZERO);
    }

    #[test]
    fn graduated_tiers_cost_no_less_than_volume_tiers_that_fall_and_more_for_more(
        tiers in tiers(),
        volume in 0_u32..1_000,
    ) {
        let cost = |tiering, volume: u32| {
            let usage = Usage::new(volume, Price::Tiers { tiering, tiers: tiers.clone() });
            figure(1, CostLine { usage: Some(usage), ..line() }, "costs.licences.x.1")
        };
        prop_assert!(cost(Tiering::Graduated, volume) >= cost(Tiering::Volume, volume));
        prop_assert!(cost(Tiering::Graduated, volume + 1) >= cost(Tiering::Graduated, volume));
    }
}

#[test]
fn the_largest_amounts_add_up_over_the_longest_horizon() {
    let years = usize::try_from(MOST_YEARS).unwrap();
    let licence = Licence { initial: Some(1.into()), ..Licence::new(LicenceKind::Subscription, 1, LARGEST) };
    let licence = CostLine {
        initial: Some(LARGEST.into()),
        annual: Some(LARGEST.into()),
        licence: Some(licence),
        currency: Some("USD".to_owned()),
        ..line()
    };
    // two amounts in each of 51 years
    assert_eq!(figure(years, licence, "costs.nominal"), LARGEST * Decimal::from(102));
}

#[test]
fn a_product_beyond_all_bounds_has_no_value_and_breaks_nothing() {
    let licence = Licence::new(LicenceKind::Perpetual, LARGEST, LARGEST);
    let appraisal = appraisal(50, CostLine { licence: Some(licence), ..line() });
    for id in ["costs.licences.x.1", "costs.licences.x.charged_list.50", "costs.nominal"] {
        assert_eq!(appraisal.base().figure(id).unwrap().unwrap_err().cause, Cause::Overflow);
    }
}
