//! When in its year the money of a year flows, and what it is worth today.

use super::at_end::Factors;
use super::{IrrPolicy, Rates, Valuation};
use crate::amount::{Lowering, year};
use crate::day::Day;
use crate::kernel::Timing;
use crate::model::{AxisId, CellId, Expression, Function, Id, Naming, Shape, Unit};
use rust_decimal::Decimal;

impl Timing {
    /// Whether the money of a year flows at more than one moment.
    pub(super) fn is_spread(self) -> bool {
        self == Self::Continuous || self.parts().is_some_and(|parts| parts.flows > 1)
    }

    /// The days of a calendar year on which its money flows.
    pub(super) fn days(self, year: i32) -> Vec<Day> {
        let Some(year) = u16::try_from(year).ok() else { return Vec::new() };
        let all = || (1..=12).flat_map(move |month| (1..=31).filter_map(move |day| Day::new(year, month, day)));
        let ends = |months: i32| {
            all().filter(move |day| day.is_last_of_month() && day.month().checked_rem(months) == Some(0)).collect()
        };
        match self {
            Self::End => ends(12),
            Self::Middle => Day::new(year, 6, 30).into_iter().collect(),
            Self::Quarterly => ends(3),
            Self::Monthly => ends(1),
            Self::Continuous => all().collect(),
        }
    }

    /// The moments at which money flows, in equal parts of a year: how many parts a year has, what they are called, and
    /// in which of them how large a share of the year's money flows. `None` where years are parts enough.
    pub(super) fn parts(self) -> Option<Parts> {
        match self {
            Self::End | Self::Continuous => None,
            Self::Middle => Some(Parts { name: "half_years", a_year: 2, flows: 1 }),
            Self::Quarterly => Some(Parts { name: "quarters", a_year: 4, flows: 4 }),
            Self::Monthly => Some(Parts { name: "months", a_year: 12, flows: 12 }),
        }
    }
}

/// Equal parts of a year, in the first so many of which its money flows in equal amounts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    pub(super) name: &'static str,
    pub(super) a_year: u32,
    pub(super) flows: u32,
}

/// What money of different years is worth today.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Discounting {
    pub(crate) timing: Timing,
    pub(crate) irr: IrrPolicy,
    pub(crate) rates: Rates,
    pub(crate) factor: CellId,
    /// The factors of money that flows as a year ends; those of its year where all of it does, or nobody states any.
    factor_at_end: CellId,
    /// The factors of the years 1 to n added up.
    pub(crate) annuity_factor: CellId,
    /// The factors at the rates of the modified internal rate of return.
    pub(super) finance: Factors,
    pub(super) reinvestment: Factors,
    /// The years in which money flows, as far as years are parts enough.
    pub(super) time: CellId,
    /// The years themselves.
    years: CellId,
}

/// The years 1..n of a row over the timeline.
pub(super) fn later(lowering: &Lowering, row: CellId) -> Expression {
    // rows over the timeline begin with year 0, so that year t is the entry after t others
    let position = crate::amount::year(lowering.names) + Expression::number(1);
    Expression::call(Function::At, [Expression::cell(row), position])
}

/// A row a year later: 0, then the entries of the years 0 to n - 1.
pub(super) fn a_year_later(row: CellId, last: u32) -> Expression {
    let earlier = (0..last).map(|year| Expression::entry(row, year));
    Expression::row(AxisId::TIMELINE, [Expression::number(0)].into_iter().chain(earlier))
}

/// What the factor within a year is called, by the row it belongs to.
fn within_year(id: &str) -> &'static str {
    match id {
        "case.discount_factor" => "discount factor within a year",
        "case.finance_factor" => "factor at the finance rate, within a year",
        "case.reinvestment_factor" => "factor at the reinvestment rate, within a year",
        "case.real_discount_factor" => "real discount factor within a year",
        _ => "nominal discount factor within a year",
    }
}

impl Discounting {
    /// The factors of the years 0..n.
    pub(crate) fn define(lowering: &mut Lowering, rates: Rates, (valuation, ends): (&Valuation, bool)) -> Self {
        let timing = valuation.timing;
        let years = Naming::new("case.year").label("Business case", "year").unit(Unit::Number);
        let numbers = (0..=lowering.years).map(|year| Some(Decimal::from(year)));
        let years = lowering.cells.input(years, Shape::Row(AxisId::TIMELINE), numbers);
        let time = match timing {
            Timing::Middle => {
                let half = Expression::cell(years) - Expression::number(Decimal::new(5, 1));
                let time = Expression::call(Function::Max, [half, Expression::number(0)]);
                let naming = Naming::new("case.time").label("Business case", "when money flows").unit(Unit::Years);
                lowering.cells.formula(naming, time)
            }
            _ => years,
        };
        let ends = (ends && timing != Timing::End).then_some(years);
        let mut factors = |names, rate| Self::factors(lowering, (timing, time, ends), names, rate);
        let aspects = ["discount factor", "discount factor as the year ends"];
        let discount = factors(("case.discount_factor", aspects), rates.discount);
        let mut own = |id, aspects, rate| if rate == rates.discount { discount } else { factors((id, aspects), rate) };
        let aspects = ["factor at the finance rate", "factor at the finance rate, as the year ends"];
        let finance = own("case.finance_factor", aspects, rates.finance);
        let aspects = ["factor at the reinvestment rate", "factor at the reinvestment rate, as the year ends"];
        let reinvestment = own("case.reinvestment_factor", aspects, rates.reinvestment);
        let Factors { within: factor, at_end: factor_at_end } = discount;
        let later = Expression::call(Function::Sum, [Expression::cell(factor)]) - Expression::entry(factor, 0);
        let naming = Naming::new("case.annuity_factor").label("Business case", "annuity factor").unit(Unit::Number);
        let annuity_factor = lowering.cells.formula(naming, later);
        let irr = valuation.irr;
        Self { timing, irr, rates, factor, factor_at_end, annuity_factor, finance, reinvestment, time, years }
    }

    /// The same over the shorter life of something, with its annuity factor.
    pub(super) fn over_a_life(self, annuity_factor: CellId) -> Self {
        Self { annuity_factor, ..self }
    }

    /// The factors at the discount rate.
    pub(super) fn discount(self) -> Factors {
        Factors { within: self.factor, at_end: self.factor_at_end }
    }

    /// The years, where some money flows as they end and the rest does not.
    pub(super) fn ends(self) -> Option<CellId> {
        (self.factor_at_end != self.factor).then_some(self.years)
    }

    /// The factors of the years 0..n at a rate, and of their ends where those are told apart.
    pub(super) fn factors(
        lowering: &mut Lowering,
        (timing, time, ends): (Timing, CellId, Option<CellId>),
        (id, [aspect, aspect_at_end]): (&'static str, [&'static str; 2]),
        rate: CellId,
    ) -> Factors {
        let growth = || Expression::number(1) + Expression::cell(rate);
        let factor = match timing.parts().filter(|parts| parts.flows > 1) {
            None if timing == Timing::Continuous => {
                let later = growth().power(year(lowering.names));
                let naming = Naming::new(Id::of(id, "within_year")).label("Business case", within_year(id));
                let spread = Expression::call(Function::ContinuousFactor, [Expression::cell(rate)]);
                let spread = lowering.cells.formula(naming, spread);
                Expression::call(Function::Flow, [Expression::number(1), Expression::cell(spread) / later])
            }
            None => factor_at(rate, time),
            Some(parts) => {
                let [a_year, flows] = [parts.a_year, parts.flows].map(Expression::number);
                let part = |k: u32| Expression::number(1) / growth().power(Expression::number(k) / a_year.clone());
                let mean = Expression::sum_of((1..=parts.flows).map(part)) / flows;
                let naming = Naming::new(Id::of(id, "within_year")).label("Business case", within_year(id));
                let within = lowering.cells.formula(naming, mean);
                let before = growth().power(year(lowering.names) - Expression::number(1));
                Expression::call(Function::Flow, [Expression::number(1), Expression::cell(within) / before])
            }
        };
        let within = lowering.cells.formula(Naming::new(id).label("Business case", aspect), factor);
        let at_end = ends.map_or(within, |years| {
            let naming = Naming::new(Id::of(id, "at_end")).label("Business case", aspect_at_end);
            lowering.cells.formula(naming, factor_at(rate, years))
        });
        Factors { within, at_end }
    }

    /// What a row over the years 0..n is worth today.
    pub(crate) fn present_value(self, lowering: &Lowering, row: CellId) -> Expression {
        self.discount().value(lowering, row)
    }
}

/// What one of moments in years is worth today, at a rate a year.
pub(super) fn factor_at(rate: CellId, time: CellId) -> Expression {
    let growth = Expression::number(1) + Expression::cell(rate);
    Expression::number(1) / growth.power(Expression::cell(time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::Figures;
    use crate::case::{Category, CostLine, Plan};
    use rust_decimal::dec;

    /// The cells of a document value money as the function on numbers does.
    #[test]
    fn factors_are_those_of_the_kernel() {
        for (_, timing) in Timing::ALL {
            let line = CostLine { annual: Some(1.into()), ..CostLine::new(Category::Licences, "crm") };
            let figures = Figures::of(Draft {
                discount_rate: Some(dec!(0.07).into()),
                valuation: Valuation { timing, ..Valuation::default() },
                plan: Plan { costs: Some(vec![line]), ..Plan::default() },
                ..Draft::default()
            });
            for year in 0..=5 {
                let found = figures.get(&format!("case.discount_factor.{year}"));
                let expected = timing.discount_factor(dec!(0.07), year).unwrap();
                assert!((found - expected).abs() < dec!(0.00000000000000000001), "{timing:?} {year}");
            }
        }
    }
}
