//! One line of cost: what it states, what it is charged on, and the rows that follow, with risk and without.

mod allocation;
mod charged;
mod declared;
mod dual_running;
mod error;
mod licence;
mod one_off;
mod part;
mod price;
mod rate;
mod replacement;
mod staff;
mod stated;
mod training;
mod usage;

pub use allocation::Allocation;
pub(super) use charged::define;
pub(super) use declared::{Declared, Risk, declare};
pub use dual_running::{DualRunning, Length};
pub use error::CostError;
pub use licence::{Licence, LicenceKind};
pub use one_off::{InYear, OneOff};
pub use price::{Price, Tier, Tiering};
pub(super) use rate::Bases;
pub use rate::{Base, Basis, ChargedOn, Rate};
pub use replacement::{Replacement, Residual};
pub use staff::{Role, Staff, Work};
pub use training::Training;
pub use usage::Usage;

use super::{Category, Depreciation, Scope};
use crate::amount::Amount;
use std::sync::Arc;

/// One line of cost. What it states is added up.
///
/// **Formula**: year 0 is `initial`, the years t = 1..n are `annual + fte x cost x (1 + growth)^(t-1)`, to which come
/// the [licences](Licence), [roles](Role), [training](Training), [use](Usage), [replacement](Replacement),
/// [one-off costs](OneOff) and [dual running](DualRunning) it states, all in its `currency`, and `rate x base` in the
/// years that [`ChargedOn`] says; all of it times `share`, and with risk times `1 + risk`.
///
/// **Units**: money, written positive; rates, `share` and `risk` are fractions.
///
/// ```
/// use appraise::case::{Category, ChargedOn, CostLine, Plan, Rate};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let database = CostLine { initial: Some(24_000.into()), ..CostLine::new(Category::Hardware, "database") };
/// let charge = Rate { rate: dec!(0.20).into(), of: ChargedOn::Line(Category::Hardware, "database".into()) };
/// let support = CostLine {
///     rate: Some(charge),
///     risk: Some(dec!(0.10).into()),
///     ..CostLine::new(Category::Maintenance, "support")
/// };
/// let appraisal = Appraisal::new(Draft { plan: Plan { costs: Some(vec![database, support]), ..Plan::default() }, ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("costs.maintenance.support.1"), Some(Ok(dec!(5280))));
/// assert_eq!(outcome.figure("costs.unadjusted.nominal"), Some(Ok(dec!(48_000))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CostLine {
    /// The category it belongs to.
    pub category: Category,
    /// Its id in the category.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// The cost in year 0.
    pub initial: Option<Amount>,
    /// The cost in each year 1..n.
    pub annual: Option<Amount>,
    /// Own people.
    pub staff: Option<Staff>,
    /// People of several roles.
    pub roles: Vec<Role>,
    /// Licences by the seat.
    pub licence: Option<Licence>,
    /// Training by the head.
    pub training: Option<Training>,
    /// A service that is paid by use.
    pub usage: Option<Usage>,
    /// Whether what `initial` buys is replaced, and what it is worth as the horizon ends.
    pub replacement: Option<Replacement>,
    /// A cost that arises once, in a year of its own.
    pub once: Option<OneOff>,
    /// An old system that runs on for a while.
    pub dual_running: Option<DualRunning>,
    /// A rate of other costs.
    pub rate: Option<Rate>,
    /// The currency of its amounts; that of the document where nothing is said.
    pub currency: Option<String>,
    /// The share that is charged to this programme.
    pub share: Option<Amount>,
    /// The same by an allocation key.
    pub allocation: Option<Allocation>,
    /// What risk adds, as a fraction of the line.
    pub risk: Option<Amount>,
    /// Whether it is contingency; rates of `Initial` and `All`, and those of [`Basis::InitialOnce`] and
    /// [`Basis::Costs`], are where nothing is said.
    pub contingency: Option<bool>,
    /// How what is bought is charged to the years of its use, where it is capitalised: the cost of year 0, replacements,
    /// perpetual licences that come later, and what arises once in a later year.
    pub depreciation: Option<Depreciation>,
    /// What it is spent on over time: `build`, `run`, `exit` or a word of one's own.
    pub phase: Option<String>,
    /// Where the amounts come from.
    pub source: Option<String>,
}

impl CostLine {
    /// A line that costs nothing yet.
    pub fn new(category: Category, id: impl Into<String>) -> Self {
        Self {
            category,
            id: id.into(),
            name: None,
            initial: None,
            annual: None,
            staff: None,
            roles: Vec::new(),
            licence: None,
            training: None,
            usage: None,
            replacement: None,
            once: None,
            dual_running: None,
            rate: None,
            currency: None,
            share: None,
            allocation: None,
            risk: None,
            contingency: None,
            depreciation: None,
            phase: None,
            source: None,
        }
    }

    /// Whether it is training: by heads, or by the word in its id.
    pub(super) fn is_training(&self) -> bool {
        self.training.is_some() || self.id.split('_').any(|word| word == "training") || self.id.contains("培训")
    }

    pub(super) fn is_contingency(&self) -> bool {
        self.contingency.unwrap_or_else(|| self.rate.as_ref().is_some_and(|rate| rate.of.is_reserve()))
    }

    /// The years after which what it buys is replaced.
    fn replaced_every(&self) -> Option<u32> {
        self.replacement.as_ref()?.every
    }

    /// Whether some of it flows as the horizon ends.
    pub(crate) fn flows_at_end(&self) -> bool {
        self.once.as_ref().is_some_and(|once| once.when == InYear::End)
            || self.replacement.as_ref().is_some_and(|replacement| replacement.residual.is_some())
    }

    /// Whether it says anything about an amount.
    fn has_amount(&self) -> bool {
        let parts = [
            self.initial.is_some(),
            self.annual.is_some(),
            self.staff.is_some(),
            !self.roles.is_empty(),
            self.licence.is_some(),
            self.training.is_some(),
            self.usage.is_some(),
            self.once.is_some(),
            self.dual_running.is_some(),
            self.rate.is_some(),
        ];
        parts.contains(&true)
    }

    /// Whether year 0 is zero whatever the amounts are.
    fn starts_at_zero(&self) -> bool {
        let starts = [
            self.initial.is_some(),
            self.roles.iter().any(|role| role.initial.is_some()),
            self.licence.as_ref().is_some_and(|licence| licence.initial.is_some()),
            self.training.as_ref().is_some_and(|training| training.initial.is_some()),
            self.once.as_ref().is_some_and(|once| once.when == InYear::Year(0)),
            self.rate.as_ref().is_some_and(|rate| rate.of.is_reserve()),
        ];
        !starts.contains(&true)
    }

    fn at(&self, scope: &Scope) -> Arc<str> {
        scope.id(&format!("costs.{}.{}", self.category.key(), self.id))
    }
}

/// What the unit tests of the forms share: a line in, its rows out.
#[cfg(test)]
mod testing {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::Plan;
    use crate::{Draft, Horizon};
    use rust_decimal::Decimal;

    pub(super) fn draft(lines: Vec<CostLine>) -> Draft {
        Draft {
            currency: Some("EUR".to_owned()),
            horizon: Horizon { first_year: Some(2026), years: 3 },
            plan: Plan { costs: Some(lines), ..Plan::default() },
            ..Draft::default()
        }
    }

    pub(super) fn line(id: &str) -> CostLine {
        CostLine::new(Category::Other, id)
    }

    /// The years 0 to 3 of a row.
    pub(super) fn row(figures: &Figures, id: &str) -> [Decimal; 4] {
        [0, 1, 2, 3].map(|year| figures.get(&format!("{id}.{year}")))
    }

    /// The years 0 to 3 of a line alone.
    #[track_caller]
    pub(super) fn years(line: CostLine) -> [Decimal; 4] {
        let id = format!("costs.{}.{}", line.category.key(), line.id);
        row(&Figures::of(draft(vec![line])), &id)
    }

    pub(super) fn per_year<const N: usize>(values: [i64; N]) -> Amount {
        Amount::PerYear(values.map(Decimal::from).into())
    }

    pub(super) fn mistakes(lines: Vec<CostLine>) -> Vec<String> {
        problems(draft(lines))
    }
}
