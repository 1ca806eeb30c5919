//! Total cost of ownership: the lines of eight categories added up, nominal and as present values.

use super::cost_line::{self, Bases, Risk};
use super::depreciation::{self, DepreciationCells};
use super::{Category, CostLine, Setting, Totals, define_sums, define_totals};
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use std::sync::Arc;

/// The cells of one line.
#[derive(Debug, Clone)]
pub(crate) struct LineCells {
    pub(crate) category: Category,
    pub(crate) name: Arc<str>,
    /// Of which line of the document.
    pub(crate) of: Arc<str>,
    pub(crate) year: CellId,
    pub(crate) unadjusted: CellId,
    pub(crate) nominal: CellId,
    pub(crate) present_value: CellId,
    pub(crate) is_contingency: bool,
    /// What comes back as the horizon ends, as a negative cost.
    pub(crate) is_residual_value: bool,
    pub(crate) is_training: bool,
    pub(crate) phase: Option<Arc<str>>,
    /// What is bought and charged for its use.
    pub(crate) depreciation: Option<DepreciationCells>,
}

/// The cells of one category.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CategoryCells {
    pub(crate) category: Category,
    pub(crate) totals: Totals,
    pub(crate) share: CellId,
}

/// The cells of all costs.
#[derive(Debug, Clone)]
pub(crate) struct CostCells {
    pub(crate) lines: Vec<LineCells>,
    /// What stands there for maintenance to be charged on, in the years 1..n.
    pub(crate) standing: Vec<Expression>,
    pub(crate) categories: Vec<CategoryCells>,
    pub(crate) totals: Totals,
    pub(crate) unadjusted: Totals,
    pub(crate) contingency: Totals,
    pub(crate) before_contingency: Totals,
    pub(crate) initial: CellId,
    pub(crate) ongoing: CellId,
}

/// Defines every line, category and total.
pub(crate) fn define(lowering: &mut Lowering, setting: Setting, lines: &[CostLine]) -> CostCells {
    let scope = setting.scope;
    let declared = cost_line::declare(lowering, scope, lines);
    let mut bases = Bases::new(setting, &declared);
    let mut cells = Vec::with_capacity(lines.len());
    for line in &declared {
        let defined = cost_line::define(lowering, line, &mut bases);
        let year = line.year(Risk::With);
        let (nominal, present_value) = define_sums(lowering, setting.discounting, &line.figures, &line.subject, year);
        let names = (&line.figures, &line.subject);
        let depreciated = line.line.depreciation.as_ref().zip(defined.capitalised);
        let depreciation =
            depreciated.and_then(|(stated, capitalised)| depreciation::define(lowering, names, stated, capitalised));
        cells.push(LineCells {
            category: line.line.category,
            name: Arc::clone(&line.name),
            of: Arc::clone(&line.figures),
            year,
            unadjusted: line.year(Risk::Without),
            nominal,
            present_value,
            is_contingency: line.line.is_contingency(),
            is_training: line.line.is_training(),
            phase: line.line.phase.as_deref().map(Arc::from),
            is_residual_value: false,
            depreciation,
        });
        if let Some(row) = defined.residual_value {
            let id: Arc<str> = format!("{}.recovered", line.figures).into();
            let present_value = setting.discounting.present_value(lowering, row);
            let mut total = |figure, aspect, sum| {
                let naming = Naming::new(Id::of(Arc::clone(&id), figure)).label(Arc::clone(&line.subject), aspect);
                lowering.cells.formula(naming.unit(Unit::Money), sum)
            };
            let nominal = Expression::call(Function::Sum, [Expression::cell(row)]);
            let nominal = total("nominal", "residual value as the horizon ends, nominal", nominal);
            let present_value =
                total("present_value", "residual value as the horizon ends, present value", present_value);
            cells.push(LineCells {
                category: line.line.category,
                name: Arc::clone(&line.name),
                of: Arc::clone(&line.figures),
                year: row,
                unadjusted: row,
                nominal,
                present_value,
                is_contingency: line.line.is_contingency(),
                is_training: false,
                phase: line.line.phase.as_deref().map(Arc::from),
                is_residual_value: true,
                depreciation: None,
            });
        }
    }
    let mut totals = |id: &str, name: &str, rows: Vec<CellId>| define_totals(lowering, setting, id, name, &rows);
    let rows =
        |keep: &dyn Fn(&LineCells) -> bool| cells.iter().filter(|line| keep(line)).map(|line| line.year).collect();
    let by_category = Category::ALL.map(|category| {
        let id = format!("costs.{}", category.key());
        (category, totals(&id, category.name(), rows(&|line| line.category == category)))
    });
    let all = totals("costs", "Costs", by_category.iter().map(|(_, totals)| totals.year).collect());
    let unadjusted = cells.iter().map(|line| line.unadjusted).collect();
    let unadjusted = totals("costs.unadjusted", "Costs without risk adjustment", unadjusted);
    let contingency = totals("costs.contingency", "Contingency in all", rows(&|line| line.is_contingency));
    let before = totals("costs.before_contingency", "Costs before contingency", rows(&|line| !line.is_contingency));
    let naming = |id: &str, aspect| Naming::new(scope.id(id)).label(scope.subject("Costs"), aspect).unit(Unit::Money);
    let initial = lowering.cells.formula(naming("costs.initial", "initial"), Expression::entry(all.year, 0));
    let later = Expression::cell(all.nominal) - Expression::cell(initial);
    let ongoing = lowering.cells.formula(naming("costs.ongoing", "ongoing"), later);
    let categories = by_category.map(|(category, of)| {
        let id = scope.id(&format!("costs.{}.share", category.key()));
        let naming = Naming::new(id).label(scope.subject(category.name()), "share of costs");
        let share = Expression::cell(of.present_value) / Expression::cell(all.present_value);
        CategoryCells { category, totals: of, share: lowering.cells.formula(naming.unit(Unit::Share), share) }
    });
    CostCells {
        standing: declared.iter().filter_map(|line| line.standing(lowering)).collect(),
        lines: cells,
        categories: categories.into(),
        totals: all,
        unadjusted,
        contingency,
        before_contingency: before,
        initial,
        ongoing,
    }
}

#[cfg(test)]
mod tests {
    use crate::Amount;
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Category, ChargedOn, CostLine, Plan, Rate, Staff};
    use crate::{Draft, Horizon};
    use rust_decimal::{Decimal, dec};

    fn draft(lines: Vec<CostLine>) -> Draft {
        Draft {
            horizon: Horizon { first_year: None, years: 2 },
            discount_rate: Some(dec!(0.25).into()),
            plan: Plan { costs: Some(lines), ..Plan::default() },
            ..Draft::default()
        }
    }

    fn per_year<const N: usize>(values: [i64; N]) -> Amount {
        Amount::PerYear(values.map(Decimal::from).into())
    }

    fn row(figures: &Figures, id: &str) -> [Decimal; 3] {
        [0, 1, 2].map(|year| figures.get(&format!("{id}.{year}")))
    }

    fn rate(category: Category, id: &str, rate: Decimal, of: ChargedOn) -> CostLine {
        CostLine { rate: Some(Rate { rate: rate.into(), of }), ..CostLine::new(category, id) }
    }

    #[test]
    fn every_form_of_a_line() {
        let staff = |growth: Option<Amount>| Staff { fte: per_year([1, 2]), cost: 100.into(), growth };
        for (expected, line) in [
            ([100, 0, 0], CostLine { initial: Some(100.into()), ..CostLine::new(Category::Other, "x") }),
            ([0, 7, 7], CostLine { annual: Some(7.into()), ..CostLine::new(Category::Other, "x") }),
            (
                [5, 7, 9],
                CostLine {
                    initial: Some(5.into()),
                    annual: Some(per_year([7, 9])),
                    ..CostLine::new(Category::Other, "x")
                },
            ),
            (
                [0, 100, 110],
                CostLine {
                    annual: Some(Amount::Growing { first: dec!(100), growth: dec!(0.1) }),
                    ..CostLine::new(Category::Other, "x")
                },
            ),
            (
                [0, 20, 40],
                CostLine {
                    annual: Some(Amount::formula("= year * 20").unwrap()),
                    ..CostLine::new(Category::Other, "x")
                },
            ),
            ([0, 100, 200], CostLine { staff: Some(staff(None)), ..CostLine::new(Category::Other, "x") }),
            (
                [0, 100, 300],
                CostLine { staff: Some(staff(Some(dec!(0.5).into()))), ..CostLine::new(Category::Other, "x") },
            ),
            (
                [30, 6, 6],
                CostLine {
                    initial: Some(50.into()),
                    annual: Some(10.into()),
                    share: Some(dec!(0.6).into()),
                    ..CostLine::new(Category::Other, "x")
                },
            ),
        ] {
            let figures = Figures::of(draft(vec![line]));
            assert_eq!(row(&figures, "costs.other.x"), expected.map(Decimal::from));
            assert_eq!(row(&figures, "costs.year"), expected.map(Decimal::from));
        }
    }

    #[test]
    fn rates_are_charged_on_what_others_cost() {
        let database = ChargedOn::Line(Category::Hardware, "database".to_owned());
        let lines = vec![
            CostLine {
                initial: Some(100.into()),
                annual: Some(10.into()),
                risk: Some(dec!(0.5).into()),
                ..CostLine::new(Category::Hardware, "database")
            },
            CostLine { initial: Some(50.into()), ..CostLine::new(Category::Hardware, "tablets") },
            rate(Category::Maintenance, "of_line", dec!(0.2), database),
            rate(Category::Hardware, "of_category", dec!(0.1), ChargedOn::Category(Category::Hardware)),
            rate(Category::Other, "of_initial", dec!(0.1), ChargedOn::Initial),
            rate(Category::Other, "reserve", dec!(0.05), ChargedOn::Initial),
            rate(Category::Other, "of_all", dec!(0.5), ChargedOn::All),
        ];
        let figures = Figures::of(draft(lines));
        // with risk the database costs 150 and 15 a year, and bases of rates follow
        assert_eq!(row(&figures, "costs.maintenance.of_line"), [dec!(0), dec!(30), dec!(30)]);
        assert_eq!(row(&figures, "costs.hardware.of_category"), [dec!(0), dec!(20), dec!(20)]);
        // two rates of `initial` are not charged on each other
        assert_eq!(row(&figures, "costs.other.of_initial"), [dec!(20), dec!(0), dec!(0)]);
        assert_eq!(row(&figures, "costs.other.reserve"), [dec!(10), dec!(0), dec!(0)]);
        // 150 + 50 + 20 + 10 in year 0, 15 + 30 + 20 later
        assert_eq!(row(&figures, "costs.other.of_all"), [dec!(115), dec!(32.5), dec!(32.5)]);
        // without risk: 100 + 50 + 15 + 7.5, then 10 + 20 + 15
        assert_eq!(row(&figures, "costs.other.of_all.unadjusted"), [dec!(86.25), dec!(22.5), dec!(22.5)]);
        assert_eq!(figures.get("costs.contingency.nominal"), dec!(210));
        let before = figures.get("costs.before_contingency.nominal");
        assert_eq!(before + dec!(210), figures.get("costs.nominal"));
    }

    #[test]
    fn totals_by_category_and_year() {
        let lines = vec![
            CostLine { initial: Some(100.into()), ..CostLine::new(Category::Licences, "a") },
            CostLine { annual: Some(125.into()), ..CostLine::new(Category::Staff, "b") },
        ];
        let figures = Figures::of(draft(lines));
        // 125/1.25 + 125/1.5625
        assert_eq!(figures.get("costs.staff.present_value"), dec!(180));
        assert_eq!(figures.get("costs.present_value"), dec!(280));
        assert_eq!(figures.get("costs.nominal"), dec!(350));
        assert_eq!(figures.get("costs.initial"), dec!(100));
        assert_eq!(figures.get("costs.ongoing"), dec!(250));
        assert_eq!(figures.get("costs.licences.share").round_dp(10), dec!(0.3571428571));
        for category in Category::ALL {
            figures.get(&format!("costs.{}.nominal", category.key()));
        }
    }

    #[test]
    fn mistakes_in_lines_are_placed() {
        let of = |id: &str| ChargedOn::Line(Category::Hardware, id.to_owned());
        let lines = vec![
            CostLine { initial: Some(dec!(-5).into()), ..CostLine::new(Category::Hardware, "database") },
            rate(Category::Hardware, "itself", dec!(0.1), of("itself")),
            rate(Category::Maintenance, "nothing", dec!(0.1), of("datbase")),
            CostLine { annual: Some(per_year([1, 2, 3])), ..CostLine::new(Category::Other, "long") },
            CostLine {
                annual: Some(1.into()),
                share: Some(dec!(1.5).into()),
                ..CostLine::new(Category::Other, "nominal")
            },
        ];
        assert_eq!(
            problems(draft(lines)),
            [
                "costs.other.nominal: `nominal` is reserved for a figure",
                "costs.hardware.database.initial: -5 is negative, but a cost is written positive",
                "costs.hardware.itself.of: `itself` is charged on itself",
                "costs.maintenance.nothing.of: there is no cost line or category `hardware.datbase`",
                "costs.other.long.annual: the list has 3 entries for 2 years",
                "costs.other.nominal.share: 150 % is not a share between 0 and 100 %",
            ]
        );
        // charged on each other's year 0, two lines need no circle
        let mutual = vec![
            CostLine { initial: Some(10.into()), ..rate(Category::Hardware, "a", dec!(0.1), of("b")) },
            CostLine { initial: Some(20.into()), ..rate(Category::Hardware, "b", dec!(0.1), of("a")) },
        ];
        let figures = Figures::of(draft(mutual));
        assert_eq!(row(&figures, "costs.hardware.a"), [dec!(10), dec!(2), dec!(2)]);
        // but all costs and a part of them do
        let circle = vec![
            rate(Category::Other, "levy", dec!(0.1), ChargedOn::All),
            rate(Category::Staff, "care", dec!(0.1), ChargedOn::Category(Category::Other)),
        ];
        assert!(problems(draft(circle))[0].contains("in a circle"));
    }
}
