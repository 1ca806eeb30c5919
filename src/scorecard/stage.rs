//! The stage in the life cycle of a business, and what it makes perspectives and financial themes weigh where nobody says so.

use super::{Framework, Tree};
use rust_decimal::Decimal;

/// Where a business stands in its life cycle: a young one needs growth, a mature one returns, a late one cash.
///
/// **Source**: the stages and the financial themes are those of Kaplan, Norton (1996), *The balanced scorecard*, chapter 3.
/// They give no numbers. [`perspective_weights`](Self::perspective_weights) and [`theme_weights`](Self::theme_weights) are a
/// convention of this crate, used only where nobody weighed a group of siblings, and printed in the report.
///
/// ```
/// use appraise::scorecard::{Criterion, Scorecard, Stage};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let perspectives = ["financial", "customer", "internal_process", "learning_growth"].map(Criterion::judged);
/// let card = Scorecard { stage: Some(Stage::Harvest), ..Scorecard::new(perspectives) };
/// let appraisal = Appraisal::new(Draft { scorecard: Some(card), ..Draft::default() }).unwrap();
/// assert_eq!(appraisal.base().figure("scorecard.financial.weight"), Some(Ok(dec!(0.40))));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Early: investment in products, customers and people.
    Growth,
    /// Mature: returns on the capital invested.
    Sustain,
    /// Late: cash from earlier investments.
    Harvest,
}

/// The financial theme an indicator belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Revenue growth and mix.
    Revenue,
    /// Cost reduction and productivity.
    Productivity,
    /// Asset utilisation and investment strategy.
    Assets,
}

impl Theme {
    /// Every theme and its name in a document.
    pub const ALL: [(&'static str, Theme); 3] =
        [("revenue", Theme::Revenue), ("productivity", Theme::Productivity), ("assets", Theme::Assets)];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Productivity => "productivity",
            Self::Assets => "assets",
        }
    }
}

impl Stage {
    /// Every stage and its name in a document.
    pub const ALL: [(&'static str, Stage); 3] =
        [("growth", Stage::Growth), ("sustain", Stage::Sustain), ("harvest", Stage::Harvest)];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Growth => "growth",
            Self::Sustain => "sustain",
            Self::Harvest => "harvest",
        }
    }

    /// What the perspectives of a framework weigh by convention, in per cent; none for perspectives of one's own.
    pub fn perspective_weights(self, framework: Framework) -> &'static [(&'static str, u32)] {
        match (framework, self) {
            (Framework::BalancedScorecard, Self::Growth) => {
                &[("financial", 20), ("customer", 30), ("internal_process", 25), ("learning_growth", 25)]
            }
            (Framework::BalancedScorecard, Self::Sustain) => {
                &[("financial", 30), ("customer", 25), ("internal_process", 25), ("learning_growth", 20)]
            }
            (Framework::BalancedScorecard, Self::Harvest) => {
                &[("financial", 40), ("customer", 25), ("internal_process", 20), ("learning_growth", 15)]
            }
            (Framework::CrmIndexSystem, Self::Growth) => &[
                ("management_effect", 10),
                ("financial", 15),
                ("customer", 30),
                ("internal_process", 20),
                ("learning_growth", 25),
            ],
            (Framework::CrmIndexSystem, Self::Sustain) => &[
                ("management_effect", 15),
                ("financial", 25),
                ("customer", 25),
                ("internal_process", 20),
                ("learning_growth", 15),
            ],
            (Framework::CrmIndexSystem, Self::Harvest) => &[
                ("management_effect", 20),
                ("financial", 35),
                ("customer", 20),
                ("internal_process", 15),
                ("learning_growth", 10),
            ],
            (Framework::PerformancePyramid, Self::Growth) => &[("market", 60), ("financial", 40)],
            (Framework::PerformancePyramid, Self::Sustain) => &[("market", 50), ("financial", 50)],
            (Framework::PerformancePyramid, Self::Harvest) => &[("market", 40), ("financial", 60)],
            (Framework::Custom, _) => &[],
        }
    }

    /// What the financial themes weigh by convention, in per cent.
    pub fn theme_weights(self) -> [(Theme, u32); 3] {
        let [revenue, productivity, assets] = match self {
            Self::Growth => [60, 20, 20],
            Self::Sustain => [35, 35, 30],
            Self::Harvest => [20, 40, 40],
        };
        [(Theme::Revenue, revenue), (Theme::Productivity, productivity), (Theme::Assets, assets)]
    }
}

/// What one sibling weighs by its stage before the weights are made to sum to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Preset {
    pub(crate) stage: Stage,
    /// The weight of its perspective or theme, a fraction.
    pub(crate) weight: Decimal,
    /// How many siblings share it.
    pub(crate) shared_by: u32,
}

/// Notes the preset of every sibling of each group that has one as a whole.
pub(crate) fn preset(tree: &mut Tree, framework: Framework, stage: Stage) {
    let mut presets: Vec<(usize, Preset)> = Vec::new();
    for parent in &tree.nodes {
        let siblings = || parent.children.iter().filter_map(|child| Some((*child, tree.node(*child)?)));
        let weights = stage.perspective_weights(framework);
        let of_part = siblings().map(|(index, node)| {
            let part = node.place.part?;
            let (_, percent) = weights.iter().find(|(id, _)| *id == part.id)?;
            Some((index, preset_of(stage, *percent, 1)))
        });
        if let Some(whole) = of_part.collect::<Option<Vec<_>>>() {
            presets.extend(whole);
            continue;
        }
        let theme_of = |node: &super::Node| node.criterion.and_then(|criterion| criterion.theme);
        let themes = stage.theme_weights().map(|(theme, percent)| {
            (theme, percent, siblings().filter(|(_, node)| theme_of(node) == Some(theme)).count())
        });
        let of_theme = siblings().map(|(index, node)| {
            let theme = theme_of(node)?;
            let (_, percent, shared_by) = themes.into_iter().find(|(known, ..)| *known == theme)?;
            Some((index, preset_of(stage, percent, u32::try_from(shared_by).ok()?)))
        });
        presets.extend(of_theme.collect::<Option<Vec<_>>>().unwrap_or_default());
    }
    for (index, preset) in presets {
        if let Some(node) = tree.nodes.get_mut(index) {
            node.preset = Some(preset);
        }
    }
}

fn preset_of(stage: Stage, percent: u32, shared_by: u32) -> Preset {
    Preset { stage, weight: Decimal::new(percent.into(), 2), shared_by }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::appraisal::testing::Figures;
    use crate::scorecard::{Criterion, Scorecard};
    use rust_decimal::dec;

    #[test]
    fn presets_are_whole() {
        for (_, stage) in Stage::ALL {
            for (_, framework) in Framework::ALL.into_iter().filter(|(_, framework)| *framework != Framework::Custom) {
                let weights = stage.perspective_weights(framework);
                assert_eq!(weights.iter().map(|(_, percent)| percent).sum::<u32>(), 100);
                let ids: Vec<&str> = framework.parts().iter().map(|part| part.id).collect();
                assert_eq!(weights.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids);
            }
            assert_eq!(stage.theme_weights().iter().map(|(_, percent)| percent).sum::<u32>(), 100);
        }
    }

    fn themed(id: &str, theme: Theme) -> Criterion {
        Criterion { theme: Some(theme), ..Criterion::judged(id) }
    }

    fn figures(perspectives: Vec<Criterion>) -> Figures {
        let card = Scorecard { stage: Some(Stage::Growth), ..Scorecard::new(perspectives) };
        Figures::of(Draft { scorecard: Some(card), ..Draft::default() })
    }

    #[test]
    fn themes_share_their_weight() {
        let indicators = [
            themed("new_sales", Theme::Revenue),
            themed("mix", Theme::Revenue),
            themed("cost", Theme::Productivity),
            themed("turnover", Theme::Assets),
        ];
        let figures = figures(vec![Criterion::group("financial", indicators), Criterion::judged("customer")]);
        assert_eq!(figures.get("scorecard.financial.weight"), dec!(0.4)); // 20 of 20 and 30
        assert_eq!(figures.get("scorecard.new_sales.weight"), dec!(0.3)); // half of 60 %
        assert_eq!(figures.get("scorecard.cost.weight"), dec!(0.2));
        assert_eq!(figures.get("scorecard.mix.stage_weight"), dec!(0.6));
    }

    #[test]
    fn weights_that_are_given_come_first() {
        let given = |id: &str, weight| Criterion::judged(id).weighing(weight);
        let told = figures(vec![given("financial", dec!(0.5)), given("customer", dec!(0.5))]);
        assert_eq!(told.get("scorecard.financial.weight"), dec!(0.5));
        assert!(told.0.base().figure("scorecard.financial.stage_weight").is_none());
        // one perspective that is no part of the framework, and nothing is known about the group
        let foreign = figures(vec![Criterion::judged("financial"), Criterion::judged("society")]);
        assert_eq!(foreign.get("scorecard.financial.weight"), dec!(0.5));
        assert!(foreign.0.base().figure("scorecard.financial.stage_weight").is_none());
    }
}
