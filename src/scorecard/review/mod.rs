//! The design of a scorecard, reviewed: how many indicators, how heavy, how balanced, and what is missing.

mod apart;
mod gaps;
mod over_time;
mod principle;

pub(crate) use apart::ApartCells;
pub(crate) use gaps::Gaps;
pub(crate) use over_time::{FollowedCells, MOST_COMPARED, MOST_PAIRS, OverTimeReview};
pub(crate) use principle::{Principle, PrincipleCells, PrincipleSide};

use super::facet::{self, Facets};
use super::roll_up::{CriterionCells, WeightCells};
use super::{MissingPolicy, ROOT, Tree};
use crate::amount::{AmountError, Lowering};
use crate::finding_code::FindingCode;
use crate::model::{Binary, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::sync::Arc;

/// What can be wrong with what a review is asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// A balance that no two sides can have.
    #[error("of two sides the smaller has at most 50 %, so a balance of {} cannot be met", crate::amount::percent(.balance))]
    Balance {
        /// The balance as written.
        balance: Decimal,
    },
    /// A limit that leaves no indicator.
    #[error("`{key}` leaves room for no indicator")]
    NoIndicators {
        /// The key.
        key: &'static str,
    },
    /// A code that no finding can have.
    #[error("there is no finding `{code}`")]
    UnknownCode {
        /// The code as written.
        code: String,
        /// The known code nearest to it.
        nearest: Option<String>,
    },
    /// A finding accepted without a word why.
    #[error("`{code}` is accepted without a reason")]
    NoReason {
        /// The code.
        code: String,
    },
}

impl ReviewError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Balance { .. } => "write a share from 0 to 50 %, as in `balance: 20%`".to_owned(),
            Self::NoIndicators { key } => format!("write a whole number from 1, as in `{key}: 7`"),
            Self::UnknownCode { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownCode { nearest: None, .. } => {
                "write a code as the report prints it, as in `review.no_owner`".to_owned()
            }
            Self::NoReason { code } => format!("write why, as in `{code}: the board owns all of them`"),
        })
    }
}

/// What a review of the design measures the scorecard by, and what of its findings is accepted.
///
/// **Units**: `balance`, `most_weight`, `tied` and `behind_plan` are fractions, `moves_together` is a correlation; the others are numbers of indicators.
///
/// **Source**: the seven design principles of a balanced scorecard; the limits are defaults of this library.
///
/// ```
/// use appraise::scorecard::{Criterion, DesignReview, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let tied = Criterion::group("loyalty", [Criterion::judged("goodwill").weighing(dec!(1))]);
/// let customer = Criterion::group("customer", [tied]).weighing(dec!(0.7));
/// let review = DesignReview::default();
/// assert_eq!(review.balance, dec!(0.2));
/// let card = Scorecard::new([customer, Criterion::judged("people").weighing(dec!(0.3))]);
/// let card = Scorecard { review: Some(review), ..card };
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("review.tied.share"), Some(Ok(dec!(0.7))));
/// assert_eq!(appraisal.base().figure("scorecard.indicators"), Some(Ok(dec!(2))));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignReview {
    /// The least share of the smaller of two sides, as of leading and lagging indicators.
    pub balance: Decimal,
    /// The least share of weight that is tied to an objective.
    pub tied: Decimal,
    /// The most indicators of the whole.
    pub most_indicators: u32,
    /// The most indicators of a perspective.
    pub most_per_perspective: u32,
    /// The largest overall weight of one indicator.
    pub most_weight: Decimal,
    /// The correlation, of either sign, from which two indicators are said to move together.
    pub moves_together: Decimal,
    /// How far progress may be behind what was expected by now.
    pub behind_plan: Decimal,
    /// The codes of findings that are accepted, and why.
    pub accepted: Vec<(String, String)>,
}

impl Default for DesignReview {
    fn default() -> Self {
        Self {
            balance: Decimal::new(20, 2),
            tied: Decimal::ONE,
            most_indicators: 25,
            most_per_perspective: 7,
            most_weight: Decimal::new(40, 2),
            moves_together: Decimal::new(95, 2),
            behind_plan: Decimal::new(10, 2),
            accepted: Vec::new(),
        }
    }
}

/// The cells of the review, and what of the design needs no arithmetic.
#[derive(Debug, Clone)]
pub(crate) struct ReviewCells {
    /// How many indicators there are.
    pub(crate) indicators: Limited,
    /// The perspectives with indicators under them, and how many those are.
    pub(crate) perspectives: Vec<(usize, CellId)>,
    pub(crate) most_per_perspective: CellId,
    /// The largest overall weight, where there are enough indicators that none need be above the limit.
    pub(crate) heaviest: Option<Limited>,
    /// Leading and lagging, process and effect indicators by themselves.
    pub(crate) apart: Vec<ApartCells>,
    /// The seven principles; none where nobody asked for a review or gave an attribute.
    pub(crate) principles: Vec<PrincipleCells>,
    pub(crate) gaps: Gaps,
    /// What several periods say, where the scorecard has any.
    pub(crate) over_time: Option<OverTimeReview>,
}

/// A figure, its limit and whether it keeps it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limited {
    pub(crate) value: CellId,
    pub(crate) limit: CellId,
    pub(crate) met: CellId,
}

/// What the parts of the review look at.
struct Card<'a, 'c> {
    tree: &'a Tree<'c>,
    weights: &'a [Option<WeightCells>],
    scored: &'a [CriterionCells],
    /// What somebody said, inherited.
    said: Vec<Facets>,
    /// The same with what is taken for granted.
    facets: Vec<Facets>,
    /// The indicators: criteria without children.
    indicators: Vec<usize>,
    missing: MissingPolicy,
    /// Whether the document asks for a review.
    is_asked: bool,
}

impl Card<'_, '_> {
    fn weight(&self, index: usize) -> Option<Expression> {
        Some(Expression::cell(self.weights.get(index).copied().flatten()?.global))
    }

    /// Whether any indicator has the attribute from somebody's own words.
    fn is_said(&self, has: impl Fn(&Facets) -> bool) -> bool {
        self.indicators.iter().filter_map(|index| self.said.get(*index)).any(has)
    }

    fn facets(&self, index: usize) -> Facets {
        self.facets.get(index).copied().unwrap_or_default()
    }

    /// The perspective above a criterion, or the criterion itself where it is one.
    fn perspective(&self, index: usize) -> usize {
        let nodes = &self.tree.nodes;
        let above = |index: &usize| nodes.get(*index)?.parent.filter(|parent| *parent != 0);
        std::iter::successors(Some(index), above).last().unwrap_or(index)
    }
}

/// Defines the review of a scorecard whose criteria and weights are defined.
///
/// `functions` are the indicators whose values membership functions read.
pub(crate) fn define(
    lowering: &mut Lowering,
    tree: &Tree,
    (weights, scored): (&[Option<WeightCells>], &[CriterionCells]),
    card: &super::Scorecard,
    functions: &HashSet<&str>,
) -> ReviewCells {
    let default = DesignReview::default();
    let review = card.review.as_ref().unwrap_or(&default);
    check(lowering, review);
    let links = &card.links;
    let said = facet::inherited(tree);
    let leaves = tree.nodes.iter().enumerate().filter(|(_, node)| node.children.is_empty() && node.parent.is_some());
    let card = Card {
        tree,
        weights,
        scored,
        facets: facet::with_defaults(tree, &said),
        said,
        indicators: leaves.map(|(index, _)| index).collect(),
        missing: card.missing,
        is_asked: card.review.is_some(),
    };
    let (indicators, perspectives) = count(lowering, &card, review);
    let most_per_perspective = limit(
        lowering,
        "review.limit.most_per_perspective",
        "most indicators of a perspective",
        Unit::Number,
        "most_per_perspective",
        review.most_per_perspective.into(),
    );
    ReviewCells {
        indicators,
        perspectives,
        most_per_perspective,
        heaviest: heaviest(lowering, &card, review),
        apart: apart::define(lowering, &card),
        principles: principle::define(lowering, &card, review),
        gaps: gaps::find(&card, functions),
        over_time: over_time::define(lowering, &card, review, links),
    }
}

fn check(lowering: &mut Lowering, review: &DesignReview) {
    let at = |key: &str| format!("scorecard.review.{key}");
    let balance = review.balance;
    if balance < Decimal::ZERO || balance > Decimal::new(5, 1) {
        lowering.problem(at("balance"), ReviewError::Balance { balance });
    }
    let shares = [
        ("tied", review.tied),
        ("most_weight", review.most_weight),
        ("moves_together", review.moves_together),
        ("behind_plan", review.behind_plan),
    ];
    for (key, value) in shares {
        if value < Decimal::ZERO || value > Decimal::ONE {
            lowering.problem(at(key), AmountError::NotAShare { value });
        }
    }
    let counts = [("most_indicators", review.most_indicators), ("most_per_perspective", review.most_per_perspective)];
    for (key, _) in counts.into_iter().filter(|(_, most)| *most == 0) {
        lowering.problem(at(key), ReviewError::NoIndicators { key });
    }
    check_accepted(lowering, "scorecard.review.accepted", &review.accepted);
}

/// Reports codes of findings that there are not, and acceptances without a word why.
pub(crate) fn check_accepted(lowering: &mut Lowering, at: &str, accepted: &[(String, String)]) {
    for (code, reason) in accepted {
        let at = format!("{at}.{code}");
        if FindingCode::named(code).is_none() {
            let nearest = lowering.nearest(code, FindingCode::all().map(FindingCode::code));
            lowering.problem(at, ReviewError::UnknownCode { code: code.clone(), nearest });
        } else if reason.trim().is_empty() {
            lowering.problem(at, ReviewError::NoReason { code: code.clone() });
        }
    }
}

/// A limit as a cell, so that the report can show by what the verdict was made.
fn limit(
    lowering: &mut Lowering,
    id: &'static str,
    aspect: &'static str,
    unit: Unit,
    key: &'static str,
    value: Decimal,
) -> CellId {
    let naming = Naming::new(id).label("Design review", aspect).unit(unit).source(Id::of("scorecard.review", key));
    lowering.cells.input(naming, Shape::Scalar, [Some(value)])
}

fn met(lowering: &mut Lowering, id: &'static str, aspect: &'static str, kept: Expression) -> CellId {
    lowering.cells.formula(Naming::new(id).label("Design review", aspect).unit(Unit::Truth), kept)
}

/// How many indicators there are, in all and under each perspective.
fn count(lowering: &mut Lowering, card: &Card, review: &DesignReview) -> (Limited, Vec<(usize, CellId)>) {
    let naming = |owner: &Arc<str>, name: &Arc<str>| {
        Naming::new(Id::of(Arc::clone(owner), "indicators")).label(Arc::clone(name), "number of indicators")
    };
    let mut under: Vec<u32> = vec![0; card.tree.nodes.len()];
    for index in &card.indicators {
        if let Some(count) = under.get_mut(card.perspective(*index)) {
            *count = count.saturating_add(1);
        }
    }
    let mut perspectives = Vec::new();
    let mut alone: u32 = 0;
    for (index, (node, under)) in card.tree.nodes.iter().zip(under).enumerate().filter(|(_, (node, _))| node.depth == 1)
    {
        if node.children.is_empty() {
            alone = alone.saturating_add(1);
        } else {
            let counted = lowering.cells.formula(naming(&node.figures, &node.name), Expression::number(under));
            perspectives.push((index, counted));
        }
    }
    let terms = perspectives.iter().map(|(_, counted)| Expression::cell(*counted));
    let terms = terms.chain((alone > 0).then(|| Expression::number(alone)));
    let whole = card.tree.nodes.first().map_or_else(|| ROOT.into(), |whole| Arc::clone(&whole.name));
    let value = lowering.cells.formula(naming(&ROOT.into(), &whole), Expression::sum_of(terms));
    let most = review.most_indicators.into();
    let limit =
        limit(lowering, "review.limit.most_indicators", "most indicators", Unit::Number, "most_indicators", most);
    let kept = Expression::cell(value).binary(Binary::LessOrEqual, Expression::cell(limit));
    let met = met(lowering, "review.indicators.met", "no more indicators than the limit", kept);
    (Limited { value, limit, met }, perspectives)
}

/// The largest overall weight of an indicator.
fn heaviest(lowering: &mut Lowering, card: &Card, review: &DesignReview) -> Option<Limited> {
    // with two indicators one of them has half the weight, and nobody can help it
    let count = Decimal::from(card.indicators.len());
    let is_avoidable = count.checked_mul(review.most_weight).is_some_and(|room| room > Decimal::ONE);
    if !is_avoidable {
        return None;
    }
    let weights = card.indicators.iter().filter_map(|index| card.weight(*index));
    let naming = Naming::new("review.heaviest.share").label("Design review", "largest overall weight of an indicator");
    let value = lowering.cells.formula(naming.unit(Unit::Share), Expression::fold_of(Function::Max, weights));
    let aspect = "largest weight an indicator may have";
    let limit = limit(lowering, "review.limit.most_weight", aspect, Unit::Share, "most_weight", review.most_weight);
    let kept = Expression::cell(value).binary(Binary::LessOrEqual, Expression::cell(limit));
    let met = met(lowering, "review.heaviest.met", "no indicator weighs more than the limit", kept);
    Some(Limited { value, limit, met })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::dec;

    fn draft(perspectives: impl IntoIterator<Item = Criterion>, review: Option<DesignReview>) -> Draft {
        Draft { scorecard: Some(Scorecard { review, ..Scorecard::new(perspectives) }), ..Draft::default() }
    }

    fn judged<const N: usize>(ids: [&str; N]) -> [Criterion; N] {
        ids.map(Criterion::judged)
    }

    #[test]
    fn indicators_are_counted_under_their_perspectives() {
        let deep = Criterion::group("o", judged(["a", "b"]));
        let customer = Criterion::group("customer", [deep, Criterion::judged("c")]);
        let figures = Figures::of(draft([customer, Criterion::judged("alone")], None));
        assert_eq!(figures.get("scorecard.customer.indicators"), dec!(3));
        assert_eq!(figures.get("scorecard.indicators"), dec!(4));
        assert_eq!(figures.get("review.indicators.met"), dec!(1));
        assert_eq!(figures.0.base().figure("scorecard.alone.indicators"), None);
        assert_eq!(figures.0.base().figure("scorecard.o.indicators"), None);
    }

    #[test]
    fn the_heaviest_is_limited_where_the_limit_can_be_kept() {
        let weighing = |weights: [Decimal; 3]| {
            let ids = judged(["a", "b", "c"]).into_iter().zip(weights);
            Figures::of(draft(ids.map(|(criterion, weight)| criterion.weighing(weight)), None))
        };
        let heavy = weighing([dec!(0.41), dec!(0.39), dec!(0.2)]);
        assert_eq!((heavy.get("review.heaviest.share"), heavy.get("review.heaviest.met")), (dec!(0.41), dec!(0)));
        // a limit that is reached is kept
        assert_eq!(weighing([dec!(0.4), dec!(0.4), dec!(0.2)]).get("review.heaviest.met"), dec!(1));
        let two = Figures::of(draft(judged(["a", "b"]), None));
        assert_eq!(two.0.base().figure("review.heaviest.share"), None);
    }

    #[test]
    fn limits_and_acceptances_that_make_no_sense_are_refused() {
        let accepted = [("weights.equall", "fine"), ("weights.equal", " ")];
        let review = DesignReview {
            balance: dec!(0.51),
            most_weight: dec!(2),
            most_per_perspective: 0,
            accepted: accepted.map(|(code, reason)| (code.to_owned(), reason.to_owned())).into(),
            ..DesignReview::default()
        };
        assert_eq!(
            problems(draft(judged(["a"]), Some(review))),
            [
                "scorecard.review.balance: of two sides the smaller has at most 50 %, so a balance of 51 % cannot be met",
                "scorecard.review.most_weight: 200 % is not a share between 0 and 100 %",
                "scorecard.review.most_per_perspective: `most_per_perspective` leaves room for no indicator",
                "scorecard.review.accepted.weights.equall: there is no finding `weights.equall`",
                "scorecard.review.accepted.weights.equal: `weights.equal` is accepted without a reason",
            ]
        );
    }
}
