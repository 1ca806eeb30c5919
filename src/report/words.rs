//! Every heading and fixed phrase of a report, in English and in Chinese, side by side.
//!
//! One macro line is one phrase, so a translation that is missing does not compile.

use crate::appraisal::Language;
use crate::case::Category;

macro_rules! words {
    ($($name:ident: $english:literal, $chinese:literal;)*) => {
        /// The phrases of one language; `{}` stands for what is filled in, in order.
        #[derive(Debug)]
        pub(super) struct Words {
            $(pub(super) $name: &'static str,)*
        }

        const ENGLISH: Words = Words { $($name: $english,)* };
        const CHINESE: Words = Words { $($name: $chinese,)* };
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
    year: "Year {}", "第{}年";
    one_year: "1 year", "1年";
    years: "{} years", "{}年";
    yes: "yes", "是";
    no: "no", "否";
    missing_because: "none ({})", "无（{}）";
    and_more: "and {} more", "另有{}项";
    in_currency: "{} ({})", "{}（{}）";
    list_separator: ", ", "、";
    clause_separator: "; ", "；";

    in_short: "In short", "结论";
    short_scorecard: "Scorecard", "记分卡";
    short_scorecard_text: "{}, {}; {} of the weight has data", "{}，{}；有数据的权重占{}";
    short_panel: "Panel", "专家组";
    short_panel_text: "{}, score {}; {} of the weight judged", "{}，得分{}；已评权重占{}";
    short_costs: "Costs", "成本";
    short_costs_text: "{} over {}, {} in present value", "{}（{}），现值{}";
    short_benefits: "Benefits", "收益";
    short_benefits_text: "{} over {}, {} in present value", "{}（{}），现值{}";
    short_return: "Return", "回报";
    short_return_text: "net present value {}; return on investment {} on present values, {} nominal; internal rate of return {}", "净现值{}；投资回报率{}（按现值）、{}（名义）；内部收益率{}";
    short_payback: "Payback", "回收期";
    short_payback_text: "{}; discounted: {}", "{}；折现：{}";
    payback_at_once: "at once", "立即收回";
    payback_year: "year {}", "第{}年";
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
    score: "Score", "得分";
    status: "Status", "状态";
    red: "red", "红";
    amber: "amber", "黄";
    green: "green", "绿";

    weights: "How the weights came about", "权重来源";
    weights_direct: "Stated as shares", "直接给出";
    weights_points: "Stated as points", "按分值给出";
    weights_delphi: "Delphi, round {}", "德尔菲第{}轮";
    weights_equal: "Equal, nobody weighed them", "等权（无人赋权）";
    weights_only_child: "Only criterion of its group", "组内唯一指标";
    weights_under: "under {}", "{}之下";

    delphi: "Panel of experts (Delphi)", "专家组（德尔菲法）";
    experts: "Experts", "专家";
    round: "Round {}", "第{}轮";
    mean: "Mean", "均值";
    median: "Median", "中位数";
    iqr: "IQR", "四分位距";
    cv: "CV", "变异系数";
    kendall_w: "Kendall's W", "肯德尔W";
    kendall_under: "{} under {}", "{}（{}之下）";
    kendall_all: "{} over all items", "全部项目{}";
    stop_rule: "Stop rule", "停止准则";
    stop_cv: "Largest CV", "最大变异系数";
    stop_iqr: "Largest IQR", "最大四分位距";
    stop_w: "Kendall's W", "肯德尔W";
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

    assessment: "Assessment (fuzzy comprehensive evaluation)", "模糊综合评价";
    operator: "Operator", "算子";
    panel: "Panel", "专家组";
    panel_members: "{} members", "{}人";
    grades: "Grades", "等级";
    coverage: "Weight judged", "已评权重";
    grade: "Grade", "等级";

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

    benefits: "Benefits", "收益";
    benefit: "Benefit", "收益项";
    kind: "Kind", "类型";
    revenue: "revenue", "增收";
    saving: "saving", "节约";
    avoidance: "avoidance", "避免支出";
    intangible: "intangible, not counted", "无形，不计入";
    proven_by: "Proven by", "验证指标";

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

    scenarios: "Scenarios", "情景";
    as_stated: "As stated", "基准";
    costs_nominal: "Costs (nominal)", "成本（名义）";
    costs_present: "Costs (present value)", "成本（现值）";
    benefits_present: "Benefits (present value)", "收益（现值）";
    short_not_reached: "not reached", "未收回";
    short_lost: "{}, lost in {}", "{}，第{}年再失";

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
    warning: "warning", "警告";
    information: "information", "提示";

    conventions: "Conventions", "约定";
    framework: "Framework", "框架";
    roll_up: "Roll-up", "汇总";
    missing_scores: "Missing scores", "缺失得分";
    quartiles: "Quartiles", "四分位数";
    standard_deviation: "Standard deviation", "标准差";
    delphi_weights: "Delphi weights", "德尔菲权重";
    between_levels: "Between levels", "层级之间";
    timing: "Timing", "时点";
    risk: "Risk", "风险";
    return_on_investment: "Return on investment", "投资回报率";
    rounding: "Rounding", "舍入";
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

    /// What a convention is about.
    pub(super) fn topic(&self, topic: &'static str) -> &'static str {
        match topic {
            "framework" => self.framework,
            "score" => self.score,
            "roll-up" => self.roll_up,
            "missing scores" => self.missing_scores,
            "status" => self.status,
            "quartiles" => self.quartiles,
            "standard deviation" => self.standard_deviation,
            "Kendall's W" => self.kendall_w,
            "Delphi weights" => self.delphi_weights,
            "operator" => self.operator,
            "between levels" => self.between_levels,
            "grade" => self.grade,
            "timing" => self.timing,
            "risk" => self.risk,
            "return on investment" => self.return_on_investment,
            "internal rate of return" => self.irr,
            "payback" => self.payback,
            "rounding" => self.rounding,
            other => other,
        }
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

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(fill("{} of {}", &["{}", "b"]), "{} of b");
        assert_eq!(fill("{} of {}", &["a"]), "a of ");
    }

    #[test]
    fn translations_have_the_same_places() {
        macro_rules! same {
            ($($name:ident),*) => {
                $(assert_eq!(ENGLISH.$name.matches("{}").count(), CHINESE.$name.matches("{}").count());)*
            };
        }
        same!(horizon, horizon_calendar, discount_rate, scenario, year, years, missing_because, and_more, in_currency);
        same!(short_scorecard_text, short_panel_text, short_costs_text, short_benefits_text, short_return_text);
        same!(
            short_payback_text,
            kendall_all,
            kendall_under,
            payback_year,
            payback_not_reached,
            payback_lost,
            short_lost,
            weights_delphi
        );
        same!(weights_under, round, panel_members);
    }

    #[test]
    fn statuses_are_translated_and_names_of_ones_own_are_not() {
        let words = Words::of(Language::Chinese);
        assert_eq!(["red", "amber", "green", "blau"].map(|name| words.status(name)), ["红", "黄", "绿", "blau"]);
        assert_eq!(Words::of(Language::English).length(1), "1 year");
    }
}
