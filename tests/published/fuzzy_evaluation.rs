use super::*;

/// "Annual staff appraisal, one level" (after Si Shoukui, mathematical modelling, example 14.2).
#[test]
fn personnel() {
    let document = document(include_str!("../../examples/personnel.yaml"));
    let outcome = document.appraisal().base();
    let published = [dec!(0.175), dec!(0.53), dec!(0.275), dec!(0.02), dec!(0)];
    assert_eq!(membership(&outcome, "assessment.membership"), published);
    assert_eq!(grade(&outcome), named("good"));
}

/// "Clothing evaluation, weighted average" (saved run of a Java AHP/ANP/fuzzy/DEA evaluation program).
#[test]
fn clothing() {
    let document = document(include_str!("../../examples/clothing.yaml"));
    let outcome = document.appraisal().base();
    assert_eq!(membership(&outcome, "assessment.membership"), [dec!(0.24), dec!(0.33), dec!(0.39), dec!(0.04)]);
    assert_eq!(grade(&outcome), named("fair"));
}

/// Recomputed for the sources: `(k beta - 1) / (2 gamma (k - 1))`, to the twelve digits that are given.
#[test]
fn effectiveness_of_maximum_membership() {
    for (text, published) in [
        (include_str!("../../examples/clothing.yaml"), dec!(0.282828282828)),
        (include_str!("../../examples/garment.yaml"), dec!(0.166666666667)),
        (include_str!("../../examples/personnel.yaml"), dec!(0.75)),
        (include_str!("../../examples/product_quality.yaml"), dec!(0.367781155015)),
    ] {
        let document = document(text);
        let rows = [("assessment.effectiveness", published, dec!(0.0000000000005))];
        assert_rows("effectiveness", &document.appraisal().base(), rows);
    }
}

/// "Membership values printed by an R package and its book" (mathmodels, compute_mf and defuzzify).
#[test]
fn membership_functions() {
    const DIGITS: Decimal = dec!(0.0000001);
    let document = document(include_str!("../../examples/membership_functions.yaml"));
    let outcome = document.appraisal().base();
    let of = |item: &str, class: u32| format!("assessment.{item}.membership.class_{class}");
    for (item, published, tolerance) in [
        ("so2", [dec!(0.8), dec!(0.2), dec!(0), dec!(0)], EXACT),
        (
            "so2_gaussian",
            [dec!(0.9231163), dec!(0.2780373), dec!(0.001533811), dec!(0.00000000000000008705427)],
            DIGITS,
        ),
        ("so2_exponential", [dec!(0.81873075), dec!(0.44932896), dec!(0.16529889), dec!(0.01356856)], DIGITS),
    ] {
        for (class, published) in (1..).zip(published) {
            assert_rows("mathmodels", &outcome, [(&*of(item, class), published, tolerance)]);
        }
    }
    // the smallest is printed with seven digits of its own
    let smallest = number(&outcome, &of("so2_gaussian", 4));
    assert_near("exp(-36.98)", smallest * dec!(10_000_000_000_000_000), dec!(0.8705427), DIGITS);
    for (item, published) in [("at_2", dec!(0.25)), ("at_7", dec!(1)), ("at_8", dec!(0))] {
        assert_rows("the trapezoid", &outcome, [(&*of(item, 1), published, EXACT)]);
    }
    // (0.318, 0.351, 0.203, 0.128) on (30, 60, 75, 90)
    assert_rows("defuzzify", &outcome, [("assessment.stated.score", dec!(57.345), EXACT)]);
    let stated = outcome.report().assessment.unwrap().criteria.into_iter().find(|row| &*row.id == "stated").unwrap();
    assert_eq!(stated.grade, named("class_2"));
}

/// The printed trapezoid (1, 5, 7, 8) at 1 to 10.
#[test]
fn trapezoid() {
    let published = [dec!(0), dec!(0.25), dec!(0.5), dec!(0.75), dec!(1), dec!(1), dec!(1), dec!(0), dec!(0), dec!(0)];
    for (x, published) in (1..).zip(published) {
        let text = include_str!("../../examples/membership_functions.yaml");
        let document = document(&text.replace("actual: 2}", &format!("actual: {x}}}")));
        let row = [("assessment.at_2.membership.class_1", published, EXACT)];
        assert_rows("the trapezoid", &document.appraisal().base(), row);
    }
}

/// "Product quality, 3 groups x 8 indicators x 4 grades, two levels" (Markdown chapter on fuzzy comprehensive
/// evaluation).
#[test]
fn product_quality() {
    let document = document(include_str!("../../examples/product_quality.yaml"));
    let outcome = document.appraisal().base();
    for (row, published) in [
        ("assessment.performance.membership", [dec!(0.41), dec!(0.345), dec!(0.18), dec!(0.065)]),
        ("assessment.appearance.membership", [dec!(0.5325), dec!(0.295), dec!(0.1225), dec!(0.05)]),
        ("assessment.service.membership", [dec!(0.4), dec!(0.325), dec!(0.2), dec!(0.075)]),
        ("assessment.membership", [dec!(0.4315), dec!(0.329), dec!(0.1745), dec!(0.065)]),
    ] {
        assert_eq!(membership(&outcome, row), published, "{row}");
    }
    assert_eq!(grade(&outcome), named("best"));
    // Printed: 78.33, which is wrong. (0.4315, 0.329, 0.1745, 0.065) on the scores (90, 75, 60, 40) is 76.58.
    let score = number(&outcome, "assessment.score");
    assert_eq!(score, dec!(76.58));
    assert!((score - dec!(78.33)).abs() > dec!(1.7), "the printed score has become right: {score}");
}

/// "Customer welcome of a garment, five factors, M(min,max) then normalised" (lecture 7, fuzzy comprehensive
/// evaluation, example 1).
#[test]
fn garment() {
    let document = document(include_str!("../../examples/garment.yaml"));
    let outcome = document.appraisal().base();
    assert_eq!(membership(&outcome, "assessment.membership"), [dec!(0.35), dec!(0.3), dec!(0.3), dec!(0.15)]);
    let published = [dec!(0.32), dec!(0.27), dec!(0.27), dec!(0.14)];
    for (ours, published) in membership(&outcome, "assessment.normalised").into_iter().zip(published) {
        assert_near("normalised B of the garment", ours, published, CENT);
    }
    assert_eq!(grade(&outcome), named("very_welcome"));
}

/// The operator decides the verdict on the same garment: the weighted average calls it fair.
#[test]
fn garment_by_weighted_average() {
    let text = include_str!("../../examples/garment.yaml").replace("operator: min_max", "operator: weighted_average");
    let document = document(&text);
    let outcome = document.appraisal().base();
    assert_eq!(membership(&outcome, "assessment.membership"), [dec!(0.205), dec!(0.32), dec!(0.39), dec!(0.085)]);
    assert_eq!(grade(&outcome), named("fair"));
}
