//! Fuzzy comprehensive evaluation: votes, ballots and actual values become memberships, memberships are composed level by
//! level up the tree, and the verdict says how sure it is.

mod ballots;
mod error;
mod functions;
mod grades;
mod levels;
mod memberships;
mod operators;
mod origins;
mod sensitivity;
mod verdict;
mod votes;

pub use ballots::Ballot;
pub use error::FuzzyError;
pub use functions::{Curve, GradeFunctions, MembershipFunctions};
pub use grades::{Grade, GradeBand};
pub use memberships::{Memberships, Sums};
pub use operators::Operator;
pub(crate) use sensitivity::SensitivityCells;
pub use votes::Votes;

use super::AuthorityCells;
use crate::amount::Lowering;
use crate::model::{Axis, AxisId, Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use crate::scorecard::{Node, Tree, WeightCells};
use ballots::Experts;
use levels::Levels;
use operators::Operators;
use origins::{Origin, Origins};
use std::sync::Arc;
use verdict::Verdict;

/// A panel's grades for the indicators of the scorecard: the fuzzy comprehensive evaluation.
///
/// Each indicator has one source of memberships: [`votes`](Self::votes), [`ballots`](Self::ballots),
/// [`memberships`](Self::memberships) or [`functions`](Self::functions) of its actual value.
///
/// **Formula**: the [`Operator`] composes memberships level by level with the weights of the scorecard; the score is
/// `sum_j b_j^p s_j / sum_j b_j^p` over the grades' scores with the [`exponent`](Self::exponent) p, the verdict the
/// grade of largest membership (several where they tie). How clearly that decides is its effectiveness,
/// `(k beta - 1) / (2 gamma (k - 1))` with the largest beta and the second largest gamma of the k normalised
/// memberships.
///
/// **Units**: memberships are fractions, the score is on the scale of the grades.
///
/// Indicators that nobody judges are left out, and the weights of their siblings divided by their sum.
///
/// ```
/// use appraise::panel::{Assessment, Grade, Votes};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::{Decimal, dec};
///
/// let grade = |name: &str, score: i64| Grade { name: name.into(), score: score.into() };
/// let assessment = Assessment {
///     grades: vec![grade("excellent", 95), grade("good", 80), grade("fair", 65), grade("poor", 40)],
///     panel: Some(20),
///     votes: vec![Votes { item: "retention".into(), counts: [6, 9, 4, 1].map(Decimal::from).into() }],
///     ..Assessment::default()
/// };
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::judged("retention")])),
///     assessment: Some(assessment),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("assessment.membership.good"), Some(Ok(dec!(0.45))));
/// assert_eq!(outcome.figure("assessment.score"), Some(Ok(dec!(79.5))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The grades; they are ordered by score, best first, and votes follow that order.
    pub grades: Vec<Grade>,
    /// The lowest score of each grade; where empty, the grade of a score is the one whose score is nearest.
    pub grade_bands: Vec<GradeBand>,
    /// How memberships are composed.
    pub operator: Operator,
    /// How they are composed under single criteria instead; `scorecard` is the whole.
    pub operators: Vec<(String, Operator)>,
    /// Whether each composed row is divided by its sum before it goes up a level.
    pub normalise: bool,
    /// The exponent of the memberships in the score, 1 or 2; with 2 large memberships count more.
    pub exponent: u32,
    /// How many people vote; where it is not given, each row is divided by its own sum.
    pub panel: Option<u32>,
    /// The votes, indicator by indicator.
    pub votes: Vec<Votes>,
    /// Who voted what, expert by expert.
    pub ballots: Vec<Ballot>,
    /// Rows that are stated as memberships.
    pub memberships: Vec<Memberships>,
    /// What stated memberships sum to.
    pub sums: Sums,
    /// Membership functions of actual values.
    pub functions: Vec<MembershipFunctions>,
    /// Whether it is worked out how sure the verdict is: other operators, moved weights, single experts left out. Where
    /// nothing is said, it is for up to 60 judged indicators.
    pub sensitivity: Option<bool>,
}

impl Default for Assessment {
    fn default() -> Self {
        Self {
            grades: Vec::new(),
            grade_bands: Vec::new(),
            operator: Operator::default(),
            operators: Vec::new(),
            normalise: false,
            exponent: 1,
            panel: None,
            votes: Vec::new(),
            ballots: Vec::new(),
            memberships: Vec::new(),
            sums: Sums::default(),
            functions: Vec::new(),
            sensitivity: None,
        }
    }
}

impl Assessment {
    /// The experts whose ballots it holds.
    pub(crate) fn experts(&self) -> impl Iterator<Item = &str> {
        self.ballots.iter().map(|ballot| ballot.expert.as_str())
    }
}

/// The cells of one judged criterion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JudgedCells {
    pub(crate) membership: CellId,
    pub(crate) normalised: CellId,
    pub(crate) score: CellId,
    pub(crate) grade: CellId,
    pub(crate) score_grade: CellId,
    pub(crate) effectiveness: CellId,
}

/// What the memberships of an indicator sum to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowSum {
    pub(crate) index: usize,
    /// The key of the document that its row is under.
    pub(crate) key: &'static str,
    pub(crate) sum: CellId,
    /// Whether a row of zeros is possible.
    pub(crate) may_be_nothing: bool,
}

/// The cells of an assessment, in the order of the tree; `None` for what nobody judged.
#[derive(Debug, Clone)]
pub(crate) struct AssessmentCells {
    pub(crate) nodes: Vec<Option<JudgedCells>>,
    pub(crate) coverage: CellId,
    /// The indicators whose row may sum to something else than 1.
    pub(crate) sums: Vec<RowSum>,
    /// What the memberships of the whole sum to, where an indicator may belong to no grade.
    pub(crate) sum: Option<CellId>,
    pub(crate) sensitivity: Option<SensitivityCells>,
}

/// What the rows of indicators are made with.
struct Judging<'a> {
    axis: AxisId,
    panel: Option<CellId>,
    /// The actual value of each node that is measured.
    actuals: &'a [Option<CellId>],
}

/// Defines memberships, scores and grades, children first.
pub(crate) fn define(
    lowering: &mut Lowering,
    tree: &Tree,
    weights: &[Option<WeightCells>],
    actuals: &[Option<CellId>],
    authority: &AuthorityCells,
    assessment: &Assessment,
) -> AssessmentCells {
    let covering = Naming::new("assessment.coverage").label("Assessment", "weight judged").unit(Unit::Share);
    if !grades::check(lowering, assessment) {
        let coverage = lowering.cells.absent(covering, Shape::Scalar, Cause::NotJudged);
        let nodes = vec![None; tree.nodes.len()];
        return AssessmentCells { nodes, coverage, sums: Vec::new(), sum: None, sensitivity: None };
    }
    if !matches!(assessment.exponent, 1 | 2) {
        let exponent = assessment.exponent;
        lowering.problem("assessment.exponent", FuzzyError::Exponent { exponent });
    }
    let origins = Origins::check(lowering, tree, assessment);
    let operators = Operators::check(lowering, tree, assessment.operator, &assessment.operators);
    let grades = assessment.grades_best_first();
    let axis = lowering.cells.axis(Axis::named("grades", grades.iter().map(|grade| grade.name.clone())));
    let verdict = Verdict::define(lowering, assessment, axis);
    let panel = votes::define_panel(lowering, assessment);
    let judging = Judging { axis, panel, actuals };
    let mut experts = Experts::define(lowering, assessment, authority);
    let mut levels = Levels::new(tree, assessment.normalise);
    let mut nodes: Vec<Option<JudgedCells>> = vec![None; tree.nodes.len()];
    let mut covered: Vec<Expression> = Vec::new();
    let mut sums = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate().rev() {
        let membership = if node.children.is_empty() {
            let Some(origin) = origins.by_node.get(&index) else { continue };
            match origin {
                Origin::Votes(counts) => votes::row(lowering, &judging, node, counts),
                Origin::Memberships(values) => memberships::row(lowering, &judging, node, values, assessment.sums),
                Origin::Functions(functions) => functions::row(lowering, &judging, (index, node), functions),
                Origin::Ballots(votes) => experts.row(lowering, axis, (index, node), votes),
            }
        } else if levels.define(lowering, (index, node), tree, &nodes, weights) {
            levels.compose(index, &operators, &nodes)
        } else {
            continue;
        };
        let cells = verdict.judge(lowering, node, membership);
        if let Some(origin) = origins.by_node.get(&index) {
            let sum = origin.may_sum_to_anything(assessment.sums).then(|| sum_of(lowering, node, cells));
            let may_be_nothing = origin.may_be_nothing();
            sums.extend(sum.map(|sum| RowSum { index, key: origin.key(), sum, may_be_nothing }));
            let weight = weights.get(index).copied().flatten().map(|weights| Expression::cell(weights.global));
            covered.extend(weight.map(|weight| match sum.filter(|_| may_be_nothing) {
                None => weight,
                // nothing is judged by functions that are all 0; a missing value has its own reason
                Some(sum) => {
                    let sum = Expression::call(Function::Otherwise, [Expression::cell(sum), Expression::number(1)]);
                    Expression::choose(verdict::is_nothing(sum), Expression::number(0), weight)
                }
            }));
        }
        if let Some(place) = nodes.get_mut(index) {
            *place = Some(cells);
        }
    }
    covered.reverse();
    sums.reverse();
    let coverage = lowering.cells.formula(covering, Expression::sum_of(covered));
    let root = nodes.first().copied().flatten();
    let whole = tree.nodes.first().zip(root).filter(|_| sums.iter().any(|sum| sum.may_be_nothing));
    let sum = whole.map(|(node, cells)| sum_of(lowering, node, cells));
    let sensitivity = root.and_then(|root| {
        let (levels, operators, verdict) = (&levels, &operators, &verdict);
        let base = sensitivity::Base { tree, nodes: &nodes, root, levels, operators, verdict, experts: &experts };
        sensitivity::define(lowering, assessment, &base)
    });
    AssessmentCells { nodes, coverage, sums, sum, sensitivity }
}

fn sum_of(lowering: &mut Lowering, node: &Node, cells: JudgedCells) -> CellId {
    let sum = Expression::call(Function::Sum, [Expression::cell(cells.membership)]);
    lowering.cells.formula(naming(node, "sum", "sum of the memberships"), sum)
}

fn naming(node: &Node, figure: &'static str, aspect: &'static str) -> Naming {
    Naming::new(Id::of(owner(node), figure)).label(Arc::clone(&node.name), aspect)
}

/// What the figures of a judged criterion are called: `assessment.retention_rate`, of the whole `assessment`.
fn owner(node: &Node) -> Arc<str> {
    match node.parent {
        None => Arc::from("assessment"),
        Some(_) => ["assessment.", &node.id].concat().into(),
    }
}

impl AssessmentCells {
    /// A whole that nobody judged has no figures of its own, only a reason.
    pub(crate) fn define_unjudged(&self, lowering: &mut Lowering) {
        if self.nodes.first().copied().flatten().is_none() {
            let naming = Naming::new("assessment.score").label("Assessment", "panel score").source("assessment");
            lowering.cells.absent(naming, Shape::Scalar, Cause::NotJudged);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::{Decimal, dec};

    /// Weights 0.6 and 0.4 over memberships (0.5, 0.3, 0.2) and (0.1, 0.2, 0.7).
    fn draft(operator: Operator) -> Draft {
        let children = [Criterion::judged("a").weighing(dec!(0.6)), Criterion::judged("b").weighing(dec!(0.4))];
        let grade = |name: &str, score: i64| Grade { name: name.to_owned(), score: score.into() };
        let votes =
            |item: &str, counts: [i64; 3]| Votes { item: item.to_owned(), counts: counts.map(Decimal::from).into() };
        let assessment = Assessment {
            // written worst first: grades are ordered by their scores
            grades: vec![grade("poor", 40), grade("fair", 60), grade("good", 90)],
            operator,
            panel: Some(10),
            votes: vec![votes("a", [5, 3, 2]), votes("b", [1, 2, 7])],
            ..Assessment::default()
        };
        Draft { scorecard: Some(Scorecard::new(children)), assessment: Some(assessment), ..Draft::default() }
    }

    #[test]
    fn the_five_operators_by_hand() {
        for (operator, expected) in [
            // 0.6 x 0.5 + 0.4 x 0.1, …
            (Operator::WeightedAverage, [dec!(0.34), dec!(0.26), dec!(0.40)]),
            // max(min(0.6, 0.5), min(0.4, 0.1)), …
            (Operator::MinMax, [dec!(0.5), dec!(0.3), dec!(0.4)]),
            // max(0.30, 0.04), max(0.18, 0.08), max(0.12, 0.28)
            (Operator::ProductMax, [dec!(0.30), dec!(0.18), dec!(0.28)]),
            // min(1, 0.5 + 0.1), min(1, 0.3 + 0.2), min(1, 0.2 + 0.4)
            (Operator::BoundedSum, [dec!(0.6), dec!(0.5), dec!(0.6)]),
            // min(0.6, 5/6) + min(0.4, 1/6), min(0.6, 3/5) + min(0.4, 2/5), min(0.6, 2/9) + min(0.4, 7/9)
            (Operator::Balanced, [dec!(0.7666666667), dec!(1), dec!(0.6222222222)]),
        ] {
            let figures = Figures::of(draft(operator));
            for (grade, expected) in ["good", "fair", "poor"].iter().zip(expected) {
                let b = figures.get(&format!("assessment.membership.{grade}"));
                assert_eq!(b.round_dp(10), expected, "{operator:?} {grade}");
                let normalised = figures.get(&format!("assessment.normalised.{grade}"));
                let sum: Decimal =
                    ["good", "fair", "poor"].iter().map(|g| figures.get(&format!("assessment.membership.{g}"))).sum();
                assert_eq!((normalised * sum).round_dp(20), b.round_dp(20));
            }
        }
    }

    #[test]
    fn verdicts() {
        let average = Figures::of(draft(Operator::WeightedAverage));
        assert_eq!(average.names("assessment.grade"), ["poor"]);
        // 0.34 x 90 + 0.26 x 60 + 0.40 x 40
        assert_eq!(average.get("assessment.score"), dec!(62.2));
        assert_eq!(average.names("assessment.score_grade"), ["fair"]);
        let tied = Figures::of(draft(Operator::BoundedSum));
        assert_eq!(tied.names("assessment.grade"), ["good", "poor"]);
    }

    #[test]
    fn rows_may_be_normalised_between_levels() {
        let mut draft = draft(Operator::MinMax);
        let card = draft.scorecard.as_mut().unwrap();
        let children = std::mem::take(&mut card.perspectives);
        card.perspectives = vec![Criterion::group("inner", children)];
        let plain = Figures::of(draft.clone());
        assert_eq!(plain.get("assessment.membership.good"), dec!(0.5));
        draft.assessment.as_mut().unwrap().normalise = true;
        let normalised = Figures::of(draft);
        assert_eq!(normalised.get("assessment.membership.good").round_dp(10), dec!(0.4166666667));
    }

    #[test]
    fn what_nobody_judged_is_left_out_and_the_rest_re_weighted() {
        let mut draft = draft(Operator::WeightedAverage);
        draft.assessment.as_mut().unwrap().votes.pop();
        let figures = Figures::of(draft);
        assert_eq!(figures.get("assessment.membership.good"), dec!(0.5));
        assert_eq!(figures.get("assessment.coverage"), dec!(0.6));
    }

    #[test]
    fn without_a_panel_each_row_is_divided_by_its_sum() {
        let mut draft = draft(Operator::WeightedAverage);
        let assessment = draft.assessment.as_mut().unwrap();
        assessment.panel = None;
        assessment.votes[0].counts = [10, 6, 4].map(Decimal::from).into();
        assert_eq!(Figures::of(draft).get("assessment.a.membership.good"), dec!(0.5));
    }

    #[test]
    fn grades_are_bounded() {
        let mut draft = draft(Operator::WeightedAverage);
        let assessment = draft.assessment.as_mut().unwrap();
        assessment.grades = (0..101_i64).map(|grade| Grade::new(format!("g{grade}"), grade)).collect();
        assert_eq!(
            problems(draft),
            ["assessment.grades: there are 101 grades, more than the 100 that an assessment may have"]
        );
    }

    #[test]
    fn mistakes_in_votes_are_placed() {
        let mut draft = draft(Operator::WeightedAverage);
        let assessment = draft.assessment.as_mut().unwrap();
        let row = |item: &str, counts: Vec<Decimal>| Votes { item: item.to_owned(), counts };
        assessment.votes[0].counts[0] = dec!(4);
        assessment.votes[1].counts = vec![dec!(5), dec!(5)];
        assessment.votes.push(row("c", vec![dec!(5), dec!(5), dec!(0)]));
        assessment.votes.push(row("b", vec![dec!(5), dec!(5.5), dec!(-0.5)]));
        assessment.grades[0].score = dec!(60);
        assert_eq!(
            problems(draft),
            [
                "assessment.grades.fair: `fair` has the name or the score of another grade",
                "assessment.votes.a: `a` has 9 votes, but the panel has 10",
                "assessment.votes.b: `b` has 2 numbers for 3 grades",
                "assessment.votes.c: `c` is no criterion of the scorecard",
                "assessment.votes.b.1: 5.5 is not a number of votes",
            ]
        );
    }
}
