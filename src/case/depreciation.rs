//! Depreciation: how what is bought is charged to the years of its use.

use crate::amount::{Amount, Lowering, year};
use crate::model::{AxisId, Binary, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// How what a line buys is charged to the years of its use: what it costs in year 0, its replacements, perpetual licences
/// that come later, and what arises once in a later year.
///
/// **Formula**: with the cost C, the residual value S and the book value B(t), the charge in year t <= life after the purchase
/// is
///
/// | method | charge |
/// |---|---|
/// | straight line | `(C - S) / life` |
/// | declining balance | `max(B(t-1) x factor / life, (B(t-1) - S) / (life - t + 1))`, never below S |
/// | sum of years' digits | `(C - S) x (life + 1 - t) / (1 + 2 + … + life)` |
/// | units of production | `(C - S) x units(t) / units in all` |
/// | table | `(C - S) x share(t)` |
///
/// and that of a calendar year is the sum over all purchases before it. What is replaced before it is written off is charged
/// in full in the year of its replacement.
///
/// **Units**: `residual` is a fraction of the cost.
///
/// ```
/// use appraise::case::{Category, CostLine, Depreciation, DepreciationMethod, Plan};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let depreciation = Depreciation { residual: Some(dec!(0.1).into()), ..DepreciationMethod::StraightLine { life: 3 }.into() };
/// let server = CostLine { initial: Some(9_000.into()), depreciation: Some(depreciation), ..CostLine::new(Category::Hardware, "server") };
/// let plan = Plan { costs: Some(vec![server]), ..Plan::default() };
/// let appraisal = Appraisal::new(Draft { plan, ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("costs.hardware.server.depreciation.3"), Some(Ok(dec!(2_700))));
/// assert_eq!(appraisal.base().figure("costs.hardware.server.book_value.3"), Some(Ok(dec!(900))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Depreciation {
    /// How it is spread.
    pub method: DepreciationMethod,
    /// What it is worth at the end, as a fraction of its cost; nothing where nothing is said.
    pub residual: Option<Amount>,
}

impl From<DepreciationMethod> for Depreciation {
    fn from(method: DepreciationMethod) -> Self {
        Self { method, residual: None }
    }
}

/// How a cost is spread over the years of use.
#[derive(Debug, Clone, PartialEq)]
pub enum DepreciationMethod {
    /// The same charge in each year.
    StraightLine {
        /// Over how many years.
        life: u32,
    },
    /// A part of what is left, until spreading the rest evenly charges more. Double declining balance has the factor 2.
    DecliningBalance {
        /// Over how many years.
        life: u32,
        /// How many times the rate of the straight line is charged.
        factor: Decimal,
    },
    /// Charges that fall evenly.
    SumOfYearsDigits {
        /// Over how many years.
        life: u32,
    },
    /// By use: so many units in each of its years of use.
    UnitsOfProduction(Vec<Decimal>),
    /// By a table of parts, one for each of its years of use, as tax law prescribes them.
    Table(Vec<Decimal>),
}

/// What can be wrong with a depreciation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DepreciationError {
    /// Something that is used up at once, or not in anybody's lifetime.
    #[error("something is used for 1 to 100 years, not for {life}")]
    Life {
        /// The years as written.
        life: u32,
    },
    /// A factor that charges less than the straight line, or next to everything at once.
    #[error("a factor of {factor} does not lie between 1 and 10")]
    Factor {
        /// The factor as written.
        factor: Decimal,
    },
    /// No entry at all.
    #[error("the list is empty")]
    Empty,
    /// Units that are all 0.
    #[error("the units sum to 0, so nothing is ever used up")]
    NothingUsed,
    /// More entries than years that can be looked at.
    #[error("the list has {found} entries, more than 100 years")]
    TooLong {
        /// How many entries it has.
        found: usize,
    },
    /// Parts that do not make a whole.
    #[error("the shares of the table sum to {}", crate::amount::percent(.sum))]
    Sum {
        /// Their sum.
        sum: Decimal,
    },
    /// A negative number of units or share.
    #[error("{value} is negative")]
    Negative {
        /// The value as written.
        value: Decimal,
    },
    /// Nothing to spread.
    #[error("`{id}` buys nothing that could be depreciated")]
    NothingToSpread {
        /// The line.
        id: String,
    },
    /// Things of different lives under one.
    #[error("`{id}` is replaced, and buys other things that are not")]
    ReplacedAndBought {
        /// The line.
        id: String,
    },
}

impl DepreciationError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Life { .. } => "write the years of use, as in `life: 5`".to_owned(),
            Self::Factor { .. } => "write `factor: 2` for double declining balance".to_owned(),
            Self::Empty | Self::TooLong { .. } => "write one entry for each year of use".to_owned(),
            Self::NothingUsed => "write what is used in each year, as in `units: [300, 500, 200]`".to_owned(),
            Self::Sum { .. } => "let the shares sum to 100 %".to_owned(),
            Self::Negative { .. } => "leave the minus sign out".to_owned(),
            Self::NothingToSpread { .. } => "add `initial:`, or remove `depreciation:`".to_owned(),
            Self::ReplacedAndBought { .. } => {
                "move the licence or the one-off cost to a line of its own, with a depreciation of its own".to_owned()
            }
        })
    }
}

impl DepreciationMethod {
    /// Over how many years a purchase is charged.
    fn life(&self) -> Option<u32> {
        match self {
            Self::StraightLine { life } | Self::DecliningBalance { life, .. } | Self::SumOfYearsDigits { life } => {
                Some(*life)
            }
            Self::UnitsOfProduction(list) | Self::Table(list) => u32::try_from(list.len()).ok(),
        }
    }
}

impl Depreciation {
    fn check(&self, lowering: &mut Lowering, at: &str) -> bool {
        let before = lowering.problems.len();
        let mut life_is = |life: u32| {
            if !(1..=100).contains(&life) {
                lowering.problem(format!("{at}.life"), DepreciationError::Life { life });
            }
        };
        match &self.method {
            DepreciationMethod::StraightLine { life } | DepreciationMethod::SumOfYearsDigits { life } => life_is(*life),
            DepreciationMethod::DecliningBalance { life, factor } => {
                life_is(*life);
                if !(Decimal::ONE..=Decimal::TEN).contains(factor) {
                    lowering.problem(format!("{at}.factor"), DepreciationError::Factor { factor: *factor });
                }
            }
            DepreciationMethod::UnitsOfProduction(list) | DepreciationMethod::Table(list) => {
                let key = if matches!(self.method, DepreciationMethod::Table(_)) { "shares" } else { "units" };
                let at = format!("{at}.{key}");
                let sum =
                    list.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value)).unwrap_or(Decimal::MAX);
                if let Some(value) = list.iter().find(|value| **value < Decimal::ZERO) {
                    lowering.problem(at, DepreciationError::Negative { value: *value });
                } else if list.is_empty() {
                    lowering.problem(at, DepreciationError::Empty);
                } else if sum.is_zero() && key == "units" {
                    lowering.problem(at, DepreciationError::NothingUsed);
                } else if list.len() > 100 {
                    lowering.problem(at, DepreciationError::TooLong { found: list.len() });
                } else if let Some(value) = list.iter().find(|value| **value > crate::LARGEST) {
                    lowering.problem(at, crate::amount::AmountError::TooLarge { value: *value });
                } else if key == "shares" && sum != Decimal::ONE {
                    lowering.problem(at, DepreciationError::Sum { sum });
                }
            }
        }
        lowering.problems.len() == before
    }
}

/// What is bought and depreciated.
#[derive(Clone, Copy)]
pub(super) struct Capitalised {
    /// In each of the years 0 to n.
    pub(super) row: CellId,
    /// Whether anything is, after year 0.
    pub(super) is_later: bool,
    /// The years after which each purchase gives way to the next.
    pub(super) replaced: Option<u32>,
}

impl Capitalised {
    /// Nothing is bought after year 0.
    pub(super) fn at_once(row: CellId) -> Self {
        Self { row, is_later: false, replaced: None }
    }
}

/// What a line buys, and what of it is charged in each year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DepreciationCells {
    pub(crate) capitalised: CellId,
    pub(crate) charges: CellId,
    /// What is charged of the purchase of year 0 alone.
    pub(crate) of_first: CellId,
}

/// How a purchase is spread over the years after it: `cost x (1 - residual) x part / whole` of each.
struct Spread {
    /// What is left of the cost, where the parts do not stop there by themselves.
    residual: Option<CellId>,
    /// A row whose entry k is the part of the k-th year of use; over the timeline, 0 in the year of the purchase.
    parts: CellId,
    whole: Decimal,
}

impl Spread {
    /// What is charged in each year of purchases in each year.
    fn charged(&self, bought: Expression) -> Expression {
        self.of(bought, |base| Expression::call(Function::Layered, [base, Expression::cell(self.parts)]))
    }

    /// What is charged of a purchase in all, as a share of its cost.
    fn charged_in_all(&self) -> Expression {
        self.of(Expression::call(Function::Sum, [Expression::cell(self.parts)]), |parts| parts)
    }

    fn of(&self, base: Expression, layers: impl Fn(Expression) -> Expression) -> Expression {
        let base = match self.residual {
            Some(share) => base * (Expression::number(1) - Expression::cell(share)),
            None => base,
        };
        if self.whole == Decimal::ONE { layers(base) } else { layers(base) / Expression::number(self.whole) }
    }
}

/// Whose figures they are: what their ids begin with, and what readers see.
type Names<'n> = (&'n Arc<str>, &'n Arc<str>);

fn naming((figures, subject): Names, figure: &'static str, aspect: &'static str, unit: Unit) -> Naming {
    Naming::new(Id::of(Arc::clone(figures), figure)).label(Arc::clone(subject), aspect).unit(unit)
}

/// Defines the charges and book values of what is bought.
pub(super) fn define(
    lowering: &mut Lowering,
    names: Names,
    depreciation: &Depreciation,
    bought: Capitalised,
) -> Option<DepreciationCells> {
    let at = format!("{}.depreciation", names.0);
    if !depreciation.check(lowering, &at) {
        return None;
    }
    let residual = depreciation.residual.as_ref().map(|amount| {
        let source = Id::of(at.as_str(), "residual");
        let naming = naming(names, "residual_share", "residual value, as a share of cost", Unit::Share);
        let cell = lowering.amount(naming.source(source), amount);
        lowering.keep_share(cell, amount);
        lowering.cells.require_single(cell);
        cell
    });
    let Capitalised { row: capitalised, is_later, replaced } = bought;
    let spread = define_spread(lowering, names, &depreciation.method, (residual, replaced));
    let retired = define_retired(lowering, names, depreciation, &spread, (residual, replaced));
    let charges_of = |lowering: &mut Lowering, (figure, aspect), (gone, gone_aspect), bought: CellId| {
        let charges = spread.charged(Expression::cell(bought));
        let charges = match retired {
            Some((share, every)) => {
                let then = Expression::call(Function::Delay, [Expression::cell(bought), Expression::number(every)]);
                let naming = naming(names, gone, gone_aspect, Unit::Money);
                charges + Expression::cell(lowering.cells.formula(naming, then * Expression::cell(share)))
            }
            None => charges,
        };
        lowering.cells.formula(naming(names, figure, aspect, Unit::Money), charges)
    };
    let gone = ("retired", "book value of what is replaced");
    let charges = charges_of(lowering, ("depreciation", "depreciation"), gone, capitalised);
    let of_first = if is_later {
        let first = Expression::call(Function::Flow, [Expression::entry(capitalised, 0), Expression::number(0)]);
        let naming = naming(names, "capitalised_first", "what is bought in year 0 and depreciated", Unit::Money);
        let first = lowering.cells.formula(naming, first);
        let gone = ("retired_first", "book value of the first purchase as it is replaced");
        charges_of(lowering, ("depreciation_of_first", "depreciation of the first purchase"), gone, first)
    } else {
        charges
    };
    let running = |row| Expression::call(Function::Cumulate, [Expression::cell(row)]);
    let book = naming(names, "book_value", "book value at the end of the year", Unit::Money);
    lowering.cells.formula(book, running(capitalised) - running(charges));
    Some(DepreciationCells { capitalised, charges, of_first })
}

/// What stands in the books of something as it is replaced, as a share of its cost, and after how many years that is; `None`
/// where that never is, or nothing is left.
fn define_retired(
    lowering: &mut Lowering,
    names: Names,
    depreciation: &Depreciation,
    spread: &Spread,
    (residual, replaced): (Option<CellId>, Option<u32>),
) -> Option<(CellId, u32)> {
    let every = replaced.filter(|every| *every <= lowering.years)?;
    let is_something_left = residual.is_some() || depreciation.method.life().is_some_and(|life| life > every);
    is_something_left.then(|| {
        let aspect = "book value of what is replaced, as a share of its cost";
        let left = Expression::number(1) - spread.charged_in_all();
        (lowering.cells.formula(naming(names, "retired_share", aspect, Unit::Share), left), every)
    })
}

fn define_spread(
    lowering: &mut Lowering,
    names: Names,
    method: &DepreciationMethod,
    (residual, replaced): (Option<CellId>, Option<u32>),
) -> Spread {
    let last = replaced.unwrap_or(u32::MAX);
    let parts = "parts of the depreciation, by year of use";
    let parts = |unit| naming(names, "depreciation_parts", parts, unit);
    let over = |life: u32, part: Expression, lowering: &mut Lowering| {
        let within = year(lowering.names).binary(Binary::LessOrEqual, Expression::number(life.min(last)));
        let later = Expression::choose(within, part, Expression::number(0));
        let row = Expression::call(Function::Flow, [Expression::number(0), later]);
        lowering.cells.formula(parts(Unit::Number), row)
    };
    let listed = |list: &[Decimal], unit, lowering: &mut Lowering| {
        let later = list.iter().copied().take(usize::try_from(last).unwrap_or(usize::MAX));
        let row = [Decimal::ZERO].into_iter().chain(later).chain(std::iter::repeat(Decimal::ZERO)).map(Some);
        let entries = usize::try_from(lowering.years).unwrap_or(usize::MAX).saturating_add(1);
        let naming = parts(unit).source(format!("{}.depreciation", names.0));
        lowering.cells.input(naming, Shape::Row(AxisId::TIMELINE), row.take(entries))
    };
    match method {
        DepreciationMethod::StraightLine { life } => {
            Spread { residual, parts: over(*life, Expression::number(1), lowering), whole: Decimal::from(*life) }
        }
        DepreciationMethod::SumOfYearsDigits { life } => {
            let digits = u64::from(*life).saturating_mul(u64::from(*life).saturating_add(1)) / 2;
            let still = Expression::number(life.saturating_add(1)) - year(lowering.names);
            Spread { residual, parts: over(*life, still, lowering), whole: Decimal::from(digits) }
        }
        DepreciationMethod::Table(shares) => {
            Spread { residual, parts: listed(shares, Unit::Share, lowering), whole: Decimal::ONE }
        }
        DepreciationMethod::UnitsOfProduction(units) => {
            let whole = units.iter().fold(Decimal::ZERO, |sum, units| sum.saturating_add(*units));
            Spread { residual, parts: listed(units, Unit::Number, lowering), whole }
        }
        DepreciationMethod::DecliningBalance { life, factor } => {
            let charges = declining(lowering, names, (*life, *factor), residual);
            let charges = charges.into_iter().zip(1..=lowering.years);
            let charges = charges.map(|(charge, age)| if age <= last { charge } else { Expression::number(0) });
            let row = Expression::row(AxisId::TIMELINE, [Expression::number(0)].into_iter().chain(charges));
            // it stops at the residual value by itself
            Spread { residual: None, parts: lowering.cells.formula(parts(Unit::Share), row), whole: Decimal::ONE }
        }
    }
}

/// The parts of the years of use. The book value of each, as a share of cost, follows from that of the year before, so each
/// is a cell of its own.
fn declining(
    lowering: &mut Lowering,
    (figures, subject): Names,
    (life, factor): (u32, Decimal),
    residual: Option<CellId>,
) -> Vec<Expression> {
    let left = || residual.map_or_else(|| Expression::number(0), Expression::cell);
    let aspect = "book value of a declining balance, as a share of cost";
    let mut book = |year: u32, worth: Expression| {
        let naming = Naming::new(format!("{figures}.declining_balance.{year}"));
        let naming = naming.label(format!("{subject}, {year}"), aspect).unit(Unit::Share);
        lowering.cells.formula(naming, worth)
    };
    let mut before = book(0, Expression::number(1));
    let mut charges = Vec::new();
    for year in 1..=life.min(lowering.years) {
        let after = life.saturating_sub(year);
        let was = || Expression::cell(before);
        let declining = was() * Expression::number(factor) / Expression::number(life);
        let rest = (was() - left()) / Expression::number(after.saturating_add(1));
        let charge = Expression::call(Function::Max, [declining, rest]);
        let now = book(year, Expression::call(Function::Max, [was() - charge, left()]));
        charges.push(was() - Expression::cell(now));
        before = now;
    }
    charges.resize_with(usize::try_from(lowering.years).unwrap_or(usize::MAX), || Expression::number(0));
    charges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Category, CostLine, Plan, Replacement};
    use crate::{Amount, Draft, Horizon};
    use rust_decimal::dec;

    fn draft(cost: i64, years: u32, depreciation: Depreciation) -> Draft {
        let line = CostLine {
            initial: Some(cost.into()),
            depreciation: Some(depreciation),
            ..CostLine::new(Category::Hardware, "server")
        };
        Draft {
            horizon: Horizon { first_year: None, years },
            plan: Plan { costs: Some(vec![line]), ..Plan::default() },
            ..Draft::default()
        }
    }

    fn charges<const N: usize>(cost: i64, residual: Decimal, method: DepreciationMethod) -> [Decimal; N] {
        let years = u32::try_from(N).unwrap();
        let figures = Figures::of(draft(cost, years, Depreciation { method, residual: Some(residual.into()) }));
        let charges: Vec<Decimal> =
            (1..=years).map(|year| figures.get(&format!("costs.hardware.server.depreciation.{year}"))).collect();
        let left = figures.get(&format!("costs.hardware.server.book_value.{years}"));
        assert_eq!(charges.iter().chain([&left]).sum::<Decimal>(), Decimal::from(cost));
        charges.try_into().unwrap()
    }

    #[test]
    fn every_method_by_hand() {
        use DepreciationMethod as By;
        assert_eq!(
            charges(9_000, dec!(0.1), By::StraightLine { life: 3 }),
            [2_700, 2_700, 2_700, 0].map(Decimal::from)
        );
        assert_eq!(charges(9_000, dec!(0), By::StraightLine { life: 4 }), [dec!(2_250), dec!(2_250)]);
        assert_eq!(charges(6_000, dec!(0), By::SumOfYearsDigits { life: 3 }), [3_000, 2_000, 1_000].map(Decimal::from));
        // 40 % of what is left, until the straight line over the rest charges more: 10,000 6,000 3,600 2,160 1,080 0
        let declining = By::DecliningBalance { life: 5, factor: dec!(2) };
        assert_eq!(charges(10_000, dec!(0), declining.clone()), [4_000, 2_400, 1_440, 1_080, 1_080].map(Decimal::from));
        // the residual value of 3,000 is not undercut
        assert_eq!(charges(10_000, dec!(0.3), declining), [4_000, 2_400, 600, 0, 0].map(Decimal::from));
        let units = By::UnitsOfProduction([3, 1, 4].map(Decimal::from).into());
        assert_eq!(charges(8_000, dec!(0), units), [3_000, 1_000, 4_000].map(Decimal::from));
        // property of three years by the tables of the American tax law (MACRS, half-year convention)
        let table = By::Table(vec![dec!(0.3333), dec!(0.4445), dec!(0.1481), dec!(0.0741)]);
        assert_eq!(charges(10_000, dec!(0), table), [3_333, 4_445, 1_481, 741].map(Decimal::from));
    }

    fn row<const N: usize>(figures: &Figures, figure: &str) -> [Decimal; N] {
        let years: Vec<Decimal> =
            (0..N).map(|year| figures.get(&format!("costs.hardware.server.{figure}.{year}")).normalize()).collect();
        years.try_into().unwrap()
    }

    /// 900 every two years, at a price that falls by a third: 900, 400.
    fn replaced(depreciation: Depreciation, years: u32) -> Draft {
        let mut draft = draft(900, years, depreciation);
        for line in draft.plan.costs.iter_mut().flatten() {
            let price_change = Some(Amount::formula("= sqrt_of_4_9 - 1").unwrap());
            line.replacement = Some(Replacement { every: Some(2), price_change, residual: None });
        }
        draft.assumptions.push(crate::Assumption::new("sqrt_of_4_9", Amount::formula("= 2 / 3").unwrap()));
        draft
    }

    #[test]
    fn replacements_are_depreciated_as_what_they_replace() {
        use DepreciationMethod as By;
        let figures = Figures::of(replaced(By::StraightLine { life: 2 }.into(), 4));
        let rounded = |figure| row::<5>(&figures, figure).map(|value| value.round_dp(9).normalize());
        assert_eq!(rounded("capitalised"), [900, 0, 400, 0, 0].map(Decimal::from));
        assert_eq!(rounded("depreciation"), [0, 450, 450, 200, 200].map(Decimal::from));
        assert_eq!(rounded("book_value"), [900, 450, 400, 200, 0].map(Decimal::from));
        // over four years: what is replaced after two is written off then
        for (method, charges, share) in [
            (By::StraightLine { life: 4 }, [0, 225, 675, 100, 300], dec!(0.5)),
            (By::SumOfYearsDigits { life: 4 }, [0, 360, 540, 160, 240], dec!(0.3)),
            (By::Table(vec![dec!(0.5), dec!(0.25), dec!(0.25)]), [0, 450, 450, 200, 200], dec!(0.25)),
            (By::UnitsOfProduction([1, 1, 1].map(Decimal::from).into()), [0, 300, 600, 133, 267], dec!(1) / dec!(3)),
            (By::DecliningBalance { life: 4, factor: dec!(2) }, [0, 450, 450, 200, 200], dec!(0.25)),
        ] {
            let figures = Figures::of(replaced(method.clone().into(), 4));
            let found = row::<5>(&figures, "depreciation").map(|charge| charge.round().normalize());
            assert_eq!(found, charges.map(Decimal::from), "{method:?}");
            assert_eq!(row::<5>(&figures, "book_value")[4].round_dp(20), dec!(0), "{method:?}");
            let left = figures.get("costs.hardware.server.retired_share");
            assert_eq!(left.round_dp(20), share.round_dp(20), "{method:?}");
        }
        // nobody buys what is left of it: a residual value in the books is written off as well
        let method = By::StraightLine { life: 2 };
        let figures = Figures::of(replaced(Depreciation { method, residual: Some(dec!(0.2).into()) }, 3));
        let charges = row::<4>(&figures, "depreciation").map(|charge| charge.round_dp(9).normalize());
        assert_eq!(charges, [0, 360, 540, 160].map(Decimal::from));
    }

    #[test]
    fn perpetual_licences_are_depreciated_from_the_year_they_are_bought() {
        let seats = Amount::PerYear([10, 10, 16, 16].map(Decimal::from).into());
        let licence = crate::case::Licence {
            initial: Some(10.into()),
            ..crate::case::Licence::new(crate::case::LicenceKind::Perpetual, seats, 30)
        };
        let stated = DepreciationMethod::StraightLine { life: 3 };
        let mut draft = draft(0, 4, stated.into());
        for line in draft.plan.costs.iter_mut().flatten() {
            (line.initial, line.licence) = (None, Some(licence.clone()));
            line.risk = Some(dec!(0.5).into());
        }
        let figures = Figures::of(draft);
        // 300 and 180, with a risk of half
        assert_eq!(row(&figures, "capitalised"), [450, 0, 0, 270, 0].map(Decimal::from));
        assert_eq!(row(&figures, "depreciation"), [0, 150, 150, 150, 90].map(Decimal::from));
        assert_eq!(row(&figures, "depreciation_of_first"), [0, 150, 150, 150, 0].map(Decimal::from));
        assert_eq!(row(&figures, "book_value"), [450, 300, 150, 270, 180].map(Decimal::from));
    }

    #[test]
    fn what_is_bought_once_is_depreciated_and_what_leaving_costs_is_not() {
        use crate::case::{InYear, OneOff};
        let once = |when| {
            let mut draft = draft(100, 3, DepreciationMethod::StraightLine { life: 2 }.into());
            for line in draft.plan.costs.iter_mut().flatten() {
                line.once = Some(OneOff { amount: 40.into(), when });
            }
            Figures::of(draft)
        };
        assert_eq!(row(&once(InYear::Year(1)), "depreciation"), [0, 50, 70, 20].map(Decimal::from));
        assert_eq!(row(&once(InYear::Year(0)), "depreciation"), [0, 70, 70, 0].map(Decimal::from));
        assert_eq!(row(&once(InYear::End), "depreciation"), [0, 50, 50, 0].map(Decimal::from));
    }

    #[test]
    fn mistakes_are_placed() {
        use DepreciationMethod as By;
        let of = |method: By| problems(draft(100, 2, method.into())).join(" ");
        let at = "costs.hardware.server.depreciation";
        assert_eq!(
            of(By::StraightLine { life: 0 }),
            format!("{at}.life: something is used for 1 to 100 years, not for 0")
        );
        assert_eq!(
            of(By::DecliningBalance { life: 3, factor: dec!(14) }),
            format!("{at}.factor: a factor of 14 does not lie between 1 and 10")
        );
        assert_eq!(of(By::Table(vec![dec!(0.5)])), format!("{at}.shares: the shares of the table sum to 50 %"));
        assert_eq!(of(By::UnitsOfProduction(vec![])), format!("{at}.units: the list is empty"));
        assert_eq!(of(By::UnitsOfProduction(vec![dec!(-1)])), format!("{at}.units: -1 is negative"));
        let nothing = CostLine {
            annual: Some(5.into()),
            depreciation: Some(By::StraightLine { life: 2 }.into()),
            ..CostLine::new(Category::Hardware, "rent")
        };
        let both = CostLine {
            initial: Some(5.into()),
            replacement: Some(Replacement { every: Some(1), ..Replacement::default() }),
            once: Some(crate::case::OneOff { amount: 1.into(), when: crate::case::InYear::Year(1) }),
            depreciation: Some(By::StraightLine { life: 2 }.into()),
            ..CostLine::new(Category::Hardware, "both")
        };
        let plan = Plan { costs: Some(vec![nothing, both]), ..Plan::default() };
        assert_eq!(
            problems(Draft { plan, ..Draft::default() }),
            [
                "costs.hardware.rent.depreciation: `rent` buys nothing that could be depreciated",
                "costs.hardware.both.depreciation: `both` is replaced, and buys other things that are not",
            ]
        );
    }
}
