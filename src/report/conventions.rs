//! Every convention that changed a figure, as the report prints it.

use super::following;
use super::words::{Words, fill};
use crate::amount::Amount;
use crate::appraisal::{Draft, Language};
use crate::case::{CostLine, Flows, IrrPolicy, Losses, Plan, Terms, Timing, Valuation};
use crate::customers::{FirstMargin, Lifetime};
use crate::panel::{
    DataMethod, EvidenceCells, Operator, PriorityMethod, RankConversion, Sums, Weighing, WeightMethod, Weighting,
};
use crate::period::Period;
use crate::scorecard::{MissingPolicy, PayoutCurve, Scorecard};

/// A convention and the choice that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Convention {
    /// What there is to choose: `timing`.
    pub topic: &'static str,
    /// What was chosen, in words.
    pub choice: String,
}

/// What a report has to show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    /// Whether the scorecard has scores at all, and not only weights and votes.
    pub(super) is_measured: bool,
    /// The period of the scorecard that is evaluated.
    pub(super) period: Option<Period>,
    /// Whether any indicator is on a side.
    pub(super) has_sides: bool,
    /// Whether it was worked out how far the weights may move.
    pub(super) has_moves: bool,
    /// Whether experts were left out one by one.
    pub(super) has_left_out: bool,
}

pub(super) fn of(draft: &Draft, weighting: &Weighting, words: &Words, shown: Shown) -> Vec<Convention> {
    let Shown { is_measured, period, has_sides, has_moves, has_left_out } = shown;
    let mut conventions = Vec::new();
    let mut say = |topic, choice: String| conventions.push(Convention { topic, choice });
    if let Some(card) = draft.scorecard.as_ref().filter(|_| is_measured) {
        say("framework", card.framework.name().to_owned());
        say("score", following::scores(card, words));
        say("roll_up", following::roll_up(card, words));
        let missing = match card.missing {
            MissingPolicy::Exclude => words.conventions.by_exclude,
            MissingPolicy::Worst => words.conventions.by_worst,
            MissingPolicy::Fail => words.conventions.by_fail,
        };
        say("missing_scores", missing.to_owned());
        let bands: Vec<String> = card
            .status
            .iter()
            .map(|band| {
                let percent = band.from.checked_mul(rust_decimal::Decimal::ONE_HUNDRED).unwrap_or(band.from);
                fill(words.conventions.by_band, &[words.status(&band.name), &percent.normalize().to_string()])
            })
            .collect();
        let by_bands = || fill(words.conventions.by_bands, &[&bands.join(words.list_separator)]);
        say("status", following::status(card, words).unwrap_or_else(by_bands));
        for (topic, choice) in following::periods(card, period, words) {
            say(topic, choice);
        }
    }
    let is_chinese = draft.language == Language::Chinese;
    for (topic, choice) in draft.scorecard.iter().flat_map(|card| of_structure(card, weighting, words, is_chinese)) {
        say(topic, choice);
    }
    if has_sides {
        say("sides", words.conventions.by_sides.to_owned());
    }
    if draft.delphi.is_some() {
        say("quartiles", words.conventions.by_quartiles.to_owned());
        say("standard_deviation", words.conventions.by_standard_deviation.to_owned());
        say("kendall_w", words.conventions.by_kendall_w.to_owned());
        say("delphi_weights", words.conventions.by_delphi_weights.to_owned());
    }
    for (topic, choice) in of_groups(draft, weighting, words) {
        say(topic, choice);
    }
    if let Some(assessment) = &draft.assessment {
        let named = |operator: Operator| format!("{} {}", operator.name(), operator.formula());
        let exceptions = assessment.operators.iter();
        let exceptions = exceptions.map(|(item, operator)| fill(words.weights_under_is, &[item, &named(*operator)]));
        let operators: Vec<String> = [named(assessment.operator)].into_iter().chain(exceptions).collect();
        say("operator", operators.join(words.clause_separator));
        let normalised =
            if assessment.normalise { words.conventions.by_normalised } else { words.conventions.by_as_they_are };
        say("between_levels", normalised.to_owned());
        say("grade", words.conventions.by_grade.to_owned());
        let squared = assessment.exponent == 2;
        say(
            "panel_score",
            if squared { words.conventions.by_panel_score_squared } else { words.conventions.by_panel_score }
                .to_owned(),
        );
        if assessment.grade_bands.is_empty() {
            say("score_grade", words.conventions.by_nearest_grade.to_owned());
        } else {
            let bands = assessment.grade_bands.iter();
            let bands = bands
                .map(|band| fill(words.conventions.by_grade_band, &[&band.grade, &band.from.normalize().to_string()]));
            let bands = bands.collect::<Vec<_>>().join(words.list_separator);
            say("score_grade", fill(words.conventions.by_grade_bands, &[&bands]));
        }
        if !assessment.memberships.is_empty() {
            let sums = match assessment.sums {
                Sums::One => words.conventions.by_sums_one,
                Sums::Rounded => words.conventions.by_sums_rounded,
                Sums::Any => words.conventions.by_sums_any,
            };
            say("memberships", sums.to_owned());
        }
        if !assessment.ballots.is_empty() {
            let weighed = !draft.authority.is_empty();
            say(
                "ballots",
                if weighed { words.conventions.by_ballots_authority } else { words.conventions.by_ballots_equal }
                    .to_owned(),
            );
        }
        let moves = has_moves.then_some(words.conventions.by_moved_weights);
        let sensitivity: Vec<&str> =
            moves.into_iter().chain(has_left_out.then_some(words.conventions.by_left_out_experts)).collect();
        if !sensitivity.is_empty() {
            say("sensitivity", sensitivity.join(words.clause_separator));
        }
    }
    if let Some(incentive) = &draft.incentive {
        let is_linear = matches!(incentive.curve, PayoutCurve::Linear { .. });
        say(
            "payout_curve",
            if is_linear { words.conventions.by_payout_linear } else { words.conventions.by_payout_steps }.to_owned(),
        );
    }
    if draft.plans().any(|plan| !plan.is_empty()) {
        let timing = match draft.valuation.timing {
            Timing::End => words.conventions.by_timing,
            Timing::Middle => words.conventions.by_timing_middle,
            Timing::Quarterly => words.conventions.by_timing_quarterly,
            Timing::Monthly => words.conventions.by_timing_monthly,
            Timing::Continuous => words.conventions.by_timing_continuous,
        };
        let mut lines = draft.plans().flat_map(|plan| plan.costs.iter().flatten());
        let at_end = draft.valuation.timing != Timing::End && lines.any(CostLine::flows_at_end);
        let timing: Vec<&str> = [timing].into_iter().chain(at_end.then_some(words.conventions.by_at_end)).collect();
        say("timing", timing.join(words.clause_separator));
        if !draft.exchange_rates.is_empty() {
            say("exchange_rates", words.conventions.by_exchange_rates.to_owned());
        }
        if draft.valuation.inflation.is_some() {
            let named = |terms| match terms {
                Terms::Nominal => words.conventions.terms_nominal,
                Terms::Real => words.conventions.terms_real,
            };
            let Valuation { prices, rate_is, .. } = draft.valuation;
            say("inflation", fill(words.conventions.by_inflation, &[named(prices), named(rate_is)]));
        }
        let lines = || draft.plans().flat_map(|plan| plan.costs.iter().flatten());
        if lines().any(|line| line.phase.is_some()) {
            say("phases", words.conventions.by_phases.to_owned());
        }
        if draft.plans().any(|plan| plan.reserves.is_some()) {
            say("reserves", words.conventions.by_reserves.to_owned());
        }
        say("risk", words.conventions.by_risk.to_owned());
    }
    // alternatives may differ in it: each choice is said once
    let mut financed: Vec<&str> = Vec::new();
    for financing in draft.plans().filter_map(|plan| plan.financing.as_ref()) {
        let rate = match (&financing.rate, financing.loans.first()) {
            (Some(_), _) => words.conventions.by_financing_own,
            (None, Some(_)) => words.conventions.by_financing_loan,
            (None, None) => words.conventions.by_financing_discount,
        };
        if !financed.contains(&rate) {
            financed.push(rate);
            say("financing", rate.to_owned());
        }
    }
    let has_costs = draft.plans().any(|plan| plan.costs.is_some());
    let is_depreciated = draft.plans().any(Plan::is_depreciated);
    let is_returned = draft.plans().any(|plan| plan.costs.is_some() && plan.benefits.is_some());
    if is_returned {
        say("return_on_investment", words.conventions.by_return.to_owned());
    }
    if is_returned || !draft.cash_flows.is_empty() {
        let irr = match draft.valuation.irr {
            IrrPolicy::Only => words.conventions.by_irr,
            IrrPolicy::Lowest => words.conventions.by_irr_lowest,
            IrrPolicy::Highest => words.conventions.by_irr_highest,
            IrrPolicy::LowestNotNegative => words.conventions.by_irr_lowest_not_negative,
            IrrPolicy::HighestFalling => words.conventions.by_irr_highest_falling,
            IrrPolicy::Nearest(_) => words.conventions.by_irr_nearest,
        };
        let guess = match draft.valuation.irr {
            IrrPolicy::Nearest(guess) => crate::amount::percent(&guess),
            _ => String::new(),
        };
        say("internal_rate_of_return", fill(irr, &[&guess]));
        let rate = |stated: &Option<Amount>, own: &'static str| {
            if stated.is_some() { own } else { words.conventions.at_discount_rate }
        };
        let valuation = &draft.valuation;
        let rates = [
            rate(&valuation.finance_rate, words.conventions.at_finance_rate),
            rate(&valuation.reinvestment_rate, words.conventions.at_reinvestment_rate),
        ];
        say("modified_internal_rate_of_return", fill(words.conventions.by_mirr, &rates));
    }
    if is_returned {
        say("payback", words.conventions.by_payback.to_owned());
        for (by_books, said) in [(true, words.conventions.by_books), (false, words.conventions.by_outlay)] {
            let returns = |plan: &Plan| plan.costs.is_some() && plan.benefits.is_some();
            if draft.plans().any(|plan| returns(plan) && plan.is_depreciated() == by_books) {
                say("accounting_rate_of_return", said.to_owned());
            }
        }
        if draft.valuation.timing == Timing::End && (draft.tax.is_some() || is_depreciated) {
            say("value_added", words.conventions.by_value_added.to_owned());
        }
    }
    if is_depreciated {
        say("depreciation", words.conventions.by_depreciation.to_owned());
    }
    if let Some(tax) = draft.tax.as_ref().filter(|_| has_costs) {
        let losses = match tax.losses {
            Losses::Offset => words.conventions.by_tax_offset,
            Losses::CarryForward => words.conventions.by_tax_carry_forward,
            Losses::Forfeit => words.conventions.by_tax_forfeit,
        };
        say("tax", losses.to_owned());
    }
    if !draft.cash_flows.is_empty() {
        say("cash_flows", of_cash_flows(draft, words));
    }
    for (topic, choice) in of_customers(draft, words) {
        say(topic, choice);
    }
    say("rounding", words.conventions.by_rounding.to_owned());
    conventions
}

/// How the time of each cash flow is counted, and when it is paid back.
fn of_cash_flows(draft: &Draft, words: &Words) -> String {
    let flows = draft.cash_flows.iter().map(|flow| {
        let count = match &flow.flows {
            Flows::Dated { day_count, .. } => fill(words.conventions.by_days, &[day_count.name()]),
            Flows::Periodic { .. } => words.conventions.by_equal_periods.to_owned(),
        };
        fill(words.conventions.by_time_of, &[flow.name.as_deref().unwrap_or(&flow.id), &count])
    });
    let said: Vec<String> = flows.chain([words.conventions.by_timed_payback.to_owned()]).collect();
    said.join(words.clause_separator)
}

/// The conventions of economic value added and of the figures about customers.
fn of_customers(draft: &Draft, words: &Words) -> Vec<(&'static str, String)> {
    let mut said = Vec::new();
    if draft.economic_value_added.is_some() {
        said.push(("economic_value_added", words.conventions.by_capital_charge.to_owned()));
    }
    let Some(customers) = &draft.customers else { return said };
    if let Some(value) = &customers.lifetime_value {
        let first = match value.first_margin {
            FirstMargin::AfterAYear => words.conventions.by_first_after,
            FirstMargin::AtOnce => words.conventions.by_first_once,
        };
        let lifetime = match value.lifetime {
            Lifetime::Horizon => words.conventions.by_lifetime_horizon.to_owned(),
            Lifetime::Years(years) => fill(words.conventions.by_lifetime_years, &[&years.to_string()]),
            Lifetime::Perpetual => words.conventions.by_lifetime_perpetual.to_owned(),
        };
        said.push(("lifetime_value", [first, &lifetime, words.conventions.by_equity].join(words.clause_separator)));
    }
    let parts = [
        (customers.segmentation.is_some(), "segmentation", words.conventions.by_grid),
        (customers.states.is_some(), "customer_states", words.conventions.by_states),
        (!customers.compositions.is_empty(), "compositions", words.conventions.by_compositions),
    ];
    said.extend(parts.into_iter().filter(|(has, ..)| *has).map(|(_, topic, choice)| (topic, choice.to_owned())));
    said
}

/// The conventions of what goes beyond the tree itself.
fn of_structure(
    card: &Scorecard,
    weighting: &Weighting,
    words: &Words,
    is_chinese: bool,
) -> Vec<(&'static str, String)> {
    let mut said = Vec::new();
    let applied = weighting.methods.iter().any(|(_, method)| matches!(method, WeightMethod::LifeCycle { .. }));
    if let Some(stage) = card.stage.filter(|_| applied) {
        let listed = |weights: Vec<(&str, u32)>| {
            let weights = weights.into_iter().map(|(name, percent)| format!("{name} {percent} %"));
            weights.collect::<Vec<_>>().join(words.list_separator)
        };
        let named = |id: &'static str| {
            let part = card.framework.parts().iter().find(|part| part.id == id);
            part.map_or(id, |part| if is_chinese { part.chinese } else { part.english })
        };
        let perspectives = stage.perspective_weights(card.framework).iter();
        let perspectives = listed(perspectives.map(|(id, percent)| (named(id), *percent)).collect());
        let themes = stage.theme_weights().map(|(theme, percent)| (words.theme_name(theme), percent));
        let themes = card.has_themes().then(|| fill(words.conventions.by_stage_themes, &[&listed(themes.to_vec())]));
        let numbers: Vec<String> =
            [Some(perspectives), themes].into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let numbers = numbers.join(words.clause_separator);
        said.push(("stage", fill(words.conventions.by_stage, &[words.stage_name(stage.name()), &numbers])));
    }
    if !card.links.is_empty() {
        said.push(("links", words.conventions.by_links.to_owned()));
    }
    said
}

/// The conventions of the methods by which single groups are weighed, each once.
fn of_groups(draft: &Draft, weighting: &Weighting, words: &Words) -> Vec<(&'static str, String)> {
    let mut said: Vec<(&'static str, String)> = Vec::new();
    let has_gaps = weighting.groups.iter().flat_map(|group| &group.evidence).any(|evidence| match evidence {
        EvidenceCells::Ahp(cells) => {
            let experts = cells.experts.iter().map(|(_, matrix)| matrix);
            cells.group.iter().chain(experts).any(|matrix| matrix.missing > 0)
        }
        _ => false,
    });
    let mut waiting: Vec<&Weighing> = draft.weighing.iter().rev().map(|group| &group.weighing).collect();
    while let Some(weighing) = waiting.pop() {
        let mut found = Vec::new();
        match weighing {
            Weighing::Ahp(ahp) => {
                let method = match ahp.method {
                    PriorityMethod::Eigenvector => words.by_eigenvector,
                    PriorityMethod::GeometricMean => words.by_geometric_mean,
                    PriorityMethod::ColumnMean => words.by_column_mean,
                };
                let limit = crate::amount::percent(&ahp.cr_max);
                let source = ahp.random_index.source().trim_end_matches('.');
                let choice = fill(words.conventions.by_comparisons, &[method, source, &limit]);
                found.push(("pairwise_comparisons", choice));
                if has_gaps {
                    found.push(("pairwise_comparisons", words.conventions.by_gaps.to_owned()));
                }
            }
            Weighing::Ranks(ranks) => {
                let conversion = match ranks.conversion {
                    RankConversion::Centroid => words.by_centroid.to_owned(),
                    RankConversion::Sum => words.by_rank_sum.to_owned(),
                    RankConversion::Reciprocal => words.by_rank_reciprocal.to_owned(),
                    RankConversion::Exponent(exponent) => {
                        fill(words.by_rank_exponent, &[&exponent.normalize().to_string()])
                    }
                };
                found.push(("rank_weights", fill(words.conventions.by_ranks, &[&conversion])));
            }
            Weighing::Combination(both) => waiting.extend([&both.objective, &both.subjective]),
            Weighing::Equal | Weighing::Delphi | Weighing::Points(_) | Weighing::Data(_) => {}
        }
        for convention in found {
            if !said.contains(&convention) {
                said.push(convention);
            }
        }
    }
    for evidence in weighting.groups.iter().flat_map(|group| &group.evidence) {
        let EvidenceCells::Data(cells) = evidence else { continue };
        let method = match cells.method {
            DataMethod::Entropy => words.weights_entropy,
            DataMethod::Critic => words.weights_critic,
        };
        let choice = match (cells.keeps_costs, cells.is_scaled) {
            (true, _) => words.conventions.by_costs_kept,
            (false, true) => words.conventions.by_data,
            (false, false) => words.conventions.by_raw_data,
        };
        let convention = ("data_weights", fill(choice, &[method]));
        if !said.contains(&convention) {
            said.push(convention);
        }
    }
    said
}
