//! The catalogue of indicators: lists, searches and shows its entries, and writes a document to start from.
//!
//! `cargo run --release --example catalogue -- search churn` finds entries by English or Chinese words, `show ID` prints a
//! definition with its worked example, and `fragment ID…` a document that only lacks the numbers.

use appraise::report::{fragment, fragment_over};
use appraise::scorecard::{Criterion, Datum, InputRule, Kpi, KpiGroup, KpiInput, Measure, Scorecard, Takes, catalogue};
use appraise::{Amount, Appraisal, Draft, Language, MOST_PERIODS, Period, Periods};
use clap::{Parser, Subcommand, ValueEnum};
use std::fmt::Write as _;
use std::io::Write;
use std::process::ExitCode;

/// Which indicators are there, and how are they computed?
#[derive(Parser)]
#[command(name = "catalogue", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lists the entries: id, name, and whether the source of the definition was read.
    List {
        /// Only those of one perspective or group.
        #[arg(long, value_parser = group, value_name = "PERSPECTIVE")]
        perspective: Option<KpiGroup>,
        /// The language of the names.
        #[arg(long, value_enum, default_value = "en")]
        language: Names,
    },
    /// Finds entries by words, in English or Chinese.
    Search {
        /// What their names, ids, inputs or groups have in them; all of the words.
        #[arg(required = true)]
        words: Vec<String>,
        /// The language of the names.
        #[arg(long, value_enum, default_value = "en")]
        language: Names,
    },
    /// Shows a definition: formula, inputs, source and worked example.
    Show {
        /// The entry.
        id: String,
    },
    /// Prints a document with indicators to start from; what is left empty in it is missing.
    Fragment {
        /// The entries.
        #[arg(required = true)]
        ids: Vec<String>,
        /// The language of the document.
        #[arg(long, value_enum, default_value = "en")]
        language: Names,
        /// The first period of a scorecard that is followed over periods, such as 2024-Q1.
        #[arg(long, value_parser = period, requires = "to", value_name = "PERIOD")]
        from: Option<Period>,
        /// The last one.
        #[arg(long, value_parser = period, requires = "from", value_name = "PERIOD")]
        to: Option<Period>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Names {
    En,
    Zh,
}

impl From<Names> for Language {
    fn from(names: Names) -> Self {
        match names {
            Names::En => Self::English,
            Names::Zh => Self::Chinese,
        }
    }
}

fn period(text: &str) -> Result<Period, String> {
    text.parse::<Period>().map_err(|error| format!("{error}\n  help: {}", error.help()))
}

fn group(word: &str) -> Result<KpiGroup, String> {
    let known = KpiGroup::ALL.iter().find(|(name, _)| *name == word).map(|(_, group)| *group);
    let words: Vec<&str> = KpiGroup::ALL.iter().map(|(name, _)| *name).collect();
    known.ok_or_else(|| format!("there is none of that name\n  help: write one of {}", words.join(", ")))
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(text) => {
            // a reader that stops early, such as `head`, is not our mistake
            let _ = write!(std::io::stdout().lock(), "{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            let _ = writeln!(std::io::stderr().lock(), "{message}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> Result<String, String> {
    match command {
        Command::List { perspective, language } => {
            let kpis = catalogue::ALL.iter().filter(|kpi| perspective.is_none() || kpi.group == *perspective);
            Ok(listed(kpis, (*language).into()))
        }
        Command::Search { words, language } => {
            let words = words.join(" ");
            let found = catalogue::search(&words);
            if found.is_empty() {
                return Err(format!("error: nothing has `{words}` in it\n  help: `list` shows all entries"));
            }
            Ok(listed(found.into_iter(), (*language).into()))
        }
        Command::Show { id } => Ok(shown(find(id)?)),
        Command::Fragment { ids, language, from, to } => {
            let mut kpis: Vec<&Kpi> = Vec::new();
            for id in ids {
                let kpi = find(id)?;
                // an indicator stands once in a scorecard
                if !kpis.contains(&kpi) {
                    kpis.push(kpi);
                }
            }
            match from.zip(*to) {
                None => Ok(fragment(&kpis, (*language).into())),
                Some((from, to)) if to.since(from).is_some_and(|steps| (0..MOST_PERIODS).contains(&steps)) => {
                    Ok(fragment_over(&kpis, (*language).into(), &Periods::new(from, to)))
                }
                Some((from, to)) => Err(format!(
                    "error: no periods run from {from} to {to}\n  help: write two of one length, at most {MOST_PERIODS} apart"
                )),
            }
        }
    }
}

fn find(id: &str) -> Result<&'static Kpi, String> {
    catalogue::find(id).ok_or_else(|| {
        let near: Vec<&str> = catalogue::search(&id.replace('_', " ")).iter().map(|kpi| kpi.id.as_str()).collect();
        let help = match near.as_slice() {
            [] => "`search WORDS` finds entries by English or Chinese words".to_owned(),
            near => format!("did you mean {}?", near.iter().take(3).copied().collect::<Vec<_>>().join(" or ")),
        };
        format!("error: there is no entry `{id}`\n  help: {help}")
    })
}

fn is_read(kpi: &Kpi) -> bool {
    kpi.source.as_ref().and_then(|source| source.status).is_some_and(|status| status.is_read())
}

fn listed<'k>(kpis: impl Iterator<Item = &'k Kpi>, language: Language) -> String {
    let kpis: Vec<&Kpi> = kpis.collect();
    let widest = kpis.iter().map(|kpi| kpi.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut group = None;
    for kpi in &kpis {
        if kpi.group != group {
            group = kpi.group;
            let _ = writeln!(text, "{}", group.map_or("", KpiGroup::name));
        }
        let mark = if is_read(kpi) { ' ' } else { '*' };
        let _ = writeln!(text, "  {:widest$} {mark} {}", kpi.id, kpi.name_in(language));
    }
    if !kpis.iter().all(|kpi| is_read(kpi)) {
        text.push_str("* the source of the definition was not read; `show` says which definition is used\n");
    }
    text
}

fn shown(kpi: &Kpi) -> String {
    let mut text = format!("{}\n{}  {}\n\n", kpi.id, kpi.name, kpi.name_zh.as_deref().unwrap_or_default());
    let mut line = |head: &str, said: &str| {
        if !said.is_empty() {
            let _ = writeln!(text, "{head:<12}{said}");
        }
    };
    line("formula", kpi.formula.text());
    line("unit", kpi.unit.as_deref().unwrap_or_default());
    line("direction", kpi.direction.map(|direction| direction.name()).unwrap_or_default());
    line("band", &kpi.band.map(|(low, high)| format!("{low} to {high}")).unwrap_or_default());
    line("perspective", kpi.group.map(KpiGroup::name).unwrap_or_default());
    line("timing", kpi.timing.map(|timing| timing.name()).unwrap_or_default());
    if let Some(source) = &kpi.source {
        line("source", &source.described(Language::English));
        line("", source.url.as_deref().unwrap_or_default());
    }
    line("note", kpi.note.as_deref().unwrap_or_default());
    text.push_str("\ninputs\n");
    let widest = kpi.inputs.iter().map(|input| input.name.len()).max().unwrap_or(0);
    for input in &kpi.inputs {
        let _ = writeln!(text, "  {:widest$}  {}", input.name, rules(input));
    }
    if let (Some(example), Some(gives)) = (&kpi.example, example_of(kpi)) {
        text.push_str("\nworked example\n");
        for (name, datum) in &example.data {
            let _ = writeln!(text, "  {name:widest$}  {}", written(datum));
        }
        let _ = writeln!(text, "  {:widest$}  {gives}", "result");
    }
    text
}

/// How an input is given, and what becomes of it over periods and business units.
fn rules(input: &KpiInput) -> String {
    let rule = |rule| match rule {
        InputRule::Sum => "added up",
        InputRule::Mean => "averaged",
        InputRule::Last => "the last one",
        InputRule::First => "the first one",
        InputRule::Pool => "put together",
        _ => "",
    };
    let units = format!("{} over business units", rule(input.units));
    match input.takes {
        Takes::List if input.is_of_one_period() => {
            format!("a list of one period, {units}; over several periods give `actual:` by period in its place")
        }
        Takes::List => format!("a list; {} over periods, {units}", rule(input.periods)),
        _ => format!("{} over periods, {units}", rule(input.periods)),
    }
}

fn written(datum: &Datum) -> String {
    match datum {
        Datum::Amount(Amount::Constant(value)) => value.to_string(),
        Datum::List(values) => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            format!("[{}]", values.join(", "))
        }
        _ => String::new(),
    }
}

/// What the formula gives for the worked example, computed as any indicator is.
fn example_of(kpi: &Kpi) -> Option<String> {
    let measure = Measure::default().kpi(kpi.worked_example()?);
    let card = Scorecard::new([Criterion::indicator("example", measure)]);
    let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).ok()?;
    let value = appraisal.base().figure("scorecard.example.actual")?.ok()?;
    Some(value.round_sf(10).unwrap_or(value).normalize().to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn ran(arguments: &[&str]) -> Result<String, String> {
        run(&Arguments::try_parse_from([&["catalogue"], arguments].concat()).unwrap().command)
    }

    #[test]
    fn entries_are_listed_by_perspective() {
        let all = ran(&["list"]).unwrap();
        assert_eq!(all.lines().filter(|line| line.starts_with("  ")).count(), 157);
        let service = ran(&["list", "--perspective", "service", "--language", "zh"]).unwrap();
        assert!(service.starts_with("service\n") && service.contains("一次解决率"), "{service}");
        assert!(Arguments::try_parse_from(["catalogue", "list", "--perspective", "services"]).is_err());
    }

    #[test]
    fn a_definition_is_shown_with_its_worked_example() {
        let text = ran(&["show", "clv_finite"]).unwrap();
        assert!(text.contains("clv_series(annual_margin"), "{text}");
        assert!(text.ends_with("  result            1624.097336\n"), "{text}");
        let text = ran(&["show", "market_share"]).unwrap();
        assert!(text.contains("(cited, not read: the definition used is the one stated here)"), "{text}");
    }

    #[test]
    fn a_list_says_what_becomes_of_it_over_periods() {
        let text = ran(&["show", "csat_mean"]).unwrap();
        let said = "ratings  a list of one period, put together over business units; over several periods give `actual:` by \
                    period in its place\n";
        assert!(text.contains(said), "{text}");
        let text = ran(&["show", "weighted_pipeline"]).unwrap();
        assert!(text.contains("a list; the last one over periods, put together over business units\n"), "{text}");
    }

    #[test]
    fn what_is_not_there_is_said() {
        assert!(
            ran(&["show", "churn"])
                .unwrap_err()
                .ends_with("did you mean customer_churn_rate or net_revenue_retention or gross_revenue_retention?")
        );
        assert!(ran(&["search", "zeppelin"]).unwrap_err().contains("nothing has `zeppelin` in it"));
    }

    #[test]
    fn a_fragment_is_a_document() {
        let text = ran(&["fragment", "nps", "csat", "customer_satisfaction", "otif_rate"]).unwrap();
        assert_eq!(text.matches("kpi: ").count(), 3);
        assert!(appraise::yaml::Document::parse("start.yaml", &text).is_ok(), "{text}");
    }

    #[test]
    fn a_fragment_has_a_place_for_each_period() {
        let words = ["fragment", "nps", "dso", "ces", "--from", "2024-11", "--to", "2026-02"];
        let text = ran(&words).unwrap();
        assert!(text.contains("2024-11: , 2024-12: ,\n"), "{text}");
        let document = appraise::yaml::Document::parse("start.yaml", &text).unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!(document.appraisal().periods().len(), 16);
        assert!(ran(&["fragment", "nps", "--from", "2025-Q1", "--to", "2024-Q4"]).is_err());
        assert!(ran(&["fragment", "nps", "--from", "2025-Q1", "--to", "2026"]).is_err());
    }
}
