//! Frameworks: which perspectives a scorecard has, which of them drive the others, and which way they look.

use super::{Criterion, Tree};
use std::sync::Arc;

/// What the top of the tree stands for.
///
/// A framework gives perspectives their names, says which of them drive the others and which groups of the catalogue of
/// indicators belong to them. The order of a document stays as it is written.
///
/// **Sources**: Kaplan, Norton (1996), *The balanced scorecard*; Lynch, Cross (1991), *Measure up!*, for the performance
/// pyramid. The CRM index system is that of Chinese course texts on customer relationship management.
///
/// ```
/// use appraise::scorecard::Framework;
///
/// let parts = Framework::CrmIndexSystem.parts();
/// let ids: Vec<&str> = parts.iter().map(|part| part.id).collect();
/// assert_eq!(ids, ["management_effect", "financial", "customer", "internal_process", "learning_growth"]);
/// assert_eq!(parts[3].parts.len(), 3); // innovation, operations, after-sales service
/// assert_eq!(Framework::BalancedScorecard.skeleton().len(), 4);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Framework {
    /// Kaplan and Norton: financial, customer, internal process, learning and growth.
    #[default]
    BalancedScorecard,
    /// For customer relationship management: the balanced scorecard, the internal process in three stages, and the effect
    /// on the management of assets, inventory and receivables.
    CrmIndexSystem,
    /// Lynch and Cross: from operations over operating systems to business units, with an external and an internal side.
    PerformancePyramid,
    /// Perspectives of one's own.
    Custom,
}

/// Which way a measure looks: at the effect on customers and markets, or at the efficiency inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// External effectiveness.
    External,
    /// Internal efficiency.
    Internal,
}

impl Side {
    /// Both sides and their names in a document.
    pub const ALL: [(&'static str, Side); 2] = [("external", Side::External), ("internal", Side::Internal)];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::External => "external",
            Self::Internal => "internal",
        }
    }
}

/// A perspective of a framework, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameworkPart {
    /// The id by which a criterion is known as this part.
    pub id: &'static str,
    /// Other ids that mean the same.
    pub aliases: &'static [&'static str],
    /// Its name in English.
    pub english: &'static str,
    /// Its name in Chinese.
    pub chinese: &'static str,
    /// The side it is on, where the framework has sides.
    pub side: Option<Side>,
    /// What drives comes first: a cause has a lower number than its effect.
    pub order: u8,
    /// The groups of the catalogue of indicators that belong to it.
    pub catalogue: &'static [&'static str],
    /// What it is made of.
    pub parts: &'static [FrameworkPart],
}

impl FrameworkPart {
    /// A perspective with the order and the groups of the catalogue that belong to it.
    const fn new(
        (id, english, chinese): (&'static str, &'static str, &'static str),
        order: u8,
        catalogue: &'static [&'static str],
    ) -> Self {
        Self { id, aliases: &[], english, chinese, side: None, order, catalogue, parts: &[] }
    }

    const fn also(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    const fn on(self, side: Side) -> Self {
        Self { side: Some(side), ..self }
    }

    const fn of(self, parts: &'static [FrameworkPart]) -> Self {
        Self { parts, ..self }
    }

    /// Whether a criterion of that id is this part.
    pub fn is(&self, id: &str) -> bool {
        self.id == id || self.aliases.contains(&id)
    }
}

const FINANCIAL: FrameworkPart =
    FrameworkPart::new(("financial", "Financial", "财务"), 3, &["financial"]).also(&["finance", "finances", "财务"]);
const CUSTOMER: FrameworkPart =
    FrameworkPart::new(("customer", "Customer", "客户"), 2, &["customer", "marketing"]).also(&["客户", "顾客"]);
const INTERNAL_PROCESS: FrameworkPart = FrameworkPart::new(
    ("internal_process", "Internal process", "内部流程"),
    1,
    &["internal_process", "sales_funnel", "service"],
)
.also(&["process", "processes", "internal_processes", "internal", "内部流程", "内部经营过程"]);
const LEARNING_GROWTH: FrameworkPart =
    FrameworkPart::new(("learning_growth", "Learning and growth", "学习与成长"), 0, &["learning_growth"]).also(&[
        "learning",
        "learning_and_growth",
        "学习与成长",
    ]);

const BALANCED_SCORECARD: [FrameworkPart; 4] = [FINANCIAL, CUSTOMER, INTERNAL_PROCESS, LEARNING_GROWTH];

const CRM_INDEX_SYSTEM: [FrameworkPart; 5] = [
    FrameworkPart::new(("management_effect", "Management effect", "管理效果"), 3, &["management_effect"])
        .also(&["管理效果"]),
    FINANCIAL,
    CUSTOMER,
    FrameworkPart { catalogue: &["internal_process"], ..INTERNAL_PROCESS }.of(&[
        FrameworkPart::new(("innovation", "Innovation", "创新"), 1, &["internal_process"]).also(&["创新"]),
        FrameworkPart::new(("operations", "Operations", "经营"), 1, &["sales_funnel"]).also(&["经营"]),
        FrameworkPart::new(("after_sales", "After-sales service", "售后服务"), 1, &["service"]).also(&["售后服务"]),
    ]),
    LEARNING_GROWTH,
];

/// Flexibility stands in the middle: it serves the market with deliveries and the finances with short cycles.
const PERFORMANCE_PYRAMID: [FrameworkPart; 2] = [
    FrameworkPart::new(("market", "Market", "市场"), 2, &["marketing"]).also(&["市场"]).on(Side::External).of(&[
        FrameworkPart::new(("customer_satisfaction", "Customer satisfaction", "顾客满意度"), 1, &["customer"])
            .also(&["顾客满意度", "客户满意度"])
            .on(Side::External)
            .of(&[
                FrameworkPart::new(("quality", "Quality", "质量"), 0, &["service"]).also(&["质量"]).on(Side::External),
                FrameworkPart::new(("delivery", "Delivery", "交货"), 0, &["service"])
                    .also(&["交货"])
                    .on(Side::External),
            ]),
        FrameworkPart::new(("flexibility", "Flexibility", "灵活性"), 1, &["learning_growth"]).also(&["灵活性"]),
    ]),
    FrameworkPart { order: 2, ..FINANCIAL }.on(Side::Internal).of(&[FrameworkPart::new(
        ("productivity", "Productivity", "生产率"),
        1,
        &["internal_process", "management_effect"],
    )
    .also(&["生产率"])
    .on(Side::Internal)
    .of(&[
        FrameworkPart::new(("cycle_time", "Cycle time", "周转期"), 0, &["sales_funnel"])
            .also(&["周转期"])
            .on(Side::Internal),
        FrameworkPart::new(("waste", "Waste", "浪费"), 0, &["internal_process"]).also(&["浪费"]).on(Side::Internal),
    ])]),
];

impl Framework {
    /// Every framework and its name in a document.
    pub const ALL: [(&'static str, Framework); 4] = [
        ("balanced_scorecard", Framework::BalancedScorecard),
        ("crm_index_system", Framework::CrmIndexSystem),
        ("performance_pyramid", Framework::PerformancePyramid),
        ("custom", Framework::Custom),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::BalancedScorecard => "balanced_scorecard",
            Self::CrmIndexSystem => "crm_index_system",
            Self::PerformancePyramid => "performance_pyramid",
            Self::Custom => "custom",
        }
    }

    /// Its perspectives, the top first; none for perspectives of one's own.
    pub fn parts(self) -> &'static [FrameworkPart] {
        match self {
            Self::BalancedScorecard => &BALANCED_SCORECARD,
            Self::CrmIndexSystem => &CRM_INDEX_SYSTEM,
            Self::PerformancePyramid => &PERFORMANCE_PYRAMID,
            Self::Custom => &[],
        }
    }

    /// A scorecard with every part and nothing in it, to start from; names follow from the ids.
    pub fn skeleton(self) -> Vec<Criterion> {
        skeleton(self.parts())
    }

    /// What a perspective of that id is in the first framework that knows it.
    pub(super) fn any_part(id: &str) -> Option<&'static FrameworkPart> {
        let every = Self::ALL.into_iter().flat_map(|(_, framework)| every_part(framework.parts()));
        every.into_iter().find(|part| part.is(id))
    }

    /// Whether a part may stand anywhere in the tree. Of a pyramid every level is measured; the perspectives of the others
    /// are the top.
    fn is_loose(self) -> bool {
        self == Self::PerformancePyramid
    }

    /// What a criterion is in this framework, by where it stands.
    fn part_of(self, id: &str, depth: usize, parent: Option<&'static FrameworkPart>) -> Option<&'static FrameworkPart> {
        if self.is_loose() {
            return every_part(self.parts()).into_iter().find(|part| part.is(id));
        }
        let parts = if depth == 1 { self.parts() } else { parent?.parts };
        parts.iter().find(|part| part.is(id))
    }
}

fn skeleton(parts: &[FrameworkPart]) -> Vec<Criterion> {
    // the frameworks are three levels deep at most
    parts.iter().map(|part| Criterion::group(part.id, skeleton(part.parts))).collect()
}

/// The parts and their parts, the top first.
fn every_part(parts: &'static [FrameworkPart]) -> Vec<&'static FrameworkPart> {
    let mut every: Vec<&'static FrameworkPart> = parts.iter().collect();
    let mut next = 0;
    while let Some(part) = every.get(next) {
        let inner = part.parts;
        every.extend(inner);
        next += 1;
    }
    every
}

/// Where a criterion stands in its framework.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    /// Which part it is.
    pub(crate) part: Option<&'static FrameworkPart>,
    /// The order of the part that it is or belongs to.
    pub(crate) order: Option<u8>,
    /// Its own side, or that of what it belongs to.
    pub(crate) side: Option<Side>,
}

/// Finds the place of every criterion, and names those that have no name of their own.
pub(crate) fn place(tree: &mut Tree, framework: Framework, name: impl Fn(&FrameworkPart) -> &'static str) {
    for index in 0..tree.nodes.len() {
        let Some(node) = tree.nodes.get(index) else { continue };
        let Some(criterion) = node.criterion else { continue };
        let above = node.parent.and_then(|parent| tree.node(parent)).map(|parent| parent.place).unwrap_or_default();
        let part = framework.part_of(&node.id, node.depth, above.part);
        let place = Place {
            part,
            order: part.map(|part| part.order).or(above.order),
            side: criterion.side.or(part.and_then(|part| part.side)).or(above.side),
        };
        if let Some(node) = tree.nodes.get_mut(index) {
            node.place = place;
            if let (Some(part), None) = (part, &criterion.name) {
                node.name = name(part).into();
            }
        }
    }
}

/// How a scorecard differs from its framework.
#[derive(Debug, Clone, Default)]
pub(crate) struct Departure {
    /// Parts that no criterion is.
    pub(crate) missing: Vec<&'static FrameworkPart>,
    /// Perspectives that are no part: their ids and names.
    pub(crate) foreign: Vec<(Arc<str>, Arc<str>)>,
    /// Indicators on no side of a framework that has sides: their names.
    pub(crate) sideless: Vec<Arc<str>>,
}

/// What is missing and what is foreign; nothing for perspectives of one's own, and where a scorecard that states no
/// framework evidently follows none.
pub(crate) fn departure(tree: &Tree, framework: Framework) -> Departure {
    let found =
        |part: &FrameworkPart| tree.nodes.iter().any(|node| node.place.part.is_some_and(|own| own.id == part.id));
    let parts = if framework.is_loose() { every_part(framework.parts()) } else { framework.parts().iter().collect() };
    if framework == Framework::default() && !parts.iter().any(|part| found(part)) || parts.is_empty() {
        return Departure::default();
    }
    let has_sides = parts.iter().any(|part| part.side.is_some());
    let sideless = tree.nodes.iter().filter(|node| has_sides && node.children.is_empty() && node.place.side.is_none());
    let sideless = sideless.map(|node| Arc::clone(&node.name)).collect();
    let top = tree.nodes.iter().filter(|node| node.depth == 1 && node.place.part.is_none());
    Departure {
        missing: parts.into_iter().filter(|part| !found(part)).collect(),
        foreign: top.map(|node| (Arc::clone(&node.id), Arc::clone(&node.name))).collect(),
        sideless,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::Figures;
    use crate::scorecard::{Measure, Scorecard};

    #[test]
    fn parts_are_told_apart_and_have_names_in_both_languages() {
        for (name, framework) in Framework::ALL {
            assert_eq!(framework.name(), name);
            let parts = every_part(framework.parts());
            let mut words: Vec<&str> =
                parts.iter().flat_map(|part| part.aliases.iter().copied().chain([part.id])).collect();
            let count = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), count, "{name}");
            assert!(parts.iter().all(|part| part.english.is_ascii() && !part.chinese.is_ascii()));
            assert!(parts.iter().all(|part| !part.catalogue.is_empty()));
        }
    }

    #[test]
    fn a_skeleton_is_a_scorecard_that_lacks_nothing() {
        for (_, framework) in Framework::ALL.into_iter().filter(|(_, framework)| *framework != Framework::Custom) {
            let card = Scorecard { framework, ..Scorecard::new(framework.skeleton()) };
            let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
            let findings = figures.0.base().report().findings;
            assert!(findings.iter().all(|finding| !finding.code.starts_with("framework")), "{findings:?}");
        }
    }

    #[test]
    fn every_group_of_the_catalogue_belongs_somewhere() {
        let groups =
            ["customer", "financial", "internal_process", "learning_growth", "marketing", "sales_funnel", "service"];
        for framework in [Framework::BalancedScorecard, Framework::CrmIndexSystem, Framework::PerformancePyramid] {
            let parts = every_part(framework.parts());
            for group in groups {
                assert!(parts.iter().any(|part| part.catalogue.contains(&group)), "{group}");
            }
        }
    }

    #[test]
    fn names_follow_from_ids_where_none_is_given() {
        let indicator = |id: &str| Criterion::indicator(id, Measure::target(0, 1).actual(1));
        let card = Scorecard::new([
            Criterion::group("learning", [indicator("x")]),
            Criterion::group("customer", [indicator("financial")]).named("Our customers"),
        ]);
        let report = Figures::of(Draft { scorecard: Some(card), ..Draft::default() }).0.base().report();
        let names: Vec<String> = report.scorecard.unwrap().criteria.iter().map(|row| row.name.to_string()).collect();
        // only perspectives are parts of a balanced scorecard
        assert_eq!(names, ["Overall", "Learning and growth", "x", "Our customers", "financial"]);
    }
}
