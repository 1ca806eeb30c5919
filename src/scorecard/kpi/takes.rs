//! Whether an input of a formula is one value or a list: the functions around it tell.

use crate::model::{Formula, Name, Operation, Signature};
use std::sync::Arc;

/// What an input takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// One value.
    One,
    /// A list: a function of whole rows is applied to it.
    List,
    /// Either, as the `b` of `sum(a * b)`.
    Either,
}

impl Takes {
    /// In words.
    pub(super) fn described(self) -> &'static str {
        match self {
            Self::One => "one value",
            Self::List => "a list",
            Self::Either => "one value or a list",
        }
    }
}

/// An operand while the formula is run through: the name it is, and the names in it.
#[derive(Default)]
struct Operand {
    is_name: bool,
    names: Vec<usize>,
}

/// Every name of a formula once, in the order of appearance, and what it takes.
pub(super) fn of(formula: &Formula) -> Vec<(Arc<str>, Takes)> {
    let mut found: Vec<(Arc<str>, Takes)> = Vec::new();
    let mut stack: Vec<Operand> = Vec::new();
    for operation in formula.expression().operations() {
        let take = |stack: &mut Vec<Operand>, count: usize| stack.split_off(stack.len().saturating_sub(count));
        let operand = match operation {
            Operation::Number(_) => Operand::default(),
            Operation::Cell(name) => Operand { is_name: true, names: vec![position(&mut found, name)] },
            Operation::Entry(name, _) => {
                let position = position(&mut found, name);
                raise(&mut found, position, Takes::List);
                Operand::default()
            }
            Operation::Negate | Operation::Not => {
                if let Some(operand) = stack.last_mut() {
                    operand.is_name = false;
                }
                continue;
            }
            Operation::Binary(_) => joined(take(&mut stack, 2)),
            Operation::If => joined(take(&mut stack, 3)),
            Operation::Gather(_, count) => joined(take(&mut stack, usize::try_from(*count).unwrap_or(usize::MAX))),
            Operation::Call(function, count) => {
                let arguments = take(&mut stack, usize::try_from(*count).unwrap_or(usize::MAX));
                let signature = function.signature();
                for (place, argument) in (0..).zip(&arguments).filter(|(place, _)| is_row(signature, *count, *place)) {
                    let _: u32 = place;
                    let takes = if argument.is_name { Takes::List } else { Takes::Either };
                    argument.names.iter().for_each(|name| raise(&mut found, *name, takes));
                }
                match signature {
                    // what comes of a whole row is one value, whatever was in it
                    Signature::Fold if *count == 1 => Operand::default(),
                    Signature::Reduce { .. } | Signature::Rows { .. } => Operand::default(),
                    _ => joined(arguments),
                }
            }
        };
        stack.push(operand);
    }
    found
}

fn position(found: &mut Vec<(Arc<str>, Takes)>, name: &Name) -> usize {
    match found.iter().position(|(known, _)| *known == name.text) {
        Some(known) => known,
        None => {
            found.push((Arc::clone(&name.text), Takes::One));
            found.len() - 1
        }
    }
}

/// A list somewhere is a list everywhere.
fn raise(found: &mut [(Arc<str>, Takes)], name: usize, takes: Takes) {
    if let Some((_, known)) = found.get_mut(name)
        && *known != Takes::List
    {
        *known = takes;
    }
}

fn joined(operands: Vec<Operand>) -> Operand {
    Operand { is_name: false, names: operands.into_iter().flat_map(|operand| operand.names).collect() }
}

/// Whether the argument at that place is taken as a whole row.
fn is_row(signature: Signature, count: u32, place: u32) -> bool {
    match signature {
        Signature::Fold => count == 1,
        Signature::Reduce { before, .. } => place == before,
        Signature::Rows { before } | Signature::RowsAlong { before } => place >= before,
        Signature::Along { .. } | Signature::Pick => place == 0,
        Signature::Join => place == 1,
        Signature::Places => true,
        Signature::EntryByEntry(..) | Signature::Weighted => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_tell_what_is_a_list() {
        for (text, expected) in [
            ("a / b", vec![("a", Takes::One), ("b", Takes::One)]),
            ("sum(a) / count(a)", vec![("a", Takes::List)]),
            ("sum(a * b)", vec![("a", Takes::Either), ("b", Takes::Either)]),
            ("sum(a * b) / sum(b)", vec![("a", Takes::Either), ("b", Takes::List)]),
            ("max(a, b)", vec![("a", Takes::One), ("b", Takes::One)]),
            ("first + npv(rate, flows)", vec![("first", Takes::One), ("rate", Takes::One), ("flows", Takes::List)]),
            ("sumproduct(a, b)", vec![("a", Takes::List), ("b", Takes::List)]),
            ("a[2] - a[1]", vec![("a", Takes::List)]),
            ("max(sum(a), b)", vec![("a", Takes::List), ("b", Takes::One)]),
        ] {
            let found = of(&Formula::parse(text).unwrap());
            let found: Vec<(&str, Takes)> = found.iter().map(|(name, takes)| (&**name, *takes)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
