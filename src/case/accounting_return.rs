//! Accounting rate of return: the yearly profit of an investment on what is invested.

use super::measures::Owner;
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function, Unit};

/// The accounting rate of return on what is invested first, and on what is tied up on average.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AccountingReturn {
    pub(crate) initial: CellId,
    pub(crate) average: CellId,
}

/// What the accounts say.
pub(super) struct Accounts {
    /// The profit of each year 0 to n.
    pub(super) profit: Expression,
    /// What is invested first.
    pub(super) initial: Expression,
    /// What is tied up on average.
    pub(super) average: Expression,
    /// The years in use.
    pub(super) years: u32,
}

/// Defines both rates: `sum of the profits / years / investment`.
pub(super) fn define(lowering: &mut Lowering, owner: &Owner, accounts: Accounts) -> AccountingReturn {
    let Accounts { profit, initial, average, years } = accounts;
    let mut figure =
        |figure, aspect, unit, expression| lowering.cells.formula(owner.naming(figure, aspect, unit), expression);
    let profit = Expression::call(Function::Sum, [profit]) / Expression::number(years);
    let profit = figure("average_profit", "average profit a year", Unit::Money, profit);
    let average = figure("average_investment", "average investment", Unit::Money, average);
    let rate = |invested| Expression::cell(profit) / invested;
    let initial = rate(initial);
    let average = rate(Expression::cell(average));
    AccountingReturn {
        initial: figure(
            "accounting_return",
            "accounting rate of return, on the initial investment",
            Unit::Share,
            initial,
        ),
        average: figure(
            "accounting_return_average",
            "accounting rate of return, on the average investment",
            Unit::Share,
            average,
        ),
    }
}

/// What is tied up on average in something bought at one price, worth another one at the end, and used up evenly.
pub(super) fn used_up_evenly(initial: Expression, left: Expression) -> Expression {
    (initial + left) / Expression::number(2)
}

/// The mean of the book values at the beginning and the end of each year, before what is left at the end is written off.
pub(super) fn average_of_books(book: CellId, written_off: Option<CellId>, last: u32) -> Expression {
    let total = || Expression::call(Function::Sum, [Expression::cell(book)]);
    let at_beginnings = total() - Expression::entry(book, last);
    let at_ends = total() - Expression::entry(book, 0);
    let at_ends = written_off.into_iter().fold(at_ends, |ends, row| ends + Expression::entry(row, last));
    (at_beginnings + at_ends) / Expression::number(last.saturating_mul(2))
}

#[cfg(test)]
mod tests {
    use crate::appraisal::testing::Figures;
    use crate::case::{
        Benefit, BenefitKind, Category, CostLine, Depreciation, DepreciationMethod, Plan, Replacement, Residual, Tax,
    };
    use crate::{Draft, Horizon};
    use rust_decimal::{Decimal, dec};

    fn draft(price: i64, brings: i64, years: u32) -> Draft {
        let machine = CostLine { initial: Some(price.into()), ..CostLine::new(Category::Hardware, "machine") };
        let saved = Benefit { annual: Some(brings.into()), ..Benefit::new("saved", BenefitKind::Saving) };
        Draft {
            horizon: Horizon { first_year: None, years },
            discount_rate: Some(dec!(0.1).into()),
            plan: Plan { costs: Some(vec![machine]), benefits: Some(vec![saved]), ..Plan::default() },
            ..Draft::default()
        }
    }

    fn returns(draft: Draft) -> [Decimal; 3] {
        let figures = Figures::of(draft);
        ["average_profit", "accounting_return", "accounting_return_average"]
            .map(|figure| figures.get(&format!("case.{figure}")).round_dp(12).normalize())
    }

    /// A reviewer's worked example: 80,000, no salvage, average net income 10,000: 25 % on the average investment.
    #[test]
    fn a_published_case() {
        let expected = [dec!(10_000), dec!(0.125), dec!(0.25)];
        assert_eq!(returns(draft(80_000, 20_000, 8)), expected);
        // written off evenly over those years, in the books it comes to the same
        let mut written_off = draft(80_000, 20_000, 8);
        for line in written_off.plan.costs.iter_mut().flatten() {
            line.depreciation = Some(DepreciationMethod::StraightLine { life: 8 }.into());
        }
        assert_eq!(returns(written_off), expected);
    }

    /// 100,000 that are worth 20,000 after four years, and bring 35,000 a year: a profit of 35,000 - 20,000 on
    /// (100,000 + 20,000) / 2, as accountants teach it.
    #[test]
    fn what_comes_back_is_not_used_up() {
        let sold = |depreciated: bool| {
            let mut draft = draft(100_000, 35_000, 4);
            for line in draft.plan.costs.iter_mut().flatten() {
                let residual = Some(Residual::Share(dec!(0.2).into()));
                line.replacement = Some(Replacement { residual, ..Replacement::default() });
                let straight = DepreciationMethod::StraightLine { life: 4 };
                line.depreciation =
                    depreciated.then(|| Depreciation { residual: Some(dec!(0.2).into()), ..straight.into() });
            }
            draft
        };
        let expected = [dec!(15_000), dec!(0.15), dec!(0.25)];
        assert_eq!(returns(sold(false)), expected);
        assert_eq!(returns(sold(true)), expected);
        let taxed = Figures::of(Draft { tax: Some(Tax::at(dec!(0.4))), ..sold(true) });
        assert_eq!(taxed.get("case.accounting_return"), dec!(0.15));
        assert_eq!(taxed.get("case.after_tax.average_profit"), dec!(9_000));
        assert_eq!(taxed.get("case.after_tax.accounting_return_average"), dec!(0.15));
    }

    #[test]
    fn profits_are_those_of_the_books() {
        // written off in two of four years: books 900, 450, 0, 0, 0
        let mut early = draft(900, 300, 4);
        for line in early.plan.costs.iter_mut().flatten() {
            line.depreciation = Some(DepreciationMethod::StraightLine { life: 2 }.into());
        }
        let figures = Figures::of(early);
        assert_eq!(figures.get("case.average_profit"), dec!(75));
        assert_eq!(figures.get("case.average_investment"), dec!(225)); // (675 + 225 + 0 + 0) / 4
        // and over eight, half of it is in the books as the horizon ends, and half is no cost yet
        let mut late = draft(800, 300, 4);
        for line in late.plan.costs.iter_mut().flatten() {
            line.depreciation = Some(DepreciationMethod::StraightLine { life: 8 }.into());
        }
        let figures = Figures::of(late);
        assert_eq!(figures.get("case.average_profit"), dec!(200));
        assert_eq!(figures.get("case.average_investment"), dec!(600));
    }
}
