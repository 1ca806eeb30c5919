//! The measures of return: net present value, return on investment, internal rate of return, payback.

use super::{BenefitCells, CostCells, Discounting, Scope, Setting, Totals};
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};
use std::sync::Arc;

/// The cells of the business case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CaseCells {
    pub(crate) net: CellId,
    pub(crate) cumulative: CellId,
    pub(crate) measures: MeasureCells,
    /// The same, with risk left out everywhere.
    pub(crate) unadjusted: MeasureCells,
}

/// The measures of one cash flow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MeasureCells {
    pub(crate) npv: CellId,
    pub(crate) roi: CellId,
    pub(crate) roi_nominal: CellId,
    pub(crate) irr: CellId,
    pub(crate) payback: CellId,
    pub(crate) discounted_payback: CellId,
    pub(crate) benefit_cost_ratio: CellId,
}

/// Defines the measures over costs and benefits.
pub(crate) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    costs: &CostCells,
    benefits: &BenefitCells,
) -> CaseCells {
    let discounting = setting.discounting;
    let case = Owner::new(setting.scope, "case", "Business case");
    let net = Expression::cell(benefits.totals.year) - Expression::cell(costs.totals.year);
    let net = lowering.cells.formula(naming(&case, "net", "net benefit by year", Unit::Money), net);
    let cumulative = Expression::call(Function::Cumulate, [Expression::cell(net)]);
    let naming_of = |figure, aspect| naming(&case, figure, aspect, Unit::Money);
    let cumulative = lowering.cells.formula(naming_of("cumulative", "cumulative net benefit"), cumulative);
    let measures = define_measures(lowering, discounting, &case, net, costs.totals, benefits.totals);
    let unadjusted = Owner::new(setting.scope, "case.unadjusted", "Business case without risk adjustment");
    let without = Expression::cell(benefits.unadjusted.year) - Expression::cell(costs.unadjusted.year);
    let without = lowering.cells.formula(naming(&unadjusted, "net", "net benefit by year", Unit::Money), without);
    let totals = (costs.unadjusted, benefits.unadjusted);
    let unadjusted = define_measures(lowering, discounting, &unadjusted, without, totals.0, totals.1);
    CaseCells { net, cumulative, measures, unadjusted }
}

/// Whose measures they are.
struct Owner {
    id: Arc<str>,
    subject: Arc<str>,
}

impl Owner {
    fn new(scope: &Scope, id: &str, subject: &str) -> Self {
        Self { id: scope.id(id), subject: scope.subject(subject) }
    }
}

fn naming(owner: &Owner, figure: &'static str, aspect: &'static str, unit: Unit) -> Naming {
    Naming::new(Id::of(Arc::clone(&owner.id), figure)).label(Arc::clone(&owner.subject), aspect).unit(unit)
}

/// Every measure of one row of net benefits.
fn define_measures(
    lowering: &mut Lowering,
    discounting: Discounting,
    owner: &Owner,
    net: CellId,
    costs: Totals,
    benefits: Totals,
) -> MeasureCells {
    let mut figure =
        |figure, aspect, unit, expression| lowering.cells.formula(naming(owner, figure, aspect, unit), expression);
    let cell = Expression::cell;
    let of = |function, row| Expression::call(function, [cell(row)]);
    let ratio = |benefits, costs| (cell(benefits) - cell(costs)) / cell(costs);
    let discounted = cell(net) * cell(discounting.factor);
    let discounted = figure("discounted", "discounted net benefit", Unit::Money, discounted);
    let running = of(Function::Cumulate, discounted);
    figure("discounted_cumulative", "cumulative discounted net benefit", Unit::Money, running);
    let npv = Expression::call(Function::Sum, [cell(discounted)]);
    let on_present_values = ratio(benefits.present_value, costs.present_value);
    let benefit_cost = cell(benefits.present_value) / cell(costs.present_value);
    MeasureCells {
        npv: figure("npv", "net present value", Unit::Money, npv),
        roi: figure("roi", "return on investment, on present values", Unit::Share, on_present_values),
        roi_nominal: figure(
            "roi_nominal",
            "return on investment, nominal",
            Unit::Share,
            ratio(benefits.nominal, costs.nominal),
        ),
        irr: figure("irr", "internal rate of return", Unit::Share, of(Function::Irr, net)),
        payback: figure("payback", "payback", Unit::Years, of(Function::Payback, net)),
        discounted_payback: figure(
            "discounted_payback",
            "discounted payback",
            Unit::Years,
            of(Function::Payback, discounted),
        ),
        benefit_cost_ratio: figure("benefit_cost_ratio", "benefit-cost ratio", Unit::Number, benefit_cost),
    }
}

#[cfg(test)]
mod tests {
    use crate::appraisal::testing::Figures;
    use crate::case::{Benefit, BenefitKind, Category, CostLine, Plan};
    use crate::kernel::Payback;
    use crate::model::Cause;
    use crate::{Amount, Draft, Horizon};
    use rust_decimal::{Decimal, dec};

    /// A purchase of 100 that brings these amounts a year.
    fn purchase<const N: usize>(benefits: [i64; N], risk: Decimal) -> Figures {
        purchase_and_upkeep(benefits, [0; N], risk)
    }

    fn purchase_and_upkeep<const N: usize>(benefits: [i64; N], upkeep: [i64; N], risk: Decimal) -> Figures {
        let annual = Amount::PerYear(benefits.map(Decimal::from).into());
        let benefit =
            Benefit { annual: Some(annual), risk: Some(risk.into()), ..Benefit::new("b", BenefitKind::Saving) };
        let upkeep = Some(Amount::PerYear(upkeep.map(Decimal::from).into()));
        let cost = CostLine { initial: Some(100.into()), annual: upkeep, ..CostLine::new(Category::Licences, "c") };
        Figures::of(Draft {
            horizon: Horizon { first_year: None, years: u32::try_from(N).unwrap() },
            discount_rate: Some(dec!(0.25).into()),
            plan: Plan { costs: Some(vec![cost]), benefits: Some(vec![benefit]), ..Plan::default() },
            ..Draft::default()
        })
    }

    #[test]
    fn the_measures_by_hand() {
        let figures = purchase([100, 125], dec!(0));
        // -100 + 100/1.25 + 125/1.5625
        assert_eq!(figures.get("case.npv"), dec!(60));
        assert_eq!(figures.get("case.roi"), dec!(0.6));
        assert_eq!(figures.get("case.roi_nominal"), dec!(1.25));
        assert_eq!(figures.get("case.benefit_cost_ratio"), dec!(1.6));
        assert_eq!(figures.get("case.payback"), dec!(1));
        // 80 after a year, 80 more in the second
        assert_eq!(figures.get("case.discounted_payback"), dec!(1.25));
        assert_eq!(figures.get("case.irr").round_dp(10), dec!(0.7247448714));
        assert_eq!(figures.get("case.discount_factor.2"), dec!(0.64));
        assert_eq!(figures.get("case.discounted_cumulative.2"), dec!(60));
    }

    #[test]
    fn risk_cuts_the_headline_and_leaves_the_unadjusted_alone() {
        let figures = purchase([100, 125], dec!(0.5));
        assert_eq!(figures.get("case.npv"), dec!(-20));
        assert_eq!(figures.get("case.unadjusted.npv"), dec!(60));
        assert_eq!(figures.get("case.unadjusted.roi"), dec!(0.6));
    }

    #[test]
    fn paybacks_say_what_happened() {
        let payback = |figures: &Figures| figures.0.base().report().case.unwrap().measures.payback;
        let never = purchase([10, 10], dec!(0));
        assert_eq!(never.cause("case.payback"), Cause::PaybackNotReached);
        assert_eq!(payback(&never), Some(Payback::NotReached));
        let lost = purchase_and_upkeep([200, 0], [0, 150], dec!(0));
        assert_eq!(lost.cause("case.payback"), Cause::PaybackLost { reached: dec!(0.5), year: 2 });
        assert_eq!(payback(&lost), Some(Payback::ReachedThenLost { reached: dec!(0.5), lost: 2 }));
        let figures = purchase([50, 100], dec!(0));
        assert_eq!(payback(&figures), Some(Payback::Reached(dec!(1.5))));
    }
}
