//! What an expert sends back: the fragment that a sheet is, filled in.

use super::delphi::{read_answer, read_answers};
use super::document::check_format;
use super::fields::Reading;
use super::flaw::{At, Flaw};
use super::node::{self, Node, Value};
use super::{Diagnostics, Limits};
use crate::panel::{Answer, Form};

/// The answers of one expert in one round, read from the document that
/// [`Sheet::to_yaml`](crate::report::Sheet::to_yaml) writes.
///
/// ```
/// use appraise::panel::Answer;
/// use appraise::yaml::Answers;
///
/// let text = "appraise: 1
/// answers:
///   expert: controller
///   round: 2
///   ratings: {customer: 9, financial: dont_know}
///   reasons: {customer: they pay for everything}
/// ";
/// let answers = Answers::parse("controller.yaml", text).unwrap();
/// assert_eq!((answers.expert(), answers.round()), ("controller", 2));
/// assert_eq!(answers.items().last(), Some(("financial", Answer::DontKnow)));
///
/// let error = Answers::parse("controller.yaml", &text.replace("dont_know", "eight")).unwrap_err();
/// assert_eq!(error.iter().next().unwrap().line, 5);
/// ```
#[derive(Debug, Clone)]
pub struct Answers {
    pub(super) file: String,
    pub(super) text: String,
    pub(super) limits: Limits,
    pub(super) expert: Written<String>,
    pub(super) round: Written<usize>,
    pub(super) form: Written<Form>,
    pub(super) items: Vec<(Written<String>, Written<Answer>)>,
    pub(super) reasons: Vec<(Written<String>, Written<String>)>,
}

/// Something that was read, and the number of the key or value that it was read from.
#[derive(Debug, Clone)]
pub(super) struct Written<T> {
    pub(super) value: T,
    pub(super) node: u32,
}

impl Answers {
    /// Reads the answers of one expert. `file` is the name that messages show.
    ///
    /// # Errors
    ///
    /// Every mistake in the text, each with its line, column and what to type instead. Whether the answers suit a panel is
    /// checked when they are merged into its document.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostics> {
        Self::parse_within(file, text, &Limits::default())
    }

    /// Reads answers within other limits than the usual ones.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_within(file: &str, text: &str, limits: &Limits) -> Result<Self, Diagnostics> {
        let refuse = |flaws| Diagnostics::new(file, text, limits, flaws);
        let root = node::read(text, limits).map_err(|mut flaws| {
            // a sheet has no title
            for flaw in flaws.iter_mut().filter(|flaw| flaw.code == "empty") {
                flaw.help = Some("send the sheet as it was written, with the answers filled in".to_owned());
            }
            refuse(flaws)
        })?;
        let mut reading = Reading::default();
        let read = read(&mut reading, &root);
        match read {
            Some((expert, round, form, items, reasons)) if reading.flaws.is_empty() => Ok(Self {
                file: file.to_owned(),
                text: text.to_owned(),
                limits: limits.clone(),
                expert,
                round,
                form,
                items,
                reasons,
            }),
            _ => Err(refuse(reading.flaws)),
        }
    }

    /// The name that messages show.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Whose answers they are.
    pub fn expert(&self) -> &str {
        &self.expert.value
    }

    /// The round they are for, from 1.
    pub fn round(&self) -> usize {
        self.round.value
    }

    /// Whether they are ratings or ranks.
    pub fn form(&self) -> Form {
        self.form.value
    }

    /// The criteria and the answers, as written.
    pub fn items(&self) -> impl Iterator<Item = (&str, Answer)> {
        self.items.iter().map(|(item, answer)| (item.value.as_str(), answer.value))
    }

    /// The criteria and the reasons, where there are any.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, &str)> {
        self.reasons.iter().map(|(item, text)| (item.value.as_str(), text.value.as_str()))
    }

    /// The diagnostics of flaws found later.
    pub(super) fn refuse(&self, flaws: Vec<Flaw>) -> Diagnostics {
        Diagnostics::new(&self.file, &self.text, &self.limits, flaws)
    }
}

type Parts = (
    Written<String>,
    Written<usize>,
    Written<Form>,
    Vec<(Written<String>, Written<Answer>)>,
    Vec<(Written<String>, Written<String>)>,
);

fn read(reading: &mut Reading, root: &Node) -> Option<Parts> {
    const HELP: &str = "write the answers as on the sheet: `expert:`, `round:` and `ratings:`";
    if !matches!(root.value, Value::Map(_)) {
        reading.refuse(root, "", "a sheet is a map of keys and values", "begin with `appraise: 1`, then `answers:`");
        return None;
    }
    let mut fields = reading.fields(root, "", "");
    if !check_format(reading, root, &mut fields) {
        return None;
    }
    let answers = fields.get("answers");
    if answers.is_none() && !fields.is_misspelt("answers") {
        // a whole document is no sheet, and its sections are no mistakes of their own
        let flaw = Flaw::new("yaml.meaning", At::Node(root.id), "there are no answers in this document");
        reading.flaw(flaw.help(HELP), "answers");
        return None;
    }
    fields.finish(reading);
    let node = answers?;
    let mut fields = reading.fields(node, "answers", HELP);
    let expert = fields.get("expert").and_then(|node| {
        let value = reading.text(node, "answers.expert")?;
        Some(Written { value, node: node.id })
    });
    let round = fields.get("round").and_then(|node| {
        let value = reading.whole(node, "answers.round", "write the number of the round, as in `round: 2`")?;
        Some(Written { value, node: node.id })
    });
    let forms = Form::ALL.map(|(key, form)| (fields.get(key).map(|node| (node, form)), fields.key(key)));
    if let [(Some(_), _), (Some((second, _)), _)] = forms {
        reading.refuse(second, "answers", "there are ratings and rankings", "keep what the sheet asked for");
    }
    let given = forms.iter().find_map(|(given, _)| *given);
    let reasons = fields.get("reasons");
    let key = forms.iter().find_map(|(_, key)| *key);
    let missing: Vec<&str> = [
        ("expert", expert.is_none() && fields.get("expert").is_none()),
        ("round", round.is_none() && fields.get("round").is_none()),
        ("ratings", given.is_none() && key.is_none()),
    ]
    .into_iter()
    .filter(|(key, is_missing)| *is_missing && !fields.is_misspelt(key))
    .map(|(key, _)| key)
    .collect();
    fields.finish(reading);
    for key in missing {
        let flaw = Flaw::new("yaml.meaning", At::Node(node.id), format!("the answers have no `{key}`"));
        reading.flaw(flaw.help(HELP), "answers");
    }
    let mut items = Vec::new();
    if let Some((node, _)) = given {
        let help = "write one line for each criterion, as in `customer: 9`";
        for (key, value) in read_answers(reading, node, "answers.ratings", help) {
            let answer = read_answer(reading, value, &format!("answers.ratings.{}", key.text));
            let item = Written { value: key.text.to_string(), node: key.id };
            items.push((item, Written { value: answer, node: value.id }));
        }
    }
    let mut said = Vec::new();
    if let Some(node) = reasons {
        let help = "write one line for each criterion, as in `financial: licences dominate`";
        for (key, value) in reading.map(node, "answers.reasons", help) {
            let Some(text) = reading.text(value, "answers.reasons").filter(|text| !text.trim().is_empty()) else {
                continue;
            };
            let item = Written { value: key.text.to_string(), node: key.id };
            said.push((item, Written { value: text, node: value.id }));
        }
    }
    let (form, at) = match (given, key) {
        (Some((node, form)), _) => (form, node.id),
        (None, Some(key)) => {
            (Form::ALL.iter().find(|(name, _)| **name == *key.text).map_or(Form::Ratings, |f| f.1), key.id)
        }
        (None, None) => return None,
    };
    Some((expert?, round?, Written { value: form, node: at }, items, said))
}
