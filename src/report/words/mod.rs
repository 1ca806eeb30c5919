//! Every heading and fixed phrase of a report, in English and in Chinese, side by side.
//!
//! One macro line is one phrase, so a translation that is missing does not compile.

use super::labels::{chinese_label, is_own, is_own_of_alternative};
use crate::appraisal::Language;
use crate::case::{ALTERNATIVES, BEFORE_SUBJECT, Benchmark, Category, Deployment};
use crate::kernel::NoIrr;
use crate::model::{Cause, Label};
use crate::scorecard::KpiGroup;
use crate::scorecard::{Framework, Theme};
use std::borrow::Cow;
use std::sync::Arc;

/// The phrases of a part of the report; `{}` stands for what is filled in, in order.
macro_rules! words {
    ($($name:ident: $english:literal, $chinese:literal;)*) => {
        #[derive(Debug)]
        pub(in crate::report) struct Phrases {
            $(pub(in crate::report) $name: &'static str,)*
        }

        pub(super) const ENGLISH: Phrases = Phrases { $($name: $english,)* };
        pub(super) const CHINESE: Phrases = Phrases { $($name: $chinese,)* };

        #[cfg(test)]
        pub(super) const PAIRS: &[(&str, &str)] = &[$(($english, $chinese)),*];
    };
}

mod common;
mod conventions;
mod findings;
mod money;
mod panel;
mod reasons;
mod scorecard;
#[cfg(test)]
mod tests;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    label: fn(&str) -> Option<&'static str>,
    common: common::Phrases,
    pub(super) conventions: conventions::Phrases,
    pub(super) findings: findings::Phrases,
    pub(super) money: money::Phrases,
    pub(super) panel: panel::Phrases,
    pub(super) reasons: reasons::Phrases,
    pub(super) scorecard: scorecard::Phrases,
}

impl std::ops::Deref for Words {
    type Target = common::Phrases;

    /// What several parts of the report say.
    fn deref(&self) -> &Self::Target {
        &self.common
    }
}

const ENGLISH: Words = Words {
    label: |_| None,
    common: common::ENGLISH,
    conventions: conventions::ENGLISH,
    findings: findings::ENGLISH,
    money: money::ENGLISH,
    panel: panel::ENGLISH,
    reasons: reasons::ENGLISH,
    scorecard: scorecard::ENGLISH,
};
const CHINESE: Words = Words {
    label: chinese_label,
    common: common::CHINESE,
    conventions: conventions::CHINESE,
    findings: findings::CHINESE,
    money: money::CHINESE,
    panel: panel::CHINESE,
    reasons: reasons::CHINESE,
    scorecard: scorecard::CHINESE,
};

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    /// A status or a quality; names of the user's own stay as they are.
    pub(super) fn status<'a>(&'a self, name: &'a str) -> &'a str {
        match name {
            "red" => self.red,
            "amber" => self.amber,
            "green" => self.green,
            other => other,
        }
    }

    pub(super) fn deployment(&self, deployment: Deployment) -> &'static str {
        match deployment {
            Deployment::OnPremises => self.on_premises,
            Deployment::Hosted => self.hosted,
            Deployment::Cloud => self.cloud,
        }
    }

    pub(super) fn benchmark(&self, benchmark: &Benchmark) -> &'static str {
        (self.label)(benchmark.name).unwrap_or(benchmark.name)
    }

    /// The name of a phase; one of the user's own stays as it is.
    pub(super) fn phase<'a>(&self, name: &'a str) -> &'a str {
        match name {
            "Build" | "Run" | "Exit" => (self.label)(name).unwrap_or(name),
            own => own,
        }
    }

    pub(super) fn category(&self, category: Category) -> &'static str {
        match category {
            Category::Licences => self.licences,
            Category::Maintenance => self.maintenance,
            Category::Hardware => self.hardware,
            Category::Telecom => self.telecom,
            Category::ServiceProviders => self.service_providers,
            Category::VendorServices => self.vendor_services,
            Category::Staff => self.staff,
            Category::Other => self.other,
        }
    }

    pub(super) fn group(&self, group: KpiGroup) -> &'static str {
        match group {
            KpiGroup::Financial => self.group_financial,
            KpiGroup::Customer => self.group_customer,
            KpiGroup::InternalProcess => self.group_internal_process,
            KpiGroup::LearningGrowth => self.group_learning_growth,
            KpiGroup::ManagementEffect => self.group_management_effect,
            KpiGroup::SalesFunnel => self.group_sales_funnel,
            KpiGroup::Service => self.group_service,
            KpiGroup::Marketing => self.group_marketing,
        }
    }

    /// The kind of a benefit, by its name in a document.
    pub(super) fn kind(&self, name: &'static str) -> &'static str {
        match name {
            "revenue" => self.revenue,
            "saving" => self.saving,
            "avoidance" => self.avoidance,
            "intangible" => self.intangible,
            other => other,
        }
    }

    /// A principle of design, by its name in ids.
    pub(super) fn principle_of(&self, name: &'static str) -> &'static str {
        match name {
            "objectives" => self.principle_objectives,
            "finance" => self.principle_finance,
            "term" => self.principle_term,
            "nature" => self.principle_nature,
            "kind" => self.principle_kind,
            "people" => self.principle_people,
            "level" => self.principle_level,
            other => other,
        }
    }

    /// The name of a framework.
    pub(super) fn framework_name(&self, framework: Framework) -> &'static str {
        match framework {
            Framework::BalancedScorecard => self.balanced_scorecard,
            Framework::CrmIndexSystem => self.crm_index_system,
            Framework::PerformancePyramid => self.performance_pyramid,
            Framework::Custom => self.custom_framework,
        }
    }

    /// A stage in the life cycle, by its name in a document.
    pub(super) fn stage_name(&self, name: &'static str) -> &'static str {
        match name {
            "growth" => self.stage_growth,
            "sustain" => self.stage_sustain,
            "harvest" => self.stage_harvest,
            other => other,
        }
    }

    /// The indicators that are rolled up apart.
    pub(super) fn apart(&self, name: &'static str) -> &'static str {
        match name {
            "leading" => self.apart_leading,
            "lagging" => self.apart_lagging,
            "process_indicators" => self.apart_process,
            "effect_indicators" => self.apart_effect,
            other => other,
        }
    }

    /// One side of a principle.
    pub(super) fn side(&self, name: &'static str) -> &'static str {
        match name {
            "tied" => self.side_tied,
            "untied" => self.side_untied,
            "financial" => self.side_financial,
            "non_financial" => self.side_non_financial,
            "short_term" => self.side_short,
            "long_term" => self.side_long,
            "quantitative" => self.side_quantitative,
            "qualitative" => self.side_qualitative,
            "lagging" => self.side_lagging,
            "leading" => self.side_leading,
            "customer" => self.side_customer,
            "employee" => self.side_employee,
            "strategic" => self.side_strategic,
            "tactical" => self.side_tactical,
            other => other,
        }
    }

    /// What alternatives are ranked by, by its name in the ids of figures.
    pub(super) fn ranked_by(&self, measure: &'static str) -> &'static str {
        match measure {
            "npv" => self.ranked_npv,
            "increment_npv" => self.ranked_increment_npv,
            "equivalent_annual_value" => self.money.ranked_equivalent_annual_value,
            "roi" => self.ranked_roi,
            "benefit_cost_ratio" => self.ranked_benefit_cost_ratio,
            "irr" => self.ranked_irr,
            "payback" => self.ranked_payback,
            "discounted_payback" => self.ranked_discounted_payback,
            "cost_present_value" => self.ranked_cost_present_value,
            "equivalent_annual_cost" => self.money.ranked_equivalent_annual_cost,
            other => other,
        }
    }

    /// A financial theme.
    pub(super) fn theme_name(&self, theme: Theme) -> &'static str {
        match theme {
            Theme::Revenue => self.theme_revenue,
            Theme::Productivity => self.theme_productivity,
            Theme::Assets => self.theme_assets,
        }
    }

    /// How far an initiative has come, by its name in a document.
    pub(super) fn initiative_status(&self, name: &'static str) -> &'static str {
        match name {
            "planned" => self.initiative_planned,
            "running" => self.initiative_running,
            "done" => self.initiative_done,
            "stopped" => self.initiative_stopped,
            other => other,
        }
    }

    /// What a convention is about.
    pub(super) fn topic(&self, topic: &'static str) -> &'static str {
        match topic {
            "framework" => self.framework,
            "stage" => self.life_cycle,
            "links" => self.scorecard.links,
            "sides" => self.scorecard.sides,
            "score" => self.score,
            "roll_up" => self.roll_up,
            "missing_scores" => self.missing_scores,
            "periods" => self.topic_periods,
            "fiscal_year" => self.topic_fiscal_year,
            "aggregation" => self.topic_aggregation,
            "carry_forward" => self.topic_carry_forward,
            "moves_together" => self.topic_together,
            "expected_path" => self.topic_expected_path,
            "forecast" => self.scorecard.forecast,
            "status" => self.status,
            "quartiles" => self.quartiles,
            "standard_deviation" => self.standard_deviation,
            "kendall_w" => self.panel.kendall_w,
            "pairwise_comparisons" => self.pairwise_comparisons,
            "rank_weights" => self.rank_weights,
            "data_weights" => self.data_weights,
            "delphi_weights" => self.delphi_weights,
            "operator" => self.panel.operator,
            "between_levels" => self.between_levels,
            "grade" => self.panel.grade,
            "panel_score" => self.panel_score,
            "score_grade" => self.panel.score_grade,
            "memberships" => self.stated_memberships,
            "ballots" => self.ballots,
            "sensitivity" => self.sensitivity,
            "payout_curve" => self.scorecard.payout_curve,
            "timing" => self.timing,
            "tax" => self.money.tax,
            "value_added" => self.money.economic_value_added,
            "depreciation" => self.money.depreciation,
            "accounting_rate_of_return" => self.accounting_rate_of_return,
            "exchange_rates" => self.exchange_rates,
            "inflation" => self.inflation,
            "phases" => self.phases,
            "reserves" => self.topic_reserves,
            "financing" => self.financing_rate,
            "risk" => self.risk,
            "return_on_investment" => self.return_on_investment,
            "internal_rate_of_return" => self.money.irr,
            "modified_internal_rate_of_return" => self.mirr_short,
            "payback" => self.money.payback,
            "cash_flows" => self.cash_flows,
            "economic_value_added" => self.money.economic_value_added,
            "lifetime_value" => self.money.lifetime_value,
            "segmentation" => self.money.segmentation,
            "customer_states" => self.money.customer_states,
            "compositions" => self.compositions,
            "rounding" => self.rounding,
            other => other,
        }
    }

    /// What a row of evidence is.
    pub(super) fn evidence(&self, what: &'static str) -> &'static str {
        match what {
            "priorities" => self.row_priorities,
            "ranks" => self.row_ranks,
            "mean_ranks" => self.row_mean_ranks,
            "points" => self.row_points,
            "shares" => self.row_shares,
            "weights" => self.row_weights,
            "entropy" => self.row_entropy,
            "divergence" => self.row_divergence,
            "contrast" => self.row_contrast,
            "conflict" => self.row_conflict,
            "directions" => self.row_directions,
            "information" => self.row_information,
            "subjective" => self.row_subjective,
            "objective" => self.row_objective,
            other => other,
        }
    }

    /// The label of the figure of that id; names of the user's own stay as they are.
    pub(super) fn label(&self, id: &impl ToString, label: &Label) -> Label {
        let id = id.to_string();
        // of an alternative, its name stands before the subject
        let alternative = id.strip_prefix(ALTERNATIVES).and_then(|rest| rest.strip_prefix('.')?.split_once('.'));
        // one of several that are alike has its number behind the subject: `Financing, 3`
        let named = |subject: &str| {
            let whole = (self.label)(subject).map(str::to_owned);
            whole.or_else(|| {
                let (stem, number) = subject.rsplit_once(", ")?;
                let number: u32 = number.parse().ok()?;
                Some(format!("{}, {number}", (self.label)(stem)?))
            })
        };
        let subject = match (alternative, label.subject.rsplit_once(BEFORE_SUBJECT)) {
            (Some((_, id)), Some((name, subject))) => named(subject)
                .filter(|_| is_own(id) || is_own_of_alternative(id))
                .map(|subject| fill(self.money.of_alternative, &[name, &subject])),
            _ => named(&label.subject).filter(|_| is_own(&id)),
        };
        Label {
            subject: subject.map_or_else(|| Arc::clone(&label.subject), Arc::from),
            aspect: (self.label)(label.aspect).unwrap_or(label.aspect),
        }
    }

    /// Why there is no value.
    pub(super) fn cause(&self, cause: Cause) -> Cow<'static, str> {
        let fixed = match cause {
            Cause::NoData => self.reasons.because_no_data,
            Cause::NothingToShare => self.reasons.because_nothing_to_share,
            Cause::NotAnswered => self.reasons.because_not_answered,
            Cause::NotInvited => self.reasons.because_not_invited,
            Cause::DontKnow => self.reasons.because_dont_know,
            Cause::IncompleteAnswers => self.reasons.because_incomplete_answers,
            Cause::DifferentGroups => self.reasons.because_different_groups,
            Cause::TooLarge => self.reasons.because_too_large,
            Cause::NoEarlierRound => self.reasons.because_no_earlier_round,
            Cause::LeftOut => self.reasons.because_left_out,
            Cause::Unconnected => self.reasons.because_unconnected,
            Cause::NothingElse => self.reasons.because_nothing_else,
            Cause::NothingRedundant => self.reasons.because_nothing_redundant,
            Cause::NoConflict => self.reasons.because_no_conflict,
            Cause::NotMeasured => self.reasons.because_not_measured,
            Cause::NotJudged => self.reasons.because_not_judged,
            Cause::OneGrade => self.reasons.because_one_grade,
            Cause::NoMembership => self.reasons.because_no_membership,
            Cause::VerdictHolds => self.reasons.because_verdict_holds,
            Cause::TooFewValues { needed } => {
                return fill(self.reasons.because_too_few_values, &[&needed.to_string()]).into();
            }
            Cause::NothingMoves => self.reasons.because_nothing_moves,
            Cause::UnderScenario => self.reasons.because_under_scenario,
            Cause::DivisorMayBeZero => self.reasons.because_divisor_may_be_zero,
            Cause::RangeNotTold => self.reasons.because_range_not_told,
            Cause::OutsideRow => self.reasons.because_outside_row,
            Cause::YearNotMeasured => self.reasons.because_year_not_measured,
            Cause::NoRule => self.reasons.because_no_rule,
            Cause::NotPositive => self.reasons.because_not_positive,
            Cause::NoBenefits => self.reasons.because_no_benefits,
            Cause::NoCosts => self.reasons.because_no_costs,
            Cause::DivisionByZero => self.reasons.because_division_by_zero,
            Cause::Overflow => self.reasons.because_overflow,
            Cause::TooFew => self.reasons.because_too_few,
            Cause::RateTooLow => self.reasons.because_rate_too_low,
            Cause::Undefined => self.reasons.because_undefined,
            Cause::Irr(NoIrr::TooShort) => self.reasons.because_too_short,
            Cause::Irr(NoIrr::OneMoment) => self.reasons.because_one_moment,
            Cause::Irr(NoIrr::AllNegative) => self.reasons.because_all_negative,
            Cause::Irr(NoIrr::AllZero) => self.reasons.because_all_zero,
            Cause::Irr(NoIrr::NoSignChange) => self.reasons.because_no_sign_change,
            Cause::Irr(NoIrr::NoRoot) => self.reasons.because_no_root,
            Cause::Irr(NoIrr::OutOfRange) => self.reasons.because_out_of_range,
            Cause::Irr(NoIrr::Several { count }) => {
                return fill(self.reasons.because_several, &[&count.to_string()]).into();
            }
            Cause::NoFurtherRate => self.reasons.because_no_further_rate,
            Cause::SpreadAndAtOnce => self.reasons.because_spread_and_at_once,
            Cause::PaybackNotReached => self.reasons.because_payback_not_reached,
            Cause::PaybackLost { year, .. } => {
                return fill(self.reasons.because_payback_lost, &[&year.to_string()]).into();
            }
            Cause::NoLimit => self.reasons.because_no_limit,
            Cause::AllTied => self.reasons.because_all_tied,
        };
        fixed.into()
    }

    /// A number of years as a length of time.
    pub(super) fn length(&self, years: usize) -> String {
        if years == 1 { self.one_year.to_owned() } else { fill(self.years, &[&years.to_string()]) }
    }
}

/// A phrase with its places filled, in order; what is filled in is not looked at again.
pub(super) fn fill(phrase: &str, parts: &[&str]) -> String {
    let mut filled = String::new();
    let mut parts = parts.iter();
    for (position, fixed) in phrase.split("{}").enumerate() {
        if position > 0 {
            filled.push_str(parts.next().copied().unwrap_or_default());
        }
        filled.push_str(fixed);
    }
    filled
}
