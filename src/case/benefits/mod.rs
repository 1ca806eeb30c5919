//! What the system brings: revenue through its margin, savings, avoided costs, ramped up and cut by risk, counted once where
//! they overlap, and followed by what is measured.

mod benefit;
mod capacity;
mod cashable;
mod error;
mod overlap;
mod ramp;
mod realised;
mod risk;

pub use benefit::{Benefit, BenefitKind};
pub(crate) use benefit::{Factor, LineCells};
pub use capacity::Capacity;
pub(crate) use capacity::CapacityCells;
pub(crate) use cashable::CashableCells;
pub use error::BenefitError;
pub(crate) use overlap::CutCells;
pub use overlap::{Counted, Overlap};
pub use ramp::Ramp;
pub use realised::Follows;
pub(crate) use realised::{Measured, RealisedCells};
pub use risk::Risk;

use super::{PriceView, Prices, Setting, Totals, define_totals};
use crate::amount::Lowering;
use crate::idle::Idle;
use crate::model::{CellId, Expression, Naming, Unit, is_name};
use crate::scorecard::Tree;
use overlap::{Group, GroupCells, Risks};
use std::collections::HashSet;
use std::sync::Arc;

/// The cells of all benefits.
#[derive(Debug, Clone)]
pub(crate) struct BenefitCells {
    pub(crate) lines: Vec<LineCells>,
    pub(crate) totals: Totals,
    pub(crate) unadjusted: Totals,
    /// What is cut because it overlaps.
    pub(crate) cuts: Vec<CutCells>,
    /// Where some benefit says whether it becomes cash.
    pub(crate) cashable: Option<CashableCells>,
    /// Where some benefit follows an indicator.
    pub(crate) realised: Option<RealisedCells>,
    /// In nominal and in real terms, where inflation is stated.
    pub(crate) prices: Option<PriceView>,
}

/// Ids that the figures of all benefits need.
pub(crate) const RESERVED: [&str; 19] = [
    "nominal",
    "present_value",
    "year",
    "unadjusted",
    "initial",
    "ongoing",
    "overlap",
    "cashable",
    "non_cashable",
    "planned",
    "realised",
    "gap",
    "planned_so_far",
    "realised_so_far",
    "gap_so_far",
    "realised_share",
    "equivalent_annual",
    "at_current_prices",
    "at_constant_prices",
];

/// Defines every benefit and the totals.
pub(crate) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    benefits: &[Benefit],
    overlaps: &[Overlap],
) -> BenefitCells {
    let scope = setting.scope;
    let mut seen = HashSet::new();
    let mut sound: Vec<(&Benefit, Arc<str>)> = Vec::with_capacity(benefits.len());
    let mut lines: Vec<LineCells> = Vec::with_capacity(benefits.len());
    for benefit in benefits {
        let at = scope.id(&format!("benefits.{}", benefit.id));
        if check(lowering, setting, (&at, benefit), &mut seen) {
            lines.push(benefit::define(lowering, setting, benefit, &at));
            sound.push((benefit, at));
        }
    }
    let groups = overlap::groups(lowering, setting, &sound, overlaps);
    let adjusted = define_groups(lowering, setting, &groups, (Risks::With, &lines, |line| line.year));
    let unadjusted = define_groups(lowering, setting, &groups, (Risks::Without, &lines, |line| line.unadjusted));
    let rows = |lines: &[LineCells], row: fn(&LineCells) -> CellId, cuts: &[GroupCells]| -> Vec<CellId> {
        let counted = lines.iter().filter(|line| line.is_counted()).map(row);
        counted.chain(cuts.iter().map(|cells| cells.cut)).collect()
    };
    let totals = rows(&lines, |line| line.year, &adjusted);
    let totals = define_totals(lowering, setting, "benefits", "Benefits", &totals);
    let name = "Benefits without risk adjustment";
    let without = rows(&lines, |line| line.unadjusted, &unadjusted);
    let without = define_totals(lowering, setting, "benefits.unadjusted", name, &without);
    let naming =
        |id: &str, aspect| Naming::new(scope.id(id)).label(scope.subject("Benefits"), aspect).unit(Unit::Money);
    let initial = Expression::entry(totals.year, 0);
    let initial = lowering.cells.formula(naming("benefits.initial", "initial"), initial);
    let later = Expression::cell(totals.nominal) - Expression::cell(initial);
    lowering.cells.formula(naming("benefits.ongoing", "ongoing"), later);

    let cuts: Vec<CutCells> =
        groups.iter().zip(&adjusted).map(|(group, cells)| group.cut(lowering, setting, *cells)).collect();
    if !cuts.is_empty() {
        let cuts: Vec<CellId> = cuts.iter().map(|cut| cut.year).collect();
        define_totals(lowering, setting, "benefits.overlap", "Benefits that overlap", &cuts);
    }
    let says_cash = benefits.iter().any(|benefit| benefit.cashable.is_some());
    let cashable = says_cash.then(|| cashable::define(lowering, setting, (&lines, totals), (&groups, &adjusted)));
    for (position, (benefit, _)) in sound.iter().enumerate() {
        let group = groups.iter().zip(&unadjusted).find(|(group, _)| group.lines.contains(&position));
        let part = group.map(|(_, cells)| cells.part);
        let followed = match lines.get(position) {
            Some(line) => realised::define(lowering, setting, (benefit, line), part),
            None => None,
        };
        if let Some(line) = lines.get_mut(position) {
            line.followed = followed;
        }
    }
    let realised = realised::define_totals(lowering, setting, &lines);
    let subject = scope.subject("Benefits");
    let view = |prices: Prices| prices.view(lowering, &scope.id("benefits"), &subject, totals.year);
    let prices = setting.common.prices.map(view);
    BenefitCells { lines, totals, unadjusted: without, cuts, cashable, realised, prices }
}

/// The cells of all groups over one kind of row.
fn define_groups(
    lowering: &mut Lowering,
    setting: Setting,
    groups: &[Group],
    (with, lines, row): (Risks, &[LineCells], fn(&LineCells) -> CellId),
) -> Vec<GroupCells> {
    let rows =
        |group: &Group| -> Vec<CellId> { group.lines.iter().filter_map(|line| lines.get(*line)).map(row).collect() };
    groups.iter().map(|group| group.define(lowering, setting, with, &rows(group))).collect()
}

fn check<'b>(
    lowering: &mut Lowering,
    setting: Setting,
    (at, benefit): (&str, &'b Benefit),
    seen: &mut HashSet<&'b str>,
) -> bool {
    let tree = setting.measured.tree;
    let id = || benefit.id.clone();
    if !is_name(&benefit.id) {
        lowering.problem(at, BenefitError::InvalidId { id: id() });
    } else if RESERVED.contains(&&*benefit.id) {
        lowering.problem(at, BenefitError::ReservedId { id: id() });
    }
    if !seen.insert(&benefit.id) {
        lowering.problem(at, BenefitError::DuplicateId { id: id() });
        return false;
    }
    let has_amount = benefit.annual.is_some() || benefit.initial.is_some() || benefit.capacity.is_some();
    if !has_amount && benefit.is_counted() {
        lowering.problem(at, BenefitError::NoAmount { id: id() });
    }
    let acts =
        [("delay", benefit.delay.is_some()), ("risk", benefit.risk.is_some()), ("follows", benefit.follows.is_some())];
    for (key, _) in acts.into_iter().filter(|(_, is_stated)| *is_stated && !has_amount && !benefit.is_counted()) {
        lowering.idle(format!("{at}.{key}"), Idle::NoAmount);
    }
    if benefit.margin.is_some() && benefit.kind != BenefitKind::Revenue {
        lowering.problem(format!("{at}.margin"), BenefitError::MarginWithoutRevenue { id: id() });
    }
    if benefit.capacity.is_some() {
        if benefit.annual.is_some() {
            lowering.problem(format!("{at}.annual"), BenefitError::TwoAmounts { id: id() });
        }
        if benefit.kind == BenefitKind::Revenue {
            lowering.problem(format!("{at}.capacity"), BenefitError::CapacityOfRevenue { id: id() });
        }
    }
    if benefit.annual.is_none() && benefit.capacity.is_none() && benefit.initial.is_some() {
        for key in benefit.stated_of_years() {
            lowering.problem(format!("{at}.{key}"), BenefitError::NoAnnual { id: id(), key });
        }
    }
    if benefit.realisation.is_some() && benefit.ramp.is_some() {
        lowering.problem(format!("{at}.ramp"), BenefitError::TwoRamps { id: id() });
    }
    let years = setting.last_year;
    let delay = benefit.delay.as_ref().and_then(crate::Amount::as_constant);
    // what comes in year 0 may still come in the last year
    let first = u64::from(years).saturating_add(benefit.initial.is_some().into());
    if let Some(delay) = delay.filter(|delay| *delay >= first.into()) {
        lowering.problem(format!("{at}.delay"), BenefitError::DelayBeyondHorizon { id: id(), delay, years });
    }
    let says = [("overlap", benefit.overlap.is_some()), ("cashable", benefit.cashable.is_some())];
    for (key, _) in says.into_iter().filter(|(_, says)| *says && !benefit.is_counted()) {
        lowering.problem(format!("{at}.{key}"), BenefitError::NotCounted { id: id(), key });
    }
    if let Some(indicator) = &benefit.proven_by
        && tree.and_then(|tree| tree.find(indicator)).is_none()
    {
        let ids = tree.into_iter().flat_map(Tree::ids);
        let nearest = lowering.nearest(indicator, ids);
        let error = BenefitError::UnknownIndicator { id: id(), indicator: indicator.clone(), nearest };
        lowering.problem(format!("{at}.proven_by"), error);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Category, CostLine, ExchangeRate, Plan, RateTable};
    use crate::model::Cause;
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use crate::{Amount, Draft, Horizon, Periods};
    use rust_decimal::{Decimal, dec};

    fn draft(benefits: Vec<Benefit>) -> Draft {
        Draft {
            horizon: Horizon { first_year: None, years: 2 },
            discount_rate: Some(dec!(0.25).into()),
            plan: Plan { benefits: Some(benefits), ..Plan::default() },
            ..Draft::default()
        }
    }

    #[test]
    fn ramp_margin_and_risk_multiply() {
        let revenue = Benefit {
            initial: Some(10.into()),
            annual: Some(1_000.into()),
            realisation: Some(Amount::PerYear(vec![dec!(0.5), dec!(1)])),
            margin: Some(dec!(0.4).into()),
            risk: Some(dec!(0.25).into()),
            ..Benefit::new("revenue", BenefitKind::Revenue)
        };
        let intangible = Benefit { annual: Some(500.into()), ..Benefit::new("image", BenefitKind::Intangible) };
        let figures = Figures::of(draft(vec![revenue, intangible]));
        let row = |id: &str| [0, 1, 2].map(|year| figures.get(&format!("{id}.{year}")));
        assert_eq!(row("benefits.revenue.unadjusted"), [dec!(10), dec!(200), dec!(400)]);
        assert_eq!(row("benefits.revenue"), [dec!(7.5), dec!(150), dec!(300)]);
        // an intangible has figures of its own and is in no total
        assert_eq!(figures.get("benefits.image.nominal"), dec!(1000));
        assert_eq!(row("benefits.year"), [dec!(7.5), dec!(150), dec!(300)]);
        assert_eq!(figures.get("benefits.nominal"), dec!(457.5));
        assert_eq!(figures.get("benefits.initial"), dec!(7.5));
        assert_eq!(figures.get("benefits.ongoing"), dec!(450));
        assert_eq!(figures.get("benefits.present_value"), dec!(319.5));
        assert_eq!(figures.get("benefits.unadjusted.present_value"), dec!(426));
    }

    fn row(figures: &Figures, id: &str) -> [Decimal; 3] {
        [0, 1, 2].map(|year| figures.get(&format!("{id}.{year}")))
    }

    #[test]
    fn ramp_adoption_attribution_and_delay_multiply_and_shift() {
        let kept = Benefit {
            annual: Some(1_000.into()),
            ramp: Some(Ramp::Linear(2.into())),
            adoption: Some(dec!(0.8).into()),
            attribution: Some(Amount::PerYear(vec![dec!(0.5), dec!(0.75)])),
            delay: Some(dec!(0.5).into()),
            risk: Some(Risk::Triangle { low: 0.into(), likely: dec!(0.05).into(), high: dec!(0.25).into() }),
            ..Benefit::new("kept", BenefitKind::Saving)
        };
        let figures = Figures::of(draft(vec![kept]));
        assert_eq!(row(&figures, "benefits.kept.undelayed"), [dec!(0), dec!(200), dec!(600)]);
        assert_eq!(row(&figures, "benefits.kept.unadjusted"), [dec!(0), dec!(100), dec!(400)]);
        assert_eq!(figures.get("benefits.kept.ramp.1"), dec!(0.5));
        assert_eq!(figures.get("benefits.kept.risk"), dec!(0.1));
        assert_eq!(row(&figures, "benefits.kept"), [dec!(0), dec!(90), dec!(360)]);
        // 90 / 1.25 + 360 / 1.5625
        assert_eq!(figures.get("benefits.kept.present_value"), dec!(302.4));
    }

    #[test]
    fn a_group_is_counted_once_with_risk_and_without() {
        let part = |id: &str, annual: [i64; 2], risk: Decimal| Benefit {
            annual: Some(Amount::PerYear(annual.map(Decimal::from).into())),
            risk: Some(risk.into()),
            overlap: Some("time".into()),
            ..Benefit::new(id, BenefitKind::Saving)
        };
        let benefits = || {
            let alone = Benefit { annual: Some(10.into()), ..Benefit::new("alone", BenefitKind::Saving) };
            vec![part("a", [100, 100], dec!(0.5)), part("b", [80, 200], dec!(0)), alone]
        };
        let figures = Figures::of(draft(benefits()));
        // with risk 50 and 80, 50 and 200; without 100 and 80, 100 and 200
        assert_eq!(row(&figures, "benefits.overlap.time"), [dec!(0), dec!(-50), dec!(-50)]);
        assert_eq!(row(&figures, "benefits.year"), [dec!(0), dec!(90), dec!(210)]);
        assert_eq!(row(&figures, "benefits.unadjusted.year"), [dec!(0), dec!(110), dec!(210)]);
        assert_eq!(figures.get("benefits.overlap.time.nominal"), dec!(-100));
        assert_eq!(figures.get("benefits.overlap.present_value"), dec!(-72));
        let mut shared = draft(benefits());
        shared.plan.overlaps = vec![Overlap { group: "time".into(), counted: Counted::Share(dec!(0.8).into()) }];
        let figures = Figures::of(shared);
        assert_eq!(row(&figures, "benefits.year"), [dec!(0), dec!(114), dec!(210)]);
        assert_eq!(figures.get("benefits.overlap.time.share"), dec!(0.8));
    }

    #[test]
    fn what_is_no_cash_is_left_out_of_the_return_on_cash() {
        let capacity = Capacity { conversion: Some(dec!(0.5).into()), ..Capacity::new(1_040, 2) };
        let hours =
            Benefit { capacity: Some(capacity), cashable: Some(false), ..Benefit::new("hours", BenefitKind::Saving) };
        let paper = Benefit { annual: Some(125.into()), ..Benefit::new("paper", BenefitKind::Saving) };
        let mut stated = draft(vec![hours, paper]);
        let cost = CostLine { initial: Some(100.into()), ..CostLine::new(Category::Licences, "crm") };
        stated.plan.costs = Some(vec![cost]);
        let figures = Figures::of(stated);
        assert_eq!(figures.get("benefits.hours.annual"), dec!(1_040));
        assert_eq!(figures.get("benefits.hours.capacity.full_time_equivalents"), dec!(0.5));
        assert_eq!(row(&figures, "benefits.cashable.year"), [dec!(0), dec!(125), dec!(125)]);
        assert_eq!(figures.get("benefits.non_cashable.nominal"), dec!(2_080));
        // -100 + 125/1.25 + 125/1.5625
        assert_eq!(figures.get("case.cashable.npv"), dec!(80));
        assert_eq!(figures.get("case.npv"), dec!(1577.6));
    }

    #[test]
    fn money_of_another_currency_is_converted_in_the_year_in_which_it_comes() {
        let rates = RateTable::Amount(Amount::PerYear(vec![dec!(0.5), dec!(0.8)]));
        let dollars = |benefit: Benefit| Benefit { currency: Some("USD".to_owned()), ..benefit };
        let stated = |benefits: Vec<Benefit>| Draft {
            currency: Some("EUR".to_owned()),
            exchange_rates: vec![ExchangeRate { currency: "USD".to_owned(), rates: rates.clone() }],
            ..draft(benefits)
        };
        let paper = Benefit {
            initial: Some(20.into()),
            annual: Some(100.into()),
            risk: Some(dec!(0.1).into()),
            ..Benefit::new("paper", BenefitKind::Saving)
        };
        let late = Benefit { delay: Some(1.into()), ..Benefit { id: "late".to_owned(), ..paper.clone() } };
        let capacity = Some(Capacity::new(10, 5));
        let hours = Benefit { capacity, ..Benefit::new("hours", BenefitKind::Saving) };
        let euros = Benefit { id: "euros".to_owned(), currency: Some("EUR".to_owned()), ..paper.clone() };
        let figures = Figures::of(stated(vec![dollars(paper), dollars(late), dollars(hours), euros]));
        assert_eq!(row(&figures, "benefits.paper"), [dec!(9), dec!(45), dec!(72)]);
        assert_eq!(row(&figures, "benefits.late.undelayed"), [dec!(20), dec!(100), dec!(100)]);
        assert_eq!(row(&figures, "benefits.late.unadjusted"), [dec!(0), dec!(10), dec!(80)]);
        assert_eq!(row(&figures, "benefits.hours"), [dec!(0), dec!(25), dec!(40)]);
        assert_eq!(row(&figures, "benefits.euros"), [dec!(18), dec!(90), dec!(90)]);
    }

    #[test]
    fn of_a_group_the_kind_of_the_largest_decides_what_is_cash() {
        let part = |id: &str, annual: [i64; 2], cashable: bool| Benefit {
            annual: Some(Amount::PerYear(annual.map(Decimal::from).into())),
            cashable: Some(cashable),
            overlap: Some("time".into()),
            ..Benefit::new(id, BenefitKind::Saving)
        };
        // the largest is not cash in year 1, and is in year 2
        let mut stated = draft(vec![part("hours", [300, 100], false), part("posts", [200, 400], true)]);
        let figures = Figures::of(stated.clone());
        assert_eq!(row(&figures, "benefits.cashable.year"), [dec!(0), dec!(0), dec!(400)]);
        assert_eq!(row(&figures, "benefits.non_cashable.year"), [dec!(0), dec!(300), dec!(0)]);
        assert_eq!(row(&figures, "benefits.overlap.time.cashable"), [dec!(0), dec!(0), dec!(400)]);
        // a share of the sum is that share of each
        stated.plan.overlaps = vec![Overlap { group: "time".into(), counted: Counted::Share(dec!(0.7).into()) }];
        let figures = Figures::of(stated);
        assert_eq!(row(&figures, "benefits.cashable.year"), [dec!(0), dec!(140), dec!(280)]);
        assert_eq!(row(&figures, "benefits.non_cashable.year"), [dec!(0), dec!(210), dec!(70)]);
        // where both are equally large, it is the one that is cash
        let figures = Figures::of(draft(vec![part("hours", [5, 7], false), part("posts", [5, 7], true)]));
        assert_eq!(figures.get("benefits.cashable.nominal"), dec!(12));
        assert_eq!(figures.get("benefits.non_cashable.nominal"), dec!(0));
    }

    #[test]
    fn what_is_measured_says_what_came_of_the_plan() {
        let period = |text: &str| text.parse::<crate::Period>().unwrap();
        let measured = [("2026-H1", 4), ("2026-H2", 8), ("2027-H1", 25)];
        let measured = measured.map(|(half, value)| (period(half), Decimal::from(value))).into();
        let kept = Criterion::indicator("kept", Measure::target(0, 20).actual(Amount::PerPeriod(measured)));
        let periods = Some(Periods::new(period("2026-H1"), period("2027-H2")));
        let benefit = Benefit {
            annual: Some(1_000.into()),
            risk: Some(dec!(0.1).into()),
            follows: Some(Follows::new("kept")),
            ..Benefit::new("margin", BenefitKind::Saving)
        };
        let mut stated = draft(vec![benefit]);
        stated.horizon.first_year = Some(2025);
        stated.scorecard = Some(Scorecard { periods, ..Scorecard::new([kept]) });
        let figures = Figures::of(stated);
        assert_eq!(row(&figures, "benefits.margin.planned"), [dec!(0), dec!(1_000), dec!(1_000)]);
        assert_eq!(figures.get("benefits.margin.progress.1"), dec!(0.3));
        assert_eq!(figures.get("benefits.margin.realised.1"), dec!(300));
        assert_eq!(figures.get("benefits.margin.shortfall.1"), dec!(0.7));
        // before the first period, and in a year of which a half is not measured
        assert_eq!(figures.cause("benefits.margin.realised.0"), Cause::YearNotMeasured);
        assert_eq!(figures.cause("benefits.margin.realised.2"), Cause::YearNotMeasured);
        assert_eq!(figures.get("benefits.margin.measured.2027-H1"), dec!(1));
        assert_eq!(figures.get("benefits.planned_so_far"), dec!(1_000));
        assert_eq!(figures.get("benefits.gap_so_far"), dec!(700));
        assert_eq!(figures.get("benefits.realised_share"), dec!(0.3));
    }

    #[test]
    fn mistakes_in_benefits_are_placed() {
        let saving = |id: &str| Benefit { annual: Some(1.into()), ..Benefit::new(id, BenefitKind::Saving) };
        let benefits = vec![
            Benefit { margin: Some(dec!(0.4).into()), ..saving("hours") },
            Benefit { risk: Some(dec!(15).into()), ..saving("hours") },
            Benefit { risk: Some(dec!(15).into()), ..saving("paper") },
            Benefit::new("nothing", BenefitKind::Saving),
            Benefit { proven_by: Some("hours_spent".into()), ..saving("year") },
        ];
        assert_eq!(
            problems(draft(benefits)),
            [
                "benefits.hours.margin: `hours` has a margin, but is not of the kind `revenue`",
                "benefits.hours: there are two benefits `hours`",
                "benefits.paper.risk: 1500 % is not a share between 0 and 100 %",
                "benefits.nothing: `nothing` has no amount",
                "benefits.year: `year` is reserved for a figure",
                "benefits.year.proven_by: `year` is proven by `hours_spent`, which is no criterion of the scorecard",
            ]
        );
        let zero = Figures::of(draft(vec![Benefit { annual: Some(Decimal::ZERO.into()), ..saving("none") }]));
        assert_eq!(zero.get("benefits.nominal"), dec!(0));
    }
}
