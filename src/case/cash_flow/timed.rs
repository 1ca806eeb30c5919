//! Flows in the order of time.

use super::{CashFlowError, Flows, MOST_FLOWS, MOST_RATES, MOST_YEARS};
use crate::amount::Amount;
use crate::day::Day;
use crate::model::Axis;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// When flows are, and what they are, in the order of time.
pub(super) struct Timed<'a> {
    pub(super) axis: Axis,
    /// The number of the first entry of the axis in formulas.
    pub(super) first: u32,
    pub(super) times: Vec<Decimal>,
    /// Each with its name in the address of the document.
    pub(super) amounts: Vec<(String, &'a Amount)>,
}

impl Timed<'_> {
    /// An upper bound of how often the sign of the flows changes, and so of how many rates there are (Descartes): what a
    /// formula yields may have either sign.
    pub(super) fn most_rates(&self) -> u32 {
        let (mut to_positive, mut to_negative) = (0_u32, 0_u32);
        for (_, amount) in &self.amounts {
            let sign = amount.as_constant();
            let (positive, negative) = (to_positive, to_negative);
            if sign.is_none_or(|sign| sign > Decimal::ZERO) {
                to_positive = positive.max(negative.saturating_add(1));
            }
            if sign.is_none_or(|sign| sign < Decimal::ZERO) {
                to_negative = negative.max(positive.saturating_add(1));
            }
        }
        // the first flow is counted as a change
        to_positive.max(to_negative).saturating_sub(1).clamp(1, MOST_RATES)
    }
}

/// Brings flows into the order of time.
fn timed<'a>(flows: &'a Flows) -> Result<Option<Timed<'a>>, CashFlowError> {
    match flows {
        Flows::Dated { day_count, flows } => {
            let mut flows: Vec<&(Day, Amount)> = flows.iter().collect();
            // flows of one day stay as they are written
            flows.sort_by_key(|(day, _)| *day);
            let Some(first) = flows.first().map(|(day, _)| *day) else { return Ok(None) };
            let mut seen: HashMap<Day, u32> = HashMap::new();
            let names = flows.iter().map(|(day, _)| {
                let count = seen.entry(*day).and_modify(|count| *count = count.saturating_add(1)).or_insert(1);
                if *count == 1 { day.to_string() } else { format!("{day}_{count}") }
            });
            let names: Vec<String> = names.collect();
            Ok(Some(Timed {
                axis: Axis::named("days", names.iter().map(|name| Arc::from(name.as_str()))),
                first: 1,
                times: flows.iter().map(|(day, _)| day_count.year_fraction(first, *day)).collect(),
                amounts: names.into_iter().zip(flows.iter().map(|(_, amount)| amount)).collect(),
            }))
        }
        Flows::Periodic { every, from, flows } => {
            let a_year = every.a_year().ok_or(CashFlowError::Weekly)?;
            if let Some(from) = from.filter(|from| from.frequency() != *every) {
                return Err(CashFlowError::FromOther { from, every: every.name() });
            }
            let Some(last) = flows.len().checked_sub(1).and_then(|last| u32::try_from(last).ok()) else {
                return Ok(None);
            };
            let axis = match from {
                Some(from) => {
                    let periods = std::iter::successors(Some(*from), |period| Some(period.next()));
                    Axis::named(every.plural(), periods.take(flows.len()).map(|period| period.to_string()))
                }
                None => Axis::numbered(every.plural(), 0, last),
            };
            let a_year = Decimal::from(a_year);
            let time = |period: u32| Decimal::from(period).checked_div(a_year).unwrap_or_default();
            Ok(Some(Timed {
                axis,
                first: u32::from(from.is_some()),
                times: (0..=last).map(time).collect(),
                amounts: flows.iter().enumerate().map(|(place, amount)| (place.to_string(), amount)).collect(),
            }))
        }
    }
}

/// The flows in the order of time, where there are neither too few nor too many.
pub(super) fn checked<'a>(id: &str, flows: &'a Flows) -> Result<Timed<'a>, CashFlowError> {
    let (id, found) = (id.to_owned(), flows.len());
    if found > MOST_FLOWS {
        return Err(CashFlowError::TooMany { id, found });
    }
    let timed = timed(flows)?.filter(|_| found > 1).ok_or(CashFlowError::TooFew { id: id.clone(), found })?;
    if timed.times.iter().any(|time| *time > Decimal::from(MOST_YEARS)) {
        return Err(CashFlowError::TooLong { id });
    }
    Ok(timed)
}
