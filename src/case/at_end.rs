//! Money that flows as the horizon ends, whatever the timing says of the rest of its year: what something is sold for, what
//! leaving costs.

use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function, Naming, Unit};
use std::collections::HashMap;
use std::sync::Arc;

/// The factors at a rate, of money that flows in the course of each year and of money that flows as it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Factors {
    pub(super) within: CellId,
    pub(super) at_end: CellId,
}

impl Factors {
    /// Those of money that has one moment.
    pub(super) fn same(factor: CellId) -> Self {
        Self { within: factor, at_end: factor }
    }

    /// Each year of a row of money times its factor.
    pub(super) fn discounted(self, lowering: &Lowering, row: CellId) -> Expression {
        let [within, ending] = [self.within, self.at_end].map(Expression::cell);
        match lowering.at_end.of(row) {
            None => Expression::cell(row) * within,
            Some(end) => (Expression::cell(row) - Expression::cell(end)) * within + Expression::cell(end) * ending,
        }
    }

    /// What a row of money is worth.
    pub(super) fn value(self, lowering: &Lowering, row: CellId) -> Expression {
        let value = |row, factor| Expression::call(Function::SumProduct, [row, Expression::cell(factor)]);
        match lowering.at_end.of(row) {
            None => value(Expression::cell(row), self.within),
            Some(end) if end == row => value(Expression::cell(row), self.at_end),
            Some(end) => {
                let within = Expression::cell(row) - Expression::cell(end);
                value(within, self.within) + value(Expression::cell(end), self.at_end)
            }
        }
    }
}

/// What of rows of money flows as the horizon ends. Nothing is kept here where all money flows at the ends of years.
#[derive(Debug, Default)]
pub(crate) struct AtEnd {
    parts: HashMap<CellId, CellId>,
}

/// Whether a row is added or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

impl AtEnd {
    /// The part of a row, itself a row over the timeline.
    pub(super) fn of(&self, row: CellId) -> Option<CellId> {
        self.parts.get(&row).copied()
    }

    pub(super) fn insert(&mut self, row: CellId, part: CellId) {
        self.parts.insert(row, part);
    }

    /// What of rows together flows at the end; `None` where nothing does.
    pub(super) fn sum(&self, of: impl IntoIterator<Item = (Sign, CellId)>) -> Option<Expression> {
        let parts = of.into_iter().filter_map(|(sign, row)| Some((sign, self.of(row)?)));
        let parts = parts.map(|(sign, part)| match sign {
            Sign::Plus => Expression::cell(part),
            Sign::Minus => -Expression::cell(part),
        });
        let parts: Vec<Expression> = parts.collect();
        (!parts.is_empty()).then(|| Expression::sum_of(parts))
    }
}

/// Defines a row of money as others added up or taken away, and what of it flows at the end.
pub(super) fn define_sum(lowering: &mut Lowering, naming: Naming, of: &[(Sign, CellId)]) -> CellId {
    let terms = of.iter().fold(None, |sum: Option<Expression>, (sign, row)| {
        let row = Expression::cell(*row);
        Some(match (sum, sign) {
            (None, Sign::Plus) => row,
            (None, Sign::Minus) => -row,
            (Some(sum), Sign::Plus) => sum + row,
            (Some(sum), Sign::Minus) => sum - row,
        })
    });
    let row = lowering.cells.formula(naming, terms.unwrap_or_else(nothing));
    let part = lowering.at_end.sum(of.iter().copied());
    define(lowering, row, part);
    row
}

/// A row of the years 0 to n in which nothing flows.
pub(super) fn nothing() -> Expression {
    Expression::call(Function::Flow, [Expression::number(0), Expression::number(0)])
}

/// Defines `ROW.at_end`, what of a row flows as the horizon ends, where anything does.
pub(super) fn define(lowering: &mut Lowering, row: CellId, part: Option<Expression>) {
    let (Some(part), Some(cell)) = (part, lowering.cells.cell(row)) else { return };
    let naming = Naming::new(format!("{}.at_end", cell.id()));
    let naming = naming.label(Arc::clone(&cell.label().subject), "what of it flows as the horizon ends");
    let part = lowering.cells.formula(naming.unit(Unit::Money), part);
    lowering.at_end.insert(row, part);
}

#[cfg(test)]
mod tests {
    use crate::appraisal::testing::Figures;
    use crate::case::{
        Alternative, Benefit, BenefitKind, Category, CostLine, InYear, OneOff, Plan, Replacement, Residual, Tax, Terms,
        Timing, Valuation,
    };
    use crate::model::Cause;
    use crate::{Draft, Horizon};
    use rust_decimal::{Decimal, dec};

    /// 100 in year 0, sold for 50 after two years, of which 10 are spent on leaving; 60 a year come in.
    fn plan() -> Plan {
        let residual = Some(Residual::Share(dec!(0.5).into()));
        let server = CostLine {
            initial: Some(100.into()),
            replacement: Some(Replacement { residual, ..Replacement::default() }),
            ..CostLine::new(Category::Hardware, "server")
        };
        let leaving = CostLine {
            once: Some(OneOff { amount: 10.into(), when: InYear::End }),
            phase: Some("exit".to_owned()),
            ..CostLine::new(Category::Other, "leaving")
        };
        let saved = Benefit { annual: Some(60.into()), ..Benefit::new("saved", BenefitKind::Saving) };
        Plan { costs: Some(vec![server, leaving]), benefits: Some(vec![saved]), ..Plan::default() }
    }

    fn draft(timing: Timing, rate: Decimal) -> Draft {
        Draft {
            horizon: Horizon { first_year: None, years: 2 },
            discount_rate: Some(rate.into()),
            valuation: Valuation { timing, ..Valuation::default() },
            plan: plan(),
            ..Draft::default()
        }
    }

    #[test]
    fn what_comes_at_the_end_is_discounted_as_of_the_end() {
        let figures = Figures::of(draft(Timing::Middle, dec!(0.21)));
        let rounded = |id: &str| figures.get(id).round_dp(12).normalize();
        // 1.21^0.5 = 1.1, 1.21^1.5 = 1.331, 1.21^2 = 1.4641
        let worth = |end: Decimal, within: Decimal| (end / dec!(1.4641) + within).round_dp(12).normalize();
        assert_eq!(rounded("costs.hardware.server.recovered.present_value"), worth(dec!(-50), dec!(0)));
        assert_eq!(rounded("costs.other.leaving.present_value"), worth(dec!(10), dec!(0)));
        assert_eq!(rounded("costs.phase.exit.present_value"), worth(dec!(10), dec!(0)));
        assert_eq!(rounded("costs.hardware.present_value"), worth(dec!(-50), dec!(100)));
        assert_eq!(rounded("costs.present_value"), worth(dec!(-40), dec!(100)));
        let brought = dec!(60) / dec!(1.1) + dec!(60) / dec!(1.331);
        assert_eq!(rounded("case.npv"), worth(dec!(40), brought - dec!(100)));
        assert_eq!(rounded("case.discounted.2"), worth(dec!(40), dec!(60) / dec!(1.331)));
        assert_eq!(figures.get("case.net.2"), dec!(100));
        assert_eq!(figures.get("case.half_years.3"), dec!(60));
        assert_eq!(figures.get("case.half_years.4"), dec!(40));
        // at the ends of years nothing is told apart
        let figures = Figures::of(draft(Timing::End, dec!(0.25)));
        assert_eq!(figures.get("case.npv"), dec!(12)); // -100 + 60 x 0.8 + 100 x 0.64
        assert_eq!(figures.0.base().figure("case.net.at_end.2"), None);
    }

    #[test]
    fn the_rate_of_return_makes_it_worth_nothing() {
        for (_, timing) in Timing::ALL {
            let figures = Figures::of(draft(timing, dec!(0.1)));
            if timing == Timing::Continuous {
                assert_eq!(figures.cause("case.irr"), Cause::SpreadAndAtOnce);
                continue;
            }
            let rate = figures.get("case.irr");
            let at_rate = Figures::of(draft(timing, rate.round_dp(20)));
            assert!(at_rate.get("case.npv").abs() < dec!(0.000000000001), "{timing:?}");
            // borrowed and invested at that rate, it is the modified rate as well
            assert!((at_rate.get("case.mirr") - rate).abs() < dec!(0.000000000001), "{timing:?}");
        }
    }

    #[test]
    fn the_same_holds_after_tax_over_the_baseline_and_in_real_terms() {
        let mut draft = draft(Timing::Quarterly, dec!(0.1));
        draft.valuation.inflation = Some(dec!(0.03).into());
        draft.valuation.rate_is = Terms::Nominal;
        draft.tax = Some(Tax::at(dec!(0.25)));
        let figures = Figures::of(draft.clone());
        for view in ["at_current_prices", "at_constant_prices"] {
            let net = figures.get(&format!("case.net.{view}.present_value"));
            assert_eq!(net.round_dp(18), figures.get("case.npv").round_dp(18), "{view}");
        }
        let taxed = figures.get("case.after_tax.npv");
        let tax = [1, 2].map(|year| {
            figures.get(&format!("case.tax.{year}")) * figures.get(&format!("case.discount_factor.{year}"))
        });
        let tax = figures.get("case.tax.0") + tax.iter().sum::<Decimal>();
        assert_eq!(taxed.round_dp(18), (figures.get("case.npv") - tax).round_dp(18));
        let stay = Alternative { baseline: true, plan: std::mem::take(&mut draft.plan), ..Alternative::new("stay") };
        let buy = Alternative { life: Some(1), baseline: false, ..stay.clone() };
        draft.alternatives = vec![stay, Alternative { id: "buy".to_owned(), ..buy }];
        let figures = Figures::of(draft);
        let npv = |id: &str| figures.get(&format!("alternatives.{id}.case.after_tax.npv"));
        let difference = (npv("buy") - npv("stay")).round_dp(18);
        assert_eq!(figures.get("alternatives.buy.increment.npv").round_dp(18), difference);
        let pair = figures.get("alternatives.pairs.stay.buy.npv") * figures.get("alternatives.pairs.stay.buy.dearer");
        assert_eq!(-pair.round_dp(18), difference);
    }
}
