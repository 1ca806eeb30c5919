//! An appraisal with the values of all its figures.

use super::scenario::ScenarioModel;
use super::{Appraisal, Draft};
use crate::model::{Evaluation, Explanation};
use crate::period::Period;
use crate::scorecard;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::collections::HashMap;

/// An appraisal with the values of all its figures.
#[derive(Debug, Clone)]
pub struct Outcome<'a> {
    pub(super) appraisal: &'a Appraisal,
    pub(super) scenario: Option<&'a str>,
    pub(super) period: Option<Period>,
    pub(super) evaluation: Evaluation,
}

impl<'a> Outcome<'a> {
    /// The appraisal that was evaluated.
    pub fn appraisal(&self) -> &'a Appraisal {
        self.appraisal
    }

    /// The scenario, where it is not the base.
    pub fn scenario(&self) -> Option<&'a str> {
        self.scenario
    }

    /// The period of the scorecard that is evaluated, where it has periods.
    pub fn period(&self) -> Option<Period> {
        self.period
    }

    /// The same at another period of the scorecard, computing only what differs; `None` where it has no such period.
    ///
    /// ```
    /// use appraise::scorecard::{Criterion, Measure, Scorecard};
    /// use appraise::{Amount, Appraisal, Draft, Period, Periods};
    /// use rust_decimal::dec;
    ///
    /// let year = |text: &str| text.parse::<Period>().unwrap();
    /// let actual = Amount::PerPeriod(vec![(year("2024"), dec!(3)), (year("2025"), dec!(8))]);
    /// let card = Scorecard {
    ///     periods: Some(Periods::new(year("2024"), year("2026"))),
    ///     ..Scorecard::new([Criterion::indicator("x", Measure::target(0, 10).actual(actual))])
    /// };
    /// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
    /// let now = appraisal.base();
    /// assert_eq!(now.period(), Some(year("2025")));
    /// assert_eq!(now.figure("scorecard.score_change"), Some(Ok(dec!(0.5))));
    /// assert_eq!(now.at(year("2024")).unwrap().figure("scorecard.score"), Some(Ok(dec!(0.3))));
    /// ```
    pub fn at(&self, period: Period) -> Option<Self> {
        let change = self.appraisal.parts.calendar.as_ref()?.evaluated_at(period)?;
        let model = self.evaluation.model().with([change]).ok()?;
        let evaluation = self.evaluation.changed_to(&model);
        Some(Self { appraisal: self.appraisal, scenario: self.scenario, period: Some(period), evaluation })
    }

    /// The same model under a scenario, computed from this outcome of the base where nothing changes.
    pub(crate) fn under(&self, scenario: &str) -> Option<Self> {
        let ScenarioModel { name, model } = self.appraisal.scenarios.iter().find(|s| s.name == scenario)?;
        let calendar = self.appraisal.parts.calendar.as_ref();
        let moved = calendar.zip(self.period).and_then(|(calendar, period)| calendar.evaluated_at(period));
        let model = model.with(moved).ok()?;
        let evaluation = self.evaluation.changed_to(&model);
        Some(Self { appraisal: self.appraisal, scenario: Some(name), period: self.period, evaluation })
    }

    /// The values of all cells.
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// A figure by its id; `None` where there is no such figure, an error where it has no value.
    ///
    /// # Errors
    ///
    /// Inside the option: why the figure has no value.
    pub fn figure(&self, id: &str) -> Option<Result<Decimal, crate::model::Absent>> {
        self.evaluation.figure(id)
    }

    /// The id of a row or a figure that is spelt nearly like this one.
    pub fn nearest_figure(&self, id: &str) -> Option<String> {
        let ids: Vec<String> = self.evaluation.model().cells().map(|(_, cell)| cell.id().to_string()).collect();
        crate::nearest::did_you_mean(id, ids.iter().map(String::as_str)).map(str::to_owned)
    }

    /// How a figure came about; `None` where there is no such figure.
    pub fn explain(&self, id: &str) -> Option<Explanation> {
        let mut explanation = self.evaluation.explain(id)?;
        let draft = &self.appraisal.draft;
        explanation.currency.clone_from(&draft.currency);
        let notes = notes_of(draft);
        for step in &mut explanation.steps {
            let note = step.source.as_deref().and_then(|address| notes.get(address));
            step.note = note.map(|note| note.clone().into_owned());
        }
        Some(explanation)
    }
}

/// What the draft says about where values come from, by the address of what was written.
fn notes_of(draft: &Draft) -> HashMap<String, Cow<'_, str>> {
    let assumptions = draft.assumptions.iter();
    let assumptions = assumptions.map(|assumption| (format!("assumptions.{}", assumption.id), &assumption.source));
    let alternatives = draft.alternatives.iter();
    let alternatives = alternatives.map(|alternative| (format!("alternatives.{}.", alternative.id), &alternative.plan));
    let plans: Vec<_> = [(String::new(), &draft.plan)].into_iter().chain(alternatives).collect();
    let lines = plans.iter().flat_map(|(at, plan)| plan.costs.iter().flatten().map(move |line| (at, line)));
    let lines = lines.map(|(at, line)| (format!("{at}costs.{}.{}", line.category.key(), line.id), &line.source));
    let benefits = plans.iter().flat_map(|(at, plan)| plan.benefits.iter().flatten().map(move |line| (at, line)));
    let benefits = benefits.map(|(at, benefit)| (format!("{at}benefits.{}", benefit.id), &benefit.source));
    let mut criteria = Vec::new();
    let mut definitions = Vec::new();
    let own = draft.scorecard.iter().flat_map(|card| &card.kpis);
    let own: HashMap<&str, &scorecard::Kpi> = own.map(|kpi| (kpi.id.as_str(), kpi)).collect();
    let mut waiting: Vec<&scorecard::Criterion> = draft.scorecard.iter().flat_map(|card| &card.perspectives).collect();
    while let Some(criterion) = waiting.pop() {
        criteria.push((format!("scorecard.{}.actual", criterion.id), &criterion.source));
        let used = criterion.measure.as_ref().and_then(|measure| measure.kpi.as_ref());
        if let Some(used) = used {
            let kpi = own.get(used.kpi.as_str()).copied().or_else(|| scorecard::catalogue::find(&used.kpi));
            let definition = kpi.and_then(|kpi| kpi.source.as_ref()).map(|source| source.described(draft.language));
            let texts = [criterion.source.clone(), definition].into_iter().flatten().collect::<Vec<_>>();
            let note = Some(texts.join("; ")).filter(|note| !note.is_empty());
            definitions.extend(note.map(|note| (format!("scorecard.{}.kpi", criterion.id), Cow::Owned(note))));
        }
        waiting.extend(&criterion.children);
    }
    let expected = draft.expect.iter().map(|expected| (format!("expect.{}", expected.id), &expected.source));
    let all = assumptions.chain(lines).chain(benefits).chain(criteria).chain(expected);
    let all = all.filter_map(|(address, source)| Some((address, Cow::Borrowed(source.as_deref()?))));
    all.chain(definitions).collect()
}
