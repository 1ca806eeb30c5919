//! How an entry of the catalogue is written in this source, and the indicator that is made of it.

use super::sources;
use crate::model::Formula;
use crate::scorecard::kpi::{Datum, Direction, InputRule, Kpi, KpiExample, KpiGroup, KpiInput, Timing};
use rust_decimal::Decimal;

/// An entry as written: numbers are texts, exactly as typed.
pub(super) struct Record {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) name_zh: &'static str,
    pub(super) formula: &'static str,
    pub(super) group: KpiGroup,
    pub(super) unit: &'static str,
    pub(super) direction: Direction,
    pub(super) timing: Timing,
    pub(super) source: &'static str,
    pub(super) inputs: &'static [Input],
    pub(super) result: &'static str,
    pub(super) band: Option<[&'static str; 2]>,
    pub(super) note: Option<&'static str>,
}

/// An input as written: its name, how it adds up over periods and units, and its value in the worked example.
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) periods: &'static str,
    pub(super) units: &'static str,
    pub(super) example: &'static str,
}

/// The entries of a file, as records.
///
/// An input is written as `name: rule over periods/rule over units = value in the example`. Over units amounts add up
/// where no rule is written.
macro_rules! kpis {
    (
        $group:ident;
        $(
            $id:ident $name:literal $name_zh:literal {
                formula: $formula:literal,
                $unit:ident, $direction:ident, $timing:ident, source: $source:ident,
                inputs: [$($input:ident: $periods:ident $(/ $units:ident)? = $example:expr),+ $(,)?],
                result: $result:expr,
                $(band: [$low:literal, $high:literal],)?
                $(note: $note:literal,)?
            }
        )+
    ) => {
        pub(super) const RECORDS: &[crate::scorecard::catalogue::record::Record] = &[$(
            crate::scorecard::catalogue::record::Record {
                id: stringify!($id),
                name: $name,
                name_zh: $name_zh,
                formula: $formula,
                group: crate::scorecard::kpi::KpiGroup::$group,
                unit: stringify!($unit),
                direction: crate::scorecard::kpi::Direction::$direction,
                timing: crate::scorecard::kpi::Timing::$timing,
                source: stringify!($source),
                inputs: &[$(
                    crate::scorecard::catalogue::record::Input {
                        name: stringify!($input),
                        periods: stringify!($periods),
                        units: concat!("" $(, stringify!($units))?),
                        example: stringify!($example),
                    },
                )+],
                result: stringify!($result),
                band: crate::scorecard::catalogue::record::first(&[$([stringify!($low), stringify!($high)])?]),
                note: crate::scorecard::catalogue::record::first(&[$($note)?]),
            },
        )+];
    };
}
pub(super) use kpis;

/// What is written at most once.
pub(super) const fn first<T: Copy>(written: &[T]) -> Option<T> {
    match written {
        [first, ..] => Some(*first),
        [] => None,
    }
}

impl Record {
    /// The indicator; `None` where the record is not well written, which a test excludes.
    pub(super) fn kpi(&self) -> Option<Kpi> {
        let formula = Formula::parse(self.formula).ok()?;
        let mut inputs = KpiInput::of(&formula);
        // in the order in which they are written here, which is that of the source
        inputs.sort_by_key(|input| self.inputs.iter().position(|written| written.name == input.name));
        let mut data = Vec::with_capacity(inputs.len());
        for (input, written) in inputs.iter_mut().zip(self.inputs) {
            let rule = |word: &str| InputRule::of(word);
            input.periods = rule(written.periods)?;
            input.units = match written.units {
                "" if input.periods == InputRule::Pool => InputRule::Pool,
                "" => InputRule::Sum,
                word => rule(word)?,
            };
            data.push((input.name.clone(), datum(written.example)?));
        }
        let band = match self.band {
            Some([low, high]) => Some((decimal(low)?, decimal(high)?)),
            None => None,
        };
        Some(Kpi {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            name_zh: Some(self.name_zh.to_owned()),
            formula,
            inputs,
            group: Some(self.group),
            unit: Some(self.unit.to_owned()),
            direction: Some(self.direction),
            band,
            timing: Some(self.timing),
            source: Some(sources::find(self.source)?),
            note: self.note.map(str::to_owned),
            example: Some(KpiExample { data, result: decimal(self.result)? }),
        })
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).ok()
}

fn datum(text: &str) -> Option<Datum> {
    match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(entries) => entries.split(',').map(|entry| decimal(entry.trim())).collect::<Option<_>>().map(Datum::List),
        None => decimal(text).map(|number| Datum::Amount(number.into())),
    }
}
