//! The verdict of the panel, and how sure it is.

use super::*;

impl Sections<'_> {
    pub(super) fn assessment(&mut self, assessment: &AssessmentSection) {
        let words = self.words;
        self.document.heading(words.panel.assessment);
        let grades: Vec<String> = assessment
            .grades
            .iter()
            .map(|(name, score)| format!("{} {}", layout::name(name), rounding::trimmed(*score, 2)))
            .collect();
        let mut facts = vec![(words.panel.grades, grades.join(words.list_separator))];
        if let Some(panel) = assessment.panel {
            facts.push((words.panel.panel, fill(words.panel.panel_members, &[&panel.to_string()])));
        }
        let exceptions = assessment.operators.iter();
        let exceptions =
            exceptions.map(|(name, operator)| fill(words.weights_under_is, &[&layout::name(name), operator]));
        let operators: Vec<String> = [assessment.operator.to_owned()].into_iter().chain(exceptions).collect();
        facts.push((words.panel.operator, operators.join(words.clause_separator)));
        if let Some(whole) = assessment.criteria.first().filter(|whole| whole.depth == 0) {
            facts.push((words.panel.score_grade, self.said(&whole.score_grade, one)));
        }
        facts.push((words.panel.coverage, self.said(&assessment.coverage, rounding::share)));
        self.document.facts(facts);
        let mut table = grade_columns(Table::new(words.criterion), assessment);
        table = table.numbers(1, words.score).numbers(1, words.panel.effectiveness).text(1, words.panel.grade);
        let mut reasons = Reasons::default();
        for row in &assessment.criteria {
            let mut cells = vec![row.name.to_string()];
            cells.extend(memberships(&row.membership, &mut reasons));
            cells.push(reasons.show(&row.score, one));
            cells.push(reasons.show(&row.effectiveness, clearness));
            cells.push(reasons.show(&row.grade, one));
            table.row(row.depth, cells);
        }
        self.table(table, reasons);
        if let Some(sensitivity) = &assessment.sensitivity {
            self.operators_side_by_side(assessment, sensitivity);
            self.weights_that_matter(sensitivity);
            self.experts_left_out(sensitivity);
        }
    }

    /// Effectiveness, other operators, other weights, other experts in one line.
    pub(super) fn how_sure(&self, assessment: &AssessmentSection, effectiveness: &Value) -> String {
        let words = self.words;
        let mut parts = vec![fill(words.panel.sure_effectiveness, &[&self.said(effectiveness, clearness)])];
        if let Some(sensitivity) = &assessment.sensitivity {
            let operators = sensitivity.operators_agree;
            parts.extend(
                operators.map(|agree| {
                    if agree { words.panel.sure_operators } else { words.panel.unsure_operators }.to_owned()
                }),
            );
            match &sensitivity.smallest_move {
                // two grades tie, and the slightest change of these weights decides between them
                Some((Value::Number(smallest), of)) if smallest.is_zero() => {
                    parts.push(fill(words.panel.unsure_tie, &[&self.said(of, rounding::share)]));
                }
                Some((Value::Number(smallest), of)) => {
                    let of = self.said(of, rounding::share);
                    parts.push(fill(words.panel.unsure_weights, &[&rounding::share(*smallest), &of]));
                }
                None if !sensitivity.is_linear => parts.push(words.panel.untold_weights.to_owned()),
                Some(_) if whole_is_known(sensitivity) => parts.push(words.panel.sure_weights.to_owned()),
                _ => {}
            }
            if let Some(expert) = &sensitivity.only_expert {
                parts.push(fill(words.panel.unsure_only_expert, &[&layout::name(expert)]));
            }
            match &sensitivity.deciding_experts {
                Some(Value::Names(experts)) if experts.is_empty() => parts.push(words.panel.sure_experts.to_owned()),
                Some(Value::Names(experts)) => {
                    let experts: Vec<String> = experts.iter().map(|expert| layout::name(expert)).collect();
                    parts.push(fill(words.panel.unsure_experts, &[&experts.join(words.list_separator)]));
                }
                _ => {}
            }
        }
        parts.join(words.clause_separator)
    }

    fn operators_side_by_side(&mut self, assessment: &AssessmentSection, sensitivity: &SensitivitySection) {
        let words = self.words;
        self.document.subheading(words.panel.sensitivity_operators);
        let table = grade_columns(Table::new(words.panel.operator), assessment);
        let mut table = table.numbers(1, words.score).text(1, words.panel.grade);
        let mut reasons = Reasons::default();
        for verdict in &sensitivity.operators {
            let mut cells = vec![verdict.operator.to_owned()];
            // rows of most operators do not sum to 1, so their shares are rounded one by one
            cells.extend(verdict.membership.iter().map(|value| reasons.share(value)));
            cells.push(reasons.show(&verdict.score, one));
            cells.push(reasons.show(&verdict.grade, one));
            table.row(0, cells);
        }
        self.table(table, reasons);
    }

    /// Only the weights that can change the grade: of the others there is nothing to say.
    fn weights_that_matter(&mut self, sensitivity: &SensitivitySection) {
        let words = self.words;
        // where all siblings are judged, a weight is the one of the scorecard and is rounded with its siblings as there
        let card = self.report.scorecard.as_ref().map(|card| card.criteria.as_slice()).unwrap_or_default();
        let shares = super::scorecard::sibling_shares(card);
        let rounded = |of: &WeightMove| {
            let mut rows = card.iter().zip(&shares);
            let (_, share) = rows.find(|(row, _)| row.id == of.id && row.weight.as_ref() == Some(&of.weight))?;
            share.clone()
        };
        let matters = |of: &&WeightMove| of.up.number().is_some() || of.down.number().is_some();
        let moves: Vec<&WeightMove> = sensitivity.moves.iter().filter(matters).collect();
        if moves.is_empty() {
            return;
        }
        self.document.subheading(words.panel.sensitivity_weights);
        let mut table = Table::new(words.criterion).numbers(0, words.weight);
        table = table.numbers(1, words.panel.rises_by).text(1, words.panel.then_grade);
        table = table.numbers(2, words.panel.falls_by).text(2, words.panel.then_grade);
        let mut reasons = Reasons::default();
        for of in moves {
            let cells = vec![
                of.name.to_string(),
                rounded(of).unwrap_or_else(|| reasons.share(&of.weight)),
                reasons.share(&of.up),
                reasons.share(&of.up_grade),
                reasons.share(&of.down),
                reasons.share(&of.down_grade),
            ];
            table.row(0, cells);
        }
        self.table(table, reasons);
    }

    fn experts_left_out(&mut self, sensitivity: &SensitivitySection) {
        let words = self.words;
        if sensitivity.without.is_empty() {
            return;
        }
        self.document.subheading(words.panel.sensitivity_experts);
        let mut table = Table::new(words.panel.expert).numbers(0, words.score);
        table = table.text(0, words.panel.grade).text(0, words.panel.another_grade);
        let mut reasons = Reasons::default();
        for without in &sensitivity.without {
            let changes = without.changes.map_or(MISSING, |changes| if changes { words.yes } else { words.no });
            let score = reasons.show(&without.score, one);
            let grade = reasons.show(&without.grade, one);
            table.row(0, vec![without.expert.to_string(), score, grade, changes.to_owned()]);
        }
        self.table(table, reasons);
    }
}

fn one(number: Decimal) -> String {
    rounding::number(number, 1)
}

/// An effectiveness: from a hundred on it says no more than that the grade stands alone.
fn clearness(number: Decimal) -> String {
    if number > Decimal::ONE_HUNDRED { "> 100".to_owned() } else { rounding::number(number, 2) }
}

/// Whether the verdict itself has a value.
fn whole_is_known(sensitivity: &SensitivitySection) -> bool {
    sensitivity.operators_agree.is_some()
}

fn grade_columns(table: Table, assessment: &AssessmentSection) -> Table {
    assessment.grades.iter().fold(table, |table, (grade, _)| table.numbers(0, grade.as_str()))
}

/// A row of memberships as shares that add up.
fn memberships(row: &[Value], reasons: &mut Reasons) -> Vec<String> {
    let row: Vec<&Value> = row.iter().collect();
    let shares = shares_of_values(&row);
    let shown = row.iter().zip(shares).map(|(value, shown)| {
        let fallback = reasons.share(value);
        shown.unwrap_or(fallback)
    });
    shown.collect()
}
