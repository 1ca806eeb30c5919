//! BSC Designer manual, "Changing indicator details": performance of a value between a minimum and a maximum. Spider Impact
//! support, "Using KPI scoring types": a goal and a red flag divide the scale from 0 to 10 into thirds.

use super::*;

#[test]
fn performance_and_goal_with_red_flag() {
    let document = document(include_str!("../../examples/kpi_scores.yaml"));
    let outcome = document.appraisal().base();
    assert_rows("BSC Designer", &outcome, [("scorecard.performance.progress", dec!(0.25), EXACT)]);
    let rows = [("at_300", dec!(0)), ("at_red_flag", dec!(3.3)), ("at_goal", dec!(6.6)), ("at_900", dec!(10))];
    for (indicator, printed) in rows {
        // the page cuts its figures off after one decimal instead of rounding them
        let score = number(&outcome, &format!("scorecard.{indicator}.score")) * dec!(10);
        assert_near(indicator, score, printed, dec!(0.07));
        assert_eq!((score * dec!(10)).floor(), printed * dec!(10), "{indicator}");
    }
    // right is two thirds of 10, so that a value at its goal lies above the last third and not just below it
    assert_near("at_goal", number(&outcome, "scorecard.at_goal.score"), Decimal::TWO / dec!(3), dec!(1e-20));
    assert_rows("beyond", &outcome, [("scorecard.beyond.score", dec!(1), EXACT)]);
    assert_rows("beyond", &outcome, [("scorecard.lower_is_better.score", dec!(1), EXACT)]);
}
