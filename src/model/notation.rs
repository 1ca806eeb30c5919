//! The second reader of formulas: conventional notation, with no more brackets than needed.

use super::{Binary, Expression, Operation};
use std::fmt::Write as _;

/// How tightly an operation binds; a part that binds less tightly than its place demands gets brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Sign,
    Power,
    Value,
}

impl Binary {
    fn notation(self) -> (&'static str, Binding) {
        match self {
            Self::Add => ("+", Binding::Sum),
            Self::Subtract => ("-", Binding::Sum),
            Self::Multiply => ("*", Binding::Product),
            Self::Divide => ("/", Binding::Product),
            Self::Power => ("^", Binding::Power),
            Self::Equal => ("=", Binding::Comparison),
            Self::NotEqual => ("<>", Binding::Comparison),
            Self::Less => ("<", Binding::Comparison),
            Self::LessOrEqual => ("<=", Binding::Comparison),
            Self::Greater => (">", Binding::Comparison),
            Self::GreaterOrEqual => (">=", Binding::Comparison),
            Self::And => ("and", Binding::And),
            Self::Or => ("or", Binding::Or),
        }
    }
}

type Part = (String, Binding);

fn bracketed((text, binding): Part, at_least: Binding) -> String {
    if binding < at_least { format!("({text})") } else { text }
}

/// The formula as a person writes it, each name shown by `show`.
///
/// ```
/// use appraise::model::{Formula, notation};
/// let formula = Formula::parse("=(seats*price)*(1+8%)").unwrap();
/// let shown = notation::write(formula.expression(), |name| name.text.to_string());
/// assert_eq!(shown, "seats * price * (1 + 0.08)");
/// ```
pub fn write<N>(expression: &Expression<N>, show: impl Fn(&N) -> String) -> String {
    write_entries(expression, &show, |name, number| format!("{}[{number}]", show(name)))
}

/// As [`write`], with a way of its own to show one entry of a row.
pub(super) fn write_entries<N>(
    expression: &Expression<N>,
    show: impl Fn(&N) -> String,
    show_entry: impl Fn(&N, u32) -> String,
) -> String {
    let mut stack: Vec<Part> = Vec::new();
    for operation in expression.operations() {
        let part = match operation {
            Operation::Number(number) if number.is_sign_negative() => (number.to_string(), Binding::Sign),
            Operation::Number(number) => (number.to_string(), Binding::Value),
            Operation::Cell(name) => (show(name), Binding::Value),
            Operation::Entry(name, number) => (show_entry(name, *number), Binding::Value),
            Operation::Negate => {
                let operand = pop(&mut stack);
                (format!("-{}", bracketed(operand, Binding::Sign)), Binding::Sign)
            }
            Operation::Not => {
                let operand = pop(&mut stack);
                (format!("not {}", bracketed(operand, Binding::Not)), Binding::Not)
            }
            Operation::Binary(binary) => {
                let right = pop(&mut stack);
                let left = pop(&mut stack);
                let (symbol, binding) = binary.notation();
                let tighter = match binding {
                    Binding::Comparison => Binding::Sum,
                    Binding::Sum => Binding::Product,
                    Binding::Product => Binding::Sign,
                    Binding::And => Binding::Not,
                    Binding::Or => Binding::And,
                    _ => Binding::Value,
                };
                // `^` groups to the right, everything else to the left, and a comparison to neither side
                let (left_needs, right_needs) = match binary {
                    Binary::Power => (Binding::Value, Binding::Sign),
                    _ if binding == Binding::Comparison => (tighter, tighter),
                    _ => (binding, tighter),
                };
                (format!("{} {symbol} {}", bracketed(left, left_needs), bracketed(right, right_needs)), binding)
            }
            Operation::If => (call("if", &take(&mut stack, 3)), Binding::Value),
            Operation::Gather(_, count) => {
                let entries = take(&mut stack, usize::try_from(*count).unwrap_or(usize::MAX));
                (listed("[", &entries, "]"), Binding::Value)
            }
            Operation::Call(function, count) => {
                let arguments = take(&mut stack, usize::try_from(*count).unwrap_or(usize::MAX));
                (call(function.name(), &arguments), Binding::Value)
            }
        };
        stack.push(part);
    }
    pop(&mut stack).0
}

fn pop(stack: &mut Vec<Part>) -> Part {
    // an expression always leaves its operands on the stack, so the empty part is never seen
    stack.pop().unwrap_or_else(|| (String::new(), Binding::Value))
}

fn take(stack: &mut Vec<Part>, count: usize) -> Vec<Part> {
    stack.split_off(stack.len().saturating_sub(count))
}

/// Sums over a thousand indicators are shown by their first and last terms.
const SHOWN_ARGUMENTS: usize = 40;

fn call(name: &str, arguments: &[Part]) -> String {
    listed(&format!("{name}("), arguments, ")")
}

fn listed(open: &str, arguments: &[Part], close: &str) -> String {
    let mut text = open.to_owned();
    let hidden = if arguments.len() > SHOWN_ARGUMENTS { SHOWN_ARGUMENTS - 1..arguments.len() - 1 } else { 0..0 };
    let mut separator = "";
    for (position, (argument, _)) in arguments.iter().enumerate() {
        if hidden.contains(&position) {
            if position == hidden.start {
                let _ = write!(text, "{separator}… {} more …", hidden.len());
            }
            continue;
        }
        text.push_str(separator);
        text.push_str(argument);
        separator = ", ";
    }
    text.push_str(close);
    text
}
