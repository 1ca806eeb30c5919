//! The whole: a draft of plain statements, and the appraisal that is known to hold together.

use crate::amount::{Amount, Lowering, Named, Names};
use crate::assumption::Assumption;
use crate::case::{self, Benefit, BenefitCells, CaseCells, Category, CostCells, CostLine, Discounting};
use crate::model::{AxisId, Builder, Cause, CellId, Change, Evaluation, Explanation, Model, Naming, Shape, Unit};
use crate::panel::{
    self, Assessment, AssessmentCells, Authority, AuthorityCells, Delphi, DelphiCells, SiblingWeights, Weighting,
};
use crate::problem::{Problem, Problems};
use crate::scorecard::{self, CriterionCells, Scorecard, ScorecardError, Tree};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What can be wrong with a model as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AppraisalError {
    /// A horizon nobody plans for.
    #[error("a horizon has 1 to {most} years, not {years}")]
    Years {
        /// The years as written.
        years: u32,
        /// The most there can be.
        most: u32,
    },
    /// A discount rate that makes no sense.
    #[error("a discount rate of {} lies outside -50 % to 100 %", crate::amount::percent(.rate))]
    DiscountRate {
        /// The rate as written, as a fraction.
        rate: Decimal,
    },
    /// A range whose ends are swapped, or whose middle is outside.
    #[error("the range of `{id}` does not rise from low to high")]
    RangeOrder {
        /// The assumption.
        id: String,
    },
    /// A scenario that changes something that is no assumption.
    #[error("`{scenario}` changes `{name}`, which is no assumption")]
    UnknownOverride {
        /// The scenario.
        scenario: String,
        /// The name as written.
        name: String,
        /// The known name nearest to it.
        nearest: Option<String>,
    },
    /// More scenarios than can be held beside each other.
    #[error("there are {found} scenarios of {figures} figures each, more than can be evaluated side by side")]
    TooManyScenarios {
        /// How many there are.
        found: usize,
        /// How many cells each has.
        figures: usize,
    },
    /// A calendar year nobody plans for.
    #[error("{year} is not a year between {} and {}", FIRST_YEARS.start(), FIRST_YEARS.end())]
    FirstYear {
        /// The year as written.
        year: i32,
    },
    /// Two scenarios of one name, or one assumption changed twice.
    #[error("`{name}` is given twice")]
    Twice {
        /// The name.
        name: String,
    },
    /// Weights without criteria to weigh.
    #[error("there is no scorecard whose criteria the panel could weigh")]
    NoScorecard,
    /// Nothing to evaluate.
    #[error("there is nothing to evaluate")]
    Empty,
}

impl AppraisalError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Years { .. } => format!("write 1 to {MOST_YEARS}, as in `horizon: {{first_year: 2026, years: 5}}`"),
            Self::DiscountRate { rate } if *rate > Decimal::ONE && *rate <= Decimal::ONE_HUNDRED => {
                format!("write `{}%`", rate.normalize())
            }
            Self::DiscountRate { .. } => "write a percentage, as in `discount_rate: 8%`".to_owned(),
            Self::RangeOrder { .. } => "write `range: [low, likely, high]` or `range: [low, high]`".to_owned(),
            Self::UnknownOverride { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownOverride { name, .. } => format!("add `{name}: …` under `assumptions:`"),
            Self::TooManyScenarios { figures, .. } => {
                format!("keep at most {}", most_scenarios(*figures))
            }
            Self::FirstYear { .. } => "write a calendar year, as in `first_year: 2026`".to_owned(),
            Self::Twice { .. } => "keep one of the two".to_owned(),
            Self::NoScorecard => "add `scorecard:` with the criteria to weigh".to_owned(),
            Self::Empty => "add one of `scorecard:`, `costs:` and `benefits:`".to_owned(),
        })
    }
}

/// The language of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese, simplified.
    Chinese,
}

/// The years that are looked at: year 0 is the purchase, years 1 to n follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// The calendar year of the purchase.
    pub first_year: Option<i32>,
    /// How many years follow.
    pub years: u32,
}

impl Default for Horizon {
    /// Five years, no calendar.
    fn default() -> Self {
        Self { first_year: None, years: 5 }
    }
}

/// A named set of other values for assumptions; what it does not name stays as it is.
///
/// ```
/// use appraise::case::{Category, CostLine};
/// use appraise::{Amount, Appraisal, Assumption, Draft, Scenario};
///
/// let crm = CostLine {
///     initial: Some(Amount::formula("= seats * 960").unwrap()),
///     ..CostLine::new(Category::Licences, "crm")
/// };
/// let draft = Draft {
///     assumptions: vec![Assumption::new("seats", 120)],
///     costs: Some(vec![crm]),
///     scenarios: vec![Scenario { name: "growing".into(), overrides: vec![("seats".into(), 200.into())] }],
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// assert_eq!(appraisal.base().figure("costs.nominal"), Some(Ok(115_200.into())));
/// assert_eq!(appraisal.scenario("growing").unwrap().figure("costs.nominal"), Some(Ok(192_000.into())));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// The name.
    pub name: String,
    /// The assumptions that change, and their values.
    pub overrides: Vec<(String, Amount)>,
}

/// A model as somebody states it: plain data, not yet known to hold together.
///
/// Every part is optional, as long as there is a scorecard, costs or benefits to evaluate. [`Appraisal::new`] checks it.
/// What a document says in YAML is a draft too, so the fields mean what the
/// [keys of a document](crate::documentation::format) mean.
///
/// ```
/// use appraise::scorecard::{Criterion, Measure, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let retention = Measure::target(dec!(0.78), dec!(0.86)).actual(dec!(0.83));
/// let draft = Draft {
///     title: "Is the CRM working?".to_owned(),
///     scorecard: Some(Scorecard::new([Criterion::indicator("retention", retention)])),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// assert_eq!(appraisal.base().figure("scorecard.score"), Some(Ok(dec!(0.625))));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The question the model answers.
    pub title: String,
    /// Whose model it is.
    pub organisation: Option<String>,
    /// The currency of all money in it.
    pub currency: Option<String>,
    /// The language of the report.
    pub language: Language,
    /// The years that are looked at.
    pub horizon: Horizon,
    /// The discount rate a year, as a fraction between -0.5 and 10; without it nothing has a present value.
    pub discount_rate: Option<Amount>,
    /// Whatever somebody may question.
    pub assumptions: Vec<Assumption>,
    /// What is measured.
    pub scorecard: Option<Scorecard>,
    /// How much the word of each expert counts; where nobody's is given, all count the same.
    pub authority: Vec<Authority>,
    /// Who weighs the criteria.
    pub delphi: Option<Delphi>,
    /// How the children of single criteria are weighed; the others are weighed directly, by the panel or equally.
    pub weighing: Vec<SiblingWeights>,
    /// Who judges them.
    pub assessment: Option<Assessment>,
    /// What the system costs; `None` where nothing is said, as opposed to nothing being spent.
    pub costs: Option<Vec<CostLine>>,
    /// The categories in which nothing is spent, and somebody said so.
    pub no_costs_in: Vec<Category>,
    /// What it brings.
    pub benefits: Option<Vec<Benefit>>,
    /// Other values for assumptions.
    pub scenarios: Vec<Scenario>,
}

/// Calendar years that a plan may begin in.
const FIRST_YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Whether anything is discounted at such a rate: -50 % to 100 %.
pub(crate) fn is_discount_rate(rate: Decimal) -> bool {
    (Decimal::new(-5, 1)..=Decimal::ONE).contains(&rate)
}

/// How many scenarios may stand side by side: a hundred, fewer in a model so large that they would fill the memory.
fn most_scenarios(cells: usize) -> usize {
    (2_000_000 / cells.max(1)).clamp(1, 100)
}

/// The longest horizon: beyond it no assumption holds.
pub const MOST_YEARS: u32 = 50;

/// A criterion as the report lists it.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) depth: usize,
    pub(crate) has_children: bool,
    pub(crate) unit: Unit,
}

/// Where the figures of each part are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    pub(crate) discount_rate: Option<CellId>,
    pub(crate) assumptions: Vec<CellId>,
    pub(crate) criteria: Vec<Listed>,
    pub(crate) scorecard: Vec<CriterionCells>,
    pub(crate) authority: AuthorityCells,
    pub(crate) weighting: Weighting,
    pub(crate) delphi: Option<DelphiCells>,
    pub(crate) assessment: Option<AssessmentCells>,
    pub(crate) costs: Option<CostCells>,
    pub(crate) benefits: Option<BenefitCells>,
    pub(crate) case: Option<CaseCells>,
}

/// A model that holds together: evaluating it cannot fail.
///
/// It keeps what was stated and the cells that follow from it. [`base`](Self::base) and [`scenario`](Self::scenario)
/// compute the values; a figure that cannot be computed is missing for a reason, and the others stand.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Category, CostLine};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let draft = Draft {
///     horizon: Horizon { first_year: None, years: 4 },
///     discount_rate: Some(dec!(0.10).into()),
///     costs: Some(vec![CostLine {
///         initial: Some(100_000.into()),
///         ..CostLine::new(Category::Licences, "crm")
///     }]),
///     benefits: Some(vec![Benefit {
///         annual: Some(40_000.into()),
///         ..Benefit::new("saved_hours", BenefitKind::Saving)
///     }]),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let npv = appraisal.base().figure("case.npv").unwrap().unwrap();
/// assert_eq!(npv.round_dp(2), dec!(26794.62));
/// ```
#[derive(Debug, Clone)]
pub struct Appraisal {
    draft: Draft,
    model: Model,
    parts: Parts,
    scenarios: Vec<Alternative>,
}

/// The model of a scenario.
#[derive(Debug, Clone)]
struct Alternative {
    name: String,
    model: Model,
}

impl Appraisal {
    /// Checks a draft and defines all its figures.
    ///
    /// # Errors
    ///
    /// Every mistake in the draft, each with the address of what is wrong and what to write instead.
    ///
    /// ```
    /// use appraise::case::{Category, CostLine};
    /// use appraise::{Amount, Appraisal, Draft};
    ///
    /// let seats = CostLine {
    ///     annual: Some(Amount::formula("= seats * 960").unwrap()),
    ///     ..CostLine::new(Category::Licences, "crm")
    /// };
    /// let problems = Appraisal::new(Draft { costs: Some(vec![seats]), ..Draft::default() }).unwrap_err();
    /// assert_eq!(
    ///     problems.to_string(),
    ///     "costs.licences.crm.annual: there is no assumption or indicator `seats`\n  \
    ///      help: add `seats: …` under `assumptions:`"
    /// );
    /// ```
    pub fn new(draft: Draft) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let years = draft.horizon.years;
        if years == 0 || years > MOST_YEARS {
            problems.push(Problem::new("horizon.years", AppraisalError::Years { years, most: MOST_YEARS }));
            return Err(problems.into());
        }
        if let Some(year) = draft.horizon.first_year.filter(|year| !FIRST_YEARS.contains(year)) {
            problems.push(Problem::new("horizon.first_year", AppraisalError::FirstYear { year }));
        }
        let mut cells = Builder::new(years);
        cells.reserve(about_cells(&draft));
        let (parts, names) = define(&draft, &mut cells, &mut problems);
        let (found, figures) = (draft.scenarios.len(), cells.len());
        if found > most_scenarios(figures) {
            problems.push(Problem::new("scenarios", AppraisalError::TooManyScenarios { found, figures }));
            return Err(problems.into());
        }
        let changes = changes_of(&draft, &parts, &names, &cells, &mut problems);
        let model = match cells.finish_distinct() {
            Ok(model) => model,
            Err(errors) => {
                // a line has a row with risk and one without: what is wrong with both is said once
                let mut said = HashSet::new();
                let errors = errors.into_iter().filter(|fault| said.insert(fault.source.clone()));
                problems.extend(errors.map(|fault| Problem::new(fault.source, fault.error)));
                return Err(problems.into());
            }
        };
        let mut scenarios = Vec::with_capacity(changes.len());
        for (name, change) in changes {
            // where one override alone can have brought a row into a place for one value, it is the one to look at
            let mut suspects = change.iter().filter(|change| {
                let before = model.cell(change.cell).map(crate::model::Cell::shape);
                before != Some(change.shape) || matches!(change.content, crate::model::Content::Formula(_))
            });
            let suspect = suspects.next().filter(|_| suspects.next().is_none());
            let suspect = suspect.and_then(|change| change.source.as_ref()).map(ToString::to_string);
            match model.with(change) {
                Ok(model) => scenarios.push(Alternative { name, model }),
                Err(errors) => problems.extend(errors.into_iter().map(|fault| {
                    let at = match fault.source.strip_prefix("assumptions.") {
                        Some(id) => format!("scenarios.{name}.{id}"),
                        None if fault.source.starts_with("scenarios.") => fault.source,
                        None => suspect.clone().unwrap_or_else(|| format!("scenarios.{name}")),
                    };
                    Problem::new(at, fault.error)
                })),
            }
        }
        if !problems.is_empty() {
            return Err(problems.into());
        }
        Ok(Self { draft, model, parts, scenarios })
    }

    /// What was stated.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The cells.
    pub fn model(&self) -> &Model {
        &self.model
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The model with its assumptions as stated, evaluated.
    pub fn base(&self) -> Outcome<'_> {
        Outcome { appraisal: self, scenario: None, evaluation: self.model.evaluate() }
    }

    /// The model under a scenario, evaluated; `None` where there is no scenario of that name.
    pub fn scenario(&self, name: &str) -> Option<Outcome<'_>> {
        let Alternative { name, model } = self.scenarios.iter().find(|scenario| scenario.name == name)?;
        Some(Outcome { appraisal: self, scenario: Some(name), evaluation: model.evaluate() })
    }

    /// Where everything that was written stands, scenarios included.
    #[cfg(feature = "yaml")]
    pub(crate) fn addresses(&self) -> impl Iterator<Item = String> + '_ {
        let models = [&self.model].into_iter().chain(self.scenarios.iter().map(|scenario| &scenario.model));
        let sources = models.flat_map(|model| model.cells().filter_map(|(cell, _)| model.source(cell)));
        sources.map(ToString::to_string)
    }

    /// The names of the scenarios.
    pub fn scenario_names(&self) -> impl Iterator<Item = &str> {
        self.scenarios.iter().map(|scenario| scenario.name.as_str())
    }
}

/// An appraisal with the values of all its figures.
#[derive(Debug, Clone)]
pub struct Outcome<'a> {
    appraisal: &'a Appraisal,
    scenario: Option<&'a str>,
    evaluation: Evaluation,
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

    /// The same model under a scenario, computed from this outcome of the base where nothing changes.
    pub(crate) fn under(&self, scenario: &str) -> Option<Self> {
        let Alternative { name, model } = self.appraisal.scenarios.iter().find(|s| s.name == scenario)?;
        let evaluation = self.evaluation.changed_to(model);
        Some(Self { appraisal: self.appraisal, scenario: Some(name), evaluation })
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
            step.note = note.map(|note| (*note).to_owned());
        }
        Some(explanation)
    }
}

/// What the draft says about where values come from, by the address of what was written.
fn notes_of(draft: &Draft) -> HashMap<String, &str> {
    let assumptions = draft.assumptions.iter();
    let assumptions = assumptions.map(|assumption| (format!("assumptions.{}", assumption.id), &assumption.source));
    let lines = draft.costs.iter().flatten();
    let lines = lines.map(|line| (format!("costs.{}.{}", line.category.key(), line.id), &line.source));
    let benefits = draft.benefits.iter().flatten();
    let benefits = benefits.map(|benefit| (format!("benefits.{}", benefit.id), &benefit.source));
    let mut criteria = Vec::new();
    let mut waiting: Vec<&scorecard::Criterion> = draft.scorecard.iter().flat_map(|card| &card.perspectives).collect();
    while let Some(criterion) = waiting.pop() {
        criteria.push((format!("scorecard.{}.actual", criterion.id), &criterion.source));
        waiting.extend(&criterion.children);
    }
    let all = assumptions.chain(lines).chain(benefits).chain(criteria);
    all.filter_map(|(address, source)| Some((address, source.as_deref()?))).collect()
}

fn define(draft: &Draft, cells: &mut Builder, problems: &mut Vec<Problem>) -> (Parts, Names) {
    let mut parts = Parts::default();
    let years = draft.horizon.years;
    let panel = draft.delphi.is_some() || draft.assessment.is_some() || !draft.weighing.is_empty();
    if draft.scorecard.is_none() && draft.costs.is_none() && draft.benefits.is_none() && !panel {
        problems.push(Problem::new("", AppraisalError::Empty));
    }
    let tree = draft.scorecard.as_ref().map(|card| {
        let whole = if draft.language == Language::Chinese { "总体" } else { "Overall" };
        Tree::new(&card.perspectives, whole, problems)
    });
    let mut names = Names::default();
    let (rate, actuals) = name_cells(draft, tree.as_ref(), cells, &mut names, &mut parts, problems);
    let mut lowering = Lowering { cells, names: &names, problems, years };
    define_rate(&mut lowering, draft, rate);
    for (assumption, cell) in draft.assumptions.iter().zip(&parts.assumptions) {
        lowering.define(*cell, &assumption.value);
        check_range(&mut lowering, assumption);
    }
    match (&draft.scorecard, &tree) {
        (Some(card), Some(tree)) => define_scorecard(&mut lowering, draft, card, tree, &actuals, &mut parts),
        _ => {
            if draft.delphi.is_some() {
                lowering.problem("weights.delphi", AppraisalError::NoScorecard);
            }
            if !draft.weighing.is_empty() {
                lowering.problem("weights.groups", AppraisalError::NoScorecard);
            }
            if draft.assessment.is_some() {
                lowering.problem("assessment", panel::FuzzyError::NoScorecard);
            }
        }
    }
    if draft.costs.is_some() || draft.benefits.is_some() {
        let discounting = Discounting::define(&mut lowering, rate);
        parts.costs = draft.costs.as_ref().map(|lines| case::define_costs(&mut lowering, rate, lines));
        let benefits = draft.benefits.as_ref();
        parts.benefits = benefits.map(|lines| case::define_benefits(&mut lowering, rate, tree.as_ref(), lines));
        let both = parts.costs.as_ref().zip(parts.benefits.as_ref());
        parts.case = both.map(|(costs, benefits)| case::define_case(&mut lowering, discounting, costs, benefits));
    }
    (parts, names)
}

/// About how many cells a draft makes: what one criterion, rating, line or benefit makes, counted once on Meridian.
fn about_cells(draft: &Draft) -> usize {
    let mut criteria: usize = 0;
    let mut waiting: Vec<&[scorecard::Criterion]> = draft.scorecard.iter().map(|card| &*card.perspectives).collect();
    while let Some(siblings) = waiting.pop() {
        criteria += siblings.len();
        waiting.extend(siblings.iter().map(|criterion| &*criterion.children));
    }
    let rated: usize = draft.delphi.iter().flat_map(|delphi| &delphi.rounds).map(|round| round.items.len() + 5).sum();
    let lines = draft.costs.as_ref().map_or(0, Vec::len);
    let benefits = draft.benefits.as_ref().map_or(0, Vec::len);
    draft.assumptions.len() + 15 * criteria + 8 * rated + 10 * lines + 10 * benefits + 80
}

/// Makes a cell for everything a formula may name, before any formula is looked at.
fn name_cells(
    draft: &Draft,
    tree: Option<&Tree>,
    cells: &mut Builder,
    names: &mut Names,
    parts: &mut Parts,
    problems: &mut Vec<Problem>,
) -> (CellId, Vec<Option<CellId>>) {
    let numbers = (1..=draft.horizon.years).map(|year| Some(Decimal::from(year)));
    let year = cells.input(Naming::new("year").label("Year", ""), Shape::Row(AxisId::YEARS), numbers);
    names.insert("year", Named::Cell(year));
    let naming = Naming::new("discount_rate").label("Discount rate", "").unit(Unit::Share).source("discount_rate");
    let rate = match draft.discount_rate {
        Some(_) => cells.declare(naming),
        None => cells.absent(naming, Shape::Scalar, Cause::NoData),
    };
    names.insert("discount_rate", Named::Cell(rate));
    parts.discount_rate = Some(rate);
    let mut seen = HashSet::new();
    for assumption in &draft.assumptions {
        let at = format!("assumptions.{}", assumption.id);
        scorecard::check_id(&assumption.id, &at, problems);
        let taken = tree.is_some_and(|tree| tree.find(&assumption.id).is_some());
        if !seen.insert(&assumption.id) || taken {
            problems.push(Problem::new(&*at, ScorecardError::DuplicateId { id: assumption.id.clone() }));
        }
        let unit = assumption.unit.as_deref().map_or(Unit::Number, Unit::of);
        let subject = assumption.name.as_deref().unwrap_or(&assumption.id);
        let cell = cells.declare(Naming::new(&*assumption.id).label(subject, "").unit(unit).source(at));
        names.insert(&*assumption.id, Named::Cell(cell));
        parts.assumptions.push(cell);
    }
    let Some(tree) = tree else { return (rate, Vec::new()) };
    let actuals = tree.nodes.iter().map(|node| {
        // a group that is also measured is refused, and then needs no cell
        let measure = node.criterion.filter(|criterion| criterion.children.is_empty());
        let measure = measure.and_then(|criterion| criterion.measure.as_ref());
        let actual = measure.map(|measure| scorecard::declare_actual(cells, node, measure));
        let usable = actual.filter(|_| measure.is_some_and(|measure| measure.actual.is_some()));
        if node.criterion.is_some() {
            names.insert(Arc::clone(&node.id), usable.map_or(Named::NoActual, Named::Cell));
        }
        actual
    });
    let actuals = actuals.collect();
    (rate, actuals)
}

fn define_rate(lowering: &mut Lowering, draft: &Draft, rate: CellId) {
    if let Some(amount) = &draft.discount_rate {
        lowering.define(rate, amount);
        lowering.cells.require_single(rate);
        if let Some(rate) = amount.numbers().find(|rate| !is_discount_rate(*rate)) {
            lowering.problem("discount_rate", AppraisalError::DiscountRate { rate });
        }
    }
}

fn check_range(lowering: &mut Lowering, assumption: &Assumption) {
    if let Some(range) = assumption.range {
        let inside = range.likely.is_none_or(|likely| range.low <= likely && likely <= range.high);
        if range.low > range.high || !inside {
            let error = AppraisalError::RangeOrder { id: assumption.id.clone() };
            lowering.problem(format!("assumptions.{}.range", assumption.id), error);
        }
    }
}

fn define_scorecard(
    lowering: &mut Lowering,
    draft: &Draft,
    card: &Scorecard,
    tree: &Tree,
    actuals: &[Option<CellId>],
    parts: &mut Parts,
) {
    parts.criteria = tree
        .nodes
        .iter()
        .map(|node| Listed {
            id: Arc::clone(&node.id),
            name: Arc::clone(&node.name),
            depth: node.depth,
            has_children: !node.children.is_empty(),
            unit: node
                .criterion
                .and_then(|criterion| criterion.measure.as_ref())
                .map_or(Unit::Number, |m| m.cell_unit()),
        })
        .collect();
    parts.authority = panel::define_authority(lowering, &draft.authority);
    let experts = draft.delphi.iter().flat_map(|delphi| &delphi.experts);
    let experts = experts.map(String::as_str);
    let experts = experts.chain(draft.weighing.iter().flat_map(|group| group.weighing.experts()));
    let experts = experts.chain(draft.assessment.iter().flat_map(Assessment::experts));
    panel::check_authority_names(lowering, &draft.authority, experts);
    let authority = &parts.authority;
    parts.delphi = draft.delphi.as_ref().map(|delphi| panel::define_delphi(lowering, tree, authority, delphi));
    parts.weighting = panel::define_weights(lowering, tree, parts.delphi.as_ref(), &parts.authority, &draft.weighing);
    let weights = &parts.weighting.cells;
    parts.scorecard = scorecard::define(lowering, tree, actuals, weights, &card.status, card.missing);
    parts.assessment = draft.assessment.as_ref().map(|assessment| {
        let cells = panel::define_assessment(lowering, tree, weights, actuals, &parts.authority, assessment);
        cells.define_unjudged(lowering);
        cells
    });
}

/// What each scenario changes, as new contents of the cells of assumptions.
fn changes_of(
    draft: &Draft,
    parts: &Parts,
    names: &Names,
    cells: &Builder,
    problems: &mut Vec<Problem>,
) -> Vec<(String, Vec<Change>)> {
    let mut changes: Vec<(String, Vec<Change>)> = Vec::new();
    let ids = draft.assumptions.iter().map(|assumption| assumption.id.as_str());
    let cell_of: HashMap<&str, CellId> = ids.zip(parts.assumptions.iter().copied()).collect();
    let mut scenario_names = HashSet::new();
    for Scenario { name, overrides } in &draft.scenarios {
        let at = format!("scenarios.{name}");
        if !scenario_names.insert(name) {
            problems.push(Problem::new(&*at, AppraisalError::Twice { name: name.clone() }));
            continue;
        }
        let mut change: Vec<Change> = Vec::new();
        let mut changed = HashSet::new();
        for (id, amount) in overrides {
            let at = format!("{at}.{id}");
            // lowered in a builder of its own, so that the cells of the model stay as they are
            let mut alone = cells.empty_copy();
            let mut lowering = Lowering { cells: &mut alone, names, problems, years: draft.horizon.years };
            let Some(cell) = cell_of.get(id.as_str()) else {
                let nearest = lowering.nearest(id, cell_of.keys().copied());
                let error = AppraisalError::UnknownOverride { scenario: name.clone(), name: id.clone(), nearest };
                lowering.problem(at, error);
                continue;
            };
            if !changed.insert(*cell) {
                lowering.problem(at, AppraisalError::Twice { name: id.clone() });
                continue;
            }
            let lowered = lowering.amount(Naming::new(&**id).source(at), amount);
            if let Some(lowered) = alone.cell(lowered) {
                let (shape, content) = (lowered.shape, lowered.content.clone());
                change.push(Change { cell: *cell, shape, content, source: lowered.source.clone() });
            }
        }
        changes.push((name.clone(), change));
    }
    changes
}

/// What the unit tests of the rooms share: a draft in, one figure out.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// The figures of a draft that must hold together.
    pub(crate) struct Figures(pub(crate) Appraisal);

    impl Figures {
        pub(crate) fn of(draft: Draft) -> Self {
            Self(Appraisal::new(draft).unwrap_or_else(|problems| panic!("{problems}")))
        }

        #[track_caller]
        pub(crate) fn get(&self, id: &str) -> Decimal {
            match self.0.base().figure(id) {
                Some(Ok(value)) => value.normalize(),
                other => panic!("{id}: {other:?}"),
            }
        }

        #[track_caller]
        pub(crate) fn cause(&self, id: &str) -> Cause {
            match self.0.base().figure(id) {
                Some(Err(absent)) => absent.cause,
                other => panic!("{id}: {other:?}"),
            }
        }

        /// The names a set holds: a status, or grades that tie.
        #[track_caller]
        pub(crate) fn names(&self, id: &str) -> Vec<String> {
            let report = self.0.base().report();
            let figure = report.figures().find(|figure| figure.id() == id);
            match figure.unwrap_or_else(|| panic!("{id}")).value {
                crate::report::Value::Names(names) => names,
                other => panic!("{id}: {other:?}"),
            }
        }
    }

    /// The mistakes of a draft, each as `address: message`.
    pub(crate) fn problems(draft: Draft) -> Vec<String> {
        let problems = Appraisal::new(draft).err().map(|problems| problems.iter().map(ToString::to_string).collect());
        problems.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{Figures, problems};
    use super::*;
    use crate::case::{BenefitKind, Category};
    use rust_decimal::dec;

    fn seats_at(price: i64) -> Draft {
        let seats = Amount::PerYear([100, 200].map(Decimal::from).into());
        let cost = Amount::formula("= seats * seat_price").unwrap();
        Draft {
            horizon: Horizon { first_year: Some(2026), years: 2 },
            discount_rate: Some(dec!(0.1).into()),
            assumptions: vec![Assumption::new("seats", seats), Assumption::new("seat_price", price)],
            costs: Some(vec![CostLine { annual: Some(cost), ..CostLine::new(Category::Licences, "seats") }]),
            benefits: Some(vec![Benefit { annual: Some(150.into()), ..Benefit::new("hours", BenefitKind::Saving) }]),
            ..Draft::default()
        }
    }

    #[test]
    fn a_scenario_is_the_same_model_with_other_inputs() {
        let scenario = |name: &str, overrides: &[(&str, Amount)]| Scenario {
            name: name.to_owned(),
            overrides: overrides.iter().map(|(id, amount)| ((*id).to_owned(), amount.clone())).collect(),
        };
        let rising = Amount::PerYear(vec![dec!(1), dec!(3)]);
        let halved = Amount::formula("= 1 / 2").unwrap();
        let draft = Draft {
            scenarios: vec![
                scenario("same", &[]),
                scenario("dearer", &[("seat_price", 2.into())]),
                scenario("rising", &[("seat_price", rising)]),
                scenario("halved", &[("seat_price", halved)]),
            ],
            ..seats_at(1)
        };
        let appraisal = Appraisal::new(draft).unwrap();
        let total = |name: &str| appraisal.scenario(name).unwrap().figure("costs.nominal").unwrap().unwrap();
        assert_eq!(total("same"), dec!(300));
        assert_eq!(total("dearer"), dec!(600));
        assert_eq!(total("rising"), dec!(700));
        assert_eq!(total("halved"), dec!(150));
        assert_eq!(appraisal.base().figure("costs.nominal"), Some(Ok(dec!(300))));
        assert!(appraisal.scenario("unheard_of").is_none());
        // side by side they are the same figures
        let columns = appraisal.base().report().scenarios;
        let nominal: Vec<_> = columns.iter().map(|column| column.costs_nominal.clone().unwrap().number()).collect();
        assert_eq!(nominal, [dec!(300), dec!(300), dec!(600), dec!(700), dec!(150)].map(Some));
        // and a changed assumption says where it was changed
        let explained = appraisal.scenario("dearer").unwrap().explain("seat_price").unwrap();
        assert_eq!(explained.steps[0].source.as_deref(), Some("scenarios.dearer.seat_price"));
    }

    #[test]
    fn every_mistake_is_reported_with_its_address() {
        let mut draft = seats_at(1);
        draft.assumptions.push(Assumption::new("seats", 3));
        draft.assumptions.push(Assumption::new("cost per seat", 3));
        draft.scenarios = vec![Scenario { name: "low".into(), overrides: vec![("seat_prise".into(), 1.into())] }];
        draft.costs.as_mut().unwrap().push(CostLine::new(Category::Staff, "nobody"));
        draft.discount_rate = Some(dec!(80).into());
        assert_eq!(
            problems(draft),
            [
                "assumptions.seats: `seats` is the id of two things",
                "assumptions.cost per seat: `cost per seat` cannot be an id",
                "discount_rate: a discount rate of 8000 % lies outside -50 % to 100 %",
                "costs.staff.nobody: `nobody` has no amount",
                "scenarios.low.seat_prise: `low` changes `seat_prise`, which is no assumption",
            ]
        );
        assert_eq!(problems(Draft::default()), [": there is nothing to evaluate"]);
    }

    #[test]
    fn without_a_discount_rate_only_present_values_are_missing() {
        let figures = Figures::of(Draft { discount_rate: None, ..seats_at(1) });
        assert_eq!(figures.get("costs.nominal"), dec!(300));
        assert_eq!(figures.cause("case.npv"), Cause::NoData);
        assert_eq!(figures.get("case.cumulative.2"), dec!(0));
    }
}
