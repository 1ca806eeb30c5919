//! Every convention that changed a figure, as the report prints it.

use super::words::{Words, fill};
use crate::appraisal::Draft;
use crate::scorecard::MissingPolicy;

/// A convention and the choice that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Convention {
    /// What there is to choose: `timing`.
    pub topic: &'static str,
    /// What was chosen, in words.
    pub choice: String,
}

/// `is_measured` says whether the scorecard has scores at all, and not only weights and votes.
pub(super) fn of(draft: &Draft, words: &Words, is_measured: bool) -> Vec<Convention> {
    let mut conventions = Vec::new();
    let mut say = |topic, choice: String| conventions.push(Convention { topic, choice });
    if let Some(card) = draft.scorecard.as_ref().filter(|_| is_measured) {
        say("framework", card.framework.name().to_owned());
        say("score", words.by_score.to_owned());
        say("roll_up", words.by_roll_up.to_owned());
        let missing = match card.missing {
            MissingPolicy::Exclude => words.by_exclude,
            MissingPolicy::Worst => words.by_worst,
            MissingPolicy::Fail => words.by_fail,
        };
        say("missing_scores", missing.to_owned());
        let bands: Vec<String> = card
            .status
            .iter()
            .map(|band| {
                let percent = band.from.checked_mul(rust_decimal::Decimal::ONE_HUNDRED).unwrap_or(band.from);
                fill(words.by_band, &[words.status(&band.name), &percent.normalize().to_string()])
            })
            .collect();
        say("status", fill(words.by_bands, &[&bands.join(words.list_separator)]));
    }
    if draft.delphi.is_some() {
        say("quartiles", words.by_quartiles.to_owned());
        say("standard_deviation", words.by_standard_deviation.to_owned());
        say("kendall_w", words.by_kendall_w.to_owned());
        say("delphi_weights", words.by_delphi_weights.to_owned());
    }
    if let Some(assessment) = &draft.assessment {
        say("operator", format!("{} {}", assessment.operator.name(), assessment.operator.formula()));
        let normalised = if assessment.normalise { words.by_normalised } else { words.by_as_they_are };
        say("between_levels", normalised.to_owned());
        say("grade", words.by_grade.to_owned());
    }
    if draft.costs.is_some() || draft.benefits.is_some() {
        say("timing", words.by_timing.to_owned());
        say("risk", words.by_risk.to_owned());
    }
    if draft.costs.is_some() && draft.benefits.is_some() {
        say("return_on_investment", words.by_return.to_owned());
        say("internal_rate_of_return", words.by_irr.to_owned());
        say("payback", words.by_payback.to_owned());
    }
    say("rounding", words.by_rounding.to_owned());
    conventions
}
