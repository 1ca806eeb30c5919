//! The measure of an indicator as written: its values, its score and its way to the target.

use super::fields::{Fields, Reading, listed};
use super::node::{Node, Value};
use crate::aggregation::Aggregation;
use crate::amount::Amount;
use crate::model::Formula;
use crate::period::Period;
use crate::scorecard::{Aim, Direction, FollowUp, FromUnits, Measure, Path, Scoring, Step};
use rust_decimal::Decimal;

/// Whose measure is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// That of an indicator.
    Scorecard,
    /// What a business unit says about an indicator, whose words are scored where that is so.
    Unit { words: bool },
}

/// The measure among the fields of a criterion, where anything of one is written.
pub(super) fn read(reading: &mut Reading, fields: &mut Fields, at: &str, whose: Whose) -> Option<Measure> {
    let scoring = fields.get("scoring").and_then(|node| scoring(reading, node, &format!("{at}.scoring")));
    let words = match scoring {
        None => whose == Whose::Unit { words: true },
        Some(_) => scores_words(scoring.as_ref()),
    };
    let (actual, words) = match fields.get("actual") {
        Some(node) if words || is_word(node) => actual_words(reading, node, &format!("{at}.actual")),
        Some(_) => (fields.amount(reading, "actual"), Vec::new()),
        None => (None, Vec::new()),
    };
    let unit = fields.text(reading, "unit");
    let base = fields.amount(reading, "base");
    let target = fields.amount(reading, "target");
    let stretch = fields.amount(reading, "stretch");
    let floor = fields.amount(reading, "floor");
    let min = fields.amount(reading, "min");
    let max = fields.amount(reading, "max");
    let band = fields.get("band");
    let tolerance = fields.number(reading, "tolerance");
    let direction = fields.choice(reading, "direction", &Direction::ALL);
    let follow_up = follow_up(reading, fields);
    let (kpi, from_units) = match whose {
        Whose::Scorecard => {
            let kpi = super::kpi::read_use(reading, fields, at);
            (kpi, fields.choice(reading, "from_units", &FromUnits::ALL))
        }
        Whose::Unit { .. } => (super::kpi::read_data_of_unit(reading, fields, at), None),
    };
    let given = [&base, &target, &actual, &stretch, &floor, &min, &max].into_iter().any(Option::is_some);
    let others = kpi.is_some() || direction.is_some() || from_units.is_some();
    if !given && words.is_empty() && band.is_none() && scoring.is_none() && !others {
        return None;
    }
    let aim = match band {
        Some(node) => read_band(reading, node, &format!("{at}.band"), target.is_some(), tolerance),
        None => {
            if let Some(node) = fields.get("tolerance") {
                let help = "add `band: [low, high]`, or remove `tolerance`";
                reading.refuse(node, &format!("{at}.tolerance"), "a tolerance belongs to a band", help);
            }
            target.map(Aim::Target)
        }
    };
    Some(Measure {
        unit,
        base,
        aim,
        actual,
        kpi,
        words,
        stretch,
        floor,
        min,
        max,
        direction,
        scoring,
        follow_up,
        from_units,
    })
}

/// Whether a value is a word and nothing that could be meant for a number; which words there are is no matter of reading.
fn is_word(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) => {
            let mut letters = text.chars();
            letters.next().is_some_and(char::is_alphabetic)
                && letters.all(|c| c.is_alphabetic() || matches!(c, ' ' | '_'))
        }
        _ => false,
    }
}

/// Whether an actual value is a word.
pub(super) fn scores_words(scoring: Option<&Scoring>) -> bool {
    matches!(scoring, Some(Scoring::Lookup(_) | Scoring::YesNo))
}

fn read_band(
    reading: &mut Reading,
    node: &Node,
    at: &str,
    has_target: bool,
    tolerance: Option<Decimal>,
) -> Option<Aim> {
    let before = reading.flaws.len();
    let ends = reading.numbers(node, at, "write `band: [low, high]`");
    match *ends.as_slice() {
        [low, high] => {
            if has_target {
                reading.refuse(node, at, "an indicator has a target or a band, not both", "remove one of the two");
            }
            Some(Aim::Band { low, high, tolerance })
        }
        _ => {
            if reading.flaws.len() == before {
                reading.refuse(node, at, "a band has two ends", "write `band: [low, high]`");
            }
            None
        }
    }
}

/// One word, or a word for each of some periods.
fn actual_words(reading: &mut Reading, node: &Node, at: &str) -> (Option<Amount>, Vec<(Option<Period>, String)>) {
    match &node.value {
        Value::Text(text) if text.trim_start().starts_with('=') => (Some(reading.amount(node, at)), Vec::new()),
        Value::Map(_) => {
            let words = reading.by_period(node, at, |reading, node, at| reading.text(node, at));
            (None, words.into_iter().map(|(period, word)| (Some(period), word)).collect())
        }
        _ => (None, reading.text(node, at).map(|word| (None, word)).into_iter().collect()),
    }
}

/// What an indicator, or the scorecard for all of them, says about following it over periods.
pub(super) fn follow_up(reading: &mut Reading, fields: &mut Fields) -> FollowUp {
    let carry_forward = fields.get("carry_forward").and_then(|node| {
        reading.whole(node, &fields.at("carry_forward"), "write a number of periods, as in `carry_forward: 2`")
    });
    let milestones = match fields.get("milestones") {
        Some(node) => {
            let at = fields.at("milestones");
            if !matches!(node.value, Value::Map(_)) {
                reading.expected(node, &at, "a map of periods and values", "write `milestones: {2025-Q4: 80%}`");
            }
            reading.by_period(node, &at, |reading, node, at| reading.number(node, at))
        }
        None => Vec::new(),
    };
    FollowUp {
        aggregation: fields.choice(reading, "aggregation", &Aggregation::ALL),
        carry_forward,
        start: fields.period(reading, "start"),
        due: fields.period(reading, "due"),
        path: fields.choice(reading, "path", &Path::ALL),
        milestones,
    }
}

const SCORING_HELP: &str = "write one of `linear`, `two_piece`, `goal_red_flag`, `min_max`, `yes_no`, `s_curve`, a \
                            formula after `=`, or `{steps: …}`, `{lookup: …}`, `{s_curve: …}`, `{two_piece: …}`";

fn scoring(reading: &mut Reading, node: &Node, at: &str) -> Option<Scoring> {
    let entries = match &node.value {
        Value::Text(text) if text.trim_start().starts_with('=') => {
            return match reading.amount(node, at) {
                Amount::Formula(formula) => Some(Scoring::Formula(formula)),
                _ => None,
            };
        }
        Value::Text(_) => {
            let others = ", a formula after `=`, `{steps: …}` or `{lookup: …}`";
            return reading.choice_or(node, at, &Scoring::NAMED, others).map(Scoring::from);
        }
        Value::Map(entries) => entries,
        _ => {
            reading.expected(node, at, "a way of scoring", SCORING_HELP);
            return None;
        }
    };
    let [(key, value)] = entries.as_slice() else {
        reading.refuse(node, at, "a score is made in one way", SCORING_HELP);
        return None;
    };
    match &*key.text {
        "steps" => {
            let steps = reading.map(value, at, "write `{steps: {0: 0%, 70: 50%, 90: 100%}}`").iter();
            let steps = steps.filter_map(|(from, score)| {
                let at = format!("{at}.steps.{}", from.text);
                let lowest = super::scalars::number(&from.text).ok();
                if lowest.is_none() {
                    let help = "write the lowest value that reaches the score, as in `70: 50%`";
                    reading.refuse(score, &at, "a step begins at a number", help);
                }
                Some(Step { from: lowest?, score: reading.number(score, &at)? })
            });
            Some(Scoring::Steps(steps.collect()))
        }
        "lookup" => {
            let words = reading.map(value, at, "write `{lookup: {none: 0%, partly: 50%, full: 100%}}`").iter();
            let words = words.filter_map(|(word, score)| {
                let at = format!("{at}.lookup.{}", word.text);
                Some((word.text.to_string(), reading.number(score, &at)?))
            });
            Some(Scoring::Lookup(words.collect()))
        }
        "s_curve" => Some(Scoring::SCurve { steepness: reading.number(value, &format!("{at}.s_curve"))? }),
        "two_piece" => Some(Scoring::TwoPiece { at_stretch: reading.number(value, &format!("{at}.two_piece"))? }),
        "formula" => match &value.value {
            Value::Text(text) => match Formula::parse(text) {
                Ok(formula) => Some(Scoring::Formula(formula)),
                Err(_) => match reading.amount(value, &format!("{at}.formula")) {
                    Amount::Formula(formula) => Some(Scoring::Formula(formula)),
                    _ => None,
                },
            },
            _ => {
                reading.expected(
                    value,
                    at,
                    "a formula",
                    "write a formula after `=`, as in `= min(1, actual / target)`",
                );
                None
            }
        },
        other => {
            let known = ["steps", "lookup", "s_curve", "two_piece", "formula"];
            let help = match crate::nearest::did_you_mean(other, known) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("write one of {}", listed(known.into_iter())),
            };
            let message = format!("`{}` is no way of scoring", super::syntax::short(other));
            reading.refuse(node, at, &message, &help);
            None
        }
    }
}
