//! Models for the tests of the writers.

use crate::case::{Benefit, BenefitKind, Category, ChargedOn, CostLine, Plan, Rate, Staff};
use crate::panel::{
    Assessment, Authority, Ballot, Curve, Delphi, Grade, GradeBand, GradeFunctions, MembershipFunctions, Memberships,
    Round, StopRule, Sums, Votes,
};
use crate::scorecard::{Criterion, Measure, Scorecard};
use crate::{Amount, Appraisal, Assumption, Draft, Horizon, Language, Quality, Range, Scenario};
use rust_decimal::{Decimal, dec};

pub(super) fn formula(text: &str) -> Option<Amount> {
    Some(Amount::formula(text).unwrap())
}

fn per_year(values: [Decimal; 5]) -> Amount {
    Amount::PerYear(values.into())
}

fn scorecard() -> Scorecard {
    let percent = |base, target, actual| Measure::target(base, target).actual(actual).unit("share");
    Scorecard::new([
        Criterion::group(
            "customer",
            [
                Criterion::group(
                    "loyalty",
                    [
                        Criterion::indicator("retention_rate", percent(dec!(0.78), dec!(0.86), dec!(0.83)))
                            .named("Customers who bought again within 12 months"),
                        Criterion::indicator("satisfaction", percent(dec!(0.74), dec!(0.85), dec!(0.8288))),
                    ],
                )
                .named("Keep customers and their goodwill"),
                Criterion::judged("reputation").named("Reputation"),
            ],
        )
        .named("Customer"),
        Criterion::group(
            "financial",
            [
                Criterion::indicator(
                    "days_outstanding",
                    Measure::target(dec!(48), dec!(40)).actual(dec!(46.5)).unit("days"),
                )
                .named("Days sales outstanding"),
                Criterion::indicator(
                    "response",
                    Measure::band(dec!(2), dec!(4), dec!(3)).actual(dec!(5)).unit("hours"),
                )
                .named("Response time"),
            ],
        )
        .named("Financial"),
    ])
}

fn delphi() -> Delphi {
    Delphi {
        experts: ["sales_director", "crm_manager", "controller", "it_architect", "service_lead"].map(Into::into).into(),
        stop: StopRule { cv_max: Some(dec!(0.2)), w_min: Some(dec!(0.6)), max_rounds: Some(4), ..StopRule::default() },
        rounds: vec![
            Round::of([("customer", [9, 10, 7, 8, 10]), ("financial", [9, 7, 10, 5, 6])]),
            Round::of([("customer", [9, 10, 8, 9, 10]), ("financial", [8, 8, 9, 7, 7])]),
        ],
        ..Delphi::default()
    }
}

fn assessment(names: [&str; 4]) -> Assessment {
    let grades = names.into_iter().zip([95, 80, 65, 40]);
    let votes = [("retention_rate", [6, 9, 4, 1]), ("satisfaction", [7, 7, 4, 2]), ("response", [2, 8, 6, 4])];
    Assessment {
        grades: grades.map(|(name, score)| Grade { name: name.into(), score: score.into() }).collect(),
        panel: Some(20),
        votes: votes
            .into_iter()
            .map(|(item, counts)| Votes { item: item.into(), counts: counts.map(Decimal::from).into() })
            .collect(),
        ..Assessment::default()
    }
}

fn costs() -> Vec<CostLine> {
    vec![
        CostLine { annual: formula("= seats * seat_price"), ..CostLine::new(Category::Licences, "seats") },
        CostLine {
            rate: Some(Rate { rate: dec!(0.2).into(), of: ChargedOn::Line(Category::Hardware, "database".into()) }),
            ..CostLine::new(Category::Maintenance, "database")
        },
        CostLine { initial: Some(24_000.into()), ..CostLine::new(Category::Hardware, "database") },
        CostLine {
            initial: Some(140_000.into()),
            annual: Some(12_000.into()),
            risk: Some(dec!(0.1).into()),
            ..CostLine::new(Category::ServiceProviders, "integration")
        },
        CostLine { initial: Some(38_000.into()), ..CostLine::new(Category::VendorServices, "architect") },
        CostLine {
            staff: Some(Staff {
                fte: per_year([dec!(1), dec!(1), dec!(1.5), dec!(1.5), dec!(1.5)]),
                cost: 64_000.into(),
                growth: Some(dec!(0.03).into()),
            }),
            ..CostLine::new(Category::Staff, "administration")
        },
        CostLine {
            rate: Some(Rate { rate: dec!(0.12).into(), of: ChargedOn::Initial }),
            ..CostLine::new(Category::Other, "contingency")
        },
    ]
}

fn benefits() -> Vec<Benefit> {
    vec![
        Benefit {
            name: Some("Customers kept".into()),
            annual: formula("= customers * churn_reduction * margin"),
            realisation: Some(per_year([dec!(0.4), dec!(0.75), dec!(0.9), dec!(1), dec!(1)])),
            risk: Some(dec!(0.15).into()),
            proven_by: Some("retention_rate".into()),
            ..Benefit::new("kept_customers", BenefitKind::Revenue)
        },
        Benefit {
            annual: Some(250_000.into()),
            realisation: Some(per_year([dec!(0.5), dec!(1), dec!(1), dec!(1), dec!(1)])),
            ..Benefit::new("saved_hours", BenefitKind::Saving)
        },
        Benefit::new("better_mood", BenefitKind::Intangible),
    ]
}

fn assumptions() -> Vec<Assumption> {
    vec![
        Assumption {
            unit: Some("users".into()),
            source: Some("roll-out plan v3".into()),
            ..Assumption::new("seats", per_year([120, 160, 200, 200, 200].map(Decimal::from)))
        },
        Assumption {
            range: Some(Range { low: 880.into(), likely: Some(960.into()), high: 1_150.into() }),
            unit: Some("EUR/user/year".into()),
            source: Some("quote of 2026-01-14".into()),
            quality: Some(Quality::Green),
            ..Assumption::new("seat_price", 960)
        },
        Assumption {
            range: Some(Range { low: dec!(0.005), likely: Some(dec!(0.025)), high: dec!(0.04) }),
            unit: Some("share".into()),
            source: Some("pilot region".into()),
            quality: Some(Quality::Red),
            ..Assumption::new("churn_reduction", dec!(0.025))
        },
        Assumption::new("customers", 18_400),
        Assumption { unit: Some("EUR/customer/year".into()), ..Assumption::new("margin", 410) },
    ]
}

/// The document of the design, in Rust.
pub(super) fn meridian() -> Draft {
    Draft {
        title: "Is the CRM that went live last year paying its way?".into(),
        organisation: Some("Meridian Supplies AG".into()),
        currency: Some("EUR".into()),
        horizon: Horizon { first_year: Some(2026), years: 5 },
        discount_rate: Some(dec!(0.08).into()),
        assumptions: assumptions(),
        scorecard: Some(scorecard()),
        delphi: Some(delphi()),
        assessment: Some(assessment(["excellent", "good", "fair", "poor"])),
        plan: Plan { costs: Some(costs()), benefits: Some(benefits()), ..Plan::default() },
        scenarios: vec![Scenario {
            name: "pessimistic".into(),
            overrides: vec![("churn_reduction".into(), dec!(0.005).into()), ("seat_price".into(), 1_150.into())],
        }],
        ..Draft::default()
    }
}

/// The same model for Chinese readers.
pub(super) fn chinese() -> Draft {
    let mut draft = meridian();
    draft.language = Language::Chinese;
    draft.title = "去年上线的CRM系统是否物有所值？".into();
    draft.organisation = Some("某某银行".into());
    draft.currency = Some("元".into());
    draft.assessment = Some(assessment(["优秀", "良好", "一般", "较差"]));
    if let Some(card) = &mut draft.scorecard {
        for (perspective, name) in card.perspectives.iter_mut().zip(["客户维度", "财务维度"]) {
            perspective.name = Some(name.into());
        }
    }
    for (line, name) in draft.plan.costs.iter_mut().flatten().zip(["用户许可", "数据库维护", "数据库服务器"])
    {
        line.name = Some(name.into());
    }
    draft
}

/// Names that try to break out of whatever they are written into.
pub(super) const HOSTILE: &str = "a\n# b\r\u{1b}[31m|*x*|_y_ `z` <script> [l](u) \u{9b}2J \u{202E}rtl\u{7f}\\";

/// A model in which every text is hostile or far too long.
pub(super) fn hostile() -> Draft {
    let mut draft = meridian();
    let long = "长x".repeat(5_000);
    draft.title = HOSTILE.into();
    draft.organisation = Some(long.clone());
    draft.currency = Some(HOSTILE.into());
    draft.horizon.first_year = None;
    if let Some(card) = &mut draft.scorecard {
        for perspective in &mut card.perspectives {
            perspective.name = Some(long.clone());
            for child in &mut perspective.children {
                child.name = Some(HOSTILE.into());
                if let Some(measure) = &mut child.measure {
                    measure.unit = Some(HOSTILE.into());
                }
            }
        }
    }
    for assumption in &mut draft.assumptions {
        assumption.name = Some(HOSTILE.into());
        assumption.source = Some(long.clone());
        assumption.unit = Some(HOSTILE.into());
    }
    if let Some(assessment) = &mut draft.assessment {
        for grade in &mut assessment.grades {
            grade.name.push_str(HOSTILE);
        }
    }
    for (line, name) in draft.plan.costs.iter_mut().flatten().zip([HOSTILE, &long].into_iter().cycle()) {
        line.name = Some(name.to_owned());
    }
    for benefit in draft.plan.benefits.iter_mut().flatten() {
        benefit.name = Some(long.clone());
    }
    for scenario in &mut draft.scenarios {
        scenario.name = HOSTILE.into();
    }
    if let Some(delphi) = &mut draft.delphi {
        for expert in &mut delphi.experts {
            expert.push_str(HOSTILE);
        }
    }
    draft
}

pub(super) fn report(draft: Draft) -> super::Report {
    Appraisal::new(draft).unwrap().base().report()
}

/// Every kind of ballot, row and membership function, and all that says how sure the verdict is.
pub(super) fn judged_in_every_way() -> Draft {
    let [a, b, c, d] = [1, 2, 3, 4].map(Decimal::from);
    let curves = [
        ("a", Curve::Triangle([a, b, c])),
        ("b", Curve::Trapezoid([a, b, c, d])),
        ("c", Curve::Gaussian { centre: a, sigma: b }),
        ("d", Curve::Sigmoid { centre: a, slope: b }),
        ("e", Curve::Exponential { centre: a, rate: b }),
        ("f", Curve::S([a, b])),
        ("g", Curve::Z([a, b])),
    ];
    let grades = (0_i64..).zip(&curves).map(|(rank, (grade, _))| Grade::new(*grade, 90 - rank));
    let points = (0_i64..).zip(&curves).map(|(rank, _)| Decimal::from(rank));
    let functions = |item: &str, band, of| MembershipFunctions { item: item.to_owned(), band, of };
    let assessment = Assessment {
        grades: grades.collect(),
        grade_bands: (0_i64..)
            .zip(&curves)
            .map(|(rank, (grade, _))| GradeBand { grade: (*grade).to_owned(), from: Decimal::from(80 - rank) })
            .collect(),
        ballots: vec![Ballot::new("p", [("x", "a"), ("y", "b")]), Ballot::new("q", [("y", "c")])],
        functions: vec![
            functions("curved", None, GradeFunctions::Curves(curves.map(|(grade, of)| (grade.to_owned(), of)).into())),
            functions("pointed", Some((a, b)), GradeFunctions::Points(points.collect())),
        ],
        memberships: vec![Memberships { item: "stated".to_owned(), values: vec![a, a, a, a, a, a, a] }],
        sums: Sums::Any,
        ..Assessment::default()
    };
    let measured = |id: &str| Criterion::indicator(id, Measure { actual: Some(b.into()), ..Measure::default() });
    let group = Criterion::group("group", [Criterion::judged("x"), Criterion::judged("y"), Criterion::judged("z")]);
    Draft {
        scorecard: Some(Scorecard::new([group, measured("curved"), measured("pointed"), Criterion::judged("stated")])),
        authority: vec![Authority::new("p", Decimal::ONE), Authority::new("q", Decimal::ONE)],
        assessment: Some(assessment),
        ..Draft::default()
    }
}
