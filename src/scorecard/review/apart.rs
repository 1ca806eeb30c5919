//! Leading and lagging, process and effect indicators, each rolled up by themselves beside the score.

use super::Card;
use crate::amount::Lowering;
use crate::model::{CellId, Id, Naming, Unit};
use crate::scorecard::Node;
use crate::scorecard::facet::{Facets, Kind, Role};
use crate::scorecard::selection::{self, Criteria, Selection};
use std::sync::Arc;

/// Indicators that are rolled up apart from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Apart {
    Leading,
    Lagging,
    Process,
    Effect,
}

/// The figures of such indicators under one criterion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ApartCells {
    pub(crate) apart: Apart,
    /// The whole or a perspective.
    pub(crate) of: usize,
    pub(crate) score: CellId,
    pub(crate) coverage: CellId,
}

impl Apart {
    const ALL: [Self; 4] = [Self::Leading, Self::Lagging, Self::Process, Self::Effect];

    /// The name in ids of figures and in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Lagging => "lagging",
            Self::Process => "process_indicators",
            Self::Effect => "effect_indicators",
        }
    }

    fn has(self, facets: &Facets) -> bool {
        match self {
            Self::Leading => facets.kind == Some(Kind::Leading),
            Self::Lagging => facets.kind == Some(Kind::Lagging),
            Self::Process => facets.role == Some(Role::Process),
            Self::Effect => facets.role == Some(Role::Effect),
        }
    }

    /// The last parts of the ids of score and coverage, and what readers see.
    fn namings(self, node: &Node) -> [Naming; 2] {
        let [score, coverage] = match self {
            Self::Leading => [
                ("leading.score", "score of leading indicators"),
                ("leading.coverage", "coverage of leading indicators"),
            ],
            Self::Lagging => [
                ("lagging.score", "score of lagging indicators"),
                ("lagging.coverage", "coverage of lagging indicators"),
            ],
            Self::Process => [
                ("process_indicators.score", "score of process indicators"),
                ("process_indicators.coverage", "coverage of process indicators"),
            ],
            Self::Effect => [
                ("effect_indicators.score", "score of effect indicators"),
                ("effect_indicators.coverage", "coverage of effect indicators"),
            ],
        };
        [score, coverage].map(|(part, aspect)| {
            let id = Id::of(Arc::clone(&node.figures), part);
            Naming::new(id).label(Arc::clone(&node.name), aspect).unit(Unit::Share)
        })
    }
}

/// The score of each kind that indicators say they are, of the whole and of each perspective that has any.
pub(super) fn define(lowering: &mut Lowering, card: &Card) -> Vec<ApartCells> {
    let mut defined = Vec::new();
    for apart in Apart::ALL {
        let those: Vec<usize> =
            card.indicators.iter().copied().filter(|index| apart.has(&card.facets(*index))).collect();
        if those.is_empty() {
            continue;
        }
        let whole = (0, those.clone());
        let perspectives = card.tree.nodes.iter().enumerate();
        let perspectives = perspectives.filter(|(_, node)| node.depth == 1 && !node.children.is_empty());
        let mut under: Vec<(usize, Vec<usize>)> = perspectives.map(|(index, _)| (index, Vec::new())).collect();
        for index in those {
            let perspective = card.perspective(index);
            // perspectives stand in the order of the tree
            if let Ok(place) = under.binary_search_by_key(&perspective, |(index, _)| *index)
                && let Some((_, members)) = under.get_mut(place)
            {
                members.push(index);
            }
        }
        for (of, members) in [whole].into_iter().chain(under).filter(|(_, members)| !members.is_empty()) {
            let Some(node) = card.tree.node(of) else { continue };
            let criteria = Criteria { weights: card.weights, cells: card.scored, missing: card.missing };
            let Selection { score, coverage, .. } =
                selection::define(lowering, criteria, &members, apart.namings(node));
            defined.push(ApartCells { apart, of, score, coverage });
        }
    }
    defined
}

#[cfg(test)]
mod tests {
    use crate::Draft;
    use crate::appraisal::testing::Figures;
    use crate::model::Cause;
    use crate::scorecard::{Criterion, Facets, Kind, Measure, MissingPolicy, Role, Scorecard};
    use rust_decimal::{Decimal, dec};

    fn indicator(id: &str, weight: Decimal, actual: Option<Decimal>, kind: Kind) -> Criterion {
        let measure = Measure { actual: actual.map(Into::into), ..Measure::target(0, 1) };
        let facets = Facets { kind: Some(kind), ..Facets::default() };
        Criterion { facets, ..Criterion::indicator(id, measure).weighing(weight) }
    }

    fn card(missing: MissingPolicy) -> Figures {
        use Kind::{Lagging, Leading};
        let customer = [
            indicator("a", dec!(0.5), Some(dec!(0.8)), Leading),
            indicator("b", dec!(0.25), None, Leading),
            indicator("c", dec!(0.25), Some(dec!(0.4)), Lagging),
        ];
        let facets = Facets { role: Some(Role::Effect), ..Facets::default() };
        let financial = [indicator("d", dec!(1), Some(dec!(0.2)), Leading)];
        let card = Scorecard::new([
            Criterion::group("customer", customer).weighing(dec!(0.6)),
            Criterion { facets, ..Criterion::group("financial", financial) }.weighing(dec!(0.4)),
        ]);
        Figures::of(Draft { scorecard: Some(Scorecard { missing, ..card }), ..Draft::default() })
    }

    #[test]
    fn kinds_are_rolled_up_by_overall_weight() {
        let card = card(MissingPolicy::Exclude);
        // (0.3 x 0.8 + 0.4 x 0.2) / (0.3 + 0.4); b has no value
        assert_eq!(card.get("scorecard.leading.score").round_dp(10), dec!(0.4571428571));
        assert_eq!(card.get("scorecard.lagging.score"), dec!(0.4));
        assert_eq!(card.get("scorecard.customer.leading.score"), dec!(0.8));
        assert_eq!(card.get("scorecard.financial.leading.score"), dec!(0.2));
        // 0.7 of 0.85
        assert_eq!(card.get("scorecard.leading.coverage").round_dp(10), dec!(0.8235294118));
        assert_eq!(card.get("scorecard.effect_indicators.score"), dec!(0.2));
        assert_eq!(card.0.base().figure("scorecard.process_indicators.score"), None);
        assert_eq!(card.0.base().figure("scorecard.financial.lagging.score"), None);
    }

    #[test]
    fn missing_scores_follow_the_policy_of_the_scorecard() {
        // (0.3 x 0.8 + 0.15 x 0 + 0.4 x 0.2) / 0.85
        let worst = card(MissingPolicy::Worst);
        assert_eq!(worst.get("scorecard.leading.score").round_dp(10), dec!(0.3764705882));
        assert_eq!(card(MissingPolicy::Fail).cause("scorecard.leading.score"), Cause::NoData);
    }

    #[test]
    fn what_is_judged_has_no_score_but_a_reason() {
        let facets = Facets { kind: Some(Kind::Leading), ..Facets::default() };
        let judged = Criterion { facets, ..Criterion::judged("a") };
        let figures = Figures::of(Draft { scorecard: Some(Scorecard::new([judged])), ..Draft::default() });
        assert_eq!(figures.cause("scorecard.leading.score"), Cause::NotMeasured);
        assert_eq!(figures.get("scorecard.leading.coverage"), Decimal::ZERO);
    }
}
