//! The judgements of one set by pair, each once, and whether they connect what is compared.

use super::super::Judgement;
use super::super::group::{Group, Place};
use super::{Aggregation, Ahp, AhpError, Comparison, JudgementSet, Judgements};
use crate::amount::Lowering;
use crate::kernel::ahp::{Comparisons, PrioritiesError, aggregate_judgements, completion};

/// A judgement and where it was written.
type Judged = Option<(Judgement, String)>;

/// The pairs that nobody judged.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) missing: usize,
    /// Whether no judgement is more than is needed to connect all, so that none can contradict another.
    pub(super) is_chain: bool,
}

/// The judgements of one set above the diagonal, row by row.
pub(super) struct Upper {
    pub(super) n: usize,
    judged: Vec<Judged>,
}

impl Upper {
    fn new(n: usize) -> Self {
        Self { n, judged: vec![None; n * n] }
    }

    fn place(&mut self, i: usize, j: usize) -> Option<&mut Judged> {
        self.judged.get_mut(i * self.n + j)
    }

    pub(super) fn get(&self, i: usize, j: usize) -> Option<&(Judgement, String)> {
        self.judged.get(i * self.n + j).and_then(Option::as_ref)
    }

    pub(super) fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..n).flat_map(move |i| (i + 1..n).map(move |j| (i, j)))
    }

    /// What anybody of several judged.
    pub(super) fn of_all(sets: &[Upper], n: usize) -> Self {
        let judged = |place: usize| sets.iter().find_map(|set| set.judged.get(place).cloned().flatten());
        Self { n, judged: (0..n * n).map(judged).collect() }
    }

    /// What is left open.
    pub(super) fn open(&self) -> Open {
        let missing = self.missing();
        let judged = Self::pairs(self.n).count() - missing;
        let connects = || self.comparisons().is_some_and(|comparisons| completion(&comparisons).is_ok());
        Open { missing, is_chain: missing > 0 && judged + 1 == self.n && connects() }
    }

    pub(super) fn missing(&self) -> usize {
        Self::pairs(self.n).filter(|(i, j)| self.get(*i, *j).is_none()).count()
    }

    /// The same for the kernel.
    pub(super) fn comparisons(&self) -> Option<Comparisons> {
        let mut comparisons = Comparisons::new(self.n).ok()?;
        for (i, j) in Self::pairs(self.n) {
            if let Some((judgement, _)) = self.get(i, j) {
                comparisons.set(i, j, f64::try_from(judgement.value()).ok()?).ok()?;
            }
        }
        Some(comparisons)
    }
}

/// The judgements of one set by pair, each once; everything that cannot be is a problem.
pub(super) fn upper(lowering: &mut Lowering, group: Group, place: &Place, set: &JudgementSet) -> Upper {
    let dot = set.expert.as_deref().map(|expert| format!(".{expert}")).unwrap_or_default();
    let mut upper = Upper::new(group.len());
    if let Some(expert) = &set.expert
        && group.len() > 1
        && set.judgements.is_empty()
    {
        lowering.problem(set.address(&place.at), AhpError::NoJudgement { expert: expert.clone() });
        return upper;
    }
    match &set.judgements {
        Judgements::Pairs(pairs) => {
            for Comparison { item, over, judgement } in pairs {
                let row = format!("{}.judgements{dot}.{item}", place.at);
                let at = format!("{row}.{over}");
                let item = group.position(lowering, item, &row);
                let over = group.position(lowering, over, &at);
                if let (Some(i), Some(j)) = (item, over) {
                    take(lowering, group, &mut upper, (i, j), *judgement, at);
                }
            }
        }
        Judgements::Matrix(rows) => {
            let key = if set.expert.is_some() { "matrices" } else { "matrix" };
            let mut columns = Vec::with_capacity(rows.len());
            for (item, row) in rows {
                let at = format!("{}.{key}{dot}.{item}", place.at);
                columns.push(group.position(lowering, item, &at));
                if row.len() != rows.len() {
                    let (found, expected) = (row.len(), rows.len());
                    lowering.problem(at, AhpError::RowLength { item: item.clone(), found, expected });
                }
            }
            for ((item, row), i) in rows.iter().zip(&columns) {
                for (number, (entry, j)) in row.iter().zip(&columns).enumerate() {
                    if let (Some(judgement), Some(i), Some(j)) = (entry, i, j) {
                        let at = format!("{}.{key}{dot}.{item}.{number}", place.at);
                        take(lowering, group, &mut upper, (*i, *j), *judgement, at);
                    }
                }
            }
        }
    }
    upper
}

/// Notes one judgement on its side of the diagonal.
fn take(
    lowering: &mut Lowering,
    group: Group,
    upper: &mut Upper,
    (i, j): (usize, usize),
    judgement: Judgement,
    at: String,
) {
    if i == j {
        if judgement != Judgement::EQUAL {
            lowering.problem(at, AhpError::OnItself { item: group.id(i).to_owned() });
        }
        return;
    }
    let is_above = i < j;
    let (row, column) = if is_above { (i, j) } else { (j, i) };
    let above = if is_above { judgement } else { judgement.reciprocal() };
    let Some(judged) = upper.place(row, column) else { return };
    match judged {
        None => *judged = Some((above, at)),
        Some((before, _)) if *before == above => {}
        Some((before, _)) => {
            let before = if is_above { *before } else { before.reciprocal() };
            let (item, over) = (group.id(i).to_owned(), group.id(j).to_owned());
            let (judgement, before) = (judgement.to_string(), before.to_string());
            lowering.problem(at, AhpError::NotReciprocal { item, over, judgement, before });
        }
    }
}

/// That chains of judgements connect all siblings: of the whole panel, or of each expert whose priorities count.
pub(super) fn check_connected(lowering: &mut Lowering, group: Group, place: &Place, ahp: &Ahp, sets: &[Upper]) {
    let mut comparisons: Vec<Comparisons> = sets.iter().filter_map(Upper::comparisons).collect();
    if ahp.aggregation == Aggregation::Judgements {
        let equal = vec![1.0; comparisons.len()];
        comparisons = aggregate_judgements(&comparisons, &equal).into_iter().collect();
    }
    let is_whole = comparisons.len() == 1;
    for (set, comparisons) in ahp.judgements.iter().zip(&comparisons) {
        if let Err(PrioritiesError::Unconnected { one, other }) = completion(comparisons) {
            let ids = |items: Vec<usize>| items.into_iter().map(|item| group.id(item).to_owned()).collect();
            let at = if is_whole { format!("{}.{}", place.at, set.key()) } else { set.address(&place.at) };
            lowering.problem(at, AhpError::Unconnected { one: ids(one), other: ids(other) });
        }
    }
}
