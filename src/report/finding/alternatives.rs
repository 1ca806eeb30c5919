//! What to know before choosing among alternatives.

use super::Review;
use crate::case::has_unequal_lives;
use crate::finding_code;
use crate::report::build::Reader;
use crate::report::sections::disagreement;
use crate::report::words::fill;

impl Review<'_> {
    pub(super) fn alternatives(&mut self) {
        let outcome = self.outcome;
        let parts = outcome.appraisal().parts();
        let alternatives = &parts.alternatives;
        if alternatives.len() < 2 {
            return;
        }
        if has_unequal_lives(alternatives) {
            let lives: Vec<String> = alternatives.iter().map(|one| format!("{} {}", one.name, one.life)).collect();
            let message = fill(self.words.findings.found_unequal_lives, &[&lives.join(self.words.list_separator)]);
            self.find(finding_code::ALTERNATIVES_LIVES, "alternatives", message);
            let annual = alternatives.iter().filter_map(|one| {
                let case = one.plan.measures().map(|measures| measures.equivalent_annual_value);
                case.or(one.annual_cost)
            });
            self.because(annual);
        }
        let silent: Vec<&str> =
            alternatives.iter().filter(|one| one.plan.benefits.is_none()).map(|one| &*one.name).collect();
        if !silent.is_empty() && silent.len() < alternatives.len() {
            let message = fill(self.words.findings.found_no_benefits, &[&silent.join(self.words.list_separator)]);
            self.find(finding_code::ALTERNATIVES_NO_BENEFITS, "alternatives", message);
        }
        let Some(ranking) = (Reader { outcome, words: self.words }).ranking() else { return };
        for told in &ranking.disagreements {
            self.find(finding_code::ALTERNATIVES_DISAGREE, "alternatives", disagreement(self.words, told));
            self.because(told.evidence.iter().copied());
        }
    }
}
