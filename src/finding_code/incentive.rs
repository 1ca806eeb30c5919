//! Codes about pay for scores.

use super::{FindingCode, Severity, Texts, codes};

codes! {
    INCENTIVE_REACH = "incentive.out_of_reach", Information;
        title: "A payout that no score can reach", "任何得分均无法达到的支付点";
        why: "What nobody can reach motivates nobody, and makes the largest total look larger than it can be.", "无人可及者不具激励作用，且虚增最高总额。";
        how: "Raised where the last point of the payout curve lies above the highest score there can be: 100 %, or that of a stretch target.";
        remedy: "end the curve at the highest score, or give indicators stretch targets", "将曲线终点设为最高得分，或为指标设挑战目标";
        source: "scores are limited to 0 to 100 %, and to that of a stretch target where there is one";
    INCENTIVE_BUDGET = "incentive.over_budget", Warning;
        title: "More is paid than budgeted", "支付额超预算";
        why: "What the curve promises has to be paid.", "曲线所承诺者必须支付。";
        how: "Raised where `incentive.total` exceeds `incentive.budget`.";
        remedy: "raise the budget, or lower the target pay or the curve", "追加预算，或下调目标奖金或曲线";
        source: "by definition";
    INCENTIVE_MAY_EXCEED = "incentive.may_exceed_budget", Information;
        title: "More could be paid than budgeted", "支付额可能超预算";
        why: "If all reach the cap, the budget does not hold.", "若全部达到上限，则预算不足。";
        how: "Raised where `incentive.largest_total` exceeds `incentive.budget` and the total does not.";
        remedy: "lower the cap, or set the difference aside", "下调上限，或预留差额";
        source: "by definition";
}
