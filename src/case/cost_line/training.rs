//! Training by the head, again for those who come and for those who replace others.

use super::part::{Part, Sum, first, not_negative, year_before};
use crate::amount::{Amount, Lowering};
use crate::model::{Expression, Function, Unit};

/// Training of everybody who works with the system, again for whoever comes after.
///
/// **Formula**: in year 0 `initial x per head`; in the years t = 1..n `trained x per head`, with
/// `trained = max(0, heads(t) - heads(t-1) x (1 - turnover))`: those who are added and those who take the places of
/// others. `heads(0)` is `initial`.
///
/// ```
/// use appraise::case::{Category, CostLine, Plan, Training};
/// use appraise::{Amount, Appraisal, Draft, Horizon};
/// use rust_decimal::dec;
///
/// let heads = Amount::PerYear(vec![dec!(100), dec!(160)]);
/// let training = Training { turnover: Some(dec!(0.15).into()), ..Training::new(heads, 800) };
/// let line = CostLine { training: Some(training), ..CostLine::new(Category::Other, "training") };
/// let draft = Draft {
///     horizon: Horizon { years: 2, ..Horizon::default() },
///     plan: Plan { costs: Some(vec![line]), ..Plan::default() },
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let figure = |id: &str| appraisal.base().figure(id).unwrap().unwrap();
/// assert_eq!(figure("costs.other.training.1"), dec!(80_000));
/// assert_eq!(figure("costs.other.training.2"), dec!(60_000)); // 60 added and 15 % of 100
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// Who is trained in year 0.
    pub initial: Option<Amount>,
    /// Who works with it in each year 1..n.
    pub heads: Amount,
    /// The cost of training one.
    pub per_head: Amount,
    /// The share of the heads of a year who are others in the next.
    pub turnover: Option<Amount>,
}

impl Training {
    /// Training of those who are added.
    pub fn new(heads: impl Into<Amount>, per_head: impl Into<Amount>) -> Self {
        Self { initial: None, heads: heads.into(), per_head: per_head.into(), turnover: None }
    }
}

pub(super) fn define(lowering: &mut Lowering, line: &Part, training: &Training, sum: &mut Sum) {
    let part = &line.under("training");
    let what = "a number of people";
    let initial = training
        .initial
        .as_ref()
        .map(|initial| part.single(lowering, Part::number("initial", "people trained in year 0", what), initial));
    let heads = part.amount(lowering, Part::number("heads", "people", what), &training.heads);
    let per_head = part.amount(lowering, part.money("per_head", "training of one"), &training.per_head);
    let turnover = training
        .turnover
        .as_ref()
        .map(|turnover| part.share_of(lowering, ("turnover", "turnover", Unit::Share), turnover));
    let at_first = initial.map_or_else(|| Expression::number(0), Expression::cell);
    let timeline = Expression::call(Function::Flow, [at_first, Expression::cell(heads)]);
    let timeline = part.formula(lowering, ("heads_by_year", "people by year", Unit::Number), timeline);
    let before = year_before(lowering, timeline);
    let still_there = match turnover {
        Some(turnover) => before * (Expression::number(1) - Expression::cell(turnover)),
        None => before,
    };
    let trained = not_negative(Expression::cell(heads) - still_there);
    let trained = part.formula(lowering, ("trained", "people trained", Unit::Number), trained);
    sum.annual.push(Expression::cell(trained) * Expression::cell(per_head));
    sum.initial.extend(initial.map(|initial| Expression::cell(initial) * first(per_head)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CostLine;
    use crate::case::cost_line::testing::{line, per_year, years};
    use rust_decimal::{Decimal, dec};

    #[test]
    fn those_who_come_and_those_who_replace_others_are_trained() {
        let training = |heads: [i64; 3]| Training {
            initial: Some(100.into()),
            turnover: Some(dec!(0.1).into()),
            ..Training::new(per_year(heads), 5)
        };
        let cost = |heads| years(CostLine { training: Some(training(heads)), ..line("x") });
        // all of 100, 10 of 100, 50 added and 10 of 100, 15 of 150
        assert_eq!(cost([100, 150, 150]), [500, 50, 300, 75].map(Decimal::from));
        // where fewer are left than are needed, only the difference comes new
        assert_eq!(cost([95, 50, 50]), [500, 25, 0, 25].map(Decimal::from));
    }
}
