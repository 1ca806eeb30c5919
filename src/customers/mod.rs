//! What the customers are worth, how they divide into groups, and where they go.

mod composition;
mod error;
mod funnel;
mod lifetime_value;
mod segmentation;
mod states;
mod transitions;

pub(crate) use composition::CompositionCells;
pub use composition::{Composition, Parts};
pub use error::CustomerError;
pub(crate) use funnel::FunnelCells;
pub use funnel::{Funnel, Stage};
pub(crate) use lifetime_value::LifetimeValueCells;
pub use lifetime_value::{FirstMargin, Lifetime, LifetimeValue, Segment};
pub(crate) use segmentation::SegmentationCells;
pub use segmentation::{Band, Member, Scale, Segmentation};
pub(crate) use states::StateCells;
pub use states::{CustomerState, StateCounts, StateKind, States, Transitions};

use crate::amount::Lowering;
use crate::model::{CellId, is_name};
use std::collections::HashSet;

/// Everything that is stated about customers; each part is optional.
///
/// ```
/// use appraise::customers::{Customers, Funnel, Stage};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let funnel = Funnel { stages: vec![Stage::new("leads", 3_000), Stage::new("offers", 600), Stage::new("orders", 150)] };
/// let customers = Customers { funnel: Some(funnel), ..Customers::default() };
/// let appraisal = Appraisal::new(Draft { customers: Some(customers), ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("customers.funnel.conversion.orders"), Some(Ok(dec!(0.25))));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Customers {
    /// What customers are worth.
    pub lifetime_value: Option<LifetimeValue>,
    /// Customers on a grid of value and need.
    pub segmentation: Option<Segmentation>,
    /// The states that customers are in, and how they move between them.
    pub states: Option<States>,
    /// Wholes and their parts, such as the reasons of loss.
    pub compositions: Vec<Composition>,
    /// The stages from first contact to order.
    pub funnel: Option<Funnel>,
}

/// Where the figures of each part are.
#[derive(Debug, Clone, Default)]
pub(crate) struct CustomerCells {
    pub(crate) lifetime_value: Option<LifetimeValueCells>,
    pub(crate) segmentation: Option<SegmentationCells>,
    pub(crate) states: Option<StateCells>,
    pub(crate) compositions: Vec<CompositionCells>,
    pub(crate) funnel: Option<FunnelCells>,
}

/// Defines every part that is stated.
pub(crate) fn define(lowering: &mut Lowering, rate: CellId, stated: &Customers) -> CustomerCells {
    let says_nothing = stated.lifetime_value.is_none()
        && stated.segmentation.is_none()
        && stated.states.is_none()
        && stated.compositions.is_empty()
        && stated.funnel.is_none();
    if says_nothing {
        lowering.problem("customers", CustomerError::Empty { what: "about customers" });
    }
    CustomerCells {
        lifetime_value: stated.lifetime_value.as_ref().and_then(|value| lifetime_value::define(lowering, rate, value)),
        segmentation: stated.segmentation.as_ref().and_then(|grid| segmentation::define(lowering, grid)),
        states: stated.states.as_ref().and_then(|states| states::define(lowering, states)),
        compositions: composition::define(lowering, &stated.compositions),
        funnel: stated.funnel.as_ref().map(|funnel| funnel::define(lowering, funnel)),
    }
}

/// Reports names that figures cannot hold, and names given twice, under an address.
fn check_ids<'s>(lowering: &mut Lowering, at: &str, what: &'static str, ids: impl IntoIterator<Item = &'s str>) {
    let mut seen = HashSet::new();
    for id in ids {
        if !is_name(id) {
            lowering.problem(format!("{at}.{id}"), CustomerError::InvalidId { id: id.to_owned(), what });
        }
        if !seen.insert(id) {
            lowering.problem(format!("{at}.{id}"), CustomerError::DuplicateId { id: id.to_owned(), what });
        }
    }
}

/// What the unit tests of the room share.
#[cfg(test)]
mod testing {
    use super::Customers;
    use crate::appraisal::testing::{Figures, problems};
    use crate::{Draft, Horizon};
    use rust_decimal::dec;

    fn draft(customers: Customers) -> Draft {
        Draft {
            horizon: Horizon { first_year: None, years: 5 },
            discount_rate: Some(dec!(0.1).into()),
            customers: Some(customers),
            ..Draft::default()
        }
    }

    pub(super) fn figures(customers: Customers) -> Figures {
        Figures::of(draft(customers))
    }

    pub(super) fn mistakes(customers: Customers) -> Vec<String> {
        problems(draft(customers))
    }
}

#[cfg(test)]
mod tests {
    use super::testing::mistakes;
    use super::*;

    #[test]
    fn more_than_can_be_looked_at_is_refused_at_once() {
        let ids = |count: u32| (0..count).map(|number| format!("x{number}"));
        let bands = || Scale::new(ids(11).zip(0..11).map(|(name, from)| Band::new(name, from)));
        let grid = Segmentation { value: bands(), need: bands(), members: vec![Member::new("a", 1, 1)] };
        let crowd = Segmentation { members: ids(10_001).map(|id| Member::new(id, 1, 1)).collect(), ..grid.clone() };
        let states = States {
            kinds: ids(51).map(|id| CustomerState::new(id, StateKind::Active)).collect(),
            counts: vec![StateCounts::new("now", [("x1", 1)])],
            ..States::default()
        };
        let value = LifetimeValue::new(ids(1_001).map(|id| Segment::new(id, 1, 1)));
        let of = |segmentation| {
            let (lifetime_value, states) = (Some(value.clone()), Some(states.clone()));
            mistakes(Customers { lifetime_value, segmentation: Some(segmentation), states, ..Customers::default() })
        };
        let segments = "customers.lifetime_value.segments: there are 1001 segments, and 1000 are the most";
        let states = "customers.states.kinds: there are 51 states, and 50 are the most";
        let [value, need] = ["value", "need"]
            .map(|side| format!("customers.segmentation.{side}.bands: `{side}` has 11 bands, and 10 are the most"));
        assert_eq!(of(grid), [segments, &value, &need, states]);
        let members = "customers.segmentation.members: there are 10001 members, and 10000 are the most";
        assert_eq!(of(crowd), [segments, members, states]);
    }

    #[test]
    fn a_section_without_content_is_refused() {
        assert_eq!(mistakes(Customers::default()), ["customers: nothing is stated about customers"]);
    }
}
