//! A document to start from: indicators of the catalogue, with places for the numbers.

use super::layout;
use super::words::{Words, fill};
use crate::appraisal::Language;
use crate::calendar::Periods;
use crate::period::{FiscalYear, NamedBy};
use crate::quoted::quoted;
use crate::scorecard::{Direction, InputRule, Kpi, KpiGroup, KpiInput, Takes};

/// A document whose scorecard has these indicators, to be filled in: it is read as it stands, and what is left empty is
/// missing.
///
/// The groups of the catalogue stand under the perspectives that they usually roll up to.
///
/// ```
/// use appraise::report::fragment;
/// use appraise::scorecard::catalogue;
/// use appraise::Language;
///
/// let churn = catalogue::find("customer_churn_rate").unwrap();
/// let text = fragment(&[churn], Language::English);
/// assert!(text.contains("          kpi: customer_churn_rate\n"));
/// # #[cfg(feature = "yaml")]
/// assert!(appraise::yaml::Document::parse("start.yaml", &text).is_ok());
/// ```
pub fn fragment(kpis: &[&Kpi], language: Language) -> String {
    written(kpis, language, None)
}

/// The same for a scorecard that is followed over periods, with a place for each of them.
///
/// ```
/// use appraise::report::fragment_over;
/// use appraise::scorecard::catalogue;
/// use appraise::{Language, Period, Periods};
///
/// let quarter = |text: &str| text.parse::<Period>().unwrap();
/// let periods = Periods::new(quarter("2024-Q1"), quarter("2025-Q4"));
/// let text = fragment_over(&[catalogue::find("nps").unwrap()], Language::English, &periods);
/// assert!(text.contains("  periods: {from: 2024-Q1, to: 2025-Q4}\n"));
/// assert!(text.contains("            promoters: {2024-Q1: , 2024-Q2: , 2024-Q3: , 2024-Q4: ,\n"));
/// # #[cfg(feature = "yaml")]
/// assert!(appraise::yaml::Document::parse("start.yaml", &text).is_ok());
/// ```
pub fn fragment_over(kpis: &[&Kpi], language: Language, periods: &Periods) -> String {
    written(kpis, language, Some(periods))
}

fn written(kpis: &[&Kpi], language: Language, periods: Option<&Periods>) -> String {
    let words = Words::of(language);
    let mut text = format!("appraise: 1\ntitle: {}\n", quoted(words.scorecard.fragment_title));
    if language == Language::Chinese {
        text += "language: zh\n";
    }
    text += "scorecard:\n";
    if let Some(Periods { from, to, at, fiscal_year }) = periods {
        let at = at.map(|at| format!(", at: {at}")).unwrap_or_default();
        text += &format!("  periods: {{from: {from}, to: {to}{at}{}}}\n", written_year(*fiscal_year));
    }
    text += "  perspectives:\n";
    let own = KpiGroup::ManagementEffect;
    let perspective = |kpi: &Kpi| kpi.group.unwrap_or(own).perspective();
    for (id, group) in KpiGroup::ALL {
        let mut members = kpis.iter().filter(|kpi| perspective(kpi) == group).peekable();
        if members.peek().is_none() {
            continue;
        }
        text += &format!("    {id}:\n      name: {}\n      indicators:\n", quoted(words.group(group)));
        for kpi in members {
            text += &indicator(kpi, words, language, periods);
        }
    }
    text
}

/// When the fiscal year begins and what it is named after, where that differs from what a document that is silent means.
fn written_year(fiscal_year: FiscalYear) -> String {
    let mut text = String::new();
    let calendar = FiscalYear::CALENDAR;
    if fiscal_year.first_month() != calendar.first_month() {
        text += &format!(", fiscal_year_starts: {}", fiscal_year.first_month());
    }
    let by_start = |year: FiscalYear| year == year.named_by(NamedBy::Start);
    if by_start(fiscal_year) && !by_start(fiscal_year.named_by(NamedBy::End)) {
        text += ", fiscal_year_named_by: start";
    }
    text
}

fn indicator(kpi: &Kpi, words: &Words, language: Language, periods: Option<&Periods>) -> String {
    let mut text = String::new();
    let mut comment = |line: String| text += &format!("        # {}\n", layout::tidy(&line, LONGEST_COMMENT));
    comment(fill(words.scorecard.fragment_formula, &[kpi.name_in(language), kpi.formula.text()]));
    if let Some(note) = &kpi.note {
        comment(note.clone());
    }
    if let Some(source) = &kpi.source {
        let status = source.status.map(|status| status.describe(language)).unwrap_or_default();
        comment(fill(words.scorecard.fragment_source, &[&source.title, status]));
    }
    let mut lines = vec![(format!("kpi: {}", quoted(&kpi.id)), String::new())];
    match kpi.direction {
        Some(Direction::TargetBand) => {
            let band = match kpi.band {
                Some((low, high)) => fill(words.scorecard.fragment_usual_band, &[&low.to_string(), &high.to_string()]),
                None => words.scorecard.fragment_band.to_owned(),
            };
            lines.push(("band:".to_owned(), band));
            lines.push(("tolerance:".to_owned(), words.scorecard.fragment_tolerance.to_owned()));
        }
        direction => {
            let better = match direction {
                Some(Direction::LowerIsBetter) => words.scorecard.fragment_lower,
                _ => words.scorecard.fragment_higher,
            };
            let is_share = kpi.unit.as_deref() == Some("percent");
            let base = if is_share { words.scorecard.fragment_base_share } else { words.scorecard.fragment_base };
            lines.push(("base:".to_owned(), base.to_owned()));
            lines.push(("target:".to_owned(), fill(words.scorecard.fragment_target, &[better])));
        }
    }
    let mut over_periods = Vec::new();
    let by_hand = periods.filter(|_| kpi.has_list_of_one_period());
    match by_hand {
        Some(periods) => {
            let said = words.scorecard.fragment_by_hand;
            let places = places("actual", periods, VALUE_INDENT);
            over_periods.push(format!("          # {said}\n          {places}\n"));
        }
        None => lines.push(("data:".to_owned(), String::new())),
    }
    for input in kpi.inputs.iter().filter(|_| by_hand.is_none()) {
        match periods.filter(|_| input.takes != Takes::List) {
            Some(periods) => {
                let said = layout::tidy(&meaning(input, words), LONGEST_COMMENT);
                over_periods.push(format!(
                    "            # {said}\n            {}\n",
                    places(&input.name, periods, INPUT_INDENT)
                ));
            }
            None => lines.push((format!("  {}:", quoted(&input.name)), meaning(input, words))),
        }
    }
    let widest = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or(0);
    text += &format!("        {}:\n", quoted(&kpi.id));
    for (line, said) in lines {
        let gap = " ".repeat(widest.saturating_sub(line.chars().count()));
        let said = if said.is_empty() { said } else { format!("{gap}  # {said}") };
        text += &format!("          {line}{said}\n");
    }
    text + &over_periods.concat()
}

/// An empty place for each period, one line a year.
fn places(input: &str, periods: &Periods, margin: usize) -> String {
    let every = std::iter::successors(Some(periods.from), |period| Some(period.next()));
    let count = usize::try_from(crate::MOST_PERIODS).unwrap_or(usize::MAX);
    let mut text = format!("{}: {{", quoted(input));
    let indent = " ".repeat(text.chars().count().saturating_add(margin));
    let mut year = periods.from.year();
    for (position, period) in every.take(count).take_while(|period| *period <= periods.to).enumerate() {
        if period.year() != year {
            year = period.year();
            text += &format!(",\n{indent}");
        } else if position > 0 {
            text += ", ";
        }
        text += &format!("{period}: ");
    }
    text + "}"
}

/// How far the names of inputs stand from the margin.
const INPUT_INDENT: usize = 12;

/// How far the values of an indicator do.
const VALUE_INDENT: usize = 10;

/// What is to be put in for an input.
fn meaning(input: &KpiInput, words: &Words) -> String {
    let rule = match input.periods {
        InputRule::Sum => words.scorecard.fragment_sum,
        InputRule::Mean => words.scorecard.fragment_mean,
        InputRule::Last => words.scorecard.fragment_last,
        InputRule::First => words.scorecard.fragment_first,
        InputRule::Pool => words.scorecard.fragment_pool,
    };
    match input.takes {
        Takes::List if input.periods != InputRule::Pool => fill(words.scorecard.fragment_list, &[rule]),
        _ => rule.to_owned(),
    }
}

/// Longer comments are cut.
const LONGEST_COMMENT: usize = 400;

#[cfg(all(test, feature = "yaml"))]
mod tests {
    use super::*;
    use crate::Period;
    use crate::scorecard::catalogue;

    #[test]
    fn the_periods_are_written_as_they_are() {
        let quarter = |text: &str| text.parse::<Period>().unwrap();
        let plain = Periods::new(quarter("2024-Q1"), quarter("2025-Q4"));
        let april = FiscalYear::starting_in(4).unwrap();
        for periods in [
            plain,
            Periods { at: Some(quarter("2025-Q2")), ..plain },
            Periods { fiscal_year: april, ..plain },
            Periods { at: Some(quarter("2024-Q3")), fiscal_year: april.named_by(NamedBy::Start), ..plain },
        ] {
            let text = fragment_over(&[catalogue::find("nps").unwrap()], Language::English, &periods);
            let document = crate::yaml::Document::parse("start.yaml", &text).unwrap();
            let card = document.appraisal().draft().scorecard.clone().unwrap();
            assert_eq!(card.periods, Some(periods), "{text}");
        }
    }
}
