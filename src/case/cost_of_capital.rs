//! The cost of capital: stated, or built up from its sources.

use crate::amount::{Amount, Lowering, percent};
use crate::bound::Bound;
use crate::model::{CellId, Expression, Id, Naming, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What a company's capital costs a year, stated or built up: the discount rate of a model, or what economic value added
/// charges.
///
/// An amount converts into it, so that `discount_rate: Some(dec!(0.08).into())` states one.
#[derive(Debug, Clone, PartialEq)]
pub enum CostOfCapital {
    /// As a fraction a year.
    Rate(Amount),
    /// The weighted average over its sources.
    Weighted(Box<WeightedCapital>),
}

impl<T: Into<Amount>> From<T> for CostOfCapital {
    fn from(rate: T) -> Self {
        Self::Rate(rate.into())
    }
}

impl From<WeightedCapital> for CostOfCapital {
    fn from(capital: WeightedCapital) -> Self {
        Self::Weighted(Box::new(capital))
    }
}

/// Where a company's capital comes from, and what each source costs: the weighted average cost of capital.
///
/// **Formula**: with the amounts E of equity, D of debt and P of preferred shares, V = E + D + P,
/// `WACC = E/V x cost of equity + D/V x cost of debt x (1 - tax rate) + P/V x cost of preferred`.
///
/// **Units**: amounts at market values, in money or as shares that sum to 1; costs are fractions a year.
///
/// **Source**: Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 19. The same formula on plain numbers is
/// [`kernel::wacc`](crate::kernel::wacc).
///
/// ```
/// use appraise::case::{Category, CostLine, CostOfEquity, Plan, WeightedCapital};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let equity = CostOfEquity::Model {
///     risk_free: dec!(0.03).into(),
///     beta: dec!(1.2).into(),
///     premium: dec!(0.055).into(),
///     premiums: Vec::new(),
/// };
/// let capital = WeightedCapital {
///     tax_rate: Some(dec!(0.25).into()),
///     ..WeightedCapital::new(dec!(0.6), dec!(0.4), equity, dec!(0.06))
/// };
/// let cost = CostLine { initial: Some(100.into()), ..CostLine::new(Category::Licences, "crm") };
/// let draft = Draft {
///     discount_rate: Some(capital.into()),
///     plan: Plan { costs: Some(vec![cost]), ..Plan::default() },
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("wacc.cost_of_equity"), Some(Ok(dec!(0.096))));
/// assert_eq!(outcome.figure("wacc.cost_of_debt_after_tax"), Some(Ok(dec!(0.045))));
/// assert_eq!(outcome.figure("discount_rate"), Some(Ok(dec!(0.0756))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedCapital {
    /// What owners have in it, at its market value where there is one.
    pub equity: Amount,
    /// What is borrowed.
    pub debt: Amount,
    /// Preferred shares, where there are any.
    pub preferred: Option<Preferred>,
    /// What owners expect.
    pub cost_of_equity: CostOfEquity,
    /// What lenders charge before tax, as a fraction a year.
    pub cost_of_debt: Amount,
    /// The tax that interest saves, as a fraction; where nothing is said, the tax rate that is stated elsewhere: of the
    /// profit in economic value added, of the document for its discount rate.
    pub tax_rate: Option<Amount>,
}

/// Shares with a fixed dividend, which saves no tax.
#[derive(Debug, Clone, PartialEq)]
pub struct Preferred {
    /// How much there is.
    pub amount: Amount,
    /// Its dividend, as a fraction a year.
    pub cost: Amount,
}

/// What owners expect a year.
#[derive(Debug, Clone, PartialEq)]
pub enum CostOfEquity {
    /// As a fraction.
    Rate(Amount),
    /// The capital asset pricing model: `risk_free + beta x premium + sum of premiums`.
    Model {
        /// What a loan without risk brings.
        risk_free: Amount,
        /// How much more the share moves than the market.
        beta: Amount,
        /// What the market brings above that.
        premium: Amount,
        /// What is added for size, country or the company itself, each under its id.
        premiums: Vec<(String, Amount)>,
    },
}

impl<T: Into<Amount>> From<T> for CostOfEquity {
    fn from(rate: T) -> Self {
        Self::Rate(rate.into())
    }
}

impl WeightedCapital {
    /// Equity and debt, with the tax rate that is stated elsewhere.
    pub fn new(
        equity: impl Into<Amount>,
        debt: impl Into<Amount>,
        cost_of_equity: impl Into<CostOfEquity>,
        cost_of_debt: impl Into<Amount>,
    ) -> Self {
        Self {
            equity: equity.into(),
            debt: debt.into(),
            preferred: None,
            cost_of_equity: cost_of_equity.into(),
            cost_of_debt: cost_of_debt.into(),
            tax_rate: None,
        }
    }

    fn sources(&self) -> impl Iterator<Item = &Amount> {
        [&self.equity, &self.debt].into_iter().chain(self.preferred.iter().map(|preferred| &preferred.amount))
    }

    /// Whether it is stated in parts of a whole, and not in money.
    fn is_in_shares(&self) -> bool {
        let mut stated = self.sources().map(Amount::as_constant);
        let in_parts = |value: &Decimal| *value > Decimal::ZERO && *value < Decimal::ONE;
        self.sources().filter_map(Amount::as_constant).any(|value| in_parts(&value))
            && stated.all(|value| value.is_some_and(|value| value <= Decimal::ONE))
    }
}

/// What can be wrong with a cost of capital.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CostOfCapitalError {
    /// Parts that do not make a whole.
    #[error("the shares of the capital sum to {}", percent(.sum))]
    Shares {
        /// Their sum.
        sum: Decimal,
    },
    /// Nothing to take a mean of.
    #[error("there is no capital whose cost could be averaged")]
    NoCapital,
    /// A rate that no market knows.
    #[error("{what} of {} lies outside -20 % to 100 %", percent(.rate))]
    Rate {
        /// What it is.
        what: &'static str,
        /// The rate as written.
        rate: Decimal,
    },
    /// Most likely a percentage in the wrong place.
    #[error("a beta of {beta} does not lie between -5 and 10")]
    Beta {
        /// The beta as written.
        beta: Decimal,
    },
    /// Debt whose tax is not known.
    #[error("it is not known what tax the interest saves")]
    NoTaxRate,
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of a premium")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// Two premiums of one id.
    #[error("there are two premiums `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
}

impl CostOfCapitalError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Shares { .. } => "let the shares sum to 100 %, or write all of them in money".to_owned(),
            Self::NoCapital => "write what there is of each, as in `equity: 60%, debt: 40%`".to_owned(),
            Self::Rate { rate, .. } if *rate > Decimal::ONE && *rate <= Decimal::ONE_HUNDRED => {
                format!("write `{}%`", rate.normalize())
            }
            Self::Rate { .. } => "write a percentage, as in `2.5%`".to_owned(),
            Self::Beta { .. } => "write a plain number, as in `beta: 1.2`".to_owned(),
            Self::NoTaxRate => "add `tax_rate: 25%`, or `tax_rate: 0` where there is none".to_owned(),
            Self::InvalidId { .. } => "start with a letter, then letters, digits and `_`, as in `size`".to_owned(),
            Self::DuplicateId { .. } => "give each premium an id of its own".to_owned(),
        })
    }
}

/// The cells of one source of capital.
#[derive(Debug, Clone)]
pub(crate) struct SourceCells {
    /// `equity`, `debt` or `preferred`.
    pub(crate) key: &'static str,
    pub(crate) amount: CellId,
    pub(crate) weight: CellId,
    /// What it costs before tax.
    pub(crate) cost: CellId,
    pub(crate) after_tax: CellId,
}

/// The cells of a cost of equity that is built up.
#[derive(Debug, Clone)]
pub(crate) struct EquityCells {
    pub(crate) risk_free: CellId,
    pub(crate) beta: CellId,
    pub(crate) premium: CellId,
    pub(crate) premiums: Vec<(Arc<str>, CellId)>,
}

/// The cells of a cost of capital that is built up.
#[derive(Debug, Clone)]
pub(crate) struct CostOfCapitalCells {
    pub(crate) sources: Vec<SourceCells>,
    pub(crate) equity: Option<EquityCells>,
    pub(crate) tax_rate: CellId,
}

/// Whose cost of capital it is: what its figures begin with, what they are called, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whose {
    pub(crate) figures: &'static str,
    pub(crate) subject: &'static str,
    pub(crate) at: &'static str,
}

impl Whose {
    fn naming(self, figure: &str, aspect: &'static str, unit: Unit) -> Naming {
        Naming::new(format!("{}.{figure}", self.figures)).label(self.subject, aspect).unit(unit)
    }

    fn at(self, key: &str) -> Id {
        Id::from(format!("{}.{key}", self.at).as_str())
    }

    /// A single amount as written, under the key that it has in the document.
    fn written(self, lowering: &mut Lowering, key: &str, named: (&'static str, Unit), amount: &Amount) -> CellId {
        let cell = lowering.amount(self.naming(key, named.0, named.1).source(self.at(key)), amount);
        lowering.cells.require_single(cell);
        cell
    }

    fn rate(self, lowering: &mut Lowering, key: &str, aspect: &'static str, amount: &Amount) -> CellId {
        let cell = self.written(lowering, key, (aspect, Unit::Share), amount);
        lowering.keep_share(cell, amount);
        cell
    }
}

/// Defines the parts of a cost of capital; the formula over them is the weighted average. `tax` is the rate that holds
/// where none is stated here.
pub(crate) fn define(
    lowering: &mut Lowering,
    whose: Whose,
    stated: &WeightedCapital,
    tax: Option<CellId>,
) -> (Expression, CostOfCapitalCells) {
    let cell = Expression::cell;
    let unit = if stated.is_in_shares() { Unit::Share } else { Unit::Money };
    check_sources(lowering, whose, stated);
    let mut amount = |key: &'static str, amount: &Amount| {
        let cell = whose.written(lowering, key, (key_name(key), unit.clone()), amount);
        lowering.keep_positive(cell, amount, "capital");
        cell
    };
    let equity = amount("equity", &stated.equity);
    let debt = amount("debt", &stated.debt);
    let preferred = stated.preferred.as_ref().map(|preferred| amount("preferred", &preferred.amount));
    let (cost_of_equity, equity_cells) = define_equity(lowering, whose, &stated.cost_of_equity);
    let cost_of_debt = whose.rate(lowering, "cost_of_debt", "cost of debt", &stated.cost_of_debt);
    let tax_rate = match (&stated.tax_rate, tax) {
        (Some(rate), _) => {
            let naming = whose.naming("interest_tax_rate", "tax rate on interest", Unit::Share);
            let cell = lowering.amount(naming.source(whose.at("tax_rate")), rate);
            lowering.keep_share(cell, rate);
            cell
        }
        (None, Some(tax)) => tax,
        (None, None) => {
            lowering.problem(whose.at, CostOfCapitalError::NoTaxRate);
            lowering
                .cells
                .formula(whose.naming("interest_tax_rate", "tax rate on interest", Unit::Share), Expression::number(0))
        }
    };
    lowering.cells.require_single(tax_rate);
    let after_tax = cell(cost_of_debt) * (Expression::number(1) - cell(tax_rate));
    let naming = whose.naming("cost_of_debt_after_tax", "cost of debt after tax", Unit::Share);
    let after_tax = lowering.cells.formula(naming, after_tax);
    let cost_of_preferred = stated
        .preferred
        .as_ref()
        .map(|preferred| whose.rate(lowering, "cost_of_preferred", "cost of preferred shares", &preferred.cost));
    let all = [
        Some(("equity", equity, cost_of_equity, cost_of_equity)),
        Some(("debt", debt, cost_of_debt, after_tax)),
        preferred.zip(cost_of_preferred).map(|(amount, cost)| ("preferred", amount, cost, cost)),
    ];
    let capital = || preferred.into_iter().fold(cell(equity) + cell(debt), |sum, preferred| sum + cell(preferred));
    let sources = all.into_iter().flatten().map(|(key, amount, cost, after_tax)| {
        let naming = whose.naming(&format!("weight.{key}"), weight_name(key), Unit::Share);
        let weight = lowering.cells.formula(naming, cell(amount) / capital());
        SourceCells { key, amount, weight, cost, after_tax }
    });
    let sources: Vec<SourceCells> = sources.collect();
    let costs = sources.iter().map(|source| cell(source.weight) * cell(source.after_tax));
    let average = costs.reduce(|sum, cost| sum + cost).unwrap_or_else(|| Expression::number(0));
    (average, CostOfCapitalCells { sources, equity: equity_cells, tax_rate })
}

fn key_name(key: &str) -> &'static str {
    match key {
        "equity" => "equity",
        "debt" => "debt",
        _ => "preferred shares",
    }
}

fn weight_name(key: &str) -> &'static str {
    match key {
        "equity" => "weight of equity",
        "debt" => "weight of debt",
        _ => "weight of preferred shares",
    }
}

fn check_sources(lowering: &mut Lowering, whose: Whose, stated: &WeightedCapital) {
    let stated_sum = || {
        let mut all = stated.sources().map(Amount::as_constant);
        all.try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value?))
    };
    match stated_sum() {
        Some(sum) if sum.is_zero() => lowering.problem(whose.at, CostOfCapitalError::NoCapital),
        Some(sum) if stated.is_in_shares() && sum != Decimal::ONE => {
            lowering.problem(whose.at, CostOfCapitalError::Shares { sum });
        }
        _ => {}
    }
}

/// The cost of equity, and where it is built up its parts.
fn define_equity(lowering: &mut Lowering, whose: Whose, stated: &CostOfEquity) -> (CellId, Option<EquityCells>) {
    const KEY: &str = "cost_of_equity";
    const ASPECT: &str = "cost of equity";
    let cell = Expression::cell;
    let (risk_free, beta, premium, premiums) = match stated {
        CostOfEquity::Rate(rate) => return (whose.rate(lowering, KEY, ASPECT, rate), None),
        CostOfEquity::Model { risk_free, beta, premium, premiums } => (risk_free, beta, premium, premiums),
    };
    let mut rate = |key: &str, aspect, what, rate: &Amount| {
        let cell = part(lowering, whose, key, (aspect, Unit::Share), rate);
        lowering.keep_within(cell, rate, Bound::DiscountRate, |rate| CostOfCapitalError::Rate { what, rate });
        cell
    };
    let risk_free = rate("risk_free", "rate without risk", "a rate without risk", risk_free);
    let premium = rate("premium", "premium of the market", "a premium", premium);
    let premiums: Vec<(Arc<str>, CellId)> = premiums
        .iter()
        .map(|(id, amount)| (id.as_str().into(), rate(&format!("premiums.{id}"), "premium", "a premium", amount)))
        .collect();
    check_ids(lowering, whose, &premiums);
    let stated_beta = beta;
    let beta = part(lowering, whose, "beta", ("beta", Unit::Number), stated_beta);
    lowering.keep_within(beta, stated_beta, Bound::Beta, |beta| CostOfCapitalError::Beta { beta });
    let market = cell(risk_free) + cell(beta) * cell(premium);
    let cost = premiums.iter().fold(market, |sum, (_, premium)| sum + cell(*premium));
    let cost = lowering.cells.formula(whose.naming(KEY, ASPECT, Unit::Share).source(whose.at(KEY)), cost);
    (cost, Some(EquityCells { risk_free, beta, premium, premiums }))
}

/// A part of the cost of equity: `wacc.beta`, written under `discount_rate.cost_of_equity.beta`.
fn part(lowering: &mut Lowering, whose: Whose, key: &str, named: (&'static str, Unit), amount: &Amount) -> CellId {
    let naming = whose.naming(key, named.0, named.1).source(whose.at(&format!("cost_of_equity.{key}")));
    let cell = lowering.amount(naming, amount);
    lowering.cells.require_single(cell);
    cell
}

fn check_ids(lowering: &mut Lowering, whose: Whose, premiums: &[(Arc<str>, CellId)]) {
    let mut seen = std::collections::HashSet::new();
    for (id, _) in premiums {
        let at = whose.at(&format!("cost_of_equity.premiums.{id}")).to_string();
        if !crate::model::is_name(id) {
            lowering.problem(at, CostOfCapitalError::InvalidId { id: id.to_string() });
        } else if !seen.insert(id) {
            lowering.problem(at, CostOfCapitalError::DuplicateId { id: id.to_string() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Category, CostLine, Plan, Tax};
    use crate::kernel::{self, CapitalSource};
    use crate::{Draft, Horizon};
    use rust_decimal::dec;

    fn draft(capital: WeightedCapital) -> Draft {
        let cost = CostLine { initial: Some(100.into()), ..CostLine::new(Category::Licences, "crm") };
        Draft {
            horizon: Horizon { first_year: None, years: 2 },
            discount_rate: Some(capital.into()),
            plan: Plan { costs: Some(vec![cost]), ..Plan::default() },
            ..Draft::default()
        }
    }

    fn built_up() -> WeightedCapital {
        let equity = CostOfEquity::Model {
            risk_free: dec!(0.025).into(),
            beta: dec!(1.2).into(),
            premium: dec!(0.055).into(),
            premiums: vec![("size".into(), dec!(0.01).into()), ("country".into(), dec!(0.004).into())],
        };
        let preferred = Some(Preferred { amount: 500.into(), cost: dec!(0.07).into() });
        let tax_rate = Some(dec!(0.25).into());
        WeightedCapital { preferred, tax_rate, ..WeightedCapital::new(5_500, 4_000, equity, dec!(0.05)) }
    }

    #[test]
    fn it_is_that_of_the_kernel() {
        let figures = Figures::of(draft(built_up()));
        assert_eq!(figures.get("wacc.cost_of_equity"), dec!(0.105));
        assert_eq!(figures.get("wacc.cost_of_debt_after_tax"), dec!(0.0375));
        assert_eq!(figures.get("wacc.weight.preferred"), dec!(0.05));
        let source = |weight: i64, cost| CapitalSource { weight: weight.into(), cost };
        let sources = [source(5_500, dec!(0.105)), source(4_000, dec!(0.0375)), source(500, dec!(0.07))];
        assert_eq!(figures.get("discount_rate"), kernel::wacc(&sources).unwrap());
        assert_eq!(figures.get("discount_rate"), dec!(0.07625));
        let factor = figures.get("case.discount_factor.1");
        assert_eq!(factor.round_dp(10), (Decimal::ONE / dec!(1.07625)).round_dp(10));
    }

    #[test]
    fn interest_saves_the_tax_of_the_document() {
        let capital = WeightedCapital::new(dec!(0.6), dec!(0.4), dec!(0.1), dec!(0.05));
        let benefit = crate::case::Benefit {
            annual: Some(1.into()),
            ..crate::case::Benefit::new("b", crate::case::BenefitKind::Saving)
        };
        let mut taxed = Draft { tax: Some(Tax::at(dec!(0.2))), ..draft(capital.clone()) };
        taxed.plan.benefits = Some(vec![benefit]);
        assert_eq!(Figures::of(taxed).get("discount_rate"), dec!(0.076));
        assert_eq!(problems(draft(capital)), ["discount_rate: it is not known what tax the interest saves"]);
    }

    #[test]
    fn mistakes_are_placed() {
        let mut capital = built_up();
        capital.equity = dec!(0.7).into();
        capital.debt = dec!(0.4).into();
        capital.preferred = None;
        capital.cost_of_debt = 5.into();
        capital.cost_of_equity = CostOfEquity::Model {
            risk_free: dec!(2.5).into(),
            beta: 120.into(),
            premium: dec!(0.05).into(),
            premiums: vec![("a b".into(), 0.into()), ("c".into(), 0.into()), ("c".into(), 0.into())],
        };
        assert_eq!(
            problems(draft(capital)),
            [
                "discount_rate: the shares of the capital sum to 110 %",
                "discount_rate.cost_of_equity.risk_free: a rate without risk of 250 % lies outside -20 % to 100 %",
                "discount_rate.cost_of_equity.premiums.a b: `a b` cannot be the id of a premium",
                "discount_rate.cost_of_equity.premiums.c: there are two premiums `c`",
                "discount_rate.cost_of_equity.beta: a beta of 120 does not lie between -5 and 10",
                "discount_rate.cost_of_debt: 500 % is not a share between 0 and 100 %",
            ]
        );
        let nothing = WeightedCapital { equity: 0.into(), debt: 0.into(), preferred: None, ..built_up() };
        assert_eq!(problems(draft(nothing)), ["discount_rate: there is no capital whose cost could be averaged"]);
    }
}
