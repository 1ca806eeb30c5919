//! What a reviewer would point at: not mistakes, but things to know before relying on a figure.

use super::words::{Words, fill};
use super::{Value, figure, rounding, weighing};
use crate::appraisal::{Outcome, is_discount_rate};
use crate::assumption::Quality;
use crate::case::{BenefitKind, Category};
use crate::model::{Cause, CellId};
use crate::panel::{About, AhpCells, EvidenceCells, GradeFunctions, RowSum, SensitivityCells, WeightMethod};
use crate::scorecard::ROOT;
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::sync::Arc;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Information,
    /// To be looked at before relying on the figures.
    Warning,
}

impl Severity {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Warning => "warning",
        }
    }
}

/// One thing to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// A stable name: `weights.equal`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What it is, in words.
    pub message: String,
    /// The address of what it is about.
    pub location: String,
}

pub(super) fn review(outcome: &Outcome, words: &'static Words) -> Vec<Finding> {
    let mut review = Review { outcome, words, findings: Vec::new() };
    review.weights();
    review.evidence();
    review.delphi();
    review.faults();
    review.scorecard();
    review.assessment();
    review.money();
    review.shares();
    review.assumptions();
    let mut findings = review.findings;
    // what matters comes first; within a severity the order of the document stays
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

struct Review<'a> {
    outcome: &'a Outcome<'a>,
    words: &'static Words,
    findings: Vec<Finding>,
}

impl Review<'_> {
    fn find(&mut self, code: &'static str, severity: Severity, location: impl Into<String>, message: String) {
        self.findings.push(Finding { code, severity, message, location: location.into() });
    }

    fn number(&self, cell: CellId) -> Option<Decimal> {
        self.outcome.evaluation().scalar(cell).ok()
    }

    fn weights(&mut self) {
        let parts = self.outcome.appraisal().parts();
        for (parent, method) in &parts.weighting.methods {
            let Some(parent) = parts.criteria.get(*parent) else { continue };
            if *method == WeightMethod::Equal {
                let message = fill(self.words.found_equal, &[&parent.name]);
                let location = if &*parent.id == ROOT { ROOT.to_owned() } else { format!("{ROOT}.{}", parent.id) };
                self.find("weights.equal", Severity::Information, location, message);
            }
        }
    }

    /// What the evidence of single groups leaves to be said.
    fn evidence(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let evaluation = self.outcome.evaluation();
        for group in &parts.weighting.groups {
            let Some(parent) = parts.criteria.get(group.parent) else { continue };
            let at = format!("weights.groups.{}", parent.id);
            let names = weighing::siblings(self.outcome, group);
            let none = evaluation.row(group.weights).iter().find_map(|element| element.err());
            if let Some(absent) = none {
                let reason = figure::reason(evaluation, self.words, absent);
                let message = fill(self.words.found_weightless, &[&parent.name, &reason]);
                self.find("weights.none", Severity::Warning, &*at, message);
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
                            let message = fill(self.words.found_constant, &[name]);
                            self.find("weights.constant", Severity::Information, &*at, message);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn comparisons(&mut self, cells: &AhpCells, names: &[Arc<str>], parent: &str, at: &str) {
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
                let phrase = if known { words.found_flattered } else { words.found_incomplete };
                let message = fill(phrase, &[who, &missing, &pairs, parent]);
                self.find("weights.judgements_missing", Severity::Information, at, message);
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
                        fill(words.found_pair, &[item, over, &judged, &digits(repair), &percent(then)])
                    }
                    None => fill(words.found_pair_alone, &[item, over, &judged]),
                })
            });
            let pairs: Vec<String> = pairs.collect();
            let (ratio, limit) = (percent(ratio), percent(cells.cr_max));
            let parts = [who, parent, &ratio, &limit, &pairs.join(words.clause_separator)];
            self.find("weights.inconsistent", Severity::Warning, at, fill(words.found_inconsistent, &parts));
        }
    }

    fn delphi(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let Some(delphi) = &parts.delphi else { return };
        let last = delphi.rounds.len();
        for (parent, method) in &parts.weighting.methods {
            if let (WeightMethod::Delphi { round }, Some(parent)) = (method, parts.criteria.get(*parent))
                && *round < last
            {
                let rounds = [last.to_string(), round.to_string()];
                let message = fill(self.words.found_not_judged, &[&rounds[0], &parent.name, &rounds[1]]);
                self.find("delphi.not_judged", Severity::Information, "weights.delphi.stop", message);
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
                let message = fill(self.words.found_no_consensus, &[&round, &missed]);
                self.find("delphi.no_consensus", Severity::Warning, "weights.delphi.stop", message);
            }
            if !unknown.is_empty() {
                let message = fill(self.words.found_consensus_unknown, &[&round, &unknown]);
                self.find("delphi.consensus_unknown", Severity::Warning, "weights.delphi.stop", message);
            }
        }
    }

    fn scorecard(&mut self) {
        let appraisal = self.outcome.appraisal();
        let parts = appraisal.parts();
        let whole = parts.scorecard.first();
        let functions = appraisal.draft().assessment.iter().flat_map(|assessment| &assessment.functions);
        let functions: HashSet<&str> = functions.map(|functions| functions.item.as_str()).collect();
        // an actual value that only a membership function reads is judged, and no part of the score
        let measured = parts.criteria.iter().zip(&parts.scorecard).any(|(listed, cells)| {
            cells.measure.is_some_and(|measure| {
                let ends = [measure.base, measure.target, measure.band];
                let has_aim = ends
                    .into_iter()
                    .flatten()
                    .any(|cell| self.outcome.evaluation().row(cell).iter().any(|x| x.is_ok()));
                has_aim || !functions.contains(&*listed.id)
            })
        });
        let coverage = whole.and_then(|whole| self.number(whole.coverage));
        if let Some(coverage) = coverage.filter(|coverage| measured && *coverage < Decimal::ONE) {
            let missing: Vec<&str> = parts
                .criteria
                .iter()
                .zip(&parts.scorecard)
                .filter(|(listed, cells)| !listed.has_children && self.number(cells.score).is_none())
                .map(|(listed, _)| &*listed.name)
                .collect();
            let message =
                fill(self.words.found_coverage, &[&percent(coverage), &missing.join(self.words.list_separator)]);
            self.find("scorecard.coverage", Severity::Warning, "scorecard", message);
        }
        for (listed, cells) in parts.criteria.iter().zip(&parts.scorecard) {
            let Some(measure) = cells.measure else { continue };
            let progress = self.number(measure.progress).filter(|progress| *progress < Decimal::ZERO);
            if let Some(progress) = progress {
                let message = fill(self.words.found_worse, &[&listed.name, &percent(progress)]);
                self.find("scorecard.worse_than_base", Severity::Warning, format!("scorecard.{}", listed.id), message);
            }
        }
    }

    /// Cells in which a division by zero, an overflow or an undefined function arose; what only depends on them is not
    /// listed.
    fn faults(&mut self) {
        const MOST: usize = 20;
        let evaluation = self.outcome.evaluation();
        let model = evaluation.model();
        let measures = self.outcome.appraisal().parts().scorecard.iter().filter_map(|cells| cells.measure);
        let progress: std::collections::HashSet<CellId> = measures.map(|measure| measure.progress).collect();
        let own = model.cells().filter_map(|(id, cell)| {
            let fault = |element: &&crate::model::Element| matches!(element, Err(absent) if absent.cell == id);
            let absent = evaluation.row(id).iter().find(fault)?.err()?;
            let code = match absent.cause {
                // a share of nothing is no mistake; a formula somebody wrote, or a measure of nothing, is
                Cause::DivisionByZero if model.source(id).is_some() || progress.contains(&id) => {
                    "model.division_by_zero"
                }
                Cause::Overflow => "model.overflow",
                // statistics of a panel of one are undefined and nobody's mistake
                Cause::Undefined if model.source(id).is_some() => "model.undefined",
                _ => return None,
            };
            let location = model.source(id).unwrap_or(cell.id()).to_string();
            Some((code, location, figure::reason(evaluation, self.words, absent)))
        });
        let own: Vec<_> = own.take(MOST).collect();
        for (code, location, reason) in own {
            self.find(code, Severity::Warning, location, fill(self.words.found_fault, &[&reason]));
        }
    }

    fn assessment(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let Some(assessment) = &parts.assessment else { return };
        let unjudged = parts.criteria.iter().zip(&assessment.nodes);
        let unjudged = unjudged.filter(|(listed, judged)| !listed.has_children && judged.is_none());
        let unjudged: Vec<&str> = unjudged.map(|(listed, _)| &*listed.name).collect();
        if let Some(coverage) = self.number(assessment.coverage).filter(|_| !unjudged.is_empty()) {
            let message =
                fill(self.words.found_unjudged, &[&percent(coverage), &unjudged.join(self.words.list_separator)]);
            self.find("assessment.coverage", Severity::Warning, "assessment", message);
        }
        for RowSum { index, key, sum, may_be_nothing } in &assessment.sums {
            let Some((listed, sum)) = parts.criteria.get(*index).zip(self.number(*sum)) else { continue };
            let at = format!("assessment.{key}.{}", listed.id);
            let sum = sum.round_dp(SETTLED);
            if sum.is_zero() && *may_be_nothing {
                self.outside(*index, &listed.name, &listed.id, at);
            } else if sum != Decimal::ONE {
                let shown = [4, SETTLED].map(|places| short(sum, places));
                let shown = shown.into_iter().find(|shown| shown != "1").unwrap_or_default();
                let message = fill(self.words.found_sum, &[&listed.name, &shown]);
                self.find("assessment.row_sum", Severity::Information, at, message);
            }
        }
        let whole = assessment.nodes.first().copied().flatten();
        let effectiveness = whole.and_then(|whole| self.number(whole.effectiveness));
        if let Some(effectiveness) = effectiveness.filter(|effectiveness| *effectiveness < WEAK) {
            let message = fill(self.words.found_effectiveness, &[&short(effectiveness, 2)]);
            self.find("assessment.effectiveness", Severity::Warning, "assessment", message);
        }
        if let Some(sensitivity) = &assessment.sensitivity {
            self.sensitivity(sensitivity);
        }
    }

    /// An actual value that belongs to no grade.
    fn outside(&mut self, index: usize, name: &str, id: &str, at: String) {
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
        let band = functions.band.map(|(low, high)| fill(self.words.found_band, &[&list(&[low, high])]));
        let curves = curves.iter().map(|(grade, curve)| {
            let thresholds: Vec<Decimal> = curve.parameters().into_iter().map(|(_, value)| value).collect();
            format!("{grade} {} {}", curve.name(), list(&thresholds))
        });
        let thresholds = band.into_iter().chain(curves).collect::<Vec<_>>().join(self.words.clause_separator);
        let actual = self.number(measure.actual).map(shown).unwrap_or_default();
        let whole = parts.assessment.as_ref().and_then(|assessment| self.number(assessment.sum?));
        let whole = whole.map(|sum| short(sum, 4)).unwrap_or_default();
        let message = fill(self.words.found_outside, &[name, &actual, &thresholds, &whole]);
        self.find("assessment.no_membership", Severity::Warning, at, message);
    }

    fn sensitivity(&mut self, cells: &SensitivityCells) {
        let evaluation = self.outcome.evaluation();
        let names = |cell| match figure::value(evaluation, self.words, cell) {
            Value::Names(names) => names,
            _ => Vec::new(),
        };
        if self.number(cells.operators_agree) == Some(Decimal::ZERO) {
            let verdicts = cells.operators.iter();
            let verdicts = verdicts.map(|cells| format!("{} {}", cells.operator.name(), names(cells.grade).join("/")));
            let verdicts = verdicts.collect::<Vec<_>>().join(self.words.list_separator);
            let message = fill(self.words.found_operators, &[&verdicts]);
            self.find("assessment.operators_disagree", Severity::Information, "assessment.operator", message);
        }
        let smallest = cells.moves.as_ref().and_then(|moves| Some((moves, self.number(moves.smallest)?)));
        if let Some((moves, smallest)) = smallest.filter(|(_, smallest)| *smallest < CLOSE) {
            let ids = names(moves.smallest_of);
            let criteria = &self.outcome.appraisal().parts().criteria;
            let listed = criteria.iter().filter(|listed| ids.iter().any(|id| **id == *listed.id));
            let shown: Vec<&str> = listed.map(|listed| &*listed.name).collect();
            let shown = shown.join(self.words.list_separator);
            let message = match smallest.is_zero() {
                true => fill(self.words.found_tie, &[&shown]),
                false => fill(self.words.found_weight, &[&percent(smallest), &shown]),
            };
            let at = ids.first().map_or_else(|| "scorecard".to_owned(), |id| format!("scorecard.{id}"));
            self.find("assessment.weight_decides", Severity::Warning, at, message);
        }
        for expert in cells.without.iter().filter(|cells| cells.is_alone).map(|cells| &cells.expert) {
            let message = fill(self.words.found_only_expert, &[expert]);
            let at = format!("assessment.ballots.{expert}");
            self.find("assessment.one_expert", Severity::Warning, at, message);
        }
        for expert in cells.deciding.map(names).unwrap_or_default() {
            let message = fill(self.words.found_expert, &[&expert]);
            let at = format!("assessment.ballots.{expert}");
            self.find("assessment.expert_decides", Severity::Warning, at, message);
        }
    }

    fn money(&mut self) {
        let appraisal = self.outcome.appraisal();
        let draft = appraisal.draft();
        if draft.discount_rate.is_none() && (draft.costs.is_some() || draft.benefits.is_some()) {
            let message = self.words.found_no_rate.to_owned();
            self.find("case.no_discount_rate", Severity::Warning, "discount_rate", message);
        }
        if let Some(lines) = &draft.costs {
            let empty: Vec<&str> = Category::ALL
                .into_iter()
                .filter(|category| !draft.no_costs_in.contains(category))
                .filter(|category| lines.iter().all(|line| line.category != *category))
                .map(|category| self.words.category(category))
                .collect();
            if !empty.is_empty() {
                let message = fill(self.words.found_empty, &[&empty.join(self.words.list_separator)]);
                self.find("costs.empty_category", Severity::Information, "costs", message);
            }
        }
        let rate = appraisal.parts().discount_rate.and_then(|rate| self.number(rate));
        if let Some(rate) = rate.filter(|rate| !is_discount_rate(*rate)) {
            let message = fill(self.words.found_discount_rate, &[&percent(rate)]);
            self.find("case.discount_rate", Severity::Warning, "discount_rate", message);
        }
        self.negative_amounts();
        for benefit in draft.benefits.iter().flatten() {
            let at = format!("benefits.{}", benefit.id);
            let name = benefit.name.as_deref().unwrap_or(&benefit.id);
            match benefit.kind {
                BenefitKind::Revenue if benefit.margin.is_none() => {
                    let message = fill(self.words.found_revenue, &[name]);
                    self.find("benefits.revenue_without_margin", Severity::Warning, at, message);
                }
                BenefitKind::Intangible => {
                    let message = fill(self.words.found_intangible, &[name]);
                    self.find("benefits.intangible", Severity::Information, at, message);
                }
                _ => {}
            }
        }
        if let Some(case) = &appraisal.parts().case
            && let Err(absent) = self.outcome.evaluation().scalar(case.measures.irr)
            && let Cause::Irr(_) = absent.cause
        {
            let message = fill(self.words.found_no_irr, &[&self.words.cause(absent.cause)]);
            self.find("case.irr", Severity::Information, "case.irr", message);
        }
    }

    /// Lines that a formula or a scenario made negative: written as numbers they would have been refused.
    fn negative_amounts(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let evaluation = self.outcome.evaluation();
        let costs = parts.costs.iter().flat_map(|costs| &costs.lines).map(|line| (&line.name, line.unadjusted));
        let benefits = parts.benefits.iter().flat_map(|benefits| &benefits.lines);
        let lines = costs.chain(benefits.map(|line| (&line.name, line.year)));
        let negative = lines.filter_map(|(name, row)| {
            let worst = evaluation.row(row).iter().filter_map(|element| element.ok()).min()?;
            let address = evaluation.model().source(row)?.to_string();
            (worst < Decimal::ZERO).then(|| (name.to_string(), worst, address))
        });
        let negative: Vec<_> = negative.collect();
        for (name, worst, address) in negative {
            let shown = worst.round_dp(2).normalize().to_string();
            let message = fill(self.words.found_negative, &[&name, &shown]);
            self.find("amount.negative", Severity::Warning, address, message);
        }
    }

    /// Shares that a formula brought beyond 0 to 100 %: written as numbers they would have been refused.
    fn shares(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let costs = parts.costs.iter().flat_map(|costs| &costs.lines).map(|line| &line.fractions);
        let benefits = parts.benefits.iter().flat_map(|benefits| &benefits.lines).map(|line| &line.fractions);
        let evaluation = self.outcome.evaluation();
        let beyond = |cell: CellId, least: Decimal| {
            let mut values = evaluation.row(cell).iter().filter_map(|element| element.ok());
            let value = values.find(|value| *value < least || *value > Decimal::ONE)?;
            Some((evaluation.model().source(cell)?.to_string(), value))
        };
        let fractions: Vec<_> = costs.chain(benefits).collect();
        let shares = fractions.iter().flat_map(|fractions| &fractions.shares);
        let shares: Vec<_> = shares.filter_map(|cell| beyond(*cell, Decimal::ZERO)).collect();
        let surcharges = fractions.iter().flat_map(|fractions| &fractions.surcharges);
        let surcharges: Vec<_> = surcharges.filter_map(|cell| beyond(*cell, Decimal::MIN)).collect();
        for (address, value) in shares {
            let message = fill(self.words.found_no_share, &[&address, &percent(value)]);
            self.find("share.out_of_range", Severity::Warning, address, message);
        }
        for (address, value) in surcharges {
            let message = fill(self.words.found_high_rate, &[&address, &percent(value)]);
            self.find("costs.rate_above_100", Severity::Warning, address, message);
        }
    }

    fn assumptions(&mut self) {
        let draft = self.outcome.appraisal().draft();
        for assumption in &draft.assumptions {
            let (Some(range), Some(value)) = (assumption.range, assumption.value.as_constant()) else { continue };
            if value < range.low || value > range.high {
                let [value, low, high] = [value, range.low, range.high].map(|number| number.normalize().to_string());
                let message = fill(self.words.found_out_of_range, &[&assumption.id, &value, &low, &high]);
                let at = format!("assumptions.{}", assumption.id);
                self.find("assumptions.outside_range", Severity::Warning, at, message);
            }
        }
        let guessed = self.outcome.appraisal().draft().assumptions.iter().filter(|a| a.quality == Some(Quality::Red));
        let guessed: Vec<String> = guessed.map(|assumption| assumption.id.clone()).collect();
        if !guessed.is_empty() {
            let message = fill(self.words.found_guessed, &[&guessed.join(self.words.list_separator)]);
            self.find("assumptions.red", Severity::Warning, "assumptions", message);
        }
    }
}

/// Below it, maximum membership says little.
const WEAK: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// The decimals in which sums that are equal agree.
const SETTLED: u32 = 10;

/// A move of a weight that nobody could rule out: five points.
const CLOSE: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

fn short(number: Decimal, places: u32) -> String {
    number.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero).normalize().to_string()
}

fn percent(fraction: Decimal) -> String {
    let percent = fraction.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(fraction);
    let rounded = percent.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    format!("{} %", rounded.normalize())
}

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests {
    use crate::report::Report;

    fn report(text: &str) -> Report {
        let document = crate::yaml::Document::parse("x.yaml", &format!("appraise: 1\n{text}")).unwrap();
        document.appraisal().base().report()
    }

    /// The findings of an assessment and of the scorecard: code, place and message.
    fn found(text: &str) -> Vec<(&'static str, String, String)> {
        let findings = report(text).findings.into_iter().filter(|finding| finding.code != "weights.equal");
        findings.map(|finding| (finding.code, finding.location, finding.message)).collect()
    }

    fn of(text: &str, code: &str) -> Vec<(String, String)> {
        let found = found(text).into_iter().filter(|(known, _, _)| *known == code);
        found.map(|(_, location, message)| (location, message)).collect()
    }

    fn one(location: &str, message: &str) -> Vec<(String, String)> {
        vec![(location.to_owned(), message.to_owned())]
    }

    const OUTSIDE: &str = "
scorecard: {perspectives: {a: {actual: 3}, b: {}}}
assessment:
  grades: {good: 3, fair: 2, poor: 1}
  functions: {a: {good: {triangle: [10, 20, 30]}, fair: {s: [30, 40]}, poor: {triangle: [50, 60, 70]}}}
  votes: {b: [3, 2, 1]}
";

    #[test]
    fn a_value_outside_all_thresholds_is_named() {
        let message = "`a` is 3, outside all thresholds of its functions (good triangle 10, 20, 30; fair s 30, 40; poor \
                       triangle 50, 60, 70): it has no grade, and counts as 0 in every grade of what is above it; the \
                       memberships of the whole sum to 0.5";
        assert_eq!(of(OUTSIDE, "assessment.no_membership"), one("assessment.functions.a", message));
        assert_eq!(of(OUTSIDE, "assessment.row_sum"), []);
        let banded = OUTSIDE.replace("a: {good", "a: {band: [4, 5], good");
        let found = of(&banded, "assessment.no_membership");
        assert!(found[0].1.contains("(band 4, 5; good"), "{found:?}");
    }

    #[test]
    fn sums_are_compared_with_a_tolerance_and_found_where_the_row_is() {
        // the exponential function has twelve digits
        let sigmoids = "
scorecard: {perspectives: {a: {actual: 3}}}
assessment:
  grades: {good: 2, bad: 1}
  functions: {a: {good: {sigmoid: {centre: 2, slope: 1.3}}, bad: {sigmoid: {centre: 2, slope: -1.3}}}}
";
        assert_eq!(of(sigmoids, "assessment.row_sum"), []);
        let stated = |good: &str| {
            let head = "scorecard: {perspectives: {a: {}}}\nassessment: {grades: {good: 2, bad: 1}, sums: any, ";
            of(&format!("{head}memberships: {{a: [{good}, 0.4]}}}}"), "assessment.row_sum")
        };
        assert_eq!(stated("0.5"), one("assessment.memberships.a", "the memberships of `a` sum to 0.9, not 1"));
        assert_eq!(
            stated("0.600001"),
            one("assessment.memberships.a", "the memberships of `a` sum to 1.000001, not 1")
        );
        assert_eq!(stated("0.600000000001"), []);
    }

    #[test]
    fn coverage_is_found_at_the_assessment() {
        let text = "
scorecard: {perspectives: {a: {}, b: {}}}
assessment: {grades: {good: 2, bad: 1}, ballots: {x: {a: good}, y: {a: good}}}
";
        assert_eq!(
            of(text, "assessment.coverage"),
            one("assessment", "the panel judged 50 % of the weight; left out: b")
        );
    }

    #[test]
    fn an_expert_who_judges_alone_is_a_case_of_its_own() {
        let text = "
scorecard: {perspectives: {a: {}}}
assessment: {grades: {good: 2, bad: 1}, ballots: {x: {a: good}}}
";
        assert_eq!(
            of(text, "assessment.one_expert"),
            one("assessment.ballots.x", "the verdict is that of one expert: without x there is no grade")
        );
        assert_eq!(of(text, "assessment.expert_decides"), []);
        let text = report(text).to_text();
        assert!(text.contains("it is the word of x alone"), "{text}");
    }

    #[test]
    fn what_only_a_function_reads_is_no_part_of_the_score() {
        assert_eq!(of(OUTSIDE, "scorecard.coverage"), []);
        let aimed = OUTSIDE.replace("b: {}", "b: {}, c: {base: 1, target: 2, actual: 2}");
        assert_eq!(of(&aimed, "scorecard.coverage").len(), 1);
        // an actual value that nobody reads was meant to be measured
        let unread = "scorecard: {perspectives: {a: {actual: 3}}}";
        assert_eq!(of(unread, "scorecard.coverage").len(), 1);
    }

    #[test]
    fn conventions_of_the_sensitivity_are_those_of_what_was_worked_out() {
        let said = |rest: &str| {
            let head = "scorecard: {perspectives: {a: {}, b: {}}}\nassessment: {grades: {good: 2, bad: 1}, ";
            let conventions = report(&format!("{head}{rest}}}")).conventions;
            let said = conventions.into_iter().find(|convention| convention.topic == "sensitivity");
            said.map(|convention| convention.choice).unwrap_or_default()
        };
        let moves = "one weight moves and its siblings keep their proportions";
        let experts =
            "without the ballot of an expert the others keep their proportions, and the weights stay as they are";
        assert_eq!(said("votes: {a: [1, 2], b: [2, 1]}"), moves);
        assert_eq!(said("operator: min_max, votes: {a: [1, 2], b: [2, 1]}"), "");
        let ballots = "ballots: {x: {a: good, b: bad}, y: {a: good}}";
        assert_eq!(said(ballots), format!("{moves}; {experts}"));
        assert_eq!(said(&format!("normalise: true, {ballots}")), experts);
    }
}
