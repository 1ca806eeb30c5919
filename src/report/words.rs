//! Every heading and fixed phrase of a report, in English and in Chinese, side by side.
//!
//! One macro line is one phrase, so a translation that is missing does not compile.

use super::labels::{chinese_label, is_own, is_own_of_alternative};
use crate::appraisal::Language;
use crate::case::{ALTERNATIVES, BEFORE_SUBJECT, Benchmark, Category, Deployment};
use crate::kernel::NoIrr;
use crate::model::{Cause, Label};
use crate::scorecard::KpiGroup;
use crate::scorecard::{Framework, Theme};
use std::borrow::Cow;
use std::sync::Arc;

macro_rules! words {
    ($($name:ident: $english:literal, $chinese:literal;)*) => {
        /// The phrases of one language; `{}` stands for what is filled in, in order.
        #[derive(Debug)]
        pub(super) struct Words {
            label: fn(&str) -> Option<&'static str>,
            $(pub(super) $name: &'static str,)*
        }

        const ENGLISH: Words = Words { label: |_| None, $($name: $english,)* };
        const CHINESE: Words = Words { label: chinese_label, $($name: $chinese,)* };

        #[cfg(test)]
        const PAIRS: &[(&str, &str)] = &[$(($english, $chinese)),*];
    };
}

words! {
    untitled: "Appraisal of a CRM system", "CRM系统评价";
    horizon: "horizon {}", "评价期{}";
    horizon_calendar: "{} to {} (years 0 to {})", "{}至{}年（第0至{}年）";
    discount_rate: "discount rate {}", "折现率{}";
    no_discount_rate: "no discount rate", "未给折现率";
    scenario: "scenario {}", "情景：{}";
    unit_years: "years", "年";
    alternatives: "Alternatives", "备选方案";
    of_alternative: "{}: {}", "{}：{}";
    ranks: "Ranks (1 is the best)", "名次（1为最优）";
    decides: "{}: decides", "{}：决定性指标";
    ranked_npv: "net present value", "净现值";
    ranked_increment_npv: "net present value over the baseline", "较基准的净现值";
    ranked_equivalent_annual_value: "equivalent annual value", "等额年值";
    ranked_roi: "return on investment", "投资回报率";
    ranked_benefit_cost_ratio: "benefit-cost ratio", "效益成本比";
    ranked_irr: "internal rate of return", "内部收益率";
    ranked_payback: "payback", "回收期";
    ranked_discounted_payback: "discounted payback", "折现回收期";
    ranked_cost_present_value: "costs (present value)", "成本（现值）";
    ranked_equivalent_annual_cost: "equivalent annual cost", "等额年成本";
    life: "In use for", "使用年限";
    over_baseline: "Over the baseline {}", "与基准{}相比";
    extra_costs: "Extra costs (present value)", "增量成本（现值）";
    extra_benefits: "Extra benefits (present value)", "增量收益（现值）";
    worth_it: "Is the dearer one worth its extra cost?", "较贵的方案是否值得？";
    alternative: "Alternative", "方案";
    instead_of: "{} instead of {}", "以{}取代{}";
    as_dear_as: "{} compared with {}, as dear to begin with", "{}与{}相比（初始成本相同）";
    extra_initial: "Extra initial", "增量初始成本";
    npv_of_extra: "Its present value", "差额的净现值";
    crossover: "Both alike at", "两者相等的折现率";
    no_crossover: "no rate", "无";
    any_crossover: "any rate", "任意";
    disagrees: "{} prefers {} ({}) to {} ({})", "{}偏好{}（{}）而非{}（{}）";
    although: "{}, which is the better one by {} ({} against {})", "{}，而按{}后者更优（{}对{}）";
    disagrees_because: "{}: {}", "{}：{}";
    why_scale: "it is a ratio, and does not see that the smaller outlay ({} against {}) also brings less", "它是比率，看不到投入较小者（{}对{}）收益也较少";
    why_larger_loss: "it is a ratio, and does not see that the larger outlay ({} against {}) also loses more", "它是比率，看不到投入较大者（{}对{}）亏损也较多";
    why_timing: "it values time at another rate: the order turns at {}, and the discount rate is {}", "它按另外的利率衡量时间：次序在{}处反转，而折现率为{}";
    why_own_rate: "it values the money of each at a rate of its own ({} and {}), and not at the discount rate of {}", "它按各自的利率（{}与{}）而非折现率{}衡量现金流";
    why_after_payback: "it does not count what comes after {} and {} years", "它不计{}年与{}年回收之后的现金流";
    why_lives: "they do not last equally long ({} and {} years)", "两者寿命不等（{}年与{}年）";
    why_benefits: "it leaves aside what the dearer one brings ({} against {})", "它不计较贵方案所带来的收益（{}对{}）";
    why_benefits_a_year: "it leaves aside what the dearer one brings a year ({} against {})", "它不计较贵方案每年所带来的收益（{}对{}）";
    why_not_ranked: "{} has no {}", "{}没有{}";
    baseline_head: "{} (baseline)", "{}（基准）";
    year: "Year {}", "第{}年";
    one_year: "1 year", "1年";
    years: "{} years", "{}年";
    yes: "yes", "是";
    no: "no", "否";
    not_yet: "not yet", "未到";
    missing_because: "none ({})", "无（{}）";
    and_more: "and {} more", "另有{}项";
    in_currency: "{} ({})", "{}（{}）";
    list_separator: ", ", "、";
    clause_separator: "; ", "；";

    in_short: "In short", "结论";
    short_scorecard: "Scorecard", "记分卡";
    short_scorecard_without_status: "{}; {} of the weight has data", "{}；有数据的权重占{}";
    short_scorecard_text: "{}, {}; {} of the weight has data", "{}，{}；有数据的权重占{}";
    short_panel: "Panel", "专家组";
    short_panel_text: "{}, score {}; {} of the weight judged", "{}，得分{}；已评权重占{}";
    short_costs: "Costs", "成本";
    short_costs_text: "{} over {}, {} in present value", "{}（{}），现值{}";
    short_benefits: "Benefits", "收益";
    short_benefits_text: "{} over {}, {} in present value", "{}（{}），现值{}";
    short_return: "Return", "回报";
    short_return_text: "net present value {}; return on investment {} on present values, {} nominal; internal rate of return {}", "净现值{}；投资回报率{}（按现值）、{}（名义）；内部收益率{}";
    short_preferred: "Preferred", "优选方案";
    short_none_pays: "{}; none of them is worth what it costs", "{}；各方案均不值其成本";
    short_preferred_text: "{}, by {}: {}", "{}，依据{}：{}";
    short_prefers: "{} would prefer {}", "若依{}则为{}";
    short_payback: "Payback", "回收期";
    short_payback_text: "{}; discounted: {}", "{}；折现：{}";
    payback_at_once: "at once", "立即收回";
    payback_year: "after {} years", "{}年后";
    payback_not_reached: "not reached within {}", "{}内未收回";
    payback_lost: "reached after {} years, lost again in year {}", "第{}年收回，第{}年再度转负";

    scorecard: "Scorecard", "记分卡";
    criteria: "Criteria and weights", "指标与权重";
    criterion: "Criterion", "指标";
    unit: "Unit", "单位";
    weight: "Weight", "权重";
    global_weight: "Overall weight", "总权重";
    base: "Base", "基期值";
    target: "Target", "目标值";
    actual: "Actual", "实际值";
    progress: "Progress", "进度";
    performance: "Performance", "绩效";
    percentage_points: "{} pp", "{}个百分点";
    evaluated_at: "evaluated at {}", "评价期：{}";
    scorecard_at: "Scorecard at {}", "记分卡（{}）";
    trend_at: "Trend up to {}", "趋势（截至{}）";
    trend_measured: "What was measured", "实测值";
    trend_plan: "Against the plan", "与计划对比";
    previous: "Before", "上期";
    change: "Change", "变化";
    year_before: "Year before", "去年同期";
    change_on_year: "On the year", "同比变化";
    year_to_date: "Year to date", "年初至今";
    year_to_date_from: "Year to date, from {}", "年初至今（自{}起）";
    due: "Due", "到期";
    expected: "Expected", "应达";
    ahead: "Ahead", "领先";
    forecast: "Forecast", "预测";
    forecast_interval: "80 % interval", "80%区间";
    from_to: "{} to {}", "{}至{}";
    points: "Points", "分值";
    indicators_by_status: "Indicators by status", "各状态指标数";
    count_of_status: "{} {}", "{}项{}";
    score: "Score", "得分";
    status: "Status", "状态";
    red: "red", "红";
    amber: "amber", "黄";
    green: "green", "绿";

    review: "Design review", "设计评审";
    principle: "Principle", "原则";
    principle_sides: "Shares of weight (indicators)", "权重占比（指标数）";
    side_share: "{} {} ({})", "{}{}（{}）";
    at_least: "≥ {}", "≥ {}";
    at_most: "≤ {}", "≤ {}";
    met_is: "met", "满足";
    met_is_not: "not met", "不满足";
    nobody_says: "nobody says", "未说明";
    with_data: "with data", "有数据";
    number_of_indicators: "Number of indicators", "指标数";
    heaviest: "Heaviest indicator", "最大指标权重";
    principle_objectives: "Tied to objectives", "与目标挂钩";
    principle_finance: "Financial and non-financial", "财务与非财务";
    principle_term: "Short and long term", "短期与长期";
    principle_nature: "Quantitative and qualitative", "定量与定性";
    principle_kind: "Lagging and leading", "滞后与先行";
    principle_people: "Customer and employee", "客户与员工";
    principle_level: "Strategic and tactical", "战略与战术";
    side_tied: "tied", "已挂钩";
    side_untied: "not tied", "未挂钩";
    side_financial: "financial", "财务";
    side_non_financial: "non-financial", "非财务";
    side_short: "short term", "短期";
    side_long: "long term", "长期";
    side_quantitative: "quantitative", "定量";
    side_qualitative: "qualitative", "定性";
    side_lagging: "lagging", "滞后";
    side_leading: "leading", "先行";
    side_customer: "customer", "客户";
    side_employee: "employee", "员工";
    side_strategic: "strategic", "战略";
    side_tactical: "tactical", "战术";
    apart_leading: "Leading", "先行";
    apart_lagging: "Lagging", "滞后";
    apart_process: "Process", "过程";
    apart_effect: "Effect", "效果";

    weights: "How the weights came about", "权重来源";
    weights_direct: "Stated as shares", "直接给出";
    weights_points: "Stated as points", "按分值给出";
    weights_delphi: "Delphi, round {}", "德尔菲第{}轮";
    weights_life_cycle: "Life-cycle preset, stage {}", "生命周期预设，{}阶段";
    stage_growth: "growth", "成长";
    stage_sustain: "sustain", "维持";
    stage_harvest: "harvest", "收获";
    weights_equal: "Equal, nobody weighed them", "等权（无人赋权）";
    weights_stated_equal: "Equal, as stated", "等权（已声明）";
    weights_ahp: "Comparisons in pairs, {}", "成对比较（{}）";
    weights_ranks: "Ranks, {}", "排序（{}）";
    weights_allocation: "Points allocated", "分值分配";
    weights_swing: "Swing weights", "摆幅权重";
    weights_entropy: "Entropy of data", "熵权法";
    weights_critic: "Contrast and conflict of data (CRITIC)", "CRITIC法";
    weights_linear: "Combination, {} of the first", "线性组合，前者占{}";
    weights_multiplicative: "Combination, product", "乘法组合";
    weights_parts: "{} ({})", "{}（{}）";
    by_eigenvector: "principal eigenvector", "特征向量法";
    by_geometric_mean: "geometric mean of rows", "几何平均法";
    by_column_mean: "mean of normalised columns", "和积法";
    by_judgements: "judgements aggregated (AIJ)", "判断集结（AIJ）";
    by_priorities: "priorities aggregated (AIP)", "权重集结（AIP）";
    by_centroid: "rank-order centroid", "排序质心";
    by_rank_sum: "rank sum", "排序和";
    by_rank_reciprocal: "reciprocal ranks", "排序倒数";
    by_rank_exponent: "rank exponent {}", "排序指数{}";
    by_mean_weights: "mean of the experts' weights", "各专家权重的均值";
    by_mean_ranks: "weights of the mean ranks", "按平均秩换算";
    with_ratio: "consistency ratio {}", "一致性比率{}";
    with_experts: "{} experts", "{}位专家";
    with_missing: "{} of {} comparisons missing", "缺{}项比较（共{}项）";
    of_expert: "{}, {}", "{}，{}";
    whole_group: "the group", "群体";
    judgements_of: "Judgements of", "判断者";
    lambda_max: "λ max", "λ max";
    consistency_ratio: "CR", "CR";
    gci: "GCI", "GCI";
    missing_judgements: "Missing", "缺失";
    pair: "Pair", "比较对";
    over: "{} : {}", "{} : {}";
    judged: "Judged", "判断值";
    error_ratio: "Off by", "偏离倍数";
    consistent: "Would agree", "一致值";
    ratio_then: "CR then", "修正后CR";
    row_priorities: "Priorities", "权重向量";
    row_ranks: "Ranks", "名次";
    row_mean_ranks: "Mean ranks", "平均秩";
    row_points: "Points", "分值";
    row_shares: "Shares of points", "分值占比";
    row_weights: "Weights by rank", "按名次的权重";
    row_entropy: "Entropy", "信息熵";
    row_divergence: "Divergence", "差异系数";
    row_contrast: "Contrast", "对比强度";
    row_conflict: "Conflict", "冲突性";
    row_information: "Information", "信息量";
    row_subjective: "Subjective weights", "主观权重";
    row_directions: "Best", "最优方向";
    direction_benefit: "the most", "越大越好";
    direction_cost: "the least", "越小越好";
    direction_band: "{} to {}", "{}至{}";
    row_objective: "Objective weights", "客观权重";
    weights_only_child: "Only criterion of its group", "组内唯一指标";
    weights_under: "under {}", "{}之下";

    delphi: "Panel of experts (Delphi)", "专家组（德尔菲法）";
    experts: "Experts", "专家";
    round: "Round {}", "第{}轮";
    mean: "Mean", "均值";
    median: "Median", "中位数";
    q1: "Q1", "下四分位";
    q3: "Q3", "上四分位";
    iqr: "IQR", "四分位距";
    sd: "SD", "标准差";
    cv: "CV", "变异系数";
    kendall_w: "Kendall's W", "肯德尔和谐系数";
    kendall_under: "{} under {}", "{}（{}之下）";
    kendall_all: "{} over all items", "全部项目{}";
    answers: "n", "人数";
    weighted_mean: "Weighted", "加权均值";
    standing: "Place", "位次";
    full_scores: "Full", "满分率";
    agree: "Agree", "赞同率";
    changed: "Changed", "改动";
    wilcoxon_p: "Signed-rank p", "符号秩p";
    cv_change: "ΔCV", "变异系数变化";
    weight_change: "ΔWeight", "权重变化";
    keep: "Keep", "保留";
    expert_with_authority: "{} ({})", "{}（{}）";
    response_rate: "Answered", "应答率";
    not_asked: "Not asked", "未邀请";
    no_answer: "No answer", "未作答";
    do_not_know: "Don't know", "不了解";
    about: "{}: {}", "{}：{}";
    reasons: "Reasons", "理由";
    reason_about: "{}: {}", "{}：{}";
    from_pairs: "{} (from pairs of experts, as answers are missing)", "{}（有缺失答案，由专家两两比较估计）";
    tested: "{} (p {} by chi-square, {} by F)", "{}（p：卡方{}，F {}）";
    tested_three_ways: "{} (p {} by chi-square, {} by F, {} by permutation)", "{}（p：卡方{}，F {}，置换{}）";
    permuted: "{} (p {} by permutation)", "{}（p：置换{}）";
    since_the_round_before: "Since the round before", "与前一轮相比";
    movement: "{} of the answers changed; rank correlation of the means {}; largest change of a weight {}", "{}的答案有改动；均值秩相关{}；权重最大变化{}";
    screening: "Screening", "筛选";
    screening_limits: "keeps a mean of at least {}, full scores of at least {} and a CV of at most {}", "均值不低于{}、满分率不低于{}且变异系数不高于{}者保留";
    stop_w_p: "p of W", "和谐系数的p";
    stop_agreement: "Least agreement", "最低赞同率";
    stop_changed: "Changed answers", "改动的答案";
    stop_weight_change: "Largest change of a weight", "权重最大变化";
    stop_rank_correlation: "Rank correlation of the means", "均值秩相关";
    stop_wilcoxon: "Smallest p of the signed-rank tests", "符号秩检验最小p";
    stable: "their answers are stable", "答案已稳定";
    not_stable: "their answers still move", "答案仍在变动";
    nothing_before: "there is no earlier round to be stable against", "没有更早的一轮可比较稳定性";
    stability_unknown: "whether answers are stable cannot be told", "无法判断答案是否稳定";
    stop_rule: "Stop rule", "停止准则";
    stop_cv: "Largest CV", "最大变异系数";
    stop_iqr: "Largest IQR", "最大四分位距";
    stop_w: "Kendall's W", "肯德尔和谐系数";
    stop_rounds: "Rounds held", "已进行轮数";
    value: "Value", "数值";
    limit: "Limit", "限值";
    met: "Met", "满足";
    verdict: "Verdict", "结论";
    consensus: "the experts agree", "专家意见一致";
    no_consensus: "the experts do not agree enough", "专家意见尚不一致";
    consensus_unknown: "agreement cannot be told", "无法判断是否一致";
    may_stop: "the panel may stop", "可以停止";
    another_round: "another round is needed", "需要再进行一轮";

    sheet_of: "Round {}: sheet of {}", "第{}轮：{}的意见表";
    sheet_rate_first: "Please rate how important each criterion is, write `dont_know` where you cannot tell, and send the sheet back.", "请评定各指标的重要程度，无法判断之处写`dont_know`，然后寄回本表。";
    sheet_rate_again: "Please look at what the panel said, keep or change your ratings, give a reason where one is asked for, and send the sheet back.", "请参阅专家组的意见，保留或修改您的评分，在要求之处说明理由，然后寄回本表。";
    sheet_rank_first: "Please put the criteria of each group in order, 1 for the most important, write `dont_know` where you cannot tell, and send the sheet back.", "请将各组指标排序，1为最重要，无法判断之处写`dont_know`，然后寄回本表。";
    sheet_rank_again: "Please look at what the panel said, keep or change your ranks, give a reason where one is asked for, and send the sheet back.", "请参阅专家组的意见，保留或修改您的排序，在要求之处说明理由，然后寄回本表。";
    sheet_range: "Answer", "答复范围";
    sheet_from_to: "{} to {}", "{}至{}";
    sheet_ranks: "rank {} to {}", "第{}至第{}位";
    sheet_count: "Answers", "答复数";
    sheet_own: "Yours", "您的答复";
    sheet_reason: "Reason", "理由";
    sheet_please: "please", "请说明";
    sheet_others: "What others said", "其他专家的理由";
    sheet_somebody: "somebody said: {}", "有专家认为：{}";
    sheet_named: "{}; {}", "{}；{}";
    sheet_keep: "panel: mean {}, quartiles {} to {}; keep or change", "专家组：均值{}，四分位数{}至{}；请保留或修改";
    sheet_answer: "panel: mean {}, quartiles {} to {}; {}, or dont_know", "专家组：均值{}，四分位数{}至{}；{}，或dont_know";
    sheet_or_dont_know: "{}, or dont_know", "{}，或dont_know";
    sheet_outside: "your {} lies outside the quartiles {} to {}: please say why if you keep it", "您的{}在四分位数{}至{}之外：如予保留，请说明理由";
    sheet_reasons_free: "by criterion, where you want to say why", "按指标填写，如需说明理由";
    dont_know: "don't know", "不了解";

    assessment: "Assessment (fuzzy comprehensive evaluation)", "模糊综合评价";
    operator: "Operator", "算子";
    panel: "Panel", "专家组";
    panel_members: "{} members", "{}人";
    grades: "Grades", "等级";
    coverage: "Weight judged", "已评权重";
    grade: "Grade", "等级";
    weights_under_is: "under {}: {}", "{}之下：{}";
    effectiveness: "Effectiveness", "有效度";
    sensitivity_operators: "Under each operator", "各算子下的结论";
    sensitivity_weights: "Weights that change the grade", "改变等级的权重变动";
    sensitivity_experts: "Without one expert", "去掉一位专家";
    rises_by: "Rises by", "上升";
    falls_by: "Falls by", "下降";
    then_grade: "Then", "变为";
    expert: "Expert", "专家";
    another_grade: "Another grade", "等级改变";
    short_sure: "How sure", "把握程度";
    sure_effectiveness: "effectiveness {}", "有效度{}";
    sure_operators: "all five operators agree", "五种算子结论一致";
    unsure_operators: "other operators give another grade", "其他算子给出不同等级";
    sure_weights: "no single weight can change the grade", "任何单一权重的变动都不改变等级";
    unsure_weights: "the grade holds until {} of the weight moves to or from {}", "在{}的权重移入或移出{}之前，等级不变";
    unsure_tie: "grades tie, and any change of the weight of {} breaks the tie", "等级并列，{}的权重稍有变动即打破并列";
    untold_weights: "how far weights may move is told for the weighted average only", "权重可变动的幅度仅适用于加权平均算子";
    sure_experts: "no single expert decides it", "不取决于任何一位专家";
    unsure_only_expert: "it is the word of {} alone", "仅出自{}一人";
    unsure_experts: "it hangs on {}", "取决于{}";

    balanced_scorecard: "balanced scorecard", "平衡计分卡";
    crm_index_system: "CRM index system", "CRM绩效评价指标体系";
    performance_pyramid: "performance pyramid", "业绩金字塔";
    custom_framework: "custom", "自定义";
    sides: "Two sides", "内外两侧";
    side: "Side", "侧";
    side_external: "External effectiveness", "外部效果";
    side_internal: "Internal efficiency", "内部效率";
    side_with_data: "With data", "有数据";
    links: "Causes and effects", "因果关系";
    link_from: "Cause", "原因";
    link_to: "Effect", "结果";
    link_strength: "Strength", "强度";
    link_lag: "Lag (periods)", "滞后（期）";
    link_pairs: "Pairs", "期对数";
    link_correlation: "Correlation", "相关系数";
    effects: "What drives what, over all links", "经全部因果链的影响";
    effects_of: "Drives", "影响";
    initiatives: "Initiatives", "行动方案";
    initiative: "Initiative", "行动方案";
    initiatives_as_of: "As of {}", "截至{}";
    initiative_planned: "planned", "计划中";
    initiative_running: "running", "进行中";
    initiative_done: "done", "已完成";
    initiative_stopped: "stopped", "已终止";
    owner: "Owner", "负责人";
    budget: "Budget", "预算";
    spent: "Spent", "已支出";
    budget_left: "Left", "剩余";
    budget_used: "Used", "已用";
    due_on: "Due", "期限";
    done: "Done", "完成";
    late: "Late", "逾期";
    moves: "Should move", "应推动";
    gap: "Gap", "差距";
    next_target: "Next target", "下一目标";
    plan: "Plan", "计划";
    cause: "Cause", "原因";
    action: "Action", "措施";
    business_units: "Business units", "业务单元";
    business_unit: "Unit", "业务单元";
    rank: "Rank", "名次";
    whole: "Whole", "整体";
    units_with_data: "With data", "有数据权重";
    units_spread: "Scores of the units", "各单元得分";
    units_spread_text: "{} on average by weight, from the best with {} to the last with {}", "加权平均{}，最高{}，最低{}";
    units_actuals: "Actual values by unit", "各单元实际值";
    units_scores: "Scores by unit", "各单元得分明细";
    comes_from: "Whole from", "整体取自";
    own_value: "own value", "自有数值";
    way_inputs: "data of all", "汇总数据";
    way_scores: "scores", "得分";
    way_sum: "sum", "合计";
    way_mean: "mean", "均值";
    way_weighted_mean: "mean by weight", "加权均值";
    way_min: "smallest", "最小值";
    way_max: "largest", "最大值";
    incentive: "Incentive", "绩效激励";
    payout_to: "Paid", "激励对象";
    payout_factor: "Payout factor", "支付系数";
    target_pay: "Target pay", "目标奖金";
    payout: "Payout", "实付奖金";
    payout_threshold: "threshold", "门槛值";
    payout_target: "target", "目标值";
    payout_cap: "cap", "上限值";
    payout_step: "step {}", "第{}档";
    payout_to_reach: "To {}", "距{}";
    payout_curve: "Payout curve", "支付曲线";
    curve_point: "{} {} pays {}", "{}：得分{}支付{}";
    payout_leverage: "Leverage", "杠杆";
    payout_leverage_text: "one point of score pays {} points of target pay up to the target, {} up to the cap", "得分每1个百分点，至目标值支付目标奖金的{}个百分点，至上限值支付{}个百分点";
    largest_payout: "Largest total", "最高总额";
    payout_budget: "Budget", "预算";
    payout_budget_text: "{}; {} used, {} left", "{}；已用{}，余{}";
    payout_one_point: "What the total hangs on", "总额的敏感性";
    payout_point_more: "One point more", "增1个百分点";
    payout_point_less: "One point less", "减1个百分点";

    comparison: "What changed, and what caused it", "变动及其原因";
    before: "Before", "之前";
    after: "After", "之后";
    change_of: "Change of {}", "变动：{}";
    before_after: "{} → {}: {}", "{} → {}：{}";
    contribution: "Contribution", "贡献";
    added_and_removed: "what was added and removed", "增加与去除的项目";
    changed_inputs: "What was written differently", "改动的输入";
    nothing_changed: "Nothing was written differently.", "输入没有改动。";
    input: "Input", "输入";
    changed_figures: "Figures that moved", "变动的数值";
    figure: "Figure", "数值";
    no_value_before: "`{}` has no value before, so its change cannot be shared: {}", "`{}`之前无数值，无法分解其变动：{}";
    no_value_after: "`{}` has no value after, so its change cannot be shared: {}", "`{}`之后无数值，无法分解其变动：{}";
    not_comparable: "`{}` is computed from other years before and after, so its change cannot be shared", "`{}`前后所依据的年份不同，无法分解其变动";
    by_bennet: "scores at mean weights, weights at mean scores against the mean of the whole (Bennet); inputs of an indicator by their Shapley values; rounding goes to the largest", "得分按平均权重、权重按相对总体均值的平均得分计（Bennet分解）；指标内各输入按Shapley值分解；舍入差计入最大项";
    by_shapley: "Shapley values: the mean of what each input contributes over all orders in which they change; rounding goes to the largest", "Shapley值：各输入在所有变动次序下贡献的均值；舍入差计入最大项";
    by_polar: "more than eight inputs: mean of one order of changes and its reverse; rounding goes to the largest", "输入超过八项：取一种变动次序与其逆序的均值；舍入差计入最大项";
    by_both: "{}; {}", "{}；{}";

    costs: "Costs", "成本";
    licences: "Licences", "许可";
    maintenance: "Maintenance", "维护";
    hardware: "Hardware", "硬件";
    telecom: "Telecom", "通信";
    service_providers: "Service providers", "外部服务商";
    vendor_services: "Vendor services", "厂商服务";
    staff: "Staff", "人员";
    other: "Other", "其他";
    category: "Category", "类别";
    nominal: "Nominal", "名义值";
    present_value: "Present value", "现值";
    share: "Share", "占比";
    total: "Total", "合计";
    without_risk: "Without risk adjustment", "未经风险调整";
    before_contingency: "Before contingency", "不含预备费";
    contingency: "Contingency", "预备费";
    initial: "Initial (year 0)", "初始（第0年）";
    ongoing: "Ongoing (later years, nominal)", "持续（以后各年，名义）";
    nothing_spent: "{}: nothing is spent ({})", "{}：无支出（{}）";
    over_time: "Over time", "历年";
    shown_by_then: "Of all costs, shown by then", "截至该年所占全部成本";
    initial_share: "Initial share", "初始占比";
    ongoing_share: "Ongoing share", "持续占比";
    equivalent_annual: "Equivalent annual cost", "等额年成本";
    equivalent_annual_text: "{} (present value / annuity factor {})", "{}（现值/年金系数{}）";
    per_user_year: "Cost per user and year", "每用户年成本";
    per_user_year_text: "{} (nominal / {} user-years)", "{}（名义值/{}用户年）";
    phase: "Phase", "阶段";
    reserves: "Reserves beside the costs", "成本之外的储备";
    with_reserves: "Costs with reserves", "成本与储备合计";
    prices: "Nominal and real terms", "名义与实际口径";
    current_prices: "At current prices", "按当年价格";
    constant_prices: "At prices of year 0", "按第0年价格";
    nominal_irr: "Internal rate of return, nominal", "内部收益率（名义）";
    real_irr: "Internal rate of return, real", "内部收益率（实际）";
    benchmarks_of: "Benchmarks ({})", "基准（{}）";
    benchmark_value: "Value", "数值";
    usual: "Usual", "常见";
    as_usual: "As usual", "是否常见";
    usually_between: "{} to {}", "{}至{}";
    usually_at_least: "{} or more", "不低于{}";
    usually_more: "above {}", "高于{}";
    usually_less: "below {}", "低于{}";
    on_premises: "on premises", "本地部署";
    hosted: "hosted", "托管";
    cloud: "cloud", "云";

    benefits: "Benefits", "收益";
    benefit: "Benefit", "收益项";
    kind: "Kind", "类型";
    revenue: "revenue", "增收";
    saving: "saving", "节约";
    avoidance: "avoidance", "避免支出";
    intangible: "intangible, not counted", "无形，不计入";
    proven_by: "Proven by", "验证指标";
    counted_once: "{}: overlap, counted once", "{}：重叠，只计一次";
    cashable: "Cashable", "可变现";
    non_cashable: "Not cashable", "不可变现";
    cashable_only: "Cashable benefits only", "仅可变现收益";
    hours_saved: "Hours saved a year", "年节约工时";
    full_time_positions: "Full-time equivalents", "全职当量";
    put_to_use: "Put to use", "有效利用";
    ramp: "Ramp", "爬坡";
    adoption: "Adoption", "采用率";
    attribution: "Attribution", "归因比例";
    delay_in_years: "Delay in years", "推迟年数";
    planned_and_realised: "Planned and realised benefits, without risk", "计划与已实现收益（不计风险）";
    planned: "{}: planned", "{}：计划";
    realised: "{}: realised", "{}：已实现";
    missing_benefit: "{}: gap", "{}：差额";
    so_far: "So far", "截至目前";
    follows: "Follows", "所随指标";

    case: "Return", "回报";
    net: "Net", "净额";
    cumulative: "Cumulative", "累计";
    amount: "Amount", "金额";
    measure: "Measure", "评价指标";
    adjusted: "Risk-adjusted", "经风险调整";
    unadjusted: "Unadjusted", "未调整";
    npv: "Net present value", "净现值";
    roi: "Return on investment (present values)", "投资回报率（现值）";
    roi_nominal: "Return on investment (nominal)", "投资回报率（名义）";
    irr: "Internal rate of return", "内部收益率";
    payback: "Payback", "回收期";
    discounted_payback: "Discounted payback", "折现回收期";
    benefit_cost_ratio: "Benefit-cost ratio", "效益成本比";
    after_tax: "After tax", "税后";
    alternatives_after_tax: "Alternatives, after tax", "备选方案（税后）";
    compared_after_tax: "{}, after tax", "{}（税后）";
    npv_after_tax: "Net present value after tax", "税后净现值";
    capitalised: "Bought and depreciated", "购置并折旧";
    depreciation: "Depreciation", "折旧";
    result: "Result", "利润";
    tax: "Tax", "税";
    tax_shield: "saved by depreciation", "其中折旧抵税";
    net_after_tax: "Net after tax", "税后净额";
    before_tax: "{}, before tax", "{}（税前）";
    costs_after_tax: "Costs after tax", "税后成本";
    costs_after_tax_present: "Costs after tax, present value", "税后成本现值";
    costs_after_tax_a_year: "Equivalent annual cost after tax", "税后等额年成本";
    by_tax_offset: "on the result of each year; losses save tax in their year", "按各年利润计；亏损当年抵税";
    by_tax_carry_forward: "on the result of each year; losses lower the results of later years", "按各年利润计；亏损结转以后年度";
    by_tax_forfeit: "on the result of each year; losses save nothing", "按各年利润计；亏损不抵税";
    in_money_of_each_year: "{}, at current prices", "{}（当年价格）";
    by_depreciation: "from the year after the purchase on; what is replaced or sold is written off in that year", "自购置次年起计提；被更换或出售的资产当年核销";
    by_books: "average profit a year by the books, on what is bought in year 0 and on the mean book value", "按账面年均利润，分别除以第0年购置额与平均账面价值";
    by_outlay: "average net benefit a year, on the initial outlay and on the mean of it and of what comes back at the end", "年均净收益，分别除以初始投资及其与期末收回额的平均值";
    by_value_added: "result after tax less the discount rate on the book value at the beginning of the year", "税后利润减年初账面价值乘折现率";
    roi_initial: "Return on the initial outlay (nominal)", "初始投资回报率（名义值）";
    roi_a_year: "Return on investment a year (nominal)", "年化投资回报率（名义值）";
    mirr: "Modified internal rate of return", "修正内部收益率";
    mirr_short: "Modified rate of return", "修正内部收益率";
    profitability_index: "Profitability index", "获利指数";
    equivalent_annual_value: "Equivalent annual value", "等额年值";
    accounting_rate_of_return: "Accounting rate of return", "会计收益率";
    accounting_return: "Accounting rate of return (initial)", "会计收益率（初始投资）";
    accounting_return_average: "Accounting rate of return (average)", "会计收益率（平均投资）";
    break_even_year: "Year of break-even", "保本年份";
    cost_of_delay: "Cost of a year's delay", "推迟一年的代价";

    cost_of_capital: "Cost of capital", "资本成本";
    source_of_capital: "Source", "来源";
    cost_a_year: "Cost a year", "年成本率";
    equity: "Equity", "权益";
    debt: "Debt", "债务";
    preferred: "Preferred shares", "优先股";
    risk_free: "Rate without risk", "无风险利率";
    beta: "Beta", "贝塔系数";
    market_premium: "Premium of the market", "市场风险溢价";
    premium_for: "Premium: {}", "溢价：{}";
    tax_on_interest: "Tax rate on interest", "利息适用税率";

    financing: "Ways to pay", "融资方式比较";
    way_to_pay: "Way", "方式";
    purchase: "Purchase", "购买";
    own_money: "own money", "自有资金";
    loan: "loan", "贷款";
    lease: "lease", "租赁";
    payment: "payment", "支付";
    interest: "interest", "利息";
    principal: "principal", "本金";
    still_owed: "still owed", "未偿还余额";
    tax_saved: "tax that is saved", "节税额";
    advantage: "Advantage", "净优势";
    effective_rate: "Rate", "利率";
    price: "Price", "价格";
    discounted_at: "Discounted at", "折现利率";
    financing_rate: "Financing rate", "融资折现率";
    by_financing_own: "stated rate of borrowing, after tax, from the ends of years", "按所给借款利率（税后），自年末折现";
    by_financing_loan: "rate of the first loan, after tax, from the ends of years", "按第一笔贷款利率（税后），自年末折现";
    by_financing_discount: "discount rate of the document, from the ends of years", "按文档折现率，自年末折现";

    cash_flow_of: "Cash flow: {}", "现金流：{}";
    cash_flow_long: "{} flows, which are figures: cash_flows.{}", "共{}笔，逐笔见指标cash_flows.{}";
    cash_flows: "Cash flows", "现金流";
    when: "When", "时间";
    flow: "Flow", "流量";
    years_since: "Years", "年数";
    discount_factor: "Factor", "系数";
    discounted_flow: "Discounted", "折现值";
    at_rate: "Discount rate", "折现率";
    all_irr: "All internal rates of return", "全部内部收益率";
    in_years: "{} years", "{}年";
    payback_and_months: "{} ({} months)", "{}（{}个月）";
    economic_value_added: "Economic value added", "经济增加值";
    ebit: "Operating profit (EBIT)", "息税前利润（EBIT）";
    adjustment: "Adjustment: {}", "调整项：{}";
    nopat: "Net operating profit after tax", "税后净营业利润";
    opening_capital: "Capital as the year begins", "年初投入资本";
    capital_charge: "Capital charge", "资本费用";
    roic: "Return on invested capital", "投入资本回报率";
    spread: "Return less cost of capital", "回报率减资本成本率";
    wacc: "Weighted average cost of capital", "加权平均资本成本";
    eva_present: "Present value of EVA", "经济增加值现值";
    eva_continuing: "Present value of EVA after the horizon", "评价期后经济增加值现值";
    market_value_added: "Market value added", "市场增加值";
    enterprise_value: "Capital and market value added", "资本与市场增加值之和";
    observed_added: "Market value above capital, as observed", "观察到的市值高于资本之额";
    eva_npv: "Check: free cash flows and last capital, net present value", "核对：自由现金流与期末资本的净现值";
    short_eva: "Economic value added", "经济增加值";
    short_eva_text: "{} over {} in present value; market value added {}", "{}（{}，现值）；市场增加值{}";

    customers: "Customers", "客户";
    lifetime_value: "Customer lifetime value", "客户终身价值";
    segment: "Segment", "客户群";
    value_before_cost: "Value before acquisition", "获客前价值";
    acquisition_cost: "Acquisition cost", "获客成本";
    margin_multiple: "In first margins", "相当于首年利润倍数";
    value_to_cost: "Value / cost", "价值/成本";
    to_be_won: "To be won", "拟新增客户";
    customer_equity: "Customer equity", "客户资产";
    margins_present: "Margins of a customer, present value", "单个客户利润现值";
    later: "Later", "以后";
    lifetime_rate: "Discount rate of customers", "客户折现率";
    segmentation: "Segmentation", "客户细分";
    need: "Need", "需求";
    grid_of: "Rows: {}, the largest on top. Columns: {}.", "行：{}，最大者在上；列：{}。";
    customer_share: "Share of customers", "客户占比";
    value_share: "Share of value", "价值占比";
    member: "Member", "成员";
    value_band: "Band of value", "价值档";
    need_band: "Band of need", "需求档";
    customer_states: "Customer states", "客户状态";
    counts_at: "Customers by state", "各状态客户数";
    rates_at: "Rates since the time before", "较上期的比率";
    retention: "Retention", "保持率";
    churn: "Churn", "流失率";
    win_back: "Win-back", "挽回率";
    acquisition: "Acquisition", "获得率";
    transitions: "Moves in one step, from", "一步转移，自";
    expected_retention: "Expected retention", "预期保持率";
    expected_churn: "Expected churn", "预期流失率";
    expected_win_back: "Expected win-back", "预期挽回率";
    projection: "Projection", "预测";
    step: "Step {}", "第{}步";
    part: "Part", "部分";
    count: "Count", "数量";
    cumulative_share: "Cumulative", "累计占比";
    largest_parts: "Share of the {} largest", "前{}项占比";
    vital_few: "Parts that make up 80 %", "构成80 %的项数";
    concentration: "Concentration (Herfindahl-Hirschman)", "集中度（赫芬达尔指数）";
    as_equal_parts: "{}, as {} equal parts", "{}，相当于{}个均等部分";
    funnel: "Funnel", "转化漏斗";
    stage: "Stage", "阶段";
    conversion: "From the stage before", "较上一阶段";
    from_first: "From the first", "较首阶段";
    lost_there: "Lost", "流失";
    overall_conversion: "Overall conversion", "总转化率";
    narrowest: "Narrowest stage", "最窄阶段";

    scenarios: "Scenarios", "情景";
    as_stated: "As stated", "基准";
    costs_nominal: "Costs (nominal)", "成本（名义）";
    costs_present: "Costs (present value)", "成本（现值）";
    benefits_present: "Benefits (present value)", "收益（现值）";
    short_not_reached: "not reached", "未收回";
    short_lost: "{}, lost in {}", "{}，第{}年再失";

    reconciliation: "Reconciliation", "核对";
    expected_figure: "Figure", "数值";
    expected_printed: "Printed", "原文";
    expected_ours: "Ours", "本模型";
    expected_possible: "Possible", "可能值";
    expected_between: "{} to {}", "{}至{}";
    expected_beyond: "{} or less, or {} or more", "不大于{}或不小于{}";
    expected_at_most: "{} or less", "不大于{}";
    expected_at_least: "{} or more", "不小于{}";
    expected_off: "Off by", "超出舍入";
    expected_verdict: "Verdict", "结论";
    expected_under: "{} ({})", "{}（{}）";
    expected_agrees: "agrees", "一致";
    expected_differs: "differs", "不符";
    expected_explained: "differs, explained", "不符，已说明";
    expected_refuted: "refuted", "原文有误";
    expected_cannot_be_right: "cannot be right", "不可能正确";
    expected_cannot_be_told: "cannot be told", "无法判定";
    expected_not_asked: "–", "–";
    expected_because: "{}: {}", "{}：{}";
    expected_meaning: "What is printed stands for all values that round to it. \"Agrees\" says that nothing speaks against a figure within rounding; one that cannot be right is wrong, or another that it follows from is.", "原文数值代表所有舍入后与其相同的值。“一致”表示在舍入范围内无矛盾；“不可能正确”表示该值或其所依据的数值有误。";
    assumptions: "Assumptions", "假设";
    assumption: "Assumption", "假设";
    id: "Id", "标识";
    range: "Range", "区间";
    quality: "Quality", "可靠性";
    source: "Source", "来源";

    findings: "Findings", "发现";
    severity: "Severity", "级别";
    finding: "Finding", "内容";
    place: "Where", "位置";
    place_and_code: "Where, and code", "位置与代码";
    accepted: "accepted", "已接受";
    found_remedy: "→ {}", "→{}";
    found_accepted: "→ accepted: {}", "→已接受：{}";
    found_code: "[{}]", "[{}]";
    warning: "warning", "警告";
    information: "information", "提示";

    conventions: "Conventions", "约定";
    framework: "Framework", "框架";
    panel_score: "Panel score", "专家组得分";
    score_grade: "Grade of the score", "得分等级";
    stated_memberships: "Stated memberships", "直接给出的隶属度";
    ballots: "Ballots", "专家投票";
    sensitivity: "Sensitivity", "敏感性";
    topic_periods: "Periods", "期间";
    topic_fiscal_year: "Fiscal year", "财政年度";
    topic_aggregation: "Aggregation over time", "按时间汇总";
    topic_carry_forward: "Values carried forward", "数值沿用";
    topic_together: "Moving together", "同步变动";
    topic_expected_path: "Expected path", "预期路径";
    roll_up: "Roll-up", "汇总";
    missing_scores: "Missing scores", "缺失得分";
    quartiles: "Quartiles", "四分位数";
    standard_deviation: "Standard deviation", "标准差";
    pairwise_comparisons: "Comparisons in pairs", "成对比较";
    rank_weights: "Rank weights", "排序权重";
    data_weights: "Weights from data", "数据赋权";
    delphi_weights: "Delphi weights", "德尔菲权重";
    between_levels: "Between levels", "层级之间";
    timing: "Timing", "时点";
    exchange_rates: "Exchange rates", "汇率";
    risk: "Risk", "风险";
    inflation: "Inflation", "通货膨胀";
    phases: "Phases", "阶段";
    topic_reserves: "Reserves", "储备";
    return_on_investment: "Return on investment", "投资回报率";
    compositions: "Shares of a whole", "构成占比";
    rounding: "Rounding", "舍入";

    explained_missing: "{} ({})", "{}（{}）";
    explained_label: "({})", "（{}）";
    explained_at: "at {}", "见{}";
    explained_above: "[shown above]", "［见上］";
    explained_more: "… {} more", "……另有{}项";
    explained_left_out: "… {} more left out", "……另有{}项略去";

    reason: "`{}`: {}", "`{}`：{}";
    because_no_data: "no value was given", "未给数值";
    because_nothing_to_share: "all values are zero, so there is nothing to share out", "各值均为零，无从分配";
    because_nothing_redundant: "no judgement is more than is needed to connect all, so none can contradict another", "判断仅够将各项相连，无多余判断，故彼此不会矛盾";
    because_no_conflict: "all that differs between units says the same, so there is no conflict to weigh it by", "各单元间有差异的指标所示完全一致，无冲突可据以赋权";
    because_not_answered: "no answer was given", "未作答";
    because_not_invited: "the expert was not invited to this round", "该专家未受邀参加本轮";
    because_dont_know: "the expert does not know", "专家表示不了解";
    because_incomplete_answers: "some answers are missing, and the test needs all of them", "部分答案缺失，而该检验需要全部答案";
    because_different_groups: "ranks within different groups are no ranking of all items", "不同组内的排序不构成全部项目的排序";
    because_too_large: "there are too many experts to compare in pairs", "专家过多，无法两两比较";
    because_no_earlier_round: "there is no earlier round to compare with", "没有可供比较的前一轮";
    because_left_out: "the expert is left out for another answer that is missing", "该专家因其他缺失答案而不计入";
    because_unconnected: "no chain of judgements connects all that is compared", "各比较项之间缺少判断相连";
    because_nothing_else: "no other judgement says how the two compare", "没有其他判断说明二者的比较关系";
    because_not_measured: "it is judged, not measured", "由专家评判，不作测量";
    because_not_judged: "the panel did not vote on it", "专家组未对其投票";
    because_one_grade: "only one grade has a membership, so the largest is ahead of nothing", "仅一个等级有隶属度，最大隶属度无从比较";
    because_no_membership: "it belongs to no grade, as its value lies outside all thresholds", "不属于任何等级，因其值在所有阈值之外";
    because_too_few_values: "there are fewer than {} known values to tell it from", "已知值少于{}个，无法得出";
    because_nothing_moves: "all values are the same, so nothing moves with them", "所有值均相同，无从相关";
    because_under_scenario: "it is looked at under a scenario only", "仅在某一情景下核对";
    because_divisor_may_be_zero: "the divisor may be zero", "除数可能为零";
    because_range_not_told: "between which ends the formula lies cannot be told", "公式的取值范围无法得出";
    because_no_rule: "no rule holds that would tell its status", "没有规则能判定其状态";
    because_year_not_measured: "not all periods of the year are measured", "该年度并非各期均已实测";
    because_outside_row: "it lies before the first entry or after the last one", "在首项之前或末项之后";
    because_verdict_holds: "no change of this weight changes the grade", "该权重无论如何变动，等级均不改变";
    because_division_by_zero: "division by zero", "除数为零";
    because_overflow: "the result is too large or too small to be exact", "结果过大或过小，无法精确表示";
    because_too_few: "one value has no spread, and one expert or one item no agreement", "单个数值无离散可言，单个专家或单个项目无一致性可言";
    because_rate_too_low: "a discount rate of -100 % or less has no present value", "折现率不高于-100 %时无现值";
    because_undefined: "the function is not defined for these values", "函数对这些数值无定义";
    because_spread_and_at_once: "no rate of return is looked for where money flows evenly over its years and some of it at once at the end", "部分资金在年内均匀发生、部分在期末一次发生时不求收益率";
    because_payback_not_reached: "not reached within the horizon", "评价期内未收回";
    because_payback_lost: "reached, then lost again in year {}", "曾收回，第{}年再度转负";
    because_no_limit: "the series never falls off, so it has no sum", "级数不递减，因而没有和";
    because_not_positive: "it is not above zero, so nothing can be measured against it", "不大于零，无从比较";
    because_no_benefits: "no benefits are stated", "未列收益";
    because_no_costs: "no costs are stated", "未列成本";
    because_all_tied: "every expert rated all items alike, so there is no ranking to agree on", "每位专家对所有项目评分相同，无从判断排序是否一致";
    because_one_moment: "all cash flows fall at the same moment, so every rate treats them alike", "所有现金流量发生在同一时点，任何利率都同样对待它们";
    because_all_negative: "every internal rate of return is below zero", "所有内部收益率都小于零";
    because_too_short: "an internal rate of return needs the cash flows of at least two years", "内部收益率至少需要两年的现金流量";
    because_all_zero: "all cash flows are zero", "现金流量全为零";
    because_no_sign_change: "the cash flows never change sign, so no rate can balance them", "现金流量不变号，任何折现率都不能使其平衡";
    because_no_root: "no rate above -100 % brings the net present value to zero", "没有高于-100 %的折现率使净现值为零";
    because_out_of_range: "an internal rate of return is so extreme that it does not fit a decimal number of 28 digits", "内部收益率过于极端，28位十进制数无法表示";
    because_no_further_rate: "no further rate makes the net present value zero", "没有其他使净现值为零的折现率";
    because_several: "{} internal rates of return fit the cash flows, so none of them can be called the one", "有{}个内部收益率符合现金流量，无法认定其中之一";

    found_equal: "nobody weighed what is under `{}`, so it weighs the same", "`{}`之下无人赋权，按等权处理";
    found_inconsistent: "the judgements of {} under `{}` contradict each other: consistency ratio {}, above {}; most: {}", "{}在`{}`之下的判断不一致：一致性比率{}，超过{}；偏离最大：{}";
    found_pair: "`{}` over `{}` is {}, {} would agree (ratio then {})", "`{}`对`{}`为{}，一致值为{}（修正后比率{}）";
    found_pair_alone: "`{}` over `{}` is {}", "`{}`对`{}`为{}";
    found_incomplete: "{} left {} of {} comparisons under `{}` open: estimated from the others by least squares of logarithms", "{}有{}项（共{}项）`{}`之下的比较未作：按对数最小二乘由其余判断估计";
    found_flattered: "{} left {} of {} comparisons under `{}` open: estimated from the others by least squares of logarithms, which flatters the consistency ratio", "{}有{}项（共{}项）`{}`之下的比较未作：按对数最小二乘由其余判断估计，一致性比率因而偏低";
    found_weightless: "what is under `{}` has no weights: {}", "`{}`之下无权重：{}";
    found_constant: "`{}` is the same for all units, so data give it no weight", "`{}`在各单元上相同，故数据不赋予其权重";
    found_consensus_unknown: "whether the experts agree cannot be told after round {}: {} without a value", "第{}轮后无法判断专家意见是否一致：{}无数值";
    found_part_missing: "the {} also has: {}", "{}还应包括：{}";
    found_part_foreign: "`{}` is no perspective of the {}", "`{}`不是{}的维度";
    found_sideless: "on neither the external nor the internal side: {}; write `side: external` or `side: internal`", "既不属外部侧也不属内部侧：{}；请写`side: external`或`side: internal`";
    found_against: "the link from `{}` to `{}` runs against the order of causes and effects in the {}", "由`{}`至`{}`的关系与{}的因果次序相反";
    found_contradicted: "the scores of `{}` and `{}` move against each other over {} pairs of periods: correlation {} (p {})", "`{}`与`{}`的得分在{}对期间内反向变动：相关系数{}（p {}）";
    found_moves_nothing: "`{}` moves no indicator", "`{}`不推动任何指标";
    found_over_budget: "`{}` has used {} of its budget", "`{}`已用预算的{}";
    found_late: "`{}` was due on {}", "`{}`应于{}完成";
    found_initiative_no_owner: "nobody answers for `{}`", "`{}`无负责人";
    found_done_but_short: "`{}` is done, but what it should move is short of its aim: {}", "`{}`已完成，但其应推动者仍未达标：{}";
    found_unmoved: "short of the aim and moved by no open initiative: {}", "未达标且无行动方案推动：{}";
    found_short_horizon: "the costs are modelled over {}, and most of what a system costs comes later", "成本仅建模{}，而系统成本多在其后";
    found_no_deployment: "no plan says how the system is run, so its costs are compared with no benchmark", "未指明部署方式，成本未与任何基准比较";
    found_per_user: "the cost per user and year is no criterion of a decision", "每用户年成本不是决策准则";
    found_unusual: "{}: {}, usually {} ({})", "{}：{}，常见为{}（{}）";
    found_negative: "`{}` is {}, though it is written positive", "`{}`为{}，而应写为正数";
    found_beyond: "`{}` is {}, where only values {} make sense", "`{}`为{}，只有{}的数值才有意义";
    found_idle: "`{}` changes no figure: {}", "`{}`未改变任何数值：{}";
    found_partly_idle: "a part of `{}` changes no figure: {}", "`{}`的一部分未改变任何数值：{}";
    idle_not_read: "nothing reads it", "没有任何数值读取它";
    idle_not_replaced: "nothing is replaced before the last of the {} years", "{}年期末之前没有任何更换";
    idle_beyond_end: "what lies after the {} years is not looked at", "{}年之后不再计算";
    idle_no_return: "no rate of return is computed, since no costs have benefits beside them", "成本未与收益对应，不计算收益率";
    idle_nothing_by_years: "nothing is stated by years", "没有按年列示的内容";
    idle_nothing_in_currency: "nothing is in that currency", "没有以该货币计价的金额";
    idle_no_amount_in_currency: "the line is a rate of others and has no amount in it", "该项按其他成本的比率计算，没有以其计价的金额";
    idle_no_amount: "there is no amount that it could act on", "没有可作用的金额";
    idle_nothing_to_compare: "there is no other alternative", "没有其他备选方案";
    idle_no_costs: "there are no costs that it could be about", "没有相关成本";
    idle_no_benefits: "there are no benefits that it could be about", "没有相关收益";
    idle_each_its_own: "each alternative states its own", "各方案均自行列明";
    idle_after_all_lives: "it begins after the life of each alternative", "开始时各方案的寿命均已结束";
    range_between: "of {} to {}", "{}至{}";
    range_from: "of {} or more", "不小于{}";
    range_above: "above {}", "大于{}";
    found_under: "in the scenario `{}`: {}", "情景`{}`：{}";
    found_not_judged: "the stop rule looks at what was asked in round {}; the weights under `{}` come from round {}", "停止准则只看第{}轮的问题；`{}`之下的权重来自第{}轮";
    found_no_consensus: "the experts do not agree enough after round {}: {} not met", "第{}轮后专家意见尚不一致：未满足{}";
    found_coverage: "the score rests on {} of the weight; without a score: {}", "得分仅依据{}的权重；无得分：{}";
    found_worse: "`{}` is worse than its base: progress {}", "`{}`劣于基期值：进度{}";
    found_no_owner: "nobody answers for: {}", "以下指标无责任人：{}";
    found_no_target: "measured without a target or a band: {}", "有测量而无目标值或区间：{}";
    found_empty_objective: "objectives without indicators: {}", "无指标的目标：{}";
    found_untied: "tied to no objective: {}", "未与目标挂钩：{}";
    found_concentration: "{} has {} of the whole weight, more than {}", "{}占总权重的{}，超过{}";
    found_together: "`{}` and `{}` move together: correlation {} over {} periods", "`{}`与`{}`同步变动：相关系数{}，共{}期";
    found_more_together: "{} pairs of indicators move together; the first {} are listed", "共有{}对指标同步变动；仅列出前{}对";
    found_below_year_before: "the target of `{}`, {}, is worse than the {} of a year before", "`{}`的目标{}劣于上年同期的{}";
    found_never_reached: "`{}` reached its target in none of {} periods; the best progress was {}", "`{}`在{}期中均未达到目标；最佳进度为{}";
    found_forecast_short: "if all goes on as before, `{}` comes to between {} and {}, short of its target of {}", "若照现状发展，`{}`将介于{}与{}之间，达不到目标{}";
    found_behind: "`{}` is behind plan: progress {}, expected by now {}", "`{}`落后于计划：进度{}，此时应为{}";
    found_carried: "`{}` has no value for {}; that of {} stands in", "`{}`缺少{}的数值；以{}的数值代替";
    found_too_many: "there are {} indicators, more than {}", "共有{}项指标，超过{}项";
    found_too_many_there: "`{}` has {} indicators, more than {}", "`{}`有{}项指标，超过{}项";
    found_no_leading: "`{}` has no leading indicator", "`{}`无先行指标";
    found_unstated: "no indicator says {}, so that balance cannot be told", "无指标说明{}，故无法判断是否平衡";
    found_not_yet: "; known in an earlier period, and not in this one: {}", "；前期已知、本期尚无：{}";
    found_unbalanced: "{} has {} of the weight and {} {}: the smaller has less than {} of both", "{}占权重的{}，{}占{}：较小一侧不足两者的{}";
    found_needless: "`{}` is accepted, but nothing of the sort was found", "`{}`已被接受，但并无此类发现";
    found_inherited_target: "{}: measured against the target of `{}` for all units together", "{}：以`{}`的整体目标衡量";
    found_year_incomplete: "the year to date counts from {}, the first period, and lacks the beginning of its fiscal year (periods: {})", "年初至今自首期{}起算，缺少本财年年初（期数：{}）";
    found_unread: "`{}` of `{}` counts for nothing: neither its scoring, `{}`, nor a rule of the statuses reads it", "数值`{}`（指标`{}`）不起作用：评分方式`{}`与状态规则均未读取";
    found_kpi_falls: "`{}` is to fall from {} to {}, but of the KPI `{}` more is better: either base and target are swapped, or it is another KPI", "`{}`拟由{}降至{}，而指标`{}`越高越好：或基期值与目标值写反，或应为另一指标";
    found_kpi_rises: "`{}` is to rise from {} to {}, but of the KPI `{}` less is better: either base and target are swapped, or it is another KPI", "`{}`拟由{}升至{}，而指标`{}`越低越好：或基期值与目标值写反，或应为另一指标";
    found_fault: "no value, nor for what depends on it: {}", "无数值，依赖于它的数值亦无：{}";
    found_unjudged: "the panel judged {} of the weight; left out: {}", "专家组评判了{}的权重；未评：{}";
    found_effectiveness: "the effectiveness of maximum membership is {}, below 0.5: the grade hardly stands out from the next one, so rely on the score", "最大隶属度的有效度为{}，低于0.5：该等级与次高等级相差甚微，宜以得分为准";
    found_operators: "the grade depends on the operator: {}", "等级取决于算子：{}";
    found_weight: "the grade hangs on a weight: moving {} of the weight to or from {} changes it", "等级取决于权重：将{}的权重移入或移出{}即改变等级";
    found_tie: "grades tie, and any change of the weight of {} decides between them", "等级并列，{}的权重稍有变动即可决定取舍";
    found_expert: "the grade hangs on one expert: without {} it is another one", "等级取决于一位专家：去掉{}则等级改变";
    found_outside: "`{}` is {}, outside all thresholds of its functions ({}): it has no grade, and counts as 0 in every grade of what is above it; the memberships of the whole sum to {}", "`{}`为{}，在其隶属函数的所有阈值之外（{}）：无等级，在上级各等级中均按0计；总体隶属度之和为{}";
    found_band: "band {}", "区间{}";
    found_only_expert: "the verdict is that of one expert: without {} there is no grade", "结论出自一位专家：去掉{}则无等级";
    found_sum: "the memberships of `{}` sum to {}, not 1", "`{}`的隶属度之和为{}，而非1";
    found_no_rate: "without a `discount_rate` nothing has a present value", "未给折现率（`discount_rate`），一切均无现值";
    found_out_of_reach: "the payout curve goes on to a score of {}, but scores end at 100 %: what it pays above that is out of reach", "支付曲线延伸至得分{}，而得分以100 %为限：其上的支付无法达到";
    found_pay_over_budget: "the total payout of {} is above the budget of {}", "支付总额{}超出预算{}";
    found_above_budget: "the payout may reach {}, above the budget of {}", "支付总额最高可达{}，超出预算{}";
    found_empty: "no costs are stated for: {}", "以下类别未列成本：{}";
    found_all_hours: "`{}` counts every hour saved as work: state the share that is put to use as `conversion`", "`{}`将节约的工时全部计为工作：请以`conversion`写明有效利用的比例";
    found_hours_as_cash: "`{}` counts hours saved as cash: say whether they are, with `cashable`", "`{}`将节约的工时计为现金：请以`cashable`写明是否可变现";
    found_shortfall: "`{}` falls short of plan by up to {} ({}), more than the limit of {}", "`{}`比计划最多少{}（{}），超过限度{}";
    found_revenue: "`{}` counts revenue in full: state its `margin`, or `margin: 100%` if the amount is one already", "`{}`将收入全额计入：请给出毛利率（`margin`）；若金额本身已是毛利，则写`margin: 100%`";
    found_intangible: "`{}` is intangible: reported, not counted", "`{}`为无形收益：仅列示，不计入";
    found_unequal_lives: "they do not last equally long (years: {}): compare what they cost and bring a year, and not their net present values", "各方案寿命不等（年数：{}）：应比较等额年值或等额年成本，而非净现值";
    found_no_benefits: "no benefits are stated for {}, while others have some: over a baseline what is not stated counts as zero", "{}未列收益，而其他方案已列：与基准相比时未列者按零计";
    found_expected_differs: "{}: {} is printed and {} is right here, {} beyond what rounding explains", "{}：原文为{}，本模型为{}，超出舍入{}";
    found_expected_cannot_beyond: "{}: {} is printed, but what else is printed allows only {}", "{}：原文为{}，但由其他原文数值只能得出{}的数";
    found_expected_cannot: "{}: {} is printed, but what else is printed allows {} to {} only", "{}：原文为{}，但由其他原文数值只能得出{}至{}";
    found_expected_unknown: "{} cannot be compared: {}", "{}无法核对：{}";
    found_expected_needless: "{} agrees within rounding, and is explained all the same: {}", "{}在舍入范围内一致，却有说明：{}";
    found_no_irr: "no internal rate of return: {}", "无内部收益率：{}";
    found_no_share: "`{}` is {}, which is no share between 0 and 100 %", "`{}`为{}，不是0至100 %之间的比率";
    found_high_rate: "`{}` is {}: is it a percentage?", "`{}`为{}：是否应为百分数？";
    found_out_of_range: "`{}` is {}, outside its range from {} to {}", "`{}`为{}，超出区间{}至{}";
    found_guessed: "guessed and to be tested first: {}", "系估计值，应首先检验：{}";

    found_no_spread: "there is a profit, but it does not pay for the capital: year {}", "有利润但不足以补偿资本：第{}年";
    found_funnel: "`{}` is {} of the stage before: something flows in beside the funnel, or is counted twice", "`{}`为上一阶段的{}：或有旁路流入，或重复计数";
    found_outside_grid: "`{}` lies below the first band and is in no cell of the grid", "`{}`低于最低档，不在任何格中";
    found_rounded_shares: "the shares of `{}` add up to {} as typed, which their digits explain; they are divided by that", "`{}`的占比按所写之和为{}，属舍入所致；已按其和归一化";
    found_unprofitable: "a customer of `{}` costs more to win than it brings: {}", "`{}`的获客成本高于其价值：{}";

    by_score: "(actual - base) / (target - base), limited to 0..1; the progress is not limited", "(实际值 - 基期值) / (目标值 - 基期值)，限于0至1；进度不受此限";
    by_nearness: "1 - distance from the band / tolerance", "1 - 距区间的距离 / 容差";
    by_two_piece: "1 at the target, on in a line to {} at the stretch target", "目标值处为1，线性延伸至挑战目标处为{}";
    by_goal_red_flag: "2/3 at the target, 1/3 at the floor, straight beyond both", "目标值处为2/3，底线处为1/3，两端线性延伸";
    by_min_max: "(actual - min) / (max - min)", "(实际值 - 最小值) / (最大值 - 最小值)";
    by_step: "{} from {}", "{}（自{}起）";
    by_steps: "in steps, {}", "分段：{}";
    by_lookup: "by word, {}", "按词语：{}";
    by_yes_no: "1 for yes, 0 for no", "是为1，否为0";
    by_s_curve: "1 / (1 + e^(-{} (progress - 1/2)))", "1 / (1 + e^(-{} (进度 - 1/2)))";
    by_geometric_roll_up: "weighted geometric mean of the children: a score of 0 makes all of it 0", "下级指标的加权几何平均：任一得分为0则整体为0";
    by_worst_child: "the lowest score of the children", "下级指标的最低得分";
    by_best_child: "the highest score of the children", "下级指标的最高得分";
    by_rule: "{} where {}", "{}：{}";
    by_last_rule: "else {}", "其余：{}";
    by_rules: "by the first rule that holds: {}", "按首条成立的规则：{}";
    by_periods: "{} to {}, evaluated at {}", "{}至{}，评价期为{}";
    by_year_end: "begins in month {} and is called after the year it ends in", "自{}月起，以结束年份命名";
    by_year_start: "begins in month {} and is called after the year it begins in", "自{}月起，以开始年份命名";
    by_aggregation: "shorter periods and the year so far: {}", "较短期间与本年累计：{}";
    by_rule_sum: "the sum", "合计";
    by_rule_mean: "the mean", "平均";
    by_rule_last: "the last value", "期末值";
    by_rule_first: "the first value", "期初值";
    by_rule_min: "the lowest value", "最低值";
    by_rule_max: "the highest value", "最高值";
    by_carry: "a value stands in for missing ones after it for up to {} periods", "某期数值可沿用至其后缺失的至多{}期";
    by_no_carry: "never: a missing value stays missing", "不沿用：缺失值仍为缺失";
    by_together: "Pearson's correlation of actual values from six pairs of periods on, between the first {} indicators of each parent and up to {} pairs, those joined by a link left out", "自六对期间起按实际值的皮尔逊相关系数，比较各上级之下前{}项指标、至多{}对，已有因果关系者除外";
    by_linear_path: "between start and due date the same step each period", "起始至到期之间每期等步推进";
    by_step_path: "nothing until a milestone or the target is due", "里程碑或目标到期前保持不变";
    by_forecast: "least-squares line through the values so far; its interval holds what comes with {}", "按既有数值的最小二乘直线；预测区间的置信度为{}";
    by_roll_up: "weighted mean of the children", "下级指标的加权平均";
    by_exclude: "exclude: left out, the other weights divided by their sum, level by level", "exclude：不计入，其余权重逐层归一化";
    by_worst: "worst: counted as score 0", "worst：按得分0计";
    by_fail: "fail: a parent of a missing score has none", "fail：下级得分缺失则上级亦无得分";
    by_band: "{} from {} %", "{}自{} %起";
    by_bands: "{}; half-open bands of the score", "{}；得分区间左闭右开";
    by_quartiles: "type 7, linear between order statistics, as in spreadsheets", "第7类，次序统计量之间线性插值，与电子表格相同";
    by_standard_deviation: "n - 1", "n - 1";
    by_kendall_w: "mid-ranks, corrected for ties", "同分取平均秩，并作同分校正";
    by_comparisons: "{}; random index {}; consistency ratio up to {}", "{}；随机指标{}；一致性比率不超过{}";
    by_gaps: "pairs that nobody judged by least squares of logarithms", "未作判断的比较按对数最小二乘估计";
    by_ranks: "equal ranks share the mean of their positions; {}", "并列者取所占位次的均值；{}";
    by_data: "{}; nearness to the best: 1 - distance / largest distance", "{}；与最优值的接近度：1 - 距离 / 最大距离";
    by_raw_data: "{}; numbers as measured", "{}；按测量值";
    by_costs_kept: "{}; costs are not turned around", "{}；成本型指标未作反向处理";
    by_delphi_weights: "means of the last round that rated the siblings, divided by their sum", "同级指标最近一轮评分的均值，归一化";
    by_normalised: "each row is divided by its sum", "每行归一化";
    by_as_they_are: "rows go up as they are", "各行原样向上汇总";
    by_grade: "maximum membership; ties are listed together; memberships and scores that agree in 10 decimals are equal", "最大隶属度；并列者一并列出；隶属度与得分前10位小数相同即视为相等";
    by_panel_score: "sum b s / sum b", "Σ b s / Σ b";
    by_panel_score_squared: "sum b^2 s / sum b^2", "Σ b² s / Σ b²";
    by_nearest_grade: "nearest to the score", "最接近得分者";
    by_grade_bands: "{}; half-open bands of the score", "{}；得分区间左闭右开";
    by_grade_band: "{} from {}", "{}自{}起";
    by_sums_one: "sum to exactly 1", "之和恰为1";
    by_sums_rounded: "rounded, divided by their sum", "经舍入，按其和归一化";
    by_sums_any: "as written, whatever they sum to", "原样使用，不论其和";
    by_ballots_equal: "every expert counts the same", "各专家等权";
    by_ballots_authority: "experts count by their authority", "按专家权威程度加权";
    by_moved_weights: "one weight moves and its siblings keep their proportions", "单一权重变动，同级权重保持比例";
    by_left_out_experts: "without the ballot of an expert the others keep their proportions, and the weights stay as they are", "去掉一位专家的投票时，其余专家保持比例，权重不变";
    by_stage: "{}; a convention, as no numbers are published: {}", "{}；系约定，并无公开发表的数值：{}";
    by_stage_themes: "financial themes: {}", "财务主题：{}";
    by_links: "strong 0.9, medium 0.6, weak 0.3; an effect over several links is the largest product of strengths along a path; correlations are of scores, the cause earlier by the lag, from five pairs of periods on", "强0.9、中0.6、弱0.3；经多个环节的影响取各路径强度之积的最大者；相关系数按得分计算，原因按滞后期提前，至少需五对期间";
    by_sides: "mean of the indicators of the side by their weight in the whole", "该侧指标按总权重的加权平均";
    theme_revenue: "revenue growth and mix", "收入增长与组合";
    theme_productivity: "cost reduction and productivity", "降低成本与提高生产率";
    theme_assets: "asset utilisation", "资产利用";
    life_cycle: "Life-cycle stage", "生命周期阶段";
    by_payout_linear: "linear from threshold to target to cap; below the threshold nothing, from the cap on no more", "门槛值、目标值、上限值之间线性；低于门槛值不支付，达到上限值后不再增加";
    by_payout_steps: "what the last step that was reached pays; a step begins at its score", "按已达到的最高一档支付；达到该档得分即计入";
    by_timing: "year 0 is not discounted, every later amount falls at the end of its year", "第0年不折现，以后各年金额均计于年末";
    by_at_end: "what comes back or is paid as the horizon ends is discounted as of that day", "期末收回或支付的金额按期末日折现";
    by_timing_middle: "year 0 is undiscounted; the flows of later years fall in the middle of the year", "第0年不折现；以后各年的现金流发生在年中";
    by_exchange_rates: "dated rates are those that hold when the money of a year flows, and year 0 ends with the first calendar year; of rates by year, year 0 has that of year 1", "按日期给出的汇率取各年现金流发生时有效者，第0年取首个日历年末；逐年给出的汇率中，第0年采用第1年的汇率";
    residual_value_of: "{}: residual value", "{}：残值";
    by_inflation: "amounts are {}, the discount rate is {}; (1 + nominal rate) = (1 + real rate) x (1 + inflation), and amounts are discounted at the rate in their own terms", "金额为{}口径，折现率为{}口径；(1 + 名义利率) = (1 + 实际利率) x (1 + 通货膨胀率)，金额按同口径利率折现";
    by_phases: "of a line that names no phase, year 0 is building and the rest is running", "未指明阶段者，第0年计入建设，其余计入运行";
    by_reserves: "beside the costs and in none of their totals; a share of the initial cost unless another base is stated, which is an assumption", "列于成本之外，不计入合计；除另行指明外按初始成本计提，系假设";
    terms_nominal: "nominal", "名义";
    terms_real: "real (prices of year 0)", "实际（第0年价格）";
    by_risk: "costs raised and benefits cut line by line; unadjusted figures leave risk out everywhere", "逐项上调成本、下调收益；未调整数值一概不计风险";
    by_return: "(benefits - costs) / costs", "(收益 - 成本) / 成本";
    by_timing_quarterly: "year 0 is undiscounted; a quarter of a later year's amount falls at the end of each quarter", "第0年不折现；以后各年的金额按季度平均发生在季末";
    by_timing_monthly: "year 0 is undiscounted; a twelfth of a later year's amount falls at the end of each month", "第0年不折现；以后各年的金额按月平均发生在月末";
    by_timing_continuous: "year 0 is undiscounted; a later year's amount flows evenly over its year", "第0年不折现；以后各年的金额在年内均匀发生";
    by_irr_lowest: "the lowest rate above -100 % at which the net present value is 0", "高于-100 %且使净现值为0的最低折现率";
    by_irr_highest: "the highest rate above -100 % at which the net present value is 0", "高于-100 %且使净现值为0的最高折现率";
    by_mirr: "outlays at {}, inflows invested again at {}", "流出按{}，流入按{}再投资";
    at_discount_rate: "the discount rate", "折现率";
    at_finance_rate: "the finance rate", "融资利率";
    at_reinvestment_rate: "the reinvestment rate", "再投资利率";
    by_irr_nearest: "of the rates above -100 % at which the net present value is 0 the one nearest to {}", "高于-100 %且使净现值为0的折现率中最接近{}者";
    by_irr_lowest_not_negative: "the lowest rate that is not negative at which the net present value is 0", "使净现值为0的最低非负折现率";
    by_irr_highest_falling: "the highest rate at which the net present value falls below 0", "净现值由正转负的最高折现率";
    by_irr: "the one rate above -100 % at which the net present value is 0", "高于-100 %且使净现值为0的唯一折现率";
    by_days: "days counted {}", "按{}计日";
    by_equal_periods: "equal periods, rates compounded to a year", "等长期间，利率复利折算为年利率";
    by_time_of: "{}: {}", "{}：{}";
    by_timed_payback: "payback with the flow that reaches it, without interpolation", "回收期为累计转正之笔的时点，不插值";
    by_payback: "linear inside the year", "年内线性插值";
    by_capital_charge: "capital is charged as it stands when the year begins; amounts fall at the end of their year and are discounted at the cost of capital", "按年初资本计费；各年金额计于年末，按资本成本率折现";
    by_first_after: "first margin after a year, from those who stay", "首笔利润在一年后，来自留存客户";
    by_first_once: "first margin at once, from everybody", "首笔利润即时取得，来自全部客户";
    by_lifetime_horizon: "over the horizon", "评价期内";
    by_lifetime_years: "over {} years", "{}年内";
    by_lifetime_perpetual: "perpetual: after the horizon margins grow and customers stay as in its last year", "永续：评价期后利润增长与客户留存同最后一年";
    by_equity: "customers count before the acquisition cost, those to be won after it", "现有客户按获客成本前计，拟新增客户按扣除后计";
    by_grid: "half-open bands: each from where it begins up to where the next one does", "各档左闭右开";
    by_states: "customers are those who are new, active, at risk or won back; new and won back since the time before", "客户含新增、活跃、有流失风险与挽回者；新增与挽回均为上期以来";
    by_compositions: "shares may miss 100 % by half a unit of the last digit of each, and are divided by their sum", "占比之和与100 %之差不超过各项末位半个单位之和，并按其和归一化";
    fragment_title: "Scorecard", "记分卡";
    fragment_formula: "{}: {}", "{}：{}";
    fragment_source: "source: {} ({})", "来源：{}（{}）";
    fragment_base: "the value before", "基期值";
    fragment_base_share: "the value before, as in 78%", "基期值，如78%";
    fragment_target: "the value agreed; {}", "目标值；{}";
    fragment_higher: "more is better", "越高越好";
    fragment_lower: "less is better", "越低越好";
    fragment_band: "[low, high]: the range to stay in", "[下限, 上限]：应保持的区间";
    fragment_usual_band: "[low, high]: the range to stay in, usually [{}, {}]", "[下限, 上限]：应保持的区间，通常为[{}, {}]";
    fragment_tolerance: "how far outside the range the score is 0", "超出区间多远时得分为0";
    fragment_sum: "of the period; adds up over periods", "本期发生额；各期相加";
    fragment_mean: "of the period; the mean over periods", "本期数；各期取平均";
    fragment_last: "at the end of the period; the last over periods", "期末数；取最近一期";
    fragment_first: "at the beginning of the period; the first over periods", "期初数；取最早一期";
    fragment_by_hand: "by the formula above from the list of each period, which is not taken here", "按上式由各期列表算出；此处不填列表";
    fragment_pool: "a list, as in [4, 5, 3]; over periods give `actual:` by period in its place", "列表，如[4, 5, 3]；多期时改写各期的`actual:`";
    fragment_list: "a list, as in [40, 25, 30]; {}", "列表，如[40, 25, 30]；{}";
    group_financial: "Financial", "财务";
    group_customer: "Customer", "客户";
    group_internal_process: "Internal process", "内部流程";
    group_learning_growth: "Learning and growth", "学习与成长";
    group_management_effect: "Management effect", "管理效果";
    group_sales_funnel: "Sales funnel", "销售漏斗";
    group_service: "Service", "服务";
    group_marketing: "Marketing", "营销";
    by_rounding: "none inside; half away from zero in print", "计算中不舍入；列示时四舍五入";
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    /// A status or a quality; names of the user's own stay as they are.
    pub(super) fn status<'a>(&'a self, name: &'a str) -> &'a str {
        match name {
            "red" => self.red,
            "amber" => self.amber,
            "green" => self.green,
            other => other,
        }
    }

    pub(super) fn deployment(&self, deployment: Deployment) -> &'static str {
        match deployment {
            Deployment::OnPremises => self.on_premises,
            Deployment::Hosted => self.hosted,
            Deployment::Cloud => self.cloud,
        }
    }

    pub(super) fn benchmark(&self, benchmark: &Benchmark) -> &'static str {
        (self.label)(benchmark.name).unwrap_or(benchmark.name)
    }

    /// The name of a phase; one of the user's own stays as it is.
    pub(super) fn phase<'a>(&self, name: &'a str) -> &'a str {
        match name {
            "Build" | "Run" | "Exit" => (self.label)(name).unwrap_or(name),
            own => own,
        }
    }

    pub(super) fn category(&self, category: Category) -> &'static str {
        match category {
            Category::Licences => self.licences,
            Category::Maintenance => self.maintenance,
            Category::Hardware => self.hardware,
            Category::Telecom => self.telecom,
            Category::ServiceProviders => self.service_providers,
            Category::VendorServices => self.vendor_services,
            Category::Staff => self.staff,
            Category::Other => self.other,
        }
    }

    pub(super) fn group(&self, group: KpiGroup) -> &'static str {
        match group {
            KpiGroup::Financial => self.group_financial,
            KpiGroup::Customer => self.group_customer,
            KpiGroup::InternalProcess => self.group_internal_process,
            KpiGroup::LearningGrowth => self.group_learning_growth,
            KpiGroup::ManagementEffect => self.group_management_effect,
            KpiGroup::SalesFunnel => self.group_sales_funnel,
            KpiGroup::Service => self.group_service,
            KpiGroup::Marketing => self.group_marketing,
        }
    }

    /// The kind of a benefit, by its name in a document.
    pub(super) fn kind(&self, name: &'static str) -> &'static str {
        match name {
            "revenue" => self.revenue,
            "saving" => self.saving,
            "avoidance" => self.avoidance,
            "intangible" => self.intangible,
            other => other,
        }
    }

    /// A principle of design, by its name in ids.
    pub(super) fn principle_of(&self, name: &'static str) -> &'static str {
        match name {
            "objectives" => self.principle_objectives,
            "finance" => self.principle_finance,
            "term" => self.principle_term,
            "nature" => self.principle_nature,
            "kind" => self.principle_kind,
            "people" => self.principle_people,
            "level" => self.principle_level,
            other => other,
        }
    }

    /// The name of a framework.
    pub(super) fn framework_name(&self, framework: Framework) -> &'static str {
        match framework {
            Framework::BalancedScorecard => self.balanced_scorecard,
            Framework::CrmIndexSystem => self.crm_index_system,
            Framework::PerformancePyramid => self.performance_pyramid,
            Framework::Custom => self.custom_framework,
        }
    }

    /// A stage in the life cycle, by its name in a document.
    pub(super) fn stage_name(&self, name: &'static str) -> &'static str {
        match name {
            "growth" => self.stage_growth,
            "sustain" => self.stage_sustain,
            "harvest" => self.stage_harvest,
            other => other,
        }
    }

    /// The indicators that are rolled up apart.
    pub(super) fn apart(&self, name: &'static str) -> &'static str {
        match name {
            "leading" => self.apart_leading,
            "lagging" => self.apart_lagging,
            "process_indicators" => self.apart_process,
            "effect_indicators" => self.apart_effect,
            other => other,
        }
    }

    /// One side of a principle.
    pub(super) fn side(&self, name: &'static str) -> &'static str {
        match name {
            "tied" => self.side_tied,
            "untied" => self.side_untied,
            "financial" => self.side_financial,
            "non_financial" => self.side_non_financial,
            "short_term" => self.side_short,
            "long_term" => self.side_long,
            "quantitative" => self.side_quantitative,
            "qualitative" => self.side_qualitative,
            "lagging" => self.side_lagging,
            "leading" => self.side_leading,
            "customer" => self.side_customer,
            "employee" => self.side_employee,
            "strategic" => self.side_strategic,
            "tactical" => self.side_tactical,
            other => other,
        }
    }

    /// What alternatives are ranked by, by its name in the ids of figures.
    pub(super) fn ranked_by(&self, measure: &'static str) -> &'static str {
        match measure {
            "npv" => self.ranked_npv,
            "increment_npv" => self.ranked_increment_npv,
            "equivalent_annual_value" => self.ranked_equivalent_annual_value,
            "roi" => self.ranked_roi,
            "benefit_cost_ratio" => self.ranked_benefit_cost_ratio,
            "irr" => self.ranked_irr,
            "payback" => self.ranked_payback,
            "discounted_payback" => self.ranked_discounted_payback,
            "cost_present_value" => self.ranked_cost_present_value,
            "equivalent_annual_cost" => self.ranked_equivalent_annual_cost,
            other => other,
        }
    }

    /// A financial theme.
    pub(super) fn theme_name(&self, theme: Theme) -> &'static str {
        match theme {
            Theme::Revenue => self.theme_revenue,
            Theme::Productivity => self.theme_productivity,
            Theme::Assets => self.theme_assets,
        }
    }

    /// How far an initiative has come, by its name in a document.
    pub(super) fn initiative_status(&self, name: &'static str) -> &'static str {
        match name {
            "planned" => self.initiative_planned,
            "running" => self.initiative_running,
            "done" => self.initiative_done,
            "stopped" => self.initiative_stopped,
            other => other,
        }
    }

    /// What a convention is about.
    pub(super) fn topic(&self, topic: &'static str) -> &'static str {
        match topic {
            "framework" => self.framework,
            "stage" => self.life_cycle,
            "links" => self.links,
            "sides" => self.sides,
            "score" => self.score,
            "roll_up" => self.roll_up,
            "missing_scores" => self.missing_scores,
            "periods" => self.topic_periods,
            "fiscal_year" => self.topic_fiscal_year,
            "aggregation" => self.topic_aggregation,
            "carry_forward" => self.topic_carry_forward,
            "moves_together" => self.topic_together,
            "expected_path" => self.topic_expected_path,
            "forecast" => self.forecast,
            "status" => self.status,
            "quartiles" => self.quartiles,
            "standard_deviation" => self.standard_deviation,
            "kendall_w" => self.kendall_w,
            "pairwise_comparisons" => self.pairwise_comparisons,
            "rank_weights" => self.rank_weights,
            "data_weights" => self.data_weights,
            "delphi_weights" => self.delphi_weights,
            "operator" => self.operator,
            "between_levels" => self.between_levels,
            "grade" => self.grade,
            "panel_score" => self.panel_score,
            "score_grade" => self.score_grade,
            "memberships" => self.stated_memberships,
            "ballots" => self.ballots,
            "sensitivity" => self.sensitivity,
            "payout_curve" => self.payout_curve,
            "timing" => self.timing,
            "tax" => self.tax,
            "value_added" => self.economic_value_added,
            "depreciation" => self.depreciation,
            "accounting_rate_of_return" => self.accounting_rate_of_return,
            "exchange_rates" => self.exchange_rates,
            "inflation" => self.inflation,
            "phases" => self.phases,
            "reserves" => self.topic_reserves,
            "financing" => self.financing_rate,
            "risk" => self.risk,
            "return_on_investment" => self.return_on_investment,
            "internal_rate_of_return" => self.irr,
            "modified_internal_rate_of_return" => self.mirr_short,
            "payback" => self.payback,
            "cash_flows" => self.cash_flows,
            "economic_value_added" => self.economic_value_added,
            "lifetime_value" => self.lifetime_value,
            "segmentation" => self.segmentation,
            "customer_states" => self.customer_states,
            "compositions" => self.compositions,
            "rounding" => self.rounding,
            other => other,
        }
    }

    /// What a row of evidence is.
    pub(super) fn evidence(&self, what: &'static str) -> &'static str {
        match what {
            "priorities" => self.row_priorities,
            "ranks" => self.row_ranks,
            "mean_ranks" => self.row_mean_ranks,
            "points" => self.row_points,
            "shares" => self.row_shares,
            "weights" => self.row_weights,
            "entropy" => self.row_entropy,
            "divergence" => self.row_divergence,
            "contrast" => self.row_contrast,
            "conflict" => self.row_conflict,
            "directions" => self.row_directions,
            "information" => self.row_information,
            "subjective" => self.row_subjective,
            "objective" => self.row_objective,
            other => other,
        }
    }

    /// The label of the figure of that id; names of the user's own stay as they are.
    pub(super) fn label(&self, id: &impl ToString, label: &Label) -> Label {
        let id = id.to_string();
        // of an alternative, its name stands before the subject
        let alternative = id.strip_prefix(ALTERNATIVES).and_then(|rest| rest.strip_prefix('.')?.split_once('.'));
        // one of several that are alike has its number behind the subject: `Financing, 3`
        let named = |subject: &str| {
            let whole = (self.label)(subject).map(str::to_owned);
            whole.or_else(|| {
                let (stem, number) = subject.rsplit_once(", ")?;
                let number: u32 = number.parse().ok()?;
                Some(format!("{}, {number}", (self.label)(stem)?))
            })
        };
        let subject = match (alternative, label.subject.rsplit_once(BEFORE_SUBJECT)) {
            (Some((_, id)), Some((name, subject))) => named(subject)
                .filter(|_| is_own(id) || is_own_of_alternative(id))
                .map(|subject| fill(self.of_alternative, &[name, &subject])),
            _ => named(&label.subject).filter(|_| is_own(&id)),
        };
        Label {
            subject: subject.map_or_else(|| Arc::clone(&label.subject), Arc::from),
            aspect: (self.label)(label.aspect).unwrap_or(label.aspect),
        }
    }

    /// Why there is no value.
    pub(super) fn cause(&self, cause: Cause) -> Cow<'static, str> {
        let fixed = match cause {
            Cause::NoData => self.because_no_data,
            Cause::NothingToShare => self.because_nothing_to_share,
            Cause::NotAnswered => self.because_not_answered,
            Cause::NotInvited => self.because_not_invited,
            Cause::DontKnow => self.because_dont_know,
            Cause::IncompleteAnswers => self.because_incomplete_answers,
            Cause::DifferentGroups => self.because_different_groups,
            Cause::TooLarge => self.because_too_large,
            Cause::NoEarlierRound => self.because_no_earlier_round,
            Cause::LeftOut => self.because_left_out,
            Cause::Unconnected => self.because_unconnected,
            Cause::NothingElse => self.because_nothing_else,
            Cause::NothingRedundant => self.because_nothing_redundant,
            Cause::NoConflict => self.because_no_conflict,
            Cause::NotMeasured => self.because_not_measured,
            Cause::NotJudged => self.because_not_judged,
            Cause::OneGrade => self.because_one_grade,
            Cause::NoMembership => self.because_no_membership,
            Cause::VerdictHolds => self.because_verdict_holds,
            Cause::TooFewValues { needed } => return fill(self.because_too_few_values, &[&needed.to_string()]).into(),
            Cause::NothingMoves => self.because_nothing_moves,
            Cause::UnderScenario => self.because_under_scenario,
            Cause::DivisorMayBeZero => self.because_divisor_may_be_zero,
            Cause::RangeNotTold => self.because_range_not_told,
            Cause::OutsideRow => self.because_outside_row,
            Cause::YearNotMeasured => self.because_year_not_measured,
            Cause::NoRule => self.because_no_rule,
            Cause::NotPositive => self.because_not_positive,
            Cause::NoBenefits => self.because_no_benefits,
            Cause::NoCosts => self.because_no_costs,
            Cause::DivisionByZero => self.because_division_by_zero,
            Cause::Overflow => self.because_overflow,
            Cause::TooFew => self.because_too_few,
            Cause::RateTooLow => self.because_rate_too_low,
            Cause::Undefined => self.because_undefined,
            Cause::Irr(NoIrr::TooShort) => self.because_too_short,
            Cause::Irr(NoIrr::OneMoment) => self.because_one_moment,
            Cause::Irr(NoIrr::AllNegative) => self.because_all_negative,
            Cause::Irr(NoIrr::AllZero) => self.because_all_zero,
            Cause::Irr(NoIrr::NoSignChange) => self.because_no_sign_change,
            Cause::Irr(NoIrr::NoRoot) => self.because_no_root,
            Cause::Irr(NoIrr::OutOfRange) => self.because_out_of_range,
            Cause::Irr(NoIrr::Several { count }) => return fill(self.because_several, &[&count.to_string()]).into(),
            Cause::NoFurtherRate => self.because_no_further_rate,
            Cause::SpreadAndAtOnce => self.because_spread_and_at_once,
            Cause::PaybackNotReached => self.because_payback_not_reached,
            Cause::PaybackLost { year, .. } => return fill(self.because_payback_lost, &[&year.to_string()]).into(),
            Cause::NoLimit => self.because_no_limit,
            Cause::AllTied => self.because_all_tied,
        };
        fixed.into()
    }

    /// A number of years as a length of time.
    pub(super) fn length(&self, years: usize) -> String {
        if years == 1 { self.one_year.to_owned() } else { fill(self.years, &[&years.to_string()]) }
    }
}

/// A phrase with its places filled, in order; what is filled in is not looked at again.
pub(super) fn fill(phrase: &str, parts: &[&str]) -> String {
    let mut filled = String::new();
    let mut parts = parts.iter();
    for (position, fixed) in phrase.split("{}").enumerate() {
        if position > 0 {
            filled.push_str(parts.next().copied().unwrap_or_default());
        }
        filled.push_str(fixed);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::report::testing;

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(fill("{} of {}", &["{}", "b"]), "{} of b");
        assert_eq!(fill("{} of {}", &["a"]), "a of ");
    }

    #[test]
    fn translations_have_the_same_places() {
        for (english, chinese) in PAIRS {
            assert_eq!(english.matches("{}").count(), chinese.matches("{}").count(), "{english}");
        }
    }

    #[test]
    fn causes_in_english_are_those_of_the_model() {
        let irr = [
            NoIrr::TooShort,
            NoIrr::OneMoment,
            NoIrr::AllNegative,
            NoIrr::AllZero,
            NoIrr::NoSignChange,
            NoIrr::NoRoot,
            NoIrr::OutOfRange,
            NoIrr::Several { count: 2 },
        ];
        let others = [
            Cause::NoFurtherRate,
            Cause::NoData,
            Cause::NothingToShare,
            Cause::NotAnswered,
            Cause::NotInvited,
            Cause::DontKnow,
            Cause::IncompleteAnswers,
            Cause::DifferentGroups,
            Cause::TooLarge,
            Cause::NoEarlierRound,
            Cause::LeftOut,
            Cause::Unconnected,
            Cause::NothingElse,
            Cause::NothingRedundant,
            Cause::NoConflict,
            Cause::NotMeasured,
            Cause::NotJudged,
            Cause::OneGrade,
            Cause::NoMembership,
            Cause::VerdictHolds,
            Cause::OutsideRow,
            Cause::YearNotMeasured,
            Cause::NoRule,
            Cause::TooFewValues { needed: 3 },
            Cause::NothingMoves,
            Cause::NotPositive,
            Cause::NoBenefits,
            Cause::NoCosts,
            Cause::UnderScenario,
            Cause::DivisorMayBeZero,
            Cause::RangeNotTold,
            Cause::DivisionByZero,
            Cause::Overflow,
            Cause::TooFew,
            Cause::RateTooLow,
            Cause::Undefined,
            Cause::SpreadAndAtOnce,
            Cause::PaybackNotReached,
            Cause::PaybackLost { reached: 1.into(), year: 3 },
            Cause::NoLimit,
            Cause::AllTied,
        ];
        for cause in irr.map(Cause::Irr).into_iter().chain(others) {
            assert_eq!(Words::of(Language::English).cause(cause), cause.to_string());
            assert!(!Words::of(Language::Chinese).cause(cause).is_ascii(), "{cause}");
        }
    }

    #[test]
    fn every_label_of_the_crate_has_a_translation() {
        for draft in [testing::meridian(), testing::chinese(), testing::judged_in_every_way()] {
            let report = testing::report(Draft { language: Language::Chinese, ..draft });
            for figure in report.figures() {
                let Label { subject, aspect } = &figure.label;
                assert!(aspect.is_empty() || !aspect.is_ascii(), "{}: {aspect}", figure.id());
                assert!(!is_own(&figure.id()) || !subject.is_ascii(), "{}: {subject}", figure.id());
            }
        }
    }

    #[cfg(feature = "yaml")]
    #[test]
    fn every_label_of_weights_and_reviews_has_a_translation() {
        for text in [
            include_str!("../../examples/mixed_weights.yaml"),
            include_str!("../../examples/house.yaml"),
            include_str!("../../examples/rivers.yaml"),
            include_str!("../../examples/customers.yaml"),
            include_str!("../../examples/lease_or_buy.yaml"),
            include_str!("../../examples/design_review.yaml"),
            include_str!("../../examples/mature_market.yaml"),
            include_str!("../../examples/performance_pyramid.yaml"),
            include_str!("../../examples/incentive.yaml"),
            include_str!("../../examples/group.yaml"),
            include_str!("../../examples/three_vendors.yaml"),
            include_str!("../../examples/make_or_buy.yaml"),
            include_str!("../../examples/three_ways.yaml"),
            include_str!("../../examples/on_premises.yaml"),
            include_str!("../../examples/cloud.yaml"),
        ] {
            let document = crate::yaml::Document::parse("weights.yaml", text).unwrap();
            let draft = document.appraisal().draft().clone();
            for figure in testing::report(Draft { language: Language::Chinese, ..draft }).figures() {
                let Label { subject, aspect } = &figure.label;
                assert!(aspect.is_empty() || !aspect.is_ascii(), "{}: {aspect}", figure.id());
                assert!(!is_own(&figure.id()) || !subject.is_ascii(), "{}: {subject}", figure.id());
            }
        }
    }

    #[cfg(feature = "yaml")]
    #[test]
    fn every_label_of_a_scorecard_over_periods_has_a_translation() {
        let words = Words::of(Language::Chinese);
        // whatever an indicator may have, beside an example of the usual
        let every = "appraise: 1\nscorecard:\n  periods: {from: 2024-Q1, to: 2025-Q4, at: 2025-Q1}\n  points: 10\n  \
                     carry_forward: 1\n  aggregation: sum\n  status:\n    - {status: well, when: = actual > previous, \
                     from: 50%}\n  perspectives:\n    a:\n      indicators:\n        b: {base: 1, target: 9, stretch: 12, \
                     floor: 2, min: 0, max: 20, actual: {2024-01: 2, 2024-02: 3, 2024-03: 1}}\n        c: {scoring: \
                     {lookup: {low: 0%, high: 100%}}, actual: {2024-Q1: low}}\n        d: {base: 1, target: 9, actual: \
                     {2024-Q1: 2, 2024-Q2: 3}}\n        e: {band: [1, 2], tolerance: 1, actual: {2024-Q1: 2}}\n        f: \
                     {kpi: customer_churn_rate, data: {customers_lost: {2024-Q1: 1}, customers_start: 2}}\n";
        for text in [every, include_str!("../../examples/service_quarters.yaml")] {
            let document = crate::yaml::Document::parse("periods.yaml", text).unwrap_or_else(|told| panic!("{told}"));
            let outcome = document.appraisal().base();
            for (_, cell) in outcome.evaluation().model().cells() {
                let id = cell.id();
                let Label { subject, aspect } = words.label(id, cell.label());
                assert!(aspect.is_empty() || !aspect.is_ascii(), "{id}: {aspect}");
                assert!(!is_own(&id.to_string()) || !subject.is_ascii(), "{id}: {subject}");
            }
        }
    }

    #[test]
    fn names_of_ones_own_are_no_labels() {
        let words = Words::of(Language::Chinese);
        let shown = |id: &str, subject: &str| {
            words.label(&id, &Label { subject: subject.into(), aspect: "present value" }).to_string()
        };
        assert_eq!(shown("costs.staff.present_value", "Staff"), "人员: 现值");
        assert_eq!(shown("costs.staff.x.present_value", "Staff"), "Staff: 现值");
        assert_eq!(shown("benefits.unadjusted.present_value", "Benefits"), "收益: 现值");
        assert_eq!(shown("benefits.x.present_value", "Benefits"), "Benefits: 现值");
        assert_eq!(shown("scorecard.x.score", "Costs"), "Costs: 现值");
    }

    #[test]
    fn statuses_are_translated_and_names_of_ones_own_are_not() {
        let words = Words::of(Language::Chinese);
        assert_eq!(["red", "amber", "green", "blau"].map(|name| words.status(name)), ["红", "黄", "绿", "blau"]);
        assert_eq!(Words::of(Language::English).length(1), "1 year");
    }
}
