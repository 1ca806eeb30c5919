//! One benefit: its amount, how fast and how far it comes, and what risk cuts.

use super::realised::FollowedCells;
use super::{Capacity, CapacityCells, Follows, Ramp, Risk};
use crate::amount::{Amount, Lowering};
use crate::case::currency::Currency;
use crate::case::{Setting, define_sums};
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use std::sync::Arc;

/// What kind of benefit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BenefitKind {
    /// More revenue, of which only the margin counts.
    Revenue,
    /// A cost that falls.
    Saving,
    /// A cost that does not arise.
    Avoidance,
    /// Named and reported, but not counted.
    Intangible,
}

impl BenefitKind {
    /// Every kind and its name in a document.
    pub const ALL: [(&'static str, BenefitKind); 4] = [
        ("revenue", BenefitKind::Revenue),
        ("saving", BenefitKind::Saving),
        ("avoidance", BenefitKind::Avoidance),
        ("intangible", BenefitKind::Intangible),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// One benefit: what it brings in a year, how fast and how far that comes, and what risk cuts.
///
/// **Formula**: in the years 1..n `annual x realisation x adoption x attribution x margin x (1 - risk)`, in year 0
/// `initial x (1 - risk)`; all of it `delay` years later. A `ramp` stands for the `realisation`, a `capacity` for `annual`.
/// Money of another `currency` is converted at the rate of the year in which it comes.
///
/// **Units**: money, written positive; `realisation`, `adoption`, `attribution`, `margin` and `risk` are fractions from 0 to
/// 1, the `delay` is in years.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Plan};
/// use appraise::{Amount, Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let kept = Benefit {
///     annual: Some(100_000.into()),
///     realisation: Some(Amount::PerYear(vec![dec!(0.4), dec!(1)])),
///     margin: Some(dec!(0.35).into()),
///     risk: Some(dec!(0.10).into()),
///     ..Benefit::new("kept_customers", BenefitKind::Revenue)
/// };
/// let horizon = Horizon { years: 2, ..Horizon::default() };
/// let appraisal = Appraisal::new(Draft { horizon, plan: Plan { benefits: Some(vec![kept]), ..Plan::default() }, ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("benefits.kept_customers.1"), Some(Ok(dec!(12_600))));
/// assert_eq!(outcome.figure("benefits.nominal"), Some(Ok(dec!(44_100))));
/// assert_eq!(outcome.figure("benefits.unadjusted.nominal"), Some(Ok(dec!(49_000))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Benefit {
    /// Its id among benefits.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// What kind it is.
    pub kind: BenefitKind,
    /// The benefit in year 0, rare as it is.
    pub initial: Option<Amount>,
    /// The benefit in each year 1..n once it is fully realised.
    pub annual: Option<Amount>,
    /// The hours saved that `annual` follows from.
    pub capacity: Option<Capacity>,
    /// The currency of its amounts; that of the document where nothing is said.
    pub currency: Option<String>,
    /// How much of it is realised in each year.
    pub realisation: Option<Amount>,
    /// The same as a ramp.
    pub ramp: Option<Ramp>,
    /// The share of those who could use the system that does.
    pub adoption: Option<Amount>,
    /// The share of the effect that this programme has brought about.
    pub attribution: Option<Amount>,
    /// The margin on revenue.
    pub margin: Option<Amount>,
    /// How many years later than planned all of it begins.
    pub delay: Option<Amount>,
    /// What risk cuts.
    pub risk: Option<Risk>,
    /// The group of benefits that it partly is the same as.
    pub overlap: Option<String>,
    /// Whether it becomes cash, which it does where nothing is said.
    pub cashable: Option<bool>,
    /// The indicator that shows whether it comes true.
    pub proven_by: Option<String>,
    /// The indicator whose progress says how much of it came true.
    pub follows: Option<Follows>,
    /// Where the amounts come from.
    pub source: Option<String>,
}

impl Benefit {
    /// A benefit without an amount yet.
    pub fn new(id: impl Into<String>, kind: BenefitKind) -> Self {
        Self {
            id: id.into(),
            name: None,
            kind,
            initial: None,
            annual: None,
            capacity: None,
            currency: None,
            realisation: None,
            ramp: None,
            adoption: None,
            attribution: None,
            margin: None,
            delay: None,
            risk: None,
            overlap: None,
            cashable: None,
            proven_by: None,
            follows: None,
            source: None,
        }
    }

    pub(super) fn is_counted(&self) -> bool {
        self.kind != BenefitKind::Intangible
    }

    /// What is said of the amount a year.
    pub(super) fn stated_of_years(&self) -> impl Iterator<Item = &'static str> {
        let stated = [
            ("realisation", self.realisation.is_some()),
            ("ramp", self.ramp.is_some()),
            ("adoption", self.adoption.is_some()),
            ("attribution", self.attribution.is_some()),
            ("margin", self.margin.is_some() && self.kind == BenefitKind::Revenue),
        ];
        stated.into_iter().filter(|(_, is_stated)| *is_stated).map(|(key, _)| key)
    }
}

/// The cells of one benefit.
#[derive(Debug, Clone)]
pub(crate) struct LineCells {
    /// What its figures are called: `benefits.saved_hours`.
    pub(crate) figures: Arc<str>,
    pub(crate) name: Arc<str>,
    /// The name as figures carry it, the alternative before it.
    pub(super) subject: Arc<str>,
    pub(crate) kind: BenefitKind,
    pub(crate) proven_by: Option<String>,
    pub(super) is_cashable: bool,
    pub(super) unadjusted: CellId,
    pub(crate) year: CellId,
    pub(crate) nominal: CellId,
    pub(crate) present_value: CellId,
    pub(crate) capacity: Option<CapacityCells>,
    /// What the amount of a year is multiplied by, as the report lists it.
    pub(crate) factors: Vec<(Factor, CellId)>,
    pub(crate) followed: Option<FollowedCells>,
}

/// What a benefit is made with besides its amount, realisation, margin and risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Factor {
    Ramp,
    Adoption,
    Attribution,
    Delay,
    Conversion,
}

impl LineCells {
    pub(super) fn is_counted(&self) -> bool {
        self.kind != BenefitKind::Intangible
    }
}

/// Defines the figures of one benefit, but those that need others.
pub(super) fn define(lowering: &mut Lowering, setting: Setting, benefit: &Benefit, figures: &Arc<str>) -> LineCells {
    let name: Arc<str> = benefit.name.as_deref().unwrap_or(&benefit.id).into();
    let subject = setting.scope.subject(&name);
    let currency = Currency::stated(lowering, figures, benefit.currency.as_deref());
    let mut cell = |figure: &'static str, aspect, unit: Unit, amount: Option<&Amount>| {
        let id = Id::of(Arc::clone(figures), figure);
        let amount = amount?;
        let naming = Naming::new(id.clone()).label(Arc::clone(&subject), aspect).unit(unit.clone()).source(id);
        let cell = lowering.amount(naming, amount);
        match unit {
            Unit::Share => lowering.keep_share(cell, amount),
            Unit::Years => lowering.keep_positive(cell, amount, "a delay"),
            _ => lowering.keep_positive(cell, amount, "a benefit"),
        }
        Some(cell)
    };
    let initial = cell("initial", "initial", currency.unit(), benefit.initial.as_ref());
    let stated = benefit.annual.as_ref().filter(|_| benefit.capacity.is_none());
    let annual = cell("annual", "a year", currency.unit(), stated);
    let realisation = cell("realisation", "realisation", Unit::Share, benefit.realisation.as_ref());
    let adoption = cell("adoption", "adoption", Unit::Share, benefit.adoption.as_ref());
    let attribution = cell("attribution", "attribution", Unit::Share, benefit.attribution.as_ref());
    let margin = cell("margin", "margin", Unit::Share, benefit.margin.as_ref());
    let delay = cell("delay", "delay", Unit::Years, benefit.delay.as_ref());
    for single in [initial, delay].into_iter().flatten() {
        lowering.cells.require_single(single);
    }
    let capacity = benefit.capacity.as_ref().map(|capacity| capacity.define(lowering, (figures, &subject), &currency));
    let annual = capacity.map(|capacity| capacity.annual).or(annual);
    let ramp = benefit.ramp.as_ref().map(|ramp| ramp.define(lowering, figures, &subject));
    let risk = benefit.risk.as_ref().map(|risk| risk.define(lowering, &benefit.id, figures, &subject));

    let factors = [annual, realisation, ramp, adoption, attribution, margin].into_iter().flatten();
    let product = factors.map(Expression::cell).reduce(|a, b| a * b).filter(|_| annual.is_some());
    let zero = || Expression::number(0);
    let first = initial.map_or_else(zero, Expression::cell);
    let flow = Expression::call(Function::Flow, [first, product.unwrap_or_else(zero)]);
    let naming = |figure, aspect| {
        Naming::new(Id::of(Arc::clone(figures), figure))
            .label(Arc::clone(&subject), aspect)
            .unit(Unit::Money)
            .source(Arc::clone(figures))
    };
    let flow = match delay {
        Some(delay) => {
            let planned = naming("undelayed", "by year, without the delay").unit(currency.unit());
            let planned = lowering.cells.formula(planned, flow);
            Expression::call(Function::Delay, [Expression::cell(planned), Expression::cell(delay)])
        }
        None => flow,
    };
    let flow = setting.while_in_use(currency.row(flow));
    let unadjusted = lowering.cells.formula(naming("unadjusted", "by year, without risk"), flow);
    let with_risk = match risk {
        Some(risk) => Expression::cell(unadjusted) * (Expression::number(1) - Expression::cell(risk)),
        None => Expression::cell(unadjusted),
    };
    let year = lowering.cells.formula(naming("", "by year"), with_risk);
    let (nominal, present_value) = define_sums(lowering, setting.discounting, figures, &subject, year);
    let conversion = capacity.and_then(|capacity| capacity.conversion);
    let factors = [
        (Factor::Conversion, conversion),
        (Factor::Ramp, ramp),
        (Factor::Adoption, adoption),
        (Factor::Attribution, attribution),
        (Factor::Delay, delay),
    ];
    LineCells {
        figures: Arc::clone(figures),
        name,
        subject,
        kind: benefit.kind,
        proven_by: benefit.proven_by.clone(),
        is_cashable: benefit.cashable.unwrap_or(true),
        unadjusted,
        year,
        nominal,
        present_value,
        capacity,
        factors: factors.into_iter().filter_map(|(factor, cell)| Some((factor, cell?))).collect(),
        followed: None,
    }
}
