//! What to know before relying on an indicator that a KPI defines.

use super::Review;
use crate::finding_code;
use crate::report::rounding;
use crate::report::words::fill;
use crate::scorecard::Direction;

impl Review<'_> {
    /// Base and target say which way is better; where they say another one than the KPI, one of the two is mistaken.
    pub(super) fn kpis(&mut self) {
        let parts = self.outcome.appraisal().parts();
        for (listed, cells) in parts.criteria.iter().zip(&parts.scorecard) {
            let (Some((kpi, direction)), Some(measure)) = (&listed.kpi, cells.measure) else { continue };
            let number = |cell: Option<_>| cell.and_then(|cell| self.number(cell));
            let (Some(base), Some(target)) = (number(measure.base), number(measure.target)) else { continue };
            let phrase = match direction {
                Some(Direction::HigherIsBetter) if target < base => self.words.findings.found_kpi_falls,
                Some(Direction::LowerIsBetter) if target > base => self.words.findings.found_kpi_rises,
                _ => continue,
            };
            let shown = |number| rounding::plain(number, &listed.unit);
            let message = fill(phrase, &[&listed.name, &shown(base), &shown(target), kpi]);
            self.find(finding_code::KPI_DIRECTION, format!("scorecard.{}.target", listed.id), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scorecard::{Criterion, KpiUse, Measure, Scorecard};
    use crate::{Appraisal, Draft, Language};

    fn found(kpi: &str, base: i64, target: i64, language: Language) -> Vec<(String, String)> {
        let indicator = Criterion::indicator("x", Measure::target(base, target).kpi(KpiUse::new(kpi)));
        let draft = Draft { language, scorecard: Some(Scorecard::new([indicator])), ..Draft::default() };
        let findings = Appraisal::new(draft).unwrap().base().report().findings.into_iter();
        let found = findings.filter(|finding| finding.code == "kpi.direction");
        found.map(|finding| (finding.location, finding.message)).collect()
    }

    #[test]
    fn a_target_against_the_direction_of_its_kpi_is_found() {
        let message = "`Net Promoter Score` is to fall from 30 to 20, but of the KPI `nps` more is better: either base \
                       and target are swapped, or it is another KPI";
        assert_eq!(found("nps", 30, 20, Language::English), [("scorecard.x.target".to_owned(), message.to_owned())]);
        let message = "`应收账款周转天数`拟由60升至74，而指标`dso`越低越好：或基期值与目标值写反，或应为另一指标";
        assert_eq!(found("dso", 60, 74, Language::Chinese), [("scorecard.x.target".to_owned(), message.to_owned())]);
        assert_eq!(found("nps", 20, 30, Language::English), []);
        // where a band is usual, a target may lie on either side
        assert_eq!(found("current_ratio", 2, 1, Language::English), []);
    }
}
