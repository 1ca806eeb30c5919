//! What is wrong with a document, before it is known on which line.

use super::place::Place;

/// One problem of a document, as the stages of reading hand it on.
///
/// Most stages know a value only by its number, because positions are computed when a problem is shown and not before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// Where the caret goes.
    pub at: At,
    /// What is wrong, in the user's words.
    pub message: String,
    /// What to type instead.
    pub help: Option<String>,
    /// A name for this kind of problem that does not change between versions.
    pub code: &'static str,
}

/// The place of a [`Flaw`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// A value or a key, by its number in document order.
    Node(u32),
    /// Some characters of a scalar, counted in its text: the mistake in a formula.
    Part {
        /// The scalar, by its number in document order.
        node: u32,
        /// The characters before the mistake.
        start: u32,
        /// The characters of the mistake.
        width: u32,
    },
    /// A position of the text, and the number of characters to underline.
    Text(Place, u32),
    /// The document as a whole.
    Document,
}

impl Flaw {
    pub(crate) fn new(code: &'static str, at: At, message: impl Into<String>) -> Flaw {
        Flaw { at, message: message.into(), help: None, code }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Flaw {
        self.help = Some(help.into());
        self
    }
}
