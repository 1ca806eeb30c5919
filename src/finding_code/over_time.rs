//! Codes about what several periods of a scorecard say.

use super::{FindingCode, Severity, Texts, codes};

codes! {
    REVIEW_MOVES_TOGETHER = "review.moves_together", Information;
        title: "Indicators that move together", "同步变动的指标";
        why: "Two indicators that always move together count one thing twice, and the weight of both is that of the one.", "两项始终同步变动的指标重复计量同一事物，其权重实际叠加。";
        how: "Raised for each two indicators of one parent that no link joins, where `review.together.ONE.OTHER.correlation`, Pearson's correlation of their actual values from six pairs of periods on, is at least `moves_together` away from 0.";
        remedy: "keep the one that somebody can act on; if the one drives the other, write it under `links:`", "保留可据以行动的一项；若一项驱动另一项，请写入`links:`";
        source: "redundancy as in the CRITIC method (Diakoulaki and others 1995); the limit is a default of this library";
    REVIEW_BELOW_YEAR_BEFORE = "review.target_below_year_before", Warning;
        title: "A target worse than what was reached a year before", "目标劣于上年同期实绩";
        why: "A target that was passed a year before asks nobody to do anything, and its score praises a decline.", "上年已达到的目标不要求任何努力，其得分反而肯定了退步。";
        how: "Raised where the target of the period is worse than the actual value of the same period a year before, `scorecard.ID.year_before`; which way is better follows from base and target.";
        remedy: "set the target beyond what was reached, or say in the source why less is expected", "将目标设于已达水平之上，或在来源中说明降低的理由";
        source: "practice of target setting; no primary source was read";
    REVIEW_NEVER_REACHED = "review.target_never_reached", Information;
        title: "A target that was reached in no period", "各期均未达到的目标";
        why: "Nobody works towards a target that is out of reach; and if it is not, the effort is elsewhere.", "遥不可及的目标无人追求；若可及，则力气用在了别处。";
        how: "Raised where the best progress of all periods so far, `review.best.ID`, is below 100 %, there are at least four periods with progress, and the target was due: each period has its own, or the date has come.";
        remedy: "look at what was done about it, and agree on a target that can be reached", "检讨已采取的措施，并商定可实现的目标";
        source: "Locke and Latham: goals drive effort as long as they are accepted; no primary source was read";
    SCORECARD_CARRIED = "scorecard.carried_forward", Information;
        title: "A value of an earlier period stands in", "沿用前期数值";
        why: "The score of the period rests on a value of another one, and cannot show what happened since.", "本期得分依据前期数值，无法反映其后的变化。";
        how: "Raised for each indicator that has no value at the evaluated period and for which `carry_forward` lets an earlier one stand in.";
        remedy: "give the value of the period as soon as it is known", "一旦得知本期数值即予补充";
        source: "a rule of this library: what stands in is told";
    SCORECARD_YEAR_INCOMPLETE = "scorecard.year_incomplete", Information;
        title: "A year to date without its beginning", "年初至今缺少年初";
        why: "What is added up from the middle of a fiscal year on looks like the year, and is less than it.", "自财年中途累计的数值貌似全年，实则不足。";
        how: "Raised where an indicator has a year to date and the fiscal year of the evaluated period began before the first period, by `scorecard.year_to_date_lacks` periods.";
        remedy: "begin `periods` with the fiscal year and give its values, or read the year to date as what it is", "将`periods`自财年年初起计并补充数值，或按其实际含义解读";
        source: "a rule of this library: what is missing is told";
    SCORECARD_FORECAST_SHORT = "scorecard.forecast_misses_target", Warning;
        title: "The forecast misses the target", "预测无法达到目标";
        why: "If all goes on as before, the target will not be reached when it is due.", "若照现状发展，到期时将无法达到目标。";
        how: "Raised where even the better end of the forecast's interval, `scorecard.ID.forecast_high` or, where less is better, `scorecard.ID.forecast_low`, misses a target that is to come.";
        remedy: "decide what will be done differently and write it under `initiatives:`, or agree on another target", "决定改进措施并写入`initiatives:`，或另行商定目标";
        source: "the prediction interval of a least-squares line; any textbook of regression";
    SCORECARD_BEHIND = "scorecard.behind_plan", Warning;
        title: "An indicator behind plan", "指标落后于计划";
        why: "What is behind early can still be helped.", "及早发现落后，尚可补救。";
        how: "Raised where `scorecard.ID.ahead`, progress less the progress expected by now, is below zero by more than `behind_plan`.";
        remedy: "find out why, and write what is done about it under `initiatives:`", "查明原因，并将措施写入`initiatives:`";
        source: "variance against plan; the limit is a default of this library";
}
