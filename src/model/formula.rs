//! Formulas as users write them after `=`: numbers, percentages, names, `name[3]`, operators and functions.

use super::{Binary, Expression, Function, Operation};
use rust_decimal::Decimal;
use std::ops::Range;
use std::sync::Arc;

/// A name in a formula and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name as written.
    pub text: Arc<str>,
    /// Its bytes in the text of the formula.
    pub span: Range<usize>,
}

/// What is wrong in the text of a formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormulaErrorKind {
    /// The text ends where a value must follow.
    #[error("the formula ends where a value is expected")]
    UnexpectedEnd,
    /// Something stands where a value must.
    #[error("`{found}` stands where a value is expected")]
    ExpectedValue {
        /// What stands there.
        found: String,
    },
    /// Something follows a complete value that cannot follow one.
    #[error("`{found}` cannot follow a value")]
    ExpectedOperator {
        /// What stands there.
        found: String,
    },
    /// A character that no formula contains.
    #[error("`{found}` has no meaning in a formula")]
    UnknownCharacter {
        /// The character.
        found: String,
    },
    /// A bracket that is never closed.
    #[error("the bracket `{open}` is not closed")]
    Unclosed {
        /// Which bracket.
        open: char,
    },
    /// A number with an exponent.
    #[error("`{text}` is written with an exponent")]
    Exponent {
        /// The number as written.
        text: String,
    },
    /// A number that does not fit 28 digits.
    #[error("`{text}` is not a number of at most 28 digits")]
    Number {
        /// The number as written.
        text: String,
    },
    /// A function nobody defined.
    #[error("there is no function `{name}`")]
    UnknownFunction {
        /// The name as written.
        name: String,
    },
    /// A function with too few or too many arguments.
    #[error("`{name}` takes {takes}, but {}", given(.found))]
    Arguments {
        /// The function.
        name: &'static str,
        /// What it takes, in words.
        takes: &'static str,
        /// How many there are.
        found: u32,
    },
    /// Brackets or signs nested deeper than anyone can read.
    #[error("the formula is nested more than {limit} levels deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// A text longer than anyone can read.
    #[error("the formula has more than {limit} characters")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// `a < b < c`
    #[error("comparisons cannot be chained")]
    ChainedComparison,
}

fn given(found: &u32) -> String {
    match found {
        0 => "nothing is given".to_owned(),
        1 => "one value is given".to_owned(),
        found => format!("{found} values are given"),
    }
}

/// A mistake in a formula and the part of its text that it is in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct FormulaError {
    /// What is wrong.
    pub kind: FormulaErrorKind,
    /// The bytes of the text that are wrong.
    pub span: Range<usize>,
}

impl FormulaError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        use FormulaErrorKind as Kind;
        Some(match &self.kind {
            Kind::UnexpectedEnd => "finish the formula, as in `= seats * seat_price`".into(),
            Kind::ExpectedValue { found } if found == "," || found == ")" => {
                "a number, a name or a function must stand here".into()
            }
            Kind::ExpectedValue { .. } => "write a value on both sides of an operator, as in `= a + b`".into(),
            Kind::ExpectedOperator { found } if found == "," => {
                "write `_` between thousands, as in `1_150`, and a point before decimals".into()
            }
            Kind::ExpectedOperator { .. } => "join values with an operator: + - * / ^ = <> < <= > >= and or".into(),
            Kind::UnknownCharacter { found } if found == "×" => "write `*` to multiply".into(),
            Kind::UnknownCharacter { found } if found == "÷" => "write `/` to divide".into(),
            Kind::UnknownCharacter { .. } => {
                "a formula has numbers, names, + - * / ^, comparisons, brackets and functions".into()
            }
            Kind::Unclosed { open } => format!("add `{}`", if *open == '[' { ']' } else { ')' }),
            Kind::Exponent { .. } => "write the number out, as in `1_000`".into(),
            Kind::Number { .. } => "write digits with a point, as in `1_250.50`, and `8%` for a percentage".into(),
            Kind::UnknownFunction { name } => {
                let known: Vec<&str> = known_functions().collect();
                format!("{}the functions are {}", closest(name, &known), known.join(", "))
            }
            Kind::Arguments { name, .. } => format!("write `{}`", example_of(name)),
            Kind::TooDeep { .. } | Kind::TooLong { .. } => "split it into several named assumptions".into(),
            Kind::ChainedComparison => "write `a < b and b < c`".into(),
        })
    }
}

/// A formula as written, with names not yet looked up.
///
/// Precedence from loose to tight: `or`, `and`, `not`, comparison, `+ -`, `* /`, sign, `^`, `%`. So `-2 ^ 2` is -4 as in
/// mathematics, not 4 as in a spreadsheet.
///
/// ```
/// use appraise::model::Formula;
/// let formula = Formula::parse("= seats * seat_price * (1 + 8%)").unwrap();
/// let names: Vec<&str> = formula.expression().names().map(|name| &*name.text).collect();
/// assert_eq!(names, ["seats", "seat_price"]);
///
/// let error = Formula::parse("= seats * (2 +").unwrap_err();
/// assert_eq!(error.to_string(), "the formula ends where a value is expected");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    text: Arc<str>,
    expression: Expression<Name>,
}

/// Nesting that a reader can still follow; a limit keeps the parser's own recursion small.
const DEEPEST: usize = 64;
/// Length that a reader can still follow.
const LONGEST: usize = 4_000;

impl Formula {
    /// Reads a formula; a leading `=` is optional.
    ///
    /// # Errors
    ///
    /// The first mistake, with the bytes of `text` it is in.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        if text.chars().count() > LONGEST {
            let kind = FormulaErrorKind::TooLong { limit: LONGEST };
            return Err(FormulaError { kind, span: 0..text.len() });
        }
        let mut parser = Parser { text, at: 0, token: Token::End, span: 0..0, depth: 0, output: Vec::new() };
        parser.advance()?;
        if parser.token == Token::Symbol("=") {
            parser.advance()?;
        }
        parser.or()?;
        if parser.token != Token::End {
            return Err(parser.unexpected_after_value());
        }
        Ok(Self { text: text.into(), expression: Expression::from_postfix(parser.output) })
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The operations, over names.
    pub fn expression(&self) -> &Expression<Name> {
        &self.expression
    }
}

/// Whether a text can be a name in a formula: a letter or `_`, then letters, digits or `_`, and no word of the language.
pub fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(starts_name)
        && characters.all(continues_name)
        && !matches!(text, "and" | "or" | "not" | "if")
}

fn starts_name(character: char) -> bool {
    character.is_alphabetic() || character == '_'
}

fn continues_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn known_functions() -> impl Iterator<Item = &'static str> {
    Function::WRITABLE.iter().map(|(name, _)| *name).chain(["if", "pow"])
}

fn closest(name: &str, known: &[&str]) -> String {
    let lower = name.to_lowercase();
    let word = match lower.as_str() {
        "average" | "avg" => Some("mean"),
        "power" => Some("pow"),
        "iif" | "when" => Some("if"),
        _ => crate::nearest::did_you_mean(name, known.iter().copied()),
    };
    word.map(|word| format!("did you mean `{word}`? ")).unwrap_or_default()
}

fn example_of(name: &str) -> &'static str {
    match name {
        "if" => "if(seats > 100, 900, 960)",
        "pow" => "pow(1 + 3%, 2)",
        "round" => "round(amount, 2)",
        "abs" => "abs(amount)",
        "npv" => "npv(discount_rate, savings)",
        "irr" => "irr(flows)",
        "payback" => "payback(flows)",
        "discounted_payback" => "discounted_payback(discount_rate, flows)",
        "clv_series" => "clv_series(margin, retention, discount_rate, 5)",
        "count" => "count(ratings)",
        "sumproduct" => "sumproduct(values, probabilities)",
        _ => "sum(seats)",
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(Decimal),
    Name(Arc<str>),
    Symbol(&'static str),
    End,
}

struct Parser<'t> {
    text: &'t str,
    /// Where the next token starts.
    at: usize,
    token: Token,
    /// Where the current token stands.
    span: Range<usize>,
    depth: usize,
    output: Vec<Operation<Name>>,
}

const SYMBOLS: [&str; 22] =
    ["<=", ">=", "<>", "==", "!=", "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", "<", ">", "=", "%", "−", "≤", "≥"];

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn error(&self, kind: FormulaErrorKind) -> FormulaError {
        FormulaError { kind, span: self.span.clone() }
    }

    fn advance(&mut self) -> Result<(), FormulaError> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        let rest = self.rest();
        let length_while = |accept: fn(char) -> bool| rest.find(|c| !accept(c)).unwrap_or(rest.len());
        let Some(first) = rest.chars().next() else {
            (self.token, self.span) = (Token::End, self.at..self.at);
            return Ok(());
        };
        let (token, length) = if starts_name(first) {
            let length = length_while(continues_name);
            (Ok(Token::Name(rest.get(..length).unwrap_or_default().into())), length)
        } else if first.is_ascii_digit() || first == '.' {
            let length = length_while(|c| c.is_alphanumeric() || c == '_' || c == '.');
            (number(rest.get(..length).unwrap_or_default()).map(Token::Number), length)
        } else if let Some(symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            (Ok(Token::Symbol(symbol)), symbol.len())
        } else {
            (Err(FormulaErrorKind::UnknownCharacter { found: first.to_string() }), first.len_utf8())
        };
        self.span = self.at..self.at + length;
        self.at += length;
        self.token = token.map_err(|kind| self.error(kind))?;
        Ok(())
    }

    fn shown(&self) -> String {
        self.text.get(self.span.clone()).unwrap_or_default().to_owned()
    }

    fn unexpected_after_value(&self) -> FormulaError {
        self.error(FormulaErrorKind::ExpectedOperator { found: self.shown() })
    }

    fn word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Name(name) if **name == *word)
    }

    fn deeper(&mut self, parse: impl FnOnce(&mut Self) -> Result<(), FormulaError>) -> Result<(), FormulaError> {
        if self.depth == DEEPEST {
            return Err(self.error(FormulaErrorKind::TooDeep { limit: DEEPEST }));
        }
        self.depth += 1;
        parse(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn binary(&mut self, binary: Binary) {
        self.output.push(Operation::Binary(binary));
    }

    fn or(&mut self) -> Result<(), FormulaError> {
        self.and()?;
        while self.word("or") {
            self.advance()?;
            self.and()?;
            self.binary(Binary::Or);
        }
        Ok(())
    }

    fn and(&mut self) -> Result<(), FormulaError> {
        self.not()?;
        while self.word("and") {
            self.advance()?;
            self.not()?;
            self.binary(Binary::And);
        }
        Ok(())
    }

    fn not(&mut self) -> Result<(), FormulaError> {
        if !self.word("not") {
            return self.comparison();
        }
        self.advance()?;
        self.deeper(Self::not)?;
        self.output.push(Operation::Not);
        Ok(())
    }

    fn comparison(&mut self) -> Result<(), FormulaError> {
        self.sum()?;
        if let Some(binary) = self.comparator() {
            self.advance()?;
            self.sum()?;
            self.binary(binary);
            if self.comparator().is_some() {
                return Err(self.error(FormulaErrorKind::ChainedComparison));
            }
        }
        Ok(())
    }

    fn comparator(&self) -> Option<Binary> {
        let Token::Symbol(symbol) = self.token else { return None };
        Some(match symbol {
            "=" | "==" => Binary::Equal,
            "<>" | "!=" => Binary::NotEqual,
            "<" => Binary::Less,
            "<=" | "≤" => Binary::LessOrEqual,
            ">" => Binary::Greater,
            ">=" | "≥" => Binary::GreaterOrEqual,
            _ => return None,
        })
    }

    fn sum(&mut self) -> Result<(), FormulaError> {
        self.product()?;
        loop {
            let binary = match self.token {
                Token::Symbol("+") => Binary::Add,
                Token::Symbol("-" | "−") => Binary::Subtract,
                _ => return Ok(()),
            };
            self.advance()?;
            self.product()?;
            self.binary(binary);
        }
    }

    fn product(&mut self) -> Result<(), FormulaError> {
        self.signed()?;
        loop {
            let binary = match self.token {
                Token::Symbol("*") => Binary::Multiply,
                Token::Symbol("/") => Binary::Divide,
                _ => return Ok(()),
            };
            self.advance()?;
            self.signed()?;
            self.binary(binary);
        }
    }

    fn signed(&mut self) -> Result<(), FormulaError> {
        match self.token {
            Token::Symbol("-" | "−") => {
                self.advance()?;
                self.deeper(Self::signed)?;
                self.output.push(Operation::Negate);
                Ok(())
            }
            Token::Symbol("+") => {
                self.advance()?;
                self.deeper(Self::signed)
            }
            _ => self.power(),
        }
    }

    fn power(&mut self) -> Result<(), FormulaError> {
        self.percentage()?;
        if self.token == Token::Symbol("^") {
            self.advance()?;
            self.deeper(Self::signed)?;
            self.binary(Binary::Power);
        }
        Ok(())
    }

    fn percentage(&mut self) -> Result<(), FormulaError> {
        self.value()?;
        while self.token == Token::Symbol("%") {
            match self.output.last_mut() {
                // 8% is a number like any other, so that it is shown and compared as one
                Some(Operation::Number(number)) => {
                    *number = number.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
                }
                _ => {
                    self.output.push(Operation::Number(Decimal::ONE_HUNDRED));
                    self.binary(Binary::Divide);
                }
            }
            self.advance()?;
        }
        Ok(())
    }

    fn value(&mut self) -> Result<(), FormulaError> {
        match self.token.clone() {
            Token::Number(number) => {
                self.output.push(Operation::Number(number));
                self.advance()
            }
            Token::Symbol("(") => self.bracketed(),
            Token::Name(text) if matches!(&*text, "and" | "or" | "not") => {
                Err(self.error(FormulaErrorKind::ExpectedValue { found: self.shown() }))
            }
            Token::Name(text) => {
                let span = self.span.clone();
                self.advance()?;
                match self.token {
                    Token::Symbol("(") => self.function(&text, span),
                    Token::Symbol("[") => self.entry(Name { text, span }),
                    _ => {
                        self.output.push(Operation::Cell(Name { text, span }));
                        Ok(())
                    }
                }
            }
            Token::Symbol(_) => Err(self.error(FormulaErrorKind::ExpectedValue { found: self.shown() })),
            Token::End => Err(self.error(FormulaErrorKind::UnexpectedEnd)),
        }
    }

    fn bracketed(&mut self) -> Result<(), FormulaError> {
        let open = self.span.clone();
        self.advance()?;
        self.deeper(Self::or)?;
        self.close(")", '(', open)
    }

    fn close(&mut self, symbol: &'static str, open: char, span: Range<usize>) -> Result<(), FormulaError> {
        match self.token {
            Token::Symbol(found) if found == symbol => self.advance(),
            Token::End => Err(FormulaError { kind: FormulaErrorKind::Unclosed { open }, span }),
            _ => Err(self.unexpected_after_value()),
        }
    }

    fn entry(&mut self, name: Name) -> Result<(), FormulaError> {
        let open = self.span.clone();
        self.advance()?;
        let number = match self.token {
            Token::Number(number) if number.is_integer() => u32::try_from(number).ok(),
            _ => None,
        };
        let Some(number) = number else {
            return Err(match self.token {
                Token::End => self.error(FormulaErrorKind::UnexpectedEnd),
                _ => self.error(FormulaErrorKind::ExpectedValue { found: self.shown() }),
            });
        };
        self.advance()?;
        self.output.push(Operation::Entry(name, number));
        self.close("]", '[', open)
    }

    fn function(&mut self, name: &str, span: Range<usize>) -> Result<(), FormulaError> {
        let open = self.span.clone();
        let known = match name {
            "if" => Some((Operation::If, "if", "a condition and two values", 3, 3)),
            "pow" => Some((Operation::Binary(Binary::Power), "pow", "a base and an exponent", 2, 2)),
            _ => Function::WRITABLE.iter().find(|(known, _)| *known == name).map(|(known, function)| {
                let (takes, least, most) = match function {
                    Function::Npv => ("a rate and one value a year", 2, 2),
                    Function::DiscountedPayback => ("a rate and one value a year", 2, 2),
                    Function::Irr | Function::Payback => ("one value a year", 1, 1),
                    Function::Count => ("one list", 1, 1),
                    Function::ClvSeries => ("a margin, a retention rate, a discount rate and a number of years", 4, 4),
                    Function::AnnuityFactor => ("a rate and a number of periods", 2, 2),
                    Function::Abs => ("one value", 1, 1),
                    Function::Round => ("a value and the number of digits", 1, 2),
                    _ => ("at least one value", 1, u32::MAX),
                };
                (Operation::Call(*function, 0), *known, takes, least, most)
            }),
        };
        let Some((operation, name, takes, least, most)) = known else {
            return Err(FormulaError { kind: FormulaErrorKind::UnknownFunction { name: name.to_owned() }, span });
        };
        self.advance()?;
        let mut found = 0;
        if self.token != Token::Symbol(")") {
            loop {
                self.deeper(Self::or)?;
                found += 1;
                if self.token != Token::Symbol(",") {
                    break;
                }
                self.advance()?;
            }
        }
        self.close(")", '(', open)?;
        if found < least || found > most {
            return Err(FormulaError { kind: FormulaErrorKind::Arguments { name, takes, found }, span });
        }
        self.output.push(match operation {
            Operation::Call(function, _) => Operation::Call(function, found),
            other => other,
        });
        Ok(())
    }
}

fn number(text: &str) -> Result<Decimal, FormulaErrorKind> {
    if let Ok(number) = Decimal::from_str_exact(text) {
        return Ok(number);
    }
    let text = text.to_owned();
    let exponent = text.contains(['e', 'E']) && text.chars().all(|c| c.is_ascii_digit() || "eE._".contains(c));
    Err(if exponent { FormulaErrorKind::Exponent { text } } else { FormulaErrorKind::Number { text } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::notation;

    fn shown(text: &str) -> String {
        let formula = Formula::parse(text).unwrap();
        notation::write(formula.expression(), |name| name.text.to_string())
    }

    fn error(text: &str) -> (String, String) {
        let error = Formula::parse(text).unwrap_err();
        (error.to_string(), text.get(error.span.clone()).unwrap().to_owned())
    }

    #[test]
    fn precedence_is_that_of_mathematics() {
        for (text, same) in [
            ("1 + 2 * 3", "1 + (2 * 3)"),
            ("-2 ^ 2", "-(2 ^ 2)"),
            ("2 ^ 3 ^ 2", "2 ^ (3 ^ 2)"),
            ("a - b - c", "(a - b) - c"),
            ("not a = b and c or d", "((not (a = b)) and c) or d"),
            ("a * 8%", "a * 0.08"),
            ("2 ^ -1", "2 ^ (-1)"),
            ("price * 50%%", "price * 0.005"),
        ] {
            let parse = |text| Formula::parse(text).unwrap().expression().resolve(|n| Ok::<_, ()>(n.text.clone()));
            assert_eq!(parse(text), parse(same), "{text}");
        }
    }

    #[test]
    fn what_is_written_again_reads_the_same() {
        for text in [
            "a - (b - c)",
            "a / (b / c)",
            "(a ^ b) ^ c",
            "-(a + b)",
            "if(a > 1 and not b = 2, min(a, b, 3), 席位[2])",
            "npv(discount_rate, savings) + sum(seats)",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn mistakes_are_placed() {
        assert_eq!(error("= a +"), ("the formula ends where a value is expected".into(), "".into()));
        assert_eq!(error("= a + * b"), ("`*` stands where a value is expected".into(), "*".into()));
        assert_eq!(error("= a b"), ("`b` cannot follow a value".into(), "b".into()));
        assert_eq!(error("= (a + b"), ("the bracket `(` is not closed".into(), "(".into()));
        assert_eq!(error("= 1e3 * a"), ("`1e3` is written with an exponent".into(), "1e3".into()));
        assert_eq!(error("= 12x"), ("`12x` is not a number of at most 28 digits".into(), "12x".into()));
        assert_eq!(error("= sun(a)"), ("there is no function `sun`".into(), "sun".into()));
        assert_eq!(
            error("= if(a, b)"),
            ("`if` takes a condition and two values, but 2 values are given".into(), "if".into())
        );
        assert_eq!(error("= a $ b"), ("`$` has no meaning in a formula".into(), "$".into()));
        assert_eq!(error("= a < b < c"), ("comparisons cannot be chained".into(), "<".into()));
        assert_eq!(error("= 席位 × 2"), ("`×` has no meaning in a formula".into(), "×".into()));
    }

    #[test]
    fn hostile_nesting_is_refused() {
        for text in ["(".repeat(3_000), "-".repeat(3_000), "not ".repeat(900), "2^".repeat(1_900), "(".repeat(1 << 20)]
        {
            assert!(matches!(
                Formula::parse(&text).unwrap_err().kind,
                FormulaErrorKind::TooDeep { .. } | FormulaErrorKind::TooLong { .. }
            ));
        }
    }
}
