//! A loan: what is owed, year by year.

use super::{Common, Flows, WayKind, own_until_the_end, timeline, zero};
use crate::amount::{Amount, Lowering};
use crate::case::Setting;
use crate::case::currency::Currency;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use std::sync::Arc;

/// A loan with which something is bought, repaid at the ends of years.
///
/// **Formula**: with the amount A, the rate r and m years, `interest(t) = r x balance(t-1)`,
/// `balance(t) = balance(t-1) - principal(t)` and `payment(t) = interest(t) + principal(t)`, where
///
/// | repayment | |
/// |---|---|
/// | level | the payment is `A / annuity factor(r, m)` |
/// | equal principal | the principal is `A / m` |
/// | bullet | the principal is A in year m, and nothing before |
///
/// The balance of year m is exactly 0. A schedule on plain numbers is [`kernel::Loan`](crate::kernel::Loan).
///
/// ```
/// use appraise::case::{Borrowed, Financing, Loan, Plan, Repayment};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let loan = Loan { borrowed: Borrowed::Amount(2_100.into()), ..Loan::new("bank", dec!(0.1), 2, Repayment::Level) };
/// let financing = Financing { loans: vec![loan], ..Financing::of_price(3_000) };
/// let draft = Draft {
///     horizon: Horizon { years: 2, ..Horizon::default() },
///     plan: Plan { financing: Some(financing), ..Plan::default() },
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// let figure = |id: &str| outcome.figure(id).unwrap().unwrap().round_dp(10);
/// assert_eq!(figure("financing.loans.bank.payment.1"), dec!(1_210));
/// assert_eq!(figure("financing.loans.bank.interest.2"), dec!(110));
/// assert_eq!(figure("financing.loans.bank.balance.1"), dec!(1_100));
/// // discounted at its own rate, a loan is worth what it brings
/// assert_eq!(figure("financing.loans.bank.advantage"), dec!(0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Loan {
    /// Its id among the loans.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// The currency it is paid out and repaid in; that of the [`Financing`](super::Financing) where nothing is said.
    pub currency: Option<String>,
    /// How much is borrowed.
    pub borrowed: Borrowed,
    /// Its rate, as a fraction a year.
    pub rate: Amount,
    /// Over how many years it is repaid.
    pub years: u32,
    /// How it is repaid.
    pub repayment: Repayment,
}

/// How much is borrowed.
#[derive(Debug, Clone, PartialEq)]
pub enum Borrowed {
    /// So much money, in the currency of the loan.
    Amount(Amount),
    /// This part of the price, as a fraction.
    Share(Amount),
}

/// How a loan is repaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repayment {
    /// Payments of the same size, of which less and less is interest.
    #[default]
    Level,
    /// The same part of the amount each year, and interest on what is still owed.
    EqualPrincipal,
    /// Interest alone, and the whole amount at the end.
    Bullet,
}

impl Repayment {
    /// Every way and its name in a document.
    pub const ALL: [(&'static str, Repayment); 3] =
        [("level", Repayment::Level), ("equal_principal", Repayment::EqualPrincipal), ("bullet", Repayment::Bullet)];
}

impl Loan {
    /// A loan over the whole price.
    pub fn new(id: impl Into<String>, rate: impl Into<Amount>, years: u32, repayment: Repayment) -> Self {
        let borrowed = Borrowed::Share(1.into());
        Self { id: id.into(), name: None, currency: None, borrowed, rate: rate.into(), years, repayment }
    }

    fn id(&self, setting: Setting) -> Arc<str> {
        setting.scope.id(&format!("financing.loans.{}", self.id))
    }

    fn subject(&self, setting: Setting) -> Arc<str> {
        setting.scope.subject(self.name.as_deref().unwrap_or(&self.id))
    }
}

/// A loan whose rate others may be discounted at.
pub(super) struct Declared<'l> {
    loan: &'l Loan,
    pub(super) rate: CellId,
    pub(super) currency: Currency,
}

/// The rates of all loans: the first is what flows are discounted at where nothing else is said.
pub(super) fn declare<'l>(
    lowering: &mut Lowering,
    setting: Setting,
    loans: &'l [Loan],
    currency: &Currency,
) -> Vec<Declared<'l>> {
    let declared = |loan: &'l Loan| {
        let source = Id::of(loan.id(setting), "rate");
        let naming = Naming::new(source.clone()).label(loan.subject(setting), "interest rate").unit(Unit::Share);
        let rate = lowering.amount(naming.source(source), &loan.rate);
        lowering.keep_share(rate, &loan.rate);
        lowering.cells.require_single(rate);
        let currency = currency.of_part(lowering, &loan.id(setting), loan.currency.as_deref());
        Declared { loan, rate, currency }
    };
    loans.iter().map(declared).collect()
}

pub(super) fn define(lowering: &mut Lowering, common: &Common, declared: &Declared) -> Flows {
    let Declared { loan, rate, currency } = declared;
    let (loan, rate) = (*loan, *rate);
    let (figures, subject) = (loan.id(common.setting), loan.subject(common.setting));
    let cell = Expression::cell;
    let naming = |figure: &'static str, aspect| {
        Naming::new(Id::of(Arc::clone(&figures), figure)).label(Arc::clone(&subject), aspect).unit(Unit::Money)
    };
    let own = |figure, aspect| naming(figure, aspect).unit(currency.unit());
    let amount = borrowed(lowering, common, declared, (&figures, &own));
    let owed = owed(lowering, declared, amount, (&figures, &subject), &own);
    let balance =
        |year: u32| owed.get(usize::try_from(year).unwrap_or(usize::MAX)).map_or_else(zero, |owed| cell(*owed));
    let last = common.last;
    let balances = timeline((0..=last).map(|year| currency.in_year(balance(year), year)));
    let balances = lowering.cells.formula(naming("balance", "balance at the end of the year"), balances);
    let before = |year: u32| year.checked_sub(1).map_or_else(zero, balance);
    let interest = |year| if year == 0 { zero() } else { currency.in_year(before(year) * cell(rate), year) };
    let interest = timeline((0..=last).map(interest));
    let interest = lowering.cells.formula(naming("interest", "interest"), interest);
    let repaid = |year| if year == 0 { zero() } else { currency.in_year(before(year) - balance(year), year) };
    let principal = lowering.cells.formula(naming("principal", "principal"), timeline((0..=last).map(repaid)));
    let payment = lowering.cells.formula(naming("payment", "payment"), cell(interest) + cell(principal));
    let saved = common.saved([interest].into_iter().chain(common.depreciation));
    let tax_saved = saved.map(|saved| lowering.cells.formula(naming("tax_saved", "tax that is saved"), saved));
    let down = Expression::call(Function::Flow, [cell(common.price) - currency.in_year(cell(amount), 0), zero()]);
    let down = lowering.cells.formula(naming("own_money", "own money"), down);
    let net = tax_saved.into_iter().fold(cell(down) + cell(payment), |net, saved| net - cell(saved));
    let net = own_until_the_end(lowering, common, net, &naming);
    let net = lowering.cells.formula(naming("net", "net outflow after tax"), net);
    Flows {
        kind: WayKind::Loan,
        name: Some(loan.name.as_deref().unwrap_or(&loan.id).into()),
        payment,
        interest: Some(interest),
        principal: Some(principal),
        balance: Some(balances),
        tax_saved,
        net,
        effective_rate: Some(rate),
        figures: Arc::clone(&figures),
        subject: Arc::clone(&subject),
    }
}

/// How much is borrowed.
fn borrowed(
    lowering: &mut Lowering,
    common: &Common,
    Declared { loan, currency, .. }: &Declared,
    (figures, naming): (&Arc<str>, &impl Fn(&'static str, &'static str) -> Naming),
) -> CellId {
    const ASPECT: &str = "amount of the loan";
    match &loan.borrowed {
        Borrowed::Amount(amount) => {
            let source = Id::of(Arc::clone(figures), "amount");
            let cell = lowering.amount(naming("amount", ASPECT).source(source), amount);
            lowering.keep_positive(cell, amount, "a loan");
            lowering.cells.require_single(cell);
            cell
        }
        Borrowed::Share(share) => {
            let source = Id::of(Arc::clone(figures), "share");
            let of_price = naming("share", "share of the price").unit(Unit::Share);
            let cell = lowering.amount(of_price.source(source), share);
            lowering.keep_share(cell, share);
            lowering.cells.require_single(cell);
            let borrowed = currency.worth_in_year(Expression::cell(common.price) * Expression::cell(cell), 0);
            lowering.cells.formula(naming("amount", ASPECT), borrowed)
        }
    }
}

/// What is still owed at the end of the years 0, 1, … of the loan: each follows from the year before.
fn owed(
    lowering: &mut Lowering,
    Declared { loan, rate, currency }: &Declared,
    amount: CellId,
    (figures, subject): (&Arc<str>, &Arc<str>),
    naming: &impl Fn(&'static str, &'static str) -> Naming,
) -> Vec<CellId> {
    let (cell, rate) = (Expression::cell, *rate);
    let years = || Expression::number(loan.years);
    let instalment = match loan.repayment {
        Repayment::Level => {
            let factor = Expression::call(Function::AnnuityFactor, [cell(rate), years()]);
            Some(lowering.cells.formula(naming("level_payment", "level payment"), cell(amount) / factor))
        }
        Repayment::EqualPrincipal => {
            Some(lowering.cells.formula(naming("level_principal", "principal a year"), cell(amount) / years()))
        }
        Repayment::Bullet => None,
    };
    let mut owed = vec![amount];
    // a contract that is too long has been refused
    for year in 1..=loan.years.min(lowering.years) {
        let before = || cell(owed.last().copied().unwrap_or(amount));
        let left = match (loan.repayment, instalment) {
            _ if year == loan.years => zero(),
            (Repayment::Level, Some(payment)) => before() * (Expression::number(1) + cell(rate)) - cell(payment),
            (_, Some(principal)) => before() - cell(principal),
            (_, None) => before(),
        };
        let naming = Naming::new(format!("{figures}.owed.{year}"));
        let naming = naming.label(format!("{subject}, {year}"), "still owed").unit(currency.unit());
        owed.push(lowering.cells.formula(naming, left));
    }
    owed
}
