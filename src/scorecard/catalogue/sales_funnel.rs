//! From lead to order.

use super::record::kpis;

kpis! { SalesFunnel;
    lead_conversion_rate "Lead conversion rate" "线索转化率" {
        formula: "customers_new / leads",
        percent, HigherIsBetter, Leading, source: mkt_metrics,
        inputs: [customers_new: sum = 150, leads: sum = 3000],
        result: 0.05,
    }
    mql_to_sql_rate "MQL-to-SQL rate" "营销线索转销售线索率" {
        formula: "sales_qualified_leads / marketing_qualified_leads",
        percent, HigherIsBetter, Leading, source: mkt_metrics,
        inputs: [sales_qualified_leads: sum = 600, marketing_qualified_leads: sum = 1500],
        result: 0.4,
    }
    sql_to_opportunity_rate "SQL-to-opportunity rate" "销售线索转商机率" {
        formula: "opportunities_created / sales_qualified_leads",
        percent, HigherIsBetter, Leading, source: mkt_metrics,
        inputs: [opportunities_created: sum = 400, sales_qualified_leads: sum = 600],
        result: 0.6666666667,
    }
    win_rate "Win rate" "赢单率" {
        formula: "deals_won / (deals_won + deals_lost)",
        percent, HigherIsBetter, Lagging, source: pipeline_tools,
        inputs: [deals_won: sum = 150, deals_lost: sum = 350],
        result: 0.3,
        note: "Decided deals only; a rate over all opened deals is a different KPI.",
    }
    lead_response_time "Lead response time" "线索响应时间" {
        formula: "sum(lead_response_hours) / count(lead_response_hours)",
        hours, LowerIsBetter, Leading, source: practice,
        inputs: [lead_response_hours: pool = [0.2, 1.5, 0.8, 3.5]],
        result: 1.5,
    }
    average_deal_size "Average deal size" "平均成交金额" {
        formula: "revenue_won / deals_won",
        currency, HigherIsBetter, Lagging, source: pipeline_tools,
        inputs: [revenue_won: sum = 3_000_000, deals_won: sum = 150],
        result: 20_000,
    }
    sales_cycle_length "Sales cycle length" "平均销售周期" {
        formula: "sum(days_to_close) / count(days_to_close)",
        days, LowerIsBetter, Lagging, source: crm_table_zh,
        inputs: [days_to_close: pool = [60, 45, 90, 75]],
        result: 67.5,
    }
    pipeline_velocity "Pipeline (sales) velocity" "销售漏斗流速" {
        formula: "qualified_opportunities * average_deal_size * win_rate / sales_cycle_days",
        currency_per_day, HigherIsBetter, Leading, source: sales_velocity,
        inputs: [qualified_opportunities: mean = 40, average_deal_size: mean/mean = 25_000,
                 win_rate: mean/mean = 0.25, sales_cycle_days: mean/mean = 60],
        result: 4166.666667,
        note: "Opportunities in the pipeline at one time, not all of the period: over periods their number is \
               averaged.",
    }
    pipeline_coverage "Pipeline coverage" "漏斗覆盖率" {
        formula: "open_pipeline_value / remaining_target",
        times, HigherIsBetter, Leading, source: pipeline_tools,
        inputs: [open_pipeline_value: last = 9_000_000, remaining_target: last = 3_000_000],
        result: 3,
    }
    weighted_pipeline "Weighted pipeline" "加权漏斗金额" {
        formula: "sumproduct(deal_values, stage_probabilities)",
        currency, HigherIsBetter, Leading, source: pipeline_tools,
        inputs: [deal_values: last/pool = [100_000, 250_000, 80_000],
                 stage_probabilities: last/pool = [0.2, 0.5, 0.9]],
        result: 217_000,
    }
    forecast_error "Sales forecast error" "销售预测偏差率" {
        formula: "abs(actual_sales - forecast_sales) / forecast_sales",
        percent, LowerIsBetter, Lagging, source: crm_table_zh,
        inputs: [actual_sales: sum = 2_850_000, forecast_sales: sum = 3_000_000],
        result: 0.05,
        note: "The Chinese table keeps the sign. Over periods sales and forecasts add up first, so errors of \
               opposite sign offset each other: for an error without netting, average the errors of the periods.",
    }
    quota_attainment "Quota attainment" "销售目标完成率" {
        formula: "actual_sales / sales_quota",
        percent, HigherIsBetter, Lagging, source: practice,
        inputs: [actual_sales: sum = 2_850_000, sales_quota: sum = 3_000_000],
        result: 0.95,
    }
    sales_per_rep "Sales per representative" "销售人均产出" {
        formula: "actual_sales / sales_reps",
        currency, HigherIsBetter, Lagging, source: crm_table_zh,
        inputs: [actual_sales: sum = 2_850_000, sales_reps: mean = 15],
        result: 190_000,
    }
    selling_time_share "Selling-time share" "有效销售时间占比" {
        formula: "selling_hours / working_hours",
        percent, HigherIsBetter, Leading, source: crm_roi_calc,
        inputs: [selling_hours: sum = 14, working_hours: sum = 40],
        result: 0.35,
    }
    discount_depth "Average discount depth" "平均折扣率" {
        formula: "(list_value - sold_value) / list_value",
        percent, LowerIsBetter, Lagging, source: practice,
        inputs: [list_value: sum = 3_300_000, sold_value: sum = 3_000_000],
        result: 0.09090909091,
    }
}
