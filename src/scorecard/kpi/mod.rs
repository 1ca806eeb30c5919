//! Key performance indicators that are defined once: a formula, its inputs, its unit, and which way is better.

mod check;
mod data;
mod error;
mod takes;

pub(crate) use check::resolve;
pub use data::{Datum, KpiUse};
pub(crate) use data::{Made, apply, lower};
pub use error::KpiError;
pub use takes::Takes;

use crate::aggregation::Aggregation;
use crate::appraisal::Language;
use crate::model::{CellId, Expression, Formula, Unit};
use rust_decimal::Decimal;

/// The definition of an indicator: how its value follows from what is counted and measured.
///
/// [`catalogue`](super::catalogue) has 157 of them; a [`Scorecard`](super::Scorecard) may bring its own. An indicator uses
/// one by a [`KpiUse`], which gives it its actual value, name and unit.
///
/// **Formula**: that of the definition, over its inputs. Over several periods or business units the inputs are aggregated
/// first, each by its own rule, and the formula is applied to the results: a ratio of a year is never the mean of the
/// ratios of its months.
///
/// **Units**: `percent` means that the formula gives a fraction, which readers see as a percentage.
///
/// ```
/// use appraise::model::Formula;
/// use appraise::scorecard::{Criterion, Kpi, KpiUse, Measure, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let visits = Kpi::new("visits_per_rep", "Visits per representative", Formula::parse("visits / reps").unwrap());
/// let used = KpiUse::new("visits_per_rep").with("visits", 1_260).with("reps", 14);
/// let measure = Measure::target(80, 100).kpi(used);
/// let card = Scorecard { kpis: vec![visits], ..Scorecard::new([Criterion::indicator("visits", measure)]) };
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("scorecard.visits.actual"), Some(Ok(dec!(90))));
/// assert_eq!(appraisal.base().figure("scorecard.visits.score"), Some(Ok(dec!(0.5))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Kpi {
    /// The id that indicators use.
    pub id: String,
    /// The name readers see where the indicator has none of its own.
    pub name: String,
    /// The name in Chinese.
    pub name_zh: Option<String>,
    /// How the value follows from the inputs, whose names it reads.
    pub formula: Formula,
    /// What it is computed from.
    pub inputs: Vec<KpiInput>,
    /// What it is about.
    pub group: Option<KpiGroup>,
    /// `percent`, `currency`, `currency_per_day`, or a unit as readers see it; a plain number where there is none.
    pub unit: Option<String>,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// The range it is usually kept in, where the source states one.
    pub band: Option<(Decimal, Decimal)>,
    /// Whether it tells what will come or what has come.
    pub timing: Option<Timing>,
    /// Where the definition comes from.
    pub source: Option<KpiSource>,
    /// What to know before using it.
    pub note: Option<String>,
    /// A worked example, which must come out.
    pub example: Option<KpiExample>,
}

impl Kpi {
    /// The formula over cells, by the names of the inputs; `None` where one has no cell.
    pub(super) fn over(&self, cell: impl Fn(&str) -> Option<CellId>) -> Option<Expression> {
        self.formula.expression().resolve(|name| cell(&name.text).ok_or(())).ok()
    }

    /// A definition of which only the formula is known; its inputs are flows, which add up.
    pub fn new(id: impl Into<String>, name: impl Into<String>, formula: Formula) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            name_zh: None,
            inputs: KpiInput::of(&formula),
            formula,
            group: None,
            unit: None,
            direction: None,
            band: None,
            timing: None,
            source: None,
            note: None,
            example: None,
        }
    }

    /// An input by its name, or by another name that is understood for it.
    pub fn input(&self, name: &str) -> Option<&KpiInput> {
        let name = super::catalogue::input_called(&self.id, name).unwrap_or(name);
        self.inputs.iter().find(|input| input.name == name)
    }

    /// The name readers see.
    pub fn name_in(&self, language: Language) -> &str {
        match (language, &self.name_zh) {
            (Language::Chinese, Some(name)) => name,
            _ => &self.name,
        }
    }

    /// The worked example as an indicator would use it.
    pub fn worked_example(&self) -> Option<KpiUse> {
        let example = self.example.as_ref()?;
        Some(KpiUse { kpi: self.id.clone(), data: example.data.clone() })
    }

    /// How its value is to be read.
    pub(crate) fn cell_unit(&self, currency: Option<&str>, language: Language) -> Unit {
        let Some(unit) = self.unit.as_deref() else { return Unit::Number };
        let chinese = language == Language::Chinese;
        match unit {
            // not as money of the business case, which is shown without cents: a cost per click has them
            "currency" => Unit::Custom(currency.unwrap_or(if chinese { "货币" } else { "currency" }).into()),
            "currency_per_day" => {
                let (money, day) = if chinese { ("货币", "日") } else { ("currency", "day") };
                Unit::Custom(format!("{}/{day}", currency.unwrap_or(money)).into())
            }
            "ratio" | "score" | "count" => Unit::Number,
            _ => match UNITS.iter().find(|(english, _)| *english == unit) {
                Some((_, name)) if chinese => Unit::Custom((*name).into()),
                _ => Unit::of(unit),
            },
        }
    }
}

/// Units of the catalogue that readers see, and their names in Chinese.
const UNITS: [(&str, &str); 6] =
    [("times", "次"), ("points", "分"), ("days", "天"), ("hours", "小时"), ("seconds", "秒"), ("months", "月")];

/// What an indicator is computed from: a name in its formula, and how its values add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiInput {
    /// The name, as in the formula.
    pub name: String,
    /// Whether it is one value or a list.
    pub takes: Takes,
    /// What becomes of its values over several periods.
    pub periods: InputRule,
    /// What becomes of its values over several business units.
    pub units: InputRule,
}

impl Kpi {
    /// Whether it reads a list that belongs to one period, so that over several its value is given by hand.
    pub(crate) fn has_list_of_one_period(&self) -> bool {
        self.inputs.iter().any(|input| input.takes == Takes::List && input.is_of_one_period())
    }
}

impl KpiInput {
    /// The inputs of a formula in the order of their appearance: flows, which add up over periods and units.
    ///
    /// ```
    /// use appraise::model::Formula;
    /// use appraise::scorecard::{KpiInput, Takes};
    /// let inputs = KpiInput::of(&Formula::parse("sum(ratings) / asked").unwrap());
    /// assert_eq!(inputs.iter().map(|input| &*input.name).collect::<Vec<_>>(), ["ratings", "asked"]);
    /// assert_eq!(inputs[0].takes, Takes::List);
    /// ```
    pub fn of(formula: &Formula) -> Vec<Self> {
        let (periods, units) = (InputRule::Sum, InputRule::Sum);
        let inputs = takes::of(formula).into_iter();
        inputs.map(|(name, takes)| Self { name: name.to_string(), takes, periods, units }).collect()
    }

    /// Whether a list of it belongs to one period, as answers of a survey do, and not to a case as a whole: a scorecard with
    /// periods takes no such list, but the actual value of each period in its place.
    ///
    /// ```
    /// use appraise::scorecard::catalogue;
    /// let first_input = |id: &str| catalogue::find(id).unwrap().inputs[0].clone();
    /// assert!(first_input("csat_mean").is_of_one_period()); // ratings
    /// assert!(!first_input("weighted_pipeline").is_of_one_period()); // the deals of today
    /// ```
    pub fn is_of_one_period(&self) -> bool {
        matches!(self.periods, InputRule::Pool | InputRule::Sum)
    }
}

/// What becomes of several values of one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum InputRule {
    /// They add up: flows and counts of a period. Lists of one length add up entry by entry.
    #[default]
    Sum,
    /// Their mean: averages such as the average inventory, rates such as the tax rate.
    Mean,
    /// The last one: what there is at the end of a period, such as closing stock.
    Last,
    /// The first one: what there was at the beginning of a period, such as the customers a year began with.
    First,
    /// Their entries stand together as one list: answers of a survey, days of each order.
    Pool,
}

impl InputRule {
    /// Every rule and its name in a document.
    pub const ALL: [(&'static str, InputRule); 5] = [
        ("sum", InputRule::Sum),
        ("mean", InputRule::Mean),
        ("last", InputRule::Last),
        ("first", InputRule::First),
        ("pool", InputRule::Pool),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, rule)| *rule == self).map_or("", |(name, _)| name)
    }

    /// The rule for values that are single numbers; lists are put together entry by entry, not over periods.
    pub(crate) fn of_single_values(self) -> Option<Aggregation> {
        match self {
            Self::Sum => Some(Aggregation::Sum),
            Self::Mean => Some(Aggregation::Mean),
            Self::Last => Some(Aggregation::Last),
            Self::First => Some(Aggregation::First),
            Self::Pool => None,
        }
    }

    /// The rule of that name.
    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, rule)| *rule)
    }
}

/// Which way an indicator is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    HigherIsBetter,
    /// Less is better.
    LowerIsBetter,
    /// Neither too much nor too little is.
    TargetBand,
}

impl Direction {
    /// Every direction and its name in a document.
    pub const ALL: [(&'static str, Direction); 3] = [
        ("higher_is_better", Direction::HigherIsBetter),
        ("lower_is_better", Direction::LowerIsBetter),
        ("target_band", Direction::TargetBand),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, direction)| *direction == self).map_or("", |(name, _)| name)
    }
}

/// Whether an indicator tells what will come or what has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// It moves before the results do.
    Leading,
    /// It is a result.
    Lagging,
}

impl Timing {
    /// Both, and their names in a document.
    pub const ALL: [(&'static str, Timing); 2] = [("leading", Timing::Leading), ("lagging", Timing::Lagging)];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Lagging => "lagging",
        }
    }
}

/// What an indicator is about: the perspectives of a balanced scorecard, and four groups of a CRM programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KpiGroup {
    /// Return, cost and the ratios of statements.
    Financial,
    /// Customers.
    Customer,
    /// Processes.
    InternalProcess,
    /// People and what they can do.
    LearningGrowth,
    /// Use, data and management of the CRM programme itself.
    ManagementEffect,
    /// From lead to order; usually rolls up to the internal processes.
    SalesFunnel,
    /// After-sales service; usually rolls up to the internal processes.
    Service,
    /// Campaigns and brand; usually rolls up to the customer.
    Marketing,
}

impl KpiGroup {
    /// Every group and its name in a document.
    pub const ALL: [(&'static str, KpiGroup); 8] = [
        ("financial", KpiGroup::Financial),
        ("customer", KpiGroup::Customer),
        ("internal_process", KpiGroup::InternalProcess),
        ("learning_growth", KpiGroup::LearningGrowth),
        ("management_effect", KpiGroup::ManagementEffect),
        ("sales_funnel", KpiGroup::SalesFunnel),
        ("service", KpiGroup::Service),
        ("marketing", KpiGroup::Marketing),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, group)| *group == self).map_or("", |(name, _)| name)
    }

    /// The perspective it usually rolls up to.
    pub fn perspective(self) -> Self {
        match self {
            Self::SalesFunnel | Self::Service => Self::InternalProcess,
            Self::Marketing => Self::Customer,
            own => own,
        }
    }
}

/// Where a definition comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiSource {
    /// The title, or what the user wrote.
    pub title: String,
    /// The address of a page.
    pub url: Option<String>,
    /// How far it was read for the catalogue; `None` for a definition of the user's own.
    pub status: Option<SourceStatus>,
}

impl KpiSource {
    /// The title, and how far it was read.
    pub fn described(&self, language: Language) -> String {
        match self.status {
            Some(status) => format!("{} ({})", self.title, status.describe(language)),
            None => self.title.clone(),
        }
    }
}

/// How far the source of a definition was read when it was put into the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceStatus {
    /// An excerpt of the page was read.
    ExcerptRead,
    /// The list of indicators was read, and the formula is the standard one.
    ListRead,
    /// The course text says so.
    Course,
    /// The source is cited and was not read; the definition used is the one of the entry and its note.
    CitedNotRead,
    /// The standard definition of textbooks, of which none was read for it.
    Textbook,
    /// General practice; the definition is stated in the entry and nowhere else.
    StatedHere,
}

impl SourceStatus {
    /// In words, for whoever relies on the definition.
    pub fn describe(self, language: Language) -> &'static str {
        let (english, chinese) = match self {
            Self::ExcerptRead => ("an excerpt was read", "读过摘录"),
            Self::ListRead => {
                ("the list of indicators was read, the formula is the standard one", "读过指标目录，公式为通用定义")
            }
            Self::Course => ("course text", "课程教材"),
            Self::CitedNotRead => {
                ("cited, not read: the definition used is the one stated here", "仅引用、未读原文：以此处定义为准")
            }
            Self::Textbook => ("standard definition, no page read", "通用定义，未读原文"),
            Self::StatedHere => ("the definition is the one stated here, no page read", "以此处定义为准，未读原文"),
        };
        if language == Language::Chinese { chinese } else { english }
    }

    /// Whether somebody read at least a part of the source.
    pub fn is_read(self) -> bool {
        matches!(self, Self::ExcerptRead | Self::ListRead | Self::Course)
    }
}

/// Inputs and the value that must come of them.
#[derive(Debug, Clone, PartialEq)]
pub struct KpiExample {
    /// A value for each input.
    pub data: Vec<(String, Datum)>,
    /// What the formula gives, rounded to as many decimals as are written.
    pub result: Decimal,
}
