//! Barron and Barrett's tables, swing weights, entropy weights of rivers and CRITIC weights of software.

use super::*;

fn weights(outcome: &Outcome, ids: impl IntoIterator<Item = String>, published: &[Decimal], tolerance: Decimal) {
    for (id, published) in ids.into_iter().zip(published) {
        assert_near(&id, number(outcome, &format!("scorecard.{id}.weight")), *published, tolerance);
    }
}

#[test]
fn rank_weights_and_swings() {
    let document_ = document(include_str!("../../examples/rank_weights.yaml"));
    let outcome = document_.appraisal().base();
    let printed = dec!(0.00005);
    let groups: [(&str, &[Decimal]); 6] = [
        ("a", &[dec!(0.6111), dec!(0.2778), dec!(0.1111)]),
        ("b", &[dec!(0.5208), dec!(0.2708), dec!(0.1458), dec!(0.0625)]),
        ("c", &[dec!(0.4567), dec!(0.2567), dec!(0.1567), dec!(0.09), dec!(0.04)]),
        ("d", &[dec!(0.3333), dec!(0.2667), dec!(0.2), dec!(0.1333), dec!(0.0667)]),
        ("e", &[dec!(0.43795620438), dec!(0.21897810219), dec!(0.14598540146), dec!(0.109489051095)]),
        ("f", &[dec!(0.3704), dec!(0.2222), dec!(0.2593), dec!(0.1481)]),
    ];
    for (group, published) in groups {
        let ids = (1..).map(|number| format!("{group}{number}"));
        weights(&outcome, ids, published, printed);
    }
    // as printed the weights of four and five miss 1 by rounding; ours sum to exactly 1
    for (group, size, printed) in [("b", 4, dec!(0.9999)), ("c", 5, dec!(1.0001))] {
        let published = groups.iter().find(|(name, _)| *name == group).unwrap().1;
        assert_eq!(published.iter().sum::<Decimal>(), printed);
        let sum: Decimal = (1..=size).map(|k| number(&outcome, &format!("scorecard.{group}{k}.weight"))).sum();
        assert_eq!(sum, Decimal::ONE);
    }
}

#[test]
fn rivers() {
    let text = include_str!("../../examples/rivers.yaml");
    let ids = || ["oxygen", "acidity", "germs", "nutrient"].map(str::to_owned);
    let document_ = document(text);
    let outcome = document_.appraisal().base();
    let printed = [dec!(0.3153202), dec!(0.1813149), dec!(0.3506929), dec!(0.1526721)];
    weights(&outcome, ids(), &printed, dec!(0.0000001));
    // the published score of a river is the weighted mean of its scaled row, in percent
    for (river, printed) in [("river_1", dec!(42.05869)), ("river_14", dec!(12.10016)), ("river_20", dec!(69.36453))] {
        let part = |id: String| {
            let scaled = number(&outcome, &format!("data.scorecard.scaled.{river}.{id}"));
            scaled * number(&outcome, &format!("scorecard.{id}.weight")) * dec!(100)
        };
        assert_near(river, ids().into_iter().map(part).sum(), printed, dec!(0.00001));
    }
    // without the margin, by the rule 0 ln 0 = 0
    let document_ = document(&text.replace("        epsilon: 0.002\n", ""));
    let recomputed = [dec!(0.316160142867), dec!(0.18046580102), dec!(0.35104698691), dec!(0.152327069202)];
    weights(&document_.appraisal().base(), ids(), &recomputed, dec!(0.0000000001));
}

/// The printed weights are those of a cost that is not turned around.
#[test]
fn attendance_software() {
    let text = include_str!("../../examples/attendance_software.yaml");
    let ids = || ["price", "c2", "c3", "c4", "c5", "c6"].map(str::to_owned);
    let printed = [dec!(0.157), dec!(0.249), dec!(0.168), dec!(0.121), dec!(0.154), dec!(0.151)];
    let document_ = document(text);
    weights(&document_.appraisal().base(), ids(), &printed, dec!(0.0005));
    let document_ = document(&text.replace("flip_costs: false", "flip_costs: true"));
    let outcome = document_.appraisal().base();
    let right = [
        dec!(0.184066407331),
        dec!(0.213028978511),
        dec!(0.142214162321),
        dec!(0.158300641223),
        dec!(0.168382221283),
        dec!(0.134007589332),
    ];
    weights(&outcome, ids(), &right, dec!(0.0000000001));
    assert!((number(&outcome, "scorecard.price.weight") - printed[0]).abs() > dec!(0.02));
}
