//! Keys that are about parts which a draft does not have.

use super::Draft;
use super::define::Parts;
use crate::case::{IrrPolicy, Losses, Plan, Scope, Terms, Timing};
use crate::idle::Idle;
use std::collections::HashSet;

/// What is stated for nothing; amounts that are defined and never read are found by who reads the cells.
pub(super) fn look(draft: &Draft, parts: &Parts) -> Vec<(String, Idle)> {
    let mut idle = Vec::new();
    of_valuation(draft, parts, &mut idle);
    let used: HashSet<&str> = draft.plans().flat_map(Plan::currencies).collect();
    for rate in draft.exchange_rates.iter().filter(|rate| !used.contains(&*rate.currency)) {
        idle.push((format!("exchange_rates.{}", rate.currency), Idle::NothingInCurrency));
    }
    let of_alternatives = || draft.alternatives.iter().map(|alternative| &alternative.plan);
    let has_costs = draft.plan.costs.is_some() || of_alternatives().any(|plan| plan.costs.is_some());
    let has_benefits = draft.plan.benefits.is_some() || of_alternatives().any(|plan| plan.benefits.is_some());
    of_plan(&draft.plan, &Scope::default(), (has_costs, has_benefits), &mut idle);
    of_all(draft, &mut idle);
    let losses = draft.tax.as_ref().map(|tax| tax.losses).unwrap_or_default();
    if losses != Losses::default() && !has_costs {
        idle.push(("tax.losses".to_owned(), Idle::NoCosts));
    }
    for alternative in &draft.alternatives {
        let has = (alternative.plan.costs.is_some(), alternative.plan.benefits.is_some());
        of_plan(&alternative.plan, &Scope::alternative(&alternative.id, ""), has, &mut idle);
    }
    if let [only] = draft.alternatives.as_slice()
        && only.baseline
    {
        idle.push((format!("alternatives.{}.baseline", only.id), Idle::NothingToCompare));
    }
    idle
}

/// What the document says for all its alternatives, where none of them follows it.
fn of_all(draft: &Draft, idle: &mut Vec<(String, Idle)>) {
    let alternatives = || draft.alternatives.iter();
    let mut tell = |key: &str, is_stated: bool, own: &dyn Fn(&Plan) -> bool, is_about: &dyn Fn(&Plan) -> bool| {
        let mut about = alternatives().filter(|one| is_about(&one.plan)).peekable();
        if is_stated && about.peek().is_some() && about.all(|one| own(&one.plan)) {
            idle.push((key.to_owned(), Idle::EachItsOwn));
        }
    };
    let has_costs = |plan: &Plan| plan.costs.is_some();
    tell("users", draft.plan.users.is_some(), &|plan| plan.users.is_some(), &has_costs);
    tell("deployment", draft.plan.deployment.is_some(), &|plan| plan.deployment.is_some(), &has_costs);
    tell("reserves", draft.plan.reserves.is_some(), &|plan| plan.reserves.is_some(), &has_costs);
    let has_own = |plan: &Plan| !plan.overlaps.is_empty();
    tell("overlaps", has_own(&draft.plan), &has_own, &|plan| plan.benefits.is_some());
    let mut following = alternatives().filter(|one| one.plan.costs.is_some() && one.plan.reserves.is_none()).peekable();
    if let Some(reserves) = &draft.plan.reserves
        && following.peek().is_some()
        && following.all(|one| one.life.is_some_and(|life| life < reserves.from))
    {
        idle.push(("reserves.from".to_owned(), Idle::AfterAllLives));
    }
}

fn of_valuation(draft: &Draft, parts: &Parts, idle: &mut Vec<(String, Idle)>) {
    let valuation = &draft.valuation;
    let has_plan = !draft.plan.is_empty() || !draft.alternatives.is_empty();
    let has_returns = parts.plans().any(|plan| plan.case.is_some())
        || parts.compared.increments.iter().any(Option::is_some)
        || !draft.cash_flows.is_empty();
    let has_rates = has_returns || !parts.compared.pairs.is_empty();
    let mut tell = |key: &str, is_stated: bool, why| {
        if is_stated {
            idle.push((format!("valuation.{key}"), why));
        }
    };
    if !has_rates {
        tell("irr", valuation.irr != IrrPolicy::default(), Idle::NoReturn);
    }
    if !has_returns {
        tell("finance_rate", valuation.finance_rate.is_some(), Idle::NoReturn);
        tell("reinvestment_rate", valuation.reinvestment_rate.is_some(), Idle::NoReturn);
    }
    let is_by_years = |plan: &Plan| plan.costs.is_some() || plan.benefits.is_some();
    if !draft.plans().any(is_by_years) && has_plan {
        tell("timing", valuation.timing != Timing::default(), Idle::NothingByYears);
    }
    if !has_plan {
        tell("timing", valuation.timing != Timing::default(), Idle::NothingByYears);
        if draft.cash_flows.is_empty() {
            tell("inflation", valuation.inflation.is_some(), Idle::NothingByYears);
            tell("rate_is", valuation.rate_is != Terms::default(), Idle::NothingByYears);
            tell("prices", valuation.prices != Terms::default(), Idle::NothingByYears);
        }
    }
}

/// What a plan says of costs and benefits that neither it nor those that follow it have.
fn of_plan(plan: &Plan, scope: &Scope, (has_costs, has_benefits): (bool, bool), idle: &mut Vec<(String, Idle)>) {
    let mut tell = |key: &str, is_idle: bool, why| {
        if is_idle {
            idle.push((scope.id(key).to_string(), why));
        }
    };
    tell("users", plan.users.is_some() && !has_costs, Idle::NoCosts);
    tell("deployment", plan.deployment.is_some() && !has_costs, Idle::NoCosts);
    tell("reserves", plan.reserves.is_some() && !has_costs, Idle::NoCosts);
    tell("overlaps", !plan.overlaps.is_empty() && !has_benefits, Idle::NoBenefits);
}
