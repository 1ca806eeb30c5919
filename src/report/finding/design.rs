//! What to know about the design of the scorecard, and what of all findings is accepted.

use super::{Review, percent};
use crate::finding_code::{self, FindingCode};
use crate::report::words::fill;
use crate::scorecard::{Gaps, Limited, Principle, ROOT};
use rust_decimal::Decimal;
use std::collections::HashSet;

impl Review<'_> {
    pub(super) fn design(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let Some(review) = &parts.review else { return };
        let words = self.words;
        self.gaps(&review.gaps);
        if let Some([value, most]) = self.exceeded(&review.indicators) {
            let message = fill(words.findings.found_too_many, &[&value.to_string(), &most.to_string()]);
            self.find(finding_code::REVIEW_TOO_MANY, ROOT, message);
            self.because([review.indicators.value, review.indicators.limit]);
        }
        for (index, count) in &review.perspectives {
            let counted = self.number(*count).zip(self.number(review.most_per_perspective));
            let Some((listed, (value, most))) = parts.criteria.get(*index).zip(counted) else { continue };
            if value > most {
                let message =
                    fill(words.findings.found_too_many_there, &[&listed.name, &value.to_string(), &most.to_string()]);
                self.find(finding_code::REVIEW_TOO_MANY_THERE, format!("{ROOT}.{}", listed.id), message);
                self.because([*count, review.most_per_perspective]);
            }
        }
        if let Some(heaviest) = &review.heaviest
            && let Some([share, most]) = self.exceeded(heaviest)
        {
            let leaves = parts.criteria.iter().zip(&parts.weighting.cells).filter(|(listed, _)| !listed.has_children);
            let weighing = leaves.filter(|(_, cells)| cells.and_then(|cells| self.number(cells.global)) == Some(share));
            let names: Vec<&str> = weighing.map(|(listed, _)| &*listed.name).collect();
            let names = names.join(words.list_separator);
            let message = fill(words.findings.found_concentration, &[&names, &percent(share), &percent(most)]);
            self.find(finding_code::REVIEW_CONCENTRATION, ROOT, message);
            self.because([heaviest.value, heaviest.limit]);
        }
        for cells in review.principles.iter().filter(|cells| cells.is_due) {
            let code = match cells.principle {
                // the indicators that are tied to nothing are named one by one
                Principle::Objectives => continue,
                Principle::Finance => finding_code::REVIEW_FINANCE,
                Principle::Term => finding_code::REVIEW_TERM,
                Principle::Nature => finding_code::REVIEW_NATURE,
                Principle::Kind => finding_code::REVIEW_KIND,
                Principle::People => finding_code::REVIEW_PEOPLE,
                Principle::Level => finding_code::REVIEW_LEVEL,
            };
            if self.number(cells.met) != Some(Decimal::ZERO) {
                continue;
            }
            let [one, other] = cells.sides.map(|side| self.number(side.share));
            let (Some(one), Some(other), Some(limit)) = (one, other, self.number(cells.limit)) else { continue };
            let [first, second] = cells.sides.map(|side| words.side(side.name));
            let message = fill(
                words.findings.found_unbalanced,
                &[first, &percent(one), second, &percent(other), &percent(limit)],
            );
            self.find(code, "scorecard.review.balance", message);
            self.because(cells.sides.iter().map(|side| side.share).chain([cells.balance, cells.limit]));
        }
    }

    /// The value and the limit of a figure that does not keep to it.
    fn exceeded(&self, limited: &Limited) -> Option<[Decimal; 2]> {
        let kept = self.number(limited.met)?;
        kept.is_zero().then_some([self.number(limited.value)?, self.number(limited.limit)?])
    }

    fn gaps(&mut self, gaps: &Gaps) {
        let words = self.words;
        let parts = self.outcome.appraisal().parts();
        self.missing(finding_code::REVIEW_NO_OWNER, words.findings.found_no_owner, &gaps.without_owner);
        self.missing(finding_code::REVIEW_NO_TARGET, words.findings.found_no_target, &gaps.without_target);
        self.missing(
            finding_code::REVIEW_EMPTY_OBJECTIVE,
            words.findings.found_empty_objective,
            &gaps.empty_objectives,
        );
        let objectives = || {
            let review = parts.review.as_ref()?;
            review.principles.iter().find(|cells| cells.principle == Principle::Objectives)
        };
        // a limit that is kept allows a few indicators without an objective
        let is_kept = objectives().is_some_and(|cells| self.number(cells.met) == Some(Decimal::ONE));
        if !is_kept && self.missing(finding_code::REVIEW_UNTIED, words.findings.found_untied, &gaps.untied) {
            self.because(objectives().into_iter().flat_map(|cells| [cells.balance, cells.limit]));
        }
        for index in &gaps.without_leading {
            let Some(listed) = parts.criteria.get(*index) else { continue };
            let message = fill(words.findings.found_no_leading, &[&listed.name]);
            self.find(finding_code::REVIEW_NO_LEADING, format!("{ROOT}.{}", listed.id), message);
            // perspectives stand in the order of the tree
            let counted = parts.review.as_ref().and_then(|review| {
                let place = review.perspectives.binary_search_by_key(index, |(of, _)| *of).ok()?;
                review.perspectives.get(place)
            });
            self.because(counted.map(|(_, count)| *count));
        }
        if !gaps.unstated.is_empty() {
            let keys: Vec<String> = gaps.unstated.iter().map(|key| format!("`{key}`")).collect();
            let message = fill(words.findings.found_unstated, &[&keys.join(words.list_separator)]);
            self.find(finding_code::REVIEW_UNSTATED, "scorecard.review", message);
        }
    }

    /// One finding for all criteria that lack something, at the first of them; whether there is any.
    fn missing(&mut self, code: &'static FindingCode, phrase: &str, indices: &[usize]) -> bool {
        let criteria = &self.outcome.appraisal().parts().criteria;
        let listed: Vec<_> = indices.iter().filter_map(|index| criteria.get(*index)).collect();
        let location = match listed.as_slice() {
            [] => return false,
            [only] => format!("{ROOT}.{}", only.id),
            _ => ROOT.to_owned(),
        };
        let names: Vec<&str> = listed.iter().map(|listed| &*listed.name).collect();
        self.find(code, location, fill(phrase, &[&names.join(self.words.list_separator)]));
        true
    }

    /// Marks what the document accepts with its reason.
    pub(super) fn acceptances(&mut self) {
        let draft = self.outcome.appraisal().draft();
        let review = draft.scorecard.iter().filter_map(|card| card.review.as_ref());
        let of_review =
            review.flat_map(|review| &review.accepted).map(|accepted| ("scorecard.review.accepted", accepted));
        let accepted = draft.accepted.iter().map(|accepted| ("accepted", accepted)).chain(of_review);
        let mut seen = HashSet::new();
        for (at, (code, reason)) in accepted.filter(|(_, (code, _))| seen.insert(code.as_str())) {
            let mut any = false;
            for finding in self.findings.iter_mut().filter(|finding| finding.code == *code) {
                finding.accepted = Some(reason.clone());
                any = true;
            }
            // a scenario may have a finding that the statement as it stands has not
            if !any && self.outcome.scenario().is_none() {
                let message = fill(self.words.findings.found_needless, &[code]);
                let at = format!("{at}.{code}");
                self.find(finding_code::REVIEW_NEEDLESS, at, message);
            }
        }
    }
}

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests {
    use crate::report::Report;

    fn report(text: &str) -> Report {
        let document = crate::yaml::Document::parse("x.yaml", &format!("appraise: 1\n{text}")).unwrap();
        document.appraisal().base().report()
    }

    fn codes(text: &str) -> Vec<&'static str> {
        let findings = report(text).findings.into_iter().map(|finding| finding.code);
        findings.filter(|code| code.starts_with("review.")).collect()
    }

    const PLAIN: &str = "
scorecard:
  perspectives:
    customer: {indicators: {a: {base: 1, target: 2, actual: 2}, b: {base: 1, target: 2, actual: 2}}}
    financial: {indicators: {c: {base: 1, target: 2, actual: 2}, d: {base: 1, target: 2, actual: 2}}}
";

    #[test]
    fn attributes_that_nobody_uses_are_not_asked_for() {
        assert_eq!(codes(PLAIN), Vec::<&str>::new());
        assert_eq!(report(PLAIN).review, None);
        let asked = PLAIN.replace("perspectives:", "review:\n  perspectives:");
        let due = [
            "review.no_owner",
            "review.indicator_without_objective",
            "review.no_leading",
            "review.no_leading",
            "review.unstated",
            "review.nature_balance",
            "review.people_balance",
        ];
        assert_eq!(codes(&asked), due);
    }

    #[test]
    fn one_attribute_asks_for_its_own_findings_only() {
        let kinds = PLAIN
            .replace("customer: {", "customer: {kind: leading, ")
            .replace("financial: {", "financial: {kind: lagging, ");
        assert_eq!(codes(&kinds), ["review.no_leading"]);
        let level = PLAIN.replace("customer: {", "customer: {level: tactical, ");
        assert_eq!(codes(&level), ["review.level_balance"]);
        let owned = PLAIN.replace("customer: {", "customer: {owner: head of service, ");
        let found = report(&owned).findings.into_iter().find(|finding| finding.code == "review.no_owner").unwrap();
        assert_eq!((&*found.location, &*found.message), ("scorecard", "nobody answers for: c, d"));
    }

    #[test]
    fn an_indicator_that_a_function_reads_needs_no_target() {
        let head = "scorecard: {perspectives: {a: {actual: 3}, b: {actual: 4}}}\n";
        let found = |text: &str| {
            let found = report(text).findings.into_iter().filter(|finding| finding.code == "review.no_target");
            found.map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(found(head), ["measured without a target or a band: a, b"]);
        let functions =
            "assessment: {grades: {good: 2, bad: 1}, functions: {a: {good: {s: [1, 5]}, bad: {z: [1, 5]}}}}";
        let text = format!("{head}{functions}");
        assert_eq!(found(&text), ["measured without a target or a band: b"]);
    }

    #[test]
    fn a_share_of_untied_indicators_may_be_allowed() {
        let card = "
scorecard:
  review: {tied: 60%}
  perspectives:
    customer:
      objectives: {loyalty: {weight: 70%, indicators: {a: {}}}}
      indicators: {b: {weight: 30%}}
";
        assert!(!codes(card).contains(&"review.indicator_without_objective"));
        assert!(codes(&card.replace("60%", "80%")).contains(&"review.indicator_without_objective"));
    }

    #[test]
    fn an_accepted_finding_comes_last_and_a_needless_acceptance_is_told() {
        let accepted = "review: {accepted: {weights.equal: a start, delphi.no_consensus: we know}}\n  perspectives:";
        let report = report(&PLAIN.replace("perspectives:", accepted));
        let last = report.findings.last().unwrap();
        assert_eq!((last.code, last.accepted.as_deref()), ("weights.equal", Some("a start")));
        let needless = report.findings.iter().find(|finding| finding.code == "review.needless_acceptance").unwrap();
        assert_eq!(needless.location, "scorecard.review.accepted.delphi.no_consensus");
        let text = report.section(crate::report::Section::Findings).to_markdown();
        assert!(text.contains("| accepted | nobody weighed what is under"), "{text}");
        assert!(text.contains("→ accepted: a start"), "{text}");
    }
}
