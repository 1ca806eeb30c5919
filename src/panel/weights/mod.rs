//! How much criteria weigh among their siblings: stated, ranked, compared, voted or drawn from data; always summing to
//! exactly 1.

mod ahp;
mod combination;
mod data;
mod direct;
mod error;
mod judgement;
mod points;
mod ranks;

pub use ahp::{Aggregation, Ahp, AhpError, Comparison, JudgementSet, Judgements};
pub(crate) use ahp::{AhpCells, MatrixCells};
pub use combination::{Combination, CombinationError, How};
pub(crate) use data::DataCells;
pub use data::{DataError, DataMethod, DataWeights, Direction, UnitData, UnitValues};
pub use error::WeightError;
pub use judgement::{Judgement, JudgementError};
pub(crate) use points::PointCells;
pub use points::{Allocation, Points, PointsError, PointsKind};
pub(crate) use ranks::RankCells;
pub use ranks::{Order, RankAggregation, Ranking, Ranks, RanksError};

pub use crate::kernel::RankConversion;
pub use crate::kernel::ahp::{PriorityMethod, RandomIndex};

use super::{AuthorityCells, DelphiCells, DelphiError};
use crate::amount::Lowering;
use crate::model::{Axis, AxisId, CellId, Expression, Function, Id, Naming, Unit};
use crate::scorecard::{Node, ROOT, Tree, WeightCells};
use rust_decimal::Decimal;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

/// How the children of one criterion are weighed.
///
/// ```
/// use appraise::panel::{Order, Ranking, Ranks, SiblingWeights, Weighing};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let ranks = Ranks::new([Ranking::common(Order::listed(["customer", "financial"]))]);
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::judged("financial"), Criterion::judged("customer")])),
///     weighing: vec![SiblingWeights::new("scorecard", Weighing::Ranks(ranks))],
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// assert_eq!(appraisal.base().figure("scorecard.customer.weight"), Some(Ok(dec!(0.75))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SiblingWeights {
    /// The criterion whose children are weighed; `scorecard` for the perspectives.
    pub parent: String,
    /// By what.
    pub weighing: Weighing,
}

impl SiblingWeights {
    /// The children of `parent`, weighed so.
    pub fn new(parent: impl Into<String>, weighing: Weighing) -> Self {
        Self { parent: parent.into(), weighing }
    }
}

/// What the weights of siblings are drawn from.
#[derive(Debug, Clone, PartialEq)]
pub enum Weighing {
    /// Nothing: they weigh the same.
    Equal,
    /// The last Delphi round that rated all of them.
    Delphi,
    /// Comparisons in pairs.
    Ahp(Ahp),
    /// Orders of importance.
    Ranks(Ranks),
    /// Points that were allocated, or swings.
    Points(Points),
    /// A table of units and indicators.
    Data(DataWeights),
    /// Two of these.
    Combination(Box<Combination>),
}

impl Weighing {
    /// The key in a document.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Delphi => "delphi",
            Self::Ahp(_) => "ahp",
            Self::Ranks(_) => "ranks",
            Self::Points(points) => points.kind.key(),
            Self::Data(data) => data.method.key(),
            Self::Combination(_) => "combination",
        }
    }

    /// Whether the cells of both would have the same ids.
    fn is_of_one_kind(&self, other: &Self) -> bool {
        use Weighing::{Ahp, Data, Points, Ranks};
        matches!((self, other), (Ahp(_), Ahp(_)) | (Data(_), Data(_)) | (Points(_), Points(_)) | (Ranks(_), Ranks(_)))
    }

    /// The experts who are named in it.
    pub(crate) fn experts(&self) -> Vec<&str> {
        match self {
            Self::Equal | Self::Delphi | Self::Data(_) => Vec::new(),
            Self::Ahp(ahp) => ahp.judgements.iter().filter_map(|set| set.expert.as_deref()).collect(),
            Self::Ranks(ranks) => ranks.rankings.iter().filter_map(|ranking| ranking.expert.as_deref()).collect(),
            Self::Points(points) => points.allocations.iter().filter_map(|one| one.expert.as_deref()).collect(),
            Self::Combination(both) => {
                [&both.subjective, &both.objective].into_iter().flat_map(Self::experts).collect()
            }
        }
    }
}

/// How the weights of a group of siblings came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WeightMethod {
    /// Stated as shares that add up to 1.
    Direct,
    /// Stated as whole points and normalised.
    Points,
    /// Means of the last Delphi round that rated the group, normalised.
    Delphi {
        /// The round, from 1.
        round: usize,
    },
    /// Comparisons in pairs.
    Ahp {
        /// How priorities were drawn from a matrix.
        method: PriorityMethod,
        /// How several experts were brought together; `None` for one.
        aggregation: Option<Aggregation>,
    },
    /// Orders of importance.
    Ranks {
        /// How ranks became weights.
        conversion: RankConversion,
        /// How several experts were brought together; `None` for one.
        aggregation: Option<RankAggregation>,
    },
    /// Points that experts allocated.
    Allocation,
    /// Swings, the best of them 100.
    Swing,
    /// The entropy of measured data.
    Entropy,
    /// Contrast and conflict of measured data.
    Critic,
    /// Two methods in one.
    Combination {
        /// How.
        how: How,
    },
    /// Nobody said anything, so they weigh the same.
    Equal,
    /// Somebody said that they weigh the same.
    StatedEqual,
    /// The only child of its parent.
    OnlyChild,
}

/// The cells behind the weights of a group, as a report lists them.
#[derive(Debug, Clone)]
pub(crate) enum EvidenceCells {
    Ahp(AhpCells),
    Ranks(RankCells),
    Points(PointCells),
    Data(DataCells),
    /// The weights of the two parts of a combination.
    Parts {
        subjective: CellId,
        objective: CellId,
    },
}

/// A group that is weighed by evidence of its own.
#[derive(Debug, Clone)]
pub(crate) struct GroupCells {
    /// The node of the parent.
    pub(crate) parent: usize,
    /// The row of weights.
    pub(crate) weights: CellId,
    /// The methods of the two parts of a combination.
    pub(crate) parts: Vec<WeightMethod>,
    pub(crate) evidence: Vec<EvidenceCells>,
}

/// The weights of all criteria, in the order of the tree, and how each group came by them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weighting {
    /// `None` for the whole, which has no weight.
    pub(crate) cells: Vec<Option<WeightCells>>,
    /// The method for the children of each criterion that has some.
    pub(crate) methods: Vec<(usize, WeightMethod)>,
    /// The groups that have evidence of their own.
    pub(crate) groups: Vec<GroupCells>,
}

/// Defines the weights of every group of siblings, parents first.
pub(crate) fn define(
    lowering: &mut Lowering,
    tree: &Tree,
    delphi: Option<&DelphiCells>,
    authority: &AuthorityCells,
    weighing: &[SiblingWeights],
) -> Weighting {
    let mut weighting = Weighting { cells: vec![None; tree.nodes.len()], ..Weighting::default() };
    let by_parent = by_parent(lowering, tree, weighing);
    let repairs = Cell::new(MOST_REPAIRS);
    for (index, parent) in tree.nodes.iter().enumerate() {
        let siblings: Vec<(usize, &Node)> =
            parent.children.iter().filter_map(|child| Some((*child, tree.node(*child)?))).collect();
        if siblings.is_empty() {
            continue;
        }
        let stated = by_parent.get(&index).copied();
        let rated = delphi.and_then(|delphi| delphi.last_round_rating(index));
        let rated = rated.map(|(round, group)| Rated { round, weights: group.weights, is_all_zero: group.is_all_zero });
        let group = Group { parent, siblings: &siblings, rated, authority, repairs: &repairs };
        let Decided { method, importance, axis, parts, evidence } = group.decide(lowering, stated);
        weighting.methods.push((index, method));
        let local = match importance {
            Importance::Shares => direct::cells(lowering, &siblings),
            Importance::Whole => {
                siblings.iter().map(|(_, node)| weight(lowering, node, Expression::number(1))).collect()
            }
            Importance::Known(row) => group.shared_out(lowering, Expression::cell(row)).1,
            Importance::Of(importance) => {
                let axis = axis.unwrap_or_else(|| group.axis(lowering));
                let row = Expression::row(axis, importance);
                group.shared_out(lowering, Expression::call(Function::Shares, [row])).1
            }
            Importance::Row(row) => {
                let (weights, local) = group.shared_out(lowering, Expression::call(Function::Shares, [row]));
                weighting.groups.push(GroupCells { parent: index, weights, parts, evidence });
                local
            }
        };
        let above = weighting.cells.get(index).copied().flatten();
        for ((child, node), local) in siblings.into_iter().zip(local) {
            let product = match above {
                Some(above) => Expression::cell(above.global) * Expression::cell(local),
                None => Expression::cell(local),
            };
            let global = lowering.cells.formula(naming(node, "global_weight", "global weight"), product);
            if let Some(place) = weighting.cells.get_mut(child) {
                *place = Some(WeightCells { local, global });
            }
        }
    }
    weighting
}

/// What is stated about each group, by the node of its parent.
fn by_parent<'w>(lowering: &mut Lowering, tree: &Tree, weighing: &'w [SiblingWeights]) -> HashMap<usize, &'w Weighing> {
    let mut by_parent = HashMap::new();
    for SiblingWeights { parent, weighing } in weighing {
        let at = address(parent);
        let index = if parent == ROOT { Some(0) } else { tree.find(parent) };
        let Some((index, node)) = index.and_then(|index| Some((index, tree.node(index)?))) else {
            let groups = tree.nodes.iter().filter(|node| !node.children.is_empty()).map(|node| &*node.id);
            let nearest = lowering.nearest(parent, groups);
            lowering.problem(at, WeightError::UnknownGroup { parent: parent.clone(), nearest });
            continue;
        };
        if node.children.is_empty() {
            lowering.problem(at, WeightError::NoChildren { parent: parent.clone() });
        } else if by_parent.insert(index, weighing).is_some() {
            lowering.problem(at, WeightError::GroupTwice { parent: parent.clone() });
        }
    }
    by_parent
}

/// Where it is said how a group is weighed.
fn address(parent: &str) -> String {
    format!("weights.groups.{parent}")
}

fn naming(node: &Node, figure: &'static str, aspect: &'static str) -> Naming {
    Naming::new(Id::of(Arc::clone(&node.figures), figure)).label(node.name.clone(), aspect).unit(Unit::Share)
}

/// What siblings weigh before it is made to sum to 1.
enum Importance {
    /// Direct weights, which sum to 1 as they are.
    Shares,
    /// An only child.
    Whole,
    /// A row over the siblings that sums to 1.
    Known(CellId),
    /// One value for each sibling.
    Of(Vec<Expression>),
    /// A row over the siblings, drawn from evidence.
    Row(Expression),
}

/// How a group is weighed, and by what.
struct Decided {
    method: WeightMethod,
    importance: Importance,
    axis: Option<AxisId>,
    parts: Vec<WeightMethod>,
    evidence: Vec<EvidenceCells>,
}

impl Decided {
    fn plain((method, importance): (WeightMethod, Importance)) -> Self {
        Self { method, importance, axis: None, parts: Vec::new(), evidence: Vec::new() }
    }
}

/// What evidence amounts to: its method, a row over the siblings, and the cells it was drawn from.
struct Weighed {
    method: WeightMethod,
    row: Expression,
    evidence: Option<EvidenceCells>,
}

/// Siblings and what is known about their experts.
#[derive(Clone, Copy)]
struct Group<'g, 't> {
    parent: &'g Node<'t>,
    siblings: &'g [(usize, &'g Node<'t>)],
    rated: Option<Rated>,
    authority: &'g AuthorityCells,
    /// How many more judgements may be given a repair.
    repairs: &'g Cell<usize>,
}

/// Two eigenvectors for each judgement: a model that has hundreds of inconsistent matrices repairs the first of them.
const MOST_REPAIRS: usize = 20_000;

/// What the last Delphi round that rated the siblings says.
#[derive(Clone, Copy)]
struct Rated {
    round: usize,
    /// A row over the siblings that sums to 1.
    weights: CellId,
    is_all_zero: bool,
}

/// Where the evidence of one method stands and what its cells are called.
struct Place {
    /// The address of the method's own key: `weights.groups.customer.ahp`.
    at: String,
    /// The address of the map around it.
    around: String,
    axis: AxisId,
    /// What follows the room in ids: `customer`, or `customer.objective`.
    figures: String,
    /// The id of what each expert weighs.
    authority: String,
}

/// Which part of a group's weights a method makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All, or the first of two.
    First,
    /// The second of two of different kinds.
    Second,
    /// The second of two of one kind, whose cells need names of their own.
    SecondOfItsKind,
}

impl Group<'_, '_> {
    fn decide(self, lowering: &mut Lowering, stated: Option<&Weighing>) -> Decided {
        let weighed = self.siblings.iter().find(|(_, node)| direct_weight(node).is_some());
        let rated = self.rated;
        if let Some((_, node)) = weighed
            && (rated.is_some() || stated.is_some())
        {
            let id = node.id.to_string();
            let other = if rated.is_some() { "by the panel" } else { "under `weights.groups`" };
            lowering.problem(format!("scorecard.{id}.weight"), WeightError::Twice { id, one: "directly", other });
            return Decided::plain((WeightMethod::Equal, self.equal()));
        }
        if let Some((_, sibling)) = weighed {
            return Decided::plain(direct::importance(lowering, self.parent, self.siblings, sibling));
        }
        match stated {
            Some(Weighing::Equal) => Decided::plain((WeightMethod::StatedEqual, self.equal())),
            Some(Weighing::Delphi) if rated.is_none() => {
                let at = address(&self.parent.id);
                lowering.problem(at, WeightError::NotRated { parent: self.parent.id.to_string() });
                Decided::plain((WeightMethod::Equal, self.equal()))
            }
            None | Some(Weighing::Delphi) => Decided::plain(self.rated_or_equal(lowering)),
            Some(weighing) => {
                if rated.is_some() && !uses_ratings(weighing) {
                    let (one, other) = ("by the panel", "under `weights.groups`");
                    let id = self.parent.id.to_string();
                    lowering.problem(address(&id), WeightError::Twice { id, one, other });
                    return Decided::plain((WeightMethod::Equal, self.equal()));
                }
                self.by_evidence(lowering, weighing)
            }
        }
    }

    fn rated_or_equal(self, lowering: &mut Lowering) -> (WeightMethod, Importance) {
        match self.rated {
            Some(rated) => {
                self.check_ratings(lowering, rated);
                (WeightMethod::Delphi { round: rated.round }, Importance::Known(rated.weights))
            }
            None if self.siblings.len() == 1 => (WeightMethod::OnlyChild, Importance::Whole),
            None => (WeightMethod::Equal, self.equal()),
        }
    }

    fn check_ratings(self, lowering: &mut Lowering, rated: Rated) {
        if rated.is_all_zero {
            let error = DelphiError::AllZero { parent: self.parent.id.to_string() };
            lowering.problem(format!("weights.delphi.rounds.{}", rated.round - 1), error);
        }
    }

    fn by_evidence(self, lowering: &mut Lowering, weighing: &Weighing) -> Decided {
        let axis = self.axis(lowering);
        let around = address(&self.parent.id);
        let weighed = match weighing {
            Weighing::Combination(both) => combination::define(lowering, self, axis, both),
            single => self.define(lowering, single, &around, axis, Part::First).map(|weighed| {
                let evidence = weighed.evidence.into_iter().collect();
                (weighed.method, weighed.row, Vec::new(), evidence)
            }),
        };
        // without evidence there is a problem, and the weights do not matter
        let Some((method, row, parts, evidence)) = weighed else {
            return Decided { axis: Some(axis), ..Decided::plain((WeightMethod::Equal, self.equal())) };
        };
        Decided { method, importance: Importance::Row(row), axis: Some(axis), parts, evidence }
    }

    /// The cells of one method.
    fn define(
        self,
        lowering: &mut Lowering,
        weighing: &Weighing,
        around: &str,
        axis: AxisId,
        part: Part,
    ) -> Option<Weighed> {
        let id = &self.parent.id;
        let place = Place {
            at: format!("{around}.{}", weighing.key()),
            around: around.to_owned(),
            axis,
            figures: format!("{id}{}", if part == Part::SecondOfItsKind { ".objective" } else { "" }),
            authority: format!(
                "weights.{id}.{}",
                if part == Part::First { "authority" } else { "objective_authority" }
            ),
        };
        match weighing {
            Weighing::Equal => {
                let ones = self.siblings.iter().map(|_| Expression::number(1));
                Some(Weighed { method: WeightMethod::StatedEqual, row: Expression::row(axis, ones), evidence: None })
            }
            Weighing::Delphi => {
                let Some(rated) = self.rated else {
                    lowering.problem(around, WeightError::NotRated { parent: self.parent.id.to_string() });
                    return None;
                };
                self.check_ratings(lowering, rated);
                // the round has an axis of its own
                let entries = (1..).zip(self.siblings).map(|(number, _)| Expression::entry(rated.weights, number));
                let row = Expression::row(axis, entries);
                Some(Weighed { method: WeightMethod::Delphi { round: rated.round }, row, evidence: None })
            }
            Weighing::Ahp(ahp) => ahp::define(lowering, self, &place, ahp),
            Weighing::Ranks(ranks) => ranks::define(lowering, self, &place, ranks),
            Weighing::Points(points) => points::define(lowering, self, &place, points),
            Weighing::Data(data) => data::define(lowering, self, &place, data),
            Weighing::Combination(_) => {
                lowering.problem(around, CombinationError::Nested);
                None
            }
        }
    }

    fn equal(self) -> Importance {
        Importance::Of(self.siblings.iter().map(|_| Expression::number(1)).collect())
    }

    fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.siblings.iter().map(|(_, node)| &*node.id)
    }

    fn len(self) -> usize {
        self.siblings.len()
    }

    /// The name that readers see of a sibling.
    fn name(&self, position: usize) -> Arc<str> {
        self.siblings.get(position).map_or_else(|| Arc::from(""), |(_, node)| Arc::clone(&node.name))
    }

    fn id(&self, position: usize) -> &str {
        self.siblings.get(position).map_or("", |(_, node)| &*node.id)
    }

    /// Where a sibling stands, or a problem.
    fn position(self, lowering: &mut Lowering, id: &str, at: &str) -> Option<usize> {
        let found = self.siblings.iter().position(|(_, node)| *node.id == *id);
        if found.is_none() {
            let nearest = lowering.nearest(id, self.ids());
            let siblings = self.ids().map(str::to_owned).collect();
            let (id, parent) = (id.to_owned(), self.parent.id.to_string());
            lowering.problem(at, WeightError::NotInGroup { id, parent, nearest, siblings });
        }
        found
    }

    /// One value for each sibling out of values by name, each of which must be there once.
    fn each<T: Copy>(self, lowering: &mut Lowering, entries: &[(String, T)], at: &str) -> Option<Vec<T>> {
        let before = lowering.problems.len();
        let mut found: Vec<Option<T>> = vec![None; self.len()];
        for (id, value) in entries {
            let at = format!("{at}.{id}");
            let Some(position) = self.position(lowering, id, &at) else { continue };
            if let Some(place) = found.get_mut(position)
                && place.replace(*value).is_some()
            {
                lowering.problem(at, WeightError::NamedTwice { name: id.clone() });
            }
        }
        if lowering.problems.len() == before {
            for (position, value) in found.iter().enumerate() {
                if value.is_none() {
                    let (id, parent) = (self.id(position).to_owned(), self.parent.id.to_string());
                    lowering.problem(at, WeightError::Missing { id, parent });
                }
            }
        }
        found.into_iter().collect::<Option<Vec<T>>>().filter(|_| lowering.problems.len() == before)
    }

    /// Who speaks, each once and nobody beside a common voice; what each weighs where authority is given.
    fn experts(
        self,
        lowering: &mut Lowering,
        place: &Place,
        names: &[Option<&str>],
    ) -> Option<(Vec<String>, Option<CellId>)> {
        if names.is_empty() {
            lowering.problem(&*place.at, WeightError::NoEvidence { parent: self.parent.id.to_string() });
            return None;
        }
        let experts: Vec<String> = names.iter().flatten().map(|name| (*name).to_owned()).collect();
        let mut seen = std::collections::HashSet::new();
        let twice = experts.iter().find(|expert| !seen.insert(expert.as_str())).cloned();
        // a voice without a name is the only one
        let twice = twice.or_else(|| (names.len() > 1 && experts.len() < names.len()).then(String::new));
        if let Some(name) = twice {
            lowering.problem(&*place.at, WeightError::NamedTwice { name });
            return None;
        }
        if experts.is_empty() {
            return Some((experts, None));
        }
        let axis = lowering.cells.axis(Axis::named("experts", experts.iter().cloned()));
        let weights = self.authority.weights(lowering, &*place.authority, axis, &experts, &place.at);
        Some((experts, weights))
    }

    fn axis(self, lowering: &mut Lowering) -> AxisId {
        let ids = self.siblings.iter().map(|(_, node)| Arc::clone(&node.id));
        lowering.cells.own_axis(Axis::named(format!("criteria under {}", self.parent.id), ids))
    }

    /// The row of the weights of siblings, and each of them.
    fn shared_out(self, lowering: &mut Lowering, weights: Expression) -> (CellId, Vec<CellId>) {
        let naming = Naming::new(["weights.", &self.parent.id].concat());
        let naming = naming.label(Arc::clone(&self.parent.name), "weights under it").unit(Unit::Share);
        let row = lowering.cells.formula(naming, weights);
        let numbered = (1..).zip(self.siblings);
        let local = numbered.map(|(number, (_, node))| weight(lowering, node, Expression::entry(row, number)));
        (row, local.collect())
    }
}

/// Whether ratings of a Delphi round are part of it.
fn uses_ratings(weighing: &Weighing) -> bool {
    match weighing {
        Weighing::Delphi => true,
        Weighing::Combination(both) => uses_ratings(&both.subjective) || uses_ratings(&both.objective),
        _ => false,
    }
}

/// The mean of rows, one an expert, each weighing what their authority says.
fn mean_of(rows: impl IntoIterator<Item = Expression>, authority: Option<CellId>) -> Expression {
    match authority {
        None => Expression::fold_of(Function::Mean, rows),
        Some(weights) => {
            Expression::sum_of((1..).zip(rows).map(|(number, row)| Expression::entry(weights, number) * row))
        }
    }
}

/// Several experts are brought together in some way, one is not.
fn if_several<T>(experts: &[String], aggregation: T) -> Option<T> {
    (experts.len() > 1).then_some(aggregation)
}

/// `Finance (crm_manager)`, or the name alone.
fn whose(name: &str, expert: Option<&str>) -> Arc<str> {
    match expert {
        Some(expert) => format!("{name} ({expert})").into(),
        None => name.into(),
    }
}

fn direct_weight(node: &Node) -> Option<Decimal> {
    node.criterion.and_then(|criterion| criterion.weight)
}

fn weight(lowering: &mut Lowering, node: &Node, formula: Expression) -> CellId {
    let naming = naming(node, "weight", "weight");
    let naming = match direct_weight(node) {
        Some(_) => naming.source(Id::of(Arc::clone(&node.figures), "weight")),
        None => naming,
    };
    lowering.cells.formula(naming, formula)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::panel::{Delphi, Round};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::dec;

    fn draft(weights: &[Option<Decimal>]) -> Draft {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        let children =
            names.iter().zip(weights).map(|(id, weight)| Criterion { weight: *weight, ..Criterion::judged(*id) });
        Draft { scorecard: Some(Scorecard::new(children)), ..Draft::default() }
    }

    fn weights(draft: Draft) -> Vec<Decimal> {
        let ids: Vec<String> =
            draft.scorecard.iter().flat_map(|card| &card.perspectives).map(|c| c.id.clone()).collect();
        let figures = Figures::of(draft);
        ids.iter().map(|id| figures.get(&format!("scorecard.{id}.weight"))).collect()
    }

    #[test]
    fn weights_sum_to_exactly_one() {
        for count in 1..=7 {
            let weights = weights(draft(&vec![None; count]));
            assert_eq!(weights.iter().sum::<Decimal>(), Decimal::ONE, "{weights:?}");
        }
        // a seventh cannot be written down, so the first of the equal largest takes the remainder
        assert_eq!(weights(draft(&[None; 7]))[0], dec!(0.1428571428571428571428571426));
    }

    #[test]
    fn points_are_normalised_and_shares_are_taken_as_they_are() {
        let given = |weights: &[i64]| -> Vec<_> { weights.iter().map(|weight| Some(Decimal::from(*weight))).collect() };
        assert_eq!(weights(draft(&given(&[3, 1]))), [dec!(0.75), dec!(0.25)]);
        assert_eq!(weights(draft(&given(&[1, 0]))), [dec!(1), dec!(0)]);
        assert_eq!(weights(draft(&[Some(dec!(0.65)), Some(dec!(0.35))])), [dec!(0.65), dec!(0.35)]);
    }

    #[test]
    fn weights_that_do_not_add_up_are_refused() {
        for (weights, told) in [
            (
                vec![Some(dec!(0.5)), Some(dec!(0.4))],
                "scorecard.a.weight: the weights under `scorecard` add up to 90 %, not 100 %",
            ),
            (vec![Some(dec!(0.5)), None], "scorecard.b: `b` has no weight, but its sibling `a` has one"),
            (vec![Some(dec!(1.5)), Some(dec!(-0.5))], "scorecard.b.weight: the weight of `b` is negative"),
            (vec![Some(dec!(0)), Some(dec!(0))], "scorecard.a.weight: the weights under `scorecard` are all 0"),
        ] {
            assert_eq!(problems(draft(&weights)), [told]);
        }
    }

    #[test]
    fn the_last_round_that_rated_a_group_weighs_it() {
        let mut draft = draft(&[None, None]);
        let inner = Criterion::group("inner", [Criterion::judged("x"), Criterion::judged("y")]);
        draft.scorecard.as_mut().unwrap().perspectives.push(inner);
        draft.delphi = Some(Delphi {
            experts: vec!["one".into(), "two".into()],
            rounds: vec![
                Round::of([("a", [1, 1]), ("b", [1, 1]), ("inner", [1, 1]), ("x", [1, 2]), ("y", [3, 4])]),
                Round::of([("a", [5, 5]), ("b", [3, 3]), ("inner", [2, 2])]),
            ],
            ..Delphi::default()
        });
        let figures = Figures::of(draft.clone());
        assert_eq!(figures.get("scorecard.a.weight"), dec!(0.5));
        assert_eq!(figures.get("scorecard.x.weight"), dec!(0.3));
        assert_eq!(figures.get("scorecard.x.global_weight"), dec!(0.06));
        draft.scorecard.as_mut().unwrap().perspectives[0].weight = Some(dec!(0.5));
        let told = problems(draft);
        assert_eq!(told, ["scorecard.a.weight: `a` is weighed twice: directly and by the panel"]);
    }

    fn judged(pairs: &[(&str, &str, &str)]) -> Vec<(String, String, Judgement)> {
        let judged =
            |(item, over, text): &(&str, &str, &str)| ((*item).to_owned(), (*over).to_owned(), text.parse().unwrap());
        pairs.iter().map(judged).collect()
    }

    fn by(weighing: Weighing, count: usize) -> Draft {
        Draft { weighing: vec![SiblingWeights::new("scorecard", weighing)], ..draft(&vec![None; count]) }
    }

    fn listed(ids: &[&str]) -> Order {
        Order::listed(ids.iter().copied())
    }

    /// An expert, where there is one, and points by criterion.
    type Given<'a> = (Option<&'a str>, &'a [(&'a str, i64)]);

    fn points(kind: PointsKind, allocations: &[Given]) -> Weighing {
        let allocation = |(expert, points): &Given| Allocation {
            expert: expert.map(str::to_owned),
            points: points.iter().map(|(id, points)| ((*id).to_owned(), Decimal::from(*points))).collect(),
        };
        Weighing::Points(Points { kind, allocations: allocations.iter().map(allocation).collect() })
    }

    fn table(method: DataMethod, rows: &[&[i64]]) -> DataWeights {
        let row = |(number, row): (usize, &&[i64])| {
            UnitData::in_order(format!("unit_{number}"), row.iter().copied().map(Decimal::from))
        };
        DataWeights::new(method, rows.iter().enumerate().map(row))
    }

    #[test]
    fn one_criterion_weighs_everything_in_every_way() {
        let ranks = Ranks::new([Ranking::common(listed(&["a"]))]);
        for weighing in [
            Weighing::Ahp(Ahp::new([JudgementSet::common(judged(&[]))])),
            Weighing::Ranks(ranks),
            points(PointsKind::Swing, &[(None, &[("a", 100)])]),
            Weighing::Data(table(DataMethod::Entropy, &[&[1], &[3]])),
            Weighing::Equal,
        ] {
            assert_eq!(weights(by(weighing, 1)), [dec!(1)]);
        }
        // one indicator is in conflict with none
        let figures = Figures::of(by(Weighing::Data(table(DataMethod::Critic, &[&[1], &[3]])), 1));
        assert_eq!(figures.cause("scorecard.a.weight"), crate::model::Cause::NothingToShare);
    }

    #[test]
    fn two_criteria_cannot_contradict_each_other() {
        let ahp = Ahp::new([JudgementSet::common(judged(&[("b", "a", "1/3")]))]);
        let figures = Figures::of(by(Weighing::Ahp(ahp), 2));
        assert_eq!(figures.get("scorecard.a.weight"), dec!(0.75));
        for id in ["consistency_index", "consistency_ratio", "gci", "random_index"] {
            assert_eq!(figures.get(&format!("ahp.scorecard.{id}")), dec!(0), "{id}");
        }
        assert_eq!(figures.get("ahp.scorecard.lambda_max"), dec!(2));
        assert_eq!(figures.get("ahp.scorecard.judgement.a.b"), dec!(3));
        assert!(figures.0.base().figure("ahp.scorecard.repair.a.b").is_none());
    }

    #[test]
    fn experts_are_brought_together_by_authority() {
        let sets = || {
            [
                JudgementSet::by("sales", judged(&[("a", "b", "2")])),
                JudgementSet::by("controlling", judged(&[("a", "b", "8")])),
            ]
        };
        let authority = vec![
            super::super::Authority::new("sales", dec!(0.9)),
            super::super::Authority::new("controlling", dec!(0.3)),
        ];
        let of = |aggregation, authority| {
            let ahp = Ahp { aggregation, ..Ahp::new(sets()) };
            Figures::of(Draft { authority, ..by(Weighing::Ahp(ahp), 2) })
        };
        // the geometric mean of 2 and 8 is 4
        assert_eq!(of(Aggregation::Judgements, Vec::new()).get("scorecard.a.weight"), dec!(0.8));
        // 2^0.75 8^0.25 = 2.828, the square root of 8
        let weighted = of(Aggregation::Judgements, authority.clone());
        assert_eq!(weighted.get("ahp.scorecard.matrix.a.b").round_dp(9), dec!(2.828427125));
        // (2/3 + 8/9) / 2, and 0.75 (2/3) + 0.25 (8/9)
        let mean = of(Aggregation::Priorities, Vec::new()).get("scorecard.a.weight");
        assert_eq!(mean.round_dp(10), dec!(0.7777777778));
        let weighted = of(Aggregation::Priorities, authority);
        assert_eq!(weighted.get("scorecard.a.weight").round_dp(10), dec!(0.7222222222));
        assert_eq!(weighted.get("weights.scorecard.authority.sales"), dec!(0.75));
        assert_eq!(weighted.get("ahp.scorecard.expert.sales.priorities.a").round_dp(10), dec!(0.6666666667));
        assert!(weighted.0.base().figure("ahp.scorecard.matrix.a.b").is_none());
    }

    #[test]
    fn missing_judgements_are_estimated_and_counted() {
        let ahp = Ahp::new([JudgementSet::common(judged(&[("a", "b", "2"), ("b", "c", "3")]))]);
        let figures = Figures::of(by(Weighing::Ahp(ahp), 3));
        assert_eq!(figures.cause("ahp.scorecard.matrix.a.c"), crate::model::Cause::NotAnswered);
        assert_eq!(figures.get("ahp.scorecard.completed.a.c"), dec!(6));
        assert_eq!(figures.get("scorecard.a.weight"), dec!(0.6));
        let report = figures.0.base().report();
        assert!(report.findings.iter().any(|finding| finding.code == "weights.judgements_missing"));
        // an expert may leave out what others judge
        let sets = [
            JudgementSet::by("one", judged(&[("a", "b", "2")])),
            JudgementSet::by("other", judged(&[("b", "c", "3")])),
        ];
        let figures = Figures::of(by(Weighing::Ahp(Ahp::new(sets)), 3));
        assert_eq!(figures.get("scorecard.a.weight"), dec!(0.6));
        assert_eq!(figures.cause("ahp.scorecard.expert.one.priorities.a"), crate::model::Cause::Unconnected);
    }

    #[test]
    fn ranks_of_several_experts() {
        let rankings = || {
            [
                Ranking::of("one", listed(&["a", "b", "c"])),
                Ranking::of(
                    "other",
                    Order::Ranks([("a", 2), ("b", 1), ("c", 2)].map(|(id, rank)| (id.into(), rank.into())).into()),
                ),
            ]
        };
        // (11/18 + 7/36) / 2 and (5/18 + 11/18) / 2
        let figures = Figures::of(by(Weighing::Ranks(Ranks::new(rankings())), 3));
        assert_eq!(figures.get("scorecard.a.weight").round_dp(10), dec!(0.4027777778));
        assert_eq!(figures.get("scorecard.b.weight").round_dp(10), dec!(0.4444444444));
        // mean ranks 1.75, 1.5 and 2.75
        let ranks = Ranks { aggregation: RankAggregation::Ranks, ..Ranks::new(rankings()) };
        let figures = Figures::of(by(Weighing::Ranks(ranks), 3));
        assert_eq!(figures.get("weights.scorecard.mean_ranks.a"), dec!(1.75));
        assert_eq!(figures.get("scorecard.b.weight").round_dp(10), dec!(0.6111111111));
        // all of the same rank
        let tied = Order::Ranks(["a", "b", "c", "d"].map(|id| (id.into(), dec!(1))).into());
        assert_eq!(weights(by(Weighing::Ranks(Ranks::new([Ranking::common(tied)])), 4)), [dec!(0.25); 4]);
    }

    #[test]
    fn points_of_several_experts_count_the_same_whatever_their_total() {
        let allocations: &[Given] = &[(Some("one"), &[("a", 60), ("b", 40)]), (Some("other"), &[("a", 1), ("b", 0)])];
        assert_eq!(weights(by(points(PointsKind::Allocation, allocations), 2)), [dec!(0.8), dec!(0.2)]);
    }

    #[test]
    fn what_is_the_same_for_all_units_weighs_nothing() {
        for method in [DataMethod::Entropy, DataMethod::Critic] {
            let figures = Figures::of(by(Weighing::Data(table(method, &[&[1, 5, 3], &[2, 5, 1], &[3, 5, 1]])), 3));
            assert_eq!(figures.get("scorecard.b.weight"), dec!(0), "{method:?}");
            assert!(figures.get("scorecard.a.weight") > dec!(0));
            assert!(figures.0.base().report().findings.iter().any(|finding| finding.code == "weights.constant"));
            let figures = Figures::of(by(Weighing::Data(table(method, &[&[1, 5], &[1, 5]])), 2));
            assert_eq!(figures.cause("scorecard.a.weight"), crate::model::Cause::NothingToShare);
            assert!(figures.0.base().report().findings.iter().any(|finding| finding.code == "weights.none"));
        }
    }

    #[test]
    fn directions_follow_the_measure() {
        let mut draft = by(Weighing::Data(table(DataMethod::Critic, &[&[1, 1, 8], &[2, 2, 12], &[4, 4, 24]])), 3);
        let card = draft.scorecard.as_mut().unwrap();
        card.perspectives[1].measure = Some(crate::scorecard::Measure::target(72, 36));
        card.perspectives[2].measure = Some(crate::scorecard::Measure::band(dec!(10), dec!(20), dec!(5)));
        let figures = Figures::of(draft);
        let scaled =
            |unit: u32| ["a", "b", "c"].map(|id| figures.get(&format!("data.scorecard.scaled.unit_{unit}.{id}")));
        assert_eq!(scaled(0), [dec!(0), dec!(1), dec!(0.5)]);
        assert_eq!(scaled(2), [dec!(1), dec!(0), dec!(0)]);
        assert_eq!(figures.get("data.scorecard.scaled.unit_1.c"), dec!(1));
    }

    #[test]
    fn two_methods_in_one() {
        let both = |how| {
            let combination = Combination {
                subjective: points(PointsKind::Allocation, &[(None, &[("a", 60), ("b", 40)])]),
                objective: points(PointsKind::Swing, &[(None, &[("a", 25), ("b", 100)])]),
                how,
            };
            Figures::of(by(Weighing::Combination(Box::new(combination)), 2))
        };
        let linear = both(How::Linear { alpha: dec!(0.75) });
        assert_eq!(linear.get("scorecard.a.weight"), dec!(0.5)); // 0.75 x 0.6 + 0.25 x 0.2
        assert_eq!(linear.get("weights.scorecard.subjective.a"), dec!(0.6));
        assert_eq!(linear.get("points.scorecard.objective.b"), dec!(100));
        // 0.12 and 0.32 over their sum
        assert_eq!(both(How::Multiplicative).get("scorecard.a.weight").round_dp(10), dec!(0.2727272727));
        let nested = Combination {
            subjective: Weighing::Equal,
            objective: Weighing::Combination(Box::new(Combination {
                subjective: Weighing::Equal,
                objective: Weighing::Equal,
                how: How::Multiplicative,
            })),
            how: How::Multiplicative,
        };
        assert_eq!(
            problems(by(Weighing::Combination(Box::new(nested)), 2)),
            [
                "weights.groups.scorecard.combination.objective: a combination has two methods, and neither is a combination"
            ]
        );
        // weights that exclude each other leave nothing
        let exclusive = Combination {
            subjective: points(PointsKind::Allocation, &[(None, &[("a", 1), ("b", 0)])]),
            objective: points(PointsKind::Allocation, &[(None, &[("a", 0), ("b", 1)])]),
            how: How::Multiplicative,
        };
        let figures = Figures::of(by(Weighing::Combination(Box::new(exclusive)), 2));
        assert_eq!(figures.cause("scorecard.a.weight"), crate::model::Cause::NothingToShare);
    }

    #[test]
    fn a_voice_without_a_name_is_the_only_one() {
        let ranks = Ranks::new([Ranking::common(listed(&["a"])), Ranking::of("one", listed(&["a"]))]);
        assert_eq!(problems(by(Weighing::Ranks(ranks), 1)).len(), 1);
        let nobody = problems(by(Weighing::Ranks(Ranks::new([])), 1));
        assert_eq!(nobody, ["weights.groups.scorecard.ranks: nothing is stated to weigh what is under `scorecard` by"]);
    }

    #[test]
    fn judgements_are_traced_to_where_they_were_written() {
        let sets = [JudgementSet::by("one", judged(&[("a", "b", "2"), ("c", "a", "1/3"), ("b", "c", "2")]))];
        let appraisal = crate::Appraisal::new(by(Weighing::Ahp(Ahp::new(sets)), 3)).unwrap();
        let explained = appraisal.base().explain("scorecard.a.weight").unwrap();
        let sources: Vec<&str> = explained.steps.iter().filter_map(|step| step.source.as_deref()).collect();
        for pair in ["a.b", "c.a", "b.c"] {
            let at = format!("weights.groups.scorecard.ahp.judgements.one.{pair}");
            assert!(sources.contains(&&*at), "{at}: {sources:?}");
        }
    }
}
