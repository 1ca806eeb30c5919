//! Which column of a table holds what, as its first line says.

use super::records::{Cell, Records};
use crate::nearest::did_you_mean;
use crate::yaml::{Flaw, short};
use std::collections::HashMap;

/// What the columns hold, by their position.
pub(super) enum Layout {
    /// One value a line.
    Long { unit: Option<usize>, indicator: usize, input: Option<usize>, period: usize, value: usize },
    /// One period a line, or one period of one business unit, and the subject of every other column.
    Wide { unit: Option<usize>, period: usize, subjects: Vec<(usize, String)> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Role {
    Unit,
    Indicator,
    Input,
    Period,
    Value,
}

const WORDS: [(&str, Role); 20] = [
    ("unit", Role::Unit),
    ("业务单元", Role::Unit),
    ("业务单位", Role::Unit),
    ("業務單位", Role::Unit),
    ("indicator", Role::Indicator),
    ("指标", Role::Indicator),
    ("指標", Role::Indicator),
    ("input", Role::Input),
    ("输入", Role::Input),
    ("输入项", Role::Input),
    ("数据项", Role::Input),
    ("period", Role::Period),
    ("期间", Role::Period),
    ("时期", Role::Period),
    ("周期", Role::Period),
    ("期間", Role::Period),
    ("value", Role::Value),
    ("值", Role::Value),
    ("数值", Role::Value),
    ("实际值", Role::Value),
];

const HELP: &str = "begin with `indicator,period,value`, or with `period` and a column for each indicator";

impl Layout {
    /// What the first line says; the flaws of a header that says nothing, or one thing twice.
    pub(super) fn of(records: &Records) -> Result<Self, Vec<Flaw>> {
        let header = records.rows.first().map(Vec::as_slice).unwrap_or_default();
        let mut roles: HashMap<Role, usize> = HashMap::new();
        let mut others: Vec<(usize, &Cell)> = Vec::new();
        let mut flaws = Vec::new();
        for (position, cell) in header.iter().enumerate() {
            let word = cell.text.to_lowercase();
            match WORDS.iter().find(|(known, _)| *known == word) {
                Some((_, role)) => {
                    if roles.insert(*role, position).is_some() {
                        let message = format!("there are two columns `{}`", short(&cell.text));
                        flaws.push(records.flaw(cell, "csv.header", message).help("keep one of the two"));
                    }
                }
                None => others.push((position, cell)),
            }
        }
        let of = |role| roles.get(&role).copied();
        let (unit, indicator, input) = (of(Role::Unit), of(Role::Indicator), of(Role::Input));
        let (period, value) = (of(Role::Period), of(Role::Value));
        let layout = match (indicator, value, period) {
            (Some(indicator), Some(value), Some(period)) => {
                for (_, cell) in others {
                    let message = format!("`{}` is no column of a table with one value a line", short(&cell.text));
                    let known = ["unit", "indicator", "input", "period", "value"];
                    let help = match did_you_mean(&cell.text, known) {
                        Some(nearest) => format!("did you mean `{nearest}`?"),
                        None => "keep `unit`, `indicator`, `input`, `period` and `value`".to_owned(),
                    };
                    flaws.push(records.flaw(cell, "csv.header", message).help(help));
                }
                Layout::Long { unit, indicator, input, period, value }
            }
            (None, None, Some(period)) if input.is_none() => {
                for (position, cell) in &others {
                    let same = |other: &&(usize, &Cell)| other.0 < *position && other.1.text == cell.text;
                    if cell.text.is_empty() {
                        let message = "the column does not say what it holds";
                        let help = "write the id of an indicator, as in `retention`, or `retention.customers_lost`";
                        flaws.push(records.flaw(cell, "csv.header", message).help(help));
                    } else if others.iter().find(same).is_some() {
                        let message = format!("there are two columns `{}`", short(&cell.text));
                        flaws.push(records.flaw(cell, "csv.header", message).help("keep one of the two"));
                    }
                }
                Layout::Wide {
                    unit,
                    period,
                    subjects: others.into_iter().map(|(at, cell)| (at, cell.text.clone())).collect(),
                }
            }
            _ => {
                let missing = [("indicator", indicator), ("period", period), ("value", value)];
                let missing: Vec<&str> = missing.iter().filter(|(_, at)| at.is_none()).map(|(name, _)| *name).collect();
                let (message, help) = match missing.as_slice() {
                    _ if header.iter().any(|cell| cell.text.contains(['，', '；'])) => {
                        ("the columns are separated by a full-width sign".to_owned(), "separate them by `,`".to_owned())
                    }
                    ["indicator", "period", "value"] => {
                        ("the first line names no column `period`".to_owned(), HELP.to_owned())
                    }
                    ["period"] | ["indicator", "period"] | ["period", "value"] => {
                        ("the first line names no column `period`".to_owned(), "add `period`".to_owned())
                    }
                    [name] => (format!("the first line names no column `{name}`"), format!("add `{name}`")),
                    _ => ("the data of inputs need columns `indicator` and `value`".to_owned(), HELP.to_owned()),
                };
                let meant = |name: &str| others.iter().find(|(_, cell)| did_you_mean(&cell.text, [name]).is_some());
                let meant = missing.iter().find_map(|name| Some((*name, meant(name)?.1)));
                let flaw = match (meant, header.first()) {
                    (Some((name, cell)), _) => {
                        let message = format!("`{}` says nothing about a table", short(&cell.text));
                        Some(records.flaw(cell, "csv.header", message).help(format!("did you mean `{name}`?")))
                    }
                    (None, Some(cell)) => Some(records.flaw(cell, "csv.header", message).help(help)),
                    (None, None) => None,
                };
                flaws.extend(flaw);
                return Err(flaws);
            }
        };
        if flaws.is_empty() { Ok(layout) } else { Err(flaws) }
    }
}
