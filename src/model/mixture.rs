//! Two versions of a figure in one model, with a switch for each thing that differs between them.
//!
//! A mixture answers what a figure would be if only some of its inputs had changed. Cells are matched by their ids; what
//! is the same in both versions exists once, and what differs is `if(switch, after, before)`.

use super::translation;
use super::{
    Absent, Axis, AxisId, Builder, CellId, Change, Content, Element, Evaluation, Expression, FigureRef, Model, Naming,
    Shape,
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What differs between two versions of a figure, and is switched as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Difference {
    /// An input, or a formula that somebody wrote, by the id of its cell.
    Cell(String),
    /// Formulas that follow from something else that was written, by its address.
    Address(String),
    /// Formulas that differ because of what was added or removed.
    Structure,
}

/// Two versions of one figure.
pub(crate) struct Mixture {
    base: Evaluation,
    figure: FigureRef,
    differences: Vec<(Difference, CellId)>,
}

/// One version of the figure: its values, and the cells it is computed from.
struct Version<'e> {
    evaluation: &'e Evaluation,
    figure: FigureRef,
    /// The cells below the figure, and where they are in the mixture.
    cells: BTreeMap<String, CellId>,
    places: HashMap<CellId, CellId>,
    /// Those taken by their values, because they read a selector that differs.
    selected: HashSet<CellId>,
}

impl<'e> Version<'e> {
    fn new(evaluation: &'e Evaluation, id: &str, selectors: &[&str]) -> Option<Self> {
        let model = evaluation.model();
        let figure = model.find(id)?;
        let mut cells = BTreeMap::new();
        let mut seen = HashSet::from([figure.cell]);
        let selectors: Vec<CellId> = selectors.iter().filter_map(|selector| Some(model.find(selector)?.cell)).collect();
        let mut selected = HashSet::new();
        let mut waiting = vec![figure.cell];
        while let Some(cell) = waiting.pop() {
            cells.insert(model.cell(cell)?.id().to_string(), cell);
            if let Some(Content::Formula(formula)) = model.content(cell) {
                if formula.names().any(|name| selectors.contains(name)) {
                    selected.insert(cell);
                    continue;
                }
                waiting.extend(formula.names().copied().filter(|name| seen.insert(*name)));
            }
        }
        Some(Self { evaluation, figure, cells, places: HashMap::new(), selected })
    }

    fn model(&self) -> &'e Model {
        self.evaluation.model()
    }

    fn axis(&self, cell: CellId) -> Option<&'e Axis> {
        self.model().axis_of(cell)
    }

    /// A cell that holds what this version has, as a formula of the mixture.
    fn content(&self, cells: &mut Builder, cell: CellId, id: &str, side: &str, as_value: bool) -> Expression {
        match self.model().content(cell) {
            Some(Content::Formula(formula)) if !as_value => {
                translation::formula(self.model(), &self.places, cells, formula)
            }
            _ => Expression::cell(self.input(cells, cell, format!("{side}.{id}"))),
        }
    }

    fn input(&self, cells: &mut Builder, cell: CellId, id: String) -> CellId {
        let shape = translation::shape(self.model(), cells, cell);
        let values = self.evaluation.row(cell).iter().map(|element| element.map_err(|absent| absent.cause));
        cells.input_or_cause(Naming::new(id), shape, values.collect::<Vec<_>>())
    }

    fn is_input(&self, cell: CellId) -> bool {
        matches!(self.model().content(cell), Some(Content::Input(_)))
    }

    fn names(&self, cell: CellId) -> HashSet<String> {
        match self.model().content(cell) {
            Some(Content::Formula(formula)) => {
                let ids = formula.names().filter_map(|name| self.model().cell(*name));
                ids.map(|cell| cell.id().to_string()).collect()
            }
            _ => HashSet::new(),
        }
    }
}

fn same_values(one: &[Element], other: &[Element]) -> bool {
    let same = |(one, other): (&Element, &Element)| match (one, other) {
        (Ok(one), Ok(other)) => one == other,
        (Err(Absent { cause: one, .. }), Err(Absent { cause: other, .. })) => one == other,
        _ => false,
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}

impl Mixture {
    /// The two versions of the figure of that id; `None` where one of them has no such figure, or they run over different
    /// years, or a mixture of them would go round in a circle.
    ///
    /// A cell that reads one of the `selectors`, where that differs, is taken by its values: which period is looked at
    /// says nothing about what changed between the periods.
    pub(crate) fn new(before: &Evaluation, after: &Evaluation, id: &str, selectors: &[&str]) -> Option<Self> {
        let of = |side: &Evaluation| side.figure(id).and_then(Result::ok);
        // a single value beside a row counts for each of its entries, unless a function of whole rows reads it
        [true, false].into_iter().find_map(|joins_shapes| {
            let mixture = Self::joined(before, after, id, selectors, joins_shapes)?;
            let is_sound = mixture.value(|_| false).ok() == of(before) && mixture.value(|_| true).ok() == of(after);
            is_sound.then_some(mixture)
        })
    }

    fn joined(
        before: &Evaluation,
        after: &Evaluation,
        id: &str,
        selectors: &[&str],
        joins_shapes: bool,
    ) -> Option<Self> {
        let value = |version: &Evaluation, selector: &str| version.figure(selector).and_then(Result::ok);
        let differs = |selector: &&str| value(before, selector) != value(after, selector);
        let selectors: Vec<&str> = selectors.iter().copied().filter(differs).collect();
        let (mut one, mut other) = (Version::new(before, id, &selectors)?, Version::new(after, id, &selectors)?);
        let years = |version: &Version| version.model().axis(AxisId::YEARS).map(Axis::len);
        if years(&one) != years(&other) || one.figure.entry != other.figure.entry {
            return None;
        }
        let years = u32::try_from(years(&one)?).ok()?;
        let mut cells = Builder::new(years);
        // every cell exists before any formula is translated
        let mut differing = Vec::new();
        let ids: Vec<String> = one.cells.keys().chain(other.cells.keys()).cloned().collect();
        let mut seen = HashSet::new();
        let mut places: Vec<(Option<CellId>, Option<CellId>, CellId, CellId)> = Vec::new();
        let mut pending: Vec<(String, Option<CellId>, Option<CellId>, CellId)> = Vec::new();
        let fits = |one: Option<&Axis>, other: Option<&Axis>| {
            one == other || joins_shapes && (one.is_none() || other.is_none())
        };
        for id in ids.iter().filter(|id| seen.insert(id.as_str())) {
            match (one.cells.get(id).copied(), other.cells.get(id).copied()) {
                (Some(a), Some(b)) if fits(one.axis(a), other.axis(b)) => {
                    let same = same_values(one.evaluation.row(a), other.evaluation.row(b));
                    let cell = if one.is_input(a) && other.is_input(b) && same {
                        one.input(&mut cells, a, id.clone())
                    } else {
                        let cell = cells.declare(Naming::new(id.as_str()));
                        pending.push((id.clone(), Some(a), Some(b), cell));
                        cell
                    };
                    places.push((Some(a), Some(b), cell, cell));
                }
                (a, b) => {
                    // of a row over other entries there are two
                    let mut own = |version: &Version, cell: Option<CellId>, side: &str| {
                        let cell = cell?;
                        let id = if a.is_some() && b.is_some() { format!("{side}.{id}") } else { id.clone() };
                        Some(if version.is_input(cell) {
                            version.input(&mut cells, cell, id)
                        } else {
                            let declared = cells.declare(Naming::new(id.as_str()));
                            let (a, b) = if side == "before" { (Some(cell), None) } else { (None, Some(cell)) };
                            pending.push((id, a, b, declared));
                            declared
                        })
                    };
                    let (at_a, at_b) = (own(&one, a, "before"), own(&other, b, "after"));
                    if let Some(cell) = at_a {
                        places.push((a, None, cell, cell));
                    }
                    if let Some(cell) = at_b {
                        places.push((None, b, cell, cell));
                    }
                }
            }
        }
        for (a, b, at_a, at_b) in places {
            one.places.extend(a.map(|a| (a, at_a)));
            other.places.extend(b.map(|b| (b, at_b)));
        }
        for (id, a, b, cell) in &pending {
            let is_selected =
                |version: &Version, at: Option<CellId>| at.is_some_and(|at| version.selected.contains(&at));
            let as_value = is_selected(&one, *a) || is_selected(&other, *b);
            match (*a, *b) {
                (Some(a), Some(b)) => {
                    let same = same_values(one.evaluation.row(a), other.evaluation.row(b));
                    let before = one.content(&mut cells, a, id, "before", as_value);
                    if as_value && same {
                        cells.define(*cell, before);
                        continue;
                    }
                    let after = other.content(&mut cells, b, id, "after", as_value);
                    if before == after {
                        cells.define(*cell, before);
                    } else {
                        let difference =
                            if as_value { Difference::Cell(id.clone()) } else { name(&one, a, &other, b, id) };
                        differing.push((difference, *cell, before, after));
                    }
                }
                (Some(a), None) => {
                    let content = one.content(&mut cells, a, id, "before", as_value);
                    cells.define(*cell, content);
                }
                (None, Some(b)) => {
                    let content = other.content(&mut cells, b, id, "after", as_value);
                    cells.define(*cell, content);
                }
                (None, None) => {}
            }
        }
        let mut switches: BTreeMap<Difference, CellId> = BTreeMap::new();
        for (difference, cell, before, after) in differing {
            let number = switches.len();
            let switch = *switches.entry(difference).or_insert_with(|| {
                cells.input(Naming::new(format!("switch.{number}")), Shape::Scalar, [Some(Decimal::ZERO)])
            });
            cells.define(cell, Expression::choose(Expression::cell(switch), after, before));
        }
        let cell =
            one.places.get(&one.figure.cell).copied().filter(|at| other.places.get(&other.figure.cell) == Some(at));
        let figure = FigureRef { cell: cell?, entry: one.figure.entry };
        let base = cells.finish_distinct().ok()?.evaluate();
        Some(Self { base, figure, differences: switches.into_iter().collect() })
    }

    /// What differs, in a fixed order.
    pub(crate) fn differences(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().map(|(difference, _)| difference)
    }

    /// How many cells there are.
    pub(crate) fn size(&self) -> usize {
        self.base.model().cells().len()
    }

    /// The figure when only those differences have changed whose positions hold.
    pub(crate) fn value(&self, has_changed: impl Fn(usize) -> bool) -> Element {
        let switched = self.differences.iter().enumerate().filter(|(position, _)| has_changed(*position));
        let changes = switched.map(|(_, (_, switch))| Change {
            cell: *switch,
            shape: Shape::Scalar,
            content: Content::Input([Ok(Decimal::ONE)].into()),
            source: None,
        });
        let row = |evaluation: &Evaluation| {
            let row = evaluation.row(self.figure.cell);
            row.get(self.figure.entry.unwrap_or(0)).copied()
        };
        let absent = Err(Absent { cause: super::Cause::NoData, cell: self.figure.cell });
        match self.base.model().with(changes) {
            Ok(model) => row(&self.base.changed_to(&model)).unwrap_or(absent),
            Err(_) => absent,
        }
    }
}

/// What a difference of one cell is called.
fn name(one: &Version, a: CellId, other: &Version, b: CellId, id: &str) -> Difference {
    if one.is_input(a) || other.is_input(b) {
        return Difference::Cell(id.to_owned());
    }
    if let Some(source) = other.model().source(b).or_else(|| one.model().source(a)) {
        let source = source.to_string();
        let is_own = source == id || source.strip_suffix(id).is_some_and(|rest| rest.ends_with('.'));
        return if is_own { Difference::Cell(id.to_owned()) } else { Difference::Address(source) };
    }
    // the same cells in another formula: a number in it was written somewhere
    if one.names(a) == other.names(b) { Difference::Cell(id.to_owned()) } else { Difference::Structure }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Function;
    use rust_decimal::dec;

    /// A figure over two inputs and a number in its formula.
    fn version(price: Decimal, seats: Decimal, discount: Decimal) -> Evaluation {
        let mut cells = Builder::new(2);
        let mut input = |id: &str, value| cells.input(Naming::new(id), Shape::Scalar, [Some(value)]);
        let (price, seats) = (input("price", price), input("seats", seats));
        let cost = Expression::cell(price) * Expression::cell(seats) - Expression::number(discount);
        cells.formula(Naming::new("cost"), cost);
        cells.finish().unwrap().evaluate()
    }

    #[test]
    fn each_difference_can_be_switched_by_itself() {
        let (before, after) = (version(dec!(10), dec!(3), dec!(1)), version(dec!(12), dec!(5), dec!(2)));
        let mixture = Mixture::new(&before, &after, "cost", &[]).unwrap();
        let names: Vec<&Difference> = mixture.differences().collect();
        let cell = |id: &str| Difference::Cell(id.to_owned());
        assert_eq!(names, [&cell("cost"), &cell("price"), &cell("seats")]);
        assert_eq!(mixture.value(|_| false), Ok(dec!(29)));
        assert_eq!(mixture.value(|_| true), Ok(dec!(58)));
        assert_eq!(mixture.value(|position| position == 1), Ok(dec!(35)));
        assert_eq!(mixture.value(|position| position != 0), Ok(dec!(59)));
    }

    #[test]
    fn rows_of_other_entries_stay_apart() {
        let version = |entries: &[&str]| {
            let mut cells = Builder::new(1);
            let axis = cells.axis(Axis::named("criteria", entries.iter().copied()));
            let points = entries.iter().map(|_| Some(dec!(2)));
            let points = cells.input(Naming::new("points"), Shape::Row(axis), points.collect::<Vec<_>>());
            let sum = Expression::call(Function::Sum, [Expression::cell(points)]);
            cells.formula(Naming::new("sum"), sum);
            cells.finish().unwrap().evaluate()
        };
        let mixture = Mixture::new(&version(&["a", "b"]), &version(&["a", "b", "c"]), "sum", &[]).unwrap();
        assert_eq!(mixture.differences().count(), 1);
        assert_eq!((mixture.value(|_| false), mixture.value(|_| true)), (Ok(dec!(4)), Ok(dec!(6))));
    }

    #[test]
    fn a_single_value_that_became_a_row_is_one_difference() {
        let version = |price: &[i64], whole: bool| {
            let mut cells = Builder::new(2);
            let shape = if price.len() == 1 { Shape::Scalar } else { Shape::Row(AxisId::YEARS) };
            let price = cells.input(Naming::new("price"), shape, price.iter().map(|price| Some((*price).into())));
            let seats = [3, 4].map(|seats| Some(seats.into()));
            let seats = cells.input(Naming::new("seats"), Shape::Row(AxisId::YEARS), seats);
            let sum = |row| Expression::call(Function::Sum, [row]);
            let (price, seats) = (Expression::cell(price), Expression::cell(seats));
            cells.formula(Naming::new("cost"), if whole { sum(price) * sum(seats) } else { sum(price * seats) });
            cells.finish().unwrap().evaluate()
        };
        let mixture = |whole| Mixture::new(&version(&[10], whole), &version(&[10, 20], whole), "cost", &[]).unwrap();
        let apart = mixture(false);
        assert_eq!(apart.differences().collect::<Vec<_>>(), [&Difference::Cell("price".to_owned())]);
        assert_eq!((apart.value(|_| false), apart.value(|_| true)), (Ok(dec!(70)), Ok(dec!(110))));
        // the sum of a single value is not that of a row of it
        let whole = mixture(true);
        assert_eq!((whole.value(|_| false), whole.value(|_| true)), (Ok(dec!(70)), Ok(dec!(210))));
    }

    #[test]
    fn what_reads_a_selector_is_taken_by_its_values() {
        let version = |period: Decimal| {
            let mut cells = Builder::new(2);
            let period = cells.input(Naming::new("period"), Shape::Scalar, [Some(period)]);
            let actual = cells.formula(Naming::new("actual"), Expression::cell(period) * Expression::number(10));
            let doubled = Expression::cell(actual) + Expression::cell(actual);
            cells.formula(Naming::new("score"), doubled);
            cells.finish().unwrap().evaluate()
        };
        let mixture = Mixture::new(&version(dec!(1)), &version(dec!(2)), "score", &["period"]).unwrap();
        assert_eq!(mixture.differences().collect::<Vec<_>>(), [&Difference::Cell("actual".to_owned())]);
        assert_eq!((mixture.value(|_| false), mixture.value(|_| true)), (Ok(dec!(20)), Ok(dec!(40))));
    }
}
