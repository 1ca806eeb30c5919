//! What a reviewer would point at, and what to do about it.

use super::*;
use crate::report::{Finding, Severity};

impl Sections<'_> {
    pub(super) fn findings(&mut self) {
        let words = self.words;
        if self.report.findings.is_empty() {
            return;
        }
        self.document.heading(words.findings_heading);
        let mut table = Table::new(words.severity).text(0, words.finding).text(0, words.place_and_code);
        // what is found several times in a row has one remedy below all of it
        let alike = |one: &Finding, other: &Finding| (one.code, &one.accepted) == (other.code, &other.accepted);
        for findings in self.report.findings.chunk_by(alike) {
            for finding in findings {
                let severity = match finding.severity {
                    _ if finding.accepted.is_some() => words.accepted,
                    Severity::Warning => words.warning,
                    Severity::Information => words.information,
                };
                table.row(0, vec![severity.to_owned(), finding.message.clone(), finding.location.clone()]);
            }
            if let Some(finding) = findings.first() {
                let remedy = match &finding.accepted {
                    Some(reason) => fill(words.found_accepted, &[reason]),
                    None => fill(words.found_remedy, &[finding.remedy]),
                };
                table.row(0, vec![String::new(), remedy, fill(words.found_code, &[finding.code])]);
            }
        }
        self.document.table(table);
    }
}
