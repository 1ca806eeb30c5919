//! Whole reports, byte for byte, and the ids that those who embed them rely on.
//!
//! Every file in `golden/` is a case, and its name says what it holds:
//!
//! - `NAME.txt`, `NAME.md`, `NAME.json`: the report on `examples/NAME.yaml` as text, Markdown or JSON;
//! - `NAME@SCENARIO.txt` and so on: the report under a scenario of that document;
//! - `NAME.ID.explained.txt`: how the figure ID came about, such as `meridian.case.npv.explained.txt`.
//!
//! A new case is an empty file. `APPRAISE_REWRITE=1 cargo test --test golden` writes what the crate says today into all
//! of them; what has changed is then in the diff.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use appraise::Outcome;
use appraise::model::Absent;
use appraise::yaml::Document;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// What the crate says today about the case of that file name.
fn rendered(case: &str) -> String {
    let (name, format) = case.rsplit_once('.').unwrap();
    let (name, explained) = match name.strip_suffix(".explained").and_then(|name| name.split_once('.')) {
        Some((name, figure)) => (name, Some(figure)),
        None => (name, None),
    };
    let (name, scenario) = name.split_once('@').map_or((name, None), |(name, scenario)| (name, Some(scenario)));
    let file = format!("{name}.yaml");
    let text = std::fs::read_to_string(folder("examples").join(&file)).unwrap();
    let document = Document::parse(&file, &text).unwrap_or_else(|faults| panic!("{faults}"));
    let appraisal = document.appraisal();
    let outcome = scenario.map_or_else(|| appraisal.base(), |scenario| appraisal.scenario(scenario).unwrap());
    let written = match (format, explained) {
        ("txt", Some(figure)) => {
            let places = document.places();
            outcome.explain(figure).unwrap().to_text(|address| places.shown(address))
        }
        ("txt", None) => outcome.report().to_text(),
        ("md", None) => outcome.report().to_markdown(),
        ("json", None) => outcome.report().to_json(),
        _ => panic!("{case}: NAME.txt, NAME.md, NAME.json, NAME@SCENARIO.… or NAME.ID.explained.txt"),
    };
    // files end in one line feed, as the example program prints them
    format!("{}\n", written.trim_end())
}

/// The first lines that differ, with their number; empty where none do.
fn difference(stored: &str, now: &str) -> String {
    let stored: Vec<&str> = stored.split('\n').collect();
    let now: Vec<&str> = now.split('\n').collect();
    let longest = stored.len().max(now.len());
    let differing = (0..longest).filter(|line| stored.get(*line) != now.get(*line));
    let shown = |line: Option<&&str>| line.map_or_else(|| "(the end)".to_owned(), |line| (*line).to_owned());
    let lines = differing.take(5).map(|line| {
        format!("  line {}\n    stored: {}\n    now:    {}\n", line + 1, shown(stored.get(line)), shown(now.get(line)))
    });
    lines.collect()
}

#[test]
fn reports_are_as_stored() {
    let rewrite = std::env::var_os("APPRAISE_REWRITE").is_some_and(|value| value != "0");
    let entries = std::fs::read_dir(folder("tests/golden")).unwrap();
    let cases: BTreeSet<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(cases.len() >= 12, "three documents in three formats and three explanations, not {cases:?}");
    let mut differences = String::new();
    for case in cases {
        let path = folder("tests/golden").join(&case);
        let now = rendered(&case);
        assert_eq!(now, rendered(&case), "{case} is not the same twice");
        if rewrite {
            std::fs::write(path, now).unwrap();
            continue;
        }
        let difference = difference(&std::fs::read_to_string(path).unwrap(), &now);
        if !difference.is_empty() {
            differences.push_str(&format!("{case}\n{difference}"));
        }
    }
    assert!(differences.is_empty(), "not as stored; APPRAISE_REWRITE=1 stores what is said now:\n{differences}");
}

/// Every example document, those of published cases too.
fn examples() -> Vec<PathBuf> {
    let mut waiting = vec![folder("examples")];
    let mut found = Vec::new();
    while let Some(here) = waiting.pop() {
        for entry in std::fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().is_some_and(|extension| extension == "yaml") {
                true => found.push(path),
                false if path.is_dir() => waiting.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

/// `X.nominal` is the sum of the row `X.YEAR` or `X.year.YEAR`, and of no other.
#[test]
fn what_is_called_nominal_is_the_sum_of_its_row() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for path in examples() {
        // a sheet that an expert sends back is no document
        let Ok(document) = Document::parse("it", &std::fs::read_to_string(&path).unwrap()) else { continue };
        let outcome = document.appraisal().base();
        let json: serde_json::Value = serde_json::from_str(&outcome.report().to_json()).unwrap();
        let figures = json.get("figures").unwrap().as_object().unwrap();
        for id in figures.keys() {
            let Some(owner) = id.strip_suffix(".nominal") else { continue };
            let entry = |row: &str, year: u32| outcome.figure(&format!("{row}{year}"));
            for row in [format!("{owner}."), format!("{owner}.year.")] {
                let years: Vec<_> = (0..).map_while(|year| entry(&row, year)).collect();
                if years.is_empty() {
                    continue;
                }
                count += 1;
                let sum = years.into_iter().sum::<Result<Decimal, Absent>>().map(|sum| sum.round_dp(12));
                let nominal = outcome.figure(id).unwrap().map(|nominal| nominal.round_dp(12));
                if sum.is_ok() && sum != nominal {
                    wrong.push(format!("{}: {id} is {nominal:?}, and {row}YEAR is {sum:?} in all", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 500, "only {count} sums were looked at");
}

/// A case in which money flows in many ways, over so many years.
fn over_years(years: u32) -> String {
    format!(
        "appraise: 1
currency: EUR
horizon: {{first_year: 2026, years: {years}}}
discount_rate: 8%
valuation: {{timing: quarterly, inflation: 2%, reinvestment_rate: 6%}}
tax: {{rate: 25%, losses: carry_forward}}
exchange_rates: {{USD: [{{from: 2026-01-01, rate: 0.92}}, {{from: 2027-07-01, rate: 0.90}}]}}
costs:
  hardware:
    servers: {{initial: 90_000, replace_every: 5, price_change: -2%, depreciation: {{method: double_declining, life: 5}}}}
    plant: {{initial: 400_000, depreciation: {{method: straight_line, life: 20}}}}
    other: {{initial: 40_000, depreciation: {{method: sum_of_years_digits, life: 8}}}}
  licences:
    seats:
      currency: USD
      licence:
        {{kind: subscription, seats: 120, tiering: graduated, tiers: [{{up_to: 100, price: 960}}, {{price: 900}}],
         discounts: [8%, 4%]}}
    owned: {{licence: {{kind: perpetual, initial: 40, seats: {{first: 60, growth: 2%}}, price: 650}}}}
  maintenance: {{care: {{rate: 18%, of: licences, on: list}}, help: {{rate: 3%, of: licences, on: net, risk: 10%}}}}
  staff: {{administration: {{fte: 1, cost: 60_000, growth: 2%}}}}
  other: {{contingency: {{name: Contingency, rate: 10%, of: initial}}, spare: {{rate: 1%, of: all}}}}
benefits:
  hours: {{kind: saving, capacity: {{hours: 4_000, rate: 45, conversion: 60%}}, ramp: 3, delay: 0.5, overlap: time}}
  posts: {{kind: saving, annual: {{first: 60_000, growth: 2%}}, overlap: time, risk: 10%}}
  old: {{kind: avoidance, annual: 210_000}}
financing:
  of: hardware.plant
  residual: 5_000
  loans:
    level: {{share: 80%, rate: 6%, years: {years}}}
    equal: {{share: 80%, rate: 6%, years: {years}, currency: USD, repayment: equal_principal}}
    bullet: {{share: 80%, rate: 6%, years: {years}, repayment: bullet}}
  leases: {{maker: {{payment: 35_000, years: {years}, buy_out: 9_000}}}}
"
    )
}

/// What is called alike cannot be told apart: figures of money have a label each, whatever document they are of.
#[test]
fn no_two_figures_of_money_are_called_alike() {
    let rooms = ["costs", "benefits", "financing", "case", "alternatives", "rates", "ranking", "cash_flows", "eva"];
    let texts = examples().into_iter().map(|path| std::fs::read_to_string(path).unwrap());
    let mut alike = Vec::new();
    let mut count = 0;
    for text in texts.chain([over_years(5)]) {
        let Ok(document) = Document::parse("it", &text) else { continue };
        let json: serde_json::Value = serde_json::from_str(&document.appraisal().base().report().to_json()).unwrap();
        let mut labels = BTreeMap::new();
        for (id, figure) in json.get("figures").unwrap().as_object().unwrap() {
            if rooms.contains(&id.split('.').next().unwrap()) {
                count += 1;
                if let Some(other) = labels.insert(figure.get("label").unwrap().as_str().unwrap().to_owned(), id) {
                    alike.push(format!("{other} and {id}: {}", figure.get("label").unwrap()));
                }
            }
        }
    }
    assert!(alike.is_empty(), "{alike:#?}");
    assert!(count > 10_000, "only {count} figures were looked at");
}

/// What is made alike in every year is explained once: an explanation has as many lines over fifty years as over ten.
#[test]
fn an_explanation_does_not_grow_with_the_years() {
    let [short, long] = [10, 50].map(over_years);
    let [short, long] = [short, long].map(|text| Document::parse("it", &text).unwrap());
    let [ten, fifty] = [&short, &long].map(|document| document.appraisal().base());
    let lines = |outcome: &Outcome, id: &str| {
        let explanation = outcome.explain(id).unwrap();
        (explanation.left_out, explanation.to_text(|_| None).lines().count())
    };
    let mut count = 0;
    let mut longer = Vec::new();
    for (_, cell) in short.appraisal().model().cells() {
        let id = cell.id().to_string();
        // one year of several that are cells of their own follows from all before it
        if id.rsplit('.').next().is_some_and(|last| last.parse::<u32>().is_ok()) {
            continue;
        }
        count += 1;
        let ((_, over_ten), (left_out, over_fifty)) = (lines(&ten, &id), lines(&fifty, &id));
        assert_eq!(left_out, 0, "{id}");
        if over_fifty > over_ten + 12 {
            longer.push(format!("{id}: {over_ten} lines, then {over_fifty}"));
        }
    }
    assert!(longer.is_empty(), "{longer:#?}");
    assert!(count > 300, "only {count} figures were explained");
}

/// Whatever a formula of an explanation names, the explanation has with its value.
#[test]
fn every_name_in_an_explanation_is_explained() {
    let document = Document::parse("it", &over_years(12)).unwrap();
    let outcome = document.appraisal().base();
    let model = document.appraisal().model();
    for figure in ["case.after_tax.cost_of_delay", "financing.leases.maker.rank", "case.irr", "case.after_tax.net.3"] {
        let explanation = outcome.explain(figure).unwrap();
        let mut shown = BTreeSet::new();
        for step in &explanation.steps {
            shown.insert(step.id.clone());
            shown
                .extend(step.values.iter().filter_map(|(entry, _)| Some(format!("{}.{}", step.id, entry.as_deref()?))));
        }
        let entry = |name: &str| shown.iter().any(|id| id.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
        let formulas = explanation.steps.iter().filter(|step| !step.shown_above);
        for formula in formulas.flat_map(|step| [&step.formula, &step.last_formula]).flatten() {
            let names = formula.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.');
            for name in names.filter(|name| model.find(name).is_some()) {
                assert!(shown.contains(name) || entry(name), "{figure}: `{name}` of `{formula}` is nowhere");
            }
        }
    }
}

/// Every id that the design promises to those who embed the output, with its variable parts filled in.
#[test]
fn the_names_of_figures_are_kept() {
    let json: serde_json::Value = serde_json::from_str(&rendered("meridian.json")).unwrap();
    let figures = json.get("figures").unwrap().as_object().unwrap();
    let mut missing = Vec::new();
    let mut count = 0;
    for pattern in PROMISED {
        for id in filled_in(pattern) {
            count += 1;
            let figure = figures.get(&id);
            let is_whole = figure.is_some_and(|figure| {
                let is_explained = figure.get("reason").is_some_and(serde_json::Value::is_string);
                let has_value = figure.get("value").is_some_and(|value| !value.is_null() || is_explained);
                has_value && ["unit", "label"].iter().all(|key| figure.get(key).is_some())
            });
            if !is_whole {
                missing.push(id);
            }
        }
    }
    assert!(missing.is_empty(), "of {count} promised figures Meridian lacks {missing:#?}");
    assert!(count > 500, "only {count} figures were looked for");
    for key in ["appraise", "title", "findings", "conventions"] {
        assert!(json.get(key).is_some(), "there is no `{key}`");
    }
}

/// The figures of the contract. A word in capitals stands for each of its values in [`WORDS`].
const PROMISED: &[&str] = &[
    "scorecard.score",
    "scorecard.status",
    "scorecard.INDICATOR.progress",
    "scorecard.ID.score",
    "scorecard.ID.weight",
    "scorecard.ID.global_weight",
    "scorecard.ID.status",
    "delphi.ROUND.RATED.mean",
    "delphi.ROUND.RATED.cv",
    "delphi.ROUND.RATED.median",
    "delphi.ROUND.RATED.iqr",
    "delphi.ROUND.kendall_w",
    "delphi.ROUND.PARENT.kendall_w",
    "assessment.score",
    "assessment.grade",
    "assessment.membership.GRADE",
    "assessment.ID.score",
    "assessment.ID.grade",
    "assessment.ID.membership.GRADE",
    "assessment.effectiveness",
    "assessment.ID.effectiveness",
    "sensitivity.operator.OPERATOR.membership.GRADE",
    "sensitivity.operator.OPERATOR.score",
    "sensitivity.operator.OPERATOR.grade",
    "sensitivity.operators_agree",
    "sensitivity.weight.SIBLING.up",
    "sensitivity.weight.SIBLING.up_grade",
    "sensitivity.weight.SIBLING.down",
    "sensitivity.weight.SIBLING.down_grade",
    "sensitivity.smallest_move",
    "sensitivity.smallest_move_of",
    "costs.CATEGORY.nominal",
    "costs.CATEGORY.present_value",
    "costs.LINE.YEAR",
    "costs.year.YEAR",
    "costs.initial",
    "costs.ongoing",
    "costs.nominal",
    "costs.present_value",
    "costs.unadjusted.present_value",
    "benefits.BENEFIT.nominal",
    "benefits.BENEFIT.present_value",
    "benefits.BENEFIT.YEAR",
    "benefits.year.YEAR",
    "benefits.initial",
    "benefits.ongoing",
    "benefits.nominal",
    "benefits.present_value",
    "benefits.unadjusted.present_value",
    "case.net.YEAR",
    "case.cumulative.YEAR",
    "case.npv",
    "case.unadjusted.npv",
    "case.roi",
    "case.roi_nominal",
    "case.irr",
    "case.payback",
    "case.discounted_payback",
    "case.benefit_cost_ratio",
];

/// What the words in capitals stand for in Meridian.
const WORDS: &[(&str, &str)] = &[
    (
        "INDICATOR",
        "margin_rate share_of_wallet selling_cost_ratio days_outstanding retention_rate satisfaction brand_trust \
         complaint_hours first_contact quote_hours forecast_ratio data_complete active_users training_hours \
         improvements_kept",
    ),
    (
        "ID",
        "financial profitable_growth margin_rate share_of_wallet cost_to_serve selling_cost_ratio days_outstanding \
         customer loyalty retention_rate satisfaction brand_trust service_experience complaint_hours first_contact \
         internal_process lead_to_order quote_hours forecast_ratio data_complete learning_growth adoption active_users \
         training_hours improvements_kept",
    ),
    ("OPERATOR", "weighted_average min_max product_max bounded_sum balanced"),
    ("SIBLING", "financial customer margin_rate loyalty quote_hours improvements_kept"),
    ("ROUND", "1 2"),
    (
        "RATED",
        "financial customer internal_process learning_growth profitable_growth cost_to_serve loyalty \
         service_experience retention_rate satisfaction brand_trust",
    ),
    ("PARENT", "scorecard financial customer loyalty"),
    ("GRADE", "excellent good fair poor"),
    ("CATEGORY", "licences maintenance hardware telecom service_providers vendor_services staff other"),
    (
        "LINE",
        "licences.seats licences.analytics maintenance.database_support maintenance.device_care hardware.database \
         hardware.tablets telecom.mobile_data service_providers.integration service_providers.migration \
         vendor_services.architect vendor_services.success_plan staff.administration staff.project_team other.training \
         other.travel other.contingency other.group_charge",
    ),
    ("BENEFIT", "kept_customers freed_hours old_system one_view"),
    ("YEAR", "0 1 2 3 4 5"),
];

/// A pattern with its words replaced, one id for each combination of their values.
fn filled_in(pattern: &str) -> Vec<String> {
    let begun = vec![String::new()];
    pattern.split('.').fold(begun, |begun, part| {
        let values = WORDS.iter().find(|(word, _)| *word == part).map_or(part, |(_, values)| values);
        let continued = begun.iter().flat_map(|begin| {
            let separator = if begin.is_empty() { "" } else { "." };
            values.split_whitespace().map(move |value| format!("{begin}{separator}{value}"))
        });
        continued.collect()
    })
}
