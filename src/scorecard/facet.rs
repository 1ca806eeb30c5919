//! What kind of indicator one is: attributes that pass from parent to child unless the child says otherwise.

use super::{Framework, KpiGroup, Node, Timing, Tree};

/// When an indicator shows what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It drives a result and moves before it: training hours.
    Leading,
    /// It is the result: revenue.
    Lagging,
}

/// What of a programme an indicator looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The implementation: users trained, data migrated.
    Process,
    /// Its outcome: customers kept.
    Effect,
}

/// How far ahead an indicator looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// This year's business.
    Short,
    /// What pays later.
    Long,
}

/// How an indicator comes by its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nature {
    /// Counted or measured; so is whatever has a measure, unless it says otherwise.
    Quantitative,
    /// Judged; so is whatever has no measure, unless it says otherwise.
    Qualitative,
}

/// Whom or what an indicator is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum About {
    /// Money, and those whose it is.
    Financial,
    /// Customers.
    Customer,
    /// How work is done.
    Process,
    /// Those who do it.
    Employee,
    /// Suppliers and partners.
    Partner,
    /// Everybody else.
    Society,
}

/// Whether an indicator follows the strategy or the day's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// It shows whether the strategy works.
    Strategic,
    /// It shows whether the work gets done.
    Tactical,
}

macro_rules! words {
    ($($of:ident: $($word:literal $value:ident),*;)*) => {
        $(impl $of {
            /// Every value and its name in a document.
            pub const ALL: &[(&str, Self)] = &[$(($word, Self::$value)),*];
        })*
    };
}

words! {
    Kind: "leading" Leading, "lagging" Lagging;
    Role: "process" Process, "effect" Effect;
    Term: "short" Short, "long" Long;
    Nature: "quantitative" Quantitative, "qualitative" Qualitative;
    About: "financial" Financial, "customer" Customer, "process" Process, "employee" Employee, "partner" Partner, "society" Society;
    Level: "strategic" Strategic, "tactical" Tactical;
}

impl About {
    /// What a perspective is about: by what it is in its framework or, in one of the user's own, what one of its id is in
    /// the others. A few words say so without being part of any framework.
    fn of_perspective(node: &Node) -> Option<Self> {
        let part = node.place.part.or_else(|| Framework::any_part(&node.id));
        Some(match part.map_or(&*node.id, |part| part.id) {
            "financial" | "management_effect" | "market_and_financial" => Self::Financial,
            "customer" | "customer_satisfaction" | "customers" => Self::Customer,
            "internal_process" => Self::Process,
            "learning_growth" | "employee" | "employees" => Self::Employee,
            _ => return None,
        })
    }
}

impl About {
    /// What the KPIs of a group are about; those about the programme itself may be about anything.
    fn of_group(group: KpiGroup) -> Option<Self> {
        Some(match group {
            KpiGroup::Financial => Self::Financial,
            KpiGroup::Customer | KpiGroup::Marketing => Self::Customer,
            KpiGroup::InternalProcess | KpiGroup::SalesFunnel | KpiGroup::Service => Self::Process,
            KpiGroup::LearningGrowth => Self::Employee,
            KpiGroup::ManagementEffect => return None,
        })
    }
}

/// The attributes of a criterion by which a scorecard's design is reviewed; what is not said is inherited.
///
/// A perspective passes its attributes on to its objectives and indicators. Without any, what is measured is
/// quantitative, what is judged is qualitative, the perspectives of known frameworks say whom they are about, and an indicator
/// with a KPI has from it whether it leads or lags and, where no perspective says so, whom it is about.
///
/// ```
/// use appraise::scorecard::{Criterion, Facets, Kind, Measure, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let indicator = |id: &str, actual, kind| Criterion {
///     facets: Facets { kind: Some(kind), ..Facets::default() },
///     ..Criterion::indicator(id, Measure::target(0, 10).actual(actual))
/// };
/// let trained = indicator("trained", 9, Kind::Leading).weighing(dec!(0.25));
/// let visits = indicator("visits", 5, Kind::Leading).weighing(dec!(0.25));
/// let revenue = indicator("revenue", 2, Kind::Lagging).weighing(dec!(0.5));
/// let card = Scorecard::new([trained, visits, revenue]);
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("scorecard.leading.score"), Some(Ok(dec!(0.7))));
/// assert_eq!(appraisal.base().figure("scorecard.lagging.score"), Some(Ok(dec!(0.2))));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facets {
    /// Leading or lagging.
    pub kind: Option<Kind>,
    /// The implementation or its outcome.
    pub role: Option<Role>,
    /// Short or long term.
    pub term: Option<Term>,
    /// Quantitative or qualitative.
    pub nature: Option<Nature>,
    /// Whom or what it is about.
    pub about: Option<About>,
    /// Strategic or tactical.
    pub level: Option<Level>,
}

impl Facets {
    /// What it says itself, and for the rest what its parent says.
    pub(super) fn or(self, parent: Self) -> Self {
        Self {
            kind: self.kind.or(parent.kind),
            role: self.role.or(parent.role),
            term: self.term.or(parent.term),
            nature: self.nature.or(parent.nature),
            about: self.about.or(parent.about),
            level: self.level.or(parent.level),
        }
    }
}

/// What somebody said of each criterion, inherited down the tree: in the order of the tree.
pub(super) fn inherited(tree: &Tree) -> Vec<Facets> {
    let mut facets: Vec<Facets> = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        // a parent always stands before its children
        let parent = node.parent.and_then(|parent| facets.get(parent)).copied().unwrap_or_default();
        let own = node.criterion.map(|criterion| criterion.facets).unwrap_or_default();
        facets.push(own.or(parent));
    }
    facets
}

/// What is taken for granted where nobody says otherwise: the nature by the measure, whom it is about by the perspective or
/// by the KPI, and by the KPI also whether it leads or lags.
pub(super) fn with_defaults(tree: &Tree, said: &[Facets]) -> Vec<Facets> {
    let mut of_perspective: Vec<Option<About>> = Vec::with_capacity(tree.nodes.len());
    let mut facets = Vec::with_capacity(said.len());
    for (node, said) in tree.nodes.iter().zip(said) {
        let above = node.parent.and_then(|parent| of_perspective.get(parent)).copied().flatten();
        let about = if node.depth == 1 { About::of_perspective(node) } else { above };
        of_perspective.push(about);
        let timing = node.kpi.and_then(|kpi| kpi.timing).map(|timing| match timing {
            Timing::Leading => Kind::Leading,
            Timing::Lagging => Kind::Lagging,
        });
        let of_group = node.kpi.and_then(|kpi| kpi.group).and_then(About::of_group);
        facets.push(Facets {
            kind: said.kind.or(timing),
            nature: said.nature.or(Some(nature(node))),
            about: said.about.or(about).or(of_group),
            ..*said
        });
    }
    facets
}

fn nature(node: &Node) -> Nature {
    let is_measured = node.criterion.is_some_and(|criterion| criterion.measure.is_some());
    if is_measured { Nature::Quantitative } else { Nature::Qualitative }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::{Criterion, KpiUse, Measure, catalogue};

    #[test]
    fn a_kpi_says_what_nobody_else_does() {
        let used = |id: &str, kpi: &str| Criterion::indicator(id, Measure::default().kpi(KpiUse::new(kpi)));
        let leading = Facets { kind: Some(Kind::Leading), ..Facets::default() };
        let own = Criterion { facets: leading, ..used("b", "dso") };
        let criteria = [used("a", "dso"), own, Criterion::group("customer", [used("c", "dso")])];
        let mut tree = Tree::new(&criteria, "Overall", &mut Vec::new());
        for node in &mut tree.nodes {
            let measure = node.criterion.and_then(|criterion| criterion.measure.as_ref());
            node.kpi = measure.and_then(|_| catalogue::find("dso"));
        }
        let facets = with_defaults(&tree, &inherited(&tree));
        let [_, a, b, _, c] = <[Facets; 5]>::try_from(facets).unwrap();
        assert_eq!((a.kind, a.about), (Some(Kind::Lagging), Some(About::Financial)));
        assert_eq!((b.kind, c.kind, c.about), (Some(Kind::Leading), Some(Kind::Lagging), Some(About::Customer)));
    }

    #[test]
    fn a_perspective_is_about_what_its_framework_says_whatever_it_is_called() {
        use About::{Customer, Employee, Financial, Process};
        let perspectives = [
            ("finances", Some(Financial)),
            ("财务", Some(Financial)),
            ("管理效果", Some(Financial)),
            ("客户", Some(Customer)),
            ("customers", Some(Customer)),
            ("internal", Some(Process)),
            ("内部流程", Some(Process)),
            ("learning", Some(Employee)),
            ("employees", Some(Employee)),
            ("sustainability", None),
        ];
        let criteria = perspectives.map(|(id, _)| Criterion::judged(id));
        for framework in [Framework::CrmIndexSystem, Framework::BalancedScorecard, Framework::Custom] {
            let mut tree = Tree::new(&criteria, "Overall", &mut Vec::new());
            crate::scorecard::framework::place(&mut tree, framework, |part| part.english);
            let facets = with_defaults(&tree, &inherited(&tree));
            for ((id, about), facets) in perspectives.iter().zip(&facets[1..]) {
                assert_eq!(facets.about, *about, "{id} {framework:?}");
            }
        }
    }

    #[test]
    fn a_child_inherits_what_it_does_not_say() {
        let saying = |criterion: Criterion, facets| Criterion { facets, ..criterion };
        let kind = |kind| Facets { kind: Some(kind), ..Facets::default() };
        let measured = Criterion::indicator("a", Measure::target(0, 1));
        let other = saying(Criterion::judged("b"), kind(Kind::Lagging));
        let objective = saying(Criterion::group("o", [measured, other]), kind(Kind::Leading));
        let term = Facets { term: Some(Term::Long), ..Facets::default() };
        let perspectives = [saying(Criterion::group("customer", [objective]), term)];
        let tree = Tree::new(&perspectives, "Overall", &mut Vec::new());
        let facets = with_defaults(&tree, &inherited(&tree));
        let [_, customer, o, a, b] = <[Facets; 5]>::try_from(facets).unwrap();
        assert_eq!((customer.kind, customer.term, customer.about), (None, Some(Term::Long), Some(About::Customer)));
        assert_eq!((o.kind, o.term), (Some(Kind::Leading), Some(Term::Long)));
        assert_eq!(
            (a.kind, a.nature, a.about),
            (Some(Kind::Leading), Some(Nature::Quantitative), Some(About::Customer))
        );
        assert_eq!((b.kind, b.nature, b.term), (Some(Kind::Lagging), Some(Nature::Qualitative), Some(Term::Long)));
    }
}
