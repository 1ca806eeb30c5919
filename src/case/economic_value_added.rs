//! Economic value added: what is left of the operating profit once all capital has had its price.

use super::cost_of_capital::{CostOfCapital, Whose, define as define_cost_of_capital};
use crate::amount::{Amount, Lowering, year};
use crate::model::{AxisId, CellId, Expression, Function, Id, Naming, Unit, is_name};
use std::collections::HashSet;
use std::sync::Arc;

/// What can be wrong with a statement of economic value added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EconomicValueAddedError {
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of an adjustment")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// Two adjustments of one id.
    #[error("there are two adjustments `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
}

impl EconomicValueAddedError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { .. } => "start with a letter, then letters, digits and `_`, as in `research`".to_owned(),
            Self::DuplicateId { .. } => "give each adjustment an id of its own".to_owned(),
        })
    }
}

/// Economic value added per year, from operating profit, capital and what capital costs.
///
/// **Formula**: in the years t = 1..n, with all adjustments listed,
/// `NOPAT_t = EBIT_t x (1 - tax rate) + adjustments_t` and `EVA_t = NOPAT_t - WACC x capital_(t-1)`: capital is charged
/// as it stood when the year began. `ROIC_t = NOPAT_t / capital_(t-1)`, and the spread `ROIC_t - WACC` is the EVA of one
/// unit of capital. The market value added is the present value of all EVA, at the WACC.
///
/// The present value of the EVA of the years 1..n equals the net present value of the free cash flows
/// `NOPAT_t - (capital_t - capital_(t-1))` after an investment of `capital_0`, with `capital_n` recovered at its book
/// value; where all capital is depreciated by then, it is the net present value of the project.
///
/// **Units**: money a year, written positive; tax rate, WACC and its parts are fractions.
///
/// **Source**: Stewart (1991), *The Quest for Value*; catalogues differ in the capital that is charged (some take the
/// mean of a year), so the report says which it is.
///
/// ```
/// use appraise::case::{Capital, CostOfCapital, EconomicValueAdded};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let statements = EconomicValueAdded::new(
///     8_000_000, // operating profit
///     dec!(0.25),
///     CostOfCapital::Rate(dec!(0.09).into()),
///     Capital { opening: 50_000_000.into(), closing: 52_000_000.into() },
/// );
/// let draft = Draft {
///     horizon: Horizon { years: 1, ..Horizon::default() },
///     economic_value_added: Some(statements),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("eva.nopat.1"), Some(Ok(dec!(6_000_000))));
/// assert_eq!(outcome.figure("eva.value.1"), Some(Ok(dec!(1_500_000))));
/// assert_eq!(outcome.figure("eva.spread.1"), Some(Ok(dec!(0.03))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct EconomicValueAdded {
    /// Operating profit before interest and tax of each year.
    pub ebit: Amount,
    /// The tax on it, as a fraction.
    pub tax_rate: Amount,
    /// What is added to the profit after tax because accounting rules hide it: research, goodwill.
    pub adjustments: Vec<Adjustment>,
    /// What capital costs.
    pub wacc: CostOfCapital,
    /// The capital employed.
    pub capital: Capital,
    /// What is added to the capital, such as research of earlier years.
    pub capital_adjustments: Vec<CapitalAdjustment>,
    /// The growth a year of the last year's EVA after the horizon; without it nothing is counted there.
    pub continuing_growth: Option<Amount>,
    /// What the market pays for equity and debt today.
    pub market_value: Option<Amount>,
}

/// A line that corrects the operating profit after tax.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjustment {
    /// Its id among adjustments.
    pub id: String,
    /// What it adds in each year; negative where it takes away.
    pub amount: Amount,
}

/// The capital employed when the first year begins, and at the end of each year.
#[derive(Debug, Clone, PartialEq)]
pub struct Capital {
    /// At the end of year 0.
    pub opening: Amount,
    /// At the end of each of the years 1..n.
    pub closing: Amount,
}

/// A line that corrects the capital.
#[derive(Debug, Clone, PartialEq)]
pub struct CapitalAdjustment {
    /// Its id among adjustments of the capital.
    pub id: String,
    /// What it adds.
    pub capital: Capital,
}

impl EconomicValueAdded {
    /// Statements without adjustments.
    pub fn new(ebit: impl Into<Amount>, tax_rate: impl Into<Amount>, wacc: CostOfCapital, capital: Capital) -> Self {
        Self {
            ebit: ebit.into(),
            tax_rate: tax_rate.into(),
            adjustments: Vec::new(),
            wacc,
            capital,
            capital_adjustments: Vec::new(),
            continuing_growth: None,
            market_value: None,
        }
    }
}

/// The cells of economic value added; rows run over the years 1..n unless they say otherwise.
#[derive(Debug, Clone)]
pub(crate) struct EconomicValueAddedCells {
    pub(crate) ebit: CellId,
    pub(crate) adjustments: Vec<(Arc<str>, CellId)>,
    pub(crate) nopat: CellId,
    pub(crate) wacc: CellId,
    pub(crate) opening: CellId,
    pub(crate) charge: CellId,
    pub(crate) value: CellId,
    pub(crate) roic: CellId,
    pub(crate) spread: CellId,
    pub(crate) present_value: CellId,
    pub(crate) continuing: Option<CellId>,
    pub(crate) market_value_added: CellId,
    pub(crate) enterprise_value: CellId,
    pub(crate) observed: Option<CellId>,
    pub(crate) npv: CellId,
}

const AT: &str = "economic_value_added";

fn naming(figure: &'static str, aspect: &'static str, unit: Unit) -> Naming {
    Naming::new(Id::of("eva", figure)).label("Economic value added", aspect).unit(unit)
}

/// Defines the figures of one year after the other.
pub(crate) fn define(lowering: &mut Lowering, stated: &EconomicValueAdded) -> EconomicValueAddedCells {
    let cell = Expression::cell;
    let one = || Expression::number(1);
    let years = lowering.years;
    let (ebit, adjustments, tax_rate) = define_profit(lowering, stated);
    let wacc = define_wacc(lowering, &stated.wacc, tax_rate);
    let after_tax = cell(ebit) * (one() - cell(tax_rate));
    let is_row = |amount: &Amount| matches!(amount, Amount::PerYear(_) | Amount::Growing { .. });
    let after_tax = if is_row(&stated.ebit) || is_row(&stated.tax_rate) {
        after_tax
    } else {
        // one value for all years: times 1 in each of them it is a row
        after_tax * one().power(year(lowering.names))
    };
    let nopat = adjustments.iter().fold(after_tax, |sum, (_, adjustment)| sum + cell(*adjustment));
    let nopat = lowering.cells.formula(naming("nopat", "net operating profit after tax", Unit::Money), nopat);
    let capital = define_capital(lowering, stated);
    let row = |first: u32| Expression::row(AxisId::YEARS, (0..years).map(|k| Expression::entry(capital, first + k)));
    let mut money = |figure, aspect, formula| lowering.cells.formula(naming(figure, aspect, Unit::Money), formula);
    let opening = money("opening_capital", "capital as the year begins", row(0));
    let closing = money("closing_capital", "capital as the year ends", row(1));
    let charge = money("charge", "capital charge", cell(wacc) * cell(opening));
    let value = money("value", "economic value added", cell(nopat) - cell(charge));
    let discounted = Expression::call(Function::Npv, [cell(wacc), cell(value)]);
    let present_value = money("present_value", "present value of economic value added", discounted);
    let invested = -Expression::entry(capital, 0);
    let free = Expression::call(Function::Flow, [invested, cell(nopat) + cell(opening) - cell(closing)]);
    let free = money("free_cash_flow", "free cash flow", free);
    let last_factor = || (one() + cell(wacc)).power(Expression::number(years));
    let flows = Expression::call(Function::Npv, [cell(wacc), cell(free)]);
    let recovered = Expression::entry(capital, years) / last_factor();
    let npv = money("npv", "net present value of the free cash flows and the last capital", flows + recovered);
    let roic = cell(nopat) / cell(opening);
    let roic = lowering.cells.formula(naming("roic", "return on invested capital", Unit::Share), roic);
    let spread = naming("spread", "return on invested capital less its cost", Unit::Share);
    let spread = lowering.cells.formula(spread, cell(roic) - cell(wacc));
    let continuing = stated.continuing_growth.as_ref().map(|growth| {
        let growth = single(lowering, "continuing_growth", "growth after the horizon", Unit::Share, growth);
        let factor = (one() + cell(growth)) / (one() + cell(wacc));
        let later = Expression::call(Function::Perpetuity, [Expression::entry(value, years), factor]);
        let aspect = "present value of economic value added after the horizon";
        lowering.cells.formula(naming("continuing_value", aspect, Unit::Money), later / last_factor())
    });
    let added = Expression::sum_of([Some(present_value), continuing].into_iter().flatten().map(cell));
    let added = naming_and(lowering, "market_value_added", "market value added", added);
    let worth = Expression::entry(capital, 0) + cell(added);
    let enterprise_value = naming_and(lowering, "enterprise_value", "capital and market value added", worth);
    let observed = stated.market_value.as_ref().map(|value| {
        let market = single(lowering, "market_value", "market value", Unit::Money, value);
        let observed = cell(market) - Expression::entry(capital, 0);
        naming_and(lowering, "observed_market_value_added", "market value added, as observed", observed)
    });
    EconomicValueAddedCells {
        ebit,
        adjustments,
        nopat,
        wacc,
        opening,
        charge,
        value,
        roic,
        spread,
        present_value,
        continuing,
        market_value_added: added,
        enterprise_value,
        observed,
        npv,
    }
}

fn naming_and(lowering: &mut Lowering, figure: &'static str, aspect: &'static str, formula: Expression) -> CellId {
    lowering.cells.formula(naming(figure, aspect, Unit::Money), formula)
}

/// An amount as written, under the key of its figure.
fn written(
    lowering: &mut Lowering,
    figure: &'static str,
    aspect: &'static str,
    unit: Unit,
    amount: &Amount,
    at: &str,
) -> CellId {
    let id = Id::from(at);
    let cell = lowering.amount(naming(figure, aspect, unit.clone()).source(id), amount);
    if unit == Unit::Share && figure != "continuing_growth" {
        lowering.keep_share(cell, amount);
    }
    cell
}

fn single(lowering: &mut Lowering, figure: &'static str, aspect: &'static str, unit: Unit, amount: &Amount) -> CellId {
    let cell = written(lowering, figure, aspect, unit, amount, &format!("{AT}.{figure}"));
    lowering.cells.require_single(cell);
    cell
}

/// The operating profit, its adjustments and the tax rate.
fn define_profit(lowering: &mut Lowering, stated: &EconomicValueAdded) -> (CellId, Vec<(Arc<str>, CellId)>, CellId) {
    let at = |key: &str| format!("{AT}.{key}");
    let ebit =
        written(lowering, "ebit", "operating profit before interest and tax", Unit::Money, &stated.ebit, &at("ebit"));
    let tax_rate = written(lowering, "tax_rate", "tax rate", Unit::Share, &stated.tax_rate, &at("tax_rate"));
    let ids = stated.adjustments.iter().map(|adjustment| adjustment.id.as_str());
    check_ids(lowering, "adjustments", ids);
    let adjustments = stated.adjustments.iter().map(|adjustment| {
        let name: Arc<str> = adjustment.id.as_str().into();
        let naming =
            Naming::new(format!("eva.adjustments.{name}")).label(Arc::clone(&name), "adjustment of the profit");
        let naming = naming.unit(Unit::Money).source(at(&format!("adjustments.{name}")));
        (name, lowering.amount(naming, &adjustment.amount))
    });
    let adjustments = adjustments.collect();
    (ebit, adjustments, tax_rate)
}

fn check_ids<'s>(lowering: &mut Lowering, under: &str, ids: impl Iterator<Item = &'s str>) {
    let mut seen = HashSet::new();
    for id in ids {
        let at = format!("{AT}.{under}.{id}");
        if !is_name(id) {
            lowering.problem(&*at, EconomicValueAddedError::InvalidId { id: id.to_owned() });
        }
        if !seen.insert(id) {
            lowering.problem(at, EconomicValueAddedError::DuplicateId { id: id.to_owned() });
        }
    }
}

fn define_wacc(lowering: &mut Lowering, stated: &CostOfCapital, tax_rate: CellId) -> CellId {
    const ASPECT: &str = "weighted average cost of capital";
    let wacc = match stated {
        CostOfCapital::Rate(rate) => written(lowering, "wacc", ASPECT, Unit::Share, rate, &format!("{AT}.wacc")),
        CostOfCapital::Weighted(capital) => {
            let at = "economic_value_added.wacc";
            let whose = Whose { figures: "eva", subject: "Economic value added", at };
            let (average, _) = define_cost_of_capital(lowering, whose, capital, Some(tax_rate));
            lowering.cells.formula(naming("wacc", ASPECT, Unit::Share), average)
        }
    };
    lowering.cells.require_single(wacc);
    wacc
}

/// The capital in the years 0..n, with its adjustments.
fn define_capital(lowering: &mut Lowering, stated: &EconomicValueAdded) -> CellId {
    let ids = stated.capital_adjustments.iter().map(|adjustment| adjustment.id.as_str());
    check_ids(lowering, "capital.adjustments", ids);
    let own =
        [("eva.stated_capital".to_owned(), Arc::from("Economic value added"), "capital".to_owned(), &stated.capital)];
    let adjustments = stated.capital_adjustments.iter().map(|adjustment| {
        let id = &adjustment.id;
        let owner = format!("eva.capital_adjustments.{id}");
        (owner, Arc::from(id.as_str()), format!("capital.adjustments.{id}"), &adjustment.capital)
    });
    let lines: Vec<(String, Arc<str>, String, &Capital)> = own.into_iter().chain(adjustments).collect();
    let rows = lines.into_iter().map(|(owner, name, at, capital)| {
        let mut end = |figure: &'static str, aspect, amount: &Amount| {
            let source = Id::of(format!("{AT}.{at}"), figure);
            let id = Id::of(owner.as_str(), figure);
            let naming = Naming::new(id).label(Arc::clone(&name), aspect).unit(Unit::Money).source(source);
            let cell = lowering.amount(naming, amount);
            lowering.keep_positive(cell, amount, "capital");
            cell
        };
        let opening = end("opening", "capital at the beginning", &capital.opening);
        let closing = end("closing", "capital at the end of each year", &capital.closing);
        lowering.cells.require_single(opening);
        Expression::call(Function::Flow, [Expression::cell(opening), Expression::cell(closing)])
    });
    let rows: Vec<Expression> = rows.collect();
    lowering.cells.formula(naming("capital", "capital", Unit::Money), Expression::sum_of(rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::WeightedCapital;
    use crate::model::Cause;
    use crate::{Draft, Horizon};
    use rust_decimal::{Decimal, dec};

    fn draft(years: u32, stated: EconomicValueAdded) -> Draft {
        Draft { horizon: Horizon { first_year: None, years }, economic_value_added: Some(stated), ..Draft::default() }
    }

    fn per_year<const N: usize>(values: [i64; N]) -> Amount {
        Amount::PerYear(values.map(Decimal::from).into())
    }

    /// Two years: 100 and 120 of profit on a capital of 500, of which 300 is left.
    fn two_years() -> EconomicValueAdded {
        let capital = Capital { opening: 500.into(), closing: per_year([400, 300]) };
        EconomicValueAdded::new(per_year([100, 120]), dec!(0.25), CostOfCapital::Rate(dec!(0.1).into()), capital)
    }

    #[test]
    fn each_year_by_hand() {
        let figures = Figures::of(draft(2, two_years()));
        let row = |id: &str| [1, 2].map(|year| figures.get(&format!("eva.{id}.{year}")));
        assert_eq!(row("nopat"), [dec!(75), dec!(90)]);
        assert_eq!(row("opening_capital"), [dec!(500), dec!(400)]);
        assert_eq!(row("charge"), [dec!(50), dec!(40)]);
        assert_eq!(row("value"), [dec!(25), dec!(50)]);
        assert_eq!(row("roic"), [dec!(0.15), dec!(0.225)]);
        assert_eq!(row("spread"), [dec!(0.05), dec!(0.125)]);
        assert_eq!(figures.get("eva.capital.0"), dec!(500));
        // 25 / 1.1 + 50 / 1.21
        assert_eq!(figures.get("eva.present_value").round_dp(6), dec!(64.049587));
        assert_eq!(figures.get("eva.market_value_added"), figures.get("eva.present_value"));
        assert_eq!(figures.get("eva.enterprise_value").round_dp(6), dec!(564.049587));
        // -500 + (75 + 100) / 1.1 + (90 + 100 + 300) / 1.21
        assert_eq!(figures.get("eva.free_cash_flow.1"), dec!(175));
        assert_eq!(figures.get("eva.npv").round_dp(6), dec!(64.049587));
    }

    #[test]
    fn the_worked_examples_of_the_catalogue() {
        let weighted = WeightedCapital::new(60, 40, dec!(0.12), dec!(0.06)).into();
        let capital = Capital { opening: 50_000_000.into(), closing: 50_000_000.into() };
        let stated = EconomicValueAdded::new(8_000_000, dec!(0.25), weighted, capital);
        let figures = Figures::of(draft(3, stated));
        assert_eq!(figures.get("eva.wacc"), dec!(0.09));
        for year in 1..=3 {
            assert_eq!(figures.get(&format!("eva.nopat.{year}")), dec!(6_000_000));
            assert_eq!(figures.get(&format!("eva.value.{year}")), dec!(1_500_000));
            assert_eq!(figures.get(&format!("eva.roic.{year}")), dec!(0.12));
            // the rate of EVA on capital
            assert_eq!(figures.get(&format!("eva.spread.{year}")), dec!(0.03));
        }
    }

    #[test]
    fn adjustments_are_added_to_profit_and_capital() {
        let mut stated = two_years();
        stated.adjustments = vec![
            Adjustment { id: "research".into(), amount: per_year([30, 0]) },
            Adjustment { id: "one_off".into(), amount: per_year([0, -10]) },
        ];
        let research = Capital { opening: 0.into(), closing: per_year([30, 20]) };
        stated.capital_adjustments = vec![CapitalAdjustment { id: "research".into(), capital: research }];
        let figures = Figures::of(draft(2, stated));
        assert_eq!(figures.get("eva.nopat.1"), dec!(105));
        assert_eq!(figures.get("eva.nopat.2"), dec!(80));
        assert_eq!(figures.get("eva.capital.1"), dec!(430));
        assert_eq!(figures.get("eva.value.2"), dec!(37));
        assert_eq!(figures.get("eva.npv").round_dp(20), figures.get("eva.present_value").round_dp(20));
    }

    #[test]
    fn what_comes_after_the_horizon_falls_off_or_has_no_value() {
        let grows = |growth: Decimal| {
            let stated = EconomicValueAdded {
                continuing_growth: Some(growth.into()),
                market_value: Some(900.into()),
                ..two_years()
            };
            Figures::of(draft(2, stated))
        };
        // 50 x 1.02 / (0.10 - 0.02) / 1.21
        let figures = grows(dec!(0.02));
        assert_eq!(figures.get("eva.continuing_value").round_dp(6), dec!(526.859504));
        assert_eq!(figures.get("eva.market_value_added").round_dp(6), dec!(590.909091));
        assert_eq!(figures.get("eva.observed_market_value_added"), dec!(400));
        assert_eq!(grows(dec!(0.1)).cause("eva.market_value_added"), Cause::NoLimit);
    }

    #[test]
    fn no_capital_has_no_return() {
        let capital = Capital { opening: 0.into(), closing: 10.into() };
        let stated = EconomicValueAdded::new(5, dec!(0), CostOfCapital::Rate(dec!(0.1).into()), capital);
        let figures = Figures::of(draft(2, stated));
        assert_eq!(figures.cause("eva.roic.1"), Cause::DivisionByZero);
        assert_eq!(figures.get("eva.value.1"), dec!(5));
        assert_eq!(figures.get("eva.roic.2"), dec!(0.5));
    }

    #[test]
    fn mistakes_are_placed() {
        let mut stated = two_years();
        stated.tax_rate = 25.into();
        stated.wacc = CostOfCapital::Rate(per_year([0, 0]));
        stated.capital.opening = (-1).into();
        let line = |id: &str| Adjustment { id: id.into(), amount: 1.into() };
        stated.adjustments = vec![line("a b"), line("c"), line("c")];
        assert_eq!(
            problems(draft(2, stated)),
            [
                "economic_value_added.tax_rate: 2500 % is not a share between 0 and 100 %",
                "economic_value_added.adjustments.a b: `a b` cannot be the id of an adjustment",
                "economic_value_added.adjustments.c: there are two adjustments `c`",
                "economic_value_added.capital.opening: -1 is negative, but capital is written positive",
                "economic_value_added.wacc: `eva.wacc` needs a single value, but has one for each of the years",
            ]
        );
    }
}
