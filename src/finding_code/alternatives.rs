//! Codes about alternatives side by side.

use super::{FindingCode, Severity, Texts, codes};

codes! {
    ALTERNATIVES_DISAGREE = "alternatives.disagree", Information;
        title: "A measure that prefers another alternative", "偏好另一方案的指标";
        why: "Each measure has its own blind side: a ratio does not see size, a rate of return values time at its own rate, a payback stops counting, and costs leave benefits aside.", "各指标各有盲点：比率不见规模，收益率按自身的利率衡量时间，回收期不计其后，成本不计收益。";
        how: "Raised for each measure under which none of the alternatives that are best by the measure that decides has rank 1, with the figures of both and those that explain it: outlays, benefits, lives, the crossover rate and the discount rate. At least one reason is always told.";
        remedy: "follow the net present value unless money is rationed; then rank packages of projects within the budget", "除非资金受限，以净现值为准；资金受限时，应在预算内比较项目组合";
        source: "textbooks of capital budgeting on mutually exclusive projects; I. Fisher, The Theory of Interest (1930), for the crossover rate";
    ALTERNATIVES_LIVES = "alternatives.unequal_lives", Warning;
        title: "Alternatives of unequal lives", "各方案寿命不等";
        why: "Whoever lasts longer costs and brings more in total, so totals and net present values say little of which is better.", "寿命越长，总成本与总收益越大，因此总额与净现值难以说明优劣。";
        how: "Raised where the alternatives do not all have the same `life`, with the equivalent annual value (or cost) of each.";
        remedy: "compare equivalent annual values or costs, which assume that each is bought again when it is worn out", "比较等额年值或等额年成本（假设到期后重复购置）";
        source: "textbooks of capital budgeting on projects of unequal lives";
    ALTERNATIVES_NO_BENEFITS = "alternatives.no_benefits", Information;
        title: "Benefits of some alternatives only", "仅部分方案列有收益";
        why: "What states no benefits has no net present value of its own, and over the baseline its benefits count as zero.", "未列收益的方案没有净现值；与基准相比时其收益按零计。";
        how: "Raised where some alternatives have `benefits` and others have not.";
        remedy: "state the benefits of each, or `benefits: {}` where there are none", "列出各方案的收益；确无收益时写`benefits: {}`";
        source: "a rule of this library: missing is not zero";
}
