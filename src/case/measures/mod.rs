//! The measures of return: net present value, returns on investment, rates of return, payback, break-even, delay.

mod delay;
mod internal_rate;
mod modified_internal_rate;

pub(super) use internal_rate::{
    Rates as InternalRates, define as define_internal_rate, define_quoted as define_quoted_rate,
};
pub(super) use modified_internal_rate::{Reinvesting, define as define_modified_rate};

use super::at_end::{self, Sign};
use super::{BenefitCells, CostCells, Scope, Setting, Totals};
use crate::amount::Lowering;
use crate::model::{Binary, CellId, Expression, Function, Id, Naming, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The cells of the business case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CaseCells {
    pub(crate) net: CellId,
    pub(crate) cumulative: CellId,
    pub(crate) measures: MeasureCells,
    /// The same, with risk left out everywhere.
    pub(crate) unadjusted: MeasureCells,
    /// The same, with cashable benefits alone.
    pub(crate) cashable: Option<MeasureCells>,
}

/// The measures of one cash flow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MeasureCells {
    pub(crate) npv: CellId,
    pub(crate) roi: CellId,
    pub(crate) roi_nominal: CellId,
    pub(crate) roi_initial: CellId,
    pub(crate) roi_a_year: CellId,
    pub(crate) irr: CellId,
    pub(crate) mirr: CellId,
    pub(crate) payback: CellId,
    pub(crate) discounted_payback: CellId,
    pub(crate) break_even_year: CellId,
    pub(crate) benefit_cost_ratio: CellId,
    pub(crate) profitability_index: CellId,
    pub(crate) equivalent_annual_value: CellId,
    /// What year 0 costs on balance, positive.
    pub(crate) initial_outlay: CellId,
    pub(crate) cost_of_delay: CellId,
}

/// Defines the measures over costs and benefits.
pub(crate) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    costs: &CostCells,
    benefits: &BenefitCells,
) -> CaseCells {
    let case = Owner::new(setting.scope, "case", "Business case");
    let net_of = |lowering: &mut Lowering, owner: &Owner, benefits: Totals, costs: Totals| {
        let naming = owner.naming("net", "net benefit by year", Unit::Money);
        at_end::define_sum(lowering, naming, &[(Sign::Plus, benefits.year), (Sign::Minus, costs.year)])
    };
    let net = net_of(lowering, &case, benefits.totals, costs.totals);
    let cumulative = Expression::call(Function::Cumulate, [Expression::cell(net)]);
    let cumulative =
        lowering.cells.formula(case.naming("cumulative", "cumulative net benefit", Unit::Money), cumulative);
    let measures = define_measures(lowering, setting, (case, true), net, (costs.totals, benefits.totals));
    let unadjusted = Owner::new(setting.scope, "case.unadjusted", "Business case without risk adjustment");
    let without = net_of(lowering, &unadjusted, benefits.unadjusted, costs.unadjusted);
    let totals = (costs.unadjusted, benefits.unadjusted);
    let unadjusted = define_measures(lowering, setting, (unadjusted, false), without, totals);
    let cashable = benefits.cashable.map(|cells| {
        let owner = Owner::new(setting.scope, "case.cashable", "Business case on cashable benefits alone");
        let net = net_of(lowering, &owner, cells.cashable, costs.totals);
        define_measures(lowering, setting, (owner, false), net, (costs.totals, cells.cashable))
    });
    CaseCells { net, cumulative, measures, unadjusted, cashable }
}

/// Whose measures they are.
pub(super) struct Owner {
    id: Arc<str>,
    subject: Arc<str>,
}

impl Owner {
    pub(super) fn new(scope: &Scope, id: &str, subject: &str) -> Self {
        Self { id: scope.id(id), subject: scope.subject(subject) }
    }

    pub(super) fn naming(&self, figure: &'static str, aspect: &'static str, unit: Unit) -> Naming {
        Naming::new(Id::of(Arc::clone(&self.id), figure)).label(Arc::clone(&self.subject), aspect).unit(unit)
    }
}

/// A cash flow that measures are taken of.
struct CashFlow {
    owner: Owner,
    /// Whether all that can be said of it is: every rate of return, and not only the one quoted.
    is_headline: bool,
    net: CellId,
    npv: CellId,
}

impl CashFlow {
    fn naming(&self, figure: &'static str, aspect: &'static str, unit: Unit) -> Naming {
        self.owner.naming(figure, aspect, unit)
    }
}

/// The next whole number, or the number itself where it is whole.
pub(super) fn rounded_up(number: Expression) -> Expression {
    let whole = Expression::call(Function::Round, [number.clone()]);
    let short = whole.clone().binary(Binary::Less, number);
    whole + Expression::choose(short, Expression::number(1), Expression::number(0))
}

/// What the first flow costs on balance, positive.
pub(super) fn initial_outlay_of(first: Expression) -> Expression {
    Expression::call(Function::Max, [Expression::number(0) - first, Expression::number(0)])
}

/// What a unit of the initial outlay is worth.
pub(super) fn profitability_index_of(npv: CellId, initial_outlay: CellId) -> Expression {
    Expression::number(1) + Expression::cell(npv) / Expression::cell(initial_outlay)
}

/// Every measure of one row of net benefits.
pub(super) fn define_measures(
    lowering: &mut Lowering,
    setting: Setting,
    (owner, is_headline): (Owner, bool),
    net: CellId,
    (costs, benefits): (Totals, Totals),
) -> MeasureCells {
    let discounting = setting.discounting;
    let a_year = Expression::number(1) / Expression::number(setting.last_year);
    let first_year = setting.first_year.map(Decimal::from);
    let cell = Expression::cell;
    let one = || Expression::number(1);
    let of = |function, row| Expression::call(function, [cell(row)]);
    let ratio = |benefits, costs| (cell(benefits) - cell(costs)) / cell(costs);

    let discounted = discounting.discount().discounted(lowering, net);
    let mut figure =
        |figure, aspect, unit, expression| lowering.cells.formula(owner.naming(figure, aspect, unit), expression);
    let discounted = figure("discounted", "discounted net benefit", Unit::Money, discounted);
    let running = of(Function::Cumulate, discounted);
    figure("discounted_cumulative", "cumulative discounted net benefit", Unit::Money, running);
    let npv = figure("npv", "net present value", Unit::Money, of(Function::Sum, discounted));
    let outlay = initial_outlay_of(Expression::entry(net, 0));
    let initial_outlay = figure("initial_outlay", "initial outlay", Unit::Money, outlay);

    let on_present_values = ratio(benefits.present_value, costs.present_value);
    let roi = figure("roi", "return on investment, on present values", Unit::Share, on_present_values);
    let nominal = ratio(benefits.nominal, costs.nominal);
    let roi_nominal = figure("roi_nominal", "return on investment, nominal", Unit::Share, nominal);
    let on_outlay = (cell(benefits.nominal) - cell(costs.nominal)) / cell(initial_outlay);
    let roi_initial = figure("roi_initial", "return on the initial outlay, nominal", Unit::Share, on_outlay);
    let compounded = (one() + cell(roi_nominal)).power(a_year) - one();
    let roi_a_year = figure("roi_a_year", "return on investment a year, nominal", Unit::Share, compounded);
    let benefit_cost = cell(benefits.present_value) / cell(costs.present_value);
    let benefit_cost_ratio = figure("benefit_cost_ratio", "benefit-cost ratio", Unit::Number, benefit_cost);
    let index = profitability_index_of(npv, initial_outlay);
    let profitability_index = figure("profitability_index", "profitability index", Unit::Number, index);
    let annual = cell(npv) / cell(discounting.annuity_factor);
    let equivalent_annual_value = figure("equivalent_annual_value", "equivalent annual value", Unit::Money, annual);

    let payback = figure("payback", "payback", Unit::Years, of(Function::Payback, net));
    let back = of(Function::Payback, discounted);
    let discounted_payback = figure("discounted_payback", "discounted payback", Unit::Years, back);
    // the year at whose end the running total is no longer negative, for good
    let year = rounded_up(cell(payback));
    let year = first_year.into_iter().fold(year, |year, first| year + Expression::number(first));
    let break_even_year = figure("break_even_year", "year of break-even", Unit::Ordinal, year);

    let flow = CashFlow { owner, is_headline, net, npv };
    let reinvesting = Reinvesting {
        finance: discounting.finance,
        reinvested: discounting.reinvestment,
        reinvestment: discounting.rates.reinvestment,
        years: Expression::number(setting.last_year),
    };
    let by_year = (net, ["net outlay by year", "net inflow by year"]);
    MeasureCells {
        npv,
        roi,
        roi_nominal,
        roi_initial,
        roi_a_year,
        irr: internal_rate::define(lowering, discounting, &flow.owner, (net, flow.is_headline)),
        mirr: modified_internal_rate::define(lowering, &flow.owner, by_year, &reinvesting),
        payback,
        discounted_payback,
        break_even_year,
        benefit_cost_ratio,
        profitability_index,
        equivalent_annual_value,
        initial_outlay,
        cost_of_delay: delay::define(lowering, setting, &flow),
    }
}

#[cfg(test)]
mod tests {
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Benefit, BenefitKind, Category, CostLine, IrrPolicy, Plan, Timing, Valuation};
    use crate::kernel::{NoIrr, Payback};
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

    /// Net benefits from year 0 on: what is negative is a cost, what is positive a benefit.
    fn draft<const N: usize>(net: [i64; N], rate: Decimal) -> Draft {
        let part = |sign: i64| net.map(|flow| Decimal::from((flow * sign).max(0)));
        let of = |part: [Decimal; N]| (Some(part[0].into()), Some(Amount::PerYear(part[1..].to_vec())));
        let ((initial, annual), (first, later)) = (of(part(-1)), of(part(1)));
        let cost = CostLine { initial, annual, ..CostLine::new(Category::Other, "c") };
        let benefit = Benefit { initial: first, annual: later, ..Benefit::new("b", BenefitKind::Saving) };
        Draft {
            horizon: Horizon { first_year: None, years: u32::try_from(N - 1).unwrap() },
            discount_rate: Some(rate.into()),
            plan: Plan { costs: Some(vec![cost]), benefits: Some(vec![benefit]), ..Plan::default() },
            ..Draft::default()
        }
    }

    fn flows<const N: usize>(net: [i64; N], valuation: Valuation, rate: Decimal) -> Figures {
        Figures::of(Draft { valuation, ..draft(net, rate) })
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

    /// A course's answer sheet ("-500, 300, 700, 600 at 10 %"), whose figures reconcile.
    #[test]
    fn the_measures_of_a_published_case() {
        let figures = flows([-500, 300, 700, 600], Valuation::default(), dec!(0.1));
        let rounded = |id: &str, places| figures.get(id).round_dp(places);
        assert_eq!(rounded("case.npv", 2), dec!(802.03));
        assert_eq!(rounded("case.irr", 4), dec!(0.7721));
        assert_eq!(rounded("case.profitability_index", 8), dec!(2.60405710));
        assert_eq!(rounded("case.terminal_value", 6), dec!(1733));
        assert_eq!(rounded("case.mirr", 10), dec!(0.5133620976));
        assert_eq!(figures.get("case.initial_outlay"), dec!(500));
        assert_eq!(figures.get("case.break_even_year"), dec!(2));
        // 1/1.1 + 1/1.21 + 1/1.331
        assert_eq!(rounded("case.annuity_factor", 10), dec!(2.4868519910));
        let annual = figures.get("case.equivalent_annual_value") * figures.get("case.annuity_factor");
        assert_eq!(annual.round_dp(18), figures.get("case.npv").round_dp(18));
        // a year later the 600 falls out: -500/1.1 + 300/1.21 + 700/1.331
        assert_eq!(rounded("case.delayed_npv", 6), dec!(319.308790));
        assert_eq!(rounded("case.cost_of_delay", 6), dec!(482.719760));
        assert_eq!(figures.get("case.roi_initial"), dec!(2.2));
    }

    #[test]
    fn parts_of_years_are_worth_more_than_their_ends() {
        let of = |timing| flows([-100, 60, 70], Valuation { timing, ..Valuation::default() }, dec!(0.21));
        let npv = |timing| of(timing).get("case.npv").round_dp(9);
        assert_eq!(npv(Timing::Middle), dec!(7.137490609)); // -100 + 60/1.1 + 70/1.331
        // quarters: mean of 1.21^-0.25, 1.21^-0.5, 1.21^-0.75, 1.21^-1
        assert_eq!(of(Timing::Quarterly).get("case.discount_factor.1").round_dp(9), dec!(0.888945988));
        assert!(npv(Timing::End) < npv(Timing::Quarterly) && npv(Timing::Quarterly) < npv(Timing::Monthly));
        assert!(npv(Timing::Monthly) < npv(Timing::Middle) + dec!(0.1));
        for (_, timing) in Timing::ALL {
            let rate = of(timing).get("case.irr");
            let again = flows([-100, 60, 70], Valuation { timing, ..Valuation::default() }, rate.round_dp(20));
            assert!(again.get("case.npv").abs() < dec!(0.000000000001), "{timing:?}");
        }
    }

    #[test]
    fn all_rates_are_figures_and_a_policy_picks_one() {
        let of = |irr| flows([-100, 230, -132], Valuation { irr, ..Valuation::default() }, dec!(0.12));
        let figures = of(IrrPolicy::Only);
        assert_eq!(figures.cause("case.irr"), Cause::Irr(NoIrr::Several { count: 2 }));
        assert_eq!(figures.get("case.irr_roots.1"), dec!(0.1));
        assert_eq!(figures.get("case.irr_roots.2"), dec!(0.2));
        assert_eq!(of(IrrPolicy::Lowest).get("case.irr"), dec!(0.1));
        assert_eq!(of(IrrPolicy::Highest).get("case.irr"), dec!(0.2));
        assert_eq!(of(IrrPolicy::LowestNotNegative).get("case.irr"), dec!(0.1));
        assert_eq!(of(IrrPolicy::HighestFalling).get("case.irr"), dec!(0.2));
        assert_eq!(of(IrrPolicy::Nearest(dec!(0.14))).get("case.irr"), dec!(0.1));
        assert_eq!(of(IrrPolicy::Nearest(dec!(0.16))).get("case.irr"), dec!(0.2));
        // over half-years the rates lie at 2.5 % and 282 % a year, and so does the guess
        let middle = |irr| {
            let valuation = Valuation { irr, timing: Timing::Middle, ..Valuation::default() };
            flows([-100, 230, -132], valuation, dec!(0.1)).get("case.irr")
        };
        assert_eq!(middle(IrrPolicy::Nearest(dec!(0.16))), middle(IrrPolicy::Lowest));
        assert_eq!(middle(IrrPolicy::Nearest(dec!(2))), middle(IrrPolicy::Highest));
        let irr = IrrPolicy::HighestFalling;
        let spread = Valuation { irr, timing: Timing::Continuous, ..Valuation::default() };
        assert_eq!(
            problems(Draft { valuation: spread, ..draft([-100, 230, -132], dec!(0.1)) }),
            [
                "valuation.irr: of money that flows evenly over its years only the lowest or the highest rate of return can be \
                 quoted"
            ]
        );
        let one = flows([-100, 110, 0], Valuation { irr: IrrPolicy::Highest, ..Valuation::default() }, dec!(0.1));
        assert_eq!(one.cause("case.irr_roots.2"), Cause::NoFurtherRate);
        assert_eq!(one.get("case.irr"), dec!(0.1));
    }

    #[test]
    fn borrowed_and_reinvested_money_has_rates_of_its_own() {
        let finance_rate = Some(dec!(0.25).into());
        let valuation = Valuation { finance_rate, reinvestment_rate: Some(dec!(0.5).into()), ..Valuation::default() };
        let figures = flows([-100, -50, 490], valuation, dec!(0.1));
        assert_eq!(figures.get("case.outlays_present_value"), dec!(140));
        assert_eq!(figures.get("case.terminal_value").round_dp(20), dec!(490));
        assert_eq!(figures.get("case.mirr").round_dp(10), dec!(0.8708286934)); // 3.5^0.5 - 1
        assert_eq!(
            problems(Draft {
                valuation: Valuation { finance_rate: Some(dec!(15).into()), ..Valuation::default() },
                ..draft([-1, 1, 1], dec!(0.1))
            }),
            ["valuation.finance_rate: a discount rate of 1500 % lies outside -20 % to 100 %"]
        );
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
