//! What can be wrong with an assessment.

use rust_decimal::Decimal;

/// What can be wrong with an assessment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FuzzyError {
    /// Fewer than two grades.
    #[error("an assessment needs at least two grades")]
    TooFewGrades,
    /// More grades than anybody tells apart.
    #[error("there are {found} grades, more than the {most} that an assessment may have")]
    TooManyGrades {
        /// How many there are.
        found: usize,
        /// The most there can be.
        most: usize,
    },
    /// Two grades of one score or one name.
    #[error("`{grade}` has the name or the score of another grade")]
    DuplicateGrade {
        /// The grade.
        grade: String,
    },
    /// A grade whose band is not given, though others' are.
    #[error("`{grade}` has no band, though other grades have one")]
    BandMissing {
        /// The grade.
        grade: String,
    },
    /// A band of something that is no grade.
    #[error("`{grade}` is no grade")]
    BandOfNoGrade {
        /// The name as written.
        grade: String,
        /// The grade nearest to it.
        nearest: Option<String>,
    },
    /// Bands that do not fall from the best grade to the worst.
    #[error("the band of `{grade}` does not begin below that of `{better}`, the better grade")]
    BandOrder {
        /// The worse grade.
        grade: String,
        /// The better grade.
        better: String,
    },
    /// Scores below all bands.
    #[error("the band of `{grade}` begins at {from}, above its own score {score}, so a low score has no grade")]
    BandTooHigh {
        /// The worst grade.
        grade: String,
        /// Where its band begins.
        from: Decimal,
        /// Its score.
        score: Decimal,
    },
    /// An exponent other than 1 and 2.
    #[error("{exponent} is no exponent of the memberships in a score")]
    Exponent {
        /// The exponent as written.
        exponent: u32,
    },
    /// Votes without a scorecard to vote on.
    #[error("there is no scorecard whose indicators the votes could be about")]
    NoScorecard,
    /// No votes, ballots, memberships or functions at all.
    #[error("the assessment has no votes")]
    NoVotes,
    /// Votes on something nobody knows.
    #[error("`{item}` is no criterion of the scorecard")]
    UnknownItem {
        /// The id as written.
        item: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// Votes on a group.
    #[error("`{item}` has criteria under it, so its grade follows from theirs")]
    VotesOnGroup {
        /// The group.
        item: String,
    },
    /// Two rows of votes for one indicator.
    #[error("`{item}` has two rows of votes")]
    DuplicateItem {
        /// The indicator.
        item: String,
    },
    /// Memberships of one indicator from two sources.
    #[error("`{item}` is judged twice: by `{first}` and by `{second}`")]
    TwoSources {
        /// The indicator.
        item: String,
        /// The key of the document that came first.
        first: &'static str,
        /// The other key.
        second: &'static str,
    },
    /// An operator for something that has nothing to compose.
    #[error("`{item}` has nothing under it to compose")]
    OperatorOfIndicator {
        /// The indicator.
        item: String,
    },
    /// Two operators for one group.
    #[error("`{item}` has two operators")]
    OperatorTwice {
        /// The group.
        item: String,
    },
    /// Too few or too many votes in a row.
    #[error("`{item}` has {found} numbers for {grades} grades")]
    Grades {
        /// The indicator.
        item: String,
        /// How many numbers it has.
        found: usize,
        /// How many grades there are.
        grades: usize,
    },
    /// A number of votes that cannot be one.
    #[error("{votes} is not a number of votes")]
    NotACount {
        /// The number as written.
        votes: Decimal,
    },
    /// A row that does not add up to the panel.
    #[error("`{item}` has {found} votes, but the panel has {panel}")]
    PanelSum {
        /// The indicator.
        item: String,
        /// What its votes add up to.
        found: Decimal,
        /// How many people vote.
        panel: u32,
    },
    /// A row in which nobody voted.
    #[error("nobody voted on `{item}`")]
    NobodyVoted {
        /// The indicator.
        item: String,
    },
    /// A panel of nobody.
    #[error("a panel has at least one member")]
    EmptyPanel,
    /// A membership outside 0 to 1.
    #[error("{value} is no membership between 0 and 1")]
    NotAMembership {
        /// The number as written.
        value: Decimal,
    },
    /// Memberships that do not sum to 1.
    #[error("the memberships of `{item}` sum to {sum}, not 1")]
    MembershipSum {
        /// The indicator.
        item: String,
        /// What they sum to.
        sum: Decimal,
        /// Whether the digits that were written explain the difference.
        is_rounding: bool,
    },
    /// Memberships that are all 0.
    #[error("the memberships of `{item}` are all 0")]
    NoMembership {
        /// The indicator.
        item: String,
    },
    /// A function of an actual value that is not there.
    #[error("`{item}` has no actual value that its grade could follow from")]
    FunctionWithoutActual {
        /// The indicator.
        item: String,
    },
    /// A grade without a function.
    #[error("`{item}` has no function for the grade `{grade}`")]
    FunctionMissing {
        /// The indicator.
        item: String,
        /// The grade.
        grade: String,
    },
    /// A function of something that is no grade, or two of one grade.
    #[error("`{grade}` is no grade, or has two functions")]
    FunctionOfNoGrade {
        /// The name as written.
        grade: String,
        /// The grade nearest to it.
        nearest: Option<String>,
    },
    /// Points that neither rise nor fall from grade to grade.
    #[error("the points of `{item}` neither rise nor fall from grade to grade")]
    PointsOrder {
        /// The indicator.
        item: String,
    },
    /// Thresholds of a function in the wrong order.
    #[error("the thresholds of this `{curve}` do not rise")]
    ThresholdOrder {
        /// The kind of function.
        curve: &'static str,
    },
    /// A width, slope or rate that makes no function.
    #[error("a {parameter} of {value} makes no function")]
    Parameter {
        /// What it is: `sigma`, `slope`, `rate`.
        parameter: &'static str,
        /// The number as written.
        value: Decimal,
    },
    /// A band whose ends are swapped or equal.
    #[error("the band of `{item}` from {low} to {high} does not run from low to high")]
    ActualBand {
        /// The indicator.
        item: String,
        /// The first number as written.
        low: Decimal,
        /// The second one.
        high: Decimal,
    },
    /// Two ballots of one expert.
    #[error("`{expert}` has two ballots")]
    DuplicateExpert {
        /// The expert.
        expert: String,
    },
    /// An expert who votes twice on one indicator.
    #[error("`{expert}` votes on `{item}` twice")]
    DuplicateBallot {
        /// The expert.
        expert: String,
        /// The indicator.
        item: String,
    },
    /// A ballot without a vote.
    #[error("`{expert}` votes on nothing")]
    EmptyBallot {
        /// The expert.
        expert: String,
    },
    /// A vote for something that is no grade.
    #[error("`{grade}` is no grade")]
    UnknownGrade {
        /// The name as written.
        grade: String,
        /// The grade nearest to it.
        nearest: Option<String>,
        /// The grades, best first.
        grades: Vec<String>,
    },
}

impl FuzzyError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::TooFewGrades => "write `grades: {excellent: 95, good: 80, fair: 65, poor: 40}`".to_owned(),
            Self::TooManyGrades { .. } => "three to seven grades are usual".to_owned(),
            Self::DuplicateGrade { .. } => "give each grade a name and a score of its own".to_owned(),
            Self::BandMissing { grade } => format!("add `{grade}:` with the lowest score that earns it"),
            Self::BandOfNoGrade { nearest: Some(nearest), .. }
            | Self::UnknownGrade { nearest: Some(nearest), .. }
            | Self::FunctionOfNoGrade { nearest: Some(nearest), .. }
            | Self::UnknownItem { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::BandOfNoGrade { .. } => "write one band for each of `grades:`, by name".to_owned(),
            Self::BandOrder { .. } => {
                "write the lowest score of each grade, falling from the best: `{excellent: 90, good: 75, poor: 0}`"
                    .to_owned()
            }
            Self::BandTooHigh { score, .. } => format!("let the worst grade begin at {} or below", score.normalize()),
            Self::Exponent { .. } => "write `exponent: 1`, or 2 to let large memberships count more".to_owned(),
            Self::NoScorecard => "add `scorecard:` with the criteria to vote on".to_owned(),
            Self::NoVotes => {
                "add `votes:` with one row for each indicator, or `ballots:`, `memberships:` or `functions:`".to_owned()
            }
            Self::UnknownItem { .. } => "vote on indicators by their id".to_owned(),
            Self::VotesOnGroup { .. } => "vote on the indicators under it".to_owned(),
            Self::DuplicateItem { .. } => "keep one of the two rows".to_owned(),
            Self::TwoSources { .. } => "keep one of the two".to_owned(),
            Self::OperatorOfIndicator { .. } => {
                "name a criterion with others under it, `scorecard` for the whole, or `default`".to_owned()
            }
            Self::OperatorTwice { .. } => "keep one of the two".to_owned(),
            Self::Grades { grades, .. } => format!("write {grades} numbers, one for each grade from the best down"),
            Self::NotACount { .. } => "write whole numbers of votes, 0 or more".to_owned(),
            Self::PanelSum { panel, .. } => format!("the votes of a row add up to `panel`: {panel}"),
            Self::NobodyVoted { .. } => "remove the row; an indicator without votes is left out".to_owned(),
            Self::EmptyPanel => "write `panel: 20`, the number of people who vote".to_owned(),
            Self::NotAMembership { .. } => "write shares that sum to 1, as in `[0.2, 0.5, 0.3, 0]`".to_owned(),
            Self::MembershipSum { is_rounding: true, .. } => {
                "correct the row, or write `sums: rounded` for a printed table: its rows are then divided by their sum"
                    .to_owned()
            }
            Self::MembershipSum { .. } => {
                "correct the row, or write `sums: any` where rows need not sum to 1".to_owned()
            }
            Self::NoMembership { .. } => "remove the row; an indicator without memberships is left out".to_owned(),
            Self::FunctionWithoutActual { item } => {
                format!("give `{item}` an `actual:` in the scorecard, or remove its function")
            }
            Self::FunctionMissing { grade, .. } => {
                format!("add `{grade}:` with `triangle`, `trapezoid`, `gaussian`, `sigmoid`, `exponential`, `s` or `z`")
            }
            Self::FunctionOfNoGrade { .. } => "write one function for each of `grades:`, by name".to_owned(),
            Self::PointsOrder { .. } => {
                "write one point for each grade, rising or falling all along: `{good: 85%, fair: 80%, poor: 75%}`"
                    .to_owned()
            }
            Self::ThresholdOrder { .. } => "write the thresholds from low to high".to_owned(),
            Self::Parameter { parameter: "slope", .. } => {
                "write a slope above 0 for what rises, below 0 for what falls".to_owned()
            }
            Self::Parameter { parameter, .. } => format!("write a {parameter} above 0"),
            Self::ActualBand { low, high, .. } if low == high => {
                "a band is a range: write `band: [low, high]` with `low` below `high`; without a band the functions are of the value itself"
                    .to_owned()
            }
            Self::ActualBand { .. } => "write `band: [low, high]` with `low` below `high`".to_owned(),
            Self::DuplicateExpert { .. } => "keep one ballot for each expert".to_owned(),
            Self::DuplicateBallot { .. } => "keep one of the two votes".to_owned(),
            Self::EmptyBallot { expert } => {
                format!("write `{expert}: {{retention_rate: good}}` with their votes, or remove the line")
            }
            Self::UnknownGrade { grades, .. } => {
                let grades: Vec<String> = grades.iter().map(|grade| format!("`{grade}`")).collect();
                format!("write one of {}", grades.join(", "))
            }
        })
    }
}
