//! The rounds of the experts.

use super::*;

impl Sections<'_> {
    pub(super) fn delphi(&mut self) {
        let words = self.words;
        let report = self.report;
        if report.delphi.is_empty() {
            return;
        }
        self.document.heading(words.panel.delphi);
        let experts = report.experts.iter().map(|expert| match self.authority_of(expert) {
            Some(authority) => fill(words.panel.expert_with_authority, &[&layout::name(expert), &authority]),
            None => layout::name(expert),
        });
        let experts: Vec<String> = experts.collect();
        self.document.facts([(words.panel.experts, experts.join(words.list_separator))]);
        for round in &report.delphi {
            self.round(round);
        }
    }

    pub(super) fn round(&mut self, round: &DelphiRound) {
        let words = self.words;
        self.document.subheading(&fill(words.panel.round, &[&round.number.to_string()]));
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.criterion);
        for head in [
            words.panel.mean,
            words.panel.median,
            words.panel.q1,
            words.panel.q3,
            words.panel.iqr,
            words.panel.sd,
            words.panel.cv,
        ] {
            table = table.numbers(0, head);
        }
        let two = |number| rounding::number(number, 2);
        for item in &round.items {
            let mut cells = vec![item.name.to_string()];
            let statistics = [&item.mean, &item.median, &item.q1, &item.q3, &item.iqr, &item.sd];
            cells.extend(statistics.map(|value| reasons.show(value, two)));
            cells.push(reasons.share(&item.cv));
            table.row(0, cells);
        }
        self.table(table, reasons);
        self.agreement(round);
        let mut facts = Vec::new();
        // a panel that everybody answered needs no line about it
        if round.response_rate != Value::Number(Decimal::ONE) {
            facts.push((words.panel.response_rate, self.said(&round.response_rate, rounding::share)));
        }
        if !round.not_asked.is_empty() {
            let names: Vec<String> = round.not_asked.iter().map(|expert| layout::name(expert)).collect();
            facts.push((words.panel.not_asked, names.join(words.list_separator)));
        }
        for (label, dont_know) in [(words.panel.no_answer, false), (words.panel.do_not_know, true)] {
            let open = self.left_open(round, dont_know);
            if !open.is_empty() {
                facts.push((label, open.join(words.clause_separator)));
            }
        }
        facts.push((words.panel.kendall_w, fill(words.panel.kendall_all, &[&self.concordance(&round.concordance)])));
        // with one group only, the group and the whole are the same ranking
        for group in round.groups.iter().filter(|_| round.groups.len() > 1) {
            let w = self.concordance(&group.concordance);
            facts.push(("", fill(words.panel.kendall_under, &[&w, &layout::name(&group.name)])));
        }
        if let Some(movement) = &round.movement {
            let said = |value: &Value| self.said(value, rounding::share);
            let rho = self.said(&movement.rank_correlation, |rho| rounding::number(rho, 3));
            let moved = fill(words.panel.movement, &[&said(&movement.changed), &rho, &said(&movement.weight_change)]);
            facts.push((words.panel.since_the_round_before, moved));
        }
        for (position, reason) in round.reasons.iter().enumerate() {
            let label = if position == 0 { words.panel.reasons } else { "" };
            let text = layout::tidy(&reason.text, 300);
            facts.push((label, fill(words.panel.reason_about, &[&layout::name(&reason.name), &text])));
        }
        if let Some(screening) = &round.screening {
            let mean = self.said(&screening.mean_min, |mean| rounding::number(mean, 2));
            let said = |value: &Value| self.said(value, rounding::share);
            let kept = fill(
                words.panel.screening_limits,
                &[&mean, &said(&screening.full_score_min), &said(&screening.cv_max)],
            );
            facts.push((words.panel.screening, kept));
        }
        if !round.stop.is_empty() {
            let is_about = |about| round.stop.iter().any(|criterion| criterion.about == about);
            let agreement = match round.consensus {
                Some(true) => words.panel.consensus,
                Some(false) => words.panel.no_consensus,
                None => words.panel.consensus_unknown,
            };
            let stability = match round.stable {
                _ if round.movement.is_none() => words.panel.nothing_before,
                Some(true) => words.panel.stable,
                Some(false) => words.panel.not_stable,
                None => words.panel.stability_unknown,
            };
            let agreement = Some(agreement).filter(|_| is_about("agreement"));
            let stability = Some(stability).filter(|_| is_about("stability"));
            // whether to go on is a question only of the last round held
            let is_last = self.report.delphi.last().is_some_and(|last| last.number == round.number);
            let go_on = match round.may_stop {
                Some(true) => Some(words.panel.may_stop),
                Some(false) => Some(words.panel.another_round),
                None => None,
            };
            let verdict: Vec<&str> = [agreement, stability, go_on.filter(|_| is_last)].into_iter().flatten().collect();
            if !verdict.is_empty() {
                facts.push((words.verdict, verdict.join(words.clause_separator)));
            }
        }
        self.stop_rule(&round.stop);
        self.document.facts(facts);
    }

    /// Who left what open: `controller: Learning and growth`.
    fn left_open(&self, round: &DelphiRound, dont_know: bool) -> Vec<String> {
        let mut open: Vec<(&str, Vec<String>)> = Vec::new();
        for question in round.open.iter().filter(|question| question.dont_know == dont_know) {
            let name = layout::name(&question.name);
            match open.last_mut() {
                Some((expert, names)) if *expert == question.expert => names.push(name),
                _ => open.push((&question.expert, vec![name])),
            }
        }
        let open = open.into_iter().map(|(expert, names)| {
            fill(self.words.about, &[&layout::name(expert), &names.join(self.words.list_separator)])
        });
        open.collect()
    }

    /// The coefficient of an expert, where authority is given.
    fn authority_of(&self, expert: &str) -> Option<String> {
        let authority = self.report.authority.iter().find(|authority| &*authority.expert == expert)?;
        Some(self.said(&authority.coefficient, |coefficient| rounding::number(coefficient, 2)))
    }

    /// W with its tests.
    fn concordance(&self, concordance: &Concordance) -> String {
        let words = self.words;
        let w = self.said(&concordance.w, |w| rounding::number(w, 3));
        let p = |value: &Value| self.said(value, rounding::p_value);
        let tests = [&concordance.p, &concordance.f_p].iter().all(|value| matches!(value, Value::Number(_)));
        let is_number = |value: &Value| matches!(value, Value::Number(_));
        let w = if is_number(&concordance.w) && !is_number(&concordance.chi_square) {
            // the tests have no value because answers are missing, and then W itself is an estimate
            fill(words.panel.from_pairs, &[&w])
        } else {
            w
        };
        match (tests, &concordance.permutation_p) {
            (true, None) => fill(words.panel.tested, &[&w, &p(&concordance.p), &p(&concordance.f_p)]),
            (true, Some(by_permutation)) => {
                let [by_chi_square, by_f, by_permutation] = [&concordance.p, &concordance.f_p, by_permutation].map(p);
                fill(words.panel.tested_three_ways, &[&w, &by_chi_square, &by_f, &by_permutation])
            }
            (false, Some(by_permutation)) => fill(words.panel.permuted, &[&w, &p(by_permutation)]),
            (false, None) => w,
        }
    }

    /// Place and agreement of every item, and how far it moved since the round before.
    fn agreement(&mut self, round: &DelphiRound) {
        let words = self.words;
        let has = |part: fn(&RatedItem) -> bool| round.items.iter().any(part);
        let authority = has(|item| item.weighted_mean.is_some());
        let agreement = has(|item| item.agreement.is_some());
        let movement = has(|item| item.stability.is_some());
        let weight = has(|item| item.stability.as_ref().is_some_and(|moved| moved.weight_change.is_some()));
        let keep = has(|item| item.keep.is_some());
        let heads = [
            (true, words.panel.answers),
            (authority, words.panel.weighted_mean),
            (true, words.panel.standing),
            (true, words.panel.full_scores),
            (agreement, words.panel.agree),
            (movement, words.panel.changed),
            (movement, words.panel.wilcoxon_p),
            (movement, words.panel.cv_change),
            (weight, words.panel.weight_change),
        ];
        let mut table = Table::new(words.criterion);
        for (_, head) in heads.iter().filter(|(shown, _)| *shown) {
            table = table.numbers(0, *head);
        }
        if keep {
            table = table.text(0, words.panel.keep);
        }
        let mut reasons = Reasons::default();
        let none = || MISSING.to_owned();
        for item in &round.items {
            let mut cells = vec![item.name.to_string()];
            let mut show = |shown: bool, value: Option<&Value>, how: fn(Decimal) -> String| {
                if shown {
                    cells.push(value.map_or_else(none, |value| reasons.show(value, how)));
                }
            };
            let moved = item.stability.as_ref();
            show(true, Some(&item.n), |n| rounding::trimmed(n, 0));
            show(authority, item.weighted_mean.as_ref(), |mean| rounding::number(mean, 2));
            show(true, item.place.as_ref(), |place| rounding::trimmed(place, 1));
            show(true, Some(&item.full_score_rate), rounding::share);
            show(agreement, item.agreement.as_ref(), rounding::share);
            show(movement, moved.map(|moved| &moved.changed), rounding::share);
            show(movement, moved.map(|moved| &moved.wilcoxon_p), rounding::p_value);
            show(movement, moved.map(|moved| &moved.cv_change), rounding::signed_share);
            show(weight, moved.and_then(|moved| moved.weight_change.as_ref()), rounding::signed_share);
            if keep {
                let kept = match &item.keep {
                    Some(Value::Number(kept)) if kept.is_zero() => words.no,
                    Some(Value::Number(_)) => words.yes,
                    _ => MISSING,
                };
                cells.push(kept.to_owned());
            }
            table.row(0, cells);
        }
        self.table(table, reasons);
    }

    pub(super) fn stop_rule(&mut self, stop: &[StopVerdict]) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let mut table =
            Table::new(words.panel.stop_rule).numbers(0, words.value).numbers(0, words.limit).text(0, words.panel.met);
        for criterion in stop {
            let (name, relation, shown): (_, _, fn(Decimal) -> String) = match criterion.criterion {
                "cv_max" => (words.panel.stop_cv, "≤", rounding::share),
                "iqr_max" => (words.panel.stop_iqr, "≤", |number| rounding::number(number, 2)),
                "w_min" => (words.panel.stop_w, "≥", |number| rounding::number(number, 3)),
                "w_p_max" => (words.panel.stop_w_p, "≤", rounding::p_value),
                "agreement_min" => (words.panel.stop_agreement, "≥", rounding::share),
                "stable_within" => (words.panel.stop_changed, "≤", rounding::share),
                "weight_change_max" => (words.panel.stop_weight_change, "≤", rounding::share),
                "rank_correlation_min" => {
                    (words.panel.stop_rank_correlation, "≥", |number| rounding::number(number, 3))
                }
                "wilcoxon_p_min" => (words.panel.stop_wilcoxon, "≥", rounding::p_value),
                "max_rounds" => (words.panel.stop_rounds, "≥", |number| rounding::trimmed(number, 0)),
                other => (other, "", |number| rounding::trimmed(number, 4)),
            };
            let limit = reasons.show(&criterion.limit, shown);
            let met = match criterion.met {
                Some(true) => words.yes,
                // a bound on rounds that is not reached is no failure
                Some(false) if criterion.criterion == "max_rounds" => words.panel.not_yet,
                Some(false) => words.no,
                None => MISSING,
            };
            let value = reasons.show(&criterion.value, shown);
            table.row(0, vec![name.to_owned(), value, format!("{relation} {limit}"), met.to_owned()]);
        }
        self.table(table, reasons);
    }
}
