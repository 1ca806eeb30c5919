//! The report as JSON: every figure under its id, with all its digits.
//!
//! Decimals are written as strings, because readers of JSON take numbers for binary fractions. Nothing here goes through
//! `rust_decimal`'s own serde features: a library that turns them on changes how every decimal in the program is read.

use super::figure::Cells;
use super::layout::is_steering;
use super::{Convention, Figure, Report, Value};
use crate::appraisal::Language;
use crate::kernel::Payback;
use crate::model::{Label, Unit};
use crate::panel::{Aggregation, Answer, Form, How, PriorityMethod, RankAggregation, RankConversion, WeightMethod};
use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// The version of the layout of the output.
pub(super) const LAYOUT: u32 = 1;

impl Report {
    /// The report as JSON: every figure under its id, findings and conventions, one to a line.
    ///
    /// A value is a decimal string with all its digits, a text, a list of texts where several tie, or null with a
    /// `reason`. To embed the sections of the report as they are, serialise the [`Report`] itself.
    ///
    /// ```
    /// use appraise::case::{Category, CostLine, Plan};
    /// use appraise::{Appraisal, Draft};
    ///
    /// let seats = CostLine { initial: Some(149_424.into()), ..CostLine::new(Category::Licences, "seats") };
    /// let draft = Draft { currency: Some("EUR".into()), plan: Plan { costs: Some(vec![seats]), ..Plan::default() }, ..Draft::default() };
    /// let json = Appraisal::new(draft).unwrap().base().report().to_json();
    /// let expected = r#""costs.nominal": {"value": "149424", "unit": "EUR", "label": "Costs: nominal"}"#;
    /// assert!(json.contains(expected), "{json}");
    /// ```
    pub fn to_json(&self) -> String {
        written(&Json(self))
    }
}

pub(super) fn written(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Lines { depth: 0 });
    // neither a vector of bytes nor anything in a report can fail to be written
    let _ = value.serialize(&mut serializer);
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

struct Json<'r>(&'r Report);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("appraise", &LAYOUT)?;
        map.serialize_entry("title", &report.title)?;
        for (key, text) in
            [("organisation", &report.organisation), ("currency", &report.currency), ("scenario", &report.scenario)]
        {
            if let Some(text) = text {
                map.serialize_entry(key, text)?;
            }
        }
        map.serialize_entry("language", language_key(report.language))?;
        map.serialize_entry("figures", &Figures(report))?;
        map.serialize_entry("findings", &report.findings)?;
        map.serialize_entry("conventions", &Conventions(&report.conventions))?;
        map.end()
    }
}

struct Figures<'r>(&'r Report);

impl Serialize for Figures<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for figure in self.0.figures() {
            map.serialize_entry(&figure.id(), &Entry { figure: &figure, currency: self.0.currency.as_deref() })?;
        }
        map.end()
    }
}

struct Entry<'r> {
    figure: &'r Figure,
    currency: Option<&'r str>,
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Figure { label, entry, unit, value, .. } = self.figure;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("value", value)?;
        if let Some(reason) = value.reason() {
            map.serialize_entry("reason", reason)?;
        }
        let unit = match (unit, self.currency) {
            (Unit::Money, Some(currency)) => currency,
            (unit, _) => unit_key(unit),
        };
        map.serialize_entry("unit", unit)?;
        map.serialize_entry("label", &label_of(label, entry.as_deref()))?;
        map.end()
    }
}

/// The figures as a list, for those who serialise the report as it is.
pub(super) fn list_figures<S: Serializer>(cells: &Cells, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(cells.figures())
}

struct Conventions<'r>(&'r [Convention]);

impl Serialize for Conventions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|convention| (convention.topic, &convention.choice)))
    }
}

/// The label of a figure, with the entry where it stands in a row.
fn label_of(label: &Label, entry: Option<&str>) -> String {
    match entry {
        Some(entry) => format!("{label}, {entry}"),
        None => label.to_string(),
    }
}

pub(super) fn language_key(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Chinese => "zh",
    }
}

pub(super) fn unit_key(unit: &Unit) -> &str {
    match unit {
        Unit::Money => "money",
        Unit::Share => "share",
        Unit::Years => "years",
        Unit::Number => "number",
        Unit::Ordinal => "ordinal",
        Unit::Set => "set",
        Unit::Truth => "truth",
        Unit::Custom(unit) => unit,
    }
}

/// All digits, no trailing zeros, never `-0`.
pub(super) fn digits(number: Decimal) -> String {
    if number.is_zero() { "0".to_owned() } else { number.normalize().to_string() }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_str(&digits(*number)),
            Self::Names(names) => match names.as_slice() {
                [name] => serializer.serialize_str(name),
                names => serializer.collect_seq(names),
            },
            Self::Missing(_) => serializer.serialize_unit(),
        }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Figure", 4)?;
        fields.serialize_field("id", &self.id())?;
        fields.serialize_field("label", &label_of(&self.label, self.entry.as_deref()))?;
        fields.serialize_field("unit", unit_key(&self.unit))?;
        fields.serialize_field("value", &self.value)?;
        fields.end()
    }
}

// How the types of other rooms are written inside the sections of a report.

pub(super) fn language<S: Serializer>(language: &Language, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(language_key(*language))
}

pub(super) fn unit<S: Serializer>(unit: &Unit, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(unit_key(unit))
}

pub(super) fn decimal<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&digits(*number))
}

pub(super) fn answer<S: Serializer>(answer: &Answer, serializer: S) -> Result<S::Ok, S::Error> {
    match answer {
        Answer::Given(number) => decimal(number, serializer),
        Answer::DontKnow => serializer.serialize_str("dont_know"),
        Answer::Missing => serializer.serialize_unit(),
    }
}

pub(super) fn form<S: Serializer>(form: &Form, serializer: S) -> Result<S::Ok, S::Error> {
    Form::ALL.iter().find(|(_, known)| known == form).map(|(key, _)| *key).serialize(serializer)
}

pub(super) fn method<S: Serializer>(method: &WeightMethod, serializer: S) -> Result<S::Ok, S::Error> {
    let key_of = |aggregation: &Option<Aggregation>| {
        let found = Aggregation::ALL.iter().find(|(_, known)| Some(*known) == *aggregation);
        found.map(|(key, _)| *key)
    };
    let mut map = serializer.serialize_map(None)?;
    match method {
        WeightMethod::Direct => map.serialize_entry("method", "direct")?,
        WeightMethod::Points => map.serialize_entry("method", "points")?,
        WeightMethod::Delphi { round } => {
            map.serialize_entry("method", "delphi")?;
            map.serialize_entry("round", round)?;
        }
        WeightMethod::Ahp { method, aggregation } => {
            map.serialize_entry("method", "ahp")?;
            let found = PriorityMethod::ALL.iter().find(|(_, known)| known == method);
            map.serialize_entry("priorities", &found.map(|(key, _)| *key))?;
            map.serialize_entry("aggregation", &key_of(aggregation))?;
        }
        WeightMethod::Ranks { conversion, aggregation } => {
            map.serialize_entry("method", "ranks")?;
            let (name, exponent) = match conversion {
                RankConversion::Centroid => ("centroid", None),
                RankConversion::Sum => ("sum", None),
                RankConversion::Reciprocal => ("reciprocal", None),
                RankConversion::Exponent(exponent) => ("exponent", Some(digits(*exponent))),
            };
            map.serialize_entry("conversion", name)?;
            if let Some(exponent) = exponent {
                map.serialize_entry("exponent", &exponent)?;
            }
            let found = RankAggregation::ALL.iter().find(|(_, known)| Some(*known) == *aggregation);
            map.serialize_entry("aggregation", &found.map(|(key, _)| *key))?;
        }
        WeightMethod::Allocation => map.serialize_entry("method", "allocation")?,
        WeightMethod::Swing => map.serialize_entry("method", "swing")?,
        WeightMethod::Entropy => map.serialize_entry("method", "entropy")?,
        WeightMethod::Critic => map.serialize_entry("method", "critic")?,
        WeightMethod::Combination { how } => {
            map.serialize_entry("method", "combination")?;
            match how {
                How::Linear { alpha } => map.serialize_entry("alpha", &digits(*alpha))?,
                How::Multiplicative => map.serialize_entry("how", "multiplicative")?,
            }
        }
        WeightMethod::LifeCycle { stage } => {
            map.serialize_entry("method", "life_cycle")?;
            map.serialize_entry("stage", stage.name())?;
        }
        WeightMethod::Equal => map.serialize_entry("method", "equal")?,
        WeightMethod::StatedEqual => map.serialize_entry("method", "stated_equal")?,
        WeightMethod::OnlyChild => map.serialize_entry("method", "only_child")?,
    }
    map.end()
}

pub(super) fn methods<S: Serializer>(methods: &[WeightMethod], serializer: S) -> Result<S::Ok, S::Error> {
    struct One<'m>(&'m WeightMethod);
    impl serde::Serialize for One<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            method(self.0, serializer)
        }
    }
    serializer.collect_seq(methods.iter().map(One))
}

pub(super) fn payback<S: Serializer>(payback: &Option<Payback>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(payback) = payback else { return serializer.serialize_none() };
    let mut map = serializer.serialize_map(None)?;
    match payback {
        Payback::Reached(years) => {
            map.serialize_entry("payback", "reached")?;
            map.serialize_entry("years", &digits(*years))?;
        }
        Payback::NotReached => map.serialize_entry("payback", "not_reached")?,
        Payback::ReachedThenLost { reached, lost } => {
            map.serialize_entry("payback", "reached_then_lost")?;
            map.serialize_entry("reached", &digits(*reached))?;
            map.serialize_entry("lost", lost)?;
        }
    }
    map.end()
}

pub(super) fn grades<S: Serializer>(grades: &[(String, Decimal)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(grades.iter().map(|(name, score)| (name, digits(*score))))
}

pub(super) fn range<S: Serializer>(
    range: &Option<(Decimal, Option<Decimal>, Decimal)>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    range.map(|(low, likely, high)| (digits(low), likely.map(digits), digits(high))).serialize(serializer)
}

/// One line for each figure, finding and convention, so that two outputs can be compared line by line; what could steer
/// a terminal is written as an escape.
struct Lines {
    depth: usize,
}

/// Objects and lists below this depth stay on one line.
const SPREAD: usize = 2;

impl Lines {
    fn separate<W: ?Sized + Write>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        let spread = self.depth <= SPREAD;
        writer.write_all(match (first, spread) {
            (true, _) => b"",
            (false, true) => b",",
            (false, false) => b", ",
        })?;
        if spread { self.new_line(writer) } else { Ok(()) }
    }

    fn new_line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| writer.write_all(b"  "))
    }

    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        let spread = self.depth <= SPREAD;
        self.depth = self.depth.saturating_sub(1);
        if spread {
            self.new_line(writer)?;
        }
        writer.write_all(bracket)
    }
}

impl Formatter for Lines {
    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.separate(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.separate(writer, first)
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // serde_json escapes what JSON demands; the rest of the control characters is legal there and steers terminals
        for c in fragment.chars() {
            if is_steering(c) {
                write!(writer, "\\u{:04x}", u32::from(c))?;
            } else {
                writer.write_all(c.encode_utf8(&mut [0; 4]).as_bytes())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panel::{Delphi, Rating, Round};
    use crate::report::testing;
    use crate::scorecard::{Criterion, Scorecard};
    use crate::{Appraisal, Draft};
    use rust_decimal::dec;

    fn json(draft: Draft) -> serde_json::Value {
        serde_json::from_str(&testing::report(draft).to_json()).unwrap()
    }

    #[test]
    fn the_shape_that_is_promised() {
        let json = json(testing::meridian());
        assert_eq!(json["appraise"], 1);
        assert_eq!(json["currency"], "EUR");
        assert_eq!(json["language"], "en");
        assert_eq!(json.get("scenario"), None);
        let figures = &json["figures"];
        let irr = &figures["case.irr"];
        assert_eq!(irr["unit"], "share");
        assert_eq!(irr["label"], "Business case: internal rate of return");
        assert!(irr["value"].as_str().unwrap().starts_with("0.1587"), "{irr}");
        assert_eq!(figures["costs.licences.seats.1"]["value"], "115200");
        assert_eq!(figures["costs.licences.seats.1"]["unit"], "EUR");
        assert_eq!(figures["assessment.customer.membership.good"]["label"], "Customer: membership, good");
        assert_eq!(figures["assessment.grade"]["value"], "good");
        assert_eq!(figures["assessment.satisfaction.grade"]["value"], serde_json::json!(["excellent", "good"]));
        let missing = &figures["scorecard.reputation.score"];
        assert_eq!(missing["value"], serde_json::Value::Null);
        assert_eq!(missing["reason"], "`scorecard.reputation.score`: it is judged, not measured");
        assert_eq!(json["findings"][0]["code"], "delphi.no_consensus");
        assert_eq!(json["findings"][0]["where"], "weights.delphi.stop");
        assert_eq!(json["conventions"]["payback"], "linear inside the year");
    }

    #[test]
    fn every_figure_once_in_order() {
        let report = testing::report(testing::meridian());
        let text = report.to_json();
        let start = |line: &str| {
            line.strip_prefix("    \"").and_then(|line| line.split_once("\": {\"value\"")).map(|(id, _)| id.to_owned())
        };
        let ids: Vec<String> = text.lines().filter_map(start).collect();
        let expected: Vec<String> = report.figures().map(|figure| figure.id()).collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn hostile_texts_survive_as_escapes() {
        let report = testing::report(testing::hostile());
        let text = report.to_json();
        assert!(!text.chars().any(|c| c != '\n' && is_steering(c)));
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["title"], testing::HOSTILE);
        assert_eq!(json["organisation"].as_str().unwrap().chars().count(), 10_000);
    }

    #[test]
    fn digits_are_all_there_and_zero_has_no_sign() {
        let shown = |number| serde_json::to_string(&Value::Number(number)).unwrap();
        assert_eq!(shown(dec!(-0.00)), "\"0\"");
        assert_eq!(shown(dec!(0.9259259259259259259259259259)), "\"0.9259259259259259259259259259\"");
        assert_eq!(shown(dec!(12.500)), "\"12.5\"");
        assert_eq!(shown(Decimal::MIN), "\"-79228162514264337593543950335\"");
    }

    #[test]
    fn a_sheet_serialises_with_answers_as_in_a_document() {
        let rating = |answers: [Answer; 3]| Rating { item: "customer".into(), answers: answers.into() };
        let round = |answers| Round { items: vec![rating(answers)], ..Round::default() };
        let panel = |answers| Draft {
            scorecard: Some(Scorecard::new([Criterion::judged("customer")])),
            delphi: Some(Delphi {
                experts: ["a", "b", "c"].map(str::to_owned).into(),
                rounds: vec![round(answers)],
                ..Delphi::default()
            }),
            ..Draft::default()
        };
        let appraisal = Appraisal::new(panel([Answer::Given(dec!(9.50)), Answer::DontKnow, Answer::Missing])).unwrap();
        let sheet = |expert| serde_json::to_value(appraisal.base().sheet(expert).unwrap()).unwrap();
        assert_eq!(sheet("a")["items"][0]["own"], "9.5");
        assert_eq!(sheet("b")["items"][0]["own"], "dont_know");
        assert_eq!(sheet("c")["items"][0]["own"], serde_json::Value::Null);
        let sheet = sheet("a");
        assert_eq!((&sheet["language"], &sheet["form"]), (&"en".into(), &"ratings".into()));
        assert_eq!((&sheet["items"][0]["lowest"], &sheet["items"][0]["highest"]), (&"1".into(), &"10".into()));
        assert_eq!(sheet["items"][0]["panel"]["mean"], "9.5");
    }

    #[test]
    fn the_sections_serialise_as_they_are() {
        let report = testing::report(testing::meridian());
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["case"]["measures"]["payback"]["payback"], "reached");
        assert_eq!(
            json["case"]["measures"]["npv"],
            serde_json::to_value(&report.case.as_ref().unwrap().measures.npv).unwrap()
        );
        assert_eq!(json["scorecard"]["weights"][0]["method"]["round"], 2);
        assert_eq!(json["assessment"]["grades"][0], serde_json::json!(["excellent", "95"]));
        assert_eq!(json["assumptions"][1]["range"], serde_json::json!(["880", "960", "1150"]));
        assert_eq!(json["assumptions"][1]["unit"], "EUR/user/year");
        assert_eq!(json["scenarios"][1]["case"]["measures"]["payback"]["payback"], "not_reached");
        assert_eq!(json["years"][0]["calendar"], 2026);
        assert_eq!(json["figures"][0]["id"], "year.1");
    }
}
