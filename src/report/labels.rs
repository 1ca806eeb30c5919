//! What the crate calls the figures it defines, in Chinese. English stands in the model beside each figure.

use crate::case::{BENEFIT_FIGURES, Category};
use crate::scorecard::{INCENTIVE_FIGURES, UNIT_FIGURES};

macro_rules! labels {
    ($($english:literal, $chinese:literal;)*) => {
        pub(super) fn chinese_label(english: &str) -> Option<&'static str> {
            match english {
                $($english => Some($chinese),)*
                _ => None,
            }
        }
    };
}

labels! {
    "Year", "年序";
    "Discount rate", "折现率";
    "Status", "状态";
    "Grades", "等级";
    "Panel", "专家组";
    "Assessment", "模糊综合评价";
    "Costs", "成本";
    "All costs", "全部成本";
    "Initial costs", "初始成本";
    "Costs without risk adjustment", "成本（未经风险调整）";
    "Costs before contingency", "成本（不含预备费）";
    "Contingency in all", "预备费合计";
    "Licences", "许可";
    "Maintenance", "维护";
    "Hardware", "硬件";
    "Telecom", "通信";
    "Service providers", "外部服务商";
    "Vendor services", "厂商服务";
    "Staff", "人员";
    "Other", "其他";
    "Benefits", "收益";
    "Benefits without risk adjustment", "收益（未经风险调整）";
    "Cashable benefits", "可变现收益";
    "Benefits that are not cash", "不可变现收益";
    "Benefits that overlap", "重叠收益";
    "Benefits that are followed", "跟踪的收益";
    "Business case", "投资评价";
    "Over the baseline", "与基准相比";
    "Extra costs", "增量成本";
    "Extra benefits", "增量收益";
    "Life", "使用年限";
    "Ranking", "排序";
    "in use", "在用";
    "years since the first flow", "自首笔起的年数";
    "flow", "流量";
    "flow as written", "给出的流量";
    "discounted flow", "折现流量";
    "outlays", "流出";
    "inflows", "流入";
    "payback, in whole months", "回收期（整月）";
    "net benefit by year, as stated", "逐年净收益（按所列）";
    "equivalent annual cost", "等额年成本";
    "nominal, where there are any", "名义（如有）";
    "present value, where there are any", "现值（如有）";
    "which costs more to begin with", "初始成本较高者";
    "extra initial costs", "增量初始成本";
    "extra net benefit by year", "逐年增量净收益";
    "net present value of the extra", "增量的净现值";
    "rate at which both are worth the same", "两者等值的折现率";
    "present value of the costs", "成本现值";
    "net present value over the baseline", "较基准的净现值";
    "rank by the present value of the costs", "按成本现值的名次";
    "rank by net present value", "按净现值的名次";
    "rank by net present value over the baseline", "按较基准净现值的名次";
    "rank by return on investment", "按投资回报率的名次";
    "rank by internal rate of return", "按内部收益率的名次";
    "rank by payback", "按回收期的名次";
    "rank by discounted payback", "按折现回收期的名次";
    "rank by benefit-cost ratio", "按效益成本比的名次";
    "rank by equivalent annual value", "按等额年值的名次";
    "rank by equivalent annual cost", "按等额年成本的名次";
    "Business case on cashable benefits alone", "投资评价（仅可变现收益）";
    "Business case without risk adjustment", "投资评价（未经风险调整）";

    "cumulative", "累计";
    "inflation", "通货膨胀率";
    "nominal discount rate", "名义折现率";
    "real discount rate", "实际折现率";
    "price index", "价格指数";
    "nominal discount factor", "名义折现系数";
    "real discount factor", "实际折现系数";
    "at current prices", "按当年价格";
    "at current prices, total", "按当年价格合计";
    "at current prices, present value at the nominal rate", "按当年价格以名义利率折现的现值";
    "at constant prices", "按不变价格";
    "at constant prices, total", "按不变价格合计";
    "at constant prices, present value at the real rate", "按不变价格以实际利率折现的现值";
    "internal rate of return, nominal", "内部收益率（名义）";
    "internal rate of return, real", "内部收益率（实际）";
    "share that a model up to this year shows", "截至该年的模型所示占比";
    "initial share", "初始占比";
    "ongoing share", "持续占比";
    "Users", "用户数";
    "users by year", "各年用户数";
    "user-years", "用户年数";
    "cost per user and year", "每用户年成本";
    "Build", "建设";
    "Run", "运行";
    "Exit", "退出";
    "Reserves", "储备";
    "Reserve to keep running", "运行储备";
    "Reserve for change", "变更储备";
    "Costs with reserves", "成本与储备合计";
    "rate to keep running", "运行储备率";
    "rate for change", "变更储备率";
    "Licences and hardware", "许可与硬件";
    "rate x base", "费率x基数";
    "whether it is a year with reserves", "是否计提储备的年份";
    "Initial cost, share of five years", "初始成本占五年成本之比";
    "Maintenance a year, share of licences and hardware", "年维护费占许可与硬件之比";
    "Contingency, share of other initial costs", "预备费占其他初始成本之比";
    "Services, against the largest other category", "服务与最大的其他类别之比";
    "Training after year 1, share of costs after year 1", "首年之后培训占同期成本之比";
    "Licences bought in year 0, share of all licences", "第0年购买的许可占全部许可之比";
    "Licences, share of years 0 and 1", "许可占第0至1年成本之比";
    "Licences, share of the years from 2", "许可占第2年起成本之比";
    "Reserve to keep running, rate a year", "运行储备年率";
    "Reserve for change, rate a year", "变更储备年率";
    "measured value", "实测值";
    "usually from", "常见下限";
    "usually to", "常见上限";
    "usually above", "通常高于";
    "usually below", "通常低于";
    "as usual", "是否常见";

    "Period that is evaluated", "评价期";
    "Numbers of the periods", "各期序号";
    "Same period a year before", "上年同期";
    "Period a year before", "评价期的上年同期";
    "Previous period", "上一期";
    "Fiscal years", "各期财年";
    "Fiscal year", "财年";
    "Year to date", "年初至今";
    "Periods of the fiscal year before the first one", "首期之前的本财年期数";
    "Left out", "不计入";
    "Points", "分数";

    "External effectiveness", "外部效果";
    "Internal efficiency", "内部效率";
    "Initiatives", "行动方案";

    "life-cycle preset", "生命周期预设";
    "strength", "强度";
    "lag", "滞后";
    "effect", "影响";
    "pairs of periods", "期对数";
    "correlation from which indicators move together", "视为同步变动的相关系数";
    "most that progress may be behind plan", "进度落后于计划的上限";
    "target worse than a year before", "目标劣于上年同期";
    "forecast misses the target", "预测未达目标";
    "behind plan beyond the limit", "落后计划超过上限";
    "best progress so far", "迄今最佳进度";
    "periods with progress", "有进度的期数";
    "target reached in no period", "各期均未达目标";
    "correlation", "相关系数";
    "p of the correlation", "相关系数的p值";
    "Links", "因果关系";
    "too few pairs of periods", "期对数过少";
    "gap", "差距";
    "as of", "截至";
    "due", "期限";
    "late", "逾期";
    "done", "完成比例";
    "done, by budget", "完成比例（按预算）";
    "budget", "预算";
    "spent", "已支出";
    "remaining budget", "剩余预算";
    "budget used", "已用预算比例";
    "next target", "下一目标";
    "initiatives that are late", "逾期方案数";
    "Experts", "专家";
    "weight", "权重";
    "weights under it", "下级权重";
    "judgement", "判断";
    "comparisons", "比较";
    "comparisons, gaps filled", "比较（已补缺）";
    "priorities", "权重向量";
    "principal eigenvalue", "最大特征值";
    "principal eigenvalue after the repair", "修正后的最大特征值";
    "consistency index", "一致性指标";
    "random index", "随机指标";
    "consistency ratio", "一致性比率";
    "consistency ratio after the repair", "修正后的一致性比率";
    "geometric consistency index", "几何一致性指标";
    "error ratios", "偏离倍数";
    "consistent judgements", "一致的判断";
    "ranks", "名次";
    "mean ranks", "平均秩";
    "weights by rank", "按名次的权重";
    "points", "分值";
    "shares of points", "分值占比";
    "measured", "测量值";
    "lowest", "最小值";
    "highest", "最大值";
    "best from", "最优下限";
    "best to", "最优上限";
    "best in a band", "区间最优";
    "distance to the best", "与最优值的距离";
    "largest distance", "最大距离";
    "direction", "方向";
    "indicators that say the same", "所示一致的指标";
    "nearness to the best", "与最优值的接近度";
    "nearness to the best, away from 0 and 1", "与最优值的接近度，避开0和1";
    "entropy", "信息熵";
    "divergence", "差异系数";
    "contrast", "对比强度";
    "conflict", "冲突性";
    "information", "信息量";
    "subjective weights", "主观权重";
    "objective weights", "客观权重";
    "weight by authority", "按权威程度的权重";
    "authority coefficient", "权威系数";
    "basis of judgement", "判断依据";
    "familiarity", "熟悉程度";
    "mean basis of judgement", "平均判断依据";
    "mean familiarity", "平均熟悉程度";
    "mean authority coefficient", "平均权威系数";
    "mean weighted by authority", "按权威程度加权的均值";
    "global weight", "总权重";
    "actual", "实际值";
    "base", "基期值";
    "target", "目标值";
    "band", "目标区间";
    "tolerance", "容差";
    "progress", "进度";
    "score", "得分";
    "coverage", "有数据的权重";
    "status", "状态";
    "from", "下限";
    "number of indicators", "指标数";
    "score of leading indicators", "先行指标得分";
    "coverage of leading indicators", "先行指标中有数据的权重";
    "score of lagging indicators", "滞后指标得分";
    "coverage of lagging indicators", "滞后指标中有数据的权重";
    "score of process indicators", "过程指标得分";
    "coverage of process indicators", "过程指标中有数据的权重";
    "score of effect indicators", "效果指标得分";
    "coverage of effect indicators", "效果指标中有数据的权重";
    "Design review", "设计评审";
    "most indicators", "指标数上限";
    "most indicators of a perspective", "每维度指标数上限";
    "no more indicators than the limit", "指标数未超限";
    "largest overall weight of an indicator", "最大指标总权重";
    "largest weight an indicator may have", "单项指标权重上限";
    "no indicator weighs more than the limit", "单项指标权重未超限";
    "least share of the smaller side", "较小一侧的最低占比";
    "least weight tied to objectives", "与目标挂钩的最低权重";
    "share of the smaller side", "较小一侧的占比";
    "share of weight tied to objectives", "与目标挂钩的权重占比";
    "the sides are in balance", "两侧平衡";
    "indicators are tied to objectives", "指标与目标挂钩";
    "weight tied to objectives", "与目标挂钩的权重";
    "indicators tied to objectives", "与目标挂钩的指标数";
    "weight tied to no objective", "未与目标挂钩的权重";
    "indicators tied to no objective", "未与目标挂钩的指标数";
    "weight of financial indicators", "财务指标权重";
    "financial indicators", "财务指标数";
    "weight of non-financial indicators", "非财务指标权重";
    "non-financial indicators", "非财务指标数";
    "weight of the short term", "短期指标权重";
    "indicators of the short term", "短期指标数";
    "weight of the long term", "长期指标权重";
    "indicators of the long term", "长期指标数";
    "weight of quantitative indicators", "定量指标权重";
    "quantitative indicators", "定量指标数";
    "weight of qualitative indicators", "定性指标权重";
    "qualitative indicators", "定性指标数";
    "weight of lagging indicators", "滞后指标权重";
    "lagging indicators", "滞后指标数";
    "weight of leading indicators", "先行指标权重";
    "leading indicators", "先行指标数";
    "weight of indicators about customers", "客户指标权重";
    "indicators about customers", "客户指标数";
    "weight of indicators about employees", "员工指标权重";
    "indicators about employees", "员工指标数";
    "weight of strategic indicators", "战略指标权重";
    "strategic indicators", "战略指标数";
    "weight of tactical indicators", "战术指标权重";
    "tactical indicators", "战术指标数";
    "below", "上限";
    "stretch", "挑战值";
    "floor", "底线";
    "min", "量程下限";
    "max", "量程上限";
    "performance", "绩效";
    "word", "评语";
    "scores of words", "各评语的得分";
    "no rule that holds", "无适用规则";
    "number of the status", "状态序号";
    "at full score", "满分时";
    "not given", "未给出";
    "indicators by status", "各状态指标数";
    "actual as given", "给出的实际值";
    "periods a value is carried", "沿用期数";
    "previous period", "上一期";
    "same period a year before", "上年同期";
    "change on the year", "同比变动";
    "year to date", "年初至今";
    "period when the target is due", "目标到期的期";
    "period when the base held", "基期值所在的期";
    "expected by now", "当前应达到";
    "progress expected by now", "当前应有进度";
    "ahead of what was expected", "超前于应有进度";
    "confidence of the interval", "区间的置信度";
    "actual until now", "截至目前的实际值";
    "forecast when the target is due", "目标到期时的预测";
    "margin of the forecast", "预测误差范围";
    "lower end of the forecast", "预测下限";
    "upper end of the forecast", "预测上限";
    "progress of the forecast", "预测进度";
    "score of the previous period", "上一期得分";
    "change of the score", "得分变动";
    "score of the same period a year before", "上年同期得分";
    "change of the score on the year", "得分同比变动";

    "ratings", "评分";
    "answers as given", "原始答复";
    "carried from the round before", "沿用上一轮";
    "outside the quartiles", "在四分位数之外";
    "mean", "均值";
    "median", "中位数";
    "first quartile", "第一四分位数";
    "third quartile", "第三四分位数";
    "interquartile range", "四分位距";
    "standard deviation", "标准差";
    "coefficient of variation", "变异系数";
    "Kendall's W", "肯德尔和谐系数";
    "answers", "答案数";
    "experts who answered", "作答专家数";
    "chi-square of Kendall's W", "肯德尔和谐系数的卡方";
    "p of Kendall's W by chi-square", "肯德尔和谐系数的p（卡方）";
    "F of Kendall's W", "肯德尔和谐系数的F";
    "p of Kendall's W by F", "肯德尔和谐系数的p（F）";
    "p of Kendall's W", "肯德尔和谐系数的p";
    "said something", "有作答";
    "not asked", "未邀请";
    "last answers", "最近一次答案";
    "p of Kendall's W by permutation", "肯德尔和谐系数的p（置换）";
    "share of full scores", "满分率";
    "share that agrees", "赞同率";
    "least share that agrees", "最低赞同率";
    "response rate", "应答率";
    "places", "位次";
    "place among the items", "在各项目中的位次";
    "weights from ranks", "由排序得到的权重";
    "share of changed answers", "改动的答案占比";
    "signed-rank sum of increases", "符号秩检验：上调秩和";
    "p of the signed-rank test", "符号秩检验的p";
    "smallest p of the signed-rank tests", "符号秩检验的最小p";
    "change of the coefficient of variation", "变异系数变化";
    "change of its weight", "权重变化";
    "largest change of a weight", "权重最大变化";
    "rank correlation of the means", "均值秩相关";
    "least mean to keep", "保留的最低均值";
    "least share of full scores to keep", "保留的最低满分率";
    "largest coefficient of variation to keep", "保留的最大变异系数";
    "worth keeping", "是否保留";
    "answers are stable", "答案已稳定";
    "largest coefficient of variation", "最大变异系数";
    "largest interquartile range", "最大四分位距";
    "rounds held", "已进行轮数";
    "consensus reached", "专家意见一致";
    "the panel may stop", "可以停止";

    "members", "人数";
    "votes", "票数";
    "membership", "隶属度";
    "membership, normalised", "隶属度，归一化";
    "panel score", "专家组得分";
    "grade of maximum membership", "最大隶属度等级";
    "grade nearest to the score", "最接近得分的等级";
    "grade of the score", "得分所属等级";
    "lowest score of the grade", "等级最低分";
    "membership in one grade only", "隶属度集中于一个等级";
    "membership in no grade", "对任何等级均无隶属度";
    "effectiveness of maximum membership", "最大隶属度的有效度";
    "membership as written", "给出的隶属度";
    "sum of the memberships", "隶属度之和";
    "vote", "投票";
    "weight of those who voted", "投票者权重之和";
    "point of each grade", "各等级的点";
    "band of the best", "最优区间";
    "distance to the band", "到区间的距离";
    "membership by points", "按点的隶属度";
    "membership by function", "按函数的隶属度";
    "triangle", "三角形函数";
    "trapezoid", "梯形函数";
    "gaussian", "高斯函数";
    "sigmoid", "S型（逻辑）函数";
    "exponential", "指数函数";
    "s", "S形函数";
    "z", "Z形函数";
    "Sensitivity", "敏感性";
    "all operators agree on the grade", "各算子等级一致";
    "weight that changes nothing", "不改变等级的权重";
    "global weight among the judged", "已评指标中的总权重";
    "smallest move of the weight that changes the grade", "使等级改变的最小权重变动";
    "smallest move of a weight that changes the grade", "使等级改变的最小权重变动（全部）";
    "criterion of the smallest move", "最小变动所在指标";
    "change of the memberships with its weight", "隶属度随权重的变化";
    "membership behind the leading grade", "与领先等级的隶属度差距";
    "gain on the leading grade as the weight rises", "权重上升时对领先等级的追赶";
    "gain on the leading grade as the weight falls", "权重下降时对领先等级的追赶";
    "rise of the weight until the grade draws level", "权重上升至该等级持平";
    "rise of the weight that changes the grade", "使等级改变的权重上升";
    "grade after the rise", "权重上升后的等级";
    "fall of the weight until the grade draws level", "权重下降至该等级持平";
    "fall of the weight that changes the grade", "使等级改变的权重下降";
    "grade after the fall", "权重下降后的等级";
    "membership without the expert", "去掉该专家后的隶属度";
    "panel score without the expert", "去掉该专家后的得分";
    "grade of maximum membership without the expert", "去掉该专家后的最大隶属度等级";
    "the grade is another one without the expert", "去掉该专家后等级改变";
    "experts who decide the grade", "决定等级的专家";
    "weight among the judged", "已评指标中的权重";
    "weight judged under it", "下级已评权重";
    "weight judged", "已评权重";

    "Incentive", "绩效激励";
    "score from which it pays", "支付起点得分";
    "payout at that score", "该得分的支付率";
    "payout points for one point of score", "得分每点对应的支付点数";
    "target pay", "目标奖金";
    "total payout", "支付总额";
    "largest total payout", "最高支付总额";
    "budget left", "预算余额";
    "scores that are paid for", "计奖得分";
    "payout factor", "支付系数";
    "payout", "实付奖金";
    "points to reach it", "距该点的得分";
    "change of the payout with one more point", "得分增1个百分点的奖金变化";
    "change of the payout with one point less", "得分减1个百分点的奖金变化";
    "change of the total with one more point", "得分增1个百分点的总额变化";
    "change of the total with one point less", "得分减1个百分点的总额变化";

    "before", "之前";
    "after", "之后";
    "change", "变动";
    "contribution", "贡献";
    "part of the change", "变动的一部分";
    "what rounding leaves", "舍入差";
    "effective weight", "有效权重";
    "changed only", "仅此改变";
    "weighted mean of the scores", "得分的加权平均";

    "initial", "初始";
    "initial, as charged", "初始，计费基数";
    "initial, as charged, without risk", "初始，计费基数，未经风险调整";
    "a year", "每年";
    "rate", "费率";
    "share charged", "分摊比例";
    "base of rates, initial", "费率基数（初始）";
    "base of rates, initial, without risk", "费率基数（初始），未计风险";
    "base of reserves, initial", "预备费基数（初始）";
    "base of reserves, initial, without risk", "预备费基数（初始），未计风险";
    "base of rates, by year", "费率基数（逐年）";
    "base of rates, by year, without risk", "费率基数（逐年），未计风险";
    "base of rates, list price", "费率基数（标价）";
    "base of rates, list price, without risk", "费率基数（标价），未计风险";
    "base of rates, net price", "费率基数（净价）";
    "base of rates, net price, without risk", "费率基数（净价），未计风险";
    "risk", "风险";
    "full-time equivalents", "全职当量";
    "cost of one", "人均成本";
    "growth", "增长率";
    "at list price", "按目录价";
    "at list price in year 0", "第0年，按目录价";
    "at net price", "按净价";
    "at net price in year 0", "第0年，按净价";
    "list price, as charged", "目录价，计费基数";
    "list price, as charged, without risk", "目录价，计费基数，未经风险调整";
    "net price, as charged", "净价，计费基数";
    "net price, as charged, without risk", "净价，计费基数，未经风险调整";
    "seats", "席位数";
    "seats in year 0", "第0年席位数";
    "fewest seats that are billed", "最低计费席位数";
    "seats billed", "计费席位数";
    "seats owned", "已购席位数";
    "seats owned as the year begins", "年初已购席位数";
    "seats owned as the year ends", "年末已购席位数";
    "price of one", "单价";
    "price of one in this tier", "本档单价";
    "least that is billed", "最低计费金额";
    "discount", "折扣";
    "discounts together", "合计折扣";
    "days", "天数";
    "day rate", "日费率";
    "work in year 0", "第0年工作量";
    "people", "人数";
    "people trained in year 0", "第0年培训人数";
    "people by year", "逐年人数";
    "people trained", "培训人数";
    "training of one", "人均培训费";
    "turnover", "人员流动率";
    "volume", "用量";
    "volume included", "包含用量";
    "volume billed", "计费用量";
    "charge for use", "用量费用";
    "allocation key, own", "分摊基准，本项目";
    "allocation key, in all", "分摊基准，合计";
    "change of price a year", "价格年变动率";
    "replacement", "更新购置";
    "residual value, share of the price", "残值占价格比例";
    "value of the last purchase as the horizon ends", "最近一次购置的期末价值";
    "residual value as the horizon ends", "期末残值";
    "residual value as the horizon ends, nominal", "期末残值，名义值";
    "residual value as the horizon ends, present value", "期末残值，现值";
    "once", "一次性";
    "the old system a year", "旧系统年费用";
    "months side by side", "并行月数";
    "years side by side", "并行年数";
    "part of the year side by side", "当年并行比例";
    "exchange rate", "汇率";
    "realisation", "实现率";
    "margin", "毛利率";
    "ramp", "爬坡";
    "years of the ramp", "爬坡年数";
    "adoption", "采用率";
    "attribution", "归因比例";
    "delay", "推迟年数";
    "by year, without the delay", "逐年，未计推迟";
    "hours saved a year", "年节约工时";
    "cost of an hour", "每小时成本";
    "share put to use", "有效利用比例";
    "hours of a full-time position", "全职岗位年工时";
    "risk at best", "最好情形的风险";
    "most likely risk", "最可能的风险";
    "risk at worst", "最坏情形的风险";
    "share counted", "计入比例";
    "sum of what overlaps", "重叠收益之和";
    "sum of what overlaps, without risk", "重叠收益之和，未计风险";
    "counted once, without risk", "只计一次的金额，未计风险";
    "cut, as it overlaps, without risk", "因重叠而扣减，未计风险";
    "part that is counted, without risk", "计入部分，未计风险";
    "counted once", "只计一次的金额";
    "equivalent annual benefit", "等额年收益";
    "equivalent annual benefit, less tax", "等额年收益（扣税）";
    "counted once, where the largest is cash", "最大的一项为现金时只计一次的金额";
    "cut, as it overlaps", "因重叠而扣减";
    "part that is counted", "计入部分";
    "by year, what overlaps counted once", "逐年，重叠只计一次";
    "progress measured, 0 to 1", "实测进度（0至1）";
    "progress by year", "逐年进度";
    "not measured", "未实测";
    "planned by year", "逐年计划";
    "realised by year", "逐年已实现";
    "planned and not realised by year", "逐年未实现";
    "share not realised by year", "逐年未实现比例";
    "largest shortfall", "最大允许缺口";
    "planned so far", "截至目前的计划";
    "realised so far", "截至目前已实现";
    "planned and not realised so far", "截至目前未实现";
    "share realised so far", "截至目前实现比例";
    "by year", "逐年";
    "by year, without risk", "逐年，未经风险调整";
    "printed", "原文值";
    "lowest that is printed so", "舍入后同原文的最小值";
    "highest that is printed so", "舍入后同原文的最大值";
    "our figure", "本模型值";
    "difference", "超出舍入的差异";
    "agrees", "一致";
    "lowest possible", "可能的最小值";
    "highest possible", "可能的最大值";
    "highest possible below zero", "零以下可能的最大值";
    "lowest possible above zero", "零以上可能的最小值";
    "difference of what is possible", "可能值超出舍入的差异";
    "can be right", "可能正确";
    "at least", "下限";
    "at most", "上限";
    "nominal", "名义值";
    "present value", "现值";
    "share of costs", "占成本比重";
    "ongoing", "持续";

    "year", "年序";
    "discount factor", "折现系数";
    "discount factor within a year", "年内折现系数";
    "factor at the finance rate, within a year", "按融资利率的年内系数";
    "factor at the reinvestment rate, within a year", "按再投资利率的年内系数";
    "real discount factor within a year", "实际年内折现系数";
    "nominal discount factor within a year", "名义年内折现系数";
    "factor at the finance rate", "按融资利率的系数";
    "factor at the reinvestment rate", "按再投资利率的系数";
    "annuity factor", "年金现值系数";
    "finance rate", "融资利率";
    "reinvestment rate", "再投资利率";
    "Valuation", "估值";
    "initial outlay", "初始投资";
    "return on the initial outlay, nominal", "初始投资回报率，名义";
    "return on investment a year, nominal", "年化投资回报率，名义";
    "profitability index", "获利指数";
    "equivalent annual value", "等额年值";
    "year of break-even", "保本年份";
    "internal rates of return", "各内部收益率";
    "net benefit by part of the year", "按年内时段的净收益";
    "net outlay by year", "各年净流出";
    "net inflow by year", "各年净流入";
    "outlays at the finance rate", "按融资利率折现的流出";
    "inflows reinvested until the last year", "再投资至末年的流入终值";
    "modified internal rate of return", "修正内部收益率";
    "average profit a year", "年均利润";
    "accounting rate of return, on the initial investment", "会计收益率，按初始投资";
    "accounting rate of return, on the average investment", "会计收益率，按平均投资";
    "net benefit by year, a year later", "推迟一年的各年净收益";
    "net present value, a year later", "推迟一年的净现值";
    "cost of a year's delay", "推迟一年的代价";
    "Tax", "税";
    "Business case after tax", "投资评价（税后）";
    "residual value, as a share of cost", "残值率";
    "residual value", "残值";
    "average investment", "平均投资";
    "tax, at current prices", "税额（当年价格）";
    "in use, at what was paid", "在用资产，按支付额";
    "Costs after tax", "税后成本";
    "exchange rate as the year ends", "年末汇率";
    "what of it flows as the horizon ends", "其中期末发生额";
    "paid as the horizon ends", "期末支付";
    "discount factor as the year ends", "年末折现系数";
    "factor at the finance rate, as the year ends", "年末融资利率系数";
    "factor at the reinvestment rate, as the year ends", "年末再投资利率系数";
    "nominal discount factor as the year ends", "年末名义折现系数";
    "real discount factor as the year ends", "年末实际折现系数";
    "price index as the year ends", "年末价格指数";
    "bought after year 0", "第0年后购置";
    "what is bought and depreciated", "购置并折旧的金额";
    "what is bought in year 0 and depreciated", "第0年购置并折旧的金额";
    "depreciation of the first purchase", "首次购置的折旧";
    "parts of the depreciation, by year of use", "按使用年份的折旧份额";
    "book value of what is replaced", "被更换资产的账面价值";
    "book value of what is replaced, as a share of its cost", "被更换资产的账面价值占成本的比例";
    "book value of the first purchase as it is replaced", "首次购置资产更换时的账面价值";
    "depreciation", "折旧";
    "book value at the end of the year", "年末账面价值";
    "book value of what is bought", "所购资产的账面价值";
    "book value at the beginning of the year", "年初账面价值";
    "book value of a declining balance, as a share of cost", "余额递减法账面价值占成本的比例";
    "book value of what is sold or used up", "出售或报废资产的账面价值";
    "written off at the end", "期末核销";
    "result of the year", "当年利润";
    "cumulative result", "累计利润";
    "highest cumulative result so far", "至今最高累计利润";
    "taxable result", "应税利润";
    "tax", "税额";
    "tax that depreciation saves", "折旧抵税额";
    "present value of the tax that depreciation saves", "折旧抵税额现值";
    "charge for capital", "资本费用";
    "present value of what is left in the books", "期末账面价值现值";
    "net benefit by year", "逐年净收益";
    "cumulative net benefit", "累计净收益";
    "discounted net benefit", "折现净收益";
    "cumulative discounted net benefit", "累计折现净收益";
    "net present value", "净现值";
    "return on investment, on present values", "投资回报率，按现值";
    "return on investment, nominal", "投资回报率，名义";
    "internal rate of return", "内部收益率";
    "payback", "回收期";
    "discounted payback", "折现回收期";
    "benefit-cost ratio", "效益成本比";

    "Financing", "融资";
    "Purchase", "购买";
    "price", "价格";
    "what is bought", "购置价";
    "cost by year", "各年成本";
    "residual value at the end of the horizon", "评价期末残值";
    "cost of borrowed money before tax", "税前借款成本率";
    "cost of borrowed money after tax", "税后借款成本率";
    "discount factor of a year", "某年折现系数";
    "payment", "支付";
    "tax that is saved", "节税额";
    "residual value after tax", "税后残值";
    "net outflow after tax", "税后净流出";
    "net outflow in all", "净流出合计";
    "present value of the net outflow", "净流出现值";
    "net advantage against purchase", "相对购买的净优势";
    "interest rate", "利率";
    "tax rate by year", "各年税率";
    "amount of the loan", "贷款额";
    "share of the price", "占价格比例";
    "level payment", "等额还款额";
    "principal a year", "每年本金";
    "still owed", "未偿还额";
    "balance at the end of the year", "年末余额";
    "interest", "利息";
    "principal", "本金";
    "own money", "自有资金";
    "payment a year", "年租金";
    "price of the buy-out", "留购价";
    "buy-out by year", "各年留购款";
    "price less what is paid, before tax", "税前价格减支付";
    "implicit rate", "租赁内含利率";

    "Cost of capital", "资本成本";
    "preferred shares", "优先股";
    "cost of preferred shares", "优先股成本率";
    "cost of debt after tax", "税后债务成本率";
    "tax rate on interest", "利息适用税率";
    "weight of equity", "权益权重";
    "weight of debt", "债务权重";
    "weight of preferred shares", "优先股权重";
    "rate without risk", "无风险利率";
    "beta", "贝塔系数";
    "premium of the market", "市场风险溢价";
    "premium", "溢价";

    "Economic value added", "经济增加值";
    "operating profit before interest and tax", "息税前利润";
    "tax rate", "税率";
    "adjustment of the profit", "利润调整项";
    "net operating profit after tax", "税后净营业利润";
    "capital", "投入资本";
    "capital at the beginning", "期初资本";
    "capital at the end of each year", "各年末资本";
    "capital as the year begins", "年初资本";
    "capital as the year ends", "年末资本";
    "weighted average cost of capital", "加权平均资本成本";
    "equity", "权益";
    "debt", "债务";
    "cost of equity", "权益成本率";
    "cost of debt", "债务成本率";
    "capital charge", "资本费用";
    "economic value added", "经济增加值";
    "return on invested capital", "投入资本回报率";
    "return on invested capital less its cost", "投入资本回报率减资本成本率";
    "present value of economic value added", "经济增加值现值";
    "growth after the horizon", "评价期后增长率";
    "present value of economic value added after the horizon", "评价期后经济增加值现值";
    "market value added", "市场增加值";
    "market value", "市值";
    "market value added, as observed", "观察到的市场增加值";
    "capital and market value added", "资本与市场增加值之和";
    "free cash flow", "自由现金流";
    "net present value of the free cash flows and the last capital", "自由现金流与期末资本的净现值";

    "Lifetime value", "终身价值";
    "discount rate", "折现率";
    "margin of a customer", "单个客户利润";
    "retention rate", "保持率";
    "acquisition cost", "获客成本";
    "customers", "客户数";
    "customers to be won", "拟新增客户数";
    "margin of a customer by year", "单个客户逐年利润";
    "retention rate by year", "逐年保持率";
    "share of customers who are left", "留存客户占比";
    "share of customers who bring the margin", "贡献利润的客户占比";
    "present value of the margin by year", "逐年利润现值";
    "present value of the margins after the horizon", "评价期后利润现值";
    "lifetime value before acquisition cost", "扣除获客成本前的终身价值";
    "customer lifetime value", "客户终身价值";
    "lifetime value in margins of the first year", "终身价值相当于首年利润的倍数";
    "lifetime value to acquisition cost", "终身价值与获客成本之比";
    "customer equity", "客户资产";
    "share of customer equity", "占客户资产比重";

    "Segmentation", "客户细分";
    "value of a customer", "单个客户价值";
    "need of a customer", "单个客户需求";
    "band of its value", "价值档";
    "band of its need", "需求档";
    "customers by member", "各成员客户数";
    "value by member", "各成员价值";
    "members in the band", "档内成员";
    "value", "价值";
    "customers by need", "按需求的客户数";
    "value by need", "按需求的价值";
    "share of customers by need", "按需求的客户占比";
    "share of value by need", "按需求的价值占比";

    "Customer states", "客户状态";
    "states of customers", "属于客户的状态";
    "states of the lost", "属于流失的状态";
    "states of the new", "属于新增的状态";
    "states of the won back", "属于挽回的状态";
    "states of the new and won back", "属于新增或挽回的状态";
    "states of prospects", "属于潜在客户的状态";
    "customers by state", "各状态客户数";
    "churn rate", "流失率";
    "win-back rate", "挽回率";
    "acquisition rate", "获得率";
    "transitions as written", "给出的转移";
    "transitions", "转移";
    "share that is a customer a step later", "一步后为客户的占比";
    "expected retention rate", "预期保持率";
    "expected churn rate", "预期流失率";
    "expected win-back rate", "预期挽回率";
    "arrivals in each step", "每步新进客户数";
    "projected customers by state", "预测各状态客户数";
    "projected share of each state", "预测各状态占比";

    "counts", "数量";
    "shares as written", "给出的占比";
    "share", "占比";
    "cumulative share", "累计占比";
    "share of the largest parts", "最大几项占比";
    "Herfindahl-Hirschman index", "赫芬达尔指数";
    "equal parts as concentrated", "同等集中度的均等部分数";
    "parts that make up 80 %", "构成80 %的项数";

    "scores", "各得分";

    "Units", "业务单元";
    "rank", "名次";
    "mean score by weight", "加权平均得分";
    "best score", "最高得分";
    "worst score", "最低得分";

    "Funnel", "转化漏斗";
    "count", "数量";
    "conversion from the stage before", "较上一阶段的转化率";
    "conversion from the first stage", "较首阶段的转化率";
    "conversion from the first to the last stage", "首末阶段转化率";
    "lost since the stage before", "较上一阶段的流失";
    "narrowest stage", "最窄阶段";
}

/// The same of a figure of an alternative, by what stands after the id of the alternative.
pub(super) fn is_own_of_alternative(id: &str) -> bool {
    let figure = id.split('.').next().unwrap_or_default();
    matches!(figure, "increment" | "net" | "in_use" | "annuity_factor")
}

/// Whether the crate itself named what the figure of that id is about, and not whoever wrote the document.
pub(super) fn is_own(id: &str) -> bool {
    let mut parts = id.split('.');
    let [room, first, second] = [parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default);
    match room {
        "year" | "discount_rate" | "case" => true,
        "ranking" => first == "values",
        // an assumption may be called so, and has no such parts
        "review" if first == "together" => second == "too_few",
        "review" => {
            let of_indicators =
                ["until_now", "below_year_before", "best", "periods", "never_reached", "forecast_short", "behind"];
            !second.is_empty() && !of_indicators.contains(&first)
        }
        "scorecard" if first == "initiatives" => {
            matches!(second, "budget" | "spent" | "remaining" | "used" | "done" | "late")
        }
        "scorecard" if first == "links" => second == "too_few",
        "scorecard" => matches!(
            first,
            "status_from"
                | "sides"
                | "as_of"
                | "period"
                | "period_numbers"
                | "same_period_a_year_before"
                | "period_a_year_before"
                | "previous_period"
                | "fiscal_years"
                | "fiscal_year"
                | "year_to_date"
                | "year_to_date_lacks"
                | "left_out"
                | "points_at_full_score"
                | "no_band"
        ),
        "authority" => second.is_empty(),
        "delphi" => first == "authority",
        "weights" => matches!(second, "authority" | "objective_authority"),
        "assessment" => {
            matches!(first, "grades" | "panel" | "coverage" | "score" | "grade_bands" | "one_grade" | "authority")
        }
        "sensitivity" => !matches!(first, "operator" | "weight" | "without"),
        "units" => UNIT_FIGURES.contains(&first),
        "incentive" => INCENTIVE_FIGURES.contains(&first),
        "costs" if Category::of_key(first).is_some() => {
            matches!(second, "year" | "nominal" | "present_value" | "share") || second.starts_with("charged_")
        }
        "costs" if first == "phase" => matches!(second, "build" | "run" | "exit"),
        "costs" | "benchmarks" => true,
        "benefits" => {
            // a group of benefits that overlap has the name that somebody gave it
            let of_all = matches!(second, "year" | "nominal" | "present_value");
            match first {
                "overlap" => of_all,
                "unadjusted" => second != "overlap",
                _ => BENEFIT_FIGURES.contains(&first),
            }
        }
        // an assumption may be called so, and has years and no such parts
        "tax" | "valuation" | "wacc" => first.starts_with(|c: char| c.is_ascii_alphabetic()),
        "financing" => first.starts_with(|c: char| c.is_ascii_alphabetic()) && !matches!(first, "loans" | "leases"),
        "eva" => !matches!(first, "" | "adjustments" | "capital_adjustments"),
        "customers" => match first {
            "lifetime_value" => matches!(second, "discount_rate" | "discount_factor" | "customer_equity"),
            "segmentation" => !matches!(
                second,
                "member" | "in_value" | "in_need" | "customers" | "customer_share" | "value" | "value_share"
            ),
            "states" => !matches!(second, "transition" | "written_transition"),
            "funnel" => second != "count",
            _ => false,
        },
        _ => false,
    }
}
