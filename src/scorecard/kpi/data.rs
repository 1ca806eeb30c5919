//! The data of an indicator, and the cells that its definition makes of them.

use super::{Kpi, KpiError, KpiInput, Takes};
use crate::aggregation::Aggregation;
use crate::amount::{Amount, AmountError, LARGEST, Lowering};
use crate::calendar::{Calendar, Timed};
use crate::model::{Axis, Cause, CellId, Expression, Function, Naming, Shape, Unit};
use crate::period::Period;
use crate::scorecard::Node;
use crate::scorecard::actual::define_row;
use crate::scorecard::trend::year_to_date;
use crate::series::Series;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// The use of a definition by an indicator: which one, and the data for its inputs.
///
/// ```
/// use appraise::scorecard::{Criterion, KpiUse, Measure, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let retention = KpiUse::new("customer_retention_rate")
///     .with("customers_start", 1_000)
///     .with("customers_new", 150)
///     .with("customers_end", 1_050);
/// let effort = KpiUse::new("ces").with_list("effort_ratings", [6, 5, 7, 4, 6]);
/// let card = Scorecard::new([
///     Criterion::indicator("retention", Measure::target(dec!(0.85), dec!(0.95)).kpi(retention)),
///     Criterion::indicator("effort", Measure::target(5, 6).kpi(effort)),
/// ]);
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("scorecard.retention.actual"), Some(Ok(dec!(0.9))));
/// assert_eq!(outcome.figure("scorecard.effort.score"), Some(Ok(dec!(0.6))));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KpiUse {
    /// The id of the definition, in the catalogue or among the scorecard's own.
    pub kpi: String,
    /// The data, by the name of the input. Without any the indicator has no actual value yet.
    pub data: Vec<(String, Datum)>,
}

impl KpiUse {
    /// The use of a definition, without data yet.
    pub fn new(kpi: impl Into<String>) -> Self {
        Self { kpi: kpi.into(), data: Vec::new() }
    }

    /// The data of an input that is one value.
    #[must_use]
    pub fn with(mut self, input: impl Into<String>, amount: impl Into<Amount>) -> Self {
        self.data.push((input.into(), Datum::Amount(amount.into())));
        self
    }

    /// The data of an input that is a list.
    #[must_use]
    pub fn with_list<T: Into<Decimal>>(
        mut self,
        input: impl Into<String>,
        entries: impl IntoIterator<Item = T>,
    ) -> Self {
        self.data.push((input.into(), Datum::List(entries.into_iter().map(Into::into).collect())));
        self
    }
}

impl KpiUse {
    /// The periods of which data are given.
    pub(crate) fn periods(&self) -> impl Iterator<Item = Period> + '_ {
        let by_period = self.data.iter().filter_map(|(_, datum)| match datum {
            Datum::Amount(Amount::PerPeriod(values)) => Some(values),
            _ => None,
        });
        by_period.flatten().map(|(period, _)| *period)
    }
}

/// The data of one input.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Datum {
    /// A number, or a formula over assumptions. An input that is a list takes an amount of one entry a year.
    Amount(Amount),
    /// A list of as many entries as there are.
    List(Vec<Decimal>),
    /// A list for each of some periods, which is refused: the value itself can be given by period instead.
    ListByPeriod(Vec<(Period, Vec<Decimal>)>),
    /// Not known yet: the indicator has no value, and says that none was given.
    Missing,
}

/// Where data are, what their figures are called, and what the reader sees.
pub(super) struct Place {
    /// Before the names of inputs in ids of figures, and in addresses.
    pub(super) data: String,
    /// The same before rows over the periods of a scorecard.
    pub(super) by_period: String,
    /// The address for what is wrong with the use as a whole.
    pub(super) whole: String,
    /// The name of the indicator.
    pub(super) subject: Arc<str>,
}

impl Place {
    fn of(node: &Node) -> Self {
        Self {
            data: format!("{}.data", node.figures),
            by_period: format!("{}.data", node.by_period),
            whole: format!("{}.kpi", node.figures),
            subject: Arc::clone(&node.name),
        }
    }

    fn label_of(&self, input: &str) -> String {
        format!("{}: {}", self.subject, input.replace('_', " "))
    }
}

/// What a definition makes of its data.
#[derive(Debug, Clone, Default)]
pub(crate) struct Made {
    /// The cells of the data, by the names of their inputs.
    pub(crate) data: Vec<(String, Timed)>,
    /// The actual value, over the periods of the scorecard where it has any; none where something is wrong with the data.
    pub(crate) actual: Option<Expression>,
    /// What comes of the data of the fiscal year so far, where the scorecard has periods.
    pub(crate) year_to_date: Option<Expression>,
}

/// The actual value of an indicator by its KPI.
pub(crate) fn lower(lowering: &mut Lowering, node: &Node, used: &KpiUse) -> Made {
    // a KPI that nobody defined is told where its name is looked up
    let data = node.kpi.and_then(|kpi| Some((kpi, define(lowering, kpi, &used.data, &Place::of(node))?)));
    data.map(|(kpi, data)| apply(lowering, node, kpi, &data)).unwrap_or_default()
}

/// The actual value by the formula over the cells of its data.
pub(crate) fn apply(lowering: &mut Lowering, node: &Node, kpi: &Kpi, data: &HashMap<&str, Timed>) -> Made {
    let in_order = kpi.inputs.iter().filter_map(|input| Some((input.name.clone(), *data.get(&*input.name)?)));
    Made {
        data: in_order.collect(),
        actual: kpi.over(|name| Some(data.get(name)?.all)),
        year_to_date: year_so_far(lowering, kpi, data, &Place::of(node)),
    }
}

/// What the definition makes of the data of the fiscal year so far, each aggregated by its rule.
fn year_so_far(lowering: &mut Lowering, kpi: &Kpi, data: &HashMap<&str, Timed>, place: &Place) -> Option<Expression> {
    let calendar = lowering.calendar?;
    let mut so_far = HashMap::with_capacity(data.len());
    for input in &kpi.inputs {
        let Timed { all, now } = *data.get(&*input.name)?;
        let rule = input.periods.of_single_values();
        let formula = match rule {
            Some(rule) if all != now => Some(year_to_date(calendar, rule, Timed { all, now })),
            // what flows in every period adds up; what else holds in every period is the same over all of them
            Some(Aggregation::Sum) => {
                let periods = Expression::call(Function::Sum, [Expression::cell(calendar.year_to_date)]);
                Some(Expression::cell(now) * periods)
            }
            _ => None,
        };
        let naming = || {
            let naming = Naming::new(format!("{}.year_to_date.{}", place.data, input.name));
            naming.label(place.label_of(&input.name), "year to date")
        };
        let cell = formula.map_or(now, |formula| lowering.cells.formula(naming(), formula));
        so_far.insert(&*input.name, cell);
    }
    kpi.over(|name| so_far.get(name).copied())
}

/// The cells of the data by the names of their inputs; `None` where something is wrong with the data.
pub(super) fn define<'k>(
    lowering: &mut Lowering,
    kpi: &'k Kpi,
    data: &[(String, Datum)],
    place: &Place,
) -> Option<HashMap<&'k str, Timed>> {
    let mut given: HashMap<&str, (&str, &Datum)> = HashMap::with_capacity(data.len());
    let mut are_known = true;
    for (name, datum) in data {
        let at = format!("{}.{name}", place.data);
        let Some(input) = kpi.input(name) else {
            let nearest = lowering.nearest(name, kpi.inputs.iter().map(|input| &*input.name));
            let inputs = names_of(kpi.inputs.iter().take(MOST_SHOWN));
            lowering.problem(at, KpiError::UnknownInput { kpi: kpi.id.clone(), name: name.clone(), nearest, inputs });
            are_known = false;
            continue;
        };
        if given.insert(&input.name, (name, datum)).is_some() {
            lowering.problem(at, KpiError::DataTwice { input: input.name.clone() });
        }
    }
    let mut cells = HashMap::with_capacity(kpi.inputs.len());
    for input in &kpi.inputs {
        if let Some((written, datum)) = given.get(&*input.name) {
            let address = format!("{}.{written}", place.data);
            cells.insert(&*input.name, define_datum(lowering, kpi, input, datum, place, address));
        }
    }
    let missing = kpi.inputs.iter().filter(|input| !cells.contains_key(&*input.name));
    let missing = names_of(missing.take(MOST_SHOWN));
    if !missing.is_empty() {
        // a name that is not known may be meant for what is missing
        if are_known {
            let at = if data.is_empty() { place.whole.clone() } else { place.data.clone() };
            lowering.problem(at, KpiError::MissingInputs { kpi: kpi.id.clone(), inputs: missing });
        }
        return None;
    }
    Some(cells)
}

/// So many names are listed in a message.
pub(super) const MOST_SHOWN: usize = 20;

fn names_of<'k>(inputs: impl Iterator<Item = &'k KpiInput>) -> Vec<String> {
    inputs.map(|input| input.name.clone()).collect()
}

/// The cell of one input. Whatever else data may be one day, becomes a cell here.
fn define_datum(
    lowering: &mut Lowering,
    kpi: &Kpi,
    input: &KpiInput,
    datum: &Datum,
    place: &Place,
    address: String,
) -> Timed {
    let naming = Naming::new(format!("{}.{}", place.data, input.name));
    let naming = naming.label(place.label_of(&input.name), "").source(&*address);
    let (of, name) = (|| kpi.id.clone(), || input.name.clone());
    let cell = match datum {
        Datum::Amount(Amount::PerPeriod(values)) if input.takes != Takes::List => {
            return define_series(lowering, input, values, place, (naming, &address));
        }
        Datum::Missing => absent(lowering, naming, input),
        Datum::List(_) if input.takes == Takes::One => {
            lowering.problem(address, KpiError::NotAList { kpi: of(), input: name() });
            absent(lowering, naming, input)
        }
        // what a list says of one period, it says of no other; flows of a case are the same in all
        Datum::Amount(Amount::PerPeriod(_)) | Datum::ListByPeriod(_) => {
            lowering.problem(address, KpiError::ListOverPeriods { kpi: of(), input: name() });
            absent(lowering, naming, input)
        }
        Datum::List(_) if lowering.calendar.is_some() && input.is_of_one_period() => {
            lowering.problem(address, KpiError::ListOverPeriods { kpi: of(), input: name() });
            absent(lowering, naming, input)
        }
        Datum::List(values) if values.is_empty() => {
            lowering.problem(address, KpiError::EmptyList { input: name() });
            absent(lowering, naming, input)
        }
        Datum::List(values) => {
            if let Some(value) = values.iter().copied().find(|value| value.abs() > LARGEST) {
                lowering.problem(address, AmountError::TooLarge { value });
            }
            let axis = lowering.cells.axis(entries(values.len()));
            lowering.cells.input(naming, Shape::Row(axis), values.iter().copied().map(Some))
        }
        Datum::Amount(Amount::Constant(_)) if input.takes == Takes::List => {
            lowering.problem(address, KpiError::NeedsList { kpi: of(), input: name() });
            absent(lowering, naming, input)
        }
        Datum::Amount(amount) => {
            let cell = lowering.amount(naming, amount);
            if input.takes == Takes::One {
                lowering.cells.require_single(cell);
            }
            cell
        }
    };
    cell.into()
}

/// Data by period: a row over the periods of the scorecard, and its entry at the one that is evaluated.
fn define_series(
    lowering: &mut Lowering,
    input: &KpiInput,
    values: &[(Period, Decimal)],
    place: &Place,
    (naming, address): (Naming, &str),
) -> Timed {
    let owner: Arc<str> = format!("{}.{}", place.data, input.name).into();
    let subject: Arc<str> = place.label_of(&input.name).into();
    let series = Series {
        owner: &owner,
        subject: &subject,
        part: "",
        unit: Unit::Number,
        at: address.into(),
        values,
        aggregation: input.periods.of_single_values(),
        holds: false,
    };
    let row = series.lower(lowering);
    let all = Naming::new(format!("{}.{}", place.by_period, input.name)).label(subject.clone(), "").source(address);
    let all = lowering.cells.declare(all);
    define_row(lowering, all, row);
    match lowering.calendar {
        Some(calendar) => Timed { all, now: lowering.cells.formula(naming, Calendar::pick(all, calendar.now)) },
        None => all.into(),
    }
}

/// An input of which nothing is known, in the shape that the formula needs.
fn absent(lowering: &mut Lowering, naming: Naming, input: &KpiInput) -> CellId {
    let shape = match input.takes {
        // how long the list will be, nobody knows either
        Takes::List => Shape::Row(lowering.cells.axis(entries(1))),
        Takes::One | Takes::Either => Shape::Scalar,
    };
    lowering.cells.absent(naming, shape, Cause::NoData)
}

/// Lists of one length stand side by side, entry by entry.
fn entries(count: usize) -> Axis {
    let last = u32::try_from(count).unwrap_or(u32::MAX);
    Axis::numbered(format!("{count} entries"), 1, last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use crate::{Assumption, Draft};
    use rust_decimal::dec;

    fn draft(used: KpiUse) -> Draft {
        let card = Scorecard::new([Criterion::indicator("x", Measure::default().kpi(used))]);
        let assumptions = vec![
            Assumption::new("lost", 80),
            Assumption::new("savings", Amount::PerYear([300, 400, 500, 200, 0].map(Decimal::from).into())),
        ];
        Draft { scorecard: Some(card), assumptions, ..Draft::default() }
    }

    fn told(used: KpiUse) -> Vec<String> {
        problems(draft(used))
    }

    fn churn() -> KpiUse {
        KpiUse::new("customer_churn_rate")
    }

    #[test]
    fn data_are_cells_with_their_source() {
        let lost = Amount::formula("= lost + 20").unwrap();
        let figures = Figures::of(draft(churn().with("customers_lost", lost).with("customers_start", 1_000)));
        assert_eq!(figures.get("scorecard.x.data.customers_lost"), dec!(100));
        assert_eq!(figures.get("scorecard.x.actual"), dec!(0.1));
        let explained = figures.0.base().explain("scorecard.x.actual").unwrap();
        let sources: Vec<_> = explained.steps.iter().filter_map(|step| step.source.as_deref()).collect();
        assert!(sources.contains(&"scorecard.x.kpi"), "{sources:?}");
        assert!(sources.contains(&"scorecard.x.data.customers_lost"), "{sources:?}");
        assert!(sources.contains(&"assumptions.lost"), "{sources:?}");
    }

    #[test]
    fn data_by_period_are_aggregated_before_the_formula() {
        use crate::{Period, Periods};
        let period = |text: &str| text.parse::<Period>().unwrap();
        let by_period = |values: &[(&str, i64)]| {
            Amount::PerPeriod(values.iter().map(|(text, value)| (period(text), Decimal::from(*value))).collect())
        };
        let months =
            [("2025-01", 10), ("2025-02", 20), ("2025-03", 30), ("2025-04", 8), ("2025-05", 8), ("2025-06", 8)];
        let used = churn()
            .with("customers_lost", by_period(&months))
            .with("customers_start", by_period(&[("2025-Q1", 1_000), ("2025-Q2", 960)]));
        let periods = Some(Periods::new(period("2025-Q1"), period("2025-Q4")));
        let card = Scorecard { periods, ..Scorecard::new([Criterion::indicator("x", Measure::default().kpi(used))]) };
        let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
        // the months add up, the customers a quarter began with do not
        assert_eq!(figures.get("scorecard.x.by_period.actual.2025-Q1"), dec!(0.06));
        assert_eq!(figures.get("scorecard.x.actual"), dec!(0.025));
        assert_eq!(figures.get("scorecard.x.data.customers_lost"), dec!(24));
        // of the year so far all that were lost, over the customers the year began with
        assert_eq!(figures.get("scorecard.x.data.year_to_date.customers_start"), dec!(1_000));
        assert_eq!(figures.get("scorecard.x.year_to_date"), dec!(0.084));
    }

    #[test]
    fn flows_and_rates_that_are_the_same_in_every_period_add_up_over_the_year() {
        use crate::{Period, Periods};
        let period = |text: &str| text.parse::<Period>().unwrap();
        let nopat = [("2025-Q1", 1_500), ("2025-Q2", 1_400), ("2025-Q3", 1_600)];
        let nopat = nopat.map(|(text, value)| (period(text), Decimal::from(value)));
        let used = KpiUse::new("eva").with("nopat", Amount::PerPeriod(nopat.into())).with("wacc", dec!(0.02));
        let used = used.with("invested_capital", 50_000);
        let periods = Some(Periods::new(period("2025-Q1"), period("2025-Q4")));
        let card = Scorecard { periods, ..Scorecard::new([Criterion::indicator("x", Measure::default().kpi(used))]) };
        let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
        assert_eq!(figures.get("scorecard.x.actual"), dec!(600));
        // 4,500 less 6 % of 50,000
        assert_eq!(figures.get("scorecard.x.year_to_date"), dec!(1_500));
    }

    #[test]
    fn lists_are_not_taken_over_periods() {
        use crate::{Period, Periods};
        let period = |text: &str| text.parse::<Period>().unwrap();
        let told = |used: KpiUse| {
            let periods = Some(Periods::new(period("2025-Q1"), period("2025-Q2")));
            let indicator = Criterion::indicator("x", Measure::default().kpi(used));
            let card = Scorecard { periods, ..Scorecard::new([indicator]) };
            problems(Draft { scorecard: Some(card), ..Draft::default() })
        };
        let refused = "scorecard.x.data.effort_ratings: `effort_ratings` of `ces` is a list of one period, and the scorecard has several";
        assert_eq!(told(KpiUse::new("ces").with_list("effort_ratings", [6, 5, 7])), [refused]);
        let by_period = Datum::ListByPeriod(vec![(period("2025-Q1"), vec![dec!(6), dec!(5)])]);
        let used = KpiUse { data: vec![("effort_ratings".to_owned(), by_period)], ..KpiUse::new("ces") };
        assert_eq!(told(used), [refused]);
        // the flows of a case are the same whenever one looks at them
        let case = KpiUse::new("npv").with("initial_flow", -100).with("discount_rate", dec!(0.1));
        let case = case.with_list("flows", [60, 70]);
        assert_eq!(told(case).iter().filter(|told| told.contains("list of one period")).count(), 0);
    }

    #[test]
    fn lists_run_along_an_axis_of_their_own() {
        // five entries, as there are years: they are still entries, and the first of them is a year from now
        let list = [300, 400, 500, 200, 0];
        let npv = || KpiUse::new("npv").with("initial_flow", -1_000).with("discount_rate", dec!(0.1));
        let figures = Figures::of(draft(npv().with_list("later_flows", list)));
        assert_eq!(figures.get("scorecard.x.actual").round_dp(7), dec!(115.5658766));
        assert_eq!(figures.get("scorecard.x.data.later_flows.2"), dec!(400));
        // six entries, as many as the years from 0 have
        let figures = Figures::of(draft(npv().with_list("later_flows", [300, 400, 500, 200, 0, 0])));
        assert_eq!(figures.get("scorecard.x.actual").round_dp(7), dec!(115.5658766));
        // a list may come from an assumption of one entry a year
        let savings = Amount::formula("= savings").unwrap();
        let figures = Figures::of(draft(npv().with("later_flows", savings)));
        assert_eq!(figures.get("scorecard.x.actual").round_dp(7), dec!(115.5658766));
    }

    #[test]
    fn what_is_not_known_yet_is_missing() {
        assert_eq!(Figures::of(draft(churn())).cause("scorecard.x.actual"), Cause::NoData);
        let mut half = churn().with("customers_lost", 100);
        half.data.push(("customers_start".into(), Datum::Missing));
        assert_eq!(Figures::of(draft(half)).cause("scorecard.x.actual"), Cause::NoData);
        let mut list = KpiUse::new("ces");
        list.data.push(("effort_ratings".into(), Datum::Missing));
        assert_eq!(Figures::of(draft(list)).cause("scorecard.x.actual"), Cause::NoData);
        let nobody = churn().with("customers_lost", 0).with("customers_start", 0);
        assert_eq!(Figures::of(draft(nobody)).cause("scorecard.x.actual"), Cause::DivisionByZero);
    }

    #[test]
    fn data_that_do_not_fit_are_refused() {
        assert_eq!(
            told(churn().with("customers_lots", 1).with("customers_start", 2)),
            ["scorecard.x.data.customers_lots: `customer_churn_rate` has no input `customers_lots`"]
        );
        assert_eq!(
            told(churn().with("customers_start", 2)),
            ["scorecard.x.data: `customer_churn_rate` also needs `customers_lost`"]
        );
        assert_eq!(
            told(churn().with("customers_lost", 1).with("customers_start", 2).with("customers_lost", 3)),
            ["scorecard.x.data.customers_lost: `customers_lost` is given twice"]
        );
        assert_eq!(
            told(churn().with_list("customers_lost", [1, 2]).with("customers_start", 2)),
            ["scorecard.x.data.customers_lost: `customers_lost` is one value in the formula of \
                 `customer_churn_rate`, not a list"]
        );
        assert_eq!(
            told(KpiUse::new("ces").with("effort_ratings", 5)),
            ["scorecard.x.data.effort_ratings: `effort_ratings` is a list in the formula of `ces`, not one value"]
        );
        assert_eq!(
            told(KpiUse::new("ces").with_list("effort_ratings", [Decimal::ZERO; 0])),
            ["scorecard.x.data.effort_ratings: the list `effort_ratings` is empty"]
        );
        let unequal = KpiUse::new("weighted_pipeline").with_list("deal_values", [1, 2, 3]);
        assert_eq!(
            told(unequal.with_list("stage_probabilities", [1, 1])),
            ["scorecard.x.kpi: `scorecard.x.actual` joins values over 3 entries with values over 2 entries"]
        );
        assert_eq!(
            told(KpiUse::new("ces").with_list("effort_ratings", [LARGEST, LARGEST + Decimal::ONE])),
            ["scorecard.x.data.effort_ratings: 1000000000000001 is beyond the largest amount, 1_000_000_000_000_000"]
        );
    }
}
