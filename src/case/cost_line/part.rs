//! A part of a cost line: where its amounts stand, and what its figures are called.

use crate::amount::{Amount, AmountError, Lowering, year};
use crate::bound::Bound;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use std::sync::Arc;

/// What an amount of a line is.
#[derive(Clone)]
pub(super) struct Stated {
    pub(super) figure: &'static str,
    pub(super) aspect: &'static str,
    pub(super) unit: Unit,
    /// What is written positive: `a cost`.
    pub(super) what: &'static str,
}

/// A line, or a map within it: its address is what the ids of its figures begin with.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) at: Arc<str>,
    pub(super) subject: Arc<str>,
    /// How amounts of money are to be read: in the currency of the line.
    pub(super) money: Unit,
    /// The last year in which what is bought is in use: the end of the horizon, or of a shorter life.
    pub(super) last_year: u32,
}

impl Part {
    /// A map within this one.
    pub(super) fn under(&self, key: &str) -> Self {
        Self { at: format!("{}.{key}", self.at).into(), ..self.clone() }
    }

    /// One of several that are alike: readers count from 1.
    pub(super) fn numbered(&self, position: usize) -> Self {
        Self { subject: format!("{}, {}", self.subject, position.saturating_add(1)).into(), ..self.clone() }
    }

    pub(super) fn id(&self, figure: &'static str) -> Id {
        Id::of(Arc::clone(&self.at), figure)
    }

    fn naming(&self, figure: &'static str, aspect: &'static str, unit: Unit) -> Naming {
        Naming::new(self.id(figure)).label(Arc::clone(&self.subject), aspect).unit(unit)
    }

    /// The cell of an amount, which may differ from year to year.
    pub(super) fn amount(&self, lowering: &mut Lowering, stated: Stated, amount: &Amount) -> CellId {
        let Stated { figure, aspect, unit, what } = stated;
        let cell = self.written(lowering, (figure, aspect, unit), amount);
        lowering.keep_positive(cell, amount, what);
        cell
    }

    /// A share as written.
    pub(super) fn share_of(
        &self,
        lowering: &mut Lowering,
        stated: (&'static str, &'static str, Unit),
        amount: &Amount,
    ) -> CellId {
        let cell = self.written(lowering, stated, amount);
        lowering.keep_share(cell, amount);
        cell
    }

    /// A rate or a risk on top of something, which is a single value.
    pub(super) fn surcharge(&self, lowering: &mut Lowering, stated: Stated, amount: &Amount) -> CellId {
        let Stated { figure, aspect, unit, what } = stated;
        let cell = self.written(lowering, (figure, aspect, unit), amount);
        lowering.cells.require_single(cell);
        lowering.keep_within(cell, amount, Bound::Surcharge, |value| AmountError::Negative { value, what });
        cell
    }

    /// The cell of an amount that may be negative.
    pub(super) fn written(
        &self,
        lowering: &mut Lowering,
        (figure, aspect, unit): (&'static str, &'static str, Unit),
        amount: &Amount,
    ) -> CellId {
        lowering.amount(self.naming(figure, aspect, unit).source(self.id(figure)), amount)
    }

    /// The cell of an amount that is the same in every year.
    pub(super) fn single(&self, lowering: &mut Lowering, stated: Stated, amount: &Amount) -> CellId {
        let cell = self.amount(lowering, stated, amount);
        lowering.cells.require_single(cell);
        cell
    }

    /// The factor `(1 + growth)^(year - 1)` of a growth, which may be negative.
    pub(super) fn growth(&self, lowering: &mut Lowering, growth: &Amount) -> Expression {
        let cell = self.written(lowering, ("growth", "growth", Unit::Share), growth);
        lowering.cells.require_single(cell);
        lowering.keep_within(cell, growth, Bound::Growth, |growth| AmountError::GrowsBelowNothing { growth });
        crate::amount::growth_factor(lowering.names, Expression::cell(cell))
    }

    /// A figure that follows from others.
    pub(super) fn formula(
        &self,
        lowering: &mut Lowering,
        (figure, aspect, unit): (&'static str, &'static str, Unit),
        expression: Expression,
    ) -> CellId {
        let naming = self.naming(figure, aspect, unit).source(Arc::clone(&self.at));
        lowering.cells.formula(naming, expression)
    }

    pub(super) fn money(&self, figure: &'static str, aspect: &'static str) -> Stated {
        Stated { figure, aspect, unit: self.money.clone(), what: "a cost" }
    }

    pub(super) fn number(figure: &'static str, aspect: &'static str, what: &'static str) -> Stated {
        Stated { figure, aspect, unit: Unit::Number, what }
    }

    pub(super) fn share(figure: &'static str, aspect: &'static str, what: &'static str) -> Stated {
        Stated { figure, aspect, unit: Unit::Share, what }
    }
}

/// What a form of cost comes to, in the currency of the line.
#[derive(Clone, Default)]
pub(super) struct Sum {
    /// In year 0.
    pub(super) initial: Vec<Expression>,
    /// In the years 1..n.
    pub(super) annual: Vec<Expression>,
    /// In the years 1..n, for what is bought then and kept.
    pub(super) purchases: Vec<Expression>,
    /// In the last of the years 1..n, as it ends.
    pub(super) at_end: Vec<Expression>,
}

/// What a row over the timeline holds in the year before each of the years 1..n.
pub(super) fn year_before(lowering: &Lowering, row: CellId) -> Expression {
    Expression::call(Function::At, [Expression::cell(row), year(lowering.names)])
}

/// What an amount is in year 0: what it is in year 1.
pub(super) fn first(amount: CellId) -> Expression {
    Expression::call(Function::At, [Expression::cell(amount), Expression::number(1)])
}

/// An amount in one year and nothing in the others.
pub(super) fn only_in(lowering: &Lowering, in_year: u32, amount: Expression) -> Expression {
    let condition = year(lowering.names).binary(crate::model::Binary::Equal, Expression::number(in_year));
    Expression::choose(condition, amount, Expression::number(0))
}

/// Not below zero.
pub(super) fn not_negative(amount: Expression) -> Expression {
    Expression::call(Function::Max, [amount, Expression::number(0)])
}
