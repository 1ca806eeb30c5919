//! The catalogue of indicators for a balanced scorecard of a CRM programme: 157 definitions, each with a worked example.
//!
//! Every entry says where its definition comes from and how far that source was read; where it was not, the note says
//! what definition is used.
//!
//! ```
//! use appraise::scorecard::{Direction, catalogue};
//!
//! let retention = catalogue::find("customer_retention_rate").unwrap();
//! assert_eq!(retention.formula.text(), "(customers_end - customers_new) / customers_start");
//! assert_eq!(retention.direction, Some(Direction::HigherIsBetter));
//! assert_eq!(catalogue::search("流失")[0].id, "customer_churn_rate");
//! assert_eq!(catalogue::ALL.len(), 157);
//! ```

mod customer;
mod financial;
mod internal_process;
mod learning_growth;
mod management_effect;
mod marketing;
mod record;
mod sales_funnel;
mod service;
mod sources;

use super::kpi::Kpi;
use std::sync::LazyLock;

/// Every entry, by what it is about.
pub static ALL: LazyLock<Vec<Kpi>> = LazyLock::new(|| {
    let files = [
        financial::RECORDS,
        customer::RECORDS,
        internal_process::RECORDS,
        learning_growth::RECORDS,
        management_effect::RECORDS,
        sales_funnel::RECORDS,
        service::RECORDS,
        marketing::RECORDS,
    ];
    files.into_iter().flatten().filter_map(record::Record::kpi).collect()
});

/// Other ids that are understood for an entry.
const ALSO: [(&str, &str); 6] = [
    ("customer_retention", "customer_retention_rate"),
    ("customer_churn", "customer_churn_rate"),
    ("customer_satisfaction", "csat"),
    ("net_promoter_score", "nps"),
    ("customer_effort_score", "ces"),
    ("days_sales_outstanding", "dso"),
];

/// Other names that are understood for an input: entry, name, input.
const INPUT_ALSO: [(&str, &str, &str); 2] =
    [("csat", "satisfied", "satisfied_responses"), ("csat", "answers", "total_responses")];

/// The entry of that id, or of another name that is understood for it.
pub fn find(id: &str) -> Option<&'static Kpi> {
    let id = ALSO.iter().find(|(also, _)| *also == id).map_or(id, |(_, id)| id);
    ALL.iter().find(|kpi| kpi.id == id)
}

/// The entries that have every one of the words in their names, id, inputs or group, in English or Chinese; those first
/// that have them in their names.
pub fn search(words: &str) -> Vec<&'static Kpi> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let has_all = |text: String| {
        let text = text.to_lowercase();
        !words.is_empty() && words.iter().all(|word| text.contains(&**word))
    };
    let named = |kpi: &Kpi| {
        let also = ALSO.iter().filter(|(_, id)| *id == kpi.id).map(|(also, _)| *also);
        let names = [&*kpi.id, &*kpi.name, kpi.name_zh.as_deref().unwrap_or_default()];
        names.into_iter().chain(also).collect::<Vec<_>>().join("\n")
    };
    let described = |kpi: &Kpi| {
        let inputs = kpi.inputs.iter().map(|input| input.name.as_str());
        let texts = inputs.chain(kpi.group.map(super::kpi::KpiGroup::name)).collect::<Vec<_>>().join("\n");
        format!("{}\n{texts}\n{}", named(kpi), texts.replace('_', " "))
    };
    let (by_name, rest): (Vec<_>, Vec<_>) = ALL.iter().partition(|kpi| has_all(named(kpi)));
    by_name.into_iter().chain(rest.into_iter().filter(|kpi| has_all(described(kpi)))).collect()
}

/// The input that another name is understood for.
pub(super) fn input_called(kpi: &str, name: &str) -> Option<&'static str> {
    INPUT_ALSO.iter().find(|(of, also, _)| *of == kpi && *also == name).map(|(_, _, input)| *input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::kpi::{Datum, Direction, InputRule, KpiGroup, SourceStatus, Takes};
    use std::collections::HashSet;

    #[test]
    fn every_record_is_an_entry() {
        assert_eq!(ALL.len(), 157);
        let ids: HashSet<&str> = ALL.iter().map(|kpi| kpi.id.as_str()).collect();
        assert_eq!(ids.len(), 157);
        let names: HashSet<&str> = ALL.iter().map(|kpi| kpi.name.as_str()).collect();
        assert_eq!(names.len(), 157);
        let counts = KpiGroup::ALL.map(|(_, group)| ALL.iter().filter(|kpi| kpi.group == Some(group)).count());
        assert_eq!(counts, [39, 33, 16, 13, 15, 15, 14, 12]);
    }

    #[test]
    fn every_entry_is_complete() {
        for kpi in ALL.iter() {
            let example = kpi.example.as_ref().unwrap();
            let data: Vec<&str> = example.data.iter().map(|(name, _)| name.as_str()).collect();
            let inputs: Vec<&str> = kpi.inputs.iter().map(|input| input.name.as_str()).collect();
            assert_eq!(data, inputs, "{}", kpi.id);
            for (input, (_, datum)) in kpi.inputs.iter().zip(&example.data) {
                let is_list = matches!(datum, Datum::List(_));
                assert_eq!(input.takes == Takes::List, is_list, "{}.{}", kpi.id, input.name);
                let pools = input.periods == InputRule::Pool || input.units == InputRule::Pool;
                assert!(!pools || is_list, "{}.{}", kpi.id, input.name);
            }
            assert!(kpi.name_zh.as_ref().is_some_and(|name| !name.is_ascii() || name.starts_with("CRM")), "{}", kpi.id);
            assert!(kpi.band.is_none() || kpi.direction == Some(Direction::TargetBand), "{}", kpi.id);
            assert!(kpi.unit.is_some() && kpi.timing.is_some() && kpi.direction.is_some(), "{}", kpi.id);
        }
    }

    #[test]
    fn what_was_not_read_says_which_definition_is_used() {
        let of = |status| ALL.iter().filter(move |kpi| kpi.source.as_ref().and_then(|of| of.status) == Some(status));
        assert!(of(SourceStatus::CitedNotRead).all(|kpi| kpi.note.is_some()));
        assert_eq!(of(SourceStatus::CitedNotRead).count(), 29);
        assert_eq!(of(SourceStatus::Textbook).count(), 9);
        assert_eq!(of(SourceStatus::StatedHere).count(), 35);
        assert_eq!(of(SourceStatus::ListRead).count(), 11);
    }

    #[test]
    fn other_names_lead_to_entries() {
        for (also, id) in ALSO {
            assert_eq!(find(also).unwrap().id, id);
            assert!(ALL.iter().all(|kpi| kpi.id != also), "{also}");
        }
        for (of, also, input) in INPUT_ALSO {
            assert_eq!(find(of).unwrap().input(also).unwrap().name, input);
        }
        assert!(find("nonsense").is_none() && find("").is_none());
    }

    #[test]
    fn words_find_entries_in_both_languages() {
        let ids = |words| search(words).into_iter().map(|kpi| kpi.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids("流失"), ["customer_churn_rate", "win_back_rate", "employee_turnover"]);
        assert_eq!(ids("churn")[0], "customer_churn_rate");
        assert!(ids("churned").contains(&"net_revenue_retention"));
        assert_eq!(ids("Promoter net"), ["nps", "enps"]);
        assert_eq!(ids("sales funnel").len(), 15);
        assert!(ids("  ").is_empty() && ids("zzz").is_empty());
    }
}
