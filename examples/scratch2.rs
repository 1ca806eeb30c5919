//! x
fn main() {
    let text = std::fs::read_to_string("examples/meridian.yaml").unwrap();
    for _ in 0..10 { let d = appraise::yaml::Document::parse("x", &text).unwrap(); let b = d.appraisal().base(); std::hint::black_box(b.report()); }
}
