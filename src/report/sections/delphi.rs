//! The rounds of the experts.

use super::*;

impl Sections<'_> {
    pub(super) fn delphi(&mut self) {
        let words = self.words;
        let report = self.report;
        if report.delphi.is_empty() {
            return;
        }
        self.document.heading(words.delphi);
        self.document.facts([(
            words.experts,
            report.experts.iter().map(|expert| layout::name(expert)).collect::<Vec<_>>().join(words.list_separator),
        )]);
        for round in &report.delphi {
            self.round(round);
        }
    }

    pub(super) fn round(&mut self, round: &DelphiRound) {
        let words = self.words;
        self.document.subheading(&fill(words.round, &[&round.number.to_string()]));
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.criterion);
        for head in [words.mean, words.median, words.q1, words.q3, words.iqr, words.sd, words.cv] {
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
        let concordance = |value: &Value| self.said(value, |w| rounding::number(w, 3));
        let mut w = vec![fill(words.kendall_all, &[&concordance(&round.kendall_w)])];
        // with one group only, the group and the whole are the same ranking
        let groups = round.groups.iter().filter(|_| round.groups.len() > 1);
        w.extend(groups.map(|(_, name, w)| fill(words.kendall_under, &[&concordance(w), &layout::name(name)])));
        self.table(table, reasons);
        let mut facts = vec![(words.kendall_w, w.join(words.clause_separator))];
        if !round.stop.is_empty() {
            let agreement = match round.consensus {
                Some(true) => words.consensus,
                Some(false) => words.no_consensus,
                None => words.consensus_unknown,
            };
            // whether to go on is a question only of the last round held
            let is_last = self.report.delphi.last().is_some_and(|last| last.number == round.number);
            let go_on = match round.may_stop {
                Some(true) => Some(words.may_stop),
                Some(false) => Some(words.another_round),
                None => None,
            };
            let verdict: Vec<&str> = [Some(agreement), go_on.filter(|_| is_last)].into_iter().flatten().collect();
            facts.push((words.verdict, verdict.join(words.clause_separator)));
        }
        self.stop_rule(&round.stop);
        self.document.facts(facts);
    }

    pub(super) fn stop_rule(&mut self, stop: &[StopVerdict]) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.stop_rule).numbers(0, words.value).numbers(0, words.limit).text(0, words.met);
        for criterion in stop {
            let (name, relation, shown): (_, _, fn(Decimal) -> String) = match criterion.criterion {
                "cv_max" => (words.stop_cv, "≤", rounding::share),
                "iqr_max" => (words.stop_iqr, "≤", |number| rounding::number(number, 2)),
                "w_min" => (words.stop_w, "≥", |number| rounding::number(number, 3)),
                "max_rounds" => (words.stop_rounds, "≥", |number| rounding::trimmed(number, 0)),
                other => (other, "", |number| rounding::trimmed(number, 4)),
            };
            let limit = reasons.show(&criterion.limit, shown);
            let met = match criterion.met {
                Some(true) => words.yes,
                // a bound on rounds that is not reached is no failure
                Some(false) if criterion.criterion == "max_rounds" => words.not_yet,
                Some(false) => words.no,
                None => MISSING,
            };
            let value = reasons.show(&criterion.value, shown);
            table.row(0, vec![name.to_owned(), value, format!("{relation} {limit}"), met.to_owned()]);
        }
        self.table(table, reasons);
    }
}
