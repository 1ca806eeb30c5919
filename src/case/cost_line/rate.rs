//! Rates: a share of what other lines cost, in year 0, a year, or of the price of licences.

use super::licence::LicenceKind;
use super::{CostError, Declared, Risk};
use crate::amount::{Amount, Lowering};
use crate::case::{Category, Setting};
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use std::collections::{HashMap, HashSet};

/// What a rate is charged on, and in which years.
///
/// The base is what the other lines cost after their own share and risk; unadjusted figures leave risk out of it too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChargedOn {
    /// The initial cost of one line, in each year 1..n.
    Line(Category, String),
    /// The initial cost of a category's other lines, in each year 1..n.
    Category(Category),
    /// The initial costs of all lines that are not themselves charged on year 0 as a whole or on each year's costs,
    /// once in year 0.
    Initial,
    /// Each year's costs of all lines that are not themselves charged on `All`, year 0 included.
    All,
    /// Several lines or categories together, or one of them otherwise than on its cost in year 0.
    Bases {
        /// The lines and categories.
        of: Vec<Base>,
        /// What counts of them, and in which years.
        on: Basis,
    },
}

/// A line or a category that a rate is charged on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Base {
    /// One line.
    Line(Category, String),
    /// The lines of a category, the charged one left out; of reserves on it, all that are themselves reserves.
    Category(Category),
}

/// What counts of the lines that a rate is charged on, and in which years.
///
/// ```
/// use appraise::case::{Base, Basis, Category, ChargedOn, CostLine, Licence, LicenceKind, Plan, Rate};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let licence = Licence { discounts: vec![dec!(0.25).into()], ..Licence::new(LicenceKind::Perpetual, 100, 1_000) };
/// let crm = CostLine { licence: Some(licence), ..CostLine::new(Category::Licences, "crm") };
/// let of = vec![Base::Line(Category::Licences, "crm".into())];
/// let rate = Rate { rate: dec!(0.20).into(), of: ChargedOn::Bases { of, on: Basis::Net } };
/// let upkeep = CostLine { rate: Some(rate), ..CostLine::new(Category::Maintenance, "crm") };
/// let draft = Draft { plan: Plan { costs: Some(vec![crm, upkeep]), ..Plan::default() }, ..Draft::default() };
/// let appraisal = Appraisal::new(draft).unwrap();
/// assert_eq!(appraisal.base().figure("costs.maintenance.crm.5"), Some(Ok(dec!(15_000)))); // 20 % of 75,000
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// What they cost in year 0, in each year 1..n.
    Initial,
    /// What they cost in year 0, once in year 0.
    InitialOnce,
    /// What they cost in each year, year 0 included.
    Costs,
    /// The list price of their licences in each year 1..n: of all perpetual ones bought by then, of the subscriptions
    /// of the year.
    List,
    /// The same at the net price, which is paid.
    Net,
}

impl Basis {
    /// Every basis and its name in a document.
    pub const ALL: [(&'static str, Basis); 5] = [
        ("initial", Basis::Initial),
        ("initial_once", Basis::InitialOnce),
        ("costs", Basis::Costs),
        ("list", Basis::List),
        ("net", Basis::Net),
    ];
}

impl Basis {
    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, basis)| *basis == self).map_or("", |(name, _)| name)
    }

    /// What sums of it are called, with risk and without.
    fn aspects(self) -> [&'static str; 2] {
        match self {
            Self::Initial => ["base of rates, initial", "base of rates, initial, without risk"],
            Self::InitialOnce => ["base of reserves, initial", "base of reserves, initial, without risk"],
            Self::Costs => ["base of rates, by year", "base of rates, by year, without risk"],
            Self::List => ["base of rates, list price", "base of rates, list price, without risk"],
            Self::Net => ["base of rates, net price", "base of rates, net price, without risk"],
        }
    }

    /// Whether what is charged on it is a reserve on top of the others.
    fn is_reserve(self) -> bool {
        matches!(self, Self::InitialOnce | Self::Costs)
    }
}

/// When a rate is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charging {
    Once,
    Later,
    EveryYear,
}

impl ChargedOn {
    pub(super) fn charging(&self) -> Charging {
        match self {
            Self::Initial | Self::Bases { on: Basis::InitialOnce, .. } => Charging::Once,
            Self::All | Self::Bases { on: Basis::Costs, .. } => Charging::EveryYear,
            _ => Charging::Later,
        }
    }

    /// Whether it is a reserve on top of the others: contingency, where nothing else is said.
    pub(super) fn is_reserve(&self) -> bool {
        self.charging() != Charging::Later
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

/// What rates are charged on, each sum once however many rates there are.
pub(in crate::case) struct Bases<'d, 'l> {
    pub(super) setting: Setting<'d>,
    lines: &'d [Declared<'l>],
    by_id: HashMap<(Category, &'l str), &'d Declared<'l>>,
    sums: Vec<(Sum, Risk, CellId)>,
    there: HashMap<Category, There>,
}

/// How many lines of a category there are that something can be charged on.
#[derive(Debug, Clone, Copy, Default)]
struct There {
    starts: usize,
    licences: usize,
}

/// A sum that rates are charged on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sum {
    Initial,
    All,
    Category(Category, Basis),
}

impl<'d, 'l> Bases<'d, 'l> {
    pub(in crate::case) fn new(setting: Setting<'d>, lines: &'d [Declared<'l>]) -> Self {
        let by_id = lines.iter().map(|line| ((line.line.category, line.line.id.as_str()), line)).collect();
        let mut there: HashMap<Category, There> = HashMap::new();
        for line in lines {
            let of_category = there.entry(line.line.category).or_default();
            of_category.starts = of_category.starts.saturating_add(usize::from(line.starts()));
            of_category.licences = of_category.licences.saturating_add(usize::from(line.owned.is_some()));
        }
        Self { setting, lines, by_id, sums: Vec::new(), there }
    }

    fn sum(&mut self, lowering: &mut Lowering, base: Sum, risk: Risk) -> CellId {
        if let Some((.., cell)) = self.sums.iter().find(|(known, with, _)| (*known, *with) == (base, risk)) {
            return *cell;
        }
        let lines = self.lines.iter();
        let (id, subject, [with, without], sum) = match base {
            Sum::Initial => {
                let starts = lines.filter(|line| !line.is_reserve()).filter_map(|line| line.start(risk));
                let aspects = Basis::Initial.aspects();
                ("costs.charged_initial".to_owned(), "Initial costs", aspects, Expression::sum_of(starts))
            }
            Sum::All => {
                let rows = lines.filter(|line| !line.is_charged_on_all());
                let rows: Vec<Expression> = rows.map(|line| Expression::cell(line.year(risk))).collect();
                let sum = if rows.is_empty() { nothing() } else { Expression::sum_of(rows) };
                ("costs.charged_all".to_owned(), "All costs", Basis::Costs.aspects(), sum)
            }
            Sum::Category(category, basis) => {
                let lines = lines.filter(|line| line.line.category == category);
                let terms = lines.filter(|line| !(basis.is_reserve() && line.is_reserve()));
                let terms: Vec<Expression> = terms.filter_map(|line| term(line, basis, risk)).collect();
                let sum = if terms.is_empty() && basis == Basis::Costs { nothing() } else { Expression::sum_of(terms) };
                (format!("costs.{}.charged_{}", category.key(), basis.name()), category.name(), basis.aspects(), sum)
            }
        };
        let (figure, aspect) = if risk == Risk::With { ("", with) } else { ("unadjusted", without) };
        let naming = Naming::new(Id::of(self.setting.scope.id(&id), figure));
        let naming = naming.label(self.setting.scope.subject(subject), aspect).unit(Unit::Money);
        let cell = lowering.cells.formula(naming, sum);
        self.sums.push((base, risk, cell));
        cell
    }

    /// What a category comes to, the charged line left out.
    fn category(
        &mut self,
        lowering: &mut Lowering,
        declared: &Declared,
        (category, basis): (Category, Basis),
        risk: Risk,
    ) -> Expression {
        let sum = Expression::cell(self.sum(lowering, Sum::Category(category, basis), risk));
        // a reserve is in no base of reserves
        let is_inside = declared.line.category == category && !basis.is_reserve();
        match term(declared, basis, risk).filter(|_| is_inside) {
            Some(own) => sum - own,
            None => sum,
        }
    }

    /// The amount that a rate of a line is charged on; `None` where there is no such line.
    pub(super) fn of(
        &mut self,
        lowering: &mut Lowering,
        declared: &Declared,
        of: &ChargedOn,
        risk: Risk,
    ) -> Option<Expression> {
        match of {
            ChargedOn::Initial => Some(Expression::cell(self.sum(lowering, Sum::Initial, risk))),
            ChargedOn::All => Some(Expression::cell(self.sum(lowering, Sum::All, risk))),
            ChargedOn::Category(category) => Some(self.category(lowering, declared, (*category, Basis::Initial), risk)),
            ChargedOn::Line(category, id) => {
                let line = self.by_id.get(&(*category, id.as_str()))?;
                Some(line.start(risk).unwrap_or_else(|| Expression::number(0)))
            }
            ChargedOn::Bases { of, on } => {
                let mut terms = Vec::with_capacity(of.len());
                for base in of {
                    match base {
                        Base::Category(category) => {
                            terms.push(self.category(lowering, declared, (*category, *on), risk));
                        }
                        Base::Line(category, id) => {
                            let line = self.by_id.get(&(*category, id.as_str()));
                            terms.extend(line.and_then(|line| term(line, *on, risk)));
                        }
                    }
                }
                Some(Expression::sum_of(terms))
            }
        }
    }

    pub(super) fn check(&self, lowering: &mut Lowering, declared: &Declared) {
        match declared.line.rate.as_ref().map(|rate| &rate.of) {
            Some(ChargedOn::Line(category, id)) => {
                let at = format!("{}.of", declared.figures);
                let of = format!("{}.{id}", category.key());
                let Some(base) = self.check_line(lowering, declared, (*category, id), &at) else { return };
                if base.owned.is_some() {
                    lowering.problem(at, CostError::BasisNotStated { of });
                } else if !base.starts() {
                    lowering.problem(at, CostError::NothingToCharge { of });
                }
            }
            Some(ChargedOn::Bases { of, on }) => self.check_bases(lowering, declared, of, *on),
            _ => {}
        }
    }

    fn check_bases(&self, lowering: &mut Lowering, declared: &Declared, of: &[Base], on: Basis) {
        let categories = of.iter().filter_map(|base| match base {
            Base::Category(category) => Some(*category),
            Base::Line(..) => None,
        });
        let categories: HashSet<Category> = categories.collect();
        let mut charged = HashSet::new();
        for (position, base) in of.iter().enumerate() {
            let at = match of {
                [_] => format!("{}.of", declared.figures),
                _ => format!("{}.of.{position}", declared.figures),
            };
            let (written, is_inside, there) = match base {
                Base::Line(category, id) => {
                    let Some(line) = self.check_line(lowering, declared, (*category, id), &at) else { continue };
                    let there =
                        There { starts: usize::from(line.starts()), licences: usize::from(line.owned.is_some()) };
                    (format!("{}.{id}", category.key()), categories.contains(category), there)
                }
                Base::Category(category) => {
                    let mut there = self.there.get(category).copied().unwrap_or_default();
                    if declared.line.category == *category {
                        there.starts = there.starts.saturating_sub(usize::from(declared.starts()));
                        there.licences = there.licences.saturating_sub(usize::from(declared.owned.is_some()));
                    }
                    (category.key().to_owned(), false, there)
                }
            };
            if is_inside || !charged.insert(base) {
                lowering.problem(&*at, CostError::BaseTwice { of: written.clone() });
            }
            match on {
                Basis::List | Basis::Net if there.licences == 0 => {
                    lowering.problem(at, CostError::NoLicence { of: written });
                }
                Basis::Initial | Basis::InitialOnce if there.starts == 0 => {
                    lowering.problem(at, CostError::NothingToCharge { of: written });
                }
                _ => {}
            }
        }
    }

    /// The line of a base, where there is one other than the charged line itself.
    fn check_line(
        &self,
        lowering: &mut Lowering,
        declared: &Declared,
        (category, id): (Category, &str),
        at: &str,
    ) -> Option<&'d Declared<'l>> {
        let line = declared.line;
        let found = self.by_id.get(&(category, id)).copied();
        if (category, id) == (line.category, line.id.as_str()) {
            lowering.problem(at, CostError::ChargedOnItself { id: id.to_owned() });
            return None;
        }
        if found.is_none() {
            let of = format!("{}.{id}", category.key());
            let known: Vec<String> =
                self.by_id.keys().map(|(category, id)| format!("{}.{id}", category.key())).collect();
            let nearest = lowering.nearest(&of, known.iter().map(String::as_str));
            lowering.problem(at, CostError::UnknownBase { of, nearest });
        }
        found
    }
}

/// What counts of a line.
fn term(line: &Declared, basis: Basis, risk: Risk) -> Option<Expression> {
    match basis {
        Basis::Initial | Basis::InitialOnce => line.start(risk),
        Basis::Costs => Some(Expression::cell(line.year(risk))),
        Basis::List => Some(Expression::cell(line.owned?.list(risk))),
        Basis::Net => Some(Expression::cell(line.owned?.net(risk))),
    }
}

/// Zero in each year.
fn nothing() -> Expression {
    Expression::call(Function::Flow, [Expression::number(0), Expression::number(0)])
}

/// What licences cost as maintenance is charged on it, in each year 1..n.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owned {
    pub(super) kind: LicenceKind,
    pub(super) list: [CellId; 2],
    pub(super) net: [CellId; 2],
}

impl Owned {
    fn list(&self, risk: Risk) -> CellId {
        of_risk(self.list, risk)
    }

    fn net(&self, risk: Risk) -> CellId {
        of_risk(self.net, risk)
    }
}

fn of_risk([with, without]: [CellId; 2], risk: Risk) -> CellId {
    match risk {
        Risk::With => with,
        Risk::Without => without,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::Figures;
    use crate::case::CostLine;
    use crate::case::cost_line::testing::{draft, mistakes, row};
    use rust_decimal::{Decimal, dec};

    fn rate(id: &str, of: Vec<Base>, on: Basis) -> CostLine {
        let rate = Rate { rate: dec!(0.1).into(), of: ChargedOn::Bases { of, on } };
        CostLine { rate: Some(rate), ..CostLine::new(Category::Other, id) }
    }

    fn lines() -> Vec<CostLine> {
        let cost = |category, id: &str, initial: i64, annual: i64| CostLine {
            initial: Some(initial.into()),
            annual: Some(annual.into()),
            ..CostLine::new(category, id)
        };
        vec![
            CostLine { risk: Some(dec!(0.5).into()), ..cost(Category::Hardware, "server", 100, 10) },
            cost(Category::Hardware, "tablets", 50, 0),
            cost(Category::Staff, "team", 30, 20),
        ]
    }

    #[test]
    fn several_bases_are_charged_together() {
        let both = || vec![Base::Line(Category::Hardware, "server".to_owned()), Base::Category(Category::Staff)];
        let mut lines = lines();
        lines.push(rate("later", both(), Basis::Initial));
        lines.push(rate("once", both(), Basis::InitialOnce));
        lines.push(rate("each_year", both(), Basis::Costs));
        let figures = Figures::of(draft(lines));
        assert_eq!(row(&figures, "costs.other.later"), [0, 18, 18, 18].map(Decimal::from));
        assert_eq!(row(&figures, "costs.other.once"), [18, 0, 0, 0].map(Decimal::from));
        assert_eq!(row(&figures, "costs.other.each_year"), [dec!(18), dec!(3.5), dec!(3.5), dec!(3.5)]);
        assert_eq!(row(&figures, "costs.other.each_year.unadjusted"), [13, 3, 3, 3].map(Decimal::from));
        // what is charged once or in each year is contingency, maintenance is not
        assert_eq!(figures.get("costs.contingency.nominal"), dec!(46.5));
    }

    #[test]
    fn mistakes_are_placed() {
        let mut lines = lines();
        let server = || Base::Line(Category::Hardware, "server".to_owned());
        lines.push(rate("twice", vec![Base::Category(Category::Hardware), server()], Basis::Costs));
        lines.push(rate("unlicensed", vec![server()], Basis::Net));
        lines.push(rate("nothing", vec![Base::Category(Category::Telecom)], Basis::Initial));
        assert_eq!(
            mistakes(lines),
            [
                "costs.other.twice.of.1: `hardware.server` is charged twice",
                "costs.other.unlicensed.of: `hardware.server` has no licences whose price a rate could be charged on",
                "costs.other.nothing.of: `telecom` costs nothing in year 0 that a rate could be charged on",
            ]
        );
    }
}
