//! What can be wrong with the definition of an indicator, and with its use.

use super::Takes;
use rust_decimal::Decimal;

/// What can be wrong with a KPI or its data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KpiError {
    /// A KPI that nobody defined.
    #[error("there is no KPI `{id}`")]
    Unknown {
        /// The id as written.
        id: String,
        /// The known ids nearest to it.
        nearest: Vec<String>,
    },
    /// Data for an input that the KPI does not have.
    #[error("`{kpi}` has no input `{name}`")]
    UnknownInput {
        /// The KPI.
        kpi: String,
        /// The name as written.
        name: String,
        /// The known name nearest to it.
        nearest: Option<String>,
        /// The inputs there are.
        inputs: Vec<String>,
    },
    /// Inputs without data.
    #[error("`{kpi}` also needs {}", listed(.inputs))]
    MissingInputs {
        /// The KPI.
        kpi: String,
        /// The inputs without data.
        inputs: Vec<String>,
    },
    /// Data given twice for one input.
    #[error("`{input}` is given twice")]
    DataTwice {
        /// The input.
        input: String,
    },
    /// A list where the formula needs one value.
    #[error("`{input}` is one value in the formula of `{kpi}`, not a list")]
    NotAList {
        /// The KPI.
        kpi: String,
        /// The input.
        input: String,
    },
    /// One value where the formula needs a list.
    #[error("`{input}` is a list in the formula of `{kpi}`, not one value")]
    NeedsList {
        /// The KPI.
        kpi: String,
        /// The input.
        input: String,
    },
    /// A list that would be taken for every period alike.
    #[error("`{input}` of `{kpi}` is a list of one period, and the scorecard has several")]
    ListOverPeriods {
        /// The KPI.
        kpi: String,
        /// The input.
        input: String,
    },
    /// A list without entries.
    #[error("the list `{input}` is empty")]
    EmptyList {
        /// The input.
        input: String,
    },
    /// An actual value beside a KPI that computes one.
    #[error("`{id}` has an actual value, and a KPI that computes it")]
    ActualTwice {
        /// The indicator.
        id: String,
    },
    /// An id that formulas and figure names cannot hold.
    #[error("`{id}` cannot be the id of a KPI")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// A definition of what the catalogue defines.
    #[error("`{id}` is a KPI of the catalogue")]
    InCatalogue {
        /// The id.
        id: String,
    },
    /// Two definitions of one id.
    #[error("there are two KPIs `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A formula that reads nothing.
    #[error("the formula of `{id}` reads no input")]
    NoInputs {
        /// The KPI.
        id: String,
    },
    /// A rule for something that the formula does not read.
    #[error("the formula of `{kpi}` does not read `{name}`")]
    NotInFormula {
        /// The KPI.
        kpi: String,
        /// The name as written.
        name: String,
        /// The input nearest to it.
        nearest: Option<String>,
        /// The inputs there are.
        inputs: Vec<String>,
    },
    /// A name of the formula that is no input.
    #[error("the formula of `{kpi}` reads `{name}`, which is none of its inputs")]
    NoInput {
        /// The KPI.
        kpi: String,
        /// The name.
        name: String,
    },
    /// An input that takes something else than the formula makes of it.
    #[error("`{input}` is {} in the formula of `{kpi}`", .takes.described())]
    TakesOther {
        /// The KPI.
        kpi: String,
        /// The input.
        input: String,
        /// What the formula makes of it.
        takes: Takes,
    },
    /// A rule that one value cannot follow.
    #[error("`{input}` is one value in the formula of `{kpi}`, so there is no list to pool")]
    PoolOfOne {
        /// The KPI.
        kpi: String,
        /// The input.
        input: String,
    },
    /// An example that does not come out.
    #[error("the formula gives {gives} for the example, not {stated}")]
    ExampleDiffers {
        /// What was written.
        stated: Decimal,
        /// What the formula gives.
        gives: Decimal,
    },
    /// An example without a value.
    #[error("the formula gives nothing for the example: {cause}")]
    ExampleMissing {
        /// Why.
        cause: crate::model::Cause,
    },
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

impl KpiError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Unknown { nearest, .. } if !nearest.is_empty() => format!("did you mean {}?", or(nearest)),
            Self::Unknown { id, .. } => {
                format!("search the catalogue, or define `{id}: {{formula: …}}` under `kpis:` of the scorecard")
            }
            Self::UnknownInput { nearest: Some(nearest), .. } | Self::NotInFormula { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?")
            }
            Self::UnknownInput { inputs, .. } | Self::NotInFormula { inputs, .. } => {
                format!("its inputs are {}", listed(inputs))
            }
            Self::MissingInputs { inputs, .. } => {
                let keys: Vec<String> = inputs.iter().map(|input| format!("`{input}: …`")).collect();
                format!("add {} to `data:`; leave the value empty where it is not known yet", keys.join(", "))
            }
            Self::DataTwice { .. } | Self::DuplicateId { .. } => "keep one of the two".to_owned(),
            Self::NotAList { input, .. } => format!("write one value, as in `{input}: 120`"),
            Self::NeedsList { input, .. } => format!("write a list, as in `{input}: [4, 5, 3]`"),
            Self::ListOverPeriods { .. } => {
                "lists are not taken by period: write the value of each period in place of `data:`, as in \
                 `actual: {2025-Q1: 5.4, 2025-Q2: 5.6}`; `kpi:` may stand beside it"
                    .to_owned()
            }
            Self::EmptyList { .. } => "leave the value out where there is none".to_owned(),
            Self::ActualTwice { .. } => "remove `actual:`, or `kpi:` and `data:`".to_owned(),
            Self::InvalidId { .. } => {
                "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
            }
            Self::InCatalogue { id } => format!("call it `{id}_1` or another word, and use that one in `kpi:`"),
            Self::NoInputs { .. } => "write a formula over names, as in `formula: visits / reps`".to_owned(),
            Self::NoInput { name, .. } => format!("say how `{name}` adds up over periods and business units"),
            Self::TakesOther { takes, .. } => format!("declare it as {}", takes.described()),
            Self::PoolOfOne { .. } => "write `sum`, `mean`, `last` or `first`".to_owned(),
            Self::ExampleDiffers { .. } => "mend the formula or the example".to_owned(),
            Self::ExampleMissing { .. } => "mend the inputs of the example".to_owned(),
        })
    }
}

fn or(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(" or ")
}
