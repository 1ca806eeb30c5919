//! What is paid for scores.

use super::*;

impl Sections<'_> {
    pub(super) fn incentive(&mut self, incentive: &IncentiveSection) {
        let words = self.words;
        self.money_heading(words.scorecard.incentive);
        let mut reasons = Reasons::default();
        let heads = incentive.curve.iter().map(|row| self.point(incentive, row));
        let heads: Vec<String> = heads.map(|point| fill(words.scorecard.payout_to_reach, &[&point])).collect();
        let mut table = Table::new(words.scorecard.payout_to).numbers(0, words.score);
        table = table
            .numbers(0, words.scorecard.payout_factor)
            .numbers(0, words.scorecard.target_pay)
            .numbers(0, words.scorecard.payout);
        for head in heads {
            table = table.numbers(1, head);
        }
        for row in &incentive.participants {
            let mut cells = vec![row.name.to_string(), reasons.share(&row.score), reasons.share(&row.factor)];
            cells.extend([reasons.money(&row.target_pay), reasons.money(&row.payout)]);
            // what was reached needs no more points
            cells.extend(row.to_reach.iter().map(|distance| match distance.number() {
                Some(points) if points.is_zero() => String::new(),
                _ => reasons.share(distance),
            }));
            table.row(0, cells);
        }
        let total = [&incentive.target_pay, &incentive.total].map(|value| reasons.money(value));
        let [target_pay, total] = total;
        table.total(vec![words.total.to_owned(), String::new(), String::new(), target_pay, total]);
        self.table(table, reasons);
        let curve = incentive.curve.iter().map(|row| {
            let share = |value| self.said(value, |share| rounding::plain(share, &Unit::Share));
            fill(words.scorecard.curve_point, &[&self.point(incentive, row), &share(&row.from), &share(&row.pays)])
        });
        let curve: Vec<String> = curve.collect();
        let mut facts = vec![(words.scorecard.payout_curve, curve.join(words.clause_separator))];
        if let [to_target, to_cap] = incentive.leverage.as_slice() {
            let slope = |value| self.said(value, |slope| rounding::number(slope, 2));
            facts.push((
                words.scorecard.payout_leverage,
                fill(words.scorecard.payout_leverage_text, &[&slope(to_target), &slope(to_cap)]),
            ));
        }
        facts.push((words.scorecard.largest_payout, self.said_money(&incentive.largest_total)));
        if let (Some(budget), Some(left), Some(used)) =
            (&incentive.budget, &incentive.budget_left, &incentive.budget_used)
        {
            let parts = [self.said_money(budget), self.said(used, rounding::share), self.said_money(left)];
            facts.push((
                words.scorecard.payout_budget,
                fill(words.scorecard.payout_budget_text, &parts.each_ref().map(String::as_str)),
            ));
        }
        self.document.facts(facts);
        self.document.subheading(words.scorecard.payout_one_point);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.criterion).numbers(0, words.score);
        table = table.numbers(0, words.scorecard.payout_point_more).numbers(0, words.scorecard.payout_point_less);
        for row in &incentive.scores {
            let moves = [&row.one_point_more, &row.one_point_less].map(|value| reasons.money(value));
            let [more, less] = moves;
            table.row(0, vec![row.name.to_string(), reasons.share(&row.score), more, less]);
        }
        self.table(table, reasons);
    }

    fn point(&self, incentive: &IncentiveSection, row: &PayoutRow) -> String {
        let words = self.words;
        match &*row.point {
            "threshold" if incentive.is_linear => words.scorecard.payout_threshold.to_owned(),
            "target" if incentive.is_linear => words.scorecard.payout_target.to_owned(),
            "cap" if incentive.is_linear => words.scorecard.payout_cap.to_owned(),
            step => fill(words.scorecard.payout_step, &[step]),
        }
    }
}
