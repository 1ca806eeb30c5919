//! Several currencies: what one unit of each is worth in the currency of the document, year by year.

use crate::amount::{Amount, AmountError, LARGEST, Lowering};
use crate::bound::Bound;
use crate::case::Timing;
use crate::case::at_end::Factors;
use crate::day::Day;
use crate::idle::Idle;
use crate::model::{AxisId, CellId, Expression, Function, Id, Naming, Shape, Unit, is_name};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Where exchange rates stand in a document.
pub(crate) const EXCHANGE_RATES: &str = "exchange_rates";

/// What can be wrong with exchange rates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// A currency whose name figure names cannot hold.
    #[error("`{currency}` cannot be the name of a currency")]
    InvalidCurrency {
        /// The name as written.
        currency: String,
    },
    /// One currency with two rates.
    #[error("`{currency}` has two exchange rates")]
    Duplicate {
        /// The currency.
        currency: String,
    },
    /// A rate of the document's own currency.
    #[error("`{currency}` is the currency of the document, and always worth 1")]
    OwnCurrency {
        /// The currency.
        currency: String,
    },
    /// A rate that is none.
    #[error("{rate} is no exchange rate")]
    NotPositive {
        /// The rate as written.
        rate: Decimal,
    },
    /// A table of rates without a rate.
    #[error("`{currency}` has no exchange rate")]
    Empty {
        /// The currency.
        currency: String,
    },
    /// Dates that do not rise.
    #[error("the rate from {from} follows the one from {before}")]
    Order {
        /// The date.
        from: Day,
        /// The date before it.
        before: Day,
    },
    /// Dates without a calendar for the years.
    #[error("dated rates need to know which calendar year year 0 is")]
    NoCalendar,
    /// A currency that amounts are stated in, without a rate.
    #[error("there is no exchange rate of `{currency}`")]
    Unknown {
        /// The currency as written.
        currency: String,
        /// The known one nearest to it.
        nearest: Option<String>,
    },
    /// A year without a rate.
    #[error("there is no rate of `{currency}` by the end of {year}, the first year")]
    Missing {
        /// The currency.
        currency: String,
        /// The calendar year.
        year: i32,
    },
}

impl ExchangeError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidCurrency { .. } => {
                "write its code, as in `USD`: a letter first, then letters, digits and `_`".to_owned()
            }
            Self::Duplicate { .. } => "keep one of them".to_owned(),
            Self::Unknown { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::Unknown { currency, nearest: None } => {
                format!("add `{currency}: …` under `exchange_rates:`, as in `exchange_rates: {{{currency}: 0.92}}`")
            }
            Self::OwnCurrency { .. } => "remove it".to_owned(),
            Self::NotPositive { .. } => {
                "write what one unit is worth in the currency of the document, as in `0.92`".to_owned()
            }
            Self::Empty { currency } => {
                format!("write `{currency}: 0.92`, or `{currency}: [{{from: 2026-01-01, rate: 0.92}}]`")
            }
            Self::Order { .. } => "begin with the earliest date".to_owned(),
            Self::NoCalendar => {
                "add `first_year:` to `horizon:`, as in `horizon: {first_year: 2026, years: 5}`".to_owned()
            }
            Self::Missing { year, .. } => {
                format!("add the rate that held in {year}, as in `{{from: {year}-01-01, rate: 0.92}}`")
            }
        })
    }
}

/// The exchange rates of one currency.
#[derive(Debug, Clone, PartialEq)]
pub enum RateTable {
    /// One for all years, or one for each of the years 1..n; year 0 has that of year 1.
    Amount(Amount),
    /// Each rate with the day from which it holds; a year has those that hold as its money flows.
    Dated(Vec<(Day, Decimal)>),
}

/// What one unit of a currency is worth in the currency of the document.
///
/// Costs, benefits and ways to pay that name the currency are converted at `rates.CURRENCY.YEAR`. Of dated rates a year
/// has the one that holds when its money flows, as its [`Timing`] says: as the calendar year ends, on 30 June, the mean over
/// the ends of its quarters, of its months, or over its days. Year 0 ends with the first calendar year; the last rate holds
/// on.
///
/// ```
/// use appraise::case::{Category, CostLine, ExchangeRate, Plan, RateTable};
/// use appraise::{Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let dated = vec![("2026-01-01".parse()?, dec!(0.92)), ("2027-07-01".parse()?, dec!(0.95))];
/// let cloud = CostLine {
///     annual: Some(1_000.into()),
///     currency: Some("USD".into()),
///     ..CostLine::new(Category::Licences, "cloud")
/// };
/// let appraisal = Appraisal::new(Draft {
///     currency: Some("EUR".into()),
///     horizon: Horizon { first_year: Some(2026), years: 2 },
///     exchange_rates: vec![ExchangeRate { currency: "USD".into(), rates: RateTable::Dated(dated) }],
///     plan: Plan { costs: Some(vec![cloud]), ..Plan::default() },
///     ..Draft::default()
/// })
/// .unwrap();
/// let figure = |id: &str| appraisal.base().figure(id).unwrap().unwrap();
/// assert_eq!(figure("rates.USD.0"), dec!(0.92));
/// assert_eq!(figure("rates.USD.1"), dec!(0.95));
/// assert_eq!(figure("costs.licences.cloud.2"), dec!(950));
/// # Ok::<(), appraise::scorecard::DayError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ExchangeRate {
    /// The currency: `USD`.
    pub currency: String,
    /// Its rates.
    pub rates: RateTable,
}

/// Where the exchange rates are.
#[derive(Debug, Clone, Default)]
pub(crate) struct ExchangeCells {
    base: Option<String>,
    rates: HashMap<String, Factors>,
}

impl ExchangeCells {
    /// Whether it is the currency of the document.
    pub(crate) fn is_base(&self, currency: &str) -> bool {
        self.base.as_deref() == Some(currency)
    }

    /// The rates over the years 0..n, of money that flows in the course of a year and as it ends.
    pub(super) fn of(&self, currency: &str) -> Option<Factors> {
        self.rates.get(currency).copied()
    }

    /// The currencies that have rates.
    pub(crate) fn currencies(&self) -> impl Iterator<Item = &str> {
        self.rates.keys().map(String::as_str)
    }
}

/// Defines `rates.CURRENCY` over the years 0..n, and of dated rates `rates.CURRENCY.at_end` where money flows on other days.
pub(crate) fn define(
    lowering: &mut Lowering,
    (base, first_year): (Option<&str>, Option<i32>),
    (stated, timing): (&[ExchangeRate], Timing),
) -> ExchangeCells {
    let mut cells = ExchangeCells { base: base.map(str::to_owned), rates: HashMap::with_capacity(stated.len()) };
    let mut seen = HashSet::new();
    for ExchangeRate { currency, rates } in stated {
        let at: Arc<str> = format!("{EXCHANGE_RATES}.{currency}").into();
        let name = || currency.clone();
        if !is_name(currency) {
            lowering.problem(&*at, ExchangeError::InvalidCurrency { currency: name() });
        }
        if !seen.insert(currency) {
            lowering.problem(&*at, ExchangeError::Duplicate { currency: name() });
            continue;
        }
        if base == Some(currency) {
            lowering.problem(&*at, ExchangeError::OwnCurrency { currency: name() });
        }
        let unit = base.map_or(Unit::Number, |base| Unit::Custom(format!("{base}/{currency}").into()));
        let naming = |id: Id| Naming::new(id).label(currency.as_str(), "exchange rate").unit(unit.clone());
        let row = Id::from(format!("rates.{currency}"));
        let factors = match rates {
            RateTable::Amount(amount) => {
                let id = Id::from(Arc::clone(&at));
                let stated = lowering.amount(naming(id.clone()).source(id), amount);
                lowering.keep_within(stated, amount, Bound::AboveZero, |rate| ExchangeError::NotPositive { rate });
                let first = Expression::call(Function::At, [Expression::cell(stated), Expression::number(1)]);
                let timeline = Expression::call(Function::Flow, [first, Expression::cell(stated)]);
                Factors::same(lowering.cells.formula(naming(row), timeline))
            }
            RateTable::Dated(dated) => {
                let dated = DatedRates::define(lowering, (&at, currency), first_year, (dated, &unit));
                dated.tell_idle(lowering, &at, timing);
                let rates = dated.in_each_year(lowering.years, timing);
                let within = lowering.cells.formula(naming(row).source(Arc::clone(&at)), rates);
                let at_end = if timing == Timing::End {
                    within
                } else {
                    let naming = Naming::new(format!("rates.{currency}.at_end"));
                    let naming = naming.label(currency.as_str(), "exchange rate as the year ends").unit(unit);
                    let rates = dated.in_each_year(lowering.years, Timing::End);
                    lowering.cells.formula(naming.source(at), rates)
                };
                Factors { within, at_end }
            }
        };
        cells.rates.insert(name(), factors);
    }
    cells
}

/// Rates that each hold from a day on.
struct DatedRates<'d> {
    dated: &'d [(Day, Decimal)],
    cells: Vec<CellId>,
    /// The calendar year of year 0.
    first_year: Option<i32>,
}

impl<'d> DatedRates<'d> {
    fn define(
        lowering: &mut Lowering,
        (at, currency): (&Arc<str>, &str),
        first_year: Option<i32>,
        (dated, unit): (&'d [(Day, Decimal)], &Unit),
    ) -> Self {
        let mut before: Option<Day> = None;
        let mut cells = Vec::with_capacity(dated.len());
        for (position, (from, rate)) in dated.iter().enumerate() {
            let entry = format!("{at}.{position}");
            if let Some(before) = before.filter(|before| before >= from) {
                lowering.problem(format!("{entry}.from"), ExchangeError::Order { from: *from, before });
            }
            if *rate <= Decimal::ZERO {
                lowering.problem(format!("{entry}.rate"), ExchangeError::NotPositive { rate: *rate });
            } else if *rate > LARGEST {
                lowering.problem(format!("{entry}.rate"), AmountError::TooLarge { value: *rate });
            }
            before = Some(*from);
            let naming = Naming::new(entry.as_str()).label(format!("{currency}, {from}"), "exchange rate");
            let naming = naming.unit(unit.clone()).source(format!("{entry}.rate"));
            cells.push(lowering.cells.input(naming, Shape::Scalar, [Some(*rate)]));
        }
        let rates = Self { dated, cells, first_year };
        match first_year {
            _ if dated.is_empty() => lowering.problem(&**at, ExchangeError::Empty { currency: currency.to_owned() }),
            None => lowering.problem(&**at, ExchangeError::NoCalendar),
            Some(year) if rates.in_year(0, Timing::End).is_empty() => {
                lowering.problem(&**at, ExchangeError::Missing { currency: currency.to_owned(), year });
            }
            Some(_) => {}
        }
        rates
    }

    /// Those that hold on the days of a year on which money flows; year 0 is the end of its calendar year.
    fn in_year(&self, year: u32, timing: Timing) -> Vec<CellId> {
        let timing = if year == 0 { Timing::End } else { timing };
        let year = i32::try_from(year).ok().zip(self.first_year).and_then(|(year, first)| first.checked_add(year));
        let holding = |day: Day| self.dated.iter().rposition(|(from, _)| *from <= day);
        let days = year.map_or_else(Vec::new, |year| timing.days(year));
        days.into_iter().filter_map(|day| self.cells.get(holding(day)?).copied()).collect()
    }

    /// Remembers the rates that hold on no day on which money flows, or a year ends.
    fn tell_idle(&self, lowering: &mut Lowering, at: &str, timing: Timing) {
        let years = 0..=lowering.years;
        let used = years.flat_map(|year| self.in_year(year, timing).into_iter().chain(self.in_year(year, Timing::End)));
        let used: HashSet<CellId> = used.collect();
        for (position, _) in self.cells.iter().enumerate().filter(|(_, cell)| !used.contains(cell)) {
            lowering.idle(format!("{at}.{position}"), Idle::NeverHolds);
        }
    }

    /// The rates of the years 0..n.
    fn in_each_year(&self, years: u32, timing: Timing) -> Expression {
        Expression::row(AxisId::TIMELINE, (0..=years).map(|year| mean_of(&self.in_year(year, timing))))
    }
}

/// The mean of cells, each as often as it is named; those that are the same stand next to each other.
fn mean_of(cells: &[CellId]) -> Expression {
    let runs = || cells.chunk_by(|one, next| one == next).filter_map(|run| Some((*run.first()?, run.len())));
    let count = |cells: usize| Expression::number(Decimal::from(cells));
    match (runs().next(), runs().nth(1)) {
        (None, _) => Expression::number(1), // what is wrong has been said
        (Some((cell, _)), None) => Expression::cell(cell),
        _ => Expression::sum_of(runs().map(|(cell, times)| count(times) * Expression::cell(cell))) / count(cells.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Category, CostLine, Plan};
    use crate::{Draft, Horizon};
    use rust_decimal::dec;

    fn draft(first_year: Option<i32>, rates: Vec<(&str, RateTable)>) -> Draft {
        let line = CostLine {
            initial: Some(100.into()),
            annual: Some(10.into()),
            currency: Some("USD".to_owned()),
            ..CostLine::new(Category::Licences, "x")
        };
        let rates = rates.into_iter();
        Draft {
            currency: Some("EUR".to_owned()),
            horizon: Horizon { first_year, years: 2 },
            exchange_rates: rates
                .map(|(currency, rates)| ExchangeRate { currency: currency.to_owned(), rates })
                .collect(),
            plan: Plan { costs: Some(vec![line]), ..Plan::default() },
            ..Draft::default()
        }
    }

    fn dated(entries: &[(&str, Decimal)]) -> RateTable {
        RateTable::Dated(entries.iter().map(|(from, rate)| (from.parse().unwrap(), *rate)).collect())
    }

    #[test]
    fn a_year_has_the_rate_that_holds_as_it_ends() {
        let row = |figures: &Figures, id: &str| [0, 1, 2].map(|year| figures.get(&format!("{id}.{year}")));
        let table = dated(&[("2026-03-01", dec!(0.5)), ("2027-12-31", dec!(0.6)), ("2029-01-01", dec!(0.9))]);
        let figures = Figures::of(draft(Some(2026), vec![("USD", table)]));
        assert_eq!(row(&figures, "rates.USD"), [dec!(0.5), dec!(0.6), dec!(0.6)]);
        assert_eq!(row(&figures, "costs.licences.x"), [dec!(50), dec!(6), dec!(6)]);
        let by_year = RateTable::Amount(Amount::PerYear(vec![dec!(2), dec!(3)]));
        let figures = Figures::of(draft(None, vec![("USD", by_year)]));
        assert_eq!(row(&figures, "costs.licences.x"), [dec!(200), dec!(20), dec!(30)]);
    }

    #[test]
    fn rates_are_those_of_the_days_on_which_money_flows() {
        let rates = |timing| {
            let table = dated(&[("2026-01-01", dec!(1)), ("2027-06-15", dec!(2)), ("2027-10-20", dec!(3))]);
            let valuation = crate::case::Valuation { timing, ..crate::case::Valuation::default() };
            let figures = Figures::of(Draft { valuation, ..draft(Some(2026), vec![("USD", table)]) });
            [0, 1, 2].map(|year| figures.get(&format!("rates.USD.{year}")))
        };
        assert_eq!(rates(Timing::End), [1, 3, 3].map(Decimal::from));
        assert_eq!(rates(Timing::Middle), [1, 2, 3].map(Decimal::from));
        assert_eq!(rates(Timing::Quarterly), [dec!(1), dec!(2), dec!(3)]); // 1, 2, 2, 3
        assert_eq!(rates(Timing::Monthly), [dec!(1), dec!(22) / dec!(12), dec!(3)]); // 5 x 1, 4 x 2, 3 x 3
        // 165 days at 1, 127 at 2, 73 at 3
        assert_eq!(rates(Timing::Continuous), [dec!(1), dec!(638) / dec!(365), dec!(3)]);
    }

    #[test]
    fn what_flows_as_a_year_ends_has_the_rate_of_that_day() {
        use crate::case::{Financing, InYear, Lease, OneOff, Replacement, Residual};
        let table = dated(&[("2026-01-01", dec!(1)), ("2027-07-01", dec!(2)), ("2028-07-01", dec!(3))]);
        let valuation = crate::case::Valuation { timing: Timing::Middle, ..crate::case::Valuation::default() };
        let mut draft = Draft { valuation, ..draft(Some(2026), vec![("USD", table)]) };
        for line in draft.plan.costs.iter_mut().flatten() {
            line.once = Some(OneOff { amount: 7.into(), when: InYear::End });
            let residual = Some(Residual::Share(dec!(0.5).into()));
            line.replacement = Some(Replacement { residual, ..Replacement::default() });
        }
        let lease = Lease { currency: Some("USD".to_owned()), in_advance: false, ..Lease::new("maker", 10, 2) };
        draft.plan.financing = Some(Financing { leases: vec![lease], ..Financing::of_price(20) });
        draft.discount_rate = Some(dec!(0.1).into());
        let figures = Figures::of(draft);
        let row = |id: &str| [0, 1, 2].map(|year| figures.get(&format!("{id}.{year}")));
        // 100, 10 and 10 a year, 7 at the end; half of 100 comes back
        assert_eq!(row("rates.USD"), [1, 1, 2].map(Decimal::from));
        assert_eq!(row("rates.USD.at_end"), [1, 2, 3].map(Decimal::from));
        assert_eq!(row("costs.licences.x"), [100, 10, 20 + 21].map(Decimal::from));
        assert_eq!(row("costs.licences.x.at_end"), [0, 0, 21].map(Decimal::from));
        assert_eq!(row("costs.licences.x.recovered"), [0, 0, -150].map(Decimal::from));
        // a lease in arrears is paid as the years end
        assert_eq!(row("financing.leases.maker.payment"), [0, 20, 30].map(Decimal::from));
    }

    #[test]
    fn mistakes_are_placed() {
        let found = problems(draft(
            Some(2026),
            vec![
                ("EUR", RateTable::Amount(1.into())),
                ("CHF", dated(&[("2027-01-01", dec!(1)), ("2026-01-01", dec!(0))])),
                ("CHF", dated(&[])),
                ("GBP", dated(&[("2027-01-01", dec!(1))])),
                ("SEK", dated(&[])),
                ("N K", RateTable::Amount(Decimal::NEGATIVE_ONE.into())),
            ],
        ));
        assert_eq!(
            found,
            [
                "exchange_rates.EUR: `EUR` is the currency of the document, and always worth 1",
                "exchange_rates.CHF.1.from: the rate from 2026-01-01 follows the one from 2027-01-01",
                "exchange_rates.CHF.1.rate: 0 is no exchange rate",
                "exchange_rates.CHF: `CHF` has two exchange rates",
                "exchange_rates.GBP: there is no rate of `GBP` by the end of 2026, the first year",
                "exchange_rates.SEK: `SEK` has no exchange rate",
                "exchange_rates.N K: `N K` cannot be the name of a currency",
                "exchange_rates.N K: -1 is no exchange rate",
                "costs.licences.x.currency: there is no exchange rate of `USD`",
            ]
        );
        let undated = problems(draft(None, vec![("USD", dated(&[("2026-01-01", dec!(1))]))]));
        assert_eq!(undated, ["exchange_rates.USD: dated rates need to know which calendar year year 0 is"]);
    }
}
