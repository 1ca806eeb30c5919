//! Depreciation: how what is bought is charged to the years of its use.

mod error;
mod spread;
#[cfg(test)]
mod tests;

pub use error::DepreciationError;

use crate::amount::{Amount, Lowering};
use crate::kernel::DecliningRest;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use rust_decimal::Decimal;
use spread::Spread;
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
/// | declining balance | `max(B(t-1) x factor / life, (B(t-1) - S) / (life - t + 1))`, never below S; or the first of the two, and the second in the last years; or the first alone |
/// | fixed declining balance | `B(t-1) x (1 - (S / C)^(1 / life))` |
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
    /// A part of what is left, never below the residual value. Double declining balance has the factor 2.
    DecliningBalance {
        /// Over how many years.
        life: u32,
        /// How many times the rate of the straight line is charged.
        factor: Decimal,
        /// What becomes of what that leaves at the end: spread evenly as soon as that charges more, over the last years, or
        /// left.
        rest: DecliningRest,
    },
    /// The same part of what is left in each year, such that the residual value is left at the end. There must be one.
    FixedDecliningBalance {
        /// Over how many years.
        life: u32,
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

impl DepreciationMethod {
    /// Over how many years a purchase is charged.
    fn life(&self) -> Option<u32> {
        match self {
            Self::StraightLine { life }
            | Self::DecliningBalance { life, .. }
            | Self::FixedDecliningBalance { life }
            | Self::SumOfYearsDigits { life } => Some(*life),
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
            DepreciationMethod::FixedDecliningBalance { life } => {
                life_is(*life);
                let is_nothing = |amount: &Amount| amount.numbers().any(|share| share.is_zero());
                if self.residual.as_ref().is_none_or(is_nothing) {
                    lowering.problem(at, DepreciationError::NoResidual);
                }
            }
            DepreciationMethod::DecliningBalance { life, factor, rest: _ } => {
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
    let spread = spread::define(lowering, names, &depreciation.method, (residual, replaced));
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
