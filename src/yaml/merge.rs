//! Answers of experts written into the document of their panel, and nothing else in it changed.

use super::answers::Answers;
use super::delphi::is_long_form;
use super::flaw::{At, Flaw};
use super::insert::{Entry, Insertion, Page, insert};
use super::node::{self, Key, Node, Value};
use super::place::Places;
use super::{Diagnostics, Document};
use crate::appraisal::{Appraisal, Draft};
use crate::nearest::did_you_mean;
use crate::panel::{Answer, Collected, Delphi, DelphiError, Form, Reason, Round};
use crate::problem::{Fault, Problem};
use crate::quoted::quoted;
use std::fmt;

/// Why answers cannot be merged into a document.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum MergeError {
    /// The document has no Delphi panel.
    NoPanel {
        /// The document.
        file: String,
    },
    /// Answers that do not suit the panel, file by file.
    Answers(Vec<Diagnostics>),
    /// A round of the document that answers cannot be added to.
    Document(Diagnostics),
    /// A document in which there is no place for the round that is sure to change nothing else, as where its rounds are an
    /// alias.
    Layout {
        /// The document.
        file: String,
        /// The round, from 1.
        round: usize,
    },
}

impl MergeError {
    /// What to do instead, where the message does not show it already.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NoPanel { .. } => Some("add `weights: {delphi: {experts: [sales_director, controller]}}`".to_owned()),
            Self::Layout { .. } => {
                Some("write `rounds:` as a list with one `-` for each round, or add the answers by hand".to_owned())
            }
            Self::Answers(_) | Self::Document(_) => None,
        }
    }
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPanel { file } => write!(f, "{file} has no Delphi panel to answer"),
            Self::Answers(all) => {
                let all: Vec<String> = all.iter().map(ToString::to_string).collect();
                f.write_str(&all.join("\n\n"))
            }
            Self::Document(diagnostics) => diagnostics.fmt(f),
            Self::Layout { file, round } => {
                write!(f, "there is no sure place for the answers of round {round} in {file}")
            }
        }
    }
}

impl std::error::Error for MergeError {}

/// Nobody mends more at once, and each is looked for in every sheet.
const MOST_PLACED: usize = 100;

impl Document {
    /// The text of the document with the answers of experts in it; every other byte stays as it is.
    ///
    /// Answers for the next round make a new round, written by expert in the order of the panel, behind the last one.
    /// Whoever was invited to the last round is invited again, and whoever answers is. Answers for the last round are
    /// late: they are added to it where it is written by expert and none of these experts has answered in it. A question that a
    /// sheet leaves open is written as `~`, and the `~` of whoever had not answered gives way to the late answer.
    ///
    /// # Errors
    ///
    /// What is wrong with the answers, at their line of the file they came in: an unknown expert or criterion, the wrong
    /// round, an answer outside the scale, two sheets of one expert. The new text is read again before it is returned, so
    /// an error never leaves a document that says anything else.
    ///
    /// ```
    /// use appraise::yaml::{Answers, Document};
    ///
    /// let text = "appraise: 1
    /// scorecard: {perspectives: {customer: {}, financial: {}}}
    /// weights:
    ///   delphi:
    ///     experts: [sales, controller]
    ///     rounds:
    ///       - {customer: [9, 4], financial: [8, 9]}  # by mail
    /// ";
    /// let document = Document::parse("crm.yaml", text).unwrap();
    /// let sheet = |expert: &str| document.appraisal().base().sheet(expert).unwrap().to_yaml();
    /// let sales = Answers::parse("sales.yaml", &sheet("sales")).unwrap();
    /// let controller = sheet("controller").replace("customer: 4", "customer: 6");
    /// let controller = Answers::parse("controller.yaml", &controller).unwrap();
    ///
    /// let merged = document.merge(&[controller, sales]).unwrap();
    /// assert_eq!(
    ///     merged.strip_prefix(text).unwrap(),
    ///     "      - answers:
    ///           sales: {customer: 9, financial: 8}
    ///           controller: {customer: 6, financial: 9}
    /// "
    /// );
    /// ```
    pub fn merge(&self, answers: &[Answers]) -> Result<String, MergeError> {
        let draft = self.appraisal().draft();
        let Some(delphi) = &draft.delphi else { return Err(MergeError::NoPanel { file: self.file().to_owned() }) };
        let Some(first) = answers.first() else { return Ok(self.text.clone()) };
        let mut flaws = vec![Vec::new(); answers.len()];
        check_sheets(delphi, answers, &mut flaws);
        refuse(answers, &mut flaws)?;
        let number = first.round();
        let mut sheets: Vec<(usize, &Answers)> = Vec::with_capacity(answers.len());
        for sheet in answers {
            let position = delphi.experts.iter().position(|expert| expert == sheet.expert());
            sheets.extend(position.map(|position| (position, sheet)));
        }
        sheets.sort_by_key(|(position, _)| *position);
        let is_late = number == delphi.rounds.len();
        let added = added(delphi, &sheets, is_late);
        let mut expected: Draft = draft.clone();
        if let Some(delphi) = &mut expected.delphi {
            if is_late {
                delphi.rounds.pop();
            }
            delphi.rounds.push(added.clone());
        }
        if let Err(problems) = Appraisal::new(expected.clone()) {
            for problem in problems.into_iter().take(MOST_PLACED) {
                place(&problem, (number, delphi), answers, &mut flaws);
            }
            refuse(answers, &mut flaws)?;
        }
        let layout = || self.no_place(&sheets, number);
        let insertions = self.insertions(&sheets, &added, is_late)?.ok_or_else(layout)?;
        let merged = insert(&self.text, insertions).ok_or_else(layout)?;
        let read = self.with_text(&merged).map_err(|_| layout())?;
        let read = in_one_order(read.appraisal().draft().clone());
        if read == in_one_order(expected) { Ok(merged) } else { Err(layout()) }
    }

    /// Why there is no place: the line that is written in an unusual way, where there is one.
    fn no_place(&self, sheets: &[(usize, &Answers)], round: usize) -> MergeError {
        let error = MergeError::Layout { file: self.file().to_owned(), round };
        let Ok(root) = node::read(&self.text, &self.limits) else { return error };
        let page = Page::new(&self.text, Places::locate(&self.text, &self.limits));
        let mut path: Vec<(&Key, &Node)> = Vec::new();
        let mut node = &root;
        for key in ["weights", "delphi", "rounds"] {
            let Some((key, below)) = get(node, key) else { break };
            path.push((key, below));
            node = below;
        }
        if let Value::List(rounds) = &node.value
            && let Some(last) = rounds.last().filter(|_| round == rounds.len())
        {
            let parts = ["answers", "reasons"].into_iter().filter_map(|key| get(last, key));
            for (key, part) in parts {
                path.push((key, part));
                path.extend(sheets.iter().filter_map(|(_, sheet)| get(part, sheet.expert())));
            }
        }
        let Some((node, help)) = path.into_iter().find_map(|step| page.unusual(step)) else { return error };
        let message = format!("there is no sure place for the answers of round {round} here");
        let flaw = Flaw::new("delphi", At::Node(node), message).help(help);
        MergeError::Document(Diagnostics::new(self.file(), &self.text, &self.limits, vec![flaw]))
    }

    /// What is to be put in where; `None` where there is no sure place.
    fn insertions(
        &self,
        sheets: &[(usize, &Answers)],
        added: &Round,
        is_late: bool,
    ) -> Result<Option<Vec<Insertion>>, MergeError> {
        let Ok(root) = node::read(&self.text, &self.limits) else { return Ok(None) };
        let page = Page::new(&self.text, Places::locate(&self.text, &self.limits));
        let delphi = get(&root, "weights").and_then(|(_, weights)| get(weights, "delphi"));
        let Some((_, delphi)) = delphi else { return Ok(None) };
        let rounds = get(delphi, "rounds");
        if is_late {
            let Some((_, Node { value: Value::List(rounds), .. })) = rounds else { return Ok(None) };
            let Some(last) = rounds.last() else { return Ok(None) };
            let by_expert = get(last, "answers").map(|(_, answers)| answers);
            let is_long = matches!(&last.value, Value::Map(entries) if is_long_form(entries));
            let Some(by_expert) = by_expert.filter(|node| is_long && matches!(node.value, Value::Map(_))) else {
                let message =
                    format!("round {} is written by item, so late answers cannot be added to it", rounds.len());
                let help = "add them by hand, or write the round by expert under `answers:`";
                let flaw = Flaw::new("delphi", At::Node(last.id), message).help(help);
                let diagnostics = Diagnostics::new(self.file(), &self.text, &self.limits, vec![flaw]);
                return Err(MergeError::Document(diagnostics));
            };
            return Ok(late(&page, last, by_expert, sheets));
        }
        let round = round_entry(sheets, added);
        Ok(match rounds {
            None => page.append(delphi, &keyed("rounds", &round)).map(|insertion| vec![insertion]),
            Some((key, rounds)) => match &rounds.value {
                Value::Null => page.fill(key, &round.block).map(|insertion| vec![insertion]),
                Value::List(entries) if entries.is_empty() => {
                    page.fill_brackets(rounds, &round.flow).map(|insertion| vec![insertion])
                }
                _ => page.append(rounds, &round).map(|insertion| vec![insertion]),
            },
        })
    }
}

/// What can be said of each sheet by itself and beside the others.
fn check_sheets(delphi: &Delphi, answers: &[Answers], flaws: &mut [Vec<Flaw>]) {
    let last = delphi.rounds.len();
    let next = last + 1;
    let target = answers.first().map_or(next, Answers::round);
    for (position, (sheet, flaws)) in answers.iter().zip(flaws).enumerate() {
        let expert = sheet.expert();
        let flaw = |message: String, help: Option<String>, node: u32| {
            let flaw = Flaw::new("delphi", At::Node(node), message);
            match help {
                Some(help) => flaw.help(help),
                None => flaw,
            }
        };
        if !delphi.experts.iter().any(|known| known == expert) {
            let nearest = did_you_mean(expert, delphi.experts.iter().map(String::as_str)).map(str::to_owned);
            let error = DelphiError::UnknownExpert { round: sheet.round(), expert: expert.to_owned(), nearest };
            flaws.push(flaw(format!("`{expert}` is not on the panel"), error.help(), sheet.expert.node));
        } else if answers.iter().take(position).any(|other| other.expert() == expert) {
            let help = "keep one of the two sheets".to_owned();
            flaws.push(flaw(format!("there are two sheets of `{expert}`"), Some(help), sheet.expert.node));
        }
        let round = sheet.round();
        let has_answered = |round: &Round| {
            let expert = delphi.experts.iter().position(|known| known == expert);
            let answers = round.items.iter().filter_map(|rating| rating.answers.get(expert?));
            answers.into_iter().any(|answer| *answer != Answer::Missing)
        };
        if round != next && (round != last || last == 0) {
            let help = format!("write `round: {next}` if they are meant for it, or ask for a new sheet");
            flaws.push(flaw(
                format!("these answers are for round {round}, but round {next} is the next"),
                Some(help),
                sheet.round.node,
            ));
        } else if round != target {
            let help = "merge the answers of one round at a time".to_owned();
            let message = format!("these answers are for round {round}, those before them for round {target}");
            flaws.push(flaw(message, Some(help), sheet.round.node));
        } else if round == last && delphi.rounds.last().is_some_and(has_answered) {
            let help = format!("write `round: {next}` if they are meant for it");
            flaws.push(flaw(format!("`{expert}` has already answered in round {round}"), Some(help), sheet.round.node));
        }
        if sheet.form() != delphi.form {
            let (asked, given) = match delphi.form {
                Form::Rankings => ("rankings", "ratings"),
                _ => ("ratings", "rankings"),
            };
            let message = format!("the experts of this panel are asked for {asked}");
            let help = format!("write `{asked}:`, or `form: {given}` under `delphi:` in the document");
            flaws.push(flaw(message, Some(help), sheet.form.node));
        }
    }
}

fn refuse(answers: &[Answers], flaws: &mut [Vec<Flaw>]) -> Result<(), MergeError> {
    let faulty = answers.iter().zip(flaws).filter(|(_, flaws)| !flaws.is_empty());
    let faulty: Vec<Diagnostics> = faulty.map(|(sheet, flaws)| sheet.refuse(std::mem::take(flaws))).collect();
    if faulty.is_empty() { Ok(()) } else { Err(MergeError::Answers(faulty)) }
}

/// The round with the answers in it.
fn added(delphi: &Delphi, sheets: &[(usize, &Answers)], is_late: bool) -> Round {
    let last = delphi.rounds.last();
    let mut round = match last {
        Some(last) if is_late => last.clone(),
        Some(last) => Round { invited: last.invited.clone(), ..Round::default() },
        None => Round::default(),
    };
    let mut collected = Collected::from_items(std::mem::take(&mut round.items));
    for (position, sheet) in sheets {
        // what was asked and left open stands in the round too, so that it is known to be asked
        for (item, answer) in sheet.items() {
            collected.note(item, (*position, delphi.experts.len()), answer);
        }
        let reasons = sheet.reasons().map(|(item, text)| Reason {
            expert: sheet.expert().to_owned(),
            item: item.to_owned(),
            text: text.to_owned(),
        });
        round.reasons.extend(reasons);
        if let Some(invited) = round.invited.as_mut().filter(|_| !is_late)
            && !invited.iter().any(|expert| expert == sheet.expert())
        {
            invited.push(sheet.expert().to_owned());
        }
    }
    round.items = collected.into_items();
    round
}

/// Finds the sheets that a problem of the new round is about, and the line.
fn place(problem: &Problem, (round, delphi): (usize, &Delphi), answers: &[Answers], flaws: &mut [Vec<Flaw>]) {
    let prefix = format!("weights.delphi.rounds.{}", round - 1);
    let rest = problem.at.strip_prefix(&prefix).unwrap_or_default().trim_start_matches('.');
    let (item, position) = match rest.rsplit_once('.') {
        Some((item, position)) => (item, position.parse::<usize>().ok()),
        None => (rest, None),
    };
    let mut told = false;
    for (sheet, flaws) in answers.iter().zip(flaws.iter_mut()) {
        let of_expert = position.and_then(|position| delphi.experts.get(position));
        let key = |id: &str| sheet.items.iter().find(|(item, _)| item.value == id);
        let node = match (&problem.fault, of_expert) {
            (Fault::Delphi(DelphiError::ReasonOnNothing { item, .. }), _) => {
                let reason = sheet.reasons.iter().find(|(written, _)| written.value == *item);
                reason.filter(|_| rest.starts_with(&format!("reasons.{}.", sheet.expert()))).map(|(item, _)| item.node)
            }
            (_, Some(expert)) if expert == sheet.expert() => {
                Some(key(item).map_or(sheet.form.node, |(_, answer)| answer.node))
            }
            (_, Some(_)) => None,
            (_, None) => key(rest).map(|(item, _)| item.node),
        };
        if let Some(node) = node {
            told = true;
            flaws.push(flaw_at(problem, node));
        }
    }
    if let (false, Some((sheet, flaws))) = (told, answers.iter().zip(flaws).next()) {
        flaws.push(flaw_at(problem, sheet.form.node));
    }
}

fn flaw_at(problem: &Problem, node: u32) -> Flaw {
    let mut flaw = Flaw::new("delphi", At::Node(node), problem.fault.to_string());
    flaw.help = problem.help();
    flaw
}

/// The items and reasons of a round say the same in any order.
fn in_one_order(mut draft: Draft) -> Draft {
    if let Some(round) = draft.delphi.as_mut().and_then(|delphi| delphi.rounds.last_mut()) {
        round.items.sort_by(|a, b| a.item.cmp(&b.item));
        round.reasons.sort_by(|a, b| (&a.expert, &a.item).cmp(&(&b.expert, &b.item)));
    }
    draft
}

fn get<'n>(map: &'n Node<'n>, key: &str) -> Option<(&'n Key<'n>, &'n Node<'n>)> {
    match &map.value {
        Value::Map(entries) => entries.iter().find(|(known, _)| *known.text == *key).map(|(key, node)| (key, node)),
        _ => None,
    }
}

/// Something said about an item, and the text that says it.
type Said<'a> = (&'a str, String);

fn answers_on(sheet: &Answers) -> Vec<Said<'_>> {
    let written = |answer| match answer {
        Answer::Given(value) => value.to_string(),
        Answer::DontKnow => "dont_know".to_owned(),
        Answer::Missing => "~".to_owned(),
    };
    sheet.items().map(|(item, answer)| (item, written(answer))).collect()
}

fn reasons_on(sheet: &Answers) -> Vec<Said<'_>> {
    sheet.reasons().map(|(item, text)| (item, quoted(text))).collect()
}

fn lines_of(said: &[Said]) -> Vec<String> {
    said.iter().map(|(item, text)| format!("{}: {text}", quoted(item))).collect()
}

/// What one expert said, between braces.
fn of_expert(sheet: &Answers, said: &[Said]) -> String {
    format!("{}: {{{}}}", quoted(sheet.expert()), lines_of(said).join(", "))
}

/// The answers of one expert between braces.
fn answers_of(sheet: &Answers) -> String {
    of_expert(sheet, &answers_on(sheet))
}

/// The reasons of one expert between braces, if there are any.
fn reasons_of(sheet: &Answers) -> Option<String> {
    let reasons = reasons_on(sheet);
    (!reasons.is_empty()).then(|| of_expert(sheet, &reasons))
}

/// A key with one line for each entry below it, or with all of them between braces.
fn map_of(key: &str, entries: &[String]) -> Entry {
    let below = entries.iter().map(|entry| format!("  {entry}"));
    let block = [format!("{key}:")].into_iter().chain(below).collect();
    Entry { block, flow: format!("{key}: {{{}}}", entries.join(", ")) }
}

/// A whole round as an entry of the list of rounds.
fn round_entry(sheets: &[(usize, &Answers)], round: &Round) -> Entry {
    let answers: Vec<String> = sheets.iter().map(|(_, sheet)| answers_of(sheet)).collect();
    let reasons: Vec<String> = sheets.iter().filter_map(|(_, sheet)| reasons_of(sheet)).collect();
    let mut parts = vec![map_of("answers", &answers)];
    if let Some(invited) = &round.invited {
        let invited: Vec<String> = invited.iter().map(|expert| quoted(expert)).collect();
        let line = format!("invited: [{}]", invited.join(", "));
        parts.push(Entry { block: vec![line.clone()], flow: line });
    }
    if !reasons.is_empty() {
        parts.push(map_of("reasons", &reasons));
    }
    let flow: Vec<&str> = parts.iter().map(|part| part.flow.as_str()).collect();
    let flow = format!("{{{}}}", flow.join(", "));
    let lines = parts.iter().flat_map(|part| &part.block).enumerate();
    let block = lines.map(|(i, line)| format!("{}{line}", if i == 0 { "- " } else { "  " })).collect();
    Entry { block, flow }
}

/// The key of a list with its first entry.
fn keyed(key: &str, entry: &Entry) -> Entry {
    let below = entry.block.iter().map(|line| format!("  {line}"));
    let block = [format!("{key}:")].into_iter().chain(below).collect();
    Entry { block, flow: format!("{key}: [{}]", entry.flow) }
}

/// Late answers go behind those that are there, or where a `~` stands for them, and their reasons likewise.
fn late(page: &Page, round: &Node, by_expert: &Node, sheets: &[(usize, &Answers)]) -> Option<Vec<Insertion>> {
    let answers: Vec<(&Answers, Vec<Said>)> = sheets.iter().map(|(_, sheet)| (*sheet, answers_on(sheet))).collect();
    let reasons = sheets.iter().map(|(_, sheet)| (*sheet, reasons_on(sheet)));
    let reasons: Vec<(&Answers, Vec<Said>)> = reasons.filter(|(_, said)| !said.is_empty()).collect();
    let mut insertions = into_experts(page, by_expert, &answers)?;
    if reasons.is_empty() {
        return Some(insertions);
    }
    let lines: Vec<String> = reasons.iter().map(|(sheet, said)| of_expert(sheet, said)).collect();
    match get(round, "reasons") {
        None => insertions.push(page.append(round, &map_of("reasons", &lines))?),
        Some((key, node)) if matches!(node.value, Value::Null) => {
            let below = page.fill(key, &lines);
            insertions.push(match below {
                Some(below) => below,
                None => page.settle((key, node), &format!("{{{}}}", lines.join(", ")))?,
            });
        }
        Some((_, known)) => insertions.extend(into_experts(page, known, &reasons)?),
    }
    Some(insertions)
}

/// Puts what experts said into a map by expert.
fn into_experts(page: &Page, by_expert: &Node, all: &[(&Answers, Vec<Said>)]) -> Option<Vec<Insertion>> {
    let (mut insertions, mut fresh) = (Vec::new(), Vec::new());
    for (sheet, said) in all {
        match get(by_expert, sheet.expert()) {
            None => fresh.push(of_expert(sheet, said)),
            Some(known) => insertions.extend(into_expert(page, known, said)?),
        }
    }
    // behind what goes into the entries above
    if !fresh.is_empty() {
        insertions.push(append(page, by_expert, fresh)?);
    }
    Some(insertions)
}

/// Puts what one expert said behind their name, which is there already.
fn into_expert(page: &Page, (name, known): (&Key, &Node), said: &[Said]) -> Option<Vec<Insertion>> {
    if matches!(known.value, Value::Null) {
        let settled = page.settle((name, known), &format!("{{{}}}", lines_of(said).join(", ")))?;
        return Some(vec![settled]);
    }
    let (mut insertions, mut fresh) = (Vec::new(), Vec::new());
    for (item, text) in said {
        let place = match &known.value {
            Value::Map(entries) => entries.iter().find(|(key, _)| *key.text == **item),
            _ => return None,
        };
        match place {
            None => fresh.push((*item, text.clone())),
            Some(_) if text == "~" => {}
            Some((key, value)) => insertions.push(page.settle((key, value), text)?),
        }
    }
    if !fresh.is_empty() {
        insertions.push(append(page, known, lines_of(&fresh))?);
    }
    Some(insertions)
}

/// Puts entries into a map, which may be empty.
fn append(page: &Page, map: &Node, entries: Vec<String>) -> Option<Insertion> {
    let flow = entries.join(", ");
    match &map.value {
        Value::Map(known) if known.is_empty() => page.fill_brackets(map, &flow),
        _ => page.append(map, &Entry { block: entries, flow }),
    }
}
