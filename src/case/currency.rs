//! The currency that costs, benefits or ways to pay are stated in, and how their money becomes money of the document.

use super::ExchangeError;
use super::at_end::Factors;
use super::timing::later;
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Unit};

/// The money of a line.
///
/// **Formula**: an amount of a year is worth `amount x rates.CURRENCY.YEAR` in the currency of the document. Everybody
/// converts here, whatever the amounts run along.
#[derive(Debug, Clone)]
pub(super) struct Currency {
    /// Rows of exchange rates over the years 0..n; `None` for the currency of the document.
    rates: Option<Factors>,
    unit: Unit,
}

impl Currency {
    /// The currency that something says at `AT.currency`; that of the document where it says none.
    pub(super) fn stated(lowering: &mut Lowering, at: &str, currency: Option<&str>) -> Self {
        let rates = currency.and_then(|currency| rates_of(lowering, at, currency));
        let unit = match (currency, rates) {
            (Some(currency), Some(_)) => Unit::Custom(currency.into()),
            _ => Unit::Money,
        };
        Self { rates, unit }
    }

    /// That of a part of something that is paid at the ends of years, which may state one of its own at `AT.currency`.
    pub(super) fn of_part(&self, lowering: &mut Lowering, at: &str, own: Option<&str>) -> Self {
        own.map_or_else(|| self.clone(), |own| Self::stated(lowering, at, Some(own)).at_ends())
    }

    /// The same of money that always flows as years end.
    pub(super) fn at_ends(self) -> Self {
        Self { rates: self.rates.map(|rates| Factors::same(rates.at_end)), ..self }
    }

    /// How amounts in it are to be read.
    pub(super) fn unit(&self) -> Unit {
        self.unit.clone()
    }

    /// Whether it is another one than that of the document.
    pub(super) fn is_foreign(&self) -> bool {
        self.rates.is_some()
    }

    /// A row over the years 0..n in the currency of the document.
    pub(super) fn row(&self, amounts: Expression) -> Expression {
        self.at_rate(amounts, Expression::cell)
    }

    /// A row over the years 1..n in the currency of the document.
    pub(super) fn later(&self, lowering: &Lowering, amounts: Expression) -> Expression {
        self.at_rate(amounts, |rates| later(lowering, rates))
    }

    /// A row over the years 1..n of money that flows as they end, in the currency of the document.
    pub(super) fn later_at_end(&self, lowering: &Lowering, amounts: Expression) -> Expression {
        match self.rates {
            Some(rates) => amounts * later(lowering, rates.at_end),
            None => amounts,
        }
    }

    /// An amount of one year in the currency of the document.
    pub(super) fn in_year(&self, amount: Expression, year: u32) -> Expression {
        self.at_rate(amount, |rates| Expression::entry(rates, year))
    }

    /// The other way round: what an amount of the document's currency is worth in this one in a year.
    pub(super) fn worth_in_year(&self, amount: Expression, year: u32) -> Expression {
        match self.rates {
            Some(rates) => amount / Expression::entry(rates.within, year),
            None => amount,
        }
    }

    fn at_rate(&self, amount: Expression, rate: impl FnOnce(CellId) -> Expression) -> Expression {
        match self.rates {
            Some(rates) => amount * rate(rates.within),
            None => amount,
        }
    }
}

/// The exchange rates of a currency; `None` for the currency of the document.
fn rates_of(lowering: &mut Lowering, at: &str, currency: &str) -> Option<Factors> {
    let rates = lowering.exchange?;
    if rates.is_base(currency) {
        return None;
    }
    let found = rates.of(currency);
    if found.is_none() {
        let nearest = lowering.nearest(currency, rates.currencies());
        let error = ExchangeError::Unknown { currency: currency.to_owned(), nearest };
        lowering.problem(format!("{at}.currency"), error);
    }
    found
}
