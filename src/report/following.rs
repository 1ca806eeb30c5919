//! How scores came about and how a scorecard was followed over periods, among the conventions of a report.

use super::words::{Words, fill};
use crate::aggregation::Aggregation;
use crate::calendar::Periods;
use crate::model::Formula;
use crate::period::{FiscalYear, NamedBy, Period};
use crate::scorecard::{Aim, Criterion, FollowUp, Measure, Path, RollUp, Scorecard, Scoring, StatusRule};

/// Criteria that differ from what holds for the whole are named up to so many.
const MOST_NAMED: usize = 12;

/// What a reader calls a criterion.
fn name(criterion: &Criterion) -> &str {
    criterion.name.as_deref().unwrap_or(&criterion.id)
}

/// All criteria in the order of the document.
fn all(card: &Scorecard) -> Vec<&Criterion> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Criterion> = card.perspectives.iter().rev().collect();
    while let Some(criterion) = waiting.pop() {
        found.push(criterion);
        waiting.extend(criterion.children.iter().rev());
    }
    found
}

/// What holds for all, then each criterion that is said to be otherwise.
fn with_exceptions(words: &Words, general: Option<&str>, exceptions: Vec<(&str, String)>) -> Option<String> {
    let hidden = exceptions.len().saturating_sub(MOST_NAMED);
    let named = exceptions.iter().take(MOST_NAMED).map(|(name, choice)| fill(words.about, &[name, choice]));
    let more = (hidden > 0).then(|| fill(words.and_more, &[&hidden.to_string()]));
    let parts: Vec<String> = general.map(str::to_owned).into_iter().chain(named).chain(more).collect();
    (!parts.is_empty()).then(|| parts.join(words.clause_separator))
}

/// How values become scores.
pub(super) fn scores(card: &Scorecard, words: &Words) -> String {
    let scored = |criterion: &Criterion| {
        let measure = criterion.measure.as_ref()?;
        match (&measure.scoring, &measure.aim, &measure.stretch) {
            (None, Some(Aim::Band { .. }), _) => Some(words.scorecard.by_nearness.to_owned()),
            (None, _, Some(_)) => Some(fill(words.scorecard.by_two_piece, &[&percent(Scoring::AT_STRETCH)])),
            (None, ..) => None,
            (Some(scoring), ..) => by(scoring, words),
        }
    };
    let exceptions = all(card).into_iter().filter_map(|criterion| Some((name(criterion), scored(criterion)?)));
    with_exceptions(words, Some(words.scorecard.by_score), exceptions.collect()).unwrap_or_default()
}

fn percent(share: rust_decimal::Decimal) -> String {
    crate::amount::percent(&share)
}

/// One way of scoring, in words; `None` for the usual one.
fn by(scoring: &Scoring, words: &Words) -> Option<String> {
    Some(match scoring {
        Scoring::Linear => return None,
        Scoring::TwoPiece { at_stretch } => fill(words.scorecard.by_two_piece, &[&percent(*at_stretch)]),
        Scoring::GoalAndRedFlag => words.scorecard.by_goal_red_flag.to_owned(),
        Scoring::MinMax => words.scorecard.by_min_max.to_owned(),
        Scoring::Steps(steps) => {
            let steps = steps
                .iter()
                .map(|step| fill(words.scorecard.by_step, &[&percent(step.score), &step.from.normalize().to_string()]));
            fill(words.scorecard.by_steps, &[&steps.collect::<Vec<_>>().join(words.list_separator)])
        }
        Scoring::Lookup(found) => {
            let found = found.iter().map(|(word, score)| fill(words.about, &[word, &percent(*score)]));
            fill(words.scorecard.by_lookup, &[&found.collect::<Vec<_>>().join(words.list_separator)])
        }
        Scoring::YesNo => words.scorecard.by_yes_no.to_owned(),
        Scoring::SCurve { steepness } => fill(words.scorecard.by_s_curve, &[&steepness.normalize().to_string()]),
        Scoring::Formula(formula) => plain(formula).to_owned(),
    })
}

fn rolled_up(way: RollUp, words: &Words) -> &'static str {
    match way {
        RollUp::Mean => words.scorecard.by_roll_up,
        RollUp::GeometricMean => words.scorecard.by_geometric_roll_up,
        RollUp::WorstChild => words.scorecard.by_worst_child,
        RollUp::BestChild => words.scorecard.by_best_child,
    }
}

/// How scores of children become that of their parent.
pub(super) fn roll_up(card: &Scorecard, words: &Words) -> String {
    let other = |criterion: &Criterion| criterion.roll_up.filter(|way| *way != card.roll_up);
    let exceptions =
        all(card).into_iter().filter_map(|it| Some((name(it), rolled_up(other(it)?, words).to_owned()))).collect();
    with_exceptions(words, Some(rolled_up(card.roll_up, words)), exceptions).unwrap_or_default()
}

/// A formula as written, without the sign that begins it.
fn plain(formula: &Formula) -> &str {
    formula.text().trim_start_matches('=').trim_start()
}

/// The rules that give indicators their status, in their order; `None` where the score does.
pub(super) fn status(card: &Scorecard, words: &Words) -> Option<String> {
    let shown = |rule: &StatusRule| match &rule.when {
        Some(when) => fill(words.scorecard.by_rule, &[words.status(&rule.status), plain(when)]),
        None => fill(words.scorecard.by_last_rule, &[words.status(&rule.status)]),
    };
    let rules: Vec<String> = card.rules.iter().map(shown).collect();
    (!rules.is_empty()).then(|| fill(words.scorecard.by_rules, &[&rules.join(words.clause_separator)]))
}

/// The conventions of a scorecard that is followed over periods.
pub(super) fn periods(card: &Scorecard, at: Option<Period>, words: &Words) -> Vec<(&'static str, String)> {
    let (Some(periods), Some(at)) = (&card.periods, at) else { return Vec::new() };
    let Periods { from, to, fiscal_year, .. } = periods;
    let [from, to, at] = [from, to, &at].map(ToString::to_string);
    let mut said = vec![("periods", fill(words.scorecard.by_periods, &[&from, &to, &at]))];
    if *fiscal_year != FiscalYear::CALENDAR {
        let named = match fiscal_year.is_named_by() {
            NamedBy::End => words.scorecard.by_year_end,
            NamedBy::Start => words.scorecard.by_year_start,
        };
        said.push(("fiscal_year", fill(named, &[&fiscal_year.first_month().to_string()])));
    }
    let measured: Vec<(&str, &Measure)> =
        all(card).into_iter().filter_map(|it| Some((name(it), it.measure.as_ref()?))).collect();
    let own = |say: &dyn Fn(&FollowUp) -> Option<String>| {
        let exceptions = measured.iter().filter_map(|(name, measure)| Some((*name, say(&measure.follow_up)?)));
        with_exceptions(words, say(&card.follow_up).as_deref(), exceptions.collect())
    };
    let aggregation = own(&|follow_up| follow_up.aggregation.map(|rule| aggregated(rule, words).to_owned()));
    said.extend(aggregation.map(|choice| ("aggregation", fill(words.scorecard.by_aggregation, &[&choice]))));
    let carried =
        own(&|follow_up| follow_up.carry_forward.map(|most| fill(words.scorecard.by_carry, &[&most.to_string()])));
    said.push(("carry_forward", carried.unwrap_or_else(|| words.scorecard.by_no_carry.to_owned())));
    if measured.len() > 1 {
        let [each, all] = [crate::scorecard::MOST_COMPARED, crate::scorecard::MOST_PAIRS].map(|most| most.to_string());
        said.push(("moves_together", fill(words.scorecard.by_together, &[&each, &all])));
    }
    let has_plan =
        |(_, measure): &(&str, &Measure)| measure.base.is_some() && matches!(measure.aim, Some(Aim::Target(_)));
    if measured.iter().any(has_plan) {
        let way = |path: Path| match path {
            Path::Linear => words.scorecard.by_linear_path,
            Path::Step => words.scorecard.by_step_path,
        };
        let general = way(card.follow_up.path.unwrap_or_default());
        let exceptions = measured.iter().filter_map(|(name, measure)| {
            Some((*name, way(measure.follow_up.path?).to_owned())).filter(|(_, path)| path != general)
        });
        let path = with_exceptions(words, Some(general), exceptions.collect());
        said.extend(path.map(|path| ("expected_path", path)));
        said.push(("forecast", fill(words.scorecard.by_forecast, &[&percent(crate::scorecard::CONFIDENCE)])));
    }
    said
}

fn aggregated(rule: Aggregation, words: &Words) -> &'static str {
    match rule {
        Aggregation::Sum => words.scorecard.by_rule_sum,
        Aggregation::Mean => words.scorecard.by_rule_mean,
        Aggregation::Last => words.scorecard.by_rule_last,
        Aggregation::First => words.scorecard.by_rule_first,
        Aggregation::Min => words.scorecard.by_rule_min,
        Aggregation::Max => words.scorecard.by_rule_max,
    }
}

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests {
    fn conventions(text: &str) -> Vec<(&'static str, String)> {
        let document = crate::yaml::Document::parse("x.yaml", &format!("appraise: 1\n{text}")).unwrap();
        let conventions = document.appraisal().base().report().conventions;
        conventions.into_iter().map(|convention| (convention.topic, convention.choice)).collect()
    }

    #[track_caller]
    fn assert_says(text: &str, topic: &str, choice: &str) {
        let all = conventions(text);
        let found: Vec<&str> = all.iter().filter(|(of, _)| *of == topic).map(|(_, choice)| choice.as_str()).collect();
        assert_eq!(found, [choice]);
    }

    const CARD: &str = "
scorecard:
  periods: {from: 2024-Q1, to: 2025-Q4, fiscal_year_starts: 4}
  roll_up: geometric_mean
  aggregation: mean
  status: [{status: good, when: = score >= 0.8}, {status: poor}]
  perspectives:
    sales:
      roll_up: worst_child
      indicators:
        revenue: {base: 1, target: 2, path: step, aggregation: sum, actual: {2024-Q1: 1, 2024-Q2: 2}}
        calls: {base: 0, target: 9, carry_forward: 2, scoring: s_curve, actual: {2024-Q1: 1}}
    audit: {scoring: yes_no, actual: {2024-Q1: yes}}
";

    #[test]
    fn what_was_chosen_is_told_with_its_exceptions() {
        assert_says(CARD, "periods", "2024-Q1 to 2025-Q4, evaluated at 2024-Q2");
        assert_says(CARD, "fiscal_year", "begins in month 4 and is called after the year it ends in");
        assert_says(
            CARD,
            "roll_up",
            "weighted geometric mean of the children: a score of 0 makes all of it 0; sales: the lowest score of the children",
        );
        assert_says(CARD, "aggregation", "shorter periods and the year so far: the mean; revenue: the sum");
        assert_says(CARD, "carry_forward", "calls: a value stands in for missing ones after it for up to 2 periods");
        assert_says(
            CARD,
            "expected_path",
            "between start and due date the same step each period; revenue: nothing until a milestone or the target is due",
        );
        assert_says(
            CARD,
            "forecast",
            "least-squares line through the values so far; its interval holds what comes with 80 %",
        );
        assert_says(CARD, "status", "by the first rule that holds: good where score >= 0.8; else poor");
    }

    #[test]
    fn conventions_are_told_in_chinese_too() {
        let card = format!("language: zh{CARD}");
        assert_says(&card, "periods", "2024-Q1至2025-Q4，评价期为2024-Q2");
        assert_says(&card, "forecast", "按既有数值的最小二乘直线；预测区间的置信度为80 %");
        assert_says(&card, "aggregation", "较短期间与本年累计：平均；revenue：合计");
    }

    #[test]
    fn what_is_not_followed_says_nothing_about_periods() {
        let plain = "scorecard: {perspectives: {x: {base: 1, target: 2, actual: 2}}}";
        let topics: Vec<&str> = conventions(plain).into_iter().map(|(topic, _)| topic).collect();
        assert_eq!(topics, ["framework", "score", "roll_up", "missing_scores", "status", "rounding"]);
        assert_says(plain, "roll_up", "weighted mean of the children");
    }
}
