//! A document: the sections of format 1, lowered to a draft, checked, and kept with its text for explanations.

use super::address::Addresses;
use super::fields::{CutOff, Fields, Reading, cut_off, thousands};
use super::flaw::{At, Flaw};
use super::node::{self, Key, Node, Value};
use super::place::{Place, Places};
use super::syntax::short;
use super::tables::Tables;
use super::{
    Diagnostics, Limits, assessment, case, cash_flow, cost_of_capital, customers, economic_value_added, exchange_rates,
    expect, incentive, scorecard, tax, valuation, weights,
};
use crate::amount::AmountError;
use crate::appraisal::{Appraisal, AppraisalError, Draft, Horizon, Language, Scenario};
use crate::assumption::{Assumption, Quality, Range};
use crate::case::{BenefitError, CostError, ExchangeError, FinancingError};
use crate::csv::Table;
use crate::customers::CustomerError;
use crate::model::ModelError;
use crate::panel::{DelphiError, FuzzyError, WeightError};
use crate::problem::{Fault, Problem};
use crate::reconcile::ExpectError;
use crate::scorecard::{IncentiveError, KpiError};
use std::collections::{HashMap, HashSet};

/// The layout of documents that this version reads.
const FORMAT: &str = "1";

/// A document that holds together, with the appraisal it states.
///
/// The keys are those of [format 1](crate::documentation::format). The text is kept, so that an explanation can name
/// lines.
///
/// ```
/// use appraise::yaml::Document;
///
/// let text = "appraise: 1\nassumptions: {seats: 120}\ncosts: {licences: {crm: {initial: = seats * 960}}}\n";
/// let document = Document::parse("crm.yaml", text).unwrap();
/// let places = document.places();
/// assert_eq!(places.shown("assumptions.seats").as_deref(), Some("crm.yaml:2"));
///
/// let explanation = document.appraisal().base().explain("costs.licences.crm.initial").unwrap();
/// assert_eq!(
///     explanation.to_text(|address| places.shown(address)),
///     "costs.licences.crm.initial = 115,200.00  (crm: initial)
///     = seats * 960
///     at crm.yaml:3
///   seats = 120
///       at crm.yaml:2
/// "
/// );
/// ```
#[derive(Debug, Clone)]
pub struct Document {
    appraisal: Appraisal,
    file: String,
    pub(super) text: String,
    pub(super) limits: Limits,
    /// The tables that gave values by period.
    tables: Tables,
}

impl Document {
    /// Reads a document. `file` is the name that messages show.
    ///
    /// # Errors
    ///
    /// Every mistake in the document, each with its line, column and what to type instead.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostics> {
        Self::parse_within(file, text, &Limits::default())
    }

    /// Reads a document that may be larger than usual, or must be smaller.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse); a document beyond the limits is refused before it is read in earnest.
    pub fn parse_within(file: &str, text: &str, limits: &Limits) -> Result<Self, Diagnostics> {
        Self::read(file, text, limits, Tables::default())
    }

    /// Reads a document and tables with the values by period that it leaves out. The caller opens the files.
    ///
    /// ```
    /// use appraise::csv::Table;
    /// use appraise::yaml::Document;
    ///
    /// let text = "
    /// appraise: 1
    /// scorecard:
    ///   periods: {from: 2025-Q1, to: 2025-Q4}
    ///   perspectives: {calls: {base: 100, target: 200}}
    /// ";
    /// let faulty = Table::new("actuals.csv", "indicator,period,value\ncalls,2025-Q1,120\ncalls,2026-Q1,\"1,200\"\n");
    /// assert_eq!(
    ///     Document::parse_with("crm.yaml", text, &[faulty]).unwrap_err().to_string(),
    ///     "error: `1,200` is not a number
    ///  --> actuals.csv:3:15
    ///   |
    /// 3 | calls,2026-Q1,\"1,200\"
    ///   |               ^^^^^^^
    ///   |
    ///   = help: write `1_200`: a point before the decimals, `_` between thousands
    ///
    /// 1 problem in actuals.csv"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// Every mistake in the document and in the tables; a value that is given in two of them is one.
    pub fn parse_with(file: &str, text: &str, tables: &[Table]) -> Result<Self, Diagnostics> {
        Self::read(file, text, &Limits::default(), Tables::new(tables.to_vec()))
    }

    fn read(file: &str, text: &str, limits: &Limits, mut tables: Tables) -> Result<Self, Diagnostics> {
        let refuse = |flaws| Diagnostics::new(file, text, limits, flaws);
        let root = node::read(text, limits).map_err(refuse)?;
        let mut reading = Reading::default();
        let mut criteria = HashMap::new();
        let draft = draft(&mut reading, &root, &mut criteria);
        let Some(mut draft) = draft else { return Err(refuse(reading.flaws)) };
        tables.put_into(&mut draft, limits);
        let checked = Appraisal::new(draft);
        let appraisal = match (checked, reading.flaws.is_empty() && tables.are_sound()) {
            (Ok(appraisal), true) => appraisal,
            (checked, _) => {
                let addresses = Addresses::new(&root, criteria);
                let problems = checked.err().into_iter().flatten();
                let unreadable = Unreadable::new(&reading);
                let problems = problems.filter(|problem| !unreadable.explains(problem));
                let problems = problems.filter_map(|problem| tables.take(problem));
                let flaws: Vec<Flaw> = problems.map(|problem| addresses.flaw(problem)).collect();
                let of_document = refuse(reading.flaws.into_iter().chain(flaws).collect());
                return Err(tables.refusals(of_document, limits));
            }
        };
        Ok(Self { appraisal, file: file.to_owned(), text: text.to_owned(), limits: limits.clone(), tables })
    }

    /// The same document with another text and the same tables.
    pub(super) fn with_text(&self, text: &str) -> Result<Self, Diagnostics> {
        Self::read(&self.file, text, &self.limits, self.tables.unread())
    }

    /// What the document states.
    pub fn appraisal(&self) -> &Appraisal {
        &self.appraisal
    }

    /// What the document states, without the document.
    pub fn into_appraisal(self) -> Appraisal {
        self.appraisal
    }

    /// The name that messages show.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Finds where things stand in the document; costs about one more reading of it.
    pub fn places(&self) -> DocumentPlaces {
        let mut by_address = HashMap::new();
        if let Ok(root) = node::read(&self.text, &self.limits) {
            let mut criteria = HashMap::new();
            let _ = draft(&mut Reading::default(), &root, &mut criteria);
            let places = Places::locate(&self.text, &self.limits);
            let addresses = Addresses::new(&root, criteria);
            for address in self.appraisal.addresses() {
                if let Some(node) = addresses.node_of(&address) {
                    by_address.insert(address, places.of(node));
                }
            }
        }
        let addresses = self.appraisal.addresses();
        let in_tables = addresses.filter_map(|address| Some((address.clone(), self.tables.shown(&address)?)));
        DocumentPlaces { file: self.file.clone(), by_address, in_tables: in_tables.collect() }
    }
}

/// Where the inputs of a document stand, by their address.
#[derive(Debug, Clone)]
pub struct DocumentPlaces {
    file: String,
    by_address: HashMap<String, Place>,
    /// The places of what tables gave, as readers see them.
    in_tables: HashMap<String, String>,
}

impl DocumentPlaces {
    /// The place in the document of an address such as `costs.licences.seats.annual`.
    pub fn of(&self, address: &str) -> Option<Place> {
        self.by_address.get(address).copied()
    }

    /// The place of an address as readers see it: `meridian.yaml:112`.
    pub fn shown(&self, address: &str) -> Option<String> {
        if let Some(place) = self.in_tables.get(address) {
            return Some(place.clone());
        }
        self.of(address).map(|place| format!("{}:{}", self.file, place.line))
    }
}

/// What could not be read, to tell causes from consequences.
struct Unreadable<'r> {
    /// The addresses themselves.
    at: HashSet<&'r str>,
    /// All addresses above them, and they themselves.
    above: HashSet<&'r str>,
    lost: &'r HashSet<Box<str>>,
}

/// An address and all that it lies in: `a.b.c`, `a.b`, `a`.
fn and_above(address: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(address), |inner| inner.rsplit_once('.').map(|(outer, _)| outer))
}

impl<'r> Unreadable<'r> {
    fn new(reading: &'r Reading) -> Self {
        let at: HashSet<&str> = reading.unreadable.iter().map(String::as_str).collect();
        let above = at.iter().copied().flat_map(and_above).collect();
        Self { at, above, lost: &reading.lost }
    }

    /// Whether an address lies at, above or below something that could not be read.
    fn touches(&self, address: &str) -> bool {
        self.above.contains(address) || and_above(address).any(|outer| self.at.contains(outer))
    }

    /// Whether what seems wrong is so only because something else could not be read.
    fn explains(&self, problem: &Problem) -> bool {
        if self.touches(&problem.at) || problem.lacks_periods() && self.touches("scorecard.periods") {
            return true;
        }
        let lost = |name: &str| self.lost.contains(name);
        match &problem.fault {
            Fault::Amount(AmountError::UnknownName { name, .. } | AmountError::NoActual { name })
            | Fault::Delphi(
                DelphiError::UnknownItem { item: name, .. } | DelphiError::ReasonOnNothing { item: name, .. },
            )
            | Fault::Assessment(FuzzyError::UnknownItem { item: name, .. })
            | Fault::Benefits(
                BenefitError::UnknownIndicator { indicator: name, .. }
                | BenefitError::FollowsUnknown { indicator: name, .. }
                | BenefitError::FollowsNoProgress { indicator: name, .. },
            )
            | Fault::Appraisal(AppraisalError::UnknownOverride { name, .. }) => lost(name),
            Fault::Kpi(KpiError::Unknown { id, .. }) => lost(id),
            Fault::Incentive(IncentiveError::UnknownCriterion { criterion, .. }) => lost(criterion),
            Fault::Weights(
                WeightError::UnknownGroup { parent: name, .. }
                | WeightError::NoChildren { parent: name }
                | WeightError::NotInGroup { id: name, .. },
            ) => lost(name),
            Fault::Weights(WeightError::NotRated { .. }) => self.touches("weights.delphi"),
            Fault::Costs(CostError::YearOutside { .. })
            | Fault::ExchangeRates(ExchangeError::NoCalendar | ExchangeError::Missing { .. }) => {
                self.touches("horizon")
            }
            Fault::ExchangeRates(ExchangeError::Unknown { currency, .. }) => {
                lost(currency) || self.touches("exchange_rates")
            }
            Fault::Costs(CostError::UnknownBase { of, .. })
            | Fault::Financing(FinancingError::UnknownLine { of, .. }) => of.rsplit('.').next().is_some_and(lost),
            Fault::Delphi(DelphiError::Ratings { .. }) => self.touches("weights.delphi.experts"),
            Fault::Delphi(DelphiError::UnknownExpert { .. }) => self.touches("weights.delphi.experts"),
            Fault::Delphi(DelphiError::OutsideScale { .. }) => self.touches("weights.delphi.scale"),
            Fault::Assessment(
                FuzzyError::Grades { .. }
                | FuzzyError::DuplicateGrade { .. }
                | FuzzyError::BandMissing { .. }
                | FuzzyError::BandOfNoGrade { .. }
                | FuzzyError::BandOrder { .. }
                | FuzzyError::BandTooHigh { .. }
                | FuzzyError::FunctionOfNoGrade { .. }
                | FuzzyError::UnknownGrade { .. },
            ) => self.touches("assessment.grades"),
            Fault::Incentive(IncentiveError::NobodyPaid) => self.touches("incentive"),
            Fault::Assessment(FuzzyError::FunctionMissing { grade, .. }) => {
                self.touches("assessment.grades") || self.touches(&format!("{}.{grade}", problem.at))
            }
            Fault::Assessment(FuzzyError::PanelSum { .. }) => {
                self.touches("assessment.grades") || self.touches("assessment.panel")
            }
            Fault::Customers(CustomerError::UnknownState { state: name, .. }) => lost(name),
            Fault::Customers(CustomerError::Lifetime { .. }) => self.touches("horizon"),
            Fault::Customers(CustomerError::Projection { .. }) => self.touches("customers.states"),
            Fault::Customers(CustomerError::Top { .. }) => {
                problem.at.strip_suffix(".top").is_some_and(|parts| self.touches(parts))
            }
            Fault::Financing(FinancingError::Years { .. }) => self.touches("horizon"),
            Fault::Amount(AmountError::Length { .. }) | Fault::Model(ModelError::NoEntry { .. }) => {
                self.touches("horizon")
            }
            // an amount that could not be read stands as a single value
            Fault::Model(ModelError::EntryOfScalar { .. } | ModelError::NeedsRow { .. }) => self.touches("assumptions"),
            // what could not be read elsewhere may have been the figure
            Fault::Expect(ExpectError::UnknownFigure { .. } | ExpectError::WholeRow { .. }) => {
                self.at.iter().any(|address| !address.starts_with("expect."))
            }
            Fault::Expect(
                ExpectError::UnknownName { name, .. } | ExpectError::UnknownScenario { scenario: name, .. },
            ) => lost(name),
            // what could not be read would have been something
            Fault::Appraisal(AppraisalError::Empty) if self.touches("cash_flows") => true,
            // a section of another name is a section that is missing
            Fault::Assessment(FuzzyError::NoScorecard)
            | Fault::Incentive(IncentiveError::NoScorecard)
            | Fault::Appraisal(AppraisalError::NoScorecard | AppraisalError::Empty) => {
                self.at.iter().any(|address| !address.contains('.'))
            }
            _ => false,
        }
    }
}

fn draft<'n>(reading: &mut Reading, root: &'n Node<'n>, criteria: &mut scorecard::CriterionNodes<'n>) -> Option<Draft> {
    if !matches!(root.value, Value::Map(_)) {
        let help = "begin with `appraise: 1` and `title: …`, one key a line";
        reading.refuse(root, "", "a document is a map of keys and values", help);
        return None;
    }
    let mut fields = reading.fields(root, "", "");
    if !check_format(reading, root, &mut fields) {
        return None;
    }
    let mut draft = Draft {
        title: fields.text(reading, "title").unwrap_or_default(),
        organisation: fields.text(reading, "organisation"),
        currency: fields.text(reading, "currency"),
        language: fields
            .choice(reading, "language", &[("en", Language::English), ("zh", Language::Chinese)])
            .unwrap_or_default(),
        horizon: fields.get("horizon").map(|node| horizon(reading, node)).unwrap_or_default(),
        discount_rate: cost_of_capital::read(reading, &mut fields, "discount_rate"),
        ..Draft::default()
    };
    if let Some(node) = fields.get("assumptions") {
        draft.assumptions = assumptions(reading, node);
    }
    draft.scorecard = fields.get("scorecard").map(|node| scorecard::read(reading, node, criteria));
    if let Some(node) = fields.get("weights") {
        weights::read_weights(reading, node, &mut draft);
    }
    draft.assessment = fields.get("assessment").map(|node| assessment::read_assessment(reading, node));
    draft.incentive = fields.get("incentive").map(|node| incentive::read_incentive(reading, node));
    draft.valuation = fields.get("valuation").map(|node| valuation::read_valuation(reading, node)).unwrap_or_default();
    draft.tax = fields.get("tax").map(|node| tax::read_tax(reading, node));
    if let Some(node) = fields.get("exchange_rates") {
        draft.exchange_rates = exchange_rates::read_exchange_rates(reading, node);
    }
    draft.plan = case::read_plan(reading, &mut fields);
    if let Some(node) = fields.get("alternatives") {
        draft.alternatives = case::read_alternatives(reading, node);
    }
    if let Some(node) = fields.get("cash_flows") {
        draft.cash_flows = cash_flow::read_cash_flows(reading, node);
    }
    draft.economic_value_added = fields
        .entry("economic_value_added")
        .map(|entry| economic_value_added::read_economic_value_added(reading, entry));
    draft.customers = fields.get("customers").map(|node| customers::read_customers(reading, node));
    draft.accepted =
        fields.get("accepted").map(|node| valuation::read_accepted(reading, node, "accepted")).unwrap_or_default();
    if let Some(node) = fields.get("scenarios") {
        draft.scenarios = scenarios(reading, node);
    }
    if let Some(node) = fields.get("expect") {
        draft.expect = expect::read_expect(reading, node);
    }
    fields.finish(reading);
    Some(draft)
}

/// Whether the document says that it is written in the layout that this version reads.
pub(super) fn check_format(reading: &mut Reading, root: &Node, fields: &mut Fields) -> bool {
    let Some(node) = fields.get("appraise") else {
        let message = "the document does not say which layout it is written in";
        let help = format!("begin with `appraise: {FORMAT}`");
        reading.flaw(Flaw::new("yaml.format", At::Node(root.id), message).help(help), "appraise");
        return false;
    };
    match &node.value {
        Value::Text(text) if **text == *FORMAT => true,
        _ => {
            let version = match &node.value {
                Value::Text(text) => short(text),
                _ => "…".to_owned(),
            };
            let message = format!("layout `{version}` is not known to this version, which reads layout {FORMAT}");
            let help = format!("write `appraise: {FORMAT}`, or use a newer version of the library");
            reading.flaw(Flaw::new("yaml.format", At::Node(node.id), message).help(help), "appraise");
            false
        }
    }
}

fn horizon(reading: &mut Reading, node: &Node) -> Horizon {
    let mut fields = reading.fields(node, "horizon", "write `horizon: {first_year: 2026, years: 5}`");
    let default = Horizon::default();
    let first_year = fields
        .get("first_year")
        .and_then(|node| reading.whole(node, "horizon.first_year", "write a calendar year, as in `first_year: 2026`"));
    let years = fields
        .get("years")
        .and_then(|node| reading.whole(node, "horizon.years", "write a whole number of years, as in `years: 5`"));
    fields.finish(reading);
    Horizon { first_year, years: years.unwrap_or(default.years) }
}

fn assumptions(reading: &mut Reading, node: &Node) -> Vec<Assumption> {
    let help = "write one key for each assumption, as in `customers: 18_400`";
    let entries = reading.map(node, "assumptions", help).iter();
    entries.map(|(key, value)| assumption(reading, key, value)).collect()
}

fn assumption(reading: &mut Reading, key: &Key, node: &Node) -> Assumption {
    let id = &*key.text;
    let at = format!("assumptions.{id}");
    let Value::Map(entries) = &node.value else {
        return Assumption::new(id, reading.amount(node, &at));
    };
    // `{first: 100, growth: 3%}` is an amount; anything else a register entry around one
    if entries.iter().any(|(key, _)| matches!(&*key.text, "first" | "growth")) {
        return Assumption::new(id, reading.amount(node, &at));
    }
    let mut fields = reading.fields(node, &at, "");
    let mut assumption = Assumption::new(id, 0);
    match fields.get("value") {
        Some(value) => assumption.value = reading.amount(value, &at),
        None if fields.is_misspelt("value") => {}
        None => {
            let flaw = Flaw::new("yaml.meaning", At::Node(key.id), format!("`{}` has no value", short(id)));
            reading.flaw(flaw.help("add `value:`, as in `{value: 960, unit: EUR}`"), &at);
        }
    }
    assumption.name = fields.text(reading, "name");
    assumption.range = fields.get("range").and_then(|node| range(reading, node, &format!("{at}.range")));
    assumption.unit = fields.text(reading, "unit");
    assumption.source = fields.text(reading, "source");
    assumption.quality = fields.choice(reading, "quality", &Quality::ALL);
    assumption.owner = fields.text(reading, "owner");
    assumption.date = fields.text(reading, "date");
    fields.finish(reading);
    assumption
}

fn range(reading: &mut Reading, node: &Node, at: &str) -> Option<Range> {
    const HELP: &str = "write `range: [low, likely, high]` or `range: [low, high]`";
    let before = reading.flaws.len();
    let numbers = reading.numbers(node, at, HELP);
    match *numbers.as_slice() {
        [low, high] => Some(Range { low, likely: None, high }),
        [low, likely, high] => Some(Range { low, likely: Some(likely), high }),
        _ => {
            if reading.flaws.len() == before {
                let help = thousands(node, 3).unwrap_or_else(|| HELP.to_owned());
                reading.refuse(node, at, "a range has two or three numbers", &help);
            }
            None
        }
    }
}

fn scenarios(reading: &mut Reading, node: &Node) -> Vec<Scenario> {
    let help = "write one key for each scenario, as in `pessimistic: {churn_reduction: 0.5%}`";
    let entries = reading.map(node, "scenarios", help).iter();
    let read = entries.map(|(key, value)| {
        let at = format!("scenarios.{}", key.text);
        let help = "write the assumptions that change, as in `{churn_reduction: 0.5%}`";
        let mut rest = reading.map(value, &at, help);
        let mut overrides = Vec::with_capacity(rest.len());
        while let Some((entry, after)) = rest.split_first() {
            let (id, amount) = entry;
            let at = format!("{at}.{}", id.text);
            let keys = match cut_off(entry, after) {
                Some(CutOff { flaw, keys }) => {
                    reading.flaw(flaw, &at);
                    keys
                }
                None => {
                    overrides.push((id.text.to_string(), reading.amount(amount, &at)));
                    0
                }
            };
            rest = after.get(keys..).unwrap_or_default();
        }
        Scenario { name: key.text.to_string(), overrides }
    });
    read.collect()
}
