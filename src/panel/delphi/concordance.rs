//! How far the experts agree in their ranking, and whether that can be chance.

use super::{Delphi, ItemCells};
use crate::amount::Lowering;
use crate::model::{Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use std::sync::Arc;

/// Kendall's W over some items and its tests.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConcordanceCells {
    pub(crate) w: CellId,
    /// How many experts answered.
    pub(crate) experts: CellId,
    pub(crate) chi_square: CellId,
    pub(crate) p: CellId,
    pub(crate) f: CellId,
    pub(crate) f_p: CellId,
    /// Where the document asks for permutations.
    pub(crate) permutation_p: Option<CellId>,
}

/// The ids of the figures, in the order of the fields.
const FIGURES: [(&str, &str); 7] = [
    ("kendall_w", "Kendall's W"),
    ("kendall_w_experts", "experts who answered"),
    ("kendall_w_chi_square", "chi-square of Kendall's W"),
    ("kendall_w_p", "p of Kendall's W by chi-square"),
    ("kendall_w_f", "F of Kendall's W"),
    ("kendall_w_f_p", "p of Kendall's W by F"),
    ("kendall_w_permutation_p", "p of Kendall's W by permutation"),
];

/// Defines W and its tests for the items of a round or of a group of siblings in it.
pub(super) fn define(
    lowering: &mut Lowering,
    delphi: &Delphi,
    (owner, name): (Arc<str>, &Arc<str>),
    items: &[&ItemCells],
    is_complete: bool,
) -> ConcordanceCells {
    let rows = || items.iter().map(|item| Expression::cell(item.ratings));
    let [w, experts, chi_square, p, f, f_p, permutation_p] =
        FIGURES.map(|(figure, aspect)| Naming::new(Id::of(Arc::clone(&owner), figure)).label(Arc::clone(name), aspect));
    let answered = rows().map(|row| Expression::call(Function::Known, [row]));
    let answered = Expression::fold_of(Function::Max, answered);
    let experts = lowering.cells.formula(experts, Expression::call(Function::Sum, [answered]));
    let function = if is_complete { Function::KendallW } else { Function::KendallWIncomplete };
    let mut absent = |naming| lowering.cells.absent(naming, Shape::Scalar, Cause::TooFew);
    if items.len() < 2 || delphi.experts.len() < 2 {
        let [w, chi_square, p, f, f_p] = [w, chi_square, p, f, f_p].map(&mut absent);
        return ConcordanceCells { w, experts, chi_square, p, f, f_p, permutation_p: None };
    }
    let w = lowering.cells.formula(w, Expression::call(function, rows()));
    let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let mut test = |naming: Naming, function| {
        if !is_complete {
            return lowering.cells.absent(naming, Shape::Scalar, Cause::IncompleteAnswers);
        }
        let arguments = [Expression::cell(w), Expression::cell(experts), Expression::number(count)];
        lowering.cells.formula(naming, Expression::call(function, arguments))
    };
    let chi_square = test(chi_square, Function::KendallChiSquare);
    let p = test(p.unit(Unit::Share), Function::KendallP);
    let f = test(f, Function::KendallF);
    let f_p = test(f_p.unit(Unit::Share), Function::KendallFP);
    let permutation_p = delphi.permutations.map(|permutations| {
        let numbers = [u64::from(permutations.count), permutations.seed].map(Expression::number);
        let naming = permutation_p.unit(Unit::Share);
        lowering.cells.formula(naming, Expression::call(Function::PermutationP, numbers.into_iter().chain(rows())))
    });
    ConcordanceCells { w, experts, chi_square, p, f, f_p, permutation_p }
}
