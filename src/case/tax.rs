//! Tax on the result of each year, and what is left after it.

use super::accounting_return::AccountingReturn;
use super::at_end::{self, Sign};
use super::measures::{MeasureCells, Owner, define_measures};
use super::result::{Returns, case_owner};
use super::timing::a_year_later;
use super::{CostCells, Prices, Setting, Totals, define_totals_of};
use crate::amount::{Amount, Lowering};
use crate::model::{CellId, Expression, Function, Naming, Unit};

/// Tax on the result of each year.
///
/// **Formula**: the result of a year is `benefits - costs`, in which what is depreciated is replaced by its depreciation; the
/// tax is `rate x result`, and of losses what [`Losses`] says. Of costs without benefits all results are losses: what they
/// save of tax elsewhere makes them cheaper.
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
    #[error("there is no result to tax: nothing has costs")]
    NoResult,
}

impl TaxError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoResult => "add `costs:`, or remove `tax:`".to_owned(),
        })
    }
}

/// The cells of the tax and of the flows after it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TaxedCells {
    pub(crate) tax: CellId,
    /// The same in money of each year, which is another one where amounts are at constant prices.
    pub(crate) in_books: CellId,
    /// Benefits less tax.
    pub(crate) benefits: Totals,
    pub(crate) net: CellId,
    /// What depreciation saves of it, where losses are offset: otherwise it depends on the other years.
    pub(crate) shield: Option<CellId>,
    /// Where there are benefits.
    pub(crate) measures: Option<MeasureCells>,
    pub(crate) accounting_return: Option<AccountingReturn>,
    /// Where there are none, or losses are offset: what costs save then does not depend on benefits.
    pub(crate) costs: Option<CostsAfterTax>,
}

/// What costs come to after what they save of tax.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CostsAfterTax {
    pub(crate) totals: Totals,
    pub(crate) equivalent_annual: CellId,
}

/// What is taxed, in money of each year.
#[derive(Clone, Copy)]
pub(super) struct Taxable {
    pub(super) costs: CellId,
    pub(super) capitalised: CellId,
    pub(super) depreciation: CellId,
    pub(super) result: CellId,
}

/// Defines the rate, once for all plans.
pub(crate) fn define_rate(lowering: &mut Lowering, tax: &Tax) -> CellId {
    let naming = Naming::new("tax.rate").label("Tax", "rate").unit(Unit::Share).source("tax.rate");
    let cell = lowering.amount(naming, &tax.rate);
    lowering.keep_share(cell, &tax.rate);
    cell
}

/// Defines the tax on a result, and what is left of benefits, net benefits and their measures, or of costs alone.
pub(super) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    (rate, losses): (CellId, Losses),
    (costs, returns): (&CostCells, Option<Returns>),
    accounts: Taxable,
) -> TaxedCells {
    let Taxable { depreciation, result, .. } = accounts;
    let of_case = case_owner(setting);
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
    let index = setting.common.prices.and_then(Prices::of_books).map(|books| books.index);
    let of_taxable = Expression::cell(taxable) * rates.clone();
    let (tax, in_books) = match index {
        Some(index) => {
            let in_books = money("tax_at_current_prices", "tax, at current prices", of_taxable);
            (money("tax", "tax", Expression::cell(in_books) / Expression::cell(index)), in_books)
        }
        None => {
            let tax = money("tax", "tax", of_taxable);
            (tax, tax)
        }
    };
    let shield = (losses == Losses::Offset).then(|| {
        let naming = of_case.naming("tax_shield", "tax that depreciation saves", Unit::Money);
        let shield = lowering.cells.formula(naming, {
            let saved = Expression::cell(depreciation) * rates;
            index.into_iter().fold(saved, |saved, index| saved / Expression::cell(index))
        });
        let worth = setting.discounting.present_value(lowering, shield);
        let aspect = "present value of the tax that depreciation saves";
        lowering.cells.formula(of_case.naming("tax_shield_present_value", aspect, Unit::Money), worth);
        shield
    });
    let less_tax = |row: Option<CellId>| match row {
        Some(row) => Expression::cell(row) - Expression::cell(tax),
        None => -Expression::cell(tax),
    };
    let id = setting.scope.id("case.after_tax");
    let subject = setting.scope.subject("Business case after tax");
    let brought = less_tax(returns.map(|(benefits, _)| benefits.totals.year));
    let benefits = define_totals_of(lowering, setting, (&format!("{id}.benefits").into(), &subject), (brought, None));
    let after = Owner::new(setting.scope, "case.after_tax", "Business case after tax");
    let net = match returns {
        Some((_, case)) => [(Sign::Plus, case.net), (Sign::Minus, tax)],
        None => [(Sign::Plus, benefits.year), (Sign::Minus, costs.totals.year)],
    };
    let net = at_end::define_sum(lowering, after.naming("net", "net benefit by year", Unit::Money), &net);
    let mut taxed =
        TaxedCells { tax, in_books, benefits, net, shield, measures: None, accounting_return: None, costs: None };
    match returns {
        Some(_) => {
            taxed.measures = Some(define_measures(lowering, setting, (after, false), net, (costs.totals, benefits)));
            taxed.costs = (losses == Losses::Offset).then(|| {
                let cell = Expression::cell;
                let result = cell(accounts.capitalised) - cell(depreciation) - cell(accounts.costs);
                let naming = Naming::new(setting.scope.id("costs.result"))
                    .label(setting.scope.subject("Costs"), "result of the year");
                let result = lowering.cells.formula(naming.unit(Unit::Money), result);
                let of_costs = index.into_iter().fold(cell(result) * by_year(rate), |tax, index| tax / cell(index));
                let naming = Naming::new(setting.scope.id("costs.tax")).label(setting.scope.subject("Costs"), "tax");
                let of_costs = lowering.cells.formula(naming.unit(Unit::Money), of_costs);
                define_costs(lowering, setting, costs, of_costs)
            });
        }
        None => taxed.costs = Some(define_costs(lowering, setting, costs, tax)),
    }
    taxed
}

fn define_costs(lowering: &mut Lowering, setting: Setting, costs: &CostCells, tax: CellId) -> CostsAfterTax {
    let (id, subject) = (setting.scope.id("costs.after_tax"), setting.scope.subject("Costs after tax"));
    let row = Expression::cell(costs.totals.year) + Expression::cell(tax);
    let part = lowering.at_end.sum([(Sign::Plus, costs.totals.year)]);
    let totals = define_totals_of(lowering, setting, (&id, &subject), (row, part));
    let annual = Expression::cell(totals.present_value) / Expression::cell(setting.discounting.annuity_factor);
    let naming = Naming::new(format!("{id}.equivalent_annual")).label(subject, "equivalent annual cost");
    let equivalent_annual = lowering.cells.formula(naming.unit(Unit::Money), annual);
    CostsAfterTax { totals, equivalent_annual }
}

/// The rates of the years 0..n: they may differ between years, and year 0 has that of year 1.
pub(super) fn by_year(rate: CellId) -> Expression {
    let first = Expression::call(Function::At, [Expression::cell(rate), Expression::number(1)]);
    Expression::call(Function::Flow, [first, Expression::cell(rate)])
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

    /// 1,000 in year 0, 900 of them written off in three years, and what tax saves elsewhere at a rate of 50 %.
    #[test]
    fn costs_alone_save_tax_elsewhere() {
        let plan = Plan { benefits: None, ..draft(None, 3, [1, 1, 1]).plan };
        let after = |losses| {
            let tax = Some(Tax { losses, ..Tax::at(dec!(0.5)) });
            Figures::of(Draft { plan: plan.clone(), ..draft(tax, 3, [1, 1, 1]) })
        };
        let figures = after(Losses::Offset);
        assert_eq!(row(&figures, "case.result"), [-100, -300, -300, -300].map(Decimal::from));
        assert_eq!(row(&figures, "case.tax"), [-50, -150, -150, -150].map(Decimal::from));
        assert_eq!(row(&figures, "costs.after_tax.year"), [950, -150, -150, -150].map(Decimal::from));
        // 950 - 150 x (0.8 + 0.64 + 0.512), and that over the same sum
        assert_eq!(figures.get("costs.after_tax.present_value"), dec!(657.2));
        let annual = figures.get("costs.after_tax.equivalent_annual");
        assert_eq!((annual * dec!(1.952)).round_dp(20), dec!(657.2));
        assert_eq!(row(&figures, "case.after_tax.net"), [-950, 150, 150, 150].map(Decimal::from));
        for losses in [Losses::Forfeit, Losses::CarryForward] {
            assert_eq!(after(losses).get("costs.after_tax.present_value"), dec!(1_000));
        }
    }

    #[test]
    fn a_tax_needs_a_result() {
        let tax = Some(Tax::at(dec!(15)));
        let plan = Plan { costs: None, ..draft(None, 3, [1, 1, 1]).plan };
        assert_eq!(
            problems(Draft { plan, ..draft(tax, 3, [1, 1, 1]) }),
            [
                "tax.rate: 1500 % is not a share between 0 and 100 %",
                "tax: there is no result to tax: nothing has costs",
            ]
        );
    }
}
