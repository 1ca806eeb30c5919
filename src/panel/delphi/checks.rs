//! What can be wrong with a panel as a whole and with a single answer.

use super::{Delphi, DelphiError, Form, Permutations, Scale};
use crate::amount::Lowering;
use crate::kernel::{self, PanelSize, RankConversion};
use crate::scorecard::Tree;
use rust_decimal::Decimal;
use std::collections::HashSet;

pub(super) fn check_panel(lowering: &mut Lowering, delphi: &Delphi) {
    let mut seen = HashSet::new();
    for (position, expert) in delphi.experts.iter().enumerate() {
        if expert.trim().is_empty() {
            let error = DelphiError::NoName { number: position + 1 };
            lowering.problem(format!("weights.delphi.experts.{position}"), error);
        } else if !seen.insert(expert) {
            let error = DelphiError::DuplicateExpert { expert: expert.clone() };
            lowering.problem(format!("weights.delphi.experts.{position}"), error);
        }
    }
    if delphi.experts.is_empty() {
        lowering.problem("weights.delphi", DelphiError::NoExperts);
    }
    if delphi.scale.min >= delphi.scale.max {
        lowering.problem("weights.delphi.scale", DelphiError::ScaleOrder);
    } else if delphi.scale.min < Decimal::ZERO {
        lowering.problem("weights.delphi.scale", DelphiError::ScaleBelowZero);
    }
    delphi.stop.check(lowering);
    check_options(lowering, delphi);
}

/// What is wrong with a rating or a rank that was given.
pub(super) fn wrong_answer(delphi: &Delphi, tree: &Tree, item: usize, given: Decimal) -> Option<DelphiError> {
    let Scale { min, max } = delphi.scale;
    match delphi.form {
        Form::Ratings => {
            (min < max && (given < min || given > max)).then_some(DelphiError::OutsideScale { rating: given, min, max })
        }
        Form::Rankings => {
            let parent = tree.node(item).and_then(|node| tree.node(node.parent?));
            let items = parent.map_or(1, |parent| parent.children.len());
            (given < Decimal::ONE || given > Decimal::from(items))
                .then_some(DelphiError::RankOutside { rank: given, items })
        }
    }
}

/// Rankings drawn for all rounds together, times answers: a few seconds.
pub(super) const MOST_PERMUTED: u64 = 500_000_000;

fn check_options(lowering: &mut Lowering, delphi: &Delphi) {
    let Scale { min, max } = delphi.scale;
    if let Some(from) = delphi.agreement_from.filter(|from| *from < min || *from > max) {
        lowering.problem("weights.delphi.agreement_from", DelphiError::OutsideScale { rating: from, min, max });
    }
    if let RankConversion::Exponent(power) = delphi.conversion
        && (power < Decimal::ZERO || power > Decimal::TEN)
    {
        lowering.problem("weights.delphi.conversion", DelphiError::Exponent { power });
    }
    let ranks = delphi.form == Form::Rankings;
    for (at, key, is_given) in [
        ("screening", "screening", delphi.screening),
        ("agreement_from", "agreement_from", delphi.agreement_from.is_some()),
        ("stop.agreement_min", "agreement_min", delphi.stop.agreement_min.is_some()),
    ] {
        if ranks && is_given {
            lowering.problem(format!("weights.delphi.{at}"), DelphiError::NotForRanks { key });
        }
    }
    if !ranks && delphi.conversion != RankConversion::default() {
        lowering.problem("weights.delphi.conversion", DelphiError::NotForRatings);
    }
    if let Some(Permutations { count, .. }) = delphi.permutations {
        let answers = delphi.rounds.iter().flat_map(|round| &round.items).map(|item| item.answers.len()).sum::<usize>();
        if count == 0 || permuted(delphi, count) > MOST_PERMUTED {
            lowering.problem("weights.delphi.permutations", DelphiError::Permutations { count, answers });
        }
    }
}

/// How many ranks the permutation tests of all rounds may move. A round and the groups in it have the same answers; small
/// ones are counted whole, however few permutations are asked for.
pub(super) fn permuted(delphi: &Delphi, count: u32) -> u64 {
    let experts = delphi.experts.len();
    // the most arrangements of any group so small that all are counted
    let counted = (2..=8).filter_map(|items| kernel::arrangements(PanelSize { experts, items })).max().unwrap_or(0);
    let rounds = delphi.rounds.iter().map(|round| {
        let moved = u64::try_from(experts.saturating_mul(round.items.len()).saturating_mul(2)).unwrap_or(u64::MAX);
        moved.saturating_mul(u64::from(counted.max(count)))
    });
    rounds.fold(0, u64::saturating_add)
}
