//! The verdict of the panel.

use super::*;

impl Sections<'_> {
    pub(super) fn assessment(&mut self, assessment: &AssessmentSection) {
        let words = self.words;
        self.document.heading(words.assessment);
        let one = |number| rounding::number(number, 1);
        let grades: Vec<String> = assessment
            .grades
            .iter()
            .map(|(name, score)| format!("{} {}", layout::name(name), rounding::trimmed(*score, 2)))
            .collect();
        let mut facts = vec![(words.grades, grades.join(words.list_separator))];
        if let Some(panel) = assessment.panel {
            facts.push((words.panel, fill(words.panel_members, &[&panel.to_string()])));
        }
        facts.push((words.operator, assessment.operator.to_owned()));
        facts.push((words.coverage, self.said(&assessment.coverage, rounding::share)));
        self.document.facts(facts);
        let mut table = Table::new(words.criterion);
        for (grade, _) in &assessment.grades {
            table = table.numbers(0, grade.as_str());
        }
        table = table.numbers(1, words.score).text(1, words.grade);
        let mut reasons = Reasons::default();
        for row in &assessment.criteria {
            let mut cells = vec![row.name.to_string()];
            let membership: Vec<&Value> = row.membership.iter().collect();
            let shares = shares_of_values(&membership);
            cells.extend(membership.iter().zip(shares).map(|(value, shown)| {
                let fallback = reasons.share(value);
                shown.unwrap_or(fallback)
            }));
            cells.push(reasons.show(&row.score, one));
            cells.push(reasons.show(&row.grade, one));
            table.row(row.depth, cells);
        }
        self.table(table, reasons);
    }
}
