//! What the answers about one item say: how many there are, their centre, their spread, and how far they agree.

use super::Experts;
use super::answers::{Answer, Form};
use super::policy::{AnswerCells, Attendance, Standings};
use crate::amount::Lowering;
use crate::model::{Binary, CellId, Expression, Function, Id, Naming, Unit};
use crate::scorecard::Node;
use rust_decimal::Decimal;
use std::sync::Arc;

/// The statistics of one criterion in one round.
#[derive(Debug, Clone)]
pub(crate) struct ItemCells {
    pub(crate) index: usize,
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    /// What its figures are called: `delphi.2.retention_rate`.
    pub(crate) figures: Arc<str>,
    /// The answers as they were given in this round.
    pub(super) answers: CellId,
    /// What they stand for after the policies for missing ones.
    pub(crate) ratings: CellId,
    pub(crate) n: CellId,
    pub(crate) mean: CellId,
    /// With the authority of the experts, where it is given.
    pub(crate) weighted_mean: Option<CellId>,
    pub(crate) median: CellId,
    pub(crate) q1: CellId,
    pub(crate) q3: CellId,
    pub(crate) iqr: CellId,
    pub(crate) sd: CellId,
    pub(crate) cv: CellId,
    /// The share of the experts who gave the highest rating, or the first rank.
    pub(crate) full_score_rate: CellId,
    /// The share of the experts who rated it at or above the rating from which on it counts as agreement.
    pub(crate) agreement: Option<CellId>,
    /// Who lies outside the quartiles.
    pub(crate) outside: CellId,
    /// Who stands for an answer, after the policies for missing ones.
    pub(super) given: Vec<bool>,
    /// Whether anybody answered.
    pub(crate) is_answered: bool,
    /// Whether nobody gave it more than 0.
    pub(crate) is_all_zero: bool,
}

impl ItemCells {
    /// The mean that the experts together stand for.
    pub(crate) fn centre(&self) -> CellId {
        self.weighted_mean.unwrap_or(self.mean)
    }

    pub(super) fn naming(&self, figure: &'static str, aspect: &'static str) -> Naming {
        Naming::new(Id::of(Arc::clone(&self.figures), figure)).label(Arc::clone(&self.name), aspect)
    }
}

/// Defines the statistics of an item from the answers about it.
pub(super) fn define(
    lowering: &mut Lowering,
    experts: Experts,
    attendance: &Attendance,
    before: &mut Standings,
    (index, node): (usize, &Node),
    answers: &[Answer],
) -> ItemCells {
    let Attendance { delphi, number, .. } = *attendance;
    let figures: Arc<str> = format!("delphi.{number}.{}", node.id).into();
    let name = Arc::clone(&node.name);
    let naming = |figure: &'static str, aspect| {
        Naming::new(Id::of(Arc::clone(&figures), figure)).label(Arc::clone(&name), aspect)
    };
    let AnswerCells { given, ratings, values } =
        attendance.define_ratings(lowering, (index, node), experts.axis, (answers, before), naming);
    let row = || Expression::cell(ratings);
    let of = |lowering: &mut Lowering, figure, aspect, function, more: Option<Decimal>| {
        let arguments = [row()].into_iter().chain(more.map(Expression::number));
        lowering.cells.formula(naming(figure, aspect), Expression::call(function, arguments))
    };
    // the share of the answers for which something holds
    let share = |lowering: &mut Lowering, figure, aspect, compare, than: Decimal| {
        let holds = row().binary(compare, Expression::number(than));
        let naming = naming(figure, aspect).unit(Unit::Share);
        lowering.cells.formula(naming, Expression::call(Function::Average, [holds]))
    };
    let n = of(lowering, "n", "answers", Function::Count, None);
    let mean = of(lowering, "mean", "mean", Function::Average, None);
    let weighted_mean = experts.authority.map(|weights| {
        let weighted = Expression::call(Function::WeightedAverage, [row(), Expression::cell(weights)]);
        lowering.cells.formula(naming("weighted_mean", "mean weighted by authority"), weighted)
    });
    let median = of(lowering, "median", "median", Function::Median, None);
    let q1 = of(lowering, "q1", "first quartile", Function::Quantile, Some(Decimal::new(25, 2)));
    let q3 = of(lowering, "q3", "third quartile", Function::Quantile, Some(Decimal::new(75, 2)));
    let sd = of(lowering, "sd", "standard deviation", Function::StandardDeviation, None);
    let spread = Expression::cell(q3) - Expression::cell(q1);
    let iqr = lowering.cells.formula(naming("iqr", "interquartile range"), spread);
    let relative = Expression::cell(sd) / Expression::cell(mean);
    let cv = lowering.cells.formula(naming("cv", "coefficient of variation").unit(Unit::Share), relative);
    let best = if delphi.form == Form::Rankings { Decimal::ONE } else { delphi.scale.max };
    let full_score_rate = share(lowering, "full_score_rate", "share of full scores", Binary::Equal, best);
    let agreement =
        delphi.agreement().map(|from| share(lowering, "agreement", "share that agrees", Binary::GreaterOrEqual, from));
    let beyond = row().binary(Binary::Less, Expression::cell(q1));
    let beyond = beyond.binary(Binary::Or, row().binary(Binary::Greater, Expression::cell(q3)));
    let outside = lowering.cells.formula(naming("outside", "outside the quartiles").unit(Unit::Truth), beyond);
    let is_answered = values.iter().any(Option::is_some);
    let is_all_zero = values.iter().flatten().all(|value| value.is_zero());
    ItemCells {
        index,
        id: Arc::clone(&node.id),
        name: Arc::clone(&node.name),
        figures,
        answers: given,
        ratings,
        n,
        mean,
        weighted_mean,
        median,
        q1,
        q3,
        iqr,
        sd,
        cv,
        full_score_rate,
        agreement,
        outside,
        given: values.iter().map(Option::is_some).collect(),
        is_answered,
        is_all_zero,
    }
}
