//! How far the experts agree in their ranking, and whether that can be chance.

use super::checks::{MOST_PERMUTED, permuted};
use super::{Delphi, ItemCells, Permutations};
use crate::amount::Lowering;
use crate::kernel::{self, PanelSize};
use crate::model::{Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use std::cell::Cell;
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

/// How much work W from pairs may be in all rounds together: experts squared times items.
const MOST_PAIRS: u64 = 50_000_000;

/// What is left of the work that a panel may be.
pub(super) struct Budget {
    pairs: Cell<u64>,
    /// Whether small panels are counted whole where a p-value decides.
    counts: bool,
}

impl Budget {
    pub(super) fn of(delphi: &Delphi) -> Self {
        let counts = delphi.stop.w_p_max.is_some() && permuted(delphi, 1) <= MOST_PERMUTED;
        Self { pairs: Cell::new(MOST_PAIRS), counts }
    }

    fn takes(&self, experts: usize, items: usize) -> bool {
        let work = experts.saturating_mul(experts).saturating_mul(items);
        let left = u64::try_from(work).ok().and_then(|work| self.pairs.get().checked_sub(work));
        self.pairs.set(left.unwrap_or(self.pairs.get()));
        left.is_some()
    }
}

fn namings(owner: &Arc<str>, name: &Arc<str>) -> [Naming; 7] {
    FIGURES.map(|(figure, aspect)| Naming::new(Id::of(Arc::clone(owner), figure)).label(Arc::clone(name), aspect))
}

fn count_experts(lowering: &mut Lowering, naming: Naming, items: &[&ItemCells]) -> CellId {
    let answered = items.iter().map(|item| Expression::call(Function::Known, [Expression::cell(item.ratings)]));
    let answered = Expression::fold_of(Function::Max, answered);
    lowering.cells.formula(naming, Expression::call(Function::Sum, [answered]))
}

/// W of the only group of a round is W of the round.
pub(super) fn same(
    lowering: &mut Lowering,
    (owner, name): (Arc<str>, &Arc<str>),
    whole: &ConcordanceCells,
) -> ConcordanceCells {
    let [w, experts, chi_square, p, f, f_p, permutation_p] = namings(&owner, name);
    let mut of = |naming: Naming, cell| lowering.cells.formula(naming, Expression::cell(cell));
    ConcordanceCells {
        w: of(w, whole.w),
        experts: of(experts, whole.experts),
        chi_square: of(chi_square, whole.chi_square),
        p: of(p.unit(Unit::Share), whole.p),
        f: of(f, whole.f),
        f_p: of(f_p.unit(Unit::Share), whole.f_p),
        permutation_p: whole.permutation_p.map(|cell| of(permutation_p.unit(Unit::Share), cell)),
    }
}

/// Ranks of different groups are no ranking of all items: 2 of 2 and 2 of 6 have nothing in common.
pub(super) fn of_no_ranking(
    lowering: &mut Lowering,
    (owner, name): (Arc<str>, &Arc<str>),
    items: &[&ItemCells],
) -> ConcordanceCells {
    let [w, experts, chi_square, p, f, f_p, _] = namings(&owner, name);
    let experts = count_experts(lowering, experts, items);
    let [w, chi_square, p, f, f_p] =
        [w, chi_square, p, f, f_p].map(|naming| lowering.cells.absent(naming, Shape::Scalar, Cause::DifferentGroups));
    ConcordanceCells { w, experts, chi_square, p, f, f_p, permutation_p: None }
}

/// Defines W and its tests for the items of a round or of a group of siblings in it.
pub(super) fn define(
    lowering: &mut Lowering,
    delphi: &Delphi,
    (owner, name): (Arc<str>, &Arc<str>),
    items: &[&ItemCells],
    (is_complete, budget): (bool, &Budget),
) -> ConcordanceCells {
    let [w, experts, chi_square, p, f, f_p, permutation_p] = namings(&owner, name);
    let experts = count_experts(lowering, experts, items);
    let rows = || items.iter().map(|item| Expression::cell(item.ratings));
    let function = if is_complete { Function::KendallW } else { Function::KendallWIncomplete };
    let mut absent = |naming| lowering.cells.absent(naming, Shape::Scalar, Cause::TooFew);
    if items.len() < 2 || delphi.experts.len() < 2 {
        let [w, chi_square, p, f, f_p] = [w, chi_square, p, f, f_p].map(&mut absent);
        return ConcordanceCells { w, experts, chi_square, p, f, f_p, permutation_p: None };
    }
    let w = match is_complete || budget.takes(delphi.experts.len(), items.len()) {
        true => lowering.cells.formula(w, Expression::call(function, rows())),
        false => lowering.cells.absent(w, Shape::Scalar, Cause::TooLarge),
    };
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
    // where all arrangements can be counted nobody has to ask for it: a small panel is what F and chi-square are poor at
    let counted = is_complete && budget.counts;
    let panel = PanelSize { experts: delphi.experts.len(), items: items.len() };
    let counted = counted && kernel::arrangements(panel).is_some();
    let counted = counted.then_some(Permutations { count: 1, seed: 0 });
    let permutation_p = delphi.permutations.or(counted).map(|permutations| {
        let numbers = [u64::from(permutations.count), permutations.seed].map(Expression::number);
        let naming = permutation_p.unit(Unit::Share);
        lowering.cells.formula(naming, Expression::call(Function::PermutationP, numbers.into_iter().chain(rows())))
    });
    ConcordanceCells { w, experts, chi_square, p, f, f_p, permutation_p }
}
