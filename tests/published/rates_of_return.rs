//! Rates of return of bug reports, of the tests of numpy-financial, of textbooks and of the documentation of Excel: the
//! kernels alone, with every root.
//!
//! The roots are those of a grid in ln(1 + r) and 130 steps of bisection with 40 digits, given to 15; where the source
//! prints something else, that is wrong, and said so. Left out is numpy-financial issue 15, whose flows go down to
//! 10^-313: decimals end at 10^-28.

use super::*;
use appraise::Day;
use appraise::kernel::{DayCount, NoIrr, daily_xirr, irr, mirr, spreadsheet, xirr, xnpv};

fn decs(text: &str) -> Vec<Decimal> {
    text.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

fn days(text: &str) -> Vec<Day> {
    text.split_whitespace().map(|day| day.parse().unwrap()).collect()
}

/// Half a unit of the 15th digit, or of the last one printed.
#[track_caller]
fn assert_rate(what: &str, ours: Decimal, published: Decimal) {
    let tolerance = dec!(1e-14) * published.abs().max(dec!(0.1));
    assert_near(what, ours, published, tolerance);
}

/// Source, flows, all rates.
const IRR: &[(&str, &str, &str)] = &[
    ("numpy-financial 1", "-150000 15000 25000 35000 45000 60000", "0.0524328888594141"),
    ("numpy-financial 2", "-100 0 0 74", "-0.0954958303489725"),
    ("numpy-financial 3", "-100 39 59 55 20", "0.280948421159961"),
    ("numpy-financial 4", "-100 100 0 -7", "-0.678894373632387 -0.0832996661849327"),
    ("numpy-financial 5", "-100 100 0 7", "0.0620584856299295"),
    ("numpy-financial 6", "-5 10.5 1 -8 1", "-0.870201247484741 0.0885983385277553 0.709559527686184"),
    ("numpy-financial 7", "-5 10.5 1 -8 1 0 0 0", "-0.870201247484741 0.0885983385277553 0.709559527686184"),
    ("numpy-financial 8", "1 2 3", ""),
    ("numpy-financial 9", "-1 -2 -3", ""),
    (
        "numpy-financial 11",
        "-217500.0 -217500.0 108466.80462450592 101129.96439328062 93793.12416205535 86456.28393083003 79119.44369960476 71782.60346837944 64445.76323715414 57108.92300592884 49772.08277470355 42435.24254347826 35098.40231225296 27761.56208102766 20424.721849802358 13087.88161857707 5751.041387351768 -1585.7988438735192 -8922.639075098821 -16259.479306324123 -23596.31953754941 -30933.159768774713 -38270.0 -45606.8402312253 -52943.680462450604 -60280.520693675906 -67617.36092490121",
        "-0.0180967864739638 0.120000000000001",
    ),
    (
        "numpy-financial 12",
        "-1678.87 771.96 1814.05 3520.3 3552.95 3584.99 4789.91 -1",
        "-0.999791260428328 1.00426984872056",
    ),
    ("numpy-financial 13", "40000 5000 8000 12000 30000", ""),
    (
        "numpy-financial 14",
        "-10000 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625",
        "-0.0676541134496866",
    ),
    ("Excel 4", "-70000 12000 15000 18000 21000", "-0.021244848273411"),
    ("Excel 5", "-70000 12000 15000 18000 21000 26000", "0.0866309480365316"),
    ("Excel 6", "-70000 12000 15000", "-0.443506941334741"),
    (
        "numpy_financial_98",
        "-10000 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625",
        "-0.0676541134496866",
    ),
    ("numpy_14977", "-50 -100 600 300 -100", "-0.768895470680781 1.85441782845618"),
    ("formulajs_174", "-15000 6630", "-0.558"),
    ("apache_poi_256", "-1000 500 300 800", "0.250994990118761"),
    ("finance_js_20", "-500000 200000 300000 200000", "0.188246209683705"),
    ("crm_100k_vantagepoint", "-100000 40000 40000 40000 40000", "0.218622696098342"),
    ("it_business_case_schwalbe", "-140000 160000 160000 160000", "1.0"),
    ("cost_benefit_template_1pct", "-5 9 9 9", "1.70951008283444"),
    ("coursehero_500_300_700_600", "-500 300 700 600", "0.772125336624351"),
    ("coursehero_900_multi", "-900 300 400 400 500 600", "0.343717343167141"),
    ("coursehero_1800k_discounted_payback_error", "-1800000 350000 500000 600000 800000 500000", "0.146332399351888"),
    ("never_pays_back_60000", "-60000 10000 10000 10000 10000 10000 10000 10000 10000", "0.0687642575620811"),
    ("brainmass_project_A_payback", "-500 45 55 65 175 185", "0.0130908494392952"),
    ("payback_150k", "-150000 30000 40000 25000 30000 40000", "0.0319845519036843"),
    ("cpa_kingfisher_alpha", "-200000 80000 70000 60000 40000 20000", "0.136461519053872"),
    ("cpa_kingfisher_beta", "-200000 30000 50000 70000 90000 110000", "0.177189483085653"),
    ("cpa_polar_npv", "-50000 15000 15000 15000 15000 15000", "0.152382371166307"),
    ("cpa_bif_payback", "-40000 12000 14000 16000 10000", "0.115424606764903"),
];

/// Source, days, flows, all rates.
const XIRR: &[(&str, &str, &str, &str)] = &[
    (
        "Excel 10",
        "2008-01-01 2008-03-01 2008-10-30 2009-02-15 2009-04-01",
        "-10000 2750 4250 3250 2750",
        "0.373362533518832",
    ),
    (
        "pyxirr_75",
        "2018-06-30 2019-03-31 2019-06-30 2019-09-30 2019-12-31 2020-03-31 2020-06-30 2020-09-30 2022-03-31 2023-03-31 2024-09-30 2024-09-30 2024-12-31 2024-12-31 2025-03-31 2025-12-31 2026-03-31 2026-03-31",
        "-84000000 800000 760000 680000 800000 280000 740000 520000 -2100000 -13000000 -3000000 -4100000 -250000 -1800000 -8400000 1800000 43000 -6600",
        "-0.912781382229958",
    ),
    ("pyxirr_61", "2024-11-21 2024-11-28 2024-12-03", "-100 -100 100", "-0.999999999999983"),
    (
        "pyxirr_31",
        "2020-01-09 2020-02-12 2020-03-02 2020-03-13 2020-05-11 2020-05-11 2020-05-11 2020-05-11 2020-11-03 2020-12-29 2021-03-26 2021-07-21 2022-06-16 2022-07-06",
        "-1200 -1050 -400 -800 1500 1100 2000 450 -2000 2850 -1500 2025 -2000 2635",
        "3.68943386831708",
    ),
    ("hledger_style_java_xirr_24", "2022-01-24 2022-01-28", "-10000 9800", "-0.84173699523486"),
    (
        "java_xirr_14",
        "2018-08-30 2018-08-30 2019-01-10 2019-01-10 2019-03-07 2019-03-07 2019-03-19 2019-03-19 2019-03-31 2019-03-31",
        "-1498500 -1500 -499500 -500 -499500 -500 -44955000 -45000 44630158.4897253 44674.8333230484",
        "-0.724636607883805",
    ),
    ("nodejs_xirr_5", "2020-03-04 2020-03-17", "-713.07 555.33", "-0.999105915063875"),
    ("rust_financial_5", "2021-04-03 2021-04-21 2021-10-30", "-6.1 -13.0 6.6", "-0.859593747691205"),
    ("phpspreadsheet_689", "2018-09-05 2018-09-26", "-1000000.706 947003.58", "-0.611882417272352"),
];

/// Source, flows, finance rate, reinvestment rate, modified rate; none where no flow is a cost.
const MIRR: &[(&str, &str, &str, &str, &str)] = &[
    ("numpy-financial 15", "-4500 -800 800 800 600 600 800 800 700 3000", "0.08", "0.055", "0.0665971750"),
    ("numpy-financial 16", "-120000 39000 30000 21000 37000 46000", "0.1", "0.12", "0.1260941304"),
    ("numpy-financial 17", "100 200 -50 300 -200", "0.05", "0.06", "0.3428233878"),
    ("numpy-financial 18", "39000 30000 21000 37000 46000", "0.1", "0.12", ""),
    ("numpy-financial 19", "-4500 -800 800 800 600", "0.05", "0.08", "-0.1784448961"),
    ("numpy-financial 20", "-4500 -800 800 800 600", "0.08", "0.1", "-0.1732871570"),
    ("numpy-financial 21", "-4500 -800 800 800 600", "0.1", "0.12", "-0.1684366041"),
    ("numpy-financial 22", "-120000 39000 30000 21000 37000", "0.05", "0.08", "0.0462729319"),
    ("numpy-financial 23", "-120000 39000 30000 21000 37000", "0.08", "0.1", "0.0543785572"),
    ("numpy-financial 24", "-120000 39000 30000 21000 37000", "0.1", "0.12", "0.0625220117"),
    ("numpy-financial 25", "100 200 -50 300 -200", "0.05", "0.08", "0.3571245779"),
    ("numpy-financial 26", "100 200 -50 300 -200", "0.08", "0.1", "0.4062885663"),
    ("numpy-financial 27", "100 200 -50 300 -200", "0.1", "0.12", "0.4443529451"),
    ("Excel 7", "-120000 39000 30000 21000 37000 46000", "0.10", "0.12", "0.1260941304"),
    ("Excel 8", "-120000 39000 30000 21000", "0.10", "0.12", "-0.0480446552"),
    ("Excel 9", "-120000 39000 30000 21000 37000 46000", "0.10", "0.14", "0.1347591108"),
    ("crm_100k_vantagepoint", "-100000 40000 40000 40000 40000", "0.10", "0.10", "0.1672607705"),
    ("it_business_case_schwalbe", "-140000 160000 160000 160000", "0.08", "0.08", "0.5480963697"),
    ("cost_benefit_template_1pct", "-5 9 9 9", "0.01", "0.01", "0.7602586569"),
    ("coursehero_500_300_700_600", "-500 300 700 600", "0.10", "0.10", "0.5133620976"),
    ("coursehero_900_multi", "-900 300 400 400 500 600", "0.15", "0.15", "0.2581283641"),
    (
        "coursehero_1800k_discounted_payback_error",
        "-1800000 350000 500000 600000 800000 500000",
        "0.12",
        "0.12",
        "0.1357641803",
    ),
    ("never_pays_back_60000", "-60000 10000 10000 10000 10000 10000 10000 10000 10000", "0.12", "0.12", "0.0938754569"),
    ("brainmass_project_A_payback", "-500 45 55 65 175 185", "0.10", "0.10", "0.0354862772"),
    ("cpa_kingfisher_alpha", "-200000 80000 70000 60000 40000 20000", "0.12", "0.12", "0.1274143858"),
    ("cpa_kingfisher_beta", "-200000 30000 50000 70000 90000 110000", "0.12", "0.12", "0.1577777252"),
    ("cpa_polar_npv", "-50000 15000 15000 15000 15000 15000", "0.10", "0.10", "0.1286591516"),
];

#[test]
fn internal_rates_of_return() {
    for (source, flows, roots) in IRR {
        let flows = decs(flows);
        let expected = decs(roots);
        match irr(&flows) {
            Ok(roots) => {
                assert_eq!(roots.len(), expected.len(), "{source}: {roots:?}");
                for (root, expected) in roots.iter().zip(expected) {
                    assert_rate(source, root.rate, expected);
                    assert!(root.refined, "{source}");
                }
            }
            Err(reason) => assert_eq!((reason, expected.len()), (NoIrr::NoSignChange, 0), "{source}"),
        }
    }
}

/// pyxirr issue 24: a loan of 172,545.85 and 480 payments.
#[test]
fn a_loan_of_480_months() {
    let mut flows = vec![dec!(787.735232517999); 481];
    flows[0] = dec!(-172545.848122807);
    let roots = irr(&flows).unwrap();
    assert_eq!(roots.len(), 1);
    assert_near("pyxirr 24", roots[0].rate, dec!(0.00384010481257042), dec!(1e-16));
}

#[test]
fn rates_of_dated_flows() {
    for (source, dates, flows, expected) in XIRR {
        let dated: Vec<_> = days(dates).into_iter().zip(decs(flows)).collect();
        let roots = xirr(&dated, DayCount::Actual365Fixed).unwrap();
        let expected = decs(expected);
        assert_eq!(roots.len(), expected.len(), "{source}: {roots:?}");
        for (root, expected) in roots.iter().zip(expected) {
            assert_rate(source, root.rate, expected);
            assert!(root.refined, "{source}");
        }
        // the same flows in millions and in millionths
        for factor in [dec!(1e-6), dec!(1e6)] {
            let scaled: Vec<_> = dated.iter().map(|(day, flow)| (*day, flow * factor)).collect();
            let scaled = xirr(&scaled, DayCount::Actual365Fixed).unwrap();
            for (scaled, root) in scaled.iter().zip(&roots) {
                assert_near(source, scaled.rate, root.rate, dec!(1e-12));
            }
        }
    }
    // printed by Excel: 37.34 %; where it printed 0.000000003 for pyxirr 31, the only rate is 369 %
    let excel = XIRR.first().unwrap();
    let rate = spreadsheet::xirr(&decs(excel.2), &days(excel.1), None).unwrap();
    assert_near("the documentation of XIRR", rate, dec!(0.3734), dec!(0.00005));
}

/// pyxirr issue 65: ten flows within a day, which are 1.56e78 a year and 63.8 % a day.
#[test]
fn flows_within_a_day() {
    let flows = decs("187.5 -30 187.5 187.5 187.5 -188 -188 -188 -188 -188");
    let dates = [&["2020-05-27"; 3][..], &["2020-05-28"; 7]].concat().join(" ");
    let dated: Vec<_> = days(&dates).into_iter().zip(flows).collect();
    assert_eq!(xirr(&dated, DayCount::Actual365Fixed), Err(NoIrr::OutOfRange));
    let daily = daily_xirr(&dated).unwrap();
    assert_eq!(daily.len(), 1);
    // 565 / 345 - 1
    assert_near("pyxirr 65", daily[0].rate, dec!(565) / dec!(345) - dec!(1), dec!(1e-26));
}

#[test]
fn modified_rates_of_return() {
    for (source, flows, finance, reinvestment, expected) in MIRR {
        let answer = mirr(&decs(flows), finance.parse().unwrap(), reinvestment.parse().unwrap());
        match decs(expected).as_slice() {
            [expected] => assert_near(source, answer.unwrap(), *expected, dec!(5e-11)),
            _ => assert!(answer.is_err(), "{source}: {answer:?}"),
        }
    }
}

/// The tests of numpy-financial, whose first value is not discounted, and the documentation of Excel, whose first value
/// is.
#[test]
fn present_values() {
    let of = |rate, flows: &str| npv(rate, 0, &decs(flows)).unwrap();
    assert_near("numpy", of(dec!(0.05), "-15000 1500 2500 3500 4500 6000"), dec!(122.89485495), dec!(5e-9));
    assert_near("numpy", of(dec!(0.08), "-40000 5000 8000 12000 30000"), dec!(3065.22266818), dec!(5e-9));
    assert!(npv(dec!(-1), 0, &decs("0 1 2 3 4")).is_err(), "numpy: NaN");
    let of = |rate, values: &str| spreadsheet::npv(rate, &decs(values)).unwrap();
    assert_near("excel", of(dec!(0.10), "-10000 3000 4200 6800"), dec!(1188.44341234), dec!(5e-9));
    assert_near("excel", of(dec!(0.08), "8000 9200 10000 12000 14500") - dec!(40000), dec!(1922.06155493), dec!(5e-9));
    let second = of(dec!(0.08), "8000 9200 10000 12000 14500 -9000");
    // printed as a float, the last digits of which are noise: the exact value ends in …984429
    assert_near("excel", second, dec!(36250.534912984003), dec!(5e-10));
    assert_near("apache/poi 256", of(dec!(0.08), "-1000 500 300 800"), dec!(328.9170387681793), dec!(5e-14));
    assert_near("finance.js 20", of(dec!(0.10), "-500000 200000 300000 200000"), dec!(72740.932996), dec!(5e-7));
}

/// The documentation of XNPV prints 2086.647602.
#[test]
fn present_value_of_dated_flows() {
    let (_, dates, flows, _) = XIRR.first().unwrap();
    let dated: Vec<_> = days(dates).into_iter().zip(decs(flows)).collect();
    let value = xnpv(dec!(0.09), &dated, DayCount::Actual365Fixed).unwrap();
    assert_near("the documentation of XNPV", value, dec!(2086.647602), dec!(5e-7));
    assert_eq!(spreadsheet::xnpv(dec!(0.09), &decs(flows), &days(dates)), Ok(value));
}
