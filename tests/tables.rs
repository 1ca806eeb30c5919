//! Values by period from CSV texts: they mean what the same values in the document mean, and every mistake in them is told
//! with its place.
#![cfg(feature = "yaml")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use appraise::csv::Table;
use appraise::yaml::{Document, Limits};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

const CARD: &str = "\
appraise: 1
scorecard:
  periods: {from: 2025-Q1, to: 2025-Q4}
  perspectives:
    customer:
      indicators:
        lost: {kpi: customer_churn_rate, base: 4%, target: 2%, data: {customers_lost: , customers_start: {2025-Q1: 1_000, 2025-Q2: 900}}}
        complaints: {base: 120, target: 80, aggregation: sum}
        calls: {base: 1, target: 2, actual: {2025-Q1: 1.5}}
        fixed: {base: 1, target: 2, actual: = 1 + 1}
    handbook: {scoring: {lookup: {none: 0%, partly: 50%, full: 100%}}}
";

fn read(tables: &[&str]) -> Result<Document, String> {
    let names = (1..).map(|number| format!("table_{number}.csv"));
    let tables: Vec<Table> = names.zip(tables).map(|(name, text)| Table::new(name, *text)).collect();
    Document::parse_with("card.yaml", CARD, &tables).map_err(|refusal| refusal.to_string())
}

/// The place, the message and the help of each mistake.
fn mistakes(tables: &[&str]) -> Vec<String> {
    let names = (1..).map(|number| format!("{number}.csv"));
    let tables: Vec<Table> = names.zip(tables).map(|(name, text)| Table::new(name, *text)).collect();
    let refusal = Document::parse_with("card.yaml", CARD, &tables).unwrap_err();
    let told = refusal.iter().map(|told| {
        let help = told.help.as_deref().unwrap_or("-");
        format!(
            "{}:{}:{}-{} {}; {help}",
            told.file,
            told.line,
            told.column,
            (told.column + told.width).saturating_sub(1),
            told.message
        )
    });
    told.collect()
}

#[test]
fn long_and_wide_tables_say_the_same() {
    let long = "\u{feff}value;indicator;input;period\r\n18;lost;customers_lost;2025-Q1\r\n\r\n12,;;;\r\n";
    assert!(read(&[long]).is_err());
    let long = "\u{feff}value;indicator;input;period\r\n18;lost;customers_lost;2025-Q1\r\n\r\n\"9\";lost;customers_lost;2025-Q2\r\n 41 ;complaints;;2025-01\r\n38;complaints;;2025-02\r\n36;complaints;;2025-03\r\npartly;handbook;;2025-Q2\r\n;complaints;;2025-04";
    let wide = "期间\tlost.customers_lost\tcomplaints\thandbook\n2025-Q1\t18\t\t\n2025-01\t\t41\t\n2025-02\t\t38\n2025-03\t\t36\t\t\n2025-Q2\t9\t\tpartly\n";
    assert!(read(&[wide]).is_err(), "a line with fewer values");
    let wide = wide.replace("\t38\n", "\t38\t\n");
    let figures = |table: &str| {
        let document = read(&[table]).unwrap_or_else(|refusal| panic!("{refusal}"));
        let outcome = document.appraisal().base();
        let ids =
            ["lost.by_period.actual.2025-Q1", "lost.actual", "complaints.by_period.actual.2025-Q1", "handbook.score"];
        ids.map(|id| outcome.figure(&format!("scorecard.{id}")).unwrap().unwrap().normalize().to_string())
    };
    assert_eq!(figures(long), ["0.018", "0.01", "115", "0.5"]);
    assert_eq!(figures(&wide), figures(long));
}

#[test]
fn a_figure_is_explained_by_the_lines_of_its_table() {
    let document =
        read(&["indicator,period,value\ncomplaints,2025-Q1,3\nhandbook,2025-Q1,full\ncomplaints,2025-Q2,4\n"]);
    let document = document.unwrap();
    let places = document.places();
    assert_eq!(places.shown("scorecard.complaints.actual").as_deref(), Some("table_1.csv:2-4"));
    assert_eq!(places.shown("scorecard.handbook.actual").as_deref(), Some("table_1.csv:3"));
    assert_eq!(places.shown("scorecard.calls.actual").as_deref(), Some("card.yaml:9"));
}

const GROUP: &str = "\
appraise: 1
scorecard:
  periods: {from: 2025-Q1, to: 2025-Q4}
  perspectives:
    lost: {kpi: customer_churn_rate, base: 4%, target: 2%, from_units: inputs}
    calls: {base: 0, target: 10, from_units: sum}
    handbook: {scoring: {lookup: {none: 0%, partly: 50%, full: 100%}}}
  units:
    north: {name: North, without: [handbook]}
    south: {name: South, without: [handbook], indicators: {calls: {target: 20}}}
";

#[test]
fn tables_have_values_of_business_units() {
    let long = "\
unit,indicator,input,period,value
north,lost,customers_lost,2025-Q1,10
north,lost,customers_start,2025-Q1,200
south,lost.customers_lost,,2025-Q1,20
south,lost,customers_start,2025-Q1,800
north,calls,,2025-Q1,4
south,calls,,2025-Q1,5
,handbook,,2025-Q1,full
";
    let wide = "\
业务单元,period,lost.customers_lost,lost.customers_start,calls,handbook
north,2025-Q1,10,200,4,
south,2025-Q1,20,800,5,
,2025-Q1,,,,full
";
    let read = |text: &str| Document::parse_with("group.yaml", GROUP, &[Table::new("units.csv", text)]);
    let shown = |text: &str| {
        let document = read(text).unwrap_or_else(|refusal| panic!("{refusal}"));
        let outcome = document.appraisal().base();
        let ids =
            ["units.north.lost.actual", "units.south.calls.score", "scorecard.lost.actual", "scorecard.calls.actual"];
        let figures = ids.map(|id| outcome.figure(id).unwrap().unwrap().normalize().to_string());
        (figures, outcome.figure("scorecard.handbook.score").unwrap().unwrap().to_string())
    };
    assert_eq!(shown(long).0, ["0.05", "0.25", "0.03", "9"]);
    assert_eq!(shown(wide), shown(long));
    assert_eq!(
        read(long).unwrap().places().shown("units.south.lost.data.customers_lost").as_deref(),
        Some("units.csv:4")
    );
    let told = |text: &str| {
        let refusal = read(text).unwrap_err();
        let told = refusal.iter().map(|told| {
            format!("{}:{} {}; {}", told.line, told.column, told.message, told.help.as_deref().unwrap_or("-"))
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(
        told("unit,period,calls\nnorht,2025-Q1,4\nnorth,2025-Q1,5\nnorth,2025-Q1,6\n"),
        [
            "2:1 there is no business unit `norht`; did you mean `north`?",
            "4:15 `calls` of `north` has two values at `2025-Q1`; keep one of the two; the first is on line 3"
        ]
    );
    assert_eq!(
        told("indicator,period,value\nsouth,2025-Q1,4\n"),
        ["2:1 there is no indicator `south`; name the unit in a column `unit`, as in `unit,indicator,period,value`"]
    );
}

#[test]
fn what_is_given_twice_is_refused_wherever_it_stands() {
    let table =
        "indicator,period,value\ncalls,2025-Q1,3\ncalls,2025-Q2,4\nfixed,2025-Q1,3\nlost.customers_start,2025-Q2,4\n";
    let help = "keep it in the table or in the document, not in both";
    assert_eq!(
        mistakes(&[table]),
        [
            format!("1.csv:2:15-15 the actual value of `calls` at `2025-Q1` is given already; {help}"),
            format!("1.csv:4:1-5 the actual value of `fixed` is given already; {help}"),
            format!("1.csv:5:30-30 `customers_start` of `lost` at `2025-Q2` is given already; {help}"),
        ]
    );
    let one = "period,complaints\n2025-Q1,3\n";
    assert_eq!(
        mistakes(&[one, one]),
        [format!("2.csv:2:9-9 the actual value of `complaints` at `2025-Q1` is given already; {help}")]
    );
    assert_eq!(
        mistakes(&["period,complaints,complaints\n2025-Q1,3,4\n"]),
        ["1.csv:1:19-28 there are two columns `complaints`; keep one of the two"]
    );
    assert_eq!(
        mistakes(&["period,complaints\n2025-Q1,3\n2025-Q1,4\n"]),
        ["1.csv:3:9-9 `complaints` has two values at `2025-Q1`; keep one of the two; the first is on line 2"]
    );
}

#[test]
fn every_mistake_of_every_table_comes_in_one_run() {
    let one = "\
指标,期间,数值
complaint,2025-Q1,3
complaints,2025-Q1,\"1,000\"
complaints,2025-Q2,1,000
complaints,2025-Q3,\"\"\"many\"\"\"
complaints,2025-Q5,4
customer,2025-Q1,5
handbook,2025-Q1,parly
lost.customers_loss,2025-Q1,4
calls,2026-Q1,4
calls.input,2025-Q2,4
";
    let two = "period;complaints\n2025-Q4;=3+4\n2025-Q3;1,5\n";
    assert_eq!(
        mistakes(&[one, two, "period，complaints\n", "indicator,valeu,period\n", "\n", "a,\"b\n", "a,b\n1,2\n"]),
        [
            "1.csv:2:1-9 there is no indicator `complaint`; did you mean `complaints`?",
            "1.csv:3:20-26 `1,000` is not a number; write `1_000`: a point before the decimals, `_` between thousands",
            "1.csv:4:22-24 the line has 4 values for 3 columns; write 3 values with `,` between them; numbers have `_` and \
             no comma between thousands, as in `1_000`",
            "1.csv:5:20-29 `\"many\"` is not a number; write a number, as in `0.83`, `83%` or `1_000`, or leave it empty",
            "1.csv:6:12-18 `2025-Q5` is no period; write a year, half, quarter, month or week between 1900 and 2200, as in \
             `2025`, `2025-H1`, `2025-Q3`, `2025-07` or `2025-W05`",
            "1.csv:7:1-8 `customer` has criteria under it and is not measured itself; give the values of the indicators \
             under it",
            "1.csv:8:18-22 `parly` has no score; did you mean `partly`? known here: `none`, `partly`, `full`",
            "1.csv:9:1-19 `customer_churn_rate` has no input `customers_loss`; did you mean `customers_lost`?",
            "1.csv:10:15-15 `2026-Q1` lies outside the periods of the scorecard, 2025-Q1 to 2025-Q4; write one from \
             `2025-Q1` to `2025-Q4`, or extend `scorecard.periods`",
            "1.csv:11:1-11 `calls` has no KPI that data could belong to; write `calls` for its actual value, or give it a \
             `kpi:`",
            "2.csv:2:9-12 a formula cannot stand here; write a number, as in `0.83`, `83%` or `1_000`, or leave it empty",
            "2.csv:3:9-11 `1,5` is not a number; write `1.5`: a point before the decimals, `_` between thousands",
            "3.csv:1:1-17 the columns are separated by a full-width sign; separate them by `,`",
            "4.csv:1:11-15 `valeu` says nothing about a table; did you mean `value`?",
            "5.csv:0:0-0 the table is empty; begin with `indicator,period,value`, or with `period` and a column for each \
             indicator",
            "6.csv:1:3-3 the quote is not closed; write `\"` at the end of the value too, and `\"\"` for a quote inside it",
            "7.csv:1:1-1 the first line names no column `period`; begin with `indicator,period,value`, or with `period` and \
             a column for each indicator",
        ]
    );
}

#[test]
fn mistakes_of_the_document_come_first_and_with_them() {
    let text = CARD.replace("base: 1, target: 2, actual: {", "base: 1, target: 1, actual: {");
    let refusal =
        Document::parse_with("card.yaml", &text, &[Table::new("a.csv", "period,callz\n2025-Q1,4\n")]).unwrap_err();
    let shown = refusal.to_string();
    assert!(shown.starts_with("error: the target of `calls` is its base"), "{shown}");
    assert!(shown.contains(" --> a.csv:1:8") && shown.ends_with("2 problems in card.yaml, a.csv"), "{shown}");
}

#[test]
fn a_table_larger_than_a_document_may_be_is_refused() {
    let long = format!("period,complaints\n{}", "2025-Q1,1\n".repeat(Limits::default().bytes / 10));
    let refusal = read(&[&long]).unwrap_err();
    assert!(refusal.starts_with("error: the table has 4194318 bytes, more than 4194304"), "{refusal}");
}

proptest! {
    #![proptest_config(Config { cases: 256, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..Config::default() })]

    /// Whatever stands in it, and every mistake stands somewhere.
    #[test]
    fn no_table_is_read_without_an_answer(
        text in "(indicator|period|value|,|;|\n|\r\n|\"|calls|complaints|2025-Q1|2025-01|4|%|客户|[ -~]){0,40}",
    ) {
        if let Err(refusal) = Document::parse_with("card.yaml", CARD, &[Table::new("a.csv", text)]) {
            prop_assert!(!refusal.is_empty());
            for told in &refusal {
                prop_assert!(told.file == "a.csv", "{}", told);
                let width = told.source_line.chars().count();
                prop_assert!(told.line == 0 || told.column as usize <= width + 1, "{}", told);
            }
        }
    }
}
