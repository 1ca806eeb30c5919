//! What to know before relying on weights and on the verdict of the panel.

use super::{Review, percent, short};
use crate::finding_code;
use crate::model::CellId;
use crate::panel::{About, AhpCells, EvidenceCells, GradeFunctions, RowSum, SensitivityCells, WeightMethod};
use crate::report::words::fill;
use crate::report::{Value, figure, rounding, weighing};
use crate::scorecard::ROOT;
use rust_decimal::Decimal;
use std::sync::Arc;

impl Review<'_> {
    pub(super) fn weights(&mut self) {
        let parts = self.outcome.appraisal().parts();
        for (parent, method) in &parts.weighting.methods {
            let Some(parent) = parts.criteria.get(*parent) else { continue };
            if *method == WeightMethod::Equal {
                let message = fill(self.words.findings.found_equal, &[&parent.name]);
                let location = if &*parent.id == ROOT { ROOT.to_owned() } else { format!("{ROOT}.{}", parent.id) };
                self.find(finding_code::WEIGHTS_EQUAL, location, message);
            }
        }
    }

    /// What the evidence of single groups leaves to be said.
    pub(super) fn evidence(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let evaluation = self.outcome.evaluation();
        for group in &parts.weighting.groups {
            let Some(parent) = parts.criteria.get(group.parent) else { continue };
            let at = format!("weights.groups.{}", parent.id);
            let names = weighing::siblings(self.outcome, group);
            let none = evaluation.row(group.weights).iter().find_map(|element| element.err());
            if let Some(absent) = none {
                let reason = figure::reason(evaluation, self.words, absent);
                let message = fill(self.words.findings.found_weightless, &[&parent.name, &reason]);
                self.find(finding_code::WEIGHTS_NONE, &*at, message);
                self.because([group.weights]);
            }
            for evidence in &group.evidence {
                match evidence {
                    EvidenceCells::Ahp(cells) => self.comparisons(cells, &names, &parent.name, &at),
                    EvidenceCells::Data(cells) if none.is_none() && names.len() > 1 => {
                        for (position, name) in names.iter().enumerate() {
                            let column = || {
                                let units = cells.units.iter().map(|unit| evaluation.row(*unit).get(position));
                                units.flatten().filter_map(|element| element.ok())
                            };
                            if column().min() != column().max() {
                                continue;
                            }
                            let message = fill(self.words.findings.found_constant, &[name]);
                            self.find(finding_code::WEIGHTS_CONSTANT, &*at, message);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    pub(super) fn comparisons(&mut self, cells: &AhpCells, names: &[Arc<str>], parent: &str, at: &str) {
        let evaluation = self.outcome.evaluation();
        let words = self.words;
        let whole = cells.group.iter().map(|group| (words.whole_group, group));
        let experts = cells.experts.iter().map(|(expert, matrix)| (&**expert, matrix));
        let shown = |rows: &[CellId], row: usize, column: usize| {
            rows.get(row).and_then(|cell| evaluation.row(*cell).get(column)?.ok())
        };
        for (who, matrix) in whole.chain(experts) {
            if matrix.missing > 0 {
                let (missing, pairs) = (matrix.missing.to_string(), cells.pairs.to_string());
                let known = self.number(matrix.consistency_ratio).is_some();
                let phrase = if known { words.findings.found_flattered } else { words.findings.found_incomplete };
                let message = fill(phrase, &[who, &missing, &pairs, parent]);
                self.find(finding_code::WEIGHTS_MISSING, at, message);
            }
            let ratio = self.number(matrix.consistency_ratio);
            let Some(ratio) = ratio.filter(|_| weighing::is_exceeded(evaluation, matrix, cells.cr_max)) else {
                continue;
            };
            let pairs = weighing::worst_pairs(evaluation, matrix).into_iter().filter_map(|worst| {
                let (row, column) = (worst.row, worst.column);
                let digits = |number: Decimal| number.round_sf(3).unwrap_or(number).normalize().to_string();
                let judged = digits(shown(&matrix.matrix, row, column)?);
                let (item, over) = (names.get(row)?, names.get(column)?);
                let repair = shown(&matrix.repair, row, column).zip(shown(&matrix.repaired_ratio, row, column));
                Some(match repair {
                    Some((repair, then)) => {
                        fill(words.findings.found_pair, &[item, over, &judged, &digits(repair), &percent(then)])
                    }
                    None => fill(words.findings.found_pair_alone, &[item, over, &judged]),
                })
            });
            let pairs: Vec<String> = pairs.collect();
            let (ratio, limit) = (percent(ratio), percent(cells.cr_max));
            let parts = [who, parent, &ratio, &limit, &pairs.join(words.clause_separator)];
            self.find(finding_code::WEIGHTS_INCONSISTENT, at, fill(words.findings.found_inconsistent, &parts));
            self.because([matrix.consistency_ratio]);
        }
    }

    pub(super) fn delphi(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let Some(delphi) = &parts.delphi else { return };
        let last = delphi.rounds.len();
        for (parent, method) in &parts.weighting.methods {
            if let (WeightMethod::Delphi { round }, Some(parent)) = (method, parts.criteria.get(*parent))
                && *round < last
            {
                let rounds = [last.to_string(), round.to_string()];
                let message = fill(self.words.findings.found_not_judged, &[&rounds[0], &parent.name, &rounds[1]]);
                self.find(finding_code::DELPHI_NOT_JUDGED, "weights.delphi.stop", message);
            }
        }
        if let Some(round) = delphi.rounds.last() {
            let criteria = || round.verdict.criteria.iter().filter(|criterion| criterion.about == About::Agreement);
            let with = |met: Option<Decimal>| {
                let names = criteria().filter(|criterion| self.number(criterion.met) == met);
                names.map(|criterion| criterion.name).collect::<Vec<_>>().join(self.words.list_separator)
            };
            let (missed, unknown) = (with(Some(Decimal::ZERO)), with(None));
            let round = delphi.rounds.len().to_string();
            if !missed.is_empty() {
                let message = fill(self.words.findings.found_no_consensus, &[&round, &missed]);
                self.find(finding_code::DELPHI_NO_CONSENSUS, "weights.delphi.stop", message);
                let open = criteria().filter(|criterion| self.number(criterion.met) == Some(Decimal::ZERO));
                let open: Vec<CellId> = open.flat_map(|criterion| [criterion.value, criterion.limit]).collect();
                self.because(open);
            }
            if !unknown.is_empty() {
                let message = fill(self.words.findings.found_consensus_unknown, &[&round, &unknown]);
                self.find(finding_code::DELPHI_UNKNOWN, "weights.delphi.stop", message);
            }
        }
    }

    pub(super) fn assessment(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let Some(assessment) = &parts.assessment else { return };
        let unjudged = parts.criteria.iter().zip(&assessment.nodes);
        let unjudged = unjudged.filter(|(listed, judged)| !listed.has_children && judged.is_none());
        let unjudged: Vec<&str> = unjudged.map(|(listed, _)| &*listed.name).collect();
        if let Some(coverage) = self.number(assessment.coverage).filter(|_| !unjudged.is_empty()) {
            let message = fill(
                self.words.findings.found_unjudged,
                &[&percent(coverage), &unjudged.join(self.words.list_separator)],
            );
            self.find(finding_code::ASSESSMENT_COVERAGE, "assessment", message);
            self.because([assessment.coverage]);
        }
        for RowSum { index, key, sum: cell, may_be_nothing } in &assessment.sums {
            let Some((listed, sum)) = parts.criteria.get(*index).zip(self.number(*cell)) else { continue };
            let at = format!("assessment.{key}.{}", listed.id);
            let sum = sum.round_dp(SETTLED);
            if sum.is_zero() && *may_be_nothing {
                self.outside(*index, &listed.name, &listed.id, at);
            } else if sum != Decimal::ONE {
                let shown = [4, SETTLED].map(|places| short(sum, places));
                let shown = shown.into_iter().find(|shown| shown != "1").unwrap_or_default();
                let message = fill(self.words.findings.found_sum, &[&listed.name, &shown]);
                self.find(finding_code::ASSESSMENT_ROW_SUM, at, message);
                self.because([*cell]);
            }
        }
        let whole = assessment.nodes.first().copied().flatten();
        let effectiveness = whole.and_then(|whole| self.number(whole.effectiveness));
        if let Some(effectiveness) = effectiveness.filter(|effectiveness| *effectiveness < WEAK) {
            let message = fill(self.words.findings.found_effectiveness, &[&short(effectiveness, 2)]);
            self.find(finding_code::ASSESSMENT_EFFECTIVENESS, "assessment", message);
            self.because(whole.map(|whole| whole.effectiveness));
        }
        if let Some(sensitivity) = &assessment.sensitivity {
            self.sensitivity(sensitivity);
        }
    }

    /// An actual value that belongs to no grade.
    pub(super) fn outside(&mut self, index: usize, name: &str, id: &str, at: String) {
        let appraisal = self.outcome.appraisal();
        let parts = appraisal.parts();
        let Some(measure) = parts.scorecard.get(index).and_then(|cells| cells.measure) else { return };
        let mut functions = appraisal.draft().assessment.iter().flat_map(|assessment| &assessment.functions);
        let Some(functions) = functions.find(|functions| functions.item == id) else { return };
        let GradeFunctions::Curves(curves) = &functions.of else { return };
        let shown = |number: Decimal| match parts.criteria.get(index) {
            Some(listed) => rounding::plain(number, &listed.unit),
            None => number.to_string(),
        };
        let list = |numbers: &[Decimal]| {
            numbers.iter().map(|number| shown(*number)).collect::<Vec<_>>().join(self.words.list_separator)
        };
        let band = functions.band.map(|(low, high)| fill(self.words.findings.found_band, &[&list(&[low, high])]));
        let curves = curves.iter().map(|(grade, curve)| {
            let thresholds: Vec<Decimal> = curve.parameters().into_iter().map(|(_, value)| value).collect();
            format!("{grade} {} {}", curve.name(), list(&thresholds))
        });
        let thresholds = band.into_iter().chain(curves).collect::<Vec<_>>().join(self.words.clause_separator);
        let actual = self.number(measure.actual).map(shown).unwrap_or_default();
        let whole = parts.assessment.as_ref().and_then(|assessment| self.number(assessment.sum?));
        let whole = whole.map(|sum| short(sum, 4)).unwrap_or_default();
        let message = fill(self.words.findings.found_outside, &[name, &actual, &thresholds, &whole]);
        self.find(finding_code::ASSESSMENT_NO_MEMBERSHIP, at, message);
        self.because([measure.actual]);
    }

    pub(super) fn sensitivity(&mut self, cells: &SensitivityCells) {
        let evaluation = self.outcome.evaluation();
        let names = |cell| match figure::value(evaluation, self.words, cell) {
            Value::Names(names) => names,
            _ => Vec::new(),
        };
        if self.number(cells.operators_agree) == Some(Decimal::ZERO) {
            let verdicts = cells.operators.iter();
            let verdicts = verdicts.map(|cells| format!("{} {}", cells.operator.name(), names(cells.grade).join("/")));
            let verdicts = verdicts.collect::<Vec<_>>().join(self.words.list_separator);
            let message = fill(self.words.findings.found_operators, &[&verdicts]);
            self.find(finding_code::ASSESSMENT_OPERATORS, "assessment.operator", message);
            self.because(cells.operators.iter().map(|cells| cells.grade));
        }
        let smallest = cells.moves.as_ref().and_then(|moves| Some((moves, self.number(moves.smallest)?)));
        if let Some((moves, smallest)) = smallest.filter(|(_, smallest)| *smallest < CLOSE) {
            let ids = names(moves.smallest_of);
            let criteria = &self.outcome.appraisal().parts().criteria;
            let listed = criteria.iter().filter(|listed| ids.iter().any(|id| **id == *listed.id));
            let shown: Vec<&str> = listed.map(|listed| &*listed.name).collect();
            let shown = shown.join(self.words.list_separator);
            let message = match smallest.is_zero() {
                true => fill(self.words.findings.found_tie, &[&shown]),
                false => fill(self.words.findings.found_weight, &[&percent(smallest), &shown]),
            };
            let at = ids.first().map_or_else(|| "scorecard".to_owned(), |id| format!("scorecard.{id}"));
            self.find(finding_code::ASSESSMENT_WEIGHT, at, message);
            self.because([moves.smallest]);
        }
        for expert in cells.without.iter().filter(|cells| cells.is_alone).map(|cells| &cells.expert) {
            let message = fill(self.words.findings.found_only_expert, &[expert]);
            let at = format!("assessment.ballots.{expert}");
            self.find(finding_code::ASSESSMENT_ONE_EXPERT, at, message);
        }
        for expert in cells.deciding.map(names).unwrap_or_default() {
            let message = fill(self.words.findings.found_expert, &[&expert]);
            let at = format!("assessment.ballots.{expert}");
            self.find(finding_code::ASSESSMENT_EXPERT, at, message);
            self.because(cells.without.iter().filter(|cells| *cells.expert == *expert).map(|cells| cells.grade));
        }
    }
}

/// Below it, maximum membership says little.
const WEAK: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// The decimals in which sums that are equal agree.
const SETTLED: u32 = 10;

/// A move of a weight that nobody could rule out: five points.
const CLOSE: Decimal = Decimal::from_parts(5, 0, 0, false, 2);
