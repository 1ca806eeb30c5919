//! The definitions that the scorecard brings, checked; and for each indicator the definition it uses.

use super::data::{self, MOST_SHOWN, Place};
use super::{InputRule, Kpi, KpiError, Takes};
use crate::amount::{Lowering, MOST_SUGGESTIONS, Names};
use crate::appraisal::{Draft, Language};
use crate::model::{Builder, Element, Naming, Unit, is_name};
use crate::nearest::did_you_mean;
use crate::problem::Problem;
use crate::scorecard::{Scorecard, Tree, catalogue};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// Gives every indicator that uses a KPI its definition, and with it the name and unit that it has none of its own for.
pub(crate) fn resolve<'c>(tree: &mut Tree<'c>, card: &'c Scorecard, draft: &Draft, problems: &mut Vec<Problem>) {
    let own = own_kpis(&card.kpis, problems);
    for node in &mut tree.nodes {
        let Some(criterion) = node.criterion else { continue };
        let Some(measure) = &criterion.measure else { continue };
        let Some(used) = &measure.kpi else { continue };
        // without data it says what is measured, and computes nothing
        let is_stated = measure.actual.is_some() || !measure.words.is_empty();
        if is_stated && !used.data.is_empty() {
            let error = KpiError::ActualTwice { id: criterion.id.clone() };
            problems.push(Problem::new(format!("{}.actual", node.figures), error));
        }
        let kpi = match own.get(used.kpi.as_str()) {
            Some(own) => *own,
            None => {
                let known = catalogue::find(&used.kpi);
                if known.is_none() {
                    let nearest = match problems.len() {
                        ..=MOST_SUGGESTIONS => nearest(&used.kpi, own.keys().copied()),
                        _ => Vec::new(),
                    };
                    let error = KpiError::Unknown { id: used.kpi.clone(), nearest };
                    problems.push(Problem::new(format!("{}.kpi", node.figures), error));
                }
                known
            }
        };
        let Some(kpi) = kpi else { continue };
        node.kpi = Some(kpi);
        if criterion.name.is_none() {
            node.name = kpi.name_in(draft.language).into();
        }
        if measure.unit.is_none() {
            node.unit = kpi.cell_unit(draft.currency.as_deref(), draft.language);
        }
    }
}

/// The ids that are spelt nearly like this one or, where none is, those that begin or go on alike.
fn nearest<'k>(typed: &str, own: impl Iterator<Item = &'k str>) -> Vec<String> {
    const MOST: usize = 3;
    let mut known: Vec<&str> = own.chain(catalogue::ALL.iter().map(|kpi| kpi.id.as_str())).collect();
    known.sort_unstable();
    if let Some(nearest) = did_you_mean(typed, known.iter().copied()) {
        return vec![nearest.to_owned()];
    }
    let typed = typed.to_lowercase();
    let contains = |known: &&str| typed.chars().count() > 2 && (known.contains(&*typed) || typed.contains(*known));
    known.into_iter().filter(contains).take(MOST).map(str::to_owned).collect()
}

/// The definitions of the scorecard's own, by their id; `None` for one that does not hold, whose use is no mistake.
fn own_kpis<'c>(kpis: &'c [Kpi], problems: &mut Vec<Problem>) -> HashMap<&'c str, Option<&'c Kpi>> {
    let mut own = HashMap::with_capacity(kpis.len());
    for kpi in kpis {
        let at = format!("scorecard.kpis.{}", kpi.id);
        let id = || kpi.id.clone();
        if catalogue::find(&kpi.id).is_some() {
            problems.push(Problem::new(&*at, KpiError::InCatalogue { id: id() }));
            continue;
        }
        let before = problems.len();
        if !is_name(&kpi.id) {
            problems.push(Problem::new(&*at, KpiError::InvalidId { id: id() }));
        }
        if own.contains_key(kpi.id.as_str()) {
            problems.push(Problem::new(&*at, KpiError::DuplicateId { id: id() }));
            continue;
        }
        check_inputs(kpi, &at, problems);
        if problems.len() == before {
            check_example(kpi, &at, problems);
        }
        own.insert(kpi.id.as_str(), (problems.len() == before).then_some(kpi));
    }
    own
}

fn check_inputs(kpi: &Kpi, at: &str, problems: &mut Vec<Problem>) {
    let read = super::takes::of(&kpi.formula);
    let by_name: HashMap<&str, Takes> = read.iter().map(|(name, takes)| (&**name, *takes)).collect();
    let inputs = || read.iter().take(MOST_SHOWN).map(|(name, _)| name.to_string()).collect::<Vec<_>>();
    let mut seen = HashSet::with_capacity(kpi.inputs.len());
    if read.is_empty() {
        problems.push(Problem::new(format!("{at}.formula"), KpiError::NoInputs { id: kpi.id.clone() }));
    }
    for input in &kpi.inputs {
        let at = format!("{at}.inputs.{}", input.name);
        if !seen.insert(input.name.as_str()) {
            problems.push(Problem::new(&*at, KpiError::DataTwice { input: input.name.clone() }));
        }
        let Some(takes) = by_name.get(input.name.as_str()) else {
            let names = by_name.keys().copied().filter(|_| problems.len() <= MOST_SUGGESTIONS);
            let nearest = did_you_mean(&input.name, names).map(str::to_owned);
            let (kpi, name) = (kpi.id.clone(), input.name.clone());
            problems.push(Problem::new(at, KpiError::NotInFormula { kpi, name, nearest, inputs: inputs() }));
            continue;
        };
        // what may be either may be declared as one of them
        if *takes != Takes::Either && input.takes != *takes {
            let (kpi, input) = (kpi.id.clone(), input.name.clone());
            problems.push(Problem::new(&*at, KpiError::TakesOther { kpi, input, takes: *takes }));
        }
        let pools = [input.periods, input.units].contains(&InputRule::Pool);
        if pools && *takes == Takes::One {
            let (kpi, input) = (kpi.id.clone(), input.name.clone());
            problems.push(Problem::new(at, KpiError::PoolOfOne { kpi, input }));
        }
    }
    // a name that was misspelt among the inputs has been told
    let has_strangers = seen.iter().any(|name| !by_name.contains_key(name));
    for (name, _) in read.iter().filter(|(name, _)| !has_strangers && !seen.contains(&**name)).take(MOST_SHOWN) {
        let (kpi, name) = (kpi.id.clone(), name.to_string());
        problems.push(Problem::new(format!("{at}.inputs"), KpiError::NoInput { kpi, name }));
    }
}

/// An example that does not come out says that the formula or the example is mistaken.
fn check_example(kpi: &Kpi, at: &str, problems: &mut Vec<Problem>) {
    let Some(example) = &kpi.example else { return };
    let before = problems.len();
    let Some(value) = example_of(kpi, at, problems) else { return };
    let at = format!("{at}.example");
    match value {
        _ if problems.len() > before => {}
        Ok(gives) if is_rounded(gives, example.result) => {}
        Ok(gives) => {
            let gives = gives.round_sf(SHOWN_DIGITS).unwrap_or(gives).normalize();
            let error = KpiError::ExampleDiffers { stated: example.result, gives };
            problems.push(Problem::new(format!("{at}.result"), error));
        }
        Err(absent) => problems.push(Problem::new(at, KpiError::ExampleMissing { cause: absent.cause })),
    }
}

const SHOWN_DIGITS: u32 = 10;

/// Whether a value is what somebody wrote down of it: nearer to that than half of its last decimal.
pub(super) fn is_rounded(value: Decimal, written: Decimal) -> bool {
    let half = Decimal::try_new(5, written.scale().saturating_add(1)).unwrap_or_default();
    value.checked_sub(written).is_some_and(|difference| difference.abs() <= half)
}

/// What the formula gives for the example, in a model of its own.
fn example_of(kpi: &Kpi, at: &str, problems: &mut Vec<Problem>) -> Option<Element> {
    let example = kpi.example.as_ref()?;
    // no assumption and no indicator is known to an example
    let (mut cells, names) = (Builder::new(1), Names::default());
    let mut lowering = Lowering {
        cells: &mut cells,
        names: &names,
        problems,
        years: 1,
        calendar: None,
        exchange: None,
        bounds: Vec::new(),
        idle: Vec::new(),
    };
    let place = Place {
        data: format!("{at}.example.inputs"),
        by_period: format!("{at}.example.by_period"),
        whole: format!("{at}.example"),
        subject: kpi.name_in(Language::English).into(),
    };
    let data = data::define(&mut lowering, kpi, &example.data, &place)?;
    let expression = kpi.over(|name| Some(data.get(name)?.now))?;
    let naming = Naming::new(format!("{at}.example")).unit(Unit::Number).source(format!("{at}.formula"));
    let value = cells.formula(naming, expression);
    cells.require_single(value);
    match cells.finish() {
        Ok(model) => Some(model.evaluate().scalar(value)),
        Err(errors) => {
            problems.extend(errors.into_iter().map(|fault| Problem::new(fault.source, fault.error)));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::model::Formula;
    use crate::scorecard::{Criterion, Datum, Direction, KpiExample, KpiUse, Measure, Scoring};
    use rust_decimal::dec;

    fn kpi(id: &str, formula: &str) -> Kpi {
        Kpi::new(id, "Visits", Formula::parse(formula).unwrap())
    }

    fn using(kpis: Vec<Kpi>, id: &str) -> Draft {
        let used = KpiUse::new(id).with("visits", 90).with("reps", 3);
        let card = Scorecard { kpis, ..Scorecard::new([Criterion::indicator("x", Measure::default().kpi(used))]) };
        Draft { scorecard: Some(card), ..Draft::default() }
    }

    fn example(visits: i64, result: Decimal) -> Option<KpiExample> {
        let data = [("visits", visits), ("reps", 7)];
        let data = data.map(|(name, value)| (name.to_owned(), Datum::Amount(value.into())));
        Some(KpiExample { data: data.into(), result })
    }

    #[test]
    fn own_definitions_stand_beside_the_catalogue() {
        let own = Kpi {
            unit: Some("percent".into()),
            direction: Some(Direction::HigherIsBetter),
            example: example(22, dec!(3.1429)),
            ..kpi("visits_per_rep", "visits / reps")
        };
        let figures = Figures::of(using(vec![own], "visits_per_rep"));
        assert_eq!(figures.get("scorecard.x.actual"), dec!(30));
        let listed = &figures.0.parts().criteria[1];
        assert_eq!((&*listed.name, &listed.unit), ("Visits", &Unit::Share));
    }

    #[test]
    fn definitions_that_do_not_hold_are_refused() {
        let of = |own: Kpi| problems(using(vec![own], "visits_per_rep"));
        let good = || kpi("visits_per_rep", "visits / reps");
        assert_eq!(
            of(Kpi { example: example(22, dec!(3.2)), ..good() }),
            ["scorecard.kpis.visits_per_rep.example.result: the formula gives 3.142857143 for the example, not 3.2"]
        );
        let nothing = Kpi { formula: Formula::parse("visits / (reps - 7)").unwrap(), ..good() };
        assert_eq!(
            of(Kpi { example: example(22, dec!(3.2)), ..nothing }),
            ["scorecard.kpis.visits_per_rep.example: the formula gives nothing for the example: division by zero"]
        );
        let mut stranger = good();
        stranger.inputs[1].name = "rep".into();
        assert_eq!(
            of(stranger),
            ["scorecard.kpis.visits_per_rep.inputs.rep: the formula of `visits_per_rep` does not read `rep`"]
        );
        let mut incomplete = Kpi { example: example(22, dec!(3.1429)), ..good() };
        incomplete.inputs.pop();
        assert_eq!(
            of(incomplete),
            ["scorecard.kpis.visits_per_rep.inputs: the formula of `visits_per_rep` reads `reps`, \
                 which is none of its inputs"]
        );
        let mut listed = good();
        listed.inputs[1].takes = Takes::List;
        assert_eq!(
            of(listed),
            ["scorecard.kpis.visits_per_rep.inputs.reps: `reps` is one value in the formula of `visits_per_rep`"]
        );
        let mut pooled = good();
        pooled.inputs[1].units = InputRule::Pool;
        assert_eq!(
            of(pooled),
            ["scorecard.kpis.visits_per_rep.inputs.reps: `reps` is one value in the formula of `visits_per_rep`, \
                 so there is no list to pool"]
        );
        assert_eq!(
            problems(using(vec![good(), good()], "visits_per_rep")),
            ["scorecard.kpis.visits_per_rep: there are two KPIs `visits_per_rep`"]
        );
        assert_eq!(
            problems(using(vec![good(), kpi("csat", "visits / reps")], "visits_per_rep")),
            ["scorecard.kpis.csat: `csat` is a KPI of the catalogue"]
        );
        assert_eq!(
            problems(using(vec![good(), kpi("a b", "2 * 3")], "visits_per_rep")),
            [
                "scorecard.kpis.a b: `a b` cannot be the id of a KPI",
                "scorecard.kpis.a b.formula: the formula of `a b` reads no input",
            ]
        );
    }

    #[test]
    fn an_unknown_kpi_is_told_with_what_is_near() {
        assert_eq!(problems(using(vec![], "visits_pr_rep")), ["scorecard.x.kpi: there is no KPI `visits_pr_rep`"]);
        assert_eq!(nearest("visits_pr_rep", ["visits_per_rep"].into_iter()), ["visits_per_rep"]);
        assert_eq!(nearest("custmer_churn_rate", [].into_iter()), ["customer_churn_rate"]);
        assert_eq!(nearest("churn", [].into_iter()), ["customer_churn_rate"]);
        assert!(nearest("zz", [].into_iter()).is_empty());
    }

    #[test]
    fn an_actual_value_is_given_once() {
        let mut draft = using(vec![kpi("visits_per_rep", "visits / reps")], "visits_per_rep");
        for criterion in draft.scorecard.iter_mut().flat_map(|card| &mut card.perspectives) {
            criterion.measure = criterion.measure.take().map(|measure| measure.actual(3));
        }
        assert_eq!(
            problems(draft.clone()),
            ["scorecard.x.actual: `x` has an actual value, and a KPI that computes it"]
        );
        for criterion in draft.scorecard.iter_mut().flat_map(|card| &mut card.perspectives) {
            let measure = criterion.measure.take().map(|measure| measure.scored(Scoring::YesNo));
            criterion.measure =
                measure.map(|measure| Measure { actual: None, words: vec![(None, "yes".into())], ..measure });
        }
        assert_eq!(problems(draft), ["scorecard.x.actual: `x` has an actual value, and a KPI that computes it"]);
    }
}
