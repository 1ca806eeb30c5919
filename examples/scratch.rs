//! x
use std::time::Instant;
fn best(mut f: impl FnMut()) -> f64 {
    let mut b = f64::MAX;
    for _ in 0..30 { let t = Instant::now(); for _ in 0..20 { f(); } b = b.min(t.elapsed().as_secs_f64() / 20.0); }
    b * 1e6
}
fn main() {
    let text = std::fs::read_to_string("examples/meridian.yaml").unwrap();
    println!("{} bytes", text.len());
    println!("value {:.0}", best(|| { serde_yaml::from_str::<serde_yaml::Value>(&text).unwrap(); }));
    println!("ignored {:.0}", best(|| { serde_yaml::from_str::<serde::de::IgnoredAny>(&text).unwrap(); }));
    println!("parse {:.0}", best(|| { appraise::yaml::Document::parse("x", &text).unwrap(); }));
    let d = appraise::yaml::Document::parse("x", &text).unwrap();
    let draft = d.appraisal().draft().clone();
    println!("clone draft {:.0}", best(|| { std::hint::black_box(draft.clone()); }));
    println!("new {:.0}", best(|| { appraise::Appraisal::new(draft.clone()).unwrap(); }));
    println!("base {:.0}", best(|| { std::hint::black_box(d.appraisal().base()); }));
    let base = d.appraisal().base();
    println!("report {:.0}", best(|| { std::hint::black_box(base.report()); }));
    println!("cells {} figures {}", d.appraisal().model().cells().len(), base.report().figures.len());
}
