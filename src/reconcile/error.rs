//! What can be wrong with an expected figure.

use super::PrintedError;

/// What can be wrong with an expected figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExpectError {
    /// A figure that the document does not define.
    #[error("there is no figure `{figure}`")]
    UnknownFigure {
        /// The id as written.
        figure: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// A row of figures where one is needed.
    #[error("`{figure}` has one value for each of the {axis}")]
    WholeRow {
        /// The id of the row.
        figure: String,
        /// What it runs along.
        axis: String,
        /// One of its entries.
        example: String,
    },
    /// A figure that is no number: a status, a grade.
    #[error("`{figure}` is no number")]
    NotANumber {
        /// The id.
        figure: String,
    },
    /// Neither a printed number nor a formula.
    #[error("`{id}` says neither what is printed nor what it follows from")]
    Nothing {
        /// The id.
        id: String,
    },
    /// Two of one id.
    #[error("`{id}` is expected twice")]
    Twice {
        /// The id.
        id: String,
    },
    /// The printed number.
    #[error(transparent)]
    Printed(#[from] PrintedError),
    /// A scenario that does not exist.
    #[error("there is no scenario `{scenario}`")]
    UnknownScenario {
        /// The scenario as written.
        scenario: String,
        /// The known one nearest to it.
        nearest: Option<String>,
    },
    /// A scenario for what is compared with no figure.
    #[error("`{id}` is compared with no figure, so no scenario changes anything")]
    UnderWithoutFigure {
        /// The id.
        id: String,
    },
    /// A name in `from` that nothing has.
    #[error("there is no printed figure and no assumption `{name}`")]
    UnknownName {
        /// The name as written.
        name: String,
        /// The known one nearest to it.
        nearest: Option<String>,
    },
    /// An assumption that is not one number throughout.
    #[error("`{name}` is not one number that holds under every scenario")]
    Varies {
        /// The assumption.
        name: String,
    },
    /// Printed figures that are to follow from each other.
    #[error("{} follow from each other in a circle", .ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "))]
    Circle {
        /// Their ids.
        ids: Vec<String>,
    },
    /// A refutation that does not say why.
    #[error("`{id}` is refuted without a reason")]
    RefutedWithoutReason {
        /// The id.
        id: String,
    },
}

impl ExpectError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::UnknownFigure { nearest: Some(nearest), .. }
            | Self::UnknownScenario { nearest: Some(nearest), .. }
            | Self::UnknownName { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownFigure { .. } => {
                "name a figure of the report, use the name in a `from:`, or write what it is with `of: case.npv`"
                    .to_owned()
            }
            Self::WholeRow { example, .. } => format!("name one of them, as in `{example}`"),
            Self::NotANumber { .. } => "expect a number, such as the score it comes from".to_owned(),
            Self::Nothing { .. } => "write `printed:`, as in `{printed: 26_760}`, or `from:`".to_owned(),
            Self::Twice { .. } => "keep one of the two, or give one a name of its own and `of:`".to_owned(),
            Self::Printed(error) => return error.help(),
            Self::UnknownScenario { .. } => "name one of the scenarios under `scenarios:`".to_owned(),
            Self::UnderWithoutFigure { .. } => "add `of:` with the figure, or leave `under:` out".to_owned(),
            Self::UnknownName { name, .. } if name.contains('.') => "give it a plain name and `of:`".to_owned(),
            Self::UnknownName { name, .. } => format!("add `{name}: …` under `expect:`"),
            Self::Varies { name } => format!("add what is printed of `{name}` under `expect:`, or write the number"),
            Self::Circle { .. } => "leave `from:` out of one of them".to_owned(),
            Self::RefutedWithoutReason { .. } => "add `because:` with what is wrong in the publication".to_owned(),
        })
    }
}
