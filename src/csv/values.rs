//! The values of a table, by indicator and period, on their way into a draft.

use super::Table;
use super::layout::Layout;
use super::records::{Cell, Records};
use crate::amount::Amount;
use crate::appraisal::Draft;
use crate::nearest::did_you_mean;
use crate::period::Period;
use crate::scorecard::{BusinessUnit, Criterion, Datum, KpiUse, Measure, Scoring};
use crate::yaml::{Advice, At, Flaw, Limits, NotANumber, Place, number, short};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Where the values of tables stand, by their address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    /// The number of the table, the place in it, and how many characters a value takes.
    places: HashMap<String, (usize, Place, u32)>,
    /// The number of the table and the first and last line of all values of an indicator or an input.
    lines: HashMap<String, (usize, u32, u32)>,
}

/// An indicator of the whole or of a business unit, or one input of its KPI.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Subject {
    unit: Option<String>,
    id: String,
    input: Option<String>,
}

/// A value as it is written.
struct Stated<'r> {
    subject: Subject,
    /// Where the business unit is named.
    unit: Option<&'r Cell>,
    /// Where the subject is named.
    named: &'r Cell,
    period: &'r Cell,
    value: &'r Cell,
}

/// What one subject was measured at.
#[derive(Default)]
struct Series {
    numbers: Vec<(Period, Decimal)>,
    words: Vec<(Option<Period>, String)>,
    /// Where it is named first.
    named: Option<(Place, u32)>,
    /// The first and the last line that has a value.
    lines: Option<(u32, u32)>,
}

impl Given {
    /// The table that has a value of this address, and the place in it.
    pub(crate) fn place(&self, address: &str) -> Option<(usize, Place, u32)> {
        self.places.get(address).copied()
    }

    /// The table that has the values of this address, and the first and the last line of them.
    pub(crate) fn lines(&self, address: &str) -> Option<(usize, u32, u32)> {
        self.lines.get(address).copied()
    }

    /// Puts the values of a table into a draft; gives what is wrong with them.
    pub(crate) fn put(&mut self, number: usize, table: &Table, draft: &mut Draft, limits: &Limits) -> Vec<Flaw> {
        let records = match Records::read(table, limits) {
            Ok(records) => records,
            Err(flaw) => return vec![flaw],
        };
        let layout = match Layout::of(&records) {
            Ok(layout) => layout,
            Err(flaws) => return flaws,
        };
        let mut flaws = Vec::new();
        let stated = stated(&records, &layout, &mut flaws);
        let mut subjects = Subjects::of(draft);
        let mut reading = Reading {
            records: &records,
            flaws,
            unknown: HashSet::new(),
            unknown_units: HashSet::new(),
            unknown_periods: HashSet::new(),
            seen: HashMap::new(),
        };
        let mut series: BTreeMap<Subject, Series> = BTreeMap::new();
        let mut here: HashMap<String, (Place, u32)> = HashMap::new();
        for stated in &stated {
            if !reading.is_known(stated, &subjects) {
                continue;
            }
            let is_worded = stated.subject.input.is_none() && subjects.is_worded(&stated.subject);
            let Some((period, value)) = reading.value(stated, is_worded) else { continue };
            let address = format!("{}.{period}", stated.subject.address());
            let (place, width) = records.place(stated.value);
            here.insert(address, (place, width));
            let series = series.entry(stated.subject.clone()).or_default();
            series.named.get_or_insert_with(|| records.place(stated.named));
            series.lines = Some(series.lines.map_or((place.line, place.line), |(first, _)| (first, place.line)));
            match value {
                Value::Number(value) => series.numbers.push((period, value)),
                Value::Word(word) => series.words.push((Some(period), word)),
            }
        }
        let mut flaws = reading.flaws;
        for (subject, series) in series {
            let (Some(measure), Some((place, width))) = (subjects.measure(&subject), series.named) else { continue };
            let at = subject.address();
            if let Some((first, last)) = series.lines {
                self.lines.entry(at.clone()).or_insert((number, first, last));
            }
            match put(measure, subject.input.as_deref(), series) {
                // what is said about all of them is shown where they are named
                Ok(()) => {
                    self.places.entry(at).or_insert((number, place, width));
                }
                Err(twice) => {
                    let what = match &subject.input {
                        None => format!("the actual value of {}", subject.shown()),
                        Some(input) => format!("`{}` of {}", short(input), subject.shown()),
                    };
                    for period in twice {
                        let (message, found) = match period {
                            None => (format!("{what} is given already"), None),
                            Some(period) => {
                                (format!("{what} at `{period}` is given already"), here.get(&format!("{at}.{period}")))
                            }
                        };
                        let (place, width) = found.copied().unwrap_or((place, width));
                        let flaw = Flaw::new("csv.twice", At::Text(place, width), message);
                        flaws.push(flaw.help("keep it in the table or in the document, not in both"));
                    }
                }
            }
        }
        for (address, (place, width)) in here {
            self.places.entry(address).or_insert((number, place, width));
        }
        flaws
    }
}

impl Subject {
    /// `retention`, or `retention.customers_lost`.
    fn named(text: &str, input: Option<&str>, unit: Option<&Cell>) -> Self {
        let (id, input) = match (input.filter(|input| !input.is_empty()), text.split_once('.')) {
            (None, Some((id, input))) => (id.trim().to_owned(), Some(input.trim().to_owned())),
            (input, _) => (text.to_owned(), input.map(str::to_owned)),
        };
        // a line without a unit is about the whole
        let unit = unit.map(|cell| cell.text.clone()).filter(|unit| !unit.is_empty());
        Self { unit, id, input }
    }

    fn address(&self) -> String {
        let id = &self.id;
        let owner = match &self.unit {
            None => format!("scorecard.{id}"),
            Some(unit) => format!("units.{unit}.{id}"),
        };
        match &self.input {
            None => format!("{owner}.actual"),
            Some(input) => format!("{owner}.data.{input}"),
        }
    }

    fn shown(&self) -> String {
        match &self.unit {
            None => format!("`{}`", short(&self.id)),
            Some(unit) => format!("`{}` of `{}`", short(&self.id), short(unit)),
        }
    }
}

/// What a table may have values of.
struct Subjects<'d> {
    indicators: HashMap<String, &'d mut Criterion>,
    groups: HashSet<String>,
    units: HashMap<String, &'d mut BusinessUnit>,
}

impl<'d> Subjects<'d> {
    fn of(draft: &'d mut Draft) -> Self {
        let (perspectives, units) = match &mut draft.scorecard {
            Some(card) => (card.perspectives.as_mut_slice(), card.units.as_mut_slice()),
            None => Default::default(),
        };
        let mut indicators = HashMap::new();
        let mut groups = HashSet::new();
        let mut waiting: Vec<&mut Criterion> = perspectives.iter_mut().collect();
        while let Some(criterion) = waiting.pop() {
            if criterion.children.is_empty() {
                indicators.insert(criterion.id.clone(), criterion);
            } else {
                groups.insert(criterion.id.clone());
                waiting.extend(&mut criterion.children);
            }
        }
        Self { indicators, groups, units: units.iter_mut().map(|unit| (unit.id.clone(), unit)).collect() }
    }

    /// What the scorecard says about it.
    fn of_whole(&self, subject: &Subject) -> Option<&Measure> {
        self.indicators.get(&subject.id)?.measure.as_ref()
    }

    /// Whether its values are words.
    fn is_worded(&self, subject: &Subject) -> bool {
        let of_unit = || {
            let unit = self.units.get(subject.unit.as_ref()?)?;
            let (_, measure) = unit.indicators.iter().find(|(id, _)| *id == subject.id)?;
            measure.scoring.as_ref()
        };
        let scoring = of_unit().or_else(|| self.of_whole(subject)?.scoring.as_ref());
        matches!(scoring, Some(Scoring::Lookup(_) | Scoring::YesNo))
    }

    /// Where its values belong.
    fn measure(&mut self, subject: &Subject) -> Option<&mut Measure> {
        let Some(unit) = &subject.unit else {
            let criterion = self.indicators.get_mut(&subject.id)?;
            return Some(criterion.measure.get_or_insert_with(Measure::default));
        };
        let stated = &mut self.units.get_mut(unit)?.indicators;
        if !stated.iter().any(|(id, _)| *id == subject.id) {
            stated.push((subject.id.clone(), Measure::default()));
        }
        stated.iter_mut().find_map(|(id, measure)| (*id == subject.id).then_some(measure))
    }
}

/// Every value that is not empty; lines of another length than the first one are flaws.
fn stated<'r>(records: &'r Records, layout: &'r Layout, flaws: &mut Vec<Flaw>) -> Vec<Stated<'r>> {
    let mut stated = Vec::new();
    let Some((header, rows)) = records.rows.split_first() else { return stated };
    for row in rows {
        let blank_end = row.get(header.len()..).is_some_and(|rest| rest.iter().all(|cell| cell.text.is_empty()));
        if row.len() < header.len() || !blank_end {
            let (found, expected) = (row.len(), header.len());
            let message = format!("the line has {found} values for {expected} columns");
            let separator = match records.separator {
                '\t' => "a tab".to_owned(),
                other => format!("`{other}`"),
            };
            let help = format!(
                "write {expected} values with {separator} between them; numbers have `_` and no comma between thousands, as \
                 in `1_000`"
            );
            if let Some(cell) = row.get(header.len()).or(row.last()) {
                flaws.push(records.flaw(cell, "csv.line", message).help(help));
            }
            continue;
        }
        match layout {
            Layout::Long { unit, indicator, input, period, value } => {
                let cell = |position: &usize| row.get(*position);
                let (Some(named), Some(period), Some(value)) = (cell(indicator), cell(period), cell(value)) else {
                    continue;
                };
                let unit = unit.as_ref().and_then(cell);
                let input = input.as_ref().and_then(cell).map(|cell| cell.text.as_str());
                stated.push(Stated { subject: Subject::named(&named.text, input, unit), unit, named, period, value });
            }
            Layout::Wide { unit, period, subjects } => {
                let Some(period) = row.get(*period) else { continue };
                let unit = unit.and_then(|position| row.get(position));
                let columns = subjects.iter().filter_map(|(at, text)| Some((header.get(*at)?, text, row.get(*at)?)));
                stated.extend(columns.map(|(named, text, value)| Stated {
                    subject: Subject::named(text, None, unit),
                    unit,
                    named,
                    period,
                    value,
                }));
            }
        }
    }
    stated
}

enum Value {
    Number(Decimal),
    Word(String),
}

/// What is known while the values of one table are read.
struct Reading<'r> {
    records: &'r Records<'r>,
    flaws: Vec<Flaw>,
    /// What was said to be unknown, once: indicators and inputs, units, and the periods of lines.
    unknown: HashSet<(String, Option<String>)>,
    unknown_units: HashSet<String>,
    unknown_periods: HashSet<Place>,
    seen: HashMap<(Subject, Period), u32>,
}

impl Reading<'_> {
    fn refuse(&mut self, cell: &Cell, code: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.flaws.push(self.records.flaw(cell, code, message).help(help));
    }

    /// Whether there is what a value is said to be of.
    fn is_known(&mut self, stated: &Stated, subjects: &Subjects) -> bool {
        let Subject { unit, id, input } = &stated.subject;
        let has_unit = unit.as_ref().is_none_or(|unit| subjects.units.contains_key(unit));
        if let (false, Some(unit), Some(cell)) = (has_unit, unit, stated.unit)
            && self.unknown_units.insert(unit.clone())
        {
            let help = match did_you_mean(unit, subjects.units.keys().map(String::as_str)) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None if subjects.units.is_empty() => {
                    "leave it empty for the whole, or write the units under `units:` of the scorecard".to_owned()
                }
                None => "write the id of a unit, or leave it empty for the whole".to_owned(),
            };
            self.refuse(cell, "csv.unit", format!("there is no business unit `{}`", short(unit)), help);
        }
        let is_indicator = subjects.indicators.contains_key(id);
        let has_kpi = subjects.of_whole(&stated.subject).is_some_and(|measure| measure.kpi.is_some());
        if is_indicator && (input.is_none() || has_kpi) {
            return has_unit;
        }
        if !self.unknown.insert((id.clone(), input.clone())) {
            return false;
        }
        let (message, help) = match input {
            _ if id.is_empty() => {
                ("the line does not say which indicator it is about".to_owned(), "write the id of one".to_owned())
            }
            _ if subjects.groups.contains(id) => {
                let message = format!("`{}` has criteria under it and is not measured itself", short(id));
                (message, "give the values of the indicators under it".to_owned())
            }
            _ if !is_indicator => {
                let help = match did_you_mean(id, subjects.indicators.keys().map(String::as_str)) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None if subjects.units.contains_key(id) => {
                        "name the unit in a column `unit`, as in `unit,indicator,period,value`".to_owned()
                    }
                    None => "write the id of an indicator of the scorecard".to_owned(),
                };
                (format!("there is no indicator `{}`", short(id)), help)
            }
            _ => {
                let message = format!("`{}` has no KPI that data could belong to", short(id));
                (message, format!("write `{}` for its actual value, or give it a `kpi:`", short(id)))
            }
        };
        self.refuse(stated.named, "csv.indicator", message, help);
        false
    }

    /// The period and the value, where there is one.
    fn value(&mut self, stated: &Stated, is_worded: bool) -> Option<(Period, Value)> {
        let Stated { subject, period, value, .. } = stated;
        if value.text.is_empty() {
            return None;
        }
        let when = match period.text.parse::<Period>() {
            Ok(when) => when,
            Err(error) => {
                // one line of many columns has one period
                if self.unknown_periods.insert(self.records.place(period).0) {
                    let message =
                        if period.text.is_empty() { "the line has no period".to_owned() } else { error.to_string() };
                    self.refuse(period, "csv.period", message, error.help());
                }
                return None;
            }
        };
        let line = self.records.place(value).0.line;
        if let Some(first) = self.seen.insert((subject.clone(), when), line) {
            let whose = match &subject.unit {
                None => String::new(),
                Some(unit) => format!(" of `{}`", short(unit)),
            };
            let message = format!("`{}`{whose} has two values at `{when}`", short(&stated.named.text));
            self.refuse(value, "csv.twice", message, format!("keep one of the two; the first is on line {first}"));
            return None;
        }
        if is_worded {
            return Some((when, Value::Word(value.text.clone())));
        }
        match number(&value.text) {
            Ok(number) => Some((when, Value::Number(number))),
            Err(NotANumber { message, advice }) => {
                let help = match advice {
                    Advice::Write(help) => help,
                    Advice::Formula(_) | Advice::Nothing => {
                        "write a number, as in `0.83`, `83%` or `1_000`, or leave it empty".to_owned()
                    }
                };
                self.refuse(value, "csv.number", message, help);
                None
            }
        }
    }
}

/// What the draft has already: values of these periods, or `None` for a value that is not given by period.
type Twice = Vec<Option<Period>>;

/// Adds values to those of a measure, which must be given by period too.
fn put(measure: &mut Measure, input: Option<&str>, series: Series) -> Result<(), Twice> {
    let Series { numbers, words, .. } = series;
    if let Some(input) = input {
        let used = measure.kpi.get_or_insert_with(KpiUse::default);
        let known = used.data.iter_mut().find(|(name, datum)| name == input && *datum != Datum::Missing);
        return match known {
            Some((_, Datum::Amount(Amount::PerPeriod(values)))) => join(values, numbers, Some),
            Some(_) => Err(vec![None]),
            None => {
                used.data.retain(|(name, _)| name != input);
                used.data.push((input.to_owned(), Datum::Amount(Amount::PerPeriod(numbers))));
                Ok(())
            }
        };
    }
    if !words.is_empty() {
        if measure.actual.is_some() || measure.words.iter().any(|(period, _)| period.is_none()) {
            return Err(vec![None]);
        }
        return join(&mut measure.words, words, |period| period);
    }
    match &mut measure.actual {
        Some(Amount::PerPeriod(values)) => join(values, numbers, Some),
        None if measure.words.is_empty() => {
            measure.actual = Some(Amount::PerPeriod(numbers));
            Ok(())
        }
        _ => Err(vec![None]),
    }
}

/// Adds what is not there yet; gives the periods that are.
fn join<K: Copy + Eq + std::hash::Hash, V>(
    values: &mut Vec<(K, V)>,
    more: Vec<(K, V)>,
    period: impl Fn(K) -> Option<Period>,
) -> Result<(), Twice> {
    let known: HashSet<K> = values.iter().map(|(key, _)| *key).collect();
    let (twice, new): (Vec<_>, Vec<_>) = more.into_iter().partition(|(key, _)| known.contains(key));
    values.extend(new);
    if twice.is_empty() { Ok(()) } else { Err(twice.into_iter().map(|(key, _)| period(key)).collect()) }
}
