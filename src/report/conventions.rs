//! Every convention that changed a figure, as the report prints it.

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
pub(super) fn of(draft: &Draft, is_measured: bool) -> Vec<Convention> {
    let mut conventions = Vec::new();
    let mut say = |topic, choice: String| conventions.push(Convention { topic, choice });
    if let Some(card) = draft.scorecard.as_ref().filter(|_| is_measured) {
        say("framework", card.framework.name().to_owned());
        say("score", "(actual - base) / (target - base), limited to 0..1; the progress is not limited".to_owned());
        say("roll-up", "weighted mean of the children".to_owned());
        let missing = match card.missing {
            MissingPolicy::Exclude => "exclude: left out, the other weights divided by their sum, level by level",
            MissingPolicy::Worst => "worst: counted as score 0",
            MissingPolicy::Fail => "fail: a parent of a missing score has none",
        };
        say("missing scores", missing.to_owned());
        let bands: Vec<String> = card
            .status
            .iter()
            .map(|band| {
                let percent = band.from.checked_mul(rust_decimal::Decimal::ONE_HUNDRED).unwrap_or(band.from);
                format!("{} from {} %", band.name, percent.normalize())
            })
            .collect();
        say("status", format!("{}; half-open bands of the score", bands.join(", ")));
    }
    if draft.delphi.is_some() {
        say("quartiles", "type 7, linear between order statistics, as in spreadsheets".to_owned());
        say("standard deviation", "n - 1".to_owned());
        say("Kendall's W", "mid-ranks, corrected for ties".to_owned());
        say("Delphi weights", "means of the last round that rated the siblings, divided by their sum".to_owned());
    }
    if let Some(assessment) = &draft.assessment {
        say("operator", format!("{} {}", assessment.operator.name(), assessment.operator.formula()));
        let normalised = if assessment.normalise { "each row is divided by its sum" } else { "rows go up as they are" };
        say("between levels", normalised.to_owned());
        say("grade", "maximum membership; ties are listed together".to_owned());
    }
    if draft.costs.is_some() || draft.benefits.is_some() {
        say("timing", "year 0 is not discounted, every later amount falls at the end of its year".to_owned());
        say(
            "risk",
            "costs raised and benefits cut line by line; unadjusted figures leave risk out everywhere".to_owned(),
        );
    }
    if draft.costs.is_some() && draft.benefits.is_some() {
        say("return on investment", "(benefits - costs) / costs".to_owned());
        say("internal rate of return", "the one rate above -100 % at which the net present value is 0".to_owned());
        say("payback", "linear inside the year".to_owned());
    }
    say("rounding", "none inside; half away from zero in print".to_owned());
    conventions
}
