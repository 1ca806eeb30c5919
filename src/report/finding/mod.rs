//! What a reviewer would point at: not mistakes, but things to know before relying on a figure.

mod alternatives;
mod benchmarks;
mod benefits;
mod bounds;
mod customers;
mod design;
mod idle;
mod incentive;
#[cfg(feature = "serde")]
mod json;
mod kpi;
mod money;
mod over_time;
mod panel;
mod reconciliation;
mod structure;
mod unread;

pub(super) use benchmarks::expected;
pub(super) use bounds::{Beyond, beyond};

pub use crate::finding_code::{FindingCode, Severity};

use super::words::{Words, fill};
use super::{Value, figure};
use crate::appraisal::Outcome;
use crate::finding_code;
use crate::model::{Cause, CellId, Unit};
use rust_decimal::Decimal;
use std::collections::HashSet;

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
    /// The figures it rests on.
    pub evidence: Vec<Evidence>,
    /// What to do about it, in words.
    pub remedy: &'static str,
    /// Why the document accepts it, where it does.
    pub accepted: Option<String>,
}

/// A figure that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The id of the figure: `scorecard.coverage`.
    pub figure: String,
    /// Its value.
    pub value: Value,
}

/// What is found in an outcome, and beyond their bounds in those of its scenarios.
pub(super) fn review(outcome: &Outcome, of_scenarios: Vec<Beyond>, words: &'static Words) -> Vec<Finding> {
    let mut review = Review { outcome, words, findings: Vec::new() };
    review.weights();
    review.evidence();
    review.delphi();
    review.faults();
    review.scorecard();
    review.design();
    review.over_time();
    review.year_incomplete();
    review.kpis();
    review.unread();
    review.structure();
    review.assessment();
    review.incentive();
    review.money();
    review.alternatives();
    review.bounds(of_scenarios);
    review.idle();
    review.benchmarks();
    review.economic_value_added();
    review.customers();
    review.assumptions();
    review.reconciliation();
    review.acceptances();
    let mut findings = review.findings;
    // what matters comes first and what is accepted last; otherwise the order of the document stays
    findings.sort_by_key(|finding| (finding.accepted.is_some(), std::cmp::Reverse(finding.severity)));
    findings
}

/// A finding about many figures is told by its first.
const MOST_EVIDENCE: usize = 12;

struct Review<'a> {
    outcome: &'a Outcome<'a>,
    words: &'static Words,
    findings: Vec<Finding>,
}

impl Review<'_> {
    /// What is found stands on a declared code only, so each has a severity, a remedy and a page.
    fn find(&mut self, code: &'static FindingCode, location: impl Into<String>, message: String) {
        self.findings.push(Finding {
            code: code.code(),
            severity: code.severity(),
            message,
            location: location.into(),
            evidence: Vec::new(),
            remedy: code.remedy(self.outcome.appraisal().draft().language),
            accepted: None,
        });
    }

    /// The figures that the last finding rests on; of a row every entry.
    fn because(&mut self, cells: impl IntoIterator<Item = CellId>) {
        let evaluation = self.outcome.evaluation();
        let model = evaluation.model();
        let Some(finding) = self.findings.last_mut() else { return };
        for cell in cells {
            let Some(id) = model.cell(cell).map(|cell| cell.id()) else { continue };
            let is_set = model.cell(cell).is_some_and(|cell| *cell.unit() == Unit::Set);
            let room = MOST_EVIDENCE.saturating_sub(finding.evidence.len());
            let axis = model.axis_of(cell).filter(|_| !is_set);
            let single = axis.is_none().then(|| (id.to_string(), figure::value(evaluation, self.words, cell)));
            let entries = axis.map(|axis| axis.entries()).unwrap_or_default().iter().zip(evaluation.row(cell));
            let entries = entries
                .map(|(entry, value)| (format!("{id}.{entry}"), figure::element(evaluation, self.words, *value)));
            let shown = single.into_iter().chain(entries).take(room);
            finding.evidence.extend(shown.map(|(figure, value)| Evidence { figure, value }));
        }
    }

    fn number(&self, cell: CellId) -> Option<Decimal> {
        self.outcome.evaluation().scalar(cell).ok()
    }

    /// Indicators without a score at the period that is evaluated that had one before: their period is not reported yet.
    fn not_yet_known(&self) -> Vec<&str> {
        let parts = self.outcome.appraisal().parts();
        let Some(calendar) = &parts.calendar else { return Vec::new() };
        let now = self.outcome.period().and_then(|period| calendar.position(period)).unwrap_or(0);
        let was_known = |cell| self.outcome.evaluation().row(cell).iter().take(now).any(Result::is_ok);
        let leaves = parts.criteria.iter().zip(&parts.scorecard).filter(|(listed, _)| !listed.has_children);
        leaves
            .filter(|(_, cells)| self.number(cells.score).is_none())
            .filter(|(_, cells)| cells.over_time.is_some_and(|time| was_known(time.score)))
            .map(|(listed, _)| &*listed.name)
            .collect()
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
            let mut message = fill(
                self.words.findings.found_coverage,
                &[&percent(coverage), &missing.join(self.words.list_separator)],
            );
            let not_yet = self.not_yet_known();
            if !not_yet.is_empty() {
                let not_yet = not_yet.join(self.words.list_separator);
                message += &fill(self.words.findings.found_not_yet, &[&not_yet]);
            }
            self.find(finding_code::SCORECARD_COVERAGE, "scorecard", message);
            self.because(whole.map(|whole| whole.coverage));
        }
        for (listed, cells) in parts.criteria.iter().zip(&parts.scorecard) {
            let Some(measure) = cells.measure else { continue };
            let progress = self.number(measure.progress).filter(|progress| *progress < Decimal::ZERO);
            if let Some(progress) = progress {
                let message = fill(self.words.findings.found_worse, &[&listed.name, &percent(progress)]);
                self.find(finding_code::SCORECARD_WORSE, format!("scorecard.{}", listed.id), message);
                self.because(
                    [measure.base, measure.target, Some(measure.actual), Some(measure.progress)].into_iter().flatten(),
                );
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
                    finding_code::MODEL_DIVISION_BY_ZERO
                }
                Cause::Overflow => finding_code::MODEL_OVERFLOW,
                // statistics of a panel of one are undefined and nobody's mistake
                Cause::Undefined if model.source(id).is_some() => finding_code::MODEL_UNDEFINED,
                _ => return None,
            };
            let location = model.source(id).unwrap_or(cell.id()).to_string();
            Some((id, code, location, figure::reason(evaluation, self.words, absent)))
        });
        let own: Vec<_> = own.take(MOST).collect();
        for (cell, code, location, reason) in own {
            self.find(code, location, fill(self.words.findings.found_fault, &[&reason]));
            self.because(Some(cell).filter(|cell| model.axis_of(*cell).is_none()));
        }
    }
}

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

    pub(super) fn report(text: &str) -> Report {
        let document = crate::yaml::Document::parse("x.yaml", &format!("appraise: 1\n{text}")).unwrap();
        document.appraisal().base().report()
    }

    /// The findings of an assessment and of the scorecard: code, place and message.
    fn found(text: &str) -> Vec<(&'static str, String, String)> {
        let findings = report(text).findings.into_iter().filter(|finding| finding.code != "weights.equal");
        findings.map(|finding| (finding.code, finding.location, finding.message)).collect()
    }

    pub(super) fn of(text: &str, code: &str) -> Vec<(String, String)> {
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

    #[test]
    fn what_a_scorecard_lacks_of_its_framework_is_named() {
        let codes = |card: &str| {
            let found = found(&format!("scorecard: {{{card}}}"));
            let found = found.into_iter().filter(|(code, ..)| code.starts_with("framework"));
            found.collect::<Vec<_>>()
        };
        let known = "{base: 1, target: 2, actual: 2}";
        // perspectives that are none of a balanced scorecard follow no framework, unless one is stated
        assert_eq!(codes(&format!("perspectives: {{a: {known}}}")), []);
        let pyramid =
            codes(&format!("framework: performance_pyramid, perspectives: {{flexibility: {known}, a: {known}}}"));
        let codes_of =
            |found: &[(&'static str, String, String)]| found.iter().map(|(code, ..)| *code).collect::<Vec<_>>();
        assert_eq!(codes_of(&pyramid), ["framework.missing", "framework.no_side", "framework.foreign"]);
        assert!(pyramid[1].2.starts_with("on neither the external nor the internal side: Flexibility, a;"));
        let balanced = codes(&format!("perspectives: {{financial: {known}, society: {known}}}"));
        let missing = "the balanced scorecard also has: Customer (customer), Internal process (internal_process), Learning \
                       and growth (learning_growth)";
        let foreign = "`society` is no perspective of the balanced scorecard";
        let expected =
            [("framework.missing", "scorecard", missing), ("framework.foreign", "scorecard.society", foreign)];
        assert_eq!(balanced, expected.map(|(code, at, told)| (code, at.to_owned(), told.to_owned())));
    }

    #[test]
    fn initiatives_are_checked_against_what_they_should_move() {
        let text = "
scorecard:
  as_of: 2026-04-01
  perspectives:
    service: {indicators: {hours: {base: 72, target: 36, actual: 45}, calls: {base: 1, target: 2, actual: 2}}}
    adoption: {base: 35%, target: 85%, actual: 66%}
  initiatives:
    desk: {owner: x, budget: 100, spent: 101, due: 2026-03-31, done: 40%, moves: [service]}
    idle: {owner: x}
    over: {owner: x, status: done, moves: [adoption]}
";
        let found = |code| of(text, code).into_iter().map(|(_, message)| message).collect::<Vec<_>>();
        assert_eq!(found("initiatives.over_budget"), ["`desk` has used 101 % of its budget"]);
        assert_eq!(found("initiatives.late"), ["`desk` was due on 2026-03-31"]);
        assert_eq!(found("initiatives.moves_nothing"), ["`idle` moves no indicator"]);
        let short = "`over` is done, but what it should move is short of its aim: adoption";
        assert_eq!(found("initiatives.done_without_effect"), [short]);
        // whoever moves an objective moves its indicators; what is done moves nothing any more
        let unmoved = "short of the aim and moved by no open initiative: adoption";
        assert_eq!(found("initiatives.none_for_gap"), [unmoved]);
    }
}
