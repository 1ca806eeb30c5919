//! Keys of the business case that change no figure.

use super::Review;
use crate::finding_code;
use crate::idle::Idle;
use crate::model::{CellId, Content, Operation};
use crate::report::words::{Words, fill};
use std::collections::HashSet;

impl Review<'_> {
    /// What the rooms know to be without effect, and amounts that no formula reads.
    pub(super) fn idle(&mut self) {
        let parts = self.outcome.appraisal().parts();
        let mut told: HashSet<&str> = HashSet::new();
        let mut found: Vec<(&str, Idle)> = parts.idle.iter().map(|(at, why)| (at.as_str(), *why)).collect();
        let unread = self.unread_amounts();
        let is_told = |at: &str| {
            let inside = |outer: &String| at.strip_prefix(outer.as_str()).is_some_and(|rest| rest.starts_with('.'));
            parts.idle.iter().any(|(outer, _)| outer == at || inside(outer))
        };
        let unread = unread.iter().filter(|at| !is_told(at) && told.insert(at));
        found.extend(unread.map(|at| (at.as_str(), Idle::NotRead)));
        for (at, why) in found {
            let message = match why {
                Idle::PartBeyondEnd { .. } => self.words.findings.found_partly_idle,
                _ => self.words.findings.found_idle,
            };
            let message = fill(message, &[at, &because(self.words, why)]);
            self.find(finding_code::VALUE_IDLE, at, message);
        }
    }

    fn unread_amounts(&self) -> Vec<String> {
        let appraisal = self.outcome.appraisal();
        let (model, bounds) = (appraisal.model(), &appraisal.parts().bounds);
        if bounds.is_empty() {
            return Vec::new();
        }
        // a shortfall is measured against its limit by a finding, not by a figure
        let lines = appraisal.parts().plans().flat_map(|plan| &plan.benefits).flat_map(|benefits| &benefits.lines);
        let limits = lines.filter_map(|line| Some(line.followed.as_ref()?.limit));
        let mut read: HashSet<CellId> = limits.collect();
        for (id, _) in model.cells() {
            let Some(Content::Formula(formula)) = model.content(id) else { continue };
            for operation in formula.operations() {
                if let Operation::Cell(cell) | Operation::Entry(cell, _) = operation {
                    read.insert(*cell);
                }
            }
        }
        let unread = bounds.iter().filter(|(cell, _)| !read.contains(cell));
        unread.filter_map(|(cell, _)| Some(model.source(*cell)?.to_string())).collect()
    }
}

fn because(words: &Words, why: Idle) -> String {
    let with = |text: &str, years: u32| fill(text, &[&years.to_string()]);
    match why {
        Idle::NotRead => words.findings.idle_not_read.to_owned(),
        Idle::NotReplaced { years } => with(words.findings.idle_not_replaced, years),
        Idle::PartBeyondEnd { years } => with(words.findings.idle_beyond_end, years),
        Idle::NoReturn => words.findings.idle_no_return.to_owned(),
        Idle::NothingByYears => words.findings.idle_nothing_by_years.to_owned(),
        Idle::NothingInCurrency => words.findings.idle_nothing_in_currency.to_owned(),
        Idle::NoAmountInCurrency => words.findings.idle_no_amount_in_currency.to_owned(),
        Idle::NoAmount => words.findings.idle_no_amount.to_owned(),
        Idle::NothingToCompare => words.findings.idle_nothing_to_compare.to_owned(),
        Idle::NoCosts => words.findings.idle_no_costs.to_owned(),
        Idle::EachItsOwn => words.findings.idle_each_its_own.to_owned(),
        Idle::AfterAllLives => words.findings.idle_after_all_lives.to_owned(),
        Idle::NoBenefits => words.findings.idle_no_benefits.to_owned(),
        Idle::NeverHolds => words.findings.idle_never_holds.to_owned(),
        Idle::SoAnyway => words.findings.idle_so_anyway.to_owned(),
    }
}

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests {
    use super::super::tests::of;

    /// Where a key changes nothing, and why.
    fn told(text: &str) -> Vec<String> {
        of(text, "value.without_effect").into_iter().map(|(_, message)| message).collect()
    }

    #[test]
    fn conventions_of_returns_need_returns() {
        let costs = "costs: {hardware: {servers: {initial: 90_000}}}";
        let valuation = "valuation: {irr: lowest, finance_rate: 6%, reinvestment_rate: 4%, timing: middle}";
        let why = "no rate of return is computed, since no costs have benefits beside them";
        let idle = ["irr", "finance_rate", "reinvestment_rate"];
        let idle = idle.map(|key| format!("`valuation.{key}` changes no figure: {why}"));
        assert_eq!(told(&format!("discount_rate: 8%\n{valuation}\n{costs}")), idle);
        let benefits = "benefits: {hours: {kind: saving, annual: 40_000}}";
        assert_eq!(told(&format!("discount_rate: 8%\n{valuation}\n{costs}\n{benefits}")), [""; 0]);
        let flows = "cash_flows: {fund: {flows: {2026-01-15: -120, 2027-01-15: 140}}}";
        let timing = "`valuation.timing` changes no figure: nothing is stated by years";
        assert_eq!(told(&format!("discount_rate: 8%\n{valuation}\n{flows}")), [timing]);
        // what pairs of alternatives are compared by is a rate of return
        let pair = "alternatives: {a: {costs: {other: {x: {initial: 3}}}}, b: {costs: {other: {x: {annual: 1}}}}}";
        assert_eq!(told(&format!("discount_rate: 8%\n{valuation}\n{pair}")), &idle[1..]);
    }

    #[test]
    fn rates_that_never_hold_and_conventions_of_nothing() {
        let calendar = "horizon: {first_year: 2026, years: 2}\ncurrency: EUR";
        let rates = "exchange_rates: {USD: [{from: 2026-01-01, rate: 0.9}, {from: 2027-03-01, rate: 0.8}, {from: \
                     2027-06-01, rate: 0.7}, {from: 2040-01-01, rate: 0.6}]}";
        let line = "costs: {other: {x: {annual: 5, currency: USD, contingency: false}}}";
        assert_eq!(
            told(&format!("{calendar}\n{rates}\n{line}")),
            [
                "`exchange_rates.USD.1` changes no figure: it holds on no day on which money flows",
                "`exchange_rates.USD.3` changes no figure: it holds on no day on which money flows",
                "`costs.other.x.contingency` changes no figure: it is so without it",
            ]
        );
        let financing = "financing: {asset: 90_000, leases: {maker: {payment: 21_500, years: 2}}}";
        let conventions = "valuation: {timing: middle}\ntax: {rate: 25%, losses: forfeit}\ndiscount_rate: 8%";
        assert_eq!(
            told(&format!("{calendar}\n{conventions}\n{financing}")),
            [
                "`valuation.timing` changes no figure: nothing is stated by years",
                "`tax.losses` changes no figure: there are no costs that it could be about",
            ]
        );
    }

    #[test]
    fn what_is_about_costs_needs_costs_that_follow_it() {
        let about = "users: 50\ndeployment: cloud\nreserves: {run: 10%, from: 4}\noverlaps: {desk: {share: 70%}}";
        let why = "there are no costs that it could be about";
        let idle = ["users", "deployment", "reserves"].map(|key| format!("`{key}` changes no figure: {why}"));
        let benefits = "benefits: {hours: {kind: saving, annual: 4, overlap: desk}, calls: {kind: saving, annual: 5, \
                        overlap: desk}}";
        assert_eq!(told(&format!("discount_rate: 8%\n{about}\n{benefits}")), idle);
        let own = "{costs: {other: {x: {initial: 3}}}, life: 3, users: 3, deployment: cloud}";
        let alternatives = format!("alternatives: {{a: {own}, b: {own}}}");
        let own = "each alternative states its own";
        assert_eq!(
            told(&format!("discount_rate: 8%\n{about}\n{alternatives}")),
            [
                "`overlaps` changes no figure: there are no benefits that it could be about".to_owned(),
                format!("`users` changes no figure: {own}"),
                format!("`deployment` changes no figure: {own}"),
                "`reserves.from` changes no figure: it begins after the life of each alternative".to_owned(),
            ]
        );
        let only = "alternatives: {a: {baseline: true, costs: {other: {x: {initial: 3}}}}}";
        let baseline = "`alternatives.a.baseline` changes no figure: there is no other alternative";
        assert_eq!(told(&format!("discount_rate: 8%\n{only}")), [baseline]);
    }

    #[test]
    fn lengths_are_told_against_what_is_left() {
        let text = "
discount_rate: 8%
currency: EUR
exchange_rates: {USD: 0.9, CHF: 1.05}
costs:
  licences: {seats: {annual: 5, currency: CHF}}
  other:
    short: {initial: 5, replace_every: 5, price_change: 3%, residual: 10%}
    left: {initial: 5, replace_every: 9, residual: straight_line}
    right: {initial: 5, replace_every: 4, price_change: 3%}
    old: {dual_running: {annual: 4, years: 3, from: 4}}
    older: {dual_running: {annual: 4, months: 24, from: 4}}
";
        let never = "nothing is replaced before the last of the 5 years";
        assert_eq!(
            told(text),
            [
                format!("`costs.other.short.replace_every` changes no figure: {never}"),
                format!("`costs.other.short.price_change` changes no figure: {never}"),
                "a part of `costs.other.old.dual_running.years` changes no figure: what lies after the 5 years is not \
                 looked at"
                    .to_owned(),
                "`exchange_rates.USD` changes no figure: nothing is in that currency".to_owned(),
            ]
        );
    }

    #[test]
    fn currencies_and_risks_need_an_amount() {
        let text = "
discount_rate: 8%
currency: EUR
exchange_rates: {USD: 0.9}
costs:
  licences: {seats: {initial: 5, currency: USD}}
  other: {levy: {rate: 2%, of: all, currency: USD}}
benefits: {image: {kind: intangible, risk: 10%, delay: 1}}
";
        assert_eq!(
            told(text),
            [
                "`costs.other.levy.currency` changes no figure: the line is a rate of others and has no amount in it",
                "`benefits.image.delay` changes no figure: there is no amount that it could act on",
                "`benefits.image.risk` changes no figure: there is no amount that it could act on",
            ]
        );
    }

    #[test]
    fn amounts_that_no_formula_reads_are_told() {
        let text = "
discount_rate: 8%
costs: {hardware: {servers: {initial: 90_000}}}
benefits: {image: {kind: intangible, adoption: 50%}}
";
        assert_eq!(told(text), ["`benefits.image.adoption` changes no figure: nothing reads it"]);
        assert_eq!(
            told("discount_rate: 8%\ncustomers: {funnel: {stages: {a: 5, b: 3}}}"),
            ["`discount_rate` changes no figure: nothing reads it"]
        );
    }
}
