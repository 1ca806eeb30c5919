//! Every figure of the example documents against an independent computation in rational arithmetic.
use appraise::yaml::Document;
use rust_decimal::Decimal;

#[test]
fn figures() {
    let expected: serde_json::Value = serde_json::from_str(include_str!("oracle/expected.json")).unwrap();
    let mut bad = 0;
    let mut good = 0;
    for (name, figures) in expected.as_object().unwrap() {
        let (file, scenario) = name.split_once('#').map_or((name.as_str(), None), |(a, b)| (a, Some(b)));
        let file = if file.ends_with(".yaml") { file.to_owned() } else { format!("{file}.yaml") };
        let text = std::fs::read_to_string(format!("examples/{file}")).unwrap();
        let document = match Document::parse(&file, &text) {
            Ok(d) => d,
            Err(e) => {
                println!("{e}");
                bad += 1;
                continue;
            }
        };
        let outcome = match scenario {
            Some(s) => document.appraisal().scenario(s).unwrap(),
            None => document.appraisal().base(),
        };
        for (id, value) in figures.as_object().unwrap() {
            let ours = outcome.figure(id);
            let ok = match (&ours, value.as_str()) {
                (Some(Ok(x)), Some(text)) => {
                    let t: f64 = text.parse().unwrap();
                    let e = Decimal::from_str_exact(&text.chars().take(30).collect::<String>())
                        .or_else(|_| text.parse::<Decimal>())
                        .unwrap();
                    let d = (*x - e).abs();
                    let _ = t;
                    d <= Decimal::new(1, 12) || d <= e.abs() * Decimal::new(1, 18)
                }
                (Some(Err(_)), None) => true,
                _ => false,
            };
            if ok {
                good += 1
            } else {
                bad += 1;
                if bad < 60 {
                    println!("{name} {id}: ours {ours:?} expected {value}");
                }
            }
        }
    }
    println!("good {good} bad {bad}");
    assert_eq!(bad, 0);
}
