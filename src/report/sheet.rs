//! What an expert gets before the next Delphi round, and fills in and sends back.

use super::layout::{self, Document, Table};
use super::rounding::{self, MISSING};
use super::words::{Words, fill};
use super::{Value, figure, markdown};
use crate::appraisal::{Language, Outcome};
use crate::nearest::did_you_mean;
use crate::panel::{Answer, Delphi, Form, WeightMethod};
use crate::quoted::quoted;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Why there is no sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// Nobody is asked for anything.
    #[error("there is no Delphi panel")]
    NoPanel,
    /// Somebody who is not on the panel.
    #[error("`{expert}` is not on the panel")]
    UnknownExpert {
        /// The name as asked for.
        expert: String,
        /// The expert whose name is nearest to it.
        nearest: Option<String>,
        /// Who is on the panel.
        experts: Vec<String>,
    },
}

impl SheetError {
    /// What to do instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoPanel => "add `weights: {delphi: {experts: [sales_director, controller]}}`".to_owned(),
            Self::UnknownExpert { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownExpert { experts, .. } => format!("on the panel: {}", experts.join(", ")),
        })
    }
}

/// One criterion on the sheet of an expert.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SheetItem {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// The lowest answer there is.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::decimal"))]
    pub lowest: Decimal,
    /// The highest answer there is.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::decimal"))]
    pub highest: Decimal,
    /// What the panel said in the last round; `None` before the first.
    pub panel: Option<PanelStatistics>,
    /// What this expert said in the last round.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::answer"))]
    pub own: Answer,
    /// Whether that lies outside the quartiles, so that a reason is asked for.
    pub reason_wanted: bool,
    /// The reasons that other experts gave; nobody is named.
    pub reasons: Vec<String>,
}

/// What a panel said about one criterion in one round.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PanelStatistics {
    /// The mean.
    pub mean: Value,
    /// The median.
    pub median: Value,
    /// The first quartile, type 7.
    pub q1: Value,
    /// The third quartile, type 7.
    pub q3: Value,
    /// How many answers there are.
    pub n: Value,
}

/// What one expert gets before the next round: each criterion with what the panel said, what they said themselves, and
/// whether a reason is asked for.
///
/// Before the first round there are no statistics, and the criteria are those that nobody has weighed yet. Later they are
/// those of the last round. A reason is asked for where the expert's answer lies outside the quartiles; the reasons of
/// others are shown without their names. A program with forms of its own serialises the sheet (feature `serde`): numbers
/// are written as strings with all their digits, answers as in a document.
///
/// ```
/// use appraise::panel::{Delphi, Round};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
///
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::judged("customer"), Criterion::judged("financial")])),
///     delphi: Some(Delphi {
///         experts: ["sales", "controlling", "service"].map(str::to_owned).into(),
///         rounds: vec![Round::of([("customer", [9, 3, 9]), ("financial", [8, 9, 10])])],
///         ..Delphi::default()
///     }),
///     ..Draft::default()
/// };
/// let appraisal = Appraisal::new(draft).unwrap();
/// let sheet = appraisal.base().sheet("controlling").unwrap();
/// assert_eq!(sheet.round, 2);
/// assert!(sheet.items[0].reason_wanted); // 3 lies below the first quartile, 6
/// assert!(sheet.to_yaml().contains("customer: 3"));
///
/// let error = appraisal.base().sheet("servise").unwrap_err();
/// assert_eq!(error.help().as_deref(), Some("did you mean `service`?"));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Sheet {
    /// The question of the whole model.
    pub title: String,
    /// The language.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::language"))]
    pub language: Language,
    /// Whose sheet it is.
    pub expert: String,
    /// The round that it is for, from 1.
    pub round: usize,
    /// Whether ratings or ranks are asked for.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::report::json::form"))]
    pub form: Form,
    /// The criteria.
    pub items: Vec<SheetItem>,
}

impl Outcome<'_> {
    /// What an expert of the Delphi panel gets before the next round.
    ///
    /// # Errors
    ///
    /// Where there is no panel, or nobody of that name is on it.
    pub fn sheet(&self, expert: &str) -> Result<Sheet, SheetError> {
        let draft = self.appraisal().draft();
        let delphi = draft.delphi.as_ref().ok_or(SheetError::NoPanel)?;
        let Some(position) = delphi.experts.iter().position(|known| known == expert) else {
            let nearest = did_you_mean(expert, delphi.experts.iter().map(String::as_str)).map(str::to_owned);
            let experts = delphi.experts.clone();
            return Err(SheetError::UnknownExpert { expert: expert.to_owned(), nearest, experts });
        };
        Ok(Sheet {
            title: draft.title.clone(),
            language: draft.language,
            expert: expert.to_owned(),
            round: delphi.rounds.len() + 1,
            form: delphi.form,
            items: items(self, delphi, position),
        })
    }
}

/// The criteria of the last round, or before the first those that nobody has weighed.
fn items(outcome: &Outcome, delphi: &Delphi, expert: usize) -> Vec<SheetItem> {
    let parts = outcome.appraisal().parts();
    let children = |parent: usize| {
        let depth = parts.criteria.get(parent).map_or(0, |listed| listed.depth);
        let below = parts.criteria.iter().enumerate().skip(parent + 1);
        below
            .take_while(move |(_, listed)| listed.depth > depth)
            .filter(move |(_, listed)| listed.depth == depth + 1)
            .map(|(index, _)| index)
    };
    let range = |index: usize| match delphi.form {
        Form::Rankings => {
            let mut groups = parts.weighting.methods.iter().map(|(parent, _)| *parent);
            let parent = groups.find(|parent| children(*parent).any(|child| child == index));
            (Decimal::ONE, Decimal::from(parent.map_or(1, |parent| children(parent).count())))
        }
        _ => (delphi.scale.min, delphi.scale.max),
    };
    let blank = |index: usize| {
        let listed = parts.criteria.get(index)?;
        let (lowest, highest) = range(index);
        Some(SheetItem {
            id: Arc::clone(&listed.id),
            name: Arc::clone(&listed.name),
            lowest,
            highest,
            panel: None,
            own: Answer::Missing,
            reason_wanted: false,
            reasons: Vec::new(),
        })
    };
    let last = parts.delphi.as_ref().and_then(|cells| cells.rounds.last()).zip(delphi.rounds.last());
    let Some((cells, round)) = last else {
        let is_open = |method: &WeightMethod| matches!(method, WeightMethod::Equal | WeightMethod::LifeCycle { .. });
        let unweighed = parts.weighting.methods.iter().filter(|(_, method)| is_open(method));
        return unweighed.flat_map(|(parent, _)| children(*parent)).filter_map(blank).collect();
    };
    let (evaluation, words) = (outcome.evaluation(), Words::of(outcome.appraisal().draft().language));
    let value = |cell| figure::value(evaluation, words, cell);
    let name = delphi.experts.get(expert).map(String::as_str).unwrap_or_default();
    let items = cells.items.iter().filter_map(|item| {
        let written = round.items.iter().find(|rating| *rating.item == *item.id);
        let written = written.and_then(|rating| rating.answers.get(expert)).copied().unwrap_or(Answer::Missing);
        let standing = evaluation.row(item.ratings).get(expert).copied().and_then(Result::ok);
        let outside = evaluation.row(item.outside).get(expert).copied().and_then(Result::ok);
        let of_others = round.reasons.iter().filter(|reason| *reason.item == *item.id && reason.expert != name);
        Some(SheetItem {
            panel: Some(PanelStatistics {
                mean: value(item.mean),
                median: value(item.median),
                q1: value(item.q1),
                q3: value(item.q3),
                n: value(item.n),
            }),
            own: standing.map_or(written, Answer::Given),
            reason_wanted: outside.is_some_and(|outside| !outside.is_zero()),
            reasons: of_others.map(|reason| reason.text.clone()).collect(),
            ..blank(item.index)?
        })
    });
    items.collect()
}

impl Sheet {
    fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    fn head(&self) -> String {
        let words = self.words();
        let title = if self.title.trim().is_empty() { words.untitled } else { &self.title };
        layout::name(title)
    }

    /// Whose sheet it is, and what to do with it.
    fn task(&self) -> [String; 2] {
        let words = self.words();
        let whose = fill(words.panel.sheet_of, &[&self.round.to_string(), &layout::name(&self.expert)]);
        let task = match (self.form, self.round) {
            (Form::Rankings, 1) => words.panel.sheet_rank_first,
            (Form::Rankings, _) => words.panel.sheet_rank_again,
            (_, 1) => words.panel.sheet_rate_first,
            _ => words.panel.sheet_rate_again,
        };
        [whose, task.to_owned()]
    }

    /// The sheet as Markdown, to be read beside the fragment that is filled in.
    pub fn to_markdown(&self) -> String {
        let words = self.words();
        let [whose, task] = self.task();
        let mut document = Document::default();
        document.title(&self.head());
        document.paragraph(&whose);
        document.paragraph(&task);
        let has_panel = self.items.iter().any(|item| item.panel.is_some());
        let mut table = Table::new(words.criterion).text(0, words.id).text(0, words.panel.sheet_range);
        if has_panel {
            for head in [
                words.panel.sheet_count,
                words.panel.mean,
                words.panel.median,
                words.panel.q1,
                words.panel.q3,
                words.panel.sheet_own,
            ] {
                table = table.numbers(0, head);
            }
            table = table.text(0, words.panel.sheet_reason);
        }
        for item in &self.items {
            let mut cells = vec![item.name.to_string(), item.id.to_string(), self.range(item)];
            if let Some(panel) = &item.panel {
                let statistics = [&panel.n, &panel.mean, &panel.median, &panel.q1, &panel.q3];
                cells.extend(statistics.map(shown));
                cells.push(match item.own {
                    Answer::Given(own) => rounding::trimmed(own, 2),
                    Answer::DontKnow => words.panel.dont_know.to_owned(),
                    Answer::Missing => MISSING.to_owned(),
                });
                cells.push(if item.reason_wanted { words.panel.sheet_please } else { "" }.to_owned());
            }
            table.row(0, cells);
        }
        document.table(table);
        let reasons = self.items.iter().flat_map(|item| item.reasons.iter().map(|reason| (&*item.name, reason)));
        let reasons: Vec<(&str, &String)> = reasons.collect();
        if !reasons.is_empty() {
            document.heading(words.panel.sheet_others);
            document.facts(reasons);
        }
        markdown::written(&document)
    }

    fn range(&self, item: &SheetItem) -> String {
        let words = self.words();
        let phrase = if self.form == Form::Rankings { words.panel.sheet_ranks } else { words.panel.sheet_from_to };
        fill(phrase, &[&item.lowest.normalize().to_string(), &item.highest.normalize().to_string()])
    }

    /// The sheet as a document that the expert fills in and sends back, to be read by `yaml::Answers`.
    ///
    /// The expert's last answers stand in it, so whoever changes nothing says the same again.
    pub fn to_yaml(&self) -> String {
        let words = self.words();
        let mut text = String::new();
        let [whose, task] = self.task();
        for line in [self.head(), whose, task] {
            text += &format!("# {}\n", layout::tidy(&line, LONGEST_COMMENT));
        }
        text += &format!("appraise: 1\nanswers:\n  expert: {}\n  round: {}\n", quoted(&self.expert), self.round);
        text += if self.form == Form::Rankings { "  rankings:\n" } else { "  ratings:\n" };
        let entry = |item: &SheetItem| {
            let own = match item.own {
                Answer::Given(own) => own.normalize().to_string(),
                Answer::DontKnow => "dont_know".to_owned(),
                Answer::Missing => "~".to_owned(),
            };
            format!("    {}: {own}", quoted(&item.id))
        };
        let entries: Vec<String> = self.items.iter().map(entry).collect();
        let column = |entry: &str| entry.chars().map(layout::width).sum::<usize>();
        let widest = entries.iter().map(|entry| column(entry)).max().unwrap_or(0);
        for (item, entry) in self.items.iter().zip(&entries) {
            for reason in &item.reasons {
                let reason = fill(words.panel.sheet_somebody, &[reason]);
                text += &format!("    # {}\n", layout::tidy(&reason, LONGEST_COMMENT));
            }
            let gap = " ".repeat(widest.saturating_sub(column(entry)));
            text += &format!("{entry}{gap}  # {}\n", layout::tidy(&self.comment(item), LONGEST_COMMENT));
        }
        let mut wanted = self.items.iter().filter(|item| item.reason_wanted).peekable();
        match wanted.peek() {
            Some(_) => text += "  reasons:\n",
            None => text += &format!("  reasons:  # {}\n", words.panel.sheet_reasons_free),
        }
        for item in wanted {
            let [own, q1, q3] = match (&item.panel, item.own) {
                (Some(panel), Answer::Given(own)) => [rounding::trimmed(own, 2), shown(&panel.q1), shown(&panel.q3)],
                _ => continue,
            };
            let why = fill(words.panel.sheet_outside, &[&own, &q1, &q3]);
            text += &format!("    {}: ~  # {}\n", quoted(&item.id), layout::tidy(&why, LONGEST_COMMENT));
        }
        text
    }

    /// What is said beside the place of an answer: the name where it is not the id, and what the panel said.
    fn comment(&self, item: &SheetItem) -> String {
        let words = self.words();
        let said = match &item.panel {
            Some(panel) if item.own != Answer::Missing => {
                fill(words.panel.sheet_keep, &[&shown(&panel.mean), &shown(&panel.q1), &shown(&panel.q3)])
            }
            Some(panel) => fill(
                words.panel.sheet_answer,
                &[&shown(&panel.mean), &shown(&panel.q1), &shown(&panel.q3), &self.range(item)],
            ),
            None => fill(words.panel.sheet_or_dont_know, &[&self.range(item)]),
        };
        if item.name == item.id { said } else { fill(words.panel.sheet_named, &[&layout::name(&item.name), &said]) }
    }
}

/// Longer comments are cut.
const LONGEST_COMMENT: usize = 400;

fn shown(value: &Value) -> String {
    value.number().map_or_else(|| MISSING.to_owned(), |number| rounding::trimmed(number, 2))
}
