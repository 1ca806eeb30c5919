//! A line whose cells are there before they are defined, so that rates may be charged on lines that come later.

use super::rate::{Charging, Owned};
use super::{ChargedOn, CostError, CostLine};
use crate::amount::Lowering;
use crate::case::timing::later;
use crate::case::{Category, Scope};
use crate::model::{CellId, Expression, Function, Id, Naming, Unit, is_name};
use std::collections::HashSet;
use std::sync::Arc;

/// Ids that the figures of a category need.
const RESERVED: [&str; 11] = [
    "nominal",
    "present_value",
    "year",
    "unadjusted",
    "share",
    "initial",
    "charged_initial",
    "charged_initial_once",
    "charged_costs",
    "charged_list",
    "charged_net",
];

/// Whether risk is reckoned in: the headline with it, the unadjusted figures without it, bases of rates included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::case) enum Risk {
    With,
    Without,
}

/// What a line costs year by year, and in year 0 alone, which is what most rates are charged on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Charged {
    pub(super) year: CellId,
    /// `None` where year 0 is zero whatever the amounts are, and where a charge on each year's costs decides it.
    pub(super) start: Option<CellId>,
}

/// A line whose cells can be referred to before they are defined.
pub(in crate::case) struct Declared<'l> {
    pub(in crate::case) line: &'l CostLine,
    pub(in crate::case) name: Arc<str>,
    /// The name before its figures, with that of the alternative where it is part of one.
    pub(in crate::case) subject: Arc<str>,
    /// What its figures are called: `costs.licences.seats`, which is also its address.
    pub(in crate::case) figures: Arc<str>,
    pub(super) with_risk: Charged,
    pub(super) without: Charged,
    /// The price of its licences, for maintenance.
    pub(super) owned: Option<Owned>,
}

impl Declared<'_> {
    pub(super) fn charged(&self, risk: Risk) -> Charged {
        match risk {
            Risk::With => self.with_risk,
            Risk::Without => self.without,
        }
    }

    /// The row over the timeline.
    pub(in crate::case) fn year(&self, risk: Risk) -> CellId {
        self.charged(risk).year
    }

    pub(super) fn charging(&self) -> Option<Charging> {
        self.line.rate.as_ref().map(|rate| rate.of.charging())
    }

    pub(super) fn is_charged_on_all(&self) -> bool {
        self.line.rate.as_ref().is_some_and(|rate| rate.of == ChargedOn::All)
    }

    pub(super) fn is_reserve(&self) -> bool {
        self.line.rate.as_ref().is_some_and(|rate| rate.of.is_reserve())
    }

    /// What stands there in each of the years 1..n for maintenance to be charged on: licences that are owned, or the fee of
    /// the year, and what was bought in year 0, which what replaces it does not stand beside. A line of licences that begins in
    /// year 0 buys more of them in later years, and pays a fee where it does not.
    pub(in crate::case) fn standing(&self, lowering: &Lowering) -> Option<Expression> {
        let year = self.year(Risk::With);
        match (self.line.category, &self.owned) {
            (Category::Licences | Category::Hardware, Some(owned)) => owned.net.first().copied().map(Expression::cell),
            (Category::Licences, None) if self.starts() && self.line.replacement.is_none() => {
                let bought = Expression::call(Function::Cumulate, [Expression::cell(year)]);
                Some(Expression::call(Function::At, [bought, crate::amount::year(lowering.names)]))
            }
            (Category::Licences | Category::Hardware, None) if self.starts() => Some(Expression::entry(year, 0)),
            (Category::Licences, None) => Some(later(lowering, year)),
            _ => None,
        }
    }

    /// Whether anything is spent in year 0.
    pub(super) fn starts(&self) -> bool {
        self.start(Risk::With).is_some()
    }

    /// The cost of year 0; `None` where it is zero.
    pub(super) fn start(&self, risk: Risk) -> Option<Expression> {
        let Charged { year, start } = self.charged(risk);
        match self.charging() {
            Some(Charging::EveryYear) => Some(Expression::entry(year, 0)),
            _ => start.map(Expression::cell),
        }
    }
}

/// Makes the cells of every line, so that rates may be charged on lines that come later.
pub(in crate::case) fn declare<'l>(lowering: &mut Lowering, scope: &Scope, lines: &'l [CostLine]) -> Vec<Declared<'l>> {
    let mut declared = Vec::with_capacity(lines.len());
    let mut seen = HashSet::new();
    for line in lines {
        let figures = line.at(scope);
        let at = &*figures;
        let id = || line.id.clone();
        if !is_name(&line.id) {
            lowering.problem(at, CostError::InvalidId { id: id() });
        } else if RESERVED.contains(&&*line.id) {
            lowering.problem(at, CostError::ReservedId { id: id() });
        } else if !seen.insert((line.category, &line.id)) {
            lowering.problem(at, CostError::DuplicateId { category: line.category.key(), id: id() });
            continue;
        }
        let name: Arc<str> = line.name.as_deref().unwrap_or(&line.id).into();
        let subject = scope.subject(&name);
        let mut cell = |figure, aspect| {
            let naming = Naming::new(Id::of(Arc::clone(&figures), figure)).label(Arc::clone(&subject), aspect);
            lowering.cells.declare(naming.unit(Unit::Money).source(Arc::clone(&figures)))
        };
        let is_charged_every_year = line.rate.as_ref().is_some_and(|rate| rate.of.charging() == Charging::EveryYear);
        let has_start = !line.starts_at_zero() && !is_charged_every_year;
        let with_risk = has_start.then(|| cell("charged_initial", "initial, as charged"));
        let without = has_start.then(|| cell("charged_initial_unadjusted", "initial, as charged, without risk"));
        let with_risk = Charged { year: cell("", "by year"), start: with_risk };
        let without = Charged { year: cell("unadjusted", "by year, without risk"), start: without };
        let owned = line.licence.as_ref().map(|licence| Owned {
            kind: licence.kind,
            list: [
                cell("charged_list", "list price, as charged"),
                cell("charged_list_unadjusted", "list price, as charged, without risk"),
            ],
            net: [
                cell("charged_net", "net price, as charged"),
                cell("charged_net_unadjusted", "net price, as charged, without risk"),
            ],
        });
        declared.push(Declared { line, name, subject, figures, with_risk, without, owned });
    }
    declared
}
