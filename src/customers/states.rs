//! Customer states: how many are in each, how they move, and where that leads.

use super::transitions::{define_expected, define_projection, define_transitions};
use super::{CustomerError, check_ids};
use crate::amount::Lowering;
use crate::model::{Axis, AxisId, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::sync::Arc;

/// The states that customers are in: how many at each time, and how they move from one to the other.
///
/// **Formula**: of two times, with customers being all who are new, active, at risk or won back,
/// `retention = (customers - new - won back) / customers before`, `churn = 1 - retention`,
/// `win-back = won back / lost before`, `acquisition = new / prospects before`. New and won back are those who became so
/// since the time before.
///
/// Transitions are the shares of a state that are in each state one step later: a Markov chain. From them come the
/// expected rates, weighted by who is where at the last time, and the projection
/// `counts after a step = sum over states of count x its row + arrivals`, step by step.
///
/// **Units**: counts; rates and transitions are fractions.
///
/// # Errors
///
/// Rows of transitions that do not add up to 100 % by more than their digits explain; states that are not listed.
///
/// **Source**: Pfeifer, Carraway (2000), *Modeling Customer Relationships as Markov Chains*, Journal of Interactive
/// Marketing 14(2).
///
/// ```
/// use appraise::customers::{CustomerState, Customers, StateCounts, StateKind, States};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let kinds = [("new", StateKind::New), ("active", StateKind::Active), ("lost", StateKind::Lost)];
/// let states = States {
///     kinds: kinds.map(|(id, kind)| CustomerState::new(id, kind)).into(),
///     counts: vec![
///         StateCounts::new("2024", [("new", 100), ("active", 900), ("lost", 50)]),
///         StateCounts::new("2025", [("new", 150), ("active", 900), ("lost", 150)]),
///     ],
///     ..States::default()
/// };
/// let customers = Customers { states: Some(states), ..Customers::default() };
/// let appraisal = Appraisal::new(Draft { customers: Some(customers), ..Draft::default() }).unwrap();
/// // (1050 - 150) / 1000
/// assert_eq!(appraisal.base().figure("customers.states.retention.2025"), Some(Ok(dec!(0.9))));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct States {
    /// The states.
    pub kinds: Vec<CustomerState>,
    /// How many are in each, the earliest time first.
    pub counts: Vec<StateCounts>,
    /// How they move in one step; empty where that is not known.
    pub transitions: Vec<Transitions>,
    /// How many come from outside in each step, by the state they come into.
    pub arrivals: Vec<(String, Decimal)>,
    /// How many steps are projected.
    pub steps: Option<u32>,
}

/// A state and what it amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerState {
    /// Its id among states.
    pub id: String,
    /// What it amounts to.
    pub kind: StateKind,
}

impl CustomerState {
    /// A state of that kind.
    pub fn new(id: impl Into<String>, kind: StateKind) -> Self {
        Self { id: id.into(), kind }
    }
}

/// What a state amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateKind {
    /// Not yet a customer.
    Prospect,
    /// A customer since the time before.
    New,
    /// A customer.
    Active,
    /// A customer who may leave.
    AtRisk,
    /// No longer a customer.
    Lost,
    /// A customer again since the time before.
    WonBack,
}

impl StateKind {
    /// Every kind and its name in a document.
    pub const ALL: [(&'static str, StateKind); 6] = [
        ("prospect", StateKind::Prospect),
        ("new", StateKind::New),
        ("active", StateKind::Active),
        ("at_risk", StateKind::AtRisk),
        ("lost", StateKind::Lost),
        ("won_back", StateKind::WonBack),
    ];

    fn is_customer(self) -> bool {
        matches!(self, Self::New | Self::Active | Self::AtRisk | Self::WonBack)
    }
}

/// How many are in each state at one time; what is not stated is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct StateCounts {
    /// The time: `2025`, `2025-Q1`.
    pub time: String,
    /// The counts by state.
    pub counts: Vec<(String, Decimal)>,
}

impl StateCounts {
    /// Counts at a time.
    pub fn new<I: Into<String>, N: Into<Decimal>>(
        time: impl Into<String>,
        counts: impl IntoIterator<Item = (I, N)>,
    ) -> Self {
        let counts = counts.into_iter().map(|(state, count)| (state.into(), count.into())).collect();
        Self { time: time.into(), counts }
    }
}

/// Where those who are in a state are one step later; states that are not stated are reached by nobody.
#[derive(Debug, Clone, PartialEq)]
pub struct Transitions {
    /// The state.
    pub from: String,
    /// The share that goes to each state, the state itself included.
    pub to: Vec<(String, Decimal)>,
}

/// The cells of one time.
#[derive(Debug, Clone)]
pub(crate) struct TimeCells {
    pub(crate) time: Arc<str>,
    pub(crate) counts: CellId,
    pub(crate) customers: CellId,
    pub(crate) retention: Option<CellId>,
    pub(crate) churn: Option<CellId>,
    pub(crate) win_back: Option<CellId>,
    pub(crate) acquisition: Option<CellId>,
}

/// The cells of the states; rows run over them.
#[derive(Debug, Clone)]
pub(crate) struct StateCells {
    pub(crate) states: Vec<Arc<str>>,
    pub(crate) times: Vec<TimeCells>,
    pub(crate) transitions: Vec<CellId>,
    pub(crate) expected_retention: Option<CellId>,
    pub(crate) expected_churn: Option<CellId>,
    pub(crate) expected_win_back: Option<CellId>,
    pub(crate) projected: Vec<CellId>,
    pub(crate) projected_shares: Vec<CellId>,
}

pub(super) const AT: &str = "customers.states";
const MOST_STATES: usize = 50;

pub(super) fn naming(figure: &str, aspect: &'static str) -> Naming {
    Naming::new(format!("{AT}.{figure}")).label("Customer states", aspect)
}

/// The states as an axis, and which of them are of each kind.
pub(super) struct Kinds<'s> {
    stated: &'s States,
    pub(super) axis: AxisId,
}

impl Kinds<'_> {
    pub(super) fn has(&self, kind: StateKind) -> bool {
        self.stated.kinds.iter().any(|state| state.kind == kind)
    }

    /// A row of 1 for the states that `belongs` and 0 for the others.
    fn define(
        &self,
        lowering: &mut Lowering,
        figure: &str,
        aspect: &'static str,
        belongs: impl Fn(StateKind) -> bool,
    ) -> CellId {
        let row =
            self.stated.kinds.iter().map(|state| Some(if belongs(state.kind) { Decimal::ONE } else { Decimal::ZERO }));
        let named = naming(figure, aspect).unit(Unit::Set).source(format!("{AT}.kinds"));
        lowering.cells.input(named, Shape::Row(self.axis), row)
    }
}

/// The sum of one row over the states that another has a 1 for.
pub(super) fn among(row: CellId, which: CellId) -> Expression {
    Expression::call(Function::Sum, [Expression::cell(row) * Expression::cell(which)])
}

/// Defines rates, transitions and the projection.
pub(crate) fn define(lowering: &mut Lowering, stated: &States) -> Option<StateCells> {
    if stated.kinds.is_empty() {
        lowering.problem(AT, CustomerError::Empty { what: "about states" });
    } else if stated.counts.is_empty() && stated.transitions.is_empty() {
        lowering.problem(AT, CustomerError::Empty { what: "about how many are in each state" });
    }
    let found = stated.kinds.len();
    if found > MOST_STATES {
        let error = CustomerError::TooMany { what: "states", found, most: MOST_STATES };
        lowering.problem(format!("{AT}.kinds"), error);
        return None;
    }
    check_ids(lowering, &format!("{AT}.kinds"), "a state", stated.kinds.iter().map(|state| state.id.as_str()));
    let axis = lowering.cells.axis(Axis::named("states", stated.kinds.iter().map(|state| state.id.as_str())));
    let kinds = Kinds { stated, axis };
    let is_customer = kinds.define(lowering, "are_customers", "states of customers", StateKind::is_customer);
    let is_lost = kinds.define(lowering, "are_lost", "states of the lost", |kind| kind == StateKind::Lost);
    let times = define_times(lowering, &kinds, is_customer, is_lost);
    let transitions = define_transitions(lowering, stated, axis);
    let mut cells = StateCells {
        states: stated.kinds.iter().map(|state| state.id.as_str().into()).collect(),
        times,
        transitions,
        expected_retention: None,
        expected_churn: None,
        expected_win_back: None,
        projected: Vec::new(),
        projected_shares: Vec::new(),
    };
    // a matrix with a row missing is reported, and leads nowhere
    let last = cells.times.last().map(|time| time.counts).filter(|_| cells.transitions.len() == stated.kinds.len());
    if let Some(last) = last.filter(|_| !cells.transitions.is_empty()) {
        define_expected(lowering, &kinds, &mut cells, last, is_customer, is_lost);
    }
    define_projection(lowering, stated, axis, &mut cells, last);
    Some(cells)
}

fn define_times(lowering: &mut Lowering, kinds: &Kinds, is_customer: CellId, is_lost: CellId) -> Vec<TimeCells> {
    let cell = Expression::cell;
    let stated = kinds.stated;
    let is_arrived = |kind| matches!(kind, StateKind::New | StateKind::WonBack);
    let arrived = kinds.define(lowering, "are_arrived", "states of the new and won back", is_arrived);
    let of_kind = |lowering: &mut Lowering, kind: StateKind, figure: &str, aspect| {
        kinds.has(kind).then(|| kinds.define(lowering, figure, aspect, |other| other == kind))
    };
    let is_new = of_kind(lowering, StateKind::New, "are_new", "states of the new");
    let is_won_back = of_kind(lowering, StateKind::WonBack, "are_won_back", "states of the won back");
    let is_prospect = of_kind(lowering, StateKind::Prospect, "are_prospects", "states of prospects");
    let mut times: Vec<TimeCells> = Vec::with_capacity(stated.counts.len());
    let mut seen = HashSet::new();
    for at_time in &stated.counts {
        let time = &at_time.time;
        let at = format!("{AT}.counts.{time}");
        let is_label = !time.is_empty() && time.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        if !is_label {
            lowering.problem(&*at, CustomerError::Time { time: time.clone() });
        }
        if !seen.insert(time) {
            lowering.problem(&*at, CustomerError::DuplicateId { id: time.clone(), what: "a time" });
        }
        let row = by_state(lowering, stated, &at, &at_time.counts);
        if let Some(value) = row.iter().flatten().copied().find(|count| *count < Decimal::ZERO) {
            lowering.problem(&*at, CustomerError::Negative { value, what: "counts" });
        }
        let counts = naming(&format!("count.{time}"), "customers by state").source(at);
        let counts = lowering.cells.input(counts, Shape::Row(kinds.axis), row);
        let customers = naming(&format!("customers.{time}"), "customers");
        let customers = lowering.cells.formula(customers, among(counts, is_customer));
        let before = times.last().map(|before| (before.counts, before.customers));
        let mut rate = |figure: &str, aspect, formula: Expression| {
            lowering.cells.formula(naming(&format!("{figure}.{time}"), aspect).unit(Unit::Share), formula)
        };
        let retention = before.map(|(_, customers_before)| {
            let stayed = cell(customers) - among(counts, arrived);
            rate("retention", "retention rate", stayed / cell(customers_before))
        });
        let churn = retention.map(|kept| rate("churn", "churn rate", Expression::number(1) - cell(kept)));
        let win_back = before
            .zip(is_won_back)
            .filter(|_| kinds.has(StateKind::Lost))
            .map(|((earlier, _), won)| rate("win_back", "win-back rate", among(counts, won) / among(earlier, is_lost)));
        let acquisition = before.zip(is_new).zip(is_prospect).map(|(((earlier, _), new), prospects)| {
            rate("acquisition", "acquisition rate", among(counts, new) / among(earlier, prospects))
        });
        times.push(TimeCells {
            time: time.as_str().into(),
            counts,
            customers,
            retention,
            churn,
            win_back,
            acquisition,
        });
    }
    times
}

/// Numbers by state in the order of the states; those of unknown states are reported.
pub(super) fn by_state(
    lowering: &mut Lowering,
    stated: &States,
    at: &str,
    numbers: &[(String, Decimal)],
) -> Vec<Option<Decimal>> {
    for (state, _) in numbers {
        if !stated.kinds.iter().any(|known| known.id == *state) {
            let nearest = lowering.nearest(state, stated.kinds.iter().map(|known| known.id.as_str()));
            let error = CustomerError::UnknownState { state: state.clone(), nearest };
            lowering.problem(format!("{at}.{state}"), error);
        }
    }
    let found = |id: &str| numbers.iter().find(|(state, _)| state == id).map(|(_, number)| *number);
    stated.kinds.iter().map(|state| found(&state.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::Figures;
    use crate::customers::Customers;
    use crate::customers::testing::{figures, mistakes};
    use crate::model::Cause;
    use rust_decimal::dec;

    fn kinds() -> Vec<CustomerState> {
        StateKind::ALL.map(|(name, kind)| CustomerState::new(name, kind)).into()
    }

    fn counts(time: &str, numbers: [i64; 6]) -> StateCounts {
        StateCounts::new(time, StateKind::ALL.iter().map(|(name, _)| *name).zip(numbers))
    }

    fn of(states: States) -> Figures {
        figures(Customers { states: Some(states), ..Customers::default() })
    }

    fn transitions(from: &str, to: &[(&str, Decimal)]) -> Transitions {
        Transitions { from: from.into(), to: to.iter().map(|(state, share)| ((*state).into(), *share)).collect() }
    }

    #[test]
    fn rates_between_two_times_by_hand() {
        let counts = vec![counts("2024", [500, 100, 800, 100, 100, 0]), counts("2025", [400, 150, 820, 80, 190, 12])];
        let figures = of(States { kinds: kinds(), counts, ..States::default() });
        let at = |figure: &str| figures.get(&format!("customers.states.{figure}.2025"));
        assert_eq!(at("customers"), dec!(1062));
        // (1062 - 150 - 12) / 1000
        assert_eq!(at("retention"), dec!(0.9));
        assert_eq!(at("churn"), dec!(0.1));
        assert_eq!(at("win_back"), dec!(0.12));
        assert_eq!(at("acquisition"), dec!(0.3));
        assert!(figures.0.base().figure("customers.states.retention.2024").is_none());
    }

    #[test]
    fn a_count_that_is_not_stated_is_missing() {
        let counts = vec![StateCounts::new("1", [("active", 10)]), counts("2", [0, 0, 8, 0, 2, 0])];
        let figures = of(States { kinds: kinds(), counts, ..States::default() });
        assert_eq!(figures.cause("customers.states.retention.2"), Cause::NoData);
        assert_eq!(figures.cause("customers.states.count.1.lost"), Cause::NoData);
    }

    #[test]
    fn transitions_lead_step_by_step() {
        let kinds = [("active", StateKind::Active), ("lost", StateKind::Lost)];
        let states = States {
            kinds: kinds.map(|(id, kind)| CustomerState::new(id, kind)).into(),
            counts: vec![StateCounts::new("now", [("active", 1_000), ("lost", 200)])],
            transitions: vec![
                transitions("active", &[("active", dec!(0.9)), ("lost", dec!(0.1))]),
                transitions("lost", &[("active", dec!(0.05)), ("lost", dec!(0.95))]),
            ],
            steps: Some(2),
            ..States::default()
        };
        let newcomers = States { arrivals: vec![("active".into(), dec!(50))], ..states.clone() };
        // 910 + 50, and 960 x 0.9 + 290 x 0.05 + 50
        assert_eq!(of(newcomers).get("customers.states.projected.2.active"), dec!(928.5));
        let figures = of(states);
        let at = |figure: &str| figures.get(&format!("customers.states.{figure}"));
        // 1000 x 0.9 + 200 x 0.05, and 910 x 0.9 + 290 x 0.05
        assert_eq!(at("projected.1.active"), dec!(910));
        assert_eq!(at("projected.2.active"), dec!(833.5));
        assert_eq!(at("projected.2.lost"), dec!(366.5));
        assert_eq!(at("projected_share.1.lost").round_dp(6), dec!(0.241667));
        assert_eq!(at("expected_retention"), dec!(0.9));
        assert_eq!(at("expected_churn"), dec!(0.1));
        assert_eq!(at("expected_win_back"), dec!(0.05));
    }

    #[test]
    fn mistakes_are_placed() {
        let states = States {
            kinds: kinds()[2..5].into(),
            counts: vec![StateCounts::new("20 25", [("actve", 1)])],
            transitions: vec![
                transitions("active", &[("active", dec!(0.90)), ("lost", dec!(0.15))]),
                transitions("at_risk", &[("at_risk", dec!(1.5)), ("lost", dec!(-0.5))]),
            ],
            steps: Some(51),
            ..States::default()
        };
        let at = "customers.states";
        assert_eq!(
            mistakes(Customers { states: Some(states), ..Customers::default() }),
            [
                format!("{at}.counts.20 25: `20 25` cannot be the name of a time"),
                format!("{at}.counts.20 25.actve: `actve` is none of the states"),
                format!("{at}.transitions.active: the transitions from `active` add up to 105 %, 5 % too much"),
                format!("{at}.transitions.at_risk: -0.5 is negative, but shares are written positive"),
                format!("{at}.transitions: no transitions are stated from `lost`"),
                format!("{at}.steps: a projection has 1 to 50 steps, not 51"),
            ]
        );
    }
}
