//! The seven design principles of a scorecard, measured by weight.

use super::{Card, DesignReview, limit, met};
use crate::amount::Lowering;
use crate::model::{Binary, Cause, CellId, Expression, Function, Id, Naming, Shape, Unit};
use crate::scorecard::facet::{About, Facets, Kind, Level, Nature, Term};
use rust_decimal::Decimal;

/// A principle of design: every indicator serves an objective, or two sides are in balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Principle {
    /// Every indicator is tied to an objective.
    Objectives,
    /// Financial against non-financial.
    Finance,
    /// Short against long term.
    Term,
    /// Quantitative against qualitative.
    Nature,
    /// Lagging against leading.
    Kind,
    /// Customer against employee.
    People,
    /// Strategic against tactical.
    Level,
}

/// One side of a principle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PrincipleSide {
    pub(crate) name: &'static str,
    /// Its share of the whole weight.
    pub(crate) share: CellId,
    /// How many indicators it has.
    pub(crate) count: CellId,
}

/// The figures of a principle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PrincipleCells {
    pub(crate) principle: Principle,
    pub(crate) sides: [PrincipleSide; 2],
    /// The share that the limit is for: of the smaller side, or of what is tied.
    pub(crate) balance: CellId,
    pub(crate) limit: CellId,
    pub(crate) met: CellId,
    /// Whether somebody gave the attribute or asked for a review, so that a finding is due.
    pub(crate) is_due: bool,
}

impl Principle {
    const ALL: [Self; 7] =
        [Self::Objectives, Self::Finance, Self::Term, Self::Nature, Self::Kind, Self::People, Self::Level];

    /// The name in JSON and in ids of figures.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Objectives => "objectives",
            Self::Finance => "finance",
            Self::Term => "term",
            Self::Nature => "nature",
            Self::Kind => "kind",
            Self::People => "people",
            Self::Level => "level",
        }
    }

    /// The key that says which side an indicator is on, where there is one.
    fn is_said(self, facets: &Facets) -> bool {
        match self {
            Self::Objectives => false,
            Self::Finance | Self::People => facets.about.is_some(),
            Self::Term => facets.term.is_some(),
            Self::Nature => facets.nature.is_some(),
            Self::Kind => facets.kind.is_some(),
            Self::Level => facets.level.is_some(),
        }
    }

    /// On which side an indicator is: the first, the second or neither.
    fn side(self, card: &Card, index: usize) -> Option<usize> {
        let facets = card.facets(index);
        let first = |is_first: bool| usize::from(!is_first);
        match self {
            Self::Objectives => Some(first(is_tied(card, index))),
            Self::Finance => facets.about.map(|about| first(about == About::Financial)),
            Self::Term => facets.term.map(|term| first(term == Term::Short)),
            Self::Nature => facets.nature.map(|nature| first(nature == Nature::Quantitative)),
            Self::Kind => facets.kind.map(|kind| first(kind == Kind::Lagging)),
            Self::People => match facets.about {
                Some(About::Customer) => Some(0),
                Some(About::Employee) => Some(1),
                _ => None,
            },
            Self::Level => facets.level.map(|level| first(level == Level::Strategic)),
        }
    }

    /// The sides: their name, and what readers see of their share and count.
    fn sides(self) -> [(&'static str, &'static str, &'static str); 2] {
        match self {
            Self::Objectives => [
                ("tied", "weight tied to objectives", "indicators tied to objectives"),
                ("untied", "weight tied to no objective", "indicators tied to no objective"),
            ],
            Self::Finance => [
                ("financial", "weight of financial indicators", "financial indicators"),
                ("non_financial", "weight of non-financial indicators", "non-financial indicators"),
            ],
            Self::Term => [
                ("short_term", "weight of the short term", "indicators of the short term"),
                ("long_term", "weight of the long term", "indicators of the long term"),
            ],
            Self::Nature => [
                ("quantitative", "weight of quantitative indicators", "quantitative indicators"),
                ("qualitative", "weight of qualitative indicators", "qualitative indicators"),
            ],
            Self::Kind => [
                ("lagging", "weight of lagging indicators", "lagging indicators"),
                ("leading", "weight of leading indicators", "leading indicators"),
            ],
            Self::People => [
                ("customer", "weight of indicators about customers", "indicators about customers"),
                ("employee", "weight of indicators about employees", "indicators about employees"),
            ],
            Self::Level => [
                ("strategic", "weight of strategic indicators", "strategic indicators"),
                ("tactical", "weight of tactical indicators", "tactical indicators"),
            ],
        }
    }

    /// The ids of its own figures.
    fn ids(self) -> [&'static str; 2] {
        match self {
            Self::Objectives => ["review.objectives.balance", "review.objectives.met"],
            Self::Finance => ["review.finance.balance", "review.finance.met"],
            Self::Term => ["review.term.balance", "review.term.met"],
            Self::Nature => ["review.nature.balance", "review.nature.met"],
            Self::Kind => ["review.kind.balance", "review.kind.met"],
            Self::People => ["review.people.balance", "review.people.met"],
            Self::Level => ["review.level.balance", "review.level.met"],
        }
    }
}

/// Whether an indicator stands under an objective: a group below a perspective, or what is called one.
pub(super) fn is_tied(card: &Card, index: usize) -> bool {
    let above = |index: &usize| card.tree.node(*index)?.parent;
    std::iter::successors(above(&index), above).filter_map(|index| card.tree.node(index)).any(|node| {
        let is_called_one = node.criterion.is_some_and(|criterion| criterion.is_objective);
        node.depth > 1 || is_called_one
    })
}

/// The principles; none where nobody asked for a review or gave an attribute.
pub(super) fn define(lowering: &mut Lowering, card: &Card, review: &DesignReview) -> Vec<PrincipleCells> {
    let any_said = card.is_said(|facets| *facets != Facets::default());
    if !card.is_asked && !any_said {
        return Vec::new();
    }
    let aspect = "least share of the smaller side";
    let balance = limit(lowering, "review.limit.balance", aspect, Unit::Share, "balance", review.balance);
    let aspect = "least weight tied to objectives";
    let tied = limit(lowering, "review.limit.tied", aspect, Unit::Share, "tied", review.tied);
    let all = Principle::ALL.map(|principle| {
        let limit = if principle == Principle::Objectives { tied } else { balance };
        one(lowering, card, principle, limit)
    });
    all.into()
}

fn one(lowering: &mut Lowering, card: &Card, principle: Principle, limit: CellId) -> PrincipleCells {
    let mut members: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
    for index in &card.indicators {
        if let Some(side) = principle.side(card, *index).and_then(|side| members.get_mut(side)) {
            side.push(*index);
        }
    }
    let is_known = members.iter().any(|members| !members.is_empty());
    let [first, second] = principle.sides();
    let [firsts, seconds] = &members;
    let sides = [(first, firsts), (second, seconds)].map(|((name, share, count), members)| {
        let naming =
            |part, aspect| Naming::new(Id::of(["review.", name].concat(), part)).label("Design review", aspect);
        let weights = members.iter().filter_map(|index| card.weight(*index));
        let share = lowering.cells.formula(naming("share", share).unit(Unit::Share), Expression::sum_of(weights));
        let number = Expression::number(Decimal::from(members.len()));
        PrincipleSide { name, share, count: lowering.cells.formula(naming("count", count), number) }
    });
    let [balance_id, met_id] = principle.ids();
    let [one, other] = sides.map(|side| Expression::cell(side.share));
    let (aspect, verdict) = match principle {
        Principle::Objectives => ("share of weight tied to objectives", "indicators are tied to objectives"),
        _ => ("share of the smaller side", "the sides are in balance"),
    };
    let naming = Naming::new(balance_id).label("Design review", aspect).unit(Unit::Share);
    let balance = match principle {
        _ if !is_known => lowering.cells.absent(naming, Shape::Scalar, Cause::NoData),
        Principle::Objectives => lowering.cells.formula(naming, one.clone() / (one + other)),
        _ => {
            let smaller = Expression::call(Function::Min, [one.clone(), other.clone()]);
            lowering.cells.formula(naming, smaller / (one + other))
        }
    };
    let kept = Expression::cell(balance).binary(Binary::GreaterOrEqual, Expression::cell(limit));
    let met = met(lowering, met_id, verdict, kept);
    let is_due = card.is_asked || card.is_said(|facets| principle.is_said(facets));
    PrincipleCells { principle, sides, balance, limit, met, is_due }
}

#[cfg(test)]
mod tests {
    use crate::Draft;
    use crate::appraisal::testing::Figures;
    use crate::model::Cause;
    use crate::scorecard::{Criterion, DesignReview, Facets, Kind, Level, Measure, Scorecard, Term};
    use rust_decimal::{Decimal, dec};

    fn figures() -> Figures {
        let with = |criterion: Criterion, facets| Criterion { facets, ..criterion };
        let none = Facets::default();
        let measured = |id: &str, weight: Decimal| {
            Criterion::indicator(id, Measure::target(0, 1).actual(dec!(0.5))).weighing(weight)
        };
        let customer = Criterion::group(
            "customer",
            [Criterion::group(
                "loyalty",
                [
                    with(measured("a", dec!(0.75)), Facets { kind: Some(Kind::Leading), ..none }),
                    Criterion::judged("b").weighing(dec!(0.25)),
                ],
            )
            .weighing(dec!(1))],
        );
        let financial = with(
            Criterion::group("financial", [measured("c", dec!(1))]),
            Facets { kind: Some(Kind::Lagging), term: Some(Term::Short), ..none },
        );
        let growth = with(
            Criterion::group("learning_growth", [measured("d", dec!(1))]),
            Facets { level: Some(Level::Tactical), ..none },
        );
        let card = Scorecard {
            review: Some(DesignReview::default()),
            ..Scorecard::new([customer.weighing(dec!(0.4)), financial.weighing(dec!(0.5)), growth.weighing(dec!(0.1))])
        };
        Figures::of(Draft { scorecard: Some(card), ..Draft::default() })
    }

    #[test]
    fn principles_are_measured_by_weight() {
        let figures = figures();
        for (id, value) in [
            ("tied.share", dec!(0.4)),
            ("tied.count", dec!(2)),
            ("untied.share", dec!(0.6)),
            ("objectives.balance", dec!(0.4)),
            ("objectives.met", dec!(0)),
            ("financial.share", dec!(0.5)),
            ("non_financial.share", dec!(0.5)),
            ("finance.balance", dec!(0.5)),
            ("finance.met", dec!(1)),
            ("quantitative.share", dec!(0.9)),
            ("qualitative.share", dec!(0.1)),
            ("nature.balance", dec!(0.1)),
            ("nature.met", dec!(0)),
            // leading 0.3 and lagging 0.5: what says neither is on no side
            ("kind.balance", dec!(0.375)),
            ("customer.share", dec!(0.4)),
            ("employee.share", dec!(0.1)),
            ("people.balance", dec!(0.2)),
            ("people.met", dec!(1)),
            ("long_term.share", dec!(0)),
            ("term.balance", dec!(0)),
            ("tactical.count", dec!(1)),
        ] {
            assert_eq!(figures.get(&format!("review.{id}")), value, "{id}");
        }
    }

    #[test]
    fn what_nobody_says_has_no_balance_but_a_reason() {
        let card = Scorecard { review: Some(DesignReview::default()), ..Scorecard::new([Criterion::judged("a")]) };
        let figures = Figures::of(Draft { scorecard: Some(card), ..Draft::default() });
        assert_eq!(figures.cause("review.term.balance"), Cause::NoData);
        assert_eq!(figures.cause("review.term.met"), Cause::NoData);
        let silent =
            Figures::of(Draft { scorecard: Some(Scorecard::new([Criterion::judged("a")])), ..Draft::default() });
        assert_eq!(silent.0.base().figure("review.term.balance"), None);
    }
}
