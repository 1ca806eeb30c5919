//! What of the costs is not as costs usually are.

use super::{Review, percent, short};
use crate::case::{Benchmark, Expected, PlanCells};
use crate::finding_code::{self, FindingCode};
use crate::model::Unit;
use crate::report::words::{Words, fill};
use rust_decimal::Decimal;

impl Review<'_> {
    pub(super) fn benchmarks(&mut self) {
        let appraisal = self.outcome.appraisal();
        let parts = appraisal.parts();
        let viewed = || parts.plans().filter_map(|plan| plan.views.as_ref());
        if viewed().next().is_none() {
            return;
        }
        let years = appraisal.draft().horizon.years;
        if years < Benchmark::LEAST_YEARS {
            let message = fill(
                self.words.findings.found_short_horizon,
                &[&self.words.length(usize::try_from(years).unwrap_or(0))],
            );
            self.find(finding_code::BENCHMARKS_SHORT_HORIZON, "horizon.years", message);
        }
        if viewed().all(|views| views.deployment.is_none()) {
            let message = self.words.findings.found_no_deployment.to_owned();
            self.find(finding_code::BENCHMARKS_NO_DEPLOYMENT, "deployment", message);
        }
        for plan in parts.plans() {
            self.compared(plan);
        }
        let per_user: Vec<_> = viewed().filter_map(|views| views.per_user).collect();
        if !per_user.is_empty() {
            let message = self.words.findings.found_per_user.to_owned();
            self.find(finding_code::BENCHMARKS_PER_USER, "users", message);
            self.because(per_user.iter().map(|per_user| per_user.cost));
        }
    }

    fn compared(&mut self, plan: &PlanCells) {
        let Some(deployment) = plan.views.as_ref().and_then(|views| views.deployment) else { return };
        for cells in &plan.benchmarks {
            let benchmark = cells.benchmark;
            let code = FindingCode::named(&format!("benchmarks.{}", benchmark.id));
            let value = self.number(cells.value).filter(|_| self.number(cells.met) == Some(Decimal::ZERO));
            let Some((code, value)) = code.zip(value) else { continue };
            let is_share =
                self.outcome.appraisal().model().cell(cells.value).is_some_and(|cell| *cell.unit() == Unit::Share);
            let words = self.words;
            let shown = |number: Decimal| if is_share { percent(number) } else { short(number, 2) };
            let usual = expected(words, benchmark.expected, shown);
            let deployment = words.deployment(deployment);
            let message =
                fill(words.findings.found_unusual, &[words.benchmark(benchmark), &shown(value), &usual, deployment]);
            let at = plan.scope.id(&format!("benchmarks.{}", benchmark.id));
            self.find(code, &*at, plan.scope.subject(&message).to_string());
            self.because([cells.value]);
        }
    }
}

/// What a benchmark expects, in words.
pub(in crate::report) fn expected(words: &Words, expected: Expected, shown: impl Fn(Decimal) -> String) -> String {
    match expected {
        Expected::Between(low, high) => fill(words.findings.usually_between, &[&shown(low), &shown(high)]),
        Expected::AtLeast(least) => fill(words.findings.usually_at_least, &[&shown(least)]),
        Expected::MoreThan(least) => fill(words.findings.usually_more, &[&shown(least)]),
        Expected::LessThan(most) => fill(words.findings.usually_less, &[&shown(most)]),
    }
}
