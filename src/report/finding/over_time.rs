//! What to know about a scorecard that is followed over periods.

use super::{Review, percent, short};
use crate::finding_code;
use crate::report::rounding;
use crate::report::words::fill;
use crate::scorecard::{FollowedCells, OverTimeReview, ROOT};
use rust_decimal::Decimal;

/// More indicators that move together are only counted: of a hundred that all rise there would be thousands of pairs.
const MOST_TOGETHER: usize = 20;

impl Review<'_> {
    pub(super) fn over_time(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let Some(review) = parts.review.as_ref().and_then(|review| review.over_time.as_ref()) else { return };
        self.moves_together(review);
        for cells in &review.indicators {
            self.followed(review, cells);
        }
        self.carried_forward();
    }

    fn moves_together(&mut self, review: &OverTimeReview) {
        let parts = self.outcome.appraisal().parts();
        let Some(limit) = self.number(review.moves_together) else { return };
        let found: Vec<_> = review
            .pairs
            .iter()
            .filter_map(|pair| Some((pair, self.number(pair.correlation)?)))
            .filter(|(_, correlation)| correlation.abs() >= limit)
            .collect();
        for (pair, correlation) in found.iter().take(MOST_TOGETHER) {
            let named = parts.criteria.get(pair.one).zip(parts.criteria.get(pair.other));
            let (Some((one, other)), Some(pairs)) = (named, self.number(pair.pairs)) else { continue };
            let parts = [&*one.name, &*other.name, &short(*correlation, 3), &pairs.to_string()];
            let message = fill(self.words.findings.found_together, &parts);
            self.find(finding_code::REVIEW_MOVES_TOGETHER, format!("{ROOT}.{}", one.id), message);
            self.because([pair.correlation, pair.pairs, review.moves_together]);
        }
        if found.len() > MOST_TOGETHER {
            let message =
                fill(self.words.findings.found_more_together, &[&found.len().to_string(), &MOST_TOGETHER.to_string()]);
            self.find(finding_code::REVIEW_MOVES_TOGETHER, ROOT, message);
            self.because([review.moves_together]);
        }
    }

    fn followed(&mut self, review: &OverTimeReview, cells: &FollowedCells) {
        let parts = self.outcome.appraisal().parts();
        let Some((listed, measured)) = parts.criteria.get(cells.index).zip(parts.scorecard.get(cells.index)) else {
            return;
        };
        let Some((measure, trend)) = measured.measure.and_then(|measure| Some((measure, measure.trend?))) else {
            return;
        };
        let (Some(plan), Some(target)) = (trend.plan, measure.target) else { return };
        let words = self.words;
        let shown = |review: &Self, cell| {
            review.number(cell).map_or_else(String::new, |number| rounding::plain(number, &listed.unit))
        };
        let holds = |review: &Self, cell| review.number(cell) == Some(Decimal::ONE);
        let at = |figure: &str| format!("{ROOT}.{}{figure}", listed.id);
        if holds(self, cells.below_year_before) {
            let parts = [&*listed.name, &shown(self, target), &shown(self, trend.year_before)];
            let message = fill(words.findings.found_below_year_before, &parts);
            self.find(finding_code::REVIEW_BELOW_YEAR_BEFORE, at(".target"), message);
            self.because(measure.base.into_iter().chain([target, trend.year_before]));
        }
        if holds(self, cells.never_reached)
            && let (Some(best), Some(periods)) = (self.number(cells.best), self.number(cells.periods))
        {
            let message =
                fill(words.findings.found_never_reached, &[&listed.name, &periods.to_string(), &percent(best)]);
            self.find(finding_code::REVIEW_NEVER_REACHED, at(".target"), message);
            self.because([cells.best, cells.periods, target]);
        }
        if holds(self, cells.forecast_short) {
            let ends = [plan.low, plan.high].map(|cell| shown(self, cell));
            let [low, high] = &ends;
            let message = fill(words.findings.found_forecast_short, &[&listed.name, low, high, &shown(self, target)]);
            self.find(finding_code::SCORECARD_FORECAST_SHORT, at(""), message);
            self.because([plan.forecast, plan.low, plan.high, target]);
        }
        if holds(self, cells.behind)
            && let (Some(progress), Some(expected)) =
                (self.number(measure.progress), self.number(plan.expected_progress))
        {
            let message = fill(words.findings.found_behind, &[&listed.name, &percent(progress), &percent(expected)]);
            self.find(finding_code::SCORECARD_BEHIND, at(""), message);
            self.because([measure.progress, plan.expected_progress, plan.ahead, review.behind_plan]);
        }
    }

    /// Values that stand in for those of the evaluated period.
    /// A fiscal year that began before the first period, where anything is told of it so far.
    pub(super) fn year_incomplete(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let Some(calendar) = &parts.calendar else { return };
        let is_told = parts.scorecard.iter().any(|cells| {
            cells.measure.and_then(|measure| measure.trend).is_some_and(|trend| trend.year_to_date.is_some())
        });
        let (Some(cell), Some(first)) = (calendar.year_to_date_lacks.filter(|_| is_told), calendar.periods.first())
        else {
            return;
        };
        let Some(lacks) = self.number(cell).filter(|lacks| !lacks.is_zero()) else { return };
        let message = fill(self.words.findings.found_year_incomplete, &[&first.to_string(), &short(lacks, 0)]);
        self.find(finding_code::SCORECARD_YEAR_INCOMPLETE, "scorecard.periods", message);
        self.because([cell]);
    }

    fn carried_forward(&mut self) {
        let appraisal = self.outcome.appraisal();
        let periods = appraisal.periods();
        let Some(now) = self.outcome.period() else { return };
        let Some(position) = periods.iter().position(|period| *period == now) else { return };
        let parts = appraisal.parts();
        let evaluation = self.outcome.evaluation();
        for (listed, cells) in parts.criteria.iter().zip(&parts.scorecard) {
            let Some(measure) = cells.measure.filter(|measure| self.number(measure.actual).is_some()) else { continue };
            let given = evaluation.model().find(&format!("{ROOT}.{}.by_period.given", listed.id));
            let Some(given) = given.filter(|given| given.entry.is_none()) else { continue };
            let known = evaluation.row(given.cell).iter().take(position.saturating_add(1));
            let last = known.zip(periods).rfind(|(value, _)| value.is_ok()).map(|(_, period)| *period);
            let Some(last) = last.filter(|last| *last != now) else { continue };
            let message = fill(self.words.findings.found_carried, &[&listed.name, &now.to_string(), &last.to_string()]);
            self.find(finding_code::SCORECARD_CARRIED, format!("{ROOT}.{}.actual", listed.id), message);
            self.because([measure.actual]);
        }
    }
}
