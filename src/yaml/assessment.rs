//! The section `assessment:` as written.

use super::fields::{Fields, Reading};
use super::node::{Key, Node, Value};
use crate::panel::{
    Assessment, Ballot, Curve, Grade, GradeBand, GradeFunctions, MembershipFunctions, Memberships, Operator, Sums,
    Votes,
};
use rust_decimal::Decimal;

const AT: &str = "assessment";

pub(super) fn read_assessment(reading: &mut Reading, node: &Node) -> Assessment {
    let mut fields = reading.fields(node, AT, "write `grades:`, `panel:` and `votes:` under `assessment:`");
    let grades = fields.get("grades").map_or_else(Vec::new, |node| read_scores(reading, node, "grades"));
    let bands = fields.get("grade_bands").map_or_else(Vec::new, |node| read_scores(reading, node, "grade_bands"));
    let (operator, operators) = fields.get("operator").map(|node| read_operator(reading, node)).unwrap_or_default();
    let default = Assessment::default();
    let mut assessment = Assessment {
        grades: grades.into_iter().map(|(name, score)| Grade { name, score }).collect(),
        grade_bands: bands.into_iter().map(|(grade, from)| GradeBand { grade, from }).collect(),
        operator,
        operators,
        normalise: fields.truth(reading, "normalise").unwrap_or_default(),
        exponent: fields
            .get("exponent")
            .and_then(|node| reading.whole(node, &format!("{AT}.exponent"), "write `exponent: 1` or `exponent: 2`"))
            .unwrap_or(default.exponent),
        panel: fields
            .get("panel")
            .and_then(|node| reading.whole(node, &format!("{AT}.panel"), "write a whole number of people")),
        sums: fields.choice(reading, "sums", &Sums::ALL).unwrap_or_default(),
        sensitivity: fields.truth(reading, "sensitivity"),
        ..default
    };
    let rows = "write one row for each indicator, as in `retention_rate: [6, 9, 4, 1]`";
    for (key, value, at) in entries(reading, &mut fields, "votes", rows) {
        let help = "write one number for each grade, as in `[6, 9, 4, 1]`";
        let counts = read_row(reading, value, &at, &assessment, help, Some(Decimal::ZERO));
        assessment.votes.push(Votes { item: key.text.to_string(), counts });
    }
    let ballots = "write one line for each expert, as in `controller: {retention_rate: good}`";
    for (key, value, at) in entries(reading, &mut fields, "ballots", ballots) {
        let votes = read_ballot(reading, value, &at);
        assessment.ballots.push(Ballot { expert: key.text.to_string(), votes });
    }
    let rows = "write one row for each indicator, as in `brand_trust: [0.2, 0.5, 0.3, 0]`";
    for (key, value, at) in entries(reading, &mut fields, "memberships", rows) {
        let help = "write one share for each grade, as in `[0.2, 0.5, 0.3, 0]`";
        let values = read_row(reading, value, &at, &assessment, help, Some(Decimal::ZERO));
        assessment.memberships.push(Memberships { item: key.text.to_string(), values });
    }
    for (key, value, at) in entries(reading, &mut fields, "functions", FUNCTIONS) {
        if let Some((band, of)) = read_functions(reading, value, &at, &assessment) {
            assessment.functions.push(MembershipFunctions { item: key.text.to_string(), band, of });
        }
    }
    fields.finish(reading);
    assessment
}

const FUNCTIONS: &str = "write `retention_rate: {points: {good: 85%, fair: 80%, poor: 75%}}`, \
                         or a function for each grade";

/// The entries of a map under the section, each with its address.
fn entries<'n>(
    reading: &mut Reading,
    fields: &mut Fields<'n>,
    key: &'static str,
    help: &str,
) -> Vec<(&'n Key<'n>, &'n Node<'n>, String)> {
    let Some(node) = fields.get(key) else { return Vec::new() };
    let at = format!("{AT}.{key}");
    let entries = reading.map(node, &at, help).iter();
    entries.map(|(key, value)| (key, value, format!("{at}.{}", key.text))).collect()
}

/// A score for each grade.
fn read_scores(reading: &mut Reading, node: &Node, key: &str) -> Vec<(String, Decimal)> {
    let help = format!("write `{key}: {{excellent: 95, good: 80, fair: 65, poor: 40}}`");
    let entries = reading.map(node, &format!("{AT}.{key}"), &help).iter();
    let read = entries.map(|(grade, value)| {
        let score = reading.number(value, &format!("{AT}.{key}.{}", grade.text)).unwrap_or_default();
        (grade.text.to_string(), score)
    });
    read.collect()
}

/// One operator, or `default` and exceptions by criterion.
fn read_operator(reading: &mut Reading, node: &Node) -> (Operator, Vec<(String, Operator)>) {
    let at = format!("{AT}.operator");
    let Value::Map(entries) = &node.value else {
        return (reading.choice(node, &at, &Operator::ALL).unwrap_or_default(), Vec::new());
    };
    let (mut default, mut exceptions) = (Operator::default(), Vec::new());
    for (key, value) in entries {
        let operator = reading.choice(value, &format!("{at}.{}", key.text), &Operator::ALL).unwrap_or_default();
        match &*key.text {
            "default" => default = operator,
            item => exceptions.push((item.to_owned(), operator)),
        }
    }
    (default, exceptions)
}

/// A row, best grade first, or by the name of the grades; `unnamed` stands for a grade that is not named, which without
/// it makes the row too short.
fn read_row(
    reading: &mut Reading,
    node: &Node,
    at: &str,
    assessment: &Assessment,
    help: &str,
    unnamed: Option<Decimal>,
) -> Vec<Decimal> {
    let Value::Map(entries) = &node.value else { return reading.numbers(node, at, help) };
    let grades = assessment.grades_best_first();
    let names: Vec<(&str, usize)> = grades.iter().map(|grade| grade.name.as_str()).zip(0..).collect();
    if names.is_empty() {
        // that there are no grades is the mistake
        reading.unreadable.push(at.to_owned());
        return Vec::new();
    }
    let mut row = vec![unnamed; grades.len()];
    for (key, value) in entries {
        let at = format!("{at}.{}", key.text);
        match names.iter().find(|(name, _)| **name == *key.text) {
            None => reading.unknown_key((key, value), &at, "no grade", names.iter().map(|(name, _)| *name)),
            Some((_, position)) => {
                let number = reading.number(value, &at).unwrap_or_default();
                if let Some(entry) = row.get_mut(*position) {
                    *entry = Some(number);
                }
            }
        }
    }
    row.into_iter().flatten().collect()
}

/// The grades that one expert gives; `~` for none.
fn read_ballot(reading: &mut Reading, node: &Node, at: &str) -> Vec<(String, String)> {
    let help = "write a grade for each indicator, as in `{retention_rate: good}`";
    let entries = reading.map(node, at, help).iter();
    let votes = entries.filter_map(|(key, value)| {
        let grade = reading.text(value, &format!("{at}.{}", key.text))?;
        Some((key.text.to_string(), grade))
    });
    votes.collect()
}

type Functions = (Option<(Decimal, Decimal)>, GradeFunctions);

/// `{points: …}`, or a function for each grade; `band` beside either.
fn read_functions(reading: &mut Reading, node: &Node, at: &str, assessment: &Assessment) -> Option<Functions> {
    let entries = reading.map(node, at, FUNCTIONS);
    if entries.is_empty() {
        if let Value::Null | Value::Map(_) = &node.value {
            reading.expected(node, at, "a function for each grade", FUNCTIONS);
        }
        return None;
    }
    let band_of = |reading: &mut Reading, node: &Node| {
        let [low, high] = read_numbers(reading, node, &format!("{at}.band"), "write `band: [low, high]`")?;
        Some((low, high))
    };
    if entries.iter().any(|(key, _)| &*key.text == "points") {
        let mut fields = reading.fields(node, at, FUNCTIONS);
        let band = fields.get("band").and_then(|node| band_of(reading, node));
        let help = "write one point for each grade, as in `{good: 85%, fair: 80%, poor: 75%}`";
        let points = fields.get("points").map(|node| {
            let at = format!("{at}.points");
            read_row(reading, node, &at, assessment, help, None)
        });
        fields.finish(reading);
        return Some((band, GradeFunctions::Points(points.unwrap_or_default())));
    }
    let (mut band, mut curves) = (None, Vec::new());
    for (key, value) in entries {
        match &*key.text {
            "band" => band = band_of(reading, value),
            grade => curves.extend(read_curve(reading, value, &format!("{at}.{grade}")).map(|c| (grade.to_owned(), c))),
        }
    }
    Some((band, GradeFunctions::Curves(curves)))
}

const CURVES: &str = "write one of `{triangle: [a, b, c]}`, `{trapezoid: [a, b, c, d]}`, `{s: [a, b]}`, `{z: [a, b]}`, \
                      `{gaussian: {centre: 30, sigma: 8}}`, `{sigmoid: {centre: 30, slope: 0.5}}`, \
                      `{exponential: {centre: 30, rate: 0.1}}`";

/// One function: its kind and its thresholds.
fn read_curve(reading: &mut Reading, node: &Node, at: &str) -> Option<Curve> {
    let before = reading.flaws.len();
    let mut fields = reading.fields(node, at, CURVES);
    let mut curves: Vec<Option<Curve>> = Vec::new();
    if let Some(node) = fields.get("triangle") {
        let help = "write `triangle: [a, b, c]`: where it begins, is 1, ends";
        curves.push(read_numbers(reading, node, &format!("{at}.triangle"), help).map(Curve::Triangle));
    }
    if let Some(node) = fields.get("trapezoid") {
        let help = "write `trapezoid: [a, b, c, d]`: where it begins, is 1, is 1 no longer, ends";
        curves.push(read_numbers(reading, node, &format!("{at}.trapezoid"), help).map(Curve::Trapezoid));
    }
    if let Some(node) = fields.get("s") {
        let help = "write `s: [a, b]`: where it begins to rise, where it is 1";
        curves.push(read_numbers(reading, node, &format!("{at}.s"), help).map(Curve::S));
    }
    if let Some(node) = fields.get("z") {
        let help = "write `z: [a, b]`: where it begins to fall, where it is 0";
        curves.push(read_numbers(reading, node, &format!("{at}.z"), help).map(Curve::Z));
    }
    if let Some(node) = fields.get("gaussian") {
        let read = read_pair(reading, node, &format!("{at}.gaussian"), ["centre", "sigma"]);
        curves.push(read.map(|[centre, sigma]| Curve::Gaussian { centre, sigma }));
    }
    if let Some(node) = fields.get("sigmoid") {
        let read = read_pair(reading, node, &format!("{at}.sigmoid"), ["centre", "slope"]);
        curves.push(read.map(|[centre, slope]| Curve::Sigmoid { centre, slope }));
    }
    if let Some(node) = fields.get("exponential") {
        let read = read_pair(reading, node, &format!("{at}.exponential"), ["centre", "rate"]);
        curves.push(read.map(|[centre, rate]| Curve::Exponential { centre, rate }));
    }
    fields.finish(reading);
    let read = match *curves.as_slice() {
        [only] => only,
        [] if reading.flaws.len() > before => None,
        [] => {
            reading.expected(node, at, "a function", CURVES);
            None
        }
        [..] => {
            reading.refuse(node, at, "a grade has one function", "keep one of them");
            None
        }
    };
    if read.is_none() {
        // that there is no function is a consequence
        reading.unreadable.push(at.to_owned());
    }
    read
}

/// A list of so many numbers.
fn read_numbers<const N: usize>(reading: &mut Reading, node: &Node, at: &str, help: &str) -> Option<[Decimal; N]> {
    let before = reading.flaws.len();
    let numbers = reading.numbers(node, at, help);
    if reading.flaws.len() > before {
        return None;
    }
    let found = numbers.len();
    let read = <[Decimal; N]>::try_from(numbers).ok();
    if read.is_none() {
        reading.refuse(node, at, &format!("{N} numbers are expected here, not {found}"), help);
    }
    read
}

/// Two numbers by name.
fn read_pair(reading: &mut Reading, node: &Node, at: &str, keys: [&'static str; 2]) -> Option<[Decimal; 2]> {
    let help = format!("write `{{{}: 30, {}: 8}}`", keys[0], keys[1]);
    let before = reading.flaws.len();
    let mut fields = reading.fields(node, at, &help);
    let read = keys.map(|key| fields.number(reading, key));
    fields.finish(reading);
    match read {
        [Some(first), Some(second)] => Some([first, second]),
        _ => {
            if reading.flaws.len() == before {
                reading.refuse(node, at, "one of the two parameters is missing", &help);
            }
            None
        }
    }
}
