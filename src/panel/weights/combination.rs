//! Two methods in one: what the experts say and what the data say.

use super::group::{Group, Part, address};
use super::{EvidenceCells, Weighing, WeightMethod};
use crate::amount::Lowering;
use crate::model::{AxisId, CellId, Expression, Function, Naming, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What can be wrong with a combination.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CombinationError {
    /// A part outside 0 to 1.
    #[error("a part of {} is not between 0 and 100 %", crate::amount::percent(.alpha))]
    Alpha {
        /// The part as written, as a fraction.
        alpha: Decimal,
    },
    /// A combination of combinations.
    #[error("a combination has two methods, and neither is a combination")]
    Nested,
}

impl CombinationError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Alpha { .. } => "write the part of the subjective weights, as in `alpha: 60%`".to_owned(),
            Self::Nested => "name two of ahp, ranks, points, swing, entropy, critic, delphi and equal".to_owned(),
        })
    }
}

/// Two methods and how they become one.
///
/// **Formula**: linear `w = alpha s + (1 - alpha) o`; multiplicative `w = s o / sum s o`, of the weights `s` and `o`, each
/// of which sums to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Combination {
    /// What people say.
    pub subjective: Weighing,
    /// What the data say.
    pub objective: Weighing,
    /// How they become one.
    pub how: How,
}

/// How two lists of weights become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// `alpha s + (1 - alpha) o`.
    Linear {
        /// The part of the subjective weights, 0 to 1.
        alpha: Decimal,
    },
    /// `s o / sum s o`.
    Multiplicative,
}

type Combined = (WeightMethod, Expression, Vec<WeightMethod>, Vec<EvidenceCells>);

pub(super) fn define(lowering: &mut Lowering, group: Group, axis: AxisId, both: &Combination) -> Option<Combined> {
    let at = format!("{}.combination", address(&group.parent.id));
    if let How::Linear { alpha } = both.how
        && (alpha < Decimal::ZERO || alpha > Decimal::ONE)
    {
        lowering.problem(format!("{at}.alpha"), CombinationError::Alpha { alpha });
    }
    let second = match both.subjective.is_of_one_kind(&both.objective) {
        true => Part::SecondOfItsKind,
        false => Part::Second,
    };
    let subjective = group.define(lowering, &both.subjective, &format!("{at}.subjective"), axis, Part::First);
    let objective = group.define(lowering, &both.objective, &format!("{at}.objective"), axis, second);
    let (subjective, objective) = (subjective?, objective?);
    let parts = vec![subjective.method, objective.method];
    let mut share = |row: Expression, figure: &str, aspect: &'static str| -> CellId {
        let naming = Naming::new(format!("weights.{}.{figure}", group.parent.id));
        let naming = naming.label(Arc::clone(&group.parent.name), aspect).unit(Unit::Share);
        lowering.cells.formula(naming, Expression::call(Function::Shares, [row]))
    };
    let s = share(subjective.row, "subjective", "subjective weights");
    let o = share(objective.row, "objective", "objective weights");
    let row = match both.how {
        How::Linear { alpha } => {
            let alpha = || Expression::number(alpha);
            alpha() * Expression::cell(s) + (Expression::number(1) - alpha()) * Expression::cell(o)
        }
        How::Multiplicative => Expression::cell(s) * Expression::cell(o),
    };
    let evidence = [subjective.evidence, objective.evidence].into_iter().flatten();
    let evidence = evidence.chain([EvidenceCells::Parts { subjective: s, objective: o }]).collect();
    Some((WeightMethod::Combination { how: both.how }, row, parts, evidence))
}
