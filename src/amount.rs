//! Amounts as people state them: a number, one entry a year, a first amount with growth, or a formula.

use crate::bound::Bound;
use crate::calendar::{Calendar, PeriodsError, Timed};
use crate::case::{AtEnd, ExchangeCells};
use crate::idle::Idle;
use crate::model::{AxisId, Builder, CellId, Expression, Formula, Naming, Shape};
use crate::nearest::did_you_mean;
use crate::period::Period;
use crate::problem::Problem;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// An amount of money, people, shares or anything else that is counted.
///
/// ```
/// use appraise::Amount;
/// use rust_decimal::Decimal;
///
/// let price = Amount::from(960);
/// let seats = Amount::PerYear(vec![Decimal::from(120), Decimal::from(160), Decimal::from(200)]);
/// let cost = Amount::formula("= seats * seat_price").unwrap();
/// # let _ = (price, seats, cost);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// The same in every year.
    Constant(Decimal),
    /// One entry for each of the years 1 to n.
    PerYear(Vec<Decimal>),
    /// `first` in year 1, then growing by `growth` a year: `first x (1 + growth)^(year - 1)`.
    Growing {
        /// The amount of year 1.
        first: Decimal,
        /// The growth a year, as a fraction.
        growth: Decimal,
    },
    /// A value for each of some periods; in a scorecard that is followed over periods.
    PerPeriod(Vec<(Period, Decimal)>),
    /// Computed from assumptions.
    Formula(Formula),
}

impl Amount {
    /// An amount computed from assumptions.
    ///
    /// # Errors
    ///
    /// The first mistake in the text.
    pub fn formula(text: &str) -> Result<Self, crate::model::FormulaError> {
        Formula::parse(text).map(Self::Formula)
    }

    /// The amount written as a plain number, if it is one.
    pub fn as_constant(&self) -> Option<Decimal> {
        match self {
            Self::Constant(value) => Some(*value),
            _ => None,
        }
    }

    /// The numbers written in it, formulas left out.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = Decimal> + '_ {
        let (one, many): (Option<Decimal>, &[Decimal]) = match self {
            Self::Constant(value) => (Some(*value), &[]),
            Self::Growing { first, .. } => (Some(*first), &[]),
            Self::PerYear(values) => (None, values),
            Self::PerPeriod(_) | Self::Formula(_) => (None, &[]),
        };
        one.into_iter().chain(many.iter().copied())
    }
}

impl<T: Into<Decimal>> From<T> for Amount {
    fn from(value: T) -> Self {
        Self::Constant(value.into())
    }
}

/// A fraction as a message shows it.
pub(crate) fn percent(fraction: &Decimal) -> String {
    let percent = fraction.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(*fraction);
    format!("{} %", percent.round_dp(4).normalize())
}

/// What can be wrong with an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AmountError {
    /// A list that does not have one entry a year.
    #[error("the list has {found} entries for {years} years")]
    Length {
        /// How many entries it has.
        found: usize,
        /// How many years there are.
        years: u32,
    },
    /// A name that no assumption and no indicator has.
    #[error("there is no assumption or indicator `{name}`")]
    UnknownName {
        /// The name as written.
        name: String,
        /// The known name nearest to it.
        nearest: Option<String>,
    },
    /// A criterion that has no actual value of its own.
    #[error("`{name}` has no actual value that a formula could use")]
    NoActual {
        /// The criterion.
        name: String,
    },
    /// An amount outside the bounds that keep every sum exact.
    #[error("{value} is beyond the largest amount, 1_000_000_000_000_000")]
    TooLarge {
        /// The amount as written.
        value: Decimal,
    },
    /// An amount that grows beyond the bounds within the horizon.
    #[error("{first} growing by {} a year is beyond the largest amount, 1_000_000_000_000_000, in year {year}", percent(.growth))]
    GrowsTooLarge {
        /// The first amount as written.
        first: Decimal,
        /// The growth as written.
        growth: Decimal,
        /// The first year beyond.
        year: u32,
    },
    /// An amount that loses more than there is.
    #[error("growing by {} a year leaves less than nothing", percent(.growth))]
    GrowsBelowNothing {
        /// The growth as written.
        growth: Decimal,
    },
    /// A negative amount where costs, benefits or counts are written positive.
    #[error("{value} is negative, but {what} is written positive")]
    Negative {
        /// The amount as written.
        value: Decimal,
        /// What is written positive.
        what: &'static str,
    },
    /// A share outside 0 to 100 %.
    #[error("{} is not a share between 0 and 100 %", percent(.value))]
    NotAShare {
        /// The value as written.
        value: Decimal,
    },
}

impl AmountError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Length { found, years } if *found == usize::try_from(*years).unwrap_or(0) + 1 => {
                format!("lists hold the years 1 to {years}; year 0 is written as `initial`")
            }
            Self::Length { years, .. } => format!("write {years} entries, one for each of the years 1 to {years}"),
            Self::UnknownName { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownName { name, nearest: None } if OF_RULES.contains(&name.as_str()) => {
                format!("only the rules under `status:` know `{name}`; use `progress`, `actual` or an assumption here")
            }
            Self::UnknownName { name, nearest: None } if OF_SCORING.contains(&name.as_str()) => format!(
                "only `scoring:` and the rules under `status:` know `{name}`; use the id of an indicator or an assumption here"
            ),
            Self::UnknownName { name, nearest: None } => format!("add `{name}: …` under `assumptions:`"),
            Self::NoActual { name } => format!("use an indicator that has an `actual:`, or give `{name}` one"),
            Self::GrowsTooLarge { growth, .. }
                if *growth > Decimal::ONE && *growth <= Decimal::ONE_HUNDRED && growth.is_integer() =>
            {
                format!("write `growth: {}%`", growth.normalize())
            }
            Self::GrowsBelowNothing { .. } => "write a growth of -100 % or more, as in `growth: -5%`".to_owned(),
            Self::GrowsTooLarge { .. } => "let it grow by less, or for fewer years".to_owned(),
            Self::TooLarge { .. } => "state the amounts in thousands or millions".to_owned(),
            Self::Negative { .. } => "leave the minus sign out".to_owned(),
            Self::NotAShare { value }
                if *value > Decimal::ONE && *value <= Decimal::ONE_HUNDRED && value.is_integer() =>
            {
                format!("write `{}%`", value.normalize())
            }
            Self::NotAShare { .. } => "write a percentage, as in `15%`, or a fraction, as in `0.15`".to_owned(),
        })
    }
}

/// What only formulas of status rules may use of an indicator.
const OF_RULES: [&str; 2] = ["score", "previous"];

/// What only they and formulas of scores may use.
const OF_SCORING: [&str; 9] = ["actual", "base", "target", "stretch", "floor", "min", "max", "progress", "performance"];

/// The largest amount a document may state: sums of millions of these stay exact to ten decimals.
pub const LARGEST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0); // 10^15

/// What a name in a formula stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named {
    Cell(CellId),
    /// A figure that has a value for each period of the scorecard.
    Timed(Timed),
    /// A criterion without an actual value.
    NoActual,
}

/// The cells a formula of the user may read, by the names the user gave them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    by_name: HashMap<Arc<str>, Named>,
}

impl Names {
    pub(crate) fn len(&self) -> usize {
        self.by_name.len()
    }

    pub(crate) fn insert(&mut self, name: impl Into<Arc<str>>, named: Named) {
        self.by_name.insert(name.into(), named);
    }

    pub(crate) fn knows(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Looks up every name of a formula, first among those that are known only there; all that are unknown are reported.
    fn resolve(
        &self,
        formula: &Formula,
        (time, locals): (Time, &[(&str, CellId)]),
        at: &str,
        problems: &mut Vec<Problem>,
    ) -> Option<Expression> {
        let before = problems.len();
        let resolved = formula.expression().resolve(|name| {
            if let Some((_, cell)) = locals.iter().find(|(local, _)| **local == *name.text) {
                return Ok::<_, ()>(*cell);
            }
            let error = match self.by_name.get(&name.text) {
                Some(Named::Cell(cell)) => return Ok(*cell),
                Some(Named::Timed(timed)) => return Ok(if time == Time::All { timed.all } else { timed.now }),
                Some(Named::NoActual) => AmountError::NoActual { name: name.text.to_string() },
                None => {
                    let known = self.by_name.keys().map(|known| &**known).chain(locals.iter().map(|(local, _)| *local));
                    let nearest = if before > MOST_SUGGESTIONS { None } else { did_you_mean(&name.text, known) };
                    let nearest = nearest.map(str::to_owned);
                    AmountError::UnknownName { name: name.text.to_string(), nearest }
                }
            };
            let within = Some(name.span.clone());
            problems.push(Problem { within, ..Problem::new(at, error) });
            Ok(CellId(0))
        });
        resolved.ok().filter(|_| problems.len() == before)
    }
}

/// Which values of an indicator a formula reads: of the period that is evaluated, or of each period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    Now,
    All,
}

/// Each suggestion compares a word with all that are known, so a text full of mistakes gets them for its first ones.
pub(crate) const MOST_SUGGESTIONS: usize = 100;

/// What amounts are lowered into: the cells, the names formulas may use, and the mistakes found so far.
pub(crate) struct Lowering<'a> {
    pub(crate) cells: &'a mut Builder,
    pub(crate) names: &'a Names,
    pub(crate) problems: &'a mut Vec<Problem>,
    pub(crate) years: u32,
    /// The periods of the scorecard, where it has any.
    pub(crate) calendar: Option<&'a Calendar>,
    /// The exchange rates, once they are defined.
    pub(crate) exchange: Option<&'a ExchangeCells>,
    /// What of rows of money flows as the horizon ends.
    pub(crate) at_end: AtEnd,
    /// Which values make sense for which cells.
    pub(crate) bounds: Vec<(CellId, Bound)>,
    /// Keys that change nothing.
    pub(crate) idle: Vec<(String, Idle)>,
}

impl<'a> Lowering<'a> {
    pub(crate) fn new(
        (cells, names): (&'a mut Builder, &'a Names),
        problems: &'a mut Vec<Problem>,
        (years, calendar): (u32, Option<&'a Calendar>),
    ) -> Self {
        let (bounds, idle) = (Vec::new(), Vec::new());
        Self { cells, names, problems, years, calendar, exchange: None, at_end: AtEnd::default(), bounds, idle }
    }

    pub(crate) fn problem(&mut self, at: impl Into<String>, fault: impl Into<crate::problem::Fault>) {
        self.problems.push(Problem::new(at, fault));
    }

    /// The known word nearest to one that is not known, where there are not too many mistakes already to look it up.
    pub(crate) fn nearest<'k>(&self, typed: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
        if self.problems.len() > MOST_SUGGESTIONS { None } else { did_you_mean(typed, known).map(str::to_owned) }
    }

    /// The cell of an amount, where it stands in the document.
    pub(crate) fn amount(&mut self, naming: Naming, amount: &Amount) -> CellId {
        let cell = self.cells.declare(naming);
        self.define(cell, amount);
        cell
    }

    /// A formula of the user over the names of the document and those that are known only here.
    pub(crate) fn formula(&mut self, formula: &Formula, at: &str, time: Time, locals: &[(&str, CellId)]) -> Expression {
        let resolved = self.names.resolve(formula, (time, locals), at, self.problems);
        resolved.unwrap_or_else(|| Expression::number(0))
    }

    /// Defines a declared cell by an amount.
    pub(crate) fn define(&mut self, cell: CellId, amount: &Amount) {
        if let Some(value) = amount.numbers().find(|value| value.abs() > LARGEST) {
            let at = self.cells.source_of(cell);
            self.problem(at, AmountError::TooLarge { value });
        }
        match amount {
            Amount::Constant(value) => self.cells.define_input(cell, Shape::Scalar, [*value]),
            Amount::PerYear(values) if u32::try_from(values.len()) == Ok(self.years) => {
                self.cells.define_input(cell, Shape::Row(AxisId::YEARS), values.iter().copied());
            }
            Amount::PerYear(values) => {
                let at = self.cells.source_of(cell);
                self.problem(at, AmountError::Length { found: values.len(), years: self.years });
                self.cells.define(cell, Expression::number(0));
            }
            Amount::Growing { first, growth } => {
                if !Bound::Growth.holds(*growth) {
                    let at = self.cells.source_of(cell);
                    self.problem(at, AmountError::GrowsBelowNothing { growth: *growth });
                }
                if let Some(year) = beyond_largest(*first, *growth, self.years) {
                    let at = self.cells.source_of(cell);
                    self.problem(at, AmountError::GrowsTooLarge { first: *first, growth: *growth, year });
                }
                let grown = Expression::number(*first) * growth_factor(self.names, Expression::number(*growth));
                self.cells.define(cell, grown);
            }
            Amount::Formula(formula) => {
                let at = self.cells.source_of(cell);
                let resolved = self.formula(formula, &at, Time::Now, &[]);
                self.cells.define(cell, resolved);
            }
            Amount::PerPeriod(_) => {
                let at = self.cells.source_of(cell);
                self.problem(at, PeriodsError::NotByPeriod);
                self.cells.define(cell, Expression::number(0));
            }
        }
    }
}

/// The first of the years 2 to n in which an amount that grows is larger than any that may be written.
fn beyond_largest(first: Decimal, growth: Decimal, years: u32) -> Option<u32> {
    if first.abs() > LARGEST {
        return None; // told already
    }
    let mut amount = Some(first);
    (2..=years).find(|_| {
        let factor = Decimal::ONE.checked_add(growth);
        amount = amount.zip(factor).and_then(|(amount, factor)| amount.checked_mul(factor));
        amount.is_none_or(|amount| amount.abs() > LARGEST)
    })
}

/// `(1 + growth)^(year - 1)`: 1 in year 1.
pub(crate) fn growth_factor(names: &Names, growth: Expression) -> Expression {
    (Expression::number(1) + growth).power(year(names) - Expression::number(1))
}

/// The years 1 to n as numbers.
pub(crate) fn year(names: &Names) -> Expression {
    match names.by_name.get("year") {
        Some(Named::Cell(year)) => Expression::cell(*year),
        _ => Expression::number(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Category, CostLine, Plan};
    use crate::{Assumption, Draft};
    use rust_decimal::dec;

    fn costing(assumptions: Vec<Assumption>, formula: &str) -> Draft {
        let annual = Some(Amount::formula(formula).unwrap());
        let line = CostLine { annual, ..CostLine::new(Category::Licences, "x") };
        Draft { assumptions, plan: Plan { costs: Some(vec![line]), ..Plan::default() }, ..Draft::default() }
    }

    #[test]
    fn the_largest_amount_is_ten_to_the_fifteenth() {
        assert_eq!(LARGEST, dec!(1_000_000_000_000_000));
        let at = |value: Decimal| problems(costing(vec![Assumption::new("a", value)], "= a"));
        assert_eq!(at(LARGEST), Vec::<String>::new());
        assert_eq!(
            at(LARGEST + dec!(0.1)),
            ["assumptions.a: 1000000000000000.1 is beyond the largest amount, 1_000_000_000_000_000"]
        );
    }

    #[test]
    fn assumptions_may_refer_to_each_other_in_any_order() {
        let formula = |text: &str| Amount::formula(text).unwrap();
        let assumptions = vec![
            Assumption::new("revenue", formula("= seats * price")),
            Assumption::new("seats", Amount::Growing { first: dec!(100), growth: dec!(0.1) }),
            Assumption::new("price", formula("= round(list * (1 - 8%) * (1 - 4%), 2)")),
            Assumption::new("list", 100),
        ];
        let figures = Figures::of(costing(assumptions, "= revenue"));
        assert_eq!(figures.get("price"), dec!(88.32));
        assert_eq!(figures.get("costs.licences.x.3"), dec!(10686.72));
    }

    #[test]
    fn unknown_names_are_all_reported_with_the_nearest_known_one() {
        let draft = costing(vec![Assumption::new("seats", 3)], "= seatz * prize");
        let found: Vec<_> = crate::Appraisal::new(draft).unwrap_err().into_iter().collect();
        let told: Vec<_> = found.iter().map(|problem| (problem.help(), problem.within.clone())).collect();
        assert_eq!(
            told,
            [
                (Some("did you mean `seats`?".to_owned()), Some(2..7)),
                (Some("add `prize: …` under `assumptions:`".to_owned()), Some(10..15)),
            ]
        );
    }
}
