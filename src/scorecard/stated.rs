//! Whether what is stated of an actual value is one value, and one that its way of scoring knows; and what is stated and
//! read by nothing.

use super::measure::of;
use super::{Measure, Node, ScorecardError, Scoring, StatusRule};
use crate::amount::{Amount, Lowering};
use crate::model::Formula;
use rust_decimal::Decimal;
use std::collections::HashSet;

/// Checks the numbers and words of a measure against each other; a KPI beside them is told where it is looked up.
pub(super) fn check(lowering: &mut Lowering, node: &Node, measure: &Measure) {
    let id = || node.id.to_string();
    let at = of(node, "actual").to_string();
    if measure.actual.is_some() && !measure.words.is_empty() {
        lowering.problem(&*at, ScorecardError::NumberAndWord { id: id() });
    }
    match &measure.scoring {
        Some(Scoring::Lookup(words)) => {
            let mut seen = HashSet::with_capacity(words.len());
            let are_words = words.iter().all(|(word, _)| !word.is_empty() && seen.insert(word));
            if !are_words || words.is_empty() {
                lowering.problem(of(node, "scoring").to_string(), ScorecardError::WordsOfScores { id: id() });
            }
            // a number would be taken for the number of a word
            let is_number = measure.kpi.is_some() || !matches!(measure.actual, None | Some(Amount::Formula(_)));
            if is_number && measure.words.is_empty() {
                let known: Vec<String> = words.iter().take(SHOWN).map(|(word, _)| format!("`{word}`")).collect();
                let at = if measure.kpi.is_some() { of(node, "kpi").to_string() } else { at };
                lowering.problem(at, ScorecardError::NumberNotScored { id: id(), known: known.join(", ") });
            }
        }
        Some(Scoring::YesNo) => {
            let mut refuse = |at: String, value: Decimal| {
                if !value.is_zero() && value != Decimal::ONE {
                    lowering.problem(at, ScorecardError::NotYesOrNo { id: id(), value });
                }
            };
            match &measure.actual {
                Some(Amount::PerPeriod(values)) => {
                    values.iter().for_each(|(period, value)| refuse(format!("{at}.{period}"), *value));
                }
                other => other.iter().flat_map(Amount::numbers).for_each(|value| refuse(at.clone(), value)),
            }
        }
        _ => {}
    }
}

/// The keys of values that are stated for nothing: neither a way of scoring nor a rule of the statuses reads them. A measure
/// of business units is scored in several ways, each with the values of the whole where a unit has none of its own.
pub(crate) fn unread(
    measure: &Measure,
    scorings: &[Option<&Scoring>],
    rules: &[StatusRule],
) -> impl Iterator<Item = &'static str> {
    let names = |formula: &Formula, key: &str| formula.expression().names().any(|name| *name.text == *key);
    let is_read = |key: &str| {
        let by_rule = rules.iter().filter_map(|rule| rule.when.as_ref()).any(|when| names(when, key));
        by_rule
            || scorings.iter().any(|scoring| match scoring {
                // where nothing is said, a stretch target makes it two pieces
                None | Some(Scoring::TwoPiece { .. }) => key == "stretch",
                Some(Scoring::GoalAndRedFlag) => key == "floor",
                Some(Scoring::Formula(formula)) => names(formula, key),
                Some(_) => false,
            })
    };
    let stated = [("floor", measure.floor.is_some()), ("stretch", measure.stretch.is_some())];
    let idle = stated.map(|(key, is_stated)| (is_stated && !is_read(key)).then_some(key));
    idle.into_iter().flatten()
}

/// A list of words is cut in a message.
const SHOWN: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::problems;
    use crate::scorecard::{Criterion, KpiUse, Scorecard};
    use rust_decimal::dec;

    fn told(measure: Measure) -> Vec<String> {
        let card = Scorecard::new([Criterion::indicator("x", measure)]);
        problems(Draft { scorecard: Some(card), ..Draft::default() })
    }

    fn lookup(words: &[&str]) -> Scoring {
        Scoring::Lookup(words.iter().map(|word| ((*word).to_owned(), dec!(0.5))).collect())
    }

    #[test]
    fn an_actual_value_is_stated_once() {
        let words = vec![(None, "yes".to_owned())];
        let both = Measure { words: words.clone(), ..Measure::default().actual(1).scored(Scoring::YesNo) };
        assert_eq!(told(both), ["scorecard.x.actual: `x` has an actual value in numbers and one in words"]);
        let churn = KpiUse::new("customer_churn_rate").with("customers_lost", 1).with("customers_start", 2);
        let beside = Measure { words, ..Measure::default().kpi(churn).scored(Scoring::YesNo) };
        assert_eq!(told(beside), ["scorecard.x.actual: `x` has an actual value, and a KPI that computes it"]);
    }

    #[test]
    fn a_floor_and_a_stretch_target_are_read_or_told() {
        let measure = Measure { floor: Some(1.into()), stretch: Some(9.into()), ..Measure::target(2, 8) };
        let of =
            |scoring: Option<&Scoring>, rules: &[StatusRule]| unread(&measure, &[scoring], rules).collect::<Vec<_>>();
        let formula = |text: &str| Formula::parse(text).unwrap();
        assert_eq!(of(None, &[]), ["floor"]);
        assert_eq!(of(Some(&Scoring::Linear), &[]), ["floor", "stretch"]);
        assert_eq!(of(Some(&Scoring::GoalAndRedFlag), &[]), ["stretch"]);
        assert_eq!(of(Some(&Scoring::Formula(formula("= actual / stretch"))), &[]), ["floor"]);
        let rule = StatusRule { status: "red".into(), when: Some(formula("= actual < floor")), from: None };
        assert!(of(None, &[rule]).is_empty());
        let of_units: Vec<_> = unread(&measure, &[None, Some(&Scoring::GoalAndRedFlag)], &[]).collect();
        assert!(of_units.is_empty());
        assert_eq!(unread(&Measure::target(2, 8), &[None], &[]).count(), 0);
    }

    #[test]
    fn words_are_not_numbers() {
        let of_words = |measure: Measure| told(measure.scored(lookup(&["none", "full"])));
        assert_eq!(
            of_words(Measure::default().actual(2)),
            ["scorecard.x.actual: `x` is scored by words, and its actual value is a number"]
        );
        let churn = KpiUse::new("customer_churn_rate").with("customers_lost", 1).with("customers_start", 2);
        assert_eq!(
            of_words(Measure::default().kpi(churn)),
            ["scorecard.x.kpi: `x` is scored by words, and its actual value is a number"]
        );
        assert!(of_words(Measure { words: vec![(None, "full".into())], ..Measure::default() }).is_empty());
        for words in [&["none", "none"][..], &["none", ""], &[]] {
            let told = told(Measure::default().scored(lookup(words)));
            assert_eq!(told, ["scorecard.x.scoring: the words of `x` do not each have a name of their own"]);
        }
    }

    #[test]
    fn yes_is_1_and_no_is_0() {
        let answered = |value: Decimal| told(Measure::default().actual(value).scored(Scoring::YesNo));
        assert!(answered(dec!(1)).is_empty());
        assert!(answered(dec!(0.0)).is_empty());
        assert_eq!(answered(dec!(0.5)), ["scorecard.x.actual: `x` is answered by yes or no, not by 0.5"]);
    }
}
