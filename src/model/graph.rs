//! The cells of a model in dependency order: checked once, evaluated any number of times.

use super::shapes::{input_shape, shape_of};
use super::{Axis, AxisId, Cell, CellId, Content, Evaluation};
use super::{Id, Operation, Shape};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// Why cells do not make a model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Two cells of one id.
    #[error("`{id}` is defined twice")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// Cells that need each other's value.
    #[error("{}", circle(.cells))]
    Cycle {
        /// The cells of the circle, each needing the next and the last the first.
        cells: Vec<String>,
    },
    /// Rows over different axes in one operation.
    #[error("`{cell}` joins values over {left} with values over {right}")]
    DifferentAxes {
        /// The cell with the formula.
        cell: String,
        /// What one row runs along.
        left: String,
        /// What the other runs along.
        right: String,
    },
    /// A single value where a row is needed.
    #[error("`{function}` in `{cell}` needs one value a year, not a single value")]
    NeedsRow {
        /// The cell with the formula.
        cell: String,
        /// The function.
        function: &'static str,
    },
    /// A row where a single value is needed.
    #[error("`{cell}` needs a single value, but has one for each of the {axis}")]
    NeedsScalar {
        /// The cell, or the function in it.
        cell: String,
        /// What the row runs along.
        axis: String,
    },
    /// `price[3]` of a single value.
    #[error("`{cell}` takes entry {number} of `{of}`, which is a single value")]
    EntryOfScalar {
        /// The cell with the formula.
        cell: String,
        /// The cell it refers to.
        of: String,
        /// The number in brackets.
        number: u32,
    },
    /// `seats[9]` of five years.
    #[error("`{of}` has no year {number}: its years are {first} to {last}")]
    NoEntry {
        /// The cell with the formula.
        cell: String,
        /// The cell it refers to.
        of: String,
        /// The number in brackets.
        number: u32,
        /// The first number there is.
        first: u32,
        /// The last number there is.
        last: u32,
    },
    /// A function with a wrong number of arguments.
    #[error("`{function}` in `{cell}` has a wrong number of arguments")]
    Arguments {
        /// The cell with the formula.
        cell: String,
        /// The function.
        function: &'static str,
    },
    /// A row with too few or too many values for its axis.
    #[error("`{cell}` has {found} values for {expected} {axis}")]
    Length {
        /// The cell.
        cell: String,
        /// How many values it was given.
        found: usize,
        /// How many entries its axis has.
        expected: usize,
        /// What the axis runs along.
        axis: String,
    },
    /// A cell that was declared and never defined.
    #[error("`{cell}` has neither a value nor a formula")]
    Undefined {
        /// The cell.
        cell: String,
    },
    /// A cell or an axis of another model.
    #[error("`{cell}` refers to a cell or an axis of another model")]
    Foreign {
        /// The cell with the formula.
        cell: String,
    },
}

/// A circle longer than this is shown by its beginning.
const MOST_SHOWN: usize = 12;

fn circle(cells: &[String]) -> String {
    match cells {
        [only] => format!("`{only}` is computed from itself"),
        [first, rest @ ..] => {
            let shown = rest.iter().take(MOST_SHOWN).map(|cell| format!("`{cell}`"));
            let more = rest.len().saturating_sub(MOST_SHOWN);
            let more = (more > 0).then(|| format!("{more} more"));
            let chain: Vec<String> = shown.chain(more).chain([format!("`{first}`")]).collect();
            format!("`{first}` needs {} in a circle", chain.join(", which needs "))
        }
        [] => String::new(),
    }
}

/// A fault of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// The cell at fault.
    pub cell: CellId,
    /// The address in the document where the cell was written; empty where that is not known.
    pub source: String,
    /// What is wrong with it.
    pub error: ModelError,
}

impl CellError {
    pub(super) fn new(cells: &[Cell], cell: CellId, error: ModelError) -> Self {
        let source = cells.get(cell.position()).and_then(|cell| cell.source.as_ref());
        Self { cell, source: source.map(ToString::to_string).unwrap_or_default(), error }
    }
}

/// Cells in dependency order. Evaluating a model cannot fail: what has no value says why.
///
/// Cheap to clone, and cheap to change in a few inputs: all such models share their cells.
///
/// ```
/// use appraise::model::{Builder, Change, Content, Expression, Naming, Shape};
///
/// let mut cells = Builder::new(5);
/// let seats = cells.input(Naming::new("seats"), Shape::Scalar, [Some(120.into())]);
/// let cost = cells.formula(Naming::new("cost"), Expression::cell(seats) * Expression::number(960));
/// let model = cells.finish().unwrap();
/// let base = model.evaluate();
///
/// let more = Content::Input([Ok(200.into())].into());
/// let growing = model.with([Change { cell: seats, shape: Shape::Scalar, content: more, source: None }]).unwrap();
/// assert_eq!(base.scalar(cost), Ok(115_200.into()));
/// assert_eq!(base.changed_to(&growing).scalar(cost), Ok(192_000.into())); // computes only what changes
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    structure: Arc<Structure>,
    /// What differs from the cells of the structure, by cell.
    changes: Arc<[Change]>,
}

/// Cells, their order, and where their values go.
#[derive(Debug)]
struct Structure {
    axes: Vec<Axis>,
    cells: Vec<Cell>,
    order: Vec<CellId>,
    /// Where the elements of each cell start in the values of an evaluation.
    offsets: Vec<usize>,
    size: usize,
    /// Cells that must hold a single value, or a row over a certain axis.
    single: Vec<(CellId, Option<AxisId>)>,
    /// Made when the first figure is looked up.
    by_id: OnceLock<HashMap<String, CellId>>,
}

/// Another input or formula for a cell of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The cell that changes.
    pub cell: CellId,
    /// One value or a row.
    pub shape: Shape,
    /// The new input or formula.
    pub content: Content,
    /// The address in the document of the change.
    pub source: Option<Id>,
}

/// A cell, or one entry of a row, found by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureRef {
    /// The cell.
    pub cell: CellId,
    /// The entry, where the id names one.
    pub entry: Option<usize>,
}

impl Model {
    /// Checks what a builder has taken.
    pub(super) fn new(
        axes: Vec<Axis>,
        cells: Vec<Cell>,
        single: Vec<(CellId, Option<AxisId>)>,
    ) -> Result<Self, Vec<CellError>> {
        let mut errors = Vec::new();
        for (position, cell) in cells.iter().enumerate() {
            let id = CellId(u32::try_from(position).unwrap_or(u32::MAX));
            let error = match &cell.content {
                Content::Input(values) if values.is_empty() && cell.shape == Shape::Scalar => {
                    ModelError::Undefined { cell: cell.id.to_string() }
                }
                Content::Formula(formula) if formula.names().any(|name| name.position() >= cells.len()) => {
                    ModelError::Foreign { cell: cell.id.to_string() }
                }
                _ => continue,
            };
            errors.push(CellError::new(&cells, id, error));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let structure = Structure::arrange(axes, cells, single)?;
        Ok(Self { structure: Arc::new(structure), changes: Arc::new([]) })
    }

    /// The same model with other inputs or formulas in some cells: a scenario, or one point of a sensitivity.
    ///
    /// # Errors
    ///
    /// Every cell that is then at fault itself.
    pub fn with(&self, changes: impl IntoIterator<Item = Change>) -> Result<Self, Vec<CellError>> {
        let mut all = self.changes.to_vec();
        let mut same_arrangement = true;
        for change in changes {
            let Some(cell) = self.cell(change.cell) else {
                let error = ModelError::Foreign { cell: String::new() };
                return Err(vec![CellError::new(&[], change.cell, error)]);
            };
            // an input of the same shape needs nothing and changes nothing about what needs it
            let length = self.elements(change.cell).len();
            let input = matches!(&change.content, Content::Input(values) if values.len() == length);
            same_arrangement &= input && change.shape == cell.shape;
            match all.binary_search_by_key(&change.cell, |known| known.cell) {
                Ok(position) => {
                    if let Some(known) = all.get_mut(position) {
                        *known = change;
                    }
                }
                Err(position) => all.insert(position, change),
            }
        }
        if same_arrangement {
            return Ok(Self { structure: Arc::clone(&self.structure), changes: all.into() });
        }
        let mut cells = self.structure.cells.clone();
        for Change { cell, shape, content, source } in all {
            if let Some(changed) = cells.get_mut(cell.position()) {
                (changed.shape, changed.content) = (shape, content);
                changed.source = source.or(changed.source.take());
            }
        }
        let structure = Structure::arrange(self.structure.axes.clone(), cells, self.structure.single.clone())?;
        Ok(Self { structure: Arc::new(structure), changes: Arc::new([]) })
    }

    fn change(&self, cell: CellId) -> Option<&Change> {
        // most models have no change at all
        let position = self.changes.binary_search_by_key(&cell, |change| change.cell).ok()?;
        self.changes.get(position)
    }

    /// The input or the formula of a cell.
    pub fn content(&self, cell: CellId) -> Option<&Content> {
        match self.change(cell) {
            Some(change) => Some(&change.content),
            None => self.cell(cell).map(|cell| &cell.content),
        }
    }

    /// The address in the document of what was written for a cell.
    pub fn source(&self, cell: CellId) -> Option<&Id> {
        let changed = self.change(cell).and_then(|change| change.source.as_ref());
        changed.or_else(|| self.cell(cell)?.source.as_ref())
    }

    /// All cells, in the order in which they were built.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = (CellId, &Cell)> {
        let cells = self.structure.cells.iter().enumerate();
        cells.map(|(position, cell)| (CellId(u32::try_from(position).unwrap_or(u32::MAX)), cell))
    }

    /// A cell of this model; `None` for a cell of another one.
    pub fn cell(&self, cell: CellId) -> Option<&Cell> {
        self.structure.cells.get(cell.position())
    }

    /// What a row runs along; `None` for a single value.
    pub fn axis_of(&self, cell: CellId) -> Option<&Axis> {
        match self.cell(cell)?.shape {
            Shape::Scalar => None,
            Shape::Row(axis) => self.axis(axis),
        }
    }

    /// An axis of this model.
    pub fn axis(&self, axis: AxisId) -> Option<&Axis> {
        self.structure.axes.get(axis.position())
    }

    /// Finds a cell by its id, or an entry of a row by the id of the row, a dot and the entry: `case.net.3`.
    pub fn find(&self, id: &str) -> Option<FigureRef> {
        let ids = &self.structure.by_id;
        let by_id = ids.get_or_init(|| self.cells().map(|(id, cell)| (cell.id.to_string(), id)).collect());
        if let Some(cell) = by_id.get(id) {
            return Some(FigureRef { cell: *cell, entry: None });
        }
        // names of entries may hold dots themselves, so every dot may be the one that separates them
        id.match_indices('.').find_map(|(dot, _)| {
            let (row, entry) = (id.get(..dot)?, id.get(dot + 1..)?);
            let cell = *by_id.get(row)?;
            let entry = self.axis_of(cell)?.position(entry)?;
            Some(FigureRef { cell, entry: Some(entry) })
        })
    }

    /// The cells in an order in which each comes after those it needs.
    pub(super) fn order(&self) -> &[CellId] {
        &self.structure.order
    }

    pub(super) fn elements(&self, cell: CellId) -> std::ops::Range<usize> {
        let Structure { offsets, size, .. } = &*self.structure;
        let start = offsets.get(cell.position()).copied().unwrap_or(*size);
        let end = offsets.get(cell.position() + 1).copied().unwrap_or(*size);
        start..end
    }

    /// Whether the values of both models stand in the same places, computed in the same order.
    pub(super) fn is_arranged_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.structure, &other.structure)
    }

    /// The cells in which either model has a change of its own.
    pub(super) fn changed_cells<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = CellId> + 'a {
        self.changes.iter().chain(other.changes.iter()).map(|change| change.cell)
    }

    pub(super) fn size(&self) -> usize {
        self.structure.size
    }

    /// Computes every cell exactly, in `Decimal`. An overflow or a division by zero is the value of its cell, not a failure.
    pub fn evaluate(&self) -> Evaluation {
        Evaluation::new(self)
    }
}

impl Structure {
    /// Finds the order of the cells, their shapes, and where their values go.
    fn arrange(
        axes: Vec<Axis>,
        mut cells: Vec<Cell>,
        single: Vec<(CellId, Option<AxisId>)>,
    ) -> Result<Self, Vec<CellError>> {
        let mut errors = Vec::new();
        let order = in_order(&cells, &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        // a cell of unknown shape follows from an error that is already listed
        let mut shapes: Vec<Option<Shape>> = vec![None; cells.len()];
        let mut stack = Vec::new();
        let must_be_single: HashMap<CellId, Option<AxisId>> = single.iter().copied().collect();
        for id in &order {
            let Some(cell) = cells.get(id.position()) else { continue };
            let shape = match &cell.content {
                Content::Input(values) => input_shape(&axes, cell, values).map(Some),
                Content::Formula(expression) => shape_of(&axes, &cells, &shapes, cell, expression, &mut stack),
            };
            let shape = match shape {
                Ok(Some(Shape::Row(axis))) if must_be_single.get(id).is_some_and(|allowed| *allowed != Some(axis)) => {
                    let axis = axes.get(axis.position()).map_or("", Axis::name).to_owned();
                    Err(ModelError::NeedsScalar { cell: cell.id.to_string(), axis })
                }
                other => other,
            };
            match shape {
                Ok(shape) => {
                    if let Some(place) = shapes.get_mut(id.position()) {
                        *place = shape;
                    }
                }
                Err(error) => errors.push(CellError::new(&cells, *id, error)),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut offsets = Vec::with_capacity(cells.len());
        let mut size = 0;
        for (cell, shape) in cells.iter_mut().zip(shapes) {
            cell.shape = shape.unwrap_or(Shape::Scalar);
            offsets.push(size);
            size += match cell.shape {
                Shape::Scalar => 1,
                Shape::Row(axis) => axes.get(axis.position()).map_or(0, Axis::len),
            };
        }
        Ok(Self { axes, cells, order, offsets, size, single, by_id: OnceLock::new() })
    }
}

pub(super) fn name_of(cells: &[Cell], cell: CellId) -> String {
    cells.get(cell.position()).map(|cell| cell.id.to_string()).unwrap_or_default()
}

/// The cell that the operation at or after `from` reads, and where to look for the next one.
fn next_needed(cells: &[Cell], cell: CellId, from: usize) -> Option<(CellId, usize)> {
    let Content::Formula(formula) = &cells.get(cell.position())?.content else { return None };
    let mut rest = formula.operations().iter().enumerate().skip(from);
    rest.find_map(|(position, operation)| match operation {
        Operation::Cell(needed) | Operation::Entry(needed, _) => Some((*needed, position + 1)),
        _ => None,
    })
}

/// A text full of circles is reported by its first ones, which bounds the time this takes.
const MOST_CIRCLES: usize = 20;

/// Depth-first, with a stack of its own: a chain of a million assumptions must not overflow the machine's.
fn in_order(cells: &[Cell], errors: &mut Vec<CellError>) -> Vec<CellId> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; cells.len()];
    let mut order = Vec::with_capacity(cells.len());
    // each open cell with the operation at which to go on
    let mut path: Vec<(CellId, usize)> = Vec::new();
    for start in 0..cells.len() {
        let mut enter = Some(CellId(u32::try_from(start).unwrap_or(u32::MAX)));
        loop {
            if let Some(cell) = enter.take() {
                match marks.get_mut(cell.position()) {
                    Some(mark @ Mark::New) => {
                        *mark = Mark::Open;
                        path.push((cell, 0));
                    }
                    Some(Mark::Open) if errors.len() < MOST_CIRCLES => {
                        let circle = path.iter().skip_while(|(open, _)| *open != cell);
                        let circle = circle.map(|(open, _)| name_of(cells, *open)).collect();
                        errors.push(CellError::new(cells, cell, ModelError::Cycle { cells: circle }));
                    }
                    _ => {}
                }
            }
            let Some((cell, from)) = path.last_mut() else { break };
            match next_needed(cells, *cell, *from) {
                Some((needed, next)) => {
                    *from = next;
                    enter = Some(needed);
                }
                None => {
                    if let Some(mark) = marks.get_mut(cell.position()) {
                        *mark = Mark::Done;
                    }
                    order.push(*cell);
                    path.pop();
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Builder, Expression, Function, Naming};
    use rust_decimal::dec;

    fn errors(build: impl FnOnce(&mut Builder)) -> Vec<String> {
        let mut cells = Builder::new(5);
        build(&mut cells);
        let errors = cells.finish().err().unwrap_or_default();
        errors.into_iter().map(|fault| fault.error.to_string()).collect()
    }

    fn seats(cells: &mut Builder) -> CellId {
        cells.input(Naming::new("seats"), Shape::Row(AxisId::YEARS), [Some(dec!(1)); 5])
    }

    fn price(cells: &mut Builder) -> CellId {
        cells.input(Naming::new("price"), Shape::Scalar, [Some(dec!(1))])
    }

    #[test]
    fn circles_are_told_from_beginning_to_end() {
        let circle = errors(|cells| {
            let [a, b, c] = ["a", "b", "c"].map(|id| cells.declare(Naming::new(id)));
            cells.define(a, Expression::cell(b));
            cells.define(b, Expression::cell(c) + Expression::number(1));
            cells.define(c, Expression::cell(a));
        });
        assert_eq!(circle, ["`a` needs `b`, which needs `c`, which needs `a` in a circle"]);
        let own = errors(|cells| {
            let a = cells.declare(Naming::new("a"));
            cells.define(a, Expression::cell(a) * Expression::number(2));
        });
        assert_eq!(own, ["`a` is computed from itself"]);
    }

    #[test]
    fn shapes_that_do_not_fit_are_named() {
        let of = |function, arguments: &[CellId]| {
            Expression::call(function, arguments.iter().map(|cell| Expression::cell(*cell)))
        };
        let grades = |cells: &mut Builder| {
            let axis = cells.axis(Axis::named("grades", ["good", "poor"]));
            cells.input(Naming::new("votes"), Shape::Row(axis), [None, None])
        };
        for (expected, build) in [
            (
                "`x` joins values over years with values over grades",
                &(|cells: &mut Builder| {
                    let (seats, votes) = (seats(cells), grades(cells));
                    cells.formula(Naming::new("x"), Expression::cell(seats) * Expression::cell(votes));
                }) as &dyn Fn(&mut Builder),
            ),
            ("`npv` in `x` needs one value a year, not a single value", &|cells| {
                let price = price(cells);
                cells.formula(Naming::new("x"), of(Function::Npv, &[price, price]));
            }),
            ("`x` needs a single value, but has one for each of the years", &|cells| {
                let seats = seats(cells);
                cells.formula(Naming::new("x"), of(Function::Npv, &[seats, seats]));
            }),
            ("`x` needs a single value, but has one for each of the years", &|cells| {
                let seats = seats(cells);
                let x = cells.formula(Naming::new("x"), Expression::cell(seats));
                cells.require_single(x);
            }),
            ("`x` takes entry 3 of `price`, which is a single value", &|cells| {
                let price = price(cells);
                cells.formula(Naming::new("x"), Expression::entry(price, 3));
            }),
            ("`seats` has no year 6: its years are 1 to 5", &|cells| {
                let seats = seats(cells);
                cells.formula(Naming::new("x"), Expression::entry(seats, 6));
            }),
            ("`npv` in `x` has a wrong number of arguments", &|cells| {
                cells.formula(Naming::new("x"), of(Function::Npv, &[]));
            }),
            ("`seats` has 2 values for 5 years", &|cells| {
                cells.input(Naming::new("seats"), Shape::Row(AxisId::YEARS), [None, None]);
            }),
            ("`x` has neither a value nor a formula", &|cells| {
                cells.declare(Naming::new("x"));
            }),
            ("`price` is defined twice", &|cells| {
                price(cells);
                price(cells);
            }),
            ("`x` refers to a cell or an axis of another model", &|cells| {
                cells.formula(Naming::new("x"), Expression::cell(CellId(99)));
            }),
        ] {
            assert_eq!(errors(build), [expected]);
        }
    }

    #[test]
    fn what_only_depends_on_a_mistake_is_not_listed() {
        let listed = errors(|cells| {
            let seats = seats(cells);
            let wrong = cells.formula(Naming::new("wrong"), Expression::entry(seats, 9));
            cells.formula(Naming::new("follows"), Expression::cell(wrong) + Expression::number(1));
        });
        assert_eq!(listed.len(), 1, "{listed:?}");
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let mut cells = Builder::new(1);
        let chain: Vec<CellId> = (0..200_000).map(|n| cells.declare(Naming::new(format!("a{n}")))).collect();
        for pair in chain.windows(2) {
            cells.define(pair[0], Expression::cell(pair[1]) + Expression::number(1));
        }
        cells.define(chain[chain.len() - 1], Expression::number(1));
        let model = cells.finish().unwrap();
        let evaluation = model.evaluate();
        assert_eq!(evaluation.scalar(chain[0]), Ok(dec!(200_000)));
        let explanation = evaluation.explain("a0").unwrap();
        assert_eq!((explanation.steps.len(), explanation.left_out > 0), (5_000, true));
    }

    #[test]
    fn figures_are_found_by_id_and_entry() {
        let mut cells = Builder::new(5);
        let seats = seats(&mut cells);
        let named = cells.axis(Axis::named("grades", ["very good", "v1.0"]));
        let votes = cells.input(Naming::new("votes"), Shape::Row(named), [Some(dec!(3)), Some(dec!(4))]);
        let model = cells.finish().unwrap();
        assert_eq!(model.find("seats.5"), Some(FigureRef { cell: seats, entry: Some(4) }));
        assert_eq!(model.find("seats"), Some(FigureRef { cell: seats, entry: None }));
        assert_eq!(model.find("votes.v1.0"), Some(FigureRef { cell: votes, entry: Some(1) }));
        assert_eq!(model.find("seats.6"), None);
        assert_eq!(model.find(""), None);
    }
}
