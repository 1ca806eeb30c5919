//! Takes the cells of a model one by one.

use super::{
    Absent, Axis, AxisId, Cause, Cell, CellError, CellId, Content, Expression, Model, ModelError, Naming, Shape,
};
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::sync::Arc;

/// Takes cells one by one and checks them together.
///
/// A cell may refer to any cell that exists, and [`declare`](Self::declare) makes one exist before it is defined, so that
/// formulas of users may refer forward.
///
/// ```
/// use appraise::model::{AxisId, Builder, Expression, Function, Naming, Shape, Unit};
/// use rust_decimal::dec;
///
/// let mut cells = Builder::new(3); // years 1 to 3, and with year 0 the timeline
/// let rate = cells.input(Naming::new("rate").unit(Unit::Share), Shape::Scalar, [Some(dec!(0.10))]);
/// let flows = [dec!(-100), dec!(50), dec!(50), dec!(50)].map(Some);
/// let net = cells.input(Naming::new("net").unit(Unit::Money), Shape::Row(AxisId::TIMELINE), flows);
/// let npv = Expression::call(Function::Npv, [Expression::cell(rate), Expression::cell(net)]);
/// let npv = cells.formula(Naming::new("npv").unit(Unit::Money), npv);
/// let values = cells.finish().unwrap().evaluate();
/// assert_eq!(values.scalar(npv).unwrap().round_dp(2), dec!(24.34));
/// assert_eq!(values.figure("net.2"), Some(Ok(dec!(50))));
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    axes: Vec<Axis>,
    cells: Vec<Cell>,
    single: Vec<(CellId, Option<AxisId>)>,
}

impl Builder {
    /// A model over so many years after the purchase. Each year takes room, so millions of them are no good idea.
    pub fn new(years: u32) -> Self {
        let axes = vec![Axis::numbered("years", 1, years), Axis::numbered("years from 0", 0, years)];
        Self { axes, cells: Vec::new(), single: Vec::new() }
    }

    /// Makes room for about so many cells, which saves moving them as they come.
    pub fn reserve(&mut self, cells: usize) {
        self.cells.reserve(cells);
    }

    /// An axis besides the years: grades, experts, statuses. Asked for twice, it is the same axis.
    pub fn axis(&mut self, axis: Axis) -> AxisId {
        match self.axes.iter().position(|known| *known == axis) {
            Some(known) => AxisId(u32::try_from(known).unwrap_or(u32::MAX)),
            None => self.own_axis(axis),
        }
    }

    /// An axis that nobody else will ask for, which saves looking for it among thousands.
    pub(crate) fn own_axis(&mut self, axis: Axis) -> AxisId {
        // a document that fits its limits has far fewer than four thousand million axes
        let id = AxisId(u32::try_from(self.axes.len()).unwrap_or(u32::MAX));
        self.axes.push(axis);
        id
    }

    /// The entries of an axis.
    pub fn entries(&self, axis: AxisId) -> &[Arc<str>] {
        self.axes.get(axis.position()).map(Axis::entries).unwrap_or_default()
    }

    fn push(&mut self, naming: Naming, shape: Shape, content: Content) -> CellId {
        let Naming { id, label, unit, source } = naming;
        // a document that fits its limits has far fewer than four thousand million cells
        let cell = CellId(u32::try_from(self.cells.len()).unwrap_or(u32::MAX));
        self.cells.push(Cell { id, label, unit, source, content, shape });
        cell
    }

    /// A value or a row of values that the user gave; `None` where a value is missing.
    pub fn input(&mut self, naming: Naming, shape: Shape, values: impl IntoIterator<Item = Option<Decimal>>) -> CellId {
        self.input_or_cause(naming, shape, values.into_iter().map(|value| value.ok_or(Cause::NoData)))
    }

    /// A value or a row of values that the user gave, or why there is none.
    pub fn input_or_cause(
        &mut self,
        naming: Naming,
        shape: Shape,
        values: impl IntoIterator<Item = Result<Decimal, Cause>>,
    ) -> CellId {
        let cell = CellId(u32::try_from(self.cells.len()).unwrap_or(u32::MAX));
        let values = values.into_iter().map(|value| value.map_err(|cause| Absent { cause, cell })).collect();
        self.push(naming, shape, Content::Input(values))
    }

    /// A cell without a value, and why.
    pub fn absent(&mut self, naming: Naming, shape: Shape, cause: Cause) -> CellId {
        let cell = CellId(u32::try_from(self.cells.len()).unwrap_or(u32::MAX));
        let count = match shape {
            Shape::Scalar => 1,
            Shape::Row(axis) => self.entries(axis).len(),
        };
        let values = std::iter::repeat_n(Err(Absent { cause, cell }), count).collect();
        self.push(naming, shape, Content::Input(values))
    }

    /// A cell computed from others.
    pub fn formula(&mut self, naming: Naming, expression: Expression) -> CellId {
        self.push(naming, Shape::Scalar, Content::Formula(Arc::new(expression)))
    }

    /// A cell that other formulas may refer to before it is defined.
    pub fn declare(&mut self, naming: Naming) -> CellId {
        // a single value without a value: nothing that is defined looks so
        self.push(naming, Shape::Scalar, Content::Input(Arc::new([])))
    }

    /// Defines a declared cell by a formula.
    pub fn define(&mut self, cell: CellId, expression: Expression) {
        self.define_as(cell, Shape::Scalar, Content::Formula(Arc::new(expression)));
    }

    /// Defines a declared cell by values.
    pub fn define_input(&mut self, cell: CellId, shape: Shape, values: impl IntoIterator<Item = Decimal>) {
        self.define_as(cell, shape, Content::Input(values.into_iter().map(Ok).collect()));
    }

    fn define_as(&mut self, cell: CellId, shape: Shape, content: Content) {
        if let Some(defined) = self.cells.get_mut(cell.position()) {
            (defined.shape, defined.content) = (shape, content);
        }
    }

    /// Demands that a cell turns out to be a single value, whatever its formula is.
    pub fn require_single(&mut self, cell: CellId) {
        self.single.push((cell, None));
    }

    /// Demands that a cell turns out to be a single value, or a row over that axis.
    pub(crate) fn require_single_or_along(&mut self, cell: CellId, axis: AxisId) {
        self.single.push((cell, Some(axis)));
    }

    /// Defines a declared cell by a row in which values may be missing.
    pub(crate) fn define_row(&mut self, cell: CellId, axis: AxisId, values: impl IntoIterator<Item = Option<Decimal>>) {
        let values = values.into_iter().map(|value| value.ok_or(Absent { cause: Cause::NoData, cell })).collect();
        self.define_as(cell, Shape::Row(axis), Content::Input(values));
    }

    /// Where a cell was written; empty where that is not known.
    pub(crate) fn source_of(&self, cell: CellId) -> String {
        let cell = self.cells.get(cell.position());
        cell.and_then(|cell| cell.source.as_ref()).map(ToString::to_string).unwrap_or_default()
    }

    /// A builder over the same axes, without cells.
    pub(crate) fn empty_copy(&self) -> Self {
        Self { axes: self.axes.clone(), cells: Vec::new(), single: Vec::new() }
    }

    /// How many cells there are so far.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell that exists.
    pub fn cell(&self, cell: CellId) -> Option<&Cell> {
        self.cells.get(cell.position())
    }

    /// Checks the cells and puts them in dependency order.
    ///
    /// # Errors
    ///
    /// Every cell that is at fault itself; cells that only depend on one are not listed.
    pub fn finish(self) -> Result<Model, Vec<CellError>> {
        let mut ids = HashSet::with_capacity(self.cells.len());
        let mut errors = Vec::new();
        for (position, cell) in self.cells.iter().enumerate() {
            let id = cell.id.to_string();
            let axis = match cell.shape {
                Shape::Row(axis) => self.entries(axis),
                Shape::Scalar => &[],
            };
            // the entries of a row are figures too: `a.1` of the row `a` and a cell `a.1` would be one
            let entries_are_new = axis.iter().all(|entry| ids.insert(format!("{id}.{entry}")));
            if !ids.insert(id) || !entries_are_new {
                let id = CellId(u32::try_from(position).unwrap_or(u32::MAX));
                errors.push(CellError::new(&self.cells, id, ModelError::DuplicateId { id: cell.id.to_string() }));
            }
        }
        if errors.is_empty() { self.finish_distinct() } else { Err(errors) }
    }

    /// As [`finish`](Self::finish), for cells whose rules already keep their ids apart.
    pub(crate) fn finish_distinct(self) -> Result<Model, Vec<CellError>> {
        Model::new(self.axes, self.cells, self.single)
    }
}
