//! Cause and effect: which criterion drives which, how strongly and how much later.

use super::{CriterionCells, Tree};
use crate::amount::Lowering;
use crate::model::{Binary, Cause, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// What can be wrong with the links between criteria.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// An end that no criterion is.
    #[error("there is no criterion `{id}` to link")]
    UnknownEnd {
        /// The id as written.
        id: String,
        /// The known id nearest to it.
        nearest: Option<String>,
    },
    /// A criterion that drives itself.
    #[error("`{id}` cannot drive itself")]
    ToItself {
        /// The criterion.
        id: String,
    },
    /// A criterion and something under it.
    #[error("`{below}` stands under `{above}`, and a part neither drives its whole nor is driven by it")]
    ToPart {
        /// The one that the other is a part of.
        above: String,
        /// The part.
        below: String,
    },
    /// The same link twice.
    #[error("the link from `{from}` to `{to}` is stated twice")]
    Twice {
        /// The cause.
        from: String,
        /// The effect.
        to: String,
    },
    /// Causes that are their own effects.
    #[error("the links go round in a circle: {}", circle(.ids))]
    Cycle {
        /// The criteria of the circle, each once.
        ids: Vec<String>,
    },
    /// A strength that is no share above 0.
    #[error("the strength of a link is above 0 and at most 1, not {}", .value.normalize())]
    Strength {
        /// The strength as written.
        value: Decimal,
    },
    /// A lag that no report covers.
    #[error("a lag of {lag} periods is longer than {longest}")]
    Lag {
        /// The lag as written.
        lag: u32,
        /// The longest.
        longest: u32,
    },
    /// More links than anybody can draw.
    #[error("there are {found} links, more than {most}")]
    TooManyLinks {
        /// How many there are.
        found: usize,
        /// The most there can be.
        most: usize,
    },
    /// More paths than anybody can read.
    #[error("the links make more than {limit} paths")]
    TooMany {
        /// The limit.
        limit: usize,
    },
}

fn circle(ids: &[String]) -> String {
    let name = |id: &String| format!("`{id}`");
    let cut = (ids.len() > SHOWN).then(|| "…".to_owned());
    let names = ids.iter().take(SHOWN).map(name).chain(cut).chain(ids.first().map(name));
    names.collect::<Vec<_>>().join(" -> ")
}

/// A longer circle is cut in a message.
const SHOWN: usize = 12;

/// Nobody looks further back.
const LONGEST_LAG: u32 = 1_000;

/// More are on no map.
const MOST_LINKS: usize = 10_000;

/// Whoever breaks these finds the next.
const MOST_CIRCLES: usize = 5;

/// Each effect is the largest of its paths; more are not written down.
const MOST_PATHS: usize = 50_000;

impl LinkError {
    /// What to type instead.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::UnknownEnd { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownEnd { nearest: None, .. } => "write the id of a criterion of the scorecard".to_owned(),
            Self::ToItself { .. } => "name another criterion as `to`, or remove the link".to_owned(),
            Self::ToPart { .. } => "link criteria of different groups, or remove the link".to_owned(),
            Self::Twice { .. } => "remove one of the two".to_owned(),
            Self::Cycle { .. } => "remove the weakest of these links: causes come before their effects".to_owned(),
            Self::Strength { value }
                if *value > Decimal::ONE && *value <= Decimal::ONE_HUNDRED && value.is_integer() =>
            {
                format!("write `{}%`", value.normalize())
            }
            Self::Strength { .. } => "write `strong`, `medium`, `weak` or a share, as in `0.6`".to_owned(),
            Self::Lag { .. } => "write the number of periods after which the effect shows, as in `2`".to_owned(),
            Self::TooManyLinks { .. } | Self::TooMany { .. } => {
                "link objectives rather than indicators, and leave weak links out".to_owned()
            }
        })
    }
}

/// How strongly a cause drives its effect.
///
/// **Units**: a plain number above 0 and at most 1, a share of the strongest possible effect. The words are a convention: strong 0.9, medium 0.6, weak 0.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strength {
    /// 0.9
    Strong,
    /// 0.6
    #[default]
    Medium,
    /// 0.3
    Weak,
    /// A share above 0 and at most 1.
    Of(Decimal),
}

impl Strength {
    /// The words and what they stand for.
    pub const ALL: [(&'static str, Strength); 3] =
        [("strong", Strength::Strong), ("medium", Strength::Medium), ("weak", Strength::Weak)];

    /// The share it stands for.
    pub fn value(self) -> Decimal {
        match self {
            Self::Strong => Decimal::new(9, 1),
            Self::Medium => Decimal::new(6, 1),
            Self::Weak => Decimal::new(3, 1),
            Self::Of(value) => value,
        }
    }
}

/// One criterion drives another.
///
/// **Formula**: the effect of a cause on whatever it drives, over any number of links, is the largest product of
/// strengths along a path. That product is a convention, and no measurement. Where both ends are followed over periods,
/// Pearson's correlation of their scores, the cause so many periods before, says whether the figures bear the link out; it
/// needs five pairs. Its p-value takes the periods as independent, which they seldom are.
///
/// ```
/// use appraise::scorecard::{Criterion, Link, Scorecard, Strength};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let links = vec![
///     Link::new("training", "first_contact").strength(Strength::Strong).lag(2),
///     Link::new("first_contact", "retention").strength(Strength::Of(dec!(0.5))),
/// ];
/// let criteria = ["training", "first_contact", "retention"].map(Criterion::judged);
/// let card = Scorecard { links, ..Scorecard::new(criteria) };
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("scorecard.effects.training.retention"), Some(Ok(dec!(0.45))));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The cause.
    pub from: String,
    /// The effect.
    pub to: String,
    /// How strongly the one drives the other.
    pub strength: Strength,
    /// After how many periods the effect shows.
    pub lag: u32,
}

impl Link {
    /// A link of medium strength without a lag.
    pub fn new(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { from: from.into(), to: to.into(), strength: Strength::default(), lag: 0 }
    }

    /// How strongly.
    #[must_use]
    pub fn strength(mut self, strength: Strength) -> Self {
        self.strength = strength;
        self
    }

    /// After how many periods.
    #[must_use]
    pub fn lag(mut self, periods: u32) -> Self {
        self.lag = periods;
        self
    }
}

/// The cells of one link.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LinkCells {
    /// The nodes of its ends.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) strength: CellId,
    pub(crate) lag: CellId,
    /// Over the periods, where both ends have scores of several.
    pub(crate) correlation: Option<CorrelationCells>,
}

/// Whether an effect follows its cause in the figures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CorrelationCells {
    pub(crate) pairs: CellId,
    pub(crate) r: CellId,
    pub(crate) p: CellId,
}

/// Fewer pairs of periods say nothing.
const LEAST_PAIRS: u32 = 5;

/// What a criterion drives, directly or through others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EffectCells {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) effect: CellId,
}

/// Defines every link and every effect.
pub(crate) fn define(
    lowering: &mut Lowering,
    tree: &Tree,
    criteria: &[CriterionCells],
    links: &[Link],
) -> (Vec<LinkCells>, Vec<EffectCells>) {
    let before = lowering.problems.len();
    let ends = check(lowering, tree, links);
    if lowering.problems.len() > before {
        return (Vec::new(), Vec::new());
    }
    let mut cells = Vec::with_capacity(links.len());
    let mut too_few = None;
    for ((number, link), (from, to)) in links.iter().enumerate().zip(ends) {
        let subject = between(tree, from, to);
        let figure = |part: &str| format!("scorecard.links.{}.{}.{part}", link.from, link.to);
        let naming = |part: &str, aspect| {
            Naming::new(figure(part)).label(&*subject, aspect).source(format!("scorecard.links.{number}.{part}"))
        };
        let strength = naming("strength", "strength");
        let strength = lowering.cells.input(strength, Shape::Scalar, [Some(link.strength.value())]);
        let lag = naming("lag", "lag").unit(Unit::Custom("periods".into()));
        let lag = lowering.cells.input(lag, Shape::Scalar, [Some(link.lag.into())]);
        let ends = [from, to].map(|end| {
            let score = criteria.get(end)?.over_time?.score;
            has_periods(tree, end).then_some(score)
        });
        let correlation = match (lowering.calendar, ends) {
            (Some(calendar), [Some(cause), Some(effect)]) => {
                let naming = |part: &str, aspect| Naming::new(figure(part)).label(&*subject, aspect);
                let too_few = *too_few.get_or_insert_with(|| {
                    let naming = Naming::new("scorecard.links.too_few").label("Links", "too few pairs of periods");
                    lowering.cells.absent(naming, Shape::Scalar, Cause::TooFewValues { needed: LEAST_PAIRS })
                });
                let before = Expression::cell(calendar.numbers) - Expression::cell(lag);
                let cause = Expression::call(Function::At, [Expression::cell(cause), before]);
                let effect = calendar.until_now(effect);
                let pairs = Expression::call(Function::Count, [cause.clone() + effect.clone()]);
                let pairs = lowering.cells.formula(naming("pairs", "pairs of periods"), pairs);
                let mut test = |naming, function| {
                    let enough =
                        Expression::cell(pairs).binary(Binary::GreaterOrEqual, Expression::number(LEAST_PAIRS));
                    let value = Expression::call(function, [cause.clone(), effect.clone()]);
                    lowering.cells.formula(naming, Expression::choose(enough, value, Expression::cell(too_few)))
                };
                let r = test(naming("correlation", "correlation"), Function::Correlation);
                let p = test(naming("p", "p of the correlation").unit(Unit::Share), Function::CorrelationP);
                Some(CorrelationCells { pairs, r, p })
            }
            _ => None,
        };
        cells.push(LinkCells { from, to, strength, lag, correlation });
    }
    let effects = effects(lowering, tree, &cells);
    (cells, effects)
}

/// Whether a criterion has a score of its own for each period: it or something under it is measured by period.
fn has_periods(tree: &Tree, index: usize) -> bool {
    let mut waiting = vec![index];
    while let Some(node) = waiting.pop().and_then(|index| tree.node(index)) {
        let measure = node.criterion.and_then(|criterion| criterion.measure.as_ref());
        let is_followed = measure.is_some_and(|measure| measure.is_complete() && measure.is_by_period());
        if node.children.is_empty() && (is_followed || node.from_units.is_some()) {
            return true;
        }
        waiting.extend(&node.children);
    }
    false
}

fn between(tree: &Tree, from: usize, to: usize) -> String {
    let name = |index: usize| tree.node(index).map(|node| node.name.to_string()).unwrap_or_default();
    format!("{} -> {}", name(from), name(to))
}

/// Which of two nodes stands above the other, if one does.
fn part(tree: &Tree, one: usize, other: usize) -> Option<(usize, usize)> {
    let is_above = |above: usize, below: usize| {
        std::iter::successors(tree.node(below)?.parent, |index| tree.node(*index)?.parent)
            .any(|index| index == above)
            .then_some((above, below))
    };
    is_above(one, other).or_else(|| is_above(other, one))
}

/// The nodes of the ends of every link; as long as the links only where nothing is wrong.
fn check(lowering: &mut Lowering, tree: &Tree, links: &[Link]) -> Vec<(usize, usize)> {
    if links.len() > MOST_LINKS {
        let error = LinkError::TooManyLinks { found: links.len(), most: MOST_LINKS };
        lowering.problem("scorecard.links", error);
        return Vec::new();
    }
    let mut ends = Vec::with_capacity(links.len());
    let mut seen = HashSet::new();
    for (number, link) in links.iter().enumerate() {
        let at = format!("scorecard.links.{number}");
        let mut end = |key: &str, id: &str| {
            let found = tree.find(id);
            if found.is_none() {
                let nearest = lowering.nearest(id, tree.ids());
                lowering.problem(format!("{at}.{key}"), LinkError::UnknownEnd { id: id.to_owned(), nearest });
            }
            found
        };
        let (from, to) = (end("from", &link.from), end("to", &link.to));
        let strength = link.strength.value();
        if strength <= Decimal::ZERO || strength > Decimal::ONE {
            lowering.problem(format!("{at}.strength"), LinkError::Strength { value: strength });
        }
        if link.lag > LONGEST_LAG {
            lowering.problem(format!("{at}.lag"), LinkError::Lag { lag: link.lag, longest: LONGEST_LAG });
        }
        let (Some(from), Some(to)) = (from, to) else { continue };
        if from == to {
            lowering.problem(format!("{at}.to"), LinkError::ToItself { id: link.to.clone() });
        } else if let Some((above, below)) = part(tree, from, to) {
            let id = |index: usize| tree.node(index).map(|node| node.id.to_string()).unwrap_or_default();
            lowering.problem(format!("{at}.to"), LinkError::ToPart { above: id(above), below: id(below) });
        } else if seen.insert((from, to)) {
            ends.push((number, from, to));
        } else {
            lowering.problem(at, LinkError::Twice { from: link.from.clone(), to: link.to.clone() });
        }
    }
    let (_, circles) = in_order(&ends.iter().map(|(_, from, to)| (*from, *to)).collect::<Vec<_>>());
    for (closing, nodes) in circles {
        let number = ends.get(closing).map_or(0, |(number, ..)| *number);
        let ids = nodes.iter().filter_map(|node| Some(tree.node(*node)?.id.to_string())).collect();
        lowering.problem(format!("scorecard.links.{number}"), LinkError::Cycle { ids });
    }
    ends.into_iter().map(|(_, from, to)| (from, to)).collect()
}

/// The nodes from effects to causes, and the first few circles: the number of the link that closes it, and its nodes.
fn in_order(ends: &[(usize, usize)]) -> (Vec<usize>, Vec<(usize, Vec<usize>)>) {
    let mut leaving: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
    for (number, (from, to)) in ends.iter().enumerate() {
        leaving.entry(*from).or_default().push((number, *to));
    }
    let (mut order, mut circles) = (Vec::new(), Vec::new());
    let mut done: HashSet<usize> = HashSet::new();
    for (start, _) in ends {
        if done.contains(start) {
            continue;
        }
        // the way down from the start, each node with how many of its links were followed
        let mut way: Vec<(usize, usize)> = vec![(*start, 0)];
        let mut on_way: HashSet<usize> = HashSet::from([*start]);
        while let Some((node, followed)) = way.last_mut() {
            let node = *node;
            let next = leaving.get(&node).and_then(|links| links.get(*followed)).copied();
            *followed += 1;
            match next {
                Some((_, to)) if circles.len() >= MOST_CIRCLES && on_way.contains(&to) => {}
                Some((number, to)) if on_way.contains(&to) => {
                    let nodes = way.iter().map(|(node, _)| *node).skip_while(|node| *node != to);
                    circles.push((number, nodes.collect()));
                }
                Some((_, to)) if done.contains(&to) => {}
                Some((_, to)) => {
                    way.push((to, 0));
                    on_way.insert(to);
                }
                None => {
                    way.pop();
                    on_way.remove(&node);
                    done.insert(node);
                    order.push(node);
                }
            }
        }
    }
    (order, circles)
}

/// `effect(a, b) = max over links a -> c of strength(a, c) * effect(c, b)`, and of a direct link its strength.
fn effects(lowering: &mut Lowering, tree: &Tree, links: &[LinkCells]) -> Vec<EffectCells> {
    let ends: Vec<(usize, usize)> = links.iter().map(|link| (link.from, link.to)).collect();
    let (order, _) = in_order(&ends);
    let mut leaving: HashMap<usize, Vec<&LinkCells>> = HashMap::new();
    for link in links {
        leaving.entry(link.from).or_default().push(link);
    }
    let mut driven: HashMap<usize, Vec<EffectCells>> = HashMap::new();
    let mut paths: usize = 0;
    for from in order {
        let mut found: Vec<(usize, Vec<Expression>)> = Vec::new();
        let mut place_of: HashMap<usize, usize> = HashMap::new();
        let mut path = |to: usize, product: Expression| {
            let place = *place_of.entry(to).or_insert_with(|| {
                found.push((to, Vec::new()));
                found.len() - 1
            });
            if let Some((_, products)) = found.get_mut(place) {
                products.push(product);
            }
        };
        for link in leaving.get(&from).into_iter().flatten() {
            let strength = || Expression::cell(link.strength);
            path(link.to, strength());
            let beyond = driven.get(&link.to).map(Vec::as_slice).unwrap_or_default();
            paths += 1 + beyond.len();
            if paths > MOST_PATHS {
                lowering.problem("scorecard.links", LinkError::TooMany { limit: MOST_PATHS });
                return Vec::new();
            }
            for effect in beyond {
                path(effect.to, strength() * Expression::cell(effect.effect));
            }
        }
        let id = |index: usize| tree.node(index).map(|node| node.id.to_string()).unwrap_or_default();
        let effects = found.into_iter().map(|(to, products)| {
            let naming = Naming::new(format!("scorecard.effects.{}.{}", id(from), id(to)));
            let naming = naming.label(between(tree, from, to), "effect");
            let effect = lowering.cells.formula(naming, Expression::fold_of(Function::Max, products));
            EffectCells { from, to, effect }
        });
        let effects = effects.collect();
        driven.insert(from, effects);
    }
    let mut all: Vec<EffectCells> = driven.into_values().flatten().collect();
    all.sort_by_key(|effect| (effect.from, effect.to));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::scorecard::{Criterion, Measure, Scorecard};
    use rust_decimal::dec;

    fn draft(links: Vec<Link>) -> Draft {
        let criteria = ["a", "b", "c", "d", "e"].map(Criterion::judged);
        Draft { scorecard: Some(Scorecard { links, ..Scorecard::new(criteria) }), ..Draft::default() }
    }

    fn link(from: &str, to: &str, strength: Decimal) -> Link {
        Link::new(from, to).strength(Strength::Of(strength))
    }

    #[test]
    fn an_effect_is_the_strongest_path() {
        let links = vec![
            link("a", "b", dec!(0.5)),
            link("b", "d", dec!(0.8)),
            link("a", "c", dec!(0.9)),
            link("c", "d", dec!(0.6)),
            link("d", "e", dec!(0.5)),
            link("a", "d", dec!(0.3)),
        ];
        let figures = Figures::of(draft(links));
        assert_eq!(figures.get("scorecard.links.a.b.strength"), dec!(0.5));
        assert_eq!(figures.get("scorecard.effects.a.b"), dec!(0.5));
        assert_eq!(figures.get("scorecard.effects.a.d"), dec!(0.54)); // by c, not by b (0.4) nor directly (0.3)
        assert_eq!(figures.get("scorecard.effects.a.e"), dec!(0.27));
        assert!(figures.0.base().figure("scorecard.effects.e.a").is_none());
    }

    #[test]
    fn words_stand_for_strengths() {
        let links = Strength::ALL.iter().zip(["b", "c", "d"]);
        let links = links.map(|((_, strength), to)| Link::new("a", to).strength(*strength).lag(4));
        let figures = Figures::of(draft(links.collect()));
        let strengths = ["b", "c", "d"].map(|to| figures.get(&format!("scorecard.links.a.{to}.strength")));
        assert_eq!(strengths, [dec!(0.9), dec!(0.6), dec!(0.3)]);
        assert_eq!(figures.get("scorecard.links.a.b.lag"), dec!(4));
        assert_eq!(Link::new("a", "b").strength, Strength::Medium);
    }

    #[test]
    fn circles_are_named() {
        let one = Link::new;
        let told = problems(draft(vec![one("a", "b"), one("b", "c"), one("c", "a"), one("d", "a"), one("c", "e")]));
        assert_eq!(told, ["scorecard.links.2: the links go round in a circle: `a` -> `b` -> `c` -> `a`"]);
        let told = problems(draft(vec![one("e", "d"), one("a", "b"), one("b", "a"), one("d", "e")]));
        assert_eq!(
            told,
            [
                "scorecard.links.3: the links go round in a circle: `e` -> `d` -> `e`",
                "scorecard.links.2: the links go round in a circle: `a` -> `b` -> `a`",
            ]
        );
    }

    #[test]
    fn of_many_circles_the_first_few_are_told() {
        let ids: Vec<String> = (0..40).map(|number| format!("x{number}")).collect();
        let every = ids.iter().flat_map(|from| ids.iter().map(move |to| Link::new(from.clone(), to.clone())));
        let links = every.filter(|link| link.from != link.to).collect();
        let card = Scorecard { links, ..Scorecard::new(ids.iter().map(Criterion::judged)) };
        let told = problems(Draft { scorecard: Some(card), ..Draft::default() });
        assert_eq!(told.len(), MOST_CIRCLES);
        let many = (0..=MOST_LINKS).map(|_| Link::new("a", "b")).collect();
        assert_eq!(problems(draft(many)), ["scorecard.links: there are 10001 links, more than 10000"]);
    }

    #[test]
    fn a_long_circle_is_cut() {
        let ids: Vec<String> = (1..=13).map(|number| format!("c{number}")).collect();
        let shown = circle(&ids);
        assert!(shown.ends_with("`c11` -> `c12` -> … -> `c1`"), "{shown}");
        assert!(circle(&ids[..12]).ends_with("`c12` -> `c1`"));
    }

    #[test]
    fn a_part_does_not_drive_its_whole() {
        let group = Criterion::group("a", [Criterion::group("b", [Criterion::judged("c")]), Criterion::judged("d")]);
        let links = vec![Link::new("a", "c"), Link::new("c", "b"), Link::new("c", "d")];
        let card = Scorecard { links, ..Scorecard::new([group]) };
        assert_eq!(
            problems(Draft { scorecard: Some(card), ..Draft::default() }),
            [
                "scorecard.links.0.to: `c` stands under `a`, and a part neither drives its whole nor is driven by it",
                "scorecard.links.1.to: `c` stands under `b`, and a part neither drives its whole nor is driven by it",
            ]
        );
    }

    #[test]
    fn mistakes() {
        let told = problems(draft(vec![
            Link::new("a", "f"),
            Link::new("b", "b"),
            Link::new("a", "c"),
            Link::new("a", "c").strength(Strength::Of(dec!(1.5))),
            Link::new("a", "d").strength(Strength::Of(dec!(0))).lag(1_001),
        ]));
        assert_eq!(
            told,
            [
                "scorecard.links.0.to: there is no criterion `f` to link",
                "scorecard.links.1.to: `b` cannot drive itself",
                "scorecard.links.3.strength: the strength of a link is above 0 and at most 1, not 1.5",
                "scorecard.links.3: the link from `a` to `c` is stated twice",
                "scorecard.links.4.strength: the strength of a link is above 0 and at most 1, not 0",
                "scorecard.links.4.lag: a lag of 1001 periods is longer than 1000",
            ]
        );
    }

    #[test]
    fn correlations_over_periods() {
        use crate::{Amount, Period};
        let months = (1..=8).map(|month| format!("2026-{month:02}").parse::<Period>().unwrap());
        let months: Vec<Period> = months.collect();
        let measured = |id: &str, values: [i64; 8]| {
            let values = months.iter().copied().zip(values.map(Decimal::from)).collect();
            Criterion::indicator(id, Measure::target(0, 100).actual(Amount::PerPeriod(values)))
        };
        // the effect follows the cause two months later, and the third goes the other way at once
        let cause = measured("cause", [10, 50, 20, 40, 30, 60, 80, 20]);
        let group = Criterion::group("group", [measured("effect", [5, 5, 15, 35, 20, 30, 25, 40])]);
        let against = measured("against", [90, 50, 80, 60, 70, 40, 20, 80]);
        let single = Criterion::judged("single");
        let links = vec![
            Link::new("cause", "group").lag(2),
            Link::new("cause", "against"),
            Link::new("cause", "effect").lag(4),
            Link::new("cause", "single"),
        ];
        let periods = |at: usize| crate::Periods { at: Some(months[at]), ..crate::Periods::new(months[0], months[7]) };
        let figures = |at| {
            let criteria = [cause.clone(), group.clone(), against.clone(), single.clone()];
            let card = Scorecard { links: links.clone(), periods: Some(periods(at)), ..Scorecard::new(criteria) };
            Figures::of(Draft { scorecard: Some(card), ..Draft::default() })
        };
        let last = figures(7);
        let get = |figure: &str| last.get(&format!("scorecard.links.cause.{figure}"));
        assert_eq!([get("group.pairs"), get("group.correlation"), get("group.p")], [dec!(6), dec!(1), dec!(0)]);
        assert_eq!([get("against.pairs"), get("against.correlation")], [dec!(8), dec!(-1)]);
        assert_eq!(get("effect.pairs"), dec!(4));
        let too_few = Cause::TooFewValues { needed: 5 };
        assert_eq!(last.cause("scorecard.links.cause.effect.correlation"), too_few);
        assert!(last.0.base().figure("scorecard.links.cause.single.correlation").is_none());
        // what comes after the evaluated period is not known yet
        let earlier = figures(5);
        assert_eq!(earlier.get("scorecard.links.cause.against.pairs"), dec!(6));
        assert_eq!(earlier.cause("scorecard.links.cause.group.correlation"), too_few);
    }

    #[test]
    fn paths_are_limited() {
        let ids: Vec<String> = (0..80).map(|number| format!("x{number}")).collect();
        let links = ids.iter().enumerate().flat_map(|(from, cause)| {
            ids.iter().skip(from + 1).map(move |effect| Link::new(cause.clone(), effect.clone()))
        });
        let card = Scorecard { links: links.collect(), ..Scorecard::new(ids.iter().map(Criterion::judged)) };
        let told = problems(Draft { scorecard: Some(card), ..Draft::default() });
        assert_eq!(told, ["scorecard.links: the links make more than 50000 paths"]);
    }
}
