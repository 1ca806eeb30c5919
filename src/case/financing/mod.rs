//! Ways to pay for something that is bought: own money, a loan, a lease, each with what it costs after tax.

mod error;
mod lease;
mod loan;
#[cfg(test)]
mod tests;

pub use error::FinancingError;
pub use lease::Lease;
pub use loan::{Borrowed, Loan, Repayment};

use super::currency::Currency;
use super::depreciation::{self, Capitalised, Depreciation};
use super::{Category, CostCells, Setting, tax};
use crate::amount::{Amount, Lowering};
use crate::model::{AxisId, Binary, CellId, Expression, Function, Id, Naming, Unit, is_name};
use std::collections::HashSet;
use std::sync::Arc;

/// Something that is bought, and the ways to pay for it side by side: purchase with own money, loans, leases.
///
/// **Formula**: each way has the money that flows out in the years t = 0..n, after tax at the rate T:
///
/// | way | net outflow |
/// |---|---|
/// | purchase | price in year 0, less `T x depreciation`, less the residual value after tax in year n |
/// | loan | the same with the amount of the loan off the price, plus its payments, less `T x interest` |
/// | lease | payments less `T x payments`, and the buy-out; nothing is depreciated, and without a buy-out no residual value is left |
///
/// All are discounted at what borrowing costs after tax, `rate x (1 - T)`, from the ends of years. A way's advantage is
/// the present value of the purchase less its own: for a lease this is the net advantage to leasing. The implicit rate of
/// a lease is that at which its payments before tax, with the buy-out or the residual value that is given back, are worth
/// the price.
///
/// Money of another `currency` is converted at the rate of the year in which it flows, and what is still owed at that of
/// the year that ends. What a change of rates adds to a principal is not taxed.
///
/// **Units**: money, written positive; rates are fractions a year. Tax is saved in the year in which interest, depreciation
/// or a payment falls: the company earns enough elsewhere.
///
/// **Source**: Myers, Dill, Bautista (1976), *Valuation of Financial Lease Contracts*, Journal of Finance 31(3); Brealey,
/// Myers, Allen, *Principles of Corporate Finance*, chapter 25; IFRS 16 for the implicit rate.
///
/// ```
/// use appraise::case::{Financing, Lease, Plan};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let lease = Lease::new("vendor", 480, 2);
/// let financing = Financing { rate: Some(dec!(0.1).into()), leases: vec![lease], ..Financing::of_price(1_000) };
/// let draft = Draft {
///     horizon: Horizon { years: 2, ..Horizon::default() },
///     plan: Plan { financing: Some(financing), ..Plan::default() },
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// // 480 at once and 480 a year later, which 10 % make 436.36
/// assert_eq!(outcome.figure("financing.leases.vendor.advantage").unwrap().unwrap().round_dp(2), dec!(83.64));
/// // 520 that are not paid today cost 480 in a year
/// assert_eq!(outcome.figure("financing.leases.vendor.implicit_rate").unwrap().unwrap().round_dp(6), dec!(-0.076923));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Financing {
    /// What is bought.
    pub asset: Asset,
    /// The currency of the price, the residual value, and the loans and leases that say none; that of the document where
    /// nothing is said.
    pub currency: Option<String>,
    /// How a price is depreciated; a cost line has a depreciation of its own.
    pub depreciation: Option<Depreciation>,
    /// What it can be sold for at the end of the horizon.
    pub residual: Option<Amount>,
    /// What the company pays for borrowed money, before tax; where nothing is said, the rate of the first loan in the
    /// currency of the document, or else the discount rate.
    pub rate: Option<Amount>,
    /// Loans to choose from.
    pub loans: Vec<Loan>,
    /// Leases to choose from.
    pub leases: Vec<Lease>,
}

/// What is bought.
#[derive(Debug, Clone, PartialEq)]
pub enum Asset {
    /// Something at this price.
    Price(Amount),
    /// What this cost line costs in year 0.
    Line(Category, String),
}

impl Financing {
    /// Ways to pay a price, none yet besides its purchase.
    pub fn of_price(price: impl Into<Amount>) -> Self {
        Self::of(Asset::Price(price.into()))
    }

    /// Ways to pay for what a cost line costs in year 0.
    pub fn of_line(category: Category, line: impl Into<String>) -> Self {
        Self::of(Asset::Line(category, line.into()))
    }

    fn of(asset: Asset) -> Self {
        Self {
            asset,
            currency: None,
            depreciation: None,
            residual: None,
            rate: None,
            loans: Vec::new(),
            leases: Vec::new(),
        }
    }
}

/// The cells of all ways.
#[derive(Debug, Clone)]
pub(crate) struct FinancingCells {
    pub(crate) price: CellId,
    /// What the flows are discounted at.
    pub(crate) rate: CellId,
    /// Purchase, loans, leases.
    pub(crate) ways: Vec<WayCells>,
}

/// The cells of one way to pay; rows run over the years 0..n.
#[derive(Debug, Clone)]
pub(crate) struct WayCells {
    /// What its figures begin with: `financing.loans.bank`.
    pub(crate) id: Arc<str>,
    pub(crate) kind: WayKind,
    pub(crate) name: Option<Arc<str>>,
    /// What is paid, without the own money that goes beside a loan.
    pub(crate) payment: CellId,
    pub(crate) interest: Option<CellId>,
    pub(crate) principal: Option<CellId>,
    pub(crate) balance: Option<CellId>,
    pub(crate) tax_saved: Option<CellId>,
    pub(crate) net: CellId,
    pub(crate) nominal: CellId,
    pub(crate) present_value: CellId,
    pub(crate) advantage: CellId,
    pub(crate) rank: CellId,
    /// The rate of a loan, the implicit rate of a lease.
    pub(crate) effective_rate: Option<CellId>,
}

/// How it is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WayKind {
    Purchase,
    Loan,
    Lease,
}

/// What all ways share.
struct Common<'s> {
    setting: Setting<'s>,
    price: CellId,
    /// The tax rates of the years 0..n, where there is a tax.
    tax: Option<CellId>,
    depreciation: Option<CellId>,
    book_value: Option<CellId>,
    /// What it can be sold for in the last year, in the currency of the document.
    residual: Option<Expression>,
    /// What everything is stated in that says no currency of its own.
    currency: Currency,
    factor: CellId,
    last: u32,
}

/// A way whose flows are known, before it is compared with the others.
struct Flows {
    kind: WayKind,
    name: Option<Arc<str>>,
    figures: Arc<str>,
    subject: Arc<str>,
    payment: CellId,
    interest: Option<CellId>,
    principal: Option<CellId>,
    balance: Option<CellId>,
    tax_saved: Option<CellId>,
    net: CellId,
    effective_rate: Option<CellId>,
}

fn zero() -> Expression {
    Expression::number(0)
}

/// A row over the timeline from single values.
fn timeline(entries: impl IntoIterator<Item = Expression>) -> Expression {
    Expression::row(AxisId::TIMELINE, entries)
}

impl Flows {
    fn naming(&self, figure: &'static str, aspect: &'static str, unit: Unit) -> Naming {
        Naming::new(Id::of(Arc::clone(&self.figures), figure)).label(Arc::clone(&self.subject), aspect).unit(unit)
    }
}

impl Common<'_> {
    /// What tax leaves of the sale in the last year, where the asset is one's own by then at this value in the books.
    fn sold(&self, book: Option<Expression>) -> Option<Expression> {
        let worth = self.residual.clone()?;
        let gain = worth.clone() - book.unwrap_or_else(zero);
        let kept = match self.tax {
            Some(tax) => worth - gain * Expression::entry(tax, self.last),
            None => worth,
        };
        Some(timeline((0..self.last).map(|_| zero()).chain([kept])))
    }

    /// What tax is saved by amounts that lower the result.
    fn saved(&self, amounts: impl IntoIterator<Item = CellId>) -> Option<Expression> {
        let tax = Expression::cell(self.tax?);
        let amounts: Vec<Expression> = amounts.into_iter().map(Expression::cell).collect();
        (!amounts.is_empty()).then(|| Expression::sum_of(amounts) * tax)
    }
}

impl Financing {
    /// The currencies of the asset, the loans and the leases.
    pub(super) fn currencies(&self) -> impl Iterator<Item = &Option<String>> {
        let loans = self.loans.iter().map(|loan| &loan.currency);
        let leases = self.leases.iter().map(|lease| &lease.currency);
        [&self.currency].into_iter().chain(loans).chain(leases)
    }
}

/// Defines all ways to pay for an asset.
pub(crate) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    stated: &Financing,
    costs: Option<&CostCells>,
) -> Option<FinancingCells> {
    let at = setting.scope.id("financing");
    let found = stated.loans.len().saturating_add(stated.leases.len());
    if found > error::MOST_WAYS {
        lowering.problem(&*at, FinancingError::TooMany { found });
        return None;
    }
    check(lowering, &at, stated);
    let last = lowering.years;
    let subject = setting.scope.subject("Financing");
    let naming = |figure, aspect, unit| {
        Naming::new(Id::of(Arc::clone(&at), figure)).label(Arc::clone(&subject), aspect).unit(unit)
    };
    let currency = Currency::stated(lowering, &at, stated.currency.as_deref()).at_ends();
    let (cost, depreciation) = asset(lowering, setting, (stated, &currency), (&at, &subject), costs)?;
    let price = lowering.cells.formula(naming("price", "price", Unit::Money), Expression::entry(cost, 0));
    let depreciated = depreciation.map(|charges| {
        let book = Expression::cell(price) - Expression::call(Function::Cumulate, [Expression::cell(charges)]);
        lowering.cells.formula(naming("value_in_books", "book value of what is bought", Unit::Money), book)
    });
    let residual = stated.residual.as_ref().map(|amount| {
        let source = Id::of(Arc::clone(&at), "residual");
        let naming = naming("residual", "residual value at the end of the horizon", currency.unit());
        let cell = lowering.amount(naming.source(source), amount);
        lowering.keep_positive(cell, amount, "a residual value");
        lowering.cells.require_single(cell);
        currency.in_year(Expression::cell(cell), last)
    });
    let tax = setting.tax.map(|(rate, _)| {
        lowering.cells.formula(naming("tax_rate", "tax rate by year", Unit::Share), tax::by_year(rate))
    });
    let loans = loan::declare(lowering, setting, &stated.loans, &currency);
    // what money costs in another currency is no rate for money of this one
    let first_loan = loans.iter().find(|loan| !loan.currency.is_foreign()).map(|loan| loan.rate);
    let rate = borrowing_rate(lowering, setting, stated, (&at, &subject), (first_loan, tax));
    let factor = factors(lowering, (&at, &subject), rate);
    let common =
        Common { setting, price, tax, depreciation, book_value: depreciated, residual, currency, factor, last };
    let mut ways = vec![purchase(lowering, &common)];
    ways.extend(loans.iter().map(|declared| loan::define(lowering, &common, declared)));
    ways.extend(stated.leases.iter().map(|stated| lease::define(lowering, &common, stated)));
    Some(FinancingCells { price, rate, ways: compare(lowering, &common, ways) })
}

fn check(lowering: &mut Lowering, at: &Arc<str>, stated: &Financing) {
    if stated.loans.is_empty() && stated.leases.is_empty() {
        lowering.problem(&**at, FinancingError::NoWay);
    }
    let loans = stated.loans.iter().map(|loan| ("loans", loan.id.as_str(), loan.years));
    let leases = stated.leases.iter().map(|lease| ("leases", lease.id.as_str(), lease.years));
    let mut seen = HashSet::new();
    for (group, id, years) in loans.chain(leases) {
        let at = format!("{at}.{group}.{id}");
        if !is_name(id) {
            lowering.problem(&*at, FinancingError::InvalidId { id: id.to_owned() });
        } else if !seen.insert((group, id)) {
            lowering.problem(&*at, FinancingError::DuplicateId { id: id.to_owned() });
        }
        if !(1..=lowering.years).contains(&years) {
            let horizon = lowering.years;
            lowering.problem(format!("{at}.years"), FinancingError::Years { years, horizon });
        }
    }
}

/// The row of what it costs, and its depreciation.
fn asset(
    lowering: &mut Lowering,
    setting: Setting,
    (stated, currency): (&Financing, &Currency),
    (at, subject): (&Arc<str>, &Arc<str>),
    costs: Option<&CostCells>,
) -> Option<(CellId, Option<CellId>)> {
    match &stated.asset {
        Asset::Price(price) => {
            let source = Id::of(Arc::clone(at), "asset");
            let naming = |figure, aspect| {
                Naming::new(Id::of(Arc::clone(at), figure)).label(Arc::clone(subject), aspect).unit(Unit::Money)
            };
            let naming_of = naming("asset", "what is bought").unit(currency.unit());
            let cell = lowering.amount(naming_of.source(source), price);
            lowering.keep_positive(cell, price, "a price");
            lowering.cells.require_single(cell);
            let row = Expression::call(Function::Flow, [currency.in_year(Expression::cell(cell), 0), zero()]);
            let row = lowering.cells.formula(naming("cost", "cost by year"), row);
            let charges = stated.depreciation.as_ref();
            Some((
                row,
                charges.and_then(|stated| {
                    let charges = depreciation::define(lowering, (at, subject), stated, Capitalised::at_once(row))?;
                    Some(charges.of_first)
                }),
            ))
        }
        Asset::Line(category, id) => {
            let lines = costs.map_or(&[][..], |costs| &costs.lines);
            let wanted = setting.scope.id(&format!("costs.{}.{id}", category.key()));
            let ids = lines.iter().map(|line| lowering.cells.cell(line.year).map(|cell| cell.id().to_string()));
            let ids: Vec<String> = ids.map(Option::unwrap_or_default).collect();
            let found = lines.iter().zip(&ids).find(|(_, id)| ***id == *wanted).map(|(line, _)| line);
            if stated.depreciation.is_some() && found.is_some() {
                let line = format!("{}.{id}", category.key());
                lowering.problem(format!("{at}.depreciation"), FinancingError::DepreciatedTwice { line });
            }
            if found.is_none() {
                let known = ids.iter().filter_map(|id| Some(id.rsplit_once("costs.")?.1));
                let of = format!("{}.{id}", category.key());
                let nearest = lowering.nearest(&of, known);
                lowering.problem(format!("{at}.of"), FinancingError::UnknownLine { of, nearest });
            }
            found.map(|line| (line.year, line.depreciation.map(|charges| charges.of_first)))
        }
    }
}

/// What the flows are discounted at: the cost of borrowed money after tax.
fn borrowing_rate(
    lowering: &mut Lowering,
    setting: Setting,
    stated: &Financing,
    (at, subject): (&Arc<str>, &Arc<str>),
    (first_loan, tax): (Option<CellId>, Option<CellId>),
) -> CellId {
    let naming = |figure, aspect| {
        Naming::new(Id::of(Arc::clone(at), figure)).label(Arc::clone(subject), aspect).unit(Unit::Share)
    };
    let own = stated.rate.as_ref().map(|rate| {
        let source = Id::of(Arc::clone(at), "rate");
        let cell = lowering.amount(naming("rate", "cost of borrowed money before tax").source(source), rate);
        lowering.keep_share(cell, rate);
        lowering.cells.require_single(cell);
        cell
    });
    // a discount rate of the document is one after tax already
    let of_amounts = setting.discounting.rates.discount;
    // payments are in money of each year
    let of_document = setting.common.prices.map_or(of_amounts, crate::case::Prices::nominal_rate);
    let Some(before_tax) = own.or(first_loan) else { return of_document };
    let after_tax = match tax {
        Some(tax) => Expression::cell(before_tax) * (Expression::number(1) - Expression::cell(tax)),
        None => Expression::cell(before_tax),
    };
    lowering.cells.formula(naming("discount_rate", "cost of borrowed money after tax"), after_tax)
}

/// The discount factors of the years 0..n; where the rate differs between years, each from that of the year before.
fn factors(lowering: &mut Lowering, (at, subject): (&Arc<str>, &Arc<str>), rate: CellId) -> CellId {
    let mut factors = vec![Expression::number(1)];
    for year in 1..=lowering.years {
        let before = factors.last().cloned().unwrap_or_else(zero);
        // rows of rates run over the years 0..n, so that of year t is the entry after t others
        let place = Expression::number(year.saturating_add(1));
        let rate = Expression::call(Function::At, [Expression::cell(rate), place]);
        let naming = Naming::new(format!("{at}.factor.{year}"));
        let naming = naming.label(format!("{subject}, {year}"), "discount factor of a year").unit(Unit::Number);
        let factor = lowering.cells.formula(naming, before / (Expression::number(1) + rate));
        factors.push(Expression::cell(factor));
    }
    let naming = Naming::new(Id::of(Arc::clone(at), "discount_factor"));
    let naming = naming.label(Arc::clone(subject), "discount factor").unit(Unit::Number);
    lowering.cells.formula(naming, timeline(factors))
}

/// The yardstick of all others: own money in year 0.
fn purchase(lowering: &mut Lowering, common: &Common) -> Flows {
    let figures = common.setting.scope.id("financing.purchase");
    let subject = common.setting.scope.subject("Purchase");
    let naming = |figure: &'static str, aspect| {
        Naming::new(Id::of(Arc::clone(&figures), figure)).label(Arc::clone(&subject), aspect).unit(Unit::Money)
    };
    let paid = Expression::call(Function::Flow, [Expression::cell(common.price), zero()]);
    let payment = lowering.cells.formula(naming("payment", "payment"), paid);
    let saved = common.saved(common.depreciation);
    let tax_saved = saved.map(|saved| lowering.cells.formula(naming("tax_saved", "tax that is saved"), saved));
    let net = Expression::cell(payment);
    let net = tax_saved.into_iter().fold(net, |net, saved| net - Expression::cell(saved));
    let net = own_until_the_end(lowering, common, net, &naming);
    let net = lowering.cells.formula(naming("net", "net outflow after tax"), net);
    Flows {
        kind: WayKind::Purchase,
        name: None,
        payment,
        interest: None,
        principal: None,
        balance: None,
        tax_saved,
        net,
        effective_rate: None,
        figures: Arc::clone(&figures),
        subject: Arc::clone(&subject),
    }
}

/// Less what the asset brings at the end, to whom it belongs from the beginning.
fn own_until_the_end(
    lowering: &mut Lowering,
    common: &Common,
    net: Expression,
    naming: &impl Fn(&'static str, &'static str) -> Naming,
) -> Expression {
    let book = match common.book_value {
        Some(book) => Expression::entry(book, common.last),
        // what is not depreciated stands in the books at its price
        None => Expression::cell(common.price),
    };
    match common.sold(Some(book)) {
        Some(sold) => net - Expression::cell(lowering.cells.formula(naming("sold", "residual value after tax"), sold)),
        None => net,
    }
}

/// What each way is worth, how much better than the purchase it is, and how many are better.
fn compare(lowering: &mut Lowering, common: &Common, ways: Vec<Flows>) -> Vec<WayCells> {
    let cell = Expression::cell;
    let values = ways.iter().map(|way| {
        let nominal = Expression::call(Function::Sum, [cell(way.net)]);
        let nominal = lowering.cells.formula(way.naming("nominal", "net outflow in all", Unit::Money), nominal);
        let present = Expression::call(Function::SumProduct, [cell(way.net), cell(common.factor)]);
        let naming = way.naming("present_value", "present value of the net outflow", Unit::Money);
        (nominal, lowering.cells.formula(naming, present))
    });
    let values: Vec<(CellId, CellId)> = values.collect();
    let of_purchase = values.first().map(|(_, present)| *present);
    let compared = ways.into_iter().zip(&values).map(|(way, (nominal, present_value))| {
        let purchase = of_purchase.unwrap_or(*present_value);
        let advantage = cell(purchase) - cell(*present_value);
        let naming = way.naming("advantage", "net advantage against purchase", Unit::Money);
        let advantage = lowering.cells.formula(naming, advantage);
        let better = values.iter().filter(|(_, other)| other != present_value);
        // two ways that come to the same differ in their last digits
        let rounded = |value: CellId| Expression::call(Function::Round, [cell(value), Expression::number(6)]);
        let better = better.map(|(_, other)| rounded(*other).binary(Binary::Less, rounded(*present_value)));
        let rank = Expression::sum_of([Expression::number(1)].into_iter().chain(better));
        let rank = lowering.cells.formula(way.naming("rank", "rank", Unit::Ordinal), rank);
        WayCells {
            id: Arc::clone(&way.figures),
            kind: way.kind,
            name: way.name,
            payment: way.payment,
            interest: way.interest,
            principal: way.principal,
            balance: way.balance,
            tax_saved: way.tax_saved,
            net: way.net,
            nominal: *nominal,
            present_value: *present_value,
            advantage,
            rank,
            effective_rate: way.effective_rate,
        }
    });
    compared.collect()
}
