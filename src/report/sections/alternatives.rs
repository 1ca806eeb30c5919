//! The alternatives side by side, their ranks, where the measures disagree, and whether the dearer one is worth it.

use super::*;
use crate::case::{RankedBy, WhyDifferent};
use crate::report::alternatives::{Disagreement, RankingSection};

impl Sections<'_> {
    pub(super) fn alternatives(&mut self) {
        if self.report.alternatives.is_empty() {
            return;
        }
        let words = self.words;
        let is_taxed = self.report.alternatives.iter().any(crate::report::AlternativeSection::is_taxed);
        self.money_heading(if is_taxed { words.money.alternatives_after_tax } else { words.money.alternatives });
        self.side_by_side();
        if let Some(ranking) = &self.report.ranking {
            self.ranks(ranking);
            self.disagreements(ranking);
        }
        self.over_the_baseline();
        if let Some(ranking) = &self.report.ranking {
            self.pairs(ranking);
        }
    }

    /// One column for each alternative.
    fn side_by_side(&mut self) {
        let (report, words) = (self.report, self.words);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.measure);
        let mut columns: Vec<Vec<(String, String)>> = Vec::new();
        let horizon = u32::try_from(self.horizon()).unwrap_or(u32::MAX);
        let has_lives = report.alternatives.iter().any(|alternative| alternative.life != horizon);
        for alternative in &report.alternatives {
            let name = layout::name(&alternative.name);
            let head = if alternative.is_baseline { fill(words.money.baseline_head, &[&name]) } else { name };
            table = table.numbers(0, head);
            let costs = alternative.costs.as_ref().map(|costs| &costs.total);
            let initial = alternative.costs.as_ref().map(|costs| &costs.initial);
            let benefits = alternative.benefits.as_ref().map(|benefits| &benefits.total);
            let of_costs = alternative.costs.as_ref().and_then(|costs| costs.result.as_ref());
            let result = alternative.case.as_ref().map_or(of_costs, |case| case.result.as_ref());
            let taxed = result.and_then(|result| result.taxed.as_ref());
            let after_tax = taxed.and_then(|taxed| Some(&taxed.costs.as_ref()?.present_value));
            let annual = alternative.equivalent_annual_cost.as_ref().filter(|_| has_lives);
            let totals = [
                (words.money.initial, initial),
                (words.money.costs_nominal, costs.map(|costs| &costs.nominal)),
                (words.money.costs_present, costs.map(|costs| &costs.present_value)),
                (words.money.benefits_present, benefits.map(|benefits| &benefits.present_value)),
            ];
            let shown = |value: Option<&Value>, reasons: &mut Reasons| {
                value.map_or_else(String::new, |value| reasons.money(value))
            };
            let totals = totals.into_iter().map(|(name, value)| {
                let name = if taxed.is_some() { fill(words.money.before_tax, &[name]) } else { name.to_owned() };
                (name, shown(value, &mut reasons))
            });
            let totals: Vec<(String, String)> = totals.collect();
            let mut column: Vec<(String, String)> = Vec::new();
            let named = |(name, shown): (&str, String)| (name.to_owned(), shown);
            if has_lives {
                column.push((
                    words.money.life.to_owned(),
                    words.length(usize::try_from(alternative.life).unwrap_or(usize::MAX)),
                ));
            }
            column.extend(totals);
            column.extend(after_tax.map(|cost| named((words.money.costs_after_tax_present, reasons.money(cost)))));
            column
                .extend(annual.map(|annual| named((words.money.ranked_equivalent_annual_cost, reasons.money(annual)))));
            if let Some(annual) = &alternative.equivalent_annual_value {
                column.push(named((words.money.ranked_equivalent_annual_value, reasons.money(annual))));
            }
            if let Some(case) = &alternative.case {
                if has_lives {
                    let annual = reasons.money(&case.compared().equivalent_annual_value);
                    column.push(named((words.money.ranked_equivalent_annual_value, annual)));
                }
                column.extend(self.measures(&mut reasons, case.compared()).map(named));
            }
            columns.push(column);
        }
        self.columns(table, &columns, reasons);
    }

    /// A table of which each column knows the names of its rows.
    fn columns<N: AsRef<str>>(&mut self, mut table: Table, columns: &[Vec<(N, String)>], reasons: Reasons) {
        let longest = columns.iter().max_by_key(|column| column.len());
        let names: Vec<&str> = longest.into_iter().flatten().map(|(name, _)| name.as_ref()).collect();
        for name in names {
            let values = columns.iter().map(|column| {
                let found = column.iter().find(|(known, _)| known.as_ref() == name);
                found.map(|(_, shown)| shown.clone()).unwrap_or_default()
            });
            let cells: Vec<String> = [name.to_owned()].into_iter().chain(values).collect();
            if cells.iter().skip(1).any(|cell| !cell.is_empty()) {
                table.row(0, cells);
            }
        }
        self.table(table, reasons);
    }

    fn ranks(&mut self, ranking: &RankingSection) {
        let words = self.words;
        self.document.subheading(words.money.ranks);
        let mut table = Table::new(words.money.measure);
        for alternative in &self.report.alternatives {
            table = table.numbers(0, layout::name(&alternative.name));
        }
        for row in &ranking.rows {
            let shown = row.ranks.iter().map(|rank| match rank {
                Value::Number(rank) => rounding::plain(*rank, &Unit::Ordinal),
                _ => MISSING.to_owned(),
            });
            let shown: Vec<String> = shown.collect();
            let name = words.ranked_by(row.measure);
            let name =
                if row.measure == ranking.headline { fill(words.money.decides, &[name]) } else { name.to_owned() };
            table.row(0, [name].into_iter().chain(shown).collect());
        }
        self.table(table, Reasons::default());
    }

    fn disagreements(&mut self, ranking: &RankingSection) {
        let told: Vec<String> = ranking.disagreements.iter().map(|told| disagreement(self.words, told)).collect();
        self.document.notes(told);
    }

    /// What each alternative is beyond the baseline, if there is one.
    fn over_the_baseline(&mut self) {
        let (report, words) = (self.report, self.words);
        let increments = report.alternatives.iter().filter_map(|one| Some((one, one.increment.as_ref()?)));
        let increments: Vec<_> = increments.collect();
        let Some(baseline) = report.alternatives.iter().find(|one| one.is_baseline).filter(|_| !increments.is_empty())
        else {
            return;
        };
        self.document.subheading(&fill(words.money.over_baseline, &[&layout::name(&baseline.name)]));
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.money.measure);
        let mut columns = Vec::new();
        for (alternative, increment) in increments {
            table = table.numbers(0, layout::name(&alternative.name));
            let mut column = vec![
                (words.money.extra_costs, reasons.money(&increment.costs.present_value)),
                (words.money.extra_benefits, reasons.money(&increment.benefits.present_value)),
            ];
            column.extend(self.measures(&mut reasons, &increment.measures));
            columns.push(column);
        }
        self.columns(table, &columns, reasons);
    }

    fn pairs(&mut self, ranking: &RankingSection) {
        const MOST: usize = 15;
        let words = self.words;
        if ranking.pairs.is_empty() {
            return;
        }
        self.document.subheading(words.money.worth_it);
        let mut reasons = Reasons::default();
        let table = Table::new(words.money.alternative).numbers(0, words.money.extra_initial);
        let mut table = table.numbers(0, words.money.npv_of_extra).numbers(0, words.money.crossover);
        for pair in ranking.pairs.iter().take(MOST) {
            // where both begin alike there is no dearer one
            let is_tie = pair.extra_initial.number().is_some_and(|extra| extra.is_zero());
            let name = if is_tie { words.money.as_dear_as } else { words.money.instead_of };
            let name = fill(name, &[&layout::name(&pair.dearer), &layout::name(&pair.cheaper)]);
            let (extra, npv) = (reasons.money(&pair.extra_initial), reasons.money(&pair.npv));
            let is_same = pair.is_same_at_any_rate && pair.npv.number().is_some_and(|npv| npv.is_zero());
            let crossover = match pair.is_same_at_any_rate {
                true if is_same => words.money.any_crossover.to_owned(),
                true => words.money.no_crossover.to_owned(),
                false => reasons.share(&pair.crossover),
            };
            table.row(0, vec![name, extra, npv, crossover]);
        }
        self.table(table, reasons);
        let hidden = ranking.pairs.len().saturating_sub(MOST);
        let mut notes = Vec::new();
        if hidden > 0 {
            notes.push(fill(words.and_more, &[&hidden.to_string()]));
        }
        let mut lives = self.report.alternatives.iter().map(|alternative| alternative.life);
        let first = lives.next();
        if lives.any(|life| Some(life) != first) {
            notes.push(words.money.nothing_follows.to_owned());
        }
        if !notes.is_empty() {
            self.document.notes(notes);
        }
    }

    /// Which alternative is preferred, and what disagrees.
    pub(super) fn preference(&self, ranking: &RankingSection) -> Option<String> {
        let words = self.words;
        let best = ranking.best.as_ref()?;
        let preferred: Vec<String> = ranking.preferred.iter().map(|name| layout::name(name)).collect();
        let preferred = preferred.join(words.list_separator);
        let text = fill(
            words.money.short_preferred_text,
            &[&preferred, words.ranked_by(ranking.headline), &self.said_money(best)],
        );
        let is_taxed = self.report.alternatives.iter().any(crate::report::AlternativeSection::is_taxed);
        let text = if is_taxed { fill(words.money.compared_after_tax, &[&text]) } else { text };
        let is_worth = [RankedBy::Npv, RankedBy::EquivalentAnnualValue].map(RankedBy::name).contains(&ranking.headline);
        // what brings nothing that is stated is worth less than nothing, and still one of them may be the right one
        let all_bring = self.report.alternatives.iter().all(|alternative| alternative.benefits.is_some());
        let loses = is_worth && all_bring && best.number().is_some_and(|best| best < Decimal::ZERO);
        let text = if loses { fill(words.money.short_none_pays, &[&text]) } else { text };
        let mut others: Vec<String> = Vec::new();
        let mut told: Vec<&str> = Vec::new();
        for disagreement in &ranking.disagreements {
            if told.contains(&&*disagreement.preferred) {
                continue;
            }
            told.push(&disagreement.preferred);
            let same = ranking.disagreements.iter().filter(|other| other.preferred == disagreement.preferred);
            let measures: Vec<&str> = same.map(|other| words.ranked_by(other.measure)).collect();
            let measures = measures.join(words.list_separator);
            others.push(fill(words.money.short_prefers, &[&measures, &layout::name(&disagreement.preferred)]));
        }
        Some([text].into_iter().chain(others).collect::<Vec<_>>().join(words.clause_separator))
    }
}

/// What a measure prefers, and why, in a sentence with the figures that show it.
pub(in crate::report) fn disagreement(words: &Words, told: &Disagreement) -> String {
    let figure = |value: &Value, measure: &str| {
        let unit = RankedBy::ALL.iter().find(|(name, _)| *name == measure).map(|(_, measure)| measure.unit());
        match (value, unit) {
            (Value::Number(number), Some(Unit::Money)) => rounding::money(*number),
            (Value::Number(number), Some(Unit::Share)) => rounding::share(*number),
            (Value::Number(number), Some(Unit::Years)) => fill(words.years, &[&rounding::number(*number, 1)]),
            (Value::Number(number), _) => rounding::number(*number, 2),
            _ => MISSING.to_owned(),
        }
    };
    let [preferred, instead] = [&told.preferred, &told.headline_preferred].map(|name| layout::name(name));
    let why = told.why.iter().map(|reason| {
        let shown = |place: usize, show: fn(Decimal) -> String| match reason.figures.get(place) {
            Some(Value::Number(number)) => show(*number),
            _ => MISSING.to_owned(),
        };
        let both = |text: &str, show| fill(text, &[&shown(0, show), &shown(1, show)]);
        let whole: fn(Decimal) -> String = |number| rounding::trimmed(number, 0);
        match reason.why {
            WhyDifferent::Scale => both(words.money.why_scale, rounding::money),
            WhyDifferent::LargerLoss => both(words.money.why_larger_loss, rounding::money),
            WhyDifferent::Timing => both(words.money.why_timing, rounding::share),
            WhyDifferent::OwnRate => {
                let rates = [0, 1, 2].map(|place| shown(place, rounding::share));
                fill(words.money.why_own_rate, &rates.each_ref().map(String::as_str))
            }
            WhyDifferent::AfterPayback => both(words.money.why_after_payback, |years| rounding::number(years, 1)),
            WhyDifferent::Lives => both(words.money.why_lives, whole),
            WhyDifferent::Benefits => {
                let is_a_year = RankedBy::EquivalentAnnualCost.name() == told.measure;
                let text = if is_a_year { words.money.why_benefits_a_year } else { words.money.why_benefits };
                // the dearer one is the one that is not preferred
                fill(text, &[&shown(1, rounding::money), &shown(0, rounding::money)])
            }
            WhyDifferent::NotRanked => {
                let is_missing = matches!(told.figures, [_, Value::Missing(_)]);
                let (who, what) = if is_missing { (&instead, told.measure) } else { (&preferred, told.headline) };
                fill(words.money.why_not_ranked, &[who, words.ranked_by(what)])
            }
        }
    });
    let why: Vec<String> = why.collect();
    let [own, other] = told.figures.each_ref().map(|value| figure(value, told.measure));
    let [theirs, best] = told.headline_figures.each_ref().map(|value| figure(value, told.headline));
    let named = [words.ranked_by(told.measure), &preferred, &own, &instead, &other];
    let head = fill(words.money.disagrees, &named);
    let head = fill(words.money.although, &[&head, words.ranked_by(told.headline), &best, &theirs]);
    fill(words.money.disagrees_because, &[&head, &why.join(words.clause_separator)])
}
