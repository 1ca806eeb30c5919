//! Total cost of ownership: eight categories of lines, nominal and present value, risk-adjusted and not.

use super::{Totals, define_sums, define_totals};
use crate::amount::{Amount, Lowering, growth_factor};
use crate::model::{CellId, Expression, Function, Id, Naming, Unit, is_name};
use crate::problem::did_you_mean;
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
            Self::ChargedOnItself { .. } => "name another line, a category, `initial` or `all`".to_owned(),
        })
    }
}

/// The eight categories of a CRM system's total cost of ownership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Software licences and subscriptions.
    Licences,
    /// Maintenance and support fees.
    Maintenance,
    /// Servers, devices, storage.
    Hardware,
    /// Lines, networks, telephony.
    Telecom,
    /// Consulting, integration, outsourcing by third parties.
    ServiceProviders,
    /// Services of the software's vendor.
    VendorServices,
    /// Own people.
    Staff,
    /// Travel, training not booked elsewhere, contingency.
    Other,
}

impl Category {
    /// Every category, in the order of reports.
    pub const ALL: [Category; 8] = [
        Self::Licences,
        Self::Maintenance,
        Self::Hardware,
        Self::Telecom,
        Self::ServiceProviders,
        Self::VendorServices,
        Self::Staff,
        Self::Other,
    ];

    /// The key in a document.
    pub fn key(self) -> &'static str {
        match self {
            Self::Licences => "licences",
            Self::Maintenance => "maintenance",
            Self::Hardware => "hardware",
            Self::Telecom => "telecom",
            Self::ServiceProviders => "service_providers",
            Self::VendorServices => "vendor_services",
            Self::Staff => "staff",
            Self::Other => "other",
        }
    }

    /// The category of a key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.key() == key)
    }

    /// What readers see.
    pub fn name(self) -> &'static str {
        match self {
            Self::Licences => "Licences",
            Self::Maintenance => "Maintenance",
            Self::Hardware => "Hardware",
            Self::Telecom => "Telecom",
            Self::ServiceProviders => "Service providers",
            Self::VendorServices => "Vendor services",
            Self::Staff => "Staff",
            Self::Other => "Other",
        }
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
/// use appraise::case::{Category, ChargedOn, CostLine, Rate};
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
/// let appraisal = Appraisal::new(Draft { costs: Some(vec![database, support]), ..Draft::default() }).unwrap();
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
            source: None,
        }
    }

    fn is_contingency(&self) -> bool {
        self.contingency.unwrap_or_else(|| self.rate.as_ref().is_some_and(|rate| rate.of.is_reserve()))
    }

    /// Whether year 0 is zero whatever the amounts are.
    fn starts_at_zero(&self) -> bool {
        self.initial.is_none() && !self.rate.as_ref().is_some_and(|rate| rate.of.is_reserve())
    }

    fn at(&self) -> String {
        format!("costs.{}.{}", self.category.key(), self.id)
    }
}

/// The cells of one line.
#[derive(Debug, Clone)]
pub(crate) struct LineCells {
    pub(crate) category: Category,
    pub(crate) name: Arc<str>,
    pub(crate) year: CellId,
    pub(crate) unadjusted: CellId,
    pub(crate) nominal: CellId,
    pub(crate) present_value: CellId,
    pub(crate) is_contingency: bool,
}

/// The cells of one category.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CategoryCells {
    pub(crate) category: Category,
    pub(crate) totals: Totals,
    pub(crate) share: CellId,
}

/// The cells of all costs.
#[derive(Debug, Clone)]
pub(crate) struct CostCells {
    pub(crate) lines: Vec<LineCells>,
    pub(crate) categories: Vec<CategoryCells>,
    pub(crate) totals: Totals,
    pub(crate) unadjusted: Totals,
    pub(crate) contingency: Totals,
    pub(crate) before_contingency: Totals,
    pub(crate) initial: CellId,
    pub(crate) ongoing: CellId,
}

/// Ids that the figures of a category need.
const RESERVED: [&str; 6] = ["nominal", "present_value", "year", "unadjusted", "share", "initial"];

/// A line with its two rows declared: with risk and without.
struct Declared<'l> {
    line: &'l CostLine,
    name: Arc<str>,
    /// What its figures are called: `costs.licences.seats`, which is also its address.
    figures: Arc<str>,
    year: CellId,
    unadjusted: CellId,
}

/// Defines every line, category and total.
pub(crate) fn define(lowering: &mut Lowering, rate: CellId, lines: &[CostLine]) -> CostCells {
    let declared = declare(lowering, lines);
    let mut cells = Vec::with_capacity(lines.len());
    for line in &declared {
        define_line(lowering, line, &declared);
        let (nominal, present_value) = define_sums(lowering, rate, &line.figures, &line.name, line.year);
        cells.push(LineCells {
            category: line.line.category,
            name: Arc::clone(&line.name),
            year: line.year,
            unadjusted: line.unadjusted,
            nominal,
            present_value,
            is_contingency: line.line.is_contingency(),
        });
    }
    let mut totals = |id: &str, name: &str, rows: Vec<CellId>| define_totals(lowering, rate, id, &name.into(), &rows);
    let rows =
        |keep: &dyn Fn(&LineCells) -> bool| cells.iter().filter(|line| keep(line)).map(|line| line.year).collect();
    let by_category = Category::ALL.map(|category| {
        let id = format!("costs.{}", category.key());
        (category, totals(&id, category.name(), rows(&|line| line.category == category)))
    });
    let all = totals("costs", "Costs", by_category.iter().map(|(_, totals)| totals.year).collect());
    let unadjusted = cells.iter().map(|line| line.unadjusted).collect();
    let unadjusted = totals("costs.unadjusted", "Costs without risk adjustment", unadjusted);
    let contingency = totals("costs.contingency", "Contingency", rows(&|line| line.is_contingency));
    let before = totals("costs.before_contingency", "Costs before contingency", rows(&|line| !line.is_contingency));
    let naming = |id: &str, aspect| Naming::new(id).label("Costs", aspect).unit(Unit::Money);
    let initial = lowering.cells.formula(naming("costs.initial", "initial"), Expression::entry(all.year, 0));
    let later = Expression::cell(all.nominal) - Expression::cell(initial);
    let ongoing = lowering.cells.formula(naming("costs.ongoing", "ongoing"), later);
    let categories = by_category.map(|(category, of)| {
        let naming = Naming::new(format!("costs.{}.share", category.key())).label(category.name(), "share of costs");
        let share = Expression::cell(of.present_value) / Expression::cell(all.present_value);
        CategoryCells { category, totals: of, share: lowering.cells.formula(naming.unit(Unit::Share), share) }
    });
    CostCells {
        lines: cells,
        categories: categories.into(),
        totals: all,
        unadjusted,
        contingency,
        before_contingency: before,
        initial,
        ongoing,
    }
}

fn declare<'l>(lowering: &mut Lowering, lines: &'l [CostLine]) -> Vec<Declared<'l>> {
    let mut declared = Vec::with_capacity(lines.len());
    let mut seen = std::collections::HashSet::new();
    for line in lines {
        let at = line.at();
        let id = || line.id.clone();
        if !is_name(&line.id) {
            lowering.problem(&*at, CostError::InvalidId { id: id() });
        } else if RESERVED.contains(&&*line.id) {
            lowering.problem(&*at, CostError::ReservedId { id: id() });
        } else if !seen.insert((line.category, &line.id)) {
            lowering.problem(&*at, CostError::DuplicateId { category: line.category.key(), id: id() });
            continue;
        }
        let name: Arc<str> = line.name.as_deref().unwrap_or(&line.id).into();
        let figures: Arc<str> = at.into();
        let naming = |figure, aspect| {
            Naming::new(Id::of(Arc::clone(&figures), figure))
                .label(Arc::clone(&name), aspect)
                .unit(Unit::Money)
                .source(Arc::clone(&figures))
        };
        let year = lowering.cells.declare(naming("", "by year"));
        let unadjusted = lowering.cells.declare(naming("unadjusted", "by year, without risk"));
        declared.push(Declared { line, name, figures, year, unadjusted });
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

fn define_line(lowering: &mut Lowering, declared: &Declared, all: &[Declared]) {
    let Declared { line, year, unadjusted, .. } = declared;
    let stated = state(lowering, declared);
    let bases = line.rate.as_ref().map(|rate| bases_of(lowering, declared, &rate.of, all)).unwrap_or_default();
    let amount = |base: &dyn Fn(&Declared) -> CellId| {
        let number = || Expression::number(0);
        let mut initial: Vec<Expression> = stated.initial.map(Expression::cell).into_iter().collect();
        let mut annual: Vec<Expression> = stated.annual.map(Expression::cell).into_iter().collect();
        annual.extend(stated.staff.clone());
        let mut every_year = None;
        if let (Some(rate), Some(cell)) = (&line.rate, stated.rate) {
            let of = |part: &dyn Fn(CellId) -> Expression| {
                Expression::cell(cell) * Expression::sum_of(bases.iter().map(|line| part(base(line))))
            };
            match rate.of {
                ChargedOn::All if !bases.is_empty() => every_year = Some(of(&Expression::cell)),
                ChargedOn::All => {}
                ChargedOn::Initial => initial.push(of(&|row| Expression::entry(row, 0))),
                ChargedOn::Line(..) | ChargedOn::Category(_) => annual.push(of(&|row| Expression::entry(row, 0))),
            }
        }
        let own = initial.len() + annual.len();
        let sum = |parts: Vec<Expression>| if parts.is_empty() { number() } else { Expression::sum_of(parts) };
        let flow = Expression::call(Function::Flow, [sum(initial), sum(annual)]);
        let total = match every_year {
            Some(charge) if own == 0 => charge,
            Some(charge) => flow + charge,
            None => flow,
        };
        match stated.share {
            Some(share) => total * Expression::cell(share),
            None => total,
        }
    };
    lowering.cells.define(*unadjusted, amount(&|line| line.unadjusted));
    // a rate is charged on what its base costs with risk; any other line is what it is without, plus its own risk
    let charged = if bases.is_empty() { Expression::cell(*unadjusted) } else { amount(&|line| line.year) };
    let with_risk = match stated.risk {
        Some(risk) => charged * (Expression::number(1) + Expression::cell(risk)),
        None => charged,
    };
    lowering.cells.define(*year, with_risk);
}

fn state(lowering: &mut Lowering, declared: &Declared) -> Stated {
    let Declared { line, name, figures, .. } = declared;
    let at = line.at();
    if line.initial.is_none() && line.annual.is_none() && line.staff.is_none() && line.rate.is_none() {
        lowering.problem(&*at, CostError::NoAmount { id: line.id.clone() });
    }
    let mut cell = |figure: &'static str, aspect, unit, amount: Option<&Amount>, single: bool| {
        let amount = amount?;
        let id = Id::of(Arc::clone(figures), figure);
        lowering.refuse_negative(&id, amount, "a cost");
        let naming = Naming::new(id.clone()).label(Arc::clone(name), aspect).unit(unit).source(id);
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
        let naming = Naming::new(id.clone()).label(Arc::clone(name), "growth").unit(Unit::Share).source(id);
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

/// The lines a rate is charged on.
fn bases_of<'d, 'l>(
    lowering: &mut Lowering,
    declared: &Declared,
    of: &ChargedOn,
    all: &'d [Declared<'l>],
) -> Vec<&'d Declared<'l>> {
    let line = declared.line;
    let is_other = |other: &&Declared| other.year != declared.year;
    let charged_on = |other: &Declared, test: &dyn Fn(&ChargedOn) -> bool| {
        other.line.rate.as_ref().is_some_and(|rate| test(&rate.of))
    };
    match of {
        ChargedOn::Line(category, id) => {
            let at = format!("{}.of", line.at());
            if (*category, id) == (line.category, &line.id) {
                lowering.problem(at, CostError::ChargedOnItself { id: id.clone() });
                return Vec::new();
            }
            let found = all.iter().find(|other| other.line.category == *category && other.line.id == *id);
            if found.is_none() {
                let of = format!("{}.{id}", category.key());
                let known: Vec<String> =
                    all.iter().map(|other| format!("{}.{}", other.line.category.key(), other.line.id)).collect();
                let nearest = did_you_mean(&of, known.iter().map(String::as_str)).map(str::to_owned);
                lowering.problem(at, CostError::UnknownBase { of, nearest });
            }
            found.into_iter().collect()
        }
        ChargedOn::Category(category) => {
            let of_category = all.iter().filter(|other| other.line.category == *category);
            of_category.filter(is_other).filter(|other| !other.line.starts_at_zero()).collect()
        }
        ChargedOn::Initial => {
            let plain = all.iter().filter(|other| !charged_on(other, &ChargedOn::is_reserve));
            plain.filter(is_other).filter(|other| !other.line.starts_at_zero()).collect()
        }
        ChargedOn::All => {
            all.iter().filter(|other| !charged_on(other, &|of| *of == ChargedOn::All)).filter(is_other).collect()
        }
    }
}
