//! Values that somebody wrote for nothing.

use super::Review;
use crate::finding_code;
use crate::report::words::fill;
use crate::scorecard::{Criterion, Measure, ROOT, Scoring, unread};
use std::collections::HashMap;

impl Review<'_> {
    /// Red flags and stretch targets that no score and no status reads.
    pub(super) fn unread(&mut self) {
        let appraisal = self.outcome.appraisal();
        let Some(card) = &appraisal.draft().scorecard else { return };
        let mut of_units: HashMap<&str, Vec<(&str, &Measure)>> = HashMap::new();
        for unit in &card.units {
            for (id, measure) in &unit.indicators {
                of_units.entry(id).or_default().push((&unit.id, measure));
            }
        }
        let none = Measure::default();
        let names = appraisal.parts().criteria.iter().map(|listed| (&*listed.id, &*listed.name));
        let names: HashMap<&str, &str> = names.collect();
        let mut waiting: Vec<&Criterion> = card.perspectives.iter().rev().collect();
        while let Some(criterion) = waiting.pop() {
            waiting.extend(criterion.children.iter().rev());
            let id = criterion.id.as_str();
            let name = names.get(id).copied().unwrap_or(id);
            let whole = criterion.measure.as_ref().unwrap_or(&none);
            let units = of_units.get(id).map(Vec::as_slice).unwrap_or_default();
            let own = units.iter().filter_map(|(_, measure)| measure.scoring.as_ref());
            let scorings: Vec<Option<&Scoring>> =
                std::iter::once(whole.scoring.as_ref()).chain(own.map(Some)).collect();
            for key in unread(whole, &scorings, &card.rules) {
                self.reads_nothing(key, name, &whole.way_of_scoring(), format!("{ROOT}.{id}.{key}"));
            }
            for (unit, measure) in units {
                let scoring = measure.scoring.as_ref().or(whole.scoring.as_ref());
                for key in unread(measure, &[scoring], &card.rules) {
                    let scoring = scoring.cloned().unwrap_or_else(|| measure.way_of_scoring());
                    self.reads_nothing(key, name, &scoring, format!("units.{unit}.{id}.{key}"));
                }
            }
        }
    }

    fn reads_nothing(&mut self, key: &str, name: &str, scoring: &Scoring, location: String) {
        let message = fill(self.words.findings.found_unread, &[key, name, scoring.name()]);
        self.find(finding_code::SCORECARD_UNREAD, location, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::scorecard::{BusinessUnit, Criterion, Measure, Scorecard, Scoring};
    use crate::{Appraisal, Draft};

    #[test]
    fn what_nothing_reads_is_told_where_it_is_written() {
        let flagged = || Measure { floor: Some(1.into()), ..Measure::default() };
        let whole = Criterion::indicator(
            "calls",
            Measure { aim: Measure::target(0, 9).aim, base: Some(0.into()), ..flagged() },
        );
        let visits = Criterion::indicator("visits", Measure { floor: Some(1.into()), ..Measure::target(0, 9) });
        let north =
            BusinessUnit { indicators: vec![("calls".into(), flagged().actual(3))], ..BusinessUnit::new("north") };
        let by_flag = Measure::default().actual(3).scored(Scoring::GoalAndRedFlag);
        let south = BusinessUnit { indicators: vec![("calls".into(), by_flag)], ..BusinessUnit::new("south") };
        let card = Scorecard { units: vec![north, south], ..Scorecard::new([whole, visits]) };
        let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
        let findings = appraisal.base().report().findings.into_iter();
        let unread = findings.filter(|finding| finding.code == "scorecard.unread");
        let at: Vec<String> = unread.map(|finding| finding.location).collect();
        // the floor of the whole is that of the south, too
        assert_eq!(at, ["units.north.calls.floor", "scorecard.visits.floor"]);
    }
}
