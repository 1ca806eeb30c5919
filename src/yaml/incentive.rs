//! The section `incentive:` as written.

use super::fields::Reading;
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use crate::scorecard::{Incentive, Participant, ParticipantKind, PayoutCurve, PayoutPoint};
use rust_decimal::Decimal;

const AT: &str = "incentive";
const CURVE: &str =
    "write `curve: {threshold: 60%, target: 90%, cap: 100%, payout_at_threshold: 50%, payout_at_cap: 150%}`";
const STEP: &str = "write `steps: [{from: 60%, pays: 50%}, {from: 90%, pays: 100%}]`";

/// The keys of a linear curve.
const KEYS: [&str; 6] = ["threshold", "target", "cap", "payout_at_threshold", "payout_at_target", "payout_at_cap"];

pub(super) fn read_incentive(reading: &mut Reading, node: &Node) -> Incentive {
    let mut fields = reading.fields(node, AT, "write `curve:` and `units:` or `persons:` under `incentive:`");
    let curve = match fields.get("curve") {
        Some(node) => read_curve(reading, node),
        None => {
            if !fields.is_misspelt("curve") {
                let flaw = Flaw::new("yaml.meaning", At::Node(node.id), "the incentive has no payout curve");
                reading.flaw(flaw.help(CURVE), "incentive.curve");
            }
            nothing()
        }
    };
    let budget = fields.amount(reading, "budget");
    let mut participants = Vec::new();
    for kind in [ParticipantKind::Unit, ParticipantKind::Person] {
        let Some(node) = fields.get(kind.key()) else { continue };
        let at = format!("{AT}.{}", kind.key());
        let help = "write one key for each, as in `north: {target_pay: 12_000, score_of: customer}`";
        for (key, value) in reading.map(node, &at, help) {
            participants.push(read_participant(reading, kind, &key.text, value));
        }
    }
    fields.finish(reading);
    Incentive { curve, budget, participants }
}

/// What stands for a curve that cannot be read.
fn nothing() -> PayoutCurve {
    PayoutCurve::Steps(vec![PayoutPoint::new(Decimal::ZERO, Decimal::ZERO)])
}

fn read_curve(reading: &mut Reading, node: &Node) -> PayoutCurve {
    const AT: &str = "incentive.curve";
    let before = reading.flaws.len();
    let mut fields = reading.fields(node, AT, CURVE);
    let steps = fields.get("steps").map(|node| read_steps(reading, node));
    let points = KEYS.map(|key| fields.number(reading, key));
    if steps.is_none() && reading.flaws.len() == before {
        let is_missing = |(key, number): &(&&str, Option<Decimal>)| {
            number.is_none() && **key != "payout_at_target" && !fields.is_misspelt(key)
        };
        if let Some((key, _)) = KEYS.iter().zip(points).find(is_missing) {
            reading.refuse(node, AT, &format!("the payout curve has no `{key}`"), CURVE);
        }
    }
    fields.finish(reading);
    match (steps, points) {
        (Some(steps), [None, None, None, None, None, None]) => PayoutCurve::Steps(steps),
        (Some(_), _) => {
            if reading.flaws.len() == before {
                let help = "keep `steps:`, or `threshold:`, `target:` and `cap:`";
                reading.refuse(node, AT, "a payout curve has steps or is linear, not both", help);
            }
            nothing()
        }
        (None, [Some(threshold), Some(target), Some(cap), Some(at_threshold), at_target, Some(at_cap)]) => {
            PayoutCurve::Linear {
                threshold: PayoutPoint::new(threshold, at_threshold),
                target: PayoutPoint::new(target, at_target.unwrap_or(Decimal::ONE)),
                cap: PayoutPoint::new(cap, at_cap),
            }
        }
        // what is missing or cannot be read was said above
        (None, _) => nothing(),
    }
}

fn read_steps(reading: &mut Reading, node: &Node) -> Vec<PayoutPoint> {
    const AT: &str = "incentive.curve.steps";
    let entries = reading.list(node, AT, STEP).iter().enumerate();
    let steps = entries.filter_map(|(position, entry)| {
        let at = format!("{AT}.{position}");
        let before = reading.flaws.len();
        let mut fields = reading.fields(entry, &at, STEP);
        let (from, pays) = (fields.number(reading, "from"), fields.number(reading, "pays"));
        fields.finish(reading);
        let point = from.zip(pays).map(|(from, pays)| PayoutPoint::new(from, pays));
        if point.is_none() && reading.flaws.len() == before {
            reading.refuse(entry, &at, "a step says from which score it pays what", STEP);
        }
        point
    });
    steps.collect()
}

fn read_participant(reading: &mut Reading, kind: ParticipantKind, id: &str, node: &Node) -> Participant {
    let at = format!("{AT}.{}.{id}", kind.key());
    let mut fields = reading.fields(node, &at, "write `{target_pay: 12_000, score_of: customer}`");
    let name = fields.text(reading, "name");
    let target_pay = fields.amount(reading, "target_pay");
    if target_pay.is_none() && !fields.is_misspelt("target_pay") {
        let message = format!("`{id}` has no target pay");
        let help = "add `target_pay:`, what a score at target is paid, as in `target_pay: 12_000`";
        reading.refuse(node, &format!("{at}.target_pay"), &message, help);
    }
    let score_of = fields.get("score_of").map(|node| read_scores(reading, node, &format!("{at}.score_of")));
    fields.finish(reading);
    let target_pay = target_pay.unwrap_or_else(|| 0.into());
    Participant { id: id.to_owned(), name, kind, target_pay, score_of: score_of.unwrap_or_default() }
}

/// One criterion, or several with their weights.
fn read_scores(reading: &mut Reading, node: &Node, at: &str) -> Vec<(String, Decimal)> {
    let help = "write a criterion, as in `score_of: customer`, or several as in `{customer: 60%, financial: 40%}`";
    match &node.value {
        Value::Text(criterion) => vec![(criterion.to_string(), Decimal::ONE)],
        Value::Map(entries) => {
            let weights = entries.iter().filter_map(|(key, value)| {
                Some((key.text.to_string(), reading.number(value, &format!("{at}.{}", key.text))?))
            });
            weights.collect()
        }
        _ => {
            reading.expected(node, at, "a criterion", help);
            Vec::new()
        }
    }
}
