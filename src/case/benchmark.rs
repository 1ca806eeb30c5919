//! Benchmarks: what costs usually look like, as data, and how the costs of a plan compare. Nothing is enforced.

use super::cost_views::CostViewCells;
use super::costs::CostCells;
use super::{Category, Deployment, Scope};
use crate::amount::Lowering;
use crate::model::{Binary, CellId, Expression, Function, Id, Naming, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What a benchmark expects of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// From the one to the other, both included.
    Between(Decimal, Decimal),
    /// This or more.
    AtLeast(Decimal),
    /// More than this.
    MoreThan(Decimal),
    /// Less than this.
    LessThan(Decimal),
}

impl Expected {
    /// Whether a value is as expected.
    pub fn holds(self, value: Decimal) -> bool {
        match self {
            Self::Between(low, high) => (low..=high).contains(&value),
            Self::AtLeast(least) => value >= least,
            Self::MoreThan(least) => value > least,
            Self::LessThan(most) => value < most,
        }
    }
}

/// What costs usually look like in one respect, for some deployments. A value outside is a finding to be thought about
/// and accepted or not, never an error.
///
/// **Formula**: each is a share or ratio of figures of the costs, `benchmarks.ID.value`; see `docs/format.md`.
///
/// **Source**: practice of the total cost of ownership of CRM systems; [`source`](Self::source) says what each is drawn
/// from.
///
/// ```
/// use appraise::case::{Benchmark, Deployment, Expected};
/// use rust_decimal::dec;
///
/// let split = Benchmark::ALL.iter().find(|known| known.id == "initial_share").unwrap();
/// assert_eq!(split.expected, Expected::Between(dec!(0.55), dec!(0.65)));
/// assert_eq!(split.deployments, [Deployment::OnPremises]);
/// assert!(split.expected.holds(dec!(0.6)) && !split.expected.holds(dec!(0.4)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benchmark {
    /// Its name: figures are `benchmarks.ID.value`, a finding is `benchmarks.ID`.
    pub id: &'static str,
    /// What is measured, in English.
    pub name: &'static str,
    /// What is expected of the value.
    pub expected: Expected,
    /// The deployments it is about.
    pub deployments: &'static [Deployment],
    /// Where the range comes from, in English.
    pub source: &'static str,
    measure: Measure,
}

/// Which figures a benchmark compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    InitialShare,
    Maintenance,
    Contingency,
    Services,
    Training,
    LicencesAtOnce,
    LicencesFirstYear,
    LicencesLater,
    RunReserve,
    ChangeReserve,
}

/// A fraction of so many hundredths.
const fn percent(hundredths: u32) -> Decimal {
    Decimal::from_parts(hundredths, 0, 0, false, 2)
}

const ANY: &[Deployment] = &[Deployment::OnPremises, Deployment::Hosted, Deployment::Cloud];
const BOUGHT: &[Deployment] = &[Deployment::OnPremises, Deployment::Hosted];
const ON_PREMISES: &[Deployment] = &[Deployment::OnPremises];
const CLOUD: &[Deployment] = &[Deployment::Cloud];

impl Benchmark {
    /// Every benchmark.
    pub const ALL: &'static [Benchmark] = &[
        Benchmark {
            id: "initial_share",
            name: "Initial cost, share of five years",
            expected: Expected::Between(percent(55), percent(65)),
            deployments: ON_PREMISES,
            source: "CRM total cost of ownership over five years, on premises: 55 to 65 % are spent initially",
            measure: Measure::InitialShare,
        },
        Benchmark {
            id: "maintenance",
            name: "Maintenance a year, share of licences and hardware",
            expected: Expected::Between(percent(15), percent(25)),
            deployments: BOUGHT,
            source: "maintenance contracts: 15 to 25 % a year of the price of what was bought",
            measure: Measure::Maintenance,
        },
        Benchmark {
            id: "contingency",
            name: "Contingency, share of other initial costs",
            expected: Expected::Between(percent(10), percent(15)),
            deployments: ANY,
            source: "practice of CRM budgets: a contingency of 10 to 15 %",
            measure: Measure::Contingency,
        },
        Benchmark {
            id: "services",
            name: "Services, against the largest other category",
            expected: Expected::AtLeast(percent(100)),
            deployments: BOUGHT,
            source: "CRM total cost of ownership: services of providers and vendor are usually the largest part",
            measure: Measure::Services,
        },
        Benchmark {
            id: "training",
            name: "Training after year 1, share of costs after year 1",
            expected: Expected::MoreThan(percent(0)),
            deployments: ANY,
            source: "people leave and join and systems change, so training does not end with the start",
            measure: Measure::Training,
        },
        Benchmark {
            id: "licences_at_once",
            name: "Licences bought in year 0, share of all licences",
            expected: Expected::LessThan(percent(100)),
            deployments: BOUGHT,
            source: "users come in waves, so licences need not all be bought at once",
            measure: Measure::LicencesAtOnce,
        },
        Benchmark {
            id: "licences_first_year",
            name: "Licences, share of years 0 and 1",
            expected: Expected::Between(percent(20), percent(35)),
            deployments: CLOUD,
            source: "CRM in the cloud: licences are 20 to 35 % of the cost of the first year, which the roll-out is part of",
            measure: Measure::LicencesFirstYear,
        },
        Benchmark {
            id: "licences_later",
            name: "Licences, share of the years from 2",
            expected: Expected::Between(percent(40), percent(60)),
            deployments: CLOUD,
            source: "CRM in the cloud: licences are 40 to 60 % of the cost of later years",
            measure: Measure::LicencesLater,
        },
        Benchmark {
            id: "run_reserve",
            name: "Reserve to keep running, rate a year",
            expected: Expected::Between(percent(15), percent(20)),
            deployments: ANY,
            source: "CRM budgets from year 3: 15 to 20 % a year to keep a system running; of the initial cost, which is an assumption",
            measure: Measure::RunReserve,
        },
        Benchmark {
            id: "change_reserve",
            name: "Reserve for change, rate a year",
            expected: Expected::Between(percent(25), percent(40)),
            deployments: ANY,
            source: "CRM budgets from year 3: 25 to 40 % a year to gain an advantage; of the initial cost, which is an assumption",
            measure: Measure::ChangeReserve,
        },
    ];

    /// A horizon that shows what a system costs, in years: most of it comes after the first two.
    pub const LEAST_YEARS: u32 = 5;
}

/// A benchmark and how a plan compares.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BenchmarkCells {
    pub(crate) benchmark: &'static Benchmark,
    pub(crate) value: CellId,
    /// 1 where the value is as expected, and 0 where it is not.
    pub(crate) met: CellId,
}

/// Defines `benchmarks.ID` for every benchmark that is about the deployment of the plan; none where it names none.
pub(super) fn define(
    lowering: &mut Lowering,
    scope: &Scope,
    costs: &CostCells,
    views: &CostViewCells,
) -> Vec<BenchmarkCells> {
    let Some(deployment) = views.deployment else { return Vec::new() };
    let compared = Benchmark::ALL.iter().filter(|benchmark| benchmark.deployments.contains(&deployment));
    let compared = compared.filter_map(|benchmark| {
        let value = benchmark.measure.of(lowering, scope, (costs, views))?;
        let figures = scope.id(&format!("benchmarks.{}", benchmark.id));
        let subject = scope.subject(benchmark.name);
        let unit = if benchmark.measure == Measure::Services { Unit::Number } else { Unit::Share };
        let mut figure = |part, aspect, unit, formula| {
            let naming = Naming::new(Id::of(Arc::clone(&figures), part)).label(Arc::clone(&subject), aspect);
            lowering.cells.formula(naming.unit(unit), formula)
        };
        let value = figure("value", "measured value", unit.clone(), value);
        let mut bound = |part, aspect, operation, bound| {
            let bound = figure(part, aspect, unit.clone(), Expression::number(bound));
            Expression::cell(value).binary(operation, Expression::cell(bound))
        };
        const LOW: (&str, &str) = ("low", "usually from");
        const HIGH: (&str, &str) = ("high", "usually to");
        let met = match benchmark.expected {
            Expected::Between(low, high) => {
                let low = bound(LOW.0, LOW.1, Binary::GreaterOrEqual, low);
                low.binary(Binary::And, bound(HIGH.0, HIGH.1, Binary::LessOrEqual, high))
            }
            Expected::AtLeast(least) => bound(LOW.0, LOW.1, Binary::GreaterOrEqual, least),
            Expected::MoreThan(least) => bound(LOW.0, "usually above", Binary::Greater, least),
            Expected::LessThan(most) => bound(HIGH.0, "usually below", Binary::Less, most),
        };
        let met = figure("met", "as usual", Unit::Truth, met);
        Some(BenchmarkCells { benchmark, value, met })
    });
    compared.collect()
}

impl Measure {
    /// The value over the cells of a plan; `None` where the plan has nothing of the kind.
    fn of(
        self,
        lowering: &mut Lowering,
        scope: &Scope,
        (costs, views): (&CostCells, &CostViewCells),
    ) -> Option<Expression> {
        let years = lowering.years;
        let cell = Expression::cell;
        let row = |category| costs.categories.iter().find(|known| known.category == category).map(|known| known.totals);
        let year = |row: CellId, year| Expression::entry(row, year);
        let all = costs.totals;
        Some(match self {
            Self::InitialShare if years >= Benchmark::LEAST_YEARS => {
                cell(costs.initial) / year(views.cumulative, Benchmark::LEAST_YEARS)
            }
            Self::InitialShare => return None,
            Self::Maintenance => {
                let maintenance = row(Category::Maintenance)?;
                if costs.standing.is_empty() {
                    return None;
                }
                let standing = Expression::sum_of(costs.standing.iter().cloned());
                let standing = Expression::call(Function::Flow, [Expression::number(0), standing]);
                let naming = Naming::new(scope.id("benchmarks.maintenance.standing")).unit(Unit::Money);
                let naming = naming.label(scope.subject("Licences and hardware"), "in use, at what was paid");
                let standing = lowering.cells.formula(naming, standing);
                let later = cell(maintenance.nominal) - year(maintenance.year, 0);
                later / Expression::call(Function::Sum, [cell(standing)])
            }
            Self::Contingency => year(costs.contingency.year, 0) / year(costs.before_contingency.year, 0),
            Self::Services => {
                let are_services = |category| matches!(category, Category::ServiceProviders | Category::VendorServices);
                let nominal = |services: bool| {
                    let kept = costs.categories.iter().filter(move |known| are_services(known.category) == services);
                    kept.map(|known| cell(known.totals.nominal))
                };
                Expression::sum_of(nominal(true)) / Expression::call(Function::Max, nominal(false))
            }
            Self::Training if years > 1 => {
                let training = costs.lines.iter().filter(|line| line.is_training);
                Expression::sum_of(training.map(|line| after_year_1(line.nominal, line.year)))
                    / after_year_1(all.nominal, all.year)
            }
            Self::Training => return None,
            Self::LicencesAtOnce => {
                let licences = row(Category::Licences)?;
                year(licences.year, 0) / cell(licences.nominal)
            }
            Self::LicencesFirstYear => {
                let licences = row(Category::Licences)?.year;
                (year(licences, 0) + year(licences, 1)) / (year(all.year, 0) + year(all.year, 1))
            }
            Self::LicencesLater if years > 1 => {
                let licences = row(Category::Licences)?;
                after_year_1(licences.nominal, licences.year) / after_year_1(all.nominal, all.year)
            }
            Self::LicencesLater => return None,
            Self::RunReserve => cell(views.reserves.as_ref()?.run?.0),
            Self::ChangeReserve => cell(views.reserves.as_ref()?.change?.0),
        })
    }
}

/// The sum of a row in the years from 2 on.
fn after_year_1(nominal: CellId, year: CellId) -> Expression {
    Expression::cell(nominal) - Expression::entry(year, 0) - Expression::entry(year, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::Figures;
    use crate::case::{ChargedOn, CostLine, Plan, Rate, Reserves};
    use crate::finding_code::FindingCode;
    use crate::{Amount, Draft, Horizon};
    use rust_decimal::dec;

    fn line(category: Category, id: &str, initial: i64, annual: i64) -> CostLine {
        CostLine { initial: Some(initial.into()), annual: Some(annual.into()), ..CostLine::new(category, id) }
    }

    fn plan(deployment: Option<Deployment>) -> Plan {
        let of = ChargedOn::Initial;
        let contingency = Rate { rate: dec!(0.1).into(), of };
        let costs = vec![
            line(Category::Licences, "crm", 200, 0),
            line(Category::Licences, "more", 0, 10),
            line(Category::Maintenance, "support", 0, 60),
            line(Category::Hardware, "server", 100, 0),
            line(Category::ServiceProviders, "integration", 300, 30),
            line(Category::Staff, "training", 100, 20),
            CostLine { rate: Some(contingency), ..CostLine::new(Category::Other, "contingency") },
        ];
        Plan { costs: Some(costs), deployment, ..Plan::default() }
    }

    fn figures(deployment: Deployment, years: u32, reserves: Option<Reserves>) -> Figures {
        let plan = Plan { reserves, ..plan(Some(deployment)) };
        Figures::of(Draft { horizon: Horizon { first_year: None, years }, plan, ..Draft::default() })
    }

    #[test]
    fn every_value_by_hand() {
        let reserves = Reserves { run: Some(dec!(0.15).into()), change: Some(dec!(0.5).into()), ..Reserves::default() };
        let figures = figures(Deployment::OnPremises, 5, Some(reserves));
        for (id, value, met) in [
            // 770 initial, 120 a year: 770 / 1370
            ("initial_share", dec!(0.5620437956), 1),
            // 60 a year of 300, 310, 320, 330 and 340 bought before
            ("maintenance", dec!(0.1875), 1),
            ("contingency", dec!(0.1), 1),
            // 450 against 300 of maintenance, which is the largest other category
            ("services", dec!(1.5), 1),
            // 20 of 120 a year
            ("training", dec!(0.1666666667), 1),
            // 200 of 250
            ("licences_at_once", dec!(0.8), 1),
            ("run_reserve", dec!(0.15), 1),
            ("change_reserve", dec!(0.5), 0),
        ] {
            assert_eq!(figures.get(&format!("benchmarks.{id}.value")).round_dp(10), value, "{id}");
            assert_eq!(figures.get(&format!("benchmarks.{id}.met")), Decimal::from(met), "{id}");
        }
        assert_eq!(figures.get("benchmarks.initial_share.low"), dec!(0.55));
        assert_eq!(figures.0.base().figure("benchmarks.licences_later.value"), None);
        let cloud = self::figures(Deployment::Cloud, 5, None);
        // (200 + 10) / (770 + 120), and 10 / 120
        assert_eq!(cloud.get("benchmarks.licences_first_year.value").round_dp(10), dec!(0.2359550562));
        assert_eq!(cloud.get("benchmarks.licences_later.value").round_dp(10), dec!(0.0833333333));
        assert_eq!(cloud.get("benchmarks.licences_later.met"), dec!(0));
        assert_eq!(cloud.0.base().figure("benchmarks.maintenance.value"), None);
    }

    #[test]
    fn the_first_five_years_of_a_longer_model_are_compared() {
        assert_eq!(
            figures(Deployment::OnPremises, 9, None).get("benchmarks.initial_share.value").round_dp(10),
            dec!(0.5620437956)
        );
        let short = figures(Deployment::OnPremises, 1, None);
        for id in ["initial_share", "training", "licences_later"] {
            assert_eq!(short.0.base().figure(&format!("benchmarks.{id}.value")), None, "{id}");
        }
    }

    #[test]
    fn nothing_is_compared_where_no_deployment_is_named() {
        let figures = Figures::of(Draft { plan: plan(None), ..Draft::default() });
        assert_eq!(figures.0.base().figure("benchmarks.contingency.value"), None);
    }

    #[test]
    fn training_is_called_so_or_stated_by_heads() {
        let value = |id: &str, training| {
            let annual = Some(Amount::from(10));
            let line = CostLine { annual, training, ..CostLine::new(Category::Other, id) };
            let plan = Plan { costs: Some(vec![line]), deployment: Some(Deployment::Cloud), ..Plan::default() };
            Figures::of(Draft { plan, ..Draft::default() }).get("benchmarks.training.value")
        };
        assert_eq!(value("training", None), dec!(1));
        assert_eq!(value("user_training", None), dec!(1));
        assert_eq!(value("courses", None), dec!(0));
        let heads = crate::case::Training { turnover: Some(dec!(0.1).into()), ..crate::case::Training::new(10, 5) };
        assert_eq!(value("courses", Some(heads)), dec!(1));
    }

    #[test]
    fn every_benchmark_has_a_finding() {
        for benchmark in Benchmark::ALL {
            let code = format!("benchmarks.{}", benchmark.id);
            assert!(FindingCode::named(&code).is_some(), "{code}");
        }
    }

    #[test]
    fn maintenance_is_of_what_stands_there() {
        use crate::case::{Base, Basis, Licence, LicenceKind, Replacement};
        let of = |mut line: CostLine, on: Option<Basis>| {
            line.category = Category::Licences;
            let base = ChargedOn::Line(Category::Licences, line.id.clone());
            let of = on
                .map_or(base, |on| ChargedOn::Bases { of: vec![Base::Line(Category::Licences, line.id.clone())], on });
            let upkeep = Rate { rate: dec!(0.18).into(), of };
            let upkeep = CostLine { rate: Some(upkeep), ..CostLine::new(Category::Maintenance, "upkeep") };
            let plan =
                Plan { costs: Some(vec![line, upkeep]), deployment: Some(Deployment::OnPremises), ..Plan::default() };
            let figures =
                Figures::of(Draft { horizon: Horizon { first_year: None, years: 6 }, plan, ..Draft::default() });
            figures.get("benchmarks.maintenance.value")
        };
        let replaced = Replacement { every: Some(2), ..Replacement::default() };
        let machine = CostLine { replacement: Some(replaced), ..line(Category::Hardware, "x", 100_000, 0) };
        assert_eq!(of(CostLine { annual: None, ..machine }, None), dec!(0.18));
        let seats = || Amount::PerYear([10, 20, 20, 30, 30, 30].map(Into::into).into());
        for kind in [LicenceKind::Perpetual, LicenceKind::Subscription] {
            let licence = Some(Licence::new(kind, seats(), 500));
            let crm = CostLine { licence, ..CostLine::new(Category::Licences, "crm") };
            assert_eq!(of(crm, Some(Basis::Net)), dec!(0.18), "{kind:?}");
        }
    }
}
