//! Two outcomes side by side, as a report shows them.

use super::figure::{element, value};
#[cfg(feature = "serde")]
use super::json;
use super::words::{Words, fill};
use super::{Value, markdown};
use crate::analysis::{Attribution, Comparison, ComparisonError, Driver, FigureChange, InputChange, Stated};
use crate::appraisal::{Language, Outcome};
use crate::model::{CellId, Evaluation, Label, Unit};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// What somebody wrote, or a figure came to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
pub enum Shown {
    /// One value, or one for each entry of a row.
    Values(Vec<Value>),
    /// A formula.
    Formula(String),
}

/// What caused a part of the change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ContributionRow {
    /// The id of the contribution, for [`Attribution::explain`].
    pub id: String,
    /// What readers call it.
    pub name: String,
    /// The unit of what changed.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::unit"))]
    pub unit: Unit,
    /// What it was.
    pub before: Option<Shown>,
    /// What it is.
    pub after: Option<Shown>,
    /// How much of the change it caused, in the unit of the figure.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::decimal"))]
    pub contribution: Decimal,
}

/// The change of the figure in question and what caused it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ChangeSection {
    /// The figure.
    pub figure: String,
    /// What readers call it.
    pub name: String,
    /// Its unit.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::unit"))]
    pub unit: Unit,
    /// Its value before.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::decimal"))]
    pub before: Decimal,
    /// Its value after.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::decimal"))]
    pub after: Decimal,
    /// The sum of the contributions.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::decimal"))]
    pub change: Decimal,
    /// How it was shared, in words.
    pub method: String,
    /// Largest first; what caused nothing is left out.
    pub contributions: Vec<ContributionRow>,
}

/// An input that was written differently, or a figure that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ChangedRow {
    /// Its id.
    pub id: String,
    /// What readers call it.
    pub name: String,
    /// Its unit.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::unit"))]
    pub unit: Unit,
    /// What it was; `None` where there was nothing.
    pub before: Option<Shown>,
    /// What it is.
    pub after: Option<Shown>,
    /// Where it was written, of an input.
    pub place_before: Option<String>,
    /// Where it is written.
    pub place_after: Option<String>,
}

/// Two outcomes side by side, ready to be written down.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ComparisonReport {
    /// What the earlier outcome is called; a program may put a better name here.
    pub before: String,
    /// What the later one is called.
    pub after: String,
    /// The language of all texts that the crate gives.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::language"))]
    pub language: Language,
    /// The currency of all money.
    pub currency: Option<String>,
    /// The change of the figure in question; `None` where it cannot be shared.
    pub change: Option<ChangeSection>,
    /// Why there is none.
    pub reason: Option<String>,
    /// What was written differently.
    pub inputs: Vec<ChangedRow>,
    /// Every computed figure that moved.
    pub figures: Vec<ChangedRow>,
}

impl Comparison<'_> {
    /// What changed, and what caused the change of a figure: `scorecard.score`, `case.npv`.
    ///
    /// # Errors
    ///
    /// Where there is no single figure of that id. One without a value is a report that says so.
    ///
    /// ```
    /// use appraise::analysis::Comparison;
    /// use appraise::scorecard::{Criterion, Measure, Scorecard};
    /// use appraise::{Appraisal, Draft};
    ///
    /// let card = |actual: i64| {
    ///     let loyalty = Criterion::indicator("loyalty", Measure::target(0, 100).actual(actual));
    ///     Appraisal::new(Draft { scorecard: Some(Scorecard::new([loyalty])), ..Draft::default() }).unwrap()
    /// };
    /// let (last, this) = (card(60), card(70));
    /// let (before, after) = (last.base(), this.base());
    /// let report = Comparison::between(&before, &after).report("scorecard.score").unwrap();
    /// assert!(report.to_markdown().contains("| loyalty: actual | 60 | 70 | +10.0 pp |"), "{}", report.to_markdown());
    /// ```
    pub fn report(&self, figure: &str) -> Result<ComparisonReport, ComparisonError> {
        let draft = self.after().appraisal().draft();
        let words = Words::of(draft.language);
        let reader = Reader { comparison: self, words };
        let (change, reason) = match self.attribute(figure) {
            Ok(attribution) => (Some(reader.change(&attribution)), None),
            Err(error @ (ComparisonError::NoValue { .. } | ComparisonError::NotComparable { .. })) => {
                (None, Some(reader.reason(&error)))
            }
            Err(error) => return Err(error),
        };
        // in the order of the tree, whatever came first when the cells were defined
        let criteria = self.after().appraisal().parts().criteria.iter().zip(0_usize..);
        let criteria: HashMap<&str, usize> = criteria.map(|(listed, position)| (&*listed.id, position)).collect();
        let position = |figure: &FigureChange| {
            let rest = figure.id.strip_prefix("scorecard.")?;
            let id = rest.split_once('.').map_or("scorecard", |(id, _)| id);
            criteria.get(id).copied()
        };
        let mut figures: Vec<&FigureChange> = self.figures().iter().collect();
        figures.sort_by_key(|figure| position(figure).unwrap_or(usize::MAX));
        Ok(ComparisonReport {
            before: reader.name_of(self.before()),
            after: reader.name_of(self.after()),
            language: draft.language,
            currency: draft.currency.clone(),
            change,
            reason,
            inputs: self.inputs().iter().map(|input| reader.input(input)).collect(),
            figures: figures.into_iter().map(|figure| reader.figure(figure)).collect(),
        })
    }
}

struct Reader<'a> {
    comparison: &'a Comparison<'a>,
    words: &'static Words,
}

impl Reader<'_> {
    fn sides(&self) -> [&Evaluation; 2] {
        [self.comparison.before().evaluation(), self.comparison.after().evaluation()]
    }

    fn name_of(&self, outcome: &Outcome) -> String {
        let draft = outcome.appraisal().draft();
        let [before, after] = [self.comparison.before(), self.comparison.after()];
        let period = outcome.period().filter(|_| before.period() != after.period()).map(|period| period.to_string());
        let scenario = outcome.scenario().map(|scenario| fill(self.words.scenario, &[scenario]));
        let own: Vec<String> = [period, scenario].into_iter().flatten().collect();
        let is_as_stated = own.is_empty();
        let own = if is_as_stated { self.words.as_stated.to_owned() } else { own.join(self.words.list_separator) };
        let titles = [before, after].map(|outcome| outcome.appraisal().draft().title.trim());
        match titles {
            [one, other] if one == other => own,
            _ if draft.title.trim().is_empty() => self.words.untitled.to_owned(),
            _ if is_as_stated => draft.title.clone(),
            _ => fill(self.words.about, &[&draft.title, &own]),
        }
    }

    fn reason(&self, error: &ComparisonError) -> String {
        let words = self.words;
        match error {
            ComparisonError::NoValue { figure, is_after, .. } => {
                let [before, after] = self.sides();
                let side = if *is_after { after } else { before };
                let absent = side.figure(figure).and_then(Result::err);
                let reason = absent.map(|absent| super::figure::reason(side, words, absent)).unwrap_or_default();
                let phrase = if *is_after { words.no_value_after } else { words.no_value_before };
                fill(phrase, &[figure, &reason])
            }
            ComparisonError::NotComparable { figure } => fill(words.not_comparable, &[figure]),
            other => other.to_string(),
        }
    }

    fn label(&self, id: &str, label: &Label) -> String {
        self.words.label(&id, label).to_string()
    }

    fn change(&self, attribution: &Attribution) -> ChangeSection {
        let (name, unit) = self.of_figure(&attribution.figure);
        let words = self.words;
        let method = match (attribution.is_by_scores, attribution.is_exact) {
            (true, true) => words.by_bennet.to_owned(),
            (false, true) => words.by_shapley.to_owned(),
            (true, false) => fill(words.by_both, &[words.by_bennet, words.by_polar]),
            (false, false) => words.by_polar.to_owned(),
        };
        ChangeSection {
            figure: attribution.figure.clone(),
            name,
            unit,
            before: attribution.before,
            after: attribution.after,
            change: attribution.change,
            method,
            contributions: attribution
                .contributions
                .iter()
                .map(|contribution| self.contribution(attribution, &contribution.driver, contribution.value))
                .collect(),
        }
    }

    /// What a figure of either side is called, and its unit.
    fn of_figure(&self, id: &str) -> (String, Unit) {
        let found = self.sides().into_iter().rev().find_map(|side| {
            let found = side.model().find(id)?;
            let cell = side.model().cell(found.cell)?;
            let entry = found.entry.and_then(|entry| side.model().axis_of(found.cell)?.entries().get(entry));
            let label = self.label(id, cell.label());
            let label = entry.map_or_else(|| label.clone(), |entry| format!("{label}, {entry}"));
            Some((label, cell.unit().clone()))
        });
        found.unwrap_or_else(|| (id.to_owned(), Unit::Number))
    }

    fn contribution(&self, attribution: &Attribution, driver: &Driver, contribution: Decimal) -> ContributionRow {
        let own = attribution.evaluation();
        let row = |name: String, unit, before, after| ContributionRow {
            id: driver.figure(),
            name,
            unit,
            before,
            after,
            contribution,
        };
        match driver {
            Driver::Input(id) => match self.comparison.inputs().iter().find(|input| input.id == *id) {
                Some(input) => {
                    let ChangedRow { name, unit, before, after, .. } = self.input(input);
                    row(name, unit, before, after)
                }
                None => {
                    let (name, unit) = self.of_figure(id);
                    let [before, after] = self.sides().map(|side| {
                        let found = side.model().find(id)?;
                        Some(self.values(side, found.cell))
                    });
                    row(name, unit, before, after)
                }
            },
            Driver::Weight(id) => {
                let figures = ["before", "after"].map(|side| format!("{side}.scorecard.{id}.effective_weight"));
                let cell = figures.iter().rev().find_map(|figure| own.model().find(figure)).map(|found| found.cell);
                let subject = cell.and_then(|cell| own.model().cell(cell)).map(|cell| cell.label().subject.clone());
                let label =
                    Label { subject: subject.unwrap_or_else(|| id.as_str().into()), aspect: "effective weight" };
                let [before, after] =
                    figures.map(|figure| Some(Shown::Values(vec![element(own, self.words, own.figure(&figure)?)])));
                row(self.label(&driver.figure(), &label), Unit::Share, before, after)
            }
            Driver::Together(ids) => {
                let names: Vec<String> = ids.iter().map(|id| self.of_figure(id).0).collect();
                row(names.join(self.words.list_separator), Unit::Number, None, None)
            }
            Driver::Structure => row(self.words.added_and_removed.to_owned(), Unit::Number, None, None),
        }
    }

    fn values(&self, side: &Evaluation, cell: CellId) -> Shown {
        let set = side.model().cell(cell).is_some_and(|cell| matches!(cell.unit(), Unit::Set | Unit::Truth));
        if set {
            return Shown::Values(vec![value(side, self.words, cell)]);
        }
        Shown::Values(side.row(cell).iter().map(|entry| element(side, self.words, *entry)).collect())
    }

    fn input(&self, input: &InputChange) -> ChangedRow {
        let [before, after] = self.sides();
        let shown = |side: &Evaluation, stated: &Option<Stated>| {
            Some(match stated.as_ref()? {
                Stated::Values(values) => {
                    Shown::Values(values.iter().map(|entry| element(side, self.words, *entry)).collect())
                }
                Stated::Formula(formula) => Shown::Formula(formula.clone()),
            })
        };
        ChangedRow {
            name: self.label(&input.id, &input.label),
            before: shown(before, &input.before),
            after: shown(after, &input.after),
            id: input.id.clone(),
            unit: input.unit.clone(),
            place_before: input.address_before.clone().filter(|_| input.before.is_some()),
            place_after: input.address_after.clone().filter(|_| input.after.is_some()),
        }
    }

    fn figure(&self, figure: &FigureChange) -> ChangedRow {
        let [before, after] = self.sides();
        ChangedRow {
            name: self.label(&figure.id, &figure.label),
            before: figure.before.map(|cell| self.values(before, cell)),
            after: figure.after.map(|cell| self.values(after, cell)),
            id: figure.id.clone(),
            unit: figure.unit.clone(),
            place_before: None,
            place_after: None,
        }
    }
}

impl ComparisonReport {
    /// Turns the addresses of inputs into places: `scorecard.loyalty.actual` into `crm.yaml:12`.
    pub fn locate(&mut self, before: impl Fn(&str) -> Option<String>, after: impl Fn(&str) -> Option<String>) {
        for row in &mut self.inputs {
            row.place_before = row.place_before.take().map(|address| before(&address).unwrap_or(address));
            row.place_after = row.place_after.take().map(|address| after(&address).unwrap_or(address));
        }
    }

    /// The comparison as Markdown.
    pub fn to_markdown(&self) -> String {
        markdown::written(&self.document())
    }
}

#[cfg(feature = "serde")]
impl ComparisonReport {
    /// The comparison as JSON: the change and its contributions, inputs and figures, one to a line, with all digits.
    pub fn to_json(&self) -> String {
        json::written(&Json(self))
    }
}

#[cfg(feature = "serde")]
struct Json<'r>(&'r ComparisonReport);

#[cfg(feature = "serde")]
impl serde::Serialize for Json<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let report = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("appraise", &json::LAYOUT)?;
        map.serialize_entry("before", &report.before)?;
        map.serialize_entry("after", &report.after)?;
        if let Some(currency) = &report.currency {
            map.serialize_entry("currency", currency)?;
        }
        map.serialize_entry("language", json::language_key(report.language))?;
        if let Some(reason) = &report.reason {
            map.serialize_entry("reason", reason)?;
        }
        if let Some(change) = &report.change {
            map.serialize_entry("figure", &change.figure)?;
            map.serialize_entry("label", &change.name)?;
            map.serialize_entry("unit", json::unit_key(&change.unit))?;
            let values = [("value_before", change.before), ("value_after", change.after), ("change", change.change)];
            for (key, value) in values {
                map.serialize_entry(key, &json::digits(value))?;
            }
            map.serialize_entry("method", &change.method)?;
            map.serialize_entry("contributions", &change.contributions)?;
        }
        map.serialize_entry("inputs", &report.inputs)?;
        map.serialize_entry("figures", &report.figures)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use crate::{Appraisal, Draft};

    fn card(language: Language, actual: i64, other: Option<i64>) -> Appraisal {
        let measured = |id: &str, actual: i64| Criterion::indicator(id, Measure::target(0, 100).actual(actual));
        let criteria = [Some(measured("a", actual)), other.map(|actual| measured("b", actual))];
        let card = Scorecard::new(criteria.into_iter().flatten());
        Appraisal::new(Draft { scorecard: Some(card), language, ..Draft::default() }).unwrap()
    }

    fn report(language: Language) -> ComparisonReport {
        let (one, other) = (card(language, 40, None), card(language, 70, Some(10)));
        let (before, after) = (one.base(), other.base());
        Comparison::between(&before, &after).report("scorecard.score").unwrap()
    }

    #[test]
    fn causes_stand_in_the_order_of_their_size() {
        let report = report(Language::English);
        let markdown = report.to_markdown();
        let (_, table) = markdown.split_once("| Cause |").unwrap();
        let rows: Vec<&str> = table.lines().skip(2).take(4).collect();
        assert_eq!(
            rows,
            [
                "| a: actual | 40 | 70 | +22.5 pp |",
                "| b: effective weight |  | 50.0 % | -15.0 pp |",
                "| a: effective weight | 100.0 % | 50.0 % | -7.5 pp |",
                "| **Total** |  |  | **0.0 pp** |",
            ]
        );
        assert!(markdown.contains("| b: actual |  | 10 | scorecard.b.actual |"), "{markdown}");
    }

    #[test]
    fn nothing_is_left_in_english() {
        let text = report(Language::Chinese).to_markdown();
        let words = |line: &str| line.chars().filter(char::is_ascii_alphabetic).count();
        // ids, addresses and names of methods aside
        let english: Vec<&str> = text.lines().filter(|line| words(line) > 20 && !line.contains("Shapley")).collect();
        assert_eq!(english, Vec::<&str>::new());
    }

    #[cfg(feature = "serde")]
    #[test]
    fn json_has_every_digit() {
        let json: serde_json::Value = serde_json::from_str(&report(Language::English).to_json()).unwrap();
        assert_eq!(json["change"], "0");
        assert_eq!(json["contributions"][0]["contribution"], "0.225");
        assert_eq!(json["contributions"][1]["before"], serde_json::Value::Null);
        assert_eq!(json["inputs"].as_array().unwrap().len(), 4);
    }
}
