//! Saaty's drinks, house and cities, and the published tables of random indices. The sources stand in the documents.

use super::*;

fn weights(outcome: &Outcome, published: &[(&str, Decimal)], tolerance: Decimal) {
    for (id, published) in published {
        assert_near(id, number(outcome, &format!("scorecard.{id}.weight")), *published, tolerance);
    }
}

#[test]
fn drinks() {
    let text = include_str!("../../examples/drinks.yaml");
    let document_ = document(text);
    let outcome = document_.appraisal().base();
    let printed = [
        ("coffee", dec!(0.177)),
        ("wine", dec!(0.019)),
        ("tea", dec!(0.042)),
        ("beer", dec!(0.116)),
        ("soda", dec!(0.190)),
        ("milk", dec!(0.129)),
        ("water", dec!(0.327)),
    ];
    weights(&outcome, &printed, dec!(0.0005));
    let recomputed = [("coffee", dec!(0.177456747446)), ("water", dec!(0.326792639268))];
    weights(&outcome, &recomputed, dec!(0.00000000001));
    assert_rows(
        "Saaty (2008)",
        &outcome,
        [
            ("ahp.scorecard.consistency_ratio", dec!(0.022), dec!(0.0005)),
            ("ahp.scorecard.consistency_ratio", dec!(0.0223016463801), dec!(0.0000000001)),
            ("ahp.scorecard.lambda_max", dec!(7.17662903933), dec!(0.0000000001)),
            ("ahp.scorecard.consistency_index", dec!(0.0294381732217), dec!(0.0000000001)),
        ],
    );
    let document_ = document(&text.replace("saaty_1980", "donegan_dodd_1991"));
    let outcome = document_.appraisal().base();
    assert_near("CR", number(&outcome, "ahp.scorecard.consistency_ratio"), dec!(0.0235), dec!(0.00005));
}

#[test]
fn house_before_and_after_the_repair() {
    let text = include_str!("../../examples/house.yaml");
    let document_ = document(text);
    let outcome = document_.appraisal().base();
    assert_rows(
        "ahpsurvey vignette",
        &outcome,
        [
            ("ahp.scorecard.consistency_ratio", dec!(0.17), dec!(0.005)),
            ("ahp.scorecard.consistency_ratio", dec!(0.169707122382), dec!(0.00000000001)),
            ("ahp.scorecard.lambda_max", dec!(9.66888731712), dec!(0.0000000001)),
            ("ahp.scorecard.error.neighbourhood.condition", dec!(5.32135692643), dec!(0.0000000001)),
            ("ahp.scorecard.repair.neighbourhood.condition", dec!(0.459), dec!(0.0005)),
            ("ahp.scorecard.repair.condition.neighbourhood", dec!(2.18), dec!(0.005)),
            ("ahp.scorecard.repaired_ratio.neighbourhood.condition", dec!(0.0825), dec!(0.00005)),
            ("ahp.scorecard.repaired_lambda.neighbourhood.condition", dec!(8.81117199187), dec!(0.0000000001)),
        ],
    );
    let consistency = outcome
        .report()
        .scorecard
        .unwrap()
        .weights
        .first()
        .unwrap()
        .evidence
        .first()
        .unwrap()
        .consistency
        .first()
        .cloned()
        .unwrap();
    assert!(consistency.is_exceeded);
    let worst = consistency.worst.first().unwrap();
    assert_eq!((&*worst.item, &*worst.over), ("Neighbourhood", "Condition"));
    assert!(outcome.report().findings.iter().any(|finding| finding.code == "weights.inconsistent"));

    // 0.459 is printed with three digits
    let document_ = document(&text.replace("condition: 6", "condition: 0.459"));
    let outcome = document_.appraisal().base();
    assert_near("CR", number(&outcome, "ahp.scorecard.consistency_ratio"), dec!(0.0825), dec!(0.0001));
    assert!(outcome.report().findings.iter().all(|finding| finding.code != "weights.inconsistent"));
}

/// At this inconsistency the method decides about the order: neighbourhood is second or fourth.
#[test]
fn house_by_three_methods() {
    let published: [(&str, [Decimal; 8]); 3] = [
        (
            "eigenvector",
            [
                dec!(0.173017474648),
                dec!(0.053975722999),
                dec!(0.188110298857),
                dec!(0.0175079113082),
                dec!(0.0310437364039),
                dec!(0.0363222021547),
                dec!(0.166833673626),
                dec!(0.333188980002),
            ],
        ),
        (
            "geometric_mean",
            [
                dec!(0.174805089676),
                dec!(0.0626465134453),
                dec!(0.148706335661),
                dec!(0.0193449086536),
                dec!(0.0355702800831),
                dec!(0.0423004301575),
                dec!(0.167016262972),
                dec!(0.349610179352),
            ],
        ),
        (
            "column_mean",
            [
                dec!(0.174374923848),
                dec!(0.0660844908397),
                dec!(0.170152151868),
                dec!(0.0188992972224),
                dec!(0.0352504763593),
                dec!(0.0444570165935),
                dec!(0.17848879307),
                dec!(0.312292850198),
            ],
        ),
    ];
    let ids = ["size", "transport", "neighbourhood", "age", "yard", "modern", "condition", "finance"];
    let printed = [0.175, 0.063, 0.149, 0.019, 0.036, 0.042, 0.167, 0.35].map(|x| Decimal::try_from(x).unwrap());
    for (method, expected) in published {
        let text =
            include_str!("../../examples/house.yaml").replace("method: eigenvector", &format!("method: {method}"));
        let document_ = document(&text);
        let outcome = document_.appraisal().base();
        weights(&outcome, &ids.into_iter().zip(expected).collect::<Vec<_>>(), dec!(0.00000000002));
        if method == "geometric_mean" {
            weights(&outcome, &ids.into_iter().zip(printed).collect::<Vec<_>>(), dec!(0.0005));
        }
    }
}

#[test]
fn cities_are_two_levels() {
    let document_ = document(include_str!("../../examples/cities.yaml"));
    let outcome = document_.appraisal().base();
    let criteria = [
        ("culture", dec!(0.1522)),
        ("family", dec!(0.4335)),
        ("housing", dec!(0.0716)),
        ("jobs", dec!(0.3050)),
        ("transportation", dec!(0.0378)),
    ];
    weights(&outcome, &criteria, dec!(0.00005));
    assert_near("CR", number(&outcome, "ahp.scorecard.consistency_ratio"), dec!(0.0508), dec!(0.00005));
    for (city, printed, recomputed) in [
        ("bethesda", dec!(0.2291), dec!(0.22910363103)),
        ("boston", dec!(0.2748), dec!(0.27476809345)),
        ("pittsburgh", dec!(0.3852), dec!(0.385160870325)),
        ("santa_fe", dec!(0.1110), dec!(0.110967405194)),
    ] {
        let under =
            |(criterion, _): &(&str, Decimal)| number(&outcome, &format!("scorecard.{criterion}_{city}.global_weight"));
        let sum: Decimal = criteria.iter().map(under).sum();
        assert_near(city, sum, printed, dec!(0.00005));
        assert_near(city, sum, recomputed, dec!(0.0000000001));
    }
    weights(
        &outcome,
        &[("family_pittsburgh", dec!(0.635350246097)), ("jobs_boston", dec!(0.55860828771))],
        dec!(0.00000000001),
    );
}

/// The whole of each table as it was published, through documents of 3 to 15 criteria that all matter the same.
#[test]
fn random_indices() {
    let tables: [(&str, [f64; 13]); 5] = [
        ("saaty_1980", [0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59]),
        ("saaty_2005", [0.52, 0.89, 1.11, 1.25, 1.35, 1.4, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59]),
        (
            "tummala_ling_1998",
            [0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356, 1.5571, 1.5714, 1.5831],
        ),
        (
            "simulated_2019",
            [
                0.5251686, 0.8836651, 1.1081014, 1.2492774, 1.3415514, 1.4048466, 1.4507197, 1.4857266, 1.5141022,
                1.5356638, 1.5545925, 1.5703498, 1.5839958,
            ],
        ),
        (
            "donegan_dodd_1991",
            [0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213, 1.4497, 1.4643, 1.4822, 1.4969],
        ),
    ];
    for (table, published) in tables {
        for (items, published) in (3..).zip(published) {
            let criteria: String = (1..=items).map(|item| format!("c{item}: {{}}, ")).collect();
            let first: String = (2..=items).map(|item| format!("c{item}: 1, ")).collect();
            let text = format!(
                "appraise: 1\nscorecard: {{perspectives: {{{criteria}}}}}\nweights: {{groups: {{scorecard: {{ahp: \
                 {{random_index: {table}, judgements: {{c1: {{{first}}}}}}}}}}}}}\n"
            );
            let document_ = document(&text);
            let ours = number(&document_.appraisal().base(), "ahp.scorecard.random_index");
            assert_eq!(ours, Decimal::try_from(published).unwrap(), "{table}, {items}");
        }
    }
}
