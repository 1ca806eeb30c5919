//! The core: cells, formulas over cells, and the readers of those formulas.
//!
//! A [`Builder`] takes cells one by one; [`Builder::finish`] checks them and puts them in order; the [`Model`] it returns
//! is read by [`Model::evaluate`] (exact, in `Decimal`), by [`Evaluation::explain`] and by [`notation::write`].
//! This room knows no business: what a net present value or a weight is, is said by the rooms that define the cells.

mod absent;
mod axis;
mod builder;
mod cell;
mod exact;
mod explanation;
mod expression;
mod formula;
mod functions;
mod graph;
mod interval;
mod mixture;
pub mod notation;
mod range;
mod series;
mod shapes;
mod slice;
mod translation;

pub use absent::{Absent, Cause};
pub use axis::{Axis, AxisId, Shape};
pub use builder::Builder;
pub use cell::{Cell, CellId, Content, Element, Id, Label, Naming, Unit};
pub use exact::Evaluation;
pub use explanation::{Explanation, Step};
pub(crate) use expression::Signature;
pub use expression::{Binary, Expression, Function, Operation};
pub use formula::{Formula, FormulaError, FormulaErrorKind, Name, is_name};
pub use graph::{CellError, Change, FigureRef, Model, ModelError};
pub use interval::Interval;
pub(crate) use mixture::{Difference, Mixture};
pub use range::{Corner, End, FormulaRange, RangeAroundZero, RangeError, range, range_around_zero};
pub(crate) use slice::Slice;
