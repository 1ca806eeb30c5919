//! A funnel: how many go on from each stage to the next, and where most are lost.

use super::{CustomerError, check_ids};
use crate::amount::{Amount, Lowering};
use crate::model::{Axis, Binary, CellId, Expression, Function, Naming, Unit};
use std::sync::Arc;

/// The stages from first contact to order, the widest first.
///
/// **Formula**: conversion of a stage is its count divided by that of the stage before, the overall conversion its count
/// divided by that of the first stage, the loss the difference to the stage before. The narrowest stage is the one with
/// the lowest conversion; several tie.
///
/// **Units**: counts; conversions are fractions. A stage after an empty one has no conversion. A stage that is larger
/// than the one before is reported as a finding: what flows into it beside the funnel, or is counted twice, is no
/// conversion.
///
/// **Source**: Farris, Bendle, Pfeifer, Reibstein, *Marketing Metrics*.
///
/// ```
/// use appraise::customers::{Customers, Funnel, Stage};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let stages = [("leads", 3_000), ("offers", 600), ("orders", 150)];
/// let funnel = Funnel { stages: stages.map(|(id, count)| Stage::new(id, count)).into() };
/// let customers = Customers { funnel: Some(funnel), ..Customers::default() };
/// let appraisal = Appraisal::new(Draft { customers: Some(customers), ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("customers.funnel.conversion.offers"), Some(Ok(dec!(0.2))));
/// assert_eq!(outcome.figure("customers.funnel.overall_conversion"), Some(Ok(dec!(0.05))));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Funnel {
    /// The stages in order.
    pub stages: Vec<Stage>,
}

/// A stage of a funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Its id among stages.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// How many reach it.
    pub count: Amount,
}

impl Stage {
    /// A stage that so many reach.
    pub fn new(id: impl Into<String>, count: impl Into<Amount>) -> Self {
        Self { id: id.into(), name: None, count: count.into() }
    }
}

/// The cells of a funnel; the rows run over the stages after the first.
#[derive(Debug, Clone)]
pub(crate) struct FunnelCells {
    /// Ids, names and counts.
    pub(crate) stages: Vec<(Arc<str>, Arc<str>, CellId)>,
    pub(crate) conversion: CellId,
    pub(crate) overall: CellId,
    pub(crate) loss: CellId,
    pub(crate) narrowest: CellId,
    pub(crate) overall_conversion: CellId,
}

const AT: &str = "customers.funnel";

/// Defines the conversions of every stage.
pub(crate) fn define(lowering: &mut Lowering, stated: &Funnel) -> FunnelCells {
    let cell = Expression::cell;
    if stated.stages.len() < 2 {
        lowering.problem(AT, CustomerError::TooFewStages);
    }
    check_ids(lowering, &format!("{AT}.stages"), "a stage", stated.stages.iter().map(|stage| stage.id.as_str()));
    let stages = stated.stages.iter().map(|stage| {
        let name: Arc<str> = stage.name.as_deref().unwrap_or(&stage.id).into();
        let at = format!("{AT}.stages.{}", stage.id);
        let naming = Naming::new(format!("{AT}.count.{}", stage.id)).label(Arc::clone(&name), "count").source(at);
        let count = lowering.amount(naming, &stage.count);
        lowering.keep_positive(count, &stage.count, "a count");
        lowering.cells.require_single(count);
        (Arc::from(stage.id.as_str()), name, count)
    });
    let stages: Vec<(Arc<str>, Arc<str>, CellId)> = stages.collect();
    let later = stated.stages.iter().skip(1).map(|stage| stage.id.as_str());
    let axis = lowering.cells.axis(Axis::named("stages after the first", later));
    let first = stages.first().map_or_else(|| Expression::number(1), |(_, _, first)| cell(*first));
    let steps = || stages.iter().zip(stages.iter().skip(1)).map(|((.., before), (.., after))| (*before, *after));
    let naming = |figure: &str, aspect| Naming::new(format!("{AT}.{figure}")).label("Funnel", aspect);
    let conversion = Expression::row(axis, steps().map(|(before, after)| cell(after) / cell(before)));
    let conversion =
        lowering.cells.formula(naming("conversion", "conversion from the stage before").unit(Unit::Share), conversion);
    let overall = Expression::row(axis, steps().map(|(_, after)| cell(after) / first.clone()));
    let overall =
        lowering.cells.formula(naming("overall", "conversion from the first stage").unit(Unit::Share), overall);
    let loss = Expression::row(axis, steps().map(|(before, after)| cell(before) - cell(after)));
    let loss = lowering.cells.formula(naming("loss", "lost since the stage before"), loss);
    // a stage after an empty one has no conversion, and is not the narrowest
    let or_more = || Expression::call(Function::Otherwise, [cell(conversion), Expression::number(crate::LARGEST)]);
    let lowest = Expression::call(Function::Min, [or_more()]);
    let known = Expression::call(Function::Known, [cell(conversion)]);
    let narrowest = or_more().binary(Binary::Equal, lowest).binary(Binary::And, known);
    let narrowest = lowering.cells.formula(naming("narrowest", "narrowest stage").unit(Unit::Set), narrowest);
    let last = stages.last().map_or_else(|| Expression::number(1), |(_, _, last)| cell(*last));
    let named = naming("overall_conversion", "conversion from the first to the last stage").unit(Unit::Share);
    let overall_conversion = lowering.cells.formula(named, last / first.clone());
    FunnelCells { stages, conversion, overall, loss, narrowest, overall_conversion }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::Customers;
    use crate::customers::testing::{figures, mistakes};
    use crate::model::Cause;
    use rust_decimal::dec;

    fn of<const N: usize>(stages: [(&str, i64); N]) -> Customers {
        let funnel = Funnel { stages: stages.map(|(id, count)| Stage::new(id, count)).into() };
        Customers { funnel: Some(funnel), ..Customers::default() }
    }

    #[test]
    fn conversions_by_hand() {
        let figures = figures(of([("visits", 60_000), ("leads", 3_000), ("offers", 600), ("orders", 150)]));
        let of = |figure: &str, stage: &str| figures.get(&format!("customers.funnel.{figure}.{stage}"));
        assert_eq!(of("conversion", "leads"), dec!(0.05));
        assert_eq!(of("conversion", "orders"), dec!(0.25));
        assert_eq!(of("overall", "offers"), dec!(0.01));
        assert_eq!(of("loss", "leads"), dec!(57_000));
        assert_eq!(figures.get("customers.funnel.overall_conversion"), dec!(0.0025));
        assert_eq!(figures.names("customers.funnel.narrowest"), ["leads"]);
    }

    #[test]
    fn an_empty_stage_ends_the_funnel_with_a_reason() {
        let figures = figures(of([("leads", 10), ("offers", 0), ("orders", 0)]));
        assert_eq!(figures.get("customers.funnel.conversion.offers"), dec!(0));
        assert_eq!(figures.cause("customers.funnel.conversion.orders"), Cause::DivisionByZero);
        assert_eq!(figures.get("customers.funnel.overall.orders"), dec!(0));
        assert_eq!(figures.names("customers.funnel.narrowest"), ["offers"]);
    }

    #[test]
    fn mistakes_are_placed() {
        assert_eq!(mistakes(of([("leads", 3)])), ["customers.funnel: a funnel has at least two stages"]);
        assert_eq!(
            mistakes(of([("leads", -3), ("or ders", 1)])),
            [
                "customers.funnel.stages.or ders: `or ders` cannot be the id of a stage",
                "customers.funnel.stages.leads: -3 is negative, but a count is written positive",
            ]
        );
    }
}
