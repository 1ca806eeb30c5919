//! Rows from the actual value of an indicator, through membership functions with thresholds for each grade.

use super::origins::{Origin, Origins, indicator};
use super::{Assessment, FuzzyError, Judging};
use crate::amount::Lowering;
use crate::model::{Axis, Binary, CellId, Expression, Function, Id, Naming, Shape};
use crate::scorecard::{Node, Tree};
use rust_decimal::Decimal;
use std::sync::Arc;

/// How far an actual value belongs to each grade.
///
/// With a `band`, the functions are of the distance to the band, 0 inside it: `max(low - x, x - high, 0)`.
///
/// **Units**: thresholds are in the unit of the indicator, memberships are fractions.
///
/// ```
/// use appraise::panel::{Assessment, Grade, GradeFunctions, MembershipFunctions};
/// use appraise::scorecard::{Criterion, Measure, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let hours = Measure { actual: Some(7.into()), ..Measure::default() };
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::indicator("hours", hours)])),
///     assessment: Some(Assessment {
///         grades: vec![Grade::new("good", 80), Grade::new("fair", 65), Grade::new("poor", 40)],
///         // less is better: the points rise as the grades fall
///         functions: vec![MembershipFunctions {
///             item: "hours".into(),
///             band: None,
///             of: GradeFunctions::Points([4, 8, 24].map(Into::into).into()),
///         }],
///         ..Assessment::default()
///     }),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("assessment.hours.membership.good"), Some(Ok(dec!(0.25))));
/// assert_eq!(outcome.figure("assessment.hours.membership.fair"), Some(Ok(dec!(0.75))));
/// assert_eq!(outcome.figure("assessment.hours.membership.poor"), Some(Ok(dec!(0))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MembershipFunctions {
    /// The id of the indicator.
    pub item: String,
    /// The range to stay in, where the grades follow from the distance to it.
    pub band: Option<(Decimal, Decimal)>,
    /// The functions.
    pub of: GradeFunctions,
}

/// The membership functions of the grades of one indicator.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum GradeFunctions {
    /// A point for each grade, best first, at which it holds fully, rising or falling all along: triangles between the
    /// points, half-trapezoids at both ends. The only ones that sum to 1 by themselves, and do so exactly.
    Points(Vec<Decimal>),
    /// A function for each grade, by name.
    Curves(Vec<(String, Curve)>),
}

impl GradeFunctions {
    /// Whether a value may be so far away that it belongs to no grade.
    pub(super) fn may_be_nothing(&self) -> bool {
        matches!(self, Self::Curves(_))
    }
}

/// A membership function of one grade.
///
/// ```
/// use appraise::panel::Curve;
/// use rust_decimal::dec;
///
/// let curve = Curve::Gaussian { centre: dec!(30), sigma: dec!(8) };
/// assert_eq!(curve.name(), "gaussian");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Curve {
    /// `[a, b, c]`: rises from a to b, falls from b to c.
    Triangle([Decimal; 3]),
    /// `[a, b, c, d]`: rises from a to b, is 1 from b to c, falls from c to d.
    Trapezoid([Decimal; 4]),
    /// `exp(-(x - centre)^2 / (2 sigma^2))`.
    Gaussian {
        /// Where it is 1.
        centre: Decimal,
        /// Its width, above 0.
        sigma: Decimal,
    },
    /// `1 / (1 + exp(-slope (x - centre)))`.
    Sigmoid {
        /// Where it is a half.
        centre: Decimal,
        /// How steeply it rises; below 0 it falls.
        slope: Decimal,
    },
    /// `exp(-rate |x - centre|)`.
    Exponential {
        /// Where it is 1.
        centre: Decimal,
        /// How quickly it falls, above 0.
        rate: Decimal,
    },
    /// `[a, b]`: rises from 0 at a to 1 at b along two parabolas, and is a half in the middle.
    S([Decimal; 2]),
    /// `[a, b]`: 1 less [`S`](Self::S).
    Z([Decimal; 2]),
}

impl Curve {
    /// The name in a document.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Triangle(_) => "triangle",
            Self::Trapezoid(_) => "trapezoid",
            Self::Gaussian { .. } => "gaussian",
            Self::Sigmoid { .. } => "sigmoid",
            Self::Exponential { .. } => "exponential",
            Self::S(_) => "s",
            Self::Z(_) => "z",
        }
    }

    /// Its parameters and what they are called.
    pub(crate) fn parameters(&self) -> Vec<(&'static str, Decimal)> {
        match *self {
            Self::Triangle([a, b, c]) => vec![("from", a), ("peak", b), ("to", c)],
            Self::Trapezoid([a, b, c, d]) => vec![("from", a), ("full_from", b), ("full_to", c), ("to", d)],
            Self::Gaussian { centre, sigma } => vec![("centre", centre), ("sigma", sigma)],
            Self::Sigmoid { centre, slope } => vec![("centre", centre), ("slope", slope)],
            Self::Exponential { centre, rate } => vec![("centre", centre), ("rate", rate)],
            Self::S([a, b]) | Self::Z([a, b]) => vec![("from", a), ("to", b)],
        }
    }

    fn check(&self) -> Result<(), FuzzyError> {
        let rises = match *self {
            // one of the sides may be upright, the whole may not
            Self::Triangle([a, b, c]) => a <= b && b <= c && a < c,
            Self::Trapezoid([a, b, c, d]) => a <= b && b <= c && c <= d && a < d,
            Self::S([a, b]) | Self::Z([a, b]) => a < b,
            Self::Gaussian { sigma: value, .. } if value <= Decimal::ZERO => {
                return Err(FuzzyError::Parameter { parameter: "sigma", value });
            }
            Self::Exponential { rate: value, .. } if value <= Decimal::ZERO => {
                return Err(FuzzyError::Parameter { parameter: "rate", value });
            }
            Self::Sigmoid { slope: value, .. } if value.is_zero() => {
                return Err(FuzzyError::Parameter { parameter: "slope", value });
            }
            _ => true,
        };
        if rises { Ok(()) } else { Err(FuzzyError::ThresholdOrder { curve: self.name() }) }
    }

    /// The membership of `x`, with the cell of the parameters.
    fn membership(&self, x: CellId, parameters: CellId) -> Expression {
        let x = || Expression::cell(x);
        let p = |number| Expression::entry(parameters, number);
        let number = |number: i64| Expression::number(number);
        // beyond these limits e ^ x is 0 to 28 digits, and not an overflow on the way
        let capped = |x| Expression::call(Function::Min, [x, number(60)]);
        let exp = |x| Expression::call(Function::Exp, [x]);
        let distance = || Expression::call(Function::Abs, [x() - p(1)]);
        match *self {
            Self::Triangle([a, b, c]) => between(x(), [p(1), p(2), p(2), p(3)], (a < b, b < c)),
            Self::Trapezoid([a, b, c, d]) => between(x(), [p(1), p(2), p(3), p(4)], (a < b, c < d)),
            Self::Gaussian { .. } => {
                let distance = Expression::call(Function::Min, [distance() / p(2), number(20)]);
                exp(-(distance.power(number(2)) / number(2)))
            }
            Self::Sigmoid { .. } => {
                let fall = -(p(2) * (x() - p(1)));
                number(1) / (number(1) + exp(capped(fall)))
            }
            Self::Exponential { .. } => exp(-capped(p(2) * distance())),
            Self::S(_) => parabolas(x(), p(1), p(2)),
            Self::Z(_) => number(1) - parabolas(x(), p(1), p(2)),
        }
    }
}

/// How far along the way from `a` to `b`, 0 before it and 1 beyond it; `b` may be below `a`.
fn along(x: Expression, a: Expression, b: Expression) -> Expression {
    ((x - a.clone()) / (b - a)).clamp(Decimal::ZERO, Decimal::ONE)
}

/// A trapezoid, whose sides may be upright.
fn between(x: Expression, [a, b, c, d]: [Expression; 4], (rises, falls): (bool, bool)) -> Expression {
    let up = match rises {
        true => (x.clone() - a.clone()) / (b - a),
        false => x.clone().binary(Binary::GreaterOrEqual, a),
    };
    let down = match falls {
        true => (d.clone() - x) / (d - c),
        false => x.binary(Binary::LessOrEqual, d),
    };
    Expression::call(Function::Min, [up, down]).clamp(Decimal::ZERO, Decimal::ONE)
}

/// The S-shaped function of two parabolas: `2 u^2 - 4 max(u - 1/2, 0)^2` of the way u from `a` to `b`.
fn parabolas(x: Expression, a: Expression, b: Expression) -> Expression {
    let square = |x: Expression| x.power(Expression::number(2));
    let way = along(x, a, b);
    let beyond = way.clone() - Expression::number(Decimal::new(5, 1));
    let beyond = Expression::call(Function::Max, [beyond, Expression::number(0)]);
    Expression::number(2) * square(way) - Expression::number(4) * square(beyond)
}

pub(super) fn check<'a>(lowering: &mut Lowering, tree: &Tree, assessment: &'a Assessment, origins: &mut Origins<'a>) {
    for functions in &assessment.functions {
        let MembershipFunctions { item, band, of } = functions;
        let at = format!("assessment.functions.{item}");
        let Some(index) = indicator(lowering, tree, item, &at) else { continue };
        let item_name = || item.clone();
        let before = lowering.problems.len();
        let measure = tree.node(index).and_then(|node| node.criterion).and_then(|criterion| criterion.measure.as_ref());
        if measure.is_none_or(|measure| !measure.has_actual() || !measure.words.is_empty()) {
            lowering.problem(&*at, FuzzyError::FunctionWithoutActual { item: item_name() });
        }
        if let Some((low, high)) = band.filter(|(low, high)| low >= high) {
            lowering.problem(format!("{at}.band"), FuzzyError::ActualBand { item: item_name(), low, high });
        }
        match of {
            GradeFunctions::Points(points) => check_points(lowering, assessment, item, &at, points),
            GradeFunctions::Curves(curves) => check_curves(lowering, assessment, item, &at, curves),
        }
        if lowering.problems.len() == before {
            origins.insert(lowering, index, item, at, Origin::Functions(functions));
        }
    }
}

fn check_points(lowering: &mut Lowering, assessment: &Assessment, item: &str, at: &str, points: &[Decimal]) {
    let grades = assessment.grades.len();
    let at = format!("{at}.points");
    if points.len() != grades {
        lowering.problem(at, FuzzyError::Grades { item: item.to_owned(), found: points.len(), grades });
        return;
    }
    let mut pairs = points.iter().zip(points.iter().skip(1));
    let rises = pairs.clone().all(|(a, b)| a < b);
    if !rises && !pairs.all(|(a, b)| a > b) {
        lowering.problem(at, FuzzyError::PointsOrder { item: item.to_owned() });
    }
}

fn check_curves(lowering: &mut Lowering, assessment: &Assessment, item: &str, at: &str, curves: &[(String, Curve)]) {
    let grades: Vec<&str> = assessment.grades.iter().map(|grade| grade.name.as_str()).collect();
    let mut missing = grades.clone();
    for (grade, curve) in curves {
        let at = format!("{at}.{grade}");
        if missing.contains(&grade.as_str()) {
            missing.retain(|known| known != grade);
        } else {
            let others = grades.iter().copied().filter(|known| known != grade);
            let nearest = lowering.nearest(grade, others);
            lowering.problem(&*at, FuzzyError::FunctionOfNoGrade { grade: grade.clone(), nearest });
        }
        if let Err(error) = curve.check() {
            let at = match error {
                FuzzyError::Parameter { parameter, .. } => format!("{at}.{}.{parameter}", curve.name()),
                _ => format!("{at}.{}", curve.name()),
            };
            lowering.problem(at, error);
        }
    }
    for grade in missing {
        let error = FuzzyError::FunctionMissing { item: item.to_owned(), grade: grade.to_owned() };
        lowering.problem(at, error);
    }
}

/// The memberships that follow from an actual value.
pub(super) fn row(
    lowering: &mut Lowering,
    judging: &Judging,
    (index, node): (usize, &Node),
    functions: &MembershipFunctions,
) -> Expression {
    let Some(actual) = judging.actuals.get(index).copied().flatten() else { return Expression::number(0) };
    let unit = node.unit.clone();
    let at = format!("assessment.functions.{}", node.id);
    let x = match functions.band {
        None => actual,
        Some((low, high)) => {
            let ends = lowering.cells.axis(Axis::named("ends", ["low", "high"]));
            let naming =
                super::naming(node, "band", "band of the best").unit(unit.clone()).source(format!("{at}.band"));
            let band = lowering.cells.input(naming, Shape::Row(ends), [Some(low), Some(high)]);
            let below = Expression::entry(band, 1) - Expression::cell(actual);
            let above = Expression::cell(actual) - Expression::entry(band, 2);
            let outside = Expression::call(Function::Max, [below, above, Expression::number(0)]);
            let naming = super::naming(node, "distance", "distance to the band").unit(unit.clone());
            lowering.cells.formula(naming, outside)
        }
    };
    let grades: Vec<Arc<str>> = lowering.cells.entries(judging.axis).to_vec();
    let of_grade = |figure: &str, grade: &str, aspect| {
        let id = Id::of(format!("{}.{figure}.{grade}", super::owner(node)), "");
        Naming::new(id).label(format!("{}, {grade}", node.name), aspect)
    };
    let entries: Vec<Expression> = match &functions.of {
        GradeFunctions::Points(points) => {
            let naming = super::naming(node, "points", "point of each grade").unit(unit).source(format!("{at}.points"));
            let values = points.iter().map(|point| Some(*point));
            let cell = lowering.cells.input(naming, Shape::Row(judging.axis), values);
            let count = u32::try_from(points.len()).unwrap_or(u32::MAX);
            // how far the value has passed each point on the way to the next one: what two neighbours share is 1
            let passed = |k| along(Expression::cell(x), Expression::entry(cell, k), Expression::entry(cell, k + 1));
            let entries = (1..=count).zip(&grades).map(|(k, grade)| {
                let membership = match k {
                    1 => Expression::number(1) - passed(1),
                    k if k == count => passed(k - 1),
                    k => passed(k - 1) - passed(k),
                };
                Expression::cell(lowering.cells.formula(of_grade("curve", grade, "membership by points"), membership))
            });
            entries.collect()
        }
        GradeFunctions::Curves(curves) => {
            let entries = grades.iter().map(|grade| {
                let curve = curves.iter().find(|(name, _)| **name == **grade);
                // a grade without a function has been refused
                let Some((_, curve)) = curve else { return Expression::number(0) };
                let parameters = curve.parameters();
                let axis = Axis::named("parameters", parameters.iter().map(|(name, _)| *name));
                let axis = lowering.cells.axis(axis);
                let naming = of_grade("thresholds", grade, curve.name()).unit(unit.clone());
                let values = parameters.iter().map(|(_, value)| Some(*value));
                let naming = naming.source(format!("{at}.{grade}"));
                let thresholds = lowering.cells.input(naming, Shape::Row(axis), values);
                let membership = curve.membership(x, thresholds);
                Expression::cell(lowering.cells.formula(of_grade("curve", grade, "membership by function"), membership))
            });
            entries.collect()
        }
    };
    Expression::row(judging.axis, entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::model::Cause;
    use crate::panel::Grade;
    use crate::scorecard::{Criterion, KpiUse, Measure, Scorecard};
    use crate::{Amount, Assumption};
    use rust_decimal::dec;

    fn draft(actual: impl Into<Amount>, band: Option<(Decimal, Decimal)>, of: GradeFunctions) -> Draft {
        let measure = Measure { actual: Some(actual.into()), ..Measure::default() };
        let assessment = Assessment {
            grades: vec![Grade::new("good", 80), Grade::new("fair", 65), Grade::new("poor", 40)],
            functions: vec![MembershipFunctions { item: "x".into(), band, of }],
            ..Assessment::default()
        };
        Draft {
            scorecard: Some(Scorecard::new([Criterion::indicator("x", measure)])),
            assessment: Some(assessment),
            ..Draft::default()
        }
    }

    fn row(draft: Draft) -> [Decimal; 3] {
        let figures = Figures::of(draft);
        ["good", "fair", "poor"].map(|grade| figures.get(&format!("assessment.x.membership.{grade}")))
    }

    fn by_points(actual: Decimal, points: [i64; 3]) -> [Decimal; 3] {
        row(draft(actual, None, GradeFunctions::Points(points.map(Decimal::from).into())))
    }

    /// The membership of the best grade; the others are there because every grade needs a function.
    fn by_curve(actual: Decimal, curve: Curve) -> Decimal {
        let other = Curve::Triangle([dec!(0), dec!(1), dec!(2)]);
        let curves = [("good", curve), ("fair", other), ("poor", other)];
        row(draft(actual, None, GradeFunctions::Curves(curves.map(|(grade, c)| (grade.to_owned(), c)).into())))[0]
    }

    #[test]
    fn points_rise_or_fall() {
        for (actual, expected) in [
            (dec!(100), [dec!(1), dec!(0), dec!(0)]),
            (dec!(90), [dec!(1), dec!(0), dec!(0)]),
            (dec!(87), [dec!(0.7), dec!(0.3), dec!(0)]),
            (dec!(80), [dec!(0), dec!(1), dec!(0)]),
            (dec!(65), [dec!(0), dec!(0.25), dec!(0.75)]),
            (dec!(0), [dec!(0), dec!(0), dec!(1)]),
        ] {
            assert_eq!(by_points(actual, [90, 80, 60]), expected, "{actual}");
            assert_eq!(by_points(-actual, [-90, -80, -60]), expected, "-{actual}");
        }
        // thirds have no end, and sum to exactly 1 all the same
        let thirds = by_points(dec!(1), [0, 3, 6]);
        assert_eq!(thirds.iter().sum::<Decimal>(), Decimal::ONE);
    }

    #[test]
    fn a_band_is_in_the_unit_of_the_kpi() {
        let of = GradeFunctions::Points([dec!(0), dec!(0.1), dec!(0.2)].into());
        let mut draft = draft(0, Some((dec!(0.1), dec!(0.2))), of);
        let churn = KpiUse::new("customer_churn_rate").with("customers_lost", 8).with("customers_start", 100);
        let card = Scorecard::new([Criterion::indicator("x", Measure::default().kpi(churn))]);
        draft.scorecard = Some(card);
        let figures = Figures::of(draft);
        let explained = figures.0.base().explain("assessment.x.distance").unwrap();
        assert_eq!(explained.steps[0].unit, crate::model::Unit::Share);
    }

    #[test]
    fn a_band_counts_the_distance_on_both_sides() {
        let of = |actual| {
            let points = GradeFunctions::Points([0, 2, 4].map(Decimal::from).into());
            row(draft(actual, Some((dec!(10), dec!(20))), points))
        };
        assert_eq!(of(dec!(15)), [dec!(1), dec!(0), dec!(0)]);
        assert_eq!(of(dec!(21)), [dec!(0.5), dec!(0.5), dec!(0)]);
        assert_eq!(of(dec!(9)), of(dec!(21)));
        assert_eq!(of(dec!(-100)), [dec!(0), dec!(0), dec!(1)]);
    }

    #[test]
    fn curves_by_hand() {
        let trapezoid = Curve::Trapezoid([dec!(1), dec!(5), dec!(7), dec!(8)]);
        let upright = Curve::Trapezoid([dec!(1), dec!(1), dec!(7), dec!(7)]);
        let triangle = Curve::Triangle([dec!(0), dec!(0), dec!(4)]);
        let (s, z) = (Curve::S([dec!(0), dec!(4)]), Curve::Z([dec!(0), dec!(4)]));
        let sigmoid = |slope| Curve::Sigmoid { centre: dec!(3), slope };
        let exponential = Curve::Exponential { centre: dec!(0), rate: dec!(1) };
        for (curve, actual, expected) in [
            (trapezoid, dec!(3), dec!(0.5)),
            (trapezoid, dec!(6), dec!(1)),
            (trapezoid, dec!(7.5), dec!(0.5)),
            (trapezoid, dec!(9), dec!(0)),
            (upright, dec!(0.9), dec!(0)),
            (upright, dec!(1), dec!(1)),
            (upright, dec!(7), dec!(1)),
            (upright, dec!(7.1), dec!(0)),
            (triangle, dec!(0), dec!(1)),
            (triangle, dec!(1), dec!(0.75)),
            (triangle, dec!(-1), dec!(0)),
            (s, dec!(-1), dec!(0)),
            (s, dec!(1), dec!(0.125)),
            (s, dec!(2), dec!(0.5)),
            (s, dec!(3), dec!(0.875)),
            (s, dec!(9), dec!(1)),
            (z, dec!(1), dec!(0.875)),
            (sigmoid(dec!(2)), dec!(3), dec!(0.5)),
            (sigmoid(dec!(2)), dec!(3.5), dec!(0.731058578630)),
            (sigmoid(dec!(-2)), dec!(2.5), dec!(0.731058578630)),
            (exponential, dec!(-1), dec!(0.367879441171)),
            (Curve::Gaussian { centre: dec!(1), sigma: dec!(2) }, dec!(3), dec!(0.606530659713)),
        ] {
            assert_eq!(by_curve(actual, curve).round_dp(12), expected.normalize(), "{curve:?} at {actual}");
        }
    }

    #[test]
    fn far_away_is_0_or_1_and_no_overflow() {
        let far = dec!(900_000_000_000_000);
        let sigmoid = |slope| Curve::Sigmoid { centre: dec!(0), slope };
        assert!(by_curve(-far, sigmoid(dec!(5))) < dec!(0.000000000000000001));
        assert_eq!(by_curve(far, sigmoid(dec!(5))).round_dp(12), dec!(1));
        assert_eq!(by_curve(far, Curve::Gaussian { centre: dec!(0), sigma: dec!(0.001) }), dec!(0));
        assert!(by_curve(far, Curve::Exponential { centre: dec!(0), rate: dec!(50) }) < dec!(0.000000000000000001));
    }

    #[test]
    fn where_no_grade_holds_there_is_no_score() {
        let curve = Curve::Triangle([dec!(0), dec!(1), dec!(2)]);
        let curves = ["good", "fair", "poor"].map(|grade| (grade.to_owned(), curve));
        let figures = Figures::of(draft(5, None, GradeFunctions::Curves(curves.into())));
        assert_eq!(figures.get("assessment.x.sum"), dec!(0));
        for figure in ["score", "effectiveness", "grade.good", "score_grade.good", "x.grade.good", "x.normalised.good"]
        {
            assert_eq!(figures.cause(&format!("assessment.{figure}")), Cause::NoMembership, "{figure}");
        }
        assert_eq!(figures.cause("sensitivity.operator.min_max.grade.good"), Cause::NoMembership);
        assert_eq!(figures.get("assessment.coverage"), dec!(0));
    }

    #[test]
    fn what_is_in_no_grade_is_no_part_of_the_weight_judged_and_counts_as_0_above() {
        let curve = Curve::Triangle([dec!(0), dec!(1), dec!(2)]);
        let curves = ["good", "fair", "poor"].map(|grade| (grade.to_owned(), curve));
        let mut draft = draft(5, None, GradeFunctions::Curves(curves.into()));
        draft.scorecard.as_mut().unwrap().perspectives.push(Criterion::judged("y"));
        let y = crate::panel::Memberships { item: "y".into(), values: [0, 1, 0].map(Decimal::from).into() };
        draft.assessment.as_mut().unwrap().memberships = vec![y];
        let figures = Figures::of(draft);
        assert_eq!(figures.get("assessment.coverage"), dec!(0.5));
        assert_eq!(figures.get("assessment.membership.fair"), dec!(0.5));
        assert_eq!(figures.get("assessment.sum"), dec!(0.5));
        assert_eq!(figures.get("assessment.score"), dec!(65));
    }

    #[test]
    fn an_actual_that_cannot_be_computed_leaves_the_reason() {
        let points = GradeFunctions::Points([3, 2, 1].map(Decimal::from).into());
        let mut draft = draft(Amount::formula("= 1 / none").unwrap(), None, points);
        draft.assumptions = vec![Assumption::new("none", 0)];
        let figures = Figures::of(draft);
        assert_eq!(figures.cause("assessment.x.membership.good"), Cause::DivisionByZero);
        assert_eq!(figures.cause("assessment.score"), Cause::DivisionByZero);
        assert_eq!(figures.cause("sensitivity.operator.min_max.score"), Cause::DivisionByZero);
    }

    #[test]
    fn two_functions_of_one_grade_are_refused() {
        let curve = Curve::Z([dec!(0), dec!(4)]);
        let curves = ["good", "good", "poor"].map(|grade| (grade.to_owned(), curve));
        assert_eq!(
            problems(draft(5, None, GradeFunctions::Curves(curves.into()))),
            [
                "assessment.functions.x.good: `good` is no grade, or has two functions",
                "assessment.functions.x: `x` has no function for the grade `fair`",
            ]
        );
    }
}
