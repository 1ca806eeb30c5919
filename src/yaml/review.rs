//! `scorecard.review:` and the attributes of criteria as written.

use super::fields::{Fields, Reading};
use super::node::Node;
use super::valuation::read_accepted;
use crate::scorecard::{About, DesignReview, Facets, Kind, Level, Nature, Role, Term};

pub(super) fn facets(reading: &mut Reading, fields: &mut Fields) -> Facets {
    Facets {
        kind: fields.choice(reading, "kind", Kind::ALL),
        role: fields.choice(reading, "role", Role::ALL),
        term: fields.choice(reading, "term", Term::ALL),
        nature: fields.choice(reading, "nature", Nature::ALL),
        about: fields.choice(reading, "about", About::ALL),
        level: fields.choice(reading, "level", Level::ALL),
    }
}

pub(super) fn read_review(reading: &mut Reading, node: &Node) -> DesignReview {
    let help =
        "write limits, as in `review: {balance: 20%, most_indicators: 25}`, or `review: {}` for those by default";
    let mut fields = reading.fields(node, "scorecard.review", help);
    let default = DesignReview::default();
    let balance = fields.number(reading, "balance").unwrap_or(default.balance);
    let tied = fields.number(reading, "tied").unwrap_or(default.tied);
    let most_weight = fields.number(reading, "most_weight").unwrap_or(default.most_weight);
    let moves_together = fields.number(reading, "moves_together").unwrap_or(default.moves_together);
    let behind_plan = fields.number(reading, "behind_plan").unwrap_or(default.behind_plan);
    let mut whole = |key: &'static str| {
        let help = format!("write a whole number, as in `{key}: 7`");
        fields.get(key).and_then(|node| reading.whole(node, &format!("scorecard.review.{key}"), &help))
    };
    let most_indicators = whole("most_indicators").unwrap_or(default.most_indicators);
    let most_per_perspective = whole("most_per_perspective").unwrap_or(default.most_per_perspective);
    let at = "scorecard.review.accepted";
    let accepted = fields.get("accepted").map(|node| read_accepted(reading, node, at)).unwrap_or_default();
    fields.finish(reading);
    DesignReview {
        balance,
        tied,
        most_indicators,
        most_per_perspective,
        most_weight,
        moves_together,
        behind_plan,
        accepted,
    }
}
