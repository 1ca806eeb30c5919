//! How a purchase is spread over the years after it, by each method.

use super::{DepreciationMethod, Names, naming};
use crate::amount::{Lowering, year};
use crate::kernel::DecliningRest;
use crate::model::{AxisId, Binary, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;

/// How a purchase is spread over the years after it: `cost x (1 - residual) x part / whole` of each.
pub(super) struct Spread {
    /// What is left of the cost, where the parts do not stop there by themselves.
    residual: Option<CellId>,
    /// A row whose entry k is the part of the k-th year of use; over the timeline, 0 in the year of the purchase.
    parts: CellId,
    whole: Decimal,
}

impl Spread {
    /// What is charged in each year of purchases in each year.
    pub(super) fn charged(&self, bought: Expression) -> Expression {
        self.of(bought, |base| Expression::call(Function::Layered, [base, Expression::cell(self.parts)]))
    }

    /// What is charged of a purchase in all, as a share of its cost.
    pub(super) fn charged_in_all(&self) -> Expression {
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

/// Defines the parts of the years of use; `replaced` is the years after which a purchase gives way to the next.
pub(super) fn define(
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
        DepreciationMethod::FixedDecliningBalance { life } => {
            let left = |years: Expression| match residual {
                Some(share) => Expression::cell(share).power(years / Expression::number(*life)),
                None => Expression::number(0),
            };
            let lost = left(year(lowering.names) - Expression::number(1)) - left(year(lowering.names));
            Spread { residual: None, parts: over(*life, lost, lowering), whole: Decimal::ONE }
        }
        DepreciationMethod::DecliningBalance { life, factor, rest } => {
            let charges = declining(lowering, names, (*life, *factor, *rest), residual);
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
    (life, factor, rest): (u32, Decimal, DecliningRest),
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
        let evenly = (was() - left()) / Expression::number(after.saturating_add(1));
        let charge = match rest {
            DecliningRest::Switch => Expression::call(Function::Max, [declining, evenly]),
            DecliningRest::LastPeriods(last) if after < last => evenly,
            DecliningRest::LastPeriods(_) | DecliningRest::Left => declining,
        };
        let now = book(year, Expression::call(Function::Max, [was() - charge, left()]));
        charges.push(was() - Expression::cell(now));
        before = now;
    }
    charges.resize_with(usize::try_from(lowering.years).unwrap_or(usize::MAX), || Expression::number(0));
    charges
}
