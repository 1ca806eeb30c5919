//! Ways of going about it side by side: stay as it is, vendor A, vendor B; same years, same rate, same conventions.

use super::{ALTERNATIVES, Plan, PlanCells, Scope, Setting, define_plan};
use crate::amount::Lowering;
use crate::model::is_name;
use std::collections::HashSet;
use std::sync::Arc;

/// What can be wrong with alternatives.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AlternativeError {
    /// An id that figure names cannot hold.
    #[error("`{id}` cannot be the id of an alternative")]
    InvalidId {
        /// The id as written.
        id: String,
    },
    /// Two alternatives of one id.
    #[error("there are two alternatives `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// An alternative that says nothing.
    #[error("`{id}` neither costs nor brings anything")]
    Empty {
        /// The alternative.
        id: String,
    },
    /// A second baseline.
    #[error("`{first}` is the baseline already")]
    TwoBaselines {
        /// The first one.
        first: String,
    },
    /// Costs or benefits of the document itself beside those of its alternatives.
    #[error("costs and benefits belong to one of the alternatives")]
    BesidesOwnPlan,
}

impl AlternativeError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::InvalidId { .. } => {
                "start with a letter, then letters, digits and `_`; a `name:` may hold any text".to_owned()
            }
            Self::DuplicateId { .. } => "give each alternative an id of its own".to_owned(),
            Self::Empty { .. } => "add `costs:` or `benefits:`; where nothing is spent, `costs: {}`".to_owned(),
            Self::TwoBaselines { .. } => "keep one `baseline: true`".to_owned(),
            Self::BesidesOwnPlan => {
                "move it under an alternative, as in `alternatives: {buy: {costs: …}, stay: {costs: …}}`".to_owned()
            }
        })
    }
}

/// One way of going about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Its id among the alternatives.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// Whether the others are measured against it: what happens if nothing is done, mostly.
    pub baseline: bool,
    /// What it costs and brings.
    pub plan: Plan,
}

impl Alternative {
    /// An alternative that says nothing yet.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), name: None, baseline: false, plan: Plan::default() }
    }
}

/// Where the figures of an alternative are.
#[derive(Debug, Clone)]
pub(crate) struct AlternativeCells {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) is_baseline: bool,
    pub(crate) plan: PlanCells,
}

/// Defines the figures of every alternative.
pub(crate) fn define(
    lowering: &mut Lowering,
    common: Setting,
    (own, alternatives): (&Plan, &[Alternative]),
) -> Vec<AlternativeCells> {
    let mut defined = Vec::with_capacity(alternatives.len());
    let mut seen = HashSet::new();
    let mut baseline: Option<&str> = None;
    for (key, is_there) in [("costs", own.costs.is_some()), ("benefits", own.benefits.is_some())] {
        if is_there && !alternatives.is_empty() {
            lowering.problem(key, AlternativeError::BesidesOwnPlan);
        }
    }
    for alternative in alternatives {
        let at = format!("{ALTERNATIVES}.{}", alternative.id);
        let id = || alternative.id.clone();
        if !is_name(&alternative.id) {
            lowering.problem(&*at, AlternativeError::InvalidId { id: id() });
        }
        if !seen.insert(&alternative.id) {
            lowering.problem(at, AlternativeError::DuplicateId { id: id() });
            continue;
        }
        if alternative.plan.is_empty() {
            lowering.problem(&*at, AlternativeError::Empty { id: id() });
        }
        if alternative.baseline {
            match baseline {
                Some(first) => {
                    let error = AlternativeError::TwoBaselines { first: first.to_owned() };
                    lowering.problem(format!("{at}.baseline"), error);
                }
                None => baseline = Some(&alternative.id),
            }
        }
        let name = alternative.name.as_deref().unwrap_or(&alternative.id);
        let scope = Scope::alternative(&alternative.id, name);
        let setting = Setting { scope: &scope, ..common };
        defined.push(AlternativeCells {
            id: alternative.id.as_str().into(),
            name: name.into(),
            is_baseline: baseline == Some(&*alternative.id),
            plan: define_plan(lowering, setting, &alternative.plan),
        });
    }
    defined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Benefit, BenefitKind, Category, CostLine, Plan};
    use crate::{Draft, Horizon};
    use rust_decimal::dec;

    fn buy(id: &str, price: i64, saving: i64) -> Alternative {
        let cost = CostLine { initial: Some(price.into()), ..CostLine::new(Category::Licences, "crm") };
        let saved = Benefit { annual: Some(saving.into()), ..Benefit::new("hours", BenefitKind::Saving) };
        let plan = Plan { costs: Some(vec![cost]), benefits: Some(vec![saved]), ..Plan::default() };
        Alternative { plan, ..Alternative::new(id) }
    }

    fn draft(alternatives: Vec<Alternative>) -> Draft {
        Draft {
            horizon: Horizon { first_year: None, years: 2 },
            discount_rate: Some(dec!(0.25).into()),
            alternatives,
            ..Draft::default()
        }
    }

    #[test]
    fn each_has_its_own_figures_at_the_common_rate() {
        let figures = Figures::of(draft(vec![buy("a", 100, 125), buy("b", 50, 25)]));
        assert_eq!(figures.get("alternatives.a.case.npv"), dec!(80));
        assert_eq!(figures.get("alternatives.b.case.npv"), dec!(-14));
        assert_eq!(figures.get("alternatives.b.costs.licences.crm.0"), dec!(50));
        assert_eq!(figures.get("case.discount_factor.1"), dec!(0.8));
    }

    #[test]
    fn mistakes_are_placed() {
        let mut twice = vec![buy("a", 1, 1), buy("a", 1, 1), Alternative::new("b c"), buy("d", -1, 1), buy("e", 1, 1)];
        for alternative in &mut twice {
            alternative.baseline = matches!(&*alternative.id, "d" | "e");
        }
        let own = buy("own", 1, 1).plan;
        assert_eq!(
            problems(Draft { plan: own, ..draft(twice) }),
            [
                "costs: costs and benefits belong to one of the alternatives",
                "benefits: costs and benefits belong to one of the alternatives",
                "alternatives.a: there are two alternatives `a`",
                "alternatives.b c: `b c` cannot be the id of an alternative",
                "alternatives.b c: `b c` neither costs nor brings anything",
                "alternatives.d.costs.licences.crm.initial: -1 is negative, but a cost is written positive",
                "alternatives.e.baseline: `d` is the baseline already",
            ]
        );
    }
}
