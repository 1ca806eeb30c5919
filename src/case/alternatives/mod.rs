//! Ways of going about it side by side: stay as it is, vendor A, vendor B; same years, same rate, same conventions.

mod disagreement;
mod increment;
mod pair;
mod ranking;
mod unequal_lives;

pub use disagreement::WhyDifferent;
pub(crate) use disagreement::{Known, reasons as why_different};
pub(crate) use increment::IncrementCells;
pub(crate) use pair::PairCells;
pub use ranking::RankedBy;
pub(crate) use ranking::RankingCells;

use super::{ALTERNATIVES, BenefitError, Losses, Plan, PlanCells, Scope, Setting, define_plan};
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Naming, Shape, Unit, is_name};
use rust_decimal::Decimal;
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
    /// An id that the names of figures need for themselves.
    #[error("`{id}` is reserved for figures of alternatives together")]
    ReservedId {
        /// The id as written.
        id: String,
    },
    /// More alternatives than can be looked at side by side.
    #[error("there are {count} alternatives, and at most {most} are compared")]
    TooMany {
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// A life of no year.
    #[error("`{id}` lasts 0 years")]
    NoLife {
        /// The alternative.
        id: String,
    },
    /// A life beyond the last year that anything is stated for.
    #[error("`{id}` lasts {life} years, and the horizon ends after {years}")]
    LifeBeyondHorizon {
        /// The alternative.
        id: String,
        /// Its life in years.
        life: u32,
        /// The horizon in years.
        years: u32,
    },
    /// Two alternatives of one id.
    #[error("there are two alternatives `{id}`")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// Two alternatives that readers cannot tell apart.
    #[error("there are two alternatives called `{name}`")]
    DuplicateName {
        /// The name that readers see.
        name: String,
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
            Self::ReservedId { id } => format!("write `{id}_option` or another word; a `name:` may hold any text"),
            Self::TooMany { .. } => "compare those that are left after a first look at costs".to_owned(),
            Self::NoLife { .. } => {
                "write the years after the purchase in which it is in use, as in `life: 3`".to_owned()
            }
            Self::LifeBeyondHorizon { life, .. } => {
                format!("write `horizon: {{years: {life}}}`, which is common to all alternatives, or a shorter `life:`")
            }
            Self::DuplicateId { .. } => "give each alternative an id of its own".to_owned(),
            Self::DuplicateName { .. } => "give each a `name:` of its own".to_owned(),
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
    /// The years after the purchase in which it is in use; as long as the horizon where nothing is said. Nothing is counted
    /// after them.
    pub life: Option<u32>,
    /// What it costs and brings.
    pub plan: Plan,
}

impl Alternative {
    /// An alternative that says nothing yet.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), name: None, baseline: false, life: None, plan: Plan::default() }
    }
}

/// Where the figures of an alternative are.
#[derive(Debug, Clone)]
pub(crate) struct AlternativeCells {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) is_baseline: bool,
    /// The years after the purchase in which it is in use.
    pub(crate) life: u32,
    /// The present value of its costs; after tax where losses are offset or nobody states benefits, which else bear it.
    pub(crate) cost: Option<CellId>,
    /// What it costs in each year of its life, all years alike.
    pub(crate) annual_cost: Option<CellId>,
    /// What it brings in each of them, all years alike, less tax where there is one.
    pub(crate) annual_benefit: Option<CellId>,
    /// What its net benefits are in each year of its life, all years alike, where they are no business case.
    pub(crate) annual_value: Option<CellId>,
    pub(crate) plan: PlanCells,
    /// Benefits minus costs by year; what is not stated counts as zero.
    pub(crate) flow: CellId,
}

/// Where the figures of all alternatives together are.
#[derive(Debug, Clone, Default)]
pub(crate) struct ComparedCells {
    /// For each alternative, over the baseline; `None` for the baseline itself, and where there is none.
    pub(crate) increments: Vec<Option<IncrementCells>>,
    pub(crate) pairs: Vec<PairCells>,
    pub(crate) rankings: Vec<RankingCells>,
    pub(crate) headline: Option<RankedBy>,
    /// What the money of all of them is discounted at.
    pub(crate) rate: Option<CellId>,
    /// What the baseline brings over itself.
    zero: Option<CellId>,
}

/// Ids that figures of alternatives together need.
const RESERVED: [&str; 2] = ["pairs", "crossover"];

/// Each is compared with all others.
const MOST_ALTERNATIVES: usize = 100;

/// Whether some alternatives last longer than others.
pub(crate) fn has_unequal_lives(alternatives: &[AlternativeCells]) -> bool {
    let mut lives = alternatives.iter().map(|alternative| alternative.life);
    let first = lives.next();
    lives.any(|life| Some(life) != first)
}

/// The measure that decides: what each adds, over the baseline where some state no benefits, a year where lives are unequal;
/// the costs where nobody states benefits.
fn headline(alternatives: &[AlternativeCells]) -> RankedBy {
    let unequal = has_unequal_lives(alternatives);
    let brings = alternatives.iter().filter(|alternative| alternative.plan.benefits.is_some()).count();
    let has_case = alternatives.iter().filter(|alternative| alternative.plan.case.is_some()).count();
    let has_baseline = alternatives.iter().any(|alternative| alternative.is_baseline);
    match (brings, unequal) {
        (0, false) => RankedBy::CostPresentValue,
        (0, true) => RankedBy::EquivalentAnnualCost,
        (_, true) => RankedBy::EquivalentAnnualValue,
        _ if has_case < alternatives.len() && has_baseline => RankedBy::IncrementNpv,
        (_, false) => RankedBy::Npv,
    }
}

/// Defines what can be said of the alternatives together.
pub(crate) fn define_compared(
    lowering: &mut Lowering,
    common: Setting,
    alternatives: &[AlternativeCells],
) -> ComparedCells {
    let mut compared = ComparedCells::default();
    if alternatives.is_empty() {
        return compared;
    }
    let baseline = alternatives.iter().find(|alternative| alternative.is_baseline);
    for alternative in alternatives {
        let over = baseline.filter(|_| !alternative.is_baseline);
        let increment = over.map(|baseline| increment::define(lowering, common, alternative, baseline));
        compared.increments.push(increment);
    }
    compared.zero = baseline.filter(|_| alternatives.len() > 1).map(|baseline| {
        let naming = Naming::new(baseline.plan.scope.id("increment.npv"));
        let naming = naming.label(baseline.plan.scope.subject("Over the baseline"), "net present value");
        lowering.cells.input(naming.unit(Unit::Money), Shape::Scalar, [Some(Decimal::ZERO)])
    });
    compared.pairs = pair::define_all(lowering, common, alternatives);
    compared.rankings = ranking::define_all(lowering, alternatives, &compared);
    compared.headline = Some(headline(alternatives));
    compared.rate = Some(common.discounting.rates.discount);
    compared
}

/// Defines the figures of every alternative.
pub(crate) fn define(
    lowering: &mut Lowering,
    common: Setting,
    (own, alternatives): (&Plan, &[Alternative]),
) -> Vec<AlternativeCells> {
    let mut defined = Vec::with_capacity(alternatives.len());
    let (mut seen, mut names) = (HashSet::new(), HashSet::new());
    let mut baseline: Option<&str> = None;
    for (key, is_there) in
        [("costs", own.costs.is_some()), ("benefits", own.benefits.is_some()), ("financing", own.financing.is_some())]
    {
        if is_there && !alternatives.is_empty() {
            lowering.problem(key, AlternativeError::BesidesOwnPlan);
        }
    }
    if alternatives.len() > MOST_ALTERNATIVES {
        let error = AlternativeError::TooMany { count: alternatives.len(), most: MOST_ALTERNATIVES };
        lowering.problem(ALTERNATIVES, error);
        return defined;
    }
    let costs_alone = alternatives.iter().all(|alternative| alternative.plan.benefits.is_none());
    let have_benefits = alternatives.iter().any(|alternative| alternative.plan.benefits.is_some());
    for rule in own.overlaps.iter().filter(|_| have_benefits) {
        let plans = || alternatives.iter().map(|alternative| &alternative.plan);
        if !plans().any(|plan| plan.has_overlap(&rule.group)) {
            let known = plans().flat_map(|plan| plan.benefits.iter().flatten());
            let nearest = lowering.nearest(&rule.group, known.filter_map(|benefit| benefit.overlap.as_deref()));
            let error = BenefitError::UnknownGroup { group: rule.group.clone(), nearest };
            lowering.problem(format!("overlaps.{}", rule.group), error);
        }
    }
    let life = |alternative: &Alternative| alternative.life.unwrap_or(lowering.years);
    let unequal_lives =
        alternatives.iter().any(|one| alternatives.first().is_some_and(|first| life(one) != life(first)));
    // what costs save of tax can be told apart from benefits for all of them, or for none
    let are_costs_taxed = common.tax.is_some_and(|(_, losses)| costs_alone || losses == Losses::Offset);
    for alternative in alternatives {
        let at = format!("{ALTERNATIVES}.{}", alternative.id);
        let id = || alternative.id.clone();
        if !is_name(&alternative.id) {
            lowering.problem(&*at, AlternativeError::InvalidId { id: id() });
        } else if RESERVED.contains(&&*alternative.id) {
            lowering.problem(&*at, AlternativeError::ReservedId { id: id() });
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
        if !names.insert(name) {
            let key = if alternative.name.is_some() { ".name" } else { "" };
            lowering.problem(format!("{at}{key}"), AlternativeError::DuplicateName { name: name.to_owned() });
        }
        let scope = Scope::alternative(&alternative.id, name);
        let years = lowering.years;
        let life = alternative.life.unwrap_or(years);
        if life == 0 {
            lowering.problem(format!("{at}.life"), AlternativeError::NoLife { id: id() });
        } else if life > years {
            lowering.problem(format!("{at}.life"), AlternativeError::LifeBeyondHorizon { id: id(), life, years });
        }
        let ends_early = (life < years).then(|| unequal_lives::define_life(lowering, common, &scope, life));
        let stated = common.common.of_plan(lowering, &scope, (&alternative.plan, life));
        let plain = Setting { scope: &scope, common: stated, ..common };
        let setting = ends_early.map_or(plain, |(in_use, annuity_factor)| {
            let discounting = common.discounting.over_a_life(annuity_factor);
            Setting { discounting, in_use: Some(in_use), last_year: life, ..plain }
        });
        // what overlaps how much may be said once for all of them
        let overlaps = match alternative.plan.overlaps.is_empty() {
            true => own.overlaps.iter().filter(|rule| alternative.plan.has_overlap(&rule.group)).cloned().collect(),
            false => alternative.plan.overlaps.clone(),
        };
        let stated = Plan { overlaps, ..alternative.plan.clone() };
        let plan = define_plan(lowering, setting, &stated);
        let flow = plan.net().unwrap_or_else(|| {
            let naming =
                Naming::new(scope.id("net")).label(scope.subject("Business case"), "net benefit by year, as stated");
            let rows = (plan.benefits_by_year(), plan.costs_by_year());
            increment::define_difference(lowering, naming.unit(Unit::Money), rows)
        });
        let (id, name) = (alternative.id.as_str().into(), name.into());
        let is_baseline = baseline == Some(&*alternative.id);
        let after_tax = plan.costs_after_tax().filter(|_| are_costs_taxed);
        let before_tax = || Some((plan.costs.as_ref()?.totals.present_value, plan.views.as_ref()?.equivalent_annual));
        let (cost, annual_cost) = after_tax.or_else(before_tax).unzip();
        let annual_benefit = plan.benefit_totals().map(|benefits| {
            let is_taxed = plan.taxed().is_some();
            let aspect = if is_taxed { "equivalent annual benefit, less tax" } else { "equivalent annual benefit" };
            let naming = Naming::new(scope.id("benefits.equivalent_annual")).label(scope.subject("Benefits"), aspect);
            let annual =
                Expression::cell(benefits.present_value) / Expression::cell(setting.discounting.annuity_factor);
            lowering.cells.formula(naming.unit(Unit::Money), annual)
        });
        let annual_value = (plan.case.is_none() && !costs_alone && unequal_lives).then(|| {
            let worth = setting.discounting.present_value(lowering, flow);
            let naming = Naming::new(scope.id("net.equivalent_annual"))
                .label(scope.subject("Business case"), "equivalent annual value");
            let annual = worth / Expression::cell(setting.discounting.annuity_factor);
            lowering.cells.formula(naming.unit(Unit::Money), annual)
        });
        defined.push(AlternativeCells {
            id,
            name,
            is_baseline,
            life,
            cost,
            annual_cost,
            annual_benefit,
            annual_value,
            plan,
            flow,
        });
    }
    defined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Benefit, BenefitKind, Category, CostLine, Plan};
    use crate::model::Cause;
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

    fn baseline(alternative: Alternative) -> Alternative {
        Alternative { baseline: true, ..alternative }
    }

    fn costs_only(id: &str, price: i64) -> Alternative {
        let alternative = buy(id, price, 0);
        Alternative { plan: Plan { benefits: None, ..alternative.plan }, ..alternative }
    }

    #[test]
    fn over_the_baseline() {
        let figures = Figures::of(draft(vec![baseline(costs_only("stay", 20)), buy("b", 70, 100)]));
        // 50 more at first, 100 a year that nobody stated for the baseline
        assert_eq!(figures.get("alternatives.b.increment.costs.present_value"), dec!(50));
        assert_eq!(figures.get("alternatives.b.increment.net.0"), dec!(-50));
        assert_eq!(figures.get("alternatives.b.increment.npv"), dec!(94)); // 100/1.25 + 100/1.5625 - 50
        assert_eq!(figures.get("alternatives.b.increment.roi"), dec!(1.88));
        assert_eq!(figures.get("alternatives.b.increment.payback"), dec!(0.5));
        assert_eq!(figures.get("alternatives.stay.increment.npv"), dec!(0));
        assert_eq!(figures.get("alternatives.stay.net.0"), dec!(-20));
        assert_eq!(figures.get("alternatives.pairs.stay.b.npv"), dec!(94));
        assert_eq!(figures.get("ranking.increment_npv.b"), dec!(1));
        assert_eq!(figures.get("ranking.increment_npv.stay"), dec!(2));
        assert_eq!(figures.cause("ranking.npv.stay"), Cause::NoBenefits);
        // whoever costs less than the baseline has no return on extra costs
        let cheaper = Figures::of(draft(vec![baseline(buy("a", 70, 10)), buy("b", 20, 10)]));
        assert_eq!(cheaper.get("alternatives.b.increment.npv"), dec!(50));
        assert_eq!(cheaper.cause("alternatives.b.increment.roi"), Cause::NotPositive);
    }

    #[test]
    fn ties_share_a_rank_and_the_next_is_as_many_further() {
        let figures = Figures::of(draft(vec![buy("a", 10, 50), buy("b", 40, 50), buy("c", 10, 50)]));
        let ranks = |measure: &str| ["a", "b", "c"].map(|id| figures.get(&format!("ranking.{measure}.{id}")));
        assert_eq!(ranks("npv"), [dec!(1), dec!(3), dec!(1)]);
        assert_eq!(ranks("cost_present_value"), [dec!(1), dec!(3), dec!(1)]);
        assert_eq!(ranks("roi"), [dec!(1), dec!(3), dec!(1)]);
        assert_eq!(figures.get("ranking.values.npv.b"), dec!(32));
    }

    #[test]
    fn the_crossover_is_where_both_are_worth_the_same() {
        let late = Benefit {
            annual: Some(crate::Amount::PerYear(vec![dec!(0), dec!(200)])),
            ..Benefit::new("hours", BenefitKind::Saving)
        };
        let late = Alternative {
            plan: Plan { benefits: Some(vec![late]), ..buy("late", 100, 0).plan },
            ..Alternative::new("late")
        };
        let figures = Figures::of(draft(vec![buy("early", 100, 90), late]));
        // 90 (1 + r) = 110
        assert_eq!(figures.get("alternatives.crossover.early.late").round_dp(10), dec!(0.2222222222));
        assert_eq!(figures.get("alternatives.pairs.early.late.npv"), dec!(1.6));
        assert_eq!(figures.get("alternatives.pairs.early.late.extra_initial"), dec!(0));
    }

    #[test]
    fn tax_is_saved_by_those_that_bring_nothing_as_well() {
        let stay = CostLine { annual: Some(100.into()), ..CostLine::new(Category::Staff, "by_hand") };
        let stay = Alternative {
            baseline: true,
            plan: Plan { costs: Some(vec![stay]), ..Plan::default() },
            ..Alternative::new("stay")
        };
        let tax = Some(crate::case::Tax::at(dec!(0.5)));
        let mixed = Figures::of(Draft { tax: tax.clone(), ..draft(vec![stay.clone(), buy("crm", 100, 150)]) });
        // after tax -50, 75, 75 against 0, -50, -50: -50 + 125 x (0.8 + 0.64)
        assert_eq!(mixed.get("alternatives.crm.increment.npv"), dec!(130));
        assert_eq!(mixed.get("ranking.increment_npv.crm"), dec!(1));
        // nobody states benefits: costs are compared after what they save
        let dear = CostLine { initial: Some(90.into()), ..CostLine::new(Category::Licences, "dear") };
        let dear =
            Alternative { plan: Plan { costs: Some(vec![dear]), ..Plan::default() }, ..Alternative::new("dear") };
        let costs = Figures::of(Draft { tax, ..draft(vec![stay, dear]) });
        assert_eq!(costs.get("alternatives.stay.costs.after_tax.present_value"), dec!(72));
        assert_eq!(costs.get("ranking.cost_present_value.dear"), dec!(1));
        // 144 before tax are 72 after it, whoever else states benefits; 100 at once save 50 in the same year
        assert_eq!(mixed.get("alternatives.stay.costs.after_tax.present_value"), dec!(72));
        assert_eq!(mixed.get("alternatives.crm.costs.after_tax.present_value"), dec!(50));
        assert_eq!(mixed.get("ranking.values.cost_present_value.stay"), dec!(72));
        assert_eq!(costs.get("alternatives.dear.increment.npv"), dec!(27));
    }

    #[test]
    fn what_lasts_shorter_is_compared_by_the_year() {
        let of = |id: &str, life, initial, upkeep, saved: Option<i64>| {
            let cost = CostLine { initial, annual: Some(upkeep), ..CostLine::new(Category::Other, "c") };
            let benefit = |saved: i64| Benefit { annual: Some(saved.into()), ..Benefit::new("b", BenefitKind::Saving) };
            let benefits = saved.map(|saved| vec![benefit(saved)]);
            Alternative {
                life,
                plan: Plan { costs: Some(vec![cost]), benefits, ..Plan::default() },
                ..Alternative::new(id)
            }
        };
        let stay = baseline(of("stay", None, None, 100.into(), None));
        let long = of("long", None, Some(250.into()), 20.into(), Some(30));
        let stopgap = of("stopgap", Some(1), Some(36.into()), 60.into(), Some(1));
        let figures = Figures::of(draft(vec![stay, long, stopgap]));
        // a year: -100; 10 - 250 / 1.44; -59 - 36 / 0.8
        let value = |id: &str| figures.get(&format!("alternatives.{id}.equivalent_annual_value")).round_dp(10);
        assert_eq!(figures.get("alternatives.stay.net.equivalent_annual"), dec!(-100));
        assert_eq!(value("long.case"), dec!(-163.6111111111));
        assert_eq!(value("stopgap.case"), dec!(-104));
        let ranks = ["stay", "long", "stopgap"].map(|id| figures.get(&format!("ranking.equivalent_annual_value.{id}")));
        assert_eq!(ranks, [1, 3, 2].map(rust_decimal::Decimal::from));
        let compared = &figures.0.parts().compared;
        assert_eq!(compared.headline, Some(RankedBy::EquivalentAnnualValue));
    }

    #[test]
    fn a_life_of_its_own_is_that_of_all_measures() {
        let short = Alternative { life: Some(1), ..buy("short", 50, 100) };
        let figures = Figures::of(draft(vec![short, buy("long", 100, 125)]));
        let figure = |id: &str| figures.get(&format!("alternatives.short.case.{id}"));
        // 50 become 100 in one year, and a year later there is nothing of it but its price
        assert_eq!(figure("roi_a_year"), dec!(1));
        assert_eq!(figure("mirr").round_dp(20), dec!(1));
        assert_eq!(figure("delayed_npv"), dec!(-40));
    }

    #[test]
    fn overlaps_of_all_are_for_those_that_have_the_group() {
        let overlap = |group: &str| crate::case::Overlap {
            group: group.to_owned(),
            counted: crate::case::Counted::Share(dec!(0.6).into()),
        };
        let mut one = buy("p", 10, 10);
        for benefit in one.plan.benefits.iter_mut().flatten() {
            benefit.overlap = Some("o".to_owned());
        }
        let second = Benefit { overlap: Some("o".to_owned()), ..Benefit::new("more", BenefitKind::Saving) };
        one.plan.benefits.iter_mut().for_each(|all| all.push(Benefit { annual: Some(10.into()), ..second.clone() }));
        let of = |group: &str| {
            let plan = Plan { overlaps: vec![overlap(group)], ..Plan::default() };
            Draft { plan, ..draft(vec![one.clone(), buy("q", 10, 10)]) }
        };
        assert_eq!(Figures::of(of("o")).get("alternatives.p.benefits.year.1"), dec!(12));
        assert_eq!(problems(of("p")), ["overlaps.p: no benefit is in the group `p`"]);
    }

    #[test]
    fn nothing_is_counted_after_its_life() {
        let short = Alternative { life: Some(1), ..buy("short", 50, 100) };
        let figures = Figures::of(draft(vec![short, buy("long", 100, 125)]));
        assert_eq!(figures.get("alternatives.short.benefits.hours.2"), dec!(0));
        assert_eq!(figures.get("alternatives.short.case.npv"), dec!(30));
        assert_eq!(figures.get("alternatives.short.case.equivalent_annual_value"), dec!(37.5)); // 30 / 0.8
        assert_eq!(figures.get("alternatives.short.costs.equivalent_annual"), dec!(62.5));
        // 80 / (0.8 + 0.64)
        assert_eq!(figures.get("alternatives.long.case.equivalent_annual_value").round_dp(10), dec!(55.5555555556));
        let lives = |life| problems(draft(vec![Alternative { life: Some(life), ..buy("a", 1, 1) }]));
        assert_eq!(lives(0), ["alternatives.a.life: `a` lasts 0 years"]);
        assert_eq!(lives(3), ["alternatives.a.life: `a` lasts 3 years, and the horizon ends after 2"]);
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
