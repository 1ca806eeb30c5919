//! What a row of values runs along: years, grades, experts, statuses.

use std::sync::Arc;

/// The entries a row has one value for each of: years `0..n`, grades, experts.
///
/// A cell is one value or a row over one axis. The entries name the figures of a row: the cell `case.net` over
/// years 0 to 5 has the figures `case.net.0` to `case.net.5`.
///
/// ```
/// use appraise::model::Axis;
/// let years = Axis::numbered("years", 1, 3);
/// assert_eq!(years.entries().len(), 3);
/// assert_eq!(years.position_of_number(3), Some(2));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    name: String,
    entries: Arc<[Arc<str>]>,
    first: Option<u32>,
}

impl Axis {
    /// An axis whose entries have names, best or first one first.
    pub fn named(name: impl Into<String>, entries: impl IntoIterator<Item = impl Into<Arc<str>>>) -> Self {
        Self { name: name.into(), entries: entries.into_iter().map(Into::into).collect(), first: None }
    }

    /// An axis of consecutive numbers, such as the years 0 to 5.
    pub fn numbered(name: impl Into<String>, first: u32, last: u32) -> Self {
        Self {
            name: name.into(),
            entries: (first..=last).map(|number| number.to_string().into()).collect(),
            first: Some(first),
        }
    }

    /// What the entries are, in the plural: `years`, `grades`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The entries in order.
    pub fn entries(&self) -> &[Arc<str>] {
        &self.entries
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry at all.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The number of the first entry, where entries are numbers.
    pub fn first_number(&self) -> Option<u32> {
        self.first
    }

    /// Where the entry of that number stands; entries that are no numbers are counted from 1.
    pub fn position_of_number(&self, number: u32) -> Option<usize> {
        let position = usize::try_from(number.checked_sub(self.first.unwrap_or(1))?).ok()?;
        (position < self.len()).then_some(position)
    }

    /// Where the entry of that name stands.
    pub fn position(&self, entry: &str) -> Option<usize> {
        self.entries.iter().position(|candidate| **candidate == *entry)
    }
}

/// An axis of one model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AxisId(pub(crate) u32);

impl AxisId {
    /// The years after the purchase, 1 to n: what is written with one entry a year.
    pub const YEARS: AxisId = AxisId(0);
    /// The purchase and the years after it, 0 to n: what a cash flow runs along.
    pub const TIMELINE: AxisId = AxisId(1);

    pub(super) fn position(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// Whether a cell holds one value or a row of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    Scalar,
    /// One value for each entry of an axis.
    Row(AxisId),
}
