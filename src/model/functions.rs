//! Functions of whole rows, each the public kernel of its name.

use super::{Absent, Cause, CellId, Element, Function, Signature};
use crate::kernel::{self, Payback};
use rust_decimal::Decimal;

/// The operands of one call, side by side on a stack.
#[derive(Clone, Copy)]
pub(super) struct Operands<'a> {
    pub(super) elements: &'a [Element],
    /// Where each operand starts; the last one ends with the elements.
    pub(super) starts: &'a [usize],
}

impl<'a> Operands<'a> {
    pub(super) fn iter(self) -> impl Iterator<Item = &'a [Element]> {
        let ends = self.starts.iter().skip(1).copied().chain([self.elements.len()]);
        self.starts.iter().zip(ends).map(move |(start, end)| self.elements.get(*start..end).unwrap_or_default())
    }

    fn get(self, position: usize) -> &'a [Element] {
        self.iter().nth(position).unwrap_or_default()
    }

    /// The operands after the first so many.
    fn after(self, count: usize) -> Self {
        Self { starts: self.starts.get(count..).unwrap_or_default(), ..self }
    }
}

/// Why a function has no value: an operand has none, or the function itself.
enum Fault {
    Operand(Absent),
    Own(Cause),
}

impl From<Absent> for Fault {
    fn from(absent: Absent) -> Self {
        Self::Operand(absent)
    }
}

impl<C: Into<Cause>> From<C> for Fault {
    fn from(cause: C) -> Self {
        Self::Own(cause.into())
    }
}

/// One call of a function of whole rows.
pub(super) struct WholeRows<'a> {
    pub(super) operands: Operands<'a>,
    /// How many entries a row from year 0 has.
    pub(super) timeline: usize,
    /// Room for the numbers of a row.
    pub(super) numbers: &'a mut Vec<Decimal>,
    pub(super) cell: CellId,
}

impl WholeRows<'_> {
    /// Appends what the function gives: one value, or one for each entry of its rows.
    pub(super) fn call(&mut self, function: Function, result: &mut Vec<Element>) {
        let entries = match function.signature() {
            Signature::Along { .. } => self.operands.get(0).len(),
            Signature::RowsAlong { .. } => self.operands.iter().last().map_or(0, <[Element]>::len),
            _ => {
                let value = self.value(function);
                return result.push(value.map_err(|fault| self.absent(fault)));
            }
        };
        match self.row(function) {
            Ok(row) if row.len() == entries => result.extend(row.into_iter().map(Ok)),
            Ok(_) => result.extend(std::iter::repeat_n(Err(self.absent(Fault::Own(Cause::Undefined))), entries)),
            Err(fault) => result.extend(std::iter::repeat_n(Err(self.absent(fault)), entries)),
        }
    }

    fn absent(&self, fault: Fault) -> Absent {
        match fault {
            Fault::Operand(absent) => absent,
            Fault::Own(cause) => Absent { cause, cell: self.cell },
        }
    }

    /// Functions that give a row.
    fn row(&mut self, function: Function) -> Result<Vec<Decimal>, Fault> {
        Ok(match function {
            Function::MidRanks => kernel::mid_ranks(self.all(0)?),
            Function::Shares => kernel::shares(self.all(0)?)?,
            _ => return Err(Fault::Own(Cause::Undefined)),
        })
    }

    fn value(&mut self, function: Function) -> Result<Decimal, Fault> {
        Ok(match function {
            Function::Npv => {
                let flows = self.all(1)?.len();
                // a row over the timeline starts in year 0; a row over the years 1..n is one entry shorter
                let first = u32::from(flows != self.timeline);
                let rate = self.single(0)?;
                kernel::npv(rate, first, self.numbers)?
            }
            Function::Irr => kernel::sole_irr(self.all(0)?).map_err(Cause::Irr)?,
            Function::Payback => years(kernel::payback(self.all(0)?).map_err(|_| Cause::Overflow)?)?,
            Function::Largest => {
                let place = usize::try_from(self.single(1)?).map_err(|_| Cause::Undefined)?;
                let row = self.all(0)?.len();
                self.numbers.sort_unstable();
                let place = row.checked_sub(place).ok_or(Cause::Undefined)?;
                self.numbers.get(place).copied().ok_or(Cause::Undefined)?
            }
            Function::Count => Decimal::from(self.known(0)?.len()),
            Function::Average => kernel::mean(self.known(0)?)?,
            Function::WeightedAverage => self.weighted_average()?,
            Function::Median => kernel::median(self.known(0)?)?,
            Function::StandardDeviation => kernel::sample_sd(self.known(0)?)?,
            Function::Quantile => {
                let share = self.single(1)?;
                kernel::quantile(self.known(0)?, share)?
            }
            Function::KendallW => {
                let entries = self.operands.get(0).len();
                self.every(0)?;
                let items: Vec<&[Decimal]> = self.numbers.chunks(entries.max(1)).collect();
                kernel::Ratings::by_item(&items).and_then(kernel::kendall_w)?
            }
            _ => return Err(Fault::Own(Cause::Undefined)),
        })
    }

    fn single(&self, operand: usize) -> Result<Decimal, Fault> {
        Ok((*self.operands.get(operand).first().ok_or(Cause::Undefined)?)?)
    }

    /// The entries of a row, all of which must be known.
    fn all(&mut self, operand: usize) -> Result<&mut Vec<Decimal>, Fault> {
        self.numbers.clear();
        for element in self.operands.get(operand) {
            self.numbers.push((*element)?);
        }
        Ok(self.numbers)
    }

    /// The entries of all rows after the first operands, one row after the other, all of which must be known.
    fn every(&mut self, before: usize) -> Result<&mut Vec<Decimal>, Fault> {
        self.numbers.clear();
        for element in self.operands.after(before).iter().flatten() {
            self.numbers.push((*element)?);
        }
        Ok(self.numbers)
    }

    /// The entries of a row that are known. An overflow is not unknown: it stays one.
    fn known(&mut self, operand: usize) -> Result<&mut Vec<Decimal>, Fault> {
        self.numbers.clear();
        for element in self.operands.get(operand) {
            self.numbers.extend(known(*element)?);
        }
        Ok(self.numbers)
    }

    fn weighted_average(&self) -> Result<Decimal, Fault> {
        let (mut sum, mut total) = (Decimal::ZERO, Decimal::ZERO);
        for (element, weight) in self.operands.get(0).iter().zip(self.operands.get(1)) {
            if let Some(value) = known(*element)? {
                let weight = (*weight)?;
                let product = value.checked_mul(weight).ok_or(Cause::Overflow)?;
                sum = sum.checked_add(product).ok_or(Cause::Overflow)?;
                total = total.checked_add(weight).ok_or(Cause::Overflow)?;
            }
        }
        if total.is_zero() {
            return Err(Fault::Own(Cause::TooFew));
        }
        Ok(sum.checked_div(total).ok_or(Cause::Overflow)?)
    }
}

fn known(element: Element) -> Result<Option<Decimal>, Absent> {
    match element {
        Ok(value) => Ok(Some(value)),
        Err(Absent { cause: Cause::Overflow, .. }) => element.map(Some),
        Err(_) => Ok(None),
    }
}

fn years(payback: Payback) -> Result<Decimal, Cause> {
    match payback {
        Payback::Reached(years) => Ok(years),
        Payback::NotReached => Err(Cause::PaybackNotReached),
        Payback::ReachedThenLost { reached, lost } => Err(Cause::PaybackLost { reached, year: lost }),
    }
}
