//! Own and hired people: full-time equivalents or days, one role or several.

use super::CostError;
use super::part::{Part, Sum, first};
use crate::amount::{Amount, Lowering};
use crate::model::{CellId, Expression, is_name};
use std::collections::HashSet;

/// Own people: full-time equivalents times the loaded cost of one, growing a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Staff {
    /// Full-time equivalents.
    pub fte: Amount,
    /// The loaded cost of one a year.
    pub cost: Amount,
    /// Growth of the cost a year: `cost x (1 + growth)^(year - 1)`.
    pub growth: Option<Amount>,
}

/// How the work of a role is counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// Full-time equivalents at the loaded cost of one a year.
    FullTime {
        /// Full-time equivalents.
        fte: Amount,
        /// The loaded cost of one a year.
        cost: Amount,
    },
    /// Days at a day rate.
    Days {
        /// Days a year.
        days: Amount,
        /// The rate of one day.
        day_rate: Amount,
    },
}

/// One of several roles of a line.
///
/// **Formula**: `fte x cost x (1 + growth)^(t-1)` or `days x day rate x (1 + growth)^(t-1)` in the years t = 1..n, and
/// `initial x cost` or `initial x day rate` in year 0.
///
/// ```
/// use appraise::case::{Category, CostLine, Plan, Role, Work};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let roles = vec![
///     Role::new("administrator", Work::FullTime { fte: dec!(0.5).into(), cost: 64_000.into() }),
///     Role {
///         initial: Some(20.into()),
///         growth: Some(dec!(0.10).into()),
///         ..Role::new("consultant", Work::Days { days: 10.into(), day_rate: 1_000.into() })
///     },
/// ];
/// let line = CostLine { roles, ..CostLine::new(Category::Staff, "team") };
/// let appraisal =
///     Appraisal::new(Draft { plan: Plan { costs: Some(vec![line]), ..Plan::default() }, ..Draft::default() }).unwrap();
/// let figure = |id: &str| appraisal.base().figure(id).unwrap().unwrap();
/// assert_eq!(figure("costs.staff.team.0"), dec!(20_000));
/// assert_eq!(figure("costs.staff.team.2"), dec!(43_000)); // 32,000 + 10 x 1,100
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Its id in the line.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// Full-time equivalents or days.
    pub work: Work,
    /// Full-time equivalents or days in year 0.
    pub initial: Option<Amount>,
    /// Growth of the cost or the rate a year.
    pub growth: Option<Amount>,
}

impl Role {
    /// A role whose cost does not grow.
    pub fn new(id: impl Into<String>, work: Work) -> Self {
        Self { id: id.into(), name: None, work, initial: None, growth: None }
    }
}

/// `fte x cost x (1 + growth)^(year - 1)` of the line itself.
pub(super) fn define(lowering: &mut Lowering, line: &Part, staff: &Staff, sum: &mut Sum) {
    let Staff { fte, cost, growth } = staff;
    let fte = line.amount(lowering, Part::number("fte", "full-time equivalents", "a number of people"), fte);
    let cost = line.amount(lowering, line.money("cost", "cost of one"), cost);
    sum.annual.push(grown(lowering, line, (fte, cost), growth.as_ref()));
}

fn grown(lowering: &mut Lowering, part: &Part, work: (CellId, CellId), growth: Option<&Amount>) -> Expression {
    let factor = growth.map(|growth| part.growth(lowering, growth));
    let people = Expression::cell(work.0) * Expression::cell(work.1);
    match factor {
        Some(factor) => people * factor,
        None => people,
    }
}

pub(super) fn define_roles(lowering: &mut Lowering, line: &Part, roles: &[Role], sum: &mut Sum) {
    let mut seen = HashSet::new();
    for role in roles {
        let mut part = line.under(&format!("roles.{}", role.id));
        if !is_name(&role.id) {
            lowering.problem(&*part.at, CostError::InvalidRole { id: role.id.clone() });
        }
        if !seen.insert(&role.id) {
            lowering.problem(&*part.at, CostError::DuplicateRole { id: role.id.clone() });
            continue;
        }
        part.subject = format!("{}, {}", line.subject, role.name.as_deref().unwrap_or(&role.id)).into();
        let (stated, amount, price, rate) = match &role.work {
            Work::FullTime { fte, cost } => {
                let stated = Part::number("fte", "full-time equivalents", "a number of people");
                (stated, fte, part.money("cost", "cost of one"), cost)
            }
            Work::Days { days, day_rate } => {
                let stated = Part::number("days", "days", "a number of days");
                (stated, days, part.money("day_rate", "day rate"), day_rate)
            }
        };
        let amount = part.amount(lowering, stated, amount);
        let rate = part.amount(lowering, price, rate);
        let by_year = grown(lowering, &part, (amount, rate), role.growth.as_ref());
        let by_year = part.formula(lowering, ("by_year", "a year", part.money.clone()), by_year);
        sum.annual.push(Expression::cell(by_year));
        if let Some(initial) = &role.initial {
            let stated = Part::number("initial", "work in year 0", "an amount of work");
            let initial = part.single(lowering, stated, initial);
            sum.initial.push(Expression::cell(initial) * first(rate));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CostLine;
    use crate::case::cost_line::testing::{line, mistakes, per_year, years};
    use rust_decimal::{Decimal, dec};

    #[test]
    fn roles_add_up() {
        let lead = Work::FullTime { fte: dec!(0.5).into(), cost: 100.into() };
        let consultant = Work::Days { days: per_year([10, 20, 0]), day_rate: 7.into() };
        let roles = vec![
            Role { growth: Some(dec!(0.1).into()), ..Role::new("lead", lead) },
            Role { initial: Some(30.into()), ..Role::new("consultant", consultant) },
        ];
        let team = CostLine { annual: Some(1.into()), roles, ..line("x") };
        assert_eq!(years(team), [dec!(210), dec!(121), dec!(196), dec!(61.5)]);
    }

    #[test]
    fn mistakes_are_placed() {
        let work = || Work::Days { days: 1.into(), day_rate: Decimal::NEGATIVE_ONE.into() };
        let roles = vec![Role::new("1st", work()), Role::new("1st", work())];
        assert_eq!(
            mistakes(vec![CostLine { roles, ..line("x") }]),
            [
                "costs.other.x.roles.1st: `1st` cannot be the id of a role",
                "costs.other.x.roles.1st.day_rate: -1 is negative, but a cost is written positive",
                "costs.other.x.roles.1st: `1st` cannot be the id of a role",
                "costs.other.x.roles.1st: there are two roles `1st`",
            ]
        );
    }
}
