//! One line of cost: what it states, what it is charged on, and the rows that follow, with risk and without.

mod allocation;
mod dual_running;
mod error;
mod licence;
mod one_off;
mod part;
mod price;
mod rate;
mod replacement;
mod staff;
mod training;
mod usage;

pub use allocation::Allocation;
pub use dual_running::{DualRunning, Length};
pub use error::CostError;
pub use licence::{Licence, LicenceKind};
pub use one_off::{InYear, OneOff};
pub use price::{Price, Tier, Tiering};
pub(super) use rate::Bases;
pub use rate::{Base, Basis, ChargedOn, Rate};
pub use replacement::{Replacement, Residual};
pub use staff::{Role, Staff, Work};
pub use training::Training;
pub use usage::Usage;

use super::at_end;
use super::currency::Currency;
use super::depreciation::Capitalised;
use super::{Category, Depreciation, DepreciationError, Scope, Setting};
use crate::amount::{Amount, Lowering};
use crate::idle::Idle;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit, is_name};
use licence::{AtPrice, LicenceCells};
use part::{Part, Sum, first, only_in};
use rate::{Charging, Owned};
use std::collections::HashSet;
use std::sync::Arc;

/// One line of cost. What it states is added up.
///
/// **Formula**: year 0 is `initial`, the years t = 1..n are `annual + fte x cost x (1 + growth)^(t-1)`, to which come
/// the [licences](Licence), [roles](Role), [training](Training), [use](Usage), [replacement](Replacement),
/// [one-off costs](OneOff) and [dual running](DualRunning) it states, all in its `currency`, and `rate x base` in the
/// years that [`ChargedOn`] says; all of it times `share`, and with risk times `1 + risk`.
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
    /// People of several roles.
    pub roles: Vec<Role>,
    /// Licences by the seat.
    pub licence: Option<Licence>,
    /// Training by the head.
    pub training: Option<Training>,
    /// A service that is paid by use.
    pub usage: Option<Usage>,
    /// Whether what `initial` buys is replaced, and what it is worth as the horizon ends.
    pub replacement: Option<Replacement>,
    /// A cost that arises once, in a year of its own.
    pub once: Option<OneOff>,
    /// An old system that runs on for a while.
    pub dual_running: Option<DualRunning>,
    /// A rate of other costs.
    pub rate: Option<Rate>,
    /// The currency of its amounts; that of the document where nothing is said.
    pub currency: Option<String>,
    /// The share that is charged to this programme.
    pub share: Option<Amount>,
    /// The same by an allocation key.
    pub allocation: Option<Allocation>,
    /// What risk adds, as a fraction of the line.
    pub risk: Option<Amount>,
    /// Whether it is contingency; rates of `Initial` and `All`, and those of [`Basis::InitialOnce`] and
    /// [`Basis::Costs`], are where nothing is said.
    pub contingency: Option<bool>,
    /// How what is bought is charged to the years of its use, where it is capitalised: the cost of year 0, replacements,
    /// perpetual licences that come later, and what arises once in a later year.
    pub depreciation: Option<Depreciation>,
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
            roles: Vec::new(),
            licence: None,
            training: None,
            usage: None,
            replacement: None,
            once: None,
            dual_running: None,
            rate: None,
            currency: None,
            share: None,
            allocation: None,
            risk: None,
            contingency: None,
            depreciation: None,
            phase: None,
            source: None,
        }
    }

    /// Whether it is training: by heads, or by the word in its id.
    pub(super) fn is_training(&self) -> bool {
        self.training.is_some() || self.id.split('_').any(|word| word == "training") || self.id.contains("培训")
    }

    pub(super) fn is_contingency(&self) -> bool {
        self.contingency.unwrap_or_else(|| self.rate.as_ref().is_some_and(|rate| rate.of.is_reserve()))
    }

    /// The years after which what it buys is replaced.
    fn replaced_every(&self) -> Option<u32> {
        self.replacement.as_ref()?.every
    }

    /// Whether some of it flows as the horizon ends.
    pub(crate) fn flows_at_end(&self) -> bool {
        self.once.as_ref().is_some_and(|once| once.when == InYear::End)
            || self.replacement.as_ref().is_some_and(|replacement| replacement.residual.is_some())
    }

    /// Whether it says anything about an amount.
    fn has_amount(&self) -> bool {
        let parts = [
            self.initial.is_some(),
            self.annual.is_some(),
            self.staff.is_some(),
            !self.roles.is_empty(),
            self.licence.is_some(),
            self.training.is_some(),
            self.usage.is_some(),
            self.once.is_some(),
            self.dual_running.is_some(),
            self.rate.is_some(),
        ];
        parts.contains(&true)
    }

    /// Whether year 0 is zero whatever the amounts are.
    fn starts_at_zero(&self) -> bool {
        let starts = [
            self.initial.is_some(),
            self.roles.iter().any(|role| role.initial.is_some()),
            self.licence.as_ref().is_some_and(|licence| licence.initial.is_some()),
            self.training.as_ref().is_some_and(|training| training.initial.is_some()),
            self.once.as_ref().is_some_and(|once| once.when == InYear::Year(0)),
            self.rate.as_ref().is_some_and(|rate| rate.of.is_reserve()),
        ];
        !starts.contains(&true)
    }

    fn at(&self, scope: &Scope) -> Arc<str> {
        scope.id(&format!("costs.{}.{}", self.category.key(), self.id))
    }
}

/// Ids that the figures of a category need.
const RESERVED: [&str; 11] = [
    "nominal",
    "present_value",
    "year",
    "unadjusted",
    "share",
    "initial",
    "charged_initial",
    "charged_initial_once",
    "charged_costs",
    "charged_list",
    "charged_net",
];

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
    /// `None` where year 0 is zero whatever the amounts are, and where a charge on each year's costs decides it.
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
    /// The price of its licences, for maintenance.
    owned: Option<Owned>,
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

    fn charging(&self) -> Option<Charging> {
        self.line.rate.as_ref().map(|rate| rate.of.charging())
    }

    fn is_charged_on_all(&self) -> bool {
        self.line.rate.as_ref().is_some_and(|rate| rate.of == ChargedOn::All)
    }

    fn is_reserve(&self) -> bool {
        self.line.rate.as_ref().is_some_and(|rate| rate.of.is_reserve())
    }

    /// Whether anything is spent in year 0.
    fn starts(&self) -> bool {
        self.start(Risk::With).is_some()
    }

    /// The cost of year 0; `None` where it is zero.
    fn start(&self, risk: Risk) -> Option<Expression> {
        let Charged { year, start } = self.charged(risk);
        match self.charging() {
            Some(Charging::EveryYear) => Some(Expression::entry(year, 0)),
            _ => start.map(Expression::cell),
        }
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
        let mut cell = |figure, aspect| {
            let naming = Naming::new(Id::of(Arc::clone(&figures), figure)).label(Arc::clone(&subject), aspect);
            lowering.cells.declare(naming.unit(Unit::Money).source(Arc::clone(&figures)))
        };
        let is_charged_every_year = line.rate.as_ref().is_some_and(|rate| rate.of.charging() == Charging::EveryYear);
        let has_start = !line.starts_at_zero() && !is_charged_every_year;
        let with_risk = has_start.then(|| cell("charged_initial", "initial, as charged"));
        let without = has_start.then(|| cell("charged_initial_unadjusted", "initial, as charged, without risk"));
        let with_risk = Charged { year: cell("", "by year"), start: with_risk };
        let without = Charged { year: cell("unadjusted", "by year, without risk"), start: without };
        let owned = line.licence.as_ref().map(|licence| Owned {
            kind: licence.kind,
            list: [
                cell("charged_list", "list price, as charged"),
                cell("charged_list_unadjusted", "list price, as charged, without risk"),
            ],
            net: [
                cell("charged_net", "net price, as charged"),
                cell("charged_net_unadjusted", "net price, as charged, without risk"),
            ],
        });
        declared.push(Declared { line, name, subject, figures, with_risk, without, owned });
    }
    declared
}

/// Which part of a line is charged to the programme.
#[derive(Clone, Copy)]
enum Share {
    Whole,
    /// The same in every year.
    Stated(CellId),
    /// By an allocation key, which may change from year to year.
    Allocated(CellId),
}

/// The amounts of some years that a share and a risk act on.
#[derive(Clone, Copy)]
enum Years {
    /// Year 0.
    Start,
    /// The years 1..n.
    Later,
    /// The years 0..n.
    All,
}

/// The amounts a line states, as cells; money is in the currency of the document.
struct Stated {
    sum: Sum,
    rate: Option<CellId>,
    share: Share,
    risk: Option<CellId>,
    currency: Currency,
    /// What is bought in the years 1..n and depreciated, in the currency of the line.
    purchases: Option<CellId>,
    /// What is paid as the horizon ends, in the currency of the line, where that is another moment than the rest of its year.
    leaving: Option<CellId>,
    licence: Option<LicenceCells>,
    /// The residual value in the last year, in the currency of the line.
    residual: Option<CellId>,
}

impl Stated {
    /// An amount of the line as it is charged.
    fn charged(&self, amount: Expression, years: Years, risk: Risk) -> Expression {
        let shared = self.shared(amount, years);
        match self.risk {
            Some(own) if risk == Risk::With => shared * (Expression::number(1) + Expression::cell(own)),
            _ => shared,
        }
    }

    fn shared(&self, amount: Expression, years: Years) -> Expression {
        match (self.share, years) {
            (Share::Whole, _) => amount,
            (Share::Stated(share), _) | (Share::Allocated(share), Years::Later) => amount * Expression::cell(share),
            (Share::Allocated(share), Years::Start) => amount * first(share),
            (Share::Allocated(share), Years::All) => {
                amount * Expression::call(Function::Flow, [first(share), Expression::cell(share)])
            }
        }
    }
}

/// What a line comes to besides its rows.
pub(super) struct Defined {
    /// The residual value as a row of negative costs.
    pub(super) residual_value: Option<CellId>,
    pub(super) capitalised: Option<Capitalised>,
}

/// Defines the rows of a line.
pub(super) fn define(lowering: &mut Lowering, declared: &Declared, bases: &mut Bases) -> Defined {
    let mut stated = state(lowering, declared, bases.setting);
    bases.check(lowering, declared);
    let capitalised = define_capitalised(lowering, declared, &stated, bases.setting);
    define_owned(lowering, declared, &stated);
    define_leaving(lowering, declared, &stated);
    let residual_value = define_residual_value(lowering, declared, &stated, bases.setting);
    let Sum { initial, mut annual, purchases, at_end, .. } = std::mem::take(&mut stated.sum);
    annual.extend(purchases.into_iter().chain(at_end));
    let is_foreign = stated.currency.is_foreign();
    let joined = |parts: Vec<Expression>, convert: &dyn Fn(Expression) -> Expression| match parts.is_empty() {
        false if is_foreign => vec![convert(Expression::sum_of(parts))],
        _ => parts,
    };
    let initial = joined(initial, &|amount| stated.currency.in_year(amount, 0));
    let annual = joined(annual, &|amount| stated.currency.later(lowering, amount));
    stated.sum = Sum { initial, annual, ..Sum::default() };
    define_charged(lowering, declared, &stated, bases, Risk::Without);
    if declared.line.rate.is_some() {
        define_charged(lowering, declared, &stated, bases, Risk::With);
        return Defined { residual_value, capitalised };
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
    Defined { residual_value, capitalised }
}

/// The row of what a line buys: the cost of year 0, and what is bought later.
fn define_capitalised(
    lowering: &mut Lowering,
    declared: &Declared,
    stated: &Stated,
    setting: Setting,
) -> Option<Capitalised> {
    let Declared { line, figures, subject, .. } = declared;
    line.depreciation.as_ref()?;
    let at = format!("{figures}.depreciation");
    if line.starts_at_zero() && stated.purchases.is_none() {
        lowering.problem(&*at, DepreciationError::NothingToSpread { id: line.id.clone() });
    }
    if line.replaced_every().is_some() && (line.licence.is_some() || line.once.is_some()) {
        lowering.problem(at, DepreciationError::ReplacedAndBought { id: line.id.clone() });
    }
    let later = stated.purchases.map_or_else(
        || Expression::number(0),
        |bought| stated.charged(stated.currency.later(lowering, Expression::cell(bought)), Years::Later, Risk::With),
    );
    let row = Expression::call(Function::Flow, [Expression::entry(declared.year(Risk::With), 0), later]);
    let naming = Naming::new(Id::of(Arc::clone(figures), "capitalised"))
        .label(Arc::clone(subject), "what is bought and depreciated")
        .unit(Unit::Money)
        .source(Arc::clone(figures));
    let row = lowering.cells.formula(naming, setting.while_in_use(row));
    Some(Capitalised { row, is_later: stated.purchases.is_some(), replaced: line.replaced_every() })
}

fn define_charged(lowering: &mut Lowering, declared: &Declared, stated: &Stated, bases: &mut Bases, risk: Risk) {
    let line = declared.line;
    let Charged { year, start } = declared.charged(risk);
    let rate = line.rate.as_ref().zip(stated.rate);
    let charge = rate.and_then(|(rate, cell)| {
        let base = bases.of(lowering, declared, &rate.of, risk)?;
        Some((rate.of.charging(), Expression::cell(cell) * base))
    });
    let Sum { mut initial, mut annual, .. } = stated.sum.clone();
    let mut every_year = None;
    match charge {
        Some((Charging::EveryYear, charge)) => every_year = Some(charge),
        Some((Charging::Once, charge)) => initial.push(charge),
        Some((Charging::Later, charge)) => annual.push(charge),
        None => {}
    }
    let is_nothing = |parts: &[Expression]| parts.is_empty();
    let row = match every_year {
        Some(charge) if is_nothing(&initial) && is_nothing(&annual) => stated.charged(charge, Years::All, risk),
        Some(charge) => {
            let flow = [Expression::sum_of(initial), Expression::sum_of(annual)];
            stated.charged(Expression::call(Function::Flow, flow) + charge, Years::All, risk)
        }
        None => {
            let later = match is_nothing(&annual) {
                true => Expression::number(0),
                false => stated.charged(Expression::sum_of(annual), Years::Later, risk),
            };
            let first = match start {
                Some(start) => {
                    let first = stated.charged(Expression::sum_of(initial), Years::Start, risk);
                    lowering.cells.define(start, first);
                    Expression::cell(start)
                }
                None => Expression::number(0),
            };
            Expression::call(Function::Flow, [first, later])
        }
    };
    lowering.cells.define(year, bases.setting.while_in_use(row));
}

/// What maintenance is charged on: perpetual licences as bought so far, subscriptions of the year.
fn define_owned(lowering: &mut Lowering, declared: &Declared, stated: &Stated) {
    let (Some(owned), Some(licence)) = (declared.owned, stated.licence) else { return };
    for ([with, without], AtPrice { initial, annual }) in [(owned.list, licence.list), (owned.net, licence.net)] {
        let bought = stated.currency.later(lowering, Expression::cell(annual));
        let price = match owned.kind {
            LicenceKind::Subscription => bought,
            LicenceKind::Perpetual => {
                let first = initial.map_or_else(
                    || Expression::number(0),
                    |initial| stated.currency.in_year(Expression::cell(initial), 0),
                );
                let timeline = Expression::call(Function::Flow, [first, bought]);
                let so_far = Expression::call(Function::Cumulate, [timeline]);
                let position = crate::amount::year(lowering.names) + Expression::number(1);
                Expression::call(Function::At, [so_far, position])
            }
        };
        lowering.cells.define(without, stated.charged(price, Years::Later, Risk::Without));
        let with_risk = match stated.risk {
            Some(risk) => Expression::cell(without) * (Expression::number(1) + Expression::cell(risk)),
            None => Expression::cell(without),
        };
        lowering.cells.define(with, with_risk);
    }
}

/// A row of its own: what comes back is no part of what a line costs, and neither risk nor rates are charged on it.
fn define_residual_value(
    lowering: &mut Lowering,
    declared: &Declared,
    stated: &Stated,
    setting: Setting,
) -> Option<CellId> {
    let value = stated.shared(stated.currency.later(lowering, Expression::cell(stated.residual?)), Years::Later);
    let at_end = only_in(lowering, setting.last_year, -value);
    let row = Expression::call(Function::Flow, [Expression::number(0), at_end]);
    let naming = Naming::new(Id::of(Arc::clone(&declared.figures), "recovered"))
        .label(Arc::clone(&declared.subject), "residual value as the horizon ends")
        .unit(Unit::Money)
        .source(Arc::clone(&declared.figures));
    let row = lowering.cells.formula(naming, row);
    if setting.discounting.ends().is_some() {
        lowering.at_end.insert(row, row);
    }
    Some(row)
}

/// What leaving costs, where it does not flow with the rest of its year.
fn define_leaving(lowering: &mut Lowering, declared: &Declared, stated: &Stated) {
    let Some(leaving) = stated.leaving else { return };
    for risk in [Risk::With, Risk::Without] {
        let leaving = stated.currency.later(lowering, Expression::cell(leaving));
        let later = stated.charged(leaving, Years::Later, risk);
        let row = Expression::call(Function::Flow, [Expression::number(0), later]);
        at_end::define(lowering, declared.year(risk), Some(row));
    }
}

fn state(lowering: &mut Lowering, declared: &Declared, setting: Setting) -> Stated {
    let Declared { line, subject, figures, .. } = declared;
    if !line.has_amount() {
        lowering.problem(&**figures, CostError::NoAmount { id: line.id.clone() });
    }
    let currency = Currency::stated(lowering, figures, line.currency.as_deref());
    let (at, subject, last_year) = (Arc::clone(figures), Arc::clone(subject), setting.last_year);
    let part = &Part { at, subject, money: currency.unit(), last_year };
    let mut sum = Sum::default();
    let initial = line.initial.as_ref().map(|initial| part.single(lowering, part.money("initial", "initial"), initial));
    sum.initial.extend(initial.map(Expression::cell));
    if let Some(annual) = &line.annual {
        sum.annual.push(Expression::cell(part.amount(lowering, part.money("annual", "a year"), annual)));
    }
    let rate = line.rate.as_ref();
    let rate = rate.map(|rate| part.surcharge(lowering, Part::share("rate", "rate", "a rate"), &rate.rate));
    let mut share = Share::Whole;
    if let Some(stated) = &line.share {
        let cell = part.share_of(lowering, ("share", "share charged", Unit::Share), stated);
        lowering.cells.require_single(cell);
        share = Share::Stated(cell);
    }
    let risk = line.risk.as_ref();
    let risk = risk.map(|risk| part.surcharge(lowering, Part::share("risk", "risk", "a risk"), risk));
    if let Some(staff) = &line.staff {
        staff::define(lowering, part, staff, &mut sum);
    }
    if let Some(allocation) = &line.allocation {
        if line.share.is_some() {
            lowering.problem(part.id("allocation").to_string(), CostError::ShareTwice { id: line.id.clone() });
        }
        share = Share::Allocated(allocation::define(lowering, part, allocation));
    }
    let licence = line.licence.as_ref().map(|licence| licence::define(lowering, part, licence, &mut sum));
    staff::define_roles(lowering, part, &line.roles, &mut sum);
    if let Some(training) = &line.training {
        training::define(lowering, part, training, &mut sum);
    }
    if let Some(usage) = &line.usage {
        usage::define(lowering, part, usage, &mut sum);
    }
    let residual = line
        .replacement
        .as_ref()
        .and_then(|replacement| replacement::define(lowering, part, (&line.id, initial), replacement, &mut sum));
    if let Some(once) = &line.once {
        one_off::define(lowering, part, once, &mut sum);
    }
    if let Some(dual) = &line.dual_running {
        dual_running::define(lowering, part, dual, &mut sum);
    }
    let bought = std::mem::take(&mut sum.purchases);
    let purchases = (line.depreciation.is_some() && !bought.is_empty()).then(|| {
        let together = ("purchases", "bought after year 0", part.money.clone());
        part.formula(lowering, together, Expression::sum_of(bought.iter().cloned()))
    });
    sum.purchases = purchases.map_or(bought, |cell| vec![Expression::cell(cell)]);
    let paid = std::mem::take(&mut sum.at_end);
    let leaving = (setting.discounting.ends().is_some() && !paid.is_empty()).then(|| {
        let together = ("paid_at_end", "paid as the horizon ends", part.money.clone());
        part.formula(lowering, together, Expression::sum_of(paid.iter().cloned()))
    });
    sum.at_end = leaving.map_or(paid, |cell| vec![Expression::cell(cell)]);
    let parts = [&sum.initial, &sum.annual, &sum.purchases, &sum.at_end];
    if currency.is_foreign() && line.rate.is_some() && parts.iter().all(|part| part.is_empty()) {
        lowering.idle(format!("{figures}.currency"), Idle::NoAmountInCurrency);
    }
    Stated { sum, rate, share, risk, currency, purchases, leaving, licence, residual }
}

/// What the unit tests of the forms share: a line in, its rows out.
#[cfg(test)]
mod testing {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::Plan;
    use crate::{Draft, Horizon};
    use rust_decimal::Decimal;

    pub(super) fn draft(lines: Vec<CostLine>) -> Draft {
        Draft {
            currency: Some("EUR".to_owned()),
            horizon: Horizon { first_year: Some(2026), years: 3 },
            plan: Plan { costs: Some(lines), ..Plan::default() },
            ..Draft::default()
        }
    }

    pub(super) fn line(id: &str) -> CostLine {
        CostLine::new(Category::Other, id)
    }

    /// The years 0 to 3 of a row.
    pub(super) fn row(figures: &Figures, id: &str) -> [Decimal; 4] {
        [0, 1, 2, 3].map(|year| figures.get(&format!("{id}.{year}")))
    }

    /// The years 0 to 3 of a line alone.
    #[track_caller]
    pub(super) fn years(line: CostLine) -> [Decimal; 4] {
        let id = format!("costs.{}.{}", line.category.key(), line.id);
        row(&Figures::of(draft(vec![line])), &id)
    }

    pub(super) fn per_year<const N: usize>(values: [i64; N]) -> Amount {
        Amount::PerYear(values.map(Decimal::from).into())
    }

    pub(super) fn mistakes(lines: Vec<CostLine>) -> Vec<String> {
        problems(draft(lines))
    }
}
