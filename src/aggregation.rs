//! How several values become one: of the months of a quarter, of the quarters of a year, of the units of a group.

use crate::model::{Expression, Function};

/// How values of shorter periods become that of a longer one.
///
/// **Formula**: a sum, a mean and an extreme need every value, and are missing where one is: a smallest value of two
/// months out of three is not that of the quarter. The last and the first value are the last and the first that are
/// known. The same holds for the year to date, over the periods of the fiscal year up to the one that is evaluated.
///
/// ```
/// use appraise::scorecard::{Criterion, FollowUp, Measure, Scorecard};
/// use appraise::{Aggregation, Amount, Appraisal, Draft, Period, Periods};
/// use rust_decimal::dec;
///
/// let quarter = |text: &str| text.parse::<Period>().unwrap();
/// let so_far = |rule| {
///     // nobody knows the first quarter
///     let actual = Amount::PerPeriod(vec![(quarter("2025-Q2"), dec!(20)), (quarter("2025-Q3"), dec!(22))]);
///     let follow_up = FollowUp { aggregation: Some(rule), ..FollowUp::default() };
///     let stock = Criterion::indicator("stock", Measure { follow_up, ..Measure::target(0, 30).actual(actual) });
///     let periods = Some(Periods::new(quarter("2025-Q1"), quarter("2025-Q4")));
///     let card = Scorecard { periods, ..Scorecard::new([stock]) };
///     let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
///     appraisal.base().figure("scorecard.stock.year_to_date").unwrap().ok()
/// };
/// assert_eq!(so_far(Aggregation::First), Some(dec!(20)));
/// assert_eq!(so_far(Aggregation::Last), Some(dec!(22)));
/// assert_eq!(so_far(Aggregation::Min), None);
/// assert_eq!(so_far(Aggregation::Sum), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregation {
    /// What flows: revenue, complaints, hours.
    Sum,
    /// What is averaged: a rate, a level seen several times.
    Mean,
    /// What stands at the end, the last that is known: customers, stock.
    Last,
    /// What stands at the beginning, the first that is known: the customers a retention is counted from.
    First,
    /// The smallest.
    Min,
    /// The largest.
    Max,
}

impl Aggregation {
    /// Every rule and its name in a document.
    pub const ALL: [(&'static str, Aggregation); 6] = [
        ("sum", Aggregation::Sum),
        ("mean", Aggregation::Mean),
        ("last", Aggregation::Last),
        ("first", Aggregation::First),
        ("min", Aggregation::Min),
        ("max", Aggregation::Max),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, rule)| *rule == self).map_or("", |(name, _)| name)
    }
}

/// One value of several, all of which must be known, except that the last and the first known one stand for themselves.
pub(crate) fn aggregate(rule: Aggregation, entries: Vec<Expression>) -> Expression {
    let known = |entries: Vec<Expression>| {
        let mut entries = entries.into_iter();
        let first = entries.next().unwrap_or(Expression::number(0));
        entries.fold(first, |found, next| Expression::call(Function::Otherwise, [found, next]))
    };
    match rule {
        Aggregation::Sum => Expression::sum_of(entries),
        Aggregation::Mean => Expression::fold_of(Function::Mean, entries),
        Aggregation::Min => Expression::fold_of(Function::Min, entries),
        Aggregation::Max => Expression::fold_of(Function::Max, entries),
        Aggregation::First => known(entries),
        Aggregation::Last => known(entries.into_iter().rev().collect()),
    }
}
