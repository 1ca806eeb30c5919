//! Campaigns, leads and brand.

use super::record::kpis;

kpis! { Marketing;
    cost_per_lead "Cost per lead" "单条线索成本" {
        formula: "marketing_spend / leads",
        currency, LowerIsBetter, Leading, source: mkt_metrics,
        inputs: [marketing_spend: sum = 10_000, leads: sum = 100],
        result: 100,
    }
    return_on_marketing_investment "Return on marketing investment" "营销投资回报率" {
        formula: "(incremental_revenue * contribution_margin_rate - marketing_spend) / marketing_spend",
        percent, HigherIsBetter, Lagging, source: farris,
        inputs: [incremental_revenue: sum = 40_000, contribution_margin_rate: mean/mean = 0.5,
                 marketing_spend: sum = 10_000],
        result: 1,
        note: "Margin based; many web calculators use revenue and overstate it.",
    }
    return_on_ad_spend "Return on ad spend" "广告支出回报率" {
        formula: "attributed_revenue / ad_spend",
        ratio, HigherIsBetter, Lagging, source: farris,
        inputs: [attributed_revenue: sum = 60_000, ad_spend: sum = 15_000],
        result: 4,
        note: "Revenue, not margin; definition stated here, as the cited book was not read.",
    }
    campaign_response_rate "Campaign response rate" "营销活动响应率" {
        formula: "responses / contacts_reached",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [responses: sum = 240, contacts_reached: sum = 8000],
        result: 0.03,
    }
    click_through_rate "Click-through rate" "点击率" {
        formula: "clicks / impressions",
        percent, HigherIsBetter, Leading, source: mkt_calc,
        inputs: [clicks: sum = 1200, impressions: sum = 60_000],
        result: 0.02,
    }
    website_conversion_rate "Website conversion rate" "网站转化率" {
        formula: "conversions / visits",
        percent, HigherIsBetter, Leading, source: mkt_calc,
        inputs: [conversions: sum = 90, visits: sum = 3000],
        result: 0.03,
    }
    cost_per_click "Cost per click" "单次点击成本" {
        formula: "ad_spend / clicks",
        currency, LowerIsBetter, Leading, source: mkt_calc,
        inputs: [ad_spend: sum = 15_000, clicks: sum = 1200],
        result: 12.5,
    }
    email_open_rate "Email open rate" "邮件打开率" {
        formula: "emails_opened / emails_delivered",
        percent, HigherIsBetter, Leading, source: mkt_metrics,
        inputs: [emails_opened: sum = 1800, emails_delivered: sum = 7500],
        result: 0.24,
        note: "Weak signal since mail clients pre-fetch images.",
    }
    unsubscribe_rate "Unsubscribe rate" "退订率" {
        formula: "unsubscribes / emails_delivered",
        percent, LowerIsBetter, Leading, source: mkt_metrics,
        inputs: [unsubscribes: sum = 15, emails_delivered: sum = 7500],
        result: 0.002,
    }
    marketing_sourced_revenue_share "Marketing-sourced revenue share" "营销贡献收入占比" {
        formula: "revenue_marketing_sourced / revenue",
        percent, HigherIsBetter, Lagging, source: mkt_metrics,
        inputs: [revenue_marketing_sourced: sum = 27_000_000, revenue: sum = 90_000_000],
        result: 0.3,
    }
    marketing_expense_ratio "Marketing expense ratio" "营销费用率" {
        formula: "marketing_spend / revenue",
        percent, LowerIsBetter, Lagging, source: farris,
        inputs: [marketing_spend: sum = 4_500_000, revenue: sum = 90_000_000],
        result: 0.05,
        note: "Definition stated here, as the cited book was not read.",
    }
    brand_awareness "Aided brand awareness" "品牌知名度" {
        formula: "respondents_aware / respondents",
        percent, HigherIsBetter, Leading, source: farris,
        inputs: [respondents_aware: sum = 320, respondents: sum = 800],
        result: 0.4,
        note: "Aided: the brand is shown to those asked. Answers of several surveys add up.",
    }
}
