//! The scorecard.

use super::*;

impl Sections<'_> {
    pub(super) fn scorecard(&mut self, card: &ScorecardSection) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let weights = sibling_shares(&card.criteria);
        if card.is_measured {
            match &self.report.period {
                Some(period) => self.document.heading(&fill(words.scorecard.scorecard_at, &[period])),
                None => self.document.heading(words.scorecard.scorecard),
            }
            let named = |row: &CriterionRow| !matches!(row.unit, Unit::Share | Unit::Number | Unit::Money);
            let with_units = card.criteria.iter().any(named);
            let mut table = Table::new(words.criterion).numbers(0, words.weight);
            if with_units {
                table = table.text(1, words.unit);
            }
            for head in [words.scorecard.base, words.scorecard.target, words.scorecard.actual] {
                table = table.numbers(1, head);
            }
            let with_points = card.criteria.iter().any(|row| row.points.is_some());
            let with_performance = card.criteria.iter().any(|row| row.performance.is_some());
            table = table.numbers(2, words.scorecard.progress);
            if with_performance {
                table = table.numbers(2, words.scorecard.performance);
            }
            table = table.numbers(2, words.score);
            if with_points {
                table = table.numbers(2, words.scorecard.points);
            }
            table = table.text(2, words.status);
            for (row, weight) in card.criteria.iter().zip(weights) {
                let mut cells = vec![row.name.to_string(), weight.unwrap_or_default()];
                if with_units {
                    cells.push(match &row.unit {
                        Unit::Custom(unit) => layout::unit(unit),
                        Unit::Years => words.unit_years.to_owned(),
                        _ => String::new(),
                    });
                }
                let plain = |reasons: &mut Reasons, value: &Value| {
                    reasons.show(value, |number| rounding::measured(number, &row.unit))
                };
                let target = match (&row.target, &row.band) {
                    (None, Some((low, high))) => {
                        format!("{}–{}", plain(&mut reasons, low), plain(&mut reasons, high))
                    }
                    (target, _) => target.as_ref().map(|value| plain(&mut reasons, value)).unwrap_or_default(),
                };
                cells.push(row.base.as_ref().map(|value| plain(&mut reasons, value)).unwrap_or_default());
                cells.push(target);
                let actual = row.word.as_ref().filter(|word| word.reason().is_none()).or(row.actual.as_ref());
                cells.push(actual.map(|value| plain(&mut reasons, value)).unwrap_or_default());
                cells.push(row.progress.as_ref().map(|value| reasons.share(value)).unwrap_or_default());
                if with_performance {
                    cells.push(row.performance.as_ref().map(|value| reasons.share(value)).unwrap_or_default());
                }
                cells.push(reasons.share(&row.score));
                if with_points {
                    let points = row.points.as_ref();
                    cells.push(
                        points
                            .map(|value| reasons.show(value, |points| rounding::number(points, 1)))
                            .unwrap_or_default(),
                    );
                }
                cells.push(match &row.status {
                    Value::Names(names) => names.iter().map(|name| words.status(name)).collect::<Vec<_>>().join("/"),
                    // the score beside it says why
                    _ => MISSING.to_owned(),
                });
                table.row(row.depth, cells);
            }
            self.table(table, reasons);
            self.counts_by_status(card);
        } else {
            self.document.heading(words.scorecard.criteria);
            let mut table =
                Table::new(words.criterion).numbers(0, words.weight).numbers(0, words.scorecard.global_weight);
            for (row, weight) in card.criteria.iter().zip(weights).filter(|(row, _)| row.depth > 0) {
                let global = row.global_weight.as_ref().map(|value| reasons.share(value)).unwrap_or_default();
                table.row(row.depth.saturating_sub(1), vec![row.name.to_string(), weight.unwrap_or_default(), global]);
            }
            self.table(table, reasons);
        }
        let structure = &self.report.structure;
        self.sides(structure);
        self.weights(card);
        if let Some(trend) = card.trend.as_ref().filter(|_| card.is_measured) {
            self.trend(trend);
        }
    }

    /// How many indicators have each status, the whole and each perspective.
    fn counts_by_status(&mut self, card: &ScorecardSection) {
        let words = self.words;
        let rows = card.criteria.iter().filter(|row| row.depth <= 1 && row.status_counts.len() > 1);
        let facts = rows.filter_map(|row| {
            let counts = row.status_counts.iter().filter_map(|(status, count)| {
                let count = count.number().filter(|count| !count.is_zero())?;
                Some(fill(words.scorecard.count_of_status, &[&count.normalize().to_string(), words.status(status)]))
            });
            let counts: Vec<String> = counts.collect();
            (!counts.is_empty()).then(|| (layout::name(&row.name), counts.join(words.list_separator)))
        });
        let facts: Vec<(String, String)> = facts.collect();
        if facts.len() > 1 {
            self.document.subheading(words.scorecard.indicators_by_status);
            self.document.facts(facts);
        }
    }
}

/// The weights of the criteria as shares that add up to 100 among siblings; `None` for the whole.
pub(super) fn sibling_shares(criteria: &[CriterionRow]) -> Vec<Option<String>> {
    let mut shown: Vec<Option<String>> = vec![None; criteria.len()];
    // criteria stand in document order, so the open groups are the last ones of each depth
    let mut open: Vec<Vec<usize>> = Vec::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, row) in criteria.iter().enumerate() {
        while open.len() > row.depth + 1 {
            groups.extend(open.pop());
        }
        open.resize(row.depth + 1, Vec::new());
        if let Some(siblings) = open.get_mut(row.depth) {
            siblings.push(index);
        }
    }
    groups.extend(open);
    for group in groups {
        let weights: Vec<(usize, &Value)> =
            group.into_iter().filter_map(|index| Some((index, criteria.get(index)?.weight.as_ref()?))).collect();
        let values: Vec<&Value> = weights.iter().map(|(_, value)| *value).collect();
        for ((index, _), share) in weights.iter().zip(shares_of_values(&values)) {
            if let Some(place) = shown.get_mut(*index) {
                *place = Some(share.unwrap_or_else(|| MISSING.to_owned()));
            }
        }
    }
    shown
}

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests {
    fn text(card: &str) -> String {
        let document = crate::yaml::Document::parse("x.yaml", &format!("appraise: 1\n{card}")).unwrap();
        document.appraisal().base().report().to_markdown()
    }

    #[test]
    fn performance_stands_beside_progress_where_there_is_any() {
        let card = "scorecard: {perspectives: {a: {base: 0, target: 100, min: 0, max: 200, actual: 50}}}";
        let shown = text(card);
        assert!(shown.contains("| Progress | Performance | Score |"), "{shown}");
        assert!(shown.contains("| 50.0 % | 25.0 % | 50.0 % |"), "{shown}");
        assert!(!text(&card.replace("min: 0, max: 200, ", "")).contains("Performance"));
    }

    #[test]
    fn what_needs_no_aim_has_no_progress_to_explain() {
        let shown = text("scorecard: {perspectives: {a: {scoring: {lookup: {none: 0%, full: 100%}}, actual: full}}}");
        assert!(!shown.contains("no value was given"), "{shown}");
    }

    #[test]
    fn a_whole_that_rules_give_no_status_has_none_in_short() {
        let card = "
scorecard:
  status: [{status: well, when: = actual > 1}, {status: badly}]
  perspectives: {a: {base: 0, target: 4, actual: 2}}
";
        let shown = text(card);
        assert!(shown.contains("50.0 %; 100.0 % of the weight has data"), "{shown}");
    }
}
