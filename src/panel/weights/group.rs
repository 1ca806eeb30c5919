//! A group of siblings while it is weighed: which way applies, who its experts are, and where its cells go.

use super::{
    CombinationError, EvidenceCells, Weighing, WeightError, WeightMethod, ahp, combination, data, direct, life_cycle,
    points, ranks,
};
use crate::amount::Lowering;
use crate::model::{Axis, AxisId, CellId, Expression, Function, Id, Naming, Unit};
use crate::panel::{AuthorityCells, DelphiError};
use crate::scorecard::Node;
use rust_decimal::Decimal;
use std::cell::Cell;
use std::sync::Arc;

/// Where it is said how a group is weighed.
pub(super) fn address(parent: &str) -> String {
    format!("weights.groups.{parent}")
}

pub(super) fn naming(node: &Node, figure: &'static str, aspect: &'static str) -> Naming {
    Naming::new(Id::of(Arc::clone(&node.figures), figure)).label(node.name.clone(), aspect).unit(Unit::Share)
}

/// What siblings weigh before it is made to sum to 1.
pub(super) enum Importance {
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
pub(super) struct Decided {
    pub(super) method: WeightMethod,
    pub(super) importance: Importance,
    pub(super) axis: Option<AxisId>,
    pub(super) parts: Vec<WeightMethod>,
    pub(super) evidence: Vec<EvidenceCells>,
}

impl Decided {
    pub(super) fn plain((method, importance): (WeightMethod, Importance)) -> Self {
        Self { method, importance, axis: None, parts: Vec::new(), evidence: Vec::new() }
    }
}

/// What evidence amounts to: its method, a row over the siblings, and the cells it was drawn from.
pub(super) struct Weighed {
    pub(super) method: WeightMethod,
    pub(super) row: Expression,
    pub(super) evidence: Option<EvidenceCells>,
}

/// Siblings and what is known about their experts.
#[derive(Clone, Copy)]
pub(super) struct Group<'g, 't> {
    pub(super) parent: &'g Node<'t>,
    pub(super) siblings: &'g [(usize, &'g Node<'t>)],
    pub(super) rated: Option<Rated>,
    pub(super) authority: &'g AuthorityCells,
    /// How many more judgements may be given a repair.
    pub(super) repairs: &'g Cell<usize>,
}

/// Two eigenvectors for each judgement: a model that has hundreds of inconsistent matrices repairs the first of them.
pub(super) const MOST_REPAIRS: usize = 20_000;

/// What the last Delphi round that rated the siblings says.
#[derive(Clone, Copy)]
pub(super) struct Rated {
    pub(super) round: usize,
    /// A row over the siblings that sums to 1.
    pub(super) weights: CellId,
    pub(super) is_all_zero: bool,
}

/// Where the evidence of one method stands and what its cells are called.
pub(super) struct Place {
    /// The address of the method's own key: `weights.groups.customer.ahp`.
    pub(super) at: String,
    /// The address of the map around it.
    pub(super) around: String,
    pub(super) axis: AxisId,
    /// What follows the room in ids: `customer`, or `customer.objective`.
    pub(super) figures: String,
    /// The id of what each expert weighs.
    pub(super) authority: String,
}

/// Which part of a group's weights a method makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All, or the first of two.
    First,
    /// The second of two of different kinds.
    Second,
    /// The second of two of one kind, whose cells need names of their own.
    SecondOfItsKind,
}

impl Group<'_, '_> {
    pub(super) fn decide(self, lowering: &mut Lowering, stated: Option<&Weighing>) -> Decided {
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

    pub(super) fn rated_or_equal(self, lowering: &mut Lowering) -> (WeightMethod, Importance) {
        match self.rated {
            Some(rated) => {
                self.check_ratings(lowering, rated);
                (WeightMethod::Delphi { round: rated.round }, Importance::Known(rated.weights))
            }
            None if self.siblings.len() == 1 => (WeightMethod::OnlyChild, Importance::Whole),
            None => {
                life_cycle::importance(lowering, self.siblings).unwrap_or_else(|| (WeightMethod::Equal, self.equal()))
            }
        }
    }

    pub(super) fn check_ratings(self, lowering: &mut Lowering, rated: Rated) {
        if rated.is_all_zero {
            let error = DelphiError::AllZero { parent: self.parent.id.to_string() };
            lowering.problem(format!("weights.delphi.rounds.{}", rated.round - 1), error);
        }
    }

    pub(super) fn by_evidence(self, lowering: &mut Lowering, weighing: &Weighing) -> Decided {
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
    pub(super) fn define(
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

    pub(super) fn equal(self) -> Importance {
        Importance::Of(self.siblings.iter().map(|_| Expression::number(1)).collect())
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.siblings.iter().map(|(_, node)| &*node.id)
    }

    pub(super) fn len(self) -> usize {
        self.siblings.len()
    }

    /// The name that readers see of a sibling.
    pub(super) fn name(&self, position: usize) -> Arc<str> {
        self.siblings.get(position).map_or_else(|| Arc::from(""), |(_, node)| Arc::clone(&node.name))
    }

    pub(super) fn id(&self, position: usize) -> &str {
        self.siblings.get(position).map_or("", |(_, node)| &*node.id)
    }

    /// Where a sibling stands, or a problem.
    pub(super) fn position(self, lowering: &mut Lowering, id: &str, at: &str) -> Option<usize> {
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
    pub(super) fn each<T: Copy>(self, lowering: &mut Lowering, entries: &[(String, T)], at: &str) -> Option<Vec<T>> {
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

    /// Who speaks, each once and nobody beside a common voice; what each weighs where authority is given. `at` is the
    /// address of what an expert says.
    pub(super) fn experts(
        self,
        lowering: &mut Lowering,
        place: &Place,
        names: &[Option<&str>],
        at: impl Fn(&str) -> String,
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
        self.check_names(lowering, experts.iter().map(String::as_str), &at);
        let axis = lowering.cells.axis(Axis::named("experts", experts.iter().cloned()));
        let weights = self.authority.weights_at(lowering, &*place.authority, axis, &experts, at);
        Some((experts, weights))
    }

    /// That no name of an expert or a unit is that of another with a criterion behind it: figures are called so.
    pub(super) fn check_names<'n>(
        self,
        lowering: &mut Lowering,
        names: impl Iterator<Item = &'n str> + Clone,
        at: impl Fn(&str) -> String,
    ) {
        let all: std::collections::HashSet<&str> = names.clone().collect();
        for name in names {
            let found =
                name.rsplit_once('.').filter(|(other, item)| all.contains(other) && self.ids().any(|id| id == *item));
            if let Some((other, item)) = found {
                let (name, other, item) = (name.to_owned(), other.to_owned(), item.to_owned());
                // the address of the name would be that of the criterion, too
                lowering.problem(at(&other), WeightError::NameOfFigure { name, other, item });
            }
        }
    }

    pub(super) fn axis(self, lowering: &mut Lowering) -> AxisId {
        let ids = self.siblings.iter().map(|(_, node)| Arc::clone(&node.id));
        lowering.cells.own_axis(Axis::named(format!("criteria under {}", self.parent.id), ids))
    }

    /// The row of the weights of siblings, and each of them.
    pub(super) fn shared_out(self, lowering: &mut Lowering, weights: Expression) -> (CellId, Vec<CellId>) {
        let naming = Naming::new(["weights.", &self.parent.id].concat());
        let naming = naming.label(Arc::clone(&self.parent.name), "weights under it").unit(Unit::Share);
        let row = lowering.cells.formula(naming, weights);
        let numbered = (1..).zip(self.siblings);
        let local = numbered.map(|(number, (_, node))| weight(lowering, node, Expression::entry(row, number)));
        (row, local.collect())
    }
}

/// Whether ratings of a Delphi round are part of it.
pub(super) fn uses_ratings(weighing: &Weighing) -> bool {
    match weighing {
        Weighing::Delphi => true,
        Weighing::Combination(both) => uses_ratings(&both.subjective) || uses_ratings(&both.objective),
        _ => false,
    }
}

/// The mean of rows, one an expert, each weighing what their authority says.
pub(super) fn mean_of(rows: impl IntoIterator<Item = Expression>, authority: Option<CellId>) -> Expression {
    match authority {
        None => Expression::fold_of(Function::Mean, rows),
        Some(weights) => {
            Expression::sum_of((1..).zip(rows).map(|(number, row)| Expression::entry(weights, number) * row))
        }
    }
}

/// Several experts are brought together in some way, one is not.
pub(super) fn if_several<T>(experts: &[String], aggregation: T) -> Option<T> {
    (experts.len() > 1).then_some(aggregation)
}

/// `Finance (crm_manager)`, or the name alone.
pub(super) fn whose(name: &str, expert: Option<&str>) -> Arc<str> {
    match expert {
        Some(expert) => format!("{name} ({expert})").into(),
        None => name.into(),
    }
}

pub(super) fn direct_weight(node: &Node) -> Option<Decimal> {
    node.criterion.and_then(|criterion| criterion.weight)
}

pub(super) fn weight(lowering: &mut Lowering, node: &Node, formula: Expression) -> CellId {
    let naming = naming(node, "weight", "weight");
    let naming = match direct_weight(node) {
        Some(_) => naming.source(Id::of(Arc::clone(&node.figures), "weight")),
        None => naming,
    };
    lowering.cells.formula(naming, formula)
}
