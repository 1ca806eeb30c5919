//! Inflation: amounts and rates in nominal and in real terms, kept apart.

use super::at_end::{self, Factors};
use super::{Discounting, Valuation};
use crate::amount::{Amount, Lowering};
use crate::bound::Bound;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// In which terms amounts or rates are stated.
///
/// **Formula**: `1 + nominal rate = (1 + real rate) x (1 + inflation)` (Fisher), and an amount of year t at current
/// prices is the one at prices of year 0 times the price index `(1 + inflation)^t`.
///
/// Amounts are valued in the terms they are stated in: nominal ones at the nominal rate, real ones at the real rate.
/// Both give the same present value.
///
/// **Source**: I. Fisher, *The Theory of Interest*, 1930.
///
/// ```
/// use appraise::case::{Category, CostLine, Plan, Terms, Valuation};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let cost = CostLine { annual: Some(100.into()), ..CostLine::new(Category::Staff, "care") };
/// let draft = Draft {
///     horizon: Horizon { years: 2, ..Horizon::default() },
///     discount_rate: Some(dec!(0.32).into()),
///     valuation: Valuation { inflation: Some(dec!(0.1).into()), prices: Terms::Real, ..Valuation::default() },
///     plan: Plan { costs: Some(vec![cost]), ..Plan::default() },
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let figure = |id: &str| appraisal.base().figure(id).unwrap().unwrap().round_dp(10);
/// assert_eq!(figure("case.real_discount_rate"), dec!(0.2)); // 1.32 / 1.1 - 1
/// assert_eq!(figure("costs.at_current_prices.2"), dec!(121));
/// assert_eq!(figure("costs.present_value"), dec!(152.7777777778)); // 100 / 1.2 + 100 / 1.44
/// assert_eq!(figure("costs.at_current_prices.present_value"), dec!(152.7777777778)); // 110 / 1.32 + 121 / 1.32^2
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Terms {
    /// In money of each year.
    #[default]
    Nominal,
    /// In money of year 0: constant prices.
    Real,
}

impl Terms {
    /// Both, and their names in a document.
    pub const ALL: [(&'static str, Terms); 2] = [("nominal", Terms::Nominal), ("real", Terms::Real)];

    fn name(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Real => "real",
        }
    }
}

/// What can be wrong with inflation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InflationError {
    /// Books in money of each year of amounts at constant prices.
    #[error(
        "depreciation and tax are in money of each year, and amounts at constant prices need `inflation` to become that"
    )]
    NeededForBooks,
    /// Inflation nobody has seen.
    #[error("inflation of {} lies outside -20 % to 100 %", crate::amount::percent(.rate))]
    Rate {
        /// The rate as written, as a fraction.
        rate: Decimal,
    },
    /// Amounts in one kind of terms, the rate in the other, and nothing that leads from one to the other.
    #[error("amounts are {amounts} and the discount rate is {rate}: they cannot be brought together without inflation")]
    Missing {
        /// The terms of the amounts.
        amounts: &'static str,
        /// The terms of the rate.
        rate: &'static str,
    },
}

impl InflationError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NeededForBooks => "add the rise of prices, as in `valuation: {inflation: 2%}`".to_owned(),
            Self::Rate { rate } if *rate > Decimal::ONE && *rate <= Decimal::ONE_HUNDRED => {
                format!("write `{}%`", rate.normalize())
            }
            Self::Rate { .. } => "write what prices rise by in a year, as in `2%`".to_owned(),
            Self::Missing { amounts, .. } => {
                format!(
                    "add `inflation:`, as in `inflation: 2%`, or write `rate_is: {amounts}` if the rate is {amounts} too"
                )
            }
        })
    }
}

/// The discount rate in both terms.
#[derive(Debug, Clone, Copy)]
struct BothRates {
    inflation: CellId,
    nominal: CellId,
    real: CellId,
}

/// The discount rate in the terms of the amounts, and in both terms where inflation is stated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DiscountRates {
    pub(crate) of_amounts: CellId,
    both: Option<BothRates>,
}

const AT: &str = "valuation.inflation";

impl DiscountRates {
    /// The stated discount rate, brought into the terms of the amounts.
    pub(crate) fn define(lowering: &mut Lowering, stated: CellId, valuation: &Valuation) -> Self {
        let Valuation { rate_is, prices, .. } = valuation;
        let Some(amount) = &valuation.inflation else {
            if rate_is != prices {
                let error = InflationError::Missing { amounts: prices.name(), rate: rate_is.name() };
                lowering.problem("valuation", error);
            }
            return Self { of_amounts: stated, both: None };
        };
        let inflation = inflation_cell(lowering, amount);
        let naming = |id: &'static str, aspect| Naming::new(id).label("Business case", aspect).unit(Unit::Share);
        let one_plus = |cell| Expression::number(1) + Expression::cell(cell);
        let (nominal, real) = match rate_is {
            Terms::Nominal => {
                (Expression::cell(stated), one_plus(stated) / one_plus(inflation) - Expression::number(1))
            }
            Terms::Real => (one_plus(stated) * one_plus(inflation) - Expression::number(1), Expression::cell(stated)),
        };
        let nominal = lowering.cells.formula(naming("case.nominal_discount_rate", "nominal discount rate"), nominal);
        let real = lowering.cells.formula(naming("case.real_discount_rate", "real discount rate"), real);
        let of_amounts = match prices {
            Terms::Nominal => nominal,
            Terms::Real => real,
        };
        Self { of_amounts, both: Some(BothRates { inflation, nominal, real }) }
    }
}

fn inflation_cell(lowering: &mut Lowering, amount: &Amount) -> CellId {
    let naming = Naming::new("case.inflation").label("Business case", "inflation").unit(Unit::Share).source(AT);
    let cell = lowering.amount(naming, amount);
    lowering.cells.require_single(cell);
    lowering.keep_within(cell, amount, Bound::DiscountRate, |rate| InflationError::Rate { rate });
    cell
}

/// The price index, and the discount rate and factors of money of each year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Books {
    pub(super) index: CellId,
    pub(super) rate: CellId,
    pub(super) factors: Factors,
}

/// What leads from one kind of terms to the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prices {
    terms: Terms,
    inflation: CellId,
    index: Factors,
    nominal_rate: CellId,
    nominal_factor: Factors,
    real_factor: Factors,
}

impl Prices {
    /// The price index and the discount factors in both terms; `None` where no inflation is stated.
    ///
    /// Money is inflated for as long as it is discounted: where it flows in parts of a year, prices rise within the year as
    /// the factors of both rates say.
    pub(crate) fn define(
        lowering: &mut Lowering,
        rates: DiscountRates,
        discounting: Discounting,
        terms: Terms,
    ) -> Option<Self> {
        let BothRates { inflation, nominal, real } = rates.both?;
        let Discounting { timing, time, .. } = discounting;
        let ends = discounting.ends();
        let naming = |id: &'static str, aspect| Naming::new(id).label("Business case", aspect);
        let mut factors = |id, aspects: [&'static str; 2], rate| {
            if rate == rates.of_amounts {
                let [aspect, _] = aspects;
                let within = lowering.cells.formula(naming(id, aspect), Expression::cell(discounting.factor));
                let at_end = if ends.is_some() { discounting.discount().at_end } else { within };
                return Factors { within, at_end };
            }
            Discounting::factors(lowering, (timing, time, ends), (id, aspects), rate)
        };
        let aspects = ["nominal discount factor", "nominal discount factor as the year ends"];
        let nominal_factor = factors("case.nominal_discount_factor", aspects, nominal);
        let aspects = ["real discount factor", "real discount factor as the year ends"];
        let real_factor = factors("case.real_discount_factor", aspects, real);
        let index = if timing.is_spread() {
            Expression::cell(real_factor.within) / Expression::cell(nominal_factor.within)
        } else {
            (Expression::number(1) + Expression::cell(inflation)).power(Expression::cell(time))
        };
        let within = lowering.cells.formula(naming("case.price_index", "price index"), index);
        let at_end = ends.map_or(within, |years| {
            let index = (Expression::number(1) + Expression::cell(inflation)).power(Expression::cell(years));
            lowering.cells.formula(naming("case.price_index.at_end", "price index as the year ends"), index)
        });
        let index = Factors { within, at_end };
        Some(Self { terms, inflation, index, nominal_rate: nominal, nominal_factor, real_factor })
    }

    /// What leads to money of each year, where amounts are at constant prices: books and taxes are kept in it.
    pub(super) fn of_books(self) -> Option<Books> {
        let Self { index, nominal_rate, nominal_factor, .. } = self;
        (self.terms == Terms::Real).then_some(Books {
            index: index.within,
            rate: nominal_rate,
            factors: nominal_factor,
        })
    }

    /// The discount rate of money of each year.
    pub(super) fn nominal_rate(self) -> CellId {
        self.nominal_rate
    }

    /// A rate of return in nominal and in real terms; `rate` is in the terms of the amounts.
    pub(super) fn rates_of(self, rate: CellId) -> [Expression; 2] {
        let one_plus = |cell| Expression::number(1) + Expression::cell(cell);
        match self.terms {
            Terms::Nominal => {
                [Expression::cell(rate), one_plus(rate) / one_plus(self.inflation) - Expression::number(1)]
            }
            Terms::Real => [one_plus(rate) * one_plus(self.inflation) - Expression::number(1), Expression::cell(rate)],
        }
    }
}

/// A row in one kind of terms.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PricedRow {
    pub(crate) year: CellId,
    pub(crate) total: CellId,
    pub(crate) present_value: CellId,
}

/// A row of money in both terms.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PriceView {
    pub(crate) current: PricedRow,
    pub(crate) constant: PricedRow,
}

impl Prices {
    /// Defines `ID.at_current_prices` and `ID.at_constant_prices` of a row.
    pub(super) fn view(self, lowering: &mut Lowering, id: &Arc<str>, subject: &Arc<str>, row: CellId) -> PriceView {
        let in_other_terms = |row: Expression, index: CellId| match self.terms {
            Terms::Nominal => row / Expression::cell(index),
            Terms::Real => row * Expression::cell(index),
        };
        let end = lowering.at_end.of(row);
        let stated = (Expression::cell(row), end.map(Expression::cell));
        let within = end.into_iter().fold(Expression::cell(row), |row, end| row - Expression::cell(end));
        let within = in_other_terms(within, self.index.within);
        let end = end.map(|end| in_other_terms(Expression::cell(end), self.index.at_end));
        let brought = (end.iter().cloned().fold(within, |within, end| within + end), end);
        let (current, constant) = match self.terms {
            Terms::Nominal => (stated, brought),
            Terms::Real => (brought, stated),
        };
        let mut define = |figure: &str,
                          [by_year, total, present]: [&'static str; 3],
                          (values, end): (Expression, Option<Expression>),
                          factors: Factors| {
            let figures: Arc<str> = format!("{id}.{figure}").into();
            let naming = |part: &'static str, aspect| {
                Naming::new(Id::of(Arc::clone(&figures), part)).label(Arc::clone(subject), aspect).unit(Unit::Money)
            };
            let year = lowering.cells.formula(naming("", by_year), values);
            at_end::define(lowering, year, end);
            let sum = Expression::call(Function::Sum, [Expression::cell(year)]);
            let discounted = factors.value(lowering, year);
            PricedRow {
                year,
                total: lowering.cells.formula(naming("total", total), sum),
                present_value: lowering.cells.formula(naming("present_value", present), discounted),
            }
        };
        let aspects =
            ["at current prices", "at current prices, total", "at current prices, present value at the nominal rate"];
        let current = define("at_current_prices", aspects, current, self.nominal_factor);
        let aspects =
            ["at constant prices", "at constant prices, total", "at constant prices, present value at the real rate"];
        let constant = define("at_constant_prices", aspects, constant, self.real_factor);
        PriceView { current, constant }
    }
}
