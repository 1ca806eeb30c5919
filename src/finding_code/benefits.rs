//! Codes about what benefits rest on and what came of them.

use super::{FindingCode, Severity, Texts, codes};

codes! {
    BENEFITS_ALL_HOURS = "benefits.all_hours_counted", Warning;
        title: "Every hour saved counts as work", "节约的工时全部计入";
        why: "A part of the time that people save goes into breaks and slack, so an hour saved is no hour of work.", "节约的时间有一部分并未用于工作，不等于一小时产出。";
        how: "Raised for each benefit whose `capacity` has no `conversion`.";
        remedy: "write `conversion:` with the share that becomes productive work, or `conversion: 100%` where that is meant", "以`conversion:`写明转为有效工作的比例；若确为全部，写`conversion: 100%`";
        source: "practice of total-economic-impact studies, which convert about half of the time saved";
    BENEFITS_HOURS_AS_CASH = "benefits.hours_as_cash", Information;
        title: "Hours saved that may be no cash", "节约的工时未必是现金";
        why: "Hours turn into cash only where positions are cut or hiring stops; otherwise the return on cash is lower than shown.", "只有减少岗位或停止招聘，工时才变为现金；否则现金回报低于所示。";
        how: "Raised for each benefit with a `capacity` that does not say whether it is cashable; it then counts as cash.";
        remedy: "write `cashable: false`, or `cashable: true` where positions are cut", "写`cashable: false`；若确会减少岗位，写`cashable: true`";
        source: "practice of benefits management: cashable and non-cashable benefits are told apart";
    BENEFITS_SHORTFALL = "benefits.shortfall", Warning;
        title: "Less came of a benefit than planned", "收益低于计划";
        why: "The business case was decided on the plan; what is measured says that it does not come true.", "投资决策依据的是计划，而实测表明计划并未实现。";
        how: "Raised for each benefit that follows an indicator, where in some year more than the stated limit of what was planned is not realised.";
        remedy: "act on what keeps the indicator below its target, or plan with what is measured", "处理使指标低于目标的原因，或按实测修订计划";
        source: "practice of benefits management: planned and realised benefits are reviewed side by side";
}
