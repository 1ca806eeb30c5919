//! What the system brings: revenue through its margin, savings, avoided costs, ramped up and cut by risk.

use super::{Fractions, Setting, Totals, define_sums, define_totals};
use crate::amount::{Amount, Lowering};
use crate::model::{CellId, Expression, Function, Id, Naming, Unit, is_name};
use crate::scorecard::Tree;
use std::collections::HashSet;
use std::sync::Arc;

/// What can be wrong with a benefit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BenefitError {
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of a benefit")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// An id that the names of figures need for themselves.
    #[error("`{id}` is reserved for a figure")]
    ReservedId {
        /// The id as written.
        id: String,
    },
    /// Two benefits of one id.
    #[error("there are two benefits `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A benefit that says nothing about its amount.
    #[error("`{id}` has no amount")]
    NoAmount {
        /// The benefit.
        id: String,
    },
    /// A margin where there is no revenue.
    #[error("`{id}` has a margin, but is not of the kind `revenue`")]
    MarginWithoutRevenue {
        /// The benefit.
        id: String,
    },
    /// Proven by an indicator nobody knows.
    #[error("`{id}` is proven by `{indicator}`, which is no criterion of the scorecard")]
    UnknownIndicator {
        /// The benefit.
        id: String,
        /// The indicator as written.
        indicator: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
}

impl BenefitError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { .. } => {
                "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
            }
            Self::ReservedId { id } => format!("write `{id}_benefit` or another word"),
            Self::DuplicateId { .. } => "give each benefit an id of its own".to_owned(),
            Self::NoAmount { .. } => "add `annual:`; only an intangible benefit may do without".to_owned(),
            Self::MarginWithoutRevenue { .. } => "remove `margin:`, or write `kind: revenue`".to_owned(),
            Self::UnknownIndicator { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownIndicator { .. } => "name an indicator of the scorecard by its id".to_owned(),
        })
    }
}

/// What kind of benefit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BenefitKind {
    /// More revenue, of which only the margin counts.
    Revenue,
    /// A cost that falls.
    Saving,
    /// A cost that does not arise.
    Avoidance,
    /// Named and reported, but not counted.
    Intangible,
}

impl BenefitKind {
    /// Every kind and its name in a document.
    pub const ALL: [(&'static str, BenefitKind); 4] = [
        ("revenue", BenefitKind::Revenue),
        ("saving", BenefitKind::Saving),
        ("avoidance", BenefitKind::Avoidance),
        ("intangible", BenefitKind::Intangible),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// One benefit: `annual x realisation x margin`, cut by `risk`.
///
/// **Formula**: in the years 1..n `annual x realisation x margin x (1 - risk)`, in year 0 `initial x (1 - risk)`.
///
/// **Units**: money, written positive; `realisation`, `margin` and `risk` are fractions from 0 to 1.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Plan};
/// use appraise::{Amount, Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let kept = Benefit {
///     annual: Some(100_000.into()),
///     realisation: Some(Amount::PerYear(vec![dec!(0.4), dec!(1)])),
///     margin: Some(dec!(0.35).into()),
///     risk: Some(dec!(0.10).into()),
///     ..Benefit::new("kept_customers", BenefitKind::Revenue)
/// };
/// let horizon = Horizon { years: 2, ..Horizon::default() };
/// let appraisal = Appraisal::new(Draft { horizon, plan: Plan { benefits: Some(vec![kept]), ..Plan::default() }, ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("benefits.kept_customers.1"), Some(Ok(dec!(12_600))));
/// assert_eq!(outcome.figure("benefits.nominal"), Some(Ok(dec!(44_100))));
/// assert_eq!(outcome.figure("benefits.unadjusted.nominal"), Some(Ok(dec!(49_000))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Benefit {
    /// Its id among benefits.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// What kind it is.
    pub kind: BenefitKind,
    /// The benefit in year 0, rare as it is.
    pub initial: Option<Amount>,
    /// The benefit in each year 1..n once it is fully realised.
    pub annual: Option<Amount>,
    /// How much of it is realised in each year.
    pub realisation: Option<Amount>,
    /// The margin on revenue.
    pub margin: Option<Amount>,
    /// What risk cuts, as a fraction.
    pub risk: Option<Amount>,
    /// The indicator that shows whether it comes true.
    pub proven_by: Option<String>,
    /// Where the amounts come from.
    pub source: Option<String>,
}

impl Benefit {
    /// A benefit without an amount yet.
    pub fn new(id: impl Into<String>, kind: BenefitKind) -> Self {
        Self {
            id: id.into(),
            name: None,
            kind,
            initial: None,
            annual: None,
            realisation: None,
            margin: None,
            risk: None,
            proven_by: None,
            source: None,
        }
    }

    fn is_counted(&self) -> bool {
        self.kind != BenefitKind::Intangible
    }
}

/// The cells of one benefit.
#[derive(Debug, Clone)]
pub(crate) struct LineCells {
    pub(crate) name: Arc<str>,
    pub(crate) kind: BenefitKind,
    pub(crate) proven_by: Option<String>,
    pub(crate) year: CellId,
    pub(crate) nominal: CellId,
    pub(crate) present_value: CellId,
    pub(crate) fractions: Fractions,
}

/// The cells of all benefits.
#[derive(Debug, Clone)]
pub(crate) struct BenefitCells {
    pub(crate) lines: Vec<LineCells>,
    pub(crate) totals: Totals,
    pub(crate) unadjusted: Totals,
}

/// Ids that the figures of all benefits need.
const RESERVED: [&str; 6] = ["nominal", "present_value", "year", "unadjusted", "initial", "ongoing"];

/// Defines every benefit and the totals.
pub(crate) fn define(lowering: &mut Lowering, setting: Setting, benefits: &[Benefit]) -> BenefitCells {
    let scope = setting.scope;
    let mut lines = Vec::with_capacity(benefits.len());
    let mut unadjusted_rows = Vec::new();
    let mut rows = Vec::new();
    let mut seen = HashSet::new();
    for benefit in benefits {
        let at = scope.id(&format!("benefits.{}", benefit.id));
        if !check(lowering, setting.tree, (&at, benefit), &mut seen) {
            continue;
        }
        let name: Arc<str> = benefit.name.as_deref().unwrap_or(&benefit.id).into();
        let subject = scope.subject(&name);
        let (unadjusted, year, fractions) = define_line(lowering, setting, benefit, (&at, &subject));
        if benefit.is_counted() {
            unadjusted_rows.push(unadjusted);
            rows.push(year);
        }
        let (nominal, present_value) = define_sums(lowering, setting.discounting, &at, &subject, year);
        let (kind, proven_by) = (benefit.kind, benefit.proven_by.clone());
        lines.push(LineCells { name, kind, proven_by, year, nominal, present_value, fractions });
    }
    let totals = define_totals(lowering, setting, "benefits", "Benefits", &rows);
    let name = "Benefits without risk adjustment";
    let unadjusted = define_totals(lowering, setting, "benefits.unadjusted", name, &unadjusted_rows);
    let naming =
        |id: &str, aspect| Naming::new(scope.id(id)).label(scope.subject("Benefits"), aspect).unit(Unit::Money);
    let initial = Expression::entry(totals.year, 0);
    let initial = lowering.cells.formula(naming("benefits.initial", "initial"), initial);
    let later = Expression::cell(totals.nominal) - Expression::cell(initial);
    lowering.cells.formula(naming("benefits.ongoing", "ongoing"), later);
    BenefitCells { lines, totals, unadjusted }
}

fn check<'b>(
    lowering: &mut Lowering,
    tree: Option<&Tree>,
    (at, benefit): (&str, &'b Benefit),
    seen: &mut HashSet<&'b str>,
) -> bool {
    let id = || benefit.id.clone();
    if !is_name(&benefit.id) {
        lowering.problem(at, BenefitError::InvalidId { id: id() });
    } else if RESERVED.contains(&&*benefit.id) {
        lowering.problem(at, BenefitError::ReservedId { id: id() });
    }
    if !seen.insert(&benefit.id) {
        lowering.problem(at, BenefitError::DuplicateId { id: id() });
        return false;
    }
    if benefit.annual.is_none() && benefit.initial.is_none() && benefit.is_counted() {
        lowering.problem(at, BenefitError::NoAmount { id: id() });
    }
    if benefit.margin.is_some() && benefit.kind != BenefitKind::Revenue {
        lowering.problem(format!("{at}.margin"), BenefitError::MarginWithoutRevenue { id: id() });
    }
    if let Some(indicator) = &benefit.proven_by
        && tree.and_then(|tree| tree.find(indicator)).is_none()
    {
        let ids = tree.into_iter().flat_map(Tree::ids);
        let nearest = lowering.nearest(indicator, ids);
        let error = BenefitError::UnknownIndicator { id: id(), indicator: indicator.clone(), nearest };
        lowering.problem(format!("{at}.proven_by"), error);
    }
    true
}

/// The row without risk, the row with it, and the shares they are made with.
fn define_line(
    lowering: &mut Lowering,
    setting: Setting,
    benefit: &Benefit,
    (figures, name): (&Arc<str>, &Arc<str>),
) -> (CellId, CellId, Fractions) {
    let mut cell = |figure: &'static str, aspect, unit, amount: Option<&Amount>| {
        let id = Id::of(Arc::clone(figures), figure);
        let amount = amount?;
        match unit {
            Unit::Share => lowering.refuse_not_a_share(&id, amount),
            _ => lowering.refuse_negative(&id, amount, "a benefit"),
        }
        let naming = Naming::new(id.clone()).label(Arc::clone(name), aspect).unit(unit).source(id);
        Some(lowering.amount(naming, amount))
    };
    let initial = cell("initial", "initial", Unit::Money, benefit.initial.as_ref());
    let annual = cell("annual", "a year", Unit::Money, benefit.annual.as_ref());
    let realisation = cell("realisation", "realisation", Unit::Share, benefit.realisation.as_ref());
    let margin = cell("margin", "margin", Unit::Share, benefit.margin.as_ref());
    let risk = cell("risk", "risk", Unit::Share, benefit.risk.as_ref());
    for single in [initial, risk].into_iter().flatten() {
        lowering.cells.require_single(single);
    }
    let zero = || Expression::number(0);
    let factors = [annual, realisation, margin].into_iter().flatten().map(Expression::cell);
    let product = if annual.is_some() { factors.reduce(|a, b| a * b) } else { None };
    let first = initial.map_or_else(zero, Expression::cell);
    let flow = setting.while_in_use(Expression::call(Function::Flow, [first, product.unwrap_or_else(zero)]));
    let naming = |figure, aspect| {
        Naming::new(Id::of(Arc::clone(figures), figure))
            .label(Arc::clone(name), aspect)
            .unit(Unit::Money)
            .source(Arc::clone(figures))
    };
    let unadjusted = lowering.cells.formula(naming("unadjusted", "by year, without risk"), flow);
    let with_risk = match risk {
        Some(risk) => Expression::cell(unadjusted) * (Expression::number(1) - Expression::cell(risk)),
        None => Expression::cell(unadjusted),
    };
    let year = lowering.cells.formula(naming("", "by year"), with_risk);
    let shares = [realisation, margin, risk].into_iter().flatten().collect();
    (unadjusted, year, Fractions { shares, surcharges: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::Plan;
    use crate::{Draft, Horizon};
    use rust_decimal::{Decimal, dec};

    fn draft(benefits: Vec<Benefit>) -> Draft {
        Draft {
            horizon: Horizon { first_year: None, years: 2 },
            discount_rate: Some(dec!(0.25).into()),
            plan: Plan { benefits: Some(benefits), ..Plan::default() },
            ..Draft::default()
        }
    }

    #[test]
    fn ramp_margin_and_risk_multiply() {
        let revenue = Benefit {
            initial: Some(10.into()),
            annual: Some(1_000.into()),
            realisation: Some(Amount::PerYear(vec![dec!(0.5), dec!(1)])),
            margin: Some(dec!(0.4).into()),
            risk: Some(dec!(0.25).into()),
            ..Benefit::new("revenue", BenefitKind::Revenue)
        };
        let intangible = Benefit { annual: Some(500.into()), ..Benefit::new("image", BenefitKind::Intangible) };
        let figures = Figures::of(draft(vec![revenue, intangible]));
        let row = |id: &str| [0, 1, 2].map(|year| figures.get(&format!("{id}.{year}")));
        assert_eq!(row("benefits.revenue.unadjusted"), [dec!(10), dec!(200), dec!(400)]);
        assert_eq!(row("benefits.revenue"), [dec!(7.5), dec!(150), dec!(300)]);
        // an intangible has figures of its own and is in no total
        assert_eq!(figures.get("benefits.image.nominal"), dec!(1000));
        assert_eq!(row("benefits.year"), [dec!(7.5), dec!(150), dec!(300)]);
        assert_eq!(figures.get("benefits.nominal"), dec!(457.5));
        assert_eq!(figures.get("benefits.initial"), dec!(7.5));
        assert_eq!(figures.get("benefits.ongoing"), dec!(450));
        assert_eq!(figures.get("benefits.present_value"), dec!(319.5));
        assert_eq!(figures.get("benefits.unadjusted.present_value"), dec!(426));
    }

    #[test]
    fn mistakes_in_benefits_are_placed() {
        let saving = |id: &str| Benefit { annual: Some(1.into()), ..Benefit::new(id, BenefitKind::Saving) };
        let benefits = vec![
            Benefit { margin: Some(dec!(0.4).into()), ..saving("hours") },
            Benefit { risk: Some(dec!(15).into()), ..saving("hours") },
            Benefit { risk: Some(dec!(15).into()), ..saving("paper") },
            Benefit::new("nothing", BenefitKind::Saving),
            Benefit { proven_by: Some("hours_spent".into()), ..saving("year") },
        ];
        assert_eq!(
            problems(draft(benefits)),
            [
                "benefits.hours.margin: `hours` has a margin, but is not of the kind `revenue`",
                "benefits.hours: there are two benefits `hours`",
                "benefits.paper.risk: 1500 % is not a share between 0 and 100 %",
                "benefits.nothing: `nothing` has no amount",
                "benefits.year: `year` is reserved for a figure",
                "benefits.year.proven_by: `year` is proven by `hours_spent`, which is no criterion of the scorecard",
            ]
        );
        let zero = Figures::of(draft(vec![Benefit { annual: Some(Decimal::ZERO.into()), ..saving("none") }]));
        assert_eq!(zero.get("benefits.nominal"), dec!(0));
    }
}
