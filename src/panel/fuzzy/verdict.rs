//! Reading a row of memberships: its score, its grade, and how clearly it decides.

use super::{Assessment, JudgedCells, grades};
use crate::amount::Lowering;
use crate::model::{AxisId, Binary, Cause, CellId, Expression, Function, Naming, Shape, Unit};
use crate::scorecard::Node;
use rust_decimal::Decimal;

/// The grades as cells, and how a row over them is read.
pub(super) struct Verdict {
    axis: AxisId,
    scores: CellId,
    /// The lowest score of each grade.
    bands: Option<CellId>,
    exponent: u32,
    /// Why a row in one grade only has no effectiveness.
    one_grade: CellId,
    /// Why a row of zeros has no grade, where there may be one.
    nothing: Option<CellId>,
}

impl Verdict {
    pub(super) fn define(lowering: &mut Lowering, assessment: &Assessment, axis: AxisId) -> Self {
        let best_first = assessment.grades_best_first();
        let naming = Naming::new("assessment.grades").label("Grades", "score").source("assessment.grades");
        let values = best_first.iter().map(|grade| Some(grade.score));
        let scores = lowering.cells.input(naming, Shape::Row(axis), values);
        let bands = grades::check_bands(lowering, assessment).map(|bands| {
            let naming = Naming::new("assessment.grade_bands").label("Grades", "lowest score of the grade");
            let naming = naming.source("assessment.grade_bands");
            lowering.cells.input(naming, Shape::Row(axis), bands.into_iter().map(Some))
        });
        let naming = Naming::new("assessment.one_grade").label("Grades", "membership in one grade only");
        let one_grade = lowering.cells.absent(naming, Shape::Scalar, Cause::OneGrade);
        let may_be_nothing = assessment.functions.iter().any(|functions| functions.of.may_be_nothing());
        let nothing = may_be_nothing.then(|| {
            let naming = Naming::new("assessment.no_membership").label("Grades", "membership in no grade");
            lowering.cells.absent(naming, Shape::Scalar, Cause::NoMembership)
        });
        Self { axis, scores, bands, exponent: assessment.exponent, one_grade, nothing }
    }

    /// What is known of a row, unless it is nothing but zeros.
    fn unless_nothing(&self, membership: CellId, known: Expression) -> Expression {
        let Some(nothing) = self.nothing else { return known };
        let sum = over_row(Function::Sum, Expression::cell(membership));
        Expression::choose(is_nothing(sum), Expression::cell(nothing), known)
    }

    /// `sum b^p s / sum b^p`.
    pub(super) fn score(&self, membership: CellId) -> Expression {
        let b = || match self.exponent {
            2 => Expression::cell(membership) * Expression::cell(membership),
            _ => Expression::cell(membership),
        };
        let score = over_row(Function::Sum, b() * Expression::cell(self.scores)) / over_row(Function::Sum, b());
        self.unless_nothing(membership, score)
    }

    /// Maximum membership: every grade that has the largest membership, so that a tie is seen.
    pub(super) fn grade(&self, membership: CellId) -> Expression {
        let b = || Expression::cell(membership);
        self.unless_nothing(membership, is_nothing(over_row(Function::Max, b()) - b()))
    }

    /// The grade whose band the score falls into, or else the nearest one.
    fn score_grade(&self, score: CellId) -> Expression {
        let score = || Expression::cell(score);
        let Some(bands) = self.bands else {
            let distance = || Expression::call(Function::Abs, [Expression::cell(self.scores) - score()]);
            return is_nothing(distance() - over_row(Function::Min, distance()));
        };
        let ahead = || settled(score() - Expression::cell(bands));
        let reached = || ahead().binary(Binary::GreaterOrEqual, Expression::number(0));
        // of the bands that the score reaches, the one that begins highest
        let highest = Expression::choose(reached(), Expression::cell(bands), Expression::number(Decimal::MIN));
        Expression::cell(bands).binary(Binary::Equal, over_row(Function::Max, highest))
    }

    /// `(k beta - 1) / (2 gamma (k - 1))` of the normalised row.
    fn effectiveness(&self, lowering: &Lowering, normalised: CellId) -> Expression {
        let count = Decimal::from(lowering.cells.entries(self.axis).len());
        let largest =
            |place: u32| Expression::call(Function::Largest, [Expression::cell(normalised), Expression::number(place)]);
        let lead = Expression::number(count) * largest(1) - Expression::number(1);
        let one_less = Expression::number(count.saturating_sub(Decimal::ONE));
        let effectiveness = lead / (Expression::number(2) * largest(2) * one_less);
        let no_other = largest(2).binary(Binary::Equal, Expression::number(0));
        Expression::choose(no_other, Expression::cell(self.one_grade), effectiveness)
    }

    /// The cells of one judged criterion.
    pub(super) fn judge(&self, lowering: &mut Lowering, node: &Node, membership: Expression) -> JudgedCells {
        let naming = |figure: &'static str, aspect| super::naming(node, figure, aspect);
        let membership = lowering.cells.formula(naming("membership", "membership"), membership);
        let b = || Expression::cell(membership);
        let normalised = self.unless_nothing(membership, b() / over_row(Function::Sum, b()));
        let normalised = lowering.cells.formula(naming("normalised", "membership, normalised"), normalised);
        let score = lowering.cells.formula(naming("score", "panel score"), self.score(membership));
        let set = |figure: &'static str, aspect| naming(figure, aspect).unit(Unit::Set);
        let grade = lowering.cells.formula(set("grade", "grade of maximum membership"), self.grade(membership));
        let aspect = if self.bands.is_some() { "grade of the score" } else { "grade nearest to the score" };
        let score_grade = lowering.cells.formula(set("score_grade", aspect), self.score_grade(score));
        let effectiveness = self.effectiveness(lowering, normalised);
        let naming = naming("effectiveness", "effectiveness of maximum membership");
        let effectiveness = lowering.cells.formula(naming, effectiveness);
        JudgedCells { membership, normalised, score, grade, score_grade, effectiveness }
    }
}

/// A difference of memberships, scores or weights to ten decimals, where it decides something: weights have twelve digits
/// where they come from comparisons in pairs, and the last digit of a division must not decide either. No figure that is
/// reported is rounded.
pub(super) fn settled(difference: Expression) -> Expression {
    Expression::call(Function::Round, [difference, Expression::number(10)])
}

/// Whether what a difference is about counts as equal.
pub(super) fn is_nothing(difference: Expression) -> Expression {
    settled(difference).binary(Binary::Equal, Expression::number(0))
}

fn over_row(function: Function, row: Expression) -> Expression {
    Expression::call(function, [row])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::panel::{Grade, GradeBand, Memberships};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::dec;

    fn draft(row: [Decimal; 3], change: impl FnOnce(&mut Assessment)) -> Draft {
        let mut assessment = Assessment {
            grades: vec![Grade::new("good", 90), Grade::new("fair", 60), Grade::new("poor", 40)],
            memberships: vec![Memberships { item: "x".into(), values: row.into() }],
            ..Assessment::default()
        };
        change(&mut assessment);
        Draft {
            scorecard: Some(Scorecard::new([Criterion::judged("x")])),
            assessment: Some(assessment),
            ..Draft::default()
        }
    }

    const ROW: [Decimal; 3] = [dec!(0.6), dec!(0.3), dec!(0.1)];

    #[test]
    fn effectiveness_by_hand() {
        // (3 x 0.6 - 1) / (2 x 0.3 x 2)
        assert_eq!(Figures::of(draft(ROW, |_| {})).get("assessment.effectiveness").round_dp(10), dec!(0.6666666667));
        // all alike: the largest says nothing
        let third = Decimal::ONE / dec!(3);
        let alike = Figures::of(draft([third; 3], |assessment| assessment.sums = crate::panel::Sums::Any));
        assert_eq!(alike.get("assessment.effectiveness").round_dp(20), dec!(0));
        let one = Figures::of(draft([dec!(1), dec!(0), dec!(0)], |_| {}));
        assert_eq!(one.cause("assessment.effectiveness"), Cause::OneGrade);
    }

    /// Weights of a third each cannot be written down: one of them ends in 4.
    #[test]
    fn grades_tie_whatever_the_last_digit() {
        let row =
            |item: &str, values: [i64; 3]| Memberships { item: item.into(), values: values.map(Into::into).into() };
        let alike = |assessment: &mut Assessment| {
            assessment.memberships = vec![row("a", [1, 0, 0]), row("b", [0, 1, 0]), row("c", [0, 0, 1])];
        };
        let criteria = ["a", "b", "c"].map(Criterion::judged);
        let draft = Draft { scorecard: Some(Scorecard::new(criteria)), ..draft(ROW, alike) };
        let figures = Figures::of(draft);
        assert_eq!(figures.names("assessment.grade"), ["good", "fair", "poor"]);
        assert_eq!(figures.names("sensitivity.operator.min_max.grade"), ["good", "fair", "poor"]);
        assert_eq!(figures.get("sensitivity.smallest_move"), Decimal::ZERO);
        assert_eq!(figures.names("sensitivity.weight.b.up_grade"), ["fair"]);
        assert_eq!(figures.names("sensitivity.weight.b.down_grade"), ["good", "poor"]);
    }

    /// Weights from comparisons in pairs have twelve digits, and a tie is one all the same.
    #[test]
    fn grades_tie_with_weights_of_twelve_digits() {
        let row = |item: &str, good: Decimal| Memberships {
            item: item.into(),
            values: [good, Decimal::ONE - good, Decimal::ZERO].into(),
        };
        let rows = |off: Decimal| {
            let draft = draft(ROW, |assessment| {
                assessment.memberships = vec![row("a", dec!(0.25)), row("b", dec!(1)), row("c", dec!(0.5))];
            });
            // 4 : 2 : 1, and not quite
            let weights = [dec!(0.571428571429) + off, dec!(0.285714285714), dec!(0.142857142857) - off];
            let criteria =
                ["a", "b", "c"].iter().zip(weights).map(|(id, weight)| Criterion::judged(*id).weighing(weight));
            Figures::of(Draft { scorecard: Some(Scorecard::new(criteria)), ..draft })
        };
        let tied = rows(Decimal::ZERO);
        assert_eq!(tied.names("assessment.grade"), ["good", "fair"]);
        // 75 is as far from 90 as from 60
        assert_eq!(tied.names("assessment.score_grade"), ["good", "fair"]);
        assert_eq!(tied.get("sensitivity.smallest_move"), Decimal::ZERO);
        // what is reported is not rounded
        assert_ne!(tied.get("assessment.membership.good"), tied.get("assessment.membership.fair"));
        let apart = rows(dec!(0.000000001));
        assert_eq!(apart.names("assessment.grade"), ["fair"]);
        assert_eq!(apart.get("sensitivity.gap.good").round_dp(13), dec!(0.0000000005005));
    }

    #[test]
    fn large_memberships_count_more_with_exponent_2() {
        assert_eq!(Figures::of(draft(ROW, |_| {})).get("assessment.score"), dec!(76));
        // (0.36 x 90 + 0.09 x 60 + 0.01 x 40) / 0.46
        let squared = Figures::of(draft(ROW, |assessment| assessment.exponent = 2));
        assert_eq!(squared.get("assessment.score").round_dp(10), dec!(83.0434782609));
        assert_eq!(
            problems(draft(ROW, |assessment| assessment.exponent = 0)),
            ["assessment.exponent: 0 is no exponent of the memberships in a score"]
        );
    }

    #[test]
    fn bands_are_half_open() {
        let banded = |good: Decimal| {
            let bands = [("good", good), ("fair", dec!(50)), ("poor", dec!(0))];
            let bands = bands.map(|(grade, from)| GradeBand { grade: grade.into(), from });
            let figures = Figures::of(draft(ROW, |assessment| assessment.grade_bands = bands.into()));
            figures.names("assessment.score_grade")
        };
        assert_eq!(banded(dec!(76)), ["good"]);
        assert_eq!(banded(dec!(76.01)), ["fair"]);
        // without bands, 76 is nearer to 90 than to 60
        assert_eq!(Figures::of(draft(ROW, |_| {})).names("assessment.score_grade"), ["good"]);
    }
}
