//! Every example document with `expect:`: what is printed agrees, or the document says why it does not.

use super::*;
use appraise::reconcile::Verdict;
use appraise::report::{ExpectedRow, Report};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The reports of all example documents that expect something, by their name below `examples/`.
fn reports() -> BTreeMap<String, Report> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut reports = BTreeMap::new();
    for folder in ["", "published/"] {
        for entry in std::fs::read_dir(examples.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            if path.extension().is_some_and(|end| end == "yaml") && text.contains("\nexpect:") {
                let name = format!("{folder}{}", path.file_stem().unwrap().to_str().unwrap());
                reports.insert(name, document(&text).appraisal().base().report());
            }
        }
    }
    reports
}

fn rows(report: &Report) -> &[ExpectedRow] {
    &report.reconciliation.as_ref().unwrap().rows
}

fn only(value: &Option<Value>) -> Decimal {
    value.as_ref().and_then(Value::number).unwrap()
}

#[test]
fn all_agree_or_say_why_not() {
    let reports = reports();
    assert!(reports.len() >= 20, "{:?}", reports.keys());
    let mut compared = 0;
    for (name, report) in &reports {
        for row in rows(report) {
            compared += usize::from(row.verdict.is_some());
            assert!(!row.is_wrong() || row.because.is_some(), "{name}: {row:?}");
        }
        let findings = report.findings.iter().filter(|finding| finding.code.starts_with("expect."));
        assert_eq!(findings.count(), 0, "{name}: {:?}", report.findings);
    }
    assert!(compared >= 120, "only {compared} published figures are compared");
}

/// Which publications are wrong, figure by figure; those that differ by their own rounding are not among them.
#[test]
fn what_is_refuted() {
    let reports = reports();
    let refuted: BTreeSet<(&str, &str)> = reports
        .iter()
        .flat_map(|(name, report)| rows(report).iter().filter(|row| row.refuted).map(|row| (&**name, &*row.id)))
        .collect();
    let expected = [
        ("published/kingfisher_beta", "npv"),
        ("published/kingfisher_beta", "pv_4"),
        ("published/kingfisher_beta", "pv_5"),
        ("published/project_1800k", "case.discounted_payback"),
        ("published/project_60000", "case.discounted.2"),
        ("published/project_60000", "case.discounted_cumulative.8"),
        ("published/project_60000", "case.discounted_payback"),
        ("published/project_a", "case.benefit_cost_ratio"),
        ("published/xirr_issues", "cash_flows.java_xirr_14.irr"),
        ("published/xirr_issues", "cash_flows.pyxirr_31.irr"),
        ("published/xirr_issues", "cash_flows.pyxirr_31.irr_roots.1"),
        ("tei_headlines", "bigquery_lines"),
        ("tei_headlines", "workspace_lines"),
    ];
    assert_eq!(refuted, expected.into_iter().collect());
}

/// What is right where a publication is not, and how far a rounded one is off.
#[test]
fn what_is_right_instead() {
    let reports = reports();
    for (name, id, ours, tolerance) in [
        ("crm_100k", "case.npv", dec!(26_794.617854), dec!(0.0000005)),
        ("published/business_case_template", "case.npv", dec!(272_335.517960), dec!(0.0000005)),
        ("published/business_case_template", "costs.present_value", dec!(243_083.8795), dec!(0.00005)),
        ("published/business_case_template", "benefits.present_value", dec!(515_419.3974), dec!(0.00005)),
        ("published/project_1800k", "case.discounted_payback", dec!(4.540759), dec!(0.0000005)),
        ("published/project_60000", "case.discounted.2", dec!(7_971.9388), dec!(0.00005)),
        ("published/project_60000", "case.discounted_cumulative.8", dec!(-10_323.602332), dec!(0.0000005)),
        ("published/project_a", "case.benefit_cost_ratio", dec!(0.73919380), dec!(0.000000005)),
        ("published/kingfisher_alpha", "npv", dec!(6_708.217977), dec!(0.0000005)),
        ("published/kingfisher_beta", "npv", dec!(36_083.606696), dec!(0.0000005)),
        ("published/xirr_issues", "cash_flows.pyxirr_31.irr", dec!(3.68943386831708), dec!(0.000000000000005)),
        ("published/xirr_issues", "cash_flows.java_xirr_14.irr", dec!(-0.724636607883805), dec!(0.0000000000000005)),
    ] {
        let row = rows(&reports[name]).iter().find(|row| &*row.id == id).unwrap();
        assert_ne!(row.verdict, Some(Verdict::Agrees), "{name}: {id}");
        assert_near(&format!("{name}: {id}"), only(&row.ours), ours, tolerance);
    }
    // printed as less than 8 years: there is none
    let row = rows(&reports["published/project_60000"]).iter().find(|row| &*row.id == "case.discounted_payback");
    assert_eq!(row.unwrap().verdict, Some(Verdict::CannotBeTold));
}

/// The other figures of the cases, which their documents compute as well.
#[test]
fn what_the_cases_do_not_print() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/published");
    let figure = |name: &str, id: &str| {
        let text = std::fs::read_to_string(examples.join(format!("{name}.yaml"))).unwrap();
        number(&document(&text).appraisal().base(), id)
    };
    for (name, id, value, tolerance) in [
        ("excel_mirr", "cash_flows.five_years.mirr", dec!(0.1260941304), dec!(0.00000000005)),
        ("excel_mirr", "cash_flows.three_years.mirr", dec!(-0.0480446552), dec!(0.00000000005)),
        ("excel_mirr", "cash_flows.reinvested_at_14.mirr", dec!(0.1347591108), dec!(0.00000000005)),
        ("excel_xirr", "cash_flows.example.irr", dec!(0.373362533518832), dec!(0.0000000000000005)),
        ("xirr_issues", "cash_flows.pyxirr_75.irr", dec!(-0.912781382229958), dec!(0.0000000000000005)),
        ("xirr_issues", "cash_flows.phpspreadsheet_689.irr", dec!(-0.611882417272352), dec!(0.0000000000000005)),
        ("project_500", "case.npv", dec!(802.028550), dec!(0.0000005)),
        ("project_500", "case.irr", dec!(0.772125336624351), dec!(0.000000000000001)),
        ("project_500", "case.discounted_payback", dec!(1.392857), dec!(0.0000005)),
        ("project_900", "case.npv", dec!(510.516189), dec!(0.0000005)),
        ("project_900", "case.irr", dec!(0.343717343167141), dec!(0.000000000000001)),
        ("project_1800k", "case.irr", dec!(0.146332399351888), dec!(0.000000000000001)),
        ("project_60000", "case.irr", dec!(0.0687642575620811), dec!(0.000000000000001)),
        ("project_60000", "case.payback", dec!(6), EXACT),
        ("project_a", "case.irr", dec!(0.0130908494392952), dec!(0.000000000000001)),
        ("project_a", "case.payback", dec!(4.864865), dec!(0.0000005)),
        ("project_150k", "case.irr", dec!(0.0319845519036843), dec!(0.000000000000001)),
        ("kingfisher_alpha", "case.irr", dec!(0.136461519053872), dec!(0.000000000000001)),
        ("kingfisher_alpha", "case.discounted_payback", dec!(4.408891), dec!(0.0000005)),
        ("kingfisher_beta", "case.irr", dec!(0.177189483085653), dec!(0.000000000000001)),
        ("kingfisher_beta", "case.discounted_payback", dec!(4.421894), dec!(0.0000005)),
        ("polar", "case.npv", dec!(6_861.801541), dec!(0.0000005)),
        ("polar", "case.irr", dec!(0.152382371166307), dec!(0.000000000000001)),
        ("bif_partners", "case.irr", dec!(0.115424606764903), dec!(0.000000000000001)),
        ("excel_npv", "case.npv", dec!(1_188.44341234), dec!(0.000000005)),
        ("excel_npv_outlay", "case.npv", dec!(1_922.06155493), dec!(0.000000005)),
        ("excel_irr_2_years", "case.irr", dec!(-0.443506941334741), dec!(0.000000000000001)),
        ("excel_irr_4_years", "case.irr", dec!(-0.021244848273411), dec!(0.000000000000001)),
        ("excel_irr_5_years", "case.irr", dec!(0.0866309480365316), dec!(0.000000000000001)),
    ] {
        assert_near(&format!("{name}: {id}"), figure(name, id), value, tolerance);
    }
}

/// The intervals in which the returns of the headlines can lie, as they were published with them.
#[test]
fn headlines_of_tei_studies() {
    let reports = reports();
    let headlines = rows(&reports["tei_headlines"]);
    let row = |id: &str| headlines.iter().find(|row| &*row.id == id).unwrap();
    for (id, low, high) in [
        ("m365_roi", dec!(223.1858), dec!(224.3339)),
        ("digitalocean_roi", dec!(186.2568), dec!(186.6626)),
        ("polyai_roi", dec!(375.0000), dec!(405.3571)),
        ("glean_roi", dec!(140.7240), dec!(142.9224)),
        ("decisions_roi", dec!(253.4722), dec!(262.1429)),
        ("power_platform_roi", dec!(204.2904), dec!(206.3123)),
        ("observability_roi", dec!(154.7170), dec!(168.6275)),
        ("workspace_roi", dec!(328.3688), dec!(334.5324)),
        ("bigquery_roi", dec!(338.3838), dec!(347.4227)),
    ] {
        let row = row(id);
        let (lowest, highest) = row.possible.clone().unwrap();
        let percent = dec!(100);
        assert_near(id, lowest.number().unwrap() * percent, low, dec!(0.00005));
        assert_near(id, highest.number().unwrap() * percent, high, dec!(0.00005));
        assert_eq!(row.verdict, Some(Verdict::Agrees), "{id}");
    }
    // what follows where neither costs nor benefits are printed
    for (id, implied) in [
        ("blue_prism_costs", dec!(16_181_800)),
        ("blue_prism_benefits", dec!(69_581_800)),
        ("power_automate_costs", dec!(16_068_500)),
        ("power_automate_benefits", dec!(55_918_500)),
    ] {
        let (low, high) = row(id).possible.clone().unwrap();
        assert!(low.number().unwrap() < implied && implied < high.number().unwrap(), "{id}");
        assert_eq!(row(id).verdict, None, "{id}");
    }
    // the lines of benefits cannot add up to the total
    for (id, gap) in [("workspace_lines", dec!(-5_700_000)), ("bigquery_lines", dec!(-1_000_000))] {
        assert_eq!(row(id).verdict, Some(Verdict::CannotBeRight), "{id}");
        assert_eq!(only(&row(id).gap), gap, "{id}");
    }
}
