//! "Three-year CRM TCO comparison by cost category for four CRM offers (150 users), with the vendor quotes behind it"
//! (vendor-evaluation task data: tco_comparison_draft.md and the quotes).

use super::*;

const SOURCE: &str = "Three-year CRM TCO comparison for four CRM offers";
const USERS: Decimal = dec!(150);

/// An offer, the alternative that holds it, and what is printed about it.
struct Offer {
    alternative: &'static str,
    /// By the present value of its costs.
    rank: Decimal,
    licences_3yr: Decimal,
    implementation: Decimal,
    other_per_year: Decimal,
    tco_3yr: Decimal,
    tco_per_user: Decimal,
    tco_per_user_month: Decimal,
    /// Recomputed for the source at 10 %, with one-time costs today: the source discounts nothing.
    present_value: Decimal,
}

const OFFERS: [Offer; 4] = [
    Offer {
        alternative: "salesforce_enterprise",
        rank: dec!(4),
        licences_3yr: dec!(1_331_424),
        implementation: dec!(245_000),
        other_per_year: dec!(141_000),
        tco_3yr: dec!(1_999_424),
        tco_per_user: dec!(13_329),
        tco_per_user_month: dec!(370),
        present_value: dec!(1_699_330.94),
    },
    Offer {
        alternative: "hubspot_professional",
        rank: dec!(1),
        licences_3yr: dec!(108_216),
        implementation: dec!(22_000),
        other_per_year: dec!(42_000),
        tco_3yr: dec!(256_216),
        tco_per_user: dec!(1_708),
        tco_per_user_month: dec!(47),
        present_value: dec!(216_153.51),
    },
    Offer {
        alternative: "pipedrive_professional",
        rank: dec!(2),
        licences_3yr: dec!(271_110),
        implementation: dec!(6_500),
        other_per_year: dec!(41_000),
        tco_3yr: dec!(400_610),
        tco_per_user: dec!(2_671),
        tco_per_user_month: dec!(74),
        present_value: dec!(333_197.75),
    },
    Offer {
        alternative: "pipedrive_enterprise",
        rank: dec!(3),
        licences_3yr: dec!(404_460),
        implementation: dec!(7_500),
        other_per_year: dec!(41_000),
        tco_3yr: dec!(534_960),
        tco_per_user: dec!(3_566),
        tco_per_user_month: dec!(99),
        present_value: dec!(444_738.32),
    },
];

#[test]
fn all_four_offers() {
    let document = document(include_str!("../../examples/three_vendors.yaml"));
    let outcome = document.appraisal().base();
    for offer in OFFERS {
        let name = offer.alternative;
        let source = format!("{SOURCE}, {name}");
        let id = |figure: &str| format!("alternatives.{name}.{figure}");
        let licence = offer.licences_3yr / dec!(3);
        for (figure, published, tolerance) in [
            ("costs.licences.subscription.nominal", offer.licences_3yr, EXACT),
            ("costs.initial", offer.implementation, EXACT),
            ("costs.ongoing", offer.licences_3yr + offer.other_per_year * dec!(3), EXACT),
            ("costs.nominal", offer.tco_3yr, EXACT),
            ("costs.present_value", offer.present_value, CENT),
        ] {
            assert_near(&format!("{source}, {figure}"), number(&outcome, &id(figure)), published, tolerance);
        }
        assert_series(&source, &outcome, &id("costs.year"), 1, &[licence + offer.other_per_year; 3], EXACT);
        let per_user = number(&outcome, &id("costs.nominal")) / USERS;
        assert_near(&format!("{source}, per user"), per_user, offer.tco_per_user, WHOLE);
        let per_month = per_user / dec!(36);
        assert_near(&format!("{source}, per user and month"), per_month, offer.tco_per_user_month, WHOLE);
        assert_eq!(number(&outcome, &format!("ranking.cost_present_value.{name}")), offer.rank, "{source}");
    }
}

/// The source labels its two discounts 12 %; they follow each other and make 11.68 %.
#[test]
fn discounts_that_follow_each_other_do_not_add_up() {
    let document = document(include_str!("../../examples/three_vendors.yaml"));
    let outcome = document.appraisal().base();
    assert_rows(SOURCE, &outcome, [("licence_list", dec!(502_500), EXACT), ("licence", dec!(443_808), EXACT)]);
    let list = number(&outcome, "licence_list");
    assert_eq!(dec!(1) - number(&outcome, "licence") / list, dec!(0.1168));
    assert_ne!(number(&outcome, "licence"), list * dec!(0.88), "a discount of 12 % would give 442,200");
}

/// Above the break-even number of seats building is cheaper; at it both cost the same.
#[test]
fn at_the_break_even_number_of_seats_making_and_buying_cost_the_same() {
    let text = include_str!("../../examples/make_or_buy.yaml");
    let made = document(text);
    let seats = number(&made.appraisal().base(), "break_even_seats");
    let at_break_even = text.replace("value: 180,", &format!("value: {},", seats.round_dp(12)));
    let at_break_even = at_break_even.replace("range: [120, 180, 320],", "");
    let made = document(&at_break_even);
    let outcome = made.appraisal().base();
    let difference = number(&outcome, "alternatives.build.increment.npv");
    assert_near("make or buy", difference, dec!(0), CENT);
}
