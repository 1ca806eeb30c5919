//! A lease: the use of something for payments, and what rate they amount to.

use super::{Common, Flows, WayKind, timeline, zero};
use crate::amount::{Amount, Lowering};
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use std::sync::Arc;

/// A lease, paid once a year.
///
/// Its payments lower the result, so that they save tax in their year; what is leased is depreciated by its owner. What a
/// buy-out pays for stays in the books at that price until it is sold.
///
/// The asset that is compared is the one of [`Financing`](super::Financing), whose example shows a lease.
#[derive(Debug, Clone, PartialEq)]
pub struct Lease {
    /// Its id among the leases.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// What is paid in each of its years.
    pub payment: Amount,
    /// Over how many years.
    pub years: u32,
    /// The currency of its amounts; that of the [`Financing`](super::Financing) where nothing is said.
    pub currency: Option<String>,
    /// Whether each year is paid at its beginning, as most leases are, or at its end.
    pub in_advance: bool,
    /// What it is bought for when the lease ends; where nothing is said, it is given back.
    pub buy_out: Option<Amount>,
}

impl Lease {
    /// A lease that is paid in advance, after which it is given back.
    pub fn new(id: impl Into<String>, payment: impl Into<Amount>, years: u32) -> Self {
        let payment = payment.into();
        Self { id: id.into(), name: None, payment, years, currency: None, in_advance: true, buy_out: None }
    }

    /// The year of the contract, from 1, that is paid in a year of the horizon.
    fn year_paid(&self, year: u32) -> Option<u32> {
        let paid = if self.in_advance { year.checked_add(1)? } else { year };
        (1..=self.years).contains(&paid).then_some(paid)
    }
}

pub(super) fn define(lowering: &mut Lowering, common: &Common, lease: &Lease) -> Flows {
    let scope = common.setting.scope;
    let figures = scope.id(&format!("financing.leases.{}", lease.id));
    let subject = scope.subject(lease.name.as_deref().unwrap_or(&lease.id));
    let currency = common.currency.of_part(lowering, &figures, lease.currency.as_deref());
    let cell = Expression::cell;
    let naming = |figure: &'static str, aspect| {
        Naming::new(Id::of(Arc::clone(&figures), figure)).label(Arc::clone(&subject), aspect).unit(Unit::Money)
    };
    let last = common.last;
    let years = || 0..=last;
    let mut written = |figure: &'static str, (key, aspect): (&'static str, &'static str), what, amount: &Amount| {
        let source = Id::of(Arc::clone(&figures), key);
        let cell = lowering.amount(naming(figure, aspect).unit(currency.unit()).source(source), amount);
        lowering.keep_positive(cell, amount, what);
        cell
    };
    let a_year = written("a_year", ("payment", "payment a year"), "a payment", &lease.payment);
    let buy_out = lease.buy_out.as_ref();
    let buy_out = buy_out.map(|price| written("buy_out", ("buy_out", "price of the buy-out"), "a price", price));
    let paid = |year: u32| {
        let of_year = |year: u32| Expression::call(Function::At, [cell(a_year), Expression::number(year)]);
        lease.year_paid(year).map_or_else(zero, |paid| currency.in_year(of_year(paid), year))
    };
    let payment = lowering.cells.formula(naming("payment", "payment"), timeline(years().map(paid)));
    let price = buy_out.map(|price| {
        lowering.cells.require_single(price);
        // a contract that is too long has been refused
        currency.in_year(cell(price), lease.years.min(last))
    });
    let bought = price.clone().map(|price| {
        let row = timeline(years().map(|year| if year == lease.years { price.clone() } else { zero() }));
        lowering.cells.formula(naming("bought", "buy-out by year"), row)
    });
    let saved = common.saved([payment]);
    let tax_saved = saved.map(|saved| lowering.cells.formula(naming("tax_saved", "tax that is saved"), saved));
    let paid = bought.into_iter().fold(cell(payment), |paid, bought| paid + cell(bought));
    let mut net = tax_saved.into_iter().fold(paid.clone(), |net, saved| net - cell(saved));
    if let Some(sold) = price.and_then(|price| common.sold(Some(price))) {
        net = net - cell(lowering.cells.formula(naming("sold", "residual value after tax"), sold));
    }
    let net = lowering.cells.formula(naming("net", "net outflow after tax"), net);
    let implicit_rate = implicit_rate(lowering, common, lease, paid, &naming);
    Flows {
        kind: WayKind::Lease,
        name: Some(lease.name.as_deref().unwrap_or(&lease.id).into()),
        payment,
        interest: None,
        principal: None,
        balance: None,
        tax_saved,
        net,
        effective_rate: Some(implicit_rate),
        figures: Arc::clone(&figures),
        subject: Arc::clone(&subject),
    }
}

/// The rate at which what is paid, and what is given back where nothing is bought, is worth the price.
fn implicit_rate(
    lowering: &mut Lowering,
    common: &Common,
    lease: &Lease,
    paid: Expression,
    naming: &impl Fn(&'static str, &'static str) -> Naming,
) -> CellId {
    let cell = Expression::cell;
    let price = Expression::call(Function::Flow, [cell(common.price), zero()]);
    let given_back = common.residual.as_ref().filter(|_| lease.buy_out.is_none()).map(|residual| {
        timeline((0..=common.last).map(|year| if year == common.last { residual.clone() } else { zero() }))
    });
    let flows = given_back.into_iter().fold(price - paid, |flows, back| flows - back);
    let flows = lowering.cells.formula(naming("implicit_flows", "price less what is paid, before tax"), flows);
    let rate = Expression::call(Function::Irr, [cell(flows)]);
    lowering.cells.formula(naming("implicit_rate", "implicit rate").unit(Unit::Share), rate)
}
