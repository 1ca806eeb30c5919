//! How memberships of siblings become the membership of their parent.

use super::FuzzyError;
use crate::amount::Lowering;
use crate::model::{Expression, Function};
use crate::scorecard::{ROOT, Tree};

/// How the weights of siblings and their memberships are composed into the membership of their parent.
///
/// **Formula**: with the weights `a_i` of the siblings and the membership `r_ij` of sibling i in grade j, each operator
/// gives `b_j`. They are named by their formula, because the literature swaps the names.
///
/// Only [`WeightedAverage`](Self::WeightedAverage) gives rows that sum to 1, and only with it one step with global
/// weights gives what composing level by level gives. The others let single criteria decide, and may give another
/// verdict on the same votes.
///
/// ```
/// use appraise::panel::{Assessment, Grade, Operator, Votes};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::{Decimal, dec};
///
/// let good = |operator| {
///     let votes = |item: &str, counts: [i64; 2]| Votes { item: item.into(), counts: counts.map(Decimal::from).into() };
///     let assessment = Assessment {
///         grades: vec![Grade { name: "good".into(), score: dec!(1) }, Grade { name: "bad".into(), score: dec!(0) }],
///         operator,
///         votes: vec![votes("speed", [9, 1]), votes("price", [2, 8])],
///         ..Assessment::default()
///     };
///     let weighing = |id, weight| Criterion::judged(id).weighing(weight);
///     let card = Scorecard::new([weighing("speed", dec!(0.6)), weighing("price", dec!(0.4))]);
///     let draft = Draft { scorecard: Some(card), assessment: Some(assessment), ..Draft::default() };
///     Appraisal::new(draft).unwrap().base().figure("assessment.membership.good").unwrap().unwrap()
/// };
/// assert_eq!(good(Operator::WeightedAverage), dec!(0.62)); // 0.6 x 0.9 + 0.4 x 0.2
/// assert_eq!(good(Operator::MinMax), dec!(0.6)); // max(min(0.6, 0.9), min(0.4, 0.2))
/// assert_eq!(good(Operator::ProductMax), dec!(0.54)); // max(0.6 x 0.9, 0.4 x 0.2)
/// assert_eq!(good(Operator::BoundedSum), dec!(0.8)); // min(1, 0.6 + 0.2)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Operator {
    /// M(·,+): `b_j = sum_i a_i r_ij`.
    #[default]
    WeightedAverage,
    /// M(∧,∨): `b_j = max_i min(a_i, r_ij)`.
    MinMax,
    /// M(·,∨): `b_j = max_i a_i r_ij`.
    ProductMax,
    /// M(∧,⊕): `b_j = min(1, sum_i min(a_i, r_ij))`.
    BoundedSum,
    /// `b_j = sum_i min(a_i, r_ij / sum_k r_kj)`, 0 for a grade that no child has.
    Balanced,
}

impl Operator {
    /// Every operator and its name in a document.
    pub const ALL: [(&'static str, Operator); 5] = [
        ("weighted_average", Operator::WeightedAverage),
        ("min_max", Operator::MinMax),
        ("product_max", Operator::ProductMax),
        ("bounded_sum", Operator::BoundedSum),
        ("balanced", Operator::Balanced),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, operator)| *operator == self).map_or("", |(name, _)| name)
    }

    /// The formula as the literature writes it.
    pub fn formula(self) -> &'static str {
        match self {
            Self::WeightedAverage => "M(·,+): b_j = Σ a_i r_ij",
            Self::MinMax => "M(∧,∨): b_j = max_i min(a_i, r_ij)",
            Self::ProductMax => "M(·,∨): b_j = max_i a_i r_ij",
            Self::BoundedSum => "M(∧,⊕): b_j = min(1, Σ min(a_i, r_ij))",
            Self::Balanced => "b_j = Σ min(a_i, r_ij / Σ_k r_kj)",
        }
    }

    /// One row `b` from the weights and rows of the children.
    pub(super) fn compose(self, children: impl IntoIterator<Item = (Expression, Expression)>) -> Expression {
        let function = match self {
            Self::WeightedAverage => Function::WeightedSum,
            Self::MinMax => Function::MaxMin,
            Self::ProductMax => Function::MaxProduct,
            Self::BoundedSum => Function::BoundedSum,
            Self::Balanced => Function::BalancedSum,
        };
        Expression::call(function, children.into_iter().flat_map(|(weight, row)| [weight, row]))
    }
}

/// The operator of each criterion that has others under it.
pub(super) struct Operators {
    by_node: Vec<Operator>,
}

impl Operators {
    pub(super) fn check(
        lowering: &mut Lowering,
        tree: &Tree,
        default: Operator,
        exceptions: &[(String, Operator)],
    ) -> Self {
        let mut by_node: Vec<Option<Operator>> = vec![None; tree.nodes.len()];
        for (item, operator) in exceptions {
            let at = format!("assessment.operator.{item}");
            let index = if item == ROOT { Some(0) } else { tree.find(item) };
            let Some(index) = index else {
                let nearest = lowering.nearest(item, tree.ids().chain([ROOT, "default"]));
                lowering.problem(at, FuzzyError::UnknownItem { item: item.clone(), nearest });
                continue;
            };
            if tree.node(index).is_none_or(|node| node.children.is_empty()) {
                lowering.problem(at, FuzzyError::OperatorOfIndicator { item: item.clone() });
            } else if by_node.get_mut(index).and_then(|known| known.replace(*operator)).is_some() {
                lowering.problem(at, FuzzyError::OperatorTwice { item: item.clone() });
            }
        }
        Self { by_node: by_node.into_iter().map(|operator| operator.unwrap_or(default)).collect() }
    }

    pub(super) fn of(&self, node: usize) -> Operator {
        self.by_node.get(node).copied().unwrap_or_default()
    }

    /// Whether all levels of a tree use one operator.
    pub(super) fn is_everywhere(&self, tree: &Tree, operator: Operator) -> bool {
        let mut groups = tree.nodes.iter().zip(&self.by_node).filter(|(node, _)| !node.children.is_empty());
        groups.all(|(_, used)| *used == operator)
    }
}
