//! The whole: a draft of plain statements, and the appraisal that is known to hold together.

mod define;
mod idle;
mod outcome;
mod scenario;

pub(crate) use define::Parts;
pub use outcome::Outcome;
pub use scenario::Scenario;

use crate::assumption::Assumption;
use crate::case::{Alternative, CashFlow, CostOfCapital, EconomicValueAdded, ExchangeRate, Plan, Tax, Valuation};
use crate::customers::Customers;
use crate::model::{Builder, Model};
use crate::panel::{Assessment, Authority, Delphi, SiblingWeights};
use crate::period::Period;
use crate::problem::{Problem, Problems};
use crate::reconcile::{self, Expectation};
use crate::scorecard::{Incentive, Scorecard};
use rust_decimal::Decimal;
use scenario::ScenarioModel;
use std::collections::HashSet;

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
    #[error("a discount rate of {} lies outside -20 % to 100 %", crate::amount::percent(.rate))]
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
        /// How many there may be.
        most: usize,
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
            Self::DiscountRate { rate } if *rate >= Decimal::TWO && *rate <= Decimal::ONE_HUNDRED => {
                format!("write `{}%`", rate.normalize())
            }
            Self::DiscountRate { .. } => "write a percentage, as in `discount_rate: 8%`".to_owned(),
            Self::RangeOrder { .. } => "write `range: [low, likely, high]` or `range: [low, high]`".to_owned(),
            Self::UnknownOverride { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownOverride { name, .. } => format!("add `{name}: …` under `assumptions:`"),
            Self::TooManyScenarios { most, .. } => format!("keep at most {most}"),
            Self::FirstYear { .. } => "write a calendar year, as in `first_year: 2026`".to_owned(),
            Self::Twice { .. } => "keep one of the two".to_owned(),
            Self::NoScorecard => "add `scorecard:` with the criteria to weigh".to_owned(),
            Self::Empty => "add one of `scorecard:`, `costs:`, `benefits:` and `alternatives:`".to_owned(),
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

/// A model as somebody states it: plain data, not yet known to hold together.
///
/// Every part is optional, as long as there is something to evaluate: a scorecard, costs, benefits, economic value added
/// or customers. [`Appraisal::new`] checks it.
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
    /// The discount rate a year, as a fraction between -20 % and 100 %, or built up from what capital costs; without it nothing
    /// has a present value.
    pub discount_rate: Option<CostOfCapital>,
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
    /// What is paid for the scores.
    pub incentive: Option<Incentive>,
    /// By which conventions flows of money are valued.
    pub valuation: Valuation,
    /// Tax on the result, where it is looked at.
    pub tax: Option<Tax>,
    /// What other currencies are worth in that of the model.
    pub exchange_rates: Vec<ExchangeRate>,
    /// What the system costs and brings.
    pub plan: Plan,
    /// Ways of going about it side by side, instead of the one plan.
    pub alternatives: Vec<Alternative>,
    /// What flowed, or is to flow, and when: each by itself, beside the plan.
    pub cash_flows: Vec<CashFlow>,
    /// What is left of the profit once capital has had its price.
    pub economic_value_added: Option<EconomicValueAdded>,
    /// What the customers are worth, and where they go.
    pub customers: Option<Customers>,
    /// The codes of findings that are accepted, and why.
    pub accepted: Vec<(String, String)>,
    /// Other values for assumptions.
    pub scenarios: Vec<Scenario>,
    /// What is published or expected of the figures.
    pub expect: Vec<Expectation>,
}

impl Draft {
    /// The document's own plan, then those of its alternatives.
    pub(crate) fn plans(&self) -> impl Iterator<Item = &Plan> {
        [&self.plan].into_iter().chain(self.alternatives.iter().map(|alternative| &alternative.plan))
    }
}

/// Calendar years that a plan may begin in.
const FIRST_YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// The longest horizon: beyond it no assumption holds.
pub const MOST_YEARS: u32 = 50;

/// A model that holds together: evaluating it cannot fail.
///
/// It keeps what was stated and the cells that follow from it. [`base`](Self::base) and [`scenario`](Self::scenario)
/// compute the values; a figure that cannot be computed is missing for a reason, and the others stand.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Category, CostLine, Plan};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let draft = Draft {
///     horizon: Horizon { first_year: None, years: 4 },
///     discount_rate: Some(dec!(0.10).into()),
///     plan: Plan { costs: Some(vec![CostLine {
///         initial: Some(100_000.into()),
///         ..CostLine::new(Category::Licences, "crm")
///     }]), benefits: Some(vec![Benefit {
///         annual: Some(40_000.into()),
///         ..Benefit::new("saved_hours", BenefitKind::Saving)
///     }]), ..Plan::default() },
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
    scenarios: Vec<ScenarioModel>,
}

impl Appraisal {
    /// Checks a draft and defines all its figures.
    ///
    /// # Errors
    ///
    /// Every mistake in the draft, each with the address of what is wrong and what to write instead.
    ///
    /// ```
    /// use appraise::case::{Category, CostLine, Plan};
    /// use appraise::{Amount, Appraisal, Draft};
    ///
    /// let seats = CostLine {
    ///     annual: Some(Amount::formula("= seats * 960").unwrap()),
    ///     ..CostLine::new(Category::Licences, "crm")
    /// };
    /// let problems = Appraisal::new(Draft { plan: Plan { costs: Some(vec![seats]), ..Plan::default() }, ..Draft::default() }).unwrap_err();
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
        cells.reserve(define::about_cells(&draft));
        let (parts, names) = define::define(&draft, &mut cells, &mut problems);
        let (found, figures) = (draft.scenarios.len(), cells.len());
        let most = scenario::most_scenarios(figures, draft.horizon.years);
        if found > most {
            problems.push(Problem::new("scenarios", AppraisalError::TooManyScenarios { found, figures, most }));
            return Err(problems.into());
        }
        let changes = scenario::changes_of(&draft, &parts, &names, &cells, &mut problems);
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
        for (name, mut change) in changes {
            change.extend(reconcile::changes_under(&parts.expected, &name));
            // where one override alone can have brought a row into a place for one value, it is the one to look at
            let mut suspects = change.iter().filter(|change| {
                let before = model.cell(change.cell).map(crate::model::Cell::shape);
                before != Some(change.shape) || matches!(change.content, crate::model::Content::Formula(_))
            });
            let suspect = suspects.next().filter(|_| suspects.next().is_none());
            let suspect = suspect.and_then(|change| change.source.as_ref()).map(ToString::to_string);
            match model.with(change) {
                Ok(model) => scenarios.push(ScenarioModel { name, model }),
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
        Outcome { appraisal: self, scenario: None, period: self.period(), evaluation: self.model.evaluate() }
    }

    /// The model at another period of the scorecard, evaluated; `None` where it has no such period.
    pub fn at(&self, period: Period) -> Option<Outcome<'_>> {
        self.base().at(period)
    }

    /// The periods of the scorecard, from first to last; none where it is not followed over periods.
    pub fn periods(&self) -> &[Period] {
        self.parts.calendar.as_ref().map(|calendar| &*calendar.periods).unwrap_or_default()
    }

    /// The period that is evaluated.
    fn period(&self) -> Option<Period> {
        let calendar = self.parts.calendar.as_ref()?;
        calendar.periods.get(calendar.at).copied()
    }

    /// The model under a scenario, evaluated; `None` where there is no scenario of that name.
    pub fn scenario(&self, name: &str) -> Option<Outcome<'_>> {
        let ScenarioModel { name, model } = self.scenarios.iter().find(|scenario| scenario.name == name)?;
        Some(Outcome { appraisal: self, scenario: Some(name), period: self.period(), evaluation: model.evaluate() })
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

/// What the unit tests of the rooms share: a draft in, one figure out.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::model::Cause;

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
    use crate::amount::Amount;
    use crate::case::{Benefit, BenefitKind, Category, CostLine};
    use crate::model::Cause;
    use rust_decimal::dec;

    fn seats_at(price: i64) -> Draft {
        let seats = Amount::PerYear([100, 200].map(Decimal::from).into());
        let cost = Amount::formula("= seats * seat_price").unwrap();
        Draft {
            horizon: Horizon { first_year: Some(2026), years: 2 },
            discount_rate: Some(dec!(0.1).into()),
            assumptions: vec![Assumption::new("seats", seats), Assumption::new("seat_price", price)],
            plan: Plan {
                costs: Some(vec![CostLine { annual: Some(cost), ..CostLine::new(Category::Licences, "seats") }]),
                benefits: Some(vec![Benefit {
                    annual: Some(150.into()),
                    ..Benefit::new("hours", BenefitKind::Saving)
                }]),
                ..Plan::default()
            },
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
        draft.plan.costs.as_mut().unwrap().push(CostLine::new(Category::Staff, "nobody"));
        draft.discount_rate = Some(dec!(80).into());
        assert_eq!(
            problems(draft),
            [
                "assumptions.seats: `seats` is the id of two things",
                "assumptions.cost per seat: `cost per seat` cannot be an id",
                "discount_rate: a discount rate of 8000 % lies outside -20 % to 100 %",
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
