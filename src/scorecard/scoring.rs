//! How a measured value becomes a score between 0 and 1: linear, in steps, by words, along a curve or by a formula.

use super::measure::of;
use super::{Node, ScorecardError};
use crate::amount::{Lowering, Time};
use crate::calendar::Timed;
use crate::model::{Axis, Binary, CellId, Expression, Formula, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;

/// How a measured value becomes a score. Scores are fractions; what exceeds 0 to 1 is cut off, and the progress kept as it is.
///
/// ```
/// use appraise::scorecard::{Criterion, Measure, Scorecard, Scoring};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let score = |scoring| {
///     let measure = Measure { scoring: Some(scoring), floor: Some(60.into()), ..Measure::target(50, 80).actual(70) };
///     let card = Scorecard::new([Criterion::indicator("x", measure)]);
///     let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
///     appraisal.base().figure("scorecard.x.score").unwrap().unwrap().round_dp(4)
/// };
/// assert_eq!(score(Scoring::Linear), dec!(0.6667));           // (70 - 50) / (80 - 50)
/// assert_eq!(score(Scoring::GoalAndRedFlag), dec!(0.5));      // midway between red flag (1/3) and goal (2/3)
/// assert_eq!(score(Scoring::SCurve { steepness: dec!(10) }), dec!(0.8411));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Scoring {
    /// The progress from base to target, or the nearness to a band.
    Linear,
    /// 0 at the base, 1 at the target, and on in a straight line to this score at the stretch target.
    TwoPiece {
        /// The score at the stretch target; above 1.
        at_stretch: Decimal,
    },
    /// 1/3 at the red flag (the floor), 2/3 at the goal (the target), 1 one such distance above the goal, and 0 one below
    /// the red flag. Times ten it is the scale of Spider Impact.
    GoalAndRedFlag,
    /// The performance, `(actual - min) / (max - min)`.
    MinMax,
    /// The score of the highest step that the value reaches; 0 below the first.
    Steps(Vec<Step>),
    /// A score for each word that a value may be.
    Lookup(Vec<(String, Decimal)>),
    /// 1 for yes, 0 for no.
    YesNo,
    /// `1 / (1 + e^(-steepness (progress - 1/2)))`: slow, fast, slow; the logistic curve. The exponent is limited to -50 to
    /// 50, where the curve has long been at its ends.
    SCurve {
        /// How steep it is in the middle; at 10 the score is 0.7 % at the base and 99.3 % at the target.
        steepness: Decimal,
    },
    /// A formula over `actual`, `base`, `target`, `stretch`, `floor`, `min`, `max`, `progress` and `performance`.
    Formula(Formula),
}

/// One step of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The lowest value that reaches it.
    pub from: Decimal,
    /// The score from there on.
    pub score: Decimal,
}

impl Scoring {
    /// The ways that need nothing but a word, and the word in a document.
    pub const NAMED: [(&'static str, NamedScoring); 6] = [
        ("linear", NamedScoring::Linear),
        ("two_piece", NamedScoring::TwoPiece),
        ("goal_red_flag", NamedScoring::GoalAndRedFlag),
        ("min_max", NamedScoring::MinMax),
        ("yes_no", NamedScoring::YesNo),
        ("s_curve", NamedScoring::SCurve),
    ];

    /// The score at the stretch target where a document gives none: 120 %.
    pub const AT_STRETCH: Decimal = Decimal::from_parts(12, 0, 0, false, 1);

    /// The steepness of the S-curve where a document gives none.
    pub const STEEPNESS: Decimal = Decimal::TEN;

    /// The name in a document.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::TwoPiece { .. } => "two_piece",
            Self::GoalAndRedFlag => "goal_red_flag",
            Self::MinMax => "min_max",
            Self::Steps(_) => "steps",
            Self::Lookup(_) => "lookup",
            Self::YesNo => "yes_no",
            Self::SCurve { .. } => "s_curve",
            Self::Formula(_) => "formula",
        }
    }

    /// Whether a score follows from the value alone, without base and target.
    pub(crate) fn needs_no_aim(&self) -> bool {
        matches!(self, Self::MinMax | Self::Steps(_) | Self::Lookup(_) | Self::YesNo | Self::Formula(_))
    }

    /// The words a value may be, best known first where that matters to nobody.
    pub(crate) fn words(&self) -> Option<Vec<&str>> {
        match self {
            Self::Lookup(words) => Some(words.iter().map(|(word, _)| word.as_str()).collect()),
            _ => None,
        }
    }
}

/// A way of scoring that a single word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NamedScoring {
    /// [`Scoring::Linear`]
    Linear,
    /// [`Scoring::TwoPiece`] with [`Scoring::AT_STRETCH`]
    TwoPiece,
    /// [`Scoring::GoalAndRedFlag`]
    GoalAndRedFlag,
    /// [`Scoring::MinMax`]
    MinMax,
    /// [`Scoring::YesNo`]
    YesNo,
    /// [`Scoring::SCurve`] with [`Scoring::STEEPNESS`]
    SCurve,
}

impl From<NamedScoring> for Scoring {
    fn from(named: NamedScoring) -> Self {
        match named {
            NamedScoring::Linear => Self::Linear,
            NamedScoring::TwoPiece => Self::TwoPiece { at_stretch: Self::AT_STRETCH },
            NamedScoring::GoalAndRedFlag => Self::GoalAndRedFlag,
            NamedScoring::MinMax => Self::MinMax,
            NamedScoring::YesNo => Self::YesNo,
            NamedScoring::SCurve => Self::SCurve { steepness: Self::STEEPNESS },
        }
    }
}

/// What a score may be computed from: each over the periods, where there are any.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scored {
    pub(crate) actual: CellId,
    pub(crate) base: Option<CellId>,
    pub(crate) target: Option<CellId>,
    pub(crate) stretch: Option<CellId>,
    pub(crate) floor: Option<CellId>,
    pub(crate) min: Option<CellId>,
    pub(crate) max: Option<CellId>,
    pub(crate) progress: CellId,
    pub(crate) performance: Option<CellId>,
}

impl Scored {
    /// The names that a formula about one indicator may use besides those of the document.
    pub(crate) fn names(&self) -> Vec<(&'static str, CellId)> {
        self.named().into_iter().filter_map(|(name, cell)| Some((name, cell?))).collect()
    }

    /// Those among such names that this indicator has no value for.
    pub(crate) fn not_given(&self) -> impl Iterator<Item = &'static str> {
        self.named().into_iter().filter(|(_, cell)| cell.is_none()).map(|(name, _)| name)
    }

    fn named(&self) -> [(&'static str, Option<CellId>); 9] {
        [
            ("actual", Some(self.actual)),
            ("base", self.base),
            ("target", self.target),
            ("stretch", self.stretch),
            ("floor", self.floor),
            ("min", self.min),
            ("max", self.max),
            ("progress", Some(self.progress)),
            ("performance", self.performance),
        ]
    }
}

/// The largest exponent of the S-curve: at 50 it is 2 x 10^-22 from its end.
const FURTHEST: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

/// Checks a way of scoring and gives the score before it is limited, and the highest it may be.
pub(crate) fn define(lowering: &mut Lowering, node: &Node, scoring: &Scoring, of_it: &Scored) -> (Expression, Decimal) {
    let progress = || Expression::cell(of_it.progress);
    let actual = || Expression::cell(of_it.actual);
    let mut missing = |what: &'static str| {
        let error = ScorecardError::ScoringNeeds { id: node.id.to_string(), scoring: scoring.name(), what };
        lowering.problem(of(node, "scoring").to_string(), error);
        (progress(), Decimal::ONE)
    };
    let score = match scoring {
        Scoring::Linear => progress(),
        Scoring::TwoPiece { at_stretch } => {
            let Some(stretch) = of_it.stretch else { return missing("stretch") };
            // a stretch target beyond nothing is told where their order is checked
            let Some(target) = of_it.target else { return (progress(), Decimal::ONE) };
            if *at_stretch < Decimal::ONE || *at_stretch > Decimal::TEN {
                let error = ScorecardError::ScoreOutOfRange { id: node.id.to_string(), score: *at_stretch };
                lowering.problem(of(node, "scoring").to_string(), error);
            }
            let beyond = at_stretch.saturating_sub(Decimal::ONE);
            let further =
                (actual() - Expression::cell(target)) / (Expression::cell(stretch) - Expression::cell(target));
            let passed = progress().binary(Binary::Greater, Expression::number(1));
            let above = Expression::number(1) + further * Expression::number(beyond);
            return (Expression::choose(passed, above, progress()), *at_stretch);
        }
        Scoring::GoalAndRedFlag => {
            let (Some(goal), Some(red_flag)) = (of_it.target, of_it.floor) else {
                return missing(match (of_it.target, of_it.floor) {
                    (None, None) => "target` and `floor",
                    (None, Some(_)) => "target",
                    _ => "floor",
                });
            };
            let (goal, red_flag) = (|| Expression::cell(goal), || Expression::cell(red_flag));
            let gap = || goal() - red_flag();
            (actual() - (red_flag() - gap())) / (Expression::number(3) * gap())
        }
        Scoring::MinMax => match of_it.performance {
            Some(performance) => Expression::cell(performance),
            None => return missing("min` and `max"),
        },
        Scoring::Steps(steps) => {
            let rising = steps.windows(2).all(|pair| matches!(pair, [a, b] if a.from < b.from));
            if !rising || steps.is_empty() {
                lowering
                    .problem(of(node, "scoring").to_string(), ScorecardError::StepOrder { id: node.id.to_string() });
            }
            check_scores(lowering, node, steps.iter().map(|step| step.score));
            steps.iter().fold(Expression::number(0), |below, step| {
                let reached = actual().binary(Binary::GreaterOrEqual, Expression::number(step.from));
                Expression::choose(reached, Expression::number(step.score), below)
            })
        }
        Scoring::Lookup(words) => {
            check_scores(lowering, node, words.iter().map(|(_, score)| *score));
            let axis = lowering.cells.axis(Axis::named("words", words.iter().map(|(word, _)| word.as_str())));
            let naming = Naming::new(of(node, "lookup")).label(node.name.clone(), "scores of words").unit(Unit::Share);
            let scores = words.iter().map(|(_, score)| Some(*score));
            let scores = lowering.cells.input(naming.source(of(node, "scoring")), Shape::Row(axis), scores);
            Expression::call(Function::At, [Expression::cell(scores), actual()])
        }
        Scoring::YesNo => actual(),
        Scoring::SCurve { steepness } => {
            if *steepness <= Decimal::ZERO || *steepness > Decimal::ONE_HUNDRED {
                let error = ScorecardError::Steepness { id: node.id.to_string(), steepness: *steepness };
                lowering.problem(of(node, "scoring").to_string(), error);
            }
            let half = Expression::number(Decimal::new(5, 1));
            let exponent = Expression::number(*steepness) * (half - progress());
            // further out the score is 0 or 1 in all digits that count, and the power would be too large to hold
            let exponent = exponent.clamp(-FURTHEST, FURTHEST);
            Expression::number(1) / (Expression::number(1) + Expression::call(Function::Exp, [exponent]))
        }
        Scoring::Formula(formula) => {
            let names = || formula.expression().names().map(|name| &*name.text);
            let what = of_it.not_given().find(|what| names().any(|name| name == *what) && !lowering.names.knows(what));
            if let Some(what) = what {
                let error = ScorecardError::ScoringNeeds { id: node.id.to_string(), scoring: scoring.name(), what };
                lowering.problem(of(node, "scoring").to_string(), error);
                return (progress(), Decimal::ONE);
            }
            lowering.formula(formula, &of(node, "scoring").to_string(), Time::All, &of_it.names())
        }
    };
    (score, Decimal::ONE)
}

fn check_scores(lowering: &mut Lowering, node: &Node, mut scores: impl Iterator<Item = Decimal>) {
    if let Some(score) = scores.find(|score| *score < Decimal::ZERO || *score > Decimal::ONE) {
        let error = ScorecardError::ScoreOutOfRange { id: node.id.to_string(), score };
        lowering.problem(of(node, "scoring").to_string(), error);
    }
}

/// The word that a value is, as a set over the words.
pub(crate) fn define_word(lowering: &mut Lowering, node: &Node, words: &[&str], actual: Timed) -> CellId {
    let axis = lowering.cells.axis(Axis::named("words", words.iter().copied()));
    let is = (1_u32..).zip(words).map(|(number, _)| {
        Expression::cell(actual.now).binary(Binary::Equal, Expression::number(Decimal::from(number)))
    });
    let is: Vec<Expression> = is.collect();
    let naming = Naming::new(of(node, "word")).label(node.name.clone(), "word").unit(Unit::Set);
    lowering.cells.formula(naming, Expression::row(axis, is))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use rust_decimal::dec;

    fn draft(measure: Measure) -> Draft {
        let card = Scorecard::new([Criterion::indicator("x", measure)]);
        Draft { scorecard: Some(card), ..Draft::default() }
    }

    #[track_caller]
    fn score(measure: Measure) -> Decimal {
        Figures::of(draft(measure)).get("scorecard.x.score").round_dp(10)
    }

    #[test]
    fn goal_and_red_flag_reproduce_the_scale_from_0_to_10() {
        // goal 100, red flag 90: 80 is 0, 90 is 10/3, 100 is 20/3, 110 is 10
        let at = |actual: i64| {
            let measure = Measure { floor: Some(90.into()), ..Measure::target(80, 100).actual(actual) };
            score(measure.scored(Scoring::GoalAndRedFlag))
        };
        let third = |thirds: i64| (Decimal::from(thirds) / dec!(3)).round_dp(10);
        assert_eq!(
            [70, 80, 85, 90, 100, 110, 130].map(at),
            [third(0), third(0), dec!(0.1666666667), third(1), third(2), third(3), third(3),]
        );
        // less is better: goal 10, red flag 20
        let measure = Measure { floor: Some(20.into()), ..Measure::target(50, 10).actual(10) };
        assert_eq!(score(measure.scored(Scoring::GoalAndRedFlag)), third(2));
    }

    #[test]
    fn a_stretch_target_is_worth_more_than_the_target() {
        let at = |actual: i64| score(Measure { stretch: Some(120.into()), ..Measure::target(50, 100).actual(actual) });
        assert_eq!(
            [40, 50, 75, 100, 110, 120, 200].map(at),
            [dec!(0), dec!(0), dec!(0.5), dec!(1), dec!(1.1), dec!(1.2), dec!(1.2)]
        );
        let falling = Measure { stretch: Some(30.into()), ..Measure::target(72, 36).actual(33) };
        assert_eq!(score(falling.scored(Scoring::TwoPiece { at_stretch: dec!(1.5) })), dec!(1.25));
    }

    #[test]
    fn an_s_curve_ends_far_from_its_middle() {
        // progress of -7, and of 1001: the power would be beyond the largest decimal
        assert_eq!(score(Measure::target(78, 79).actual(71).scored(NamedScoring::SCurve)), dec!(0));
        let steep = Scoring::SCurve { steepness: dec!(100) };
        assert_eq!(score(Measure::target(0, 1).actual(1001).scored(steep)), dec!(1));
    }

    #[test]
    fn performance_stands_beside_progress() {
        let scaled = |measure: Measure| Measure { min: Some(0.into()), max: Some(200.into()), ..measure };
        let figures = Figures::of(draft(scaled(Measure::target(50, 100).actual(80))));
        assert_eq!(figures.get("scorecard.x.progress"), dec!(0.6));
        assert_eq!(figures.get("scorecard.x.performance"), dec!(0.4));
        assert_eq!(figures.get("scorecard.x.score"), dec!(0.6));
        assert_eq!(score(scaled(Measure::target(50, 100).actual(80)).scored(Scoring::MinMax)), dec!(0.4));
        // less is better
        assert_eq!(score(scaled(Measure::target(100, 50).actual(80)).scored(Scoring::MinMax)), dec!(0.6));
        let alone = Measure { actual: Some(80.into()), ..scaled(Measure::default()) };
        assert_eq!(score(alone.scored(Scoring::MinMax)), dec!(0.4));
    }

    #[test]
    fn steps_words_and_answers_are_scored_without_a_target() {
        let steps = [(0, dec!(0.1)), (70, dec!(0.5)), (90, dec!(1))];
        let steps: Vec<Step> = steps.map(|(from, score)| Step { from: Decimal::from(from), score }).into();
        let at = |actual: i64| score(Measure::default().actual(actual).scored(Scoring::Steps(steps.clone())));
        assert_eq!([-1, 0, 69, 70, 90, 99].map(at), [dec!(0), dec!(0.1), dec!(0.1), dec!(0.5), dec!(1), dec!(1)]);
        let words = [("none", dec!(0)), ("partly", dec!(0.4)), ("full", dec!(1))];
        let lookup = Scoring::Lookup(words.map(|(word, score)| (word.to_owned(), score)).into());
        let said = |word: &str, scoring: &Scoring| Measure {
            words: vec![(None, word.to_owned())],
            scoring: Some(scoring.clone()),
            ..Measure::default()
        };
        assert_eq!(score(said("partly", &lookup)), dec!(0.4));
        assert_eq!(Figures::of(draft(said("partly", &lookup))).names("scorecard.x.word"), ["partly"]);
        assert_eq!(score(said("yes", &Scoring::YesNo)), dec!(1));
        assert_eq!(score(said("false", &Scoring::YesNo)), dec!(0));
        assert_eq!(problems(draft(said("ful", &lookup))), ["scorecard.x.actual: `ful` has no score"]);
        let plain = Measure { words: vec![(None, "good".into())], ..Measure::target(1, 2) };
        assert_eq!(
            problems(draft(plain)),
            ["scorecard.x.actual: `good` is a word, but the score of `x` is made of numbers"]
        );
    }

    #[test]
    fn curves_and_formulas_follow_the_progress() {
        let at =
            |actual: i64| score(Measure::target(0, 100).actual(actual).scored(Scoring::SCurve { steepness: dec!(10) }));
        // 1 / (1 + e^5), 1/2, 1 / (1 + e^-5)
        assert_eq!([0, 50, 100].map(at), [dec!(0.0066928509), dec!(0.5), dec!(0.9933071491)]);
        let formula = Formula::parse("= min(actual / target, 1) ^ 2").unwrap();
        assert_eq!(score(Measure::target(0, 100).actual(50).scored(Scoring::Formula(formula))), dec!(0.25));
        let unknown = Formula::parse("= actuel / target").unwrap();
        let found = crate::Appraisal::new(draft(Measure::target(0, 1).actual(1).scored(Scoring::Formula(unknown))));
        let problem = found.unwrap_err().into_iter().next().unwrap();
        assert_eq!(problem.at, "scorecard.x.scoring");
        assert_eq!(problem.help().as_deref(), Some("did you mean `actual`?"));
    }

    #[test]
    fn what_a_way_of_scoring_needs_is_asked_for() {
        let told = |measure: Measure| problems(draft(measure));
        assert_eq!(
            told(Measure::target(1, 2).actual(1).scored(Scoring::GoalAndRedFlag)),
            ["scorecard.x.scoring: `x` is scored by `goal_red_flag`, which needs `floor`"]
        );
        // a band has no target
        let band = || Measure::band(dec!(1), dec!(2), dec!(1)).actual(1).scored(Scoring::GoalAndRedFlag);
        assert_eq!(
            told(Measure { floor: Some(0.into()), ..band() }),
            ["scorecard.x.scoring: `x` is scored by `goal_red_flag`, which needs `target`"]
        );
        assert_eq!(
            told(band()),
            ["scorecard.x.scoring: `x` is scored by `goal_red_flag`, which needs `target` and `floor`"]
        );
        assert_eq!(
            told(Measure::target(1, 2).actual(1).scored(Scoring::MinMax)),
            ["scorecard.x.scoring: `x` is scored by `min_max`, which needs `min` and `max`"]
        );
        let wrong = Measure { stretch: Some(1.into()), ..Measure::target(1, 2).actual(1) };
        assert_eq!(told(wrong), ["scorecard.x.stretch: the stretch target of `x` does not lie beyond its target"]);
        let steps =
            Scoring::Steps(vec![Step { from: dec!(2), score: dec!(2) }, Step { from: dec!(1), score: dec!(1) }]);
        assert_eq!(
            told(Measure::default().actual(1).scored(steps)),
            [
                "scorecard.x.scoring: the steps of `x` do not rise from one to the next",
                "scorecard.x.scoring: `x` gives a score of 200 %",
            ]
        );
    }
}
