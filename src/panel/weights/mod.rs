//! How much criteria weigh among their siblings: stated, ranked, compared, voted or drawn from data; always summing to
//! exactly 1.

mod ahp;
mod combination;
mod data;
mod direct;
mod error;
mod group;
mod judgement;
mod life_cycle;
mod method;
mod points;
mod ranks;

pub use ahp::{Aggregation, Ahp, AhpError, Comparison, JudgementSet, Judgements};
pub(crate) use ahp::{AhpCells, MatrixCells};
pub use combination::{Combination, CombinationError, How};
pub(crate) use data::DataCells;
pub use data::{DataError, DataMethod, DataWeights, Direction, UnitData, UnitValues};
pub use error::WeightError;
pub use judgement::{Judgement, JudgementError};
pub use method::{SiblingWeights, Weighing, WeightMethod};
pub(crate) use points::PointCells;
pub use points::{Allocation, Points, PointsError, PointsKind};
pub(crate) use ranks::RankCells;
pub use ranks::{Order, RankAggregation, Ranking, Ranks, RanksError};

pub use crate::kernel::RankConversion;
pub use crate::kernel::ahp::{PriorityMethod, RandomIndex};

use self::group::{Decided, Group, Importance, MOST_REPAIRS, Rated, address, naming, weight};
use super::{AuthorityCells, DelphiCells};
use crate::amount::Lowering;
use crate::model::{CellId, Expression, Function};
use crate::scorecard::{Node, ROOT, Tree, WeightCells};
use std::cell::Cell;
use std::collections::HashMap;

/// The cells behind the weights of a group, as a report lists them.
#[derive(Debug, Clone)]
pub(crate) enum EvidenceCells {
    Ahp(AhpCells),
    Ranks(RankCells),
    Points(PointCells),
    Data(DataCells),
    /// The weights of the two parts of a combination.
    Parts {
        subjective: CellId,
        objective: CellId,
    },
}

/// A group that is weighed by evidence of its own.
#[derive(Debug, Clone)]
pub(crate) struct GroupCells {
    /// The node of the parent.
    pub(crate) parent: usize,
    /// The row of weights.
    pub(crate) weights: CellId,
    /// The methods of the two parts of a combination.
    pub(crate) parts: Vec<WeightMethod>,
    pub(crate) evidence: Vec<EvidenceCells>,
}

/// The weights of all criteria, in the order of the tree, and how each group came by them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weighting {
    /// `None` for the whole, which has no weight.
    pub(crate) cells: Vec<Option<WeightCells>>,
    /// The method for the children of each criterion that has some.
    pub(crate) methods: Vec<(usize, WeightMethod)>,
    /// The groups that have evidence of their own.
    pub(crate) groups: Vec<GroupCells>,
}

/// Defines the weights of every group of siblings, parents first.
pub(crate) fn define(
    lowering: &mut Lowering,
    tree: &Tree,
    delphi: Option<&DelphiCells>,
    authority: &AuthorityCells,
    weighing: &[SiblingWeights],
) -> Weighting {
    let mut weighting = Weighting { cells: vec![None; tree.nodes.len()], ..Weighting::default() };
    let by_parent = by_parent(lowering, tree, weighing);
    let repairs = Cell::new(MOST_REPAIRS);
    for (index, parent) in tree.nodes.iter().enumerate() {
        let siblings: Vec<(usize, &Node)> =
            parent.children.iter().filter_map(|child| Some((*child, tree.node(*child)?))).collect();
        if siblings.is_empty() {
            continue;
        }
        let stated = by_parent.get(&index).copied();
        let rated = delphi.and_then(|delphi| delphi.last_round_rating(index));
        let rated = rated.map(|(round, group)| Rated { round, weights: group.weights, is_all_zero: group.is_all_zero });
        let group = Group { parent, siblings: &siblings, rated, authority, repairs: &repairs };
        let Decided { method, importance, axis, parts, evidence } = group.decide(lowering, stated);
        weighting.methods.push((index, method));
        let local = match importance {
            Importance::Shares => direct::cells(lowering, &siblings),
            Importance::Whole => {
                siblings.iter().map(|(_, node)| weight(lowering, node, Expression::number(1))).collect()
            }
            Importance::Known(row) => group.shared_out(lowering, Expression::cell(row)).1,
            Importance::Of(importance) => {
                let axis = axis.unwrap_or_else(|| group.axis(lowering));
                let row = Expression::row(axis, importance);
                group.shared_out(lowering, Expression::call(Function::Shares, [row])).1
            }
            Importance::Row(row) => {
                let (weights, local) = group.shared_out(lowering, Expression::call(Function::Shares, [row]));
                weighting.groups.push(GroupCells { parent: index, weights, parts, evidence });
                local
            }
        };
        let above = weighting.cells.get(index).copied().flatten();
        for ((child, node), local) in siblings.into_iter().zip(local) {
            let product = match above {
                Some(above) => Expression::cell(above.global) * Expression::cell(local),
                None => Expression::cell(local),
            };
            let global = lowering.cells.formula(naming(node, "global_weight", "global weight"), product);
            if let Some(place) = weighting.cells.get_mut(child) {
                *place = Some(WeightCells { local, global });
            }
        }
    }
    weighting
}

/// What is stated about each group, by the node of its parent.
fn by_parent<'w>(lowering: &mut Lowering, tree: &Tree, weighing: &'w [SiblingWeights]) -> HashMap<usize, &'w Weighing> {
    let mut by_parent = HashMap::new();
    for SiblingWeights { parent, weighing } in weighing {
        let at = address(parent);
        let index = if parent == ROOT { Some(0) } else { tree.find(parent) };
        let Some((index, node)) = index.and_then(|index| Some((index, tree.node(index)?))) else {
            let groups = tree.nodes.iter().filter(|node| !node.children.is_empty()).map(|node| &*node.id);
            let nearest = lowering.nearest(parent, groups);
            lowering.problem(at, WeightError::UnknownGroup { parent: parent.clone(), nearest });
            continue;
        };
        if node.children.is_empty() {
            lowering.problem(at, WeightError::NoChildren { parent: parent.clone() });
        } else if by_parent.insert(index, weighing).is_some() {
            lowering.problem(at, WeightError::GroupTwice { parent: parent.clone() });
        }
    }
    by_parent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::{Figures, problems};
    use crate::panel::{Delphi, Round};
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::{Decimal, dec};

    fn draft(weights: &[Option<Decimal>]) -> Draft {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        let children =
            names.iter().zip(weights).map(|(id, weight)| Criterion { weight: *weight, ..Criterion::judged(*id) });
        Draft { scorecard: Some(Scorecard::new(children)), ..Draft::default() }
    }

    fn weights(draft: Draft) -> Vec<Decimal> {
        let ids: Vec<String> =
            draft.scorecard.iter().flat_map(|card| &card.perspectives).map(|c| c.id.clone()).collect();
        let figures = Figures::of(draft);
        ids.iter().map(|id| figures.get(&format!("scorecard.{id}.weight"))).collect()
    }

    #[test]
    fn weights_sum_to_exactly_one() {
        for count in 1..=7 {
            let weights = weights(draft(&vec![None; count]));
            assert_eq!(weights.iter().sum::<Decimal>(), Decimal::ONE, "{weights:?}");
        }
        // a seventh cannot be written down, so the first of the equal largest takes the remainder
        assert_eq!(weights(draft(&[None; 7]))[0], dec!(0.1428571428571428571428571426));
    }

    #[test]
    fn points_are_normalised_and_shares_are_taken_as_they_are() {
        let given = |weights: &[i64]| -> Vec<_> { weights.iter().map(|weight| Some(Decimal::from(*weight))).collect() };
        assert_eq!(weights(draft(&given(&[3, 1]))), [dec!(0.75), dec!(0.25)]);
        assert_eq!(weights(draft(&given(&[1, 0]))), [dec!(1), dec!(0)]);
        assert_eq!(weights(draft(&[Some(dec!(0.65)), Some(dec!(0.35))])), [dec!(0.65), dec!(0.35)]);
    }

    #[test]
    fn weights_that_do_not_add_up_are_refused() {
        for (weights, told) in [
            (
                vec![Some(dec!(0.5)), Some(dec!(0.4))],
                "scorecard.a.weight: the weights under `scorecard` add up to 90 %, not 100 %",
            ),
            (vec![Some(dec!(0.5)), None], "scorecard.b: `b` has no weight, but its sibling `a` has one"),
            (vec![Some(dec!(1.5)), Some(dec!(-0.5))], "scorecard.b.weight: the weight of `b` is negative"),
            (vec![Some(dec!(0)), Some(dec!(0))], "scorecard.a.weight: the weights under `scorecard` are all 0"),
        ] {
            assert_eq!(problems(draft(&weights)), [told]);
        }
    }

    #[test]
    fn the_last_round_that_rated_a_group_weighs_it() {
        let mut draft = draft(&[None, None]);
        let inner = Criterion::group("inner", [Criterion::judged("x"), Criterion::judged("y")]);
        draft.scorecard.as_mut().unwrap().perspectives.push(inner);
        draft.delphi = Some(Delphi {
            experts: vec!["one".into(), "two".into()],
            rounds: vec![
                Round::of([("a", [1, 1]), ("b", [1, 1]), ("inner", [1, 1]), ("x", [1, 2]), ("y", [3, 4])]),
                Round::of([("a", [5, 5]), ("b", [3, 3]), ("inner", [2, 2])]),
            ],
            ..Delphi::default()
        });
        let figures = Figures::of(draft.clone());
        assert_eq!(figures.get("scorecard.a.weight"), dec!(0.5));
        assert_eq!(figures.get("scorecard.x.weight"), dec!(0.3));
        assert_eq!(figures.get("scorecard.x.global_weight"), dec!(0.06));
        draft.scorecard.as_mut().unwrap().perspectives[0].weight = Some(dec!(0.5));
        let told = problems(draft);
        assert_eq!(told, ["scorecard.a.weight: `a` is weighed twice: directly and by the panel"]);
    }

    fn judged(pairs: &[(&str, &str, &str)]) -> Vec<(String, String, Judgement)> {
        let judged =
            |(item, over, text): &(&str, &str, &str)| ((*item).to_owned(), (*over).to_owned(), text.parse().unwrap());
        pairs.iter().map(judged).collect()
    }

    fn by(weighing: Weighing, count: usize) -> Draft {
        Draft { weighing: vec![SiblingWeights::new("scorecard", weighing)], ..draft(&vec![None; count]) }
    }

    fn listed(ids: &[&str]) -> Order {
        Order::listed(ids.iter().copied())
    }

    /// An expert, where there is one, and points by criterion.
    type Given<'a> = (Option<&'a str>, &'a [(&'a str, i64)]);

    fn points(kind: PointsKind, allocations: &[Given]) -> Weighing {
        let allocation = |(expert, points): &Given| Allocation {
            expert: expert.map(str::to_owned),
            points: points.iter().map(|(id, points)| ((*id).to_owned(), Decimal::from(*points))).collect(),
        };
        Weighing::Points(Points { kind, allocations: allocations.iter().map(allocation).collect() })
    }

    fn table(method: DataMethod, rows: &[&[i64]]) -> DataWeights {
        let row = |(number, row): (usize, &&[i64])| {
            UnitData::in_order(format!("unit_{number}"), row.iter().copied().map(Decimal::from))
        };
        DataWeights::new(method, rows.iter().enumerate().map(row))
    }

    #[test]
    fn one_criterion_weighs_everything_in_every_way() {
        let ranks = Ranks::new([Ranking::common(listed(&["a"]))]);
        for weighing in [
            Weighing::Ahp(Ahp::new([JudgementSet::common(judged(&[]))])),
            Weighing::Ranks(ranks),
            points(PointsKind::Swing, &[(None, &[("a", 100)])]),
            Weighing::Data(table(DataMethod::Entropy, &[&[1], &[3]])),
            Weighing::Data(table(DataMethod::Entropy, &[&[1], &[1]])),
            Weighing::Data(table(DataMethod::Critic, &[&[1], &[3]])),
            Weighing::Data(table(DataMethod::Critic, &[&[2], &[2]])),
            Weighing::Equal,
        ] {
            assert_eq!(weights(by(weighing, 1)), [dec!(1)]);
        }
        let figures = Figures::of(by(Weighing::Data(table(DataMethod::Critic, &[&[1], &[1]])), 1));
        assert!(figures.0.base().report().findings.is_empty());
    }

    #[test]
    fn indicators_that_say_the_same_have_no_conflict() {
        for rows in [[&[1, 10, 7], &[2, 20, 7], &[4, 40, 7]], [&[1, 5, 7], &[2, 5, 7], &[4, 5, 7]]] {
            let rows = rows.map(|row: &[i64; 3]| &row[..]);
            let figures = Figures::of(by(Weighing::Data(table(DataMethod::Critic, &rows)), 3));
            assert_eq!(figures.cause("scorecard.a.weight"), crate::model::Cause::NoConflict);
            assert_eq!(figures.get("data.scorecard.conflict.a"), dec!(0));
            assert_eq!(figures.cause("data.scorecard.no_conflict"), crate::model::Cause::NoConflict);
        }
    }

    #[test]
    fn an_expert_who_judges_nothing_is_refused() {
        let sets =
            [JudgementSet::by("x", judged(&[("a", "b", "2"), ("a", "c", "2")])), JudgementSet::by("y", judged(&[]))];
        assert_eq!(
            problems(by(Weighing::Ahp(Ahp::new(sets)), 3)),
            ["weights.groups.scorecard.ahp.judgements.y: `y` judges no pair"]
        );
        let gaps = ["a", "b"].map(|id| (id.to_owned(), vec![None, None]));
        let matrix = JudgementSet { expert: Some("y".into()), judgements: Judgements::Matrix(gaps.into()) };
        let sets = [JudgementSet::by("x", judged(&[("a", "b", "2")])), matrix];
        assert_eq!(
            problems(by(Weighing::Ahp(Ahp::new(sets)), 2)),
            ["weights.groups.scorecard.ahp.matrices.y: `y` judges no pair"]
        );
    }

    #[test]
    fn two_criteria_cannot_contradict_each_other() {
        let ahp = Ahp::new([JudgementSet::common(judged(&[("b", "a", "1/3")]))]);
        let figures = Figures::of(by(Weighing::Ahp(ahp), 2));
        assert_eq!(figures.get("scorecard.a.weight"), dec!(0.75));
        for id in ["consistency_index", "consistency_ratio", "gci", "random_index"] {
            assert_eq!(figures.get(&format!("ahp.scorecard.{id}")), dec!(0), "{id}");
        }
        assert_eq!(figures.get("ahp.scorecard.lambda_max"), dec!(2));
        assert_eq!(figures.get("ahp.scorecard.judgement.a.b"), dec!(3));
        assert!(figures.0.base().figure("ahp.scorecard.repair.a.b").is_none());
    }

    #[test]
    fn experts_are_brought_together_by_authority() {
        let sets = || {
            [
                JudgementSet::by("sales", judged(&[("a", "b", "2")])),
                JudgementSet::by("controlling", judged(&[("a", "b", "8")])),
            ]
        };
        let authority = vec![
            super::super::Authority::new("sales", dec!(0.9)),
            super::super::Authority::new("controlling", dec!(0.3)),
        ];
        let of = |aggregation, authority| {
            let ahp = Ahp { aggregation, ..Ahp::new(sets()) };
            Figures::of(Draft { authority, ..by(Weighing::Ahp(ahp), 2) })
        };
        // the geometric mean of 2 and 8 is 4
        assert_eq!(of(Aggregation::Judgements, Vec::new()).get("scorecard.a.weight"), dec!(0.8));
        // 2^0.75 8^0.25 = 2.828, the square root of 8
        let weighted = of(Aggregation::Judgements, authority.clone());
        assert_eq!(weighted.get("ahp.scorecard.matrix.a.b").round_dp(9), dec!(2.828427125));
        // (2/3 + 8/9) / 2, and 0.75 (2/3) + 0.25 (8/9)
        let mean = of(Aggregation::Priorities, Vec::new()).get("scorecard.a.weight");
        assert_eq!(mean.round_dp(10), dec!(0.7777777778));
        let weighted = of(Aggregation::Priorities, authority);
        assert_eq!(weighted.get("scorecard.a.weight").round_dp(10), dec!(0.7222222222));
        assert_eq!(weighted.get("weights.scorecard.authority.sales"), dec!(0.75));
        assert_eq!(weighted.get("ahp.scorecard.expert.priorities.sales.a").round_dp(10), dec!(0.6666666667));
        assert!(weighted.0.base().figure("ahp.scorecard.matrix.a.b").is_none());
    }

    #[test]
    fn missing_judgements_are_estimated_and_counted() {
        let ahp = Ahp::new([JudgementSet::common(judged(&[("a", "b", "2"), ("b", "c", "3")]))]);
        let figures = Figures::of(by(Weighing::Ahp(ahp), 3));
        assert_eq!(figures.cause("ahp.scorecard.matrix.a.c"), crate::model::Cause::NotAnswered);
        assert_eq!(figures.get("ahp.scorecard.completed.a.c"), dec!(6));
        assert_eq!(figures.get("scorecard.a.weight"), dec!(0.6));
        // nothing is judged twice, by whatever way
        for id in ["consistency_index", "consistency_ratio", "gci"] {
            assert_eq!(figures.cause(&format!("ahp.scorecard.{id}")), crate::model::Cause::NothingRedundant);
        }
        let report = figures.0.base().report();
        assert!(report.findings.iter().any(|finding| finding.code == "weights.judgements_missing"));
        // an expert may leave out what others judge
        let sets = [
            JudgementSet::by("one", judged(&[("a", "b", "2")])),
            JudgementSet::by("other", judged(&[("b", "c", "3")])),
        ];
        let figures = Figures::of(by(Weighing::Ahp(Ahp::new(sets)), 3));
        assert_eq!(figures.get("scorecard.a.weight"), dec!(0.6));
        assert_eq!(figures.cause("ahp.scorecard.expert.priorities.one.a"), crate::model::Cause::Unconnected);
    }

    #[test]
    fn ranks_of_several_experts() {
        let rankings = || {
            [
                Ranking::of("one", listed(&["a", "b", "c"])),
                Ranking::of(
                    "other",
                    Order::Ranks([("a", 2), ("b", 1), ("c", 2)].map(|(id, rank)| (id.into(), rank.into())).into()),
                ),
            ]
        };
        // (11/18 + 7/36) / 2 and (5/18 + 11/18) / 2
        let figures = Figures::of(by(Weighing::Ranks(Ranks::new(rankings())), 3));
        assert_eq!(figures.get("scorecard.a.weight").round_dp(10), dec!(0.4027777778));
        assert_eq!(figures.get("scorecard.b.weight").round_dp(10), dec!(0.4444444444));
        // mean ranks 1.75, 1.5 and 2.75
        let ranks = Ranks { aggregation: RankAggregation::Ranks, ..Ranks::new(rankings()) };
        let figures = Figures::of(by(Weighing::Ranks(ranks), 3));
        assert_eq!(figures.get("weights.scorecard.mean_ranks.a"), dec!(1.75));
        assert_eq!(figures.get("scorecard.b.weight").round_dp(10), dec!(0.6111111111));
        // all of the same rank
        let tied = Order::Ranks(["a", "b", "c", "d"].map(|id| (id.into(), dec!(1))).into());
        assert_eq!(weights(by(Weighing::Ranks(Ranks::new([Ranking::common(tied)])), 4)), [dec!(0.25); 4]);
    }

    #[test]
    fn points_of_several_experts_count_the_same_whatever_their_total() {
        let allocations: &[Given] = &[(Some("one"), &[("a", 60), ("b", 40)]), (Some("other"), &[("a", 1), ("b", 0)])];
        assert_eq!(weights(by(points(PointsKind::Allocation, allocations), 2)), [dec!(0.8), dec!(0.2)]);
    }

    #[test]
    fn what_is_the_same_for_all_units_weighs_nothing() {
        for method in [DataMethod::Entropy, DataMethod::Critic] {
            let figures = Figures::of(by(Weighing::Data(table(method, &[&[1, 5, 3], &[2, 5, 1], &[3, 5, 1]])), 3));
            assert_eq!(figures.get("scorecard.b.weight"), dec!(0), "{method:?}");
            assert!(figures.get("scorecard.a.weight") > dec!(0));
            assert!(figures.0.base().report().findings.iter().any(|finding| finding.code == "weights.constant"));
            let figures = Figures::of(by(Weighing::Data(table(method, &[&[1, 5], &[1, 5]])), 2));
            assert_eq!(figures.cause("scorecard.a.weight"), crate::model::Cause::NothingToShare);
            assert!(figures.0.base().report().findings.iter().any(|finding| finding.code == "weights.none"));
        }
    }

    #[test]
    fn nearly_even_columns_keep_their_digits() {
        let rows: [&[i64]; 3] = [
            &[1_000_000, 1_000_000, 5_000_000],
            &[1_000_001, 1_000_002, 5_000_004],
            &[1_000_003, 1_000_001, 5_000_009],
        ];
        let figures = Figures::of(by(Weighing::Data(table(DataMethod::Entropy, &rows)), 3));
        // half the variances of x / mean: 14/9, 2/3 and 122/225, nearly
        let weights = ["a", "b", "c"].map(|id| figures.get(&format!("scorecard.{id}.weight")).round_dp(4));
        assert_eq!(weights, [dec!(0.5627), dec!(0.2412), dec!(0.1961)]);
        let sum = figures.get("data.scorecard.entropy.b") + figures.get("data.scorecard.divergence.b");
        assert_eq!(sum, dec!(1));
        // one differs, however little
        let constant = |rows: &[&[i64]]| {
            let figures = Figures::of(by(Weighing::Data(table(DataMethod::Entropy, rows)), 2));
            let findings = figures.0.base().report().findings;
            findings.iter().filter(|finding| finding.code == "weights.constant").count()
        };
        assert_eq!(constant(&[&[1, 100_000_000_000_000], &[2, 100_000_000_000_001]]), 0);
        assert_eq!(constant(&[&[1, 100_000_000_000_000], &[2, 100_000_000_000_000]]), 1);
    }

    #[test]
    fn chains_of_large_judgements_have_weights() {
        let ids: Vec<String> = (0..15).map(|number| format!("i{number}")).collect();
        for (criteria, judgement) in [(8, "9"), (10, "strong"), (15, "9"), (15, "1/9")] {
            let chain = ids.windows(2).take(criteria - 1);
            let chain = chain.map(|pair| (pair[0].as_str(), pair[1].as_str(), judgement));
            let ahp = Ahp::new([JudgementSet::common(judged(&chain.collect::<Vec<_>>()))]);
            let perspectives = ids.iter().take(criteria).map(Criterion::judged);
            let figures = Figures::of(Draft {
                scorecard: Some(Scorecard::new(perspectives)),
                weighing: vec![SiblingWeights::new("scorecard", Weighing::Ahp(ahp))],
                ..Draft::default()
            });
            let [one, other] = ["i0", "i1"].map(|id| figures.get(&format!("ahp.scorecard.priorities.{id}")));
            let times = judgement.parse::<Judgement>().unwrap().value();
            assert!((one / other / times - dec!(1)).abs() < dec!(0.0001), "{criteria} {judgement}: {one} {other}");
            let lambda = figures.get("ahp.scorecard.lambda_max");
            assert!((lambda - Decimal::from(criteria)).abs() < dec!(0.000001), "{lambda}");
        }
    }

    #[test]
    fn directions_follow_the_measure() {
        let mut draft = by(Weighing::Data(table(DataMethod::Critic, &[&[1, 1, 8], &[2, 2, 12], &[4, 4, 24]])), 3);
        let card = draft.scorecard.as_mut().unwrap();
        card.perspectives[1].measure = Some(crate::scorecard::Measure::target(72, 36));
        card.perspectives[2].measure = Some(crate::scorecard::Measure::band(dec!(10), dec!(20), dec!(5)));
        let figures = Figures::of(draft);
        let scaled =
            |unit: u32| ["a", "b", "c"].map(|id| figures.get(&format!("data.scorecard.scaled.unit_{unit}.{id}")));
        assert_eq!(scaled(0), [dec!(0), dec!(1), dec!(0.5)]);
        assert_eq!(scaled(2), [dec!(1), dec!(0), dec!(0)]);
        assert_eq!(figures.get("data.scorecard.scaled.unit_1.c"), dec!(1));
    }

    #[test]
    fn directions_are_shown_in_words_and_gaps_where_there_are_some() {
        let directions = [("b", Direction::Cost), ("c", Direction::Band { low: dec!(7), high: dec!(7) })];
        let directions = directions.map(|(id, direction)| (id.to_owned(), direction)).into();
        let data = DataWeights { directions, ..table(DataMethod::Entropy, &[&[1, 1, 8], &[2, 2, 12], &[4, 1, 24]]) };
        let report = Figures::of(by(Weighing::Data(data), 3)).0.base().report();
        assert!(report.to_markdown().contains("| Best | the most | the least | 7 |"), "{}", report.to_markdown());
        let direction = report.figures().find(|figure| figure.id() == "data.scorecard.direction.b");
        assert_eq!(direction.unwrap().value, crate::report::Value::Names(vec!["cost".to_owned()]));
        let said = |pairs: &[(&str, &str, &str)]| {
            let draft = by(Weighing::Ahp(Ahp::new([JudgementSet::common(judged(pairs))])), 3);
            Figures::of(draft).0.base().report().to_markdown().contains("pairs that nobody judged")
        };
        assert!(said(&[("a", "b", "2"), ("b", "c", "2")]));
        assert!(!said(&[("a", "b", "2"), ("b", "c", "2"), ("a", "c", "2")]));
    }

    #[test]
    fn two_methods_in_one() {
        let both = |how| {
            let combination = Combination {
                subjective: points(PointsKind::Allocation, &[(None, &[("a", 60), ("b", 40)])]),
                objective: points(PointsKind::Swing, &[(None, &[("a", 25), ("b", 100)])]),
                how,
            };
            Figures::of(by(Weighing::Combination(Box::new(combination)), 2))
        };
        let linear = both(How::Linear { alpha: dec!(0.75) });
        assert_eq!(linear.get("scorecard.a.weight"), dec!(0.5)); // 0.75 x 0.6 + 0.25 x 0.2
        assert_eq!(linear.get("weights.scorecard.subjective.a"), dec!(0.6));
        assert_eq!(linear.get("points.scorecard.objective.b"), dec!(100));
        // 0.12 and 0.32 over their sum
        assert_eq!(both(How::Multiplicative).get("scorecard.a.weight").round_dp(10), dec!(0.2727272727));
        let nested = Combination {
            subjective: Weighing::Equal,
            objective: Weighing::Combination(Box::new(Combination {
                subjective: Weighing::Equal,
                objective: Weighing::Equal,
                how: How::Multiplicative,
            })),
            how: How::Multiplicative,
        };
        assert_eq!(
            problems(by(Weighing::Combination(Box::new(nested)), 2)),
            [
                "weights.groups.scorecard.combination.objective: a combination has two methods, and neither is a combination"
            ]
        );
        // weights that exclude each other leave nothing
        let exclusive = Combination {
            subjective: points(PointsKind::Allocation, &[(None, &[("a", 1), ("b", 0)])]),
            objective: points(PointsKind::Allocation, &[(None, &[("a", 0), ("b", 1)])]),
            how: How::Multiplicative,
        };
        let figures = Figures::of(by(Weighing::Combination(Box::new(exclusive)), 2));
        assert_eq!(figures.cause("scorecard.a.weight"), crate::model::Cause::NothingToShare);
    }

    #[test]
    fn a_voice_without_a_name_is_the_only_one() {
        let ranks = Ranks::new([Ranking::common(listed(&["a"])), Ranking::of("one", listed(&["a"]))]);
        assert_eq!(problems(by(Weighing::Ranks(ranks), 1)).len(), 1);
        let nobody = problems(by(Weighing::Ranks(Ranks::new([])), 1));
        assert_eq!(nobody, ["weights.groups.scorecard.ranks: nothing is stated to weigh what is under `scorecard` by"]);
    }

    #[test]
    fn judgements_are_traced_to_where_they_were_written() {
        let sets = [JudgementSet::by("one", judged(&[("a", "b", "2"), ("c", "a", "1/3"), ("b", "c", "2")]))];
        let appraisal = crate::Appraisal::new(by(Weighing::Ahp(Ahp::new(sets)), 3)).unwrap();
        let explained = appraisal.base().explain("scorecard.a.weight").unwrap();
        let sources: Vec<&str> = explained.steps.iter().filter_map(|step| step.source.as_deref()).collect();
        for pair in ["a.b", "c.a", "b.c"] {
            let at = format!("weights.groups.scorecard.ahp.judgements.one.{pair}");
            assert!(sources.contains(&&*at), "{at}: {sources:?}");
        }
    }
}
