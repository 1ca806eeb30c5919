use super::*;

/// The net present value as a table of factors with `places` decimals gives it.
fn npv_of_printed_factors(rate: Decimal, places: u32, flows: &[Decimal]) -> Decimal {
    let terms = flows.iter().zip(0u32..).map(|(flow, year)| {
        let factor = discount_factor(rate, year).unwrap();
        flow * factor.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
    });
    terms.sum()
}

/// "CRM investment of 100,000 returning 40,000 a year for four years at 10%" (How to calculate ROI: smarter
/// investments guide).
#[test]
fn crm_100k() {
    let document = document(include_str!("../../examples/crm_100k.yaml"));
    let outcome = document.appraisal().base();
    assert_rows(
        "CRM investment of 100,000",
        &outcome,
        [
            ("case.npv", dec!(26_794.617854), dec!(0.0000005)),
            ("case.irr", dec!(0.218622696098342), dec!(0.0000000000000005)),
            ("case.payback", dec!(2.5), EXACT),
            ("case.discounted_payback", dec!(3.019250), dec!(0.0000005)),
            ("case.benefit_cost_ratio", dec!(1.26794618), dec!(0.000000005)),
        ],
    );
    // Printed: 26,760, with factors of three decimals. Not wrong by those, and 34.62 below the exact value.
    let printed = dec!(26_760);
    let flows = [dec!(-100_000), dec!(40_000), dec!(40_000), dec!(40_000), dec!(40_000)];
    assert_eq!(npv_of_printed_factors(dec!(0.10), 3, &flows), printed);
    assert_near("residue of the print", number(&outcome, "case.npv") - printed, dec!(34.6179), dec!(0.00005));
}

/// "IT project business-case template: 8%, costs 140k + 3 x 40k, benefits 3 x 200k" (Business Case Financials,
/// Schwalbe-style template).
#[test]
fn business_case_template() {
    const SOURCE: &str = "Business Case Financials";
    let document = document(include_str!("../../examples/published/business_case_template.yaml"));
    let outcome = document.appraisal().base();
    // exact, where the source has factors of two decimals
    assert_rows(
        SOURCE,
        &outcome,
        [
            ("case.npv", dec!(272_335.517960), dec!(0.0000005)),
            ("costs.present_value", dec!(243_083.8795), dec!(0.00005)),
            ("benefits.present_value", dec!(515_419.3974), dec!(0.00005)),
            ("case.roi", dec!(1.12), CENT),
            ("case.payback", dec!(0.875), EXACT),
            ("case.discounted_payback", dec!(0.945), dec!(0.0000005)),
            ("case.irr", dec!(1), EXACT),
        ],
    );
    assert_eq!(number(&outcome, "case.payback").ceil(), dec!(1), "{SOURCE}: payback in year 1");
    // as printed: 272,800 is 464.48 above the exact value
    for (flows, printed) in [
        ([dec!(140_000), dec!(40_000), dec!(40_000), dec!(40_000)], dec!(243_200)),
        ([dec!(0), dec!(200_000), dec!(200_000), dec!(200_000)], dec!(516_000)),
        ([dec!(-140_000), dec!(160_000), dec!(160_000), dec!(160_000)], dec!(272_800)),
    ] {
        assert_eq!(npv_of_printed_factors(dec!(0.08), 2, &flows), printed, "{SOURCE}");
    }
    assert_near(SOURCE, dec!(272_800) - number(&outcome, "case.npv"), dec!(464.48), CENT);
}

/// "Cost/benefit template: 1%, costs 5,1,1,1, benefits 0,10,10,10" (Cost Estimate Sheet). Whole units in print.
#[test]
fn cost_benefit_template() {
    const SOURCE: &str = "Cost Estimate Sheet";
    let document = document(include_str!("../../examples/published/cost_benefit_template.yaml"));
    let outcome = document.appraisal().base();
    assert_rows(
        SOURCE,
        &outcome,
        [
            ("costs.present_value", dec!(8), WHOLE),
            ("benefits.present_value", dec!(29), WHOLE),
            ("case.npv", dec!(21), WHOLE),
            ("case.npv", dec!(21.468867), dec!(0.0000005)),
            ("case.roi", dec!(2.70), CENT),
            ("case.discounted_payback", dec!(0.561111), dec!(0.0000005)),
        ],
    );
    let printed = [dec!(-5), dec!(4), dec!(13), dec!(21)];
    assert_series(SOURCE, &outcome, "case.discounted_cumulative", 0, &printed, WHOLE);
    let flows = [dec!(-5), dec!(9), dec!(9), dec!(9)];
    assert_near(SOURCE, npv(dec!(0.01), 0, &flows).unwrap(), number(&outcome, "case.npv"), dec!(1e-24));
}
