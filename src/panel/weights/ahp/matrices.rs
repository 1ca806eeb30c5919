//! The cells of one matrix of comparisons: priorities, consistency, and what would repair it.

use super::super::group::{Group, Place, whose};
use super::Ahp;
use super::judged::{Open, Upper};
use crate::amount::Lowering;
use crate::kernel::ahp::PriorityMethod;
use crate::model::{Cause, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;

/// The cells of one matrix of comparisons.
#[derive(Debug, Clone)]
pub(crate) struct MatrixCells {
    pub(crate) matrix: Vec<CellId>,
    pub(crate) priorities: CellId,
    pub(crate) lambda_max: CellId,
    pub(crate) consistency_ratio: CellId,
    pub(crate) gci: CellId,
    pub(crate) error: Vec<CellId>,
    /// Empty where the judgements are consistent enough.
    pub(crate) repair: Vec<CellId>,
    pub(crate) repaired_ratio: Vec<CellId>,
    /// How many pairs nobody judged.
    pub(crate) missing: usize,
}

/// What all matrices of a group have in common.
pub(super) struct Matrices<'a> {
    pub(super) group: Group<'a, 'a>,
    pub(super) place: &'a Place,
    pub(super) ahp: &'a Ahp,
    pub(super) random_index: CellId,
}

impl Matrices<'_> {
    /// The id of a figure; the name of an expert, which may be anything, follows the words that are fixed.
    fn figure(&self, expert: Option<&str>, figure: &str) -> String {
        let group = &self.place.figures;
        match expert {
            Some(expert) => format!("ahp.{group}.expert.{figure}.{expert}"),
            None => format!("ahp.{group}.{figure}"),
        }
    }

    /// The rows of a matrix over the judgements as they were typed.
    ///
    /// A judgement is kept as a number from 1 up, so that its reciprocal is as exact as it is.
    pub(super) fn judgements(&self, lowering: &mut Lowering, expert: Option<&str>, upper: &Upper) -> Vec<Expression> {
        let n = upper.n;
        let mut entries: Vec<Expression> = vec![Expression::number(1); n * n];
        for (i, j) in Upper::pairs(n) {
            let judged = upper.get(i, j);
            let (more, less) = if judged.is_some_and(|(judged, _)| judged.is_below_one()) { (j, i) } else { (i, j) };
            let owner = self.figure(expert, "judgement");
            let id = format!("{owner}.{}.{}", self.group.id(more), self.group.id(less));
            let subject = format!("{} : {}", self.group.name(more), self.group.name(less));
            let naming = Naming::new(id).label(whose(&subject, expert), "judgement");
            let cell = match judged {
                Some((judgement, at)) => {
                    let judgement = if more == i { *judgement } else { judgement.reciprocal() };
                    lowering.cells.input(naming.source(&**at), Shape::Scalar, [Some(judgement.value())])
                }
                None => lowering.cells.absent(naming, Shape::Scalar, Cause::NotAnswered),
            };
            for (entry, expression) in [
                (more * n + less, Expression::cell(cell)),
                (less * n + more, Expression::number(1) / Expression::cell(cell)),
            ] {
                if let Some(entry) = entries.get_mut(entry) {
                    *entry = expression;
                }
            }
        }
        let mut rows = entries.into_iter();
        (0..n).map(|_| Expression::row(self.place.axis, rows.by_ref().take(n).collect::<Vec<_>>())).collect()
    }

    /// The cells of one matrix of comparisons.
    pub(super) fn define(
        &self,
        lowering: &mut Lowering,
        expert: Option<&str>,
        rows: Vec<Expression>,
        open: Open,
        is_doubtful: bool,
    ) -> MatrixCells {
        let n = self.group.len();
        let number = |position: usize| u32::try_from(position + 1).unwrap_or(u32::MAX);
        let each = |lowering: &mut Lowering, figure: &str, aspect: &'static str, unit: Unit, rows: Vec<Expression>| {
            let rows = rows.into_iter().enumerate();
            let cells = rows.map(|(position, row)| {
                let naming = Naming::new(format!("{}.{}", self.figure(expert, figure), self.group.id(position)));
                let naming = naming.label(whose(&self.group.name(position), expert), aspect).unit(unit.clone());
                lowering.cells.formula(naming, row)
            });
            cells.collect::<Vec<CellId>>()
        };
        let one = |lowering: &mut Lowering, figure: &str, aspect: &'static str, unit: Unit, formula: Expression| {
            let naming = Naming::new(self.figure(expert, figure));
            let naming = naming.label(whose(&self.group.parent.name, expert), aspect).unit(unit);
            lowering.cells.formula(naming, formula)
        };
        let all = |cells: &[CellId]| cells.iter().copied().map(Expression::cell).collect::<Vec<_>>();
        let of_item = |function: Function, position: usize, cells: &[CellId]| {
            let item = Expression::number(number(position));
            Expression::call(function, [item].into_iter().chain(all(cells)))
        };

        let matrix = each(lowering, "matrix", "comparisons", Unit::Number, rows);
        let full = match open.missing {
            0 => matrix.clone(),
            _ => {
                let rows = (0..n).map(|row| of_item(Function::AhpCompleted, row, &matrix)).collect();
                each(lowering, "completed", "comparisons, gaps filled", Unit::Number, rows)
            }
        };
        let method = match self.ahp.method {
            PriorityMethod::Eigenvector => Function::AhpEigenvector,
            PriorityMethod::GeometricMean => Function::AhpGeometricMean,
            PriorityMethod::ColumnMean => Function::AhpColumnMean,
        };
        let priorities = one(lowering, "priorities", "priorities", Unit::Share, Expression::call(method, all(&full)));
        let lambda = Expression::call(Function::AhpLambdaMax, all(&full));
        let lambda_max = one(lowering, "lambda_max", "principal eigenvalue", Unit::Number, lambda);
        let index = |lambda: Expression| match n {
            // one and two criteria cannot contradict each other
            0..=2 => Expression::number(0),
            _ => {
                let n = Decimal::from(n);
                (lambda - Expression::number(n)) / (Expression::number(n) - Expression::number(1))
            }
        };
        let ratio = |index: Expression| match n {
            0..=2 => Expression::number(0),
            _ => index / Expression::cell(self.random_index),
        };
        // n - 1 judgements that connect n criteria agree with whatever they say
        let nothing_to_contradict = |lowering: &mut Lowering, figure: &str, aspect: &'static str| {
            let naming = Naming::new(self.figure(expert, figure));
            let naming = naming.label(whose(&self.group.parent.name, expert), aspect);
            lowering.cells.absent(naming, Shape::Scalar, Cause::NothingRedundant)
        };
        let consistency_index = match open {
            Open { is_chain: true, .. } => nothing_to_contradict(lowering, "consistency_index", "consistency index"),
            _ => {
                let index = index(Expression::cell(lambda_max));
                one(lowering, "consistency_index", "consistency index", Unit::Number, index)
            }
        };
        let consistency_ratio = ratio(Expression::cell(consistency_index));
        let consistency_ratio = one(lowering, "consistency_ratio", "consistency ratio", Unit::Share, consistency_ratio);
        let gci = match open {
            Open { is_chain: true, .. } => nothing_to_contradict(lowering, "gci", "geometric consistency index"),
            _ => {
                let gci = Expression::call(Function::AhpGeometricConsistency, all(&matrix));
                one(lowering, "gci", "geometric consistency index", Unit::Number, gci)
            }
        };
        let against = |(position, row): (usize, &CellId)| {
            Expression::cell(*row) * Expression::cell(priorities) / Expression::entry(priorities, number(position))
        };
        let error = matrix.iter().enumerate().map(against).collect();
        let error = each(lowering, "error", "error ratios", Unit::Number, error);
        let (mut repair, mut repaired_ratio) = (Vec::new(), Vec::new());
        let left = self.group.repairs.get().checked_sub(n * n).filter(|_| is_doubtful && n > 2);
        if let Some(left) = left {
            self.group.repairs.set(left);
            let rows = (0..n).map(|row| of_item(Function::AhpRepair, row, &matrix)).collect();
            repair = each(lowering, "repair", "consistent judgements", Unit::Number, rows);
            let rows = (0..n).map(|row| of_item(Function::AhpRepairedLambda, row, &matrix)).collect();
            let lambda = each(lowering, "repaired_lambda", "principal eigenvalue after the repair", Unit::Number, rows);
            let rows = lambda.into_iter().map(|lambda| ratio(index(Expression::cell(lambda)))).collect();
            repaired_ratio = each(lowering, "repaired_ratio", "consistency ratio after the repair", Unit::Share, rows);
        }
        MatrixCells {
            matrix,
            priorities,
            lambda_max,
            consistency_ratio,
            gci,
            error,
            repair,
            repaired_ratio,
            missing: open.missing,
        }
    }
}
