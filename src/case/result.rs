//! The result of each year: what is depreciated replaced by its depreciation, what tax leaves of it, and the value that the
//! year adds above the cost of capital.

use super::accounting_return::{self, AccountingReturn, Accounts};
use super::at_end;
use super::measures::{CaseCells, Owner};
use super::tax::{self, TaxedCells};
use super::timing::a_year_later;
use super::{BenefitCells, CostCells, Discounting, Prices, Setting, Timing, inflation};
use crate::amount::Lowering;
use crate::model::{AxisId, CellId, Expression, Function, Unit};

/// What a plan brings, and what it returns.
pub(super) type Returns<'c> = (&'c BenefitCells, &'c CaseCells);

/// The cells of the result and what is left of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResultCells {
    /// Net benefits, or costs where there are no benefits, in money of each year.
    pub(crate) of: CellId,
    /// Whether amounts are at constant prices, so that those are others.
    pub(crate) is_inflated: bool,
    pub(crate) capitalised: CellId,
    pub(crate) depreciation: CellId,
    pub(crate) result: CellId,
    /// Where there is a tax.
    pub(crate) taxed: Option<TaxedCells>,
    /// Where something is earned, and money flows at the ends of years.
    pub(crate) value_added: Option<ValueAddedCells>,
}

/// The value that each year adds, and what all of it is worth today.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ValueAddedCells {
    pub(crate) year: CellId,
    pub(crate) present_value: CellId,
}

/// Rows in money of each year, where inflation is stated.
#[derive(Clone, Copy)]
pub(crate) struct Current {
    pub(super) net: Option<CellId>,
    pub(super) costs: Option<CellId>,
}

/// What stands in the books.
#[derive(Clone, Copy)]
struct Books {
    capitalised: CellId,
    value: CellId,
    written_off: Option<CellId>,
}

pub(super) fn case_owner(setting: Setting) -> Owner {
    Owner::new(setting.scope, "case", "Business case")
}

/// Defines the result of a plan, what is left of it where there is a tax, and the accounting rate of return where there are
/// benefits.
///
/// Books are kept and taxes are paid in money of each year.
pub(crate) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    costs: &CostCells,
    (returns, current): (Option<Returns>, Current),
) -> (Option<ResultCells>, Option<AccountingReturn>) {
    let depreciates = costs.lines.iter().any(|line| line.depreciation.is_some());
    if setting.tax.is_none() && !depreciates {
        let of_flows = returns.map(|(_, case)| {
            let accounts = accounts(setting, (costs, case), None, Expression::cell(case.net));
            accounting_return::define(lowering, &case_owner(setting), accounts)
        });
        return (None, of_flows);
    }
    let depreciated = || costs.lines.iter().filter_map(|line| line.depreciation);
    let of_case = case_owner(setting);
    let mut money =
        |figure, aspect, formula| lowering.cells.formula(of_case.naming(figure, aspect, Unit::Money), formula);
    let sum_of = |rows: Vec<CellId>| match rows.is_empty() {
        true => at_end::nothing(),
        false => Expression::sum_of(rows.into_iter().map(Expression::cell)),
    };
    let capitalised = sum_of(depreciated().map(|line| line.capitalised).collect());
    let capitalised = money("capitalised", "what is bought and depreciated", capitalised);
    let charges = setting.while_in_use(sum_of(depreciated().map(|line| line.charges).collect()));
    let written_off = define_written_off(lowering, setting, costs);
    let mut money =
        |figure, aspect, formula| lowering.cells.formula(of_case.naming(figure, aspect, Unit::Money), formula);
    let charges = written_off.into_iter().fold(charges, |charges, row| charges + Expression::cell(row));
    let depreciation = money("depreciation", "depreciation", charges);
    let running = |row| Expression::call(Function::Cumulate, [Expression::cell(row)]);
    let book = setting.while_in_use(running(capitalised) - running(depreciation));
    let value = money("book_value", "book value at the end of the year", book);
    let books = Books { capitalised, value, written_off };
    let inflated = setting.common.prices.and_then(Prices::of_books);
    let in_books = |stated: CellId, current: Option<CellId>| current.filter(|_| inflated.is_some()).unwrap_or(stated);
    let of_costs = in_books(costs.totals.year, current.costs);
    let of = returns.map_or(of_costs, |(_, case)| in_books(case.net, current.net));
    let earned = if returns.is_some() { Expression::cell(of) } else { -Expression::cell(of) };
    let result = earned + Expression::cell(capitalised) - Expression::cell(depreciation);
    let result = money("result", "result of the year", result);
    let taxable = tax::Taxable { costs: of_costs, capitalised, depreciation, result };
    let mut taxed = setting.tax.map(|tax| tax::define(lowering, setting, tax, (costs, returns), taxable));
    let books = depreciates.then_some(books);
    let accounting_return = returns.map(|(_, case)| {
        let profit = if depreciates { result } else { of };
        if let Some(taxed) = &mut taxed {
            let left = Expression::cell(profit) - Expression::cell(taxed.in_books);
            let owner = Owner::new(setting.scope, "case.after_tax", "Business case after tax");
            let accounts = accounts(setting, (costs, case), books, left);
            taxed.accounting_return = Some(accounting_return::define(lowering, &owner, accounts));
        }
        let accounts = accounts(setting, (costs, case), books, Expression::cell(profit));
        accounting_return::define(lowering, &of_case, accounts)
    });
    let value_added = (returns.is_some() && setting.discounting.timing == Timing::End).then(|| {
        let tax = taxed.map(|taxed| taxed.in_books);
        define_value_added(lowering, setting, (value, inflated), (result, tax))
    });
    let is_inflated = inflated.is_some();
    (Some(ResultCells { of, is_inflated, capitalised, depreciation, result, taxed, value_added }), accounting_return)
}

/// What is invested, by the books; where nothing is depreciated, the outlay is used up evenly until the end.
fn accounts(
    setting: Setting,
    (costs, case): (&CostCells, &CaseCells),
    books: Option<Books>,
    profit: Expression,
) -> Accounts {
    let years = setting.last_year;
    let (initial, average) = match books {
        Some(Books { capitalised, value, written_off }) => {
            let average = accounting_return::average_of_books(value, written_off, years);
            (Expression::entry(capitalised, 0), average)
        }
        None => {
            let outlay = || Expression::cell(case.measures.initial_outlay);
            let sold =
                costs.lines.iter().filter(|line| line.is_residual_value).map(|line| -Expression::cell(line.nominal));
            let sold: Vec<Expression> = sold.collect();
            let left = if sold.is_empty() { Expression::number(0) } else { Expression::sum_of(sold) };
            (outlay(), accounting_return::used_up_evenly(outlay(), left))
        }
    };
    Accounts { profit, initial, average, years }
}

/// What is left in the books of a line at the end is charged then, where the thing is sold, or where its life ends before the
/// horizon does.
fn define_written_off(lowering: &mut Lowering, setting: Setting, costs: &CostCells) -> Option<CellId> {
    let is_sold = |figures: &str| costs.lines.iter().any(|line| line.is_residual_value && *line.of == *figures);
    let ends = setting.in_use.is_some();
    let lines = costs.lines.iter().filter(|line| ends || is_sold(&line.of));
    let total = |row| Expression::call(Function::Sum, [row]);
    let left = lines.filter_map(|line| {
        let line = line.depreciation?;
        let charges = setting.while_in_use(Expression::cell(line.charges));
        Some(total(Expression::cell(line.capitalised)) - total(charges))
    });
    let left: Vec<Expression> = left.collect();
    if left.is_empty() {
        return None;
    }
    let of_case = case_owner(setting);
    let naming = of_case.naming("left_at_the_end", "book value of what is sold or used up", Unit::Money);
    let left = lowering.cells.formula(naming, Expression::sum_of(left));
    let end = (0..=lowering.years)
        .map(|year| if year == setting.last_year { Expression::cell(left) } else { Expression::number(0) });
    let naming = of_case.naming("written_off", "written off at the end", Unit::Money);
    Some(lowering.cells.formula(naming, Expression::row(AxisId::TIMELINE, end)))
}

/// Economic value added of the plan: the result after tax, less the charge for what stands in the books when the year
/// begins. Its present value is the net present value after tax, up to the present value of what stands in the books at the
/// end (Preinreich 1937, Lücke 1955).
fn define_value_added(
    lowering: &mut Lowering,
    setting: Setting,
    (book, inflated): (CellId, Option<inflation::Books>),
    (result, tax): (CellId, Option<CellId>),
) -> ValueAddedCells {
    let last = lowering.years;
    let of_case = case_owner(setting);
    let Discounting { rates, .. } = setting.discounting;
    let (rate, factors) =
        inflated.map_or((rates.discount, setting.discounting.discount()), |books| (books.rate, books.factors));
    let mut money =
        |figure, aspect, formula| lowering.cells.formula(of_case.naming(figure, aspect, Unit::Money), formula);
    let opening = setting.while_in_use(a_year_later(book, last));
    let opening = money("opening_book_value", "book value at the beginning of the year", opening);
    let charge = Expression::cell(opening) * Expression::cell(rate);
    let charge = money("capital_charge", "charge for capital", charge);
    let profit = tax.into_iter().fold(Expression::cell(result), |profit, tax| profit - Expression::cell(tax));
    let year = money("value_added", "economic value added", profit - Expression::cell(charge));
    let present_value = factors.value(lowering, year);
    let mut money =
        |figure, aspect, formula| lowering.cells.formula(of_case.naming(figure, aspect, Unit::Money), formula);
    let present_value = money("value_added_present_value", "present value of economic value added", present_value);
    let end = setting.last_year;
    let left = Expression::entry(book, end) * Expression::entry(factors.within, end);
    money("book_value_left", "present value of what is left in the books", left);
    ValueAddedCells { year, present_value }
}

#[cfg(test)]
mod tests {
    use crate::appraisal::testing::Figures;
    use crate::case::{
        Alternative, Benefit, BenefitKind, Category, CostLine, Depreciation, DepreciationMethod, Losses, Plan,
        Replacement, Residual, Tax,
    };
    use crate::{Amount, Draft, Horizon};
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

    /// The same plan in money of each year and at constant prices: 3 % inflation, machines replaced at the price of then.
    #[test]
    fn terms_change_no_value_after_tax() {
        use crate::case::{Terms, Valuation};
        let grown = |amounts: [i64; 3], prices: Terms| {
            let index = |year: usize| [dec!(1.03), dec!(1.0609), dec!(1.092727)][year];
            let amounts = amounts.iter().enumerate().map(|(year, amount)| match prices {
                Terms::Nominal => Decimal::from(*amount) * index(year),
                Terms::Real => Decimal::from(*amount),
            });
            Some(Amount::PerYear(amounts.collect()))
        };
        let value = |prices: Terms, losses, brings: bool| {
            let mut draft = draft(Some(Tax { losses, ..Tax::at(dec!(0.4)) }), 3, [1, 1, 1]);
            draft.valuation = Valuation { prices, inflation: Some(dec!(0.03).into()), ..Valuation::default() };
            draft.discount_rate = Some(dec!(0.1).into());
            for benefit in draft.plan.benefits.iter_mut().flatten() {
                benefit.annual = grown([200, 600, 500], prices);
            }
            for line in draft.plan.costs.iter_mut().flatten().filter(|line| line.depreciation.is_some()) {
                let price_change = (prices == Terms::Nominal).then(|| dec!(0.03).into());
                line.replacement = Some(Replacement { every: Some(2), price_change, residual: None });
            }
            draft.plan.benefits = draft.plan.benefits.filter(|_| brings);
            Figures::of(draft)
        };
        for (_, losses) in Losses::ALL {
            let [nominal, real] = [Terms::Nominal, Terms::Real].map(|prices| value(prices, losses, false));
            let costs = "costs.after_tax.present_value";
            assert_eq!(nominal.get(costs).round_dp(12), real.get(costs).round_dp(12));
            let [nominal, real] = [Terms::Nominal, Terms::Real].map(|prices| value(prices, losses, true));
            for id in [
                "case.npv",
                "case.after_tax.npv",
                "case.value_added_present_value",
                "case.book_value_left",
                "case.result.3",
                "case.depreciation.3",
                "case.average_profit",
            ] {
                assert_eq!(nominal.get(id).round_dp(12), real.get(id).round_dp(12), "{id}");
            }
            assert_eq!(real.get("case.tax_at_current_prices.3").round_dp(12), nominal.get("case.tax.3").round_dp(12));
            let left = real.get("case.after_tax.npv") + real.get("case.book_value_left");
            assert_eq!(real.get("case.value_added_present_value").round_dp(12), left.round_dp(12));
        }
    }

    #[test]
    fn after_the_life_of_an_alternative_nothing_is_depreciated() {
        let of = |life| {
            let mut draft = draft(Some(Tax::at(dec!(0.5))), 3, [300, 500, 700]);
            let plan = std::mem::take(&mut draft.plan);
            let short = Alternative { plan, life, ..Alternative::new("short") };
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
            replacement: Some(Replacement {
                every: None,
                price_change: None,
                residual: Some(Residual::Share(dec!(0.25).into())),
            }),
            depreciation: Some(Depreciation {
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
}
