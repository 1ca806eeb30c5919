//! The section `tax:`, and `depreciation:` of a cost line, as written.

use super::fields::{Fields, Reading, listed};
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use crate::case::{Depreciation, DepreciationMethod, Losses, Tax};
use crate::kernel::DecliningRest;
use rust_decimal::Decimal;

pub(super) fn read_tax(reading: &mut Reading, node: &Node) -> Tax {
    let mut fields = reading.fields(node, "tax", "write `{rate: 25%}`");
    let rate = fields.amount(reading, "rate");
    if matches!(node.value, Value::Map(_)) && rate.is_none() && !fields.is_misspelt("rate") {
        reading.refuse(node, "tax", "the tax has no `rate:`", "write `{rate: 25%}`");
    }
    let losses = fields.choice(reading, "losses", &Losses::ALL).unwrap_or_default();
    fields.finish(reading);
    Tax { losses, ..Tax::at(rate.unwrap_or(Decimal::ZERO.into())) }
}

/// What becomes of what a declining balance leaves, by name.
const RESTS: [(&str, DecliningRest); 3] = [
    ("switch", DecliningRest::Switch),
    ("last_two_years", DecliningRest::LastPeriods(2)),
    ("left", DecliningRest::Left),
];

/// The methods by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    StraightLine,
    DoubleDeclining,
    DecliningBalance,
    FixedDeclining,
    SumOfYearsDigits,
    Units,
    Table,
}

impl Method {
    const ALL: [(&'static str, Method); 7] = [
        ("straight_line", Method::StraightLine),
        ("double_declining", Method::DoubleDeclining),
        ("declining_balance", Method::DecliningBalance),
        ("fixed_declining", Method::FixedDeclining),
        ("sum_of_years_digits", Method::SumOfYearsDigits),
        ("units_of_production", Method::Units),
        ("table", Method::Table),
    ];

    /// The key that says over what, and how to write it.
    fn needs(self) -> (&'static str, &'static str) {
        match self {
            Self::Units => ("units", "add `units:`, as in `units: [300, 500, 200]`"),
            Self::Table => ("shares", "add `shares:`, as in `shares: [33.33%, 44.45%, 14.81%, 7.41%]`"),
            _ => ("life", "add the years of use, as in `life: 5`"),
        }
    }
}

pub(super) fn read_depreciation(reading: &mut Reading, line: &mut Fields) -> Option<Depreciation> {
    let at = line.at("depreciation");
    let node = line.get("depreciation")?;
    let mut fields = reading.fields(node, &at, "write `{method: straight_line, life: 5}`");
    let method = fields.choice(reading, "method", &Method::ALL);
    if matches!(node.value, Value::Map(_)) && fields.key("method").is_none() && !fields.is_misspelt("method") {
        let help = format!("add `method:` with one of {}", listed(Method::ALL.iter().map(|(name, _)| *name)));
        reading
            .flaw(Flaw::new("yaml.depreciation", At::Node(node.id), "the depreciation has no method").help(help), &at);
    }
    let residual = fields.amount(reading, "residual");
    let Some(method) = method else {
        for key in ["life", "factor", "rest", "units", "shares"] {
            fields.get(key);
        }
        fields.finish(reading);
        return None;
    };
    let (needed, help) = method.needs();
    let is_missing = fields.key(needed).is_none() && !fields.is_misspelt(needed);
    if is_missing {
        let message = format!("the method needs `{needed}:`");
        reading.flaw(Flaw::new("yaml.depreciation", At::Node(node.id), message).help(help), &at);
    }
    let list_at = fields.at(needed);
    let value = fields.get(needed);
    let by = match method {
        Method::Units | Method::Table => {
            let list = value.map(|node| reading.numbers(node, &list_at, help)).unwrap_or_default();
            if method == Method::Table {
                DepreciationMethod::Table(list)
            } else {
                DepreciationMethod::UnitsOfProduction(list)
            }
        }
        _ => {
            let life = value.and_then(|node| reading.whole(node, &list_at, help)).unwrap_or(5);
            let mut rest = || fields.choice(reading, "rest", &RESTS).unwrap_or_default();
            match method {
                Method::DoubleDeclining => {
                    DepreciationMethod::DecliningBalance { life, factor: Decimal::TWO, rest: rest() }
                }
                Method::DecliningBalance => {
                    let rest = rest();
                    let factor = fields.number(reading, "factor");
                    if factor.is_none() && !fields.is_misspelt("factor") {
                        let message = "the method needs `factor:`";
                        let help = "add `factor: 1.5`, or write `method: double_declining`";
                        reading.flaw(Flaw::new("yaml.depreciation", At::Node(node.id), message).help(help), &at);
                    }
                    let factor = factor.unwrap_or(Decimal::TWO);
                    DepreciationMethod::DecliningBalance { life, factor, rest }
                }
                Method::FixedDeclining => DepreciationMethod::FixedDecliningBalance { life },
                Method::SumOfYearsDigits => DepreciationMethod::SumOfYearsDigits { life },
                _ => DepreciationMethod::StraightLine { life },
            }
        }
    };
    let is_read = value.is_some();
    fields.finish(reading);
    is_read.then_some(Depreciation { method: by, residual })
}
