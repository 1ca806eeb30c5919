//! Benefits that are partly the same, counted once.

use super::{Benefit, BenefitError};
use crate::amount::{Amount, Lowering};
use crate::case::{Setting, define_sums};
use crate::model::{Binary, CellId, Expression, Function, Id, Naming, Unit, is_name};
use std::collections::HashSet;
use std::sync::Arc;

/// How much of a group of overlapping benefits is counted.
///
/// **Formula**: in each year the largest of them, or a share of their sum; what is cut is `counted - sum`, which is negative
/// and added to the total as a row of its own.
///
/// ```
/// use appraise::case::{Benefit, BenefitKind, Counted, Overlap, Plan};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let part = |id: &str, annual: i64| Benefit {
///     annual: Some(annual.into()),
///     overlap: Some("time".into()),
///     ..Benefit::new(id, BenefitKind::Saving)
/// };
/// let mut plan = Plan { benefits: Some(vec![part("search", 300), part("reports", 200)]), ..Plan::default() };
/// let total = |plan: &Plan| {
///     let draft = Draft { plan: plan.clone(), ..Draft::default() };
///     Appraisal::new(draft).unwrap().base().figure("benefits.year.1").unwrap().unwrap()
/// };
/// assert_eq!(total(&plan), dec!(300));
/// plan.overlaps = vec![Overlap { group: "time".into(), counted: Counted::Share(dec!(0.7).into()) }];
/// assert_eq!(total(&plan), dec!(350));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// The group, as the benefits in it name it.
    pub group: String,
    /// How much of it is counted.
    pub counted: Counted,
}

/// How much of a group of overlapping benefits is counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Counted {
    /// The largest in each year.
    #[default]
    Largest,
    /// A share of the sum.
    Share(Amount),
}

/// A group of benefits as they stand in the plan.
pub(super) struct Group<'b> {
    pub(super) name: &'b str,
    /// Positions among the lines.
    pub(super) lines: Vec<usize>,
    share: Option<CellId>,
}

/// Whether benefits are cut by risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Risks {
    With,
    Without,
}

/// The cells of a group, with risk or without.
#[derive(Debug, Clone, Copy)]
pub(super) struct GroupCells {
    pub(super) cut: CellId,
    pub(super) counted: CellId,
    /// `counted / sum`; 1 where there is nothing to count.
    pub(super) part: CellId,
}

/// What a group of overlapping benefits is cut by.
#[derive(Debug, Clone)]
pub(crate) struct CutCells {
    pub(crate) group: Arc<str>,
    pub(crate) year: CellId,
    pub(crate) nominal: CellId,
    pub(crate) present_value: CellId,
}

/// Ids that the figures of all groups need.
const RESERVED: [&str; 3] = ["year", "nominal", "present_value"];

/// The groups of the benefits that are counted, in the order of their first benefit.
pub(super) fn groups<'b>(
    lowering: &mut Lowering,
    setting: Setting,
    lines: &[(&'b Benefit, Arc<str>)],
    rules: &[Overlap],
) -> Vec<Group<'b>> {
    let mut groups: Vec<Group> = Vec::new();
    for (position, (benefit, _)) in lines.iter().enumerate() {
        let Some(name) = benefit.overlap.as_deref().filter(|_| benefit.is_counted()) else { continue };
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.lines.push(position),
            None => groups.push(Group { name, lines: vec![position], share: None }),
        }
    }
    let mut seen = HashSet::new();
    for rule in rules {
        let at = setting.scope.id(&format!("overlaps.{}", rule.group));
        let group = || rule.group.clone();
        if !seen.insert(&rule.group) {
            lowering.problem(&*at, BenefitError::DuplicateGroup { group: group() });
            continue;
        }
        let known = groups.iter().map(|group| group.name);
        let Some(position) = known.clone().position(|known| known == rule.group) else {
            let nearest = lowering.nearest(&rule.group, known);
            lowering.problem(&*at, BenefitError::UnknownGroup { group: group(), nearest });
            continue;
        };
        let share = match &rule.counted {
            Counted::Largest => None,
            Counted::Share(share) => Some(define_share(lowering, setting, &rule.group, share)),
        };
        if let Some(group) = groups.get_mut(position) {
            group.share = share;
        }
    }
    let names: Vec<&str> = groups.iter().filter(|group| group.lines.len() > 1).map(|group| group.name).collect();
    for group in &groups {
        let Some((benefit, at)) = group.lines.first().and_then(|first| lines.get(*first)) else { continue };
        let name = || group.name.to_owned();
        if !is_name(group.name) {
            lowering.problem(format!("{at}.overlap"), BenefitError::InvalidGroup { group: name() });
        } else if RESERVED.contains(&group.name) {
            lowering.problem(format!("{at}.overlap"), BenefitError::ReservedGroup { group: name() });
        }
        if group.lines.len() < 2 {
            let nearest = lowering.nearest(group.name, names.iter().copied());
            let error = BenefitError::LoneOverlap { id: benefit.id.clone(), group: name(), nearest };
            lowering.problem(format!("{at}.overlap"), error);
        }
    }
    groups
}

fn define_share(lowering: &mut Lowering, setting: Setting, group: &str, share: &Amount) -> CellId {
    let at: Id = setting.scope.id(&format!("overlaps.{group}.share")).into();
    let id = setting.scope.id(&format!("benefits.overlap.{group}.share"));
    let naming = Naming::new(id).label(setting.scope.subject(group), "share counted").unit(Unit::Share).source(at);
    let cell = lowering.amount(naming, share);
    lowering.keep_share(cell, share);
    cell
}

impl Group<'_> {
    /// The share of the sum that is counted, where it is stated.
    pub(super) fn share(&self) -> Option<CellId> {
        self.share
    }

    /// What is counted of some rows, what is cut of their sum, and the part of each that is counted.
    pub(super) fn define(&self, lowering: &mut Lowering, setting: Setting, with: Risks, rows: &[CellId]) -> GroupCells {
        let (owner, [sum_of, counted_once, cut_off, part_of]) = match with {
            Risks::With => (
                "benefits.overlap",
                ["sum of what overlaps", "counted once", "cut, as it overlaps", "part that is counted"],
            ),
            Risks::Without => (
                "benefits.unadjusted.overlap",
                [
                    "sum of what overlaps, without risk",
                    "counted once, without risk",
                    "cut, as it overlaps, without risk",
                    "part that is counted, without risk",
                ],
            ),
        };
        let id = setting.scope.id(&format!("{owner}.{}", self.name));
        let subject = setting.scope.subject(self.name);
        let naming = |figure, aspect, unit| {
            Naming::new(Id::of(Arc::clone(&id), figure)).label(Arc::clone(&subject), aspect).unit(unit)
        };
        let all = || rows.iter().copied().map(Expression::cell);
        let sum = lowering.cells.formula(naming("sum", sum_of, Unit::Money), Expression::sum_of(all()));
        let sum = || Expression::cell(sum);
        let counted = match self.share {
            Some(share) => sum() * Expression::cell(share),
            None => Expression::fold_of(Function::Max, all()),
        };
        let counted = lowering.cells.formula(naming("counted", counted_once, Unit::Money), counted);
        let cut = Expression::cell(counted) - sum();
        let cut = lowering.cells.formula(naming("", cut_off, Unit::Money), cut);
        let nothing = sum().binary(Binary::Equal, Expression::number(0));
        let part = Expression::choose(nothing, Expression::number(1), Expression::cell(counted) / sum());
        let part = lowering.cells.formula(naming("part", part_of, Unit::Share), part);
        GroupCells { cut, counted, part }
    }

    /// The cut as a row of the report.
    pub(super) fn cut(&self, lowering: &mut Lowering, setting: Setting, cells: GroupCells) -> CutCells {
        let id = setting.scope.id(&format!("benefits.overlap.{}", self.name));
        let subject = setting.scope.subject(self.name);
        let (nominal, present_value) = define_sums(lowering, setting.discounting, &id, &subject, cells.cut);
        CutCells { group: self.name.into(), year: cells.cut, nominal, present_value }
    }
}
