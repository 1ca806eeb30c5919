//! The values of a table, by indicator and period, on their way into a draft.

use super::Table;
use super::layout::Layout;
use super::records::{Cell, Records};
use crate::amount::Amount;
use crate::appraisal::Draft;
use crate::nearest::did_you_mean;
use crate::period::Period;
use crate::scorecard::{Criterion, Datum, KpiUse, Measure, Scoring};
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

/// An indicator, or one input of its KPI.
type Subject = (String, Option<String>);

/// A value as it is written.
struct Stated<'r> {
    subject: Subject,
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
        let mut criteria: HashMap<String, &mut Criterion> = HashMap::new();
        let perspectives = draft.scorecard.iter_mut().flat_map(|card| &mut card.perspectives);
        let mut waiting: Vec<&mut Criterion> = perspectives.collect();
        let mut groups: HashSet<String> = HashSet::new();
        while let Some(criterion) = waiting.pop() {
            if criterion.children.is_empty() {
                criteria.insert(criterion.id.clone(), criterion);
            } else {
                groups.insert(criterion.id.clone());
                waiting.extend(&mut criterion.children);
            }
        }
        let mut reading = Reading { records: &records, flaws, unknown: HashSet::new(), seen: HashMap::new() };
        let mut series: BTreeMap<Subject, Series> = BTreeMap::new();
        let mut here: HashMap<String, (Place, u32)> = HashMap::new();
        for stated in &stated {
            let Some(criterion) = reading.criterion(stated, &criteria, &groups) else { continue };
            let Some((period, value)) = reading.value(stated, criterion) else { continue };
            let address = format!("{}.{period}", address(&stated.subject));
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
            let (Some(criterion), Some((place, width))) = (criteria.get_mut(&subject.0), series.named) else {
                continue;
            };
            let at = address(&subject);
            if let Some((first, last)) = series.lines {
                self.lines.entry(at.clone()).or_insert((number, first, last));
            }
            let measure = criterion.measure.get_or_insert_with(Measure::default);
            match put(measure, subject.1.as_deref(), series) {
                // what is said about all of them is shown where they are named
                Ok(()) => {
                    self.places.entry(at).or_insert((number, place, width));
                }
                Err(twice) => {
                    let what = match &subject.1 {
                        None => format!("the actual value of `{}`", short(&subject.0)),
                        Some(input) => format!("`{}` of `{}`", short(input), short(&subject.0)),
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

fn address((id, input): &Subject) -> String {
    match input {
        None => format!("scorecard.{id}.actual"),
        Some(input) => format!("scorecard.{id}.data.{input}"),
    }
}

/// `retention`, or `retention.customers_lost`.
fn subject(text: &str, input: Option<&str>) -> Subject {
    match (input.filter(|input| !input.is_empty()), text.split_once('.')) {
        (None, Some((id, input))) => (id.trim().to_owned(), Some(input.trim().to_owned())),
        (input, _) => (text.to_owned(), input.map(str::to_owned)),
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
            Layout::Long { indicator, input, period, value } => {
                let cell = |position: &usize| row.get(*position);
                let (Some(named), Some(period), Some(value)) = (cell(indicator), cell(period), cell(value)) else {
                    continue;
                };
                let input = input.as_ref().and_then(cell).map(|cell| cell.text.as_str());
                stated.push(Stated { subject: subject(&named.text, input), named, period, value });
            }
            Layout::Wide { period, subjects } => {
                let Some(period) = row.get(*period) else { continue };
                let columns = subjects.iter().filter_map(|(at, text)| Some((header.get(*at)?, text, row.get(*at)?)));
                stated.extend(columns.map(|(named, text, value)| Stated {
                    subject: subject(text, None),
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
    /// What was said to be unknown, once.
    unknown: HashSet<Subject>,
    seen: HashMap<(Subject, Period), u32>,
}

impl Reading<'_> {
    fn refuse(&mut self, cell: &Cell, code: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.flaws.push(self.records.flaw(cell, code, message).help(help));
    }

    /// The indicator that a value is of.
    fn criterion<'c>(
        &mut self,
        stated: &Stated,
        criteria: &'c HashMap<String, &mut Criterion>,
        groups: &HashSet<String>,
    ) -> Option<&'c Criterion> {
        let (id, input) = &stated.subject;
        let found = criteria.get(id).map(|criterion| &**criterion);
        let has_kpi = found.is_some_and(|found| found.measure.as_ref().is_some_and(|measure| measure.kpi.is_some()));
        if found.is_some() && (input.is_none() || has_kpi) {
            return found;
        }
        if !self.unknown.insert(stated.subject.clone()) {
            return None;
        }
        let (message, help) = match input {
            _ if id.is_empty() => {
                ("the line does not say which indicator it is about".to_owned(), "write the id of one".to_owned())
            }
            _ if groups.contains(id) => {
                let message = format!("`{}` has criteria under it and is not measured itself", short(id));
                (message, "give the values of the indicators under it".to_owned())
            }
            _ if found.is_none() => {
                let help = match did_you_mean(id, criteria.keys().map(String::as_str)) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
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
        None
    }

    /// The period and the value, where there is one.
    fn value(&mut self, stated: &Stated, criterion: &Criterion) -> Option<(Period, Value)> {
        let Stated { subject, period, value, .. } = stated;
        if value.text.is_empty() {
            return None;
        }
        let when = match period.text.parse::<Period>() {
            Ok(when) => when,
            Err(error) => {
                // one line of many columns has one period
                if self.unknown.insert((period.text.clone(), Some(format!("{:?}", self.records.place(period))))) {
                    let message =
                        if period.text.is_empty() { "the line has no period".to_owned() } else { error.to_string() };
                    self.refuse(period, "csv.period", message, error.help());
                }
                return None;
            }
        };
        let line = self.records.place(value).0.line;
        if let Some(first) = self.seen.insert((subject.clone(), when), line) {
            let message = format!("`{}` has two values at `{when}`", short(&stated.named.text));
            self.refuse(value, "csv.twice", message, format!("keep one of the two; the first is on line {first}"));
            return None;
        }
        let scoring = criterion.measure.as_ref().and_then(|measure| measure.scoring.as_ref());
        if subject.1.is_none() && matches!(scoring, Some(Scoring::Lookup(_) | Scoring::YesNo)) {
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
