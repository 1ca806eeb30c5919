//! Depreciation: how the cost of year 0 is charged to the years of its use.

use crate::amount::{Amount, Lowering, year};
use crate::model::{AxisId, Binary, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// How what a line costs in year 0 is charged to the years of its use.
///
/// **Formula**: with the cost C, the residual value S and the book value B(t), the charge of year t <= life is
///
/// | method | charge |
/// |---|---|
/// | straight line | `(C - S) / life` |
/// | declining balance | `max(B(t-1) x factor / life, (B(t-1) - S) / (life - t + 1))`, never below S |
/// | sum of years' digits | `(C - S) x (life + 1 - t) / (1 + 2 + … + life)` |
/// | units of production | `(C - S) x units(t) / units in all` |
/// | table | `(C - S) x share(t)` |
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
    /// By use: so many units in each of the years 1, 2, …
    UnitsOfProduction(Vec<Decimal>),
    /// By a table of parts, one for each of the years 1, 2, …, as tax law prescribes them.
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
    #[error("`{id}` costs nothing in year 0 that could be depreciated")]
    NothingToSpread {
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
            Self::Sum { .. } => "let the shares sum to 100 %".to_owned(),
            Self::Negative { .. } => "leave the minus sign out".to_owned(),
            Self::NothingToSpread { .. } => "add `initial:`, or remove `depreciation:`".to_owned(),
        })
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
                } else if list.is_empty() || sum.is_zero() {
                    lowering.problem(at, DepreciationError::Empty);
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

/// Defines the charges and book values of a line, whose row is `year`; gives the charges.
pub(super) fn define(
    lowering: &mut Lowering,
    (figures, subject): (&Arc<str>, &Arc<str>),
    depreciation: &Depreciation,
    year_row: CellId,
) -> Option<CellId> {
    let at = format!("{figures}.depreciation");
    if !depreciation.check(lowering, &at) {
        return None;
    }
    let naming = |figure, aspect, unit| {
        Naming::new(Id::of(Arc::clone(figures), figure)).label(Arc::clone(subject), aspect).unit(unit)
    };
    let cost = || Expression::entry(year_row, 0);
    let residual = depreciation.residual.as_ref().map(|amount| {
        let source = Id::of(at.as_str(), "residual");
        lowering.refuse_not_a_share(&source, amount);
        let naming = naming("residual_share", "residual value, as a share of cost", Unit::Share);
        let cell = lowering.amount(naming.source(source), amount);
        lowering.cells.require_single(cell);
        cell
    });
    let left = |lowering: &mut Lowering| {
        let worth = residual.map_or_else(|| Expression::number(0), |share| cost() * Expression::cell(share));
        lowering.cells.formula(naming("residual_value", "residual value", Unit::Money), worth)
    };
    let left = left(lowering);
    let spread = || cost() - Expression::cell(left);
    let over = |life: u32, lowering: &Lowering, charge: Expression| {
        let within = year(lowering.names).binary(Binary::LessOrEqual, Expression::number(life));
        Expression::choose(within, charge, Expression::number(0))
    };
    let stated = |list: &[Decimal], figure, aspect, lowering: &mut Lowering| {
        let years = usize::try_from(lowering.years).unwrap_or(usize::MAX);
        let row = list.iter().copied().map(Some).chain(std::iter::repeat(Some(Decimal::ZERO))).take(years);
        let naming = naming(figure, aspect, Unit::Number).source(at.as_str());
        Expression::cell(lowering.cells.input(naming, Shape::Row(AxisId::YEARS), row))
    };
    let charge = match &depreciation.method {
        DepreciationMethod::StraightLine { life } => over(*life, lowering, spread() / Expression::number(*life)),
        DepreciationMethod::SumOfYearsDigits { life } => {
            let digits = u64::from(*life).saturating_mul(u64::from(*life).saturating_add(1)) / 2;
            let still = Expression::number(life.saturating_add(1)) - year(lowering.names);
            over(*life, lowering, spread() * still / Expression::number(digits))
        }
        DepreciationMethod::Table(shares) => {
            spread() * stated(shares, "depreciation_shares", "shares of the depreciation", lowering)
        }
        DepreciationMethod::UnitsOfProduction(units) => {
            let all: Decimal = units.iter().fold(Decimal::ZERO, |sum, units| sum.saturating_add(*units));
            spread() * stated(units, "depreciation_units", "units of use", lowering) / Expression::number(all)
        }
        DepreciationMethod::DecliningBalance { life, factor } => {
            return Some(declining(lowering, (figures, subject), (*life, *factor), (cost(), left)));
        }
    };
    let charge = Expression::call(Function::Flow, [Expression::number(0), charge]);
    let charge = lowering.cells.formula(naming("depreciation", "depreciation", Unit::Money), charge);
    let book = cost() - Expression::call(Function::Cumulate, [Expression::cell(charge)]);
    lowering.cells.formula(naming("book_value", "book value at the end of the year", Unit::Money), book);
    Some(charge)
}

/// Each year's book value follows from that of the year before, so each is a cell of its own.
fn declining(
    lowering: &mut Lowering,
    (figures, subject): (&Arc<str>, &Arc<str>),
    (life, factor): (u32, Decimal),
    (cost, left): (Expression, CellId),
) -> CellId {
    let aspect = "book value of a declining balance";
    let mut book = |year: u32, worth: Expression| {
        let naming = Naming::new(format!("{figures}.declining_balance.{year}"));
        let naming = naming.label(format!("{subject}, {year}"), aspect).unit(Unit::Money);
        lowering.cells.formula(naming, worth)
    };
    let mut books = vec![book(0, cost)];
    for year in 1..=lowering.years {
        let before = || Expression::cell(books.last().copied().unwrap_or(left));
        let worth = match life.checked_sub(year) {
            None => before(),
            Some(after) => {
                let declining = before() * Expression::number(factor) / Expression::number(life);
                let rest = (before() - Expression::cell(left)) / Expression::number(after.saturating_add(1));
                let charge = Expression::call(Function::Max, [declining, rest]);
                Expression::call(Function::Max, [before() - charge, Expression::cell(left)])
            }
        };
        books.push(book(year, worth));
    }
    let naming = |figure, aspect| {
        Naming::new(Id::of(Arc::clone(figures), figure)).label(Arc::clone(subject), aspect).unit(Unit::Money)
    };
    let charges = books.iter().zip(books.iter().skip(1));
    let charges = charges.map(|(before, after)| Expression::cell(*before) - Expression::cell(*after));
    let charges = Expression::row(AxisId::TIMELINE, [Expression::number(0)].into_iter().chain(charges));
    let charge = lowering.cells.formula(naming("depreciation", "depreciation"), charges);
    let book = Expression::row(AxisId::TIMELINE, books.iter().map(|book| Expression::cell(*book)));
    lowering.cells.formula(naming("book_value", "book value at the end of the year"), book);
    charge
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Category, CostLine, Plan};
    use crate::{Draft, Horizon};
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
        let plan = Plan { costs: Some(vec![nothing]), ..Plan::default() };
        assert_eq!(
            problems(Draft { plan, ..Draft::default() }),
            ["costs.hardware.rent.depreciation: `rent` costs nothing in year 0 that could be depreciated"]
        );
    }
}
