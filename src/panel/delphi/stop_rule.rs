//! When the panel may stop: criteria of agreement and of stability, each a value against a limit.

use super::{ConcordanceCells, DelphiError, ItemCells, StabilityCells};
use crate::amount::Lowering;
use crate::model::{Binary, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// When the panel may stop: every criterion that is given must be met, or the last round must be reached.
///
/// The criteria of **agreement** look at one round: there is consensus where all that are given are met. Those of
/// **stability** compare a round with the one before: answers that still move are no result, however close together they
/// are. Without a criterion of agreement there is no consensus to reach. Shares, p-values and `w_min` are fractions;
/// `iqr_max` is in points of the scale.
///
/// ```
/// use appraise::panel::StopRule;
/// use rust_decimal::dec;
///
/// // agreement and stability, and an end in any case
/// let rule = StopRule {
///     cv_max: Some(dec!(0.20)),
///     stable_within: Some(dec!(0.15)),
///     max_rounds: Some(4),
///     ..StopRule::default()
/// };
/// assert_eq!(rule.iqr_max, None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StopRule {
    /// The largest coefficient of variation of any item.
    pub cv_max: Option<Decimal>,
    /// The largest interquartile range of any item.
    pub iqr_max: Option<Decimal>,
    /// The least Kendall's W over all items of the round.
    pub w_min: Option<Decimal>,
    /// The largest p-value of Kendall's W, by the F test.
    pub w_p_max: Option<Decimal>,
    /// The least share of the experts who agree, on any item.
    pub agreement_min: Option<Decimal>,
    /// The largest share of answers that changed since the round before.
    pub stable_within: Option<Decimal>,
    /// The largest change of any weight since the round before.
    pub weight_change_max: Option<Decimal>,
    /// The least rank correlation of the means with those of the round before.
    pub rank_correlation_min: Option<Decimal>,
    /// The least p-value of the signed-rank test between the two rounds, of any item.
    pub wilcoxon_p_min: Option<Decimal>,
    /// The round after which the panel stops whatever it agrees on.
    pub max_rounds: Option<u32>,
}

impl StopRule {
    /// Reports limits that no panel can meet or miss.
    pub(super) fn check(&self, lowering: &mut Lowering) {
        let shares = [
            ("w_min", self.w_min),
            ("w_p_max", self.w_p_max),
            ("agreement_min", self.agreement_min),
            ("stable_within", self.stable_within),
            ("weight_change_max", self.weight_change_max),
            ("wilcoxon_p_min", self.wilcoxon_p_min),
        ];
        let within = |low: Decimal, limit: Decimal| low <= limit && limit <= Decimal::ONE;
        let shares = shares.map(|(name, limit)| (name, limit.filter(|limit| !within(Decimal::ZERO, *limit))));
        let others = [
            ("cv_max", self.cv_max.filter(|limit| *limit < Decimal::ZERO)),
            ("iqr_max", self.iqr_max.filter(|limit| *limit < Decimal::ZERO)),
            ("rank_correlation_min", self.rank_correlation_min.filter(|limit| !within(Decimal::NEGATIVE_ONE, *limit))),
            ("max_rounds", self.max_rounds.filter(|rounds| *rounds == 0).map(Decimal::from)),
        ];
        for (criterion, limit) in shares.into_iter().chain(others) {
            if let Some(limit) = limit {
                lowering.problem(format!("weights.delphi.stop.{criterion}"), DelphiError::Limit { criterion, limit });
            }
        }
    }

    fn is_about_stability(&self) -> bool {
        let limits = [self.stable_within, self.weight_change_max, self.rank_correlation_min, self.wilcoxon_p_min];
        limits.iter().any(Option::is_some)
    }
}

/// What a criterion is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    Agreement,
    Stability,
    Rounds,
}

/// One criterion of the stop rule in one round.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StopCells {
    pub(crate) name: &'static str,
    pub(crate) about: About,
    pub(crate) value: CellId,
    pub(crate) limit: CellId,
    pub(crate) met: CellId,
}

/// The stop rule of one round and its verdict.
#[derive(Debug, Clone)]
pub(crate) struct VerdictCells {
    pub(crate) criteria: Vec<StopCells>,
    pub(crate) consensus: CellId,
    /// Where a criterion of stability is given.
    pub(crate) stable: Option<CellId>,
    pub(crate) may_stop: CellId,
}

/// One line of the stop rule: a value of the round against its limit.
struct Criterion {
    name: &'static str,
    aspect: &'static str,
    about: About,
    unit: Unit,
    limit: Option<Decimal>,
    value: Expression,
    compare: Binary,
}

/// What the stop rule looks at.
pub(super) struct Evidence<'a> {
    pub(super) items: &'a [ItemCells],
    /// Of the round, or of each group where experts rank several.
    pub(super) concordance: &'a [ConcordanceCells],
    /// Against the round before, where there is one.
    pub(super) stability: &'a StabilityCells,
}

/// Defines every criterion that is given, and the verdict.
pub(super) fn define(
    lowering: &mut Lowering,
    rule: &StopRule,
    (round, whole): (usize, &Arc<str>),
    evidence: &Evidence,
) -> VerdictCells {
    let of_all = |function, part: &dyn Fn(&ItemCells) -> Option<CellId>| {
        Expression::fold_of(function, evidence.items.iter().filter_map(part).map(Expression::cell))
    };
    let stability = evidence.stability;
    let unknown = || Expression::cell(stability.changed);
    let smallest_p =
        Expression::fold_of(Function::Min, stability.items.iter().map(|item| Expression::cell(item.wilcoxon_p)));
    let criterion = |name, aspect, about, unit, limit, value, compare| Criterion {
        name,
        aspect,
        about,
        unit,
        limit,
        value,
        compare,
    };
    let (agreement, stable) = (About::Agreement, About::Stability);
    let (at_most, at_least) = (Binary::LessOrEqual, Binary::GreaterOrEqual);
    let (share, number) = (|| Unit::Share, || Unit::Number);
    let cv = of_all(Function::Max, &|item| Some(item.cv));
    let iqr = of_all(Function::Max, &|item| Some(item.iqr));
    let least = of_all(Function::Min, &|item| item.agreement);
    let of_rankings = |function, part: &dyn Fn(&ConcordanceCells) -> CellId| {
        Expression::fold_of(function, evidence.concordance.iter().map(part).map(Expression::cell))
    };
    let w = of_rankings(Function::Min, &|concordance| concordance.w);
    // counted or drawn where that was asked for or is cheap: F says that a small panel of one mind cannot be chance at all
    let w_p = of_rankings(Function::Max, &|concordance| concordance.permutation_p.unwrap_or(concordance.f_p));
    let smallest_p = if stability.items.is_empty() { unknown() } else { smallest_p };
    let rounds = Expression::number(u64::try_from(round).unwrap_or(u64::MAX));
    let held = rule.max_rounds.map(Decimal::from);
    let criteria = [
        criterion("cv_max", "largest coefficient of variation", agreement, share(), rule.cv_max, cv, at_most),
        criterion("iqr_max", "largest interquartile range", agreement, number(), rule.iqr_max, iqr, at_most),
        criterion("w_min", "Kendall's W", agreement, number(), rule.w_min, w, at_least),
        criterion("w_p_max", "p of Kendall's W", agreement, share(), rule.w_p_max, w_p, at_most),
        criterion("agreement_min", "least share that agrees", agreement, share(), rule.agreement_min, least, at_least),
        criterion(
            "stable_within",
            "share of changed answers",
            stable,
            share(),
            rule.stable_within,
            Expression::cell(stability.changed),
            at_most,
        ),
        criterion(
            "weight_change_max",
            "largest change of a weight",
            stable,
            share(),
            rule.weight_change_max,
            Expression::cell(stability.weight_change),
            at_most,
        ),
        criterion(
            "rank_correlation_min",
            "rank correlation of the means",
            stable,
            number(),
            rule.rank_correlation_min,
            Expression::cell(stability.rank_correlation),
            at_least,
        ),
        criterion(
            "wilcoxon_p_min",
            "smallest p of the signed-rank tests",
            stable,
            share(),
            rule.wilcoxon_p_min,
            smallest_p,
            at_least,
        ),
        criterion("max_rounds", "rounds held", About::Rounds, number(), held, rounds, at_least),
    ];
    let criteria: Vec<StopCells> =
        criteria.into_iter().filter_map(|criterion| criterion.define(lowering, round, whole)).collect();
    let met =
        |about| criteria.iter().filter(move |criterion| criterion.about == about).map(|c| Expression::cell(c.met));
    let truth = |figure: &str, aspect| {
        Naming::new(format!("delphi.{round}.stop.{figure}")).label(whole.clone(), aspect).unit(Unit::Truth)
    };
    let all = |about| Expression::fold_of(Function::Min, met(about));
    let consensus = lowering.cells.formula(truth("consensus", "consensus reached"), all(About::Agreement));
    let has_agreement = met(About::Agreement).next().is_some();
    let stable = rule.is_about_stability().then(|| {
        // a first round cannot be stable, whatever it says
        let all_stable = if stability.items.is_empty() { Expression::number(0) } else { all(About::Stability) };
        lowering.cells.formula(truth("stable", "answers are stable"), all_stable)
    });
    let mut enough = match (stable, has_agreement) {
        (None, _) => Expression::cell(consensus),
        (Some(stable), false) => Expression::cell(stable),
        (Some(stable), true) => Expression::cell(consensus).binary(Binary::And, Expression::cell(stable)),
    };
    for rounds in met(About::Rounds) {
        enough = enough.binary(Binary::Or, rounds);
    }
    let may_stop = lowering.cells.formula(truth("may_stop", "the panel may stop"), enough);
    VerdictCells { criteria, consensus, stable, may_stop }
}

impl Criterion {
    fn define(self, lowering: &mut Lowering, round: usize, whole: &Arc<str>) -> Option<StopCells> {
        let Self { name, aspect, about, unit, limit, value, compare } = self;
        let figures: Arc<str> = format!("delphi.{round}.stop.{name}").into();
        let naming =
            |figure: &'static str| Naming::new(Id::of(Arc::clone(&figures), figure)).label(whole.clone(), aspect);
        let limit_naming = naming("limit").unit(unit.clone()).source(format!("weights.delphi.stop.{name}"));
        let limit = lowering.cells.input(limit_naming, Shape::Scalar, [Some(limit?)]);
        let value = lowering.cells.formula(naming("value").unit(unit), value);
        let holds = Expression::cell(value).binary(compare, Expression::cell(limit));
        let met = lowering.cells.formula(naming("met").unit(Unit::Truth), holds);
        Some(StopCells { name, about, value, limit, met })
    }
}
