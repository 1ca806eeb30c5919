//! How the weights came about: the method of each group, and what they were drawn from.

use super::*;
use crate::panel::{Aggregation, How, PriorityMethod, RankAggregation, RankConversion, WeightMethod};
use crate::report::{Consistency, WeightEvidence, WeightGroup};

impl Sections<'_> {
    /// The groups of each method, methods in the order in which they first appear, then the evidence of each group.
    pub(super) fn weights(&mut self, card: &ScorecardSection) {
        let words = self.words;
        let mut methods: Vec<(String, Vec<String>)> = Vec::new();
        let mut single: Vec<(String, String)> = Vec::new();
        for group in card.weights.iter().filter(|group| group.method != WeightMethod::OnlyChild) {
            let (label, name) = (self.label_of(group), layout::name(&group.name));
            if !group.evidence.is_empty() {
                let details = [Some(label), self.consistency_of(group)];
                let details: Vec<String> = details.into_iter().flatten().collect();
                single.push((name, details.join(words.clause_separator)));
                continue;
            }
            match methods.iter_mut().find(|(known, _)| *known == label) {
                Some((_, names)) => names.push(name),
                None => methods.push((label, vec![name])),
            }
        }
        if methods.is_empty() && single.is_empty() {
            return;
        }
        self.document.subheading(words.panel.weights);
        let methods = methods
            .into_iter()
            .map(|(label, names)| (label, fill(words.panel.weights_under, &[&names.join(words.list_separator)])));
        self.document.facts(single.into_iter().chain(methods));
        for group in &card.weights {
            for evidence in &group.evidence {
                self.evidence(group, evidence);
            }
        }
    }

    fn label_of(&self, group: &WeightGroup) -> String {
        let label = self.method(group.method);
        if group.parts.is_empty() {
            return label;
        }
        let parts: Vec<String> = group.parts.iter().map(|part| self.method(*part)).collect();
        fill(self.words.panel.weights_parts, &[&label, &parts.join(self.words.clause_separator)])
    }

    fn method(&self, method: WeightMethod) -> String {
        let words = self.words;
        let several = |label: String, aggregation: Option<&str>| match aggregation {
            Some(aggregation) => [&label, words.list_separator, aggregation].concat(),
            None => label,
        };
        match method {
            WeightMethod::Direct => words.panel.weights_direct.to_owned(),
            WeightMethod::Points => words.panel.weights_points.to_owned(),
            WeightMethod::Delphi { round } => fill(words.panel.weights_delphi, &[&round.to_string()]),
            WeightMethod::LifeCycle { stage } => {
                fill(words.panel.weights_life_cycle, &[words.stage_name(stage.name())])
            }
            WeightMethod::Equal => words.panel.weights_equal.to_owned(),
            WeightMethod::StatedEqual => words.panel.weights_stated_equal.to_owned(),
            WeightMethod::OnlyChild => words.panel.weights_only_child.to_owned(),
            WeightMethod::Ahp { method, aggregation } => {
                let drawn = match method {
                    PriorityMethod::Eigenvector => words.by_eigenvector,
                    PriorityMethod::GeometricMean => words.by_geometric_mean,
                    PriorityMethod::ColumnMean => words.by_column_mean,
                };
                let aggregation = aggregation.map(|aggregation| match aggregation {
                    Aggregation::Judgements => words.panel.by_judgements,
                    Aggregation::Priorities => words.panel.by_priorities,
                });
                several(fill(words.panel.weights_ahp, &[drawn]), aggregation)
            }
            WeightMethod::Ranks { conversion, aggregation } => {
                let converted = match conversion {
                    RankConversion::Centroid => words.by_centroid.to_owned(),
                    RankConversion::Sum => words.by_rank_sum.to_owned(),
                    RankConversion::Reciprocal => words.by_rank_reciprocal.to_owned(),
                    RankConversion::Exponent(exponent) => {
                        fill(words.by_rank_exponent, &[&exponent.normalize().to_string()])
                    }
                };
                let aggregation = aggregation.map(|aggregation| match aggregation {
                    RankAggregation::Weights => words.panel.by_mean_weights,
                    RankAggregation::Ranks => words.panel.by_mean_ranks,
                });
                several(fill(words.panel.weights_ranks, &[&converted]), aggregation)
            }
            WeightMethod::Allocation => words.panel.weights_allocation.to_owned(),
            WeightMethod::Swing => words.panel.weights_swing.to_owned(),
            WeightMethod::Entropy => words.weights_entropy.to_owned(),
            WeightMethod::Critic => words.weights_critic.to_owned(),
            WeightMethod::Combination { how: How::Linear { alpha } } => {
                fill(words.panel.weights_linear, &[&rounding::plain(alpha, &Unit::Share)])
            }
            WeightMethod::Combination { how: How::Multiplicative } => words.panel.weights_multiplicative.to_owned(),
        }
    }

    /// `consistency ratio 3.2 %; 3 experts; 1 of 6 comparisons missing`
    fn consistency_of(&self, group: &WeightGroup) -> Option<String> {
        let words = self.words;
        let found = group.evidence.iter().find(|evidence| !evidence.consistency.is_empty())?;
        let whole = found.consistency.iter().find(|consistency| consistency.expert.is_none());
        let experts = found.consistency.iter().filter(|consistency| consistency.expert.is_some()).count();
        let ratio = whole.map(|whole| fill(words.panel.with_ratio, &[&self.said(&whole.ratio, rounding::share)]));
        let experts = (experts > 0).then(|| fill(words.panel.with_experts, &[&experts.to_string()]));
        let missing = whole.filter(|whole| whole.missing > 0);
        let missing = missing
            .map(|whole| fill(words.panel.with_missing, &[&whole.missing.to_string(), &whole.pairs.to_string()]));
        let parts: Vec<String> = [ratio, experts, missing].into_iter().flatten().collect();
        Some(parts.join(words.clause_separator))
    }

    fn evidence(&mut self, group: &WeightGroup, evidence: &WeightEvidence) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let mut table = Table::new(&fill(words.panel.weights_under, &[&layout::name(&group.name)]));
        for name in &evidence.siblings {
            table = table.numbers(0, &**name);
        }
        for row in &evidence.rows {
            let what = words.evidence(row.what);
            let of = row.of.as_deref();
            let label = match of {
                Some(of) if row.what == "comparisons" => of.to_owned(),
                Some(of) => fill(words.panel.of_expert, &[what, of]),
                None => what.to_owned(),
            };
            let is_share = matches!(row.what, "priorities" | "weights" | "shares" | "subjective" | "objective");
            let shown = |number: Decimal| match row.what {
                _ if is_share => rounding::share(number),
                "ranks" | "mean_ranks" | "points" => rounding::plain(number, &Unit::Number),
                "comparisons" => rounding::number(number, 2),
                _ => rounding::number(number, 4),
            };
            let values = row.values.iter().map(|value| reasons.show(value, shown));
            table.row(0, [label].into_iter().chain(values).collect());
        }
        self.table(table, reasons);
        self.consistency(&evidence.consistency);
    }

    fn consistency(&mut self, consistency: &[Consistency]) {
        let words = self.words;
        if consistency.is_empty() {
            return;
        }
        let whose = |consistency: &Consistency| {
            consistency.expert.as_deref().map_or_else(|| words.whole_group.to_owned(), str::to_owned)
        };
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.panel.judgements_of)
            .numbers(0, words.panel.lambda_max)
            .numbers(0, words.panel.consistency_ratio);
        table = table.numbers(0, words.panel.gci).numbers(0, words.panel.missing_judgements);
        for one in consistency {
            let number = |reasons: &mut Reasons, value| reasons.show(value, |number| rounding::number(number, 3));
            let cells = vec![
                whose(one),
                number(&mut reasons, &one.lambda_max),
                reasons.share(&one.ratio),
                number(&mut reasons, &one.gci),
                one.missing.to_string(),
            ];
            table.row(0, cells);
        }
        self.table(table, reasons);
        if consistency.iter().all(|one| one.worst.is_empty()) {
            return;
        }
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.panel.judgements_of).text(0, words.panel.pair).numbers(0, words.panel.judged);
        table = table
            .numbers(0, words.panel.error_ratio)
            .numbers(0, words.panel.consistent)
            .numbers(0, words.panel.ratio_then);
        for one in consistency {
            for pair in &one.worst {
                let number = |reasons: &mut Reasons, value| reasons.show(value, |number| rounding::number(number, 2));
                let cells = vec![
                    whose(one),
                    fill(words.panel.over, &[&pair.item, &pair.over]),
                    number(&mut reasons, &pair.judgement),
                    number(&mut reasons, &pair.error),
                    number(&mut reasons, &pair.repair),
                    reasons.share(&pair.repaired_ratio),
                ];
                table.row(0, cells);
            }
        }
        self.table(table, reasons);
    }
}
