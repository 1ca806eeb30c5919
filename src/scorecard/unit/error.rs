//! What can be wrong with the business units of a scorecard.

use crate::amount::percent;
use rust_decimal::Decimal;

/// What can be wrong with business units.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// Something that should come from units where there are none.
    #[error("there are no units that anything could come from")]
    NoUnits,
    /// More units than can be computed together.
    #[error("{found} units of {criteria} criteria over {periods} periods are more than can be computed together")]
    TooMany {
        /// How many units there are.
        found: usize,
        /// How many criteria the scorecard has.
        criteria: usize,
        /// How many periods it has.
        periods: usize,
        /// So many units can be.
        most: usize,
    },
    /// A value for what the scorecard does not have.
    #[error("`{name}` is no indicator of the scorecard")]
    UnknownIndicator {
        /// The id as written.
        name: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// A value for what has criteria under it.
    #[error("`{name}` has criteria under it, so its score follows from theirs")]
    Group {
        /// The id.
        name: String,
    },
    /// An indicator that a unit states twice.
    #[error("`{name}` is given twice")]
    IndicatorTwice {
        /// The id.
        name: String,
    },
    /// An indicator that a unit leaves out and states.
    #[error("`{name}` is left out and has values")]
    LeftOutAndGiven {
        /// The id.
        name: String,
    },
    /// An indicator of the whole with values of its own that should also come from the units.
    #[error("`{id}` has a value of its own, and comes from the units")]
    ValueTwice {
        /// The indicator.
        id: String,
    },
    /// Data added up of an indicator that has none.
    #[error("`{id}` has no KPI whose data could be put together")]
    InputsWithoutKpi {
        /// The indicator.
        id: String,
    },
    /// Data of an indicator that nobody computes.
    #[error("`{id}` has no KPI that `data:` could belong to")]
    DataWithoutKpi {
        /// The indicator.
        id: String,
    },
    /// A unit that computes an indicator in another way.
    #[error("`{id}` follows from `{kpi}`, and cannot follow from `{other}` in a unit")]
    OtherKpi {
        /// The indicator.
        id: String,
        /// Its KPI.
        kpi: String,
        /// The KPI of the unit.
        other: String,
    },
    /// A value where the data are needed that it follows from.
    #[error("the data of `{id}` are put together over the units, and `{unit}` gives a value only")]
    ValueForInputs {
        /// The indicator.
        id: String,
        /// The unit.
        unit: String,
    },
    /// Lists of units to be put together in each period, where lists are not taken by period.
    #[error("the lists of `{kpi}` are not taken by period, so those of the units cannot be put together for `{id}`")]
    ListsOverPeriods {
        /// The indicator.
        id: String,
        /// Its KPI.
        kpi: String,
    },
    /// A list of which nobody knows how long it is.
    #[error("`{input}` is a list from a formula, and cannot be put into one with those of other units")]
    PoolOfFormula {
        /// The input.
        input: String,
    },
    /// A unit without a weight.
    #[error("`{id}` has no weight, but `{other}` has one")]
    WithoutWeight {
        /// The unit.
        id: String,
        /// A unit that has one.
        other: String,
    },
    /// A negative weight.
    #[error("the weight of `{id}` is negative")]
    NegativeWeight {
        /// The unit.
        id: String,
    },
    /// Weights that are no shares of one whole.
    #[error("the weights of the units add up to {}, not 100 %", percent(.sum))]
    WeightSum {
        /// What they add up to.
        sum: Decimal,
    },
}

impl UnitError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoUnits => {
                "add `units:` under `scorecard:`, as in `units: {north: {indicators: {retention: {actual: 83%}}}}`"
                    .to_owned()
            }
            Self::TooMany { most, .. } => format!("take at most {most} units, or fewer periods"),
            Self::UnknownIndicator { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownIndicator { .. } => {
                "units give values for indicators of the scorecard, by their id; add it under `perspectives:`"
                    .to_owned()
            }
            Self::Group { .. } => "give values for the indicators under it".to_owned(),
            Self::IndicatorTwice { .. } => "keep one of the two".to_owned(),
            Self::LeftOutAndGiven { .. } => "remove it from `without:`, or from `indicators:`".to_owned(),
            Self::ValueTwice { .. } => "remove `from_units:`, or `actual:` and `data:`".to_owned(),
            Self::InputsWithoutKpi { .. } => {
                "add `kpi:`, or write `from_units: sum`, `mean`, `weighted_mean`, `min`, `max` or `scores`".to_owned()
            }
            Self::DataWithoutKpi { id } => format!("add `kpi:` to `{id}` under `perspectives:`, or write `actual:`"),
            Self::OtherKpi { .. } => "remove `kpi:` from the unit".to_owned(),
            Self::ValueForInputs { id, .. } => {
                format!("write `data:` in place of `actual:`, or `from_units: scores` for `{id}`")
            }
            Self::ListsOverPeriods { .. } => {
                "write `from_units: weighted_mean` or `scores`, and the `actual:` of each unit by period".to_owned()
            }
            Self::PoolOfFormula { .. } => "write the list, as in `[4, 5, 3]`".to_owned(),
            Self::WithoutWeight { .. } => "give every unit a `weight:`, or none of them for equal weights".to_owned(),
            Self::NegativeWeight { .. } => "write 0 for a unit that does not count".to_owned(),
            Self::WeightSum { .. } => {
                "change them to add up to 100 %, or write whole points such as 3, 2 and 1, which are normalised"
                    .to_owned()
            }
        })
    }
}
