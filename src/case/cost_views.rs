//! Views of the same costs: running total, initial against ongoing, a year's equal share, what shorter models leave out,
//! phases, users, reserves, prices.

use super::costs::CostCells;
use super::inflation::{PriceView, Prices};
use super::phase::{self, PhaseCells};
use super::reserve::{self, ReserveCells, StatedReserves};
use super::{Deployment, Plan, Scope, Setting};
use crate::amount::{Amount, Lowering};
use crate::model::{CellId, Expression, Function, Id, Naming, Unit};

/// What the document states for all of its plans; an alternative may state its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Common {
    pub(crate) prices: Option<Prices>,
    pub(crate) deployment: Option<Deployment>,
    users: Option<CellId>,
    reserves: Option<StatedReserves>,
}

impl Common {
    pub(crate) fn define(lowering: &mut Lowering, own: &Plan, prices: Option<Prices>) -> Self {
        let nothing = Self { prices, deployment: None, users: None, reserves: None };
        let years = lowering.years;
        nothing.of_plan(lowering, &Scope::default(), (own, years))
    }

    /// What holds for a plan: its own statements, and those of the document where it makes none.
    pub(super) fn of_plan(self, lowering: &mut Lowering, scope: &Scope, (plan, last): (&Plan, u32)) -> Self {
        let users = plan.users.as_ref().map(|users| state_users(lowering, scope, users));
        let reserves = plan.reserves.as_ref().map(|reserves| reserve::state(lowering, scope, (reserves, last)));
        Self {
            prices: self.prices,
            deployment: plan.deployment.or(self.deployment),
            users: users.or(self.users),
            reserves: reserves.or(self.reserves),
        }
    }
}

fn state_users(lowering: &mut Lowering, scope: &Scope, users: &Amount) -> CellId {
    let source = Id::from(scope.id("users"));
    let naming = Naming::new(scope.id("costs.users")).label(scope.subject("Users"), "").unit(Unit::Number);
    let cell = lowering.amount(naming.source(source), users);
    lowering.keep_positive(cell, users, "a number of users");
    cell
}

/// The cost of one user in one year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PerUser {
    pub(crate) user_years: CellId,
    pub(crate) cost: CellId,
}

/// The cells of the views.
#[derive(Debug, Clone)]
pub(crate) struct CostViewCells {
    pub(crate) cumulative: CellId,
    /// Of all costs, what a model that ends with a year shows.
    pub(crate) horizon_gap: CellId,
    pub(crate) initial_share: CellId,
    pub(crate) ongoing_share: CellId,
    pub(crate) annuity_factor: CellId,
    pub(crate) equivalent_annual: CellId,
    pub(crate) phases: Vec<PhaseCells>,
    pub(crate) per_user: Option<PerUser>,
    pub(crate) reserves: Option<ReserveCells>,
    pub(crate) prices: Option<PriceView>,
    pub(crate) deployment: Option<Deployment>,
}

/// Defines every view of the costs of a plan.
pub(super) fn define(
    lowering: &mut Lowering,
    setting: Setting,
    (common, plan): (Common, &Plan),
    costs: &CostCells,
) -> CostViewCells {
    let Setting { scope, discounting, .. } = setting;
    let cell = Expression::cell;
    let subject = scope.subject("Costs");
    let mut figure = |id: &str, aspect, unit, formula| {
        lowering.cells.formula(Naming::new(scope.id(id)).label(subject.clone(), aspect).unit(unit), formula)
    };
    let running = Expression::call(Function::Cumulate, [cell(costs.totals.year)]);
    let cumulative = figure("costs.cumulative", "cumulative", Unit::Money, running);
    let all = || cell(costs.totals.nominal);
    let shown = "share that a model up to this year shows";
    let horizon_gap = figure("costs.horizon_gap", shown, Unit::Share, cell(cumulative) / all());
    let initial_share = figure("costs.initial_share", "initial share", Unit::Share, cell(costs.initial) / all());
    let ongoing_share = figure("costs.ongoing_share", "ongoing share", Unit::Share, cell(costs.ongoing) / all());
    let annuity_factor = discounting.annuity_factor;
    let annual = cell(costs.totals.present_value) / cell(annuity_factor);
    let equivalent_annual = figure("costs.equivalent_annual", "equivalent annual cost", Unit::Money, annual);
    let per_user = common.users.map(|users| {
        let later = setting.while_in_use(Expression::call(Function::Flow, [Expression::number(0), cell(users)]));
        let by_year = figure("costs.users_by_year", "users by year", Unit::Number, later);
        let sum = Expression::call(Function::Sum, [cell(by_year)]);
        let user_years = figure("costs.user_years", "user-years", Unit::Number, sum);
        let cost = figure("costs.per_user_year", "cost per user and year", Unit::Money, all() / cell(user_years));
        PerUser { user_years, cost }
    });
    let lines = plan.costs.as_deref().unwrap_or_default();
    CostViewCells {
        cumulative,
        horizon_gap,
        initial_share,
        ongoing_share,
        annuity_factor,
        equivalent_annual,
        phases: phase::define(lowering, setting, lines, costs),
        per_user,
        reserves: common.reserves.map(|reserves| reserve::define(lowering, setting, reserves, costs)),
        prices: common.prices.map(|prices| prices.view(lowering, &scope.id("costs"), &subject, costs.totals.year)),
        deployment: common.deployment,
    }
}

#[cfg(test)]
mod tests {
    use crate::appraisal::testing::{Figures, problems};
    use crate::case::{Category, CostLine, Plan, Terms, Timing, Valuation};
    use crate::model::Cause;
    use crate::{Amount, Draft, Horizon};
    use rust_decimal::dec;

    fn draft(initial: i64, annual: i64) -> Draft {
        let amounts = (Some(initial.into()), Some(annual.into()));
        let line = CostLine { initial: amounts.0, annual: amounts.1, ..CostLine::new(Category::Licences, "crm") };
        Draft {
            horizon: Horizon { first_year: None, years: 2 },
            discount_rate: Some(dec!(0.25).into()),
            plan: Plan { costs: Some(vec![line]), ..Plan::default() },
            ..Draft::default()
        }
    }

    #[test]
    fn views_of_one_plan_by_hand() {
        let users = Some(Amount::PerYear(vec![dec!(10), dec!(30)]));
        let mut stated = draft(100, 50);
        stated.plan.users = users;
        let figures = Figures::of(stated);
        let row = |id: &str| [0, 1, 2].map(|year| figures.get(&format!("costs.{id}.{year}")));
        assert_eq!(row("cumulative"), [dec!(100), dec!(150), dec!(200)]);
        assert_eq!(row("horizon_gap"), [dec!(0.5), dec!(0.75), dec!(1)]);
        assert_eq!(figures.get("costs.initial_share"), dec!(0.5));
        assert_eq!(figures.get("costs.ongoing_share"), dec!(0.5));
        // 0.8 + 0.64, and (100 + 40 + 32) / 1.44
        assert_eq!(figures.get("case.annuity_factor"), dec!(1.44));
        assert_eq!(figures.get("costs.equivalent_annual").round_dp(10), dec!(119.4444444444));
        assert_eq!(figures.get("costs.user_years"), dec!(40));
        assert_eq!(figures.get("costs.per_user_year"), dec!(5));
    }

    #[test]
    fn users_may_be_the_same_in_every_year_and_are_never_negative() {
        let mut stated = draft(100, 50);
        stated.plan.users = Some(20.into());
        assert_eq!(Figures::of(stated.clone()).get("costs.per_user_year"), dec!(5));
        stated.plan.users = Some(0.into());
        assert_eq!(Figures::of(stated.clone()).cause("costs.per_user_year"), Cause::DivisionByZero);
        stated.plan.users = Some((-1).into());
        assert_eq!(problems(stated), ["users: -1 is negative, but a number of users is written positive"]);
    }

    #[test]
    fn real_and_nominal_present_values_are_the_same() {
        let value = |rate_is, prices, timing| {
            let inflation = Some(dec!(0.25).into());
            let valuation = Valuation { inflation, rate_is, prices, timing, ..Valuation::default() };
            let figures = Figures::of(Draft { valuation, ..draft(100, 50) });
            let [current, constant] = ["at_current_prices", "at_constant_prices"]
                .map(|view| figures.get(&format!("costs.{view}.present_value")).round_dp(20));
            assert_eq!(current, constant);
            assert_eq!(current, figures.get("costs.present_value").round_dp(20));
            (figures.get("case.real_discount_rate"), current)
        };
        use Terms::{Nominal, Real};
        // prices rise as fast as money is discounted
        assert_eq!(value(Nominal, Real, Timing::End), (dec!(0), dec!(200)));
        assert_eq!(value(Nominal, Nominal, Timing::End), (dec!(0), dec!(172)));
        assert_eq!(value(Real, Real, Timing::End), (dec!(0.25), dec!(172)));
        // (1.25 x 1.25)^-1 = 0.64, squared 0.4096
        assert_eq!(value(Real, Nominal, Timing::End), (dec!(0.25), dec!(152.48)));
        assert_eq!(value(Nominal, Real, Timing::Middle), (dec!(0), dec!(200)));
        let (_, middle) = value(Real, Nominal, Timing::Middle);
        // 100 + 50 x 0.8 + 50 x 0.8 x 0.64
        assert_eq!(middle, dec!(165.6));
    }

    #[test]
    fn rates_and_amounts_in_different_terms_need_inflation() {
        let valuation = Valuation { prices: Terms::Real, ..Valuation::default() };
        let told = problems(Draft { valuation, ..draft(1, 1) });
        let message = "valuation: amounts are real and the discount rate is nominal: they cannot be brought together \
                       without inflation";
        assert_eq!(told, [message]);
        let valuation = Valuation { prices: Terms::Real, rate_is: Terms::Real, ..Valuation::default() };
        let figures = Figures::of(Draft { valuation, ..draft(100, 50) });
        assert_eq!(figures.get("costs.present_value"), dec!(172));
        let valuation = Valuation { inflation: Some(dec!(2).into()), ..Valuation::default() };
        let told = problems(Draft { valuation, ..draft(1, 1) });
        assert_eq!(told, ["valuation.inflation: inflation of 200 % lies outside -20 % to 100 %"]);
    }
}
