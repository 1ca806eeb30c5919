//! What a line states, as cells: the sums of its forms, and what acts on them.

use super::declared::{Declared, Risk};
use super::licence::{self, LicenceCells};
use super::part::{Part, Sum, first};
use super::{CostError, allocation, dual_running, one_off, replacement, staff, training, usage};
use crate::amount::Lowering;
use crate::case::Setting;
use crate::case::currency::Currency;
use crate::idle::Idle;
use crate::model::{CellId, Expression, Function, Unit};
use std::sync::Arc;

/// Which part of a line is charged to the programme.
#[derive(Clone, Copy)]
pub(super) enum Share {
    Whole,
    /// The same in every year.
    Stated(CellId),
    /// By an allocation key, which may change from year to year.
    Allocated(CellId),
}

/// The amounts of some years that a share and a risk act on.
#[derive(Clone, Copy)]
pub(super) enum Years {
    /// Year 0.
    Start,
    /// The years 1..n.
    Later,
    /// The years 0..n.
    All,
}

/// The amounts a line states, as cells; money is in the currency of the document.
pub(super) struct Stated {
    pub(super) sum: Sum,
    pub(super) rate: Option<CellId>,
    pub(super) share: Share,
    pub(super) risk: Option<CellId>,
    pub(super) currency: Currency,
    /// What is bought in the years 1..n and depreciated, in the currency of the line.
    pub(super) purchases: Option<CellId>,
    /// What is paid as the horizon ends, in the currency of the line, where that is another moment than the rest of its year.
    pub(super) leaving: Option<CellId>,
    pub(super) licence: Option<LicenceCells>,
    /// The residual value in the last year, in the currency of the line.
    pub(super) residual: Option<CellId>,
}

impl Stated {
    /// An amount of the line as it is charged.
    pub(super) fn charged(&self, amount: Expression, years: Years, risk: Risk) -> Expression {
        let shared = self.shared(amount, years);
        match self.risk {
            Some(own) if risk == Risk::With => shared * (Expression::number(1) + Expression::cell(own)),
            _ => shared,
        }
    }

    pub(super) fn shared(&self, amount: Expression, years: Years) -> Expression {
        match (self.share, years) {
            (Share::Whole, _) => amount,
            (Share::Stated(share), _) | (Share::Allocated(share), Years::Later) => amount * Expression::cell(share),
            (Share::Allocated(share), Years::Start) => amount * first(share),
            (Share::Allocated(share), Years::All) => {
                amount * Expression::call(Function::Flow, [first(share), Expression::cell(share)])
            }
        }
    }
}

/// Makes cells of what a line states.
pub(super) fn state(lowering: &mut Lowering, declared: &Declared, setting: Setting) -> Stated {
    let Declared { line, subject, figures, .. } = declared;
    if !line.has_amount() {
        lowering.problem(&**figures, CostError::NoAmount { id: line.id.clone() });
    }
    let currency = Currency::stated(lowering, figures, line.currency.as_deref());
    let (at, subject, last_year) = (Arc::clone(figures), Arc::clone(subject), setting.last_year);
    let part = &Part { at, subject, money: currency.unit(), last_year };
    let mut sum = Sum::default();
    let initial = line.initial.as_ref().map(|initial| part.single(lowering, part.money("initial", "initial"), initial));
    sum.initial.extend(initial.map(Expression::cell));
    if let Some(annual) = &line.annual {
        sum.annual.push(Expression::cell(part.amount(lowering, part.money("annual", "a year"), annual)));
    }
    let rate = line.rate.as_ref();
    let rate = rate.map(|rate| part.surcharge(lowering, Part::share("rate", "rate", "a rate"), &rate.rate));
    let mut share = Share::Whole;
    if let Some(stated) = &line.share {
        let cell = part.share_of(lowering, ("share", "share charged", Unit::Share), stated);
        lowering.cells.require_single(cell);
        share = Share::Stated(cell);
    }
    let risk = line.risk.as_ref();
    let risk = risk.map(|risk| part.surcharge(lowering, Part::share("risk", "risk", "a risk"), risk));
    if let Some(staff) = &line.staff {
        staff::define(lowering, part, staff, &mut sum);
    }
    if let Some(allocation) = &line.allocation {
        if line.share.is_some() {
            lowering.problem(part.id("allocation").to_string(), CostError::ShareTwice { id: line.id.clone() });
        }
        share = Share::Allocated(allocation::define(lowering, part, allocation));
    }
    let licence = line.licence.as_ref().map(|licence| licence::define(lowering, part, licence, &mut sum));
    staff::define_roles(lowering, part, &line.roles, &mut sum);
    if let Some(training) = &line.training {
        training::define(lowering, part, training, &mut sum);
    }
    if let Some(usage) = &line.usage {
        usage::define(lowering, part, usage, &mut sum);
    }
    let residual = line
        .replacement
        .as_ref()
        .and_then(|replacement| replacement::define(lowering, part, (&line.id, initial), replacement, &mut sum));
    if let Some(once) = &line.once {
        one_off::define(lowering, part, once, &mut sum);
    }
    if let Some(dual) = &line.dual_running {
        dual_running::define(lowering, part, dual, &mut sum);
    }
    let bought = std::mem::take(&mut sum.purchases);
    let purchases = (line.depreciation.is_some() && !bought.is_empty()).then(|| {
        let together = ("purchases", "bought after year 0", part.money.clone());
        part.formula(lowering, together, Expression::sum_of(bought.iter().cloned()))
    });
    sum.purchases = purchases.map_or(bought, |cell| vec![Expression::cell(cell)]);
    let paid = std::mem::take(&mut sum.at_end);
    let leaving = (setting.discounting.ends().is_some() && !paid.is_empty()).then(|| {
        let together = ("paid_at_end", "paid as the horizon ends", part.money.clone());
        part.formula(lowering, together, Expression::sum_of(paid.iter().cloned()))
    });
    sum.at_end = leaving.map_or(paid, |cell| vec![Expression::cell(cell)]);
    let parts = [&sum.initial, &sum.annual, &sum.purchases, &sum.at_end];
    if currency.is_foreign() && line.rate.is_some() && parts.iter().all(|part| part.is_empty()) {
        lowering.idle(format!("{figures}.currency"), Idle::NoAmountInCurrency);
    }
    let is_reserve = line.rate.as_ref().is_some_and(|rate| rate.of.is_reserve());
    if line.contingency == Some(is_reserve) {
        lowering.idle(format!("{figures}.contingency"), Idle::SoAnyway);
    }
    Stated { sum, rate, share, risk, currency, purchases, leaving, licence, residual }
}
