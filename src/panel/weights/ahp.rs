//! Weights from comparisons in pairs: the analytic hierarchy process for the children of one criterion.

use super::group::{Group, Place, Weighed, if_several, mean_of, whose};
use super::{EvidenceCells, Judgement, WeightMethod};
use crate::amount::Lowering;
use crate::kernel::ahp::{
    self as kernel, Comparisons, PrioritiesError, PriorityMethod, RandomIndex, aggregate_judgements,
};
use crate::model::{Cause, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What can be wrong with comparisons in pairs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AhpError {
    /// More items than there are random indices for.
    #[error("{items} criteria are too many to compare in pairs: 15 is the most")]
    TooMany {
        /// How many there are.
        items: usize,
    },
    /// A pair that is judged from both sides, which do not agree.
    #[error("`{item}` over `{over}` is {judgement} here and {before} by the judgement the other way round")]
    NotReciprocal {
        /// The first of the pair.
        item: String,
        /// The second.
        over: String,
        /// The judgement here.
        judgement: String,
        /// What the other one implies.
        before: String,
    },
    /// A criterion that matters more or less than itself.
    #[error("`{item}` is compared with itself")]
    OnItself {
        /// The criterion.
        item: String,
    },
    /// Judgements that say nothing about how two parts of the group compare.
    #[error("no chain of judgements connects {} with {}", names(.one), names(.other))]
    Unconnected {
        /// One part.
        one: Vec<String>,
        /// The other.
        other: Vec<String>,
    },
    /// A row of a matrix that is too short or too long.
    #[error("the row of `{item}` has {found} entries where the matrix has {expected} rows")]
    RowLength {
        /// The criterion.
        item: String,
        /// How many entries it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A limit that is no consistency ratio.
    #[error("a limit of {} is not above 0 and at most 100 %", crate::amount::percent(.limit))]
    Limit {
        /// The limit as written, as a fraction.
        limit: Decimal,
    },
}

fn names(ids: &[String]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

impl AhpError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::TooMany { .. } => "put some of them into a group of their own, or rank them".to_owned(),
            Self::NotReciprocal { .. } => "keep one of the two: the other follows".to_owned(),
            Self::OnItself { .. } => "remove it, or write 1".to_owned(),
            Self::Unconnected { one, other } => match (one.first(), other.first()) {
                (Some(one), Some(other)) => format!("compare `{one}` with `{other}`, or any other two of them"),
                _ => "compare any two of them".to_owned(),
            },
            Self::RowLength { .. } => {
                "write one entry for each row, in the order of the rows, and `~` for what nobody judged".to_owned()
            }
            Self::Limit { .. } => "write `cr_max: 10%`".to_owned(),
        })
    }
}

/// Comparisons in pairs and how weights are drawn from them.
///
/// **Formula**: the priorities of the matrix of judgements by `method`; a pair that nobody judged is estimated by
/// logarithmic least squares. `CI = (lambda_max - n) / (n - 1)` and `CR = CI / RI`, 0 for one and two criteria.
///
/// **Source**: Saaty (1980), *The Analytic Hierarchy Process*; see [`kernel::ahp`](crate::kernel::ahp).
///
/// ```
/// use appraise::panel::{Ahp, JudgementSet, SiblingWeights, Weighing};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let judged = [("a", "b", "2"), ("a", "c", "6"), ("c", "b", "1/3")];
/// let judged = judged.map(|(item, over, text)| (item, over, text.parse().unwrap()));
/// let ahp = Ahp::new([JudgementSet::common(judged)]);
/// let draft = Draft {
///     scorecard: Some(Scorecard::new(["a", "b", "c"].map(Criterion::judged))),
///     weighing: vec![SiblingWeights::new("scorecard", Weighing::Ahp(ahp))],
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("scorecard.a.weight"), Some(Ok(dec!(0.6))));
/// assert_eq!(outcome.figure("ahp.scorecard.consistency_ratio"), Some(Ok(dec!(0))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Ahp {
    /// How priorities are drawn from a matrix.
    pub method: PriorityMethod,
    /// How several experts are brought together.
    pub aggregation: Aggregation,
    /// The table that consistency is measured against.
    pub random_index: RandomIndex,
    /// The consistency ratio above which a report warns, as a fraction.
    pub cr_max: Decimal,
    /// One set of judgements, or one of each expert.
    pub judgements: Vec<JudgementSet>,
}

impl Ahp {
    /// Judgements read by the principal eigenvector; a consistency ratio of 10 % is accepted.
    pub fn new(judgements: impl IntoIterator<Item = JudgementSet>) -> Self {
        Self {
            method: PriorityMethod::default(),
            aggregation: Aggregation::default(),
            random_index: RandomIndex::default(),
            cr_max: Decimal::new(1, 1),
            judgements: judgements.into_iter().collect(),
        }
    }
}

/// How the comparisons of several experts become those of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aggregation {
    /// The weighted geometric mean of their judgements (AIJ).
    #[default]
    Judgements,
    /// The weighted mean of their priorities (AIP).
    Priorities,
}

impl Aggregation {
    /// Every way and its name in a document.
    pub const ALL: [(&'static str, Self); 2] = [("judgements", Self::Judgements), ("priorities", Self::Priorities)];
}

/// The comparisons that somebody made.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgementSet {
    /// Who; `None` for judgements that all agreed on.
    pub expert: Option<String>,
    /// The judgements.
    pub judgements: Judgements,
}

impl JudgementSet {
    /// Judgements that all agreed on: criterion, criterion, how many times the first matters as much as the second.
    pub fn common<T: Into<String>>(judged: impl IntoIterator<Item = (T, T, Judgement)>) -> Self {
        Self { expert: None, judgements: Judgements::of(judged) }
    }

    /// The judgements of one expert.
    pub fn by<T: Into<String>>(expert: impl Into<String>, judged: impl IntoIterator<Item = (T, T, Judgement)>) -> Self {
        Self { expert: Some(expert.into()), judgements: Judgements::of(judged) }
    }
}

/// Comparisons as they are written.
#[derive(Debug, Clone, PartialEq)]
pub enum Judgements {
    /// Pair by pair, each from either side.
    Pairs(Vec<Comparison>),
    /// As a matrix: criteria and their rows, columns in the order of the rows; `None` is a pair that nobody judged.
    Matrix(Vec<(String, Vec<Option<Judgement>>)>),
}

impl Judgements {
    fn of<T: Into<String>>(judged: impl IntoIterator<Item = (T, T, Judgement)>) -> Self {
        let comparison =
            |(item, over, judgement): (T, T, Judgement)| Comparison { item: item.into(), over: over.into(), judgement };
        Self::Pairs(judged.into_iter().map(comparison).collect())
    }
}

/// How many times one criterion matters as much as another.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The one.
    pub item: String,
    /// The other.
    pub over: String,
    /// How many times.
    pub judgement: Judgement,
}

/// The cells of one matrix of comparisons.
#[derive(Debug, Clone)]
pub(crate) struct MatrixCells {
    pub(crate) matrix: Vec<CellId>,
    pub(crate) priorities: CellId,
    pub(crate) lambda_max: CellId,
    pub(crate) consistency_ratio: CellId,
    pub(crate) gci: CellId,
    pub(crate) error: Vec<CellId>,
    /// Empty where the judgements are consistent enough.
    pub(crate) repair: Vec<CellId>,
    pub(crate) repaired_ratio: Vec<CellId>,
    /// How many pairs nobody judged.
    pub(crate) missing: usize,
}

/// The comparisons of a group.
#[derive(Debug, Clone)]
pub(crate) struct AhpCells {
    /// The matrix of the group; `None` where priorities are brought together.
    pub(crate) group: Option<MatrixCells>,
    pub(crate) priorities: CellId,
    pub(crate) experts: Vec<(Arc<str>, MatrixCells)>,
    pub(crate) cr_max: Decimal,
    /// How many pairs there are.
    pub(crate) pairs: usize,
}

/// A judgement and where it was written.
type Judged = Option<(Judgement, String)>;

/// The judgements of one set above the diagonal, row by row.
struct Upper {
    n: usize,
    judged: Vec<Judged>,
}

impl Upper {
    fn new(n: usize) -> Self {
        Self { n, judged: vec![None; n * n] }
    }

    fn place(&mut self, i: usize, j: usize) -> Option<&mut Judged> {
        self.judged.get_mut(i * self.n + j)
    }

    fn get(&self, i: usize, j: usize) -> Option<&(Judgement, String)> {
        self.judged.get(i * self.n + j).and_then(Option::as_ref)
    }

    fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..n).flat_map(move |i| (i + 1..n).map(move |j| (i, j)))
    }

    fn missing(&self) -> usize {
        Self::pairs(self.n).filter(|(i, j)| self.get(*i, *j).is_none()).count()
    }

    /// The same for the kernel.
    fn comparisons(&self) -> Option<Comparisons> {
        let mut comparisons = Comparisons::new(self.n).ok()?;
        for (i, j) in Self::pairs(self.n) {
            if let Some((judgement, _)) = self.get(i, j) {
                comparisons.set(i, j, f64::try_from(judgement.value()).ok()?).ok()?;
            }
        }
        Some(comparisons)
    }
}

pub(super) fn define(lowering: &mut Lowering, group: Group, place: &Place, ahp: &Ahp) -> Option<Weighed> {
    let n = group.len();
    if n > Comparisons::MAX_ITEMS {
        lowering.problem(&*place.at, AhpError::TooMany { items: n });
        return None;
    }
    if ahp.cr_max <= Decimal::ZERO || ahp.cr_max > Decimal::ONE {
        lowering.problem(format!("{}.cr_max", place.at), AhpError::Limit { limit: ahp.cr_max });
    }
    let names: Vec<Option<&str>> = ahp.judgements.iter().map(|set| set.expert.as_deref()).collect();
    let (experts, authority) = group.experts(lowering, place, &names)?;
    let before = lowering.problems.len();
    let sets: Vec<Upper> = ahp.judgements.iter().map(|set| upper(lowering, group, place, set)).collect();
    if lowering.problems.len() == before {
        check_connected(lowering, group, place, ahp, &sets);
    }
    if lowering.problems.len() > before {
        return None;
    }

    let owner = format!("ahp.{}", place.figures);
    let table = ahp.random_index.value(n).and_then(|value| Decimal::try_from(value).ok());
    let naming = Naming::new(format!("{owner}.random_index")).label(Arc::clone(&group.parent.name), "random index");
    let naming = naming.source(format!("{}.random_index", place.at));
    let random_index = lowering.cells.input(naming, Shape::Scalar, [table]);
    let matrices = Matrices { group, place, ahp, random_index };
    let is_doubtful = |set: &Upper| {
        let found = set.comparisons().and_then(|set| kernel::priorities(&set, PriorityMethod::Eigenvector).ok());
        let limit = f64::try_from(ahp.cr_max).unwrap_or_default();
        found.is_none_or(|found| found.consistency_ratio(ahp.random_index) > limit)
    };
    let mut by_expert = Vec::new();
    let mut whole = None;
    // where every expert is consistent, so is the geometric mean of complete judgements: Xu (2000)
    let mut doubtful = false;
    for (set, upper) in ahp.judgements.iter().zip(&sets) {
        let expert = set.expert.as_deref();
        let owner = expert.map_or_else(|| owner.clone(), |expert| format!("{owner}.expert.{expert}"));
        let rows = matrices.judgements(lowering, &owner, expert, upper);
        let is_doubtful = is_doubtful(upper);
        doubtful |= is_doubtful || upper.missing() > 0;
        let cells = matrices.define(lowering, &owner, expert, rows, upper.missing(), is_doubtful);
        match expert {
            Some(expert) => by_expert.push((Arc::from(expert), cells)),
            None => whole = Some(cells),
        }
    }
    if !by_expert.is_empty() && ahp.aggregation == Aggregation::Judgements {
        let rows = (0..n).map(|row| {
            let terms = by_expert.iter().enumerate().flat_map(|(number, (_, cells))| {
                let weight = match authority {
                    Some(weights) => Expression::entry(weights, u32::try_from(number + 1).unwrap_or(u32::MAX)),
                    None => Expression::number(1),
                };
                [weight, cells.matrix.get(row).map_or_else(|| Expression::number(1), |cell| Expression::cell(*cell))]
            });
            Expression::call(Function::GeometricMean, terms)
        });
        let rows = rows.collect();
        let missing = Upper::pairs(n).filter(|(i, j)| sets.iter().all(|set| set.get(*i, *j).is_none())).count();
        whole = Some(matrices.define(lowering, &owner, None, rows, missing, doubtful));
    }
    let priorities = match &whole {
        Some(cells) => cells.priorities,
        None => {
            let each = by_expert.iter().map(|(_, cells)| Expression::cell(cells.priorities));
            let naming = Naming::new(format!("{owner}.priorities")).label(Arc::clone(&group.parent.name), "priorities");
            lowering.cells.formula(naming.unit(Unit::Share), mean_of(each, authority))
        }
    };
    let method = WeightMethod::Ahp { method: ahp.method, aggregation: if_several(&experts, ahp.aggregation) };
    let evidence =
        AhpCells { group: whole, priorities, experts: by_expert, cr_max: ahp.cr_max, pairs: Upper::pairs(n).count() };
    Some(Weighed { method, row: Expression::cell(priorities), evidence: Some(EvidenceCells::Ahp(evidence)) })
}

/// The judgements of one set by pair, each once; everything that cannot be is a problem.
fn upper(lowering: &mut Lowering, group: Group, place: &Place, set: &JudgementSet) -> Upper {
    let dot = set.expert.as_deref().map(|expert| format!(".{expert}")).unwrap_or_default();
    let mut upper = Upper::new(group.len());
    match &set.judgements {
        Judgements::Pairs(pairs) => {
            for Comparison { item, over, judgement } in pairs {
                let row = format!("{}.judgements{dot}.{item}", place.at);
                let at = format!("{row}.{over}");
                let item = group.position(lowering, item, &row);
                let over = group.position(lowering, over, &at);
                if let (Some(i), Some(j)) = (item, over) {
                    take(lowering, group, &mut upper, (i, j), *judgement, at);
                }
            }
        }
        Judgements::Matrix(rows) => {
            let key = if set.expert.is_some() { "matrices" } else { "matrix" };
            let mut columns = Vec::with_capacity(rows.len());
            for (item, row) in rows {
                let at = format!("{}.{key}{dot}.{item}", place.at);
                columns.push(group.position(lowering, item, &at));
                if row.len() != rows.len() {
                    let (found, expected) = (row.len(), rows.len());
                    lowering.problem(at, AhpError::RowLength { item: item.clone(), found, expected });
                }
            }
            for ((item, row), i) in rows.iter().zip(&columns) {
                for (number, (entry, j)) in row.iter().zip(&columns).enumerate() {
                    if let (Some(judgement), Some(i), Some(j)) = (entry, i, j) {
                        let at = format!("{}.{key}{dot}.{item}.{number}", place.at);
                        take(lowering, group, &mut upper, (*i, *j), *judgement, at);
                    }
                }
            }
        }
    }
    upper
}

/// Notes one judgement on its side of the diagonal.
fn take(
    lowering: &mut Lowering,
    group: Group,
    upper: &mut Upper,
    (i, j): (usize, usize),
    judgement: Judgement,
    at: String,
) {
    if i == j {
        if judgement != Judgement::EQUAL {
            lowering.problem(at, AhpError::OnItself { item: group.id(i).to_owned() });
        }
        return;
    }
    let is_above = i < j;
    let (row, column) = if is_above { (i, j) } else { (j, i) };
    let above = if is_above { judgement } else { judgement.reciprocal() };
    let Some(judged) = upper.place(row, column) else { return };
    match judged {
        None => *judged = Some((above, at)),
        Some((before, _)) if *before == above => {}
        Some((before, _)) => {
            let before = if is_above { *before } else { before.reciprocal() };
            let (item, over) = (group.id(i).to_owned(), group.id(j).to_owned());
            let (judgement, before) = (judgement.to_string(), before.to_string());
            lowering.problem(at, AhpError::NotReciprocal { item, over, judgement, before });
        }
    }
}

/// That chains of judgements connect all siblings: of the whole panel, or of each expert whose priorities count.
fn check_connected(lowering: &mut Lowering, group: Group, place: &Place, ahp: &Ahp, sets: &[Upper]) {
    let mut comparisons: Vec<Comparisons> = sets.iter().filter_map(Upper::comparisons).collect();
    if ahp.aggregation == Aggregation::Judgements {
        let equal = vec![1.0; comparisons.len()];
        comparisons = aggregate_judgements(&comparisons, &equal).into_iter().collect();
    }
    let is_whole = comparisons.len() == 1;
    for (set, comparisons) in ahp.judgements.iter().zip(&comparisons) {
        if let Err(PrioritiesError::Unconnected { one, other }) = kernel::completion(comparisons) {
            let ids = |items: Vec<usize>| items.into_iter().map(|item| group.id(item).to_owned()).collect();
            let key = match &set.judgements {
                Judgements::Pairs(_) => "judgements",
                Judgements::Matrix(_) if set.expert.is_some() => "matrices",
                Judgements::Matrix(_) => "matrix",
            };
            let dot = set.expert.as_deref().filter(|_| !is_whole).map(|expert| format!(".{expert}"));
            let at = format!("{}.{key}{}", place.at, dot.unwrap_or_default());
            lowering.problem(at, AhpError::Unconnected { one: ids(one), other: ids(other) });
        }
    }
}

/// What all matrices of a group have in common.
struct Matrices<'a> {
    group: Group<'a, 'a>,
    place: &'a Place,
    ahp: &'a Ahp,
    random_index: CellId,
}

impl Matrices<'_> {
    /// The rows of a matrix over the judgements as they were typed.
    ///
    /// A judgement is kept as a number from 1 up, so that its reciprocal is as exact as it is.
    fn judgements(&self, lowering: &mut Lowering, owner: &str, expert: Option<&str>, upper: &Upper) -> Vec<Expression> {
        let n = upper.n;
        let mut entries: Vec<Expression> = vec![Expression::number(1); n * n];
        for (i, j) in Upper::pairs(n) {
            let judged = upper.get(i, j);
            let (more, less) = if judged.is_some_and(|(judged, _)| judged.is_below_one()) { (j, i) } else { (i, j) };
            let id = format!("{owner}.judgement.{}.{}", self.group.id(more), self.group.id(less));
            let subject = format!("{} : {}", self.group.name(more), self.group.name(less));
            let naming = Naming::new(id).label(whose(&subject, expert), "judgement");
            let cell = match judged {
                Some((judgement, at)) => {
                    let judgement = if more == i { *judgement } else { judgement.reciprocal() };
                    lowering.cells.input(naming.source(&**at), Shape::Scalar, [Some(judgement.value())])
                }
                None => lowering.cells.absent(naming, Shape::Scalar, Cause::NotAnswered),
            };
            for (entry, expression) in [
                (more * n + less, Expression::cell(cell)),
                (less * n + more, Expression::number(1) / Expression::cell(cell)),
            ] {
                if let Some(entry) = entries.get_mut(entry) {
                    *entry = expression;
                }
            }
        }
        let mut rows = entries.into_iter();
        (0..n).map(|_| Expression::row(self.place.axis, rows.by_ref().take(n).collect::<Vec<_>>())).collect()
    }

    /// The cells of one matrix of comparisons.
    fn define(
        &self,
        lowering: &mut Lowering,
        owner: &str,
        expert: Option<&str>,
        rows: Vec<Expression>,
        missing: usize,
        is_doubtful: bool,
    ) -> MatrixCells {
        let n = self.group.len();
        let number = |position: usize| u32::try_from(position + 1).unwrap_or(u32::MAX);
        let each = |lowering: &mut Lowering, figure: &str, aspect: &'static str, unit: Unit, rows: Vec<Expression>| {
            let rows = rows.into_iter().enumerate();
            let cells = rows.map(|(position, row)| {
                let naming = Naming::new(format!("{owner}.{figure}.{}", self.group.id(position)));
                let naming = naming.label(whose(&self.group.name(position), expert), aspect).unit(unit.clone());
                lowering.cells.formula(naming, row)
            });
            cells.collect::<Vec<CellId>>()
        };
        let one = |lowering: &mut Lowering, figure: &str, aspect: &'static str, unit: Unit, formula: Expression| {
            let naming = Naming::new(format!("{owner}.{figure}"));
            let naming = naming.label(whose(&self.group.parent.name, expert), aspect).unit(unit);
            lowering.cells.formula(naming, formula)
        };
        let all = |cells: &[CellId]| cells.iter().copied().map(Expression::cell).collect::<Vec<_>>();
        let of_item = |function: Function, position: usize, cells: &[CellId]| {
            let item = Expression::number(number(position));
            Expression::call(function, [item].into_iter().chain(all(cells)))
        };

        let matrix = each(lowering, "matrix", "comparisons", Unit::Number, rows);
        let full = match missing {
            0 => matrix.clone(),
            _ => {
                let rows = (0..n).map(|row| of_item(Function::AhpCompleted, row, &matrix)).collect();
                each(lowering, "completed", "comparisons, gaps filled", Unit::Number, rows)
            }
        };
        let method = match self.ahp.method {
            PriorityMethod::Eigenvector => Function::AhpEigenvector,
            PriorityMethod::GeometricMean => Function::AhpGeometricMean,
            PriorityMethod::ColumnMean => Function::AhpColumnMean,
        };
        let priorities = one(lowering, "priorities", "priorities", Unit::Share, Expression::call(method, all(&full)));
        let lambda = Expression::call(Function::AhpLambdaMax, all(&full));
        let lambda_max = one(lowering, "lambda_max", "principal eigenvalue", Unit::Number, lambda);
        let index = |lambda: Expression| match n {
            // one and two criteria cannot contradict each other
            0..=2 => Expression::number(0),
            _ => {
                let n = Decimal::from(n);
                (lambda - Expression::number(n)) / (Expression::number(n) - Expression::number(1))
            }
        };
        let ratio = |index: Expression| match n {
            0..=2 => Expression::number(0),
            _ => index / Expression::cell(self.random_index),
        };
        let consistency_index = index(Expression::cell(lambda_max));
        let consistency_index =
            one(lowering, "consistency_index", "consistency index", Unit::Number, consistency_index);
        let consistency_ratio = ratio(Expression::cell(consistency_index));
        let consistency_ratio = one(lowering, "consistency_ratio", "consistency ratio", Unit::Share, consistency_ratio);
        let gci = Expression::call(Function::AhpGeometricConsistency, all(&matrix));
        let gci = one(lowering, "gci", "geometric consistency index", Unit::Number, gci);
        let against = |(position, row): (usize, &CellId)| {
            Expression::cell(*row) * Expression::cell(priorities) / Expression::entry(priorities, number(position))
        };
        let error = matrix.iter().enumerate().map(against).collect();
        let error = each(lowering, "error", "error ratios", Unit::Number, error);
        let (mut repair, mut repaired_ratio) = (Vec::new(), Vec::new());
        let left = self.group.repairs.get().checked_sub(n * n).filter(|_| is_doubtful && n > 2);
        if let Some(left) = left {
            self.group.repairs.set(left);
            let rows = (0..n).map(|row| of_item(Function::AhpRepair, row, &matrix)).collect();
            repair = each(lowering, "repair", "consistent judgements", Unit::Number, rows);
            let rows = (0..n).map(|row| of_item(Function::AhpRepairedLambda, row, &matrix)).collect();
            let lambda = each(lowering, "repaired_lambda", "principal eigenvalue after the repair", Unit::Number, rows);
            let rows = lambda.into_iter().map(|lambda| ratio(index(Expression::cell(lambda)))).collect();
            repaired_ratio = each(lowering, "repaired_ratio", "consistency ratio after the repair", Unit::Share, rows);
        }
        MatrixCells { matrix, priorities, lambda_max, consistency_ratio, gci, error, repair, repaired_ratio, missing }
    }
}
