//! One line of cost: what it states, what it is charged on, and the rows that follow, with risk and without.

use super::{Category, Depreciation, DepreciationError, Fractions, Scope, Setting};
use crate::amount::{Amount, Lowering, growth_factor};
use crate::model::{CellId, Expression, Function, Id, Naming, Unit, is_name};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What can be wrong with a cost line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CostError {
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of a cost line")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// An id that the names of figures need for themselves.
    #[error("`{id}` is reserved for a figure")]
    ReservedId {
        /// The id as written.
        id: String,
    },
    /// Two lines of one id in a category.
    #[error("`{category}` has two lines `{id}`")]
    DuplicateId {
        /// The category.
        category: &'static str,
        /// The id.
        id: String,
    },
    /// A line that says nothing about its amount.
    #[error("`{id}` has no amount")]
    NoAmount {
        /// The line.
        id: String,
    },
    /// A rate on something that is not there.
    #[error("there is no cost line or category `{of}`")]
    UnknownBase {
        /// The base as written.
        of: String,
        /// The known base nearest to it.
        nearest: Option<String>,
    },
    /// A rate on a line that costs nothing in year 0.
    #[error("`{of}` costs nothing in year 0 that a rate could be charged on")]
    NothingToCharge {
        /// The line it is charged on.
        of: String,
    },
    /// A rate on the line itself.
    #[error("`{id}` is charged on itself")]
    ChargedOnItself {
        /// The line.
        id: String,
    },
}

impl CostError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { .. } => {
                "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
            }
            Self::ReservedId { id } => format!("write `{id}_cost` or another word"),
            Self::DuplicateId { .. } => "give each line of a category an id of its own".to_owned(),
            Self::NoAmount { .. } => "add `initial:`, `annual:`, `fte:` with `cost:`, or `rate:` with `of:`".to_owned(),
            Self::UnknownBase { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownBase { .. } => {
                "write `of: hardware.database` (a line), `of: hardware` (a category), `of: initial` or `of: all`"
                    .to_owned()
            }
            Self::NothingToCharge { .. } => {
                "name a line that has `initial:`, or write `of: all` for a share of each year's costs".to_owned()
            }
            Self::ChargedOnItself { .. } => "name another line, a category, `initial` or `all`".to_owned(),
        })
    }
}

/// What a rate is charged on, and in which years.
///
/// The base is what the other lines cost after their own share and risk; unadjusted figures leave risk out of it too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChargedOn {
    /// The initial cost of one line, in each year 1..n.
    Line(Category, String),
    /// The initial cost of a category's other lines, in each year 1..n.
    Category(Category),
    /// The initial costs of all lines that are not themselves charged on `Initial` or `All`, once in year 0.
    Initial,
    /// Each year's costs of all lines that are not themselves charged on `All`, year 0 included.
    All,
}

impl ChargedOn {
    fn is_reserve(&self) -> bool {
        matches!(self, Self::Initial | Self::All)
    }
}

/// A charge as a rate of other costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// The rate, as a fraction.
    pub rate: Amount,
    /// What it is charged on.
    pub of: ChargedOn,
}

/// Own people: full-time equivalents times the loaded cost of one, growing a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Staff {
    /// Full-time equivalents.
    pub fte: Amount,
    /// The loaded cost of one a year.
    pub cost: Amount,
    /// Growth of the cost a year: `cost x (1 + growth)^(year - 1)`.
    pub growth: Option<Amount>,
}

/// One line of cost. What it states is added up.
///
/// **Formula**: year 0 is `initial`, the years t = 1..n are `annual + fte x cost x (1 + growth)^(t-1)`, to which comes
/// `rate x base` in the years that [`ChargedOn`] says; all of it times `share`, and with risk times `1 + risk`.
///
/// **Units**: money, written positive; rates, `share` and `risk` are fractions.
///
/// ```
/// use appraise::case::{Category, ChargedOn, CostLine, Plan, Rate};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let database = CostLine { initial: Some(24_000.into()), ..CostLine::new(Category::Hardware, "database") };
/// let charge = Rate { rate: dec!(0.20).into(), of: ChargedOn::Line(Category::Hardware, "database".into()) };
/// let support = CostLine {
///     rate: Some(charge),
///     risk: Some(dec!(0.10).into()),
///     ..CostLine::new(Category::Maintenance, "support")
/// };
/// let appraisal = Appraisal::new(Draft { plan: Plan { costs: Some(vec![database, support]), ..Plan::default() }, ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("costs.maintenance.support.1"), Some(Ok(dec!(5280))));
/// assert_eq!(outcome.figure("costs.unadjusted.nominal"), Some(Ok(dec!(48_000))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CostLine {
    /// The category it belongs to.
    pub category: Category,
    /// Its id in the category.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// The cost in year 0.
    pub initial: Option<Amount>,
    /// The cost in each year 1..n.
    pub annual: Option<Amount>,
    /// Own people.
    pub staff: Option<Staff>,
    /// A rate of other costs.
    pub rate: Option<Rate>,
    /// The share that is charged to this programme.
    pub share: Option<Amount>,
    /// What risk adds, as a fraction of the line.
    pub risk: Option<Amount>,
    /// Whether it is contingency; rates of `Initial` and `All` are where nothing is said.
    pub contingency: Option<bool>,
    /// How the cost of year 0 is charged to the years of its use, where it is capitalised.
    pub depreciation: Option<Depreciation>,
    /// Whether it is training; lines whose id has the word `training` are where nothing is said.
    pub training: Option<bool>,
    /// What it is spent on over time: `build`, `run`, `exit` or a word of one's own.
    pub phase: Option<String>,
    /// Where the amounts come from.
    pub source: Option<String>,
}

impl CostLine {
    /// A line that costs nothing yet.
    pub fn new(category: Category, id: impl Into<String>) -> Self {
        Self {
            category,
            id: id.into(),
            name: None,
            initial: None,
            annual: None,
            staff: None,
            rate: None,
            share: None,
            risk: None,
            contingency: None,
            depreciation: None,
            training: None,
            phase: None,
            source: None,
        }
    }

    pub(super) fn is_contingency(&self) -> bool {
        self.contingency.unwrap_or_else(|| self.rate.as_ref().is_some_and(|rate| rate.of.is_reserve()))
    }

    pub(super) fn is_training(&self) -> bool {
        self.training.unwrap_or_else(|| self.id.split('_').any(|word| word == "training") || self.id.contains("培训"))
    }

    /// Whether year 0 is zero whatever the amounts are.
    fn starts_at_zero(&self) -> bool {
        self.initial.is_none() && !self.rate.as_ref().is_some_and(|rate| rate.of.is_reserve())
    }

    fn at(&self, scope: &Scope) -> Arc<str> {
        scope.id(&format!("costs.{}.{}", self.category.key(), self.id))
    }
}

/// Ids that the figures of a category need.
const RESERVED: [&str; 7] = ["nominal", "present_value", "year", "unadjusted", "share", "initial", "charged_initial"];

/// Whether risk is reckoned in: the headline with it, the unadjusted figures without it, bases of rates included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Risk {
    With,
    Without,
}

/// What a line costs year by year, and in year 0 alone, which is what most rates are charged on.
#[derive(Debug, Clone, Copy)]
struct Charged {
    year: CellId,
    /// `None` where year 0 is zero whatever the amounts are, and where a charge on all costs decides it.
    start: Option<CellId>,
}

/// A line whose cells can be referred to before they are defined.
pub(super) struct Declared<'l> {
    pub(super) line: &'l CostLine,
    pub(super) name: Arc<str>,
    /// The name before its figures, with that of the alternative where it is part of one.
    pub(super) subject: Arc<str>,
    /// What its figures are called: `costs.licences.seats`, which is also its address.
    pub(super) figures: Arc<str>,
    with_risk: Charged,
    without: Charged,
}

impl Declared<'_> {
    fn charged(&self, risk: Risk) -> Charged {
        match risk {
            Risk::With => self.with_risk,
            Risk::Without => self.without,
        }
    }

    /// The row over the timeline.
    pub(super) fn year(&self, risk: Risk) -> CellId {
        self.charged(risk).year
    }

    fn is_charged_on_all(&self) -> bool {
        self.line.rate.as_ref().is_some_and(|rate| rate.of == ChargedOn::All)
    }

    fn is_reserve(&self) -> bool {
        self.line.rate.as_ref().is_some_and(|rate| rate.of.is_reserve())
    }

    /// The cost of year 0; `None` where it is zero.
    fn start(&self, risk: Risk) -> Option<Expression> {
        let Charged { year, start } = self.charged(risk);
        if self.is_charged_on_all() { Some(Expression::entry(year, 0)) } else { start.map(Expression::cell) }
    }
}

/// Makes the cells of every line, so that rates may be charged on lines that come later.
pub(super) fn declare<'l>(lowering: &mut Lowering, scope: &Scope, lines: &'l [CostLine]) -> Vec<Declared<'l>> {
    let mut declared = Vec::with_capacity(lines.len());
    let mut seen = HashSet::new();
    for line in lines {
        let figures = line.at(scope);
        let at = &*figures;
        let id = || line.id.clone();
        if !is_name(&line.id) {
            lowering.problem(at, CostError::InvalidId { id: id() });
        } else if RESERVED.contains(&&*line.id) {
            lowering.problem(at, CostError::ReservedId { id: id() });
        } else if !seen.insert((line.category, &line.id)) {
            lowering.problem(at, CostError::DuplicateId { category: line.category.key(), id: id() });
            continue;
        }
        let name: Arc<str> = line.name.as_deref().unwrap_or(&line.id).into();
        let subject = scope.subject(&name);
        let naming = |figure, aspect| {
            Naming::new(Id::of(Arc::clone(&figures), figure))
                .label(Arc::clone(&subject), aspect)
                .unit(Unit::Money)
                .source(Arc::clone(&figures))
        };
        let has_start = !line.starts_at_zero() && line.rate.as_ref().is_none_or(|rate| rate.of != ChargedOn::All);
        let mut start = |figure, aspect| has_start.then(|| lowering.cells.declare(naming(figure, aspect)));
        let with_risk = start("charged_initial", "initial, as charged");
        let without = start("charged_initial_unadjusted", "initial, as charged, without risk");
        let year = lowering.cells.declare(naming("", "by year"));
        let with_risk = Charged { year, start: with_risk };
        let year = lowering.cells.declare(naming("unadjusted", "by year, without risk"));
        let without = Charged { year, start: without };
        declared.push(Declared { line, name, subject, figures, with_risk, without });
    }
    declared
}

/// The amounts a line states, as cells.
struct Stated {
    initial: Option<CellId>,
    annual: Option<CellId>,
    /// `fte x cost x (1 + growth)^(year - 1)`
    staff: Option<Expression>,
    rate: Option<CellId>,
    share: Option<CellId>,
    risk: Option<CellId>,
}

/// What rates are charged on, each sum once however many rates there are.
pub(super) struct Bases<'d, 'l> {
    setting: Setting<'d>,
    lines: &'d [Declared<'l>],
    by_id: HashMap<(Category, &'l str), &'d Declared<'l>>,
    sums: Vec<(Base, Risk, CellId)>,
}

/// A sum that rates are charged on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    Initial,
    All,
    Category(Category),
}

impl<'d, 'l> Bases<'d, 'l> {
    pub(super) fn new(setting: Setting<'d>, lines: &'d [Declared<'l>]) -> Self {
        let by_id = lines.iter().map(|line| ((line.line.category, line.line.id.as_str()), line)).collect();
        Self { setting, lines, by_id, sums: Vec::new() }
    }

    fn sum(&mut self, lowering: &mut Lowering, base: Base, risk: Risk) -> CellId {
        if let Some((.., cell)) = self.sums.iter().find(|(known, with, _)| (*known, *with) == (base, risk)) {
            return *cell;
        }
        let lines = self.lines.iter();
        let (id, subject, sum) = match base {
            Base::Initial => {
                let starts = lines.filter(|line| !line.is_reserve()).filter_map(|line| line.start(risk));
                ("costs.charged_initial".to_owned(), "Initial costs", Expression::sum_of(starts))
            }
            Base::All => {
                let rows = lines.filter(|line| !line.is_charged_on_all());
                let rows: Vec<Expression> = rows.map(|line| Expression::cell(line.year(risk))).collect();
                let nothing = || Expression::call(Function::Flow, [Expression::number(0), Expression::number(0)]);
                let sum = if rows.is_empty() { nothing() } else { Expression::sum_of(rows) };
                ("costs.charged_all".to_owned(), "All costs", sum)
            }
            Base::Category(category) => {
                let starts = lines.filter(|line| line.line.category == category).filter_map(|line| line.start(risk));
                (format!("costs.{}.charged_initial", category.key()), category.name(), Expression::sum_of(starts))
            }
        };
        let figure = if risk == Risk::With { "" } else { "unadjusted" };
        let naming = Naming::new(Id::of(self.setting.scope.id(&id), figure));
        let naming = naming.label(self.setting.scope.subject(subject), "base of rates").unit(Unit::Money);
        let cell = lowering.cells.formula(naming, sum);
        self.sums.push((base, risk, cell));
        cell
    }

    /// The amount that a rate of a line is charged on; `None` where there is no such line.
    fn of(&mut self, lowering: &mut Lowering, declared: &Declared, of: &ChargedOn, risk: Risk) -> Option<Expression> {
        match of {
            ChargedOn::Initial => Some(Expression::cell(self.sum(lowering, Base::Initial, risk))),
            ChargedOn::All => Some(Expression::cell(self.sum(lowering, Base::All, risk))),
            ChargedOn::Category(category) => {
                let sum = Expression::cell(self.sum(lowering, Base::Category(*category), risk));
                // of its own category a line is charged on the other lines only
                let own = declared.start(risk).filter(|_| declared.line.category == *category);
                Some(match own {
                    Some(own) => sum - own,
                    None => sum,
                })
            }
            ChargedOn::Line(category, id) => {
                let line = self.by_id.get(&(*category, id.as_str()))?;
                Some(line.start(risk).unwrap_or_else(|| Expression::number(0)))
            }
        }
    }

    fn check(&self, lowering: &mut Lowering, declared: &Declared) {
        let line = declared.line;
        let Some(Rate { of: ChargedOn::Line(category, id), .. }) = &line.rate else { return };
        let at = format!("{}.of", declared.figures);
        if (*category, id) == (line.category, &line.id) {
            lowering.problem(at, CostError::ChargedOnItself { id: id.clone() });
        } else if !self.by_id.contains_key(&(*category, id.as_str())) {
            let of = format!("{}.{id}", category.key());
            let known: Vec<String> =
                self.by_id.keys().map(|(category, id)| format!("{}.{id}", category.key())).collect();
            let nearest = lowering.nearest(&of, known.iter().map(String::as_str));
            lowering.problem(at, CostError::UnknownBase { of, nearest });
        } else if self.by_id.get(&(*category, id.as_str())).is_some_and(|base| base.start(Risk::With).is_none()) {
            lowering.problem(at, CostError::NothingToCharge { of: format!("{}.{id}", category.key()) });
        }
    }
}

/// Defines the rows of a line.
pub(super) fn define(lowering: &mut Lowering, declared: &Declared, bases: &mut Bases) -> Fractions {
    let stated = state(lowering, declared);
    let surcharges = [stated.rate, stated.risk].into_iter().flatten().collect();
    let fractions = Fractions { shares: stated.share.into_iter().collect(), surcharges };
    bases.check(lowering, declared);
    if declared.line.depreciation.is_some() && declared.line.starts_at_zero() {
        let error = DepreciationError::NothingToSpread { id: declared.line.id.clone() };
        lowering.problem(format!("{}.depreciation", declared.figures), error);
    }
    define_charged(lowering, declared, &stated, bases, Risk::Without);
    if declared.line.rate.is_some() {
        define_charged(lowering, declared, &stated, bases, Risk::With);
        return fractions;
    }
    // without a rate on other lines, a line with risk is itself and its own risk
    let with_risk = |without: CellId| match stated.risk {
        Some(risk) => Expression::cell(without) * (Expression::number(1) + Expression::cell(risk)),
        None => Expression::cell(without),
    };
    lowering.cells.define(declared.with_risk.year, with_risk(declared.without.year));
    if let (Some(start), Some(without)) = (declared.with_risk.start, declared.without.start) {
        lowering.cells.define(start, with_risk(without));
    }
    fractions
}

fn define_charged(lowering: &mut Lowering, declared: &Declared, stated: &Stated, bases: &mut Bases, risk: Risk) {
    let line = declared.line;
    let Charged { year, start } = declared.charged(risk);
    let rate = line.rate.as_ref().zip(stated.rate);
    let charge = rate.and_then(|(rate, cell)| {
        let base = bases.of(lowering, declared, &rate.of, risk)?;
        Some((&rate.of, Expression::cell(cell) * base))
    });
    let mut initial: Vec<Expression> = stated.initial.map(Expression::cell).into_iter().collect();
    let mut annual: Vec<Expression> = stated.annual.map(Expression::cell).into_iter().collect();
    annual.extend(stated.staff.clone());
    let mut every_year = None;
    match charge {
        Some((ChargedOn::All, charge)) => every_year = Some(charge),
        Some((ChargedOn::Initial, charge)) => initial.push(charge),
        Some((ChargedOn::Line(..) | ChargedOn::Category(_), charge)) => annual.push(charge),
        None => {}
    }
    let charged = |amount: Expression| {
        let shared = match stated.share {
            Some(share) => amount * Expression::cell(share),
            None => amount,
        };
        match stated.risk {
            Some(own) if risk == Risk::With => shared * (Expression::number(1) + Expression::cell(own)),
            _ => shared,
        }
    };
    let is_nothing = |parts: &[Expression]| parts.is_empty();
    let row = match every_year {
        Some(charge) if is_nothing(&initial) && is_nothing(&annual) => charged(charge),
        Some(charge) => {
            let flow = [Expression::sum_of(initial), Expression::sum_of(annual)];
            charged(Expression::call(Function::Flow, flow) + charge)
        }
        None => {
            let later = if is_nothing(&annual) { Expression::number(0) } else { charged(Expression::sum_of(annual)) };
            let first = match start {
                Some(start) => {
                    lowering.cells.define(start, charged(Expression::sum_of(initial)));
                    Expression::cell(start)
                }
                None => Expression::number(0),
            };
            Expression::call(Function::Flow, [first, later])
        }
    };
    lowering.cells.define(year, bases.setting.while_in_use(row));
}

fn state(lowering: &mut Lowering, declared: &Declared) -> Stated {
    let Declared { line, subject, figures, .. } = declared;
    if line.initial.is_none() && line.annual.is_none() && line.staff.is_none() && line.rate.is_none() {
        lowering.problem(&**figures, CostError::NoAmount { id: line.id.clone() });
    }
    let mut cell = |figure: &'static str, aspect, unit, amount: Option<&Amount>, single: bool| {
        let amount = amount?;
        let id = Id::of(Arc::clone(figures), figure);
        let what = match figure {
            "risk" => "a risk",
            "rate" => "a rate",
            "share" => "a share",
            "fte" => "a number of people",
            _ => "a cost",
        };
        lowering.refuse_negative(&id, amount, what);
        let naming = Naming::new(id.clone()).label(Arc::clone(subject), aspect).unit(unit).source(id);
        let cell = lowering.amount(naming, amount);
        if single {
            lowering.cells.require_single(cell);
        }
        Some(cell)
    };
    let initial = cell("initial", "initial", Unit::Money, line.initial.as_ref(), true);
    let annual = cell("annual", "a year", Unit::Money, line.annual.as_ref(), false);
    let rate = cell("rate", "rate", Unit::Share, line.rate.as_ref().map(|rate| &rate.rate), true);
    let share = cell("share", "share charged", Unit::Share, line.share.as_ref(), true);
    let risk = cell("risk", "risk", Unit::Share, line.risk.as_ref(), true);
    let staff = line.staff.as_ref();
    let fte = cell("fte", "full-time equivalents", Unit::Number, staff.map(|staff| &staff.fte), false);
    let cost = cell("cost", "cost of one", Unit::Money, staff.map(|staff| &staff.cost), false);
    let growth = staff.and_then(|staff| staff.growth.as_ref());
    let growth = growth.map(|growth| {
        let id = Id::of(Arc::clone(figures), "growth");
        let naming = Naming::new(id.clone()).label(Arc::clone(subject), "growth").unit(Unit::Share).source(id);
        let cell = lowering.amount(naming, growth);
        lowering.cells.require_single(cell);
        growth_factor(lowering.names, Expression::cell(cell))
    });
    if let Some(share) = &line.share {
        lowering.refuse_not_a_share(&Id::of(Arc::clone(figures), "share"), share);
    }
    let staff = fte.zip(cost).map(|(fte, cost)| {
        let people = Expression::cell(fte) * Expression::cell(cost);
        match growth {
            Some(factor) => people * factor,
            None => people,
        }
    });
    Stated { initial, annual, staff, rate, share, risk }
}
