//! Tax on the result, what is left after it, and the value that each year adds above the cost of capital.

use super::measures::{CaseCells, MeasureCells, Owner, define_measures};
use super::timing::a_year_later;
use super::{BenefitCells, CostCells, Setting, Timing, define_totals_of};
use crate::amount::{Amount, Lowering};
use crate::model::{AxisId, CellId, Expression, Function, Naming, Unit};

/// Tax on the result of each year.
///
/// **Formula**: the result of a year is `benefits - costs`, in which what is depreciated is replaced by its depreciation; the
/// tax is `rate x result`, and of losses what [`Losses`] says.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Category, CostLine, DepreciationMethod, Plan, Tax};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let server = CostLine {
///     initial: Some(900.into()),
///     depreciation: Some(DepreciationMethod::StraightLine { life: 3 }.into()),
///     ..CostLine::new(Category::Hardware, "server")
/// };
/// let saved = Benefit { annual: Some(500.into()), ..Benefit::new("saved", BenefitKind::Saving) };
/// let draft = Draft {
///     horizon: Horizon { years: 3, ..Horizon::default() },
///     discount_rate: Some(dec!(0.1).into()),
///     tax: Some(Tax::at(dec!(0.25))),
///     plan: Plan { costs: Some(vec![server]), benefits: Some(vec![saved]), ..Plan::default() },
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("case.tax.1"), Some(Ok(dec!(50)))); // 25 % of 500 - 300
/// assert_eq!(outcome.figure("case.after_tax.net.1"), Some(Ok(dec!(450))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Tax {
    /// The rate, as a fraction.
    pub rate: Amount,
    /// What becomes of losses.
    pub losses: Losses,
}

impl Tax {
    /// A tax at a rate, whose losses are offset.
    pub fn at(rate: impl Into<Amount>) -> Self {
        Self { rate: rate.into(), losses: Losses::default() }
    }
}

/// What becomes of the loss of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Losses {
    /// It saves tax in its year, because the rest of the company earns enough.
    #[default]
    Offset,
    /// It lowers the taxable results of later years.
    CarryForward,
    /// It saves nothing.
    Forfeit,
}

impl Losses {
    /// Every way and its name in a document.
    pub const ALL: [(&'static str, Losses); 3] =
        [("offset", Losses::Offset), ("carry_forward", Losses::CarryForward), ("forfeit", Losses::Forfeit)];
}

/// What can be wrong with a tax.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TaxError {
    /// No result that could be taxed.
    #[error("there is no result to tax: nothing has both costs and benefits")]
    NoResult,
}

impl TaxError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoResult => "add `costs:` and `benefits:`, or remove `tax:`".to_owned(),
        })
    }
}

/// The cells of the result and what is left of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TaxCells {
    pub(crate) depreciation: CellId,
    pub(crate) result: CellId,
    /// Where there is a tax.
    pub(crate) taxed: Option<TaxedCells>,
    /// Where money flows at the ends of years.
    pub(crate) value_added: Option<ValueAddedCells>,
}

/// The cells of the tax and of the flows after it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TaxedCells {
    pub(crate) tax: CellId,
    /// Benefits less tax, by year.
    pub(crate) benefits: CellId,
    pub(crate) net: CellId,
    /// What depreciation saves of it, where losses are offset: otherwise it depends on the other years.
    pub(crate) shield: Option<CellId>,
    pub(crate) measures: MeasureCells,
}

/// The value that each year adds, and what all of it is worth today.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ValueAddedCells {
    pub(crate) year: CellId,
    pub(crate) present_value: CellId,
}

/// Defines the rate, once for all plans.
pub(crate) fn define_rate(lowering: &mut Lowering, tax: &Tax) -> CellId {
    let naming = Naming::new("tax.rate").label("Tax", "rate").unit(Unit::Share).source("tax.rate");
    lowering.refuse_not_a_share(&"tax.rate".into(), &tax.rate);
    lowering.amount(naming, &tax.rate)
}

/// Defines the result of a plan and, where there is a tax, what is left of it.
pub(crate) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    (costs, benefits): (&CostCells, &BenefitCells),
    case: &CaseCells,
) -> Option<TaxCells> {
    let depreciated = || costs.lines.iter().filter_map(|line| Some((line.year, line.depreciation?)));
    if setting.tax.is_none() && depreciated().next().is_none() {
        return None;
    }
    let of_case = Owner::new(setting.scope, "case", "Business case");
    let mut money =
        |figure, aspect, formula| lowering.cells.formula(of_case.naming(figure, aspect, Unit::Money), formula);
    let zero = || Expression::number(0);
    let row = |first| Expression::call(Function::Flow, [first, zero()]);
    let capitalised = Expression::sum_of(depreciated().map(|(year, _)| Expression::entry(year, 0)));
    let capitalised = money("capitalised", "cost of year 0 that is depreciated", capitalised);
    let charges = [row(zero())].into_iter().chain(depreciated().map(|(_, of)| Expression::cell(of)));
    let charges = setting.while_in_use(Expression::sum_of(charges));
    let written_off = define_written_off(lowering, setting, costs);
    let mut money =
        |figure, aspect, formula| lowering.cells.formula(of_case.naming(figure, aspect, Unit::Money), formula);
    let charges = written_off.into_iter().fold(charges, |charges, row| charges + Expression::cell(row));
    let depreciation = money("depreciation", "depreciation", charges);
    let book = Expression::cell(capitalised) - Expression::call(Function::Cumulate, [Expression::cell(depreciation)]);
    let book = money("book_value", "book value at the end of the year", setting.while_in_use(book));
    let result = Expression::cell(case.net) + row(Expression::cell(capitalised)) - Expression::cell(depreciation);
    let result = money("result", "result of the year", result);
    let taxed = setting.tax.map(|(rate, losses)| {
        let totals = (costs, benefits);
        define_taxed(lowering, setting, (rate, losses), totals, (case, depreciation, result))
    });
    let value_added = (setting.discounting.timing == Timing::End).then(|| {
        let tax = taxed.map(|taxed| taxed.tax);
        define_value_added(lowering, setting, book, (result, tax))
    });
    Some(TaxCells { depreciation, result, taxed, value_added })
}

/// What is left in the books of a line at the end is charged then, where the thing is sold, or where its life ends before the
/// horizon does.
fn define_written_off(lowering: &mut Lowering, setting: Setting, costs: &CostCells) -> Option<CellId> {
    let is_sold = |figures: &str| costs.lines.iter().any(|line| line.is_residual_value && *line.of == *figures);
    let ends = setting.in_use.is_some();
    let lines = costs.lines.iter().filter(|line| ends || is_sold(&line.of));
    let left = lines.filter_map(|line| {
        let charges = setting.while_in_use(Expression::cell(line.depreciation?));
        Some(Expression::entry(line.year, 0) - Expression::call(Function::Sum, [charges]))
    });
    let left: Vec<Expression> = left.collect();
    if left.is_empty() {
        return None;
    }
    let of_case = Owner::new(setting.scope, "case", "Business case");
    let naming = of_case.naming("left_at_the_end", "book value of what is sold or used up", Unit::Money);
    let left = lowering.cells.formula(naming, Expression::sum_of(left));
    let end = (0..=lowering.years)
        .map(|year| if year == setting.last_year { Expression::cell(left) } else { Expression::number(0) });
    let naming = of_case.naming("written_off", "written off at the end", Unit::Money);
    Some(lowering.cells.formula(naming, Expression::row(AxisId::TIMELINE, end)))
}

fn define_taxed(
    lowering: &mut Lowering,
    setting: Setting,
    (rate, losses): (CellId, Losses),
    (costs, benefits): (&CostCells, &BenefitCells),
    (case, depreciation, result): (&CaseCells, CellId, CellId),
) -> TaxedCells {
    let of_case = Owner::new(setting.scope, "case", "Business case");
    let last = lowering.years;
    let mut money =
        |figure, aspect, formula| lowering.cells.formula(of_case.naming(figure, aspect, Unit::Money), formula);
    let zero = || Expression::number(0);
    let taxable = match losses {
        Losses::Offset => Expression::cell(result),
        Losses::Forfeit => Expression::call(Function::Max, [Expression::cell(result), zero()]),
        Losses::CarryForward => {
            // what the running total of results reaches above all before it is taxed: losses are made good first
            let total = Expression::call(Function::Cumulate, [Expression::cell(result)]);
            let total = money("cumulative_result", "cumulative result", total);
            let gained = Expression::call(Function::Max, [Expression::cell(total), zero()]);
            let highest = Expression::call(Function::RunningMaximum, [gained]);
            let highest = money("highest_cumulative_result", "highest cumulative result so far", highest);
            Expression::cell(highest) - a_year_later(highest, last)
        }
    };
    let taxable = money("taxable", "taxable result", taxable);
    let rates = by_year(rate);
    let tax = money("tax", "tax", Expression::cell(taxable) * rates.clone());
    let shield = (losses == Losses::Offset).then(|| {
        let shield = money("tax_shield", "tax that depreciation saves", Expression::cell(depreciation) * rates);
        money("tax_shield_present_value", "present value of the tax that depreciation saves", {
            setting.discounting.present_value(shield)
        });
        shield
    });
    let id = setting.scope.id("case.after_tax");
    let subject = setting.scope.subject("Business case after tax");
    let left = Expression::cell(benefits.totals.year) - Expression::cell(tax);
    let benefits = define_totals_of(lowering, setting, (&format!("{id}.benefits").into(), &subject), left);
    let after = Owner::new(setting.scope, "case.after_tax", "Business case after tax");
    let net = Expression::cell(case.net) - Expression::cell(tax);
    let net = lowering.cells.formula(after.naming("net", "net benefit by year", Unit::Money), net);
    let measures = define_measures(lowering, setting, (after, false), net, (costs.totals, benefits));
    TaxedCells { tax, benefits: benefits.year, net, shield, measures }
}

/// The rates of the years 0..n: they may differ between years, and year 0 has that of year 1.
pub(super) fn by_year(rate: CellId) -> Expression {
    let first = Expression::call(Function::At, [Expression::cell(rate), Expression::number(1)]);
    Expression::call(Function::Flow, [first, Expression::cell(rate)])
}

/// Economic value added of the plan: the result after tax, less the charge for what stands in the books when the year
/// begins. Its present value is the net present value after tax, up to the present value of what stands in the books at the
/// end (Preinreich 1937, Lücke 1955).
fn define_value_added(
    lowering: &mut Lowering,
    setting: Setting,
    book: CellId,
    (result, tax): (CellId, Option<CellId>),
) -> ValueAddedCells {
    let last = lowering.years;
    let of_case = Owner::new(setting.scope, "case", "Business case");
    let mut money =
        |figure, aspect, formula| lowering.cells.formula(of_case.naming(figure, aspect, Unit::Money), formula);
    let opening = setting.while_in_use(a_year_later(book, last));
    let opening = money("opening_book_value", "book value at the beginning of the year", opening);
    let charge = Expression::cell(opening) * Expression::cell(setting.discounting.rates.discount);
    let charge = money("capital_charge", "charge for capital", charge);
    let profit = tax.into_iter().fold(Expression::cell(result), |profit, tax| profit - Expression::cell(tax));
    let year = money("value_added", "economic value added", profit - Expression::cell(charge));
    let present_value = setting.discounting.present_value(year);
    let present_value = money("value_added_present_value", "present value of economic value added", present_value);
    let end = setting.last_year;
    let left = Expression::entry(book, end) * Expression::entry(setting.discounting.factor, end);
    money("book_value_left", "present value of what is left in the books", left);
    ValueAddedCells { year, present_value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Benefit, BenefitKind, Category, CostLine, DepreciationMethod, Plan};
    use crate::{Draft, Horizon};
    use rust_decimal::{Decimal, dec};

    fn draft(tax: Option<Tax>, life: u32, benefits: [i64; 3]) -> Draft {
        let line = CostLine {
            initial: Some(900.into()),
            depreciation: Some(DepreciationMethod::StraightLine { life }.into()),
            ..CostLine::new(Category::Hardware, "server")
        };
        let work = CostLine { initial: Some(100.into()), ..CostLine::new(Category::Staff, "work") };
        let annual = Some(Amount::PerYear(benefits.map(Decimal::from).into()));
        let benefit = Benefit { annual, ..Benefit::new("saved", BenefitKind::Saving) };
        Draft {
            horizon: Horizon { first_year: None, years: 3 },
            discount_rate: Some(dec!(0.25).into()),
            tax,
            plan: Plan { costs: Some(vec![line, work]), benefits: Some(vec![benefit]), ..Plan::default() },
            ..Draft::default()
        }
    }

    fn row(figures: &Figures, id: &str) -> [Decimal; 4] {
        [0, 1, 2, 3].map(|year| figures.get(&format!("{id}.{year}")).round_dp(10).normalize())
    }

    #[test]
    fn losses_are_offset_carried_forward_or_forfeited() {
        let taxes = |losses| {
            let tax = Tax { losses, ..Tax::at(dec!(0.5)) };
            row(&Figures::of(draft(Some(tax), 3, [200, 500, 600])), "case.tax")
        };
        // results: -100, 200 - 300, 500 - 300, 600 - 300
        assert_eq!(taxes(Losses::Offset), [-50, -50, 100, 150].map(Decimal::from));
        assert_eq!(taxes(Losses::CarryForward), [0, 0, 0, 150].map(Decimal::from));
        assert_eq!(taxes(Losses::Forfeit), [0, 0, 100, 150].map(Decimal::from));
        let figures = Figures::of(draft(Some(Tax::at(dec!(0.5))), 3, [200, 500, 600]));
        assert_eq!(row(&figures, "case.result"), [-100, -100, 200, 300].map(Decimal::from));
        assert_eq!(row(&figures, "case.after_tax.net"), [-950, 250, 400, 450].map(Decimal::from));
        assert_eq!(row(&figures, "case.tax_shield"), [0, 150, 150, 150].map(Decimal::from));
        // -950 + 250 x 0.8 + 400 x 0.64 + 450 x 0.512
        assert_eq!(figures.get("case.after_tax.npv"), dec!(-263.6));
        assert_eq!(figures.get("case.tax_shield_present_value"), dec!(292.8));
    }

    #[test]
    fn the_value_added_is_worth_the_net_present_value() {
        for tax in [None, Some(Tax::at(dec!(0.5))), Some(Tax { losses: Losses::CarryForward, ..Tax::at(dec!(0.3)) })] {
            let is_taxed = tax.is_some();
            for life in [1, 2, 3, 5] {
                let figures = Figures::of(draft(tax.clone(), life, [300, 500, 700]));
                let npv = figures.get(if is_taxed { "case.after_tax.npv" } else { "case.npv" });
                let left = figures.get("case.book_value_left");
                assert_eq!(left.is_zero(), life < 4);
                let value_added = figures.get("case.value_added_present_value");
                assert_eq!(value_added.round_dp(15), (npv + left).round_dp(15), "life {life}");
            }
        }
    }

    #[test]
    fn after_the_life_of_an_alternative_nothing_is_depreciated() {
        let of = |life| {
            let mut draft = draft(Some(Tax::at(dec!(0.5))), 3, [300, 500, 700]);
            let plan = std::mem::take(&mut draft.plan);
            let short = crate::case::Alternative { plan, life, ..crate::case::Alternative::new("short") };
            Figures::of(Draft { alternatives: vec![short], ..draft })
        };
        let figures = of(Some(2));
        let figure = |id: &str| figures.get(&format!("alternatives.short.case.{id}")).round_dp(12).normalize();
        // 300 are left in the books after two years, and written off
        assert_eq!([1, 2, 3].map(|year| figure(&format!("depreciation.{year}"))), [300, 600, 0].map(Decimal::from));
        assert_eq!([1, 2, 3].map(|year| figure(&format!("tax.{year}"))), [0, -50, 0].map(Decimal::from));
        assert_eq!(
            [1, 2, 3].map(|year| figure(&format!("opening_book_value.{year}"))),
            [900, 600, 0].map(Decimal::from)
        );
        let value_added = figure("value_added_present_value");
        assert_eq!(value_added, figure("after_tax.npv"));
        assert_eq!(figure("book_value_left"), dec!(0));
        assert_eq!(of(None).get("alternatives.short.case.book_value_left"), dec!(0));
    }

    #[test]
    fn what_is_sold_at_its_book_value_is_no_gain() {
        let server = CostLine {
            initial: Some(100_000.into()),
            replacement: Some(crate::case::Replacement {
                every: None,
                price_change: None,
                residual: Some(crate::case::Residual::Share(dec!(0.25).into())),
            }),
            depreciation: Some(crate::case::Depreciation {
                residual: Some(dec!(0.25).into()),
                ..DepreciationMethod::StraightLine { life: 4 }.into()
            }),
            ..CostLine::new(Category::Hardware, "server")
        };
        let saved = Benefit { annual: Some(40_000.into()), ..Benefit::new("saved", BenefitKind::Saving) };
        let figures = Figures::of(Draft {
            horizon: Horizon { first_year: None, years: 4 },
            discount_rate: Some(dec!(0.09).into()),
            tax: Some(Tax::at(dec!(0.3))),
            plan: Plan { costs: Some(vec![server]), benefits: Some(vec![saved]), ..Plan::default() },
            ..Draft::default()
        });
        assert_eq!(figures.get("case.result.4"), dec!(21_250));
        assert_eq!(figures.get("case.tax.4"), dec!(6_375));
        assert_eq!(figures.get("case.book_value.4"), dec!(0));
        let value_added = figures.get("case.value_added_present_value").round_dp(12);
        assert_eq!(value_added, figures.get("case.after_tax.npv").round_dp(12));
    }

    #[test]
    fn a_tax_needs_a_result() {
        let tax = Some(Tax::at(dec!(15)));
        let plan = Plan { benefits: None, ..draft(None, 3, [1, 1, 1]).plan };
        assert_eq!(
            problems(Draft { plan, ..draft(tax, 3, [1, 1, 1]) }),
            [
                "tax.rate: 1500 % is not a share between 0 and 100 %",
                "tax: there is no result to tax: nothing has both costs and benefits",
            ]
        );
    }
}
