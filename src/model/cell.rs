//! One figure or one row of figures: what it is called, in which unit, and what defines it.

use super::{Absent, Expression, Shape};
use rust_decimal::Decimal;
use std::fmt;
use std::sync::Arc;

/// A cell of one model. Only the builder of that model makes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(pub(crate) u32);

impl CellId {
    pub(crate) fn position(self) -> usize {
        // u32 always fits: the crate supports 32 and 64 bit machines
        self.0 as usize
    }
}

/// What is known about a value: the number, or why there is none.
pub type Element = Result<Decimal, Absent>;

/// An id or an address in two parts: whose it is, and which part of it: `costs.licences` and `present_value`.
///
/// The figures of one owner share its text, which keeps a model of a hundred thousand cells small.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Id {
    owner: Arc<str>,
    part: &'static str,
}

impl Id {
    /// The id of a part.
    pub fn of(owner: impl Into<Arc<str>>, part: &'static str) -> Self {
        Self { owner: owner.into(), part }
    }

    /// Whether it reads as this text.
    fn is(&self, text: &str) -> bool {
        match text.strip_prefix(&*self.owner) {
            Some(rest) if self.part.is_empty() => rest.is_empty(),
            Some(rest) => rest.strip_prefix('.') == Some(self.part),
            None => false,
        }
    }
}

impl<T: Into<Arc<str>>> From<T> for Id {
    fn from(owner: T) -> Self {
        Self::of(owner, "")
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, text: &str) -> bool {
        self.is(text)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.owner)?;
        if !self.part.is_empty() {
            f.write_str(".")?;
            f.write_str(self.part)?;
        }
        Ok(())
    }
}

/// How a figure is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// An amount in the currency of the model.
    Money,
    /// A fraction that readers see as a percentage: 0.25 is 25 %.
    Share,
    /// A length of time in years.
    Years,
    /// A plain number: a count, a factor, a score on its own scale.
    Number,
    /// A number that names and does not measure: a calendar year, a position.
    Ordinal,
    /// 1 where the entry belongs to the set and 0 where it does not; a row shows the entries that belong.
    Set,
    /// 1 for yes and 0 for no.
    Truth,
    /// The unit as the user wrote it.
    Custom(Arc<str>),
}

impl Unit {
    /// The unit a user wrote: `share`, `EUR`, `days`.
    pub fn of(text: &str) -> Self {
        match text {
            "share" | "%" | "percent" | "比率" | "百分比" | "占比" => Self::Share,
            "" | "number" => Self::Number,
            "years" | "年" => Self::Years,
            other => Self::Custom(other.into()),
        }
    }
}

/// What a reader sees instead of the id: whose figure it is and which of its figures.
///
/// The two parts are kept apart, so that a report in another language translates the aspect and leaves the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The name the user gave: `Customer`, `Licences`.
    pub subject: Arc<str>,
    /// Which figure of it: `weight`, `present value`. Empty for the thing itself.
    pub aspect: &'static str,
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.subject.is_empty(), self.aspect.is_empty()) {
            (_, true) => f.write_str(&self.subject),
            (true, false) => f.write_str(self.aspect),
            (false, false) => write!(f, "{}: {}", self.subject, self.aspect),
        }
    }
}

/// What defines the value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Given by the user: one element, or one for each entry of the axis.
    Input(Arc<[Element]>),
    /// Computed from other cells.
    Formula(Arc<Expression>),
}

/// A figure or a row of figures: id, label, unit, place, and an input or a formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub(crate) id: Id,
    pub(crate) label: Label,
    pub(crate) unit: Unit,
    pub(crate) source: Option<Id>,
    pub(crate) content: Content,
    pub(crate) shape: Shape,
}

impl Cell {
    /// The contract with whoever embeds the output: `costs.licences.present_value`.
    pub fn id(&self) -> &Id {
        &self.id
    }

    /// What a reader sees.
    pub fn label(&self) -> &Label {
        &self.label
    }

    /// How the value is to be read.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// One value or a row.
    pub fn shape(&self) -> Shape {
        self.shape
    }
}

/// What a cell is called, before it has a value: the first argument of the builder's methods.
///
/// ```
/// use appraise::model::{Naming, Unit};
/// let naming = Naming::new("case.npv").label("Business case", "net present value").unit(Unit::Money);
/// ```
#[derive(Debug, Clone)]
pub struct Naming {
    pub(crate) id: Id,
    pub(crate) label: Label,
    pub(crate) unit: Unit,
    pub(crate) source: Option<Id>,
}

impl Naming {
    /// A cell of that id, labelled by it, a plain number from nowhere in particular.
    pub fn new(id: impl Into<Id>) -> Self {
        let id = id.into();
        let label = Label { subject: Arc::clone(&id.owner), aspect: id.part };
        Self { label, id, unit: Unit::Number, source: None }
    }

    /// Whose figure it is and which of its figures.
    #[must_use]
    pub fn label(mut self, subject: impl Into<Arc<str>>, aspect: &'static str) -> Self {
        self.label = Label { subject: subject.into(), aspect };
        self
    }

    /// How the value is to be read.
    #[must_use]
    pub fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// The address in the document of what was written.
    #[must_use]
    pub fn source(mut self, address: impl Into<Id>) -> Self {
        self.source = Some(address.into());
        self
    }
}
