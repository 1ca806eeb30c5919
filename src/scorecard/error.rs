//! What can be wrong with a scorecard, and what to type instead.

use crate::model::is_name;
use rust_decimal::Decimal;

/// What can be wrong with a scorecard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScorecardError {
    /// An id that formulas and figure names cannot hold.
    #[error("`{id}` cannot be an id")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// An id that the names of figures need for themselves.
    #[error("`{id}` is reserved for a figure")]
    ReservedId {
        /// The id as written.
        id: String,
    },
    /// Two criteria, or a criterion and an assumption, of one id.
    #[error("`{id}` is the id of two things")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A group without children.
    #[error("`{id}` has nothing under it")]
    EmptyGroup {
        /// The group.
        id: String,
    },
    /// A group that is also measured.
    #[error("`{id}` has criteria under it, so it is not measured itself")]
    MeasuredGroup {
        /// The group.
        id: String,
    },
    /// A base equal to its target.
    #[error("the target of `{id}` is its base, so no progress can be told")]
    TargetIsBase {
        /// The indicator.
        id: String,
    },
    /// A target in the other direction than is said to be better.
    #[error("the target of `{id}` lies on the other side of its base than `direction` says")]
    DirectionOfTarget {
        /// The indicator.
        id: String,
    },
    /// A band whose ends are swapped or equal.
    #[error("the band of `{id}` does not run from low to high")]
    BandOrder {
        /// The indicator.
        id: String,
    },
    /// A band without a base and without a tolerance.
    #[error("the band of `{id}` does not say how far outside it the score is 0")]
    BandWithoutTolerance {
        /// The indicator.
        id: String,
    },
    /// A base inside its band, or a tolerance that is not positive.
    #[error("the tolerance of `{id}` leaves no room outside its band")]
    BandTolerance {
        /// The indicator.
        id: String,
    },
    /// Status bands that do not rise from zero.
    #[error("status bands start at 0 and rise to at most 1")]
    StatusOrder,
    /// Two statuses of one name.
    #[error("`{name}` is the name of two statuses")]
    StatusTwice {
        /// The name.
        name: String,
    },
    /// More statuses than anybody can tell apart.
    #[error("there are {found} statuses, more than {most}")]
    TooManyStatuses {
        /// How many there are.
        found: usize,
        /// The most there can be.
        most: usize,
    },
    /// A rule that hides all that follow.
    #[error("`{name}` holds always, so no rule after it is ever reached")]
    StatusNeverReached {
        /// The status.
        name: String,
    },
    /// A score that begins no status.
    #[error("`{name}` begins at a score that is no share or begins another status")]
    StatusFrom {
        /// The status.
        name: String,
    },
    /// A scale of points that nobody uses.
    #[error("a full score of {points} points makes no scale")]
    Points {
        /// The points as written.
        points: Decimal,
    },
    /// A way of scoring without the values it needs.
    #[error("`{id}` is scored by `{scoring}`, which needs `{what}`")]
    ScoringNeeds {
        /// The indicator.
        id: String,
        /// The way of scoring.
        scoring: &'static str,
        /// What is missing.
        what: &'static str,
    },
    /// A score that is no share.
    #[error("`{id}` gives a score of {}", crate::amount::percent(.score))]
    ScoreOutOfRange {
        /// The indicator.
        id: String,
        /// The score as written.
        score: Decimal,
    },
    /// Steps of a score that do not rise.
    #[error("the steps of `{id}` do not rise from one to the next")]
    StepOrder {
        /// The indicator.
        id: String,
    },
    /// A steepness that makes no curve.
    #[error("a steepness of {steepness} makes no curve of the score of `{id}`")]
    Steepness {
        /// The indicator.
        id: String,
        /// The steepness as written.
        steepness: Decimal,
    },
    /// A word where numbers are scored.
    #[error("`{word}` is a word, but the score of `{id}` is made of numbers")]
    WordNotScored {
        /// The indicator.
        id: String,
        /// The word as written.
        word: String,
    },
    /// A word that has no score.
    #[error("`{word}` has no score")]
    UnknownWord {
        /// The word as written.
        word: String,
        /// The known word nearest to it.
        nearest: Option<String>,
        /// The words that have one.
        known: String,
    },
    /// Words and numbers for one value.
    #[error("`{id}` has an actual value in numbers and one in words")]
    NumberAndWord {
        /// The indicator.
        id: String,
    },
    /// A number where words are scored.
    #[error("`{id}` is scored by words, and its actual value is a number")]
    NumberNotScored {
        /// The indicator.
        id: String,
        /// The words that have a score.
        known: String,
    },
    /// A number that is neither yes nor no.
    #[error("`{id}` is answered by yes or no, not by {}", .value.normalize())]
    NotYesOrNo {
        /// The indicator.
        id: String,
        /// The number as written.
        value: Decimal,
    },
    /// A word that is empty or has two scores, or no word at all.
    #[error("the words of `{id}` do not each have a name of their own")]
    WordsOfScores {
        /// The indicator.
        id: String,
    },
    /// A stretch target on the wrong side.
    #[error("the stretch target of `{id}` does not lie beyond its target")]
    StretchOrder {
        /// The indicator.
        id: String,
    },
    /// A stretch target beyond nothing.
    #[error("`{id}` has a stretch target and no target")]
    StretchWithoutTarget {
        /// The indicator.
        id: String,
    },
    /// A scale whose ends are swapped or equal.
    #[error("the scale of `{id}` does not rise from `min` to `max`")]
    ScaleOrder {
        /// The indicator.
        id: String,
    },
    /// A scale with one end.
    #[error("the scale of `{id}` has one end")]
    HalfAScale {
        /// The indicator.
        id: String,
    },
    /// A red flag at the goal.
    #[error("the floor of `{id}` is its target")]
    FloorIsTarget {
        /// The indicator.
        id: String,
    },
    /// A list that does not have one entry a period.
    #[error("the list has {found} entries for {expected} periods")]
    PeriodEntries {
        /// How many entries it has.
        found: usize,
        /// How many periods there are.
        expected: usize,
    },
    /// A roll-up of one that has nothing below it.
    #[error("`{id}` has nothing below it whose scores could be rolled up")]
    RollUpOfNothing {
        /// The criterion.
        id: String,
    },
    /// Something about periods in a scorecard that has none.
    #[error("`{key}` is about periods, and the scorecard has none")]
    AboutPeriods {
        /// The key.
        key: &'static str,
    },
    /// What is said of the way to a target where there is none.
    #[error("{what}, so `{key}` says nothing")]
    IdlePath {
        /// The key.
        key: &'static str,
        /// Why.
        what: &'static str,
    },
    /// A value that stands in for longer than anything stays true.
    #[error("a value cannot stand in for {limit} periods, more than {most}")]
    CarryTooLong {
        /// The periods as written.
        limit: u32,
        /// The most there can be.
        most: u32,
    },
    /// A target that is due before its start.
    #[error("the target of `{id}` is due before its start")]
    DueBeforeStart {
        /// The indicator.
        id: String,
    },
    /// A milestone before the start, or when the target is due.
    #[error("the milestone `{period}` of `{id}` does not lie between its start and the period its target is due")]
    MilestoneOutside {
        /// The indicator.
        id: String,
        /// The period as written.
        period: crate::Period,
    },
    /// A tree deeper than anyone can read.
    #[error("criteria are nested more than {limit} levels deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
}

impl ScorecardError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { id } => {
                if matches!(id.as_str(), "and" | "or" | "not" | "if") {
                    return Some(format!("`{id}` is a word of formulas: write `{id}_1` or another word"));
                }
                let tidy: String = id.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
                let tidy = tidy.trim_matches('_');
                if is_name(tidy) {
                    format!("write `{tidy}`; a `name:` may hold any text")
                } else {
                    "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
                }
            }
            Self::ReservedId { id } => format!("write `{id}_1` or another word; a `name:` may hold any text"),
            Self::DuplicateId { .. } => {
                "criteria and assumptions meet in formulas, so each needs an id of its own".to_owned()
            }
            Self::EmptyGroup { .. } => "add `indicators:` with at least one indicator, or remove it".to_owned(),
            Self::MeasuredGroup { .. } => "move `base`, `target` and `actual` to the criteria under it".to_owned(),
            Self::TargetIsBase { .. } => "base is the value before, target the value agreed".to_owned(),
            Self::DirectionOfTarget { .. } => {
                "remove `direction`, which follows from base and target, or swap `base` and `target`".to_owned()
            }
            Self::BandOrder { .. } => "write `band: [low, high]`".to_owned(),
            Self::BandWithoutTolerance { .. } => {
                "add `tolerance:` (the distance outside the band at which the score is 0) or a `base:` outside it"
                    .to_owned()
            }
            Self::BandTolerance { .. } => "write a positive `tolerance:`, or a `base:` outside the band".to_owned(),
            Self::StatusOrder => "write `status: {red: 0%, amber: 50%, green: 80%}`, lower ends only".to_owned(),
            Self::StatusTwice { .. } => "give each status a name of its own".to_owned(),
            Self::TooManyStatuses { .. } => "three to five are usual".to_owned(),
            Self::StatusNeverReached { .. } => {
                "add `when:`, as in `{status: caution, when: = actual >= 0.9 * target}`, or write it last".to_owned()
            }
            Self::StatusFrom { .. } => "write the lowest score of each status, as in `from: 50%`".to_owned(),
            Self::Points { .. } => "write a number above 0 and up to 1,000, as in `points: 10`".to_owned(),
            Self::ScoringNeeds { what, .. } => format!("add `{what}`"),
            Self::ScoreOutOfRange { .. } => {
                "write a score from 0 to 100 %; of a stretch target one from 100 to 1,000 %".to_owned()
            }
            Self::StepOrder { .. } => {
                "write the lowest values that reach each score, as in `{0: 0%, 70: 50%, 90: 100%}`".to_owned()
            }
            Self::Steepness { .. } => "write a number above 0 and up to 100, as in `{s_curve: 10}`".to_owned(),
            Self::WordNotScored { .. } => {
                "write a number, a formula after `=`, or add `scoring: yes_no` or `scoring: {lookup: {none: 0%, full: 100%}}`".to_owned()
            }
            Self::UnknownWord { nearest: Some(nearest), known, .. } => {
                format!("did you mean `{nearest}`? known here: {known}")
            }
            Self::UnknownWord { known, .. } => format!("write one of {known}"),
            Self::NumberAndWord { .. } => "keep one of the two".to_owned(),
            Self::NumberNotScored { known, .. } => format!("write one of {known} as `actual:`"),
            Self::NotYesOrNo { .. } => "write `yes` or `no`".to_owned(),
            Self::WordsOfScores { .. } => "write each word once, as in `{lookup: {none: 0%, full: 100%}}`".to_owned(),
            Self::StretchOrder { .. } => {
                "the stretch target is more than the target, or less where less is better".to_owned()
            }
            Self::StretchWithoutTarget { .. } => "add `base:` and `target:`, or remove `stretch:`".to_owned(),
            Self::ScaleOrder { .. } => "write the lowest value as `min:` and the highest as `max:`".to_owned(),
            Self::HalfAScale { .. } => "add the other of `min:` and `max:`".to_owned(),
            Self::FloorIsTarget { .. } => "write a `floor:` that is worse than the target".to_owned(),
            Self::PeriodEntries { expected, .. } => {
                format!("write {expected} entries, one for each period, or the value of each, as in `{{2025-Q1: 78%}}`")
            }
            Self::RollUpOfNothing { .. } => "remove `roll_up:`, or write it on a criterion with children".to_owned(),
            Self::AboutPeriods { .. } => {
                "add `periods: {from: 2025-Q1, to: 2026-Q4}` under `scorecard:`, or remove it".to_owned()
            }
            Self::IdlePath { key: "milestones", .. } => {
                "write them on an indicator with one `target:` and a `base:`, or as targets by period".to_owned()
            }
            Self::IdlePath { key, .. } => format!("remove `{key}:`, or write `base:` and `target:` in place of the band"),
            Self::CarryTooLong { most, .. } => format!("write 0 to {most}"),
            Self::DueBeforeStart { .. } => "write a `due:` after the `start:`".to_owned(),
            Self::MilestoneOutside { .. } => "write a period after `start:` and before `due:`".to_owned(),
            Self::TooDeep { .. } => "three levels are usual: perspective, objective, indicator".to_owned(),
        })
    }
}
