//! A model without YAML: a scorecard, five experts, a panel, costs, benefits, and the report they make.

use appraise::case::{Benefit, BenefitKind, Category, ChargedOn, CostLine, Plan, Rate, Staff};
use appraise::panel::{Assessment, Delphi, Grade, Round, StopRule, Votes};
use appraise::scorecard::{Criterion, Measure, Scorecard};
use appraise::{Amount, Appraisal, Assumption, Draft, Horizon, Problems, Scenario};
use rust_decimal::{Decimal, dec};
use std::io::Write as _;

fn main() {
    match build() {
        Ok(appraisal) => {
            let report = appraisal.base().report();
            // a reader that stops early, such as `head`, is not our mistake
            let _ = std::io::stdout().lock().write_all(report.to_text().as_bytes());
        }
        Err(problems) => {
            eprintln!("{problems}");
            std::process::exit(1);
        }
    }
}

fn build() -> Result<Appraisal, Problems> {
    Appraisal::new(Draft {
        title: "Is the CRM that went live last year paying its way?".to_owned(),
        organisation: Some("Meridian Supplies AG".to_owned()),
        currency: Some("EUR".to_owned()),
        horizon: Horizon { first_year: Some(2026), years: 5 },
        discount_rate: Some(dec!(0.08).into()),
        assumptions: assumptions(),
        scorecard: Some(scorecard()),
        delphi: Some(delphi()),
        assessment: Some(assessment()),
        plan: Plan { costs: Some(costs()), benefits: Some(benefits()), ..Plan::default() },
        scenarios: vec![Scenario {
            name: "pessimistic".to_owned(),
            overrides: vec![
                ("churn_reduction".to_owned(), dec!(0.005).into()),
                ("seat_price".to_owned(), 1_150.into()),
            ],
        }],
        ..Draft::default()
    })
}

fn whole(numbers: impl IntoIterator<Item = i64>) -> Vec<Decimal> {
    numbers.into_iter().map(Decimal::from).collect()
}

/// Formulas are parsed where they are stated, so a slip shows at once.
fn formula(text: &str) -> Amount {
    Amount::formula(text).unwrap_or_else(|error| {
        eprintln!("{text}: {error}");
        std::process::exit(1)
    })
}

fn assumptions() -> Vec<Assumption> {
    vec![
        Assumption::new("seats", Amount::PerYear(whole([120, 160, 200, 200, 200]))),
        Assumption::new("seat_price", 960),
        Assumption::new("churn_reduction", dec!(0.025)),
        Assumption::new("customers", 18_400),
        Assumption::new("margin", 410),
    ]
}

fn scorecard() -> Scorecard {
    let retention = Measure::target(dec!(0.78), dec!(0.86)).actual(dec!(0.83)).unit("share");
    let satisfaction = Measure::target(dec!(0.74), dec!(0.85)).actual(dec!(0.81)).unit("share");
    let cost_to_sell = Measure::target(dec!(0.098), dec!(0.082)).actual(dec!(0.091)).unit("share");
    let forecast = Measure::band(dec!(0.95), dec!(1.05), dec!(0.15)).actual(dec!(1.09));
    Scorecard::new([
        Criterion::group(
            "customer",
            [
                Criterion::indicator("retention_rate", retention)
                    .named("Customers who bought again")
                    .weighing(dec!(0.6)),
                Criterion::indicator("satisfaction", satisfaction).named("Satisfied customers").weighing(dec!(0.4)),
            ],
        )
        .named("Customer"),
        Criterion::group(
            "financial",
            [
                Criterion::indicator("cost_to_sell", cost_to_sell).named("Selling cost to revenue"),
                Criterion::indicator("forecast", forecast).named("Orders to forecast"),
            ],
        )
        .named("Financial"),
    ])
}

fn delphi() -> Delphi {
    let experts = ["sales_director", "crm_manager", "controller", "it_architect", "service_lead"];
    Delphi {
        experts: experts.map(str::to_owned).into(),
        stop: StopRule { cv_max: Some(dec!(0.20)), w_min: Some(dec!(0.6)), max_rounds: Some(4), ..StopRule::default() },
        rounds: vec![
            Round::of([("customer", [9, 10, 7, 8, 10]), ("financial", [9, 7, 10, 5, 6])]),
            Round::of([("customer", [9, 10, 8, 9, 10]), ("financial", [8, 8, 9, 7, 7])]),
        ],
        ..Delphi::default()
    }
}

fn assessment() -> Assessment {
    let grade = |name: &str, score: i64| Grade { name: name.to_owned(), score: score.into() };
    let votes = |item: &str, counts: [i64; 4]| Votes { item: item.to_owned(), counts: whole(counts) };
    Assessment {
        grades: vec![grade("excellent", 95), grade("good", 80), grade("fair", 65), grade("poor", 40)],
        panel: Some(20),
        votes: vec![
            votes("retention_rate", [6, 9, 4, 1]),
            votes("satisfaction", [5, 10, 4, 1]),
            votes("cost_to_sell", [2, 7, 9, 2]),
            votes("forecast", [1, 7, 8, 4]),
        ],
        ..Assessment::default()
    }
}

fn costs() -> Vec<CostLine> {
    let line = CostLine::new;
    vec![
        CostLine { annual: Some(formula("= seats * seat_price")), ..line(Category::Licences, "seats") },
        CostLine {
            rate: Some(Rate {
                rate: dec!(0.20).into(),
                of: ChargedOn::Line(Category::Hardware, "database".to_owned()),
            }),
            ..line(Category::Maintenance, "database")
        },
        CostLine { initial: Some(24_000.into()), ..line(Category::Hardware, "database") },
        CostLine {
            initial: Some(140_000.into()),
            annual: Some(12_000.into()),
            risk: Some(dec!(0.10).into()),
            ..line(Category::ServiceProviders, "integration")
        },
        CostLine { initial: Some(38_000.into()), ..line(Category::VendorServices, "architect") },
        CostLine {
            staff: Some(Staff {
                fte: Amount::PerYear(vec![dec!(1), dec!(1), dec!(1.5), dec!(1.5), dec!(1.5)]),
                cost: 64_000.into(),
                growth: Some(dec!(0.03).into()),
            }),
            ..line(Category::Staff, "administration")
        },
        CostLine {
            rate: Some(Rate { rate: dec!(0.12).into(), of: ChargedOn::Initial }),
            ..line(Category::Other, "contingency")
        },
    ]
}

fn benefits() -> Vec<Benefit> {
    let ramp = Amount::PerYear(vec![dec!(0.40), dec!(0.75), dec!(0.90), dec!(1), dec!(1)]);
    vec![Benefit {
        annual: Some(formula("= customers * churn_reduction * margin")),
        realisation: Some(ramp),
        margin: Some(dec!(1).into()),
        risk: Some(dec!(0.15).into()),
        proven_by: Some("retention_rate".to_owned()),
        ..Benefit::new("kept_customers", BenefitKind::Revenue)
    }]
}
