//! Copies what weights were drawn from into a report.

use super::words::{Words, fill};
use super::{Consistency, EvidenceRow, Value, WeightEvidence, WorstPair, figure};
use crate::appraisal::Outcome;
use crate::model::{CellId, Evaluation};
use crate::panel::{AhpCells, Direction, EvidenceCells, GroupCells, MatrixCells};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// Nobody repairs more judgements at once.
const MOST_PAIRS: usize = 3;

/// The evidence of one group.
pub(super) fn evidence(outcome: &Outcome, words: &'static Words, group: &GroupCells) -> Vec<WeightEvidence> {
    let copy = Copy { evaluation: outcome.evaluation(), words, siblings: siblings(outcome, group) };
    group.evidence.iter().map(|cells| copy.evidence(cells)).collect()
}

/// The names of the siblings of a group.
pub(super) fn siblings(outcome: &Outcome, group: &GroupCells) -> Vec<Arc<str>> {
    let appraisal = outcome.appraisal();
    let axis = outcome.evaluation().model().axis_of(group.weights);
    let ids = axis.map(crate::model::Axis::entries).unwrap_or_default();
    let listed = appraisal.parts().criteria.iter();
    let names: HashMap<&str, &Arc<str>> = listed.map(|listed| (&*listed.id, &listed.name)).collect();
    ids.iter().map(|id| Arc::clone(names.get(&**id).copied().unwrap_or(id))).collect()
}

/// A judgement that is far from all others: read so that the first of the pair matters more.
pub(super) struct Worst {
    pub(super) row: usize,
    pub(super) column: usize,
    /// Where the error ratio of the pair is above 1.
    error: (usize, usize),
}

/// The judgements of a matrix whose error ratio is largest; each pair once.
pub(super) fn worst_pairs(evaluation: &Evaluation, cells: &MatrixCells) -> Vec<Worst> {
    let rows = cells.error.iter().enumerate();
    let errors = rows.flat_map(|(row, cell)| {
        let entries = evaluation.row(*cell).iter().enumerate();
        entries.filter_map(move |(column, element)| Some((row, column, (*element).ok()?)))
    });
    // of the two entries of a pair one is the reciprocal of the other
    let mut errors: Vec<_> = errors.filter(|(_, _, error)| *error > Decimal::ONE).collect();
    errors.sort_by_key(|(_, _, error)| std::cmp::Reverse(*error));
    errors.truncate(MOST_PAIRS);
    let worst = errors.into_iter().map(|(row, column, _)| {
        let judgement = cells.matrix.get(row).and_then(|cell| evaluation.row(*cell).get(column)).copied();
        let error = (row, column);
        match judgement {
            Some(Ok(judgement)) if judgement < Decimal::ONE => Worst { row: column, column: row, error },
            _ => Worst { row, column, error },
        }
    });
    worst.collect()
}

/// Whether the judgements of a matrix contradict each other more than the document accepts.
pub(super) fn is_exceeded(evaluation: &Evaluation, cells: &MatrixCells, limit: Decimal) -> bool {
    evaluation.scalar(cells.consistency_ratio).is_ok_and(|ratio| ratio > limit)
}

struct Copy<'a> {
    evaluation: &'a Evaluation,
    words: &'static Words,
    siblings: Vec<Arc<str>>,
}

impl Copy<'_> {
    fn value(&self, cell: CellId) -> Value {
        figure::value(self.evaluation, self.words, cell)
    }

    fn row(&self, what: &'static str, of: Option<&Arc<str>>, cell: CellId) -> EvidenceRow {
        let elements = self.evaluation.row(cell).iter();
        let values = elements.map(|element| figure::element(self.evaluation, self.words, *element)).collect();
        EvidenceRow { what, of: of.cloned(), values }
    }

    fn direction(&self, direction: Direction) -> Value {
        let number = |number: Decimal| number.normalize().to_string();
        Value::Names(vec![match direction {
            Direction::Benefit => self.words.panel.direction_benefit.to_owned(),
            Direction::Cost => self.words.panel.direction_cost.to_owned(),
            Direction::Band { low, high } if low == high => number(low),
            Direction::Band { low, high } => fill(self.words.panel.direction_band, &[&number(low), &number(high)]),
        }])
    }

    fn evidence(&self, cells: &EvidenceCells) -> WeightEvidence {
        let mut rows = Vec::new();
        let mut consistency = Vec::new();
        match cells {
            EvidenceCells::Ahp(cells) => self.comparisons(cells, &mut rows, &mut consistency),
            EvidenceCells::Ranks(cells) => {
                for (expert, ranks, weights) in &cells.experts {
                    rows.push(self.row("ranks", expert.as_ref(), *ranks));
                    rows.push(self.row("weights", expert.as_ref(), *weights));
                }
                rows.extend(cells.mean.map(|mean| self.row("mean_ranks", None, mean)));
            }
            EvidenceCells::Points(cells) => {
                for (expert, points, shares) in &cells.experts {
                    rows.push(self.row("points", expert.as_ref(), *points));
                    rows.push(self.row("shares", expert.as_ref(), *shares));
                }
            }
            EvidenceCells::Data(cells) => {
                if cells.is_scaled {
                    let values = cells.directions.iter().map(|direction| self.direction(*direction)).collect();
                    rows.push(EvidenceRow { what: "directions", of: None, values });
                }
                rows.extend(cells.rows.iter().map(|(what, cell)| self.row(what, None, *cell)));
            }
            EvidenceCells::Parts { subjective, objective } => {
                rows.push(self.row("subjective", None, *subjective));
                rows.push(self.row("objective", None, *objective));
            }
        }
        WeightEvidence { siblings: self.siblings.clone(), rows, consistency }
    }

    fn comparisons(&self, cells: &AhpCells, rows: &mut Vec<EvidenceRow>, consistency: &mut Vec<Consistency>) {
        if let Some(group) = &cells.group {
            let named = self.siblings.iter().zip(&group.matrix);
            rows.extend(named.map(|(name, row)| self.row("comparisons", Some(name), *row)));
            consistency.push(self.consistency(cells, None, group));
        }
        for (expert, matrix) in &cells.experts {
            rows.push(self.row("priorities", Some(expert), matrix.priorities));
            consistency.push(self.consistency(cells, Some(expert), matrix));
        }
        rows.push(self.row("priorities", None, cells.priorities));
    }

    fn consistency(&self, ahp: &AhpCells, expert: Option<&Arc<str>>, cells: &MatrixCells) -> Consistency {
        let is_exceeded = is_exceeded(self.evaluation, cells, ahp.cr_max);
        let worst = if is_exceeded { worst_pairs(self.evaluation, cells) } else { Vec::new() };
        let name = |position: usize| self.siblings.get(position).map_or_else(|| Arc::from(""), Arc::clone);
        let entry = |rows: &[CellId], row: usize, column: usize| {
            let element = rows.get(row).and_then(|cell| self.evaluation.row(*cell).get(column)).copied();
            match element {
                Some(element) => figure::element(self.evaluation, self.words, element),
                None => Value::Missing(String::new()),
            }
        };
        let pair = |Worst { row, column, error }| WorstPair {
            item: name(row),
            over: name(column),
            judgement: entry(&cells.matrix, row, column),
            error: entry(&cells.error, error.0, error.1),
            repair: entry(&cells.repair, row, column),
            repaired_ratio: entry(&cells.repaired_ratio, row, column),
        };
        Consistency {
            expert: expert.cloned(),
            lambda_max: self.value(cells.lambda_max),
            ratio: self.value(cells.consistency_ratio),
            gci: self.value(cells.gci),
            missing: cells.missing,
            pairs: ahp.pairs,
            is_exceeded,
            worst: worst.into_iter().map(pair).collect(),
        }
    }
}
