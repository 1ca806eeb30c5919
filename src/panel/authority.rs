//! How much an expert's word counts: the authority coefficient.

use crate::amount::Lowering;
use crate::model::{AxisId, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// What can be wrong with the authority of experts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthorityError {
    /// Two entries for one expert.
    #[error("the authority of `{expert}` is given twice")]
    Twice {
        /// The expert.
        expert: String,
    },
    /// A coefficient outside 0 to 1.
    #[error("{value} is not between 0 and 1")]
    OutOfRange {
        /// The value as written.
        value: Decimal,
    },
    /// An expert whose word counts nothing.
    #[error("the authority of `{expert}` is 0, so no answer of theirs counts")]
    Zero {
        /// The expert.
        expert: String,
    },
    /// Authority is given for some experts and not for this one.
    #[error("no authority is given for `{expert}`, though it is for others")]
    Missing {
        /// The expert.
        expert: String,
    },
    /// Authority of somebody who answers nowhere.
    #[error("`{expert}` is on no panel")]
    OnNoPanel {
        /// The expert.
        expert: String,
        /// The expert on a panel whose name is nearest.
        nearest: Option<String>,
    },
}

impl AuthorityError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Twice { .. } => "keep one of the two".to_owned(),
            Self::OutOfRange { .. } => {
                "write `{judgement: 0.9, familiarity: 0.8}` or a coefficient such as 0.85".into()
            }
            Self::Zero { expert } => format!("remove `{expert}` from the experts, or write a coefficient above 0"),
            Self::Missing { expert } => format!("add `{expert}: 0.85` under `weights: authority:`"),
            Self::OnNoPanel { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::OnNoPanel { .. } => "write the name as the panel has it, or remove the line".to_owned(),
        })
    }
}

/// The authority of an expert, as experts rate themselves or a moderator rates them.
///
/// **Formula**: `Cr = (Ca + Cs) / 2` from the basis of judgement `Ca` and the familiarity with the matter `Cs`, from
/// unrounded parts. Among the experts of a panel each answer weighs `Cr / sum Cr`.
///
/// **Units**: fractions, above 0 and at most 1.
///
/// ```
/// use appraise::panel::{Authority, Delphi, Round};
/// use appraise::scorecard::{Criterion, Scorecard};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let draft = Draft {
///     scorecard: Some(Scorecard::new([Criterion::judged("customer"), Criterion::judged("financial")])),
///     authority: vec![
///         Authority::from_parts("sales", dec!(0.9), dec!(0.7)), // 0.8
///         Authority::new("controlling", dec!(0.2)),
///     ],
///     delphi: Some(Delphi {
///         experts: ["sales", "controlling"].map(str::to_owned).into(),
///         rounds: vec![Round::of([("customer", [10, 5]), ("financial", [4, 9])])],
///         ..Delphi::default()
///     }),
///     ..Draft::default()
/// };
/// let outcome = Appraisal::new(draft).unwrap();
/// let outcome = outcome.base();
/// assert_eq!(outcome.figure("authority.sales.coefficient"), Some(Ok(dec!(0.8))));
/// // (0.8 x 10 + 0.2 x 5) / 1
/// assert_eq!(outcome.figure("delphi.1.customer.weighted_mean"), Some(Ok(dec!(9))));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// The expert, named as on the panel.
    pub expert: String,
    /// The coefficient or its parts.
    pub standing: Standing,
}

/// The authority coefficient of an expert, or the parts it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The coefficient `Cr`.
    Coefficient(Decimal),
    /// Its parts.
    Parts {
        /// The basis of judgement, `Ca`.
        judgement: Decimal,
        /// The familiarity with the matter, `Cs`.
        familiarity: Decimal,
    },
}

impl Authority {
    /// An expert with a coefficient.
    pub fn new(expert: impl Into<String>, coefficient: Decimal) -> Self {
        Self { expert: expert.into(), standing: Standing::Coefficient(coefficient) }
    }

    /// An expert with the two parts of the coefficient.
    pub fn from_parts(expert: impl Into<String>, judgement: Decimal, familiarity: Decimal) -> Self {
        Self { expert: expert.into(), standing: Standing::Parts { judgement, familiarity } }
    }
}

/// The cells of one expert.
#[derive(Debug, Clone)]
pub(crate) struct ExpertCells {
    pub(crate) expert: Arc<str>,
    pub(crate) judgement: Option<CellId>,
    pub(crate) familiarity: Option<CellId>,
    pub(crate) coefficient: CellId,
}

/// The coefficients of all experts that have one, and their means.
#[derive(Debug, Clone, Default)]
pub(crate) struct AuthorityCells {
    pub(crate) experts: Vec<ExpertCells>,
    /// Mean basis of judgement, mean familiarity and mean coefficient, where all experts have them.
    pub(crate) means: Vec<CellId>,
    by_name: HashMap<Arc<str>, CellId>,
}

impl AuthorityCells {
    /// The coefficient of an expert.
    pub(crate) fn of(&self, expert: &str) -> Option<CellId> {
        self.by_name.get(expert).copied()
    }

    /// What each of some experts weighs among them, as a row over their axis that sums to 1; `None` where nobody's
    /// authority is given, and all weigh the same. `at` is the address of the panel.
    pub(crate) fn weights(
        &self,
        lowering: &mut Lowering,
        id: impl Into<Id>,
        axis: AxisId,
        experts: &[String],
        at: &str,
    ) -> Option<CellId> {
        self.weights_at(lowering, id, axis, experts, |_| at.to_owned())
    }

    /// The same for experts who each have an address of their own.
    pub(crate) fn weights_at(
        &self,
        lowering: &mut Lowering,
        id: impl Into<Id>,
        axis: AxisId,
        experts: &[String],
        at: impl Fn(&str) -> String,
    ) -> Option<CellId> {
        if self.experts.is_empty() {
            return None;
        }
        let coefficients = experts.iter().map(|expert| match self.of(expert) {
            Some(cell) => Expression::cell(cell),
            None => {
                // whoever is listed under a misspelt name is missing for that reason
                let names = self.by_name.keys().map(|name| &**name).filter(|name| !experts.iter().any(|e| e == name));
                if lowering.nearest(expert, names).is_none() {
                    lowering.problem(at(expert), AuthorityError::Missing { expert: expert.clone() });
                }
                Expression::number(1)
            }
        });
        let row = Expression::row(axis, coefficients.collect::<Vec<_>>());
        let naming = Naming::new(id).label("Experts", "weight by authority").unit(Unit::Share);
        Some(lowering.cells.formula(naming, Expression::call(Function::Shares, [row])))
    }
}

/// Defines the coefficients.
pub(crate) fn define(lowering: &mut Lowering, authority: &[Authority]) -> AuthorityCells {
    let mut cells = AuthorityCells::default();
    for Authority { expert, standing } in authority {
        let at = format!("weights.authority.{expert}");
        let name: Arc<str> = expert.as_str().into();
        if cells.by_name.contains_key(&name) {
            lowering.problem(at, AuthorityError::Twice { expert: expert.clone() });
            continue;
        }
        let owner: Arc<str> = format!("authority.{expert}").into();
        let naming = |figure: &'static str, aspect| {
            Naming::new(Id::of(Arc::clone(&owner), figure)).label(Arc::clone(&name), aspect)
        };
        let part = |lowering: &mut Lowering, figure, aspect, value: Decimal, at: String| {
            if value < Decimal::ZERO || value > Decimal::ONE {
                lowering.problem(&*at, AuthorityError::OutOfRange { value });
            }
            lowering.cells.input(naming(figure, aspect).source(at), Shape::Scalar, [Some(value)])
        };
        let expert_cells = match *standing {
            Standing::Coefficient(value) => {
                let coefficient = part(lowering, "coefficient", "authority coefficient", value, at.clone());
                ExpertCells { expert: Arc::clone(&name), judgement: None, familiarity: None, coefficient }
            }
            Standing::Parts { judgement, familiarity } => {
                let place = |part: &str| format!("{at}.{part}");
                let ca = part(lowering, "judgement", "basis of judgement", judgement, place("judgement"));
                let cs = part(lowering, "familiarity", "familiarity", familiarity, place("familiarity"));
                let mean = (Expression::cell(ca) + Expression::cell(cs)) / Expression::number(2);
                let coefficient = lowering.cells.formula(naming("coefficient", "authority coefficient"), mean);
                ExpertCells { expert: Arc::clone(&name), judgement: Some(ca), familiarity: Some(cs), coefficient }
            }
        };
        let is_zero = match *standing {
            Standing::Coefficient(value) => value.is_zero(),
            Standing::Parts { judgement, familiarity } => judgement.is_zero() && familiarity.is_zero(),
        };
        if is_zero {
            lowering.problem(at, AuthorityError::Zero { expert: expert.clone() });
        }
        cells.by_name.insert(name, expert_cells.coefficient);
        cells.experts.push(expert_cells);
    }
    cells.define_means(lowering);
    cells
}

impl AuthorityCells {
    fn define_means(&mut self, lowering: &mut Lowering) {
        type Part = fn(&ExpertCells) -> Option<CellId>;
        let parts: [(&'static str, &'static str, Part); 3] = [
            ("judgement", "mean basis of judgement", |expert| expert.judgement),
            ("familiarity", "mean familiarity", |expert| expert.familiarity),
            ("coefficient", "mean authority coefficient", |expert| Some(expert.coefficient)),
        ];
        for (figure, aspect, part) in parts {
            let cells: Option<Vec<CellId>> = self.experts.iter().map(part).collect();
            let Some(cells) = cells.filter(|cells| !cells.is_empty()) else { continue };
            let naming = Naming::new(Id::of("authority", figure)).label("Experts", aspect);
            let mean = Expression::fold_of(Function::Mean, cells.into_iter().map(Expression::cell));
            self.means.push(lowering.cells.formula(naming, mean));
        }
    }
}

/// Reports authority of people whose names stand on no panel.
pub(crate) fn check_names<'e>(
    lowering: &mut Lowering,
    authority: &[Authority],
    experts: impl IntoIterator<Item = &'e str>,
) {
    let known: std::collections::HashSet<&str> = experts.into_iter().collect();
    for Authority { expert, .. } in authority {
        if !known.contains(expert.as_str()) {
            let at = format!("weights.authority.{expert}");
            let nearest = lowering.nearest(expert, known.iter().copied());
            lowering.problem(at, AuthorityError::OnNoPanel { expert: expert.clone(), nearest });
        }
    }
}
