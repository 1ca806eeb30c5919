//! Why a change cannot be shared among its causes.

/// Why a change cannot be attributed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ComparisonError {
    /// A figure that one of the outcomes does not have.
    #[error("there is no figure `{figure}` {}", side(*.is_after))]
    UnknownFigure {
        /// The figure.
        figure: String,
        /// Whether it is missing from the later outcome.
        is_after: bool,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// A row of figures.
    #[error("`{figure}` is a row of several figures")]
    Row {
        /// The row.
        figure: String,
        /// One of its figures.
        entry: String,
    },
    /// A figure without a value.
    #[error("`{figure}` has no value {}: {reason}", side(*.is_after))]
    NoValue {
        /// The figure.
        figure: String,
        /// Whether it is missing in the later outcome.
        is_after: bool,
        /// Why.
        reason: String,
    },
    /// Figures that run over different years, or that no one model can hold.
    #[error("`{figure}` is computed from other years before and after, so its change cannot be attributed")]
    NotComparable {
        /// The figure.
        figure: String,
    },
}

fn side(is_after: bool) -> &'static str {
    if is_after { "after the change" } else { "before the change" }
}

impl ComparisonError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::UnknownFigure { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::Row { entry, .. } => format!("name one of them, as in `{entry}`"),
            Self::NotComparable { .. } => "give both the same `horizon:`".to_owned(),
            Self::UnknownFigure { .. } | Self::NoValue { .. } => return None,
        })
    }
}
