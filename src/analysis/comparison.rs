//! Two outcomes side by side: what was written differently, which figures moved, and what moved them.

use super::ComparisonError;
use super::attribution::{Attribution, attribute};
use crate::appraisal::Outcome;
use crate::model::{Cell, CellId, Content, Element, Evaluation, Label, Model, Slice, Unit, notation};
use rust_decimal::Decimal;
use std::collections::HashSet;

/// The figure that counts to the period in question, and where the periods are written.
const SELECTOR: &str = "scorecard.period";
const PERIODS: &str = "scorecard.periods";

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stated {
    /// One value, or one for each entry of a row.
    Values(Vec<Element>),
    /// A formula, in conventional notation.
    Formula(String),
}

/// Something that was written differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputChange {
    /// The id of the figure: `seats`, `scorecard.retention.actual`.
    pub id: String,
    /// What a reader calls it.
    pub label: Label,
    /// How its values are to be read.
    pub unit: Unit,
    /// What stood there before; `None` where nothing did.
    pub before: Option<Stated>,
    /// What stands there after.
    pub after: Option<Stated>,
    /// Where it was written before.
    pub address_before: Option<String>,
    /// Where it is written after.
    pub address_after: Option<String>,
    /// Whether any formula reads the cell, and not only the number in it.
    pub(super) is_read: bool,
}

/// A computed figure that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChange {
    /// The id: of a row, that of the row.
    pub id: String,
    /// What a reader calls it.
    pub label: Label,
    /// How its values are to be read.
    pub unit: Unit,
    /// The cell before; `None` where there was no such figure.
    pub before: Option<CellId>,
    /// The cell after.
    pub after: Option<CellId>,
}

/// Two outcomes side by side: two documents, two versions of one, the base and a scenario.
///
/// ```
/// use appraise::analysis::{Comparison, Driver};
/// use appraise::scorecard::{Criterion, Measure, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let card = |loyalty: i64, speed: i64| {
///     let indicator = |id: &str, actual| Criterion::indicator(id, Measure::target(0, 100).actual(actual));
///     let card = Scorecard::new([indicator("loyalty", loyalty), indicator("speed", speed)]);
///     Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap()
/// };
/// let (last, this) = (card(60, 80), card(70, 76));
/// let (before, after) = (last.base(), this.base());
/// let comparison = Comparison::between(&before, &after);
/// assert_eq!(comparison.inputs().len(), 2);
/// let attribution = comparison.attribute("scorecard.score").unwrap();
/// assert_eq!(attribution.change, dec!(0.03));
/// let first = &attribution.contributions[0];
/// assert_eq!(first.driver, Driver::Input("scorecard.loyalty.actual".to_owned()));
/// assert_eq!(first.value, dec!(0.05)); // half of ten points
/// assert_eq!(attribution.contributions[1].value, dec!(-0.02)); // half of four
/// ```
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    before: &'a Outcome<'a>,
    after: &'a Outcome<'a>,
    inputs: Vec<InputChange>,
    figures: Vec<FigureChange>,
    /// Both sides at their own period, where these differ.
    slices: Option<[Slice; 2]>,
}

impl<'a> Comparison<'a> {
    /// What changed from one outcome to another. Figures are matched by their ids.
    ///
    /// Of two outcomes at different periods, values that are given by period are compared as they stand at the period of
    /// each.
    pub fn between(before: &'a Outcome<'a>, after: &'a Outcome<'a>) -> Self {
        let (one, other) = (before.evaluation(), after.evaluation());
        let mut inputs = Vec::new();
        let mut figures = Vec::new();
        let read = [one, other].map(|side| read_cells(side.model()));
        let slices = slices(before, after);
        let taken: [HashSet<CellId>; 2] = match &slices {
            Some(both) => both.each_ref().map(|slice| slice.taken.values().copied().collect()),
            None => Default::default(),
        };
        let mut note = |a: Option<CellId>, b: Option<CellId>, cell: &Cell| {
            let id = cell.id().to_string();
            let (label, unit) = (cell.label().clone(), cell.unit().clone());
            // what is given by period is told as it stands at the period of each side
            let [taken_a, taken_b] = &taken;
            if slices.is_some()
                && (id == SELECTOR
                    || a.is_some_and(|a| taken_a.contains(&a))
                    || b.is_some_and(|b| taken_b.contains(&b)))
            {
                return;
            }
            let (stated_a, stated_b) = (a.and_then(|a| stated(one, a)), b.and_then(|b| stated(other, b)));
            if stated_a.is_some() || stated_b.is_some() {
                if !same(stated_a.as_ref(), stated_b.as_ref()) {
                    let address = |side: &Evaluation, cell: Option<CellId>| {
                        cell.and_then(|cell| side.model().source(cell)).map(ToString::to_string)
                    };
                    let [read_a, read_b] = &read;
                    inputs.push(InputChange {
                        is_read: a.is_some_and(|a| read_a.contains(&a)) || b.is_some_and(|b| read_b.contains(&b)),
                        address_before: address(one, a),
                        address_after: address(other, b),
                        before: stated_a,
                        after: stated_b,
                        id,
                        label,
                        unit,
                    });
                }
                return;
            }
            let row = |side: &Evaluation, cell: Option<CellId>| cell.map(|cell| known(side.row(cell)));
            if row(one, a) != row(other, b) && (is_formula(one, a) || is_formula(other, b)) {
                figures.push(FigureChange { id, label, unit, before: a, after: b });
            }
        };
        for (b, cell) in other.model().cells() {
            let found = one.model().find(&cell.id().to_string()).filter(|found| found.entry.is_none());
            note(found.map(|found| found.cell), Some(b), cell);
        }
        for (a, cell) in one.model().cells() {
            let found = other.model().find(&cell.id().to_string()).filter(|found| found.entry.is_none());
            if found.is_none() {
                note(Some(a), None, cell);
            }
        }
        if let Some(slices) = &slices {
            inputs.extend(given_by_period(slices));
        }
        Self { before, after, inputs, figures, slices }
    }

    /// The outcome before.
    pub fn before(&self) -> &'a Outcome<'a> {
        self.before
    }

    /// The outcome after.
    pub fn after(&self) -> &'a Outcome<'a> {
        self.after
    }

    /// What was written differently, added or removed, in the order of the later outcome.
    pub fn inputs(&self) -> &[InputChange] {
        &self.inputs
    }

    /// The computed figures that moved.
    pub fn figures(&self) -> &[FigureChange] {
        &self.figures
    }

    /// Shares the change of a figure among what changed, so that the contributions add up to it.
    ///
    /// # Errors
    ///
    /// Where a side has no such figure or no value of it, and where the sides run over different years.
    pub fn attribute(&self, figure: &str) -> Result<Attribution, ComparisonError> {
        let before = self.value(self.before, figure, false)?;
        let after = self.value(self.after, figure, true)?;
        let model = self.after.evaluation().model();
        let unit = model.find(figure).and_then(|found| model.cell(found.cell)).map(|cell| cell.unit().clone());
        let unit = unit.unwrap_or(Unit::Number);
        let is_cut = |slice: &Slice| slice.evaluation.model().find(figure).is_some();
        let sides = match &self.slices {
            // a figure of one period is the same on both sides, and no slice has it
            Some([one, other]) if is_cut(one) && is_cut(other) => [&one.evaluation, &other.evaluation],
            _ => [self.before.evaluation(), self.after.evaluation()],
        };
        attribute((self.before, self.after), sides, figure, (before, after), &unit, &self.inputs)
    }

    fn value(&self, outcome: &Outcome, figure: &str, is_after: bool) -> Result<Decimal, ComparisonError> {
        let evaluation = outcome.evaluation();
        let owned = figure.to_owned();
        let Some(found) = evaluation.model().find(figure) else {
            let nearest = outcome.nearest_figure(figure);
            return Err(ComparisonError::UnknownFigure { figure: owned, is_after, nearest });
        };
        let axis = evaluation.model().axis_of(found.cell);
        if let (Some(axis), None) = (axis, found.entry) {
            let last = axis.entries().last().map(|entry| format!("{figure}.{entry}"));
            return Err(ComparisonError::Row { entry: last.unwrap_or_else(|| owned.clone()), figure: owned });
        }
        match evaluation.figure(figure) {
            Some(Ok(value)) => Ok(value),
            Some(Err(absent)) => {
                Err(ComparisonError::NoValue { figure: owned, is_after, reason: evaluation.reason(absent) })
            }
            None => Err(ComparisonError::UnknownFigure { figure: owned, is_after, nearest: None }),
        }
    }
}

/// Both sides at their own period, where these differ.
fn slices(before: &Outcome, after: &Outcome) -> Option<[Slice; 2]> {
    if before.period()? == after.period()? {
        return None;
    }
    let slice = |outcome: &Outcome| Slice::new(outcome.evaluation(), SELECTOR, crate::calendar::AXIS);
    Some([slice(before)?, slice(after)?])
}

/// What was given for the one period and for the other, where it is not the same.
fn given_by_period([before, after]: &[Slice; 2]) -> Vec<InputChange> {
    let mut changes = Vec::new();
    let [one, other] = [&before.evaluation, &after.evaluation];
    let [read_one, read_other] = [one, other].map(|side| read_cells(side.model()));
    let cells = other.model().cells().map(|(_, cell)| (cell, true));
    let gone = one.model().cells().map(|(_, cell)| (cell, false));
    for (cell, is_after) in cells.chain(gone) {
        let id = cell.id().to_string();
        let is_taken = if is_after { after.taken.contains_key(&id) } else { before.taken.contains_key(&id) };
        if !is_taken || !is_after && after.taken.contains_key(&id) {
            continue;
        }
        let find = |side: &Evaluation| side.model().find(&id).filter(|found| found.entry.is_none());
        let (a, b) = (find(one).map(|found| found.cell), find(other).map(|found| found.cell));
        // values as given that are carried forward are told as what was carried
        if !a.is_some_and(|a| read_one.contains(&a)) && !b.is_some_and(|b| read_other.contains(&b)) {
            continue;
        }
        let address = |side: &Evaluation, cell: Option<CellId>| Some(side.model().source(cell?)?.to_string());
        let (address_before, address_after) = (address(one, a), address(other, b));
        // what follows from the choice of the period was written by nobody
        let is_written = |address: &Option<String>| address.as_deref().is_some_and(|address| address != PERIODS);
        let value = |side: &Evaluation, cell: Option<CellId>, address: &Option<String>| {
            let value = cell.and_then(|cell| side.scalar(cell).ok()).filter(|_| is_written(address))?;
            Some(Stated::Values(vec![Ok(value)]))
        };
        let stated = (value(one, a, &address_before), value(other, b, &address_after));
        if same(stated.0.as_ref(), stated.1.as_ref()) {
            continue;
        }
        changes.push(InputChange {
            label: cell.label().clone(),
            unit: cell.unit().clone(),
            before: stated.0,
            after: stated.1,
            address_before,
            address_after,
            is_read: true,
            id,
        });
    }
    changes
}

fn read_cells(model: &Model) -> HashSet<CellId> {
    let mut read = HashSet::new();
    for (cell, _) in model.cells() {
        if let Some(Content::Formula(formula)) = model.content(cell) {
            read.extend(formula.names().copied());
        }
    }
    read
}

/// The values of a row, without which cell a missing one is missing in.
fn known(row: &[Element]) -> Vec<Option<Decimal>> {
    row.iter().map(|element| element.ok()).collect()
}

fn is_formula(side: &Evaluation, cell: Option<CellId>) -> bool {
    cell.is_some_and(|cell| matches!(side.model().content(cell), Some(Content::Formula(_))))
}

/// What somebody wrote for a cell; `None` where it is computed, or where nothing was written.
fn stated(side: &Evaluation, cell: CellId) -> Option<Stated> {
    let model = side.model();
    let source = model.source(cell)?.to_string();
    match model.content(cell)? {
        Content::Input(values) if values.iter().any(Result::is_ok) => Some(Stated::Values(values.to_vec())),
        Content::Input(_) => None,
        Content::Formula(formula) => {
            let id = model.cell(cell)?.id().to_string();
            let is_own = source.strip_suffix(&id).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            let name = |cell: &CellId| model.cell(*cell).map(|cell| cell.id().to_string()).unwrap_or_default();
            // the row of a line is computed from the parts that were written under it
            let is_line =
                formula.names().map(name).any(|read| read.strip_prefix(&id).is_some_and(|rest| rest.starts_with('.')));
            (is_own && !is_line).then(|| Stated::Formula(format!("= {}", notation::write(formula, name))))
        }
    }
}

fn same(before: Option<&Stated>, after: Option<&Stated>) -> bool {
    match (before, after) {
        (Some(Stated::Values(before)), Some(Stated::Values(after))) => known(before) == known(after),
        (before, after) => before == after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Benefit, BenefitKind, Category, CostLine, Plan};
    use crate::scorecard::{Aim, Criterion, Measure, MissingPolicy, Scorecard};
    use crate::{Amount, Appraisal, Assumption, Draft, Horizon};
    use rust_decimal::dec;

    fn card(criteria: impl IntoIterator<Item = Criterion>) -> Draft {
        Draft { scorecard: Some(Scorecard::new(criteria)), ..Draft::default() }
    }

    fn scored(id: &str, actual: i64) -> Criterion {
        Criterion::indicator(id, Measure::target(0, 100).actual(actual))
    }

    fn contributions(before: Draft, after: Draft, figure: &str) -> Result<Vec<(String, Decimal)>, ComparisonError> {
        let [before, after] = [before, after].map(|draft| Appraisal::new(draft).unwrap());
        let (before, after) = (before.base(), after.base());
        let attribution = Comparison::between(&before, &after).attribute(figure)?;
        let sum: Decimal = attribution.contributions.iter().map(|contribution| contribution.value).sum();
        assert_eq!(sum, attribution.change);
        let named = attribution.contributions.iter();
        let named = named.map(|contribution| (contribution.driver.figure(), contribution.value.normalize()));
        Ok(named.map(|(id, value)| (id.trim_start_matches("contribution.").to_owned(), value)).collect())
    }

    #[track_caller]
    fn assert_contributions(before: Draft, after: Draft, figure: &str, expected: &[(&str, Decimal)]) {
        let found = contributions(before, after, figure).unwrap();
        let found: Vec<(&str, Decimal)> = found.iter().map(|(id, value)| (id.as_str(), *value)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn scores_count_at_mean_weights_and_weights_at_mean_scores() {
        let weighed = |a: Decimal, a_actual, b: Decimal, b_actual| {
            card([scored("a", a_actual).weighing(a), scored("b", b_actual).weighing(b)])
        };
        // S: 0.6 x 0.5 + 0.4 x 0.8 = 0.62, then 0.4 x 0.7 + 0.6 x 0.8 = 0.76; mean 0.69
        assert_contributions(
            weighed(dec!(0.6), 50, dec!(0.4), 80),
            weighed(dec!(0.4), 70, dec!(0.6), 80),
            "scorecard.score",
            &[
                ("input.scorecard.a.actual", dec!(0.1)), // 0.5 x 0.2
                ("weight.b", dec!(0.022)),               // (0.8 - 0.69) x 0.2
                ("weight.a", dec!(0.018)),               // (0.6 - 0.69) x -0.2
            ],
        );
    }

    #[test]
    fn what_is_new_or_comes_to_be_measured_moves_weights() {
        // a alone scores 60; with b at 20 the mean is 40
        let unmeasured = Criterion::indicator("b", Measure::target(0, 100));
        let expected = [
            ("weight.b", dec!(-0.15)), // (0.2 - 0.5) x 0.5
            ("weight.a", dec!(-0.05)), // (0.6 - 0.5) x -0.5
        ];
        let both = || card([scored("a", 60), scored("b", 20)]);
        assert_contributions(card([scored("a", 60), unmeasured]), both(), "scorecard.score", &expected);
        assert_contributions(card([scored("a", 60)]), both(), "scorecard.score", &expected);
        let back = expected.map(|(id, value)| (id, -value));
        assert_contributions(both(), card([scored("a", 60)]), "scorecard.score", &back);
        // counted as 0, the missing score is the cause
        let worst = |criteria: [Criterion; 2]| Draft {
            scorecard: Some(Scorecard { missing: MissingPolicy::Worst, ..Scorecard::new(criteria) }),
            ..Draft::default()
        };
        let unmeasured = Criterion::indicator("b", Measure::target(0, 100));
        assert_contributions(
            worst([scored("a", 60), unmeasured]),
            worst([scored("a", 60), scored("b", 20)]),
            "scorecard.score",
            &[("input.scorecard.b.actual", dec!(0.1))],
        );
    }

    /// Actual values and targets of two years, and one indicator that is three times as much.
    fn years() -> Appraisal {
        let year = |text: &str| text.parse::<crate::Period>().unwrap();
        let by_year =
            |one: i64, other: i64| Amount::PerPeriod(vec![(year("2024"), one.into()), (year("2025"), other.into())]);
        let aim = Some(Aim::Target(by_year(10, 20)));
        let a = Criterion::indicator("a", Measure { aim, ..Measure::target(0, 1) }.actual(by_year(4, 8)));
        let b = Measure::target(0, 60).actual(Amount::formula("= 3 * a").unwrap());
        let periods = Some(crate::Periods::new(year("2024"), year("2026")));
        let card = Scorecard { periods, ..Scorecard::new([a, Criterion::indicator("b", b)]) };
        Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap()
    }

    #[test]
    fn two_periods_differ_in_what_was_given_for_them() {
        let appraisal = years();
        let [before, after] = ["2024", "2025"].map(|year| appraisal.at(year.parse().unwrap()).unwrap());
        let comparison = Comparison::between(&before, &after);
        let inputs: Vec<&str> = comparison.inputs().iter().map(|input| input.id.as_str()).collect();
        assert_eq!(inputs, ["scorecard.a.actual", "scorecard.a.target"]);
        let address = comparison.inputs()[0].address_after.as_deref();
        assert_eq!(address, Some("scorecard.a.actual"));
        assert_eq!(comparison.inputs()[1].before, Some(Stated::Values(vec![Ok(dec!(10))])));
        let attribution = comparison.attribute("scorecard.score").unwrap();
        let found: Vec<(String, Decimal)> =
            attribution.contributions.iter().map(|c| (c.driver.figure(), c.value.normalize())).collect();
        // a is 0.4 before and after: actual alone 0.8, target alone 0.2; b goes from 0.2 to 0.4; both weigh a half
        let expected = [("actual", dec!(0.25)), ("target", dec!(-0.15))];
        assert_eq!(found, expected.map(|(input, value)| (format!("contribution.input.scorecard.a.{input}"), value)));
        assert_eq!(attribution.change, dec!(0.1));
        // a figure of one period does not move
        let fixed = comparison.attribute("scorecard.by_period.score.2024").unwrap();
        assert_eq!((fixed.change, fixed.contributions.len()), (dec!(0), 0));
    }

    #[test]
    fn a_score_is_shared_among_the_inputs_of_its_indicator() {
        let one = |base: i64, target: i64, actual: i64| {
            card([Criterion::indicator("a", Measure::target(base, target).actual(actual))])
        };
        // v: 0.4; actual alone 0.8; target alone 0.2; both 0.4
        assert_contributions(
            one(0, 10, 4),
            one(0, 20, 8),
            "scorecard.score",
            &[("input.scorecard.a.actual", dec!(0.3)), ("input.scorecard.a.target", dec!(-0.3))],
        );
        // a base that would meet the target cannot be told from it
        assert_contributions(
            one(0, 10, 5),
            one(10, 30, 25),
            "scorecard.score",
            &[("together.scorecard.a.actual+scorecard.a.base+scorecard.a.target", dec!(0.25))],
        );
        let band = |low: Decimal, high| {
            let aim = Some(Aim::Band { low, high, tolerance: Some(dec!(4)) });
            card([Criterion::indicator("a", Measure { aim, ..Measure::default() }.actual(1))])
        };
        assert_contributions(
            band(dec!(2), dec!(6)),
            band(dec!(4), dec!(6)),
            "scorecard.score",
            &[("input.scorecard.a.band", dec!(-0.5))],
        );
    }

    fn seats(count: i64, price: i64, lines: &[(&str, i64)]) -> Draft {
        let formula = |text| Some(Amount::formula(text).unwrap());
        let annual = formula("= seats * price");
        let mut costs = vec![CostLine { annual, ..CostLine::new(Category::Licences, "crm") }];
        costs.extend(lines.iter().map(|(id, initial)| CostLine {
            initial: Some((*initial).into()),
            ..CostLine::new(Category::Hardware, *id)
        }));
        Draft {
            horizon: Horizon { first_year: None, years: 2 },
            discount_rate: Some(dec!(0).into()),
            assumptions: vec![Assumption::new("seats", count), Assumption::new("price", price)],
            plan: Plan {
                costs: Some(costs),
                benefits: Some(vec![Benefit {
                    annual: Some(900.into()),
                    ..Benefit::new("hours", BenefitKind::Saving)
                }]),
                ..Plan::default()
            },
            ..Draft::default()
        }
    }

    #[test]
    fn any_figure_is_shared_by_shapley_values() {
        // two years: 2 x 10 x 5 = 100, then 2 x 12 x 7 = 168, so the net present value falls by 68
        assert_contributions(
            seats(10, 5, &[]),
            seats(12, 7, &[]),
            "case.npv",
            &[
                ("input.price", dec!(-44)), // 2 x 2 x (10 + 12) / 2
                ("input.seats", dec!(-24)), // 2 x 2 x (5 + 7) / 2
            ],
        );
        assert_contributions(
            seats(10, 5, &[]),
            seats(10, 5, &[("server", 30)]),
            "case.net.0",
            &[("structure", dec!(-30))],
        );
        assert_contributions(
            seats(10, 5, &[("server", 30)]),
            seats(10, 5, &[("server", 45)]),
            "costs.present_value",
            &[("input.costs.hardware.server.initial", dec!(15))],
        );
    }

    #[test]
    fn many_inputs_are_shared_over_two_orders() {
        let product = |factor: i64| {
            let names: Vec<String> = (1..=10).map(|n| format!("a{n}")).collect();
            let annual = Amount::formula(&format!("= {}", names.join(" * "))).unwrap();
            let line = CostLine { annual: Some(annual), ..CostLine::new(Category::Other, "x") };
            Draft {
                horizon: Horizon { first_year: None, years: 1 },
                assumptions: names.into_iter().map(|name| Assumption::new(name, factor)).collect(),
                plan: Plan { costs: Some(vec![line]), ..Plan::default() },
                ..Draft::default()
            }
        };
        let found = contributions(product(1), product(2), "costs.nominal").unwrap();
        assert_eq!(found.len(), 10);
        // 2^10 - 1, each factor (2^k + 2^(9-k)) / 2
        assert_eq!(found[0].1, dec!(256.5));
        assert_eq!(found[9].1, dec!(24));
    }

    #[test]
    fn what_cannot_be_shared_says_why() {
        let refused = |before, after, figure| contributions(before, after, figure).unwrap_err();
        let error = refused(card([scored("a", 1)]), card([scored("b", 1)]), "scorecard.a.scroe");
        assert_eq!(error.to_string(), "there is no figure `scorecard.a.scroe` before the change");
        assert_eq!(error.help().unwrap(), "did you mean `scorecard.a.score`?");
        let error = refused(seats(1, 1, &[]), seats(2, 1, &[]), "case.net");
        assert_eq!(error.to_string(), "`case.net` is a row of several figures");
        assert_eq!(error.help().unwrap(), "name one of them, as in `case.net.2`");
        let unmeasured = card([Criterion::indicator("a", Measure::target(0, 100))]);
        let error = refused(card([scored("a", 1)]), unmeasured, "scorecard.score");
        assert!(error.to_string().starts_with("`scorecard.score` has no value after the change: "), "{error}");
        let longer = Draft { horizon: Horizon { first_year: None, years: 3 }, ..seats(1, 1, &[]) };
        let error = refused(seats(1, 1, &[]), longer, "case.npv");
        assert_eq!(error.help().unwrap(), "give both the same `horizon:`");
    }

    #[test]
    fn what_was_written_differently_is_listed_with_its_places() {
        let [before, after] =
            [seats(10, 5, &[("old", 1)]), seats(12, 5, &[("new", 2)])].map(|draft| Appraisal::new(draft).unwrap());
        let (before, after) = (before.base(), after.base());
        let comparison = Comparison::between(&before, &after);
        let listed = comparison.inputs().iter().map(|input| {
            let value = |stated: &Option<Stated>| match stated {
                Some(Stated::Values(values)) => values[0].ok(),
                _ => None,
            };
            (input.id.as_str(), value(&input.before), value(&input.after))
        });
        assert_eq!(
            listed.collect::<Vec<_>>(),
            [
                ("seats", Some(dec!(10)), Some(dec!(12))),
                ("costs.hardware.new.initial", None, Some(dec!(2))),
                ("costs.hardware.old.initial", Some(dec!(1)), None),
            ]
        );
        assert_eq!(comparison.inputs()[1].address_after.as_deref(), Some("costs.hardware.new.initial"));
        assert!(comparison.figures().iter().any(|figure| figure.id == "case.npv"));
        assert!(Comparison::between(&before, &before).figures().is_empty());
    }
}
